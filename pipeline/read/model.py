"""What the walker makes of a Word part: paragraphs, tables and controls in document order, wrappers flattened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from pipeline.read.ticks import OFF, ON
from schemas.inzending import Opmaak, RuweSoort


class Marked(str):
    """Text that stands out, and how."""

    looks: frozenset[Opmaak]

    def __new__(cls, text: str, looks: frozenset[Opmaak]) -> Marked:
        """Return the text with its looks."""
        marked = super().__new__(cls, text)
        marked.looks = looks
        return marked


@dataclass(eq=False)
class Control:
    """One field: a content control or a legacy form field.

    `parts` is what stands in it, `value` what that means (set by `controls` or `legacy`), `codes` the findings.
    `sealed` means that text beside it cannot be a part of it: a locked control, or a legacy field.
    """

    soort: RuweSoort
    tag: str | None
    alias: str
    plaats: str
    table: int | None = None
    rij: int | None = None
    parts: list[Part] = field(default_factory=list)
    value: str | bool = ""
    empty: bool = True
    codes: list[str] = field(default_factory=list)
    label: str = ""
    sealed: bool = False

    @property
    def is_tick(self) -> bool:
        """Return whether this is a tick box."""
        return self.soort is RuweSoort.VINKJE


@dataclass(eq=False)
class Paragraph:
    """A paragraph; `heading` when its style or outline level says so, `bold` when all of its text is."""

    plaats: str
    items: list[Part] = field(default_factory=list)
    heading: bool = False
    bold: bool = False
    struck: bool = False
    joins_next: bool = False


@dataclass(eq=False)
class Cell:
    """A cell, with the grid column it starts in; `continued` when it is the lower part of a merged cell."""

    blocks: list[Part] = field(default_factory=list)
    column: int = 0
    span: int = 1
    continued: bool = False


@dataclass(eq=False)
class Row:
    """A row of cells; `header` when it repeats on each page."""

    plaats: str
    cells: list[Cell] = field(default_factory=list)
    header: bool = False


@dataclass(eq=False)
class Table:
    """A table and its number in the document."""

    number: int
    plaats: str
    rows: list[Row] = field(default_factory=list)


Part: TypeAlias = "str | Control | Paragraph | Table"


def show(part: Part) -> str:
    """Return the text that a reader sees, placeholders left out and ticks as ☒ or ☐."""
    if isinstance(part, str):
        return part
    if isinstance(part, Control):
        if isinstance(part.value, bool):
            return ON if part.value else OFF
        return part.value
    if isinstance(part, Paragraph):
        return "".join(map(show, part.items))
    return "\n".join("\t".join(show_cell(cell) for cell in row.cells if not cell.continued) for row in part.rows)


def show_blocks(blocks: Sequence[Part]) -> str:
    """Return the text of blocks, one line (or more) each."""
    return "\n".join(map(show, blocks))


def show_cell(cell: Cell) -> str:
    """Return the text of a cell."""
    return show_blocks(cell.blocks).strip()


def show_content(control: Control) -> str:
    """Return what literally stands in a control, whatever it means: runs joined, blocks on lines."""
    if any(isinstance(part, Paragraph | Table) for part in control.parts):
        return "\n".join(show(part) for part in control.parts)
    return "".join(map(show, control.parts))


def iter_controls(parts: Sequence[Part]) -> Iterator[Control]:
    """Yield every control in document order, an outer one before those in it."""
    for part in parts:
        if isinstance(part, Control):
            yield part
            yield from iter_controls(part.parts)
        elif isinstance(part, Paragraph):
            yield from iter_controls(part.items)
        elif isinstance(part, Table):
            for row in part.rows:
                for cell in row.cells:
                    yield from iter_controls(cell.blocks)


def iter_tables(parts: Sequence[Part]) -> Iterator[Table]:
    """Yield every table in document order, an outer one before those in it."""
    for part in parts:
        if isinstance(part, Table):
            yield part
            for row in part.rows:
                for cell in row.cells:
                    yield from iter_tables(cell.blocks)
        elif isinstance(part, Control):
            yield from iter_tables(part.parts)
