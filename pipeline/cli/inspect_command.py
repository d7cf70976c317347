"""`overleg nazicht`: the open questions of the gates, and their answers. The one screen that shows a passage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType

import click
from rich.console import Console
from rich.text import Text

from pipeline.cli.ask import choose
from pipeline.cli.context import get_vandaag, hold_werkmap, load_settings
from pipeline.cli.output import print_json
from pipeline.cli.usage import Opdracht
from pipeline.errors import ExitCode, GebruikFout
from pipeline.run.nazicht import answer_vraag, list_beantwoord, list_open_vragen
from pipeline.settings import Settings
from schemas.datum import format_datum
from schemas.nazicht import Nazichtbesluit, Nazichtregel, Nazichtvraag

_DATUM = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"])
_VERVANG = "vervang="
_BESLUITEN = MappingProxyType({"delen": Nazichtbesluit.DELEN, "niet-delen": Nazichtbesluit.NIET_DELEN})
_KEUZEN = MappingProxyType(
    {
        Nazichtbesluit.DELEN: "delen",
        Nazichtbesluit.NIET_DELEN: "niet-delen",
        Nazichtbesluit.VERVANGEN: "vervang=“{}”",
    }
)
_OVERSLAAN = "overslaan"
_ROND = 160  # characters of a passage shown on either side of the word
_GEDAAN = MappingProxyType(
    {
        Nazichtbesluit.DELEN: "Genoteerd: deze tekst mag zo vertrekken.",
        Nazichtbesluit.NIET_DELEN: "Genoteerd: waar dit nagekeken moest worden, valt deze rij of dit antwoord weg.",
        Nazichtbesluit.VERVANGEN: "Genoteerd: in deze tekst komt er “{}” voor in de plaats.",
    }
)


@click.command(
    cls=Opdracht,
    help="Toon welke woorden u moet nakijken voor een document vertrekt, en beantwoord ze.\n\n"
    "Voorbeeld: overleg nazicht mijn-tafel --antwoord BCDFGHJKLMNP niet-delen",
)
@click.argument("map_", metavar="MAP", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--antwoord",
    "antwoorden",
    type=(str, str),
    multiple=True,
    metavar="CODE ANTWOORD",
    help="Het antwoord op één vraag: delen, niet-delen of vervang=TEKST.",
)
@click.option("--vraag-per-vraag", "per_vraag", is_flag=True, help="Overloop de vragen een voor een.")
@click.option("--beantwoord", is_flag=True, help="Toon ook de vragen met hun antwoord, om er een te veranderen.")
@click.option("--json", "als_json", is_flag=True, help="Eén JSON-document op de standaarduitvoer.")
@click.option("--vandaag", type=_DATUM, metavar="JJJJ-MM-DD", help="Werk alsof het deze dag is.")
def nazicht(
    map_: Path,
    antwoorden: Sequence[tuple[str, str]],
    per_vraag: bool,
    beantwoord: bool,
    als_json: bool,
    vandaag: dt.datetime | None,
) -> int:
    """List and answer questions."""
    gelezen = [(vraag_id, *parse_antwoord(tekst)) for vraag_id, tekst in antwoorden]
    settings = load_settings(map_, vandaag=get_vandaag(vandaag))
    console = Console(highlight=False, stderr=als_json)
    for vraag_id, besluit, vervanging in gelezen:
        answer_open(settings, console, vraag_id, besluit, vervanging)
    if per_vraag:
        _ask_all(settings, console)
    vragen = list_open_vragen(settings)
    regels = list_beantwoord(settings) if beantwoord else ()
    if als_json:
        erbij = {"beantwoord": [regel.model_dump(mode="json") for regel in regels]} if beantwoord else {}
        print_json({"vragen": [vraag.model_dump(mode="json") for vraag in vragen], **erbij})
    else:
        show_vragen(console, vragen, map_)
        _show_beantwoord(console, regels, map_)
    return ExitCode.BEVINDINGEN if vragen else ExitCode.KLAAR


def parse_antwoord(tekst: str) -> tuple[Nazichtbesluit, str]:
    """The decision that was typed, with the words of a replacement. Raises GebruikFout."""
    if tekst.startswith(_VERVANG):
        return Nazichtbesluit.VERVANGEN, tekst.removeprefix(_VERVANG)
    besluit = _BESLUITEN.get(tekst.replace("_", "-").replace(" ", "-"))
    if besluit is None:
        raise GebruikFout("Dit antwoord bestaat niet.", "Kies uit: delen, niet-delen, vervang=TEKST.")
    return besluit, ""


def answer_open(settings: Settings, console: Console, vraag_id: str, besluit: Nazichtbesluit, vervanging: str) -> None:
    """Note an answer and say what it does. Raises GebruikFout."""
    with hold_werkmap(settings):
        answer_vraag(settings, vraag_id, besluit, vervanging)
    console.print(Text(_GEDAAN[besluit].format(vervanging), style="green"))


def _ask_all(settings: Settings, console: Console) -> None:
    """Each question in turn; a replacement is proposed, and stays a proposal until it is typed or confirmed."""
    for vraag in list_open_vragen(settings):
        _show(console, vraag)
        antwoord = choose("Antwoord", [*_BESLUITEN, "vervangen", _OVERSLAAN], _OVERSLAAN)
        if antwoord == "vervangen":
            vervanging = click.prompt("Vervangen door", default=vraag.voorstel or None)
            answer_open(settings, console, vraag.id, Nazichtbesluit.VERVANGEN, vervanging)
        elif antwoord != _OVERSLAAN:
            answer_open(settings, console, vraag.id, _BESLUITEN[antwoord], "")


def show_vragen(console: Console, vragen: Sequence[Nazichtvraag], map_: Path) -> None:
    """All open questions, each with its passage, and how to answer."""
    if not vragen:
        console.print("Er is niets na te kijken.")
        console.print("→ Was er een pakket tegengehouden, maak het dan opnieuw met dezelfde opdracht als daarvoor.")
        return
    aantal = "wacht nog 1 vraag" if len(vragen) == 1 else f"wachten nog {len(vragen)} vragen"
    console.print(Text(f"Er {aantal} op een antwoord.", style="bold"))
    for vraag in vragen:
        _show(console, vraag)
    opdracht = f"overleg nazicht {map_}"
    console.print(Text(f"→ Antwoord met: {opdracht} --antwoord CODE delen (of niet-delen, of vervang=TEKST)"))
    console.print(Text(f"→ Of een voor een: {opdracht} --vraag-per-vraag"))


def _show_beantwoord(console: Console, regels: Sequence[Nazichtregel], map_: Path) -> None:
    """Every answer, with the code by which it can be changed."""
    for regel in regels:
        if regel.antwoord is not None:
            _show(console, regel.vraag)
            gekozen = _KEUZEN[regel.antwoord.besluit].format(regel.antwoord.vervanging)
            console.print(Text(f"  Antwoord van {format_datum(regel.antwoord.op)}: {gekozen}"))
    if regels:
        console.print(Text(f"→ Een ander antwoord geven: overleg nazicht {map_} --antwoord CODE ANTWOORD"))


def _show(console: Console, vraag: Nazichtvraag) -> None:
    console.print()
    console.print(Text(f"{vraag.id}  casus {vraag.casuscode} — {'; '.join(vraag.waar)}", style="bold"))
    console.print(Text.assemble("  “", *_excerpt(vraag), "”"))
    console.print(Text(f"  {vraag.waarom}"))
    if vraag.voorstel:
        console.print(Text(f"  Voorstel: vervang=“{vraag.voorstel}”"))


def _excerpt(vraag: Nazichtvraag) -> list[str | tuple[str, str]]:
    """The word in its surroundings."""
    voor, _, na = vraag.passage.partition(vraag.token)
    begin = f"…{voor[-_ROND:]}" if len(voor) > _ROND else voor
    einde = f"{na[:_ROND]}…" if len(na) > _ROND else na
    return [begin, (vraag.token, "bold yellow"), einde]
