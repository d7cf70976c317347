"""The terms as a calendar file for Outlook, Thunderbird and the like: codes, dates and what falls due, nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import NAMESPACE_URL, uuid5

from icalendar import Alarm, Calendar, Event

from schemas.tafel import Tafel
from schemas.vervaldag import Vervaldag

_DAG = dt.timedelta(days=1)
_ALARM = dt.timedelta(days=-7)
#: Makes the uuids ours; it says nothing of a computer, an organisation or a case.
_NAAMRUIMTE = uuid5(NAMESPACE_URL, "urn:casusoverleg:termijn")


def build_kalender(vervaldagen: Iterable[Vervaldag], tafel: Tafel, vandaag: dt.date) -> bytes:
    """A calendar with one all-day event a term, and an alarm a week before. The same in, the same bytes out."""
    kalender = Calendar()
    kalender.add("prodid", "-//casusoverleg//termijnen//NL")
    kalender.add("version", "2.0")
    kalender.add("calscale", "GREGORIAN")
    kalender.add("method", "PUBLISH")
    kalender.add("x-wr-calname", f"Termijnen {tafel.afkorting}")
    for vervaldag in vervaldagen:
        kalender.add_component(_build_event(vervaldag, tafel, vandaag))
    inhoud: bytes = kalender.to_ical()
    return inhoud


def _build_event(vervaldag: Vervaldag, tafel: Tafel, vandaag: dt.date) -> Event:
    titel = f"Termijn {tafel.afkorting}: {vervaldag.wat} ({vervaldag.casuscode})"
    event = Event()
    event.add("uid", _make_uid(vervaldag, tafel))
    # A later file replaces the event: its date may have moved.
    event.add("sequence", vandaag.toordinal())
    event.add("dtstamp", dt.datetime.combine(vandaag, dt.time(), dt.UTC))
    event.add("dtstart", vervaldag.datum)
    event.add("dtend", (vervaldag.tot or vervaldag.datum) + _DAG)
    event.add("summary", titel)
    if vervaldag.let_op:
        event.add("description", "\n".join(vervaldag.let_op))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add_component(_build_alarm(titel))
    return event


def _build_alarm(titel: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", titel)
    alarm.add("trigger", _ALARM)
    return alarm


def _make_uid(vervaldag: Vervaldag, tafel: Tafel) -> str:
    """The same for a term of a case whatever its date, so that a program moves the event instead of doubling it.

    What goes in (table, casuscode, term) is what the event shows anyway: a uuid that is looked up backwards tells
    nothing more.
    """
    return str(uuid5(_NAAMRUIMTE, f"{tafel.id} {vervaldag.casuscode} {vervaldag.termijn}"))
