"""Dates as Dutch text."""

from __future__ import annotations

import datetime as dt
import functools

from babel.dates import format_date

MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


@functools.cache
def format_datum(datum: dt.date) -> str:
    """A date as in a letter: "3 maart 2027"."""
    return format_date(datum, "d MMMM y", locale="nl")


def count_years(geboren: dt.date, op: dt.date) -> int:
    """Whole years on that day. Somebody born on 29 February has completed a year on 1 March, when there is no 29th."""
    return op.year - geboren.year - ((op.month, op.day) < (geboren.month, geboren.day))


def format_maand(datum: dt.date) -> str:
    """Only its month: "maart 2027"."""
    return f"{MAANDEN[datum.month - 1]} {datum.year}"


@functools.cache
def format_dag(datum: dt.date) -> str:
    """A date with its weekday: "donderdag 17 december 2026"."""
    return format_date(datum, "EEEE d MMMM y", locale="nl")
