"""Which packages are encrypted, with whose passphrase; no passphrase, no package."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.encrypt import check_wachtwoord, encrypt_pdf, encrypt_word
from pipeline.errors import GebruikFout, PoortFout
from pipeline.settings import Settings
from schemas.verstrekking import Bestand

_REMEDIE = (
    "Start dezelfde opdracht zelf in een venster: dan wordt het gevraagd, en kunt u het in de sleutelbos van deze "
    "computer laten bewaren. Geef het wachtwoord aan de ontvanger langs een andere weg dan het pakket."
)


def find_key(settings: Settings, ontvanger: str) -> str | None:
    """The passphrase for this recipient's documents; None when they go out as they are.

    Raises PoortFout when they must be encrypted and there is no passphrase that can serve.
    """
    partner = settings.werkmap.get_partner(ontvanger)
    if partner is None or not settings.werkmap.wants_encryption(partner):
        return None
    wachtwoord = settings.get_wachtwoord(partner)
    if wachtwoord is None:
        raise PoortFout(
            f"De documenten voor {partner.naam} moeten versleuteld worden, en er is geen wachtwoord.", _REMEDIE
        )
    try:
        return check_wachtwoord(wachtwoord)
    except GebruikFout as fout:
        raise PoortFout(f"Het wachtwoord voor {partner.naam} is niet bruikbaar. {fout.melding}", fout.remedie) from None


def protect(bestanden: Sequence[Bestand], sleutel: str | None) -> list[Bestand]:
    """A document's files as they are delivered: its Word and PDF encrypted, whatever else travels with it as it is.

    A form that travels with a document stays open: it has to come back readable. Raises PoortFout.
    """
    if sleutel is None:
        return list(bestanden)
    word, pdf, *bijlagen = bestanden
    dicht = word.model_copy(update={"inhoud": encrypt_word(word.inhoud, sleutel)})
    return [dicht, protect_pdf(pdf, sleutel), *bijlagen]


def protect_pdf(pdf: Bestand, sleutel: str | None) -> Bestand:
    """A PDF as it is delivered. Raises PoortFout."""
    return pdf if sleutel is None else pdf.model_copy(update={"inhoud": encrypt_pdf(pdf.inhoud, sleutel)})
