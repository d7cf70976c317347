"""`overleg verzonden`: note that packages were handed over, or see which still wait for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from pipeline.cli.context import get_vandaag, hold_werkmap, load_settings
from pipeline.cli.show import Scherm
from pipeline.cli.usage import Opdracht
from pipeline.errors import ExitCode, GebruikFout
from pipeline.register import Register
from pipeline.run.handover import Pakketregel, list_waiting, mark_sent
from pipeline.run.manifests import verify_manifests
from pipeline.run.verzendlijst import write_verzendlijsten
from pipeline.settings import Settings
from schemas.datum import format_datum
from schemas.woorden import tell_count

_DATUM = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"])
_HULP = (
    "Noteer dat pakketten verzonden zijn; zonder PAKKETMAP: toon wat nog niet genoteerd is.\n\n"
    'Voorbeeld: overleg verzonden mijn-tafel "2026-12-17 expertentafel" --via "beveiligde mail"'
)


@click.command(cls=Opdracht, name="verzonden", help=_HULP)
@click.argument("map_", metavar="MAP", type=click.Path(path_type=Path, file_okay=False))
@click.argument("pakketmappen", metavar="[PAKKETMAP]…", nargs=-1)
@click.option("--alle", is_flag=True, help="Noteer alles wat klaargezet is.")
@click.option("--op", type=_DATUM, metavar="JJJJ-MM-DD", help="Op welke dag u ze verstuurde; anders vandaag.")
@click.option("--via", default="", metavar="TEKST", help="Langs welke weg: beveiligde mail, post, afgegeven.")
@click.option("--versie", type=click.IntRange(min=1), metavar="NUMMER", help="Enkel deze versie van elk document.")
@click.option("--vandaag", type=_DATUM, metavar="JJJJ-MM-DD", help="Werk alsof het deze dag is.")
def verzonden(
    map_: Path,
    pakketmappen: tuple[str, ...],
    alle: bool,
    op: dt.datetime | None,
    via: str,
    versie: int | None,
    vandaag: dt.datetime | None,
) -> int:
    """Note what was handed over."""
    if alle and pakketmappen:
        raise GebruikFout("Noem pakketten of kies --alle, niet allebei.")
    settings = load_settings(map_, vandaag=get_vandaag(vandaag))
    scherm = Scherm(Console(highlight=False))
    if not alle and not pakketmappen:
        if op is not None or via or versie:
            raise GebruikFout(
                "Bij --op, --via of --versie hoort een pakket.", "Noem de map van het pakket, of kies --alle."
            )
        return _show_waiting(settings, scherm)
    with hold_werkmap(settings), Register.open(settings.map) as register:
        dag = op.date() if op else settings.vandaag
        regels = mark_sent(settings, register, pakketmappen, dag, via.strip(), versie)
        bevindingen = write_verzendlijsten(settings, register, [regel.map for regel in regels])
        register.backup(settings.vandaag)
    _show_marked(scherm, regels)
    scherm.show_bevindingen("", bevindingen)
    return ExitCode.BEVINDINGEN if bevindingen else ExitCode.KLAAR


def _show_waiting(settings: Settings, scherm: Scherm) -> int:
    with Register.open(settings.map, alleen_lezen=True) as register:
        regels = list_waiting(register)
        bevindingen = verify_manifests(settings.map, register)
    if regels:
        scherm.show_regel("Klaargezet, en nog niet genoteerd als verzonden:", "bold")
        for regel in regels:
            dag = format_datum(regel.klaargezet_op)
            scherm.show_regel(f"  uit/{regel.map} — {_count(regel.open)}, klaargezet op {dag}")
        scherm.show_regel(f'→ Verstuurd? Noteer het: overleg verzonden {settings.map} "{regels[0].map}"')
    else:
        scherm.show_regel("Alles wat klaargezet werd, is genoteerd als verzonden.")
    scherm.show_bevindingen("", bevindingen)
    return ExitCode.BEVINDINGEN if bevindingen else ExitCode.KLAAR


def _show_marked(scherm: Scherm, regels: Sequence[Pakketregel]) -> None:
    if not regels:
        scherm.show_regel("Alles was al genoteerd als verzonden; er is niets gewijzigd.")
    for regel in regels:
        al = regel.exemplaren - regel.open
        eerder = f" ({_count(al)} was al genoteerd)" if al == 1 else f" ({_count(al)} waren al genoteerd)" if al else ""
        scherm.show_regel(f"uit/{regel.map}: {_count(regel.open)} genoteerd als verzonden{eerder}.")


def _count(aantal: int) -> str:
    return tell_count(aantal, "document", "documenten")
