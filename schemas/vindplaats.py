"""Says in which line (or row) of a file a fault stands: a sentence about a fault begins with its place in words.

`rol "parket", sleutel staat_voor: …` is an address: of the list whose name is the plural of `rol` the block that is
known as `parket`, and in it that key. What cannot be found keeps its sentence, without a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from schemas.fouten import DataFout
from schemas.tomltekst import Pad, list_regels, parse_toml

_NAMEN = ("id", "document", "feit")  #: by which key a block of a list is known
_DEEL = re.compile(r'(?P<woord>\w+)(?: van)?(?: nr\. (?P<nummer>\d+))?(?: \(?"(?P<naam>[^"]*)"\)?)?$')
_SLEUTEL = re.compile(r'(?:de )?sleutel "?(?P<pad>[^":]+)"?')
_GEQUOOT = re.compile(r'"([^"]*)"')
_STAM = 3  # letters that a word and its plural share: vraag, vragen
_BEGIN = re.compile(r'^(?:"[^"]*"|[^":])*')


@dataclass(frozen=True)
class Vindplaats:
    """A file as it was read: what stands in it, and where. `woord` is what its numbers count: lines or rows."""

    ruw: Mapping[str, Any]
    regels: Mapping[Pad, int]
    woord: str = "regel"

    def name(self, pad: Pad) -> str:
        """The number of the line at which this begins, or else of the block that it should stand in."""
        regel = next((self.regels[pad[:n]] for n in range(len(pad), 0, -1) if pad[:n] in self.regels), None)
        return f"{self.woord} {regel}, " if regel is not None else ""

    def add(self, zin: str) -> str:
        """The sentence, which is about this file, with its line where that is known."""
        pad = _find(self.ruw, zin)
        daar = _get(self.ruw, pad)
        heel = isinstance(daar, list) and any(isinstance(blok, Mapping) for blok in daar)  # no block of it is meant
        return zin if heel else f"{self.name(pad)}{zin}"


@lru_cache(maxsize=16)
def read_vindplaats(tekst: str) -> Vindplaats:
    """Where everything stands in this text of a TOML file; nowhere in one that cannot be read."""
    try:
        return Vindplaats(parse_toml(tekst, ""), list_regels(tekst))
    except DataFout:
        return Vindplaats({}, {})


def _find(ruw: Mapping[str, Any], zin: str) -> Pad:
    """The way to what this sentence is about, as far as its words lead."""
    waar = _BEGIN.match(zin)
    plaats = waar[0] if waar else ""
    pad: Pad = ()
    for deel in plaats.split(", "):
        pad += _take(_get(ruw, pad), deel)
    return pad + _find_item(_get(ruw, pad), zin[len(plaats) :])


def _take(hier: object, deel: str) -> Pad:
    """The step that one part of the place is: a key, a block of a list, or nothing that is known."""
    sleutel = _SLEUTEL.match(deel)
    if sleutel:
        return _take_key(hier, sleutel["pad"])
    gelezen = _DEEL.match(deel)
    if gelezen is None:
        return ()
    if gelezen["nummer"] or gelezen["naam"] is not None:
        return next(_iterate_blocks(hier, gelezen), ())
    return (gelezen["woord"],) if isinstance(hier, Mapping) and gelezen["woord"] in hier else ()


def _take_key(hier: object, woorden: str) -> Pad:
    pad: Pad = ()
    for stap in re.split(r" > |\.", woorden.split(" nr. ")[0]):
        daar = _get(hier, pad)
        if not isinstance(daar, Mapping) or stap not in daar:
            break
        pad += (stap,)
    return pad


def _iterate_blocks(hier: object, deel: re.Match[str], pad: Pad = ()) -> Iterator[Pad]:
    """Every block, however deep, that these words may mean."""
    for stap, waarde in _iterate_children(hier):
        verder = (*pad, stap)
        if isinstance(waarde, list) and isinstance(stap, str) and stap.startswith(deel["woord"][:_STAM]):
            for nummer, blok in enumerate(waarde):
                if str(nummer + 1) == deel["nummer"] or (not deel["nummer"] and deel["naam"] in _list_names(blok)):
                    yield (*verder, nummer)
        yield from _iterate_blocks(waarde, deel, verder)


def _find_item(waarde: object, rest: str) -> Pad:
    """Of a list the item that the rest of the sentence names first."""
    genoemd = _GEQUOOT.search(rest)
    if isinstance(waarde, list) and genoemd and genoemd[1] in waarde:
        return (waarde.index(genoemd[1]),)
    return ()


def _iterate_children(hier: object) -> Iterator[tuple[int | str, object]]:
    if isinstance(hier, Mapping):
        yield from hier.items()
    elif isinstance(hier, list):
        yield from enumerate(hier)


def _list_names(blok: object) -> list[object]:
    return [blok[naam] for naam in _NAMEN if naam in blok] if isinstance(blok, Mapping) else []


def _get(hier: object, pad: Pad) -> object:
    for stap in pad:
        hier = hier[stap] if isinstance(hier, Mapping | list) else None  # type: ignore[index]
    return hier
