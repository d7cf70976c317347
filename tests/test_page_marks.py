"""For whom a copy is and which copy it is, on each page of each PDF: what lies on a printer tells whose it is."""

from __future__ import annotations

import io

import pytest
from beelden import SOORTEN, make_beeld
from docx import Document
from pypdf import PdfReader

from pipeline.pdf import RdocxEngine, make_pdfs
from pipeline.read import read_formulier
from pipeline.render import render_deelbeeld
from pipeline.settings import SJABLONEN
from pipeline.validate import is_own_document, recognise_formulier
from schemas.catalogus import load_catalogus
from schemas.deelbeeld import Deelbeeld

#: All documents are made once for all of these.
pytestmark = pytest.mark.xdist_group("page marks")

TAFELS = tuple(load_catalogus().values())
NAAM = "Proefdienst Pimpelmees"


@pytest.fixture(scope="module")
def woorden() -> dict[str, tuple[Deelbeeld, bytes]]:
    """A full sample of every standard document: the image it is made from, and its Word file."""
    gemaakt = {}
    for soort in SOORTEN:
        beeld = make_beeld(soort, True)
        kop = beeld.kop.model_copy(update={"exemplaar_voor": NAAM})
        beeld = beeld.model_copy(update={"kop": kop})
        sjabloon = (SJABLONEN / "standaard" / f"{beeld.sjabloon}.docx").read_bytes()
        gemaakt[soort] = (beeld, render_deelbeeld(beeld, sjabloon))
    return gemaakt


@pytest.fixture(scope="module")
def pdfs(woorden: dict[str, tuple[Deelbeeld, bytes]]) -> dict[str, bytes]:
    return make_pdfs({soort: word for soort, (_, word) in woorden.items()}, RdocxEngine())


@pytest.mark.parametrize("soort", SOORTEN)
def test_every_page_of_every_pdf_says_for_whom_it_is_and_its_number(
    soort: str, woorden: dict[str, tuple[Deelbeeld, bytes]], pdfs: dict[str, bytes]
) -> None:
    kop = woorden[soort][0].kop
    paginas = PdfReader(io.BytesIO(pdfs[soort])).pages
    verwacht = f"Exemplaar voor {NAAM} — {kop.documentnummer}, versie {kop.versie} — {kop.datum}"
    for nummer, pagina in enumerate(paginas, start=1):
        tekst = " ".join(pagina.extract_text().split())
        assert f"{verwacht} — pagina {nummer} van {len(paginas)}" in tekst


@pytest.mark.parametrize("soort", SOORTEN)
def test_no_section_or_first_page_of_a_word_file_goes_without_the_mark(
    soort: str, woorden: dict[str, tuple[Deelbeeld, bytes]]
) -> None:
    for sectie in Document(io.BytesIO(woorden[soort][1])).sections:
        assert NAAM in "".join(alinea.text for alinea in sectie.footer.paragraphs)
        assert not sectie.different_first_page_header_footer


@pytest.mark.parametrize("soort", SOORTEN)
def test_a_document_of_ours_that_comes_back_is_known_by_its_foot_and_is_no_form(
    soort: str, woorden: dict[str, tuple[Deelbeeld, bytes]], pdfs: dict[str, bytes]
) -> None:
    """A fiche asks nearly all that the form asks: taken for an aanmelding, it would open a second case."""
    for naam, inhoud in (("terug.docx", woorden[soort][1]), ("terug.pdf", pdfs[soort])):
        ruw = read_formulier(naam, inhoud)
        assert is_own_document(ruw)
        assert recognise_formulier(ruw, TAFELS) is None


def test_more_than_one_page_is_looked_at(pdfs: dict[str, bytes]) -> None:
    assert sum(len(PdfReader(io.BytesIO(pdf)).pages) > 1 for pdf in pdfs.values()) >= 5
