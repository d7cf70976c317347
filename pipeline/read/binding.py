"""Data binding: whether the text of a control is what its data store holds."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.read.dates import agrees_with, is_full_date
from pipeline.read.model import Control
from pipeline.read.normalise import fold
from pipeline.read.ooxml import w, w15
from schemas.inzending import RuweSoort

#: only plain paths are followed: a form's own XPath could be made to run for hours
_STEP = r"/(?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*(?:\[\d{1,6}\])?"
_PLAIN_PATH = re.compile(rf"(?:{_STEP}){{1,32}}(?:/@(?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*)?(?:/text\(\))?")
_MAPPING = re.compile(r"xmlns:([A-Za-z_][\w.-]*)\s*=\s*[\"']([^\"']+)[\"']")
_TRUE = ("1", "true", "on")


def differs(control: Control, properties: etree._Element, stores: dict[str, etree._Element]) -> bool:
    """Return whether a bound store holds another value than the control shows; false when it cannot be told."""
    stored = _read_stored(properties, stores)
    if stored is None:
        return False
    if isinstance(control.value, bool):
        return bool(stored.strip()) and (fold(stored) in _TRUE) != control.value
    if control.soort is RuweSoort.DATUM and is_full_date(stored) and control.value:
        return not agrees_with(control.value, stored, "d")
    shown_value = _find_list_value(properties, control.value)
    return fold(stored) not in (fold(control.value), fold(shown_value))


def _find_list_value(properties: etree._Element, shown: str) -> str:
    for item in properties.iter(w("listItem")):
        if fold(item.get(w("displayText"), "")) == fold(shown):
            return item.get(w("value"), "")
    return shown


def _read_stored(properties: etree._Element, stores: dict[str, etree._Element]) -> str | None:
    bound = properties.find(w("dataBinding"))
    bound = properties.find(w15("dataBinding")) if bound is None else bound
    if bound is None:
        return None
    store = stores.get((bound.get(w("storeItemID")) or "").lower())
    path = bound.get(w("xpath")) or ""
    if store is None or not _PLAIN_PATH.fullmatch(path):
        return None
    namespaces = dict(_MAPPING.findall(bound.get(w("prefixMappings")) or ""))
    try:
        found = store.xpath(path, namespaces=namespaces or None)
    except etree.XPathError:  # a prefix that is declared nowhere
        return None
    first = found[0] if isinstance(found, list) and found else None
    if isinstance(first, etree._Element):
        return "".join(map(str, first.itertext()))
    return first if isinstance(first, str) else None
