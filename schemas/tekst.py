"""Comparing what people type: labels, options and names, whatever their case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata

_HAAKJES = re.compile(r"\([^)]*\)")
_GEEN_WOORD = re.compile(r"[\W_]+")  # letters of any script are words: a name may be Greek or Arabic


def normalise(tekst: str) -> str:
    """Fold case, accents, punctuation and spaces: "Naam (cliënt):*" becomes "naam client"."""
    kaal = unicodedata.normalize("NFKD", tekst.casefold())
    zonder = kaal if kaal.isascii() else "".join(teken for teken in kaal if not unicodedata.combining(teken))
    return _GEEN_WOORD.sub(" ", zonder).strip()


def normalise_variants(tekst: str) -> tuple[str, ...]:
    """The folded text, and the same without what stands between brackets."""
    return tuple(dict.fromkeys(filter(None, (normalise(tekst), normalise(_HAAKJES.sub(" ", tekst))))))
