"""What falls due, when and why: the terms of a table, counted from the milestones in its dossiers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from schemas.datum import format_datum
from schemas.dossier import Dossier, Mijlpaal
from schemas.kalender import advise_verzenddag, compute_venster, find_werkdag, is_werkdag, warn_datum
from schemas.tafel import Overlegsoort, Richting, Tafel, Termijn
from schemas.tafeldata import Tafeldata
from schemas.venster import find_mijlpaal
from schemas.vervaldag import Geagendeerd, OpenTermijn, Vervaldag
from schemas.werkmap import Werkmap

_LANG = dt.timedelta(days=31)  # further than any run of days on which nobody works
_VOORAF = 7  # days, as for a package; for a term that is not rounded to an overleg
_ZATERDAG = 5


@dataclass(frozen=True)
class _Lopend:
    """A term that runs for a dossier: from when, until when, and to which date of an overleg it was rounded."""

    dossier: Dossier
    termijn: Termijn
    mijlpaal: Mijlpaal
    soort: Overlegsoort | None
    berekend: dt.date
    afgerond: dt.date
    tot: dt.date | None = None  #: of a window: its last day

    @property
    def is_vooraf(self) -> bool:
        """Whether it is due before the overleg instead of on its day."""
        return self.termijn.vooraf and self.soort is not None

    @property
    def has_dates(self) -> bool:
        """Whether it goes with an overleg that has fixed dates."""
        return self.soort is not None and not self.soort.kalender.is_op_afspraak

    @property
    def einde(self) -> dt.date:
        """The last day on which it can be met as the term asks."""
        return self.tot or self.afgerond


def list_vervaldagen(
    dossiers: Iterable[Dossier], data: Tafeldata, werkmap: Werkmap, vandaag: dt.date
) -> tuple[Vervaldag, ...]:
    """Every term that runs, worked out: what has passed first, then by date, casuscode and term.

    Months stay months and are clamped to the end of a month. "Uiterlijk" rounds back to the last date of the overleg
    (S1:67), "ten vroegste" forward to the first (S1:69, S0:26). What must be there beforehand is due when the package
    of that overleg goes out (S1:61). A window has a first and a last day (S3:46). Only a term that asks for a working
    day is moved for a holiday, never beyond what it allows; of any other date the holiday is told.
    """
    running = _iterate_running(dossiers, data.tafel)
    vervaldagen = [_build(_work_out(*item, data.tafel, werkmap), data.tafel, werkmap, vandaag) for item in running]
    return tuple(sorted(vervaldagen, key=lambda v: (not v.is_voorbij, v.datum, v.casuscode, v.termijn)))


def list_terugkomers(
    soort: Overlegsoort, datum: dt.date, dossiers: Iterable[Dossier], data: Tafeldata
) -> frozenset[str]:
    """Codes of the cases that a term brings on the agenda of this overleg: due on this date, or earlier."""
    return frozenset(
        dossier.code
        for dossier, termijn, mijlpaal in _iterate_running(dossiers, data.tafel)
        if termijn.agendeert and termijn.overleg == soort.id
        if _round(_count(mijlpaal, termijn), termijn.richting, soort) <= datum
    )


def list_open_termijnen(dossiers: Iterable[Dossier], data: Tafeldata) -> tuple[OpenTermijn, ...]:
    """The terms that would run if one of their anchors were known, by casuscode and in the order of the table."""
    return tuple(
        OpenTermijn(casuscode=dossier.code, wat=termijn.wat, ankers=termijn.ankers)
        for dossier in sorted(dossiers, key=lambda dossier: dossier.code)
        for termijn in data.tafel.termijnen
        if dossier.fase in termijn.fasen and find_mijlpaal(dossier, termijn) is None
    )


def list_geagendeerd(dossiers: Iterable[Dossier], data: Tafeldata, vandaag: dt.date) -> tuple[Geagendeerd, ...]:
    """The open cases that a decision or a melding put on an agenda still to come (S0:16, S1:67), by date and code."""
    gepland = [
        _describe_planning(dossier, dossier.overleg_op, data.tafel)
        for dossier in dossiers
        if dossier.overleg_op is not None and dossier.overleg_op >= vandaag and data.tafel.is_open(dossier.fase)
    ]
    return tuple(sorted(gepland, key=lambda item: (item.datum, item.casuscode)))


def _describe_planning(dossier: Dossier, datum: dt.date, tafel: Tafel) -> Geagendeerd:
    besluiten = [(genomen.datum, tafel.get_besluit(genomen.besluit)) for genomen in dossier.besluiten]
    meldingen = [(melding.datum, tafel.get_melding(melding.soort)) for melding in dossier.meldingen]
    planners = [(op, wat) for op, wat in (*besluiten, *meldingen) if wat is not None and wat.plant_overleg]
    if not planners:
        return Geagendeerd(casuscode=dossier.code, datum=datum)
    # Of the same day a melding came after the meeting; `max` would keep the first.
    op, wat = sorted(planners, key=lambda planner: planner[0])[-1]
    return Geagendeerd(casuscode=dossier.code, datum=datum, overleg=wat.plant_overleg, door=wat.label, door_op=op)


def _iterate_running(dossiers: Iterable[Dossier], tafel: Tafel) -> Iterator[tuple[Dossier, Termijn, Mijlpaal]]:
    for dossier in dossiers:
        for termijn in tafel.termijnen:
            mijlpaal = find_mijlpaal(dossier, termijn)
            if dossier.fase in termijn.fasen and mijlpaal is not None and not _is_lapsed(dossier, termijn, mijlpaal):
                yield dossier, termijn, mijlpaal


def _count(mijlpaal: Mijlpaal, termijn: Termijn) -> dt.date:
    return mijlpaal.datum + relativedelta(months=termijn.maanden, days=termijn.dagen)


def _work_out(dossier: Dossier, termijn: Termijn, mijlpaal: Mijlpaal, tafel: Tafel, werkmap: Werkmap) -> _Lopend:
    soort = tafel.get_overleg(termijn.overleg) if termijn.overleg else None
    berekend, tot = _count(mijlpaal, termijn), None
    if termijn.richting is Richting.VENSTER:
        datum, tot = compute_venster(mijlpaal.datum, termijn, tafel, werkmap)
    elif termijn.werkdag:
        datum = _find_werkdag(berekend, termijn, mijlpaal, tafel, werkmap)
    else:
        datum = _round(berekend, termijn.richting, soort)
    return _Lopend(dossier, termijn, mijlpaal, soort, berekend, datum, tot)


def _find_werkdag(berekend: dt.date, termijn: Termijn, mijlpaal: Mijlpaal, tafel: Tafel, werkmap: Werkmap) -> dt.date:
    """The last working day until then, not before it counts ("binnen een week" is met before a holiday, S3:45).

    "Ten vroegste" looks forward instead. Where there is none, the day itself: then it is told, not moved.
    """
    grens = mijlpaal.datum if termijn.richting is Richting.UITERLIJK else berekend + _LANG
    return find_werkdag(berekend, grens, tafel, werkmap) or berekend


def _is_lapsed(dossier: Dossier, termijn: Termijn, mijlpaal: Mijlpaal) -> bool:
    einde = dossier.get_mijlpaal(termijn.vervalt_bij) if termijn.vervalt_bij else None
    return einde is not None and einde.datum >= mijlpaal.datum


def _round(berekend: dt.date, richting: Richting, soort: Overlegsoort | None) -> dt.date:
    if soort is None or soort.kalender.is_op_afspraak:
        return berekend
    kalender = soort.kalender
    return kalender.previous_date(berekend) if richting is Richting.UITERLIJK else kalender.next_date(berekend)


def _build(lopend: _Lopend, tafel: Tafel, werkmap: Werkmap, vandaag: dt.date) -> Vervaldag:
    vooraf = dt.timedelta(days=_get_vooraf(lopend.soort, werkmap))
    datum = lopend.afgerond - vooraf if lopend.is_vooraf else lopend.afgerond
    voorbij = (lopend.tot or datum) < vandaag or datum < lopend.mijlpaal.datum
    uitleg = _explain_vooraf if lopend.is_vooraf else _explain
    return Vervaldag(
        casuscode=lopend.dossier.code,
        termijn=lopend.termijn.id,
        wat=lopend.termijn.wat,
        anker=lopend.mijlpaal.anker,
        anker_datum=lopend.mijlpaal.datum,
        veld=lopend.mijlpaal.veld,
        richting=lopend.termijn.richting,
        duur=_describe_duur(lopend.termijn),
        berekend=lopend.berekend,
        datum=datum,
        tot=lopend.tot,
        overleg=lopend.soort.id if lopend.soort else None,
        overleg_op=lopend.afgerond if lopend.has_dates else None,
        let_op=(
            *uitleg(lopend, datum, vandaag, voorbij=voorbij),
            *_tell_earlier(lopend, vandaag),
            *_tell_planned(lopend, vandaag),
            *_warn(lopend, datum, tafel, werkmap),
            *_advise(lopend, datum, tafel, werkmap, vandaag, voorbij=voorbij),
        ),
        is_voorbij=voorbij,
        is_nabij=datum - vooraf <= vandaag and not voorbij,
    )


def _get_vooraf(soort: Overlegsoort | None, werkmap: Werkmap) -> int:
    return _VOORAF if soort is None else werkmap.get_dagen_vooraf(soort)


def _describe_duur(termijn: Termijn) -> str:
    maanden = f"{termijn.maanden} {'maand' if termijn.maanden == 1 else 'maanden'}" if termijn.maanden else ""
    if termijn.richting is Richting.VENSTER:
        return f"{termijn.dagen} tot {termijn.tot_dagen} dagen"
    dagen = f"{termijn.dagen} {'dag' if termijn.dagen == 1 else 'dagen'}" if termijn.dagen else ""
    return " en ".join(filter(None, (maanden, dagen))) or "0 dagen"


def _explain(lopend: _Lopend, datum: dt.date, vandaag: dt.date, *, voorbij: bool) -> Iterator[str]:
    """What a date that has passed means, and when the case can still come up."""
    begin, einde = lopend.mijlpaal.datum, lopend.tot or lopend.berekend
    if datum <= begin < einde and lopend.has_dates:
        yield f"Tussen {format_datum(begin)} en {format_datum(einde)} komt het overleg niet meer samen."
    if not voorbij:
        return
    if lopend.termijn.richting is Richting.TEN_VROEGSTE:
        yield f"Dit kan sinds {format_datum(datum)}."
    elif vandaag > einde:
        yield f"De termijn liep af op {format_datum(einde)}."
    else:
        yield f"De termijn zelf loopt nog tot {format_datum(einde)}."
    yield from _name_next(lopend.soort, vandaag)


def _explain_vooraf(lopend: _Lopend, datum: dt.date, vandaag: dt.date, *, voorbij: bool) -> Iterator[str]:
    """For which overleg it must be there, and what can still be done when the date has passed."""
    dagen = (lopend.afgerond - datum).days
    hoeveel = "de dag zelf" if dagen == 0 else "1 dag vooraf" if dagen == 1 else f"{dagen} dagen vooraf"
    yield f"Dit is nodig voor het overleg van {format_datum(lopend.afgerond)}, {hoeveel}."
    if not voorbij:
        return
    if lopend.afgerond >= vandaag:
        yield "Dat overleg komt nog: bezorg het zo snel mogelijk."
    else:
        yield from _name_next(lopend.soort, vandaag)


def _name_next(soort: Overlegsoort | None, vandaag: dt.date) -> Iterator[str]:
    if soort is not None and not soort.kalender.is_op_afspraak:
        yield f"Het eerstvolgende overleg ({soort.naam}) is op {format_datum(soort.kalender.next_date(vandaag))}."


def _tell_earlier(lopend: _Lopend, vandaag: dt.date) -> Iterator[str]:
    """Sooner than the term asks, after an escalation or for the plan (S1:67)."""
    gepland = lopend.dossier.overleg_op
    if lopend.termijn.agendeert and gepland is not None and vandaag <= gepland < lopend.afgerond:
        yield f"De casus staat al vroeger op de agenda: op {format_datum(gepland)}."


def _tell_planned(lopend: _Lopend, vandaag: dt.date) -> Iterator[str]:
    """Of an overleg without fixed dates: for when the case is planned, and whether that is as the term asks."""
    op = lopend.dossier.overleg_op
    if lopend.soort is None or lopend.has_dates:
        return
    if op is None or op < lopend.mijlpaal.datum:
        yield f"Voor deze casus is nog geen dag afgesproken: {lopend.soort.naam}."
    elif op < vandaag:
        yield f"De afgesproken dag, {format_datum(op)}, is voorbij en er is nog niets over beslist."
    elif lopend.afgerond <= op <= lopend.einde or lopend.tot is None:
        yield f"Afgesproken op {format_datum(op)}."
    else:
        yield f"Afgesproken op {format_datum(op)}: dat is {'vroeger' if op < lopend.afgerond else 'later'}."


def _warn(lopend: _Lopend, datum: dt.date, tafel: Tafel, werkmap: Werkmap) -> Iterator[str]:
    if lopend.termijn.werkdag:
        yield from _tell_moved(lopend, tafel, werkmap)
        return
    yield from warn_datum(datum, tafel, werkmap)
    if datum.weekday() >= _ZATERDAG and (lopend.soort is None or lopend.is_vooraf):
        yield "Deze datum valt in een weekend."
    if datum != lopend.afgerond:
        for zin in warn_datum(lopend.afgerond, tafel, werkmap):
            yield f"Over de dag van het overleg: {zin[0].lower()}{zin[1:]}"


def _advise(
    lopend: _Lopend, datum: dt.date, tafel: Tafel, werkmap: Werkmap, vandaag: dt.date, *, voorbij: bool
) -> Iterator[str]:
    """What must be there beforehand, and falls due on a day on which nobody works."""
    advies = advise_verzenddag(datum, tafel, werkmap, vandaag)
    if advies and lopend.is_vooraf and not lopend.termijn.werkdag and not voorbij:
        yield advies


def _tell_moved(lopend: _Lopend, tafel: Tafel, werkmap: Werkmap) -> Iterator[str]:
    """Why a day that has to be a working day is not the one that was counted, and what is odd about it still."""
    geteld = lopend.mijlpaal.datum + dt.timedelta(days=lopend.termijn.tot_dagen)
    paren = [(lopend.berekend, lopend.afgerond), *([(geteld, lopend.tot)] if lopend.tot else [])]
    for van, naar in paren:
        if is_werkdag(naar, tafel, werkmap):
            reden = " ".join(warn_datum(van, tafel, werkmap)) or "Die dag valt in een weekend."
            if van != naar:
                yield f"{format_datum(van)} is geen werkdag. {reden} Daarom {format_datum(naar)}."
        else:
            yield f"Er is geen werkdag te vinden: {format_datum(naar)} is er geen."
