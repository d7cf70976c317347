"""What the page `overzicht.html` of a werkmap says: codes, states, labels and file names; never an answer."""

from __future__ import annotations

from schemas.base import Vertrouwelijk


class Taak(Vertrouwelijk):
    """Something for the coordinator to do, why, and how."""

    wanneer: str  #: "17 december 2026", or "nu"
    dringend: bool
    wat: str
    waarom: str
    hoe: str = ""  #: the command, or ""


class Criteriumstand(Vertrouwelijk):
    """One criterium of one case: its published words and source, the outcome, and the closed answer and its place."""

    kort: str
    tekst: str
    bron: str
    uitkomst: str
    antwoord: str
    plaats: str


class Bestandslink(Vertrouwelijk):
    """A file of a package, as a link from the page."""

    naam: str
    href: str


class Exemplaar(Vertrouwelijk):
    """A copy that was made ready: what, for whom, when, and when it was handed over."""

    op: str
    document: str
    versie: int
    ontvanger: str
    verzonden: str  #: "op 18 december 2026", or "nog niet genoteerd"
    bestanden: tuple[Bestandslink, ...]


class Casusoverzicht(Vertrouwelijk):
    """One case: where it stands and what was made of it."""

    code: str
    fase: str
    sinds: str
    open: bool
    volgende: str
    wacht_op: tuple[str, ...]
    eindoordeel: str
    toelichting: str  #: why it is ready although a criterium is not met, or ""
    criteria: tuple[Criteriumstand, ...]
    exemplaren: tuple[Exemplaar, ...]


class Quarantainebestand(Vertrouwelijk):
    """A refused file with its reasons, each with what to do."""

    bestand: str
    redenen: tuple[tuple[str, str], ...]


class Overzicht(Vertrouwelijk):
    """The whole page."""

    tafel: str
    dag: str
    kop: str  #: "Te doen vóór donderdag 17 december 2026 (Expertentafel)"
    taken: tuple[Taak, ...]
    casussen: tuple[Casusoverzicht, ...]
    quarantaine: tuple[Quarantainebestand, ...]
