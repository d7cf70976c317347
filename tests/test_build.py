"""A meeting of any size is built a part at a time: whole packages, each once, in their order."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from beelden import make_beeld
from hypothesis import given
from hypothesis import strategies as st
from support_werkmap import Werkmapje, make_form

from pipeline.errors import ExitCode
from pipeline.run import build
from pipeline.run.build import split_plannen
from pipeline.run.stuk import Pakketplan, Stuk

BEELD = make_beeld("casusfiche", vol=False)


@given(st.lists(st.integers(1, 9), max_size=30), st.integers(1, 20))
def test_no_package_is_cut_and_no_part_begins_another_package_when_it_is_full(groottes: list[int], vol: int) -> None:
    plannen = [Pakketplan(str(n), [Stuk(str(n), BEELD)] * grootte) for n, grootte in enumerate(groottes)]
    delen = list(split_plannen(plannen, vol))
    assert [plan for deel in delen for plan in deel] == plannen
    aantallen = [[len(plan.stukken) for plan in deel] for deel in delen]
    assert all(sum(deel[:-1]) < vol for deel in aantallen)
    assert all(sum(deel) >= vol for deel in aantallen[:-1])


def test_in_parts_the_same_packages_are_made_and_told_of_as_one_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mapje = Werkmapje.make(tmp_path)
    mapje.drop(make_form())
    mapje.process("2026-11-23")
    heel = Werkmapje(Path(shutil.copytree(mapje.map, tmp_path / "heel")))
    heel.prepare("triagetafel", "2026-11-27")
    monkeypatch.setattr(build, "TEGELIJK", 1)
    assert mapje.prepare("triagetafel", "2026-11-27") == ExitCode.KLAAR
    gemaakt = mapje.list_files()
    assert gemaakt == heel.list_files()
    pakketten = {naam.rpartition("/")[0] for naam in gemaakt if " triagetafel/" in naam}
    assert len(pakketten) == 3 and all(f"{map_}/manifest.json" in gemaakt for map_ in pakketten)
    assert mapje.uitvoer == heel.uitvoer.replace(str(heel.map), str(mapje.map))
    mapje.prepare("triagetafel", "2026-11-27")
    assert mapje.list_files() == gemaakt
