"""One case as one recipient may see it in an anonymous document.

Each answer has to be of a kind that may stand there; whatever is not named here stays out, flagged or not. Roles,
numbers and age bands are made from what remains.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from schemas import kern
from schemas.aanmelding import Antwoord, DatumWaarde, IngevuldeRubriek, KeuzeWaarde, Rij, TekstWaarde
from schemas.anoniembeeld import (
    AnoniemeCasus,
    AnoniemeInformatie,
    AnoniemePersoon,
    AnoniemeRij,
    AnoniemeRubriek,
    AnoniemVeld,
    Veldvorm,
)
from schemas.datum import count_years, format_maand
from schemas.documentsoort import Documentsoort
from schemas.dossier import Dossier
from schemas.formulier import Formuliersoort, Optie, Vraag, Vraagsoort
from schemas.leeftijd import get_geboren, is_ongeboren
from schemas.overleg import Puntsoort
from schemas.tafeldata import Tafeldata
from schemas.toetsing import Beslissend, CriteriumUitkomst, Toetsing

from .casus import BETROKKENEN, INFORMATIE, INHOUD, Casusfilter, Casuszicht
from .lezer import Lezer

ONGEBOREN = "ongeboren"
_IEMAND = "een betrokkene"
_GEVRAAGD = (Formuliersoort.AANMELDING, Formuliersoort.INBRENG)
_KEUZES = frozenset({Vraagsoort.KEUZE, Vraagsoort.MEERKEUZE})
_TEKSTEN = frozenset({Vraagsoort.TEKST, Vraagsoort.LANGE_TEKST})
#: Tell who, or exactly when, whatever the form says of them.
_NOOIT = frozenset({kern.NAAM, kern.GEMEENTE, kern.AANMELDER_NAAM})
#: Become a word for a role, an age band, "ongeboren".
_OMGEZET = frozenset({kern.ROL, kern.GEBOORTEDATUM, kern.UITGEREKEND})


def make_zicht(
    data: Tafeldata, soort: Documentsoort, lezer: Lezer, dossier: Dossier, toetsing: Toetsing
) -> Casuszicht | AnoniemZicht:
    """The view of a case that this kind of document asks."""
    zicht = AnoniemZicht if soort.anoniem else Casuszicht
    return zicht(data, soort, lezer, dossier, toetsing)


@dataclass(frozen=True)
class AnoniemZicht(Casusfilter):
    """A case without anybody's identity."""

    def build(self, nummer: int, soort: Puntsoort) -> AnoniemeCasus:
        """The case with all that this recipient may see of it."""
        feiten, inschattingen = self._build_informatie()
        return AnoniemeCasus(
            nummer=nummer,
            code=self.dossier.code,
            soort=self.data.tafel.tell_punt(soort),
            fase=self._build_fase(),
            anoniem=self._build_anoniem(),
            instemming=self._build_instemming(),
            uitkomst=self._build_uitkomst(),
            criteria=self._build_criteria(),
            weegvragen=self._build_weegvragen(),
            personen=tuple(self._iterate_personen()),
            rubrieken=tuple(self._iterate_rubrieken()),
            feiten=feiten,
            inschattingen=inschattingen,
        )

    def _filter(self, antwoorden: tuple[Antwoord, ...]) -> tuple[Antwoord, ...]:
        """Of what this reader may see, what may stand in an anonymous document."""
        return tuple(a for a in super()._filter(antwoorden) if a.vraag in _OMGEZET or self._project(a) is not None)

    def _project(self, antwoord: Antwoord) -> AnoniemVeld | None:
        """The answer as it may stand here; None for everything else."""
        vragen = self._list_vragen(antwoord.vraag)
        wijst_aan = antwoord.vraag in _NOOIT or any(vraag.identificerend for vraag in vragen)
        if not vragen or wijst_aan or antwoord.vraag in _OMGEZET:
            return None
        vorm = _choose_vorm(antwoord, {vraag.soort for vraag in vragen})
        if vorm is None:
            return None
        datum = antwoord.get_datum()
        return AnoniemVeld(label=antwoord.label, waarde=format_maand(datum) if datum else antwoord.format(), vorm=vorm)

    def _list_vragen(self, vraag_id: str) -> list[Vraag]:
        """The question in every form that asks it; one that no form asks any more is not known."""
        formulieren = [f for f in self.data.formulieren if f.soort in _GEVRAAGD]
        return [vraag for f in formulieren if (vraag := f.get_vraag(vraag_id)) is not None]

    def _build_velden(self, antwoorden: Iterable[Antwoord]) -> tuple[AnoniemVeld, ...]:
        return tuple(veld for a in antwoorden if (veld := self._project(a)) is not None)

    def _iterate_rubrieken(self) -> Iterator[AnoniemeRubriek]:
        for rubriek in self._zichtbaar:
            if rubriek.id in (INFORMATIE, BETROKKENEN):
                continue
            velden = self._build_velden(rubriek.antwoorden)
            rijen = tuple(self._iterate_rijen(rubriek))
            if velden or rijen:
                yield AnoniemeRubriek(titel=rubriek.titel, velden=velden, rijen=rijen)

    def _iterate_rijen(self, rubriek: IngevuldeRubriek) -> Iterator[AnoniemeRij]:
        zichtbaar = [self._build_velden(rij.antwoorden) for rij in rubriek.rijen]
        for nummer, velden in enumerate(filter(None, zichtbaar), start=1):
            yield AnoniemeRij(titel=f"{self._get_rijnaam(rubriek.id)} {nummer}", velden=velden)

    def _iterate_personen(self) -> Iterator[AnoniemePersoon]:
        """Those of whom this reader sees anything, numbered when several are called the same."""
        rijen = [rij for r in self._zichtbaar if r.id == BETROKKENEN for rij in r.rijen]
        woorden = [self._get_rolwoord(rij.antwoorden) for rij in rijen]
        for rij, woord in zip(rijen, _number(woorden), strict=True):
            velden = self._build_velden(rij.antwoorden)
            yield AnoniemePersoon(rolwoord=woord, leeftijd=self._get_leeftijd(rij), velden=velden)

    def _get_rolwoord(self, zichtbaar: tuple[Antwoord, ...]) -> str:
        rol = next((a for a in zichtbaar if a.vraag == kern.ROL), None)
        woorden = [optie.rolwoord for optie in self._list_rollen() if rol is not None and rol.has_optie(optie.id)]
        return next(filter(None, woorden), _IEMAND)

    def _list_rollen(self) -> list[Optie]:
        return [optie for vraag in self._list_vragen(kern.ROL) for optie in vraag.opties]

    def _get_leeftijd(self, rij: Rij) -> str:
        """The band at the day of the aanmelding, from a birth date that this reader may see."""
        op, geboren = self.dossier.aangemeld_op, get_geboren(rij)
        if geboren is not None:
            return self._choose_groep(count_years(geboren, op)) if geboren <= op else ONGEBOREN
        if is_ongeboren(rij, op):
            return ONGEBOREN
        antwoord = rij.get(kern.GEBOORTEDATUM.split(".")[1])
        # "onbekend" or "niet van toepassing"; what is no date says neither.
        return antwoord.format() if antwoord and antwoord.waarde is None else ""

    def _choose_groep(self, jaren: int) -> str:
        groepen = self.data.tafel.leeftijdsgroepen
        return next((g.label for g in groepen if g.jonger_dan is None or jaren < g.jonger_dan), "")

    def _build_informatie(self) -> tuple[tuple[AnoniemeInformatie, ...], tuple[AnoniemeInformatie, ...]]:
        """Facts and assessments apart, as in a document by name."""
        feiten: list[AnoniemeInformatie] = []
        inschattingen: list[AnoniemeInformatie] = []
        for rij in (rij for r in self._zichtbaar if r.id == INFORMATIE for rij in r.rijen):
            zichtbaar = {a.vraag: a for a in rij.antwoorden}
            if not INHOUD & zichtbaar.keys():
                continue
            velden = {vraag: veld.waarde for vraag, a in zichtbaar.items() if (veld := self._project(a)) is not None}
            soort = zichtbaar.get(kern.INFO_SOORT)
            doel = feiten if soort is not None and soort.has_optie(kern.INFO_FEIT) else inschattingen
            tekst, bron, datum = (velden.get(vraag, "") for vraag in (kern.INFO_TEKST, kern.INFO_BRON, kern.INFO_DATUM))
            doel.append(AnoniemeInformatie(tekst=tekst, bron=bron, datum=datum))
        return tuple(feiten), tuple(inschattingen)

    def _list_beslissend(self, criterium: CriteriumUitkomst) -> tuple[Beslissend, ...]:
        """The answers that decided it, but for those that point at somebody."""
        return tuple(b for b in criterium.beslissend if not any(v.identificerend for v in self._list_vragen(b.vraag)))


def _choose_vorm(antwoord: Antwoord, soorten: set[Vraagsoort]) -> Veldvorm | None:
    """What kind of answer it is, when every form asks it as that kind and what stands there is so."""
    waarde = antwoord.waarde
    if soorten <= _KEUZES and isinstance(waarde, KeuzeWaarde | None):
        return Veldvorm.KEUZE
    if soorten == {Vraagsoort.DATUM} and isinstance(waarde, DatumWaarde | None):
        return Veldvorm.MAAND if waarde else Veldvorm.KEUZE
    if soorten <= _TEKSTEN and isinstance(waarde, TekstWaarde | None):
        return Veldvorm.TEKST if waarde else Veldvorm.KEUZE
    return None


def _number(woorden: list[str]) -> Iterator[str]:
    """The word as it is when one person is called so; with a number, and no article, when several are."""
    aantallen, geteld = Counter(woorden), Counter[str]()
    for woord in woorden:
        geteld[woord] += 1
        yield f"{woord.split(' ', 1)[1]} {geteld[woord]}" if aantallen[woord] > 1 else woord
