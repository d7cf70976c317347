"""A case: what came in about it, what was decided, and where it stands."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from schemas.aanmelding import Aanmelding
from schemas.base import Vertrouwelijk


class Ontvangstsoort(StrEnum):
    """What a form did to the dossier."""

    AANMELDING = "aanmelding"
    AANVULLING = "aanvulling"
    CORRECTIE = "verbeterde versie"


class Ontvangst(Vertrouwelijk):
    """One form that was taken into the dossier. `bestand` is "" for an anonymous form: a file name may hold a name."""

    sha256: str
    bestand: str
    ontvangen_op: dt.date
    soort: Ontvangstsoort


class GenomenBesluit(Vertrouwelijk):
    """One decision of an overleg on this case, as the coordinator's decision form says it."""

    overleg: str
    datum: dt.date
    besluit: str  #: id of a Besluit of the table
    advies: str = ""  #: text for the aanmelder
    reden: str = ""  #: text for the aanmelder
    partners: tuple[str, ...] = ()  #: ids of partners or roles to whom the case is referred
    ad_hoc: tuple[str, ...] = ()  #: ids of ad hoc partners invited for this case
    notitie: str = ""  #: the coordinator's own; never printed
    formuliernummer: str = ""


class Dossier(Vertrouwelijk):
    """A case with a random, meaningless code."""

    code: str
    fase: str
    aangemeld_op: dt.date
    aanmelding: Aanmelding
    ontvangsten: tuple[Ontvangst, ...]
    besluiten: tuple[GenomenBesluit, ...] = ()
    overleg_op: dt.date | None = None  #: the date on which it is planned for the next overleg
    eerdere_code: str | None = None  #: the anonymous case that this one continues by name (S0:11)

    def get_besluit(self, overleg: str, datum: dt.date) -> GenomenBesluit | None:
        """The decision of this overleg on this date, or None."""
        return next((b for b in self.besluiten if b.overleg == overleg and b.datum == datum), None)
