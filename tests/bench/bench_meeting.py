"""A whole meeting, end to end, and what a document costs as the number of cases grows; by hand, not by pytest.

    python tests/bench/bench_meeting.py [--alleen-groei]

First a meeting of 40 cases with twelve partners: the time of each stage, then the whole command with both stages that
make PDFs overlapping as in a run. Then 10, 100 and 1,000 cases: sharing and Word per document, which must not grow. The
cases are one real case under other codes, brought to the table by the ordinary road.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support_werkmap import Werkmapje, make_form

from pipeline.cli.context import load_settings
from pipeline.pdf import RdocxEngine, make_pdfs
from pipeline.register import Register
from pipeline.render import render_deelbeeld
from pipeline.run import prepare_overleg
from pipeline.run.agenda import plan_agenda
from pipeline.run.documents import list_meeting_copies
from pipeline.run.stuk import Stuk
from pipeline.settings import Settings
from pipeline.verify import refuse_unexplained
from schemas.code import TEKENS

PARTNERS = 12
VANDAAG, DATUM = dt.date(2026, 12, 10), dt.date(2026, 12, 17)
OVERLEG = "expertentafel"
AAN_TAFEL = {"lokale_politie", "parket", "caw", "cgg", "justitiehuis", "lokaal_bestuur"}
T = TypeVar("T")


def make_meeting(map_: Path, aantal: int) -> Settings:
    """A werkmap of the first table with that many cases on the agenda of its expert table."""
    werkmap = Werkmapje.make(map_)
    add_partners(werkmap.map / "werkmap.toml")
    werkmap.drop(make_form())
    werkmap.process()
    werkmap.prepare("triagetafel", "2026-11-27")
    (eerste,) = werkmap.list_dossiers()
    werkmap.decide({eerste.code: {"punten.besluit": "Agenderen op de expertentafel"}})
    (dossier,) = werkmap.list_dossiers()
    with Register.open(werkmap.map) as register, register.transaction():
        for nummer in range(1, aantal):
            code = "".join(TEKENS[nummer // len(TEKENS) ** macht % len(TEKENS)] for macht in range(6))
            register.save_dossier(dossier.model_copy(update={"code": code}), "aangemeld", VANDAAG)
    return replace(load_settings(werkmap.map, vandaag=VANDAAG), choose_engine=RdocxEngine)


def add_partners(toml: Path) -> None:
    """Ordinary partners until there are twelve who are always at the table."""
    tekst = toml.read_text("utf-8")
    vaste = [partner for partner in tomllib.loads(tekst)["partner"] if partner["rol"] in AAN_TAFEL]
    for nummer in range(len(vaste), PARTNERS):
        tekst += f'\n[[partner]]\nid = "dienst{nummer}"\nnaam = "Dienst Voorbeeld {nummer}"\nrol = "caw"\n'
        tekst += (
            f'protocol_ondertekend_op = 2026-01-15\npersonen = [{{ naam = "X", email = "d{nummer}@example.org" }}]\n'
        )
    toml.write_text(tekst, "utf-8")


def clock(naam: str, doe: Callable[[], T], aantal: Callable[[T], int], wat: str) -> T:
    """Do it; print seconds and milliseconds for each of `aantal`."""
    begin = time.perf_counter()
    uit = doe()
    seconden = time.perf_counter() - begin
    print(f"  {naam:38}{seconden:8.2f} s {seconden / max(1, aantal(uit)) * 1000:9.2f} ms per {wat} ({aantal(uit)})")
    return uit


def list_copies(settings: Settings) -> list[Stuk]:
    """The copies of the meeting."""
    soort = settings.data.tafel.get_overleg(OVERLEG)
    assert soort is not None
    with Register.open(settings.map) as register:
        overleg = plan_agenda(settings, soort, DATUM, register.list_dossiers())
        return list_meeting_copies(overleg, settings, register)


def render_all(settings: Settings, stukken: list[Stuk]) -> dict[str, bytes]:
    """The Word file of each copy."""
    sjablonen = {naam: settings.find_sjabloon(naam).read_bytes() for naam in {s.beeld.sjabloon for s in stukken}}
    return {stuk.beeld.sleutel: render_deelbeeld(stuk.beeld, sjablonen[stuk.beeld.sjabloon]) for stuk in stukken}


def verify_all(settings: Settings, stukken: list[Stuk], word: dict[str, bytes], pdf: dict[str, bytes]) -> int:
    """Judge each copy; their number."""
    for stuk in stukken:
        sjabloon = settings.find_sjabloon(stuk.beeld.sjabloon).read_bytes()
        refuse_unexplained(stuk.beeld, sjabloon, word[stuk.beeld.sleutel], pdf[stuk.beeld.sleutel])
    return len(stukken)


def bench_stages(casussen: int) -> None:
    """Stage after stage, in one process; then the whole as a run does it."""
    with tempfile.TemporaryDirectory() as map_:
        settings = make_meeting(Path(map_), casussen)
        print(f"{casussen} casussen, {PARTNERS} vaste partners")
        stukken = clock("agenda, delen en nazicht", partial(list_copies, settings), len, "document")
        word = clock("Word", partial(render_all, settings, stukken), len, "document")
        pdf = clock("PDF, rdocx", partial(make_pdfs, word, RdocxEngine()), len, "document")
        clock(
            "nakijken van Word en PDF, één proces", partial(verify_all, settings, stukken, word, pdf), int, "document"
        )
        soort = settings.data.tafel.get_overleg(OVERLEG)
        assert soort is not None
        klaar = clock(
            "het geheel, zoals “overleg bereid”",
            partial(prepare_overleg, settings, soort, DATUM),
            lambda uitkomst: len(uitkomst.productie.bestanden),
            "bestand",
        )
        assert not klaar.productie.geweigerd, klaar.productie.geweigerd[0].melding


def bench_growth() -> None:
    """What one document costs with more and more cases."""
    for casussen in (10, 100, 1000):
        with tempfile.TemporaryDirectory() as map_:
            settings = make_meeting(Path(map_), casussen)
            print(f"{casussen} casussen")
            stukken = clock("agenda, delen en nazicht", partial(list_copies, settings), len, "document")
            clock("Word", partial(render_all, settings, stukken), len, "document")


if __name__ == "__main__":
    lezer = argparse.ArgumentParser()
    lezer.add_argument("--alleen-groei", action="store_true")
    if not lezer.parse_args().alleen_groei:
        bench_stages(40)
    bench_growth()
