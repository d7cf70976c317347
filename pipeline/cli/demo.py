"""`overleg demo`: a table's scenario from `samples/`, played through the real commands' functions."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from pipeline.cli.care_command import show_controle
from pipeline.cli.context import find_overleg, hold_werkmap, load_settings
from pipeline.cli.demo_forms import Invuller
from pipeline.cli.demo_steps import (
    Antwoorden,
    Bekijk,
    Bereid,
    Cijferstap,
    Nakijken,
    Nazicht,
    Stap,
    TekenAf,
    Termijnen,
    Verslag,
    parse_scenario,
)
from pipeline.cli.demo_tree import build_cases, build_tree, count_documents, list_quarantine
from pipeline.cli.figures_command import show_geteld
from pipeline.cli.inspect_command import answer_open, parse_antwoord, show_vragen
from pipeline.cli.show import Scherm
from pipeline.cli.terms_command import list_termijnen, show_termijnen
from pipeline.cli.view_show import Kijkscherm
from pipeline.errors import ConfiguratieFout, GebruikFout
from pipeline.forms import fill_controls
from pipeline.register import Register
from pipeline.run import count_period, make_verslag, prepare_overleg, process_inbox
from pipeline.run.caseform import make_case_form
from pipeline.run.controle import check_werkmap
from pipeline.run.holdings import VERZENDLIJST
from pipeline.run.nazicht import list_open_vragen
from pipeline.run.results import Productie
from pipeline.run.verzendlijst import list_pakketten, list_rijen
from pipeline.run.view import view_dossier
from pipeline.run.view_as import view_ontvangers
from pipeline.run.werkmap import make_werkmap
from pipeline.settings import Settings
from pipeline.supplied import find_supplied
from schemas.bevinding import Bevinding
from schemas.catalogus import load_tafel
from schemas.datum import format_dag, format_datum
from schemas.formulier import Formuliersoort
from schemas.tafeldata import Tafeldata
from schemas.verzendlijst import HOE, JA, OP, VERZONDEN

SAMPLES = find_supplied("samples")
Voortgang = Callable[[], AbstractContextManager[Callable[[str, int, int], None]]]


@dataclass(frozen=True)
class Gespeeld:
    """What a scenario left behind: the werkmap, the case of each sample, and every finding that was shown."""

    map: Path
    codes: Mapping[str, str]  #: sample -> casuscode
    bevindingen: tuple[Bevinding, ...]


def play_demo(
    map_: Path, engine: str | None, console: Console, voortgang: Voortgang, tafel: str = "*/*"
) -> tuple[Gespeeld, ...]:
    """Play the scenario of every table that has one (or of this one), each in a werkmap of its own below `map_`."""
    scenarios = sorted(SAMPLES.glob(f"{tafel}/demo.toml"))
    if not scenarios:
        raise ConfiguratieFout([f"Er zijn geen voorbeelden: samples/{tafel}/demo.toml ontbreekt."])
    return tuple(_play_scenario(scenario, map_, engine, console, voortgang) for scenario in scenarios)


def _play_scenario(scenario: Path, map_: Path, engine: str | None, console: Console, voortgang: Voortgang) -> Gespeeld:
    tafel = scenario.parent.relative_to(SAMPLES).as_posix()
    doel = map_ / tafel
    if doel.exists():
        raise GebruikFout(f"{doel} bestaat al.", "Verwijder die map of kies een andere: overleg demo ANDERE_MAP")
    data = load_tafel(tafel)
    make_werkmap(doel, data)
    speler = _Speler(doel, scenario.parent, data, engine, console, voortgang)
    for stap in parse_scenario(tomllib.loads(scenario.read_text(encoding="utf-8"))):
        speler.play(stap)
    speler.show_end()
    return Gespeeld(doel, speler.formulieren.codes, tuple(speler.bevindingen))


@dataclass
class _Speler:
    doel: Path
    bron: Path
    data: Tafeldata
    engine: str | None
    console: Console
    voortgang: Voortgang
    bevindingen: list[Bevinding] = field(default_factory=list)
    formulieren: Invuller = field(init=False)

    def __post_init__(self) -> None:
        self.formulieren = Invuller(self.doel, self.bron, self.data, self._make_form)

    @property
    def scherm(self) -> Scherm:
        return Scherm(self.console, kort=True)

    def play(self, stap: Stap) -> None:
        self.scherm.show_regel(f"\n{format_dag(stap.dag)}: {stap.uitleg}", "bold cyan")
        match stap:
            case Bereid():
                self._prepare(stap)
            case Verslag():
                self._report(stap)
            case Termijnen():
                self._show_termijnen(stap)
            case Bekijk():
                self._view(stap)
            case Nazicht():
                self._answer(stap)
            case Cijferstap():
                self._count(stap)
            case Nakijken():
                self._check(stap)
            case TekenAf():
                self._tick(stap)
                self._process(stap.dag)
            case _:
                self.formulieren.drop(stap)
                if stap.verwerk:
                    self._process(stap.dag)

    def show_end(self) -> None:
        """The tree, where each case stands, and where to look."""
        with Register.open(self.doel, alleen_lezen=True) as register:
            dossiers = register.list_dossiers()
        self.console.print()
        self.console.print(build_tree(self.doel))
        self.console.print(build_cases(dossiers, self.formulieren.codes, self.doel, self.data.tafel))
        word, pdf = count_documents(self.doel)
        self.scherm.show_regel(f"Samen {word} Word-bestanden en {pdf} pdf's.", "bold")
        self.scherm.show_regel(f"→ Kijk in {self.doel / 'uit'}: per overleg een map, per ontvanger een pakket.")
        self.scherm.show_regel(f"→ Het hele leven van een casus leest u met: overleg bekijk {self.doel} CASUS")
        if apart := list_quarantine(self.doel):
            self.scherm.show_regel(
                f"→ In {self.doel / 'quarantaine'} staat bij elk bestand waarom het niet verwerkt is:"
            )
            self.scherm.show_regel(f"   {', '.join(apart)}")

    def _process(self, dag: dt.date) -> None:
        with self.voortgang() as melder:
            settings = self._load(dag, melder)
            with hold_werkmap(settings):
                resultaat = process_inbox(settings)
        gevallen = {Path(f.bestand).stem: f.casuscode for f in resultaat.formulieren if f.casuscode}
        self.formulieren.codes |= {geval: code for geval, code in gevallen.items() if (self.bron / geval).is_dir()}
        self._note(resultaat.brieven, resultaat.bevindingen, *(f.bevindingen for f in resultaat.formulieren))
        self.scherm.show_verwerkt(resultaat, proef=False)

    def _prepare(self, stap: Bereid) -> None:
        with self.voortgang() as melder:
            settings = self._load(stap.dag, melder)
            soort = find_overleg(self.data.tafel, stap.overleg)
            with hold_werkmap(settings):
                resultaat = prepare_overleg(settings, soort)
        self._note(resultaat.productie, resultaat.bevindingen)
        self.scherm.show_bereid(resultaat, proef=False)

    def _report(self, stap: Verslag) -> None:
        with self.voortgang() as melder:
            settings = self._load(stap.dag, melder)
            with hold_werkmap(settings):
                resultaat = make_verslag(settings, find_overleg(self.data.tafel, stap.overleg))
        self._note(resultaat.productie, resultaat.bevindingen)
        self.scherm.show_verslag(resultaat, proef=False)

    def _show_termijnen(self, stap: Termijnen) -> None:
        with self.voortgang() as melder:
            gevonden = list_termijnen(self._load(stap.dag, melder), stap.tot)
        show_termijnen(self.console, gevonden, self.data.tafel)

    def _view(self, stap: Bekijk) -> None:
        code, scherm = self.formulieren.get_code(stap.geval), Kijkscherm(self.console, self.data.tafel)
        with self.voortgang() as melder:
            settings = self._load(stap.dag, melder)
        if stap.als:
            scherm.show_ontvangers(view_ontvangers(settings, code, stap.als))
        else:
            scherm.show_dossier(view_dossier(settings, code))

    def _answer(self, stap: Nazicht) -> None:
        with self.voortgang() as melder:
            settings = self._load(stap.dag, melder)
        antwoorden = {(self.formulieren.get_code(item.geval), item.woord): item.antwoord for item in stap.antwoorden}
        show_vragen(self.console, list_open_vragen(settings), self.doel)
        for vraag in list_open_vragen(settings):
            if (vraag.casuscode, vraag.token) in antwoorden:
                antwoord = antwoorden[vraag.casuscode, vraag.token]
                answer_open(settings, self.console, vraag.id, *parse_antwoord(antwoord))

    def _count(self, stap: Cijferstap) -> None:
        with self.voortgang() as melder:
            settings = self._load(stap.dag, melder)
            with hold_werkmap(settings):
                geteld = count_period(settings, stap.van, stap.tot)
        self._note(geteld.productie, geteld.bevindingen)
        show_geteld(self.console, geteld, proef=False)

    def _tick(self, stap: TekenAf) -> None:
        """Lay the latest list of this meeting in `in/`, with every package ticked that waits."""
        lijsten = sorted((self.doel / VERZENDLIJST).glob(f"* {stap.overleg}.docx"))
        if not lijsten:
            raise ConfiguratieFout([f"demo.toml: er is geen verzendlijst van “{stap.overleg}”."])
        with self.voortgang() as melder:
            settings = self._load(stap.dag, melder)
        with Register.open(self.doel, alleen_lezen=True) as register:
            rijen = list_rijen(list_pakketten(settings, register, lijsten[-1].stem), register.list_verzendingen())
        gezet: Antwoorden = {f"{VERZONDEN}.{JA}": True, OP: format_datum(stap.dag), HOE: stap.hoe}
        ingevuld = fill_controls(lijsten[-1].read_bytes(), {}, {kenmerk: gezet for kenmerk, wacht in rijen if wacht})
        (self.doel / "in" / lijsten[-1].name).write_bytes(ingevuld)

    def _check(self, stap: Nakijken) -> None:
        with self.voortgang() as melder:
            settings = self._load(stap.dag, melder)
        gevonden = check_werkmap(settings)
        show_controle(self.console, gevonden)
        self._note(Productie(), gevonden.bevindingen)

    def _make_form(self, dag: dt.date, soort: Formuliersoort, code: str, van: str) -> bytes:
        with self.voortgang() as melder:
            settings = self._load(dag, melder)
            with hold_werkmap(settings):
                return make_case_form(settings, soort, code, van)

    def _note(self, productie: Productie, *bevindingen: Iterable[Bevinding]) -> None:
        self.bevindingen += [*productie.geweigerd, *productie.bevindingen]
        self.bevindingen += [bevinding for groep in bevindingen for bevinding in groep]

    def _load(self, dag: dt.date, melder: Callable[[str, int, int], None]) -> Settings:
        return load_settings(self.doel, vandaag=dag, engine=self.engine, melder=melder)
