"""The asking side of `child`: one process that reads for this one, killed and replaced when a file is too much."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

import pipeline
from pipeline.errors import ConfiguratieFout, InvoerFout
from pipeline.read.frames import READY, Opdracht, read_frame, write_frame
from pipeline.read.lezing import VERSLAG, Bezweken, Geweigerd, Lezing, Verslag
from pipeline.safezip import build_refusal

_START_SECONDS = 60.0
_STOP_SECONDS = 5.0
#: a process that has read this many is replaced: what a library leaves behind must not add up
_FILES = 250
_ROOT = str(Path(pipeline.__file__).resolve().parents[1])


@dataclass(frozen=True)
class Leeslimiet:
    """What reading one file may take: seconds by the clock, and bytes of address space (not on Windows)."""

    seconden: float = 30.0
    geheugen: int = 512 * 2**20


@dataclass
class Leesproces:
    """Looks at files in a process of its own, which starts at the first file. Not for threads."""

    limiet: Leeslimiet = field(default_factory=Leeslimiet)
    _proces: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _gelezen: int = field(default=0, init=False)

    def look(self, bestand: str, inhoud: bytes) -> Lezing:
        """Return what `read_direct` gives. Raises InvoerFout, also for a file that costs too much to read."""
        vers = self._proces is None
        verslag = self._ask(bestand, inhoud)
        if not vers and (verslag is None or isinstance(verslag, Bezweken)):
            # Files before it, or a computer that slept, may be to blame.
            verslag = self._ask(bestand, inhoud)
        if verslag is None:
            raise _refuse(bestand, "Het lezen ervan vroeg te veel tijd of geheugen")
        if isinstance(verslag, Bezweken):
            reden = f"Het programma liep erop vast ({verslag.waar})" if verslag.waar else "Het vroeg te veel geheugen"
            raise _refuse(bestand, reden)
        if isinstance(verslag, Geweigerd):
            raise InvoerFout(verslag.bevinding)
        return verslag

    @property
    def pid(self) -> int | None:
        """The number of the process that is there now, if any."""
        return self._proces.pid if self._proces else None

    def close(self) -> None:
        """End the process, if there is one; the next file starts another."""
        proces, self._proces = self._proces, None
        if proces is None:
            return
        proces.kill()
        proces.wait()
        for stroom in (proces.stdin, proces.stdout):
            if stroom is not None:
                _close(stroom)

    def _ask(self, bestand: str, inhoud: bytes) -> Verslag | None:
        """Return what the process says; None when it was killed for this file or died of it."""
        proces = self._proces or self._start()
        seconden = int(self.limiet.seconden) + 1
        opdracht = Opdracht(bestand=bestand, geheugen=self.limiet.geheugen, seconden=seconden)
        gesprek = _Gesprek(proces, opdracht.model_dump_json().encode(), inhoud)
        try:
            antwoord = gesprek.hold(self.limiet.seconden)
            verslag = VERSLAG.validate_json(antwoord) if antwoord else None
        except ValidationError:
            verslag = None
        except BaseException:  # Ctrl-C in the middle: what it would answer next belongs to this file
            self.close()
            raise
        self._gelezen += 1
        if verslag is None or isinstance(verslag, Bezweken) or self._gelezen >= _FILES:
            self.close()
        return verslag

    def _start(self) -> subprocess.Popen[bytes]:
        pad = os.pathsep.join(filter(None, (_ROOT, os.environ.get("PYTHONPATH"))))
        los = 0
        if sys.platform == "win32":
            los = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
        try:
            proces = subprocess.Popen(
                # -P: a module that somebody laid in the current folder is not ours
                [sys.executable, "-P", "-m", "pipeline.read.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": pad},
                creationflags=los,
                start_new_session=sys.platform != "win32",  # Ctrl-C is for the run, which then ends it
            )
        except OSError as fout:
            raise _refuse_start() from fout
        self._proces, self._gelezen = proces, 0
        if _Gesprek(proces).hold(_START_SECONDS) != READY:
            self.close()
            raise _refuse_start()
        return proces


class _Gesprek:
    """One question and its answer, in a thread, because a pipe knows no time limit on every system."""

    def __init__(self, proces: subprocess.Popen[bytes], *vraag: bytes) -> None:
        self._proces = proces
        self._vraag = vraag
        self._antwoord = b""

    def hold(self, seconden: float) -> bytes:
        """Return the answer; b"" when there was none in time, and then the process is dead."""
        draad = threading.Thread(target=self._talk, daemon=True)
        draad.start()
        draad.join(seconden)
        if draad.is_alive():
            self._proces.kill()
            draad.join(_STOP_SECONDS)
            return b""
        return self._antwoord

    def _talk(self) -> None:
        naar, van = self._proces.stdin, self._proces.stdout
        if naar is None or van is None:
            return
        try:
            for deel in self._vraag:
                write_frame(naar, deel)
            self._antwoord = read_frame(van) if self._vraag else van.read(len(READY))
        except (OSError, EOFError, ValueError):
            self._antwoord = b""


_PROCESSEN: dict[int, Leesproces] = {}


def get_leesproces() -> Leesproces:
    """Return the one of this process: one that was forked off cannot share its parent's."""
    eigen = os.getpid()
    if eigen not in _PROCESSEN:
        _PROCESSEN[eigen] = Leesproces()
        atexit.register(_PROCESSEN[eigen].close)
    return _PROCESSEN[eigen]


def _close(stroom: object) -> None:
    sluiten = getattr(stroom, "close", None)
    if sluiten is not None:
        try:
            sluiten()
        except OSError:  # what was still to be written has nobody to read it
            return


def _refuse(bestand: str, reden: str) -> InvoerFout:
    return build_refusal(
        "lezen-afgebroken",
        bestand,
        f"{{bestand}} is niet gelezen. {reden}; een gewoon formulier doet dat nooit.",
        "Open het in Word en bewaar het opnieuw als .docx. Lukt dat niet, vraag de afzender dan een nieuw formulier.",
    )


def _refuse_start() -> ConfiguratieFout:
    return ConfiguratieFout(
        ["Het programma kon geen proces starten om formulieren te lezen."],
        "Sluit andere programma's en probeer opnieuw. Er is niets gewijzigd.",
    )
