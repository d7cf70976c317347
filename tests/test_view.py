"""`overleg bekijk`: all cases, the life of one, and what a recipient may see of it: nothing but his Deelbeelden."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from beelden import SOORTEN, make_beeld
from pydantic import BaseModel
from support_dossier import DATA, WERKMAP, make_dossier
from support_fill import fill_word
from support_werkmap import CLIENT, FEIT, TAFEL, Werkmapje, make_form

from pipeline.cli import run_cli
from pipeline.errors import ExitCode
from pipeline.forms import fill_controls
from pipeline.register import Register
from pipeline.run.beelddelen import is_about, read_beeld
from schemas.deelbeeld import Casusblok, Deelbeeld, Verslagblok
from schemas.deling import Vlag
from schemas.dossier import (
    Actie,
    Dossier,
    Fasewissel,
    GenomenBesluit,
    Inbreng,
    Mededeling,
    Melding,
    Mijlpaal,
    Planstand,
    PlanVanAanpak,
)
from schemas.tafel import Anker

#: One month for all who look, also when tests run side by side.
pytestmark = pytest.mark.xdist_group("view")

NA_TAFEL = "2026-12-21"
#: In answers that nobody ticked for the expertentafel: they may stand on nobody's screen there.
KANARIES = {
    "aanmelder.functie": "Kanariefunctie",
    "aanmelder.telefoon": "Kanarietelefoon",
    "integriteit.toelichting": "Kanarieuitleg",
    "eigen_mogelijkheden.welke": "Kanariehulp",
    "eigen_mogelijkheden.resultaat": "Kanarieresultaat",
    "instemming.wijze": "Kanariewijze",
}
KANARIEFEIT = {**FEIT, "informatie.tekst": "Kanariefeit", "informatie.deelbaar.tafel": False}
ONTVANGERS = [*(partner.id for partner in WERKMAP.partners), "coordinator", "aanmelder", "client"]


@pytest.fixture(scope="module")
def werkmap(tmp_path_factory: pytest.TempPathFactory) -> Werkmapje:
    """A month: two cases to the expertentafel, on one of which it decided. The tests only look."""
    werkmap = Werkmapje.make(tmp_path_factory.mktemp("bekijk"))
    clienten = [{**CLIENT, "betrokkenen.adres": "Kanariestraat 1", "betrokkenen.relatie": "Kanarierelatie"}]
    werkmap.drop(make_form(KANARIES, clienten=clienten, informatie=[FEIT, KANARIEFEIT]), "aanmelding een.docx")
    werkmap.process()
    werkmap.drop(make_form({"vraag.vraag": ""}, [{**CLIENT, "betrokkenen.naam": "Tweede Verzinsel"}]), "twee.docx")
    werkmap.process("2026-11-24")
    codes = [dossier.code for dossier in werkmap.list_dossiers()]
    werkmap.prepare("triagetafel", "2026-11-27")
    werkmap.decide({code: {"punten.besluit": "Agenderen op de expertentafel"} for code in codes})
    werkmap.prepare("expertentafel", "2026-12-10")
    formulier = next((werkmap.map / "uit").rglob("Verslagformulier*.docx"))
    punt = {
        "punten.besluit": "Spoor 3: ketenaanpak",
        "punten.aanwezig": "CAW De Kempen, Lokale politie Neteland",
        "punten.pistes": "Kanariepiste",
        "punten.notitie": "Kanarienotitie",
    }
    taak = {"afspraken.casus": get_code(werkmap), "afspraken.wat": "Belt de huisarts", "afspraken.wie": "CAW De Kempen"}
    ingevuld = fill_controls(formulier.read_bytes(), {}, {get_code(werkmap): punt})
    werkmap.drop(fill_word(ingevuld, {}, {"afspraken": [taak]}), "verslag.docx")
    werkmap.process("2026-12-18")
    assert (
        werkmap.run(
            "verslag", str(werkmap.map), "--overleg", "expertentafel", "--vandaag", "2026-12-18", "--pdf", "rdocx"
        )
        == ExitCode.KLAAR
    ), werkmap.uitvoer
    return werkmap


def get_code(werkmap: Werkmapje) -> str:
    """The case with the canaries."""
    return next(d.code for d in werkmap.list_dossiers() if d.ontvangsten[0].bestand == "aanmelding een.docx")


def look(werkmap: Werkmapje, *args: str, dag: str = NA_TAFEL) -> str:
    """What `overleg bekijk` prints."""
    assert werkmap.run("bekijk", str(werkmap.map), *args, "--vandaag", dag) == ExitCode.KLAAR, werkmap.uitvoer
    return werkmap.uitvoer


def look_json(werkmap: Werkmapje, *args: str, dag: str = NA_TAFEL) -> Any:
    """The one JSON document that it prints."""
    return json.loads(look(werkmap, *args, "--json", dag=dag))


def iterate_texts(wat: object) -> Iterator[str]:
    """Every text in a value, however deep."""
    if isinstance(wat, str):
        yield wat
    elif isinstance(wat, BaseModel):
        for _, waarde in wat:
            yield from iterate_texts(waarde)
    elif isinstance(wat, tuple | list):
        for item in wat:
            yield from iterate_texts(item)
    elif isinstance(wat, dict):
        for waarde in wat.values():
            yield from iterate_texts(waarde)


# --- all cases ---


def test_the_list_names_each_case_with_its_phase_its_next_date_and_what_it_waits_for(werkmap: Werkmapje) -> None:
    regels = {regel["casuscode"]: regel for regel in look_json(werkmap)["casussen"]}
    een = regels.pop(get_code(werkmap))
    (twee,) = regels.values()
    assert (een["fase"], een["sinds"], een["open"]) == ("in ketenaanpak", "2026-12-17", True)
    assert een["volgende"] == "2027-01-14" and een["wat"].startswith("Voorstel van plan")
    assert een["wacht_op"] == ["1 open afspraak", "het opstellen van het plan"]
    assert (twee["volgende"], twee["wat"]) == ("2027-01-21", "op de agenda: Expertentafel")
    assert twee["wacht_op"] == ["1 antwoord ontbreekt"]
    assert "2 casussen, waarvan 2 open." in look(werkmap)


def test_an_empty_werkmap_says_what_to_do(tmp_path: Path) -> None:
    leeg = Werkmapje.make(tmp_path)
    assert "nog geen casussen" in look(leeg)
    assert leeg.run("bekijk", str(leeg.map), "BCDFG2") == ExitCode.GEBRUIK
    assert "Verwerk eerst" in leeg.uitvoer


# --- the whole life of a case ---


def test_the_coordinator_sees_the_whole_life_of_a_case(werkmap: Werkmapje) -> None:
    tekst = look(werkmap, get_code(werkmap))
    for woorden in (
        "23 november 2026: aangemeld, wacht op de triagetafel (aanmelding)",
        "17 december 2026: in ketenaanpak (Expertentafel 17 december 2026: Spoor 3: ketenaanpak)",
        "staat gepland op 21 januari 2027 (Expertentafel), na “Spoor 3: ketenaanpak”",
        "23 november 2026: aanmelding (aanmelding een.docx)",
        "17 december 2026: besluit van: Expertentafel, nummer ",
        "17 december 2026, Expertentafel: Spoor 3: ketenaanpak. Aanwezig: CAW De Kempen, Lokale politie Neteland.",
        "| Belt de huisarts | wie: CAW De Kempen | stand: open | van: Expertentafel 17 december 2026",
        "17 december 2026: de vraag om een plan (uit: Verslagformulier expertentafel 17 december 2026, Besluit)",
        "14 januari 2027 (voor: Expertentafel van 21 januari 2027)",
        "17 juni 2027 (Expertentafel)",
        "Nog niet te berekenen: Passieve regie wordt mogelijk (wacht op het opstellen van het plan).",
        "10 december 2026, in uit/2026-12-17 expertentafel:",
        "CAW De Kempen (caw): Agenda expertentafel (versie 1), Casusfiche (versie 1), Uitnodiging",
        "naam en geboortedatum om op te zoeken",
        "Grond: Elke vaste partner vraagt binnen zijn organisatie",
    ):
        assert woorden in tekst, woorden
    assert "Kanarie" not in tekst


def test_the_disclosures_name_fields_grounds_and_copies_and_no_contents(werkmap: Werkmapje) -> None:
    zicht = look_json(werkmap, get_code(werkmap))
    gronden = {veld: blok for blok in zicht["verantwoording"] for veld in blok["velden"]}
    assert gronden["informatie.tekst"]["grond"] == "aangeduid als deelbaar op het formulier"
    wie = {regel["ontvanger"] for regel in gronden["identiteit"]["aan"]}
    assert "CAW De Kempen" in wie and "Parketjurist" not in wie
    assert "huur" not in json.dumps(zicht) and "Odilon" not in json.dumps(zicht)
    assert {regel["ontvanger"] for regel in zicht["documenten"]} >= {"Aanmelder", "SAMEN-regisseur", "CAW De Kempen"}


def test_a_term_names_the_form_field_that_set_it(werkmap: Werkmapje) -> None:
    termijnen = {t["termijn"]: t for t in look_json(werkmap, get_code(werkmap))["termijnen"]}
    assert termijnen["voorstel_plan"]["veld"] == "Verslagformulier expertentafel 17 december 2026, Besluit"
    assert (termijnen["voorstel_plan"]["datum"], termijnen["voorstel_plan"]["overleg_op"]) == (
        "2027-01-14",
        "2027-01-21",
    )


def test_a_code_may_be_typed_in_small_letters(werkmap: Werkmapje) -> None:
    assert look(werkmap, get_code(werkmap).lower()) == look(werkmap, get_code(werkmap))


def make_melding(soort: str, **velden: Any) -> Melding:
    vast = {"datum": dt.date(2027, 3, 1), "ontvangen_op": dt.date(2027, 3, 2), "formuliernummer": "MMMMM2"}
    leeg = {"wie": (), "naar": (), "uur": "", "plaats": "", "mededelingen": (), "notitie": "Kanarienotitie"}
    return Melding.model_validate({"soort": soort, **vast, **leeg, **velden})


def make_plan(versie: int, *groepen: str, stand: Planstand = Planstand.VOORSTEL) -> PlanVanAanpak:
    actie = Actie(
        doelstelling="Een dak boven het hoofd",
        prioriteit="Hoog",
        actie="Zoekt een woning",
        uitvoerders=("caw",),
        tegen=dt.date(2027, 4, 1),
        status="Bezig",
        vlag=Vlag(deelbaar_met=frozenset(groepen)),
    )
    goedgekeurd = dt.date(2027, 1, 21) if stand is Planstand.GOEDGEKEURD else None
    return PlanVanAanpak(
        versie=versie,
        stand=stand,
        opgesteld_op=dt.date(2027, 1, 11),
        bijgewerkt_op=dt.date(2027, 1, 11 + versie),
        goedgekeurd_op=goedgekeurd,
        acties=(actie,),
        sha256=f"{versie}" * 64,
    )


KETEN = make_dossier(fase="ketenaanpak").model_copy(
    update={
        "eerdere_code": "FFFFF2",
        "besluiten": (GenomenBesluit(overleg="expertentafel", datum=dt.date(2026, 12, 17), besluit="spoor3"),),
        "verloop": (Fasewissel(fase="ketenaanpak", op=dt.date(2026, 12, 17), door="Expertentafel"),),
        "mijlpalen": (Mijlpaal(anker=Anker.PLAN_OPGESTELD, datum=dt.date(2027, 1, 11), veld="Plan, Opgesteld op"),),
        "plannen": (make_plan(1, "tafel"), make_plan(2, "tafel", stand=Planstand.GOEDGEKEURD)),
        "inbreng": (Inbreng(van="politie", op=dt.date(2026, 12, 15), formuliernummer="NNNNN2", rubrieken=()),),
        "meldingen": (
            make_melding("voortgang", wie=("caw",)),
            make_melding(
                "zorgoverleg",
                datum=dt.date(2027, 3, 9),
                wie=("caw", "client"),
                uur="10.00",
                plaats="Voorbeeldhuis",
                mededelingen=(Mededeling(tekst="Breng de brief mee.", vlag=Vlag(deelbaar_met=frozenset({"client"}))),),
            ),
        ),
    }
)


@pytest.fixture
def maak(tmp_path: Path) -> Iterator[Any]:
    """A function that makes a werkmap with these dossiers, without any form."""

    def make(*dossiers: Dossier) -> Werkmapje:
        werkmap = Werkmapje.make(tmp_path)
        with Register.open(werkmap.map) as register:
            for dossier in dossiers:
                register.save_dossier(dossier, "gemaakt", dt.date(2026, 12, 1))
        return werkmap

    yield make


def test_plan_inbreng_meldingen_and_the_case_that_it_continues_are_shown(maak: Any) -> None:
    anoniem = make_dossier(code="FFFFF2", fase="heraangemeld")
    werkmap = maak(KETEN, anoniem)
    tekst = look(werkmap, "BCDFG2", dag="2027-03-03")
    for woorden in (
        "Zet de anonieme casus FFFFF2 op naam voort.",
        "Versie 1, voorstel: opgesteld op 11 januari 2027, bijgewerkt op 12 januari 2027; 1 actie.",
        "Versie 2, goedgekeurd: opgesteld op 11 januari 2027, bijgewerkt op 13 januari 2027, goedgekeurd op 21 januari",
        "15 december 2026: Lokale politie Neteland, 0 rijen",
        "inbreng van: Lokale politie Neteland, nummer NNNNN2",
        "1 maart 2027: Stand van zaken: voortgang van de afspraken | wie: CAW De Kempen",
        "wie: CAW De Kempen, Cliënt | 10.00 Voorbeeldhuis | 1 mededeling",
        "11 januari 2027: het opstellen van het plan (uit: Plan, Opgesteld op)",
    ):
        assert woorden in tekst, woorden
    assert "Kanarie" not in tekst
    assert "Op naam voortgezet als casus BCDFG2." in look(werkmap, "FFFFF2", dag="2027-03-03")
    regels = look_json(werkmap, dag="2027-03-03")["casussen"]
    assert [(regel["casuscode"], regel["open"]) for regel in regels] == [("BCDFG2", True), ("FFFFF2", False)]
    assert regels[1]["volgende"] is None and regels[1]["wacht_op"] == []


# --- as a recipient sees it ---


@pytest.mark.parametrize("naam", ONTVANGERS)
def test_nothing_unflagged_is_shown_to_anybody(werkmap: Werkmapje, naam: str) -> None:
    code = get_code(werkmap)
    dossier = next(dossier for dossier in werkmap.list_dossiers() if dossier.code == code)
    assert sum("Kanarie" in tekst for tekst in iterate_texts(dossier)) == len(KANARIES) + 5  # they are really there
    for vorm in ((), ("--json",)):
        assert "Kanarie" not in look(werkmap, code, "--als", naam, *vorm)


def test_every_value_shown_stands_in_a_deelbeeld_of_that_recipient(werkmap: Werkmapje) -> None:
    """The copies that went out are the wall's own work; a preparation of today holds no more than they did."""
    with Register.open(werkmap.map, alleen_lezen=True) as register:
        verstrekt = register.list_verstrekkingen()
    for naam in ("caw", "politie", "cgg"):
        teksten = {t for v in verstrekt if v.ontvanger == naam for t in iterate_texts(v.beeld)}
        teksten |= {"terugkomdossier", "in ketenaanpak", "open"}  # how it stands since the table
        (zicht,) = look_json(werkmap, get_code(werkmap), "--als", naam)["ontvangers"]
        waarden = [w["waarde"] for d in zicht["documenten"] for deel in d["delen"] for w in deel["waarden"]]
        assert waarden
        for waarde in waarden:
            stukken = [stuk.partition(": ")[2] for stuk in waarde.split("; ")]
            assert waarde in teksten or set(stukken) <= teksten, waarde


