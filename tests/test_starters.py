"""Files to double-click: each step of a month, a window that stays open and a plain sentence at the end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support_werkmap import Werkmapje, make_form

from pipeline.errors import ExitCode
from pipeline.run.starters import list_starters
from schemas.catalogus import load_catalogus

TAFELS = [data for data in load_catalogus().values() if data.tafel.ingeschakeld]


@pytest.fixture
def werkmap(tmp_path: Path) -> Werkmapje:
    return Werkmapje.make(tmp_path)


def start(pad: Path, *, zonder: bool = False) -> tuple[int, str]:
    """Run a starter as a double-click does, with (or without) the program on the path."""
    eigen = Path(sys.executable).parent
    omgeving = {**os.environ, "PATH": "/usr/bin:/bin" if zonder else f"{eigen}:/usr/bin:/bin"}
    klaar = subprocess.run(
        [str(pad)], env=omgeving, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120, check=False
    )
    return klaar.returncode, klaar.stdout


def test_every_step_of_every_table_has_a_starter_for_three_systems() -> None:
    for data in TAFELS:
        namen = {starter.naam for starter in list_starters(data)}
        stappen = {naam.rsplit(".", 1)[0] for naam in namen}
        assert namen == {f"{stap}.{soort}" for stap in stappen for soort in ("cmd", "command", "sh")}
        for overleg in data.tafel.overleggen:
            assert any(stap.endswith(f"-bereid-{overleg.id}") for stap in stappen)


def test_a_double_click_takes_in_what_lies_there_and_says_how_it_ended(werkmap: Werkmapje) -> None:
    werkmap.drop(make_form())
    code, uitvoer = start(werkmap.map / "starten" / "1-verwerk.sh")
    assert code == ExitCode.KLAAR
    assert len(werkmap.list_dossiers()) == 1
    assert uitvoer.strip().endswith("Klaar. Wat er nog te doen is, leest u in overzicht.html.")


def test_what_waits_for_a_person_is_said_at_the_end(werkmap: Werkmapje) -> None:
    werkmap.drop(b"geen formulier", "brief.docx")
    code, uitvoer = start(werkmap.map / "starten" / "1-verwerk.command")
    assert code == ExitCode.BEVINDINGEN
    assert "Er wacht iets op u" in uitvoer.strip().splitlines()[-1]


def test_without_the_program_it_says_so(werkmap: Werkmapje) -> None:
    code, uitvoer = start(werkmap.map / "starten" / "1-verwerk.sh", zonder=True)
    assert code == 127
    assert "niet gevonden" in uitvoer


def test_a_windows_starter_stays_open_and_runs_in_the_werkmap() -> None:
    cmd = [starter.inhoud for starter in list_starters(TAFELS[0]) if starter.naam.endswith(".cmd")]
    for inhoud in cmd:
        regels = inhoud.decode("utf-8").split("\r\n")
        assert regels[0] == "@echo off" and "chcp 65001 >nul" in regels
        assert 'cd /d "%~dp0.."' in regels
        assert regels[-2:] == ["pause", ""]
        assert b"\n" not in inhoud.replace(b"\r\n", b"")
        labels = {regel[1:] for regel in regels if regel.startswith(":")}
        sprongen = {deel.split()[-1].rstrip(")") for regel in regels for deel in [regel] if "goto " in regel}
        assert sprongen <= labels


def test_overleg_alone_in_a_werkmap_says_where_she_stands(werkmap: Werkmapje, monkeypatch: pytest.MonkeyPatch) -> None:
    werkmap.drop(make_form({"vraag.vraag": ""}))
    werkmap.process()
    monkeypatch.chdir(werkmap.map)
    assert werkmap.run() == ExitCode.KLAAR
    assert "te doen" in werkmap.uitvoer and "wacht op de aanmelder" in werkmap.uitvoer
    assert "→ overleg verzonden ." in werkmap.uitvoer


def test_overleg_alone_elsewhere_shows_the_commands(
    werkmap: Werkmapje, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert werkmap.run() == ExitCode.KLAAR
    assert "Opdrachten" in werkmap.uitvoer


def test_the_module_runs_as_the_command_does() -> None:
    klaar = subprocess.run([sys.executable, "-m", "pipeline", "--version"], capture_output=True, text=True, check=True)
    assert klaar.stdout.startswith("overleg ")
