"""A message as mail programs save it (.eml): sender, date and files; its words are not read."""

from __future__ import annotations

import datetime as dt
import email
import email.utils
import re
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import default

from pipeline.read.lezing import Bericht
from pipeline.read.message import MAX_DEPTH, Collector, refuse_depth, refuse_encrypted
from schemas.inzending import Herkomst

_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted")
_MAX_PARTS = 500
_HEAD = 4096
_NESTS = re.compile(rb"(?:multipart|message)/", re.I)


def read_eml(bestand: str, inhoud: bytes) -> Bericht:
    """Return the files of a message, and of the messages in it.

    Raises InvoerFout when there is no document in it, and what `direct` lists for damage.
    """
    collector = Collector(bestand, inhoud)
    _read_message(_parse(inhoud, collector), collector, 1)
    return collector.finish()


def read_signed(inhoud: bytes, collector: Collector, herkomst: Herkomst, depth: int) -> None:
    """Collect the files of a signed message that Outlook keeps as one part, without headers that say who sent it."""
    _read_message(_parse(inhoud, collector), collector, depth, herkomst)


def _parse(inhoud: bytes, collector: Collector) -> Message:
    if len(_NESTS.findall(inhoud)) > _MAX_PARTS:  # the parser of Python takes a step into each for every line
        raise refuse_depth(collector.bestand)
    return email.message_from_bytes(inhoud, policy=default)


def is_signed(inhoud: bytes) -> bool:
    """Return whether this is such a part: its words are plain, with a signature beside them."""
    head = BytesHeaderParser(policy=default).parsebytes(inhoud[:_HEAD])
    return head.get_content_type() == "multipart/signed"


def _read_message(message: Message, collector: Collector, depth: int, herkomst: Herkomst | None = None) -> None:
    if depth > MAX_DEPTH:
        raise refuse_depth(collector.bestand)
    herkomst = herkomst or collector.make_herkomst(_read_sender(message), _read_date(message))
    waiting, parts = [message], 0
    while waiting:
        part = waiting.pop(0)
        parts += 1
        if parts > _MAX_PARTS:
            raise refuse_depth(collector.bestand)
        if part.get_content_type() in _SEALED:
            raise refuse_encrypted(collector.bestand)
        if part.get_content_type() == "message/rfc822":
            for inner in _get_parts(part):
                _read_message(inner, collector, depth + 1)
        elif part.is_multipart():
            waiting[:0] = _get_parts(part)
        else:
            _read_part(part, collector, herkomst)


def _get_parts(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [item for item in payload if isinstance(item, Message)] if isinstance(payload, list) else []


def _read_part(part: Message, collector: Collector, herkomst: Herkomst) -> None:
    naam = part.get_filename() or ""
    if not naam and part.get_content_disposition() != "attachment" and part.get_content_maintype() == "text":
        return  # the words of the message
    content = part.get_payload(decode=True)
    inline = part.get_content_disposition() != "attachment" or part.get("Content-ID") is not None
    collector.add(naam, content if isinstance(content, bytes) else b"", herkomst, inline=inline)


def _read_sender(message: Message) -> str:
    text = _get_header(message, "From") or _get_header(message, "Sender")
    name, address = email.utils.parseaddr(text)
    return address or name


def _read_date(message: Message) -> dt.datetime | None:
    try:
        return email.utils.parsedate_to_datetime(_get_header(message, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _get_header(message: Message, name: str) -> str:
    """Return a header as text; the parser of Python stumbles over some that people really send."""
    try:
        return str(message.get(name, ""))
    except (ValueError, TypeError, LookupError, AttributeError):
        return ""
