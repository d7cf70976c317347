"""Whatever the bytes are, reading gives a RuwFormulier or an InvoerFout, and twice the same."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_docx import box, build_docx, build_part, build_rels, legacy, p, r, sdt, tbl, tc, tr
from test_read_pdf import FormBuilder

from pipeline.errors import InvoerFout
from pipeline.read import read_formulier
from pipeline.read.as_json import build_json

_START = b"PK\x01\x02"


def _build_seed() -> bytes:
    item = sdt(tr("Naam", tc(p(sdt(r("Ans"), tag="g.naam")))), "<w15:repeatingSectionItem/>")
    body = (
        p(r("Naam: "), sdt(r("Ans"), tag="naam"), box("1", "☒", tag="vak"), r(" tafel"))
        + p(legacy("<w:ddList><w:result w:val='1'/><w:listEntry w:val='a'/><w:listEntry w:val='b'/></w:ddList>"))
        + sdt(p(r("1-2-2024")), '<w:date w:fullDate="2024-02-01T00:00:00Z"/>', tag="datum")
        + tbl(sdt(item * 3, "<w15:repeatingSection/>"), tr(tc("a", properties='<w:gridSpan w:val="2"/>'), "b"))
        + tbl(tr(tc(tbl(tr("c", "☐ d ☒ e"))), tc("f", properties='<w:vMerge w:val="restart"/>')))
    )
    return build_docx(body, {"word/header1.xml": build_part(p(r("kop")), "hdr")}, build_rels(("header", "header1.xml")))


def _build_pdf_seed() -> bytes:
    form = FormBuilder((100, 703, "Naam:"), (310, 603, "tafel"))
    form.add("naam", "/Tx", 700, V=pypdf.generic.TextStringObject("Ans"))
    form.add("vak", "/Btn", 600, AS=pypdf.generic.NameObject("/Ja"))
    return form.save()


_DOCX = _build_seed()
_PDF = _build_pdf_seed()


def _read(content: bytes) -> object:
    try:
        return build_json(read_formulier("f.docx", content))
    except InvoerFout as fault:
        return fault.bevinding


def _check(content: bytes) -> None:
    first = _read(content)
    assert first == _read(content)


@given(content=st.binary(max_size=400), start=st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0"]))
@settings(max_examples=200, deadline=None)
def test_random_bytes_are_read_or_refused(content: bytes, start: bytes) -> None:
    _check(start + content)


def _flip(content: bytearray, rng: random.Random) -> bytes:
    for _ in range(rng.randint(1, 8)):
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    return bytes(content)


def _truncate(content: bytearray, rng: random.Random) -> bytes:
    return bytes(content[: rng.randrange(len(content))])


def _cut(content: bytearray, rng: random.Random) -> bytes:
    start = rng.randrange(len(content))
    del content[start : start + rng.randint(1, 200)]
    return bytes(content)


def _repeat(content: bytearray, rng: random.Random) -> bytes:
    start = rng.randrange(len(content))
    return bytes(content[:start] + content[start : start + 300] + content[start:])


def _damage_tail(content: bytearray, rng: random.Random) -> bytes:
    start = content.index(_START) if _START in content else len(content) // 2
    for _ in range(rng.randint(1, 6)):
        content[rng.randrange(start, len(content))] = rng.choice((0, 1, 0x7F, 0xFF, rng.randrange(256)))
    return bytes(content)


_MUTATORS: tuple[Callable[[bytearray, random.Random], bytes], ...] = (_flip, _truncate, _cut, _repeat, _damage_tail)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("seed", [_DOCX, _PDF], ids=["docx", "pdf"])
@given(mutator=st.sampled_from(_MUTATORS), number=st.integers(0, 2**32))
@settings(max_examples=400, deadline=None)
def test_damaged_bytes_are_read_or_refused(
    seed: bytes, mutator: Callable[[bytearray, random.Random], bytes], number: int
) -> None:
    _check(mutator(bytearray(seed), random.Random(number)))  # noqa: S311 - no secret, a seed


def _replace_document(document: bytes) -> bytes:
    source = zipfile.ZipFile(io.BytesIO(_DOCX))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, document if name == "word/document.xml" else source.read(name))
    return buffer.getvalue()


_DOCUMENT = zipfile.ZipFile(io.BytesIO(_DOCX)).read("word/document.xml").decode()
_ODD = ["", "true", "-1", "99999999999", "\u00a0", "x" * 500, "☒", "²", "١"]


@given(number=st.integers(0, 2**32), odd=st.sampled_from(_ODD))
@settings(max_examples=300, deadline=None)
def test_odd_xml_is_read_or_refused(number: int, odd: str) -> None:
    """Move, double or drop an element, or put an odd value in an attribute."""
    rng = random.Random(number)  # noqa: S311 - no secret, a seed
    pieces = _DOCUMENT.replace("<", "\x00<").split("\x00")
    for _ in range(rng.randint(1, 4)):
        index, other = rng.randrange(3, len(pieces)), rng.randrange(3, len(pieces))
        kind = rng.randrange(4)
        if kind == 0:
            pieces[index], pieces[other] = pieces[other], pieces[index]
        elif kind == 1:
            pieces.insert(other, pieces[index])
        elif kind == 2:
            del pieces[index]
        elif '="' in pieces[index]:
            head, _, tail = pieces[index].partition('="')
            pieces[index] = f'{head}="{odd}"{tail[tail.find(chr(34)) + 1 :]}'
    _check(_replace_document("".join(pieces).encode()))


@given(
    tags=st.lists(
        st.sampled_from(["p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "ins", "del", "fldChar", "pPr"])
    )
)
@settings(max_examples=200, deadline=None)
def test_elements_in_any_order_and_depth_are_read_or_refused(tags: list[str]) -> None:
    body = "".join(f"<w:{tag}>" for tag in tags) + "x" + "".join(f"</w:{tag}>" for tag in reversed(tags))
    _check(build_docx(body))
