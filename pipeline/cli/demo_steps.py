"""The grammar of a demo: what one step of a scenario can say. A scenario is data; what it means is in `demo`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, TypeAdapter

from schemas.base import Model

#: Answers by tag. In a text, "{sample}" stands for the code that the sample's case got in this play.
Antwoorden: TypeAlias = dict[str, str | bool]


class _Stap(Model):
    """What every step has: when, and one sentence on what happens and why."""

    dag: dt.date
    uitleg: str = Field(min_length=1)


class Opvolging(Model):
    """What became of an earlier to-do: the how-manieth of the case, counted from 1 as they were agreed."""

    geval: str
    afspraak: int = Field(ge=1)
    antwoorden: Antwoorden


class Invulling(_Stap):
    """A step in which somebody fills in a form and sends it back."""

    antwoorden: Antwoorden = Field(default_factory=dict)
    rijen: dict[str, Antwoorden] = Field(default_factory=dict)  #: per sample: the answers of its case's row
    blokken: dict[str, tuple[Antwoorden, ...]] = Field(default_factory=dict)  #: per rubriek: its rows, from the first
    opvolging: tuple[Opvolging, ...] = ()
    verwerk: bool = True  #: false: the form waits in `in/` for the next step that takes forms in


class Ontvang(_Stap):
    """Samples arrive, and are taken in."""

    doe: Literal["ontvang"]
    gevallen: tuple[str, ...] = Field(min_length=1)
    verwerk: bool = True


class OpNaam(_Stap):
    """A sample arrives that continues the case of another one; its form gets the code of that case."""

    doe: Literal["op_naam"]
    geval: str
    eerder: str
    verwerk: bool = True


class Bereid(_Stap):
    """A meeting is prepared."""

    doe: Literal["bereid"]
    overleg: str


class Verslag(_Stap):
    """What follows a meeting is made."""

    doe: Literal["verslag"]
    overleg: str


class Cijferstap(_Stap):
    """Figures over a period that is over; without dates over the last one."""

    doe: Literal["cijfers"]
    van: dt.date | None = None
    tot: dt.date | None = None


class VulIn(Invulling):
    """A form that stands ready in `uit/` is filled in and comes back."""

    doe: Literal["vul_in"]
    formulier: str  #: how its file name begins
    geval: str = ""  #: for a form about one case: the sample that brought it
    van: str = ""  #: the folder of the recipient to whom the form came


class Vraag(Invulling):
    """A form about one case is asked for by command, filled in and dropped."""

    doe: Literal["vraag"]
    soort: str  #: id of the form
    geval: str
    van: str = ""


class Wijzig(Invulling):
    """A form that was filled in earlier is changed and dropped again."""

    doe: Literal["wijzig"]
    formulier: str  #: as the step that filled it in named it
    geval: str


class Nazichtstap(Model):
    """The answer to every open question about this word in this sample's case."""

    geval: str
    woord: str
    antwoord: str  #: as `overleg nazicht` takes it


class Nazicht(_Stap):
    """Questions of the gates are answered."""

    doe: Literal["nazicht"]
    antwoorden: tuple[Nazichtstap, ...] = Field(min_length=1)


class TekenAf(_Stap):
    """The list of a meeting's packages comes back with every one ticked as handed over."""

    doe: Literal["teken_af"]
    overleg: str
    hoe: str


class Nakijken(_Stap):
    """The werkmap is looked over: register, manifests, files, backups, computer."""

    doe: Literal["controle"]


class Termijnen(_Stap):
    """The list of what falls due."""

    doe: Literal["termijnen"]
    tot: dt.date | None = None


class Bekijk(_Stap):
    """The life of a case, or what one recipient may see of it."""

    doe: Literal["bekijk"]
    geval: str
    als: str = ""


Stap: TypeAlias = Annotated[
    Ontvang
    | OpNaam
    | Bereid
    | Verslag
    | VulIn
    | Vraag
    | Wijzig
    | TekenAf
    | Nakijken
    | Termijnen
    | Bekijk
    | Nazicht
    | Cijferstap,
    Field(discriminator="doe"),
]
STAPPEN: TypeAdapter[tuple[Stap, ...]] = TypeAdapter(tuple[Stap, ...])


def parse_scenario(ruw: Mapping[str, object]) -> tuple[Stap, ...]:
    """The steps of a demo.toml as TOML has it. Raises ValidationError: a scenario is ours, and a test plays it."""
    # Python mode: TOML has real dates, and lists may become tuples.
    return STAPPEN.validate_python(ruw["stap"], strict=False)
