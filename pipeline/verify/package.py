"""The ZIP of a finished Word file, byte by byte: members, and nothing before, between, behind or beside them."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field

from pipeline.verify.findings import make_finding
from schemas.bevinding import Bevinding

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_TIME, _DATE = 0, (1 << 5) | 1  # midnight, 1 January 1980
_RIGHTS = 0o600 << 16
_STORED, _DEFLATED = 0, 8
_EXTRA = "een onderdeel heeft een datum, een opmerking of een extra"
_WHERE = "het Word-bestand (ZIP)"
_LARGEST = 256 * 2**20


class _Oneven(Exception):
    """The file is not laid out as ours are; says where."""


@dataclass(frozen=True)
class Members:
    """The parts of a Word file by name, and what is wrong with the file that holds them."""

    parts: dict[str, bytes] = field(default_factory=dict)
    findings: tuple[Bevinding, ...] = ()


def read_members(word: bytes) -> Members:
    """Unpack a Word file; anything that is not a plain member with plain contents is a finding."""
    parts: dict[str, bytes] = {}
    try:
        _unpack(word, parts)
    except (_Oneven, struct.error, zlib.error, UnicodeDecodeError) as fout:
        reden = str(fout) if isinstance(fout, _Oneven) else "het is geen geldig Word-bestand"
        return Members(parts, (make_finding("verpakking", _WHERE, f"In {_WHERE} klopt iets niet: {reden}."),))
    return Members(parts)


def _unpack(word: bytes, parts: dict[str, bytes]) -> None:
    _, disk, disk2, here, count, size, start, comment = _END.unpack(word[-_END.size :])
    _demand(word[-_END.size :].startswith(b"PK\x05\x06"), "er staat iets achter de inhoudsopgave")
    _demand((disk, disk2, comment, here) == (0, 0, 0, count), "de inhoudsopgave heeft een toevoeging")
    _demand(start + size + _END.size == len(word), "er staat iets tussen of voor de onderdelen")
    place, at = start, 0
    for _ in range(count):
        name, end, place = _read_entry(word, place, at)
        _demand(name not in parts, "een onderdeel staat er tweemaal")
        parts[name], at = _read_member(word, at, end, name), end
    _demand(at == start and place == start + size, "er staat iets tussen de onderdelen")


def _read_entry(word: bytes, place: int, at: int) -> tuple[str, int, int]:
    """One line of the table of contents: the member's name, where it ends, and where the next line begins."""
    fields = _CENTRAL.unpack(word[place : place + _CENTRAL.size])
    mark, made, needs, flags, method, time, date, _crc, packed, _size, lname, *rest, rights, offset = fields
    _demand(mark == b"PK\x01\x02" and offset == at, "er staat iets tussen de onderdelen")
    plain = (made, needs, flags, time, date, *rest, rights)
    _demand(plain == (20, 20, 0, _TIME, _DATE, 0, 0, 0, 0, _RIGHTS), _EXTRA)
    _demand(method in (_STORED, _DEFLATED), "een onderdeel is op een onbekende manier ingepakt")
    begin = place + _CENTRAL.size
    name = word[begin : begin + lname].decode("ascii")
    return name, at + _LOCAL.size + lname + packed, begin + lname


def _read_member(word: bytes, at: int, end: int, name: str) -> bytes:
    (mark, needs, flags, method, time, date, crc, packed, size, lname, lextra) = _LOCAL.unpack(
        word[at : at + _LOCAL.size]
    )
    begin = at + _LOCAL.size + lname
    plain = (mark, needs, flags, time, date, lextra) == (b"PK\x03\x04", 20, 0, _TIME, _DATE, 0)
    _demand(plain and begin + packed == end, _EXTRA)
    _demand(word[at + _LOCAL.size : begin] == name.encode(), "een onderdeel heet binnenin anders")
    contents = word[begin:end]
    if method == _DEFLATED:
        machine = zlib.decompressobj(-15)
        contents = machine.decompress(contents, _LARGEST)
        _demand(machine.eof and not machine.unused_data, "achter de inhoud van een onderdeel staat nog iets")
    _demand(len(contents) == size and zlib.crc32(contents) == crc, "een onderdeel is beschadigd")
    return contents


def _demand(goed: bool, anders: str) -> None:
    if not goed:
        raise _Oneven(anders)
