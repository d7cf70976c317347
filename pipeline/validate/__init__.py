"""From a raw form to typed answers, each with its place and flag, and findings for what could not be used."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType

from schemas.aanmelding import Aanmelding, Antwoord, IngevuldeRubriek, Meta, Rij, Status, Validatie
from schemas.bevinding import Bevinding, Ernst
from schemas.deling import Vlag
from schemas.formulier import Formulier, Rubriek, Rubriekvorm, Vraag
from schemas.inzending import Opmaak, RuwFormulier
from schemas.namen import Namenlijst
from schemas.tafeldata import Tafeldata

from .combine import Uitlezing, combine_antwoorden
from .flags import parse_vlag
from .match import Matcher
from .nested import drop_nested
from .ours import is_own_document
from .recognise import Herkenning, recognise_formulier
from .slots import RuweInvulling
from .wrapped import join_wrapped

__all__ = ["Herkenning", "is_own_document", "recognise_formulier", "validate_formulier"]

_OPMAAK = MappingProxyType(
    {
        Opmaak.VET: "wat vet staat",
        Opmaak.ONDERSTREEPT: "wat onderstreept is",
        Opmaak.GEMARKEERD: "wat gemarkeerd is of een kleur achter de tekst heeft",
    }
)
_SHA_TEKENS = 12  # of the file's hash, in the id of a new row: enough to tell the rows of two files apart


def validate_formulier(
    ruw: RuwFormulier, data: Tafeldata, formulier: Formulier, meta: Meta, namen: Namenlijst, vandaag: dt.date
) -> Validatie:
    """Give every question of the form its typed answer, and report what was doubtful, unknown or contradicting."""
    matcher = Matcher(formulier, data)
    matcher.match(join_wrapped(drop_nested(ruw), formulier))
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
        herkomst=ruw.herkomst,
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
            for invulling in matcher.list_bare_marks(rubriek.id):
                self.bevindingen.append(_report_bare_mark(rubriek, invulling.plaats))
            return IngevuldeRubriek(id=rubriek.id, titel=rubriek.titel, rijen=self._rename_copies(rubriek, rijen))
        invulling = matcher.get_invulling(rubriek.id)
        vlag = self._build_vlag(rubriek, rubriek.titel, invulling)
        antwoorden = tuple(self._build_antwoord(vraag, rubriek.titel, invulling, vlag) for vraag in rubriek.vragen)
        return IngevuldeRubriek(id=rubriek.id, titel=rubriek.titel, antwoorden=antwoorden)

    def _build_rij(self, rubriek: Rubriek, nummer: int, invulling: RuweInvulling) -> Rij:
        waar = f"{rubriek.titel}, {rubriek.rijnaam.lower()} {nummer}"
        vlag = self._build_vlag(rubriek, waar, invulling)
        antwoorden = tuple(self._build_antwoord(vraag, waar, invulling, vlag) for vraag in rubriek.vragen)
        return Rij(id=invulling.rij_id or self._make_rij_id(rubriek, nummer), antwoorden=antwoorden)

    def _make_rij_id(self, rubriek: Rubriek, nummer: int) -> str:
        return f"{self._ruw.sha256[:_SHA_TEKENS]}-{rubriek.id}-{nummer}"

    def _rename_copies(self, rubriek: Rubriek, rijen: tuple[Rij, ...]) -> tuple[Rij, ...]:
        """Whoever copies a block of an aanvullingsformulier copies the row's id as well: the copy is a new row."""
        gezien: set[str] = set()
        uniek: list[Rij] = []
        for nummer, rij in enumerate(rijen, start=1):
            nieuw = rij.model_copy(update={"id": self._make_rij_id(rubriek, nummer)}) if rij.id in gezien else rij
            gezien.add(nieuw.id)
            uniek.append(nieuw)
        return tuple(uniek)

    def _build_vlag(self, rubriek: Rubriek, waar: str, invulling: RuweInvulling) -> Vlag:
        if not rubriek.vlaggen or invulling.vlag.is_empty:
            return Vlag()
        vlag, bevindingen = parse_vlag(invulling.vlag, self._deling, self._namen, waar)
        self.bevindingen.extend(bevindingen)
        return vlag

    def _build_antwoord(self, vraag: Vraag, waar: str, invulling: RuweInvulling, vlag: Vlag) -> Antwoord:
        ruwe = invulling.antwoorden.get(vraag.id, [])
        plaats = next((a.plaats for a in sorted(ruwe, key=lambda a: a.leeg)), invulling.plaats)
        uitlezing = combine_antwoorden(vraag, invulling, self._namen, self._vandaag)
        self._report(vraag, waar, uitlezing)
        gevonden = bool(ruwe) or vraag.id in invulling.vinkjes
        return Antwoord(
            vraag=vraag.id,
            label=vraag.label,
            plaats=f"{waar} ({plaats})" if plaats else waar,
            status=uitlezing.gelezen.status if gevonden else Status.NIET_GEVONDEN,
            waarde=uitlezing.gelezen.waarde,
            bezwaar=uitlezing.gelezen.bezwaar,
            vlag=vlag,
        )

    def _report(self, vraag: Vraag, waar: str, uitlezing: Uitlezing) -> None:
        plaats = f"{waar}, {vraag.label}"
        if uitlezing.gelezen.bezwaar:
            self.bevindingen.append(
                Bevinding(
                    code="antwoord-onbruikbaar",
                    plaats=plaats,
                    melding=f"Het antwoord bij “{vraag.label}” kan niet gebruikt worden: {uitlezing.gelezen.bezwaar}.",
                    remedie="Vraag de aanmelder om dit opnieuw in te vullen.",
                    ernst=Ernst.WAARSCHUWING,
                )
            )
        elif uitlezing.gelezen.opmaak:
            self.bevindingen.append(
                Bevinding(
                    code="keuze-aan-opmaak",
                    plaats=plaats,
                    melding=f"Bij “{vraag.label}” staat nergens een kruisje. De keuze is gelezen aan de opmaak: "
                    f"{_OPMAAK[uitlezing.gelezen.opmaak]}.",
                    remedie="Kijk in het origineel of die keuze bedoeld is, en vraag het bij twijfel aan de aanmelder.",
                    ernst=Ernst.WAARSCHUWING,
                )
            )
        elif uitlezing.rest:
            self.bevindingen.append(
                Bevinding(
                    code="antwoord-deels",
                    plaats=plaats,
                    melding=f"Bij “{vraag.label}” staat naast het antwoord nog iets dat niet overgenomen werd.",
                    remedie="Kijk in het origineel wat er staat.",
                    ernst=Ernst.WAARSCHUWING,
                )
            )


def _report_bare_mark(rubriek: Rubriek, plaats: str) -> Bevinding:
    return Bevinding(
        code="vlag-zonder-antwoord",
        plaats=f"{rubriek.titel} ({plaats})" if plaats else rubriek.titel,
        melding="Bij “enkel voor” of “niet voor” staat iets, maar in het blok zelf is niets ingevuld. Het werd niet "
        "overgenomen.",
        remedie="Vraag de aanmelder of er een antwoord vergeten is.",
        ernst=Ernst.WAARSCHUWING,
    )
