"""What a coordinator can look at: all cases, the life of one, and what one recipient may see of it. Values only."""

from __future__ import annotations

import datetime as dt

from schemas.base import Vertrouwelijk
from schemas.dossier import Mijlpaal
from schemas.vervaldag import Geagendeerd, OpenTermijn, Vervaldag


class Casusregel(Vertrouwelijk):
    """One case in the list of all: where it stands, and what comes next."""

    casuscode: str
    fase: str
    sinds: dt.date
    open: bool
    volgende: dt.date | None = None
    wat: str = ""  #: what happens on that date
    wacht_op: tuple[str, ...] = ()


class Faseregel(Vertrouwelijk):
    """A phase, when it began and by what."""

    op: dt.date
    fase: str
    door: str


class Formulierregel(Vertrouwelijk):
    """A form that came in. `bestand` is "" where no file name was kept."""

    op: dt.date
    soort: str
    bestand: str = ""
    nummer: str = ""


class Besluitregel(Vertrouwelijk):
    """What an overleg decided, and who sat at the case."""

    datum: dt.date
    overleg: str
    besluit: str
    partners: tuple[str, ...]
    ad_hoc: tuple[str, ...]
    aanwezig: tuple[str, ...]


class Taakregel(Vertrouwelijk):
    """A to-do and what became of it."""

    nummer: str
    wat: str
    wie: tuple[str, ...]
    tegen: dt.date | None
    status: str
    status_op: dt.date | None
    overleg: str
    datum: dt.date


class Planregel(Vertrouwelijk):
    """One version of the plan."""

    versie: int
    stand: str
    opgesteld_op: dt.date
    bijgewerkt_op: dt.date
    goedgekeurd_op: dt.date | None
    rijen: int


class Inbrengregel(Vertrouwelijk):
    """What somebody brought."""

    op: dt.date
    van: str
    rijen: int


class Meldingregel(Vertrouwelijk):
    """What happened between two meetings."""

    datum: dt.date
    soort: str
    wie: tuple[str, ...]
    naar: tuple[str, ...]
    uur: str
    plaats: str
    mededelingen: int


class Verstrektregel(Vertrouwelijk):
    """A copy that was made ready."""

    op: dt.date
    document: str
    versie: int
    documentnummer: str
    ontvanger: str
    map: str


class Grondblok(Vertrouwelijk):
    """Fields and facts by name that were disclosed on this ground, and in which copies. No contents."""

    velden: tuple[str, ...]  #: ids, as the register keeps them
    labels: tuple[str, ...]
    grond: str
    aan: tuple[Verstrektregel, ...]


class Dossierzicht(Vertrouwelijk):
    """The whole life of a dossier, for the coordinator."""

    casuscode: str
    fase: str
    open: bool
    aangemeld_op: dt.date
    vervolg_van: str = ""  #: the anonymous case that this one continues
    vervolgd_door: tuple[str, ...] = ()  #: the cases that continue this one
    geagendeerd: Geagendeerd | None = None
    afgeschermd: tuple[str, ...] = ()  #: what is held back from whom, and what ends it
    verloop: tuple[Faseregel, ...] = ()
    formulieren: tuple[Formulierregel, ...] = ()
    besluiten: tuple[Besluitregel, ...] = ()
    afspraken: tuple[Taakregel, ...] = ()
    plannen: tuple[Planregel, ...] = ()
    inbreng: tuple[Inbrengregel, ...] = ()
    meldingen: tuple[Meldingregel, ...] = ()
    mijlpalen: tuple[Mijlpaal, ...] = ()
    termijnen: tuple[Vervaldag, ...] = ()
    open_termijnen: tuple[OpenTermijn, ...] = ()
    documenten: tuple[Verstrektregel, ...] = ()
    verantwoording: tuple[Grondblok, ...] = ()


class Zichtwaarde(Vertrouwelijk):
    """One value of a Deelbeeld under its label."""

    label: str
    waarde: str


class Zichtdeel(Vertrouwelijk):
    """Values that this recipient may see for the same reason."""

    titel: str
    waarom: str
    waarden: tuple[Zichtwaarde, ...]
    aangekruist: bool = False  #: shared by a flag, not by a release


class Documentzicht(Vertrouwelijk):
    """One document as this recipient would get it now."""

    titel: str
    gelegenheid: str  #: "Expertentafel van 17 december 2026", or "brief"
    stand: str  #: whether it is out already
    delen: tuple[Zichtdeel, ...]
    opmerking: str = ""  #: why nothing of the forms stands in it


class Ontvangerzicht(Vertrouwelijk):
    """What one recipient may see of one case, per document; and when that is nothing, why."""

    casuscode: str
    fase: str
    ontvanger: str
    naam: str
    documenten: tuple[Documentzicht, ...] = ()
    redenen: tuple[str, ...] = ()
    eerder: tuple[Verstrektregel, ...] = ()
