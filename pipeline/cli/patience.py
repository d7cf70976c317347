"""A form that is open in Word gets a moment to be closed, and the coordinator a sentence that says so."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import click

#: Seconds between two looks, and how often it is looked again.
TUSSEN = 2.0
POGINGEN = 5


def make_patience(pogingen: int) -> Callable[[Sequence[str]], bool]:
    """What waits a moment for files that are open elsewhere; False once it has waited so many times."""
    over = iter(range(pogingen))

    def wait(namen: Sequence[str]) -> bool:
        nummer = next(over, None)
        if nummer is None:
            return False
        if nummer == 0:
            wat = f"“{namen[0]}” is" if len(namen) == 1 else f"{len(namen)} formulieren zijn"
            click.echo(
                f"{wat} nog open in een ander programma. Bewaar en sluit; het programma wacht even "
                f"({TUSSEN * pogingen:.0f} seconden).",
                err=True,
            )
        time.sleep(TUSSEN)
        return True

    return wait
