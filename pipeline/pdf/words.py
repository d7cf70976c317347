"""The text that a Word file prints, by paragraph, read from the file as it was made, not from the frozen copy.

Reading it apart from the freeze pass is the point: a word that freezing loses by mistake is missed here too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pipeline.pdf.fields import PAGE_FIELDS, FieldTracker, kind_of
from pipeline.pdf.hidden import HiddenText, printed
from pipeline.pdf.package import R, W, WordPackage
from pipeline.pdf.styles import is_on

#: Stands in a passage for a number that only the layout knows: a page, the mark of a footnote.
NUMBER = "\x00"
_BLANKS = frozenset(W + naam for naam in ("tab", "br", "cr", "ptab"))
_NOTES = frozenset(W + naam for naam in ("footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef"))
#: Every element that says something of what is printed: text, where it stands, and the fields around it.
_READ = (W + "p", W + "t", W + "fldChar", W + "instrText", W + "noBreakHyphen", *sorted(_BLANKS), *sorted(_NOTES))


@dataclass(frozen=True)
class Passage:
    """One paragraph that must be found in the PDF; `plaats` names it without saying what it holds."""

    plaats: str
    tekst: str


@dataclass(frozen=True)
class Marge:
    """The header and the footer of one kind of page, and where Word prints them."""

    boven: tuple[Passage, ...] = ()
    onder: tuple[Passage, ...] = ()

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All paragraphs of header and footer."""
        return self.boven + self.onder


@dataclass(frozen=True)
class Section:
    """The margins of a section by kind of page: "default", "first", "even"."""

    marges: dict[str, Marge]
    eigen_eerste: bool


@dataclass(frozen=True)
class WordText:
    """What a Word file prints: the running text, and the headers and footers per section."""

    lopend: tuple[Passage, ...]
    secties: tuple[Section, ...]
    even_oneven: bool

    def margins_of(self, pagina: int) -> list[Marge]:
        """Give the headers and footers that page `pagina` (from 1) may carry: one for a document of one section."""
        if len(self.secties) == 1:
            return [self._margin(self.secties[0], pagina, eerste=pagina == 1)]
        return [self._margin(sectie, pagina, eerste=eerste) for sectie in self.secties for eerste in (True, False)]

    def _margin(self, sectie: Section, pagina: int, *, eerste: bool) -> Marge:
        if eerste and sectie.eigen_eerste:
            return sectie.marges.get("first", Marge())
        if self.even_oneven and pagina % 2 == 0:
            return sectie.marges.get("even", Marge())
        return sectie.marges.get("default", Marge())


def read_words(pakket: WordPackage) -> WordText:
    """Read what a Word file prints.

    In: the package, unchanged. Out: its paragraphs; results of fields count, page numbers stand as NUMBER.
    """
    verborgen = HiddenText(pakket)
    hoofd = pakket.parts("document")[0]
    lopend = list(_passages(pakket.tree(hoofd), verborgen, "alinea"))
    for deel in pakket.parts("footnotes", "endnotes"):
        lopend += _passages(pakket.tree(deel), verborgen, "voetnoot")
    instellingen = [pakket.tree(deel).find(W + "evenAndOddHeaders") for deel in pakket.parts("settings")]
    even_oneven = any(is_on(knoop) for knoop in instellingen)
    return WordText(tuple(lopend), tuple(_sections(pakket, hoofd, verborgen)), even_oneven)


def _sections(pakket: WordPackage, hoofd: str, verborgen: HiddenText) -> Iterator[Section]:
    """Read the sections; a kind of header that a section does not name goes on from the section before."""
    doelen = {relatie.id: relatie.doel for relatie in pakket.relations(hoofd)}
    delen: dict[tuple[str, str], str] = {}
    for sectie in pakket.tree(hoofd).iter(W + "sectPr"):
        for verwijzing in sectie.iter(W + "headerReference", W + "footerReference"):
            soort = "kop" if verwijzing.tag == W + "headerReference" else "voet"
            delen[soort, verwijzing.get(W + "type", "default")] = doelen.get(verwijzing.get(R + "id", ""), "")
        marges = {
            blad: Marge(
                _margin_text(pakket, delen.get(("kop", blad)), verborgen, "koptekst"),
                _margin_text(pakket, delen.get(("voet", blad)), verborgen, "voettekst"),
            )
            for blad in ("default", "first", "even")
        }
        yield Section(marges, is_on(sectie.find(W + "titlePg")))


def _margin_text(pakket: WordPackage, deel: str | None, verborgen: HiddenText, soort: str) -> tuple[Passage, ...]:
    if deel is None or deel not in pakket.members:
        return ()
    return tuple(_passages(pakket.tree(deel), verborgen, soort))


def _passages(boom: etree._Element, verborgen: HiddenText, soort: str) -> Iterator[Passage]:
    """Read one story; the text of a text box comes after the paragraph that it hangs on."""
    volger = FieldTracker()
    teksten: dict[etree._Element, list[str]] = {}
    in_veld = _in_page_fields(boom)
    kan_verbergen = verborgen.hides_in(boom)
    for knoop in printed(boom, *_READ):
        volger.follow(knoop)
        if knoop.tag == W + "p":
            teksten[knoop] = []
            continue
        teken = _printed_text(knoop, volger, in_veld)
        alinea = next(knoop.iterancestors(W + "p"), None) if teken else None
        if alinea is not None and alinea in teksten and not (kan_verbergen and _is_hidden(knoop, verborgen)):
            teksten[alinea].append(teken)
    for nummer, stukken in enumerate(teksten.values(), start=1):
        tekst = "".join(stukken)
        if tekst.strip(NUMBER + " "):
            yield Passage(f"{soort} {nummer}", tekst)


def _printed_text(knoop: etree._Element, volger: FieldTracker, in_veld: set[etree._Element]) -> str:
    """Give what an element prints: text, a blank, or the mark of a number that the layout makes."""
    if knoop.tag in _NOTES:
        return NUMBER
    if knoop.tag == W + "fldChar":
        veld = volger.open[-1] if volger.open else None
        return NUMBER if veld and knoop.get(W + "fldCharType") == "separate" and veld.soort in PAGE_FIELDS else ""
    if not volger.shows_text() or knoop in in_veld:
        return NUMBER if knoop.tag == W + "t" and knoop in in_veld else ""
    if knoop.tag == W + "t":
        return (knoop.text or "").replace(NUMBER, "")
    if knoop.tag == W + "noBreakHyphen":
        return "-"
    return " " if knoop.tag in _BLANKS and knoop.getparent().tag == W + "r" else ""  # type: ignore[union-attr]


def _in_page_fields(boom: etree._Element) -> set[etree._Element]:
    """Give what stands in fields for page numbers that are written as one element."""
    velden = [veld for veld in boom.iter(W + "fldSimple") if kind_of(veld.get(W + "instr", "")) in PAGE_FIELDS]
    return {knoop for veld in velden for knoop in veld.iter()}


def _is_hidden(knoop: etree._Element, verborgen: HiddenText) -> bool:
    run = next(knoop.iterancestors(W + "r"), None)
    return run is not None and verborgen.is_hidden_run(run)
