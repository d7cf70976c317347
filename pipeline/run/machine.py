"""What can be known of the computer and the place of a werkmap: fonts, encryption of the disk, synchronised folders."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_SECONDEN = 10
#: Names that programs give to the second of two versions that met: OneDrive, Dropbox, Nextcloud, Syncthing.
_CONFLICT = re.compile(r"conflict|in conflict|strijdige|\bsync-conflict-", re.IGNORECASE)
_SYNC = re.compile(r"OneDrive|Dropbox|Google Drive|GoogleDrive|iCloud|Nextcloud|ownCloud|SharePoint", re.IGNORECASE)
_NETWERK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afpfs", "webdav", "fuse.rclone"})
_LETTERTYPE = "Carlito"


def find_conflicts(werkmap: Path) -> list[str]:
    """Files beside the register and the settings that a synchronising program set apart, and forms in `in/`."""
    plaatsen = (werkmap, *(werkmap / naam for naam in ("in", "reserve", "kenmerken", "verzendlijst")))
    gevonden = (pad for map_ in plaatsen if map_.is_dir() for pad in map_.iterdir() if pad.is_file())
    namen = [pad for pad in gevonden if _CONFLICT.search(pad.name) or _is_second_register(pad)]
    return sorted(pad.relative_to(werkmap).as_posix() for pad in namen)


def _is_second_register(pad: Path) -> bool:
    return pad.suffix == ".sqlite" and pad.parent.name != "reserve" and pad.name != "register.sqlite"


def describe_place(werkmap: Path) -> str:
    """Why this place asks for care, in Dutch; "" for an ordinary folder of this computer."""
    pad = str(werkmap.absolute())
    if pad.startswith("\\\\") or pad.startswith("//"):
        return "De werkmap staat op een netwerkpad."
    if _SYNC.search(pad):
        return "De werkmap staat in een gesynchroniseerde map."
    if _get_filesystem(werkmap) in _NETWERK:
        return "De werkmap staat op een netwerkschijf."
    return ""


def _get_filesystem(werkmap: Path) -> str:
    """The kind of the file system where Linux tells it, else ""."""
    try:
        regels = Path("/proc/mounts").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    pad = werkmap.absolute().as_posix()
    punten = [(delen[1], delen[2]) for regel in regels if len(delen := regel.split()) > 2]
    boven = [(punt, soort) for punt, soort in punten if pad == punt or pad.startswith(f"{punt.rstrip('/')}/")]
    return max(boven, key=lambda paar: len(paar[0]), default=("", ""))[1]


def describe_font() -> tuple[str, bool | None]:
    """Whether the font of the templates is there; None where it cannot be asked."""
    if shutil.which("fc-match") is None:
        return "niet na te gaan op dit systeem", None
    uit = _ask("fc-match", "--format=%{family}", _LETTERTYPE)
    return (f"{_LETTERTYPE} is aanwezig", True) if _LETTERTYPE in uit else (f"{_LETTERTYPE} ontbreekt", False)


def describe_encryption(werkmap: Path) -> tuple[str, bool | None]:
    """Whether the disk is encrypted; None where it cannot be known without more rights."""
    if sys.platform == "darwin":
        uit = _ask("fdesetup", "status")
        if "FileVault is" in uit:
            return ("FileVault staat aan", True) if "is On" in uit else ("FileVault staat uit", False)
    if sys.platform == "linux" and shutil.which("findmnt") and shutil.which("lsblk"):
        bron = _ask("findmnt", "--noheadings", "--output", "SOURCE", "--target", str(werkmap.absolute())).strip()
        lagen = _ask("lsblk", "--noheadings", "--inverse", "--output", "TYPE", bron) if bron.startswith("/dev/") else ""
        if lagen:
            return ("de schijf is versleuteld", True) if "crypt" in lagen else ("de schijf is niet versleuteld", False)
    return "niet na te gaan; vraag uw ICT-dienst of de schijf versleuteld is (BitLocker, FileVault)", None


def _ask(*opdracht: str) -> str:
    try:
        klaar = subprocess.run(  # noqa: S603
            opdracht, capture_output=True, text=True, timeout=_SECONDEN, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return klaar.stdout if klaar.returncode == 0 else ""


def iterate_facts(werkmap: Path) -> Iterator[tuple[str, str, bool | None]]:
    """What, how it stands, and whether that is in order (None: unknown)."""
    yield ("Lettertype", *describe_font())
    yield ("Versleuteling van de schijf", *describe_encryption(werkmap))
