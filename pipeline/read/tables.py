"""Tables as grids of text, and the question whether a table is a grid with a head or a list of labels and values."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.read.fieldlabels import show_label_text
from pipeline.read.looks import find_nadruk, show_marked_cell
from pipeline.read.model import Cell, Paragraph, Table, iter_controls, show_cell
from pipeline.read.normalise import clean_value
from pipeline.read.ticks import normalise_ticks
from schemas.inzending import Nadruk, RuweTabel


def build_grid(table: Table) -> RuweTabel:
    """Return the table as texts: a merged cell once, the columns it covers left blank so that columns stay in line."""
    rows = tuple(tuple(_lay_out(row.cells)) for row in table.rows)
    return RuweTabel(plaats=table.plaats, rijen=rows, nadruk=tuple(_find_looks(table)))


def _find_looks(table: Table) -> Iterator[tuple[int, int, tuple[Nadruk, ...]]]:
    for number, row in enumerate(table.rows):
        for cell in row.cells:
            nadruk = () if cell.continued else find_nadruk(show_cell(cell), show_marked_cell(cell))
            if nadruk:
                yield number, min(cell.column, 63), nadruk


def _lay_out(cells: list[Cell]) -> list[str]:
    texts: list[str] = []
    for cell in cells:
        texts += [""] * (min(cell.column, 63) - len(texts))
        texts.append("" if cell.continued else normalise_ticks(clean_value(show_cell(cell))))
        texts += [""] * (cell.span - 1)
    return texts


def is_grid(table: Table) -> bool:
    """Return whether the first row heads the columns below it, so that rows are records and not label and value."""
    if len(table.rows) < 2:
        return False
    first, *rest = table.rows
    texts = [show_cell(cell).strip() for cell in first.cells]
    if len(texts) < 2 or not all(texts) or any(text.endswith(":") for text in texts):
        return False
    if first.header or (_is_bold(first.cells[-1]) and not any(_is_bold(row.cells[-1]) for row in rest if row.cells)):
        return True
    if any(row.cells and any(iter_controls(row.cells[0].blocks)) for row in rest):
        return not any(any(iter_controls(cell.blocks)) for cell in first.cells)
    return len(texts) > 2 and _looks_like_records(table)


def _looks_like_records(table: Table) -> bool:
    """Without a mark: a head without digits or fields, and below it no numbered questions.

    Four columns may be two pairs side by side as well; there a first column that runs out tells.
    """
    first, *rest = table.rows
    head = "".join(show_cell(cell) for cell in first.cells)
    if any(char.isdigit() for char in head) or any(any(iter_controls(cell.blocks)) for cell in first.cells):
        return False
    below = [show_cell(row.cells[0]).strip(" .)") for row in rest if row.cells]
    if len(first.cells) == 4:
        return any(not text for text in below)
    return not all(text.isdigit() for text in below)


def find_heads(table: Table) -> dict[int, str]:
    """Return the texts of a first row without fields, by the grid column they start in."""
    first = table.rows[0].cells if table.rows else []
    if any(any(iter_controls(cell.blocks)) for cell in first):
        return {}
    return {cell.column: show_label_text(cell.blocks) for cell in first}


def resolve_texts(table: Table) -> list[list[str]]:
    """Return per row the label text of each cell; the lower part of a merged cell has the text of its upper part."""
    upper: dict[int, str] = {}
    rows: list[list[str]] = []
    for row in table.rows:
        texts: list[str] = []
        for cell in row.cells:
            if not cell.continued:
                upper[cell.column] = show_label_text(cell.blocks)
            texts.append(upper.get(cell.column, ""))
        rows.append(texts)
    return rows


def _is_bold(cell: Cell) -> bool:
    paragraphs = [block for block in cell.blocks if isinstance(block, Paragraph) and block.items]
    return bool(paragraphs) and all(block.bold for block in paragraphs)
