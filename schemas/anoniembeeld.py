"""Behind the wall, the anonymous kind of copy: its types have no place for who somebody is, only for what he is.

A person is a word for his role and an age band. A day is a month, an answer a choice of a closed list. Words that
somebody typed stand where they can be told from the rest, so that the gates read every one of them.

Each type narrows one of a copy by name: what can hold a day there holds a month here, what holds a name holds nothing.
So whatever comes behind the wall handles both, and a template that prints no name prints either.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from schemas.base import Vertrouwelijk
from schemas.datum import MAANDEN
from schemas.deelbeeld import (
    Actieregel,
    Afspraakregel,
    Casusblok,
    Deelbeeld,
    Doelblok,
    Informatieregel,
    Meldingblok,
    Planblok,
    Rijblok,
    Rubriekblok,
    Veld,
    Verslagblok,
)

_MAAND = rf"(?:{'|'.join(MAANDEN)}) \d{{4}}"
_GEEN = "onbekend|niet van toepassing"
#: "maart 2026", why there is none, or nothing: as near as a day comes here.
Maand = Annotated[str, Field(pattern=rf"^(?:{_MAAND}|{_GEEN})?$")]
#: A month, or a sentence of the program that names none.
MaandOfZin = Annotated[str, Field(pattern=rf"^(?:{_MAAND}|\D*)$")]


class Veldvorm(Enum):
    """What an anonymous answer is. No StrEnum: it is no text of the copy, so nothing that reads texts sees it."""

    KEUZE = "keuze"  #: an option of a closed list, "onbekend" or "niet van toepassing"
    MAAND = "maand"
    TEKST = "tekst"  #: typed, and flagged for who reads this document


class AnoniemVeld(Veld):
    """A label with an answer of a kind that may stand here."""

    vorm: Veldvorm

    @model_validator(mode="after")
    def _check_maand(self) -> AnoniemVeld:
        if self.vorm is Veldvorm.MAAND and not self.waarde.startswith(MAANDEN):
            raise ValueError("a month begins with its name")
        return self


class AnoniemePersoon(Vertrouwelijk):
    """Somebody by his role: "de moeder", or "kind 2" among those whom this reader sees."""

    rolwoord: str
    leeftijd: str  #: a band of the table's own, "ongeboren", "onbekend", or ""
    velden: tuple[AnoniemVeld, ...]


class AnoniemeRij(Rijblok):
    """One row; `titel` is numbered among what this recipient sees."""

    velden: tuple[AnoniemVeld, ...]


class AnoniemeRubriek(Rubriekblok):
    """One rubriek: single fields, or rows."""

    velden: tuple[AnoniemVeld, ...]
    rijen: tuple[AnoniemeRij, ...]


class AnoniemeInformatie(Informatieregel):
    """One piece of information, of a month."""

    datum: Maand


class AnoniemeCasus(Casusblok):
    """One case without anybody's identity."""

    identiteit: tuple[()] = ()
    deelnemers: tuple[()] = ()
    personen: tuple[AnoniemePersoon, ...]
    rubrieken: tuple[AnoniemeRubriek, ...]
    feiten: tuple[AnoniemeInformatie, ...]
    inschattingen: tuple[AnoniemeInformatie, ...]


class AnoniemeAfspraak(Afspraakregel):
    """A to-do, by the month in which it is due."""

    tegen: Maand


class AnoniemeActie(Actieregel):
    """What is done for an aim, by the month in which it is due."""

    tegen: Maand


class AnoniemDoel(Doelblok):
    """An aim of the plan with its actions."""

    acties: tuple[AnoniemeActie, ...]


class AnoniemPlan(Planblok):
    """The plan, by months."""

    opgesteld_op: Maand
    bijgewerkt_op: Maand
    goedgekeurd_op: Maand
    doelen: tuple[AnoniemDoel, ...]


class AnoniemeMelding(Meldingblok):
    """What was told between two meetings: no day, hour or place."""

    datum: Maand
    uur: Literal[""] = ""
    plaats: Literal[""] = ""


class AnoniemVerslag(Verslagblok):
    """What the table concluded on one case."""

    afspraken: tuple[AnoniemeAfspraak, ...]


class AnoniemBeeld(Deelbeeld):
    """One copy of an anonymous document for one recipient, complete and final."""

    vorm: Literal["anoniem"] = "anoniem"  #: tells it from a Deelbeeld wherever both are kept
    casussen: tuple[AnoniemeCasus, ...] = ()
    verslag: tuple[AnoniemVerslag, ...] = ()
    afspraken: tuple[AnoniemeAfspraak, ...] = ()
    plan: AnoniemPlan | None = None
    melding: AnoniemeMelding | None = None
    bewaren_tot: MaandOfZin = ""
    verzending: tuple[()] = ()


def _get_vorm(beeld: object) -> str:
    """Which kind this is. A Deelbeeld says nothing about it, nor did any in a register from before there were two."""
    vorm = beeld.get("vorm", "") if isinstance(beeld, Mapping) else getattr(beeld, "vorm", "")
    return str(vorm) or "op_naam"


#: A copy of either kind, as it is kept.
Beeld = Annotated[
    Annotated[Deelbeeld, Tag("op_naam")] | Annotated[AnoniemBeeld, Tag("anoniem")], Discriminator(_get_vorm)
]
