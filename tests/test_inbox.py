"""What lies in `in/` is taken, left with a reason, archived or quarantined; never lost, never doubled."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import unicodedata
from collections.abc import Callable
from pathlib import Path, PureWindowsPath

import pytest
from disk_samples import DAG, make_dossier
from hypothesis import given, settings
from hypothesis import strategies as st
from killpoints import count_kills

from pipeline import inbox
from pipeline.disk import SchijfFout, choose_free, hash_bytes, make_safe_name, sweep, translate_faults, write_atomic
from pipeline.errors import ConfiguratieFout
from pipeline.inbox import (
    BEWERKT,
    IN_BEWEGING,
    REDEN,
    REDEN_JSON,
    archive,
    list_inkomend,
    quarantine,
    read_inkomend,
    remove,
)
from pipeline.kinds import MSG_STREAM, OLE
from pipeline.lock import hold_lock
from pipeline.register import Inzendingregel, Register, Uitkomst
from schemas.bevinding import Bevinding, Ernst

DOCX = b"PK\x03\x04 formulier"
PDF = b"%PDF-1.7 formulier"
NU = dt.datetime(2026, 12, 10, 9, 0, tzinfo=dt.UTC)
FOUT = Bevinding(
    code="geen-formulier",
    plaats="hele document",
    melding="Dit is geen formulier van deze tafel.",
    remedie="Vraag de aanmelder om het formulier van de tafel in te vullen.",
    ernst=Ernst.FOUT,
)


@pytest.fixture
def werkmap(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path


def drop(werkmap: Path, naam: str, inhoud: bytes = DOCX) -> inbox.Binnengekomen:
    (werkmap / "in" / naam).write_bytes(inhoud)
    return next(item for item in read_all(werkmap) if item.naam == naam)


def read_all(werkmap: Path) -> list[inbox.Binnengekomen]:
    gelezen = [read_inkomend(wachtend) for wachtend in list_inkomend(werkmap)[0]]
    assert all(isinstance(item, inbox.Binnengekomen) for item in gelezen)
    return [item for item in gelezen if isinstance(item, inbox.Binnengekomen)]


def list_names(map_: Path) -> list[str]:
    return sorted(pad.name for pad in map_.iterdir()) if map_.is_dir() else []


def test_files_come_sorted_by_name_with_content_and_hash(werkmap: Path) -> None:
    drop(werkmap, "b.pdf", PDF)
    drop(werkmap, "a.docx")
    binnen, (_, overgeslagen) = read_all(werkmap), list_inkomend(werkmap)
    assert [(item.naam, item.inhoud, item.sha256) for item in binnen] == [
        ("a.docx", DOCX, hash_bytes(DOCX)),
        ("b.pdf", PDF, hash_bytes(PDF)),
    ]
    assert overgeslagen == ()
    assert repr(binnen[0]) == "Binnengekomen(***)"


@pytest.mark.parametrize(
    "naam",
    [
        "~$a.docx",
        "a.TMP",
        ".~lock.a.docx#",
        "Thumbs.db",
        "DESKTOP.INI",
        ".DS_Store",
        ".verborgen",
        "a.docx.reden.txt",
        "a.reden.json",
    ],
)
def test_helper_files_are_left_and_listed_with_a_reason(werkmap: Path, naam: str) -> None:
    (werkmap / "in" / naam).write_bytes(b"x")
    binnen, overgeslagen = list_inkomend(werkmap)
    assert binnen == ()
    assert [item.naam for item in overgeslagen] == [naam]
    assert overgeslagen[0].reden


def test_folders_links_and_pipes_are_left_and_listed(werkmap: Path) -> None:
    (werkmap / "in" / "map").mkdir()
    (werkmap / "doel.docx").write_bytes(DOCX)
    (werkmap / "in" / "link.docx").symlink_to(werkmap / "doel.docx")
    os.mkfifo(werkmap / "in" / "pijp.docx")
    binnen, overgeslagen = list_inkomend(werkmap)
    assert binnen == ()
    assert [item.naam for item in overgeslagen] == ["link.docx", "map", "pijp.docx"]


def test_an_empty_file_is_returned_for_the_reader_to_refuse(werkmap: Path) -> None:
    assert drop(werkmap, "leeg.docx", b"").inhoud == b""


def test_a_file_changed_just_now_waits_and_one_from_the_future_does_not(werkmap: Path) -> None:
    for naam, seconden in (("nieuw.docx", -1), ("oud.docx", -60), ("toekomst.docx", 3600)):
        pad = werkmap / "in" / naam
        pad.write_bytes(DOCX)
        os.utime(pad, (0, NU.timestamp() + seconden))
    binnen, overgeslagen = list_inkomend(werkmap, rust=2, nu=NU)
    assert [item.naam for item in binnen] == ["oud.docx", "toekomst.docx"]
    assert [item.naam for item in overgeslagen] == ["nieuw.docx"]


@pytest.mark.parametrize(
    ("verander", "reden"),
    [
        (lambda pad: pad.write_bytes(DOCX[:5]), IN_BEWEGING),
        (lambda pad: os.utime(pad, (0, 0)), IN_BEWEGING),
        (lambda pad: os.truncate(pad, 0), IN_BEWEGING),
        (lambda pad: (pad.unlink(), pad.symlink_to(pad.parent.parent)), IN_BEWEGING),
        (lambda pad: pad.with_name(f"~${pad.name[2:]}").write_bytes(b"x"), BEWERKT),
        (lambda pad: pad.unlink(), "verplaatst of verwijderd"),
    ],
)
def test_a_file_that_is_no_longer_what_was_listed_when_its_turn_comes_is_left(
    werkmap: Path, verander: Callable[[Path], object], reden: str
) -> None:
    pad = drop(werkmap, "aanmelding.docx").pad
    ((wachtend,), _) = list_inkomend(werkmap)
    verander(pad)
    gezien = read_inkomend(wachtend)
    assert isinstance(gezien, inbox.Overgeslagen)
    assert reden in gezien.reden and gezien.open == (reden == BEWERKT)


def test_a_name_that_leaves_no_room_for_the_mark_of_word_is_read(werkmap: Path) -> None:
    naam = "n" * 250 + ".docx"
    assert drop(werkmap, naam).inhoud == DOCX


def test_a_missing_in_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfiguratieFout, match='"in" ontbreekt'):
        list_inkomend(tmp_path)


def test_a_name_that_is_no_utf_8_can_be_printed_and_quarantined(werkmap: Path) -> None:
    (werkmap / "in" / os.fsdecode(b"caf\xe9.docx")).write_bytes(DOCX)
    (item,) = read_all(werkmap)
    item.naam.encode()
    assert quarantine(werkmap, item, (FOUT,), DAG).read_bytes() == DOCX
    assert list_names(werkmap / "in") == []


def test_a_file_over_the_limit_is_read_no_further_and_quarantined_whole(werkmap: Path) -> None:
    item = drop(werkmap, "groot.docx", b"x" * (inbox.MAX_BYTES + 100))
    assert item.te_groot
    assert len(item.inhoud) == inbox.MAX_BYTES + 1
    doel = quarantine(werkmap, item, (FOUT,), DAG)
    assert doel.stat().st_size == inbox.MAX_BYTES + 100
    assert hash_bytes(doel.read_bytes()) == item.sha256
    assert list_names(werkmap / "in") == []
    assert list_names(werkmap / "quarantaine") == ["groot.docx", "groot.docx.reden.json", "groot.docx.reden.txt"]


@pytest.mark.parametrize(
    ("inhoud", "soort"),
    [
        (DOCX, "docx"),
        (b"\n" + PDF, "pdf"),
        (OLE, "doc"),
        (OLE + MSG_STREAM.encode("utf-16-le"), "msg"),
        (b"From: a@example.org\r\nDate: x\r\n\r\n", "eml"),
        (b"{\\rtf1", "rtf"),
        (b"iets", "bin"),
    ],
)
def test_the_archive_names_a_file_by_hash_and_real_kind(werkmap: Path, inhoud: bytes, soort: str) -> None:
    item = drop(werkmap, "formulier.txt", inhoud)
    archive(werkmap, item)
    archive(werkmap, item)
    assert list_names(werkmap / "archief") == [f"{hash_bytes(inhoud)}.{soort}"]


def test_a_damaged_archive_file_is_replaced_by_the_whole_one(werkmap: Path) -> None:
    item = drop(werkmap, "a.docx")
    doel = archive(werkmap, item)
    doel.write_bytes(DOCX[:3])
    assert archive(werkmap, item).read_bytes() == DOCX


def test_a_file_that_changed_since_it_was_read_stays_in_the_inbox(werkmap: Path) -> None:
    item = drop(werkmap, "a.docx")
    item.pad.write_bytes(PDF)
    blijft = remove(werkmap, item)
    assert blijft is not None
    assert "gewijzigd" in blijft.reden
    assert item.pad.read_bytes() == PDF


def test_a_file_that_is_gone_already_is_no_fault(werkmap: Path) -> None:
    item = drop(werkmap, "a.docx")
    assert remove(werkmap, item) is None
    assert remove(werkmap, item) is None


def test_the_reason_can_be_read_in_notepad(werkmap: Path) -> None:
    doel = quarantine(werkmap, drop(werkmap, "brief.docx"), (FOUT,), DAG)
    rauw = (doel.parent / "brief.docx.reden.txt").read_bytes()
    tekst = rauw.decode("utf-8-sig")
    assert rauw.startswith(b"\xef\xbb\xbf")
    assert tekst.count("\n") == tekst.count("\r\n") > 3
    assert all(deel in tekst for deel in ('"brief.docx"', FOUT.plaats, FOUT.melding, FOUT.remedie))


def test_quarantine_never_overwrites_another_file_of_that_name(werkmap: Path) -> None:
    quarantine(werkmap, drop(werkmap, "a.docx", b"een"), (FOUT,), DAG)
    quarantine(werkmap, drop(werkmap, "a.docx", b"twee"), (FOUT,), DAG)
    quarantine(werkmap, drop(werkmap, "a.docx", b"een"), (FOUT,), DAG)
    map_ = werkmap / "quarantaine"
    assert list_names(map_) == [
        *("a (2).docx", "a (2).docx.reden.json", "a (2).docx.reden.txt"),
        *("a.docx", "a.docx.reden.json", "a.docx.reden.txt"),
    ]
    assert ((map_ / "a.docx").read_bytes(), (map_ / "a (2).docx").read_bytes()) == (b"een", b"twee")


class _Intake:
    """Two forms, one of them twice, a file that is refused and one over the limit."""

    inhouden = (DOCX, PDF)
    groot = b"x" * 300

    def prepare(self, werkmap: Path) -> None:
        inbox.MAX_BYTES = 200  # in a process of its own
        (werkmap / "in").mkdir()
        bestanden = {
            "a.docx": DOCX,
            "b.pdf": PDF,
            "kopie.docx": DOCX,
            "slecht.docx": b"slecht",
            "x.mp4": self.groot,
        }
        for naam, inhoud in bestanden.items():
            (werkmap / "in" / naam).write_bytes(inhoud)

    def work(self, werkmap: Path) -> None:
        with hold_lock(werkmap, nu=NU, host="test", pid=os.getpid()), Register.open(werkmap) as register:
            sweep(*(werkmap / map_ for map_ in ("archief", "quarantaine")))
            for item in map(read_inkomend, list_inkomend(werkmap)[0]):
                assert isinstance(item, inbox.Binnengekomen)
                self._take(werkmap, register, item)
            register.backup(DAG)

    def _take(self, werkmap: Path, register: Register, item: inbox.Binnengekomen) -> None:
        regel = Inzendingregel(sha256=item.sha256, bestand="", ontvangen_op=DAG, uitkomst=Uitkomst.QUARANTAINE)
        if item.te_groot or item.inhoud == b"slecht":
            register.add_inzending(regel)
            quarantine(werkmap, item, (FOUT,), DAG)
            return
        archive(werkmap, item)
        if register.get_inzending(item.sha256) is None:
            with register.transaction():
                register.save_dossier(make_dossier(item.sha256[:8]), "aangemeld", DAG)
                register.add_inzending(regel.model_copy(update={"uitkomst": Uitkomst.VERWERKT}))
        remove(werkmap, item)

    def check_killed(self, werkmap: Path) -> None:
        mappen = ("in", "archief", "quarantaine")
        alle = {pad.read_bytes() for map_ in mappen if (werkmap / map_).is_dir() for pad in (werkmap / map_).iterdir()}
        assert {DOCX, PDF, b"slecht", self.groot} <= alle
        with Register.open(werkmap, alleen_lezen=True) as register:
            assert register.verify() == ()

    def check(self, werkmap: Path) -> None:
        assert list_names(werkmap / "in") == []
        assert list_names(werkmap / "archief") == sorted([f"{hash_bytes(DOCX)}.docx", f"{hash_bytes(PDF)}.pdf"])
        namen = [f"{naam}{staart}" for naam in ("slecht.docx", "x.mp4") for staart in ("", REDEN_JSON, REDEN)]
        assert list_names(werkmap / "quarantaine") == namen
        for naam in ("slecht.docx", "x.mp4"):
            pad = werkmap / "quarantaine" / naam
            reden = json.loads((werkmap / "quarantaine" / f"{naam}{REDEN_JSON}").read_bytes())
            assert reden["sha256"] == hash_bytes(pad.read_bytes())
        with Register.open(werkmap, alleen_lezen=True) as register:
            assert [item.code for item in register.list_dossiers()] == sorted(
                hash_bytes(inhoud)[:8] for inhoud in self.inhouden
            )
            assert register.verify() == ()
        assert len(list((werkmap / "reserve").glob("register-*.sqlite"))) in (1, 2)
        assert not list(werkmap.rglob("*.tmp"))


INTAKE = _Intake()


def test_intake_killed_before_any_call_to_the_system_loses_and_doubles_nothing() -> None:
    assert count_kills("INTAKE", "test_inbox") > 200


def test_what_a_kill_left_half_written_is_overwritten_and_swept(werkmap: Path) -> None:
    write_atomic(werkmap / "x.bin", b"een")
    (werkmap / f".~{hash_bytes(b'x.bin')[:16]}.tmp").write_bytes(b"half")
    (werkmap / f".~{'0' * 16}.tmp").write_bytes(b"half")
    write_atomic(werkmap / "x.bin", b"twee")
    sweep(werkmap, werkmap / "bestaat niet")
    assert list_names(werkmap) == ["in", "x.bin"]
    assert (werkmap / "x.bin").read_bytes() == b"twee"


@pytest.mark.parametrize(
    ("nummer", "woord"),
    [
        (errno.ENOSPC, "vol"),
        (errno.EACCES, "open"),
        (errno.ENAMETOOLONG, "te lang"),
        (errno.EIO, "systeemfout 5"),
        (errno.EROFS, "enkel te lezen"),
    ],
)
def test_what_the_disk_refuses_is_said_in_dutch_with_the_file_and_what_to_do(nummer: int, woord: str) -> None:
    with pytest.raises(SchijfFout, match=woord) as fout, translate_faults(Path("archief/a.docx")):
        raise OSError(nummer, "English")
    assert "archief/a.docx" in fout.value.melding
    assert "English" not in fout.value.melding
    assert fout.value.remedie


def test_writing_below_a_file_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "archief").touch()
    with pytest.raises(SchijfFout, match=r"archief/a\.docx"):
        write_atomic(tmp_path / "archief" / "a.docx", b"x")


NAMEN = st.text(max_size=300) | st.text(alphabet='CONULPT1¹. ~$\\/:*?"<>|\t\u202eé̈', max_size=12)


@settings(deadline=None)
@given(NAMEN, st.sampled_from(["", " (2)", " (137)"]))
def test_a_safe_name_is_accepted_by_every_system_and_comes_back_unchanged(naam: str, staart: str) -> None:
    veilig = make_safe_name(naam, staart)
    assert 0 < len(veilig) <= 100
    assert len(veilig.encode()) <= 200
    assert not PureWindowsPath(veilig).is_reserved()
    assert PureWindowsPath(veilig).name == veilig
    assert not set(veilig) & set('<>:"/\\|?*')
    assert all(unicodedata.category(teken)[0] != "C" for teken in veilig)
    assert veilig == veilig.strip(" ").rstrip(".")
    assert not veilig.startswith((".", "~"))
    assert staart in veilig
    assert make_safe_name(veilig) == veilig


@pytest.mark.parametrize(
    ("naam", "veilig"),
    [
        ("Aanmelding cliënt.docx", "Aanmelding cliënt.docx"),
        ("../../con.docx", "_.._con.docx"),
        ("NUL.docx", "_NUL.docx"),
        ("a:b?.pdf ", "a_b_.pdf"),
        ("", "naamloos"),
        ("x" * 300 + ".docx", "x" * 95 + ".docx"),
    ],
)
def test_a_safe_name_stays_close_to_what_it_was(naam: str, veilig: str) -> None:
    assert make_safe_name(naam) == veilig


def test_a_free_name_is_one_that_nothing_has(tmp_path: Path) -> None:
    for verwacht in ("a.docx", "a (2).docx", "a (3).docx"):
        pad = choose_free(tmp_path, "a.docx")
        assert pad.name == verwacht
        pad.touch()
