"""A file of each kind that arrives, made by a writer that is not ours: what is read from it is what was filled in."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import run_cli
from pipeline.errors import InvoerFout
from pipeline.read import make_safe_lezer
from pipeline.validate import recognise_formulier, validate_formulier
from schemas.aanmelding import Antwoord, IngevuldeRubriek, KeuzeWaarde, Status, Validatie
from schemas.catalogus import REGIOS, load_catalogus, load_werkmap
from schemas.deling import Vlag
from schemas.inzending import RuwFormulier
from schemas.namen import Namenlijst

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
MAP = SAMPLES / "andere_schrijvers"
LIJST = tomllib.loads((MAP / "lijst.toml").read_text(encoding="utf-8"))
TAFELS = load_catalogus()
VANDAAG = dt.date(2026, 11, 25)
#: the kinds of form that arrive; another one comes here with its file
SOORTEN = {
    *("oude formuliervelden", "wijzigingen bijhouden", "tekstkader", "getypt in tabellen", "strikt, ander hoofddeel"),
    *("versie van vorig jaar", "eigen formulier", "document met macro's", "Word met wachtwoord"),
    *(
        "velden zonder naam",
        "ingevuld door een ander programma",
        "plat gemaakt",
        "afgedrukte webpagina",
        "bewaard als pdf",
        "afgedrukte tabel",
    ),
    *("getypt over een plat formulier", "ingescand", "PDF met wachtwoord", "mail", "Outlook-bericht"),
}
GEREEDSCHAP = {".py", ".js", ".bas", ".toml"}
GROOTSTE = 100 * 1024
GEWEIGERD = [pytest.param(bestand, id=bestand["naam"]) for bestand in LIJST["bestand"] if "weigering" in bestand]
LEESBAAR = [pytest.param(bestand, id=bestand["naam"]) for bestand in LIJST["bestand"] if "weigering" not in bestand]


def read(bestand: dict[str, Any]) -> RuwFormulier:
    """In the one process that reads for a run."""
    return make_safe_lezer().read_one(bestand["naam"], (MAP / bestand["naam"]).read_bytes())


@pytest.fixture(scope="module")
def gelezen(request: pytest.FixtureRequest) -> tuple[dict[str, Any], RuwFormulier, Validatie]:
    bestand: dict[str, Any] = request.param
    ruw = read(bestand)
    herkenning = recognise_formulier(ruw, TAFELS.values())
    assert herkenning is not None and herkenning.data is not None and herkenning.formulier is not None
    assert (herkenning.tafel, herkenning.formulier.id) == (LIJST["tafel"], "aanmelding")
    werkmap = load_werkmap(REGIOS / LIJST["tafel"] / "werkmap.toml", herkenning.data)
    namen = Namenlijst(herkenning.data.tafel, werkmap.partners)
    validatie = validate_formulier(ruw, herkenning.data, herkenning.formulier, herkenning.meta, namen, VANDAAG)
    return bestand, ruw, validatie


Gelezen = tuple[dict[str, Any], RuwFormulier, Validatie]


def show(antwoord: Antwoord) -> str:
    """As lijst.toml writes it; words on one line, because a page ends its lines where it likes."""
    if isinstance(antwoord.waarde, KeuzeWaarde):
        return ", ".join(antwoord.waarde.opties)
    datum = antwoord.get_datum()
    return datum.isoformat() if datum else " ".join(antwoord.format().split())


def show_vlag(vlag: Vlag) -> str:
    delen = [*sorted(vlag.deelbaar_met), *(f"enkel voor {wie}" for wie in sorted(vlag.enkel_voor))]
    return ", ".join([*delen, *(f"niet voor {wie}" for wie in sorted(vlag.niet_voor))])


def list_vlaggen(rubriek: IngevuldeRubriek) -> list[str]:
    """The flag of the rubriek, or of each row; the same with every answer in it."""
    groepen = [rij.antwoorden for rij in rubriek.rijen] or [rubriek.antwoorden]
    assert all(len({show_vlag(antwoord.vlag) for antwoord in groep}) == 1 for groep in groepen)
    return [show_vlag(groep[0].vlag) for groep in groepen]


def test_there_is_a_file_of_every_kind_and_no_other() -> None:
    assert {bestand["soort"] for bestand in LIJST["bestand"]} == SOORTEN
    genoemd = {bestand["naam"] for bestand in LIJST["bestand"]}
    assert genoemd == {pad.name for pad in MAP.iterdir() if pad.is_file() and pad.suffix not in GEREEDSCHAP}
    assert all((MAP / naam).stat().st_size <= GROOTSTE for naam in genoemd)
    maker = (MAP / "maak.py").read_text(encoding="utf-8")
    assert all(f'"{naam}"' in maker for naam in genoemd)
    assert all((SAMPLES / geval / "verwacht.toml").is_file() for geval in LIJST["elders"].values())


@pytest.mark.parametrize("gelezen", LEESBAAR, indirect=True)
def test_every_answer_is_read_as_it_was_given_and_nothing_else_is(gelezen: Gelezen) -> None:
    bestand, _, validatie = gelezen
    gevraagd = {a.vraag for r in validatie.aanmelding.rubrieken for a in r.antwoorden}
    gevraagd |= {a.vraag for r in validatie.aanmelding.rubrieken for rij in r.rijen for a in rij.antwoorden}
    assert gevraagd == LIJST["antwoorden"].keys()
    for vraag, verwacht in LIJST["antwoorden"].items():
        antwoorden = validatie.aanmelding.get_antwoorden(vraag)
        gewacht = verwacht if isinstance(verwacht, list) else [verwacht]
        if vraag in bestand.get("niet_te_lezen", ()):
            gewacht = [""] * len(gewacht)
        assert [show(antwoord) for antwoord in antwoorden] == gewacht, vraag
        ingevuld = [antwoord.status is Status.INGEVULD for antwoord in antwoorden]
        assert ingevuld == [bool(waarde) for waarde in gewacht], vraag


@pytest.mark.parametrize("gelezen", LEESBAAR, indirect=True)
def test_each_flag_is_the_one_that_was_ticked_and_an_unreadable_one_shares_nothing(gelezen: Gelezen) -> None:
    bestand, _, validatie = gelezen
    vlaggen = {rubriek.id: list_vlaggen(rubriek) for rubriek in validatie.aanmelding.rubrieken}
    if bestand.get("vlaggen", True):
        assert vlaggen == LIJST["vlaggen"]
    else:
        assert not any(vlag.startswith("ico") for lijst in vlaggen.values() for vlag in lijst)
        assert vlaggen["betrokkenen"] == ["", "niet voor wonen_voorbeeld"]


@pytest.mark.parametrize("gelezen", LEESBAAR, indirect=True)
def test_what_is_odd_about_a_file_is_told_without_any_answer(gelezen: Gelezen) -> None:
    bestand, ruw, validatie = gelezen
    assert sorted({b.code for b in validatie.bevindingen}) == bestand["bevindingen"]
    gezegd = " ".join(f"{b.plaats} {b.melding} {b.remedie}" for b in validatie.bevindingen)
    getypt = [w for v in LIJST["antwoorden"].values() for w in (v if isinstance(v, list) else [v]) if " " in w]
    assert not [tekst for tekst in getypt if tekst in gezegd]
    assert (ruw.herkomst.afzender if ruw.herkomst else "") == bestand.get("afzender", "")


@pytest.mark.parametrize("bestand", GEWEIGERD)
def test_what_nobody_can_read_is_refused_by_name_with_what_to_do(bestand: dict[str, Any]) -> None:
    with pytest.raises(InvoerFout) as weigering:
        read(bestand)
    assert weigering.value.bevinding.code == bestand["weigering"]
    assert weigering.value.bevinding.remedie


@pytest.mark.parametrize("naam", ["eigen formulier.docx", "bewaard als pdf.pdf"])
def test_lees_shows_the_rows_of_a_table_as_well(naam: str, capsys: pytest.CaptureFixture[str]) -> None:
    run_cli(["lees", str(MAP / naam)])
    getypt = [tekst for teksten in LIJST["antwoorden"].values() if isinstance(teksten, list) for tekst in teksten]
    gezien = " ".join(capsys.readouterr().out.split())
    assert [tekst for tekst in getypt if " " in tekst and tekst not in gezien] == []
