"""Checks that each form asks what the pipeline needs, under names that leave no doubt."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from schemas import kern
from schemas.formulier import Formulier, Formuliersoort, Rubriek, Rubriekvorm, Voorwaarde, Vraag
from schemas.fouttekst import find_ambiguous, find_doubles, find_unknown
from schemas.tafel import Identiteit
from schemas.tafeldata import Tafeldata
from schemas.tekst import normalise_variants

_IN_RIJEN = (
    kern.NAAM,
    kern.INFO_TEKST,
    kern.PUNT_CASUS,
    kern.AFSPRAAK_CASUS,
    kern.PASSAGE_CASUS,
    kern.OPVOLGING_CASUS,
    kern.ACTIE_WAT,
    kern.MEDEDELING_TEKST,
)
#: The shape that the pipeline counts on: rows where there can be more of something, single answers where there is one.
_VORMEN = MappingProxyType(
    {
        **{vraag.split(".")[0]: Rubriekvorm.RIJEN for vraag in _IN_RIJEN},
        **{vraag.split(".")[0]: Rubriekvorm.VRAGEN for vraag in (kern.PLAN_STAND, kern.MELDING_SOORT)},
    }
)
#: Without ticks nobody would ever read what stands there.
_MET_VLAGGEN = frozenset(
    vraag.split(".")[0] for vraag in (kern.INFO_TEKST, kern.PASSAGE_TEKST, kern.ACTIE_WAT, kern.MEDEDELING_TEKST)
)

#: Asked together or not at all.
_SAMEN = (
    (kern.AFSPRAAK_CASUS, kern.AFSPRAAK_WAT, kern.AFSPRAAK_WIE, kern.AFSPRAAK_TEGEN),
    (kern.PASSAGE_CASUS, kern.PASSAGE_TEKST),
    (kern.OPVOLGING_CASUS, kern.OPVOLGING_AFSPRAAK, kern.OPVOLGING_STATUS),
)


def check_formulieren(data: Tafeldata) -> Iterator[str]:
    """Faults of each form of a table by itself."""
    rollen = [rol.id for rol in data.tafel.rollen]
    for formulier in data.formulieren:
        bestand = f"formulieren/{formulier.id}.toml"
        yield from find_unknown(f"{bestand}, sleutel bevoegd", "de rol", formulier.bevoegd, rollen)
        yield from _check_overleg(data, formulier, bestand)
        yield from _check_kern(data, formulier, bestand)
        if formulier.soort is not Formuliersoort.AANMELDING:
            yield from _check_keuzevragen(formulier, bestand)
        yield from _check_geen_casus(formulier, bestand)
        yield from _check_labels(formulier, bestand)
        for rubriek in formulier.rubrieken:
            yield from _check_rubriek(formulier, rubriek, f'{bestand}, rubriek "{rubriek.id}"')


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


def _check_kern(data: Tafeldata, formulier: Formulier, bestand: str) -> Iterator[str]:
    soorten = formulier.get_vraag(kern.SOORT)
    anoniem = formulier.get_vraag(kern.ANONIEM) or (soorten and soorten.get_optie(kern.SOORT_OP_NAAM))
    zonder = frozenset() if anoniem else kern.ENKEL_MET_ANONIEM
    if data.tafel.identiteit is Identiteit.SECRETARIAAT:
        zonder |= {kern.ZOEKEN}  # nobody gets a name to search for
    for vraag_id, (soort, opties) in kern.KERNVRAGEN[formulier.soort].items():
        vraag = formulier.get_vraag(vraag_id)
        if vraag is None and vraag_id in zonder:
            continue
        if vraag is None:
            yield f'{bestand}: de vraag "{vraag_id}" ontbreekt; elke tafel heeft die nodig.'
            continue
        if vraag.soort is not soort:
            yield f'{bestand}, vraag "{vraag_id}": de soort moet "{soort}" zijn, niet "{vraag.soort}".'
        for optie in opties:
            if vraag.get_optie(optie) is None and optie not in zonder:
                yield f'{bestand}, vraag "{vraag_id}": de optie "{optie}" ontbreekt; elke tafel heeft die nodig.'


def _check_geen_casus(formulier: Formulier, bestand: str) -> Iterator[str]:
    """A choice that makes no case: on an aanmelding only, and none of those on which a case is made."""
    nodig = kern.KERNVRAGEN[formulier.soort]
    for vraag in formulier.vragen:
        for optie in (optie for optie in vraag.opties if optie.geen_casus):
            waar = f'{bestand}, vraag "{vraag.id}", optie "{optie.id}"'
            if formulier.soort is not Formuliersoort.AANMELDING:
                yield f"{waar}: de sleutel geen_casus hoort enkel op een aanmeldformulier."
            elif optie.id in nodig.get(vraag.id, ("", ()))[1]:
                yield f"{waar}: met deze keuze werkt het programma verder; zet geen_casus bij een andere optie."


def _check_labels(formulier: Formulier, bestand: str) -> Iterator[str]:
    """On a form of somebody's own, what stands behind a colon is read as the answer to what stands before it."""
    for vraag in formulier.vragen:
        if any(":" in naam for naam in (vraag.label, *vraag.aliassen)):
            yield f'{bestand}, vraag "{vraag.id}": een label heeft geen dubbele punt; wat erna komt, is een antwoord.'


