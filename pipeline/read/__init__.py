"""Stage read: the bytes of a filled-in form become a RuwFormulier, or one clear refusal.

A run reads with `make_safe_lezer`, in a process that a hostile file cannot take along; `read_formulier` reads here.
"""

from __future__ import annotations

from pipeline.read.lezing import Bericht, Bijlage
from pipeline.read.reader import Lezer, make_safe_lezer
from schemas.inzending import RuwFormulier

__all__ = ["Bericht", "Bijlage", "Lezer", "make_safe_lezer", "read_formulier"]


def read_formulier(bestand: str, inhoud: bytes) -> RuwFormulier:
    """Return what stands in a form: Word, PDF, what LibreOffice converts, or a message with one of these.

    `bestand` is used in messages only; what the file is, its bytes say. Raises InvoerFout, whose Bevinding names the
    file, the reason and the remedy, and nothing else. The answers are untrusted text.
    """
    return Lezer().read_one(bestand, inhoud)
