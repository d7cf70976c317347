"""A full folder: one form is read while another is registered, no more than two are held, the outcome is the same."""

from __future__ import annotations

import datetime as dt
import gc
import os
import random
import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from support_bericht import make_mail
from support_docx import build_docx, p, r
from support_werkmap import CLIENT, Werkmapje, make_form

from pipeline.cli.context import load_settings
from pipeline.inbox import Binnengekomen
from pipeline.read import Lezer
from pipeline.read.lezing import Lezing
from pipeline.read.pool import Leeslimiet, Leesproces
from pipeline.register import Register
from pipeline.run import process_inbox
from pipeline.run.inname import Inname
from pipeline.run.results import Lot
from schemas.dossier import Dossier

VANDAAG = dt.date(2026, 11, 23)
#: enough to read a form in, and too little for one of millions of characters
KRAP = Leeslimiet(seconden=60, geheugen=100 * 2**20)


def make_own_form(naam: str, vraag: str = "Wie kan de woonst mee opvolgen?") -> bytes:
    return make_form({"vraag.vraag": vraag}, [{**CLIENT, "betrokkenen.naam": naam}])


@pytest.fixture
def werkmap(tmp_path: Path) -> Werkmapje:
    return Werkmapje.make(tmp_path)


@pytest.fixture
def proces() -> Iterator[Leesproces]:
    leesproces = Leesproces(KRAP)
    yield leesproces
    leesproces.close()


def take_folder(
    werkmap: Werkmapje,
    lezer: Lezer,
    melder: Callable[[str, int, int], None] = lambda *_: None,
    stop: Callable[[], bool] = lambda: False,
    *,
    proef: bool = False,
) -> Inname:
    settings = load_settings(werkmap.map, vandaag=VANDAAG, proef=proef, melder=melder)
    with Register.open(werkmap.map, alleen_lezen=proef) as register:
        inname = Inname(settings, register, stop, lezer)
        inname.take_folder(0, None, lambda _namen: False)
    return inname


def _fill(werkmap: Werkmapje) -> None:
    eerste, ander, derde = make_own_form("Persoon Een"), make_own_form("Persoon Twee"), make_own_form("Persoon Drie")
    killer = build_docx(p(r(random.Random(1).randbytes(2**22).hex())))  # noqa: S311
    bestanden = {
        "a eerste.docx": eerste,
        "b hetzelfde.docx": eerste,
        "c brief.docx": b"geen formulier",
        "d te zwaar.docx": killer,
        "e na te zwaar.docx": ander,
        "f bericht.eml": make_mail(een=derde, twee=ander),
        "g ook in het bericht.docx": derde,
        "h verbeterd.docx": make_own_form("Persoon Een", "Een andere vraag?"),
        "i leeg.docx": b"",
        "j open.docx": eerste,
        "~$open.docx": b"x",
    }
    for naam, inhoud in bestanden.items():
        werkmap.drop(inhoud, naam)


LOTEN = [
    Lot.GEREGISTREERD,
    Lot.AL_VERWERKT,
    Lot.QUARANTAINE,
    Lot.QUARANTAINE,
    Lot.GEREGISTREERD,
    *(Lot.GEREGISTREERD, Lot.AL_VERWERKT),
    Lot.AL_VERWERKT,
    Lot.VERVANGEN,
    Lot.QUARANTAINE,
]


def _copy(werkmap: Werkmapje, naam: str) -> Werkmapje:
    """One that draws the same codes."""
    Register.open(werkmap.map).close()
    return Werkmapje(shutil.copytree(werkmap.map, werkmap.map.with_name(naam)))


def _check_same(een: Inname, ander: Inname, *werkmappen: Werkmapje) -> None:
    assert een.formulieren == ander.formulieren
    assert een.overgeslagen == ander.overgeslagen
    assert werkmappen[0].list_dossiers() == werkmappen[1].list_dossiers()
    for map_ in ("in", "archief", "quarantaine"):
        assert werkmappen[0].list_files(map_) == werkmappen[1].list_files(map_)


