"""Ways to damage a file. Each takes the files to begin with and a source of chance, and gives one mutant."""

from __future__ import annotations

import copy
import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable, Sequence
from functools import lru_cache

from lxml import etree
from seeds import Seeds

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN = "word/document.xml"
_CENTRAL = b"PK\x01\x02"
_SPECIAL = (0, 1, 0x7F, 0x80, 0xFE, 0xFF)
_NUMBERS = tuple(
    n.to_bytes(size, "little") for size in (2, 4) for n in (0, 1, 2 ** (8 * size - 1), 2 ** (8 * size) - 1)
)
_ODD = ("", "true", "-1", "99999999999", "\u00a0", "x" * 500, "☒", "²", "١", "2024-13-45T00:00:00Z", "&", "\u202e")
_TEXTS = ("", " ", "\u2002" * 5, "☒", "____", "Naam:", "x" * 5000, "a\u0301", "\u202eabc", "=1+1", "31/02/2024", "1e")
_WRAPPERS = ("p", "r", "tbl", "tr", "tc", "sdt", "sdtContent", "ins", "del", "smartTag", "customXml", "onbekend", "dir")
_PDF_WORDS = (
    b"/Tx",
    b"/Btn",
    b"/Ch",
    b"/Sig",
    b"null",
    b"true",
    b"-1",
    b"99999999999",
    b"[]",
    b"<<>>",
    b"()",
    b"/Kids",
)

Mutator = Callable[[Seeds, random.Random], bytes]


# --- bytes ----------------------------------------------------------------------------------------------------------


