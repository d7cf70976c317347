"""What stands in the way of a run, through the command line: told in Dutch, with the exit code, and nothing lost."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from support_fill import W, edit_word
from support_werkmap import TAFEL, Werkmapje, get_blank, make_form

from pipeline.cli import run_cli
from pipeline.errors import ExitCode
from pipeline.forms import fill_controls
from pipeline.settings import SJABLONEN

AGENDEREN = {"punten.besluit": "Agenderen op de expertentafel"}


@pytest.fixture
def werkmap(tmp_path: Path) -> Werkmapje:
    return Werkmapje.make(tmp_path)


def _break_sjabloon(werkmap: Werkmapje, naam: str, oud: str, nieuw: str) -> None:
    uit = io.BytesIO()
    with (
        zipfile.ZipFile(SJABLONEN / "standaard" / f"{naam}.docx") as bron,
        zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as doel,
    ):
        for kop in bron.infolist():
            inhoud = bron.read(kop)
            if kop.filename == "word/document.xml":
                assert oud.encode() in inhoud
                inhoud = inhoud.replace(oud.encode(), nieuw.encode(), 1)
            doel.writestr(kop, inhoud)
    (werkmap.map / "sjablonen" / f"{naam}.docx").write_bytes(uit.getvalue())


def test_a_faulty_template_does_not_hide_what_became_of_the_forms(werkmap: Werkmapje) -> None:
    _break_sjabloon(werkmap, "ontvangstmelding", "{{ kop.titel }}", "{{ kop.bestaat_niet }}")
    werkmap.drop(make_form())

    assert werkmap.process() == ExitCode.CONFIGURATIE

    assert "geregistreerd" in werkmap.uitvoer
    assert "Sjabloon 'ontvangstmelding'" in werkmap.uitvoer
    (werkmap.map / "sjablonen" / "ontvangstmelding.docx").unlink()
    assert werkmap.process() == ExitCode.KLAAR
    assert [naam for naam in werkmap.list_files() if naam.endswith(".pdf")]


def test_a_tag_that_is_not_closed_stops_the_documents_instead_of_swallowing_what_follows(werkmap: Werkmapje) -> None:
    _break_sjabloon(werkmap, "triagelijst", "{{ kop.titel }}", "{{ kop.titel }")
    werkmap.drop(make_form())
    werkmap.process()

    assert werkmap.prepare("triagetafel", "2026-11-27") == ExitCode.CONFIGURATIE

    assert "niet gesloten" in werkmap.uitvoer
    assert not [naam for naam in werkmap.list_files() if "triagetafel" in naam]


def test_a_package_that_waits_for_its_place_asks_for_a_person_and_comes_with_the_next_run(werkmap: Werkmapje) -> None:
    werkmap.drop(make_form())
    werkmap.process()
    in_de_weg = werkmap.map / "uit" / "2026-12-04 triagetafel"
    in_de_weg.write_text("van iemand anders", encoding="utf-8")

    assert werkmap.prepare("triagetafel", "2026-11-27") == ExitCode.BEVINDINGEN

    assert "er staat een bestand op de plaats van een map" in werkmap.uitvoer
    assert in_de_weg.read_text(encoding="utf-8") == "van iemand anders"
    in_de_weg.unlink()
    assert werkmap.prepare("triagetafel", "2026-11-27") == ExitCode.KLAAR
    assert [naam for naam in werkmap.list_files() if "Triagebesluitformulier" in naam]


def test_a_backup_that_fails_does_not_hide_what_became_of_the_forms(werkmap: Werkmapje) -> None:
    (werkmap.map / "reserve").rmdir()
    (werkmap.map / "reserve").write_text("van iemand anders", encoding="utf-8")
    werkmap.drop(make_form())

    assert werkmap.process() == ExitCode.BEVINDINGEN

    assert "geregistreerd" in werkmap.uitvoer
    assert "geen reservekopie" in werkmap.uitvoer


def test_a_folder_in_the_inbox_asks_for_a_person_and_a_file_of_word_does_not(werkmap: Werkmapje) -> None:
    werkmap.drop(b"x", "~$aanmelding.docx")
    assert werkmap.process() == ExitCode.KLAAR
    (werkmap.map / "in" / "van een collega").mkdir()
    assert werkmap.process() == ExitCode.BEVINDINGEN
    assert "van een collega" in werkmap.uitvoer


def test_a_werkmap_of_an_unknown_table_names_file_and_key(werkmap: Werkmapje) -> None:
    bestand = werkmap.map / "werkmap.toml"
    bestand.write_text(bestand.read_text(encoding="utf-8").replace(TAFEL, TAFEL[:-2] + "an"), "utf-8")

    assert werkmap.process() == ExitCode.CONFIGURATIE

    assert "werkmap.toml, regel 5, sleutel tafel" in werkmap.uitvoer
    assert f'Bedoelde u "{TAFEL}"?' in werkmap.uitvoer


def test_a_date_that_the_calendar_does_not_know_is_told_to_the_coordinator_only(werkmap: Werkmapje) -> None:
    werkmap.drop(make_form())
    werkmap.process()

    assert werkmap.prepare("triagetafel", "2026-11-27", "--datum", "2026-12-03", "--proef") == ExitCode.KLAAR
    assert "de dichtste dag volgens de kalender is vrijdag 4 december 2026" in werkmap.uitvoer
    assert werkmap.prepare("triagetafel", "2026-11-27", "--datum", "2026-12-04", "--proef") == ExitCode.KLAAR
    assert "kalender" not in werkmap.uitvoer


@pytest.mark.parametrize("opdracht", ["lees", "toets"])
def test_a_refused_form_is_one_json_document_too(
    tmp_path: Path, opdracht: str, capsys: pytest.CaptureFixture[str]
) -> None:
    formulier = tmp_path / "leeg.docx"
    formulier.write_bytes(b"")

    assert run_cli([opdracht, str(formulier), "--json"]) == ExitCode.INVOER

    uit, fout = capsys.readouterr()
    (bevinding,) = json.loads(uit)["bevindingen"]
    assert bevinding["melding"] in fout
    assert bevinding["remedie"]


@pytest.mark.parametrize(
    ("args", "woorden"),
    [
        (("lees", "bestaat niet.docx"), "is er niet"),
        (("verwerk", "x", "--vandaag", "31/02/2026"), "2026-12-17"),
        (("verwerk", "x", "--pdf", "word"), "libreoffice, rdocx"),
    ],
)
def test_a_value_that_cannot_be_used_is_met_with_what_can(
    werkmap: Werkmapje, args: tuple[str, ...], woorden: str
) -> None:
    assert werkmap.run(*args) == ExitCode.GEBRUIK
    assert woorden in werkmap.uitvoer


def test_the_reading_of_a_form_gives_one_json_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    formulier = tmp_path / "blanco.docx"
    formulier.write_bytes(get_blank())

    assert run_cli(["lees", str(formulier), "--json"]) == ExitCode.KLAAR

    uit, fout = capsys.readouterr()
    assert set(json.loads(uit)) == {"bestand", "soort", "antwoorden", "los", "tabellen", "bevindingen"}
    assert fout == ""


def test_a_decision_that_cannot_be_read_is_told_to_the_coordinator_and_not_laid_on_the_aanmelder(
    werkmap: Werkmapje,
) -> None:
    werkmap.drop(make_form())
    werkmap.process()
    werkmap.prepare("triagetafel", "2026-11-27")
    ingevuld = fill_controls(werkmap.get_decision_form().read_bytes(), {}, {werkmap.list_dossiers()[0].code: AGENDEREN})
    werkmap.drop(edit_word(ingevuld, _spoil_besluit), "besluiten.docx")

    assert werkmap.process("2026-12-04") == ExitCode.BEVINDINGEN

    assert "Verbeter dat vak" in werkmap.uitvoer
    assert "Vraag de aanmelder" not in werkmap.uitvoer


def _spoil_besluit(document: etree._Element) -> None:
    for tekst in document.iter(f"{W}t"):
        if tekst.text == AGENDEREN["punten.besluit"]:
            tekst.text = "Iets anders"


def test_a_package_with_a_file_that_nobody_explains_is_not_written_and_the_others_are(werkmap: Werkmapje) -> None:
    """A template of the table's own that puts a value where nobody reads it: in the colour of a cell."""
    bron = SJABLONEN / "standaard" / "triagelijst.docx"
    (werkmap.map / "sjablonen" / bron.name).write_bytes(edit_word(bron.read_bytes(), _hide_value))
    werkmap.drop(make_form())

    assert werkmap.process() == ExitCode.KLAAR
    assert werkmap.prepare("triagetafel", "2026-11-27") == ExitCode.POORT

    gezien = " ".join(werkmap.uitvoer.split())
    assert "Document triagelijst" in gezien and "bevat iets dat niemand verklaart" in gezien
    assert "In het Word-bestand, hoofdtekst" in gezien
    assert any("brieven" in naam for naam in werkmap.list_files())
    assert not [naam for naam in werkmap.list_files() if "triagetafel" in naam]


def _hide_value(document: etree._Element) -> None:
    for cel in document.iter(f"{W}tc"):
        teksten = [tekst for tekst in cel.iter(f"{W}t") if tekst.text]
        if teksten and not any("{%" in str(tekst.text) for tekst in teksten):
            teksten[0].text = f"{{% cellbg kop.afzender %}}{teksten[0].text}"
