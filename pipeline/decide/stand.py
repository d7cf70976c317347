"""Where a dossier stands: as it was before an overleg decided on it, and as the decision leaves it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pipeline.decide.zitting import Zitting
from schemas import kern
from schemas.datum import format_datum
from schemas.dossier import (
    Afspraak,
    Afspraakstatus,
    Benoeming,
    Dossier,
    Fasewissel,
    GenomenBesluit,
    Mijlpaal,
    Passage,
)
from schemas.tafel import Besluit, Tafel


def restore(dossier: Dossier, zitting: Zitting) -> Dossier | None:
    """The dossier as if this overleg had not decided on it yet; None when it has moved on since.

    The date planned for a next overleg is not restored: every decision sets it anew.
    """
    eerder = zitting.get_eerder(dossier)
    if eerder is None:
        return dossier
    besluit = zitting.tafel.get_besluit(eerder.besluit)
    if besluit is None or _has_moved_on(dossier, eerder, besluit, zitting.tafel):
        return None
    eigen = Fasewissel(fase=besluit.naar_fase, op=zitting.datum, door=zitting.describe_besluit(besluit))
    verloop = dossier.verloop[:-1] if dossier.verloop[-1:] == (eigen,) else dossier.verloop
    besluiten = tuple(b for b in dossier.besluiten if b != eerder)
    veld = _describe_veld(zitting)
    return dossier.model_copy(
        update={
            "fase": verloop[-1].fase if verloop else _derive_fase(besluiten, zitting),
            "besluiten": besluiten,
            "verloop": verloop,
            "mijlpalen": tuple(m for m in dossier.mijlpalen if (m.datum, m.veld) != (zitting.datum, veld)),
            "benoemingen": tuple(b for b in dossier.benoemingen if (b.op, b.veld) != (zitting.datum, veld)),
            "afspraken": tuple(a for a in dossier.afspraken if not zitting.is_own(a.overleg, a.datum)),
            "passages": tuple(p for p in dossier.passages if not zitting.is_own(p.overleg, p.datum)),
        }
    )


def apply(dossier: Dossier, genomen: GenomenBesluit, zitting: Zitting) -> Dossier:
    """The dossier as this decision leaves it: its phase, the dates from which terms count, the next overleg."""
    besluit = zitting.tafel.get_besluit(genomen.besluit)
    if besluit is None:
        return dossier
    wissel = Fasewissel(fase=besluit.naar_fase, op=zitting.datum, door=zitting.describe_besluit(besluit))
    veld = _describe_veld(zitting)
    mijlpalen = (Mijlpaal(anker=anker, datum=zitting.datum, veld=veld) for anker in besluit.zet)
    benoemingen = (Benoeming(rol=rol, wie=wie, op=zitting.datum, veld=veld) for rol, wie in genomen.benoemd)
    return dossier.model_copy(
        update={
            "fase": besluit.naar_fase,
            "besluiten": (*dossier.besluiten, genomen),
            "overleg_op": _plan(dossier, genomen, besluit, zitting),
            "verloop": dossier.verloop if dossier.fase == besluit.naar_fase else (*dossier.verloop, wissel),
            "mijlpalen": (*dossier.mijlpalen, *mijlpalen),
            "benoemingen": (*dossier.benoemingen, *benoemingen),
        }
    )


def add_rows(
    dossier: Dossier, afspraken: Iterable[Afspraak], passages: Iterable[Passage], eerdere: Iterable[Afspraak]
) -> Dossier:
    """With these to-do's and passages; one that is there already is not added again.

    A to-do that an earlier form of the overleg noted too (`eerdere`) keeps its number and what became of it.
    """
    bekend = {_describe(afspraak): afspraak for afspraak in eerdere}
    er_al = {_describe(afspraak) for afspraak in dossier.afspraken}
    nieuw: dict[Afspraak, Afspraak] = {}
    for afspraak in afspraken:
        wat = _describe(afspraak)
        if wat not in er_al:
            nieuw.setdefault(wat, _keep(bekend.get(wat), afspraak))
    return dossier.model_copy(
        update={
            "afspraken": (*dossier.afspraken, *nieuw.values()),
            "passages": (*dossier.passages, *(p for p in passages if p not in dossier.passages)),
        }
    )


def count_dropped(oud: Dossier, nieuw: Dossier) -> int:
    """How many to-do's and passages were there and are no longer."""
    blijven = {_describe(afspraak) for afspraak in nieuw.afspraken}
    afspraken = sum(_describe(afspraak) not in blijven for afspraak in oud.afspraken)
    return afspraken + sum(passage not in nieuw.passages for passage in oud.passages)


def _describe(afspraak: Afspraak) -> Afspraak:
    """What was agreed, without its number and what became of it."""
    return afspraak.model_copy(update={"nummer": "", "status": Afspraakstatus.OPEN, "status_op": None})


def _keep(eerder: Afspraak | None, nieuw: Afspraak) -> Afspraak:
    if eerder is None:
        return nieuw
    # A register from before to-do's had numbers.
    return eerder if eerder.nummer else eerder.model_copy(update={"nummer": nieuw.nummer})


def _has_moved_on(dossier: Dossier, eerder: GenomenBesluit, besluit: Besluit, tafel: Tafel) -> bool:
    """A plan or a contact of a later date builds on the case, not on what exactly was decided."""
    beslissend = {anker for ander in tafel.besluiten for anker in ander.zet}
    later = [m.datum for m in dossier.mijlpalen if m.anker in beslissend]
    later += [wissel.op for wissel in dossier.verloop]
    return (
        dossier.besluiten[-1] != eerder
        or dossier.fase != besluit.naar_fase
        or any(datum > eerder.datum for datum in later)
    )


def _derive_fase(besluiten: tuple[GenomenBesluit, ...], zitting: Zitting) -> str:
    """For a dossier from before its course was kept: the phase to which the last decision led."""
    besluit = zitting.tafel.get_besluit(besluiten[-1].besluit) if besluiten else None
    return besluit.naar_fase if besluit else zitting.tafel.beginfase


def _describe_veld(zitting: Zitting) -> str:
    vraag = zitting.formulier.get_vraag(kern.PUNT_BESLUIT)
    label = vraag.label if vraag else kern.PUNT_BESLUIT
    return f"{zitting.formulier.titel} {format_datum(zitting.datum)}, {label}"


def _plan(dossier: Dossier, genomen: GenomenBesluit, besluit: Besluit, zitting: Zitting) -> dt.date | None:
    """The next date of the overleg that the decision leads to: after this one (S0:16).

    Of an overleg without fixed dates the day that was noted, else one that a melding planned already.
    """
    volgend = zitting.tafel.get_overleg(besluit.plant_overleg) if besluit.plant_overleg else None
    if volgend is None:
        return None
    if volgend.kalender.is_op_afspraak:
        later = dossier.overleg_op if dossier.overleg_op and dossier.overleg_op > zitting.datum else None
        return genomen.overleg_op or later
    return volgend.kalender.next_date(zitting.datum + dt.timedelta(days=1))
