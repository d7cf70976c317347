"""The text of PDF pages: whole, in lines with their columns, and near a field."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, reduce

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from pipeline.read.normalise import clean_label, clean_value
from pipeline.read.pdfglyphs import Box, Glyph, get_size, is_bold, list_glyphs, read_drawn_boxes
from pipeline.read.pdfrules import Grid, GridCell, find_grids
from pipeline.read.pdftables import GOES_ON, Line, PageTable, Segment, join_paragraphs
from pipeline.read.ticks import OFF, ON

__all__ = ["Box", "PageText"]

_COLUMN_GAP = 12.0
_CELL = 6.0  #: what a cell keeps free before its edge
#: of the height of a letter: a wider gap parts two words
_WORD_GAP = 0.22
_ABOVE = 30.0
_BELOW = 80.0
_BESIDE = 250.0
_BEHIND = 450.0
_LARGEST_BOX = 20.0
_NOTE_LINE = 16.0
#: of the height of a line: a wider gap parts a line from what goes on below it
_TOUCH = 1.0
_SPACES = re.compile(r"\s{2,}")
_BOXES = (f"{ON} ", f"{OFF} ")  #: squares that were drawn, each before its words


class PageText:
    """The text of one page, opened once."""

    def __init__(self, document: pdfium.PdfDocument, number: int) -> None:
        """Open page `number`, counted from 0."""
        self._number = number
        self._page = document[number]
        self._text = self._page.get_textpage()
        self.has_drawn_boxes = False  #: known once the lines were read

    def read(self) -> str:
        """Return the whole text of the page."""
        return clean_value(self._text.get_text_range())

    def read_near(self, box: Box, others: Sequence[Box]) -> tuple[str, str, str]:
        """Return the words left of, right of and above a field, up to the next field on its line.

        Words on the left go on below while the lines touch and begin with no capital, down to the next field.
        """
        left, bottom, right, top = box
        level = [other for other in others if other[1] < top and other[3] > bottom and other != box]
        start = max((other[2] for other in level if other[2] <= left + 1), default=max(0.0, left - _BESIDE))
        end = min((other[0] for other in level if other[0] >= right - 1), default=right + _BEHIND)
        lower = (other for other in others if other[3] <= bottom + 1 and _above(box, other))
        floor = max((other[3] for other in lower if not _are_options(box, other)), default=0.0)
        above = [*self._find_lines((left - 2, top, max(right, left + 80), top + _ABOVE))]
        behind = [*self._find_lines((right, bottom, end, top))]
        before = self._find_label((start, bottom, left, top), floor)
        return clean_label(before), clean_label(_show(behind[:1])), clean_label(_show(above[-1:]))

    def read_layout(self, notes: Sequence[tuple[Box, str]] = ()) -> list[Line | PageTable]:
        """Return the lines and the ruled tables from top to bottom; lines as the segments that a wide gap keeps apart.

        Letters are put together by where they stand, in whatever order and pieces the writer drew them; `notes` are
        texts that lie on the page, on the line where they begin.
        """
        letters = [*self._letters, *(Glyph(_first_line(box), text) for box, text in notes)]
        glyphs = read_drawn_boxes(self._page, letters)
        self.has_drawn_boxes = len(glyphs) > len(letters)
        grids = find_grids(self._page)
        outside, inside = _place(glyphs, grids)
        pieces: list[Line | PageTable] = [self._read_line(line) for line in _split_lines(outside)]
        pieces += [self._read_table(grid, letters) for grid, letters in zip(grids, inside, strict=True)]
        right = max((glyph.box[2] for glyph in glyphs if not glyph.text.isspace()), default=0.0)
        right = max([right, *(grid.box[2] - _CELL for grid in grids)])
        return list(join_paragraphs(sorted(filter(None, pieces), key=lambda piece: -_top(piece)), right))

    def _read_table(self, grid: Grid, letters: Mapping[GridCell, Sequence[Glyph]]) -> PageTable:
        cells = ((cell, tuple(self._read_cell(letters.get(cell, ())))) for cell in grid.cells)
        return PageTable(self._number + 1, grid, tuple(cells))

    def _read_cell(self, glyphs: Sequence[Glyph]) -> Iterator[Segment]:
        for line in _split_lines(glyphs):
            if segments := self._read_line(line):
                yield reduce(_put_behind, segments)

    def _read_line(self, line: Sequence[Glyph]) -> Line:
        drawn = [glyph for glyph in line if glyph.index >= 0 and not glyph.text.isspace()]
        letters = [glyph.index for glyph in drawn if glyph.text.isalnum()]
        size = max((get_size(self._text, index) for index in letters[:1] or [g.index for g in drawn[:1]]), default=0.0)
        bold = bool(letters) and all(is_bold(self._text, index) for index in (letters[0], letters[-1]))
        return [replace(each, bold=bold, size=size) for each in _join_segments(line)]

    @cached_property
    def _letters(self) -> list[Glyph]:
        return sorted(list_glyphs(self._text), key=_middle)  # from the bottom of the page to its top

    def _find_label(self, box: Box, floor: float) -> str:
        left, bottom, right, _ = box
        *_, line = [[], *self._find_lines(box)]
        label = _show([line])
        for below in self._find_lines((left, max(floor, bottom - _BELOW), right, bottom)) if line else ():
            low, high = line[0].box[1], line[0].box[3]
            if low - below[0].box[3] > _TOUCH * (high - low) or not GOES_ON.match(_show([below])):
                break
            label, line = f"{label} {_show([below])}", below
        return label

    def _find_lines(self, box: Box) -> list[list[Glyph]]:
        """The lines whose letters have their middle in the box."""
        left, bottom, right, top = box
        start, end = (bisect_left(self._letters, edge, key=_middle) for edge in (bottom, top))
        within = [g for g in self._letters[start:end] if left < (g.box[0] + g.box[2]) / 2 < right]
        return [line for line in _split_lines(within) if _show([line])]


def _place(glyphs: Sequence[Glyph], grids: Sequence[Grid]) -> tuple[Sequence[Glyph], list[dict[GridCell, list[Glyph]]]]:
    """The letters outside all tables, and those of each table by cell.

    What ran over the edge of a table is still of the cell that it began in.
    """
    if not grids:
        return glyphs, []
    outside: list[Glyph] = []
    inside: list[dict[GridCell, list[Glyph]]] = [{} for _ in grids]
    for line in _split_lines(glyphs):
        here, right = outside, 0.0
        for glyph in line:
            near = glyph.box[0] - right < _COLUMN_GAP
            found = next(((n, cell) for n, grid in enumerate(grids) if (cell := grid.find(glyph.box))), None)
            if near and glyph.text.isspace():
                pass  # the space behind a line may reach into the next cell
            elif found is not None:
                here = inside[found[0]].setdefault(found[1], [])
            elif not near:
                here = outside
            here.append(glyph)
            right = glyph.box[2]
    return outside, inside


def _top(piece: Line | PageTable) -> float:
    return piece.grid.box[3] if isinstance(piece, PageTable) else (piece[0].box[1] + piece[0].box[3]) / 2


def _put_behind(first: Segment, second: Segment) -> Segment:
    box = (*first.box[:2], *second.box[2:])
    text, spaced = (f"{one}\t{other}" for one, other in ((first.text, second.text), (first.spaced, second.spaced)))
    return replace(second, box=box, text=text, spaced=spaced, first=first.first, letter=first.letter, size=first.size)


def _first_line(box: Box) -> Box:
    left, bottom, right, top = box
    return left, max(bottom, top - _NOTE_LINE), right, top


def _middle(glyph: Glyph) -> float:
    return (glyph.box[1] + glyph.box[3]) / 2


def _above(first: Box, second: Box) -> bool:
    return first[0] < second[2] and second[0] < first[2]


def _are_options(first: Box, second: Box) -> bool:
    """Boxes to tick in one column: the words of their question may go on beside the second one."""
    return all(right - left < _LARGEST_BOX for left, _, right, _ in (first, second))


def _show(lines: Sequence[Sequence[Glyph]]) -> str:
    return clean_value("\n".join(" ".join(segment.text for segment in _join_segments(line)) for line in lines))


def _split_lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=_middle, reverse=True):
        if lines and _same_line(lines[-1][0].box, glyph.box):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [sorted(line, key=lambda g: (g.box[0], g.box[2])) for line in lines]


def _same_line(first: Box, second: Box) -> bool:
    overlap = min(first[3], second[3]) - max(first[1], second[1])
    return overlap > 0.5 * min(first[3] - first[1], second[3] - second[1])


def _join_segments(line: Sequence[Glyph]) -> Iterator[Segment]:
    words: list[str] = []
    right = 0.0
    opening: Glyph | None = None
    first: float | None = None  # where the first word ends
    high = max((glyph.size for glyph in line if glyph.text.isalnum()), default=0.0)
    for index, glyph in enumerate(line):
        left, bottom, end, top = glyph.box
        if index and glyph.text == line[index - 1].text and left - line[index - 1].box[0] < 0.3 * (end - left):
            continue  # drawn twice, to look bold
        wide = _WORD_GAP * (high or top - bottom)
        if words and left - right > (wide if glyph.text in _BOXES else _COLUMN_GAP):
            yield from _make_segment(opening, right, words, first)
            words = []
        if words and left - right > wide:
            words.append(" ")
        if words and first is None and (words[-1].isspace() or glyph.text.isspace()):
            first = right
        if not words:
            opening, first = replace(glyph, box=(left, line[0].box[1], end, line[0].box[3])), None
        words.append(glyph.text)
        right = max(right, end) if len(words) > 1 else end
    yield from _make_segment(opening, right, words, first)


def _make_segment(opening: Glyph | None, right: float, words: Sequence[str], first: float | None) -> Iterator[Segment]:
    """A letter outside the first 65,536 comes in two halves."""
    text = "".join(words).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if opening is not None and text.strip():
        left, bottom, end, top = opening.box
        yield Segment(
            (left, bottom, right, top),
            " ".join(text.split()),
            spaced=_SPACES.sub("  ", text.strip()),
            first=(right if first is None else first) - left,
            letter=end - left,
            ended=text[-1].isspace(),
        )
