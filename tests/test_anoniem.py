"""Anonymous documents: who may read of a case only so, what may stand there, and how people are called."""

from __future__ import annotations

import datetime as dt
import inspect
import json
import shutil
from pathlib import Path

import pytest
from beelden import make_anoniem, make_beeld
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from support_anoniem import (
    CODE,
    DATA,
    KETEN,
    KRING,
    OP,
    REGIOS,
    Invulling,
    make_deling,
    make_dossier,
    share,
    share_anonymously,
)

from pipeline.errors import PoortFout
from pipeline.inspect import build_kennis, inspect_aanmelding, inspect_beeld
from pipeline.render import render_deelbeeld
from pipeline.revise import revise_beeld
from pipeline.run.holdings import strip_case
from pipeline.settings import SJABLONEN
from schemas import anoniembeeld, deelbeeld
from schemas.anoniembeeld import AnoniemBeeld, AnoniemeAfspraak, AnoniemeCasus, AnoniemePersoon
from schemas.base import Model
from schemas.catalogus import load_tafel
from schemas.datum import count_years
from schemas.deelbeeld import Deelbeeld
from schemas.deling import Vlag
from schemas.documentsoort import Organisaties
from schemas.dossier import Actie, GenomenBesluit, Planstand, PlanVanAanpak
from schemas.formulier import Rubriekvorm, Vraagsoort
from schemas.fouten import DataFout
from schemas.nazicht import Nazichtantwoord, Nazichtbesluit, Nazichtsoort
from schemas.verstrekking import Verstrekking

KRING_DATA, KETEN_DATA = DATA[KRING], DATA[KETEN]
VOOR_KRING, VOOR_NIEMAND = Vlag(deelbaar_met=frozenset({"kring"})), Vlag()

# --- what the catalogue refuses -------------------------------------------------------------------------------------

FOUTEN = [
    (KRING, "documenten.toml", "anoniem = true\nrollen", "rollen", ['document "agenda"', '"aanbieder"', "Bedoelde u"]),
    (KRING, "documenten.toml", "anoniem = true", "anoniem = ja", ["documenten.toml", "geen geldige waarde"]),
    (KRING, "documenten.toml", "anoniem = true", "anoniim = true", ["anoniim", 'Bedoelde u "anoniem"']),
    (KRING, "deling.toml", 'feit = "fase"', 'feit = "identiteit"', ["identiteit", "enkel het secretariaat"]),
    (KRING, "deling.toml", 'feit = "fase"', 'feit = "routering"', ["routering", '"agenda" is anoniem']),
    (KRING, "tafel.toml", 'identiteit = "secretariaat"', 'identiteit = "sekretariaat"', ['Bedoelde u "secretariaat"']),
    (KRING, "tafel.toml", "jonger_dan = 12 }", "jonger_dan = 5 }", ["leeftijdsgroepen", "jongste eerst"]),
    (KRING, "tafel.toml", 'label = "18 jaar of ouder" }', 'label = "x", jonger_dan = 30 }', ["laatste groep"]),
    (KRING, "tafel.toml", '6 jaar", jonger_dan = 6 }', '6 jaar" }', ["zonder jonger_dan, kan geen groep meer komen"]),
    (KRING, "tafel.toml", '"Gemeente"', '"Gemeente"\nvolgens_woonplaats = true', ["weet dus", "waar de cliënt woont"]),
    (KRING, "tafel.toml", '"Gemeente"', '"Gemeente"\nstaat_voor = ["moeder"]', ["mensen uit de casus zelf"]),
    (
        KRING,
        "formulieren/aanmelding.toml",
        'label = "Moeder", rolwoord = "de moeder"',
        'label = "Moeder"',
        ['optie "moeder"', "rolwoord ontbreekt", '"casusbeschrijving"'],
    ),
    (
        KRING,
        "formulieren/aanmelding.toml",
        'rolwoord = "de moeder"',
        'rolwoord = "Moeder 1"',
        ["rolwoord", "een woord met zijn lidwoord"],
    ),
    (
        KRING,
        "formulieren/aanmelding.toml",
        '{ id = "thuis", label = "Thuis" }',
        '{ id = "thuis", label = "Thuis", rolwoord = "het thuis" }',
        ['"betrokkenen.woont"', "hoort enkel bij de vraag"],
    ),
    (KETEN, "documenten.toml", 'anoniem = true\nrollen = ["mailgroep"]', 'rollen = ["mailgroep"]', ["enkel_anoniem"]),
    (KETEN, "documenten.toml", "anoniem = true\norganisaties", "organisaties", ["organisaties hoort enkel bij"]),
    (KETEN, "documenten.toml", 'organisaties = "rol"', 'organisaties = "rolle"', ['Bedoelde u "rol"']),
    (
        KETEN,
        "deling.toml",
        'documenten = ["casusfiche"]\nrollen',
        'documenten = ["plan"]\nrollen',
        ['"plan" is anoniem'],
    ),
]


