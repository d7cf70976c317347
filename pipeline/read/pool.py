"""The asking side of `child`: one process that reads for this one, killed and replaced when a file is too much."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
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
    """Looks at files in a process of its own, which starts at the first file.

    Not for threads: one file at a time is asked for. With `begin` the process looks at one while the caller does
    something else.
    """

    limiet: Leeslimiet = field(default_factory=Leeslimiet)
    _proces: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _gelezen: int = field(default=0, init=False)
    _vooruit: _Vraag | None = field(default=None, init=False, repr=False)

    def look(self, bestand: str, inhoud: bytes) -> Lezing:
        """Return what `read_direct` gives. Raises InvoerFout, also for a file that costs too much to read."""
        vraag = self._claim(bestand, inhoud)
        vers = vraag is None and self._proces is None
        verslag = self._ask(bestand, inhoud) if vraag is None else self._hear(vraag)
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

    def begin(self, bestand: str, inhoud: bytes) -> None:
        """Have this file looked at meanwhile: `look` for it then says what came of it, or what stood in the way.

        Nothing when there is no process: a file waits with starting one for its own turn. Never raises.
        """
        self.drop()
        if self._proces is not None:
            with suppress(RuntimeError):  # no thread to be had now
                self._vooruit = self._put(self._proces, bestand, inhoud)

    def drop(self) -> None:
        """Forget the file that was begun, when nobody asks for it any more."""
        vraag, self._vooruit = self._vooruit, None
        if vraag is None or vraag.gehoord:
            return
        if vraag.gesprek.is_over():
            self._hear(vraag)
        else:
            self.close()

    def close(self) -> None:
        """End the process, if there is one; the next file starts another."""
        if self._vooruit is not None and not self._vooruit.gehoord:
            self._vooruit = None
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
        if self._vooruit is not None:  # it answers in the order in which it was asked
            self._hear(self._vooruit)
        return self._hear(self._put(self._proces or self._start(), bestand, inhoud))

    def _claim(self, bestand: str, inhoud: bytes) -> _Vraag | None:
        """The question about this file, if it was put already."""
        vraag = self._vooruit
        if vraag is None or (vraag.bestand, vraag.inhoud) != (bestand, inhoud):
            return None
        self._vooruit = None
        return vraag

    def _put(self, proces: subprocess.Popen[bytes], bestand: str, inhoud: bytes) -> _Vraag:
        seconden = int(self.limiet.seconden) + 1
        opdracht = Opdracht(bestand=bestand, geheugen=self.limiet.geheugen, seconden=seconden)
        gesprek = _Gesprek(proces, opdracht.model_dump_json().encode(), inhoud, seconden=self.limiet.seconden)
        return _Vraag(bestand, inhoud, gesprek)

    def _hear(self, vraag: _Vraag) -> Verslag | None:
        """Wait for the answer, once; what it was is kept with the question."""
        if vraag.gehoord:
            return vraag.verslag
        try:
            antwoord = vraag.gesprek.hold()
            vraag.verslag = VERSLAG.validate_json(antwoord) if antwoord else None
        except ValidationError:
            vraag.verslag = None
        except BaseException:  # Ctrl-C in the middle: what it would answer next belongs to this file
            self.close()
            raise
        vraag.gehoord = True
        self._gelezen += 1
        if vraag.verslag is None or isinstance(vraag.verslag, Bezweken) or self._gelezen >= _FILES:
            self.close()
        return vraag.verslag

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
        if _Gesprek(proces, seconden=_START_SECONDS).hold() != READY:
            self.close()
            raise _refuse_start()
        return proces


class _Gesprek:
    """One question and its answer, in a thread, because a pipe knows no time limit on every system.

    It begins, and its time too, when it is made.
    """

    def __init__(self, proces: subprocess.Popen[bytes], *vraag: bytes, seconden: float) -> None:
        self._proces = proces
        self._vraag = vraag
        self._antwoord = b""
        self._tot = time.monotonic() + seconden
        self._draad = threading.Thread(target=self._talk, daemon=True)
        self._draad.start()

    def is_over(self) -> bool:
        """Whether the answer is there, or will never come."""
        return not self._draad.is_alive()

    def hold(self) -> bytes:
        """Return the answer; b"" when there was none in time, and then the process is dead."""
        self._draad.join(max(0.0, self._tot - time.monotonic()))
        if self._draad.is_alive():
            self._proces.kill()
            self._draad.join(_STOP_SECONDS)
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


@dataclass
class _Vraag:
    """What was asked, and what came of it once it was heard."""

    bestand: str
    inhoud: bytes = field(repr=False)
    gesprek: _Gesprek
    verslag: Verslag | None = field(default=None, repr=False)
    gehoord: bool = False


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
