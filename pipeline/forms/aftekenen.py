"""The list of packages made fillable: in each row that waits a tick box, a day, and how it went."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

from lxml import etree

from pipeline.forms.controls import VAKJE_AAN, VAKJE_UIT, Controls
from pipeline.forms.package import write_zip
from pipeline.forms.wordml import Element, name, paragraph, run
from schemas.verzendlijst import HOE, JA, KENMERK, OP, RIJEN, VERZONDEN

_HOOFDDEEL = "word/document.xml"
_KLEIN = "Celklein"
_VAKJES = (VAKJE_UIT, VAKJE_AAN)


def make_fillable(word: bytes, meta: Mapping[str, str], rijen: Sequence[tuple[str, bool]], taal: str) -> bytes:
    """The finished list with controls: `rijen` holds of each row its kenmerk, and whether it still waits.

    `meta` are the locked values by which it is recognised when it comes back. A template of one's own that has no tick
    box in each row stays what it is: a list to print.
    """
    with zipfile.ZipFile(io.BytesIO(word)) as bron:
        delen = {kop.filename: bron.read(kop) for kop in bron.infolist()}
    boom = etree.fromstring(delen[_HOOFDDEEL])
    gevonden = [rij for rij in boom.iter(name("w:tr")) if _find_box(rij) is not None]
    tabellen = {tabel for rij in gevonden if (tabel := rij.getparent()) is not None}
    if len(gevonden) != len(rijen) or len(tabellen) != 1:
        return word
    controls = Controls(taal)
    for rij, (kenmerk, wacht) in zip(gevonden, rijen, strict=True):
        _fill_row(rij, kenmerk, controls, wacht=wacht)
    (tabel,) = tabellen
    plaats = tabel.index(gevonden[0])
    tabel.insert(plaats, controls.section(RIJEN, "Pakketten", [[rij] for rij in gevonden], vast=True))
    _add_meta(boom, meta, controls)
    delen[_HOOFDDEEL] = etree.tostring(boom, xml_declaration=True, encoding="UTF-8", standalone=True)
    return write_zip(delen)


def has_tick(word: bytes) -> bool:
    """Whether anything is ticked in a list that lies there; a file that is none holds nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(word)) as bron:
            boom = etree.fromstring(bron.read(_HOOFDDEEL))
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError):
        return False
    return any(stand.get(name("w14:val")) in ("1", "true") for stand in boom.iter(name("w14:checked")))


def _find_box(rij: Element) -> Element | None:
    return next((tekst for tekst in rij.iter(name("w:t")) if (tekst.text or "").strip() in _VAKJES), None)


def _fill_row(rij: Element, kenmerk: str, controls: Controls, *, wacht: bool) -> None:
    vakje, cellen = _find_box(rij), rij.findall(name("w:tc"))
    if vakje is None:
        return
    cellen[0].append(paragraph(controls.locked(KENMERK, "Kenmerk van het pakket", kenmerk), stijl=_KLEIN))
    if not wacht:
        vakje.text = VAKJE_AAN
        return
    for alinea in rij.iter(name("w:p")):
        for letters in [deel for deel in alinea.findall(name("w:r")) if vakje in deel]:
            alinea.replace(letters, controls.tick(f"{VERZONDEN}.{JA}", "Verzonden"))
    op = paragraph(run("Op: "), controls.date(OP, "Verzonden op"), stijl=_KLEIN)
    hoe = paragraph(run("Hoe: "), controls.text(HOE, "Hoe, als het anders ging dan voorzien"), stijl=_KLEIN)
    for alinea in cellen[-1].findall(name("w:p")):
        if not any((tekst.text or "").strip() for tekst in alinea.iter(name("w:t"))):  # nothing was noted yet
            cellen[-1].remove(alinea)
    cellen[-1].extend([op, hoe])


def _add_meta(boom: Element, meta: Mapping[str, str], controls: Controls) -> None:
    delen = [run("Herkenning van deze lijst, niet wijzigen: ")]
    for tag, waarde in meta.items():
        delen += [controls.locked(tag, tag, waarde), run("  ")]
    lichaam = boom.find(name("w:body"))
    if lichaam is not None:
        lichaam.insert(len(lichaam) - 1, paragraph(*delen, stijl=_KLEIN))
