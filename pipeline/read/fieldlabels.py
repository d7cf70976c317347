"""The label of a field: its title, else the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.read.model import Control, Part, show
from pipeline.read.normalise import clean_label, normalise
from pipeline.read.ticks import OFF, ON

NO_LABEL = "zonder label"
#: words further away than this many runs name nothing
_WINDOW = 50
_BREAK = re.compile(r"[\t\n]| {2,}")


@dataclass(frozen=True)
class Surroundings:
    """The texts that may name a field: the cell to the left, the head of the column, the line before."""

    left: str = ""
    head: str = ""
    previous: str = ""


def label_inline(items: Sequence[Part], around: Surroundings) -> Iterator[tuple[Control, str]]:
    """Yield the controls of one line with their labels, inner ones after their outer one."""
    for index, item in enumerate(items):
        if isinstance(item, Control):
            before = _last_words(_gather(reversed(items[max(0, index - _WINDOW) : index]), backwards=True))
            after = _first_words(_gather(iter(items[index + 1 : index + 1 + _WINDOW]), backwards=False))
            label = find_label(item, before, after, around)
            yield item, label
            yield from label_inline(item.parts, Surroundings(previous=label))


def find_label(control: Control, before: str, after: str, around: Surroundings) -> str:
    """Return the label; of a tick box the words after it come first, of other fields the words before it."""
    near = (after, before) if control.is_tick else (before,)
    candidates = (control.alias, *near, around.left, around.head, around.previous, control.tag or "")
    return next((label for label in map(_strip, candidates) if label), NO_LABEL)


def _strip(text: str) -> str:
    return clean_label(text.replace(ON, " ").replace(OFF, " "))


def _gather(items: Iterator[Part], *, backwards: bool) -> str:
    pieces: list[str] = []
    for item in items:
        if not isinstance(item, str):
            break
        pieces.append(item)
    return normalise("".join(reversed(pieces) if backwards else pieces))


def _first_words(text: str) -> str:
    return _BREAK.split(text.strip(" "))[0]


def _last_words(text: str) -> str:
    return next((part for part in reversed(_BREAK.split(text)) if part.strip(" :")), "")


def show_label_text(parts: Sequence[Part]) -> str:
    """Return the first line of a cell or paragraph that can serve as a label."""
    lines = (normalise(show(part)).replace("\n", " ").strip() for part in parts)
    return next((line for line in lines if line), "")
