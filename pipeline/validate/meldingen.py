"""What a person reads of words that stand at no question, or of answers and marks that cannot be placed."""

from __future__ import annotations

from schemas.bevinding import Bevinding, Ernst
from schemas.inzending import RuwAntwoord

_PLAATSEN = 20  # so many places are named in one message
_LABEL_LENGTE = 60  # as much of a label as a message shows: a longer one is somebody's sentence


def report_unknown(label: str, plaats: str, ernst: Ernst = Ernst.WAARSCHUWING) -> Bevinding:
    """An answer to something that this form does not ask."""
    bij = f"Bij “{label[:_LABEL_LENGTE]}”" if any(map(str.isalnum, label)) else "Hier, zonder titel erbij,"
    return Bevinding(
        code="label-onbekend",
        plaats=plaats,
        melding=f"{bij} staat een antwoord, maar dit formulier kent die vraag niet.",
        remedie="Kijk in het origineel of het ergens anders hoort; het werd niet overgenomen.",
        ernst=ernst,
    )


def report_loose(plaatsen: list[str], *, verwacht: bool) -> Bevinding:
    """Text at no label, one finding for all of it; `verwacht` for headings, running heads and what stands on top."""
    uniek = list(dict.fromkeys(plaatsen))
    genoemd = "; ".join(uniek[:_PLAATSEN]) + (f"; en nog {len(uniek) - _PLAATSEN}" if len(uniek) > _PLAATSEN else "")
    return Bevinding(
        code="tekst-los",
        plaats=genoemd,
        melding="Hier staat tekst die bij geen enkele vraag hoort. Ze werd niet overgenomen.",
        remedie="Kijk in het origineel of het een antwoord is, en vraag de aanmelder zo nodig bij welke vraag.",
        ernst=Ernst.INFO if verwacht else Ernst.WAARSCHUWING,
    )


def report_rowless(antwoord: RuwAntwoord) -> Bevinding:
    """An answer outside the fields, of which nobody knows the row."""
    return Bevinding(
        code="antwoord-zonder-rij",
        plaats=antwoord.plaats,
        melding=f"Bij “{antwoord.label[:_LABEL_LENGTE]}” staat een antwoord buiten het invulvak; "
        "het is niet zeker bij welke rij het hoort.",
        remedie="Kijk in het origineel bij wie of wat het hoort; het werd niet overgenomen.",
        ernst=Ernst.WAARSCHUWING,
    )


def report_flag(antwoord: RuwAntwoord) -> Bevinding:
    """A mark of which nobody knows what it is about."""
    return Bevinding(
        code="vlag-zonder-rubriek",
        plaats=antwoord.plaats,
        melding=f"Bij “{antwoord.label[:_LABEL_LENGTE]}” is iets aangeduid, maar het is niet zeker waarover dat gaat. "
        "Het werd niet gebruikt; er wordt niets op gedeeld.",
        remedie="Kijk in het origineel, en vraag de aanmelder zo nodig met wie wat gedeeld mag worden.",
        ernst=Ernst.WAARSCHUWING,
    )
