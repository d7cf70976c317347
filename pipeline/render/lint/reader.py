"""What somebody who listens, or who finds his way by headings, needs: a language, words for pictures, an order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docx.oxml.ns import qn

from pipeline.render.lint.finding import Vondst, make_finding
from pipeline.render.lint.places import Deel
from pipeline.render.lint.styles import Stijlen

_TAAL = "nl"
_SIER = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"


def find_language(stijlen: Stijlen) -> Iterator[Vondst]:
    """A template whose text is in no language, or not in Dutch."""
    pad = "/".join(map(qn, ("w:docDefaults", "w:rPrDefault", "w:rPr", "w:lang")))
    element = stijlen.wortel.find(pad)
    taal = str(element.get(qn("w:val"), "")) if element is not None else ""
    if taal.partition("-")[0].casefold() == _TAAL:
        return
    melding = (
        f"De taal van dit sjabloon is {taal}." if taal else "Dit sjabloon zegt niet in welke taal het geschreven is."
    )
    reden = "Een voorleesprogramma spreekt het dan verkeerd uit, en Word keurt de spelling verkeerd."
    hulp = "Kies in Word Controleren, Taal, Controletaal instellen: Nederlands, en daar Als standaard instellen."
    yield Vondst(make_finding("taal", "de stijlen", f"{melding} {reden}", hulp))


def find_pictures(delen: Sequence[Deel]) -> Iterator[Vondst]:
    """Pictures without words for who cannot see them."""
    for deel in delen:
        for beeld in deel.wortel.iter(qn("wp:docPr")):
            if str(beeld.get("descr", "")).strip() or any(sier.get("val") == "1" for sier in beeld.iter(_SIER)):
                continue
            plek, waar = deel.describe(beeld)
            melding = "Deze afbeelding heeft geen alternatieve tekst."
            hulp = "Klik er in Word rechts op, kies Alternatieve tekst, en zeg in één zin wat erop staat."
            yield Vondst(make_finding("beeld-zonder-tekst", waar, melding, hulp), plek)


def find_headings(hoofd: Deel, stijlen: Stijlen) -> Iterator[Vondst]:
    """Headings that skip a level."""
    vorig = 0
    for plek in hoofd.plekken:
        niveau = stijlen.get_level(plek.alinea) if plek.tekst.strip() and not plek.is_steering else None
        if niveau is None:
            continue
        if niveau > vorig + 1:
            na = f"na een kop van niveau {vorig}" if vorig else "als eerste kop"
            melding = f"Deze kop heeft niveau {niveau}, {na}: er is een niveau overgeslagen."
            hulp = f"Geef ze de stijl Kop {vorig + 1}, of zet er een kop van dat niveau voor."
            yield Vondst(make_finding("kop-overgeslagen", plek.waar, melding, hulp), plek)
        vorig = niveau
