"""The register keeps what it was told, in whole transactions, over a chain that shows every change from outside."""

from __future__ import annotations

import datetime as dt
import itertools
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from disk_samples import DAG, make_dossier, make_pakket

from pipeline.errors import ExitCode
from pipeline.register import Inzendingregel, Nummerregel, Register, RegisterFout, Uitkomst
from schemas.verstrekking import Verstrekking

SHA = "a" * 64


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.open(tmp_path) as register:
        yield register


def make_verstrekking(versie: int = 1, tekst: str = "inhoud") -> Verstrekking:
    return make_pakket(versie=versie, tekst=tekst).verstrekkingen[0]


def make_regel(uitkomst: Uitkomst = Uitkomst.VERWERKT) -> Inzendingregel:
    return Inzendingregel(sha256=SHA, bestand="a.docx", ontvangen_op=DAG, uitkomst=uitkomst)


def fill(werkmap: Path) -> None:
    with Register.open(werkmap) as register:
        register.save_dossier(make_dossier(), "aangemeld", DAG)
        register.add_inzending(make_regel())
        register.use_nummer(register.issue_nummer("besluit", "overleg", lambda: "N-1"), SHA)
        register.add_verstrekking(make_verstrekking())
        register.save_dossier(make_dossier(fase="triage"), "naar triage", DAG)


def change(werkmap: Path, *opdrachten: str) -> None:
    with closing(sqlite3.connect(werkmap / "register.sqlite")) as verbinding, verbinding:
        verbinding.execute("DROP TRIGGER gebeurtenis_vast")
        verbinding.execute("DROP TRIGGER gebeurtenis_blijft")
        for opdracht in opdrachten:
            assert verbinding.execute(opdracht).rowcount > 0


def list_codes(werkmap: Path) -> list[str]:
    with Register.open(werkmap) as register:
        return [bevinding.code for bevinding in register.verify()]


def test_a_dossier_comes_back_as_it_was_saved(tmp_path: Path, register: Register) -> None:
    for code in ("C-2", "C-1"):
        register.save_dossier(make_dossier(code), "aangemeld", DAG)
    register.save_dossier(make_dossier("C-1", "triage"), "naar triage", DAG)
    with Register.open(tmp_path) as later:
        assert later.list_dossiers() == (make_dossier("C-1", "triage"), make_dossier("C-2"))
        assert later.get_dossier("C-2") == make_dossier("C-2")
        assert later.get_dossier("C-3") is None


def test_an_inzending_is_known_by_its_content(register: Register) -> None:
    assert register.get_inzending(SHA) is None
    register.add_inzending(make_regel())
    register.add_inzending(make_regel())
    assert register.get_inzending(SHA) == make_regel()


def test_a_form_from_quarantine_may_be_taken_in_and_then_stays_so(register: Register) -> None:
    register.add_inzending(make_regel(Uitkomst.QUARANTAINE))
    register.add_inzending(make_regel())
    with pytest.raises(RegisterFout, match="al verwerkt"):
        register.add_inzending(make_regel(Uitkomst.QUARANTAINE))
    assert register.get_inzending(SHA) == make_regel()


def test_the_same_occasion_gets_the_same_number_until_it_is_used(register: Register) -> None:
    teller = itertools.count()
    nummers = [register.issue_nummer("besluit", "overleg", lambda: f"N-{next(teller)}") for _ in range(2)]
    register.use_nummer("N-0", SHA)
    register.use_nummer("N-0", SHA)
    assert nummers == ["N-0", "N-0"]
    assert register.issue_nummer("besluit", "overleg", lambda: f"N-{next(teller)}") == "N-1"
    assert register.get_nummer("N-0") == Nummerregel(
        nummer="N-0", soort="besluit", betreft="overleg", gebruikt_door=SHA
    )
    assert register.get_nummer("N-9") is None


def test_a_number_is_never_given_out_twice(register: Register) -> None:
    register.issue_nummer("besluit", "een", lambda: "N-1")
    kandidaten = iter(["N-1", "N-1", "N-2"])
    assert register.issue_nummer("besluit", "twee", lambda: next(kandidaten)) == "N-2"
    with pytest.raises(RegisterFout, match="geen vrij nummer"):
        register.issue_nummer("besluit", "drie", lambda: "N-1")


def test_a_number_serves_one_document_and_must_have_been_given_out(register: Register) -> None:
    register.use_nummer(register.issue_nummer("besluit", "een", lambda: "N-1"), SHA)
    with pytest.raises(RegisterFout, match="al gebruikt"):
        register.use_nummer("N-1", "b" * 64)
    with pytest.raises(RegisterFout, match="nooit uitgegeven"):
        register.use_nummer("N-2", SHA)


