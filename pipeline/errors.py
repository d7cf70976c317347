"""The errors that stop a run, each with its exit code and a Dutch sentence for the coordinator.

    OverlegFout (70)
    ├── GebruikFout (2)        wrong use of a command
    ├── ConfiguratieFout (3)   a faulty werkmap.toml, region file or template: all faults at once
    ├── InvoerFout (4)         a file that cannot be read as a form
    ├── PoortFout (5)          a gate stopped delivery
    └── WerkmapBezet (6)       another run holds the werkmap

A message names file, key, label or place; never what a form contains.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from schemas.bevinding import Bevinding


class ExitCode(IntEnum):
    """What the command line returns."""

    KLAAR = 0
    BEVINDINGEN = 1
    GEBRUIK = 2
    CONFIGURATIE = 3
    INVOER = 4
    POORT = 5
    BEZET = 6
    EIGEN_FOUT = 70


class OverlegFout(Exception):
    """Base of all errors of ours: a Dutch `melding` and a `remedie`."""

    exit_code = ExitCode.EIGEN_FOUT

    def __init__(self, melding: str, remedie: str = "") -> None:
        """Carry the sentence and what to do next; say nothing by itself."""
        super().__init__(melding)
        self.melding = melding
        self.remedie = remedie


class GebruikFout(OverlegFout):
    """The command was used wrongly."""

    exit_code = ExitCode.GEBRUIK


class ConfiguratieFout(OverlegFout):
    """Faulty data of the region or the werkmap; `fouten` lists every fault, one sentence each."""

    exit_code = ExitCode.CONFIGURATIE

    def __init__(self, fouten: Sequence[str], remedie: str = "Verbeter deze regels en probeer opnieuw.") -> None:
        """Join all faults, so that one run shows them all."""
        super().__init__("\n".join(fouten), remedie)
        self.fouten = tuple(fouten)


class InvoerFout(OverlegFout):
    """A file that was refused; the Bevinding says why."""

    exit_code = ExitCode.INVOER

    def __init__(self, bevinding: Bevinding) -> None:
        """Carry the finding that refused the file."""
        super().__init__(bevinding.melding, bevinding.remedie)
        self.bevinding = bevinding


class PoortFout(OverlegFout):
    """A gate stopped a document; nothing of its package was written."""

    exit_code = ExitCode.POORT


class WerkmapBezet(OverlegFout):
    """Another run holds the werkmap's lock."""

    exit_code = ExitCode.BEZET
