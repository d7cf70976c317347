"""`overleg verbeter`: a new decision form for a meeting that has decided."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
from rich.console import Console

from pipeline.cli.context import find_overleg, get_vandaag, hold_werkmap, load_settings
from pipeline.cli.show import Scherm
from pipeline.cli.usage import Opdracht
from pipeline.disk import write_atomic
from pipeline.errors import ExitCode
from pipeline.run import make_correction_form

_MAP = click.Path(path_type=Path, file_okay=False)
_NIEUW_BESTAND = click.Path(path_type=Path, dir_okay=False)
_DATUM = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"])
_DAG = "JJJJ-MM-DD"


@click.command(
    cls=Opdracht,
    help="Maak een nieuw besluitformulier, om besluiten van een overleg te verbeteren.\n\n"
    "Voorbeeld: overleg verbeter mijn-tafel --overleg triagetafel --datum 2026-12-04",
)
@click.argument("map_", metavar="MAP", type=_MAP)
@click.option("--overleg", required=True, metavar="SOORT", help="Welk overleg, zoals het in werkmap.toml heet.")
@click.option("--datum", required=True, type=_DATUM, metavar=_DAG, help="Van welke datum.")
@click.option("-o", "--uitvoer", type=_NIEUW_BESTAND, metavar="BESTAND", help="Waar het formulier komt.")
@click.option("--vandaag", type=_DATUM, metavar=_DAG, help="Werk alsof het deze dag is.")
def verbeter(map_: Path, overleg: str, datum: dt.datetime, uitvoer: Path | None, vandaag: dt.datetime | None) -> int:
    """Make a form that corrects decisions."""
    settings = load_settings(map_, vandaag=get_vandaag(vandaag))
    soort = find_overleg(settings.data.tafel, overleg)
    with hold_werkmap(settings):
        inhoud = make_correction_form(settings, soort, datum.date())
    pad = uitvoer or Path(f"Verbetering {soort.id} {datum.date().isoformat()}.docx")
    write_atomic(pad, inhoud)
    scherm = Scherm(Console(highlight=False))
    scherm.show_regel(f"Het formulier staat in {pad}.")
    scherm.show_regel("→ Vul enkel de casussen in die u verbetert; wat u leeg laat, blijft zoals het was.")
    scherm.show_regel(f"→ Leg het ingevulde formulier in {map_ / 'in'} en start daarna: overleg verwerk {map_}")
    return ExitCode.KLAAR
