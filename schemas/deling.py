"""The grammar of sharing: who may see what a person flagged, narrowed by the table, and the closed list of releases."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from schemas.base import Model
from schemas.formulier import NAAM_ID


class Vlag(Model):
    """What a person ticked at a rubriek or a row. The empty Vlag shares nothing.

    `deelbaar_met` holds ids of doelgroepen; `enkel_voor` and `niet_voor` ids of partners or roles.
    """

    deelbaar_met: frozenset[str] = frozenset()
    enkel_voor: frozenset[str] = frozenset()
    niet_voor: frozenset[str] = frozenset()

    def allows(self, doelgroepen: frozenset[str], ids: frozenset[str]) -> bool:
        """Whether a recipient in these `doelgroepen`, known by these `ids` (own id, roles), may see it."""
        if not self.deelbaar_met & doelgroepen:
            return False
        if self.enkel_voor and not self.enkel_voor & ids:
            return False
        return not self.niet_voor & ids


class Feit(StrEnum):
    """The derived facts that may leave although the answers behind them are not flagged. A closed list."""

    ONTBREKEND = "ontbrekend"  #: labels of missing or doubtful questions
    CRITERIA = "criteria"  #: outcome of the check and of each criterium, with the closed answer that decided it
    WEEGVRAGEN = "weegvragen"  #: what only people can weigh, open
    INSTEMMING = "instemming"  #: state of informing and consent, in the form's closed options (S0:34)
    FASE = "fase"  #: where the dossier stands
    ANONIEM = "anoniem"  #: that the aanmelding is anonymous
    IDENTITEIT = "identiteit"  #: name and birth date for searching, only when the form says so
    BESLUIT = "besluit"  #: the decision of an overleg and the text written for the aanmelder
    VERSLAG = "verslag"  #: the chosen spoor, who follows up, and how the cliënt is told (S0:36)
    AFSPRAKEN = "afspraken"  #: a partner's own to-do's (S0:36)
    PASSAGES = "passages"  #: words expressly released by the table (S0:38), to those whom the release names
    PLAN = "plan"  #: that there is a plan van aanpak, its state and dates; its rows go by their flags
    MELDING = "melding"  #: what was told between two meetings: kind, date, hour and place
    BEWAREN = "bewaren"  #: until when a closed case is kept
    ROLVERDELING = "rolverdeling"  #: who holds a role within the dossier, as the partner is printed
    CIJFERS = "cijfers"  #: how often something occurs over all cases, in bands that point at nobody
    ROUTERING = "routering"  #: which partners a case concerns (the lokaal bestuur of the woonplaats)


class Vrijgave(Model):
    """One release: this fact, in these documents, to these roles, on this ground."""

    feit: Feit
    documenten: tuple[str, ...] = Field(min_length=1)
    rollen: tuple[str, ...] = Field(min_length=1)
    grond: str = Field(min_length=1)


class Doelgroep(Model):
    """A group that a person can tick at "deelbaar met"."""

    id: str = Field(pattern=NAAM_ID)
    label: str = Field(min_length=1)
    toelichting: str = ""
    aliassen: tuple[str, ...] = ()
    rollen: tuple[str, ...] = Field(min_length=1)  #: the roles that belong to it


class Deelregel(Model):
    """Need-to-know: the rubrieken a document may hold, for the flags of these doelgroepen. Narrows, never widens."""

    document: str
    doelgroepen: tuple[str, ...] = Field(min_length=1)
    rubrieken: tuple[str, ...] = Field(min_length=1)
    #: Only what is flagged for all of these as well: a document that lies on a table where the cliënt sits.
    ook_voor: tuple[str, ...] = ()
    zonder_vragen: tuple[str, ...] = ()  #: question ids left out even when their rubriek is flagged


class Deling(Model):
    """All sharing rules of one table."""

    doelgroepen: tuple[Doelgroep, ...] = ()
    deelregels: tuple[Deelregel, ...] = ()
    vrijgaven: tuple[Vrijgave, ...] = ()

    def get_deelregel(self, document: str) -> Deelregel | None:
        """The rule of this document; None shares no rubriek at all."""
        return next((regel for regel in self.deelregels if regel.document == document), None)

    def is_released(self, feit: Feit, document: str, rollen: frozenset[str]) -> bool:
        """Whether this derived fact may stand in this document for a recipient with these roles."""
        return any(v.feit is feit and document in v.documenten and rollen & set(v.rollen) for v in self.vrijgaven)

    def get_grond(self, feit: Feit, document: str) -> str:
        """The ground of a release, or an empty text."""
        return next((v.grond for v in self.vrijgaven if v.feit is feit and document in v.documenten), "")

    def get_doelgroepen(self, rollen: frozenset[str]) -> frozenset[str]:
        """The doelgroepen to which these roles belong."""
        return frozenset(groep.id for groep in self.doelgroepen if rollen & set(groep.rollen))
