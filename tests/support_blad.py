"""A dossier that lies open to be stirred: steps change it in place, then it is closed again into a frozen value."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from support_bewijs import edit

from schemas.aanmelding import Antwoord, IngevuldeRubriek, Rij
from schemas.dossier import Dossier

T = TypeVar("T")

GEWAAGD = 2  #: risky steps that are tried at a time


@dataclass(eq=False, slots=True)
class Regel:
    """A row, or the answers of a rubriek that has no rows. None is an answer that was taken away."""

    rij: Rij | None
    antwoorden: list[Antwoord | None]
    geraakt: bool = False

    def list_answers(self) -> list[Antwoord]:
        return [antwoord for antwoord in self.antwoorden if antwoord is not None]

    def close(self) -> Rij:
        assert self.rij is not None
        return edit(self.rij, antwoorden=tuple(self.list_answers())) if self.geraakt else self.rij


class Vel:
    """A rubriek: `eerst` are its rows as they came, for finding one again; `rijen` as they stand now."""

    def __init__(self, rubriek: IngevuldeRubriek) -> None:
        self.rubriek = rubriek
        self.los = Regel(None, list(rubriek.antwoorden))
        self.eerst = tuple(Regel(rij, list(rij.antwoorden)) for rij in rubriek.rijen)
        self.rijen = list(self.eerst)

    def touch(self, nummer: int) -> Regel:
        """A row by its first number, to be changed; before the first row stand the answers without one."""
        regel = self.los if nummer < 0 else self.eerst[nummer]
        regel.geraakt = True
        return regel

    def close(self) -> IngevuldeRubriek:
        rijen = tuple([regel.close() for regel in self.rijen])
        return edit(self.rubriek, antwoorden=tuple(self.los.list_answers()), rijen=rijen)


class Blad:
    """One dossier: the rubrieken of its aanmelding, opened when a step asks for one, all the rest in `dossier`."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.orde = list(range(len(dossier.aanmelding.rubrieken)))
        self._vellen: dict[int, Vel] = {}

    def open(self, nummer: int) -> Vel:
        """A rubriek by its first number."""
        if nummer not in self._vellen:
            self._vellen[nummer] = Vel(self.dossier.aanmelding.rubrieken[nummer])
        return self._vellen[nummer]

    def close(self) -> Dossier:
        oud = self.dossier.aanmelding
        rubrieken = [self._vellen[n].close() if n in self._vellen else oud.rubrieken[n] for n in self.orde]
        return edit(self.dossier, aanmelding=edit(oud, rubrieken=tuple(rubrieken)))


Doe = Callable[[Blad], None]


@dataclass(eq=False, slots=True)
class Stap:
    """One thing done to a dossier. `sleutel` says to what, `soort` to what kind of thing: for learning by."""

    naam: str
    sleutel: Hashable
    soort: Hashable
    doe: Doe
    rang: int = 0  #: in which order the steps are taken


@dataclass(frozen=True)
class Greep(Generic[T]):
    """What is done to a list: to which item, with which new ones, at what part of its length."""

    hoe: str  #: vervang, weg, verplaatst or bij
    doel: T | None
    nieuw: tuple[T, ...]
    waar: float

    def change(self, oud: Sequence[T]) -> tuple[T, ...]:
        """The list with that item changed, taken away, put elsewhere, or in company."""
        lijst = list(oud)
        plaats = next((nummer for nummer, item in enumerate(lijst) if item is self.doel), None)
        if self.hoe != "bij":
            if plaats is None:
                return tuple(lijst)
            del lijst[plaats]
        if plaats is None or self.hoe == "verplaatst":
            plaats = int(self.waar * (len(lijst) + 1))
        lijst[plaats:plaats] = [self.doel] if self.hoe == "verplaatst" and self.doel is not None else list(self.nieuw)
        return tuple(lijst)


@dataclass
class Telling:
    """How often steps went well, and how often they would have changed what is released."""

    gelukt: Counter[Hashable] = field(default_factory=Counter)
    geweigerd: Counter[Hashable] = field(default_factory=Counter)

    def knows(self, sleutel: Hashable) -> bool:
        return sleutel in self.gelukt or sleutel in self.geweigerd

    def is_risky(self, sleutel: Hashable) -> bool:
        """Whether it was refused more than once in a while."""
        return 8 * self.geweigerd[sleutel] > self.gelukt[sleutel]


@dataclass
class Ervaring:
    """Which steps change what is released: tried apart and seldom, so that all others can be taken at once.

    It only says what to try together; whether a step is taken is decided anew each time. Of a thing that was never
    tried, things of its kind tell something: in any case of this recipient, or in a case of somebody else.
    """

    eigen: Telling = field(default_factory=Telling)
    soortgelijk: Sequence[Telling] = ()

    def is_risky(self, stap: Stap) -> bool:
        if self.eigen.knows(stap.sleutel):
            return self.eigen.is_risky(stap.sleutel)
        telling = next((telling for telling in self.soortgelijk if telling.knows(stap.soort)), None)
        return telling is not None and telling.is_risky(stap.soort)

    def split(self, stappen: Sequence[Stap], rng: random.Random) -> tuple[list[Stap], list[Stap]]:
        """The steps to take at once, and a few of the risky ones, the rarer the oftener they were refused."""
        veilig: list[Stap] = []
        riskant: list[Stap] = []
        for stap in stappen:
            if not self.is_risky(stap):
                veilig.append(stap)
            elif rng.random() * (1 + self.eigen.geweigerd[stap.sleutel]) < 1 + self.eigen.gelukt[stap.sleutel] / 4:
                riskant.append(stap)
        return veilig, rng.sample(riskant, min(len(riskant), GEWAAGD))

    def learn(self, stappen: Sequence[Stap], *, gelukt: bool) -> None:
        """What became of these steps."""
        (self.eigen.gelukt if gelukt else self.eigen.geweigerd).update(stap.sleutel for stap in stappen)
        for telling in self.soortgelijk:
            (telling.gelukt if gelukt else telling.geweigerd).update(stap.soort for stap in stappen)
