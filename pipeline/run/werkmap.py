"""Making a werkmap: the folders, and the commented werkmap.toml of its table."""

from __future__ import annotations

from pathlib import Path

from pipeline.disk import translate_faults, write_atomic
from pipeline.errors import GebruikFout
from pipeline.register import Register
from pipeline.run.starters import list_starters
from pipeline.settings import EIGEN_REGIOS
from schemas.catalogus import REGIOS, get_werkmap_sjabloon, list_bestanden
from schemas.tafeldata import Tafeldata

MAPPEN = ("in", "uit", "archief", "quarantaine", "reserve", "sjablonen")


def make_werkmap(map_: Path, data: Tafeldata, regios: Path = REGIOS) -> None:
    """Make the folders and the werkmap.toml. Raises GebruikFout when there is a werkmap already.

    A table from another folder of `regios` than the program's own is copied along: the werkmap stands by itself.
    """
    bestand = map_ / "werkmap.toml"
    if bestand.exists():
        raise GebruikFout(f"{map_} is al een werkmap.", "Kies een andere map; er is niets gewijzigd.")
    sjabloon = get_werkmap_sjabloon(data.tafel.id, regios)
    eigen = list_bestanden(data.tafel.id, regios) if regios != REGIOS else ()
    with translate_faults(map_):
        for naam in MAPPEN:
            (map_ / naam).mkdir(parents=True, exist_ok=True)
        for naam, inhoud in eigen:
            doel = map_ / EIGEN_REGIOS / data.tafel.id / naam
            doel.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(doel, inhoud)
        for starter in list_starters(data):
            doel = map_ / starter.naam
            doel.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(doel, starter.inhoud)
            if starter.uitvoerbaar:
                doel.chmod(0o755)
    with Register.open(map_):  # its secret must exist before the first trial run
        pass
    write_atomic(bestand, sjabloon.encode("utf-8"))
