"""Checks of criteria.toml: questions and options that the aanmeldformulier asks, and tests that can work."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from schemas.criterium import Criterium, Is, IsEenVan, Klasse, Leeftijd, Minstens, Rijen, Toets
from schemas.formulier import Formulier, Formuliersoort, Rubriekvorm, Vraagsoort
from schemas.formuliercontrole import check_opties
from schemas.fouttekst import find_unknown
from schemas.tafeldata import Tafeldata


def check_criteria(data: Tafeldata) -> Iterator[str]:
    """Faults of criteria.toml: unknown questions and options, tests that cannot work, overlapping periods."""
    formulier = next((f for f in data.formulieren if f.soort is Formuliersoort.AANMELDING), None)
    if formulier is None:
        return
    for criterium in data.criteria:
        waar = f'criteria.toml, criterium "{criterium.id}"'
        yield from check_toets(data, formulier, criterium.toets, waar)
        yield from _check_klasse(criterium, waar)
    for een, ander in combinations(data.criteria, 2):
        if een.id == ander.id and _overlaps(een, ander):
            yield f'criteria.toml: het criterium "{een.id}" komt meer dan eens voor in dezelfde periode.'


def check_toets(data: Tafeldata, formulier: Formulier, toets: Toets, waar: str) -> Iterator[str]:
    """Faults of one test: questions, options and lists that this form and this table do not have."""
    for rijen in toets.iterate_rijen():
        yield from _check_rijen(formulier, rijen, waar)
    for blad in _iterate_bladen(toets):
        if isinstance(blad, Is):
            yield from check_opties(formulier, blad.vraag, (blad.waarde,), waar)
        elif isinstance(blad, IsEenVan):
            yield from _check_is_een_van(data, formulier, blad, waar)
        else:
            yield from _check_blad(formulier, blad, waar)


def _check_rijen(formulier: Formulier, rijen: Rijen, waar: str) -> Iterator[str]:
    """A row is counted by what stands in it."""
    in_rijen = [rubriek for rubriek in formulier.rubrieken if rubriek.vorm is Rubriekvorm.RIJEN]
    yield from find_unknown(f"{waar}, rijen", "de rubriek met rijen", [rijen.rubriek], (r.id for r in in_rijen))
    rubriek = next((r for r in in_rijen if r.id == rijen.rubriek), None)
    if rubriek is None:
        return
    verschillend = [rijen.verschillend] if rijen.verschillend else []
    eigen = [vraag.id for vraag in rubriek.vragen]
    vragen = dict.fromkeys((*rijen.met.get_vragen(), *verschillend))
    yield from find_unknown(f'{waar}, rijen van "{rubriek.id}"', "de vraag", vragen, eigen)


def _check_is_een_van(data: Tafeldata, formulier: Formulier, blad: IsEenVan, waar: str) -> Iterator[str]:
    if blad.waarden:
        yield from check_opties(formulier, blad.vraag, blad.waarden, waar)
        return
    yield from find_unknown(waar, "de vraag", [blad.vraag], (vraag.id for vraag in formulier.vragen))
    vraag = formulier.get_vraag(blad.vraag)
    if blad.lijst == "gemeenten" and not data.tafel.gemeenten:
        yield f"{waar}: de lijst gemeenten in tafel.toml is leeg."
    if blad.lijst == "partners" and vraag and vraag.soort is not Vraagsoort.PARTNERS:
        yield f'{waar}: de lijst partners vraagt een vraag van soort "partners"; "{vraag.id}" is "{vraag.soort}".'


def _check_blad(formulier: Formulier, blad: object, waar: str) -> Iterator[str]:
    vraag_id = str(getattr(blad, "vraag", ""))
    yield from find_unknown(waar, "de vraag", [vraag_id], (vraag.id for vraag in formulier.vragen))
    vraag = formulier.get_vraag(vraag_id)
    if vraag is None:
        return
    if isinstance(blad, Leeftijd) and vraag.soort is not Vraagsoort.DATUM:
        yield f'{waar}: leeftijd vraagt een datum; de vraag "{vraag.id}" is van soort "{vraag.soort}".'
    rubriek = formulier.get_rubriek(vraag.rubriek)
    in_rijen = rubriek is not None and rubriek.vorm is Rubriekvorm.RIJEN
    if isinstance(blad, Minstens) and vraag.soort is not Vraagsoort.MEERKEUZE and not in_rijen:
        yield f'{waar}: minstens telt keuzes of rijen; de vraag "{vraag.id}" heeft geen van beide.'
    elif isinstance(blad, Minstens) and not in_rijen and blad.aantal > len(vraag.opties):
        keuzes = f'de vraag "{vraag.id}" heeft maar {len(vraag.opties)} keuzes'
        yield f"{waar}: minstens {blad.aantal} kan nooit; {keuzes}."


def _check_klasse(criterium: Criterium, waar: str) -> Iterator[str]:
    heeft_weging = bool(criterium.toets.get_wegingen())
    if heeft_weging != (criterium.klasse is Klasse.OORDEEL):
        yield f'{waar}: een toets met "weging" hoort bij klasse "oordeel", en alleen daarbij.'
    if criterium.geldig_tot and criterium.geldig_tot < criterium.geldig_vanaf:
        yield f"{waar}: geldig_tot valt voor geldig_vanaf."


def _overlaps(een: Criterium, ander: Criterium) -> bool:
    eerst, dan = sorted((een, ander), key=lambda criterium: criterium.geldig_vanaf)
    return eerst.geldig_tot is None or eerst.geldig_tot >= dan.geldig_vanaf


def _iterate_bladen(toets: Toets) -> Iterator[object]:
    yield from filter(None, (toets.is_, toets.is_een_van, toets.ingevuld, toets.minstens, toets.leeftijd))
    kinderen = [*(toets.alle or ()), *(toets.een_van or ()), toets.niet]
    if toets.rijen:
        kinderen.append(toets.rijen.met)
    if toets.als_dan:
        kinderen += [toets.als_dan.als, toets.als_dan.dan, toets.als_dan.anders]
    for kind in kinderen:
        if kind is not None:
            yield from _iterate_bladen(kind)
