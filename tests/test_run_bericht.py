"""Forms that come by mail: each taken in by itself, the mail kept once, nothing of its words anywhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from killpoints import count_kills
from support_bericht import WOORDEN, make_mail
from support_ole import build_message, build_ole
from support_tafels import name_tafel
from support_werkmap import Werkmapje, make_form

from pipeline.errors import ExitCode
from pipeline.register import Register, Uitkomst

VOLLEDIG = make_form()
ANDER = make_form(
    {"aanmelder.email": "b@example.org"}, [{"betrokkenen.rol": "Cliënt", "betrokkenen.naam": "Ans Ander"}]
)
ANONIEM = make_form({"aanmelding.anoniem": "Anoniem"}, [{"betrokkenen.rol": "Cliënt", "betrokkenen.gemeente": "Olen"}])
MET_NAAM = make_form({"aanmelding.anoniem": "Anoniem"})
PUNTEN = 8


@pytest.fixture
def werkmap(tmp_path: Path) -> Werkmapje:
    return Werkmapje.make(tmp_path)


def _list_kinds(werkmap: Werkmapje, map_: str) -> list[str]:
    return sorted(Path(naam).suffix for naam in werkmap.list_files(map_))


def _hold_words(werkmap: Werkmapje) -> list[str]:
    """Every file but the mail itself that holds what the mail said."""
    return [naam for naam in werkmap.list_files("") if WOORDEN.encode() in (werkmap.map / naam).read_bytes()]


@pytest.mark.parametrize("soort", ["eml", "msg"])
def test_two_forms_in_one_mail_are_two_cases_with_sender_and_date_and_the_mail_is_kept_once(
    werkmap: Werkmapje, soort: str
) -> None:
    delen = {"een.docx": VOLLEDIG, "twee.docx": ANDER}
    mail = make_mail(een=VOLLEDIG, twee=ANDER) if soort == "eml" else build_ole(build_message(delen))
    werkmap.drop(mail, f"bericht.{soort}")
    werkmap.process()
    assert len(werkmap.list_dossiers()) == 2
    assert werkmap.list_files("in") == []
    assert _list_kinds(werkmap, "archief") == [".docx", ".docx", f".{soort}"]
    for dossier in werkmap.list_dossiers():
        (ontvangst,) = dossier.ontvangsten
        assert ontvangst.herkomst is not None
        assert ontvangst.herkomst.afzender in {"mieke.verzonden@example.org", "mieke.proefmans@example.org"}
        assert ontvangst.bestand.endswith(f"(in bericht.{soort})")
        assert (werkmap.map / "archief" / f"{ontvangst.herkomst.bericht}.{soort}").is_file()
        assert (werkmap.map / "archief" / f"{ontvangst.sha256}.docx").is_file()


def test_the_words_of_a_mail_and_its_sender_reach_no_document(werkmap: Werkmapje) -> None:
    werkmap.drop(make_mail(een=VOLLEDIG), "bericht.eml")
    werkmap.process()
    werkmap.prepare("triagetafel", "2026-11-27")
    assert [Path(naam).parts[0] for naam in _hold_words(werkmap)] == ["archief"]
    teksten = [werkmap.map / naam for naam in werkmap.list_files() if naam.endswith((".json", ".pdf", ".docx"))]
    assert teksten
    assert not any(b"mieke.verzonden" in pad.read_bytes() for pad in teksten)
    assert "mieke.verzonden" not in werkmap.uitvoer


def test_the_same_form_by_mail_and_by_itself_is_one_case(werkmap: Werkmapje) -> None:
    werkmap.drop(make_mail(een=VOLLEDIG), "bericht.eml")
    werkmap.process()
    werkmap.drop(VOLLEDIG, "los.docx")
    werkmap.drop(make_mail(een=VOLLEDIG), "nog eens.eml")
    werkmap.process()
    assert werkmap.uitvoer.count("al eerder verwerkt") == 2
    assert len(werkmap.list_dossiers()) == 1
    assert werkmap.list_files("in") == []


def test_a_mail_with_a_form_that_is_refused_goes_to_quarantine_and_the_other_form_is_taken_in(
    werkmap: Werkmapje,
) -> None:
    werkmap.drop(make_mail(goed=VOLLEDIG, stuk=VOLLEDIG[:900]), "bericht.eml")
    assert werkmap.process() == ExitCode.BEVINDINGEN
    assert len(werkmap.list_dossiers()) == 1
    assert _list_kinds(werkmap, "archief") == [".docx"]
    assert werkmap.list_files("quarantaine")[0] == "quarantaine/bericht.eml"
    reden = json.loads((werkmap.map / "quarantaine" / "bericht.eml.reden.json").read_bytes())
    assert [r["code"] for r in reden["redenen"]] == ["docx-beschadigd"]
    assert "stuk.docx" in (werkmap.map / "quarantaine" / "bericht.eml.reden.txt").read_text("utf-8-sig")


def test_what_goes_along_with_a_form_is_named_and_stays_in_the_mail(werkmap: Werkmapje) -> None:
    brief = Path(__file__).parents[1] / "samples" / name_tafel("gewoon") / "brief" / "brief SAMEN overleg.docx"
    werkmap.drop(make_mail(formulier=VOLLEDIG, brief=brief.read_bytes(), foto=b"\x89PNG"), "bericht.eml")
    assert werkmap.process() == ExitCode.BEVINDINGEN
    assert "brief.docx; foto.docx" in werkmap.uitvoer
    assert werkmap.list_files("quarantaine") == []
    assert _list_kinds(werkmap, "archief") == [".docx", ".eml"]


def test_a_mail_without_a_form_goes_to_quarantine_with_what_to_ask(werkmap: Werkmapje) -> None:
    werkmap.drop(make_mail(), "bericht.eml")
    assert werkmap.process() == ExitCode.BEVINDINGEN
    assert "zonder formulier als bijlage" in werkmap.uitvoer
    assert WOORDEN not in (werkmap.map / "quarantaine" / "bericht.eml.reden.txt").read_text("utf-8-sig")


def test_of_an_anonymous_form_by_mail_no_file_name_is_kept_and_somebody_is_asked_to_look(werkmap: Werkmapje) -> None:
    werkmap.drop(make_mail(Ans_Geheimnaam=ANONIEM), "Ans Geheimnaam.eml")
    werkmap.process()
    assert "anonieme aanmelding kwam in een e-mail" in werkmap.uitvoer
    (dossier,) = werkmap.list_dossiers()
    assert "Geheimnaam" not in dossier.model_dump_json()
    assert b"Geheimnaam" not in (werkmap.map / "register.sqlite").read_bytes()


def test_an_anonymous_form_with_a_name_keeps_its_mail_out_of_the_archive(werkmap: Werkmapje) -> None:
    werkmap.drop(make_mail(formulier=MET_NAAM), "Ans Geheimnaam.eml")
    werkmap.process()
    assert werkmap.list_files("archief") == []
    assert b"Geheimnaam" not in (werkmap.map / "register.sqlite").read_bytes()
    reden = (werkmap.map / "quarantaine" / "Ans Geheimnaam.eml.reden.json").read_text("utf-8")
    assert "Geheimnaam" not in reden


class _Post:
    """A mail with two forms, and one with a form that is refused."""

    def prepare(self, werkmap: Path) -> None:
        mapje = Werkmapje.make(werkmap)
        mapje.drop(make_mail(een=VOLLEDIG, twee=ANDER), "a.eml")
        mapje.drop(make_mail(stuk=VOLLEDIG[:900]), "b.eml")

    def work(self, werkmap: Path) -> None:
        Werkmapje(werkmap / "werkmap").process("2026-11-23")

    def check_killed(self, werkmap: Path) -> None:
        mappen = ("in", "archief", "quarantaine")
        alle = {pad.read_bytes() for map_ in mappen for pad in (werkmap / "werkmap" / map_).iterdir()}
        assert {make_mail(een=VOLLEDIG, twee=ANDER), make_mail(stuk=VOLLEDIG[:900])} <= alle

    def check(self, werkmap: Path) -> None:
        mapje = Werkmapje(werkmap / "werkmap")
        assert mapje.list_files("in") == []
        assert _list_kinds(mapje, "archief") == [".docx", ".docx", ".eml"]
        assert _list_kinds(mapje, "quarantaine") == [".eml", ".json", ".txt"]
        assert [len(dossier.ontvangsten) for dossier in mapje.list_dossiers()] == [1, 1]
        with Register.open(mapje.map, alleen_lezen=True) as register:
            assert register.verify() == ()
            bericht = mapje.list_dossiers()[0].ontvangsten[0].herkomst
            assert bericht is not None
            regel = register.get_inzending(bericht.bericht)
            assert regel is not None
            assert regel.uitkomst is Uitkomst.VERWERKT


post = _Post()


def test_a_mail_killed_anywhere_is_completed_by_the_next_run_each_form_once() -> None:
    assert count_kills("post", "test_run_bericht", PUNTEN) >= PUNTEN - 1
