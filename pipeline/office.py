"""LibreOffice as a process: found, started with a profile of its own, watched, and stopped with all its children."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline.errors import GebruikFout

if sys.platform != "win32":
    import resource

#: Seconds that a call may take to start, and for each file.
START_SECONDS = 60.0
FILE_SECONDS = 20.0
#: Starting costs as much as fourteen letters; the memory of a call does not grow with its files.
FILES_PER_CALL = 100
_LOOK_SECONDS = 1.0
#: From this many files on, two processes side by side are faster than one.
SIDE_BY_SIDE = 20

_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)
_COMMON = "/org.openoffice.Office.Common"
#: No macros, nothing fetched from elsewhere, no links brought up to date, no questions at the first start.
_SETTINGS = (
    (f"{_COMMON}/Security/Scripting", "MacroSecurityLevel", "3"),
    (f"{_COMMON}/Security/Scripting", "DisableMacrosExecution", "true"),
    (f"{_COMMON}/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    (f"{_COMMON}/Security/Scripting", "DisableActiveContent", "true"),
    (f"{_COMMON}/Misc", "FirstRun", "false"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Writer/Content/Update", "Field", "false"),
    (
        "/org.openoffice.Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments",
        "AutoCheckEnabled",
        "false",
    ),
)
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
{items}
</oor:items>
"""
_ITEM = '<item oor:path="{pad}"><prop oor:name="{naam}" oor:op="fuse"><value>{waarde}</value></prop></item>'


def find_office() -> Path | None:
    """Give the LibreOffice program of this machine, or None."""
    for naam in ("soffice.com", "soffice", "libreoffice"):
        gevonden = shutil.which(naam)
        if gevonden:
            return Path(gevonden)
    windows = [os.environ.get(naam) for naam in ("ProgramFiles", "ProgramFiles(x86)", "ProgramW6432", "LOCALAPPDATA")]
    plekken = [Path(map_, "LibreOffice", "program", "soffice.com") for map_ in windows if map_]
    plekken += [Path(plek) for plek in _PLACES]
    plekken += sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True)
    return next((plek for plek in plekken if plek.is_file()), None)


def office_version(programma: Path) -> str:
    """Give the version that LibreOffice says it has ("7.4.7.2"), or "onbekend"."""
    with tempfile.TemporaryDirectory(prefix="overleg-") as map_:
        klaar = run_office(programma, Path(map_), ["--version"], seconds=START_SECONDS)
    return next((woord for woord in (klaar or "").split() if woord[:1].isdigit()), "onbekend")


@dataclass(frozen=True)
class Limieten:
    """What LibreOffice may take, in bytes, where the system can hold it to that (Linux): memory, and one file."""

    geheugen: int
    bestand: int


def convert_files(
    programma: Path,
    documenten: Sequence[bytes],
    doel: str,
    opties: Mapping[str, object],
    *,
    extensie: str = "docx",
    invoer: str = "",
    limieten: Limieten | None = None,
    start_seconds: float = START_SECONDS,
    file_seconds: float = FILE_SECONDS,
) -> list[bytes | None]:
    """Convert files with LibreOffice.

    In: the program, the files, the target ("pdf:writer_pdf_Export") and its options; the only filter (`invoer`) to
    open them with, else LibreOffice guesses. Out: per file, in order, the bytes that LibreOffice wrote, or None where
    it wrote nothing: it says "done" then too, so only the file itself counts. The first file without an answer is
    tried once more by itself and those behind it go on together, so that one bad file cannot take its neighbours along.
    A call is stopped when no file came out of it for `start_seconds` and `file_seconds` together.
    """
    filter_ = f"{doel}:{json.dumps(_typed(opties))}" if opties else doel
    start = _Start(programma, filter_, extensie, invoer, limieten, start_seconds + file_seconds)
    werkers = 2 if len(documenten) >= SIDE_BY_SIDE else 1
    with ThreadPoolExecutor(werkers) as pool:
        return list(itertools.chain.from_iterable(pool.map(partial(_convert_all, start), _batches(documenten))))


