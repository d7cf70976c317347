"""`overleg controle` and `overleg herstel`: whether a werkmap is in order, and the way back when it is not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import MappingProxyType

import click
from rich.console import Console
from rich.table import Table

from pipeline.cli.ask import confirm
from pipeline.cli.context import get_vandaag, hold_werkmap, load_settings
from pipeline.cli.output import print_json
from pipeline.cli.show import Scherm
from pipeline.cli.usage import Opdracht
from pipeline.errors import ExitCode, GebruikFout
from pipeline.register import list_copies
from pipeline.run.controle import Controle, check_werkmap
from pipeline.run.herbouw import Herbouw, describe_lost, rebuild
from pipeline.run.herstel import choose_copy, restore
from pipeline.settings import Settings
from schemas.bevinding import Ernst
from schemas.woorden import tell_count

_DATUM = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"])
_MAP = click.Path(path_type=Path, file_okay=False)
_TEKENS = MappingProxyType({True: "in orde", False: "kijk na", None: "onbekend"})


@click.command(
    cls=Opdracht,
    help="Kijk een werkmap na: register, manifesten, bestanden, reservekopieën en computer.\n\n"
    "Voorbeeld: overleg controle mijn-tafel",
)
@click.argument("map_", metavar="MAP", type=_MAP)
@click.option("--json", "als_json", is_flag=True, help="Eén JSON-document op de standaarduitvoer.")
@click.option("--vandaag", type=_DATUM, metavar="JJJJ-MM-DD", help="Werk alsof het deze dag is.")
def controle(map_: Path, als_json: bool, vandaag: dt.datetime | None) -> int:
    """Look the werkmap over; nothing is written."""
    gevonden = check_werkmap(load_settings(map_, vandaag=get_vandaag(vandaag)))
    if als_json:
        print_json(gevonden.model_dump(mode="json"))
    else:
        show_controle(Console(highlight=False), gevonden)
    return ExitCode.BEVINDINGEN if any(b.ernst is not Ernst.INFO for b in gevonden.bevindingen) else ExitCode.KLAAR


def show_controle(console: Console, gevonden: Controle) -> None:
    """What was looked at, how it stands, and what a person should look at."""
    tabel = Table("Onderdeel", "Hoe het staat", "")
    for regel in gevonden.regels:
        tabel.add_row(regel.onderdeel, regel.stand, _TEKENS[regel.in_orde])
    console.print(tabel)
    Scherm(console).show_bevindingen("controle", gevonden.bevindingen)


@click.command(
    cls=Opdracht,
    help="Zet een reservekopie van het register terug, of bouw het opnieuw op uit de map archief. Het huidige register "
    "blijft ernaast staan.\n\nVoorbeeld: overleg herstel mijn-tafel",
)
@click.argument("map_", metavar="MAP", type=_MAP)
@click.option("--kopie", metavar="NAAM", help="Welke kopie uit de map “reserve”; anders de nieuwste.")
@click.option(
    "--uit-archief", is_flag=True, help="Er is geen goede kopie: lees alle originelen uit de map “archief” opnieuw."
)
@click.option("--ja", is_flag=True, help="Vraag niet om bevestiging.")
@click.option("--vandaag", type=_DATUM, metavar="JJJJ-MM-DD", help="Werk alsof het deze dag is.")
def herstel(map_: Path, kopie: str | None, uit_archief: bool, ja: bool, vandaag: dt.datetime | None) -> int:
    """Put a copy of the register back, or build it anew."""
    if uit_archief and kopie:
        raise GebruikFout("Kies --kopie of --uit-archief, niet allebei.")
    if uit_archief:
        return _rebuild(load_settings(map_, vandaag=get_vandaag(vandaag)), ja=ja)
    settings = load_settings(map_, vandaag=get_vandaag(vandaag))
    gekozen = choose_copy(map_, kopie)
    scherm = Scherm(Console(highlight=False))
    if not ja and not confirm(f"De kopie {gekozen.name} terugzetten?"):
        scherm.show_regel("Er is niets teruggezet.")
        return ExitCode.KLAAR
    with hold_werkmap(settings):
        gedaan = restore(map_, gekozen, settings.vandaag)
    aantal = tell_count(gedaan.casussen, "casus", "casussen")
    scherm.show_regel(f"De kopie {gedaan.kopie} is teruggezet: {aantal}.", "bold")
    if gedaan.opzij:
        scherm.show_regel(f"→ Het vorige register staat ernaast als {gedaan.opzij}. Bewaar het tot alles klopt.")
    scherm.show_bevindingen("herstel", gedaan.later)
    scherm.show_regel("→ Formulieren die na de kopie verwerkt werden, staan in “archief”: leg ze opnieuw in “in”.")
    scherm.show_regel(f"→ Kijk daarna alles na met: overleg controle {map_}")
    return ExitCode.BEVINDINGEN if gedaan.later else ExitCode.KLAAR


def _rebuild(settings: Settings, *, ja: bool) -> int:
    scherm = Scherm(Console(highlight=False))
    if list_copies(settings.map):
        scherm.show_regel("→ Er zijn reservekopieën. Met “overleg herstel” zonder --uit-archief komt meer terug.")
    if not ja and not confirm("Het register opnieuw opbouwen uit de map “archief”?"):
        scherm.show_regel("Er is niets gewijzigd.")
        return ExitCode.KLAAR
    with hold_werkmap(settings):
        gedaan = rebuild(settings)
    _show_rebuilt(scherm, gedaan, settings.map)
    return ExitCode.BEVINDINGEN if gedaan.bevindingen else ExitCode.KLAAR


def _show_rebuilt(scherm: Scherm, gedaan: Herbouw, map_: Path) -> None:
    aantallen = (
        tell_count(gedaan.casussen, "casus", "casussen"),
        tell_count(gedaan.formulieren, "origineel gelezen", "originelen gelezen"),
        tell_count(gedaan.exemplaren, "klaargezet document", "klaargezette documenten"),
    )
    scherm.show_regel(f"Het register is opnieuw opgebouwd: {', '.join(aantallen)}.", "bold")
    if gedaan.opzij:
        scherm.show_regel(f"→ Het vorige register staat ernaast als {gedaan.opzij}. Bewaar het tot alles klopt.")
    scherm.show_bevindingen("herstel", gedaan.bevindingen)
    scherm.show_regel("Wat u moet weten:", "bold")
    for regel in describe_lost(gedaan):
        scherm.show_regel(f"  {regel}")
    scherm.show_regel(f"→ Kijk daarna alles na met: overleg controle {map_}")
