"""A Word document as a partner's secretary types it: headings, paragraphs and tables of their own, no controls."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

BREEDTE = 16.5


def make_document(inhoud: Mapping[str, Any]) -> bytes:
    """The blocks of `inhoud["blok"]` in their order: each holds a titel, a kop, a tekst or a tabel."""
    document = docx.Document()
    _dress(document, inhoud.get("opmaak", {}))
    for blok in inhoud["blok"]:
        _add_block(document, blok)
    uit = io.BytesIO()
    document.save(uit)
    return uit.getvalue()


def _dress(document: Document, opmaak: Mapping[str, str]) -> None:
    document.core_properties.author = "Secretariaat"
    document.core_properties.title = ""
    document.core_properties.comments = ""
    sectie = document.sections[0]
    sectie.page_width, sectie.page_height = Cm(21), Cm(29.7)
    sectie.left_margin = sectie.right_margin = Cm(2.2)
    sectie.top_margin = sectie.bottom_margin = Cm(2)
    lettertype = opmaak.get("lettertype", "Calibri")
    for naam in ("Normal", "Title", "Heading 1", "Heading 2"):
        stijl = document.styles[naam]
        stijl.font.name = lettertype
        stijl.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), lettertype)
        for thema in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            stijl.element.rPr.rFonts.attrib.pop(qn(f"w:{thema}"), None)
    document.styles["Normal"].font.size = Pt(10.5)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    document.styles["Title"].font.size = Pt(18)
    document.styles["Heading 1"].font.size = Pt(12)
    kleur = RGBColor.from_string(opmaak.get("kleur", "1F3864"))
    for naam in ("Title", "Heading 1"):
        document.styles[naam].font.color.rgb = kleur


def _add_block(document: Document, blok: Mapping[str, Any]) -> None:
    if "titel" in blok:
        document.add_paragraph(blok["titel"], style="Title")
    if "kop" in blok:
        document.add_paragraph(blok["kop"], style="Heading 1")
    for alinea in str(blok.get("tekst", "")).split("\n\n"):
        if alinea:
            document.add_paragraph(alinea)
    if "tabel" in blok:
        _fill_table(document, blok["tabel"], bool(blok.get("koprij")))
        document.add_paragraph()


def _fill_table(document: Document, rijen: Sequence[Sequence[str]], koprij: bool) -> None:
    kolommen = len(rijen[0])
    tabel = document.add_table(rows=len(rijen), cols=kolommen, style="Table Grid")
    tabel.autofit = False
    breedtes = [5.0, BREEDTE - 5.0] if kolommen == 2 else [BREEDTE / kolommen] * kolommen
    for kolom, breed in zip(tabel.columns, breedtes, strict=True):
        kolom.width = Cm(breed)
    for nummer, rij in enumerate(rijen):
        for kolom, tekst in enumerate(rij):
            cel = tabel.cell(nummer, kolom)
            cel.width = Cm(breedtes[kolom])
            alinea = cel.paragraphs[0]
            alinea.paragraph_format.space_after = Pt(2)
            run = alinea.add_run(tekst)
            run.bold = (koprij and nummer == 0) or (kolommen == 2 and kolom == 0)
            if kolommen > 2:
                run.font.size = Pt(9)
