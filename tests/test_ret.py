"""The criteria of the Regionaal Expertteam, held against the rule as it was read from the source (S2:13, S2:23-36).

The rule is written here a second time, over atoms that are each true, false or not known; never from criteria.toml.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_anoniem import make_dossier
from support_tafels import name_tafel

from pipeline.check import check_aanmelding
from schemas.catalogus import load_tafel
from schemas.deling import Vlag
from schemas.toetsing import Eindoordeel, Toetsing, Uitkomst

DATA = load_tafel(name_tafel("toestemming"))
DAG = dt.date(2026, 11, 16)
JA, NEE, OPEN = Uitkomst.VOLDAAN, Uitkomst.NIET_VOLDAAN, Uitkomst.ONBESLIST
ANTWOORD = {JA: "ja", NEE: "nee", OPEN: "onbekend"}
GEBOREN: dict[Uitkomst, dt.date | str] = {JA: dt.date(2012, 5, 9), NEE: dt.date(2008, 11, 16), OPEN: "onbekend"}

#: Atom -> the question that tells it, when "ja" makes it true.
JANEE = {
    "routes": "routes.doorlopen",
    "ouders": "instemming.geinformeerd",
    "jeugdige": "instemming.jeugdige",
    "in_staat": "toestemming.in_staat",
    "jeugdige_stemt_in": "toestemming.inbrengen",
    "jeugdige_monitor": "toestemming.monitor",
    "crisis": "uitsluiting.crisis",
    "jeugdzorgplus": "uitsluiting.jeugdzorgplus",
    "ambulant": "verblijf.ambulant",
    "reden": "verblijf.reden",
}
ATOMEN = (*JANEE, "mag", "minderjarig")
AANBOD = {JA: "geen_aanbod", NEE: "wel_aanbod", OPEN: "onbekend"}

Atomen = Mapping[str, Uitkomst]


def all_of(*delen: Uitkomst) -> Uitkomst:
    return NEE if NEE in delen else OPEN if OPEN in delen else JA


def any_of(*delen: Uitkomst) -> Uitkomst:
    return JA if JA in delen else OPEN if OPEN in delen else NEE


def negate(deel: Uitkomst) -> Uitkomst:
    return {JA: NEE, NEE: JA, OPEN: OPEN}[deel]


def toets(
    atomen: Atomen,
    gezag: Sequence[tuple[Uitkomst, Uitkomst]] = ((JA, JA),),
    aanbieders: Sequence[tuple[str, Uitkomst]] = (),
    geboren: dt.date | str = "",
) -> Toetsing:
    """The check of a form that answers so; with providers it asks for the Verblijfstafel."""
    antwoorden: dict[str, str | dt.date] = {
        "aanmelding.datum": DAG,
        "aanvraag.overleg": "verblijf" if aanbieders else "ret",
        "aanmelder.hoedanigheid": {JA: "gi", NEE: "andere", OPEN: "onbekend"}[atomen["mag"]],
        **{vraag: ANTWOORD[atomen[atoom]] for atoom, vraag in JANEE.items() if atoom != "reden"},
        "verblijf.reden": "Het lukt thuis niet." if atomen["reden"] is JA else "onbekend",
    }
    persoon: dict[str, str | dt.date] = {
        "betrokkenen.rol": "client",
        "betrokkenen.geboortedatum": geboren or GEBOREN[atomen["minderjarig"]],
    }
    rijen: list[tuple[Mapping[str, str | dt.date], Vlag]] = [(persoon, Vlag())]
    rijen += [({"gezag.inbrengen": ANTWOORD[i], "gezag.monitor": ANTWOORD[m]}, Vlag()) for i, m in gezag]
    rijen += [({"aanbieders.naam": n, "aanbieders.antwoord": AANBOD[u]}, Vlag()) for n, u in aanbieders]
    return check_aanmelding(make_dossier(DATA, antwoorden, rijen, Vlag()).aanmelding, DATA, DAG)


def get_uitkomsten(toetsing: Toetsing) -> dict[str, Uitkomst]:
    return {c.criterium: c.uitkomst for c in toetsing.criteria}


ALLES_GOED: dict[str, Uitkomst] = {**dict.fromkeys(ATOMEN, JA), "crisis": NEE, "jeugdzorgplus": NEE}


def expect(atomen: Atomen) -> dict[str, Uitkomst]:
    """Of a jeugdige of 14 (or 18, or of unknown age) with one holder of gezag who agrees; no verblijf."""
    van_twaalf = {JA: JA, NEE: JA, OPEN: OPEN}[atomen["minderjarig"]]
    zelf = any_of(negate(van_twaalf), negate(atomen["in_staat"]), atomen["jeugdige_stemt_in"])
    weegt = all_of(van_twaalf, negate(atomen["in_staat"]))
    return {
        "mag_aanmelden": atomen["mag"],
        "leeftijd": atomen["minderjarig"],
        "routes": atomen["routes"],
        "besproken": all_of(atomen["ouders"], atomen["jeugdige"]),
        "toestemming_gezag": JA,
        "toestemming_jeugdige": zelf,
        "redelijke_waardering": JA if weegt is NEE else OPEN,
        "monitor": any_of(negate(van_twaalf), negate(atomen["in_staat"]), atomen["jeugdige_monitor"]),
        "geen_crisis": negate(atomen["crisis"]),
        "geen_jeugdzorgplus": negate(atomen["jeugdzorgplus"]),
    }


@pytest.mark.parametrize("uitkomst", [JA, NEE, OPEN])
@pytest.mark.parametrize("atoom", ATOMEN)
def test_each_atom_true_false_and_unknown_decides_what_the_rule_says(atoom: str, uitkomst: Uitkomst) -> None:
    atomen = {**ALLES_GOED, atoom: uitkomst}
    gevonden = get_uitkomsten(toets(atomen))
    assert {naam: gevonden[naam] for naam in expect(atomen)} == expect(atomen)


@settings(max_examples=150, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(ATOMEN, st.sampled_from(list(Uitkomst)))))
def test_any_combination_of_atoms_decides_what_the_rule_says(atomen: dict[str, Uitkomst]) -> None:
    toetsing = toets(atomen)
    gevonden, verwacht = get_uitkomsten(toetsing), expect(atomen)
    assert {naam: gevonden[naam] for naam in verwacht} == verwacht
    uitgesloten = ("mag_aanmelden", "leeftijd", "toestemming_jeugdige", "geen_crisis", "geen_jeugdzorgplus")
    if any(verwacht[naam] is NEE for naam in uitgesloten):
        assert toetsing.eindoordeel is Eindoordeel.NIET_ONTVANKELIJK
    elif any(verwacht[naam] is OPEN for naam in (*uitgesloten, "routes", "besproken")):
        assert toetsing.eindoordeel is Eindoordeel.ONVOLLEDIG


@pytest.mark.parametrize(
    ("geboren", "uitkomst"),
    [
        (dt.date(2014, 11, 17), JA),  # eleven: the jeugdige is not asked
        (dt.date(2014, 11, 16), NEE),  # twelve on the day itself
        (dt.date(2008, 11, 17), NEE),  # seventeen
    ],
)
def test_from_twelve_the_jeugdige_agrees_too(geboren: dt.date, uitkomst: Uitkomst) -> None:
    atomen = {**ALLES_GOED, "jeugdige_stemt_in": NEE}
    assert get_uitkomsten(toets(atomen, geboren=geboren))["toestemming_jeugdige"] is uitkomst


@pytest.mark.parametrize(
    ("geboren", "uitkomst"),
    [
        (dt.date(2026, 11, 16), JA),
        (dt.date(2008, 11, 17), JA),
        (dt.date(2008, 11, 16), NEE),
        (dt.date(2027, 1, 4), NEE),
    ],
)
def test_the_table_is_for_who_is_born_and_not_yet_eighteen(geboren: dt.date, uitkomst: Uitkomst) -> None:
    assert get_uitkomsten(toets(ALLES_GOED, geboren=geboren))["leeftijd"] is uitkomst


@pytest.mark.parametrize(
    ("gezag", "inbrengen", "monitor"),
    [
        ([(JA, JA), (JA, JA)], JA, JA),
        ([(JA, JA), (NEE, JA)], NEE, JA),
        ([(JA, JA), (OPEN, JA)], OPEN, JA),
        ([(NEE, JA), (OPEN, JA)], NEE, JA),
        ([(JA, NEE), (JA, JA)], JA, NEE),
        ([(JA, OPEN)], JA, OPEN),
        ([], OPEN, OPEN),
    ],
)
def test_everybody_with_gezag_agrees_and_the_monitor_is_a_question_of_its_own(
    gezag: list[tuple[Uitkomst, Uitkomst]], inbrengen: Uitkomst, monitor: Uitkomst
) -> None:
    uitkomsten = get_uitkomsten(toets(ALLES_GOED, gezag=gezag))
    assert (uitkomsten["toestemming_gezag"], uitkomsten["monitor"]) == (inbrengen, monitor)


def test_a_refused_monitor_never_bars_a_case() -> None:
    ruim = {c.criterium: c.gevolg.value for c in toets(ALLES_GOED).criteria}
    assert ruim["monitor"] == "melding"
    met, zonder = (toets(ALLES_GOED, gezag=[(JA, monitor)]).eindoordeel for monitor in (JA, NEE))
    assert met is zonder


@pytest.mark.parametrize(
    ("aanbieders", "uitkomst"),
    [
        ([("Een", JA), ("Twee", JA)], JA),
        ([("Een", JA), ("Twee", JA), ("Drie", JA)], JA),
        ([("Een", JA), ("een ", JA)], NEE),
        ([("Een", JA)], NEE),
        ([("Een", JA), ("Twee", NEE)], NEE),
        ([("Een", JA), ("Twee", JA), ("Drie", NEE)], NEE),
        ([("Een", JA), ("Twee", OPEN)], OPEN),
        ([("Een", JA), ("Twee", JA), ("Drie", OPEN)], OPEN),
    ],
)
def test_for_verblijf_two_different_providers_have_no_offer_and_none_has_one(
    aanbieders: list[tuple[str, Uitkomst]], uitkomst: Uitkomst
) -> None:
    assert get_uitkomsten(toets(ALLES_GOED, aanbieders=aanbieders))["verblijfsaanbieders"] is uitkomst


@pytest.mark.parametrize("bekeken", list(Uitkomst))
@pytest.mark.parametrize("reden", [JA, OPEN])
def test_for_verblijf_ambulant_was_weighed_and_the_reason_is_told(bekeken: Uitkomst, reden: Uitkomst) -> None:
    atomen = {**ALLES_GOED, "ambulant": bekeken, "reden": reden}
    tweemaal = [("Een", JA), ("Twee", JA)]
    assert get_uitkomsten(toets(atomen, aanbieders=tweemaal))["ambulant"] is all_of(bekeken, reden)
    assert get_uitkomsten(toets(atomen))["ambulant"] is JA  # the RET itself does not ask


def test_for_verblijf_two_rows_of_providers_are_asked_and_for_the_ret_none() -> None:
    verblijf = {vraag.vraag for vraag in toets(ALLES_GOED, aanbieders=[("Een", JA)]).ontbrekend}
    assert "aanbieders.naam" in verblijf
    assert not [vraag for vraag in toets(ALLES_GOED).ontbrekend if vraag.vraag.startswith("aanbieders.")]
