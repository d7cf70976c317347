"""What somebody typed above the first question of a form of ours: among its printed words, or in its locked head.

No question asks for it, so it is nobody's answer; whoever typed it there wants it to be read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from schemas import kern
from schemas.formulier import Formulier
from schemas.inzending import Ligging, RuwAntwoord, RuweTabel
from schemas.tafeldata import Tafeldata
from schemas.tekst import normalise
from schemas.voorwerk import (
    iterate_randen,
    iterate_voorwerk,
    make_ondertitel,
    make_titel_aanvulling,
    make_titel_casus,
    make_titel_overleg,
)

from .owntext import iterate_guidance, split_zinnen
from .slots import as_text, is_page

_BLADZIJDE = re.compile(r"\bpagina \d+ van \d+\b")


class Voorwerk:
    """Tells the printed words above the questions from what was typed there."""

    def __init__(self, formulier: Formulier, data: Tafeldata, kop: Mapping[str, str]) -> None:
        """`kop` is what the form says it is, by tag."""
        titels = list(_iterate_titels(formulier, data, kop))
        gedrukt = (
            *iterate_voorwerk(data.deling.doelgroepen, formulier.rubrieken),
            *(rubriek.titel for rubriek in formulier.rubrieken),
            *titels,
            *kern.META_LABELS.values(),
            *kop.values(),
        )
        zinnen = {normalise(zin) for tekst in gedrukt for zin in split_zinnen(tekst)}
        self._zinnen = zinnen | {normalise(tekst) for tekst in iterate_guidance(formulier)} | {""}
        self._langste_eerst = [_space(zin) for zin in sorted(self._zinnen, key=len, reverse=True) if zin]
        self._randen = [_space(normalise(rand)) for rand in iterate_randen(data.tafel, titels, formulier.versie)]

    def list_typed(self, antwoorden: Sequence[RuwAntwoord], koppen: Sequence[RuweTabel]) -> list[str]:
        """The places where something stands that is not printed; `koppen` are the tables of the locked head."""
        gezien = {normalise(as_text(a)) for a in antwoorden if not a.label}
        typed = [a.plaats for a in antwoorden if not is_page(a.plaats) and self._is_typed(_read_text(a, gezien))]
        typed += [t.plaats for t in koppen if any(self._is_typed(cel) for rij in t.rijen for cel in rij)]
        # Sentences run on over the lines of a page, and over what each page repeats.
        bladen = [a for a in antwoorden if is_page(a.plaats)]
        if self._is_typed("\n".join(_read_text(a, gezien) for a in bladen)):
            typed += [a.plaats for a in bladen]
        return list(dict.fromkeys(typed))

    def _is_typed(self, tekst: str) -> bool:
        rest = normalise(tekst)
        if rest in self._zinnen:
            return False
        rest = _space(" ".join(_BLADZIJDE.sub(" ", rest).split()))
        for rand in self._randen:
            rest = rest.replace(rand, "")
        for zin in self._langste_eerst:
            rest = rest.replace(zin, "|")
        return any(map(str.isalnum, rest))


def _space(tekst: str) -> str:
    """With a space of its own on either side of each word: of two texts side by side both are found."""
    return f" {tekst.replace(' ', '  ')} "


def _read_text(antwoord: RuwAntwoord, gezien: set[str]) -> str:
    """Its words; below a heading without those lines that stand there as loose text too."""
    if antwoord.ligging is not Ligging.TITEL or not antwoord.label:
        return f"{antwoord.label} {as_text(antwoord)}"
    regels = [regel for regel in as_text(antwoord).split("\n") if normalise(regel) not in gezien]
    return "\n".join((antwoord.label, *regels))


def _iterate_titels(formulier: Formulier, data: Tafeldata, kop: Mapping[str, str]) -> Iterator[str]:
    code, overlegdatum = kop.get(kern.META_CASUS, ""), kop.get(kern.META_OVERLEG, "")
    yield from (formulier.titel, data.tafel.naam, make_titel_casus(formulier, code), make_titel_aanvulling(code))
    try:
        datum = dt.date.fromisoformat(overlegdatum)
    except ValueError:
        return
    yield make_titel_overleg(formulier, datum)
    yield make_ondertitel(data.tafel.naam, overlegdatum, data.tafel.taal)
