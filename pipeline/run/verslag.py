"""After the meeting: the verslag and the to-do's, and what the coordinator should know of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from pipeline.errors import GebruikFout
from pipeline.register import Register
from pipeline.run.stuk import Stuk
from pipeline.settings import Settings
from schemas.bevinding import Bevinding, Ernst
from schemas.datum import format_dag
from schemas.deelbeeld import Deelbeeld
from schemas.documentsoort import Moment
from schemas.dossier import Dossier
from schemas.overleg import Overleg
from schemas.tafel import Overlegsoort


def choose_datum(
    settings: Settings, soort: Overlegsoort, dossiers: Sequence[Dossier], datum: dt.date | None
) -> dt.date:
    """The date asked for, else the latest until today on which this overleg decided.

    Raises GebruikFout when the table makes no verslag of this overleg, or when nothing was decided then.
    """
    if not settings.data.get_documenten(Moment.VERSLAG, soort.id):
        raise GebruikFout(f"{settings.data.tafel.naam} maakt geen verslag van dit overleg: {soort.naam}.")
    gehouden = {besluit.datum for d in dossiers for besluit in d.besluiten if besluit.overleg == soort.id}
    gekozen = datum or max((dag for dag in gehouden if dag <= settings.vandaag), default=None)
    if gekozen is None or gekozen not in gehouden:
        wanneer = f" van {format_dag(gekozen)}" if gekozen else ""
        raise GebruikFout(
            f"Er is nog geen verslagformulier binnen voor dit overleg: {soort.naam}{wanneer}.",
            "Vul het verslagformulier uit de map van het overleg in, leg het in de map “in” en geef “overleg verwerk”.",
        )
    return gekozen


def find_verslag_findings(
    overleg: Overleg, stukken: Sequence[Stuk], dossiers: Iterable[Dossier], settings: Settings, register: Register
) -> tuple[Bevinding, ...]:
    """To-do's that reach nobody, and copies that went out before and that nobody should have any more."""
    return (
        *_find_unreached(overleg, (*(s.beeld for s in stukken), *_list_letters(register, settings)), dossiers),
        *_find_withdrawn(overleg, stukken, settings, register),
    )


def _list_letters(register: Register, settings: Settings) -> Iterator[Deelbeeld]:
    """Letters after a decision that are out: who takes part in a case without being a partner has his to-do's there."""
    brieven = {soort.id for soort in settings.data.get_documenten(Moment.BESLUIT)}
    return (v.beeld for v in register.list_verstrekkingen() if v.documentsoort in brieven)


def _find_unreached(overleg: Overleg, beelden: Iterable[Deelbeeld], dossiers: Iterable[Dossier]) -> Iterator[Bevinding]:
    bereikt = {
        (regel.casuscode, regel.wat, naam)
        for beeld in beelden
        for regel in (*beeld.afspraken, *(regel for blok in beeld.verslag for regel in blok.afspraken))
        for naam in (beeld.ontvanger.id, *beeld.ontvanger.rollen)
    }
    for dossier in dossiers:
        eigen = [a for a in dossier.afspraken if (a.overleg, a.datum) == (overleg.soort, overleg.datum)]
        if any((dossier.code, afspraak.wat, naam) not in bereikt for afspraak in eigen for naam in afspraak.wie):
            yield Bevinding(
                code="afspraak-zonder-takenlijst",
                plaats=f"casus {dossier.code}",
                melding=f"Wie een afspraak in casus {dossier.code} uitvoert, krijgt geen takenlijst.",
                remedie="Kijk bij “Afspraken” op het verslagformulier wie het is, en bezorg die de afspraak zelf.",
                ernst=Ernst.WAARSCHUWING,
            )


def _find_withdrawn(
    overleg: Overleg, stukken: Sequence[Stuk], settings: Settings, register: Register
) -> Iterator[Bevinding]:
    """A corrected form can take a recipient's last case away: what he has cannot be replaced by a next version."""
    soorten = [soort.id for soort in settings.data.get_documenten(Moment.VERSLAG, overleg.soort)]
    begin = tuple(f"{soort}/{overleg.soort}/{overleg.datum.isoformat()}/" for soort in soorten)
    nu = {stuk.beeld.sleutel for stuk in stukken}
    vroeger = {v.sleutel: v for v in register.list_verstrekkingen() if v.sleutel.startswith(begin)}
    for sleutel, verstrekking in vroeger.items():
        if sleutel not in nu:
            beeld = verstrekking.beeld
            yield Bevinding(
                code="exemplaar-vervallen",
                plaats=verstrekking.documentnummer,
                melding=f"{beeld.ontvanger.naam} kreeg eerder “{beeld.kop.titel}”, maar volgens het verbeterde "
                "verslagformulier is dat exemplaar niet meer voor deze ontvanger.",
                remedie="Vraag de ontvanger om dat exemplaar te vernietigen.",
                ernst=Ernst.WAARSCHUWING,
            )
