"""No answer of a form in any message: whatever goes wrong, and whoever's fault it is, it is told without contents.

Exempt, because they are asked to show a form, a case or a passage: `lees`, `toets`, `bekijk`, `nazicht`, `inzage`, and
the page `overzicht.html`. The aanmelder's own name and organisation are no secret of the form: the folder of the
letters to him bears them.
"""

from __future__ import annotations

import ast
import datetime as dt
import importlib
import io
import json
import os
import pkgutil
import shutil
import socket
import subprocess
import sys
import tempfile
import traceback
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from beelden import make_beeld
from kanaries_word import PLAATSEN
from pydantic import ValidationError
from support_fill import Element, W, edit_word, fill_word, read_document
from support_kanaries import KANARIE, find_kanaries, make_kanarie, plant
from support_werkmap import CLIENT, VOLLEDIG, Werkmapje, get_blank, make_form
from test_verify_word import list_members, make_finished

import pipeline
import schemas
from pipeline.errors import ExitCode, InvoerFout, OverlegFout
from pipeline.forms import build_formulier
from pipeline.forms.fill import InvulFout, write_answer
from pipeline.lock import hold_lock
from pipeline.read.pool import Leeslimiet, Leesproces
from pipeline.verify import refuse_unexplained
from schemas.aanmelding import TekstWaarde
from schemas.bevinding import Bevinding
from schemas.catalogus import load_catalogus
from schemas.deelbeeld import Deelbeeld
from schemas.formulier import Formuliersoort
from schemas.fouten import DataFout

ROOT = Path(__file__).parents[1]
OVERLEG = Path(sys.executable).with_name("overleg")
TAFELS = [naam for naam, data in load_catalogus().items() if data.tafel.ingeschakeld]
AGENDEREN: dict[str, str | bool] = {"punten.besluit": "Agenderen op de expertentafel"}
VERBODEN = chr(0xE0041)  #: an invisible letter: no document may hold it
RIJ: dict[str, str | bool] = {
    "informatie.tekst": f"{make_kanarie(1)} betaalt niet.",
    "informatie.bron": make_kanarie(2),
    "informatie.soort": "Feit",
    "informatie.datum": "1/10/2026",
    "informatie.deelbaar.tafel": True,
    "informatie.deelbaar.triage": True,
}
PERSOON: dict[str, str | bool] = {**CLIENT, "betrokkenen.naam": make_kanarie(3)}
VRAAG: dict[str, str | bool] = {
    "vraag.vraag": f"Wie kent {make_kanarie(4)}?",
    "eigen_mogelijkheden.welke": make_kanarie(5),
}


