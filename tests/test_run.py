"""The month as the coordinator does it, through the command line."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from support_fill import fill_word
from support_werkmap import (
    CLIENT,
    IN_EEN_PROCES,
    TAFEL,
    Werkmapje,
    bring_to_expertentafel,
    get_blank,
    make_form,
)

from pipeline.errors import ExitCode
from pipeline.forms import fill_controls

AGENDEREN = {"punten.besluit": "Agenderen op de expertentafel"}


@pytest.fixture
def werkmap(tmp_path: Path) -> Werkmapje:
    return Werkmapje.make(tmp_path)


def _snapshot(werkmap: Werkmapje) -> dict[str, str]:
    return {
        naam: hashlib.sha256((werkmap.map / naam).read_bytes()).hexdigest()
        for onder in ("in", "uit", "archief", "quarantaine")
        for naam in werkmap.list_files(onder)
    }


@pytest.fixture
def gebracht(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Werkmapje:
    """A werkmap with one case, all packages of the expertentafel ready."""
    return bring_to_expertentafel(tmp_path, tmp_path_factory)


def test_a_complete_form_is_registered_archived_and_answered(werkmap: Werkmapje) -> None:
    inhoud = make_form()
    werkmap.drop(inhoud)

    assert werkmap.process() == ExitCode.KLAAR

    (dossier,) = werkmap.list_dossiers()
    assert werkmap.list_files("in") == []
    assert werkmap.list_files("archief") == [f"archief/{hashlib.sha256(inhoud).hexdigest()}.docx"]
    brief = f"uit/2026-11-23 brieven/aanmelder {dossier.code}"
    stam = f"{brief}/Ontvangstmelding {dossier.code}"
    assert werkmap.list_files() == [
        f"{stam}.docx",
        f"{stam}.pdf",
        *(f"{brief}/{naam}" for naam in ("mail.eml", "mail.txt", "manifest.json")),
    ]
    assert "klaar voor triage" in werkmap.uitvoer


def test_a_casuscode_differs_each_time(tmp_path: Path) -> None:
    codes = set()
    for nummer in range(3):
        ander = Werkmapje.make(tmp_path / str(nummer))
        ander.drop(make_form())
        ander.process()
        codes.add(ander.list_dossiers()[0].code)
    assert len(codes) == 3


def test_an_incomplete_form_gets_a_letter_with_labels_and_a_form_with_only_the_open_questions(
    werkmap: Werkmapje,
) -> None:
    werkmap.drop(make_form({"veiligheid.crisis": "", "instemming.stemt_in": ""}))

    assert werkmap.process() == ExitCode.BEVINDINGEN

    (formulier,) = (werkmap.map / "uit").rglob("Aanvullingsformulier*.docx")
    assert werkmap.run("lees", str(formulier), "--json") == ExitCode.KLAAR
    tags = {antwoord["tag"] for antwoord in json.loads(werkmap.uitvoer)["antwoorden"] if antwoord["tag"]}
    vragen = {tag for tag in tags if tag.count(".") == 1 and not tag.startswith("formulier.")}
    assert {tag for tag in vragen if not tag.endswith(("enkel_voor", "niet_voor"))} == {
        "veiligheid.crisis",
        "instemming.stemt_in",
    }


def test_a_document_of_ours_that_comes_back_opens_no_case(werkmap: Werkmapje) -> None:
    werkmap.drop(make_form())
    werkmap.process()
    (brief,) = (werkmap.map / "uit").rglob("Ontvangstmelding*.docx")
    werkmap.drop(brief.read_bytes(), "RE Ontvangstmelding.docx")

    assert werkmap.process("2026-11-25") == ExitCode.BEVINDINGEN
    assert "een document dat een overlegtafel uitdeelde" in " ".join(werkmap.uitvoer.split())
    assert (werkmap.map / "quarantaine" / "RE Ontvangstmelding.docx").is_file()
    assert len(werkmap.list_dossiers()) == 1


def test_the_aanvullingsformulier_merges_and_is_confirmed(werkmap: Werkmapje) -> None:
    werkmap.drop(make_form({"veiligheid.crisis": ""}, clienten=[{**CLIENT, "betrokkenen.geboortedatum": "onbekend"}]))
    werkmap.process()
    (formulier,) = (werkmap.map / "uit").rglob("Aanvullingsformulier*.docx")
    antwoorden = {"veiligheid.crisis": "Nee", "betrokkenen.geboortedatum": "3/4/1970"}
    werkmap.drop(fill_controls(formulier.read_bytes(), antwoorden), "terug.docx")

    assert werkmap.process("2026-11-25") == ExitCode.KLAAR

    (dossier,) = werkmap.list_dossiers()
    assert len(dossier.ontvangsten) == 2
    assert len(dossier.aanmelding.get_rijen("betrokkenen")) == 1
    assert dossier.aanmelding.get_tekst("betrokkenen.geboortedatum") == "3 april 1970"
    assert any("Ontvangstmelding" in naam for naam in werkmap.list_files())


@IN_EEN_PROCES
def test_running_again_changes_nothing(gebracht: Werkmapje) -> None:
    werkmap = gebracht
    eerder = _snapshot(werkmap)

    assert werkmap.process("2026-12-11") == ExitCode.KLAAR
    assert werkmap.prepare("expertentafel", "2026-12-11") == ExitCode.KLAAR

    assert _snapshot(werkmap) == eerder
    assert "niets nieuws" in werkmap.uitvoer


def test_the_same_content_twice_is_one_inzending(werkmap: Werkmapje) -> None:
    werkmap.drop(make_form(), "een.docx")
    werkmap.drop(make_form(), "kopie van een.docx")

    werkmap.process()

    assert len(werkmap.list_dossiers()) == 1
    assert werkmap.list_files("in") == []
    assert "al eerder verwerkt" in werkmap.uitvoer


@IN_EEN_PROCES
def test_each_partner_gets_a_package_and_the_aanmelder_an_invitation_for_his_case(gebracht: Werkmapje) -> None:
    werkmap, code = gebracht, gebracht.list_dossiers()[0].code

    mappen = {naam.split("/")[2] for naam in werkmap.list_files() if naam.startswith("uit/2026-12-17 expertentafel/")}
    assert {"politie", "parket", "caw", "cgg", "justitiehuis", "coordinator", f"aanmelder {code}"} <= mappen
    assert sum(naam.startswith("lokaal_bestuur") or "herentals" in naam for naam in mappen) == 1
    politie = [naam for naam in werkmap.list_files() if "/politie/" in naam]
    assert sorted(Path(naam).name for naam in politie) == [
        "Agenda expertentafel 2026-12-17.docx",
        "Agenda expertentafel 2026-12-17.pdf",
        f"Casusfiche 2026-12-17 {code}.docx",
        f"Casusfiche 2026-12-17 {code}.pdf",
        f"Inbrengformulier {code}.docx",
        "Uitnodiging expertentafel 2026-12-17.docx",
        "Uitnodiging expertentafel 2026-12-17.pdf",
        "afspraak.ics",
        "bundel.pdf",
        "mail.eml",
        "mail.txt",
        "manifest.json",
    ]


@IN_EEN_PROCES
def test_a_form_after_the_package_leads_to_version_2_that_says_what_changed(gebracht: Werkmapje) -> None:
    werkmap, code = gebracht, gebracht.list_dossiers()[0].code
    eerder = _snapshot(werkmap)
    aanvulling = {"aanmelding.soort": "Aanvulling op een casus", "aanmelding.casuscode": code}
    werkmap.drop(make_form({**aanvulling, "vraag.vraag": "Wie kan dringend een woonst vinden?"}), "later.docx")
    werkmap.process("2026-12-14")

    assert werkmap.prepare("expertentafel", "2026-12-14") == ExitCode.KLAAR

    assert eerder.items() <= _snapshot(werkmap).items()  # what was handed out stays as it was
    fiche = f"uit/2026-12-17 expertentafel/caw/Casusfiche 2026-12-17 {code} versie 2.docx"
    assert fiche in werkmap.list_files()
    assert not any("Agenda" in naam and "versie 2" in naam for naam in werkmap.list_files())
    manifest = json.loads((werkmap.map / "uit/2026-12-17 expertentafel/caw/manifest-2.json").read_text("utf-8"))
    assert [document["versie"] for document in manifest["documenten"]] == [2]


@pytest.mark.parametrize("stap", ["verwerk", "bereid"])
def test_a_trial_lists_exactly_the_tree_that_the_real_run_writes_and_writes_nothing(
    werkmap: Werkmapje, stap: str
) -> None:
    werkmap.drop(make_form({"veiligheid.crisis": ""}))
    if stap == "bereid":
        werkmap.process()
    eerder = _snapshot(werkmap)

    def voer_uit(*opties: str) -> int:
        if stap == "verwerk":
            return werkmap.process("2026-11-24", *opties)
        return werkmap.prepare("triagetafel", "2026-11-27", *opties)

    voer_uit("--proef")
    proef = _list_shown(werkmap.uitvoer)
    assert _snapshot(werkmap) == eerder

    voer_uit()
    assert proef == sorted(naam for naam in werkmap.list_files() if naam not in eerder)


def _list_shown(uitvoer: str) -> list[str]:
    """Every file of the screen's list: a folder, and below it names with their kinds."""
    bestanden, map_ = [], ""
    for regel in uitvoer.splitlines():
        if regel.startswith("   uit/"):
            map_ = regel.strip()
        elif map_ and (gevonden := re.fullmatch(r" {6}(.+) \((.+)\)", regel)):
            bestanden += [f"{map_}/{gevonden[1]}.{soort}" for soort in gevonden[2].split(", ")]
    return sorted(bestanden)


