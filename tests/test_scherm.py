"""What the coordinator reads on the screen: whole tables, and remedies that fit the form at hand."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from rich.console import Console
from support_dossier import DATA, RIJEN, VOLLEDIG, make_aanmelding
from support_fill import fill_word
from support_werkmap import Werkmapje, make_form

from pipeline.check import check_aanmelding
from pipeline.cli.show import Scherm
from pipeline.errors import ExitCode
from pipeline.run.attachments import make_aanvullingsformulier
from pipeline.run.results import Formulierresultaat, Lot, Productie, Verwerkt
from schemas.toetsing import Eindoordeel, OpenVraag, Toetsing

OPEN = (
    OpenVraag(vraag="vraag.vraag", rij="", rubriek="Vraag aan de tafel", label="Wat is uw vraag", reden="leeg"),
    OpenVraag(vraag="veiligheid.crisis", rij="", rubriek="Veiligheid", label="Is er een crisis", reden="leeg"),
    OpenVraag(vraag="betrokkenen.geboortedatum", rij="r-1", rubriek="Betrokkenen", label="Geboren", reden="leeg"),
)


@pytest.mark.parametrize("breedte", range(72, 130, 7))
@pytest.mark.parametrize("lot", Lot)
def test_the_table_of_an_intake_keeps_its_border_and_its_words_in_any_window(breedte: int, lot: Lot) -> None:
    oordelen = (Eindoordeel.NIET_ONTVANKELIJK.value, "klaar voor de multidisciplinaire bespreking")
    toetsingen = [
        Toetsing(eindoordeel=Eindoordeel.NIET_ONTVANKELIJK, oordeel=oordeel, criteria=(), ontbrekend=())
        for oordeel in oordelen
    ]
    naam = "aanmeldformulier_zonder_spaties (kopie 2) van een lange naam.docx"
    items = [Formulierresultaat(bestand=naam, lot=lot, casuscode="8LBGMZ", toetsing=t) for t in toetsingen]
    uit = io.StringIO()
    resultaat = Verwerkt(formulieren=tuple(items), overgeslagen=(), brieven=Productie())
    Scherm(Console(file=uit, width=breedte)).show_verwerkt(resultaat, proef=False)
    regels = [regel for regel in uit.getvalue().split("\n") if regel[:1] in "┏┃┡│└" and regel][: len(naam)]
    assert {len(regel) for regel in regels if regel[0] in "┏└"} >= {len(regels[0])}
    assert len(regels[0]) <= breedte
    assert all(regel[-1] in "┓┃┩│┘" for regel in regels), uit.getvalue()
    assert "8LBGMZ" in uit.getvalue() and "ontvankelijk" in uit.getvalue()
    assert all(woord in uit.getvalue() for woord in lot.value.split())


@pytest.fixture(scope="module")
def aanvulling() -> bytes:
    return make_aanvullingsformulier(DATA, "8LBGMZ", OPEN).build()


ANTWOORDEN = {"vraag.vraag": "Wie volgt dit op?", "veiligheid.crisis": "Nee"}
DATUM = {"betrokkenen.geboortedatum": "03/04/1990"}


@pytest.mark.parametrize(
    ("los", "rij", "open_"),
    [
        ({}, {}, ["Wat is uw vraag aan de tafel?", "Is er op dit moment", "Geboortedatum"]),
        (ANTWOORDEN, {}, ["Geboortedatum"]),
        (ANTWOORDEN, DATUM, []),
    ],
    ids=["blanco", "half", "vol"],
)
def test_a_supplement_is_held_against_what_it_asks_only(
    tmp_path: Path, aanvulling: bytes, los: dict[str, str | bool], rij: dict[str, str | bool], open_: list[str]
) -> None:
    bestand = tmp_path / "aanvulling.docx"
    bestand.write_bytes(fill_word(aanvulling, los, {"betrokkenen": [rij]} if rij else {}))
    werkmap = Werkmapje(tmp_path)
    code = werkmap.run("toets", str(bestand))
    gezegd = [regel for regel in werkmap.uitvoer.split("\n") if regel.startswith("Nog open: ")]
    assert [label for label in open_ if not any(label in regel for regel in gezegd)] == [] and len(gezegd) == len(open_)
    assert "aanvulling bij casus 8LBGMZ" in werkmap.uitvoer
    assert "start “overleg verwerk”" in werkmap.uitvoer and "de vraag om aanvulling komt dan" not in werkmap.uitvoer
    assert ("Vraag de aanmelder om aan te vullen" in werkmap.uitvoer) is bool(open_)
    assert code == (ExitCode.BEVINDINGEN if open_ else ExitCode.KLAAR)


CRISIS = {"veiligheid.crisis": "ja", "veiligheid.gevaar": "wapen"}


@pytest.mark.parametrize(
    ("antwoorden", "gezegd"),
    [
        ({}, ""),
        (CRISIS, "Ook al is “Geen crisis” niet voldaan: dat is een signaal, geen voorwaarde."),
        ({"veiligheid.crisis": "onbekend"}, "Ook al is “Geen crisis” nog niet te zeggen: dat is een signaal"),
        ({**CRISIS, "eigen_mogelijkheden.getoetst": "nee"}, ""),
        ({**CRISIS, "vraag.vraag": ""}, ""),
    ],
)
def test_a_case_that_is_ready_in_spite_of_a_criterium_says_why(antwoorden: dict[str, str], gezegd: str) -> None:
    aanmelding = make_aanmelding({**VOLLEDIG, **antwoorden}, RIJEN)
    zin = check_aanmelding(aanmelding, DATA, dt.date(2026, 11, 13)).toelichting
    assert zin.startswith(gezegd) and bool(zin) is bool(gezegd)


def test_a_signal_is_explained_on_the_screen_and_on_the_page(tmp_path: Path) -> None:
    werkmap = Werkmapje.make(tmp_path)
    formulier = make_form({"veiligheid.crisis": "Ja", "veiligheid.gevaar": "Er is een wapen in huis."})
    werkmap.drop(formulier)
    werkmap.process("2026-11-23", "--proef")
    zin = "Ook al is “Geen crisis” niet voldaan: dat is een signaal, geen voorwaarde. Het houdt de casus niet tegen."
    assert f"klaar voor triage. {zin}" in werkmap.uitvoer
    (tmp_path / "los.docx").write_bytes(formulier)
    werkmap.run("toets", str(tmp_path / "los.docx"))
    assert zin in werkmap.uitvoer
