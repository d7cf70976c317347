"""The XML side of a Word package: a parser that trusts nothing, the names, and how to read an on/off element."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pipeline.safezip import build_refusal

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

MAX_DEPTH = 200
MAX_ELEMENTS = 1_000_000
MAX_TEXT = 10_000_000

_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": REL.encode(),
}
_OFF = ("0", "false", "off", "none")
_NEW_COPY = "Open het in Word, bewaar het opnieuw als .docx en dien die versie in."


def w(name: str) -> str:
    """Return the full name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{name}"


def w14(name: str) -> str:
    """Return the full name in Word 2010's extension."""
    return f"{{{W14}}}{name}"


def w15(name: str) -> str:
    """Return the full name in Word 2012's extension."""
    return f"{{{W15}}}{name}"


def mc(name: str) -> str:
    """Return the full name in the markup-compatibility namespace."""
    return f"{{{MC}}}{name}"


def parse_xml(bestand: str, raw: bytes) -> etree._Element:
    """Parse one part; strict namespaces become transitional.

    Raises InvoerFout for a DOCTYPE, too many elements, too deep nesting or too much text, and
    `lxml.etree.XMLSyntaxError` for what is not XML.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raw = _reencode(raw)
    if b"<!DOCTYPE" in raw:
        raise _refuse_doctype(bestand)
    # Every element has a '<' of its own: counting them is cheap, a tree of them is not.
    if raw.count(b"<") > 2 * MAX_ELEMENTS:
        raise _refuse_size(bestand)
    for strict, transitional in _STRICT.items():
        raw = raw.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(raw, parser)
    if etree.ElementTree(root).docinfo.doctype:  # type: ignore[attr-defined]
        raise _refuse_doctype(bestand)
    _check_shape(bestand, root)
    return root


def children(element: etree._Element | None) -> Iterator[etree._Element]:
    """Yield the child elements, without entity references."""
    if element is not None:
        yield from (child for child in element if isinstance(child.tag, str))


def local_name(element: etree._Element) -> str:
    """Return the element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def get_val(element: etree._Element | None, name: str, default: str = "") -> str:
    """Return `w:val` of the child `name`, or the default when child or attribute is absent."""
    child = element.find(w(name)) if element is not None else None
    return default if child is None else child.get(w("val"), default)


def is_on(element: etree._Element | None) -> bool:
    """Return whether an on/off element stands for on: present, and not 0, false or off."""
    if element is None:
        return False
    value = element.get(w("val")) or element.get(w14("val")) or "1"
    return value.strip().lower() not in _OFF


def read_int(value: str | None, default: int, lowest: int, highest: int) -> int:
    """Return an attribute as a number, clamped; the default when it is no number."""
    text = (value or "").strip()[:12]
    if not text.lstrip("-").isascii() or not text.lstrip("-").isdigit():
        return default
    return max(lowest, min(highest, int(text)))


def _reencode(raw: bytes) -> bytes:
    text = raw.decode("utf-16")
    _, declaration, rest = text.partition("?>")
    return (rest if declaration and text.startswith("<?xml") else text).encode("utf-8")


def _check_shape(bestand: str, root: etree._Element) -> None:
    depth = elements = text = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        elements += 1
        text += len(element.text or "") if isinstance(element.tag, str) else 0
        if depth > MAX_DEPTH or elements > MAX_ELEMENTS or text > MAX_TEXT:
            raise _refuse_size(bestand)


def _refuse_doctype(bestand: str) -> Exception:
    melding = "{bestand} bevat een DOCTYPE-verwijzing; die komt in een gewoon Word-document nooit voor."
    return build_refusal("xml-doctype", bestand, melding, _NEW_COPY)


def _refuse_size(bestand: str) -> Exception:
    melding = "{bestand} is veel groter of dieper opgebouwd dan een formulier kan zijn en is daarom niet gelezen."
    return build_refusal("xml-te-groot", bestand, melding, _NEW_COPY)
