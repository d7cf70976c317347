"""`overleg bewaring`: nothing goes before its term, all of it goes after, and the register still verifies."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from disk_samples import DAG, make_dossier, make_pakket
from killpoints import count_kills
from pypdf import PdfReader
from support_werkmap import CLIENT, FEIT, Werkmapje, make_form

from pipeline.cli.context import load_settings
from pipeline.deliver import place, stage
from pipeline.errors import ExitCode
from pipeline.register import Register
from pipeline.run.manifests import verify_manifests
from pipeline.run.retention import complete_destruction, destroy_case, find_closing
from schemas.dossier import Ontvangst, Ontvangstsoort

#: What is destroyed here begins with one and the same month.
pytestmark = pytest.mark.xdist_group("retention")

SLUIT = {"punten.besluit": "Niet weerhouden", "punten.reden": "Zandloperkanarie hoort hier niet."}
AGENDEER = {"punten.besluit": "Agenderen op de expertentafel", "punten.advies": "Blijversadvies."}
#: Stands in the case that goes: a name, a free answer, and words of the decision.
WEG = ("Kanariedrager", "Kanarievraag", "Zandloperkanarie", "kanariefeit")
#: Stands in the case that stays.
BLIJFT = ("Blijversnaam", "Blijversvraag", "Blijversadvies")
LATER = "2027-12-05"


def make_case(naam: str, vraag: str, feit: str) -> bytes:
    clienten = [{**CLIENT, "betrokkenen.naam": naam}]
    return make_form({"vraag.vraag": vraag}, clienten, [{**FEIT, "informatie.tekst": feit}])


def set_term(mapje: Werkmapje, maanden: int = 12) -> None:
    toml = mapje.map / "werkmap.toml"
    toml.write_text(toml.read_text("utf-8").replace("# bewaartermijn = 120", f"bewaartermijn = {maanden}"), "utf-8")


def build(plaats: Path) -> Werkmapje:
    """Two cases before one triagetafel, which closes the first and keeps the second."""
    mapje = Werkmapje.make(plaats)
    mapje.drop(make_case("Odilon Kanariedrager", "Kanarievraag?", "Het kanariefeit."), "Kanariedrager.docx")
    mapje.process("2026-11-23")
    mapje.drop(make_case("Berta Blijversnaam", "Blijversvraag?", "Een ander feit."), "ander.docx")
    mapje.process("2026-11-24")
    mapje.prepare("triagetafel", "2026-11-27")
    weg, blijft = find_codes(mapje)
    mapje.decide({weg: SLUIT, blijft: AGENDEER})
    return mapje


def find_codes(mapje: Werkmapje) -> tuple[str, str]:
    per_naam = {d.aanmelding.get_tekst("betrokkenen.naam"): d.code for d in mapje.list_dossiers()}
    return per_naam["Odilon Kanariedrager"], per_naam["Berta Blijversnaam"]


@pytest.fixture(scope="module")
def klaar(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("klaar")).map


@pytest.fixture
def mapje(klaar: Path, tmp_path: Path) -> Werkmapje:
    mapje = Werkmapje(Path(shutil.copytree(klaar, tmp_path / "werkmap")))
    set_term(mapje)
    return mapje


def iterate_texts(map_: Path) -> Iterator[tuple[str, bytes]]:
    """Everything in every file, also inside Word files and (their text) PDFs."""
    for pad in sorted(pad for pad in map_.rglob("*") if pad.is_file()):
        inhoud = pad.read_bytes()
        yield pad.name, inhoud + pad.name.encode()
        if inhoud.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(inhoud)) as pakket:
                for naam in pakket.namelist():
                    yield f"{pad.name}/{naam}", pakket.read(naam)
        if inhoud.startswith(b"%PDF"):
            yield pad.name, "".join(p.extract_text() for p in PdfReader(io.BytesIO(inhoud)).pages).encode()


def find_words(map_: Path, woorden: tuple[str, ...]) -> dict[str, set[str]]:
    gevonden: dict[str, set[str]] = {}
    for plaats, inhoud in iterate_texts(map_):
        for woord in woorden:
            if woord.encode() in inhoud:
                gevonden.setdefault(woord, set()).add(plaats)
    return gevonden


def destroy(mapje: Werkmapje, *opties: str, dag: str = LATER) -> int:
    weg, _ = find_codes(mapje)
    return mapje.run("bewaring", str(mapje.map), weg, "--vernietig", "--vandaag", dag, *opties)


def test_without_a_term_nothing_has_expired_and_nothing_can_be_destroyed(klaar: Path, tmp_path: Path) -> None:
    mapje = Werkmapje(Path(shutil.copytree(klaar, tmp_path / "werkmap")))
    assert mapje.run("bewaring", str(mapje.map), "--vandaag", "2099-01-01") == ExitCode.KLAAR
    assert "geen bewaartermijn vastgelegd" in mapje.uitvoer and "geen einddatum" in mapje.uitvoer
    assert "verstreken" not in mapje.uitvoer
    assert destroy(mapje, "--ja", dag="2099-01-01") == ExitCode.GEBRUIK
    assert "geen bewaartermijn vastgelegd" in mapje.uitvoer
    assert len(mapje.list_dossiers()) == 2


def test_the_list_says_until_when_each_closed_case_is_kept_and_what_would_go(mapje: Werkmapje) -> None:
    weg, blijft = find_codes(mapje)
    voor = {naam: hashlib.sha256(inhoud).hexdigest() for naam, inhoud in iterate_texts(mapje.map)}
    assert mapje.run("bewaring", str(mapje.map), "--vandaag", "2027-12-04") == ExitCode.KLAAR
    assert f"{weg}: afgesloten op 4 december 2026, bewaard tot en met 4 december 2027." in mapje.uitvoer
    assert blijft not in mapje.uitvoer
    assert mapje.run("bewaring", str(mapje.map), "--vandaag", LATER) == ExitCode.BEVINDINGEN
    assert "— verstreken" in mapje.uitvoer and f"--vernietig {weg}" in mapje.uitvoer
    assert "originelen in archief: 2" in mapje.uitvoer and f"andere casussen staan ({blijft})" in mapje.uitvoer
    assert voor == {naam: hashlib.sha256(inhoud).hexdigest() for naam, inhoud in iterate_texts(mapje.map)}


def test_the_term_is_the_one_that_the_letter_to_the_aanmelder_prints(mapje: Werkmapje) -> None:
    dossier = next(d for d in mapje.list_dossiers() if d.code == find_codes(mapje)[0])
    settings = load_settings(mapje.map, vandaag=dt.date(2027, 1, 1))
    assert find_closing(settings, dossier) == dossier.besluiten[-1].datum


@pytest.mark.parametrize(
    ("welke", "dag", "zin"),
    [("weg", "2027-12-04", "bewaard tot en met 4 december 2027"), ("blijft", LATER, "nog open"), ("XXXXXX", LATER, "")],
)
def test_what_is_open_still_kept_or_unknown_is_never_destroyed(
    mapje: Werkmapje, welke: str, dag: str, zin: str
) -> None:
    weg, blijft = find_codes(mapje)
    code = {"weg": weg, "blijft": blijft}.get(welke, welke)
    args = ("bewaring", str(mapje.map), "--vernietig", "--ja", "--vandaag", dag)
    assert mapje.run(*args, code) == ExitCode.GEBRUIK
    assert zin in mapje.uitvoer
    assert mapje.run(*args, weg, code) == ExitCode.GEBRUIK  # one that may not go keeps the others
    assert len(mapje.list_dossiers()) == 2


def test_it_asks_and_no_answer_or_no_is_no(mapje: Werkmapje, monkeypatch: pytest.MonkeyPatch) -> None:
    for antwoord, code in (("", ExitCode.BEVINDINGEN), ("n\n", ExitCode.KLAAR), ("misschien\n", ExitCode.KLAAR)):
        monkeypatch.setattr("sys.stdin", io.StringIO(antwoord))
        assert destroy(mapje) == code
        assert len(mapje.list_dossiers()) == 2
    monkeypatch.setattr("sys.stdin", io.StringIO("Ja\n"))
    assert destroy(mapje) == ExitCode.KLAAR
    assert len(mapje.list_dossiers()) == 1


def test_a_register_that_is_lost_after_a_destruction_is_rebuilt_with_the_other_case_whole(mapje: Werkmapje) -> None:
    """The decision form that both stood on is gone with the first."""
    weg, blijft = find_codes(mapje)
    assert destroy(mapje, "--ja") == ExitCode.KLAAR
    nieuw = make_case("Ciel Nieuwkomer", "Nieuwe vraag?", "Nog een feit.")
    mapje.drop(nieuw, "nieuw.docx")
    mapje.process(LATER)
    with Register.open(mapje.map, alleen_lezen=True) as register:
        eerder = register.list_dossiers(), register.list_verstrekkingen(), register.list_vernietigingen()
    (mapje.map / "register.sqlite").unlink()
    code = mapje.run("herstel", str(mapje.map), "--uit-archief", "--ja", "--vandaag", LATER)
    assert code == ExitCode.KLAAR, mapje.uitvoer
    with Register.open(mapje.map, alleen_lezen=True) as register:
        assert eerder == (register.list_dossiers(), register.list_verstrekkingen(), register.list_vernietigingen())
        assert register.verify() == ()
    assert len(mapje.list_dossiers()) == 2 and weg not in {d.code for d in mapje.list_dossiers()}
    assert next(d for d in mapje.list_dossiers() if d.code == blijft).besluiten
    assert find_words(mapje.map, WEG) == {}


def test_every_word_of_the_case_goes_from_every_file_and_the_other_case_stays_whole(mapje: Werkmapje) -> None:
    weg, blijft = find_codes(mapje)
    dossier = next(d for d in mapje.list_dossiers() if d.code == blijft)
    # What a person leaves lying: the same form in quarantaine with its reason, and an inzage.
    origineel = next(
        pad for pad in (mapje.map / "archief").iterdir() if b"Kanariedrager" in b"".join(i for _, i in _unpack(pad))
    )
    shutil.copy(origineel, mapje.map / "quarantaine" / "Kanariedrager.docx")
    for soort in ("txt", "json"):
        reden = mapje.map / "quarantaine" / f"Kanariedrager.docx.reden.{soort}"
        reden.write_text("Kanariedrager.docx is niet verwerkt.")
    (mapje.map / "inzage").mkdir()
    (mapje.map / "inzage" / f"Inzage {weg} 2026-12-20.docx").write_text("Odilon Kanariedrager")
    assert set(find_words(mapje.map, WEG)) == set(WEG)

    assert destroy(mapje, "--ja", "--door", "Privacydienst Proef") == ExitCode.KLAAR

    assert find_words(mapje.map, WEG) == {} and not list((mapje.map / "quarantaine").iterdir())
    assert set(find_words(mapje.map, BLIJFT)) == set(BLIJFT)
    assert mapje.list_dossiers() == (dossier,)
    assert "buiten deze werkmap" in mapje.uitvoer


def _unpack(pad: Path) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(pad) as pakket:
        return [(naam, pakket.read(naam)) for naam in pakket.namelist()]


def test_the_chain_verifies_and_the_record_says_what_when_and_by_whom(mapje: Werkmapje) -> None:
    weg, _ = find_codes(mapje)
    destroy(mapje, "--ja", "--door", "Privacydienst Proef")
    with Register.open(mapje.map) as register:
        assert register.verify() == ()
        assert verify_manifests(mapje.map, register) == ()
        (record,) = register.list_vernietigingen()
    assert (record.casuscode, record.op, record.door) == (weg, dt.date(2027, 12, 5), "Privacydienst Proef")
    assert (record.gesloten_op, record.bewaard_tot) == (dt.date(2026, 12, 4), dt.date(2027, 12, 4))
    assert record.aantallen["dossier"] == 1 and record.aantallen["originelen in archief"] == 2
    mapje.run("bewaring", str(mapje.map), "--vandaag", LATER)
    assert f"{weg}: vernietigd op 5 december 2027 door Privacydienst Proef." in mapje.uitvoer


def test_salts_go_with_the_contents_and_that_a_document_lay_ready_stays_in_the_chain(mapje: Werkmapje) -> None:
    weg, _ = find_codes(mapje)
    destroy(mapje, "--ja")
    with closing(sqlite3.connect(mapje.map / "register.sqlite")) as verbinding:
        rijen = verbinding.execute(
            "SELECT soort, betreft, zout, tekst FROM gebeurtenis JOIN inhoud USING (volgnummer) WHERE betreft LIKE ?",
            (f"%{weg}%",),
        ).fetchall()
    leeg = [(soort, betreft) for soort, betreft, zout, tekst in rijen if zout is None and tekst is None]
    assert any(soort == "klaargezet" for soort, _ in leeg)
    assert {soort for soort, *_ in rijen if soort != "vernietigd"} == {soort for soort, _ in leeg}


def test_the_older_copies_of_the_register_are_replaced_by_one_that_can_be_put_back(mapje: Werkmapje) -> None:
    oud = {pad.name for pad in (mapje.map / "reserve").iterdir()}
    destroy(mapje, "--ja")
    (nieuw,) = (mapje.map / "reserve").iterdir()
    assert nieuw.name not in oud
    shutil.copy(nieuw, mapje.map / "register.sqlite")
    with Register.open(mapje.map) as register:
        assert register.verify() == ()
        assert len(register.list_dossiers()) == 1
    assert "één nieuwe" in mapje.uitvoer


def test_runs_afterwards_go_on_with_the_case_that_stays(mapje: Werkmapje) -> None:
    weg, blijft = find_codes(mapje)
    destroy(mapje, "--ja")
    voor = mapje.list_files()
    assert mapje.process(LATER) == ExitCode.KLAAR
    assert mapje.list_files() == voor
    assert mapje.run("bekijk", str(mapje.map), blijft, "--vandaag", LATER) == ExitCode.KLAAR
    assert mapje.run("bekijk", str(mapje.map), weg, "--vandaag", LATER) == ExitCode.GEBRUIK
    assert destroy_again(mapje, weg) == ExitCode.GEBRUIK


def destroy_again(mapje: Werkmapje, code: str) -> int:
    return mapje.run("bewaring", str(mapje.map), code, "--vernietig", "--ja", "--vandaag", LATER)


def test_a_copy_about_both_cases_keeps_in_the_register_what_it_said_of_the_other(mapje: Werkmapje) -> None:
    _, blijft = find_codes(mapje)
    with Register.open(mapje.map) as register:
        voor = {(v.sleutel, v.versie) for v in register.list_verstrekkingen() if len(v.beeld.casussen) == 2}
    assert voor
    destroy(mapje, "--ja")
    with Register.open(mapje.map) as register:
        na = {(v.sleutel, v.versie): v.beeld for v in register.list_verstrekkingen()}
    assert voor <= na.keys()
    assert all([blok.code for blok in na[sleutel].casussen] == [blijft] for sleutel in voor)
    assert all({g.casuscode for g in na[sleutel].verantwoording} <= {blijft} for sleutel in voor)


def test_a_file_that_cannot_be_removed_is_said_and_tried_again(mapje: Werkmapje) -> None:
    weg, _ = find_codes(mapje)
    pad = next((mapje.map / "uit").rglob(f"*{weg}*.docx"))
    inhoud = pad.read_bytes()
    pad.unlink()
    pad.mkdir()  # what is in the way of removing a file, whoever runs this test
    settings = load_settings(mapje.map, vandaag=dt.date(2027, 12, 5))
    with Register.open(mapje.map) as register:
        pad.rmdir()
        pad.write_bytes(inhoud)
        destroy_case(settings, register, weg, "Proef")
        pad.unlink()
        pad.mkdir()
        bevindingen = complete_destruction(settings, register)
        assert [b.code for b in bevindingen] == ["nog-niet-gewist"] and pad.name in bevindingen[0].plaats
        assert register.list_op_te_ruimen() != ()
    assert mapje.run("bewaring", str(mapje.map), "--vandaag", LATER) == ExitCode.BEVINDINGEN
    assert "moeten nog bestanden gewist worden" in mapje.uitvoer
    pad.rmdir()
    assert mapje.process(LATER) == ExitCode.KLAAR
    with Register.open(mapje.map) as register:
        assert register.list_op_te_ruimen() == ()


def test_a_path_in_the_list_that_leads_out_of_the_werkmap_is_not_followed(mapje: Werkmapje, tmp_path: Path) -> None:
    buiten = tmp_path / "van-een-ander.txt"
    buiten.write_text("blijft")
    with closing(sqlite3.connect(mapje.map / "register.sqlite")) as verbinding, verbinding:
        paden = ["../van-een-ander.txt", str(buiten), "werkmap.toml", "uit/../werkmap.toml", "uit/../../x"]
        verbinding.executemany("INSERT INTO op_te_ruimen VALUES (?)", [(pad,) for pad in paden])
    mapje.process(LATER)
    assert buiten.exists() and (mapje.map / "werkmap.toml").exists()


class _Vernietiging:
    """A closed case with an original, a package and two reserve copies is destroyed."""

    def prepare(self, werkmap: Path) -> None:
        mapje = Werkmapje.make(werkmap)
        set_term(mapje)
        som = hashlib.sha256(b"Kanariedrager").hexdigest()
        (mapje.map / "archief" / f"{som}.docx").write_bytes(b"Kanariedrager")
        ontvangst = Ontvangst(sha256=som, bestand="a.docx", ontvangen_op=DAG, soort=Ontvangstsoort.AANMELDING)
        pakket = make_pakket(tekst="Kanarievraag")
        with Register.open(mapje.map) as register:
            register.save_dossier(make_dossier().model_copy(update={"ontvangsten": (ontvangst,)}), "aangemeld", DAG)
            register.backup(DAG)
            stage(mapje.map, pakket)
            register.add_verstrekking(pakket.verstrekkingen[0])
            place(mapje.map, pakket.map)
            gesloten = make_dossier(fase="afgesloten").model_copy(update={"ontvangsten": (ontvangst,)})
            register.save_dossier(gesloten, "afgesloten", DAG)
            register.backup(DAG)

    def work(self, werkmap: Path) -> None:
        mapje = Werkmapje(werkmap / "werkmap")
        mapje.run("bewaring", str(mapje.map), "C-1", "--vernietig", "--ja", "--vandaag", "2028-01-01")

    def check_killed(self, werkmap: Path) -> None:
        """Whatever was done, the case is there whole, or is going for good; and there is always a reserve."""
        with Register.open(werkmap / "werkmap", alleen_lezen=True) as register:
            weg = len(register.list_vernietigingen())
            assert len(register.list_dossiers()) == 1 - weg
        if not weg:
            assert set(find_words(werkmap, ("Kanariedrager", "Kanarievraag"))) == {"Kanariedrager", "Kanarievraag"}
        assert list((werkmap / "werkmap" / "reserve").glob("register-*.sqlite"))

    def check(self, werkmap: Path) -> None:
        mapje = Werkmapje(werkmap / "werkmap")
        assert find_words(mapje.map, ("Kanariedrager", "Kanarievraag")) == {}
        with Register.open(mapje.map) as register:
            assert register.verify() == () and verify_manifests(mapje.map, register) == ()
            assert register.list_dossiers() == () and len(register.list_vernietigingen()) == 1
            assert register.list_op_te_ruimen() == ()
        assert len(list((mapje.map / "reserve").glob("register-*.sqlite"))) == 1


vernietiging = _Vernietiging()


def test_a_destruction_killed_anywhere_is_completed_by_the_next_run() -> None:
    assert count_kills("vernietiging", "test_retention", 10) == 10
