"""A Word document that is put in another: cleaned like a template, and without what does not survive the move.

It is printed as it is: its tags are not filled in, its own page, header and footer stay behind, and a style that both
documents have looks as it does in the template.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterator
from zipfile import BadZipFile

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from lxml import etree

from pipeline.errors import ConfiguratieFout, InvoerFout
from pipeline.render.package import find_foreign
from pipeline.render.template import clean_template, iterate_trees
from pipeline.safezip import SafeZip, open_zip

_SOORT = "Deeldocument"
_REMEDIE = "Pas het deeldocument aan in Word, of bewaar het daar opnieuw als .docx."
_ONLEESBAAR = (BadZipFile, zlib.error, struct.error, EOFError, KeyError, ValueError, OSError, NotImplementedError)
_IGNORABLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
#: What would be taken for a tag, or changed, once it stands in the template.
_TAG = re.compile(r"\{_?[{%#]|[}%]_\}")
_ZIP = b"PK"


def prepare_subdocument(naam: str, inhoud: bytes) -> bytes:
    """Clean a document that will be put in another.

    Raises:
        ConfiguratieFout: it is no Word document, or holds what may not or cannot go along; lists all faults.

    """
    if inhoud.startswith(_ZIP):
        judge_package(f"{_SOORT} '{naam}'", inhoud, _REMEDIE)
    document = clean_template(naam, inhoud, _SOORT)
    fouten = [f"{_SOORT} '{naam}' {fout}." for fout in _find_faults(document)]
    if fouten:
        raise ConfiguratieFout(fouten, _REMEDIE)
    _drop_extensions(document)
    _end_with_a_paragraph(document)
    uit = io.BytesIO()
    document.save(uit)
    return uit.getvalue()


def judge_package(wat: str, inhoud: bytes, remedie: str) -> SafeZip:
    """Inflate a package once within the bounds. Raises ConfiguratieFout when it is damaged, or too much."""
    try:
        pakket = open_zip(wat, inhoud)
        doctype = any(b"<!DOCTYPE" in pakket.read(lid).replace(b"\x00", b"") for lid in pakket.names)
    except InvoerFout as fout:
        redenen = {
            "zip-te-groot": "wordt na het uitpakken veel te groot",
            "zip-versleuteld": "is met een wachtwoord beveiligd",
        }
        reden = redenen.get(fout.bevinding.code, "is anders ingepakt dan Word het doet")
    except _ONLEESBAAR:
        reden = "is beschadigd of niet door Word gemaakt"
    else:
        if not doctype:
            return pakket
        reden = "bevat een DOCTYPE-verwijzing; die komt in een gewoon bestand van Word nooit voor"
    raise ConfiguratieFout([f"{wat} {reden}."], remedie)


def _find_faults(document: WordDocument) -> Iterator[str]:
    """What cannot go along to another document, as the rest of a sentence."""
    lijf, rels = document.element.body, document.part.rels.values()
    if lijf.find(f"{qn('w:p')}/{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
        yield "heeft meer dan één sectie; haal de sectie-einden weg, het krijgt de bladspiegel van het sjabloon"
    if next(lijf.iter(qn("w:endnoteReference")), None) is not None:
        yield "bevat een eindnoot; maak er een voetnoot van"
    notenblad = [rel.target_part for rel in rels if rel.reltype == RT.FOOTNOTES and not rel.is_external]
    if any(noten.rels for noten in notenblad):
        yield "bevat een koppeling of een afbeelding in een voetnoot; zet ze in de tekst"
    teksten = [*map(_read_text, lijf.iter(qn("w:p"))), *(_read_text(parse_xml(noten.blob)) for noten in notenblad)]
    if any(map(_TAG.search, teksten)):
        yield "bevat een tag ({{ … }} of {% … %}); een deeldocument wordt niet ingevuld, zet de tag in het sjabloon"
    delen = [part.partname.membername for part in document.part.package.iter_parts()]
    for lid in find_foreign(delen):
        yield f"bevat een onderdeel dat niet toegelaten is: {lid}"


def _read_text(boom: etree._Element) -> str:
    return "".join(str(tekst.text or "") for tekst in boom.iter(qn("w:t")))


def _drop_extensions(document: WordDocument) -> None:
    """Drop what the document itself says a reader may ignore: the template would not say so of it."""
    for _, boom in iterate_trees(document.part.package, b"Ignorable"):
        wortel = boom.getroottree().getroot()
        namen = {str(wortel.nsmap[naam]) for naam in wortel.get(_IGNORABLE, "").split() if naam in wortel.nsmap}
        for element in list(boom.iter(etree.Element)) if namen else ():
            for kenmerk in [kenmerk for kenmerk in element.attrib if etree.QName(kenmerk).namespace in namen]:
                del element.attrib[kenmerk]
            ouder = element.getparent()
            if ouder is not None and etree.QName(element).namespace in namen:
                ouder.remove(element)


def _end_with_a_paragraph(document: WordDocument) -> None:
    """A cell of a table that does not end with a paragraph is damaged to Word."""
    blokken = [kind for kind in document.element.body if kind.tag != qn("w:sectPr")]
    if not blokken or blokken[-1].tag != qn("w:p"):
        nieuw = OxmlElement("w:p")
        if blokken:
            blokken[-1].addnext(nieuw)
        else:
            document.element.body.insert(0, nieuw)
