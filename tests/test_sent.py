"""`overleg verzonden`: what was handed over is noted once, by the folder that was sent, and the chain holds it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support_werkmap import IN_EEN_PROCES, Werkmapje, bring_to_triagetafel

from pipeline.errors import ExitCode
from pipeline.register import Register

pytestmark = IN_EEN_PROCES

DAG = "2026-11-27"


@pytest.fixture
def mapje(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Werkmapje:
    """A werkmap with the packages of one meeting."""
    return bring_to_triagetafel(tmp_path, tmp_path_factory)


def list_sent(mapje: Werkmapje) -> dict[str, str]:
    """Document number of each copy that is noted, with day and road."""
    with Register.open(mapje.map, alleen_lezen=True) as register:
        verzonden = register.list_verzendingen()
        return {
            v.documentnummer: f"{verzending.op} {verzending.via}".strip()
            for v in register.list_verstrekkingen()
            if (verzending := verzonden.get((v.sleutel, v.versie)))
        }


def list_packages(mapje: Werkmapje) -> list[str]:
    with Register.open(mapje.map, alleen_lezen=True) as register:
        return sorted({v.map for v in register.list_verstrekkingen()})


def count_events(mapje: Werkmapje) -> int:
    with closing(sqlite3.connect(mapje.map / "register.sqlite")) as verbinding:
        return int(verbinding.execute("SELECT count(*) FROM gebeurtenis").fetchone()[0])


def test_without_packages_it_lists_what_waits_and_writes_nothing(mapje: Werkmapje) -> None:
    voor = (mapje.map / "register.sqlite").read_bytes()
    assert mapje.run("verzonden", str(mapje.map), "--vandaag", DAG) == ExitCode.KLAAR
    assert all(f"uit/{pakket} — " in mapje.uitvoer for pakket in list_packages(mapje))
    assert "klaargezet op 23 november 2026" in mapje.uitvoer
    assert (mapje.map / "register.sqlite").read_bytes() == voor


@pytest.mark.parametrize(
    "vorm",
    [
        "absoluut",
        "vanuit de map waar men staat",
        "onder de werkmap",
        "onder uit",
        "met slash",
        "windows",
        "een bestand",
    ],
)
def test_a_package_may_be_named_by_any_path_to_it(mapje: Werkmapje, vorm: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pakket = next(naam for naam in list_packages(mapje) if "triagetafel" in naam)
    monkeypatch.chdir(mapje.map.parent)
    bestand = next(pad for pad in (mapje.map / "uit" / pakket).iterdir() if pad.suffix == ".pdf")
    getypt = {
        "absoluut": str(mapje.map / "uit" / pakket),
        "vanuit de map waar men staat": f"werkmap/uit/{pakket}",
        "onder de werkmap": f"uit/{pakket}",
        "onder uit": pakket,
        "met slash": f"werkmap/uit/{pakket}/",
        "windows": pakket.replace("/", "\\"),
        "een bestand": str(bestand),
    }[vorm]
    assert mapje.run("verzonden", str(mapje.map), getypt, "--vandaag", DAG, "--via", "beveiligde mail") == 0
    verwacht = set(list_sent(mapje).values())
    assert verwacht == {f"{DAG} beveiligde mail"}
    assert f"uit/{pakket}: " in mapje.uitvoer
    mapje.run("verzonden", str(mapje.map), "--vandaag", DAG)
    assert f"uit/{pakket} — " not in mapje.uitvoer


def test_a_folder_of_a_meeting_stands_for_all_its_packages(mapje: Werkmapje) -> None:
    overleg = next(naam for naam in list_packages(mapje) if "triagetafel" in naam).partition("/")[0]
    assert mapje.run("verzonden", str(mapje.map), overleg, "--vandaag", DAG) == 0
    mapje.run("verzonden", str(mapje.map), "--vandaag", DAG)
    assert overleg not in mapje.uitvoer and "brieven" in mapje.uitvoer


def test_noting_twice_changes_nothing_and_the_first_day_stays(mapje: Werkmapje) -> None:
    assert mapje.run("verzonden", str(mapje.map), "--alle", "--vandaag", DAG, "--via", "post") == 0
    eerst, aantal = list_sent(mapje), count_events(mapje)
    pakket = list_packages(mapje)[0]
    assert mapje.run("verzonden", str(mapje.map), pakket, "--vandaag", "2026-12-01", "--via", "mail") == 0
    assert "al genoteerd" in mapje.uitvoer
    assert mapje.run("verzonden", str(mapje.map), "--alle", "--vandaag", "2026-12-01") == 0
    assert "Alles was al genoteerd" in mapje.uitvoer
    assert (list_sent(mapje), count_events(mapje)) == (eerst, aantal)
    mapje.run("verzonden", str(mapje.map), "--vandaag", DAG)
    assert "Alles wat klaargezet werd, is genoteerd" in mapje.uitvoer
    with Register.open(mapje.map) as register:
        assert register.verify() == ()


def test_the_event_names_no_content(mapje: Werkmapje) -> None:
    mapje.run("verzonden", str(mapje.map), "--alle", "--vandaag", DAG, "--via", "post")
    with closing(sqlite3.connect(mapje.map / "register.sqlite")) as verbinding:
        rijen = verbinding.execute(
            "SELECT betreft, tekst FROM gebeurtenis JOIN inhoud USING (volgnummer) WHERE soort = 'verzonden'"
        ).fetchall()
    assert rijen and not any("Verzinsel" in tekst or "Proefmans" in betreft for betreft, tekst in rijen)
    assert all(set(json.loads(tekst)) == {"sleutel", "versie", "op", "via"} for _, tekst in rijen)


def test_an_unknown_package_is_refused_with_what_was_meant(mapje: Werkmapje) -> None:
    pakket = list_packages(mapje)[0]
    assert mapje.run("verzonden", str(mapje.map), pakket[:-1] + "x", "--vandaag", DAG) == ExitCode.GEBRUIK
    assert f"Bedoelde u {pakket}?" in mapje.uitvoer
    assert list_sent(mapje) == {}


@pytest.mark.parametrize(
    ("args", "zin"),
    [
        (["--alle", "--op", "2026-11-01"], "pas op"),
        (["--alle", "--op", "2027-01-01"], "moet nog komen"),
        (["--alle", "--via", "x" * 101], "hoogstens 100"),
        (["--alle", "--via", "a\nb"], "één regel"),
        (["--via", "post"], "hoort een pakket"),
        (["--alle", "uit"], "niet allebei"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_noted(mapje: Werkmapje, args: list[str], zin: str) -> None:
    assert mapje.run("verzonden", str(mapje.map), *args, "--vandaag", DAG) == ExitCode.GEBRUIK
    assert zin in mapje.uitvoer
    assert list_sent(mapje) == {}


def test_a_werkmap_without_packages_says_so(tmp_path: Path) -> None:
    mapje = Werkmapje.make(tmp_path)
    assert mapje.run("verzonden", str(mapje.map)) == 0
    assert mapje.run("verzonden", str(mapje.map), "iets") == ExitCode.GEBRUIK
    assert "nog niets klaargezet" in mapje.uitvoer


def test_each_disclosure_keeps_the_version_of_the_regions_data(mapje: Werkmapje) -> None:
    with Register.open(mapje.map, alleen_lezen=True) as register:
        versies = {v.tafelversie for v in register.list_verstrekkingen()}
    assert len(versies) == 1 and versies != {""}
