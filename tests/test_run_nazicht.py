"""The gates on free text through the command line: a package that waits, the questions, the answers."""

from __future__ import annotations

import io
import json
from pathlib import Path
from unittest.mock import patch

import pytest
from docx2python import docx2python
from support_werkmap import CLIENT, FEIT, Werkmapje, make_form

from pipeline.errors import ExitCode
from pipeline.register import Register
from schemas.nazicht import Nazichtsoort, make_open_id, make_vraag_id

NAAM = "Odilon"
TEKST = f"Volgens de huisbaas betaalt {NAAM} al lang niet meer."
SCHOON = "Volgens de huisbaas betaalt de cliënt al lang niet meer."
RIJ: dict[str, str | bool] = {**FEIT, "informatie.tekst": TEKST, "informatie.deelbaar.triage": True}
AGENDEREN: dict[str, str | bool] = {"punten.besluit": "Agenderen op de expertentafel"}


@pytest.fixture
def werkmap(tmp_path: Path) -> Werkmapje:
    """A werkmap with one case by name, of which a flagged row names the cliënt. The triagelijst shows no name."""
    gemaakt = Werkmapje.make(tmp_path)
    gemaakt.drop(make_form({}, (CLIENT,), (RIJ, FEIT)))
    assert gemaakt.process() == ExitCode.KLAAR
    return gemaakt


def _list_vragen(werkmap: Werkmapje) -> list[dict[str, str]]:
    werkmap.run("nazicht", str(werkmap.map), "--json")
    gelezen: list[dict[str, str]] = json.loads(werkmap.uitvoer)["vragen"]
    return gelezen


def _answer(werkmap: Werkmapje, antwoord: str) -> int:
    (vraag,) = _list_vragen(werkmap)
    return werkmap.run("nazicht", str(werkmap.map), "--antwoord", vraag["id"], antwoord, "--vandaag", "2026-11-27")


def _read_lists(werkmap: Werkmapje) -> str:
    return "\n".join(_read_docx(pad) for pad in sorted((werkmap.map / "uit").rglob("Triagelijst*.docx")))


def _read_docx(pad: Path) -> str:
    with docx2python(pad) as gelezen:
        return gelezen.text


def test_the_coordinator_hears_of_it_when_the_form_comes_in_but_not_the_word(werkmap: Werkmapje) -> None:
    assert "Bij “Wat is er aan de hand?” staat iets dat lijkt op een naam" in werkmap.uitvoer
    assert NAAM not in werkmap.uitvoer


def test_a_package_with_an_open_question_is_not_made_and_says_where_but_not_what(werkmap: Werkmapje) -> None:
    assert werkmap.prepare("triagetafel", "2026-11-27") == ExitCode.POORT

    assert not [naam for naam in werkmap.list_files() if "triagetafel" in naam]
    code = werkmap.list_dossiers()[0].code
    assert f"over casus {code} moet u eerst 1 woord nakijken (Triagelijst: informatie)" in werkmap.uitvoer
    assert NAAM not in werkmap.uitvoer
    assert "overleg nazicht" in werkmap.uitvoer


def test_the_question_shows_passage_word_reason_and_proposal(werkmap: Werkmapje) -> None:
    werkmap.prepare("triagetafel", "2026-11-27")
    (gevraagd,) = _list_vragen(werkmap)
    wat = (gevraagd["casuscode"], gevraagd["passage"], gevraagd["token"], Nazichtsoort(gevraagd["soort"]))
    open_ = {make_open_id(*wat), make_vraag_id(*wat, sleutel=b"")}
    assert gevraagd["id"] not in open_, "who knows the code cannot try words on it"

    assert werkmap.run("nazicht", str(werkmap.map)) == ExitCode.BEVINDINGEN

    for deel in (TEKST, "de naam van de cliënt", "Voorstel: vervang=“de cliënt”", "Triagelijst: informatie"):
        assert deel in werkmap.uitvoer


@pytest.mark.parametrize(
    ("antwoord", "staat_er", "staat_er_niet"),
    [("delen", TEKST, SCHOON), ("niet-delen", "Triagelijst", "huisbaas"), ("vervang=de cliënt", SCHOON, NAAM)],
)
def test_after_an_answer_the_package_is_made_with_what_was_decided(
    werkmap: Werkmapje, antwoord: str, staat_er: str, staat_er_niet: str
) -> None:
    werkmap.prepare("triagetafel", "2026-11-27")
    assert _answer(werkmap, antwoord) == ExitCode.KLAAR

    assert werkmap.prepare("triagetafel", "2026-11-27") == ExitCode.KLAAR

    tekst = _read_lists(werkmap)
    assert staat_er_niet not in tekst
    assert staat_er in tekst
    assert werkmap.run("nazicht", str(werkmap.map)) == ExitCode.KLAAR
    assert "niets na te kijken" in werkmap.uitvoer


