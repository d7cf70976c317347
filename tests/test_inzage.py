"""`overleg inzage`: what is held about one person and to whom it went; of anybody else not a word."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader
from support_dossier import VOLLEDIG as ANTWOORDEN
from support_dossier import make_aanmelding, make_dossier
from support_werkmap import CLIENT, FEIT, Werkmapje, make_form

from pipeline.errors import ExitCode, GebruikFout
from pipeline.run.inzage import WEGGELATEN
from pipeline.run.person import find_betrokkene, names_other
from schemas.dossier import Dossier

DAG = "2026-12-20"
#: Of others: names, their particulars, what they brought, the coordinator's own words.
DERDEN = ("Roodborst", "Ijsvogel", "Kwikstaart", "Proefmans", "Geelgors", "Bosuil", "Nachtegaal")
MOEDER: Mapping[str, str | bool] = {
    "betrokkenen.rol": "Ouder van de cliënt",
    "betrokkenen.naam": "Roodborst Verzinsel",
    "betrokkenen.geboortedatum": "1/2/1945",
    "betrokkenen.gemeente": "Ijsvogeldorp",
}
NAAMGENOOT: Mapping[str, str | bool] = {
    **MOEDER,
    "betrokkenen.naam": "Odilon Verzinsel",
    "betrokkenen.gemeente": "Kwikstaartdorp",
}
EIGEN = ("Odilon Verzinsel", "3 april 1970", "Herentals", "Woonbegeleiding en budgetbeheer.")


@pytest.fixture(scope="module")
def klaar(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of which packages went out; the aanmelder wrote about the mother where the cliënt was asked about."""
    mapje = Werkmapje.make(tmp_path_factory.mktemp("klaar"))
    feit = {**FEIT, "informatie.tekst": "Geelgors zag het.", "informatie.bron": "buurman Bosuil"}
    vraag = "Wie kan met roodborst gaan praten?"
    niet_gedeeld = {"vraag.vraag": vraag, "vraag.deelbaar.tafel": "", "vraag.deelbaar.triage": ""}
    mapje.drop(make_form(niet_gedeeld, [CLIENT, MOEDER], [feit]))
    mapje.process("2026-11-23")
    mapje.prepare("triagetafel", "2026-11-27")
    code = mapje.list_dossiers()[0].code
    mapje.decide({code: {"punten.besluit": "Niet weerhouden", "punten.reden": "Nachtegaal zei dat het niet kan."}})
    mapje.run("verzonden", str(mapje.map), "2026-11-23 brieven", "--vandaag", "2026-12-05", "--via", "beveiligde mail")
    return mapje.map


@pytest.fixture
def mapje(klaar: Path, tmp_path: Path) -> Werkmapje:
    return Werkmapje(Path(shutil.copytree(klaar, tmp_path / "werkmap")))


def ask(mapje: Werkmapje, naam: str = "odilon  VERZINSEL", *opties: str) -> int:
    return mapje.run("inzage", str(mapje.map), naam, "--vandaag", DAG, "--pdf", "rdocx", *opties)


def read_word(pad: Path) -> str:
    document = Document(io.BytesIO(pad.read_bytes()))
    sectie = document.sections[0]
    delen = (document.element.body, sectie.header._element, sectie.footer._element)
    return "\n".join("".join(t.text or "" for t in p.iter() if t.tag.endswith("}t")) for d in delen for p in d.iter())


def read_pdf(pad: Path) -> str:
    return "\n".join(pagina.extract_text() for pagina in PdfReader(pad).pages)


def read_both(mapje: Werkmapje) -> list[str]:
    (word,), (pdf,) = ((mapje.map / "inzage").glob(f"*.{soort}") for soort in ("docx", "pdf"))
    return [read_word(word), read_pdf(pdf)]


def squeeze(tekst: str) -> str:
    return re.sub(r"\s+", " ", tekst)


def test_the_client_reads_his_own_answers_and_to_whom_what_went(mapje: Werkmapje) -> None:
    assert ask(mapje) == ExitCode.KLAAR
    for tekst in map(squeeze, read_both(mapje)):
        assert all(waarde in tekst for waarde in EIGEN)
        assert "5 december 2026, beveiligde mail" in tekst and "niet genoteerd" in tekst
        assert "Triagelijst" in tekst and "Aanmelder" in tekst
        assert "grond:" in tekst and "geen bewaartermijn" in tekst
        assert "Niet weerhouden" in tekst
        assert "ONTWERP" in tekst and "toezichthouder" in tekst


def test_of_anybody_else_not_a_word(mapje: Werkmapje) -> None:
    """Names, particulars, sources and the words of others; a free answer that names one of them is left out whole."""
    ask(mapje)
    for tekst in read_both(mapje):
        assert [woord for woord in DERDEN if woord.casefold() in tekst.casefold()] == []
        assert squeeze(WEGGELATEN)[:40] in squeeze(tekst)
        assert "1 oktober 2026" in squeeze(tekst)  # that there is information, of what kind and of when
    assert [woord for woord in (*DERDEN, "Verzinsel") if woord in mapje.uitvoer] == []