def _batches(documenten: Sequence[bytes]) -> list[Sequence[bytes]]:
    """Cut the work in equal batches: an even number of them when two processes share it."""
    if len(documenten) < SIDE_BY_SIDE:
        return [documenten] if documenten else []
    paren = -(-len(documenten) // (2 * FILES_PER_CALL))
    grootte = -(-len(documenten) // (2 * paren))
    return [documenten[begin : begin + grootte] for begin in range(0, len(documenten), grootte)]


@dataclass(frozen=True)
class _Start:
    """How a call is made."""

    programma: Path
    doel: str
    extensie: str
    invoer: str
    limieten: Limieten | None
    seconds: float


def _convert_all(start: _Start, batch: Sequence[bytes]) -> list[bytes | None]:
    """Convert in as many calls as it takes: each of them settles at least one file."""
    gedaan: list[bytes | None] = [None] * len(batch)
    werk = list(range(len(batch)))
    while werk:
        for nummer, uit in zip(werk, _convert_batch(start, [batch[nummer] for nummer in werk]), strict=True):
            gedaan[nummer] = uit
        alleen = len(werk) == 1
        werk = [nummer for nummer in werk if gedaan[nummer] is None]
        if werk and not alleen:
            gedaan[werk[0]] = _convert_batch(start, [batch[werk[0]]])[0]
        werk = werk[1:]
    return gedaan


def _convert_batch(start: _Start, batch: Sequence[bytes]) -> list[bytes | None]:
    """Convert in one call; names are numbers, so that equal names cannot overwrite each other and say nothing."""
    with tempfile.TemporaryDirectory(prefix="overleg-", ignore_cleanup_errors=True) as naam:
        map_ = Path(naam)
        bronnen = [map_ / f"{nummer:04}.{start.extensie}" for nummer in range(1, len(batch) + 1)]
        for bron, inhoud in zip(bronnen, batch, strict=True):
            bron.write_bytes(inhoud)
        uit = map_ / "uit"
        invoer = [f"--infilter={start.invoer}"] if start.invoer else []
        opdracht = [*invoer, "--convert-to", start.doel, "--outdir", str(uit), *map(str, bronnen)]
        klaar = run_office(
            start.programma, map_, opdracht, seconds=start.seconds, limieten=start.limieten, uitvoermap=uit
        )
        if klaar is None:
            _drop_newest(uit)
        achtervoegsel = "." + start.doel.partition(":")[0]
        return [_read(uit / (bron.stem + achtervoegsel)) for bron in bronnen]


def _drop_newest(map_: Path) -> None:
    """Throw away what LibreOffice was writing when it was stopped: that may be half a file."""
    for bestand in sorted(map_.glob("*"), key=lambda bestand: bestand.stat().st_mtime_ns)[-1:]:
        bestand.unlink()


def _typed(opties: Mapping[str, object]) -> dict[str, dict[str, str]]:
    return {
        naam: {"type": "boolean" if isinstance(waarde, bool) else "long", "value": str(waarde).lower()}
        for naam, waarde in opties.items()
    }


def _read(bestand: Path) -> bytes | None:
    return (bestand.read_bytes() or None) if bestand.is_file() else None


def run_office(
    programma: Path,
    map_: Path,
    argumenten: Sequence[str],
    *,
    seconds: float,
    limieten: Limieten | None = None,
    uitvoermap: Path | None = None,
) -> str | None:
    """Run LibreOffice once, with a profile under `map_`.

    Out: what it printed; None when it did not end within `seconds`, counted again from each file that appears in
    `uitvoermap`, and was stopped, with all that it started. Its exit code says nothing and is not looked at.
    Raises GebruikFout when the program cannot be started.
    """
    proces = _launch(programma, map_, argumenten)
    try:
        if limieten is not None:
            _limit(proces.pid, limieten)
        uitvoer = _wait(proces, seconds, uitvoermap)
    finally:
        if proces.returncode is None:
            _kill_group(proces)
    return uitvoer if uitvoer is None else uitvoer.decode("utf-8", errors="replace")


def _launch(programma: Path, map_: Path, argumenten: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start it, with a profile of its own and in a group of its own."""
    profiel = map_ / "profiel"
    _write_profile(profiel)
    opdracht = [str(programma), f"-env:UserInstallation={profiel.as_uri()}", "--headless", "--norestore", "--nologo"]
    opdracht += ["--nodefault", "--nofirststartwizard", "--nolockcheck", *argumenten]
    eigen_groep = 0
    if sys.platform == "win32":
        eigen_groep = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    try:
        return subprocess.Popen(  # noqa: S603  our own list of arguments, no shell
            opdracht,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=eigen_groep,
            start_new_session=sys.platform != "win32",
        )
    except OSError as fout:
        raise GebruikFout(
            f"LibreOffice ({programma}) kan niet gestart worden.", "Installeer LibreOffice opnieuw."
        ) from fout


def _wait(proces: subprocess.Popen[bytes], seconds: float, uitvoermap: Path | None) -> bytes | None:
    """What it printed when it ended; None when so many seconds went by without an end or another file."""
    gezien, einde = 0, time.monotonic() + seconds
    while (over := einde - time.monotonic()) > 0:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return proces.communicate(timeout=min(over, _LOOK_SECONDS))[0]
        aantal = len(list(uitvoermap.glob("*"))) if uitvoermap is not None else 0
        if aantal > gezien:
            gezien, einde = aantal, time.monotonic() + seconds
    return None


def _limit(pid: int, limieten: Limieten) -> None:
    """Bound a process that has just started, and so all that it will start. Only Linux can do this from outside."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # it has ended already, or has lower limits
            resource.prlimit(pid, resource.RLIMIT_AS, (limieten.geheugen, limieten.geheugen))
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (limieten.bestand, limieten.bestand))


def _write_profile(profiel: Path) -> None:
    gebruiker = profiel / "user"
    gebruiker.mkdir(parents=True, exist_ok=True)
    items = "\n".join(_ITEM.format(pad=pad.replace("'", "&apos;"), naam=n, waarde=w) for pad, n, w in _SETTINGS)
    (gebruiker / "registrymodifications.xcu").write_text(_PROFILE.format(items=items), encoding="utf-8")


def _kill_group(proces: subprocess.Popen[bytes]) -> None:
    """Stop a process that has not ended, and all its children."""
    if sys.platform == "win32":
        taskkill = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")
        opdracht = [str(taskkill), "/F", "/T", "/PID", str(proces.pid)]
        subprocess.run(opdracht, check=False, capture_output=True)  # noqa: S603  our own list of arguments
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(proces.pid, signal.SIGKILL)
    proces.kill()
    proces.wait()
    if proces.stdout is not None:
        proces.stdout.close()
