"""Calendar rules of a table: which dates it meets on, from today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from itertools import islice
from typing import Literal

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday
from pydantic import Field

from schemas.base import Model


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


class Kalenderregel(Model):
    """When an overleg meets; `uitzonderingen` moves a date (from the calendar's date to the real one)."""

    regel: Maandelijks | Wekelijks = Field(discriminator="soort")
    uitzonderingen: tuple[tuple[dt.date, dt.date], ...] = ()

    def iterate(self, vanaf: dt.date) -> Iterator[dt.date]:
        """Dates of the overleg on or after `vanaf`, in order, without end."""
        verplaatst = dict(self.uitzonderingen)
        # A date may be moved to later, or earlier, by some weeks: begin early enough to see it.
        begin = vanaf - dt.timedelta(days=62)
        echte = (verplaatst.get(datum, datum) for datum in self._iterate_rule(begin))
        return (datum for datum in echte if datum >= vanaf)

    def next_date(self, vanaf: dt.date) -> dt.date:
        """The first date on or after `vanaf`."""
        return min(islice(self.iterate(vanaf), 3))

    def _iterate_rule(self, begin: dt.date) -> Iterator[dt.date]:
        start = dt.datetime.combine(begin, dt.time())
        if isinstance(self.regel, Maandelijks):
            dag = weekday(self.regel.weekdag.nummer, self.regel.week)
            reeks = rrule(MONTHLY, byweekday=dag, dtstart=start)
        else:
            reeks = rrule(WEEKLY, byweekday=self.regel.weekdag.nummer, dtstart=start)
        return (moment.date() for moment in reeks)


def describe_regel(regel: Maandelijks | Wekelijks) -> str:
    """The rule in Dutch: "eerste vrijdag van de maand"."""
    if isinstance(regel, Wekelijks):
        return f"elke {regel.weekdag.value}"
    rang = ("eerste", "tweede", "derde", "vierde")[regel.week - 1]
    return f"{rang} {regel.weekdag.value} van de maand"
