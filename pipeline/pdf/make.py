"""The stage: finished Word files in, checked PDFs out, or no PDF at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial

from pipeline.errors import PoortFout
from pipeline.pdf.completeness import Verlies, find_losses
from pipeline.pdf.engines import PdfEngine
from pipeline.pdf.freeze import freeze
from pipeline.pdf.normalise import language_of, normalise_pdf, title_of
from pipeline.pdf.package import open_package, weigh
from pipeline.pdf.refused import Afgekeurd
from pipeline.pdf.visible import VisiblePage, read_pages
from pipeline.pdf.words import WordText, read_words
from pipeline.spread import open_workers, spread

_REMEDY = (
    "Open het Word-document en kijk op de genoemde plaats: een tabelrij met een vaste hoogte of een rij die niet over "
    "twee bladzijden mag, knipt tekst af. Pas het sjabloon aan of installeer LibreOffice, en probeer opnieuw."
)


@dataclass(frozen=True)
class Lezing:
    """What a Word file says before it is converted: the words that must come out, its title and its language."""

    woorden: WordText
    titel: str
    taal: str


def make_pdfs(
    documenten: Mapping[str, bytes],
    engine: PdfEngine,
    *,
    on_done: Callable[[str], None] | None = None,
    werkers: Executor | None = None,
) -> dict[str, bytes]:
    """Make the PDF of each Word file, and check that it lost nothing.

    In: finished Word files by name (the name serves messages only), the engine, whom to tell of each that is done, and
    who does the work (without: this process, or two of its own for many files).
    Out: the PDFs by the same names, in the same order; equal bytes for equal input on the same machine.
    Raises PoortFout naming every document that cannot be printed whole, by this engine or by its reserve.
    """
    omvang = weigh_all(documenten.values()) if werkers is None else 0
    with open_workers(omvang, werkers) as samen:
        gedaan, fouten = _make_all(documenten, engine, on_done or (lambda _naam: None), samen)
    _refuse([(naam, fouten[naam]) for naam in documenten if naam in fouten])
    return {naam: gedaan[naam] for naam in documenten}


def _make_all(
    documenten: Mapping[str, bytes], engine: PdfEngine, on_done: Callable[[str], None], werkers: Executor | None
) -> tuple[dict[str, bytes], dict[str, Afgekeurd]]:
    """What can be printed whole, by the engine or else by its reserve, and why the rest cannot."""
    gedaan: dict[str, bytes] = {}
    fouten: dict[str, Afgekeurd] = {}
    werk, motor = list(documenten), engine
    while True:
        for naam, uitslag in zip(werk, _convert(motor, [documenten[naam] for naam in werk], werkers), strict=True):
            if isinstance(uitslag, Afgekeurd):
                fouten[naam] = uitslag
                continue
            gedaan[naam] = uitslag
            fouten.pop(naam, None)
            on_done(naam)
        werk = [naam for naam in documenten if naam in fouten]
        if motor.reserve is None or not werk:
            return gedaan, fouten
        motor = motor.reserve


def weigh_all(documenten: Collection[bytes]) -> int:
    """How many ordinary letters these Word files compare to in the work that they give; nothing for a single one."""
    return sum(map(weigh, documenten)) if len(documenten) > 1 else 0


def _refuse(fouten: Sequence[tuple[str, Afgekeurd]]) -> None:
    if fouten:
        regels = [f"Van «{naam}» is geen PDF gemaakt: {fout.reden}." for naam, fout in fouten]
        raise PoortFout("\n".join(regels), _REMEDY)


def _convert(motor: PdfEngine, documenten: Sequence[bytes], werkers: Executor | None) -> Iterator[bytes | Afgekeurd]:
    """Convert, rewrite and check; the results come in order, each as soon as it is there."""
    if motor.per_stuk is not None:
        yield from spread(partial(make_pdf, motor.per_stuk), documenten, werkers)
        return
    klaar = [prepare(document) for document in documenten]
    goed = [stuk for stuk in klaar if not isinstance(stuk, Afgekeurd)]
    ruw = motor.convert([bevroren for _, bevroren in goed])
    pdfs = spread(finish, [(lezing, pdf) for (lezing, _), pdf in zip(goed, ruw, strict=True)], werkers)
    for stuk in klaar:
        yield stuk if isinstance(stuk, Afgekeurd) else next(pdfs)


def make_pdf(omzetten: Callable[[bytes], bytes | None], document: bytes) -> bytes | Afgekeurd:
    """Make one PDF, from reading to checking, with an engine that does one file at a time."""
    klaar = prepare(document)
    if isinstance(klaar, Afgekeurd):
        return klaar
    lezing, bevroren = klaar
    return finish((lezing, omzetten(bevroren)))


def prepare(document: bytes) -> tuple[Lezing, bytes] | Afgekeurd:
    """Read a Word file and freeze it.

    In: the Word file as it was made. Out: what it says, read before anything in it was changed, and the copy for the
    engine; or why it cannot be printed.
    """
    try:
        pakket = open_package(document)
        lezing = Lezing(read_words(pakket), title_of(pakket), language_of(pakket))
        return lezing, freeze(pakket)
    except Afgekeurd as fout:
        return fout


def finish(paar: tuple[Lezing, bytes | None]) -> bytes | Afgekeurd:
    """Rewrite and check one PDF.

    In: what the Word file says, and what the engine made of it. Out: the PDF to hand out, or why there is none.
    """
    lezing, ruw = paar
    if ruw is None:
        return Afgekeurd("het omzetten gaf geen bestand")
    try:
        pdf = normalise_pdf(ruw, titel=lezing.titel, taal=lezing.taal)
        paginas, verlies = _compare(lezing.woorden, pdf)
    except Afgekeurd as fout:
        return fout
    if verlies.woorden:
        return Afgekeurd(str(verlies))
    overdrukt = [nummer for nummer, pagina in enumerate(paginas, start=1) if pagina.overdrukt]
    if overdrukt:
        return Afgekeurd(f"op bladzijde {overdrukt[0]} staat tekst over andere tekst heen gedrukt")
    return pdf


def _compare(woorden: WordText, pdf: bytes) -> tuple[list[VisiblePage], Verlies]:
    """Look for the words, letter by letter only when some are not found.

    In the quick text some words run on into the next, so a word may seem to be missing there, but never to be there.
    """
    for per_letter in (False, True):
        paginas = read_pages(pdf, per_letter=per_letter)
        verlies = find_losses(woorden, paginas)
        if not verlies.woorden:
            break
    return paginas, verlies
