"""Reading 500 forms beside docx2python, and taking them in: time, and memory that must not grow with their number.

    python tests/bench/bench_intake.py [--aantal 500]

The rounds of the two readers alternate, in processor time. Taking in is a run of its own for each number of forms,
in a process of its own, so that the most memory that it ever held is its own.
"""

from __future__ import annotations

import argparse
import io
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from docx2python import docx2python

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support_werkmap import CLIENT, Werkmapje, make_form

from pipeline.read import read_formulier

RONDES = 5
_MAAK = "import sys; from bench_intake import take_in; take_in(int(sys.argv[1]))"


def make_forms(aantal: int) -> list[bytes]:
    """Complete forms of three pages, each about somebody else."""
    return [make_form(clienten=[{**CLIENT, "betrokkenen.naam": f"Persoon {nummer}"}]) for nummer in range(aantal)]


def read_peer(inhoud: bytes) -> str:
    """The text, as docx2python reads it."""
    with docx2python(io.BytesIO(inhoud)) as gelezen:
        return str(gelezen.text)


def bench_reading(aantal: int) -> None:
    """Both readers on the same forms, a fifth of them a round."""
    stapel = make_forms(aantal)
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
    """Take in so many forms; prints seconds, and the most memory that this process and the one that reads held."""
    with tempfile.TemporaryDirectory() as map_:
        werkmap = Werkmapje.make(Path(map_))
        for nummer, formulier in enumerate(make_forms(aantal)):
            werkmap.drop(formulier, f"{nummer}.docx")
        voor = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        begin = time.perf_counter()
        werkmap.process()
        seconden = time.perf_counter() - begin
        assert len(werkmap.list_dossiers()) == aantal
        na = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    per_stuk = seconden / aantal * 1000
    print(f"{aantal:5} formulieren innemen: {per_stuk:.1f} ms per formulier", end="")
    print(f", geheugen {na / 1024:.0f} MB, waarvan {(na - voor) / 1024:.0f} MB meer dan ervoor")


def main() -> None:
    """Read, then take in, a fifth and all."""
    lezer = argparse.ArgumentParser()
    lezer.add_argument("--aantal", type=int, default=500)
    aantal = lezer.parse_args().aantal
    bench_reading(aantal)
    hier = Path(__file__).resolve()
    pad = os.pathsep.join(map(str, (hier.parent, hier.parents[1], hier.parents[2])))
    for deel in (aantal // 5, aantal):
        subprocess.run([sys.executable, "-c", _MAAK, str(deel)], env={**os.environ, "PYTHONPATH": pad}, check=True)


if __name__ == "__main__":
    main()
