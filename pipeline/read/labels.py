"""Labels and values in running text: "Label: waarde", a label above its value, a heading above its text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.read.draft import Draft, draft_label
from pipeline.read.model import Paragraph, show
from pipeline.read.normalise import clean_label, normalise
from pipeline.read.ticks import has_tick, normalise_ticks

_MAX_WORDS = 15
_MAX_BOLD_HEADING = 80
#: a label starts a line, or stands after a tab or two spaces; 14:30 and https:// hold no label
_LABEL = re.compile(r"(?:^|\n|\t| {2,})[ \t]*([^\t\n:]{1,120}?)[ \t]*(?:(?<!\d):|:(?!\d))(?!//)")
_LEADER = re.compile(r"_{3,}|\.{4,}|…{2,}")
_BLANKS = re.compile(r"[ \t]{2,}")
_MAX_LEADER_LABEL = 80


def split_pairs(text: str) -> list[tuple[str, str]]:
    """Return the label/value pairs of one paragraph; none when it is no label."""
    # Long runs of blanks would make the search for labels quadratic.
    text = _BLANKS.sub(lambda run: "\t" if "\t" in run[0] else "  ", normalise(text)).strip(" ")
    matches = [match for match in _LABEL.finditer(text) if _is_label(match.group(1))]
    if not matches or text[: matches[0].start()].strip():
        return _split_leader(text)
    ends = [match.start() for match in matches[1:]] + [len(text)]
    return [(clean_label(match.group(1)), text[match.end() : end]) for match, end in zip(matches, ends, strict=True)]


def _split_leader(text: str) -> list[tuple[str, str]]:
    """A dotted or underscored line parts the label from the value as well as a colon does."""
    leader = _LEADER.search(text)
    if leader is None or not 0 < leader.start() <= _MAX_LEADER_LABEL or "\n" in text[: leader.start()]:
        return []
    label = clean_label(text[: leader.start()])
    return [(label, text[leader.end() :])] if label else []


def _is_label(text: str) -> bool:
    label = clean_label(text)
    return bool(label) and len(label.split()) <= _MAX_WORDS and not has_tick(normalise_ticks(text))


class LabelReader:
    """Reads paragraphs one by one: a label waits for the text below it, a heading for all text up to the next."""

    def __init__(self, table: int | None = None) -> None:
        """Start with nothing waiting."""
        self._table = table
        self._label = _Waiting(table)
        self._heading = _Waiting(table)

    @property
    def waiting(self) -> str:
        """Return the label that still waits for its value, "" when none does."""
        for waiting in (self._label, self._heading):
            if waiting.label and not waiting.lines:
                return waiting.label
        return ""

    def feed(self, paragraph: Paragraph) -> Iterator[Draft]:
        """Yield the answers that are complete once this paragraph is read."""
        text = show(paragraph)
        if not text.strip():
            if self._label.lines:
                yield from self._label.close(keep_empty=True)
            return
        if _looks_like_heading(paragraph, text):
            yield from self.close()
            self._heading.open(clean_label(text), paragraph.plaats)
            return
        self._heading.add(text)
        pairs = split_pairs(text)
        if pairs:
            yield from self._read_pairs(pairs, paragraph)
        elif is_question(text):
            yield from self._label.close(keep_empty=True)
            self._label.open(clean_label(text), paragraph.plaats)
        else:
            self._label.add(text)

    def close(self) -> Iterator[Draft]:
        """Yield the waiting answers; a heading without text below it is no answer."""
        yield from self._label.close(keep_empty=True)
        yield from self._heading.close(keep_empty=False)

    def drop(self) -> None:
        """Forget the waiting label: what comes next is its value in another shape."""
        self._label.drop()

    def _read_pairs(self, pairs: list[tuple[str, str]], paragraph: Paragraph) -> Iterator[Draft]:
        yield from self._label.close(keep_empty=True)
        *complete, (label, value) = pairs
        for name, text in complete:
            yield draft_label(name, text, paragraph.plaats, self._table, struck=paragraph.struck)
        if value.strip():
            yield draft_label(label, value, paragraph.plaats, self._table, struck=paragraph.struck)
        else:
            self._label.open(label, paragraph.plaats)


class _Waiting:
    """A label and the lines that were found for it so far."""

    def __init__(self, table: int | None) -> None:
        self._table = table
        self._plaats = ""
        self.label = ""
        self.lines: list[str] = []

    def open(self, label: str, plaats: str) -> None:
        self.label, self._plaats, self.lines = label, plaats, []

    def add(self, text: str) -> None:
        if self.label:
            self.lines.append(text)

    def close(self, *, keep_empty: bool) -> Iterator[Draft]:
        if self.label and (self.lines or keep_empty):
            yield draft_label(self.label, "\n".join(self.lines), self._plaats, self._table)
        self.drop()

    def drop(self) -> None:
        self.label, self.lines = "", []


def is_question(text: str) -> bool:
    """Return whether a line is a short question, which stands above its answer."""
    return text.rstrip(" *").endswith("?") and "\n" not in text.strip() and len(text.split()) <= _MAX_WORDS


def _looks_like_heading(paragraph: Paragraph, text: str) -> bool:
    if paragraph.heading:
        return True
    short = len(text) <= _MAX_BOLD_HEADING and not text.rstrip().endswith(":")
    return paragraph.bold and short and not split_pairs(text)
