"""The grammar of figures: what a table counts over all its cases, per period, and below which number it is silent.

Every figure is printed as a band of `kleinste_getal` wide, so no difference of printed figures is a count below it.
A case counts in the one period in which it came in, so no two overviews share a case. Of each block one category is
left out, so a figure never follows from the others: any number of cases may be in the one that nobody prints.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from dateutil.relativedelta import relativedelta
from pydantic import Field

from schemas.base import Model
from schemas.formulier import VRAAG_ID


class Periodelengte(StrEnum):
    """How long a period is; the periods of a year follow on one another from 1 January."""

    JAAR = "jaar"
    HALFJAAR = "halfjaar"
    KWARTAAL = "kwartaal"


_MAANDEN = {Periodelengte.JAAR: 12, Periodelengte.HALFJAAR: 6, Periodelengte.KWARTAAL: 3}
_NAMEN = {
    Periodelengte.JAAR: ("",),
    Periodelengte.HALFJAAR: ("eerste halfjaar", "tweede halfjaar"),
    Periodelengte.KWARTAAL: ("eerste kwartaal", "tweede kwartaal", "derde kwartaal", "vierde kwartaal"),
}


class Periode(Model):
    """One whole period."""

    van: dt.date
    tot: dt.date  #: its last day
    naam: str  #: "2026", "2026 eerste halfjaar"


class Bloksoort(StrEnum):
    """What the rows of a block are."""

    FASE = "fase"  #: phases, as they were on the last day of the period
    ROL = "rol"  #: roles of the organisations that sent cases in
    CRITERIUM = "criterium"  #: criteria, met or not met; undecided is what is left out
    VRAAG = "vraag"  #: options of one closed question


class Cijferblok(Model):
    """One table of figures. `telt` names its rows by id; what it leaves out is never printed."""

    soort: Bloksoort
    titel: str = Field(min_length=1)
    toelichting: str = ""
    vraag: str | None = Field(default=None, pattern=VRAAG_ID)  #: for `vraag`: whose options
    telt: tuple[str, ...] = Field(min_length=1)


class Cijfers(Model):
    """All that a table counts. One definition for all its overviews: two of them could fill in one another's gaps."""

    kleinste_getal: int = Field(default=5, ge=3, le=100)  #: a smaller number is never told, nor nought
    periode: Periodelengte = Periodelengte.JAAR
    blokken: tuple[Cijferblok, ...] = Field(min_length=1)
    bron: str = Field(min_length=1)

    def get_periode(self, dag: dt.date) -> Periode:
        """The period in which this day falls."""
        maanden = _MAANDEN[self.periode]
        nummer = (dag.month - 1) // maanden
        van = dt.date(dag.year, nummer * maanden + 1, 1)
        tot = van + relativedelta(months=maanden) - dt.timedelta(days=1)
        return Periode(van=van, tot=tot, naam=f"{dag.year} {_NAMEN[self.periode][nummer]}".strip())
