"""One run per werkmap; a dead owner's lock is taken over, another computer's never."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.errors import ExitCode, WerkmapBezet
from pipeline.lock import SLOT, Eigenaar, hold_lock, is_alive

NU = dt.datetime(2026, 12, 10, 9, 5)  # noqa: DTZ001 local time, as on the coordinator's own clock
HOST = "kantoor"


@pytest.fixture
def dode() -> int:
    kind = subprocess.Popen([sys.executable, "-c", ""])
    kind.wait()
    return kind.pid


def write_lock(werkmap: Path, host: str, pid: int) -> None:
    (werkmap / SLOT).write_text(Eigenaar(host=host, pid=pid, sinds=NU).model_dump_json())


def test_the_lock_is_there_during_the_block_and_gone_after_it(tmp_path: Path) -> None:
    with hold_lock(tmp_path, nu=NU, host=HOST, pid=os.getpid()):
        assert (tmp_path / SLOT).exists()
    assert list(tmp_path.iterdir()) == []


def test_the_lock_is_released_when_the_block_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), hold_lock(tmp_path, nu=NU, host=HOST, pid=os.getpid()):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_a_second_run_is_told_who_works_there_since_when_and_what_to_do(tmp_path: Path) -> None:
    with hold_lock(tmp_path, nu=NU, host=HOST, pid=os.getpid()):
        with pytest.raises(WerkmapBezet) as fout, hold_lock(tmp_path, nu=NU, host=HOST, pid=1):
            pass
        assert (tmp_path / SLOT).exists()
    assert all(deel in fout.value.melding for deel in (HOST, "10 december 2026", "09.05", str(os.getpid())))
    assert SLOT in fout.value.remedie
    assert fout.value.exit_code is ExitCode.BEZET


def test_a_dead_owners_lock_on_this_computer_is_taken_over(tmp_path: Path, dode: int) -> None:
    write_lock(tmp_path, HOST, dode)
    with hold_lock(tmp_path, nu=NU, host=HOST, pid=os.getpid()):
        assert Eigenaar.model_validate_json((tmp_path / SLOT).read_bytes()).pid == os.getpid()
    assert list(tmp_path.iterdir()) == []


def test_the_lock_of_another_computer_is_never_taken_over(tmp_path: Path, dode: int) -> None:
    write_lock(tmp_path, "thuis", dode)
    with pytest.raises(WerkmapBezet, match="thuis"), hold_lock(tmp_path, nu=NU, host=HOST, pid=os.getpid()):
        pass
    assert (tmp_path / SLOT).exists()


def test_a_lock_that_cannot_be_read_is_left(tmp_path: Path) -> None:
    (tmp_path / SLOT).write_text("{")
    with pytest.raises(WerkmapBezet, match="niet te lezen"), hold_lock(tmp_path, nu=NU, host=HOST, pid=os.getpid()):
        pass


@pytest.mark.parametrize(("ouderdom", "vrij"), [(5, False), (3600, True)])
def test_an_empty_lock_belongs_to_a_run_that_died_at_once_unless_it_is_fresh(
    tmp_path: Path, ouderdom: int, vrij: bool
) -> None:
    (tmp_path / SLOT).touch()
    os.utime(tmp_path / SLOT, (0, NU.timestamp() - ouderdom))
    if vrij:
        with hold_lock(tmp_path, nu=NU, host=HOST, pid=os.getpid()):
            assert (tmp_path / SLOT).stat().st_size > 0
    else:
        with pytest.raises(WerkmapBezet), hold_lock(tmp_path, nu=NU, host=HOST, pid=os.getpid()):
            pass


def test_a_run_releases_its_own_lock_only(tmp_path: Path) -> None:
    with hold_lock(tmp_path, nu=NU, host=HOST, pid=os.getpid()):
        write_lock(tmp_path, "thuis", 7)
    assert (tmp_path / SLOT).exists()


def test_a_process_is_alive_until_it_ends(dode: int) -> None:
    assert is_alive(os.getpid())
    assert not is_alive(dode)
    assert not is_alive(0)
    assert not is_alive(2**70)


def test_a_takeover_that_died_half_way_is_itself_taken_over(tmp_path: Path, dode: int) -> None:
    write_lock(tmp_path, HOST, dode)
    (tmp_path / f"{SLOT}.overname").write_bytes((tmp_path / SLOT).read_bytes())
    with hold_lock(tmp_path, nu=NU, host=HOST, pid=os.getpid()):
        pass
    assert list(tmp_path.iterdir()) == []


def test_of_many_runs_that_see_a_dead_owner_at_most_one_works_at_a_time(tmp_path: Path, dode: int) -> None:
    nu = dt.datetime.now(dt.UTC)
    bezig: list[int] = []
    hoogste: list[int] = []
    start = threading.Barrier(3)

    def run(pid: int) -> None:
        start.wait()
        with suppress(WerkmapBezet), hold_lock(tmp_path, nu=nu, host=HOST, pid=pid):
            bezig.append(pid)
            hoogste.append(len(bezig))
            time.sleep(0.002)
            bezig.remove(pid)

    for _ in range(50):
        write_lock(tmp_path, HOST, dode)
        draden = [threading.Thread(target=run, args=(pid,)) for pid in (os.getpid(), os.getppid(), 1)]
        for draad in draden:
            draad.start()
        for draad in draden:
            draad.join()
        (tmp_path / SLOT).unlink(missing_ok=True)
    assert set(hoogste) == {1}
