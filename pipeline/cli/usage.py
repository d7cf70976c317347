"""What click says in English of a command line, said in Dutch: its help, and what is wrong with it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

_HULP = "Toon deze uitleg."


class BestandFout(click.BadParameter):
    """A file that an argument names is not there, or is a folder; the message is Dutch."""


class Bestand(click.Path):
    """A file that must be there."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, exists=True, dir_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """As click does, but saying which file."""
        if os.path.isdir(value):  # noqa: PTH112 - a name that is too long is no reason to raise
            raise BestandFout(f"{value} is een map, geen bestand.", ctx, param)
        if not os.path.exists(value):  # noqa: PTH110
            raise BestandFout(f"Het bestand {value} is er niet.", ctx, param)
        return super().convert(value, param, ctx)


class Opdracht(click.Command):
    """A command with Dutch help."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Click's own, with Dutch help."""
        optie = super().get_help_option(ctx)
        if optie is not None:
            optie.help = _HULP
        return optie

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The first line."""
        delen = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, delen.replace("[OPTIONS]", "[OPTIES]"), prefix="Gebruik: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options; one that must be given says so."""
        opties = [optie for optie in self.get_params(ctx) if isinstance(optie, click.Option)]
        regels = [regel for optie in opties if (regel := optie.get_help_record(ctx))]
        with formatter.section("Opties"):
            formatter.write_dl([(naam, hulp.replace("[required]", "[verplicht]")) for naam, hulp in regels])


class Opdrachten(Opdracht, click.Group):
    """A group of such commands."""

    command_class = Opdracht

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The first line, of a group."""
        formatter.write_usage(ctx.command_path, "OPDRACHT …", prefix="Gebruik: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands."""
        super().format_options(ctx, formatter)
        with formatter.section("Opdrachten"):
            formatter.write_dl([(naam, opdracht.get_short_help_str(100)) for naam, opdracht in self.commands.items()])


def describe_usage(fout: click.ClickException) -> tuple[str, str]:
    """Sentence and remedy for a wrong use of the command line."""
    ctx = fout.ctx if isinstance(fout, click.UsageError) else None
    hulp = f"Typ “{ctx.command_path if ctx else 'overleg'} --help” voor uitleg."
    if isinstance(fout, click.NoSuchOption):
        lijkt = f"Bedoelde u {fout.possibilities[0]}? " if fout.possibilities else ""
        return f"De optie {fout.option_name} bestaat niet.", f"{lijkt}{hulp}"
    if isinstance(fout, click.MissingParameter):
        return f"Er ontbreekt iets: {_name(fout)}.", hulp
    if isinstance(fout, BestandFout):
        return fout.message, "Kijk de naam na, en in welke map het staat."
    if isinstance(fout, click.BadParameter):
        return f"De waarde bij {_name(fout)} kan niet gebruikt worden.", f"{_expect(fout)}{hulp}"
    if isinstance(fout, click.BadOptionUsage):
        return f"Bij de optie {fout.option_name} hoort een waarde.", hulp
    if ctx is not None and isinstance(ctx.command, click.Group):
        return "Die opdracht bestaat niet.", f"Kies uit: {', '.join(ctx.command.list_commands(ctx))}."
    return "De opdracht is niet begrepen.", hulp


def _expect(fout: click.BadParameter) -> str:
    soort = fout.param.type if fout.param is not None else None
    if isinstance(soort, click.Choice):
        return f"Kies uit: {', '.join(soort.choices)}. "
    if isinstance(soort, click.DateTime):
        return "Schrijf een dag die bestaat als 2026-12-17 of 17/12/2026. "
    if isinstance(soort, click.Path):
        return "Geef een bestand op, geen map. " if soort.file_okay else "Geef een map op, geen bestand. "
    return ""


def _name(fout: click.BadParameter) -> str:
    if fout.param is None:
        return "een van de waarden"
    return fout.param.human_readable_name if isinstance(fout.param, click.Argument) else fout.param.opts[0]
