"""The grammar of a form: rubrieken, questions, labels and their aliases, as a region's data writes them."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from pydantic import Field, model_validator

from schemas.base import Model

#: A question id is the rubriek's id and the field's name; it is also the tag in the Word form.
#: A title that becomes part of a file name on any system.
TITEL = r'^[^\\/:*?"<>|\p{Cc}]+$'
VRAAG_ID = r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$"
NAAM_ID = r"^[a-z][a-z0-9_]*$"
#: With its article, which goes when there are several: "de moeder", "kind 2". Never a digit or a capital.
ROLWOORD = r"^(?:(?:de|het) \p{Ll}[\p{Ll} -]*)?$"

#: Names that a flag takes in a tag ("informatie.deelbaar.tafel"), so no question may carry them.
VLAGVELDEN = ("deelbaar", "enkel_voor", "niet_voor")
#: Likewise: the row of the dossier that a row of an aanvullingsformulier supplements ("betrokkenen.rij").
RIJVELD = "rij"


class Formuliersoort(StrEnum):
    """What a form does when it comes in."""

    AANMELDING = "aanmelding"  #: starts, supplements or replaces a case
    BESLUIT = "besluit"  #: decisions of one overleg, one row per case; needs a number
    INBRENG = "inbreng"  #: what one partner brings about one case (S1:45); needs a number
    PLAN = "plan"  #: the plan van aanpak of one case, each time a next version; needs a number
    MELDING = "melding"  #: what happens to one case between two meetings; needs a number


#: Forms about one case, each with the number that was given out for it.
CASUSFORMULIEREN = (Formuliersoort.INBRENG, Formuliersoort.PLAN, Formuliersoort.MELDING)


class Vraagsoort(StrEnum):
    """The type of an answer."""

    TEKST = "tekst"
    LANGE_TEKST = "lange_tekst"
    DATUM = "datum"
    KEUZE = "keuze"  #: exactly one of `opties`
    MEERKEUZE = "meerkeuze"  #: any of `opties`, one tick box each
    EMAIL = "email"
    TELEFOON = "telefoon"
    CASUSCODE = "casuscode"
    PARTNERS = "partners"  #: names of partners or roles, separated by commas or lines


class Rubriekvorm(StrEnum):
    """How a rubriek is laid out, and what carries its flags."""

    VRAGEN = "vragen"  #: label and value; one set of flags for the rubriek
    RIJEN = "rijen"  #: repeating rows; each row carries its own flags


class Optie(Model):
    """One choice of a closed list."""

    id: str = Field(pattern=NAAM_ID)
    label: str = Field(min_length=1)
    aliassen: tuple[str, ...] = ()
    #: Of an option of betrokkenen.rol: what this person is called in an anonymous document, "de moeder".
    rolwoord: str = Field(default="", pattern=ROLWOORD)
    #: On an aanmeldformulier: who chooses it submits no case (S2:117), and this is what the coordinator does instead.
    geen_casus: str = ""


class Voorwaarde(Model):
    """The question `vraag` has one of the option ids `is_een_van`; in rows, a question of the same row is meant."""

    vraag: str = Field(pattern=VRAAG_ID)
    is_een_van: tuple[str, ...] = Field(min_length=1)


class Vraag(Model):
    """One question of a form."""

    id: str = Field(pattern=VRAAG_ID)
    label: str = Field(min_length=1)
    soort: Vraagsoort
    aliassen: tuple[str, ...] = ()
    opties: tuple[Optie, ...] = ()
    toelichting: str = ""
    verplicht: bool = False
    verplicht_als: Voorwaarde | None = None
    #: Lifts `verplicht` and `verplicht_als`, e.g. the name on an anonymous form.
    niet_verplicht_als: Voorwaarde | None = None
    identificerend: bool = False  #: points at a person: refused on an anonymous form, searched for in shared text
    ingevuld_door_ons: bool = False  #: pre-filled and locked on the blank form (a code, a number)

    @model_validator(mode="after")
    def _check_opties(self) -> Vraag:
        gesloten = self.soort in (Vraagsoort.KEUZE, Vraagsoort.MEERKEUZE)
        if gesloten != bool(self.opties):
            raise ValueError('de sleutel "opties" hoort bij soort "keuze" of "meerkeuze", en alleen daarbij')
        voorbehouden = (*VLAGVELDEN, RIJVELD)
        if self.veld in voorbehouden:
            raise ValueError(f"vraag {self.id}: de namen {', '.join(voorbehouden)} zijn voorbehouden")
        return self

    @property
    def rubriek(self) -> str:
        """The id of the rubriek it stands in."""
        return self.id.split(".")[0]

    @property
    def veld(self) -> str:
        """Its name within the rubriek."""
        return self.id.split(".")[1]

    def get_optie(self, optie_id: str) -> Optie | None:
        """The option with this id, or None."""
        return next((optie for optie in self.opties if optie.id == optie_id), None)


class Rubriek(Model):
    """A section of a form: the unit that a person flags (or each of its rows)."""

    id: str = Field(pattern=NAAM_ID)
    titel: str = Field(min_length=1)
    vragen: tuple[Vraag, ...] = Field(min_length=1)
    toelichting: str = ""
    vorm: Rubriekvorm = Rubriekvorm.VRAGEN
    blanco_rijen: int = Field(default=1, ge=1, le=20)  #: rows on the blank form, for `rijen`
    minstens_rijen: int = Field(default=0, ge=0, le=20)  #: fewer filled rows than this make the form incomplete
    minstens_rijen_als: Voorwaarde | None = None  #: only then; None: always
    rijnaam: str = "Rij"  #: what one row is called on the form: "Betrokkene"
    vlaggen: bool = False  #: whether "deelbaar met" is asked; without it nothing of this rubriek is ever shared

    @model_validator(mode="after")
    def _check_vragen(self) -> Rubriek:
        vreemd = [vraag.id for vraag in self.vragen if vraag.rubriek != self.id]
        if vreemd:
            raise ValueError(f'{", ".join(vreemd)} begint niet met "{self.id}.", zoals elke vraag van deze rubriek')
        return self

    def get_vraag(self, vraag_id: str) -> Vraag | None:
        """The question with this id, or None."""
        return next((vraag for vraag in self.vragen if vraag.id == vraag_id), None)


class Formulier(Model):
    """One version of one form of a table."""

    id: str = Field(pattern=NAAM_ID)
    soort: Formuliersoort
    titel: str = Field(pattern=TITEL)
    versie: str = Field(min_length=1)
    geldig_vanaf: dt.date
    inleiding: tuple[str, ...] = ()  #: paragraphs of guidance at the top
    bevoegd: tuple[str, ...] = ()  #: role ids that may submit it; empty: anybody with a valid number
    overleg: str | None = None  #: for `besluit`: the overleg whose decisions it takes
    genegeerde_labels: tuple[str, ...] = ()  #: labels on partners' own forms that are knowingly not read
    rubrieken: tuple[Rubriek, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _check_ids(self) -> Formulier:
        ids = [rubriek.id for rubriek in self.rubrieken] + [vraag.id for vraag in self.vragen]
        dubbel = sorted({naam for naam in ids if ids.count(naam) > 1})
        if dubbel:
            raise ValueError(f"formulier {self.id}: {', '.join(dubbel)} komt meer dan eens voor")
        return self

    @property
    def vragen(self) -> tuple[Vraag, ...]:
        """All questions in the order of the form."""
        return tuple(vraag for rubriek in self.rubrieken for vraag in rubriek.vragen)

    def get_rubriek(self, rubriek_id: str) -> Rubriek | None:
        """The rubriek with this id, or None."""
        return next((rubriek for rubriek in self.rubrieken if rubriek.id == rubriek_id), None)

    def get_vraag(self, vraag_id: str) -> Vraag | None:
        """The question with this id, or None."""
        for rubriek in self.rubrieken:  # asked for each answer of each copy: no tuple of all questions is made for it
            for vraag in rubriek.vragen:
                if vraag.id == vraag_id:
                    return vraag
        return None
