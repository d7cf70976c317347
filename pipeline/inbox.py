"""What lies in `in/`, and its only two ways out: to `archief/` and gone, or to `quarantaine/` with the reason.

Nothing is removed from `in/` before its content is safe elsewhere, so a run may be killed between any two steps.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import stat
from contextlib import suppress
from pathlib import Path

from pipeline.disk import (
    choose_free,
    hash_bytes,
    hash_file,
    make_safe_name,
    sync_folder,
    translate_faults,
    write_atomic,
)
from pipeline.errors import ConfiguratieFout
from pipeline.kinds import detect_kind
from schemas.base import Model, Vertrouwelijk
from schemas.bevinding import Bevinding, Ernst

IN, ARCHIEF, QUARANTAINE = "in", "archief", "quarantaine"
MAX_BYTES = 25 * 1024 * 1024
REDEN, REDEN_JSON = ".reden.txt", ".reden.json"

OPEN = "Dit bestand is open in een ander programma; sluit het document in Word en probeer opnieuw."
BEWERKT = (
    "Dit bestand is open in Word of LibreOffice; bewaar en sluit het, en probeer opnieuw. Is het nergens meer open, "
    "open en sluit het dan nog één keer."
)
ONLEESBAAR = "Dit bestand is nu niet te lezen; kijk of de schijf of het netwerk bereikbaar is en probeer opnieuw."
IN_BEWEGING = "Dit bestand wordt nog geschreven; het komt bij de volgende verwerking aan de beurt."
VERBORGEN = "Dit is een verborgen bestand; is het een formulier, maak het dan zichtbaar en geef het een gewone naam."
GEWIJZIGD = "Dit bestand is intussen gewijzigd; de nieuwe versie komt bij de volgende verwerking aan de beurt."

_GENEGEERD = (
    (re.compile(r"~\$.*|\.~lock.*", re.I), "Dit is een hulpbestand van Word of LibreOffice; u mag het laten staan."),
    (re.compile(r".*\.tmp", re.I), "Dit is een tijdelijk bestand; u mag het laten staan."),
    (re.compile(r"thumbs\.db|desktop\.ini|\.ds_store", re.I), "Dit bestand is van de computer zelf."),
    (re.compile(r".*\.reden\.(txt|json)", re.I), "Dit is de uitleg bij een geweigerd document, geen formulier."),
    (re.compile(r"\..*"), VERBORGEN),
)
_WEEGT = {Ernst.FOUT: 0, Ernst.WAARSCHUWING: 1, Ernst.INFO: 2}


class Binnengekomen(Vertrouwelijk):
    """One file as it lay in `in/`. `inhoud` stops one byte past MAX_BYTES; `sha256` is that of the whole file.

    A `bijlage` lies in a message that lies in `in/`: it is archived like any form, and leaves with its message.
    """

    naam: str
    pad: Path
    inhoud: bytes
    sha256: str
    bijlage: bool = False

    @property
    def te_groot(self) -> bool:
        """Whether the file is larger than what is read of it."""
        return len(self.inhoud) > MAX_BYTES


class Wachtend(Model):
    """One file of `in/` that waits for its turn, as it lay there when it was listed."""

    naam: str
    pad: Path
    grootte: int
    gewijzigd: int  #: nanoseconds since the epoch


class Overgeslagen(Model):
    """One entry of `in/` that is left where it is, and why (Dutch)."""

    naam: str
    reden: str
    hulpbestand: bool = False  #: of a program or the computer: nobody has to do anything
    open: bool = False  #: in another program: it may be closed in a moment


def list_inkomend(
    werkmap: Path, *, rust: float = 0, nu: dt.datetime | None = None
) -> tuple[tuple[Wachtend, ...], tuple[Overgeslagen, ...]]:
    """All files that lie in `in/`, unread, and all that is not taken, both sorted by name. Writes nothing.

    A file changed less than `rust` seconds before `nu` waits. Raises ConfiguratieFout when there is no `in/`.
    """
    map_ = werkmap / IN
    if not map_.is_dir():
        raise ConfiguratieFout([f'De map "{IN}" ontbreekt in de werkmap.'], "Maak deze map opnieuw aan.")
    with translate_faults(map_):
        paden = sorted(map_.iterdir(), key=lambda pad: pad.name)
    namen = {pad.name for pad in paden}
    gezien = [_look(pad, rust, nu, bewerkt=not namen.isdisjoint(_list_marks(pad.name))) for pad in paden]
    wachtend = tuple(item for item in gezien if isinstance(item, Wachtend))
    return wachtend, tuple(item for item in gezien if isinstance(item, Overgeslagen))


def read_inkomend(wachtend: Wachtend) -> Binnengekomen | Overgeslagen:
    """Read a file whose turn it is; why it is left when it was opened, changed or moved since it was listed."""
    pad, naam = wachtend.pad, wachtend.naam
    try:
        if _is_marked(pad):
            return Overgeslagen(naam=naam, reden=BEWERKT, open=True)
        if _is_changed(wachtend):
            return Overgeslagen(naam=naam, reden=IN_BEWEGING)
        with pad.open("rb") as stroom:
            inhoud = stroom.read(MAX_BYTES + 1)
        som = hash_file(pad) if len(inhoud) > MAX_BYTES else hash_bytes(inhoud)
        if _is_changed(wachtend):
            return Overgeslagen(naam=naam, reden=IN_BEWEGING)
    except OSError as fout:
        return _explain(naam, fout)
    return Binnengekomen(naam=naam, pad=pad, inhoud=inhoud, sha256=som)


def _is_marked(pad: Path) -> bool:
    for merk in _list_marks(pad.name):
        with suppress(OSError):  # of a name that has no room for a mark there is none
            if pad.with_name(merk).exists():
                return True
    return False


def _is_changed(wachtend: Wachtend) -> bool:
    kenmerken = wachtend.pad.lstat()
    nu = (kenmerken.st_size, kenmerken.st_mtime_ns)
    return not stat.S_ISREG(kenmerken.st_mode) or nu != (wachtend.grootte, wachtend.gewijzigd)


def _list_marks(naam: str) -> tuple[str, ...]:
    """The names of the files by which Word or LibreOffice say that somebody is working in this one.

    Word writes "~$" over the first letters of a name, or before a short one.
    """
    return (f"~${naam}", f"~${naam[1:]}", f"~${naam[2:]}", f".~lock.{naam}#")


def _look(pad: Path, rust: float, nu: dt.datetime | None, *, bewerkt: bool) -> Wachtend | Overgeslagen:
    naam = _get_naam(pad)
    try:
        kenmerken = pad.lstat()
    except OSError as fout:
        return _explain(naam, fout)
    if hulp := _find_hulpbestand(pad, kenmerken):
        return Overgeslagen(naam=naam, reden=hulp, hulpbestand=True)
    reden = _find_reden(kenmerken) or _find_onrust(kenmerken.st_mtime, rust, nu)
    if reden:
        return Overgeslagen(naam=naam, reden=reden)
    if bewerkt:
        return Overgeslagen(naam=naam, reden=BEWERKT, open=True)
    return Wachtend(naam=naam, pad=pad, grootte=kenmerken.st_size, gewijzigd=kenmerken.st_mtime_ns)


def _explain(naam: str, fout: OSError) -> Overgeslagen:
    if isinstance(fout, PermissionError):
        return Overgeslagen(naam=naam, reden=OPEN, open=True)
    if isinstance(fout, FileNotFoundError):
        return Overgeslagen(naam=naam, reden="Dit bestand is intussen verplaatst of verwijderd.")
    return Overgeslagen(naam=naam, reden=ONLEESBAAR)


def _get_naam(pad: Path) -> str:
    # A name that is no valid UTF-8 must still be printable and storable.
    return pad.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _find_hulpbestand(pad: Path, kenmerken: os.stat_result) -> str:
    if not stat.S_ISREG(kenmerken.st_mode):
        return ""
    return next((reden for patroon, reden in _GENEGEERD if patroon.fullmatch(pad.name)), "")


def _find_reden(kenmerken: os.stat_result) -> str:
    soort = kenmerken.st_mode
    if stat.S_ISLNK(soort):
        return "Dit is een snelkoppeling; zet het document zelf in de map."
    if stat.S_ISDIR(soort):
        return "Dit is een map; zet de documenten zelf in de map, niet in een map daarin."
    if not stat.S_ISREG(soort):
        return "Dit is geen gewoon bestand."
    if getattr(kenmerken, "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_HIDDEN:  # only Windows has them
        return VERBORGEN
    return ""


def _find_onrust(gewijzigd: float, rust: float, nu: dt.datetime | None) -> str:
    # A clock that was set back must not keep a file waiting for ever, hence the absolute difference.
    return IN_BEWEGING if nu is not None and abs(nu.timestamp() - gewijzigd) < rust else ""


def archive(werkmap: Path, binnen: Binnengekomen) -> Path:
    """Keep the original as `archief/<sha256>.<real kind>`, verified by reading it back. Raises SchijfFout."""
    doel = werkmap / ARCHIEF / f"{binnen.sha256}.{detect_kind(binnen.inhoud)}"
    if not _holds(doel, binnen.sha256):
        write_atomic(doel, binnen.inhoud)
        if not _holds(doel, binnen.sha256):
            raise ConfiguratieFout(
                [f"{ARCHIEF}/{doel.name} is niet juist op de schijf gekomen; het formulier blijft in {IN}/."],
                "Laat de schijf nakijken en probeer opnieuw.",
            )
    return doel


def _holds(pad: Path, sha256: str) -> bool:
    with translate_faults(pad):
        return pad.is_file() and hash_file(pad) == sha256


def remove(werkmap: Path, binnen: Binnengekomen) -> Overgeslagen | None:
    """Take the file out of `in/`, if it still holds what was read.

    Returns None when it is gone, else why it stays. Call it after the content is safe elsewhere.
    """
    if binnen.bijlage:
        return None
    with translate_faults(binnen.pad):
        try:
            if hash_file(binnen.pad) != binnen.sha256:
                return Overgeslagen(naam=binnen.naam, reden=GEWIJZIGD)
            binnen.pad.unlink()
            sync_folder(werkmap / IN)
        except FileNotFoundError:
            return None
        except PermissionError:
            return Overgeslagen(naam=binnen.naam, reden=OPEN)
        return None


def quarantine(
    werkmap: Path, binnen: Binnengekomen, bevindingen: tuple[Bevinding, ...], op: dt.date, *, anoniem: bool = False
) -> Path:
    """Move the file to `quarantaine/`, with the reason beside it. Returns where it lies. Raises SchijfFout.

    `<naam>.reden.txt` is for people, `<naam>.reden.json` for programs: it never holds contents, and of an anonymous
    form no file name. The same content under the same name is kept once, also when an earlier run was killed half-way.
    """
    map_ = werkmap / QUARANTAINE
    with translate_faults(map_):
        map_.mkdir(parents=True, exist_ok=True)
    doel = _find_copy(map_, binnen) or choose_free(map_, binnen.naam)
    redenen = {
        REDEN: _format_reden(binnen, doel.name, bevindingen).encode("utf-8-sig"),
        REDEN_JSON: _build_reden(binnen, bevindingen, op, anoniem),
    }
    verplaatst = binnen.te_groot and not doel.exists()
    if not verplaatst and not doel.exists():
        write_atomic(doel, binnen.inhoud)
    for achtervoegsel, reden in redenen.items():
        write_atomic(doel.with_name(doel.name + achtervoegsel), reden)
    if verplaatst:
        with translate_faults(binnen.pad):
            binnen.pad.rename(doel)
            sync_folder(map_)
    else:
        remove(werkmap, binnen)
    return doel


def _find_copy(map_: Path, binnen: Binnengekomen) -> Path | None:
    nummer = 1
    kandidaat = map_ / make_safe_name(binnen.naam)
    while kandidaat.exists():
        if _holds(kandidaat, binnen.sha256):
            return kandidaat
        nummer += 1
        kandidaat = map_ / make_safe_name(binnen.naam, f" ({nummer})")
    return None


def _format_reden(binnen: Binnengekomen, naam: str, bevindingen: tuple[Bevinding, ...]) -> str:
    regels = [f'"{binnen.naam}" is niet verwerkt.']
    if naam != binnen.naam:
        regels.append(f'Het document staat hier onder de naam "{naam}".')
    for bevinding in sorted(bevindingen, key=lambda item: _WEEGT[item.ernst]):
        regels += ["", bevinding.melding]
        regels += [f"  Waar: {bevinding.plaats}"] if bevinding.plaats else []
        regels += [f"  Wat u kunt doen: {bevinding.remedie}"] if bevinding.remedie else []
    regels += ["", f'Zet het document na verbetering opnieuw in de map "{IN}".']
    regels += ["Dit bestand en het geweigerde document mag u daarna verwijderen.", ""]
    return "\r\n".join(regels)


def _build_reden(binnen: Binnengekomen, bevindingen: tuple[Bevinding, ...], op: dt.date, anoniem: bool) -> bytes:
    def clean(tekst: str) -> str:
        return tekst.replace(f"“{binnen.naam}”", "Dit document").replace(binnen.naam, "") if anoniem else tekst

    redenen = [
        {
            "code": bevinding.code,
            "ernst": bevinding.ernst.value,
            "melding": clean(bevinding.melding),
            "remedie": clean(bevinding.remedie),
        }
        for bevinding in sorted(bevindingen, key=lambda item: _WEEGT[item.ernst])
    ]
    naam = {} if anoniem else {"bestand": binnen.naam}
    inhoud = {"sha256": binnen.sha256, "datum": op.isoformat(), **naam, "redenen": redenen}
    return (json.dumps(inhoud, ensure_ascii=False, indent=2) + "\n").encode()
