"""Where the headings of a tagged PDF stand, and bookmarks to them.

Engines tell them differently or not at all, and `normalise` takes out what they tell. Their tags say it alike: each
heading is marked as one, with the page that it stands on.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from pipeline.errors import PoortFout
from pipeline.pdf.normalise import get_key, get_reference, list_pages
from pipeline.pdf.refused import Afgekeurd
from pipeline.pdf.rewrite import Bron, PdfCopy, Raam

#: What may hold a heading: nothing that is a paragraph, list or table, of which there are thousands.
_HOUDERS = frozenset({"", "/Document", "/Part", "/Sect", "/Art", "/Div"})
_NIVEAUS = {"/H1": 1, "/H2": 2}
_REMEDIE = "Dit is een fout in het programma: meld ze."


@dataclass(frozen=True)
class Kop:
    """A heading: its level (1 or 2) and its page, from 1."""

    niveau: int
    pagina: int


def find_headings(pdf: bytes) -> list[Kop]:
    """List the headings of levels 1 and 2, in reading order. Raises PoortFout for a PDF that cannot be read."""
    try:
        lezer = PdfReader(io.BytesIO(pdf))
        paginas = {get_key(pagina): nummer for nummer, pagina in enumerate(list_pages(lezer), start=1)}
        boom = lezer.root_object.get("/StructTreeRoot", DictionaryObject()).get_object()
        return [Kop(niveau, paginas[pagina]) for niveau, pagina in _walk(boom)]
    except (Afgekeurd, PyPdfError, KeyError, ValueError, RecursionError) as fout:
        raise PoortFout("De koppen van de PDF konden niet gevonden worden.", _REMEDIE) from fout


def add_outline(pdf: bytes, titels: Sequence[str]) -> bytes:
    """Give a PDF bookmarks.

    In: a PDF as `make_pdfs` gives it, and the text of each of its headings, in order. Out: the same, opening with its
    bookmarks; those of level 2 lie below the one of level 1 before them. Equal bytes for equal input.
    Raises PoortFout when the PDF has other headings.
    """
    koppen = find_headings(pdf)
    if not koppen or len(koppen) != len(titels) or koppen[0].niveau != 1:
        raise PoortFout("De PDF heeft niet de koppen die hij moet hebben.", _REMEDIE)
    hoogten = _find_heights(pdf, list(zip(koppen, titels, strict=True)))
    lezer = PdfReader(io.BytesIO(pdf))
    raam, wortel, paginas = PdfWriter(), lezer.root_object, list_pages(lezer)
    inhoud, *bladwijzers = (raam._add_object(DictionaryObject()) for _ in (None, *koppen))
    for bladwijzer, kop, titel, hoogte in zip(bladwijzers, koppen, titels, hoogten, strict=True):
        plaats = [get_reference(paginas[kop.pagina - 1]), NameObject("/XYZ"), NullObject(), hoogte, NullObject()]
        _fill(bladwijzer, {"/Title": TextStringObject(titel), "/Dest": ArrayObject(plaats)})
    _hang(inhoud, bladwijzers, [kop.niveau for kop in koppen])
    _fill(inhoud, {"/Type": NameObject("/Outlines")})
    wortel[NameObject("/Outlines")] = inhoud
    wortel[NameObject("/PageMode")] = NameObject("/UseOutlines")
    return PdfCopy([Bron(lezer, pdf, {get_key(wortel)}), Raam(raam)]).write(get_reference(wortel))


def _walk(knoop: PdfObject | None) -> Iterator[tuple[int, tuple[int, int]]]:
    """The level of each heading below a piece of the structure tree, and the key of its page."""
    inhoud = None if knoop is None else knoop.get_object()
    if isinstance(inhoud, ArrayObject):
        for deel in inhoud:
            yield from _walk(deel)
    elif isinstance(inhoud, DictionaryObject):
        soort = str(inhoud.get("/S", ""))
        if soort in _NIVEAUS:
            yield _NIVEAUS[soort], next(_find_pages(inhoud))
        elif soort in _HOUDERS and "/K" in inhoud:
            yield from _walk(inhoud["/K"])


def _find_pages(knoop: PdfObject) -> Iterator[tuple[int, int]]:
    """The keys of the pages that a piece of the structure names, itself first."""
    inhoud = knoop.get_object()
    if isinstance(inhoud, ArrayObject):
        for deel in inhoud:
            yield from _find_pages(deel)
    elif isinstance(inhoud, DictionaryObject):
        if "/Pg" in inhoud:
            verwijzing = inhoud.raw_get("/Pg")
            yield verwijzing.idnum, verwijzing.generation
        if "/K" in inhoud:
            yield from _find_pages(inhoud["/K"])


def _find_heights(pdf: bytes, koppen: Sequence[tuple[Kop, str]]) -> list[PdfObject]:
    """The height of each heading on its page; nothing, so as to keep the reader's, where its words are not found."""
    hoogten: list[PdfObject] = []
    with pdfium.PdfDocument(pdf) as document:
        for kop, titel in koppen:
            tekst = document[kop.pagina - 1].get_textpage()
            zoeker = tekst.search(titel, match_case=True)
            vakken = []
            while (gevonden := zoeker.get_next()) is not None:
                vakken.append(tekst.get_charbox(gevonden[0], loose=True))
            # A heading has larger letters than a sentence that happens to say the same.
            vak = max(vakken, key=lambda vak: float(vak[3] - vak[1]), default=None)
            hoogten.append(NullObject() if vak is None else NumberObject(round(vak[3])))
    return hoogten


def _hang(inhoud: IndirectObject, bladwijzers: Sequence[IndirectObject], niveaus: Sequence[int]) -> None:
    """Hang each bookmark below its parent, beside its neighbours."""
    kinderen: dict[int, list[IndirectObject]] = {-1: []}
    for plaats, niveau in enumerate(niveaus):
        if niveau == 1:
            hoofd = plaats
            kinderen[-1].append(bladwijzers[plaats])
        else:
            kinderen.setdefault(hoofd, []).append(bladwijzers[plaats])
    for plaats, rij in kinderen.items():
        ouder = inhoud if plaats < 0 else bladwijzers[plaats]
        aantal = len(bladwijzers) if plaats < 0 else len(rij)
        _fill(ouder, {"/First": rij[0], "/Last": rij[-1], "/Count": NumberObject(aantal)})
        for vorige, volgende in itertools.pairwise(rij):
            _fill(vorige, {"/Next": volgende})
            _fill(volgende, {"/Prev": vorige})
        for kind in rij:
            _fill(kind, {"/Parent": ouder})


def _fill(waar: IndirectObject, inhoud: dict[str, PdfObject]) -> None:
    houder = waar.get_object()
    if isinstance(houder, DictionaryObject):
        houder.update({NameObject(sleutel): waarde for sleutel, waarde in inhoud.items()})
