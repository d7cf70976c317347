"""`overleg lees` and `overleg toets`: one form, without registering anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console

from pipeline.cli.check_command import check_bestand, read_begin
from pipeline.cli.context import get_vandaag
from pipeline.cli.output import print_json, refuse_in_json
from pipeline.cli.show import Scherm
from pipeline.cli.usage import Bestand, Opdracht
from pipeline.errors import ExitCode, GebruikFout
from pipeline.read import make_safe_lezer
from pipeline.read.as_json import build_json
from schemas.inzending import RuwFormulier

_DATUM = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"])
_DAG = "JJJJ-MM-DD"
_MAP = click.Path(path_type=Path, file_okay=False)
_BESTAND = Bestand()


@click.command(
    cls=Opdracht, help="Toon wat er in een formulier gelezen wordt.\n\nVoorbeeld: overleg lees formulier.docx --json"
)
@click.argument("bestand", metavar="FORMULIER", type=_BESTAND)
@click.option("--json", "als_json", is_flag=True, help="Eén JSON-document op de standaarduitvoer.")
def lees(bestand: Path, als_json: bool) -> int:
    """Show what the reader sees."""
    leeg = {"soort": "", "antwoorden": [], "tabellen": []}
    with refuse_in_json(bestand, leeg if als_json else None):
        ruw = make_safe_lezer().read_one(bestand.name, read_begin(bestand))
    if als_json:
        print_json(build_json(ruw))
    else:
        scherm = Scherm(Console(highlight=False))
        for regel in _list_regels(ruw):
            scherm.show_regel(regel)
        scherm.show_bevindingen(bestand.name, ruw.bevindingen)
    return ExitCode.BEVINDINGEN if ruw.bevindingen else ExitCode.KLAAR


def _list_regels(ruw: RuwFormulier) -> Iterator[str]:
    """All that stands in the form: labels with their answers, tables of which each row is a record, loose text."""
    for antwoord in ruw.antwoorden:
        waarde = "(leeg)" if antwoord.leeg else str(antwoord.waarde)
        yield f"{antwoord.plaats}: {antwoord.label} = {waarde}"
    for tabel in ruw.tabellen:
        if not any(antwoord.plaats.startswith(f"{tabel.plaats},") for antwoord in ruw.antwoorden):
            for nummer, rij in enumerate(tabel.rijen, start=1):
                yield f"{tabel.plaats}, rij {nummer}: {' | '.join(' '.join(cel.split()) for cel in rij)}"
    for tekst in ruw.los:
        yield f"{tekst.plaats}: (zonder label) {tekst.tekst}"


@click.command(
    cls=Opdracht,
    help="Lees en toets één formulier, zonder het te registreren.\n\nVoorbeeld: overleg toets formulier.docx",
)
@click.argument("bestand", metavar="FORMULIER", type=_BESTAND)
@click.option(
    "--tafel",
    metavar="REGIO/TAFEL",
    help="Toets voor deze tafel; anders zegt het formulier zelf van welke tafel het is.",
)
@click.option("--alle", is_flag=True, help="Toets voor alle tafels van dezelfde regio.")
@click.option("--map", "map_", type=_MAP, metavar="MAP", help="Gebruik de partnerlijst van deze werkmap.")
@click.option("--json", "als_json", is_flag=True, help="Eén JSON-document op de standaarduitvoer.")
@click.option("--vandaag", type=_DATUM, metavar=_DAG, help="Werk alsof het deze dag is.")
def toets(
    bestand: Path, tafel: str | None, alle: bool, map_: Path | None, als_json: bool, vandaag: dt.datetime | None
) -> int:
    """Check one form without registering it."""
    if tafel and alle:
        raise GebruikFout("Kies --tafel of --alle, niet allebei.")
    with refuse_in_json(bestand, {"toetsingen": []} if als_json else None):
        uitkomsten, uit = check_bestand(bestand, tafel=tafel, alle=alle, map_=map_, vandaag=get_vandaag(vandaag))
    if als_json:
        uitgeschakeld = [{"tafel": item.naam, "reden": item.reden_uitgeschakeld} for item in uit]
        toetsingen = [uitkomst.build_json() for uitkomst in uitkomsten]
        print_json({"bestand": bestand.name, "toetsingen": toetsingen, "uitgeschakeld": uitgeschakeld})
    else:
        scherm = Scherm(Console(highlight=False))
        for uitkomst in uitkomsten:
            naam = f"{bestand.name} — {uitkomst.tafel}"
            if uitkomst.aanvulling:
                scherm.show_aanvulling(naam, uitkomst.toetsing)
            else:
                scherm.show_toetsing(naam, uitkomst.toetsing, eigen=uitkomst.eigen)
            scherm.show_bevindingen(bestand.name, uitkomst.bevindingen)
        for item in uit:
            scherm.show_regel(f"{item.naam} is uitgeschakeld: {item.reden_uitgeschakeld}")
    return ExitCode.BEVINDINGEN if not uitkomsten or any(u.needs_person for u in uitkomsten) else ExitCode.KLAAR
