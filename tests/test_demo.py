"""`overleg demo` plays a year: where each case ends, who got what, and what was refused."""

from __future__ import annotations

import io
import tomllib
from collections import Counter

import pytest
from rich.console import Console
from support_demo import Spel, keep_together, play_once, stay_silent
from support_tafels import name_tafel

from pipeline.cli import demo
from pipeline.cli.demo import play_demo
from pipeline.cli.demo_steps import STAPPEN, Stap
from pipeline.errors import GebruikFout
from pipeline.register import Register
from schemas.bevinding import Ernst
from schemas.catalogus import load_tafel
from schemas.documentsoort import Moment
from schemas.dossier import Afspraakstatus, Planstand

TAFEL = name_tafel("gewoon")
VAN_HET_JAAR = keep_together(TAFEL)
SCENARIO = demo.SAMPLES / TAFEL / "demo.toml"

#: Where each case stands in the end, by the sample that brought it.
FASEN = {
    "volledig": "afgesloten",
    "volledig_2": "passieve_regie",
    "onvolledig": "onmogelijk",
    "libreoffice": "spoor1_gesloten",
    "pdf_formulier": "spoor1_gesloten",
    "vlag_onbekend": "spoor1_gesloten",
    "eigen_tabel": "spoor2_gesloten",
    "anoniem": "heraangemeld",
    "op_naam": "spoor1_gesloten",
    "minderjarig": "doorverwezen",
    "buiten_regio": "niet_weerhouden",
}
#: Refused on purpose: three samples that are there to be refused, each in the words of its finding.
#: And one package of an anonymous case that waited for an answer of the coordinator.
BEDOELD = {"geen-formulier", "andere-tafel", "anoniem-met-identiteit", "nazicht-nodig"}
VASTE = {"politie", "parket", "caw", "cgg", "justitiehuis"}


@pytest.fixture
def jaar(tmp_path_factory: pytest.TempPathFactory) -> Spel:
    return play_once(TAFEL, tmp_path_factory)


def read_scenario() -> tuple[Stap, ...]:
    return STAPPEN.validate_python(tomllib.loads(SCENARIO.read_text(encoding="utf-8"))["stap"], strict=False)


def test_the_scenario_covers_a_year_in_order_and_explains_every_step() -> None:
    stappen = read_scenario()
    dagen = [stap.dag for stap in stappen]
    assert dagen == sorted(dagen)
    assert (dagen[-1] - dagen[0]).days >= 365
    assert all(stap.uitleg.endswith((".", "?")) for stap in stappen)
    assert {stap.doe for stap in stappen} == {
        *("ontvang", "op_naam", "bereid", "verslag", "vul_in", "vraag", "wijzig", "termijnen", "bekijk", "nazicht"),
        *("teken_af", "controle"),
    }


@VAN_HET_JAAR
def test_every_case_ends_where_the_year_leads_it(jaar: Spel) -> None:
    assert {geval: jaar.dossiers[geval].fase for geval in FASEN} == FASEN


@VAN_HET_JAAR
def test_what_was_ticked_on_the_list_of_a_meeting_is_noted_and_nothing_that_came_later(jaar: Spel) -> None:
    overleg = min(v.map.partition("/")[0] for v in jaar.verstrekkingen if " expertentafel" in v.map)
    with Register.open(jaar.gespeeld.map, alleen_lezen=True) as register:
        verzonden = register.list_verzendingen()
    van_de_lijst = [v for v in jaar.verstrekkingen if v.map.partition("/")[0] == overleg and "coordinator" not in v.map]
    genoteerd = {v.versie for v in van_de_lijst if (v.sleutel, v.versie) in verzonden}
    assert genoteerd == {1} < {v.versie for v in van_de_lijst}
    assert {verzending.via for verzending in verzonden.values()} == {"beveiligde mail"}


@VAN_HET_JAAR
def test_the_year_ends_with_a_werkmap_in_order(jaar: Spel) -> None:
    einde = jaar.regels[jaar.regels.index("Onderdeel") :].partition("PDF-motor")[0]  # what follows is of the computer
    assert "elk pakket staat in het register" in einde and "kijk na" not in einde


@VAN_HET_JAAR
def test_a_case_lives_through_all_phases_in_their_order(jaar: Spel) -> None:
    fasen = [wissel.fase for wissel in jaar.dossiers["volledig"].verloop]
    assert fasen == ["aangemeld", "geagendeerd", "ketenaanpak", "passieve_regie", "afgesloten"]
    op_naam, anoniem = jaar.dossiers["op_naam"], jaar.dossiers["anoniem"]
    assert op_naam.eerdere_code == anoniem.code
    assert op_naam.code != anoniem.code


@VAN_HET_JAAR
def test_an_escalation_brings_a_case_to_the_table_sooner(jaar: Spel) -> None:
    dossier = jaar.dossiers["volledig_2"]
    tafels = [besluit.datum.isoformat() for besluit in dossier.besluiten if besluit.overleg == "expertentafel"]
    assert tafels == ["2026-12-17", "2027-01-21", "2027-02-18", "2027-07-15", "2028-01-20"]
    assert "escalatie" in {melding.soort for melding in dossier.meldingen}


