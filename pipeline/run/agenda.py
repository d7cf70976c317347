"""Which cases a meeting takes up: stages do not know each other, so the terms are brought to the agenda here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.errors import GebruikFout
from pipeline.meeting import list_planned, plan_overleg
from pipeline.settings import Settings
from pipeline.terms import list_terugkomers, list_vervaldagen
from schemas.datum import format_dag
from schemas.dossier import Dossier
from schemas.kalender import advise_verzenddag, explain_vrije_dag
from schemas.overleg import Overleg
from schemas.tafel import Overlegsoort


@dataclass(frozen=True)
class Dagen:
    """On which days the meetings of a table were prepared or held: other ones than the calendar's stand in for those.

    `mappen` are the folders below `uit/` in which something was made ready.
    """

    settings: Settings
    dossiers: Sequence[Dossier]
    mappen: Collection[str]

    @cached_property
    def bezet(self) -> frozenset[tuple[str, dt.date]]:
        """Each overleg with each day on which it was prepared or decided."""
        beslist = {(besluit.overleg, besluit.datum) for dossier in self.dossiers for besluit in dossier.besluiten}
        namen = {soort.id for soort in self.settings.data.tafel.overleggen}
        delen = (map_.split(" ", 1) for map_ in self.mappen if " " in map_)
        return frozenset(beslist | {(naam, dt.date.fromisoformat(dag)) for dag, naam in delen if naam in namen})

    @cached_property
    def verzet(self) -> Mapping[tuple[str, dt.date], dt.date]:
        """A day of the calendar -> the nearby day on which the overleg was prepared or held in its place.

        A day of the calendar that was prepared itself was not moved: the other one came extra.
        """
        gevonden: dict[tuple[str, dt.date], dt.date] = {}
        for soort in self.settings.data.tafel.overleggen:
            eigen = () if soort.kalender.is_op_afspraak else sorted(d for naam, d in self.bezet if naam == soort.id)
            for dag in eigen:
                gewoon = soort.kalender.nearest_date(dag)
                if (soort.id, gewoon) not in self.bezet:
                    gevonden[soort.id, gewoon] = dag
        return gevonden

    def list_next(self, soort: Overlegsoort) -> tuple[dt.date, ...]:
        """The next day of this overleg, its calendar's or the one in its place; without fixed days all planned ones."""
        vandaag = self.settings.vandaag
        if soort.kalender.is_op_afspraak:
            return list_planned(soort, self.dossiers, vandaag)
        verzet = {gewoon: dag for (naam, gewoon), dag in self.verzet.items() if naam == soort.id}
        gewoon = next(dag for dag in soort.kalender.iterate(vandaag) if dag not in verzet)
        return (min([gewoon, *(dag for dag in verzet.values() if dag >= vandaag)]),)

    def find_day(self, gepland: dt.date) -> dt.date:
        """The day on which what was planned for this one is held."""
        return next((dag for (_, gewoon), dag in self.verzet.items() if gewoon == gepland), gepland)

    def warn_off_calendar(self, soort: Overlegsoort, datum: dt.date, overleg: Overleg) -> tuple[str, ...]:
        """Only for the coordinator: a date that was typed and that neither the calendar nor any case knows."""
        if soort.kalender.is_op_afspraak:
            dagen = ", ".join(map(format_dag, self.list_next(soort)))
            zin = f"Voor deze dag is geen enkele casus gepland. {f'Wel voor: {dagen}.' if dagen else ''}".strip()
            return () if overleg.punten else (zin,)
        gewoon = soort.kalender.nearest_date(datum)
        if gewoon == datum:
            return ()
        if (soort.id, gewoon) in self.bezet:
            gevolg = "Die dag is ook voorbereid: dit overleg komt erbij."
        else:
            gevolg = "Dit overleg komt in de plaats daarvan. Gaat het op die dag ook door, bereid het dan ook voor."
        zin = f"Dit is niet de gewone dag: de dichtste dag volgens de kalender is {format_dag(gewoon)}. {gevolg}"
        return (zin, *self._tell_left_out(gewoon, overleg))

    def _tell_left_out(self, gewoon: dt.date, overleg: Overleg) -> Iterator[str]:
        """A case that was planned for a later day is on no earlier agenda."""
        op_agenda = {punt.casuscode for punt in overleg.punten}
        codes = [d.code for d in self.dossiers if d.overleg_op == gewoon and d.code not in op_agenda]
        if codes and gewoon > overleg.datum:
            wie = f"Casus {codes[0]} is" if len(codes) == 1 else f"De casussen {', '.join(codes)} zijn"
            vroeger = "komt" if len(codes) == 1 else "komen"
            dag = format_dag(gewoon)
            yield f"{wie} gepland voor {dag} en {vroeger} niet vroeger op de agenda. Kies die dag of een latere."


def choose_next(dagen: Dagen, soort: Overlegsoort) -> dt.date:
    """The next day of this overleg: by its calendar, else the first for which a case is planned.

    Raises GebruikFout when there are no fixed days and nothing is planned.
    """
    dag = next(iter(dagen.list_next(soort)), None)
    if dag is None:
        raise GebruikFout(
            f"Er is geen enkele casus gepland voor dit overleg: {soort.naam}.",
            "Dit overleg heeft geen vaste dagen. Geef de dag van een casus door met een melding, en verwerk die eerst.",
        )
    return dag


def plan_agenda(settings: Settings, soort: Overlegsoort, datum: dt.date, dossiers: Sequence[Dossier]) -> Overleg:
    """The overleg on this date with all that is due by then.

    A case that comes back does so when a term that puts it on this agenda falls due, or when a decision planned it.
    A case for which no such term runs comes back every time: it was never discussed here, or the date from which
    its term counts is not known, and nothing else would ever bring it back.
    """
    tafel = settings.data.tafel
    agenderend = {termijn.id for termijn in tafel.termijnen if termijn.agendeert and termijn.overleg == soort.id}
    vervaldagen = list_vervaldagen(dossiers, settings.data, settings.werkmap, settings.vandaag)
    gedekt = {vervaldag.casuscode for vervaldag in vervaldagen if vervaldag.termijn in agenderend}
    vervallen = list_terugkomers(soort, datum, dossiers, settings.data)
    terugkomers = vervallen | {dossier.code for dossier in dossiers if dossier.code not in gedekt}
    return plan_overleg(soort, datum, dossiers, tafel, settings.werkmap, terugkomers)


def advise_versturen(settings: Settings, versturen: dt.date) -> str:
    """That nobody works on the day on which packages go out, and what to do then; "" when people do."""
    tafel, werkmap = settings.data.tafel, settings.werkmap
    waarom = explain_vrije_dag(versturen, tafel, werkmap)
    advies = advise_verzenddag(versturen, tafel, werkmap, settings.vandaag)
    return f"Die dag {waarom}. {advies}" if waarom else ""
