"""The second state of a disclosure: `klaargezet` says that it lies ready, `verzonden` that somebody handed it over."""

from __future__ import annotations

from pipeline.register.chain import append
from pipeline.register.rows import Registerdeel, parse_row
from schemas.bewaring import Verzending


class Verzendboek(Registerdeel):
    """Which versions of which copies were handed over."""

    def list_verzendingen(self) -> dict[tuple[str, int], Verzending]:
        """All of them, by sleutel and versie."""
        rijen = self._select("SELECT inhoud FROM verzending ORDER BY sleutel, versie")
        gelezen = [parse_row(Verzending, rij[0]) for rij in rijen]
        return {(verzending.sleutel, verzending.versie): verzending for verzending in gelezen}

    def add_verzending(self, verzending: Verzending) -> bool:
        """Mark a version as handed over. False when it was already: the first time counts, and stays as it is."""
        sleutel, versie, tekst = verzending.sleutel, verzending.versie, verzending.model_dump_json()
        with self.transaction():
            if self._select("SELECT 1 FROM verzending WHERE sleutel = ? AND versie = ?", sleutel, versie):
                return False
            self._verbinding.execute("INSERT INTO verzending VALUES (?, ?, ?)", (sleutel, versie, tekst))
            append(self._verbinding, verzending.op, "verzonden", f"verzending {sleutel} versie {versie}", tekst)
            return True
