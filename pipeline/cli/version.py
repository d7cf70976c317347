"""`overleg --version`: of the program, the data, the templates and the engine, so that a report can name them all."""

from __future__ import annotations

import hashlib
from importlib.metadata import version

import click

from pipeline.pdf import choose_engine
from pipeline.settings import SJABLONEN
from schemas.catalogus import load_catalogus
from schemas.fouten import DataFout

_TEKENS = 12


def tell_version(ctx: click.Context, _: click.Parameter, gevraagd: bool) -> None:
    """Print the versions and stop, when they were asked for."""
    if gevraagd and not ctx.resilient_parsing:
        click.echo(f"overleg {version('casusoverleg')}")
        for wat, welke in (
            ("Gegevens", _describe_data()),
            ("Sjablonen", _describe_templates()),
            ("Pdf's", _describe_engine()),
        ):
            click.echo(f"{wat + ':':<11}{welke}")
        ctx.exit()


def _describe_data() -> str:
    try:
        return ", ".join(f"{naam} {data.tafel.versie}" for naam, data in sorted(load_catalogus().items()))
    except DataFout:
        return "niet te lezen; “overleg tafel toets” zegt waarom"


def _describe_templates() -> str:
    """How many, and a fingerprint of all their names and bytes."""
    paden = sorted(SJABLONEN.rglob("*.docx"))
    som = hashlib.sha256()
    for pad in paden:
        som.update(pad.relative_to(SJABLONEN).as_posix().encode() + hashlib.sha256(pad.read_bytes()).digest())
    return f"{len(paden)}, vingerafdruk {som.hexdigest()[:_TEKENS]}"


def _describe_engine() -> str:
    return f"{choose_engine().naam} (ingebouwd: rdocx {version('rdocx')})"
