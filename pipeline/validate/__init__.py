"""From a raw form to typed answers, each with its place and flag, and findings for what could not be used."""

from __future__ import annotations

import datetime as dt

from schemas.aanmelding import Aanmelding, Antwoord, IngevuldeRubriek, Meta, Rij, Status, Validatie
from schemas.bevinding import Bevinding, Ernst
from schemas.deling import Vlag
from schemas.formulier import Formulier, Rubriek, Rubriekvorm, Vraag
from schemas.inzending import RuwFormulier
from schemas.namen import Namenlijst
from schemas.tafeldata import Tafeldata

from .flags import parse_vlag
from .match import Matcher, RuweInvulling, as_text
from .parse import LEEG, Gelezen, make_keuze, parse_antwoord
from .recognise import Herkenning, recognise_formulier

__all__ = ["Herkenning", "recognise_formulier", "validate_formulier"]


def validate_formulier(
    ruw: RuwFormulier, data: Tafeldata, formulier: Formulier, meta: Meta, namen: Namenlijst, vandaag: dt.date
) -> Validatie:
    """Give every question of the form its typed answer, and report what was doubtful, unknown or contradicting."""
    matcher = Matcher(formulier)
    matcher.match(ruw)
    bouwer = _Bouwer(ruw, data, namen, vandaag)
    rubrieken = tuple(bouwer.build_rubriek(rubriek, matcher) for rubriek in formulier.rubrieken)
    return Validatie(
        aanmelding=Aanmelding(
            tafel=data.tafel.id, formulier=formulier.id, versie=formulier.versie, rubrieken=rubrieken
        ),
        meta=meta,
        sha256=ruw.sha256,
        bestand=ruw.bestand,
        bevindingen=(*ruw.bevindingen, *matcher.bevindingen, *bouwer.bevindingen),
    )


class _Bouwer:
    """Builds typed rubrieken from raw ones and keeps the findings of doing so."""

    def __init__(self, ruw: RuwFormulier, data: Tafeldata, namen: Namenlijst, vandaag: dt.date) -> None:
        self._ruw = ruw
        self._deling = data.deling
        self._namen = namen
        self._vandaag = vandaag
        self.bevindingen: list[Bevinding] = []

    def build_rubriek(self, rubriek: Rubriek, matcher: Matcher) -> IngevuldeRubriek:
        if rubriek.vorm is Rubriekvorm.RIJEN:
            rijen = tuple(
                self._build_rij(rubriek, nummer, invulling)
                for nummer, invulling in enumerate(matcher.get_rijen(rubriek.id), start=1)
            )
            return IngevuldeRubriek(id=rubriek.id, titel=rubriek.titel, rijen=rijen)
        invulling = matcher.invullingen.get((rubriek.id, 0), RuweInvulling())
        vlag = self._build_vlag(rubriek, rubriek.titel, invulling)
        antwoorden = tuple(self._build_antwoord(vraag, rubriek.titel, invulling, vlag) for vraag in rubriek.vragen)
        return IngevuldeRubriek(id=rubriek.id, titel=rubriek.titel, antwoorden=antwoorden)

    def _build_rij(self, rubriek: Rubriek, nummer: int, invulling: RuweInvulling) -> Rij:
        waar = f"{rubriek.titel}, {rubriek.rijnaam.lower()} {nummer}"
        vlag = self._build_vlag(rubriek, waar, invulling)
        antwoorden = tuple(self._build_antwoord(vraag, waar, invulling, vlag) for vraag in rubriek.vragen)
        return Rij(id=invulling.rij_id or f"{self._ruw.sha256[:12]}-{rubriek.id}-{nummer}", antwoorden=antwoorden)

    def _build_vlag(self, rubriek: Rubriek, waar: str, invulling: RuweInvulling) -> Vlag:
        if not rubriek.vlaggen or invulling.vlag.is_empty:
            return Vlag()
        vlag, bevindingen = parse_vlag(invulling.vlag, self._deling, self._namen, waar)
        self.bevindingen.extend(bevindingen)
        return vlag

    def _build_antwoord(self, vraag: Vraag, waar: str, invulling: RuweInvulling, vlag: Vlag) -> Antwoord:
        ruwe = invulling.antwoorden.get(vraag.id, [])
        plaats = next((a.plaats for a in sorted(ruwe, key=lambda a: a.leeg)), invulling.plaats)
        gelezen = self._read(vraag, invulling)
        if gelezen.bezwaar:
            self._report(vraag, waar, gelezen.bezwaar)
        gevonden = bool(ruwe) or vraag.id in invulling.opties
        return Antwoord(
            vraag=vraag.id,
            label=vraag.label,
            plaats=f"{waar} ({plaats})" if plaats else waar,
            status=gelezen.status if gevonden else Status.NIET_GEVONDEN,
            waarde=gelezen.waarde,
            bezwaar=gelezen.bezwaar,
            vlag=vlag,
        )

    def _read(self, vraag: Vraag, invulling: RuweInvulling) -> Gelezen:
        opties = invulling.opties.get(vraag.id)
        if opties is not None and vraag.opties:
            return make_keuze([optie for optie in vraag.opties if optie.id in opties])
        teksten = list(dict.fromkeys(as_text(a) for a in invulling.antwoorden.get(vraag.id, []) if not a.leeg))
        if not teksten:
            return LEEG
        if len(teksten) > 1:
            return Gelezen(Status.LEEG, bezwaar="er staan twee verschillende antwoorden")
        return parse_antwoord(vraag, teksten[0], self._namen, self._vandaag)

    def _report(self, vraag: Vraag, waar: str, bezwaar: str) -> None:
        self.bevindingen.append(
            Bevinding(
                code="antwoord-onbruikbaar",
                plaats=f"{waar}, {vraag.label}",
                melding=f"Het antwoord bij “{vraag.label}” kan niet gebruikt worden: {bezwaar}.",
                remedie="Vraag de aanmelder om dit opnieuw in te vullen.",
                ernst=Ernst.WAARSCHUWING,
            )
        )
