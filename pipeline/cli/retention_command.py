"""`overleg bewaring`: until when closed cases are kept, and the destruction of what passed its term."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
from rich.console import Console

from pipeline.cli.ask import confirm
from pipeline.cli.context import get_vandaag, hold_werkmap, load_settings
from pipeline.cli.show import Scherm
from pipeline.cli.usage import Opdracht
from pipeline.errors import ExitCode, GebruikFout
from pipeline.register import Register
from pipeline.run.holdings import Bezit, find_holdings
from pipeline.run.manifests import verify_manifests
from pipeline.run.retention import Bewaarregel, check_expired, complete_destruction, destroy_case, list_bewaring
from pipeline.settings import Settings
from schemas.bevinding import Bevinding
from schemas.bewaring import VIA_TEKENS
from schemas.datum import format_datum

_DATUM = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"])
_HULP = (
    "Toon tot wanneer afgesloten casussen bewaard worden; vernietig wat zijn termijn gehad heeft.\n\n"
    "Voorbeeld: overleg bewaring mijn-tafel --vernietig BCDFG2"
)
_BUITEN = (
    "Wat buiten deze werkmap staat, kan dit programma niet wissen: wat de ontvangers bewaren, mails, uw eigen "
    "reservekopieën en vroegere versies op een netwerkschijf of in OneDrive."
)


@click.command(cls=Opdracht, name="bewaring", help=_HULP)
@click.argument("map_", metavar="MAP", type=click.Path(path_type=Path, file_okay=False))
@click.argument("casussen", metavar="[CASUS]…", nargs=-1)
@click.option("--vernietig", is_flag=True, help="Vernietig deze casussen, na een vraag om bevestiging.")
@click.option("--ja", is_flag=True, help="Bevestig vooraf (voor een script); er wordt niets gevraagd.")
@click.option("--door", default="", metavar="NAAM", help="Wie vernietigt; anders de naam bij contact in werkmap.toml.")
@click.option("--vandaag", type=_DATUM, metavar="JJJJ-MM-DD", help="Werk alsof het deze dag is.")
def bewaring(
    map_: Path, casussen: tuple[str, ...], vernietig: bool, ja: bool, door: str, vandaag: dt.datetime | None
) -> int:
    """List or destroy."""
    settings = load_settings(map_, vandaag=get_vandaag(vandaag))
    scherm = Scherm(Console(highlight=False))
    if not vernietig:
        if casussen or ja or door:
            raise GebruikFout("Wilt u vernietigen?", "Geef dan ook --vernietig op. Er is niets vernietigd.")
        return _show_list(settings, scherm)
    if not casussen:
        raise GebruikFout("Noem de casussen die u wilt vernietigen.", f"Bekijk eerst: overleg bewaring {map_}")
    naam = door.strip() or settings.werkmap.contact.naam
    if len(naam) > VIA_TEKENS or not naam.isprintable():
        raise GebruikFout(f"Bij --door past één regel van hoogstens {VIA_TEKENS} tekens.", "Schrijf het korter.")
    with hold_werkmap(settings), Register.open(settings.map) as register:
        bevindingen = list(complete_destruction(settings, register))
        codes = [check_expired(settings, register, code)[0].code for code in dict.fromkeys(casussen)]
        _show_plan(settings, register, scherm, codes)
        if not ja and not confirm("Dit kan niet ongedaan gemaakt worden. Vernietigen?"):
            scherm.show_regel("Er is niets vernietigd.")
            return ExitCode.KLAAR
        for code in dict.fromkeys(codes):
            destroy_case(settings, register, code, naam)
        bevindingen += complete_destruction(settings, register)
    return _show_done(scherm, codes, bevindingen)


def _show_list(settings: Settings, scherm: Scherm) -> int:
    with Register.open(settings.map, alleen_lezen=True) as register:
        regels = list_bewaring(settings, register.list_dossiers())
        vernietigd = register.list_vernietigingen()
        wacht = register.list_op_te_ruimen()
        verstreken = [regel.casuscode for regel in regels if regel.verstreken]
        if settings.werkmap.bewaartermijn is None:
            scherm.show_regel("Er is geen bewaartermijn vastgelegd; er vervalt niets.", "yellow")
            scherm.show_regel("→ Spreek hem af met uw overleg en vul hem in werkmap.toml in bij “bewaartermijn”.")
        if not regels:
            scherm.show_regel("Er zijn geen afgesloten casussen.")
        for regel in regels:
            scherm.show_regel(_describe(regel), "bold" if regel.verstreken else "")
        _show_plan(settings, register, scherm, verstreken)
        bevindingen = verify_manifests(settings.map, register)
    for record in vernietigd:
        scherm.show_regel(f"{record.casuscode}: vernietigd op {format_datum(record.op)} door {record.door}.", "dim")
    if wacht:
        scherm.show_regel("Van een vernietiging moeten nog bestanden gewist worden.", "yellow")
        scherm.show_regel(f"→ Start: overleg verwerk {settings.map}")
    if verstreken:
        scherm.show_regel(f"→ Vernietigen: overleg bewaring {settings.map} --vernietig {' '.join(verstreken)}")
    scherm.show_bevindingen("", bevindingen)
    return ExitCode.BEVINDINGEN if verstreken or wacht or bevindingen else ExitCode.KLAAR


def _describe(regel: Bewaarregel) -> str:
    sinds = f"{regel.casuscode}: afgesloten op {format_datum(regel.gesloten_op)}"
    if regel.tot is None:
        return f"{sinds}, geen einddatum."
    return f"{sinds}, bewaard tot en met {format_datum(regel.tot)}{' — verstreken' if regel.verstreken else ''}."


def _show_plan(settings: Settings, register: Register, scherm: Scherm, codes: Iterable[str]) -> None:
    for code in codes:
        dossier = register.get_dossier(code)
        if dossier is not None:
            for regel in _describe_plan(code, find_holdings(settings, register, dossier)):
                scherm.show_regel(regel)


def _describe_plan(code: str, bezit: Bezit) -> list[str]:
    wat = "; ".join(f"{soort}: {aantal}" for soort, aantal in bezit.aantallen.items() if aantal)
    regels = [f"Met casus {code} verdwijnt — {wat}."]
    if bezit.ook_over:
        anderen = ", ".join(bezit.ook_over)
        regels.append(
            f"  Let op: hieronder zijn documenten en besluitformulieren waarin ook andere casussen staan ({anderen}). "
            "Het register houdt van die casussen alles; de bestanden zelf verdwijnen."
        )
    if bezit.gebleven:
        regels.append(
            "  Een aanmeldformulier waarmee ook een andere casus binnenkwam, blijft in “archief” tot de laatste "
            "daarvan vernietigd wordt."
        )
    if bezit.reserve:
        regels.append("  De reservekopieën houden de casus ook: ze worden vervangen door één nieuwe, zonder de casus.")
    return regels


def _show_done(scherm: Scherm, codes: Sequence[str], bevindingen: Sequence[Bevinding]) -> int:
    for code in codes:
        scherm.show_regel(f"Casus {code} is vernietigd; het register houdt enkel dat, wanneer en door wie.", "bold")
    if not bevindingen:
        scherm.show_regel("De vorige reservekopieën zijn gewist en er is een nieuwe gemaakt.")
    scherm.show_regel(f"Let op: {_BUITEN}", "yellow")
    scherm.show_bevindingen("", bevindingen)
    return ExitCode.BEVINDINGEN if bevindingen else ExitCode.KLAAR
