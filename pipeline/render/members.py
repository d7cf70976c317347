"""A ZIP made of members that are packed already: what did not change is copied as the bytes it was.

The result is, byte for byte, what `zipfile` writes for the same members in the order of their names.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

DEFLATE = 6
RECHTEN = 0o600 << 16  # what zipfile writes when nothing is asked; said here so that it stays
_MS_DOS = 0  # the only origin of a member that does not depend on the machine
_VERSIE = 20
_UTF8 = 0x800
_DATUM = 1 << 5 | 1  # 1 January 1980, the earliest date that a ZIP can hold
_GROOTSTE = 0xFFFFFFFF
_KOP = struct.Struct("<4s5H3L2H")
_REGEL = struct.Struct("<4s2B5H3L5H2L")
_SLOT = struct.Struct("<4s4H2LH")


@dataclass(frozen=True, slots=True)
class Lid:
    """A member, packed: header and contents, and its line in the list at the end but for where it stands."""

    inhoud: bytes
    regel: tuple[object, ...]
    naam: bytes


def pack_member(naam: str, inhoud: bytes) -> Lid:
    """Deflate one member.

    Raises:
        OverflowError: it is larger than a ZIP without extensions can hold.

    """
    if len(inhoud) > _GROOTSTE:
        raise OverflowError(naam)
    pers = zlib.compressobj(DEFLATE, zlib.DEFLATED, -15)
    gepakt = pers.compress(inhoud) + pers.flush()
    wijze = 0 if naam.isascii() else _UTF8
    kort = naam.encode()
    maten = (zlib.crc32(inhoud), len(gepakt), len(inhoud), len(kort), 0)
    gedeeld = (wijze, zlib.DEFLATED, 0, _DATUM, *maten)
    kop = _KOP.pack(b"PK\x03\x04", _VERSIE, *gedeeld)
    regel = (b"PK\x01\x02", _VERSIE, _MS_DOS, _VERSIE, *gedeeld, 0, 0, 0, RECHTEN)
    return Lid(kop + kort + gepakt, regel, kort)


def join_members(leden: Mapping[str, Lid]) -> bytes:
    """Write packed members as one ZIP, in the order of their names."""
    stukken, lijst, plaats = [], [], 0
    for naam in sorted(leden):
        lid = leden[naam]
        stukken.append(lid.inhoud)
        lijst += [_REGEL.pack(*lid.regel, plaats), lid.naam]
        plaats += len(lid.inhoud)
    register = b"".join(lijst)
    slot = _SLOT.pack(b"PK\x05\x06", 0, 0, len(leden), len(leden), len(register), plaats, 0)
    return b"".join((*stukken, register, slot))
