"""The names of the questions about free text: made with the register's secret since its version 3."""

from __future__ import annotations

import datetime as dt
import hmac
import sqlite3
from collections.abc import Iterable

from pydantic import ValidationError

from pipeline.register.chain import append
from schemas.nazicht import Nazichtregel, Nazichtvraag, make_open_id, make_vraag_id


def derive_vraagsleutel(verbinding: sqlite3.Connection) -> bytes:
    """A key of its own, from the secret of this register."""
    ((geheim,),) = verbinding.execute("SELECT hex(geheim) FROM trekking").fetchall()
    return hmac.digest(bytes.fromhex(geheim), b"nazicht", "sha256")


def rename_vragen(verbinding: sqlite3.Connection) -> None:
    """Give every question a name that tells nothing, with its answer and all that happened to it.

    The events under its old name stay, empty: the same contents stand under the new one, in the same order, so that
    they are destroyed with their case. Call inside a transaction.
    """
    sleutel = derive_vraagsleutel(verbinding)
    for (tekst,) in verbinding.execute("SELECT inhoud FROM nazicht ORDER BY rowid").fetchall():
        regel = _read(tekst)
        nieuw = _rename(regel.vraag, sleutel) if regel else ""
        if regel and nieuw != regel.vraag.id:
            _move(verbinding, regel.vraag.id, nieuw)


def _rename(vraag: Nazichtvraag, sleutel: bytes) -> str:
    wat = (vraag.casuscode, vraag.passage, vraag.token, vraag.soort)
    oud = {make_open_id(*wat, anoniem=anoniem): anoniem for anoniem in (False, True)}
    return make_vraag_id(*wat, anoniem=oud[vraag.id], sleutel=sleutel) if vraag.id in oud else vraag.id


def _move(verbinding: sqlite3.Connection, oud: str, nieuw: str) -> None:
    gebeurd: Iterable[tuple[int, str, str, str | None]] = verbinding.execute(
        """SELECT volgnummer, op, soort, tekst FROM gebeurtenis JOIN inhoud USING (volgnummer)
        WHERE betreft = ? ORDER BY volgnummer""",
        (f"nazicht {oud}",),
    ).fetchall()
    for volgnummer, op, soort, tekst in gebeurd:
        if tekst is None:
            continue
        verbinding.execute("UPDATE inhoud SET zout = NULL, tekst = NULL WHERE volgnummer = ?", (volgnummer,))
        append(verbinding, dt.date.fromisoformat(op) if op else None, soort, f"nazicht {nieuw}", _write(tekst, nieuw))
    ((stand,),) = verbinding.execute("SELECT inhoud FROM nazicht WHERE id = ?", (oud,)).fetchall()
    verbinding.execute("UPDATE nazicht SET id = ?, inhoud = ? WHERE id = ?", (nieuw, _write(stand, nieuw), oud))


def _read(tekst: str) -> Nazichtregel | None:
    """A stored question; one that cannot be read is refused by who needs it, as before."""
    try:
        return Nazichtregel.model_validate_json(tekst)
    except ValidationError:
        return None


def _write(tekst: str, nieuw: str) -> str:
    regel = _read(tekst)
    if regel is None:
        return tekst
    antwoord = regel.antwoord.model_copy(update={"vraag": nieuw}) if regel.antwoord else None
    return Nazichtregel(vraag=regel.vraag.model_copy(update={"id": nieuw}), antwoord=antwoord).model_dump_json()
