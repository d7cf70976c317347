"""What every part of the register stands on: transactions, queries, and rows read back as models."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TypeVar

from pydantic import ValidationError

from pipeline.register.database import TERUGZETTEN, RegisterFout, translate_faults
from schemas.base import Model

M = TypeVar("M", bound=Model)


class Registerdeel:
    """A part of the register of one werkmap, on its open connection."""

    _verbinding: sqlite3.Connection

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes of the block, or none. Inside another transaction it can be undone by itself."""
        genest = self._verbinding.in_transaction
        begin, einde = ("SAVEPOINT deel", "RELEASE deel") if genest else ("BEGIN IMMEDIATE", "COMMIT")
        with translate_faults(), ExitStack() as bij_fout:
            self._verbinding.execute(begin)
            bij_fout.callback(self._roll_back, genest)
            yield
            self._verbinding.execute(einde)
            bij_fout.pop_all()

    def _roll_back(self, genest: bool) -> None:
        # A full disk makes SQLite roll back by itself.
        if self._verbinding.in_transaction:
            for opdracht in ("ROLLBACK TO deel", "RELEASE deel") if genest else ("ROLLBACK",):
                self._verbinding.execute(opdracht)

    def _select(self, vraag: str, *waarden: str | int) -> list[tuple[str, ...]]:
        with translate_faults():
            return self._verbinding.execute(vraag, waarden).fetchall()


def parse_row(soort: type[M], tekst: str) -> M:
    """A stored row as its model. Raises RegisterFout without a word of what stands in it."""
    try:
        return soort.model_validate_json(tekst)
    except ValidationError:
        # The cause would name fields of the form.
        raise RegisterFout(
            f"Een {soort.__name__} in het register is niet te lezen met deze versie van het programma.", TERUGZETTEN
        ) from None
