"""Where a melding leads: to a day for the next overleg, and to who holds a role within the dossier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.rowcheck import check_drager, tell_overleg_op, warn_overleg_op
from pipeline.update import gevolgtexts as texts
from pipeline.update.zaak import Zaak
from schemas import kern
from schemas.bevinding import Bevinding
from schemas.datum import format_datum
from schemas.dossier import Benoeming, Dossier
from schemas.tafel import Meldingsoort, Overlegsoort
from schemas.venster import list_vensters


@dataclass(frozen=True)
class Gevolg:
    """A kind of melding with whom it names, to whom it hands over, and the day that it notes for the next overleg."""

    zaak: Zaak
    soort: Meldingsoort
    wie: tuple[str, ...]
    naar: tuple[str, ...]
    overleg_op: dt.date | None

    def check(self, plaats: str) -> Iterator[Bevinding]:
        """A day that has passed or leads nowhere, a role that the one who takes over cannot hold."""
        label = self.zaak.get_label(kern.MELDING_OVERLEG_OP)
        if self.overleg_op is not None and not self._is_op_afspraak():
            yield texts.refuse_plans_nothing(plaats, label, self.soort)
        elif self.overleg_op is not None and self.overleg_op < self.zaak.vandaag:
            yield texts.refuse_past(plaats, label)
        rol = self.zaak.tafel.get_dossierrol(self.soort.benoemt or "")
        if rol is not None:
            naar = self.zaak.get_label(kern.MELDING_NAAR)
            yield from check_drager(self.zaak.namen, rol, self.naar, naar, plaats, self.zaak.vandaag)

    def plan(self, dossier: Dossier, datum: dt.date) -> dt.date | None:
        """The next date of the overleg to which the melding leads; a case that was planned sooner stays there.

        Of an overleg without fixed dates the day that the melding notes, in place of an earlier one.
        """
        gepland, overleg = dossier.overleg_op, self._get_overleg()
        if self.soort.naar_fase and not self.zaak.tafel.is_open(self.soort.naar_fase):
            return None
        if overleg is None:
            return gepland
        if overleg.kalender.is_op_afspraak:
            return self.overleg_op or gepland
        volgend = overleg.kalender.next_date(max(datum, self.zaak.vandaag))
        return volgend if gepland is None else min(gepland, volgend)

    def appoint(self, dossier: Dossier, datum: dt.date) -> Dossier:
        """The dossier with who holds the role from now on."""
        if self.soort.benoemt is None:
            return dossier
        nieuw = (
            Benoeming(rol=self.soort.benoemt, wie=wie, op=datum, veld=self.describe_veld(datum)) for wie in self.naar
        )
        return dossier.model_copy(update={"benoemingen": (*dossier.benoemingen, *nieuw)})

    def report(self, dossier: Dossier, plaats: str) -> Iterator[Bevinding]:
        """On which day the case comes up, what is odd about it, and which role nobody holds any more."""
        overleg, op = self._get_overleg(), dossier.overleg_op
        tafel, werkmap = self.zaak.tafel, self.zaak.werkmap
        if overleg is not None and op is not None:
            yield tell_overleg_op(plaats, overleg.naam, op)
            if overleg.kalender.is_op_afspraak:
                vensters = list_vensters(dossier, overleg.id, tafel, werkmap)
                yield from warn_overleg_op(plaats, op, tafel, werkmap, vensters)
        if not self.soort.stopt:
            return
        for rol in tafel.dossierrollen:
            drager = dossier.get_drager(rol.id)
            if drager is not None and any(drager in self.zaak.list_names(naam) for naam in self.wie):
                yield texts.warn_without_drager(plaats, rol, self.zaak.namen.get_naam(drager))

    def describe_veld(self, datum: dt.date) -> str:
        """The field of the form that set a date: form and label."""
        return f"{self.zaak.formulier.titel} {format_datum(datum)}, {self.zaak.get_label(kern.MELDING_DATUM)}"

    def _get_overleg(self) -> Overlegsoort | None:
        return self.zaak.tafel.get_overleg(self.soort.plant_overleg) if self.soort.plant_overleg else None

    def _is_op_afspraak(self) -> bool:
        overleg = self._get_overleg()
        return overleg is not None and overleg.kalender.is_op_afspraak
