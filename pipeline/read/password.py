"""The refusal of a file with a password, and how to get it opened: each program hides that elsewhere."""

from __future__ import annotations

from pipeline.errors import InvoerFout
from pipeline.safezip import build_refusal

_WORD = "in Word: Bestand, Info, Document beveiligen, Versleutelen met wachtwoord, en maak het vak leeg"
_ODT = "in LibreOffice: Bestand, Opslaan als, zonder kruisje bij “Met wachtwoord opslaan”"
_PDF = "in Word of LibreOffice: bewaar het formulier opnieuw als PDF, zonder wachtwoord"
_HOE = {"doc": _WORD, "docx": _WORD, "odt": _ODT, "pdf": _PDF}


def refuse_password(bestand: str, soort: str) -> InvoerFout:
    """Return the error for a file that asks for a password; `soort` is docx, doc, odt or pdf."""
    return build_refusal(
        "bestand-versleuteld",
        bestand,
        "{bestand} is met een wachtwoord beveiligd en kan niet gelezen worden.",
        "Kent u het wachtwoord, open het dan en bewaar zonder wachtwoord "
        f"({_HOE[soort]}). Kent u het niet, vraag de afzender dan het formulier zonder wachtwoord, "
        "langs een veilige weg.",
    )
