"""The end of a retention term: contents go, with their salts; the chain stays whole, and says what went.

The files that must go with them are noted in the same transaction, so that a run after a kill still finds them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pipeline.register.chain import append
from pipeline.register.nazicht import Nazichtboek
from pipeline.register.rows import parse_row
from schemas.bewaring import Vernietiging
from schemas.verstrekking import Verstrekking


class Bewaarboek(Nazichtboek):
    """What was destroyed, and which files still have to go."""

    def list_vernietigingen(self) -> tuple[Vernietiging, ...]:
        """All records of destruction, by casuscode."""
        rijen = self._select("SELECT inhoud FROM vernietiging ORDER BY casuscode")
        return tuple(parse_row(Vernietiging, rij[0]) for rij in rijen)

    def list_sommen(self, casuscode: str) -> tuple[str, ...]:
        """SHA-256 of every form that was noted under this case."""
        vraag = "SELECT sha256 FROM inzending WHERE json_extract(inhoud, '$.casuscode') = ? ORDER BY sha256"
        return tuple(rij[0] for rij in self._select(vraag, casuscode))

    def destroy_dossier(
        self,
        vernietiging: Vernietiging,
        *,
        inzendingen: Collection[str],
        weg: Collection[Verstrekking],
        ingekort: Collection[Verstrekking],
        bestanden: Collection[str],
    ) -> None:
        """Destroy a case in one transaction, and leave the record of it.

        `inzendingen` are SHA-256's of forms about this case alone; of the copies those in `weg` go, those in
        `ingekort` stay as they are given here; `bestanden` are paths below the werkmap that are still to be removed.
        """
        code = vernietiging.casuscode
        with self.transaction():
            self._verbinding.execute("DELETE FROM dossier WHERE code = ?", (code,))
            self._forget(f"dossier {code}")
            self.forget_nazicht(code)
            for sha256 in inzendingen:
                self._verbinding.execute("DELETE FROM inzending WHERE sha256 = ?", (sha256,))
                self._forget(f"inzending {sha256}")
            for verstrekking in weg:
                sleutel = (verstrekking.sleutel, verstrekking.versie)
                self._verbinding.execute("DELETE FROM verstrekking WHERE sleutel = ? AND versie = ?", sleutel)
                self._forget(_name(verstrekking))
            for verstrekking in ingekort:
                self._shorten(verstrekking, vernietiging)
            tekst = vernietiging.model_dump_json()
            self._verbinding.execute("INSERT OR REPLACE INTO vernietiging VALUES (?, ?)", (code, tekst))
            append(self._verbinding, vernietiging.op, "vernietigd", f"vernietiging {code}", tekst)
            rijen = [(pad,) for pad in bestanden]
            self._verbinding.executemany("INSERT OR IGNORE INTO op_te_ruimen VALUES (?)", rijen)

    def list_op_te_ruimen(self) -> tuple[str, ...]:
        """Paths below the werkmap that a destruction has still to remove."""
        return tuple(rij[0] for rij in self._select("SELECT pad FROM op_te_ruimen ORDER BY pad"))

    def clear_op_te_ruimen(self, paden: Iterable[str]) -> None:
        """These are gone."""
        with self.transaction():
            self._verbinding.executemany("DELETE FROM op_te_ruimen WHERE pad = ?", [(pad,) for pad in paden])

    def _shorten(self, verstrekking: Verstrekking, vernietiging: Vernietiging) -> None:
        tekst = verstrekking.model_dump_json()
        self._forget(_name(verstrekking))
        self._verbinding.execute(
            "UPDATE verstrekking SET inhoud = ? WHERE sleutel = ? AND versie = ?",
            (tekst, verstrekking.sleutel, verstrekking.versie),
        )
        append(self._verbinding, vernietiging.op, "ingekort", _name(verstrekking), tekst)

    def _forget(self, betreft: str) -> None:
        """Destroy the contents of all events about this; their hashes stay, and say nothing without the salt."""
        self._verbinding.execute(
            """UPDATE inhoud SET zout = NULL, tekst = NULL
            WHERE volgnummer IN (SELECT volgnummer FROM gebeurtenis WHERE betreft = ?)""",
            (betreft,),
        )


def _name(verstrekking: Verstrekking) -> str:
    return f"verstrekking {verstrekking.sleutel} versie {verstrekking.versie}"
