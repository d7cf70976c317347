"""All that lies in `in/`, file after file: while one is registered, the process that reads is at the next already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.inbox import Binnengekomen, Overgeslagen, Wachtend, list_inkomend, read_inkomend
from pipeline.read import Lezer, make_safe_lezer
from pipeline.register import Register
from pipeline.run.intake import Intake
from pipeline.run.results import Formulierresultaat
from pipeline.settings import Settings


@dataclass
class Inname:
    """Takes in what lies in `in/`. Of no more than two files the contents are in memory: the one at hand and the next.

    Reading ahead writes nothing, so whatever ends this, at most the one at hand is half done, as without it.
    """

    settings: Settings
    register: Register
    stop: Callable[[], bool] = lambda: False
    lezer: Lezer = field(default_factory=make_safe_lezer)
    formulieren: list[Formulierresultaat] = field(default_factory=list, init=False)
    overgeslagen: tuple[Overgeslagen, ...] = field(default=(), init=False)
    _intake: Intake = field(init=False)

    def __post_init__(self) -> None:
        """One intake for all files."""
        self._intake = Intake(self.settings, self.register, self.lezer)

    def take_folder(self, rust: float, nu: dt.datetime | None, wacht: Callable[[Sequence[str]], bool]) -> None:
        """Take in all files, and those that are open elsewhere as long as `wacht` says to look once more."""
        wachtend, overgeslagen = list_inkomend(self.settings.map, rust=rust, nu=nu)
        gebleven = self._take_all(wachtend)
        while (open_ := [item.naam for item in (*overgeslagen, *gebleven) if item.open]) and not self.stop():
            if not wacht(open_):
                break
            wachtend, overgeslagen = list_inkomend(self.settings.map, rust=rust, nu=nu)
            later = self._take_all([item for item in wachtend if item.naam in open_])
            gebleven = [*(item for item in gebleven if not item.open), *later]
        self.overgeslagen = _sort(overgeslagen, gebleven)

    def _take_all(self, wachtend: Sequence[Wachtend]) -> list[Overgeslagen]:
        """Take in these, in this order; returns what was left after all."""
        gebleven: list[Overgeslagen] = []
        volgende = self._fetch(wachtend, 0)
        try:
            for nummer in range(len(wachtend)):
                dit, volgende = volgende, None
                if dit is None or self.stop():
                    break
                if isinstance(dit, Overgeslagen):
                    gebleven.append(dit)
                    volgende = self._fetch(wachtend, nummer + 1)
                else:
                    volgende = self._take(dit, wachtend, nummer + 1)
                self.settings.melder("Formulieren", nummer + 1, len(wachtend))
        finally:
            self.lezer.drop()
        return gebleven

    def _take(
        self, dit: Binnengekomen, wachtend: Sequence[Wachtend], nummer: int
    ) -> Binnengekomen | Overgeslagen | None:
        """Take in this one; returns the next, on which the reader has begun."""
        complete = self._intake.read_file(dit)
        volgende = self._fetch(wachtend, nummer)
        # The same once more is known by the time that its turn comes.
        if isinstance(volgende, Binnengekomen) and volgende.sha256 != dit.sha256:
            self._intake.begin_reading(volgende)
        self.formulieren += complete()
        return volgende

    def _fetch(self, wachtend: Sequence[Wachtend], nummer: int) -> Binnengekomen | Overgeslagen | None:
        return read_inkomend(wachtend[nummer]) if nummer < len(wachtend) and not self.stop() else None


def _sort(gezien: Sequence[Overgeslagen], gebleven: Iterable[Overgeslagen]) -> tuple[Overgeslagen, ...]:
    """By name; what was seen last goes before what was left earlier."""
    bekend = {item.naam for item in gezien}
    return tuple(sorted((*gezien, *(i for i in gebleven if i.naam not in bekend)), key=lambda item: item.naam))
