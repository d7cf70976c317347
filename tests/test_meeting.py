"""The agenda of a meeting, and what the coordinator should know of its date."""

from __future__ import annotations

import datetime as dt

import pytest
from support_dossier import DATA, WERKMAP, make_dossier

from pipeline.meeting import plan_overleg, recall_overleg
from schemas.dossier import Dossier, Fasewissel, GenomenBesluit
from schemas.kalender import warn_datum
from schemas.overleg import Overleg, Puntsoort

TRIAGE, EXPERTEN = dt.date(2026, 12, 4), dt.date(2026, 12, 17)


def _plan(overleg: str, datum: dt.date, *dossiers: Dossier) -> Overleg:
    soort = DATA.tafel.get_overleg(overleg)
    assert soort is not None
    return plan_overleg(soort, datum, dossiers, DATA.tafel, WERKMAP)


def _punten(overleg: Overleg) -> list[tuple[str, str]]:
    return [(punt.casuscode, punt.soort.value) for punt in overleg.punten]


def test_new_cases_come_first_then_those_that_come_back_each_by_code() -> None:
    overleg = _plan(
        "expertentafel",
        EXPERTEN,
        make_dossier(code="ZZZZZ2", fase="geagendeerd", overleg_op=EXPERTEN),
        make_dossier(code="BBBBB2", fase="ketenaanpak"),
        make_dossier(code="CCCCC2", fase="geagendeerd", overleg_op=EXPERTEN),
        make_dossier(code="DDDDD2", fase="aangemeld"),
        make_dossier(code="FFFFF2", fase="doorverwezen"),
    )
    assert _punten(overleg) == [
        ("CCCCC2", Puntsoort.NIEUW),
        ("ZZZZZ2", Puntsoort.NIEUW),
        ("BBBBB2", Puntsoort.TERUGKOM),
    ]
    assert (overleg.naam, overleg.uur, overleg.plaats) == (
        "Expertentafel",
        "13.30",
        "Voorbeeldhuis, grote zaal, Herentals",
    )


@pytest.mark.parametrize(
    ("gepland", "erop"),
    [(EXPERTEN, True), (dt.date(2027, 1, 21), False), (dt.date(2026, 11, 19), True), (None, False)],
)
def test_a_new_case_appears_at_its_planned_date_and_stays_until_it_is_decided(
    gepland: dt.date | None, erop: bool
) -> None:
    overleg = _plan("expertentafel", EXPERTEN, make_dossier(fase="geagendeerd", overleg_op=gepland))
    assert bool(overleg.punten) is erop


def test_the_triage_sees_every_case_that_came_in_by_then() -> None:
    vroeg, laat = make_dossier(code="BBBBB2"), make_dossier(code="CCCCC2", aangemeld_op=dt.date(2026, 12, 7))
    assert _punten(_plan("triagetafel", TRIAGE, laat, vroeg)) == [("BBBBB2", Puntsoort.NIEUW)]


def test_a_case_stays_on_the_agenda_it_was_decided_on() -> None:
    besluit = GenomenBesluit(overleg="triagetafel", datum=TRIAGE, besluit="niet_weerhouden", reden="x")
    beslist = make_dossier(fase="niet_weerhouden", besluiten=(besluit,))
    assert _punten(_plan("triagetafel", TRIAGE, beslist)) == [("BCDFG2", Puntsoort.NIEUW)]
    assert _punten(_plan("triagetafel", dt.date(2027, 1, 1), beslist)) == []


@pytest.mark.parametrize(
    ("datum", "woorden"),
    [
        (dt.date(2027, 1, 1), ["feestdag", "Nieuwjaar"]),
        (dt.date(2026, 5, 1), ["feestdag"]),
        (dt.date(2027, 5, 7), ["brugdag", "Hemelvaart"]),  # the Friday after Ascension Day
        (dt.date(2026, 12, 31), ["sluitingsdag"]),
    ],
)
def test_an_awkward_date_is_told_and_kept(datum: dt.date, woorden: list[str]) -> None:
    (zin,) = warn_datum(datum, DATA.tafel, WERKMAP)
    assert all(woord in zin for woord in woorden)
    assert _plan("triagetafel", datum).datum == datum


def test_the_first_day_of_a_year_can_make_a_bridge() -> None:
    (zin,) = warn_datum(dt.date(2026, 1, 2), DATA.tafel, WERKMAP)
    assert "brugdag" in zin
    (zin,) = warn_datum(dt.date(2029, 12, 31), DATA.tafel, WERKMAP)
    assert "brugdag" in zin


