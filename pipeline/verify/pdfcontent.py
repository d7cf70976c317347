"""What the pages of a PDF draw, read from their content streams: every letter, also those that no viewer shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from importlib.resources import files
from typing import NamedTuple

from pipeline.verify.pdffile import Oneven, PdfFile
from pipeline.verify.tokens import count_letters

_STRING = rb"\((?:\\.|[^()\\]|\((?:\\.|[^()\\])*\))*\)"
_TOKEN = re.compile(
    rb"(%s|<[0-9A-Fa-f\s]*>|\[(?:[^\[\]()]|%s)*\]|/[^\s()<>\[\]{}/%%]*|<<(?:[^<>()]|%s|<[0-9A-Fa-f]*>)*>>|[-+]?[0-9]*\.?[0-9]+|[A-Za-z]+\*?|['\"])"
    % (_STRING, _STRING, _STRING),
    re.DOTALL,
)
_PIECE = re.compile(rb"%s|<[0-9A-Fa-f\s]*>" % _STRING, re.DOTALL)
_OPERATORS = frozenset(
    line.encode("ascii")
    for line in (files(__package__) / "tekenopdrachten.txt").read_text(encoding="ascii").split("\n")
    if line and not line.startswith("#")
)
_SHOWN = (b"Tj", b"TJ")
_JUDGED = (b"Tz", b"Tr", b"Do")
_SILENT = _OPERATORS.difference(_JUDGED)
_OPERAND = frozenset(b"/(<[-+.0123456789")
_FILLS = (b"g", b"rg", b"k")
#: Filled, outlined or both; never invisible, never a clip of letters.
_VISIBLE_MODES = (b"0", b"1", b"2")
_SMALLEST = 3.0
_NARROWEST = 30  # percent
_LIGHT = 0.93
#: What may stand at marked text; what is read aloud in its place must be what is drawn.
_ACTUAL = re.compile(rb"/ActualText\s*(%s|<[0-9A-Fa-f\s]*>)" % _STRING, re.DOTALL)
_MARKED = re.compile(
    rb"<<(?:\s*/(?:MCID\s+[0-9]+|Type\s*/(?:Pagination|Layout|Background|Page)|Subtype\s*/(?:Header|Footer|Watermark)"
    rb"|Attached\s*\[(?:\s*/(?:Top|Bottom|Left|Right))*\s*\]))*\s*>>"
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_BFCHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_BFRANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])")
_CMAP_WORDS = frozenset(
    b"/CIDInit/ProcSet /CIDInit /ProcSet findresource begin dict begincmap /CIDSystemInfo dup << >> /Registry (Adobe)"
    b" /Ordering (Identity) (UCS) /Supplement def end /CMapName /Adobe /CMapVersion /CMapType /WMode /CIDSystemInfo<<"
    b" begincodespacerange endcodespacerange beginbfchar endbfchar beginbfrange endbfrange endcmap CMapName"
    b" currentdict /CMap defineresource pop /CMapName/Adobe-Identity-UCS /Adobe-Identity-UCS %!PS-Adobe-3.0"
    b" Resource-CMap %%DocumentNeededResources: procset CIDInit %%IncludeResource: %%BeginResource: CMap Adobe"
    b" %%Title: (Adobe Identity 0) %%Version: 1 %%EndComments %%EndResource %%EOF".split()
)


@dataclass
class Drawn:
    """What one page draws: its letters in the order of drawing, and what is wrong with how it does."""

    text: list[str] = field(default_factory=list)
    strange: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)  #: names of the pictures and fonts that it uses
    light: bool = False  #: whether letters are drawn in white or nearly so


@dataclass(frozen=True)
class FontMap:
    """How the codes of a font read as text."""

    width: int
    letters: Mapping[int, str]
    _read: dict[bytes, str | None] = field(default_factory=dict, compare=False)

    def read(self, written: bytes) -> str | None:
        """The text of a string as it is written; None when a code has no meaning. The same few come many times."""
        if written not in self._read:
            self._read[written] = self._decode(unwrap(written))
        return self._read[written]

    def _decode(self, raw: bytes) -> str | None:
        codes = [int.from_bytes(raw[at : at + self.width], "big") for at in range(0, len(raw), self.width)]
        read = [self.letters.get(code) for code in codes]
        return None if None in read else "".join(filter(None, read))


class _State(NamedTuple):
    """What a content stream has set, as far as it tells whether letters can be read."""

    light: bool = False
    scale: float = 1.0


class _Reader:
    """Goes through one content stream."""

    def __init__(self, fonts: Mapping[str, FontMap]) -> None:
        self.drawn = Drawn()
        self._fonts = fonts
        self._font: FontMap | None = None
        self._size = 0.0
        self._matrix = 1.0
        self._state = _State()
        self._saved: list[_State] = []
        self._marks: list[tuple[str, int] | None] = []  #: what is read aloud, and where its letters begin
        self.steps: dict[bytes, Callable[[list[bytes]], None]] = {
            **dict.fromkeys(_SHOWN, self._show),
            **{name: partial(self._fill, name) for name in _FILLS},
            b"q": self._save,
            b"Q": self._restore,
            b"cm": self._enlarge,
            b"Tm": self._place,
            b"ET": self._end_text,
            b"Tf": self._take_font,
            b"BMC": self._open_mark,
            b"BDC": self._open_mark,
            b"EMC": self._close_mark,
        }

    def _save(self, _: list[bytes]) -> None:
        self._saved.append(self._state)

    def _restore(self, _: list[bytes]) -> None:
        self._state = self._saved.pop() if self._saved else _State()

    def _fill(self, name: bytes, operands: list[bytes]) -> None:
        self._state = self._state._replace(light=_is_light(name, *operands))

    def _enlarge(self, operands: list[bytes]) -> None:
        self._state = self._state._replace(scale=self._state.scale * _measure(*operands[:4]))

    def _place(self, operands: list[bytes]) -> None:
        self._matrix = _measure(*operands[:4])

    def _end_text(self, _: list[bytes]) -> None:
        """What follows begins at its own size."""
        self._matrix = 1.0

    def _take_font(self, operands: list[bytes]) -> None:
        if len(operands) != 2:
            return _judge_operator(b"Tf", operands, self.drawn)
        name = operands[0][1:].decode("latin-1")
        self._font, self._size = self._fonts.get(name), abs(float(operands[1]))
        self.drawn.used.add(name)
        return None

    def _open_mark(self, operands: list[bytes]) -> None:
        name, *rest = operands or [b""]
        self.drawn.roles.add(name[1:].decode("latin-1"))
        said = _ACTUAL.search(rest[0]) if rest else None
        self._marks.append((read_string(said[1]), len(self.drawn.text)) if said else None)
        if len(rest) > 1 or (rest and not _MARKED.fullmatch(_ACTUAL.sub(b"", rest[0]))):
            self.drawn.strange.add("een merk om tekst heen dat niet toegelaten is")

    def _close_mark(self, _: list[bytes]) -> None:
        mark = self._marks.pop() if self._marks else None
        if mark is not None and count_letters("".join(self.drawn.text[mark[1] :])) != count_letters(mark[0]):
            self.drawn.strange.add("tekst die anders voorgelezen wordt dan ze er staat")

    def _show(self, operands: list[bytes]) -> None:
        font = self._font
        if font is None or len(operands) != 1:
            self.drawn.strange.add("tekst zonder lettertype")
            return
        if self._size * self._matrix * self._state.scale < _SMALLEST:
            self.drawn.strange.add("tekst die te klein is om te lezen")
        pieces = [font.read(piece) for piece in _PIECE.findall(operands[0])]
        if None in pieces:
            self.drawn.strange.add("een letterteken zonder betekenis")
        self.drawn.text.append("".join(filter(None, pieces)))
        self.drawn.light |= self._state.light


def read_content(content: bytes, fonts: Mapping[str, FontMap]) -> Drawn:
    """Go through one content stream."""
    reader = _Reader(fonts)
    steps, drawn = reader.steps, reader.drawn
    between_and_tokens = _TOKEN.split(content)
    if b"".join(between_and_tokens[::2]).strip():
        drawn.strange.add("een opmerking of iets dat niets tekent")
    operands: list[bytes] = []
    for token in between_and_tokens[1::2]:
        if token[0] in _OPERAND:
            operands.append(token)
            continue
        if step := steps.get(token):
            step(operands)
        elif token not in _SILENT:
            _judge_operator(token, operands, drawn)
        operands = []
    return drawn


@lru_cache(maxsize=1024)
def _measure(*operands: bytes) -> float:
    """How much a matrix enlarges. The same few come many times."""
    numbers = [abs(float(operand)) for operand in operands]
    return min(max(numbers[:2]), max(numbers[2:])) if len(numbers) == 4 else 0.0


@lru_cache(maxsize=1024)
def _is_light(token: bytes, *operands: bytes) -> bool:
    values = [float(operand) for operand in operands if operand[:1] != b"/"]
    if token == b"k":
        return sum(values) < 1 - _LIGHT
    return bool(values) and min(values) > _LIGHT


def _judge_operator(token: bytes, operands: list[bytes], drawn: Drawn) -> None:
    if token not in _OPERATORS:
        drawn.strange.add("een opdracht die niet toegelaten is")
    elif token == b"Tz" and not (operands and float(operands[0]) >= _NARROWEST):
        drawn.strange.add("tekst die te smal is om te lezen")
    elif token == b"Tr":
        if operands not in [[mode] for mode in _VISIBLE_MODES]:
            drawn.strange.add("onzichtbare tekst")
    elif token == b"Do":
        drawn.used.add(operands[0][1:].decode("latin-1") if operands else "")


def unwrap(written: bytes) -> bytes:
    """The bytes of a string as PDF writes it."""
    if written.startswith(b"<"):
        digits = b"".join(written[1:-1].split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    inside = written[1:-1]
    return _ESCAPE.sub(_unescape, inside) if b"\\" in inside else inside


def _unescape(found: re.Match[bytes]) -> bytes:
    what = found[1]
    if what[:1].isdigit():
        return bytes([int(what, 8) & 0xFF])
    return _ESCAPED.get(what, what)


def read_string(written: bytes) -> str:
    """The text of a string."""
    raw = unwrap(written)
    if raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be", errors="replace")
    return raw.decode("utf-8" if raw.startswith(b"\xef\xbb\xbf") else "latin-1", errors="replace")


def read_font(file: PdfFile, number: int) -> FontMap:
    """Read what the codes of a font mean. Raises Oneven when it does not say so, or says more than that."""
    head = file.objects[number].head
    reference = re.search(rb"/ToUnicode ([0-9]+) 0 R", head)
    if reference is None or int(reference[1]) not in file.objects:
        raise Oneven("een lettertype zegt niet wat zijn tekens betekenen")
    source = file.objects[int(reference[1])].unpack()
    words = re.sub(rb"<[0-9A-Fa-f\s]*>|\[|\]", b" ", source).split()
    if any(word not in _CMAP_WORDS and not word.isdigit() for word in words):
        raise Oneven("een lettertype bevat een opmerking")
    return FontMap(2 if b"/Type0" in head else 1, dict(_read_letters(source)))


def _read_letters(source: bytes) -> Iterator[tuple[int, str]]:
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", source, re.DOTALL):
        for code, letters in _BFCHAR.findall(block):
            yield int(code, 16), _decode(letters)
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", source, re.DOTALL):
        for first, last, begin, several in _BFRANGE.findall(block):
            if several:
                yield from enumerate(map(_decode, re.findall(rb"<([0-9A-Fa-f]+)>", several)), start=int(first, 16))
            else:
                yield from (
                    (int(first, 16) + step, _shift(begin, step)) for step in range(int(last, 16) - int(first, 16) + 1)
                )


def _decode(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", errors="replace")


def _shift(digits: bytes, step: int) -> str:
    text = _decode(digits)
    return text[:-1] + chr(ord(text[-1]) + step) if text else ""