@pytest.mark.parametrize(("tafel", "bestand", "oud", "nieuw", "woorden"), FOUTEN)
def test_a_mistake_about_anonymity_is_told(
    tafel: str, bestand: str, oud: str, nieuw: str, woorden: list[str], tmp_path: Path
) -> None:
    shutil.copytree(REGIOS / tafel, tmp_path / tafel)
    pad = tmp_path / tafel / bestand
    tekst = pad.read_text(encoding="utf-8")
    assert oud in tekst
    pad.write_text(tekst.replace(oud, nieuw, 1), encoding="utf-8")
    with pytest.raises(DataFout) as gevangen:
        load_tafel(tafel, tmp_path)
    for woord in woorden:
        assert woord in str(gevangen.value)


def test_without_age_bands_an_anonymous_document_can_still_leave_out_the_birth_date(tmp_path: Path) -> None:
    shutil.copytree(REGIOS / KRING, tmp_path / KRING)
    tafel, deling = tmp_path / KRING / "tafel.toml", tmp_path / KRING / "deling.toml"
    tekst = tafel.read_text(encoding="utf-8")
    begin, einde = tekst.index("leeftijdsgroepen"), tekst.index("[[rollen]]")
    tafel.write_text(tekst[:begin] + tekst[einde:], encoding="utf-8")
    with pytest.raises(DataFout, match="leeftijdsgroep"):
        load_tafel(KRING, tmp_path)
    rubrieken = '"informatie", "vraag"]'
    erbij = f'{rubrieken}\nzonder_vragen = ["betrokkenen.geboortedatum"]'
    deling.write_text(deling.read_text(encoding="utf-8").replace(rubrieken, erbij), encoding="utf-8")
    assert load_tafel(KRING, tmp_path).tafel.leeftijdsgroepen == ()


# --- types ----------------------------------------------------------------------------------------------------------

#: What each anonymous type takes over as it is. A field that is added to a copy by name has to be weighed here.
OVERGENOMEN = {
    "AnoniemVeld": {"label", "waarde"},
    "AnoniemeRij": {"titel"},
    "AnoniemeRubriek": {"titel"},
    "AnoniemeInformatie": {"tekst", "bron"},
    "AnoniemeCasus": {
        *("nummer", "code", "soort", "fase", "anoniem", "instemming", "uitkomst", "criteria", "weegvragen"),
        "rolverdeling",
    },
    "AnoniemeAfspraak": {"casuscode", "wat", "wie", "nummer", "stand"},
    "AnoniemeActie": {"actie", "wie", "status"},
    "AnoniemDoel": {"nummer", "doelstelling", "prioriteit"},
    "AnoniemPlan": {"stand"},
    "AnoniemeMelding": {"label", "wie", "naar", "mededelingen"},
    "AnoniemVerslag": {
        *("nummer", "code", "soort", "besluit", "partner", "onveiligheid", "geinformeerd", "stemt_in"),
        *("terugkoppeling", "terugkoppeling_wie", "terugkoppeling_hoe", "passages", "rolverdeling"),
    },
    "AnoniemBeeld": {
        *("documentsoort", "sjabloon", "sleutel", "bestandsnaam", "ontvanger", "kop", "ontmoeting", "ontbrekend"),
        *("besluit", "opzoeken", "passages", "stellingen", "rolverdeling", "cijfers", "verantwoording"),
    },
}


