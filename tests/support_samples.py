"""The filled-in forms of `samples/`, found by walking the folder, and a werkmap to play them in."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import shutil
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from rich.console import Console
from support_nazicht import share_all

from pipeline.cli.show import Scherm
from pipeline.forms import fill_controls
from pipeline.pdf import RdocxEngine
from pipeline.register import Register
from pipeline.run import make_case_form, prepare_overleg, process_inbox
from pipeline.run.results import Formulierresultaat
from pipeline.run.werkmap import make_werkmap
from pipeline.settings import Settings
from schemas import kern
from schemas.bevinding import Bevinding
from schemas.catalogus import load_catalogus, load_werkmap
from schemas.datum import format_datum
from schemas.dossier import Dossier
from schemas.formulier import Formulier, Formuliersoort
from schemas.tafel import Besluit, Overlegsoort, Veldeis
from schemas.tafeldata import Tafeldata
from schemas.verstrekking import Verstrekking

SAMPLES = Path(__file__).parents[1] / "samples"
ONTVANGST = dt.date(2026, 11, 25)
TAFELS = load_catalogus()
_NIET_HET_FORMULIER = ("verwacht.toml", "invulling.toml")


@dataclass(frozen=True)
class Voorbeeld:
    """One sample: its table, its folder, the form as a partner sent it, and what must become of it."""

    tafel: str
    map: Path

    @property
    def naam(self) -> str:
        return self.map.name

    @property
    def formulier(self) -> Path:
        (pad,) = (p for p in self.map.iterdir() if p.name not in _NIET_HET_FORMULIER)
        return pad

    @cached_property
    def verwacht(self) -> dict[str, Any]:
        return tomllib.loads((self.map / "verwacht.toml").read_text(encoding="utf-8"))

    @property
    def client(self) -> str:
        """Who it is about, to tell forms about the same case apart; the sample's own name when it does not say."""
        namen = self.verwacht.get("antwoorden", {}).get(kern.NAAM, [])
        return str(namen[0]) if namen else self.naam


VOORBEELDEN = [
    Voorbeeld(f"{regio.name}/{tafel.name}", map_)
    for regio in sorted(SAMPLES.iterdir())
    if regio.is_dir() and not regio.name.startswith((".", "_"))
    for tafel in sorted(regio.iterdir())
    if tafel.is_dir()
    for map_ in sorted(tafel.iterdir())
    if map_.is_dir()
]


@cache
def list_rounds() -> list[tuple[str, tuple[Voorbeeld, ...]]]:
    """Per table, samples that can be played together: two forms about the same person go into different rounds."""
    rondes: dict[tuple[str, int], list[Voorbeeld]] = {}
    for voorbeeld in VOORBEELDEN:
        for nummer in itertools.count():
            ronde = rondes.setdefault((voorbeeld.tafel, nummer), [])
            if voorbeeld.client not in {v.client for v in ronde}:
                ronde.append(voorbeeld)
                break
    return [(tafel, tuple(ronde)) for (tafel, _), ronde in sorted(rondes.items(), key=lambda paar: paar[0])]


@dataclass(frozen=True)
class Gespeeld:
    """What a round left behind: the werkmap, the dossier of each sample, all copies, and what was printed."""

    map: Path
    voorbeelden: tuple[Voorbeeld, ...]
    resultaten: dict[str, Formulierresultaat]  #: by sample
    dossiers: dict[str, Dossier]  #: by casuscode
    verstrekkingen: tuple[Verstrekking, ...]
    regels: str

    def get_code(self, voorbeeld: Voorbeeld) -> str:
        return self.resultaten[voorbeeld.naam].casuscode

    def list_paths(self, verstrekking: Verstrekking) -> Iterator[Path]:
        """The copy itself, in Word and PDF; not the forms that travel with it."""
        for regel in verstrekking.bestanden:
            pad = self.map / "uit" / verstrekking.map / regel.naam
            if pad.stem == verstrekking.beeld.bestandsnaam:
                yield pad


def list_codes(bevindingen: Sequence[Bevinding]) -> set[str]:
    return {bevinding.code for bevinding in bevindingen}