def test_each_value_says_why_by_what_was_ticked_or_by_the_tables_release(werkmap: Werkmapje) -> None:
    (zicht,) = look_json(werkmap, get_code(werkmap), "--als", "CAW")["ontvangers"]
    fiche = next(document for document in zicht["documenten"] if document["titel"] == "Casusfiche")
    delen = {deel["titel"]: deel for deel in fiche["delen"]}
    assert delen["Feiten"]["waarom"] == "aangekruist: Expertentafel"
    assert "De huur is drie maanden niet betaald." in delen["Feiten"]["waarden"][0]["waarde"]
    assert any(w["waarde"] == "Wie kan de woonst mee opvolgen?" for deel in fiche["delen"] for w in deel["waarden"])
    assert delen["Naam en geboortedatum"]["waarom"].startswith("Elke vaste partner vraagt")
    assert "Odilon Verzinsel" in delen["Naam en geboortedatum"]["waarden"][0]["waarde"]
    assert fiche["gelegenheid"] == "Expertentafel van donderdag 21 januari 2027"
    assert fiche["stand"] == "nog niet klaargezet"


def test_what_went_out_says_so_and_what_is_past_is_listed_without_contents(werkmap: Werkmapje) -> None:
    (zicht,) = look_json(werkmap, get_code(werkmap), "--als", "caw")["ontvangers"]
    standen = {document["titel"]: document["stand"] for document in zicht["documenten"]}
    assert standen["Beknopt verslag expertentafel"] == "klaargezet op 18 december 2026 (versie 1)"
    assert standen["Uw afspraken na de expertentafel"] == "klaargezet op 18 december 2026 (versie 1)"
    assert {regel["document"] for regel in zicht["eerder"]} >= {"Casusfiche", "Uitnodiging expertentafel"}
    assert {regel["map"] for regel in zicht["eerder"]} == {"uit/2026-12-17 expertentafel/caw"}


