"""The rules of the house, read from the code itself: who may import whom, and what may stand in a module at all."""

from __future__ import annotations

import ast
import functools
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
REGIOS = ROOT / "schemas" / "regios"
BESTANDEN = sorted(pad for map_ in ("pipeline", "schemas") for pad in (ROOT / map_).rglob("*.py"))

#: Shared by stages; themselves they know no stage.
GEREEDSCHAP = frozenset({"errors", "disk", "safezip", "office", "lock", "rowcheck", "kinds", "spread"})
#: Behind the wall, and what they may never reach by any road.
ACHTER_DE_MUUR = ("render", "pdf", "verify", "deliver", "revise", "mail")
VOOR_DE_MUUR = ("inzending", "aanmelding", "toetsing", "dossier", "overleg", "plan_van_aanpak", "verslag", "melding")
#: Know stages: the recipe, what it is given, and the command line.
BOVEN = frozenset({"run", "settings", "cli", "__main__"})
TOML_LEZERS = frozenset({"schemas.tomltekst", "pipeline.cli.demo"})
MAX_REGELS, MAX_FUNCTIE = 250, 40


def _get_name(bestand: Path) -> str:
    delen = bestand.relative_to(ROOT).with_suffix("").parts
    return ".".join(delen[:-1] if delen[-1] == "__init__" else delen)


def _iterate_imports(bestand: Path) -> Iterator[str]:
    """Everything that the file imports, wherever it does: also within a function or for types only.

    `from a import b` names a.b as well: b may be a module.
    """
    pakket = bestand.relative_to(ROOT).parts[:-1]
    for knoop in ast.walk(ast.parse(bestand.read_text(encoding="utf-8"))):
        if isinstance(knoop, ast.Import):
            yield from (alias.name for alias in knoop.names)
        elif isinstance(knoop, ast.ImportFrom):
            basis = ".".join(pakket[: len(pakket) - knoop.level + 1]) if knoop.level else ""
            module = ".".join(filter(None, (basis, knoop.module)))
            yield module
            yield from (f"{module}.{alias.name}" for alias in knoop.names)


IMPORTS = {_get_name(bestand): frozenset(_iterate_imports(bestand)) for bestand in BESTANDEN}


def _reach(begin: str) -> dict[str, str]:
    """Every module of ours that is loaded with this one, and through which; packages load their __init__."""
    via = {naam: begin for naam in IMPORTS if naam == begin or naam.startswith(f"{begin}.")}
    wachtend = list(via)
    while wachtend:
        hier = wachtend.pop()
        for naam in IMPORTS[hier]:
            stukken = naam.split(".")
            for diepte in range(1, len(stukken) + 1):
                deel = ".".join(stukken[:diepte])
                if deel in IMPORTS and deel not in via:
                    via[deel] = hier
                    wachtend.append(deel)
    return via


def _get_part(module: str) -> str:
    """The stage that a module of the pipeline belongs to; "" for anything else."""
    delen = module.split(".")
    return delen[1] if delen[0] == "pipeline" and len(delen) > 1 else ""


def _list_stages() -> list[str]:
    return sorted({_get_part(naam) for naam in IMPORTS} - GEREEDSCHAP - BOVEN - {""})


@pytest.mark.parametrize("deel", ACHTER_DE_MUUR)
def test_nothing_behind_the_wall_reaches_what_lies_in_front_of_it(deel: str) -> None:
    bereikt = _reach(f"pipeline.{deel}")
    assert f"pipeline.{deel}" in bereikt
    lekken = {
        f"schemas.{naam} via {bereikt[f'schemas.{naam}']}" for naam in VOOR_DE_MUUR if f"schemas.{naam}" in bereikt
    }
    assert not lekken


def test_the_deelbeeld_itself_knows_no_case() -> None:
    bereikt = _reach("schemas.deelbeeld").keys() | _reach("schemas.verstrekking").keys()
    assert not bereikt & {f"schemas.{naam}" for naam in VOOR_DE_MUUR}


@pytest.mark.parametrize("stage", _list_stages())
def test_a_stage_imports_no_other_stage(stage: str) -> None:
    vreemd = {
        f"{module}: {naam}"
        for module, namen in IMPORTS.items()
        if _get_part(module) == stage
        for naam in namen
        if _get_part(naam) not in {"", stage, *GEREEDSCHAP}
    }
    assert not vreemd


