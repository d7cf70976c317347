"""Whether every word on the pages of a PDF stands in its Word file, and not more often than pages repeat it."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.verify.tokens import list_printed

#: Marks before the items of a list that engines draw when a font lacks the one that was asked for.
_BULLETS = frozenset("•◦▪●○■□‣·o§")
#: Pieces into which the edge of a cell may break one word.
_MOST_PIECES = 8


@dataclass(frozen=True)
class Source:
    """What a Word file prints: once, or again on each page; and numbers that the layout makes."""

    once: tuple[str, ...]
    each_page: tuple[str, ...]
    numbers: int  #: the highest number that a page, a list or a footnote may bear
    marks: frozenset[str]  #: that a list puts before its items

    @cached_property
    def _once(self) -> Counter[str]:
        return Counter(token for text in self.once for token in list_printed(text))

    @cached_property
    def _again(self) -> Counter[str]:
        return Counter(token for text in self.each_page for token in list_printed(text))

    @cached_property
    def known(self) -> frozenset[str]:
        """Every word that may be printed."""
        numbers = (str(number) for number in range(1, self.numbers + 1))
        return frozenset({*self._once, *self._again, *numbers, *self.marks, *_BULLETS})

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Words that follow each other: an engine may print them without a blank, also over cells and paragraphs."""
        order = [list_printed(text) for text in (*self.once, *self.each_page)]
        inside = {pair for tokens in order for pair in itertools.pairwise(tokens)}
        ends = {tokens[-1] for tokens in order if tokens} | {str(number) for number in range(1, self.numbers + 1)}
        begins = {tokens[0] for tokens in order if tokens}
        return frozenset(inside | set(itertools.product(ends | self.marks, begins)))

    def get_most(self, token: str, pages: int) -> int:
        """How often a word may be printed on so many pages."""
        return self._once[token] + pages * self._again[token]

    def is_free(self, token: str) -> bool:
        """Whether a word is a number or mark of the layout, which is not counted."""
        return token in self.marks | _BULLETS or (token.isdigit() and int(token) <= self.numbers)


def find_unknown(source: Source, pages: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Page and place on it of each word that the Word file does not hold, counted from 1."""
    loose: list[tuple[int, int, str]] = []
    for number, text in enumerate(pages, start=1):
        tokens = list_printed(text)
        for place, token in enumerate(tokens):
            if token not in source.known and not _is_explained(tokens, place, source):
                loose.append((number, place + 1, token))
    yield from ((number, place) for number, place, _ in _drop_broken(loose, source.known))


def find_repeated(source: Source, pages: Sequence[str]) -> Iterator[int]:
    """The page on which a word stands once more than the Word file and its pages explain."""
    used: Counter[str] = Counter()
    for number, text in enumerate(pages, start=1):
        for token in list_printed(text):
            used[token] += 1
            if token in source.known and not source.is_free(token) and used[token] > source.get_most(token, len(pages)):
                yield number


def _is_explained(tokens: Sequence[str], place: int, source: Source) -> bool:
    """Whether a word is part of one that a line broke, or two words that stand next to each other."""
    for begin in range(max(place - _MOST_PIECES, 0), place + 1):
        for end in range(place + 1, min(place + _MOST_PIECES, len(tokens)) + 1):
            if end - begin > 1 and "".join(tokens[begin:end]) in source.known:
                return True
    return _is_chain(tokens[place], "", source)


def _is_chain(token: str, before: str, source: Source) -> bool:
    """Whether a word is made of known words that follow each other in the Word file."""
    for cut in range(1, len(token) + 1):
        first = token[:cut]
        if first not in source.known or (before and (before, first) not in source.pairs):
            continue
        if cut == len(token):
            return bool(before)
        if _is_chain(token[cut:], first, source):
            return True
    return False


def _drop_broken(loose: Sequence[tuple[int, int, str]], known: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Two pieces of one word that the end of a page or cell parted explain each other, once."""
    left = list(loose)
    for first, second in itertools.permutations(loose, 2):
        if first in left and second in left and first[2] + second[2] in known:
            left.remove(first)
            left.remove(second)
    yield from left
