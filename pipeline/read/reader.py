"""Reads any file that may hold a form, by whichever road it came, and converts it first when that is needed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from pipeline.read.convert import Omzetter, convert_with_office, report_converted
from pipeline.read.direct import read_direct
from pipeline.read.lezing import Bericht, Bijlage, Gelezen, Lezing, OmTeZetten
from pipeline.read.pool import get_leesproces
from pipeline.safezip import build_refusal
from schemas.inzending import RuwFormulier

_SAVE_APART = "Bewaar het formulier apart, als Word-document (.docx) of als PDF, en dien dat in."


class Vooruitlezer(Protocol):
    """Looks at one file ahead."""

    def begin(self, bestand: str, inhoud: bytes) -> None:
        """Begin; never raises."""

    def drop(self) -> None:
        """Forget what was begun."""


@dataclass(frozen=True)
class Lezer:
    """Reads files. `look` sees one file as it is, in this process or in another."""

    look: Callable[[str, bytes], Lezing] = read_direct
    convert: Omzetter = convert_with_office
    vooruit: Vooruitlezer | None = None  #: what looks at the next file while this process does something else

    def begin(self, bestand: str, inhoud: bytes) -> None:
        """Have the file that is read next looked at meanwhile, where that can be. Its turn tells what came of it."""
        if self.vooruit is not None:
            self.vooruit.begin(bestand, inhoud)

    def drop(self) -> None:
        """The file that was begun is not read after all."""
        if self.vooruit is not None:
            self.vooruit.drop()

    def read(self, bestand: str, inhoud: bytes) -> RuwFormulier | Bericht:
        """Return the form, or the message with the files that it carries, unread. Raises InvoerFout."""
        lezing = self.look(bestand, inhoud)
        if isinstance(lezing, OmTeZetten):
            return self._read_converted(bestand, inhoud, lezing)
        return lezing.formulier if isinstance(lezing, Gelezen) else lezing

    def read_attached(self, bestand: str, bijlage: Bijlage) -> RuwFormulier:
        """Return the form that a message carries, under the name `bestand`, with its herkomst. Raises InvoerFout."""
        gelezen = self.read(bestand, bijlage.inhoud)
        if isinstance(gelezen, Bericht):  # messages in messages were opened with the one around them
            raise build_refusal(
                "bestand-geen-formulier", bestand, "{bestand} is een bericht, geen formulier.", _SAVE_APART
            )
        return gelezen.model_copy(update={"herkomst": bijlage.herkomst})

    def read_one(self, bestand: str, inhoud: bytes) -> RuwFormulier:
        """Return the form; of a message the only document in it. Raises InvoerFout."""
        gelezen = self.read(bestand, inhoud)
        if isinstance(gelezen, RuwFormulier):
            return gelezen
        if len(gelezen.bijlagen) > 1:
            raise build_refusal(
                "bericht-met-meer",
                bestand,
                f"{{bestand}} is een bericht met {len(gelezen.bijlagen)} documenten als bijlage.",
                "Bewaar het formulier dat u bedoelt apart. “overleg verwerk” neemt ze wel allemaal.",
            )
        return self.read_attached(bestand, gelezen.bijlagen[0])

    def _read_converted(self, bestand: str, inhoud: bytes, lezing: OmTeZetten) -> RuwFormulier:
        gelezen = self.look(bestand, self.convert(bestand, inhoud, lezing.extensie))
        if not isinstance(gelezen, Gelezen):
            raise build_refusal(
                "omzetten-mislukt", bestand, "{bestand} kon niet omgezet worden om het te lezen.", _SAVE_APART
            )
        ruw = gelezen.formulier
        return ruw.model_copy(
            update={
                "soort": lezing.extensie,
                "sha256": hashlib.sha256(inhoud).hexdigest(),
                "bevindingen": (*report_converted(lezing.extensie), *lezing.bevindingen, *ruw.bevindingen),
            }
        )


def make_safe_lezer() -> Lezer:
    """Return a reader that looks at files in a process that can be killed."""
    proces = get_leesproces()
    return Lezer(look=proces.look, vooruit=proces)
