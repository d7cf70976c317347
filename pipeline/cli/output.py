"""What a command leaves: one JSON document on standard output, and its exit code."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from pipeline.errors import ExitCode, InvoerFout
from pipeline.run.results import Productie


@contextmanager
def refuse_in_json(bestand: Path, leeg: Mapping[str, object] | None) -> Iterator[None]:
    """A refused form is one JSON document too, with the finding that refused it; `leeg` is None without --json."""
    try:
        yield
    except InvoerFout as fout:
        if leeg is not None:
            bevindingen = [fout.bevinding.model_dump(mode="json")]
            print_json({"bestand": bestand.name, **leeg, "bevindingen": bevindingen})
        raise


def print_json(inhoud: object) -> None:
    """Print it as the one JSON document of this command."""
    click.echo(json.dumps(inhoud, ensure_ascii=False, indent=2))


def choose_exit(productie: Productie, *, needs_person: bool) -> ExitCode:
    """The exit code of a command that makes documents."""
    if productie.sjabloonfout:
        return ExitCode.CONFIGURATIE
    if productie.geweigerd:
        return ExitCode.POORT
    return ExitCode.BEVINDINGEN if needs_person or productie.bevindingen else ExitCode.KLAAR
