"""Builds small Word packages from XML, for what no writer makes on request."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CONTENT_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def build_rels(*relations: tuple[str, str], external: bool = False) -> str:
    """Return a relationships part of (type, target)."""
    mode = ' TargetMode="External"' if external else ""
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>'
        for number, (kind, target) in enumerate(relations)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def build_part(body: str, root: str = "document") -> str:
    """Return a Word part; a document gets its body."""
    inner = f"<w:body>{body}</w:body>" if root == "document" else body
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_NAMESPACES}>{inner}</w:{root}>'


def build_zip(parts: Iterable[tuple[str, str | bytes]]) -> bytes:
    """Return a deflated zip of the parts, in order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def build_docx(
    body: str, parts: Mapping[str, str | bytes] | None = None, rels: str = "", main: str = "word/document.xml"
) -> bytes:
    """Return a docx with this body; `parts` come on top, `rels` are the document's relationships."""
    folder, _, name = main.rpartition("/")
    content: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": build_rels(("officeDocument", main)),
        main: build_part(body),
        f"{folder}/_rels/{name}.rels": rels or build_rels(),
        **(parts or {}),
    }
    return build_zip(content.items())


def p(*content: str, style: str = "") -> str:
    """Return a paragraph of runs and controls."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(content)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """Return a run, tabs as Word writes them; `properties` is the inside of its rPr."""
    pieces = "<w:tab/>".join(f'<w:t xml:space="preserve">{piece}</w:t>' for piece in text.split("\t"))
    return f"<w:r><w:rPr>{properties}</w:rPr>{pieces}</w:r>"


def sdt(content: str, properties: str = "<w:text/>", tag: str = "", alias: str = "") -> str:
    """Return a content control around runs, paragraphs, cells or rows."""
    names = (f'<w:alias w:val="{alias}"/>' if alias else "") + (f'<w:tag w:val="{tag}"/>' if tag else "")
    return f"<w:sdt><w:sdtPr>{names}{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def box(state: str, glyph: str, tag: str = "", alias: str = "") -> str:
    """Return a tick box; `state` is the value of w14:checked."""
    checked = f'<w14:checked w14:val="{state}"/>' if state else ""
    states = "".join(
        f'<w14:{name} w14:val="{code}" w14:font="MS Gothic"/>'
        for name, code in (("checkedState", "2612"), ("uncheckedState", "2610"))
    )
    return sdt(r(glyph), f"<w14:checkbox>{checked}{states}</w14:checkbox>", tag, alias)


def tc(*blocks: str, properties: str = "") -> str:
    """Return a cell; text that is no XML becomes a paragraph."""
    content = "".join(block if block.startswith("<") else p(r(block)) for block in blocks)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """Return a row of cells."""
    inner = "".join(cell if cell.startswith("<w:") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def tbl(*rows: str) -> str:
    """Return a table."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def legacy(data: str, result: str = "", *, separate: bool = True) -> str:
    """Return a legacy form field; `data` is the inside of its ffData."""
    middle = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' if separate else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
        f"<w:r><w:instrText> FORMTEXT </w:instrText></w:r>{middle}{r(result) if result else ''}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