def test_another_betrokkene_reads_nothing_about_the_client(mapje: Werkmapje) -> None:
    assert ask(mapje, "Roodborst Verzinsel") == ExitCode.KLAAR
    anders = ("Odilon", "Woonbegeleiding", "3 april 1970", "Niet weerhouden", "niet weerhouden", "Proefmans", "Bosuil")
    for tekst in map(squeeze, read_both(mapje)):
        assert "Roodborst Verzinsel" in tekst and "Ijsvogeldorp" in tekst
        assert [woord for woord in anders if woord in tekst] == []
        assert "psychi" not in tekst.casefold()


def test_the_file_name_and_the_properties_hold_no_name(mapje: Werkmapje) -> None:
    ask(mapje)
    namen = sorted(pad.name for pad in (mapje.map / "inzage").iterdir())
    code = mapje.list_dossiers()[0].code
    assert namen == [f"Inzage {code} {DAG}.docx", f"Inzage {code} {DAG}.pdf"]
    eigenschappen = Document(str(mapje.map / "inzage" / namen[0])).core_properties
    assert "Verzinsel" not in f"{eigenschappen.title}{eigenschappen.author}{eigenschappen.subject}"


def test_the_draft_that_somebody_works_in_is_never_overwritten(mapje: Werkmapje) -> None:
    ask(mapje)
    word = next((mapje.map / "inzage").glob("*.docx"))
    word.write_bytes(b"nagelezen")
    assert ask(mapje) == ExitCode.KLAAR
    assert word.read_bytes() == b"nagelezen"
    assert len(list((mapje.map / "inzage").iterdir())) == 4


def test_it_can_be_written_elsewhere_and_says_that_it_stays_there(mapje: Werkmapje, tmp_path: Path) -> None:
    assert ask(mapje, "Odilon Verzinsel", "-o", str(tmp_path / "elders")) == ExitCode.KLAAR
    assert len(list((tmp_path / "elders").iterdir())) == 2 and not (mapje.map / "inzage").exists()
    assert "niet mee vernietigd" in mapje.uitvoer


def test_the_register_is_left_as_it_was(mapje: Werkmapje) -> None:
    voor = (mapje.map / "register.sqlite").read_bytes()
    ask(mapje)
    assert (mapje.map / "register.sqlite").read_bytes() == voor


def test_who_is_not_there_is_refused_without_naming_anybody(mapje: Werkmapje) -> None:
    for naam, opties in (("Odilon Verzinselt", ()), ("", ()), ("Odilon Verzinsel", ("--casus", "XXXXXX"))):
        assert ask(mapje, naam, *opties) == ExitCode.GEBRUIK
        assert not any(woord in mapje.uitvoer for woord in (*DERDEN, "Verzinsel"))


# --- who is meant ---------------------------------------------------------------------------------------------------


def make_case(code: str, *personen: Mapping[str, str | bool]) -> Dossier:
    rijen = {"betrokkenen": [{sleutel.split(".")[1]: str(waarde) for sleutel, waarde in p.items()} for p in personen]}
    return make_dossier(make_aanmelding(ANTWOORDEN, rijen), code=code)


def test_a_name_in_two_cases_asks_which() -> None:
    een, twee = make_case("BBBBB2", CLIENT), make_case("CCCCC2", MOEDER, CLIENT)
    with pytest.raises(GebruikFout, match="BBBBB2, CCCCC2"):
        find_betrokkene([een, twee], "Odilon Verzinsel", ("client",))
    (gevonden,) = find_betrokkene([een, twee], "odilon verzinsel", ("client",), casus="ccccc2")
    assert gevonden.dossier.code == "CCCCC2" and gevonden.rij is not None


def test_two_people_of_one_name_in_a_case_are_told_apart_by_their_birth_date() -> None:
    dossier = make_case("BBBBB2", CLIENT, NAAMGENOOT)
    with pytest.raises(GebruikFout, match="2 betrokkenen"):
        find_betrokkene([dossier], "Odilon Verzinsel", ("client",))
    (gevonden,) = find_betrokkene([dossier], "Odilon Verzinsel", ("client",), geboren=dt.date(1945, 2, 1))
    assert gevonden.rij is not None and gevonden.rij.get_tekst("gemeente") == "Kwikstaartdorp"


def test_the_anonymous_case_that_came_before_belongs_to_the_client_and_to_nobody_else() -> None:
    eerder = make_case("AAAAA2")
    later = make_case("BBBBB2", CLIENT, MOEDER).model_copy(update={"eerdere_code": "AAAAA2"})
    assert [b.dossier.code for b in find_betrokkene([eerder, later], "Odilon Verzinsel", ("client",))] == [
        "BBBBB2",
        "AAAAA2",
    ]
    assert [b.dossier.code for b in find_betrokkene([eerder, later], "Roodborst Verzinsel", ("client",))] == ["BBBBB2"]


@pytest.mark.parametrize("tekst", ["Vraag het aan Zoë.", "zoe's broer", "de ZOË-zaak", "Zoes jas"])
def test_another_persons_name_is_seen_however_it_is_written(tekst: str) -> None:
    assert names_other(tekst, frozenset({"zoe"}))


def test_a_shared_surname_names_nobody() -> None:
    (client,) = find_betrokkene([make_case("BBBBB2", CLIENT, MOEDER)], "Odilon Verzinsel", ("client",))
    assert "roodborst" in client.list_others() and "verzinsel" not in client.list_others()
