"""The text of PDF pages: whole, in lines with their columns, and near a field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from pipeline.read.normalise import clean_label, clean_value

_MAX_RECTS = 50_000
_COLUMN_GAP = 12.0
_ABOVE = 30.0
_BESIDE = 250.0

Box = tuple[float, float, float, float]  #: left, bottom, right, top


@dataclass(frozen=True)
class Segment:
    """A piece of a line that stands apart from the next."""

    left: float
    right: float
    text: str


class PageText:
    """The text of one page, opened once."""

    def __init__(self, document: pdfium.PdfDocument, number: int) -> None:
        """Open page `number`, counted from 0."""
        self._text = document[number].get_textpage()

    def read(self) -> str:
        """Return the whole text of the page."""
        return clean_value(self._text.get_text_range())

    def read_near(self, box: Box, others: Sequence[Box]) -> tuple[str, str, str]:
        """Return the words left of, right of and above a field, up to the next field on its line."""
        left, bottom, right, top = box
        level = [other for other in others if other[1] < top and other[3] > bottom and other != box]
        start = max((other[2] for other in level if other[2] <= left + 1), default=max(0.0, left - _BESIDE))
        end = min((other[0] for other in level if other[0] >= right - 1), default=right + _BESIDE)
        above = self._read_box((left - 2, top, max(right, left + 80), top + _ABOVE)).split("\n")[-1]
        beside = self._read_box((start, bottom, left, top)), self._read_box((right, bottom, end, top))
        return clean_label(beside[0].split("\n")[-1]), clean_label(beside[1].split("\n")[0]), clean_label(above)

    def read_lines(self) -> list[list[Segment]]:
        """Return the lines from top to bottom, each as the segments that a wide gap keeps apart."""
        lines: list[tuple[Box, list[tuple[Box, str]]]] = []
        for index in range(min(self._text.count_rects(), _MAX_RECTS)):
            box = self._text.get_rect(index)
            text = self._text.get_text_bounded(*box)
            if not text.strip():
                continue
            if lines and _same_line(lines[-1][0], box):
                lines[-1][1].append((box, text))
            else:
                lines.append((box, [(box, text)]))
        return [_join_segments(sorted(pieces)) for _, pieces in lines]

    def _read_box(self, box: Box) -> str:
        left, bottom, right, top = box
        if right <= left or top <= bottom:
            return ""
        return clean_value(self._text.get_text_bounded(left, bottom, right, top))


def _same_line(first: Box, second: Box) -> bool:
    overlap = min(first[3], second[3]) - max(first[1], second[1])
    return overlap > 0.5 * min(first[3] - first[1], second[3] - second[1])


def _join_segments(pieces: list[tuple[Box, str]]) -> list[Segment]:
    segments: list[Segment] = []
    for box, text in pieces:
        words = " ".join(text.split())
        if segments and box[0] - segments[-1].right < _COLUMN_GAP:
            last = segments.pop()
            words = f"{last.text}{' ' if box[0] - last.right > 1 else ''}{words}"
            segments.append(Segment(last.left, max(last.right, box[2]), words))
        else:
            segments.append(Segment(box[0], box[2], words))
    return segments
