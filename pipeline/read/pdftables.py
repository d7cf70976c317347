"""Ruled tables of PDF pages as tables of the walker, and one table again where a page broke it in two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.read.model import Cell, Paragraph, Part, Row, Table, show_cell
from pipeline.read.pdfglyphs import Box
from pipeline.read.pdfrules import Grid, GridCell
from pipeline.read.ticks import OFF, ON

#: how far a line stays from the edge of its cell, in points
_MARGIN = 6.0
_SLACK = 5.0  #: what a browser leaves free besides
#: letters that differ more in size begin another paragraph
_SIZE = 0.12
#: of the height of a line: a wider gap below it parts paragraphs
_APART = 1.9
#: words that go on from the line before
GOES_ON = re.compile(r"[^\w]*([a-zà-ÿ]|[A-Z]{2,}\b)")
_EDGE = 3.0  #: columns of two pages that differ no more are the same
_PADDING = 3.0  #: what is kept free at the edge of a cell, at least
_JOINED = re.compile(r"\w[-/]$")
_ELLIPSIS = re.compile(r"(en|of|noch|tot)\b")  #: "zorg- en veiligheid", but "Noord-Holland"
_NUMBER = re.compile(r"\d+")
_BEGINS = re.compile(rf"[{ON}{OFF}•◦▪–*-]|\d{{1,2}}[.)] |[xX] |[\[(] ?[xXvV✓✔]? ?[\])]")


@dataclass(frozen=True)
class Segment:
    """A piece of a line that stands apart from the next: where, what, and whether all of it is bold.

    `spaced` is its text with more than one space in a row as two, `first` and `letter` how wide its first word and its
    first letter are, `size` how high its letters, `ended` whether a space that nobody sees stands behind it, `last`
    what stands on its last line ("" for all of it).
    """

    box: Box
    text: str
    spaced: str = ""
    first: float = 0.0
    letter: float = 0.0
    size: float = 0.0
    ended: bool = False
    bold: bool = False
    last: str = ""

    @property
    def left(self) -> float:
        """Return where it begins."""
        return self.box[0]

    def with_rest(self, rest: Segment, between: str) -> Segment:
        """Return it with the line below that it goes on in, and where that line stands."""
        text, spaced = f"{self.text}{between}{rest.text}", f"{self.spaced}{between}{rest.spaced}"
        return replace(self, box=rest.box, text=text, spaced=spaced, last=rest.text, ended=rest.ended)


Line = list[Segment]


@dataclass(frozen=True)
class PageTable:
    """A table of one page with the lines in each of its cells."""

    page: int
    grid: Grid
    lines: tuple[tuple[GridCell, tuple[Segment, ...]], ...]

    def goes_on(self, other: PageTable) -> bool:
        """Whether the other, on the next page, is as wide, and all columns of the one are columns of the other."""
        few, many = sorted((self.grid.columns, other.grid.columns), key=len)
        if other.page != self.page + 1 or any(abs(few[end] - many[end]) > _EDGE for end in (0, -1)):
            return False
        return all(any(abs(edge - each) <= _EDGE for each in many) for edge in few)


def join_paragraphs(pieces: Sequence[Line | PageTable], right: float) -> Iterator[Line | PageTable]:
    """The pieces of a page, and of lines with no columns each as far as it runs on to this edge and into the next."""
    for plain, group in groupby(pieces, key=lambda piece: not isinstance(piece, PageTable) and len(piece) == 1):
        if not plain:
            yield from group
            continue
        lines = [piece[0] for piece in group if not isinstance(piece, PageTable)]
        for left, below in groupby(lines, key=lambda line: round(line.left)):
            yield from ([line] for line in join_wrapped((left, 0.0, right + _MARGIN, 0.0), list(below)))


@dataclass(frozen=True)
class Lines:
    """Lines of one page between its tables; `aside` for what runs along the edges of the pages."""

    page: int
    lines: list[Line]
    aside: bool = False


def join_pages(pages: Sequence[Sequence[Line | PageTable]]) -> list[Lines | list[PageTable]]:
    """Lines that follow each other together, and tables that go on on the next page, past what runs along the edges."""
    running = _find_running(pages)
    blocks: list[Lines | list[PageTable]] = []
    for number, pieces in enumerate(pages, start=1):
        head, foot = _count_running(pieces, running), _count_running(pieces[::-1], running)
        for index, piece in enumerate(pieces):
            aside = index < head or index >= len(pieces) - foot
            last = blocks[-1] if blocks else None
            if isinstance(piece, PageTable):
                open_table = _find_open(blocks)
                if open_table is not None and open_table[-1].goes_on(piece):
                    open_table.append(piece)
                else:
                    blocks.append([piece])
            elif isinstance(last, Lines) and (last.page, last.aside) == (number, aside):
                last.lines.append(piece)
            else:
                blocks.append(Lines(number, [piece], aside))
    return blocks


def _find_open(blocks: Sequence[Lines | list[PageTable]]) -> list[PageTable] | None:
    """The last table, when nothing but running heads and feet came behind it."""
    last = next((block for block in reversed(blocks) if not (isinstance(block, Lines) and block.aside)), None)
    return None if isinstance(last, Lines) else last


def _find_running(pages: Sequence[Sequence[Line | PageTable]]) -> set[tuple[str, int]]:
    """What stands on every page at the same height, but for its numbers.

    On most pages would not do: where each page is about one person, their answers stand so too.
    """
    seen = Counter(key for pieces in pages for key in {_show_running(p) for p in pieces if isinstance(p, list)})
    return {key for key, count in seen.items() if 1 < count == len(pages)}


def _count_running(pieces: Sequence[Line | PageTable], running: Container[tuple[str, int]]) -> int:
    """How many lines at the edge of a page, from there on, stand on other pages as well."""
    keys = (_show_running(piece) if isinstance(piece, list) else ("", 0) for piece in pieces)
    return next((number for number, key in enumerate(keys) if key not in running), len(pieces))


def _show_running(line: Sequence[Segment]) -> tuple[str, int]:
    return _NUMBER.sub("#", " ".join(segment.text for segment in line)), round(line[0].box[1] / _EDGE)


def breaks_words(pieces: Sequence[Line | PageTable]) -> bool:
    """Whether whoever wrote the file breaks a word that is wider than its cell.

    Word processors do, and leave a space behind a line that goes on; a browser does neither.
    """
    return any(
        line.ended for piece in pieces if isinstance(piece, PageTable) for _, inside in piece.lines for line in inside
    )


def build_table(number: int, pages: Sequence[PageTable], *, breaks_words: bool) -> Table:
    """Return the table that these tables of pages in a row make up."""
    plaats = f"tabel {number} op pagina {pages[0].page}"
    columns = max((part.grid.columns for part in pages), key=len)
    table = Table(number, plaats)
    for part in pages:
        rows = _build_rows(part, columns, breaks_words=breaks_words)
        if table.rows and rows and _is_head(table.rows[0], rows[0]):
            del rows[0]
        if table.rows and rows and _is_rest(table.rows[-1], rows[0]):
            _add_rest(table.rows[-1], rows.pop(0))
        table.rows += rows
    _number(table)
    return table


def _number(table: Table) -> None:
    for number, row in enumerate(table.rows, start=1):
        row.plaats = f"{table.plaats}, rij {number}"
        for paragraph in (block for cell in row.cells for block in cell.blocks if isinstance(block, Paragraph)):
            paragraph.plaats = row.plaats


def _build_rows(part: PageTable, columns: Sequence[float], *, breaks_words: bool) -> list[Row]:
    """The rows of one page, with the columns of the whole table."""
    edges = [min(range(len(columns)), key=lambda n: abs(columns[n] - edge)) for edge in part.grid.columns]
    rows = [Row("") for _ in range(len(part.grid.heights) - 1)]
    for place, lines in part.lines:
        column = edges[place.column]
        span = edges[place.column + place.columns] - column
        for row in range(place.row, place.row + place.rows):
            upper = row == place.row
            blocks: list[Part] = list(_join_lines(place.box, lines, breaks_words=breaks_words)) if upper else []
            rows[row].cells.append(Cell(blocks, column, span, continued=not upper))
    for each in rows:
        each.cells.sort(key=lambda cell: cell.column)
    return rows


def _join_lines(box: Box, lines: Sequence[Segment], *, breaks_words: bool) -> Iterator[Paragraph]:
    for line in join_wrapped(box, lines, breaks_words=breaks_words):
        yield Paragraph("", [line.spaced], bold=line.bold)


def join_wrapped(box: Box, lines: Sequence[Segment], *, breaks_words: bool = False) -> list[Segment]:
    """Lines below each other as paragraphs: a line goes on in the next when that one's first word did not fit.

    `breaks_words` says that the writer breaks a word that is wider than its cell.
    """
    paragraphs: list[Segment] = []
    for line in lines:
        if paragraphs and _is_wrapped(box, paragraphs[-1], line):
            between = _find_gap(box, paragraphs[-1], line, breaks_words=breaks_words)
            paragraphs[-1] = paragraphs[-1].with_rest(line, between)
        else:
            paragraphs.append(line)
    return paragraphs


def _is_wrapped(box: Box, before: Segment, line: Segment) -> bool:
    high = before.box[3] - before.box[1]
    if _BEGINS.match(line.text) or abs(before.size - line.size) > _SIZE * before.size:
        return False
    if before.box[1] - line.box[3] > _APART * high or before.bold != line.bold:
        return False
    space = 0.2 * high
    return before.box[2] + space + line.first > box[2] - _MARGIN - _SLACK


def _find_gap(box: Box, before: Segment, line: Segment, *, breaks_words: bool) -> str:
    """What stands between two lines: nothing where a hyphen, a slash or the edge of a narrow cell broke a word."""
    if before.ended:
        return " "
    last = before.last or before.text
    if _JOINED.search(last):
        return " " if last.endswith("-") and _ELLIPSIS.match(line.text) else ""
    if not breaks_words:
        return " "
    padding = min(max(before.box[0] - box[0], _PADDING), _MARGIN)
    full = box[2] - padding - before.box[2] < line.letter
    alone = len(last.lstrip(f"{ON}{OFF} ").split()) == 1
    return "" if full and alone and not line.text[0].isupper() else " "


def _is_head(first: Row, again: Row) -> bool:
    """The first row of a table, printed again on the next page."""
    texts = [show_cell(cell) for cell in first.cells]
    return len(texts) > 1 and any(texts) and texts == [show_cell(cell) for cell in again.cells]


def _is_rest(row: Row, rest: Row) -> bool:
    """What a page broke off: the same cells, of which the answer goes on below its label, or the label itself does."""
    if [cell.column for cell in row.cells] != [cell.column for cell in rest.cells] or len(row.cells) < 2:
        return False
    above, below = ([show_cell(cell) for cell in each.cells] for each in (row, rest))
    if below[0]:
        return bool(above[0]) and GOES_ON.match(below[0]) is not None
    filled = [number for number, text in enumerate(below) if text]
    if len(filled) != 1 or not above[filled[0]]:
        return False
    return len(below) == 2 or GOES_ON.match(below[filled[0]]) is not None  # in more columns it may be another record


def _add_rest(row: Row, rest: Row) -> None:
    for cell, more in zip(row.cells, rest.cells, strict=True):
        for block in more.blocks:
            text = show_cell(Cell([block]))
            last = cell.blocks[-1] if cell.blocks else None
            if isinstance(last, Paragraph) and GOES_ON.match(text):
                last.items.append(f" {text}")
            else:
                cell.blocks.append(block)
