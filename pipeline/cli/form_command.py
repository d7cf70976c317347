"""`overleg formulier`: a blank form of a table, or the numbered form about one case."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console

from pipeline.cli.context import get_vandaag, hold_werkmap, load_settings, locate_tafel
from pipeline.cli.show import Scherm
from pipeline.cli.usage import Opdracht
from pipeline.disk import write_atomic
from pipeline.errors import ExitCode, GebruikFout
from pipeline.forms import Vooraf, build_formulier
from pipeline.pdf import choose_engine
from pipeline.run import find_partner, make_case_form
from pipeline.run.pdfformulier import make_pdf_form
from pipeline.settings import Settings
from schemas.catalogus import load_tafel
from schemas.formulier import CASUSFORMULIEREN, Formulier, Formuliersoort
from schemas.tafeldata import Tafeldata

_HULP = (
    "Schrijf een blanco formulier, of het genummerde formulier voor één casus.\n\n"
    "Voorbeeld: overleg formulier aanmelding --tafel regio/tafel -o F.docx\n\n"
    "Voorbeeld: overleg formulier plan --map mijn-tafel --casus BCDFG2"
)


@dataclass(frozen=True)
class _Vraag:
    """What was asked for: a form of the werkmap `map` about a case, or a blank one."""

    formulier: Formulier
    map: Path | None
    casus: str
    van: str
    uitvoer: Path | None
    pdf: bool = False

    def choose_pad(self, *delen: str) -> Path:
        """Where it comes: as asked for, else under its own name in this folder."""
        return self.uitvoer or Path(f"{' '.join(filter(None, delen))}.{'pdf' if self.pdf else 'docx'}")

    def finish(self, docx: bytes) -> bytes:
        """The form as it was asked for."""
        return make_pdf_form(docx, self.formulier, choose_engine()) if self.pdf else docx


@click.command(cls=Opdracht, name="formulier", help=_HULP)
@click.argument("soort", metavar="SOORT")
@click.option("--tafel", metavar="REGIO/TAFEL", help="Een blanco formulier van deze tafel.")
@click.option(
    "--map",
    "map_",
    metavar="MAP",
    type=click.Path(path_type=Path, file_okay=False),
    help="Een formulier uit deze werkmap.",
)
@click.option("--casus", default="", metavar="CODE", help="Met --map: over welke casus.")
@click.option("--van", default="", metavar="PARTNER", help="Bij een inbreng: welke partner het invult.")
@click.option("--pdf", "pdf", is_flag=True, help="Een PDF om in te vullen, in plaats van een Word-document.")
@click.option(
    "-o",
    "--uitvoer",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="BESTAND",
    help="Waar het formulier komt.",
)
@click.option(
    "--vandaag",
    type=click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"]),
    metavar="JJJJ-MM-DD",
    help="Werk alsof het deze dag is.",
)
def formulier(
    soort: str,
    tafel: str | None,
    map_: Path | None,
    casus: str,
    van: str,
    pdf: bool,
    uitvoer: Path | None,
    vandaag: dt.datetime | None,
) -> int:
    """Write a form."""
    if bool(tafel) == bool(map_):
        raise GebruikFout(
            "Zeg van welke tafel of uit welke werkmap het formulier komt.",
            "Geef --tafel REGIO/TAFEL voor een blanco formulier, of --map MAP met --casus CODE voor één casus.",
        )
    settings = load_settings(map_, vandaag=get_vandaag(vandaag)) if map_ else None
    data = settings.data if settings else load_tafel(*locate_tafel(Path(tafel or "")))
    vraag = _Vraag(_find_formulier(data, soort), map_, casus.strip().upper(), van.strip(), uitvoer, pdf)
    _check_options(vraag)
    scherm = Scherm(Console(highlight=False))
    for regel in _write_case_form(settings, vraag) if settings and vraag.casus else _write_blank(data, vraag):
        scherm.show_regel(regel)
    return ExitCode.KLAAR


def _find_formulier(data: Tafeldata, soort: str) -> Formulier:
    gevonden = data.get_formulier(soort)
    if gevonden is None:
        bekend = ", ".join(f.id for f in data.formulieren)
        raise GebruikFout(f"{data.tafel.naam} heeft geen formulier “{soort}”.", f"Kies uit: {bekend}.")
    return gevonden


def _check_options(vraag: _Vraag) -> None:
    """What belongs together: --map with --casus for a form about a case, and --van for an inbreng."""
    soort, titel = vraag.formulier.soort, vraag.formulier.titel
    if soort not in CASUSFORMULIEREN and (vraag.casus or vraag.van):
        raise GebruikFout(f"{titel} gaat niet over één casus.", "Laat --casus en --van weg.")
    if vraag.map is None and (vraag.casus or vraag.van):
        raise GebruikFout(
            "--casus en --van horen bij een werkmap.", "Geef met --map de werkmap op, in plaats van --tafel."
        )
    if vraag.map is not None and soort in CASUSFORMULIEREN and not vraag.casus:
        raise GebruikFout(f"{titel} gaat over één casus.", "Geef met --casus de casuscode op.")
    if vraag.casus and (soort is Formuliersoort.INBRENG) != bool(vraag.van):
        if vraag.van:
            raise GebruikFout(f"{titel} is niet voor één partner.", "Laat --van weg.")
        raise GebruikFout(
            f"{titel} is voor één partner.", "Geef met --van de id van die partner op, zoals in werkmap.toml."
        )


def _write_case_form(settings: Settings, vraag: _Vraag) -> list[str]:
    soort = vraag.formulier.soort
    partner = find_partner(settings, vraag.van) if vraag.van else None
    pad = vraag.choose_pad(vraag.formulier.titel, vraag.casus, partner.id if partner else "")
    if pad.exists():  # it may be a plan that was filled in
        raise GebruikFout(f"{pad} bestaat al en wordt niet overschreven.", "Geef met -o een andere naam op.")
    with hold_werkmap(settings):
        inhoud = make_case_form(settings, soort, vraag.casus, partner.id if partner else "", voor_pdf=vraag.pdf)
    write_atomic(pad, vraag.finish(inhoud))
    inleg = f"in {settings.map / 'in'} en start daarna: overleg verwerk {settings.map}"
    regels = {
        Formuliersoort.PLAN: (
            "→ Vul het plan in en bewaar het: u werkt altijd in dit ene document verder.",
            f"→ Leg na elke wijziging een kopie {inleg}",
        ),
        Formuliersoort.MELDING: (
            "→ Vul in wat er gebeurd is. Het formulier geldt voor één melding.",
            f"→ Leg het ingevulde formulier {inleg}",
        ),
        Formuliersoort.INBRENG: (
            f"→ Bezorg het aan {partner.naam if partner else vraag.van}, die het invult en terugstuurt.",
            f"→ Leg het ingevulde formulier {inleg}",
        ),
    }
    return [f"Het formulier staat in {pad}.", *regels[soort]]


def _write_blank(data: Tafeldata, vraag: _Vraag) -> list[str]:
    gekozen = vraag.formulier
    pad = vraag.choose_pad(gekozen.titel)
    write_atomic(pad, vraag.finish(build_formulier(data, gekozen, Vooraf(voor_pdf=vraag.pdf))))
    return [f"Het formulier staat in {pad}.", *_explain_blank(gekozen)]


def _explain_blank(gekozen: Formulier) -> list[str]:
    """What a form without a number is good for, when it needs one to come back."""
    zonder = "Dit exemplaar heeft geen nummer: het dient om te bekijken. Ingevuld wordt het niet aanvaard."
    if gekozen.soort is Formuliersoort.BESLUIT:
        return [zonder, f"→ Het formulier met nummer maakt u met: overleg bereid MAP --overleg {gekozen.overleg}"]
    if gekozen.soort in CASUSFORMULIEREN:
        van = " --van PARTNER" if gekozen.soort is Formuliersoort.INBRENG else ""
        return [
            zonder,
            f"→ Het formulier met nummer maakt u met: overleg formulier {gekozen.id} --map MAP --casus CODE{van}",
        ]
    return []
