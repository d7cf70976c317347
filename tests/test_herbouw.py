"""A register that is gone is built anew from the originals: cases, codes, terms and copies are what they were."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from killpoints import count_kills
from support_demo import keep_together, play_once
from support_fill import iter_controls, read_document, show_value
from support_tafels import name_tafel
from support_werkmap import CLIENT, Werkmapje, make_form

from pipeline.cli.context import load_settings
from pipeline.cli.terms_command import list_termijnen
from pipeline.errors import ExitCode
from pipeline.forms import fill_controls
from pipeline.register import Register, list_bladen
from schemas.kern import META_NUMMER
from schemas.verzendlijst import JA, KENMERK, VERZONDEN

TAFEL = name_tafel("gewoon")
DAG = "2026-12-05"
TRIAGE = "2026-12-04 triagetafel"
_PUNTEN = 3


def make_mail(**bijlagen: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Date"] = "Mieke <mieke@example.org>", "Fri, 20 Nov 2026 10:15:00 +0100"
    mail.set_content("Zie bijlage.")
    for naam, inhoud in bijlagen.items():
        mail.add_attachment(inhoud, maintype="application", subtype="octet-stream", filename=f"{naam}.docx")
    mail.set_boundary("grens")
    return mail.as_bytes()


def make_ander(naam: str) -> bytes:
    return make_form(clienten=[{**CLIENT, "betrokkenen.naam": naam}])


def play(plaats: Path) -> Werkmapje:
    """A form, a mail with two, an anonymous one and none; a triage that decides; a package that was handed over."""
    mapje = Werkmapje.make(plaats)
    mapje.drop(make_form(), "Odilon Verzinsel.docx")
    mapje.process("2026-11-20")
    mapje.drop(make_mail(een=make_ander("Ans Verzonnen"), twee=make_ander("Bo Denkbeeldig")), "bericht.eml")
    anoniem = make_form(
        {"aanmelding.anoniem": "Anoniem"}, [{"betrokkenen.rol": "Cliënt", "betrokkenen.gemeente": "Olen"}]
    )
    mapje.drop(anoniem, "anoniem.docx")
    mapje.drop(b"geen formulier", "brief.docx")
    mapje.process("2026-11-23")
    mapje.prepare("triagetafel", "2026-11-27")
    codes = [dossier.code for dossier in mapje.list_dossiers()]
    mapje.run("verzonden", str(mapje.map), TRIAGE, "--via", "afgegeven", "--vandaag", "2026-11-30")
    besluit = {"punten.besluit": "Agenderen op de expertentafel", "punten.advies": "Volgt u mee op?"}
    mapje.decide(dict.fromkeys(codes[:3], besluit))
    return mapje


@pytest.fixture(scope="module")
def gespeeld(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return play(tmp_path_factory.mktemp("herbouw")).map


@pytest.fixture
def werkmap(gespeeld: Path, tmp_path: Path) -> Werkmapje:
    return Werkmapje(Path(shutil.copytree(gespeeld, tmp_path / "werkmap")))


def read_all(map_: Path, dag: dt.date = dt.date(2027, 1, 10)) -> dict[str, object]:
    """All that has to come back."""
    with Register.open(map_, alleen_lezen=True) as register:
        assert register.verify() == ()
        return {
            "dossiers": register.list_dossiers(),
            "verstrekkingen": register.list_verstrekkingen(),
            "verzendingen": register.list_verzendingen(),
            "merk": register.get_mark(),
            "termijnen": list_termijnen(load_settings(map_, vandaag=dag), None),
        }


def lose(werkmap: Werkmapje) -> None:
    (werkmap.map / "register.sqlite").unlink()
    shutil.rmtree(werkmap.map / "reserve")


def rebuild(werkmap: Werkmapje, dag: str = DAG) -> int:
    return werkmap.run("herstel", str(werkmap.map), "--uit-archief", "--ja", "--vandaag", dag)


def test_a_list_of_what_was_handed_over_is_read_again_too(werkmap: Werkmapje) -> None:
    werkmap.prepare("triagetafel", "2026-12-05", "--datum", "2027-01-01")
    lijst = (werkmap.map / "verzendlijst" / "2027-01-01 triagetafel.docx").read_bytes()
    kenmerken = [str(show_value(sdt)) for tag, sdt in iter_controls(read_document(lijst)) if tag == KENMERK]
    werkmap.drop(fill_controls(lijst, {}, {kenmerken[0]: {f"{VERZONDEN}.{JA}": True}}), "lijst.docx")
    werkmap.process("2026-12-06")
    eerder = read_all(werkmap.map)
    lose(werkmap)
    assert rebuild(werkmap, "2026-12-07") == ExitCode.KLAAR
    assert read_all(werkmap.map) == eerder


def test_the_number_of_a_form_that_was_asked_for_last_stays_valid(werkmap: Werkmapje) -> None:
    code, formulier = werkmap.list_dossiers()[0].code, werkmap.map / "melding.docx"
    args = ("formulier", "melding", "--map", str(werkmap.map), "--casus", code, "-o", str(formulier))
    assert werkmap.run(*args, "--vandaag", DAG) == ExitCode.KLAAR
    controls = iter_controls(read_document(formulier.read_bytes()))
    nummer = next(str(show_value(sdt)) for tag, sdt in controls if tag == META_NUMMER)
    lose(werkmap)
    assert rebuild(werkmap) == ExitCode.KLAAR
    with Register.open(werkmap.map, alleen_lezen=True) as register:
        regel = register.get_nummer(nummer)
    assert regel is not None and regel.betreft == code and not regel.gebruikt_door


def test_a_month_comes_back_as_it_was_and_the_next_run_has_nothing_to_do(werkmap: Werkmapje) -> None:
    eerder, uit = read_all(werkmap.map), werkmap.list_files()
    lose(werkmap)
    assert rebuild(werkmap) == ExitCode.KLAAR
    assert "4 casussen" in werkmap.uitvoer and "nazicht" in werkmap.uitvoer
    assert read_all(werkmap.map) == eerder
    assert werkmap.process(DAG) == ExitCode.KLAAR
    assert werkmap.list_files() == uit


@keep_together(TAFEL)
def test_a_year_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    gespeeld = play_once(TAFEL, tmp_path_factory).gespeeld.map
    werkmap = Werkmapje(Path(shutil.copytree(gespeeld, tmp_path / "werkmap")))
    eerder = read_all(werkmap.map)
    lose(werkmap)
    assert rebuild(werkmap, "2028-12-31") == ExitCode.KLAAR
    assert read_all(werkmap.map) == eerder


def test_the_check_says_that_the_register_was_rebuilt_and_knows_every_package(werkmap: Werkmapje) -> None:
    lose(werkmap)
    rebuild(werkmap)
    werkmap.run("controle", str(werkmap.map))
    assert "op 5 december 2026 opnieuw opgebouwd" in werkmap.uitvoer
    assert "mist gebeurtenissen" not in werkmap.uitvoer and "niet (meer)" not in werkmap.uitvoer


def test_the_first_event_names_the_head_of_the_register_that_went(werkmap: Werkmapje) -> None:
    with Register.open(werkmap.map, alleen_lezen=True) as register:
        hoofd = register.get_head()
    lose(werkmap)
    rebuild(werkmap)
    with Register.open(werkmap.map, alleen_lezen=True) as register:
        herbouwing = register.get_herbouwing()
        assert herbouwing is not None and herbouwing.hoofd == hoofd
        assert set(herbouwing.hoofden) < register.list_heads() and register.get_head() != hoofd


def test_a_register_that_is_gone_is_never_begun_anew_without_a_word(werkmap: Werkmapje) -> None:
    lose(werkmap)
    assert werkmap.process(DAG) == ExitCode.CONFIGURATIE
    assert "--uit-archief" in werkmap.uitvoer
    assert not (werkmap.map / "register.sqlite").exists()


def test_a_damaged_register_stays_beside_the_one_that_was_built(werkmap: Werkmapje) -> None:
    eerder = read_all(werkmap.map)
    (werkmap.map / "register.sqlite").write_bytes(b"stuk")
    (werkmap.map / "register.sqlite-journal").write_bytes(b"half")
    assert rebuild(werkmap) == ExitCode.KLAAR
    assert (werkmap.map / f"voor-herstel-{DAG}-1.bak").read_bytes() == b"stuk"
    assert (werkmap.map / f"voor-herstel-{DAG}-1.bak-journal").read_bytes() == b"half"
    assert read_all(werkmap.map) == eerder


def test_a_register_in_order_is_left_alone_and_a_second_loss_ends_the_same(werkmap: Werkmapje) -> None:
    lose(werkmap)
    rebuild(werkmap)
    eerste, inhoud = read_all(werkmap.map), (werkmap.map / "register.sqlite").read_bytes()
    assert rebuild(werkmap) == ExitCode.GEBRUIK and "in orde" in werkmap.uitvoer
    assert (werkmap.map / "register.sqlite").read_bytes() == inhoud
    lose(werkmap)
    assert rebuild(werkmap) == ExitCode.KLAAR
    assert read_all(werkmap.map) == eerste


def test_an_original_that_changed_or_went_is_named_and_the_others_come_back(werkmap: Werkmapje) -> None:
    dossiers = werkmap.list_dossiers()
    anders = next(d for d in dossiers if d.ontvangsten[0].bestand == "Odilon Verzinsel.docx")
    weg = next(d for d in dossiers if d.ontvangsten[0].bestand == "")
    lose(werkmap)
    gewijzigd = werkmap.map / "archief" / f"{anders.ontvangsten[0].sha256}.docx"
    gewijzigd.write_bytes(gewijzigd.read_bytes() + b" ")
    (werkmap.map / "archief" / f"{weg.ontvangsten[0].sha256}.docx").unlink()
    assert rebuild(werkmap) == ExitCode.BEVINDINGEN
    assert f"archief/{gewijzigd.name}" in werkmap.uitvoer and "niet meer wat binnenkwam" in werkmap.uitvoer
    assert f"archief/{weg.ontvangsten[0].sha256}" in werkmap.uitvoer and "23 november 2026" in werkmap.uitvoer
    assert {d.code for d in werkmap.list_dossiers()} == {d.code for d in dossiers} - {anders.code, weg.code}


def test_without_what_was_kept_beside_it_every_guess_is_told(werkmap: Werkmapje) -> None:
    codes = {dossier.code for dossier in werkmap.list_dossiers()}
    lose(werkmap)
    shutil.rmtree(werkmap.map / "kenmerken")
    assert rebuild(werkmap) == ExitCode.BEVINDINGEN
    nieuw = {dossier.code for dossier in werkmap.list_dossiers()}
    assert len(nieuw) == 4 and not nieuw & codes
    assert all(code in werkmap.uitvoer for code in nieuw)
    for zin in ("niet bewaard wanneer het binnenkwam", "vroegere code was niet bekend", "kijk in “uit” en in uw mail"):
        assert zin in " ".join(werkmap.uitvoer.split())


def test_without_it_a_letter_still_tells_the_code_of_the_only_form_of_its_day(werkmap: Werkmapje) -> None:
    eerst = next(d for d in werkmap.list_dossiers() if d.ontvangsten[0].bestand == "Odilon Verzinsel.docx")
    for dossier in werkmap.list_dossiers():
        moment = dt.datetime.combine(dossier.aangemeld_op, dt.time(12)).timestamp()
        os.utime(werkmap.map / "archief" / f"{dossier.ontvangsten[0].sha256}.docx", (moment, moment))
    lose(werkmap)
    shutil.rmtree(werkmap.map / "kenmerken")
    rebuild(werkmap)
    assert f"De code {eerst.code} komt van de brief van die dag" in " ".join(werkmap.uitvoer.split())
    terug = next(d for d in werkmap.list_dossiers() if d.code == eerst.code)
    assert (terug.aanmelding, terug.aangemeld_op) == (eerst.aanmelding, eerst.aangemeld_op)


def test_a_damaged_sheet_is_named(werkmap: Werkmapje) -> None:
    blad = list_bladen(werkmap.map)[0]
    blad.write_bytes(b"{")
    lose(werkmap)
    assert rebuild(werkmap) == ExitCode.BEVINDINGEN
    assert f"kenmerken/{blad.name}" in werkmap.uitvoer


def test_a_copy_from_before_can_still_be_put_back_after_a_rebuild(werkmap: Werkmapje) -> None:
    kopie = max((werkmap.map / "reserve").glob("*.sqlite"))
    (werkmap.map / "register.sqlite").write_bytes(b"stuk")
    assert rebuild(werkmap) == ExitCode.KLAAR and "komt meer terug" in werkmap.uitvoer
    code = werkmap.run("herstel", str(werkmap.map), "--kopie", kopie.name, "--ja", "--vandaag", DAG)
    assert code == ExitCode.KLAAR and "4 casussen" in werkmap.uitvoer


def test_a_copy_and_the_archive_are_not_asked_for_together(werkmap: Werkmapje) -> None:
    assert werkmap.run("herstel", str(werkmap.map), "--uit-archief", "--kopie", "x.sqlite") == ExitCode.GEBRUIK


class _Herbouw:
    """A damaged register, and the rebuilding of it."""

    klaar: Path | None = None  #: played once a process
    plaats: tempfile.TemporaryDirectory[str]  #: gone when the process ends

    def prepare(self, werkmap: Path) -> None:
        if self.klaar is None:
            self.plaats = tempfile.TemporaryDirectory()
            mapje = Werkmapje.make(Path(self.plaats.name))
            mapje.drop(make_form(), "een.docx")
            mapje.process("2026-11-23")
            (mapje.map / "register.sqlite").write_bytes(b"stuk")
            self.klaar = mapje.map
        shutil.copytree(self.klaar, werkmap / "werkmap")

    def work(self, werkmap: Path) -> None:
        rebuild(Werkmapje(werkmap / "werkmap"))

    def check_killed(self, werkmap: Path) -> None:
        """The damaged register as it was, or the whole new one."""
        if (werkmap / "werkmap" / "register.sqlite").read_bytes() != b"stuk":
            assert len(Werkmapje(werkmap / "werkmap").list_dossiers()) == 1

    def check(self, werkmap: Path) -> None:
        mapje = Werkmapje(werkmap / "werkmap")
        assert len(mapje.list_dossiers()) == 1
        assert not (mapje.map / ".herbouw").exists()
        assert any(pad.read_bytes() == b"stuk" for pad in mapje.map.glob("voor-herstel-*.bak"))


herbouw = _Herbouw()


def test_a_rebuild_killed_anywhere_leaves_the_former_register_or_the_whole_new_one() -> None:
    assert count_kills("herbouw", "test_herbouw", _PUNTEN) == _PUNTEN