def test_a_triage_partner_sees_what_the_triage_saw_and_no_more(werkmap: Werkmapje) -> None:
    (voor,) = look_json(werkmap, get_code(werkmap), "--als", "parketjurist", dag="2026-12-01")["ontvangers"]
    (na,) = look_json(werkmap, get_code(werkmap), "--als", "parketjurist")["ontvangers"]
    assert na["documenten"] == [] and "niet op de agenda" in na["redenen"][0]
    assert [regel["document"] for regel in na["eerder"]] == ["Triagelijst"]
    assert voor["ontvanger"] == "parketjurist"


def test_the_aanmelder_sees_the_letters_about_his_case(werkmap: Werkmapje) -> None:
    tekst = look(werkmap, get_code(werkmap), "--als", "aanmelder")
    assert "Terugkoppeling van de expertentafel (brief)" in tekst
    assert "wat: Spoor 3: ketenaanpak" in tekst
    assert "De aanmelder ontvangt het intersectoraal advies" in tekst
    assert "Belt de huisarts" not in tekst and "Odilon" not in tekst


@pytest.mark.parametrize(
    ("naam", "reden"),
    [
        ("bestuur_olen", "enkel naar de partner van de woonplaats"),
        ("WGC Testdorp", "ondertekende het protocol niet"),
        ("woonmaatschappij", "voor deze casus niet uitgenodigd"),
        ("client", "geen brief voor deze ontvanger"),
    ],
)
def test_who_sees_nothing_is_told_of_in_words(werkmap: Werkmapje, naam: str, reden: str) -> None:
    tekst = look(werkmap, get_code(werkmap), "--als", naam)
    assert "Niets. " in tekst and reden in tekst


