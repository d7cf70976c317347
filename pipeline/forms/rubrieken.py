"""One rubriek of a form as heading, guidance and a table of questions, with its flags at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.forms.blokken import Blok, is_vast
from pipeline.forms.controls import VRAAG_NIETS, Controls
from pipeline.forms.wordml import (
    ANTWOORD_BREED,
    ANTWOORD_KOLOMMEN,
    LABEL_BREED,
    LABEL_KOLOMMEN,
    NAMEN_BREED,
    TEKST_BREED,
    VLAG_BREED,
    VLAGKOLOMMEN,
    Element,
    cell,
    paragraph,
    row,
    run,
    table,
)
from schemas import kern
from schemas.deling import Doelgroep
from schemas.formulier import RIJVELD, Formulier, Rubriek, Rubriekvorm, Voorwaarde, Vraag, Vraagsoort

KLEUR_LABEL, KLEUR_RIJ, KLEUR_VLAG = "F3F6FA", "D6E1EE", "FFF5DC"

#: Characters of a label and of a note on one line of their column, and the lines of a page: enough to guess by.
LABELTEKENS, NOTITIETEKENS, PAGINAREGELS = 36, 46, 50
MINSTENS_BIJEEN = 3
#: Between the boxes of one line: wide enough to see which box a label belongs to, and too wide to be read on.
TUSSEN_VAKJES = "\u2003\u2003"
#: Boxes with their labels on one line, in characters; an engine that had to break it might leave a box behind.
VAKJESTEKENS = 58


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
        kolommen = VLAGKOLOMMEN if rubriek.vlaggen else (LABEL_BREED, ANTWOORD_BREED)
        return [*elementen, table(kolommen, inhoud, titel=rubriek.titel)]

    def _block(self, rubriek: Rubriek, blok: Blok) -> list[Element]:
        # The paragraph is small and grey, the title is not: LibreOffice 7.4 forgets the style of a text in a control.
        delen = [run(blok.titel, "Bloktitel", vet=True)]
        if blok.rij:
            tag = f"{rubriek.id}.{RIJVELD}"
            delen += [run("\t"), self._controls.locked(tag, "Rijnummer", blok.rij)]
        kop = paragraph(*delen, stijl="Blokkop", blijft_bij_volgende=True)
        kolommen = len(VLAGKOLOMMEN) if rubriek.vlaggen else 2
        titelrij = row(cell(TEKST_BREED, [kop], kleur=KLEUR_RIJ, kolommen=kolommen))
        return [titelrij, *self._rows(rubriek, blok, slot="", bijeen=self._count_bijeen(blok))]

    def _count_bijeen(self, blok: Blok) -> int:
        """How many questions stay on one page: all, or with a block that no page holds those down to the decision."""
        if not is_vast([blok]):
            return 0
        regels = sum(
            _count_lines(vraag.label, LABELTEKENS)
            + sum(_count_lines(notitie, NOTITIETEKENS) for notitie in self._list_notes(vraag))
            for vraag in blok.vragen
        )
        return len(blok.vragen) if regels <= PAGINAREGELS else MINSTENS_BIJEEN

    def _list_notes(self, vraag: Vraag) -> list[str]:
        return [notitie for notitie in (vraag.toelichting, *self._conditions(vraag)) if notitie]

    def _rows(self, rubriek: Rubriek, blok: Blok, *, slot: str, bijeen: int = 0) -> Iterator[Element]:
        for nummer, vraag in enumerate(blok.vragen, 1):
            # The flags stay with the last question: they say who may see the answers above them. `bijeen`: the block
            # of a known row stays on one page, or a decision stands on another page than the case that it is about.
            blijft = rubriek.vlaggen if nummer == len(blok.vragen) else nummer < bijeen
            label = _label(vraag.label + _mark(vraag), self._list_notes(vraag), blijft_bij_volgende=blijft)
            antwoord = self._answer(vraag, blok.waarden.get(vraag.id, ""), slot)
            yield _row(label, antwoord, KLEUR_LABEL, "", met_vlaggen=rubriek.vlaggen)
        if rubriek.vlaggen:
            yield from self._flags(rubriek, slot)

    def _answer(self, vraag: Vraag, waarde: str, slot: str) -> list[Element]:
        if vraag.ingevuld_door_ons:
            return [paragraph(self._controls.locked(vraag.id, vraag.label, waarde), stijl="Antwoord")]
        if vraag.soort is Vraagsoort.MEERKEUZE:
            vakjes = self._ticks(vraag.id, [(optie.id, optie.label) for optie in vraag.opties], slot)
            return [paragraph(*vakje, stijl="Antwoord") for vakje in vakjes]
        return [paragraph(self._controls.answer(vraag, slot=slot), stijl="Antwoord")]

    def _ticks(self, tag: str, opties: Iterable[tuple[str, str]], slot: str) -> list[tuple[Element, str]]:
        return [
            # A box and its label stay together at the end of a line.
            (self._controls.tick(f"{tag}.{naam}", label, slot=slot), f"\u00a0{label.replace(' ', VRAAG_NIETS)}")
            for naam, label in opties
        ]

    def _flags(self, rubriek: Rubriek, slot: str) -> Iterator[Element]:
        groepen = [(groep.id, groep.label) for groep in self._doelgroepen]
        delen = _spread(self._ticks(f"{rubriek.id}.deelbaar", groepen, slot))
        deelbaar = _label("Deelbaar met", [kern.GEEN_KRUISJE], blijft_bij_volgende=True)
        vakjes = [paragraph(*delen, stijl="Antwoord", blijft_bij_volgende=True)]
        yield _row(deelbaar, vakjes, KLEUR_VLAG, KLEUR_VLAG, met_vlaggen=True)
        yield row(
            *self._names(rubriek, "enkel_voor", "Enkel voor", slot, 2),
            *self._names(rubriek, "niet_voor", "Niet voor", slot, 1),
        )

    def _names(self, rubriek: Rubriek, veld: str, label: str, slot: str, kolommen: int) -> tuple[Element, Element]:
        control = self._controls.names(f"{rubriek.id}.{veld}", label, slot=slot)
        return (
            cell(VLAG_BREED, _label(label, []), kleur=KLEUR_VLAG),
            cell(NAMEN_BREED, [paragraph(control, stijl="Antwoord")], kleur=KLEUR_VLAG, kolommen=kolommen),
        )

    def _conditions(self, vraag: Vraag) -> Iterator[str]:
        if vraag.verplicht_als:
            yield f"{kern.VERPLICHT_ALS} {self._describe(vraag.verplicht_als)}."
        if vraag.niet_verplicht_als and (vraag.verplicht or vraag.verplicht_als):
            yield f"{kern.NIET_VERPLICHT_ALS} {self._describe(vraag.niet_verplicht_als)}."

    def _describe(self, voorwaarde: Voorwaarde) -> str:
        vraag = self._formulier.get_vraag(voorwaarde.vraag)
        if vraag is None:
            return f"‘{voorwaarde.vraag}’ antwoordt: {' of '.join(voorwaarde.is_een_van)}"
        gevonden = (vraag.get_optie(optie_id) for optie_id in voorwaarde.is_een_van)
        labels = " of ".join(f"‘{optie.label}’" for optie in gevonden if optie)
        return f"‘{vraag.label}’ kiest voor {labels}"


def _spread(vakjes: Iterable[tuple[Element, str]]) -> list[Element | str]:
    """Boxes with their labels one after the other, with a line end of our own where the line is full."""
    delen: list[Element | str] = []
    breed = 0
    for vakje, label in vakjes:
        past = breed + len(label) <= VAKJESTEKENS
        delen += [*([TUSSEN_VAKJES if past else "\n"] if delen else []), vakje, label]
        breed = (breed if past else 0) + len(label) + 3 * len(TUSSEN_VAKJES)
    return delen


def _count_lines(tekst: str, breed: int) -> int:
    return -(-len(tekst) // breed)


def _mark(vraag: Vraag) -> str:
    if vraag.verplicht and not vraag.niet_verplicht_als:
        return " *"
    return " (*)" if vraag.verplicht or vraag.verplicht_als else ""


def _label(label: str, notities: Iterable[str], *, blijft_bij_volgende: bool = False) -> list[Element]:
    """A question and its notes; `blijft_bij_volgende` keeps the next row on the same page.

    What holds them together is their row. Were one paragraph to hold on to the next, LibreOffice would take the whole
    row to hold on to the next row, and a table of such rows leaves its heading behind on an empty page.
    """
    alineas = [(label, "Label"), *((notitie, "Notitie") for notitie in notities)]
    return [paragraph(tekst, stijl=stijl, blijft_bij_volgende=blijft_bij_volgende) for tekst, stijl in alineas]


def _row(
    label: list[Element], antwoord: list[Element], kleur: str, antwoordkleur: str, *, met_vlaggen: bool
) -> Element:
    links, rechts = (LABEL_KOLOMMEN, ANTWOORD_KOLOMMEN) if met_vlaggen else (1, 1)
    return row(
        cell(LABEL_BREED, label, kleur=kleur, kolommen=links),
        cell(ANTWOORD_BREED, antwoord, kleur=antwoordkleur, kolommen=rechts),
    )
