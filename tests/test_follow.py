"""`overleg verwerk --volg` as a real process: takes what comes when it is whole, and stops after the file at hand."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support_werkmap import Werkmapje, make_form

from pipeline.cli.follow import find_filesystem, is_network
from pipeline.errors import ExitCode
from pipeline.lock import SLOT

_WORTEL = Path(__file__).parents[1]
_GEDULD = 60.0
_OPDRACHT = "from pipeline.cli import main; main()"


@pytest.fixture
def werkmap(tmp_path: Path) -> Werkmapje:
    return Werkmapje.make(tmp_path)


@pytest.fixture
def start(werkmap: Werkmapje) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start following; what still runs at the end is ended."""
    lopend: list[subprocess.Popen[str]] = []

    def begin() -> subprocess.Popen[str]:
        opdracht = ["verwerk", str(werkmap.map), "--volg", "--pdf", "rdocx", "--vandaag", "2026-11-23"]
        proces = subprocess.Popen(
            [sys.executable, "-c", _OPDRACHT, *opdracht],
            env={**os.environ, "PYTHONPATH": str(_WORTEL), "COLUMNS": "200", "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        lopend.append(proces)
        return proces

    yield begin
    for proces in lopend:
        proces.kill()
        proces.communicate()


def wait_for(waar: Callable[[], bool]) -> None:
    tot = time.monotonic() + _GEDULD
    while not waar():
        assert time.monotonic() < tot, "niet gebeurd"
        time.sleep(0.05)


def read_until(proces: subprocess.Popen[str], woorden: str) -> str:
    """What it prints, up to the line with these words; it is ended when they do not come."""
    assert proces.stdout is not None
    wekker = threading.Timer(_GEDULD, proces.kill)
    wekker.start()
    gezien = ""
    while woorden not in gezien:
        regel = proces.stdout.readline()
        assert regel, "niet gezegd"
        gezien += regel
    wekker.cancel()
    return gezien


def stop(proces: subprocess.Popen[str]) -> str:
    proces.send_signal(signal.SIGINT)
    return proces.communicate(timeout=_GEDULD)[0]


def test_what_lay_there_and_what_comes_is_processed_and_ctrl_c_ends_it_cleanly(
    werkmap: Werkmapje, start: Callable[..., subprocess.Popen[str]]
) -> None:
    werkmap.drop(make_form(), "eerst.docx")
    proces = start()
    wait_for(lambda: len(werkmap.list_files("archief")) == 1)
    wait_for(lambda: not (werkmap.map / SLOT).exists())
    werkmap.drop(b"geen formulier", "later.docx")
    wait_for(lambda: "quarantaine/later.docx.reden.json" in werkmap.list_files("quarantaine"))
    wait_for(lambda: not werkmap.list_files("in") and not (werkmap.map / SLOT).exists())
    uitvoer = stop(proces)
    assert proces.returncode == ExitCode.BEVINDINGEN
    assert "Gestopt." in uitvoer
    assert "Traceback" not in uitvoer
    assert len(werkmap.list_dossiers()) == 1


def test_a_file_that_is_still_being_written_waits_until_it_is_whole(
    werkmap: Werkmapje, start: Callable[..., subprocess.Popen[str]]
) -> None:
    proces = start()
    formulier = make_form()
    with (werkmap.map / "in" / "traag.docx").open("wb") as stroom:
        for begin in range(0, len(formulier), len(formulier) // 8):
            stroom.write(formulier[begin : begin + len(formulier) // 8])
            stroom.flush()
            time.sleep(0.5)
            assert werkmap.list_files("quarantaine") == []
    wait_for(lambda: len(werkmap.list_files("archief")) == 1)
    stop(proces)
    assert werkmap.list_files("quarantaine") == []


def test_while_another_run_holds_the_werkmap_it_waits_and_says_so_once(
    werkmap: Werkmapje, start: Callable[..., subprocess.Popen[str]]
) -> None:
    slot = werkmap.map / SLOT
    slot.write_text('{"host":"andere-computer","pid":1,"sinds":"2026-11-23T08:00:00Z"}', encoding="utf-8")
    werkmap.drop(make_form())
    proces = start()
    gezien = read_until(proces, "in gebruik")
    time.sleep(5)  # in which it looks again, more than once
    assert werkmap.list_files("archief") == []
    slot.unlink()
    wait_for(lambda: len(werkmap.list_files("archief")) == 1)
    assert (gezien + stop(proces)).count("in gebruik") == 1


def test_following_writes_so_it_cannot_be_a_trial(werkmap: Werkmapje) -> None:
    assert werkmap.process("2026-11-23", "--volg", "--proef") == ExitCode.GEBRUIK


def test_stopping_in_the_middle_leaves_the_rest_for_the_next_run(
    werkmap: Werkmapje, start: Callable[..., subprocess.Popen[str]]
) -> None:
    for nummer in range(12):
        werkmap.drop(make_form({"aanmelder.email": f"a{nummer}@example.org"}), f"{nummer:02}.docx")
    time.sleep(2.5)  # so that all have come to rest
    proces = start()
    wait_for(lambda: len(werkmap.list_files("archief")) >= 1)
    uitvoer = stop(proces)
    assert "Gestopt." in uitvoer
    assert len(werkmap.list_files("in")) + len(werkmap.list_files("archief")) == 12
    assert not (werkmap.map / SLOT).exists()
    werkmap.process()
    assert werkmap.list_files("in") == []
    assert len(werkmap.list_files("archief")) == 12


_MOUNTS = "/dev/sda1 / ext4 rw 0 0\n//server/deel /mnt/deel cifs rw 0 0\nx /mnt/met\\040spatie nfs4 rw 0 0\n"


@pytest.mark.parametrize(
    ("pad", "soort"),
    [("/home/ik", "ext4"), ("/mnt/deel/werkmap", "cifs"), ("/mnt/met spatie", "nfs4"), ("/mnt/deelbaar", "ext4")],
)
def test_the_file_system_of_a_folder_is_that_of_the_nearest_mount(pad: str, soort: str) -> None:
    assert find_filesystem(Path(pad), _MOUNTS) == soort


def test_a_folder_of_this_computer_is_no_network(tmp_path: Path) -> None:
    assert not is_network(tmp_path)
