"""A template with pictures, sub-documents or replaced parts: rendered by docxtpl itself, within our bounds.

The fast road has no place for objects from outside. docxtpl has, with faults of its own that are closed here: XML that
breaks is refused instead of repaired, braces in a value stay what they are, what is not printed leaves nothing behind,
and the file is packed as any other of ours. No document of a table comes here.
"""

from __future__ import annotations

import io
import zlib
from collections import Counter
from collections.abc import Collection, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from docx.document import Document as WordDocument
from docx.image.image import Image
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.exceptions import XmlchemyError
from docx.oxml.ns import qn
from docx.parts.story import StoryPart
from docx.shared import Length, Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import Template, TemplateRuntimeError, nodes
from lxml import etree
from markupsafe import Markup, escape

from pipeline.errors import ConfiguratieFout
from pipeline.render.compiled import STRENG, fix_columns
from pipeline.render.data import Datazandbak, check_data, list_names, read_language, refuse_unused
from pipeline.render.engine import compile_template, explain_faults
from pipeline.render.inserts import Afbeelding, Deeldocument, Gegevens, Invoegsel
from pipeline.render.members import join_members, pack_member
from pipeline.render.package import finish_package, list_members
from pipeline.render.replace import check_pictures, find_embedded, replace_parts
from pipeline.render.sandbox import find_forbidden
from pipeline.render.template import clean_template, list_parts

_BINNEN = (qn("w:p"), qn("w:r"), qn("w:t"))
_MISPLAATST = (
    "een deeldocument staat midden in een zin; geef het een eigen alinea met niets anders dan {{p naam }}, "
    "met de p aan de haken"
)
_GEBROKEN = ", of bij een afbeelding staat een letter aan de haken: ze hoort in een gewone tag {{ naam }}"
_ONLEESBAAR = (AttributeError, IndexError, KeyError, NotImplementedError, TypeError, ValueError, XmlchemyError)


@dataclass(frozen=True)
class Gevuld:
    """A filled document, and how much was put in it."""

    docx: bytes
    afbeeldingen: int
    deeldocumenten: int
    vervangen: int


def render_through_docxtpl(naam: str, sjabloon: bytes, gegevens: Gegevens, *, soepel: bool) -> Gevuld:
    """Fill a template with data that hold more than text.

    Args:
        naam: the name of the template in messages.
        sjabloon: the .docx, in docxtpl's dialect.
        gegevens: what its tags may use, and what takes the place of its parts.
        soepel: print nothing for a name that the data do not have, and pass over what no tag uses.

    Raises:
        PoortFout: a value holds a character that a Word document cannot hold; names field and position.
        ConfiguratieFout: the template or its fit with the data is at fault; lists all faults.

    """
    waarden, vervanging = check_data(naam, gegevens.waarden), gegevens.vervanging
    vervangen = find_embedded(naam, sjabloon, vervanging)
    document = clean_template(naam, sjabloon, vervangen=vervangen)
    taal = read_language(document)
    leden = list_members(document, naam, taal, vervangen)
    namen = None if soepel else frozenset(waarden)
    compile_template(naam, document, leden, Datazandbak(soepel=soepel), namen)
    if not soepel:
        refuse_unused(naam, waarden, list_names(document, leden))
    check_pictures(naam, document, vervanging)
    schoon = join_members({lid: pack_member(lid, inhoud) for lid, inhoud in leden.items()})
    brug = _Brug(replace_parts(schoon, vervanging) if vervanging.count() else schoon)
    zandbak = _Invoegzandbak(brug, namen, soepel=soepel)
    lijsten = _list_lists(brug.docx)
    with explain_faults(naam, _GEBROKEN):
        brug.render(waarden, zandbak)
        _check_result(brug.docx)
    _settle_lists(brug.docx, lijsten)
    docx = finish_package(brug.docx, naam, "", "", taal, vervangen)
    return Gevuld(docx, brug.telling[Afbeelding], brug.telling[Deeldocument], vervanging.count())


