"""A PDF form filled in, and made flat, by PDFium: what Chrome, Edge and many apps do it with."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable, Mapping

import pypdfium2 as pdfium
import pypdfium2.raw as raw


def fill_by_keys(pdf: bytes, antwoorden: Mapping[str, str | bool]) -> bytes:
    """The form after somebody clicked in each of these fields (by full name) and typed, chose or ticked."""
    document = pdfium.PdfDocument(pdf)
    document.init_forms()
    formulier = document.formenv
    gevuld = {naam for bladzijde in document for naam in _fill_page(formulier, bladzijde, antwoorden)}
    if gevuld != set(antwoorden):
        raise KeyError(sorted(set(antwoorden) - gevuld))
    return _save(document)


def flatten(pdf: bytes) -> bytes:
    """The form as a page without fields: what was filled in is drawn on it."""
    document = pdfium.PdfDocument(pdf)
    document.init_forms()
    for bladzijde in document:
        raw.FPDFPage_Flatten(bladzijde, raw.FLAT_NORMALDISPLAY)
    return _save(document)


def _fill_page(
    formulier: pdfium.PdfFormEnv, bladzijde: pdfium.PdfPage, antwoorden: Mapping[str, str | bool]
) -> set[str]:
    gevuld = set()
    for nummer in range(raw.FPDFPage_GetAnnotCount(bladzijde)):
        notitie = raw.FPDFPage_GetAnnot(bladzijde, nummer)
        naam = _read_text(raw.FPDFAnnot_GetFormFieldName, formulier, notitie)
        antwoord = antwoorden.get(naam, False)
        if antwoord is not False:
            gevuld.add(naam)
            _click(formulier, bladzijde, notitie)
            if isinstance(antwoord, str):
                _type(formulier, bladzijde, notitie, antwoord)
            raw.FORM_ForceToKillFocus(formulier)
        raw.FPDFPage_CloseAnnot(notitie)
    return gevuld


def _click(formulier: pdfium.PdfFormEnv, bladzijde: pdfium.PdfPage, notitie: raw.FPDF_ANNOTATION) -> None:
    plek = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(notitie, ctypes.byref(plek))
    midden = ((plek.left + plek.right) / 2, (plek.bottom + plek.top) / 2)
    raw.FORM_OnMouseMove(formulier, bladzijde, 0, *midden)
    raw.FORM_OnLButtonDown(formulier, bladzijde, 0, *midden)
    raw.FORM_OnLButtonUp(formulier, bladzijde, 0, *midden)


def _type(formulier: pdfium.PdfFormEnv, bladzijde: pdfium.PdfPage, notitie: raw.FPDF_ANNOTATION, antwoord: str) -> None:
    if raw.FPDFAnnot_GetFormFieldType(formulier, notitie) == raw.FPDF_FORMFIELD_COMBOBOX:
        aantal = raw.FPDFAnnot_GetOptionCount(formulier, notitie)
        opties = [_read_text(raw.FPDFAnnot_GetOptionLabel, formulier, notitie, nummer) for nummer in range(aantal)]
        raw.FORM_SetIndexSelected(formulier, bladzijde, opties.index(antwoord), True)
        return
    tekst = ctypes.create_string_buffer(antwoord.encode("utf-16-le") + b"\0\0")
    raw.FORM_SelectAllText(formulier, bladzijde)
    raw.FORM_ReplaceSelection(formulier, bladzijde, ctypes.cast(tekst, ctypes.POINTER(ctypes.c_ushort)))


def _read_text(vraag: Callable[..., int], *wat: object) -> str:
    letters = (ctypes.c_ushort * 500)()
    lengte = vraag(*wat, letters, ctypes.sizeof(letters))
    return bytes(letters)[: max(0, lengte - 2)].decode("utf-16-le")


def _save(document: pdfium.PdfDocument) -> bytes:
    uit = io.BytesIO()
    document.save(uit)
    return uit.getvalue()
