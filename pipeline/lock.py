"""One run per werkmap: a lock file that says who holds it, since when, and that a dead owner gives up."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pydantic import ValidationError

from pipeline.disk import translate_faults
from pipeline.errors import WerkmapBezet
from schemas.base import Model
from schemas.datum import format_datum

SLOT = ".overleg.lock"
#: A lock without an owner is one whose writer died between making and filling it; give a living one this time.
LEEG_NA = 60.0
_REMEDIE = (
    "Wacht tot die klaar is en probeer opnieuw. Loopt er zeker niets meer, "
    f"verwijder dan het bestand {SLOT} in de werkmap."
)


class Eigenaar(Model):
    """Who holds the lock."""

    host: str
    pid: int
    sinds: dt.datetime


@contextmanager
def hold_lock(werkmap: Path, *, nu: dt.datetime, host: str, pid: int) -> Iterator[None]:
    """Hold the werkmap's lock for the length of a block.

    Raises WerkmapBezet when another run has it. A lock of a process of this host that is no longer there is
    taken over; one of another host never, because from here nobody can see whether that run still lives.
    """
    with _hold(werkmap / SLOT, Eigenaar(host=host, pid=pid, sinds=nu)):
        yield


@contextmanager
def _hold(pad: Path, eigenaar: Eigenaar) -> Iterator[None]:
    inhoud = eigenaar.model_dump_json().encode()
    if not _create(pad, inhoud):
        _remove_dead(pad, eigenaar)
        if not _create(pad, inhoud):
            raise _describe_owner(_read(pad))
    try:
        yield
    finally:
        _release(pad, inhoud)


def _create(pad: Path, inhoud: bytes) -> bool:
    with translate_faults(pad):
        try:
            with pad.open("xb", buffering=0) as stroom:
                stroom.write(inhoud)
        except FileExistsError:
            return False
    return True


def _read(pad: Path) -> bytes | None:
    with translate_faults(pad), suppress(FileNotFoundError):
        return pad.read_bytes()
    return None


def _remove_dead(pad: Path, eigenaar: Eigenaar) -> None:
    inhoud = _read(pad)
    if inhoud is None:
        return
    if not _is_dead(pad, inhoud, eigenaar):
        raise _describe_owner(inhoud)
    # Of two runs that both saw a dead owner, the slower would remove the lock that the faster has just made.
    # Hence a lock on taking over, which can itself be a dead one's.
    with _hold(pad.with_name(pad.name + ".overname"), eigenaar), translate_faults(pad):
        inhoud = _read(pad)
        if inhoud is not None and _is_dead(pad, inhoud, eigenaar):
            pad.unlink()


def _is_dead(pad: Path, inhoud: bytes, eigenaar: Eigenaar) -> bool:
    if inhoud:
        ander = _parse(inhoud)
        return ander is not None and ander.host == eigenaar.host and not is_alive(ander.pid)
    with translate_faults(pad), suppress(FileNotFoundError):
        return eigenaar.sinds.timestamp() - pad.stat().st_mtime > LEEG_NA
    return False


def _parse(inhoud: bytes) -> Eigenaar | None:
    try:
        return Eigenaar.model_validate_json(inhoud)
    except ValidationError:
        return None


def _describe_owner(inhoud: bytes | None) -> WerkmapBezet:
    eigenaar = _parse(inhoud or b"")
    if eigenaar is None:
        return WerkmapBezet("Deze werkmap is in gebruik; door wie is niet te lezen.", _REMEDIE)
    moment = f"{format_datum(eigenaar.sinds.date())} om {eigenaar.sinds:%H.%M} uur"
    return WerkmapBezet(
        f"Deze werkmap is in gebruik: computer {eigenaar.host} werkt erin sinds {moment} (proces {eigenaar.pid}).",
        _REMEDIE,
    )


def _release(pad: Path, eigen: bytes) -> None:
    # A virus scanner may hold the file for a moment; the next run takes a dead owner's lock over.
    with suppress(OSError):
        if pad.read_bytes() == eigen:
            pad.unlink()


if sys.platform == "win32":

    def is_alive(pid: int) -> bool:
        """Whether a process with this number runs on this computer."""
        # os.kill would end the process here.
        import ctypes

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = ctypes.c_void_p
        houvast = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
        if not houvast:
            return ctypes.get_last_error() == 5  # access denied: it lives, under somebody else
        code = ctypes.c_ulong()
        kernel.GetExitCodeProcess(ctypes.c_void_p(houvast), ctypes.byref(code))
        kernel.CloseHandle(ctypes.c_void_p(houvast))
        return code.value == 259  # STILL_ACTIVE

else:

    def is_alive(pid: int) -> bool:
        """Whether a process with this number runs on this computer."""
        if pid <= 0:
            return False
        try:
            os.kill(pid, 0)
        except (ProcessLookupError, OverflowError):
            return False
        except PermissionError:
            return True
        return True
