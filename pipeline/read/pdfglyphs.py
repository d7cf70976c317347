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
_SMALLEST, _LARGEST = 6.0, 20.0
_NEAR = 14.0
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
    """Return the letters with a blank tick box for each square right before a text, or else right behind one.

    Whether a tick is drawn in a square cannot be read; a cross that was typed in one makes it ticked, and any other
    letter in it says itself what it is. A mark of the letterhead may be taken for a box: better than an option that
    counts as chosen because its box was overlooked.
    """
    squares: list[Box] = []
    for box in _iterate_squares(page):
        if not any(_overlap(box, other) for other in squares):
            squares.append(box)
    letters = [glyph for glyph in glyphs if not glyph.text.isspace()]
    held = {glyph: box for box in squares for glyph in letters if _holds(box, glyph.box)}
    crossed: dict[Glyph, Glyph] = {}
    empty: list[Glyph] = []
    for box in squares:
        inside = [glyph for glyph, around in held.items() if around == box]
        if not inside:
            empty += _draw(box, letters, OFF)
        elif inside[0].text in _CROSS:
            crossed |= dict.fromkeys(inside[:1], next(iter(_draw(box, letters, ON)), inside[0]))
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


def _draw(box: Box, letters: list[Glyph], mark: str) -> Iterator[Glyph]:
    """The box on the line of its text: the text that begins right behind it, or else that ends right before it."""
    left, bottom, right, top = box
    middle = (bottom + top) / 2
    level = [g.box for g in letters if g.box[1] - 2 < middle < g.box[3] + 2 and not _holds(box, g.box)]
    behind = min((each for each in level if -2 < each[0] - right < _NEAR), default=None)
    before = max((each for each in level if -2 < left - each[2] < _NEAR), default=None)
    if behind is not None:
        yield Glyph((left, behind[1], right, behind[3]), f"{mark} ")
    elif before is not None:
        yield Glyph((left, before[1], right, before[3]), f" {mark}")


def _holds(box: Box, letter: Box) -> bool:
    across, up = (letter[0] + letter[2]) / 2, (letter[1] + letter[3]) / 2
    return box[0] < across < box[2] and box[1] < up < box[3]
