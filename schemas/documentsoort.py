"""The grammar of documents: which exist, for whom, from which template, on which occasion."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from schemas.base import Model
from schemas.formulier import NAAM_ID, TITEL


class Aanleiding(StrEnum):
    """What a document is made from."""

    DOSSIER = "dossier"  #: a letter about one case
    OVERLEG = "overleg"  #: a document of a meeting's package
    TAFEL = "tafel"  #: figures over all cases together, and never one of them


class Per(StrEnum):
    """How many copies a recipient gets."""

    ONTVANGER = "ontvanger"  #: one
    CASUS = "casus"  #: one for each case that concerns this recipient


class Moment(StrEnum):
    """When a letter is due. A document of an overleg is due when the overleg is prepared."""

    ONTVANGST_VOLLEDIG = "ontvangst_volledig"
    ONTVANGST_ONVOLLEDIG = "ontvangst_onvolledig"
    BESLUIT = "besluit"
    VOORBEREIDING = "voorbereiding"
    VERSLAG = "verslag"  #: after the overleg, from its verslag form
    TOETREDING = "toetreding"  #: with the preparation, for who is invited and did not sign yet; about no case
    PLAN = "plan"  #: whenever a plan van aanpak came in
    MELDING = "melding"  #: after a melding
    CIJFERS = "cijfers"  #: when the figures of a period are asked for


class Kring(StrEnum):
    """Which of the partners with the right role get a letter about a case; aanmelder and cliënt get their own."""

    ROL = "rol"  #: all whom the case concerns
    GENOEMD = "genoemd"  #: whom the decision or the melding names
    BETROKKEN = "betrokken"  #: who sat at the case, or has something to do in it
    #: The partner for whom the aanmelder works, or through whom he submits, in his place; else he himself (S2:125).
    #: That the partner may know it, `routering` has to release.
    VERTEGENWOORDIGER = "vertegenwoordiger"
    EERDER = "eerder"  #: who got an earlier document about it (an addendum)
    DRAGER = "drager"  #: who holds one of the roles within the dossier that `dragers` names


class Organisaties(StrEnum):
    """How an anonymous document calls the organisations that act in a case."""

    NAAM = "naam"
    ROL = "rol"  #: by the label of their role: whose help a family has, may tell who they are


class Lezerwoorden(Model):
    """Words of a document for a reader whom the case is about, in place of the same keys of the document."""

    doel: str = ""
    melding: str = ""  #: in place of the label of the melding
    inleiding: tuple[str, ...] = ()
    slot: tuple[str, ...] = ()


class Documentsoort(Model):
    """One kind of document of a table."""

    id: str = Field(pattern=NAAM_ID)
    titel: str = Field(pattern=TITEL)
    afkorting: str = Field(pattern=r"^[A-Z]{2,4}$")  #: begins the document number
    sjabloon: str = Field(pattern=NAAM_ID)
    aanleiding: Aanleiding
    moment: Moment
    overleg: str | None = None  #: for `overleg`: which one
    per: Per = Per.ONTVANGER
    rollen: tuple[str, ...] = Field(min_length=1)  #: the roles that receive it
    anoniem: bool = False  #: exists in anonymous form only: an AnoniemBeeld for everybody who receives it
    organisaties: Organisaties | None = None  #: of an anonymous document; None: as the table's `identiteit` asks
    besluiten: tuple[str, ...] = ()  #: for a letter after a decision: after which; empty: after any
    meldingen: tuple[str, ...] = ()  #: for a letter after a melding: after which
    fasen: tuple[str, ...] = ()  #: for an overleg: only cases that come from these phases; empty: all of its agenda
    enkel_inbreng: bool = False  #: of the rubrieken only what was brought since the aanmelding
    kring: Kring = Kring.ROL
    dragers: tuple[str, ...] = ()  #: for kring drager: ids of Dossierrollen
    formulier: str | None = None  #: the form that travels with it (aanvullingsformulier, inbrengformulier)
    deelnemers: tuple[str, ...] = ()  #: roles that are listed per case, as far as the case is their business
    stellingen: tuple[str, ...] = ()  #: printed with room for the table to weigh them, never filled in (S1:77-79)
    tafelnaam: str = ""  #: in place of the table's own name: on a paper that may lie in somebody's home
    grondslag: str = ""  #: in place of the ground in force, as `tafelnaam`
    doel: str = ""  #: in place of the table's own, in words for a reader who is no partner
    markering: str = ""  #: in place of the table's own, for a reader who is no partner; "{grondslag}" as there
    inleiding: tuple[str, ...] = ()  #: the table's own paragraphs, printed under the title
    slot: tuple[str, ...] = ()  #: the table's own closing paragraphs
    #: For the roles of soort "betrokkene" among its readers: "u", where the others read "de cliënt".
    aan_betrokkene: Lezerwoorden | None = None
