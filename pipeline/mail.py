"""Mail stage: a draft that carries a package, and the meeting for a calendar. Neutral: no case, no code, no name in it.

Works behind the wall, on the Deelbeelden of one recipient. Nothing is sent: a person opens the draft and decides.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from schemas.base import Vertrouwelijk
from schemas.deelbeeld import Deelbeeld, Ontmoeting
from schemas.verstrekking import Bestand
from schemas.woorden import tell_count

_DAG = re.compile(r"\d{4}-\d{2}-\d{2}")
_UUR = re.compile(r"(\d{1,2})[.:u](\d{2})")
#: Makes the uuids ours; it says nothing of a computer, an organisation or a case.
_NAAMRUIMTE = uuid5(NAMESPACE_URL, "urn:casusoverleg:overleg")
_GRENS = "casusoverleg-bijlage"
_SOORTEN = {
    "docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": ("application", "pdf"),
}


class Mail(Vertrouwelijk):
    """A draft."""

    aan: str
    onderwerp: str
    tekst: str


def build_mail(beelden: Sequence[Deelbeeld], *, met_bijlagen: bool, formulieren: int = 0) -> Mail | None:
    """The draft for the recipient of these copies; None for who has no address, and for the coordinator herself.

    `met_bijlagen`: the documents go along in the mail, because they are encrypted or the werkmap says so.
    `formulieren` counts the forms that lie beside the documents.
    """
    eerste = beelden[0]
    if eerste.ontvanger.email in ("", eerste.kop.contact.email):
        return None
    ontmoeting = _get_ontmoeting(beelden)
    nieuwe = sum(beeld.kop.vervangt > 0 for beeld in beelden)
    over = f"Documenten bij het overleg van {ontmoeting.datum}" if ontmoeting else f"Bericht van {eerste.kop.afzender}"
    contact = eerste.kop.contact
    regels = [
        f"{eerste.ontvanger.aanspreking or 'Geachte heer of mevrouw'},",
        " ".join(filter(None, (_describe_contents(len(beelden), formulieren, ontmoeting), _replace(nieuwe, beelden)))),
        _IN_BIJLAGE if met_bijlagen else _ANDERE_WEG,
        "Gebruik in een antwoord nooit een naam.",
        "Met vriendelijke groeten,",
        "\n".join((contact.naam, contact.functie, contact.organisatie, contact.telefoon, contact.email)),
    ]
    return Mail(
        aan=eerste.ontvanger.email,
        onderwerp=_one_line(f"Nieuwe versie: {over[0].lower()}{over[1:]}" if nieuwe == len(beelden) else over),
        tekst="\n\n".join(regels) + "\n",
    )


_IN_BIJLAGE = "U vindt alles in bijlage. Het is vertrouwelijk: geef het niet door en bewaar het veilig."
_ANDERE_WEG = "U krijgt alles langs de beveiligde weg die wij met u afspraken, en niet in deze mail."


def _describe_contents(aantal: int, formulieren: int, ontmoeting: Ontmoeting | None) -> str:
    er = "is er" if aantal + formulieren == 1 else "zijn er"
    wat = f"{er} {tell_count(aantal, 'document', 'documenten')}"
    if formulieren:
        wat += f" en {tell_count(formulieren, 'formulier', 'formulieren')} om in te vullen"
    if ontmoeting is None:
        return f"Voor u {wat}."
    waar = ", ".join(deel for deel in (ontmoeting.uur, ontmoeting.plaats) if deel)
    return f"Bij het overleg van {ontmoeting.datum}{f' ({waar})' if waar else ''} {wat} voor u."


def _replace(nieuwe: int, beelden: Sequence[Deelbeeld]) -> str:
    """Of so many next versions: that the earlier ones are not to be used any more."""
    if not nieuwe:
        return ""
    if nieuwe < len(beelden):
        wat = "Eén daarvan vervangt" if nieuwe == 1 else f"{nieuwe} daarvan vervangen"
    else:
        wat = "Het vervangt" if nieuwe == 1 else "Ze vervangen"
    return f"{wat} een vorige versie; gebruik die niet meer. Bovenaan staat wat er veranderde."


def write_text(mail: Mail) -> bytes:
    """The draft to copy from."""
    return f"Aan: {mail.aan}\nOnderwerp: {mail.onderwerp}\n\n{mail.tekst}".encode()


def write_eml(mail: Mail, bijlagen: Sequence[Bestand] = ()) -> bytes:
    """The draft that a mail program opens as unsent; the same bytes for the same draft and files."""
    bericht = EmailMessage(policy=SMTP)
    bericht["To"] = _one_line(mail.aan)
    bericht["Subject"] = mail.onderwerp
    bericht["X-Unsent"] = "1"
    bericht.set_content(mail.tekst, cte="quoted-printable")
    for bijlage in bijlagen:
        hoofd, onder = _SOORTEN.get(bijlage.naam.rpartition(".")[2], ("application", "octet-stream"))
        bericht.add_attachment(bijlage.inhoud, maintype=hoofd, subtype=onder, filename=bijlage.naam)
    if bijlagen:
        bericht.set_boundary(_GRENS)
    return bericht.as_bytes()


def build_afspraak(beelden: Sequence[Deelbeeld]) -> bytes | None:
    """The meeting of these copies for a calendar: day, hour and place, nobody and nothing else; None without one."""
    ontmoeting, dag = _get_ontmoeting(beelden), _get_dag(beelden)
    if ontmoeting is None or dag is None:
        return None
    tafel = beelden[0].kop.tafel
    event = Event()
    event.add("uid", str(uuid5(_NAAMRUIMTE, f"{tafel} {ontmoeting.naam} {dag.isoformat()}")))
    event.add("dtstamp", dt.datetime.combine(dag, dt.time(), dt.UTC))
    event.add("dtstart", _get_begin(dag, ontmoeting))
    event.add("summary", ontmoeting.naam)
    event.add("location", ontmoeting.plaats)
    event.add("class", "PRIVATE")
    kalender = Calendar()
    kalender.add("prodid", "-//casusoverleg//overleg//NL")
    kalender.add("version", "2.0")
    kalender.add("method", "PUBLISH")
    kalender.add_component(event)
    inhoud: bytes = kalender.to_ical()
    return inhoud


def _get_begin(dag: dt.date, ontmoeting: Ontmoeting) -> dt.date:
    """The hour as the table's own clock tells it; without an hour the whole day."""
    uur = _UUR.fullmatch(ontmoeting.uur)
    if uur is None or int(uur[1]) > 23 or int(uur[2]) > 59:
        return dag
    return dt.datetime.combine(dag, dt.time(int(uur[1]), int(uur[2])))


def _get_ontmoeting(beelden: Sequence[Deelbeeld]) -> Ontmoeting | None:
    return next((beeld.ontmoeting for beeld in beelden if beeld.ontmoeting is not None), None)


def _get_dag(beelden: Sequence[Deelbeeld]) -> dt.date | None:
    """The day stands in the key of a copy that is about a meeting."""
    delen = (deel for beeld in beelden if beeld.ontmoeting is not None for deel in beeld.sleutel.split("/"))
    return next((dt.date.fromisoformat(deel) for deel in delen if _DAG.fullmatch(deel)), None)


def _one_line(tekst: str) -> str:
    """A header ends where its line ends: what follows would be read as another one."""
    return " ".join(tekst.split())
