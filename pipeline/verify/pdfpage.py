"""What a reader sees on the pages of a PDF, by PDFium: the words, and pieces of text that cannot be seen."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

#: Part of its box that a text must keep within page and clip; letters stand a little outside both.
_READABLE = 0.5


class Box(NamedTuple):
    """A rectangle on a page."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def area(self) -> float:
        """Its size; 0 for one that is turned inside out."""
        return max(self.right - self.left, 0.0) * max(self.top - self.bottom, 0.0)

    def lies_in(self, other: Box) -> float:
        """The size of the part of it that lies within the other; most lie wholly inside or wholly outside."""
        if self.left >= other.right or self.right <= other.left or self.bottom >= other.top or self.top <= other.bottom:
            return 0.0
        return self.cut(other).area

    def cut(self, other: Box) -> Box:
        """The part that both share."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )


@dataclass(frozen=True)
class Page:
    """The text of a page as a viewer would copy it, and what cannot be seen of it."""

    text: str
    strange: frozenset[str]


def read_pages(pdf: bytes) -> list[Page]:
    """Read all pages. Raises pdfium.PdfiumError for a file that is no PDF."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [_read_page(document[number]) for number in range(len(document))]
    finally:
        document.close()


def read_texts(pdf: bytes) -> list[str]:
    """Read the text of all pages, and nothing else of them. Raises pdfium.PdfiumError for a file that is no PDF."""
    with pdfium.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range(errors="replace") for page in document]


def _read_page(page: pdfium.PdfPage) -> Page:
    reader = page.get_textpage()
    try:
        return Page(reader.get_text_range(errors="replace"), frozenset(_find_strange(page)))
    finally:
        reader.close()
        page.close()


def _find_strange(page: pdfium.PdfPage) -> Iterator[str]:
    """Text outside the page or its clip, text with something painted over it."""
    sheet = Box(*page.get_bbox())
    covers: list[Box] = []
    for kind, box, thing in reversed(list(_list_objects(page))):
        if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            yield from _judge_text(box, thing, sheet, covers)
        elif kind != pdfium_c.FPDF_PAGEOBJ_PATH or _is_filled(thing):
            covers.append(box)


def _judge_text(box: Box, thing: pdfium_c.FPDF_PAGEOBJECT, sheet: Box, covers: list[Box]) -> Iterator[str]:
    half = _READABLE * box.area
    if not half:
        return  # a blank
    if box.lies_in(sheet) < half:
        yield "tekst buiten het blad"
    clip = _get_clip(thing)
    if clip is not None and box.lies_in(clip) < half:
        yield "tekst die afgesneden is"
    if any(box.lies_in(cover) > half for cover in covers):
        yield "tekst waar iets overheen getekend is"


def _list_objects(page: pdfium.PdfPage) -> Iterator[tuple[int, Box, pdfium_c.FPDF_PAGEOBJECT]]:
    sides = [ctypes.c_float() for _ in range(4)]
    for number in range(pdfium_c.FPDFPage_CountObjects(page.raw)):
        thing = pdfium_c.FPDFPage_GetObject(page.raw, number)
        if pdfium_c.FPDFPageObj_GetBounds(thing, *sides):
            yield pdfium_c.FPDFPageObj_GetType(thing), Box(*(side.value for side in sides)), thing


def _is_filled(path: pdfium_c.FPDF_PAGEOBJECT) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium_c.FPDFPath_GetDrawMode(path, mode, stroke)) and mode.value != pdfium_c.FPDF_FILLMODE_NONE


def _get_clip(thing: pdfium_c.FPDF_PAGEOBJECT) -> Box | None:
    """The rectangle that an object is cut off at; None when it is not cut."""
    path = pdfium_c.FPDFPageObj_GetClipPath(thing)
    clip: Box | None = None
    for number in range(max(pdfium_c.FPDFClipPath_CountPaths(path), 0) if path else 0):
        points = list(_list_points(path, number))
        if points:
            xs, ys = zip(*points, strict=True)
            box = Box(min(xs), min(ys), max(xs), max(ys))
            clip = box if clip is None else clip.cut(box)
    return clip


def _list_points(path: pdfium_c.FPDF_CLIPPATH, number: int) -> Iterator[tuple[float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    for piece in range(max(pdfium_c.FPDFClipPath_CountPathSegments(path, number), 0)):
        segment = pdfium_c.FPDFClipPath_GetPathSegment(path, number, piece)
        if pdfium_c.FPDFPathSegment_GetPoint(segment, x, y):
            yield x.value, y.value
