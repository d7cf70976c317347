"""How old somebody on a form is on a day; and a child that is not born yet, which is younger than any bound.

An unborn child is a row of `betrokkenen` with `kern.UITGEREKEND` answered and no birth date. It needs no name.
"""

from __future__ import annotations

import datetime as dt

from schemas import kern
from schemas.aanmelding import Rij
from schemas.datum import count_years

_GEBOREN, _UITGEREKEND = kern.GEBOORTEDATUM.split(".")[1], kern.UITGEREKEND.split(".")[1]
#: So long after the expected day a child is born in any case: from then on only a birth date tells its age.
_OVER_TIJD = dt.timedelta(days=21)
_WEEK = dt.timedelta(weeks=1)


def get_geboren(rij: Rij) -> dt.date | None:
    """The birth date of this betrokkene, or None."""
    antwoord = rij.get(_GEBOREN)
    return antwoord.get_datum() if antwoord is not None else None


def get_uitgerekend(rij: Rij) -> dt.date | None:
    """The day on which this betrokkene is expected to be born, or None."""
    antwoord = rij.get(_UITGEREKEND)
    return antwoord.get_datum() if antwoord is not None else None


def is_ongeboren(rij: Rij, op: dt.date) -> bool:
    """Whether this betrokkene is not born yet on that day, as far as the form tells (S2:65, "-0")."""
    uitgerekend = get_uitgerekend(rij)
    return uitgerekend is not None and get_geboren(rij) is None and op <= uitgerekend + _OVER_TIJD


def get_leeftijd(rij: Rij, op: dt.date) -> int | None:
    """Age in whole years on that day; None for who is unborn, or when the form does not tell."""
    geboren = get_geboren(rij)
    return count_years(geboren, op) if geboren is not None else None


def count_weken(uitgerekend: dt.date, op: dt.date) -> int:
    """Whole weeks from that day to the expected one; 0 from the last week on, and after it."""
    return max((uitgerekend - op) // _WEEK, 0)
