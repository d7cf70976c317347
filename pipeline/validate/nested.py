"""A table in a cell of another: the answer beside its label holds the same words already."""

from __future__ import annotations

from schemas.inzending import RuweSoort, RuweTabel, RuwFormulier

from .rowtables import is_inside
from .slots import as_text


def drop_nested(ruw: RuwFormulier) -> RuwFormulier:
    """The form without tables, and loose text in them, of which one answer from elsewhere tells every word."""
    verteld = [(a, _squeeze(as_text(a))) for a in ruw.antwoorden if a.soort is RuweSoort.LABEL and not a.leeg]
    dubbel = []
    for tabel in ruw.tabellen:
        woorden = _squeeze("".join(cel for rij in tabel.rijen for cel in rij))
        if woorden and any(woorden in tekst and not is_inside(antwoord, tabel) for antwoord, tekst in verteld):
            dubbel.append(tabel)
    if not dubbel:
        return ruw
    los = tuple(tekst for tekst in ruw.los if not any(_holds(tabel, tekst.plaats) for tabel in dubbel))
    return ruw.model_copy(update={"tabellen": tuple(t for t in ruw.tabellen if t not in dubbel), "los": los})


def _holds(tabel: RuweTabel, plaats: str) -> bool:
    return plaats == tabel.plaats or plaats.startswith(f"{tabel.plaats},")


def _squeeze(tekst: str) -> str:
    return "".join(tekst.split())
