"""Makes text of forms comparable: one kind of space, composed letters, no invisible characters."""

from __future__ import annotations

import re
import unicodedata

_DROPPED = dict.fromkeys(
    map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)
_CHANGED = {
    ord(char): " "
    for char in "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
}
_CHANGED |= {
    ord("\u2011"): "-",
    ord("\v"): "\n",
    ord("\f"): "\n",
    ord("\u2028"): "\n",
    ord("\u2029"): "\n",
    ord("\x85"): "\n",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_LEADER = re.compile(r"[_.…·]{3,}|…+")
_LINE = r"(?:_{3,}|\.{4,}|…{2,})"
#: at the begin of a line, or loose at its end: within somebody's sentence they are his own dots
_VALUE_LEADER = re.compile(rf"(?m)^[ \t]*{_LINE}|(?:(?<=[ \t])|^){_LINE}[ \t]*$")
MAX_LABEL = 200


def normalise(text: str) -> str:
    """Return the text in NFC with plain spaces and newlines, without soft hyphens, marks and control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_DROPPED).translate(_CHANGED)
    return unicodedata.normalize("NFC", _CONTROL.sub("", text))


def clean_value(text: str) -> str:
    """Return an answer: normalised, no blanks at line ends, no blank lines at the ends."""
    return "\n".join(line.strip() for line in normalise(text).split("\n")).strip()


def clean_label(text: str) -> str:
    """Return a label on one line, without closing colon, leader dots or lines, and of bounded length."""
    line = " ".join(_LEADER.sub(" ", normalise(text)).split())
    return line.strip(" \t:*").strip()[:MAX_LABEL]


def drop_leaders(text: str) -> str:
    """Return a value without the dotted or underscored line that it was written on."""
    without = _VALUE_LEADER.sub(" ", text)
    return text if without == text else re.sub(r"[ \t]{2,}", " ", without).strip()


def fold(text: str) -> str:
    """Return the text as it is compared: lower case, single spaces, no closing punctuation."""
    return " ".join(normalise(text).casefold().split()).strip(" .:…")


def is_same_label(first: str, second: str) -> bool:
    """Return whether two texts name the same thing, whatever closes them."""
    return fold(clean_label(first)).rstrip(" ?") == fold(clean_label(second)).rstrip(" ?")
