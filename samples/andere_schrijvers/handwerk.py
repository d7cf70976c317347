"""What people do by hand: a form typed in a Word document with python-docx, answers laid over a PDF with pypdf."""

from __future__ import annotations

import io
import itertools
from collections.abc import Sequence

import docx
import pypdfium2 as pdfium
from blokken import Blok, Veld
from docx.table import _Cell
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText

#: how somebody types a box that is ticked, and one that is not
_KRUISJES = (("☒", "☐"), ("[x]", "[ ]"), ("(x)", "( )"))
_RECHTS = 270.0


def make_typed(titel: str, blokken: Sequence[Blok]) -> bytes:
    """A table a rubriek: one with a merged cell, one in a cell of another, and the people a row each."""
    document = docx.Document()
    document.add_heading(titel, 0)
    kruisjes = itertools.cycle(_KRUISJES)
    gezien = set()
    for blok in blokken:
        if blok.rubriek == "betrokkenen":
            if blok.rubriek not in gezien:
                _add_rows(document, [b for b in blokken if b.rubriek == "betrokkenen"])
        else:
            document.add_heading(blok.titel, 1)
            tabel = document.add_table(rows=0, cols=3, style="Table Grid")
            for veld in blok.velden:
                cellen = tabel.add_row().cells
                cellen[0].text = veld.label
                _type(cellen[1].merge(cellen[2]), veld, next(kruisjes) if veld.meer else ("☒", "☐"), blok)
        gezien.add(blok.rubriek)
    uit = io.BytesIO()
    document.save(uit)
    return uit.getvalue()


def _add_rows(document: docx.document.Document, blokken: Sequence[Blok]) -> None:
    document.add_heading("Betrokkenen", 1)
    velden = [n for n in range(len(blokken[0].velden)) if any(blok.velden[n].gekozen for blok in blokken)]
    tabel = document.add_table(rows=1 + len(blokken), cols=len(velden), style="Table Grid")
    for kolom, n in enumerate(velden):
        tabel.cell(0, kolom).text = blokken[0].velden[n].label
        for rij, blok in enumerate(blokken, start=1):
            tabel.cell(rij, kolom).text = blok.velden[n].tekst


def _type(cel: _Cell, veld: Veld, kruisjes: tuple[str, str], blok: Blok) -> None:
    """Options of the vraag stand in a table within the cell."""
    opties = [f"{kruisjes[0] if o in veld.gekozen else kruisjes[1]} {o}".strip() for o in veld.opties]
    if veld.opties and blok.rubriek == "vraag":
        binnen = cel.add_table(rows=len(opties), cols=1)
        for rij, optie in enumerate(opties):
            binnen.cell(rij, 0).text = optie
    elif veld.opties:
        cel.text = "   ".join(opties)
    else:
        cel.text = veld.tekst


def write_notes(pdf: bytes, blokken: Sequence[Blok]) -> bytes:
    """The flat form with each answer in a text box beside its label."""
    schrijver = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    document = pdfium.PdfDocument(pdf)
    teksten = [bladzijde.get_textpage() for bladzijde in document]
    nummer, plek = 0, 0
    for veld in (veld for blok in blokken for veld in blok.velden):
        zoek = veld.label[:20]
        gevonden = teksten[nummer].search(zoek, index=plek, match_case=True).get_next()
        while gevonden is None:
            nummer, plek = nummer + 1, 0
            gevonden = teksten[nummer].search(zoek, match_case=True).get_next()
        plek = sum(gevonden)
        if veld.tekst:
            _, onder, _, boven = teksten[nummer].get_charbox(gevonden[0], loose=True)
            rechthoek = (_RECHTS, onder - 3, _RECHTS + 270, boven + 3)
            notitie = FreeText(text=veld.tekst, rect=rechthoek, font_size="9pt", border_color=None)
            schrijver.add_annotation(page_number=nummer, annotation=notitie)
    uit = io.BytesIO()
    schrijver.write(uit)
    return uit.getvalue()
