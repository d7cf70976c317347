"""What a melding does to the to-do's of a case: what became of them, and in whose hands they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.rowcheck import is_answered
from pipeline.update import meldingtexts
from pipeline.update.zaak import Zaak, get_rubriek_id, get_veld, iterate_rows
from schemas import kern
from schemas.aanmelding import Aanmelding, Rij
from schemas.bevinding import Bevinding
from schemas.dossier import Actie, Afspraak, Afspraakstatus, Dossier
from schemas.formulier import Formuliersoort

OPVOLGING = get_rubriek_id(kern.OPVOLGING_STATUS)
KLAAR = (Afspraakstatus.GEDAAN.value, Afspraakstatus.VERVALLEN.value)


@dataclass(frozen=True)
class Opvolger:
    """Follows up the to-do's of one case. `wie` are those whom the melding names; `op` is its day."""

    zaak: Zaak
    aanmelding: Aanmelding
    wie: tuple[str, ...]
    op: dt.date

    def check(self) -> Iterator[Bevinding]:
        """Each row with a status speaks of a to-do of this case, and no two of the same."""
        gezien: set[str] = set()
        for plaats, nummer, rij, status in self._iterate():
            if rij.get_tekst(get_veld(kern.OPVOLGING_CASUS)) != self.zaak.dossier.code:
                yield meldingtexts.refuse_other_case(plaats, self.zaak.get_label(kern.OPVOLGING_CASUS))
                continue
            afspraak = next((a for a in self.zaak.dossier.afspraken if nummer and a.nummer == nummer), None)
            if afspraak is None:
                yield meldingtexts.refuse_unknown_todo(plaats, self.zaak.get_label(kern.OPVOLGING_AFSPRAAK))
            elif nummer in gezien:
                yield meldingtexts.refuse_double_todo(plaats)
            elif self._is_overtaken(afspraak) and afspraak.status is not status:
                yield meldingtexts.warn_overtaken(plaats, afspraak.status_op or self.op)
            gezien.add(nummer)

    def set_statuses(self, dossier: Dossier) -> Dossier:
        """The to-do's with what became of them; a later word about one stays."""
        standen = {nummer: status for _, nummer, _, status in self._iterate()}
        return _replace(dossier, tuple(self._set_status(a, standen.get(a.nummer)) for a in dossier.afspraken))

    def hand_over(self, dossier: Dossier, naar: tuple[str, ...]) -> tuple[Dossier, list[Bevinding]]:
        """The open to-do's of `wie` in the hands of `naar`."""
        namen = ", ".join(map(self.zaak.namen.get_naam, naar))
        eigen = frozenset[str]().union(*map(self.zaak.list_names, self.wie))
        afspraken, bevindingen = [], []
        for afspraak in dossier.afspraken:
            if afspraak.is_open and eigen & set(afspraak.wie):
                plaatsen = (naam for wie in afspraak.wie for naam in (naar if wie in eigen else (wie,)))
                afspraken.append(afspraak.model_copy(update={"wie": tuple(dict.fromkeys(plaatsen))}))
                bevindingen.append(meldingtexts.tell_handed_over(self._plaats, afspraak.nummer, namen))
            else:
                afspraken.append(afspraak)
        return _replace(dossier, tuple(afspraken)), bevindingen

    def warn_left(self, dossier: Dossier, *, stopt: bool) -> list[Bevinding]:
        """What whoever stopped or handed over still has: open to-do's, and actions of the plan that are not done."""
        gevonden = []
        acties = dossier.plan.acties if dossier.plan else ()
        for wie in self.wie:
            eigen, naam = self.zaak.list_names(wie), self.zaak.namen.get_naam(wie)
            open_ = [a for a in dossier.afspraken if stopt and a.is_open and eigen & set(a.wie)]
            gevonden += [meldingtexts.warn_todo_left(self._plaats, naam, a.nummer, a.tegen) for a in open_]
            rijen = [nr for nr, a in enumerate(acties, start=1) if eigen & set(a.uitvoerders) and not self._is_done(a)]
            gevonden += [meldingtexts.warn_action_left(self._plaats, naam, nummer) for nummer in rijen]
        return gevonden

    @property
    def _plaats(self) -> str:
        return self.zaak.describe(get_rubriek_id(kern.MELDING_WIE))

    def _iterate(self) -> Iterator[tuple[str, str, Rij, Afspraakstatus]]:
        """Place, number of the to-do, row and status; a row without a status says nothing."""
        for rijnummer, rij in iterate_rows(self.aanmelding, OPVOLGING):
            antwoord = rij.get(get_veld(kern.OPVOLGING_STATUS))
            if antwoord is None or not is_answered(antwoord):
                continue
            status = next((Afspraakstatus(naam) for naam in kern.STATUSSEN if antwoord.has_optie(naam)), None)
            if status is not None:
                nummer = rij.get_tekst(get_veld(kern.OPVOLGING_AFSPRAAK)).strip().upper()
                yield self.zaak.describe(OPVOLGING, rijnummer), nummer, rij, status

    def _set_status(self, afspraak: Afspraak, status: Afspraakstatus | None) -> Afspraak:
        if status is None or self._is_overtaken(afspraak):
            return afspraak
        return afspraak.model_copy(update={"status": status, "status_op": self.op})

    def _is_overtaken(self, afspraak: Afspraak) -> bool:
        return afspraak.status_op is not None and afspraak.status_op > self.op

    def _is_done(self, actie: Actie) -> bool:
        """A plan keeps the label of a status: the form of the plan says which option that is."""
        formulier = self.zaak.data.get_formulier_of_soort(Formuliersoort.PLAN)
        vraag = formulier.get_vraag(kern.ACTIE_STATUS) if formulier else None
        opties = vraag.opties if vraag else ()
        return any(optie.id in KLAAR and optie.label == actie.status for optie in opties)


def _replace(dossier: Dossier, afspraken: tuple[Afspraak, ...]) -> Dossier:
    return dossier.model_copy(update={"afspraken": afspraken})
