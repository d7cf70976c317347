"""How often each word may stand in a document: what its template says, with the values of one Deelbeeld filled in."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.verify.tags import ALL, Loop, Path, Reading, Site
from pipeline.verify.tokens import count_tokens

#: A word that may stand there as often as it likes: in a template whose loops cannot be followed.
UNBOUNDED = math.inf


@dataclass(frozen=True)
class Budget:
    """The most of each word; `get` gives 0 for a word that nothing explains."""

    most: Mapping[str, float]

    def __contains__(self, token: object) -> bool:
        return token in self.most

    def get(self, token: str) -> float:
        """How often a word may occur."""
        return self.most.get(token, 0)


def make_budget(readings: Iterable[Reading], values: Mapping[str, object]) -> Budget:
    """Add up what all parts of a template may print of these values."""
    readings = tuple(readings)
    counter = _Counter(values)
    if all(reading.known for reading in readings):
        for site in (site for reading in readings for site in reading.sites):
            counter.add(site)
        return Budget(counter.most)
    texts = [site.text for reading in readings for site in reading.sites]
    words = count_tokens("\n".join((*texts, *_list_leaves(values), *map(str, range(counter.longest + 1)))))
    return Budget(dict.fromkeys(words, UNBOUNDED))


class _Counter:
    def __init__(self, values: Mapping[str, object]) -> None:
        self.most: Counter[str] = Counter()
        self._values = values
        self._nodes: dict[Path, list[object]] = {(): [values]}
        self._tokens: dict[Path, Counter[str]] = {}

    @property
    def longest(self) -> int:
        """How many items the longest list has: no number that a template counts itself is greater."""
        return max((len(deel) for deel in _iterate_lists(self._values)), default=0)

    def add(self, site: Site) -> None:
        """Add one place that prints."""
        times = self._count_rounds(site)
        if not times:
            return
        if site.counts:
            self.most.update({str(number): times for number in range(self.longest + 1)})
        elif site.path:
            for token, count in self._count_leaves(site.path).items():
                self.most[token] += count * times
        else:
            for token, count in count_tokens(site.text).items():
                self.most[token] += count * times

    def _count_rounds(self, site: Site) -> int:
        """How often a place prints each of its items: once, times the loops that have nothing to do with them."""
        if site.path:
            return math.prod(self._longest_at(loop) for loop in site.loops if loop.id not in site.own)
        if not site.loops:
            return 1
        last = site.loops[-1]
        rounds = len(self._find((*last.path, ALL)))
        return rounds * math.prod(self._longest_at(loop) for loop in site.loops if loop.id not in {*last.own, last.id})

    def _longest_at(self, loop: Loop) -> int:
        return max((len(node) for node in self._find(loop.path) if isinstance(node, list | tuple)), default=0)

    def _count_leaves(self, path: Path) -> Counter[str]:
        if path not in self._tokens:
            leaves = [str(leaf) for leaf in self._find(path) if isinstance(leaf, str | int)]
            self._tokens[path] = count_tokens("\n".join(leaves))
        return self._tokens[path]

    def _find(self, path: Path) -> list[object]:
        """Every value to which a path leads."""
        if path not in self._nodes:
            self._nodes[path] = [value for node in self._find(path[:-1]) for value in _step(node, path[-1])]
        return self._nodes[path]


def _step(node: object, key: str) -> Iterator[object]:
    if key == ALL and isinstance(node, list | tuple):
        yield from node
    elif isinstance(node, dict) and key in node:
        yield node[key]


def _iterate_lists(node: object) -> Iterator[list[object] | tuple[object, ...]]:
    if isinstance(node, list | tuple):
        yield node
    parts = node.values() if isinstance(node, dict) else node if isinstance(node, list | tuple) else ()
    for part in parts:
        yield from _iterate_lists(part)


def _list_leaves(node: object) -> Iterator[str]:
    if isinstance(node, str | int):
        yield str(node)
    parts = node.values() if isinstance(node, dict) else node if isinstance(node, list | tuple) else ()
    for part in parts:
        yield from _list_leaves(part)
