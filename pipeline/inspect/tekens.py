"""Words of a running text with their place, and the form in which they are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from .lijsten import read_lijst

# Combining marks and what cannot be seen belong to the word: "Le\u00adna" reads as a name.
_ONZICHTBAAR = "\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff"
_WOORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_ONZICHTBAAR}])*")
_WEG = re.compile(rf"[{_ONZICHTBAAR}]")

#: Words within a family name. Alone they name nobody.
TUSSENVOEGSELS = read_lijst("tussenvoegsels")


class Woord(NamedTuple):
    """One word of a text."""

    begin: int
    eind: int
    tekst: str
    sleutel: str

    @property
    def is_hoofdletter(self) -> bool:
        """Whether it begins with a capital."""
        return self.tekst[0].isupper()


def fold(tekst: str) -> str:
    """Without case, accents and invisible signs."""
    if tekst.isascii():
        return tekst.casefold()
    kaal = unicodedata.normalize("NFKD", tekst).casefold()
    return _WEG.sub("", kaal)


def iterate_woorden(tekst: str) -> Iterator[Woord]:
    """All words, in order. Digits and signs separate words."""
    for gevonden in _WOORD.finditer(tekst):
        yield Woord(gevonden.start(), gevonden.end(), gevonden.group(), fold(gevonden.group()))
