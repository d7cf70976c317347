"""Legacy form fields: text, tick box and dropdown of Word 97, whose state stands in `w:ffData` and not in the text."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.read.controls import MAX_ANSWER
from pipeline.read.model import Control, show_content
from pipeline.read.normalise import clean_value, fold
from pipeline.read.ooxml import get_val, is_on, read_int, w
from pipeline.read.placeholders import is_list_prompt, is_phrase
from pipeline.read.ticks import normalise_ticks
from schemas.inzending import RuweSoort

_KINDS = {"checkBox": RuweSoort.VINKJE, "ddList": RuweSoort.KEUZE, "textInput": RuweSoort.TEKST}
#: names that Word gives by itself say nothing
_AUTOMATIC = re.compile(r"(text|tekst|check|selectievakje|dropdown|vervolgkeuzelijst|vervolgkeuze|keuzelijst)\d*", re.I)


def find_kind(data: etree._Element) -> str | None:
    """Return the element name that says which kind of field `w:ffData` is."""
    return next((name for name in _KINDS if data.find(w(name)) is not None), None)


def build_legacy(data: etree._Element, kind: str, plaats: str, table: int | None, rij: int | None) -> Control:
    """Return the control of a legacy field; its own name is its tag unless Word made the name up."""
    name = get_val(data, "name").strip()
    tag = name if name and not _AUTOMATIC.fullmatch(name) else None
    return Control(_KINDS[kind], tag, "", plaats, table, rij, sealed=True)


def finish_legacy(control: Control, data: etree._Element) -> None:
    """Give a legacy field whose result was read its value and emptiness."""
    if control.soort is RuweSoort.VINKJE:
        control.value = _read_tick(data.find(w("checkBox")))
        control.empty = not control.value
        return
    text = _read_choice(data) if control.soort is RuweSoort.KEUZE else _read_text(control, data)
    control.value, control.empty = text, not text
    if len(text) > MAX_ANSWER:
        control.codes.append("antwoord-te-lang")


def _read_tick(box: etree._Element | None) -> bool:
    if box is None:
        return False
    checked = box.find(w("checked"))
    return is_on(checked if checked is not None else box.find(w("default")))


def _read_choice(data: etree._Element) -> str:
    entries = [entry.get(w("val"), "") for entry in data.iterfind(f"{w('ddList')}/{w('listEntry')}")]
    chosen = data.find(w("ddList"))
    number = read_int(get_val(chosen, "result") or get_val(chosen, "default"), 0, 0, 10_000)
    if number >= len(entries) or (number == 0 and is_list_prompt(entries[0])):
        return ""
    return clean_value(entries[number])


def _read_text(control: Control, data: etree._Element) -> str:
    text = normalise_ticks(clean_value(show_content(control)))
    default = get_val(data.find(w("textInput")), "default")
    unanswered = is_phrase(text) or (default and fold(default) == fold(text))
    return "" if unanswered else text
