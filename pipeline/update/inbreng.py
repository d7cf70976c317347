"""What somebody brings about a case: rows of informatie, each with its own flag (S1:45)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.rowcheck import is_answered, is_blank, is_filled
from pipeline.update import texts
from pipeline.update.zaak import Zaak, get_rubriek_id, get_veld, get_vlag, iterate_rows
from schemas import kern
from schemas.aanmelding import Aanmelding, IngevuldeRubriek, Rij, Validatie
from schemas.bevinding import Bevinding
from schemas.dossier import Dossier, Inbreng
from schemas.formulier import Formulier, Rubriekvorm
from schemas.werkmap import has_signed

INFORMATIE = get_rubriek_id(kern.INFO_TEKST)


@dataclass(frozen=True)
class Inbrenglezer:
    """Takes in the form of one partner."""

    validatie: Validatie
    zaak: Zaak

    def check(self) -> Iterator[Bevinding]:
        """Everything that is wrong with it, or that a person should look at."""
        yield from self._check_partner()
        aanmelding = self.validatie.aanmelding
        eigen = (INFORMATIE, *list_eigen(self.zaak.formulier))
        if not any(True for rubriek in eigen for _ in iterate_rows(aanmelding, rubriek)):
            yield texts.refuse_no_rows(self.zaak.describe(INFORMATIE))
        yield from check_informatie(aanmelding, self.zaak)
        yield from check_eigen(aanmelding, self.zaak)

    def apply(self) -> tuple[Dossier | None, tuple[Bevinding, ...]]:
        """The dossier with this inbreng in the place of the one that came under the same number."""
        dossier, nummer = self.zaak.dossier, self.validatie.meta.nummer
        partner = self.zaak.find_partner(self.zaak.van)
        van = partner.id if partner else self.zaak.van
        nieuw = build_inbreng(self.validatie, self.zaak, van, self.validatie.aanmelding.rubrieken)
        eerder = tuple(i for i in dossier.inbreng if i.formuliernummer != nummer)
        vervangen = len(eerder) < len(dossier.inbreng)
        bevindingen = (texts.tell_inbreng_replaced(self.zaak.describe(INFORMATIE)),) if vervangen else ()
        return dossier.model_copy(update={"inbreng": (*eerder, nieuw)}), bevindingen

    def _check_partner(self) -> Iterator[Bevinding]:
        zaak, plaats = self.zaak, self.zaak.describe(INFORMATIE)
        partner = zaak.find_partner(zaak.van)
        if partner is None:
            yield texts.refuse_partner_gone(plaats)
        elif not has_signed(partner, zaak.tafel, zaak.vandaag):
            yield texts.refuse_partner_unsigned(plaats, partner.naam)
        elif zaak.has_stopped(partner.id):
            yield texts.refuse_partner_stopped(plaats, partner.naam)


def check_informatie(aanmelding: Aanmelding, zaak: Zaak) -> Iterator[Bevinding]:
    """Each row has words; one that nobody gets, or that leaves a question open, is told."""
    for nummer, rij in iterate_rows(aanmelding, INFORMATIE):
        plaats = zaak.describe(INFORMATIE, nummer)
        if not is_answered(rij.get(get_veld(kern.INFO_TEKST))):
            yield texts.refuse_row_blank(plaats, zaak.get_label(kern.INFO_TEKST))
        yield from warn_blank(rij, zaak, plaats, (kern.INFO_SOORT, kern.INFO_BRON, kern.INFO_DATUM))
        if not get_vlag(rij).deelbaar_met:
            yield texts.warn_unshared(plaats, zaak.formulier.soort)


def list_eigen(formulier: Formulier) -> tuple[str, ...]:
    """Ids of the rows that only this table asks, with ticks: items of a risicotaxatie, for one."""
    vast = (INFORMATIE, get_rubriek_id(kern.MEDEDELING_TEKST), get_rubriek_id(kern.ACTIE_WAT))
    rijen = [r for r in formulier.rubrieken if r.vorm is Rubriekvorm.RIJEN and r.vlaggen]
    return tuple(rubriek.id for rubriek in rijen if rubriek.id not in vast)


def check_eigen(aanmelding: Aanmelding, zaak: Zaak) -> Iterator[Bevinding]:
    """Rows of the table's own: what the form insists on and what nobody gets is told."""
    for rubriek in filter(None, map(zaak.formulier.get_rubriek, list_eigen(zaak.formulier))):
        for nummer, rij in iterate_rows(aanmelding, rubriek.id):
            plaats = zaak.describe(rubriek.id, nummer)
            yield from warn_blank(rij, zaak, plaats, [vraag.id for vraag in rubriek.vragen])
            if not get_vlag(rij).deelbaar_met:
                yield texts.warn_unshared(plaats, zaak.formulier.soort)


def build_inbreng(validatie: Validatie, zaak: Zaak, van: str, rubrieken: Iterable[IngevuldeRubriek]) -> Inbreng:
    """These rubrieken of the form as part of the dossier, but for what is blank in them."""
    gevuld = map(_drop_blank, rubrieken)
    return Inbreng(
        van=van,
        op=zaak.vandaag,
        formuliernummer=validatie.meta.nummer,
        rubrieken=tuple(r for r in gevuld if r.rijen or any(map(is_filled, r.antwoorden))),
    )


def _drop_blank(rubriek: IngevuldeRubriek) -> IngevuldeRubriek:
    return rubriek.model_copy(update={"rijen": tuple(rij for rij in rubriek.rijen if not is_blank(rij))})


def warn_blank(rij: Rij, zaak: Zaak, plaats: str, vragen: Iterable[str]) -> Iterator[Bevinding]:
    """Which of these questions the form insists on, and this row leaves blank."""
    for vraag in (zaak.formulier.get_vraag(naam) for naam in vragen):
        if vraag is not None and vraag.verplicht and not is_filled(rij.get(vraag.veld)):
            yield texts.warn_open(plaats, vraag.label, zaak.formulier.soort)
