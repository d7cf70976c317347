"""What the template of the manual prints: plain values, with the widths of the columns worked out."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from schemas.handleiding import Blok, Bloksoort, Cel, Handleiding, Opmaak

#: Twips. Those of the house style: the width of the text, the padding of a cell, an indent; and of an average letter.
TEKSTBREEDTE = 9412
_CELRUIMTE = 200
_INSPRONG = 340
_LETTER = {Opmaak.CODE: 110, Opmaak.CODE_VET: 110}
_GEWONE_LETTER = 98
_GROOTSTE_WOORD = 0.45  #: of the width: a longer word may be broken

_AANGEKONDIGD = (Bloksoort.TABEL, Bloksoort.OPDRACHT, Bloksoort.SCHERM)
#: The first numbered list has this number in the template; 1 is that of the points.
_EERSTE_LIJST = 2


def build_values(handleiding: Handleiding, *, programma: str, versie: str, datum: str) -> dict[str, object]:
    """Give the values for the template.

    In: the manual, and what stands on its title page. Out: text, numbers, lists and dicts; the pages of the chapters
    are not among them, since only the finished book has any.
    """
    return {
        "titel": handleiding.titel,
        "programma": programma,
        "versie": versie,
        "datum": datum,
        "inhoud": [
            {
                "tekst": kop.tekst,
                "anker": kop.anker,
                "niveau": 1 if kop.soort is Bloksoort.HOOFDSTUK else 2,
            }
            for kop in handleiding.list_koppen()
        ],
        "blokken": [
            _build_block(blok, volgend) for blok, volgend in itertools.pairwise((*handleiding.blokken, None)) if blok
        ],
    }


def _build_block(blok: Blok, volgend: Blok | None) -> dict[str, object]:
    waarden = blok.model_dump(mode="json", exclude={"regel", "bestand", "in_lijst"})
    if blok.soort is Bloksoort.TABEL:
        waarden |= {"kolommen": len(blok.kop), "breedten": list(fit_columns(blok))}
    lijst = blok.lijst - 1 + _EERSTE_LIJST if blok.soort is Bloksoort.NUMMER else 0
    return waarden | {
        "lijst": lijst,
        "inspring": _INSPRONG if blok.in_lijst else 0,
        "tekst": blok.tekst,
        "houd_bij": int(_leads_to(blok, volgend)),
    }


def _leads_to(blok: Blok, volgend: Blok | None) -> bool:
    """Whether a block may not be the last one on a page: what it announces has to be there as well."""
    return volgend is not None and (volgend.soort in _AANGEKONDIGD or blok.tekst.endswith(":"))


def fit_columns(tabel: Blok) -> tuple[int, ...]:
    """Share the width of the text among the columns: to each what it can use, and most to who has most to say."""
    kolommen = list(zip(tabel.kop, *(rij.cellen for rij in tabel.rijen), strict=True))
    smalst = [max(map(_measure_word, kolom)) for kolom in kolommen]
    breedst = [max(map(_measure, kolom)) for kolom in kolommen]
    gewicht = [math.sqrt(sum(map(_measure, kolom))) for kolom in kolommen]
    breedten = [float(min(paar)) for paar in zip(smalst, breedst, strict=True)]
    open_ = set(range(len(kolommen)))
    while open_ and (over := TEKSTBREEDTE - sum(breedten)) > 1:
        samen = sum(gewicht[plaats] for plaats in open_)
        for plaats in sorted(open_):
            breedten[plaats] = min(breedten[plaats] + over * gewicht[plaats] / samen, breedst[plaats])
        open_ = {plaats for plaats in open_ if breedten[plaats] < breedst[plaats]}
    return _round(breedten)


def _round(breedten: Sequence[float]) -> tuple[int, ...]:
    """Whole numbers that fill the width; what no column asked for goes to the last one."""
    heel = [int(breedte * min(1, TEKSTBREEDTE / sum(breedten))) for breedte in breedten]
    heel[-1] += TEKSTBREEDTE - sum(heel)
    return tuple(heel)


def _measure(cel: Cel) -> int:
    """How wide a cell would be on one line."""
    letters = sum(len(stuk.tekst) * _LETTER.get(stuk.opmaak, _GEWONE_LETTER) for stuk in cel.stukken)
    return letters + _CELRUIMTE


def _measure_word(cel: Cel) -> int:
    """How wide its longest word is; a command counts for one when there is room for it."""
    grens = int(TEKSTBREEDTE * _GROOTSTE_WOORD)
    breedste = 0
    for stuk in cel.stukken:
        letter = _LETTER.get(stuk.opmaak, _GEWONE_LETTER)
        heel = len(stuk.tekst) * letter + _CELRUIMTE
        woord = max(map(len, stuk.tekst.split()), default=0) * letter + _CELRUIMTE
        breedste = max(breedste, heel if stuk.opmaak in _LETTER and heel <= grens else min(woord, grens))
    return breedste
