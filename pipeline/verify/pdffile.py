"""The objects of a finished PDF, byte by byte: numbered from 1, all reached from the root, and nothing beside them."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_TAIL = re.compile(
    rb"xref\n0 ([0-9]+)\n0000000000 65535 f \n((?:[0-9]{10} 00000 n \n)*)trailer\n<< /Size ([0-9]+) /Root 1 0 R >>\n"
    rb"startxref\n([0-9]+)\n%%EOF\n\Z"
)
_LENGTH = re.compile(rb"/Length ([0-9]+)(?![0-9]* [0-9]+ R)")
_STREAM = re.compile(rb"\s*stream\r?\n")
_REFERENCE = re.compile(rb"(?<![\w.])([0-9]+) 0 R\b")
#: More than any page of ours unpacks to.
_LARGEST = 64 * 2**20


class Oneven(Exception):
    """The PDF is not laid out as ours are; the text says in Dutch what is wrong."""


@dataclass(frozen=True)
class PdfObject:
    """One object: what it says, and its stream as it stands in the file."""

    head: bytes
    packed: bytes | None = None

    def unpack(self) -> bytes:
        """The stream, unpacked. Raises Oneven for a filter that needs more than zlib, or for bytes behind it."""
        if self.packed is None:
            return b""
        if b"/Filter" not in self.head:
            return self.packed
        if not re.search(rb"/Filter\s*\[?\s*/FlateDecode\s*\]?\s*(?:/|>>)", self.head):
            raise Oneven("een stroom is op een onbekende manier ingepakt")
        machine = zlib.decompressobj()
        try:
            inhoud = machine.decompress(self.packed, _LARGEST)
        except zlib.error:
            raise Oneven("een stroom is beschadigd") from None
        if not machine.eof or machine.unused_data.strip(b"\r\n"):
            raise Oneven("achter een stroom staat nog iets")
        return inhoud


@dataclass(frozen=True)
class PdfFile:
    """All objects by number."""

    objects: dict[int, PdfObject] = field(default_factory=dict)

    def list_references(self, number: int) -> list[int]:
        """The objects that an object speaks of."""
        return [int(found) for found in _REFERENCE.findall(self.objects[number].head)]

    def find_unreached(self) -> set[int]:
        """The objects to which no road leads from the root."""
        reached, waiting = {1}, [1]
        while waiting:
            new = {n for n in self.list_references(waiting.pop()) if n in self.objects} - reached
            reached |= new
            waiting += new
        return set(self.objects) - reached


def read_pdf(pdf: bytes) -> PdfFile:
    """Read a PDF that this programme wrote. Raises Oneven for any byte that has no place in such a file."""
    if not pdf.startswith(_HEADER):
        raise Oneven("er staat iets voor het begin")
    if pdf.count(b"%%EOF") != 1 or pdf.count(b"startxref") != 1:
        raise Oneven("er zit meer dan een versie in het bestand")
    tail = _TAIL.search(pdf)
    if tail is None:
        raise Oneven("het einde of de inhoudsopgave heeft een toevoeging")
    places = [int(line[:10]) for line in tail[2].splitlines()]
    if not (int(tail[1]) == int(tail[3]) == len(places) + 1 and int(tail[4]) == tail.start()):
        raise Oneven("de inhoudsopgave klopt niet")
    if not places or places[0] != len(_HEADER):
        raise Oneven("er staat iets voor de eerste inhoud")
    ends = [*places[1:], tail.start()]
    return PdfFile({n: _read_object(pdf, n, *span) for n, span in enumerate(zip(places, ends, strict=True), start=1)})


def _read_object(pdf: bytes, number: int, begin: int, end: int) -> PdfObject:
    first, last = b"%d 0 obj\n" % number, b"\nendobj\n"
    body = pdf[begin + len(first) : end - len(last)]
    if pdf[begin : begin + len(first)] != first or pdf[end - len(last) : end] != last:
        raise Oneven("er staat iets tussen de onderdelen")
    head_end = body.find(b"stream")
    if head_end < 0:
        return PdfObject(body)
    head = body[:head_end].rstrip()
    opening = _STREAM.match(body, len(head))
    lengths = _LENGTH.findall(head)
    if opening is None or not head.endswith(b">>") or len(lengths) != 1:
        return PdfObject(body)
    packed = body[opening.end() : opening.end() + int(lengths[0])]
    if body[opening.end() + len(packed) :].strip(b"\r\n") != b"endstream":
        raise Oneven("achter een stroom staat nog iets")
    return PdfObject(head, packed)
