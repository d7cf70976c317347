"""What a template may not hold and what somebody may have left in it: comments, revisions, hidden text, other files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import MappingProxyType

from docx.document import Document as WordDocument
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree

from pipeline.render.lint.finding import Vondst, make_finding
from pipeline.render.lint.places import Deel, Plek, read_text
from pipeline.render.lint.tags import quote
from pipeline.render.template import find_refused, iterate_trees, list_parts, refuse_relation
from schemas.bevinding import Ernst

_REMEDIE = "Haal dit weg in Word; zolang het er staat, maakt het programma geen document van dit sjabloon."
_NAMEN = MappingProxyType(
    {
        "styles": "de stijlen",
        "numbering": "de opsommingen",
        "endnotes": "een eindnoot",
        "comments": "de opmerkingen",
    }
)
_OPMERKING = "opmerking"


def find_leftovers(document: WordDocument, delen: Sequence[Deel]) -> Iterator[Vondst]:
    """Each of them once for every paragraph that it is in."""
    gezien: set[tuple[Plek | str, str]] = set()
    eigen = {id(part): deel for deel, (_, part) in zip(delen, list_parts(document), strict=True)}
    for part, boom in iterate_trees(document.part.package):
        deel = eigen.get(id(part))
        wortel = deel.wortel if deel is not None else boom
        for element, tekst in (*find_refused(wortel), *_find_relations(part, wortel)):
            plek, waar = deel.describe(element) if deel is not None else (None, _name_part(part))
            if (plek or waar, tekst) not in gezien:
                gezien.add((plek or waar, tekst))
                yield _make(plek, waar, tekst)
    genoemd = {tekst for _, tekst in gezien}
    for tekst in sorted(set(_list_loose(document)) - genoemd):
        if _OPMERKING not in tekst or not any(_OPMERKING in ander for ander in genoemd):
            yield _make(None, "het bestand", tekst)


def find_dead_tags(document: WordDocument) -> Iterator[Vondst]:
    """Tags where nobody fills them in."""
    for part, boom in iterate_trees(document.part.package, b"{"):
        if _name_part(part) != _NAMEN["endnotes"]:
            continue
        for alinea in boom.iter(qn("w:p")):
            tekst = read_text(alinea)
            if "{{" in tekst or "{%" in tekst:
                reden = f"{quote(tekst)}: in een eindnoot wordt een tag niet ingevuld, maar letterlijk gedrukt."
                yield Vondst(make_finding("tag-in-eindnoot", _NAMEN["endnotes"], reden, "Maak er een voetnoot van."))


def _find_relations(part: Part, wortel: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """What the part brings in from elsewhere, at each place that shows it."""
    geweigerd = {sleutel: tekst for sleutel, relatie in part.rels.items() if (tekst := refuse_relation(relatie))}
    for element in wortel.iter(etree.Element) if geweigerd else ():
        for waarde in element.attrib.values():
            if str(waarde) in geweigerd:
                yield element, geweigerd[str(waarde)]


def _list_loose(document: WordDocument) -> Iterator[str]:
    """What belongs to the file or to a part as a whole."""
    pakket = document.part.package
    for relaties in (pakket.rels, *(part.rels for part in pakket.iter_parts())):
        yield from filter(None, map(refuse_relation, relaties.values()))


def _name_part(part: Part) -> str:
    stam = str(part.partname).rpartition("/")[2].removesuffix(".xml")
    return _NAMEN.get(stam, stam)


def _make(plek: Plek | None, waar: str, tekst: str) -> Vondst:
    wat, _, hulp = tekst.partition("; ")
    bij = f" in {quote(plek.tekst)}" if plek is not None and plek.tekst.strip() else ""
    remedie = f"{hulp[:1].upper()}{hulp[1:]}." if hulp else _REMEDIE
    return Vondst(make_finding("mag-niet-mee", waar, f"Hier staat {wat}{bij}.", remedie, Ernst.FOUT), plek)
