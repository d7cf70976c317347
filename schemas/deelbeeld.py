"""Behind the wall: what one recipient may see in one document. Plain, already filtered values, no way back.

A Deelbeeld is all that a template, a PDF or a delivery ever gets. What is not shared does not exist here.
"""

from __future__ import annotations

from pydantic import Field, model_validator

from schemas.base import Model, Vertrouwelijk
from schemas.cijferoverzicht import Cijferoverzicht


class Ontvanger(Model):
    """Who gets a copy. `ids` are all names under which a flag may speak of this recipient (own id, roles)."""

    id: str
    naam: str  #: as printed at "Exemplaar voor"
    aanspreking: str = ""  #: "Geachte Mieke Voorbeeld"; empty: "Geachte heer of mevrouw"
    email: str = ""
    rollen: frozenset[str]
    ids: frozenset[str]


class Contact(Model):
    """The contact block of the table."""

    naam: str
    functie: str
    organisatie: str
    adres: str
    email: str
    telefoon: str


class Kop(Model):
    """What stands at the head and foot of every document (domain 3.4, 3.6)."""

    tafel: str
    titel: str
    afzender: str  #: organisation on the letterhead
    documentnummer: str
    datum: str
    exemplaar_voor: str
    casuscode: str  #: "" for a document about more than one case
    versie: int = Field(ge=1)
    vervangt: int  #: the version that this one replaces; 0 for the first
    wijzigingen: tuple[str, ...]  #: what changed for this recipient since that version
    doel: str
    grondslag: str
    markering: str
    verdeellijst: tuple[str, ...]
    contact: Contact
    inleiding: tuple[str, ...]
    slot: tuple[str, ...]
    taal: str


class Ontmoeting(Model):
    """The meeting that a document prepares."""

    naam: str
    datum: str
    uur: str
    plaats: str
    let_op: tuple[str, ...]
    aantal: int  #: cases on this recipient's own agenda
    aantal_tekst: str  #: "1 casus", "3 casussen"


class Persoon(Vertrouwelijk):
    """Name and birth date, released for searching only."""

    rol: str
    naam: str
    geboortedatum: str


class Instemmingsregel(Vertrouwelijk):
    """Whether and how far the cliënt was informed and agrees (S0:34)."""

    geinformeerd: str
    stemt_in: str


class Criteriumregel(Vertrouwelijk):
    """One criterium with its outcome and what decided it."""

    kort: str
    tekst: str
    bron: str
    klasse: str
    uitkomst: str
    antwoord: str
    plaats: str


class Veld(Vertrouwelijk):
    """A label with its answer."""

    label: str
    waarde: str


class Rijblok(Vertrouwelijk):
    """One row of a rubriek; `titel` is numbered among what this recipient sees."""

    titel: str
    velden: tuple[Veld, ...]


class Rubriekblok(Vertrouwelijk):
    """One rubriek: single fields, or rows."""

    titel: str
    velden: tuple[Veld, ...]
    rijen: tuple[Rijblok, ...]


class Informatieregel(Vertrouwelijk):
    """One piece of information, a fact or an assessment, each with source and date."""

    tekst: str
    bron: str
    datum: str


class Dragerregel(Vertrouwelijk):
    """A role within the dossier and the partner that holds it: an organisation, never a person."""

    label: str
    wie: str


class Casusblok(Vertrouwelijk):
    """One case as this recipient may see it."""

    nummer: int
    code: str
    soort: str  #: "nieuw" or "terugkomdossier"
    fase: str
    anoniem: str  #: a sentence, or "" when it is not released or not so
    identiteit: tuple[Persoon, ...]
    instemming: Instemmingsregel | None
    uitkomst: str  #: outcome of the whole check, or ""
    criteria: tuple[Criteriumregel, ...]
    weegvragen: tuple[str, ...]
    rubrieken: tuple[Rubriekblok, ...]
    feiten: tuple[Informatieregel, ...]
    inschattingen: tuple[Informatieregel, ...]
    rolverdeling: tuple[Dragerregel, ...] = ()
    deelnemers: tuple[str, ...] = ()  #: who may be there when it is discussed, as a distribution list names them


class Ontbrekend(Vertrouwelijk):
    """A question that waits for an answer: its label and why, never an answer."""

    rubriek: str
    label: str
    reden: str


class Besluitblok(Vertrouwelijk):
    """A decision as told to the aanmelder."""

    label: str
    alineas: tuple[str, ...]
    advies: str
    reden: str
    partner: str


