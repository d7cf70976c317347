"""Words of the form itself that a reader may take for somebody's answer: titles and guidance.

Only whole texts count. An answer that happens to use a word of the guidance stays an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.formulier import Formulier
from schemas.tekst import normalise

_ZIN = re.compile(r"(?<=[.?!])\s+")
_MINSTENS_WOORDEN = 4  # a shorter sentence may well be what somebody answers


class EigenTekst:
    """Recognises a form's own titles and guidance."""

    def __init__(self, formulier: Formulier) -> None:
        """Collect all texts of the form once."""
        gids = [normalise(tekst) for tekst in _iterate_guidance(formulier)]
        self._zinnen = frozenset(tekst for tekst in gids if len(tekst.split()) >= _MINSTENS_WOORDEN)
        self._doorlopend = " | ".join(f" {normalise(tekst)} " for tekst in _iterate_guidance(formulier))
        self._genegeerd = frozenset(normalise(label) for label in formulier.genegeerde_labels)
        self._titel = normalise(formulier.titel)
        self._rijnamen = {
            normalise(naam): normalise(rubriek.rijnaam)
            for rubriek in formulier.rubrieken
            for naam in (rubriek.titel, rubriek.rijnaam)
        }

    def strip_guidance(self, waarde: str) -> str:
        """The value without the lines that are guidance of this form; "" when nothing else is there."""
        if normalise(waarde) in self._zinnen:
            return ""
        return "\n".join(regel for regel in waarde.split("\n") if normalise(regel) not in self._zinnen).strip()

    def is_title(self, label: str, waarde: str) -> bool:
        """The heading of a block that lost its tag: "Betrokkenen" with "Betrokkene" or "Betrokkenen, betrokkene 2"."""
        naam = normalise(label)
        rijnaam = self._rijnamen.get(naam)
        kort = re.sub(r" \d+$", "", normalise(waarde))
        return rijnaam is not None and kort in (naam, rijnaam, f"{naam} {rijnaam}")

    def is_ignored(self, label: str, waarde: str) -> bool:
        """For a label that is no question: one that the data ignores, the running title, or a piece of guidance."""
        naam = normalise(label)
        if naam in self._genegeerd or naam.startswith(self._titel):
            return True
        return f" {normalise(f'{label} {waarde}')} " in self._doorlopend


def _iterate_guidance(formulier: Formulier) -> Iterator[str]:
    """Each text as a whole, and sentence by sentence."""
    for rubriek in formulier.rubrieken:
        for tekst in (rubriek.toelichting, *(vraag.toelichting for vraag in rubriek.vragen)):
            yield from _split(tekst)
    for alinea in formulier.inleiding:
        yield from _split(alinea)


def _split(tekst: str) -> Iterator[str]:
    if tekst:
        yield tekst
        yield from _ZIN.split(tekst)
