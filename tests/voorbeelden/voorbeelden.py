"""Makes the pictures of README and HANDLEIDING: `make voorbeelden`.

The year of the demo is played with LibreOffice, and its documents and its overview are looked at as somebody would who
opens them. All people in it are invented. What was played stays in `build/voorbeelden/` until `--opnieuw` asks for
another play; the codes of cases are random, so that the pictures then differ a little.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # noqa: E402
from lxml import html  # noqa: E402
from png import Beeldpunten, read_png, write_png  # noqa: E402
from rich.console import Console  # noqa: E402
from support_tafels import name_tafel  # noqa: E402

from pipeline.cli.demo import SAMPLES, play_demo  # noqa: E402
from pipeline.office import convert_files, find_office  # noqa: E402

DOEL = TESTS.parent / "word-templates" / "voorbeelden"
TAFEL = name_tafel("gewoon")
BREEDTE = 1000
BUILD = TESTS.parent / "build" / "voorbeelden"
LIJN = bytes((0xB8, 0xC4, 0xC8))
_RAND = 24


@dataclass(frozen=True)
class Opname:
    """A page of a document of the demo, below its werkmap.

    `zoek` is what the page says most often, where it is not the first; `deel` how much of its height is shown.
    """

    naam: str
    bestanden: str
    zoek: str = ""
    deel: float = 1.0


OPNAMEN = (
    Opname("triagelijst", "uit/*triagetafel/coordinator/Triagelijst*.pdf", zoek="✓ voldaan", deel=0.62),
    Opname("casusfiche", "uit/*-12-17 expertentafel/politie/Casusfiche*.pdf", deel=0.86),
    Opname("verslag", "uit/*-12-17 expertentafel verslag/bestuur_*/Beknopt verslag*.pdf", deel=0.8),
    Opname("plan", "uit/*/caw/Plan van aanpak*versie 2.pdf", deel=0.86),
    Opname("aanvulling", "uit/*/aanmelder */Vraag om aanvulling*.pdf", deel=0.565),
    Opname("verzendlijst", "verzendlijst/*-12-17 expertentafel.pdf", deel=0.6),
)
FORMULIER, OVERZICHT = 0.6, 1100  #: part of a page, points


def main() -> None:
    """Play, unless that was done before, look, and write each picture."""
    if "--opnieuw" in sys.argv:
        shutil.rmtree(BUILD, ignore_errors=True)
    spel, bladzijde = BUILD / "spel" / TAFEL, BUILD / "overzicht.html"
    if not spel.exists():
        play(spel, bladzijde)
    for opname in OPNAMEN:
        save(opname.naam, shoot_page(opname, spel))
    formulier = shoot_form()
    save("aanmeldformulier", formulier.cut(round(len(formulier.lijnen) * FORMULIER)))
    with tempfile.TemporaryDirectory() as naam:
        save("overzicht", shoot_html(bladzijde.read_bytes(), "casussen", Path(naam)).cut(OVERZICHT))
        save("quarantaine", shoot_html(bladzijde.read_bytes(), "quarantaine", Path(naam)))


def play(spel: Path, bladzijde: Path) -> None:
    """Play the demo; keep the overview of the first meeting that was prepared, which has no year behind it yet."""

    @contextmanager
    def watch() -> Iterator[Callable[[str, int, int], None]]:
        yield lambda _wat, _gedaan, _totaal: None
        if not bladzijde.exists() and any((spel / "verzendlijst").glob("*.pdf")):
            shutil.copyfile(spel / "overzicht.html", bladzijde)

    BUILD.mkdir(parents=True, exist_ok=True)
    play_demo(BUILD / "spel", "libreoffice", Console(file=sys.stderr), watch, TAFEL)


def save(naam: str, beeld: Beeldpunten) -> None:
    """Write a picture, and say how large it is."""
    bestand = DOEL / f"{naam}.png"
    bestand.write_bytes(write_png(beeld.frame(LIJN)))
    print(f"{bestand.name}: {bestand.stat().st_size} bytes", file=sys.stderr)


def shoot_page(opname: Opname, spel: Path) -> Beeldpunten:
    """The page that an Opname asks for, of the fullest document that it names."""
    with pdfium.PdfDocument(max(spel.glob(opname.bestanden), key=lambda pad: pad.stat().st_size)) as document:
        teksten = [pagina.get_textpage().get_text_bounded() for pagina in document]
        nummer = max(range(len(teksten)), key=lambda n: teksten[n].count(opname.zoek)) if opname.zoek else 0
        beeld = draw(document[nummer])
    return beeld.cut(round(len(beeld.lijnen) * opname.deel))


def draw(pagina: pdfium.PdfPage) -> Beeldpunten:
    """A page of a PDF as points."""
    vlak = pagina.render(scale=BREEDTE / pagina.get_width(), rev_byteorder=True, prefer_bgrx=False)
    rij = vlak.width * 3
    ruw = bytes(vlak.buffer)
    return Beeldpunten(vlak.width, [ruw[n * vlak.stride : n * vlak.stride + rij] for n in range(vlak.height)])


def shoot_form() -> Beeldpunten:
    """The page of a filled form on which most was ticked."""
    programma = find_office()
    if programma is None:
        raise SystemExit("Install LibreOffice first.")
    bestand = next((SAMPLES / TAFEL / "volledig").glob("*.docx"))
    (pdf,) = convert_files(programma, [bestand.read_bytes()], "pdf:writer_pdf_Export", {})
    with pdfium.PdfDocument(pdf) as document:
        gekruist = [pagina.get_textpage().get_text_bounded().count("☒") for pagina in document]
        return draw(document[gekruist.index(max(gekruist))])


def shoot_html(bladzijde: bytes, deel: str, map_: Path) -> Beeldpunten:
    """The overview as a browser shows it, its long parts apart: down to the list of cases, or what was refused."""
    boom: Any = html.fromstring(bladzijde)
    for weg in boom.xpath("//article" if deel == "casussen" else "//header | //footer | //section"):
        if deel == "casussen" or weg.get("aria-labelledby") != deel:
            weg.getparent().remove(weg)
    for weg in boom.xpath("//section[@aria-labelledby='quarantaine'] | //footer") if deel == "casussen" else ():
        weg.getparent().remove(weg)
    bron, schot = map_ / f"{deel}.html", map_ / f"{deel}.png"
    bron.write_bytes(html.tostring(boom, encoding="utf-8"))
    opdracht = [
        shutil.which("chromium") or "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
    ]
    opdracht += [f"--user-data-dir={map_ / 'profiel'}", f"--window-size={BREEDTE},2400", f"--screenshot={schot}"]
    subprocess.run([*opdracht, bron.as_uri()], check=True, capture_output=True, timeout=90)
    return read_png(schot.read_bytes()).cut_empty_end(_RAND)


if __name__ == "__main__":
    main()
