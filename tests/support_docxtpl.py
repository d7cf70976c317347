"""docxtpl itself as the measure of what a rendered template must be: every part compared as a tree."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docxtpl import DocxTemplate
from jinja2 import Environment
from lxml import etree
from markupsafe import Markup, escape

from pipeline.render.compiled import Deel, Sjabloon, read_source
from pipeline.render.sandbox import Zandbak, print_value
from pipeline.render.template import list_parts

#: docxtpl asks the clock when it changes them; ours are written anew.
EIGENSCHAPPEN = "docProps/core.xml"
BLANCO = "{http://www.w3.org/XML/1998/namespace}space"


class Ontziend(Zandbak):
    """Our environment for docxtpl: braces leave as entities, because it rewrites some of them wherever they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.finalize = _spare_braces


def _spare_braces(waarde: object) -> Markup:
    return Markup(str(escape(print_value(waarde))).replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704


def compile_any(sjabloon: bytes, omgeving: Environment) -> Sjabloon:
    """Compile a template as it stands, without the gates of a document of ours."""
    document = Document(io.BytesIO(sjabloon))
    leden = read_members(save(document))
    delen = []
    for nummer, (_, part) in enumerate(list_parts(document)):
        lid = str(part.partname).removeprefix("/")
        bron = read_source(lid, leden[lid], is_hoofd=nummer == 0)
        delen.append(Deel(bron, omgeving.parse(bron.xml), omgeving))
    return Sjabloon(delen, leden)


def render_by_docxtpl(sjabloon: bytes, waarden: Mapping[str, object], omgeving: Environment) -> bytes:
    tpl = DocxTemplate(io.BytesIO(sjabloon))
    tpl.render(dict(waarden), omgeving)
    return save(tpl)


def find_differences(een: bytes, ander: bytes) -> list[str]:
    """Where two documents differ: part, path and what stands there."""
    links, rechts = read_members(een), read_members(ander)
    if links.keys() - {EIGENSCHAPPEN} != rechts.keys() - {EIGENSCHAPPEN}:
        return [f"parts: {sorted(links.keys() ^ rechts.keys())}"]
    return [
        f"{lid}: {verschil}"
        for lid in sorted(links.keys() - {EIGENSCHAPPEN})
        for verschil in _compare(lid, links[lid], rechts[lid])
    ]


def _compare(lid: str, een: bytes, ander: bytes) -> list[str]:
    if not lid.endswith((".xml", ".rels")):
        return [] if een == ander else ["other bytes"]
    lezer = etree.XMLParser(huge_tree=True)
    return _compare_trees(etree.fromstring(een, lezer), etree.fromstring(ander, lezer), "")


def _compare_trees(een: etree._Element, ander: etree._Element, pad: str) -> list[str]:
    hier = f"{pad}/{een.tag}"
    links, rechts = _describe(een), _describe(ander)
    if links != rechts:
        return [f"{hier}: {links} / {rechts}"]
    return [verschil for paar in zip(een, ander, strict=True) for verschil in _compare_trees(*paar, hier)]


def _describe(element: etree._Element) -> tuple[object, ...]:
    """What an element is; blanks at the end of a text are always marked by us, and not always by docxtpl."""
    tekst = element.text or ""
    kenmerken = {str(naam): str(waarde) for naam, waarde in element.attrib.items()}
    if element.tag == qn("w:t") and tekst != " ".join(tekst.split()):
        kenmerken[BLANCO] = "preserve"
    return element.tag, kenmerken, tekst, element.tail or "", len(element)


def read_members(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as pakket:
        return {naam: pakket.read(naam) for naam in pakket.namelist()}


def save(document: WordDocument | DocxTemplate) -> bytes:
    uit = io.BytesIO()
    document.save(uit)
    return uit.getvalue()


def make_template(*blokken: str, kop: str = "", voet: str = "") -> bytes:
    """A template of raw blocks: a paragraph of text, or XML of Word when it begins with `<`."""
    document = Document()
    stijlen = document.styles.element
    for stijl in list(stijlen):  # python-docx brings 160 of them, which are the same on both sides
        stijlen.remove(stijl)
    sectie = document.element.body.sectPr
    for blok in blokken:
        if blok.startswith("<"):
            element = parse_xml(blok.replace(">", f" {nsdecls('w', 'wp', 'a', 'r')}>", 1))
            sectie.addprevious(element)
        else:
            document.add_paragraph(blok)
    if kop:
        document.sections[0].header.paragraphs[0].text = kop
    if voet:
        document.sections[0].footer.paragraphs[0].text = voet
    return save(document)


def make_table(*rijen: tuple[str, ...], eigenschappen: str = "") -> str:
    """The XML of a table with these texts; `eigenschappen` goes into each cell's."""
    breedte = max(map(len, rijen))
    kolommen = '<w:gridCol w:w="1500"/>' * breedte
    tabel = "".join(
        "<w:tr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="1500" w:type="dxa"/>{eigenschappen}</w:tcPr>'
            f"<w:p><w:r><w:t>{tekst}</w:t></w:r></w:p></w:tc>"
            for tekst in rij
        )
        + "</w:tr>"
        for rij in rijen
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid>{kolommen}</w:tblGrid>{tabel}</w:tbl>"
