"""Figures over all cases: bands, whole periods, and nothing from which a small number could be worked out."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from support_dossier import DATA, VOLLEDIG, WERKMAP, make_aanmelding, make_dossier
from support_tekst import read_any
from support_werkmap import Werkmapje

from pipeline.check import check_aanmelding
from pipeline.count import Casus, count_cijfers
from pipeline.errors import GebruikFout
from pipeline.pdf import RdocxEngine
from pipeline.register import Register
from pipeline.run import count_period
from pipeline.run.cijfers import choose_periode
from pipeline.run.tafeltoets import try_tafel
from pipeline.settings import SJABLONEN, Settings
from pipeline.share import Deling
from schemas.cijferoverzicht import Cijferoverzicht, Cijferregel, make_band
from schemas.cijfers import Bloksoort, Cijferblok, Cijfers, Periodelengte
from schemas.deelbeeld import Deelbeeld
from schemas.deling import Feit, Vrijgave
from schemas.documentsoort import Aanleiding, Documentsoort, Moment
from schemas.dossier import Dossier, Fasewissel
from schemas.kruiscontrole import check_tafeldata
from schemas.tafeldata import Tafeldata
from schemas.toetsing import Toetsing

N = 5
CIJFERS = Cijfers(
    kleinste_getal=N,
    periode=Periodelengte.HALFJAAR,
    blokken=(
        Cijferblok(soort=Bloksoort.FASE, titel="Fasen", telt=("aangemeld", "geagendeerd")),
        Cijferblok(soort=Bloksoort.ROL, titel="Aanmelders", telt=("caw", "lokale_politie")),
        Cijferblok(soort=Bloksoort.CRITERIUM, titel="Criteria", telt=("integriteit", "kwetsbaar")),
        Cijferblok(soort=Bloksoort.VRAAG, titel="Crisis", vraag="veiligheid.crisis", telt=("ja",)),
    ),
    bron="test",
)
SOORT = Documentsoort(
    id="rode_draden",
    titel="Rode draden",
    afkorting="RD",
    sjabloon="cijfers",
    aanleiding=Aanleiding.TAFEL,
    moment=Moment.CIJFERS,
    rollen=("coordinator", "parket", "cgg"),
)


def make_data(cijfers: Cijfers | None = CIJFERS, soort: Documentsoort = SOORT, vrij: bool = True) -> Tafeldata:
    grond = Vrijgave(feit=Feit.CIJFERS, documenten=(soort.id,), rollen=soort.rollen, grond="test")
    vrijgaven = (*DATA.deling.vrijgaven, grond) if vrij else DATA.deling.vrijgaven
    return DATA.model_copy(
        update={
            "tafel": DATA.tafel.model_copy(update={"cijfers": cijfers}),
            "documenten": (*DATA.documenten, soort),
            "deling": DATA.deling.model_copy(update={"vrijgaven": vrijgaven}),
        }
    )


TAFEL = make_data()
ROLLEN = {partner.id: partner.rol for partner in WERKMAP.partners}
PERIODE = CIJFERS.get_periode(dt.date(2026, 9, 1))

# --- the bands ------------------------------------------------------------------------------------------------------


def read_band(tekst: str) -> int:
    """The lowest number that a band stands for."""
    return 0 if tekst.startswith("minder") else int(tekst.split("–")[0])


@given(st.integers(0, 500), st.integers(0, 500), st.integers(3, 30))
def test_no_difference_of_two_figures_is_a_number_below_the_smallest_that_is_told(een: int, ander: int, n: int) -> None:
    verschil = abs(read_band(make_band(een, n)) - read_band(make_band(ander, n)))
    assert not 1 <= verschil < n
    assert read_band(make_band(een, n)) <= een < read_band(make_band(een, n)) + n


@given(st.integers(3, 30).flatmap(lambda n: st.tuples(st.integers(0, n - 1), st.integers(0, n - 1), st.just(n))))
def test_all_small_numbers_look_the_same_nought_too(drie: tuple[int, int, int]) -> None:
    een, ander, n = drie
    assert make_band(een, n) == make_band(ander, n) == f"minder dan {n}"


# --- working back: who knows all that is printed, and how it came about ----------------------------------------------

KLEIN = 3
Blok = tuple[int, ...]


def list_solutions(blok: Blok, totaal: int, *, met_rest: bool) -> list[Blok]:
    """All counts that print the same as this block in a total; the rest is what no row of the block prints."""
    reeksen = [range(aantal - aantal % KLEIN, aantal - aantal % KLEIN + KLEIN) for aantal in blok]
    return [
        mogelijk
        for mogelijk in itertools.product(*reeksen)
        if (sum(mogelijk) <= totaal if met_rest else sum(mogelijk) == totaal)
    ]


def find_revealed(blokken: Sequence[Blok], totaal: int, *, met_rest: bool) -> list[set[int]]:
    """What follows from the printed figures alone: sets of possible values that hold small counts only.

    Looked at are each row, each sum of rows, and what is left of the total beside them.
    """
    begin = totaal - totaal % KLEIN
    kan = [
        t for t in range(begin, begin + KLEIN) if all(list_solutions(blok, t, met_rest=met_rest) for blok in blokken)
    ]
    gevonden = []
    for blok in blokken:
        oplossingen = [(t, o) for t in kan for o in list_solutions(blok, t, met_rest=met_rest)]
        for aantal in range(1, len(blok) + 1):
            for rijen in itertools.combinations(range(len(blok)), aantal):
                sommen = {sum(o[rij] for rij in rijen) for _, o in oplossingen}
                over = {t - sum(o[rij] for rij in rijen) for t, o in oplossingen}
                gevonden += [waarden for waarden in (sommen, over) if waarden <= set(range(1, KLEIN))]
    return gevonden


#: Two blocks of up to three rows, each with what it leaves out, that add up to the same number of cases.
WERELDEN = st.lists(st.lists(st.integers(0, 7), min_size=1, max_size=3), min_size=1, max_size=2).flatmap(
    lambda blokken: st.tuples(st.just(blokken), st.integers(max(map(sum, blokken)), max(map(sum, blokken)) + 7))
)


@settings(max_examples=200, deadline=None)
@given(WERELDEN)
def test_with_a_category_left_out_of_each_block_no_small_number_can_be_worked_out(
    wereld: tuple[list[list[int]], int],
) -> None:
    blokken = [tuple(blok) for blok in wereld[0]]
    assert not find_revealed(blokken, wereld[1], met_rest=True)
    for blok in blokken:  # and each row may still be anything that its band holds
        begin = wereld[1] - wereld[1] % KLEIN
        alle = [o for t in range(begin, begin + KLEIN) for o in list_solutions(blok, t, met_rest=True)]
        assert all(len({oplossing[rij] for oplossing in alle}) == KLEIN for rij in range(len(blok)))


def test_the_same_attack_finds_the_small_number_of_a_block_that_leaves_nothing_out() -> None:
    assert find_revealed([(4, 2)], 6, met_rest=False)
    assert not find_revealed([(4, 2)], 6, met_rest=True)


# --- counting -------------------------------------------------------------------------------------------------------

Trek = tuple[str, str, str, int]  #: phase, organisation, crisis, day of the period
TREKKEN = st.tuples(
    st.sampled_from(["aangemeld", "geagendeerd", "ketenaanpak"]),
    st.sampled_from(["CAW De Kempen", "politie", "Bakkerij Verzonnen"]),
    st.sampled_from(["ja", "nee", ""]),
    st.integers(0, 180),
)


@cache
def make_toetsing(organisatie: str, crisis: str) -> tuple[Dossier, Toetsing]:
    antwoorden = {**VOLLEDIG, "aanmelder.organisatie": organisatie, "veiligheid.crisis": crisis}
    dossier = make_dossier(make_aanmelding(antwoorden))
    return dossier, check_aanmelding(dossier.aanmelding, DATA, dossier.aangemeld_op)


def make_casus(nummer: int, trek: Trek) -> Casus:
    fase, organisatie, crisis, dag = trek
    dossier, toetsing = make_toetsing(organisatie, crisis)
    op = PERIODE.van + dt.timedelta(days=dag)
    verloop = (Fasewissel(fase=fase, op=op, door="test"),)
    eigen = {"code": f"C{nummer:05}", "aangemeld_op": op, "verloop": verloop, "fase": fase}
    return dossier.model_copy(update=eigen), toetsing


def count(casussen: Iterable[Casus]) -> Cijferoverzicht:
    return count_cijfers(casussen, TAFEL, ROLLEN, CIJFERS, PERIODE)


def get_regels(overzicht: Cijferoverzicht) -> dict[tuple[str, str], Cijferregel]:
    return {(tabel.titel, regel.label): regel for tabel in overzicht.tabellen for regel in tabel.regels}


LABELS: dict[tuple[str, str], Callable[[Trek], bool]] = {
    ("Fasen", "aangemeld, wacht op de triagetafel"): lambda trek: trek[0] == "aangemeld",
    ("Fasen", "geagendeerd op de expertentafel"): lambda trek: trek[0] == "geagendeerd",
    ("Aanmelders", "CAW"): lambda trek: trek[1] == "CAW De Kempen",
    ("Aanmelders", "Lokale politie"): lambda trek: trek[1] == "politie",
    ("Crisis", "Ja"): lambda trek: trek[2] == "ja",
}


@settings(max_examples=40, deadline=None)
@given(st.lists(TREKKEN, max_size=30))
def test_every_figure_is_the_band_of_what_it_says_it_counts(trekken: list[Trek]) -> None:
    overzicht = count(make_casus(nummer, trek) for nummer, trek in enumerate(trekken))
    regels = get_regels(overzicht)
    assert overzicht.totaal == make_band(len(trekken), N)
    for plaats, telt in LABELS.items():
        assert regels[plaats].getallen == (make_band(sum(map(telt, trekken)), N),)
    # All declare a danger; whether somebody is vulnerable only the table can weigh, so that stays undecided.
    assert regels[("Criteria", get_kort("integriteit"))].getallen == (make_band(len(trekken), N), make_band(0, N))
    assert regels[("Criteria", get_kort("kwetsbaar"))].getallen == (make_band(0, N),) * 2


def get_kort(criterium: str) -> str:
    return next(c.kort for c in DATA.criteria if c.id == criterium)


@settings(max_examples=40, deadline=None)
@given(st.lists(TREKKEN, max_size=30), TREKKEN)
def test_one_case_more_or_less_changes_no_figure_that_stays_small(trekken: list[Trek], extra: Trek) -> None:
    zonder = get_regels(count(make_casus(nummer, trek) for nummer, trek in enumerate(trekken)))
    met = get_regels(count(make_casus(nummer, trek) for nummer, trek in enumerate([*trekken, extra])))
    for plaats, telt in LABELS.items():
        if sum(map(telt, trekken)) + telt(extra) < N:
            assert zonder[plaats] == met[plaats]
    if len(trekken) + 1 < N:
        assert zonder == met


@settings(max_examples=15, deadline=None)
@given(st.lists(TREKKEN, max_size=12))
def test_names_texts_codes_and_the_order_of_cases_change_nothing(trekken: list[Trek]) -> None:
    casussen = [make_casus(nummer, trek) for nummer, trek in enumerate(trekken)]
    anders = [(_rename(dossier), toetsing) for dossier, toetsing in reversed(casussen)]
    assert count(casussen) == count(anders)


def _rename(dossier: Dossier) -> Dossier:
    tekst = dossier.aanmelding.model_dump_json().replace("Bedachtzaam", "Andersnaam").replace("licht", "vuur")
    aanmelding = type(dossier.aanmelding).model_validate_json(tekst)
    dag = min(dossier.aangemeld_op + dt.timedelta(days=1), PERIODE.tot)
    return dossier.model_copy(update={"code": f"{dossier.code}X", "aanmelding": aanmelding, "aangemeld_op": dag})


def test_nothing_stands_in_an_overview_but_labels_of_the_tables_data_and_bands() -> None:
    overzicht = count(make_casus(nummer, ("ketenaanpak", "politie", "ja", nummer)) for nummer in range(12))
    data = json.dumps(TAFEL.model_dump(mode="json"), ensure_ascii=False)
    vast = {"Fase", "Organisatie", "Criterium", "Antwoord", "Aantal casussen", "voldaan", "niet voldaan"}
    for tabel in overzicht.tabellen:
        for tekst in (tabel.titel, tabel.kop, *tabel.kolommen, *(regel.label for regel in tabel.regels)):
            assert tekst in vast or json.dumps(tekst, ensure_ascii=False) in data
    with pytest.raises(ValidationError):
        Cijferregel(label="Ja", getallen=("4",))


def test_a_case_that_was_continued_by_name_counts_once_and_one_of_another_period_not_at_all() -> None:
    casussen = [make_casus(nummer, ("aangemeld", "politie", "ja", nummer)) for nummer in range(11)]
    anoniem, (op_naam, toetsing) = casussen[0], casussen[1]
    later = (op_naam.model_copy(update={"eerdere_code": anoniem[0].code}), toetsing)
    buiten = (casussen[2][0].model_copy(update={"aangemeld_op": PERIODE.tot + dt.timedelta(days=1)}), toetsing)
    assert count(casussen).totaal == "10–14"
    assert count([anoniem, later, *casussen[2:]]).totaal == "10–14"
    assert count([anoniem, later, buiten, *casussen[3:]]).totaal == "5–9"


def test_the_phase_is_that_of_the_last_day_of_the_period() -> None:
    casussen = [make_casus(nummer, ("aangemeld", "politie", "ja", 3)) for nummer in range(6)]
    wissel = Fasewissel(fase="geagendeerd", op=PERIODE.tot + dt.timedelta(days=1), door="test")
    later = [(d.model_copy(update={"verloop": (*d.verloop, wissel), "fase": "geagendeerd"}), t) for d, t in casussen]
    assert count(later) == count(casussen)


# --- periods --------------------------------------------------------------------------------------------------------


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31)), st.sampled_from(list(Periodelengte)))
def test_each_day_is_in_one_period_and_the_next_begins_when_it_ends(dag: dt.date, lengte: Periodelengte) -> None:
    cijfers = CIJFERS.model_copy(update={"periode": lengte})
    periode = cijfers.get_periode(dag)
    assert periode.van <= dag <= periode.tot
    assert cijfers.get_periode(periode.van) == cijfers.get_periode(periode.tot) == periode
    assert cijfers.get_periode(periode.tot + dt.timedelta(days=1)).van == periode.tot + dt.timedelta(days=1)


# --- a run ----------------------------------------------------------------------------------------------------------


def make_settings(map_: Path, data: Tafeldata = TAFEL, vandaag: dt.date = dt.date(2027, 1, 4)) -> Settings:
    return Settings(map=map_, data=data, werkmap=WERKMAP, tafels=(data,), vandaag=vandaag, choose_engine=RdocxEngine)


@pytest.fixture
def werkmap(tmp_path: Path) -> Path:
    mapje = Werkmapje.make(tmp_path)
    save(mapje.map, [make_casus(nummer, ("geagendeerd", "politie", "ja", nummer)) for nummer in range(6)])
    return mapje.map


def save(map_: Path, casussen: Iterable[Casus]) -> None:
    with Register.open(map_) as register:
        for dossier, _ in casussen:
            register.save_dossier(dossier, "aangemeld", dossier.aangemeld_op)


@pytest.mark.parametrize(
    ("van", "tot", "vandaag", "zin"),
    [
        (dt.date(2026, 7, 2), None, dt.date(2027, 1, 4), "enkel over een heel halfjaar"),
        (dt.date(2026, 7, 1), dt.date(2026, 11, 30), dt.date(2027, 1, 4), "enkel over een heel halfjaar"),
        (dt.date(2026, 1, 1), dt.date(2026, 12, 31), dt.date(2027, 1, 4), "enkel over een heel halfjaar"),
        (dt.date(2026, 7, 1), None, dt.date(2026, 12, 31), "loopt nog tot en met 31 december 2026"),
    ],
)
def test_only_a_whole_period_that_is_over_is_counted(
    tmp_path: Path, van: dt.date, tot: dt.date | None, vandaag: dt.date, zin: str
) -> None:
    with pytest.raises(GebruikFout, match=zin):
        choose_periode(make_settings(tmp_path, vandaag=vandaag), van, tot)


def test_without_dates_the_last_period_that_is_over_is_counted(tmp_path: Path) -> None:
    for vandaag, van in ((dt.date(2027, 1, 1), dt.date(2026, 7, 1)), (dt.date(2026, 12, 31), dt.date(2026, 1, 1))):
        _, periode = choose_periode(make_settings(tmp_path, vandaag=vandaag), None, None)
        assert periode.van == van


def test_a_table_that_counts_nothing_says_where_to_write_what_it_counts(tmp_path: Path) -> None:
    with pytest.raises(GebruikFout, match="telt niets"):
        choose_periode(make_settings(tmp_path, data=DATA), None, None)


def test_every_reader_gets_the_same_figures_as_word_and_pdf_and_no_case(werkmap: Path) -> None:
    geteld = count_period(make_settings(werkmap), None, None)
    paden = sorted((werkmap / "uit").rglob("Rode draden 2026 tweede halfjaar.*"))
    gemaakt = [naam for naam in geteld.productie.bestanden if naam.endswith((".docx", ".pdf"))]
    assert len(paden) == len(gemaakt) == 6
    for pad in paden:
        tekst = read_any(pad)
        assert "5–9" in tekst and "minder dan 5" in tekst
        assert not {"Bedachtzaam", "Voorbeeldmans", "C00001", "licht"} & set(tekst.split())


def test_figures_that_were_told_once_never_change(werkmap: Path) -> None:
    eerste = count_period(make_settings(werkmap), None, None)
    save(werkmap, [make_casus(nummer, ("aangemeld", "CAW De Kempen", "nee", 9)) for nummer in range(100, 120)])
    tweede = count_period(make_settings(werkmap), None, None)
    assert tweede.overzicht == eerste.overzicht and not tweede.productie.bestanden


def test_a_reader_who_comes_later_gets_the_figures_that_the_others_have(werkmap: Path) -> None:
    enkel = make_data(soort=SOORT.model_copy(update={"rollen": ("coordinator",)}))
    eerste = count_period(make_settings(werkmap, data=enkel), None, None)
    save(werkmap, [make_casus(nummer, ("aangemeld", "CAW De Kempen", "nee", 9)) for nummer in range(100, 120)])
    later = count_period(make_settings(werkmap), None, None)
    assert later.overzicht == eerste.overzicht
    assert any(naam.startswith("uit/2026-12-31 cijfers/cgg/") for naam in later.productie.bestanden)


def test_periods_that_overlap_are_not_both_counted(werkmap: Path) -> None:
    count_period(make_settings(werkmap), None, None)
    kwartaal = make_data(CIJFERS.model_copy(update={"periode": Periodelengte.KWARTAAL}))
    with pytest.raises(GebruikFout, match="Over een deel van deze dagen is al geteld"):
        count_period(make_settings(werkmap, data=kwartaal), None, None)
    assert count_period(make_settings(werkmap, data=kwartaal), dt.date(2026, 4, 1), None).overzicht.periode


# --- faults in a table's data ---------------------------------------------------------------------------------------


def test_a_table_that_counts_loads() -> None:
    assert not check_tafeldata(TAFEL, DATA.tafel.id)


def replace_blok(nummer: int, **anders: object) -> Tafeldata:
    blokken = list(CIJFERS.blokken)
    blokken[nummer] = blokken[nummer].model_copy(update=anders)
    return make_data(CIJFERS.model_copy(update={"blokken": tuple(blokken)}))


ALLE_FASEN = tuple(fase.id for fase in DATA.tafel.fasen)
FOUTEN = {
    "geteld zonder document": (
        TAFEL.model_copy(update={"documenten": DATA.documenten, "deling": DATA.deling}),
        "zo leest niemand",
    ),
    "document zonder telling": (make_data(None), "niet wat er geteld wordt"),
    "niet vrijgegeven": (make_data(vrij=False), 'geeft het feit "cijfers" niet vrij'),
    "lezer van één casus": (
        make_data(soort=SOORT.model_copy(update={"rollen": ("aanmelder",)})),
        "hoort bij één casus",
    ),
    "verkeerd moment": (make_data(soort=SOORT.model_copy(update={"moment": Moment.PLAN})), "het moment cijfers"),
    "onbekende fase": (replace_blok(0, telt=("aangemelt",)), "aangemelt"),
    "alle fasen": (replace_blok(0, telt=ALLE_FASEN), "laat er minstens één weg"),
    "alle antwoorden": (replace_blok(3, telt=("ja", "nee")), "laat er minstens één weg"),
    "vraag bij fase": (replace_blok(0, vraag="veiligheid.crisis"), "de sleutel vraag"),
    "open vraag": (replace_blok(3, vraag="vraag.vraag"), "geen vraag met vaste antwoorden"),
    "rol zonder organisatie": (replace_blok(1, telt=("aanmelder",)), "aanmelder"),
    "twee keer dezelfde vraag": (
        replace_blok(3, vraag="integriteit.aard", telt=("fysiek_eigen",)),
        'de vraag "integriteit.aard" telt op 2 manieren mee',
    ),
    "twee keer de fasen": (
        replace_blok(3, soort=Bloksoort.FASE, vraag=None, telt=("afgesloten",)),
        "de fasen worden twee keer geteld",
    ),
    "dezelfde titel": (replace_blok(1, titel="Fasen"), "Fasen"),
}


@pytest.mark.parametrize("geval", FOUTEN)
def test_a_table_from_which_a_small_number_could_follow_does_not_load(geval: str) -> None:
    data, zin = FOUTEN[geval]
    fouten = check_tafeldata(data, DATA.tafel.id)
    assert any(zin in fout for fout in fouten), fouten


def test_trying_out_a_table_makes_its_overview_too() -> None:
    # Without its other documents nothing would print what the partners look up.
    tafel = TAFEL.tafel.model_copy(update={"opzoeken": ()})
    data = TAFEL.model_copy(update={"tafel": tafel, "documenten": (SOORT,)})
    assert not try_tafel(data, RdocxEngine(), (SJABLONEN / "standaard",))


def test_an_overview_cannot_hold_a_case() -> None:
    overzicht = count([])
    beeld = Deling(TAFEL, WERKMAP, dt.date(2027, 1, 4), {}).share_cijfers(overzicht)[0]
    assert Deelbeeld.model_validate(dict(beeld)) == beeld
    for veld, waarde in (("bewaren_tot", "31 december 2030"), ("passages", ("woorden",)), ("opzoeken", ("wie?",))):
        with pytest.raises(ValidationError):
            Deelbeeld.model_validate({**dict(beeld), veld: waarde})
