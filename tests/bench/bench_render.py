"""Word rendering beside docxtpl and python-docx in one run, by number of rows; by hand, not by pytest.

    python tests/bench/bench_render.py

A letter with a logo in its header, fields in its footer, conditions, and a table of five columns with a row per value.
The rounds of the engines alternate, so that what else the machine does falls on all of them. Each line is the median
of five rounds, in processor time. `render_deelbeeld` at the end is the whole stage on the standard templates: values
read from the Deelbeeld and checked too.
"""

from __future__ import annotations

import gc
import io
import statistics
import struct
import sys
import time
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from docx import Document
from docxtpl import DocxTemplate
from jinja2 import Environment

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from beelden import SOORTEN, make_beeld

from pipeline.render import render_deelbeeld
from pipeline.render.compiled import Sjabloon
from pipeline.render.context import build_context
from pipeline.render.engine import compile_template, fill_template
from pipeline.render.package import CORE, build_core, list_members
from pipeline.render.rows import mark_rows
from pipeline.render.sandbox import Zandbak
from pipeline.render.template import clean_template
from pipeline.settings import SJABLONEN

RONDES = 5
AANTALLEN = {0: 40, 15: 30, 150: 10, 1500: 2}
NAMEN = frozenset({"naam", "adres", "rijen", "dringend", "slot"})


def make_logo() -> bytes:
    """A picture of 64 by 64 grey points."""

    def pack(soort: bytes, inhoud: bytes) -> bytes:
        return struct.pack(">I", len(inhoud)) + soort + inhoud + struct.pack(">I", zlib.crc32(soort + inhoud))

    regels = b"".join(b"\0" + bytes((x * y) % 251 for x in range(64)) for y in range(64))
    kop = struct.pack(">IIBBBBB", 64, 64, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + pack(b"IHDR", kop) + pack(b"IDAT", zlib.compress(regels)) + pack(b"IEND", b"")


def make_letter() -> bytes:
    """The template."""
    document = Document()
    document.sections[0].header.paragraphs[0].add_run("{{ naam }}").add_picture(io.BytesIO(make_logo()))
    document.sections[0].footer.paragraphs[0].text = "{{ naam }}, {{ adres }}"
    document.add_paragraph("{{ naam }}\n{{ adres }}")
    document.add_paragraph("{% if dringend %}Dit is dringend. {% else %}Er is tijd. {% endif %}{{ slot }}")
    tabel = document.add_table(4, 5)
    for cel, tekst in zip(tabel.rows[0].cells, ("Wat", "Wie", "Tegen", "Stand", "Nummer"), strict=True):
        cel.text = tekst
    tabel.cell(1, 0).text, tabel.cell(3, 0).text = "{%tr for rij in rijen %}", "{%tr endfor %}"
    for cel, naam in zip(tabel.rows[2].cells, ("wat", "wie", "tegen", "stand", "nummer"), strict=True):
        cel.text = f"{{{{ rij.{naam} }}}}"
    for nummer in range(60):
        document.add_paragraph(f"Vaste alinea {nummer}, met een zin die op elke brief hetzelfde is en blijft.")
    return save(document)


def make_values(rijen: int) -> dict[str, object]:
    """What one letter prints."""
    rij = {"wat": "Bellen met de dienst & de school", "wie": "An Voorbeeld", "tegen": "6 april 2031", "stand": "open"}
    return {
        "naam": "Dienst Voorbeeld",
        "adres": "Proefstraat 1",
        "dringend": True,
        "slot": "Met dank.",
        "rijen": [rij | {"nummer": str(nummer)} for nummer in range(rijen)],
    }


def compile_letter(letter: bytes) -> Sjabloon:
    """What our stage does with a template, once."""
    document = clean_template("brief", letter)
    mark_rows(document)
    return compile_template("brief", document, list_members(document, "brief", "nl-BE"), Zandbak(), NAMEN)


def fill(sjabloon: Sjabloon, waarden: dict[str, object]) -> bytes:
    """What it does with it for each document."""
    return fill_template("brief", sjabloon, waarden, {CORE: build_core("Brief", "Voorbeeld", "nl-BE")})


def fill_by_docxtpl(letter: bytes, waarden: dict[str, object]) -> bytes:
    """The same by docxtpl alone."""
    tpl = DocxTemplate(io.BytesIO(letter))
    tpl.render(waarden, Environment(autoescape=True))
    return save(tpl)


def open_and_save(letter: bytes) -> bytes:
    """What anything built on python-docx costs at least."""
    return save(Document(io.BytesIO(letter)))


def save(document: object) -> bytes:
    """A document as bytes."""
    uit = io.BytesIO()
    document.save(uit)  # type: ignore[attr-defined]
    return uit.getvalue()


def measure(aantal: int, *werken: Callable[[], object]) -> list[float]:
    """Milliseconds for one call of each, in alternating rounds."""
    tijden: list[list[float]] = [[] for _ in werken]
    for _ in range(RONDES):
        for werk, lijst in zip(werken, tijden, strict=True):
            gc.collect()  # what one engine leaves behind is not swept up in the time of the next
            begin = time.process_time()
            for _ in range(aantal):
                werk()
            lijst.append((time.process_time() - begin) * 1000 / aantal)
    return [statistics.median(lijst) for lijst in tijden]


def bench_rows(letter: bytes) -> None:
    """By number of rows."""
    klaar = compile_letter(letter)
    print(f"{'rijen':>6} {'ons':>9} {'docxtpl':>9} {'open+bewaar':>12}   verhouding tot docxtpl")
    for rijen, aantal in AANTALLEN.items():
        waarden = make_values(rijen)
        fill(klaar, waarden)
        ons, peer, minst = measure(
            aantal,
            partial(fill, klaar, waarden),
            partial(fill_by_docxtpl, letter, waarden),
            partial(open_and_save, letter),
        )
        print(f"{rijen:6} {ons:9.3f} {peer:9.2f} {minst:12.2f}   {peer / ons:6.1f}x")


def bench_compiling(letter: bytes) -> None:
    """Once per template: at most one rendering of docxtpl."""
    ons, peer = measure(5, lambda: compile_letter(letter), lambda: fill_by_docxtpl(letter, make_values(15)))
    print(f"compileren {ons:.1f} ms; eenmaal docxtpl met 15 rijen {peer:.1f} ms; verhouding {ons / peer:.2f}")


def bench_standard() -> None:
    """The whole stage on every standard template, filled to the brim."""
    print(f"{'sjabloon':24} {'ons':>9} {'docxtpl':>9}   verhouding")
    for soort in SOORTEN:
        inhoud, beeld = (SJABLONEN / "standaard" / f"{soort}.docx").read_bytes(), make_beeld(soort, True)
        waarden = build_context(beeld)
        render_deelbeeld(beeld, inhoud)
        ons, peer = measure(2, partial(render_deelbeeld, beeld, inhoud), partial(fill_by_docxtpl, inhoud, waarden))
        print(f"{soort:24} {ons:9.3f} {peer:9.2f}   {peer / ons:6.1f}x")


def main() -> None:
    """Everything, in processor time of one process."""
    letter = make_letter()
    bench_rows(letter)
    bench_compiling(letter)
    bench_standard()


if __name__ == "__main__":
    main()
