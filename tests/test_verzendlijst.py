"""The list of a meeting's packages: what lies ready for whom, how it should go, and what the register knows of it."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader
from support_werkmap import Werkmapje, make_form

from pipeline.errors import ExitCode

TRIAGE = "2026-12-04 triagetafel"


@pytest.fixture(scope="module")
def klaar(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A werkmap with the packages of one triage; made once."""
    mapje = Werkmapje.make(tmp_path_factory.mktemp("klaar"))
    mapje.drop(make_form())
    mapje.process("2026-11-23")
    assert mapje.prepare("triagetafel", "2026-11-27", "--proef") == ExitCode.KLAAR
    assert not (mapje.map / "verzendlijst").exists()
    mapje.prepare("triagetafel", "2026-11-27")
    return mapje.map


@pytest.fixture
def mapje(klaar: Path, tmp_path: Path) -> Werkmapje:
    """A copy of it."""
    return Werkmapje(Path(shutil.copytree(klaar, tmp_path / "werkmap")))


def read_rows(mapje: Werkmapje, naam: str = TRIAGE) -> list[list[str]]:
    document = Document(io.BytesIO((mapje.map / "verzendlijst" / f"{naam}.docx").read_bytes()))
    return [[cel.text for cel in rij.cells] for rij in document.tables[-1].rows][1:]


def test_each_package_for_somebody_else_stands_on_the_list_with_mailbox_and_number_of_files(mapje: Werkmapje) -> None:
    rijen = read_rows(mapje)
    mappen = {pad.name for pad in (mapje.map / "uit" / TRIAGE).iterdir()}
    assert {rij[2].split("\n")[0] for rij in rijen} == mappen - {"coordinator"}
    for rij in rijen:
        map_ = mapje.map / "uit" / TRIAGE / rij[2].split("\n")[0]
        documenten = [pad for pad in map_.iterdir() if pad.suffix in (".docx", ".pdf")]
        assert f"{len(documenten)} bestanden, klaar op 27 november 2026" in rij[2]
        assert "@example.org" in rij[1] or "geen e-mailadres bekend" in rij[1]
        assert rij[3] in ("beveiligde weg", "afgeven") and rij[4] == ""
    tekst = "".join(pagina.extract_text() for pagina in PdfReader(mapje.map / f"verzendlijst/{TRIAGE}.pdf").pages)
    assert all(rij[1].split("\n")[0].split()[0] in tekst for rij in rijen)


def test_what_was_noted_as_sent_is_filled_in_and_the_rest_left_blank(mapje: Werkmapje) -> None:
    eerste = read_rows(mapje)[0][2].split("\n")[0]
    via = ("--via", "beveiligde mail", "--vandaag", "2026-11-30")
    assert mapje.run("verzonden", str(mapje.map), f"{TRIAGE}/{eerste}", *via) == ExitCode.KLAAR
    standen = {rij[2].split("\n")[0]: rij[4] for rij in read_rows(mapje)}
    assert standen.pop(eerste) == "30 november 2026, beveiligde mail"
    assert standen and set(standen.values()) == {""}


def test_the_coordinator_reads_where_the_list_stands(mapje: Werkmapje) -> None:
    assert mapje.prepare("triagetafel", "2026-11-27") == ExitCode.KLAAR
    assert f"verzendlijst/{TRIAGE}.docx" in mapje.uitvoer


def test_a_list_of_which_nothing_changed_stays_as_it_is(mapje: Werkmapje) -> None:
    voor = {pad.name: pad.stat().st_mtime_ns for pad in (mapje.map / "verzendlijst").iterdir()}
    assert mapje.prepare("triagetafel", "2026-11-28") == ExitCode.KLAAR
    assert {pad.name: pad.stat().st_mtime_ns for pad in (mapje.map / "verzendlijst").iterdir()} == voor


def test_a_list_that_cannot_be_written_is_told_and_stops_nothing(mapje: Werkmapje) -> None:
    shutil.rmtree(mapje.map / "verzendlijst")
    (mapje.map / "verzendlijst").write_text("iets anders", encoding="utf-8")
    assert mapje.run("verzonden", str(mapje.map), "--alle", "--vandaag", "2026-11-30") == ExitCode.BEVINDINGEN
    assert "genoteerd als verzonden" in mapje.uitvoer and "verzendlijst kon niet" in mapje.uitvoer


def test_a_partner_whose_documents_are_encrypted_stands_on_the_list_so(mapje: Werkmapje) -> None:
    toml = mapje.map / "werkmap.toml"
    toml.write_text(f'versleutelen = "partners"\n{toml.read_text(encoding="utf-8")}', encoding="utf-8")
    assert mapje.run("verzonden", str(mapje.map), "--alle", "--vandaag", "2026-11-30") == ExitCode.KLAAR
    assert {rij[3] for rij in read_rows(mapje)} == {"versleuteld; wachtwoord langs een andere weg"}
