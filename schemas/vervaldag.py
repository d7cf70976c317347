"""A date on which something falls due for a case, and from which date it was counted."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType

from schemas.base import Vertrouwelijk
from schemas.tafel import Anker, Richting, Tafel

#: The anchors in plain Dutch.
ANKERS = MappingProxyType(
    {
        Anker.BESPROKEN: "de bespreking",
        Anker.PLAN_GEVRAAGD: "de vraag om een plan",
        Anker.PLAN_OPGESTELD: "het opstellen van het plan",
        Anker.PLAN_BIJGEWERKT: "de laatste versie van het plan",
        Anker.PLAN_GOEDGEKEURD: "de goedkeuring van het plan",
        Anker.PASSIEF: "het begin van de passieve regie",
        Anker.CONTACT: "het contact met de diensten en de cliënt",
    }
)


def name_anker(anker: Anker, tafel: Tafel) -> str:
    """The anchor in this table's own words, or else in ours."""
    return next((eigen.naam for eigen in tafel.ankernamen if eigen.anker is anker), ANKERS[anker])


class Vervaldag(Vertrouwelijk):
    """One term of one case, worked out. The latest date of `anker` set it, by the form field `veld`."""

    casuscode: str
    termijn: str  #: id of the Termijn of the table
    wat: str
    anker: Anker
    anker_datum: dt.date
    veld: str
    richting: Richting
    duur: str  #: "6 maanden"
    berekend: dt.date  #: the anchor and the term, before rounding
    datum: dt.date  #: rounded to a date of the overleg, or so many days before it as the term asks
    tot: dt.date | None = None  #: of a window: the last day; `datum` is the first
    overleg: str | None = None  #: id of the overleg that it was rounded to
    overleg_op: dt.date | None = None  #: the date of that overleg
    let_op: tuple[str, ...] = ()  #: Dutch sentences: a holiday, a date that has passed, and what can be done
    is_voorbij: bool = False
    is_nabij: bool = False  #: not past, but close enough to begin: the days that the overleg asks beforehand


class OpenTermijn(Vertrouwelijk):
    """A term that the phase of a case asks for, and that cannot be counted yet: none of its anchors is known."""

    casuscode: str
    wat: str
    ankers: tuple[Anker, ...]


class Geagendeerd(Vertrouwelijk):
    """A case that was put on the agenda of an overleg still to come, and by which decision or melding."""

    casuscode: str
    datum: dt.date
    overleg: str | None = None  #: id of the overleg; None when nothing in the table's data put it there
    door: str = ""  #: label of the decision or the kind of melding
    door_op: dt.date | None = None
