"""The decision form of a meeting: it counts only with the number that the register gave out for that meeting."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pipeline.decide import Zitting, decide_punten
from pipeline.inspect import inspect_casusformulier
from pipeline.meeting import plan_overleg
from pipeline.register import Register
from pipeline.run.attachments import get_betreft
from pipeline.run.results import Lot
from pipeline.run.uitslag import Uitslag, make_refusal, refuse
from pipeline.settings import Settings
from schemas.aanmelding import Validatie
from schemas.datum import format_dag
from schemas.formulier import Formulier


@dataclass(frozen=True)
class Besluitintake:
    """Takes in the decision forms of one werkmap."""

    settings: Settings
    register: Register

    def take(self, validatie: Validatie, formulier: Formulier) -> Uitslag:
        """A decision form counts only with the number that the register gave out for that meeting."""
        tafel = self.settings.data.tafel
        soort = tafel.get_overleg(formulier.overleg or "")
        regel = self.register.get_nummer(validatie.meta.nummer)
        datum = _parse_datum(validatie.meta.overlegdatum)
        if regel is None or regel.soort != formulier.id or soort is None or datum is None:
            return refuse(make_refusal("nummer-onbekend", *_NUMMER_ONBEKEND))
        if regel.gebruikt_door:
            return refuse(make_refusal("nummer-gebruikt", *_NUMMER_GEBRUIKT))
        if regel.betreft != get_betreft(soort.id, datum.isoformat()):
            return refuse(make_refusal("ander-overleg", *_ANDER_OVERLEG))
        if datum > self.settings.vandaag:
            return refuse(make_refusal("overleg-nog-niet-geweest", *_make_too_early(soort.naam, datum)))
        dossiers = {dossier.code: dossier for dossier in self.register.list_dossiers()}
        overleg = plan_overleg(soort, datum, tuple(dossiers.values()), tafel, self.settings.werkmap)
        agenda = {punt.casuscode: dossiers[punt.casuscode] for punt in overleg.punten}
        zitting = Zitting(
            formulier,
            soort,
            datum,
            agenda,
            tafel,
            werkmap=self.settings.werkmap,
            vandaag=self.settings.vandaag,
            alle=dossiers,
            documenten=self.settings.data.documenten,
            deling=self.settings.data.deling,
        )
        besluiten = decide_punten(validatie, zitting)
        # What a row cannot use is told by the decisions, to the coordinator instead of an aanmelder.
        gelezen = [b for b in validatie.bevindingen if b.code != "antwoord-onbruikbaar"]
        bevindingen = [*gelezen, *besluiten.bevindingen]
        if besluiten.geweigerd:
            return Uitslag(Lot.QUARANTAINE, bevindingen=bevindingen)
        if not besluiten.dossiers:
            return refuse(make_refusal("geen-besluiten", *_GEEN_BESLUITEN))
        bevindingen += inspect_casusformulier(validatie.aanmelding, formulier, self.settings.data, agenda)
        return Uitslag(Lot.BESLIST, besluiten.dossiers, nummer=regel.nummer, bevindingen=bevindingen)


def _parse_datum(tekst: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(tekst)
    except ValueError:
        return None


def _make_too_early(overleg: str, datum: dt.date) -> tuple[str, str]:
    """Of a decision form for a meeting that is still to come."""
    return (
        f"Dit overleg is nog niet geweest: dit formulier is van {overleg} van {format_dag(datum)}.",
        "Leg het formulier na het overleg opnieuw in de map “in”; het nummer blijft geldig.",
    )


_NUMMER_ONBEKEND = (
    "Dit besluitformulier heeft geen nummer dat door deze werkmap is uitgegeven.",
    "Gebruik het formulier uit de map van het overleg in “uit”.",
)
_NUMMER_GEBRUIKT = (
    "De besluiten met dit formuliernummer zijn al verwerkt; dit tweede formulier werd niet overgenomen.",
    "Wilt u een besluit verbeteren, maak dan met “overleg verbeter” een nieuw formulier.",
)
_ANDER_OVERLEG = (
    "Het nummer van dit besluitformulier hoort bij een ander overleg.",
    "Gebruik het formulier uit de map van het juiste overleg in “uit”.",
)
_GEEN_BESLUITEN = (
    "Op dit besluitformulier is bij geen enkele casus een besluit aangeduid.",
    "Vul het formulier in en leg het opnieuw in de map “in”; het nummer blijft geldig.",
)
