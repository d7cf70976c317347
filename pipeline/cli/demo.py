"""`overleg demo`: a table's scenario from `samples/`, played through the real commands' functions."""

from __future__ import annotations

import datetime as dt
import shutil
import tomllib
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter
from rich.tree import Tree

from pipeline.cli.context import hold_werkmap, load_settings
from pipeline.cli.show import Scherm
from pipeline.errors import ConfiguratieFout, GebruikFout
from pipeline.forms import fill_controls
from pipeline.run import prepare_overleg, process_inbox
from pipeline.run.werkmap import make_werkmap
from pipeline.settings import Settings
from schemas.base import Model
from schemas.catalogus import load_tafel
from schemas.datum import format_dag

SAMPLES = Path(__file__).resolve().parent.parent.parent / "samples"
Voortgang = Callable[[], AbstractContextManager[Callable[[str, int, int], None]]]


class Ontvang(Model):
    """Samples arrive, and are taken in."""

    doe: Literal["ontvang"]
    dag: dt.date
    uitleg: str
    gevallen: tuple[str, ...] = Field(min_length=1)


class Bereid(Model):
    """A meeting is prepared."""

    doe: Literal["bereid"]
    dag: dt.date
    uitleg: str
    overleg: str


class VulIn(Model):
    """A form that stands ready in `uit/` is filled in and comes back: a decision form or an aanvullingsformulier."""

    doe: Literal["vul_in"]
    dag: dt.date
    uitleg: str
    formulier: str  #: how its file name begins
    geval: str = ""  #: for an aanvullingsformulier: the sample whose case it is
    antwoorden: dict[str, str | bool] = Field(default_factory=dict)
    rijen: dict[str, dict[str, str | bool]] = Field(default_factory=dict)  #: per sample: the answers of its case's row


Stap = Annotated[Ontvang | Bereid | VulIn, Field(discriminator="doe")]
_STAPPEN = TypeAdapter(tuple[Stap, ...])


def play_demo(map_: Path, engine: str | None, scherm: Scherm, voortgang: Voortgang) -> None:
    """Play the scenario of every table that has one, each in a werkmap of its own below `map_`."""
    scenarios = sorted(SAMPLES.glob("*/*/demo.toml"))
    if not scenarios:
        raise ConfiguratieFout(["Er zijn geen voorbeelden: samples/<regio>/<tafel>/demo.toml ontbreekt."])
    for scenario in scenarios:
        tafel = scenario.parent.relative_to(SAMPLES).as_posix()
        doel = map_ / tafel
        if doel.exists():
            raise GebruikFout(f"{doel} bestaat al.", "Verwijder die map of kies een andere: overleg demo ANDERE_MAP")
        make_werkmap(doel, load_tafel(tafel))
        speler = _Speler(doel, scenario.parent, engine, scherm, voortgang)
        for stap in _read_scenario(scenario):
            speler.play(stap)
        scherm.show_boom(_build_tree(doel))
        scherm.show_regel(f"→ Kijk in {doel / 'uit'}: per overleg een map, per ontvanger een pakket in Word en pdf.")
        scherm.show_regel(f"→ In {doel / 'quarantaine'} staat bij elk bestand waarom het niet verwerkt is.")


def _read_scenario(bestand: Path) -> tuple[Stap, ...]:
    # Python mode: TOML has real dates, and a scenario is ours, so lists may become tuples.
    return _STAPPEN.validate_python(tomllib.loads(bestand.read_text(encoding="utf-8"))["stap"], strict=False)


@dataclass
class _Speler:
    doel: Path
    bron: Path
    engine: str | None
    scherm: Scherm
    voortgang: Voortgang
    codes: dict[str, str] = field(default_factory=dict)  #: sample -> casuscode

    def play(self, stap: Stap) -> None:
        self.scherm.show_regel(f"\n{format_dag(stap.dag)}: {stap.uitleg}", "bold cyan")
        if isinstance(stap, Ontvang):
            for geval in stap.gevallen:
                self._drop(geval)
            self._process(stap.dag)
        elif isinstance(stap, VulIn):
            self._fill_in(stap)
            self._process(stap.dag)
        else:
            self._prepare(stap)

    def _drop(self, geval: str) -> None:
        bestanden = [pad for pad in (self.bron / geval).iterdir() if pad.suffix != ".toml"]
        for pad in bestanden:
            shutil.copyfile(pad, self.doel / "in" / f"{geval}{pad.suffix}")

    def _process(self, dag: dt.date) -> None:
        with self.voortgang() as melder:
            settings = self._load(dag, melder)
            with hold_werkmap(settings):
                resultaat = process_inbox(settings)
        self.codes |= {Path(f.bestand).stem: f.casuscode for f in resultaat.formulieren if f.casuscode}
        self.scherm.show_verwerkt(resultaat, proef=False)

    def _prepare(self, stap: Bereid) -> None:
        with self.voortgang() as melder:
            settings = self._load(stap.dag, melder)
            soort = settings.data.tafel.get_overleg(stap.overleg)
            if soort is None:
                raise ConfiguratieFout([f"demo.toml: het overleg “{stap.overleg}” bestaat niet."])
            with hold_werkmap(settings):
                resultaat = prepare_overleg(settings, soort, soort.kalender.next_date(stap.dag))
        self.scherm.show_bereid(resultaat, proef=False)

    def _fill_in(self, stap: VulIn) -> None:
        onbekend = [geval for geval in (stap.geval, *stap.rijen) if geval and geval not in self.codes]
        if onbekend:
            raise ConfiguratieFout([f"demo.toml: het geval “{geval}” heeft geen casus." for geval in onbekend])
        code = self.codes.get(stap.geval, "")
        formulieren = (self.doel / "uit").rglob(f"{stap.formulier}*.docx")
        gevonden = sorted(pad for pad in formulieren if code in pad.name)
        if not gevonden:
            raise ConfiguratieFout([f"demo.toml: er staat geen “{stap.formulier}” klaar in “uit”."])
        rijen: Mapping[str, Mapping[str, str | bool]] = {self.codes[g]: waarden for g, waarden in stap.rijen.items()}
        ingevuld = fill_controls(gevonden[-1].read_bytes(), stap.antwoorden, rijen)
        (self.doel / "in" / gevonden[-1].name).write_bytes(ingevuld)

    def _load(self, dag: dt.date, melder: Callable[[str, int, int], None]) -> Settings:
        return load_settings(self.doel, vandaag=dag, engine=self.engine, melder=melder)


def _build_tree(map_: Path) -> Tree:
    boom = Tree(map_.name)
    for pad in sorted(map_.iterdir()):
        if pad.is_dir():
            boom.add(_build_tree(pad))
        else:
            boom.add(pad.name)
    return boom