def test_what_was_kept_out_or_replaced_stays_so_without_a_next_version(werkmap: Werkmapje) -> None:
    werkmap.prepare("triagetafel", "2026-11-27")
    _answer(werkmap, "vervang=de cliënt")
    werkmap.prepare("triagetafel", "2026-11-27")
    eerst = werkmap.list_files()

    assert werkmap.prepare("triagetafel", "2026-11-27") == ExitCode.KLAAR

    assert werkmap.list_files() == eerst


def test_another_answer_later_makes_a_next_version(werkmap: Werkmapje) -> None:
    werkmap.prepare("triagetafel", "2026-11-27")
    (vraag,) = _list_vragen(werkmap)
    for antwoord in ("delen", "niet-delen"):
        werkmap.run("nazicht", str(werkmap.map), "--antwoord", vraag["id"], antwoord)
        assert werkmap.prepare("triagetafel", "2026-11-27") == ExitCode.KLAAR
    assert any("versie 2" in naam for naam in werkmap.list_files())


def test_an_answer_is_for_its_passage_only(werkmap: Werkmapje) -> None:
    werkmap.prepare("triagetafel", "2026-11-27")
    _answer(werkmap, "delen")
    anders = {**RIJ, "informatie.tekst": f"{NAAM} wil niet verhuizen."}
    werkmap.drop(make_form({"vraag.vraag": "Wie belt?"}, (CLIENT,), (RIJ, anders)), "ander.docx")
    werkmap.process("2026-11-25")

    assert werkmap.prepare("triagetafel", "2026-11-27") == ExitCode.POORT

    assert [vraag["passage"] for vraag in _list_vragen(werkmap)] == [f"{NAAM} wil niet verhuizen."]


def test_a_trial_run_asks_but_writes_nothing(werkmap: Werkmapje) -> None:
    assert werkmap.prepare("triagetafel", "2026-11-27", "--proef") == ExitCode.POORT
    assert _list_vragen(werkmap) == []


def test_a_package_that_waits_holds_up_no_other_package(werkmap: Werkmapje) -> None:
    werkmap.prepare("triagetafel", "2026-11-27")
    _answer(werkmap, "delen")
    werkmap.prepare("triagetafel", "2026-11-27")
    code = werkmap.list_dossiers()[0].code
    werkmap.decide({code: AGENDEREN})
    assert werkmap.prepare("expertentafel", "2026-12-10") in (ExitCode.KLAAR, ExitCode.POORT)
    assert any("expertentafel" in naam for naam in werkmap.list_files())


@pytest.mark.parametrize("antwoord", ["misschien", "vervang=", "vervang=   "])
def test_an_answer_that_does_not_exist_changes_nothing(werkmap: Werkmapje, antwoord: str) -> None:
    werkmap.prepare("triagetafel", "2026-11-27")
    assert _answer(werkmap, antwoord) == ExitCode.GEBRUIK
    assert len(_list_vragen(werkmap)) == 1


def test_a_code_that_nobody_gave_out_is_refused(werkmap: Werkmapje) -> None:
    assert werkmap.run("nazicht", str(werkmap.map), "--antwoord", "BCDFGHJKLMNP", "delen") == ExitCode.GEBRUIK


def test_the_questions_can_be_answered_one_by_one(werkmap: Werkmapje) -> None:
    werkmap.prepare("triagetafel", "2026-11-27")
    with patch("sys.stdin", io.StringIO("vervangen\n\n")):
        assert werkmap.run("nazicht", str(werkmap.map), "--vraag-per-vraag") == ExitCode.KLAAR
    werkmap.prepare("triagetafel", "2026-11-27")
    assert SCHOON in _read_lists(werkmap)


def test_a_word_that_is_no_answer_is_asked_again_in_dutch(werkmap: Werkmapje) -> None:
    werkmap.prepare("triagetafel", "2026-11-27")
    with patch("sys.stdin", io.StringIO("?\nniet delen\n")):
        assert werkmap.run("nazicht", str(werkmap.map), "--vraag-per-vraag") == ExitCode.KLAAR
    assert "Dat antwoord ken ik niet. Kies uit: delen, niet-delen, vervangen" in werkmap.uitvoer
    assert "Error" not in werkmap.uitvoer


