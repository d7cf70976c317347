"""The grammar of a table: its names, roles, phases, meetings and decisions."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from schemas.afscherming import Afscherming
from schemas.base import Model
from schemas.cijfers import Cijfers
from schemas.formulier import NAAM_ID, Voorwaarde
from schemas.overleg import Puntsoort
from schemas.termijn import Kalenderregel


class Rolsoort(StrEnum):
    """How somebody with this role comes to a document."""

    COORDINATOR = "coordinator"  #: leads the table; sees everything in front of the wall
    TRIAGE = "triage"  #: screens what came in
    VAST = "vast"  #: a permanent partner
    AD_HOC = "ad_hoc"  #: joins for a case, after signing the protocol (S0:16)
    AANMELDER = "aanmelder"
    BETROKKENE = "betrokkene"


class Identiteit(StrEnum):
    """Who at this table may know who a case is about."""

    TAFEL = "tafel"  #: whoever the sharing rules let in
    SECRETARIAAT = "secretariaat"  #: the coordinator, and the aanmelder of the case (S2:31); all others read no name


class Leeftijdsgroep(Model):
    """An age band of anonymous documents."""

    label: str = Field(min_length=1)
    jonger_dan: int | None = Field(default=None, ge=1, le=150)  #: in whole years; None: the last band, no upper end


class Rol(Model):
    """A role at this table."""

    id: str = Field(pattern=NAAM_ID)
    soort: Rolsoort
    label: str = Field(min_length=1)
    aliassen: tuple[str, ...] = ()
    enkel_anoniem: bool = False  #: receives nothing but anonymous documents: a mail group (S3:45)
    volgens_woonplaats: bool = False  #: gets only the cases of its own municipalities (S1:29)
    hoort_bij: tuple[str, ...] = ()  #: roles of the same organisation: a flag that speaks of those speaks of this one
    #: Of soort betrokkene: the options of betrokkenen.rol for which it stands. Each such person gets a copy of his own;
    #: without any, the role is the one nameless cliënt of a case.
    staat_voor: tuple[str, ...] = ()
    ouder_dan: int | None = Field(default=None, ge=0)  #: only who is older, in whole years on the day itself (S2:60)
    als: Voorwaarde | None = None  #: only whose row of betrokkenen says so


class Fase(Model):
    """A phase of a dossier."""

    id: str = Field(pattern=NAAM_ID)
    label: str = Field(min_length=1)
    open: bool = True


class Dossierrol(Model):
    """A role within one dossier that a partner holds: named on a decision form, handed over by a melding (S3:26)."""

    id: str = Field(pattern=NAAM_ID)
    label: str = Field(min_length=1)
    rollen: tuple[str, ...] = Field(min_length=1)  #: the roles of the table whose partners can hold it
    afdrukken: bool = True  #: whether a document may name who holds it; else it only decides who gets what
    bron: str = Field(min_length=1)


class Veldeis(StrEnum):
    """What else a row of a decision form must hold for this decision."""

    ADVIES = "advies"
    REDEN = "reden"
    PARTNER = "partner"
    OVERLEG_OP = "overleg_op"


class Anker(StrEnum):
    """The dates in a dossier's life from which a term counts."""

    BESPROKEN = "besproken"  #: the overleg that discussed it last
    PLAN_GEVRAAGD = "plan_gevraagd"  #: a plan van aanpak is due (S1:61)
    PLAN_OPGESTELD = "plan_opgesteld"
    PLAN_BIJGEWERKT = "plan_bijgewerkt"  #: the day of its latest version
    PLAN_GOEDGEKEURD = "plan_goedgekeurd"
    PASSIEF = "passief"  #: the start of passive regie
    CONTACT = "contact"  #: the regisseur's contact with services and cliënt


class Richting(StrEnum):
    """On which side of the computed day the real one must lie."""

    UITERLIJK = "uiterlijk"  #: on or before: rounds back to the last table
    TEN_VROEGSTE = "ten_vroegste"  #: on or after: rounds forward to the next table
    VENSTER = "venster"  #: between two days, both included (S3:46)


