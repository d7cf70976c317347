"""A meeting on a date, with its agenda."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from schemas.base import Vertrouwelijk


class Puntsoort(StrEnum):
    """How a case comes to the agenda."""

    NIEUW = "nieuw"
    TERUGKOM = "terugkomdossier"  #: a table may have another word for it


class Agendapunt(Vertrouwelijk):
    """One case on the agenda."""

    casuscode: str
    soort: Puntsoort
    uur: str = ""  #: of this case alone, where each has an appointment of its own
    plaats: str = ""


class Overleg(Vertrouwelijk):
    """A meeting of the table. `punten` is in the order of the agenda."""

    soort: str  #: id of an Overlegsoort of the table
    naam: str
    datum: dt.date
    uur: str
    plaats: str
    let_op: tuple[str, ...] = ()  #: a holiday on the date, a closing day
    punten: tuple[Agendapunt, ...] = ()
