"""The plan van aanpak of a case: each time that the form comes in, its next version (S1:61-63)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.rowcheck import get_ids, is_answered
from pipeline.update import plantexts, texts
from pipeline.update.inbreng import warn_blank
from pipeline.update.opvolging import KLAAR
from pipeline.update.zaak import Zaak, get_rubriek_id, get_veld, get_vlag, is_unreadable, iterate_rows
from schemas import kern
from schemas.aanmelding import Aanmelding, Rij, Validatie
from schemas.bevinding import Bevinding
from schemas.deling import Vlag
from schemas.documentsoort import Moment
from schemas.dossier import Actie, Dossier, Mijlpaal, Planstand, PlanVanAanpak
from schemas.tafel import Anker, Rolsoort

PLAN = get_rubriek_id(kern.PLAN_STAND)
ACTIES = get_rubriek_id(kern.ACTIE_WAT)
#: The dates of a plan, and the anchor that each sets.
_ANKERS = {
    Anker.PLAN_OPGESTELD: kern.PLAN_OPGESTELD,
    Anker.PLAN_BIJGEWERKT: kern.PLAN_BIJGEWERKT,
    Anker.PLAN_GOEDGEKEURD: kern.PLAN_GOEDGEKEURD,
}


@dataclass(frozen=True)
class _Kop:
    """State and dates, as far as they are there."""

    stand: Planstand | None
    opgesteld: dt.date | None
    bijgewerkt: dt.date | None
    goedgekeurd: dt.date | None


@dataclass(frozen=True)
class Planlezer:
    """Takes in a form of the plan."""

    validatie: Validatie
    zaak: Zaak

    def check(self) -> Iterator[Bevinding]:
        """Everything that is wrong with it, or that a person should look at."""
        kop, plaats = _read_kop(self.validatie.aanmelding), self.zaak.describe(PLAN)
        yield from self._check_stand(kop, plaats)
        yield from self._check_dates(kop, plaats)
        yield from self._warn_change(kop, plaats)
        rijen = list(iterate_rows(self.validatie.aanmelding, ACTIES))
        if not rijen:
            yield texts.refuse_no_rows(self.zaak.describe(ACTIES))
        for nummer, rij in rijen:
            yield from _Actiecontrole(self.zaak, rij, self.zaak.describe(ACTIES, nummer)).check(kop.opgesteld)

    def apply(self) -> tuple[Dossier | None, tuple[Bevinding, ...]]:
        """The dossier with the next version; None when this is the version that it has."""
        plan = self._build(_read_kop(self.validatie.aanmelding))
        if plan is None or self._is_same(plan):
            return None, (plantexts.tell_unchanged(self.zaak.describe(PLAN)),)
        dossier = self.zaak.dossier
        bevindingen = self._warn_same_day(plan)
        velden = {anker: f"{self.zaak.formulier.titel}, {self.zaak.get_label(v)}" for anker, v in _ANKERS.items()}
        # The form says what holds now: a date that was corrected does not stay beside the right one.
        rest = tuple(m for m in dossier.mijlpalen if velden.get(m.anker) != m.veld)
        data = {Anker.PLAN_OPGESTELD: plan.opgesteld_op, Anker.PLAN_GOEDGEKEURD: plan.goedgekeurd_op}
        if self._counts_from_update():
            data[Anker.PLAN_BIJGEWERKT] = plan.bijgewerkt_op
        nieuw = (Mijlpaal(anker=anker, datum=op, veld=velden[anker]) for anker, op in data.items() if op)
        return dossier.model_copy(
            update={"plannen": (*dossier.plannen, plan), "mijlpalen": (*rest, *nieuw)}
        ), bevindingen

    def _counts_from_update(self) -> bool:
        """Whether any term of the table looks at the day of the latest version: most look at the first one only."""
        return any(Anker.PLAN_BIJGEWERKT in (*t.ankers, t.vervalt_bij) for t in self.zaak.tafel.termijnen)

    def _check_stand(self, kop: _Kop, plaats: str) -> Iterator[Bevinding]:
        zaak, aanmelding = self.zaak, self.validatie.aanmelding
        label = zaak.get_label(kern.PLAN_GOEDGEKEURD)
        for vraag, waarde in ((kern.PLAN_STAND, kop.stand), (kern.PLAN_OPGESTELD, kop.opgesteld)):
            if waarde is None and not is_unreadable(aanmelding, vraag):
                yield texts.refuse_blank(plaats, zaak.get_label(vraag))
        if kop.bijgewerkt is None and not is_unreadable(aanmelding, kern.PLAN_BIJGEWERKT):
            yield texts.warn_open(plaats, zaak.get_label(kern.PLAN_BIJGEWERKT), zaak.formulier.soort)
        open_ = kop.goedgekeurd is None and not is_unreadable(aanmelding, kern.PLAN_GOEDGEKEURD)
        if kop.stand is Planstand.GOEDGEKEURD and open_:
            yield plantexts.refuse_approved_without_date(plaats, label)
        if kop.stand is Planstand.VOORSTEL and kop.goedgekeurd is not None:
            yield plantexts.refuse_date_without_approval(plaats, label, zaak.get_label(kern.PLAN_STAND))

    def _check_dates(self, kop: _Kop, plaats: str) -> Iterator[Bevinding]:
        zaak = self.zaak
        data = {
            kern.PLAN_OPGESTELD: kop.opgesteld,
            kern.PLAN_BIJGEWERKT: kop.bijgewerkt,
            kern.PLAN_GOEDGEKEURD: kop.goedgekeurd,
        }
        for vraag, datum in data.items():
            label = zaak.get_label(vraag)
            if datum is not None and datum > zaak.vandaag:
                yield texts.refuse_future(plaats, label)
            elif datum is not None and kop.opgesteld is not None and datum < kop.opgesteld:
                yield texts.refuse_earlier(plaats, label, "de dag waarop het plan opgesteld werd")
        if kop.opgesteld is not None and kop.opgesteld < zaak.dossier.aangemeld_op:
            yield plantexts.warn_before_case(plaats, zaak.get_label(kern.PLAN_OPGESTELD))

    def _warn_change(self, kop: _Kop, plaats: str) -> Iterator[Bevinding]:
        """What is odd beside the version that there is, or beside what was asked."""
        zaak, vorig = self.zaak, self.zaak.dossier.plan
        if zaak.dossier.get_mijlpaal(Anker.PLAN_GEVRAAGD) is None:
            yield plantexts.warn_not_asked(plaats)
        if vorig is None:
            return
        if vorig.stand is Planstand.GOEDGEKEURD and kop.stand is Planstand.VOORSTEL:
            yield plantexts.warn_unapproved(plaats, zaak.get_label(kern.PLAN_STAND))
        if kop.bijgewerkt is not None and kop.bijgewerkt < vorig.bijgewerkt_op:
            yield plantexts.warn_older(plaats, zaak.get_label(kern.PLAN_BIJGEWERKT))

    def _warn_same_day(self, plan: PlanVanAanpak) -> tuple[Bevinding, ...]:
        vorig = self.zaak.dossier.plan
        if vorig is None or not plan.bijgewerkt_op == vorig.bijgewerkt_op < self.zaak.vandaag:
            return ()
        return (plantexts.warn_same_day(self.zaak.describe(PLAN), self.zaak.get_label(kern.PLAN_BIJGEWERKT)),)

    def _build(self, kop: _Kop) -> PlanVanAanpak | None:
        if kop.stand is None or kop.opgesteld is None:
            return None
        eerder = self.zaak.dossier.plannen
        rijen = iterate_rows(self.validatie.aanmelding, ACTIES)
        return PlanVanAanpak(
            versie=len(eerder) + 1,
            stand=kop.stand,
            opgesteld_op=kop.opgesteld,
            bijgewerkt_op=kop.bijgewerkt or (self.zaak.vandaag if eerder else kop.opgesteld),
            goedgekeurd_op=kop.goedgekeurd,
            acties=tuple(_read_actie(rij) for _, rij in rijen),
            sha256=self.validatie.sha256,
        )

    def _is_same(self, plan: PlanVanAanpak) -> bool:
        vorig = self.zaak.dossier.plan
        if vorig is None:
            return False
        vrij = {"versie": vorig.versie, "sha256": vorig.sha256}
        if _read_kop(self.validatie.aanmelding).bijgewerkt is None:  # then the day came from us
            return plan.model_copy(update={**vrij, "bijgewerkt_op": vorig.bijgewerkt_op}) == vorig
        return plan.model_copy(update=vrij) == vorig


@dataclass(frozen=True)
class _Actiecontrole:
    """One row of the plan."""

    zaak: Zaak
    rij: Rij
    plaats: str

    def check(self, opgesteld: dt.date | None) -> Iterator[Bevinding]:
        for vraag in (kern.ACTIE_DOEL, kern.ACTIE_WAT):
            if not is_answered(self.rij.get(get_veld(vraag))):
                yield texts.refuse_row_blank(self.plaats, self.zaak.get_label(vraag))
        yield from warn_blank(self.rij, self.zaak, self.plaats, (kern.ACTIE_PRIORITEIT, kern.ACTIE_STATUS))
        yield from self._check_actors()
        if not get_vlag(self.rij).deelbaar_met:
            yield texts.warn_unshared(self.plaats, self.zaak.formulier.soort)
        tegen, status = self.rij.get(get_veld(kern.ACTIE_TEGEN)), self.rij.get(get_veld(kern.ACTIE_STATUS))
        datum = tegen.get_datum() if tegen else None
        klaar = status is not None and status.has_optie(*KLAAR)
        if datum is not None and opgesteld is not None and datum < opgesteld and not klaar:
            yield plantexts.warn_term_before_plan(self.plaats, self.zaak.get_label(kern.ACTIE_TEGEN))

    def _check_actors(self) -> Iterator[Bevinding]:
        zaak, label = self.zaak, self.zaak.get_label(kern.ACTIE_WIE)
        antwoord = self.rij.get(get_veld(kern.ACTIE_WIE))
        yield from zaak.namen.find_unknown([antwoord], self.plaats)
        wie = get_ids(antwoord)
        if not is_answered(antwoord):
            yield plantexts.warn_no_actor(self.plaats, label)
        ongetekend = zaak.namen.list_unsigned(wie, zaak.vandaag)
        yield from (texts.refuse_unsigned(self.plaats, label, partner.naam) for partner in ongetekend)
        for naam in wie:
            if zaak.has_stopped(naam):
                yield texts.warn_stopped(self.plaats, label, zaak.namen.get_naam(naam))
            elif get_vlag(self.rij).deelbaar_met and not _reads(naam, get_vlag(self.rij), zaak):
                yield plantexts.warn_unseen(self.plaats, label, zaak.namen.get_naam(naam))


def _reads(naam: str, vlag: Vlag, zaak: Zaak) -> bool:
    """Whether a document about the plan brings a row with this flag to this actor. The coordinator has the plan."""
    partner = zaak.find_partner(naam)
    rol = zaak.tafel.get_rol(partner.rol if partner else naam)
    if rol is None or rol.soort is Rolsoort.COORDINATOR:
        return True
    verwant = {ander.id for ander in zaak.werkmap.partners if ander.rol in rol.hoort_bij}
    eigen = {partner.id, *partner.aliassen} if partner else set()
    lezers = _list_readers(rol.id, zaak)
    groepen = zaak.data.deling.get_doelgroepen(lezers)
    stukken = [soort.id for soort in zaak.data.get_documenten(Moment.PLAN) if lezers & set(soort.rollen)]
    regels = [regel for stuk in stukken if (regel := zaak.data.deling.get_deelregel(stuk))]
    ids = frozenset({naam, rol.id, *rol.hoort_bij, *verwant, *eigen})
    return any(vlag.allows(groepen & set(regel.doelgroepen), ids) for regel in regels)


def _list_readers(rol: str, zaak: Zaak) -> frozenset[str]:
    """The roles in which a partner reads the plan: his own, or where no plan goes to that, those of its mail groups."""
    rollen = {naam for soort in zaak.data.get_documenten(Moment.PLAN) for naam in soort.rollen}
    groepen = {r.id for r in zaak.tafel.rollen if r.enkel_anoniem and r.id in rollen}
    return frozenset({rol} if rol in rollen or not groepen else groepen)


def _read_kop(aanmelding: Aanmelding) -> _Kop:
    stand = aanmelding.get(kern.PLAN_STAND)
    standen = (kern.STAND_VOORSTEL, kern.STAND_GOEDGEKEURD)
    gekozen = next((naam for naam in standen if stand is not None and stand.has_optie(naam)), None)
    vragen = (kern.PLAN_OPGESTELD, kern.PLAN_BIJGEWERKT, kern.PLAN_GOEDGEKEURD)
    opgesteld, bijgewerkt, goedgekeurd = ((a.get_datum() if (a := aanmelding.get(v)) else None) for v in vragen)
    return _Kop(Planstand(gekozen) if gekozen else None, opgesteld, bijgewerkt, goedgekeurd)


def _read_actie(rij: Rij) -> Actie:
    tegen = rij.get(get_veld(kern.ACTIE_TEGEN))
    return Actie(
        doelstelling=rij.get_tekst(get_veld(kern.ACTIE_DOEL)),
        prioriteit=rij.get_tekst(get_veld(kern.ACTIE_PRIORITEIT)),
        actie=rij.get_tekst(get_veld(kern.ACTIE_WAT)),
        uitvoerders=tuple(dict.fromkeys(get_ids(rij.get(get_veld(kern.ACTIE_WIE))))),
        tegen=tegen.get_datum() if tegen else None,
        status=rij.get_tekst(get_veld(kern.ACTIE_STATUS)),
        vlag=get_vlag(rij),
    )
