"""Rewrites the PDF of an engine: equal bytes for equal input, only what a reader or a screen reader needs.

What stays in the file: pages, the structure tree (tagged PDF), the language, one title. What goes: /Info, /ID, dates,
checksums, the engine's XMP, outlines, opening actions, forms, attachments. The title comes from the Word file's own
properties, which the template fixes, and stands in a few lines of XMP, where PDF/UA wants it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.sax.saxutils import escape

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from pipeline.pdf.package import WordPackage
from pipeline.pdf.refused import Afgekeurd
from pipeline.pdf.rewrite import Bron, PdfCopy, Sleutel
from pipeline.pdf.styles import read_styles

_ROOT_KEYS = frozenset({"/Type", "/Pages", "/StructTreeRoot", "/Lang"})
_PAGE_KEYS_OUT = ("/AA", "/Metadata", "/PieceInfo", "/Thumb", "/LastModified", "/Group")
_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt>\
<rdf:li xml:lang="x-default">{titel}</rdf:li></rdf:Alt></dc:title></rdf:Description>{ua}
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_PDF_UA = """
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>\
</rdf:Description>"""


def normalise_pdf(pdf: bytes, *, titel: str, taal: str) -> bytes:
    """Write a PDF anew.

    In: the engine's PDF, the title and language of the Word file (empty: none, the engine's). Out: the new PDF.
    Raises Afgekeurd when the file is no PDF, has no page, or uses a font that it does not carry.
    """
    try:
        lezer = PdfReader(io.BytesIO(pdf))
        if not lezer.pages:
            raise Afgekeurd("de PDF heeft geen enkele bladzijde")
        _check_fonts(lezer)
        ua = is_marked_ua(lezer)
        _keep_needed(lezer)
        set_accessibility(lezer.root_object, titel, taal, ua=ua)
        wortel = lezer.root_object
        bron = Bron(lezer, pdf, {get_key(wortel), *map(get_key, list_pages(lezer))})
        return PdfCopy([bron]).write(get_reference(wortel))
    except (PyPdfError, KeyError, ValueError, RecursionError) as fout:
        raise Afgekeurd("de PDF is onleesbaar") from fout


def title_of(pakket: WordPackage) -> str:
    """Give the title in the Word file's properties, or nothing."""
    kern = next((relatie.doel for relatie in pakket.relations("") if relatie.soort == "core-properties"), "")
    if kern not in pakket.members:
        return ""
    return (pakket.tree(kern).findtext(_DC_TITLE) or "").strip()


def language_of(pakket: WordPackage) -> str:
    """Give the language that the Word file's styles set for its text ("nl-BE"), or nothing."""
    talen = (read_styles(pakket.members[deel]).taal for deel in pakket.parts("styles"))
    return next(filter(None, talen), "")


def _keep_needed(lezer: PdfReader) -> None:
    wortel = lezer.root_object
    for sleutel in [sleutel for sleutel in wortel if sleutel not in _ROOT_KEYS]:
        del wortel[sleutel]
    for pagina in list_pages(lezer):
        for sleutel in _PAGE_KEYS_OUT:
            pagina.pop(sleutel, None)
        links = [annotatie for annotatie in pagina.get("/Annots", ()) if _is_link(annotatie)]
        pagina.pop("/Annots", None)
        if links:
            pagina[NameObject("/Annots")] = ArrayObject(links)


def list_pages(lezer: PdfReader) -> list[DictionaryObject]:
    """Give the pages themselves, to be changed: those of `lezer.pages` are copies with what they inherit."""
    paginas = [get_reference(pagina).get_object() for pagina in lezer.pages]
    return [pagina for pagina in paginas if isinstance(pagina, DictionaryObject)]


def _is_link(annotatie: PdfObject) -> bool:
    inhoud = annotatie.get_object()
    return isinstance(inhoud, DictionaryObject) and inhoud.get("/Subtype") == "/Link"


def get_key(inhoud: PdfObject) -> Sleutel:
    """Give number and generation of an object. Raises Afgekeurd for one that is no object of its own."""
    verwijzing = get_reference(inhoud)
    return verwijzing.idnum, verwijzing.generation


def get_reference(inhoud: PdfObject) -> IndirectObject:
    """Give the reference by which a file knows an object. Raises Afgekeurd for one that is no object of its own."""
    verwijzing = inhoud.indirect_reference
    if not isinstance(verwijzing, IndirectObject):
        raise Afgekeurd("de PDF is onleesbaar")
    return verwijzing


def set_accessibility(wortel: DictionaryObject, titel: str, taal: str, *, ua: bool) -> None:
    """Set in a catalogue what a screen reader needs: tagged or not, language, title, and (`ua`) that it is PDF/UA."""
    wortel[NameObject("/MarkInfo")] = DictionaryObject(
        {NameObject("/Marked"): BooleanObject("/StructTreeRoot" in wortel)}
    )
    if taal:
        wortel[NameObject("/Lang")] = TextStringObject(taal)
    if titel:
        wortel[NameObject("/ViewerPreferences")] = DictionaryObject(
            {NameObject("/DisplayDocTitle"): BooleanObject(True)}
        )
        xmp = StreamObject()
        xmp.set_data(_XMP.format(titel=escape(titel), ua=_PDF_UA if ua else "").encode())
        xmp.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
        wortel[NameObject("/Metadata")] = xmp


def is_marked_ua(lezer: PdfReader) -> bool:
    """Whether a PDF says of itself that it is PDF/UA."""
    stroom = lezer.root_object.get("/Metadata")
    inhoud = stroom.get_object() if isinstance(stroom, IndirectObject) else stroom
    return isinstance(inhoud, StreamObject) and b"pdfuaid" in inhoud.get_data()


def _check_fonts(lezer: PdfReader) -> None:
    for pagina in lezer.pages:
        for lettertype in _fonts(pagina.get("/Resources"), set()):
            if not _is_embedded(lettertype):
                raise Afgekeurd("de PDF gebruikt een lettertype dat niet in het bestand zit")


def _fonts(bronnen: PdfObject | None, gezien: set[int]) -> Iterator[DictionaryObject]:
    """Walk the fonts of a page and of the drawings placed on it."""
    houder = None if bronnen is None else bronnen.get_object()
    if not isinstance(houder, DictionaryObject) or id(houder) in gezien:
        return
    gezien.add(id(houder))
    yield from _entries(houder, "/Font")
    for tekening in _entries(houder, "/XObject"):
        yield from _fonts(tekening.get("/Resources"), gezien)


def _entries(houder: DictionaryObject, sleutel: str) -> list[DictionaryObject]:
    groep = houder.get(sleutel, DictionaryObject()).get_object()
    waarden = [waarde.get_object() for waarde in groep.values()]
    return [waarde for waarde in waarden if isinstance(waarde, DictionaryObject)]


def _is_embedded(lettertype: DictionaryObject) -> bool:
    if lettertype.get("/Subtype") == "/Type3":
        return True
    for nakomeling in lettertype.get("/DescendantFonts", ArrayObject()).get_object():
        lettertype = nakomeling.get_object()
    beschrijving = lettertype.get("/FontDescriptor", DictionaryObject()).get_object()
    return any(sleutel in beschrijving for sleutel in ("/FontFile", "/FontFile2", "/FontFile3"))
