"""All answers of one part in document order: fields first by their own label, then labels with plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.read.beside import list_around, settle_beside
from pipeline.read.cells import has_controls, only_bare_ticks, read_pairs
from pipeline.read.draft import Draft, draft_control, draft_label, draft_loose
from pipeline.read.fieldlabels import Surroundings, find_label, label_inline
from pipeline.read.findings import Findings
from pipeline.read.labels import LabelReader, split_marked
from pipeline.read.looks import show_marked
from pipeline.read.model import Cell, Control, Paragraph, Part, Table, iter_controls, show
from pipeline.read.normalise import is_same_label
from pipeline.read.tables import find_heads, is_grid, resolve_texts
from schemas.inzending import Ligging


def read_answers(blocks: Sequence[Part], findings: Findings) -> list[Draft]:
    """Return the answers in the blocks of a body, header, footer or note."""
    return list(_AnswerReader(findings).read(blocks, LabelReader(), Surroundings()))


class _AnswerReader:
    def __init__(self, findings: Findings) -> None:
        self._findings = findings

    def read(
        self, blocks: Sequence[Part], labels: LabelReader | None, around: Surroundings, *, tell: bool = True
    ) -> Iterator[Draft]:
        """Yield answers; `labels` is None where plain text is already the value of a label elsewhere.

        `tell` says that words beside the fields are to be told, for nobody did.
        """
        previous = around.previous
        for block in blocks:
            here = Surroundings(around.left, around.head, previous)
            if isinstance(block, Paragraph) and not has_controls(block):
                if labels is not None:
                    yield from labels.feed(block)
                elif tell and (around.left or around.head):
                    yield from draft_loose(show(block), block.plaats, how=Ligging.LABELCEL)
                previous = show(block).strip() or previous
                continue
            if labels is not None:
                yield from _end(labels, block)
            yield from self._read_block(block, here, tell=tell)
        if labels is not None:
            yield from labels.close()

    def _read_block(self, block: Part, around: Surroundings, *, tell: bool) -> Iterator[Draft]:
        if isinstance(block, Paragraph):
            bare = only_bare_ticks(list(iter_controls(block.items)))
            for control, label in label_inline(block.items, around):
                yield draft_control(control, label, self._findings)
            if not around.left and bare:
                for name, text, marked in split_marked(show(block), show_marked([block])):
                    yield draft_label(name, text, block.plaats, marked=marked)
            for words in list_around(block.items) if tell and not bare else ():
                yield from draft_loose(words, block.plaats, how=Ligging.LABELCEL)
        elif isinstance(block, Control):
            label = find_label(block, "", "", around)
            yield draft_control(block, label, self._findings)
            yield from self.read(block.parts, None, Surroundings(previous=label), tell=False)
        elif isinstance(block, Table):
            yield from self._read_table(block)

    def _read_table(self, table: Table) -> Iterator[Draft]:
        grid, heads = is_grid(table), find_heads(table)
        texts = resolve_texts(table)
        labels = LabelReader(table.number)
        for row, row_texts in zip(table.rows, texts, strict=True):
            cells = list(zip(row.cells, row_texts, strict=True))
            if len(cells) == 1 and not grid:
                yield from self._read_single(cells[0][0], labels)
                continue
            yield from labels.close()
            yield from self._read_fields(cells, heads if row is not table.rows[0] else {})
            if not grid:
                yield from read_pairs(table.number, row, cells)
        yield from labels.close()

    def _read_single(self, cell: Cell, labels: LabelReader) -> Iterator[Draft]:
        """One cell over the whole width: its label may be the cell above, so the reader goes on from row to row."""
        waiting = labels.waiting
        beside = settle_beside(cell, labelled=False)
        for block in cell.blocks:
            if isinstance(block, Paragraph) and not has_controls(block):
                yield from labels.feed(block)
                waiting = labels.waiting or show(block).strip() or waiting
            else:
                yield from _end(labels, block)
                yield from self._read_block(block, Surroundings(previous=waiting), tell=beside is None)
        self._report_beside(beside)

    def _read_fields(self, cells: Sequence[tuple[Cell, str]], heads: dict[int, str]) -> Iterator[Draft]:
        left = ""
        for cell, text in cells:
            if any(isinstance(block, Control | Table) or has_controls(block) for block in cell.blocks):
                head = heads.get(cell.column, "")
                beside = settle_beside(cell, labelled=bool(left or head))
                bare = only_bare_ticks(list(iter_controls(cell.blocks)))
                yield from self.read(cell.blocks, None, Surroundings(left, head), tell=beside is None and not bare)
                self._report_beside(beside)
                found = list(iter_controls(cell.blocks))
                left = "" if found else left
            else:
                left = text or left

    def _report_beside(self, control: Control | None) -> None:
        if control is not None:
            self._findings.add("tekst-naast-veld", control.plaats, label=control.label)


def _end(labels: LabelReader, block: Part) -> Iterator[Draft]:
    """A label right above a field or table names that, and is no answer of its own."""
    waiting = labels.waiting
    if waiting and isinstance(block, Control | Paragraph):
        labels.drop()
        field = next(iter_controls([block]), None)
        if field is not None and field.alias and not is_same_label(field.alias, waiting):
            yield from draft_loose(waiting, block.plaats, how=Ligging.LABELCEL)
    yield from labels.close()
