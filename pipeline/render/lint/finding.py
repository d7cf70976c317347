"""What the lint finds: a Bevinding, and the paragraph and tag that it is about, so that they can be marked."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.render.lint.places import Plek
from schemas.bevinding import Bevinding, Ernst


@dataclass(frozen=True, eq=False)
class Vondst:
    """One fault. `stuk` is where in the text of the paragraph; None for the whole of it."""

    bevinding: Bevinding
    plek: Plek | None = None
    stuk: tuple[int, int] | None = None


def make_finding(code: str, plaats: str, melding: str, remedie: str, ernst: Ernst = Ernst.WAARSCHUWING) -> Bevinding:
    """A finding about a template."""
    return Bevinding(code=code, plaats=plaats, melding=melding, remedie=remedie, ernst=ernst)


def make_vondst(
    code: str,
    plek: Plek,
    melding: str,
    remedie: str,
    *,
    ernst: Ernst = Ernst.WAARSCHUWING,
    stuk: tuple[int, int] | None = None,
) -> Vondst:
    """A fault at a paragraph."""
    return Vondst(make_finding(code, plek.waar, melding, remedie, ernst), plek, stuk)
