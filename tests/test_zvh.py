"""The table of the Zorg- en Veiligheidshuis: criteria as published, advice, who reads for the aanmelder, its weeks."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support_bewijs import load_voorbeeldwerkmap
from support_demo import Spel, keep_together, play_once
from support_tafels import name_tafel
from support_tekst import read_any

from pipeline.check import check_aanmelding
from pipeline.cli import run_cli
from pipeline.cli.demo import SAMPLES
from pipeline.intake import take_in
from pipeline.share import Deling
from schemas import kern
from schemas.aanmelding import (
    Aanmelding,
    Antwoord,
    DatumWaarde,
    IngevuldeRubriek,
    KeuzeWaarde,
    Meta,
    PartnersWaarde,
    Rij,
    Status,
    TekstWaarde,
    Validatie,
    Waarde,
)
from schemas.catalogus import load_tafel
from schemas.documentsoort import Kring
from schemas.dossier import Dossier, GenomenBesluit, Melding, Ontvangst, Ontvangstsoort
from schemas.formulier import Optie, Rubriek, Rubriekvorm, Vraag
from schemas.kruiscontrole import check_tafeldata
from schemas.tafeldata import Tafeldata
from schemas.toetsing import Eindoordeel, Toetsing, Uitkomst

TAFEL = name_tafel("advies")
DATA = load_tafel(TAFEL)
WERKMAP = load_voorbeeldwerkmap(DATA)
FORMULIER = DATA.get_aanmeldformulier()
DAG = dt.date(2026, 11, 24)

Kleene = bool | None
ATOOM = (True, False, None)
UITKOMST: dict[Kleene, Uitkomst] = {True: Uitkomst.VOLDAAN, False: Uitkomst.NIET_VOLDAAN, None: Uitkomst.ONBESLIST}

# --- answers without a Word file ------------------------------------------------------------------------------------

Gegeven = str | tuple[str, ...] | dt.date


def make_aanmelding(antwoorden: dict[str, Gegeven]) -> Aanmelding:
    """An aanmelding with these answers: ids of options, dates, names of partners; all other questions are blank."""
    rubrieken = tuple(_make_rubriek(rubriek, antwoorden) for rubriek in FORMULIER.rubrieken)
    return Aanmelding(tafel=TAFEL, formulier=FORMULIER.id, versie=FORMULIER.versie, rubrieken=rubrieken)


def _make_rubriek(rubriek: Rubriek, antwoorden: dict[str, Gegeven]) -> IngevuldeRubriek:
    gemaakt = tuple(_make_antwoord(vraag, antwoorden.get(vraag.id)) for vraag in rubriek.vragen)
    if rubriek.vorm is Rubriekvorm.RIJEN:
        rijen = (Rij(id=rubriek.id, antwoorden=gemaakt),) if any(a.waarde for a in gemaakt) else ()
        return IngevuldeRubriek(id=rubriek.id, titel=rubriek.titel, rijen=rijen)
    return IngevuldeRubriek(id=rubriek.id, titel=rubriek.titel, antwoorden=gemaakt)


def _make_antwoord(vraag: Vraag, gegeven: Gegeven | None) -> Antwoord:
    waarde = None if gegeven is None else _make_waarde(vraag, gegeven)
    status = Status.LEEG if waarde is None else Status.INGEVULD
    return Antwoord(vraag=vraag.id, label=vraag.label, plaats="ergens", status=status, waarde=waarde)


def _make_waarde(vraag: Vraag, gegeven: Gegeven) -> Waarde:
    if isinstance(gegeven, dt.date):
        return DatumWaarde(datum=gegeven)
    ids = (gegeven,) if isinstance(gegeven, str) else gegeven
    if vraag.opties:
        return KeuzeWaarde(opties=ids, labels=tuple(o.label for o in vraag.opties if o.id in ids))
    if any(WERKMAP.get_partner(naam) for naam in ids):
        return PartnersWaarde(ids=ids, tekst=", ".join(ids))
    return TekstWaarde(tekst=", ".join(ids))


GOED: dict[str, Gegeven] = {
    "aanmelding.soort": "nieuw",
    "aanmelding.datum": dt.date(2026, 11, 16),
    "aanmelding.anoniem": "op_naam",
    "aanmelder.naam": "Sanne Voorbeeldstra",
    "aanmelder.organisatie": "ggz",
    "aanmelder.email": "sanne@ggz.example.org",
    "contact.gehad": "ja",
    "contact.datum": dt.date(2026, 11, 12),
    "contact.procesregisseur": "Nel Voorbeeld",
    "betrokkenen.rol": "client",
    "betrokkenen.naam": "Joris Denkbeeldig",
    "betrokkenen.geboortedatum": dt.date(1988, 5, 4),
    "betrokkenen.gemeente": "Zaanstad",
    "volledigheid.alle_inwoners": "ja",
    "identiteit.zoeken": "ja",
    "problematiek.leefgebieden": ("wonen", "verslaving"),
    "problematiek.gevolg": ("overlast",),
    "ketens.welke": ("zorg", "straf"),
    "ketens.binnen_een_keten": "nee",
    "omgeving.invloed": "ja",
    "gebied.veiligheid": "nee",
    "informatie.tekst": "Er is overlast.",
    "informatie.soort": "feit",
    "informatie.bron": "balie",
    "informatie.datum": dt.date(2026, 11, 2),
    "veiligheid.crisis": "nee",
    "vraag.vraag": "Wie neemt de regie?",
}


def toets(anders: dict[str, Gegeven | None]) -> Toetsing:
    samen = {vraag: waarde for vraag, waarde in {**GOED, **anders}.items() if waarde is not None}
    return check_aanmelding(make_aanmelding(samen), DATA, DAG)


def get_uitkomst(toetsing: Toetsing, criterium: str) -> Uitkomst:
    return next(c.uitkomst for c in toetsing.criteria if c.criterium == criterium)


def both(*delen: Kleene) -> Kleene:
    return False if False in delen else None if None in delen else True


def either(*delen: Kleene) -> Kleene:
    return True if True in delen else None if None in delen else False


# --- (A and B and C) or D -------------------------------------------------------------------------------------------

#: Per atom of the published criteria its question, and an answer that makes it true, false or leaves it open.
ATOMEN: dict[str, tuple[str, dict[Kleene, Gegeven | None]]] = {
    "leefgebieden": (
        "problematiek.leefgebieden",
        {True: ("wonen", "verslaving"), False: ("wonen",), None: None},
    ),
    "gevolg": ("problematiek.gevolg", {True: ("afglijden",), False: ("geen",), None: None}),
    "ketens": ("ketens.welke", {True: ("zorg", "straf"), False: ("zorg",), None: None}),
    "een_keten": ("ketens.binnen_een_keten", {True: "nee", False: "ja", None: None}),
    "omgeving": ("omgeving.invloed", {True: "verwacht", False: "nee", None: None}),
    "gebied": ("gebied.veiligheid", {True: "ja", False: "nee", None: None}),
}


def test_a_case_is_complex_when_a_and_b_and_c_hold_or_d_whatever_of_it_is_known() -> None:
    for waarden in itertools.product(ATOOM, repeat=len(ATOMEN)):
        atoom = dict(zip(ATOMEN, waarden, strict=True))
        toetsing = toets({vraag: antwoorden[atoom[naam]] for naam, (vraag, antwoorden) in ATOMEN.items()})
        a, b = both(atoom["leefgebieden"], atoom["gevolg"]), both(atoom["ketens"], atoom["een_keten"])
        c, d = atoom["omgeving"], atoom["gebied"]
        verwacht = {"multiprobleem": a, "ketens": b, "omgeving": c, "gebied": d, "complex": either(both(a, b, c), d)}
        assert {naam: get_uitkomst(toetsing, naam) for naam in verwacht} == {
            naam: UITKOMST[waarde] for naam, waarde in verwacht.items()
        }, atoom


@pytest.mark.parametrize("eigen", ATOOM)
@pytest.mark.parametrize("via", ATOOM)
def test_only_a_convenantpartner_submits_or_somebody_through_one(eigen: Kleene, via: Kleene) -> None:
    namen: dict[Kleene, Gegeven | None] = {True: "ggz", False: "Buurthuis Het Luchtkasteel", None: None}
    toetsing = toets({"aanmelder.organisatie": namen[eigen], "aanmelder.via": namen[via]})
    assert get_uitkomst(toetsing, "convenantpartner") is UITKOMST[either(eigen, via)]


@pytest.mark.parametrize("gehad", ATOOM)
@pytest.mark.parametrize("datum", [True, None])
@pytest.mark.parametrize("naam", [True, None])
def test_contact_with_a_procesregisseur_needs_its_date_and_name(gehad: Kleene, datum: Kleene, naam: Kleene) -> None:
    antwoorden: dict[Kleene, Gegeven | None] = {True: "ja", False: "nee", None: None}
    anders: dict[str, Gegeven | None] = {
        "contact.gehad": antwoorden[gehad],
        "contact.datum": dt.date(2026, 11, 12) if datum else None,
        "contact.procesregisseur": "Nel Voorbeeld" if naam else None,
    }
    assert get_uitkomst(toets(anders), "contact") is UITKOMST[both(gehad, datum, naam)]


@pytest.mark.parametrize(
    ("criterium", "vraag", "ja", "nee"),
    [
        ("inwoners", "volledigheid.alle_inwoners", "ja", "nee"),
        ("geen_crisis", "veiligheid.crisis", "nee", "ja"),
        ("op_naam", "aanmelding.anoniem", "op_naam", "anoniem"),
    ],
)
def test_what_one_question_decides_follows_its_answer(criterium: str, vraag: str, ja: str, nee: str) -> None:
    for antwoord, verwacht in ((ja, True), (nee, False), (None, None)):
        assert get_uitkomst(toets({vraag: antwoord}), criterium) is UITKOMST[verwacht]


def test_only_what_the_text_demands_bars_a_case_and_the_rest_is_for_people_to_weigh() -> None:
    assert toets({}).eindoordeel is Eindoordeel.KLAAR_VOOR_TRIAGE
    for vraag, antwoord in (
        ("aanmelder.organisatie", "Buurthuis"),
        ("contact.gehad", "nee"),
        ("volledigheid.alle_inwoners", "nee"),
        ("veiligheid.crisis", "ja"),
    ):
        extra: dict[str, Gegeven | None] = {"aanmelder.via": "Niemand"} if vraag == "aanmelder.organisatie" else {}
        assert toets({vraag: antwoord, **extra}).eindoordeel is Eindoordeel.NIET_ONTVANKELIJK, vraag
    assert toets({"omgeving.invloed": "nee"}).eindoordeel is Eindoordeel.AANDACHT
    assert toets({"aanmelding.anoniem": "anoniem"}).eindoordeel is Eindoordeel.KLAAR_VOOR_TRIAGE
    zonder: dict[str, Gegeven | None] = dict.fromkeys(("omgeving.invloed", "gebied.veiligheid"))
    assert toets(zonder).eindoordeel is Eindoordeel.ONVOLLEDIG
    vragen = [vraag for c in toets({}).criteria for vraag in c.weegvragen]
    assert any("regie in het ZVH" in vraag for vraag in vragen)


# --- advice is no case ----------------------------------------------------------------------------------------------


def take(antwoorden: dict[str, Gegeven], casuscode: str = "", dossiers: tuple[Dossier, ...] = ()) -> tuple[bool, str]:
    """Whether a form made or changed a dossier, and the code of what refused it."""
    validatie = Validatie(
        aanmelding=make_aanmelding(antwoorden),
        meta=Meta(casuscode=casuscode),
        sha256="a" * 64,
        bestand="formulier.docx",
        bevindingen=(),
    )
    opname = take_in(validatie, FORMULIER, DATA.tafel, dossiers, DAG, lambda: "BCDFG3", WERKMAP.partners)
    return bool(opname.dossiers), opname.weigering.code if opname.weigering else ""


@given(
    st.sets(st.sampled_from(sorted(GOED.keys() - {"aanmelding.soort"}))),
    st.sampled_from(["", "BCDFG2", "BCDFG9"]),
    st.booleans(),
)
def test_a_question_for_advice_never_becomes_or_changes_a_case(weg: set[str], casuscode: str, anoniem: bool) -> None:
    antwoorden = {vraag: waarde for vraag, waarde in GOED.items() if vraag not in weg}
    if anoniem:
        antwoorden["aanmelding.anoniem"] = "anoniem"
    bestaand = (make_dossier(),)
    assert take({**antwoorden, "aanmelding.soort": "adviesvraag"}, casuscode, bestaand) == (False, "geen-aanmelding")
    assert take(GOED, "", ()) == (True, "")


# --- who reads a letter for the aanmelder ---------------------------------------------------------------------------


def make_dossier(anders: dict[str, Gegeven] | None = None, meldingen: tuple[Melding, ...] = ()) -> Dossier:
    ontvangst = Ontvangst(sha256="a" * 64, bestand="f.docx", ontvangen_op=DAG, soort=Ontvangstsoort.AANMELDING)
    return Dossier(
        code="BCDFG2",
        fase="regie",
        aangemeld_op=dt.date(2026, 11, 16),
        aanmelding=make_aanmelding({**GOED, **(anders or {})}),
        ontvangsten=(ontvangst,),
        besluiten=(GenomenBesluit(overleg="triage", datum=DAG, besluit="regie"),),
        meldingen=meldingen,
    )


def list_readers(dossier: Dossier, data: Tafeldata = DATA) -> list[str]:
    toetsing = check_aanmelding(dossier.aanmelding, data, dossier.aangemeld_op)
    deling = Deling(data, WERKMAP, DAG, {dossier.code: (dossier, toetsing)})
    soort = data.get_document("triagebrief")
    assert soort is not None
    return [beeld.ontvanger.id for beeld in deling.share_dossier(soort, dossier.code)]


GESTOPT = Melding(
    soort="gestopt",
    datum=DAG,
    wie=("ggz",),
    naar=(),
    uur="",
    plaats="",
    mededelingen=(),
    notitie="",
    formuliernummer="X",
    ontvangen_op=DAG,
)
ZELF = ["aanmelder BCDFG2"]


@pytest.mark.parametrize(
    ("anders", "wie"),
    [
        ({"aanmelder.organisatie": "ggz"}, ["ggz"]),
        ({"aanmelder.organisatie": "gemeente_purmerend"}, ["gemeente_purmerend"]),  # the case lives elsewhere
        ({"aanmelder.organisatie": "Praktijkschool", "aanmelder.via": "politie"}, ["politie"]),
        ({"aanmelder.organisatie": "ggz", "aanmelder.via": "politie"}, ["ggz"]),
        ({"aanmelder.organisatie": "Buurthuis", "aanmelder.via": "Niemand"}, ZELF),
        ({"aanmelder.organisatie": "schuldhulp"}, ZELF),  # it has not signed
    ],
)
def test_the_representative_reads_the_decision_and_without_one_the_aanmelder_does(
    anders: dict[str, Gegeven], wie: list[str]
) -> None:
    assert list_readers(make_dossier(anders)) == wie


def test_a_partner_that_stopped_or_may_not_know_does_not_read_for_the_aanmelder() -> None:
    assert list_readers(make_dossier(meldingen=(GESTOPT,))) == ZELF
    vrijgaven = tuple(
        v for v in DATA.deling.vrijgaven if not (v.feit.value == "routering" and "triagebrief" in v.documenten)
    )
    deling = DATA.deling.model_copy(update={"vrijgaven": vrijgaven})
    assert list_readers(make_dossier(), DATA.model_copy(update={"deling": deling})) == ZELF


# --- faults in a table's data ---------------------------------------------------------------------------------------


def change_vraag(vraag_id: str, verander: Callable[[Vraag], Vraag]) -> Tafeldata:
    rubrieken = tuple(
        r.model_copy(update={"vragen": tuple(verander(v) if v.id == vraag_id else v for v in r.vragen)})
        for r in FORMULIER.rubrieken
    )
    formulier = FORMULIER.model_copy(update={"rubrieken": rubrieken})
    anders = tuple(formulier if f.id == FORMULIER.id else f for f in DATA.formulieren)
    return DATA.model_copy(update={"formulieren": anders})


def mark_nieuw(vraag: Vraag) -> Vraag:
    opties = tuple(Optie(id=o.id, label=o.label, geen_casus="Bel." if o.id == "nieuw" else "") for o in vraag.opties)
    return vraag.model_copy(update={"opties": opties})


def test_a_choice_on_which_a_case_is_made_cannot_be_one_that_makes_none() -> None:
    fouten = check_tafeldata(change_vraag(kern.SOORT, mark_nieuw), TAFEL)
    assert any('optie "nieuw"' in fout and "geen_casus" in fout for fout in fouten)


def test_a_label_with_a_colon_does_not_load() -> None:
    fouten = check_tafeldata(
        change_vraag("vraag.vraag", lambda v: v.model_copy(update={"label": "Vraag: wat?"})), TAFEL
    )
    assert any("geen dubbele punt" in fout for fout in fouten)


def test_a_letter_for_a_representative_names_the_aanmelder_as_its_reader_too() -> None:
    brieven = tuple(
        d.model_copy(update={"rollen": ("zorgpartner",)}) if d.kring is Kring.VERTEGENWOORDIGER else d
        for d in DATA.documenten
    )
    fouten = check_tafeldata(DATA.model_copy(update={"documenten": brieven}), TAFEL)
    assert any('kring "vertegenwoordiger"' in fout for fout in fouten)


# --- the weeks of the demo ------------------------------------------------------------------------------------------


@pytest.fixture
def weken(tmp_path_factory: pytest.TempPathFactory) -> Spel:
    return play_once(TAFEL, tmp_path_factory)


@keep_together(TAFEL)
def test_each_case_of_the_demo_ends_where_the_triage_or_the_casusoverleg_led_it(weken: Spel) -> None:
    assert {geval: dossier.fase for geval, dossier in weken.dossiers.items()} == {
        "volledig": "in_aanpak",
        "gebied": "regie",
        "via_partner": "andere_mogelijkheden",
        "onvolledig": "regie_elders",
        "eenvoudig": "afgesloten",
        "geen_convenantpartner": "andere_mogelijkheden",
        "crisis": "andere_mogelijkheden",
        "een_leefgebied": "andere_mogelijkheden",
    }
    assert weken.dossiers["gebied"].overleg_op == dt.date(2026, 12, 8)


@keep_together(TAFEL)
def test_the_question_for_advice_waits_with_what_to_do_and_is_nowhere_else(weken: Spel) -> None:
    wacht = sorted(pad.name for pad in (weken.gespeeld.map / "quarantaine").rglob("*") if pad.suffix == ".docx")
    assert wacht == ["adviesvraag.docx"] and "adviesvraag" not in weken.gespeeld.codes
    (reden,) = (weken.gespeeld.map / "quarantaine").rglob("*.reden.txt")
    assert "geef advies" in reden.read_text(encoding="utf-8")
    assert [b.code for b in weken.gespeeld.bevindingen if b.ernst.value == "fout"] == ["geen-aanmelding"]


@keep_together(TAFEL)
def test_the_decision_of_the_triage_goes_to_the_representative_and_not_to_the_colleague(weken: Spel) -> None:
    assert weken.list_recipients("triagebrief", "volledig") == {"ggz"}
    assert weken.list_recipients("triagebrief", "gebied") == {"politie"}
    assert weken.list_recipients("triagebrief", "via_partner") == {"ggz"}
    assert weken.list_recipients("triagebrief", "geen_convenantpartner") == {"aanmelder"}
    assert weken.list_recipients("opdrachtbrief", "onvolledig") == {"gemeente_zaanstad"}


@keep_together(TAFEL)
def test_what_a_representative_brought_stands_on_the_sheet_of_the_others(weken: Spel) -> None:
    assert weken.dossiers["volledig"].inbreng[0].van == "politie"
    versies = {v.ontvanger: v.versie for v in weken.verstrekkingen if v.documentsoort == "triageblad"}
    assert versies["ggz"] >= 1
    blad = [v for v in weken.verstrekkingen if v.documentsoort == "triageblad" and v.versie == 2]
    assert {v.ontvanger for v in blad} >= {"ggz", "openbaar_ministerie", "gemeente_zaanstad"}
    assert all("vier keer aan de deur" in v.beeld.model_dump_json() for v in blad)


@keep_together(TAFEL)
def test_an_organisation_that_is_no_partner_joins_only_the_case_for_which_it_was_asked(weken: Spel) -> None:
    eigen = weken.gespeeld.codes["volledig"]
    codes = {v.beeld.kop.casuscode for v in weken.verstrekkingen if v.ontvanger == "woningcorporatie"} - {""}
    assert codes == {eigen}
    assert not [v for v in weken.verstrekkingen if v.ontvanger == "schuldhulp"]


@keep_together(TAFEL)
def test_every_document_of_the_table_but_the_addendum_is_made_in_the_demo(weken: Spel) -> None:
    gemaakt = {v.documentsoort for v in weken.verstrekkingen}
    assert gemaakt == {soort.id for soort in DATA.documenten} - {"addendum"}


@keep_together(TAFEL)
def test_the_overview_for_the_management_holds_bands_and_labels_and_nothing_of_a_case(weken: Spel) -> None:
    paden = sorted((weken.gespeeld.map / "uit").rglob("Rode draden*.*"))
    assert [pad.suffix for pad in paden] == [".docx", ".pdf"]
    eigen = re.compile(r"\b\d{1,2} (?:november|oktober|december) 2026")
    for pad in paden:
        tekst = read_any(pad)
        assert "5–9" in tekst and "Leefgebieden" in tekst
        assert not any(code in tekst for code in weken.gespeeld.codes.values())
        assert set(eigen.findall(tekst)) <= {"31 december 2026"}
        assert not {"Denkbeeldig", "Verzonnema", "Purmerend", "GGZ", "Politie,"} & set(tekst.split())


@keep_together(TAFEL)
def test_the_figures_on_the_screen_are_those_of_the_document(weken: Spel, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_cli(["cijfers", str(weken.gespeeld.map), "--json", "--proef", "--vandaag", "2027-01-05"]) == 0
    uit = capsys.readouterr().out
    (overzicht,) = [v.beeld.cijfers for v in weken.verstrekkingen if v.documentsoort == "rode_draden"]
    assert overzicht is not None
    assert f'"totaal": "{overzicht.totaal}"' in uit and '"bestanden": []' in uit
    assert (
        run_cli(["cijfers", str(weken.gespeeld.map), "--proef", "--vandaag", "2026-12-31", "--van", "2026-07-01"]) == 2
    )


def test_overleg_toets_says_that_a_question_for_advice_is_no_case(capsys: pytest.CaptureFixture[str]) -> None:
    (formulier,) = (SAMPLES / TAFEL / "adviesvraag").glob("*.docx")
    assert run_cli(["toets", str(formulier), "--vandaag", "2026-11-24"]) == 1
    assert "Er is geen casus van gemaakt" in " ".join(capsys.readouterr().out.split())
