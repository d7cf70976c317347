"""Small files that cost a careless reader minutes and gigabytes, each by its name."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

from support_docx import CONTENT_TYPES, build_docx, build_part, build_rels, p, r, tbl, tc, tr
from support_ole import build_ole

_MEGA = 2**20


def _zip(members: list[tuple[str, bytes, int]]) -> bytes:
    """A package of members that each are repeated so many times, without ever holding them whole."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, piece, times in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w") as stream:
                for _ in range(times):
                    stream.write(piece)
    return buffer.getvalue()


def _package(*extra: tuple[str, bytes, int], document: str = "", times: int = 1) -> bytes:
    rels = build_rels(("officeDocument", "word/document.xml"))
    base = [("[Content_Types].xml", CONTENT_TYPES.encode(), 1), ("_rels/.rels", rels.encode(), 1)]
    return _zip([*base, ("word/document.xml", (document or build_part(p(r("Naam: Ans")))).encode(), times), *extra])


def _long_text() -> bytes:
    return _zip(
        [
            ("[Content_Types].xml", CONTENT_TYPES.encode(), 1),
            ("_rels/.rels", build_rels(("officeDocument", "word/document.xml")).encode(), 1),
            ("word/document.xml", b"0" * _MEGA, 400),
        ]
    )


def _bomb() -> bytes:
    """Many parts that each stay under the limit for one."""
    sides = [(f"word/header{n}.xml", b"<a>" + b"0" * (30 * _MEGA), 1) for n in range(8)]
    rels = build_rels(*(("header", f"header{n}.xml") for n in range(8)))
    return _package(*sides, ("word/_rels/document.xml.rels", rels.encode(), 1))


def _with_doctype(declaration: str, text: str = "&a;") -> bytes:
    return _package(document=build_part(p(r(text))).replace("?>", f"?><!DOCTYPE w [{declaration}]>", 1))


def _laughs() -> bytes:
    entities = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10))
    return _with_doctype(entities, "&k;")


def _twice() -> bytes:
    content = _package(("word/dOcument.xml", b"<a/>", 1))
    return content.replace(b"word/dOcument.xml", b"word/document.xml")


def _members() -> bytes:
    return _package(*((f"a/{n}", b"", 1) for n in range(60_000)))


def _shapes() -> bytes:
    """As many elements as a part can hold within the limits for bytes."""
    return _package(document=build_part("<w:p/>" * 3_000_000))


def _pdf(objects: list[bytes]) -> bytes:
    """A PDF of these objects, the first of which is the catalog."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    begin = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, begin))


def _stream(content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    return b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)


_CATALOG, _PAGES = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def _pdf_text() -> bytes:
    return _pdf([_CATALOG, _PAGES, _PAGE, _stream(b"BT /F 9 Tf 9 9 Td (" + b"0" * (200 * _MEGA) + b") Tj ET"), _FONT])


def _pdf_cycle() -> bytes:
    return _pdf([_CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 9>>", b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 9>>"])


def _pdf_pages() -> bytes:
    return _pdf(
        [_CATALOG, b"<</Type/Pages/Kids[" + b"3 0 R " * 200_000 + b"]/Count 200000>>", _PAGE, _stream(b""), _FONT]
    )


def _pdf_fields() -> bytes:
    catalog = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]>>>>"
    field = b"<</T(a)/FT/Tx/Kids[7 0 R]>>", b"<</T(b)/Kids[6 0 R]/Parent 6 0 R>>"
    return _pdf([catalog, _PAGES, _PAGE, _stream(b""), _FONT, *field])


def _loop() -> bytes:
    """A compound file whose stream comes back to its own beginning."""
    content = bytearray(build_ole({"WordDocument": bytes(9000)}))
    fat = content.rindex(b"\x01\0\0\0\x02\0\0\0\x03\0\0\0")
    content[fat + 4 : fat + 8] = bytes(4)
    return bytes(content)


def _mime() -> bytes:
    """Parts in parts in parts."""
    kop = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(20_000))
    return b"From: a@example.org\nDate: x\nMIME-Version: 1.0\n" + kop + b"\nx"


#: what may not be read
REFUSED: dict[str, Callable[[], bytes]] = {
    "400 MB of text": _long_text,
    "zip bomb": _bomb,
    "40,000 levels": lambda: _package(document=build_part("<w:smartTag>" * 40_000 + "</w:smartTag>" * 40_000)),
    "billion laughs": _laughs,
    "quadratic blow-up": lambda: _with_doctype(f'<!ENTITY a "{"0" * 100_000}">', "&a;" * 100_000),
    "external entity": lambda: _with_doctype('<!ENTITY a SYSTEM "file:///etc/hostname">'),
    "DOCTYPE alone": lambda: _with_doctype("", "x"),
    "document.xml twice": _twice,
    "60,000 members": _members,
    "3,000,000 elements": _shapes,
    "PDF of 200,000 pages": _pdf_pages,
    "PDF with a cycle of pages": _pdf_cycle,
    "PDF with 200 MB of text": _pdf_text,
    "parts in parts of a mail": _mime,
}
#: what can be read, or refused, but never at that cost
BOUNDED: dict[str, Callable[[], bytes]] = {
    "600 MB of picture": lambda: _package(("word/media/a.png", b"0" * _MEGA, 600)),
    "span of 99,999,999 columns": lambda: build_docx(
        tbl(tr(tc("a", properties='<w:gridSpan w:val="99999999"/>'), "b"))
    ),
    "PDF with a cycle of fields": _pdf_fields,
    "compound file with a loop": _loop,
}
