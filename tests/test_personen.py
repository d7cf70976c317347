"""The people of a case as recipients: each by himself, chosen by role, age and answer; and a child to be born."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support_dossier import CLIENT, DATA, RIJEN, VANDAAG, WERKMAP, make_aanmelding, make_antwoord, make_dossier
from support_regios import copy_regios, get_fouten, spoil

from pipeline.check.evaluate import Grond, evaluate
from pipeline.share.personen import list_betrokkenen
from pipeline.validate.parse import parse_antwoord
from schemas import kern
from schemas.aanmelding import Aanmelding
from schemas.criterium import Toets
from schemas.datum import count_years
from schemas.deelbeeld import Ontvanger
from schemas.formulier import Voorwaarde, Vraag, Vraagsoort
from schemas.leeftijd import count_weken, is_ongeboren
from schemas.namen import Namenlijst
from schemas.tafel import Rol, Rolsoort, Tafel
from schemas.toetsing import Uitkomst

OUDER = Rol(id="ouder_rol", soort=Rolsoort.BETROKKENE, label="Ouder", staat_voor=("ouder",))
JONGERE = Rol(id="jongere_rol", soort=Rolsoort.BETROKKENE, label="Jongere", staat_voor=("client",), ouder_dan=12)
EVA = {"rol": "ouder", "naam": "Eva Verzonnen", "veilig_contact": "ja"}
UITGEREKEND = Vraag(id=kern.UITGEREKEND, label="Uitgerekende datum", soort=Vraagsoort.DATUM)
ONGEBOREN: Mapping[str, str] = {"rol": "client"}


def list_wie(rol: Rol, *rijen: Mapping[str, str], op: dt.date = VANDAAG) -> tuple[Ontvanger, ...]:
    tafel: Tafel = DATA.tafel.model_copy(update={"rollen": (*DATA.tafel.rollen, rol)})
    dossier = make_dossier(make_aanmelding(rijen={**RIJEN, "betrokkenen": rijen}))
    return list_betrokkenen((rol.id, "caw", "client"), dossier, tafel, op)


def test_each_person_of_the_role_is_a_recipient_of_his_own_and_nobody_else_is() -> None:
    twee = list_wie(OUDER, CLIENT, EVA, {"rol": "ouder", "naam": "Ivo Verzonnen"}, {"rol": "kind", "naam": "Bo"})
    assert [ontvanger.naam for ontvanger in twee] == ["Eva Verzonnen", "Ivo Verzonnen"]
    assert len({ontvanger.id for ontvanger in twee}) == 2
    assert {ontvanger.rollen for ontvanger in twee} == {frozenset({"ouder_rol"})}
    assert [ontvanger.aanspreking for ontvanger in twee] == ["Beste Eva Verzonnen", "Beste Ivo Verzonnen"]


def test_a_person_is_known_by_nothing_that_tells_of_others() -> None:
    (alleen,) = list_wie(OUDER, CLIENT, EVA)
    samen = list_wie(OUDER, {"rol": "ouder", "naam": "Ivo Verzonnen"}, {**EVA, "adres": "Kelderstraat 1"}, CLIENT)
    assert alleen in samen


def test_who_stands_on_the_form_twice_gets_one_copy() -> None:
    assert len(list_wie(OUDER, EVA, {**EVA, "gemeente": "Olen"})) == 1


def test_who_has_no_name_is_called_by_the_role() -> None:
    (wie,) = list_wie(OUDER, {"rol": "ouder"})
    assert (wie.naam, wie.aanspreking) == ("ouder", "")


def test_a_flag_about_all_roles_of_its_kind_speaks_of_this_one() -> None:
    (wie,) = list_wie(OUDER.model_copy(update={"hoort_bij": ("ouders",)}), EVA)
    assert wie.ids == {"ouder_rol", "ouders"}


@pytest.mark.parametrize(("antwoord", "aantal"), [("ja", 1), ("nee", 0), ("onbekend", 0), ("", 0)])
def test_only_who_is_said_to_take_part_gets_anything(antwoord: str, aantal: int) -> None:
    als = Voorwaarde(vraag="betrokkenen.veilig_contact", is_een_van=("ja",))
    assert len(list_wie(OUDER.model_copy(update={"als": als}), {**EVA, "veilig_contact": antwoord})) == aantal


@pytest.mark.parametrize(
    ("geboren", "aantal"),
    [("2/12/2013", 0), ("1/12/2013", 1), ("30/11/2013", 1), ("1/12/2014", 0), ("", 0)],
)
def test_older_than_twelve_is_thirteen_on_the_day_itself(geboren: str, aantal: int) -> None:
    assert len(list_wie(JONGERE, {"rol": "client", "naam": "Bo", "geboortedatum": geboren})) == aantal


@given(st.dates(dt.date(2000, 1, 1), dt.date(2026, 11, 30)), st.dates(dt.date(2026, 12, 1), dt.date(2040, 1, 1)))
def test_a_jongere_once_old_enough_stays_so(geboren: dt.date, op: dt.date) -> None:
    rij = {"rol": "client", "naam": "Bo", "geboortedatum": geboren.isoformat()}
    assert len(list_wie(JONGERE, rij, op=op)) == int(count_years(geboren, op) >= 13)


# --- unborn ---------------------------------------------------------------------------------------------------------


def make_ongeboren(uitgerekend: str, geboren: str = "") -> Aanmelding:
    aanmelding = make_aanmelding(rijen={**RIJEN, "betrokkenen": [{"rol": "client", "geboortedatum": geboren}]})
    rubrieken = list(aanmelding.rubrieken)
    plaats = next(nr for nr, rubriek in enumerate(rubrieken) if rubriek.id == "betrokkenen")
    rij = rubrieken[plaats].rijen[0]
    rij = rij.model_copy(update={"antwoorden": (*rij.antwoorden, make_antwoord(UITGEREKEND, uitgerekend))})
    rubrieken[plaats] = rubrieken[plaats].model_copy(update={"rijen": (rij,)})
    return aanmelding.model_copy(update={"rubrieken": tuple(rubrieken)})


@pytest.mark.parametrize(
    ("toets", "uitkomst"),
    [
        ({"jonger_dan": 18}, Uitkomst.VOLDAAN),
        ({"minstens": 0, "jonger_dan": 18}, Uitkomst.NIET_VOLDAAN),
        ({"minstens": 0}, Uitkomst.NIET_VOLDAAN),
    ],
)
def test_a_child_to_be_born_is_younger_than_any_bound(toets: dict[str, int], uitkomst: Uitkomst) -> None:
    test = Toets.model_validate({"leeftijd": {"vraag": kern.GEBOORTEDATUM, **toets}})
    oordeel = evaluate(test, Grond(make_ongeboren("14/3/2027"), DATA.tafel, VANDAAG))
    assert oordeel.uitkomst is uitkomst
    assert oordeel.beslissend[0].antwoord == "nog niet geboren, 14 weken voor de uitgerekende datum"


@pytest.mark.parametrize(
    ("uitgerekend", "geboren", "uitkomst"),
    [
        ("", "", Uitkomst.ONBESLIST),
        ("onbekend", "", Uitkomst.ONBESLIST),
        ("10/11/2026", "", Uitkomst.VOLDAAN),  # three weeks past: it may still be so
        ("9/11/2026", "", Uitkomst.ONBESLIST),  # born for certain, and the form does not say when
        ("14/3/2027", "20/11/2026", Uitkomst.VOLDAAN),  # born early
    ],
)
def test_after_its_birth_only_a_birth_date_tells_the_age(uitgerekend: str, geboren: str, uitkomst: Uitkomst) -> None:
    test = Toets.model_validate({"leeftijd": {"vraag": kern.GEBOORTEDATUM, "jonger_dan": 18}})
    aanmelding = make_ongeboren(uitgerekend, geboren)
    assert evaluate(test, Grond(aanmelding, DATA.tafel, VANDAAG)).uitkomst is uitkomst
    assert is_ongeboren(aanmelding.get_rijen("betrokkenen")[0], VANDAAG) is (
        uitkomst is Uitkomst.VOLDAAN and not geboren
    )


@given(st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)), st.integers(-400, 400))
def test_weeks_before_birth_are_whole_and_never_negative(op: dt.date, dagen: int) -> None:
    weken = count_weken(op + dt.timedelta(days=dagen), op)
    assert weken >= 0
    assert dagen < 7 or weken * 7 <= dagen < (weken + 1) * 7


def test_an_expected_day_farther_away_than_a_pregnancy_is_no_answer() -> None:
    namen = Namenlijst(DATA.tafel, WERKMAP.partners)
    assert parse_antwoord(UITGEREKEND, "22/9/2027", namen, VANDAAG).bezwaar
    assert not parse_antwoord(UITGEREKEND, "21/9/2027", namen, VANDAAG).bezwaar


# --- the data of a table --------------------------------------------------------------------------------------------

_CLIENT = 'id = "client"\nsoort = "betrokkene"\n'


@pytest.mark.parametrize(
    ("regels", "verwacht"),
    [
        ('staat_voor = ["oudr"]\n', ["staat_voor", 'Bedoelde u "ouder"']),
        ("ouder_dan = 12\n", ["ouder_dan", "staat_voor"]),
        (
            'staat_voor = ["ouder"]\nals = { vraag = "betrokkenen.veilig_contact", is_een_van = ["jaa"] }\n',
            ["sleutel als", 'Bedoelde u "ja"'],
        ),
        (
            'staat_voor = ["ouder"]\nals = { vraag = "veiligheid.crisis", is_een_van = ["ja"] }\n',
            ["sleutel als", "niet bij de betrokkenen"],
        ),
    ],
)
def test_a_mistake_in_what_a_role_stands_for_is_told(tmp_path: Path, regels: str, verwacht: list[str]) -> None:
    regios = copy_regios(tmp_path)
    spoil(regios, "tafel.toml", _CLIENT, _CLIENT + regels)
    fout = get_fouten(regios)
    assert all(deel in fout for deel in verwacht), fout


def test_only_people_on_the_form_can_be_stood_for(tmp_path: Path) -> None:
    regios = copy_regios(tmp_path)
    spoil(regios, "tafel.toml", 'id = "caw"\nsoort = "vast"\n', 'id = "caw"\nsoort = "vast"\nstaat_voor = ["ouder"]\n')
    assert 'de sleutel staat_voor hoort enkel bij soort "betrokkene"' in get_fouten(regios)
