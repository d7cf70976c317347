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
        punten=_order((d.code, _find_puntsoort(soort, datum, d, terugkomers)) for d in dossiers),
    )


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
        punten=_order((d.code, _recall_puntsoort(soort, datum, d)) for d in dossiers),
    )


def _order(punten: Iterable[tuple[str, Puntsoort | None]]) -> tuple[Agendapunt, ...]:
    gevonden = [Agendapunt(casuscode=code, soort=soort) for code, soort in punten if soort is not None]
    return tuple(sorted(gevonden, key=lambda punt: (punt.soort is Puntsoort.TERUGKOM, punt.casuscode)))


def _find_puntsoort(
    soort: Overlegsoort, datum: dt.date, dossier: Dossier, terugkomers: Collection[str] | None
) -> Puntsoort | None:
    beslist = _recall_puntsoort(soort, datum, dossier)
    if beslist is not None:
        return beslist  # decided here already: it stays on the agenda it was decided on
    if dossier.aangemeld_op > datum:
        return None
    gepland = dossier.overleg_op is not None and dossier.overleg_op <= datum
    if dossier.fase in soort.nieuw_uit:
        return Puntsoort.NIEUW if gepland or not soort.alleen_geplande else None
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
