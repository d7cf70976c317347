"""LibreOffice started once for many tests, and the filling of a PDF form as a PDF reader does it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence

from pypdf import PdfReader, PdfWriter
from support_fill import Antwoorden

from pipeline.office import find_office
from pipeline.pdf import LibreOfficeEngine, make_fillable
from pipeline.pdf.make import prepare
from pipeline.pdf.refused import Afgekeurd


class Together(LibreOfficeEngine):
    """LibreOffice, which lays out all documents of several tests in one call: most of a call is only the starting.

    Each test asks for its own and gets what LibreOffice made of it; a document that was not announced gets a call of
    its own. Tests that share one are marked with the same `xdist_group`.
    """

    def __init__(self, documenten: Callable[[], Iterable[bytes]]) -> None:
        """Take what makes the frozen Word files of all these tests; nothing is made before the first is asked for."""
        programma = find_office()
        assert programma is not None, "LibreOffice is missing; `make test` installs it"
        super().__init__(programma)
        self._documenten = documenten
        self._gemaakt: dict[bytes, bytes | None] = {}

    def convert(self, documenten: Sequence[bytes]) -> list[bytes | None]:
        """Give the PDF of each, out of the one call for all."""
        if not self._gemaakt:
            alle = list(dict.fromkeys(self._documenten()))
            self._gemaakt = dict(zip(alle, super().convert(alle), strict=True))
        onbekend = [document for document in documenten if document not in self._gemaakt]
        self._gemaakt |= dict(zip(onbekend, super().convert(onbekend), strict=True))
        return [self._gemaakt[document] for document in documenten]


def prepare_all(documenten: Iterable[bytes]) -> Iterator[bytes]:
    """These Word files as `make_pdfs` gives them to an engine."""
    for document in documenten:
        klaar = prepare(document)
        assert not isinstance(klaar, Afgekeurd)
        yield klaar[1]


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
