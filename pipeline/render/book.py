"""What a book has and the dialect of the templates has not: places to lead to, pages of its chapters, pictures.

A template prints the text of all of it; this puts the rest where its styles say that it belongs.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from docx import Document
from docx.document import Document as WordDocument
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu
from docx.text.paragraph import Paragraph

from pipeline.errors import ConfiguratieFout
from pipeline.render.package import finish_package

KOPPEN = ("heading1", "heading2")
INHOUD = ("toc1", "toc2")
BEELD = "Beeld"

_MAX_BREEDTE, _MAX_HOOGTE = Emu(5_220_000), Emu(4_140_000)  # 14,5 by 11,5 cm: it can be read, and leaves few gaps
_TAAL = "nl-BE"
#: The list of chapters as Word makes it: levels 1 and 2, as links.
_INHOUDSVELD = ' TOC \\o "1-2" \\h \\z \\u '


@dataclass(frozen=True)
class Beeld:
    """A picture, by the name that messages give it, and what it shows for who cannot see it."""

    naam: str
    inhoud: bytes
    tekst: str


def bind_book(
    docx: bytes, paginas: Mapping[str, int], *, beelden: Sequence[Beeld], titel: str, maker: str, met_velden: bool
) -> bytes:
    """Complete a book.

    In: the filled template, the page of each of its headings by the name of that place, in order, the pictures in
    order, and whether Word must be able to bring the table of contents up to date (for a PDF it stays text, so that no
    engine counts otherwise). Out: the same with bookmarks at its headings, that table, and pictures.
    Raises ConfiguratieFout when headings, places or pictures do not match, or when a picture is none.
    """
    document = Document(io.BytesIO(docx))
    koppen, regels, plekken = (_find(document, stijlen) for stijlen in (KOPPEN, INHOUD, (BEELD,)))
    if not len(koppen) == len(regels) == len(paginas) or len(plekken) != len(beelden):
        raise ConfiguratieFout(
            ["Het sjabloon van de handleiding drukt niet elke kop, elke regel van de inhoud en elk beeld eenmaal af."],
            "Zet het sjabloon terug dat bij het programma hoort.",
        )
    _drop_empty(document)
    for nummer, (kop, anker) in enumerate(zip(koppen, paginas, strict=True), start=1):
        _mark(kop._p, nummer, anker)
    for regel, (anker, pagina) in zip(regels, paginas.items(), strict=True):
        _refer(regel._p, anker, pagina, met_veld=met_velden)
    if met_velden:
        _make_contents(regels)
    for plek, beeld in zip(plekken, beelden, strict=True):
        _show(plek, beeld)
    return finish_package(document, "handleiding", titel, maker, _TAAL)


def _find(document: WordDocument, stijlen: Sequence[str]) -> list[Paragraph]:
    return [alinea for alinea in document.paragraphs if _get_style(alinea) in stijlen]


def _get_style(alinea: Paragraph) -> str | None:
    return alinea._p.style


def _drop_empty(document: WordDocument) -> None:
    """Take out the runs that tags within a paragraph leave behind."""
    body = document.element.body
    for run in [run for run in body.iter(qn("w:r")) if not any(deel.text for deel in run.iter(qn("w:t")))]:
        if all(deel.tag in (qn("w:t"), qn("w:rPr")) for deel in run):
            run.getparent().remove(run)


def _mark(alinea: BaseOxmlElement, nummer: int, anker: str) -> None:
    """Put a bookmark around the text of a heading."""
    begin = f'<w:bookmarkStart {nsdecls("w")} w:id="{nummer}" w:name="{anker}"/>'
    eerste = next(alinea.iter(qn("w:r")))
    eerste.addprevious(parse_xml(begin))
    alinea.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{nummer}"/>'))


def _refer(regel: BaseOxmlElement, anker: str, pagina: int, *, met_veld: bool) -> None:
    """Put the number of a page in the last run of a line of the contents, as a field that Word works out or as text."""
    *_, getal = regel.iter(qn("w:r"))
    next(getal.iter(qn("w:t"))).text = str(pagina)
    if not met_veld:
        return
    begin, midden, einde = _make_field(f" PAGEREF {anker} \\h ")
    getal.addprevious(begin[0])
    for deel in (*begin[1:], midden):
        getal.addprevious(deel)
    getal.addnext(einde)


def _make_contents(regels: Sequence[Paragraph]) -> None:
    """Make the lines together a table of contents."""
    begin, midden, einde = _make_field(_INHOUDSVELD)
    eerste = next(regels[0]._p.iter(qn("w:hyperlink")))
    for deel in (*begin, midden):
        eerste.addprevious(deel)
    regels[-1]._p.append(einde)


def _make_field(opdracht: str) -> tuple[list[BaseOxmlElement], BaseOxmlElement, BaseOxmlElement]:
    """The runs before the result of a field, and the one after it."""

    def make_run(inhoud: str) -> BaseOxmlElement:
        return parse_xml(f"<w:r {nsdecls('w')}>{inhoud}</w:r>")

    begin, midden, einde = (make_run(f'<w:fldChar w:fldCharType="{soort}"/>') for soort in ("begin", "separate", "end"))
    return [begin, make_run(f'<w:instrText xml:space="preserve">{opdracht}</w:instrText>')], midden, einde


def _show(plek: Paragraph, beeld: Beeld) -> None:
    """Put a picture in the place of its text, as large as it may be."""
    for run in plek.runs:
        plek._p.remove(run._r)
    try:
        vorm = plek.add_run().add_picture(io.BytesIO(beeld.inhoud))
    except (UnrecognizedImageError, ValueError, EOFError):
        raise ConfiguratieFout(
            [f"{beeld.naam} is geen beeld dat Word kent."], "Bewaar het als PNG en probeer opnieuw."
        ) from None
    schaal = min(_MAX_BREEDTE / vorm.width, _MAX_HOOGTE / vorm.height)
    vorm.width, vorm.height = Emu(int(vorm.width * schaal)), Emu(int(vorm.height * schaal))
    eigenschappen = vorm._inline.docPr
    eigenschappen.set("descr", beeld.tekst)
    eigenschappen.set("name", f"Beeld {beeld.naam}")
