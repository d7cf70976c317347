"""`overleg` without a command, in a werkmap: what there is to do."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from pipeline.cli.context import get_vandaag, load_settings
from pipeline.cli.show import Scherm
from pipeline.run.overzicht import collect_overzicht


def tell_where(map_: Path) -> None:
    """Print the tasks of this werkmap, each with its command; nothing is written."""
    overzicht = collect_overzicht(load_settings(map_, vandaag=get_vandaag(None)))
    scherm = Scherm(Console(highlight=False))
    scherm.show_regel(f"{overzicht.tafel}: {overzicht.kop[0].lower()}{overzicht.kop[1:]}", "bold")
    for taak in overzicht.taken:
        scherm.show_regel(f"- {taak.wanneer}: {taak.wat}", "bold red" if taak.dringend else "")
        if taak.hoe:
            scherm.show_regel(f"  → {taak.hoe.replace('MAP', '.', 1)}")
    if not overzicht.taken:
        scherm.show_regel("Er is niets te doen. Leg ontvangen formulieren in de map “in”; dan: overleg verwerk .")
    scherm.show_regel("Alle opdrachten: overleg --help")
