"""From options to Settings: the only place that reads the clock, the host and the werkmap's own file."""

from __future__ import annotations

import datetime as dt
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click

from pipeline.cli.passphrase import Wachtwoorden
from pipeline.disk import SchijfFout
from pipeline.errors import ConfiguratieFout, GebruikFout
from pipeline.lock import hold_lock
from pipeline.pdf import choose_engine
from pipeline.register import RegisterFout
from pipeline.run.overzicht import PAGINA, write_overzicht
from pipeline.run.tafelskelet import get_tafel_id
from pipeline.settings import EIGEN_REGIOS, Settings
from schemas.catalogus import (
    CRITERIA,
    DELING,
    DOCUMENTEN,
    FORMULIEREN,
    REGIOS,
    TAFEL,
    add_lines,
    find_regios,
    load_catalogus,
    load_tafel,
    load_werkmap,
    read_werkmap_tafel,
)
from schemas.fouten import DataFout, OnbekendeTafel
from schemas.tafel import Overlegsoort, Tafel
from schemas.tafeldata import Tafeldata

WERKMAP_TOML = "werkmap.toml"
#: Where one of these lies, somebody means a table; werkmap.toml lies in a werkmap as well.
_TAFELBESTANDEN = (TAFEL, CRITERIA, DELING, DOCUMENTEN, FORMULIEREN)


def get_vandaag(vandaag: dt.datetime | None) -> dt.date:
    """The day asked for, else today."""
    return vandaag.date() if vandaag else dt.datetime.now().astimezone().date()


def load_settings(
    map_: Path,
    *,
    vandaag: dt.date,
    proef: bool = False,
    engine: str | None = None,
    melder: Callable[[str, int, int], None] | None = None,
) -> Settings:
    """Everything for a run on this werkmap. Raises DataFout or ConfiguratieFout with all faults at once."""
    bestand = map_ / WERKMAP_TOML
    if not bestand.is_file():
        raise ConfiguratieFout(
            [f"{map_} is geen werkmap: {WERKMAP_TOML} ontbreekt."],
            "Maak een werkmap met “overleg nieuw MAP --tafel …” of geef de juiste map op.",
        )
    data = load_own_tafel(bestand)
    refuse_disabled(data)
    eigen = map_ / EIGEN_REGIOS
    settings = Settings(
        map=map_,
        data=data,
        werkmap=load_werkmap(bestand, data),
        tafels=tuple({**load_catalogus(), **(load_catalogus(eigen) if eigen.is_dir() else {})}.values()),
        vandaag=vandaag,
        proef=proef,
        choose_engine=partial(choose_engine, engine),
        melder=melder or (lambda _wat, _gedaan, _totaal: None),
        get_wachtwoord=Wachtwoorden(data.tafel.id).get,
    )
    ontbrekend = settings.list_missing_sjablonen()
    if ontbrekend:
        fouten = [f"Het sjabloon {naam}.docx ontbreekt: {data.tafel.naam} heeft het nodig." for naam in ontbrekend]
        raise ConfiguratieFout(fouten, "Zet het sjabloon in de map “sjablonen” van de werkmap en probeer opnieuw.")
    return settings


def load_own_tafel(bestand: Path) -> Tafeldata:
    """The data of the table that a werkmap.toml names. Raises DataFout."""
    try:
        tafel_id = read_werkmap_tafel(bestand)
        return load_tafel(tafel_id, find_regios(tafel_id, bestand.parent / EIGEN_REGIOS))
    except OnbekendeTafel as fout:  # here a fault of the file, not of what was typed
        fouten = (f"{bestand.name}, sleutel tafel: {regel}" for regel in fout.fouten)
        raise DataFout(list(add_lines(bestand.parent, fouten))) from fout


def locate_tafel(pad: Path) -> tuple[str, Path]:
    """Id and folder of regions of what was typed: the folder of a table, or the REGIO/TAFEL of one of ours.

    Raises GebruikFout for a folder that is not there, that holds no table, or whose name is none.
    """
    if pad.is_dir():
        if not any((pad / naam).exists() for naam in _TAFELBESTANDEN):
            raise GebruikFout(f"In de map {pad} staat geen tafel.", _suggest_map(pad))
        return get_tafel_id(pad), pad.absolute().parent.parent
    if len(pad.parts) != len(("regio", "tafel")):
        raise GebruikFout(f"De map {pad} bestaat niet.", _suggest_map(pad.parent))
    if not (REGIOS / pad).is_dir() and pad.parent.is_dir():
        raise GebruikFout(f"De map {pad} bestaat niet.", _suggest_map(pad.parent))
    return pad.as_posix(), REGIOS


def _suggest_map(map_: Path) -> str:
    """What to type instead: a table that lies in or below this folder, be it a region or a werkmap."""
    gevonden = [pad.parent for vorm in ("", f"{EIGEN_REGIOS}/*/") for pad in map_.glob(f"{vorm}*/{TAFEL}")]
    namen = " of ".join(pad.as_posix() for pad in sorted(gevonden))
    return f"Bedoelde u {namen}?" if namen else "Geef de map van een tafel, of REGIO/TAFEL."


def refuse_disabled(data: Tafeldata) -> None:
    """A table that is recognised but switched off makes nothing. Raises ConfiguratieFout with the reason."""
    if not data.tafel.ingeschakeld:
        raise ConfiguratieFout([f"{data.tafel.naam} is uitgeschakeld: {data.tafel.reden_uitgeschakeld}"], "")


@contextmanager
def hold_werkmap(settings: Settings) -> Iterator[None]:
    """Hold the werkmap's lock; a trial run writes nothing and needs none."""
    if settings.proef:
        yield
        return
    nu = dt.datetime.now().astimezone()
    with hold_lock(settings.map, nu=nu, host=socket.gethostname(), pid=os.getpid()):
        yield
        _refresh_overzicht(settings)


def _refresh_overzicht(settings: Settings) -> None:
    """The page follows each run; what was done stays done when it cannot be written."""
    try:
        write_overzicht(settings)
    except (SchijfFout, RegisterFout) as fout:
        click.echo(f"Het overzicht ({PAGINA}) kon niet geschreven worden. {fout.melding} {fout.remedie}", err=True)


def find_overleg(tafel: Tafel, naam: str) -> Overlegsoort:
    """The overleg that was typed, or when nothing was the only one. Raises GebruikFout with those that there are."""
    if not naam and len(tafel.overleggen) == 1:
        return tafel.overleggen[0]
    soort = tafel.get_overleg(naam)
    if soort is None:
        bekend = ", ".join(overleg.id for overleg in tafel.overleggen)
        wat = f"kent geen overleg “{naam}”" if naam else "heeft meer dan één overleg; zeg met --overleg welk"
        raise GebruikFout(f"{tafel.naam} {wat}.", f"Kies uit: {bekend}.")
    return soort
