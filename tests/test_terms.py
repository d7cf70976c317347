"""Terms: from which date they count, to which date they lead, and what the coordinator sees of them."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import settings as instellingen
from hypothesis import strategies as st
from icalendar import Calendar
from rich.console import Console
from support_dossier import DATA as ECHTE_DATA
from support_dossier import TAFEL, WERKMAP, make_dossier
from support_tafel import DATA as KLEINE_DATA

from pipeline.calendar import build_kalender
from pipeline.cli import run_cli
from pipeline.cli.context import load_settings
from pipeline.cli.terms_command import Termijnen, show_termijnen
from pipeline.register import Register
from pipeline.run.agenda import plan_agenda
from pipeline.run.werkmap import make_werkmap
from pipeline.terms import list_geagendeerd, list_open_termijnen, list_terugkomers, list_vervaldagen
from schemas.dossier import Dossier, GenomenBesluit, Melding, Mijlpaal
from schemas.overleg import Puntsoort
from schemas.tafel import Anker, Overlegsoort, Richting, Termijn
from schemas.tafeldata import Tafeldata
from schemas.termijn import Kalenderregel, Maandelijks, Weekdag
from schemas.vervaldag import Vervaldag
from schemas.werkmap import Plaatsgegevens, Werkmap

VANDAAG = dt.date(2026, 12, 1)
DERDE_DONDERDAG = Kalenderregel(regel=Maandelijks(soort="maandelijks", week=3, weekdag=Weekdag.DONDERDAG))
EERSTE_VRIJDAG = Kalenderregel(regel=Maandelijks(soort="maandelijks", week=1, weekdag=Weekdag.VRIJDAG))
EXPERTEN = Overlegsoort(id="experten", naam="Expertentafel", kalender=DERDE_DONDERDAG, nieuw_uit=(), bron="S0:16")
TRIAGE = Overlegsoort(id="triage", naam="Triagetafel", kalender=EERSTE_VRIJDAG, nieuw_uit=(), bron="S0:11")


def make_termijn(
    termijn_id: str = "terug",
    *ankers: Anker,
    maanden: int = 0,
    dagen: int = 0,
    richting: Richting = Richting.UITERLIJK,
    overleg: str | None = "experten",
    fase: str = "ketenaanpak",
    vervalt_bij: Anker | None = None,
    agendeert: bool = False,
    vooraf: bool = False,
) -> Termijn:
    return Termijn(
        id=termijn_id,
        wat="Dossier terug bespreken",
        ankers=ankers or (Anker.BESPROKEN,),
        maanden=maanden,
        dagen=dagen,
        richting=richting,
        overleg=overleg,
        fasen=(fase,),
        vervalt_bij=vervalt_bij,
        agendeert=agendeert,
        vooraf=vooraf,
        bron="verzonnen",
    )


def make_data(*termijnen: Termijn, experten: Overlegsoort = EXPERTEN) -> Tafeldata:
    tafel = KLEINE_DATA.tafel.model_copy(update={"overleggen": (TRIAGE, experten), "termijnen": termijnen})
    return KLEINE_DATA.model_copy(update={"tafel": tafel})


def make_case(*mijlpalen: tuple[Anker, dt.date], code: str = "BCDFG2", fase: str = "ketenaanpak") -> Dossier:
    gezet = tuple(Mijlpaal(anker=anker, datum=datum, veld=f"Verslagformulier, {anker}") for anker, datum in mijlpalen)
    return make_dossier(code=code, fase=fase).model_copy(update={"mijlpalen": gezet})


def compute(
    anker: dt.date,
    termijn: Termijn,
    *,
    vandaag: dt.date | None = None,
    experten: Overlegsoort = EXPERTEN,
    werkmap: Werkmap = WERKMAP,
) -> Vervaldag:
    dossier = make_case((termijn.ankers[0], anker))
    (vervaldag,) = list_vervaldagen([dossier], make_data(termijn, experten=experten), werkmap, vandaag or anker)
    return vervaldag


UITERLIJK = make_termijn(maanden=6)
TEN_VROEGSTE = make_termijn(maanden=6, richting=Richting.TEN_VROEGSTE)
DE_DAG_ZELF = make_termijn(maanden=6, overleg=None)


# --- the dates ---


@pytest.mark.parametrize(
    ("anker", "uiterlijk", "ten_vroegste"),
    [
        (dt.date(2026, 11, 19), dt.date(2027, 4, 15), dt.date(2027, 5, 20)),
        (dt.date(2027, 1, 21), dt.date(2027, 7, 15), dt.date(2027, 8, 19)),
        (dt.date(2026, 12, 17), dt.date(2027, 6, 17), dt.date(2027, 6, 17)),
    ],
)
def test_uiterlijk_rounds_back_to_the_last_table_and_ten_vroegste_forward_to_the_first(
    anker: dt.date, uiterlijk: dt.date, ten_vroegste: dt.date
) -> None:
    assert compute(anker, UITERLIJK).datum == uiterlijk
    assert compute(anker, TEN_VROEGSTE).datum == ten_vroegste


@pytest.mark.parametrize(
    ("anker", "berekend"),
    [
        (dt.date(2026, 8, 31), dt.date(2027, 2, 28)),
        (dt.date(2027, 8, 31), dt.date(2028, 2, 29)),
        (dt.date(2026, 12, 17), dt.date(2027, 6, 17)),
    ],
)
def test_months_stay_months_and_end_with_the_month(anker: dt.date, berekend: dt.date) -> None:
    vervaldag = compute(anker, DE_DAG_ZELF)
    assert (vervaldag.berekend, vervaldag.datum, vervaldag.overleg) == (berekend, berekend, None)


def test_the_last_day_of_august_leads_to_the_tables_around_the_end_of_february() -> None:
    assert compute(dt.date(2026, 8, 31), UITERLIJK).datum == dt.date(2027, 2, 18)
    assert compute(dt.date(2026, 8, 31), TEN_VROEGSTE).datum == dt.date(2027, 3, 18)


def test_days_come_on_top_of_months() -> None:
    vervaldag = compute(dt.date(2026, 12, 17), make_termijn(maanden=1, dagen=1, overleg=None))
    assert (vervaldag.datum, vervaldag.duur) == (dt.date(2027, 1, 18), "1 maand en 1 dag")


def test_a_moved_table_counts_on_its_real_date() -> None:
    regel = DERDE_DONDERDAG.model_copy(update={"uitzonderingen": ((dt.date(2027, 6, 17), dt.date(2027, 6, 24)),)})
    verzet = EXPERTEN.model_copy(update={"kalender": regel})
    assert compute(dt.date(2026, 12, 17), UITERLIJK, experten=verzet).datum == dt.date(2027, 5, 20)
    assert compute(dt.date(2026, 12, 17), TEN_VROEGSTE, experten=verzet).datum == dt.date(2027, 6, 24)


GERICHT = (Richting.UITERLIJK, Richting.TEN_VROEGSTE)  #: with an overleg a window is refused when the table loads
ANKERS = st.dates(dt.date(2024, 1, 1), dt.date(2035, 12, 31))
TERMIJNEN = st.builds(
    make_termijn,
    maanden=st.integers(0, 24),
    dagen=st.integers(0, 60),
    richting=st.sampled_from(GERICHT),
    overleg=st.sampled_from(["experten", "triage", None]),
)


@instellingen(deadline=None)
@given(eerste=ANKERS, tweede=ANKERS, termijn=TERMIJNEN)
@example(eerste=dt.date(2026, 8, 31), tweede=dt.date(2026, 8, 28), termijn=UITERLIJK)
@example(eerste=dt.date(2027, 8, 31), tweede=dt.date(2027, 9, 1), termijn=TEN_VROEGSTE)
def test_a_date_is_a_table_never_on_the_wrong_side_and_never_earlier_for_a_later_anchor(
    eerste: dt.date, tweede: dt.date, termijn: Termijn
) -> None:
    vroeg, laat = (compute(anker, termijn) for anker in sorted((eerste, tweede)))
    assert vroeg.datum <= laat.datum
    for vervaldag in (vroeg, laat):
        if termijn.overleg is None:
            assert vervaldag.datum == vervaldag.berekend
            continue
        goed = vervaldag.datum <= vervaldag.berekend
        if termijn.richting is Richting.TEN_VROEGSTE:
            goed = vervaldag.datum >= vervaldag.berekend
        assert goed and abs((vervaldag.datum - vervaldag.berekend).days) < 36
        dag = Weekdag.DONDERDAG if termijn.overleg == "experten" else Weekdag.VRIJDAG
        week = 3 if termijn.overleg == "experten" else 1
        assert (vervaldag.datum.weekday(), (vervaldag.datum.day - 1) // 7 + 1) == (dag.nummer, week)


# --- beforehand ---

VOORAF = make_termijn(dagen=1, richting=Richting.TEN_VROEGSTE, vooraf=True)
GEVRAAGD = dt.date(2026, 12, 17)


def test_what_must_be_there_beforehand_is_due_a_week_before_the_table_that_follows() -> None:
    vervaldag = compute(GEVRAAGD, VOORAF)
    assert (vervaldag.datum, vervaldag.overleg_op) == (dt.date(2027, 1, 14), dt.date(2027, 1, 21))
    assert (vervaldag.overleg, vervaldag.berekend) == ("experten", dt.date(2026, 12, 18))
    assert vervaldag.let_op == ("Dit is nodig voor het overleg van 21 januari 2027, 7 dagen vooraf.",)
    assert not vervaldag.is_voorbij and not vervaldag.is_nabij


@pytest.mark.parametrize(
    ("dagen", "datum", "woorden"),
    [
        (0, dt.date(2027, 1, 21), "de dag zelf"),
        (1, dt.date(2027, 1, 20), "1 dag vooraf"),
        (14, dt.date(2027, 1, 7), "14 dagen vooraf"),
    ],
)
def test_the_days_beforehand_of_the_werkmap_go_before_those_of_the_table(
    dagen: int, datum: dt.date, woorden: str
) -> None:
    plaats = Plaatsgegevens(plaats="Grote zaal", uur="9.30", dagen_vooraf=dagen)
    vervaldag = compute(GEVRAAGD, VOORAF, werkmap=WERKMAP.model_copy(update={"overleg": {"experten": plaats}}))
    assert (vervaldag.datum, vervaldag.overleg_op) == (datum, dt.date(2027, 1, 21))
    assert woorden in vervaldag.let_op[0]


def test_a_day_beforehand_that_has_passed_says_whether_its_table_has() -> None:
    ervoor, erna = (compute(GEVRAAGD, VOORAF, vandaag=dt.date(2027, 1, dag)) for dag in (18, 25))
    assert ervoor.is_voorbij and ervoor.let_op[1:] == ("Dat overleg komt nog: bezorg het zo snel mogelijk.",)
    assert erna.let_op[1:] == ("Het eerstvolgende overleg (Expertentafel) is op 18 februari 2027.",)


def test_a_table_too_soon_for_the_days_beforehand_is_marked_at_once() -> None:
    kort = EXPERTEN.model_copy(update={"dagen_vooraf": 40})
    vervaldag = compute(GEVRAAGD, VOORAF, experten=kort)
    assert (vervaldag.datum, vervaldag.is_voorbij) == (dt.date(2026, 12, 12), True)
    assert "Deze datum valt in een weekend." in vervaldag.let_op


def test_a_holiday_on_the_day_of_the_table_is_told_with_what_is_due_before_it() -> None:
    termijn = make_termijn(dagen=1, richting=Richting.TEN_VROEGSTE, overleg="triage", vooraf=True)
    vervaldag = compute(dt.date(2026, 12, 4), termijn)
    assert (vervaldag.datum, vervaldag.overleg_op) == (dt.date(2026, 12, 25), dt.date(2027, 1, 1))
    assert [zin for zin in vervaldag.let_op if "feestdag" in zin] == [
        "Deze datum is een feestdag (Kerstmis).",
        "Over de dag van het overleg: deze datum is een feestdag (Nieuwjaar).",
    ]


def test_a_term_beforehand_brings_a_case_to_the_table_and_not_to_one_before() -> None:
    termijn = make_termijn(dagen=1, richting=Richting.TEN_VROEGSTE, vooraf=True, agendeert=True)
    dossiers, data = [make_case((Anker.BESPROKEN, GEVRAAGD))], make_data(termijn)
    assert list_terugkomers(EXPERTEN, dt.date(2027, 1, 14), dossiers, data) == frozenset()
    assert list_terugkomers(EXPERTEN, dt.date(2027, 1, 21), dossiers, data) == {"BCDFG2"}


@instellingen(deadline=None)
@given(anker=ANKERS, dagen=st.integers(1, 60), vooraf=st.integers(0, 60), richting=st.sampled_from(GERICHT))
def test_beforehand_is_always_the_same_days_before_the_table_without(
    anker: dt.date, dagen: int, vooraf: int, richting: Richting
) -> None:
    experten = EXPERTEN.model_copy(update={"dagen_vooraf": vooraf})
    op_de_dag, ervoor = (
        compute(anker, make_termijn(dagen=dagen, richting=richting, vooraf=keuze), experten=experten)
        for keuze in (False, True)
    )
    assert ervoor.overleg_op == op_de_dag.datum == ervoor.datum + dt.timedelta(days=vooraf)


def test_the_real_table_wants_its_proposal_of_a_plan_before_the_next_expertentafel() -> None:
    dossier = make_case((Anker.PLAN_GEVRAAGD, GEVRAAGD), (Anker.BESPROKEN, GEVRAAGD))
    gevonden = {v.termijn: v for v in list_vervaldagen([dossier], ECHTE_DATA, WERKMAP, VANDAAG)}
    voorstel = gevonden["voorstel_plan"]
    assert (voorstel.datum, voorstel.overleg_op) == (dt.date(2027, 1, 14), dt.date(2027, 1, 21))
    assert gevonden["terug_op_tafel"].datum == dt.date(2027, 6, 17)
    klaar = make_case((Anker.PLAN_GEVRAAGD, GEVRAAGD), (Anker.PLAN_OPGESTELD, dt.date(2027, 1, 11)))
    assert "voorstel_plan" not in {v.termijn for v in list_vervaldagen([klaar], ECHTE_DATA, WERKMAP, VANDAAG)}


# --- which terms run, and from when ---


def test_the_latest_of_the_anchors_counts() -> None:
    termijn = make_termijn("terug", Anker.PLAN_OPGESTELD, Anker.BESPROKEN, maanden=6)
    zonder = make_case((Anker.BESPROKEN, dt.date(2026, 11, 19)), (Anker.BESPROKEN, dt.date(2026, 12, 17)))
    met = make_case((Anker.BESPROKEN, dt.date(2026, 12, 17)), (Anker.PLAN_OPGESTELD, dt.date(2027, 1, 8)))
    gevonden = [list_vervaldagen([dossier], make_data(termijn), WERKMAP, VANDAAG)[0] for dossier in (zonder, met)]
    assert [(v.anker, v.anker_datum, v.veld) for v in gevonden] == [
        (Anker.BESPROKEN, dt.date(2026, 12, 17), "Verslagformulier, besproken"),
        (Anker.PLAN_OPGESTELD, dt.date(2027, 1, 8), "Verslagformulier, plan_opgesteld"),
    ]


def test_a_term_runs_only_in_its_own_phases() -> None:
    open_, dicht = (make_case((Anker.BESPROKEN, VANDAAG), fase=fase) for fase in ("ketenaanpak", "afgesloten"))
    assert len(list_vervaldagen([open_], make_data(UITERLIJK), WERKMAP, VANDAAG)) == 1
    assert list_vervaldagen([dicht], make_data(UITERLIJK), WERKMAP, VANDAAG) == ()


def test_a_term_without_an_anchor_is_not_guessed_but_told() -> None:
    dossier, data = make_case(), make_data(UITERLIJK)
    assert list_vervaldagen([dossier], data, WERKMAP, VANDAAG) == ()
    (open_termijn,) = list_open_termijnen([dossier, make_case(code="CCCCC2", fase="afgesloten")], data)
    assert (open_termijn.casuscode, open_termijn.ankers) == ("BCDFG2", (Anker.BESPROKEN,))


CONTACT = make_termijn(
    "contact",
    Anker.PASSIEF,
    maanden=6,
    richting=Richting.TEN_VROEGSTE,
    overleg=None,
    fase="passief",
    vervalt_bij=Anker.CONTACT,
)
NA_CONTACT = make_termijn(
    "na_contact", Anker.CONTACT, richting=Richting.TEN_VROEGSTE, fase="passief", vervalt_bij=Anker.BESPROKEN
)
START = (Anker.PASSIEF, dt.date(2026, 12, 17))


@pytest.mark.parametrize(
    ("mijlpalen", "verwacht"),
    [
        ((START,), [("contact", dt.date(2027, 6, 17))]),
        ((START, (Anker.CONTACT, dt.date(2027, 6, 21))), [("na_contact", dt.date(2027, 7, 15))]),
        ((START, (Anker.CONTACT, dt.date(2027, 6, 21)), (Anker.BESPROKEN, dt.date(2027, 7, 15))), []),
        (  # a second passive regie: the contact of the first one counts no more
            (
                START,
                (Anker.CONTACT, dt.date(2027, 6, 21)),
                (Anker.BESPROKEN, dt.date(2027, 7, 15)),
                (Anker.PASSIEF, dt.date(2027, 7, 15)),
            ),
            [("contact", dt.date(2028, 1, 15))],
        ),
    ],
)
def test_after_passive_regie_the_contact_comes_first_and_then_the_next_table(
    mijlpalen: tuple[tuple[Anker, dt.date], ...], verwacht: list[tuple[str, dt.date]]
) -> None:
    dossier = make_case(*mijlpalen, fase="passief")
    gevonden = list_vervaldagen([dossier], make_data(CONTACT, NA_CONTACT), WERKMAP, VANDAAG)
    assert [(v.termijn, v.datum) for v in gevonden] == verwacht


def test_an_overleg_gets_back_the_cases_whose_term_falls_on_its_date_or_earlier() -> None:
    terug, anders = make_termijn(maanden=6, agendeert=True), make_termijn("anders", Anker.PASSIEF, maanden=6)
    dossiers = [
        make_case((Anker.BESPROKEN, dt.date(2026, 11, 19)), code="BBBBB2"),
        make_case((Anker.BESPROKEN, dt.date(2026, 12, 17)), code="CCCCC2"),
        make_case((Anker.PASSIEF, dt.date(2026, 11, 19)), code="DDDDD2"),  # its term puts nothing on an agenda
        make_case((Anker.BESPROKEN, dt.date(2026, 11, 19)), code="FFFFF2", fase="afgesloten"),
    ]
    data = make_data(terug, anders)
    dagen = {
        dag: list_terugkomers(EXPERTEN, dag, dossiers, data)
        for dag in (dt.date(2027, 3, 18), dt.date(2027, 4, 15), dt.date(2027, 6, 17))
    }
    assert list(dagen.values()) == [frozenset(), {"BBBBB2"}, {"BBBBB2", "CCCCC2"}]
    assert list_terugkomers(TRIAGE, dt.date(2027, 6, 17), dossiers, data) == frozenset()


# --- sooner, after an escalation ---

ESCALATIE = Melding(
    soort="escalatie",
    datum=dt.date(2027, 1, 8),
    wie=(),
    naar=(),
    uur="",
    plaats="",
    mededelingen=(),
    notitie="",
    formuliernummer="XXXXX2",
    ontvangen_op=dt.date(2027, 1, 11),
)
JANUARI = dt.date(2027, 1, 21)


def make_escalated() -> Dossier:
    dossier = make_case((Anker.BESPROKEN, dt.date(2026, 12, 17)))
    return dossier.model_copy(update={"overleg_op": JANUARI, "meldingen": (ESCALATIE,)})


def test_an_escalated_case_comes_on_the_next_agenda_although_its_term_is_later(tmp_path: Path) -> None:
    make_werkmap(tmp_path / "wm", ECHTE_DATA)
    settings = load_settings(tmp_path / "wm", vandaag=dt.date(2027, 1, 11))
    soort = ECHTE_DATA.tafel.get_overleg("expertentafel")
    assert soort is not None
    rustig, dringend = make_case((Anker.BESPROKEN, dt.date(2026, 12, 17)), code="BBBBB2"), make_escalated()
    agenda = plan_agenda(settings, soort, JANUARI, [rustig, dringend])
    assert [(punt.casuscode, punt.soort) for punt in agenda.punten] == [("BCDFG2", Puntsoort.TERUGKOM)]


def test_a_term_says_that_its_case_comes_sooner_but_not_once_that_table_is_over() -> None:
    def get_let_op(vandaag: dt.date) -> tuple[str, ...]:
        vervaldagen = list_vervaldagen([make_escalated()], ECHTE_DATA, WERKMAP, vandaag)
        return next(v for v in vervaldagen if v.termijn == "terug_op_tafel").let_op

    assert get_let_op(dt.date(2027, 1, 11)) == ("De casus staat al vroeger op de agenda: op 21 januari 2027.",)
    assert get_let_op(dt.date(2027, 1, 22)) == ()


def test_who_is_planned_is_listed_with_what_planned_it() -> None:
    oud = make_case(code="BBBBB2").model_copy(update={"overleg_op": dt.date(2026, 12, 17)})
    dicht = make_case(code="CCCCC2", fase="afgesloten").model_copy(update={"overleg_op": JANUARI})
    (gepland,) = list_geagendeerd([oud, dicht, make_escalated()], ECHTE_DATA, dt.date(2027, 1, 11))
    assert (gepland.casuscode, gepland.datum, gepland.overleg) == ("BCDFG2", JANUARI, "expertentafel")
    assert gepland.door.startswith("Escalatie") and gepland.door_op == dt.date(2027, 1, 8)


def test_of_a_decision_and_a_melding_the_later_one_planned_it() -> None:
    besluit = GenomenBesluit(overleg="expertentafel", datum=dt.date(2026, 12, 17), besluit="spoor3")
    eerst = make_escalated().model_copy(update={"besluiten": (besluit,), "meldingen": ()})
    daarna = make_escalated().model_copy(update={"besluiten": (besluit,)})
    gevonden = list_geagendeerd([eerst], ECHTE_DATA, VANDAAG), list_geagendeerd([daarna], ECHTE_DATA, VANDAAG)
    assert [item.door.split(":")[0] for (item,) in gevonden] == ["Spoor 3", "Escalatie of nieuwe problematiek"]


# --- warnings ---


def test_a_holiday_is_told_and_the_date_is_kept() -> None:
    vervaldag = compute(dt.date(2026, 12, 4), make_termijn(dagen=7, richting=Richting.TEN_VROEGSTE, overleg="triage"))
    assert vervaldag.datum == dt.date(2027, 1, 1)
    (zin,) = vervaldag.let_op
    assert "feestdag" in zin and "Nieuwjaar" in zin


def test_a_day_in_a_weekend_is_told_when_no_table_meets_on_it() -> None:
    assert compute(dt.date(2026, 8, 31), DE_DAG_ZELF).let_op == ("Deze datum valt in een weekend.",)


@pytest.mark.parametrize(
    ("vandaag", "voorbij", "nabij"),
    [
        (dt.date(2027, 4, 7), False, False),
        (dt.date(2027, 4, 8), False, True),
        (dt.date(2027, 4, 15), False, True),
        (dt.date(2027, 4, 16), True, False),
    ],
)
def test_a_date_stands_out_within_its_lead_and_when_it_has_passed(vandaag: dt.date, voorbij: bool, nabij: bool) -> None:
    vervaldag = compute(dt.date(2026, 11, 19), UITERLIJK, vandaag=vandaag)
    assert (vervaldag.is_voorbij, vervaldag.is_nabij) == (voorbij, nabij)


def test_a_date_that_has_passed_says_whether_the_term_itself_has_and_when_the_next_table_is() -> None:
    tussen = compute(dt.date(2026, 11, 19), UITERLIJK, vandaag=dt.date(2027, 5, 3))
    erna = compute(dt.date(2026, 11, 19), UITERLIJK, vandaag=dt.date(2027, 6, 1))
    vroegst = compute(dt.date(2026, 11, 19), TEN_VROEGSTE, vandaag=dt.date(2027, 6, 1))
    assert tussen.let_op == (
        "De termijn zelf loopt nog tot 19 mei 2027.",
        "Het eerstvolgende overleg (Expertentafel) is op 20 mei 2027.",
    )
    assert erna.let_op[0] == "De termijn liep af op 19 mei 2027."
    assert vroegst.let_op[0] == "Dit kan sinds 20 mei 2027."


def test_a_term_too_short_for_any_table_is_kept_and_marked() -> None:
    vervaldag = compute(dt.date(2026, 12, 18), make_termijn(dagen=10))
    assert (vervaldag.datum, vervaldag.is_voorbij) == (dt.date(2026, 12, 17), True)
    assert vervaldag.let_op[0] == "Tussen 18 december 2026 en 28 december 2026 komt het overleg niet meer samen."


# --- the calendar ---


def make_two() -> tuple[Vervaldag, ...]:
    dossiers = [
        make_case((Anker.BESPROKEN, dt.date(2026, 11, 19)), code="BBBBB2"),
        make_case((Anker.BESPROKEN, dt.date(2026, 10, 1)), code="CCCCC2"),
    ]
    data = make_data(make_termijn(maanden=6), make_termijn("triage", maanden=3, overleg="triage"))
    return list_vervaldagen(dossiers, data, WERKMAP, VANDAAG)


def test_the_calendar_reads_back_as_whole_days_with_an_alarm_a_week_before() -> None:
    vervaldagen = make_two()
    inhoud = build_kalender(vervaldagen, KLEINE_DATA.tafel, VANDAAG)
    gelezen = Calendar.from_ical(inhoud)
    assert len(gelezen.events) == len(vervaldagen) == 4
    for event, vervaldag in zip(gelezen.events, vervaldagen, strict=True):
        assert not event.errors
        assert (event.decoded("dtstart"), event.decoded("dtend")) == (
            vervaldag.datum,
            vervaldag.datum + dt.timedelta(days=1),
        )
        assert event.decoded("dtstamp") == dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
        assert str(event["summary"]) == f"Termijn PT: Dossier terug bespreken ({vervaldag.casuscode})"
        (alarm,) = event.walk("VALARM")
        assert alarm.decoded("trigger") == dt.timedelta(days=-7)
    assert len({str(event["uid"]) for event in gelezen.events}) == len(vervaldagen)


def test_the_calendar_is_the_same_for_the_same_terms_and_holds_no_host_and_no_form() -> None:
    inhoud = build_kalender(make_two(), KLEINE_DATA.tafel, VANDAAG)
    assert inhoud == build_kalender(make_two(), KLEINE_DATA.tafel, VANDAAG)
    assert inhoud.count(b"\n") == inhoud.count(b"\r\n") > 0
    assert max(map(len, inhoud.split(b"\r\n"))) <= 75
    ontvouwd = inhoud.replace(b"\r\n ", b"")
    uids = [regel for regel in ontvouwd.split(b"\r\n") if regel.startswith(b"UID")]
    assert not any(b"@" in uid for uid in uids)
    assert b"Verslagformulier" not in ontvouwd


def test_a_term_that_moves_keeps_its_event_and_a_later_file_wins() -> None:
    termijn = make_termijn(maanden=6)
    eerst, later = (compute(dag, termijn) for dag in (dt.date(2026, 11, 19), dt.date(2026, 12, 17)))
    (oud,) = Calendar.from_ical(build_kalender([eerst], KLEINE_DATA.tafel, VANDAAG)).events
    (nieuw,) = Calendar.from_ical(build_kalender([later], KLEINE_DATA.tafel, VANDAAG + dt.timedelta(days=30))).events
    assert oud["uid"] == nieuw["uid"]
    assert oud["dtstart"] != nieuw["dtstart"]
    assert oud.sequence < nieuw.sequence


# --- the screen and the command ---


def render(
    vervaldagen: tuple[Vervaldag, ...], *, later: int = 0, tot: dt.date | None = None, breedte: int = 160
) -> str:
    stroom = io.StringIO()
    data = make_data()
    show_termijnen(Console(file=stroom, width=breedte), Termijnen(vervaldagen, (), later, tot), data.tafel)
    return stroom.getvalue()


def test_the_screen_says_what_falls_due_why_from_when_and_by_which_field() -> None:
    tekst = render((compute(dt.date(2026, 11, 19), UITERLIJK),))
    for woorden in (
        "15 april 2027",
        "Expertentafel",
        "BCDFG2",
        "uiterlijk 6 maanden later (19 mei 2027)",
        "de bespreking, 19 november 2026",
        "Verslagformulier, besproken",
    ):
        assert woorden in tekst
    assert "VOORBIJ" not in tekst


@pytest.mark.parametrize("breedte", [80, 120])
def test_every_word_stands_whole_in_a_narrow_window_and_in_a_wide_one(breedte: int) -> None:
    dossiers = [make_case((Anker.BESPROKEN, dt.date(2026, 11, 19)), code=code) for code in ("BBBBB2", "CCCCC2")]
    gevonden = list_vervaldagen(dossiers, make_data(UITERLIJK, VOORAF), WERKMAP, VANDAAG)
    tekst = render(gevonden, breedte=breedte)
    assert max(map(len, tekst.splitlines())) <= breedte
    woorden = {woord for v in gevonden for zin in (v.wat, v.veld, *v.let_op) for woord in zin.split()}
    assert woorden <= set(tekst.replace("(", " ").replace(")", " ").split())


def test_in_a_narrow_window_a_day_is_named_once_with_all_that_is_due_on_it() -> None:
    dossiers = [make_case((Anker.BESPROKEN, dt.date(2026, 11, 19)), code=code) for code in ("BBBBB2", "CCCCC2")]
    tekst = render(list_vervaldagen(dossiers, make_data(UITERLIJK), WERKMAP, VANDAAG), breedte=80)
    assert tekst.count("15 april 2027") == 1
    assert tekst.index("15 april 2027 (Expertentafel)") < tekst.index("BBBBB2") < tekst.index("CCCCC2")


def test_the_screen_names_the_table_for_which_something_is_due_beforehand() -> None:
    tekst = render((compute(GEVRAAGD, VOORAF),), breedte=80)
    assert "14 januari 2027 (voor: Expertentafel van 21 januari 2027)" in tekst
    assert "eerste overleg vanaf 18 december 2026" in tekst


def test_what_has_passed_stands_first_and_is_marked() -> None:
    dossiers = [
        make_case((Anker.BESPROKEN, dt.date(2026, 12, 17)), code="BBBBB2"),
        make_case((Anker.BESPROKEN, dt.date(2026, 4, 16)), code="CCCCC2"),
    ]
    gevonden = list_vervaldagen(dossiers, make_data(UITERLIJK), WERKMAP, VANDAAG)
    assert [v.casuscode for v in gevonden] == ["CCCCC2", "BBBBB2"]
    tekst = render(gevonden)
    assert "VOORBIJ" in tekst and "1 termijn is voorbij: bekijk die eerst." in tekst


def test_the_screen_says_plainly_that_nothing_runs_or_nothing_falls_so_soon() -> None:
    assert render(()).strip() == "Er loopt geen enkele termijn."
    assert render((), tot=VANDAAG).strip() == "Er loopt geen enkele termijn."
    assert render((), later=2, tot=VANDAAG).split("\n")[:2] == [
        "Tot en met 1 december 2026 valt er niets.",
        "2 termijnen zijn pas na 1 december 2026.",
    ]


@pytest.fixture
def werkmap(tmp_path: Path) -> Path:
    """A werkmap with one case of the real table for which a term runs."""
    termijn = next(t for t in ECHTE_DATA.tafel.termijnen if Anker.BESPROKEN in t.ankers and t.agendeert)
    make_werkmap(tmp_path / "wm", ECHTE_DATA)
    dossier = make_case((Anker.BESPROKEN, dt.date(2026, 11, 19)), fase=termijn.fasen[0])
    with Register.open(tmp_path / "wm") as register:
        register.save_dossier(dossier, "gemaakt", VANDAAG)
    return tmp_path / "wm"


def test_the_command_lists_writes_the_calendar_and_leaves_the_register_alone(
    werkmap: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    eerder = (werkmap / "register.sqlite").read_bytes()
    ics = werkmap / "termijnen.ics"
    assert run_cli(["termijnen", str(werkmap), "--vandaag", "2026-11-20", "--ics", str(ics)]) == 0
    assert "BCDFG2" in capsys.readouterr().out
    events = Calendar.from_ical(ics.read_bytes()).events
    assert dt.date(2027, 4, 15) in {event.decoded("dtstart") for event in events}
    assert (werkmap / "register.sqlite").read_bytes() == eerder


def test_the_command_says_which_case_comes_sooner_after_an_escalation(
    werkmap: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Register.open(werkmap) as register:
        register.save_dossier(make_escalated(), "melding", dt.date(2027, 1, 11))
    monkeypatch.setenv("COLUMNS", "200")
    run_cli(["termijnen", str(werkmap), "--vandaag", "2027-01-11"])
    assert "Casus BCDFG2 staat gepland op 21 januari 2027 (Expertentafel), na “Escalatie" in capsys.readouterr().out
    run_cli(["termijnen", str(werkmap), "--vandaag", "2027-01-11", "--tot", "2027-01-15"])
    assert "staat gepland" not in capsys.readouterr().out


def test_the_command_ends_with_1_when_something_has_passed(werkmap: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_cli(["termijnen", str(werkmap), "--vandaag", "2027-06-01", "--tot", "2027-05-01"]) == 1
    assert "VOORBIJ" in capsys.readouterr().out


def test_the_command_says_that_nothing_runs_in_a_new_werkmap(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_werkmap(tmp_path / "wm", ECHTE_DATA)
    assert ECHTE_DATA.tafel.id == TAFEL
    ics = tmp_path / "leeg.ics"
    assert run_cli(["termijnen", str(tmp_path / "wm"), "--vandaag", "2026-12-01", "--ics", str(ics)]) == 0
    eerste, tweede = capsys.readouterr().out.splitlines()
    assert eerste == "Er loopt geen enkele termijn."
    assert tweede.endswith("leeg.ics is niet geschreven: er valt niets.") and not ics.exists()
