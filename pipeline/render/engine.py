"""From a Word template to a compiled one that keeps our rules: every tag checked before a value comes near it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from jinja2 import TemplateError, TemplateSyntaxError, nodes
from lxml import etree

from pipeline.errors import ConfiguratieFout
from pipeline.render.compiled import Bron, Deel, Sjabloon, read_source
from pipeline.render.sandbox import Zandbak, find_forbidden

_REMEDIE = "Verbeter het sjabloon in Word; LEESMIJ.md bij de sjablonen noemt alle velden."
_XML = re.compile(r"<[^>]+>")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_HAKEN = re.compile(r"\{[{%#]|[}%#]\}")
_FOUT_GESCHREVEN = "een tag is fout geschreven, niet gesloten, of mist zijn begin of einde"
_CITAAT = 80
_DELEN = {RT.HEADER: "een koptekst", RT.FOOTER: "een voettekst", RT.FOOTNOTES: "een voetnoot"}


def compile_template(
    naam: str, document: WordDocument, leden: Mapping[str, bytes], omgeving: Zandbak, namen: frozenset[str] | None
) -> Sjabloon:
    """Check a cleaned template and compile it.

    Args:
        naam: the name of the template in messages.
        document: the cleaned template.
        leden: its members as they will be written.
        omgeving: the language of its tags.
        namen: the fields that its tags may use; None for any.

    Raises:
        ConfiguratieFout: lists every tag that the dialect does not have, each with the text around it.

    """
    fouten: list[str] = []
    delen = []
    for nummer, (deel, part) in enumerate(list_parts(document)):
        lid = str(part.partname).removeprefix("/")
        bron = read_source(lid, leden[lid], is_hoofd=nummer == 0)
        plaats = f"Sjabloon '{naam}', {deel}"
        wortel = part.element if isinstance(part, XmlPart) else etree.fromstring(leden[lid])
        boom, eigen = _parse(bron, wortel, omgeving, namen)
        fouten += [f"{plaats}{waar}: {fout}." for waar, fout in eigen]
        if boom is not None:
            delen.append((bron, boom))
    if fouten:
        raise ConfiguratieFout(fouten, _REMEDIE)
    return Sjabloon([Deel(*deel, omgeving) for deel in delen], leden)


def fill_template(naam: str, sjabloon: Sjabloon, waarden: Mapping[str, object], eigen: Mapping[str, bytes]) -> bytes:
    """Fill a compiled template.

    Raises:
        ConfiguratieFout: a tag is unknown, misplaced or not allowed; names the template and the field.

    """
    try:
        return sjabloon.render(waarden, eigen)
    except etree.XMLSyntaxError:
        reden = "begin en einde van een lus of voorwaarde staan niet op hetzelfde niveau (alinea, tabelrij of cel)"
    except TypeError:
        reden = "een tag gebruikt een veld als lijst of getal terwijl het dat niet is"
    except TemplateError as fout:
        # Raised by the sandbox or by OnbekendVeld: Dutch, and made of the template's own words only.
        reden = str(fout.message)
    raise ConfiguratieFout([f"Sjabloon '{naam}': {reden}."], _REMEDIE)


def list_parts(document: WordDocument) -> list[tuple[str, Part]]:
    """The parts that may hold tags, each with its Dutch name; the body first."""
    relaties = document.part.rels.values()
    soorten = [(woord, rel.target_part) for soort, woord in _DELEN.items() for rel in relaties if rel.reltype == soort]
    return [("de hoofdtekst", document.part), *{id(part): (woord, part) for woord, part in soorten}.values()]


def _parse(
    bron: Bron, wortel: etree._Element, omgeving: Zandbak, namen: frozenset[str] | None
) -> tuple[nodes.Template | None, list[tuple[str, str]]]:
    """The tree of a part, or its faults with the text around each."""
    if open_ := list(_find_unclosed(wortel)):
        return None, [(_quote(tekst), _FOUT_GESCHREVEN) for tekst in open_]
    boom = None
    try:
        boom = omgeving.parse(bron.xml)
        if not list(find_forbidden(boom, namen)):
            omgeving.bound(boom)
            return boom, []
    except TemplateSyntaxError:
        pass
    return None, _locate(bron, omgeving, namen)


def _locate(bron: Bron, omgeving: Zandbak, namen: frozenset[str] | None) -> list[tuple[str, str]]:
    """Read it again with a line for each paragraph, so that a line tells where a fault is."""
    xml = re.sub(r"<w:p([ >])", r"\n<w:p\1", bron.xml)
    regels = xml.split("\n")
    try:
        fouten = list(find_forbidden(omgeving.parse(xml), namen))
    except TemplateSyntaxError as fout:
        fouten = [(fout.lineno, _FOUT_GESCHREVEN)]
    return [(_quote(_XML.sub("", regels[min(regel, len(regels)) - 1])), fout) for regel, fout in fouten]


def _quote(tekst: str) -> str:
    citaat = " ".join(tekst.split())[:_CITAAT]
    return f' bij "{citaat}"' if citaat else ""


def _find_unclosed(boom: etree._Element) -> Iterator[str]:
    """Paragraphs with half a tag: docxtpl would take all up to the end of a later tag for one, and drop it unseen."""
    for alinea in boom.iter(qn("w:p")):
        tekst = "".join(deel.text or "" for deel in alinea.iter(qn("w:t")))
        tags = [tag[2:-2] for tag in _TAG.findall(tekst)]
        if any(_HAKEN.search(stuk) for stuk in (*tags, _TAG.sub("", tekst))):
            yield tekst
