"""Text that stands loose beside a control in its cell.

LibreOffice 7.4 leaves only the first paragraph of an answer in its control; people also just type next to a field.
Words of the form itself stand there too: a label or a unit before the field, the text of an option behind its box.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.read.labels import is_question, split_pairs
from pipeline.read.model import Cell, Control, Paragraph, Part, Table, iter_controls, show
from pipeline.read.normalise import clean_value, drop_leaders, fold, is_same_label
from pipeline.read.placeholders import is_phrase
from pipeline.read.ticks import normalise_ticks
from schemas.inzending import RuweSoort

_WIDE = re.compile(r"[\t\n]| {2,}")


def settle_beside(cell: Cell, *, labelled: bool) -> Control | None:
    """Move the loose text of a cell into its control when that is a single text; else return what it stands beside.

    `labelled` says that the label stands in another cell, so that all text of this one is somebody's answer.
    """
    found = list(iter_controls(cell.blocks))
    if any(isinstance(block, Table) for block in cell.blocks):
        return None
    if len(found) == 1 and found[0].soort is RuweSoort.TEKST and not found[0].sealed:
        return _join(cell, found[0], labelled=labelled)
    return _find_loose(cell, found) if labelled else None


def _join(cell: Cell, control: Control, *, labelled: bool) -> Control | None:
    """What is printed behind an empty field of somebody else's form is no answer: that is reported instead."""
    around = _Around.of(cell, control, labelled=labelled)
    before = around.before if labelled and _is_typed(around.before, control) else ""
    if not (before or around.after):
        return None
    if control.empty and not control.tag:
        return control
    control.value = "\n".join(filter(None, (before, str(control.value), around.after)))
    control.empty = False
    line = [*([] if before else around.head), control, *([] if labelled else around.tail)]
    cell.blocks = [*([] if before else around.above), Paragraph(control.plaats, line), *around.rest]
    return None


@dataclass(frozen=True)
class _Around:
    """What stands around the only control of a cell; `rest` are the blocks below that belong to something else."""

    above: Sequence[Part]
    head: Sequence[Part]
    tail: Sequence[Part]
    rest: Sequence[Part]
    before: str
    after: str

    @classmethod
    def of(cls, cell: Cell, control: Control, *, labelled: bool) -> _Around:
        index = next(i for i, block in enumerate(cell.blocks) if control in iter_controls([block]))
        above, block, below = cell.blocks[:index], cell.blocks[index], cell.blocks[index + 1 :]
        items: list[Part] = block.items if isinstance(block, Paragraph) else [block]
        place = items.index(control)
        head, tail = items[:place], items[place + 1 :]
        count = len(below) if labelled else _count_lines(below)
        after = [*([Paragraph("", tail)] if labelled else []), *below[:count]]
        return cls(above, head, tail, below[count:], _show([*above, Paragraph("", head)]), _show(after))


def _is_typed(text: str, control: Control) -> bool:
    """Words before a field are its printed label, unless the field has a name and a label of its own.

    A box of ours stands first in its cell; before that of somebody else its question may stand.
    """
    named = bool(control.tag and control.alias) and (not control.is_tick or "." in (control.tag or ""))
    return named and not text.endswith(":") and fold(text) != fold(control.alias)


def _count_lines(blocks: Sequence[Part]) -> int:
    """In a cell over the whole width the answer ends where the next label begins."""
    for number, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or block.heading or block.bold:
            return number
        text = show(block)
        if split_pairs(text) or is_question(text):
            return number
    return len(blocks)


def _find_loose(cell: Cell, found: Sequence[Control]) -> Control | None:
    """Return the first field that loose text stands behind, or before when the field has a name of its own."""
    last: Control | None = None
    for block in cell.blocks:
        items = block.items if isinstance(block, Paragraph) else [block]
        pairs = _split_behind(items)
        if not pairs and _show([block]) and (last is not None or _is_typed(_show([block]), found[0])):
            return last or found[0]
        last = pairs[-1][0] if pairs else last
        beside = next((control for control, text in pairs if _is_loose(control, text, last=control is last)), None)
        if beside is not None:
            return beside
        if pairs and _stands_before(items, pairs[0][0]):
            return pairs[0][0]
    return None


def list_around(items: Sequence[Part]) -> Iterator[str]:
    """The words on a line with fields that are the name of none of them, nor the text of an option."""
    pairs = _split_behind(items)
    if not pairs:
        return
    first = pairs[0][0]
    gaps: list[tuple[Control | None, str]] = [(None, _show([Paragraph("", list(items[: items.index(first)]))])), *pairs]
    for index, (before, text) in enumerate(gaps):
        behind = pairs[index][0] if index < len(pairs) else None
        rest = _clean(_drop_option(before, text) if before is not None and before.is_tick else text)
        if behind is None or (behind.alias and not is_same_label(rest, behind.alias)):
            yield rest


def _drop_option(box: Control, text: str) -> str:
    """What follows the option of a box: its title, or else the words up to a wide gap."""
    if not box.alias:
        return "\t".join(_WIDE.split(text.strip())[1:])
    return text.strip()[len(box.alias) :] if fold(text).startswith(fold(box.alias)) else text


def _stands_before(items: Sequence[Part], control: Control) -> bool:
    before = _show([Paragraph("", list(items[: items.index(control)]))])
    return bool(before) and _is_typed(before, control)


def _split_behind(items: Sequence[Part]) -> list[tuple[Control, str]]:
    """Each control of a line with the text up to the next."""
    pairs: list[tuple[Control, str]] = []
    for item in items:
        if isinstance(item, Control):
            pairs.append((item, ""))
        elif pairs:
            control, text = pairs[-1]
            pairs[-1] = (control, text + show(item))
    return pairs


def _is_loose(control: Control, text: str, *, last: bool) -> bool:
    """Behind a box stands its option; behind any other field nothing, unless another field follows."""
    if not control.is_tick:
        return last and bool(_clean(text))
    option, shown = fold(control.alias), fold(text)
    # A box without a name or a title of its own says nothing about the words behind it.
    if not (control.tag and option and shown.startswith(option)):
        return False
    return bool(shown.removeprefix(option).strip(" .:;,/|"))


def _show(blocks: Sequence[Part]) -> str:
    """The text of blocks without prompts and without the lines that answers are written on."""
    return "\n".join(filter(None, (_clean(show(block)) for block in blocks)))


def _clean(text: str) -> str:
    cleaned = normalise_ticks(drop_leaders(clean_value(text)))
    return "" if is_phrase(cleaned) else cleaned
