"""Answers written into a form of ours, as Word leaves them."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from pipeline.errors import OverlegFout
from pipeline.forms.controls import VRAAG_DATUM, VRAAG_KEUZE, VRAAG_NAMEN, VRAAG_TEKST, prompt
from pipeline.forms.wordml import Element, el, name, run
from schemas.formulier import VLAGVELDEN

_HOOFDDEEL = "word/document.xml"
_DATUM = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_VERGRENDELD = ("contentLocked", "sdtContentLocked")


class InvulFout(OverlegFout):
    """An answer that this form has no place for; names the tag, never the answer."""


def fill_controls(
    docx: bytes,
    antwoorden: Mapping[str, str | bool],
    rijen: Mapping[str, Mapping[str, str | bool]] | None = None,
) -> bytes:
    """The form with these answers, by tag; the rest of the package stays as it was.

    `rijen` holds answers per block, by the value of the block's locked control (a casuscode, a row id); `antwoorden`
    holds all others. See `write_answer` for the answers. Raises InvulFout for a tag that stands nowhere or in more than
    one place, for a block that is not there, and for what `write_answer` refuses.
    """
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as bron, zipfile.ZipFile(uit, "w") as doel:
        if _HOOFDDEEL not in bron.namelist():
            raise InvulFout("Dit bestand is geen formulier van ons: het kan niet worden ingevuld.")
        for kop in bron.infolist():
            inhoud = bron.read(kop)
            doel.writestr(kop, _fill_part(inhoud, antwoorden, rijen or {}) if kop.filename == _HOOFDDEEL else inhoud)
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
    inhoud: bytes, antwoorden: Mapping[str, str | bool], rijen: Mapping[str, Mapping[str, str | bool]]
) -> bytes:
    document = etree.fromstring(inhoud, etree.XMLParser(resolve_entities=False, no_network=True))
    _fill([document], antwoorden)
    blokken: dict[str, list[Element]] = defaultdict(list)
    for blok in _iter_items(document):
        for sdt in _list_locked(blok):
            blokken[_show(sdt)].append(blok)
    for rij, waarden in rijen.items():
        if rij not in blokken:
            raise InvulFout(f"Het blok '{rij}' staat niet in dit formulier.")
        _fill(blokken[rij], waarden)
    return etree.tostring(document, xml_declaration=True, encoding="UTF-8", standalone=True)


def _fill(delen: Sequence[Element], antwoorden: Mapping[str, str | bool]) -> None:
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
    for sdt in document.iter(name("w:sdt")):
        if sdt.find(f"{name('w:sdtPr')}/{name('w15:repeatingSectionItem')}") is not None:
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
