"""The head of the register in each manifest: a tail that was cut off shows, and the hash tells nothing of a case."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from disk_samples import DAG, make_dossier
from support_manifest import mask_heads, read_head
from support_werkmap import IN_EEN_PROCES, Werkmapje, bring_to_triagetafel

from pipeline.register import Register
from pipeline.run.manifests import verify_manifests

pytestmark = IN_EEN_PROCES


@pytest.fixture
def mapje(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Werkmapje:
    """A werkmap with the packages of one meeting."""
    return bring_to_triagetafel(tmp_path, tmp_path_factory)


def list_manifests(mapje: Werkmapje) -> list[Path]:
    return sorted((mapje.map / "uit").rglob("manifest*.json"))


def verify(mapje: Werkmapje) -> list[tuple[str, str]]:
    with Register.open(mapje.map, alleen_lezen=True) as register:
        return [(b.code, b.plaats) for b in verify_manifests(mapje.map, register)]


def cut_tail(mapje: Werkmapje, *, vanaf: int, netjes: bool) -> None:
    """Remove the last events, with care: also the counter that would tell, and the rows that they made."""
    with closing(sqlite3.connect(mapje.map / "register.sqlite")) as verbinding, verbinding:
        verbinding.execute("DROP TRIGGER gebeurtenis_blijft")
        weg = [r[0] for r in verbinding.execute("SELECT betreft FROM gebeurtenis WHERE volgnummer >= ?", (vanaf,))]
        verbinding.execute("DELETE FROM inhoud WHERE volgnummer >= ?", (vanaf,))
        verbinding.execute("DELETE FROM gebeurtenis WHERE volgnummer >= ?", (vanaf,))
        if netjes:
            verbinding.execute("UPDATE sqlite_sequence SET seq = ?", (vanaf - 1,))
            verbinding.executemany(
                "DELETE FROM verstrekking WHERE 'verstrekking ' || sleutel || ' versie ' || versie = ?",
                [(betreft,) for betreft in weg],
            )
    shutil.rmtree(mapje.map / "reserve")


def count_events(mapje: Werkmapje) -> int:
    with closing(sqlite3.connect(mapje.map / "register.sqlite")) as verbinding:
        return int(verbinding.execute("SELECT count(*) FROM gebeurtenis").fetchone()[0])


def test_each_manifest_prints_the_head_that_the_register_had_before_it(mapje: Werkmapje) -> None:
    with Register.open(mapje.map, alleen_lezen=True) as register:
        hoofden, nu = register.list_heads(), register.get_head()
    koppen = {pad.parent.parent.name: read_head(pad.read_bytes()) for pad in list_manifests(mapje)}
    assert len(koppen) == 2 and len(set(koppen.values())) == 2
    assert set(koppen.values()) <= hoofden - {nu}
    assert verify(mapje) == []


def test_the_head_says_nothing_of_what_happened_and_no_number_of_how_much(tmp_path: Path) -> None:
    """Two registers in which the same happened have different heads: it cannot be worked out from any content."""
    hoofden = set()
    for naam in ("een", "twee"):
        (tmp_path / naam).mkdir()
        with Register.open(tmp_path / naam) as register:
            register.save_dossier(make_dossier(), "aangemeld", DAG)
            hoofden.add(register.get_head())
    assert len(hoofden) == 2


def test_masking_takes_out_the_head_and_no_other_byte(mapje: Werkmapje) -> None:
    bestanden = {pad.as_posix(): pad.read_bytes() for pad in (mapje.map / "uit").rglob("*") if pad.is_file()}
    for naam, masker in mask_heads(bestanden).items():
        assert len(masker) == len(bestanden[naam])
        anders = [een for een, twee in zip(bestanden[naam], masker, strict=True) if een != twee]
        assert bool(anders) == naam.endswith(".json") and len(anders) <= 64
        if naam.endswith(".json"):
            gelezen = json.loads(masker)
            assert gelezen.pop("register") == "0" * 64
            assert gelezen == {k: v for k, v in json.loads(bestanden[naam]).items() if k != "register"}


def test_a_tail_that_was_cut_with_care_shows_in_the_manifests(mapje: Werkmapje) -> None:
    """All that the register itself could tell by is repaired; the package of the letters is from before the cut."""
    with closing(sqlite3.connect(mapje.map / "register.sqlite")) as verbinding:
        eerste = verbinding.execute("SELECT min(volgnummer) FROM gebeurtenis WHERE soort = 'klaargezet'").fetchone()[0]
    cut_tail(mapje, vanaf=eerste, netjes=True)
    with Register.open(mapje.map) as register:
        codes = [b.code for b in register.verify()]
    assert "staart-ontbreekt" not in codes and "keten-verbroken" not in codes
    gevonden = verify(mapje)
    assert {code for code, _ in gevonden} == {"register-ingekort", "pakket-onbekend"}
    assert [plaats for _, plaats in gevonden] == [p.relative_to(mapje.map).as_posix() for p in list_manifests(mapje)]
    assert mapje.run("verzonden", str(mapje.map)) == 1
    assert "mist gebeurtenissen" in mapje.uitvoer


def test_a_tail_of_the_last_package_alone_shows_by_its_files(mapje: Werkmapje) -> None:
    cut_tail(mapje, vanaf=count_events(mapje), netjes=True)
    assert {code for code, _ in verify(mapje)} == {"pakket-onbekend"}


def test_an_older_register_put_back_shows_until_somebody_looks(mapje: Werkmapje) -> None:
    kopieen = sorted((mapje.map / "reserve").iterdir())
    shutil.copy(kopieen[0], mapje.map / "register.sqlite")
    gevonden = verify(mapje)
    assert gevonden and all("triagetafel" in plaats for _, plaats in gevonden)


@pytest.mark.parametrize("inhoud", [b"", b"[]", b"{}", b'{"bestanden": 3}', b'{"bestanden": [{}]}', b"\xff\xfe"])
def test_a_manifest_that_is_none_is_reported_and_stops_nothing(mapje: Werkmapje, inhoud: bytes) -> None:
    manifest = list_manifests(mapje)[0]
    manifest.write_bytes(inhoud)
    assert verify(mapje) == [("manifest-beschadigd", manifest.relative_to(mapje.map).as_posix())]


def test_a_manifest_from_before_heads_were_printed_is_held_to_its_files_only(mapje: Werkmapje) -> None:
    for manifest in list_manifests(mapje):
        gelezen = json.loads(manifest.read_bytes())
        del gelezen["register"]
        manifest.write_text(json.dumps(gelezen), encoding="utf-8")
    assert verify(mapje) == []
