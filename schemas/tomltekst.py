"""TOML as text: what stands in it, what is wrong with it, and in which line each key and value stands.

`tomllib` keeps no lines. Instead of a second grammar, which might disagree with it, it is asked again about pieces:
the shortest run of lines that it can read is one statement.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain, product
from typing import Any

from schemas.fouten import DataFout

#: The way to a value: keys, and positions in lists.
Pad = tuple[int | str, ...]

_DIEPST = 4  # lists and blocks within each other that a value of several lines is looked into
#: What may close a value that was cut off at the end of a line: an open text, then lists and blocks.
_SLUITERS = tuple(
    "\n" + tekst + "".join(haken)
    for haken in chain.from_iterable(product("]}", repeat=diepte) for diepte in range(_DIEPST + 1))
    for tekst in ("", '"""', "'''")
)

_PLAATS = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
#: How tomllib's English begins -> what the coordinator reads.
_TOML = {
    "Cannot overwrite a value": "deze sleutel staat er al; elke sleutel mag maar één keer voorkomen",
    "Cannot declare": "dit blok staat er al; gebruik [[naam]] voor een blok dat herhaald wordt",
    "Cannot mutate": "deze sleutel hoort bij een blok dat al gesloten is",
    "Duplicate inline table key": "deze sleutel staat er al; elke sleutel mag maar één keer voorkomen",
    "Unterminated string": "een tekst zonder sluitend aanhalingsteken",
    "Illegal character": "een teken dat hier niet mag staan; misschien ontbreekt er een aanhalingsteken",
    "Expected '=' after a key": "na de naam van een sleutel hoort een =",
    "Expected newline": "na deze waarde hoort een nieuwe regel; misschien staat er een teken te veel",
    "Unclosed array": "een lijst zonder sluitend vierkant haakje ], of zonder komma op het einde van de regel ervoor",
    "Unclosed inline table": "een blok zonder sluitende accolade }, of zonder komma voor dit teken",
    "Unescaped '\\'": "een \\ in een tekst; schrijf \\\\",
    "Invalid value": "geen geldige waarde; tekst hoort tussen aanhalingstekens, een datum is jjjj-mm-dd",
    "Invalid date": "een datum die niet bestaat",
    "Invalid statement": "dit is geen sleutel, blok of uitleg; uitleg begint met #",
}


def parse_toml(tekst: str, bron: str) -> dict[str, Any]:
    """What stands in this text, which messages call `bron`. Raises DataFout with line and column of what is wrong."""
    try:
        return tomllib.loads(tekst)
    except tomllib.TOMLDecodeError as fout:
        raise DataFout([f"{bron}{_describe_syntax(str(fout))}"]) from None


def list_regels(tekst: str) -> dict[Pad, int]:
    """The line (from 1) in which each key, block and item of a list begins, of a text that `parse_toml` can read."""
    regels: dict[Pad, int] = {}
    aantallen: Counter[Pad] = Counter()
    hier: Pad = ()
    for nummer, brok in _iterate_statements(tekst):
        if brok.lstrip().startswith("["):
            hier = _enter(tomllib.loads(brok), nummer, regels, aantallen)
            continue
        for regel, pad in _iterate_value_lines(nummer, brok):
            regels.setdefault(hier + pad, regel)
    return regels


def _iterate_statements(tekst: str) -> Iterator[tuple[int, str]]:
    """Each statement with the number of its first line."""
    regels = tekst.replace("\r\n", "\n").split("\n")
    begin = 0
    for einde in range(1, len(regels) + 1):
        brok = "\n".join(regels[begin:einde])
        if _read(brok) is not None:
            yield begin + 1, brok
            begin = einde


def _iterate_value_lines(nummer: int, brok: str) -> Iterator[tuple[int, Pad]]:
    """The line of everything that `key = value` brings: what is there when the value is cut off at the end of it."""
    regels = brok.split("\n")
    for aantal in range(1, len(regels)):
        begin = "\n".join(regels[:aantal])
        gelezen = (_read(begin + sluiter) for sluiter in _SLUITERS)
        for pad in _iterate_paden(next((stuk for stuk in gelezen if stuk is not None), {})):
            yield nummer + aantal - 1, pad
    for pad in _iterate_paden(_read(brok)):
        yield nummer + len(regels) - 1, pad


def _enter(kop: Mapping[str, Any], nummer: int, regels: dict[Pad, int], aantallen: Counter[Pad]) -> Pad:
    """The place that a line [a.b] or [[a.b]] opens; the last block of a repeated one on the way is meant."""
    pad: Pad = ()
    waarde: object = kop
    while isinstance(waarde, Mapping) and waarde:
        ((sleutel, waarde),) = waarde.items()
        pad += (sleutel,)
        regels.setdefault(pad, nummer)
        if isinstance(waarde, list):
            aantallen[pad] += 1
        if aantallen[pad]:
            pad += (aantallen[pad] - 1,)
            regels.setdefault(pad, nummer)
    return pad


def _iterate_paden(waarde: object, pad: Pad = ()) -> Iterator[Pad]:
    if pad:
        yield pad
    delen: Iterator[tuple[int | str, object]] = iter(())
    if isinstance(waarde, Mapping):
        delen = iter(waarde.items())
    elif isinstance(waarde, list):
        delen = iter(enumerate(waarde))
    for stap, deel in delen:
        yield from _iterate_paden(deel, (*pad, stap))


def _read(tekst: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(tekst)
    except tomllib.TOMLDecodeError:
        return None


def _describe_syntax(melding: str) -> str:
    plaats = _PLAATS.search(melding)
    waar = "aan het einde"
    if plaats and plaats[1]:
        waar = f"regel {plaats[1]}, teken {plaats[2]}"
    wat = next((tekst for begin, tekst in _TOML.items() if melding.startswith(begin)), "deze regel is niet te lezen")
    return f", {waar}: {wat}."
