"""`overleg termijnen`: what falls due in a werkmap, on the screen and as a calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.calendar import build_kalender
from pipeline.disk import write_atomic
from pipeline.register import Register
from pipeline.settings import Settings
from pipeline.terms import list_open_termijnen, list_vervaldagen
from schemas.datum import format_datum
from schemas.tafel import Richting, Tafel
from schemas.vervaldag import ANKERS, OpenTermijn, Vervaldag

_KOPPEN = ("Valt op", "Casus", "Wat", "Waarom", "Telt vanaf", "Let op")
_RICHTING = {Richting.UITERLIJK: "uiterlijk", Richting.TEN_VROEGSTE: "ten vroegste"}


@dataclass(frozen=True)
class Termijnen:
    """What falls due until `tot`, how much falls later, and what waits for the date from which it counts."""

    vervaldagen: tuple[Vervaldag, ...]
    open_termijnen: tuple[OpenTermijn, ...]
    later: int
    tot: dt.date | None

    @property
    def needs_person(self) -> bool:
        """Whether something has passed, or comes within its lead."""
        return any(vervaldag.is_voorbij or vervaldag.is_nabij for vervaldag in self.vervaldagen)


def list_termijnen(settings: Settings, tot: dt.date | None) -> Termijnen:
    """The terms of all dossiers of the werkmap; nothing is written. Raises RegisterFout."""
    with Register.open(settings.map, alleen_lezen=True) as register:
        dossiers = register.list_dossiers()
    alle = list_vervaldagen(dossiers, settings.data, settings.werkmap, settings.vandaag)
    binnen = tuple(v for v in alle if tot is None or v.is_voorbij or v.datum <= tot)
    return Termijnen(binnen, list_open_termijnen(dossiers, settings.data), len(alle) - len(binnen), tot)


def write_ics(pad: Path, termijnen: Termijnen, settings: Settings) -> str:
    """Write the calendar and say so; an empty one would be refused by the programs. Raises SchijfFout."""
    if not termijnen.vervaldagen:
        return f"{pad} is niet geschreven: er valt niets."
    write_atomic(pad, build_kalender(termijnen.vervaldagen, settings.data.tafel, settings.vandaag))
    return f"De agenda staat in {pad}. Open dat bestand met Outlook, Thunderbird of een ander agendaprogramma."


def show_termijnen(console: Console, termijnen: Termijnen, tafel: Tafel) -> None:
    """The table, what stands out in it, and what cannot be counted yet."""
    if termijnen.vervaldagen:
        console.print(_build_table(termijnen.vervaldagen, tafel))
    for tekst, stijl in _summarise(termijnen):
        console.print(Text(tekst, style=stijl), soft_wrap=True)
    for item in termijnen.open_termijnen:
        wacht_op = " of ".join(ANKERS[anker] for anker in item.ankers)
        tekst = f"Nog niet te berekenen voor casus {item.casuscode}: {item.wat} (wacht op {wacht_op})."
        console.print(Text(tekst, style="dim"), soft_wrap=True)


def _build_table(vervaldagen: tuple[Vervaldag, ...], tafel: Tafel) -> Table:
    tabel = Table(show_lines=True)
    for kop in _KOPPEN:
        tabel.add_column(kop, overflow="fold", no_wrap=kop == "Casus")
    for v in vervaldagen:
        cellen = (_describe_datum(v, tafel), v.casuscode, v.wat, _describe_reden(v), _describe_anker(v))
        stijl = "bold red" if v.is_voorbij else "yellow" if v.is_nabij else ""
        tabel.add_row(*(Text(tekst) for tekst in (*cellen, "\n".join(v.let_op))), style=stijl)
    return tabel


def _describe_datum(vervaldag: Vervaldag, tafel: Tafel) -> str:
    overleg = tafel.get_overleg(vervaldag.overleg) if vervaldag.overleg else None
    merk = "VOORBIJ" if vervaldag.is_voorbij else "BINNENKORT" if vervaldag.is_nabij else ""
    return "\n".join(filter(None, (merk, format_datum(vervaldag.datum), overleg.naam if overleg else "")))


def _describe_reden(vervaldag: Vervaldag) -> str:
    reden = f"{_RICHTING[vervaldag.richting]} {vervaldag.duur} later"
    afgerond = vervaldag.berekend != vervaldag.datum
    return f"{reden} ({format_datum(vervaldag.berekend)})" if afgerond else reden


def _describe_anker(vervaldag: Vervaldag) -> str:
    return f"{ANKERS[vervaldag.anker]}, {format_datum(vervaldag.anker_datum)}\n{vervaldag.veld}"


def _summarise(termijnen: Termijnen) -> list[tuple[str, str]]:
    regels = []
    voorbij = sum(v.is_voorbij for v in termijnen.vervaldagen)
    nabij = sum(v.is_nabij for v in termijnen.vervaldagen)
    if voorbij:
        regels.append((f"{_count(voorbij)} voorbij: bekijk die eerst.", "bold red"))
    if nabij:
        regels.append((f"{_count(nabij)} dichtbij: begin eraan.", "yellow"))
    if termijnen.tot is None or not (termijnen.vervaldagen or termijnen.later):
        return regels if termijnen.vervaldagen else [("Er loopt geen enkele termijn.", "")]
    dag = format_datum(termijnen.tot)
    if not termijnen.vervaldagen:
        regels.append((f"Tot en met {dag} valt er niets.", ""))
    if termijnen.later:
        regels.append((f"{_count(termijnen.later)} pas na {dag}.", "dim"))
    return regels


def _count(aantal: int) -> str:
    return "1 termijn is" if aantal == 1 else f"{aantal} termijnen zijn"
