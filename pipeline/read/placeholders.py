"""The prompts that stand in an empty field, which every text reader prints as if they were answers."""

from __future__ import annotations

import re

from pipeline.read.normalise import fold

_PATTERNS = (
    r"(klik|tik|klik of tik|klik of typ)( hier)? (om|als u)( \w+){1,5} "
    r"(te voeren|wilt invoeren|te typen|te vullen|te kiezen|te selecteren)",
    r"klik hier( en typ)?",
    r"(kies|selecteer|maak) een (item|keuze|optie|datum|bouwsteen|waarde)",
    r"typ hier( uw| je| de)? ?(tekst|antwoord|namen)?",
    r"vul hier( uw| je)? ?(tekst|antwoord)? in",
    r"(click|tap|click or tap)( here)? to enter( a)? (text|date)",
    r"click here to enter( a)? (text|date)",
    r"(choose|select) an? (item|date|option|building block)",
    r"enter any content that you want to repeat.*",
    r"voer (alle|de) inhoud in die u wilt herhalen.*",
    r"place ?holder text",
)
_WHOLE = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))
_PARTS = (
    "klik of tik om ",
    "klik hier als u tekst",
    "click or tap here to enter",
    "click here to enter",
    "kies een item.",
    "typ hier namen",
)
_PROMPT_START = ("kies", "selecteer", "maak een keuze", "select", "choose", "please select", "--", "<")
_MAX_PROMPT = 200


def is_phrase(text: str) -> bool:
    """Return whether the whole text is a known prompt."""
    return len(text) <= _MAX_PROMPT and _WHOLE.fullmatch(fold(text)) is not None


def contains_phrase(text: str) -> bool:
    """Return whether a known prompt is left inside an answer."""
    folded = text.casefold()
    return any(part in folded for part in _PARTS)


def is_list_prompt(text: str) -> bool:
    """Return whether the first entry of a list is a prompt ("Kies…", "---") and not an answer."""
    folded = fold(text)
    return not folded.strip("-_ ") or folded.startswith(_PROMPT_START)
