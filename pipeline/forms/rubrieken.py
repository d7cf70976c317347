"""One rubriek of a form as heading, guidance and a table of questions, with its flags at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.forms.blokken import Blok, is_vast
from pipeline.forms.controls import Controls
from pipeline.forms.wordml import (
    ANTWOORD_BREED,
    LABEL_BREED,
    TEKST_BREED,
    Element,
    cell,
    paragraph,
    row,
    run,
    table,
)
from schemas.deling import Doelgroep
from schemas.formulier import RIJVELD, Formulier, Rubriek, Rubriekvorm, Voorwaarde, Vraag, Vraagsoort

KLEUR_LABEL, KLEUR_RIJ, KLEUR_VLAG = "F3F6FA", "D6E1EE", "FFF5DC"

UITLEG_DEELBAAR = "Kruis aan wie dit mag zien. Niets aangekruist = met niemand gedeeld."
UITLEG_NAMEN = "Namen of rollen, met komma’s ertussen."


class Rubriekbouwer:
    """Writes the rubrieken of one document, with the table's doelgroepen in every block of flags."""

    def __init__(self, formulier: Formulier, doelgroepen: Sequence[Doelgroep], controls: Controls) -> None:
        """`formulier` is the whole form: conditions may name a question that this document leaves out."""
        self._formulier = formulier
        self._doelgroepen = doelgroepen
        self._controls = controls

    def build(self, rubriek: Rubriek, blokken: Sequence[Blok]) -> list[Element]:
        """Heading, guidance and table of a rubriek, with a titled part per blok when it has rows."""
        elementen = [paragraph(rubriek.titel, stijl="Heading1")]
        elementen += [
            paragraph(alinea, stijl="Uitleg", blijft_bij_volgende=True)
            for alinea in rubriek.toelichting.split("\n")
            if alinea.strip()
        ]
        if rubriek.vorm is Rubriekvorm.RIJEN:
            delen = [self._block(rubriek, blok) for blok in blokken]
            inhoud = [self._controls.section(rubriek.id, rubriek.titel, delen, vast=is_vast(blokken))]
        else:
            # A control that cannot be deleted by accident; in a repeating block that would forbid removing the block.
            inhoud = list(self._rows(rubriek, blokken[0], slot="sdtLocked"))
        return [*elementen, table((LABEL_BREED, ANTWOORD_BREED), inhoud, titel=rubriek.titel)]

    def _block(self, rubriek: Rubriek, blok: Blok) -> list[Element]:
        # The paragraph is small and grey, the title is not: LibreOffice 7.4 forgets the style of a text in a control.
        delen = [run(blok.titel, "Bloktitel", vet=True)]
        if blok.rij:
            tag = f"{rubriek.id}.{RIJVELD}"
            delen += [run("\t"), self._controls.locked(tag, "Rijnummer", blok.rij)]
        kop = paragraph(*delen, stijl="Blokkop", blijft_bij_volgende=True)
        titelrij = row(cell(TEKST_BREED, [kop], kleur=KLEUR_RIJ, kolommen=2))
        return [titelrij, *self._rows(rubriek, blok, slot="")]

    def _rows(self, rubriek: Rubriek, blok: Blok, *, slot: str) -> Iterator[Element]:
        for vraag in blok.vragen:
            notities = [vraag.toelichting, *self._conditions(vraag)]
            label = _label(vraag.label + _mark(vraag), notities)
            antwoord = self._answer(vraag, blok.waarden.get(vraag.id, ""), slot)
            yield row(cell(LABEL_BREED, label, kleur=KLEUR_LABEL), cell(ANTWOORD_BREED, antwoord))
        if rubriek.vlaggen:
            yield from self._flags(rubriek, slot)

    def _answer(self, vraag: Vraag, waarde: str, slot: str) -> list[Element]:
        if vraag.ingevuld_door_ons:
            return [paragraph(self._controls.locked(vraag.id, vraag.label, waarde), stijl="Antwoord")]
        if vraag.soort is Vraagsoort.MEERKEUZE:
            return self._ticks(vraag.id, [(optie.id, optie.label) for optie in vraag.opties], slot)
        return [paragraph(self._controls.answer(vraag, slot=slot), stijl="Antwoord")]

    def _ticks(self, tag: str, opties: Iterable[tuple[str, str]], slot: str) -> list[Element]:
        return [
            paragraph(self._controls.tick(f"{tag}.{naam}", label, slot=slot), f" {label}", stijl="Antwoord")
            for naam, label in opties
        ]

    def _flags(self, rubriek: Rubriek, slot: str) -> Iterator[Element]:
        groepen = [(groep.id, groep.label) for groep in self._doelgroepen]
        vakjes = self._ticks(f"{rubriek.id}.deelbaar", groepen, slot)
        yield _flag_row("Deelbaar met", UITLEG_DEELBAAR, vakjes)
        for veld, label in (("enkel_voor", "Enkel voor"), ("niet_voor", "Niet voor")):
            control = self._controls.text(f"{rubriek.id}.{veld}", label, slot=slot)
            yield _flag_row(label, UITLEG_NAMEN, [paragraph(control, stijl="Antwoord")])

    def _conditions(self, vraag: Vraag) -> Iterator[str]:
        if vraag.verplicht_als:
            yield f"Verplicht als u bij {self._describe(vraag.verplicht_als)}."
        if vraag.verplicht and vraag.niet_verplicht_als:
            yield f"Niet verplicht als u bij {self._describe(vraag.niet_verplicht_als)}."

    def _describe(self, voorwaarde: Voorwaarde) -> str:
        vraag = self._formulier.get_vraag(voorwaarde.vraag)
        if vraag is None:
            return f"‘{voorwaarde.vraag}’ antwoordt: {' of '.join(voorwaarde.is_een_van)}"
        gevonden = (vraag.get_optie(optie_id) for optie_id in voorwaarde.is_een_van)
        labels = " of ".join(f"‘{optie.label}’" for optie in gevonden if optie)
        return f"‘{vraag.label}’ kiest voor {labels}"


def _mark(vraag: Vraag) -> str:
    if vraag.verplicht and not vraag.niet_verplicht_als:
        return " *"
    return " (*)" if vraag.verplicht or vraag.verplicht_als else ""


def _label(label: str, notities: Iterable[str]) -> list[Element]:
    uitleg = [paragraph(notitie, stijl="Notitie") for notitie in notities if notitie]
    return [paragraph(label, stijl="Label"), *uitleg]


def _flag_row(label: str, uitleg: str, antwoord: list[Element]) -> Element:
    linker = cell(LABEL_BREED, _label(label, [uitleg]), kleur=KLEUR_VLAG)
    return row(linker, cell(ANTWOORD_BREED, antwoord, kleur=KLEUR_VLAG), heel=True)
