"""Questions of the gates on free text, and what the coordinator answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pipeline.register.chain import append
from pipeline.register.database import RegisterFout
from pipeline.register.rows import Registerdeel, parse_row
from schemas.nazicht import Nazichtantwoord, Nazichtregel, Nazichtvraag


class Nazichtboek(Registerdeel):
    """What was asked and answered. A later answer takes the place of an earlier one; the events keep both."""

    def list_nazicht(self) -> tuple[Nazichtregel, ...]:
        """Every question with its answer, case by case in the order in which they were asked."""
        rijen = self._select("SELECT inhoud FROM nazicht ORDER BY casuscode, rowid")
        return tuple(parse_row(Nazichtregel, rij[0]) for rij in rijen)

    def add_vragen(self, vragen: Iterable[Nazichtvraag], op: dt.date) -> None:
        """Note the questions that were not asked before."""
        with self.transaction():
            for vraag in vragen:
                if not self._select("SELECT 1 FROM nazicht WHERE id = ?", vraag.id):
                    self._save("nazicht gevraagd", Nazichtregel(vraag=vraag), op)

    def add_antwoord(self, antwoord: Nazichtantwoord) -> None:
        """Note an answer. Raises RegisterFout when nobody asked."""
        with self.transaction():
            rijen = self._select("SELECT inhoud FROM nazicht WHERE id = ?", antwoord.vraag)
            if not rijen:
                raise RegisterFout("Deze vraag staat niet in het register.")
            regel = parse_row(Nazichtregel, rijen[0][0])
            if regel.antwoord != antwoord:
                nieuw = regel.model_copy(update={"antwoord": antwoord})
                self._save(f"nazicht: {antwoord.besluit.value}", nieuw, antwoord.op)

    def forget_nazicht(self, casuscode: str) -> None:
        """Destroy all about this case: the passages are contents of its forms."""
        with self.transaction():
            self._verbinding.execute(
                """UPDATE inhoud SET zout = NULL, tekst = NULL WHERE volgnummer IN (SELECT volgnummer FROM gebeurtenis
                WHERE betreft IN (SELECT 'nazicht ' || id FROM nazicht WHERE casuscode = ?))""",
                (casuscode,),
            )
            self._verbinding.execute("DELETE FROM nazicht WHERE casuscode = ?", (casuscode,))

    def _save(self, gebeurtenis: str, regel: Nazichtregel, op: dt.date) -> None:
        tekst, vraag = regel.model_dump_json(), regel.vraag
        self._verbinding.execute(
            "INSERT INTO nazicht VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET inhoud = excluded.inhoud",
            (vraag.id, vraag.casuscode, tekst),
        )
        append(self._verbinding, op, gebeurtenis, f"nazicht {vraag.id}", tekst)
