"""What is known at one place of a template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pipeline.render.lint.fields import Pad, Soort


@dataclass(frozen=True)
class Waarde:
    """What an expression yields: of which kind, by which name in the template, and which field it is."""

    soort: Soort
    naam: str = ""
    pad: Pad = ()


@dataclass(frozen=True)
class Fout:
    """What is wrong in an expression, and what to do."""

    code: str
    reden: str
    remedie: str


@dataclass(frozen=True)
class Bereik:
    """What is known at one place of a template.

    `namen`: what tags may use here; `zeker`: the fields that surely hold something; `lussen`: the names that some loop
    of the template gives, each with its tag; `gevraagd`: the fields that a condition around it asks for, and `gemeten`
    the lists of which it asks the length; `elke_naam` when any other name may be there as well.
    """

    namen: Mapping[str, Waarde]
    zeker: frozenset[Pad]
    lussen: Mapping[str, str]
    gevraagd: frozenset[Pad] = frozenset()
    gemeten: frozenset[Pad] = frozenset()
    elke_naam: bool = False

    def add(self, *paden: Pad, **namen: Waarde) -> Bereik:
        """The same with more known."""
        return replace(self, zeker=self.zeker | set(paden), namen={**self.namen, **namen})

    def ask(self, gevraagd: Iterable[Pad], gemeten: Iterable[Pad]) -> Bereik:
        """The same inside a condition that asks for these."""
        return replace(self, gevraagd=self.gevraagd | set(gevraagd), gemeten=self.gemeten | set(gemeten))

    def is_measured(self, pad: Pad) -> bool:
        """Whether a condition asks for the length of this list, or of one beside or above it."""
        return any(pad[: len(maat) - 1] == maat[:-1] for maat in self.gemeten if len(maat) > 1 or maat == pad)
