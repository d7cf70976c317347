"""A case: what came in about it, what was decided, and where it stands."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from schemas.aanmelding import Aanmelding
from schemas.base import Vertrouwelijk
from schemas.deling import Vlag
from schemas.tafel import Anker


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
    aanwezig: tuple[str, ...] = ()  #: ids of the partners who sat at the table for this case
    onveiligheid: str = ""  #: mate van onveiligheid of ongerustheid, as the option's label (S0:18)
    geinformeerd: str = ""  #: state of informing and consent as the table heard it (S0:34)
    stemt_in: str = ""
    terugkoppeling: str = ""  #: whether the cliënt is told, as the option's label (S0:34)
    terugkoppeling_wie: tuple[str, ...] = ()
    terugkoppeling_hoe: str = ""
    pistes: str = ""  #: feeds the proposal of a plan; never printed (S1:59)
    notitie: str = ""  #: the coordinator's own; never printed
    formuliernummer: str = ""


class Afspraak(Vertrouwelijk):
    """One to-do of a table: what, who, by when."""

    overleg: str
    datum: dt.date  #: of the overleg
    wat: str
    wie: tuple[str, ...]  #: ids of partners or roles
    tegen: dt.date | None = None


class Passage(Vertrouwelijk):
    """Words that the table expressly released for use beyond it (S0:38), to the doelgroepen of its flag."""

    overleg: str
    datum: dt.date
    tekst: str
    vlag: Vlag


class Mijlpaal(Vertrouwelijk):
    """A date in the life of a dossier from which terms count, and the form field that set it."""

    anker: Anker
    datum: dt.date
    veld: str  #: form and label: "Verslagformulier 17 december 2026, Spoor"


class Fasewissel(Vertrouwelijk):
    """A change of phase: to which, when, and by what."""

    fase: str
    op: dt.date
    door: str  #: "aanmelding", or the overleg and the decision


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
    afspraken: tuple[Afspraak, ...] = ()
    passages: tuple[Passage, ...] = ()
    mijlpalen: tuple[Mijlpaal, ...] = ()  #: the latest of each anchor counts
    verloop: tuple[Fasewissel, ...] = ()  #: phases in the order in which they came

    def get_mijlpaal(self, anker: Anker) -> Mijlpaal | None:
        """The latest date of this anchor, or None."""
        gevonden = [mijlpaal for mijlpaal in self.mijlpalen if mijlpaal.anker is anker]
        return max(gevonden, key=lambda mijlpaal: mijlpaal.datum, default=None)

    def get_besluit(self, overleg: str, datum: dt.date) -> GenomenBesluit | None:
        """The decision of this overleg on this date, or None."""
        return next((b for b in self.besluiten if b.overleg == overleg and b.datum == datum), None)
