"""What a file is by its first bytes: a tool that the stages share. Says nothing about whether it can be read."""

from __future__ import annotations

import re

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PDF = b"%PDF-"
RTF = b"{\\rtf"
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
PDF_WITHIN = 1024
#: the stream that makes a compound file an Outlook message, as its directory spells it
MSG_STREAM = "__properties_version1.0"

_ODF_TEXT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_HEADERS_WITHIN = 64 * 1024
_FIELD = re.compile(rb"[!-9;-~]+:")
#: a message has been sent by somebody; a web archive that a browser saved has not
_SENT = (b"from", b"sender", b"return-path", b"received", b"message-id", b"delivered-to")
_WEB_ARCHIVE = (b"snapshot-content-location", b"<saved by")


def is_odf(inhoud: bytes) -> bool:
    """Return whether this is an OpenDocument text: its package begins by saying so."""
    return _ODF_TEXT in inhoud[:120]


def is_message(inhoud: bytes) -> bool:
    """Return whether this begins with the headers of a message that was sent (.eml)."""
    head, names = inhoud[:_HEADERS_WITHIN].lstrip(b"\xef\xbb\xbf\r\n"), set()
    lines = head.splitlines()
    for number, line in enumerate(lines):
        if number == 0 and line.startswith(b"From "):
            continue
        if not line:
            break
        if line[:1] in b" \t":
            continue
        field = _FIELD.match(line)
        if field is None:
            return False
        names.add(field[0][:-1].lower())
    lowered = head.lower()
    return len(names) > 1 and any(name in names for name in _SENT) and not any(mark in lowered for mark in _WEB_ARCHIVE)


def is_outlook(inhoud: bytes) -> bool:
    """Return whether a compound file holds an Outlook message (.msg)."""
    return inhoud.startswith(OLE) and MSG_STREAM.encode("utf-16-le") in inhoud


def detect_kind(inhoud: bytes) -> str:
    """Return the extension that belongs to these bytes; "bin" for what is no document and no message."""
    if PDF in inhoud[:PDF_WITHIN]:
        return "pdf"
    if inhoud.startswith(ZIP):
        return "odt" if is_odf(inhoud) else "docx"
    if inhoud.startswith(OLE[:4]):
        return "msg" if is_outlook(inhoud) else "doc"
    if inhoud.startswith(RTF):
        return "rtf"
    return "eml" if is_message(inhoud) else "bin"
