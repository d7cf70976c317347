"""A coordinator's month in a test: a werkmap, forms dropped in it, and the real command line."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest
from support_fill import Antwoorden, fill_word
from support_tafels import name_tafel

from pipeline.cli import run_cli
from pipeline.errors import ExitCode
from pipeline.forms import build_formulier, fill_controls
from pipeline.register import Register
from schemas.catalogus import load_tafel
from schemas.dossier import Dossier

TAFEL = name_tafel("gewoon")

#: A complete aanmelding by name; a test changes what it is about.
VOLLEDIG: dict[str, str | bool] = {
    "aanmelding.soort": "Nieuwe aanmelding",
    "aanmelding.datum": "12/11/2026",
    "aanmelding.anoniem": "Op naam",
    "aanmelder.naam": "Mieke Proefmans",
    "aanmelder.organisatie": "CAW",
    "aanmelder.email": "mieke.proefmans@caw.example.org",
    "identiteit.zoeken": "Ja",
    "integriteit.aard.psychisch_eigen": True,
    "eigen_mogelijkheden.verkend": "Ja",
    "eigen_mogelijkheden.welke": "Woonbegeleiding en budgetbeheer.",
    "eigen_mogelijkheden.getoetst": "Ja",
    "instemming.geinformeerd": "Volledig",
    "instemming.stemt_in": "Ja",
    "veiligheid.crisis": "Nee",
    "vraag.vraag": "Wie kan de woonst mee opvolgen?",
    "vraag.deelbaar.tafel": True,
    "vraag.deelbaar.triage": True,
}
CLIENT: dict[str, str | bool] = {
    "betrokkenen.rol": "Cliënt",
    "betrokkenen.naam": "Odilon Verzinsel",
    "betrokkenen.geboortedatum": "3/4/1970",
    "betrokkenen.gemeente": "Herentals",
}
FEIT: dict[str, str | bool] = {
    "informatie.tekst": "De huur is drie maanden niet betaald.",
    "informatie.soort": "Feit",
    "informatie.bron": "aangetekende brief",
    "informatie.datum": "1/10/2026",
    "informatie.deelbaar.tafel": True,
}


@cache
def get_blank(formulier: str = "aanmelding") -> bytes:
    """The table's blank form."""
    data = load_tafel(TAFEL)
    gevonden = data.get_formulier(formulier)
    assert gevonden is not None
    return build_formulier(data, gevonden)


def make_form(
    antwoorden: Antwoorden | None = None,
    clienten: Sequence[Antwoorden] = (CLIENT,),
    informatie: Sequence[Antwoorden] = (FEIT,),
) -> bytes:
    """A filled-in aanmeldformulier: VOLLEDIG with these answers instead; an answer "" is left blank."""
    samen = {**VOLLEDIG, **(antwoorden or {})}
    gekozen = {tag: waarde for tag, waarde in samen.items() if waarde != ""}
    return fill_word(get_blank(), gekozen, {"betrokkenen": clienten, "informatie": informatie})


#: The line of `werkmap.toml` with which clear documents go along in a mail.
MET_BIJLAGEN = "mail_bijlagen = true"
#: One play of a month for all tests that begin with it, also when tests run side by side.
IN_EEN_PROCES = pytest.mark.xdist_group("expertentafel")