def test_an_anonymous_form_with_a_name_is_never_kept(werkmap: Werkmapje) -> None:
    werkmap.drop(make_form({"aanmelding.anoniem": "Anoniem"}), "Odilon.docx")

    assert werkmap.process() == ExitCode.BEVINDINGEN

    assert werkmap.list_dossiers() == ()
    assert werkmap.list_files("archief") == []
    assert len(werkmap.list_files("quarantaine")) == 3
    assert "Odilon Verzinsel" not in werkmap.uitvoer


def test_a_decision_form_with_a_number_nobody_gave_out_goes_to_quarantine(werkmap: Werkmapje) -> None:
    werkmap.drop(make_form())
    werkmap.process()
    werkmap.drop(fill_word(get_blank("triagebesluit"), {}, {"punten": [AGENDEREN]}), "verzonnen.docx")

    assert werkmap.process("2026-12-04") == ExitCode.BEVINDINGEN

    assert "geen nummer" in werkmap.uitvoer
    assert werkmap.list_dossiers()[0].fase == "aangemeld"


def test_a_decision_form_counts_once(werkmap: Werkmapje) -> None:
    werkmap.drop(make_form())
    werkmap.process()
    code = werkmap.list_dossiers()[0].code
    werkmap.prepare("triagetafel", "2026-11-27")
    werkmap.decide({code: AGENDEREN})

    anders = {"punten.besluit": "Niet weerhouden", "punten.reden": "Valt buiten de doelgroep."}
    assert werkmap.decide({code: anders}, "2026-12-05") == ExitCode.BEVINDINGEN

    assert "al verwerkt" in werkmap.uitvoer
    assert werkmap.list_dossiers()[0].fase == "geagendeerd"


