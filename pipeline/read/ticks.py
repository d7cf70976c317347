"""Ticks without a field: glyphs, symbol fonts, brackets and typed crosses all become ☒ or ☐."""

from __future__ import annotations

import re

ON = "☒"
OFF = "☐"

_ON_GLYPHS = "☑☒✓✔✗✘🗹🗷🗸⊠❎✅🗵"
_OFF_GLYPHS = "☐□▢◻❏❐❑❒⬜▫"
#: these are bullets as well: a tick only beside an open twin
_TWINS = {"■": "□▢◻☐⬜", "◼": "□▢◻☐⬜", "⬛": "□▢◻☐⬜", "●": "○◯", "◉": "○◯", "⦿": "○◯"}

#: codes in the private area (0xF000 + code) of symbol fonts, and the same codes as plain letters
_WINGDINGS_ON = {0xFB, 0xFC, 0xFD, 0xFE}
_WINGDINGS_OFF = {0x6F, 0x70, 0x71, 0x72, 0xA8}
_WINGDINGS2_ON = {0x4F, 0x50, 0x51, 0x52, 0x53, 0x54}
_WINGDINGS2_OFF = {0x2A, 0x30, 0xA3}
_SYMBOL_FONTS = {
    "wingdings": (_WINGDINGS_ON, _WINGDINGS_OFF),
    "wingdings 2": (_WINGDINGS2_ON, _WINGDINGS2_OFF),
}

_TRANSLATE = {ord(char): ON for char in _ON_GLYPHS} | {ord(char): OFF for char in _OFF_GLYPHS}
_VARIATION = re.compile("[\ufe0e\ufe0f]")
_SQUARE_ON = re.compile(r"\[ ?[xXvV☒] ?\]")
_SQUARE_OFF = re.compile(r"\[[ _]{0,3}\]")
_ROUND_ON = re.compile(r"\( ?[xX☒] ?\)")
_ROUND_OFF = re.compile(r"\( {0,3}\)")
_LONE_CROSS = re.compile(r"^[xX]$")
_TYPED_CROSS = re.compile(r"(^|\n|\t|  )[xX](?=[ \t]+\w)")


def normalise_ticks(text: str) -> str:
    """Return the text with every kind of tick as ☒ or ☐.

    A `v` alone is left: it is as often "vrouw" as a tick. `(x)` counts at the start or beside an open `( )`.
    """
    text = _VARIATION.sub("", text)
    for mark, open_marks in _TWINS.items():
        if mark in text and any(twin in text for twin in open_marks):
            text = text.replace(mark, ON)
            text = re.sub(f"[{open_marks}]", OFF, text)
    text = text.translate(_TRANSLATE)
    text = _SQUARE_OFF.sub(OFF, _SQUARE_ON.sub(ON, text))
    if _ROUND_OFF.search(text) or _ROUND_ON.match(text.lstrip()):
        text = _ROUND_OFF.sub(OFF, _ROUND_ON.sub(ON, text))
    return _TYPED_CROSS.sub(rf"\g<1>{ON}", _LONE_CROSS.sub(ON, text))


def has_tick(text: str) -> bool:
    """Return whether the (normalised) text holds a tick, on or off."""
    return ON in text or OFF in text


def map_symbol(font: str, code: int) -> str:
    """Return what a `w:sym` shows: a tick for the known codes, nothing for another symbol of a symbol font."""
    low = code - 0xF000 if code >= 0xF000 else code
    on, off = _SYMBOL_FONTS.get(font.strip().lower(), (set(), set()))
    if low in on:
        return ON
    if low in off:
        return OFF
    if on or 0xE000 <= code <= 0xF8FF or not 0x20 <= code < 0xD800:
        return ""
    return chr(code)


def map_typed(font: str, text: str) -> str:
    """Return text that was typed in a symbol font (þ and o in Wingdings) as ticks; other text unchanged."""
    if font.strip().lower() not in _SYMBOL_FONTS:
        return text
    return "".join(map_symbol(font, ord(char)) or char for char in text)


def read_glyph(text: str, on_glyph: str, off_glyph: str) -> bool | None:
    """Return what the character shown in a tick box says; None when it says nothing known."""
    shown = _VARIATION.sub("", text).strip()
    if not shown:
        return None
    if shown in (on_glyph, ON) and shown != off_glyph:
        return True
    if shown in (off_glyph, OFF):
        return False
    return {ON: True, OFF: False}.get(normalise_ticks(shown))
