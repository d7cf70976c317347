"""The scenario of a table, played once a process by `overleg demo`; tests that look at it run in one and the same."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from rich.console import Console

from pipeline.cli.demo import Gespeeld, play_demo
from pipeline.register import Register
from schemas.dossier import Dossier
from schemas.verstrekking import Verstrekking

_GESPEELD: dict[str, Spel] = {}


@dataclass(frozen=True)
class Spel:
    """A scenario that was played, and all that was printed of it."""

    gespeeld: Gespeeld
    regels: str
    dossiers: dict[str, Dossier]  #: by sample
    verstrekkingen: tuple[Verstrekking, ...]

    def list_recipients(self, soort: str, geval: str = "") -> set[str]:
        """Who got a document of this kind: partners by id, others without the code of their case."""
        code = self.gespeeld.codes[geval] if geval else ""
        gemaakt = (v for v in self.verstrekkingen if v.documentsoort == soort and code in v.sleutel)
        return {v.map.rpartition("/")[2].split()[0] for v in gemaakt}


@contextmanager
def stay_silent() -> Iterator[Callable[[str, int, int], None]]:
    """No bars."""
    yield lambda _wat, _gedaan, _totaal: None


def keep_together(tafel: str) -> pytest.MarkDecorator:
    """Mark what looks at this play, so that tests side by side do not each play it."""
    return pytest.mark.xdist_group(f"demo {tafel}")


def play_once(tafel: str, mappen: pytest.TempPathFactory) -> Spel:
    """Play the scenario, or give what was played of it before."""
    if tafel not in _GESPEELD:
        uit = io.StringIO()
        console = Console(file=uit, width=120)
        (gespeeld,) = play_demo(mappen.mktemp("demo"), "rdocx", console, stay_silent, tafel)
        with Register.open(gespeeld.map, alleen_lezen=True) as register:
            dossiers = {dossier.code: dossier for dossier in register.list_dossiers()}
            verstrekkingen = register.list_verstrekkingen()
        per_geval = {geval: dossiers[code] for geval, code in gespeeld.codes.items()}
        _GESPEELD[tafel] = Spel(gespeeld, uit.getvalue(), per_geval, verstrekkingen)
    return _GESPEELD[tafel]
