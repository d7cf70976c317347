"""The gate for PDFs joined to one: the parts, which passed their own, in order, and a frame without a free word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from types import MappingProxyType

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from pipeline.errors import PoortFout
from pipeline.verify.findings import make_finding
from pipeline.verify.pdf import judge_title
from pipeline.verify.pdfcontent import read_string
from pipeline.verify.pdffile import Oneven, PdfFile, read_pdf
from pipeline.verify.pdfpage import read_texts
from schemas.bevinding import Bevinding

_REMEDIE = (
    "Dit pakket is niet geschreven, de andere wel. Probeer opnieuw; blijft het zo, dan zit de fout in het programma:"
    " meld deze zinnen, zonder het document."
)
_REFERENCE = re.compile(rb"\b[0-9]+ [0-9]+ R\b")
_NUMBERED = re.compile(rb"(/StructParents?) [0-9]+")
_BLANKS = re.compile(rb"\s*([<>\[\]/\x01])\s*|\s+")
_STRING = rb"(\((?:\\.|[^()\\])*\)|<[0-9A-Fa-f]*>)"
#: What holds the parts together, each with its keys in our own order; \x01 stands for a reference.
_FRAME = MappingProxyType(
    {
        naam: re.compile(patroon.replace(b"STRING", _STRING), re.DOTALL)
        for naam, patroon in {
            "wortel": rb"<</Type/Catalog/Pages\x01(?:/StructTreeRoot\x01)?/Outlines\x01/PageLabels\x01/PageMode"
            rb"/UseOutlines/MarkInfo<</Marked (?:true|false)>>/Lang STRING"
            rb"/ViewerPreferences<</DisplayDocTitle true>>/Metadata\x01>>",
            "bladen": rb"<</Type/Pages/Kids\[\x01+\]/Count [0-9]+>>",
            "bladwijzers": rb"<</Type/Outlines/First\x01/Last\x01/Count [0-9]+>>",
            "bladwijzer": rb"<</Title STRING/Parent\x01/Dest\[\x01/XYZ 0 [0-9]+ 0\](?:/Prev\x01)?(?:/Next\x01)?>>",
            "labels": rb"<</Nums\[(?: ?[0-9]+<</S/D/P STRING>>)+\]>>",
            "structuur": rb"<</Type/StructTreeRoot/K\[\x01+\]/ParentTree\x01/ParentTreeNextKey [0-9]+"
            rb"(?:/RoleMap<<[^<>]*>>)?>>",
            "ouders": rb"<</Nums\[(?: ?[0-9]+(?:\x01|\[(?:\x01|null ?)*\]))*\]>>",
            "eigenschappen": rb"<</Type/Metadata/Subtype/XML/Length [0-9]+>>",
        }.items()
    }
)
_OWN_FRAME = re.compile(rb"<</Type/(?:Catalog|Pages|StructTreeRoot|Metadata)\b|<</Nums\[")
_ROLES = re.compile(rb"/RoleMap<<([^<>]*)>>")
Thing = tuple[bytes, bytes | None]  #: what an object says, and its stream


def verify_bundle(pdf: bytes, delen: Sequence[tuple[str, bytes]], *, titel: str, taal: str) -> tuple[Bevinding, ...]:
    """Say what a joined PDF holds that its parts do not explain, or lacks.

    In: the joined PDF; the bookmark and the PDF of each part, in order; title and language of the whole. Out: a finding
    for each place, without a word of the document; nothing when all is well.
    """
    try:
        strange = dict.fromkeys(_find_strange(pdf, delen, titel, taal))
    except (Oneven, pdfium.PdfiumError) as fout:
        strange = {str(fout) if isinstance(fout, Oneven) else "het is geen leesbare PDF": None}
    return tuple(make_finding("bundel", "bundel", f"In de bundel: {wat}.") for wat in strange)


def refuse_unexplained_bundle(pdf: bytes, delen: Sequence[tuple[str, bytes]], *, titel: str, taal: str) -> None:
    """Let a joined PDF pass, or raise PoortFout that names each place, never a word."""
    found = verify_bundle(pdf, delen, titel=titel, taal=taal)
    if found:
        raise PoortFout("\n".join(bevinding.melding for bevinding in found), _REMEDIE)


def _find_strange(pdf: bytes, delen: Sequence[tuple[str, bytes]], titel: str, taal: str) -> Iterator[str]:
    file, parts = read_pdf(pdf), [read_pdf(deel) for _, deel in delen]
    frame, rest = _sort(file)
    things = [thing for part in parts for thing in _list_things(part)]
    own = Counter(thing for thing in things if not _OWN_FRAME.match(thing[0]))
    if file.find_unreached():
        yield "een onderdeel waar niets naar verwijst"
    if rest - own:
        yield "een onderdeel dat in geen van de documenten zit"
    if own - rest:
        yield "een onderdeel van een van de documenten ontbreekt"
    tagged = [b"/StructTreeRoot" in part.objects[1].head for part in parts]
    if {name: len(found) for name, found in frame.items()} != _count_frame(len(delen), tagged=any(tagged)):
        yield "een onderdeel dat er niet hoort, of een dat ontbreekt"
        return
    names = {name for head, _ in things for name in _list_roles(head)}
    if not {name for found in frame["structuur"] for name in _list_roles(found)} <= names:
        yield "een naam van een stuk tekst die in geen van de documenten staat"
    if [read_string(written) for written in _FRAME["wortel"].findall(frame["wortel"][0])] != [taal]:
        yield "een andere taal"
    yield from judge_title(file, file.objects[1].head, titel)
    yield from _find_lost_pages(pdf, delen)


def _sort(file: PdfFile) -> tuple[dict[str, list[bytes]], Counter[Thing]]:
    """The objects of the frame by name, and all others."""
    frame: dict[str, list[bytes]] = {name: [] for name in _FRAME}
    rest: Counter[Thing] = Counter()
    for thing in _list_things(file):
        name = next((name for name, pattern in _FRAME.items() if pattern.fullmatch(thing[0])), "")
        if name:
            frame[name].append(thing[0])
        else:
            rest[thing] += 1
    return frame, rest


def _list_things(file: PdfFile) -> list[Thing]:
    """Objects as they can be compared: numbers of other objects and of the structure tree do not count."""
    return [(_shape(part.head), part.packed) for part in file.objects.values()]


def _shape(head: bytes) -> bytes:
    text = _NUMBERED.sub(rb"\1", _REFERENCE.sub(b"\x01", head))
    return _BLANKS.sub(lambda found: found[1] or b" ", text).strip()


def _count_frame(parts: int, *, tagged: bool) -> dict[str, int]:
    counts = dict.fromkeys(_FRAME, 1) | {"bladwijzer": parts}
    return counts | ({} if tagged else {"structuur": 0, "ouders": 0})


def _list_roles(head: bytes) -> list[bytes]:
    return [name for roles in _ROLES.findall(head) for name in roles.split(b"/") if name.strip()]


def _find_lost_pages(pdf: bytes, delen: Sequence[tuple[str, bytes]]) -> Iterator[str]:
    """Pages, bookmarks and labels as PDFium shows them."""
    parts = [read_texts(deel) for _, deel in delen]
    if read_texts(pdf) != [page for pages in parts for page in pages]:
        yield "de bladen zijn niet die van de documenten, in hun volgorde"
    starts = [sum(map(len, parts[:number])) for number in range(len(parts))]
    labels = [f"{number}-{page}" for number, pages in enumerate(parts, 1) for page in range(1, len(pages) + 1)]
    with pdfium.PdfDocument(pdf) as document:
        marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
        shown = [document.get_page_label(number) for number in range(len(document))]
    if marks != [(mark, start) for (mark, _), start in zip(delen, starts, strict=True)]:
        yield "een bladwijzer die niet de naam van een document is"
    if shown != labels:
        yield "een bladnummer dat niet klopt"
