"""Time per form and per document of each stage, beside a peer in the same run; by hand, not by pytest.

    python tests/bench/bench_stages.py

Reads and checks every Word form of `samples/`, then renders what the month's meeting would hand out. The peer of
reading is docx2python on the same files, that of rendering is docxtpl alone on the same templates.
"""

from __future__ import annotations

import datetime as dt
import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from docxtpl import DocxTemplate
from jinja2 import Environment

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support_werkmap import TAFEL, Werkmapje

from pipeline.check import check_aanmelding
from pipeline.cli.context import load_settings
from pipeline.errors import InvoerFout
from pipeline.pdf import choose_engine, make_pdfs
from pipeline.read import read_formulier
from pipeline.register import Register
from pipeline.render import render_deelbeeld
from pipeline.run.documents import list_letters
from pipeline.validate import recognise_formulier, validate_formulier
from schemas.deelbeeld import Deelbeeld

VANDAAG = dt.date(2026, 11, 23)
RONDES = 5


def measure(wat: str, werk: Callable[[], object], aantal: int) -> float:
    """Milliseconds for one of `aantal` things, median of a few rounds."""
    tijden = []
    for _ in range(RONDES):
        begin = time.perf_counter()
        werk()
        tijden.append((time.perf_counter() - begin) * 1000 / aantal)
    midden = statistics.median(tijden)
    print(f"{wat:58}{midden:9.1f} ms")
    return midden


def read_samples() -> list[tuple[str, bytes]]:
    """The Word forms of the samples that are forms."""
    paden = sorted((Path(__file__).resolve().parents[2] / "samples" / TAFEL).glob("*/*.docx"))
    alle = [(pad.name, pad.read_bytes()) for pad in paden]
    return [(naam, inhoud) for naam, inhoud in alle if _is_form(naam, inhoud)]


def _is_form(naam: str, inhoud: bytes) -> bool:
    try:
        return len(read_formulier(naam, inhoud).antwoorden) > 20
    except InvoerFout:
        return False


def bench_forms(werkmap: Werkmapje, samples: Sequence[tuple[str, bytes]]) -> None:
    """Reading, and validating with checking."""
    settings = load_settings(werkmap.map, vandaag=VANDAAG)
    eigen = measure("lezen, per formulier", lambda: [read_formulier(*s) for s in samples], len(samples))
    try:
        from docx2python import docx2python  # the peer is no dependency of the project
    except ImportError:
        print("docx2python is not installed: no peer for reading")
    else:
        peer = measure(
            "docx2python, per formulier", lambda: [docx2python(io.BytesIO(i)).text for _, i in samples], len(samples)
        )
        print(f"{'  verhouding tot docx2python':58}{eigen / peer:9.2f}")
    ruwe = [read_formulier(*sample) for sample in samples]

    def check() -> None:
        for ruw in ruwe:
            gevonden = recognise_formulier(ruw, settings.tafels)
            if gevonden is None or gevonden.formulier is None:
                continue
            validatie = validate_formulier(
                ruw, settings.data, gevonden.formulier, gevonden.meta, settings.namen, VANDAAG
            )
            check_aanmelding(validatie.aanmelding, settings.data, VANDAAG)

    measure("valideren en toetsen, per formulier", check, len(ruwe))


def bench_documents(werkmap: Werkmapje, samples: Sequence[tuple[str, bytes]]) -> None:
    """Sharing, rendering and both PDF engines on the meeting's documents."""
    for naam, inhoud in samples:
        werkmap.drop(inhoud, naam)
    werkmap.process()
    werkmap.prepare("triagetafel", "2026-11-27")
    settings = load_settings(werkmap.map, vandaag=VANDAAG)
    with Register.open(werkmap.map, alleen_lezen=True) as register:
        beelden = [verstrekking.beeld for verstrekking in register.list_verstrekkingen()]
        measure("delen, per brief", lambda: list_letters(settings, register), len(register.list_dossiers()))
    sjablonen = {beeld.sjabloon: settings.find_sjabloon(beeld.sjabloon).read_bytes() for beeld in beelden}
    eigen = measure("Word maken, per document", lambda: _render(beelden, sjablonen), len(beelden))
    kaal = measure("docxtpl alleen, per document", lambda: _render_bare(beelden, sjablonen), len(beelden))
    print(f"{'  verhouding tot docxtpl':58}{eigen / kaal:9.2f}")
    woord = {beeld.sleutel: render_deelbeeld(beeld, sjablonen[beeld.sjabloon]) for beeld in beelden}
    for voorkeur in ("rdocx", "libreoffice"):
        engine = choose_engine(voorkeur)
        measure(f"pdf met {engine.naam}, per document", partial(make_pdfs, woord, engine), len(woord))


def _render(beelden: Sequence[Deelbeeld], sjablonen: dict[str, bytes]) -> None:
    for beeld in beelden:
        render_deelbeeld(beeld, sjablonen[beeld.sjabloon])


def _render_bare(beelden: Sequence[Deelbeeld], sjablonen: dict[str, bytes]) -> None:
    for beeld in beelden:
        sjabloon = DocxTemplate(io.BytesIO(sjablonen[beeld.sjabloon]))
        inhoud = beeld.model_dump(mode="json")
        sjabloon.render(inhoud, jinja_env=Environment(autoescape=True))
        sjabloon.save(io.BytesIO())


def main() -> None:
    """Run everything in a werkmap of its own."""
    samples = read_samples()
    print(f"{len(samples)} formulieren, mediaan van {RONDES} rondes")
    with tempfile.TemporaryDirectory() as map_:
        werkmap = Werkmapje.make(Path(map_))
        bench_forms(werkmap, samples)
        bench_documents(werkmap, samples)


if __name__ == "__main__":
    main()
