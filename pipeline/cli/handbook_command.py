"""`overleg handleiding`: the manual to print, as a Word file and a PDF."""

from __future__ import annotations

import datetime as dt
from importlib.metadata import version
from pathlib import Path

import click
from rich.console import Console

from pipeline.cli.context import get_vandaag
from pipeline.cli.show import Scherm
from pipeline.cli.usage import Opdracht
from pipeline.disk import write_atomic
from pipeline.errors import ExitCode, GebruikFout
from pipeline.pdf import choose_engine
from pipeline.run.handleiding import make_handleiding

_DATUM = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"])
_NAMEN = ("Handleiding.docx", "Handleiding.pdf")
_HULP = (
    "Maak de handleiding om af te drukken, in Word en als pdf.\n\nZonder MAP komt ze in de map waar u bent.\n\n"
    "Voorbeeld: overleg handleiding mijn-tafel"
)


@click.command(cls=Opdracht, name="handleiding", help=_HULP)
@click.argument("map_", metavar="[MAP]", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--pdf", "engine", type=click.Choice(["libreoffice", "rdocx"]), help="Waarmee de pdf gemaakt wordt.")
@click.option("--vandaag", type=_DATUM, metavar="JJJJ-MM-DD", help="De dag op het titelblad; anders vandaag.")
def handleiding(map_: Path, engine: str | None, vandaag: dt.datetime | None) -> int:
    """Make both files; never over one that is there, since notes may stand in it."""
    if not map_.is_dir():
        raise GebruikFout(f"De map {map_} bestaat niet.", "Maak ze eerst, of kies een andere map.")
    for naam in _NAMEN:
        if (map_ / naam).exists():
            raise GebruikFout(
                f"{naam} staat al in deze map; er is niets gewijzigd.",
                "Geef het een andere naam, wis het, of kies een andere map.",
            )
    scherm = Scherm(Console(highlight=False))
    scherm.show_regel("De handleiding wordt gemaakt. Dat kan een halve minuut duren.")
    gemaakt = make_handleiding(choose_engine(engine), versie=version("casusoverleg"), vandaag=get_vandaag(vandaag))
    for naam, inhoud in gemaakt.items():
        write_atomic(map_ / naam, inhoud)
        scherm.show_regel(f"{map_ / naam} is gemaakt.", "bold")
    scherm.show_regel("→ Open de pdf en druk ze af. Na een nieuwe versie van het programma maakt u ze opnieuw.")
    return ExitCode.KLAAR
