"""A part of a Word file as a list of tags with the text behind each, in one way of writing."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from lxml import etree

_TAG = re.compile(r"<([^>]+)>([^<]*)")
_LANGUAGE = re.compile(r"<w:lang(?: [^>]*)?/>")
_SESSION = re.compile(r' (?:w:rsid\w*|w14:paraId|w14:textId)="[^"]*"')
_DECLARATION = re.compile(rb"\A<\?xml version=['\"]1\.0['\"] encoding=['\"]UTF-8['\"] standalone=['\"]yes['\"]\?>\s*<")


class Unreadable(Exception):
    """The part is no XML as ours is; the text says what it has."""


@dataclass(frozen=True)
class PartText:
    """The root's own tag with its attributes, and all other tags, each with the text behind it."""

    root: tuple[str, frozenset[str]]
    source: str  #: the whole part, written anew, without the root's tag


def read_part(inhoud: bytes, *, clean: bool = False) -> PartText:
    """Parse a part and write it in one way. Raises Unreadable for what stands beside the elements.

    `clean` drops what Word notes about editing, for a template that was not cleaned yet.
    """
    try:
        root = etree.fromstring(inhoud, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError:
        raise Unreadable("het is geen geldige XML") from None
    if not clean and (b"<!DOCTYPE" in inhoud or not _DECLARATION.match(inhoud)):
        raise Unreadable("er staat iets voor de inhoud")
    if not clean and (root.getprevious() is not None or root.getnext() is not None):
        raise Unreadable("er staat iets naast de inhoud")
    text = etree.tostring(root, encoding="unicode")
    if clean:
        text = _SESSION.sub("", text)
    first = _TAG.match(text)
    if first is None:
        raise Unreadable("het is leeg")
    name, _, attributes = first[1].rstrip("/").partition(" ")
    rest = text[first.end(1) + 1 :]
    return PartText((name, frozenset(re.findall(r'[\w:]+="[^"]*"', attributes))), rest)


def list_tags(source: str) -> list[tuple[str, str]]:
    """Every tag with the text behind it, as it is written."""
    return _TAG.findall(source)


def get_text(written: str) -> str:
    """Text as it is written in XML, back to what it says."""
    return html.unescape(written) if "&" in written else written


def drop_language(source: str) -> str:
    """Without the marks of language, which every document gets anew."""
    return _LANGUAGE.sub("", source)


def list_languages(source: str) -> list[str]:
    """Every mark of language as it is written."""
    return _LANGUAGE.findall(source)
