"""The text that a reader of the PDF can see: inside the page, inside its clip, not printed over by other text."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

from pipeline.pdf.box import Box
from pipeline.pdf.lines import read_text
from pipeline.pdf.refused import Afgekeurd

#: Part of its box that text must keep to count as readable; letters stand a little outside their clip or line.
_READABLE = 0.5
_COVERED = 0.4


#: A piece of text on a page, as pdfium knows it.
Stuk: TypeAlias = pdfium_c.FPDF_PAGEOBJECT


@dataclass(frozen=True)
class VisiblePage:
    """What can be read on a page, and whether pieces of text lie over one another there."""

    tekst: str
    overdrukt: bool


def read_pages(pdf: bytes, *, per_letter: bool = True) -> list[VisiblePage]:
    """Read the visible text of a PDF.

    In: the bytes of a PDF, and whether the places of the letters count where pdfium may not see the end of a line.
    Without them the same letters come, in the same order, but some words and cells run on into the next: good enough
    to find that nothing is missing, since a word must begin and end where the text does. Out: one entry per page.
    Raises Afgekeurd when it is no readable PDF.
    """
    try:
        bestand = pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError as fout:
        raise Afgekeurd("de PDF is onleesbaar") from fout
    try:
        return [_read_page(bestand, nummer, per_letter) for nummer in range(len(bestand))]
    finally:
        bestand.close()


def _read_page(bestand: pdfium.PdfDocument, nummer: int, per_letter: bool) -> VisiblePage:
    pagina = bestand[nummer]
    zichtbaar = _drop_clipped(pagina)
    lezer = pagina.get_textpage()
    try:
        blad = Box(*pagina.get_bbox())
        paren = _overprints([(doos, stuk) for doos, stuk in zichtbaar if doos.touches(blad)])
        overdrukt = any(_is_word(een, lezer) and _is_word(ander, lezer) for een, ander in paren)
        if not per_letter:
            return VisiblePage(lezer.get_text_bounded(errors="replace"), overdrukt)
        return VisiblePage(read_text(lezer, (doos for doos, _ in zichtbaar)), overdrukt)
    finally:
        lezer.close()
        pagina.close()


def _drop_clipped(pagina: pdfium.PdfPage) -> list[tuple[Box, Stuk]]:
    """Take the text that is cut off out of the page; give the pieces that stay, with their boxes."""
    zichtbaar: list[tuple[Box, Stuk]] = []
    for doos, stuk in list(_texts(pagina)):
        knip = _clip_of(stuk)
        if knip is not None and doos.overlap(knip).area < _READABLE * doos.area:
            pdfium_c.FPDFPage_RemoveObject(pagina.raw, stuk)
            pdfium_c.FPDFPageObj_Destroy(stuk)
        elif doos.area:
            zichtbaar.append((doos, stuk))
    return zichtbaar


def _texts(pagina: pdfium.PdfPage) -> Iterator[tuple[Box, Stuk]]:
    """Give the pieces of text of a page, without an object of pypdfium2 around each: a page has hundreds."""
    kanten = (ctypes.c_float * 4)()
    wijzers = [
        ctypes.cast(ctypes.byref(kanten, plaats * ctypes.sizeof(ctypes.c_float)), ctypes.POINTER(ctypes.c_float))
        for plaats in range(4)
    ]
    for nummer in range(pdfium_c.FPDFPage_CountObjects(pagina.raw)):
        stuk = pdfium_c.FPDFPage_GetObject(pagina.raw, nummer)
        if pdfium_c.FPDFPageObj_GetType(stuk) != pdfium_c.FPDF_PAGEOBJ_TEXT:
            continue
        if not pdfium_c.FPDFPageObj_GetBounds(stuk, *wijzers):
            raise Afgekeurd("de PDF is onleesbaar")
        yield Box(*kanten), stuk


def _is_word(stuk: Stuk, lezer: pdfium.PdfTextPage) -> bool:
    """Say whether a piece of text holds a letter or digit: a ☐ may stand in the gap that its line leaves for it."""
    return any(teken.isalnum() for teken in pdfium.PdfTextObj(stuk, textpage=lezer).extract())


def _clip_of(stuk: Stuk) -> Box | None:
    """Give the rectangle that an object is cut off at, or None when it is not cut."""
    pad = pdfium_c.FPDFPageObj_GetClipPath(stuk)
    aantal = pdfium_c.FPDFClipPath_CountPaths(pad) if pad else 0
    knip: Box | None = None
    for nummer in range(max(aantal, 0)):
        punten = list(_points(pad, nummer))
        if punten:
            xs, ys = zip(*punten, strict=True)
            doos = Box(min(xs), min(ys), max(xs), max(ys))
            knip = doos if knip is None else knip.overlap(doos)
    return knip


def _points(pad: pdfium_c.FPDF_CLIPPATH, nummer: int) -> Iterator[tuple[float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    for stuk in range(max(pdfium_c.FPDFClipPath_CountPathSegments(pad, nummer), 0)):
        segment = pdfium_c.FPDFClipPath_GetPathSegment(pad, nummer, stuk)
        if pdfium_c.FPDFPathSegment_GetPoint(segment, x, y):
            yield x.value, y.value


def _overprints(teksten: list[tuple[Box, Stuk]]) -> Iterator[tuple[Stuk, Stuk]]:
    """Find pairs of texts that cover each other for a good part.

    The same text twice on the same spot does not count: some engines make letters bold that way.
    """
    op_hoogte = sorted(teksten, key=lambda tekst: tekst[0].onder)
    for plaats, (doos, een) in enumerate(op_hoogte, start=1):
        links, _, rechts, boven = doos
        for andere_doos, ander in itertools.islice(op_hoogte, plaats, None):
            if andere_doos[1] >= boven:
                break
            if andere_doos[0] >= rechts or andere_doos[2] <= links:
                continue
            gedeeld = doos.overlap(andere_doos).area
            if gedeeld > _COVERED * min(doos.area, andere_doos.area) and not doos.is_near(andere_doos):
                yield een, ander
