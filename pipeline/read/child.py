"""The process that looks at files of others, one after another: `python -m pipeline.read.child`, started by `pool`.

A request is a JSON line of the file's name and the limits, then its bytes; an answer is a `Verslag` as JSON. Lengths go
before them. It ends when its input ends, so it never outlives the run that started it.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
import traceback
import zlib
from pathlib import Path

from pipeline.errors import InvoerFout
from pipeline.read.direct import read_direct
from pipeline.read.frames import READY, Opdracht, read_frame, write_frame
from pipeline.read.lezing import Bezweken, Geweigerd, Verslag

if sys.platform != "win32":
    import resource

_Z_MEM_ERROR = "Error -4 "


def main() -> None:
    """Answer until the input ends."""
    vragen = sys.stdin.buffer
    # Whatever a library prints must not be taken for an answer, and may hold what a form holds.
    antwoorden = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nergens = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nergens, sys.stdout.fileno())
    gc.freeze()  # what is loaded by now stays: collecting after a file looks at that file only
    antwoorden.write(READY)
    antwoorden.flush()
    while vraag := read_frame(vragen):
        opdracht = Opdracht.model_validate_json(vraag)
        _limit(opdracht)
        verslag = _look(opdracht.bestand, read_frame(vragen))
        write_frame(antwoorden, _spell(verslag))
        if isinstance(verslag, Bezweken):
            return  # memory ran out or something broke: a fresh process reads the next file
        gc.collect()


def _look(bestand: str, inhoud: bytes) -> Verslag:
    try:
        return read_direct(bestand, inhoud)
    except InvoerFout as fout:
        if _is_out_of_memory(fout.__cause__):
            return Bezweken()
        return Geweigerd(bevinding=fout.bevinding)
    except MemoryError:
        return Bezweken()
    except Exception as fout:  # the boundary of the process: a fault of ours costs this file only, and shows where
        laatste = traceback.extract_tb(fout.__traceback__)[-1]
        return Bezweken(waar=f"{type(fout).__name__} in {Path(laatste.filename).name}, regel {laatste.lineno}")


def _is_out_of_memory(oorzaak: BaseException | None) -> bool:
    """However a library says so: zlib by a number, the system by another."""
    if isinstance(oorzaak, zlib.error):
        return str(oorzaak).startswith(_Z_MEM_ERROR)
    return isinstance(oorzaak, MemoryError) or (isinstance(oorzaak, OSError) and oorzaak.errno == errno.ENOMEM)


def _spell(verslag: Verslag) -> bytes:
    try:
        return verslag.model_dump_json().encode()
    except (ValueError, MemoryError):
        return Bezweken().model_dump_json().encode()


def _limit(opdracht: Opdracht) -> None:
    """Bound memory and processor time where the system can: Windows cannot, there only the clock of `pool` counts."""
    if sys.platform == "win32":
        return
    if opdracht.geheugen:
        _set(resource.RLIMIT_AS, opdracht.geheugen)
    if opdracht.seconden:
        gebruikt = resource.getrusage(resource.RUSAGE_SELF)
        _set(resource.RLIMIT_CPU, int(gebruikt.ru_utime + gebruikt.ru_stime) + 1 + opdracht.seconden)


def _set(soort: int, waarde: int) -> None:
    """Set the soft limit only, so that the next file may have another."""
    _, hard = resource.getrlimit(soort)
    resource.setrlimit(soort, (waarde if hard == resource.RLIM_INFINITY else min(waarde, hard), hard))


if __name__ == "__main__":
    main()
