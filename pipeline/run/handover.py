"""Noting that packages were handed over: which folders still wait for it, and the mark itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.deliver import UIT
from pipeline.errors import GebruikFout
from pipeline.register import Register
from pipeline.run.view import suggest
from pipeline.settings import Settings
from schemas.base import Model
from schemas.bewaring import VIA_TEKENS, Verzending
from schemas.datum import format_datum
from schemas.verstrekking import Verstrekking
from schemas.woorden import join_words

_GENOEMD = 5


class Pakketregel(Model):
    """One folder below uit/: how many copies lie in it, of which so many were not noted as handed over before."""

    map: str
    klaargezet_op: dt.date  #: the latest of its copies
    exemplaren: int
    open: int


def list_waiting(register: Register) -> tuple[Pakketregel, ...]:
    """The folders with copies that are not noted as handed over, oldest first."""
    regels = _count(register, register.list_verstrekkingen())
    return tuple(sorted((r for r in regels if r.open), key=lambda regel: (regel.klaargezet_op, regel.map)))


def mark_sent(
    settings: Settings, register: Register, mappen: Sequence[str], op: dt.date, via: str, versie: int | None = None
) -> tuple[Pakketregel, ...]:
    """Note all copies in these folders as handed over on that day; the folders, as they stood before.

    `mappen` are as typed (see `resolve_map`); no `mappen` at all means every folder that waits. With a `versie` only
    the copies of that version. What was noted before stays as it was. Raises GebruikFout, and then nothing was noted.
    """
    alle = register.list_verstrekkingen()
    bekend = sorted({v.map for v in alle})
    gekozen = {naam for map_ in mappen for naam in resolve_map(settings.map, map_, bekend)} if mappen else set(bekend)
    exemplaren = _select([v for v in alle if v.map in gekozen], versie)
    _check(settings, exemplaren, op, via)
    regels = _count(register, exemplaren)
    with register.transaction():
        for verstrekking in exemplaren:
            register.add_verzending(
                Verzending(sleutel=verstrekking.sleutel, versie=verstrekking.versie, op=op, via=via)
            )
    return regels if mappen else tuple(regel for regel in regels if regel.open)


def _select(exemplaren: list[Verstrekking], versie: int | None) -> list[Verstrekking]:
    gekozen = [v for v in exemplaren if versie in (None, v.versie)]
    if exemplaren and not gekozen:
        versies = [str(nummer) for nummer in sorted({v.versie for v in exemplaren})]
        raise GebruikFout(
            f"Daar ligt niets van versie {versie}; er is niets genoteerd.", f"Er is versie {join_words(versies)}."
        )
    return gekozen


def _count(register: Register, verstrekkingen: Iterable[Verstrekking]) -> tuple[Pakketregel, ...]:
    verzonden = register.list_verzendingen()
    mappen: dict[str, list[Verstrekking]] = {}
    for verstrekking in verstrekkingen:
        mappen.setdefault(verstrekking.map, []).append(verstrekking)
    return tuple(
        Pakketregel(
            map=naam,
            klaargezet_op=max(v.klaargezet_op for v in hier),
            exemplaren=len(hier),
            open=sum((v.sleutel, v.versie) not in verzonden for v in hier),
        )
        for naam, hier in sorted(mappen.items())
    )


def _check(settings: Settings, exemplaren: Iterable[Verstrekking], op: dt.date, via: str) -> None:
    if op > settings.vandaag:
        raise GebruikFout(
            f"{format_datum(op)} moet nog komen; er is niets genoteerd.", "Noteer een pakket als het verzonden is."
        )
    if len(via) > VIA_TEKENS or not via.isprintable():
        raise GebruikFout(f"Bij --via past één regel van hoogstens {VIA_TEKENS} tekens.", "Schrijf het korter.")
    te_vroeg = next((v for v in exemplaren if v.klaargezet_op > op), None)
    if te_vroeg is not None:
        raise GebruikFout(
            f"{UIT}/{te_vroeg.map} is pas op {format_datum(te_vroeg.klaargezet_op)} klaargezet; er is niets genoteerd.",
            "Geef bij --op de dag waarop u het verstuurde.",
        )


def resolve_map(werkmap: Path, getypt: str, bekend: Sequence[str]) -> tuple[str, ...]:
    """The folders that were meant by a path as people type, drag or complete it.

    It may start anywhere: at the root of the disk, where the command was started, in the werkmap or below uit/. A
    folder of folders stands for all of them, a file for the folder that it lies in. Raises GebruikFout.
    """
    for naam in _list_readings(werkmap, getypt):
        binnen = tuple(map_ for map_ in bekend if map_ == naam or map_.startswith(f"{naam}/"))
        if binnen:
            return binnen
        if naam.rpartition("/")[0] in bekend and (werkmap / UIT / naam).is_file():
            return (naam.rpartition("/")[0],)
    gezocht = next(iter(_list_readings(werkmap, getypt)), getypt)
    raise GebruikFout(
        f"Er is geen pakket {getypt}.",
        suggest(gezocht, bekend, tuple(bekend)[-_GENOEMD:], "De laatste pakketten")
        or f"Er is in deze werkmap nog niets klaargezet in “{UIT}”.",
    )


def _list_readings(werkmap: Path, getypt: str) -> list[str]:
    uit = (werkmap / UIT).resolve()
    los = getypt.replace("\\", "/").strip("/")
    lezingen = []
    for pad in (Path(getypt), werkmap / los):
        volledig = pad.resolve()
        if volledig.is_relative_to(uit):
            lezingen.append(volledig.relative_to(uit).as_posix())
    lezingen.append(los)
    return [naam for naam in dict.fromkeys(lezingen) if naam not in ("", ".")]
