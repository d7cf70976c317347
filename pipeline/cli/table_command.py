"""`overleg tafel`: begin the data of a new table, and try out those of any table."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from pipeline.cli.context import locate_tafel
from pipeline.cli.show import Scherm
from pipeline.cli.usage import Opdrachten
from pipeline.errors import ConfiguratieFout, ExitCode
from pipeline.pdf import choose_engine
from pipeline.run.tafelskelet import make_skelet
from pipeline.run.tafeltoets import list_sjabloonmappen, try_tafel
from schemas.catalogus import add_lines, get_werkmap_sjabloon, load_tafel

_MAP = click.Path(path_type=Path, file_okay=False)


@click.group(
    name="tafel",
    cls=Opdrachten,
    help="Begin met een nieuwe tafel of regio, en kijk haar gegevens na.\n\n"
    "Voorbeeld: overleg tafel nieuw mijn-regio/mijn-tafel",
)
def tafel() -> None:
    """Group the commands about a table's data."""


@tafel.command(
    help="Schrijf de bestanden van een nieuwe tafel, met uitleg bij elk deel.\n\n"
    "De twee laatste mappen in MAP zijn de naam van de tafel.\n\n"
    "Voorbeeld: overleg tafel nieuw mijn-regio/mijn-tafel"
)
@click.argument("map_", metavar="MAP", type=_MAP)
def nieuw(map_: Path) -> int:
    """Write the skeleton."""
    tafel_id = make_skelet(map_)
    scherm = Scherm(Console(highlight=False))
    scherm.show_regel(f"De tafel {tafel_id} staat klaar in {map_}.", "bold")
    scherm.show_regel("→ Pas de bestanden aan met een teksteditor; de uitleg staat erin, na elk #.")
    scherm.show_regel(f"→ Kijk uw werk na met: overleg tafel toets {map_}")
    scherm.show_regel(f"→ Is alles in orde, maak dan een werkmap: overleg nieuw mijn-werkmap --tafel {map_}")
    return ExitCode.KLAAR


@tafel.command(
    help="Kijk alle gegevens van een tafel na en maak elk formulier en document ervan met verzonnen waarden.\n\n"
    "MAP is de map van een tafel, of REGIO/TAFEL voor een tafel die bij het programma hoort. Er wordt niets "
    "geschreven; alle fouten verschijnen samen.\n\n"
    "Voorbeeld: overleg tafel toets mijn-regio/mijn-tafel"
)
@click.argument("map_", metavar="MAP", type=_MAP)
@click.option(
    "--pdf",
    "engine",
    type=click.Choice(["libreoffice", "rdocx"]),
    default="rdocx",
    help="Waarmee pdf's gemaakt worden.",
)
def toets(map_: Path, engine: str) -> int:
    """Check the data of a table. Raises DataFout or ConfiguratieFout with all faults."""
    tafel_id, regios = locate_tafel(map_)
    data = load_tafel(tafel_id, regios)
    scherm = Scherm(Console(highlight=False))
    if not data.tafel.ingeschakeld:
        scherm.show_regel(f"{data.tafel.naam} is uitgeschakeld: {data.tafel.reden_uitgeschakeld}")
        return ExitCode.KLAAR
    get_werkmap_sjabloon(tafel_id, regios)
    fouten = try_tafel(data, choose_engine(engine), list_sjabloonmappen(data, regios))
    if fouten:
        raise ConfiguratieFout([f"{data.tafel.id}/{fout}" for fout in add_lines(regios / tafel_id, fouten)])
    aantallen = (
        f"{len(data.formulieren)} formulieren, {len(data.criteria)} criteria en {len(data.documenten)} documenten"
    )
    scherm.show_regel(f"{data.tafel.naam} is in orde: {aantallen}.", "bold")
    return ExitCode.KLAAR
