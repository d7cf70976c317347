"""The text of a page, with an end of line wherever a letter does not stand next to the letter before it.

pdfium's own text runs some lines together. Behind a hyphen at the end of a line it goes on measuring from that line,
and takes the first line of the next table cell, at the same height, for more of the same: "Testplein-west11 maart".
After a line of low letters in small print ("een") it may see no new line either. On such pages its line ends are kept,
and those that the places of the letters show are added; reading letter by letter takes twenty times as long.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

from pipeline.pdf.box import Box

#: What pdfium makes of a hyphen that ends a line: the word may go on.
_HYPHEN = "\x02"
#: Parts of the height of a line: what two letters of one line share at least, and what lies between them at most.
_SAME_LINE = 0.5
_GAP = 0.3
#: Text of less height, in points, pdfium takes for part of the line above; that is 5, and this is on the safe side.
_LOW = 6.0


def read_text(lezer: pdfium.PdfTextPage, dozen: Iterable[Box]) -> str:
    """Read the text of a page that stands inside its edges; `dozen` are the boxes of its pieces of text."""
    tekst: str = lezer.get_text_bounded(errors="replace")
    if _HYPHEN not in tekst and all(doos.boven - doos.onder > _LOW for doos in dozen):
        return tekst
    letters = "".join(_pieces(lezer, Box(*lezer.page.get_bbox())))
    # Windows gives a character beyond U+FFFF in two halves.
    return letters.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _pieces(lezer: pdfium.PdfTextPage, blad: Box) -> Iterator[str]:
    vorige: Box | None = None
    for teken, doos in _letters(lezer):
        if doos is None or not doos.touches(blad):
            yield teken if doos is None else " "
            vorige = None
            continue
        if vorige is not None and not _is_next(vorige, doos):
            yield "\n"
        yield teken
        vorige = None if teken == _HYPHEN else doos


def _letters(lezer: pdfium.PdfTextPage) -> Iterator[tuple[str, Box | None]]:
    """Give the blanks of a page, and the letters with the boxes that their font gives them, as high as the line."""
    rand = pdfium_c.FS_RECTF()
    wijzer = ctypes.byref(rand)
    for nummer in range(lezer.count_chars()):
        teken = chr(pdfium_c.FPDFText_GetUnicode(lezer.raw, nummer))
        if teken.isspace():
            yield teken, None
        elif teken != "\0" and pdfium_c.FPDFText_GetLooseCharBox(lezer.raw, nummer, wijzer):
            yield teken, Box(rand.left, rand.bottom, rand.right, rand.top)


def _is_next(vorige: Box, doos: Box) -> bool:
    if abs(doos.links - vorige.rechts) + abs(doos.onder - vorige.onder) < 1:
        return True
    hoogte = min(vorige.boven - vorige.onder, doos.boven - doos.onder)
    samen = min(vorige.boven, doos.boven) - max(vorige.onder, doos.onder)
    tussen = max(vorige.links, doos.links) - min(vorige.rechts, doos.rechts)
    return samen >= _SAME_LINE * hoogte and tussen <= _GAP * hoogte
