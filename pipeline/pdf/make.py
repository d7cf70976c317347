"""The stage: finished Word files in, checked PDFs out, or no PDF at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import PoortFout
from pipeline.pdf.completeness import find_losses
from pipeline.pdf.engines import PdfEngine
from pipeline.pdf.freeze import freeze
from pipeline.pdf.normalise import language_of, normalise_pdf, title_of
from pipeline.pdf.package import open_package
from pipeline.pdf.refused import Afgekeurd
from pipeline.pdf.spread import spread
from pipeline.pdf.visible import read_pages
from pipeline.pdf.words import read_words

_REMEDY = (
    "Open het Word-document en kijk op de genoemde plaats: een tabelrij met een vaste hoogte of een rij die niet over "
    "twee bladzijden mag, knipt tekst af. Pas het sjabloon aan of installeer LibreOffice, en probeer opnieuw."
)


@dataclass(frozen=True)
class _Taak:
    """A document on its way: its name, the Word file, and the frozen copy that the engine gets."""

    naam: str
    document: bytes
    bevroren: bytes


def make_pdfs(
    documenten: Mapping[str, bytes], engine: PdfEngine, *, on_done: Callable[[str], None] | None = None
) -> dict[str, bytes]:
    """Make the PDF of each Word file, and check that it lost nothing.

    In: finished Word files by name (the name serves messages only), the engine, and whom to tell of each that is done.
    Out: the PDFs by the same names, in the same order; equal bytes for equal input on the same machine.
    Raises PoortFout naming every document that cannot be printed whole, by this engine or by its reserve.
    """
    gedaan: dict[str, bytes] = {}
    fouten: dict[str, Afgekeurd] = {}
    werk: list[_Taak] = []
    for naam, document in documenten.items():
        try:
            werk.append(_Taak(naam, document, freeze(open_package(document))))
        except Afgekeurd as fout:
            fouten[naam] = fout
    motor: PdfEngine | None = engine
    while motor is not None and werk:
        over = []
        for taak, uitslag in zip(werk, _convert(motor, werk), strict=True):
            if isinstance(uitslag, Afgekeurd):
                fouten[taak.naam] = uitslag
                over.append(taak)
                continue
            gedaan[taak.naam] = uitslag
            fouten.pop(taak.naam, None)
            if on_done is not None:
                on_done(taak.naam)
        werk, motor = over, motor.reserve
    _refuse([(naam, fouten[naam]) for naam in documenten if naam in fouten])
    return {naam: gedaan[naam] for naam in documenten}


def _refuse(fouten: Sequence[tuple[str, Afgekeurd]]) -> None:
    if fouten:
        regels = [f"Van «{naam}» is geen PDF gemaakt: {fout.reden}." for naam, fout in fouten]
        raise PoortFout("\n".join(regels), _REMEDY)


def _convert(motor: PdfEngine, werk: Sequence[_Taak]) -> Iterator[bytes | Afgekeurd]:
    """Convert, rewrite and check; the results come in order, each as soon as it is there."""
    ruw = motor.convert([taak.bevroren for taak in werk])
    return spread(finish, [(taak.document, pdf) for taak, pdf in zip(werk, ruw, strict=True)])


def finish(paar: tuple[bytes, bytes | None]) -> bytes | Afgekeurd:
    """Rewrite and check one PDF.

    In: the Word file as it was made, and what the engine made of it. Out: the PDF to hand out, or why there is none.
    """
    document, ruw = paar
    if ruw is None:
        return Afgekeurd("het omzetten gaf geen bestand")
    try:
        pakket = open_package(document)
        pdf = normalise_pdf(ruw, titel=title_of(pakket), taal=language_of(pakket))
        paginas = read_pages(pdf)
        verlies = find_losses(read_words(pakket), paginas)
    except Afgekeurd as fout:
        return fout
    if verlies.woorden:
        return Afgekeurd(str(verlies))
    overdrukt = [nummer for nummer, pagina in enumerate(paginas, start=1) if pagina.overdrukt]
    if overdrukt:
        return Afgekeurd(f"op bladzijde {overdrukt[0]} staat tekst over andere tekst heen gedrukt")
    return pdf
