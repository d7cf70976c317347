"""A finding is a value: what was found, where, and what the coordinator can do about it."""

from __future__ import annotations

from enum import StrEnum

from schemas.base import Model


class Ernst(StrEnum):
    """How much a finding weighs."""

    INFO = "info"  #: worth knowing; nothing to do
    WAARSCHUWING = "waarschuwing"  #: a person should look; the work goes on
    FOUT = "fout"  #: this form or value cannot be used as it is


class Bevinding(Model):
    """One finding. `melding` and `remedie` are Dutch and name file and label, never an answer.

    `plaats` is where in the form ("Rubriek 2 Betrokkenen, rij 1, Geboortedatum", "tabel 3, rij 2").
    """

    code: str  #: stable, kebab-case: "datum-bestaat-niet"
    plaats: str
    melding: str
    remedie: str
    ernst: Ernst = Ernst.WAARSCHUWING