def test_an_ordinary_date_is_not_worth_a_word() -> None:
    assert warn_datum(TRIAGE, DATA.tafel, WERKMAP) == ()


def test_the_next_triage_but_one_falls_on_new_year() -> None:
    overleg = DATA.tafel.get_overleg("triagetafel")
    assert overleg is not None
    assert overleg.kalender.next_date(dt.date(2026, 12, 5)) == dt.date(2027, 1, 1)
    assert _plan("triagetafel", dt.date(2027, 1, 1)).let_op


# --- cases that come back ---


@pytest.mark.parametrize(
    ("gepland", "vervallen", "erop"),
    [
        (None, (), False),
        (None, ("BCDFG2",), True),
        (EXPERTEN, (), True),
        (dt.date(2027, 1, 21), (), False),
    ],
)
def test_a_case_comes_back_when_it_was_planned_or_when_its_term_falls_due(
    gepland: dt.date | None, vervallen: tuple[str, ...], erop: bool
) -> None:
    soort = DATA.tafel.get_overleg("expertentafel")
    assert soort is not None
    dossier = make_dossier(fase="ketenaanpak", overleg_op=gepland)
    overleg = plan_overleg(soort, EXPERTEN, [dossier], DATA.tafel, WERKMAP, vervallen)
    assert _punten(overleg) == ([("BCDFG2", Puntsoort.TERUGKOM)] if erop else [])


def test_the_terms_do_not_put_a_case_of_another_phase_on_the_agenda() -> None:
    soort = DATA.tafel.get_overleg("expertentafel")
    assert soort is not None
    dossiers = [make_dossier(fase="aangemeld"), make_dossier(code="HJKLM3", fase="geagendeerd")]
    assert plan_overleg(soort, EXPERTEN, dossiers, DATA.tafel, WERKMAP, ("BCDFG2", "HJKLM3")).punten == ()


def _beslist(code: str, eerder: tuple[Fasewissel, ...], *data: dt.date) -> Dossier:
    besluiten = [GenomenBesluit(overleg="expertentafel", datum=datum, besluit="spoor3") for datum in data]
    return make_dossier(code=code, fase="ketenaanpak", besluiten=besluiten).model_copy(update={"verloop": eerder})


def test_the_overleg_that_was_held_has_the_cases_on_which_it_decided_as_they_came_to_it() -> None:
    soort = DATA.tafel.get_overleg("expertentafel")
    assert soort is not None
    vroeger, nu = Fasewissel(fase="geagendeerd", op=TRIAGE, door="triage"), dt.date(2026, 11, 19)
    dossiers = [
        _beslist("BBBBB2", (vroeger.model_copy(update={"fase": "ketenaanpak"}),), EXPERTEN),
        _beslist("CCCCC2", (vroeger, vroeger.model_copy(update={"fase": "ketenaanpak", "op": EXPERTEN})), EXPERTEN),
        _beslist("DDDDD2", (), nu, EXPERTEN),
        _beslist("FFFFF2", (), nu),
        make_dossier(code="GGGGG2", fase="ketenaanpak"),
    ]
    overleg = recall_overleg(soort, EXPERTEN, dossiers)
    assert _punten(overleg) == [
        ("CCCCC2", Puntsoort.NIEUW),
        ("BBBBB2", Puntsoort.TERUGKOM),
        ("DDDDD2", Puntsoort.TERUGKOM),
    ]
    assert (overleg.uur, overleg.plaats, overleg.let_op) == ("", "", ())
    assert [p for p in _punten(_plan("expertentafel", EXPERTEN, *dossiers)) if p[0] != "GGGGG2"][:3] == [
        ("CCCCC2", Puntsoort.NIEUW),
        ("BBBBB2", Puntsoort.TERUGKOM),
        ("DDDDD2", Puntsoort.TERUGKOM),
    ]


def test_a_table_says_in_its_own_word_that_a_case_comes_back() -> None:
    tafel = DATA.tafel.model_copy(update={"terugkomwoord": "komt terug"})
    assert [tafel.tell_punt(soort) for soort in Puntsoort] == ["nieuw", "komt terug"]
    assert DATA.tafel.tell_punt(Puntsoort.TERUGKOM) == "terugkomdossier"
