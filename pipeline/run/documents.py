"""Which copies are due: letters from the dossiers as they stand, a meeting's packages from its agenda."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check import check_aanmelding
from pipeline.register import Register
from pipeline.run.attachments import list_undecided, make_aanvullingsformulier, make_besluitformulier
from pipeline.run.produce import Bijlage, Stuk, revise_all
from pipeline.settings import Settings
from pipeline.share import Deling
from schemas.deelbeeld import Deelbeeld
from schemas.documentsoort import Moment
from schemas.dossier import Dossier
from schemas.overleg import Overleg
from schemas.tafel import Rolsoort
from schemas.toetsing import Toetsing


def make_deling(settings: Settings, register: Register) -> Deling:
    """The wall for this run, over all dossiers."""
    dossiers = {
        dossier.code: (dossier, check_aanmelding(dossier.aanmelding, settings.data, dossier.aangemeld_op))
        for dossier in register.list_dossiers()
    }
    return Deling(settings.data, settings.werkmap, settings.vandaag, dossiers)


def list_letters(settings: Settings, register: Register) -> list[Stuk]:
    """All letters that are due and not out yet, or changed since; of a decision, those that follow the latest one."""
    deling = make_deling(settings, register)
    stukken = [
        Stuk(_get_letter_map(settings, beeld), beeld, _list_forms(settings, dossier, toetsing, moment))
        for dossier, toetsing in deling.dossiers.values()
        for moment in _list_moments(settings, dossier, toetsing)
        for soort in settings.data.get_documenten(moment)
        for beeld in deling.share_dossier(soort, dossier.code)
    ]
    return revise_all(stukken, register)


def list_meeting_copies(overleg: Overleg, settings: Settings, register: Register) -> list[Stuk]:
    """All copies of a meeting's package that are new or changed. What it decided already has left the agenda.

    Once it has begun to decide, on its day or later, only the coordinator still needs copies: the rest of the agenda,
    with a new decision form.
    """
    open_codes = set(list_undecided(overleg, register))
    resterend = overleg.model_copy(update={"punten": tuple(p for p in overleg.punten if p.casuscode in open_codes)})
    formulieren = make_besluitformulier(overleg, settings, register)
    beelden = make_deling(settings, register).share_overleg(resterend)
    if len(open_codes) < len(overleg.punten) and overleg.datum <= settings.vandaag:
        beelden = tuple(beeld for beeld in beelden if _is_coordinator(beeld, settings))
    stukken = [
        Stuk(f"{overleg.datum.isoformat()} {overleg.soort}/{beeld.ontvanger.id}", beeld, bijlagen)
        for beeld, bijlagen in _attach_once(beelden, formulieren, settings)
    ]
    return revise_all(stukken, register)


def list_verslag_copies(overleg: Overleg, settings: Settings, register: Register) -> list[Stuk]:
    """All copies that follow a meeting."""
    return [
        Stuk(f"{overleg.datum.isoformat()} {overleg.soort} verslag/{beeld.ontvanger.id}", beeld)
        for beeld in make_deling(settings, register).share_verslag(overleg)
    ]


def _attach_once(
    beelden: tuple[Deelbeeld, ...], formulieren: tuple[Bijlage, ...], settings: Settings
) -> Iterator[tuple[Deelbeeld, tuple[Bijlage, ...]]]:
    """The decision form goes with the coordinator's first document."""
    for beeld in beelden:
        mee = formulieren if _is_coordinator(beeld, settings) else ()
        formulieren = () if mee else formulieren
        yield beeld, mee


def _is_coordinator(beeld: Deelbeeld, settings: Settings) -> bool:
    return bool(beeld.ontvanger.rollen & set(settings.data.tafel.get_rollen_of_soort(Rolsoort.COORDINATOR)))


def _list_moments(settings: Settings, dossier: Dossier, toetsing: Toetsing) -> tuple[Moment, ...]:
    if dossier.besluiten:
        return (Moment.BESLUIT,)
    if dossier.fase != settings.data.tafel.beginfase:
        return ()
    return (Moment.ONTVANGST_ONVOLLEDIG if toetsing.ontbrekend else Moment.ONTVANGST_VOLLEDIG,)


def _list_forms(settings: Settings, dossier: Dossier, toetsing: Toetsing, moment: Moment) -> tuple[Bijlage, ...]:
    if moment is not Moment.ONTVANGST_ONVOLLEDIG:
        return ()
    return (make_aanvullingsformulier(settings.data, dossier.code, toetsing.ontbrekend),)


def _get_letter_map(settings: Settings, beeld: Deelbeeld) -> str:
    return f"{settings.vandaag.isoformat()} brieven/{beeld.ontvanger.id}"