@pytest.fixture
def tijdelijk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go, in this process and in its children; it must be empty in the end."""
    map_ = tmp_path / "tijdelijk"
    map_.mkdir()
    monkeypatch.setenv("TMPDIR", str(map_))
    monkeypatch.setattr(tempfile, "tempdir", str(map_))
    return map_


@pytest.fixture
def werkmap(tmp_path: Path) -> Werkmapje:
    return Werkmapje.make(tmp_path)


def run_apart(*args: str, code: str = "") -> tuple[int, str]:
    """The real program in a process of its own, or with these lines of Python before it; what became of it."""
    opdracht = [sys.executable, "-c", f"{code}\nfrom pipeline.cli import main\nmain()"] if code else [str(OVERLEG)]
    klaar = subprocess.run(
        [*opdracht, *args], capture_output=True, text=True, env={**os.environ, "COLUMNS": "200"}, check=False
    )
    return klaar.returncode, klaar.stdout + klaar.stderr


# --- forms -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tafel", TAFELS)
def test_no_answer_of_any_form_of_a_table_is_repeated_when_it_is_taken_in(
    tafel: str, tmp_path: Path, tijdelijk: Path
) -> None:
    """Every kind of form with a canary over each text, list and date; an aanmelding with canaries in texts only too."""
    map_ = Werkmapje(tmp_path / "map")
    assert map_.run("nieuw", str(map_.map), "--tafel", tafel) == ExitCode.KLAAR
    geplant = 0
    data = load_catalogus()[tafel]
    for formulier in data.formulieren:
        for keuzes in (True, False) if formulier.soort is Formuliersoort.AANMELDING else (True,):
            ingevuld, aantal = plant(build_formulier(data, formulier), keuzes=keuzes)
            map_.drop(ingevuld, f"{formulier.id} {keuzes}.docx")
            geplant += aantal
    assert map_.process() == ExitCode.BEVINDINGEN
    assert geplant > 100
    assert "geregistreerd" in map_.uitvoer and "in quarantaine" in map_.uitvoer
    assert list(find_kanaries(map_.map, tijdelijk, map_.uitvoer)) == []


@pytest.fixture(scope="module")
def voorbeeld(tmp_path_factory: pytest.TempPathFactory) -> Werkmapje:
    """A werkmap with one case, of which every text is a canary and nearly all of it is flagged."""
    werkmap = Werkmapje.make(tmp_path_factory.mktemp("voorbeeld"))
    werkmap.drop(make_form(VRAAG, (PERSOON,), (RIJ,)), "aanmelding.docx")
    assert werkmap.process() == ExitCode.KLAAR
    return werkmap


@pytest.fixture
def met_casus(voorbeeld: Werkmapje, tmp_path: Path) -> Werkmapje:
    """A copy of that werkmap."""
    shutil.copytree(voorbeeld.map, tmp_path / "werkmap")
    return Werkmapje(tmp_path / "werkmap")


def answer_all(werkmap: Werkmapje) -> str:
    """Let a package wait, and answer all its questions; what was printed but for the questions themselves."""
    werkmap.prepare("triagetafel", "2026-11-27")
    gezien = werkmap.uitvoer
    werkmap.run("nazicht", str(werkmap.map), "--json")
    for vraag in json.loads(werkmap.uitvoer)["vragen"]:
        werkmap.run("nazicht", str(werkmap.map), "--antwoord", vraag["id"], "delen")
    return gezien


def test_nor_when_packages_wait_for_answers_and_when_they_are_made(met_casus: Werkmapje, tijdelijk: Path) -> None:
    gezien = answer_all(met_casus)
    assert "nakijken" in gezien
    assert met_casus.prepare("triagetafel", "2026-11-27") == ExitCode.KLAAR
    assert any(naam.endswith(".pdf") and "Triagelijst" in naam for naam in met_casus.list_files())
    assert list(find_kanaries(met_casus.map, tijdelijk, gezien + met_casus.uitvoer)) == []


@pytest.mark.parametrize("keuzes", [True, False], ids=["over alles heen", "in elke tekst"])
def test_nor_from_a_decision_and_from_forms_about_one_case(met_casus: Werkmapje, tijdelijk: Path, keuzes: bool) -> None:
    code = met_casus.list_dossiers()[0].code
    met_casus.prepare("triagetafel", "2026-11-27", "--proef")
    gezien = ""
    for soort in ("inbreng", "plan", "melding"):
        doel = met_casus.map.parent / f"{soort}.docx"
        van = ("--van", "caw") if soort == "inbreng" else ()
        assert (
            met_casus.run("formulier", soort, "--map", str(met_casus.map), "--casus", code, *van, "-o", str(doel)) == 0
        )
        gezien += met_casus.uitvoer
        met_casus.drop(plant(doel.read_bytes(), keuzes=keuzes)[0], doel.name)
    assert met_casus.process("2026-11-28") == ExitCode.BEVINDINGEN
    redenen = [json.loads(p.read_text("utf-8")) for p in met_casus.map.glob("quarantaine/*.reden.json")]
    assert {reden["code"] for bestand in redenen for reden in bestand["redenen"]} - {"nummer-onbekend"}
    assert list(find_kanaries(met_casus.map, tijdelijk, gezien + met_casus.uitvoer)) == []


# --- what cannot be read ------------------------------------------------------------------------------------------


def _break_xml(docx: bytes) -> bytes:
    """Break the XML right behind a canary: a parser likes to quote what stands there."""
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as bron, zipfile.ZipFile(uit, "w") as doel:
        for naam in bron.namelist():
            inhoud = bron.read(naam)
            merk = make_kanarie(1).encode()
            doel.writestr(naam, inhoud.replace(merk, merk + b"<w:" + merk + b" & ", 1))
    return uit.getvalue()


def _make_mail(bijlage: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"] = f"{make_kanarie(21)} <{make_kanarie(22)}@example.org>"
    mail["Subject"], mail["Date"] = f"Over {make_kanarie(23)}", "Fri, 20 Nov 2026 10:15:00 +0100"
    mail.set_content(f"Zie {make_kanarie(24)}.")
    mail.add_attachment(bijlage, maintype="application", subtype="octet-stream", filename="aanmelding.docx")
    return mail.as_bytes()


def _list_unreadable() -> dict[str, bytes]:
    heel = make_form(VRAAG, (PERSOON,), (RIJ,))
    woord = make_kanarie(9).encode()
    gemaakt = {
        "halve.docx": heel[: len(heel) // 2],
        "kapot.docx": _break_xml(heel),
        "leeg.docx": b"",
        "zomaar.docx": woord * 50,
        "kapot.pdf": b"%PDF-1.7\n1 0 obj\n<< /Title (" + woord + b") /Pages " + woord,
        "kapot.msg": bytes.fromhex("d0cf11e0a1b11ae1") + woord * 99,
        "los.eml": b"From: " + woord + b"@example.org\nSubject: " + woord + b"\n\n" + woord,
        "bericht.eml": _make_mail(heel),
        "bericht met niets.eml": _make_mail(woord),
        "brief.rtf": b"{\\rtf1 {\\" + woord,
        "anoniem.docx": make_form({**VRAAG, "aanmelding.anoniem": "Anoniem"}, (PERSOON,), (RIJ,)),
    }
    gemaakt["dubbel.docx"] = gemaakt["bericht.eml"]
    return gemaakt


def test_nothing_of_a_file_that_cannot_be_read_or_of_a_mail_is_told_by_the_real_program(
    werkmap: Werkmapje, tijdelijk: Path
) -> None:
    for naam, inhoud in _list_unreadable().items():
        werkmap.drop(inhoud, naam)
    code, gezien = run_apart("verwerk", str(werkmap.map), "--vandaag", "2026-11-23", "--pdf", "rdocx")
    assert code == ExitCode.BEVINDINGEN
    redenen = [json.loads(p.read_text("utf-8")) for p in werkmap.map.glob("quarantaine/*.reden.json")]
    assert len({reden["code"] for bestand in redenen for reden in bestand["redenen"]}) >= 6
    assert "geregistreerd" in gezien
    assert list(find_kanaries(werkmap.map, tijdelijk, gezien)) == []


def test_a_child_that_is_killed_over_a_form_leaves_nothing_of_it(tijdelijk: Path) -> None:
    proces = Leesproces(Leeslimiet(seconden=0.001))
    with pytest.raises(InvoerFout) as fout:
        proces.look("aanmelding.docx", make_form(VRAAG, (PERSOON,), (RIJ,)))
    proces.close()
    assert fout.value.bevinding.code == "lezen-afgebroken"
    assert not KANARIE.search("".join(traceback.format_exception(fout.value)))
    assert not list(tijdelijk.iterdir())


# --- what stands in the way ----------------------------------------------------------------------------------


def _break_template(werkmap: Werkmapje) -> None:
    bron = ROOT / "word-templates" / "standaard" / "triagelijst.docx"

    def doe(document: Element) -> None:
        for tekst in document.iter(f"{W}t"):
            if tekst.text and "{{ regel.tekst }}" in tekst.text:
                tekst.text = "{{ regel.tekst.onbekend }} {{ casussen }}"

    (werkmap.map / "sjablonen" / bron.name).write_bytes(edit_word(bron.read_bytes(), doe))


def _break_toml(werkmap: Werkmapje) -> None:
    pad = werkmap.map / "werkmap.toml"
    pad.write_text(pad.read_text("utf-8") + f'\n[onbekend]\nsleutel = "{make_kanarie(30)}"\n', "utf-8")


def _break_register(werkmap: Werkmapje) -> None:
    pad = next(werkmap.map.glob("*.sqlite*"))
    pad.write_bytes(make_kanarie(31).encode() * 999)


def _block_folder(werkmap: Werkmapje) -> None:
    (werkmap.map / "uit" / "2026-12-04 triagetafel").write_text(make_kanarie(32), "utf-8")


def _drop_impossible(werkmap: Werkmapje) -> None:
    """A flagged text with a sign that no document may hold."""
    fout = {**RIJ, "informatie.tekst": f"{make_kanarie(33)}{VERBODEN}{make_kanarie(34)}"}
    werkmap.drop(make_form(VRAAG, (PERSOON,), (fout,)), "tweede.docx")


OBSTAKELS: dict[str, tuple[Callable[[Werkmapje], None], set[ExitCode]]] = {
    "sjabloon": (_break_template, {ExitCode.CONFIGURATIE}),
    "werkmap.toml": (_break_toml, {ExitCode.CONFIGURATIE}),
    "register": (_break_register, {ExitCode.CONFIGURATIE}),
    "map in de weg": (_block_folder, {ExitCode.BEVINDINGEN, ExitCode.POORT}),
    "onmogelijk teken": (_drop_impossible, {ExitCode.POORT}),
}


@pytest.mark.parametrize("naam", OBSTAKELS)
def test_an_obstacle_is_told_without_an_answer(met_casus: Werkmapje, tijdelijk: Path, naam: str) -> None:
    leg, codes = OBSTAKELS[naam]
    if naam == "sjabloon":
        answer_all(met_casus)
    leg(met_casus)
    met_casus.process("2026-11-26")
    gezien = met_casus.uitvoer
    if naam == "onmogelijk teken":
        gezien += answer_all(met_casus)
    assert met_casus.prepare("triagetafel", "2026-11-27") in codes
    assert list(find_kanaries(met_casus.map, tijdelijk, gezien + met_casus.uitvoer)) == []


def test_a_werkmap_that_is_in_use_says_by_whom_and_no_more(met_casus: Werkmapje, tijdelijk: Path) -> None:
    nu = dt.datetime(2026, 11, 26, 9, tzinfo=dt.UTC)
    with hold_lock(met_casus.map, nu=nu, host=socket.gethostname(), pid=os.getpid()):
        assert met_casus.process("2026-11-26") == ExitCode.BEZET
    assert list(find_kanaries(met_casus.map, tijdelijk, met_casus.uitvoer)) == []


#: A bug of ours in the midst of the work, with in its text all that it held in its hands.
BUG = """
import importlib
werk = importlib.import_module("pipeline.run.build")
def kapot(beeld, *_):
    raise ValueError(beeld.model_dump_json())
