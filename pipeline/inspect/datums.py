"""Dates as people write them in a text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

_MAANDEN = ("jan", "feb", "maart", "apr", "mei", "juni", "juli", "aug", "sep", "okt", "nov", "dec")
_MAAND = "|".join(f"{naam}[a-z]{{0,6}}" for naam in (*_MAANDEN, "mrt", "jun", "jul"))
_DAG_EERST = re.compile(r"(?<!\d)(\d{1,2})[ ]?[./\-–][ ]?(\d{1,2})[ ]?[./\-–][ ]?('?\d{2}|\d{4})(?!\d)", re.ASCII)
_JAAR_EERST = re.compile(r"(?<!\d)(\d{4})[./\-](\d{1,2})[./\-](\d{1,2})(?!\d)", re.ASCII)
_AANEEN = re.compile(r"(?<!\d)(\d{8})(?!\d)", re.ASCII)
_IN_LETTERS = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:e|ste|de)?[ ]({_MAAND})\b\.?(?:[ ]('?\d{{2}}\b|\d{{4}}\b))?", re.IGNORECASE | re.ASCII
)


class Gelezen(NamedTuple):
    """A day somewhere in a text; a year of two digits, or none, when it was written so."""

    begin: int
    eind: int
    dag: int
    maand: int
    jaar: str

    def is_day(self, datum: dt.date) -> bool:
        """Whether this can be that day."""
        if (self.dag, self.maand) != (datum.day, datum.month):
            return False
        return f"{datum.year}".endswith(self.jaar)


def iterate_datums(tekst: str) -> Iterator[Gelezen]:
    """Everything that reads as a day. One stretch may be read in two ways."""
    for gevonden in _DAG_EERST.finditer(tekst):
        yield _make(gevonden, gevonden[1], gevonden[2], gevonden[3])
    for gevonden in _JAAR_EERST.finditer(tekst):
        yield _make(gevonden, gevonden[3], gevonden[2], gevonden[1])
    for gevonden in _AANEEN.finditer(tekst):
        cijfers = gevonden[1]
        yield _make(gevonden, cijfers[:2], cijfers[2:4], cijfers[4:])
        yield _make(gevonden, cijfers[6:], cijfers[4:6], cijfers[:4])
    for gevonden in _IN_LETTERS.finditer(tekst):
        yield Gelezen(*gevonden.span(), int(gevonden[1]), _get_maand(gevonden[2].lower()), _strip(gevonden[3] or ""))


def _make(gevonden: re.Match[str], dag: str, maand: str, jaar: str) -> Gelezen:
    return Gelezen(*gevonden.span(), int(dag), int(maand), _strip(jaar))


def _strip(jaar: str) -> str:
    return jaar.lstrip("'")


def _get_maand(naam: str) -> int:
    if naam.startswith("mrt"):
        return 3
    return next(nummer for nummer, begin in enumerate(_MAANDEN, start=1) if naam.startswith(begin[:3]))
