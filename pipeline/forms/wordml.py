"""WordprocessingML as small functions: elements, runs, paragraphs, cells, rows and tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

NS = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
ROOT_NS = {prefix: uri for prefix, uri in NS.items() if prefix != "xml"}

#: Columns of every table of questions, in twentieths of a point: together the text width of A4.
LABEL_BREED, ANTWOORD_BREED = 3685, 5953
TEKST_BREED = LABEL_BREED + ANTWOORD_BREED
#: In a table with flags two labels with their answers stand side by side in one row: these columns make up both.
VLAG_BREED, NAMEN_BREED = 1247, 3572
VLAGKOLOMMEN = (
    VLAG_BREED,
    LABEL_BREED - VLAG_BREED,
    VLAG_BREED + NAMEN_BREED - LABEL_BREED,
    VLAG_BREED,
    NAMEN_BREED,
)
#: How many of them a label and an answer take.
LABEL_KOLOMMEN, ANTWOORD_KOLOMMEN = 2, 3


def name(prefixed: str, default: str = "w") -> str:
    """The expanded name of "w:p", or of an unprefixed name in the namespace `default`."""
    prefix, _, local = prefixed.rpartition(":")
    return f"{{{NS[prefix or default]}}}{local}"


def el(naam: str, *kinderen: Element | None, **attrs: str) -> Element:
    """An element; attributes without a prefix take the element's own namespace, as Word's do."""
    prefix = naam.partition(":")[0]
    element = etree.Element(name(naam), {name(key, prefix): value for key, value in attrs.items()})
    element.extend(kind for kind in kinderen if kind is not None)
    return element


def root(naam: str, *kinderen: Element) -> Element:
    """The root of a part: declares all namespaces, and which of them an older Word may ignore."""
    element = etree.Element(name(naam), {name("mc:Ignorable"): "w14 w15"}, nsmap=ROOT_NS)
    element.extend(kinderen)
    return element


def run(tekst: str, stijl: str = "", *, vet: bool = False, font: str = "", kleur: str = "") -> Element:
    """A run of text in a character style; tabs and line ends become Word's own."""
    opmaak = el(
        "w:rPr",
        el("w:rStyle", val=stijl) if stijl else None,
        el("w:rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font, hint="eastAsia") if font else None,
        el("w:b") if vet else None,
        el("w:color", val=kleur) if kleur else None,
    )
    deel = el("w:r", opmaak if len(opmaak) else None)
    for nummer, regel in enumerate(tekst.split("\n")):
        if nummer:
            deel.append(el("w:br"))
        deel.extend(_text(regel))
    return deel


def _text(regel: str) -> Iterable[Element]:
    for nummer, stuk in enumerate(regel.split("\t")):
        if nummer:
            yield el("w:tab")
        if stuk:
            tekst = el("w:t", **{"xml:space": "preserve"})
            tekst.text = stuk
            yield tekst


def paragraph(*delen: Element | str, stijl: str = "", blijft_bij_volgende: bool = False) -> Element:
    """A paragraph of runs, controls or plain texts."""
    opmaak = el(
        "w:pPr",
        el("w:pStyle", val=stijl) if stijl else None,
        el("w:keepNext") if blijft_bij_volgende else None,
    )
    inhoud = (run(deel) if isinstance(deel, str) else deel for deel in delen)
    return el("w:p", opmaak if len(opmaak) else None, *inhoud)


def cell(breedte: int, alineas: Iterable[Element], *, kleur: str = "", kolommen: int = 1) -> Element:
    """A table cell with its width, shading and paragraphs."""
    opmaak = el(
        "w:tcPr",
        el("w:tcW", w=str(breedte), type="dxa"),
        el("w:gridSpan", val=str(kolommen)) if kolommen > 1 else None,
        el("w:shd", val="clear", color="auto", fill=kleur) if kleur else None,
    )
    return el("w:tc", opmaak, *alineas)


def row(*cellen: Element, herhaald: bool = False) -> Element:
    """A table row, whole on one page as long as a page holds it; `herhaald` marks a header that returns on each."""
    return el("w:tr", el("w:trPr", el("w:cantSplit"), el("w:tblHeader") if herhaald else None), *cellen)


def table(breedtes: Iterable[int], rijen: Iterable[Element], *, titel: str, eerste_rij: bool = False) -> Element:
    """A table of fixed columns; `titel` is its alternative text; the headers are the first row or the first column."""
    kolommen = tuple(breedtes)
    koppen = {"firstRow": "1" if eerste_rij else "0", "firstColumn": "0" if eerste_rij else "1"}
    opmaak = el(
        "w:tblPr",
        el("w:tblStyle", val="Formuliertabel"),
        el("w:tblW", w=str(sum(kolommen)), type="dxa"),
        el("w:tblLayout", type="fixed"),
        el("w:tblLook", val="0220" if eerste_rij else "0280", **koppen, lastRow="0", lastColumn="0", noHBand="1"),
        el("w:tblCaption", val=titel),
    )
    rooster = el("w:tblGrid", *(el("w:gridCol", w=str(breedte)) for breedte in kolommen))
    return el("w:tbl", opmaak, rooster, *rijen)
