"""Content controls: their kind, tag and title, and what the text that stands in one means."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from pipeline.read import binding
from pipeline.read.dates import agrees_with
from pipeline.read.model import Control, show_content
from pipeline.read.normalise import clean_value, fold
from pipeline.read.ooxml import children, get_val, is_on, local_name, w, w14, w15
from pipeline.read.package import Sources
from pipeline.read.placeholders import contains_phrase, is_phrase
from pipeline.read.ticks import map_symbol, normalise_ticks, read_glyph
from schemas.inzending import RuweSoort

MAX_ANSWER = 100_000

_KINDS = {
    "text": RuweSoort.TEKST,
    "richText": RuweSoort.TEKST,
    "date": RuweSoort.DATUM,
    "dropDownList": RuweSoort.KEUZE,
    "comboBox": RuweSoort.KEUZE,
    "checkbox": RuweSoort.VINKJE,
}
_NO_ANSWER = frozenset(
    {"repeatingSection", "repeatingSectionItem", "group", "docPartObj", "docPartList", "picture", "citation",
     "bibliography", "equation"}
)  # fmt: skip
#: the names that Word itself gives to prompts
_WORDS_OWN_NAME = re.compile(r"DefaultPlaceholder_.*|\{?[0-9A-Fa-f-]{32,38}\}?|[A-Z]\w*\d+")
_SEALED = ("contentLocked", "sdtContentLocked")
_NESTED = (w("sdt"), w("ffData"))
_STRUCTURE = (w("tbl"), w("tr"), w("tc"))


@dataclass(frozen=True)
class Properties:
    """The part of `w:sdtPr` that says what a control is."""

    element: etree._Element | None
    kind: str
    tag: str | None
    alias: str


def read_properties(sdt: etree._Element) -> Properties:
    """Return the properties of a `w:sdt`; a control without a kind is rich text, as in Word."""
    element = sdt.find(w("sdtPr"))
    names = [local_name(child) for child in element if isinstance(child.tag, str)] if element is not None else []
    kind = next((name for name in names if name in _KINDS or name in _NO_ANSWER), "richText")
    return Properties(element, kind, _read_tag(element), get_val(element, "alias").strip())


def _is_shell(properties: etree._Element | None) -> bool:
    names = {child.tag for child in children(properties)}
    return not names - {w("id"), w("lock"), w("rPr"), w15("color"), w15("appearance")}


def _is_leftover(properties: Properties, content: etree._Element) -> bool:
    """LibreOffice puts the prompt of a tick box, with the title of a section, around the title of the next block.

    A control of ours that it saved itself always stands within a line; only ours have a dot in the name of a prompt.
    """
    names = {child.tag for child in children(properties.element)} - {w("id"), w("placeholder"), w("alias")}
    return "." in (properties.tag or "") and not names and next(content.iter(w("p")), None) is not None


def _read_tag(properties: etree._Element | None) -> str | None:
    """LibreOffice before 7.5 drops the tag but keeps the name of the prompt, which our own forms make the same."""
    tag = get_val(properties, "tag").strip()
    if tag or properties is None:
        return tag or None
    prompt = get_val(properties.find(w("placeholder")), "docPart").strip()
    return None if not prompt or _WORDS_OWN_NAME.fullmatch(prompt) else prompt


def is_transparent(sdt: etree._Element, properties: Properties) -> bool:
    """Return whether a control only groups: its contents are read as if it were not there.

    LibreOffice leaves nameless shells of repeating sections, and puts a copy of a control around its cell.
    """
    if properties.kind in _NO_ANSWER or _is_shell(properties.element):
        return True
    content = sdt.find(w("sdtContent"))
    if content is None:
        return False
    if next(content.iter(*_NESTED), None) is None:
        return _is_leftover(properties, content)
    if properties.element is None or properties.element.find(w("tag")) is None:
        return True
    return next(content.iter(*_STRUCTURE), None) is not None


def build_control(properties: Properties, plaats: str, table: int | None, rij: int | None) -> Control:
    """Return a control that is still empty."""
    sealed = get_val(properties.element, "lock") in _SEALED
    return Control(_KINDS[properties.kind], properties.tag, properties.alias, plaats, table, rij, sealed=sealed)


def finish(control: Control, properties: Properties, sources: Sources) -> None:
    """Give a control whose parts were read its value, emptiness and findings."""
    if properties.element is None:
        _finish_text(control, Properties(etree.Element(w("sdtPr")), "richText", None, ""), sources)
    elif control.is_tick:
        _finish_tick(control, properties.element)
    else:
        _finish_text(control, properties, sources)
    if properties.element is not None and binding.differs(control, properties.element, sources.stores):
        control.codes.append("gegevenskoppeling-verschilt")


def _finish_tick(control: Control, properties: etree._Element) -> None:
    box = properties.find(w14("checkbox"))
    state = box.find(w14("checked")) if box is not None else None
    control.value = is_on(state)
    control.empty = not control.value
    shown = read_glyph(show_content(control), _state_glyph(box, "checkedState"), _state_glyph(box, "uncheckedState"))
    if shown is not None and shown != control.value:
        control.codes.append("vinkje-conflict")


def _state_glyph(box: etree._Element | None, name: str) -> str:
    state = box.find(w14(name)) if box is not None else None
    code = (state.get(w14("val")) or "") if state is not None else ""
    try:
        return map_symbol(state.get(w14("font")) or "", int(code, 16)) if state is not None else ""
    except ValueError:
        return ""


def _finish_text(control: Control, properties: Properties, sources: Sources) -> None:
    text = normalise_ticks(clean_value(show_content(control)))
    control.empty = not text or _is_placeholder(control, properties.element, text, sources)
    control.value = "" if control.empty else text
    if control.empty:
        return
    if control.soort is RuweSoort.KEUZE:
        _finish_choice(control, properties.element, text)
    elif control.soort is RuweSoort.DATUM and not _date_agrees(properties.element, text):
        control.codes.append("datum-conflict")
    if contains_phrase(text):
        control.codes.append("invultekst-in-antwoord")
    if len(text) > MAX_ANSWER:
        control.codes.append("antwoord-te-lang")


def _is_placeholder(control: Control, properties: etree._Element | None, text: str, sources: Sources) -> bool:
    if is_phrase(text):
        return True
    doc_part = get_val(properties.find(w("placeholder")), "docPart") if properties is not None else ""
    known = sources.placeholders.get(doc_part, "")
    if known and fold(text) == known:
        return True
    if properties is None or not is_on(properties.find(w("showingPlcHdr"))):
        return False
    if known:
        control.codes.append("invultekst-gewijzigd")
    return True


def _finish_choice(control: Control, properties: etree._Element | None, text: str) -> None:
    """An entry without a value is the prompt of the list ("Maak een keuze")."""
    for item in () if properties is None else properties.iter(w("listItem")):
        shown = item.get(w("displayText")) or ""
        if fold(shown) == fold(text) and item.get(w("value")) == "":
            control.value, control.empty = "", True


def _date_agrees(properties: etree._Element | None, text: str) -> bool:
    date = properties.find(w("date")) if properties is not None else None
    full = (date.get(w("fullDate")) or "") if date is not None else ""
    return agrees_with(text, full, get_val(date, "dateFormat"))
