"""Builds compound files (OLE) from bytes, and Outlook messages in them: no writer of these is at hand."""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

SECTOR, MINI, CUTOFF = 512, 64, 4096
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_ROOT, _STORAGE, _STREAM = 5, 1, 2

#: a folder of streams (bytes) and folders
Boom: TypeAlias = Mapping[str, "bytes | Boom"]


@dataclass
class _Entry:
    naam: str
    soort: int
    inhoud: bytes = b""
    kind: int = _FREE
    volgend: int = _FREE
    begin: int = _END


class _Writer:
    def __init__(self) -> None:
        self.sectors: list[bytes] = []
        self.fat: list[int] = []
        self.mini = b""
        self.minifat: list[int] = []
        self.entries = [_Entry("Root Entry", _ROOT)]

    def add(self, ouder: _Entry, boom: Boom) -> None:
        """Siblings hang in one chain to the right: an unbalanced tree, which readers take as well."""
        vorig: _Entry | None = None
        for naam in sorted(boom, key=lambda n: (len(n), n.upper())):
            tak = boom[naam]
            entry = _Entry(naam, _STREAM, tak) if isinstance(tak, bytes) else _Entry(naam, _STORAGE)
            nummer = len(self.entries)
            self.entries.append(entry)
            if vorig is None:
                ouder.kind = nummer
            else:
                vorig.volgend = nummer
            vorig = entry
            if not isinstance(tak, bytes):
                self.add(entry, tak)

    def store(self, inhoud: bytes) -> int:
        begin, aantal = len(self.sectors), -(-len(inhoud) // SECTOR)
        vol = inhoud.ljust(aantal * SECTOR, b"\0")
        self.sectors += [vol[i * SECTOR : (i + 1) * SECTOR] for i in range(aantal)]
        self.fat += [*range(begin + 1, begin + aantal), _END] if aantal else []
        return begin if aantal else _END

    def store_streams(self) -> None:
        for entry in self.entries[1:]:
            if entry.soort == _STREAM and len(entry.inhoud) >= CUTOFF:
                entry.begin = self.store(entry.inhoud)
            elif entry.soort == _STREAM and entry.inhoud:
                begin, aantal = len(self.minifat), -(-len(entry.inhoud) // MINI)
                self.mini += entry.inhoud.ljust(aantal * MINI, b"\0")
                self.minifat += [*range(begin + 1, begin + aantal), _END]
                entry.begin = begin
        self.entries[0].inhoud, self.entries[0].begin = self.mini, self.store(self.mini)

    def build(self) -> bytes:
        self.store_streams()
        minifat = self.store(_pack(self.minifat))
        aantal_minifat = -(-len(self.minifat) * 4 // SECTOR)
        directory = self.store(b"".join(map(_spell, self.entries)))
        aantal_fat = 1
        while (len(self.sectors) + aantal_fat) * 4 > aantal_fat * SECTOR:
            aantal_fat += 1
        assert aantal_fat <= 109
        plaatsen = [*range(len(self.sectors), len(self.sectors) + aantal_fat)]
        fat = _pack(self.fat + [_FAT] * aantal_fat)
        kop = struct.pack("<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0,
                          aantal_fat, directory, 0, CUTOFF, minifat, aantal_minifat, _END, 0)  # fmt: skip
        return kop + _pack(plaatsen, 109) + b"".join(self.sectors) + fat


def _pack(getallen: Sequence[int], aantal: int = 0) -> bytes:
    vol = aantal or -(-len(getallen) // 128) * 128
    return struct.pack(f"<{vol}I", *getallen, *[_FREE] * (vol - len(getallen)))


def _spell(entry: _Entry) -> bytes:
    naam = entry.naam.encode("utf-16-le") + b"\0\0"
    grootte = len(entry.inhoud)
    return struct.pack("<64sHBBIII16xI8x8xIQ", naam, len(naam), entry.soort, 1, _FREE, entry.volgend, entry.kind, 0,
                       entry.begin if entry.soort != _STORAGE else 0, grootte)  # fmt: skip


def build_ole(boom: Boom) -> bytes:
    """A compound file with these streams and storages."""
    writer = _Writer()
    writer.add(writer.entries[0], boom)
    return writer.build()


def build_message(
    bijlagen: Mapping[str, bytes | Boom],
    afzender: str = "mieke.proefmans@example.org",
    verzonden: dt.datetime | None = None,
    *,
    top: bool = True,
) -> Boom:
    """The tree of an Outlook message; a file that is a tree is a message in this message (made with `top=False`)."""
    boom: dict[str, bytes | Boom] = {
        "__properties_version1.0": bytes(32 if top else 24) + _spell_time(verzonden),
        "__substg1.0_001A001F": "IPM.Note".encode("utf-16-le"),
        "__substg1.0_0037001F": "Onderwerp dat niemand leest".encode("utf-16-le"),
        "__substg1.0_1000001F": "De tekst van het bericht, die niemand leest.".encode("utf-16-le"),
        "__substg1.0_0C1A001F": "Mieke Proefmans".encode("utf-16-le"),
        "__substg1.0_5D01001F": afzender.encode("utf-16-le"),
        "__nameid_version1.0": {"__substg1.0_00020102": b""},
        "__recip_version1.0_#00000000": {"__properties_version1.0": bytes(8)},
    }
    for nummer, (naam, inhoud) in enumerate(bijlagen.items()):
        data = "__substg1.0_37010102" if isinstance(inhoud, bytes) else "__substg1.0_3701000D"
        boom[f"__attach_version1.0_#{nummer:08X}"] = {
            "__properties_version1.0": bytes(8),
            "__substg1.0_3707001F": naam.encode("utf-16-le"),
            data: inhoud,
        }
    return boom


def _spell_time(moment: dt.datetime | None) -> bytes:
    if moment is None:
        return b""
    tikken = int((moment - dt.datetime(1601, 1, 1, tzinfo=dt.UTC)).total_seconds()) * 10_000_000
    return struct.pack("<HHIQ", 0x0040, 0x0039, 0, tikken)
