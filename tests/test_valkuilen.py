"""Every way in which an answer is known to arrive has a test that shows what becomes of it."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

_MAP = Path(__file__).parent
VALKUILEN: list[dict[str, Any]] = tomllib.loads((_MAP / "valkuilen.toml").read_text(encoding="utf-8"))["valkuil"]


@cache
def list_tests(bestand: str) -> frozenset[str]:
    """The names of the tests in a file that hold at least one check, by themselves or through a helper."""
    boom = ast.parse((_MAP / bestand).read_text(encoding="utf-8"))
    functies = (deel for deel in boom.body if isinstance(deel, ast.FunctionDef))
    return frozenset(f.name for f in functies if any(isinstance(deel, ast.Assert | ast.Call) for deel in ast.walk(f)))


def test_the_list_knows_all_twenty_and_each_of_its_ways_once() -> None:
    assert [valkuil["nummer"] for valkuil in VALKUILEN] == list(range(1, 21))
    assert all(valkuil["tests"] for valkuil in VALKUILEN)
    assert not [v["nummer"] for v in VALKUILEN if v.get("niet", {}).keys() & v["tests"].keys()]


@pytest.mark.parametrize("valkuil", VALKUILEN, ids=lambda valkuil: str(valkuil["nummer"]))
def test_each_way_has_a_test(valkuil: dict[str, Any]) -> None:
    paren = (naam.split("::") for naam in valkuil["tests"].values())
    assert [f"{bestand}::{naam}" for bestand, naam in paren if naam not in list_tests(bestand)] == []
