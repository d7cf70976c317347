"""Whether a day that was agreed for an overleg lies in the window in which a term wants it (S3:46)."""

from __future__ import annotations

import datetime as dt

from schemas.base import Vertrouwelijk
from schemas.dossier import Dossier, Mijlpaal
from schemas.kalender import compute_venster
from schemas.tafel import Richting, Tafel, Termijn
from schemas.werkmap import Werkmap


class Venster(Vertrouwelijk):
    """A window that runs for a case: what has to happen in it, and its first and last day."""

    wat: str
    begin: dt.date
    einde: dt.date

    def holds(self, datum: dt.date) -> bool:
        """Whether this day lies in it."""
        return self.begin <= datum <= self.einde


def list_vensters(dossier: Dossier, overleg_id: str, tafel: Tafel, werkmap: Werkmap) -> tuple[Venster, ...]:
    """The windows of this case for a next date of this overleg."""
    return tuple(
        Venster(wat=termijn.wat, begin=begin, einde=einde)
        for termijn in tafel.termijnen
        if termijn.richting is Richting.VENSTER and termijn.overleg == overleg_id and dossier.fase in termijn.fasen
        if (mijlpaal := find_mijlpaal(dossier, termijn)) is not None
        for begin, einde in [compute_venster(mijlpaal.datum, termijn, tafel, werkmap)]
    )


def find_mijlpaal(dossier: Dossier, termijn: Termijn) -> Mijlpaal | None:
    """The latest of the anchors of a term: each return to the table, like each plan, starts it anew."""
    gevonden = (dossier.get_mijlpaal(anker) for anker in termijn.ankers)
    return max((mijlpaal for mijlpaal in gevonden if mijlpaal is not None), key=lambda m: m.datum, default=None)
