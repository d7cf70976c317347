"""What a run tells the coordinator. Values only: the command line prints them."""

from __future__ import annotations

from enum import StrEnum

from schemas.base import Model, Vertrouwelijk
from schemas.bevinding import Bevinding, Ernst
from schemas.cijferoverzicht import Cijferoverzicht
from schemas.toetsing import Eindoordeel, Toetsing


class Lot(StrEnum):
    """What became of a file in `in/`."""

    GEREGISTREERD = "geregistreerd"
    AANGEVULD = "aangevuld"
    VERVANGEN = "vervangen"
    BESLIST = "besluiten verwerkt"
    INGEBRACHT = "inbreng toegevoegd"
    PLAN_BIJGEWERKT = "plan bijgewerkt"
    GEMELD = "melding verwerkt"
    VERZONDEN = "verzending genoteerd"
    ONGEWIJZIGD = "niets gewijzigd"
    AL_VERWERKT = "al eerder verwerkt"
    QUARANTAINE = "in quarantaine"
    BLIJFT = "blijft liggen"


class Formulierresultaat(Vertrouwelijk):
    """One file of `in/`. `toetsing` is None when there is nothing to check."""

    bestand: str
    lot: Lot
    casuscode: str = ""
    toetsing: Toetsing | None = None
    bevindingen: tuple[Bevinding, ...] = ()
    mappen: tuple[str, ...] = ()  #: below uit/, of packages that it notes as handed over


class Productie(Model):
    """The files that were (or, on trial, would be) written below the werkmap, and what stood in the way."""

    bestanden: tuple[str, ...] = ()
    bevindingen: tuple[Bevinding, ...] = ()
    geweigerd: tuple[Bevinding, ...] = ()  #: packages that a gate stopped
    sjabloonfout: bool = False  #: nothing could be made: a template is faulty


class Verwerkt(Vertrouwelijk):
    """The outcome of taking in."""

    formulieren: tuple[Formulierresultaat, ...]
    overgeslagen: tuple[tuple[str, str], ...]  #: name, reason
    wacht: bool = False  #: among these is something that a person should move or close
    brieven: Productie
    bevindingen: tuple[Bevinding, ...] = ()

    @property
    def needs_person(self) -> bool:
        """Whether something waits for somebody: a form in quarantine, a question, an answer that is missing."""
        if self.wacht or self.bevindingen or self.brieven.bevindingen:
            return True
        return any(
            item.lot in (Lot.QUARANTAINE, Lot.BLIJFT)
            or any(b.ernst is not Ernst.INFO for b in item.bevindingen)
            or (item.toetsing is not None and item.toetsing.eindoordeel is not Eindoordeel.KLAAR_VOOR_TRIAGE)
            for item in self.formulieren
        )


class Bereid(Vertrouwelijk):
    """The outcome of preparing a meeting."""

    overleg: str
    datum: str
    versturen: str  #: when the packages should go out
    te_laat: bool  #: that day has passed
    verzenddag: str = ""  #: what to do when nobody works on that day, or nothing
    aantal: int
    let_op: tuple[str, ...]
    productie: Productie
    verzendlijst: str = ""  #: where the list of its packages stands, or nothing
    bevindingen: tuple[Bevinding, ...] = ()


class Verslagen(Vertrouwelijk):
    """The outcome of what follows a meeting."""

    overleg: str
    datum: str
    aantal: int  #: cases on which it decided
    productie: Productie
    verzendlijst: str = ""
    bevindingen: tuple[Bevinding, ...] = ()


class Geteld(Vertrouwelijk):
    """The outcome of counting over a period."""

    overzicht: Cijferoverzicht
    productie: Productie
    bevindingen: tuple[Bevinding, ...] = ()
