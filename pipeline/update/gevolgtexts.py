"""The findings on where a melding leads."""

from __future__ import annotations

from pipeline.rowcheck import OPNIEUW, build_refusal, build_warning
from schemas.bevinding import Bevinding
from schemas.tafel import Dossierrol, Meldingsoort


def refuse_plans_nothing(plaats: str, label: str, soort: Meldingsoort) -> Bevinding:
    """A day for a next overleg to which this kind does not lead."""
    return build_refusal(
        "datum-zonder-vervolg",
        plaats,
        f"Bij “{label}” staat een datum, maar de melding “{soort.label}” plant geen overleg op afspraak.",
        f"Kies een andere melding of maak de datum leeg {OPNIEUW}",
    )


def refuse_past(plaats: str, label: str) -> Bevinding:
    """A day for a next overleg that has passed."""
    return build_refusal(
        "overleg-voorbij",
        plaats,
        f"De datum bij “{label}” is voorbij.",
        f"Vul een dag in die nog komt {OPNIEUW}",
    )


def warn_without_drager(plaats: str, rol: Dossierrol, naam: str) -> Bevinding:
    """Who held a role has stopped, and nobody took it over."""
    return build_warning(
        "rol-zonder-drager",
        plaats,
        f"{naam} is gestopt en was {rol.label.lower()} van deze casus; niemand nam dat over.",
        "Spreek af wie het overneemt en geef dat door met een melding.",
    )
