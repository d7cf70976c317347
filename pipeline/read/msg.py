"""A message as Outlook saves it (.msg): sender, date and files out of its MAPI properties; its words are not read."""

from __future__ import annotations

import codecs
import datetime as dt
import struct

import olefile

from pipeline.kinds import MSG_STREAM
from pipeline.read.eml import is_signed, read_signed
from pipeline.read.lezing import Bericht
from pipeline.read.message import MAX_DEPTH, Collector, refuse_depth, refuse_encrypted
from pipeline.read.ole import open_ole, read_stream
from schemas.inzending import Herkomst

_MESSAGE_CLASS, _CODEPAGE, _SENT, _RECEIVED = 0x001A, 0x3FFD, 0x0039, 0x0E06
#: addresses first: a name is what people call themselves
_SENDER = (0x5D01, 0x5D02, 0x0C1F, 0x0065, 0x0C1A, 0x0042)
_LONG_NAME, _SHORT_NAME, _DATA, _CONTENT_ID = 0x3707, 0x3704, 0x3701, 0x3712
_DISPLAY_NAME = 0x3001
_UNICODE, _EIGHT_BIT, _BYTES, _OBJECT, _TIME, _NUMBER = 0x001F, 0x001E, 0x0102, 0x000D, 0x0040, 0x0003
#: how Outlook names what only its receiver may open
_RIGHTS_MANAGED = "message.rpmsg"
_ATTACHMENT = "__attach_version1.0_"
_TOP_HEADER, _INNER_HEADER, _ATTACHMENT_HEADER = 32, 24, 8
_ENTRY = struct.Struct("<HHIQ")
_EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)


def read_msg(bestand: str, inhoud: bytes) -> Bericht:
    """Return the files of a message, and of the messages in it.

    Raises InvoerFout when there is no document in it, and what `direct` lists for damage.
    """
    collector = Collector(bestand, inhoud)
    with open_ole(inhoud) as ole:
        _Reader(ole, collector).read([], 1, 0)
    return collector.finish()


class _Reader:
    """Reads one compound file; a path is the storage of a message or of a file in it."""

    def __init__(self, ole: olefile.OleFileIO, collector: Collector) -> None:
        self._ole = ole
        self._collector = collector
        storages = ole.listdir(streams=False, storages=True)
        self._attachments = [path for path in storages if path[-1].startswith(_ATTACHMENT)]

    def read(self, path: list[str], depth: int, codepage: int) -> None:
        """Collect the files of one message; an inner one may leave it to the outer one to say its `codepage`."""
        if depth > MAX_DEPTH:
            raise refuse_depth(self._collector.bestand)
        properties = self._read_properties(path, _INNER_HEADER if path else _TOP_HEADER)
        codepage = properties.get((_CODEPAGE, _NUMBER), 0) or codepage
        encoding = _name_encoding(codepage)
        sealed = self._read_text(path, _MESSAGE_CLASS, encoding).lower().startswith("ipm.note.smime")
        sender = next(filter(None, (self._read_sender(path, number, encoding) for number in _SENDER)), "")
        sent = properties.get((_SENT, _TIME)) or properties.get((_RECEIVED, _TIME)) or 0
        herkomst = self._collector.make_herkomst(sender, _read_time(sent))
        own = [attachment for attachment in self._attachments if attachment[:-1] == path]
        if sealed and not own:
            raise refuse_encrypted(self._collector.bestand)
        for attachment in own:
            if self._ole.exists([*attachment, _name_stream(_DATA, _OBJECT), MSG_STREAM]):
                self.read([*attachment, _name_stream(_DATA, _OBJECT)], depth + 1, codepage)
            else:
                self._read_attachment(attachment, encoding, herkomst, depth, sealed=sealed)

    def _read_attachment(self, path: list[str], encoding: str, herkomst: Herkomst, depth: int, *, sealed: bool) -> None:
        """Keep a file. What is signed stands as a whole in the only file of its message; else that is encrypted."""
        naam = self._read_name(path, encoding)
        data = [*path, _name_stream(_DATA, _BYTES)]
        if not self._ole.exists(data):
            self._collector.skip(naam or "een ingesloten object")
            return
        content = read_stream(self._ole, data)
        if sealed and is_signed(content):
            read_signed(content, self._collector, herkomst, depth)
        elif sealed or naam.lower() == _RIGHTS_MANAGED:
            raise refuse_encrypted(self._collector.bestand)
        else:
            self._collector.add(naam, content, herkomst, inline=bool(self._read_text(path, _CONTENT_ID, encoding)))

    def _read_properties(self, path: list[str], header: int) -> dict[tuple[int, int], int]:
        raw = read_stream(self._ole, [*path, MSG_STREAM])[header:]
        entries = _ENTRY.iter_unpack(raw[: len(raw) // _ENTRY.size * _ENTRY.size])
        return {(number, kind): value for kind, number, _, value in entries}

    def _read_text(self, path: list[str], number: int, encoding: str) -> str:
        text = read_stream(self._ole, [*path, _name_stream(number, _UNICODE)])
        if text:
            return text.decode("utf-16-le", "replace").rstrip("\x00")
        text = read_stream(self._ole, [*path, _name_stream(number, _EIGHT_BIT)])
        return text.decode(encoding, "replace").rstrip("\x00")

    def _read_sender(self, path: list[str], number: int, encoding: str) -> str:
        text = self._read_text(path, number, encoding)
        return "" if text.startswith("/") else text  # an address within one organisation says nothing outside it

    def _read_name(self, path: list[str], encoding: str) -> str:
        names = (self._read_text(path, number, encoding) for number in (_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME))
        return next(filter(None, names), "")


def _name_stream(number: int, kind: int) -> str:
    return f"__substg1.0_{number:04X}{kind:04X}"


def _name_encoding(codepage: int) -> str:
    name = f"cp{codepage & 0xFFFFFFFF}"
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name


def _read_time(ticks: int) -> dt.datetime | None:
    try:
        return _EPOCH + dt.timedelta(microseconds=ticks // 10) if ticks else None
    except OverflowError:
        return None
