"""Faults in a region's data or a werkmap.toml, as sentences; the edge turns them into its own errors."""

from __future__ import annotations

from collections.abc import Sequence


class DataFout(Exception):
    """Faulty data; `fouten` holds one Dutch sentence per fault, all of them at once."""

    def __init__(self, fouten: Sequence[str]) -> None:
        """Join all faults, so that one run shows them all."""
        super().__init__("\n".join(fouten))
        self.fouten = tuple(fouten)


class OnbekendeTafel(DataFout):
    """Nobody wrote data for the table that was asked for."""
