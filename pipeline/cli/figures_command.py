"""`overleg cijfers`: how often something occurs over all cases of a period, in bands that point at nobody."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.cli.context import get_vandaag, hold_werkmap, load_settings
from pipeline.cli.output import choose_exit, print_json
from pipeline.cli.show import Scherm
from pipeline.cli.usage import Opdracht
from pipeline.run import count_period
from pipeline.run.results import Geteld
from schemas.cijferoverzicht import Cijferoverzicht, Cijfertabel

_DATUM = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"])
_DAG = "JJJJ-MM-DD"
_HULP = (
    "Maak een overzicht met aantallen over een voorbije periode, waaruit geen casus af te leiden is.\n\n"
    "Voorbeeld: overleg cijfers mijn-tafel --van 2026-01-01 --tot 2026-12-31"
)


@click.command(cls=Opdracht, name="cijfers", help=_HULP)
@click.argument("map_", metavar="MAP", type=click.Path(path_type=Path, file_okay=False))
@click.option("--van", type=_DATUM, metavar=_DAG, help="De eerste dag; anders van de laatste periode die voorbij is.")
@click.option("--tot", type=_DATUM, metavar=_DAG, help="De laatste dag van dezelfde periode.")
@click.option("--json", "als_json", is_flag=True, help="Eén JSON-document op de standaarduitvoer.")
@click.option("--proef", is_flag=True, help="Toon wat er zou gebeuren; schrijf niets.")
@click.option("--pdf", "engine", type=click.Choice(["libreoffice", "rdocx"]), help="Waarmee pdf's gemaakt worden.")
@click.option("--vandaag", type=_DATUM, metavar=_DAG, help="Werk alsof het deze dag is (om te oefenen).")
def cijfers(
    map_: Path,
    van: dt.datetime | None,
    tot: dt.datetime | None,
    als_json: bool,
    proef: bool,
    engine: str | None,
    vandaag: dt.datetime | None,
) -> int:
    """Count over a period."""
    settings = load_settings(map_, vandaag=get_vandaag(vandaag), proef=proef, engine=engine)
    with hold_werkmap(settings):
        geteld = count_period(settings, van.date() if van else None, tot.date() if tot else None)
    if als_json:
        print_json(_build_json(geteld))
    else:
        show_geteld(Console(highlight=False), geteld, proef=proef)
    return choose_exit(geteld.productie, needs_person=bool(geteld.bevindingen))


def show_geteld(console: Console, geteld: Geteld, *, proef: bool) -> None:
    """The figures, and the files that were made of them."""
    _show_overzicht(console, geteld.overzicht)
    scherm = Scherm(console)
    scherm.show_productie(geteld.productie, "Overzicht", proef=proef)
    scherm.show_bevindingen("", geteld.bevindingen)


def _build_json(geteld: Geteld) -> dict[str, object]:
    productie = geteld.productie
    bevindingen = (*productie.geweigerd, *productie.bevindingen, *geteld.bevindingen)
    return {
        **geteld.overzicht.model_dump(mode="json"),
        "bestanden": list(productie.bestanden),
        "bevindingen": [bevinding.model_dump(mode="json") for bevinding in bevindingen],
    }


def _show_overzicht(console: Console, overzicht: Cijferoverzicht) -> None:
    console.print(Text(f"Aangemeld van {overzicht.omschrijving}: {overzicht.totaal} casussen."))
    for tabel in overzicht.tabellen:
        console.print(_build_table(tabel))
    console.print(
        f"Elk getal is een groep van {overzicht.kleinste_getal}. Een kleiner getal, ook nul, wordt nooit genoemd.",
    )


def _build_table(tabel: Cijfertabel) -> Table:
    beeld = Table(title=Text(tabel.titel), title_justify="left")
    beeld.add_column(Text(tabel.kop), overflow="fold")
    for kolom in tabel.kolommen:
        beeld.add_column(Text(kolom), justify="right")
    for regel in tabel.regels:
        beeld.add_row(Text(regel.label), *(Text(getal) for getal in regel.getallen))
    return beeld
