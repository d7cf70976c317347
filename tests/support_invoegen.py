"""Pictures, sub-documents and templates that hold a file, made from nothing; and docxtpl doing the same by itself."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm
from support_docxtpl import find_differences, make_template, save

from pipeline.render.inserts import read_inserts
from pipeline.render.package import finish_package
from pipeline.render.template import clean_template
from pipeline.render.through_docxtpl import Gevuld, render_through_docxtpl

FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def make_png(breed: int = 60, hoog: int = 30, kleur: tuple[int, int, int] = (200, 30, 30)) -> bytes:
    def pack(soort: bytes, inhoud: bytes) -> bytes:
        return struct.pack(">I", len(inhoud)) + soort + inhoud + struct.pack(">I", zlib.crc32(soort + inhoud))

    kop = struct.pack(">IIBBBBB", breed, hoog, 8, 2, 0, 0, 0)
    rijen = (b"\0" + bytes(kleur) * breed) * hoog
    delen = ((b"IHDR", kop), (b"IDAT", zlib.compress(rijen)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(pack(*deel) for deel in delen)


ROOD, BLAUW = make_png(), make_png(40, 40, (0, 0, 200))
GIF = (
    b"GIF89a\x02\x00\x02\x00\x80\x00\x00\xff\x00\x00\x00\x00\xff,\x00\x00\x00\x00\x02\x00\x02\x00\x00\x02\x02\x84Q\x00;"
)

#: The skeleton of one, which is all that is looked at: where it begins, its size, where it ends.
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x01\x00\x60\x00\x60\x00\x00"
    b"\xff\xc0\x00\x0b\x08\x00\x08\x00\x08\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x00\xff\xd9"
)


def make_subdocument(*alineas: str) -> WordDocument:
    """A document with a heading, a table, a picture and two kinds of list."""
    document = Document()
    document.core_properties.author = "Kanariepiet"
    document.add_heading("Bijlage", 1)
    tabel = document.add_table(2, 2)
    tabel.style = document.styles["Table Grid"]
    tabel.cell(0, 0).text = "een & <twee>"
    document.add_picture(io.BytesIO(BLAUW), Mm(20))
    document.add_paragraph("eerst", style="List Number")
    document.add_paragraph("punt", style="List Bullet")
    for alinea in alineas:
        document.add_paragraph(alinea)
    return document


def add_footnotes(document: WordDocument, *teksten: str, verwijs: bool = True) -> WordDocument:
    """Put footnotes in a document, each at the end of its last paragraph."""
    w = nsdecls("w")
    noten = "".join(
        f'<w:footnote w:id="{nummer}"><w:p><w:r><w:t>{tekst}</w:t></w:r></w:p></w:footnote>'
        for nummer, tekst in enumerate(teksten, start=1)
    )
    vast = '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote><w:footnote w:id="0"><w:p/></w:footnote>'
    part = Part(
        PackURI("/word/footnotes.xml"),
        FOOTNOTES,
        f"<w:footnotes {w}>{vast}{noten}</w:footnotes>".encode(),
        document.part.package,
    )
    document.part.relate_to(part, RT.FOOTNOTES)
    for nummer in range(1, len(teksten) + 1) if verwijs else ():
        verwijzing = parse_xml(f'<w:r {w}><w:footnoteReference w:id="{nummer}"/></w:r>')
        document.paragraphs[-1]._p.append(verwijzing)
    return document


def make_embedding(inhoud: bytes, *blokken: str) -> bytes:
    """A template that holds an Excel file, shown by a picture."""
    document = Document(io.BytesIO(make_template(*blokken)))
    part = Part(PackURI("/word/embeddings/Blad1.xlsx"), XLSX, inhoud, document.part.package)
    ole = document.part.relate_to(part, RT.PACKAGE)
    beeld, _ = document.part.get_or_add_image(io.BytesIO(ROOD))
    document.paragraphs[0]._p.append(
        parse_xml(
            f'<w:r {nsdecls("w", "r")} xmlns:v="urn:schemas-microsoft-com:vml" '
            'xmlns:o="urn:schemas-microsoft-com:office:office"><w:object>'
            f'<v:shape id="s1" style="width:40pt;height:20pt"><v:imagedata r:id="{beeld}"/></v:shape>'
            f'<o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" ShapeID="s1" r:id="{ole}"/></w:object></w:r>'
        )
    )
    return save(document)


def make_xlsx(tekst: str, *leden: str) -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w") as pakket:
        for naam in ("[Content_Types].xml", "xl/workbook.xml", *leden):
            pakket.writestr(naam, tekst)
    return uit.getvalue()


def render(
    sjabloon: bytes, gegevens: Mapping[str, object], bestanden: Mapping[str, bytes], *, soepel: bool = False
) -> Gevuld:
    gelezen = read_inserts(gegevens, bestanden.__getitem__)
    return render_through_docxtpl("brief.docx", sjabloon, gelezen, soepel=soepel)


def clean(sjabloon: bytes, *vervangen: str) -> bytes:
    """The template as any document of ours begins; docxtpl does not drop what nobody sees."""
    document = clean_template("brief.docx", sjabloon, vervangen=vervangen)
    return finish_package(document, "brief.docx", "", "", "nl-BE", vervangen)


def compare(ons: bytes, van_docxtpl: bytes) -> list[str]:
    """Differences but for the mark that docxcompose draws by lot for each list that it brings."""
    return find_differences(*(_settle(docx) for docx in (ons, van_docxtpl)))


def _settle(docx: bytes) -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as oud, zipfile.ZipFile(uit, "w") as nieuw:
        for naam in oud.namelist():
            inhoud = oud.read(naam)
            if naam == "word/numbering.xml":
                inhoud = re.sub(rb'<w:nsid w:val="\w+"/>', b"", inhoud)
            nieuw.writestr(naam, inhoud)
    return uit.getvalue()
