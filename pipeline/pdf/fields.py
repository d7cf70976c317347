"""Fields of a Word file: which are worked out by the engine, which are printed as the result that stands there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pipeline.pdf.package import W, remove

#: Numbers that exist only once the pages are laid out.
PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF"})
#: Not replaced by their result: the above, a link, and boxes and lists of old forms, which have no result.
_LIVE = PAGE_FIELDS | {"HYPERLINK", "FORMCHECKBOX", "FORMDROPDOWN"}
_FLAT = W + "flatField"


@dataclass
class OpenField:
    """A field whose end has not been seen yet."""

    opdracht: str = ""
    in_resultaat: bool = False

    @property
    def soort(self) -> str:
        """The first word of the instruction: "PAGE", "REF"."""
        return kind_of(self.opdracht)


def kind_of(opdracht: str) -> str:
    """Give the kind of a field from its instruction."""
    return (opdracht.split() or [""])[0].upper()


class FieldTracker:
    """Follows begin, separator and end of nested fields while a story is read from start to end."""

    def __init__(self) -> None:
        """Start outside any field."""
        self.open: list[OpenField] = []

    def follow(self, knoop: etree._Element) -> OpenField | None:
        """Take the next element; give the field that it closes."""
        if knoop.tag == W + "instrText" and self.open and not self.open[-1].in_resultaat:
            self.open[-1].opdracht += knoop.text or ""
        if knoop.tag != W + "fldChar":
            return None
        soort = knoop.get(W + "fldCharType")
        if soort == "begin":
            self.open.append(OpenField())
        elif soort == "separate" and self.open:
            self.open[-1].in_resultaat = True
        elif soort == "end" and self.open:
            return self.open.pop()
        return None

    def shows_text(self) -> bool:
        """Say whether text here is a printed word: outside fields, or in the result of one that is kept."""
        return all(veld.in_resultaat and veld.soort not in PAGE_FIELDS for veld in self.open)


def flatten_fields(boom: etree._Element) -> None:
    """Replace every field by its result, save page numbers and links, so that no engine works it out anew.

    A date field would print today's date, an INCLUDEPICTURE would fetch a file.
    """
    for veld in list(boom.iter(W + "fldSimple")):
        if kind_of(veld.get(W + "instr", "")) not in _LIVE:
            veld.tag = _FLAT
    etree.strip_elements(boom, W + "fldData", with_tail=False)
    etree.strip_tags(boom, _FLAT)
    for knoop in list(_machinery(boom)):
        remove(knoop)


def _machinery(boom: etree._Element) -> Iterator[etree._Element]:
    """Find the instructions and marks of fields that are printed as their result, and the text inside instructions."""
    volger = FieldTracker()
    delen: list[list[etree._Element]] = []
    for knoop in boom.iter(W + "fldChar", W + "instrText", W + "t"):
        if knoop.get(W + "fldCharType") == "begin":
            delen.append([])
        for veld, deel in zip(volger.open, delen, strict=False):
            if not veld.in_resultaat:
                deel.append(knoop)
        if delen and knoop.tag == W + "fldChar":
            delen[-1].append(knoop)
        dicht = volger.follow(knoop)
        if dicht is not None and delen:
            machinerie = delen.pop()
            if dicht.soort not in _LIVE:
                yield from machinerie