def test_an_anonymous_type_takes_over_no_field_that_nobody_weighed() -> None:
    gevonden = {
        naam: set(model.model_fields) - set(model.__annotations__)
        for naam, model in inspect.getmembers(anoniembeeld, inspect.isclass)
        if issubclass(model, Model) and model.__module__ == anoniembeeld.__name__
        if model.__mro__[1].__module__ == deelbeeld.__name__
    }
    assert gevonden == OVERGENOMEN


@pytest.mark.parametrize("tegen", ["3 maart 2031", "2031-03-03", "maart 2031 ", "Maart 2031", "maart", "3"])
def test_a_day_has_no_place_in_an_anonymous_copy(tegen: str) -> None:
    with pytest.raises(ValidationError):
        AnoniemeAfspraak(casuscode=CODE, wat="Belt.", wie="Aanbieder", tegen=tegen)


@pytest.mark.parametrize("soort", ["plan", "casusfiche", "takenlijst", "verslag", "uitnodiging_zorgoverleg"])
def test_a_part_of_a_copy_by_name_that_is_put_in_an_anonymous_one_stops_it(soort: str) -> None:
    op_naam = make_beeld(soort, vol=True)
    anoniem = make_anoniem(op_naam)
    delen = {"plan": "plan", "casusfiche": "casussen", "takenlijst": "afspraken", "verslag": "verslag"}
    veld = delen.get(soort, "melding")
    sjabloon = (SJABLONEN / "standaard" / f"{soort}.docx").read_bytes()
    assert render_deelbeeld(anoniem, sjabloon)
    with pytest.raises(PoortFout, match="anoniem"):
        render_deelbeeld(anoniem.model_copy(update={veld: getattr(op_naam, veld)}), sjabloon)


def make_verstrekking(beeld: Deelbeeld) -> Verstrekking:
    return Verstrekking(
        sleutel=beeld.sleutel,
        versie=1,
        documentnummer=beeld.kop.documentnummer,
        documentsoort=beeld.documentsoort,
        ontvanger=beeld.ontvanger.id,
        map="map",
        klaargezet_op=OP,
        bestanden=(),
        beeld=beeld,
    )


@pytest.mark.parametrize("soort", ["anonieme_casus", "anoniem_plan", "casusfiche", "verslag"])
def test_the_register_gives_back_the_kind_of_copy_that_it_got(soort: str) -> None:
    beeld = make_beeld(soort, vol=True)
    terug = Verstrekking.model_validate_json(make_verstrekking(beeld).model_dump_json()).beeld
    assert type(terug) is type(beeld)
    assert terug == beeld


def test_a_copy_from_before_there_were_two_kinds_is_one_by_name() -> None:
    ruw = json.loads(make_verstrekking(make_beeld("casusfiche", vol=True)).model_dump_json())
    assert "vorm" not in ruw["beeld"]
    assert type(Verstrekking.model_validate_json(json.dumps(ruw)).beeld) is Deelbeeld


def test_a_later_version_says_what_changed_and_a_case_can_be_taken_out() -> None:
    beeld = make_beeld("anonieme_casus", vol=True)
    casus = beeld.casussen[0]
    assert isinstance(casus, AnoniemeCasus)
    minder = beeld.model_copy(update={"casussen": (casus.model_copy(update={"personen": casus.personen[:1]}),)})
    nieuw = revise_beeld(minder, make_verstrekking(beeld))
    assert nieuw is not None and nieuw.kop.versie == 2
    assert any("over wie het gaat" in zin for zin in nieuw.kop.wijzigingen)
    assert strip_case(beeld, casus.code).casussen == ()


