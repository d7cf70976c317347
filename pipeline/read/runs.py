"""What one run of text shows: characters, breaks, symbols, and whether it is hidden or struck."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from pipeline.read.looks import read_looks
from pipeline.read.ooxml import get_val, is_on, local_name, read_int, w
from pipeline.read.ticks import map_symbol, map_typed
from schemas.inzending import Opmaak

_BLANKS = " \t\r\n"
_FIXED = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True)
class RunStyle:
    """How a run looks, as far as that changes what it says."""

    hidden: bool = False
    struck: bool = False
    bold: bool = False
    font: str = ""
    looks: frozenset[Opmaak] = frozenset()


def read_style(run: etree._Element, hidden_styles: frozenset[str]) -> RunStyle:
    """Return the style of a run from its own properties and from styles that hide."""
    properties = run.find(w("rPr"))
    if properties is None:
        return RunStyle()
    vanish = properties.find(w("vanish"))
    hidden = is_on(vanish) if vanish is not None else get_val(properties, "rStyle") in hidden_styles
    fonts = properties.find(w("rFonts"))
    return RunStyle(
        hidden=hidden,
        struck=is_on(properties.find(w("strike"))) or is_on(properties.find(w("dstrike"))),
        bold=is_on(properties.find(w("b"))),
        font=(fonts.get(w("ascii")) or fonts.get(w("hAnsi")) or "") if fonts is not None else "",
        looks=read_looks(properties),
    )


def read_piece(element: etree._Element, style: RunStyle) -> str | None:
    """Return the text of one element of a run; None when it is no text."""
    name = local_name(element)
    if element.tag == w("t"):
        return map_typed(style.font, _read_text(element))
    if element.tag == w("sym"):
        code = element.get(w("char")) or ""
        return map_symbol(element.get(w("font")) or "", int(code, 16) if _is_hex(code) else 0)
    return _FIXED.get(name) if element.tag == w(name) else None


def read_grid_number(properties: etree._Element | None, name: str, lowest: int) -> int:
    """Return gridSpan, gridBefore and the like, clamped to Word's limit of 63 columns."""
    return read_int(get_val(properties, name), lowest, lowest, 63)


def _read_text(element: etree._Element) -> str:
    text = "".join(map(str, element.itertext()))
    if element.get(_SPACE) != "preserve":
        text = text.strip(_BLANKS)
    return text.translate({ord("\n"): " ", ord("\r"): " ", ord("\t"): " "})


def _is_hex(code: str) -> bool:
    return 0 < len(code) <= 6 and all(char in "0123456789abcdefABCDEF" for char in code)
