"""A meeting on another day than the calendar's, and a day of sending on which nobody works: told, and understood."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from support_dossier import WERKMAP, make_dossier
from support_tafels import name_tafel
from support_werkmap import Werkmapje, make_form

from pipeline.pdf import choose_engine
from pipeline.register import Register
from pipeline.run.agenda import Dagen, plan_agenda
from pipeline.run.taken import list_taken
from pipeline.settings import Settings
from schemas.catalogus import load_tafel
from schemas.kalender import find_verzenddag, is_werkdag
from schemas.termijn import Kalenderregel, Maandelijks, Weekdag, Wekelijks

DATA = load_tafel(name_tafel("gewoon"))
BEREID, DOORGEVEN = "Bereid het overleg voor: ", "Geef door wat er op "


@pytest.fixture
def werkmap(tmp_path: Path) -> Werkmapje:
    gemaakt = Werkmapje.make(tmp_path)
    gemaakt.drop(make_form())
    gemaakt.process()
    return gemaakt


def read_page(werkmap: Werkmapje) -> tuple[str, list[str]]:
    """Heading and tasks of `overzicht.html`."""
    pagina: html.HtmlElement = html.fromstring((werkmap.map / "overzicht.html").read_bytes())
    kop, *taken = [" ".join(item.text_content().split()) for item in (next(pagina.iter("h2")), *pagina.iter("li"))]
    return kop, taken


@pytest.mark.parametrize("dag", ["2026-12-02", "2026-12-07"])
def test_a_day_off_the_calendar_is_told_with_the_nearest_and_takes_its_place(werkmap: Werkmapje, dag: str) -> None:
    werkmap.prepare("triagetafel", "2026-11-27", "--datum", dag)
    assert "de dichtste dag volgens de kalender is vrijdag 4 december 2026. Dit overleg komt in de" in werkmap.uitvoer
    kop, taken = read_page(werkmap)
    gekozen = {"2026-12-02": "woensdag 2 december 2026", "2026-12-07": "maandag 7 december 2026"}[dag]
    assert kop == f"Te doen vóór {gekozen} (Triagetafel)"
    assert not [taak for taak in taken if BEREID in taak]
    werkmap.prepare("triagetafel", "2026-11-28")
    assert gekozen in werkmap.uitvoer, "the next one is the one that was prepared"


def make_dagen(map_: Path, vandaag: dt.date, *mappen: str) -> Dagen:
    """One case that is planned for the expertentafel of 17 December, and these folders in `uit/`."""
    dossier = make_dossier(fase="geagendeerd").model_copy(update={"overleg_op": dt.date(2026, 12, 17)})
    settings = Settings(map_, DATA, WERKMAP, (DATA,), vandaag, lambda: choose_engine("rdocx"))
    return Dagen(settings, (dossier,), frozenset(mappen))


EXPERTENTAFEL = next(soort for soort in DATA.tafel.overleggen if soort.id == "expertentafel")


def test_when_both_days_are_prepared_both_are_held(tmp_path: Path) -> None:
    dagen = make_dagen(tmp_path, dt.date(2026, 12, 8), "2026-12-21 expertentafel", "2026-12-17 expertentafel")
    assert dagen.list_next(EXPERTENTAFEL) == (dt.date(2026, 12, 17),)
    assert dagen.find_day(dt.date(2026, 12, 17)) == dt.date(2026, 12, 17)
    overleg = plan_agenda(dagen.settings, EXPERTENTAFEL, dt.date(2026, 12, 21), dagen.dossiers)
    (zin,) = dagen.warn_off_calendar(EXPERTENTAFEL, dt.date(2026, 12, 21), overleg)
    assert "Die dag is ook voorbereid: dit overleg komt erbij." in zin


def test_a_case_that_is_planned_for_a_later_day_is_named_when_the_meeting_is_moved_forward(tmp_path: Path) -> None:
    dagen = make_dagen(tmp_path, dt.date(2026, 12, 8))
    overleg = plan_agenda(dagen.settings, EXPERTENTAFEL, dt.date(2026, 12, 15), dagen.dossiers)
    zinnen = dagen.warn_off_calendar(EXPERTENTAFEL, dt.date(2026, 12, 15), overleg)
    assert f"Casus {dagen.dossiers[0].code} is gepland voor donderdag 17 december 2026" in zinnen[1]


@pytest.mark.parametrize(
    ("map_", "vandaag", "gevraagd"),
    [
        ("2026-12-21 expertentafel", 18, []),
        ("2026-12-21 expertentafel", 22, ["21 december 2026"]),
        ("2026-12-15 expertentafel", 16, ["15 december 2026"]),
        ("2026-12-17 expertentafel", 16, []),
        ("2026-12-17 expertentafel", 18, ["17 december 2026"]),
        ("2026-12-21 brieven", 18, ["17 december 2026"]),
    ],
)
def test_what_was_decided_is_asked_of_the_day_on_which_it_was_held(
    tmp_path: Path, map_: str, vandaag: int, gevraagd: list[str]
) -> None:
    dagen = make_dagen(tmp_path, dt.date(2026, 12, vandaag), map_)
    with Register.open(tmp_path):
        pass
    taken = [taak.wat for taak in list_taken(dagen.settings, dagen, (), 0)]
    gezegd = [wat.split(DOORGEVEN)[1].split(" beslist")[0] for wat in taken if DOORGEVEN in wat]
    assert gezegd == gevraagd


def test_a_day_of_sending_on_which_nobody_works_is_told_with_the_day_before(werkmap: Werkmapje) -> None:
    """A week before New Year's Day is Christmas; the day before that is a closing day of this werkmap."""
    werkmap.process("2026-12-12")
    (taak,) = [taak for taak in read_page(werkmap)[1] if BEREID in taak]
    zin = "Die dag is een feestdag (Kerstmis). Doe het ten laatste op de laatste werkdag ervoor: "
    zin += "woensdag 23 december 2026."
    assert zin in taak
    werkmap.prepare("triagetafel", "2026-12-12")
    assert "vertrekken best ten laatste op vrijdag 25 december 2026." in werkmap.uitvoer
    assert f"Let op: {zin}" in werkmap.uitvoer
    werkmap.prepare("triagetafel", "2026-12-24")
    assert "Doe het zo snel mogelijk." in werkmap.uitvoer