# --- people ---------------------------------------------------------------------------------------------------------


def persoon(rol: str, **ander: str | dt.date) -> Invulling:
    return {"betrokkenen.rol": rol, "betrokkenen.naam": "Odile Verzinsel"} | {
        f"betrokkenen.{naam}": waarde for naam, waarde in ander.items()
    }


def list_personen(*rijen: tuple[Invulling, Vlag]) -> list[tuple[str, str]]:
    beeld = share_anonymously(KRING_DATA, make_dossier(KRING_DATA, {}, rijen), "casusbeschrijving", "lichtpunt")
    return [(p.rolwoord, p.leeftijd) for p in beeld.casussen[0].personen]


def test_people_are_called_by_their_role_and_numbered_only_when_there_are_more() -> None:
    rijen = [persoon("client"), persoon("kind"), persoon("moeder"), persoon("kind")]
    woorden = [woord for woord, _ in list_personen(*((rij, VOOR_KRING) for rij in rijen))]
    assert woorden == ["de jongere", "kind 1", "de moeder", "kind 2"]


def test_who_is_not_shown_is_not_counted() -> None:
    assert list_personen((persoon("kind"), VOOR_NIEMAND), (persoon("kind"), VOOR_KRING)) == [("het kind", "")]


def test_a_name_alone_makes_nobody_appear() -> None:
    assert list_personen(({"betrokkenen.naam": "Odile Verzinsel"}, VOOR_KRING)) == []


def test_whose_role_is_not_known_is_one_of_the_people() -> None:
    assert list_personen(({"betrokkenen.sterkte": "kookt graag"}, VOOR_KRING)) == [("een betrokkene", "")]


@pytest.mark.parametrize(
    ("gegevens", "leeftijd"),
    [
        ({"geboortedatum": dt.date(2020, 11, 3)}, "jonger dan 6 jaar"),
        ({"geboortedatum": dt.date(2020, 11, 2)}, "6 tot en met 11 jaar"),
        ({"geboortedatum": dt.date(2008, 11, 2)}, "18 jaar of ouder"),
        ({"geboortedatum": dt.date(2026, 11, 3)}, "ongeboren"),
        ({"uitgerekende_datum": dt.date(2027, 2, 1)}, "ongeboren"),
        ({"uitgerekende_datum": dt.date(2027, 2, 1), "geboortedatum": dt.date(2026, 10, 1)}, "jonger dan 6 jaar"),
        ({"geboortedatum": "onbekend"}, "onbekend"),
        ({}, ""),
    ],
)
def test_an_age_is_a_band_at_the_day_of_the_aanmelding(gegevens: dict[str, str | dt.date], leeftijd: str) -> None:
    assert list_personen((persoon("kind", **gegevens), VOOR_KRING)) == [("het kind", leeftijd)]


@settings(max_examples=60, deadline=None)
@given(st.dates(dt.date(1940, 1, 1), OP))
def test_two_people_in_the_same_band_cannot_be_told_apart_by_their_age(geboren: dt.date) -> None:
    ((_, groep),) = list_personen((persoon("kind", geboortedatum=geboren), VOOR_KRING))
    jaren = count_years(geboren, OP)
    grenzen = [g for g in KRING_DATA.tafel.leeftijdsgroepen if g.jonger_dan is None or jaren < g.jonger_dan]
    assert groep == grenzen[0].label
    assert str(geboren.year) not in groep


