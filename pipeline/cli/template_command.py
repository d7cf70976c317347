"""`overleg sjabloon`: check a Word template, or try it out with data of one's own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console

from pipeline.cli.data_folder import Gegevensmap
from pipeline.cli.lint_command import toets
from pipeline.cli.show import Scherm
from pipeline.cli.usage import Bestand, Opdrachten
from pipeline.disk import translate_faults, write_atomic
from pipeline.errors import ConfiguratieFout, ExitCode, GebruikFout
from pipeline.render import render_data
from pipeline.render.inserts import read_inserts
from pipeline.render.through_docxtpl import Gevuld, render_through_docxtpl
from schemas.woorden import join_words, tell_count

_BESTAND = Bestand()
_REMEDIE = "Verbeter het gegevensbestand (JSON, bewaard als UTF-8) en probeer opnieuw."


@click.group(
    name="sjabloon",
    cls=Opdrachten,
    help="Kijk een Word-sjabloon na, of probeer het uit.\n\n"
    "Voorbeeld: overleg sjabloon toets casusfiche.docx --map mijn-tafel",
)
def sjabloon() -> None:
    """Group the commands about a template."""


sjabloon.add_command(toets)


@sjabloon.command(
    help="Vul een sjabloon met de gegevens van een JSON-bestand.\n\n"
    "Een tag die iets vraagt wat er niet is, of een gegeven dat geen tag gebruikt, wordt gemeld; dan komt er geen "
    "document.\n\n"
    'Met {"$afbeelding": "logo.png"} of {"$deeldocument": "bijlage.docx"} als waarde voegt u een afbeelding of een '
    "Word-document in, uit de map van het JSON-bestand.\n\n"
    "Voorbeeld: overleg sjabloon vul brief.docx gegevens.json -o proef.docx"
)
@click.argument("bestand", metavar="SJABLOON", type=_BESTAND)
@click.argument("gegevens", metavar="DATA.json", type=_BESTAND)
@click.option(
    "-o",
    "--uitvoer",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="F.docx",
    help="Waar het document komt.",
)
@click.option("--soepel", is_flag=True, help="Druk niets af voor wat er niet is, in plaats van het te melden.")
def vul(bestand: Path, gegevens: Path, uitvoer: Path, soepel: bool) -> int:
    """Fill a template. Raises GebruikFout, ConfiguratieFout or PoortFout, and then writes nothing."""
    if uitvoer.exists():
        raise GebruikFout(f"{uitvoer} bestaat al en wordt niet overschreven.", "Geef met -o een andere naam op.")
    with translate_faults(bestand):
        inhoud = bestand.read_bytes()
    gelezen = read_inserts(read_data(gegevens), Gegevensmap(gegevens.parent).read)
    if gelezen.heeft_invoegsels or gelezen.vervanging.count():
        gevuld = render_through_docxtpl(bestand.name, inhoud, gelezen, soepel=soepel)
        docx, slot = gevuld.docx, f"{_tell(gevuld)}, via docxtpl."
    else:
        docx, slot = render_data(bestand.name, inhoud, gelezen.waarden, soepel=soepel), "."
    with translate_faults(uitvoer):
        write_atomic(uitvoer, docx)
    Scherm(Console(highlight=False)).show_regel(f"{uitvoer} is gemaakt{slot}", "bold")
    return ExitCode.KLAAR


def _tell(gevuld: Gevuld) -> str:
    """How much came from other files."""
    ingevoegd = [
        tell_count(aantal, *woorden)
        for aantal, *woorden in (
            (gevuld.afbeeldingen, "afbeelding", "afbeeldingen"),
            (gevuld.deeldocumenten, "deeldocument", "deeldocumenten"),
        )
        if aantal
    ]
    delen = [f"{join_words(ingevoegd)} ingevoegd"] if ingevoegd else []
    if gevuld.vervangen:
        delen.append(f"{tell_count(gevuld.vervangen, 'bestand', 'bestanden')} vervangen")
    return f"; {join_words(delen) if delen else 'geen tag drukte een afbeelding of deeldocument af'}"


def read_data(bestand: Path) -> dict[str, object]:
    """Read a JSON object, each number as it is written. Raises ConfiguratieFout with the place of a fault."""
    with translate_faults(bestand):
        ruw = bestand.read_bytes()
    try:
        gelezen = json.loads(
            ruw.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_pair
        )
    except UnicodeDecodeError:
        reden = "is niet als UTF-8 bewaard"
    except json.JSONDecodeError as fout:
        reden = f"is geen geldig JSON: regel {fout.lineno}, teken {fout.colno}"
    except ValueError:
        reden = "bevat een getal met duizenden cijfers"
    except RecursionError:
        reden = "heeft te veel lagen in elkaar"
    except _DubbelFout as fout:
        reden = str(fout)
    else:
        if isinstance(gelezen, dict):
            return gelezen
        reden = 'moet één groep van namen en waarden zijn: {"naam": "waarde"}'
    raise ConfiguratieFout([f"Het gegevensbestand {bestand.name} {reden}."], _REMEDIE)


class _DubbelFout(Exception):
    """Something that JSON readers settle in silence."""


def _pair(paren: list[tuple[str, object]]) -> Mapping[str, object]:
    samen = dict(paren)
    if len(samen) < len(paren):
        namen = [naam for naam, _ in paren]
        dubbel = sorted({naam for naam in namen if namen.count(naam) > 1})
        raise _DubbelFout(f"noemt {', '.join(map(ascii, dubbel))} meer dan eens in dezelfde groep")
    return samen


def _refuse(woord: str) -> NoReturn:
    raise _DubbelFout(f"bevat {woord}, en dat is geen getal dat gedrukt kan worden")