def test_what_was_answered_can_be_listed_and_changed(werkmap: Werkmapje) -> None:
    werkmap.prepare("triagetafel", "2026-11-27")
    assert werkmap.run("nazicht", str(werkmap.map), "--beantwoord") == ExitCode.BEVINDINGEN
    assert "Antwoord van" not in werkmap.uitvoer
    _answer(werkmap, "vervang=de cliënt")
    assert werkmap.run("nazicht", str(werkmap.map), "--beantwoord", "--json") == ExitCode.KLAAR
    (regel,) = json.loads(werkmap.uitvoer)["beantwoord"]
    assert (regel["vraag"]["token"], regel["antwoord"]["besluit"]) == (NAAM, "vervangen")
    werkmap.run("nazicht", str(werkmap.map), "--antwoord", regel["vraag"]["id"], "niet-delen", "--beantwoord")
    assert "Antwoord van" in werkmap.uitvoer and "niet-delen" in werkmap.uitvoer


def test_what_a_recipient_may_see_follows_the_answers(werkmap: Werkmapje) -> None:
    werkmap.prepare("triagetafel", "2026-11-27")
    code = werkmap.list_dossiers()[0].code
    kijk = ("bekijk", str(werkmap.map), code, "--als", "parketjurist", "--json", "--vandaag", "2026-11-27")
    werkmap.run(*kijk)
    assert NAAM in werkmap.uitvoer and "wacht op een antwoord" in werkmap.uitvoer
    _answer(werkmap, "vervang=de cliënt")
    werkmap.run(*kijk)
    assert SCHOON in werkmap.uitvoer and NAAM not in werkmap.uitvoer and "wacht op een antwoord" not in werkmap.uitvoer
    (vraag,) = _list_answered(werkmap)
    werkmap.run("nazicht", str(werkmap.map), "--antwoord", vraag, "niet-delen")
    werkmap.run(*kijk)
    assert SCHOON not in werkmap.uitvoer and NAAM not in werkmap.uitvoer


def _list_answered(werkmap: Werkmapje) -> list[str]:
    werkmap.run("nazicht", str(werkmap.map), "--beantwoord", "--json")
    return [regel["vraag"]["id"] for regel in json.loads(werkmap.uitvoer)["beantwoord"]]


def test_a_question_may_wait(werkmap: Werkmapje) -> None:
    werkmap.prepare("triagetafel", "2026-11-27")
    with patch("sys.stdin", io.StringIO("\n")):
        assert werkmap.run("nazicht", str(werkmap.map), "--vraag-per-vraag") == ExitCode.BEVINDINGEN
    assert len(_list_vragen(werkmap)) == 1


def test_the_register_keeps_every_answer_in_its_chain_and_can_forget_the_words(werkmap: Werkmapje) -> None:
    werkmap.prepare("triagetafel", "2026-11-27")
    _answer(werkmap, "delen")
    code = werkmap.list_dossiers()[0].code
    with Register.open(werkmap.map) as register:
        assert register.verify() == ()
        (regel,) = register.list_nazicht()
        assert regel.antwoord is not None
        assert (regel.antwoord.besluit.value, regel.antwoord.op.isoformat()) == ("delen", "2026-11-27")
        assert regel.antwoord.door
        register.forget_nazicht(code)
        assert register.list_nazicht() == ()
        assert register.verify() == ()


def test_an_anonymous_case_asks_about_every_number(tmp_path: Path) -> None:
    werkmap = Werkmapje.make(tmp_path)
    anoniem: dict[str, str | bool] = {
        "aanmelding.anoniem": "Anoniem",
        "identiteit.zoeken": "",
        "situatie.meerderjarig": "Ja",
        "situatie.regio": "Ja",
    }
    rij = {**FEIT, "informatie.deelbaar.triage": True}
    werkmap.drop(make_form(anoniem, ({"betrokkenen.rol": "Cliënt"},), (rij,)))
    werkmap.process()

    assert werkmap.prepare("triagetafel", "2026-11-27") == ExitCode.POORT

    (vraag,) = _list_vragen(werkmap)
    assert (vraag["token"], vraag["soort"]) == ("drie", "woord")
