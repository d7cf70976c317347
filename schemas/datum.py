"""Dates as Dutch text."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_date


def format_datum(datum: dt.date) -> str:
    """A date as in a letter: "3 maart 2027"."""
    return format_date(datum, "d MMMM y", locale="nl")


def format_dag(datum: dt.date) -> str:
    """A date with its weekday: "donderdag 17 december 2026"."""
    return format_date(datum, "EEEE d MMMM y", locale="nl")
