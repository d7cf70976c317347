"""Where something stands in a template, in words that somebody finds again in Word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from pipeline.render.lint.styles import Stijlen
from pipeline.render.template import list_parts

_KOP_LENGTE = 60
_ALINEA, _TABEL, _RIJ, _CEL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")


@dataclass(frozen=True, eq=False)
class Plek:
    """One paragraph: its part, its nearest heading, and its number from there or its row and cell."""

    deel: str
    alinea: etree._Element
    tekst: str  #: all that is typed in it
    waar: str

    @property
    def is_steering(self) -> bool:
        """Whether it vanishes with the tag that it holds."""
        return "{%p " in self.tekst or "{%tr " in self.tekst

    def get_row(self) -> etree._Element | None:
        """The row that it stands in."""
        return next(self.alinea.iterancestors(_RIJ), None)

    def get_cell(self) -> etree._Element | None:
        """The cell that it stands in."""
        return next(self.alinea.iterancestors(_CEL), None)


@dataclass(frozen=True, eq=False)
class Deel:
    """One part that may hold tags."""

    naam: str
    wortel: etree._Element
    plekken: tuple[Plek, ...]

    def describe(self, element: etree._Element) -> tuple[Plek | None, str]:
        """The paragraph in or around an element, and where that is; a part without any says its name."""
        alinea = next((boven for boven in (element, *element.iterancestors()) if boven.tag == _ALINEA), None)
        if alinea is None:
            alinea = next(element.iter(_ALINEA), None)
        plek = next((plek for plek in self.plekken if plek.alinea is alinea), None)
        return plek, plek.waar if plek else self.naam


def list_delen(document: WordDocument, stijlen: Stijlen) -> tuple[Deel, ...]:
    """The parts of a template that may hold tags, with every paragraph in them; the body first."""
    delen = list_parts(document)
    namen = [naam for naam, _ in delen]
    uit = []
    for naam, part in delen:
        stam = str(part.partname).rpartition("/")[2].removesuffix(".xml")
        eigen = f"{naam} ({stam})" if namen.count(naam) > 1 else naam
        wortel = part.element if isinstance(part, XmlPart) else parse_xml(part.blob)
        uit.append(Deel(eigen, wortel, tuple(_list_places(eigen, wortel, stijlen))))
    return tuple(uit)


def read_text(alinea: etree._Element) -> str:
    """All that is typed in a paragraph, as one text."""
    return "".join(deel.text or "" for deel in alinea.iter(qn("w:t")))


def _list_places(deel: str, wortel: etree._Element, stijlen: Stijlen) -> Iterator[Plek]:
    kop, nummer = "", 0
    tabellen = {tabel: volg for volg, tabel in enumerate(wortel.iter(_TABEL), start=1)}
    for alinea in wortel.iter(_ALINEA):
        if any(noot.get(qn("w:type")) for noot in alinea.iterancestors(qn("w:footnote"))):
            continue  # the line above the footnotes
        tekst = read_text(alinea)
        cel = next(alinea.iterancestors(_CEL), None)
        plek = Plek(deel, alinea, tekst, f"{deel}, kop “{_shorten(tekst)}”")
        if cel is None and tekst.strip() and not plek.is_steering and stijlen.is_heading(alinea):
            kop, nummer = f", onder “{_shorten(tekst)}”", 0
            yield plek
            continue
        nummer += cel is None
        plaats = f", alinea {nummer}" if cel is None else _describe_cell(cel, tabellen)
        yield Plek(deel, alinea, tekst, f"{deel}{kop}{plaats}")


def _describe_cell(cel: etree._Element, tabellen: dict[etree._Element, int]) -> str:
    rij = next(cel.iterancestors(_RIJ))
    tabel = next(rij.iterancestors(_TABEL))
    return f", tabel {tabellen[tabel]}, rij {_count(rij)}, cel {_count(cel)}"


def _count(element: etree._Element) -> int:
    return 1 + sum(1 for _ in element.itersiblings(element.tag, preceding=True))


def _shorten(tekst: str) -> str:
    tekst = " ".join(tekst.split())
    return tekst if len(tekst) <= _KOP_LENGTE else f"{tekst[:_KOP_LENGTE]}…"
