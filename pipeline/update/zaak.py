"""The case of which a numbered form speaks, and what the form is held against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.rowcheck import Namencontrole, is_blank
from schemas.aanmelding import Aanmelding, Rij
from schemas.deling import Vlag
from schemas.dossier import Dossier
from schemas.formulier import Formulier
from schemas.tafel import Tafel
from schemas.tafeldata import Tafeldata
from schemas.werkmap import Partner, Werkmap


@dataclass(frozen=True)
class Zaak:
    """One form about one dossier. `van` is the id of the partner to whom an inbrengformulier was given."""

    formulier: Formulier
    dossier: Dossier
    data: Tafeldata
    werkmap: Werkmap
    vandaag: dt.date
    van: str = ""

    @property
    def tafel(self) -> Tafel:
        """The table itself."""
        return self.data.tafel

    @property
    def namen(self) -> Namencontrole:
        """The names that the form may use."""
        return Namencontrole(self.data.tafel, self.werkmap)

    def describe(self, rubriek_id: str, nummer: int = 0) -> str:
        """Form, rubriek, row (from 1) and case: where a finding is."""
        rubriek = self.formulier.get_rubriek(rubriek_id)
        rij = f", rij {nummer}" if nummer else ""
        titel = rubriek.titel if rubriek else rubriek_id
        return f"{self.formulier.titel}, {titel}{rij}, casus {self.dossier.code}"

    def get_label(self, vraag_id: str) -> str:
        """The label of a question on this form."""
        vraag = self.formulier.get_vraag(vraag_id)
        return vraag.label if vraag else vraag_id

    def find_partner(self, naam: str) -> Partner | None:
        """The partner with this id; one who changed his id keeps the former as an alias."""
        vroeger = (partner for partner in self.werkmap.partners if naam in partner.aliassen)
        return self.werkmap.get_partner(naam) or next(vroeger, None)

    def list_names(self, naam: str) -> frozenset[str]:
        """All ids that mean the same: of a role its partners, of a partner the role if nobody else has it."""
        partner = self.find_partner(naam)
        if partner is None:
            return frozenset({naam, *self._list_bearers(naam)})
        rol = (partner.rol,) if len(self._list_bearers(partner.rol)) == 1 else ()
        return frozenset({naam, partner.id, *partner.aliassen, *rol})

    def has_stopped(self, naam: str) -> bool:
        """Whether an earlier melding told that this partner has no more to do with the case."""
        gestopt = (m.wie for m in self.dossier.meldingen if (soort := self.tafel.get_melding(m.soort)) and soort.stopt)
        return any(naam in self.list_names(wie) for namen in gestopt for wie in namen)

    def _list_bearers(self, rol: str) -> tuple[str, ...]:
        return tuple(partner.id for partner in self.werkmap.partners if partner.rol == rol)


def get_rubriek_id(vraag_id: str) -> str:
    """The rubriek of a question."""
    return vraag_id.split(".")[0]


def get_veld(vraag_id: str) -> str:
    """The name of a question within its rubriek."""
    return vraag_id.split(".")[1]


def iterate_rows(aanmelding: Aanmelding, rubriek_id: str) -> Iterator[tuple[int, Rij]]:
    """The rows in which anything was put, each with its number from 1."""
    for nummer, rij in enumerate(aanmelding.get_rijen(rubriek_id), start=1):
        if not is_blank(rij):
            yield nummer, rij


def is_unreadable(aanmelding: Aanmelding, vraag_id: str) -> bool:
    """Whether something stands there that cannot be read: that is told already."""
    return any(antwoord.bezwaar for antwoord in aanmelding.get_antwoorden(vraag_id))


def get_vlag(rij: Rij) -> Vlag:
    """The flag of a row: each of its answers carries it."""
    return rij.antwoorden[0].vlag if rij.antwoorden else Vlag()
