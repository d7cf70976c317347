"""What is drawn on a PDF page, piece by piece: its letters, and the small squares that stand for tick boxes."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import hypot, inf

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

from pipeline.read.ticks import OFF, ON

Box = tuple[float, float, float, float]  #: left, bottom, right, top

_MAX_LETTERS = 100_000
MAX_OBJECTS = 20_000
_SMALLEST, _LARGEST = 6.0, 20.0
_NEAR = 14.0
_CROSS = "xX"
_WIDER = 1.4
_HYPHEN = 2  #: what pdfium makes of a hyphen at the end of a line
_FONT_NAME = 128
_FORCE_BOLD = 1 << 18


@dataclass(frozen=True)
class Glyph:
    """A letter, as wide as its font makes it and as high as the line that it was drawn on; " " for a space.

    `index` is its number on the page, -1 for what is no letter of the page; `size` how high its own font makes it.
    """

    box: Box
    text: str
    index: int = -1
    size: float = 0.0


def list_glyphs(text: pdfium.PdfTextPage) -> list[Glyph]:
    """Return the letters of a page as they were drawn, without the line ends that pdfium adds."""
    rect, across, base = pdfium_c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    drawn: list[tuple[Box, float, str, int]] = []
    for index in range(min(text.count_chars(), _MAX_LETTERS)):
        code = pdfium_c.FPDFText_GetUnicode(text, index)
        if code in (0, 10, 13, 0xFFFE) or pdfium_c.FPDFText_IsGenerated(text, index) == 1:
            continue
        pdfium_c.FPDFText_GetCharOrigin(text, index, ctypes.byref(across), ctypes.byref(base))
        if pdfium_c.FPDFText_GetLooseCharBox(text, index, ctypes.byref(rect)):
            letter = "-" if code == _HYPHEN else chr(code)
            drawn.append(((rect.left, rect.bottom, rect.right, rect.top), round(base.value, 1), letter, index))
    tops: dict[float, float] = {}
    for box, line, _, _ in drawn:
        tops[line] = max(tops.get(line, box[3]), box[3])
    return _join_ligatures(
        [
            Glyph((left, line, right, tops[line]), letter, index, top - line)
            for (left, _, right, top), line, letter, index in drawn
        ]
    )


def _join_ligatures(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Letters that the font draws as one stand in one place: together they are one, and none is a copy.

    Of two equal letters that is told by their width: a letter that was drawn twice, to look bold, is no wider.
    """
    groups = [list(group) for _, group in groupby(glyphs, key=lambda g: g.box)]
    narrowest: dict[str, float] = {}
    for group in groups:
        if len(group) == 1:
            narrowest[group[0].text] = min(_width(group[0]), narrowest.get(group[0].text, inf))
    return [joined for group in groups for joined in _join_group(group, narrowest)]


def _join_group(group: list[Glyph], narrowest: Mapping[str, float]) -> list[Glyph]:
    first = group[0]
    if len(group) == 1 or _width(first) < _WIDER * narrowest.get(first.text, inf):
        return group
    return [replace(first, text="".join(glyph.text for glyph in group))]


def _width(glyph: Glyph) -> float:
    left, bottom, right, top = glyph.box
    return (right - left) / (top - bottom) if top > bottom else 0.0


def is_bold(text: pdfium.PdfTextPage, index: int) -> bool:
    """Return whether a letter is in a bold face, by the name of its font or by what the font says of itself."""
    flags, name = ctypes.c_int(), ctypes.create_string_buffer(_FONT_NAME)
    pdfium_c.FPDFText_GetFontInfo(text, index, name, _FONT_NAME, ctypes.byref(flags))
    return bool(flags.value & _FORCE_BOLD) or b"bold" in name.value.lower()


def get_size(text: pdfium.PdfTextPage, index: int) -> float:
    """Return how high a letter's font is on the page, in points: a writer may stretch a font of one point."""
    matrix = pdfium_c.FS_MATRIX()
    stretch = hypot(matrix.b, matrix.d) if pdfium_c.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)) else 1.0
    return float(pdfium_c.FPDFText_GetFontSize(text, index)) * stretch


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
        if number >= MAX_OBJECTS:
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
