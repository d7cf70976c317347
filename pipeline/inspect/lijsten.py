"""Word lists beside the code: one word a line or more, "#" for remarks. Read once, and only when needed."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def read_lijst(naam: str) -> frozenset[str]:
    """The words of this list."""
    tekst = files(__package__).joinpath(f"{naam}.txt").read_text(encoding="utf-8")
    regels = (regel.split("#")[0] for regel in tekst.splitlines())
    return frozenset(woord for regel in regels for woord in regel.split())
