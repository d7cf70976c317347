"""`overleg toets --alle`: what every table of a region would say of one form, without choosing (S2:17)."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from support_samples import TAFELS, VOORBEELDEN

from pipeline.cli import run_cli
from pipeline.cli.check_command import Toetsuitkomst, check_bestand
from pipeline.errors import ExitCode
from schemas.tafel import Tafel
from schemas.toetsing import Eindoordeel

REGIO, DAG = "zaanstreek-waterland", dt.date(2026, 11, 25)
EIGEN = f"{REGIO}/beschermingstafel-zaanstreek"
VAN_REGIO = [data.tafel for naam, data in TAFELS.items() if naam.startswith(f"{REGIO}/")]


def _find(tafel: str, naam: str) -> Path:
    return next(voorbeeld.formulier for voorbeeld in VOORBEELDEN if (voorbeeld.tafel, voorbeeld.naam) == (tafel, naam))


@pytest.fixture(scope="module")
def formulier() -> Path:
    """A form about a child that is not born yet, for which Purmerend has the same questions."""
    return _find(EIGEN, "ongeboren")


@pytest.fixture(scope="module")
def gezegd(formulier: Path) -> tuple[list[Toetsuitkomst], list[Tafel]]:
    return check_bestand(formulier, tafel=None, alle=True, map_=None, vandaag=DAG)


def test_every_table_of_the_region_that_is_switched_on_is_heard_once_and_the_own_first(
    gezegd: tuple[list[Toetsuitkomst], list[Tafel]],
) -> None:
    namen = [uitkomst.tafel for uitkomst in gezegd[0]]
    assert namen[0] == TAFELS[EIGEN].tafel.naam
    assert sorted(namen) == sorted(tafel.naam for tafel in VAN_REGIO if tafel.ingeschakeld)
    assert [uitkomst.eigen for uitkomst in gezegd[0]] == [True, *[False] * (len(namen) - 1)]


def test_each_table_goes_by_its_own_criteria(gezegd: tuple[list[Toetsuitkomst], list[Tafel]]) -> None:
    data = {data.tafel.naam: data for data in TAFELS.values()}
    for uitkomst in gezegd[0]:
        assert [c.criterium for c in uitkomst.toetsing.criteria] == [c.id for c in data[uitkomst.tafel].criteria]


def test_a_form_may_do_for_two_tables_and_each_says_so_for_itself(
    gezegd: tuple[list[Toetsuitkomst], list[Tafel]],
) -> None:
    oordelen = {uitkomst.tafel: uitkomst.toetsing.eindoordeel for uitkomst in gezegd[0]}
    klaar = {
        TAFELS[f"{REGIO}/{tafel}"].tafel.naam for tafel in (EIGEN.partition("/")[2], "beschermingstafel-purmerend")
    }
    assert {tafel for tafel, oordeel in oordelen.items() if oordeel is Eindoordeel.KLAAR_VOOR_TRIAGE} == klaar


def test_what_another_table_does_not_ask_is_no_finding_there_and_asks_nobody_to_act(
    gezegd: tuple[list[Toetsuitkomst], list[Tafel]],
) -> None:
    for uitkomst in gezegd[0][1:]:
        assert not uitkomst.bevindingen
        assert not uitkomst.needs_person


def test_a_table_that_is_switched_off_is_named_with_its_reason_and_checks_nothing(
    formulier: Path, gezegd: tuple[list[Toetsuitkomst], list[Tafel]], capsys: pytest.CaptureFixture[str]
) -> None:
    uit = [tafel for tafel in VAN_REGIO if not tafel.ingeschakeld]
    assert uit and gezegd[1] == uit
    assert run_cli(["toets", str(formulier), "--tafel", uit[0].id]) == ExitCode.BEVINDINGEN
    assert f"{uit[0].naam} is uitgeschakeld: {uit[0].reden_uitgeschakeld}" in capsys.readouterr().out.replace("\n", " ")


def test_without_alle_the_form_is_checked_for_its_own_table_only(formulier: Path) -> None:
    uitkomsten, uit = check_bestand(formulier, tafel=None, alle=False, map_=None, vandaag=DAG)
    assert [uitkomst.tafel for uitkomst in uitkomsten] == [TAFELS[EIGEN].tafel.naam]
    assert uit == []


def test_the_screen_tells_whose_form_it_is_and_json_says_the_same(
    formulier: Path, gezegd: tuple[list[Toetsuitkomst], list[Tafel]], capsys: pytest.CaptureFixture[str]
) -> None:
    code = run_cli(["toets", str(formulier), "--alle", "--vandaag", DAG.isoformat()])
    scherm = capsys.readouterr().out
    assert code == (ExitCode.BEVINDINGEN if gezegd[0][0].needs_person else ExitCode.KLAAR)
    assert scherm.count("Dit is een formulier van een andere tafel.") == len(gezegd[0]) - 1
    run_cli(["toets", str(formulier), "--alle", "--vandaag", DAG.isoformat(), "--json"])
    inhoud = json.loads(capsys.readouterr().out)
    assert [(t["tafel"], t["eigen"], t["oordeel"]) for t in inhoud["toetsingen"]] == [
        (uitkomst.tafel, uitkomst.eigen, uitkomst.toetsing.oordeel) for uitkomst in gezegd[0]
    ]
    assert [item["tafel"] for item in inhoud["uitgeschakeld"]] == [tafel.naam for tafel in gezegd[1]]
