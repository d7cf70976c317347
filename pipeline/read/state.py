"""What the walk over one part keeps: where it is, which controls and fields are open, what it counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from lxml import etree

from pipeline.errors import InvoerFout
from pipeline.read.findings import Findings
from pipeline.read.model import Control, Part
from pipeline.read.package import Sources
from pipeline.safezip import build_refusal

MAX_NESTING = 48
MAX_OPEN_FIELDS = 200


@dataclass
class OpenField:
    """A complex field between its begin and its end; `control` only when it is a form field."""

    control: Control | None
    data: etree._Element | None


@dataclass
class State:
    """The position and the counters of one walk."""

    bestand: str
    sources: Sources
    findings: Findings
    prefix: str = ""
    tables: int = 0
    paragraphs: int = 0
    row_place: str = ""
    table: int | None = None
    nesting: int = 0
    targets: list[list[Part]] = field(default_factory=list)
    fields: list[OpenField] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    sections: list[int] = field(default_factory=list)
    section_keys: list[str] = field(default_factory=list)
    section_counts: Counter[str] = field(default_factory=Counter)

    @property
    def plaats(self) -> str:
        """Return the place as a coordinator would point at it."""
        place = self.row_place or f"alinea {self.paragraphs}"
        return f"{self.prefix}, {place}" if self.prefix else place

    @property
    def rij(self) -> int | None:
        """Return the number of the repeated item that the walk is in."""
        return self.sections[-1] if self.sections else None

    def emit(self, text: str) -> None:
        """Add text to the innermost open line, control or field."""
        if text and self.targets:
            self.targets[-1].append(text)

    @contextmanager
    def collecting(self, parts: list[Part]) -> Iterator[None]:
        """Let text flow into `parts`; fields that open in it and go on after it stay open."""
        self.targets.append(parts)
        try:
            yield
        finally:
            self.targets = [target for target in self.targets if target is not parts]

    @contextmanager
    def nested(self) -> Iterator[None]:
        """Go one table, control or text box deeper, with lines and fields of its own."""
        if self.nesting >= MAX_NESTING:
            raise self._refuse_nesting()
        kept = self.targets, self.fields
        self.targets, self.fields = [], []
        self.nesting += 1
        try:
            yield
        finally:
            self.nesting -= 1
            self.targets, self.fields = kept

    @contextmanager
    def in_section(self, key: str) -> Iterator[None]:
        """Enter a repeating section; its items count under `key`."""
        self.section_keys.append(key)
        try:
            yield
        finally:
            self.section_keys.pop()

    @contextmanager
    def in_item(self) -> Iterator[None]:
        """Enter the next item of the innermost repeating section."""
        key = self.section_keys[-1] if self.section_keys else ""
        self.sections.append(self.section_counts[key])
        self.section_counts[key] += 1
        try:
            yield
        finally:
            self.sections.pop()

    def check_open_fields(self) -> None:
        """Refuse fields that open without end."""
        if len(self.fields) >= MAX_OPEN_FIELDS:
            raise self._refuse_nesting()

    def _refuse_nesting(self) -> InvoerFout:
        return build_refusal(
            "docx-te-diep",
            self.bestand,
            "{bestand} bevat tabellen of velden die veel te diep in elkaar zitten en is niet gelezen.",
            "Open het in Word, bewaar het opnieuw als .docx en dien die versie in.",
        )
