"""The next meeting and its agenda, from the dossiers' phases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import holidays

from schemas.dossier import Dossier
from schemas.overleg import Agendapunt, Overleg, Puntsoort
from schemas.tafel import Overlegsoort, Tafel
from schemas.werkmap import Werkmap

_DAG = dt.timedelta(days=1)
_MAANDAG, _VRIJDAG = 0, 4


def plan_overleg(
    soort: Overlegsoort, datum: dt.date, dossiers: Sequence[Dossier], tafel: Tafel, werkmap: Werkmap
) -> Overleg:
    """The overleg on this date: new cases first, then those that come back, each by its (meaningless) code."""
    punten = [
        Agendapunt(casuscode=dossier.code, soort=puntsoort)
        for dossier in dossiers
        if (puntsoort := _find_puntsoort(soort, datum, dossier)) is not None
    ]
    plaats = werkmap.overleg.get(soort.id)
    return Overleg(
        soort=soort.id,
        naam=soort.naam,
        datum=datum,
        uur=plaats.uur if plaats else "",
        plaats=plaats.plaats if plaats else "",
        let_op=warn_datum(datum, tafel, werkmap),
        punten=tuple(sorted(punten, key=lambda punt: (punt.soort is Puntsoort.TERUGKOM, punt.casuscode))),
    )


def _find_puntsoort(soort: Overlegsoort, datum: dt.date, dossier: Dossier) -> Puntsoort | None:
    if dossier.get_besluit(soort.id, datum) is not None:
        return Puntsoort.NIEUW  # decided here already: it stays on the agenda it was decided on
    if dossier.aangemeld_op > datum:
        return None
    if dossier.fase in soort.nieuw_uit:
        gepland = dossier.overleg_op is not None and dossier.overleg_op <= datum
        return Puntsoort.NIEUW if gepland or not soort.alleen_geplande else None
    return Puntsoort.TERUGKOM if dossier.fase in soort.terugkom_uit else None


def warn_datum(datum: dt.date, tafel: Tafel, werkmap: Werkmap) -> tuple[str, ...]:
    """Dutch warnings about the date: a public holiday, a bridge day or a closing day. It is never moved silently."""
    jaren = sorted({datum.year, (datum - _DAG).year, (datum + _DAG).year})
    feestdagen = holidays.country_holidays(tafel.land, years=jaren, language="nl")
    waarschuwingen = []
    if datum in feestdagen:
        waarschuwingen.append(f"Deze datum is een feestdag ({feestdagen[datum]}).")
    elif brug := _find_bridge(datum, feestdagen):
        waarschuwingen.append(f"Deze datum is een brugdag: {brug}.")
    if datum in werkmap.sluitingsdagen:
        waarschuwingen.append("Deze datum is een sluitingsdag.")
    return tuple(waarschuwingen)


def _find_bridge(datum: dt.date, feestdagen: Mapping[dt.date, str]) -> str:
    """A Friday after a holiday, or a Monday before one: many partners are closed."""
    if datum.weekday() == _VRIJDAG and datum - _DAG in feestdagen:
        return f"de dag ervoor is een feestdag ({feestdagen[datum - _DAG]})"
    if datum.weekday() == _MAANDAG and datum + _DAG in feestdagen:
        return f"de dag erna is een feestdag ({feestdagen[datum + _DAG]})"
    return ""
