"""A package arrives whole or not at all, only when it is registered, and overwrites nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from disk_samples import DAG, make_pakket
from killpoints import count_kills

from pipeline.deliver import choose_manifest_name, finish, list_boom, place, stage
from pipeline.errors import ExitCode, PoortFout
from pipeline.register import Register
from schemas.verstrekking import Bestand, Pakket

MAP = "2026-12-17 overleg/dienst"


def list_tree(werkmap: Path) -> dict[str, bytes]:
    return {
        pad.relative_to(werkmap).as_posix(): pad.read_bytes() for pad in (werkmap / "uit").rglob("*") if pad.is_file()
    }


def expect(*pakketten: Pakket) -> dict[str, bytes]:
    return {f"uit/{pakket.map}/{item.naam}": item.inhoud for pakket in pakketten for item in pakket.bestanden}


def deliver(werkmap: Path, *pakketten: Pakket) -> None:
    for pakket in pakketten:
        stage(werkmap, pakket)
    for pakket in pakketten:
        place(werkmap, pakket.map)


def test_a_package_arrives_with_exactly_the_listed_tree(tmp_path: Path) -> None:
    pakketten = make_pakket(), make_pakket("2026-12-17 overleg/andere", sleutel="fiche|C-1|andere")
    deliver(tmp_path, *pakketten)
    assert finish(tmp_path, ()) == ()
    assert list_tree(tmp_path) == expect(*pakketten)
    assert tuple(sorted(list_tree(tmp_path))) == list_boom(pakketten)
    assert not (tmp_path / "uit" / ".klaar").exists()


def test_what_is_only_staged_is_out_of_sight(tmp_path: Path) -> None:
    stage(tmp_path, make_pakket())
    assert [pad.name for pad in (tmp_path / "uit").iterdir()] == [".klaar"]


def test_the_next_version_joins_the_folder_and_leaves_the_first(tmp_path: Path) -> None:
    eerste = make_pakket()
    deliver(tmp_path, eerste)
    manifest = choose_manifest_name(tmp_path, MAP)
    tweede = make_pakket(versie=2, tekst="nieuw", manifest=manifest)
    deliver(tmp_path, tweede)
    assert manifest == "manifest-2.json"
    finish(tmp_path, ())
    assert list_tree(tmp_path) == expect(eerste, tweede)


def test_placing_twice_changes_nothing(tmp_path: Path) -> None:
    deliver(tmp_path, make_pakket())
    place(tmp_path, MAP)
    deliver(tmp_path, make_pakket())
    assert finish(tmp_path, ()) == ()
    assert list_tree(tmp_path) == expect(make_pakket())


def test_a_staged_package_that_is_not_registered_is_dropped(tmp_path: Path) -> None:
    stage(tmp_path, make_pakket())
    ander = make_pakket(sleutel="fiche|C-2|dienst")
    assert finish(tmp_path, ander.verstrekkingen) == ()
    assert list_tree(tmp_path) == {}


def test_a_staged_package_that_is_registered_is_placed(tmp_path: Path) -> None:
    pakket = make_pakket()
    stage(tmp_path, pakket)
    assert finish(tmp_path, pakket.verstrekkingen) == ()
    assert list_tree(tmp_path) == expect(pakket)


def test_staging_without_a_list_is_dropped(tmp_path: Path) -> None:
    pakket = make_pakket()
    stage(tmp_path, pakket)
    next((tmp_path / "uit" / ".klaar").rglob("pakket.json")).unlink()
    assert finish(tmp_path, pakket.verstrekkingen) == ()
    assert list_tree(tmp_path) == {}


def test_another_file_of_that_name_stops_the_package_before_it_is_staged(tmp_path: Path) -> None:
    eigen = tmp_path / "uit" / MAP / "Fiche C-1.docx"
    eigen.parent.mkdir(parents=True)
    eigen.write_bytes(b"van de coordinator")
    with pytest.raises(PoortFout, match=r"Fiche C-1\.docx bestaat al") as fout:
        stage(tmp_path, make_pakket())
    assert fout.value.remedie
    assert list_tree(tmp_path) == {f"uit/{MAP}/Fiche C-1.docx": b"van de coordinator"}


def test_a_registered_package_with_a_file_in_the_way_waits_until_that_is_moved(tmp_path: Path) -> None:
    pakket = make_pakket()
    stage(tmp_path, pakket)
    eigen = tmp_path / "uit" / MAP / "Fiche C-1.docx"
    eigen.parent.mkdir(parents=True)
    eigen.write_bytes(b"van de coordinator")
    (bevinding,) = finish(tmp_path, pakket.verstrekkingen)
    assert "Fiche C-1.docx" in bevinding.melding
    assert eigen.read_bytes() == b"van de coordinator"
    with pytest.raises(PoortFout, match="kon nog niet worden weggezet"):
        stage(tmp_path, make_pakket(versie=2))
    eigen.rename(tmp_path / "opzij.docx")
    assert finish(tmp_path, pakket.verstrekkingen) == ()
    assert list_tree(tmp_path) == expect(pakket)


def test_a_staged_file_that_was_damaged_is_not_delivered(tmp_path: Path) -> None:
    pakket = make_pakket()
    stage(tmp_path, pakket)
    next((tmp_path / "uit" / ".klaar").rglob("Fiche C-1.pdf")).write_bytes(b"half")
    with pytest.raises(PoortFout, match=r"Fiche C-1\.pdf .* beschadigd"):
        place(tmp_path, MAP)
    assert not (tmp_path / "uit" / MAP).exists()


@pytest.mark.parametrize(
    ("map_", "naam"),
    [
        ("../buiten", "a.pdf"),
        ("/buiten", "a.pdf"),
        ("map", "../a.pdf"),
        ("map", "con.pdf"),
        ("map", "a.pdf."),
        ("", "a"),
    ],
)
def test_a_name_that_could_land_elsewhere_is_refused(tmp_path: Path, map_: str, naam: str) -> None:
    pakket = make_pakket(map_)
    with pytest.raises(PoortFout) as fout:
        stage(tmp_path, pakket.model_copy(update={"bestanden": (*pakket.bestanden, Bestand(naam=naam, inhoud=b"x"))}))
    assert fout.value.exit_code is ExitCode.POORT
    assert list(tmp_path.iterdir()) == []


def test_two_names_that_differ_in_case_only_are_refused(tmp_path: Path) -> None:
    pakket = make_pakket()
    dubbel = Bestand(naam="FICHE c-1.docx", inhoud=b"x")
    with pytest.raises(PoortFout, match="dezelfde naam"):
        stage(tmp_path, pakket.model_copy(update={"bestanden": (*pakket.bestanden, dubbel)}))


def test_files_that_are_not_the_registered_ones_are_refused(tmp_path: Path) -> None:
    pakket = make_pakket()
    anders = make_pakket(tekst="anders").bestanden
    for stuk in (
        pakket.model_copy(update={"bestanden": anders}),
        pakket.model_copy(update={"verstrekkingen": ()}),
    ):
        with pytest.raises(PoortFout, match="niet wat geregistreerd wordt"):
            stage(tmp_path, stuk)


def test_the_manifest_tells_files_and_origin_and_no_contents() -> None:
    manifest = make_pakket(tekst="geheime inhoud").bestanden[-1]
    gelezen = json.loads(manifest.inhoud)
    assert manifest == make_pakket(tekst="geheime inhoud").bestanden[-1]
    assert gelezen["ontvanger"] == "dienst"
    assert [item["naam"] for item in gelezen["bestanden"]] == ["Fiche C-1.docx", "Fiche C-1.pdf"]
    assert gelezen["documenten"][0]["versie"] == 1
    assert gelezen["herkomst"]["motor"] == "geen 1.0"
    assert b"geheim" not in manifest.inhoud


class _Batch:
    """A package in a new folder, and one that brings version 2 to a folder that a partner has already."""

    eerste = make_pakket("overleg/oud", sleutel="fiche|oud")
    nieuw = make_pakket("overleg/nieuw", sleutel="fiche|nieuw")
    tweede = make_pakket("overleg/oud", sleutel="fiche|oud", versie=2, tekst="nieuw", manifest="manifest-2.json")

    def prepare(self, werkmap: Path) -> None:
        self._run(werkmap, (self.eerste,))

    def work(self, werkmap: Path) -> None:
        self._run(werkmap, (self.nieuw, self.tweede))

    def _run(self, werkmap: Path, pakketten: tuple[Pakket, ...]) -> None:
        with Register.open(werkmap) as register:
            bekend = register.list_verstrekkingen()
            assert finish(werkmap, bekend) == ()
            open_ = [pakket for pakket in pakketten if pakket.verstrekkingen[0] not in bekend]
            for pakket in open_:
                stage(werkmap, pakket)
            with register.transaction():
                for pakket in open_:
                    register.add_verstrekking(pakket.verstrekkingen[0])
            for pakket in open_:
                place(werkmap, pakket.map)
            register.backup(DAG)

    def check_killed(self, werkmap: Path) -> None:
        zichtbaar = {naam: inhoud for naam, inhoud in list_tree(werkmap).items() if "/.klaar/" not in naam}
        oud, nieuw, tweede = (expect(pakket) for pakket in (self.eerste, self.nieuw, self.tweede))
        assert zichtbaar.items() <= (oud | nieuw | tweede).items()
        assert oud.items() <= zichtbaar.items()
        assert nieuw.items() <= zichtbaar.items() or not nieuw.keys() & zichtbaar.keys()
        assert tweede.items() <= zichtbaar.items() or "uit/overleg/oud/manifest-2.json" not in zichtbaar
        with Register.open(werkmap, alleen_lezen=True) as register:
            assert register.verify() == ()
            bekend = len(register.list_verstrekkingen())
        assert bekend == 3 or zichtbaar == oud

    def check(self, werkmap: Path) -> None:
        assert list_tree(werkmap) == expect(self.eerste, self.nieuw, self.tweede)
        assert not (werkmap / "uit" / ".klaar").exists() or not list((werkmap / "uit" / ".klaar").iterdir())
        with Register.open(werkmap, alleen_lezen=True) as register:
            assert register.list_verstrekkingen() == (
                *self.nieuw.verstrekkingen,
                *self.eerste.verstrekkingen,
                *self.tweede.verstrekkingen,
            )
            assert register.verify() == ()


BATCH = _Batch()


def test_delivery_killed_before_any_call_to_the_system_is_whole_or_absent_and_then_finished() -> None:
    assert count_kills("BATCH", "test_deliver") > 150
