"""The findings on a form of the plan van aanpak."""

from __future__ import annotations

from pipeline.rowcheck import OPNIEUW, build_refusal, build_warning
from pipeline.update.texts import tell
from schemas.bevinding import Bevinding


def refuse_approved_without_date(plaats: str, label: str) -> Bevinding:
    """An approved plan of which nobody knows since when."""
    return build_refusal(
        "goedkeuring-zonder-datum",
        plaats,
        f"Het plan is goedgekeurd, maar “{label}” is leeg.",
        f"Vul de datum van de goedkeuring in {OPNIEUW}",
    )


def refuse_date_without_approval(plaats: str, label: str, stand: str) -> Bevinding:
    """A proposal with a date of approval: one of both is wrong."""
    return build_refusal(
        "datum-zonder-goedkeuring",
        plaats,
        f"Bij “{label}” staat een datum, maar volgens “{stand}” is dit nog een voorstel.",
        f"Kies wat klopt: maak de datum leeg of verander de stand, {OPNIEUW}",
    )


def warn_no_actor(plaats: str, label: str) -> Bevinding:
    """An action that nobody does."""
    return build_warning(
        "actie-zonder-uitvoerder", plaats, f"Bij deze actie is “{label}” leeg.", f"Vul aan wie het doet {OPNIEUW}"
    )


def warn_unseen(plaats: str, label: str, naam: str) -> Bevinding:
    """An action that its own actor does not read."""
    return build_warning(
        "uitvoerder-leest-niet",
        plaats,
        f"{naam} staat bij “{label}”, maar krijgt deze rij door de aanduidingen bij “Deelbaar met” niet te lezen.",
        f"Kruis aan wat erbij hoort {OPNIEUW} Of breng de uitvoerder zelf op de hoogte.",
    )


def warn_term_before_plan(plaats: str, label: str) -> Bevinding:
    """An action that was due before there was a plan."""
    return build_warning(
        "termijn-voor-plan",
        plaats,
        f"De datum bij “{label}” ligt voor die van het plan, en de actie is nog niet gedaan.",
        f"Verbeter de datum of de status {OPNIEUW}",
    )


def warn_before_case(plaats: str, label: str) -> Bevinding:
    """A plan from before the case came in."""
    return build_warning(
        "datum-voor-aanmelding",
        plaats,
        f"De datum bij “{label}” ligt voor de aanmelding van de casus; de termijnen tellen vanaf die datum.",
        f"Kijk de datum na; klopt ze niet, verbeter ze dan {OPNIEUW}",
    )


def warn_older(plaats: str, label: str) -> Bevinding:
    """Perhaps an old copy of the file."""
    return build_warning(
        "plan-ouder",
        plaats,
        f"De datum bij “{label}” ligt voor die van de vorige versie; misschien is dit een oud bestand.",
        f"Was dat zo, pas dan in het juiste bestand “{label}” aan {OPNIEUW}",
    )


def warn_unapproved(plaats: str, label: str) -> Bevinding:
    """A plan that was approved and now is not."""
    return build_warning(
        "goedkeuring-ingetrokken",
        plaats,
        f"De vorige versie van het plan was goedgekeurd; volgens “{label}” is het opnieuw een voorstel.",
        f"Was dat niet de bedoeling, verbeter dat dan {OPNIEUW}",
    )


def warn_same_day(plaats: str, label: str) -> Bevinding:
    """A change under the date of the version before it."""
    return build_warning(
        "plan-zelfde-datum",
        plaats,
        f"Het plan is gewijzigd, maar de datum bij “{label}” is die van de vorige versie.",
        f"Pas de datum aan {OPNIEUW}",
    )


def warn_not_asked(plaats: str) -> Bevinding:
    """A plan that no overleg asked for (S1:61)."""
    return build_warning(
        "plan-niet-gevraagd",
        plaats,
        "Voor deze casus heeft nog geen overleg een plan van aanpak gevraagd; het plan werd wel opgenomen.",
        "Kijk na of het besluit van het overleg al verwerkt is.",
    )


def tell_unchanged(plaats: str) -> Bevinding:
    """The same plan again."""
    return tell("plan-ongewijzigd", plaats, "Er is niets gewijzigd: dit is het plan zoals het er al was.")
