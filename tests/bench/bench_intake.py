"""Reading 500 forms beside docx2python, and taking them in: time, and memory that must not grow with their number.

    python tests/bench/bench_intake.py [--aantal 500]

The rounds of the two readers alternate, in processor time. Taking in is a run of its own for each number of forms,
in a process of its own, so that the most memory that it ever held is its own. It is measured twice: until the forms
are registered, and with their letters. How many cores were busy is the processor time of this process and its children
by the clock: a process that reads the next form while this one registers makes it more than 1.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from docx2python import docx2python

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support_werkmap import CLIENT, Werkmapje, make_form

from pipeline.cli.context import load_settings
from pipeline.read import read_formulier
from pipeline.read.pool import get_leesproces
from pipeline.run import process_inbox

RONDES = 5
_MAAK = "import sys; from bench_intake import take_in; take_in(int(sys.argv[1]))"


def make_forms(aantal: int) -> Iterator[bytes]:
    """Complete forms of three pages, each about somebody else."""
    for nummer in range(aantal):
        yield make_form(clienten=[{**CLIENT, "betrokkenen.naam": f"Persoon {nummer}"}])


def read_peer(inhoud: bytes) -> str:
    """The text, as docx2python reads it."""
    with docx2python(io.BytesIO(inhoud)) as gelezen:
        return str(gelezen.text)


def bench_reading(aantal: int) -> None:
    """Both readers on the same forms, a fifth of them a round."""
    stapel = list(make_forms(aantal))
    delen = [stapel[nummer::RONDES] for nummer in range(RONDES)]
    ons = [measure(lambda f: read_formulier("f.docx", f), deel) for deel in delen]
    peer = [measure(read_peer, deel) for deel in delen]
    a, b = statistics.median(ons), statistics.median(peer)
    print(f"{aantal} formulieren lezen: {a:.1f} ms per formulier, docx2python {b:.1f} ms: {a / b:.2f} daarvan")


def measure(lees: Callable[[bytes], object], formulieren: Sequence[bytes]) -> float:
    """Milliseconds of processor time a form."""
    begin = time.process_time()
    for formulier in formulieren:
        lees(formulier)
    return (time.process_time() - begin) * 1000 / len(formulieren)


def take_in(aantal: int) -> None:
    """Take in so many forms; prints what each took by the clock, cores busy, and the most memory that was held here."""
    with tempfile.TemporaryDirectory() as map_:
        werkmap = Werkmapje.make(Path(map_))
        for nummer, formulier in enumerate(make_forms(aantal)):
            werkmap.drop(formulier, f"{nummer}.docx")
        standen = [get_stand()]

        def look(wat: str, gedaan: int, totaal: int) -> None:
            if (wat, gedaan) == ("Formulieren", totaal):
                get_leesproces().close()  # only of a child that ended the time counts
                standen.append(get_stand())

        settings = load_settings(werkmap.map, vandaag=dt.date(2026, 11, 23), engine="rdocx", melder=look)
        process_inbox(settings)
        standen.append(get_stand())
        assert len(werkmap.list_dossiers()) == aantal
    for wat, (tijd, werk, geheugen) in zip(("innemen", "innemen met hun brief"), standen[1:], strict=True):
        duur = tijd - standen[0][0]
        print(f"{aantal:5} formulieren {wat}: {duur / aantal * 1000:.1f} ms per formulier", end="")
        print(f", {(werk - standen[0][1]) / duur:.2f} kernen bezig", end="")
        print(f", geheugen {geheugen:.0f} MB, waarvan {geheugen - standen[0][2]:.0f} MB meer dan ervoor")


def get_stand() -> tuple[float, float, float]:
    """The clock, the processor time of this process and of its children that ended, and the most MB it ever held."""
    eigen, kinderen = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    werk = sum(gebruik.ru_utime + gebruik.ru_stime for gebruik in (eigen, kinderen))
    return time.perf_counter(), werk, eigen.ru_maxrss / 1024


def main() -> None:
    """Take in a fifth and all, then read all."""
    lezer = argparse.ArgumentParser()
    lezer.add_argument("--aantal", type=int, default=500)
    aantal = lezer.parse_args().aantal
    hier = Path(__file__).resolve()
    pad = os.pathsep.join(map(str, (hier.parent, hier.parents[1], hier.parents[2])))
    # First, for what a process held at most is counted as held by those that it starts later.
    for deel in (aantal // 5, aantal):
        subprocess.run([sys.executable, "-c", _MAAK, str(deel)], env={**os.environ, "PYTHONPATH": pad}, check=True)
    bench_reading(aantal)


if __name__ == "__main__":
    main()
