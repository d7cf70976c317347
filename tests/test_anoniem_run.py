"""The two tables that exist only in tests, played through the command line: intake, meeting, verslag, plan.

No code knows them: what they ask, decide and share stands in `tests/regios/`.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from support_anoniem import DATA, KETEN, KRING, REGIOS
from support_fill import Antwoorden, fill_word
from support_tekst import read_any, squeeze
from support_werkmap import Werkmapje

from pipeline.forms import fill_controls
from pipeline.register import Register
from schemas.anoniembeeld import AnoniemBeeld
from schemas.verstrekking import Verstrekking

#: What points at somebody, each found nowhere else. Everything is flagged for everybody.
VERBODEN = (
    *("Odile", "Verzinsel", "Joris", "Denkbeeld", "Verzonnenstad-Oost", "Proefschool", "De Sleutel", "0612345678"),
    *("NR-4711-X", "Verzonnen Eiland", "14-03-2012", "14 maart", "9 juni", "Mieke Proefmans", "0687654321"),
    *("mieke.proef@example.org", "hulpdienst@example.org", "3 februari", "21 april", "QQQQQ2"),
)
JONGERE: Antwoorden = {
    "betrokkenen.rol": "Jongere",
    "betrokkenen.naam": "Odile Verzinsel",
    "betrokkenen.geboortedatum": "14-03-2012",
    "betrokkenen.gemeente": "Verzonnenstad-Oost",
    "betrokkenen.school": "De Sleutel, Proefschool",
    "betrokkenen.telefoon": "0612345678",
    "betrokkenen.nummer": "NR-4711-X",
    "betrokkenen.woont": "Thuis",
    "betrokkenen.afkomst": "Het Verzonnen Eiland",
    "betrokkenen.sterkte": "tekent graag",
}
VADER: Antwoorden = {
    "betrokkenen.rol": "Vader",
    "betrokkenen.naam": "Joris Denkbeeld",
    "betrokkenen.geboortedatum": "09-06-1980",
}
AANMELDING: Antwoorden = {
    "aanmelding.soort": "Nieuwe aanmelding",
    "aanmelding.datum": "02-11-2026",
    "aanmelding.anoniem": "Op naam",
    "aanmelder.naam": "Mieke Proefmans",
    "aanmelder.functie": "jeugdwerker",
    "aanmelder.email": "mieke.proef@example.org",
    "aanmelder.telefoon": "0687654321",
    "identiteit.zoeken": "Ja",
    "instemming.geinformeerd": "Ja",
    "instemming.stemt_in": "Ja",
    "hulp.soort.gesprekken": True,
    "hulp.sinds": "03-02-2025",
    "hulp.plaatsing": "21-04-2026",
    "hulp.mail": "hulpdienst@example.org",
    "hulp.andere_casus": "QQQQQ2",
    "hulp.verloop": "Het gesprek helpt een beetje.",
    "vraag.vraag": "Wie helpt dit gezin verder?",
}
FEIT: Antwoorden = {
    "informatie.tekst": "De jongere slaapt slecht sinds de verhuis.",
    "informatie.soort": "Feit",
    "informatie.bron": "gesprek met de vader",
    "informatie.datum": "21-04-2026",
}
GENOEMD: Antwoorden = {**FEIT, "informatie.tekst": "Vaak blijft Odile op de kamer."}
GEDEELD = (
    *("De jongere slaapt slecht", "Vaak blijft de jongere op de kamer", "12 tot en met 17 jaar"),
    *("de vader", "18 jaar of ouder", "april 2026"),
)


class Tafelmap(Werkmapje):
    """A werkmap of a table that does not come with the program."""

    @classmethod
    def make_of(cls, plaats: Path, tafel: str) -> Tafelmap:
        werkmap = cls(plaats / "werkmap")
        assert werkmap.run("nieuw", str(werkmap.map), "--tafel", str(REGIOS / tafel)) == 0, werkmap.uitvoer
        return werkmap

    def write_form(self, soort: str, *opties: str) -> bytes:
        pad = self.map.parent / f"{soort}.docx"
        pad.unlink(missing_ok=True)
        assert self.run("formulier", soort, *opties, "-o", str(pad)) == 0, self.uitvoer
        return pad.read_bytes()

    def replace_all(self) -> int:
        """The coordinator puts a word for the role in the place of each word that was stopped; gives how many."""
        self.run("nazicht", str(self.map))
        codes = dict.fromkeys(re.findall(r"\b[BCDFGHJKLMNPQRSTVWXYZ2-9]{12}\b", self.uitvoer))
        for code in codes:
            assert self.run("nazicht", str(self.map), "--antwoord", code, "vervang=de jongere") == 0, self.uitvoer
        return len(codes)

    def find_missing(self, document: str, ontvanger: str, verwacht: Sequence[str]) -> list[str]:
        """What does not stand in the PDF that this recipient got of this document."""
        (kopie,) = [v for v in self.list_copies() if (v.documentsoort, v.ontvanger) == (document, ontvanger)]
        naam = f"{kopie.beeld.bestandsnaam}.pdf"
        tekst = squeeze(read_any(self.map / "uit" / kopie.map / naam))
        return [woorden for woorden in verwacht if squeeze(woorden) not in tekst]

    def list_copies(self) -> tuple[Verstrekking, ...]:
        with Register.open(self.map, alleen_lezen=True) as register:
            return register.list_verstrekkingen()


def flag(antwoorden: Antwoorden, groepen: Sequence[str]) -> Antwoorden:
    """Ticked for these groups, in every rubriek that asks for ticks."""
    (rubriek,) = {naam.split(".")[0] for naam in antwoorden}
    return {**antwoorden, **{f"{rubriek}.deelbaar.{groep}": True for groep in groepen}}


def play_intake(werkmap: Tafelmap, tafel: str, organisatie: str) -> str:
    """A form in which everything is answered and flagged for everybody. Gives the code of its case."""
    groepen = [groep.id for groep in DATA[tafel].deling.doelgroepen]
    vlaggen = {f"{rubriek}.deelbaar.{groep}": True for rubriek in ("aanmelder", "hulp", "vraag") for groep in groepen}
    rijen: Mapping[str, Sequence[Antwoorden]] = {
        "betrokkenen": [flag(JONGERE, groepen), flag(VADER, groepen)],
        "informatie": [flag(FEIT, groepen), flag(GENOEMD, groepen)],
    }
    antwoorden = {**AANMELDING, "aanmelder.organisatie": organisatie, "hulp.door": organisatie, **vlaggen}
    leeg = werkmap.write_form("aanmelding", "--tafel", str(REGIOS / tafel))
    werkmap.drop(fill_word(leeg, antwoorden, rijen))
    assert werkmap.process("2026-11-23") in (0, 1), werkmap.uitvoer
    (dossier,) = werkmap.list_dossiers()
    return dossier.code


def iterate_anonymous(werkmap: Tafelmap) -> Iterator[tuple[Verstrekking, Path]]:
    for verstrekking in werkmap.list_copies():
        if isinstance(verstrekking.beeld, AnoniemBeeld):
            for regel in verstrekking.bestanden:
                yield verstrekking, werkmap.map / "uit" / verstrekking.map / regel.naam


def find_verboden(pad: Path) -> set[str]:
    """What points at somebody in the text, the raw bytes, the unpacked parts or the name of a file."""
    rauw = pad.read_bytes()
    if pad.suffix == ".docx":
        with zipfile.ZipFile(pad) as pakket:
            rauw += b"".join(pakket.read(naam) for naam in pakket.namelist())
    plat = f"{pad.name} {squeeze(read_any(pad))} {rauw.decode('utf-8', 'ignore')} {rauw.decode('utf-16-le', 'ignore')}"
    return {woord for woord in VERBODEN if any(vorm.casefold() in plat.casefold() for vorm in (woord, squeeze(woord)))}


def assert_anonymous(werkmap: Tafelmap, verwacht: set[str]) -> None:
    paden = list(iterate_anonymous(werkmap))
    assert {verstrekking.documentsoort for verstrekking, _ in paden} == verwacht
    assert {pad.name: gevonden for _, pad in paden if (gevonden := find_verboden(pad))} == {}


def decide(werkmap: Tafelmap, rij: Mapping[str, str | bool], afspraak: Mapping[str, str], dag: str) -> str:
    """Fill in the decision form for the one case and take it in."""
    (pad,) = (werkmap.map / "uit").rglob("Verslagformulier*.docx")
    (dossier,) = werkmap.list_dossiers()
    gevuld = fill_controls(pad.read_bytes(), {}, {dossier.code: rij})
    extra = {"afspraken": [{"afspraken.casus": dossier.code, **afspraak}]} if afspraak else {}
    werkmap.drop(fill_word(gevuld, {}, extra) if extra else gevuld, "verslag.docx")
    assert werkmap.process(dag) in (0, 1), werkmap.uitvoer
    return dossier.code


def test_where_only_the_secretariaat_knows_nobody_else_ever_reads_who_it_is(tmp_path: Path) -> None:
    """Mode B: intake, agenda, casusbeschrijving, verslag."""
    werkmap = Tafelmap.make_of(tmp_path, KRING)
    code = play_intake(werkmap, KRING, "Jeugdhuis De Brug")
    assert werkmap.prepare("overleg", "2026-12-01") == 5, werkmap.uitvoer  # a word waits for the coordinator
    assert werkmap.replace_all() == 1
    assert werkmap.prepare("overleg", "2026-12-01") == 0, werkmap.uitvoer
    assert werkmap.run("bekijk", str(werkmap.map), code, "--als", "de_brug") == 0
    assert "12 tot en met 17 jaar" in werkmap.uitvoer
    assert not [woord for woord in VERBODEN if woord in werkmap.uitvoer]
    besluit = {"punten.besluit": "Samen verder opvolgen"}
    besluit |= dict.fromkeys(("punten.aanwezig", "punten.partner"), "Stichting Lichtpunt")
    afspraak = {"afspraken.wie": "Stichting Lichtpunt", "afspraken.tegen": "15-12-2026"}
    decide(werkmap, besluit, {"afspraken.wat": "Belt de vader.", **afspraak}, "2026-12-09")
    opties = ("--overleg", "overleg", "--vandaag", "2026-12-09", "--pdf", "rdocx")
    assert werkmap.run("verslag", str(werkmap.map), *opties) == 0, werkmap.uitvoer
    assert_anonymous(werkmap, {"agenda", "casusbeschrijving", "verslag"})
    anderen = {v.documentsoort for v in werkmap.list_copies() if not isinstance(v.beeld, AnoniemBeeld)}
    assert anderen == {"ontvangstmelding", "terugkoppeling"}
    assert werkmap.find_missing("casusbeschrijving", "lichtpunt", GEDEELD) == []
    dag = "15 december 2026"
    assert werkmap.find_missing("verslag", "lichtpunt", ("Belt de vader.", "december 2026", dag)) == [dag]


def test_a_mail_group_reads_the_plan_of_a_case_that_the_table_knows_by_name(tmp_path: Path) -> None:
    """Mode C: the casusfiche by name, the plan and what follows anonymous."""
    werkmap = Tafelmap.make_of(tmp_path, KETEN)
    code = play_intake(werkmap, KETEN, "Wijkteam Verzonnenstad")
    assert werkmap.prepare("overleg", "2026-12-01") == 0, werkmap.uitvoer
    fiche = next(v for v in werkmap.list_copies() if v.documentsoort == "casusfiche" and v.ontvanger == "wijkteam")
    assert fiche.beeld.casussen[0].identiteit[0].naam == "Odile Verzinsel"
    decide(werkmap, {"punten.besluit": "Samen verder opvolgen"}, {}, "2026-12-09")
    plan = werkmap.write_form("plan", "--map", str(werkmap.map), "--casus", code)
    koppen = {"plan.stand": "Goedgekeurd", "plan.opgesteld_op": "08-12-2026", "plan.bijgewerkt_op": "09-12-2026"}
    actie: Antwoorden = {
        "acties.doelstelling": "Rust in huis.",
        "acties.prioriteit": "Hoog",
        "acties.actie": "Belt de vader van de jongere.",
        "acties.uitvoerder": "Politie Voorbeelddorp",
        "acties.tegen": "24-12-2026",
        "acties.status": "Te doen",
        "acties.deelbaar.mailgroep": True,
    }
    werkmap.drop(fill_word(plan, {**koppen, "plan.goedgekeurd_op": "08-12-2026"}, {"acties": [actie]}), "plan.docx")
    assert werkmap.process("2026-12-10") == 1, werkmap.uitvoer  # who acts reads it only in the mail group
    assert_anonymous(werkmap, {"plan", "besluitbericht"})
    lezers = {v.ontvanger for v in werkmap.list_copies() if v.documentsoort == "plan"}
    assert lezers == {"mailgroep", "zuid"}
    dag, verwacht = "24 december 2026", ("Politie Voorbeelddorp", "december 2026", "geanonimiseerd")
    assert werkmap.find_missing("plan", "zuid", (*verwacht, dag)) == [dag]


@pytest.mark.parametrize("tafel", DATA)
def test_a_table_in_a_folder_of_its_own_passes_its_check(tafel: str, tmp_path: Path) -> None:
    werkmap = Tafelmap(tmp_path)
    assert werkmap.run("tafel", "toets", str(REGIOS / tafel)) == 0, werkmap.uitvoer
