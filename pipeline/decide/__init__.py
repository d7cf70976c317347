"""What a decision form decides: every row checked first, then everything at once or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.decide import texts
from pipeline.decide.opvolging import OPVOLGING, Opvolging, find_double, follow_up, read_opvolging
from pipeline.decide.punten import PUNTEN, Punt, Puntenlezer
from pipeline.decide.rijen import AFSPRAKEN, PASSAGES, Nummering, Rijenlezer
from pipeline.decide.stand import add_rows, apply, count_dropped
from pipeline.decide.vervolg import Vervolg
from pipeline.decide.zitting import Zitting
from pipeline.rowcheck import is_blank
from schemas.aanmelding import Rij, Validatie
from schemas.bevinding import Bevinding, Ernst
from schemas.dossier import Afspraak, Dossier, Passage

__all__ = ["Besluitvorming", "Zitting", "decide_punten"]


@dataclass(frozen=True)
class Besluitvorming:
    """The dossiers as the decisions leave them, or the findings that refuse the whole form."""

    dossiers: tuple[Dossier, ...] = ()
    bevindingen: tuple[Bevinding, ...] = ()
    geweigerd: bool = False


@dataclass
class _Rijen:
    """The to-do's and passages of a form, by casuscode, and what became of earlier to-do's."""

    afspraken: dict[str, list[Afspraak]] = field(default_factory=dict)
    passages: dict[str, list[Passage]] = field(default_factory=dict)
    opvolging: list[Opvolging] = field(default_factory=list)
    bevindingen: list[Bevinding] = field(default_factory=list)

    def add_to(self, dossier: Dossier, zitting: Zitting) -> Dossier:
        afspraken, passages = self.afspraken.get(dossier.code, ()), self.passages.get(dossier.code, ())
        return add_rows(dossier, afspraken, passages, zitting.agenda[dossier.code].afspraken)


def decide_punten(validatie: Validatie, zitting: Zitting) -> Besluitvorming:
    """Apply a decision form, with its to-do's and passages when it has those, to the dossiers on that agenda.

    A decision of an earlier form of the same overleg is replaced, with its to-do's and passages. What became of
    earlier to-do's is noted in any dossier.
    """
    aanmelding = validatie.aanmelding
    lezer = Puntenlezer(zitting, validatie.meta.nummer)
    punten = [lezer.read_row(nummer, rij) for nummer, rij in enumerate(aanmelding.get_rijen(PUNTEN), start=1)]
    rijen = _read_rijen(validatie, zitting, punten)
    bevindingen = [b for punt in punten for b in punt.bevindingen]
    bevindingen += [*_find_double(punten, zitting), *rijen.bevindingen]
    fouten = tuple(b for b in bevindingen if b.ernst is Ernst.FOUT)
    if fouten:  # nothing was taken over, so what is merely undecided has nothing to warn of yet
        return Besluitvorming(bevindingen=fouten, geweigerd=True)
    dossiers = _apply(punten, rijen, zitting)
    bevindingen += _report_replaced(punten, dossiers, zitting)
    for punt in punten:
        if punt.besluit is not None:
            bevindingen += Vervolg(zitting).report(dossiers[punt.code], punt.besluit, punt.plaats)
    return Besluitvorming(tuple(dossiers.values()), tuple(bevindingen))


def _read_rijen(validatie: Validatie, zitting: Zitting, punten: list[Punt]) -> _Rijen:
    aanmelding = validatie.aanmelding
    nummering = Nummering(validatie.sha256, zitting.iterate_dossiers())
    lezer = Rijenlezer(zitting, {punt.code: punt for punt in punten}, nummering)
    rijen = _Rijen()
    for nummer, rij in _number(aanmelding.get_rijen(AFSPRAKEN)):
        code, afspraak, gevonden = lezer.read_afspraak(nummer, rij)
        rijen.afspraken.setdefault(code, []).append(afspraak)
        rijen.bevindingen += gevonden
    for nummer, rij in _number(aanmelding.get_rijen(PASSAGES)):
        code, passage, gevonden = lezer.read_passage(nummer, rij)
        rijen.passages.setdefault(code, []).append(passage)
        rijen.bevindingen += gevonden
    rijen.opvolging = [read_opvolging(zitting, nr, rij) for nr, rij in _number(aanmelding.get_rijen(OPVOLGING))]
    rijen.bevindingen += [b for rij in rijen.opvolging for b in rij.bevindingen]
    rijen.bevindingen += find_double(rijen.opvolging)
    return rijen


def _number(rijen: tuple[Rij, ...]) -> list[tuple[int, Rij]]:
    return [(nummer, rij) for nummer, rij in enumerate(rijen, start=1) if not is_blank(rij)]


def _find_double(punten: list[Punt], zitting: Zitting) -> list[Bevinding]:
    codes = [punt.code for punt in punten]
    dubbel = sorted({code for code in codes if codes.count(code) > 1} & zitting.agenda.keys())
    return [texts.refuse_double(f"{zitting.formulier.titel}, casus {code}") for code in dubbel]


def _apply(punten: list[Punt], rijen: _Rijen, zitting: Zitting) -> dict[str, Dossier]:
    """First the decisions, then rows of cases on which an earlier form of this overleg decided, then the follow-up."""
    dossiers = {
        punt.code: rijen.add_to(apply(punt.dossier, punt.besluit, zitting), zitting)
        for punt in punten
        if punt.dossier is not None and punt.besluit is not None
    }
    for code in [*rijen.afspraken, *rijen.passages]:
        if code not in dossiers:
            dossiers[code] = rijen.add_to(zitting.agenda[code], zitting)
    for rij in rijen.opvolging:
        dossier = dossiers.get(rij.code) or zitting.get_dossier(rij.code)
        if rij.status is not None and dossier is not None:
            dossiers[rij.code] = follow_up(dossier, rij, zitting)
    return dossiers


def _report_replaced(punten: list[Punt], dossiers: dict[str, Dossier], zitting: Zitting) -> list[Bevinding]:
    bevindingen = []
    for punt in punten:
        oud = zitting.agenda[punt.code]
        if punt.besluit is None or zitting.get_eerder(oud) is None:
            continue
        bevindingen.append(texts.tell_replaced(punt.plaats))
        if vervallen := count_dropped(oud, dossiers[punt.code]):
            bevindingen.append(texts.warn_dropped(punt.plaats, vervallen))
    return bevindingen
