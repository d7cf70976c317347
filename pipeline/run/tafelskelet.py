"""A new table begins as a commented skeleton that loads, checks and makes documents as it stands."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.disk import translate_faults, write_atomic
from pipeline.errors import GebruikFout
from schemas.catalogus import list_skelet

_NAAM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_VOORBEELD = "regio/tafel"


def get_tafel_id(map_: Path) -> str:
    """The id of the table in this folder: the names of its last two folders. Raises GebruikFout when they are none."""
    regio, tafel = map_.absolute().parts[-2:]
    if not (_NAAM.fullmatch(regio) and _NAAM.fullmatch(tafel)):
        raise GebruikFout(
            f"“{regio}/{tafel}” kan geen naam van een tafel zijn.",
            "Een tafel staat in REGIO/TAFEL: twee mappen met kleine letters, cijfers en koppeltekens in hun naam, "
            "zoals mijn-regio/mijn-tafel.",
        )
    return f"{regio}/{tafel}"


def make_skelet(map_: Path) -> str:
    """Write the files of a new table in a folder that is new or empty. Returns its id; raises GebruikFout."""
    tafel_id = get_tafel_id(map_)
    with translate_faults(map_):
        if map_.exists() and any(map_.iterdir()):
            raise GebruikFout(f"De map {map_} is niet leeg.", "Kies een nieuwe map; er is niets gewijzigd.")
        for naam, tekst in list_skelet():
            doel = map_ / naam
            doel.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(doel, tekst.replace(f'"{_VOORBEELD}"', f'"{tafel_id}"').encode("utf-8"))
    return tafel_id
