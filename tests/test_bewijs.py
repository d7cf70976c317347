"""The large proof ends in its page: small runs of it, with what it is made of."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent / "bewijs"))

from bewijs import Taak, add_up, do, fingerprint, read_done
from rapport import Meting, write_rapport
from support_bewijs import TAFELS, make_wereld
from support_reeks import group_kijkers
from support_tafels import name_tafel
from support_vangst import list_leaks

TAFEL = name_tafel("gewoon")
VINGER = "0123456789abcdef"


def make_taak(aantal: int = 4) -> Taak:
    soort = TAFELS[TAFEL].documenten[0]
    return Taak(TAFEL, soort.id, next(iter(group_kijkers(make_wereld(TAFEL, soort, 1), soort))), 1, aantal)


def write_page(meting: Meting | None = None) -> tuple[str, bool]:
    taak, gemeten = do(make_taak())
    regels = add_up([taak], {taak.sleutel: meting or gemeten})
    return write_rapport(regels, 4, VINGER, 60.0, lekken=list_leaks()[:1], plaatsen=slice(2))


def test_a_run_ends_in_a_page_that_says_how_often_what_was_tried_and_that_it_held() -> None:
    bladzijde, goed = write_page()
    assert goed and "**Everything below held.**" in bladzijde
    assert "scrambles run: **4**" in bladzijde and f"| {TAFEL} | by name | 1 | 1 | 4 | 0 |" in bladzijde
    assert "Of **1** faults planted on purpose, **1** were caught" in bladzijde
    assert "**2 of 2** places of a Word file and **2 of 2** of a PDF" in bladzijde
    assert "(0 missed)" in bladzijde and "What this does not promise" in bladzijde and VINGER in bladzijde


@pytest.mark.parametrize(
    "meting", [Meting(4, 4, verschillen={".kop.titel": 1}), Meting(4, 4, ongedaan=["leeg"])], ids=["differs", "seldom"]
)
def test_one_copy_that_differed_or_a_change_that_came_too_seldom_makes_it_fail(meting: Meting) -> None:
    bladzijde, goed = write_page(meting)
    assert not goed and "do not deliver" in bladzijde


def test_what_was_done_is_read_back_and_a_line_that_was_cut_off_is_done_again(tmp_path: Path) -> None:
    bewaard = tmp_path / "bewaard.jsonl"
    bewaard.write_text('["a b", {"roeringen": 4, "beelden": 8}]\n["c d", {"roeri', encoding="utf-8")
    assert read_done(bewaard) == {"a b": Meting(4, 8)}


@pytest.mark.parametrize(
    ("waar", "telt"),
    [
        *(("pipeline/a.py", True), ("schemas/regios/a/b/tafel.toml", True), ("word-templates/a.docx", True)),
        *(("tests/support_x.py", True), ("tests/bewijs/rapport.py", False), ("README.md", False)),
    ],
)
def test_what_a_scramble_depends_on_begins_the_proof_anew_and_its_page_does_not(
    waar: str, telt: bool, tmp_path: Path
) -> None:
    (tmp_path / waar).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / waar).write_text("een", encoding="utf-8")
    eerst = fingerprint(tmp_path)
    (tmp_path / waar).write_text("twee", encoding="utf-8")
    assert (fingerprint(tmp_path) != eerst) is telt
