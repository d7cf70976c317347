"""Which cases a meeting takes up: stages do not know each other, so the terms are brought to the agenda here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pipeline.errors import GebruikFout
from pipeline.meeting import list_planned, plan_overleg
from pipeline.settings import Settings
from pipeline.terms import list_terugkomers, list_vervaldagen
from schemas.dossier import Dossier
from schemas.overleg import Overleg
from schemas.tafel import Overlegsoort


def choose_next(settings: Settings, soort: Overlegsoort, dossiers: Sequence[Dossier]) -> dt.date:
    """The next day of this overleg: by its calendar, else the first for which a case is planned.

    Raises GebruikFout when there are no fixed days and nothing is planned.
    """
    dag = next(iter(list_days(settings, soort, dossiers)), None)
    if dag is None:
        raise GebruikFout(
            f"Er is geen enkele casus gepland voor dit overleg: {soort.naam}.",
            "Dit overleg heeft geen vaste dagen. Geef de dag van een casus door met een melding, en verwerk die eerst.",
        )
    return dag


def list_days(settings: Settings, soort: Overlegsoort, dossiers: Sequence[Dossier]) -> tuple[dt.date, ...]:
    """The next day of this overleg by its calendar; of one without fixed days all that are planned."""
    volgend = soort.kalender.find_next(settings.vandaag)
    return list_planned(soort, dossiers, settings.vandaag) if volgend is None else (volgend,)


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
