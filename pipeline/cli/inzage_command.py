"""`overleg inzage`: what is held about a person and to whom it went, for the coordinator to review."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
from rich.console import Console

from pipeline.cli.context import get_vandaag, hold_werkmap, load_settings
from pipeline.cli.show import Scherm
from pipeline.cli.usage import Opdracht
from pipeline.errors import ExitCode
from pipeline.register import Register
from pipeline.run.holdings import INZAGE
from pipeline.run.inzage import write_inzage
from pipeline.run.person import check_may_know, find_betrokkene

_DATUM = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"])
_HULP = (
    "Schrijf op wat over een persoon bewaard wordt en naar wie het ging, om na te lezen.\n\n"
    'Voorbeeld: overleg inzage mijn-tafel "Voornaam Naam" --casus BCDFG2'
)


@click.command(cls=Opdracht, name="inzage", help=_HULP)
@click.argument("map_", metavar="MAP", type=click.Path(path_type=Path, file_okay=False))
@click.argument("betrokkene", metavar="BETROKKENE")
@click.option("--casus", default="", metavar="CODE", help="In welke casus, als de naam in meer dan één casus staat.")
@click.option("--geboren", type=_DATUM, metavar="JJJJ-MM-DD", help="De geboortedatum, als twee mensen zo heten.")
@click.option(
    "-o",
    "--uitvoer",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="MAP",
    help="In welke map; anders de map “inzage” van de werkmap, die mee vernietigd wordt.",
)
@click.option("--pdf", "engine", type=click.Choice(["libreoffice", "rdocx"]), help="Waarmee de pdf gemaakt wordt.")
@click.option("--vandaag", type=_DATUM, metavar="JJJJ-MM-DD", help="Werk alsof het deze dag is.")
def inzage(
    map_: Path,
    betrokkene: str,
    casus: str,
    geboren: dt.datetime | None,
    uitvoer: Path | None,
    engine: str | None,
    vandaag: dt.datetime | None,
) -> int:
    """Write what is held about somebody."""
    settings = load_settings(map_, vandaag=get_vandaag(vandaag), engine=engine)
    with hold_werkmap(settings), Register.open(settings.map, alleen_lezen=True) as register:
        dag = geboren.date() if geboren else None
        over = settings.data.tafel.gaat_over
        personen = find_betrokkene(register.list_dossiers(), betrokkene, over, casus=casus, geboren=dag)
        check_may_know(personen, settings)
        paden = write_inzage(settings, personen, register, uitvoer or settings.map / INZAGE)
    scherm = Scherm(Console(highlight=False))
    for pad in paden:
        scherm.show_regel(f"De inzage staat in {pad}.")
    scherm.show_regel("→ Lees het Word-document na voor u iets meegeeft: laat weg wat van of over iemand anders is.")
    scherm.show_regel("→ Vul zelf aan wat het programma niet overneemt: informatie van anderen, en hun tekst.")
    if uitvoer is not None:
        scherm.show_regel("→ Buiten de werkmap wordt dit document niet mee vernietigd; wis het zelf als u klaar bent.")
    return ExitCode.KLAAR
