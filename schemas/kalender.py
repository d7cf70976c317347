"""What the coordinator should know of a date: public holidays, bridge days and closing days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache

import holidays

from schemas.tafel import Tafel
from schemas.werkmap import Werkmap

_DAG = dt.timedelta(days=1)
_MAANDAG, _VRIJDAG = 0, 4


def warn_datum(datum: dt.date, tafel: Tafel, werkmap: Werkmap) -> tuple[str, ...]:
    """Dutch warnings about the date: a public holiday, a bridge day or a closing day. It is never moved silently."""
    feestdagen = _list_feestdagen(tafel.land, datum.year)
    waarschuwingen = []
    if datum in feestdagen:
        waarschuwingen.append(f"Deze datum is een feestdag ({feestdagen[datum]}).")
    elif brug := _find_bridge(datum, feestdagen):
        waarschuwingen.append(f"Deze datum is een brugdag: {brug}.")
    if datum in werkmap.sluitingsdagen:
        waarschuwingen.append("Deze datum is een sluitingsdag.")
    return tuple(waarschuwingen)


@lru_cache(maxsize=64)
def _list_feestdagen(land: str, jaar: int) -> Mapping[dt.date, str]:
    """Of the year and both its neighbours: a bridge day may lie in another year than its holiday."""
    return dict(holidays.country_holidays(land, years=range(jaar - 1, jaar + 2), language="nl"))


def _find_bridge(datum: dt.date, feestdagen: Mapping[dt.date, str]) -> str:
    """A Friday after a holiday, or a Monday before one: many partners are closed."""
    if datum.weekday() == _VRIJDAG and datum - _DAG in feestdagen:
        return f"de dag ervoor is een feestdag ({feestdagen[datum - _DAG]})"
    if datum.weekday() == _MAANDAG and datum + _DAG in feestdagen:
        return f"de dag erna is een feestdag ({feestdagen[datum + _DAG]})"
    return ""
