"""What the pages of a PDF draw, read from their content streams: every letter, also those that no viewer shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.verify.pdffile import Oneven, PdfFile

_STRING = rb"\((?:\\.|[^()\\]|\((?:\\.|[^()\\])*\))*\)"
_TOKEN = re.compile(
    rb"(%s|<[0-9A-Fa-f\s]*>|\[(?:[^\[\]()]|%s)*\]|/[^\s()<>\[\]{}/%%]*|<<(?:[^<>()]|%s|<[0-9A-Fa-f]*>)*>>|[-+]?[0-9]*\.?[0-9]+|[A-Za-z]+\*?|['\"])"
    % (_STRING, _STRING, _STRING),
    re.DOTALL,
)
_PIECE = re.compile(rb"%s|<[0-9A-Fa-f\s]*>" % _STRING, re.DOTALL)
_OPERATORS = frozenset(
    b"q Q cm w J j M d i m l c v y h re S s f F f* B B* b b* n W W* BT ET Tf Td TD Tm T* Tj TJ Tc Tw Tz TL Ts Tr"
    b" rg RG g G k K cs CS sc SC scn SCN BMC BDC EMC Do".split()
)
_SHOWN = (b"Tj", b"TJ")
_FILLS = {b"g": 1, b"rg": 3, b"k": 4}
#: Filled, outlined or both; never invisible, never a clip of letters.
_VISIBLE_MODES = (b"0", b"1", b"2")
_SMALLEST = 3.0
_LIGHT = 0.93
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

    def read(self, raw: bytes) -> str | None:
        """The text of a string; None when a code has no meaning."""
        codes = [int.from_bytes(raw[at : at + self.width], "big") for at in range(0, len(raw), self.width)]
        read = [self.letters.get(code) for code in codes]
        return None if None in read else "".join(filter(None, read))


def read_content(content: bytes, fonts: Mapping[str, FontMap]) -> Drawn:
    """Go through one content stream."""
    drawn = Drawn()
    if _TOKEN.sub(b"", content).strip():
        drawn.strange.add("een opmerking of iets dat niets tekent")
    font: FontMap | None = None
    fills: list[bool] = [False]
    operands: list[bytes] = []
    for token in _TOKEN.findall(content):
        if token[:1] in b"/(<[-+.0123456789":
            operands.append(token)
            continue
        if token not in _OPERATORS:
            drawn.strange.add("een opdracht die niet toegelaten is")
        elif token in _SHOWN:
            drawn.text.append(_show(operands, font, drawn))
            drawn.light |= fills[-1]
        elif token == b"Tf":
            font = _choose_font(operands, fonts, drawn)
        elif token == b"q":
            fills.append(fills[-1])
        elif token == b"Q":
            del fills[len(fills) - 1 if len(fills) > 1 else 1 :]
        elif token in _FILLS:
            fills[-1] = _is_light(operands, token)
        elif token in (b"Tr", b"BMC", b"BDC", b"Do"):
            _judge_operator(token, operands, drawn)
        operands = []
    return drawn


def _show(operands: list[bytes], font: FontMap | None, drawn: Drawn) -> str:
    if font is None or len(operands) != 1:
        drawn.strange.add("tekst zonder lettertype")
        return ""
    pieces = [font.read(unwrap(piece)) for piece in _PIECE.findall(operands[0])]
    if None in pieces:
        drawn.strange.add("een letterteken zonder betekenis")
    return "".join(filter(None, pieces))


def _choose_font(operands: list[bytes], fonts: Mapping[str, FontMap], drawn: Drawn) -> FontMap | None:
    name = operands[0][1:].decode("latin-1") if operands else ""
    drawn.used.add(name)
    if len(operands) != 2 or float(operands[1]) < _SMALLEST:
        drawn.strange.add("tekst die te klein is om te lezen")
    return fonts.get(name)


def _is_light(operands: list[bytes], token: bytes) -> bool:
    values = [float(operand) for operand in operands if operand[:1] != b"/"]
    if token == b"k":
        return sum(values) < 1 - _LIGHT
    return bool(values) and min(values) > _LIGHT


def _judge_operator(token: bytes, operands: list[bytes], drawn: Drawn) -> None:
    if token == b"Tr":
        if operands not in [[mode] for mode in _VISIBLE_MODES]:
            drawn.strange.add("onzichtbare tekst")
        return
    name = operands[0][1:].decode("latin-1") if operands and operands[0].startswith(b"/") else "?"
    if token == b"Do":
        drawn.used.add(name)
    else:
        drawn.roles.add(name)
        if token == b"BDC" and not (len(operands) == 2 and _MARKED.fullmatch(operands[1])):
            drawn.strange.add("een merk om tekst heen dat niet toegelaten is")


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
                yield from ((int(first, 16) + step, _shift(begin, step)) for step in range(int(last, 16) - int(first, 16) + 1))


def _decode(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", errors="replace")


def _shift(digits: bytes, step: int) -> str:
    text = _decode(digits)
    return text[:-1] + chr(ord(text[-1]) + step) if text else ""