class Termijn(Model):
    """A term: from the latest of `ankers` that the dossier has, so many months and days (months stay months)."""

    id: str = Field(pattern=NAAM_ID)
    wat: str = Field(min_length=1)  #: what falls due, in Dutch
    ankers: tuple[Anker, ...] = Field(min_length=1)
    maanden: int = Field(default=0, ge=0, le=60)
    dagen: int = Field(default=0, ge=0, le=366)
    tot_dagen: int = Field(default=0, ge=0, le=366)  #: of a window: so many days after its anchor it closes
    werkdag: bool = False  #: not in a weekend, on a holiday or a closing day: "uiterlijk" before it, else after it
    richting: Richting
    #: The date is rounded to one of this overleg; None, or an overleg without fixed dates: the day itself.
    overleg: str | None = None
    fasen: tuple[str, ...] = Field(min_length=1)  #: the term runs while the dossier is in one of these
    #: The term lapses once this anchor is set on or after the day from which the term counts.
    vervalt_bij: Anker | None = None
    vooraf: bool = False  #: due the overleg's `dagen_vooraf` before the date to which it is rounded (S1:61)
    agendeert: bool = False  #: the dossier comes on that overleg's agenda by itself
    bron: str = Field(min_length=1)


class Besluit(Model):
    """A decision that an overleg can take on a case, and where it leads."""

    id: str = Field(pattern=NAAM_ID)
    overleg: str
    label: str = Field(min_length=1)
    naar_fase: str
    van: tuple[str, ...] = ()  #: the phases in which it can be taken; empty: every phase that its agenda takes up
    zet: tuple[Anker, ...] = ()  #: the anchors that it sets, on the date of the overleg
    vereist: tuple[Veldeis, ...] = ()
    na_termijn: str | None = None  #: a Termijn that has to have passed; sooner brings a warning, not a refusal (S0:26)
    #: The case is put on the next date of this overleg (S0:16); of one without fixed dates on the day that is noted.
    plant_overleg: str | None = None
    dragers: tuple[str, ...] = ()  #: ids of Dossierrollen that somebody has to hold, by this form or before (S3:28)
    heft_op: str | None = None  #: id of an Afscherming that it ends, from the date of the overleg on (S4:81)
    brieftekst: tuple[str, ...] = ()  #: paragraphs of the letter to the aanmelder
    bron: str = Field(min_length=1)


class Ankernaam(Model):
    """A table's own words for an anchor: "het contact met de casushouder"."""

    anker: Anker
    naam: str = Field(min_length=1)


class Meldingeis(StrEnum):
    """What else a melding must hold for this kind."""

    WIE = "wie"
    NAAR = "naar"
    MEDEDELING = "mededeling"
    UUR = "uur"
    PLAATS = "plaats"
    OVERLEG_OP = "overleg_op"


class Meldingsoort(Model):
    """Something that happens between two meetings, and what it does to the dossier."""

    id: str = Field(pattern=NAAM_ID)
    label: str = Field(min_length=1)
    van: tuple[str, ...] = ()  #: the phases in which it can be told; empty: every open phase
    naar_fase: str | None = None  #: the phase to which it leads; None: stays where it is
    zet: tuple[Anker, ...] = ()  #: the anchors that it sets, on its own date
    #: The case comes on the next agenda of this overleg (S1:67); of one without fixed dates on the day that is noted.
    plant_overleg: str | None = None
    nodigt_uit: bool = False  #: who is named joins the case; in a handover, who takes over
    benoemt: str | None = None  #: id of the Dossierrol that who takes over holds from now on (S3:36)
    stopt: bool = False  #: who is named gets nothing more about this case
    draagt_over: bool = False  #: open to-do's of who is named pass to whom they are handed
    schermt_af: str | None = None  #: id of an Afscherming that is in force from now on
    heft_op: str | None = None  #: id of an Afscherming that it ends, from its own date on (S4:81)
    werkt_voor: str | None = None  #: a role of soort betrokkene for which who is named works in this case
    werkt_niet_voor: str | None = None  #: the same, for which it does not (any longer)
    vooruit: bool = False  #: its date may lie ahead
    vereist: tuple[Meldingeis, ...] = ()
    bron: str = Field(min_length=1)

    @property
    def is_overdracht(self) -> bool:
        """Whether something passes from one partner to another."""
        return self.draagt_over or self.benoemt is not None


class Overlegsoort(Model):
    """A meeting that recurs."""

    id: str = Field(pattern=NAAM_ID)
    naam: str = Field(min_length=1)
    kalender: Kalenderregel
    nieuw_uit: tuple[str, ...]  #: phases whose dossiers are new on the agenda
    terugkom_uit: tuple[str, ...] = ()  #: phases whose dossiers come back
    alleen_geplande: bool = False  #: a new dossier appears only at the date it was planned for
    besluitformulier: str | None = None
    dagen_vooraf: int = Field(default=7, ge=0, le=60)  #: days before the date that the package goes out
    bron: str = Field(min_length=1)


