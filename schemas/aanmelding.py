"""A form that validation has had: typed answers, each with its place and its own flag."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from schemas.base import Vertrouwelijk
from schemas.bevinding import Bevinding
from schemas.datum import format_datum
from schemas.deling import Vlag
from schemas.inzending import Herkomst


class Status(StrEnum):
    """Five things that are never the same: answered, blank, "onbekend", "niet van toepassing", not on the form."""

    INGEVULD = "ingevuld"
    LEEG = "leeg"
    ONBEKEND = "onbekend"
    NVT = "niet van toepassing"
    NIET_GEVONDEN = "niet gevonden"


class TekstWaarde(Vertrouwelijk):
    """Words, as typed."""

    soort: Literal["tekst"] = "tekst"
    tekst: str

    def format(self) -> str:
        """The words."""
        return self.tekst


class DatumWaarde(Vertrouwelijk):
    """A date that exists."""

    soort: Literal["datum"] = "datum"
    datum: dt.date

    def format(self) -> str:
        """As Dutch text: "3 maart 1984"."""
        return format_datum(self.datum)


class KeuzeWaarde(Vertrouwelijk):
    """One or more options of the question's closed list: their ids, and their labels for printing."""

    soort: Literal["keuze"] = "keuze"
    opties: tuple[str, ...] = Field(min_length=1)
    labels: tuple[str, ...] = Field(min_length=1)

    def format(self) -> str:
        """The labels."""
        return ", ".join(self.labels)


class PartnersWaarde(Vertrouwelijk):
    """Partners or roles by id, with the words as typed."""

    soort: Literal["partners"] = "partners"
    ids: tuple[str, ...] = Field(min_length=1)
    tekst: str

    def format(self) -> str:
        """The words."""
        return self.tekst


Waarde = Annotated[TekstWaarde | DatumWaarde | KeuzeWaarde | PartnersWaarde, Field(discriminator="soort")]


class Antwoord(Vertrouwelijk):
    """One answered (or unanswered) question.

    `vlag` is that of the rubriek, or the row, on the form that brought this answer, so that a later form never
    widens what an earlier one shared.
    """

    vraag: str
    label: str
    plaats: str
    status: Status
    waarde: Waarde | None = None
    bezwaar: str = ""  #: why what stood there could not be used ("deze datum bestaat niet"); never what stood there
    vlag: Vlag = Vlag()

    def format(self) -> str:
        """The answer as Dutch text; "" when there is none."""
        if self.waarde is not None:
            return self.waarde.format()
        return self.status.value if self.status in (Status.ONBEKEND, Status.NVT) else ""

    def has_optie(self, *opties: str) -> bool:
        """Whether one of these options was chosen."""
        return isinstance(self.waarde, KeuzeWaarde) and bool(set(self.waarde.opties) & set(opties))

    def get_datum(self) -> dt.date | None:
        """The date, when it is one."""
        return self.waarde.datum if isinstance(self.waarde, DatumWaarde) else None


class Rij(Vertrouwelijk):
    """One row of a rubriek. `id` names the row through later supplements; it never leaves the dossier's own forms."""

    id: str
    antwoorden: tuple[Antwoord, ...]

    def get(self, veld: str) -> Antwoord | None:
        """The answer to the question whose field name is `veld`."""
        return next((antwoord for antwoord in self.antwoorden if antwoord.vraag.split(".")[1] == veld), None)

    def get_tekst(self, veld: str) -> str:
        """The answer as text, "" when there is none."""
        antwoord = self.get(veld)
        return antwoord.format() if antwoord else ""


class IngevuldeRubriek(Vertrouwelijk):
    """A rubriek as filled in: answers, or rows."""

    id: str
    titel: str
    antwoorden: tuple[Antwoord, ...] = ()
    rijen: tuple[Rij, ...] = ()


class Aanmelding(Vertrouwelijk):
    """An aanmelding (or supplement, or decision form) in typed answers, in the order of its form."""

    tafel: str
    formulier: str
    versie: str
    rubrieken: tuple[IngevuldeRubriek, ...]

    def get_rubriek(self, rubriek_id: str) -> IngevuldeRubriek | None:
        """The rubriek with this id, or None."""
        return next((rubriek for rubriek in self.rubrieken if rubriek.id == rubriek_id), None)

    def get_antwoorden(self, vraag_id: str) -> tuple[Antwoord, ...]:
        """All answers to this question: one, or one a row."""
        rubriek = self.get_rubriek(vraag_id.split(".")[0])
        if rubriek is None:
            return ()
        alle = (*rubriek.antwoorden, *(antwoord for rij in rubriek.rijen for antwoord in rij.antwoorden))
        return tuple(antwoord for antwoord in alle if antwoord.vraag == vraag_id)

    def get(self, vraag_id: str) -> Antwoord | None:
        """The first answer to this question."""
        return next(iter(self.get_antwoorden(vraag_id)), None)

    def get_tekst(self, vraag_id: str) -> str:
        """The first answer as text, "" when there is none."""
        antwoord = self.get(vraag_id)
        return antwoord.format() if antwoord else ""

    def get_rijen(self, rubriek_id: str) -> tuple[Rij, ...]:
        """The rows of a rubriek."""
        rubriek = self.get_rubriek(rubriek_id)
        return rubriek.rijen if rubriek else ()


class Meta(Vertrouwelijk):
    """What a form says about itself in its locked controls; "" where it says nothing."""

    nummer: str = ""
    casuscode: str = ""
    overlegdatum: str = ""


class Validatie(Vertrouwelijk):
    """A form in typed answers, with all that a person should look at."""

    aanmelding: Aanmelding
    meta: Meta
    sha256: str
    bestand: str
    bevindingen: tuple[Bevinding, ...]
    herkomst: Herkomst | None = None  #: of the message that carried it
