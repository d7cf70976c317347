"""The gates on free text, each by itself."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
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
    TAFELVLAG,
    VOLLEDIG,
    Rijen,
    make_aanmelding,
    make_dossier,
)
from support_nazicht import BEKEND, LEZINGEN, MENSEN, lees

from pipeline.inspect import build_kennis, inspect_aanmelding
from pipeline.inspect.bekenden import iterate_bekenden
from pipeline.inspect.getallen import is_bsn, is_iban, is_rijksregisternummer
from pipeline.inspect.passages import find_treffers
from pipeline.inspect.patronen import iterate_patronen
from pipeline.inspect.sleutels import make_sleutelbos
from pipeline.inspect.treffers import combine
from schemas.nazicht import Identiteit, Identiteitsoort, Kennis, Nazichtsoort, make_vraag_id

BOS = make_sleutelbos(MENSEN)


def vind(tekst: str) -> list[str]:
    return [tekst[t.begin : t.eind] for t in combine(len(tekst), iterate_bekenden(tekst, BOS))]


def vind_patronen(tekst: str) -> dict[str, str]:
    return {tekst[t.begin : t.eind]: t.waarom for t in combine(len(tekst), iterate_patronen(tekst))}


# --- known people ---


def test_a_name_of_several_words_is_one_find_with_a_role_word_as_proposal() -> None:
    (treffer,) = iterate_bekenden("Toen kwam Lena-Marie Van den Proefberg binnen.", BOS)
    assert treffer.voorstel == "kind 1"
    assert "Toen kwam Lena-Marie Van den Proefberg binnen."[treffer.begin : treffer.eind].endswith("Van den Proefberg")


def test_two_people_next_to_each_other_are_two_finds() -> None:
    assert vind("Tine, Wolf en Yusuf kwamen.") == ["Tine", "Wolf", "Yusuf"]


def test_an_everyday_word_that_is_also_a_name_counts_only_with_a_capital() -> None:
    assert vind("de roos bloeit, een wolf jaagt, aan de deur") == []
    assert vind("Een buur zag Wolf met Roos.") == ["Wolf", "Roos"]


def test_a_slip_of_the_pen_is_seen_in_long_names_only() -> None:
    assert vind("Volgens Bedachtzaem is het waar.") == ["Bedachtzaem"]
    assert vind("Volgens Tina is het waar.") == []


def test_an_ordinary_word_that_looks_like_a_name_stays_when_it_is_small() -> None:
    assert vind("Dat is vermoedelyk zo. Zij bedachtzaan niets.") == []


def test_initials_count_but_a_known_abbreviation_does_not() -> None:
    bos = make_sleutelbos([Identiteit(rolwoord="de cliënt", soort=Identiteitsoort.NAAM, waarde="Cara Aarde Woudbeeld")])
    assert list(iterate_bekenden("Het CAW volgt op.", bos)) == []
    assert len(list(iterate_bekenden("Cliënte C.A.W. kwam langs.", bos))) == 1


def test_a_name_that_the_copy_shows_is_no_leak_nor_is_the_family_name_that_two_people_share() -> None:
    bos = make_sleutelbos(MENSEN[5:], MENSEN[:1])
    tekst = "Roos Bedachtzaam en Tine, mevrouw Bedachtzaam"
    assert [tekst[t.begin : t.eind] for t in iterate_bekenden(tekst, bos)] == ["Tine"]


def test_signs_that_cannot_be_seen_hide_no_name() -> None:
    assert vind("Ti\u00adne kwam, T\u200bine ook") == ["Ti\u00adne", "T\u200bine"]


def test_a_birth_date_is_seen_in_every_notation_and_another_date_is_not() -> None:
    assert vind("op 13/3/1979, 14/4/1979 en 14/3/1980 en 15 maart") == []
    assert vind("op 14/03/79 en 14 maart '79") == ["14/03/79", "14 maart '79"]


# --- shapes ---


@pytest.mark.parametrize(
    ("tekst", "wat"),
    [
        ("mail naar a.b-c@voorbeeld.example.org vandaag", "mailadres"),
        ("BE68 5390 0754 7034", "IBAN"),
        ("rrn 79.03.14-002.94", "rijksregister"),
        ("nummer 79031400294 staat er", "rijksregister"),
        ("bsn 111222333", "BSN"),
        ("PV TU.45.L1.001234/2026", "pv"),
        ("AN60.LB.12345-26", "pv"),
        ("1-ABC-234", "nummerplaat"),
        ("XX-99-XX", "nummerplaat"),
        ("Kerkstraat 12", "adres"),
        ("9999 ZZ", "adres"),
        ("bel +32(0)478.00.11.22", "telefoon"),
        ("bel 0478/00.11.22", "telefoon"),
        ("bel 020-1234567", "telefoon"),
    ],
)
def test_a_shape_is_recognised_for_what_it_is(tekst: str, wat: str) -> None:
    assert any(wat in waarom for waarom in vind_patronen(tekst).values())


@pytest.mark.parametrize(
    "tekst",
    [
        "02.05.2025 om 14.30",
        "op 12/03/2026 om 9.15 uur",
        "in 2026 Daarna",
        "12.345,67 euro",
        "2026-12-17",
        "7/10",
        "art. 458ter",
    ],
)
def test_dates_amounts_and_scores_are_no_numbers_of_people(tekst: str) -> None:
    assert vind_patronen(tekst) == {}


def test_check_digits_are_checked() -> None:
    assert is_rijksregisternummer("79031400294")
    assert not is_rijksregisternummer("79031400293")
    assert not is_rijksregisternummer("79031400")
    assert is_bsn("111222333")
    assert not is_bsn("111222334")
    assert not is_bsn("000000000")
    assert is_iban("BE68539007547034")
    assert not is_iban("BE68539007547035")


# --- the word alarm ---


@pytest.mark.parametrize(
    "tekst",
    [
        "De cliënt volgt begeleiding bij het CAW en het OCMW.",
        "De moeder is bang.\nDe vader is vertrokken.",
        "'s Avonds is er ruzie in het gezin.",
        "Eén van de ouders drinkt.",
        "Er is budgetbegeleiding, thuisbegeleiding en een zorgoverleg.",
        "“Ik wil dat niet”, zei de cliënt. “Nooit.”",
        "Het mag niet. Waarom dan? Omdat het niet kan!",
    ],
)
def test_plain_words_about_an_anonymous_case_raise_no_alarm(tekst: str) -> None:
    assert [tekst[t.begin : t.eind] for t in find_treffers(tekst, LEZINGEN["anoniem"])] == []


def test_the_alarm_is_silent_for_a_case_by_name() -> None:
    assert find_treffers("Volgens Speedy zijn er drie kinderen.", LEZINGEN["bekend"]) == ()


def test_a_municipality_of_the_table_is_asked_about_although_the_forms_name_it() -> None:
    kennis = make_kennis_anoniem()
    for gemeente in DATA.tafel.gemeenten:
        assert any(t.soort is Nazichtsoort.WOORD for t in find_treffers(f"{gemeente} is ver weg.", lees(kennis)))


def test_the_tables_own_words_are_no_alarm() -> None:
    assert find_treffers("De expertentafel vroeg de parketcriminoloog om advies.", lees(make_kennis_anoniem())) == ()


def make_kennis_anoniem() -> Kennis:
    return build_kennis(make_dossier(make_aanmelding(ANONIEM, ANONIEME_RIJEN)), AANMELDFORMULIER, DATA)


# --- what is known of a case ---


def test_everybody_on_the_forms_is_known_by_a_role_word() -> None:
    kind = {"rol": "kind", "naam": "Bo Verzonnen"}
    rijen = {**RIJEN, "betrokkenen": [CLIENT, {**MOEDER, "relatie": "Moeder"}, kind, {**kind, "naam": "Jip Verzonnen"}]}
    kennis = build_kennis(make_dossier(make_aanmelding(VOLLEDIG, rijen)), AANMELDFORMULIER, DATA)
    namen = {i.waarde: i.rolwoord for i in kennis.identiteiten if i.soort is Identiteitsoort.NAAM}
    assert namen == {
        "Fien Voorbeeldmans": "de aanmelder",
        "Roos Bedachtzaam": "de cliënt",
        "Tine Bedachtzaam": "de moeder",
        "Bo Verzonnen": "kind 1",
        "Jip Verzonnen": "kind 2",
    }
    assert {i.soort for i in kennis.identiteiten} >= {Identiteitsoort.DATUM, Identiteitsoort.ADRES}
    assert not any(i.waarde == CLIENT["gemeente"] for i in kennis.identiteiten)
    assert not kennis.anoniem
    assert not kennis.woorden


# --- when a form comes in ---


def test_a_form_that_names_somebody_in_shared_text_is_told_about_without_the_word() -> None:
    feit = {**FEIT, "tekst": "Tine belde, en Roos nam op met 0470 12 34 56."}
    rijen: Rijen = {"betrokkenen": [CLIENT, MOEDER], "informatie": [feit]}
    bevindingen = inspect_aanmelding(
        make_aanmelding(VOLLEDIG, rijen, {"informatie": TAFELVLAG}), AANMELDFORMULIER, DATA
    )
    assert {b.code for b in bevindingen} == {"persoon-in-vrije-tekst", "nummer-in-vrije-tekst"}
    assert all(b.plaats == "Informatie, rij 1" or "rij 1" in b.plaats for b in bevindingen)
    alles = "".join(b.model_dump_json() for b in bevindingen)
    assert not any(woord in alles for woord in ("Tine", "Roos", "0470", "belde"))


def test_text_that_is_not_shared_is_not_told_about() -> None:
    feit = {**FEIT, "tekst": "Roos belde."}
    rijen: Rijen = {"betrokkenen": [CLIENT], "informatie": [feit]}
    assert inspect_aanmelding(make_aanmelding(VOLLEDIG, rijen), AANMELDFORMULIER, DATA) == ()


# --- rules for all input ---


@settings(deadline=None, max_examples=200)
@example("Aaa\u0195\u0300\u0300\u0300\u0300")  # a word that ends in accents without a letter
@given(st.text(max_size=300))
def test_no_text_makes_a_gate_fail_and_equal_text_gives_equal_finds(tekst: str) -> None:
    for lezing in LEZINGEN.values():
        treffers = find_treffers(tekst, lezing)
        assert treffers == find_treffers(tekst, lezing)
        assert all(0 <= t.begin < t.eind <= len(tekst) for t in treffers)
        assert all(vorige.eind <= volgende.begin for vorige, volgende in pairwise(treffers))


@settings(deadline=None, max_examples=100)
@given(
    st.sampled_from([m.waarde for m in MENSEN if m.soort is Identiteitsoort.NAAM]), st.text("abc de.\n", max_size=30)
)
def test_a_known_full_name_is_found_wherever_it_stands(naam: str, voor: str) -> None:
    tekst = f"{voor} {naam} belde."
    begin = len(voor) + 1
    assert any(t.begin < begin + len(naam) and t.eind > begin for t in find_treffers(tekst, LEZINGEN["bekend"]))


def test_a_long_text_is_read_word_for_word() -> None:
    tekst = "De cliënt is bang en gaat niet naar buiten. " * 5000 + "Tine weet dat."
    (treffer,) = find_treffers(tekst, lees(BEKEND))
    assert tekst[treffer.begin : treffer.eind] == "Tine"


def test_a_question_has_a_name_of_its_own_for_each_case_passage_word_and_kind() -> None:
    basis = ("BCDFG2", "Roos belde.", "Roos", Nazichtsoort.IDENTITEIT)
    anders = [("HJKLM3", *basis[1:]), ("BCDFG2", "Roos belde!", *basis[2:]), (*basis[:3], Nazichtsoort.WOORD)]
    namen = {make_vraag_id(*vraag, sleutel=b"geheim") for vraag in (basis, *anders)}
    assert len(namen) == 4
    assert make_vraag_id(*basis, sleutel=b"geheim") in namen