def test_reading_ahead_changes_nothing_of_what_comes_of_a_folder_whatever_becomes_of_the_process(
    werkmap: Werkmapje, proces: Leesproces
) -> None:
    _fill(werkmap)
    ander = _copy(werkmap, "ander")

    def kill(_wat: str, nummer: int, _totaal: int) -> None:
        if nummer == 7 and proces.pid is not None:
            os.kill(proces.pid, signal.SIGKILL)

    gewoon = take_folder(werkmap, Lezer(look=proces.look))
    assert [item.lot for item in gewoon.formulieren] == LOTEN
    assert [item.naam for item in gewoon.overgeslagen] == ["j open.docx", "~$open.docx"]
    _check_same(gewoon, take_folder(ander, Lezer(look=proces.look, vooruit=proces), kill), werkmap, ander)


def test_reading_ahead_changes_nothing_of_what_comes_of_a_trial(werkmap: Werkmapje, proces: Leesproces) -> None:
    _fill(werkmap)
    (werkmap.map / "in" / "d te zwaar.docx").unlink()
    ander = _copy(werkmap, "ander")
    gewoon = take_folder(werkmap, Lezer(look=proces.look), proef=True)
    _check_same(gewoon, take_folder(ander, Lezer(look=proces.look, vooruit=proces), proef=True), werkmap, ander)
    assert len(werkmap.list_files("in")) == 10 and werkmap.list_dossiers() == ()


@dataclass
class Meeschrijver(Leesproces):
    """The process itself, and what was asked of it in which order."""

    gevraagd: list[str] = field(default_factory=list)

    def begin(self, bestand: str, inhoud: bytes) -> None:
        """Write down, and begin."""
        self.gevraagd.append(f"begin {bestand}")
        super().begin(bestand, inhoud)

    def look(self, bestand: str, inhoud: bytes) -> Lezing:
        """Write down, and look."""
        self.gevraagd.append(f"lees {bestand}")
        return super().look(bestand, inhoud)


def test_the_next_file_is_begun_before_the_one_at_hand_is_registered_and_what_is_known_is_not_read(
    werkmap: Werkmapje,
) -> None:
    proces = Meeschrijver()
    eerste, tweede = make_own_form("Persoon Een"), make_own_form("Persoon Twee")
    for naam, inhoud in (("a", eerste), ("b", tweede), ("c", tweede), ("d", eerste), ("e", b"geen formulier")):
        werkmap.drop(inhoud, naam)
    take_folder(
        werkmap,
        Lezer(look=proces.look, vooruit=proces),
        lambda _, nummer, __: proces.gevraagd.append(f"klaar {nummer}"),
    )
    proces.close()
    assert proces.gevraagd == [
        *("lees a", "begin b", "klaar 1"),
        *("lees b", "klaar 2"),
        "klaar 3",
        *("begin e", "klaar 4"),
        *("lees e", "klaar 5"),
    ]


@pytest.fixture
def count() -> Iterator[Callable[[type], int]]:
    """Count what there is of a kind, and was not there at the beginning."""

    def count_new(soort: type) -> int:
        gc.collect()
        return sum(type(ding) is soort for ding in gc.get_objects())

    gc.collect()
    gc.freeze()
    yield count_new
    gc.unfreeze()


def test_two_files_and_one_dossier_are_held_at_once_whatever_the_number_of_forms(
    werkmap: Werkmapje, count: Callable[[type], int]
) -> None:
    for nummer in range(5):
        werkmap.drop(make_own_form(f"Persoon {nummer}"), f"{nummer}.docx")
    gezien: dict[str, list[tuple[int, int]]] = {}

    def look(wat: str, _nummer: int, _totaal: int) -> None:
        gezien.setdefault(wat, []).append((count(Binnengekomen), count(Dossier)))

    process_inbox(load_settings(werkmap.map, vandaag=VANDAAG, engine="rdocx", melder=look))
    assert set(gezien) == {"Formulieren", "Word-documenten", "Pdf's"}
    assert [bestanden for bestanden, _ in gezien["Formulieren"]] == [2, 2, 2, 2, 1]
    assert not any(bestanden for wat in gezien if wat != "Formulieren" for bestanden, _ in gezien[wat])
    assert max(dossiers for stap in gezien.values() for _, dossiers in stap) <= 1
    assert len(werkmap.list_dossiers()) == 5


