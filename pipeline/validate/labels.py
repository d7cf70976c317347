"""The names under which a form's questions and flags are known."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from types import MappingProxyType

from schemas.formulier import Rubriek, Vraag
from schemas.tekst import normalise, normalise_variants

from .slots import Slot, Slotsoort

_KORT = 3  # a label this short may be any word
VLAGLABELS = MappingProxyType(
    {
        "deelbaar met": Slotsoort.DEELBAAR,
        "delen met": Slotsoort.DEELBAAR,
        "mag gedeeld worden met": Slotsoort.DEELBAAR,
        "enkel voor": Slotsoort.ENKEL_VOOR,
        "alleen voor": Slotsoort.ENKEL_VOOR,
        "niet voor": Slotsoort.NIET_VOOR,
        "niet delen met": Slotsoort.NIET_VOOR,
    }
)


def index_labels(vragen: Iterable[Vraag]) -> dict[str, list[str]]:
    """Question ids by each of their (folded) names."""
    index: dict[str, list[str]] = {}
    for vraag in vragen:
        for naam in dict.fromkeys(n for tekst in (vraag.label, *vraag.aliassen) for n in _fold(tekst)):
            index.setdefault(naam, []).append(vraag.id)
    return index


@lru_cache(maxsize=20_000)
def _fold(naam: str) -> tuple[str, ...]:
    """What the data call a question is asked for with every form; nothing that a form says comes here."""
    return normalise_variants(naam)


def find_vlagsoort(label: str) -> Slotsoort | None:
    """Which flag this label asks for, or None."""
    return next((VLAGLABELS[naam] for naam in normalise_variants(label) if naam in VLAGLABELS), None)


def show_unknown(label: str, labels: Iterable[str]) -> str:
    """A label that is none of these, as a message may show it: of one that holds a question of ours only that question.

    The rest is what somebody wrote beside it.
    """
    woorden = f" {normalise(label)} "
    bekend = [naam for naam in (*labels, *VLAGLABELS) if len(naam) > _KORT and f" {naam} " in woorden]
    return f"{max(bekend, key=len)} …" if bekend else label


def names_rubriek(kop: str, rubriek: Rubriek) -> bool:
    """Whether this heading is the rubriek's."""
    return bool(kop) and normalise(kop) in {normalise(naam) for naam in (rubriek.titel, rubriek.id, rubriek.rijnaam)}


def match_header(rubriek: Rubriek, kop: tuple[str, ...]) -> dict[int, Slot]:
    """What each column of a table of rows fills, by the table's first row; unknown columns are left out."""
    namen = index_labels(rubriek.vragen)
    kolommen: dict[int, Slot] = {}
    for kolom, cel in enumerate(kop):
        vraag = next((namen[naam][0] for naam in normalise_variants(cel) if naam in namen), None)
        vlag = find_vlagsoort(cel)
        if vraag is not None:
            kolommen[kolom] = Slot(rubriek.id, 0, Slotsoort.VRAAG, vraag)
        elif vlag is not None and rubriek.vlaggen:
            kolommen[kolom] = Slot(rubriek.id, 0, vlag)
    return kolommen
