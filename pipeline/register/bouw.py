"""A register that is being built anew: it gives out the codes and numbers of the one that went."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable

from pipeline.register.chain import HERBOUWD, append
from pipeline.register.database import RegisterFout
from pipeline.register.kenmerken import Kenmerkregel
from pipeline.register.store import Herbouwing, Nummerregel, Register

#: By the word with which their events begin: where a row goes, and which of its fields come before its contents.
_TABELLEN = {
    "dossier": ("INSERT OR IGNORE INTO dossier VALUES (?, ?)", ("code",), "aangemeld_op"),
    "inzending": ("INSERT OR IGNORE INTO inzending VALUES (?, ?)", ("sha256",), "ontvangen_op"),
    "verstrekking": ("INSERT OR IGNORE INTO verstrekking VALUES (?, ?, ?)", ("sleutel", "versie"), "klaargezet_op"),
    "verzending": ("INSERT OR IGNORE INTO verzending VALUES (?, ?, ?)", ("sleutel", "versie"), "op"),
    "vernietiging": ("INSERT OR IGNORE INTO vernietiging VALUES (?, ?)", ("casuscode",), "op"),
}


class Bouwregister(Register):
    """Open it in a folder of its own; what is taken in again gets what it had."""

    _code = ""
    _bekend: dict[str, Nummerregel]

    def begin(self, herbouwing: Herbouwing, geheim: str, getrokken: int) -> None:
        """The first event, and what new codes are drawn from when that was kept."""
        self._bekend = {}
        with self.transaction():
            append(self._verbinding, herbouwing.op, "herbouwd", HERBOUWD, herbouwing.model_dump_json())
            if geheim:
                self._verbinding.execute(
                    "UPDATE trekking SET geheim = ?, aantal = ?", (bytes.fromhex(geheim), getrokken)
                )

    def expect(self, code: str) -> None:
        """The next code that is drawn is this one; "" for a new one."""
        self._code = code

    def offer(self, regels: Iterable[Nummerregel]) -> None:
        """Numbers that the register that went had given out."""
        self._bekend |= {regel.nummer: regel for regel in regels}

    def draw_code(self, op: dt.date) -> str:
        """The code that was expected, else a new one."""
        code, self._code = self._code, ""
        return code or super().draw_code(op)

    def get_nummer(self, nummer: str) -> Nummerregel | None:
        """A number that was given out once is known as soon as it is asked for, unused."""
        regel = super().get_nummer(nummer)
        if regel is None and nummer in self._bekend:
            self._put_nummer(self._bekend[nummer].model_copy(update={"gebruikt_door": ""}))
            regel = super().get_nummer(nummer)
        return regel

    def settle_nummers(self, gelezen: Iterable[str]) -> None:
        """Note the numbers that no form asked for: used when its form is not among `gelezen` (SHA-256), else open."""
        lag = set(gelezen)
        for regel in self._bekend.values():
            if super().get_nummer(regel.nummer) is None:
                self._put_nummer(
                    regel.model_copy(update={"gebruikt_door": ""}) if regel.gebruikt_door in lag else regel
                )

    def put_row(self, regel: Kenmerkregel) -> None:
        """Take over a row as it was kept. Raises RegisterFout when it is none of the register's."""
        opdracht, velden, dag = _TABELLEN[regel.betreft.partition(" ")[0]]
        try:
            inhoud = json.loads(regel.inhoud)
            sleutel = tuple(inhoud[veld] for veld in velden)
            op = dt.date.fromisoformat(inhoud[dag])
        except (ValueError, KeyError, TypeError):
            raise RegisterFout(f"Wat in de map kenmerken staat over {regel.betreft}, is niet te lezen.") from None
        with self.transaction():
            if self._verbinding.execute(opdracht, (*sleutel, regel.inhoud)).rowcount:
                append(self._verbinding, op, "overgenomen", regel.betreft, regel.inhoud)

    def _put_nummer(self, regel: Nummerregel) -> None:
        with self.transaction():
            rij = (regel.nummer, regel.soort, regel.betreft, regel.gebruikt_door)
            try:
                self._verbinding.execute("INSERT INTO nummer VALUES (?, ?, ?, ?)", rij)
            except sqlite3.IntegrityError:  # a newer one for the same is open
                return
            append(self._verbinding, None, "nummer overgenomen", f"nummer {regel.nummer}", regel.model_dump_json())
