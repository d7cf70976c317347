"""The kinds of copies: by name, or anonymous. Each brings its own types, and says how near it comes to a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from schemas.anoniembeeld import (
    AnoniemBeeld,
    AnoniemDoel,
    AnoniemeActie,
    AnoniemeAfspraak,
    AnoniemeMelding,
    AnoniemPlan,
    AnoniemVerslag,
)
from schemas.datum import format_dag, format_datum, format_maand
from schemas.deelbeeld import (
    Actieregel,
    Afspraakregel,
    Deelbeeld,
    Doelblok,
    Meldingblok,
    Planblok,
    Verslagblok,
)

Verteller = Callable[[dt.date], str]


@dataclass(frozen=True)
class Vorm:
    """What a copy is built from."""

    beeld: type[Deelbeeld]
    afspraak: type[Afspraakregel]
    actie: type[Actieregel]
    doel: type[Doelblok]
    plan: type[Planblok]
    melding: type[Meldingblok]
    verslag: type[Verslagblok]
    vertel_datum: Verteller
    vertel_dag: Verteller

    def tell(self, datum: dt.date | None) -> str:
        """A day as this kind may tell it; "" when there is none."""
        return self.vertel_datum(datum) if datum else ""


OP_NAAM = Vorm(
    Deelbeeld,
    Afspraakregel,
    Actieregel,
    Doelblok,
    Planblok,
    Meldingblok,
    Verslagblok,
    format_datum,
    format_dag,
)
ANONIEM = Vorm(
    AnoniemBeeld,
    AnoniemeAfspraak,
    AnoniemeActie,
    AnoniemDoel,
    AnoniemPlan,
    AnoniemeMelding,
    AnoniemVerslag,
    format_maand,
    format_maand,
)


def get_vorm(anoniem: bool) -> Vorm:
    """The kind of a document that is anonymous, or not."""
    return ANONIEM if anoniem else OP_NAAM
