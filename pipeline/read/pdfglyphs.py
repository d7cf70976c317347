"""What is drawn on a PDF page, piece by piece: its letters, and the small squares that stand for tick boxes."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

from pipeline.read.ticks import OFF, ON

Box = tuple[float, float, float, float]  #: left, bottom, right, top

_MAX_LETTERS = 100_000
_MAX_OBJECTS = 20_000
_SMALLEST, _LARGEST = 6.0, 16.0
_BEFORE_TEXT = 14.0
_CROSS = "xX"


@dataclass(frozen=True)
class Glyph:
    """A letter, as wide as its font makes it and as high as the line that it was drawn on; " " for a space."""

    box: Box
    text: str


def list_glyphs(text: pdfium.PdfTextPage) -> list[Glyph]:
    """Return the letters of a page as they were drawn, without the line ends that pdfium adds."""
    rect, across, base = pdfium_c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    drawn: list[tuple[Box, float, str]] = []
    for index in range(min(text.count_chars(), _MAX_LETTERS)):
        code = pdfium_c.FPDFText_GetUnicode(text, index)
        if code in (0, 10, 13, 0xFFFE) or pdfium_c.FPDFText_IsGenerated(text, index) == 1:
            continue
        pdfium_c.FPDFText_GetCharOrigin(text, index, ctypes.byref(across), ctypes.byref(base))
        if pdfium_c.FPDFText_GetLooseCharBox(text, index, ctypes.byref(rect)):
            drawn.append(((rect.left, rect.bottom, rect.right, rect.top), round(base.value, 1), chr(code)))
    tops: dict[float, float] = {}
    for box, line, _ in drawn:
        tops[line] = max(tops.get(line, box[3]), box[3])
    return [Glyph((left, line, right, tops[line]), letter) for (left, _, right, _), line, letter in drawn]


def read_drawn_boxes(page: pdfium.PdfPage, glyphs: list[Glyph]) -> list[Glyph]:
    """Return the letters with a blank tick box for each square right before a text.

    Whether a tick is drawn in a square cannot be read; a cross that was typed in one makes it ticked, and any other
    letter in it says itself what it is. A square alone on its page is a picture or a mark of the letterhead.
    """
    squares: list[Box] = []
    for box in _iterate_squares(page):
        if not any(_overlap(box, other) for other in squares):
            squares.append(box)
    letters = [glyph for glyph in glyphs if not glyph.text.isspace()]
    boxes = {box: line for box in squares if (line := _find_line(box, letters)) is not None}
    if len(boxes) < 2:
        return glyphs
    held = {glyph: box for box in boxes for glyph in letters if _holds(box, glyph.box)}
    empty = [Glyph(line, f"{OFF} ") for box, line in boxes.items() if box not in held.values()]
    crossed = {glyph: Glyph(boxes[box], f"{ON} ") for glyph, box in held.items() if glyph.text in _CROSS}
    return [*(crossed.get(glyph, glyph) for glyph in glyphs), *empty]


def _iterate_squares(page: pdfium.PdfPage) -> Iterator[Box]:
    for number, item in enumerate(page.get_objects(max_depth=3)):
        if number >= _MAX_OBJECTS:
            return
        if item.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
            continue
        left, bottom, right, top = item.get_bounds()
        wide, high = right - left, top - bottom
        if _SMALLEST <= wide <= _LARGEST and _SMALLEST <= high <= _LARGEST and 0.75 <= wide / high <= 1.34:
            yield left, bottom, right, top


def _overlap(first: Box, second: Box) -> bool:
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]


def _find_line(box: Box, letters: list[Glyph]) -> Box | None:
    """The square on the line of the text that begins right behind it, or None."""
    left, bottom, right, top = box
    middle = (bottom + top) / 2
    behind = [g.box for g in letters if g.box[1] < middle < g.box[3] and -2 < g.box[0] - right < _BEFORE_TEXT]
    line = min(behind, default=None)
    return (left, line[1], right, line[3]) if line is not None else None


def _holds(box: Box, letter: Box) -> bool:
    across, up = (letter[0] + letter[2]) / 2, (letter[1] + letter[3]) / 2
    return box[0] < across < box[2] and box[1] < up < box[3]