@dataclass
class Werkmapje:
    """A werkmap of the first table, worked on through the command line only."""

    map: Path
    uitvoer: str = ""  #: what the last command printed

    @classmethod
    def make(cls, plaats: Path) -> Werkmapje:
        """Make one with `overleg nieuw`."""
        werkmap = cls(plaats / "werkmap")
        assert werkmap.run("nieuw", str(werkmap.map), "--tafel", TAFEL) == 0
        return werkmap

    def run(self, *args: str) -> int:
        """Run a command; keeps what it printed."""
        uit = io.StringIO()
        breed = patch.dict(os.environ, COLUMNS="200")  # a table that wraps would hide the words that tests look for
        with breed, redirect_stdout(uit), redirect_stderr(uit):
            code = run_cli(list(args))
        self.uitvoer = uit.getvalue()
        return code

    def drop(self, inhoud: bytes, naam: str = "aanmelding.docx") -> None:
        """Put a file in `in/`."""
        (self.map / "in" / naam).write_bytes(inhoud)

    def process(self, dag: str = "2026-11-23", *opties: str) -> int:
        """`overleg verwerk`."""
        return self.run("verwerk", str(self.map), "--vandaag", dag, "--pdf", "rdocx", *opties)

    def prepare(self, overleg: str, dag: str, *opties: str) -> int:
        """`overleg bereid`."""
        return self.run("bereid", str(self.map), "--overleg", overleg, "--vandaag", dag, "--pdf", "rdocx", *opties)

    def decide(self, rijen: Mapping[str, Mapping[str, str | bool]], dag: str = "2026-12-04") -> int:
        """Fill in the newest decision form that stands ready, drop it and process it."""
        self.drop(fill_controls(self.get_decision_form().read_bytes(), {}, rijen), "besluiten.docx")
        return self.process(dag)

    def get_decision_form(self) -> Path:
        """The newest decision form in `uit/`."""
        return max((self.map / "uit").rglob("*besluitformulier*.docx"), key=lambda pad: pad.stat().st_mtime_ns)

    def list_files(self, onder: str = "uit") -> list[str]:
        """Every file below a folder, relative to the werkmap, but what is not out yet."""
        paden = (pad for pad in (self.map / onder).rglob("*") if pad.is_file())
        return sorted(pad.relative_to(self.map).as_posix() for pad in paden if ".klaar" not in pad.parts)

    def list_dossiers(self) -> tuple[Dossier, ...]:
        """All dossiers of the register."""
        with Register.open(self.map, alleen_lezen=True) as register:
            return register.list_dossiers()


_GEBRACHT: dict[tuple[str, ...], Path] = {}
_TRIAGE = ("triagetafel",)


def bring_to_expertentafel(plaats: Path, mappen: pytest.TempPathFactory, *regels: str) -> Werkmapje:
    """A werkmap with one case by name before the expertentafel of 17 December; all packages lie ready since the 10th.

    In: where to put it; where to play it, once a process; what stands at the top of its `werkmap.toml`. Tests of
    several files that begin so are marked IN_EEN_PROCES.
    """
    if regels not in _GEBRACHT:
        _GEBRACHT[regels] = _bring(mappen.mktemp("gebracht"), regels)
    return Werkmapje(Path(shutil.copytree(_GEBRACHT[regels], plaats / "werkmap")))


def bring_to_triagetafel(plaats: Path, mappen: pytest.TempPathFactory) -> Werkmapje:
    """The same, only that far that the packages of the triagetafel of 4 December lie ready since 27 November."""
    if _TRIAGE not in _GEBRACHT:
        mapje = Werkmapje.make(mappen.mktemp("gebracht"))
        _prepare_triage(mapje)
        _GEBRACHT[_TRIAGE] = mapje.map
    return Werkmapje(Path(shutil.copytree(_GEBRACHT[_TRIAGE], plaats / "werkmap")))


def _prepare_triage(mapje: Werkmapje) -> None:
    mapje.drop(make_form())
    assert mapje.process() == ExitCode.KLAAR
    assert mapje.prepare("triagetafel", "2026-11-27") == ExitCode.KLAAR


def _bring(plaats: Path, regels: Sequence[str]) -> Path:
    mapje = Werkmapje.make(plaats)
    toml = mapje.map / "werkmap.toml"
    toml.write_text("\n".join((*regels, toml.read_text("utf-8"))), "utf-8")
    _prepare_triage(mapje)
    besluit = {"punten.besluit": "Agenderen op de expertentafel"}
    assert mapje.decide({mapje.list_dossiers()[0].code: besluit}) == ExitCode.KLAAR
    assert mapje.prepare("expertentafel", "2026-12-10") == ExitCode.KLAAR
    return mapje.map