werk.render_deelbeeld = kapot
"""


def test_a_bug_of_ours_says_where_it_is_and_nothing_of_what_it_held(met_casus: Werkmapje, tijdelijk: Path) -> None:
    answer_all(met_casus)
    args = ("bereid", str(met_casus.map), "--overleg", "triagetafel", "--vandaag", "2026-11-27", "--pdf", "rdocx")
    code, gezien = run_apart(*args, code=BUG)
    assert code == ExitCode.EIGEN_FOUT, gezien
    assert "Fout in het programma zelf: ValueError" in gezien
    assert list(find_kanaries(met_casus.map, tijdelijk, gezien)) == []


# --- texts of errors and values --------------------------------------------------------------------------------


def _raise_invul() -> None:
    for sdt in read_document(get_blank()).iter(f"{W}sdt"):
        if sdt.find(f"{W}sdtPr/{W}dropDownList") is not None:
            write_answer(sdt, make_kanarie(40))


def _raise_poort() -> None:
    beeld, sjabloon, _ = make_finished()
    vervangen = {
        naam: inhoud.replace(b"Voorbeeld", make_kanarie(41).encode()) for naam, inhoud in list_members().items()
    }
    refuse_unexplained(beeld, sjabloon, PLAATSEN["gewone alinea"](vervangen), b"")


def _raise_deelbeeld() -> None:
    ruw = json.loads(make_beeld("casusfiche", True).model_dump_json())
    ruw["casussen"][0]["nummer"] = make_kanarie(42)
    ruw["casussen"][0][make_kanarie(43).lower()] = ruw["kop"]["titel"] = 3
    Deelbeeld.model_validate_json(json.dumps({**ruw, "kop": {**ruw["kop"], "versie": make_kanarie(44)}}))


#: What raises each class of ours, or the test above that provokes it; the last ones never leave their own stage.
GEDEKT: dict[str, Callable[[], None] | str] = {
    "OverlegFout": "a_bug_of_ours",
    "GebruikFout": "a_value_that_cannot_be_used",
    "BestandFout": "a_value_that_cannot_be_used",
    "ConfiguratieFout": "sjabloon",
    "InvoerFout": "cannot_be_read",
    "PoortFout": _raise_poort,
    "WerkmapBezet": "in_use",
    "RegisterFout": "register",
    "SchijfFout": "map in de weg",
    "InvulFout": _raise_invul,
    "DataFout": "werkmap.toml",
    "OnbekendeTafel": "werkmap.toml",
    "ValidationError": _raise_deelbeeld,
    "Afgekeurd": "within pipeline.pdf",
    "Oneven": "within pipeline.verify",
    "Unreadable": "within pipeline.verify",
    "TekstFout": "reads the manual only, never a form",
    "GeweigerdFout": "names the files beside a data file, never a form",
}


def _list_errors() -> Iterator[type[BaseException]]:
    for pakket in (pipeline, schemas):
        for module in pkgutil.walk_packages(pakket.__path__, f"{pakket.__name__}."):
            if module.name.rsplit(".", 1)[-1] == "__main__":
                continue
            for iets in vars(importlib.import_module(module.name)).values():
                if isinstance(iets, type) and issubclass(iets, BaseException) and iets.__module__ == module.name:
                    yield iets


def _is_caught_at_home(klasse: type[BaseException]) -> bool:
    """Whether a private class is caught in the module that raises it: it never leaves it, and says nothing outside."""
    bron = Path(str(sys.modules[klasse.__module__].__file__)).read_text("utf-8")
    vangers = [knoop for knoop in ast.walk(ast.parse(bron)) if isinstance(knoop, ast.ExceptHandler) and knoop.type]
    namen = {deel.id for vanger in vangers for deel in ast.walk(vanger) if isinstance(deel, ast.Name)}
    return klasse.__name__.startswith("_") and klasse.__name__ in namen


def test_a_new_class_of_errors_has_to_show_that_it_is_silent() -> None:
    bekend = {klasse.__name__ for klasse in _list_errors() if not _is_caught_at_home(klasse)}
    assert {klasse.__name__ for klasse in (OverlegFout, DataFout, InvulFout)} <= bekend
    assert bekend - GEDEKT.keys() == set()
    assert GEDEKT.keys() - bekend == {"ValidationError"}


@pytest.mark.parametrize("naam", [naam for naam, hoe in GEDEKT.items() if callable(hoe)])
def test_the_text_and_the_traceback_of_an_error_hold_no_answer(naam: str) -> None:
    hoe = GEDEKT[naam]
    assert callable(hoe)
    with pytest.raises((OverlegFout, ValidationError)) as fout:
        hoe()
    assert type(fout.value).__name__ == naam
    geheel = "".join(traceback.format_exception(fout.value)) + repr(fout.value) + getattr(fout.value, "remedie", "")
    assert not KANARIE.search(geheel.replace(make_kanarie(43).lower(), ""))


def test_what_prints_a_value_of_a_form_prints_its_class_only() -> None:
    waarde = TekstWaarde(tekst=make_kanarie(50))
    assert KANARIE.search(waarde.model_dump_json())
    assert not KANARIE.search(f"{waarde} {waarde!r} {[waarde]} {make_beeld('casusfiche', True)!r}")


def test_lists_of_errors_leave_out_what_was_read() -> None:
    """Pydantic's lists hold the input unless they are told not to."""
    for pad in [*(ROOT / "pipeline").rglob("*.py"), *(ROOT / "schemas").rglob("*.py")]:
        for knoop in ast.walk(ast.parse(pad.read_text("utf-8"))):
            if isinstance(knoop, ast.Call) and isinstance(knoop.func, ast.Attribute) and knoop.func.attr == "errors":
                woorden = {woord.arg: ast.unparse(woord.value) for woord in knoop.keywords}
                assert woorden.get("include_input") == "False", pad.name


