"""A coordinator's desk as it is: Windows names and calls, odd folders, a disk that refuses, a wrong clock."""

from __future__ import annotations

import ctypes
import itertools
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_werkmap import CLIENT, TAFEL, Werkmapje, make_form

from pipeline.deliver import choose_manifest_name
from pipeline.disk import make_safe_name
from pipeline.errors import ExitCode
from pipeline.register import Register
from pipeline.run.starters import list_starters
from schemas.catalogus import load_catalogus
from schemas.tafeldata import Tafeldata

ROOT = Path(__file__).parents[1]
#: What Windows allows from the disk to the end of a name, and what a coordinator's own folder takes of it at most.
PAD_TEKENS, EIGEN_MAP = 260, 80
TAFELS = load_catalogus()

#: Takes away, before our own code is loaded, what only POSIX has, and then runs commands. Libraries stay as they are.
_ZONDER_POSIX = """
import os, shutil, signal, subprocess, sys
import pipeline.cli
for naam in [naam for naam in sys.modules if naam.partition(".")[0] in ("pipeline", "schemas")]:
    del sys.modules[naam]
for naam in (
    "fork forkpty getuid geteuid getgid getegid getgroups setuid setgid link symlink mkfifo mknod chown lchown fchmod "
    "fchown killpg getpgid setsid getsid nice getpriority statvfs sync fdatasync getloadavg posix_spawn posix_spawnp"
).split():
    vars(os).pop(naam, None)
for naam in "SIGHUP SIGALRM SIGUSR1 SIGUSR2 SIGQUIT SIGTSTP SIGXFSZ alarm setitimer pthread_sigmask sigwait".split():
    vars(signal).pop(naam, None)
sys.modules.update(dict.fromkeys("fcntl resource pwd grp termios tty pty".split()))
sys.platform = "win32"
shutil._use_fd_functions = False
subprocess.CREATE_NEW_PROCESS_GROUP = subprocess.CREATE_NO_WINDOW = 0
gewoon = os.open
def open_(pad, *rest, **opties):
    if isinstance(pad, (str, os.PathLike)) and os.path.isdir(pad):
        raise PermissionError(13, "Permission denied", str(pad))  # Windows opens no folder
    return gewoon(pad, *rest, **opties)
os.open = open_
from pipeline.cli import main
def run(*args):
    try:
        main(list(args))
    except SystemExit as einde:
        assert einde.code == 0, (args, einde.code)
"""


def run_child(opdracht: str, *args: str, **omgeving: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", opdracht, *args],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests"))), **omgeving},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def find_unsafe(map_: Path) -> Iterator[str]:
    """Names below this folder that another system has no place for, and paths that are too long for Windows."""
    for pad in map_.rglob("*"):
        onder = pad.relative_to(map_)
        naam = PureWindowsPath(pad.name)
        if naam.is_reserved() or naam.name != pad.name or set(pad.name) & set('<>:"/\\|?*') or pad.name[-1] in " .":
            yield f"naam: {onder}"
        if len(str(onder)) + EIGEN_MAP > PAD_TEKENS:
            yield f"te lang: {onder}"
    for ouder, namen in itertools.groupby(sorted(pad.relative_to(map_) for pad in map_.rglob("*")), lambda p: p.parent):
        klein = [pad.name.casefold() for pad in namen]
        yield from (f"enkel anders in hoofdletters: {ouder}" for _ in range(len(klein) - len(set(klein))))