@VAN_HET_JAAR
def test_the_plan_is_proposed_approved_and_changed(jaar: Spel) -> None:
    plannen = jaar.dossiers["volledig"].plannen
    assert [plan.stand for plan in plannen] == [Planstand.VOORSTEL, *[Planstand.GOEDGEKEURD] * 3]
    assert jaar.list_recipients("plan", "volledig") >= {"coordinator", "cgg", "caw", "woonmaatschappij"}
    assert jaar.list_recipients("plan_client", "volledig") == {"client"}


@VAN_HET_JAAR
def test_what_became_of_each_to_do_is_known(jaar: Spel) -> None:
    standen = Counter(afspraak.status for afspraak in jaar.dossiers["volledig"].afspraken)
    assert standen == {Afspraakstatus.GEDAAN: 4, Afspraakstatus.VERVALLEN: 1}


@VAN_HET_JAAR
def test_each_kind_of_document_was_made_for_whom_it_is_meant(jaar: Spel) -> None:
    gemaakt = {verstrekking.documentsoort for verstrekking in jaar.verstrekkingen}
    assert gemaakt == {soort.id for soort in load_tafel(TAFEL).documenten}
    assert jaar.list_recipients("opdrachtbrief") == {"caw"}
    assert jaar.list_recipients("terugkoppeling") == {"aanmelder"}
    assert jaar.list_recipients("uitnodiging_zorgoverleg") == {"bestuur_herentals", "caw", "cgg", "client"}
    assert jaar.list_recipients("stand_van_zaken") == {"bestuur_herentals", "caw", "cgg", "client", "coordinator"}
    assert jaar.list_recipients("opvolgfiche", "volledig") == {*VASTE, "bestuur_herentals", "coordinator"}
    assert "aanmelder" in jaar.list_recipients("afsluitbericht", "volledig")
    ongetekend = [v for v in jaar.verstrekkingen if v.ontvanger == "wijkgezondheidscentrum"]
    assert [v.documentsoort for v in ongetekend] == ["toetredingsverklaring"]


@VAN_HET_JAAR
def test_who_stopped_gets_nothing_more_about_the_case(jaar: Spel) -> None:
    dagen = [v.klaargezet_op.isoformat() for v in jaar.verstrekkingen if v.ontvanger == "woonmaatschappij"]
    assert dagen and max(dagen) < "2027-04-02"


@VAN_HET_JAAR
def test_only_what_was_meant_to_be_refused_is_in_quarantine_and_nothing_else_went_wrong(jaar: Spel) -> None:
    namen = {p.name for p in (jaar.gespeeld.map / "quarantaine").rglob("*") if ".reden." not in p.name and p.is_file()}
    assert namen == {"brief.docx", "anoniem_met_naam.docx", "andere_tafel.docx"}
    assert {b.code for b in jaar.gespeeld.bevindingen if b.ernst is Ernst.FOUT} == BEDOELD
    assert not list((jaar.gespeeld.map / "in").iterdir())


@VAN_HET_JAAR
def test_it_ends_with_the_tree_and_says_where_to_look(jaar: Spel) -> None:
    staart = jaar.regels[jaar.regels.rindex("\nuit\n") :]
    for overleg in (pad.name for pad in (jaar.gespeeld.map / "uit").iterdir()):
        assert overleg in staart or overleg.startswith(".")
    assert "→ Kijk in" in staart
    assert "quarantaine" in staart
    for stap in read_scenario():
        assert stap.uitleg[:60] in jaar.regels


@VAN_HET_JAAR
def test_a_folder_that_is_there_is_never_played_over(jaar: Spel) -> None:
    boven = jaar.gespeeld.map.parents[1]
    with pytest.raises(GebruikFout):
        play_demo(boven, "rdocx", Console(file=io.StringIO()), stay_silent, TAFEL)


ANDERE = sorted(
    tafel
    for pad in demo.SAMPLES.glob("*/*/demo.toml")
    if (tafel := pad.parent.relative_to(demo.SAMPLES).as_posix()) != TAFEL
)


@pytest.mark.parametrize("tafel", [pytest.param(tafel, marks=keep_together(tafel)) for tafel in ANDERE])
def test_the_scenario_of_every_other_table_plays_to_its_end_with_a_meeting_in_it(
    tafel: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    spel = play_once(tafel, tmp_path_factory)
    gespeeld = spel.gespeeld
    # A package that waited for an answer of the coordinator is no fault, nor is an adviesvraag that makes no case.
    assert {b.code for b in gespeeld.bevindingen if b.ernst is Ernst.FOUT} <= {"nazicht-nodig", "geen-aanmelding"}
    assert not list((gespeeld.map / "in").iterdir())
    gemaakt = {verstrekking.documentsoort for verstrekking in spel.verstrekkingen}
    assert any(dossier.besluiten for dossier in spel.dossiers.values())
    voorbereid = {d.id for d in load_tafel(tafel).documenten if d.moment is Moment.VOORBEREIDING}
    assert gemaakt & voorbereid