def test_nothing_of_ours_logs_or_prints_a_traceback() -> None:
    """What is printed goes through the command line; a log would be an output that nobody looks at."""
    for pad in [*(ROOT / "pipeline").rglob("*.py"), *(ROOT / "schemas").rglob("*.py")]:
        namen = {
            knoop.attr for knoop in ast.walk(ast.parse(pad.read_text("utf-8"))) if isinstance(knoop, ast.Attribute)
        }
        assert not namen & {"print_exc", "format_exc", "print_exception", "basicConfig", "exception"}, pad.name


def test_a_finding_that_repeated_an_answer_would_be_seen(tmp_path: Path) -> None:
    """The net itself: a canary in a reason, in the output, broken over two lines, and in a file that stayed behind."""
    (tmp_path / "quarantaine").mkdir()
    (tmp_path / "t").mkdir()
    bevinding = Bevinding(code="x", plaats="y", melding=f"Wat is {make_kanarie(1)}?", remedie="")
    (tmp_path / "quarantaine" / "a.reden.json").write_text(bevinding.model_dump_json(), "utf-8")
    (tmp_path / "t" / "rest").write_text("", "utf-8")
    gebroken = f"{make_kanarie(2)[:7]} │\n│ {make_kanarie(2)[7:]}"
    gevonden = " ".join(find_kanaries(tmp_path, tmp_path / "t", gebroken))
    assert make_kanarie(1) in gevonden and make_kanarie(2) in gevonden and "rest" in gevonden


def test_forms_are_planted_full() -> None:
    """Every text of the form of this test holds a canary: an answer without one could leak unseen."""
    ingevuld, aantal = plant(fill_word(get_blank(), VOLLEDIG), keuzes=False)
    teksten = "".join(tekst.text or "" for tekst in read_document(ingevuld).iter(f"{W}t"))
    assert len(set(KANARIE.findall(teksten))) == aantal > 20
