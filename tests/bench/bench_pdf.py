"""What a PDF costs, part by part, beside what the engine alone costs; run by hand, not by pytest.

    PYTHONPATH=. python tests/bench/bench_pdf.py [NUMBER OF DOCUMENTS] [rdocx|libreoffice]

The peers are run in the same round, document by document: rdocx on the Word file as it was made, and one clone of its
PDF by pypdf. The ratios to them hold on another machine and on a busy one; the milliseconds do not.
"""

from __future__ import annotations

import io
import resource
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

import docx
import rdocx
from docx.oxml import OxmlElement
from pypdf import PdfReader, PdfWriter

from pipeline import office, spread
from pipeline.pdf import LibreOfficeEngine, PdfEngine, RdocxEngine, make_pdfs
from pipeline.pdf.completeness import find_losses
from pipeline.pdf.freeze import freeze
from pipeline.pdf.normalise import language_of, normalise_pdf, title_of
from pipeline.pdf.package import open_package
from pipeline.pdf.visible import read_pages
from pipeline.pdf.words import read_words

T = TypeVar("T")
PARTS = ("openen", "woorden lezen", "bevriezen", "rdocx, bevroren", "herschrijven", "bladzijden lezen", "vergelijken")
ROUNDS = 3


def two_pages(nummer: int) -> bytes:
    """Make a document of two pages: a heading, text, a table with a repeated heading row, header and footer."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Carlito"
    document.core_properties.title = "Proef"
    document.sections[0].header.paragraphs[0].text = "Tafel Voorbeeldstad – vertrouwelijk"
    document.sections[0].footer.paragraphs[0].text = f"Exemplaar {nummer}"
    document.add_heading(f"Document {nummer}", level=1)
    for alinea in range(10):
        document.add_paragraph(f"Alinea {alinea} van {nummer}. " + "De cliënt is geïnformeerd over de afspraak. " * 5)
    tabel = document.add_table(rows=1, cols=3, style="Table Grid")
    tabel.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for rij in range(25):
        for cel, tekst in zip(tabel.add_row().cells, (f"Feit {rij}", "De school", "☐ ja ☒ nee"), strict=True):
            cel.text = tekst
    uit = io.BytesIO()
    document.save(uit)
    return uit.getvalue()


def one_answer(tekens: int) -> bytes:
    """Make a document of one answer, lines in one cell of a table."""
    document = docx.Document()
    run = document.add_table(rows=1, cols=2).cell(0, 1).paragraphs[0].add_run()
    for regel in range(tekens // 25):
        run.add_text(f"regel {regel} van dit antwoord")
        run.add_break()
    uit = io.BytesIO()
    document.save(uit)
    return uit.getvalue()


class Clock:
    """Adds up processor time under names."""

    def __init__(self) -> None:
        self.tijden: dict[str, float] = defaultdict(float)

    def time(self, naam: str, werk: Callable[[], T]) -> T:
        """Do it and count its time."""
        begin = time.process_time()
        uit = werk()
        self.tijden[naam] += (time.process_time() - begin) * 1000
        return uit


def clone(ruw: bytes) -> None:
    """Let pypdf clone and write a PDF."""
    schrijver = PdfWriter()
    schrijver.clone_reader_document_root(PdfReader(io.BytesIO(ruw)))
    schrijver.write(io.BytesIO())


def take_apart(document: bytes, klok: Clock) -> None:
    """Put one document through the steps of the stage, and through the peers."""
    ruw = klok.time("rdocx alleen", lambda: rdocx.Document.from_bytes(document).to_pdf())
    klok.time("een kloon van pypdf", lambda: clone(ruw))
    pakket = klok.time("openen", lambda: open_package(document))
    woorden = klok.time("woorden lezen", lambda: read_words(pakket))
    titel, taal = title_of(pakket), language_of(pakket)
    bevroren = klok.time("bevriezen", lambda: freeze(pakket))
    mager = klok.time("rdocx, bevroren", lambda: rdocx.Document.from_bytes(bevroren).to_pdf())
    pdf = klok.time("herschrijven", lambda: normalise_pdf(mager, titel=titel, taal=taal))
    paginas = klok.time("bladzijden lezen", lambda: read_pages(pdf, per_letter=False))
    klok.time("vergelijken", lambda: find_losses(woorden, paginas))


def print_parts(documenten: list[bytes]) -> None:
    """Print the median round of every part, and the ratios to the peers."""
    rondes = []
    for _ in range(ROUNDS):
        klok = Clock()
        for document in documenten:
            take_apart(document, klok)
        rondes.append(klok.tijden)
    midden = {naam: statistics.median(ronde[naam] for ronde in rondes) / len(documenten) for naam in rondes[0]}
    samen = sum(midden[naam] for naam in PARTS)
    peers = [naam for naam in midden if naam not in PARTS]
    for naam in (*peers, *PARTS):
        print(f"  {naam:22}{midden[naam]:8.1f} ms   {midden[naam] / midden['rdocx alleen']:.2f} van rdocx alleen")
    print(f"  {'hele stap':22}{samen:8.1f} ms   " + ", ".join(f"{samen / midden[n]:.2f} van {n}" for n in peers))
    eigen = samen - midden["rdocx, bevroren"]
    print(f"  {'zonder de motor':22}{eigen:8.1f} ms   " + ", ".join(f"{eigen / midden[n]:.2f} van {n}" for n in peers))


def print_batch(motor: PdfEngine, documenten: list[bytes]) -> None:
    """Print the speed of a batch in one process and in two, by the clock on the wall."""
    per_naam = {str(nummer): document for nummer, document in enumerate(documenten)}
    for processen in (1, 2):
        office.SIDE_BY_SIDE = spread.SIDE_BY_SIDE = 2 if processen == 2 else 10**9
        begin = time.perf_counter()
        make_pdfs(per_naam, motor)
        print(f"  {motor.naam}, {processen} proces(sen): {len(per_naam) / (time.perf_counter() - begin):.1f}/s")


def print_growth() -> None:
    """Print what one answer costs as it grows: time per character must stay the same."""
    for tekens in (125_000, 250_000, 500_000, 1_000_000):
        document = one_answer(tekens)
        begin = time.process_time()
        (pdf,) = make_pdfs({"a": document}, RdocxEngine()).values()
        seconden = time.process_time() - begin
        top = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"  {tekens:9} tekens {seconden:6.1f} s, {seconden / tekens * 1e6:4.1f} µs/teken, pdf {len(pdf) >> 10} kB,"
            f" top {top} MB"
        )


def main() -> None:
    """Measure the parts, a batch with each engine, and one answer that grows."""
    aantal = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    keuze = sys.argv[2] if len(sys.argv) > 2 else None
    documenten = [two_pages(nummer) for nummer in range(aantal)]
    print(f"per deel, processortijd per document van twee bladzijden, {aantal} documenten, mediaan van {ROUNDS}")
    print_parts(documenten)
    print("hele stap, een stapel")
    programma = office.find_office()
    if keuze != "libreoffice":
        print_batch(RdocxEngine(), documenten)
    if keuze != "rdocx" and programma is not None:
        print_batch(LibreOfficeEngine(programma), documenten)
    print("een antwoord in een cel")
    print_growth()


if __name__ == "__main__":
    main()
