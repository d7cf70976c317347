"""Calendar rules: which dates a table meets on."""

from __future__ import annotations

import datetime as dt
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import settings as instellingen
from hypothesis import strategies as st

from schemas.termijn import Kalenderregel, Maandelijks, Weekdag, Wekelijks, describe_regel

EERSTE_VRIJDAG = Maandelijks(soort="maandelijks", week=1, weekdag=Weekdag.VRIJDAG)
DERDE_DONDERDAG = Maandelijks(soort="maandelijks", week=3, weekdag=Weekdag.DONDERDAG)

DAGEN = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))
REGELS = st.one_of(
    st.builds(
        Maandelijks, soort=st.just("maandelijks"), week=st.integers(1, 4), weekdag=st.sampled_from(list(Weekdag))
    ),
    st.builds(Wekelijks, soort=st.just("wekelijks"), weekdag=st.sampled_from(list(Weekdag))),
)


@pytest.mark.parametrize(
    ("regel", "vanaf", "dagen"),
    [
        (EERSTE_VRIJDAG, dt.date(2026, 11, 21), [(2026, 12, 4), (2027, 1, 1), (2027, 2, 5)]),
        (DERDE_DONDERDAG, dt.date(2026, 11, 21), [(2026, 12, 17), (2027, 1, 21), (2027, 2, 18)]),
        (EERSTE_VRIJDAG, dt.date(2026, 12, 4), [(2026, 12, 4)]),
        (EERSTE_VRIJDAG, dt.date(2026, 12, 5), [(2027, 1, 1)]),
    ],
)
def test_the_dates_of_a_table_follow_its_rule(
    regel: Maandelijks, vanaf: dt.date, dagen: list[tuple[int, int, int]]
) -> None:
    gevonden = list(islice(Kalenderregel(regel=regel).iterate(vanaf), len(dagen)))
    assert gevonden == [dt.date(*dag) for dag in dagen]


@instellingen(deadline=None)
@given(regel=REGELS, vanaf=DAGEN)
def test_the_next_date_is_the_first_day_on_or_after_that_fits_the_rule(
    regel: Maandelijks | Wekelijks, vanaf: dt.date
) -> None:
    def fits(dag: dt.date) -> bool:
        week = regel.week if isinstance(regel, Maandelijks) else (dag.day - 1) // 7 + 1
        return dag.weekday() == regel.weekdag.nummer and (dag.day - 1) // 7 + 1 == week

    volgende = Kalenderregel(regel=regel).next_date(vanaf)
    eerste = next(dag for n in range(40) if fits(dag := vanaf + dt.timedelta(days=n)))
    assert volgende == eerste


#: Moves of a date by at most four weeks.
VERZETTEN = st.dictionaries(st.integers(-8, 8), st.integers(-28, 28), max_size=4)


@instellingen(deadline=None)
@given(regel=REGELS, dag=DAGEN, verzetten=VERZETTEN)
def test_no_date_of_the_overleg_lies_between_the_previous_one_and_the_next_one(
    regel: Maandelijks | Wekelijks, dag: dt.date, verzetten: dict[int, int]
) -> None:
    volgens_regel = list(islice(Kalenderregel(regel=regel).iterate(dag - dt.timedelta(days=400)), 120))
    hier = next(i for i, datum in enumerate(volgens_regel) if datum >= dag)
    echt = {volgens_regel[hier + n]: volgens_regel[hier + n] + dt.timedelta(days=d) for n, d in verzetten.items()}
    kalender = Kalenderregel(regel=regel, uitzonderingen=tuple(echt.items()))
    dagen = {echt.get(datum, datum) for datum in volgens_regel}
    assert kalender.previous_date(dag) == max(datum for datum in dagen if datum <= dag)
    assert kalender.next_date(dag) == min(datum for datum in dagen if datum >= dag)


@pytest.mark.parametrize(
    ("op", "vorige"),
    [
        (dt.date(2027, 5, 19), dt.date(2027, 4, 15)),
        (dt.date(2027, 5, 20), dt.date(2027, 5, 20)),
        (dt.date(2027, 6, 16), dt.date(2027, 5, 20)),
    ],
)
def test_the_previous_date_is_the_last_one_on_or_before(op: dt.date, vorige: dt.date) -> None:
    assert Kalenderregel(regel=DERDE_DONDERDAG).previous_date(op) == vorige


def test_an_exception_moves_the_previous_date_as_well() -> None:
    regel = Kalenderregel(regel=EERSTE_VRIJDAG, uitzonderingen=((dt.date(2027, 1, 1), dt.date(2027, 1, 8)),))
    assert regel.previous_date(dt.date(2027, 1, 7)) == dt.date(2026, 12, 4)
    assert regel.previous_date(dt.date(2027, 1, 8)) == dt.date(2027, 1, 8)
    assert regel.previous_date(dt.date(2027, 2, 4)) == dt.date(2027, 1, 8)


@instellingen(deadline=None)
@given(vanaf=DAGEN)
def test_the_third_thursday_always_follows_the_first_friday_of_its_month(vanaf: dt.date) -> None:
    vrijdag = Kalenderregel(regel=EERSTE_VRIJDAG).next_date(vanaf)
    donderdag = Kalenderregel(regel=DERDE_DONDERDAG).next_date(vrijdag)
    assert (donderdag - vrijdag).days in (13, 20)
    assert (donderdag.year, donderdag.month) == (vrijdag.year, vrijdag.month)


def test_an_exception_moves_a_date_and_leaves_the_others() -> None:
    regel = Kalenderregel(regel=EERSTE_VRIJDAG, uitzonderingen=((dt.date(2027, 1, 1), dt.date(2027, 1, 8)),))
    assert regel.next_date(dt.date(2026, 12, 5)) == dt.date(2027, 1, 8)
    assert regel.next_date(dt.date(2027, 1, 8)) == dt.date(2027, 1, 8)
    assert regel.next_date(dt.date(2027, 1, 9)) == dt.date(2027, 2, 5)


def test_an_exception_to_an_earlier_day_counts_from_that_day() -> None:
    regel = Kalenderregel(regel=EERSTE_VRIJDAG, uitzonderingen=((dt.date(2027, 1, 1), dt.date(2026, 12, 30)),))
    assert regel.next_date(dt.date(2026, 12, 5)) == dt.date(2026, 12, 30)
    assert regel.next_date(dt.date(2026, 12, 31)) == dt.date(2027, 2, 5)


def test_a_holiday_does_not_move_a_date_by_itself() -> None:
    assert Kalenderregel(regel=EERSTE_VRIJDAG).next_date(dt.date(2026, 12, 31)) == dt.date(2027, 1, 1)


def test_a_rule_reads_as_dutch() -> None:
    assert describe_regel(EERSTE_VRIJDAG) == "eerste vrijdag van de maand"
    assert describe_regel(Wekelijks(soort="wekelijks", weekdag=Weekdag.DINSDAG)) == "elke dinsdag"


def test_a_rule_reads_from_json_as_the_data_files_give_it() -> None:
    tekst = '{"regel": {"soort": "wekelijks", "weekdag": "dinsdag"}, "uitzonderingen": [["2027-01-05", "2027-01-06"]]}'
    regel = Kalenderregel.model_validate_json(tekst)
    assert regel.next_date(dt.date(2027, 1, 5)) == dt.date(2027, 1, 6)
