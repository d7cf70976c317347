"""The text of PDF pages: whole, in lines with their columns, and near a field."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from pipeline.read.normalise import clean_label, clean_value
from pipeline.read.pdfglyphs import Box, Glyph, list_glyphs, read_drawn_boxes
from pipeline.read.ticks import OFF, ON

__all__ = ["GOES_ON", "Box", "PageText", "Segment"]

_COLUMN_GAP = 12.0
#: of the height of a letter: a wider gap parts two words
_WORD_GAP = 0.22
_ABOVE = 30.0
_BELOW = 80.0
_BESIDE = 250.0
_BEHIND = 450.0
_LARGEST_BOX = 20.0
_NOTE_LINE = 16.0
#: of the height of a line: a wider gap parts a line from what goes on below it
_TOUCH = 1.0
_BOXES = (f"{ON} ", f"{OFF} ")  #: squares that were drawn, each before its words
GOES_ON = re.compile(r"[^\w]*([a-zà-ÿ]|[A-Z]{2,}\b)")


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
        self._page = document[number]
        self._text = self._page.get_textpage()
        self.has_drawn_boxes = False  #: known once the lines were read

    def read(self) -> str:
        """Return the whole text of the page."""
        return clean_value(self._text.get_text_range())

    def read_near(self, box: Box, others: Sequence[Box]) -> tuple[str, str, str]:
        """Return the words left of, right of and above a field, up to the next field on its line.

        Words on the left go on below while the lines touch and begin with no capital, down to the next field.
        """
        left, bottom, right, top = box
        level = [other for other in others if other[1] < top and other[3] > bottom and other != box]
        start = max((other[2] for other in level if other[2] <= left + 1), default=max(0.0, left - _BESIDE))
        end = min((other[0] for other in level if other[0] >= right - 1), default=right + _BEHIND)
        lower = (other for other in others if other[3] <= bottom + 1 and _above(box, other))
        floor = max((other[3] for other in lower if not _are_options(box, other)), default=0.0)
        above = [*self._find_lines((left - 2, top, max(right, left + 80), top + _ABOVE))]
        behind = [*self._find_lines((right, bottom, end, top))]
        before = self._find_label((start, bottom, left, top), floor)
        return clean_label(before), clean_label(_show(behind[:1])), clean_label(_show(above[-1:]))

    def read_lines(self, notes: Sequence[tuple[Box, str]] = ()) -> list[list[Segment]]:
        """Return the lines from top to bottom, each as the segments that a wide gap keeps apart.

        Letters are put together by where they stand, in whatever order and pieces the writer drew them; `notes` are
        texts that lie on the page, on the line where they begin.
        """
        letters = [*self._letters, *(Glyph(_first_line(box), text) for box, text in notes)]
        glyphs = read_drawn_boxes(self._page, letters)
        self.has_drawn_boxes = len(glyphs) > len(letters)
        lines = [list(_join_segments(line)) for line in _split_lines(glyphs)]
        return [line for line in lines if line]

    @cached_property
    def _letters(self) -> list[Glyph]:
        return sorted(list_glyphs(self._text), key=_middle)  # from the bottom of the page to its top

    def _find_label(self, box: Box, floor: float) -> str:
        left, bottom, right, _ = box
        *_, line = [[], *self._find_lines(box)]
        label = _show([line])
        for below in self._find_lines((left, max(floor, bottom - _BELOW), right, bottom)) if line else ():
            low, high = line[0].box[1], line[0].box[3]
            if low - below[0].box[3] > _TOUCH * (high - low) or not GOES_ON.match(_show([below])):
                break
            label, line = f"{label} {_show([below])}", below
        return label

    def _find_lines(self, box: Box) -> list[list[Glyph]]:
        """The lines whose letters have their middle in the box."""
        left, bottom, right, top = box
        start, end = (bisect_left(self._letters, edge, key=_middle) for edge in (bottom, top))
        within = [g for g in self._letters[start:end] if left < (g.box[0] + g.box[2]) / 2 < right]
        return [line for line in _split_lines(within) if _show([line])]


def _first_line(box: Box) -> Box:
    left, bottom, right, top = box
    return left, max(bottom, top - _NOTE_LINE), right, top


def _middle(glyph: Glyph) -> float:
    return (glyph.box[1] + glyph.box[3]) / 2


def _above(first: Box, second: Box) -> bool:
    return first[0] < second[2] and second[0] < first[2]


def _are_options(first: Box, second: Box) -> bool:
    """Boxes to tick in one column: the words of their question may go on beside the second one."""
    return all(right - left < _LARGEST_BOX for left, _, right, _ in (first, second))


def _show(lines: Sequence[Sequence[Glyph]]) -> str:
    return clean_value("\n".join(" ".join(segment.text for segment in _join_segments(line)) for line in lines))


def _split_lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=_middle, reverse=True):
        if lines and _same_line(lines[-1][0].box, glyph.box):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [sorted(line, key=lambda g: (g.box[0], g.box[2])) for line in lines]


def _same_line(first: Box, second: Box) -> bool:
    overlap = min(first[3], second[3]) - max(first[1], second[1])
    return overlap > 0.5 * min(first[3] - first[1], second[3] - second[1])


def _join_segments(line: Sequence[Glyph]) -> Iterator[Segment]:
    words: list[str] = []
    start = right = 0.0
    for index, glyph in enumerate(line):
        left, bottom, end, top = glyph.box
        if index and glyph.text == line[index - 1].text and left - line[index - 1].box[0] < 0.3 * (end - left):
            continue  # drawn twice, to look bold
        if words and left - right > (_WORD_GAP * (top - bottom) if glyph.text in _BOXES else _COLUMN_GAP):
            yield from _make_segment(start, right, words)
            words = []
        if words and left - right > _WORD_GAP * (top - bottom):
            words.append(" ")
        if not words:
            start = left
        words.append(glyph.text)
        right = max(right, end) if len(words) > 1 else end
    yield from _make_segment(start, right, words)


def _make_segment(left: float, right: float, words: Sequence[str]) -> Iterator[Segment]:
    """A letter outside the first 65,536 comes in two halves."""
    text = "".join(words).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if text.strip():
        yield Segment(left, right, " ".join(text.split()))
