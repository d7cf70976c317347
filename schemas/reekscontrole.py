"""Checks that the forms of one table fit together, and fit what the table can be told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from types import MappingProxyType

from schemas import kern
from schemas.formulier import CASUSFORMULIEREN, Formulier, Formuliersoort, Rubriek
from schemas.fouttekst import find_unknown
from schemas.tafel import Meldingeis
from schemas.tafeldata import Tafeldata

_INFORMATIE = kern.INFO_TEKST.split(".")[0]
#: Which question of the form answers what a melding has to hold.
_EISEN = MappingProxyType(
    {
        Meldingeis.WIE: kern.MELDING_WIE,
        Meldingeis.NAAR: kern.MELDING_NAAR,
        Meldingeis.MEDEDELING: kern.MEDEDELING_TEKST,
        Meldingeis.UUR: kern.MELDING_UUR,
        Meldingeis.PLAATS: kern.MELDING_PLAATS,
        Meldingeis.OVERLEG_OP: kern.MELDING_OVERLEG_OP,
    }
)


def check_reeks(data: Tafeldata) -> Iterator[str]:
    """Faults of the set of forms: how many of each kind, rubrieken that they share, and the kinds of melding."""
    yield from _check_aantallen(data)
    yield from _check_gedeeld(data)
    yield from _check_informatie(data)
    for formulier in data.formulieren:
        if formulier.soort is Formuliersoort.MELDING:
            yield from _check_meldingen(data, formulier, _get_bestand(formulier))


def _get_bestand(formulier: Formulier) -> str:
    return f"formulieren/{formulier.id}.toml"


def _check_aantallen(data: Tafeldata) -> Iterator[str]:
    soorten = [formulier.soort for formulier in data.formulieren]
    aantal = soorten.count(Formuliersoort.AANMELDING)
    if aantal != 1:
        yield f'formulieren: er moet precies één formulier van soort "aanmelding" zijn, en dat zijn er nu {aantal}.'
    for soort in CASUSFORMULIEREN:
        if soorten.count(soort) > 1:
            yield (
                f'formulieren: er mag hoogstens één formulier van soort "{soort}" zijn, '
                f"en dat zijn er nu {soorten.count(soort)}."
            )


def _check_gedeeld(data: Tafeldata) -> Iterator[str]:
    """A rubriek that stands in two forms must be the same kind of thing in both."""
    for een, ander in combinations(data.formulieren, 2):
        for rubriek in ander.rubrieken:
            eerste = een.get_rubriek(rubriek.id)
            if eerste is None:
                continue
            waar, elders = f'{_get_bestand(ander)}, rubriek "{rubriek.id}"', _get_bestand(een)
            if rubriek.vorm is not eerste.vorm:
                yield f'{waar}: de vorm is "{rubriek.vorm}", maar in {elders} is ze "{eerste.vorm}".'
            yield from _check_soorten(eerste, rubriek, waar, elders)


def _check_soorten(eerste: Rubriek, rubriek: Rubriek, waar: str, elders: str) -> Iterator[str]:
    for vraag in rubriek.vragen:
        zelfde = eerste.get_vraag(vraag.id)
        if zelfde and zelfde.soort is not vraag.soort:
            yield f'{waar}, vraag "{vraag.id}": de soort is "{vraag.soort}", maar in {elders} is ze "{zelfde.soort}".'


def _check_informatie(data: Tafeldata) -> Iterator[str]:
    """What is brought later joins the rows of the aanmelding, so it has to answer the same questions."""
    aanmelding = data.get_formulier_of_soort(Formuliersoort.AANMELDING)
    eerste = aanmelding.get_rubriek(_INFORMATIE) if aanmelding else None
    for formulier in data.formulieren if eerste else ():
        rubriek = formulier.get_rubriek(_INFORMATIE)
        if eerste is None or rubriek is None or formulier.soort not in CASUSFORMULIEREN:
            continue
        waar = f'{_get_bestand(formulier)}, rubriek "{_INFORMATIE}"'
        bekend = [vraag.id for vraag in eerste.vragen]
        gevraagd = [vraag.id for vraag in rubriek.vragen]
        yield from find_unknown(waar, "op het aanmeldformulier de vraag", gevraagd, bekend)
        for vraag_id in bekend:
            if vraag_id not in gevraagd:
                yield f'{waar}: de vraag "{vraag_id}" ontbreekt, terwijl het aanmeldformulier ze wel stelt.'


def _check_meldingen(data: Tafeldata, formulier: Formulier, bestand: str) -> Iterator[str]:
    vraag = formulier.get_vraag(kern.MELDING_SOORT)
    opties = [optie.id for optie in vraag.opties] if vraag else []
    waar = f'{bestand}, vraag "{kern.MELDING_SOORT}"'
    yield from find_unknown(waar, "de melding", opties, (melding.id for melding in data.tafel.meldingen))
    for melding in data.tafel.meldingen:
        if vraag and melding.id not in opties:
            yield f'{waar}: de optie "{melding.id}" ontbreekt, terwijl dat in tafel.toml een melding is.'
        for eis in melding.vereist:
            if formulier.get_vraag(_EISEN[eis]) is None:
                yield f'{bestand}: de vraag "{_EISEN[eis]}" ontbreekt; de melding "{melding.id}" vereist ze.'
