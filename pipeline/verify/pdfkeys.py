"""Which keys and names an object of a finished PDF may hold: a closed list for each kind of dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

_TOKEN = re.compile(
    rb"<<|>>|[\[\]]|/[^\s()<>\[\]{}/%]*|\((?:\\.|[^()\\])*\)|<[0-9A-Fa-f\s]*>|[-+]?[0-9]*\.?[0-9]+(?:e-?[0-9]+)?|\x01|true|false|null",
    re.DOTALL,
)
_NUMBER = re.compile(rb"(?<![\w#/.+])[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?![\w#])")
#: A reference becomes one byte; many references, numbers or pieces of marked text in a row become one.
_REFERENCE = re.compile(rb"\b[0-9]+ [0-9]+ R\b")
_MANY = re.compile(rb"\x01(?:\s*\x01)+|\b0(?:\s+0)+\b|\b0(?:\s+\[ ?0 ?\])+")
_MARKED = re.compile(rb"(?:<<\s*/Type\s*/MCR\s*/Pg\s*\x01\s*/MCID\s+0\s*>>\s*)+")


def _keys(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STREAM = _keys("Length Filter")
#: By /Type, or by the key under which a dictionary stands, or by what it must be when it has neither.
KINDS = {
    "Catalog": _keys("Type Pages StructTreeRoot Lang MarkInfo ViewerPreferences Metadata"),
    "Pages": _keys("Type Kids Count Parent MediaBox Resources Rotate"),
    "Page": _keys("Type Parent MediaBox Contents Resources StructParents Annots Rotate Tabs"),
    "Metadata": _keys("Type Subtype") | _STREAM,
    "Font": _keys(
        "Type Subtype BaseFont Encoding DescendantFonts ToUnicode FirstChar LastChar Widths FontDescriptor"
        " CIDSystemInfo DW W CIDToGIDMap"
    ),
    "FontDescriptor": _keys(
        "Type FontName Flags FontBBox ItalicAngle Ascent Descent CapHeight XHeight Leading StemV StemH AvgWidth"
        " MaxWidth MissingWidth FontFile FontFile2 FontFile3 CIDSet"
    ),
    "StructTreeRoot": _keys("Type K ParentTree ParentTreeNextKey RoleMap"),
    "StructElem": _keys("Type S P Pg A K Alt Lang"),
    "MCR": _keys("Type Pg MCID"),
    "OBJR": _keys("Type Pg Obj"),
    "XObject": _keys("Type Subtype Width Height ColorSpace BitsPerComponent SMask Interpolate Decode DecodeParms")
    | _STREAM,
    "Annot": _keys("Type Subtype Rect Border A F StructParent Contents"),
    "Action": _keys("Type S URI"),
    "Resources": _keys("Font XObject ProcSet ColorSpace"),
    "Numbers": _keys("Nums Kids Limits"),
    "Layout": _keys(
        "O Placement WritingMode Width Height BBox SpaceBefore SpaceAfter StartIndent EndIndent TextIndent TextAlign"
        " LineHeight BaselineShift TextDecorationType TextDecorationColor TextDecorationThickness Color BackgroundColor"
        " BorderColor BorderStyle BorderThickness Padding Scope Headers ColSpan RowSpan ListNumbering InlineAlign"
        " BlockAlign TBorderStyle TPadding"
    ),
    "CIDSystemInfo": _keys("Registry Ordering Supplement"),
    "MarkInfo": _keys("Marked"),
    "ViewerPreferences": _keys("DisplayDocTitle"),
    "DecodeParms": _keys("Predictor Colors BitsPerComponent Columns"),
    "Stream": _STREAM | _keys("Length1 Length2 Length3 Subtype"),
}
_BY_KEY = {
    **{key: key for key in ("Resources", "CIDSystemInfo", "MarkInfo", "ViewerPreferences", "DecodeParms")},
    "ParentTree": "Numbers",
    "A": "A",
    "Font": "Map",
    "XObject": "Map",
    "RoleMap": "Roles",
    "K": "K",
}
#: A dictionary without /Type and without a key above it: an object of its own.
_LOOSE = ("Stream", "Resources", "Numbers", "Layout", "CIDSystemInfo", "Action", "MarkInfo", "ViewerPreferences")
_MAP = re.compile(r"(?:F|Im|Img|X|Tr|I)[0-9]{1,5}(?:_[0-9]{1,5})?")
_NAMES = _keys(
    "Catalog Pages Page Metadata XML Font Type0 Type1 TrueType CIDFontType0 CIDFontType2 OpenType CIDFontType0C Type1C"
    " Identity-H Identity WinAnsiEncoding MacRomanEncoding FlateDecode DCTDecode FontDescriptor StructTreeRoot"
    " StructElem MCR OBJR XObject Image DeviceRGB DeviceGray DeviceCMYK Annot Link Action URI PDF Text ImageB ImageC"
    " ImageI Layout Table List PrintField Inline Block Before After Start End Center Justify LrTb RlTb TbRl Auto Normal"
    " None Underline Overline LineThrough Column Row Both Disc Circle Square Decimal UpperRoman LowerRoman UpperAlpha"
    " LowerAlpha Unordered Ordered Solid Hidden Dotted Dashed Double Groove Ridge Inset Outset S R Middle Top Bottom"
)


@dataclass
class Judgement:
    """What is wrong with an object, and the names and strings in it that only the document can judge."""

    strange: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    fonts: set[str] = field(default_factory=set)
    texts: set[tuple[str, bytes]] = field(default_factory=set)  #: key, string as it is written


class _Parser:
    """Reads one object into dicts, lists and tokens."""

    def __init__(self, tokens: list[bytes]) -> None:
        self._tokens = iter(tokens)

    def read(self) -> object:
        token = next(self._tokens, b"")
        if token == b"<<":
            return self._read_dict()
        return self._read_list() if token == b"[" else token

    def _read_dict(self) -> dict[str, object]:
        found: dict[str, object] = {}
        for key in self._tokens:
            if key == b">>":
                return found
            name = key[1:].decode("latin-1")
            if not key.startswith(b"/") or name in found:
                raise ValueError
            found[name] = self.read()
        raise ValueError

    def _read_list(self) -> list[object]:
        found: list[object] = []
        for token in self._tokens:
            if token == b"]":
                return found
            found.append(self._read_dict() if token == b"<<" else self._read_list() if token == b"[" else token)
        raise ValueError


def judge(head: bytes) -> Judgement:
    """Judge one object. Numbers do not count: objects that differ in numbers only are judged once."""
    if b"\x01" in head:
        return Judgement({"onleesbaar onderdeel"})
    if b"(" in head or re.search(rb"(?<!<)<(?!<)", head):
        return _judge(_REFERENCE.sub(b"\x01", head))
    shape = _NUMBER.sub(b"0", _REFERENCE.sub(b"\x01", head))
    return _judge_shape(_MARKED.sub(b"0 ", _MANY.sub(lambda found: found[0][:1], shape)))


@lru_cache(maxsize=4096)
def _judge_shape(shape: bytes) -> Judgement:
    return _judge(shape)


def _judge(head: bytes) -> Judgement:
    result = Judgement()
    if _TOKEN.sub(b"", head).strip(b"\r\n\t "):
        result.strange.add("opmerking of losse tekst")
    try:
        value = _Parser(_TOKEN.findall(head)).read()
    except (ValueError, RecursionError):
        result.strange.add("onleesbaar onderdeel")
        return result
    _walk(value, "", result)
    return result


def _walk(value: object, key: str, result: Judgement) -> None:
    if isinstance(value, dict):
        _walk_dict(value, key, result)
    elif isinstance(value, list):
        for part in value:
            _walk(part, key, result)
    elif isinstance(value, bytes):
        _walk_token(value, key, result)


def _walk_dict(value: dict[str, object], key: str, result: Judgement) -> None:
    kind = _BY_KEY.get(key, "")
    if kind == "Roles":
        result.roles |= value.keys()
        result.roles |= {_name(part) for part in value.values()}
        return
    if kind == "Map" or (not key and value and all(_MAP.fullmatch(name) for name in value)):
        result.strange |= {"naam van een bron" for name in value if not _MAP.fullmatch(name)}
        key = "Map"
    elif not any(value.keys() <= KINDS[kind] for kind in _list_kinds(value, kind, key)):
        result.strange.add("sleutel die niet toegelaten is")
    for name, part in value.items():
        _walk(part, name, result)


def _list_kinds(value: dict[str, object], kind: str, key: str) -> Iterator[str]:
    """What a dictionary can be: what it says that it is, or what its place says."""
    says = _name(value.get("Type"))
    if says:
        yield says if says in KINDS else "MarkInfo"
    elif kind == "A" or kind == "K":
        yield from ("Layout", "Action", "MCR") if kind == "A" else ("MCR",)
    elif kind:
        yield kind
    elif not key:
        yield from _LOOSE
        if _name(value.get("Subtype")) in ("Image", "Link"):
            yield "XObject" if _name(value.get("Subtype")) == "Image" else "Annot"


def _name(value: object) -> str:
    return value[1:].decode("latin-1") if isinstance(value, bytes) and value.startswith(b"/") else ""


def _walk_token(token: bytes, key: str, result: Judgement) -> None:
    if token.startswith((b"(", b"<")):
        result.texts.add((key, token))
    elif token.startswith(b"/"):
        name = token[1:].decode("latin-1")
        if key == "S" and name != "URI":
            result.roles.add(name)
        elif key in ("BaseFont", "FontName"):
            result.fonts.add(name)
        elif name not in _NAMES:
            result.strange.add("naam die niet toegelaten is")
