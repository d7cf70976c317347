"""Meaningless codes: for a case, a form's number, a to-do."""

from __future__ import annotations

#: Consonants and digits that nobody mistakes for one another: a code spells no word and hides no initials.
TEKENS = "BCDFGHJKLMNPQRTVWXZ2346789"


def spell_code(som: bytes, lengte: int) -> str:
    """So many characters out of a digest."""
    return "".join(TEKENS[byte % len(TEKENS)] for byte in som[:lengte])
