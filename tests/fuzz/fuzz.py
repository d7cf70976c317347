"""Damaged forms by the thousand: each is read or refused, in time, and nothing else happens.

    make fuzz
    python tests/fuzz/fuzz.py [--aantal 20000] [--werkers 2] [--soort docx-xml ...] [--echt]
    python tests/fuzz/fuzz.py --soort docx-xml --nummer 1234 --bewaar mutant.bin

A mutant is known by its kind and its number: the same number gives the same file. Exit code 1 when one of them was
read wrongly, with its number; `--bewaar` writes it to look into.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import multiprocessing
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1])]

from mutators import HARMLESS, MUTATORS, preserve  # noqa: E402
from oracle import find_fault, read  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: E402
from seeds import Seeds, load_real, load_small  # noqa: E402

from schemas.inzending import RuwFormulier  # noqa: E402

KINDS = (*MUTATORS, HARMLESS)
_PIECE = 250
_SECONDS = 20  #: one mutant that takes longer ends the process, with its stack
_MEMORY = 1024 * 2**20


@dataclass
class Outcome:
    """What became of a number of mutants of one kind."""

    kind: str
    count: int = 0
    became: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)  #: "number: what is wrong"
    slowest: float = 0.0  #: seconds


def make(kind: str, number: int, seeds: Seeds) -> bytes:
    """The mutant of that number."""
    rng = random.Random(f"{kind} {number}")  # noqa: S311 - no secret, a seed
    return preserve(seeds, rng)[1] if kind == HARMLESS else MUTATORS[kind](seeds, rng)


def judge(kind: str, number: int, seeds: Seeds) -> tuple[str, str]:
    """What is wrong with how that mutant is read, and what became of it. Every tenth is read twice."""
    if kind != HARMLESS:
        return find_fault(make(kind, number, seeds), again=number % 10 == 0)
    before, after = preserve(seeds, random.Random(f"{kind} {number}"))  # noqa: S311
    fault, became = find_fault(after, again=number % 10 == 0)
    return fault or ("" if _get_first(before) == _get_answers(after) else "andere antwoorden"), became


@lru_cache(maxsize=256)
def _get_first(content: bytes) -> list[tuple[object, ...]]:
    return _get_answers(content)


def _get_answers(content: bytes) -> list[tuple[object, ...]]:
    """What somebody answered and to which question; where it stands in the file may differ."""
    form = read(content)
    assert isinstance(form, RuwFormulier)
    return [(a.label, a.waarde, a.soort, a.leeg, a.tag, a.rij) for a in form.antwoorden]


def run_piece(task: tuple[str, int, int, bool]) -> Outcome:
    """A number of mutants after each other, each in time."""
    kind, start, count, real = task
    outcome, seeds = Outcome(kind, count), load_real() if real else load_small()
    for number in range(start, start + count):
        faulthandler.dump_traceback_later(_SECONDS, exit=True)
        began = time.monotonic()
        fault, became = judge(kind, number, seeds)
        faulthandler.cancel_dump_traceback_later()
        outcome.slowest = max(outcome.slowest, time.monotonic() - began)
        outcome.became[became] += 1
        if fault:
            outcome.faults.append(f"{number}: {fault}")
    return outcome


def list_tasks(kinds: list[str], total: int, start: int, *, real: bool) -> Iterator[tuple[str, int, int, bool]]:
    """The same number of each kind, in pieces."""
    for place, kind in enumerate(kinds):
        own = total // len(kinds) + (place < total % len(kinds))
        for at in range(start, start + own, _PIECE):
            yield kind, at, min(_PIECE, start + own - at), real


def run_all(tasks: list[tuple[str, int, int, bool]], workers: int) -> dict[str, Outcome]:
    """All pieces, with a bar when somebody looks on."""
    outcomes: dict[str, Outcome] = {}
    columns = (TextColumn("Beschadigde formulieren"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as bar:
        line = bar.add_task("", total=sum(count for _, _, count, _ in tasks))
        for outcome in _spread(tasks, workers):
            whole = outcomes.setdefault(outcome.kind, Outcome(outcome.kind))
            whole.count += outcome.count
            whole.became.update(outcome.became)
            whole.faults += outcome.faults
            whole.slowest = max(whole.slowest, outcome.slowest)
            bar.advance(line, outcome.count)
    return outcomes


def _spread(tasks: list[tuple[str, int, int, bool]], workers: int) -> Iterator[Outcome]:
    if workers == 1:
        yield from map(run_piece, tasks)
        return
    with multiprocessing.get_context("spawn").Pool(workers, _limit) as pool:
        yield from pool.imap_unordered(run_piece, tasks)


def _limit() -> None:
    """What one process may take: a form that asks for more is refused, not fed."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def main() -> int:
    """Read the command line, damage, and tell what became of it."""
    parser = argparse.ArgumentParser(description="Damage forms and see what reading makes of them.")
    parser.add_argument("--aantal", type=int, default=1_000_000)
    parser.add_argument("--vanaf", type=int, default=0, help="the number of the first mutant of each kind")
    parser.add_argument("--werkers", type=int, default=2)
    parser.add_argument("--soort", choices=KINDS, nargs="+", default=list(KINDS))
    parser.add_argument("--echt", action="store_true", help="begin with the samples instead of small forms")
    parser.add_argument("--nummer", type=int, help="only this one")
    parser.add_argument("--bewaar", type=Path, help="write it there")
    asked = parser.parse_args()
    if asked.nummer is not None:
        return show_one(asked.soort[0], asked.nummer, load_real() if asked.echt else load_small(), asked.bewaar)
    if asked.werkers == 1:
        _limit()
    outcomes = run_all(list(list_tasks(asked.soort, asked.aantal, asked.vanaf, real=asked.echt)), asked.werkers)
    print(json.dumps({kind: vars(outcome) for kind, outcome in outcomes.items()}, indent=1))
    return int(any(outcome.faults for outcome in outcomes.values()))


def show_one(kind: str, number: int, seeds: Seeds, path: Path | None) -> int:
    """One mutant: what is wrong with how it is read, and the file itself."""
    fault, became = judge(kind, number, seeds)
    print(f"{kind} {number}: {fault or 'in orde'} ({became})")
    if path is not None:
        path.write_bytes(make(kind, number, seeds))
    return int(bool(fault))


if __name__ == "__main__":
    raise SystemExit(main())
