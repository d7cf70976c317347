"""Answers written into a form of ours, as Word leaves them."""

from __future__ import annotations

import copy
import datetime as dt
import io
import itertools
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from lxml import etree

from pipeline.errors import OverlegFout
from pipeline.forms.controls import VRAAG_DATUM, VRAAG_KEUZE, VRAAG_NAMEN, VRAAG_TEKST, prompt
from pipeline.forms.wordml import Element, el, name, run
from schemas.formulier import VLAGVELDEN

#: Answers by tag.
Antwoorden: TypeAlias = Mapping[str, str | bool]

_HOOFDDEEL = "word/document.xml"
_DATUM = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_VERGRENDELD = ("contentLocked", "sdtContentLocked")


class InvulFout(OverlegFout):
    """An answer that this form has no place for; names the tag, never the answer."""


def fill_controls(
    docx: bytes,
    antwoorden: Antwoorden,
    rijen: Mapping[str, Antwoorden] | None = None,
    blokken: Mapping[str, Sequence[Antwoorden]] | None = None,
) -> bytes:
    """The form with these answers, by tag; the rest of the package stays as it was.

    `rijen` holds answers per block, by the value of the block's locked control (a casuscode, a row id); `blokken` those
    of the first, second, ... block of a rubriek, blank ones too, with as many copies of the last block as there are
    rows left; `antwoorden` holds all others. See `write_answer` for the answers. Raises InvulFout for a tag that stands
    nowhere or in more than one place, for a block that is not there, for more rows than a rubriek takes, and for what
    `write_answer` refuses.
    """
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as bron, zipfile.ZipFile(uit, "w") as doel:
        if _HOOFDDEEL not in bron.namelist():
            raise InvulFout("Dit bestand is geen formulier van ons: het kan niet worden ingevuld.")
        for kop in bron.infolist():
            inhoud = bron.read(kop)
            if kop.filename == _HOOFDDEEL:
                inhoud = _fill_part(inhoud, antwoorden, rijen or {}, blokken or {})
            doel.writestr(kop, inhoud)
    return uit.getvalue()


def write_answer(sdt: Element, waarde: str | bool) -> None:
    """Put an answer in one control; "" empties it, so that its prompt shows again.

    A tick box takes a bool, a dropdown the label that it shows, a date picker "d/m/yyyy" or words ("onbekend"), a text
    its words, with line ends only where the Enter key works. Raises InvulFout for any other answer and for a control
    that is locked.
    """
    soort = _get_properties(sdt)
    slot = soort.find(name("w:lock"))
    if slot is not None and slot.get(name("w:val")) in _VERGRENDELD:
        raise InvulFout(f"Het veld '{_get_tag(sdt)}' is vergrendeld.")
    if soort.find(name("w14:checkbox")) is not None:
        _tick(sdt, soort, waarde)
    elif isinstance(waarde, bool):
        raise InvulFout(f"Het veld '{_get_tag(sdt)}' is geen vakje om aan te kruisen.")
    elif waarde:
        _write(sdt, soort, waarde)
    else:
        _clear(sdt, soort)


def _fill_part(
    inhoud: bytes,
    antwoorden: Antwoorden,
    rijen: Mapping[str, Antwoorden],
    blokken: Mapping[str, Sequence[Antwoorden]],
) -> bytes:
    document = etree.fromstring(inhoud, etree.XMLParser(resolve_entities=False, no_network=True))
    _fill([document], antwoorden)
    vaste: dict[str, list[Element]] = defaultdict(list)
    for blok in _iter_items(document):
        for sdt in _list_locked(blok):
            vaste[_show(sdt)].append(blok)
    for rij, waarden in rijen.items():
        if rij not in vaste:
            raise InvulFout(f"Het blok '{rij}' staat niet in dit formulier.")
        _fill(vaste[rij], waarden)
    for rubriek, lijst in blokken.items():
        for blok, waarden in zip(_make_items(document, rubriek, len(lijst)), lijst, strict=False):
            _fill([blok], waarden)
    return etree.tostring(document, xml_declaration=True, encoding="UTF-8", standalone=True)


def _make_items(document: Element, rubriek: str, aantal: int) -> list[Element]:
    """At least so many blocks of this rubriek: as Word's plus sign does, the last one is copied and emptied."""
    sectie = next((sdt for sdt in _iter_with(document, "w15:repeatingSection") if _get_tag(sdt) == rubriek), None)
    if sectie is None:
        raise InvulFout(f"De rubriek '{rubriek}' heeft geen blokken in dit formulier.")
    blokken = list(_iter_items(sectie))
    if aantal > len(blokken):
        if not blokken or sectie.find(f".//{name('w15:doNotAllowInsertDeleteSection')}") is not None:
            raise InvulFout(f"De rubriek '{rubriek}' heeft maar {len(blokken)} blokken, en er kan geen bij.")
        blanco = copy.deepcopy(blokken[-1])
        _empty(blanco)
        nummers = _count_ids(document)
        for _ in range(aantal - len(blokken)):
            blok = copy.deepcopy(blanco)
            for element in blok.iter(name("w:id")):
                element.set(name("w:val"), str(next(nummers)))
            blokken[-1].addnext(blok)
            blokken.append(blok)
    return blokken


def _empty(blok: Element) -> None:
    vast = _list_locked(blok)
    for sdt in blok.iterdescendants(name("w:sdt")):
        if sdt not in vast:
            write_answer(sdt, False if _get_properties(sdt).find(name("w14:checkbox")) is not None else "")


def _count_ids(document: Element) -> Iterator[int]:
    """Numbers of controls that this document does not hold yet."""
    nummers = (element.get(name("w:val"), "") for element in document.iter(name("w:id")))
    return itertools.count(max((int(nummer) for nummer in nummers if nummer.isdecimal()), default=0) + 1)


