"""What the register knows and no form or package tells, kept beside it in `kenmerken/`, so that it can be built anew.

One sheet for every run that changed something, with what is new since the sheet before: by which code, on which day
and in which order each form came in, which numbers were given out, which copies lay ready and were handed over, and
what was destroyed. No passage of `nazicht`, and no dossier as long as its forms lie in the archive: a destruction takes
the forms of a meeting along, and so leaves a sheet with all that there is.
"""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from pydantic import Field, ValidationError

from pipeline.disk import sync_folder, translate_faults, write_atomic
from pipeline.register.chain import STAND, get_head
from schemas.base import Model, Vertrouwelijk
from schemas.verstrekking import SHA256

KENMERKEN = "kenmerken"
_SOM = 12
# A running number first, as with the copies in `reserve/`: later sheets override earlier ones.
_BLAD = re.compile(rf"kenmerken-(\d{{6}})-(\d+)-([0-9a-f]{{{_SOM}}})\.json")
_NIEUW = f"""WITH stand(betreft, inhoud) AS ({STAND}),
    laatste(betreft, volgnummer) AS
        (SELECT betreft, max(volgnummer) FROM gebeurtenis WHERE volgnummer > ? GROUP BY betreft)
    SELECT betreft, volgnummer, inhoud FROM laatste JOIN stand USING (betreft)
    WHERE betreft NOT GLOB 'nazicht *' AND (? OR betreft NOT GLOB 'dossier *') ORDER BY volgnummer"""  # noqa: S608


class Kenmerkregel(Vertrouwelijk):
    """One row of the register, by the name under which its events speak of it."""

    betreft: str
    volgnummer: int  #: of the last event about it: the order in which things happened
    inhoud: str  #: JSON, as the register holds it


class Kenmerkblad(Vertrouwelijk):
    """What one run added, and what new codes are drawn from."""

    hoofd: str = Field(pattern=SHA256)
    geheim: str
    getrokken: int = Field(ge=0)
    regels: tuple[Kenmerkregel, ...]
    geheel: bool = False  #: all that there was, the dossiers too


class Kenmerken(Model):
    """All sheets together: the latest of each row, and the sheets that could not be read."""

    bladen: tuple[Kenmerkblad, ...]
    onleesbaar: tuple[str, ...]  #: where they lie, from the werkmap

    def list_regels(self, soort: str) -> tuple[Kenmerkregel, ...]:
        """The latest of each row of this kind ("inzending", "nummer" …), in the order in which things happened."""
        laatste = {regel.betreft: regel for blad in self.bladen for regel in blad.regels}
        gekozen = (regel for regel in laatste.values() if regel.betreft.partition(" ")[0] == soort)
        return tuple(sorted(gekozen, key=lambda regel: regel.volgnummer))

    def list_geheel(self) -> tuple[Kenmerkregel, ...]:
        """The rows of the last sheet that holds all that there was, dossiers too; none when no case was destroyed."""
        return next((blad.regels for blad in reversed(self.bladen) if blad.geheel), ())


def write_kenmerken(verbinding: sqlite3.Connection, werkmap: Path, *, opnieuw: bool = False) -> None:
    """Write what is new since the last sheet; `opnieuw` writes all, dossiers too, and removes the sheets before it.

    Raises SchijfFout.
    """
    volgnummer, hoofd = get_head(verbinding)
    bladen = list_bladen(werkmap)
    laatste = _BLAD.fullmatch(bladen[-1].name) if bladen else None
    if not opnieuw and laatste and laatste[3] == hoofd[:_SOM]:
        return
    sinds = 0 if opnieuw else _find_known(verbinding, bladen)
    ((geheim, getrokken),) = verbinding.execute("SELECT lower(hex(geheim)), aantal FROM trekking")
    rijen = verbinding.execute(_NIEUW, (sinds, opnieuw)).fetchall()
    regels = tuple(Kenmerkregel(betreft=rij[0], volgnummer=rij[1], inhoud=rij[2]) for rij in rijen)
    blad = Kenmerkblad(hoofd=hoofd, geheim=geheim, getrokken=getrokken, regels=regels, geheel=opnieuw)
    nummer = int(laatste[1]) + 1 if laatste else 1
    naam = f"kenmerken-{nummer:06}-{volgnummer}-{hoofd[:_SOM]}.json"
    write_atomic(werkmap / KENMERKEN / naam, blad.model_dump_json().encode())
    if opnieuw:
        _remove(bladen)


def _find_known(verbinding: sqlite3.Connection, bladen: tuple[Path, ...]) -> int:
    """Number of the event up to which the sheets hold all: after a return to an older copy not that of the last."""
    for pad in reversed(bladen):
        treffer = _BLAD.fullmatch(pad.name)
        vraag = "SELECT 1 FROM gebeurtenis WHERE volgnummer = ? AND substr(som, 1, ?) = ?"
        if treffer and verbinding.execute(vraag, (int(treffer[2]), _SOM, treffer[3])).fetchone():
            return int(treffer[2])
    return 0


def _remove(bladen: tuple[Path, ...]) -> None:
    for pad in bladen:
        with translate_faults(pad):
            pad.unlink(missing_ok=True)
            sync_folder(pad.parent)


def list_bladen(werkmap: Path) -> tuple[Path, ...]:
    """The sheets, oldest first."""
    gevonden = (werkmap / KENMERKEN).glob("kenmerken-*.json")
    return tuple(sorted((pad for pad in gevonden if _BLAD.fullmatch(pad.name)), key=lambda pad: pad.name))


def read_kenmerken(werkmap: Path) -> Kenmerken:
    """All that was kept beside the register. Raises SchijfFout."""
    bladen, onleesbaar = [], []
    for pad in list_bladen(werkmap):
        with translate_faults(pad):
            inhoud = pad.read_bytes()
        try:
            bladen.append(Kenmerkblad.model_validate_json(inhoud))
        except ValidationError:
            onleesbaar.append(f"{KENMERKEN}/{pad.name}")
    return Kenmerken(bladen=tuple(bladen), onleesbaar=tuple(onleesbaar))
