"""The text that a reader of the PDF can see: inside the page, inside its clip, not printed over by other text."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

from pipeline.pdf.box import Box
from pipeline.pdf.lines import read_text
from pipeline.pdf.refused import Afgekeurd

#: Part of its box that text must keep to count as readable; letters stand a little outside their clip or line.
_READABLE = 0.5
_COVERED = 0.4


@dataclass(frozen=True)
class VisiblePage:
    """What can be read on a page, and how many pieces of text lie over one another there."""

    tekst: str
    overdrukt: int


def read_pages(pdf: bytes) -> list[VisiblePage]:
    """Read the visible text of a PDF.

    In: the bytes of a PDF. Out: one entry per page.
    Raises Afgekeurd when it is no readable PDF.
    """
    try:
        bestand = pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError as fout:
        raise Afgekeurd("de PDF is onleesbaar") from fout
    try:
        return [_read_page(bestand[nummer]) for nummer in range(len(bestand))]
    finally:
        bestand.close()


def _read_page(pagina: pdfium.PdfPage) -> VisiblePage:
    zichtbaar: list[tuple[Box, pdfium.PdfObject]] = []
    for tekst in list(pagina.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT], max_depth=1)):
        doos = Box(*tekst.get_bounds())
        knip = _clip_of(tekst)
        if knip is not None and doos.overlap(knip).area < _READABLE * doos.area:
            pagina.remove_obj(tekst)
        elif doos.area:
            zichtbaar.append((doos, tekst))
    lezer = pagina.get_textpage()
    try:
        overdrukt = sum(_is_word(een, lezer) and _is_word(ander, lezer) for een, ander in _overprints(zichtbaar))
        return VisiblePage(read_text(lezer, (doos for doos, _ in zichtbaar)), overdrukt)
    finally:
        lezer.close()


def _is_word(tekst: pdfium.PdfObject, lezer: pdfium.PdfTextPage) -> bool:
    """Say whether a piece of text holds a letter or digit: a ☐ may stand in the gap that its line leaves for it."""
    return any(teken.isalnum() for teken in pdfium.PdfTextObj(tekst.raw, textpage=lezer).extract())


def _clip_of(tekst: pdfium.PdfObject) -> Box | None:
    """Give the rectangle that an object is cut off at, or None when it is not cut."""
    pad = pdfium_c.FPDFPageObj_GetClipPath(tekst.raw)
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


def _overprints(teksten: list[tuple[Box, pdfium.PdfObject]]) -> Iterator[tuple[pdfium.PdfObject, pdfium.PdfObject]]:
    """Find pairs of texts that cover each other for a good part.

    The same text twice on the same spot does not count: some engines make letters bold that way.
    """
    op_hoogte = sorted(teksten, key=lambda tekst: tekst[0].onder)
    for plaats, (doos, een) in enumerate(op_hoogte, start=1):
        for andere_doos, ander in itertools.islice(op_hoogte, plaats, None):
            if andere_doos.onder >= doos.boven:
                break
            if andere_doos.links >= doos.rechts or andere_doos.rechts <= doos.links:
                continue
            gedeeld = doos.overlap(andere_doos).area
            if gedeeld > _COVERED * min(doos.area, andere_doos.area) and not doos.is_near(andere_doos):
                yield een, ander
