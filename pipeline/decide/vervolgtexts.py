"""The findings on what a row says beyond the decision itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pipeline.rowcheck import OPNIEUW, build_refusal
from schemas.bevinding import Bevinding, Ernst
from schemas.datum import format_datum
from schemas.tafel import Besluit, Dossierrol


def refuse_without_drager(plaats: str, besluit: Besluit, rol: Dossierrol) -> Bevinding:
    """A decision after which somebody has to hold a role, and nobody does."""
    return build_refusal(
        "rol-niet-vervuld",
        plaats,
        f"Bij het besluit “{besluit.label}” hoort een {rol.label.lower()}; in dit dossier is er nog geen.",
        f"Vul in wie het wordt {OPNIEUW}",
    )


def refuse_plans_nothing(plaats: str, label: str, besluit: Besluit) -> Bevinding:
    """A day for a next overleg that this decision does not lead to."""
    return build_refusal(
        "datum-zonder-vervolg",
        plaats,
        f"Bij “{label}” staat een datum, maar na het besluit “{besluit.label}” volgt geen overleg op afspraak.",
        f"Kies een ander besluit of maak de datum leeg {OPNIEUW}",
    )


def refuse_not_later(plaats: str, label: str, datum: dt.date) -> Bevinding:
    """A next overleg that is not later than this one."""
    return build_refusal(
        "vervolg-niet-later",
        plaats,
        f"De datum bij “{label}” ligt niet na dit overleg, dat op {format_datum(datum)} was.",
        f"Verbeter de datum {OPNIEUW}",
    )


def tell_passage_unreached(plaats: str, groepen: Sequence[str], besluit: Besluit) -> Bevinding:
    """A passage that is ticked for a group to which no document brings it after this decision."""
    wie = " en ".join(f"“{groep}”" for groep in groepen)
    return Bevinding(
        code="passage-zonder-brief",
        plaats=plaats,
        melding=f"Deze passage is aangekruist voor {wie}, maar na “{besluit.label}” is er geen document dat ze brengt.",
        remedie="Spreek af wie het vertelt. Voor wie wel een document krijgt, verandert er niets.",
        ernst=Ernst.INFO,
    )
