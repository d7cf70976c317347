"""The fields of a PDF form: their widgets, the tree of their names, their place in the structure of the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

Vak = tuple[float, float, float, float]  #: left, bottom, right, top, in points

_ALLEEN_LEZEN, _MEER_REGELS, _KEUZELIJST = 1, 1 << 12, 1 << 17
_AFDRUKKEN = 4
_KRUIS = b"q 0.8 w 1 1 m 9 9 l 1 9 m 9 1 l S Q"
_LETTER = "/Helv 9 Tf 0 g"


@dataclass(frozen=True)
class Invulplaats:
    """One field to be. `naam` is the question's id, in blocks with "#1", "#2"; `vast` is what we filled in."""

    naam: str
    label: str
    vakje: bool = False
    keuzes: tuple[str, ...] = ()
    regels: int = 1
    vast: str | None = None


@dataclass
class Veldenboom:
    """Hangs fields in a document; in a full name a dot is a step down, as the PDF standard has it."""

    schrijver: PdfWriter
    _knopen: dict[str, IndirectObject] = field(default_factory=dict)
    _wortels: ArrayObject = field(default_factory=ArrayObject)
    _standen: DictionaryObject | None = None

    def finish(self) -> None:
        """Make the form: a reader draws what is typed, and the Tab key goes along the order of the document."""
        font = _make(
            Type=NameObject("/Font"),
            Subtype=NameObject("/Type1"),
            BaseFont=NameObject("/Helvetica"),
            Encoding=NameObject("/WinAnsiEncoding"),
        )
        formulier = _make(
            Fields=self._wortels,
            NeedAppearances=BooleanObject(True),
            DA=TextStringObject(_LETTER),
            DR=_make(Font=_make(Helv=self.schrijver._add_object(font))),
        )
        self.schrijver.root_object[NameObject("/AcroForm")] = self.schrijver._add_object(formulier)
        for pagina in self.schrijver.pages:
            volgorde = "/S" if "/StructTreeRoot" in self.schrijver.root_object else "/R"
            pagina[NameObject("/Tabs")] = NameObject(volgorde)

    def add(self, plaats: Invulplaats, bladzijde: int, vak: Vak) -> None:
        """Hang a field in the tree, its widget on the page, and both in the structure for a screen reader."""
        pagina = self.schrijver.pages[bladzijde]
        widget = _make(
            Type=NameObject("/Annot"),
            Subtype=NameObject("/Widget"),
            Rect=ArrayObject(FloatObject(round(getal, 2)) for getal in vak),
            F=NumberObject(_AFDRUKKEN),
            TU=TextStringObject(plaats.label),
            P=pagina.indirect_reference or NullObject(),
        )
        widget.update(self._make_box() if plaats.vakje else _make_entry(plaats))
        verwijzing = self._hang(plaats.naam, widget)
        if "/Annots" not in pagina:
            pagina[NameObject("/Annots")] = ArrayObject()
        _as_array(pagina["/Annots"]).append(verwijzing)
        self._tag(widget, verwijzing, pagina)

    def _make_box(self) -> DictionaryObject:
        if self._standen is None:
            aan_uit = (("/Aan", _KRUIS), ("/Off", b""))
            paren = {NameObject(n): self.schrijver._add_object(_make_appearance(i)) for n, i in aan_uit}
            self._standen = DictionaryObject(paren)
        uit = NameObject("/Off")
        return _make(FT=NameObject("/Btn"), V=uit, AS=uit, AP=_make(N=self._standen))

    def _hang(self, naam: str, veld: DictionaryObject) -> IndirectObject:
        boven, _, eigen = naam.rpartition(".")
        veld[NameObject("/T")] = TextStringObject(eigen)
        verwijzing = self.schrijver._add_object(veld)
        if not boven:
            self._wortels.append(verwijzing)
            return verwijzing
        if boven not in self._knopen:
            self._knopen[boven] = self._hang(boven, _make(Kids=ArrayObject()))
        ouder = self._knopen[boven]
        veld[NameObject("/Parent")] = ouder
        _as_array(_as_dictionary(ouder)["/Kids"]).append(verwijzing)
        return verwijzing

    def _tag(self, widget: DictionaryObject, verwijzing: IndirectObject, pagina: DictionaryObject) -> None:
        """A Form element in the structure tree, when the engine made one."""
        wortel = self.schrijver.root_object.get("/StructTreeRoot")
        boom = wortel.get_object() if wortel is not None else None
        if not isinstance(boom, DictionaryObject):
            return
        document = _first_kid(boom)
        sleutel = NumberObject(_next_key(boom))
        element = self.schrijver._add_object(
            _make(
                Type=NameObject("/StructElem"),
                S=NameObject("/Form"),
                P=document.indirect_reference or NullObject(),
                Pg=pagina.indirect_reference or NullObject(),
                K=_make(Type=NameObject("/OBJR"), Obj=verwijzing, Pg=pagina.indirect_reference or NullObject()),
            )
        )
        _append_kid(document, element)
        nummers = _get_numbers(boom)
        nummers.extend([sleutel, element])
        boom[NameObject("/ParentTreeNextKey")] = NumberObject(sleutel + 1)
        widget[NameObject("/StructParent")] = sleutel


