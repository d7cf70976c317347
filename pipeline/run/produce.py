"""From Deelbeelden to packages on their place: plan, hold back, build, stage, register, place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from pipeline.deliver import choose_manifest_name, place, stage
from pipeline.disk import SchijfFout
from pipeline.errors import PoortFout
from pipeline.register import Register
from pipeline.run.build import Bouwer, report_geweigerd
from pipeline.run.bundel import list_bundel_names
from pipeline.run.mailing import list_mail_names
from pipeline.run.results import Productie
from pipeline.run.stuk import Pakketplan, Stuk
from pipeline.settings import Settings
from schemas.bevinding import Bevinding, Ernst

T = TypeVar("T")


def produce(stukken: Iterable[Stuk], settings: Settings, register: Register) -> Productie:
    """Make all copies that are new or changed for their recipient, one package a folder, whole or not at all."""
    plannen, gestopt = _hold_back(_plan(stukken))
    bestanden = tuple(sorted(f"uit/{plan.map}/{naam}" for plan in plannen for naam in _list_names(settings, plan)))
    if settings.proef or not plannen:
        _ask(gestopt, settings, register)
        return Productie(bestanden=bestanden, geweigerd=tuple(_report_vragen(plan) for plan in gestopt))
    bouwer = Bouwer(settings, settings.choose_engine(), register.get_head())
    geweigerd: list[Bevinding] = []
    klaar = [
        (pakket.map, pakket.verstrekkingen, [f"uit/{pakket.map}/{bestand.naam}" for bestand in pakket.bestanden])
        for pakket in bouwer.build_each(plannen, geweigerd)
        if _try(stage, settings.map, pakket, pakket.map, geweigerd)
    ]
    geweigerd += [_report_vragen(plan) for plan in gestopt]
    _ask(gestopt, settings, register)
    with register.transaction():
        for _, verstrekkingen, _ in klaar:
            for verstrekking in verstrekkingen:
                register.add_verstrekking(verstrekking)
    wachtend: list[Bevinding] = []
    for map_, _, _ in klaar:
        _try(place, settings.map, map_, map_, wachtend)
    gemaakt = sorted(naam for _, _, namen in klaar for naam in namen)
    return Productie(bestanden=tuple(gemaakt), bevindingen=tuple(wachtend), geweigerd=tuple(geweigerd))


def _try(doe: Callable[[Path, T], None], werkmap: Path, wat: T, map_: str, fouten: list[Bevinding]) -> bool:
    """Do it for one package; what goes wrong becomes a finding, and the other packages go on."""
    try:
        doe(werkmap, wat)
    except (PoortFout, SchijfFout) as fout:
        fouten.append(report_geweigerd(map_, fout))
        return False
    return True


def _plan(stukken: Iterable[Stuk]) -> list[Pakketplan]:
    plannen: dict[str, Pakketplan] = {}
    for stuk in stukken:
        plannen.setdefault(stuk.map, Pakketplan(stuk.map)).stukken.append(stuk)
    return list(plannen.values())


def _hold_back(plannen: Sequence[Pakketplan]) -> tuple[list[Pakketplan], list[Pakketplan]]:
    """Packages that can be made, and those of which a copy waits for an answer."""
    vrij: list[Pakketplan] = []
    wacht: list[Pakketplan] = []
    for plan in plannen:
        (wacht if any(stuk.vragen for stuk in plan.stukken) else vrij).append(plan)
    return vrij, wacht


def _ask(gestopt: Iterable[Pakketplan], settings: Settings, register: Register) -> None:
    if not settings.proef:
        register.add_vragen((v for plan in gestopt for stuk in plan.stukken for v in stuk.vragen), settings.vandaag)


def _report_vragen(plan: Pakketplan) -> Bevinding:
    """Which documents of which cases wait; the words themselves only `overleg nazicht` shows."""
    vragen = {vraag.id: vraag for stuk in plan.stukken for vraag in stuk.vragen}.values()
    codes = ", ".join(sorted({vraag.casuscode for vraag in vragen}))
    waar = "; ".join(sorted({waar for vraag in vragen for waar in vraag.waar}))
    aantal = "1 woord" if len(vragen) == 1 else f"{len(vragen)} woorden"
    return Bevinding(
        code="nazicht-nodig",
        plaats=f"uit/{plan.map}",
        melding=f"Dit pakket is niet gemaakt: over casus {codes} moet u eerst {aantal} nakijken ({waar}).",
        remedie="Start “overleg nazicht” voor deze werkmap, beantwoord de vragen en maak het pakket daarna opnieuw.",
        ernst=Ernst.FOUT,
    )


def _list_names(settings: Settings, plan: Pakketplan) -> list[str]:
    namen = [naam for stuk in plan.stukken for naam in stuk.namen]
    manifest = choose_manifest_name(settings.map, plan.map)
    erbij = (*list_bundel_names(plan.beelden, manifest), *list_mail_names(settings, plan.beelden, manifest))
    return [*namen, *erbij, manifest]
