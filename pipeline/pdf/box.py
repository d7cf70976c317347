"""Rectangles on a page."""

from __future__ import annotations

from typing import NamedTuple

_NEAR = 1.0


class Box(NamedTuple):
    """A rectangle on a page, in points from the lower left."""

    links: float
    onder: float
    rechts: float
    boven: float

    @property
    def area(self) -> float:
        """Width times height."""
        return max(self.rechts - self.links, 0) * max(self.boven - self.onder, 0)

    def overlap(self, ander: Box) -> Box:
        """Give the part that two boxes share (area 0 when none)."""
        return Box(
            max(self.links, ander.links),
            max(self.onder, ander.onder),
            min(self.rechts, ander.rechts),
            min(self.boven, ander.boven),
        )

    def touches(self, ander: Box) -> bool:
        """Say whether two boxes share a part."""
        naast = self.links >= ander.rechts or ander.links >= self.rechts
        return not naast and self.onder < ander.boven and ander.onder < self.boven

    def is_near(self, ander: Box) -> bool:
        """Say whether two boxes are the same but for a hair."""
        verschillen = (
            self.links - ander.links,
            self.onder - ander.onder,
            self.rechts - ander.rechts,
            self.boven - ander.boven,
        )
        return all(abs(verschil) < _NEAR for verschil in verschillen)
