"""What became of earlier to-do's, of cases on the agenda and of others, closed ones too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.decide import texts
from pipeline.decide.zitting import Zitting
from pipeline.rowcheck import find_unreadable, is_filled
from schemas import kern
from schemas.aanmelding import Rij
from schemas.bevinding import Bevinding
from schemas.dossier import Afspraak, Afspraakstatus, Dossier

OPVOLGING = kern.OPVOLGING_STATUS.split(".")[0]
_CASUS = kern.OPVOLGING_CASUS.split(".")[1]
_AFSPRAAK = kern.OPVOLGING_AFSPRAAK.split(".")[1]
_STATUS = kern.OPVOLGING_STATUS.split(".")[1]


@dataclass(frozen=True)
class Opvolging:
    """One row: the to-do of a case, and what became of it; None when that was left open."""

    code: str
    nummer: str
    plaats: str
    status: Afspraakstatus | None = None
    bevindingen: tuple[Bevinding, ...] = ()


def read_opvolging(zitting: Zitting, nummer: int, rij: Rij) -> Opvolging:
    """The `nummer`-th row. A blank status says nothing, not even when the to-do is no longer there."""
    code = rij.get_tekst(_CASUS)
    plaats = zitting.describe_row(OPVOLGING, nummer, code)
    gelezen = Opvolging(code, rij.get_tekst(_AFSPRAAK).strip(), plaats)
    antwoord = rij.get(_STATUS)
    if antwoord is None or not is_filled(antwoord):
        return gelezen
    status = next((Afspraakstatus(naam) for naam in kern.STATUSSEN if antwoord.has_optie(naam)), None)
    bevindingen = find_unreadable(rij.antwoorden, plaats)
    if status is None and not bevindingen:
        bevindingen.append(texts.refuse_no_status(plaats, antwoord.label))
    bevindingen += _check_afspraak(zitting, gelezen, status, rij)
    return Opvolging(code, gelezen.nummer, plaats, status, tuple(bevindingen))


def find_double(rijen: list[Opvolging]) -> Iterator[Bevinding]:
    """Rows that speak of a to-do of which an earlier row spoke already."""
    gezien = set()
    for rij in rijen:
        if rij.status is not None and (rij.code, rij.nummer) in gezien:
            yield texts.refuse_todo_double(rij.plaats)
        if rij.status is not None:
            gezien.add((rij.code, rij.nummer))


def follow_up(dossier: Dossier, rij: Opvolging, zitting: Zitting) -> Dossier:
    """The dossier with the status of that to-do, as this overleg heard it; a later word about it stays."""
    afspraken = tuple(
        _set_status(afspraak, rij, zitting) if afspraak.nummer == rij.nummer else afspraak
        for afspraak in dossier.afspraken
    )
    return dossier.model_copy(update={"afspraken": afspraken})


def _set_status(afspraak: Afspraak, rij: Opvolging, zitting: Zitting) -> Afspraak:
    if _is_overtaken(afspraak, zitting):
        return afspraak
    return afspraak.model_copy(update={"status": rij.status, "status_op": zitting.datum})


def _check_afspraak(
    zitting: Zitting, gelezen: Opvolging, status: Afspraakstatus | None, rij: Rij
) -> Iterator[Bevinding]:
    dossier = zitting.get_dossier(gelezen.code)
    labels = {veld: antwoord.label if (antwoord := rij.get(veld)) else veld for veld in (_CASUS, _AFSPRAAK)}
    if dossier is None:
        yield texts.refuse_unknown_case(gelezen.plaats, labels[_CASUS])
        return
    eerdere = (a for a in dossier.afspraken if a.nummer and not zitting.is_own(a.overleg, a.datum))
    afspraak = next((a for a in eerdere if a.nummer == gelezen.nummer), None)
    if afspraak is None:
        yield texts.refuse_unknown_todo(gelezen.plaats, labels[_AFSPRAAK])
    elif status not in (None, afspraak.status) and _is_overtaken(afspraak, zitting):
        yield texts.warn_todo_overtaken(gelezen.plaats, afspraak.status_op or zitting.datum)


def _is_overtaken(afspraak: Afspraak, zitting: Zitting) -> bool:
    return afspraak.status_op is not None and afspraak.status_op > zitting.datum