REGELS = st.one_of(
    st.builds(Wekelijks, soort=st.just("wekelijks"), weekdag=st.sampled_from(Weekdag)),
    st.builds(Maandelijks, soort=st.just("maandelijks"), week=st.integers(1, 4), weekdag=st.sampled_from(Weekdag)),
)


@given(REGELS, st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)))
def test_no_date_of_a_calendar_is_nearer_than_the_nearest(regel: Maandelijks | Wekelijks, dag: dt.date) -> None:
    kalender = Kalenderregel(regel=regel)
    dichtst = kalender.nearest_date(dag)
    assert dichtst in (kalender.previous_date(dag), kalender.next_date(dag))
    afstand = abs(dichtst - dag)
    assert all(
        abs(ander - dag) >= afstand
        for ander, _ in zip(kalender.iterate(dag - dt.timedelta(40)), range(12), strict=False)
    )


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)))
def test_the_day_to_send_is_the_last_working_day_until_then(dag: dt.date) -> None:
    tafel = DATA.tafel
    gekozen = find_verzenddag(dag, tafel, WERKMAP)
    assert is_werkdag(gekozen, tafel, WERKMAP)
    tussenin = (gekozen + dt.timedelta(days=nummer) for nummer in range(1, (dag - gekozen).days + 1))
    assert not any(is_werkdag(dag, tafel, WERKMAP) for dag in tussenin)
