"""The overleg of which a decision form speaks, and what its rows are held against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.decide import texts
from schemas.aanmelding import Antwoord, PartnersWaarde, Rij, Status, TekstWaarde
from schemas.bevinding import Bevinding
from schemas.datum import format_datum
from schemas.dossier import Dossier, GenomenBesluit
from schemas.formulier import Formulier
from schemas.tafel import Besluit, Overlegsoort, Rolsoort, Tafel
from schemas.werkmap import Partner, Werkmap, has_signed

#: Not at the table as a partner: nobody notes them among those present.
_NOOIT_AFWEZIG = (Rolsoort.COORDINATOR, Rolsoort.AANMELDER, Rolsoort.BETROKKENE)
#: Nothing was put there.
LEGE = (Status.LEEG, Status.NIET_GEVONDEN)


@dataclass(frozen=True)
class Zitting:
    """One overleg on its date, with the dossiers on its agenda (by casuscode)."""

    formulier: Formulier
    overleg: Overlegsoort
    datum: dt.date
    agenda: Mapping[str, Dossier]
    tafel: Tafel
    werkmap: Werkmap
    vandaag: dt.date

    def describe_row(self, rubriek_id: str, nummer: int, code: str) -> str:
        """Form, rubriek and row; the code only when it is one that we gave out."""
        rubriek = self.formulier.get_rubriek(rubriek_id)
        casus = f", casus {code}" if code in self.agenda else ""
        return f"{self.formulier.titel}, {rubriek.titel if rubriek else rubriek_id}, rij {nummer}{casus}"

    def describe_besluit(self, besluit: Besluit) -> str:
        """By what a phase changed: the overleg and the decision."""
        return f"{self.overleg.naam} {format_datum(self.datum)}: {besluit.label}"

    def list_besluiten(self) -> tuple[Besluit, ...]:
        """The decisions that this overleg can take."""
        return tuple(besluit for besluit in self.tafel.besluiten if besluit.overleg == self.overleg.id)

    def get_eerder(self, dossier: Dossier) -> GenomenBesluit | None:
        """What an earlier form of this very overleg decided on the case."""
        return dossier.get_besluit(self.overleg.id, self.datum)

    def is_own(self, overleg: str, datum: dt.date) -> bool:
        """Whether something was noted at this overleg."""
        return (overleg, datum) == (self.overleg.id, self.datum)

    def find_unknown(self, rij: Rij, velden: tuple[str, ...], plaats: str) -> Iterator[Bevinding]:
        """Names on nobody's list, and "ad hoc partner" without saying which."""
        algemeen = set(self.tafel.get_rollen_of_soort(Rolsoort.AD_HOC))
        for antwoord in (rij.get(veld) for veld in velden):
            if antwoord is None:
                continue
            if isinstance(antwoord.waarde, TekstWaarde):
                yield texts.refuse_unknown_name(plaats, antwoord.label)
            elif algemeen.intersection(get_ids(antwoord)):
                yield texts.refuse_any_ad_hoc(plaats, antwoord.label)

    def list_unsigned(self, ids: tuple[str, ...], op: dt.date) -> tuple[Partner, ...]:
        """The partners among these who had not signed the protocol on that day (S0:16)."""
        partners = [partner for naam in ids if (partner := self.werkmap.get_partner(naam)) is not None]
        return tuple(partner for partner in partners if not has_signed(partner, self.tafel, op))

    def list_absent(self, ids: tuple[str, ...], aanwezig: tuple[str, ...]) -> tuple[str, ...]:
        """The names of those who were not at the table; none when nobody noted who was."""
        return tuple(self._get_naam(naam) for naam in ids if aanwezig and not self._is_present(naam, aanwezig))

    def _is_present(self, naam: str, aanwezig: tuple[str, ...]) -> bool:
        partner = self.werkmap.get_partner(naam)
        if partner is not None:
            return bool({partner.id, partner.rol}.intersection(aanwezig))
        rol = self.tafel.get_rol(naam)
        if rol is None or rol.soort in _NOOIT_AFWEZIG:
            return True
        return bool({rol.id, *(p.id for p in self.werkmap.partners if p.rol == rol.id)}.intersection(aanwezig))

    def _get_naam(self, naam: str) -> str:
        partner, rol = self.werkmap.get_partner(naam), self.tafel.get_rol(naam)
        return partner.naam if partner else rol.label if rol else naam


def get_ids(antwoord: Antwoord | None) -> tuple[str, ...]:
    """The partners or roles of an answer."""
    return antwoord.waarde.ids if antwoord is not None and isinstance(antwoord.waarde, PartnersWaarde) else ()


def is_answered(antwoord: Antwoord | None) -> bool:
    """Whether there is an answer to work with."""
    return antwoord is not None and antwoord.status is Status.INGEVULD


def is_filled(antwoord: Antwoord | None) -> bool:
    """Whether anything stands there, usable or not."""
    return antwoord is not None and (antwoord.status not in LEGE or bool(antwoord.bezwaar))


def find_unreadable(rij: Rij, plaats: str) -> list[Bevinding]:
    """Whatever stands in the row and cannot be read."""
    return [texts.refuse_unreadable(plaats, a.label, a.bezwaar) for a in rij.antwoorden if a.bezwaar]
