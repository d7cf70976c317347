"""A copy of the real data of a table, to spoil in one place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support_tafels import name_tafel

from schemas.catalogus import REGIOS, load_tafel
from schemas.fouten import DataFout

TAFEL = name_tafel("gewoon")


def copy_regios(map_: Path) -> Path:
    """A folder of tables with only this one in it."""
    shutil.copytree(REGIOS / TAFEL, map_ / "regios" / TAFEL)
    return map_ / "regios"


def spoil(map_: Path, bestand: str, oud: str, nieuw: str) -> None:
    """Make one mistake in one file."""
    pad = map_ / TAFEL / bestand
    tekst = pad.read_text(encoding="utf-8")
    assert oud in tekst, "the mistake has to be made in something that is there"
    pad.write_text(tekst.replace(oud, nieuw, 1), encoding="utf-8")


def get_fouten(map_: Path) -> str:
    """All faults that loading tells, of this table only."""
    with pytest.raises(DataFout) as gevangen:
        load_tafel(TAFEL, map_)
    assert all(fout.startswith(TAFEL) for fout in gevangen.value.fouten), gevangen.value.fouten
    return str(gevangen.value)