class Afspraakregel(Vertrouwelijk):
    """A to-do of this recipient."""

    casuscode: str
    wat: str
    wie: str
    tegen: str
    nummer: str = ""  #: by which a later form speaks of it
    stand: str = ""  #: on an agenda: "open", "niet uitgevoerd", "niet mogelijk, omstandigheden gewijzigd"


class Actieregel(Vertrouwelijk):
    """What is done for an aim of the plan."""

    actie: str
    wie: str
    tegen: str
    status: str


class Doelblok(Vertrouwelijk):
    """An aim of the plan with its actions; `nummer` counts what this reader sees."""

    nummer: int
    doelstelling: str
    prioriteit: str
    acties: tuple[Actieregel, ...]


class Planblok(Vertrouwelijk):
    """The plan van aanpak as this reader may see it."""

    stand: str  #: "Voorstel", "Goedgekeurd"
    opgesteld_op: str
    bijgewerkt_op: str
    goedgekeurd_op: str  #: "" for a proposal
    doelen: tuple[Doelblok, ...]


class Meldingblok(Vertrouwelijk):
    """What was told between two meetings."""

    label: str
    datum: str
    uur: str
    plaats: str
    wie: str
    mededelingen: tuple[str, ...]
    naar: str = ""  #: who takes over


class Verslagblok(Vertrouwelijk):
    """What the table concluded on one case, for a recipient who sat at it (S0:36)."""

    nummer: int
    code: str
    soort: str  #: "nieuw" or "terugkomdossier"
    besluit: str  #: the chosen spoor
    partner: str  #: who follows up, or ""
    onveiligheid: str
    geinformeerd: str
    stemt_in: str
    terugkoppeling: str
    terugkoppeling_wie: str
    terugkoppeling_hoe: str
    afspraken: tuple[Afspraakregel, ...]
    passages: tuple[str, ...]  #: released for use beyond the table, and nothing else is (S0:38)
    rolverdeling: tuple[Dragerregel, ...] = ()


class Verzendregel(Vertrouwelijk):
    """One package of a meeting, for who hands it over; `stand` is empty until something of it was noted as gone."""

    ontvanger: str
    adres: str
    pakket: str  #: its folder
    inhoud: str  #: how many files, and since when
    weg: str  #: how it should go
    stand: str
    vakje: str  #: ticked when all of it was noted


class Grondregel(Model):
    """For the register: a field by name that this copy holds, and the ground on which. No contents."""

    casuscode: str
    veld: str
    grond: str


class Deelbeeld(Vertrouwelijk):
    """One copy of one document for one recipient, complete and final."""

    documentsoort: str
    sjabloon: str
    sleutel: str  #: what makes it the same copy in a later run: documentsoort, aanleiding, ontvanger, casus
    bestandsnaam: str  #: without extension
    ontvanger: Ontvanger
    kop: Kop
    ontmoeting: Ontmoeting | None = None
    casussen: tuple[Casusblok, ...] = ()
    ontbrekend: tuple[Ontbrekend, ...] = ()
    besluit: Besluitblok | None = None
    opzoeken: tuple[str, ...] = ()
    verslag: tuple[Verslagblok, ...] = ()
    afspraken: tuple[Afspraakregel, ...] = ()  #: of a takenlijst: over all cases, by date
    passages: tuple[str, ...] = ()  #: of a letter: released words for this reader
    plan: Planblok | None = None
    melding: Meldingblok | None = None
    rolverdeling: tuple[Dragerregel, ...] = ()  #: of a letter: who holds which role within the dossier
    stellingen: tuple[str, ...] = ()  #: for the table to weigh, never filled in
    bewaren_tot: str = ""  #: "31 december 2030", or a sentence that nobody set a term
    cijfers: Cijferoverzicht | None = None  #: of all cases together; a copy that holds it tells of none of them
    verzending: tuple[Verzendregel, ...] = ()  #: of the coordinator's own list of packages; of no document of a table
    verantwoording: tuple[Grondregel, ...] = ()  #: for the register; no template may use it

    @model_validator(mode="after")
    def _check_cijfers(self) -> Deelbeeld:
        """An overview that counts holds no case, by type: no code, no row, no word of a form."""
        if self.cijfers is not None and any((self.kop.casuscode, *(getattr(self, veld) for veld in _VAN_CASUSSEN))):
            raise ValueError("een overzicht met cijfers vertelt van geen enkele casus")
        return self


#: What a Deelbeeld can say of one case.
_VAN_CASUSSEN = (
    *("ontmoeting", "casussen", "ontbrekend", "besluit", "verslag", "afspraken", "passages", "plan", "melding"),
    *("opzoeken", "stellingen", "bewaren_tot"),
)
