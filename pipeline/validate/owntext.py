"""Words of the form itself that a reader may take for somebody's answer: titles and guidance.

Only whole texts count. An answer that happens to use a word of the guidance stays an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.formulier import Formulier
from schemas.kern import GEEN_KRUISJE, NIET_VERPLICHT_ALS, TITEL_AANVULLING, VERPLICHT_ALS
from schemas.tafeldata import Tafeldata
from schemas.tekst import normalise

from .labels import find_vlagsoort
from .opties import find_opties

_ZIN = re.compile(r"(?<=[.?!])\s+")
_BLADZIJDE = re.compile(r"(?:(?:blz|bladzijde|pagina|p) )?\d+(?: (?:van )?\d+)?")
_MINSTENS_WOORDEN = 4  # a shorter sentence may well be what somebody answers


class EigenTekst:
    """Recognises a form's own titles and guidance."""

    def __init__(self, formulier: Formulier, data: Tafeldata) -> None:
        """Collect all texts of the form, and what the table prints in the margins, once."""
        tafel = data.tafel
        self._groepen = {normalise(naam) for g in data.deling.doelgroepen for naam in (g.id, g.label, *g.aliassen)}
        self._namen = {normalise(tekst) for tekst in (tafel.naam, tafel.afkorting, tafel.markering.split("—")[0])}
        self._markering = [normalise(deel) for deel in tafel.markering.split("{grondslag}")]
        gids = [normalise(tekst) for tekst in iterate_guidance(formulier)]
        self._zinnen = frozenset(tekst for tekst in gids if len(tekst.split()) >= _MINSTENS_WOORDEN)
        self._doorlopend = " | ".join(f" {normalise(tekst)} " for tekst in iterate_guidance(formulier))
        self._genegeerd = frozenset(normalise(label) for label in formulier.genegeerde_labels)
        self._woorden = set(gids) | self._genegeerd | {""} | {normalise(t) for t in _iterate_words(formulier)}
        self._woorden |= {normalise(GEEN_KRUISJE)}
        self._voorwaarden = [
            (normalise(f"{begin} {vraag.label} kiest voor"), vraag)
            for vraag in formulier.vragen
            for begin in (VERPLICHT_ALS, NIET_VERPLICHT_ALS)
        ]
        self._titels = (normalise(formulier.titel), normalise(TITEL_AANVULLING))
        self._rijnamen = {
            normalise(naam): normalise(rubriek.rijnaam)
            for rubriek in formulier.rubrieken
            for naam in (rubriek.titel, rubriek.rijnaam)
        }
        self._blokken = {normalise(f"{rubriek.titel} {rubriek.rijnaam}") for rubriek in formulier.rubrieken}

    def strip_guidance(self, waarde: str) -> str:
        """The value without the lines that are guidance of this form; "" when nothing else is there."""
        if normalise(waarde) in self._zinnen:
            return ""
        return "\n".join(regel for regel in waarde.split("\n") if normalise(regel) not in self._zinnen).strip()

    def is_own(self, tekst: str, *, rand: bool = False) -> bool:
        """For text without a label: a title, a question, an option or guidance, line by line or as a whole.

        `rand` for a running head or foot, where the table's name and its marking stand.
        """
        if rand and all(self._is_marking(normalise(deel)) for deel in re.split(r"[\t\n]+", tekst)):
            return True
        geheel = normalise(tekst)
        if geheel in self._woorden or geheel.startswith(self._titels) or f" {geheel} " in self._doorlopend:
            return True
        if all(self._is_own_line(normalise(regel)) for regel in tekst.split("\n")):
            return True
        # On a page of a PDF notes below each other may have come together on one line, or one stand on two.
        return all(self._is_own_line(normalise(zin)) for zin in _ZIN.split(" ".join(tekst.split())))

    def names_group(self, tekst: str) -> bool:
        """Whether a text is the name of a doelgroep, with or without a box, and nothing else."""
        return normalise(tekst.strip("☒☐ ")) in self._groepen

    def _is_own_line(self, regel: str) -> bool:
        if regel in self._woorden or find_vlagsoort(regel) is not None or _drop_number(regel) in self._blokken:
            return True
        return any(
            regel.startswith(begin) and find_opties(vraag, regel.removeprefix(begin)) is not None
            for begin, vraag in self._voorwaarden
        )

    def _is_marking(self, tekst: str) -> bool:
        begin, einde = self._markering[0], self._markering[-1]
        if tekst in self._namen or _BLADZIJDE.fullmatch(tekst) or tekst.startswith(self._titels):
            return True
        return tekst.startswith(begin) and tekst.endswith(einde)

    def is_title(self, label: str, waarde: str) -> bool:
        """The heading of a block that lost its tag: "Betrokkenen" with "Betrokkene" or "Betrokkenen, betrokkene 2"."""
        naam = normalise(label)
        rijnaam = self._rijnamen.get(naam)
        kort = _drop_number(normalise(waarde))
        return rijnaam is not None and kort in (naam, rijnaam, f"{naam} {rijnaam}")

    def is_ignored(self, label: str, waarde: str) -> bool:
        """For a label that is no question: one that the data ignores, the running title, or a piece of guidance."""
        naam = normalise(label)
        if naam in self._genegeerd or naam.startswith(self._titels):
            return True
        return f" {normalise(f'{label} {waarde}')} " in self._doorlopend


def _drop_number(tekst: str) -> str:
    return re.sub(r" \d+$", "", tekst)


def _iterate_words(formulier: Formulier) -> Iterator[str]:
    """Titles, questions and options."""
    for rubriek in formulier.rubrieken:
        yield from (rubriek.titel, rubriek.rijnaam)
        for vraag in rubriek.vragen:
            yield from (vraag.label, *vraag.aliassen, *(optie.label for optie in vraag.opties))


def iterate_guidance(formulier: Formulier) -> Iterator[str]:
    """Each text of guidance as a whole, and sentence by sentence."""
    for rubriek in formulier.rubrieken:
        for tekst in (rubriek.toelichting, *(vraag.toelichting for vraag in rubriek.vragen)):
            yield from split_zinnen(tekst)
    for alinea in formulier.inleiding:
        yield from split_zinnen(alinea)


def split_zinnen(tekst: str) -> Iterator[str]:
    """The text as a whole, and sentence by sentence; nothing when there is none."""
    if tekst:
        yield tekst
        yield from _ZIN.split(tekst)
