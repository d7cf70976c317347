"""Copies of the register in `reserve/`: one for every run that changed it, the last fourteen kept."""

from __future__ import annotations

import datetime as dt
import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

from pipeline import disk
from pipeline.register.chain import get_head, has_head
from pipeline.register.database import NAAM, RESERVE, RegisterFout, list_copies, translate_faults
from schemas.bevinding import Bevinding, Ernst

BEWAARD = 14
_SOM = 12
# A running number first: after a return to an older copy or a clock set back, the newest still sorts last.
_KOPIE = re.compile(rf"register-(\d{{6}})-\d{{4}}-\d\d-\d\d-([0-9a-f]{{{_SOM}}})\.sqlite")


def write_copy(verbinding: sqlite3.Connection, werkmap: Path, op: dt.date) -> Path | None:
    """Copy the register to `reserve/`, checked; None when the newest copy already holds it. Raises RegisterFout."""
    nummer, som = _parse_newest(werkmap)
    hoofd = get_head(verbinding)[1][:_SOM]
    if hoofd == som:
        return None
    doel = werkmap / RESERVE / f"register-{nummer + 1:06}-{op.isoformat()}-{hoofd}.sqlite"
    tijdelijk = doel.with_name(".kopie.tmp")
    with disk.translate_faults(doel):
        doel.parent.mkdir(parents=True, exist_ok=True)
        try:
            _copy(verbinding, tijdelijk)
            tijdelijk.replace(doel)
        finally:
            tijdelijk.unlink(missing_ok=True)
        disk.sync_folder(doel.parent)
        for oud in list_copies(werkmap)[:-BEWAARD]:
            oud.unlink()
    return doel


def _copy(verbinding: sqlite3.Connection, tijdelijk: Path) -> None:
    tijdelijk.unlink(missing_ok=True)
    tijdelijk.with_name(tijdelijk.name + "-journal").unlink(missing_ok=True)
    with translate_faults(), closing(sqlite3.connect(tijdelijk, isolation_level=None)) as kopie:
        verbinding.backup(kopie)
        uitslag = kopie.execute("PRAGMA quick_check").fetchone()[0]
    if uitslag != "ok":
        raise RegisterFout(
            "Het register is beschadigd; er is geen nieuwe reservekopie gemaakt.",
            f'Verwerk niets meer en zet de nieuwste kopie uit de map "{RESERVE}" terug als {NAAM}.',
        )
    with tijdelijk.open("rb+") as stroom:
        os.fsync(stroom.fileno())


def _parse_newest(werkmap: Path) -> tuple[int, str]:
    for pad in reversed(list_copies(werkmap)):
        if treffer := _KOPIE.fullmatch(pad.name):
            return int(treffer[1]), treffer[2]
    return 0, ""


def verify_newest(verbinding: sqlite3.Connection, werkmap: Path) -> tuple[Bevinding, ...]:
    """A warning when the newest copy holds events that the register lacks: the one sign of a tail cut with care."""
    som = _parse_newest(werkmap)[1]
    if not som or has_head(verbinding, som):
        return ()
    return (
        Bevinding(
            code="ouder-dan-reserve",
            plaats=NAAM,
            melding="De nieuwste reservekopie kent gebeurtenissen die het register niet kent.",
            remedie="Hebt u een oudere kopie teruggezet, dan klopt dit. Zo niet, zet de nieuwste kopie terug.",
            ernst=Ernst.WAARSCHUWING,
        ),
    )