def test_a_document_in_which_nothing_was_ticked_for_its_reader_says_so(maak: Any) -> None:
    werkmap = maak(make_dossier(fase="geagendeerd", overleg_op=dt.date(2026, 12, 17)))
    tekst = look(werkmap, "BCDFG2", "--als", "politie", dag="2026-12-10")
    assert "Casusfiche (Expertentafel van donderdag 17 december 2026)" in tekst
    assert "daarvan is niets aangekruist voor deze ontvanger" in tekst


def test_a_role_shows_every_partner_that_has_it(maak: Any) -> None:
    werkmap = maak(make_dossier(fase="geagendeerd", overleg_op=dt.date(2026, 12, 17)))
    zichten = look_json(werkmap, "BCDFG2", "--als", "lokaal_bestuur", dag="2026-12-10")["ontvangers"]
    assert {z["ontvanger"]: bool(z["documenten"]) for z in zichten} == {
        "bestuur_herentals": True,
        "bestuur_olen": False,
    }


def test_a_plan_is_shown_by_the_rows_ticked_for_its_reader_and_else_says_why_it_is_not_made(maak: Any) -> None:
    werkmap = maak(KETEN)
    caw = look(werkmap, "BCDFG2", "--als", "caw", dag="2027-03-03")
    assert "Plan van aanpak (brief)" in caw and "Zoekt een woning" in caw
    assert "aangekruist: Expertentafel" in caw
    assert "dat er een plan is, de stand en de data" in caw  # the release that lets state and dates leave
    client = look(werkmap, "BCDFG2", "--als", "client", dag="2027-03-03")
    assert "Zoekt een woning" not in client
    assert "Waaraan wij samen werken: geen enkele actie is aangekruist voor deze ontvanger." in client
    assert "Breng de brief mee." in client and "10.00" in client  # of the zorgoverleg to which it is invited


