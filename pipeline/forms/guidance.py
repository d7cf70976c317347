"""What stands above the first question: identification, how to fill in, and who may see what."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from types import MappingProxyType

from pipeline.forms.controls import Controls
from pipeline.forms.rubrieken import KLEUR_LABEL
from pipeline.forms.wordml import TEKST_BREED, Element, cell, paragraph, row, run, table
from schemas import kern
from schemas.deling import Deling, Doelgroep, Feit
from schemas.formulier import Formuliersoort, Rubriek, Rubriekvorm
from schemas.woorden import join_words

#: The derived facts in the words of the person who fills in the form.
FEITEN = MappingProxyType(
    {
        Feit.ONTBREKEND: "welke vragen nog openstaan",
        Feit.CRITERIA: "of aan de criteria is voldaan, met het gekozen antwoord dat daarover beslist",
        Feit.WEEGVRAGEN: "wat de deelnemers zelf moeten afwegen",
        Feit.INSTEMMING: "of wie het aangaat geïnformeerd is en instemt",
        Feit.FASE: "in welke fase het dossier zit",
        Feit.ANONIEM: "dat een aanmelding anoniem is",
        Feit.IDENTITEIT: "naam en geboortedatum om op te zoeken, alleen als u dat in dit formulier toestaat",
        Feit.BESLUIT: "wat het overleg besloot, met de tekst die het daarover aan de aanmelder schrijft",
        Feit.VERSLAG: "in het verslag, voor wie aan tafel zat, wat het overleg over de casus besloot en inschatte",
        Feit.AFSPRAKEN: "de afspraken van het overleg, elk voor wie ze uitvoert",
        Feit.PASSAGES: "wat het overleg uitdrukkelijk vrijgaf, voor wie daarbij aangekruist is",
        Feit.PLAN: "van een plan van aanpak de data, en of het goedgekeurd is",
        Feit.MELDING: "van een bericht of verbetering tussendoor wat het is, dag, uur, plaats en wie erbij is",
        Feit.BEWAREN: "tot wanneer een afgesloten dossier bewaard wordt",
        Feit.CIJFERS: "in een overzicht, over alle casussen samen, afgeronde aantallen waaruit niemand af te leiden is",
        Feit.ROUTERING: "welke partners bij de casus horen",
        Feit.ROLVERDELING: "wie in de casus een vaste taak op zich nam, zoals casushouder",
    }
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


_IN_WORD = "Klik op de grijze tekst en typ of kies uw antwoord. Klik op een vakje om het aan te kruisen."
_IN_PDF = (
    "Klik in een leeg vak en typ of kies uw antwoord. Klik op een vakje om het aan te kruisen. Bewaar het ingevulde "
    "formulier daarna als PDF; druk het niet af om het in te scannen."
)
_MEER_IN_WORD = "Klik in het laatste blok en dan op het plusteken rechtsonder."
_MEER_IN_PDF = "Gebruik dan het Word-formulier: daarin kunt u er blokken bij zetten."


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
    vragen = [vraag for rubriek in rubrieken for vraag in rubriek.vragen]
    regels = [_IN_PDF if voor_pdf else _IN_WORD]
    if any(vraag.verplicht and not vraag.niet_verplicht_als for vraag in vragen):
        regels.append("Een vraag met * is verplicht.")
    if any(vraag.verplicht_als or (vraag.verplicht and vraag.niet_verplicht_als) for vraag in vragen):
        regels.append("Een vraag met (*) is in sommige gevallen verplicht; bij de vraag staat wanneer.")
    vrij = [rubriek for rubriek in rubrieken if rubriek.vorm is Rubriekvorm.RIJEN and rubriek.id not in vast]
    if namen := [f"‘{rubriek.rijnaam}’" for rubriek in vrij]:
        meer = _MEER_IN_PDF if voor_pdf else _MEER_IN_WORD
        regels.append(
            f"Een blok {join_words(namen, 'of')} meer nodig? {meer} Een blok dat u niet nodig hebt, laat u leeg."
        )
    return [paragraph("Zo vult u dit formulier in", stijl="Heading1"), *_bullets(regels)]


def build_sharing(deling: Deling, soort: Formuliersoort, rubrieken: Sequence[Rubriek]) -> list[Element]:
    """Who gets to see what is filled in: the meaning of the boxes, and what leaves of such a form without one."""
    elementen = [
        paragraph("Wie mag uw antwoorden zien?", stijl="Heading1"),
        paragraph("Bij een rubriek of blok met een geel deel bepaalt u zelf wie uw antwoorden te zien krijgt."),
        paragraph(run("Niets aangekruist = met niemand gedeeld.", vet=True), stijl="Nadruk"),
        paragraph(run("Deelbaar met", vet=True), " – kruis elke groep aan die het mag zien.", blijft_bij_volgende=True),
        *_bullets_of(_group(groep) for groep in deling.doelgroepen),
        paragraph(
            run("Enkel voor", vet=True),
            " – schrijf namen van partners of rollen, met komma’s ertussen. Van de aangekruiste groepen krijgen dan "
            "alleen zij het. Leeg: iedereen in die groepen.",
        ),
        paragraph(
            run("Niet voor", vet=True),
            " – schrijf namen van partners of rollen, met komma’s ertussen. Zij krijgen het niet, ook niet als hun "
            "groep is aangekruist.",
        ),
    ]
    return elementen + _build_releases(deling, soort, rubrieken)


def _build_releases(deling: Deling, soort: Formuliersoort, rubrieken: Sequence[Rubriek]) -> list[Element]:
    vrij = {vrijgave.feit for vrijgave in deling.vrijgaven} & _FEITEN_VAN.get(soort, frozenset(Feit))
    feiten = [tekst for feit, tekst in FEITEN.items() if feit in vrij]
    if not feiten and all(rubriek.vlaggen for rubriek in rubrieken):
        return []
    if not feiten:
        return [paragraph("Een rubriek zonder geel deel wordt met niemand gedeeld.")]
    begin = (
        "Een rubriek zonder geel deel wordt niet gedeeld. Los van de kruisjes gaan alleen deze gegevens naar wie ze "
    )
    return [paragraph(f"{begin}nodig heeft om de casus te behandelen – {'; '.join(feiten)}.")]


def _group(groep: Doelgroep) -> list[Element | str]:
    # A line that is bold from end to end would read as a heading.
    return [run(groep.label, vet=True), f" – {groep.toelichting}"] if groep.toelichting else [groep.label]


def _bullets(regels: Iterable[str]) -> list[Element]:
    return _bullets_of([regel] for regel in regels)


def _bullets_of(regels: Iterable[Sequence[Element | str]]) -> list[Element]:
    return [paragraph(*delen, stijl="ListBullet") for delen in regels]
