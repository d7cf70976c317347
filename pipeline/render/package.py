"""The finished file: our own properties, one language, and a ZIP whose bytes depend on nothing but its contents."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from xml.sax.saxutils import escape

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.opc.pkgwriter import _ContentTypesItem
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from pipeline.errors import ConfiguratieFout
from pipeline.render.members import join_members, pack_member
from pipeline.render.template import iterate_trees

_PARTS = re.compile(
    r"""\[Content_Types\]\.xml
    |_rels/\.rels
    |docProps/(core|app)\.xml
    |word/(document|styles|settings|numbering|fontTable|footnotes|endnotes)\.xml
    |word/(header|footer)\d*\.xml
    |word/theme/theme\d*\.xml
    |word/media/[\w.-]+\.(png|jpe?g|gif|bmp|tiff?)
    |word/(theme/)?_rels/[\w.]+\.rels""",
    re.VERBOSE,
)

_ICOON = re.compile(r"word/media/[\w.-]+\.(emf|wmf)")  # how Word shows an embedded file

CORE = "docProps/core.xml"
_CORE = (
    "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{titel}</dc:title><dc:creator>{afzender}</dc:creator><dc:language>{taal}</dc:language>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{tijd}</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{tijd}</dcterms:modified></cp:coreProperties>'
)
_TIJDSTIP = "1980-01-01T00:00:00Z"
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Microsoft Office Word</Application><AppVersion>16.0000</AppVersion></Properties>"
)


def finish_package(
    document: WordDocument, naam: str, titel: str, afzender: str, taal: str, vervangen: Collection[str] = ()
) -> bytes:
    """Write a document as the bytes that leave the house.

    Raises:
        ConfiguratieFout: the template `naam` brought a part that no document may hold.

    """
    _keep_spaces(document)
    leden = list_members(document, naam, taal, vervangen) | {CORE: build_core(titel, afzender, taal)}
    return join_members({lid: pack_member(lid, inhoud) for lid, inhoud in leden.items()})


def list_members(document: WordDocument, naam: str, taal: str, vervangen: Collection[str] = ()) -> dict[str, bytes]:
    """Every member of a finished document; its properties still say nothing but the language.

    `vervangen`: embedded files that were given with the data, and may be there therefore.

    Raises:
        ConfiguratieFout: the template `naam` brought a part that no document may hold.

    """
    set_language(document, taal)
    _set_properties(document, taal)
    leden = _serialise(document.part.package)
    vreemd = [lid for lid in find_foreign(leden) if lid not in vervangen and not (vervangen and _ICOON.fullmatch(lid))]
    if vreemd:
        raise ConfiguratieFout(
            [f"Sjabloon '{naam}' bevat een onderdeel dat niet toegelaten is: {lid}." for lid in vreemd],
            "Maak het sjabloon opnieuw vanuit het standaardsjabloon.",
        )
    return leden


def find_foreign(leden: Iterable[str]) -> list[str]:
    """The members that no document may hold, by name."""
    return sorted(lid for lid in leden if not _PARTS.fullmatch(lid))


def _serialise(package: OpcPackage) -> dict[str, bytes]:
    """What python-docx would pack, before it packs it: we do that ourselves, once."""
    parts = package.parts
    soorten = _ContentTypesItem.from_parts(parts)  # type: ignore[no-untyped-call]
    leden = {"[Content_Types].xml": soorten.blob, "_rels/.rels": package.rels.xml}
    for part in parts:
        leden[part.partname.membername] = part.blob
        if part.rels:
            leden[part.partname.rels_uri.membername] = part.rels.xml
    return leden


def set_language(document: WordDocument, taal: str) -> None:
    """Give the whole document one language: the default of its styles, and every run that names one."""
    stijlen = document.styles.element
    standaard = stijlen.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if standaard is not None and standaard.find(qn("w:lang")) is None:
        standaard.append(OxmlElement("w:lang"))
    for _, boom in iterate_trees(document.part.package, b"w:lang "):
        for element in boom.iter(qn("w:lang"), qn("w:themeFontLang")):
            element.set(qn("w:val"), taal)


def _keep_spaces(document: WordDocument) -> None:
    """Without this mark Word drops blanks at either end of a text."""
    for _, boom in iterate_trees(document.part.package, b"<w:t>"):
        for tekst in boom.iter(qn("w:t")):
            if tekst.text and tekst.text != " ".join(tekst.text.split()):
                tekst.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _set_properties(document: WordDocument, taal: str) -> None:
    package = document.part.package
    for sleutel, relatie in list(package.rels.items()):
        if relatie.reltype in (RT.CORE_PROPERTIES, RT.EXTENDED_PROPERTIES):
            del package.rels[sleutel]
    core = Part(PackURI(f"/{CORE}"), CT.OPC_CORE_PROPERTIES, build_core("", "", taal), package)
    app = Part(PackURI("/docProps/app.xml"), CT.OFC_EXTENDED_PROPERTIES, _APP, package)
    package.relate_to(core, RT.CORE_PROPERTIES)
    package.relate_to(app, RT.EXTENDED_PROPERTIES)


def build_core(titel: str, afzender: str, taal: str) -> bytes:
    """The properties: what anybody may read on the first page, and a time that says nothing."""
    return _CORE.format(titel=escape(titel), afzender=escape(afzender), taal=escape(taal), tijd=_TIJDSTIP).encode()