def test_who_stopped_sees_nothing_more(maak: Any) -> None:
    gestopt = KETEN.model_copy(update={"meldingen": (*KETEN.meldingen, make_melding("gestopt", wie=("politie",)))})
    werkmap = maak(gestopt)
    assert "niet langer bij de casus betrokken" in look(werkmap, "BCDFG2", "--als", "politie", dag="2027-03-03")
    assert "Zoekt een woning" in look(werkmap, "BCDFG2", "--als", "caw", dag="2027-03-03")


def test_a_closed_case_says_that_it_comes_to_no_table(maak: Any) -> None:
    werkmap = maak(make_dossier(fase="afgesloten"))
    assert "Het dossier is gesloten" in look(werkmap, "BCDFG2", "--als", "caw", dag="2027-03-03")


# --- the reading of a Deelbeeld ---

GEEN_CASUS = ("cijfers", "verzendlijst", "toetredingsverklaring")


@pytest.mark.parametrize("soort", [soort for soort in SOORTEN if soort not in GEEN_CASUS])
def test_everything_in_a_deelbeeld_about_a_case_is_shown(soort: str) -> None:
    beeld = make_beeld(soort, vol=True)
    blokken: tuple[Casusblok | Verslagblok, ...] = (*beeld.casussen, *beeld.verslag)
    code = beeld.kop.casuscode or next(iter((*(b.code for b in blokken), *(a.casuscode for a in beeld.afspraken))))
    assert is_about(beeld, code)
    getoond = " ".join(iterate_texts(read_beeld(beeld, code, DATA.deling)))
    eigen = [
        *(blok for blok in blokken if blok.code == code),
        *(afspraak for afspraak in beeld.afspraken if afspraak.casuscode == code),
        *([beeld.plan, beeld.melding, beeld.besluit, beeld.passages, beeld.ontbrekend] if beeld.kop.casuscode else []),
    ]
    assert [tekst for tekst in iterate_texts(eigen) if tekst not in getoond and tekst != code] == []


