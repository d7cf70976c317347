"""Terms that ask for a working day, windows between two days, and an overleg without fixed days (S3:45-51)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import settings as instellingen
from hypothesis import strategies as st
from support_dossier import WERKMAP, make_dossier
from support_tafel import DATA as KLEINE_DATA

from pipeline.calendar import build_kalender
from pipeline.meeting import list_planned, plan_overleg
from pipeline.terms import list_vervaldagen
from schemas.dossier import Dossier, Mijlpaal
from schemas.kalender import is_werkdag
from schemas.overleg import Puntsoort
from schemas.tafel import Anker, Overlegsoort, Richting, Termijn
from schemas.termijn import Kalenderregel, OpAfspraak, describe_regel
from schemas.vervaldag import Vervaldag

DAG = dt.timedelta(days=1)
ICO = Overlegsoort(
    id="ico",
    naam="ICO",
    kalender=Kalenderregel(regel=OpAfspraak(soort="op_afspraak")),
    nieuw_uit=("nieuw",),
    terugkom_uit=("lopend",),
    bron="S3:46",
)
WEEK = Termijn(
    id="plan",
    wat="Het afstemmingsplan delen",
    ankers=(Anker.BESPROKEN,),
    dagen=7,
    richting=Richting.UITERLIJK,
    werkdag=True,
    fasen=("lopend",),
    bron="S3:45",
)
VERVOLG = WEEK.model_copy(
    update={
        "id": "vervolg",
        "wat": "Vervolg-ICO",
        "dagen": 42,
        "tot_dagen": 56,
        "richting": Richting.VENSTER,
        "overleg": "ico",
    }
)
CONTACT = WEEK.model_copy(
    update={
        "id": "contact",
        "ankers": (Anker.CONTACT, Anker.BESPROKEN),
        "dagen": 28,
        "tot_dagen": 42,
        "richting": Richting.VENSTER,
        "werkdag": False,
    }
)
TAFEL = KLEINE_DATA.tafel.model_copy(
    update={"land": "NL", "taal": "nl-NL", "overleggen": (ICO,), "termijnen": (WEEK, VERVOLG, CONTACT)}
)
DATA = KLEINE_DATA.model_copy(update={"tafel": TAFEL})
DAGEN = st.dates(dt.date(2024, 1, 1), dt.date(2035, 12, 31))


def make_case(ico: dt.date, *contacten: dt.date, overleg_op: dt.date | None = None) -> Dossier:
    gezet = [(Anker.BESPROKEN, ico), *((Anker.CONTACT, dag) for dag in contacten)]
    mijlpalen = tuple(Mijlpaal(anker=anker, datum=dag, veld="formulier") for anker, dag in gezet)
    return make_dossier(fase="lopend", overleg_op=overleg_op).model_copy(update={"mijlpalen": mijlpalen})


def compute(
    termijn: Termijn, dossier: Dossier, vandaag: dt.date, sluitingsdagen: tuple[dt.date, ...] = ()
) -> Vervaldag:
    werkmap = WERKMAP.model_copy(update={"sluitingsdagen": sluitingsdagen})
    alle = list_vervaldagen([dossier], DATA, werkmap, vandaag)
    return next(vervaldag for vervaldag in alle if vervaldag.termijn == termijn.id)


# --- binnen een week (S3:45) ---


def test_a_week_that_ends_on_christmas_day_is_met_before_it_and_says_why() -> None:
    ico = dt.date(2026, 12, 18)
    vervaldag = compute(WEEK, make_case(ico), ico)
    assert (vervaldag.berekend, vervaldag.datum) == (dt.date(2026, 12, 25), dt.date(2026, 12, 24))
    (zin,) = vervaldag.let_op
    assert zin.startswith("25 december 2026 is geen werkdag. Deze datum is een feestdag (")
    assert zin.endswith("Daarom 24 december 2026.")


def test_a_closing_day_of_the_werkmap_is_no_working_day() -> None:
    ico = dt.date(2026, 12, 18)
    assert compute(WEEK, make_case(ico), ico, (dt.date(2026, 12, 24),)).datum == dt.date(2026, 12, 23)


def test_a_week_that_ends_on_a_sunday_is_met_on_friday() -> None:
    vervaldag = compute(WEEK, make_case(dt.date(2026, 11, 15)), dt.date(2026, 11, 15))
    assert vervaldag.datum == dt.date(2026, 11, 20)
    assert "Die dag valt in een weekend." in vervaldag.let_op[0]


@given(ico=DAGEN, dicht=st.lists(st.integers(0, 7), max_size=8))
@instellingen(max_examples=60, deadline=None)
def test_within_a_week_is_a_working_day_never_after_the_week_and_never_before_the_ico(
    ico: dt.date, dicht: list[int]
) -> None:
    sluitingsdagen = tuple(ico + aantal * DAG for aantal in dicht)
    datum = compute(WEEK, make_case(ico), ico, sluitingsdagen).datum
    werkmap = WERKMAP.model_copy(update={"sluitingsdagen": sluitingsdagen})
    werkdagen = [ico + n * DAG for n in range(8) if is_werkdag(ico + n * DAG, TAFEL, werkmap)]
    assert datum == max(werkdagen, default=ico + 7 * DAG)


# --- binnen 6-8 weken, iedere 4 tot 6 weken (S3:46, S3:51) ---


def test_a_window_that_opens_on_ascension_day_opens_the_next_working_day() -> None:
    ico = dt.date(2027, 3, 25)
    vervaldag = compute(VERVOLG, make_case(ico), ico)
    assert vervaldag.berekend == dt.date(2027, 5, 6)
    assert (vervaldag.datum, vervaldag.tot) == (dt.date(2027, 5, 7), dt.date(2027, 5, 20))
    assert any("Hemelvaart" in zin and zin.endswith("Daarom 7 mei 2027.") for zin in vervaldag.let_op)
    assert vervaldag.duur == "42 tot 56 dagen"


@given(ico=DAGEN)
@instellingen(max_examples=60, deadline=None)
def test_a_window_opens_and_closes_on_working_days_within_six_to_eight_weeks(ico: dt.date) -> None:
    vervaldag = compute(VERVOLG, make_case(ico), ico)
    assert vervaldag.tot is not None
    werkmap = WERKMAP.model_copy(update={"sluitingsdagen": ()})
    binnen = [ico + n * DAG for n in range(42, 57) if is_werkdag(ico + n * DAG, TAFEL, werkmap)]
    assert (vervaldag.datum, vervaldag.tot) == (binnen[0], binnen[-1])


def test_each_contact_starts_the_window_for_the_next_one_anew() -> None:
    ico, contact = dt.date(2026, 11, 2), dt.date(2026, 12, 7)
    eerst = compute(CONTACT, make_case(ico), ico)
    assert (eerst.datum, eerst.tot) == (dt.date(2026, 11, 30), dt.date(2026, 12, 14))
    daarna = compute(CONTACT, make_case(ico, contact), contact)
    assert (daarna.datum, daarna.tot) == (dt.date(2027, 1, 4), dt.date(2027, 1, 18))


@pytest.mark.parametrize(
    ("vandaag", "nabij", "voorbij"),
    [
        (dt.date(2026, 11, 22), False, False),
        (dt.date(2026, 11, 23), True, False),
        (dt.date(2026, 12, 14), True, False),
        (dt.date(2026, 12, 15), False, True),
    ],
)
def test_a_window_is_near_a_week_before_it_opens_and_past_the_day_after_it_closes(
    vandaag: dt.date, nabij: bool, voorbij: bool
) -> None:
    vervaldag = compute(CONTACT, make_case(dt.date(2026, 11, 2)), vandaag)
    assert (vervaldag.is_nabij, vervaldag.is_voorbij) == (nabij, voorbij)


def test_a_window_without_one_working_day_stays_as_it_is_and_says_so() -> None:
    ico = dt.date(2026, 11, 2)
    vervaldag = compute(VERVOLG, make_case(ico), ico, tuple(ico + n * DAG for n in range(42, 57)))
    assert (vervaldag.datum, vervaldag.tot) == (ico + 42 * DAG, ico + 56 * DAG)
    assert all("Er is geen werkdag te vinden" in zin for zin in vervaldag.let_op[1:])


def test_a_calendar_program_shows_a_window_from_its_first_to_its_last_day() -> None:
    ico = dt.date(2027, 3, 25)
    agenda = build_kalender([compute(VERVOLG, make_case(ico), ico)], TAFEL, ico).decode()
    assert "DTSTART;VALUE=DATE:20270507" in agenda
    assert "DTEND;VALUE=DATE:20270521" in agenda


# --- an overleg without fixed days ---


@pytest.mark.parametrize(
    ("op", "vandaag", "zin"),
    [
        (None, dt.date(2026, 11, 20), "Voor deze casus is nog geen dag afgesproken: ICO."),
        (
            dt.date(2026, 11, 2),
            dt.date(2026, 11, 20),
            "De afgesproken dag, 2 november 2026, is voorbij",
        ),
        (dt.date(2026, 12, 15), dt.date(2026, 11, 20), "Afgesproken op 15 december 2026."),
        (dt.date(2026, 12, 7), dt.date(2026, 11, 20), "Afgesproken op 7 december 2026: dat is vroeger."),
        (dt.date(2027, 2, 1), dt.date(2026, 11, 20), "Afgesproken op 1 februari 2027: dat is later."),
    ],
)
def test_a_window_tells_whether_a_day_was_agreed_and_whether_it_lies_inside(
    op: dt.date | None, vandaag: dt.date, zin: str
) -> None:
    vervaldag = compute(VERVOLG, make_case(dt.date(2026, 11, 2), overleg_op=op), vandaag)
    assert any(regel.startswith(zin) for regel in vervaldag.let_op)


def test_only_cases_of_that_very_day_are_on_its_agenda() -> None:
    dag = dt.date(2026, 12, 15)
    dossiers = [
        make_dossier(code="BBBBB2", fase="nieuw", overleg_op=dag),
        make_dossier(code="CCCCC2", fase="lopend", overleg_op=dag),
        make_dossier(code="DDDDD2", fase="nieuw", overleg_op=dag - DAG),
        make_dossier(code="FFFFF2", fase="nieuw"),
        make_dossier(code="GGGGG2", fase="lopend"),
        make_dossier(code="HHHHH2", fase="dicht", overleg_op=dag),
    ]
    overleg = plan_overleg(ICO, dag, dossiers, TAFEL, WERKMAP)
    assert [(punt.casuscode, punt.soort) for punt in overleg.punten] == [
        ("BBBBB2", Puntsoort.NIEUW),
        ("CCCCC2", Puntsoort.TERUGKOM),
    ]
    assert list_planned(ICO, dossiers, dag - DAG) == (dag - DAG, dag)
    assert list_planned(ICO, dossiers, dag) == (dag,)


def test_without_fixed_days_there_is_no_next_one_and_nobody_guesses_it() -> None:
    vanaf = dt.date(2026, 12, 1)
    assert list(ICO.kalender.iterate(vanaf)) == []
    assert next(ICO.kalender.iterate(vanaf), None) is None
    assert describe_regel(ICO.kalender.regel) == "op afspraak"
    for zoek in (ICO.kalender.next_date, ICO.kalender.previous_date):
        with pytest.raises(ValueError, match="op afspraak"):
            zoek(vanaf)
