"""What a passphrase must be for both kinds of file; it never stands in a message."""

from __future__ import annotations

import unicodedata

from pipeline.errors import GebruikFout, PoortFout

MIN_TEKENS = 12
#: A PDF takes 127 bytes of it, Word 255 characters.
MAX_BYTES = 127


def check_wachtwoord(wachtwoord: str) -> str:
    """The passphrase in the one form that every program makes of it. Raises GebruikFout when it cannot serve."""
    schoon = unicodedata.normalize("NFKC", wachtwoord)
    if len(schoon) < MIN_TEKENS:
        raise GebruikFout(f"Een wachtwoord heeft minstens {MIN_TEKENS} tekens.", "Neem enkele losse woorden na elkaar.")
    if not schoon.isprintable() or schoon != schoon.strip() or len(schoon.encode()) > MAX_BYTES:
        raise GebruikFout(
            "Dit wachtwoord is te lang, begint of eindigt met een spatie, of heeft een teken dat niemand kan typen.",
            "Neem enkele gewone woorden na elkaar.",
        )
    return schoon


def make_refusal(wat: str) -> PoortFout:
    """That encrypting did not do what it must."""
    return PoortFout(
        f"Het versleutelen van {wat} is niet gelukt: de controle achteraf keurde het bestand af.",
        "Er is niets klaargezet. Meld dit aan wie het programma beheert.",
    )
