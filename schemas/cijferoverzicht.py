"""Figures as they may be printed: labels of the table's data and bands, nothing else. No exact count gets this far."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from schemas.base import Model

#: "minder dan 5", "5–9": the one form that a figure has.
Band = Annotated[str, Field(pattern=r"^(?:minder dan [1-9]\d*|[1-9]\d*–[1-9]\d*)$")]


class Cijferregel(Model):
    """A label of the table's data with its figures, one for each column."""

    label: str
    getallen: tuple[Band, ...]


class Cijfertabel(Model):
    """One block: its own words from the table's data, and its rows."""

    titel: str
    toelichting: str
    kop: str  #: above the labels
    kolommen: tuple[str, ...]
    regels: tuple[Cijferregel, ...]


class Cijferoverzicht(Model):
    """Everything that is told of all cases of one period together."""

    periode: str  #: "2026 eerste halfjaar"
    omschrijving: str  #: "1 januari 2026 tot en met 30 juni 2026"
    van: str  #: ISO dates of the period itself, never of a case
    tot: str
    kleinste_getal: int
    totaal: Band
    tabellen: tuple[Cijfertabel, ...]


def make_band(aantal: int, kleinste: int) -> str:
    """The band in which a count lies; below `kleinste` all counts, nought too, look the same."""
    onder = aantal - aantal % kleinste
    return f"{onder}–{onder + kleinste - 1}" if onder else f"minder dan {kleinste}"
