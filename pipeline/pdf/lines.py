"""The text of a page as pdfium gives it, mended where pdfium loses the end of a line behind a hyphen."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

from pipeline.pdf.box import Box

#: What pdfium makes of a hyphen that ends a line.
_HYPHEN = "\x02"
#: Parts of the height of a line: what two letters of one line share at least, and what lies between them at most.
_SAME_LINE = 0.5
_GAP = 0.3


def read_text(lezer: pdfium.PdfTextPage) -> str:
    """Read the text of a page that stands inside its edges.

    Behind a hyphen at the end of a line, pdfium goes on measuring from that line: it takes the first line of the next
    table cell, at the same height, for more of the same, and gives "Testplein-west11 maart". Only pages with such a
    hyphen are read anew, letter by letter; that takes five times as long.
    """
    tekst: str = lezer.get_text_bounded(errors="replace")
    if _HYPHEN not in tekst:
        return tekst
    stukken = "".join(_pieces(lezer, Box(*lezer.page.get_bbox())))
    # Windows gives a character beyond U+FFFF in two halves.
    return stukken.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _pieces(lezer: pdfium.PdfTextPage, blad: Box) -> Iterator[str]:
    """Give each letter on the page, and an end of line before one that does not stand next to the letter before it."""
    vorige: Box | None = None
    for teken, doos in _letters(lezer):
        if teken.isspace() or not doos.touches(blad):
            yield teken if teken.isspace() else " "
            vorige = None
            continue
        if vorige is not None and not _is_next(vorige, doos):
            yield "\n"
        yield teken
        vorige = None if teken == _HYPHEN else doos


def _letters(lezer: pdfium.PdfTextPage) -> Iterator[tuple[str, Box]]:
    """Give the characters of a page with the boxes that their font gives them, as high as the line."""
    rand = pdfium_c.FS_RECTF()
    for nummer in range(lezer.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(lezer.raw, nummer)
        if code and pdfium_c.FPDFText_GetLooseCharBox(lezer.raw, nummer, ctypes.byref(rand)):
            yield chr(code), Box(rand.left, rand.bottom, rand.right, rand.top)


def _is_next(vorige: Box, doos: Box) -> bool:
    hoogte = min(vorige.boven - vorige.onder, doos.boven - doos.onder)
    gedeeld = vorige.overlap(doos)
    return gedeeld.boven - gedeeld.onder >= _SAME_LINE * hoogte and gedeeld.links - gedeeld.rechts <= _GAP * hoogte
