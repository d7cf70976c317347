"""The findings on a melding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pipeline.rowcheck import OPNIEUW, build_refusal, build_warning
from pipeline.update.texts import tell
from schemas.bevinding import Bevinding
from schemas.datum import format_datum


def refuse_soort_now(plaats: str, soort: str, fase: str, toegelaten: Sequence[str]) -> Bevinding:
    """A kind that does not fit the phase of the dossier."""
    keuze = ", ".join(f"“{label}”" for label in toegelaten) or "geen enkele melding"
    return build_refusal(
        "melding-niet-toegelaten",
        plaats,
        f"Deze melding kan niet in de fase van dit dossier: “{soort}” past niet bij “{fase}”. Wel mogelijk: {keuze}.",
        f"Kies een melding die wel kan {OPNIEUW}",
    )


def refuse_incomplete(plaats: str, soort: str, label: str) -> Bevinding:
    """A kind without what belongs to it."""
    return build_refusal(
        "melding-onvolledig",
        plaats,
        f"Bij de melding “{soort}” hoort een antwoord op “{label}”; dat vak is leeg.",
        f"Vul het vak in {OPNIEUW}",
    )


def refuse_to_self(plaats: str, van: str, naar: str) -> Bevinding:
    """A handover to who hands over."""
    return build_refusal(
        "overdracht-aan-zichzelf",
        plaats,
        f"Bij “{van}” en “{naar}” staat dezelfde partner.",
        f"Verbeter een van beide vakken {OPNIEUW}",
    )


def refuse_other_case(plaats: str, label: str) -> Bevinding:
    """A row of another case."""
    return build_refusal(
        "rij-andere-casus",
        plaats,
        f"De code bij “{label}” is niet die van de casus waarvoor dit formulier gemaakt werd.",
        f"Neem de code ongewijzigd over, of maak de status van deze rij leeg, {OPNIEUW}",
    )


def refuse_unknown_todo(plaats: str, label: str) -> Bevinding:
    """A number that no to-do of the case has."""
    return build_refusal(
        "afspraak-onbekend",
        plaats,
        f"Bij “{label}” staat geen nummer van een afspraak van deze casus.",
        f"Neem het nummer ongewijzigd over, of maak de status van deze rij leeg, {OPNIEUW}",
    )


def refuse_double_todo(plaats: str) -> Bevinding:
    """Two rows about one to-do."""
    return build_refusal(
        "afspraak-dubbel", plaats, "Deze afspraak staat meer dan eens op het formulier.", f"Houd één rij over {OPNIEUW}"
    )


def warn_overtaken(plaats: str, datum: dt.date) -> Bevinding:
    """A status of which something later is known."""
    return build_warning(
        "status-ingehaald",
        plaats,
        f"Over deze afspraak is al iets anders genoteerd, van een latere dag: {format_datum(datum)}. Dat blijft staan.",
        "Klopt dat niet, geef de juiste status dan door met een nieuwe melding.",
    )


def tell_handed_over(plaats: str, nummer: str, namen: str) -> Bevinding:
    """A to-do that changed hands."""
    return tell(
        "afspraak-overgedragen",
        plaats,
        f"{_describe_todo(nummer)} is overgedragen aan {namen}.",
        "Breng hen op de hoogte: het verslag en de takenlijst van het overleg zelf veranderen niet.",
    )


def warn_todo_left(plaats: str, naam: str, nummer: str, tegen: dt.date | None) -> Bevinding:
    """An open to-do of who stopped."""
    wanneer = f", tegen {format_datum(tegen)}" if tegen else ""
    return build_warning(
        "afspraak-blijft-liggen",
        plaats,
        f"{naam} is gestopt, maar heeft nog een openstaande afspraak: {_describe_todo(nummer)}{wanneer}.",
        "Spreek af wie de afspraak overneemt en noteer dat met een melding, of geef de status van de afspraak door.",
    )


def warn_action_left(plaats: str, naam: str, nummer: int) -> Bevinding:
    """A row of the plan that still names who stopped or handed over."""
    return build_warning(
        "actie-blijft-liggen",
        plaats,
        f"{naam} staat in het plan van aanpak nog als uitvoerder van een actie: rij {nummer}.",
        "Pas het plan aan en leg het opnieuw in de map “in”.",
    )


def _describe_todo(nummer: str) -> str:
    return f"Afspraak {nummer}" if nummer else "Een afspraak zonder nummer"
