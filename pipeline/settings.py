"""What a run is given, once, at the edge: nothing below reads the clock, the environment or a configuration file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from pipeline.pdf import PdfEngine
from pipeline.supplied import find_supplied
from schemas.namen import Namenlijst
from schemas.tafeldata import Tafeldata
from schemas.werkmap import Partner, Werkmap

SJABLONEN = find_supplied("word-templates")
#: Folder of a werkmap with the data of a table that does not come with the program.
EIGEN_REGIOS = "regios"


@dataclass(frozen=True)
class Settings:
    """One run on one werkmap. `melder` hears of each step of a long job: what, how many of how many."""

    map: Path
    data: Tafeldata
    werkmap: Werkmap
    tafels: tuple[Tafeldata, ...]
    vandaag: dt.date
    choose_engine: Callable[[], PdfEngine]
    proef: bool = False
    sjablonen: Path = SJABLONEN
    melder: Callable[[str, int, int], None] = lambda _wat, _gedaan, _totaal: None
    werkers: Executor | None = None  #: who makes PDFs and checks documents; None: this process, or two for a long batch
    get_wachtwoord: Callable[[Partner], str | None] = lambda _partner: None  #: for a partner whose documents need one

    @property
    def namen(self) -> Namenlijst:
        """Partners and roles under all their names."""
        return Namenlijst(self.data.tafel, self.werkmap.partners)

    def list_missing_sjablonen(self) -> tuple[str, ...]:
        """Names of templates that a document of this table needs and that are nowhere to be found."""
        namen = dict.fromkeys(document.sjabloon for document in self.data.documenten)
        return tuple(naam for naam in namen if not self.find_sjabloon(naam).is_file())

    def find_sjabloon(self, naam: str) -> Path:
        """The template: the werkmap's own, else the table's own (in its data or beside ours), else the standard one."""
        eigen = self.map / EIGEN_REGIOS / self.data.tafel.id / "sjablonen"
        plaatsen = (self.map / "sjablonen", eigen, self.sjablonen / self.data.tafel.id, self.sjablonen / "standaard")
        paden = [plaats / f"{naam}.docx" for plaats in plaatsen]
        return next((pad for pad in paden if pad.is_file()), paden[-1])
