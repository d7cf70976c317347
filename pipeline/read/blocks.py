"""Reading blocks: paragraphs, tables, and the controls and wrappers that stand around them.

python-docx sees 13 of 118 answers in content controls, because it does not look inside `w:sdt` and its kin.
Here whatever is not known is looked through; only what is known to be no text is left out.
"""

from __future__ import annotations

from lxml import etree

from pipeline.read import controls
from pipeline.read.inline import INSERTED, REMOVED, choose_alternative, read_paragraph
from pipeline.read.model import Cell, Paragraph, Part, Row, Table, show_blocks
from pipeline.read.ooxml import children, is_on, mc, w
from pipeline.read.runs import read_grid_number
from pipeline.read.state import State
from pipeline.read.ticks import ON, normalise_ticks


def read_blocks(state: State, element: etree._Element) -> list[Part]:
    """Return the blocks in a body, cell, text box or control."""
    blocks: list[Part] = []
    for child in children(element):
        if child.tag == w("p"):
            _add_paragraph(state, blocks, child)
        else:
            blocks.extend(_read_block(state, child))
    return blocks


def _read_block(state: State, child: etree._Element) -> list[Part]:
    if child.tag == w("tbl"):
        return [_read_table(state, child)]
    if child.tag == w("sdt"):
        return _read_control(state, child)
    if child.tag == mc("AlternateContent"):
        branch = choose_alternative(child)
        return read_blocks(state, branch) if branch is not None else []
    if child.tag in REMOVED | INSERTED:
        state.findings.add("wijzigingen-niet-aanvaard", "het document")
    if child.tag == w("altChunk"):
        state.findings.add("ingesloten-document", state.plaats, extra="ingevoegd document")
    return [] if child.tag in REMOVED else read_blocks(state, child)


def _add_paragraph(state: State, blocks: list[Part], element: etree._Element) -> None:
    paragraph = read_paragraph(state, element)
    last = blocks[-1] if blocks else None
    if isinstance(last, Paragraph) and last.joins_next:
        last.items.extend(paragraph.items)
        last.joins_next = paragraph.joins_next
    else:
        blocks.append(paragraph)
    boxes, state.boxes = state.boxes, []
    for box in boxes:
        with state.nested():
            inside = read_blocks(state, box)
        if normalise_ticks(show_blocks(inside).strip()) == ON:
            state.findings.add("kruisje-los", state.plaats)
        blocks.extend(inside)


def _read_control(state: State, sdt: etree._Element) -> list[Part]:
    properties = controls.read_properties(sdt)
    content = sdt.find(w("sdtContent"))
    if content is None:
        return []
    if properties.kind == "repeatingSection":
        with state.in_section(properties.tag or properties.alias or f"alinea {state.paragraphs}, tabel {state.tables}"):
            return read_blocks(state, content)
    if properties.kind == "repeatingSectionItem":
        with state.in_item():
            return read_blocks(state, content)
    if controls.is_transparent(sdt, properties):
        return read_blocks(state, content)
    control = controls.build_control(properties, state.plaats, state.table, state.rij)
    with state.nested():
        control.parts = read_blocks(state, content)
    controls.finish(control, properties, state.sources)
    return [control]


def _read_table(state: State, element: etree._Element) -> Table:
    state.tables += 1
    number, outer_place, outer_table = state.tables, state.row_place, state.table
    state.row_place = f"tabel {number}"
    table = Table(number, state.plaats)
    state.table = number
    with state.nested():
        _read_rows(state, table, element)
    state.row_place, state.table = outer_place, outer_table
    return table


def _read_rows(state: State, table: Table, element: etree._Element) -> None:
    for child in children(element):
        if child.tag == w("tr"):
            _read_row(state, table, child)
        elif child.tag == w("sdt"):
            _read_row_control(state, table, child)
        elif child.tag not in REMOVED and child.tag not in (w("tblPr"), w("tblGrid"), mc("Fallback")):
            _read_rows(state, table, child)


def _read_row_control(state: State, table: Table, sdt: etree._Element) -> None:
    properties = controls.read_properties(sdt)
    content = sdt.find(w("sdtContent"))
    if content is None:
        return
    if properties.kind == "repeatingSection":
        with state.in_section(properties.tag or properties.alias or f"tabel {table.number} {len(table.rows)}"):
            _read_rows(state, table, content)
    elif properties.kind == "repeatingSectionItem":
        with state.in_item():
            _read_rows(state, table, content)
    else:
        before = len(table.rows)
        _read_rows(state, table, content)
        cells = [cell for row in table.rows[before:] for cell in row.cells]
        if cells and not controls.is_transparent(sdt, properties):
            _put_control(state, properties, cells[-1])


def _put_control(state: State, properties: controls.Properties, cell: Cell) -> None:
    """A control around cells or rows is the control of their last cell: the others hold its label."""
    control = controls.build_control(properties, state.plaats, state.table, state.rij)
    control.parts = cell.blocks
    controls.finish(control, properties, state.sources)
    cell.blocks = [control]


def _read_row(state: State, table: Table, element: etree._Element) -> None:
    properties = element.find(w("trPr"))
    if properties is not None and properties.find(w("del")) is not None:
        state.findings.add("wijzigingen-niet-aanvaard", "het document")
        return
    state.row_place = f"tabel {table.number}, rij {len(table.rows) + 1}"
    header = properties is not None and is_on(properties.find(w("tblHeader")))
    row = Row(state.plaats, header=header)
    table.rows.append(row)
    _read_cells(state, row, element, read_grid_number(properties, "gridBefore", 0))


def _read_cells(state: State, row: Row, element: etree._Element, column: int) -> int:
    for child in children(element):
        if child.tag == w("tc"):
            row.cells.append(_read_cell(state, child, column))
            column += row.cells[-1].span
        elif child.tag == w("sdt"):
            column = _read_cell_control(state, row, child, column)
        elif child.tag not in REMOVED and child.tag not in (w("trPr"), w("tblPrEx"), mc("Fallback")):
            column = _read_cells(state, row, child, column)
    return column


def _read_cell_control(state: State, row: Row, sdt: etree._Element, column: int) -> int:
    properties = controls.read_properties(sdt)
    content = sdt.find(w("sdtContent"))
    if content is None:
        return column
    before = len(row.cells)
    column = _read_cells(state, row, content, column)
    if len(row.cells) > before and not controls.is_transparent(sdt, properties):
        _put_control(state, properties, row.cells[-1])
    return column


def _read_cell(state: State, element: etree._Element, column: int) -> Cell:
    properties = element.find(w("tcPr"))
    cell = Cell(column=column, span=read_grid_number(properties, "gridSpan", 1))
    if properties is not None:
        merges = [properties.find(w("vMerge")), properties.find(w("hMerge"))]
        cell.continued = any(mark is not None and mark.get(w("val")) in (None, "continue") for mark in merges)
        if properties.find(w("cellDel")) is not None:
            state.findings.add("wijzigingen-niet-aanvaard", "het document")
            return cell
    place = state.row_place
    with state.nested():
        cell.blocks = read_blocks(state, element)
    state.row_place = place
    return cell
