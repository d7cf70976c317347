"""Tick boxes of a PDF that belong to one question, where neither their names nor their titles say so."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.read.pdffields import Field
from pipeline.read.pdftables import GOES_ON
from pipeline.read.pdftext import Box

_SAME_EDGE = 3.0
_FAR_BELOW = 40.0
#: a name that a program gave, as "Check Box 12" or "Selectievakje7"
_GIVEN = re.compile(r"[^.]*|.*?(check|vakje|kruis|tick|box|button|option|optie)[^.]*\d", re.IGNORECASE | re.DOTALL)


@dataclass
class Group:
    """Boxes in a row or a column, with the words before the first: the question."""

    label: str
    fields: list[Field] = field(default_factory=list)

    def takes(self, box: Field, before: str) -> bool:
        """Whether this box goes on where the last one stood; `before` are the words on its left."""
        first, last, here = self.fields[0].widgets[0], self.fields[-1].widgets[0], box.widgets[0]
        if here.page != last.page:
            return False
        if _level(last.box, here.box):
            return here.box[0] > last.box[0]
        below = 0 < last.box[1] - here.box[1] < _FAR_BELOW and abs(first.box[0] - here.box[0]) < _SAME_EDGE
        return below and (not before or (before in self.label and GOES_ON.match(before) is not None))


def find_groups(fields: Sequence[Field], read_before: Callable[[Field], str]) -> list[Group]:
    """Return the groups of at least two boxes that have a question before them; `read_before` reads those words."""
    groups: list[Group] = []
    open_group: Group | None = None
    for box in fields:
        if not _is_anonymous(box):
            open_group = None
            continue
        before = read_before(box)
        if open_group is None or not open_group.takes(box, before):
            open_group = Group(before)
            groups.append(open_group)
        open_group.fields.append(box)
    return [group for group in groups if group.label and len(group.fields) > 1]


def _is_anonymous(box: Field) -> bool:
    single = len(box.widgets) == 1 and not box.hidden and not box.title
    return box.kind == "/Btn" and single and _GIVEN.fullmatch(box.name) is not None


def _level(first: Box, second: Box) -> bool:
    return first[1] < second[3] and second[1] < first[3]
