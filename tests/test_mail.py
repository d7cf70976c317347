"""The draft of a mail and the appointment beside a package: to the right reader, neutral, and sent by nobody."""

from __future__ import annotations

import email
import re
import shutil
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from beelden import make_beeld
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from support_werkmap import (
    CLIENT,
    IN_EEN_PROCES,
    MET_BIJLAGEN,
    VOLLEDIG,
    Werkmapje,
    bring_to_expertentafel,
    make_form,
)

from pipeline.mail import build_afspraak, build_mail, write_eml, write_text
from schemas.deelbeeld import Deelbeeld
from schemas.verstrekking import Bestand

pytestmark = IN_EEN_PROCES

CODE = re.compile(r"\b[0-9A-Z]{6}\b")


@pytest.fixture(scope="module")
def werkmap(tmp_path_factory: pytest.TempPathFactory) -> Werkmapje:
    """A case that came to the expertentafel, whose packages lie ready."""
    return bring_to_expertentafel(tmp_path_factory.mktemp("mail"), tmp_path_factory)


def read_mail(pad: Path) -> EmailMessage:
    bericht = email.message_from_bytes(pad.read_bytes(), policy=default)
    assert isinstance(bericht, EmailMessage)
    return bericht


def list_mails(werkmap: Werkmapje) -> list[Path]:
    return sorted((werkmap.map / "uit").rglob("mail*.eml"))


def test_each_package_of_somebody_with_an_address_has_a_draft_to_that_address(werkmap: Werkmapje) -> None:
    aan = {pad.parent.name: str(read_mail(pad)["To"]) for pad in list_mails(werkmap)}
    assert aan["cgg"] == "cgg@example.org" and aan["politie"] == "politie@example.org"
    assert VOLLEDIG["aanmelder.email"] in aan.values()
    assert "coordinator" not in aan, "she does not write to herself"
    assert all(pad.with_suffix(".txt").is_file() for pad in list_mails(werkmap))


def test_a_draft_is_unsent_and_says_nothing_of_a_case(werkmap: Werkmapje) -> None:
    codes = [dossier.code for dossier in werkmap.list_dossiers()]
    for pad in list_mails(werkmap):
        bericht = read_mail(pad)
        alles = pad.read_text("utf-8") + pad.with_suffix(".txt").read_text("utf-8") + str(bericht.get_content())
        assert bericht["X-Unsent"] == "1" and bericht["Date"] is None and bericht["From"] is None
        assert not [woord for woord in (*codes, CLIENT["betrokkenen.naam"], "Herentals,") if str(woord) in alles]
        assert not CODE.search(str(bericht["Subject"]))
        assert not bericht.is_multipart(), "clear documents do not travel by mail"


def test_the_appointment_holds_day_hour_and_place_and_nobody(werkmap: Werkmapje) -> None:
    paden = sorted((werkmap.map / "uit").rglob("afspraak*.ics"))
    assert paden
    for pad in paden:
        (event,) = Calendar.from_ical(pad.read_bytes()).walk("VEVENT")
        assert set(event) == {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "LOCATION", "CLASS"}
        assert not any(dossier.code in pad.read_text("utf-8") for dossier in werkmap.list_dossiers())
    tafel = [pad for pad in paden if "expertentafel" in pad.parent.parent.name]
    begin = {regel for pad in tafel for regel in pad.read_text("utf-8").splitlines() if regel.startswith("DTSTART")}
    assert begin == {"DTSTART:20261217T133000"}


def test_a_letter_about_one_case_brings_no_appointment(werkmap: Werkmapje) -> None:
    assert not list((werkmap.map / "uit").glob("*brieven/*/afspraak*"))


def test_the_manifest_lists_what_is_disclosed_and_not_what_carries_it(werkmap: Werkmapje) -> None:
    for pad in (werkmap.map / "uit").rglob("manifest*.json"):
        assert "mail" not in pad.read_text("utf-8") and "afspraak" not in pad.read_text("utf-8")


