"""Encrypted delivery: each file is tried before it goes, and without a passphrase there is no package."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import click
import keyring
import msoffcrypto
import pytest
from beelden import make_beeld
from click.testing import CliRunner
from keyring.backend import KeyringBackend
from keyring.errors import NoKeyringError
from pypdf import PdfReader, PdfWriter
from support_werkmap import TAFEL, Werkmapje, make_form

from pipeline.cli import cli
from pipeline.cli.passphrase import Wachtwoorden
from pipeline.encrypt import check_wachtwoord, encrypt_pdf, encrypt_word
from pipeline.encrypt import pdf as pdf_module
from pipeline.encrypt import word as word_module
from pipeline.errors import ExitCode, GebruikFout
from pipeline.pdf import RdocxEngine, make_pdfs
from pipeline.render import render_deelbeeld
from pipeline.settings import SJABLONEN
from schemas.werkmap import Partner

#: What is made here once serves all of these, also when tests run side by side.
pytestmark = pytest.mark.xdist_group("encrypt")

SLEUTEL = "vier losse wóórden €"
CANARIE = "K7QX-3M"
DAG = "2026-12-10"
TRIAGE, TRIAGEDAG = "2026-12-04 triagetafel", "2026-11-27"


class _Sleutelbos(KeyringBackend):
    """A keyring in memory; `dicht` is a computer that has none."""

    priority = 1

    def __init__(self, *, dicht: bool = False) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.dicht, self.inhoud = dicht, dict[tuple[str, str], str]()

    def get_password(self, service: str, username: str) -> str | None:
        if self.dicht:
            raise NoKeyringError
        return self.inhoud.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.dicht:
            raise NoKeyringError
        self.inhoud[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.inhoud[service, username]


@pytest.fixture
def bos() -> Iterator[_Sleutelbos]:
    eerder, bos = keyring.get_keyring(), _Sleutelbos()
    keyring.set_keyring(bos)
    yield bos
    keyring.set_keyring(eerder)


@pytest.fixture(scope="module")
def word() -> bytes:
    beeld = make_beeld("casusfiche", True)
    return render_deelbeeld(beeld, (SJABLONEN / "standaard" / "casusfiche.docx").read_bytes())


@pytest.fixture(scope="module")
def pdf(word: bytes) -> bytes:
    return make_pdfs({"fiche": word}, RdocxEngine())["fiche"]


@pytest.fixture(scope="module")
def geheime_word(word: bytes) -> bytes:
    return encrypt_word(word, SLEUTEL)


@pytest.fixture(scope="module")
def geheime_pdf(pdf: bytes) -> bytes:
    return encrypt_pdf(pdf, SLEUTEL)


# --- the files ------------------------------------------------------------------------------------------------------


def test_an_encrypted_pdf_opens_with_its_passphrase_only_and_says_the_same(pdf: bytes, geheime_pdf: bytes) -> None:
    versleuteld = geheime_pdf
    assert versleuteld.startswith(b"%PDF-2.0")
    lezer = PdfReader(io.BytesIO(versleuteld))
    geheim = lezer.trailer["/Encrypt"].get_object()
    assert (geheim["/V"], geheim["/R"], geheim["/CF"]["/StdCF"]["/CFM"]) == (5, 6, "/AESV3")  # type: ignore[index]
    assert all(not PdfReader(io.BytesIO(versleuteld)).decrypt(fout) for fout in ("", "een ander wachtwoord", "Vier"))
    assert lezer.decrypt(SLEUTEL)
    helder = [pagina.extract_text() for pagina in PdfReader(io.BytesIO(pdf)).pages]
    assert [pagina.extract_text() for pagina in lezer.pages] == helder
    assert CANARIE in helder[0] and CANARIE.encode() not in versleuteld


def test_an_encrypted_word_document_opens_with_its_passphrase_only_and_is_the_same(
    word: bytes, geheime_word: bytes
) -> None:
    versleuteld = geheime_word
    assert versleuteld.startswith(b"\xd0\xcf\x11\xe0") and b"PK\x03\x04" not in versleuteld
    assert not zipfile.is_zipfile(io.BytesIO(versleuteld))
    assert b"word/document.xml" not in versleuteld and CANARIE.encode() not in versleuteld
    bestand = msoffcrypto.OfficeFile(io.BytesIO(versleuteld))
    assert bestand.type == "agile"
    uit = io.BytesIO()
    bestand.load_key(password=SLEUTEL)
    bestand.decrypt(uit, verify_integrity=True)
    assert uit.getvalue() == word


def test_the_same_file_is_encrypted_otherwise_each_time(
    word: bytes, pdf: bytes, geheime_word: bytes, geheime_pdf: bytes
) -> None:
    assert encrypt_pdf(pdf, SLEUTEL) != geheime_pdf
    assert encrypt_word(word, SLEUTEL) != geheime_word


def test_what_is_not_really_protected_is_refused(
    word: bytes, pdf: bytes, geheime_word: bytes, geheime_pdf: bytes
) -> None:
    """The check itself: a file left clear, one that anybody opens, an older method, one with a clear copy in it."""
    assert pdf_module.is_protected(geheime_pdf, pdf, SLEUTEL)
    assert not pdf_module.is_protected(pdf, pdf, SLEUTEL)
    assert not pdf_module.is_protected(geheime_pdf, pdf, "een ander wachtwoord")
    for gebruiker, algoritme in (("", "AES-256"), (SLEUTEL, "AES-128"), (SLEUTEL, "RC4-128")):
        schrijver, uit = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf))), io.BytesIO()
        schrijver.encrypt(gebruiker, "alleen de eigenaar", algorithm=algoritme)
        schrijver.write(uit)
        assert not pdf_module.is_protected(uit.getvalue(), pdf, SLEUTEL)
    assert not pdf_module.is_protected(geheime_pdf + pdf, pdf, SLEUTEL)
    assert word_module.is_protected(geheime_word, word, SLEUTEL)
    assert not word_module.is_protected(word, word, SLEUTEL)
    assert not word_module.is_protected(geheime_word, word, "een ander wachtwoord")
    assert not word_module.is_protected(geheime_word + word, word, SLEUTEL)


@pytest.mark.parametrize(
    "wachtwoord", ["", "kort", "elf tekens!", " begint met een spatie", "tab\tin het midden", "é" * 64]
)
def test_a_passphrase_that_cannot_serve_is_refused_and_not_repeated(wachtwoord: str, pdf: bytes) -> None:
    with pytest.raises(GebruikFout) as fout:
        encrypt_pdf(pdf, wachtwoord)
    assert not wachtwoord or wachtwoord not in f"{fout.value.melding} {fout.value.remedie} {fout.value!r}"


def test_a_letter_typed_in_two_ways_is_the_same_passphrase() -> None:
    assert check_wachtwoord("cafe\u0301 aan de hoek") == check_wachtwoord("café aan de hoek")


# --- the packages ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def begin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A werkmap with a case before the triagetafel, whose three packages are still to be made."""
    mapje = Werkmapje.make(tmp_path_factory.mktemp("begin"))
    mapje.drop(make_form())
    mapje.process("2026-11-23")
    return mapje.map


