"""The events of the register: append-only, each holding the hash of the one before.

The chain runs over salted hashes of contents. When a retention term ends the content and its salt are
destroyed; the hash that stays says nothing about them, and the chain still verifies.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
import sqlite3
from collections.abc import Iterator

from schemas.bevinding import Bevinding, Ernst

BEGIN = "0" * 64
#: What the first event of a register is about that was built anew: there is no row for it.
HERBOUWD = "herbouw"

#: Every row of today's state under the name by which its events speak of it.
STAND = """SELECT 'dossier ' || code, inhoud FROM dossier
    UNION ALL SELECT 'inzending ' || sha256, inhoud FROM inzending
    UNION ALL SELECT 'verstrekking ' || sleutel || ' versie ' || versie, inhoud FROM verstrekking
    UNION ALL SELECT 'verzending ' || sleutel || ' versie ' || versie, inhoud FROM verzending
    UNION ALL SELECT 'vernietiging ' || casuscode, inhoud FROM vernietiging
    UNION ALL SELECT 'nazicht ' || id, inhoud FROM nazicht
    UNION ALL SELECT 'nummer ' || nummer, json_object('nummer', nummer, 'soort', soort, 'betreft', betreft,
        'gebruikt_door', gebruikt_door) FROM nummer"""


def append(verbinding: sqlite3.Connection, op: dt.date | None, soort: str, betreft: str, tekst: str) -> None:
    """Append one event and its content. Call inside a transaction. `betreft` and `soort` hold no content."""
    volgnummer, vorige = get_head(verbinding)
    zout = secrets.token_bytes(16)
    dag = op.isoformat() if op else ""
    inhoudsom = _hash_inhoud(zout, tekst)
    rij = (volgnummer + 1, dag, soort, betreft, inhoudsom, vorige)
    verbinding.execute("INSERT INTO gebeurtenis VALUES (?, ?, ?, ?, ?, ?, ?)", (*rij, _hash_rij(rij)))
    verbinding.execute("INSERT INTO inhoud VALUES (?, ?, ?)", (volgnummer + 1, zout, tekst))


def get_head(verbinding: sqlite3.Connection) -> tuple[int, str]:
    """Number and hash of the last event."""
    rij = verbinding.execute("SELECT volgnummer, som FROM gebeurtenis ORDER BY volgnummer DESC LIMIT 1").fetchone()
    return (int(rij[0]), str(rij[1])) if rij else (0, BEGIN)


def _hash_inhoud(zout: bytes, tekst: str) -> str:
    return hashlib.sha256(zout + tekst.encode()).hexdigest()


def _hash_rij(rij: tuple[int | str, ...]) -> str:
    return hashlib.sha256(json.dumps(rij, ensure_ascii=False).encode()).hexdigest()


def has_head(verbinding: sqlite3.Connection, begin: str) -> bool:
    """Whether an event's hash begins so; true for the empty chain's."""
    rij = verbinding.execute("SELECT 1 FROM gebeurtenis WHERE substr(som, 1, ?) = ?", (len(begin), begin)).fetchone()
    return rij is not None or BEGIN.startswith(begin)


def verify_chain(verbinding: sqlite3.Connection) -> Iterator[Bevinding]:
    """Findings about the chain: gaps, changed events, changed contents, a cut tail."""
    vorige, aantal = BEGIN, 0
    rijen = verbinding.execute(
        """SELECT g.volgnummer, op, soort, betreft, inhoudsom, vorige, som, i.volgnummer, zout, tekst
        FROM gebeurtenis g LEFT JOIN inhoud i USING (volgnummer) ORDER BY g.volgnummer"""
    )
    for rij in rijen:
        aantal += 1
        if rij[0] != aantal or rij[5] != vorige or rij[6] != _hash_rij(rij[:6]):
            yield report("keten-verbroken", f"gebeurtenis {rij[0]}", "De keten van gebeurtenissen is hier verbroken.")
        if not _is_whole(rij):
            yield report("inhoud-gewijzigd", f"gebeurtenis {rij[0]}", "De inhoud van deze gebeurtenis is gewijzigd.")
        aantal, vorige = rij[0], rij[6]
    hoogste = verbinding.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence").fetchone()[0]
    if hoogste != aantal:
        yield report("staart-ontbreekt", f"gebeurtenis {hoogste}", "De laatste gebeurtenissen ontbreken.")


def _is_whole(rij: tuple[int | str | bytes | None, ...]) -> bool:
    inhoudsom, aanwezig, zout, tekst = rij[4], rij[7], rij[8], rij[9]
    if zout is None and tekst is None:
        return aanwezig is not None
    return isinstance(zout, bytes) and isinstance(tekst, str) and _hash_inhoud(zout, tekst) == inhoudsom


def verify_stand(verbinding: sqlite3.Connection) -> Iterator[Bevinding]:
    """Findings about rows that are not what the last event about them says, and about rows that are gone."""
    laatste = dict(
        verbinding.execute(
            """SELECT betreft, tekst FROM gebeurtenis JOIN inhoud USING (volgnummer)
            WHERE volgnummer IN (SELECT max(volgnummer) FROM gebeurtenis GROUP BY betreft)"""
        )
    )
    for betreft, tekst in verbinding.execute(STAND):
        verwacht = laatste.pop(betreft, None)
        if verwacht is None or json.loads(verwacht) != json.loads(tekst):
            yield report("stand-gewijzigd", betreft, "Dit is buiten het programma om gewijzigd.")
    laatste.pop(HERBOUWD, None)
    for betreft, tekst in laatste.items():
        if tekst is not None:
            yield report("stand-verdwenen", betreft, "Dit is buiten het programma om verwijderd.")


def report(code: str, plaats: str, melding: str) -> Bevinding:
    """A finding about the register."""
    remedie = "Verwerk niets meer. Zet een reservekopie terug met “overleg herstel”, of vraag hulp."
    return Bevinding(code=code, plaats=f"register.sqlite, {plaats}", melding=melding, remedie=remedie, ernst=Ernst.FOUT)
