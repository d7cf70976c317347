"""Everything that a region's folder says about one table, loaded and cross-checked."""

from __future__ import annotations

import datetime as dt

from schemas.base import Model
from schemas.criterium import Criterium
from schemas.deling import Deling
from schemas.documentsoort import Documentsoort, Moment
from schemas.formulier import Formulier, Formuliersoort
from schemas.tafel import Tafel


class Tafeldata(Model):
    """One table's data: the only thing about a table that a stage ever sees."""

    tafel: Tafel
    formulieren: tuple[Formulier, ...]
    criteria: tuple[Criterium, ...]
    deling: Deling
    documenten: tuple[Documentsoort, ...]

    def get_formulier(self, formulier_id: str) -> Formulier | None:
        """The form with this id, or None."""
        return next((formulier for formulier in self.formulieren if formulier.id == formulier_id), None)

    def get_aanmeldformulier(self) -> Formulier:
        """The form by which cases come in; the catalogue guarantees exactly one."""
        return next(f for f in self.formulieren if f.soort is Formuliersoort.AANMELDING)

    def get_formulier_of_soort(self, soort: Formuliersoort) -> Formulier | None:
        """The form of this kind; of INBRENG, PLAN and MELDING a table has one at most."""
        return next((formulier for formulier in self.formulieren if formulier.soort is soort), None)

    def get_document(self, document_id: str) -> Documentsoort | None:
        """The kind of document with this id, or None."""
        return next((soort for soort in self.documenten if soort.id == document_id), None)

    def get_documenten(self, moment: Moment, overleg: str | None = None) -> tuple[Documentsoort, ...]:
        """The kinds of document due at this moment (of this overleg)."""
        return tuple(d for d in self.documenten if d.moment is moment and d.overleg == overleg)

    def list_besluitbrieven(self, besluit_id: str) -> tuple[Documentsoort, ...]:
        """The letters that tell of this decision."""
        brieven = self.get_documenten(Moment.BESLUIT)
        return tuple(d for d in brieven if not d.besluiten or besluit_id in d.besluiten)

    def list_meldingbrieven(self, melding_id: str) -> tuple[Documentsoort, ...]:
        """The letters that follow this kind of melding."""
        return tuple(d for d in self.get_documenten(Moment.MELDING) if melding_id in d.meldingen)

    def get_criteria(self, op: dt.date) -> tuple[Criterium, ...]:
        """The criteria in force on this day."""
        return tuple(c for c in self.criteria if c.geldig_vanaf <= op and (c.geldig_tot is None or op <= c.geldig_tot))