def _damage(content: bytearray, rng: random.Random, start: int = 0) -> bytes:
    """A few bytes changed, a number put in, a piece dropped, doubled or moved, or the end lost."""
    for _ in range(rng.randint(1, 4)):
        if len(content) <= start + 8:
            break
        at = rng.randrange(start, len(content) - 4)
        length = min(rng.randint(1, 200), len(content) - at)
        kind = rng.randrange(7)
        if kind == 0:
            content[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            content[at] = rng.choice(_SPECIAL)
        elif kind == 2:
            number = rng.choice(_NUMBERS)
            content[at : at + len(number)] = number
        elif kind == 3:
            del content[at : at + length]
        elif kind == 4:
            content[at:at] = content[at : at + length]
        elif kind == 5:
            piece = content[at : at + length]
            del content[at : at + length]
            content[start:start] = piece
        else:
            del content[at:]
    return bytes(content)


def mutate_docx_bytes(seeds: Seeds, rng: random.Random) -> bytes:
    return _damage(bytearray(rng.choice(seeds.docx)), rng)


def mutate_directory(seeds: Seeds, rng: random.Random) -> bytes:
    """Only the list of contents at the end of the package."""
    content = bytearray(rng.choice(seeds.docx))
    return _damage(content, rng, content.index(_CENTRAL))


def mutate_pdf_bytes(seeds: Seeds, rng: random.Random) -> bytes:
    return _damage(bytearray(rng.choice(seeds.pdf)), rng)


def mutate_mail(seeds: Seeds, rng: random.Random) -> bytes:
    return _damage(bytearray(rng.choice(seeds.mail)), rng)


# --- PDF objects ----------------------------------------------------------------------------------------------------


def mutate_pdf_objects(seeds: Seeds, rng: random.Random) -> bytes:
    """References that point elsewhere, so that trees have cycles; names, numbers and strings of another type."""
    content = rng.choice(seeds.pdf)
    for _ in range(rng.randint(1, 4)):
        pattern = rng.choice(
            (rb"\d+ 0 R", rb"/[A-Za-z]+", rb"(?<=[ \[])\d+(?=[ \]\n])", rb"\([^)]*\)", rb"/(?:V|AS) [^/]+")
        )
        found = list(re.finditer(pattern, content))
        if not found:
            continue
        spot, other = rng.choice(found), rng.choice(found)
        new = rng.choice((other[0], rng.choice(_PDF_WORDS), b"%d 0 R" % rng.randint(0, 12), b""))
        content = content[: spot.start()] + new + content[spot.end() :]
    return content


# --- Word, as XML ---------------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def open_package(docx: bytes) -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return tuple((name, archive.read(name)) for name in archive.namelist())


@lru_cache(maxsize=64)
def _parse(docx: bytes) -> etree._Element:
    return etree.fromstring(dict(open_package(docx))[_MAIN])


def pack(parts: Sequence[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method, compresslevel=1) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two parts of one name are what is asked for
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


def _put_document(docx: bytes, document: bytes) -> bytes:
    return pack([(name, document if name == _MAIN else content) for name, content in open_package(docx)])


def mutate_xml(seeds: Seeds, rng: random.Random) -> bytes:
    """Elements moved, doubled, dropped or wrapped, attributes and texts that are odd; now and then cut off."""
    docx = rng.choice(seeds.docx)
    root = copy.deepcopy(_parse(docx))
    for _ in range(rng.randint(1, 5)):
        elements = [element for element in root.iter(etree.Element) if element is not root]
        rng.choice(_XML_STEPS)(rng.choice(elements), rng.choice(elements), rng)
        if len(root) == 0:
            break
    document = etree.tostring(root)
    return _put_document(docx, document[: rng.randrange(len(document))] if rng.random() < 0.05 else document)


def _move(element: etree._Element, other: etree._Element, _: random.Random) -> None:
    if element not in other.iterancestors() and element is not other:
        other.append(element)


def _double(element: etree._Element, other: etree._Element, _: random.Random) -> None:
    parent = other.getparent()
    if parent is not None and element not in other.iterancestors():
        parent.append(copy.deepcopy(element))


def _drop(element: etree._Element, _other: etree._Element, _: random.Random) -> None:
    parent = element.getparent()
    if parent is not None and parent.getparent() is not None:
        parent.remove(element)


def _wrap(element: etree._Element, _other: etree._Element, rng: random.Random) -> None:
    parent = element.getparent()
    if parent is not None:
        wrapper = etree.Element(f"{W}{rng.choice(_WRAPPERS)}")
        parent.replace(element, wrapper)
        wrapper.append(element)


def _make_odd(element: etree._Element, _other: etree._Element, rng: random.Random) -> None:
    name = rng.choice([*element.attrib, f"{W}val"])
    element.set(name, rng.choice(_ODD))


def _write_odd(element: etree._Element, _other: etree._Element, rng: random.Random) -> None:
    element.text = rng.choice(_TEXTS)


def _rename(element: etree._Element, other: etree._Element, _: random.Random) -> None:
    element.tag = other.tag


_XML_STEPS = (_move, _double, _drop, _wrap, _make_odd, _write_odd, _rename)


def mutate_parts(seeds: Seeds, rng: random.Random) -> bytes:
    """Parts of one form in another's package, lost, doubled under another name, emptied, or in another order."""
    parts = list(open_package(rng.choice(seeds.docx)))
    others = open_package(rng.choice(seeds.others))
    for _ in range(rng.randint(1, 3)):
        at, kind = rng.randrange(len(parts)), rng.randrange(6)
        name, content = parts[at]
        if kind == 0:
            parts[at] = (name, rng.choice(others)[1])
        elif kind == 1 and len(parts) > 1:
            del parts[at]
        elif kind == 2:
            parts.append(
                (rng.choice(("word/document2.xml", "x", "word/media/a.png", "../x", "WORD/DOCUMENT.XML")), content)
            )
        elif kind == 3:
            parts[at] = (name, b"")
        elif kind == 4:
            parts[at] = (name, _damage(bytearray(content), rng) if len(content) > 20 else b"<a/>")
        else:
            rng.shuffle(parts)
    return pack(parts)


# --- what must not matter -------------------------------------------------------------------------------------------


def preserve(seeds: Seeds, rng: random.Random) -> tuple[bytes, bytes]:
    """A form and the same form as another program or another day saves it: the answers are the same."""
    docx = rng.choice(seeds.docx)
    root = copy.deepcopy(_parse(docx))
    for _ in range(rng.randint(1, 12)):
        rng.choice(_HARMLESS)(root, rng)
    encoding = rng.choice(("UTF-8", "UTF-16"))
    document = etree.tostring(root, xml_declaration=True, encoding=encoding, standalone=True)
    assert isinstance(document, bytes)
    parts = [(name, document if name == _MAIN else content) for name, content in open_package(docx)]
    parts += [("docProps/app.xml", b"<Properties/>")] * rng.randint(0, 1)
    rng.shuffle(parts)
    return docx, pack(parts, rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))


def _pick(root: etree._Element, rng: random.Random, name: str) -> etree._Element | None:
    found = list(root.iter(f"{W}{name}"))
    return rng.choice(found) if found else None


def _split_run(root: etree._Element, rng: random.Random) -> None:
    """Word cuts a run in two wherever somebody typed twice."""
    text = _pick(root, rng, "t")
    run = text.getparent() if text is not None else None
    if text is None or run is None or run.tag != f"{W}r" or len(run.findall(f"{W}t")) != 1 or len(text.text or "") < 2:
        return
    at, whole = rng.randrange(1, len(text.text or "")), text.text or ""
    if not _may_cut(whole, at):
        return
    second = copy.deepcopy(run)
    for piece, words in ((run, whole[:at]), (second, whole[at:])):
        part = piece.find(f"{W}t")
        assert part is not None
        part.text = words
        part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.addnext(second)


def _may_cut(words: str, at: int) -> bool:
    """A letter and the accent that belongs to it stay together, and so do runs with more than a text."""
    return words[at].isalnum() or words[at].isspace()


def _add_trace(root: etree._Element, rng: random.Random) -> None:
    """What Word leaves between runs: marks of proofing and bookmarks."""
    run = _pick(root, rng, "r")
    if run is not None:
        name = rng.choice(("proofErr", "bookmarkStart", "bookmarkEnd", "permStart"))
        run.addprevious(etree.Element(f"{W}{name}", {f"{W}id": str(rng.randint(0, 99)), f"{W}type": "spellStart"}))


def _add_session(root: etree._Element, rng: random.Random) -> None:
    """The number of the session in which something was typed."""
    element = _pick(root, rng, rng.choice(("p", "r", "tr")))
    if element is not None:
        element.set(f"{W}rsidR", f"{rng.randint(0, 2**32):08X}")


def _wrap_run(root: etree._Element, rng: random.Random) -> None:
    """Wrappers around a run that are no field: a smart tag, a direction, an insertion nobody accepted yet."""
    run = _pick(root, rng, "r")
    parent = run.getparent() if run is not None else None
    if run is None or parent is None or run.find(f"{W}fldChar") is not None or run.find(f"{W}instrText") is not None:
        return
    wrapper = etree.Element(f"{W}{rng.choice(('smartTag', 'dir', 'bdo', 'customXml', 'ins'))}")
    parent.replace(run, wrapper)
    wrapper.append(run)


def _add_deleted(root: etree._Element, rng: random.Random) -> None:
    """Words that were taken out with changes tracked."""
    run = _pick(root, rng, "r")
    if run is not None and run.find(f"{W}fldChar") is None:
        gone = etree.SubElement(etree.Element(f"{W}del"), f"{W}r")
        etree.SubElement(gone, f"{W}delText").text = "geschrapt"
        parent = gone.getparent()
        assert parent is not None
        run.addprevious(parent)


def _add_empty_run(root: etree._Element, rng: random.Random) -> None:
    run = _pick(root, rng, "r")
    if run is not None:
        run.addprevious(etree.Element(f"{W}r"))


def _wrap_block(root: etree._Element, rng: random.Random) -> None:
    """A wrapper around a paragraph or a table that says nothing by itself."""
    block = _pick(root, rng, rng.choice(("p", "tbl")))
    parent = block.getparent() if block is not None else None
    if block is not None and parent is not None and parent.tag in (f"{W}body", f"{W}tc"):
        wrapper = etree.Element(f"{W}customXml")
        parent.replace(block, wrapper)
        wrapper.append(block)


_HARMLESS = (_split_run, _add_trace, _add_session, _wrap_run, _add_deleted, _add_empty_run, _wrap_block)

#: Every way that damages, by its name on the command line.
MUTATORS: dict[str, Mutator] = {
    "docx-bytes": mutate_docx_bytes,
    "docx-lijst": mutate_directory,
    "docx-xml": mutate_xml,
    "docx-delen": mutate_parts,
    "pdf-bytes": mutate_pdf_bytes,
    "pdf-objecten": mutate_pdf_objects,
    "bericht": mutate_mail,
}
#: The way that may change no answer.
HARMLESS = "docx-onschuldig"
