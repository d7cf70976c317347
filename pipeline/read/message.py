"""What both kinds of message share: bounds, names for display, and sorting files that may be a form from the rest."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field

from pipeline.errors import InvoerFout
from pipeline.kinds import detect_kind
from pipeline.read.lezing import Bericht, Bijlage
from pipeline.safezip import MAX_FILE, build_refusal
from schemas.inzending import Herkomst

MAX_DEPTH = 3
MAX_FILES = 50
_NAME = 100
_TNEF = ("winmail.dat", "win.dat")
_TNEF_START = b"\x78\x9f\x3e\x22"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF", b"<svg", b"<?xml")


@dataclass
class Collector:
    """Collects the files of one message, those of the messages in it included."""

    bestand: str
    inhoud: bytes
    bijlagen: list[Bijlage] = field(default_factory=list)
    overige: list[str] = field(default_factory=list)
    seen: int = 0
    tnef: bool = False

    def make_herkomst(self, afzender: str, verzonden_op: dt.datetime | None) -> Herkomst:
        """Return who sent it and when, as the message says, with the message that came in."""
        bericht = hashlib.sha256(self.inhoud).hexdigest()
        return Herkomst(bericht=bericht, afzender=clean_name(afzender), verzonden_op=verzonden_op)

    def add(self, naam: str, inhoud: bytes, herkomst: Herkomst, *, inline: bool = False) -> None:
        """Keep a file; an inline picture is part of the words. Raises InvoerFout for too many or too large."""
        self.seen += 1
        if self.seen > MAX_FILES or sum(len(b.inhoud) for b in self.bijlagen) + len(inhoud) > MAX_FILE:
            raise build_refusal(
                "bericht-te-groot",
                self.bestand,
                "{bestand} is een bericht met meer of grotere bijlagen dan gelezen wordt.",
                "Bewaar de formulieren die erin zitten apart en dien die in.",
            )
        naam = clean_name(naam) or "bijlage zonder naam"
        if naam.lower() in _TNEF or inhoud.startswith(_TNEF_START):
            self.tnef = True
            self.overige.append(naam)
        elif detect_kind(inhoud) not in ("bin", "eml", "msg"):
            self.bijlagen.append(Bijlage(naam=naam, inhoud=inhoud, herkomst=herkomst))
        elif not (inline and inhoud.startswith(_PICTURES)):
            self.overige.append(naam)

    def skip(self, naam: str) -> None:
        """Name what is not opened."""
        self.overige.append(clean_name(naam))

    def finish(self) -> Bericht:
        """Return the message. Raises InvoerFout when there is no document in it."""
        if self.bijlagen:
            return Bericht(bijlagen=tuple(self.bijlagen), overige=tuple(self.overige))
        raise self._refuse_empty()

    def _refuse_empty(self) -> InvoerFout:
        if self.tnef:
            return build_refusal(
                "bericht-winmail",
                self.bestand,
                "{bestand} is een bericht waarvan Outlook de bijlagen in “winmail.dat” verpakte. Dat kan niet gelezen "
                "worden.",
                "Vraag de afzender het bericht opnieuw te sturen als HTML of als gewone tekst, niet als RTF.",
            )
        return build_refusal(
            "bericht-zonder-formulier",
            self.bestand,
            "{bestand} is een e-mailbericht zonder formulier als bijlage. De tekst van het bericht is niet gelezen.",
            "Lees het bericht zelf. Is het een aanmelding, vraag de afzender dan het ingevulde formulier.",
        )


def clean_name(text: str) -> str:
    """Return a name from a header as one short line that shows what it is: a path has no place in it."""
    visible = "".join(char if char.isprintable() else " " for char in text.replace("\\", "/").rpartition("/")[2])
    return " ".join(visible.split())[-_NAME:]


def refuse_depth(bestand: str) -> InvoerFout:
    """Return the error for messages in messages without end."""
    return build_refusal(
        "bericht-te-diep",
        bestand,
        "{bestand} is een bericht met berichten in berichten, dieper dan gelezen wordt.",
        "Bewaar de formulieren die erin zitten apart en dien die in.",
    )


def refuse_encrypted(bestand: str) -> InvoerFout:
    """Return the error for a message that only its receiver can open."""
    return build_refusal(
        "bericht-versleuteld",
        bestand,
        "{bestand} is een versleuteld bericht en kan niet gelezen worden.",
        "Open het in uw mailprogramma, bewaar het formulier dat erin zit en dien dat in.",
    )


def refuse_damaged_message(bestand: str) -> InvoerFout:
    """Return the error for a message that cannot be opened."""
    return build_refusal(
        "bericht-beschadigd",
        bestand,
        "{bestand} is een bericht dat beschadigd is en niet gelezen kan worden.",
        "Open het in uw mailprogramma, bewaar het formulier dat erin zit en dien dat in.",
    )
