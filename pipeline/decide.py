"""What a decision form decides: every row checked first, then all decisions at once or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from schemas import kern
from schemas.aanmelding import PartnersWaarde, Rij, Status, TekstWaarde, Validatie
from schemas.bevinding import Bevinding, Ernst
from schemas.dossier import Dossier, GenomenBesluit
from schemas.tafel import Besluit, Overlegsoort, Rolsoort, Tafel, Veldeis

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
    fouten = tuple(b for b in bevindingen if b.ernst is Ernst.FOUT)
    if fouten:  # nothing was taken over, so what is merely undecided has nothing to warn of yet
        return Besluitvorming(bevindingen=fouten, geweigerd=True)
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
        onleesbaar = _find_unusable(rij, plaats)
        besluit = self._get_besluit(rij)
        if besluit is None:
            return None, onleesbaar or [_report_undecided(rij, plaats)]
        fouten = [*onleesbaar, *self._find_missing(besluit, rij, plaats), *self._find_unknown(rij, plaats)]
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
        eigen = [besluit for besluit in self.tafel.besluiten if besluit.overleg == self.overleg.id]
        return next((b for b in eigen if antwoord is not None and antwoord.has_optie(b.id)), None)

    def _find_missing(self, besluit: Besluit, rij: Rij, plaats: str) -> list[Bevinding]:
        return [
            _make(
                Ernst.FOUT,
                "besluit-onvolledig",
                plaats,
                f"Bij het besluit “{besluit.label}” hoort een {_EISEN[eis][1]}; dat vak is leeg.",
                "Vul het vak in en leg het formulier opnieuw in de map “in”.",
            )
            for eis in besluit.vereist
            if not _is_answered(rij, _EISEN[eis][0])
        ]

    def _find_unknown(self, rij: Rij, plaats: str) -> list[Bevinding]:
        """Names that are on nobody's list: a letter or an invitation would go nowhere."""
        algemeen = frozenset(self.tafel.get_rollen_of_soort(Rolsoort.AD_HOC))
        fouten = [
            _make(
                Ernst.FOUT,
                "partner-onbekend",
                plaats,
                f"Bij “{antwoord.label}” staat een naam die niet op de partnerlijst staat.",
                "Vul de partner (of een alias) aan in werkmap.toml en leg het formulier opnieuw in de map “in”.",
            )
            for veld in ("partner", "ad_hoc")
            if (antwoord := rij.get(veld)) is not None and isinstance(antwoord.waarde, TekstWaarde)
        ]
        if algemeen & set(_get_ids(rij, "ad_hoc")):
            fouten.append(_make(Ernst.FOUT, "ad-hocpartner-onbekend", plaats, *_AD_HOC_ALGEMEEN))
        return fouten

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


_HOORT_BIJ_BESLUIT = (kern.PUNT_ADVIES, kern.PUNT_REDEN, kern.PUNT_PARTNER, kern.PUNT_AD_HOC)
_BESLUIT_VERGETEN = (
    "Er staat een advies, een reden of een partner, maar er is geen besluit aangeduid.",
    "Kies een besluit, of maak die vakken leeg, en leg het formulier opnieuw in de map “in”.",
)
_AD_HOC_ALGEMEEN = (
    "Bij de uit te nodigen ad-hocpartners staat niet om welke partner het gaat.",
    "Schrijf de naam van de partner, zoals in werkmap.toml, en leg het formulier opnieuw in de map “in”.",
)
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
    "Houd één rij over en leg het formulier opnieuw in de map “in”.",
)


def _find_unusable(rij: Rij, plaats: str) -> list[Bevinding]:
    """Whatever stands in the row and cannot be read: the coordinator decided something that nobody may guess."""
    return [
        _make(
            Ernst.FOUT,
            "besluit-onleesbaar",
            plaats,
            f"Wat bij “{antwoord.label}” staat, kan niet gebruikt worden: {antwoord.bezwaar}.",
            "Verbeter dat vak en leg het formulier opnieuw in de map “in”.",
        )
        for antwoord in rij.antwoorden
        if antwoord.bezwaar
    ]


def _report_undecided(rij: Rij, plaats: str) -> Bevinding:
    """No decision is allowed; an advice, reason or partner without one means that it was forgotten."""
    if any(_is_answered(rij, vraag) for vraag in _HOORT_BIJ_BESLUIT):
        return _make(Ernst.FOUT, "besluit-vergeten", plaats, *_BESLUIT_VERGETEN)
    return _make(Ernst.WAARSCHUWING, "geen-besluit", plaats, *_GEEN_BESLUIT)


def _is_answered(rij: Rij, vraag: str) -> bool:
    antwoord = rij.get(vraag.split(".")[1])
    return antwoord is not None and antwoord.status is Status.INGEVULD


def _get_ids(rij: Rij, veld: str) -> tuple[str, ...]:
    antwoord = rij.get(veld)
    return antwoord.waarde.ids if antwoord is not None and isinstance(antwoord.waarde, PartnersWaarde) else ()


def _make(ernst: Ernst, code: str, plaats: str, melding: str, remedie: str) -> Bevinding:
    return Bevinding(code=code, plaats=plaats, melding=melding, remedie=remedie, ernst=ernst)
