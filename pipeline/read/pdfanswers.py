"""The answers in PDF fields: what a value, a state and the words beside a widget mean together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pypdf.generic import ArrayObject, NameObject

from pipeline.read.controls import MAX_ANSWER
from pipeline.read.draft import Draft, draft_label
from pipeline.read.findings import Findings
from pipeline.read.pdffields import Field, Widget, read_text
from pipeline.read.pdfgroups import Group, find_groups
from pipeline.read.pdfnames import split_names
from pipeline.read.pdftext import Box, PageText
from pipeline.read.placeholders import is_list_prompt, is_phrase
from pipeline.read.ticks import OFF, ON
from schemas.inzending import RuwAntwoord, RuweSoort

_PUSH_BUTTON = 1 << 16
_GENERIC_STATE = re.compile(r"(choice|opt|option|keuze|button)?[ _]?\d*|on|yes|aan|ja_\d+", re.IGNORECASE)
_OFF = (None, "", "Off", "Uit")


def read_field_answers(fields: Sequence[Field], pages: Sequence[PageText], findings: Findings) -> list[Draft]:
    """Return the answers of all visible fields, in the order given; hidden ones that hold a value are reported."""
    boxes: dict[int, list[Box]] = {}
    for field in fields:
        for widget in field.widgets:
            boxes.setdefault(widget.page, []).append(widget.box)
    names = split_names(field.name for field in fields)
    labeller = _Labeller(pages, boxes)
    shown = [field for field in fields if not (field.kind == "/Btn" and field.flags & _PUSH_BUTTON)]
    groups = {id(f): g for g in find_groups(shown, labeller.read_before) for f in g.fields}
    drafts = []
    for field in shown:
        if field.hidden:
            if read_text(field.value) not in _OFF:
                findings.add("pdf-veld-verborgen", _place(field), label=field.title or field.name)
            continue
        tag, rij = names[field.name]
        group = groups.get(id(field))
        if group is None:
            drafts.append(Draft(_build_answer(field, tag, rij, labeller, findings)))
        elif field is group.fields[0]:
            drafts.append(_draft_group(group, labeller, findings))
    return drafts


def _draft_group(group: Group, labeller: _Labeller, findings: Findings) -> Draft:
    """The question with all its options, as a document without fields shows it."""
    boxes = [_read_button(field, labeller, findings) for field in group.fields]
    options = "\n".join(f"{ON if ticked else OFF} {label}" for _, label, ticked in boxes)
    return draft_label(group.label, options, _place(group.fields[0]))


class _Labeller:
    """Finds the words beside a widget."""

    def __init__(self, pages: Sequence[PageText], boxes: dict[int, list[Box]]) -> None:
        self._pages = pages
        self._boxes = boxes

    def find(self, widget: Widget, *, after: bool) -> str:
        """Return the nearest words: behind a tick box, else before or above the field."""
        if not self._has(widget):
            return ""
        left, right, above = self._pages[widget.page].read_near(widget.box, self._boxes[widget.page])
        return (right or left or above) if after else (left or above)

    def read_before(self, field: Field) -> str:
        """Return the words on the left of a tick box."""
        widget = field.widgets[0]
        return self._pages[widget.page].read_near(widget.box, self._boxes[widget.page])[0] if self._has(widget) else ""

    def _has(self, widget: Widget) -> bool:
        return widget.page < len(self._pages)

    def name(self, field: Field, *, after: bool) -> str:
        """Return the title of a field, else the nearest words, else its name."""
        near = self.find(field.widgets[0], after=after) if field.widgets and not field.title else ""
        return field.title or near or field.name or "zonder label"


def _build_answer(field: Field, tag: str, rij: int | None, labeller: _Labeller, findings: Findings) -> RuwAntwoord:
    waarde: str | bool | tuple[str, ...]
    if field.kind == "/Btn":
        soort, label, waarde = _read_button(field, labeller, findings)
    else:
        label = labeller.name(field, after=False)
        soort, waarde = _read_choice(field) if field.kind == "/Ch" else (RuweSoort.TEKST, _read_plain(field))
    if isinstance(waarde, str) and len(waarde) > MAX_ANSWER:
        findings.add("antwoord-te-lang", _place(field), label=label)
    return RuwAntwoord(
        label=label, waarde=waarde, soort=soort, plaats=_place(field), leeg=not waarde, tag=tag or None, rij=rij
    )


def _read_plain(field: Field) -> str:
    text = read_text(field.value)
    return "" if is_phrase(text) else text


def _read_choice(field: Field) -> tuple[RuweSoort, str | tuple[str, ...]]:
    shown = dict(field.options)
    if isinstance(field.value, ArrayObject):
        chosen = tuple(shown.get(read_text(value), read_text(value)) for value in field.value)
        return RuweSoort.KEUZE, chosen[0] if len(chosen) == 1 else chosen or ""
    value = read_text(field.value)
    text = shown.get(value, value)
    is_prompt = is_phrase(text) or (field.options and text == field.options[0][1] and is_list_prompt(text))
    return RuweSoort.KEUZE, "" if is_prompt else text


def _read_button(field: Field, labeller: _Labeller, findings: Findings) -> tuple[RuweSoort, str, str | bool]:
    on_states = {widget.on_state for widget in field.widgets if widget.on_state}
    if len(field.widgets) > 1 and len(on_states) > 1:
        label = field.title or labeller.find(field.widgets[0], after=False) or field.name
        return RuweSoort.KEUZE, label, _read_group(field, labeller)
    label = labeller.name(field, after=True)
    value = field.value.lstrip("/") if isinstance(field.value, NameObject) else read_text(field.value)
    states = [widget.state for widget in field.widgets if widget.state is not None]
    by_value = value not in _OFF
    ticked = any(state not in _OFF for state in states) if states else by_value
    if states and field.value is not None and ticked != by_value:
        findings.add("vinkje-conflict", _place(field), label=label)
    return RuweSoort.VINKJE, label, ticked


def _read_group(field: Field, labeller: _Labeller) -> str:
    value = read_text(field.value)
    for index, widget in enumerate(field.widgets):
        chosen = widget.state if widget.state is not None else (value if value == widget.on_state else None)
        if chosen in _OFF:
            continue
        if index < len(field.options):
            return field.options[index][1]
        words = widget.title or labeller.find(widget, after=True)
        return words if words and _GENERIC_STATE.fullmatch(str(chosen)) else str(chosen)
    return ""


def _place(field: Field) -> str:
    page = f"pagina {field.widgets[0].page + 1}" if field.widgets else "op geen bladzijde"
    return f"{page}, veld {field.name}" if field.name else page