def get_dag(overleg: Overlegsoort, vanaf: dt.date = ONTVANGST) -> dt.date:
    """The next day of an overleg; without fixed days one that everybody agrees on."""
    return next(overleg.kalender.iterate(vanaf), vanaf + dt.timedelta(days=9))


class Speler:
    """Plays samples through the real run, from `in/` to the packages of every overleg."""

    def __init__(self, map_: Path, tafel: str) -> None:
        self.map = map_
        self.data: Tafeldata = TAFELS[tafel]
        self._vanaf = ONTVANGST
        self._uit = io.StringIO()
        self._scherm = Scherm(Console(file=self._uit, width=200))
        make_werkmap(map_, self.data)

    def receive(self, voorbeelden: Sequence[Voorbeeld]) -> dict[str, Formulierresultaat]:
        """Drop the forms under their own names and take them in. Gives what became of each, by sample."""
        for voorbeeld in voorbeelden:
            shutil.copyfile(voorbeeld.formulier, self.map / "in" / voorbeeld.formulier.name)
        resultaten = {resultaat.bestand: resultaat for resultaat in self._process(ONTVANGST)}
        return {
            voorbeeld.naam: next(r for naam, r in resultaten.items() if voorbeeld.formulier.name in naam)
            for voorbeeld in voorbeelden
        }

    def decide(self, overleg: Overlegsoort, besluiten: dict[str, dict[str, Any]]) -> None:
        """Prepare the overleg, fill in its decision form (by casuscode) and take that in."""
        datum = get_dag(overleg, self._vanaf)
        self._vanaf = datum + dt.timedelta(days=1)  # what this overleg plans, comes on a later one
        if overleg.kalender.is_op_afspraak:
            self.plan(overleg, datum, besluiten)
        self.prepare(overleg, datum)
        formulier = self.data.get_formulier(overleg.besluitformulier or "")
        if formulier is None or not besluiten:
            return
        (pad,) = (self.map / "uit").rglob(f"{formulier.titel} {datum.isoformat()}.docx")
        rijen = {code: self._answer(formulier, overleg, gevraagd) for code, gevraagd in besluiten.items()}
        self.hand_in(pad, rijen, datum)

    def hand_in(self, pad: Path, rijen: dict[str, dict[str, str]], datum: dt.date) -> None:
        """The form of an overleg, filled in with a row a case."""
        (self.map / "in" / pad.name).write_bytes(fill_controls(pad.read_bytes(), {}, rijen))
        assert [r.casuscode for r in self._process(datum)] == [""]

    def plan(self, overleg: Overlegsoort, datum: dt.date, besluiten: dict[str, dict[str, Any]]) -> None:
        """Note on a melding for which day each case is planned, and who is asked to come."""
        settings = self._make_settings(ONTVANGST)
        soort = next(melding for melding in self.data.tafel.meldingen if melding.plant_overleg == overleg.id)
        for code, gevraagd in besluiten.items():
            inhoud = make_case_form(settings, Formuliersoort.MELDING, code)
            antwoorden = {
                kern.MELDING_SOORT: soort.label,
                kern.MELDING_DATUM: format_datum(ONTVANGST),
                kern.MELDING_WIE: ", ".join(self._list_namen(gevraagd.get("ad_hoc", ()))),
                kern.MELDING_OVERLEG_OP: format_datum(datum),
            }
            (self.map / "in" / f"melding {code}.docx").write_bytes(fill_controls(inhoud, antwoorden))
        assert [r.casuscode for r in self._process(ONTVANGST)] == list(besluiten)

    def prepare(self, overleg: Overlegsoort, datum: dt.date) -> None:
        settings = self._make_settings(datum)
        if list_codes(prepare_overleg(settings, overleg, datum).productie.geweigerd) == {"nazicht-nodig"}:
            share_all(settings)  # the coordinator looks at the words of an anonymous case and lets them go
        resultaat = prepare_overleg(settings, overleg, datum)
        assert not resultaat.productie.geweigerd, [b.melding for b in resultaat.productie.geweigerd]
        self._scherm.show_bereid(resultaat, proef=False)

    def finish(self, voorbeelden: tuple[Voorbeeld, ...], resultaten: dict[str, Formulierresultaat]) -> Gespeeld:
        with Register.open(self.map, alleen_lezen=True) as register:
            dossiers = {dossier.code: dossier for dossier in register.list_dossiers()}
            verstrekkingen = register.list_verstrekkingen()
        return Gespeeld(self.map, voorbeelden, resultaten, dossiers, verstrekkingen, self._uit.getvalue())

    def _process(self, dag: dt.date) -> tuple[Formulierresultaat, ...]:
        resultaat = process_inbox(self._make_settings(dag))
        assert not resultaat.brieven.geweigerd, [b.melding for b in resultaat.brieven.geweigerd]
        self._scherm.show_verwerkt(resultaat, proef=False)
        return resultaat.formulieren

    def _answer(self, formulier: Formulier, overleg: Overlegsoort, gevraagd: dict[str, Any]) -> dict[str, str]:
        """The row of a case, with whatever this decision requires besides."""
        besluit = self.data.tafel.get_besluit(gevraagd["besluit"])
        assert besluit is not None and besluit.overleg == overleg.id
        vraag = formulier.get_vraag(kern.PUNT_BESLUIT)
        optie = vraag.get_optie(besluit.id) if vraag else None
        assert optie is not None
        eerste = self._make_settings(ONTVANGST).werkmap.partners[0].naam
        ad_hoc = ", ".join(self._list_namen(gevraagd.get("ad_hoc", ())))
        rij = {kern.PUNT_BESLUIT: optie.label, **self._meet_demands(besluit, eerste), **self._give_roles(besluit)}
        return {**rij, kern.PUNT_AD_HOC: ad_hoc} if ad_hoc and not overleg.kalender.is_op_afspraak else rij

    def _list_namen(self, ids: Sequence[str]) -> list[str]:
        namen = {partner.id: partner.naam for partner in self._make_settings(ONTVANGST).werkmap.partners}
        return [namen[partner] for partner in ids]

    def _give_roles(self, besluit: Besluit) -> dict[str, str]:
        """Whom this decision asks to hold a role within the dossier: the first who can."""
        partners = self._make_settings(ONTVANGST).werkmap.partners
        rollen = [rol for rol in self.data.tafel.dossierrollen if rol.id in besluit.dragers]
        punten = kern.PUNT_CASUS.split(".")[0]
        return {f"{punten}.{rol.id}": next(p.naam for p in partners if p.rol in rol.rollen) for rol in rollen}

    def _meet_demands(self, besluit: Besluit, partner: str) -> dict[str, str]:
        antwoorden = {
            Veldeis.ADVIES: (kern.PUNT_ADVIES, "Een verzonnen advies."),
            Veldeis.REDEN: (kern.PUNT_REDEN, "Een verzonnen reden."),
            Veldeis.PARTNER: (kern.PUNT_PARTNER, partner),
        }
        return dict(antwoorden[eis] for eis in besluit.vereist)

    def _make_settings(self, dag: dt.date) -> Settings:
        return Settings(
            map=self.map,
            data=self.data,
            werkmap=load_werkmap(self.map / "werkmap.toml", self.data),
            tafels=tuple(TAFELS.values()),
            vandaag=dag,
            choose_engine=RdocxEngine,
        )


def play_round(map_: Path, tafel: str, voorbeelden: tuple[Voorbeeld, ...]) -> Gespeeld:
    """All samples of a round at once, through every overleg of the table in the order of its data."""
    speler = Speler(map_, tafel)
    resultaten = speler.receive(voorbeelden)
    for overleg in speler.data.tafel.overleggen:
        eigen = {b.id for b in speler.data.tafel.besluiten if b.overleg == overleg.id}
        besluiten = {
            resultaten[v.naam].casuscode: v.verwacht for v in voorbeelden if v.verwacht.get("besluit", "") in eigen
        }
        if overleg.besluitformulier:
            speler.decide(overleg, besluiten)
        else:
            speler.prepare(overleg, get_dag(overleg, ONTVANGST + dt.timedelta(days=10)))
    return speler.finish(voorbeelden, resultaten)
