"""A fillable PDF of a generated form, and its filling as a PDF reader does it.

LibreOffice 7.4 exports no field for a content control. So the form is exported flat, without its prompts, and gets
an AcroForm field where each prompt stood. A field is named after its tag; in repeating blocks `tag#1`, `tag#2`, ...
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)
from support_fill import W14, W15, Antwoorden, Element, W, edit_word, export_pdf, iter_controls, read_document

VAKJE = "☐"
ALLEEN_LEZEN, MEER_REGELS, KEUZELIJST = 1, 1 << 12, 1 << 17
#: The room around a prompt, and the margins of a cell.
MARGE, CELMARGES = 2.0, 10.8
KRUIS = b"q 0.8 w 1 1 m 9 9 l 1 9 m 9 1 l S Q"


@dataclass(frozen=True)
class Veld:
    """One field to be: its name, label, control, the text that marks its place, and the width of its cell."""

    naam: str
    label: str
    eigenschappen: Element
    tekst: str
    breed: float

    @property
    def vast(self) -> bool:
        """Whether we filled it in."""
        slot = self.eigenschappen.find(f"{W}lock")
        return slot is not None and slot.get(f"{W}val") == "sdtContentLocked"


def build_pdf_form(docx: bytes, workdir: Path) -> bytes:
    """A blank generated form as a PDF with form fields. Raises ValueError when a prompt cannot be found on its page."""
    velden = list(_list_fields(read_document(docx)))
    plaatsen = _find_places(export_pdf(docx, workdir), [veld.tekst for veld in velden])
    kaal = export_pdf(edit_word(docx, _empty_prompts), workdir)
    schrijver = PdfWriter(clone_from=io.BytesIO(kaal))
    boom = _Boom(schrijver)
    for veld, (bladzijde, vak) in zip(velden, plaatsen, strict=True):
        boom.add(veld.naam, _build_widget(schrijver, veld, bladzijde, vak), bladzijde)
    uit = io.BytesIO()
    schrijver.write(uit)
    return uit.getvalue()


def fill_pdf(pdf: bytes, antwoorden: Antwoorden) -> bytes:
    """The PDF form with these fields filled in, by full field name; a bool ticks or clears a box.

    Raises KeyError for a field that is not in the form.
    """
    aanwezig = PdfReader(io.BytesIO(pdf)).get_fields() or {}
    waarden = {naam: waarde if isinstance(waarde, str) else _state(waarde) for naam, waarde in antwoorden.items()}
    for naam in waarden:
        aanwezig[naam]
    schrijver = PdfWriter(clone_from=io.BytesIO(pdf))
    for bladzijde in schrijver.pages:
        schrijver.update_page_form_field_values(bladzijde, dict(waarden), auto_regenerate=False)
    uit = io.BytesIO()
    schrijver.write(uit)
    return uit.getvalue()


def _state(aan: bool) -> str:
    return "/Aan" if aan else "/Off"


def _list_fields(document: Element) -> Iterator[Veld]:
    rijen: dict[str, int] = {}
    for tag, sdt in iter_controls(document):
        eigenschappen = sdt.find(f"{W}sdtPr")
        assert eigenschappen is not None
        if eigenschappen.find(f"{W15}repeatingSection") is not None:
            continue
        titel = eigenschappen.find(f"{W}alias")
        label = titel.get(f"{W}val", "") if titel is not None else ""
        in_blok = any(
            voor.find(f"{W}sdtPr/{W15}repeatingSectionItem") is not None for voor in sdt.iterancestors(f"{W}sdt")
        )
        rijen[tag] = rijen.get(tag, 0) + 1
        naam = f"{tag}#{rijen[tag]}" if in_blok else tag
        tekst = "".join(tekst.text or "" for tekst in sdt.iter(f"{W}t"))
        yield Veld(naam, label, eigenschappen, tekst, _measure_cell(sdt))


def _measure_cell(sdt: Element) -> float:
    """The room for an answer in the cell of a control, in points."""
    cel = next(sdt.iterancestors(f"{W}tc"))
    breedte = cel.find(f"{W}tcPr/{W}tcW")
    assert breedte is not None
    return int(breedte.get(f"{W}w", "")) / 20 - CELMARGES


def _find_places(pdf: bytes, teksten: Sequence[str]) -> list[tuple[int, tuple[float, float, float, float]]]:
    """Page and box of each text, in the order of the document: the prompts stand in the PDF in that order too."""
    gevonden: dict[str, list[tuple[int, tuple[float, float, float, float]]]] = {}
    document = pdfium.PdfDocument(pdf)
    for nummer, bladzijde in enumerate(document):
        tekst = bladzijde.get_textpage()
        for zoek in set(teksten):
            gevonden.setdefault(zoek, []).extend((nummer, vak) for vak in _search(tekst, zoek))
    document.close()
    iters = {zoek: iter(plaatsen) for zoek, plaatsen in gevonden.items()}
    try:
        return [next(iters[zoek]) for zoek in teksten]
    except StopIteration as fout:
        raise ValueError("een invulplaats staat niet in de PDF") from fout


def _search(tekst: pdfium.PdfTextPage, zoek: str) -> Iterator[tuple[float, float, float, float]]:
    zoeker = tekst.search(zoek, match_case=True)
    while (treffer := zoeker.get_next()) is not None:
        eerste, laatste = tekst.get_charbox(treffer[0]), tekst.get_charbox(treffer[0] + treffer[1] - 1)
        yield eerste[0], min(eerste[1], laatste[1]), laatste[2], max(eerste[3], laatste[3])


def _empty_prompts(document: Element) -> None:
    for _, sdt in iter_controls(document):
        if sdt.find(f"{W}sdtPr/{W14}checkbox") is None and sdt.find(f"{W}sdtPr/{W15}repeatingSection") is None:
            # What we filled in stands in a field as well: twice the same text, not quite in the same place.
            next(sdt.iter(f"{W}t")).text = "\u00a0"


def _build_widget(
    schrijver: PdfWriter, veld: Veld, bladzijde: int, vak: tuple[float, float, float, float]
) -> DictionaryObject:
    vakje = veld.eigenschappen.find(f"{W14}checkbox") is not None
    links, onder, rechts, boven = vak
    if not vakje and not veld.vast:
        rechts = links + veld.breed
    widget = _dictionary(
        Type=NameObject("/Annot"),
        Subtype=NameObject("/Widget"),
        Rect=ArrayObject(FloatObject(getal) for getal in (links, onder - MARGE, rechts, boven + MARGE)),
        F=NumberObject(4),
        TU=TextStringObject(veld.label),
        P=schrijver.pages[bladzijde].indirect_reference or NumberObject(0),
    )
    widget.update(_build_box(schrijver) if vakje else _build_entry(veld))
    return widget


def _build_box(schrijver: PdfWriter) -> DictionaryObject:
    standen = {
        NameObject(naam): schrijver._add_object(_appearance(inhoud))
        for naam, inhoud in (("/Aan", KRUIS), ("/Off", b""))
    }
    uit = NameObject("/Off")
    return _dictionary(FT=NameObject("/Btn"), V=uit, AS=uit, AP=_dictionary(N=DictionaryObject(standen)))


def _appearance(inhoud: bytes) -> DecodedStreamObject:
    stroom = DecodedStreamObject()
    stroom.set_data(inhoud)
    stroom.update(_dictionary(Type=NameObject("/XObject"), Subtype=NameObject("/Form")))
    stroom[NameObject("/BBox")] = ArrayObject(NumberObject(getal) for getal in (0, 0, 10, 10))
    return stroom


def _build_entry(veld: Veld) -> DictionaryObject:
    lijst = veld.eigenschappen.find(f"{W}dropDownList")
    soort = _dictionary(FT=NameObject("/Tx"), DA=TextStringObject("/Helv 9 Tf 0 g"))
    if veld.vast:
        soort.update(_dictionary(V=TextStringObject(veld.tekst), Ff=NumberObject(ALLEEN_LEZEN)))
    elif lijst is not None:
        keuzes = [keuze.get(f"{W}displayText") for keuze in lijst]
        opties = ArrayObject(TextStringObject(keuze) for keuze in keuzes if keuze)
        soort.update(_dictionary(FT=NameObject("/Ch"), Ff=NumberObject(KEUZELIJST), Opt=opties))
    elif veld.eigenschappen.find(f"{W}richText") is not None:
        soort.update(_dictionary(Ff=NumberObject(MEER_REGELS)))
    return soort


def _dictionary(**waarden: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{naam}"): waarde for naam, waarde in waarden.items()})


class _Boom:
    """The tree of fields: a dot in a full name is a step down, as the PDF standard has it."""

    def __init__(self, schrijver: PdfWriter) -> None:
        self._schrijver = schrijver
        self._knopen: dict[str, IndirectObject] = {}
        self._wortels = ArrayObject()
        font = _dictionary(
            Type=NameObject("/Font"),
            Subtype=NameObject("/Type1"),
            BaseFont=NameObject("/Helvetica"),
            Encoding=NameObject("/WinAnsiEncoding"),
        )
        formulier = _dictionary(
            Fields=self._wortels,
            NeedAppearances=BooleanObject(True),
            DA=TextStringObject("/Helv 9 Tf 0 g"),
            DR=_dictionary(Font=_dictionary(Helv=schrijver._add_object(font))),
        )
        schrijver.root_object[NameObject("/AcroForm")] = schrijver._add_object(formulier)

    def add(self, naam: str, veld: DictionaryObject, bladzijde: int) -> None:
        """Hang a field in the tree and its widget on the page."""
        pagina = self._schrijver.pages[bladzijde]
        verwijzing = self._hang(naam, veld)
        if "/Annots" not in pagina:
            pagina[NameObject("/Annots")] = ArrayObject()
        annotaties = pagina["/Annots"]
        assert isinstance(annotaties, ArrayObject)
        annotaties.append(verwijzing)

    def _hang(self, naam: str, veld: DictionaryObject) -> IndirectObject:
        boven, _, eigen = naam.rpartition(".")
        veld[NameObject("/T")] = TextStringObject(eigen)
        verwijzing = self._schrijver._add_object(veld)
        if not boven:
            self._wortels.append(verwijzing)
            return verwijzing
        if boven not in self._knopen:
            self._knopen[boven] = self._hang(boven, _dictionary(Kids=ArrayObject()))
        ouder = self._knopen[boven]
        veld[NameObject("/Parent")] = ouder
        knoop = ouder.get_object()
        assert isinstance(knoop, DictionaryObject)
        kinderen = knoop["/Kids"]
        assert isinstance(kinderen, ArrayObject)
        kinderen.append(verwijzing)
        return verwijzing
