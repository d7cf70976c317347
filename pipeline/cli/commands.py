"""The commands, in Dutch, each with an example in its help."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from pipeline.cli.care_command import controle, herstel
from pipeline.cli.context import (
    WERKMAP_TOML,
    find_overleg,
    get_vandaag,
    hold_werkmap,
    load_settings,
    locate_tafel,
    refuse_disabled,
)
from pipeline.cli.correct_command import verbeter
from pipeline.cli.demo import play_demo
from pipeline.cli.figures_command import cijfers
from pipeline.cli.follow import RUST, follow_inbox
from pipeline.cli.form_command import formulier
from pipeline.cli.handbook_command import handleiding
from pipeline.cli.inspect_command import nazicht
from pipeline.cli.inzage_command import inzage
from pipeline.cli.output import choose_exit
from pipeline.cli.partners_command import partners
from pipeline.cli.patience import POGINGEN, make_patience
from pipeline.cli.read_commands import lees, toets
from pipeline.cli.retention_command import bewaring
from pipeline.cli.sent_command import verzonden
from pipeline.cli.show import Scherm
from pipeline.cli.table_command import tafel as tafel_opdrachten
from pipeline.cli.template_command import sjabloon
from pipeline.cli.terms_command import list_termijnen, show_termijnen, write_ics
from pipeline.cli.usage import Opdrachten
from pipeline.cli.version import tell_version
from pipeline.cli.view_command import bekijk
from pipeline.cli.where import tell_where
from pipeline.errors import ExitCode, GebruikFout
from pipeline.run import make_verslag, prepare_overleg, process_inbox
from pipeline.run.results import Verwerkt
from pipeline.run.werkmap import make_werkmap
from schemas.catalogus import load_tafel
from schemas.datum import format_dag

_F = TypeVar("_F", bound=Callable[..., Any])
_DATUM = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"])
_DAG = "JJJJ-MM-DD"
_MAP = click.Path(path_type=Path, file_okay=False)
_NIEUW_BESTAND = click.Path(path_type=Path, dir_okay=False)
_PDF = click.option(
    "--pdf",
    "engine",
    type=click.Choice(["libreoffice", "rdocx"]),
    help="Waarmee pdf's gemaakt worden; anders wat er is.",
)


_overleg_option = click.option(
    "--overleg",
    default="",
    metavar="SOORT",
    help="Welk overleg, zoals het in werkmap.toml heet; hoeft niet bij een tafel met één overleg.",
)


def _share_options(functie: _F) -> _F:
    """Options of every command that works on a werkmap."""
    for optie in (
        click.option("--vandaag", type=_DATUM, metavar=_DAG, help="Werk alsof het deze dag is (om te oefenen)."),
        click.option(
            "--pdf", "engine", type=click.Choice(["libreoffice", "rdocx"]), help="Waarmee pdf's gemaakt worden."
        ),
        click.option("--proef", is_flag=True, help="Toon wat er zou gebeuren; schrijf niets."),
    ):
        functie = optie(functie)
    return functie


@click.group(
    cls=Opdrachten,
    help="Van aanmeldformulieren naar pakketten voor het overleg, met enkel wat gedeeld mag worden.",
    invoke_without_command=True,
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=tell_version,
    help="Toon de versie van het programma, de gegevens, de sjablonen en wat pdf's maakt.",
)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """In a werkmap say where she stands when no command was given; elsewhere show what there is."""
    if ctx.invoked_subcommand is not None:
        return
    if (Path.cwd() / WERKMAP_TOML).is_file():
        tell_where(Path.cwd())
    else:
        click.echo(ctx.get_help())


@cli.command(help="Maak een nieuwe werkmap.\n\nVoorbeeld: overleg nieuw mijn-tafel --tafel regio/tafel")
@click.argument("map_", metavar="MAP", type=_MAP)
@click.option(
    "--tafel",
    required=True,
    metavar="REGIO/TAFEL",
    help="Voor welke tafel; of de map met de gegevens van een eigen tafel.",
)
def nieuw(map_: Path, tafel: str) -> int:
    """Make a werkmap."""
    tafel_id, regios = locate_tafel(Path(tafel))
    data = load_tafel(tafel_id, regios)
    refuse_disabled(data)
    make_werkmap(map_, data, regios)
    scherm = _make_scherm()
    scherm.show_regel(f"De werkmap {map_} is klaar voor {data.tafel.naam}.", "bold")
    scherm.show_regel("→ Vul in werkmap.toml uw eigen gegevens en partners in; de voorbeelden erin zijn verzonnen.")
    scherm.show_regel(f"→ Leg ontvangen formulieren in {map_ / 'in'} en start daarna: overleg verwerk {map_}")
    return ExitCode.KLAAR


cli.add_command(formulier)
cli.add_command(verbeter)
cli.add_command(bekijk)
cli.add_command(verzonden)
cli.add_command(bewaring)
cli.add_command(inzage)
cli.add_command(nazicht)
cli.add_command(partners)
cli.add_command(controle)
cli.add_command(herstel)
cli.add_command(cijfers)
cli.add_command(tafel_opdrachten)
cli.add_command(sjabloon)
cli.add_command(handleiding)


cli.add_command(lees)
cli.add_command(toets)


@cli.command(help="Verwerk wat er in de map “in” ligt.\n\nVoorbeeld: overleg verwerk mijn-tafel")
@click.argument("map_", metavar="MAP", type=_MAP)
@click.option("--volg", is_flag=True, help="Blijf kijken en verwerk wat er bijkomt, tot u Ctrl-C drukt.")
@_share_options
def verwerk(map_: Path, volg: bool, vandaag: dt.datetime | None, engine: str | None, proef: bool) -> int:
    """Take in what lies in `in/`."""
    if volg and proef:
        raise GebruikFout("Kies --volg of --proef, niet allebei.")
    scherm = _make_scherm()

    def take_in(stop: Callable[[], bool] = lambda: False) -> Verwerkt:
        with _show_progress() as melder:
            settings = load_settings(map_, vandaag=get_vandaag(vandaag), proef=proef, engine=engine, melder=melder)
            with hold_werkmap(settings):
                if not volg:
                    return process_inbox(settings, wacht=make_patience(0 if proef else POGINGEN))
                return process_inbox(settings, rust=RUST, nu=dt.datetime.now().astimezone(), stop=stop)

    if volg:
        return follow_inbox(map_, take_in, scherm)
    resultaat = take_in()
    scherm.show_verwerkt(resultaat, proef=proef)
    return choose_exit(resultaat.brieven, needs_person=resultaat.needs_person)


@cli.command(help="Maak de pakketten voor een overleg.\n\nVoorbeeld: overleg bereid mijn-tafel --overleg triagetafel")
@click.argument("map_", metavar="MAP", type=_MAP)
@_overleg_option
@click.option("--datum", type=_DATUM, metavar=_DAG, help="Op welke datum; anders de eerstvolgende van dit overleg.")
@_share_options
def bereid(
    map_: Path, overleg: str, datum: dt.datetime | None, vandaag: dt.datetime | None, engine: str | None, proef: bool
) -> int:
    """Make the packages of a meeting."""
    dag = get_vandaag(vandaag)
    with _show_progress() as melder:
        settings = load_settings(map_, vandaag=dag, proef=proef, engine=engine, melder=melder)
        soort = find_overleg(settings.data.tafel, overleg)
        op = datum.date() if datum else None
        if op is not None and op < dag:
            raise GebruikFout(f"{format_dag(op)} is voorbij.", "Geef met --datum een dag die nog komt.")
        with hold_werkmap(settings):
            resultaat = prepare_overleg(settings, soort, op)
    _make_scherm().show_bereid(resultaat, proef=proef)
    return choose_exit(resultaat.productie, needs_person=bool(resultaat.bevindingen))


@cli.command(
    help="Maak het verslag en de takenlijsten na een overleg.\n\n"
    "Voorbeeld: overleg verslag mijn-tafel --overleg expertentafel"
)
@click.argument("map_", metavar="MAP", type=_MAP)
@_overleg_option
@click.option(
    "--datum",
    type=_DATUM,
    metavar=_DAG,
    help="Van welke datum; anders het laatste waarvan het verslagformulier binnen is.",
)
@_share_options
def verslag(
    map_: Path, overleg: str, datum: dt.datetime | None, vandaag: dt.datetime | None, engine: str | None, proef: bool
) -> int:
    """Make what follows a meeting."""
    with _show_progress() as melder:
        settings = load_settings(map_, vandaag=get_vandaag(vandaag), proef=proef, engine=engine, melder=melder)
        soort = find_overleg(settings.data.tafel, overleg)
        with hold_werkmap(settings):
            resultaat = make_verslag(settings, soort, datum.date() if datum else None)
    _make_scherm().show_verslag(resultaat, proef=proef)
    return choose_exit(resultaat.productie, needs_person=bool(resultaat.bevindingen))


@cli.command(help="Toon welke termijnen vallen, en waarom.\n\nVoorbeeld: overleg termijnen mijn-tafel --tot 2027-06-30")
@click.argument("map_", metavar="MAP", type=_MAP)
@click.option(
    "--tot", type=_DATUM, metavar=_DAG, help="Enkel wat tot en met deze dag valt; wat voorbij is, blijft staan."
)
@click.option("--ics", type=_NIEUW_BESTAND, metavar="BESTAND", help="Schrijf ze ook als agendabestand.")
@click.option("--vandaag", type=_DATUM, metavar=_DAG, help="Werk alsof het deze dag is.")
def termijnen(map_: Path, tot: dt.datetime | None, ics: Path | None, vandaag: dt.datetime | None) -> int:
    """Show what falls due."""
    settings = load_settings(map_, vandaag=get_vandaag(vandaag))
    gevonden = list_termijnen(settings, tot.date() if tot else None)
    show_termijnen(Console(highlight=False), gevonden, settings.data.tafel)
    if ics is not None:
        _make_scherm().show_regel(write_ics(ics, gevonden, settings))
    return ExitCode.BEVINDINGEN if gevonden.needs_person else ExitCode.KLAAR


@cli.command(help="Speel een jaar met verzonnen voorbeelden.\n\nVoorbeeld: overleg demo demo")
@click.argument("map_", metavar="[MAP]", type=_MAP, default="demo")
@click.option("--tafel", default="", metavar="REGIO/TAFEL", help="Enkel het voorbeeld van deze tafel.")
@_PDF
def demo(map_: Path, tafel: str, engine: str | None) -> int:
    """Play a year."""
    play_demo(map_, engine, Console(highlight=False), _show_progress, load_tafel(tafel).tafel.id if tafel else "*/*")
    return ExitCode.KLAAR


def _make_scherm() -> Scherm:
    return Scherm(Console(highlight=False))


@contextmanager
def _show_progress() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on standard error, so that standard output holds results only."""
    kolommen = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    balk = Progress(*kolommen, console=console, transient=True, disable=not console.is_terminal)
    taken: dict[str, Any] = {}

    def advance(wat: str, gedaan: int, totaal: int) -> None:
        if wat not in taken:
            balk.start()
            taken[wat] = balk.add_task(wat, total=totaal)
        balk.update(taken[wat], completed=gedaan, total=totaal)
        if balk.finished:  # a bar that is still drawn would wipe out the question that may come next
            balk.stop()

    try:
        yield advance
    finally:
        balk.stop()
