"""From a Word template to a compiled one that keeps our rules: every tag checked before a value comes near it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from docx.document import Document as WordDocument
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from jinja2 import TemplateError, TemplateSyntaxError, nodes
from lxml import etree

from pipeline.errors import ConfiguratieFout
from pipeline.render.compiled import Bron, Deel, Sjabloon, read_source
from pipeline.render.lint.refusal import describe_refusal
from pipeline.render.sandbox import Zandbak, find_forbidden
from pipeline.render.template import list_parts

_REMEDIE = (
    "Verbeter het sjabloon in Word. LEESMIJ.md bij de sjablonen noemt alle velden; van een sjabloon van uw tafel toont "
    "“overleg sjabloon toets” elke fout met haar plaats."
)
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_HAKEN = re.compile(r"\{[{%#]|[}%#]\}")
_FOUT_GESCHREVEN = "een tag is fout geschreven, niet gesloten, of mist zijn begin of einde"


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
    delen, fout = [], ""
    for nummer, (deel, part) in enumerate(list_parts(document)):
        lid = str(part.partname).removeprefix("/")
        bron = read_source(lid, leden[lid], is_hoofd=nummer == 0)
        wortel = part.element if isinstance(part, XmlPart) else etree.fromstring(leden[lid])
        boom = _parse(bron, wortel, omgeving, namen)
        if boom is not None:
            delen.append((bron, boom))
        else:
            fout = fout or f"{deel}: {_FOUT_GESCHREVEN}."
    if fout:
        fouten = describe_refusal(document, namen) or [fout]
        raise ConfiguratieFout([f"Sjabloon '{naam}', {regel}" for regel in fouten], _REMEDIE)
    return Sjabloon([Deel(*deel, omgeving) for deel in delen], leden)


def fill_template(naam: str, sjabloon: Sjabloon, waarden: Mapping[str, object], eigen: Mapping[str, bytes]) -> bytes:
    """Fill a compiled template.

    Raises:
        ConfiguratieFout: a tag is unknown, misplaced or not allowed; names the template and the field.

    """
    with explain_faults(naam):
        return sjabloon.render(waarden, eigen)


@contextmanager
def explain_faults(naam: str, ook: str = "") -> Iterator[None]:
    """Turn what goes wrong while a template is filled into a ConfiguratieFout; `ook` is what else breaks its XML."""
    try:
        yield
        return
    except etree.XMLSyntaxError:
        reden = "begin en einde van een lus of voorwaarde staan niet op hetzelfde niveau (alinea, tabelrij of cel)"
        reden += ook
    except TypeError:
        reden = "een tag gebruikt een veld als lijst of getal terwijl het dat niet is"
    except TemplateError as fout:
        # Raised by the sandbox or by OnbekendVeld: Dutch, and made of the template's own words only.
        reden = str(fout.message)
    raise ConfiguratieFout([f"Sjabloon '{naam}': {reden}."], _REMEDIE)


def _parse(
    bron: Bron, wortel: etree._Element, omgeving: Zandbak, namen: frozenset[str] | None
) -> nodes.Template | None:
    """The tree of a part; None when it has a fault."""
    if _has_unclosed(wortel):
        return None
    try:
        boom = omgeving.parse(bron.xml)
    except TemplateSyntaxError:
        return None
    if next(find_forbidden(boom, namen), None) is not None:
        return None
    omgeving.bound(boom)
    return boom


def _has_unclosed(boom: etree._Element) -> bool:
    """Whether a paragraph has half a tag: docxtpl would drop all up to the end of a later tag, unseen."""
    for alinea in boom.iter(qn("w:p")):
        tekst = "".join(deel.text or "" for deel in alinea.iter(qn("w:t")))
        tags = [tag[2:-2] for tag in _TAG.findall(tekst)]
        if any(_HAKEN.search(stuk) for stuk in (*tags, _TAG.sub("", tekst))):
            return True
    return False