def test_versions_of_a_copy_follow_each_other_and_never_change(register: Register) -> None:
    een, twee = make_verstrekking(), make_verstrekking(2)
    for verstrekking in (een, een, twee, twee):
        register.add_verstrekking(verstrekking)
    assert register.get_verstrekking(een.sleutel) == twee
    assert register.get_verstrekking("onbekend") is None
    assert register.list_verstrekkingen() == (een, twee)
    for fout in (make_verstrekking(2, "anders"), make_verstrekking(4), een):
        with pytest.raises(RegisterFout, match="niet de volgende versie"):
            register.add_verstrekking(fout)


def test_a_transaction_that_fails_leaves_nothing(register: Register) -> None:
    with pytest.raises(ZeroDivisionError), register.transaction():
        register.save_dossier(make_dossier(), "aangemeld", DAG)
        raise ZeroDivisionError
    assert register.list_dossiers() == ()
    assert register.verify() == ()


def test_a_failed_part_of_a_transaction_can_be_left_out(register: Register) -> None:
    with register.transaction():
        register.save_dossier(make_dossier("C-1"), "aangemeld", DAG)
        with pytest.raises(ZeroDivisionError), register.transaction():
            register.save_dossier(make_dossier("C-2"), "aangemeld", DAG)
            raise ZeroDivisionError
    assert [dossier.code for dossier in register.list_dossiers()] == ["C-1"]
    assert register.verify() == ()


def test_a_trial_run_on_a_missing_register_makes_no_file(tmp_path: Path) -> None:
    with Register.open(tmp_path, alleen_lezen=True) as register:
        register.save_dossier(make_dossier(), "aangemeld", DAG)
        assert register.list_dossiers() == (make_dossier(),)
        assert register.backup(DAG) is None
    assert list(tmp_path.iterdir()) == []


def test_a_trial_run_changes_no_byte_of_the_register(tmp_path: Path) -> None:
    werkmap = tmp_path / "Mijn werkmap é #1 50%?"
    werkmap.mkdir()
    fill(werkmap)
    voor = (werkmap / "register.sqlite").read_bytes()
    with Register.open(werkmap, alleen_lezen=True) as register:
        assert register.get_dossier("C-1") == make_dossier(fase="triage")
        register.save_dossier(make_dossier("C-2"), "aangemeld", DAG)
        assert register.verify() == ()
    assert (werkmap / "register.sqlite").read_bytes() == voor
    assert [pad.name for pad in werkmap.iterdir()] == ["register.sqlite"]


def test_a_whole_register_verifies(tmp_path: Path) -> None:
    fill(tmp_path)
    assert list_codes(tmp_path) == []


def test_events_cannot_be_changed_or_removed(tmp_path: Path) -> None:
    fill(tmp_path)
    with closing(sqlite3.connect(tmp_path / "register.sqlite")) as verbinding:
        for opdracht in ("UPDATE gebeurtenis SET op = ''", "DELETE FROM gebeurtenis"):
            with pytest.raises(sqlite3.IntegrityError):
                verbinding.execute(opdracht)


@pytest.mark.parametrize(
    ("opdracht", "code"),
    [
        ("UPDATE gebeurtenis SET op = '2026-01-01' WHERE volgnummer = 2", "keten-verbroken"),
        ("DELETE FROM gebeurtenis WHERE volgnummer = 2", "keten-verbroken"),
        ("DELETE FROM gebeurtenis WHERE volgnummer = 6", "staart-ontbreekt"),
        ("UPDATE inhoud SET tekst = replace(tekst, 'aangemeld', 'triage') WHERE volgnummer = 1", "inhoud-gewijzigd"),
        ("DELETE FROM inhoud WHERE volgnummer = 1", "inhoud-gewijzigd"),
        ("UPDATE dossier SET inhoud = replace(inhoud, 'triage', 'gesloten')", "stand-gewijzigd"),
        ("UPDATE nummer SET gebruikt_door = ''", "stand-gewijzigd"),
        ("DELETE FROM verstrekking", "stand-verdwenen"),
    ],
)
def test_each_change_from_outside_is_found(tmp_path: Path, opdracht: str, code: str) -> None:
    fill(tmp_path)
    change(tmp_path, opdracht)
    assert code in list_codes(tmp_path)


def test_a_destroyed_content_leaves_the_chain_whole(tmp_path: Path) -> None:
    fill(tmp_path)
    change(tmp_path, "UPDATE inhoud SET zout = NULL, tekst = NULL", "DELETE FROM dossier")
    change_free = [code for code in list_codes(tmp_path) if code != "stand-gewijzigd"]
    assert change_free == []


