"""`overleg tafel`: a new table without code, and all its mistakes at once before anything is written."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from docx import Document
from support_tafels import name_tafel

from pipeline.cli import run_cli
from pipeline.errors import ExitCode
from pipeline.run.sjabloontoets import find_unprinted
from pipeline.run.tafeltoets import list_sjabloonmappen
from schemas.catalogus import SKELET, load_catalogus, load_tafel
from schemas.criterium import TOETSEN, Gevolg, Klasse
from schemas.deling import Feit
from schemas.documentsoort import Aanleiding, Moment
from schemas.formulier import Vraagsoort
from schemas.tafel import Rolsoort

NAAM = "verzonnen-streek/proeftafel"
VERGEET_NIET = "formulieren/aanmelding.toml"


@pytest.fixture
def tafel(tmp_path: Path) -> Path:
    """A new table as the command writes it."""
    map_ = tmp_path / NAAM
    assert run_cli(["tafel", "nieuw", str(map_)]) == ExitCode.KLAAR
    return map_


def spoil(tafel: Path, bestand: str, oud: str, nieuw: str) -> None:
    pad = tafel / bestand
    tekst = pad.read_text(encoding="utf-8")
    assert oud in tekst
    pad.write_text(tekst.replace(oud, nieuw, 1), encoding="utf-8")


def test_a_new_table_is_in_order_as_it_stands(tafel: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_cli(["tafel", "toets", str(tafel)]) == ExitCode.KLAAR
    assert "Voorbeeldtafel is in orde: 2 formulieren, 3 criteria en 8 documenten." in capsys.readouterr().out
    assert load_tafel(NAAM, tafel.parent.parent).tafel.id == NAAM


def test_every_rule_of_the_skeleton_asks_for_a_source_and_every_file_explains_itself() -> None:
    for pad in SKELET.rglob("*.toml"):
        assert pad.read_text(encoding="utf-8").startswith("# "), pad.name
    assert 'bron = "eigen keuze' in (SKELET / "tafel.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("tafel_id", [naam for naam, data in load_catalogus().items() if data.tafel.ingeschakeld])
def test_every_table_that_ships_can_make_each_of_its_forms_and_documents(
    tafel_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_cli(["tafel", "toets", tafel_id]) == ExitCode.KLAAR, capsys.readouterr().err


#: One mistake each, in whichever file, with the words that the message must hold.
FOUTEN = {
    "a key that nobody knows": ("tafel.toml", 'naam = "V', 'nam = "V', ["tafel.toml", 'Bedoelde u "naam"']),
    "a label that is missing": (VERGEET_NIET, 'label = "Organisatie"\n', "", ["aanmelder.organisatie", "label"]),
    "a rule on a field of no form": (
        "criteria.toml",
        "betrokkenen.gemeente",
        "betrokkenen.gemente",
        ['criterium "regio"', 'Bedoelde u "betrokkenen.gemeente"'],
    ),
    "a rubriek of no form": (
        "deling.toml",
        '"informatie", "vraag"]',
        '"informaties", "vraag"]',
        ["casusfiche", 'Bedoelde u "informatie"'],
    ),
    "a template that is not there": (
        "documenten.toml",
        'sjabloon = "casusfiche"',
        'sjabloon = "casusfisje"',
        ['document "casusfiche"', "casusfisje.docx bestaat niet", 'Bedoelde u "casusfiche"'],
    ),
    "a doelgroep that nobody is in": (
        "deling.toml",
        'rollen = ["coordinator", "wijkteam", "politie"]',
        "rollen = []",
        ["doelgroepen", "minstens 1"],
    ),
    "a date that never occurs": (
        "tafel.toml",
        "kalender = { regel = ",
        "kalender = { uitzonderingen = [[2027-01-13, 2027-01-20]], regel = ",
        ["2027-01-13", "geen dag van dit overleg"],
    ),
    "a criterium without a source": (
        "criteria.toml",
        'bron = "eigen keuze: vul hier in waar dit criterium staat"\n',
        "",
        ["meerderjarig", '"bron" ontbreekt'],
    ),
    "a doelgroep in no rule": (
        "deling.toml",
        "[[deelregels]]",
        '[[doelgroepen]]\nid = "zorg"\nlabel = "Zorg"\nrollen = ["wijkteam"]\n\n[[deelregels]]',
        ['doelgroep "zorg"', "in geen enkele deelregel", "zou nooit iemand lezen"],
    ),
    "a rule for a rubriek that asks no ticks": (
        "deling.toml",
        '"informatie", "vraag"]',
        '"informatie", "vraag", "niet_te_delen"]',
        ['"niet_te_delen" vraagt geen "deelbaar met"', "vlaggen = true"],
    ),
    "a comma that is missing": (
        VERGEET_NIET,
        'label = "Nieuwe aanmelding" },',
        'label = "Nieuwe aanmelding" }',
        ["regel ", "zonder komma op het einde van de regel ervoor"],
    ),
    "a release without its ground": (
        "deling.toml",
        'grond = "De aanmelder verneemt wat er beslist is."\n',
        "",
        ['("besluit"): de sleutel "grond" ontbreekt'],
    ),
    "roles that get none of the documents": (
        "deling.toml",
        'documenten = ["voorbereiding"]\nrollen = ["coordinator"]',
        'documenten = ["voorbereiding"]\nrollen = ["wijkteam", "politie"]',
        ['wie de rol "wijkteam", "politie" heeft, krijgt geen van deze documenten'],
    ),
    "a partner's key that nobody knows": (
        "werkmap.toml",
        'naam = "Wijkteam',
        'nam = "Wijkteam',
        [f"{NAAM}/werkmap.toml", 'Bedoelde u "naam"'],
    ),
    "a role that does not exist": ("werkmap.toml", 'rol = "politie"', 'rol = "polite"', ['Bedoelde u "politie"']),
}


def test_what_cannot_be_read_is_not_counted_and_a_far_name_is_not_suggested(
    tafel: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(tafel, VERGEET_NIET, 'id = "vraag.vraag"', 'id = "vraag.vraag"\nsoorten = 1')
    spoil(tafel, VERGEET_NIET, 'aanmelding"\nsoort = "datum"', 'aanmelding"\nsoort = "getal"')
    assert run_cli(["tafel", "toets", str(tafel)]) == ExitCode.CONFIGURATIE
    fouten = " ".join(capsys.readouterr().err.split())
    assert '"getal" bestaat hier niet. Toegelaten: tekst' in fouten and 'de sleutel "soorten" is onbekend' in fouten
    assert "minstens 1" not in fouten and 'email"?' not in fouten


def test_more_choices_than_a_question_has_are_refused(tafel: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(
        tafel,
        VERGEET_NIET,
        '[[rubrieken]]\nid = "aanmelder"',
        '[[rubrieken.vragen]]\nid = "aanmelding.domeinen"\nlabel = "Domeinen"\nsoort = "meerkeuze"\n'
        'opties = [{ id = "een", label = "Een" }, { id = "twee", label = "Twee" }]\n\n[[rubrieken]]\nid = "aanmelder"',
    )
    oud = '{ is_een_van = { vraag = "betrokkenen.gemeente", lijst = "gemeenten" } }'
    spoil(tafel, "criteria.toml", oud, '{ minstens = { vraag = "aanmelding.domeinen", aantal = 3 } }')
    assert run_cli(["tafel", "toets", str(tafel)]) == ExitCode.CONFIGURATIE
    fouten = " ".join(capsys.readouterr().err.split())
    assert 'criterium "regio": minstens 3 kan nooit; de vraag "aanmelding.domeinen" heeft maar 2 keuzes.' in fouten
    spoil(tafel, "criteria.toml", "aantal = 3", "aantal = 2")
    assert load_tafel(NAAM, tafel.parent.parent).criteria[1].toets.minstens is not None


#: What is given to a document whose template never prints it: file, old words, new words, what the sentence holds.
ONGEDRUKT = {
    "a release": (
        "deling.toml",
        'documenten = ["voorbereiding"]',
        'documenten = ["voorbereiding", "agenda"]',
        ['vrijgave "criteria", document "agenda": het sjabloon agenda.docx drukt dit niet af', "triagelijst"],
    ),
    "a rule": (
        "documenten.toml",
        'sjabloon = "casusfiche"',
        'sjabloon = "agenda"',
        ['deelregel van "casusfiche": het sjabloon agenda.docx drukt dit niet af', "casusfiche"],
    ),
    "what to look up": (
        "documenten.toml",
        'sjabloon = "uitnodiging"',
        'sjabloon = "ontvangstmelding"',
        ["tafel.toml, sleutel opzoeken: geen enkel document drukt deze vragen af", "uitnodiging"],
    ),
}


@pytest.mark.parametrize("naam", ONGEDRUKT)
def test_what_a_document_is_given_and_never_prints_is_told(naam: str, tafel: Path) -> None:
    bestand, oud, nieuw, woorden = ONGEDRUKT[naam]
    regios = tafel.parent.parent
    heel = load_tafel(NAAM, regios)
    assert not list(find_unprinted(heel, list_sjabloonmappen(heel, regios)))
    spoil(tafel, bestand, oud, nieuw)
    data = load_tafel(NAAM, regios)
    fouten = list(find_unprinted(data, list_sjabloonmappen(data, regios)))
    assert any(all(woord in fout for woord in woorden) for fout in fouten), fouten


def test_an_own_template_that_leaves_out_what_may_be_shared_is_told(
    tafel: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tafel / "sjablonen").mkdir()
    document = Document()
    document.add_paragraph("{{ kop.titel }}")
    document.save(str(tafel / "sjablonen" / "casusfiche.docx"))
    assert run_cli(["tafel", "toets", str(tafel)]) == ExitCode.CONFIGURATIE
    fouten = " ".join(capsys.readouterr().err.split())
    regels = (tafel / "deling.toml").read_text(encoding="utf-8").splitlines()
    regel = regels.index('document = "casusfiche"')
    assert (
        f'{NAAM}/deling.toml, regel {regel}, deelregel van "casusfiche": het sjabloon casusfiche.docx drukt' in fouten
    )
    assert 'vrijgave "identiteit", document "casusfiche"' in fouten


#: Closed lists of the grammar -> the file of the skeleton that explains each of their values.
LIJSTEN = [
    (Vraagsoort, VERGEET_NIET),
    (TOETSEN, "criteria.toml"),
    (Klasse, "criteria.toml"),
    (Gevolg, "criteria.toml"),
    (Feit, "deling.toml"),
    (Aanleiding, "documenten.toml"),
    (Moment, "documenten.toml"),
    (Rolsoort, "tafel.toml"),
]


@pytest.mark.parametrize(("lijst", "bestand"), LIJSTEN)
def test_the_skeleton_explains_every_value_of_a_closed_list(lijst: Iterable[str], bestand: str) -> None:
    regels = (SKELET / bestand).read_text(encoding="utf-8").splitlines()
    uitleg = set(re.findall(r"\w+", " ".join(regel for regel in regels if regel.startswith("#"))))
    assert not {str(waarde) for waarde in lijst} - uitleg


@pytest.mark.parametrize("naam", FOUTEN)
def test_one_mistake_in_a_table_stops_it_with_file_key_and_what_was_meant(
    naam: str, tafel: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bestand, oud, nieuw, woorden = FOUTEN[naam]
    spoil(tafel, bestand, oud, nieuw)
    assert run_cli(["tafel", "toets", str(tafel)]) == ExitCode.CONFIGURATIE
    fouten = " ".join(capsys.readouterr().err.split())
    assert all(woord in fouten for woord in woorden), fouten


@pytest.mark.parametrize("naam", [naam for naam in FOUTEN if "template" not in naam])
def test_no_werkmap_is_made_of_a_table_with_a_mistake(naam: str, tafel: Path, tmp_path: Path) -> None:
    bestand, oud, nieuw, _ = FOUTEN[naam]
    spoil(tafel, bestand, oud, nieuw)
    assert run_cli(["nieuw", str(tmp_path / "wm"), "--tafel", str(tafel)]) == ExitCode.CONFIGURATIE
    assert not (tmp_path / "wm").exists()


def test_a_template_with_a_wrong_field_or_without_a_document_is_told(
    tafel: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tafel / "sjablonen").mkdir()
    for naam, tekst in (("casusfiche", "{{ casus.naam }}"), ("casusfisje", "Goed")):
        document = Document()
        document.add_paragraph(tekst)
        document.save(str(tafel / "sjablonen" / f"{naam}.docx"))
    assert run_cli(["tafel", "toets", str(tafel)]) == ExitCode.CONFIGURATIE
    fouten = " ".join(capsys.readouterr().err.split())
    assert 'casusfisje.docx: dit sjabloon wordt door geen enkel document gebruikt. Bedoelde u "casusfiche"?' in fouten
    assert "document \"casusfiche\": Sjabloon 'casusfiche'" in fouten and "casus" in fouten


def test_a_werkmap_of_an_own_table_stands_by_itself_and_takes_in_its_form(
    tafel: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    werkmap, formulier = tmp_path / "wm", tmp_path / "formulier.docx"
    assert run_cli(["nieuw", str(werkmap), "--tafel", str(tafel)]) == ExitCode.KLAAR
    assert run_cli(["formulier", "aanmelding", "--tafel", str(tafel), "-o", str(formulier)]) == ExitCode.KLAAR
    shutil.rmtree(tafel)
    shutil.copy(formulier, werkmap / "in")
    assert run_cli(["verwerk", str(werkmap)]) == ExitCode.BEVINDINGEN
    assert "Dit formulier is niet ingevuld." in " ".join(capsys.readouterr().out.split())
    assert list((werkmap / "quarantaine").glob("*.docx"))


def test_a_table_with_one_kind_of_meeting_need_not_say_which(
    tafel: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for naam, tafel_id in (("een", str(tafel)), ("meer", name_tafel("gewoon"))):
        assert run_cli(["nieuw", str(tmp_path / naam), "--tafel", tafel_id]) == ExitCode.KLAAR
    run_cli(["bereid", str(tmp_path / "een"), "--vandaag", "2026-12-01", "--proef"])
    assert "Voorbeeldoverleg van dinsdag 8 december 2026" in " ".join(capsys.readouterr().out.split())
    assert run_cli(["bereid", str(tmp_path / "meer")]) == ExitCode.GEBRUIK
    fout = " ".join(capsys.readouterr().err.split())
    assert "heeft meer dan één overleg; zeg met --overleg welk. → Kies uit: triagetafel, expertentafel." in fout


@pytest.mark.parametrize("naam", ["Hoofdletter/tafel", "streek/met spatie", "alleen"])
def test_a_name_that_cannot_be_that_of_a_table_is_refused(naam: str, tmp_path: Path) -> None:
    pad = tmp_path / naam
    assert run_cli(["tafel", "nieuw", str(pad)]) == ExitCode.GEBRUIK
    assert not pad.exists()


def test_a_folder_with_something_in_it_is_left_alone(tafel: Path) -> None:
    voor = sorted(pad.read_bytes() for pad in tafel.rglob("*") if pad.is_file())
    assert run_cli(["tafel", "nieuw", str(tafel)]) == ExitCode.GEBRUIK
    assert sorted(pad.read_bytes() for pad in tafel.rglob("*") if pad.is_file()) == voor


def test_of_a_folder_that_holds_no_table_the_one_below_it_is_suggested(
    tafel: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    werkmap = tmp_path / "wm"
    assert run_cli(["nieuw", str(werkmap), "--tafel", str(tafel)]) == ExitCode.KLAAR
    for pad, bedoeld in (
        (tafel.parent, tafel),
        (tafel.parent / "proeftafels", tafel),
        (werkmap, werkmap / "regios" / NAAM),
    ):
        assert run_cli(["tafel", "toets", str(pad)]) == ExitCode.GEBRUIK
        assert f"Bedoelde u {bedoeld.as_posix()}?" in " ".join(capsys.readouterr().err.split())


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_cli(["tafel", "toets", str(tmp_path / "weg")]) == ExitCode.GEBRUIK
    assert "bestaat niet" in capsys.readouterr().err