def _stop_after(aantal: int) -> tuple[Callable[[str, int, int], None], Callable[[], bool]]:
    gedaan: list[int] = []
    return lambda _, nummer, __: gedaan.append(nummer), lambda: len(gedaan) >= aantal


def test_a_run_that_is_told_to_stop_leaves_the_file_that_was_begun_and_all_after_it(
    werkmap: Werkmapje, proces: Leesproces
) -> None:
    for nummer in range(4):
        werkmap.drop(make_own_form(f"Persoon {nummer}"), f"{nummer}.docx")
    lezer = Lezer(look=proces.look, vooruit=proces)
    assert len(take_folder(werkmap, lezer, *_stop_after(2)).formulieren) == 2
    assert werkmap.list_files("in") == ["in/2.docx", "in/3.docx"]
    assert len(take_folder(werkmap, lezer).formulieren) == 2
    assert werkmap.list_files("in") == [] and len(werkmap.list_dossiers()) == 4


def test_an_interrupt_in_the_middle_leaves_each_form_taken_in_once_by_the_next_run(
    werkmap: Werkmapje, proces: Leesproces
) -> None:
    for nummer in range(3):
        werkmap.drop(make_own_form(f"Persoon {nummer}"), f"{nummer}.docx")

    def interrupt(_wat: str, nummer: int, _totaal: int) -> None:
        if nummer == 1:
            raise KeyboardInterrupt

    lezer = Lezer(look=proces.look, vooruit=proces)
    with pytest.raises(KeyboardInterrupt):
        take_folder(werkmap, lezer, interrupt)
    assert werkmap.list_files("in") == ["in/1.docx", "in/2.docx"]
    namen = [item.bestand for item in take_folder(werkmap, lezer).formulieren]
    assert namen == ["1.docx", "2.docx"] and len(werkmap.list_dossiers()) == 3


def test_a_file_that_changes_while_it_waits_for_its_turn_is_left_for_the_next_run_and_told(werkmap: Werkmapje) -> None:
    for nummer in range(4):
        werkmap.drop(make_own_form(f"Persoon {nummer}"), f"{nummer}.docx")
    anders = make_own_form("Persoon Anders")

    def write(_wat: str, nummer: int, _totaal: int) -> None:
        if nummer == 1:
            werkmap.drop(anders[:2000], "3.docx")

    settings = load_settings(werkmap.map, vandaag=VANDAAG, engine="rdocx", melder=write)
    verwerkt = process_inbox(settings)
    assert [item.lot for item in verwerkt.formulieren] == [Lot.GEREGISTREERD] * 3
    ((naam, reden),) = verwerkt.overgeslagen
    assert naam == "3.docx" and "volgende verwerking" in reden and verwerkt.wacht
    werkmap.drop(anders, "3.docx")
    process_inbox(replace(settings, melder=lambda *_: None))
    assert len(werkmap.list_dossiers()) == 4 and werkmap.list_files("in") == []


def test_a_form_that_is_opened_while_it_waits_for_its_turn_is_taken_once_it_is_closed(werkmap: Werkmapje) -> None:
    for nummer in range(3):
        werkmap.drop(make_own_form(f"Persoon {nummer}"), f"formulier {nummer}.docx")
    merk = werkmap.map / "in" / "~$rmulier 2.docx"
    gevraagd: list[Sequence[str]] = []

    def open_last(_wat: str, nummer: int, _totaal: int) -> None:
        if nummer == 1 and not gevraagd:
            merk.write_bytes(b"x")

    def close(namen: Sequence[str]) -> bool:
        gevraagd.append(namen)
        merk.unlink(missing_ok=True)
        return True

    settings = load_settings(werkmap.map, vandaag=VANDAAG, engine="rdocx", melder=open_last)
    verwerkt = process_inbox(settings, wacht=close)
    assert gevraagd == [["formulier 2.docx"]]
    assert [item.bestand for item in verwerkt.formulieren] == [f"formulier {nummer}.docx" for nummer in range(3)]
    assert verwerkt.overgeslagen == () and not verwerkt.wacht
