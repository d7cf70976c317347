"""Gathers what `overzicht.html` says, from the register and the folders of the werkmap."""

from __future__ import annotations

import datetime as dt
import json
import os.path
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from pipeline.check import check_aanmelding
from pipeline.disk import write_atomic
from pipeline.inbox import REDEN_JSON
from pipeline.overview import build_overzicht
from pipeline.register import Register
from pipeline.run.agenda import Dagen
from pipeline.run.beelddelen import list_about
from pipeline.run.life import describe_naam
from pipeline.run.taken import list_taken
from pipeline.run.view import list_next_overleggen, view_casussen
from pipeline.run.zicht import Casusregel
from pipeline.settings import Settings
from schemas.datum import format_dag, format_datum
from schemas.dossier import Dossier
from schemas.overleg import Overleg
from schemas.overzicht import (
    Bestandslink,
    Casusoverzicht,
    Criteriumstand,
    Exemplaar,
    Overzicht,
    Quarantainebestand,
)
from schemas.toetsing import CriteriumUitkomst
from schemas.verstrekking import Verstrekking

PAGINA = "overzicht.html"
_QUARANTAINE = "quarantaine"


def write_overzicht(settings: Settings) -> None:
    """Write the page of the werkmap anew. Raises SchijfFout and RegisterFout."""
    write_atomic(settings.map / PAGINA, build_overzicht(collect_overzicht(settings)))


def collect_overzicht(settings: Settings) -> Overzicht:
    """What there is to do, where each case stands, and what was refused. Nothing is written. Raises RegisterFout."""
    regels = {regel.casuscode: regel for regel in view_casussen(settings)}
    with Register.open(settings.map, alleen_lezen=True) as register:
        dossiers = {dossier.code: dossier for dossier in register.list_dossiers()}
        per_casus = _sort_by_case(register.list_verstrekkingen())
        verzonden = {copy: verzending.op for copy, verzending in register.list_verzendingen().items()}
        mappen = register.list_mappen()
    dagen = Dagen(settings, tuple(dossiers.values()), mappen)
    overleggen = list_next_overleggen(dagen)
    quarantaine = tuple(_iterate_quarantaine(settings.map / _QUARANTAINE))
    komend = min((overleg for overleg in overleggen if overleg.punten), key=lambda o: o.datum, default=None)
    return Overzicht(
        tafel=settings.data.tafel.naam,
        dag=format_dag(settings.vandaag),
        kop=_build_kop(komend),
        taken=list_taken(settings, dagen, overleggen, len(quarantaine)),
        casussen=tuple(
            _build_casus(settings, dossiers[code], regel, per_casus.get(code, []), verzonden)
            for code, regel in regels.items()
        ),
        quarantaine=quarantaine,
    )


def _build_kop(komend: Overleg | None) -> str:
    return f"Te doen vóór {format_dag(komend.datum)} ({komend.naam})" if komend else "Te doen"


def _sort_by_case(verstrekkingen: Iterable[Verstrekking]) -> dict[str, list[Verstrekking]]:
    """The copies that hold anything about a case, by its code."""
    per_casus: dict[str, list[Verstrekking]] = {}
    for verstrekking in verstrekkingen:
        for code in list_about(verstrekking.beeld):
            per_casus.setdefault(code, []).append(verstrekking)
    return per_casus


def _build_casus(
    settings: Settings,
    dossier: Dossier,
    regel: Casusregel,
    eigen: Sequence[Verstrekking],
    verzonden: dict[tuple[str, int], dt.date],
) -> Casusoverzicht:
    toetsing = check_aanmelding(dossier.aanmelding, settings.data, dossier.aangemeld_op) if regel.open else None
    op_volgorde = sorted(eigen, key=lambda v: (v.klaargezet_op, v.map, v.documentnummer, v.versie))
    return Casusoverzicht(
        code=dossier.code,
        fase=regel.fase,
        sinds=format_datum(regel.sinds),
        open=regel.open,
        volgende=f"{regel.wat} ({format_datum(regel.volgende)})" if regel.volgende else "",
        wacht_op=regel.wacht_op,
        eindoordeel=toetsing.oordeel if toetsing else "",
        toelichting=toetsing.toelichting if toetsing else "",
        criteria=tuple(map(_build_criterium, toetsing.criteria)) if toetsing else (),
        exemplaren=tuple(_build_exemplaar(settings, v, verzonden.get((v.sleutel, v.versie))) for v in op_volgorde),
    )


def _build_criterium(criterium: CriteriumUitkomst) -> Criteriumstand:
    return Criteriumstand(
        kort=criterium.kort,
        tekst=criterium.tekst,
        bron=criterium.bron,
        uitkomst="te wegen" if criterium.is_for_people else criterium.uitkomst.value,
        antwoord="; ".join(dict.fromkeys(beslissend.antwoord for beslissend in criterium.beslissend)),
        plaats="; ".join(dict.fromkeys(beslissend.plaats for beslissend in criterium.beslissend)),
    )


def _build_exemplaar(settings: Settings, verstrekking: Verstrekking, verzonden: dt.date | None) -> Exemplaar:
    map_ = f"uit/{verstrekking.map}"
    waar = str(settings.map / map_)
    return Exemplaar(
        op=format_datum(verstrekking.klaargezet_op),
        document=verstrekking.beeld.kop.titel,
        versie=verstrekking.versie,
        ontvanger=describe_naam(settings, verstrekking.ontvanger),
        verzonden=f"op {format_datum(verzonden)}" if verzonden else "nog niet genoteerd",
        bestanden=tuple(
            Bestandslink(naam=bestand.naam, href=quote(f"{map_}/{bestand.naam}"))
            for bestand in verstrekking.bestanden
            if os.path.isfile(f"{waar}/{bestand.naam}")  # noqa: PTH113  two thousand of them after a year
        ),
    )


def _iterate_quarantaine(map_: Path) -> Iterator[Quarantainebestand]:
    for pad in sorted(map_.glob(f"*{REDEN_JSON}")) if map_.is_dir() else ():
        with suppress(OSError, ValueError, KeyError, TypeError):  # somebody's own file
            inhoud = json.loads(pad.read_text(encoding="utf-8"))
            redenen = tuple((str(reden["melding"]), str(reden["remedie"])) for reden in inhoud["redenen"])
            yield Quarantainebestand(bestand=pad.name.removesuffix(REDEN_JSON), redenen=redenen)
