"""One file looked at in this process: the boundary behind which every error of a library becomes a refusal."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable

from lxml import etree
from pypdf.errors import DependencyError, PyPdfError
from pypdfium2 import PdfiumError  # type: ignore[import-untyped]

from pipeline.errors import InvoerFout
from pipeline.read.convert import judge_odt
from pipeline.read.docx import read_docx
from pipeline.read.eml import read_eml
from pipeline.read.lezing import Gelezen, Lezing, OmTeZetten
from pipeline.read.message import refuse_damaged_message
from pipeline.read.msg import read_msg
from pipeline.read.ole import is_msg, refuse_damaged_ole
from pipeline.read.pdf import read_pdf
from pipeline.read.sniff import Soort, sniff
from pipeline.safezip import build_refusal

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
#: pypdf, olefile and the mail parser answer damage with these as well
_OTHER_ERRORS = (
    *_PACKAGE_ERRORS,
    PyPdfError,
    DependencyError,
    PdfiumError,
    AssertionError,
    AttributeError,
    TypeError,
)


def read_direct(bestand: str, inhoud: bytes) -> Lezing:
    """Return the form, the message with files, or that this is to be converted first.

    Raises InvoerFout, whose Bevinding names the file, the reason and the remedy, and nothing else. Memory that runs
    out is damage too, unless `read.child` asks to be told.
    """
    soort = sniff(bestand, inhoud)
    return _ROADS[soort](bestand, inhoud)


def _read_word(bestand: str, inhoud: bytes) -> Lezing:
    try:
        return Gelezen(formulier=read_docx(bestand, inhoud))
    except _PACKAGE_ERRORS as fault:
        remedie = "Open het in Word, bewaar het opnieuw als .docx en dien die versie in."
        raise _refuse_damaged("docx-beschadigd", bestand, remedie) from fault


def _read_pdf(bestand: str, inhoud: bytes) -> Lezing:
    try:
        return Gelezen(formulier=read_pdf(bestand, inhoud))
    except _OTHER_ERRORS as fault:
        remedie = "Open het in een PDF-lezer, bewaar het opnieuw en dien die versie in, of vraag het formulier in Word."
        raise _refuse_damaged("pdf-beschadigd", bestand, remedie) from fault


def _read_odt(bestand: str, inhoud: bytes) -> Lezing:
    try:
        return OmTeZetten(extensie="odt", bevindingen=judge_odt(bestand, inhoud))
    except _PACKAGE_ERRORS as fault:
        remedie = "Open het in LibreOffice, bewaar het opnieuw en dien die versie in."
        raise _refuse_damaged("odt-beschadigd", bestand, remedie) from fault


def _read_rtf(_bestand: str, _inhoud: bytes) -> Lezing:
    return OmTeZetten(extensie="rtf")


def _read_ole(bestand: str, inhoud: bytes) -> Lezing:
    try:
        if is_msg(bestand, inhoud):
            return read_msg(bestand, inhoud)
    except _OTHER_ERRORS as fault:
        raise refuse_damaged_ole(bestand) from fault
    return OmTeZetten(extensie="doc")


def _read_mail(bestand: str, inhoud: bytes) -> Lezing:
    try:
        return read_eml(bestand, inhoud)
    except _OTHER_ERRORS as fault:
        raise refuse_damaged_message(bestand) from fault


_ROADS: dict[Soort, Callable[[str, bytes], Lezing]] = {
    Soort.DOCX: _read_word,
    Soort.PDF: _read_pdf,
    Soort.ODT: _read_odt,
    Soort.RTF: _read_rtf,
    Soort.OLE: _read_ole,
    Soort.EML: _read_mail,
}


def _refuse_damaged(code: str, bestand: str, remedie: str) -> InvoerFout:
    return build_refusal(code, bestand, "{bestand} is beschadigd en kan niet gelezen worden.", remedie)
