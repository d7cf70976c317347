"""The large proof, ending in one page for who has to answer for the data.

    make proof
    python tests/bewijs/bewijs.py [--aantal 1000] [--werkers 2] [--opnieuw]

Every document of every table, for every role among its recipients, is scrambled a thousand times. What is done lies in
`build/bewijs/`, under a fingerprint of all that the outcome depends on: a run that was broken off goes on where it
was, and a change of a program, a template or a table begins anew. Exit code 1 when anything differed or slipped by.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

from rapport import Meting, Regel, write_rapport  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.markdown import Markdown  # noqa: E402
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: E402
from support_bewijs import TAFELS, make_wereld  # noqa: E402
from support_reeks import group_kijkers, run_role  # noqa: E402

BUILD = TESTS.parent / "build" / "bewijs"
ZADEN = (1, 2, 3, 4)  #: worlds of four cases, invented anew from each seed


@dataclass(frozen=True)
class Taak:
    """Scrambles of one document for one role, in the world of one seed."""

    tafel: str
    soort: str
    rol: str
    zaad: int
    aantal: int

    @property
    def sleutel(self) -> str:
        return " ".join(map(str, (self.tafel, self.soort, self.rol, self.zaad, self.aantal)))


def list_taken(aantal: int) -> Iterator[Taak]:
    """For each role so many scrambles, spread over the seeds in which somebody has it."""
    for tafel, data in TAFELS.items():
        for soort in data.documenten:
            per_zaad = {zaad: group_kijkers(make_wereld(tafel, soort, zaad), soort) for zaad in ZADEN}
            for rol in dict.fromkeys(rol for groepen in per_zaad.values() for rol in groepen):
                zaden = [zaad for zaad in ZADEN if rol in per_zaad[zaad]]
                for nummer, zaad in enumerate(zaden):
                    deel = aantal // len(zaden) + (nummer < aantal % len(zaden))
                    yield Taak(tafel, soort.id, rol, zaad, deel)


def do(taak: Taak) -> tuple[Taak, Meting]:
    """One task. Every random choice follows from its seed."""
    soort = TAFELS[taak.tafel].get_document(taak.soort)
    assert soort is not None
    kijkers = group_kijkers(make_wereld(taak.tafel, soort, taak.zaad), soort)[taak.rol]
    uitslag = run_role(taak.tafel, soort, kijkers, taak.aantal, taak.zaad)
    ongedaan = uitslag.list_undone() if taak.aantal >= 40 else []
    verschillen = dict(uitslag.verschillen)
    gedaan = sum(uitslag.gedaan.values())
    return taak, Meting(uitslag.roeringen, uitslag.beelden, uitslag.woorden, gedaan, verschillen, ongedaan)


def fingerprint(root: Path = TESTS.parent) -> str:
    """Of everything that the outcome of a scramble depends on: not of the page on which it is told."""
    som = hashlib.sha256()
    for map_ in ("pipeline", "schemas", "tests", "word-templates"):
        for pad in sorted((root / map_).rglob("*")):
            if pad.suffix in (".py", ".toml", ".docx", ".txt") and not {"__pycache__", "rapport.py"} & set(pad.parts):
                som.update(str(pad.relative_to(root)).encode() + pad.read_bytes())
    return som.hexdigest()[:16]


def run(taken: list[Taak], bewaard: Path, werkers: int, console: Console) -> dict[str, Meting]:
    """All tasks that are not done yet, with a bar; each is noted as soon as it is done."""
    klaar = read_done(bewaard)
    over = [taak for taak in taken if taak.sleutel not in klaar]
    kolommen = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with bewaard.open("a", encoding="utf-8") as boek, Progress(*kolommen, console=console) as balk:
        nummer = balk.add_task("scrambles", total=sum(t.aantal for t in taken))
        balk.advance(nummer, sum(t.aantal for t in taken if t.sleutel in klaar))
        with multiprocessing.get_context("spawn").Pool(werkers) as pool:
            for taak, meting in pool.imap_unordered(do, over):
                klaar[taak.sleutel] = meting
                boek.write(json.dumps([taak.sleutel, asdict(meting)]) + "\n")
                boek.flush()
                balk.advance(nummer, taak.aantal)
    return klaar


def read_done(bewaard: Path) -> dict[str, Meting]:
    """What an earlier run noted; a last line that was cut off is done again."""
    klaar = {}
    for regel in bewaard.read_text(encoding="utf-8").splitlines() if bewaard.exists() else ():
        try:
            sleutel, meting = json.loads(regel)
        except json.JSONDecodeError:
            continue
        klaar[sleutel] = Meting(**meting)
    return klaar


def add_up(taken: list[Taak], klaar: dict[str, Meting]) -> list[Regel]:
    """A line for each table and for each mode of its documents."""
    regels: dict[tuple[str, bool], Regel] = {}
    for taak in taken:
        soort = TAFELS[taak.tafel].get_document(taak.soort)
        assert soort is not None
        regel = regels.setdefault((taak.tafel, soort.anoniem), Regel(taak.tafel, soort.anoniem))
        regel.documenten.add(taak.soort)
        regel.paren.add((taak.soort, taak.rol))
        regel.meting.add(klaar[taak.sleutel])
    return list(regels.values())


def main() -> int:
    """Run, print the page and write it."""
    vraag = argparse.ArgumentParser(description="Scramble what nobody flagged, and see that no byte changes.")
    vraag.add_argument("--aantal", type=int, default=1000, help="scrambles for each document and role")
    vraag.add_argument("--werkers", type=int, default=os.cpu_count() or 1)
    vraag.add_argument("--opnieuw", action="store_true", help="forget what an earlier run did")
    keuze = vraag.parse_args()
    console = Console()
    BUILD.mkdir(parents=True, exist_ok=True)
    bewaard = BUILD / f"{fingerprint()}.jsonl"
    if keuze.opnieuw:
        bewaard.unlink(missing_ok=True)
    begin = time.monotonic()
    taken = list(list_taken(keuze.aantal))
    klaar = run(taken, bewaard, keuze.werkers, console)
    bladzijde, goed = write_rapport(add_up(taken, klaar), keuze.aantal, bewaard.stem, time.monotonic() - begin)
    (BUILD / "rapport.md").write_text(bladzijde, encoding="utf-8")
    console.print(Markdown(bladzijde))
    console.print(f"{BUILD / 'rapport.md'}")
    return 0 if goed else 1


if __name__ == "__main__":
    sys.exit(main())
