"""Questions on the screen, in Dutch; who cannot answer has said no."""

from __future__ import annotations

from collections.abc import Sequence

import click

_JA = frozenset({"j", "ja", "y", "yes"})


def confirm(vraag: str) -> bool:
    """Ask for yes or no; anything but yes is no. Raises click.Abort when there is nobody to answer."""
    antwoord: str = click.prompt(f"{vraag} [j/N]", default="n", show_default=False, err=True)
    return antwoord.strip().casefold() in _JA


def choose(vraag: str, keuzes: Sequence[str], standaard: str) -> str:
    """Ask for one of these words, again and again until one was typed. Raises click.Abort when nobody answers."""
    while True:
        antwoord: str = click.prompt(f"{vraag} ({', '.join(keuzes)})", default=standaard, err=True)
        gekozen = antwoord.strip().casefold().replace(" ", "-")
        if gekozen in keuzes:
            return gekozen
        click.echo(f"Dat antwoord ken ik niet. Kies uit: {', '.join(keuzes)}.", err=True)