@pytest.mark.parametrize("soort", GEEN_CASUS)
def test_what_has_no_place_for_a_case_is_about_no_case_at_all(soort: str) -> None:
    beeld = make_beeld(soort, vol=True)
    assert not is_about(beeld, "BCDFG2") and not read_beeld(beeld, "BCDFG2", DATA.deling)


def test_of_other_cases_in_the_same_copy_nothing_is_shown() -> None:
    beeld = make_beeld("verslag", vol=True)
    assert len({blok.code for blok in beeld.verslag}) > 1
    for blok in beeld.verslag:
        getoond = " ".join(iterate_texts(read_beeld(beeld, blok.code, DATA.deling)))
        assert not any(ander.code in getoond for ander in beeld.verslag if ander.code != blok.code)


def test_a_field_that_nobody_knew_yet_is_shown_under_its_own_name() -> None:
    class Later(Deelbeeld):
        nieuw_veld: str = ""

    beeld = make_beeld("terugkoppeling", vol=True)
    later = Later.model_validate({**dict(beeld), "nieuw_veld": "Iets nieuws"})
    deel = next(d for d in read_beeld(later, later.kop.casuscode, DATA.deling) if d.titel == "Nieuw veld")
    assert (deel.waarden[0].waarde, deel.waarom) == ("Iets nieuws", "hoort bij dit document")