def test_a_decision_is_corrected_with_a_new_form_and_the_letter_becomes_version_2(werkmap: Werkmapje) -> None:
    werkmap.drop(make_form())
    werkmap.process()
    code = werkmap.list_dossiers()[0].code
    werkmap.prepare("triagetafel", "2026-11-27")
    werkmap.decide({code: AGENDEREN})
    formulier = werkmap.map / "verbetering.docx"
    vraag = ("verbeter", str(werkmap.map), "--overleg", "triagetafel", "--datum", "2026-12-04", "-o", str(formulier))
    assert werkmap.run(*vraag) == ExitCode.KLAAR

    anders = {"punten.besluit": "Niet weerhouden", "punten.reden": "Valt buiten de doelgroep."}
    werkmap.drop(fill_controls(formulier.read_bytes(), {}, {code: anders}), "verbetering.docx")
    werkmap.process("2026-12-05")

    assert werkmap.list_dossiers()[0].fase == "niet_weerhouden"
    assert (
        f"uit/2026-12-05 brieven/aanmelder {code}/Besluit van de triagetafel {code} versie 2.pdf"
        in werkmap.list_files()
    )


def test_a_case_that_was_left_open_is_decided_later_with_a_new_form(werkmap: Werkmapje) -> None:
    werkmap.drop(make_form(), "een.docx")
    werkmap.drop(make_form(clienten=[{**CLIENT, "betrokkenen.naam": "Iemand Anders"}]), "twee.docx")
    werkmap.process()
    een, twee = (dossier.code for dossier in werkmap.list_dossiers())
    werkmap.prepare("triagetafel", "2026-11-27")
    werkmap.decide({een: AGENDEREN})
    formulier = werkmap.map / "alsnog.docx"
    vraag = ("verbeter", str(werkmap.map), "--overleg", "triagetafel", "--datum", "2026-12-04", "-o", str(formulier))
    assert werkmap.run(*vraag) == ExitCode.KLAAR

    werkmap.drop(fill_controls(formulier.read_bytes(), {}, {twee: AGENDEREN}), "alsnog.docx")
    werkmap.process("2026-12-07")

    assert {dossier.fase for dossier in werkmap.list_dossiers()} == {"geagendeerd"}


def test_nothing_is_corrected_where_nothing_was_decided(werkmap: Werkmapje) -> None:
    vraag = ("verbeter", str(werkmap.map), "--overleg", "triagetafel", "--datum", "2026-12-04")
    assert werkmap.run(*vraag) == ExitCode.GEBRUIK
    assert "nog niets beslist" in werkmap.uitvoer


