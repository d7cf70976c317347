"""Stage read: the bytes of a filled-in form become a RuwFormulier, or one clear refusal.

Every reading error of the libraries ends here, at one boundary; a fault outside the list is ours and shows itself.
"""

from __future__ import annotations

import struct
import zipfile
import zlib

from lxml import etree
from pypdf.errors import DependencyError, PyPdfError
from pypdfium2 import PdfiumError  # type: ignore[import-untyped]

from pipeline.errors import InvoerFout
from pipeline.read.docx import read_docx
from pipeline.read.pdf import read_pdf
from pipeline.read.sniff import Soort, sniff
from pipeline.safezip import build_refusal
from schemas.inzending import RuwFormulier

__all__ = ["read_formulier"]

_PACKAGE_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    etree.LxmlError,
    EOFError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    OverflowError,
    RecursionError,
    RuntimeError,
    ValueError,
)
#: pypdf answers damage with these as well
_PDF_ERRORS = (
    *_PACKAGE_ERRORS,
    PyPdfError,
    DependencyError,
    PdfiumError,
    AssertionError,
    AttributeError,
    TypeError,
)


def read_formulier(bestand: str, inhoud: bytes) -> RuwFormulier:
    """Return what stands in a Word or PDF form.

    `bestand` is used in messages only; what the file is, its bytes say. Raises InvoerFout, whose Bevinding names the
    file, the reason and the remedy, and nothing else. The answers are untrusted text.
    """
    if sniff(bestand, inhoud) is Soort.PDF:
        return _read_pdf(bestand, inhoud)
    try:
        return read_docx(bestand, inhoud)
    except _PACKAGE_ERRORS as fault:
        remedie = "Open het in Word, bewaar het opnieuw als .docx en dien die versie in."
        raise _refuse_damaged("docx-beschadigd", bestand, remedie) from fault


def _read_pdf(bestand: str, inhoud: bytes) -> RuwFormulier:
    try:
        return read_pdf(bestand, inhoud)
    except _PDF_ERRORS as fault:
        remedie = "Open het in een PDF-lezer, bewaar het opnieuw en dien die versie in, of vraag het formulier in Word."
        raise _refuse_damaged("pdf-beschadigd", bestand, remedie) from fault


def _refuse_damaged(code: str, bestand: str, remedie: str) -> InvoerFout:
    return build_refusal(code, bestand, "{bestand} is beschadigd en kan niet gelezen worden.", remedie)
