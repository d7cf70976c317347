"""Tags that vanish with what stands around them: a paragraph, a row, a cell; and everything else in it is lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from docx.oxml.ns import qn
from lxml import etree

from pipeline.render.lint.finding import Vondst
from pipeline.render.lint.places import read_text
from pipeline.render.lint.tags import Niveau, Tag, quote

_NAMEN = {Niveau.ALINEA: "alinea", Niveau.CEL: "cel", Niveau.RIJ: "rij"}


def find_company(tags: Sequence[Tag]) -> Iterator[Vondst]:
    """Each tag for a whole paragraph, row or cell that does not stand alone in it, or in none at all."""
    samen: defaultdict[etree._Element, list[Tag]] = defaultdict(list)
    for tag in tags:
        naam = _NAMEN.get(tag.niveau)
        if naam is None:
            continue
        omhulsel = _get_shell(tag)
        if omhulsel is None:
            reden = f"deze tag hoort bij een {naam} van een tabel, en staat er niet in"
            yield tag.report("buiten-tabel", reden, "Verplaats ze in de tabel, of gebruik {%p rond alinea's.")
        else:
            samen[omhulsel].append(tag)
    for omhulsel, bijeen in samen.items():
        yield from _find_lost(omhulsel, bijeen)


def _find_lost(omhulsel: etree._Element, bijeen: list[Tag]) -> Iterator[Vondst]:
    naam = _NAMEN[bijeen[-1].niveau]
    for tag in bijeen[1:]:
        reden = f"er staat al een zulke tag in deze {naam}, en daarvan telt er maar een"
        yield tag.report("niet-alleen", reden, f"Zet elk in een eigen {naam}.")
    tekst = " ".join(" ".join(read_text(alinea).split()) for alinea in omhulsel.iter(qn("w:p"))).strip()
    for tag in bijeen:
        tekst = tekst.replace(" ".join(tag.tekst.split()), "", 1)
    heeft_beeld = next(omhulsel.iter(qn("w:drawing")), None) is not None
    if tekst.strip() or heeft_beeld:
        wat = quote(tekst) if tekst.strip() else "een afbeelding"
        reden = f"deze tag verdwijnt met haar hele {naam}, en zo ook {wat}"
        yield bijeen[0].report("niet-alleen", reden, f"Zet de tag alleen in een {naam}, en de rest in een andere.")


def _get_shell(tag: Tag) -> etree._Element | None:
    if tag.niveau is Niveau.ALINEA:
        return tag.plek.alinea
    return tag.plek.get_row() if tag.niveau is Niveau.RIJ else tag.plek.get_cell()
