"""The blocks of a rubriek: one per row that is known, or blank ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from pipeline.forms.vooraf import Vooraf, get_rows
from schemas.formulier import Rubriek, Rubriekvorm, Vraag

_NIETS: Mapping[str, str] = MappingProxyType({})


class Blok(NamedTuple):
    """Questions that stand together, with what we fill in, by question id; `rij` is the row of the dossier."""

    titel: str
    vragen: tuple[Vraag, ...]
    waarden: Mapping[str, str] = _NIETS
    rij: str = ""


def make_blokken(rubriek: Rubriek, vooraf: Vooraf) -> list[Blok]:
    """At least one blok: per open row, per row that we fill in, or blank; a rubriek without rows is one blok."""
    leeg = Blok(rubriek.rijnaam, rubriek.vragen)
    if rubriek.vorm is Rubriekvorm.VRAGEN:
        return [leeg._replace(waarden=waarden) for waarden in get_rows(rubriek, vooraf)] or [leeg]
    open_rijen = vooraf.open_rijen.get(rubriek.id, ())
    if not open_rijen:
        gevuld = [leeg._replace(waarden=waarden) for waarden in get_rows(rubriek, vooraf)]
        return gevuld or [leeg] * rubriek.blanco_rijen
    blokken = [
        Blok(rij.titel, tuple(vraag for vraag in rubriek.vragen if vraag.id in rij.vragen), rij=rij.id)
        for rij in open_rijen
    ]
    over = {vraag.id for vraag in rubriek.vragen}.difference(*(rij.vragen for rij in open_rijen))
    # A question that no known row leaves open is open for a row that is still to come.
    return [*blokken, leeg] if over and vooraf.alleen is not None else blokken


def is_vast(blokken: Sequence[Blok]) -> bool:
    """Whether we made these blocks for rows that we know: a copy of one would answer twice for the same row."""
    return any(blok.waarden or blok.rij for blok in blokken)
