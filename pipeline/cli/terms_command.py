"""`overleg termijnen`: what falls due in a werkmap, on the screen and as a calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.calendar import build_kalender
from pipeline.disk import write_atomic
from pipeline.register import Register
from pipeline.settings import Settings
from pipeline.terms import list_geagendeerd, list_open_termijnen, list_vervaldagen
from schemas.datum import format_datum
from schemas.tafel import Overlegsoort, Richting, Tafel
from schemas.vervaldag import Geagendeerd, OpenTermijn, Vervaldag, name_anker

_KOPPEN = ("Valt op", "Casus", "Wat", "Waarom", "Telt vanaf", "Let op")
_RICHTING = {Richting.UITERLIJK: "uiterlijk", Richting.TEN_VROEGSTE: "ten vroegste"}
_VOORAF = {Richting.UITERLIJK: "laatste overleg tot en met", Richting.TEN_VROEGSTE: "eerste overleg vanaf"}
_SMAL = 110  # columns: below this six columns next to one another leave too few words on a line


@dataclass(frozen=True)
class Termijnen:
    """What falls due until `tot`, how much falls later, what waits for the date from which it counts; and agendas."""

    vervaldagen: tuple[Vervaldag, ...]
    open_termijnen: tuple[OpenTermijn, ...]
    later: int
    tot: dt.date | None
    geagendeerd: tuple[Geagendeerd, ...] = ()

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
    gepland = list_geagendeerd(dossiers, settings.data, settings.vandaag)
    return Termijnen(
        vervaldagen=binnen,
        open_termijnen=list_open_termijnen(dossiers, settings.data),
        later=len(alle) - len(binnen),
        tot=tot,
        geagendeerd=tuple(item for item in gepland if tot is None or item.datum <= tot),
    )


def write_ics(pad: Path, termijnen: Termijnen, settings: Settings) -> str:
    """Write the calendar and say so; an empty one would be refused by the programs. Raises SchijfFout."""
    if not termijnen.vervaldagen:
        return f"{pad} is niet geschreven: er valt niets."
    write_atomic(pad, build_kalender(termijnen.vervaldagen, settings.data.tafel, settings.vandaag))
    return f"De agenda staat in {pad}. Open dat bestand met Outlook, Thunderbird of een ander agendaprogramma."


def show_termijnen(console: Console, termijnen: Termijnen, tafel: Tafel) -> None:
    """What falls due, what stands out in it, what is on an agenda already, and what cannot be counted yet."""
    if termijnen.vervaldagen and console.width >= _SMAL:
        console.print(_build_table(termijnen.vervaldagen, tafel))
    else:
        show_blokken(console, termijnen.vervaldagen, tafel)
    for tekst, stijl in _summarise(termijnen):
        console.print(Text(tekst, style=stijl))
    for gepland in termijnen.geagendeerd:
        console.print(Text(describe_geagendeerd(gepland, tafel)))
    for item in termijnen.open_termijnen:
        tekst = f"Nog niet te berekenen voor casus {item.casuscode}: {describe_open(item, tafel)}."
        console.print(Text(tekst, style="dim"))


def show_blokken(console: Console, vervaldagen: tuple[Vervaldag, ...], tafel: Tafel, rand: int = 0) -> None:
    """One block a day, and in it one a term: for a narrow window. `rand` is the margin to the left."""

    def show(tekst: str, inspringen: int, stijl: str = "") -> None:
        console.print(Padding(Text(tekst, style=stijl), (0, 0, 0, rand + inspringen), expand=False))

    for kop, groep in groupby(
        vervaldagen, key=lambda v: " ".join(filter(None, (_mark(v), *_describe_datum(v, tafel))))
    ):
        eigen = list(groep)
        show(kop, 0, f"bold {_get_style(eigen[0])}".strip())
        for v in eigen:
            show(f"{v.casuscode}  {v.wat}", 2)
            show(f"Waarom: {_describe_reden(v)}", 10)
            show(f"Telt vanaf: {_describe_anker(v, tafel)} ({v.veld})", 10)
            for zin in v.let_op:
                show(f"Let op: {zin}", 10)


def describe_open(item: OpenTermijn, tafel: Tafel) -> str:
    """What cannot be counted yet, and for which date it waits."""
    return f"{item.wat} (wacht op {' of '.join(name_anker(anker, tafel) for anker in item.ankers)})"


def describe_geagendeerd(item: Geagendeerd, tafel: Tafel) -> str:
    """On which agenda a case stands already, and what put it there."""
    overleg = tafel.get_overleg(item.overleg) if item.overleg else None
    waar = f" ({overleg.naam})" if overleg else ""
    door = f", na “{item.door}” van {format_datum(item.door_op)}" if item.door_op else ""
    return f"Casus {item.casuscode} staat gepland op {format_datum(item.datum)}{waar}{door}."


def _build_table(vervaldagen: tuple[Vervaldag, ...], tafel: Tafel) -> Table:
    tabel = Table(show_lines=True)
    for kop in _KOPPEN:
        tabel.add_column(kop, overflow="fold", no_wrap=kop == "Casus")
    for v in vervaldagen:
        datum = "\n".join(filter(None, (_mark(v), *_describe_datum(v, tafel))))
        cellen = (datum, v.casuscode, v.wat, _describe_reden(v), f"{_describe_anker(v, tafel)}\n{v.veld}")
        tabel.add_row(*(Text(tekst) for tekst in (*cellen, "\n".join(v.let_op))), style=_get_style(v))
    return tabel


def _mark(vervaldag: Vervaldag) -> str:
    return "VOORBIJ" if vervaldag.is_voorbij else "BINNENKORT" if vervaldag.is_nabij else ""


def _get_style(vervaldag: Vervaldag) -> str:
    return "red" if vervaldag.is_voorbij else "yellow" if vervaldag.is_nabij else ""


def _describe_datum(vervaldag: Vervaldag, tafel: Tafel) -> tuple[str, ...]:
    overleg = tafel.get_overleg(vervaldag.overleg) if vervaldag.overleg else None
    if vervaldag.tot is not None:
        return f"{format_datum(vervaldag.datum)} tot en met {format_datum(vervaldag.tot)}", *_name(overleg)
    if overleg is None:
        return (format_datum(vervaldag.datum),)
    if vervaldag.overleg_op is not None and vervaldag.overleg_op != vervaldag.datum:
        return format_datum(vervaldag.datum), f"(voor: {overleg.naam} van {format_datum(vervaldag.overleg_op)})"
    return format_datum(vervaldag.datum), *_name(overleg)


def _name(overleg: Overlegsoort | None) -> tuple[str, ...]:
    return (f"({overleg.naam})",) if overleg else ()


def _describe_reden(vervaldag: Vervaldag) -> str:
    if vervaldag.overleg_op is not None and vervaldag.overleg_op != vervaldag.datum:
        return f"{_VOORAF[vervaldag.richting]} {format_datum(vervaldag.berekend)}"
    if vervaldag.tot is not None:
        return f"{vervaldag.duur} later"
    reden = f"{_RICHTING[vervaldag.richting]} {vervaldag.duur} later"
    afgerond = vervaldag.berekend != vervaldag.datum
    return f"{reden} ({format_datum(vervaldag.berekend)})" if afgerond else reden


def _describe_anker(vervaldag: Vervaldag, tafel: Tafel) -> str:
    return f"{name_anker(vervaldag.anker, tafel)}, {format_datum(vervaldag.anker_datum)}"


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
