"""What the fields of a copy are, read from its type: text, number, list, or a group of fields that may be missing."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pipeline.render.context import BUITEN_SJABLOON
from schemas.deelbeeld import Deelbeeld

Pad = tuple[str, ...]  #: from the top; "*" for each of a list

_ONTVANGER = ("naam", "aanspreking")
_MAX_DIEPTE = 6


class Wat(Enum):
    """What a tag can do with it."""

    TEKST = "een tekst"
    GETAL = "een getal"
    LIJST = "een lijst"
    GROEP = "een groep velden"
    ANDERS = "geen tekst"
    ONBEKEND = "onbekend"


@dataclass(frozen=True)
class Soort:
    """One kind of value."""

    wat: Wat
    velden: Mapping[str, Soort] = field(default_factory=dict)
    item: Soort | None = None
    kan_ontbreken: bool = False
    altijd_leeg: bool = False  #: by its type

    def walk(self, pad: Pad = ()) -> Iterator[tuple[Pad, Soort]]:
        """Every field below it with its path."""
        for naam, soort in self.velden.items():
            yield (*pad, naam), soort
            yield from soort.walk((*pad, naam))
        if self.item is not None:
            yield from self.item.walk((*pad, "*"))


TEKST, GETAL, ANDERS, ONBEKEND = (Soort(wat) for wat in (Wat.TEKST, Wat.GETAL, Wat.ANDERS, Wat.ONBEKEND))


@lru_cache(maxsize=8)
def read_velden(vorm: type[Deelbeeld]) -> Soort:
    """All that a template may use of this kind of copy, as one group."""
    velden = dict(_read_model(vorm, 0).velden)
    for naam in BUITEN_SJABLOON:
        velden.pop(naam, None)
    velden["ontvanger"] = Soort(Wat.GROEP, dict.fromkeys(_ONTVANGER, TEKST))
    return Soort(Wat.GROEP, velden)


def _read_model(model: type[BaseModel], diepte: int) -> Soort:
    if diepte > _MAX_DIEPTE:
        return ONBEKEND
    velden = {naam: _read_field(model, naam, veld.annotation, diepte) for naam, veld in model.model_fields.items()}
    return Soort(Wat.GROEP, velden)


def _read_field(model: type[BaseModel], naam: str, soort: Any, diepte: int) -> Soort:
    """A field that is always empty is of the kind that it is in the type which this one narrows."""
    if not _is_empty(soort):
        return _read(soort, diepte)
    bases = (_get_fields(basis) for basis in model.__mro__[1:])
    boven = (velden[naam].annotation for velden in bases if naam in velden)
    ruimer = next((_read(ander, diepte) for ander in boven if not _is_empty(ander)), ONBEKEND)
    return Soort(ruimer.wat, ruimer.velden, ruimer.item, altijd_leeg=True)


def _get_fields(soort: type) -> Mapping[str, FieldInfo]:
    return soort.model_fields if issubclass(soort, BaseModel) else {}


def _is_empty(soort: Any) -> bool:
    return soort == tuple[()] or (typing.get_origin(soort) is typing.Literal and typing.get_args(soort) == ("",))


def _read(soort: Any, diepte: int) -> Soort:
    oorsprong, delen = typing.get_origin(soort), typing.get_args(soort)
    if oorsprong is typing.Annotated:
        return _read(delen[0], diepte)
    if oorsprong in (typing.Union, types.UnionType):
        keuzen = [deel for deel in delen if deel is not type(None)]
        eerste = _read(keuzen[0], diepte) if len(keuzen) == 1 else ONBEKEND
        return Soort(eerste.wat, eerste.velden, eerste.item, kan_ontbreken=len(keuzen) < len(delen))
    if oorsprong is tuple:
        return Soort(Wat.LIJST, item=_read(delen[0], diepte) if delen else ONBEKEND)
    if isinstance(soort, type) and issubclass(soort, BaseModel):
        return _read_model(soort, diepte + 1)
    return {str: TEKST, int: GETAL}.get(soort, ANDERS)
