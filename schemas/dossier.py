"""A case: what came in about it, what was decided, and where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from schemas.aanmelding import Aanmelding, IngevuldeRubriek
from schemas.base import Vertrouwelijk
from schemas.deling import Vlag
from schemas.inzending import Herkomst
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
    herkomst: Herkomst | None = None  #: the message that carried it, if any


class Benoeming(Vertrouwelijk):
    """Who holds a role within the dossier from a day on, and the form field that said so."""

    rol: str  #: id of a Dossierrol of the table
    wie: str  #: id of a partner or role
    op: dt.date
    veld: str


class Betrekking(Vertrouwelijk):
    """That an organisation works for somebody in this case, as an aanmelding said on that day."""

    wie: str  #: id of a partner or role
    voor: str  #: id of a role of soort betrokkene; "" when the form does not say for whom: then for anybody
    op: dt.date


class Afgeschermd(Vertrouwelijk):
    """That the answers of an aanmelding brought an afscherming into force.

    `zeker` tells that they said so: then no later form undoes it. Else they left it open, until a form decides.
    """

    afscherming: str
    zeker: bool


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
    overleg_op: dt.date | None = None  #: the day noted for the next overleg
    benoemd: tuple[tuple[str, str], ...] = ()  #: ids of Dossierrollen, each with who holds it from now on
    notitie: str = ""  #: the coordinator's own; never printed
    formuliernummer: str = ""


class Afspraakstatus(StrEnum):
    """What became of a to-do."""

    OPEN = "open"
    GEDAAN = "gedaan"
    NIET_UITGEVOERD = "niet_uitgevoerd"
    NIET_MOGELIJK = "niet_mogelijk"  #: circumstances changed, which is another thing than not done
    VERVALLEN = "vervallen"


class Afspraak(Vertrouwelijk):
    """One to-do of a table: what, who, by when."""

    overleg: str
    datum: dt.date  #: of the overleg
    wat: str
    wie: tuple[str, ...]  #: ids of partners or roles
    tegen: dt.date | None = None
    nummer: str = ""  #: meaningless; by which a later form speaks of it
    status: Afspraakstatus = Afspraakstatus.OPEN
    status_op: dt.date | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still asks for attention: everything but done or lapsed."""
        return self.status not in (Afspraakstatus.GEDAAN, Afspraakstatus.VERVALLEN)


class Passage(Vertrouwelijk):
    """Words that the table expressly released for use beyond it (S0:38), to the doelgroepen of its flag."""

    overleg: str
    datum: dt.date
    tekst: str
    vlag: Vlag


class Inbreng(Vertrouwelijk):
    """What somebody brought about the case on a form of its own; each row carries its flag (S1:45)."""

    van: str  #: id of a partner, or the role of the coordinator
    op: dt.date
    formuliernummer: str
    rubrieken: tuple[IngevuldeRubriek, ...]  #: under the same ids as those of the aanmelding


class Planstand(StrEnum):
    """Whether the table approved the plan."""

    VOORSTEL = "voorstel"
    GOEDGEKEURD = "goedgekeurd"


class Actie(Vertrouwelijk):
    """One row of a plan: an aim, and what is done for it. `prioriteit` and `status` as the options' labels."""

    doelstelling: str
    prioriteit: str
    actie: str
    uitvoerders: tuple[str, ...]  #: ids of partners or roles
    tegen: dt.date | None
    status: str
    vlag: Vlag


class PlanVanAanpak(Vertrouwelijk):
    """One version of the plan of a case (S1:61-63)."""

    versie: int  #: in front of the wall: how often the form came in; a copy counts its own versions
    stand: Planstand
    opgesteld_op: dt.date  #: when the plan was first drawn up (S1:69)
    bijgewerkt_op: dt.date
    goedgekeurd_op: dt.date | None
    acties: tuple[Actie, ...]
    sha256: str  #: of the form


class Mededeling(Vertrouwelijk):
    """Words of a melding for the doelgroepen of its flag."""

    tekst: str
    vlag: Vlag


class Melding(Vertrouwelijk):
    """Something that happened between two meetings."""

    soort: str  #: id of a Meldingsoort of the table
    datum: dt.date
    wie: tuple[str, ...]  #: ids of partners or roles
    naar: tuple[str, ...]
    uur: str
    plaats: str
    mededelingen: tuple[Mededeling, ...]
    notitie: str  #: the coordinator's own; never printed
    formuliernummer: str
    ontvangen_op: dt.date
    overleg_op: dt.date | None = None  #: the day noted for the next overleg


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
    inbreng: tuple[Inbreng, ...] = ()
    plannen: tuple[PlanVanAanpak, ...] = ()  #: all versions, in the order in which they came
    meldingen: tuple[Melding, ...] = ()
    benoemingen: tuple[Benoeming, ...] = ()  #: of each role within the dossier the latest counts
    betrekkingen: tuple[Betrekking, ...] = ()
    afgeschermd: tuple[Afgeschermd, ...] = ()

    @property
    def plan(self) -> PlanVanAanpak | None:
        """The plan as it stands now, or None."""
        return self.plannen[-1] if self.plannen else None

    def list_rubrieken(self) -> tuple[IngevuldeRubriek, ...]:
        """What is known about the case: the aanmelding, its rows followed by those that others brought."""
        erbij = [rubriek for inbreng in self.inbreng for rubriek in inbreng.rubrieken]
        eigen = {rubriek.id for rubriek in self.aanmelding.rubrieken}
        samen = [_join(rubriek, erbij) for rubriek in self.aanmelding.rubrieken]
        return (*samen, *(_join(nieuw, erbij) for nieuw in _first_of_each(erbij) if nieuw.id not in eigen))

    def get_mijlpaal(self, anker: Anker) -> Mijlpaal | None:
        """The latest date of this anchor, or None."""
        gevonden = [mijlpaal for mijlpaal in self.mijlpalen if mijlpaal.anker is anker]
        return max(gevonden, key=lambda mijlpaal: mijlpaal.datum, default=None)

    def get_drager(self, rol: str, op: dt.date = dt.date.max) -> str | None:
        """Who holds this role within the dossier, or held it on that day: the id of a partner, or None."""
        gevonden = [benoeming for benoeming in self.benoemingen if benoeming.rol == rol and benoeming.op <= op]
        # Of the same day the one that came in last; `max` would keep the first.
        return max(reversed(gevonden), key=lambda benoeming: benoeming.op).wie if gevonden else None

    def get_besluit(self, overleg: str, datum: dt.date) -> GenomenBesluit | None:
        """The decision of this overleg on this date, or None."""
        return next((b for b in self.besluiten if b.overleg == overleg and b.datum == datum), None)


def _join(rubriek: IngevuldeRubriek, erbij: Sequence[IngevuldeRubriek]) -> IngevuldeRubriek:
    rijen = [rij for ander in erbij if ander.id == rubriek.id and ander is not rubriek for rij in ander.rijen]
    return rubriek.model_copy(update={"rijen": (*rubriek.rijen, *rijen)}) if rijen else rubriek


def _first_of_each(rubrieken: Sequence[IngevuldeRubriek]) -> tuple[IngevuldeRubriek, ...]:
    return tuple({rubriek.id: rubriek for rubriek in reversed(rubrieken)}.values())[::-1]
