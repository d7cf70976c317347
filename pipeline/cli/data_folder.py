"""The files that a data file names: in its own folder or below, and nowhere else."""

from __future__ import annotations

import os
from pathlib import Path, PureWindowsPath

from pipeline.render.inserts import GeweigerdFout
from pipeline.safezip import MAX_FILE

MAX_SAMEN = 4 * MAX_FILE


class Gegevensmap:
    """The folder of a data file; each file is read once."""

    def __init__(self, map_: Path) -> None:
        self._map = map_
        self._gelezen: dict[str, bytes] = {}

    def read(self, naam: str) -> bytes:
        """The bytes of a file by its relative name. Raises GeweigerdFout with the rest of a sentence."""
        if naam not in self._gelezen:
            _refuse_name(naam)
            self._gelezen[naam] = self._read_file(naam)
            if sum(map(len, self._gelezen.values())) > MAX_SAMEN:
                raise GeweigerdFout(f"is er te veel aan: alle bestanden samen mogen {MAX_SAMEN >> 20} MB groot zijn")
        return self._gelezen[naam]

    def _read_file(self, naam: str) -> bytes:
        try:
            wortel, doel = self._map.resolve(strict=True), (self._map / naam).resolve(strict=True)
            if not doel.is_relative_to(wortel):
                raise GeweigerdFout("verwijst naar een bestand buiten de map van het gegevensbestand; kopieer het erin")
            if not doel.is_file():
                raise GeweigerdFout("is geen bestand")
            with doel.open("rb") as stroom:
                inhoud = stroom.read(MAX_FILE + 1)
        except (FileNotFoundError, NotADirectoryError):
            raise GeweigerdFout("is er niet; het moet in de map van het gegevensbestand staan") from None
        except (OSError, RuntimeError):
            raise GeweigerdFout("kan niet gelezen worden; sluit het in andere programma's") from None
        if len(inhoud) > MAX_FILE:
            raise GeweigerdFout(f"is groter dan {MAX_FILE >> 20} MB; maak het kleiner")
        return inhoud


def _refuse_name(naam: str) -> None:
    if not naam or not naam.isprintable():
        raise GeweigerdFout("is geen naam van een bestand")
    if "\\" in naam:
        raise GeweigerdFout("bevat een schuine streep naar links; schrijf mappen met /")
    los = PureWindowsPath(naam)
    if naam.startswith(("/", "~")) or los.drive or los.root or ".." in naam.split("/") or os.path.isabs(naam):  # noqa: PTH117
        raise GeweigerdFout("wijst buiten de map van het gegevensbestand; noem enkel een bestand in die map of eronder")
