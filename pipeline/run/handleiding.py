"""The manual as a Word file and a PDF: read, fill the template, find its pages, and fill it once more with those."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.disk import translate_faults
from pipeline.errors import ConfiguratieFout, PoortFout
from pipeline.manual import build_values, read_manual
from pipeline.pdf import PdfEngine, add_outline, find_headings, make_pdfs
from pipeline.render import Beeld, bind_book, render_data
from pipeline.settings import SJABLONEN
from pipeline.supplied import find_supplied
from schemas.datum import format_datum
from schemas.handleiding import Blok, Handleiding

BRON = "HANDLEIDING.md"
PROGRAMMA = "casusoverleg"
_NAAM = "handleiding"
#: The numbers of pages cannot move a chapter themselves, so the second time is the last; unless an engine is fickle.
_POGINGEN = 3


@dataclass(frozen=True)
class Boek:
    """What is printed: the manual, its pictures, its template, and what stands on its title page."""

    handleiding: Handleiding
    beelden: tuple[Beeld, ...]
    sjabloon: bytes
    versie: str
    datum: str

    @cached_property
    def _gevuld(self) -> bytes:
        waarden = build_values(self.handleiding, programma=PROGRAMMA, versie=self.versie, datum=self.datum)
        return render_data(_NAAM, self.sjabloon, waarden, soepel=False, rijen_heel=True)

    def bind(self, paginas: Mapping[str, int], *, met_velden: bool) -> bytes:
        """Give the Word file, with the pages of its chapters; 0 for each that is not known."""
        return bind_book(
            self._gevuld,
            {kop.anker: paginas.get(kop.anker, 0) for kop in self.handleiding.list_koppen()},
            beelden=self.beelden,
            titel=self.handleiding.titel,
            maker=PROGRAMMA,
            met_velden=met_velden,
        )

    def find_pages(self, pdf: bytes) -> dict[str, int]:
        """Give the page of each of its headings. Raises PoortFout when the PDF has other headings."""
        koppen, gevonden = self.handleiding.list_koppen(), find_headings(pdf)
        if len(koppen) != len(gevonden):
            raise PoortFout(
                "De PDF van de handleiding heeft niet dezelfde koppen als de handleiding.",
                "Dit is een fout in het programma: meld ze.",
            )
        return {kop.anker: plek.pagina for kop, plek in zip(koppen, gevonden, strict=True)}


def load_boek(bron: Path, *, versie: str, vandaag: dt.date) -> Boek:
    """Read the manual, and the pictures that lie beside it.

    Raises ConfiguratieFout for what cannot be read or is not there, with its line.
    """
    with translate_faults(bron):
        tekst = bron.read_text(encoding="utf-8")
    handleiding = read_manual(bron.name, tekst)
    return Boek(
        handleiding=handleiding,
        beelden=tuple(_read_beeld(bron, blok) for blok in handleiding.list_beelden()),
        sjabloon=(SJABLONEN / "programma" / f"{_NAAM}.docx").read_bytes(),
        versie=versie,
        datum=format_datum(vandaag),
    )


def _read_beeld(bron: Path, blok: Blok) -> Beeld:
    pad = bron.parent / blok.bestand
    if not pad.is_file():
        raise ConfiguratieFout(
            [f"{bron.name}, regel {blok.regel}: het beeld {blok.bestand} is er niet."],
            "Zet het beeld op die plaats, of haal de regel weg.",
        )
    return Beeld(blok.bestand, pad.read_bytes(), blok.tekst)


def make_handleiding(engine: PdfEngine, *, versie: str, vandaag: dt.date, bron: Path | None = None) -> dict[str, bytes]:
    """Make the manual.

    In: what makes the PDF, the version of the program, the day for the title page, and the Markdown (else the one that
    came with the program). Out: Word file and PDF by their names; equal bytes for equal input on the same machine.
    Raises ConfiguratieFout for a fault in the Markdown, PoortFout for a PDF that lost something.
    """
    boek = load_boek(bron or find_supplied(BRON), versie=versie, vandaag=vandaag)
    titels = [kop.tekst for kop in boek.handleiding.list_koppen()]
    paginas: dict[str, int] = {}
    for _ in range(_POGINGEN):
        pdf = make_pdfs({BRON: boek.bind(paginas, met_velden=False)}, engine)[BRON]
        vorige, paginas = paginas, boek.find_pages(pdf)
        if paginas == vorige:
            word = boek.bind(paginas, met_velden=True)
            return {"Handleiding.docx": word, "Handleiding.pdf": add_outline(pdf, titels)}
    raise PoortFout("De bladzijden van de handleiding liggen niet vast.", "Dit is een fout in het programma: meld ze.")
