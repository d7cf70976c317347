"""The gate on finished PDFs: a canary in any place is refused, a PDF as it should be never is."""

from __future__ import annotations

from functools import cache

import pytest
from beelden import SOORTEN
from kanaries_pdf import KANARIE, PLAATSEN, Boek
from test_verify_word import make_finished

from pipeline.pdf import LibreOfficeEngine, RdocxEngine, choose_engine, make_pdfs
from pipeline.verify import verify

#: By LibreOffice a sample: a table with everything, a letter, a plan for who is no partner.
GEPROEFD = ("casusfiche", "triagelijst", "terugkoppeling", "plan_client")


VIA_LIBREOFFICE = pytest.mark.xdist_group("verify pdf by libreoffice")

#: Where the canaries are planted: one page with everything that a page of ours has.
KOOI = "plan_client"


@cache
def make_printed(soort: str = KOOI) -> bytes:
    return make_pdfs({soort: make_finished(soort)[2]}, RdocxEngine())[soort]


@cache
def print_by_libreoffice() -> dict[str, bytes]:
    """All in one batch: starting it costs more than the rest."""
    motor = choose_engine("libreoffice")
    assert isinstance(motor, LibreOfficeEngine)
    return make_pdfs({soort: make_finished(soort)[2] for soort in GEPROEFD}, motor)


def test_there_are_at_least_fortyfive_places() -> None:
    assert len(PLAATSEN) >= 45


@pytest.mark.parametrize("plaats", PLAATSEN)
def test_a_canary_in_a_pdf_is_refused(plaats: str) -> None:
    beeld, sjabloon, word = make_finished(KOOI)
    echt = make_printed()
    geplant = PLAATSEN[plaats](echt)
    assert geplant != echt
    gevonden = verify(beeld, sjabloon, word, geplant)
    assert gevonden
    assert not any(
        KANARIE.casefold() in tekst.casefold() for b in gevonden for tekst in (b.melding, b.plaats, b.remedie)
    )


@VIA_LIBREOFFICE
@pytest.mark.libreoffice
def test_a_canary_in_a_pdf_of_libreoffice_is_refused_as_well() -> None:
    beeld, sjabloon, word = make_finished(KOOI)
    echt = print_by_libreoffice()[KOOI]
    assert [naam for naam, plant in PLAATSEN.items() if not verify(beeld, sjabloon, word, plant(echt))] == []


def test_the_same_pdf_laid_out_anew_without_a_canary_passes() -> None:
    """What is refused above is refused for its canary."""
    echt = make_printed()
    assert Boek.read(echt).write() == echt
    boek = Boek.read(echt)
    boek.draw(b"q Q")
    assert verify(*make_finished(KOOI), boek.write()) == ()


@pytest.mark.parametrize("soort", sorted(SOORTEN)[::3])
def test_a_pdf_as_it_should_be_is_let_through(soort: str) -> None:
    """A third of them; every document of every month that is played in tests goes through the gate as well."""
    assert verify(*make_finished(soort), make_printed(soort)) == ()


@VIA_LIBREOFFICE
@pytest.mark.libreoffice
def test_pdfs_of_libreoffice_are_let_through() -> None:
    pdfs = print_by_libreoffice()
    assert [b.melding for soort in GEPROEFD for b in verify(*make_finished(soort), pdfs[soort])] == []


def test_a_pdf_of_another_copy_is_refused() -> None:
    assert verify(*make_finished("triagelijst"), make_printed()) != ()