@pytest.fixture
def voor_triage(begin: Path, tmp_path: Path) -> Werkmapje:
    return Werkmapje(Path(shutil.copytree(begin, tmp_path / "werkmap")))


@pytest.fixture(scope="module")
def klaar(begin: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A werkmap with a case before the expertentafel, whose packages are still to be made."""
    mapje = Werkmapje(Path(shutil.copytree(begin, tmp_path_factory.mktemp("klaar") / "werkmap")))
    mapje.prepare("triagetafel", TRIAGEDAG)
    code = mapje.list_dossiers()[0].code
    mapje.decide({code: {"punten.besluit": "Agenderen op de expertentafel"}})
    return mapje.map


@pytest.fixture
def mapje(klaar: Path, tmp_path: Path) -> Werkmapje:
    return Werkmapje(Path(shutil.copytree(klaar, tmp_path / "werkmap")))


def ask_encryption(mapje: Werkmapje, partner: str = "caw") -> None:
    toml = mapje.map / "werkmap.toml"
    tekst, regel = toml.read_text("utf-8"), f'id = "{partner}"\n'
    assert tekst.count(regel) == 1
    toml.write_text(tekst.replace(regel, f"{regel}versleuteld = true\n"), "utf-8")


def list_package(mapje: Werkmapje, partner: str, overleg: str = "2026-12-17 expertentafel") -> dict[str, bytes]:
    map_ = mapje.map / "uit" / overleg / partner
    return {pad.name: pad.read_bytes() for pad in map_.iterdir()} if map_.is_dir() else {}


def is_clear(naam: str, inhoud: bytes) -> bool:
    return inhoud.startswith(b"PK") if naam.endswith(".docx") else not PdfReader(io.BytesIO(inhoud)).is_encrypted


@pytest.fixture(scope="module")
def versleuteld(klaar: Path, tmp_path_factory: pytest.TempPathFactory) -> Werkmapje:
    """The werkmap after the packages of the expertentafel were made, one of them encrypted; made once, to look at."""
    eerder, bos = keyring.get_keyring(), _Sleutelbos()
    bos.set_password(f"casusoverleg {TAFEL}", "caw", SLEUTEL)
    mapje = Werkmapje(Path(shutil.copytree(klaar, tmp_path_factory.mktemp("versleuteld") / "werkmap")))
    ask_encryption(mapje)
    keyring.set_keyring(bos)
    assert mapje.prepare("expertentafel", DAG) == ExitCode.KLAAR
    keyring.set_keyring(eerder)
    return mapje


def test_only_the_partner_who_asked_gets_encrypted_documents(versleuteld: Werkmapje) -> None:
    caw, politie = list_package(versleuteld, "caw"), list_package(versleuteld, "politie")
    assert caw.keys() == politie.keys()
    for naam, inhoud in caw.items():
        if naam.endswith((".docx", ".pdf")):
            assert is_clear(naam, politie[naam])
            # A form has to come back readable; it holds the number and the code only.
            assert is_clear(naam, inhoud) == naam.startswith("Inbreng")
    assert sum(naam.endswith(".pdf") for naam in caw) >= 4 and "bundel.pdf" in caw


def test_the_manifest_holds_the_hash_of_what_was_delivered(
    versleuteld: Werkmapje, tmp_path: Path, bos: _Sleutelbos
) -> None:
    mapje = Werkmapje(Path(shutil.copytree(versleuteld.map, tmp_path / "werkmap")))
    bos.set_password(f"casusoverleg {TAFEL}", "caw", SLEUTEL)
    pakket = list_package(mapje, "caw")
    for regel in json.loads(pakket["manifest.json"])["bestanden"]:
        assert hashlib.sha256(pakket[regel["naam"]]).hexdigest() == regel["sha256"]
    voor = {naam: hashlib.sha256(inhoud).digest() for naam, inhoud in pakket.items()}
    assert mapje.prepare("expertentafel", "2026-12-11") == ExitCode.KLAAR  # other salts make no new version
    assert {naam: hashlib.sha256(i).digest() for naam, i in list_package(mapje, "caw").items()} == voor


@pytest.mark.parametrize("dicht", [False, True])
def test_without_a_passphrase_only_that_package_is_not_made_and_the_reason_is_said(
    voor_triage: Werkmapje, bos: _Sleutelbos, dicht: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    mapje = voor_triage
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    bos.dicht = dicht
    ask_encryption(mapje, "parketjurist")
    assert mapje.prepare("triagetafel", TRIAGEDAG) == ExitCode.POORT
    assert list_package(mapje, "parketjurist", TRIAGE) == {} != list_package(mapje, "parketcriminoloog", TRIAGE)
    assert "geen wachtwoord" in mapje.uitvoer and "sleutelbos" in mapje.uitvoer
    bos.dicht = False
    bos.set_password(f"casusoverleg {TAFEL}", "parketjurist", SLEUTEL)
    assert mapje.prepare("triagetafel", TRIAGEDAG) == ExitCode.KLAAR
    assert list_package(mapje, "parketjurist", TRIAGE) != {}


def test_a_passphrase_in_the_keyring_that_is_too_short_stops_the_package(
    voor_triage: Werkmapje, bos: _Sleutelbos
) -> None:
    mapje = voor_triage
    ask_encryption(mapje, "parketjurist")
    bos.set_password(f"casusoverleg {TAFEL}", "parketjurist", "kort!!")
    assert mapje.prepare("triagetafel", TRIAGEDAG) == ExitCode.POORT
    assert "minstens 12" in mapje.uitvoer and "kort!!" not in mapje.uitvoer


def test_all_partners_may_be_asked_for_at_once_with_exceptions(mapje: Werkmapje, bos: _Sleutelbos) -> None:
    toml = mapje.map / "werkmap.toml"
    tekst = toml.read_text("utf-8").replace("afzender =", 'versleutelen = "partners"\nafzender =', 1)
    for partner in ("politie", "parket", "justitiehuis", "bestuur_herentals", "parketjurist", "parketcriminoloog"):
        tekst = tekst.replace(f'id = "{partner}"\n', f'id = "{partner}"\nversleuteld = false\n')
    toml.write_text(tekst, "utf-8")
    for partner in ("caw", "cgg"):
        bos.set_password(f"casusoverleg {TAFEL}", partner, SLEUTEL)
    assert mapje.prepare("expertentafel", DAG) == ExitCode.KLAAR
    helder = {
        partner: {is_clear(n, i) for n, i in list_package(mapje, partner).items() if n.endswith(".pdf")}
        for partner in ("politie", "coordinator", "caw", "cgg")
    }
    assert helder == {"politie": {True}, "coordinator": {True}, "caw": {False}, "cgg": {False}}


def test_the_passphrase_stands_in_no_file_of_the_werkmap(versleuteld: Werkmapje) -> None:
    for pad in (pad for pad in versleuteld.map.rglob("*") if pad.is_file()):
        inhoud = pad.read_bytes()
        assert SLEUTEL.encode() not in inhoud and SLEUTEL.encode("utf-16-le") not in inhoud
    assert SLEUTEL not in versleuteld.uitvoer


def test_nothing_that_holds_a_passphrase_shows_it(bos: _Sleutelbos) -> None:
    bos.set_password("casusoverleg regio/tafel", "caw", SLEUTEL)
    wachtwoorden = Wachtwoorden("regio/tafel")
    assert wachtwoorden._look_up("caw") == SLEUTEL
    wachtwoorden._bekend["caw"] = SLEUTEL
    assert SLEUTEL not in repr(wachtwoorden)


def test_no_command_takes_a_passphrase_as_an_option() -> None:
    namen = {optie for opdracht in cli.commands.values() for p in opdracht.params for optie in p.opts}
    assert not [naam for naam in namen if "wachtwoord" in naam or "password" in naam]


# --- asking ---------------------------------------------------------------------------------------------------------


class _Toetsenbord:
    """Somebody at a terminal, who types these lines; what she cannot see she types all the same."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *regels: str) -> None:
        self._stroom = CliRunner().isolation("".join(f"{regel}\n" for regel in regels))
        self._monkeypatch = monkeypatch

    def __enter__(self) -> None:
        self._stroom.__enter__()
        self._monkeypatch.setattr(sys.stdin, "isatty", lambda: True)

    def __exit__(self, *fout: object) -> None:
        self._stroom.__exit__(None, None, None)


CAW = Partner(id="caw", naam="CAW Proef", rol="caw")


def test_a_passphrase_is_asked_until_it_can_serve_and_is_typed_twice_alike(
    bos: _Sleutelbos, monkeypatch: pytest.MonkeyPatch
) -> None:
    regels = ("kort", SLEUTEL, "iets anders dan dat", SLEUTEL, SLEUTEL, "n")
    wachtwoorden = Wachtwoorden("regio/tafel")
    with _Toetsenbord(monkeypatch, *regels):
        assert wachtwoorden.get(CAW) == SLEUTEL
        assert wachtwoorden.get(CAW) == SLEUTEL  # once a run
    assert bos.inhoud == {}


@pytest.mark.parametrize("dicht", [False, True])
def test_it_is_kept_in_the_keyring_only_when_that_is_wanted_and_there_is_one(
    bos: _Sleutelbos, monkeypatch: pytest.MonkeyPatch, dicht: bool
) -> None:
    bos.dicht = dicht
    with _Toetsenbord(monkeypatch, SLEUTEL, SLEUTEL, "j"):
        assert Wachtwoorden("regio/tafel").get(CAW) == SLEUTEL
    assert list(bos.inhoud) == ([] if dicht else [("casusoverleg regio/tafel", "caw")])
    if not dicht:
        assert Wachtwoorden("regio/tafel").get(CAW) == SLEUTEL  # nobody is asked any more


@pytest.mark.usefixtures("bos")
def test_who_leaves_the_question_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    with _Toetsenbord(monkeypatch), pytest.raises(click.Abort):
        Wachtwoorden("regio/tafel").get(CAW)
