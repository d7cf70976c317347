"""What a gate found in a passage, and how finds of several gates go together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from schemas.nazicht import Nazichtsoort


class Treffer(NamedTuple):
    """A stretch of a passage that a person has to look at."""

    begin: int
    eind: int
    soort: Nazichtsoort
    waarom: str
    voorstel: str = ""


def combine(lengte: int, *reeksen: Iterable[Treffer]) -> tuple[Treffer, ...]:
    """All finds in the order of the text; where two overlap, the one of the earlier series stays."""
    bezet = bytearray(lengte)
    gehouden: list[Treffer] = []
    for reeks in reeksen:
        for treffer in reeks:
            if not any(bezet[treffer.begin : treffer.eind]):
                bezet[treffer.begin : treffer.eind] = b"\1" * (treffer.eind - treffer.begin)
                gehouden.append(treffer)
    return tuple(sorted(gehouden))
