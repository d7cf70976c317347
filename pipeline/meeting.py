"""The next meeting and its agenda, from the dossiers' phases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from schemas.dossier import Dossier
from schemas.kalender import warn_datum
from schemas.overleg import Agendapunt, Overleg, Puntsoort
from schemas.tafel import Overlegsoort, Tafel
from schemas.werkmap import Werkmap


def plan_overleg(
    soort: Overlegsoort,
    datum: dt.date,
    dossiers: Sequence[Dossier],
    tafel: Tafel,
    werkmap: Werkmap,
    terugkomers: Collection[str] | None = None,
) -> Overleg:
    """The overleg on this date: new cases first, then those that come back, each by its (meaningless) code.

    A case in a phase from which it comes back is on this agenda when it was planned for it, or when `terugkomers`,
    the codes that the terms bring back, holds it. Without `terugkomers` every case in such a phase is.
    """
    plaats = werkmap.overleg.get(soort.id)
    return Overleg(
        soort=soort.id,
        naam=soort.naam,
        datum=datum,
        uur=plaats.uur if plaats else "",
        plaats=plaats.plaats if plaats else "",
        let_op=warn_datum(datum, tafel, werkmap),
        punten=_order(_make_punt(d, _find_puntsoort(soort, datum, d, terugkomers), datum, tafel) for d in dossiers),
    )


def list_planned(soort: Overlegsoort, dossiers: Sequence[Dossier], vanaf: dt.date) -> tuple[dt.date, ...]:
    """The days on or after `vanaf` for which cases are planned at an overleg without fixed dates."""
    fasen = (*soort.nieuw_uit, *soort.terugkom_uit)
    dagen = {d.overleg_op for d in dossiers if d.fase in fasen and d.overleg_op is not None and d.overleg_op >= vanaf}
    return tuple(sorted(dagen)) if soort.kalender.is_op_afspraak else ()


def recall_overleg(soort: Overlegsoort, datum: dt.date, dossiers: Sequence[Dossier]) -> Overleg:
    """The overleg that was held on this date, with the cases on which it decided.

    Hour, place and warnings of the date prepare a meeting; afterwards they would only change what went out.
    """
    return Overleg(
        soort=soort.id,
        naam=soort.naam,
        datum=datum,
        uur="",
        plaats="",
        punten=_order(_make_punt(d, _recall_puntsoort(soort, datum, d)) for d in dossiers),
    )


def _order(punten: Iterable[Agendapunt | None]) -> tuple[Agendapunt, ...]:
    gevonden = [punt for punt in punten if punt is not None]
    return tuple(sorted(gevonden, key=lambda punt: (punt.soort is Puntsoort.TERUGKOM, punt.casuscode)))


def _make_punt(
    dossier: Dossier, soort: Puntsoort | None, datum: dt.date | None = None, tafel: Tafel | None = None
) -> Agendapunt | None:
    """The case on the agenda; with `datum` and `tafel` also the hour and place that a melding noted for that day."""
    if soort is None:
        return None
    afspraak = next((m for m in reversed(dossier.meldingen) if datum is not None and m.overleg_op == datum), None)
    melding = tafel.get_melding(afspraak.soort) if tafel and afspraak else None
    if afspraak is None or melding is None or melding.plant_overleg is None:
        return Agendapunt(casuscode=dossier.code, soort=soort)
    return Agendapunt(casuscode=dossier.code, soort=soort, uur=afspraak.uur, plaats=afspraak.plaats)


def _find_puntsoort(
    soort: Overlegsoort, datum: dt.date, dossier: Dossier, terugkomers: Collection[str] | None
) -> Puntsoort | None:
    beslist = _recall_puntsoort(soort, datum, dossier)
    if beslist is not None:
        return beslist  # decided here already: it stays on the agenda it was decided on
    if dossier.aangemeld_op > datum:
        return None
    gepland = dossier.overleg_op is not None and dossier.overleg_op <= datum
    if soort.kalender.is_op_afspraak:
        # Each case has a day of its own: one whose day has passed waits for another, it joins nobody else's.
        gepland, terugkomers = dossier.overleg_op == datum, ()
    if dossier.fase in soort.nieuw_uit:
        alleen_geplande = soort.alleen_geplande or soort.kalender.is_op_afspraak
        return Puntsoort.NIEUW if gepland or not alleen_geplande else None
    komt_terug = terugkomers is None or gepland or dossier.code in terugkomers
    return Puntsoort.TERUGKOM if dossier.fase in soort.terugkom_uit and komt_terug else None


def _recall_puntsoort(soort: Overlegsoort, datum: dt.date, dossier: Dossier) -> Puntsoort | None:
    """How a case that was decided here had come to this agenda: from the phase it was in before."""
    if dossier.get_besluit(soort.id, datum) is None:
        return None
    eerder = [wissel.fase for wissel in dossier.verloop if wissel.op < datum]
    if eerder:
        return Puntsoort.TERUGKOM if eerder[-1] in soort.terugkom_uit else Puntsoort.NIEUW
    terug = any(besluit.overleg == soort.id and besluit.datum < datum for besluit in dossier.besluiten)
    return Puntsoort.TERUGKOM if terug else Puntsoort.NIEUW