def test_documents_go_along_only_when_the_werkmap_says_so(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    werkmap = bring_to_expertentafel(tmp_path, tmp_path_factory, MET_BIJLAGEN)
    for pad in list_mails(werkmap):
        bijlagen = {str(deel.get_filename()): deel.get_content() for deel in read_mail(pad).iter_attachments()}
        assert bijlagen
        assert all((pad.parent / naam).read_bytes() == inhoud for naam, inhoud in bijlagen.items())
        assert not any(naam.startswith(("manifest", "mail")) for naam in bijlagen)


def test_a_second_package_in_one_folder_leaves_the_first_draft_alone(werkmap: Werkmapje, tmp_path: Path) -> None:
    werkmap = Werkmapje(Path(shutil.copytree(werkmap.map, tmp_path / "werkmap")))
    eerst = {pad: pad.read_bytes() for pad in list_mails(werkmap)}
    werkmap.drop(make_form({"vraag.vraag": "Iets anders?"}), "ander.docx")
    werkmap.process("2026-12-10")
    werkmap.prepare("expertentafel", "2026-12-10")
    assert all(pad.read_bytes() == inhoud for pad, inhoud in eerst.items())
    for pad in (werkmap.map / "uit").rglob("mail-2.txt"):
        assert "vervang" in pad.read_text(encoding="utf-8"), "the agenda has one case more"


def make_kopie(soort: str, vervangt: int = 0) -> Deelbeeld:
    beeld = make_beeld(soort, vol=True)
    ontvanger = beeld.ontvanger.model_copy(update={"email": "dienst@example.org"})
    kop = beeld.kop.model_copy(update={"vervangt": vervangt, "versie": vervangt + 1})
    return beeld.model_copy(update={"ontvanger": ontvanger, "kop": kop})


@pytest.mark.parametrize(
    ("vervangt", "formulieren", "onderwerp", "zin"),
    [
        ((0, 0), 0, "Documenten bij", "zijn er 2 documenten voor u."),
        ((0, 0), 1, "Documenten bij", "zijn er 2 documenten en 1 formulier om in te vullen voor u."),
        ((0,), 3, "Documenten bij", "zijn er 1 document en 3 formulieren om in te vullen voor u."),
        ((1, 0), 0, "Documenten bij", "voor u. Eén daarvan vervangt een vorige versie; gebruik die niet meer."),
        ((1, 2, 0), 0, "Documenten bij", "voor u. 2 daarvan vervangen een vorige versie"),
        ((1, 2), 0, "Nieuwe versie: documenten bij", "voor u. Ze vervangen een vorige versie"),
        ((1,), 1, "Nieuwe versie: documenten bij", "voor u. Het vervangt een vorige versie"),
    ],
)
def test_a_draft_counts_the_forms_and_says_what_replaces_an_earlier_version(
    vervangt: tuple[int, ...], formulieren: int, onderwerp: str, zin: str
) -> None:
    beelden = [make_kopie("agenda", eerder) for eerder in vervangt]
    mail = build_mail(beelden, met_bijlagen=False, formulieren=formulieren)
    assert mail is not None
    assert mail.onderwerp.startswith(onderwerp) and zin in mail.tekst, mail.tekst


def test_the_draft_of_a_package_counts_the_forms_that_lie_in_it(werkmap: Werkmapje) -> None:
    map_ = next(pad.parent for pad in list_mails(werkmap) if pad.parent.name == "cgg")
    formulieren = [pad for pad in map_.glob("*.docx") if not pad.with_suffix(".pdf").is_file()]
    assert len(formulieren) == 1
    assert " en 1 formulier om in te vullen voor u." in (map_ / "mail.txt").read_text(encoding="utf-8")


def test_who_has_no_address_gets_no_draft() -> None:
    assert build_mail([make_beeld("plan_client", vol=True)], met_bijlagen=False) is None


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_name_or_address_can_add_a_header(naam: str, afzender: str) -> None:
    beeld = make_beeld("ontvangstmelding", vol=True)
    ontvanger = beeld.ontvanger.model_copy(update={"email": f"a@example.org\r\nBcc: x@example.org {naam}"})
    kop = beeld.kop.model_copy(update={"afzender": f"{afzender}\nBcc: y@example.org"})
    mail = build_mail([beeld.model_copy(update={"ontvanger": ontvanger, "kop": kop})], met_bijlagen=False)
    assert mail is not None
    try:
        inhoud = write_eml(mail)
    except UnicodeEncodeError:  # a lone surrogate, which no template prints either
        return
    koppen = email.message_from_bytes(inhoud, policy=default).keys()
    assert set(koppen) <= {"To", "Subject", "X-Unsent", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"}


def test_the_same_copies_give_the_same_draft() -> None:
    beelden = [make_beeld("agenda", vol=True), make_beeld("casusfiche", vol=True)]
    bijlagen = [Bestand(naam="a.pdf", inhoud=b"%PDF"), Bestand(naam="b.docx", inhoud=b"PK")]
    mails = [build_mail(beelden, met_bijlagen=True) for _ in range(2)]
    assert mails[0] is not None and mails[1] is not None
    assert write_eml(mails[0], bijlagen) == write_eml(mails[1], bijlagen)
    assert write_text(mails[0]) == write_text(mails[1])
    assert build_afspraak(beelden) == build_afspraak(beelden)
