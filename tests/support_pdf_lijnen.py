"""A PDF built line by line: texts and strokes at places of their own, as a printer leaves them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import pypdf
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, StreamObject

from pipeline.read import read_formulier
from schemas.inzending import RuwFormulier

WIDE, HIGH = 600, 800
LEFT, TOP, ROW = 50, 740, 24
#: glyph "\\001" is one drawing of two letters, as fonts have for "tt"
_CMAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def
1 begincodespacerange <00> <FF> endcodespacerange
2 beginbfrange <20> <7E> <0020> <A0> <FF> <00A0> endbfrange
1 beginbfchar <01> <00740074> endbfchar endcmap end end"""


@dataclass
class Pdf:
    """Pages with text and lines at places of their own."""

    pages: list[list[str]] = field(default_factory=lambda: [[]])

    def write(self, x: float, y: float, text: str, *, font: str = "F1") -> None:
        """A text that begins at this place."""
        shown = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self.pages[-1].append(f"BT /{font} 10 Tf {x} {y} Td ({shown}) Tj ET")

    def draw(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """A line."""
        self.pages[-1].append(f"{x} {y} m {to_x} {to_y} l S")

    def fill(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """The same line as a thin bar, as Word draws it."""
        self.pages[-1].append(f"{x} {y} {max(to_x - x, 0.5)} {max(to_y - y, 0.5)} re f")

    def table(self, rows: Sequence[Sequence[str]], columns: Sequence[float], *, top: float = TOP) -> float:
        """A ruled table with a text in each cell, a line end for a line below; return where it ends."""
        y = top
        for row in rows:
            lines = max(text.count("\n") for text in row) + 1
            for left, right, text in zip(columns, columns[1:], row, strict=False):
                for number, line in enumerate(text.split("\n")):
                    self.write(left + 5, y - 14 - 12 * number, line)
                self.draw(left, y, right, y)
            high = ROW + 12 * (lines - 1)
            for edge in (*columns[: len(row)], columns[-1]):
                self.draw(edge, y - high, edge, y)
            y -= high
        self.draw(columns[0], y, columns[-1], y)
        return y

    def save(self) -> bytes:
        writer = pypdf.PdfWriter()
        mapping = DecodedStreamObject()
        mapping.set_data(_CMAP)
        fonts = DictionaryObject()
        for name, base in (("F1", "Helvetica"), ("F2", "Helvetica-Bold")):
            entries = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": f"/{base}", "/Encoding": "/WinAnsiEncoding"}
            font = DictionaryObject({NameObject(key): NameObject(value) for key, value in entries.items()})
            fonts[NameObject(f"/{name}")] = font
        fonts[NameObject("/F3")] = self._make_ligature_font(writer, mapping)
        for page in self.pages:
            blank = writer.add_blank_page(WIDE, HIGH)
            blank[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
            content = DecodedStreamObject()
            content.set_data("\n".join(page).encode("cp1252"))
            blank[NameObject("/Contents")] = writer._add_object(content)
        buffer = io.BytesIO()
        writer.write(buffer)
        return buffer.getvalue()

    def read(self) -> RuwFormulier:
        return read_formulier("f.pdf", self.save())

    @staticmethod
    def _make_ligature_font(writer: pypdf.PdfWriter, mapping: StreamObject) -> DictionaryObject:
        widths = [560] + [0] * 30 + [500] * 224  # the first code is the drawing of two letters
        source = {"/Type": "/Font", "/Subtype": "/TrueType", "/BaseFont": "/Arial"}
        font = DictionaryObject({NameObject(key): NameObject(value) for key, value in source.items()})
        font[NameObject("/FirstChar")] = pypdf.generic.NumberObject(1)
        font[NameObject("/LastChar")] = pypdf.generic.NumberObject(255)
        font[NameObject("/Widths")] = pypdf.generic.ArrayObject(map(pypdf.generic.NumberObject, widths))
        font[NameObject("/ToUnicode")] = writer._add_object(mapping)
        return font
