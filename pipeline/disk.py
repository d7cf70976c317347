"""Writing files so that a kill, a full disk or an odd name never costs one: a tool that the stages share."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import ExitCode, OverlegFout

NAAM_TEKENS = 100
NAAM_BYTES = 200
SUFFIX_TEKENS = 10
NAAMLOOS = "naamloos"
_BLOK = 1 << 20
_VERBODEN = re.compile(r'[<>:"/\\|?*]')
# Windows gives these to devices, with or without an extension and in any case.
_APPARATEN = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
    | {f"{poort}{cijfer}" for poort in ("COM", "LPT") for cijfer in "0123456789¹²³"}
)
_TIJDELIJK = re.compile(r"\.~[0-9a-f]{16}\.tmp")


class SchijfFout(OverlegFout):
    """The disk refused: full, no rights, or the file is open in another program."""

    exit_code = ExitCode.CONFIGURATIE


@contextmanager
def translate_faults(pad: Path) -> Iterator[None]:
    """Turn an OSError about `pad` into a SchijfFout that names the file and what to do."""
    try:
        yield
    except OSError as fout:
        raise _describe_fault(pad, fout) from fout


def _describe_fault(pad: Path, fout: OSError) -> SchijfFout:
    naam = f"{pad.parent.name}/{pad.name}"
    if isinstance(fout, PermissionError):
        return SchijfFout(
            f"{naam} is open in een ander programma, of u hebt hier geen schrijfrechten.",
            "Sluit het document in Word en probeer opnieuw.",
        )
    if fout.errno in (errno.ENOSPC, errno.EDQUOT):
        return SchijfFout(f"De schijf is vol: {naam} kon niet geschreven worden.", "Maak ruimte en probeer opnieuw.")
    if fout.errno == errno.EROFS:
        return SchijfFout(
            f"De schijf is enkel te lezen: {naam} kon niet geschreven worden.",
            "Kijk of de schijf of de netwerkmap beveiligd is tegen schrijven, en vraag zo nodig schrijfrechten.",
        )
    if fout.errno in (errno.EEXIST, errno.ENOTDIR, errno.EISDIR):
        return SchijfFout(
            f"{naam} kan niet geschreven worden: er staat een bestand op de plaats van een map, of omgekeerd.",
            "Hernoem of verplaats wat daar staat en probeer opnieuw; er wordt niets overschreven.",
        )
    if fout.errno == errno.ENAMETOOLONG:
        return SchijfFout(
            f"De naam van {naam} is te lang voor deze schijf.",
            "Zet de werkmap in een map met een korter pad en probeer opnieuw.",
        )
    return SchijfFout(
        f"{naam} kon niet gelezen of geschreven worden (systeemfout {fout.errno}).",
        "Kijk of de schijf of het netwerk bereikbaar is en probeer opnieuw.",
    )


def hash_bytes(inhoud: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(inhoud).hexdigest()


def hash_file(pad: Path) -> str:
    """SHA-256 of a file of any size, in little memory. Raises OSError."""
    with pad.open("rb") as stroom:
        som = hashlib.sha256()
        while blok := stroom.read(_BLOK):
            som.update(blok)
    return som.hexdigest()


def sync_folder(pad: Path) -> None:
    """Make renames in this folder survive a power cut. Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    houvast = os.open(pad, os.O_RDONLY)
    try:
        os.fsync(houvast)
    finally:
        os.close(houvast)


def write_synced(pad: Path, inhoud: bytes) -> None:
    """Write a new file through to the disk. Raises FileExistsError when it is there already."""
    with pad.open("xb") as stroom:
        stroom.write(inhoud)
        stroom.flush()
        os.fsync(stroom.fileno())


def write_atomic(pad: Path, inhoud: bytes) -> None:
    """Write a file that is there whole or not at all. Makes the folder; raises SchijfFout.

    The temporary name follows from the final one, so that the run after a kill overwrites what the killed one left.
    """
    tijdelijk = pad.with_name(f".~{hash_bytes(pad.name.encode('utf-8', 'replace'))[:16]}.tmp")
    with translate_faults(pad):
        pad.parent.mkdir(parents=True, exist_ok=True)
        tijdelijk.unlink(missing_ok=True)
        try:
            write_synced(tijdelijk, inhoud)
            tijdelijk.replace(pad)
        finally:
            tijdelijk.unlink(missing_ok=True)
        sync_folder(pad.parent)


def sweep(*mappen: Path) -> None:
    """Remove what killed runs left half-written in these folders. Only for who holds the lock."""
    for map_ in mappen:
        with translate_faults(map_):
            for pad in map_.iterdir() if map_.is_dir() else ():
                if _TIJDELIJK.fullmatch(pad.name):
                    pad.unlink(missing_ok=True)


def make_safe_name(naam: str, staart: str = "") -> str:
    """A file name that Windows, macOS and Linux all accept, as close to `naam` as that allows.

    `staart` (" (2)") goes before the extension. A safe name comes back unchanged.
    """
    schoon = _clean(naam)
    stam, punt, suffix = schoon.rpartition(".")
    if not stam or not suffix.isalnum() or len(suffix) > SUFFIX_TEKENS:
        stam, punt, suffix = schoon, "", ""
    einde = f"{staart}{punt}{suffix}"
    return _shorten(_avoid_devices(stam), einde) + einde


def _clean(naam: str) -> str:
    zichtbaar = "".join(teken for teken in naam if teken.isspace() or unicodedata.category(teken)[0] != "C")
    tekst = _VERBODEN.sub("_", unicodedata.normalize("NFC", zichtbaar))
    return " ".join(tekst.split()).lstrip(" .~").rstrip(" .")


def _avoid_devices(stam: str) -> str:
    return f"_{stam}" if stam.split(".")[0].strip().upper() in _APPARATEN else stam


def _shorten(stam: str, einde: str) -> str:
    kort = stam[: NAAM_TEKENS - len(einde)]
    while len(f"{kort}{einde}".encode()) > NAAM_BYTES:
        kort = kort[:-1]
    return kort.rstrip(" .") or NAAMLOOS


def choose_free(map_: Path, naam: str) -> Path:
    """A path in this folder under a safe form of `naam` that nothing has yet: "naam (2).docx"."""
    kandidaat, nummer = map_ / make_safe_name(naam), 1
    while os.path.lexists(kandidaat):
        nummer += 1
        kandidaat = map_ / make_safe_name(naam, f" ({nummer})")
    return kandidaat