def test_copies_are_made_when_something_changed_and_the_last_fourteen_kept(tmp_path: Path) -> None:
    with Register.open(tmp_path) as register:
        for dag in range(20):
            register.save_dossier(make_dossier(f"C-{dag}"), "aangemeld", DAG)
            # The clock goes back every day: the newest copy must stay all the same.
            assert register.backup(DAG - dt.timedelta(days=dag)) is not None
            assert register.backup(DAG) is None
    kopieen = sorted((tmp_path / "reserve").iterdir())
    assert len(kopieen) == 14
    assert [pad.suffix for pad in kopieen] == [".sqlite"] * 14
    with closing(sqlite3.connect(kopieen[-1])) as verbinding:
        assert verbinding.execute("SELECT count(*) FROM dossier").fetchone() == (20,)


def test_a_copy_can_be_put_back_and_the_next_one_follows_it(tmp_path: Path) -> None:
    fill(tmp_path)
    with Register.open(tmp_path) as register:
        oud = register.backup(DAG)
        register.save_dossier(make_dossier("C-2"), "aangemeld", DAG)
        register.backup(DAG)
    assert oud is not None
    shutil.copy(oud, tmp_path / "register.sqlite")
    assert list_codes(tmp_path) == ["ouder-dan-reserve"]
    with Register.open(tmp_path) as register:
        assert [dossier.code for dossier in register.list_dossiers()] == ["C-1"]
        nieuw = register.backup(DAG)
        assert nieuw == max((tmp_path / "reserve").iterdir())
        assert register.verify() == ()


@pytest.mark.parametrize("alleen_lezen", [True, False])
def test_a_vanished_register_is_not_replaced_by_an_empty_one(tmp_path: Path, alleen_lezen: bool) -> None:
    fill(tmp_path)
    with Register.open(tmp_path) as register:
        register.backup(DAG)
    for _ in range(2):
        (tmp_path / "register.sqlite").unlink(missing_ok=True)
        with pytest.raises(RegisterFout, match="reservekopie") as fout:
            Register.open(tmp_path, alleen_lezen=alleen_lezen)
        assert "reserve" in fout.value.remedie
        (tmp_path / "register.sqlite").touch()


@pytest.mark.parametrize("alleen_lezen", [True, False])
def test_a_file_that_is_no_register_is_refused_with_the_way_back(tmp_path: Path, alleen_lezen: bool) -> None:
    (tmp_path / "register.sqlite").write_bytes(b"geen databank" * 1000)
    with pytest.raises(RegisterFout, match="geen register") as fout:
        Register.open(tmp_path, alleen_lezen=alleen_lezen)
    assert "reserve" in fout.value.remedie
    assert fout.value.exit_code is ExitCode.CONFIGURATIE


def test_a_damaged_register_is_reported_and_never_copied_over_a_good_copy(tmp_path: Path) -> None:
    with Register.open(tmp_path) as register:
        for nummer in range(200):
            register.save_dossier(make_dossier(f"C-{nummer}"), "aangemeld", DAG)
    pad = tmp_path / "register.sqlite"
    inhoud = bytearray(pad.read_bytes())
    inhoud[8192:-8192] = bytes(len(inhoud) - 16384)
    pad.write_bytes(inhoud)
    with Register.open(tmp_path) as register:
        with pytest.raises(RegisterFout, match="beschadigd"):
            register.backup(DAG)
        with pytest.raises(RegisterFout, match="beschadigd"):
            register.list_dossiers()
        assert [bevinding.code for bevinding in register.verify()] == ["register-beschadigd"]
    assert not list(tmp_path.glob("reserve/*"))


def test_another_database_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "register.sqlite")) as verbinding:
        verbinding.execute("CREATE TABLE iets (naam TEXT)")
    with pytest.raises(RegisterFout, match="geen register"):
        Register.open(tmp_path)


def test_a_register_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    fill(tmp_path)
    with closing(sqlite3.connect(tmp_path / "register.sqlite")) as verbinding:
        verbinding.execute("PRAGMA user_version = 99")
    with pytest.raises(RegisterFout, match="nieuwere versie"):
        Register.open(tmp_path)


def test_a_stored_dossier_that_cannot_be_read_is_refused_without_its_contents(tmp_path: Path) -> None:
    fill(tmp_path)
    change(tmp_path, """UPDATE dossier SET inhoud = '{"code": "geheim"}'""")
    with Register.open(tmp_path) as register, pytest.raises(RegisterFout) as fout:
        register.list_dossiers()
    assert "geheim" not in repr(fout.value) + fout.value.melding
    assert fout.value.__suppress_context__


def test_a_register_that_another_program_holds_is_said_to_be_in_use(tmp_path: Path) -> None:
    fill(tmp_path)
    with (
        closing(sqlite3.connect(tmp_path / "register.sqlite", isolation_level=None)) as ander,
        Register.open(tmp_path) as register,
    ):
        ander.execute("BEGIN EXCLUSIVE")
        register._verbinding.execute("PRAGMA busy_timeout = 1")
        with pytest.raises(RegisterFout, match="in gebruik"):
            register.save_dossier(make_dossier(), "aangemeld", DAG)
