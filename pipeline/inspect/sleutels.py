"""What to look for in a text, made from what the forms say about the people of a case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from schemas.nazicht import Identiteit, Identiteitsoort

from .lijsten import read_lijst
from .tekens import TUSSENVOEGSELS, Woord, iterate_woorden

_TITELS = read_lijst("titels")
_CIJFERS = re.compile(r"\D")
_LAND = re.compile(r"^(?:00|\+)?(?:32|31)(?=\d{8,9}$)|^0")
_POSTCODE = re.compile(r"(?<!\d)[1-9]\d{3}(?!\d)", re.ASCII)
_HUISNUMMER = re.compile(r"\d", re.ASCII)
MINSTENS_CIJFERS = 5
FUZZY_VANAF = 6
_LANG = 8


@dataclass(frozen=True)
class Sleutel:
    """A word that points at somebody."""

    bron: Identiteit
    hoofdletter: bool = False  #: counts only when it is written with a capital


@dataclass(frozen=True)
class Sleutelbos:
    """Everything to look for."""

    woorden: dict[str, list[Sleutel]] = field(default_factory=dict)
    begin: set[str] = field(default_factory=set)  #: the first two letters of `woorden`
    lange: dict[int, list[str]] = field(default_factory=dict)  #: the words of `woorden` that allow a slip, by length
    initialen: dict[str, Identiteit] = field(default_factory=dict)
    letters: dict[str, Identiteit] = field(default_factory=dict)  #: first letters of names
    nummers: dict[str, Identiteit] = field(default_factory=dict)
    postcodes: dict[str, Identiteit] = field(default_factory=dict)
    mails: dict[str, Identiteit] = field(default_factory=dict)
    datums: tuple[Identiteit, ...] = ()


def make_sleutelbos(identiteiten: Iterable[Identiteit], getoond: Iterable[Identiteit] = ()) -> Sleutelbos:
    """Keys for all `identiteiten`, but for what `getoond` shows as well: a family name that two people share."""
    identiteiten = tuple(identiteiten)
    bos = Sleutelbos(datums=tuple(i for i in identiteiten if i.soort is Identiteitsoort.DATUM))
    for identiteit in identiteiten:
        _add(bos, identiteit)
    for identiteit in getoond:
        _remove(bos, identiteit)
    for sleutel in bos.woorden:
        bos.begin.add(sleutel[:2])
        if len(sleutel) >= FUZZY_VANAF:
            bos.lange.setdefault(len(sleutel), []).append(sleutel)
    return bos


def strip_nummer(tekst: str) -> str:
    """The digits, without a country's code or a leading zero."""
    return _LAND.sub("", _CIJFERS.sub("", tekst))


def _add(bos: Sleutelbos, identiteit: Identiteit) -> None:
    waarde = identiteit.waarde
    if identiteit.soort is Identiteitsoort.NAAM:
        woorden = _list_naamwoorden(waarde)
        _add_woorden(bos, identiteit, _iterate_naamsleutels(woorden))
        for initialen in _iterate_initialen(woorden):
            bos.initialen.setdefault(initialen, identiteit)
        for woord in woorden:
            bos.letters.setdefault(woord.sleutel[0], identiteit)
    elif identiteit.soort is Identiteitsoort.ADRES:
        _add_woorden(bos, identiteit, _iterate_straten(waarde))
        bos.postcodes.update(dict.fromkeys(_POSTCODE.findall(waarde), identiteit))
    elif identiteit.soort is Identiteitsoort.MAIL:
        bos.mails.setdefault(waarde.strip().casefold(), identiteit)
    elif identiteit.soort is Identiteitsoort.NUMMER and len(strip_nummer(waarde)) >= MINSTENS_CIJFERS:
        bos.nummers.setdefault(strip_nummer(waarde), identiteit)


def _add_woorden(bos: Sleutelbos, identiteit: Identiteit, sleutels: Iterable[str]) -> None:
    for sleutel in dict.fromkeys(sleutels):
        hoofdletter = len(sleutel) <= 2 or _is_everyday(sleutel)
        bos.woorden.setdefault(sleutel, []).append(Sleutel(identiteit, hoofdletter))


def _is_everyday(sleutel: str) -> bool:
    """Whether it stands in any text: "man", and so "de man"."""
    gewoon = read_lijst("gewone_woorden")
    return sleutel in gewoon or any(
        sleutel.startswith(t) and sleutel[len(t) :] in gewoon for t in TUSSENVOEGSELS if len(t) > 1
    )


def _remove(bos: Sleutelbos, identiteit: Identiteit) -> None:
    eigen = make_sleutelbos((identiteit,))
    for deel in ("woorden", "initialen", "letters", "nummers", "postcodes", "mails"):
        for sleutel in getattr(eigen, deel):
            getattr(bos, deel).pop(sleutel, None)


def _list_naamwoorden(naam: str) -> list[Woord]:
    return [woord for woord in iterate_woorden(naam) if woord.sleutel and woord.sleutel not in _TITELS]


def _iterate_naamsleutels(woorden: list[Woord]) -> Iterator[str]:
    """Each part by itself, and what people write as one word: DeSmet, Vandenberghe, Jeanpierre."""
    for plaats, woord in enumerate(woorden):
        if woord.sleutel not in TUSSENVOEGSELS and len(woord.sleutel) > 1:
            yield woord.sleutel
        if woord.sleutel in TUSSENVOEGSELS:
            yield from _iterate_aaneen(woorden[plaats : plaats + 4])
    for eerste, tweede in pairwise(woorden):
        if tweede.begin == eerste.eind + 1 and len(eerste.sleutel) > 1:
            yield eerste.sleutel + tweede.sleutel


def _iterate_aaneen(woorden: list[Woord]) -> Iterator[str]:
    for aantal in range(2, len(woorden) + 1):
        if woorden[aantal - 1].sleutel not in TUSSENVOEGSELS:
            yield "".join(woord.sleutel for woord in woorden[:aantal])
            return


def _iterate_initialen(woorden: list[Woord]) -> Iterator[str]:
    """In the order of the name and with the family name first, with and without what stands between."""
    alle = [woord.sleutel[0] for woord in woorden]
    kern = [woord.sleutel[0] for woord in woorden if woord.sleutel not in TUSSENVOEGSELS]
    for letters in (alle, kern, *([*kern[:1], letter] for letter in kern[1:])):
        if len(letters) > 1:
            yield "".join(letters)
            yield "".join(letters[1:] + letters[:1])


def _iterate_straten(adres: str) -> Iterator[str]:
    """The name of a street as one word, as far as it stands before a house number."""
    for deel in re.split(r"[,;\n]", adres):
        woorden = [woord.sleutel for woord in iterate_woorden(_HUISNUMMER.split(deel)[0])]
        if len("".join(woorden)) > 2:
            yield "".join(woorden)
        if woorden and len(woorden[-1]) >= _LANG:
            yield woorden[-1]
