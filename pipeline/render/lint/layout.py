"""Habits of layout that one engine forgives and another does not, so that Word file and PDF would differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from docx.oxml.ns import qn
from lxml import etree

from pipeline.render.lint.finding import Vondst, make_finding, make_vondst
from pipeline.render.lint.places import Deel, Plek, read_text
from pipeline.render.lint.styles import Stijlen, get_number

Relaties: TypeAlias = Mapping[str, etree._Element]

_SPELING = 20  # twips by which Word rounds a width
_AAN = (None, "1", "true", "on")
_PUNT = 20  # twips
_EMU = 12_700  # of a point
_MARGES = (("header", "top", "bovenmarge"), ("footer", "bottom", "ondermarge"))
_TBL, _TR, _TC = qn("w:tbl"), qn("w:tr"), qn("w:tc")


def find_table_habits(deel: Deel) -> Iterator[Vondst]:
    """What is wrong with a table, once for each kind."""
    for tabel in deel.wortel.iter(_TBL):
        plek = next((plek for plek in deel.plekken if tabel in plek.alinea.iterancestors()), None)
        if plek is None:
            continue
        rijen = list(tabel.findall(_TR))
        yield from _find_widths(deel, tabel, rijen, plek)
        yield from _find_rows(deel, rijen)
        yield from _find_header(rijen, plek)
        yield from _find_place(tabel, plek)


def _find_widths(deel: Deel, tabel: etree._Element, rijen: list[etree._Element], plek: Plek) -> Iterator[Vondst]:
    hulp = (
        "Zet in Word bij Tabeleigenschappen elke kolom op een vaste breedte, en Automatisch aanpassen op Vaste breedte."
    )
    rooster = [kolom.get(qn("w:w")) for kolom in tabel.iterfind(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")]
    if not rooster or None in rooster:
        melding = "Deze tabel zegt niet hoe breed haar kolommen zijn, en komt in de PDF anders uit dan in Word."
        yield make_vondst("tabel-zonder-breedte", plek, melding, hulp)
        return
    if not all(str(breedte).isdecimal() for breedte in rooster):
        return  # a tag fills it in
    breedten = [int(str(breedte)) for breedte in rooster]
    for rij in rijen:
        if ander := [cel for cel, past in _compare_row(rij, breedten) if not past]:
            cel, waar = deel.describe(next(ander[0].iter(qn("w:p")), ander[0]))
            melding = (
                "Deze cel is niet zo breed als haar kolom zegt; dan komt de tabel in de PDF anders uit dan in Word."
            )
            yield Vondst(make_finding("tabel-breedte", waar, melding, hulp), cel)
            return


def _compare_row(rij: etree._Element, breedten: list[int]) -> Iterator[tuple[etree._Element, bool]]:
    """Each cell of a row, with whether it is as wide as the columns that it takes."""
    kolom = _get_number(rij, "w:trPr/w:gridBefore", 0)
    cellen = [] if _steers(rij) else rij.findall(_TC)
    for cel in cellen:
        neemt = _get_number(cel, "w:tcPr/w:gridSpan", 1)
        breedte = cel.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
        waarde = breedte.get(qn("w:w")) if breedte is not None and breedte.get(qn("w:type")) == "dxa" else None
        eigen = breedten[kolom : kolom + neemt]
        kolom += neemt
        if waarde is None or str(waarde).isdecimal():
            yield cel, waarde is not None and len(eigen) == neemt and abs(sum(eigen) - int(waarde)) <= _SPELING


def _find_rows(deel: Deel, rijen: list[etree._Element]) -> Iterator[Vondst]:
    for rij in rijen:
        if "{{" not in _read(rij) and "{%" not in _read(rij):
            continue
        plek, waar = deel.describe(rij)
        if is_on(rij.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}")):
            melding = (
                "Deze rij mag niet over twee pagina's lopen; wordt ze langer dan een pagina, dan valt er tekst weg."
            )
            hulp = "Laat de rij doorlopen (Tabeleigenschappen, Rij). Korte rijen houdt het programma zelf heel."
            yield Vondst(make_finding("rij-niet-splitsen", waar, melding, hulp), plek)
        hoogte = rij.find(f"{qn('w:trPr')}/{qn('w:trHeight')}")
        if hoogte is not None and hoogte.get(qn("w:hRule")) == "exact":
            melding = "Deze rij heeft een vaste hoogte; wat er niet in past, wordt niet gedrukt."
            hulp = "Zet in Word bij Tabeleigenschappen, Rij, de hoogte op Minimaal."
            yield Vondst(make_finding("rij-vaste-hoogte", waar, melding, hulp), plek)


def _find_header(rijen: list[etree._Element], plek: Plek) -> Iterator[Vondst]:
    """A row of headings over rows that repeat has to return on every page."""
    lus = next((nummer for nummer, rij in enumerate(rijen) if "{%tr for" in _read(rij)), 0)
    eerste = _read(rijen[0]) if rijen else ""
    is_kop = lus == 1 and eerste.strip() and "{" not in eerste
    if is_kop and not is_on(rijen[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")):
        melding = "De koprij van deze tabel komt op een volgende pagina niet terug."
        hulp = "Zet de cursor in die rij en kies in Word Indeling, Veldnamenrij herhalen."
        yield make_vondst("koprij-herhaalt-niet", plek, melding, hulp)


def _find_place(tabel: etree._Element, plek: Plek) -> Iterator[Vondst]:
    if tabel.find(f"{qn('w:tblPr')}/{qn('w:tblpPr')}") is not None:
        melding = "Deze tabel zweeft naast de tekst; is ze langer dan een pagina, dan valt er tekst weg."
        hulp = "Zet in Word bij Tabeleigenschappen de tekstterugloop op Geen."
        yield make_vondst("tabel-zweeft", plek, melding, hulp)
    if next(tabel.iterancestors(_TBL), None) is not None and "{%tr for" in _read(tabel):
        melding = "Deze tabel staat in een cel van een andere en kan groeien; wordt ze te lang, dan valt er tekst weg."
        yield make_vondst("tabel-in-tabel", plek, melding, "Zet de tabel onder de andere in plaats van erin.")


def find_margins(hoofd: Deel, delen: Sequence[Deel], relaties: Relaties, stijlen: Stijlen) -> Iterator[Vondst]:
    """Each header and footer that does not fit in its margin; `relaties`: the root of each part by its relationship."""
    per_wortel = {id(deel.wortel): deel for deel in delen}
    for sectie in hoofd.wortel.iter(qn("w:sectPr")):
        marge = sectie.find(qn("w:pgMar"))
        for soort, zijde, naam in _MARGES if marge is not None else ():
            afstand, ruimte = (_get_points(marge, maat) for maat in (soort, zijde))
            for verwijzing in sectie.iter(qn(f"w:{soort}Reference")):
                deel = per_wortel.get(id(relaties.get(str(verwijzing.get(qn("r:id"))))))
                nodig = afstand + _measure(deel.wortel, stijlen) if deel is not None else 0
                if deel is not None and deel.plekken and nodig > ruimte:
                    yield _report_margin(deel, naam, nodig, ruimte)


def _report_margin(deel: Deel, naam: str, nodig: float, ruimte: float) -> Vondst:
    melding = (
        f"Dit is minstens {_format_cm(nodig)} hoog vanaf de rand van het blad, en de {naam} is {_format_cm(ruimte)}: "
        "de tekst van de pagina loopt eroverheen."
    )
    hulp = f"Maak de {naam} groter (tabblad Indeling, Marges), of maak dit lager."
    return Vondst(make_finding("hoger-dan-marge", deel.naam, melding, hulp), deel.plekken[0])


def _get_points(marge: etree._Element | None, naam: str) -> float:
    return abs(get_number(marge, qn(f"w:{naam}"), 0)) / _PUNT


def find_columns(deel: Deel) -> Iterator[Vondst]:
    """Columns that begin halfway down a page."""
    for sectie in deel.wortel.iter(qn("w:sectPr")):
        kolommen, soort = sectie.find(qn("w:cols")), sectie.find(qn("w:type"))
        if kolommen is None or soort is None or soort.get(qn("w:val")) != "continuous":
            continue
        if str(kolommen.get(qn("w:num"), "1")) not in ("0", "1"):
            plek, waar = deel.describe(sectie)
            melding = "Kolommen die halverwege een pagina beginnen, beginnen in de PDF soms op een nieuwe pagina."
            yield Vondst(make_finding("kolommen", waar, melding, "Zet de tekst naast elkaar in een tabel."), plek)


def _measure(wortel: etree._Element, stijlen: Stijlen) -> float:
    """The least height of paragraphs and tables below one another, in points."""
    hoogte = 0.0
    for deel in wortel:
        if deel.tag == qn("w:p"):
            beelden = [get_number(maat, "cy", 0) / _EMU for maat in deel.iter(qn("wp:extent")) if _is_inline(maat)]
            leeg = "{%p " in read_text(deel)
            hoogte += 0 if leeg else max(stijlen.measure(deel), *beelden, 0)
        elif deel.tag == _TBL:
            rijen = [rij for rij in deel.iter(_TR) if not _steers(rij)]
            hoogte += sum(max((_measure(cel, stijlen) for cel in rij.findall(_TC)), default=0) for rij in rijen)
        elif deel.tag in (qn("w:sdt"), qn("w:sdtContent")):
            hoogte += _measure(deel, stijlen)
    return hoogte


def _is_inline(maat: etree._Element) -> bool:
    boven = maat.getparent()
    return boven is not None and boven.tag == qn("wp:inline")


def is_on(schakelaar: etree._Element | None) -> bool:
    """Whether a switch of Word is there and not turned off."""
    return schakelaar is not None and schakelaar.get(qn("w:val")) in _AAN


def _steers(rij: etree._Element) -> bool:
    return "{%tr " in _read(rij)


def _read(element: etree._Element) -> str:
    return "".join(map(read_text, element.iter(qn("w:p"))))


def _get_number(element: etree._Element, pad: str, anders: int) -> int:
    gevonden = element.find("/".join(map(qn, pad.split("/"))))
    return int(get_number(gevonden, qn("w:val"), anders))


def _format_cm(punten: float) -> str:
    return f"{punten / 72 * 2.54:.1f}".replace(".", ",") + " cm"
