"""The overleg of which a decision form speaks, and what its rows are held against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dateutil.relativedelta import relativedelta

from pipeline.rowcheck import Namencontrole
from schemas.datum import format_datum
from schemas.deling import Deling, Feit, Vlag
from schemas.documentsoort import Documentsoort, Kring, Moment
from schemas.dossier import Dossier, GenomenBesluit
from schemas.formulier import Formulier
from schemas.tafel import Besluit, Overlegsoort, Rolsoort, Tafel, Termijn
from schemas.werkmap import Werkmap

#: Not at the table as a partner: nobody notes them among those present.
_NOOIT_AFWEZIG = (Rolsoort.COORDINATOR, Rolsoort.AANMELDER, Rolsoort.BETROKKENE)


@dataclass(frozen=True)
class Zitting:
    """One overleg on its date, with the dossiers on its agenda (by casuscode).

    `alle` holds every dossier, also closed ones: a form can follow up a to-do of any of them. `documenten` tells which
    decisions send a letter to the partners that they name.
    """

    formulier: Formulier
    overleg: Overlegsoort
    datum: dt.date
    agenda: Mapping[str, Dossier]
    tafel: Tafel
    werkmap: Werkmap
    vandaag: dt.date
    alle: Mapping[str, Dossier] = field(default_factory=dict)
    documenten: tuple[Documentsoort, ...] = ()
    deling: Deling = field(default_factory=Deling)

    def get_dossier(self, code: str) -> Dossier | None:
        """The dossier with this code, on the agenda or not."""
        return self.agenda.get(code) or self.alle.get(code)

    def iterate_dossiers(self) -> Iterator[Dossier]:
        """Every dossier, once."""
        yield from {**self.alle, **self.agenda}.values()

    def describe_row(self, rubriek_id: str, nummer: int, code: str) -> str:
        """Form, rubriek and row; the code only when it is one that we gave out."""
        rubriek = self.formulier.get_rubriek(rubriek_id)
        casus = f", casus {code}" if self.get_dossier(code) else ""
        return f"{self.formulier.titel}, {rubriek.titel if rubriek else rubriek_id}, rij {nummer}{casus}"

    def describe_besluit(self, besluit: Besluit) -> str:
        """By what a phase changed: the overleg and the decision."""
        return f"{self.overleg.naam} {format_datum(self.datum)}: {besluit.label}"

    def list_besluiten(self) -> tuple[Besluit, ...]:
        """The decisions that this overleg can take."""
        return tuple(besluit for besluit in self.tafel.besluiten if besluit.overleg == self.overleg.id)

    def writes_to_named(self, besluit: Besluit) -> bool:
        """Whether the partners that this decision names get a letter about it."""
        brieven = (d for d in self.documenten if d.moment is Moment.BESLUIT and d.kring is Kring.GENOEMD)
        return any(not brief.besluiten or besluit.id in brief.besluiten for brief in brieven)

    def list_unreached(self, vlag: Vlag, besluit_id: str) -> tuple[str, ...]:
        """Labels of the ticked doelgroepen to which no document brings a passage after this decision."""
        brieven = [d for d in self.documenten if self._follows(d, besluit_id)]
        gelezen = {
            rol
            for vrijgave in self.deling.vrijgaven
            if vrijgave.feit is Feit.PASSAGES
            for document in brieven
            if document.id in vrijgave.documenten
            for rol in {*vrijgave.rollen}.intersection(document.rollen)
        }
        groepen = (groep for groep in self.deling.doelgroepen if groep.id in vlag.deelbaar_met)
        return tuple(groep.label for groep in groepen if not gelezen.intersection(groep.rollen))

    def _follows(self, document: Documentsoort, besluit_id: str) -> bool:
        if document.moment is Moment.BESLUIT:
            return not document.besluiten or besluit_id in document.besluiten
        return document.moment is Moment.VERSLAG and document.overleg == self.overleg.id

    def find_running(self, besluit: Besluit, dossier: Dossier) -> tuple[Termijn, dt.date] | None:
        """The term that this decision has to wait for and the day it ends, when the overleg falls before that day."""
        termijn = next((t for t in self.tafel.termijnen if t.id == besluit.na_termijn), None)
        mijlpalen = [dossier.get_mijlpaal(anker) for anker in termijn.ankers] if termijn else []
        begin = max((mijlpaal.datum for mijlpaal in mijlpalen if mijlpaal), default=None)
        if termijn is None or begin is None:
            return None
        einde = begin + relativedelta(months=termijn.maanden, days=termijn.dagen)
        return (termijn, einde) if self.datum < einde else None

    def get_eerder(self, dossier: Dossier) -> GenomenBesluit | None:
        """What an earlier form of this very overleg decided on the case."""
        return dossier.get_besluit(self.overleg.id, self.datum)

    def is_own(self, overleg: str, datum: dt.date) -> bool:
        """Whether something was noted at this overleg."""
        return (overleg, datum) == (self.overleg.id, self.datum)

    @property
    def namen(self) -> Namencontrole:
        """The names that the form may use."""
        return Namencontrole(self.tafel, self.werkmap)

    def list_absent(self, ids: tuple[str, ...], aanwezig: tuple[str, ...]) -> tuple[str, ...]:
        """The names of those who were not at the table; none when nobody noted who was."""
        return tuple(self.namen.get_naam(naam) for naam in ids if aanwezig and not self._is_present(naam, aanwezig))

    def _is_present(self, naam: str, aanwezig: tuple[str, ...]) -> bool:
        partner = self.werkmap.get_partner(naam)
        if partner is not None:
            return bool({partner.id, partner.rol}.intersection(aanwezig))
        rol = self.tafel.get_rol(naam)
        if rol is None or rol.soort in _NOOIT_AFWEZIG:
            return True
        return bool({rol.id, *(p.id for p in self.werkmap.partners if p.rol == rol.id)}.intersection(aanwezig))