def test_a_decision_form_with_one_bad_row_decides_nothing(werkmap: Werkmapje) -> None:
    werkmap.drop(make_form(), "een.docx")
    tweede = [{**CLIENT, "betrokkenen.naam": "Iemand Anders"}]
    werkmap.drop(make_form(clienten=tweede), "twee.docx")
    werkmap.process()
    een, twee = (dossier.code for dossier in werkmap.list_dossiers())
    werkmap.prepare("triagetafel", "2026-11-27")

    assert werkmap.decide({een: AGENDEREN, twee: {"punten.besluit": "Niet weerhouden"}}) == ExitCode.BEVINDINGEN

    assert {dossier.fase for dossier in werkmap.list_dossiers()} == {"aangemeld"}
    assert f"casus {twee}" in werkmap.uitvoer


def test_each_decision_makes_a_letter(werkmap: Werkmapje) -> None:
    werkmap.drop(make_form())
    werkmap.process()
    code = werkmap.list_dossiers()[0].code
    werkmap.prepare("triagetafel", "2026-11-27")

    werkmap.decide({code: {"punten.besluit": "Niet weerhouden", "punten.reden": "Valt buiten de doelgroep."}})

    assert f"uit/2026-12-04 brieven/aanmelder {code}/Besluit van de triagetafel {code}.pdf" in werkmap.list_files()


def test_a_meeting_that_is_past_is_refused(werkmap: Werkmapje) -> None:
    code = werkmap.prepare("triagetafel", "2026-12-05", "--datum", "2026-12-04")
    assert code == ExitCode.GEBRUIK
    assert "voorbij" in werkmap.uitvoer


def test_a_holiday_is_warned_and_kept(werkmap: Werkmapje) -> None:
    werkmap.drop(make_form())
    werkmap.process()
    werkmap.prepare("triagetafel", "2026-12-28")
    assert "vrijdag 1 januari 2027" in werkmap.uitvoer
    assert "feestdag" in werkmap.uitvoer


def test_all_mistakes_of_a_werkmap_toml_come_at_once_and_nothing_is_written(werkmap: Werkmapje) -> None:
    bestand = werkmap.map / "werkmap.toml"
    tekst = bestand.read_text("utf-8").replace('rol = "cgg"', 'rol = "cggg"').replace("afzender =", "afzendr =")
    bestand.write_text(tekst, "utf-8")
    werkmap.drop(make_form())
    eerder = _snapshot(werkmap)

    assert werkmap.process() == ExitCode.CONFIGURATIE

    assert "afzendr" in werkmap.uitvoer
    assert "cggg" in werkmap.uitvoer
    assert "werkmap.toml" in werkmap.uitvoer
    assert _snapshot(werkmap) == eerder


@pytest.mark.parametrize(
    ("naam", "inhoud"),
    [
        ("leeg.docx", b""),
        ("foto.docx", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        ("kapot.docx", b"PK\x03\x04" + bytes(200)),
        ("kapot.pdf", b"%PDF-1.7\n" + bytes(200)),
        ("groot.docx", b"PK\x03\x04" + bytes(26_000_000)),
        ("oud.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ],
)
def test_what_is_no_form_goes_to_quarantine_with_a_reason(werkmap: Werkmapje, naam: str, inhoud: bytes) -> None:
    werkmap.drop(inhoud, naam)

    assert werkmap.process() == ExitCode.BEVINDINGEN

    namen = [f"quarantaine/{naam}{staart}" for staart in ("", ".reden.json", ".reden.txt")]
    assert werkmap.list_files("quarantaine") == namen
    assert (werkmap.map / "quarantaine" / naam).read_bytes() == inhoud
    reden = (werkmap.map / "quarantaine" / f"{naam}.reden.txt").read_text("utf-8-sig")
    assert naam in reden
    assert "Traceback" not in werkmap.uitvoer


def test_an_empty_form_is_asked_back(werkmap: Werkmapje) -> None:
    werkmap.drop(get_blank(), "leeg formulier.docx")
    assert werkmap.process() == ExitCode.BEVINDINGEN
    assert "niet ingevuld" in werkmap.uitvoer


def test_commands_outside_a_werkmap_say_so(tmp_path: Path) -> None:
    werkmap = Werkmapje(tmp_path / "nergens")
    assert werkmap.process() == ExitCode.CONFIGURATIE
    assert "geen werkmap" in werkmap.uitvoer


def test_an_unknown_table_is_met_with_the_known_ones(tmp_path: Path) -> None:
    werkmap = Werkmapje(tmp_path)
    assert werkmap.run("nieuw", str(tmp_path / "x"), "--tafel", TAFEL[:-2] + "an") == ExitCode.GEBRUIK
    assert "Bedoelde u" in werkmap.uitvoer
    assert not (tmp_path / "x").exists()
