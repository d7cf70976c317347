"""Putting packages in `uit/`: staged whole, then registered (by the run), then placed.

Order of a run: `stage` everything, add the verstrekkingen to the register in one transaction, `place` everything.
Killed at any instant, `finish` at the start of the next run places what the register knows and drops the rest.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from pydantic import Field, ValidationError

from pipeline.disk import (
    SchijfFout,
    hash_bytes,
    hash_file,
    make_safe_name,
    sync_folder,
    translate_faults,
    write_atomic,
    write_synced,
)
from pipeline.errors import PoortFout
from schemas.base import Model
from schemas.bevinding import Bevinding, Ernst
from schemas.verstrekking import Bestand, Bestandsregel, Pakket, Verstrekking

UIT, KLAAR = "uit", ".klaar"
_LIJST, _BESTANDEN = "pakket.json", "bestanden"
_MANIFEST = re.compile(r"manifest(?:-(\d+))?\.json")
_PROBEER = "Hernoem of verplaats dat bestand en start opnieuw; er wordt niets overschreven."


class Herkomst(Model):
    """What a package was made with. Versions and hashes; no contents."""

    tafel: str
    tafelversie: str
    sjablonen: dict[str, str] = Field(default_factory=dict)  #: name of the template -> SHA-256
    motor: str = ""  #: the PDF engine with its version
    programma: str = ""


class _Kenmerk(Model):
    sleutel: str
    versie: int
    documentnummer: str
    bestanden: tuple[Bestandsregel, ...]


class _Pakketlijst(Model):
    """What is staged, for a later run that no longer has the Pakket. Written last."""

    map: str
    bestanden: tuple[Bestandsregel, ...]
    kenmerken: tuple[_Kenmerk, ...]


def make_bestandsregel(bestand: Bestand) -> Bestandsregel:
    """Name, hash and size of a file."""
    return Bestandsregel(naam=bestand.naam, sha256=hash_bytes(bestand.inhoud), bytes=len(bestand.inhoud))


def choose_manifest_name(werkmap: Path, pakket_map: str) -> str:
    """Name the next manifest of a folder: "manifest.json", then "manifest-2.json" and so on."""
    map_ = werkmap / UIT / pakket_map
    with translate_faults(map_):
        namen = [pad.name for pad in map_.iterdir()] if map_.is_dir() else []
    nummers = [int(treffer[1] or 1) for naam in namen if (treffer := _MANIFEST.fullmatch(naam))]
    return f"manifest-{max(nummers) + 1}.json" if nummers else "manifest.json"


def build_manifest(
    naam: str,
    ontvanger: str,
    verstrekkingen: Iterable[Verstrekking],
    bestanden: Iterable[Bestand],
    herkomst: Herkomst,
    register: str = "",
) -> Bestand:
    """The manifest of a package: equal bytes for equal input, no clock, no contents.

    `ontvanger` is the recipient's id; `bestanden` are all other files of the package; `register` is the head hash of
    the register just before this package was registered, so that a cut tail shows.
    """
    inhoud = {
        "ontvanger": ontvanger,
        "documenten": [
            _describe(item) for item in sorted(verstrekkingen, key=lambda item: (item.documentnummer, item.sleutel))
        ],
        "bestanden": [make_bestandsregel(item).model_dump() for item in sorted(bestanden, key=lambda item: item.naam)],
        "herkomst": herkomst.model_dump(mode="json"),
        "register": register,
    }
    tekst = json.dumps(inhoud, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    return Bestand(naam=naam, inhoud=tekst.encode())


def _describe(verstrekking: Verstrekking) -> dict[str, object]:
    return {
        "documentnummer": verstrekking.documentnummer,
        "documentsoort": verstrekking.documentsoort,
        "versie": verstrekking.versie,
        "bestanden": [regel.naam for regel in verstrekking.bestanden],
    }


def list_boom(pakketten: Iterable[Pakket]) -> tuple[str, ...]:
    """Exactly the files that delivering these packages writes, relative to the werkmap, sorted."""
    return tuple(sorted(f"{UIT}/{pakket.map}/{bestand.naam}" for pakket in pakketten for bestand in pakket.bestanden))


def stage(werkmap: Path, pakket: Pakket) -> None:
    """Write all files of a package to the disk, out of sight.

    Raises PoortFout when the package cannot be placed as it is (then nothing is staged), SchijfFout.
    """
    lijst = _make_lijst(pakket)
    _check_lijst(lijst)
    _check_conflicts(werkmap / UIT / pakket.map, lijst.bestanden)
    plaats = _get_plaats(werkmap, pakket.map)
    if (plaats / _LIJST).exists():
        raise PoortFout(
            f"Het vorige pakket voor {pakket.map} kon nog niet worden weggezet.",
            f"Sluit alle documenten uit {UIT}/{pakket.map} en start opnieuw.",
        )
    map_ = plaats / _BESTANDEN
    with translate_faults(map_):
        _drop(plaats)
        map_.mkdir(parents=True)
    for bestand in pakket.bestanden:
        with translate_faults(map_ / bestand.naam):
            write_synced(map_ / bestand.naam, bestand.inhoud)
    with translate_faults(map_):
        sync_folder(map_)
        sync_folder(plaats.parent)
    write_atomic(plaats / _LIJST, lijst.model_dump_json().encode())


def place(werkmap: Path, pakket_map: str) -> None:
    """Bring a staged package from out of sight to `uit/<map>/`; nothing when it was placed already.

    A new folder appears whole in one rename. Files for a folder that exists come one by one, the manifest last.
    Never overwrites other content. Raises PoortFout (a file is in the way, or is open), SchijfFout.
    """
    plaats = _get_plaats(werkmap, pakket_map)
    lijst = _read_lijst(plaats)
    if lijst is not None:
        _place(werkmap, plaats, lijst)


def finish(werkmap: Path, bekend: Collection[Verstrekking]) -> tuple[Bevinding, ...]:
    """Finish what a killed run left staged: place what `bekend` (all of the register) holds, drop the rest.

    Returns a finding for each package that still cannot be placed, because a file is in the way or is open.
    """
    kluis = werkmap / UIT / KLAAR
    kenmerken = {_make_kenmerk(verstrekking) for verstrekking in bekend}
    bevindingen = []
    with translate_faults(kluis):
        plaatsen = sorted(kluis.iterdir()) if kluis.is_dir() else []
    for plaats in plaatsen:
        try:
            _finish_one(werkmap, plaats, kenmerken)
        except (PoortFout, SchijfFout) as fout:
            bevindingen.append(_report(f"{UIT}/{KLAAR}/{plaats.name}", fout))
    with suppress(OSError):  # not empty, or never made
        kluis.rmdir()
    return tuple(bevindingen)


def _finish_one(werkmap: Path, plaats: Path, kenmerken: set[_Kenmerk]) -> None:
    lijst = _read_lijst(plaats)
    if lijst is not None and kenmerken.intersection(lijst.kenmerken):
        _place(werkmap, plaats, lijst)
    else:
        with translate_faults(plaats):
            _drop(plaats)


def _report(plaats: str, fout: PoortFout | SchijfFout) -> Bevinding:
    return Bevinding(
        code="pakket-wacht", plaats=plaats, melding=fout.melding, remedie=fout.remedie, ernst=Ernst.WAARSCHUWING
    )


def _get_plaats(werkmap: Path, pakket_map: str) -> Path:
    # Padded: a staged path is longer than the final one, so one too long for Windows fails before it is registered.
    return werkmap / UIT / KLAAR / hash_bytes(pakket_map.encode())[:12].ljust(len(pakket_map), "-")


def _make_kenmerk(verstrekking: Verstrekking) -> _Kenmerk:
    return _Kenmerk(
        sleutel=verstrekking.sleutel,
        versie=verstrekking.versie,
        documentnummer=verstrekking.documentnummer,
        bestanden=verstrekking.bestanden,
    )


def _make_lijst(pakket: Pakket) -> _Pakketlijst:
    # The manifest last: who sees it, sees the whole package.
    bestanden = sorted(pakket.bestanden, key=lambda bestand: (bool(_MANIFEST.fullmatch(bestand.naam)), bestand.naam))
    return _Pakketlijst(
        map=pakket.map,
        bestanden=tuple(make_bestandsregel(bestand) for bestand in bestanden),
        kenmerken=tuple(_make_kenmerk(verstrekking) for verstrekking in pakket.verstrekkingen),
    )


def _check_lijst(lijst: _Pakketlijst) -> None:
    namen = [regel.naam for regel in lijst.bestanden]
    onveilig = [naam for naam in (*lijst.map.split("/"), *namen) if naam != make_safe_name(naam)]
    if onveilig:
        raise PoortFout(f'De naam "{onveilig[0]}" kan niet op elke computer bestaan.', "Meld dit aan de beheerder.")
    if len({naam.casefold() for naam in namen}) < len(namen):
        raise PoortFout(f"Twee bestanden voor {lijst.map} hebben dezelfde naam.", "Meld dit aan de beheerder.")
    geregistreerd = {regel for kenmerk in lijst.kenmerken for regel in kenmerk.bestanden}
    if not geregistreerd or not geregistreerd <= set(lijst.bestanden):
        raise PoortFout(
            f"Het pakket voor {lijst.map} is niet wat geregistreerd wordt; er is niets weggezet.",
            "Meld dit aan de beheerder.",
        )


def _check_conflicts(doel: Path, regels: Iterable[Bestandsregel]) -> None:
    for regel in regels:
        pad = doel / regel.naam
        with translate_faults(pad):
            if pad.exists() and not _holds(pad, regel):
                raise PoortFout(f"{UIT}/{doel.parent.name}/{doel.name}/{regel.naam} bestaat al en is anders.", _PROBEER)


def _holds(pad: Path, regel: Bestandsregel) -> bool:
    return pad.is_file() and pad.stat().st_size == regel.bytes and hash_file(pad) == regel.sha256


def _read_lijst(plaats: Path) -> _Pakketlijst | None:
    with translate_faults(plaats), suppress(FileNotFoundError, NotADirectoryError):
        try:
            return _Pakketlijst.model_validate_json((plaats / _LIJST).read_bytes())
        except ValidationError as fout:
            melding = f"{UIT}/{KLAAR}/{plaats.name}/{_LIJST} is beschadigd; het pakket is niet weggezet."
            raise PoortFout(melding, "Vraag hulp aan de beheerder; verwijder niets.") from fout
    return None


def _place(werkmap: Path, plaats: Path, lijst: _Pakketlijst) -> None:
    doel, klaar = werkmap / UIT / lijst.map, plaats / _BESTANDEN
    with translate_faults(doel):
        _check_staged(lijst, klaar, doel)
        _check_conflicts(doel, lijst.bestanden)
        if doel.exists():
            _add_files(klaar, doel, lijst.bestanden)
        else:
            doel.parent.mkdir(parents=True, exist_ok=True)
            klaar.rename(doel)
        sync_folder(doel)
        sync_folder(doel.parent)
        _drop(plaats)


def _check_staged(lijst: _Pakketlijst, klaar: Path, doel: Path) -> None:
    for regel in lijst.bestanden:
        if not any(_holds(map_ / regel.naam, regel) for map_ in (klaar, doel)):
            raise PoortFout(
                f"{regel.naam} voor {UIT}/{lijst.map} is beschadigd of verdwenen voor het werd weggezet.",
                f"Zet de map {UIT} terug uit een reservekopie, of vraag hulp aan de beheerder.",
            )


def _add_files(klaar: Path, doel: Path, regels: Iterable[Bestandsregel]) -> None:
    for regel in regels:
        bron, pad = klaar / regel.naam, doel / regel.naam
        with translate_faults(pad):
            if bron.exists() and not pad.exists():
                bron.rename(pad)


def _drop(plaats: Path) -> None:
    if plaats.is_dir():
        shutil.rmtree(plaats)
    else:
        plaats.unlink(missing_ok=True)
