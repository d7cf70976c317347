"""The Word package around a form's contents: styles, header, footer, properties, and a zip that is always the same."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lxml import etree

from pipeline.forms.prompts import build_glossary
from pipeline.forms.styles import NUMBERING, STYLES
from pipeline.forms.wordml import NS, Element, el, paragraph, root, run
from schemas.voorwerk import VERTROUWELIJK, make_voet

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
KOP_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

#: Part of the document -> relationship id; the name is also its relationship type and content type.
DELEN = {"styles": "rId1", "numbering": "rId2", "settings": "rId3", "header": "rId4", "footer": "rId5"}
GLOSSARY = "rId6"


class Papieren(NamedTuple):
    """What header, footer and properties say of the form."""

    titel: str
    tafel: str
    markering: str
    versie: str
    taal: str
    datum: dt.date


def pack(inhoud: Iterable[Element], papieren: Papieren, prompts: Mapping[str, str]) -> bytes:
    """A Word file of this content and the prompts of its controls: fixed order and times, no trace of who or when."""
    # A body ends in a paragraph; this one is lower than any line, and opens no page of its own.
    document = el("w:body", *inhoud, paragraph(stijl="Tussenruimte"), _section())
    stijlen = STYLES.format(w=NS["w"], taal=papieren.taal).encode()
    delen = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _package_rels(),
        "docProps/core.xml": _core(papieren),
        "docProps/app.xml": _app(),
        "word/document.xml": _serialize(root("w:document", document)),
        "word/_rels/document.xml.rels": _document_rels(),
        "word/styles.xml": stijlen,
        "word/numbering.xml": NUMBERING.format(w=NS["w"]).encode(),
        "word/settings.xml": _settings(papieren.taal),
        "word/header.xml": _serialize(root("w:hdr", _header(papieren))),
        "word/footer.xml": _serialize(root("w:ftr", *_footer(papieren))),
        "word/glossary/document.xml": _serialize(build_glossary(prompts)),
        "word/glossary/_rels/document.xml.rels": _rels(("rId1", f"{OFFICE}/styles", "styles.xml")),
        "word/glossary/styles.xml": stijlen,
    }
    return write_zip(delen)


def write_zip(delen: Mapping[str, bytes]) -> bytes:
    """The parts as a package: equal bytes for equal parts, whatever the system."""
    bestand = io.BytesIO()
    with zipfile.ZipFile(bestand, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archief:
        for naam, inhoud in delen.items():
            kop = zipfile.ZipInfo(naam, (1980, 1, 1, 0, 0, 0))
            kop.compress_type = zipfile.ZIP_DEFLATED
            # Otherwise the byte says on which system the form was made.
            kop.create_system = 0
            archief.writestr(kop, inhoud)
    return bestand.getvalue()


def _serialize(element: Element) -> bytes:
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)


def _section() -> Element:
    return el(
        "w:sectPr",
        el("w:headerReference", type="default", **{"r:id": DELEN["header"]}),
        el("w:footerReference", type="default", **{"r:id": DELEN["footer"]}),
        el("w:pgSz", w="11906", h="16838"),
        el("w:pgMar", top="1474", right="1134", bottom="1474", left="1134", header="680", footer="567", gutter="0"),
    )


def _header(papieren: Papieren) -> Element:
    return paragraph(f"{papieren.tafel}\t", run(VERTROUWELIJK, vet=True), stijl="Header")


def _footer(papieren: Papieren) -> list[Element]:
    bladzijde = [run("\tPagina "), _field("PAGE"), run(" van "), _field("NUMPAGES")]
    titel = run(make_voet(papieren.titel, papieren.versie))
    return [paragraph(papieren.markering, stijl="Footer"), paragraph(titel, *bladzijde, stijl="Footer")]


def _field(code: str) -> Element:
    return el("w:fldSimple", run("1"), instr=f" {code} ")


def _settings(taal: str) -> bytes:
    eigenschappen = {"compatibilityMode": "15", "differentiateMultirowTableHeaders": "1"}
    uri = "http://schemas.microsoft.com/office/word"
    compat = (el("w:compatSetting", name=naam, uri=uri, val=waarde) for naam, waarde in eigenschappen.items())
    return _serialize(
        root(
            "w:settings",
            el("w:zoom", percent="100"),
            el("w:defaultTabStop", val="709"),
            el("w:characterSpacingControl", val="doNotCompress"),
            el("w:compat", *compat),
            el("w:themeFontLang", val=taal),
            el("w:decimalSymbol", val=","),
            el("w:listSeparator", val=";"),
        )
    )


def _content_types() -> bytes:
    soorten = {f"/word/{deel}.xml": f"{WORD}.{deel}+xml" for deel in DELEN}
    soorten["/word/document.xml"] = f"{WORD}.document.main+xml"
    soorten["/word/glossary/document.xml"] = f"{WORD}.document.glossary+xml"
    soorten["/word/glossary/styles.xml"] = f"{WORD}.styles+xml"
    soorten["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    soorten["/docProps/app.xml"] = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    regels = "".join(f'<Override PartName="{naam}" ContentType="{soort}"/>' for naam, soort in soorten.items())
    return (
        f'{KOP_XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{regels}</Types>'
    ).encode()


def _package_rels() -> bytes:
    return _rels(
        ("rId1", f"{OFFICE}/officeDocument", "word/document.xml"),
        ("rId2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ("rId3", f"{OFFICE}/extended-properties", "docProps/app.xml"),
    )


def _document_rels() -> bytes:
    glossary = (GLOSSARY, f"{OFFICE}/glossaryDocument", "glossary/document.xml")
    return _rels(*((nummer, f"{OFFICE}/{deel}", f"{deel}.xml") for deel, nummer in DELEN.items()), glossary)


def _rels(*relaties: tuple[str, str, str]) -> bytes:
    regels = "".join(f'<Relationship Id="{nr}" Type="{soort}" Target="{doel}"/>' for nr, soort, doel in relaties)
    return f'{KOP_XML}<Relationships xmlns="{PACKAGE}/relationships">{regels}</Relationships>'.encode()


def _core(papieren: Papieren) -> bytes:
    dc, terms = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
    xsi = "http://www.w3.org/2001/XMLSchema-instance"
    cp = f"{PACKAGE}/metadata/core-properties"
    kern = etree.Element(f"{{{cp}}}coreProperties", nsmap={"cp": cp, "dc": dc, "dcterms": terms, "xsi": xsi})
    for naam, waarde in (("title", papieren.titel), ("creator", papieren.tafel), ("language", papieren.taal)):
        etree.SubElement(kern, f"{{{dc}}}{naam}").text = waarde
    # The day from which the form holds, not the day it was made: the same form is the same file.
    for naam in ("created", "modified"):
        moment = etree.SubElement(kern, f"{{{terms}}}{naam}", {f"{{{xsi}}}type": "dcterms:W3CDTF"})
        moment.text = f"{papieren.datum.isoformat()}T00:00:00Z"
    return _serialize(kern)


def _app() -> bytes:
    soort = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{KOP_XML}<Properties xmlns="{soort}"><Application>casusoverleg</Application></Properties>'.encode()
