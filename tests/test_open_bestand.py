"""A form that is still open in Word is not taken half-finished: the run waits a moment, says so, and leaves it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from support_werkmap import Werkmapje, make_form

from pipeline.cli import patience
from pipeline.errors import ExitCode
from pipeline.inbox import list_inkomend


@pytest.fixture
def werkmap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Werkmapje:
    monkeypatch.setattr(patience, "TUSSEN", 0.1)
    return Werkmapje.make(tmp_path)


@pytest.mark.parametrize(
    ("naam", "eigenaar"),
    [
        ("aanmelding Odilon.docx", "~$nmelding Odilon.docx"),
        ("zevende.docx", "~$evende.docx"),
        ("kort.docx", "~$kort.docx"),
        ("aanmelding.odt", ".~lock.aanmelding.odt#"),
    ],
)
def test_the_file_by_which_word_or_libreoffice_holds_a_form_leaves_it_and_no_other(
    tmp_path: Path, naam: str, eigenaar: str
) -> None:
    (tmp_path / "in").mkdir()
    for item in (naam, eigenaar, "een ander formulier.docx"):
        (tmp_path / "in" / item).write_bytes(b"x")
    binnen, overgeslagen = list_inkomend(tmp_path)
    assert [item.naam for item in binnen] == ["een ander formulier.docx"]
    assert [item.naam for item in overgeslagen if item.open] == [naam]


def test_an_open_form_is_reported_left_and_taken_by_the_next_run(werkmap: Werkmapje) -> None:
    werkmap.drop(make_form(), "open formulier.docx")
    werkmap.drop(b"x", "~$en formulier.docx")
    assert werkmap.process() == ExitCode.BEVINDINGEN
    gezien = " ".join(werkmap.uitvoer.split())
    assert "“open formulier.docx” is nog open" in gezien and gezien.count("is nog open in een ander programma") == 1
    assert "bewaar en sluit het" in gezien
    assert werkmap.list_dossiers() == () and "in/open formulier.docx" in werkmap.list_files("in")
    (werkmap.map / "in" / "~$en formulier.docx").unlink()
    werkmap.process()
    assert len(werkmap.list_dossiers()) == 1 and werkmap.list_files("in") == []


def test_a_form_that_is_closed_while_the_run_waits_is_taken_by_that_run(
    werkmap: Werkmapje, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "TUSSEN", 0.6)
    werkmap.drop(make_form(), "open formulier.docx")
    werkmap.drop(b"x", "~$en formulier.docx")
    sluit = threading.Timer(0.3, (werkmap.map / "in" / "~$en formulier.docx").unlink)
    sluit.start()
    werkmap.process()
    sluit.join()
    assert len(werkmap.list_dossiers()) == 1 and werkmap.list_files("in") == []


def test_a_trial_run_does_not_wait(werkmap: Werkmapje) -> None:
    werkmap.drop(make_form(), "open formulier.docx")
    werkmap.drop(b"x", "~$en formulier.docx")
    werkmap.process("2026-11-23", "--proef")
    assert "wacht even" not in werkmap.uitvoer and "bewaar en sluit het" in werkmap.uitvoer
