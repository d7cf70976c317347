"""What the gates on free text cost: loading, a sentence, a long text; run by hand, not by pytest.

    python tests/bench/bench_inspect.py

Prints also what the project's own series and samples say about reach and false alarms.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

from support_nazicht import LEZINGEN, iterate_zinnen, list_missed  # noqa: E402

from pipeline.inspect.passages import Lezing, find_treffers  # noqa: E402

_HERHAAL = 20
_GEWOON = "De cliënt is bang en gaat niet naar buiten. Op 12 maart 2026 belde de school met het CAW. "


def measure(werk: Callable[[], object]) -> float:
    """Seconds of one run."""
    begin = time.perf_counter()
    werk()
    return time.perf_counter() - begin


def per_sentence(groep: str, zinnen: list[str]) -> float:
    """Milliseconds a sentence, over the series several times."""
    lezing = LEZINGEN[groep]
    return (
        measure(lambda: [find_treffers(z, lezing) for _ in range(_HERHAAL) for z in zinnen])
        * 1000
        / _HERHAAL
        / len(zinnen)
    )


def read_long(lezing: Lezing, tekens: int) -> float:
    """Seconds for a text of so many characters."""
    tekst = (_GEWOON * (tekens // len(_GEWOON) + 1))[:tekens]
    return measure(lambda: find_treffers(tekst, lezing))


def main() -> None:
    """Measure and print."""
    zinnen = list(iterate_zinnen())
    print(f"woordenlijst laden: {measure(lambda: find_treffers('Het is zo.', LEZINGEN['anoniem'])) * 1000:.0f} ms")
    for groep in LEZINGEN:
        eigen = [zin.tekst for zin in zinnen if zin.groep == groep]
        print(f"{groep}: {per_sentence(groep, eigen):.2f} ms per zin ({len(eigen)} zinnen)")
    for groep, lezing in LEZINGEN.items():
        tijden = {tekens: read_long(lezing, tekens) for tekens in (10_000, 100_000, 1_000_000)}
        print(f"{groep}: " + ", ".join(f"{tekens:,} tekens {tijd:.2f} s" for tekens, tijd in tijden.items()))
    plekken = sum(len(zin.plekken) for zin in zinnen)
    gemist = sum(len(list_missed(zin)) for zin in zinnen)
    print(f"eigen reeks: {plekken - gemist} van {plekken} plekken geraakt, in {len(zinnen)} zinnen")


if __name__ == "__main__":
    main()