# --- the command ---


@pytest.mark.parametrize(
    ("args", "zin", "remedie"),
    [
        (("XXXXXX",), "Er is geen casus XXXXXX in deze werkmap.", "De casussen: "),
        (("CODE", "--als", "politei"), "politei is hier geen ontvanger.", "Bedoelde u politie? Kies uit: "),
        (("CODE", "--als", "niemand dan ook"), "is hier geen ontvanger.", "Kies uit: coordinator, "),
    ],
)
def test_what_is_not_there_is_answered_with_what_was_meant_and_what_there_is(
    werkmap: Werkmapje, args: tuple[str, ...], zin: str, remedie: str
) -> None:
    getypt = [get_code(werkmap) if arg == "CODE" else arg for arg in args]
    assert werkmap.run("bekijk", str(werkmap.map), *getypt, "--vandaag", NA_TAFEL) == ExitCode.GEBRUIK
    assert zin in werkmap.uitvoer and remedie in werkmap.uitvoer


def test_a_code_with_one_wrong_sign_is_recognised(werkmap: Werkmapje) -> None:
    code = get_code(werkmap)
    assert werkmap.run("bekijk", str(werkmap.map), f"{code[:3]}Y{code[4:]}") == ExitCode.GEBRUIK
    assert f"Bedoelde u {code}?" in werkmap.uitvoer


def test_als_without_a_case_is_a_wrong_use(werkmap: Werkmapje) -> None:
    assert werkmap.run("bekijk", str(werkmap.map), "--als", "caw") == ExitCode.GEBRUIK
    assert "Bij --als hoort een casuscode." in werkmap.uitvoer


def test_looking_changes_nothing_in_the_werkmap(werkmap: Werkmapje) -> None:
    def snapshot() -> dict[str, str]:
        paden = (pad for pad in werkmap.map.rglob("*") if pad.is_file())
        return {str(pad): hashlib.sha256(pad.read_bytes()).hexdigest() for pad in paden}

    eerder = snapshot()
    for args in ((), (get_code(werkmap),), (get_code(werkmap), "--als", "coordinator")):
        look(werkmap, *args)
    assert snapshot() == eerder


@pytest.mark.parametrize("args", [(), ("CODE",), ("CODE", "--als", "caw")])
def test_it_reads_in_a_window_of_eighty_columns(
    werkmap: Werkmapje, args: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    getypt = [get_code(werkmap) if arg == "CODE" else arg for arg in args]
    assert run_cli(["bekijk", str(werkmap.map), *getypt, "--vandaag", NA_TAFEL]) == ExitCode.KLAAR
    regels = capsys.readouterr().out.splitlines()
    assert len(regels) > 5 and max(map(len, regels)) <= 80


def test_the_werkmap_of_the_tests_is_that_of_the_real_table() -> None:
    assert DATA.tafel.id == TAFEL
