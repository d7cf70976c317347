"""The filling of a PDF form as a PDF reader does it."""

from __future__ import annotations

import io

from pypdf import PdfReader, PdfWriter
from support_fill import Antwoorden

from pipeline.office import find_office
from pipeline.pdf import LibreOfficeEngine, make_fillable


def build_pdf_form(docx: bytes) -> bytes:
    """A blank generated form as a PDF with form fields, laid out by LibreOffice."""
    programma = find_office()
    assert programma is not None
    return make_fillable(docx, LibreOfficeEngine(programma), {}, frozenset())


def fill_pdf(pdf: bytes, antwoorden: Antwoorden) -> bytes:
    """The PDF form with these fields filled in, by full field name; a bool ticks or clears a box.

    Raises KeyError for a field that is not in the form.
    """
    aanwezig = PdfReader(io.BytesIO(pdf)).get_fields() or {}
    waarden = {naam: waarde if isinstance(waarde, str) else _state(waarde) for naam, waarde in antwoorden.items()}
    for naam in waarden:
        aanwezig[naam]
    schrijver = PdfWriter(clone_from=io.BytesIO(pdf))
    for bladzijde in schrijver.pages:
        schrijver.update_page_form_field_values(bladzijde, dict(waarden), auto_regenerate=False)
    uit = io.BytesIO()
    schrijver.write(uit)
    return uit.getvalue()


def _state(aan: bool) -> str:
    return "/Aan" if aan else "/Off"
