"""Names of PDF fields: which tag they carry and, where a name is numbered, which repeated row they are of."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SURE = re.compile(r"(.+?)(?:#(\d{1,4})|\[(\d{1,4})\]|\.(\d{1,4}))")
_MAYBE = re.compile(r"(.+?)[_ ](\d{1,4})")
_XFA_INDEX = re.compile(r"\[0\]")


def split_names(names: Iterable[str]) -> dict[str, tuple[str, int | None]]:
    """Return tag and row (from 0) per field name.

    `tag#2`, `tag[2]` and `tag.2` are rows; `tag_2` is one only where a field `tag` exists as well, since
    `stap_1` and `stap_2` may be two questions. Rows count per group (before the first dot), so that a row that lacks
    a field does not shift the others.
    """
    known = list(dict.fromkeys(names))
    split = {name: _split(name, set(known)) for name in known}
    repeated = {tag for tag, number in split.values() if number is not None}
    numbers: dict[str, set[int]] = {}
    for tag, number in split.values():
        if tag in repeated:
            numbers.setdefault(_group(tag), set()).add(-1 if number is None else number)
    order = {group: sorted(found) for group, found in numbers.items()}
    return {
        name: (tag, order[_group(tag)].index(-1 if number is None else number) if tag in repeated else None)
        for name, (tag, number) in split.items()
    }


def _split(name: str, known: set[str]) -> tuple[str, int | None]:
    sure = _SURE.fullmatch(name)
    if sure is not None and not name.endswith("[0]"):
        number = next(part for part in sure.groups()[1:] if part is not None)
        return _XFA_INDEX.sub("", sure.group(1)), int(number)
    maybe = _MAYBE.fullmatch(name)
    if maybe is not None and maybe.group(1) in known:
        return maybe.group(1), int(maybe.group(2))
    return _XFA_INDEX.sub("", name), None


def _group(tag: str) -> str:
    return tag.partition(".")[0] if "." in tag else tag
