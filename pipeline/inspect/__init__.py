"""The gates on free text: known people, shapes of numbers, and for an anonymous case every unexplained word.

They are a brake, never the filter: they stop a copy until the coordinator has answered. Nothing is changed silently.
"""

from __future__ import annotations

from .aanmelding import inspect_aanmelding, inspect_casusformulier
from .beeld import inspect_beeld
from .kennis import build_kennis

__all__ = ["build_kennis", "inspect_aanmelding", "inspect_beeld", "inspect_casusformulier"]
