"""The project's own de-identification sentences, and the case whose people some of them name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.inspect.passages import Lezing, find_treffers
from pipeline.inspect.sleutels import make_sleutelbos
from pipeline.register import Register
from pipeline.run.nazicht import list_open_vragen
from pipeline.settings import Settings
from schemas.nazicht import Identiteit, Identiteitsoort, Kennis, Nazichtantwoord, Nazichtbesluit

REEKS = Path(__file__).with_name("deidentificatie.txt")
_HAKEN = re.compile(r"\[\[(.*?)\]\]")
_N = Identiteitsoort.NAAM

#: Invented people of one case, as its forms would name them.
MENSEN = (
    Identiteit(rolwoord="de cliënt", soort=_N, waarde="Roos Bedachtzaam"),
    Identiteit(rolwoord="de cliënt", soort=Identiteitsoort.DATUM, waarde="14 maart 1979", datum=dt.date(1979, 3, 14)),
    Identiteit(rolwoord="de cliënt", soort=Identiteitsoort.ADRES, waarde="Verzonnenstraat 12, 2200 Herentals"),
    Identiteit(rolwoord="de cliënt", soort=Identiteitsoort.NUMMER, waarde="0470/12.34.56"),
    Identiteit(rolwoord="de cliënt", soort=Identiteitsoort.MAIL, waarde="rb1979@mail.example.org"),
    Identiteit(rolwoord="de moeder", soort=_N, waarde="Tine Bedachtzaam"),
    Identiteit(rolwoord="de partner", soort=_N, waarde="Wolf De Smet"),
    Identiteit(rolwoord="kind 1", soort=_N, waarde="Lena-Marie Van den Proefberg"),
    Identiteit(rolwoord="kind 2", soort=_N, waarde="Yusuf El Verzinsel (Joesoef)"),
    Identiteit(rolwoord="de buurvrouw", soort=_N, waarde="An Vermoedelijk"),
    Identiteit(rolwoord="andere betrokkene 1", soort=_N, waarde="André"),
    Identiteit(rolwoord="andere betrokkene 2", soort=_N, waarde="Kaat D'Hondtbeeld"),
    Identiteit(rolwoord="de aanmelder", soort=_N, waarde="Fien Voorbeeldmans"),
)
BEKEND = Kennis(casuscode="BCDFG2", anoniem=False, identiteiten=MENSEN)
ANONIEM = Kennis(casuscode="HJKLM3", anoniem=True)


class Zin(NamedTuple):
    """A sentence, and the stretches of it that point at somebody."""

    groep: str
    tekst: str
    plekken: tuple[tuple[int, int], ...]


def lees(kennis: Kennis) -> Lezing:
    """How the gates read a passage of this case in a copy that shows nobody."""
    return Lezing(kennis, make_sleutelbos(kennis.identiteiten), frozenset())


LEZINGEN = {"bekend": lees(BEKEND), "anoniem": lees(ANONIEM)}


def iterate_zinnen() -> Iterator[Zin]:
    """The sentences of the series, unmarked, with the place of every mark."""
    for regel in REEKS.read_text(encoding="utf-8").splitlines():
        groep, streep, gemerkt = regel.partition(" | ")
        if streep:
            yield _parse(groep, gemerkt)


def share_all(settings: Settings) -> None:
    """Answer every open question with "delen": what a run does once the coordinator has looked at everything."""
    vragen = list_open_vragen(settings)
    with Register.open(settings.map) as register:
        for vraag in vragen:
            register.add_antwoord(
                Nazichtantwoord(vraag=vraag.id, besluit=Nazichtbesluit.DELEN, op=settings.vandaag, door="coordinator")
            )


def _parse(groep: str, gemerkt: str) -> Zin:
    stukken, plekken, lengte = [], [], 0
    for nummer, stuk in enumerate(_HAKEN.split(gemerkt)):
        if nummer % 2:
            plekken.append((lengte, lengte + len(stuk)))
        stukken.append(stuk)
        lengte += len(stuk)
    return Zin(groep, "".join(stukken), tuple(plekken))


def list_missed(zin: Zin) -> list[str]:
    """The marked stretches that no find touches."""
    treffers = find_treffers(zin.tekst, LEZINGEN[zin.groep])
    return [zin.tekst[b:e] for b, e in zin.plekken if not any(t.begin < e and b < t.eind for t in treffers)]
