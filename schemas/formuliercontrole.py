"""Checks that the forms ask what the pipeline and the criteria need, under names that leave no doubt."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from schemas import kern
from schemas.criterium import Criterium, Is, IsEenVan, Klasse, Leeftijd, Minstens, Toets
from schemas.formulier import Formulier, Formuliersoort, Rubriek, Rubriekvorm, Voorwaarde, Vraag, Vraagsoort
from schemas.fouttekst import find_ambiguous, find_doubles, find_unknown
from schemas.tafeldata import Tafeldata
from schemas.tekst import normalise_variants

_IN_RIJEN = (kern.NAAM, kern.INFO_TEKST, kern.PUNT_CASUS, kern.AFSPRAAK_CASUS, kern.PASSAGE_CASUS)
#: Rubrieken that must repeat: more than one person, piece of information or case.
_RIJRUBRIEKEN = frozenset(vraag.split(".")[0] for vraag in _IN_RIJEN)

#: Asked together or not at all.
_AFSPRAAK = (kern.AFSPRAAK_CASUS, kern.AFSPRAAK_WAT, kern.AFSPRAAK_WIE, kern.AFSPRAAK_TEGEN)
_PASSAGE = (kern.PASSAGE_CASUS, kern.PASSAGE_TEKST)


def check_formulieren(data: Tafeldata) -> Iterator[str]:
    """Faults of all forms of a table, and of the set of forms."""
    aantal = sum(formulier.soort is Formuliersoort.AANMELDING for formulier in data.formulieren)
    if aantal != 1:
        yield f'formulieren: er moet precies één formulier van soort "aanmelding" zijn, en dat zijn er nu {aantal}.'
    rollen = [rol.id for rol in data.tafel.rollen]
    for formulier in data.formulieren:
        bestand = f"formulieren/{formulier.id}.toml"
        yield from find_unknown(f"{bestand}, sleutel bevoegd", "de rol", formulier.bevoegd, rollen)
        yield from _check_overleg(data, formulier, bestand)
        yield from _check_kern(formulier, bestand)
        for rubriek in formulier.rubrieken:
            yield from _check_rubriek(formulier, rubriek, f'{bestand}, rubriek "{rubriek.id}"')


def check_criteria(data: Tafeldata) -> Iterator[str]:
    """Faults of criteria.toml: unknown questions and options, tests that cannot work, overlapping periods."""
    formulier = next((f for f in data.formulieren if f.soort is Formuliersoort.AANMELDING), None)
    if formulier is None:
        return
    for criterium in data.criteria:
        waar = f'criteria.toml, criterium "{criterium.id}"'
        yield from _check_toets(data, formulier, criterium.toets, waar)
        yield from _check_klasse(criterium, waar)
    for een, ander in combinations(data.criteria, 2):
        if een.id == ander.id and _overlaps(een, ander):
            yield f'criteria.toml: het criterium "{een.id}" komt meer dan eens voor in dezelfde periode.'


def _check_overleg(data: Tafeldata, formulier: Formulier, bestand: str) -> Iterator[str]:
    if formulier.soort is not Formuliersoort.BESLUIT:
        if formulier.overleg:
            yield f'{bestand}: de sleutel "overleg" hoort enkel bij een formulier van soort "besluit".'
        return
    if formulier.overleg is None:
        yield f'{bestand}: de sleutel "overleg" ontbreekt: van welk overleg neemt dit formulier de besluiten op?'
        return
    yield from find_unknown(bestand, "het overleg", [formulier.overleg], (o.id for o in data.tafel.overleggen))
    overleg = data.tafel.get_overleg(formulier.overleg)
    if overleg and overleg.besluitformulier != formulier.id:
        yield f'{bestand}: in tafel.toml noemt het overleg "{overleg.id}" dit formulier niet als besluitformulier.'
    yield from _check_besluitopties(data, formulier, bestand)


def _check_besluitopties(data: Tafeldata, formulier: Formulier, bestand: str) -> Iterator[str]:
    vraag = formulier.get_vraag(kern.PUNT_BESLUIT)
    if vraag is None:
        return
    waar = f'{bestand}, vraag "{vraag.id}"'
    opties = [optie.id for optie in vraag.opties]
    besluiten = [besluit.id for besluit in data.tafel.besluiten if besluit.overleg == formulier.overleg]
    yield from find_unknown(waar, "het besluit", opties, besluiten)
    for besluit in besluiten:
        if besluit not in opties:
            yield f'{waar}: de optie "{besluit}" ontbreekt, terwijl dat in tafel.toml een besluit van dit overleg is.'


def _check_kern(formulier: Formulier, bestand: str) -> Iterator[str]:
    for vraag_id, (soort, opties) in kern.KERNVRAGEN[formulier.soort].items():
        vraag = formulier.get_vraag(vraag_id)
        if vraag is None:
            yield f'{bestand}: de vraag "{vraag_id}" ontbreekt; elke tafel heeft die nodig.'
            continue
        if vraag.soort is not soort:
            yield f'{bestand}, vraag "{vraag_id}": de soort moet "{soort}" zijn, niet "{vraag.soort}".'
        for optie in opties:
            if vraag.get_optie(optie) is None:
                yield f'{bestand}, vraag "{vraag_id}": de optie "{optie}" ontbreekt; elke tafel heeft die nodig.'
    if formulier.soort is Formuliersoort.BESLUIT:
        yield from _check_keuzevragen(formulier, bestand)


def _check_keuzevragen(formulier: Formulier, bestand: str) -> Iterator[str]:
    """What a decision form may leave out, but not ask in another way."""
    for vraag_id, soort in kern.KEUZEVRAGEN.items():
        vraag = formulier.get_vraag(vraag_id)
        if vraag and vraag.soort is not soort:
            yield f'{bestand}, vraag "{vraag_id}": de soort moet "{soort}" zijn, niet "{vraag.soort}".'
    for samen in (_AFSPRAAK, _PASSAGE):
        gevraagd = [vraag_id for vraag_id in samen if formulier.get_vraag(vraag_id)]
        for vraag_id in samen if gevraagd else ():
            if vraag_id not in gevraagd:
                yield f'{bestand}: de vraag "{vraag_id}" ontbreekt; ze hoort bij "{gevraagd[0]}".'
    rubriek = formulier.get_rubriek(kern.PASSAGE_TEKST.split(".")[0])
    if rubriek and not rubriek.vlaggen:
        yield f'{bestand}, rubriek "{rubriek.id}": de sleutel vlaggen moet true zijn; anders krijgt niemand de tekst.'


def _check_rubriek(formulier: Formulier, rubriek: Rubriek, waar: str) -> Iterator[str]:
    if rubriek.id == kern.META_ID.split(".")[0]:
        yield f"{waar}: deze naam is voorbehouden voor de kop van het formulier."
    if rubriek.id in _RIJRUBRIEKEN and rubriek.vorm is not Rubriekvorm.RIJEN:
        yield f'{waar}: deze rubriek moet vorm "rijen" hebben.'
    if rubriek.minstens_rijen and rubriek.vorm is not Rubriekvorm.RIJEN:
        yield f'{waar}: de sleutel "minstens_rijen" hoort enkel bij vorm "rijen".'
    namen = (
        (variant, vraag.id)
        for vraag in rubriek.vragen
        for naam in (vraag.label, *vraag.aliassen)
        for variant in normalise_variants(naam)
    )
    yield from find_ambiguous(waar, "vraag", namen)
    for vraag in rubriek.vragen:
        yield from _check_vraag(formulier, rubriek, vraag, f'{waar}, vraag "{vraag.id}"')


def _check_vraag(formulier: Formulier, rubriek: Rubriek, vraag: Vraag, waar: str) -> Iterator[str]:
    yield from find_doubles(waar, "de optie", (optie.id for optie in vraag.opties))
    namen = ((naam, optie.id) for optie in vraag.opties for naam in (optie.id, optie.label, *optie.aliassen))
    yield from find_ambiguous(waar, "optie", namen)
    for sleutel, voorwaarde in (
        ("verplicht_als", vraag.verplicht_als),
        ("niet_verplicht_als", vraag.niet_verplicht_als),
    ):
        if voorwaarde:
            yield from _check_voorwaarde(formulier, rubriek, voorwaarde, f"{waar}, sleutel {sleutel}")


def _check_voorwaarde(formulier: Formulier, rubriek: Rubriek, voorwaarde: Voorwaarde, waar: str) -> Iterator[str]:
    yield from _check_opties(formulier, voorwaarde.vraag, voorwaarde.is_een_van, waar)
    andere = formulier.get_rubriek(voorwaarde.vraag.split(".")[0])
    if andere and andere.vorm is Rubriekvorm.RIJEN and andere.id != rubriek.id:
        yield f'{waar}: "{voorwaarde.vraag}" staat in rijen van een andere rubriek; welke rij telt dan?'


def _check_opties(formulier: Formulier, vraag_id: str, opties: tuple[str, ...], waar: str) -> Iterator[str]:
    yield from find_unknown(waar, "de vraag", [vraag_id], (vraag.id for vraag in formulier.vragen))
    vraag = formulier.get_vraag(vraag_id)
    if vraag is None:
        return
    if vraag.opties:
        yield from find_unknown(f'{waar}, vraag "{vraag_id}"', "de optie", opties, (o.id for o in vraag.opties))
    else:
        yield f'{waar}: de vraag "{vraag_id}" is van soort "{vraag.soort}" en heeft geen opties.'


def _check_toets(data: Tafeldata, formulier: Formulier, toets: Toets, waar: str) -> Iterator[str]:
    for blad in _iterate_bladen(toets):
        if isinstance(blad, Is):
            yield from _check_opties(formulier, blad.vraag, (blad.waarde,), waar)
        elif isinstance(blad, IsEenVan):
            yield from _check_is_een_van(data, formulier, blad, waar)
        else:
            yield from _check_blad(formulier, blad, waar)


def _check_is_een_van(data: Tafeldata, formulier: Formulier, blad: IsEenVan, waar: str) -> Iterator[str]:
    if blad.waarden:
        yield from _check_opties(formulier, blad.vraag, blad.waarden, waar)
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
    if toets.als_dan:
        kinderen += [toets.als_dan.als, toets.als_dan.dan, toets.als_dan.anders]
    for kind in kinderen:
        if kind is not None:
            yield from _iterate_bladen(kind)
