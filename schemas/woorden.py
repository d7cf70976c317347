"""Numbers and lists as a Dutch sentence says them."""

from __future__ import annotations

from collections.abc import Sequence


def tell_count(aantal: int, een: str, meer: str) -> str:
    """Say `een` after one and `meer` after any other number: "1 casus", "3 casussen"."""
    return f"1 {een}" if aantal == 1 else f"{aantal} {meer}"


def join_words(woorden: Sequence[str], voegwoord: str = "en") -> str:
    """Join one word or more: "de ene, de andere en de derde"."""
    return f" {voegwoord} ".join(filter(None, (", ".join(woorden[:-1]), woorden[-1])))
