"""`overleg partners`: write the partners of a werkmap to an Excel file, to keep them there from now on."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from pipeline.cli.context import get_vandaag, load_settings
from pipeline.cli.show import Scherm
from pipeline.cli.usage import Opdracht
from pipeline.disk import translate_faults, write_atomic
from pipeline.errors import ExitCode, GebruikFout
from schemas.partnerlijst import make_partnerlijst
from schemas.werkmapcontrole import PARTNERSOORTEN

NAAM = "partners.xlsx"
_HULP = (
    "Schrijf de partners van werkmap.toml naar een Excel-bestand, om ze voortaan daar bij te houden.\n\n"
    "Voorbeeld: overleg partners mijn-tafel"
)


@click.command(cls=Opdracht, name="partners", help=_HULP)
@click.argument("map_", metavar="MAP", type=click.Path(path_type=Path, file_okay=False))
def partners(map_: Path) -> int:
    """Write the list beside werkmap.toml; never over one that is there."""
    settings = load_settings(map_, vandaag=get_vandaag(None))
    doel = settings.map / NAAM
    if doel.exists():
        raise GebruikFout(f"{NAAM} is er al.", "Geef dat bestand eerst een andere naam; er is niets gewijzigd.")
    rollen = settings.data.tafel.get_rollen_of_soort(*PARTNERSOORTEN)
    with translate_faults(settings.map):
        write_atomic(doel, make_partnerlijst(settings.werkmap.partners, tuple(rollen)))
    scherm = Scherm(Console(highlight=False))
    scherm.show_regel(f"{NAAM} staat in de werkmap, met {len(settings.werkmap.partners)} partners.")
    scherm.show_regel(
        f'Wilt u ze voortaan daar bijhouden? Zet in werkmap.toml de regel partnerlijst = "{NAAM}" boven het eerste '
        "blok, en haal daar alle blokken [[partner]] weg."
    )
    return ExitCode.KLAAR
