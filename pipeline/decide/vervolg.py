"""What a row says beyond the decision itself: the day of the next overleg, and who holds a role within the dossier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.decide import vervolgtexts as texts
from pipeline.decide.zitting import Zitting
from pipeline.rowcheck import check_drager, get_ids, is_filled, tell_overleg_op, warn_overleg_op
from schemas import kern
from schemas.aanmelding import Antwoord, Rij
from schemas.bevinding import Bevinding
from schemas.dossier import Dossier, GenomenBesluit
from schemas.tafel import Besluit
from schemas.venster import list_vensters

_OVERLEG_OP = kern.PUNT_OVERLEG_OP.split(".")[1]


@dataclass(frozen=True)
class Vervolg:
    """Reads what follows on a decision from one row."""

    zitting: Zitting

    def list_velden(self) -> tuple[str, ...]:
        """The fields of a row that say it."""
        return (_OVERLEG_OP, *(rol.id for rol in self.zitting.tafel.dossierrollen))

    def list_names(self) -> tuple[str, ...]:
        """Those of them that hold names."""
        return self.list_velden()[1:]

    def build(self, rij: Rij) -> dict[str, object]:
        """The fields of a GenomenBesluit."""
        antwoord = rij.get(_OVERLEG_OP)
        benoemd = [(rol.id, wie) for rol in self.zitting.tafel.dossierrollen for wie in get_ids(rij.get(rol.id))]
        return {"overleg_op": antwoord.get_datum() if antwoord else None, "benoemd": tuple(benoemd)}

    def check(self, vorige: Dossier | None, besluit: Besluit, rij: Rij, plaats: str) -> Iterator[Bevinding]:
        """A day that cannot be, a role that nobody or the wrong one holds."""
        yield from self._check_datum(besluit, rij.get(_OVERLEG_OP), plaats)
        for rol in self.zitting.tafel.dossierrollen:
            antwoord = rij.get(rol.id)
            ids = get_ids(antwoord)
            if antwoord is not None:
                yield from check_drager(self.zitting.namen, rol, ids, antwoord.label, plaats, self.zitting.vandaag)
            bekend = vorige.get_drager(rol.id) if vorige else None
            if rol.id in besluit.dragers and not is_filled(antwoord) and bekend is None:
                yield texts.refuse_without_drager(plaats, besluit, rol)

    def report(self, dossier: Dossier, genomen: GenomenBesluit, plaats: str) -> Iterator[Bevinding]:
        """On what day the case is planned now, and what is odd about it."""
        besluit, datum = self.zitting.tafel.get_besluit(genomen.besluit), genomen.overleg_op
        overleg = self.zitting.tafel.get_overleg(besluit.plant_overleg or "") if besluit else None
        if overleg is None or datum is None or not overleg.kalender.is_op_afspraak:
            return
        tafel, werkmap = self.zitting.tafel, self.zitting.werkmap
        yield tell_overleg_op(plaats, overleg.naam, datum)
        yield from warn_overleg_op(plaats, datum, tafel, werkmap, list_vensters(dossier, overleg.id, tafel, werkmap))

    def _check_datum(self, besluit: Besluit, antwoord: Antwoord | None, plaats: str) -> Iterator[Bevinding]:
        datum = antwoord.get_datum() if antwoord else None
        if antwoord is None or datum is None:
            return
        overleg = self.zitting.tafel.get_overleg(besluit.plant_overleg or "")
        if overleg is None or not overleg.kalender.is_op_afspraak:
            yield texts.refuse_plans_nothing(plaats, antwoord.label, besluit)
        elif datum <= self.zitting.datum:
            yield texts.refuse_not_later(plaats, antwoord.label, self.zitting.datum)
