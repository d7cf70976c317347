"""What click says in English of a wrong command line, said in Dutch."""

from __future__ import annotations

import click


def describe_usage(fout: click.ClickException) -> tuple[str, str]:
    """Sentence and remedy for a wrong use of the command line."""
    ctx = fout.ctx if isinstance(fout, click.UsageError) else None
    hulp = f"Typ “{ctx.command_path if ctx else 'overleg'} --help” voor uitleg."
    if isinstance(fout, click.NoSuchOption):
        lijkt = f"Bedoelde u {fout.possibilities[0]}? " if fout.possibilities else ""
        return f"De optie {fout.option_name} bestaat niet.", f"{lijkt}{hulp}"
    if isinstance(fout, click.MissingParameter):
        return f"Er ontbreekt iets: {_name(fout)}.", hulp
    if isinstance(fout, click.BadParameter):
        return f"De waarde bij {_name(fout)} kan niet gebruikt worden.", hulp
    if ctx is not None and isinstance(ctx.command, click.Group):
        return "Dat commando bestaat niet.", f"Kies uit: {', '.join(ctx.command.list_commands(ctx))}."
    return "De opdracht is niet begrepen.", hulp


def _name(fout: click.BadParameter) -> str:
    if fout.param is None:
        return "een van de waarden"
    return fout.param.human_readable_name if isinstance(fout.param, click.Argument) else fout.param.opts[0]
