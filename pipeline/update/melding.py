"""What happens to a case between two meetings: one kind, on one day, with what it does to the dossier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.rowcheck import get_ids, is_answered
from pipeline.update import meldingtexts, texts
from pipeline.update.gevolg import Gevolg
from pipeline.update.inbreng import INFORMATIE, build_inbreng, check_eigen, check_informatie, list_eigen
from pipeline.update.opvolging import Opvolger
from pipeline.update.zaak import Zaak, get_rubriek_id, get_veld, get_vlag, is_unreadable, iterate_rows
from schemas import kern
from schemas.aanmelding import KeuzeWaarde, Validatie
from schemas.bevinding import Bevinding
from schemas.datum import format_datum
from schemas.documentsoort import Kring
from schemas.dossier import Dossier, Fasewissel, Inbreng, Mededeling, Melding, Mijlpaal
from schemas.tafel import Meldingeis, Meldingsoort, Rolsoort

MELDING = get_rubriek_id(kern.MELDING_SOORT)
MEDEDELINGEN = get_rubriek_id(kern.MEDEDELING_TEKST)
_EISEN = {
    Meldingeis.WIE: kern.MELDING_WIE,
    Meldingeis.NAAR: kern.MELDING_NAAR,
    Meldingeis.UUR: kern.MELDING_UUR,
    Meldingeis.PLAATS: kern.MELDING_PLAATS,
    Meldingeis.OVERLEG_OP: kern.MELDING_OVERLEG_OP,
    Meldingeis.MEDEDELING: kern.MEDEDELING_TEKST,
}


@dataclass(frozen=True)
class Meldinglezer:
    """Takes in a melding."""

    validatie: Validatie
    zaak: Zaak

    def check(self) -> Iterator[Bevinding]:
        """Everything that is wrong with it, or that a person should look at."""
        zaak, plaats, soort = self.zaak, self.zaak.describe(MELDING), self._get_soort()
        if soort is None and not is_unreadable(self.validatie.aanmelding, kern.MELDING_SOORT):
            yield texts.refuse_blank(plaats, zaak.get_label(kern.MELDING_SOORT))
        if soort is not None:
            if not may_tell(soort, zaak):
                yield self._refuse_now(soort, plaats)
            yield from self._check_complete(soort, plaats)
            yield from self._check_names(soort, plaats)
            yield from self._make_gevolg(soort).check(plaats)
        yield from self._check_datum(soort, plaats)
        yield from self._check_mededelingen()
        yield from check_informatie(self.validatie.aanmelding, zaak)
        yield from check_eigen(self.validatie.aanmelding, zaak)
        yield from self._follow_up().check()

    def apply(self) -> tuple[Dossier | None, tuple[Bevinding, ...]]:
        """The dossier with the melding and all that it does."""
        soort, datum = self._get_soort(), self._get_datum()
        if soort is None or datum is None:
            return None, ()
        opvolger = self._follow_up()
        dossier = opvolger.set_statuses(self.zaak.dossier)
        bevindingen: list[Bevinding] = []
        if soort.draagt_over:
            dossier, bevindingen = opvolger.hand_over(dossier, self._get_ids(kern.MELDING_NAAR))
        if soort.draagt_over or soort.stopt:
            bevindingen += opvolger.warn_left(dossier, stopt=soort.stopt)
        gevolg = self._make_gevolg(soort)
        dossier = gevolg.appoint(self._move(dossier, soort, datum), datum)
        bevindingen += gevolg.report(dossier, self.zaak.describe(MELDING))
        inbreng = self._list_inbreng()
        velden = {
            "inbreng": (*dossier.inbreng, *inbreng),
            "meldingen": (*dossier.meldingen, self._build(soort, datum)),
        }
        return dossier.model_copy(update=velden), tuple(bevindingen)

    def _get_soort(self) -> Meldingsoort | None:
        antwoord = self.validatie.aanmelding.get(kern.MELDING_SOORT)
        opties = antwoord.waarde.opties if antwoord and isinstance(antwoord.waarde, KeuzeWaarde) else ()
        return next((soort for optie in opties if (soort := self.zaak.tafel.get_melding(optie))), None)

    def _get_datum(self) -> dt.date | None:
        antwoord = self.validatie.aanmelding.get(kern.MELDING_DATUM)
        return antwoord.get_datum() if antwoord else None

    def _get_ids(self, vraag: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(get_ids(self.validatie.aanmelding.get(vraag))))

    def _follow_up(self) -> Opvolger:
        op = min(self._get_datum() or self.zaak.vandaag, self.zaak.vandaag)
        return Opvolger(self.zaak, self.validatie.aanmelding, self._get_ids(kern.MELDING_WIE), op)

    def _refuse_now(self, soort: Meldingsoort, plaats: str) -> Bevinding:
        zaak = self.zaak
        fase = zaak.tafel.get_fase(zaak.dossier.fase)
        kan = [melding.label for melding in zaak.tafel.meldingen if may_tell(melding, zaak)]
        return meldingtexts.refuse_soort_now(plaats, soort.label, fase.label if fase else zaak.dossier.fase, kan)

    def _check_complete(self, soort: Meldingsoort, plaats: str) -> Iterator[Bevinding]:
        aanmelding = self.validatie.aanmelding
        for eis in soort.vereist:
            if not any(is_answered(antwoord) for antwoord in aanmelding.get_antwoorden(_EISEN[eis])):
                waar = self.zaak.describe(MEDEDELINGEN) if eis is Meldingeis.MEDEDELING else plaats
                yield meldingtexts.refuse_incomplete(waar, soort.label, self.zaak.get_label(_EISEN[eis]))

    def _check_names(self, soort: Meldingsoort, plaats: str) -> Iterator[Bevinding]:
        """Whoever would get something by being named has signed; a handover goes to somebody else."""
        zaak, aanmelding = self.zaak, self.validatie.aanmelding
        wie, naar = self._get_ids(kern.MELDING_WIE), self._get_ids(kern.MELDING_NAAR)
        yield from zaak.namen.find_unknown([aanmelding.get(v) for v in (kern.MELDING_WIE, kern.MELDING_NAAR)], plaats)
        brieven = zaak.data.list_meldingbrieven(soort.id)
        krijgt = soort.nodigt_uit or any(brief.kring is Kring.GENOEMD for brief in brieven)
        for vraag, ids in ((kern.MELDING_WIE, wie if krijgt else ()), (kern.MELDING_NAAR, naar)):
            label = zaak.get_label(vraag)
            ongetekend = zaak.namen.list_unsigned(ids, zaak.vandaag)
            yield from (texts.refuse_unsigned(plaats, label, partner.naam) for partner in ongetekend)
            gestopt = (naam for naam in ids if zaak.has_stopped(naam))
            yield from (texts.warn_stopped(plaats, label, zaak.namen.get_naam(naam)) for naam in gestopt)
        if soort.draagt_over and any(naam in zaak.list_names(ander) for naam in wie for ander in naar):
            yield meldingtexts.refuse_to_self(
                plaats, zaak.get_label(kern.MELDING_WIE), zaak.get_label(kern.MELDING_NAAR)
            )

    def _check_datum(self, soort: Meldingsoort | None, plaats: str) -> Iterator[Bevinding]:
        zaak, datum, label = self.zaak, self._get_datum(), self.zaak.get_label(kern.MELDING_DATUM)
        vooruit = soort is not None and soort.vooruit
        laatste = zaak.dossier.verloop[-1].op if zaak.dossier.verloop else None
        if datum is None and not is_unreadable(self.validatie.aanmelding, kern.MELDING_DATUM):
            yield texts.refuse_blank(plaats, label)
        if datum is None:
            return
        if datum > zaak.vandaag and not vooruit:
            yield texts.refuse_future(plaats, label)
        elif datum < zaak.dossier.aangemeld_op:
            yield texts.refuse_earlier(plaats, label, "de aanmelding van de casus")
        elif soort is not None and soort.naar_fase and laatste is not None and datum < laatste:
            yield texts.refuse_earlier(plaats, label, "de dag waarop het dossier in zijn huidige fase kwam")

    def _check_mededelingen(self) -> Iterator[Bevinding]:
        for nummer, rij in iterate_rows(self.validatie.aanmelding, MEDEDELINGEN):
            plaats = self.zaak.describe(MEDEDELINGEN, nummer)
            if not is_answered(rij.get(get_veld(kern.MEDEDELING_TEKST))):
                yield texts.refuse_row_blank(plaats, self.zaak.get_label(kern.MEDEDELING_TEKST))
            if not get_vlag(rij).deelbaar_met:
                yield texts.warn_unshared(plaats, self.zaak.formulier.soort)

    def _move(self, dossier: Dossier, soort: Meldingsoort, datum: dt.date) -> Dossier:
        """Phase, the dates from which terms count, and the next overleg."""
        titel, veld = self.zaak.formulier.titel, self._make_gevolg(soort).describe_veld(datum)
        velden: dict[str, object] = {
            "mijlpalen": (*dossier.mijlpalen, *(Mijlpaal(anker=a, datum=datum, veld=veld) for a in soort.zet)),
            "overleg_op": self._make_gevolg(soort).plan(dossier, datum),
        }
        if soort.naar_fase and soort.naar_fase != dossier.fase:
            wissel = Fasewissel(fase=soort.naar_fase, op=datum, door=f"{titel} {format_datum(datum)}: {soort.label}")
            velden |= {"fase": soort.naar_fase, "verloop": (*dossier.verloop, wissel)}
        return dossier.model_copy(update=velden)

    def _make_gevolg(self, soort: Meldingsoort) -> Gevolg:
        antwoord = self.validatie.aanmelding.get(kern.MELDING_OVERLEG_OP)
        op = antwoord.get_datum() if antwoord else None
        return Gevolg(self.zaak, soort, self._get_ids(kern.MELDING_WIE), self._get_ids(kern.MELDING_NAAR), op)

    def _list_inbreng(self) -> tuple[Inbreng, ...]:
        eigen = (INFORMATIE, *list_eigen(self.zaak.formulier))
        rubrieken = [r for r in self.validatie.aanmelding.rubrieken if r.id in eigen]
        rollen = self.zaak.tafel.get_rollen_of_soort(Rolsoort.COORDINATOR)
        inbreng = build_inbreng(self.validatie, self.zaak, rollen[0] if rollen else "", rubrieken)
        return (inbreng,) if inbreng.rubrieken else ()

    def _build(self, soort: Meldingsoort, datum: dt.date) -> Melding:
        aanmelding, veld = self.validatie.aanmelding, get_veld(kern.MEDEDELING_TEKST)
        return Melding(
            soort=soort.id,
            datum=datum,
            wie=self._get_ids(kern.MELDING_WIE),
            naar=self._get_ids(kern.MELDING_NAAR),
            uur=aanmelding.get_tekst(kern.MELDING_UUR),
            plaats=aanmelding.get_tekst(kern.MELDING_PLAATS),
            mededelingen=tuple(
                Mededeling(tekst=rij.get_tekst(veld), vlag=get_vlag(rij))
                for _, rij in iterate_rows(aanmelding, MEDEDELINGEN)
            ),
            notitie=aanmelding.get_tekst(kern.MELDING_NOTITIE),
            overleg_op=self._make_gevolg(soort).overleg_op,
            formuliernummer=self.validatie.meta.nummer,
            ontvangen_op=self.zaak.vandaag,
        )


def may_tell(soort: Meldingsoort, zaak: Zaak) -> bool:
    """Whether this kind fits the phase: one that names none, every open phase; a correction also a closed one."""
    fase = zaak.dossier.fase
    return fase in soort.van if soort.van else zaak.tafel.is_open(fase)
