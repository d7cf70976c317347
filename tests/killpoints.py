"""Kill a piece of work before each of its calls to the system, and look what the next run makes of it.

A scenario is a module's object with `prepare(werkmap)`, `work(werkmap)`, `check_killed(werkmap)` and
`check(werkmap)`. Run as a program of its own, because it forks: `python killpoints.py MODULE SCENARIO` prints how
many points it killed at.
"""

from __future__ import annotations

import importlib
import itertools
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import FrameType
from typing import Protocol

_GEDOOD = 9
# A kill leaves the same there as on a disk, and hundreds of runs do not wait for one.
_GEHEUGEN = Path("/dev/shm")  # noqa: S108
_SYSTEEM = {"posix", "_io", "io", "sqlite3"}
# These change nothing, so a kill before them is the same as one before the next call.
_LEEST = {"stat", "lstat", "fspath", "scandir", "listdir", "fileno", "read", "readall", "getpid", "fstat", "cpu_count"}


class Scenario(Protocol):
    def prepare(self, werkmap: Path) -> None: ...

    def work(self, werkmap: Path) -> None: ...

    def check_killed(self, werkmap: Path) -> None: ...

    def check(self, werkmap: Path) -> None: ...


def count_kills(scenario: str, module: str, hoogstens: int = 0) -> int:
    """Run the scenario in a process of its own; the number of points, or an AssertionError with what it printed.

    With `hoogstens` only so many points, spread over the work from beginning to end.
    """
    tests = Path(__file__).parent
    klaar = subprocess.run(
        [sys.executable, str(Path(__file__)), module, scenario, str(hoogstens)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tests.parent), str(tests)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert klaar.returncode == 0, klaar.stdout + klaar.stderr
    return int(klaar.stdout)


def _touches_system(arg: object) -> bool:
    module = getattr(arg, "__module__", None) or type(getattr(arg, "__self__", None)).__module__
    return module in _SYSTEEM and getattr(arg, "__name__", "") not in _LEEST


def _work_until(scenario: Scenario, werkmap: Path, punt: int) -> None:
    geteld = 0

    def count(_frame: FrameType, gebeurtenis: str, arg: object) -> None:
        nonlocal geteld
        if gebeurtenis == "c_call" and _touches_system(arg):
            geteld += 1
            if geteld == punt:
                os._exit(_GEDOOD)

    sys.setprofile(count)
    scenario.work(werkmap)
    sys.setprofile(None)


def _is_killed(scenario: Scenario, werkmap: Path, punt: int) -> bool:
    kind = os.fork()
    if kind == 0:
        try:
            _work_until(scenario, werkmap, punt)
            os._exit(0)
        finally:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(kind, 0)[1])
    assert code in (0, _GEDOOD), f"punt {punt} eindigt met {code}"
    return code == _GEDOOD


def _try_point(scenario: Scenario, punt: int) -> bool:
    """Kill at this point, let the next run finish, and look; False when the work was done before it."""
    with tempfile.TemporaryDirectory(dir=_GEHEUGEN if _GEHEUGEN.is_dir() else None) as map_:
        werkmap = Path(map_)
        scenario.prepare(werkmap)
        gedood = _is_killed(scenario, werkmap, punt)
        if gedood:
            scenario.check_killed(werkmap)
            scenario.work(werkmap)
        scenario.check(werkmap)
        scenario.work(werkmap)
        scenario.check(werkmap)
    return gedood


def _try_all(scenario: Scenario) -> int:
    return next(punt for punt in itertools.count(1) if not _try_point(scenario, punt)) - 1


def _try_some(scenario: Scenario, hoogstens: int) -> int:
    with tempfile.TemporaryDirectory(dir=_GEHEUGEN if _GEHEUGEN.is_dir() else None) as map_:
        scenario.prepare(Path(map_))
        scenario.work(Path(map_))  # fills the caches that later runs find warm
    with tempfile.TemporaryDirectory(dir=_GEHEUGEN if _GEHEUGEN.is_dir() else None) as map_:
        werkmap = Path(map_)
        scenario.prepare(werkmap)
        totaal = _count_calls(scenario, werkmap) * 19 // 20  # later runs find warm caches and make fewer calls
    return sum(_try_point(scenario, 1 + nummer * (totaal - 1) // (hoogstens - 1)) for nummer in range(hoogstens))


def _count_calls(scenario: Scenario, werkmap: Path) -> int:
    geteld = 0

    def count(_frame: FrameType, gebeurtenis: str, arg: object) -> None:
        nonlocal geteld
        geteld += gebeurtenis == "c_call" and _touches_system(arg)

    sys.setprofile(count)
    scenario.work(werkmap)
    sys.setprofile(None)
    return geteld


if __name__ == "__main__":
    gekozen = getattr(importlib.import_module(sys.argv[1]), sys.argv[2])
    aantal = int(sys.argv[3])
    print(_try_some(gekozen, aantal) if aantal else _try_all(gekozen))
