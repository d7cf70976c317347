"""The command line: each command parses, calls one function, prints. Errors become a sentence and an exit code here."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from pipeline.cli.commands import cli
from pipeline.cli.show import Scherm
from pipeline.cli.usage import describe_usage
from pipeline.errors import ConfiguratieFout, ExitCode, GebruikFout, OverlegFout
from schemas.fouten import DataFout, OnbekendeTafel

__all__ = ["cli", "main"]


def main(args: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    for stroom in (sys.stdout, sys.stderr):
        herstel: Any = getattr(stroom, "reconfigure", None)
        if herstel is not None:  # a Windows console may still speak cp1252
            herstel(encoding="utf-8", errors="replace")
    sys.exit(run_cli(args))


def run_cli(args: list[str] | None = None) -> int:
    """Run one command. Returns the exit code."""
    scherm = Scherm(Console(stderr=True, highlight=False))
    try:
        uitkomst = cli.main(args=args, prog_name="overleg", standalone_mode=False)
    except click.ClickException as fout:
        scherm.show_fout(GebruikFout(*describe_usage(fout)))
        return ExitCode.GEBRUIK
    except click.Abort:
        scherm.show_regel("Afgebroken. Wat al klaar was, blijft; een volgende keer gaat verder waar dit stopte.")
        return ExitCode.BEVINDINGEN
    except OnbekendeTafel as fout:
        scherm.show_fout(GebruikFout(str(fout)))
        return ExitCode.GEBRUIK
    except DataFout as fout:
        scherm.show_fout(ConfiguratieFout(fout.fouten))
        return ExitCode.CONFIGURATIE
    except OverlegFout as fout:
        scherm.show_fout(fout)
        return fout.exit_code
    except OSError:  # of standard output itself: a full disk, a pipe that closed
        scherm.show_fout(OverlegFout("De uitvoer kon niet geschreven worden.", "Maak plaats op de schijf en herbegin."))
        return ExitCode.CONFIGURATIE
    except Exception as fout:  # the last boundary: a fault of ours shows where, never what a form held
        scherm.show_fout(OverlegFout(_describe_own_fault(fout), _OWN_REMEDY))
        return ExitCode.EIGEN_FOUT
    return uitkomst if isinstance(uitkomst, int) else ExitCode.KLAAR


_OWN_REMEDY = (
    "Er is niets verloren: start opnieuw. Blijft het misgaan, bezorg deze regel dan aan wie het programma beheert."
)


def _describe_own_fault(fout: Exception) -> str:
    laatste = traceback.extract_tb(fout.__traceback__)[-1]
    return (
        f"Fout in het programma zelf: {type(fout).__name__} in {Path(laatste.filename).name}, regel {laatste.lineno}."
    )
