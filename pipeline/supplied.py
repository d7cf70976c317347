"""What comes with the program besides its code: beside the packages in a checkout, within them once it is installed."""

from __future__ import annotations

from pathlib import Path

_HIER = Path(__file__).resolve().parent


def find_supplied(naam: str) -> Path:
    """The folder or file with this name that came with the program."""
    geinstalleerd = _HIER / "meegeleverd" / naam
    return geinstalleerd if geinstalleerd.exists() else _HIER.parent / naam
