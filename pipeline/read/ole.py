"""A compound file (OLE): an old Word document, an Outlook message, or a document behind a password."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

import olefile

from pipeline.errors import InvoerFout
from pipeline.kinds import MSG_STREAM
from pipeline.read.password import refuse_password
from pipeline.read.sniff import refuse_kind
from pipeline.safezip import MAX_FILE, build_refusal

_WORD = "WordDocument"
_ENCRYPTED = ("EncryptedPackage", "EncryptionInfo")
_FLAGS_AT = 10
_ENCRYPTED_FLAG = 0x0100
_MAX_ENTRIES = 5_000


@contextmanager
def open_ole(inhoud: bytes) -> Iterator[olefile.OleFileIO]:
    """Open a compound file; raises what `direct` lists when it is damaged."""
    ole = olefile.OleFileIO(io.BytesIO(inhoud))
    try:
        if len(ole.direntries) > _MAX_ENTRIES:
            raise ValueError("too many entries")
        yield ole
    finally:
        ole.close()


def is_msg(bestand: str, inhoud: bytes) -> bool:
    """Return True for an Outlook message and False for an old Word document.

    Raises InvoerFout for a password, and for what is neither; and what `direct` lists when it is damaged.
    """
    with open_ole(inhoud) as ole:
        if any(ole.exists(name) for name in _ENCRYPTED):
            raise refuse_password(bestand, "docx")
        if ole.exists(MSG_STREAM):
            return True
        if not ole.exists(_WORD):
            raise refuse_kind(bestand, "een oud Office-bestand, maar niet van Word")
        head = read_stream(ole, [_WORD])[: _FLAGS_AT + 2]
    if len(head) == _FLAGS_AT + 2 and int.from_bytes(head[_FLAGS_AT:], "little") & _ENCRYPTED_FLAG:
        raise refuse_password(bestand, "doc")
    return False


def read_stream(ole: olefile.OleFileIO, path: list[str]) -> bytes:
    """Return a stream; b"" when it is not there. Raises ValueError when it says to be larger than its file may be."""
    if not ole.exists(path):
        return b""
    if ole.get_size(path) > MAX_FILE:
        raise ValueError("stream too large")
    with ole.openstream(path) as stream:
        content: bytes = stream.read()
    return content


def refuse_damaged_ole(bestand: str) -> InvoerFout:
    """Return the error for a compound file that cannot be opened."""
    return build_refusal(
        "ole-beschadigd",
        bestand,
        "{bestand} is een oud Office-bestand of een Outlook-bericht, en is beschadigd.",
        "Open het in Word en bewaar het als .docx, of bewaar de bijlage van het bericht apart. Dien die versie in.",
    )