def make_mail(**bijlagen: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Date"] = "Mieke <mieke@example.org>", "Fri, 20 Nov 2026 10:15:00 +0100"
    mail.set_content("Zie bijlage.")
    for naam, inhoud in bijlagen.items():
        mail.add_attachment(inhoud, maintype="application", subtype="octet-stream", filename=f"{naam}.docx")
    return mail.as_bytes()


def test_whatever_a_file_was_called_every_name_that_is_made_of_it_is_one_for_windows(tmp_path: Path) -> None:
    werkmap = Werkmapje.make(tmp_path)
    namen = (
        "CON.docx",
        "aux",
        "nul.tar.docx",
        "LPT1.pdf",
        "eindigt op punt.",
        "spatie ",
        "a:b?.docx",
        "x" * 240 + ".docx",
    )
    for nummer, naam in enumerate(namen):
        werkmap.drop(b"geen formulier %d" % nummer, naam)
    werkmap.drop(make_mail(COM1=make_form()), "PRN.eml")
    werkmap.drop(make_form(clienten=[{**CLIENT, "betrokkenen.naam": "Bo Denkbeeldig"}]), "com3.docx")
    werkmap.process()
    werkmap.prepare("triagetafel", "2026-11-27")
    assert werkmap.list_files("in") == [] and len(werkmap.list_dossiers()) == 2
    assert len([naam for naam in werkmap.list_files("quarantaine") if naam.endswith(".reden.txt")]) == len(namen)
    assert list(find_unsafe(werkmap.map)) == []


@pytest.mark.parametrize("data", TAFELS.values(), ids=TAFELS.keys())
def test_every_name_that_a_table_gives_to_a_file_or_folder_is_safe(data: Tafeldata) -> None:
    tafel = data.tafel
    titels = [f.titel for f in data.formulieren] + [d.titel for d in data.documenten]
    namen = [f"{titel} BCDFG2 versie 12.docx" for titel in titels]
    namen += [f"2026-12-17 {overleg.id}{staart}" for overleg in tafel.overleggen for staart in ("", " verslag")]
    namen += [rol.id for rol in tafel.rollen] + [f"{rol.id} BCDFG2" for rol in tafel.rollen]
    namen += [deel for starter in list_starters(data) for deel in starter.naam.split("/")]
    for naam in namen:
        assert make_safe_name(naam) == naam
        assert not PureWindowsPath(naam).is_reserved()
    assert len({titel.casefold() for titel in titels}) == len(set(titels))


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from(["manifest.json", "manifest-2.json", "manifest-9.json", "anders.docx"]), unique=True))
def test_the_next_manifest_never_takes_the_name_of_one_that_is_there(namen: list[str]) -> None:
    with tempfile.TemporaryDirectory() as tijdelijk:
        map_ = Path(tijdelijk, "uit", "pakket")
        map_.mkdir(parents=True)
        for naam in namen:
            (map_ / naam).touch()
        nieuw = choose_manifest_name(Path(tijdelijk), "pakket")
        assert nieuw not in namen and make_safe_name(nieuw) == nieuw


def test_a_month_runs_in_a_folder_of_any_name_and_length(tmp_path: Path) -> None:
    """Emoji, signs that mean something in an address or a command, 200 characters, and more than 260 in all."""
    plaats = tmp_path / "Tafel 😀 #1 100% ‘élan’ & zo" / ("m" * 200)
    plaats.mkdir(parents=True)
    werkmap = Werkmapje.make(plaats)
    werkmap.drop(make_form())
    assert werkmap.process() == ExitCode.KLAAR
    assert werkmap.prepare("triagetafel", "2026-11-27") == ExitCode.KLAAR
    assert max(len(str(werkmap.map / naam)) for naam in werkmap.list_files()) > PAD_TEKENS
    werkmap.run("controle", str(werkmap.map))
    assert "kijk na" not in "".join(r for r in werkmap.uitvoer.splitlines() if "Register" in r or "Manifest" in r)


def test_a_folder_too_deep_for_the_register_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    werkmap = Werkmapje.make(tmp_path)
    werkmap.drop(make_form())
    diep = tmp_path / ("x" * 200) / ("y" * 200) / ("z" * 200)
    diep.mkdir(parents=True)
    werkmap.map.rename(diep / "werkmap")
    verplaatst = Werkmapje(diep / "werkmap")
    assert verplaatst.process() == ExitCode.CONFIGURATIE
    assert "Het register kan niet geopend worden" in verplaatst.uitvoer and "korter pad" in verplaatst.uitvoer
    assert verplaatst.list_files("in") == ["in/aanmelding.docx"]


def test_a_month_runs_without_a_single_call_that_only_posix_has(tmp_path: Path) -> None:
    """Also on a console that speaks cp1252: nothing that is printed may stop the work."""
    map_ = tmp_path / "werkmap"
    formulier = tmp_path / "aanmelding.docx"
    formulier.write_bytes(make_form())
    opdracht = f"""{_ZONDER_POSIX}
import pathlib
map_, formulier = sys.argv[1:]
run("nieuw", map_, "--tafel", "{TAFEL}")
pathlib.Path(map_, "in", "aanmelding.docx").write_bytes(pathlib.Path(formulier).read_bytes())
run("verwerk", map_, "--vandaag", "2026-11-23", "--pdf", "rdocx")
run("bereid", map_, "--overleg", "triagetafel", "--vandaag", "2026-11-27", "--pdf", "rdocx")
run("verzonden", map_, "--alle", "--vandaag", "2026-11-30")
pathlib.Path(map_, "register.sqlite").unlink()
pathlib.Path(map_, "reserve").rename(pathlib.Path(map_, "elders"))
run("herstel", map_, "--uit-archief", "--ja", "--vandaag", "2026-12-01")
"""
    klaar = run_child(opdracht, str(map_), str(formulier), PYTHONIOENCODING="cp1252:strict", PYTHONUTF8="0")
    assert klaar.returncode == 0, klaar.stdout + klaar.stderr
    assert "✓" in klaar.stdout and "→" in klaar.stdout
    assert len(Werkmapje(map_).list_dossiers()) == 1
    assert list(find_unsafe(map_)) == []


