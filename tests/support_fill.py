"""Fills generated forms as people do: in Word, saved again by LibreOffice, or in a PDF reader."""

from __future__ import annotations

import copy
import io
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from lxml import etree

from pipeline.forms.fill import write_answer
from pipeline.office import convert_files, find_office

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
HOOFDDEEL = "word/document.xml"

Element: TypeAlias = etree._Element
Antwoorden: TypeAlias = Mapping[str, str | bool]


def fill_word(docx: bytes, antwoorden: Antwoorden, rijen: Mapping[str, Sequence[Antwoorden]] | None = None) -> bytes:
    """The form as Word leaves it after these answers, by tag; `rijen` by rubriek, one mapping per block.

    The answers are those of `write_answer`; a line end is the Enter key. Blocks are added when there are more rows than
    blocks; blocks too many stay blank. Raises KeyError for a tag or a rubriek that is not in the form, and
    InvulFout for an option that is not there and for a control that is locked.
    """
    return edit_word(docx, lambda document: _fill_document(document, antwoorden, rijen or {}))


def edit_word(docx: bytes, edit: Callable[[Element], None]) -> bytes:
    """The package with its main part changed by `edit`, all other parts as they were."""
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as bron, zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as doel:
        for kop in bron.infolist():
            inhoud = bron.read(kop)
            if kop.filename == HOOFDDEEL:
                document = etree.fromstring(inhoud)
                edit(document)
                inhoud = etree.tostring(document, xml_declaration=True, encoding="UTF-8", standalone=True)
            doel.writestr(kop, inhoud)
    return uit.getvalue()


def read_document(docx: bytes) -> Element:
    """The main part of a Word file, parsed."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archief:
        return etree.fromstring(archief.read(HOOFDDEEL))


def iter_controls(element: Element) -> Iterator[tuple[str, Element]]:
    """Tag and control of every control that has one; the name of its prompt where LibreOffice 7.4 dropped the tag."""
    for sdt in element.iter(f"{W}sdt"):
        eigenschappen = sdt.find(f"{W}sdtPr")
        assert eigenschappen is not None
        naam = eigenschappen.find(f"{W}tag")
        if naam is None and next(sdt.iterdescendants(f"{W}sdt"), None) is None:
            naam = eigenschappen.find(f"{W}placeholder/{W}docPart")
        if naam is not None:
            yield naam.get(f"{W}val", ""), sdt


def show_value(sdt: Element) -> str | bool:
    """What a control shows: its text, or whether its box is ticked."""
    stand = sdt.find(f"{W}sdtPr/{W14}checkbox/{W14}checked")
    if stand is not None:
        return stand.get(f"{W14}val") == "1"
    return "".join(tekst.text or "" for tekst in sdt.iter(f"{W}t"))


def save_by_libreoffice(docx: bytes, workdir: Path) -> bytes:
    """The form opened and saved by LibreOffice as Word file. `workdir` may be shared by many calls, one at a time."""
    return _convert(docx, workdir, "docx:Office Open XML Text", "docx")


def save_all_by_libreoffice(docx: Sequence[bytes]) -> list[bytes]:
    """Several forms opened and saved by LibreOffice in one call: most of a call is only the starting."""
    programma = find_office()
    assert programma is not None
    bewaard = convert_files(programma, docx, "docx:Office Open XML Text", {})
    assert None not in bewaard
    return [inhoud for inhoud in bewaard if inhoud is not None]


def save_as_by_libreoffice(docx: bytes, workdir: Path, filter_: str) -> bytes:
    """The form saved by LibreOffice as another kind of document: "odt", "doc:MS Word 97", "rtf:Rich Text Format"."""
    return _convert(docx, workdir, filter_, filter_.partition(":")[0])


def export_pdf(docx: bytes, workdir: Path) -> bytes:
    """The form as a flat PDF by LibreOffice."""
    return _convert(docx, workdir, "pdf", "pdf")


def _fill_document(document: Element, antwoorden: Antwoorden, rijen: Mapping[str, Sequence[Antwoorden]]) -> None:
    secties = {
        tag: sdt for tag, sdt in iter_controls(document) if sdt.find(f"{W}sdtPr/{W15}repeatingSection") is not None
    }
    for rubriek, blokken in rijen.items():
        items = _make_items(secties[rubriek], len(blokken))
        for item, blok in zip(items, blokken, strict=False):
            _fill_controls(dict(iter_controls(item)), blok)
    in_blok = {sdt for sectie in secties.values() for sdt in sectie.iter(f"{W}sdt")}
    _fill_controls({tag: sdt for tag, sdt in iter_controls(document) if sdt not in in_blok}, antwoorden)
    _renumber(document)


def _make_items(sectie: Element, aantal: int) -> list[Element]:
    """At least so many blocks: Word's plus sign copies a block and empties it."""
    inhoud = sectie.find(f"{W}sdtContent")
    assert inhoud is not None
    blanco = copy.deepcopy(inhoud[-1])
    while len(inhoud) < aantal:
        inhoud.append(copy.deepcopy(blanco))
    return list(inhoud)


def _renumber(document: Element) -> None:
    """Give copied controls an id of their own."""
    gezien: set[str] = set()
    for element in document.iter(f"{W}id"):
        if element.get(f"{W}val") in gezien:
            element.set(f"{W}val", str(2_000_000 + len(gezien)))
        gezien.add(element.get(f"{W}val", ""))


def _fill_controls(controls: Mapping[str, Element], antwoorden: Antwoorden) -> None:
    for tag, waarde in antwoorden.items():
        write_answer(controls[tag], waarde)
        if isinstance(waarde, str) and "\n" in waarde:
            _press_enter(controls[tag], waarde.split("\n"))


def _press_enter(sdt: Element, regels: Sequence[str]) -> None:
    """The Enter key in a rich text: the control now stands around its paragraphs."""
    alinea, inhoud = sdt.getparent(), sdt.find(f"{W}sdtContent")
    assert alinea is not None and inhoud is not None
    cel = alinea.getparent()
    assert cel is not None
    cel.replace(alinea, sdt)
    inhoud.clear()
    for regel in regels:
        kopie = copy.deepcopy(alinea)
        run = etree.SubElement(kopie, f"{W}r")
        etree.SubElement(run, f"{W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}).text = regel
        inhoud.append(kopie)


def _convert(docx: bytes, workdir: Path, filter_: str, extensie: str) -> bytes:
    bron, doel = workdir / "formulier.docx", workdir / "uit"
    bron.write_bytes(docx)
    resultaat = doel / f"formulier.{extensie}"
    resultaat.unlink(missing_ok=True)
    profiel = (workdir / "profiel").absolute().as_uri()
    opdracht = ["soffice", f"-env:UserInstallation={profiel}", "--headless", "--convert-to", filter_]
    subprocess.run([*opdracht, "--outdir", str(doel), str(bron)], check=True, capture_output=True, timeout=120)
    # LibreOffice ends with 0 when it failed too: only the file says so.
    return resultaat.read_bytes()
