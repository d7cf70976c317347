"""What can be known of a patched template before any value is there.

Two things cost time after every rendering: seeing that the XML is whole, and repairing the columns of tables whose
rows changed. For most templates both can be settled once. A loop or a condition whose every branch leaves the same
elements open as it found cannot break the XML, however often it runs; and a table of which all rows, or
one that is always there, fill the grid needs no other columns.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from jinja2 import nodes

_ELEMENT = re.compile(r'<(/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*"[^"<]*")*)\s*(/?)>')
_ATTRIBUUT = re.compile(r'([\w:.-]+)\s*=\s*"([^"<]*)"')
_IETS = "\x1a"  # stands for what a value or a branch puts in an attribute
_LOSSE_AMPERSAND = re.compile(r"&(?!(?:lt|gt|amp|quot|apos|#\d+|#x[0-9a-fA-F]+);)")

_ALTIJD = frozenset({"xml", "xmlns"})

Pad = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Bevonden:
    """`heel`: with escaped values the XML is always whole. `kolommen_vast`: no table with rows needs other columns."""

    heel: bool
    kolommen_vast: bool


class _OnbewezenFout(Exception):
    """Something that only the rendered XML can show."""


@dataclass
class _Tabel:
    pad: Pad
    kolommen: int = 0
    meeste_cellen: int = 0
    zekere_breedte: int = 0
    smalste_breedte: int = sys.maxsize


@dataclass
class _Rij:
    pad: Pad
    cellen: int = 0
    breedte: int = 0


@dataclass(frozen=True)
class _Stand:
    """Where the reading of the XML is: the open elements with their prefixes, and the half element at the end."""

    open: tuple[tuple[str, frozenset[str]], ...] = ()
    half: str = ""


@dataclass
class _Tabellen:
    """The tables met while reading, judged as they close."""

    tabellen: list[_Tabel] = field(default_factory=list)
    rijen: list[_Rij] = field(default_factory=list)
    vast: bool = True

    def open(self, naam: str, attributen: str, pad: Pad) -> None:
        if naam == "w:tbl":
            self.tabellen.append(_Tabel(pad))
        elif naam == "w:tr":
            self.rijen.append(_Rij(pad))
        elif naam == "w:gridCol" and self.tabellen:
            self.tabellen[-1].kolommen += 1
            self.vast &= pad == self.tabellen[-1].pad
        elif naam == "w:tc" and self.rijen:
            self.rijen[-1].cellen += 1
            self.rijen[-1].breedte += 1
            self.vast &= pad == self.rijen[-1].pad
        elif naam == "w:gridSpan" and self.rijen:
            waarde = dict(_ATTRIBUUT.findall(attributen)).get("w:val", "")
            self.vast &= waarde.isdecimal()
            self.rijen[-1].breedte += int(waarde) - 1 if waarde.isdecimal() else 0

    def close(self, naam: str) -> None:
        if naam == "w:tr" and self.rijen:
            rij = self.rijen.pop()
            for tabel in self.tabellen[-1:]:
                tabel.smalste_breedte = min(tabel.smalste_breedte, rij.breedte)
            for tabel in self.tabellen:
                tabel.meeste_cellen = max(tabel.meeste_cellen, rij.cellen)
                if rij.pad == tabel.pad:
                    tabel.zekere_breedte = max(tabel.zekere_breedte, rij.breedte)
        elif naam == "w:tbl" and self.tabellen:
            tabel = self.tabellen.pop()
            self.vast &= tabel.meeste_cellen <= tabel.kolommen
            self.vast &= tabel.kolommen <= max(tabel.zekere_breedte, tabel.smalste_breedte)


def prove(boom: nodes.Template) -> Bevonden:
    """Read the XML of a template through its loops and conditions."""
    lezer = _Lezer()
    try:
        stand = lezer.follow(boom.body, _Stand(), ())
    except _OnbewezenFout:
        return Bevonden(heel=False, kolommen_vast=False)
    return Bevonden(heel=stand == _Stand(), kolommen_vast=stand == _Stand() and lezer.tabellen.vast)


class _Lezer:
    """Reads the pieces of XML between the tags; each branch once."""

    def __init__(self) -> None:
        self.tabellen = _Tabellen()
        self._wijzen: dict[type[nodes.Node], Callable[..., _Stand]] = {
            nodes.Output: self._follow_output,
            nodes.For: self._follow_for,
            nodes.If: self._follow_if,
            nodes.Assign: lambda _knoop, stand, _pad: stand,
        }

    def follow(self, knopen: Sequence[nodes.Node], stand: _Stand, pad: Pad) -> _Stand:
        for knoop in knopen:
            if type(knoop) not in self._wijzen:
                raise _OnbewezenFout
            stand = self._wijzen[type(knoop)](knoop, stand, pad)
        return stand

    def _follow_output(self, knoop: nodes.Output, stand: _Stand, pad: Pad) -> _Stand:
        for deel in knoop.nodes:
            if isinstance(deel, nodes.TemplateData):
                stand = self._read(deel.data, stand, pad)
            elif stand.half and not stand.half.endswith(_IETS):
                raise _OnbewezenFout  # a value that stands in the name of an element, or as an attribute
        return stand

    def _follow_for(self, knoop: nodes.For, stand: _Stand, pad: Pad) -> _Stand:
        for nummer, tak in enumerate((knoop.body, knoop.else_)):
            if self.follow(tak, stand, (*pad, (id(knoop), nummer))) != stand:
                raise _OnbewezenFout
        return stand

    def _follow_if(self, knoop: nodes.If, stand: _Stand, pad: Pad) -> _Stand:
        takken = [knoop.body, *(tak.body for tak in knoop.elif_), knoop.else_]
        standen = {self.follow(tak, stand, (*pad, (id(knoop), nummer))) for nummer, tak in enumerate(takken)}
        if len(standen) != 1:
            raise _OnbewezenFout
        return standen.pop()

    def _read(self, xml: str, stand: _Stand, pad: Pad) -> _Stand:
        """Go through one piece of XML, which may begin and end within an element."""
        heel, plaats, open_ = stand.half + xml, 0, list(stand.open)
        while (begin := heel.find("<", plaats)) >= 0:
            _check_text(heel[plaats:begin])
            if ">" not in heel[begin:]:
                return _Stand(tuple(open_), _shorten(heel[begin:]))
            element = _ELEMENT.match(heel, begin)
            if element is None:
                raise _OnbewezenFout
            self._take(element, open_, pad)
            plaats = element.end()
        _check_text(heel[plaats:])
        return _Stand(tuple(open_), "")

    def _take(self, element: re.Match[str], open_: list[tuple[str, frozenset[str]]], pad: Pad) -> None:
        sluit, naam, attributen, leeg = element.groups()
        if sluit:
            if not open_ or open_.pop()[0] != naam or attributen:
                raise _OnbewezenFout
            self.tabellen.close(naam)
            return
        eigen, gebruikt = _list_prefixes(naam, attributen)
        bekend = (open_[-1][1] if open_ else _ALTIJD) | eigen
        if not gebruikt <= bekend:
            raise _OnbewezenFout
        self.tabellen.open(naam, attributen, pad)
        if leeg:
            self.tabellen.close(naam)
        else:
            open_.append((naam, bekend))


@lru_cache(maxsize=4096)
def _list_prefixes(naam: str, attributen: str) -> tuple[frozenset[str], frozenset[str]]:
    """The prefixes that an element declares, and those that it uses."""
    namen = [attribuut for attribuut, _ in _ATTRIBUUT.findall(attributen)]
    if len(set(namen)) < len(namen):
        raise _OnbewezenFout
    eigen = frozenset(deel.removeprefix("xmlns:") for deel in namen if deel.startswith("xmlns:"))
    return eigen, frozenset(deel.split(":")[0] for deel in (naam, *namen) if ":" in deel)


def _check_text(tekst: str) -> None:
    if _LOSSE_AMPERSAND.search(tekst) or "]]>" in tekst:
        raise _OnbewezenFout


def _shorten(half: str) -> str:
    """A half element, with a mark for what is in the attribute that a value or a condition is filling."""
    _check_text(half)
    return half[: half.rfind('"') + 1] + _IETS if half.count('"') % 2 else half