class _Brug(DocxTemplate):  # type: ignore[misc]
    """docxtpl's template, placing our pictures and sub-documents at the moment that a tag prints them."""

    def __init__(self, sjabloon: bytes) -> None:
        super().__init__(io.BytesIO(sjabloon))
        self.init_docx()
        self.telling: Counter[type[Invoegsel]] = Counter()
        self._delen: dict[Deeldocument, str] = {}

    def fix_tables(self, xml: str) -> etree._Element:
        """Fit the columns as docxtpl does; XML that is broken or very long is not repaired or cut off on the way."""
        etree.fromstring(xml.encode(), STRENG)
        return etree.fromstring(fix_columns(xml).encode(), STRENG)

    def place(self, invoegsel: Invoegsel) -> str:
        """The XML of a picture or sub-document where a tag prints it."""
        if isinstance(invoegsel, Afbeelding):
            xml = self._place_picture(invoegsel)
        elif isinstance(invoegsel, Deeldocument):
            xml = self._place_subdocument(invoegsel)
        self.telling[type(invoegsel)] += 1
        return xml

    def _place_picture(self, afbeelding: Afbeelding) -> str:
        if not isinstance(self.current_rendering_part, StoryPart):
            raise TemplateRuntimeError("een afbeelding kan niet in een voetnoot staan")
        maten = [None if maat is None else Mm(float(maat)) for maat in (afbeelding.breedte_mm, afbeelding.hoogte_mm)]
        self._refuse_large(afbeelding, *maten)
        beeld = InlineImage(self, io.BytesIO(afbeelding.bestand.inhoud), *maten, afbeelding.koppeling or None)
        xml = str(beeld)
        if not afbeelding.omschrijving:
            return xml
        return xml.replace("<wp:docPr ", f'<wp:docPr descr="{_spare_braces(afbeelding.omschrijving)}" ', 1)

    def _refuse_large(self, afbeelding: Afbeelding, breedte: Length | None, hoogte: Length | None) -> None:
        wordt = Image.from_blob(afbeelding.bestand.inhoud).scaled_dimensions(breedte, hoogte)
        for maat, sleutel, woord, eigenschap in zip(
            wordt, ("breedte_mm", "hoogte_mm"), ("breed", "hoog"), ("page_width", "page_height"), strict=True
        ):
            pagina = max((getattr(sectie, eigenschap) or 0 for sectie in self.docx.sections), default=0)
            if pagina and maat > pagina:
                raise ConfiguratieFout(
                    [
                        f"De afbeelding “{afbeelding.bestand.naam}” wordt {round(Length(maat).mm)} mm {woord}, "
                        f"en de pagina is maar {round(Length(pagina).mm)} mm {woord}."
                    ],
                    f"Geef in het gegevensbestand bij deze afbeelding {sleutel} op.",
                )

    def _place_subdocument(self, deel: Deeldocument) -> str:
        if self.current_rendering_part is not self.docx.part:
            raise TemplateRuntimeError("een deeldocument kan enkel in de hoofdtekst staan")
        if deel not in self._delen:
            try:
                lijf = self.new_subdoc(io.BytesIO(deel.bestand.inhoud)).subdocx.element.body
            except _ONLEESBAAR:
                raise ConfiguratieFout(
                    [f"Deeldocument '{deel.bestand.naam}' kan niet ingevoegd worden: het is niet gaaf."],
                    "Bewaar het in Word opnieuw als .docx en probeer opnieuw.",
                ) from None
            # docxtpl's own text of it leaves out the namespaces that its root declares.
            blokken = [kind for kind in lijf if kind.tag != qn("w:sectPr")]
            self._delen[deel] = "".join(etree.tostring(kind, encoding="unicode", with_tail=False) for kind in blokken)
        return self._delen[deel]


class _Invoegzandbak(Datazandbak):
    """The sandbox for docxtpl: it compiles what it is given only after our checks, and prints what comes from files."""

    def __init__(self, brug: _Brug, namen: frozenset[str] | None, *, soepel: bool) -> None:
        super().__init__(soepel=soepel)
        self._brug, self._namen = brug, namen

    def from_string(
        self,
        source: str | nodes.Template,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
        template_class: type[Template] | None = None,  # noqa: ARG002
    ) -> Template:
        """Compile a part that was checked already, with the bounds in it."""
        boom = self.parse(source) if isinstance(source, str) else source
        for _, fout in find_forbidden(boom, self._namen):
            raise TemplateRuntimeError(fout)
        self.bound(boom)
        return Template.from_code(self, self.compile(boom), self.make_globals(globals))

    def print(self, waarde: object) -> Markup:
        """Print text escaped, its braces too: docxtpl rewrites some of them wherever they stand."""
        if isinstance(waarde, Invoegsel):
            return Markup(self.spend(self._brug.place(waarde)))  # noqa: S704
        return _spare_braces(super().print(waarde))


def _spare_braces(tekst: str) -> Markup:
    return Markup(str(escape(tekst)).replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704


def _check_result(document: WordDocument) -> None:
    """Refuse what XML allows and Word does not. Raises TemplateRuntimeError or XMLSyntaxError."""
    for _, part in list_parts(document):
        boom = etree.fromstring(part.blob, STRENG)
        for blok in boom.iter(qn("w:p"), qn("w:tbl")):
            ouder = blok.getparent()
            if ouder is not None and ouder.tag in _BINNEN:
                raise TemplateRuntimeError(_MISPLAATST)
    for rel in document.part.rels.values():
        if rel.reltype == RT.FOOTNOTES:
            nummers = [noot.get(qn("w:id")) for noot in parse_xml(rel.target_part.blob).iter(qn("w:footnote"))]
            if len(set(nummers)) < len(nummers):
                raise TemplateRuntimeError(
                    "de voetnoten van het sjabloon en van een deeldocument kregen hetzelfde nummer; "
                    "bewaar het sjabloon opnieuw in Word"
                )


def _list_lists(document: WordDocument) -> Mapping[str, etree._Element]:
    """The definitions of lists that a document has, by number."""
    delen = [rel.target_part for rel in document.part.rels.values() if rel.reltype == RT.NUMBERING]
    lijsten = [lijst for part in delen if isinstance(part, XmlPart) for lijst in part.element.iter(qn("w:abstractNum"))]
    return {str(lijst.get(qn("w:abstractNumId"))): lijst for lijst in lijsten}


def _settle_lists(document: WordDocument, bekend: Collection[str]) -> None:
    """Give each list of a sub-document a mark that follows from it: docxcompose draws one by lot."""
    for nummer, lijst in _list_lists(document).items():
        merk = lijst.find(qn("w:nsid"))
        if nummer not in bekend and merk is not None:
            merk.set(qn("w:val"), "")
            merk.set(qn("w:val"), f"{zlib.crc32(etree.tostring(lijst)):08X}")
