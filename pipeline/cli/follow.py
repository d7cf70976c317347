"""`overleg verwerk --volg`: processes what arrives in `in/`, and holds the lock only while it does."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath
from types import FrameType
from typing import TypeAlias

from watchfiles import watch

from pipeline.cli.output import choose_exit
from pipeline.cli.show import Scherm
from pipeline.disk import translate_faults
from pipeline.errors import ExitCode, WerkmapBezet
from pipeline.inbox import IN, IN_BEWEGING
from pipeline.run.results import Productie, Verwerkt

#: Seconds that a file, and the whole folder, must have been left alone; a folder that is never, gets its turn too.
RUST = 2.0
_HOOGSTENS = 30.0
_TIK_MS = 1000
_NETWERK = (
    "cifs",
    "smb3",
    "smbfs",
    "nfs",
    "nfs4",
    "9p",
    "afs",
    "fuse.sshfs",
    "fuse.rclone",
    "vboxsf",
    "drvfs",
    "davfs",
)
_MOUNTS = Path("/proc/self/mounts")

#: what lies in the folder: names with size and time of change
Beeld: TypeAlias = frozenset[tuple[str, int, int]]


def follow_inbox(map_: Path, take_in: Callable[[Callable[[], bool]], Verwerkt], scherm: Scherm) -> int:
    """Process what arrives until Ctrl-C, and show each round that did something. Gives the gravest exit code."""
    codes = [ExitCode.KLAAR]

    def take_round(stop: Callable[[], bool]) -> Verwerkt:
        resultaat = take_in(stop)
        anders = [naam for naam, reden in resultaat.overgeslagen if resultaat.wacht and reden != IN_BEWEGING]
        if resultaat.formulieren or resultaat.brieven != Productie() or resultaat.bevindingen or anders:
            scherm.show_verwerkt(resultaat, proef=False)
            codes.append(choose_exit(resultaat.brieven, needs_person=resultaat.needs_person))
        return resultaat

    scherm.show_regel(f"Wat in {map_ / IN} komt, wordt verwerkt zodra het er helemaal is. Stoppen: Ctrl-C.", "bold")
    Volger(map_, take_round, scherm.show_fout).follow()
    scherm.show_regel("Gestopt. Wat nog in “in” ligt, komt de volgende keer aan de beurt.")
    return max(codes)


@dataclass
class Volger:
    """Looks at `in/` of one werkmap and runs `ronde` when something there has come to rest.

    `ronde` gets a function that tells whether to stop after the file at hand, and may raise WerkmapBezet; `bezet` is
    told of that once.
    """

    map: Path
    ronde: Callable[[Callable[[], bool]], Verwerkt]
    bezet: Callable[[WerkmapBezet], None]
    _klaar: Beeld | None = field(default=None, init=False)  #: what the last round left
    _vorig: Beeld | None = field(default=None, init=False)
    _stil_sinds: float = field(default=0.0, init=False)
    _onrust_sinds: float = field(default=0.0, init=False)
    _gewacht: bool = field(default=False, init=False)

    def follow(self) -> None:
        """Go on until Ctrl-C. The first time stops after the file at hand, the second time at once."""
        stop = threading.Event()
        map_ = self.map / IN
        with _stop_on_interrupt(stop):
            self._work(stop)
            wachter = watch(
                map_,
                watch_filter=None,
                stop_event=stop,
                rust_timeout=_TIK_MS,
                yield_on_timeout=True,
                raise_interrupt=False,
                recursive=False,
                force_polling=is_network(map_) or None,
            )
            for _ in wachter:
                if stop.is_set():
                    break
                if self._is_due(time.monotonic()):
                    self._work(stop)

    def _is_due(self, nu: float) -> bool:
        beeld = look(self.map / IN)
        if beeld == self._klaar:
            self._vorig = None
            return False
        if self._vorig is None:
            self._onrust_sinds = nu
        if beeld != self._vorig:
            self._vorig, self._stil_sinds = beeld, nu
        return nu - self._stil_sinds >= RUST or nu - self._onrust_sinds >= _HOOGSTENS

    def _work(self, stop: threading.Event) -> None:
        self._vorig, vooraf = None, look(self.map / IN)
        try:
            resultaat = self.ronde(stop.is_set)
        except WerkmapBezet as fout:
            if not self._gewacht:
                self.bezet(fout)
            self._gewacht, self._klaar = True, None
            return
        self._gewacht = False
        wacht = any(reden == IN_BEWEGING for _, reden in resultaat.overgeslagen)
        # What came while the round ran may not have been seen by it.
        self._klaar = None if wacht else look(self.map / IN) & vooraf


def look(map_: Path) -> Beeld:
    """Return what lies in a folder now. Raises SchijfFout."""
    with translate_faults(map_):
        return frozenset(_describe(pad) for pad in map_.iterdir())


def _describe(pad: Path) -> tuple[str, int, int]:
    try:
        kenmerken = pad.lstat()
    except OSError:  # gone again, or not to be seen
        return pad.name, -1, -1
    return pad.name, kenmerken.st_size, kenmerken.st_mtime_ns


@contextmanager
def _stop_on_interrupt(stop: threading.Event) -> Iterator[None]:
    def handle(_nummer: int, _frame: FrameType | None) -> None:
        stop.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    eerder = signal.signal(signal.SIGINT, handle)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, eerder)


def is_network(map_: Path) -> bool:
    """Return whether a folder lies on another computer, where nobody tells what changes: it has to be looked at."""
    if sys.platform == "win32":
        import ctypes

        schijf = PureWindowsPath(map_.resolve()).drive
        return schijf.startswith("\\\\") or ctypes.WinDLL("kernel32").GetDriveTypeW(f"{schijf}\\") == 4  # DRIVE_REMOTE
    if not _MOUNTS.is_file():
        return False
    return find_filesystem(map_.resolve(), _MOUNTS.read_text(encoding="utf-8", errors="replace")) in _NETWERK


def find_filesystem(pad: Path, mounts: str) -> str:
    """Return the kind of the file system that holds a path, out of the text of /proc/self/mounts; "" when unknown."""
    soorten = {}
    for regel in mounts.splitlines():
        delen = regel.split()
        if len(delen) > 2:
            soorten[delen[1].replace("\\040", " ")] = delen[2]
    return next((soorten[str(map_)] for map_ in (pad, *pad.parents) if str(map_) in soorten), "")
