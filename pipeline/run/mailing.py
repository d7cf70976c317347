"""What lies beside the documents of a package for the coordinator's own mail program and calendar."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.mail import build_afspraak, build_mail, write_eml, write_text
from pipeline.settings import Settings
from schemas.deelbeeld import Deelbeeld
from schemas.documentsoort import Moment
from schemas.verstrekking import Bestand

#: Names without their number; a second package in one folder has the number of its manifest.
TEKST, CONCEPT, AFSPRAAK = "mail.txt", "mail.eml", "afspraak.ics"


def make_mailing(
    settings: Settings,
    beelden: Sequence[Deelbeeld],
    documenten: Sequence[Bestand],
    manifest: str,
    formulieren: int,
    *,
    veilig: bool,
) -> list[Bestand]:
    """The draft as text and as an unsent message, and the meeting; without an address no draft.

    `formulieren` counts the forms to fill in. `documenten` go along in the message only when they are encrypted
    (`veilig`) or the werkmap says so.
    """
    met_bijlagen = veilig or settings.werkmap.mail_bijlagen
    mail = build_mail(beelden, met_bijlagen=met_bijlagen, formulieren=formulieren)
    inhouden = {AFSPRAAK: build_afspraak(_list_upcoming(settings, beelden))}
    if mail is not None:
        inhouden |= {TEKST: write_text(mail), CONCEPT: write_eml(mail, documenten if met_bijlagen else ())}
    gemaakt = {naam: inhoud for naam, inhoud in inhouden.items() if inhoud is not None}
    return [Bestand(naam=number_name(naam, manifest), inhoud=inhoud) for naam, inhoud in gemaakt.items()]


def _list_upcoming(settings: Settings, beelden: Sequence[Deelbeeld]) -> list[Deelbeeld]:
    """The copies that prepare a meeting: of what follows one, nobody needs it in his calendar."""
    voorbereidend = {soort.id for soort in settings.data.documenten if soort.moment is Moment.VOORBEREIDING}
    return [beeld for beeld in beelden if beeld.documentsoort in voorbereidend]


def list_mail_names(settings: Settings, beelden: Sequence[Deelbeeld], manifest: str) -> list[str]:
    """The names of what `make_mailing` makes."""
    namen = [AFSPRAAK] if build_afspraak(_list_upcoming(settings, beelden)) is not None else []
    namen += [TEKST, CONCEPT] if build_mail(beelden, met_bijlagen=False) is not None else []
    return [number_name(naam, manifest) for naam in namen]


def number_name(naam: str, manifest: str) -> str:
    """A name with the number of the manifest: mail.txt beside manifest.json, mail-2.txt beside manifest-2.json."""
    pad = Path(naam)
    return f"{pad.stem}{Path(manifest).stem.removeprefix('manifest')}{pad.suffix}"
