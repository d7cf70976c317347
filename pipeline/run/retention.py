"""Retention: until when each closed case is kept, and its destruction, which a run after a kill completes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from dateutil.relativedelta import relativedelta

from pipeline.disk import SchijfFout, sync_folder, translate_faults
from pipeline.errors import GebruikFout
from pipeline.register import KENMERKEN, Register, RegisterFout
from pipeline.run.holdings import INZAGE, VERZENDLIJST, Bezit, find_holdings
from pipeline.run.view import find_dossier
from pipeline.settings import Settings
from schemas.base import Model
from schemas.bevinding import Bevinding, Ernst
from schemas.bewaring import Vernietiging
from schemas.datum import format_datum
from schemas.dossier import Dossier

_RESERVE = "reserve"
_MAPPEN = frozenset({"uit", "archief", "quarantaine", "in", _RESERVE, KENMERKEN, INZAGE, VERZENDLIJST})
_GEEN_TERMIJN = "Er is geen bewaartermijn vastgelegd."
_VUL_IN = "Vul in werkmap.toml bij “bewaartermijn” het aantal maanden in dat uw overleg heeft afgesproken."


class Bewaarregel(Model):
    """A closed case: since when, and until when it is kept. `tot` is None when nobody set a term."""

    casuscode: str
    gesloten_op: dt.date
    tot: dt.date | None
    verstreken: bool


def list_bewaring(settings: Settings, dossiers: Iterable[Dossier]) -> tuple[Bewaarregel, ...]:
    """All closed cases: what passed its term first, then by date."""
    gesloten = [dossier for dossier in dossiers if not settings.data.tafel.is_open(dossier.fase)]
    regels = [_build_regel(settings, dossier) for dossier in gesloten]
    return tuple(sorted(regels, key=lambda r: (not r.verstreken, r.tot or dt.date.max, r.gesloten_op, r.casuscode)))


def _build_regel(settings: Settings, dossier: Dossier) -> Bewaarregel:
    op = find_closing(settings, dossier)
    maanden = settings.werkmap.bewaartermijn
    tot = None if maanden is None else op + relativedelta(months=maanden)
    # On its last day it is still kept.
    verstreken = tot is not None and tot < settings.vandaag
    return Bewaarregel(casuscode=dossier.code, gesloten_op=op, tot=tot, verstreken=verstreken)


def find_closing(settings: Settings, dossier: Dossier) -> dt.date:
    """The day on which a closed case was closed."""
    dagen = [wissel.op for wissel in dossier.verloop if not settings.data.tafel.is_open(wissel.fase)]
    besloten = [besluit.datum for besluit in dossier.besluiten]
    return max(dagen or besloten, default=dossier.aangemeld_op)


def check_expired(settings: Settings, register: Register, code: str) -> tuple[Dossier, Bewaarregel]:
    """The case, when it may be destroyed. Raises GebruikFout when it is open, still kept, or without a term."""
    dossier = find_dossier(register.list_dossiers(), code)
    if settings.data.tafel.is_open(dossier.fase):
        raise GebruikFout(f"Casus {dossier.code} is nog open; er is niets vernietigd.", "Sluit de casus eerst af.")
    regel = _build_regel(settings, dossier)
    if regel.tot is None:
        raise GebruikFout(f"{_GEEN_TERMIJN} Er is niets vernietigd.", _VUL_IN)
    if not regel.verstreken:
        raise GebruikFout(
            f"Casus {dossier.code} wordt bewaard tot en met {format_datum(regel.tot)}; er is niets vernietigd.",
            "Wacht tot die dag voorbij is, of pas de bewaartermijn in werkmap.toml aan.",
        )
    return dossier, regel


def destroy_case(settings: Settings, register: Register, code: str, door: str) -> Bezit:
    """Destroy all about a case whose term has passed, but for its files: `complete_destruction` removes those.

    Raises GebruikFout, RegisterFout, SchijfFout; then nothing was destroyed.
    """
    dossier, regel = check_expired(settings, register, code)
    bezit = find_holdings(settings, register, dossier)
    sommen = {b.sha256 for v in (*bezit.weg, *bezit.ingekort) for b in v.bestanden}
    register.destroy_dossier(
        Vernietiging(
            casuscode=dossier.code,
            op=settings.vandaag,
            door=door,
            gesloten_op=regel.gesloten_op,
            bewaard_tot=regel.tot or settings.vandaag,
            aantallen=bezit.aantallen,
            bestanden=tuple(sorted(sommen)),
        ),
        inzendingen=bezit.inzendingen,
        weg=bezit.weg,
        ingekort=bezit.ingekort,
        bestanden=bezit.bestanden,
    )
    return bezit


def complete_destruction(settings: Settings, register: Register) -> tuple[Bevinding, ...]:
    """Remove the files of what was destroyed; what was copied of the register last, when a new copy is there.

    Nothing to do is nothing done. Returns a finding for each file that could not be removed: the next run tries again.
    """
    paden = register.list_op_te_ruimen()
    if settings.proef or not paden:
        return ()
    bevindingen = _remove_all(settings.map, register, [pad for pad in paden if not _is_copied(pad)])
    try:
        register.backup(settings.vandaag)
        register.renew_kenmerken()
    except (SchijfFout, RegisterFout) as fout:
        return (*bevindingen, _report(_RESERVE, fout.melding, fout.remedie))
    return (*bevindingen, *_remove_all(settings.map, register, [pad for pad in paden if _is_copied(pad)]))


def _is_copied(pad: str) -> bool:
    return pad.startswith((f"{_RESERVE}/", f"{KENMERKEN}/"))


def _remove_all(werkmap: Path, register: Register, paden: Iterable[str]) -> tuple[Bevinding, ...]:
    gedaan, bevindingen = [], []
    for pad in paden:
        try:
            _remove(werkmap, pad)
        except SchijfFout as fout:
            bevindingen.append(_report(pad, fout.melding, fout.remedie))
        else:
            gedaan.append(pad)
    register.clear_op_te_ruimen(gedaan)
    return tuple(bevindingen)


def _remove(werkmap: Path, pad: str) -> None:
    delen = PurePosixPath(pad).parts
    # The list is only as trustworthy as the file it stands in.
    if len(delen) < 2 or delen[0] not in _MAPPEN or ".." in delen:
        return
    bestand = werkmap.joinpath(*delen)
    with translate_faults(bestand):
        bestand.unlink(missing_ok=True)
        if bestand.parent.is_dir():
            sync_folder(bestand.parent)


def _report(plaats: str, melding: str, remedie: str) -> Bevinding:
    return Bevinding(
        code="nog-niet-gewist",
        plaats=plaats,
        melding=f"Dit moet nog gewist worden. {melding}",
        remedie=f"{remedie} De volgende keer dat u het programma start, wordt het opnieuw geprobeerd.".strip(),
        ernst=Ernst.WAARSCHUWING,
    )
