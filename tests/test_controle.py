"""`overleg controle` and `overleg herstel`: what is wrong is named, and the way back is a real one."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from unittest.mock import patch

import pytest
from support_werkmap import CLIENT, IN_EEN_PROCES, Werkmapje, bring_to_triagetafel, make_form

from pipeline.errors import ExitCode
from pipeline.run.machine import describe_encryption, describe_place, find_conflicts

pytestmark = IN_EEN_PROCES

DAG = "2026-11-27"


@pytest.fixture
def werkmap(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Werkmapje:
    return bring_to_triagetafel(tmp_path, tmp_path_factory)


def check(werkmap: Werkmapje) -> list[tuple[str, str]]:
    werkmap.run("controle", str(werkmap.map), "--json")
    return [(b["code"], b["plaats"]) for b in json.loads(werkmap.uitvoer)["bevindingen"]]


def test_a_werkmap_in_order_says_so_for_each_part(werkmap: Werkmapje) -> None:
    assert werkmap.run("controle", str(werkmap.map)) == ExitCode.KLAAR
    for onderdeel in ("Register en keten", "Manifesten", "Reservekopieën", "PDF-motor", "Lettertype", "Versleuteling"):
        assert onderdeel in werkmap.uitvoer
    # Whether this machine encrypts its disk or has the font is not for a test to say.
    eigen = [
        regel for regel in werkmap.uitvoer.splitlines() if "Versleuteling" not in regel and "Lettertype" not in regel
    ]
    assert not [regel for regel in eigen if "kijk na" in regel]


def test_a_delivered_file_that_was_changed_or_went_is_named(werkmap: Werkmapje) -> None:
    een, twee = sorted((werkmap.map / "uit").rglob("Triagelijst*.docx"))[:2]
    een.write_bytes(een.read_bytes() + b" ")
    twee.unlink()
    assert check(werkmap) == [
        ("bestand-gewijzigd", een.relative_to(werkmap.map).as_posix()),
        ("bestand-weg", twee.relative_to(werkmap.map).as_posix()),
    ]
    assert werkmap.run("controle", str(werkmap.map)) == ExitCode.BEVINDINGEN


def test_a_changed_original_a_damaged_copy_and_a_second_register_are_named(werkmap: Werkmapje) -> None:
    origineel = next((werkmap.map / "archief").glob("*.docx"))
    origineel.write_bytes(b"anders")
    kopie = max((werkmap.map / "reserve").glob("*.sqlite"))
    kopie.write_bytes(b"geen register")
    shutil.copy(werkmap.map / "register.sqlite", werkmap.map / "register-LAPTOP-2.sqlite")
    (werkmap.map / "in" / "aanmelding (conflicted copy).docx").write_bytes(b"x")
    next((werkmap.map / "kenmerken").iterdir()).write_bytes(b"{")
    codes = {code for code, _ in check(werkmap)}
    assert codes == {"origineel-gewijzigd", "kopie-onleesbaar", "conflictkopie", "kenmerken-onleesbaar"}


def test_a_damaged_register_comes_back_from_the_newest_copy(werkmap: Werkmapje) -> None:
    eerder = werkmap.list_dossiers()
    (werkmap.map / "register.sqlite").write_bytes(b"stuk")
    assert werkmap.run("herstel", str(werkmap.map), "--ja", "--vandaag", DAG) == ExitCode.KLAAR
    assert werkmap.list_dossiers() == eerder
    assert (werkmap.map / "voor-herstel-2026-11-27-1.bak").read_bytes() == b"stuk"
    assert check(werkmap) == []


@pytest.mark.parametrize(("antwoord", "terug"), [("j", True), ("ja", True), ("n", False), ("", False), ("?", False)])
def test_a_copy_is_put_back_when_the_answer_is_yes(werkmap: Werkmapje, antwoord: str, terug: bool) -> None:
    (werkmap.map / "register.sqlite").write_bytes(b"stuk")
    with patch("sys.stdin", io.StringIO(f"{antwoord}\n")):
        assert werkmap.run("herstel", str(werkmap.map), "--vandaag", DAG) == ExitCode.KLAAR
    assert ((werkmap.map / "register.sqlite").read_bytes() != b"stuk") is terug
    assert ("Er is niets teruggezet." in werkmap.uitvoer) is not terug


def test_a_register_that_is_gone_comes_back_too(werkmap: Werkmapje) -> None:
    (werkmap.map / "register.sqlite").unlink()
    assert werkmap.run("herstel", str(werkmap.map), "--ja", "--vandaag", DAG) == ExitCode.KLAAR
    assert "1 casus" in werkmap.uitvoer and "voor-herstel" not in werkmap.uitvoer


def test_an_older_copy_says_what_it_does_not_know_and_the_forms_can_be_taken_in_again(werkmap: Werkmapje) -> None:
    oudste = min((werkmap.map / "reserve").glob("*.sqlite")).name
    ander = {**CLIENT, "betrokkenen.naam": "Bo Denkbeeldig", "betrokkenen.geboortedatum": "5/6/1980"}
    werkmap.drop(make_form(clienten=(ander,)), "tweede.docx")
    werkmap.process(DAG)
    assert len(werkmap.list_dossiers()) == 2
    code = werkmap.run("herstel", str(werkmap.map), "--kopie", oudste, "--ja", "--vandaag", DAG)
    assert code == ExitCode.BEVINDINGEN
    assert "mist gebeurtenissen van voor dit pakket" in " ".join(werkmap.uitvoer.split())
    for origineel in (werkmap.map / "archief").glob("*.docx"):
        shutil.copy(origineel, werkmap.map / "in")
    werkmap.process(DAG)
    assert len(werkmap.list_dossiers()) == 2


def test_a_copy_of_another_werkmap_is_refused_and_changes_nothing(werkmap: Werkmapje, tmp_path: Path) -> None:
    ander = Werkmapje.make(tmp_path / "ander")
    ander.drop(make_form())
    ander.process()
    vreemd = next((ander.map / "reserve").glob("*.sqlite"))
    doel = werkmap.map / "reserve" / "register-999999-2026-11-27-000000000000.sqlite"
    shutil.copy(vreemd, doel)
    voor = (werkmap.map / "register.sqlite").read_bytes()
    code = werkmap.run("herstel", str(werkmap.map), "--kopie", doel.name, "--ja", "--vandaag", DAG)
    assert code == ExitCode.CONFIGURATIE and "van een andere werkmap" in werkmap.uitvoer
    assert (werkmap.map / "register.sqlite").read_bytes() == voor


def test_a_copy_that_is_not_there_is_told_with_what_there_is(werkmap: Werkmapje) -> None:
    assert werkmap.run("herstel", str(werkmap.map), "--kopie", "weg.sqlite", "--ja") == ExitCode.GEBRUIK
    assert "Kies uit: register-" in werkmap.uitvoer


@pytest.mark.parametrize("naam", ["OneDrive - Voorbeeld", "Dropbox", "Google Drive"])
def test_a_synchronised_folder_is_told(naam: str, tmp_path: Path) -> None:
    assert "gesynchroniseerde map" in describe_place(tmp_path / naam / "werkmap")
    assert describe_place(tmp_path) == ""


def test_a_network_path_is_told() -> None:
    assert "netwerkpad" in describe_place(Path("//server/deel/werkmap"))


def test_names_of_conflict_copies_are_known(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    namen = ["werkmap (conflicted copy 2026-11-27).toml", "in/a.sync-conflict-20261127.docx", "register-PC.sqlite"]
    for naam in (*namen, "werkmap.toml", "register.sqlite", "in/gewoon.docx"):
        (tmp_path / naam).write_bytes(b"")
    assert find_conflicts(tmp_path) == sorted(namen)


def test_what_cannot_be_known_of_the_disk_is_said_to_be_unknown(tmp_path: Path) -> None:
    stand, goed = describe_encryption(tmp_path)
    assert stand and (goed is not None or "niet na te gaan" in stand)
