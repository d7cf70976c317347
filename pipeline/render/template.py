"""A Word template as it comes from its author, cut back to what a document of ours may hold.

Word leaves a great deal beside the text: names of editors, numbers of editing sessions, custom XML, a
picture of the first page. What nobody sees is dropped; what somebody wrote there (a comment, a tracked
change) is refused, because only the author can say what it should become.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Collection, Iterator
from contextlib import suppress
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.package import OpcPackage
from docx.opc.part import Part, XmlPart
from docx.opc.rel import _Relationship
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap, qn
from lxml import etree

from pipeline.errors import ConfiguratieFout
from pipeline.render.embedded import leads_to, shows_replaced

_KEPT = frozenset(
    {
        RT.OFFICE_DOCUMENT,
        RT.STYLES,
        RT.SETTINGS,
        RT.NUMBERING,
        RT.FONT_TABLE,
        RT.THEME,
        RT.HEADER,
        RT.FOOTER,
        RT.FOOTNOTES,
        RT.ENDNOTES,
        RT.IMAGE,
        RT.HYPERLINK,
    }
)
#: All that the readers of ZIP and XML say of bytes that are no Word document, or no longer.
_ONLEESBAAR = (
    *(BadZipFile, KeyError, ValueError, PackageNotFoundError, etree.XMLSyntaxError, AttributeError, OSError),
    *(NotImplementedError, RuntimeError, EOFError, TypeError, zlib.error, struct.error),
)
_WORTELS = [qn(f"w:{naam}") for naam in ("document", "styles", "settings")]
#: The parts beside the body that may hold tags.
_DELEN = {RT.HEADER: "een koptekst", RT.FOOTER: "een voettekst", RT.FOOTNOTES: "een voetnoot"}
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_MICROSOFT = "http://schemas.microsoft.com/office/"
_DROPPED = frozenset(
    {
        RT.CORE_PROPERTIES,
        RT.EXTENDED_PROPERTIES,
        RT.CUSTOM_PROPERTIES,
        RT.THUMBNAIL,
        RT.CUSTOM_XML,
        RT.CUSTOM_XML_PROPS,
        RT.WEB_SETTINGS,
        RT.PRINTER_SETTINGS,
        RT.GLOSSARY_DOCUMENT,
        RT.FONT,
        f"{_OFFICE}attachedTemplate",
        f"{_OFFICE}extended-properties",
        f"{_OFFICE.lower()}metadata/core-properties",  # as LibreOffice calls it
        f"{_MICROSOFT}2007/relationships/stylesWithEffects",
        f"{_MICROSOFT}2011/relationships/people",
        f"{_MICROSOFT}2006/relationships/keyMapCustomizations",
        f"{_MICROSOFT}2020/02/relationships/classificationlabels",
    }
)
_REFUSED_NAMES = {
    "comments": "opmerkingen (tabblad Controleren)",
    "vbaProject": "een macro",
    "oleObject": "een ingesloten bestand",
    "package": "een ingesloten bestand",
    "aFChunk": "een ingesloten document",
    "subDocument": "een subdocument",
    "chart": "een grafiek",
}
_REFUSED_ELEMENTS = {
    **dict.fromkeys(
        ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "rPrChange", "pPrChange", "tblPrChange"),
        "bijgehouden wijzigingen; aanvaard of verwerp ze (tabblad Controleren)",
    ),
    "vanish": "verborgen tekst; maak ze zichtbaar of verwijder ze",
    "object": "een ingesloten object",
    "altChunk": "een ingesloten document",
    "ffData": "een oud formulierveld",
    "pict": "een tekstvak of een oude tekening",
    "txbxContent": "een tekstvak; zet de tekst in een alinea of een tabel",
    "commentReference": "een opmerking (tabblad Controleren)",
}
_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_SETTINGS = frozenset(
    {
        "defaultTabStop",
        "autoHyphenation",
        "hyphenationZone",
        "evenAndOddHeaders",
        "characterSpacingControl",
        "footnotePr",
        "endnotePr",
        "compat",
        "themeFontLang",
        "clrSchemeMapping",
        "decimalSymbol",
        "listSeparator",
    }
)
_REMOVED = tuple(
    qn(f"w:{naam}")
    for naam in (
        "bookmarkStart",
        "bookmarkEnd",
        "proofErr",
        "permStart",
        "permEnd",
        "lastRenderedPageBreak",
        "rsid",
        "rsids",
        "commentRangeStart",
        "commentRangeEnd",
    )
)
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_SESSION_ATTRIBUTES = (f"{_W14}paraId", f"{_W14}textId")
_SESSIONS = (b"rsid", b"paraId", b"textId")


def clean_template(
    naam: str, sjabloon: bytes, soort: str = "Sjabloon", vervangen: Collection[str] = ()
) -> WordDocument:
    """Open a template, with only the parts and elements that a document may hold.

    Args:
        naam: its name in messages.
        sjabloon: the .docx.
        soort: what it is called in messages.
        vervangen: the embedded files that another one will take the place of, and that may be there therefore.

    Raises:
        ConfiguratieFout: it is not a Word document, or holds something that only its author can settle.

    """
    document = open_template(naam, sjabloon, soort)
    try:
        fouten = _cut_back(document.part.package, vervangen)
    except _ONLEESBAAR:
        raise _call_damaged(naam, soort) from None
    if fouten:
        zinnen = [f"{soort} '{naam}' bevat {fout}." for fout in dict.fromkeys(fouten)]
        raise ConfiguratieFout(zinnen, f"Pas het {soort.lower()} aan in Word en probeer opnieuw.")
    _prune_settings(document)
    return document


def _cut_back(package: OpcPackage, vervangen: Collection[str]) -> list[str]:
    """Drop what nobody sees. Returns what may not be there."""
    fouten = _prune_relations(package, vervangen)
    for part, boom in iterate_trees(package):
        geweigerd = {fout for element, fout in find_refused(boom) if not shows_replaced(part, element, vervangen)}
        fouten += sorted(geweigerd)
        _clean_tree(boom)
    return fouten


def open_template(naam: str, sjabloon: bytes, soort: str = "Sjabloon") -> WordDocument:
    """Open a template, or say that it is no Word document."""
    if sjabloon.startswith(_OLE):
        raise ConfiguratieFout(
            [f"{soort} '{naam}' is met een wachtwoord beveiligd, of bewaard als oud Word-bestand (.doc)."],
            "Haal het wachtwoord eraf, of bewaar het in Word als .docx.",
        )
    if b"word/vbaProject" in sjabloon:
        raise ConfiguratieFout([f"{soort} '{naam}' bevat een macro."], "Bewaar het in Word als .docx, zonder macro's.")
    with suppress(*_ONLEESBAAR):
        document = Document(io.BytesIO(sjabloon))
        wortels = (document.element, document.styles.element, document.settings.element)
        if [wortel.tag for wortel in wortels] == _WORTELS and document.element.body is not None:
            return document
    raise _call_damaged(naam, soort)


def _call_damaged(naam: str, soort: str) -> ConfiguratieFout:
    return ConfiguratieFout(
        [f"{soort} '{naam}' is geen Word-document (.docx) of is beschadigd."],
        "Zet het oorspronkelijke bestand terug, of bewaar het in Word opnieuw als .docx.",
    )


def list_parts(document: WordDocument) -> list[tuple[str, Part]]:
    """The parts that may hold tags, each with its Dutch name; the body first."""
    relaties = document.part.rels.values()
    soorten = [(woord, rel.target_part) for soort, woord in _DELEN.items() for rel in relaties if rel.reltype == soort]
    return [("de hoofdtekst", document.part), *{id(part): (woord, part) for woord, part in soorten}.values()]


def iterate_trees(package: OpcPackage, noemt: bytes = b"") -> Iterator[tuple[Part, etree._Element]]:
    """Every part that holds XML of Word, with its tree; parts in the order of their names.

    Of the parts that python-docx keeps as bytes only those that hold `noemt`, and what is done to the tree is kept.
    """
    for part in sorted(package.iter_parts(), key=lambda deel: str(deel.partname)):
        if isinstance(part, XmlPart):
            yield part, part.element
        elif part.content_type.endswith("+xml") and noemt in part.blob:
            boom = parse_xml(part.blob)
            yield part, boom
            part._blob = etree.tostring(boom, encoding="UTF-8", standalone=True)


def _prune_relations(package: OpcPackage, vervangen: Collection[str]) -> list[str]:
    """Cut loose what nobody sees; report what may not be there."""
    fouten = []
    for rels in [package.rels, *(part.rels for part in package.iter_parts())]:
        for sleutel, relatie in list(rels.items()):
            if not (sleutel and relatie.reltype) or (relatie.is_external and not relatie.target_ref):
                raise ValueError
            if relatie.reltype in _DROPPED:
                del rels[sleutel]
            elif (fout := refuse_relation(relatie)) and not leads_to(relatie, vervangen):
                fouten.append(fout)
    return fouten


def refuse_relation(relatie: _Relationship) -> str:
    """What this relationship brings that no document may hold, or nothing."""
    if relatie.reltype in _DROPPED:
        return ""
    soort = relatie.reltype.rsplit("/", 1)[-1]
    if relatie.is_external and relatie.reltype != RT.HYPERLINK:
        return "een verwijzing naar een bestand buiten het document; voeg de afbeelding in het document zelf in"
    if relatie.reltype in _KEPT:
        return ""
    bekend = next((tekst for begin, tekst in _REFUSED_NAMES.items() if soort.startswith(begin)), None)
    return bekend or f"een onderdeel dat niet toegelaten is ({soort})"


def find_refused(boom: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Every element that no document may hold, with what it is and what its author can do."""
    for element in boom.iter(*(f"{{*}}{naam}" for naam in _REFUSED_ELEMENTS)):
        yield element, _REFUSED_ELEMENTS[etree.QName(element).localname]
    for element in boom.iter("{*}instrText", "{*}fldSimple"):
        code = element.text if element.tag == qn("w:instrText") else element.get(qn("w:instr"))
        woord = (code or "").split()[:1]
        if woord and woord[0].upper() not in _FIELDS:
            yield element, f"een Word-veld {woord[0].upper()}; enkel {', '.join(sorted(_FIELDS))} zijn toegelaten"


def _clean_tree(boom: etree._Element) -> None:
    """Remove marks of editing sessions; leave the contents of a content control in its place."""
    for element in list(boom.iter(*_REMOVED)):
        element.getparent().remove(element)  # type: ignore[union-attr]
    for control in list(boom.iter(qn("w:sdt"))):
        _unwrap(control)
    xml = etree.tostring(boom)
    if not any(woord in xml for woord in _SESSIONS):
        return
    for element in boom.iter(etree.Element):
        for attribuut in list(element.attrib):
            if attribuut in _SESSION_ATTRIBUTES or str(attribuut).startswith(f"{{{nsmap['w']}}}rsid"):
                del element.attrib[attribuut]


def _unwrap(control: etree._Element) -> None:
    inhoud = control.find(qn("w:sdtContent"))
    for kind in inhoud if inhoud is not None else ():
        control.addprevious(kind)
    control.getparent().remove(control)  # type: ignore[union-attr]


def _prune_settings(document: WordDocument) -> None:
    settings = document.settings.element
    for kind in list(settings):
        if etree.QName(kind).localname not in _SETTINGS:
            settings.remove(kind)
