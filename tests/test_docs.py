"""README and HANDLEIDING say what is so: commands, options, paths, pictures, and every reason for quarantine."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from pipeline.cli import cli
from pipeline.errors import ExitCode
from pipeline.run.results import Lot
from schemas.catalogus import load_catalogus

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
HANDLEIDING = (ROOT / "HANDLEIDING.md").read_text(encoding="utf-8")
DOCUMENTEN = {"README.md": README, "HANDLEIDING.md": HANDLEIDING}
OPDRACHTEN = sorted(cli.commands)

#: What makes the findings that refuse a file; a code, a sentence and a remedy among its arguments.
WEIGERAARS = {"_refuse", "_make", "make_refusal", "build_refusal"}
CODE = re.compile(r"[a-z]+(-[a-z]+)+")
#: No folder of the project: what a checkout gathers beside it.
GEEN_PROJECT = re.compile(r"\..*|demo|build|.*\.egg-info|__pycache__")


def list_commands(tekst: str) -> list[str]:
    """Every command line that begins with `overleg` in the bash blocks of a document."""
    blokken = re.findall(r"^ *```bash\n(.*?)^ *```", tekst, re.DOTALL | re.MULTILINE)
    regels = [regel.strip() for blok in blokken for regel in blok.splitlines()]
    return [regel for regel in regels if regel.startswith("overleg ")]


GENOEMD = [pytest.param(regel, id=f"{naam}: {regel}") for naam, t in DOCUMENTEN.items() for regel in list_commands(t)]


@pytest.mark.parametrize("naam", OPDRACHTEN)
def test_the_readme_names_every_command(naam: str) -> None:
    assert f"`overleg {naam} " in README


@pytest.mark.parametrize("naam", OPDRACHTEN)
def test_the_help_of_every_command_holds_an_example_that_parses(naam: str) -> None:
    voorbeeld = re.search(r"Voorbeeld: (overleg .+)", cli.commands[naam].help or "")
    assert voorbeeld, naam
    parse(voorbeeld[1])


@pytest.mark.parametrize("naam", ["", *OPDRACHTEN])
def test_help_is_dutch_and_explains_every_option(naam: str) -> None:
    opdracht = cli.commands[naam] if naam else cli
    hulp = opdracht.get_help(click.Context(opdracht, info_name=naam or "overleg"))
    assert hulp.startswith("Gebruik: ")
    assert not re.search(r"Usage|Options|Commands|Show|required|TEXT|DIRECTORY", hulp)
    assert all(optie.help for optie in opdracht.params if isinstance(optie, click.Option))


@pytest.mark.parametrize("regel", GENOEMD)
def test_a_command_that_a_document_tells_to_type_exists_with_its_options(regel: str) -> None:
    parse(regel)


def test_no_document_names_a_command_that_does_not_exist() -> None:
    for naam, tekst in DOCUMENTEN.items():
        genoemd = set(re.findall(r"`overleg ([a-z]+)", tekst))
        assert genoemd and genoemd <= set(OPDRACHTEN), naam


def parse(regel: str) -> None:
    """Parse a command line as click does; only the files of an example need not exist."""
    _, naam, *args = shlex.split(regel)
    opdracht = cli.commands.get(naam)
    assert opdracht is not None, regel
    try:
        opdracht.make_context(naam, args)
    except click.BadParameter as fout:
        if (
            isinstance(fout, click.MissingParameter)
            or fout.param is None
            or not isinstance(fout.param.type, click.Path)
        ):
            raise


def test_both_commands_of_the_readme_come_first_and_are_targets_of_make() -> None:
    (eerste, *_) = re.findall(r"```bash\n(.*?)```", README, re.DOTALL)
    assert re.findall(r"^(make \w+)", eerste, re.MULTILINE) == ["make demo", "make test"]
    doelen = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake (demo|test|check|bench|sjablonen|setup|clean)\b", README)) <= doelen


def test_every_picture_and_every_link_to_a_file_exists() -> None:
    for naam, tekst in DOCUMENTEN.items():
        for alt, doel in re.findall(r"(!?\[[^\]]*\])\(([^)#\s]+)\)", tekst):
            assert (ROOT / doel).is_file(), (naam, doel)
            assert not alt.startswith("!") or len(alt) > len("![a few words]"), (naam, doel)


def test_every_chapter_that_the_handleiding_points_at_exists() -> None:
    koppen = re.findall(r"^## (.+)$", HANDLEIDING, re.MULTILINE)
    ankers = {re.sub(r"[^\w -]", "", kop.lower()).replace(" ", "-") for kop in koppen}
    assert set(re.findall(r"\]\(#([^)]+)\)", HANDLEIDING)) == ankers


def test_every_path_in_the_readme_exists() -> None:
    paden = re.findall(r"`((?:pipeline|schemas|tests|samples|word-templates|\.ci)/[^`<* ]*)`", README)
    assert len(paden) > 20
    for pad in paden:
        assert (ROOT / pad).exists(), pad


def test_the_readme_names_every_folder_of_the_project_and_every_part_of_the_pipeline() -> None:
    for pad in ROOT.iterdir():
        if pad.is_dir() and not GEEN_PROJECT.fullmatch(pad.name):
            assert f"`{pad.name}/" in README, pad.name
    for pad in (ROOT / "pipeline").iterdir():
        if pad.suffix == ".py" and pad.name != "__init__.py":
            assert f"`pipeline/{pad.name}`" in README, pad.name
        elif pad.is_dir() and (pad / "__init__.py").exists():
            assert f"`pipeline/{pad.name}/`" in README, pad.name


def test_both_documents_explain_every_exit_code() -> None:
    for naam, tekst in DOCUMENTEN.items():
        for code in ExitCode:
            assert re.search(rf"^\| {code.value} \| \S", tekst, re.MULTILINE), (naam, code)


def test_the_handleiding_explains_every_kind_of_form_and_every_melding() -> None:
    for data in load_catalogus().values():
        for formulier in data.formulieren:
            assert f"| {formulier.titel.split()[0]}" in HANDLEIDING, formulier.id
        for soort in data.tafel.meldingen:
            assert f"| {soort.label.split(':')[0]} |" in HANDLEIDING, soort.label


def test_the_handleiding_explains_everything_that_can_become_of_a_form() -> None:
    for lot in Lot:
        assert lot.value in HANDLEIDING, lot


def list_refusals() -> Iterator[tuple[str, str]]:
    """Code and sentence of each finding that puts a file in quarantine, as the source has them."""
    bronnen = (
        *("run/intake.py", "run/besluitintake.py", "run/verzendintake.py", "run/casusformulieren.py"),
        *("intake/*.py", "decide/*.py", "update/*.py"),
        *("rowcheck.py", "safezip.py", "read/*.py"),
    )
    for pad in (pad for patroon in bronnen for pad in sorted((ROOT / "pipeline").glob(patroon))):
        module = ast.parse(pad.read_text(encoding="utf-8"))
        functies = [deel for deel in ast.walk(module) if isinstance(deel, ast.FunctionDef)]
        for functie in functies:
            bekend = {**list_constants(module), **list_constants(functie)}
            for oproep in ast.walk(functie):
                if isinstance(oproep, ast.Call) and isinstance(oproep.func, ast.Name) and oproep.func.id in WEIGERAARS:
                    yield from find_refusal(oproep, bekend)


def list_constants(bereik: ast.Module | ast.FunctionDef) -> dict[str, ast.expr]:
    return {
        deel.targets[0].id: deel.value
        for deel in bereik.body
        if isinstance(deel, ast.Assign) and isinstance(deel.targets[0], ast.Name)
    }


def find_refusal(oproep: ast.Call, bekend: dict[str, ast.expr]) -> Iterator[tuple[str, str]]:
    if any(isinstance(arg, ast.Attribute) and arg.attr in ("WAARSCHUWING", "INFO") for arg in oproep.args):
        return
    teksten = [tekst for arg in oproep.args if (tekst := show(arg, bekend))]
    code = next((tekst for tekst in teksten if CODE.fullmatch(tekst)), "")
    zin = next((tekst for tekst in teksten if tekst.endswith(".") and " " in tekst), "")
    if code and zin:
        yield code, zin


def show(arg: ast.expr, bekend: dict[str, ast.expr]) -> str:
    """The text of an argument, with … for what is filled in; "" when it is none."""
    match arg:
        case ast.Starred(value=ast.Name(id=naam)) | ast.Name(id=naam) if naam in bekend:
            return show(bekend[naam], {})
        case ast.Starred(value=ast.Call(args=[ast.Name(id=naam), *_])) if naam in bekend:
            return show(bekend[naam], {})
        case ast.Tuple(elts=[eerste, *_]):
            return show(eerste, {})
        case ast.Constant(value=str(tekst)):
            return re.sub(r"\{\w+\}", "…", tekst)
        case ast.JoinedStr(values=delen):
            stukken = (str(d.value) if isinstance(d, ast.Constant) else "…" for d in delen)
            return re.sub(r"\{\w+\}", "…", "".join(stukken))
        case _:
            return ""


WEIGERINGEN = sorted(set(list_refusals()))


def test_the_refusals_are_found_in_the_source() -> None:
    verwacht = {"geen-formulier", "anoniem-met-identiteit", "nummer-onbekend", "casus-dubbel", "bestand-leeg"}
    assert verwacht | {"andere-casus", "melding-onvolledig", "datum-in-toekomst"} <= {code for code, _ in WEIGERINGEN}


@pytest.mark.parametrize(("code", "zin"), WEIGERINGEN)
def test_the_handleiding_explains_every_reason_for_quarantine(code: str, zin: str) -> None:
    """By the first words of the sentence that the coordinator reads: none may be unknown to the handleiding."""
    stukken = [stuk.strip(" ,.;:()“”") for stuk in zin.split("…")]
    begin = next(stuk for stuk in stukken if stuk.count(" ") >= 2)
    eerste_woorden = " ".join(begin.split()[:8])
    assert eerste_woorden in " ".join(HANDLEIDING.split()), (code, zin)