def test_tools_know_tools_only() -> None:
    vreemd = {
        f"{module}: {naam}"
        for module, namen in IMPORTS.items()
        if _get_part(module) in GEREEDSCHAP
        for naam in namen
        if _get_part(naam) not in {"", *GEREEDSCHAP}
    }
    assert not vreemd


def test_the_recipe_does_not_know_the_command_line() -> None:
    assert not any(_get_part(naam) == "cli" for naam in _reach("pipeline.run"))


def test_the_nouns_know_no_verbs_no_files_of_word_or_pdf_and_no_command_line() -> None:
    verboden = ("pipeline", "click", "docx", "docxtpl", "lxml", "pypdf", "pypdfium2", "jinja2")
    fout = {
        f"{module}: {naam}"
        for module, namen in IMPORTS.items()
        if module.split(".")[0] == "schemas"
        for naam in namen
        if naam.split(".")[0] in verboden
    }
    assert not fout


def test_only_one_module_of_the_data_and_the_demo_read_toml() -> None:
    lezers = {module for module, namen in IMPORTS.items() if "tomllib" in namen}
    assert lezers <= TOML_LEZERS


def test_nobody_reads_the_clock_below_the_command_line() -> None:
    klok = re.compile(r"\b(?:date\.today|datetime\.(?:now|utcnow|today)|time\.(?:time|localtime|gmtime))\b")
    fout = [
        f"{_get_name(bestand)}: {gevonden.group()}"
        for bestand in BESTANDEN
        if _get_part(_get_name(bestand)) != "cli"
        for gevonden in klok.finditer(bestand.read_text(encoding="utf-8"))
    ]
    assert not fout


@functools.cache
def _read_tables() -> list[tuple[str, dict[str, Any]]]:
    """The name of the region and the tafel.toml of each table."""
    paden = sorted(REGIOS.glob("*/*/tafel.toml"))
    return [(pad.parent.parent.name, tomllib.loads(pad.read_text(encoding="utf-8"))) for pad in paden]


def _iterate_table_names() -> Iterator[str]:
    """Patterns for all proper names of the tables: a folder's name may be an everyday word, so its id counts."""
    for regio, data in _read_tables():
        yield rf"(?i:\b{re.escape(regio)}\b)"
        for naam in (data["id"], data["naam"], data["afkorting"], *data.get("gemeenten", ())):
            yield rf"\b{re.escape(naam)}\b"


@pytest.mark.parametrize("bestand", BESTANDEN, ids=_get_name)
def test_no_module_names_a_table_a_region_or_a_municipality(bestand: Path) -> None:
    tekst = bestand.read_text(encoding="utf-8")
    assert [gevonden.group() for naam in _iterate_table_names() for gevonden in re.finditer(naam, tekst)] == []


@pytest.mark.parametrize("bestand", sorted(Path(__file__).parent.rglob("*.py")), ids=lambda pad: pad.name)
def test_no_test_names_a_table_either(bestand: Path) -> None:
    """Which table a test plays stands in `tafels.toml`."""
    tekst = bestand.read_text(encoding="utf-8")
    for _, data in _read_tables():
        assert data["id"] not in tekst and data["naam"] not in tekst


def test_the_names_to_look_for_are_there() -> None:
    """An empty list of names would find nothing in anything."""
    assert len(list(_iterate_table_names())) > len(list(REGIOS.glob("*/*/tafel.toml")))


@pytest.mark.parametrize("bestand", BESTANDEN, ids=_get_name)
def test_a_module_and_its_functions_stay_small(bestand: Path) -> None:
    tekst = bestand.read_text(encoding="utf-8")
    regels = sum(1 for regel in tekst.splitlines() if regel.strip())
    lang = {
        f"{knoop.name}: {_count_lines(knoop)} regels"
        for knoop in ast.walk(ast.parse(tekst))
        if isinstance(knoop, ast.FunctionDef | ast.AsyncFunctionDef) and _count_lines(knoop) > MAX_FUNCTIE
    }
    assert regels <= MAX_REGELS
    assert not lang


def _count_lines(functie: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    assert functie.end_lineno is not None
    return functie.end_lineno - functie.lineno + 1


def test_a_hidden_road_through_the_wall_would_be_seen() -> None:
    """The walk itself: what `share` reaches is all that the wall stands for."""
    bereikt = _reach("pipeline.share")
    assert {"schemas.aanmelding", "schemas.dossier", "schemas.toetsing", "schemas.overleg"} <= bereikt.keys()
    assert "schemas.inzending" in _reach("pipeline.validate")
