"""The cells of a row that is no record: which of them are labels, which are their values, and which are neither."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.read.draft import Draft, draft_label, draft_loose
from pipeline.read.labels import split_marked
from pipeline.read.looks import show_marked_cell
from pipeline.read.model import Cell, Control, Paragraph, Part, Row, iter_controls, show_cell
from pipeline.read.normalise import clean_label, is_same_label
from schemas.inzending import Ligging

CellText = tuple[Cell, str]  #: a cell with the text that serves as a label


def read_pairs(number: int, row: Row, cells: Sequence[CellText]) -> Iterator[Draft]:
    """Yield the labels of a row with their values, and as loose text what is neither."""
    pairs = _find_pairs(cells)
    for (label_cell, label_text), (value_cell, _) in pairs:
        yield from _read_pair(number, row, label_cell, label_text, value_cell)
    paired = [cell for pair in pairs for cell, _ in pair]
    for index, (cell, text) in enumerate(cells):
        if not text or _holds_fields(cell):
            continue
        field = _find_field(cells, index)
        if field is not None:
            yield from _draft_guidance(number, row, cell, field.alias)
        elif cell not in paired:
            yield from _draft_cell(number, row, cell)


def _read_pair(number: int, row: Row, label_cell: Cell, label_text: str, value_cell: Cell) -> Iterator[Draft]:
    both = (label_cell, value_cell)
    stacked = [pair for pair in map(_split_stacked, both) if pair is not None]
    own = split_marked(label_text, label_text)
    if len(stacked) == 2:
        yield from (draft_label(label, text, row.plaats, number, marked=marked) for label, text, marked in stacked)
    elif own and own[0][1].strip():
        yield from (draft for cell in both for draft in _read_own(number, row, cell))
    else:
        yield from _read_beside(number, row, label_cell, label_text, value_cell)


def _read_own(number: int, row: Row, cell: Cell) -> Iterator[Draft]:
    """A cell with labels and their values in it."""
    found = split_marked(show_cell(cell), show_marked_cell(cell))
    for label, text, marked in found:
        yield draft_label(label, text, row.plaats, number, marked=marked)
    if not found and not _holds_fields(cell):
        yield from _draft_cell(number, row, cell)


def _read_beside(number: int, row: Row, label_cell: Cell, label_text: str, value_cell: Cell) -> Iterator[Draft]:
    if _holds_fields(label_cell) and not _holds_fields(value_cell):
        yield from _draft_cell(number, row, value_cell)
    elif _holds_fields(label_cell) or not _is_plain(value_cell):
        return
    elif _is_cut(label_text):  # two cells of lines that hold a label and a value each
        for cell in (label_cell, value_cell):
            yield from _draft_cell(number, row, cell)
    elif label := clean_label(label_text):
        struck = any(isinstance(block, Paragraph) and block.struck for block in value_cell.blocks)
        text, marked = show_cell(value_cell), show_marked_cell(value_cell)
        yield draft_label(label, text, row.plaats, number, marked=marked, struck=struck)
        yield from _draft_guidance(number, row, label_cell)
    else:
        yield from _draft_cell(number, row, value_cell)


def _draft_cell(number: int, row: Row, cell: Cell) -> Iterator[Draft]:
    if not cell.continued:
        yield from draft_loose(show_cell(cell), row.plaats, number, marked=show_marked_cell(cell))


def _draft_guidance(number: int, row: Row, cell: Cell, alias: str = "") -> Iterator[Draft]:
    """What stands in the cell of a label besides the label: its first line, or the title that its field has."""
    first, _, rest = show_cell(cell).partition("\n")
    if alias and not is_same_label(first, alias):
        rest = f"{first}\n{rest}"
    if not cell.continued:
        yield from draft_loose(rest, row.plaats, number, how=Ligging.LABELCEL)


def _is_cut(label: str) -> bool:
    """A tab within a label parts two texts, unless the first is its number."""
    first, tab, rest = label.strip().partition("\t")
    return bool(tab) and any(map(str.isalpha, first)) and any(map(str.isalnum, rest))


def _find_field(cells: Sequence[CellText], index: int) -> Control | None:
    """The field that this cell is the printed label of: the first of the cell right behind it."""
    return next(iter_controls(cells[index + 1][0].blocks), None) if index + 1 < len(cells) else None


def _holds_fields(cell: Cell) -> bool:
    return any(iter_controls(cell.blocks))


def _split_stacked(cell: Cell) -> tuple[str, str, str] | None:
    """A cell that holds a label with its colon and the value below it, as text and with its looks."""
    first, _, rest = show_cell(cell).partition("\n")
    own = first.rstrip().endswith(":") and rest.strip() and not any(iter_controls(cell.blocks))
    return (clean_label(first), rest, show_marked_cell(cell).partition("\n")[2]) if own else None


def _find_pairs(cells: Sequence[tuple[Cell, str]]) -> list[tuple[tuple[Cell, str], tuple[Cell, str]]]:
    """Two columns, pairs side by side, or a number, a question and an answer."""
    if len(cells) == 3:
        first = cells[0][1].strip(" .)")
        if first.isdigit() or not first:
            return [(cells[1], cells[2])]
        return [(cells[0], cells[1] if cells[1][1].strip() or not cells[2][1].strip() else cells[2])]
    paired = len(cells) in (2, 4) or (len(cells) == 6 and all(text.rstrip().endswith(":") for _, text in cells[::2]))
    return list(zip(cells[::2], cells[1::2], strict=True)) if paired else []


def has_controls(part: Part) -> bool:
    """Return whether this is a paragraph with fields in it."""
    return isinstance(part, Paragraph) and any(True for _ in iter_controls(part.items))


def _is_plain(cell: Cell) -> bool:
    """A cell without fields, or with tick boxes that do not say which question they answer."""
    found = list(iter_controls(cell.blocks))
    return not cell.continued and (not found or only_bare_ticks(found))


def only_bare_ticks(found: Sequence[Control]) -> bool:
    """Return whether these are tick boxes without a name or a title."""
    return bool(found) and all(control.is_tick and not control.tag and not control.alias for control in found)
