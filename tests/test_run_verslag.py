"""From the expertentafel to verslag, takenlijst and letters, through the command line."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest
from support_fill import fill_word
from support_tekst import read_word
from support_werkmap import CLIENT, IN_EEN_PROCES, Werkmapje, bring_to_expertentafel, make_form

from pipeline.errors import ExitCode
from pipeline.forms import fill_controls
from pipeline.register import Register

pytestmark = IN_EEN_PROCES

AGENDEREN = {"punten.besluit": "Agenderen op de expertentafel"}
UIT, JANUARI = "uit/2026-12-17 expertentafel", "uit/2027-01-21 expertentafel"
TITEL = "Beknopt verslag expertentafel 2026-12-17"
SPOOR3 = {
    "punten.besluit": "Spoor 3: ketenaanpak",
    "punten.aanwezig": "CAW De Kempen, Lokale politie Neteland",
    "punten.pistes": "Zwartepiste.",
}


@pytest.fixture
def werkmap(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Werkmapje:
    """A werkmap with one case before the expertentafel, its packages ready."""
    return bring_to_expertentafel(tmp_path, tmp_path_factory)


@pytest.fixture
def code(werkmap: Werkmapje) -> str:
    (dossier,) = werkmap.list_dossiers()
    return dossier.code


def _bring_two(werkmap: Werkmapje) -> list[str]:
    for nummer in range(2):
        werkmap.drop(make_form(clienten=[{**CLIENT, "betrokkenen.naam": f"Persoon {nummer}"}]), f"{nummer}.docx")
    werkmap.process()
    codes = [dossier.code for dossier in werkmap.list_dossiers()]
    werkmap.prepare("triagetafel", "2026-11-27")
    werkmap.decide(dict.fromkeys(codes, AGENDEREN))
    assert werkmap.prepare("expertentafel", "2026-12-10") == ExitCode.KLAAR
    return codes


def _fill(
    werkmap: Werkmapje,
    punten: dict[str, dict[str, str]],
    afspraken: list[dict[str, str]] | None = None,
    map_: str = UIT,
) -> bytes:
    formulieren = (werkmap.map / map_ / "coordinator").glob("Verslagformulier*.docx")
    formulier = max(formulieren, key=lambda pad: pad.stat().st_mtime_ns)
    rijen = {"afspraken": afspraken} if afspraken else {}
    return fill_word(fill_controls(formulier.read_bytes(), {}, punten), {}, rijen)


def _verslag(werkmap: Werkmapje, dag: str = "2026-12-18", *opties: str) -> int:
    return werkmap.run(
        "verslag", str(werkmap.map), "--overleg", "expertentafel", "--vandaag", dag, "--pdf", "rdocx", *opties
    )


def _snapshot(werkmap: Werkmapje) -> dict[str, str]:
    return {naam: hashlib.sha256((werkmap.map / naam).read_bytes()).hexdigest() for naam in werkmap.list_files()}


def test_the_coordinators_package_holds_the_numbered_verslagformulier(werkmap: Werkmapje) -> None:
    formulieren = [naam for naam in werkmap.list_files() if "Verslagformulier" in naam]
    assert formulieren == [f"{UIT}/coordinator/Verslagformulier expertentafel 2026-12-17.docx"]


def test_before_the_form_is_in_there_is_no_verslag(werkmap: Werkmapje) -> None:
    assert _verslag(werkmap) == ExitCode.GEBRUIK
    assert "nog geen verslagformulier binnen" in werkmap.uitvoer
    assert _verslag(werkmap, "2026-12-18", "--datum", "2026-11-19") == ExitCode.GEBRUIK
    assert "donderdag 19 november 2026" in werkmap.uitvoer


def test_an_overleg_without_a_verslag_says_so(werkmap: Werkmapje) -> None:
    assert werkmap.run("verslag", str(werkmap.map), "--overleg", "triagetafel") == ExitCode.GEBRUIK
    assert "geen verslag" in werkmap.uitvoer
    assert werkmap.run("verslag", str(werkmap.map), "--overleg", "theetafel") == ExitCode.GEBRUIK
    assert "Kies uit" in werkmap.uitvoer


def test_who_sat_at_a_case_gets_a_verslag_who_has_a_to_do_a_takenlijst_and_the_aanmelder_a_letter(
    werkmap: Werkmapje, code: str
) -> None:
    taak = {"afspraken.casus": code, "afspraken.wat": "Belt de huisarts", "afspraken.wie": "CAW De Kempen"}
    werkmap.drop(_fill(werkmap, {code: SPOOR3}, [taak]), "verslag.docx")
    werkmap.process("2026-12-18")
    assert (
        f"uit/2026-12-18 brieven/aanmelder {code}/Terugkoppeling van de expertentafel {code}.pdf"
        in werkmap.list_files()
    )

    assert _verslag(werkmap) == ExitCode.KLAAR, werkmap.uitvoer

    documenten = {naam.split("/", 2)[2] for naam in werkmap.list_files() if naam.startswith(f"{UIT} verslag/")}
    assert {naam for naam in documenten if naam.endswith(".pdf")} == {
        "coordinator/Beknopt verslag expertentafel 2026-12-17.pdf",
        "caw/Beknopt verslag expertentafel 2026-12-17.pdf",
        "caw/Uw afspraken na de expertentafel 2026-12-17.pdf",
        "caw/bundel.pdf",
        "politie/Beknopt verslag expertentafel 2026-12-17.pdf",
    }
    teksten = {
        wie: read_word(
            (werkmap.map / f"{UIT} verslag/{wie}/Beknopt verslag expertentafel 2026-12-17.docx").read_bytes()
        )
        for wie in ("caw", "politie")
    }
    assert "Belt de huisarts" in teksten["caw"] and "Belt de huisarts" not in teksten["politie"]
    assert not any("Zwartepiste" in tekst for tekst in teksten.values())


def test_making_it_again_makes_nothing_and_a_trial_writes_nothing(werkmap: Werkmapje, code: str) -> None:
    werkmap.drop(_fill(werkmap, {code: SPOOR3}), "verslag.docx")
    werkmap.process("2026-12-18")
    eerder = _snapshot(werkmap)
    assert _verslag(werkmap, "2026-12-18", "--proef") == ExitCode.KLAAR
    assert _snapshot(werkmap) == eerder
    _verslag(werkmap)
    gemaakt = _snapshot(werkmap)
    assert len(gemaakt) > len(eerder)

    assert _verslag(werkmap, "2027-01-11") == ExitCode.KLAAR
    assert werkmap.process("2027-01-11") == ExitCode.KLAAR
    assert "niets nieuws" in werkmap.uitvoer
    assert _snapshot(werkmap) == gemaakt


def test_a_case_left_undecided_gets_the_coordinator_a_new_form_and_nobody_else_a_new_copy(tmp_path: Path) -> None:
    werkmap = Werkmapje.make(tmp_path)
    een, twee = _bring_two(werkmap)
    werkmap.drop(_fill(werkmap, {een: SPOOR3}), "verslag.docx")
    werkmap.process("2026-12-17")
    eerder = _snapshot(werkmap)

    werkmap.prepare("expertentafel", "2026-12-17")

    nieuw = sorted(naam for naam in werkmap.list_files() if naam not in eerder)
    assert nieuw == [
        f"{UIT}/coordinator/Aanwezigheidslijst expertentafel 2026-12-17 versie 2.docx",
        f"{UIT}/coordinator/Aanwezigheidslijst expertentafel 2026-12-17 versie 2.pdf",
        f"{UIT}/coordinator/Agenda expertentafel 2026-12-17 versie 2.docx",
        f"{UIT}/coordinator/Agenda expertentafel 2026-12-17 versie 2.pdf",
        f"{UIT}/coordinator/Verslagformulier expertentafel 2026-12-17 versie 2.docx",
        f"{UIT}/coordinator/Voorzittersexemplaar expertentafel 2026-12-17 versie 2.docx",
        f"{UIT}/coordinator/Voorzittersexemplaar expertentafel 2026-12-17 versie 2.pdf",
        f"{UIT}/coordinator/afspraak-2.ics",
        f"{UIT}/coordinator/bundel-2.pdf",
        f"{UIT}/coordinator/manifest-2.json",
    ]
    assert "Casus" in read_word((werkmap.map / nieuw[0]).read_bytes())
    assert twee in read_word((werkmap.map / nieuw[0]).read_bytes())
    gemaakt = _snapshot(werkmap)
    werkmap.prepare("expertentafel", "2026-12-17")
    assert _snapshot(werkmap) == gemaakt


def test_a_case_in_ketenaanpak_comes_back_when_planned_then_by_its_term(werkmap: Werkmapje, code: str) -> None:
    werkmap.drop(_fill(werkmap, {code: SPOOR3}), "verslag.docx")
    werkmap.process("2026-12-18")

    werkmap.prepare("expertentafel", "2027-01-11")  # planned there for the plan (S1:61)
    assert "1 casus op de agenda" in werkmap.uitvoer
    werkmap.drop(_fill(werkmap, {code: {"punten.besluit": "Verder in de ketenaanpak"}}, map_=JANUARI), "verslag.docx")
    werkmap.process("2027-01-22")
    werkmap.prepare("expertentafel", "2027-02-11")
    assert "0 casussen op de agenda" in werkmap.uitvoer
    werkmap.prepare("expertentafel", "2027-07-08")  # within six months (S1:67)
    assert "1 casus op de agenda" in werkmap.uitvoer


def _correct(werkmap: Werkmapje, code: str, **velden: object) -> None:
    """The dossier as a corrected form leaves it."""
    with Register.open(werkmap.map) as register:
        dossier = register.get_dossier(code)
        assert dossier is not None
        laatste = dossier.besluiten[-1].model_copy(update=velden)
        verbeterd = dossier.model_copy(update={"besluiten": (*dossier.besluiten[:-1], laatste)})
        register.save_dossier(verbeterd, "besluiten verbeterd", dt.date(2026, 12, 18))


def test_a_corrected_form_gives_a_version_2_and_names_whom_to_ask_his_copy_back(werkmap: Werkmapje, code: str) -> None:
    werkmap.drop(_fill(werkmap, {code: SPOOR3}), "verslag.docx")
    werkmap.process("2026-12-18")
    _verslag(werkmap)
    eerder = _snapshot(werkmap)
    _correct(werkmap, code, aanwezig=("caw",), onveiligheid="Matig")

    assert _verslag(werkmap) == ExitCode.BEVINDINGEN

    nieuw = {naam for naam in werkmap.list_files() if naam not in eerder and "verslag/" in naam}
    assert nieuw == {
        f"{UIT} verslag/{wie}/{naam}"
        for wie in ("caw", "coordinator")
        for naam in (f"{TITEL} versie 2.docx", f"{TITEL} versie 2.pdf", "manifest-2.json")
    } | {f"{UIT} verslag/caw/mail-2.{soort}" for soort in ("eml", "txt")}
    assert eerder.items() <= _snapshot(werkmap).items()
    assert "Lokale politie Neteland kreeg eerder" in werkmap.uitvoer


def test_a_to_do_that_no_takenlijst_brings_is_told(werkmap: Werkmapje, code: str) -> None:
    taak = {"afspraken.casus": code, "afspraken.wat": "Zoekt op", "afspraken.wie": "Parketjurist"}
    werkmap.drop(_fill(werkmap, {code: SPOOR3}, [taak]), "verslag.docx")
    werkmap.process("2026-12-18")

    assert _verslag(werkmap) == ExitCode.BEVINDINGEN

    assert f"een afspraak in casus {code}" in werkmap.uitvoer