def _check_keuzevragen(formulier: Formulier, bestand: str) -> Iterator[str]:
    """What a numbered form may leave out, but not ask in another way."""
    for vraag_id, soort in kern.KEUZEVRAGEN.items():
        vraag = formulier.get_vraag(vraag_id)
        if vraag and vraag.soort is not soort:
            yield f'{bestand}, vraag "{vraag_id}": de soort moet "{soort}" zijn, niet "{vraag.soort}".'
    for samen in _SAMEN:
        gevraagd = [vraag_id for vraag_id in samen if formulier.get_vraag(vraag_id)]
        for vraag_id in samen if gevraagd else ():
            if vraag_id not in gevraagd:
                yield f'{bestand}: de vraag "{vraag_id}" ontbreekt; ze hoort bij "{gevraagd[0]}".'
    for rubriek in formulier.rubrieken:
        if rubriek.id in _MET_VLAGGEN and not rubriek.vlaggen:
            waar = f'{bestand}, rubriek "{rubriek.id}"'
            yield f"{waar}: de sleutel vlaggen moet true zijn; anders krijgt niemand de tekst."
    yield from _check_opvolging(formulier, bestand)


def _check_opvolging(formulier: Formulier, bestand: str) -> Iterator[str]:
    status = formulier.get_vraag(kern.OPVOLGING_STATUS)
    if status is None:
        return
    waar = f'{bestand}, vraag "{status.id}"'
    opties = [optie.id for optie in status.opties]
    yield from find_unknown(waar, "de optie", opties, kern.STATUSSEN)
    for optie in kern.STATUSSEN:
        if optie not in opties:
            yield f'{waar}: de optie "{optie}" ontbreekt; elke tafel heeft die nodig.'
    for vraag_id in (kern.OPVOLGING_CASUS, kern.OPVOLGING_AFSPRAAK):
        vraag = formulier.get_vraag(vraag_id)
        if vraag and not vraag.ingevuld_door_ons:
            yield f'{bestand}, vraag "{vraag_id}": de sleutel ingevuld_door_ons moet true zijn; wij vullen dit vak in.'


def _check_rubriek(formulier: Formulier, rubriek: Rubriek, waar: str) -> Iterator[str]:
    if rubriek.id == kern.META_ID.split(".")[0]:
        yield f"{waar}: deze naam is voorbehouden voor de kop van het formulier."
    vorm = _VORMEN.get(rubriek.id, rubriek.vorm)
    if rubriek.vorm is not vorm:
        yield f'{waar}: deze rubriek moet vorm "{vorm}" hebben.'
    if rubriek.minstens_rijen and rubriek.vorm is not Rubriekvorm.RIJEN:
        yield f'{waar}: de sleutel "minstens_rijen" hoort enkel bij vorm "rijen".'
    if rubriek.minstens_rijen_als is not None:
        if not rubriek.minstens_rijen:
            yield f'{waar}: de sleutel "minstens_rijen_als" hoort bij "minstens_rijen".'
        yield from _check_voorwaarde(
            formulier, rubriek, rubriek.minstens_rijen_als, f"{waar}, sleutel minstens_rijen_als"
        )
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
    yield from check_opties(formulier, voorwaarde.vraag, voorwaarde.is_een_van, waar)
    andere = formulier.get_rubriek(voorwaarde.vraag.split(".")[0])
    if andere and andere.vorm is Rubriekvorm.RIJEN and andere.id != rubriek.id:
        yield f'{waar}: "{voorwaarde.vraag}" staat in rijen van een andere rubriek; welke rij telt dan?'


def check_opties(formulier: Formulier, vraag_id: str, opties: tuple[str, ...], waar: str) -> Iterator[str]:
    """Faults of a reference to a closed question of this form: an unknown question or option, or no options at all."""
    yield from find_unknown(waar, "de vraag", [vraag_id], (vraag.id for vraag in formulier.vragen))
    vraag = formulier.get_vraag(vraag_id)
    if vraag is None:
        return
    if vraag.opties:
        yield from find_unknown(f'{waar}, vraag "{vraag_id}"', "de optie", opties, (o.id for o in vraag.opties))
    else:
        yield f'{waar}: de vraag "{vraag_id}" is van soort "{vraag.soort}" en heeft geen opties.'
