"""What stands out among other words: bold, underlined, marked. It never changes what a text says, only how it is told.

The looks travel with the words as two signs that no text holds, so that a line is cut into label and value once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from pipeline.read.model import Cell, Marked, Paragraph, Part, show
from pipeline.read.normalise import clean_value
from pipeline.read.ooxml import get_val, is_on, w
from schemas.inzending import Nadruk, Opmaak

#: noncharacters of Unicode: Word never writes them, and a text that holds one has no looks
_SIGNS = {look: (chr(0xFDD0 + 2 * number), chr(0xFDD1 + 2 * number)) for number, look in enumerate(Opmaak)}
_ALL_SIGNS = "".join(sign for pair in _SIGNS.values() for sign in pair)
_ANY_SIGN = re.compile(f"[{_ALL_SIGNS}]")
_PLAIN_FILLS = frozenset({"", "auto", "FFFFFF", "ffffff"})


def read_looks(properties: etree._Element) -> frozenset[Opmaak]:
    """Return how the run of these properties stands out, by what is set on the run itself."""
    looks = set()
    if is_on(properties.find(w("b"))):
        looks.add(Opmaak.VET)
    if get_val(properties, "u") not in ("", "none"):
        looks.add(Opmaak.ONDERSTREEPT)
    shade = properties.find(w("shd"))
    shaded = shade is not None and (shade.get(w("fill")) or "") not in _PLAIN_FILLS
    if shaded or get_val(properties, "highlight") not in ("", "none", "white"):
        looks.add(Opmaak.GEMARKEERD)
    return frozenset(looks)


def show_marked(blocks: Sequence[Part]) -> str:
    """Return what `show_blocks` gives, with a sign before and behind each stretch that stands out."""
    return "\n".join(_mark(block) for block in blocks)


def show_marked_cell(cell: Cell) -> str:
    """Return what `show_cell` gives, with signs."""
    return show_marked(cell.blocks).strip()


def _mark(block: Part) -> str:
    text = show(block)
    if not isinstance(block, Paragraph) or _ANY_SIGN.search(text):
        return text
    return "".join(_wrap(item) for item in block.items)


def _wrap(item: Part) -> str:
    text = show(item)
    for look in sorted(item.looks) if isinstance(item, Marked) else ():
        begin, end = _SIGNS[look]
        text = f"{begin}{text}{end}"
    return text


def drop_marks(marked: str) -> str:
    """Return the text without its signs."""
    return _ANY_SIGN.sub("", marked)


def find_nadruk(text: str, marked: str) -> tuple[Nadruk, ...]:
    """Return the stretches of the text that stand out; none when `marked` is not that text with signs."""
    if len(text) == len(marked) or clean_value(drop_marks(marked)) != clean_value(text):
        return ()
    return tuple(Nadruk(opmaak=look, tekst=piece) for look in Opmaak for piece in _find_stretches(marked, look))


def _find_stretches(marked: str, look: Opmaak) -> list[str]:
    begin, end = _SIGNS[look]
    others = _ALL_SIGNS.replace(begin, "").replace(end, "")
    text = re.sub(f"[{others}]", "", marked)
    text = re.sub(rf"{end}(\s*){begin}", r"\1", text)
    if text.find(end) >= 0 and not 0 <= text.find(begin) < text.find(end):
        text = begin + text  # it began in the label
    pieces = (piece.partition(end)[0] for piece in text.split(begin)[1:])
    return [cleaned for cleaned in map(clean_value, pieces) if cleaned]
