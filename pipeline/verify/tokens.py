"""The words of a text: runs of letters, runs of digits, and each other character that is no blank."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
#: What engines keep as it is; they change blanks and punctuation.
_KEPT = "LNSM"


def list_tokens(text: str) -> list[str]:
    """The words in their order, without capitals; letters and digits part, so that "v2" is two words."""
    return _TOKEN.findall(text.casefold())


def count_tokens(text: str) -> Counter[str]:
    """How often each word stands in a text."""
    return Counter(list_tokens(text))


def list_printed(text: str) -> list[str]:
    """The words as they can be compared with those on a page: one form of each letter, no punctuation."""
    plat = unicodedata.normalize("NFKC", text.replace("\u00ad", ""))
    return [token for token in list_tokens(plat) if is_kept(token[0])]


@lru_cache(maxsize=4096)
def is_kept(teken: str) -> bool:
    """Whether a character means something on a page: a letter, digit, symbol or mark."""
    return unicodedata.category(teken)[0] in _KEPT


def count_letters(text: str) -> Counter[str]:
    """How often each letter, digit, symbol and mark stands in a text, in whatever order and however parted."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return Counter({letter: count for letter, count in Counter(plain).items() if is_kept(letter)})