class Tafel(Model):
    """A table: everything about it that is not a form, a criterium, a sharing rule or a document.

    A table that is switched off needs no roles, phases or meetings; the catalogue asks them of all others.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")
    naam: str = Field(min_length=1)
    afkorting: str = Field(min_length=1)
    land: str = Field(pattern=r"^(BE|NL)$")
    taal: str = Field(pattern=r"^nl-(BE|NL)$")
    versie: str = Field(min_length=1)  #: of this region's data
    ingeschakeld: bool = True
    reden_uitgeschakeld: str = ""
    doel: str = Field(min_length=1)
    grondslag: str = Field(min_length=1)
    markering: str = Field(min_length=1)  #: "{grondslag}" in it stands for the ground in force
    gemeenten: tuple[str, ...] = ()
    identiteit: Identiteit = Identiteit.TAFEL
    leeftijdsgroepen: tuple[Leeftijdsgroep, ...] = ()  #: of anonymous documents, the youngest first
    rollen: tuple[Rol, ...] = ()
    #: The options of betrokkenen.rol that are the persons whom criteria, identity and routing look at (S4:55).
    gaat_over: tuple[str, ...] = Field(default=("client",), min_length=1)
    afschermingen: tuple[Afscherming, ...] = ()
    fasen: tuple[Fase, ...] = ()
    beginfase: str = ""
    fase_heraangemeld: str | None = None  #: phase of an anonymous case once it is continued by name (S0:11)
    overleggen: tuple[Overlegsoort, ...] = ()
    besluiten: tuple[Besluit, ...] = ()
    dossierrollen: tuple[Dossierrol, ...] = ()
    meldingen: tuple[Meldingsoort, ...] = ()
    ankernamen: tuple[Ankernaam, ...] = ()  #: what this table calls a date from which terms count
    termijnen: tuple[Termijn, ...] = ()
    klaar_voor: str = Field(default="triage", min_length=1)  #: where a complete aanmelding goes, with its article
    terugkomwoord: str = Field(default="terugkomdossier", min_length=1)  #: of a case that comes back (S1:22)
    opzoeken: tuple[str, ...] = ()  #: what each partner looks up before the table (S1:45)
    cijfers: Cijfers | None = None  #: what is counted over all cases; None: nothing is

    def get_markering(self, grondslag: str = "") -> str:
        """The marking text, with this ground or else the table's own filled in."""
        return self.markering.replace("{grondslag}", grondslag or self.grondslag)

    def tell_punt(self, soort: Puntsoort) -> str:
        """How a case comes to an agenda, in this table's word."""
        return self.terugkomwoord if soort is Puntsoort.TERUGKOM else soort.value

    def get_rol(self, rol_id: str) -> Rol | None:
        """The role with this id, or None."""
        return next((rol for rol in self.rollen if rol.id == rol_id), None)

    def get_fase(self, fase_id: str) -> Fase | None:
        """The phase with this id, or None."""
        return next((fase for fase in self.fasen if fase.id == fase_id), None)

    def get_overleg(self, overleg_id: str) -> Overlegsoort | None:
        """The overleg with this id, or None."""
        return next((overleg for overleg in self.overleggen if overleg.id == overleg_id), None)

    def get_besluit(self, besluit_id: str) -> Besluit | None:
        """The decision with this id, or None."""
        return next((besluit for besluit in self.besluiten if besluit.id == besluit_id), None)

    def get_melding(self, melding_id: str) -> Meldingsoort | None:
        """The kind of melding with this id, or None."""
        return next((melding for melding in self.meldingen if melding.id == melding_id), None)

    def get_dossierrol(self, rol_id: str) -> Dossierrol | None:
        """The role within a dossier with this id, or None."""
        return next((rol for rol in self.dossierrollen if rol.id == rol_id), None)

    def get_afscherming(self, afscherming_id: str) -> Afscherming | None:
        """The afscherming with this id, or None."""
        return next((afscherming for afscherming in self.afschermingen if afscherming.id == afscherming_id), None)

    def is_open(self, fase_id: str) -> bool:
        """Whether a dossier in this phase is still worked on."""
        fase = self.get_fase(fase_id)
        return fase is not None and fase.open

    def get_rollen_of_soort(self, *soorten: Rolsoort) -> tuple[str, ...]:
        """Ids of the roles of these kinds."""
        return tuple(rol.id for rol in self.rollen if rol.soort in soorten)
