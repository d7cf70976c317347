"""From an untrusted answer to a typed one, or to the reason why it cannot be used."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from schemas import kern
from schemas.aanmelding import DatumWaarde, KeuzeWaarde, PartnersWaarde, Status, TekstWaarde, Waarde
from schemas.formulier import Optie, Vraag, Vraagsoort
from schemas.inzending import Opmaak
from schemas.namen import Namenlijst
from schemas.tekst import normalise
from schemas.werkmap import EMAIL

from .flags import split_ticked

_MAANDEN = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_DMJ = re.compile(r"^(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4})$")
_JMD = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
_WOORD = re.compile(r"^(?:[a-z]+dag,?\s+)?(\d{1,2})\.?\s+([a-zé]+)\.?\s+(\d{4})$")
_OPVULLING = " \t\n.…,;:-–—_/\\*?"  # a field with nothing else in it was left open
_ONBEKEND = frozenset({"onbekend", "niet gekend", "ongekend", "niet bekend", "weet niet", "weet ik niet"})
_NVT = frozenset({"nvt", "n v t", "niet van toepassing"})
_OUDSTE = 120
_LANGST_ZWANGER = dt.timedelta(weeks=42)


@dataclass(frozen=True)
class Gelezen:
    """A typed value, or a status without one; `bezwaar` says why what stood there cannot be used.

    `opmaak` is set when nothing but its looks told which option was meant.
    """

    status: Status
    waarde: Waarde | None = None
    bezwaar: str = ""
    opmaak: Opmaak | None = None


LEEG = Gelezen(Status.LEEG)


def parse_antwoord(vraag: Vraag, tekst: str, namen: Namenlijst, vandaag: dt.date) -> Gelezen:
    """Read the text of one answer as the question's type. An empty text is LEEG."""
    tekst = tekst.strip()
    woorden = normalise(tekst)
    if not tekst.strip(_OPVULLING):
        return LEEG
    if woorden in _NVT and not _is_optie(vraag, woorden):
        return Gelezen(Status.NVT)
    if woorden in _ONBEKEND and not _is_optie(vraag, woorden):
        return Gelezen(Status.ONBEKEND)
    return _parse_by_type(vraag, tekst, namen, vandaag)


def _is_optie(vraag: Vraag, woorden: str) -> bool:
    return any(woorden in get_names(optie) for optie in vraag.opties)


def _parse_by_type(vraag: Vraag, tekst: str, namen: Namenlijst, vandaag: dt.date) -> Gelezen:
    match vraag.soort:
        case Vraagsoort.DATUM:
            return _parse_datum(vraag, tekst, vandaag)
        case Vraagsoort.KEUZE | Vraagsoort.MEERKEUZE:
            return _parse_keuze(vraag, tekst)
        case Vraagsoort.EMAIL:
            return _parse_email(tekst)
        case Vraagsoort.CASUSCODE:
            return Gelezen(Status.INGEVULD, TekstWaarde(tekst=re.sub(r"\s", "", tekst).upper()))
        case Vraagsoort.PARTNERS:
            return _parse_partners(tekst, namen)
        case Vraagsoort.TEKST | Vraagsoort.LANGE_TEKST | Vraagsoort.TELEFOON:
            return Gelezen(Status.INGEVULD, TekstWaarde(tekst=tekst))


def _parse_email(tekst: str) -> Gelezen:
    if re.match(EMAIL, tekst):
        return Gelezen(Status.INGEVULD, TekstWaarde(tekst=tekst))
    return Gelezen(Status.LEEG, bezwaar="dit is geen mailadres")


def _parse_partners(tekst: str, namen: Namenlijst) -> Gelezen:
    geheel = None if "☐" in tekst else namen.get_id(tekst)
    delen = split_ticked(tekst)
    ids = (geheel,) if geheel else tuple(namen.get_id(deel) for deel in delen)
    bekend = tuple(naam for naam in ids if naam is not None)
    if ids and len(bekend) == len(ids):
        return Gelezen(Status.INGEVULD, PartnersWaarde(ids=bekend, tekst=tekst))
    return Gelezen(Status.INGEVULD, TekstWaarde(tekst=tekst))


def get_names(optie: Optie) -> frozenset[str]:
    """The folded names of an option."""
    return frozenset(normalise(naam) for naam in (optie.id, optie.label, *optie.aliassen))


def _parse_keuze(vraag: Vraag, tekst: str) -> Gelezen:
    geheel = [optie for optie in vraag.opties if normalise(tekst) in get_names(optie) and "☐" not in tekst]
    delen = (tekst,) if geheel else split_ticked(tekst)
    if not delen:
        return LEEG
    gekozen = [next((o for o in vraag.opties if normalise(deel) in get_names(o)), None) for deel in delen]
    opties = list(dict.fromkeys(optie for optie in gekozen if optie is not None))
    if len(opties) < len(set(gekozen)):
        return Gelezen(Status.LEEG, bezwaar="dit is geen van de mogelijke keuzes")
    return make_keuze(vraag, opties)


def make_keuze(vraag: Vraag, opties: list[Optie]) -> Gelezen:
    """An answer that holds these options, in the order of the form; none is LEEG, two of a single choice no answer."""
    if not opties:
        return LEEG
    if vraag.soort is Vraagsoort.KEUZE and len(opties) > 1:
        return Gelezen(Status.LEEG, bezwaar="er is meer dan één keuze aangeduid")
    opties = [optie for optie in vraag.opties if optie in opties]
    waarde = KeuzeWaarde(opties=tuple(o.id for o in opties), labels=tuple(o.label for o in opties))
    return Gelezen(Status.INGEVULD, waarde)


def _parse_datum(vraag: Vraag, tekst: str, vandaag: dt.date) -> Gelezen:
    delen = _split_datum(tekst)
    if delen is None:
        return Gelezen(Status.LEEG, bezwaar="schrijf de datum als dag/maand/jaar, met vier cijfers voor het jaar")
    try:
        datum = dt.date(*delen)
    except ValueError:
        return Gelezen(Status.LEEG, bezwaar="deze datum bestaat niet")
    if vraag.id in kern.NIET_IN_TOEKOMST and datum > vandaag:
        return Gelezen(Status.LEEG, bezwaar="deze datum ligt in de toekomst")
    if vraag.id == kern.GEBOORTEDATUM and datum.year < vandaag.year - _OUDSTE:
        return Gelezen(Status.LEEG, bezwaar=f"deze datum ligt meer dan {_OUDSTE} jaar terug")
    if vraag.id == kern.UITGEREKEND and datum > vandaag + _LANGST_ZWANGER:
        return Gelezen(Status.LEEG, bezwaar="deze datum ligt verder weg dan een zwangerschap duurt")
    return Gelezen(Status.INGEVULD, DatumWaarde(datum=datum))


def _split_datum(tekst: str) -> tuple[int, int, int] | None:
    tekst = tekst.strip().casefold()
    if gevonden := _JMD.match(tekst):
        jaar, maand, dag = (int(deel) for deel in gevonden.groups())
        return jaar, maand, dag
    if gevonden := _DMJ.match(tekst):
        dag, maand, jaar = (int(deel) for deel in gevonden.groups())
        return jaar, maand, dag
    if gevonden := _WOORD.match(tekst):
        begin = "maa" if gevonden[2].startswith("mrt") else gevonden[2][:3]
        if begin in _MAANDEN:
            return int(gevonden[3]), _MAANDEN.index(begin) + 1, int(gevonden[1])
    return None
