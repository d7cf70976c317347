"""Overview stage: an Overzicht in, one HTML page out that stands by itself: no script, picture or anything outside."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from schemas.overzicht import Overzicht

__all__ = ["build_overzicht"]

_PAGINA = Path(__file__).parent / "overzicht.html"


def build_overzicht(overzicht: Overzicht) -> bytes:
    """The page; the same bytes for the same overzicht."""
    return _load_template().render(overzicht.model_dump()).encode("utf-8")


@lru_cache(maxsize=1)
def _load_template() -> Template:
    omgeving: Environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    return omgeving.from_string(_PAGINA.read_text(encoding="utf-8"))
