"""What the coordinator should know of a date: public holidays, bridge days and closing days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache

import holidays
from dateutil.relativedelta import relativedelta

from schemas.datum import format_dag
from schemas.tafel import Tafel, Termijn
from schemas.werkmap import Werkmap

_DAG = dt.timedelta(days=1)
_LANG = dt.timedelta(days=31)  # further than any run of days on which nobody works
_MAANDAG, _VRIJDAG, _ZATERDAG = 0, 4, 5


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


def is_werkdag(datum: dt.date, tafel: Tafel, werkmap: Werkmap) -> bool:
    """Whether people work: no weekend, public holiday of the table's country or closing day of the werkmap."""
    return not explain_vrije_dag(datum, tafel, werkmap)


def advise_verzenddag(datum: dt.date, tafel: Tafel, werkmap: Werkmap, vandaag: dt.date) -> str:
    """What to do when nobody works on the day that something has to be out; "" when people do. It is never moved."""
    eerder = find_verzenddag(datum, tafel, werkmap)
    if eerder == datum:
        return ""
    if eerder < vandaag:
        return "Doe het zo snel mogelijk."
    return f"Doe het ten laatste op de laatste werkdag ervoor: {format_dag(eerder)}."


def find_verzenddag(datum: dt.date, tafel: Tafel, werkmap: Werkmap) -> dt.date:
    """The last working day on or before this one."""
    return find_werkdag(datum, datum - _LANG, tafel, werkmap) or datum


def explain_vrije_dag(datum: dt.date, tafel: Tafel, werkmap: Werkmap) -> str:
    """Why nobody works on this day, as the end of a sentence; "" when people do."""
    feestdagen = _list_feestdagen(tafel.land, datum.year)
    if datum in feestdagen:
        return f"is een feestdag ({feestdagen[datum]})"
    if datum in werkmap.sluitingsdagen:
        return "is een sluitingsdag"
    return "valt in een weekend" if datum.weekday() >= _ZATERDAG else ""


def find_werkdag(van: dt.date, tot: dt.date, tafel: Tafel, werkmap: Werkmap) -> dt.date | None:
    """The working day nearest to `van` on the way to `tot`, both included, forward or back; None when there is none."""
    stap = _DAG if van <= tot else -_DAG
    dagen = (van + nummer * stap for nummer in range(abs((tot - van).days) + 1))
    return next((dag for dag in dagen if is_werkdag(dag, tafel, werkmap)), None)


def compute_venster(begin: dt.date, termijn: Termijn, tafel: Tafel, werkmap: Werkmap) -> tuple[dt.date, dt.date]:
    """First and last day of a window that counts from `begin`; working days within it, when the term asks those.

    Without a single working day in it the window stays as it is: it is told, never moved silently.
    """
    eerste = begin + relativedelta(months=termijn.maanden, days=termijn.dagen)
    laatste = begin + dt.timedelta(days=termijn.tot_dagen)
    if not termijn.werkdag:
        return eerste, laatste
    open_, dicht = find_werkdag(eerste, laatste, tafel, werkmap), find_werkdag(laatste, eerste, tafel, werkmap)
    return open_ or eerste, dicht or laatste


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