def test_an_unflagged_birth_date_gives_no_band() -> None:
    rij = persoon("kind", geboortedatum=dt.date(2020, 1, 1))
    dossier = make_dossier(KRING_DATA, {}, [(rij, VOOR_KRING)])
    (rubriek,) = [r for r in dossier.aanmelding.rubrieken if r.id == "betrokkenen"]
    antwoorden = tuple(
        a.model_copy(update={"vlag": VOOR_NIEMAND}) if a.vraag.endswith("geboortedatum") else a
        for a in rubriek.rijen[0].antwoorden
    )
    anders = rubriek.model_copy(update={"rijen": (rubriek.rijen[0].model_copy(update={"antwoorden": antwoorden}),)})
    rubrieken = tuple(anders if r.id == anders.id else r for r in dossier.aanmelding.rubrieken)
    dossier = dossier.model_copy(update={"aanmelding": dossier.aanmelding.model_copy(update={"rubrieken": rubrieken})})
    beeld = share_anonymously(KRING_DATA, dossier, "casusbeschrijving", "lichtpunt")
    assert beeld.casussen[0].personen == (AnoniemePersoon(rolwoord="het kind", leeftijd="", velden=()),)


# --- every kind of answer -------------------------------------------------------------------------------------------

#: Question -> what may stand of it in an anonymous document; every other question of the form gives nothing.
TOEGELATEN = {
    "aanmelder.functie": "merk aanmelder functie",
    "betrokkenen.rol": "de jongere",
    "betrokkenen.geboortedatum": "6 tot en met 11 jaar",
    "betrokkenen.woont": "Thuis",
    "betrokkenen.sterkte": "merk betrokkenen sterkte",
    "hulp.soort": "Gesprekken",
    "hulp.sinds": "maart 2017",
    "hulp.verloop": "merk hulp verloop",
    "informatie.tekst": "merk informatie tekst",
    "informatie.bron": "merk informatie bron",
    "informatie.datum": "maart 2017",
    "vraag.vraag": "merk vraag vraag",
}


def test_of_every_question_only_what_is_named_can_stand_in_an_anonymous_document() -> None:
    """Everything is flagged for everybody; what is not named here stays out by its kind."""
    formulier = KRING_DATA.get_aanmeldformulier()
    invulling: dict[str, str | dt.date] = {}
    for vraag in formulier.vragen:
        merk = f"merk {vraag.id.replace('.', ' ')}"
        dag = dt.date(2017, 3, 14)
        invulling[vraag.id] = vraag.opties[0].id if vraag.opties else dag if vraag.soort is Vraagsoort.DATUM else merk
    in_rijen = {r.id for r in formulier.rubrieken if r.vorm is Rubriekvorm.RIJEN}
    los = {naam: waarde for naam, waarde in invulling.items() if naam.split(".")[0] not in in_rijen}
    rijen = [
        ({naam: waarde for naam, waarde in invulling.items() if naam.split(".")[0] == rubriek}, VOOR_KRING)
        for rubriek in sorted(in_rijen)
    ]
    dossier = make_dossier(KRING_DATA, los, rijen)
    beeld = share_anonymously(KRING_DATA, dossier, "casusbeschrijving", "lichtpunt")
    tekst = beeld.model_dump_json()
    assert {naam for naam, toon in TOEGELATEN.items() if toon not in tekst} == set()
    anders = {
        vraag.id: vraag.opties[0].label if vraag.opties else f"merk {vraag.id.replace('.', ' ')}"
        for vraag in formulier.vragen
        if vraag.id not in TOEGELATEN and vraag.id.split(".")[0] not in ("instemming", "aanmelding", "identiteit")
    }
    del anders["informatie.soort"]  # a heading
    assert {naam for naam, toon in anders.items() if toon in tekst} == set()
    assert "14 maart" not in tekst and "2017-03-14" not in tekst


def test_a_criterium_tells_its_outcome_and_no_answer_that_points_at_somebody() -> None:
    rij = persoon("client", afkomst="eiland", gemeente="Verzonnenstad", geboortedatum=dt.date(2015, 5, 5))
    dossier = make_dossier(KRING_DATA, {}, [(rij, VOOR_NIEMAND)])
    (casus,) = share_anonymously(KRING_DATA, dossier, "casusbeschrijving", "verzonnenstad").casussen
    criteria = {c.kort: (c.uitkomst, c.antwoord) for c in casus.criteria}
    assert criteria["Herkomst"] == ("voldaan", "")
    assert criteria["Regio"] == ("voldaan", "Gemeente: een gemeente van de regio")
    assert criteria["Minderjarig"] == ("voldaan", "")


