"""What a PDF costs, part by part, beside what the engine alone costs; run by hand, not by pytest.

    PYTHONPATH=. python tests/bench/bench_pdf.py [NUMBER OF DOCUMENTS] [rdocx|libreoffice]

The peers are run in the same round, document by document: rdocx on the Word file as it was made, and one clone of its
PDF by pypdf; for a batch LibreOffice alone, in one call for all files and in one call for each. The ratios to them hold
on another machine; those of the parts on a busy one, too.
"""

from __future__ import annotations

import io
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path
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
ROUNDS = 5
FEW = 8


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


def time_peer(programma: Path, documenten: list[bytes], per_call: int) -> float:
    """Let LibreOffice alone convert files as they were made, unchecked, so many a call; give the seconds."""
    begin = time.perf_counter()
    for eerste in range(0, len(documenten), per_call):
        with tempfile.TemporaryDirectory() as map_:
            namen: list[Path] = []
            for nummer, document in enumerate(documenten[eerste : eerste + per_call]):
                namen.append(Path(map_, f"{nummer}.docx"))
                namen[-1].write_bytes(document)
            profiel = Path(map_, "profiel").as_uri()
            opdracht: list[str | Path] = [
                programma,
                f"-env:UserInstallation={profiel}",
                "--headless",
                "--convert-to",
                "pdf",
            ]
            subprocess.run([*opdracht, "--outdir", map_, *namen], check=True, capture_output=True)
            if len(list(Path(map_).glob("*.pdf"))) != len(namen):
                raise SystemExit("LibreOffice gaf niet van elk bestand een pdf")
    return time.perf_counter() - begin


def time_batch(motor: PdfEngine, per_naam: dict[str, bytes], processen: int) -> float:
    """Do the whole stage, checks included; give the seconds by the clock on the wall."""
    office.SIDE_BY_SIDE = spread.SIDE_BY_SIDE = 2 if processen == 2 else 10**9
    begin = time.perf_counter()
    make_pdfs(per_naam, motor)
    return time.perf_counter() - begin


def print_batches(documenten: list[bytes], keuze: str | None) -> None:
    """Print the median time of a batch by each road, in rounds that alternate, and the ratio to one call for all."""
    per_naam = {str(nummer): document for nummer, document in enumerate(documenten)}
    wegen: dict[str, Callable[[], float]] = {}
    programma = office.find_office()
    if programma is not None:
        enkele = documenten[:FEW]
        wegen["LibreOffice, alle in één oproep"] = partial(time_peer, programma, documenten, len(documenten))
        wegen["LibreOffice, een oproep per bestand"] = lambda: (
            time_peer(programma, enkele, 1) * len(documenten) / len(enkele)
        )
    motoren: list[PdfEngine] = [RdocxEngine(), *([LibreOfficeEngine(programma)] if programma is not None else [])]
    for motor in motoren:
        if keuze in (None, motor.naam.split()[0]):
            for processen in (1, 2):
                wegen[f"onze stap, {motor.naam}, {processen} proces(sen)"] = partial(
                    time_batch, motor, per_naam, processen
                )
    rondes = [{naam: weg() for naam, weg in wegen.items()} for _ in range(ROUNDS)]
    tijden = {naam: statistics.median(ronde[naam] for ronde in rondes) for naam in wegen}
    maat = next(iter(tijden.values()))
    for naam, seconden in tijden.items():
        print(f"  {naam:45}{seconden:7.1f} s {len(documenten) / seconden:7.1f}/s   {maat / seconden:.2f} keer zo vlug")


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
    aantal = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    keuze = sys.argv[2] if len(sys.argv) > 2 else None
    documenten = [two_pages(nummer) for nummer in range(aantal)]
    print(f"per deel, processortijd per document van twee bladzijden, {aantal} documenten, mediaan van {ROUNDS}")
    print_parts(documenten)
    print(f"een stapel van {aantal} bestanden, mediaan van {ROUNDS} rondes om beurten")
    print_batches(documenten, keuze)
    print("een antwoord in een cel")
    print_growth()


if __name__ == "__main__":
    main()