def _fill(delen: Sequence[Element], antwoorden: Antwoorden) -> None:
    controls: dict[str, list[Element]] = defaultdict(list)
    for deel in delen:
        for sdt in deel.iter(name("w:sdt")):
            controls[_get_tag(sdt)].append(sdt)
    for tag, waarde in antwoorden.items():
        gevonden = controls.get(tag, [])
        if len(gevonden) != 1:
            waarom = "staat op meer dan één plaats in dit formulier" if gevonden else "staat niet in dit formulier"
            raise InvulFout(f"Het veld '{tag}' {waarom}.")
        write_answer(gevonden[0], waarde)


def _iter_items(document: Element) -> Iterator[Element]:
    return _iter_with(document, "w15:repeatingSectionItem")


def _iter_with(document: Element, eigenschap: str) -> Iterator[Element]:
    for sdt in document.iter(name("w:sdt")):
        if sdt.find(f"{name('w:sdtPr')}/{name(eigenschap)}") is not None:
            yield sdt


def _list_locked(blok: Element) -> list[Element]:
    sloten = ((sdt, _get_properties(sdt).find(name("w:lock"))) for sdt in blok.iter(name("w:sdt")))
    return [sdt for sdt, slot in sloten if slot is not None and slot.get(name("w:val")) in _VERGRENDELD]


def _show(sdt: Element) -> str:
    return "".join(tekst.text or "" for tekst in sdt.iter(name("w:t")))


def _get_properties(sdt: Element) -> Element:
    eigenschappen = sdt.find(name("w:sdtPr"))
    if eigenschappen is None:
        raise InvulFout("Dit bestand is geen formulier van ons: het kan niet worden ingevuld.")
    return eigenschappen


def _get_tag(sdt: Element) -> str:
    tag = _get_properties(sdt).find(name("w:tag"))
    return "" if tag is None else tag.get(name("w:val"), "")


def _tick(sdt: Element, soort: Element, waarde: str | bool) -> None:
    if not isinstance(waarde, bool):
        raise InvulFout(f"Het veld '{_get_tag(sdt)}' is een vakje: aankruisen of niet.")
    vakje = soort.find(name("w14:checkbox"))
    stand = vakje.find(name("w14:checked")) if vakje is not None else None
    teken = vakje.find(name("w14:checkedState" if waarde else "w14:uncheckedState")) if vakje is not None else None
    getoond = next(sdt.iter(name("w:t")), None)
    if stand is None or teken is None or getoond is None:
        raise InvulFout(f"Het veld '{_get_tag(sdt)}' is geen vakje van ons.")
    stand.set(name("w14:val"), "1" if waarde else "0")
    getoond.text = chr(int(teken.get(name("w14:val"), ""), 16))


def _write(sdt: Element, soort: Element, tekst: str) -> None:
    lijst, datum = soort.find(name("w:dropDownList")), soort.find(name("w:date"))
    if lijst is not None and tekst not in {keuze.get(name("w:displayText")) for keuze in lijst}:
        raise InvulFout(f"Het veld '{_get_tag(sdt)}' heeft deze keuze niet.")
    if "\n" in tekst and soort.find(name("w:richText")) is None:
        raise InvulFout(f"Het veld '{_get_tag(sdt)}' houdt maar één regel.")
    _show_prompt(soort, aan=False)
    try:
        _put(sdt, run(tekst if datum is None else _write_date(datum, tekst)))
    except ValueError as fout:
        raise InvulFout(f"Het veld '{_get_tag(sdt)}' krijgt een teken dat Word niet kan bewaren.") from fout


def _write_date(datum: Element, tekst: str) -> str:
    """The date as this picker shows it; words, or a date that does not exist, stay as they are."""
    datum.attrib.pop(name("w:fullDate"), "")
    gevonden = _DATUM.fullmatch(tekst)
    vorm = datum.find(name("w:dateFormat"))
    if gevonden is None or vorm is None:
        return tekst
    dag, maand, jaar = map(int, gevonden.groups())
    try:
        datum.set(name("w:fullDate"), f"{dt.date(jaar, maand, dag).isoformat()}T00:00:00Z")
    except ValueError:
        return tekst
    getoond = vorm.get(name("w:val"), "")
    return getoond.replace("d", str(dag)).replace("MM", f"{maand:02}").replace("yyyy", f"{jaar:04}")


def _clear(sdt: Element, soort: Element) -> None:
    lijst, datum = soort.find(name("w:dropDownList")), soort.find(name("w:date"))
    if datum is not None:
        datum.attrib.pop(name("w:fullDate"), "")
    tekst = VRAAG_NAMEN if _get_tag(sdt).rpartition(".")[2] in VLAGVELDEN else VRAAG_TEKST
    _show_prompt(soort, aan=True)
    _put(sdt, prompt(VRAAG_KEUZE if lijst is not None else VRAAG_DATUM if datum is not None else tekst))


def _show_prompt(soort: Element, *, aan: bool) -> None:
    for element in soort.findall(name("w:showingPlcHdr")):
        soort.remove(element)
    aanwijzing = soort.find(name("w:placeholder"))
    if aan and aanwijzing is not None:
        aanwijzing.addnext(el("w:showingPlcHdr"))


def _put(sdt: Element, deel: Element) -> None:
    inhoud = sdt.find(name("w:sdtContent"))
    if inhoud is None or inhoud.find(name("w:r")) is None:
        raise InvulFout(f"Het veld '{_get_tag(sdt)}' is geen veld om in te vullen, of het is na het maken gewijzigd.")
    inhoud[:] = [deel]
