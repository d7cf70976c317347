"""Labels and values in running text: "Label: waarde", a label above its value, a heading above its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.read.draft import Draft, draft_label, draft_loose
from pipeline.read.looks import drop_marks, show_marked
from pipeline.read.model import Paragraph, show
from pipeline.read.normalise import clean_label, normalise
from pipeline.read.ticks import has_tick, normalise_ticks
from schemas.inzending import Ligging

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


def split_marked(text: str, marked: str) -> list[tuple[str, str, str]]:
    """Return the label/value pairs of a paragraph, each with its value as `marked` shows it ("" when that differs)."""
    pairs = split_pairs(text)
    shown = split_pairs(marked) if len(marked) != len(text) else []
    if [(drop_marks(label), drop_marks(value)) for label, value in shown] != pairs:
        return [(label, value, "") for label, value in pairs]
    return [(label, value, looks) for (label, value), (_, looks) in zip(pairs, shown, strict=True)]


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
        text, marked = show(paragraph), show_marked([paragraph])
        if not text.strip():
            if self._label.lines:
                yield from self._label.close(keep_empty=True)
            return
        if _looks_like_heading(paragraph, text):
            how = Ligging.TITEL if paragraph.heading or not self._label.label else Ligging.VETTE_REGEL
            yield from self.close()
            self._heading.open(clean_label(text), paragraph.plaats, how=how)
            yield from draft_loose(text, paragraph.plaats, self._table, marked=marked, how=how)
            return
        self._heading.add(text, marked)
        pairs = split_marked(text, marked)
        if pairs:
            yield from self._read_pairs(pairs, paragraph)
        elif is_question(text):
            yield from self._label.close(keep_empty=True)
            self._label.open(clean_label(text), paragraph.plaats)
        elif self._label.label:
            self._label.add(text, marked)
        else:
            title = self._heading.label
            yield from draft_loose(text, paragraph.plaats, self._table, marked=marked, title=title)

    def close(self) -> Iterator[Draft]:
        """Yield the waiting answers; a heading without text below it is no answer."""
        yield from self._label.close(keep_empty=True)
        yield from self._heading.close(keep_empty=False)

    def drop(self) -> None:
        """Forget the waiting label: what comes next is its value in another shape."""
        self._label.drop()

    def _read_pairs(self, pairs: list[tuple[str, str, str]], paragraph: Paragraph) -> Iterator[Draft]:
        yield from self._label.close(keep_empty=True)
        open_label = "" if pairs[-1][1].strip() else pairs[-1][0]
        for label, text, marked in pairs[:-1] if open_label else pairs:
            yield draft_label(label, text, paragraph.plaats, self._table, marked=marked, struck=paragraph.struck)
        if open_label:
            self._label.open(open_label, paragraph.plaats)


class _Waiting:
    """A label and the lines that were found for it so far."""

    def __init__(self, table: int | None) -> None:
        self._table = table
        self._plaats = ""
        self._how = Ligging.ERONDER
        self._marked: list[str] = []
        self.label = ""
        self.lines: list[str] = []

    def open(self, label: str, plaats: str, *, how: Ligging = Ligging.ERONDER) -> None:
        self.label, self._plaats, self._how = label, plaats, how
        self.lines, self._marked = [], []

    def add(self, text: str, marked: str) -> None:
        if self.label:
            self.lines.append(text)
            self._marked.append(marked)

    def close(self, *, keep_empty: bool) -> Iterator[Draft]:
        if self.label and (self.lines or keep_empty):
            text, marked = "\n".join(self.lines), "\n".join(self._marked)
            draft = draft_label(self.label, text, self._plaats, self._table, marked=marked)
            yield replace(draft, antwoord=draft.antwoord.model_copy(update={"ligging": self._how}))
        self.drop()

    def drop(self) -> None:
        self.label, self.lines = "", []


def is_question(text: str) -> bool:
    """Return whether a line is a short question, which stands above its answer."""
    stripped = text.strip()
    if "\n" in stripped or any(map(str.isalpha, stripped.rpartition("\t")[0])):  # what a tab parts is no one question
        return False
    return stripped.rstrip(" *").endswith("?") and len(text.split()) <= _MAX_WORDS


def _looks_like_heading(paragraph: Paragraph, text: str) -> bool:
    if paragraph.heading:
        return True
    short = len(text) <= _MAX_BOLD_HEADING and not text.rstrip().endswith(":")
    return paragraph.bold and short and not split_pairs(text)
