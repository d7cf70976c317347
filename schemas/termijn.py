"""Calendar rules of a table: which dates it meets on, from today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from heapq import merge
from itertools import takewhile
from typing import Literal

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday
from pydantic import Field

from schemas.base import Model

_LANGSTE_MAAND = dt.timedelta(days=31)


class Weekdag(StrEnum):
    """Dutch weekdays, Monday first."""

    MAANDAG = "maandag"
    DINSDAG = "dinsdag"
    WOENSDAG = "woensdag"
    DONDERDAG = "donderdag"
    VRIJDAG = "vrijdag"
    ZATERDAG = "zaterdag"
    ZONDAG = "zondag"

    @property
    def nummer(self) -> int:
        """0 for Monday, as `datetime.date.weekday` counts."""
        return list(Weekdag).index(self)


class Maandelijks(Model):
    """The n-th weekday of every month: the first Friday (S0:11), the third Thursday (S0:16)."""

    soort: Literal["maandelijks"]
    week: int = Field(ge=1, le=4)
    weekdag: Weekdag


class Wekelijks(Model):
    """Every week on this weekday."""

    soort: Literal["wekelijks"]
    weekdag: Weekdag


class OpAfspraak(Model):
    """No fixed dates: a decision or a melding says on which day the overleg about a case is (S3:46)."""

    soort: Literal["op_afspraak"]


class Kalenderregel(Model):
    """When an overleg meets; `uitzonderingen` moves a date (from the calendar's date to the real one)."""

    regel: Maandelijks | Wekelijks | OpAfspraak = Field(discriminator="soort")
    uitzonderingen: tuple[tuple[dt.date, dt.date], ...] = ()

    @property
    def is_op_afspraak(self) -> bool:
        """Whether the overleg has no dates of its own."""
        return isinstance(self.regel, OpAfspraak)

    def iterate(self, vanaf: dt.date) -> Iterator[dt.date]:
        """Dates of the overleg on or after `vanaf`, in order, without end; none when there are no fixed dates."""
        verplaatst = dict(self.uitzonderingen)
        vast = (datum for datum in self._iterate_rule(vanaf) if datum not in verplaatst)
        verzet = sorted(naar for van, naar in verplaatst.items() if naar >= vanaf and self._fits(van))
        return merge(vast, verzet)

    def next_date(self, vanaf: dt.date) -> dt.date:
        """The first date on or after `vanaf`. Raises ValueError when there are no fixed dates."""
        self._demand_dates()
        return next(self.iterate(vanaf))

    def previous_date(self, op: dt.date) -> dt.date:
        """The last date on or before `op`. Raises ValueError when there are no fixed dates."""
        self._demand_dates()
        # Each exception takes one date away at most: so many months back, one is always left.
        begin = op - (len(self.uitzonderingen) + 2) * _LANGSTE_MAAND
        return max(takewhile(lambda datum: datum <= op, self.iterate(begin)))

    def nearest_date(self, op: dt.date) -> dt.date:
        """The date nearest to `op`, of two the later one. Raises ValueError when there are no fixed dates."""
        eerder, later = self.previous_date(op), self.next_date(op)
        return eerder if op - eerder < later - op else later

    def _demand_dates(self) -> None:
        if self.is_op_afspraak:
            raise ValueError("dit overleg is op afspraak: het heeft geen vaste dagen")

    def _fits(self, datum: dt.date) -> bool:
        return next(self._iterate_rule(datum)) == datum

    def _iterate_rule(self, begin: dt.date) -> Iterator[dt.date]:
        if isinstance(self.regel, OpAfspraak):
            return iter(())
        start = dt.datetime.combine(begin, dt.time())
        if isinstance(self.regel, Maandelijks):
            dag = weekday(self.regel.weekdag.nummer, self.regel.week)
            reeks = rrule(MONTHLY, byweekday=dag, dtstart=start)
        else:
            reeks = rrule(WEEKLY, byweekday=self.regel.weekdag.nummer, dtstart=start)
        return (moment.date() for moment in reeks)


def describe_regel(regel: Maandelijks | Wekelijks | OpAfspraak) -> str:
    """The rule in Dutch: "eerste vrijdag van de maand"."""
    if isinstance(regel, OpAfspraak):
        return "op afspraak"
    if isinstance(regel, Wekelijks):
        return f"elke {regel.weekdag.value}"
    rang = ("eerste", "tweede", "derde", "vierde")[regel.week - 1]
    return f"{rang} {regel.weekdag.value} van de maand"
