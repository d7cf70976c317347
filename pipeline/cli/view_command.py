"""`overleg bekijk`: all cases, the life of one, or what one recipient may see of it. It only reads."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
from rich.console import Console

from pipeline.cli.context import get_vandaag, load_settings
from pipeline.cli.output import print_json
from pipeline.cli.usage import Opdracht
from pipeline.cli.view_show import Kijkscherm
from pipeline.errors import ExitCode, GebruikFout
from pipeline.run.view import view_casussen, view_dossier
from pipeline.run.view_as import view_ontvangers

_DATUM = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"])


@click.command(
    cls=Opdracht,
    help="Toon alle casussen, het verloop van één casus, of wat een ontvanger ervan mag zien en waarom.\n\n"
    "Voorbeeld: overleg bekijk mijn-tafel BCDFG2 --als politie",
)
@click.argument("map_", metavar="MAP", type=click.Path(path_type=Path, file_okay=False))
@click.argument("casus", metavar="[CASUS]", required=False)
@click.option(
    "--als", "ontvanger", metavar="ONTVANGER", help="Toon wat deze partner of rol (ook: aanmelder, client) mag zien."
)
@click.option("--json", "als_json", is_flag=True, help="Eén JSON-document op de standaarduitvoer.")
@click.option("--vandaag", type=_DATUM, metavar="JJJJ-MM-DD", help="Werk alsof het deze dag is.")
def bekijk(map_: Path, casus: str | None, ontvanger: str | None, als_json: bool, vandaag: dt.datetime | None) -> int:
    """Show cases."""
    if ontvanger is not None and casus is None:
        raise GebruikFout("Bij --als hoort een casuscode.", "Geef: overleg bekijk MAP CASUS --als ONTVANGER")
    settings = load_settings(map_, vandaag=get_vandaag(vandaag))
    scherm = None if als_json else Kijkscherm(Console(highlight=False), settings.data.tafel)
    if casus is None:
        regels = view_casussen(settings)
        if scherm is None:
            print_json({"casussen": [regel.model_dump(mode="json") for regel in regels]})
        else:
            scherm.show_casussen(regels)
    elif ontvanger is None:
        zicht = view_dossier(settings, casus)
        if scherm is None:
            print_json(zicht.model_dump(mode="json"))
        else:
            scherm.show_dossier(zicht)
    else:
        zichten = view_ontvangers(settings, casus, ontvanger)
        if scherm is None:
            print_json({"ontvangers": [zicht.model_dump(mode="json") for zicht in zichten]})
        else:
            scherm.show_ontvangers(zichten)
    return ExitCode.KLAAR
