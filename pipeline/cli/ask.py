"""Questions on the screen, in Dutch; who cannot answer has said no."""

from __future__ import annotations

import click

_JA = frozenset({"j", "ja", "y", "yes"})


def confirm(vraag: str) -> bool:
    """Ask for yes or no; anything but yes is no. Raises click.Abort when there is nobody to answer."""
    antwoord: str = click.prompt(f"{vraag} [j/N]", default="n", show_default=False, err=True)
    return antwoord.strip().casefold() in _JA
