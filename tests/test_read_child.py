"""Reading in a process of its own: the same as here, bounded, killed when a file is too much, and back for the next."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from killers import BOUNDED, REFUSED
from support_docx import box, build_docx, p, r, sdt, tbl, tr
from support_samples import VOORBEELDEN

from pipeline.errors import ConfiguratieFout, InvoerFout
from pipeline.read import Lezer, read_formulier
from pipeline.read.direct import read_direct
from pipeline.read.lezing import Gelezen
from pipeline.read.pool import Leeslimiet, Leesproces

FORM = build_docx(p(r("Naam: "), sdt(r("Ans"), tag="naam"), box("1", "☒", tag="vak")) + tbl(tr("Gemeente", "Olen")))
#: what a process has mapped before it reads anything, well under 100 MB, and 300 MB on top of it
KRAP = Leeslimiet(seconden=60, geheugen=400 * 2**20)


@pytest.fixture
def proces() -> Iterator[Leesproces]:
    leesproces = Leesproces(KRAP)
    yield leesproces
    leesproces.close()


@pytest.fixture(scope="module")
def blijvend() -> Iterator[Leesproces]:
    """One that reads file after file, as the one of a run does; what ends it is replaced by the next."""
    leesproces = Leesproces(KRAP)
    yield leesproces
    leesproces.close()


def _refuse(proces: Leesproces, content: bytes) -> str:
    with pytest.raises(InvoerFout) as caught:
        proces.look("killer.docx", content)
    assert "killer.docx" in caught.value.melding
    assert caught.value.remedie
    return caught.value.bevinding.code


def test_a_sample_of_each_table_and_kind_reads_the_same_in_a_process_of_its_own(proces: Leesproces) -> None:
    apart = Lezer(look=proces.look)
    gekozen = {(v.tafel, v.formulier.suffix): v for v in VOORBEELDEN}
    assert len(gekozen) > len({v.tafel for v in VOORBEELDEN}) > 5
    for voorbeeld in gekozen.values():
        content = voorbeeld.formulier.read_bytes()
        if content[:2] == b"PK" or content[:4] == b"%PDF":
            assert apart.read_one("f", content) == read_formulier("f", content), voorbeeld.naam


@pytest.mark.xdist_group("read by one process")
@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_killer_is_refused_by_judgement_and_not_by_the_limits(name: str, blijvend: Leesproces) -> None:
    assert _refuse(blijvend, REFUSED[name]()) != "lezen-afgebroken"
    assert isinstance(blijvend.look("f.docx", FORM), Gelezen)


@pytest.mark.xdist_group("read by one process")
@pytest.mark.parametrize("name", sorted(BOUNDED))
def test_a_file_that_is_odd_but_readable_ends_within_the_limits(name: str, blijvend: Leesproces) -> None:
    content = BOUNDED[name]()
    try:
        blijvend.look("f.docx", content)
    except InvoerFout as fault:
        assert fault.bevinding.code in {"lezen-afgebroken", "pdf-zonder-tekst", "ole-beschadigd"}
    assert isinstance(blijvend.look("f.docx", FORM), Gelezen)


@pytest.fixture
def traag() -> bytes:
    """A form that takes longer than a tenth of a second to read, as it stands."""
    return build_docx(tbl(*(tr(f"Vraag {number}", f"antwoord {number}") for number in range(8_000))))


def test_a_file_that_takes_too_long_is_refused_and_the_next_one_is_read(traag: bytes) -> None:
    proces = Leesproces(Leeslimiet(seconden=0.1))
    assert _refuse(proces, traag) == "lezen-afgebroken"
    proces = Leesproces(KRAP)
    assert isinstance(proces.look("f.docx", FORM), Gelezen)
    proces.close()


@pytest.mark.parametrize("megabytes", [50, 65, 80])  # where it runs out decides which library says so, and how
def test_a_file_that_takes_too_much_memory_is_refused_and_the_next_one_is_read(traag: bytes, megabytes: int) -> None:
    proces = Leesproces(Leeslimiet(seconden=60, geheugen=megabytes * 2**20))
    assert _refuse(proces, traag) == "lezen-afgebroken"
    assert isinstance(proces.look("f.docx", FORM), Gelezen)
    proces.close()


def test_a_process_that_dies_between_two_files_is_replaced(proces: Leesproces) -> None:
    proces.look("f.docx", FORM)
    assert proces.pid is not None
    os.kill(proces.pid, signal.SIGTERM)
    assert isinstance(proces.look("f.docx", FORM), Gelezen)


def test_one_process_reads_many_files(proces: Leesproces) -> None:
    proces.look("f.docx", FORM)
    eerste = proces.pid
    for _ in range(20):
        proces.look("f.docx", FORM)
        with pytest.raises(InvoerFout):
            proces.look("f.docx", b"zomaar")
    assert proces.pid == eerste


def test_an_interrupt_ends_the_process_so_that_its_answer_is_not_taken_for_that_of_the_next_file(
    proces: Leesproces, traag: bytes, request: pytest.FixtureRequest
) -> None:
    eerder = signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background begins without it
    request.addfinalizer(lambda: signal.signal(signal.SIGINT, eerder))
    proces.look("f.docx", FORM)
    wekker = threading.Timer(0.1, signal.raise_signal, (signal.SIGINT,))
    wekker.start()
    with pytest.raises(KeyboardInterrupt):
        proces.look("traag.docx", traag)
    wekker.join()
    assert proces.pid is None
    lezing = proces.look("f.docx", FORM)
    assert isinstance(lezing, Gelezen)
    assert lezing.formulier.bestand == "f.docx"


def _read(proces: Leesproces, bestand: str, content: bytes) -> str:
    lezing = proces.look(bestand, content)
    assert isinstance(lezing, Gelezen) and lezing == read_direct(bestand, content)
    return lezing.formulier.bestand


def test_a_file_that_was_begun_is_looked_at_once_and_reads_the_same(proces: Leesproces) -> None:
    _read(proces, "eerst.docx", FORM)
    for nummer in range(3):
        proces.begin(f"{nummer}.docx", FORM)
        assert _read(proces, f"{nummer}.docx", FORM) == f"{nummer}.docx"
    assert proces._gelezen == 4


def test_a_file_that_is_asked_for_in_between_gets_its_own_answer(proces: Leesproces) -> None:
    _read(proces, "eerst.docx", FORM)
    proces.begin("vooruit.docx", FORM)
    assert _read(proces, "tussen.docx", FORM) == "tussen.docx"
    assert _refuse(proces, b"zomaar") != "lezen-afgebroken"
    assert _read(proces, "vooruit.docx", FORM) == "vooruit.docx"
    assert proces._gelezen == 4


def test_a_file_that_was_begun_and_not_asked_for_leaves_no_answer_behind(proces: Leesproces, traag: bytes) -> None:
    _read(proces, "eerst.docx", FORM)
    for content in (FORM, traag):
        proces.begin("vooruit.docx", content)
        proces.drop()
        assert _read(proces, "f.docx", FORM) == "f.docx"
        proces.begin("vooruit.docx", content)
        proces.begin("daarna.docx", FORM)
        assert _read(proces, "daarna.docx", FORM) == "daarna.docx"


def test_nothing_is_begun_without_a_process_for_starting_one_may_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bestaat/niet")
    proces = Leesproces()
    proces.begin("f.docx", FORM)
    assert proces.pid is None
    with pytest.raises(ConfiguratieFout):
        proces.look("f.docx", FORM)


def test_a_process_that_is_killed_at_a_file_ahead_of_its_turn_reads_it_again_at_its_turn(
    proces: Leesproces, traag: bytes
) -> None:
    for content in (FORM, traag):
        _read(proces, "eerst.docx", FORM)
        proces.begin("vooruit.docx", content)
        assert proces.pid is not None
        os.kill(proces.pid, signal.SIGKILL)
        lezing = proces.look("vooruit.docx", content)
        assert isinstance(lezing, Gelezen) and lezing.formulier.bestand == "vooruit.docx"


def test_a_file_that_takes_too_much_is_refused_at_its_turn_and_not_when_it_was_begun(traag: bytes) -> None:
    proces = Leesproces(Leeslimiet(seconden=60, geheugen=80 * 2**20))
    _read(proces, "eerst.docx", FORM)
    proces.begin("killer.docx", traag)
    assert _read(proces, "tussen.docx", FORM) == "tussen.docx"
    assert _refuse(proces, traag) == "lezen-afgebroken"
    assert _read(proces, "f.docx", FORM) == "f.docx"
    proces.close()


def test_a_python_that_cannot_start_is_no_fault_of_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bestaat/niet")
    with pytest.raises(ConfiguratieFout, match="proces starten"):
        Leesproces().look("f.docx", FORM)


def test_a_module_in_the_current_folder_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "olefile.py").write_text("raise SystemExit", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    proces = Leesproces(KRAP)
    assert isinstance(proces.look("f.docx", FORM), Gelezen)
    proces.close()


@pytest.mark.parametrize("make", [lambda: FORM, lambda: b"%PDF-1.7 Naam: Ans", lambda: build_docx("Ans")[:900]])
def test_a_child_says_nothing_but_its_answer(make: Callable[[], bytes]) -> None:
    """On standard error nothing at all: what a library prints may hold what a form holds."""
    vraag = b'{"bestand":"f.docx"}'
    content = make()
    invoer = len(vraag).to_bytes(8, "big") + vraag + len(content).to_bytes(8, "big") + content
    klaar = subprocess.run([sys.executable, "-m", "pipeline.read.child"], input=invoer, capture_output=True, check=True)
    assert klaar.stderr == b""
    assert klaar.stdout.startswith(b"klaar\n")
    lengte = int.from_bytes(klaar.stdout[6:14], "big")
    assert len(klaar.stdout) == 14 + lengte
