"""Documents a second for both engines, one and two processes; run by hand, not by pytest.

    python tests/bench/bench_pdf.py [NUMBER OF DOCUMENTS]

Prints ratios to LibreOffice in one process: those hold on another machine, the speeds do not.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable

import docx
from docx.oxml import OxmlElement

from pipeline import office
from pipeline.pdf import LibreOfficeEngine, RdocxEngine, make_pdfs, spread
from pipeline.pdf.freeze import freeze
from pipeline.pdf.make import finish
from pipeline.pdf.package import open_package


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


def per_second(werk: Callable[[], object], aantal: int) -> float:
    """Give the speed of one run."""
    begin = time.perf_counter()
    werk()
    return aantal / (time.perf_counter() - begin)


def main() -> None:
    """Measure each engine by itself and the whole stage."""
    aantal = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    documenten = [two_pages(nummer) for nummer in range(aantal)]
    bevroren = [freeze(open_package(document)) for document in documenten]
    per_naam = {str(nummer): document for nummer, document in enumerate(documenten)}
    programma = office.find_office()
    motoren: list[RdocxEngine | LibreOfficeEngine] = [RdocxEngine()]
    if programma is not None:
        motoren.insert(0, LibreOfficeEngine(programma))
    basis = 0.0
    for motor in motoren:
        for processen in (1, 2):
            office.SIDE_BY_SIDE = spread.SIDE_BY_SIDE = 2 if processen == 2 else aantal + 1
            omzetten = per_second(lambda motor=motor: motor.convert(bevroren), aantal)  # type: ignore[misc]
            alles = per_second(lambda motor=motor: make_pdfs(per_naam, motor), aantal)  # type: ignore[misc]
            basis = basis or omzetten
            print(
                f"{motor.naam}, {processen} proces(sen): omzetten {omzetten:5.1f}/s ({omzetten / basis:.2f}), "
                f"hele stap {alles:5.1f}/s ({alles / basis:.2f})"
            )
    pdfs = RdocxEngine().convert(bevroren[:20])
    print(f"bevriezen {per_second(lambda: [freeze(open_package(d)) for d in documenten], aantal):.0f}/s")
    print(
        f"herschrijven en keuren {per_second(lambda: list(map(finish, zip(documenten, pdfs, strict=False))), 20):.0f}/s"
    )


if __name__ == "__main__":
    main()
