"""A series of scrambles for one recipient of one kind of document, and what changed in his copies by it: nothing."""

from __future__ import annotations

import functools
import gc
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import ne

from support_bewijs import TAFELS, Kijker, Wereld, make_wereld, share, share_one
from support_regels import list_kijkers
from support_roering import LATERE_STAPPEN, Roerder
from support_zicht import Zicht

from pipeline.render import render_deelbeeld
from pipeline.settings import SJABLONEN
from schemas.base import Model
from schemas.deelbeeld import Deelbeeld
from schemas.documentsoort import Documentsoort

#: Steps that must have been taken for every role, a quarter as often as there were scrambles at least, and steps
#: that must have been taken for some role.
STEEDS = ("vervang", "leeg", "weg", "vlag", "rij weg", "rij dubbel", "rij bij", "rij verplaatst")
OOIT = (
    *("rubrieken verplaatst", "antwoorden verplaatst", "eerder"),
    *(f"dossier {stap}" for stap in ("ontvangsten", "eerdere_code", "aangemeld_op", *LATERE_STAPPEN)),
)


@dataclass
class Uitslag:
    """What a series of scrambles came to: paths that differed, never their contents, and what was stirred."""

    roeringen: int = 0
    beelden: int = 0  #: copies that were compared
    woorden: int = 0  #: Word files that were made of them and compared byte by byte
    pdfs: int = 0
    verschillen: Counter[str] = field(default_factory=Counter)
    gedaan: Counter[str] = field(default_factory=Counter)

    def add(self, ander: Uitslag) -> None:
        self.roeringen += ander.roeringen
        self.beelden += ander.beelden
        self.woorden += ander.woorden
        self.pdfs += ander.pdfs
        self.verschillen.update(ander.verschillen)
        self.gedaan.update(ander.gedaan)

    def list_undone(self) -> list[str]:
        """Kinds of stirring that did not happen often enough to prove anything for this role."""
        return [stap for stap in STEEDS if 4 * self.gedaan[stap] < self.roeringen]


def group_kijkers(wereld: Wereld, soort: Documentsoort) -> dict[str, list[Kijker]]:
    """Of each role the first two: those of a role that goes by the town get different cases."""
    per_rol: dict[str, list[Kijker]] = {}
    for kijker in list_kijkers(wereld, soort):
        per_rol.setdefault(" ".join(sorted(kijker.rollen)), []).append(kijker)
    return {rol: gelijken[:2] for rol, gelijken in per_rol.items()}


def run_role(tafel: str, soort: Documentsoort, kijkers: Sequence[Kijker], aantal: int, zaad: int = 1) -> Uitslag:
    """So many scrambles for the recipients of one role, each his part; of every tenth the Word file too."""
    uitslag = Uitslag()
    for nummer, kijker in enumerate(kijkers):
        deel = aantal // len(kijkers) + (nummer < aantal % len(kijkers))
        uitslag.add(run_series(tafel, soort, kijker, deel, zaad))
    return uitslag


@functools.lru_cache(maxsize=4)
def _share_first(tafel: str, soort_id: str, zaad: int) -> tuple[Deelbeeld, ...]:
    soort = TAFELS[tafel].get_document(soort_id)
    assert soort is not None
    return share(make_wereld(tafel, soort, zaad), soort)


def run_series(tafel: str, soort: Documentsoort, kijker: Kijker, aantal: int, zaad: int = 1) -> Uitslag:
    """So many scrambles for one recipient."""
    wereld, alle = make_wereld(tafel, soort, zaad), _share_first(tafel, soort.id, zaad)
    roerder = make_roerder(wereld, soort, kijker)
    eerst, anders = pick(alle, kijker), next((b for b in alle if b.ontvanger.id != kijker.id), None)
    woorden = [make_word(beeld) for beeld in eerst]
    uitslag = Uitslag(aantal, aantal * len(eerst), gedaan=roerder.gedaan)
    _keep_tables()
    for nummer, geroerd in enumerate(roerder.stir_on(aantal)):
        daarna = share_one(geroerd, soort, kijker, anders)
        if daarna != eerst:
            uitslag.verschillen.update(set(list_differences(eerst, daarna)))
        elif nummer % 10 == 9:
            uitslag.woorden += len(eerst)
            uitslag.verschillen["Word"] += sum(map(ne, map(make_word, daarna), woorden))
    uitslag.verschillen = +uitslag.verschillen
    return uitslag


@functools.cache
def _keep_tables() -> None:
    """Tables and templates stay as long as the process: the collector need not look through them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def make_word(beeld: Deelbeeld) -> bytes:
    return render_deelbeeld(beeld, get_template(beeld.sjabloon))


@functools.cache
def get_template(sjabloon: str) -> bytes:
    return (SJABLONEN / "standaard" / f"{sjabloon}.docx").read_bytes()


def make_roerder(wereld: Wereld, soort: Documentsoort, kijker: Kijker) -> Roerder:
    zaad = f"{wereld.data.tafel.id} {soort.id} {kijker.id}"
    return Roerder(Zicht(wereld, soort, kijker), random.Random(zaad))  # noqa: S311


def pick(beelden: Sequence[Deelbeeld], kijker: Kijker) -> tuple[Deelbeeld, ...]:
    return tuple(beeld for beeld in beelden if beeld.ontvanger.id == kijker.id)


def list_differences(een: object, ander: object, pad: str = "") -> Iterator[str]:
    """The paths at which two Deelbeelden differ; never their contents."""
    if isinstance(een, Model):
        for veld in type(een).model_fields:
            yield from list_differences(getattr(een, veld), getattr(ander, veld), f"{pad}.{veld}")
    elif isinstance(een, tuple) and isinstance(ander, tuple) and len(een) == len(ander):
        for plaats, (links, rechts) in enumerate(zip(een, ander, strict=True)):
            yield from list_differences(links, rechts, f"{pad}[{plaats}]")
    elif een != ander:
        yield pad