def test_the_aanmelder_is_not_named_on_his_own_anonymous_copy() -> None:
    antwoorden = {"aanmelder.naam": "Mieke Proefmans", "aanmelder.email": "mieke@example.org"}
    beeld = share_anonymously(
        KRING_DATA, make_dossier(KRING_DATA, antwoorden), "casusbeschrijving", f"aanmelder {CODE}"
    )
    assert "Mieke" not in beeld.model_dump_json() and "mieke" not in beeld.model_dump_json()
    assert beeld.kop.exemplaar_voor == "de aanmelder"


# --- organisations --------------------------------------------------------------------------------------------------


def make_plan() -> PlanVanAanpak:
    actie = Actie(
        doelstelling="Rust in huis",
        prioriteit="Hoog",
        actie="Belt de moeder.",
        uitvoerders=("politie", "wijkteam"),
        tegen=dt.date(2026, 12, 24),
        status="Te doen",
        vlag=Vlag(deelbaar_met=frozenset({"mailgroep"})),
    )
    dag = dt.date(2026, 11, 30)
    return PlanVanAanpak(
        versie=1,
        stand=Planstand.GOEDGEKEURD,
        opgesteld_op=dag,
        bijgewerkt_op=dag,
        goedgekeurd_op=dag,
        acties=(actie,),
        sha256="0" * 64,
    )


def test_an_anonymous_plan_names_organisations_and_months() -> None:
    dossier = make_dossier(KETEN_DATA, {}).model_copy(update={"plannen": (make_plan(),)})
    plan = share_anonymously(KETEN_DATA, dossier, "plan", "mailgroep").plan
    assert plan is not None
    assert (plan.opgesteld_op, plan.goedgekeurd_op) == ("november 2026", "november 2026")
    (regel,) = plan.doelen[0].acties
    assert (regel.wie, regel.tegen) == ("Politie Voorbeelddorp, Wijkteam Verzonnenstad", "december 2026")


def test_a_document_can_call_organisations_by_their_role() -> None:
    documenten = tuple(
        d.model_copy(update={"organisaties": Organisaties.ROL}) if d.id == "plan" else d for d in KETEN_DATA.documenten
    )
    data = KETEN_DATA.model_copy(update={"documenten": documenten})
    dossier = make_dossier(data, {}).model_copy(update={"plannen": (make_plan(),)})
    plan = share_anonymously(data, dossier, "plan", "mailgroep").plan
    assert plan is not None and plan.doelen[0].acties[0].wie == "Politie, Wijkteam"


def test_where_only_the_secretariaat_knows_organisations_go_by_their_role() -> None:
    genomen = GenomenBesluit(
        overleg="overleg", datum=OP, besluit="opvolgen", partners=("lichtpunt", "de_brug"), aanwezig=("lichtpunt",)
    )
    deling = make_deling(KRING_DATA, make_dossier(KRING_DATA, {}))
    soort = KRING_DATA.get_document("verslag")
    assert soort is not None
    assert deling._name_all(soort, genomen.partners) == "Aanbieder"
    assert deling._name_all(soort, ("vertrokken",)) == "een andere organisatie"


# --- the gates on free text -----------------------------------------------------------------------------------------


def informatie(tekst: str, groep: str) -> tuple[Invulling, Vlag]:
    rij = {"informatie.tekst": tekst, "informatie.soort": "feit", "informatie.bron": "gesprek"}
    return rij, Vlag(deelbaar_met=frozenset({groep}))


