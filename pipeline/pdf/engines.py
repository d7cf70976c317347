"""The two engines that make a PDF out of a frozen Word file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import rdocx

from pipeline.errors import GebruikFout
from pipeline.office import convert_files, find_office, office_version

_INSTALL = "Installeer LibreOffice (libreoffice.org), of laat de keuze weg: dan wordt rdocx gebruikt."
#: Tagged PDF 1.7 with the marks of PDF/UA; no forms, no outline: both would have to be cleaned out again.
_LIBREOFFICE_OPTIONS = {
    "SelectPdfVersion": 17,
    "UseTaggedPDF": True,
    "PDFUACompliance": True,
    "ExportFormFields": False,
    "ExportBookmarks": False,
    "ExportNotes": False,
}


class PdfEngine(Protocol):
    """Turns frozen Word files into PDFs; what comes out is checked by `make_pdfs`, never trusted."""

    @property
    def naam(self) -> str:
        """Name and version, for the manifest: "libreoffice 7.4.7.2"."""

    @property
    def reserve(self) -> PdfEngine | None:
        """The engine that gets the documents that this one cannot do, if there is one."""

    @property
    def per_stuk(self) -> Callable[[bytes], bytes | None] | None:
        """For an engine that gains nothing by many files at once: the function, at the top of a module, for one file.

        A document then goes through the whole stage in one process, and what lies between the steps is never kept.
        """

    def convert(self, documenten: Sequence[bytes]) -> list[bytes | None]:
        """Give a PDF for each Word file, in order; None where there is none."""


class RdocxEngine:
    """rdocx, which is always there; it cuts off some tables, so LibreOffice stands behind it where that is found."""

    def __init__(self, reserve: PdfEngine | None = None) -> None:
        """Take the engine for what rdocx cannot do."""
        self.reserve = reserve
        self.naam = f"rdocx {version('rdocx')}"

    @property
    def per_stuk(self) -> Callable[[bytes], bytes | None]:
        """Convert one file."""
        return _convert_with_rdocx

    def convert(self, documenten: Sequence[bytes]) -> list[bytes | None]:
        """Convert each file."""
        return list(map(_convert_with_rdocx, documenten))


class LibreOfficeEngine:
    """LibreOffice, in batches; two processes side by side for many files."""

    reserve: PdfEngine | None = None
    per_stuk: None = None

    def __init__(self, programma: Path) -> None:
        """Take the program; nothing is started yet."""
        self.programma = programma

    @cached_property
    def naam(self) -> str:
        """Ask LibreOffice for its version, once."""
        return f"libreoffice {office_version(self.programma)}"

    def convert(self, documenten: Sequence[bytes]) -> list[bytes | None]:
        """Convert the files in batches."""
        return convert_files(self.programma, documenten, "pdf:writer_pdf_Export", _LIBREOFFICE_OPTIONS)


def choose_engine(voorkeur: str | None = None) -> PdfEngine:
    """Choose the engine.

    In: "libreoffice", "rdocx" or nothing. Out: LibreOffice when it is found, else rdocx; or the one that was asked for,
    rdocx with LibreOffice behind it.
    Raises GebruikFout for an unknown engine, and when LibreOffice was asked for and is not there.
    """
    if voorkeur not in (None, "libreoffice", "rdocx"):
        raise GebruikFout(f"Onbekende PDF-motor: {voorkeur}.", "Kies libreoffice of rdocx.")
    programma = find_office()
    libreoffice = None if programma is None else LibreOfficeEngine(programma)
    if voorkeur == "libreoffice" and libreoffice is None:
        raise GebruikFout("LibreOffice is gevraagd, maar staat niet op deze computer.", _INSTALL)
    if voorkeur == "rdocx" or libreoffice is None:
        return RdocxEngine(libreoffice)
    return libreoffice


def _convert_with_rdocx(document: bytes) -> bytes | None:
    try:
        return rdocx.Document.from_bytes(document).to_pdf()
    except (rdocx.RdocxError, ValueError):
        return None