@contextmanager
def obey_rights() -> Iterator[None]:
    """Who runs the tests as root is stopped by no right; for the length of a block he is."""
    if os.geteuid() != 0:
        yield
        return
    libc, kop, stand = ctypes.CDLL(None), (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert libc.capget(kop, stand) == 0
    eerder, stand[0] = stand[0], stand[0] & ~0b1110  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER
    assert libc.capset(kop, stand) == 0
    try:
        yield
    finally:
        stand[0] = eerder
        assert libc.capset(kop, stand) == 0


def test_a_read_only_werkmap_is_told_in_a_sentence_and_stays_as_it_is(tmp_path: Path) -> None:
    werkmap = Werkmapje.make(tmp_path)
    werkmap.drop(make_form())
    paden = {pad: pad.stat().st_mode for pad in (werkmap.map, *werkmap.map.rglob("*"))}
    bestanden = {naam: (werkmap.map / naam).read_bytes() for naam in werkmap.list_files("")}
    for pad in paden:
        pad.chmod(0o555 if pad.is_dir() else 0o444)
    try:
        with obey_rights():
            assert werkmap.process() == ExitCode.CONFIGURATIE
    finally:
        for pad, mode in paden.items():
            pad.chmod(mode)
    assert "geen schrijfrechten" in werkmap.uitvoer
    assert {naam: (werkmap.map / naam).read_bytes() for naam in werkmap.list_files("")} == bestanden


@contextmanager
def limit_files(grens: int) -> Iterator[None]:
    """For the length of a block the system refuses every byte of a file past this limit."""
    zacht, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    eerder = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (grens, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (zacht, hard))
        signal.signal(signal.SIGXFSZ, eerder)


@pytest.mark.parametrize("kilobytes", [4, 30, 90])
def test_a_disk_that_takes_no_more_costs_no_form_and_the_next_run_completes_it(tmp_path: Path, kilobytes: int) -> None:
    """In the archive, in a package or in the register."""
    werkmap = Werkmapje.make(tmp_path)
    inhoud = make_form()
    werkmap.drop(inhoud)
    with limit_files(kilobytes * 1024):
        code = werkmap.process()
    assert code not in (ExitCode.KLAAR, ExitCode.EIGEN_FOUT), werkmap.uitvoer
    bewaard = [pad for map_ in ("in", "archief") for pad in (werkmap.map / map_).iterdir()]
    assert inhoud in [pad.read_bytes() for pad in bewaard]
    assert werkmap.process() == ExitCode.KLAAR
    assert len(werkmap.list_dossiers()) == 1 and werkmap.list_files("in") == []
    assert any("Ontvangstmelding" in naam for naam in werkmap.list_files())


def test_a_clock_set_back_doubles_nothing_loses_nothing_and_can_be_rebuilt(tmp_path: Path) -> None:
    werkmap = Werkmapje.make(tmp_path)
    werkmap.drop(make_form(), "een.docx")
    werkmap.process("2027-03-01")
    werkmap.drop(make_form(clienten=[{**CLIENT, "betrokkenen.naam": "Bo Denkbeeldig"}]), "twee.docx")
    werkmap.process("2026-11-23")
    uit = werkmap.list_files()
    assert werkmap.process("2026-11-24") == ExitCode.KLAAR and werkmap.list_files() == uit
    dossiers = werkmap.list_dossiers()
    assert {str(dossier.aangemeld_op) for dossier in dossiers} == {"2027-03-01", "2026-11-23"}
    with Register.open(werkmap.map, alleen_lezen=True) as register:
        assert register.verify() == ()
    (werkmap.map / "register.sqlite").unlink()
    assert (
        werkmap.run("herstel", str(werkmap.map), "--uit-archief", "--ja", "--vandaag", "2026-11-25") == ExitCode.KLAAR
    )
    assert werkmap.list_dossiers() == dossiers
