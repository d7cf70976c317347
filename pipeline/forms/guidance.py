"""What stands above the first question: identification, how to fill in, and who may see what."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from types import MappingProxyType

from pipeline.forms.controls import Controls
from pipeline.forms.rubrieken import KLEUR_LABEL
from pipeline.forms.wordml import TEKST_BREED, Element, cell, paragraph, row, run, table
from schemas import kern
from schemas.deling import Deling, Doelgroep, Feit
from schemas.formulier import Formuliersoort, Rubriek
from schemas.voorwerk import (
    FEITEN,
    GEEL_DEEL,
    KOP_DELEN,
    KOP_INVULLEN,
    MERKEN,
    MET_NIEMAND,
    NIETS_AANGEKRUIST,
    explain_doelgroep,
    make_aanwijzingen,
    make_vrijgaven,
)

#: What can leave of what a form says. An aanmelding is not listed: every fact of its case can follow from it.
_FEITEN_VAN = MappingProxyType(
    {
        Formuliersoort.BESLUIT: frozenset(
            {
                *(Feit.INSTEMMING, Feit.FASE, Feit.BESLUIT, Feit.VERSLAG, Feit.AFSPRAKEN, Feit.PASSAGES, Feit.BEWAREN),
                Feit.ROLVERDELING,
            }
        ),
        Formuliersoort.INBRENG: frozenset[Feit](),
        Formuliersoort.PLAN: frozenset({Feit.PLAN}),
        Formuliersoort.MELDING: frozenset({Feit.FASE, Feit.AFSPRAKEN, Feit.MELDING, Feit.ROLVERDELING}),
    }
)


def build_identification(meta: Sequence[tuple[str, str]], controls: Controls) -> Element:
    """The table by which the form is recognised when it comes back: one locked control per value."""
    breedte, rest = divmod(TEKST_BREED, len(meta))
    breedtes = [breedte + rest, *[breedte] * (len(meta) - 1)]
    koppen = (
        cell(breed, [paragraph(kern.META_LABELS[tag], stijl="Notitie")], kleur=KLEUR_LABEL)
        for breed, (tag, _) in zip(breedtes, meta, strict=True)
    )
    waarden = (
        cell(breed, [paragraph(controls.locked(tag, kern.META_LABELS[tag], waarde), stijl="Antwoord")])
        for breed, (tag, waarde) in zip(breedtes, meta, strict=True)
    )
    rijen = [row(*koppen, herhaald=True), row(*waarden)]
    return table(breedtes, rijen, titel="Herkenning van dit formulier; niet wijzigen", eerste_rij=True)


def build_instructions(rubrieken: Sequence[Rubriek], *, vast: Container[str], voor_pdf: bool = False) -> list[Element]:
    """How to fill in, as far as these rubrieken need it; `vast` holds those whose blocks we made, one per row."""
    regels = make_aanwijzingen(rubrieken, vast=vast, voor_pdf=voor_pdf)
    return [paragraph(KOP_INVULLEN, stijl="Heading1"), *_bullets(regels)]


def build_sharing(deling: Deling, soort: Formuliersoort, rubrieken: Sequence[Rubriek]) -> list[Element]:
    """Who gets to see what is filled in: the meaning of the boxes, and what leaves of such a form without one."""
    (deelbaar, kruis), *namen = MERKEN
    elementen = [
        paragraph(KOP_DELEN, stijl="Heading1"),
        paragraph(GEEL_DEEL),
        paragraph(run(NIETS_AANGEKRUIST, vet=True), stijl="Nadruk"),
        paragraph(run(deelbaar, vet=True), f" – {kruis}", blijft_bij_volgende=True),
        *_bullets_of(_group(groep) for groep in deling.doelgroepen),
        *(paragraph(run(merk, vet=True), f" – {uitleg}") for merk, uitleg in namen),
    ]
    return elementen + _build_releases(deling, soort, rubrieken)


def _build_releases(deling: Deling, soort: Formuliersoort, rubrieken: Sequence[Rubriek]) -> list[Element]:
    vrij = {vrijgave.feit for vrijgave in deling.vrijgaven} & _FEITEN_VAN.get(soort, frozenset(Feit))
    feiten = [feit for feit in FEITEN if feit in vrij]
    if not feiten and all(rubriek.vlaggen for rubriek in rubrieken):
        return []
    return [paragraph(make_vrijgaven(feiten) if feiten else MET_NIEMAND)]


def _group(groep: Doelgroep) -> list[Element | str]:
    # A line that is bold from end to end would read as a heading.
    uitleg = explain_doelgroep(groep)
    return [run(groep.label, vet=True), uitleg] if uitleg else [groep.label]


def _bullets(regels: Iterable[str]) -> list[Element]:
    return _bullets_of([regel] for regel in regels)


def _bullets_of(regels: Iterable[Sequence[Element | str]]) -> list[Element]:
    return [paragraph(*delen, stijl="ListBullet") for delen in regels]