def test_every_unexplained_word_of_a_case_by_name_stops_an_anonymous_copy() -> None:
    dossier = make_dossier(KRING_DATA, {}, [informatie("Gaat naar De Sleutel in de 3e klas bij Odile.", "kring")])
    beeld = share_anonymously(KRING_DATA, dossier, "casusbeschrijving", "lichtpunt")
    kennis = {CODE: build_kennis(dossier, KRING_DATA.get_aanmeldformulier(), KRING_DATA)}
    assert not kennis[CODE].anoniem
    nazicht = inspect_beeld(beeld, kennis, {})
    assert {v.token for v in nazicht.vragen if v.soort is Nazichtsoort.WOORD} >= {"De", "Sleutel", "3", "Odile"}
    assert isinstance(nazicht.beeld, AnoniemBeeld)


def test_an_answer_about_a_copy_by_name_does_not_let_a_word_into_an_anonymous_one() -> None:
    tekst = "Odile slaapt slecht."
    rij = persoon("moeder")
    op_naam = make_dossier(KETEN_DATA, {}, [informatie(tekst, "tafel"), (rij, Vlag())])
    anoniem = make_dossier(KRING_DATA, {}, [informatie(tekst, "kring"), (rij, Vlag())])
    kennis = build_kennis(op_naam, KETEN_DATA.get_aanmeldformulier(), KETEN_DATA)
    fiche = share(KETEN_DATA, op_naam, "casusfiche", "wijkteam")
    vragen = inspect_beeld(fiche, {CODE: kennis}, {}).vragen
    assert [v.token for v in vragen] == ["Odile"]
    gezegd = {
        v.id: Nazichtantwoord(vraag=v.id, besluit=Nazichtbesluit.DELEN, op=OP, door="An Voorbeeld") for v in vragen
    }
    assert inspect_beeld(fiche, {CODE: kennis}, gezegd).vragen == ()
    beeld = share_anonymously(KRING_DATA, anoniem, "casusbeschrijving", "lichtpunt")
    assert "Odile" in {v.token for v in inspect_beeld(beeld, {CODE: kennis}, gezegd).vragen}


def test_words_that_were_kept_out_take_their_row_and_their_ground_along() -> None:
    rijen = [(persoon("kind", sterkte="danst bij Proefballet"), VOOR_KRING), informatie("Slaapt goed.", "kring")]
    dossier = make_dossier(KRING_DATA, {}, rijen)
    beeld = share_anonymously(KRING_DATA, dossier, "casusbeschrijving", "lichtpunt")
    kennis = {CODE: build_kennis(dossier, KRING_DATA.get_aanmeldformulier(), KRING_DATA)}
    vragen = inspect_beeld(beeld, kennis, {}).vragen
    assert {v.token for v in vragen} == {"Proefballet"}
    niet = Nazichtbesluit.NIET_DELEN
    gezegd = {v.id: Nazichtantwoord(vraag=v.id, besluit=niet, op=OP, door="An Voorbeeld") for v in vragen}
    over = inspect_beeld(beeld, kennis, gezegd).beeld
    assert isinstance(over, AnoniemBeeld)
    assert over.casussen[0].personen == (AnoniemePersoon(rolwoord="het kind", leeftijd="", velden=()),)
    assert "betrokkenen.sterkte" in {g.veld for g in beeld.verantwoording}
    assert "betrokkenen.sterkte" not in {g.veld for g in over.verantwoording}


@pytest.mark.parametrize(
    ("tafel", "groep", "gemeld"), [(KRING, "kring", True), (KRING, "", False), (KETEN, "tafel", False)]
)
def test_a_word_that_will_leave_anonymously_is_told_when_the_form_comes_in(
    tafel: str, groep: str, gemeld: bool
) -> None:
    data = DATA[tafel]
    rij, _ = informatie("Woont sinds 2019 bij tante Kaatje.", groep)
    dossier = make_dossier(data, {}, [(rij, Vlag(deelbaar_met=frozenset({groep} - {""})))])
    bevindingen = inspect_aanmelding(dossier.aanmelding, data.get_aanmeldformulier(), data)
    assert ("woord-in-anonieme-tekst" in {b.code for b in bevindingen}) is gemeld
