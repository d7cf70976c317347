"""docxtpl, held to our rules: every tag checked before a value comes near it, no silent repair afterwards."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import lru_cache

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import Environment, TemplateError, TemplateSyntaxError
from lxml import etree

from pipeline.errors import ConfiguratieFout
from pipeline.render.context import BUITEN_SJABLOON
from pipeline.render.sandbox import Zandbak, find_forbidden
from schemas.deelbeeld import Deelbeeld

_NAMEN = frozenset(Deelbeeld.model_fields) - BUITEN_SJABLOON | {"ontvanger"}
_REMEDIE = "Verbeter het sjabloon in Word; LEESMIJ.md bij de sjablonen noemt alle velden."
_XML = re.compile(r"<[^>]+>")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_HAKEN = re.compile(r"\{[{%#]|[}%#]\}")
_FOUT_GESCHREVEN = "een tag is fout geschreven, niet gesloten, of mist zijn begin of einde"
_CITAAT = 80


class _Motor(DocxTemplate):  # type: ignore[misc]
    """docxtpl without its two liberties: tags in document properties, and repair of broken XML."""

    def render_properties(self, context: dict[str, object], jinja_env: Environment | None = None) -> None:
        """Leave them: they are written anew when the file is finished."""

    def fix_tables(self, xml: str) -> etree._Element:
        """Refuse what a forgiving parser would drop in silence."""
        etree.fromstring(xml)
        return super().fix_tables(xml)  # type: ignore[no-any-return]

    def iterate_parts(self) -> Iterator[tuple[str, str]]:
        """Each part with tags: its Dutch name, and its XML as it stands in the template."""
        self.render_init()
        yield "de hoofdtekst", self.get_xml()
        for naam, uri in (("een koptekst", self.HEADER_URI), ("een voettekst", self.FOOTER_URI)):
            for _, part in self.get_headers_footers(uri):
                yield naam, self.get_part_xml(part)
        for relatie in self.docx.part.rels.values():
            if relatie.reltype == RT.FOOTNOTES:
                yield "een voetnoot", relatie.target_part.blob.decode()

    def patch_for_jinja(self, xml: str) -> str:
        """The XML as Jinja will get it, a line per paragraph."""
        return re.sub(r"<w:p([ >])", r"\n<w:p\1", self.patch_xml(xml))


def fill_template(naam: str, sjabloon: bytes, context: dict[str, object]) -> WordDocument:
    """Fill a cleaned template.

    Raises:
        ConfiguratieFout: a tag is unknown, misplaced or not allowed; names the template and the field.

    """
    check_template(naam, sjabloon)
    motor = _Motor(io.BytesIO(sjabloon))
    try:
        motor.render(context, Zandbak())
    except etree.XMLSyntaxError:
        reden = "begin en einde van een lus of voorwaarde staan niet op hetzelfde niveau (alinea, tabelrij of cel)"
    except TypeError:
        reden = "een tag gebruikt een veld als lijst of getal terwijl het dat niet is"
    except TemplateError as fout:
        # Raised by the sandbox or by OnbekendVeld: Dutch, and made of the template's own words only.
        reden = str(fout.message)
    else:
        document: WordDocument = motor.docx
        return document
    raise ConfiguratieFout([f"Sjabloon '{naam}': {reden}."], _REMEDIE)


@lru_cache(maxsize=64)
def check_template(naam: str, sjabloon: bytes) -> None:
    """Report at once every tag of a template that the dialect does not have.

    Raises:
        ConfiguratieFout: lists the faults, each with the text around it.

    """
    fouten = []
    motor = _Motor(io.BytesIO(sjabloon))
    for deel, xml in motor.iterate_parts():
        open_ = [f"Sjabloon '{naam}', {deel} bij \"{tekst}\": {_FOUT_GESCHREVEN}." for tekst in _find_unclosed(xml)]
        fouten += open_
        if open_:
            continue
        bron = motor.patch_for_jinja(xml)
        regels = bron.split("\n")
        for regel, fout in _find_faults(bron):
            citaat = " ".join(_XML.sub("", regels[min(regel, len(regels)) - 1]).split())[:_CITAAT]
            plaats = f' bij "{citaat}"' if citaat else ""
            fouten.append(f"Sjabloon '{naam}', {deel}{plaats}: {fout}.")
    if fouten:
        raise ConfiguratieFout(fouten, _REMEDIE)


def _find_unclosed(xml: str) -> Iterator[str]:
    """Paragraphs with half a tag: docxtpl would take all up to the end of a later tag for one, and drop it unseen."""
    for alinea in etree.fromstring(xml.encode()).iter(qn("w:p")):
        tekst = "".join(deel.text or "" for deel in alinea.iter(qn("w:t")))
        tags = [tag[2:-2] for tag in _TAG.findall(tekst)]
        if any(_HAKEN.search(stuk) for stuk in (*tags, _TAG.sub("", tekst))):
            yield " ".join(tekst.split())[:_CITAAT]


def _find_faults(bron: str) -> list[tuple[int, str]]:
    try:
        boom = Zandbak().parse(bron)
    except TemplateSyntaxError as fout:
        return [(fout.lineno, _FOUT_GESCHREVEN)]
    return list(find_forbidden(boom, _NAMEN))
