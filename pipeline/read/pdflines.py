"""A PDF without fields: labels and values by their colons and their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.read.draft import Draft, draft_label, draft_loose
from pipeline.read.labels import split_pairs
from pipeline.read.normalise import MAX_LABEL, clean_label
from pipeline.read.pdftables import GOES_ON, Segment
from pipeline.read.ticks import OFF, ON
from schemas.inzending import Ligging

_SAME_COLUMN = 4.0
_TICKS = (ON, OFF)


class LineReader:
    """Reads lines from page to page; a value may go on below itself in its own column."""

    def __init__(self) -> None:
        """Start with no open label."""
        self._plaats = ""
        self._label = ""
        self._lines: list[str] = []
        self._column: float | None = None
        self._left = 0.0
        self._rest: list[Segment] = []  # lines of the open label

    def read(self, lines: Sequence[Sequence[Segment]], plaats: str) -> Iterator[Draft]:
        """Yield the answers of these lines from top to bottom; the last may go on in the lines of the next page."""
        for segments in map(_join_options, lines):
            if len(segments) == 1 and self._goes_on(segments[0]):
                self._lines.append(segments[0].text)
            elif len(segments) == 1 and self._asks_on(segments[0]):
                self._rest.append(segments[0])
            else:
                yield from self.close()
                self._plaats = plaats
                yield from self._read_line(segments)

    def _goes_on(self, segment: Segment) -> bool:
        if not self._label or (split_pairs(segment.text) and not segment.text.startswith(_TICKS)):
            return False
        if self._column is None:
            return not self._lines
        return abs(segment.left - self._column) < _SAME_COLUMN

    def _asks_on(self, segment: Segment) -> bool:
        """The question goes on in its own column, and more of its answer may follow."""
        if not self._label or self._column is None or not GOES_ON.match(segment.text):
            return False
        return abs(segment.left - self._left) < _SAME_COLUMN and not split_pairs(segment.text)

    def _read_line(self, segments: Sequence[Segment]) -> Iterator[Draft]:
        texts = [segment.text for segment in segments]
        pairs = [] if texts[-1].startswith(_TICKS) else split_pairs("\t".join(texts))
        if not pairs and len(segments) in (2, 4):
            pairs = [(clean_label(label), value) for label, value in zip(texts[::2], texts[1::2], strict=True)]
        if not pairs:
            yield from self._read_rest(segments[0], texts)
            return
        *complete, (label, value) = pairs
        for name, text in complete:
            yield draft_label(name, text, self._plaats)
        self._label, self._lines = label, [value] if value.strip() else []
        self._column = segments[-1].left if len(segments) > 1 else None
        self._left = segments[-2].left if len(segments) > 1 else 0.0

    def _read_rest(self, first: Segment, texts: Sequence[str]) -> Iterator[Draft]:
        """A question without an answer, a heading, or the rest of a long question: whoever knows them can tell."""
        short = len(texts) == 1 and len(texts[0]) <= MAX_LABEL
        if short and not texts[0].startswith(_TICKS) and not texts[0].endswith("."):
            draft = draft_label(clean_label(texts[0]), "", self._plaats)
            how = Ligging.TITEL if first.bold else Ligging.ERNAAST
            yield replace(draft, antwoord=draft.antwoord.model_copy(update={"ligging": how}))
        elif ON in texts[-1]:
            yield draft_label("", texts[-1], self._plaats)
        else:
            yield from draft_loose("\t".join(texts), self._plaats)

    def close(self) -> Iterator[Draft]:
        """Yield the answer that is still open."""
        if self._label:
            yield draft_label(self._label, "\n".join(self._lines), self._plaats)
        for segment in self._rest:
            yield from self._read_rest(segment, [segment.text])
        self._label, self._lines, self._column, self._rest = "", [], None, []


def _join_options(segments: Sequence[Segment]) -> list[Segment]:
    """Options with a box before each belong together, however far apart they stand on their line."""
    joined: list[Segment] = []
    for segment in segments:
        if joined and segment.text.startswith(_TICKS) and joined[-1].text.startswith(_TICKS):
            last = joined.pop()
            segment = Segment((*last.box[:2], *segment.box[2:]), f"{last.text} {segment.text}")
        joined.append(segment)
    return joined
