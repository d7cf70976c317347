"""What a decision form decides: every row checked first, then all decisions at once or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from schemas import kern
from schemas.aanmelding import PartnersWaarde, Rij, Validatie
from schemas.bevinding import Bevinding, Ernst
from schemas.dossier import Dossier, GenomenBesluit
from schemas.tafel import Besluit, Overlegsoort, Tafel, Veldeis

_EISEN = {
    Veldeis.ADVIES: (kern.PUNT_ADVIES, "advies"),
    Veldeis.REDEN: (kern.PUNT_REDEN, "reden"),
    Veldeis.PARTNER: (kern.PUNT_PARTNER, "partner"),
}


@dataclass(frozen=True)
class Besluitvorming:
    """The dossiers as the decisions leave them, or the findings that refuse the whole form."""

    dossiers: tuple[Dossier, ...] = ()
    bevindingen: tuple[Bevinding, ...] = ()
    geweigerd: bool = False


def decide_punten(
    validatie: Validatie,
    overleg: Overlegsoort,
    datum: dt.date,
    agenda: Mapping[str, Dossier],
    tafel: Tafel,
) -> Besluitvorming:
    """Apply the rows of a decision form to the dossiers on that agenda (by casuscode)."""
    rijen = validatie.aanmelding.get_rijen(kern.PUNT_CASUS.split(".")[0])
    beslisser = _Beslisser(overleg, datum, agenda, tafel, validatie.meta.nummer)
    uitkomsten = [beslisser.decide_row(nummer, rij) for nummer, rij in enumerate(rijen, start=1)]
    bevindingen = tuple(b for _, lijst in uitkomsten for b in lijst) + beslisser.find_double(rijen)
    if any(b.ernst is Ernst.FOUT for b in bevindingen):
        return Besluitvorming(bevindingen=bevindingen, geweigerd=True)
    return Besluitvorming(tuple(d for d, _ in uitkomsten if d is not None), bevindingen)


@dataclass(frozen=True)
class _Beslisser:
    overleg: Overlegsoort
    datum: dt.date
    agenda: Mapping[str, Dossier]
    tafel: Tafel
    nummer: str

    def decide_row(self, nummer: int, rij: Rij) -> tuple[Dossier | None, list[Bevinding]]:
        code = rij.get_tekst("casus")
        plaats = f"rij {nummer}, casus {code}" if code in self.agenda else f"rij {nummer}"
        if code not in self.agenda:
            return None, [_make(Ernst.FOUT, "casus-niet-op-agenda", plaats, *_NIET_OP_AGENDA)]
        besluit = self._get_besluit(rij)
        if besluit is None:
            return None, [_make(Ernst.WAARSCHUWING, "geen-besluit", plaats, *_GEEN_BESLUIT)]
        fouten = [*self._find_missing(besluit, rij, plaats), *_find_unknown(rij, plaats)]
        return (None, fouten) if fouten else (self._apply(self.agenda[code], besluit, rij), [])

    def find_double(self, rijen: tuple[Rij, ...]) -> tuple[Bevinding, ...]:
        codes = [rij.get_tekst("casus") for rij in rijen]
        return tuple(
            _make(Ernst.FOUT, "casus-dubbel", f"casus {code}", *_DUBBEL)
            for code in sorted(set(codes) & self.agenda.keys())
            if codes.count(code) > 1
        )

    def _get_besluit(self, rij: Rij) -> Besluit | None:
        antwoord = rij.get("besluit")
        return next((b for b in self.tafel.besluiten if antwoord is not None and antwoord.has_optie(b.id)), None)

    def _find_missing(self, besluit: Besluit, rij: Rij, plaats: str) -> list[Bevinding]:
        return [
            _make(
                Ernst.FOUT,
                "besluit-onvolledig",
                plaats,
                f"Bij het besluit “{besluit.label}” hoort een {_EISEN[eis][1]}; dat vak is leeg.",
                "Vul het vak in en leg het formulier opnieuw in de map in.",
            )
            for eis in besluit.vereist
            if not rij.get_tekst(_EISEN[eis][0].split(".")[1])
        ]

    def _apply(self, dossier: Dossier, besluit: Besluit, rij: Rij) -> Dossier:
        genomen = GenomenBesluit(
            overleg=self.overleg.id,
            datum=self.datum,
            besluit=besluit.id,
            advies=rij.get_tekst("advies"),
            reden=rij.get_tekst("reden"),
            partners=_get_ids(rij, "partner"),
            ad_hoc=_get_ids(rij, "ad_hoc"),
            notitie=rij.get_tekst("notitie"),
            formuliernummer=self.nummer,
        )
        andere = tuple(b for b in dossier.besluiten if (b.overleg, b.datum) != (self.overleg.id, self.datum))
        return dossier.model_copy(
            update={
                "fase": besluit.naar_fase,
                "besluiten": (*andere, genomen),
                "overleg_op": self._plan(besluit),
            }
        )

    def _plan(self, besluit: Besluit) -> dt.date | None:
        """The next date of the overleg that the decision leads to: after this one (S0:16)."""
        volgend = self.tafel.get_overleg(besluit.plant_overleg) if besluit.plant_overleg else None
        return volgend.kalender.next_date(self.datum + dt.timedelta(days=1)) if volgend else None


_NIET_OP_AGENDA = (
    "Deze casuscode staat niet op de agenda van dit overleg.",
    "Neem de codes ongewijzigd over; maak zo nodig een nieuw formulier met “overleg bereid”.",
)
_GEEN_BESLUIT = (
    "Er is geen besluit aangeduid; de casus blijft staan voor het volgende overleg.",
    "Is er toch beslist, maak dan met “overleg bereid” een nieuw formulier en vul het besluit in.",
)
_DUBBEL = (
    "Deze casus staat meer dan eens op het formulier.",
    "Houd één rij over en leg het formulier opnieuw in de map in.",
)


def _find_unknown(rij: Rij, plaats: str) -> list[Bevinding]:
    """Names that are on nobody's list: a letter or an invitation would go nowhere."""
    return [
        _make(
            Ernst.FOUT,
            "partner-onbekend",
            plaats,
            f"Bij “{antwoord.label}” staat een naam die niet op de partnerlijst staat.",
            "Vul de partner (of een alias) aan in werkmap.toml en leg het formulier opnieuw in de map in.",
        )
        for veld in ("partner", "ad_hoc")
        if (antwoord := rij.get(veld)) is not None
        and antwoord.waarde is not None
        and not isinstance(antwoord.waarde, PartnersWaarde)
    ]


def _get_ids(rij: Rij, veld: str) -> tuple[str, ...]:
    antwoord = rij.get(veld)
    return antwoord.waarde.ids if antwoord is not None and isinstance(antwoord.waarde, PartnersWaarde) else ()


def _make(ernst: Ernst, code: str, plaats: str, melding: str, remedie: str) -> Bevinding:
    return Bevinding(code=code, plaats=plaats, melding=melding, remedie=remedie, ernst=ernst)
