"""Why a form is refused as a whole, and what to do: the sentences of the intake."""

from __future__ import annotations

import datetime as dt

from schemas.datum import format_dag


def make_too_early(overleg: str, datum: dt.date) -> tuple[str, str]:
    """Of a decision form for a meeting that is still to come."""
    return (
        f"Dit overleg is nog niet geweest: dit formulier is van {overleg} van {format_dag(datum)}.",
        "Leg het formulier na het overleg opnieuw in de map “in”; het nummer blijft geldig.",
    )


LEEG = ("Dit formulier is niet ingevuld.", "Vraag de aanmelder het ingevulde formulier te sturen.")
GEEN_FORMULIER = (
    "Dit is geen formulier dat wij kennen; misschien is het een brief.",
    "Lees het zelf na. Is het een aanmelding, vraag dan het aanmeldformulier van de tafel in te vullen.",
)
ONBEKEND = (
    "Dit formulier is van deze tafel, maar deze soort is niet bekend.",
    "Kijk of het formulier recent is, en vraag zo nodig het huidige formulier in te vullen.",
)
GEEN_BESLUITEN = (
    "Op dit besluitformulier is bij geen enkele casus een besluit aangeduid.",
    "Vul het formulier in en leg het opnieuw in de map “in”; het nummer blijft geldig.",
)
NUMMER_ONBEKEND = (
    "Dit besluitformulier heeft geen nummer dat door deze werkmap is uitgegeven.",
    "Gebruik het formulier uit de map van het overleg in “uit”.",
)
NUMMER_GEBRUIKT = (
    "De besluiten met dit formuliernummer zijn al verwerkt; dit tweede formulier werd niet overgenomen.",
    "Wilt u een besluit verbeteren, maak dan met “overleg verbeter” een nieuw formulier.",
)
ANDER_OVERLEG = (
    "Het nummer van dit besluitformulier hoort bij een ander overleg.",
    "Gebruik het formulier uit de map van het juiste overleg in “uit”.",
)