def _first_kid(boom: DictionaryObject) -> DictionaryObject:
    kinderen = boom["/K"].get_object()
    eerste = kinderen[0].get_object() if isinstance(kinderen, ArrayObject) else kinderen
    return eerste if isinstance(eerste, DictionaryObject) else boom


def _append_kid(ouder: DictionaryObject, kind: IndirectObject) -> None:
    kinderen = ouder.get("/K")
    inhoud = kinderen.get_object() if kinderen is not None else None
    if isinstance(inhoud, ArrayObject):
        inhoud.append(kind)
    else:
        eerder = [] if kinderen is None else [kinderen]
        ouder[NameObject("/K")] = ArrayObject([*eerder, kind])


def _get_numbers(boom: DictionaryObject) -> ArrayObject:
    """The last leaf of the tree that leads from a page or a widget to its element; its keys run on."""
    knoop = _as_dictionary(boom["/ParentTree"])
    while "/Kids" in knoop:
        knoop = _as_dictionary(_as_array(knoop["/Kids"])[-1])
        knoop.pop("/Limits", None)
    return _as_array(knoop["/Nums"])


def _as_array(inhoud: PdfObject) -> ArrayObject:
    waarde = inhoud.get_object()
    return waarde if isinstance(waarde, ArrayObject) else ArrayObject()


def _as_dictionary(inhoud: PdfObject) -> DictionaryObject:
    waarde = inhoud.get_object()
    return waarde if isinstance(waarde, DictionaryObject) else DictionaryObject()


def _next_key(boom: DictionaryObject) -> int:
    nummers = _get_numbers(boom)
    hoogste = max((int(nummer) for nummer in nummers[::2] if isinstance(nummer, NumberObject)), default=-1)
    return max(hoogste + 1, int(boom.get("/ParentTreeNextKey", NumberObject(0))))


def _make_appearance(inhoud: bytes) -> DecodedStreamObject:
    stroom = DecodedStreamObject()
    stroom.set_data(inhoud)
    stroom.update(_make(Type=NameObject("/XObject"), Subtype=NameObject("/Form")))
    stroom[NameObject("/BBox")] = ArrayObject(NumberObject(getal) for getal in (0, 0, 10, 10))
    return stroom


def _make_entry(plaats: Invulplaats) -> DictionaryObject:
    soort = _make(FT=NameObject("/Tx"), DA=TextStringObject(_LETTER))
    if plaats.vast is not None:
        soort.update(_make(V=TextStringObject(plaats.vast), Ff=NumberObject(_ALLEEN_LEZEN)))
    elif plaats.keuzes:
        opties = _make_options(plaats.keuzes)
        soort.update(_make(FT=NameObject("/Ch"), Ff=NumberObject(_KEUZELIJST), Opt=opties))
    elif plaats.regels > 1:
        soort.update(_make(Ff=NumberObject(_MEER_REGELS)))
    return soort


def _make_options(keuzes: Sequence[str]) -> ArrayObject:
    return ArrayObject(TextStringObject(keuze) for keuze in keuzes)


def _make(**waarden: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{naam}"): waarde for naam, waarde in waarden.items()})
