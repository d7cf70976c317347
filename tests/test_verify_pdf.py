"""The gate on finished PDFs: a canary in any place is refused, a PDF as it should be never is."""

from __future__ import annotations

from functools import cache

import pytest
from beelden import SOORTEN
from kanaries_pdf import KANARIE, PLAATSEN, Boek
from test_verify_word import make_finished

from pipeline.pdf import LibreOfficeEngine, PdfEngine, RdocxEngine, choose_engine, make_pdfs
from pipeline.verify import verify

#: By LibreOffice a sample: a table with everything, a letter, a plan for who is no partner.
GEPROEFD = ("casusfiche", "triagelijst", "terugkoppeling", "plan_client")


@cache
def make_printed(motor: str, soort: str = "casusfiche", vol: bool = True) -> bytes:
    engine: PdfEngine = RdocxEngine() if motor == "rdocx" else choose_engine("libreoffice")
    return make_pdfs({soort: make_finished(soort, vol)[2]}, engine)[soort]


def test_there_are_at_least_fortyfive_places() -> None:
    assert len(PLAATSEN) >= 45


@pytest.mark.parametrize("plaats", PLAATSEN)
def test_a_canary_in_a_pdf_is_refused(plaats: str) -> None:
    beeld, sjabloon, word = make_finished()
    echt = make_printed("rdocx")
    geplant = PLAATSEN[plaats](echt)
    assert geplant != echt
    gevonden = verify(beeld, sjabloon, word, geplant)
    assert gevonden
    assert not any(
        KANARIE.casefold() in tekst.casefold() for b in gevonden for tekst in (b.melding, b.plaats, b.remedie)
    )


@pytest.mark.libreoffice
def test_a_canary_in_a_pdf_of_libreoffice_is_refused_as_well() -> None:
    beeld, sjabloon, word = make_finished()
    echt = make_printed("libreoffice")
    assert [naam for naam, plant in PLAATSEN.items() if not verify(beeld, sjabloon, word, plant(echt))] == []


def test_the_same_pdf_laid_out_anew_without_a_canary_passes() -> None:
    """What is refused above is refused for its canary."""
    echt = make_printed("rdocx")
    assert Boek.read(echt).write() == echt
    boek = Boek.read(echt)
    boek.draw(b"q Q")
    assert verify(*make_finished(), boek.write()) == ()


@pytest.mark.parametrize("soort", SOORTEN)
def test_a_pdf_as_it_should_be_is_let_through(soort: str) -> None:
    assert verify(*make_finished(soort), make_printed("rdocx", soort)) == ()


@pytest.mark.libreoffice
def test_pdfs_of_libreoffice_are_let_through() -> None:
    motor = choose_engine("libreoffice")
    assert isinstance(motor, LibreOfficeEngine)
    gemaakt = {soort: make_finished(soort) for soort in GEPROEFD}
    pdfs = make_pdfs({soort: word for soort, (_, _, word) in gemaakt.items()}, motor)
    assert [b.melding for soort in GEPROEFD for b in verify(*gemaakt[soort], pdfs[soort])] == []


def test_a_pdf_of_another_copy_is_refused() -> None:
    assert verify(*make_finished("triagelijst"), make_printed("rdocx")) != ()
