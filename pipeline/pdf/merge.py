"""Joins finished PDFs to one: their pages in order, a bookmark and page labels for each, tags and language kept.

pypdf's own joining drops the structure tree, so that a screen reader would find nothing but loose text. Here the trees
are joined as well: each document's own stays whole below one root, and what a page or a link is called in it is
numbered on. Equal bytes for equal input.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from pipeline.errors import PoortFout
from pipeline.pdf.normalise import get_key, get_reference, is_marked_ua, list_pages, set_accessibility
from pipeline.pdf.refused import Afgekeurd
from pipeline.pdf.rewrite import Bron, PdfCopy, Raam, Sleutel

_REMEDIE = "Maak het pakket opnieuw. Blijft het zo, dan zit de fout in het programma: meld deze zin."


def merge_pdfs(delen: Sequence[tuple[str, bytes]], *, titel: str, taal: str) -> bytes:
    """Join PDFs.

    In: the bookmark and the PDF of each document, as `make_pdfs` gives it, in reading order; title and language of the
    whole. Out: the whole. Raises PoortFout when one of them cannot be joined.
    """
    try:
        return _Samenvoeging(titel, taal).merge(delen)
    except (Afgekeurd, PyPdfError, KeyError, ValueError, RecursionError) as fout:
        raise PoortFout("De PDF's van dit pakket konden niet tot een bundel samengevoegd worden.", _REMEDIE) from fout


@dataclass
class _Samenvoeging:
    """What all documents add to."""

    titel: str
    taal: str
    raam: PdfWriter = field(default_factory=PdfWriter)
    bronnen: list[Bron | Raam] = field(default_factory=list)
    paginas: list[IndirectObject] = field(default_factory=list)
    labels: list[PdfObject] = field(default_factory=list)
    bladwijzers: list[IndirectObject] = field(default_factory=list)
    toppen: list[PdfObject] = field(default_factory=list)
    ouders: list[PdfObject] = field(default_factory=list)  #: of the marked pieces of each page, or of one link
    rollen: dict[str, PdfObject] = field(default_factory=dict)
    ua: bool = True  #: whether each of them says that it is PDF/UA
    blad: IndirectObject = field(init=False)
    structuur: IndirectObject = field(init=False)
    inhoud: IndirectObject = field(init=False)

    def __post_init__(self) -> None:
        self.blad, self.structuur, self.inhoud = (self.raam._add_object(DictionaryObject()) for _ in range(3))

    def merge(self, delen: Sequence[tuple[str, bytes]]) -> bytes:
        for nummer, (bladwijzer, pdf) in enumerate(delen, start=1):
            self._add(nummer, bladwijzer, pdf)
        bladen: dict[str, PdfObject] = {"/Type": _name("/Pages"), "/Kids": ArrayObject(self.paginas)}
        _fill(self.blad, {**bladen, "/Count": _number(self.paginas)})
        _fill(self.inhoud, self._link_bookmarks())
        wortel: dict[str, PdfObject] = {"/Type": _name("/Catalog"), "/Pages": self.blad}
        if self.toppen:
            _fill(self.structuur, self._make_structure())
            wortel["/StructTreeRoot"] = self.structuur
        labels = self.raam._add_object(_make({"/Nums": ArrayObject(self.labels)}))
        wortel |= {"/Outlines": self.inhoud, "/PageLabels": labels, "/PageMode": _name("/UseOutlines")}
        catalogus = _make(wortel)
        set_accessibility(catalogus, self.titel, self.taal, ua=self.ua)
        return PdfCopy([*self.bronnen, Raam(self.raam)]).write(self.raam._add_object(catalogus))

    def _add(self, nummer: int, bladwijzer: str, pdf: bytes) -> None:
        lezer = PdfReader(io.BytesIO(pdf))
        gewijzigd: set[Sleutel] = set()
        self.ua = self.ua and is_marked_ua(lezer)
        self.labels += [NumberObject(len(self.paginas)), _make({"/S": _name("/D"), "/P": _text(f"{nummer}-")})]
        self.bladwijzers.append(self._make_bookmark(bladwijzer, lezer.pages[0]))
        self._add_structure(lezer, gewijzigd)
        for pagina, met_erfenis in zip(list_pages(lezer), lezer.pages, strict=True):
            pagina.update({_name(naam): met_erfenis.raw_get(naam) for naam in met_erfenis if naam not in pagina})
            pagina[_name("/Parent")] = self.blad
            gewijzigd.add(get_key(pagina))
            self.paginas.append(get_reference(pagina))
        self.bronnen.append(Bron(lezer, pdf, gewijzigd))

    def _make_bookmark(self, tekst: str, pagina: PageObject) -> IndirectObject:
        """A bookmark to the top of a page, at whatever size the reader has chosen."""
        boven = NumberObject(round(pagina.mediabox.top))
        plaats = ArrayObject([get_reference(pagina), _name("/XYZ"), NumberObject(0), boven, NumberObject(0)])
        return self.raam._add_object(_make({"/Title": _text(tekst), "/Parent": self.inhoud, "/Dest": plaats}))

    def _add_structure(self, lezer: PdfReader, gewijzigd: set[Sleutel]) -> None:
        boom = lezer.root_object.get("/StructTreeRoot", DictionaryObject()).get_object()
        if not isinstance(boom, DictionaryObject) or not boom:
            return
        for top in _list_tops(boom):
            top[_name("/P")] = self.structuur
            gewijzigd.add(get_key(top))
            self.toppen.append(get_reference(top))
        nieuw = {}
        for nummer, waarde in _iterate_numbers(boom["/ParentTree"].get_object()):
            nieuw[nummer] = len(self.ouders) // 2
            self.ouders += [NumberObject(nieuw[nummer]), waarde]
        for houder, sleutel in _iterate_numbered(lezer):
            houder[_name(sleutel)] = NumberObject(nieuw[int(houder[sleutel])])  # type: ignore[call-overload]
            gewijzigd.add(get_key(houder))
        for rol, soort in boom.get("/RoleMap", DictionaryObject()).get_object().items():
            # All templates come from one house style; of a style that means two things, the first meaning stays.
            self.rollen.setdefault(rol, soort)

    def _make_structure(self) -> dict[str, PdfObject]:
        ouders = self.raam._add_object(_make({"/Nums": ArrayObject(self.ouders)}))
        return {
            "/Type": _name("/StructTreeRoot"),
            "/K": ArrayObject(self.toppen),
            "/ParentTree": ouders,
            "/ParentTreeNextKey": NumberObject(len(self.ouders) // 2),
            **({"/RoleMap": _make(self.rollen)} if self.rollen else {}),
        }

    def _link_bookmarks(self) -> dict[str, PdfObject]:
        for vorige, volgende in zip(self.bladwijzers, self.bladwijzers[1:], strict=False):
            _fill(vorige, {"/Next": volgende})
            _fill(volgende, {"/Prev": vorige})
        eerste, laatste = self.bladwijzers[0], self.bladwijzers[-1]
        aantal = _number(self.bladwijzers)
        return {"/Type": _name("/Outlines"), "/First": eerste, "/Last": laatste, "/Count": aantal}


def _list_tops(boom: DictionaryObject) -> list[DictionaryObject]:
    top = boom["/K"].get_object()
    toppen = [deel.get_object() for deel in top] if isinstance(top, ArrayObject) else [top]
    return [deel for deel in toppen if isinstance(deel, DictionaryObject)]


def _iterate_numbers(knoop: PdfObject | None) -> Iterator[tuple[int, PdfObject]]:
    """The entries of a number tree, in order; a value that is an object of its own stays a reference."""
    if not isinstance(knoop, DictionaryObject):
        raise Afgekeurd("de PDF is onleesbaar")
    paren = knoop.get("/Nums", ArrayObject()).get_object()
    for plaats in range(0, len(paren), 2):
        yield int(paren[plaats]), list.__getitem__(paren, plaats + 1)
    for kind in knoop.get("/Kids", ArrayObject()).get_object():
        yield from _iterate_numbers(kind.get_object())


def _iterate_numbered(lezer: PdfReader) -> Iterator[tuple[DictionaryObject, str]]:
    """What the structure tree knows by a number: pages, and links on them."""
    for pagina in list_pages(lezer):
        if "/StructParents" in pagina:
            yield pagina, "/StructParents"
        for annotatie in pagina.get("/Annots", ArrayObject()).get_object():
            houder = annotatie.get_object()
            if "/StructParent" in houder:
                yield houder, "/StructParent"


def _name(naam: str) -> NameObject:
    return NameObject(naam)


def _text(tekst: str) -> TextStringObject:
    return TextStringObject(tekst)


def _number(dingen: Sequence[object]) -> NumberObject:
    return NumberObject(len(dingen))


def _make(inhoud: dict[str, PdfObject]) -> DictionaryObject:
    return DictionaryObject({_name(sleutel): waarde for sleutel, waarde in inhoud.items()})


def _fill(waar: IndirectObject, inhoud: dict[str, PdfObject]) -> None:
    houder = waar.get_object()
    if isinstance(houder, DictionaryObject):
        houder.update(_make(inhoud))
