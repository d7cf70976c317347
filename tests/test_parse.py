"""From what somebody typed to a typed answer, or to the reason why it cannot be used."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_dossier import AANMELDFORMULIER, NAMEN, VANDAAG

from pipeline.validate.flags import split_ticked
from pipeline.validate.parse import Gelezen, parse_antwoord
from schemas.aanmelding import DatumWaarde, KeuzeWaarde, PartnersWaarde, Status, TekstWaarde
from schemas.formulier import Vraag


def _vraag(vraag_id: str) -> Vraag:
    vraag = AANMELDFORMULIER.get_vraag(vraag_id)
    assert vraag is not None
    return vraag


def _parse(vraag_id: str, tekst: str) -> Gelezen:
    return parse_antwoord(_vraag(vraag_id), tekst, NAMEN, VANDAAG)


@pytest.mark.parametrize("vraag_id", ["identiteit.zoeken", "integriteit.aard", "aanmelding.soort"])
def test_the_only_option_that_stands_there_is_no_answer_when_its_box_is_blank(vraag_id: str) -> None:
    label = _vraag(vraag_id).opties[0].label
    assert _parse(vraag_id, f"☐ {label}") == Gelezen(Status.LEEG)
    assert _parse(vraag_id, f"☒ {label}").waarde == _parse(vraag_id, label).waarde


def test_a_partner_whose_box_is_blank_is_not_named() -> None:
    assert not isinstance(_parse("aanmelder.organisatie", "☐ Politiezone Neteland").waarde, PartnersWaarde)


@pytest.mark.parametrize(
    "tekst",
    [
        "3/11/2026",
        "03-11-2026",
        "3.11.2026",
        "3 11 2026",
        "2026-11-03",
        "3 november 2026",
        "3 nov. 2026",
        "dinsdag 3 november 2026",
        " 3/11/2026 ",
    ],
)
def test_a_date_is_read_day_first_however_it_is_written(tekst: str) -> None:
    assert _parse("aanmelding.datum", tekst).waarde == DatumWaarde(datum=dt.date(2026, 11, 3))


@pytest.mark.parametrize(
    ("tekst", "bezwaar"),
    [
        ("31/02/1980", "deze datum bestaat niet"),
        ("29/02/2023", "deze datum bestaat niet"),
        ("13/13/1980", "deze datum bestaat niet"),
        ("1/1/80", "vier cijfers"),
        ("zomer 1980", "vier cijfers"),
        ("2/12/2026", "ligt in de toekomst"),
        ("1/1/1900", "meer dan 120 jaar terug"),
    ],
)
def test_a_birth_date_that_cannot_be_says_why_and_not_what_stood_there(tekst: str, bezwaar: str) -> None:
    gelezen = _parse("betrokkenen.geboortedatum", tekst)
    assert (gelezen.status, gelezen.waarde) == (Status.LEEG, None)
    assert bezwaar in gelezen.bezwaar
    assert tekst not in gelezen.bezwaar


def test_29_february_of_a_leap_year_is_a_date() -> None:
    assert _parse("betrokkenen.geboortedatum", "29/2/2008").waarde == DatumWaarde(datum=dt.date(2008, 2, 29))


@pytest.mark.parametrize("tekst", ["", "   ", "…", "____", "-", "?", "/"])
def test_a_field_with_nothing_but_filling_is_blank(tekst: str) -> None:
    assert _parse("informatie.tekst", tekst) == Gelezen(Status.LEEG)


@pytest.mark.parametrize("tekst", ["Иван Петров", "محمد", "李", "Ω"])
def test_a_name_in_another_script_is_an_answer(tekst: str) -> None:
    assert _parse("betrokkenen.naam", tekst).waarde == TekstWaarde(tekst=tekst)


@pytest.mark.parametrize(
    ("tekst", "status"),
    [
        ("onbekend", Status.ONBEKEND),
        ("Weet ik niet.", Status.ONBEKEND),
        ("n.v.t.", Status.NVT),
        ("Niet van toepassing", Status.NVT),
    ],
)
def test_unknown_and_not_applicable_are_answers_of_their_own(tekst: str, status: Status) -> None:
    assert _parse("informatie.datum", tekst) == Gelezen(status)


def test_unknown_is_a_choice_where_the_form_offers_it() -> None:
    assert _parse("instemming.stemt_in", "onbekend").waarde == KeuzeWaarde(opties=("onbekend",), labels=("Onbekend",))


@pytest.mark.parametrize("tekst", ["ja", "JA", "☒ Ja ☐ Nee", "Ja ☒ Nee ☐", "☒ Ja\n☐ Nee", "☐ Nee ☒ Ja"])
def test_a_choice_is_read_as_a_word_or_as_a_tick_before_or_behind_it(tekst: str) -> None:
    assert _parse("veiligheid.crisis", tekst).waarde == KeuzeWaarde(opties=("ja",), labels=("Ja",))


@pytest.mark.parametrize(
    ("tekst", "bezwaar"),
    [
        ("☒ Ja ☒ Nee", "er is meer dan één keuze aangeduid"),
        ("ja en nee", "er is meer dan één keuze aangeduid"),
        ("misschien", "dit is geen van de mogelijke keuzes"),
        ("ja, maar pas morgen", "dit is geen van de mogelijke keuzes"),
        ("Crisis: ☒ Ja ☐ Nee", "dit is geen van de mogelijke keuzes"),
    ],
)
def test_a_choice_that_leaves_doubt_is_no_answer(tekst: str, bezwaar: str) -> None:
    assert _parse("veiligheid.crisis", tekst) == Gelezen(Status.LEEG, bezwaar=bezwaar)


def test_boxes_that_are_all_open_are_no_answer() -> None:
    assert _parse("veiligheid.crisis", "☐ Ja ☐ Nee") == Gelezen(Status.LEEG)


def test_several_choices_keep_the_order_of_the_form() -> None:
    waarde = _parse("integriteit.aard", "anderen; fysiek").waarde
    assert isinstance(waarde, KeuzeWaarde)
    assert waarde.opties == ("fysiek_eigen", "van_anderen")


def test_partners_are_recognised_by_any_of_their_names() -> None:
    waarde = _parse("aanmelder.organisatie", "centrum algemeen welzijnswerk").waarde
    assert waarde == PartnersWaarde(ids=("caw",), tekst="centrum algemeen welzijnswerk")
    meer = _parse("aanmelder.organisatie", "politie, CAW en Stad Herentals").waarde
    assert isinstance(meer, PartnersWaarde)
    assert meer.ids == ("politie", "caw", "bestuur_herentals")


def test_an_unknown_partner_keeps_the_words() -> None:
    assert _parse("aanmelder.organisatie", "Rusthuis Ergens").waarde == TekstWaarde(tekst="Rusthuis Ergens")


def test_a_casuscode_is_read_without_spaces_and_capitals_matter_not() -> None:
    assert _parse("aanmelding.casuscode", " bcd fg2 ").waarde == TekstWaarde(tekst="BCDFG2")


@pytest.mark.parametrize("tekst", ["jan", "jan@", "jan@example", "jan @example.org", "a@b.org; c@d.org"])
def test_what_is_no_mail_address_is_refused(tekst: str) -> None:
    assert _parse("aanmelder.email", tekst).bezwaar == "dit is geen mailadres"


def test_a_tick_between_two_words_could_be_of_either_and_is_of_none() -> None:
    assert split_ticked("Triagetafel ☒ Expertentafel") == ("Triagetafel ☒ Expertentafel",)
    assert split_ticked("☒ Triagetafel ☐ Expertentafel") == ("Triagetafel",)
    assert split_ticked("Triagetafel ☐ Expertentafel ☒") == ("Expertentafel",)


@settings(deadline=None)
@given(st.sampled_from(AANMELDFORMULIER.vragen), st.text(max_size=60))
def test_any_text_gives_a_value_or_a_status_and_never_both_a_value_and_an_objection(vraag: Vraag, tekst: str) -> None:
    gelezen = parse_antwoord(vraag, tekst, NAMEN, VANDAAG)
    assert (gelezen.waarde is not None) == (gelezen.status is Status.INGEVULD)
    assert not (gelezen.bezwaar and gelezen.waarde)


@settings(deadline=None)
@given(st.dates(min_value=dt.date(1907, 1, 1), max_value=VANDAAG))
def test_every_date_that_we_print_is_read_back(datum: dt.date) -> None:
    waarde = DatumWaarde(datum=datum)
    assert _parse("informatie.datum", waarde.format()).waarde == waarde
