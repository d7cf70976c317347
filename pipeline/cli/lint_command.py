"""`overleg sjabloon toets`: every fault of a template with its place, before a single document is made of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from pipeline.cli.context import WERKMAP_TOML, load_own_tafel, locate_tafel, refuse_disabled
from pipeline.cli.output import print_json
from pipeline.cli.show import Scherm
from pipeline.cli.usage import Bestand, Opdracht
from pipeline.disk import translate_faults, write_atomic
from pipeline.errors import ExitCode, GebruikFout
from pipeline.render.lint.check import Bestemming, lint_template
from pipeline.render.lint.mark import mark_template
from pipeline.run.sjabloonlint import EIGEN, make_bestemmingen
from pipeline.settings import SJABLONEN
from schemas.bevinding import Bevinding, Ernst
from schemas.catalogus import TAFEL, load_tafel
from schemas.fouttekst import suggest
from schemas.tafeldata import Tafeldata
from schemas.woorden import join_words, tell_count

_MAP = click.Path(path_type=Path, file_okay=False)
_WELKE_TAFEL = "Zeg het met --tafel REGIO/TAFEL, of met --map en de map van uw werkmap."


@click.command(
    cls=Opdracht,
    help="Kijk een sjabloon na, zonder gegevens, en toon alle fouten met hun plaats.\n\n"
    "DOCUMENT is de naam (id) van het document in documenten.toml; zonder --voor telt elk document van de tafel dat "
    "dit sjabloon gebruikt. Welke tafel, zegt --tafel of --map; ligt het sjabloon in de map “sjablonen” van een "
    "werkmap, dan hoeft dat niet.\n\n"
    "Voorbeeld: overleg sjabloon toets casusfiche.docx --voor casusfiche --map mijn-tafel --merk nakijken.docx",
)
@click.argument("bestand", metavar="SJABLOON", type=Bestand())
@click.option("--voor", metavar="DOCUMENT", help="Voor welk document het sjabloon dient.")
@click.option("--tafel", metavar="REGIO/TAFEL", help="Van welke tafel; of de map met de gegevens van een eigen tafel.")
@click.option(
    "--map", "map_", type=click.Path(path_type=Path, file_okay=False), metavar="MAP", help="Van welke werkmap."
)
@click.option(
    "--merk",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="F.docx",
    help="Schrijf een kopie met een opmerking van Word bij elke fout.",
)
@click.option("--json", "als_json", is_flag=True, help="Eén JSON-document op de standaarduitvoer.")
def toets(
    bestand: Path, voor: str | None, tafel: str | None, map_: Path | None, merk: Path | None, als_json: bool
) -> int:
    """Lint a template. Raises GebruikFout when it is for no document, ConfiguratieFout when it is no Word file."""
    if merk is not None and merk.resolve() == bestand.resolve():
        raise GebruikFout("De kopie zou het sjabloon zelf overschrijven.", "Geef bij --merk een andere naam.")
    if merk is not None and merk.exists():
        raise GebruikFout(f"{merk} bestaat al en wordt niet overschreven.", "Geef bij --merk een andere naam.")
    bestemmingen = _find_bestemmingen(bestand, voor, tafel, map_)
    with translate_faults(bestand):
        inhoud = bestand.read_bytes()
    bevindingen = lint_template(bestand.stem, inhoud, *bestemmingen.values())
    gemerkt = merk is not None and any(vondst.ernst is not Ernst.INFO for vondst in bevindingen)
    if merk is not None and gemerkt:
        with translate_faults(merk):
            write_atomic(merk, mark_template(bestand.stem, inhoud, *bestemmingen.values()))
    if als_json:
        print_json({"bestand": bestand.name, "bevindingen": [vondst.model_dump(mode="json") for vondst in bevindingen]})
    else:
        _show(bestand, list(bestemmingen), bevindingen, merk if gemerkt else None)
    return _choose_exit(bevindingen)


def _find_bestemmingen(bestand: Path, voor: str | None, tafel: str | None, map_: Path | None) -> dict[str, Bestemming]:
    """For which documents the template is, by name. Raises GebruikFout."""
    naam = voor or bestand.stem
    if naam in EIGEN and not tafel and not map_:
        return {naam: EIGEN[naam]}
    data = _load_data(bestand, tafel, map_)
    refuse_disabled(data)
    soorten = [soort for soort in data.documenten if naam == (soort.id if voor else soort.sjabloon)]
    if not soorten and naam in EIGEN:
        return {naam: EIGEN[naam]}
    if not soorten:
        bekend = [*(soort.id for soort in data.documenten), *EIGEN]
        wat = f"kent geen document “{voor}”" if voor else f"heeft geen document met sjabloon {bestand.stem}"
        hulp = suggest(naam, bekend).strip() or f"Kies met --voor uit: {', '.join(bekend)}."
        raise GebruikFout(f"{data.tafel.naam} {wat}.", hulp)
    return dict(zip((soort.id for soort in soorten), make_bestemmingen(data, soorten), strict=True))


def _load_data(bestand: Path, tafel: str | None, map_: Path | None) -> Tafeldata:
    """The table that was named, else the one in whose folder or werkmap the template lies, or we are."""
    if tafel and map_:
        raise GebruikFout("Kies --tafel of --map, niet allebei.")
    if tafel:
        return load_tafel(*locate_tafel(Path(tafel)))
    if map_:
        if not (map_ / WERKMAP_TOML).is_file():
            raise GebruikFout(f"{map_} is geen werkmap: {WERKMAP_TOML} ontbreekt.", "Geef de juiste map op.")
        return load_own_tafel(map_ / WERKMAP_TOML)
    eigen = bestand.resolve().parent
    if eigen.parent.parent == SJABLONEN.resolve():
        return load_tafel(f"{eigen.parent.name}/{eigen.name}")
    if (eigen.parent / TAFEL).is_file():
        return load_tafel(*locate_tafel(eigen.parent))
    for werkmap in (eigen.parent, Path.cwd()):
        if (werkmap / WERKMAP_TOML).is_file():
            return load_own_tafel(werkmap / WERKMAP_TOML)
    raise GebruikFout("Voor welke tafel dient dit sjabloon?", _WELKE_TAFEL)


def _show(bestand: Path, documenten: list[str], bevindingen: Sequence[Bevinding], merk: Path | None) -> None:
    scherm = Scherm(Console(highlight=False))
    scherm.show_bevindingen("", bevindingen)
    fouten = sum(vondst.ernst is Ernst.FOUT for vondst in bevindingen)
    let_op = sum(vondst.ernst is Ernst.WAARSCHUWING for vondst in bevindingen)
    delen = [tell_count(fouten, "fout", "fouten")] * bool(fouten)
    delen += [tell_count(let_op, "aandachtspunt", "aandachtspunten")] * bool(let_op)
    voor = join_words(documenten)
    scherm.show_regel(f"{bestand.name}, voor {voor}: {' en '.join(delen) or 'in orde'}.", "bold")
    if fouten:
        scherm.show_regel("→ Zolang er een fout in staat, komt er van dit sjabloon geen document of een verkeerd.")
    if merk is not None:
        scherm.show_regel(f"→ In {merk} staat bij elke plaats een opmerking. Verbeter het sjabloon, niet die kopie.")


def _choose_exit(bevindingen: Sequence[Bevinding]) -> ExitCode:
    ernst = {vondst.ernst for vondst in bevindingen}
    if Ernst.FOUT in ernst:
        return ExitCode.CONFIGURATIE
    return ExitCode.BEVINDINGEN if Ernst.WAARSCHUWING in ernst else ExitCode.KLAAR
