"""One answer out of all that stands at a question: boxes, a control, words typed beside it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from schemas.aanmelding import Status
from schemas.formulier import Vraag
from schemas.namen import Namenlijst

from .opties import parse_gedrukt, says_more
from .parse import LEEG, Gelezen, make_keuze, parse_antwoord
from .slots import RuweInvulling, as_text


@dataclass(frozen=True)
class Uitlezing:
    """The answer; `rest` tells whether something else stood there that cannot be read as one."""

    gelezen: Gelezen
    rest: bool = False


def combine_antwoorden(vraag: Vraag, invulling: RuweInvulling, namen: Namenlijst, vandaag: dt.date) -> Uitlezing:
    """The one usable answer; none when two usable ones differ, for nobody knows which of them is meant."""
    if vraag.id in invulling.tegenstrijdig:
        return Uitlezing(Gelezen(Status.LEEG, bezwaar="een hokje is op een plaats aangekruist en op een andere niet"))
    lezingen = [_read_ticks(vraag, invulling)]
    lezingen += [
        parse_gedrukt(vraag, ruw) or parse_antwoord(vraag, as_text(ruw), namen, vandaag)
        for ruw in invulling.antwoorden.get(vraag.id, [])
        if not ruw.leeg
    ]
    onbruikbaar = [gelezen for gelezen in lezingen if gelezen.bezwaar]
    bruikbaar: dict[tuple[Status, str, str], Gelezen] = {}
    for gelezen in lezingen:  # ticks first: what they say needs no looks
        if not gelezen.bezwaar and gelezen != LEEG:
            bruikbaar.setdefault(_fold(gelezen), gelezen)
    if len(bruikbaar) > 1:
        return Uitlezing(Gelezen(Status.LEEG, bezwaar="er staan twee verschillende antwoorden"))
    rest = any(says_more(vraag, as_text(ruw)) for ruw in invulling.antwoorden.get(vraag.id, []))
    if bruikbaar:
        return Uitlezing(next(iter(bruikbaar.values())), rest=bool(onbruikbaar) or rest)
    return Uitlezing(onbruikbaar[0] if onbruikbaar else LEEG, rest=rest)


def _read_ticks(vraag: Vraag, invulling: RuweInvulling) -> Gelezen:
    vakjes = invulling.vinkjes.get(vraag.id, {})
    return make_keuze(vraag, [optie for optie in vraag.opties if vakjes.get(optie.id)])


def _fold(gelezen: Gelezen) -> tuple[Status, str, str]:
    """Equal for answers that differ in nothing but spaces and capitals."""
    tekst = gelezen.waarde.format() if gelezen.waarde else ""
    return gelezen.status, gelezen.waarde.soort if gelezen.waarde else "", " ".join(tekst.casefold().split())
