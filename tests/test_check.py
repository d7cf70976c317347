"""The criteria of the table, one by one; three outcomes, never "toegelaten"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_dossier import (
    AANMELDFORMULIER,
    ANONIEM,
    ANONIEME_RIJEN,
    CLIENT,
    DATA,
    FEIT,
    MOEDER,
    RIJEN,
    VOLLEDIG,
    Rijen,
    make_aanmelding,
    make_antwoord,
)

from pipeline.check import check_aanmelding
from pipeline.check.evaluate import Grond, Oordeel, combine, evaluate
from schemas.aanmelding import Aanmelding, IngevuldeRubriek
from schemas.criterium import Toets
from schemas.datum import count_years
from schemas.formulier import Vraagsoort
from schemas.toetsing import CriteriumUitkomst, Eindoordeel, Toetsing, Uitkomst

ONTVANGEN = dt.date(2026, 11, 13)
VOLDAAN, NIET, OPEN = Uitkomst.VOLDAAN, Uitkomst.NIET_VOLDAAN, Uitkomst.ONBESLIST


def _check(
    antwoorden: Mapping[str, str] | None = None, rijen: Rijen = RIJEN, basis: Mapping[str, str] = VOLLEDIG
) -> Toetsing:
    return check_aanmelding(make_aanmelding({**basis, **(antwoorden or {})}, rijen), DATA, ONTVANGEN)


def _get(toetsing: Toetsing, criterium: str) -> CriteriumUitkomst:
    return next(c for c in toetsing.criteria if c.criterium == criterium)


def _client(**antwoorden: str) -> Rijen:
    return {**RIJEN, "betrokkenen": [{**CLIENT, **antwoorden}]}


# --- each criterium ---


@pytest.mark.parametrize(
    ("criterium", "antwoorden", "rijen", "uitkomst"),
    [
        ("partner", {}, RIJEN, VOLDAAN),
        ("partner", {"aanmelder.organisatie": "Rusthuis Ergens"}, RIJEN, NIET),
        ("partner", {"aanmelder.organisatie": "cliënt"}, RIJEN, NIET),
        ("partner", {"aanmelder.organisatie": "CAW, verwijzer"}, RIJEN, NIET),
        ("partner", {"aanmelder.organisatie": ""}, RIJEN, OPEN),
        ("meerderjarig", {}, RIJEN, VOLDAAN),
        ("meerderjarig", {}, _client(geboortedatum="13/11/2008"), NIET),
        ("meerderjarig", {}, _client(geboortedatum=""), OPEN),
        ("meerderjarig", {}, _client(geboortedatum="onbekend"), OPEN),
        ("meerderjarig", {}, {"informatie": [FEIT]}, OPEN),
        ("meerderjarig", {}, {**RIJEN, "betrokkenen": [MOEDER]}, OPEN),
        ("regio", {}, RIJEN, VOLDAAN),
        ("regio", {}, _client(gemeente="2250 olen"), VOLDAAN),
        ("regio", {}, _client(gemeente="Antwerpen"), NIET),
        ("regio", {}, _client(gemeente=""), OPEN),
        ("kwetsbaar", {}, RIJEN, OPEN),
        ("integriteit", {}, RIJEN, VOLDAAN),
        ("integriteit", {"integriteit.aard": "anderen"}, RIJEN, VOLDAAN),
        ("integriteit", {"integriteit.aard": "geen van deze"}, RIJEN, NIET),
        ("integriteit", {"integriteit.aard": ""}, RIJEN, OPEN),
        ("mogelijkheden_verkend", {}, RIJEN, VOLDAAN),
        ("mogelijkheden_verkend", {"eigen_mogelijkheden.verkend": "nee"}, RIJEN, NIET),
        ("mogelijkheden_verkend", {"eigen_mogelijkheden.verkend": "deels"}, RIJEN, OPEN),
        ("mogelijkheden_getoetst", {}, RIJEN, VOLDAAN),
        ("mogelijkheden_getoetst", {"eigen_mogelijkheden.getoetst": "nee"}, RIJEN, NIET),
        ("mogelijkheden_getoetst", {"eigen_mogelijkheden.getoetst": ""}, RIJEN, OPEN),
        ("instemming_vermeld", {}, RIJEN, VOLDAAN),
        ("instemming_vermeld", {"instemming.stemt_in": "nee"}, RIJEN, VOLDAAN),
        ("instemming_vermeld", {"instemming.stemt_in": ""}, RIJEN, OPEN),
        ("geen_crisis", {}, RIJEN, VOLDAAN),
        ("geen_crisis", {"veiligheid.crisis": "ja"}, RIJEN, NIET),
        ("geen_crisis", {"veiligheid.crisis": ""}, RIJEN, OPEN),
        ("regie_en_vrijwilligheid", {}, RIJEN, OPEN),
    ],
)
def test_each_criterium_by_name(criterium: str, antwoorden: dict[str, str], rijen: Rijen, uitkomst: Uitkomst) -> None:
    assert _get(_check(antwoorden, rijen), criterium).uitkomst is uitkomst


@pytest.mark.parametrize(
    ("criterium", "antwoorden", "uitkomst"),
    [
        ("meerderjarig", {}, VOLDAAN),
        ("meerderjarig", {"situatie.meerderjarig": "nee"}, NIET),
        ("meerderjarig", {"situatie.meerderjarig": ""}, OPEN),
        ("regio", {}, VOLDAAN),
        ("regio", {"situatie.regio": "nee"}, NIET),
        ("regio", {"situatie.regio": ""}, OPEN),
        ("instemming_vermeld", {"instemming.stemt_in": "", "instemming.geinformeerd": ""}, VOLDAAN),
    ],
)
def test_an_anonymous_aanmelding_declares_what_a_name_would_show(
    criterium: str, antwoorden: dict[str, str], uitkomst: Uitkomst
) -> None:
    assert _get(_check(antwoorden, ANONIEME_RIJEN, ANONIEM), criterium).uitkomst is uitkomst


def test_only_the_client_counts_for_age_and_region() -> None:
    rijen = {**RIJEN, "betrokkenen": [{**MOEDER, "gemeente": "Gent", "geboortedatum": "1/1/2020"}, CLIENT]}
    toetsing = _check(rijen=rijen)
    assert (_get(toetsing, "regio").uitkomst, _get(toetsing, "meerderjarig").uitkomst) == (VOLDAAN, VOLDAAN)


def test_every_client_must_meet_a_criterium() -> None:
    rijen = {**RIJEN, "betrokkenen": [CLIENT, {**CLIENT, "naam": "Bo Bedachtzaam", "gemeente": "Gent"}]}
    assert _get(_check(rijen=rijen), "regio").uitkomst is NIET


@pytest.mark.parametrize(
    ("geboren", "aangemeld", "uitkomst"),
    [
        ("12/11/2008", "12/11/2026", VOLDAAN),  # the birthday itself
        ("13/11/2008", "12/11/2026", NIET),
        ("11/11/2008", "12/11/2026", VOLDAAN),
        ("29/2/2008", "28/2/2026", NIET),  # 18 years are full when 28 February is over
        ("29/2/2008", "1/3/2026", VOLDAAN),
        ("29/2/2008", "28/2/2028", VOLDAAN),
    ],
)
def test_the_age_counts_on_the_day_of_the_aanmelding(geboren: str, aangemeld: str, uitkomst: Uitkomst) -> None:
    assert (count_years(_parse(geboren), _parse(aangemeld)) >= 18) is (uitkomst is VOLDAAN)
    if _parse(aangemeld) <= ONTVANGEN:
        toetsing = _check({"aanmelding.datum": aangemeld}, _client(geboortedatum=geboren))
        assert _get(toetsing, "meerderjarig").uitkomst is uitkomst


def test_without_a_date_of_its_own_the_age_counts_on_the_day_of_receipt() -> None:
    rijen = _client(geboortedatum="13/11/2008")
    assert _get(_check({"aanmelding.datum": ""}, rijen), "meerderjarig").uitkomst is VOLDAAN


def test_an_outcome_says_which_answer_in_which_place_decided_it_and_shows_no_more() -> None:
    (beslissend,) = _get(_check(rijen=_client(gemeente="Antwerpen")), "regio").beslissend
    assert (beslissend.vraag, beslissend.label) == ("betrokkenen.gemeente", "Gemeente")
    assert beslissend.plaats == "Betrokkenen, rij 1"
    assert beslissend.antwoord == "geen gemeente van de regio"
    leeftijd = _get(_check(), "meerderjarig").beslissend[0].antwoord
    assert leeftijd == "18 jaar of ouder"


# --- the overall outcome ---


@pytest.mark.parametrize(
    ("antwoorden", "rijen", "eindoordeel"),
    [
        ({}, RIJEN, Eindoordeel.KLAAR_VOOR_TRIAGE),
        ({"eigen_mogelijkheden.getoetst": "nee"}, RIJEN, Eindoordeel.AANDACHT),
        ({"vraag.vraag": ""}, RIJEN, Eindoordeel.ONVOLLEDIG),
        ({"vraag.vraag": "", "eigen_mogelijkheden.getoetst": "nee"}, RIJEN, Eindoordeel.ONVOLLEDIG),
        ({"vraag.vraag": ""}, _client(gemeente="Gent"), Eindoordeel.NIET_ONTVANKELIJK),
        ({"veiligheid.crisis": "ja", "veiligheid.gevaar": "wapen"}, RIJEN, Eindoordeel.KLAAR_VOOR_TRIAGE),
    ],
)
def test_the_gravest_outcome_is_the_outcome(antwoorden: dict[str, str], rijen: Rijen, eindoordeel: Eindoordeel) -> None:
    assert _check(antwoorden, rijen).eindoordeel is eindoordeel


@pytest.mark.parametrize(
    ("antwoorden", "oordeel"), [({}, "klaar voor de screening"), ({"vraag.vraag": ""}, Eindoordeel.ONVOLLEDIG.value)]
)
def test_the_outcome_wears_the_words_of_the_table(antwoorden: dict[str, str], oordeel: str) -> None:
    tafel = DATA.tafel.model_copy(update={"klaar_voor": "de screening"})
    aanmelding = make_aanmelding({**VOLLEDIG, **antwoorden}, RIJEN)
    assert check_aanmelding(aanmelding, DATA.model_copy(update={"tafel": tafel}), ONTVANGEN).oordeel == oordeel


def test_a_complete_aanmelding_misses_nothing_by_name_or_anonymously() -> None:
    assert _check().ontbrekend == ()
    assert _check(rijen=ANONIEME_RIJEN, basis=ANONIEM).ontbrekend == ()


def test_a_mistyped_year_frees_nobody_from_the_criteria() -> None:
    toetsing = _check({"aanmelding.datum": "12/11/2020", "aanmelder.organisatie": "Rusthuis Ergens"})
    assert toetsing.eindoordeel is Eindoordeel.NIET_ONTVANKELIJK


def test_without_any_criterium_in_force_nothing_is_ready() -> None:
    toetsing = check_aanmelding(make_aanmelding(), DATA, dt.date(2020, 1, 1))
    assert (toetsing.criteria, toetsing.eindoordeel) == ((), Eindoordeel.AANDACHT)


# --- what is missing ---


def test_missing_answers_are_named_by_label_and_row_in_the_order_of_the_form() -> None:
    toetsing = _check({"vraag.vraag": "", "aanmelder.naam": ""}, {**RIJEN, "betrokkenen": [CLIENT, {"rol": "kind"}]})
    assert [(v.rubriek, v.label, v.reden) for v in toetsing.ontbrekend] == [
        ("Aanmelder", "Naam aanmelder", "nog niet ingevuld"),
        ("Betrokkenen, betrokkene 2", "Naam betrokkene", "nog niet ingevuld"),
        ("Vraag aan de tafel", "Wat is uw vraag aan de tafel?", "nog niet ingevuld"),
    ]
    assert toetsing.ontbrekend[1].rij.endswith("betrokkenen-2")


def test_an_answer_that_cannot_be_used_is_asked_again_with_the_reason() -> None:
    (vraag,) = _check(rijen=_client(geboortedatum="31/2/1980")).ontbrekend
    assert (vraag.vraag, vraag.reden) == ("betrokkenen.geboortedatum", "deze datum bestaat niet")


def test_an_unknown_answer_is_enough_unless_a_criterium_needs_it() -> None:
    assert _check({"vraag.vraag": "onbekend"}).ontbrekend == ()
    (vraag,) = _check(rijen=_client(geboortedatum="onbekend")).ontbrekend
    assert (vraag.vraag, vraag.reden) == ("betrokkenen.geboortedatum", "nodig om de aanmelding te kunnen toetsen")


def test_conditions_decide_what_is_required() -> None:
    assert [v.vraag for v in _check({"veiligheid.crisis": "ja"}).ontbrekend] == ["veiligheid.gevaar"]
    assert [v.vraag for v in _check({"aanmelding.soort": "aanvulling"}).ontbrekend] == ["aanmelding.casuscode"]


def test_a_row_that_is_still_to_come_is_asked_for_all_that_it_may_need() -> None:
    ontbrekend = _check(rijen={"informatie": [FEIT]}).ontbrekend
    assert [v.vraag.split(".")[1] for v in ontbrekend] == ["rol", "naam", "geboortedatum", "gemeente"]
    assert {v.rij for v in ontbrekend} == {""}


def test_without_a_client_the_role_of_each_row_is_asked() -> None:
    ontbrekend = _check(
        rijen={**RIJEN, "betrokkenen": [MOEDER, {**MOEDER, "naam": "Bo", "rol": "onbekend"}]}
    ).ontbrekend
    assert [v.vraag for v in ontbrekend] == ["betrokkenen.rol"] * 2
    assert len({v.rij for v in ontbrekend}) == 2


# --- three-valued logic ---


def _waarde(soort: Vraagsoort) -> st.SearchStrategy[str]:
    teksten = {
        Vraagsoort.DATUM: ["1/1/1980", "1/1/2015", "31/2/1980", "onbekend", ""],
        Vraagsoort.PARTNERS: ["CAW", "Rusthuis Ergens", ""],
        Vraagsoort.EMAIL: ["fien@example.org", "geen", ""],
    }
    return st.sampled_from(teksten.get(soort, ["iets", "Herentals", "onbekend", ""]))


@st.composite
def _aanmeldingen(draw: st.DrawFn) -> Aanmelding:
    antwoorden, rijen = {}, {}
    for rubriek in AANMELDFORMULIER.rubrieken:
        for vraag in rubriek.vragen:
            keuzes = [optie.label for optie in vraag.opties]
            waarde = st.sampled_from([*keuzes, "onbekend", "onzin", ""]) if keuzes else _waarde(vraag.soort)
            antwoorden[vraag.id] = draw(waarde)
        if rubriek.vorm == "rijen":
            velden = st.fixed_dictionaries(
                {
                    vraag.veld: st.sampled_from([*(o.label for o in vraag.opties), "onbekend", ""])
                    if vraag.opties
                    else _waarde(vraag.soort)
                    for vraag in rubriek.vragen
                }
            )
            rijen[rubriek.id] = draw(st.lists(velden, max_size=3))
    return make_aanmelding(antwoorden, rijen)


_IS_FEIT = {"is": {"vraag": "informatie.soort", "waarde": "feit"}}
_IS_KIND = {"is": {"vraag": "betrokkenen.rol", "waarde": "kind"}}
_BLADEN = st.sampled_from(
    [
        {"is": {"vraag": "veiligheid.crisis", "waarde": "nee"}},
        {"is_een_van": {"vraag": "integriteit.aard", "waarden": ["fysiek_eigen", "van_anderen"]}},
        {"is_een_van": {"vraag": "betrokkenen.gemeente", "lijst": "gemeenten"}},
        {"is_een_van": {"vraag": "aanmelder.organisatie", "lijst": "partners"}},
        {"ingevuld": {"vraag": "instemming.stemt_in"}},
        {"minstens": {"vraag": "integriteit.aard", "aantal": 2}},
        {"minstens": {"vraag": "diensten.naam", "aantal": 2}},
        {"leeftijd": {"vraag": "betrokkenen.geboortedatum", "minstens": 18}},
        {"leeftijd": {"vraag": "betrokkenen.geboortedatum", "jonger_dan": 40}},
        {"weging": {"vraag_aan_tafel": "Is het ernstig?"}},
        {"rijen": {"rubriek": "informatie", "met": _IS_FEIT, "minstens": 2}},
        {"rijen": {"rubriek": "informatie", "met": _IS_FEIT, "hoogstens": 0}},
        {"rijen": {"rubriek": "informatie", "met": _IS_FEIT, "minstens": 2, "verschillend": "informatie.bron"}},
        {"rijen": {"rubriek": "betrokkenen", "met": {"niet": _IS_KIND}, "minstens": 1, "hoogstens": 2}},
    ]
)
_TOETSEN = st.recursive(
    _BLADEN,
    lambda kind: st.one_of(
        st.lists(kind, min_size=1, max_size=3).map(lambda delen: {"alle": delen}),
        st.lists(kind, min_size=1, max_size=3).map(lambda delen: {"een_van": delen}),
        kind.map(lambda deel: {"niet": deel}),
        st.tuples(kind, kind).map(lambda paar: {"als_dan": {"als": paar[0], "dan": paar[1]}}),
        st.tuples(kind, kind, kind).map(lambda t: {"als_dan": {"als": t[0], "dan": t[1], "anders": t[2]}}),
    ),
    max_leaves=6,
)


def _evaluate(toets: object, aanmelding: Aanmelding) -> Uitkomst:
    gelezen = Toets.model_validate(toets, strict=False)
    return evaluate(gelezen, Grond(aanmelding, DATA.tafel, ONTVANGEN)).uitkomst


@settings(deadline=None, max_examples=60)
@given(_aanmeldingen(), _TOETSEN, _TOETSEN)
def test_de_morgan_holds(aanmelding: Aanmelding, een: object, ander: object) -> None:
    niet_alle = _evaluate({"niet": {"alle": [een, ander]}}, aanmelding)
    assert niet_alle is _evaluate({"een_van": [{"niet": een}, {"niet": ander}]}, aanmelding)
    assert _evaluate({"niet": {"niet": een}}, aanmelding) is _evaluate(een, aanmelding)


def _fill_blanks(aanmelding: Aanmelding, data: st.DataObject) -> Aanmelding:
    """The same aanmelding with some of what was open filled in."""

    def fill(rubriek: IngevuldeRubriek) -> IngevuldeRubriek:
        formulierrubriek = AANMELDFORMULIER.get_rubriek(rubriek.id)
        assert formulierrubriek is not None
        vragen = {vraag.id: vraag for vraag in formulierrubriek.vragen}
        nieuw = {}
        for groep in (rubriek.antwoorden, *(rij.antwoorden for rij in rubriek.rijen)):
            for antwoord in groep:
                vraag = vragen[antwoord.vraag]
                if antwoord.waarde is None and vraag.veld != "rol" and data.draw(st.booleans()):
                    keuzes = [optie.label for optie in vraag.opties] or ["1/1/1980", "CAW", "a@b.be", "Herentals"]
                    nieuw[id(antwoord)] = make_antwoord(vraag, data.draw(st.sampled_from(keuzes)), antwoord.plaats)
        return rubriek.model_copy(
            update={
                "antwoorden": tuple(nieuw.get(id(a), a) for a in rubriek.antwoorden),
                "rijen": tuple(
                    rij.model_copy(update={"antwoorden": tuple(nieuw.get(id(a), a) for a in rij.antwoorden)})
                    for rij in rubriek.rijen
                ),
            }
        )

    return aanmelding.model_copy(update={"rubrieken": tuple(fill(r) for r in aanmelding.rubrieken)})


@settings(deadline=None, max_examples=60)
@given(_aanmeldingen(), _TOETSEN, st.data())
def test_more_answers_never_undo_an_outcome(aanmelding: Aanmelding, toets: object, data: st.DataObject) -> None:
    voor = _evaluate(toets, aanmelding)
    na = _evaluate(toets, _fill_blanks(aanmelding, data))
    assert voor is OPEN or na is voor


@pytest.mark.parametrize(
    ("rijen", "uitkomst"),
    [
        ([("feit", "arts"), ("feit", "school")], VOLDAAN),
        ([("feit", "arts"), ("feit", "Arts ")], NIET),
        ([("feit", "arts"), ("inschatting", "school")], NIET),
        ([("feit", "arts"), ("", "school")], OPEN),
        ([("feit", "arts"), ("feit", "")], OPEN),
        ([("feit", "arts"), ("", "school"), ("feit", "politie")], VOLDAAN),
        ([], OPEN),
    ],
)
def test_rows_that_name_the_same_count_once_and_an_open_row_may_still_count(
    rijen: list[tuple[str, str]], uitkomst: Uitkomst
) -> None:
    blokken = [{**FEIT, "soort": soort, "bron": bron} for soort, bron in rijen]
    aanmelding = make_aanmelding(VOLLEDIG, {**RIJEN, "informatie": blokken})
    telling = {"rubriek": "informatie", "met": _IS_FEIT, "minstens": 2, "verschillend": "informatie.bron"}
    assert _evaluate({"rijen": telling}, aanmelding) is uitkomst


@pytest.mark.parametrize(("rollen", "uitkomst"), [(["kind"], VOLDAAN), (["kind", "kind"], NIET), (["ouder"], VOLDAAN)])
def test_a_test_can_look_at_the_rows_of_others_than_the_client(rollen: list[str], uitkomst: Uitkomst) -> None:
    rijen = {**RIJEN, "betrokkenen": [CLIENT, *({**MOEDER, "rol": rol} for rol in rollen)]}
    telling = {"rubriek": "betrokkenen", "met": _IS_KIND, "hoogstens": 1}
    assert _evaluate({"rijen": telling}, make_aanmelding(VOLLEDIG, rijen)) is uitkomst


@settings(deadline=None)
@given(st.lists(st.sampled_from(list(Uitkomst))))
def test_one_part_decides_and_one_open_part_leaves_it_open(uitkomsten: list[Uitkomst]) -> None:
    oordeel = combine([Oordeel(uitkomst) for uitkomst in uitkomsten], NIET, VOLDAAN).uitkomst
    verwacht = NIET if NIET in uitkomsten else OPEN if OPEN in uitkomsten else VOLDAAN
    assert oordeel is verwacht


@settings(deadline=None, max_examples=60)
@given(_aanmeldingen())
def test_what_cannot_be_decided_is_always_asked(aanmelding: Aanmelding) -> None:
    """Else the coordinator would read "onvolledig" and the aanmelder would never hear what is missing."""
    toetsing = check_aanmelding(aanmelding, DATA, ONTVANGEN)
    if toetsing.eindoordeel is Eindoordeel.ONVOLLEDIG:
        assert toetsing.ontbrekend
    if toetsing.ontbrekend:
        assert toetsing.eindoordeel in (Eindoordeel.ONVOLLEDIG, Eindoordeel.NIET_ONTVANKELIJK)


@settings(deadline=None)
@given(st.dates(dt.date(1930, 1, 1), dt.date(2026, 12, 1)), st.dates(dt.date(2026, 12, 1), dt.date(2100, 1, 1)))
def test_a_year_is_added_on_the_birthday_and_on_no_other_day(geboren: dt.date, op: dt.date) -> None:
    gisteren = count_years(geboren, op - dt.timedelta(days=1))
    verjaart = (op.month, op.day) == (geboren.month, geboren.day)
    schrikkel = (geboren.month, geboren.day) == (2, 29) and (op.month, op.day) == (3, 1)
    assert count_years(geboren, op) - gisteren == int(verjaart or (schrikkel and not _is_leap(op.year)))


def _is_leap(jaar: int) -> bool:
    return jaar % 4 == 0 and (jaar % 100 != 0 or jaar % 400 == 0)


def _parse(tekst: str) -> dt.date:
    dag, maand, jaar = (int(deel) for deel in tekst.split("/"))
    return dt.date(jaar, maand, dag)
