"""A template compiled once: what never changes is packed already, what changes is rendered as text.

docxtpl opens, patches, compiles, parses and packs for every document; rendering itself is a small part of that. Here
all but the rendering is done once. The dialect stays docxtpl's: its own functions patch the tags at the start and
resolve line ends, tabs and columns afterwards, in the pieces that need it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from docxtpl import DocxTemplate
from jinja2 import Environment, Template, nodes
from lxml import etree

from pipeline.render.members import Lid, join_members, pack_member
from pipeline.render.proof import prove
from pipeline.render.rows import MERK, bound_rows, settle_rows

_KOP = re.compile(r"\s*<\?xml[^>]*\?>\s*")
_BIJZONDER = "\t\n\a\f"
_ALINEA = re.compile(r"<w:p(?: [^>]*)?>")
_LOSSE_TEKST = re.compile(r"<w:t>([^<]*)</w:t>")
_TEKST_MET_TAG = re.compile(r"<w:t>[^<]*\{[{%]")
_TEKST = re.compile(r"(<w:t(?: [^>]*)?>)[^<]*")
_ROOSTER = re.compile(r"<w:tblGrid>.*?</w:tblGrid>|<w:tblGrid/>", re.DOTALL)
_TABEL = re.compile(r"<w:tbl[ >]")
_NUMMER = re.compile(r'(<wp:docPr\b[^>]*?\sid=")[^"]*(")')
_NAAMRUIMTE = re.compile(r' xmlns:\w+="[^"]*"')
_LEGE_TABEL = "</w:tblGrid></w:tbl>"
_UITWIJKING = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))
_UITGEWEKEN = re.compile(r"\{_[{%]|[}%]_\}")
_EERSTE_NUMMER = 1001
_DOCXTPL = DocxTemplate(None)
STRENG = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True)


@dataclass(frozen=True)
class Bron:
    """A part that may hold tags: its XML with the tags patched, and what stood before the root.

    `is_hoofd` for the body of the document.
    """

    lid: str
    kop: str
    xml: str
    is_hoofd: bool


class Deel:
    """One part, compiled from the tree that Jinja made of it."""

    def __init__(self, bron: Bron, boom: nodes.Template, omgeving: Environment) -> None:
        self.lid, self._kop, xml = bron.lid, bron.kop, bron.xml
        bevonden = prove(boom)
        self.is_bewezen = bevonden.heel and omgeving.autoescape is True
        self.kolommen_vast = not bron.is_hoofd or not _TABEL.search(xml) or bevonden.kolommen_vast
        self._nummert = bron.is_hoofd and "<wp:docPr" in xml
        self._houdt_rijen = MERK in xml
        self._spaties_los = _TEKST_MET_TAG.search(xml) is not None
        if _UITGEWEKEN.search(xml):
            _replace_escapes(boom)
        self._sjabloon: Template = Template.from_code(omgeving, omgeving.compile(boom), omgeving.make_globals(None))

    def render(self, waarden: Mapping[str, object], *, platte_waarden: bool) -> bytes:
        """Fill this part.

        Raises:
            XMLSyntaxError: begin and end of a loop or condition cross an element.

        """
        xml = self._sjabloon.render(waarden)
        if _is_special(xml):
            xml = _resolve_listing(xml)
        if not (self.is_bewezen and platte_waarden):
            etree.fromstring(xml.encode(), STRENG)
        if not self.kolommen_vast or _LEGE_TABEL in xml:
            xml = fix_columns(xml)
        if self._nummert:
            xml = _number_drawings(xml)
        if self._houdt_rijen:
            xml = settle_rows(xml)
        if self._spaties_los:
            xml = _keep_spaces(xml)
        return f"{self._kop}{xml}".encode()


class Sjabloon:
    """A whole template, compiled: parts to fill, and members that are copied as they are."""

    def __init__(self, delen: Sequence[Deel], leden: Mapping[str, bytes]) -> None:
        self._delen = tuple(delen)
        vast = leden.keys() - {deel.lid for deel in delen}
        self._vast: dict[str, Lid] = {naam: pack_member(naam, leden[naam]) for naam in vast}

    def render(
        self, waarden: Mapping[str, object], eigen: Mapping[str, bytes], *, platte_waarden: bool = True
    ) -> bytes:
        """Fill the template.

        Args:
            waarden: what its tags may use, checked for characters that XML cannot hold.
            eigen: members that are new for this document.
            platte_waarden: whether every value is text, number, list or dict, so that it prints escaped.

        """
        leden = dict(self._vast)
        for deel in self._delen:
            leden[deel.lid] = pack_member(deel.lid, deel.render(waarden, platte_waarden=platte_waarden))
        for naam, inhoud in eigen.items():
            leden[naam] = pack_member(naam, inhoud)
        return join_members(leden)


def read_source(lid: str, inhoud: bytes, *, is_hoofd: bool) -> Bron:
    """The XML of a part as Jinja can read it, by docxtpl's own rules."""
    xml = inhoud.decode()
    gevonden = _KOP.match(xml)
    kop = gevonden.group() if gevonden else ""
    return Bron(lid, kop, bound_rows(_keep_spaces(_DOCXTPL.patch_xml(xml[len(kop) :]))), is_hoofd)


def _replace_escapes(boom: nodes.Template) -> None:
    for tekst in boom.find_all(nodes.TemplateData):
        for van, naar in _UITWIJKING:
            tekst.data = tekst.data.replace(van, naar)


def _keep_spaces(xml: str) -> str:
    """Without this mark Word drops blanks at either end of a text."""
    return _LOSSE_TEKST.sub(_mark_spaces, xml)


def _mark_spaces(gevonden: re.Match[str]) -> str:
    tekst = gevonden.group(1)
    if tekst == " ".join(tekst.split()):
        return gevonden.group()
    return f'<w:t xml:space="preserve">{tekst}</w:t>'


def _is_special(xml: str) -> bool:
    return any(teken in xml for teken in _BIJZONDER)  # four times faster than an expression for all of them


def _resolve_listing(xml: str) -> str:
    """Turn tabs and line ends in values into Word's own, in the paragraphs that have any."""
    stukken = xml.split("</w:p>")
    for nummer, stuk in enumerate(stukken[:-1]):
        if _is_special(stuk):
            stukken[nummer] = _DOCXTPL.resolve_listing(f"{stuk}</w:p>").removesuffix("</w:p>")
    return "</w:p>".join(stukken)


def _number_drawings(xml: str) -> str:
    teller = iter(range(_EERSTE_NUMMER, _EERSTE_NUMMER + len(xml)))
    return _NUMMER.sub(lambda gevonden: f"{gevonden.group(1)}{next(teller)}{gevonden.group(2)}", xml)


def fix_columns(xml: str) -> str:
    """Let docxtpl fit the columns of each table to its rows; the text has no part in it, so it does not go along."""
    try:
        boom = _DOCXTPL.fix_tables(_TEKST.sub(r"\1", xml))
    except (TypeError, AttributeError):
        return xml  # a column without a width, or a table without columns, which Word reckons out itself
    roosters = iter(boom.iter(f"{{{boom.nsmap['w']}}}tblGrid"))
    return _ROOSTER.sub(lambda _: _NAAMRUIMTE.sub("", etree.tostring(next(roosters), encoding="unicode")), xml)
