"""The tables that tests play, by what makes them fit for it; their names stand in `tafels.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path

_NAMEN: dict[str, str] = tomllib.loads(Path(__file__).with_name("tafels.toml").read_text(encoding="utf-8"))


def name_tafel(wat: str) -> str:
    """The name of the table: region and folder."""
    return _NAMEN[wat]
