"""docxtpl, held to our rules: every tag checked before a value comes near it, no silent repair afterwards."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import lru_cache

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
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
_CITAAT = 80


class _Motor(DocxTemplate):  # type: ignore[misc]
    """docxtpl without its two liberties: tags in document properties, and repair of broken XML."""

    def render_properties(self, context: dict[str, object], jinja_env: Environment | None = None) -> None:
        """Leave them: they are written anew when the file is finished."""

    def fix_tables(self, xml: str) -> etree._Element:
        """Refuse what a forgiving parser would drop in silence."""
        etree.fromstring(xml)
        return super().fix_tables(xml)  # type: ignore[no-any-return]

    def iterate_sources(self) -> Iterator[tuple[str, str]]:
        """Each part with tags: its Dutch name, and its text as Jinja will get it (a line per paragraph)."""
        self.render_init()
        yield "de hoofdtekst", self._patch(self.get_xml())
        for naam, uri in (("een koptekst", self.HEADER_URI), ("een voettekst", self.FOOTER_URI)):
            for _, part in self.get_headers_footers(uri):
                yield naam, self._patch(self.get_part_xml(part))
        for relatie in self.docx.part.rels.values():
            if relatie.reltype == RT.FOOTNOTES:
                yield "een voetnoot", self._patch(relatie.target_part.blob.decode())

    def _patch(self, xml: str) -> str:
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
    for deel, bron in _Motor(io.BytesIO(sjabloon)).iterate_sources():
        regels = bron.split("\n")
        for regel, fout in _find_faults(bron):
            citaat = " ".join(_XML.sub("", regels[min(regel, len(regels)) - 1]).split())[:_CITAAT]
            plaats = f' bij "{citaat}"' if citaat else ""
            fouten.append(f"Sjabloon '{naam}', {deel}{plaats}: {fout}.")
    if fouten:
        raise ConfiguratieFout(fouten, _REMEDIE)


def _find_faults(bron: str) -> list[tuple[int, str]]:
    try:
        boom = Zandbak().parse(bron)
    except TemplateSyntaxError as fout:
        return [(fout.lineno, "een tag is fout geschreven, niet gesloten, of mist zijn begin of einde")]
    return list(find_forbidden(boom, _NAMEN))
