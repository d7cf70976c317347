"""A PDF without fields: labels and values by their colons and their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.read.draft import Draft, draft_label
from pipeline.read.labels import split_pairs
from pipeline.read.normalise import clean_label
from pipeline.read.pdftext import Segment

_SAME_COLUMN = 4.0


class LineReader:
    """Reads the lines of one page; a value may go on below itself in its own column."""

    def __init__(self, plaats: str) -> None:
        """Start with no open label."""
        self._plaats = plaats
        self._label = ""
        self._lines: list[str] = []
        self._column: float | None = None

    def read(self, lines: Sequence[Sequence[Segment]]) -> Iterator[Draft]:
        """Yield the answers of the page from top to bottom."""
        for segments in lines:
            if len(segments) == 1 and self._goes_on(segments[0]):
                self._lines.append(segments[0].text)
            else:
                yield from self._close()
                yield from self._read_line(segments)
        yield from self._close()

    def _goes_on(self, segment: Segment) -> bool:
        if not self._label or split_pairs(segment.text):
            return False
        if self._column is None:
            return not self._lines
        return abs(segment.left - self._column) < _SAME_COLUMN

    def _read_line(self, segments: Sequence[Segment]) -> Iterator[Draft]:
        pairs = split_pairs("\t".join(segment.text for segment in segments))
        if not pairs and len(segments) in (2, 4):
            texts = [segment.text for segment in segments]
            pairs = [(clean_label(label), value) for label, value in zip(texts[::2], texts[1::2], strict=True)]
        if not pairs:
            return
        *complete, (label, value) = pairs
        for name, text in complete:
            yield draft_label(name, text, self._plaats)
        self._label, self._lines = label, [value] if value.strip() else []
        self._column = segments[-1].left if len(segments) > 1 else None

    def _close(self) -> Iterator[Draft]:
        if self._label:
            yield draft_label(self._label, "\n".join(self._lines), self._plaats)
        self._label, self._lines, self._column = "", [], None
