"""The bundle: all PDFs of a package in one, tagged as they were, and refused when anything else is in it."""

from __future__ import annotations

import io
import json
import re
import subprocess
from collections.abc import Callable
from email import message_from_bytes
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest
from kanaries_pdf import PLAATSEN, Boek
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject
from support_werkmap import IN_EEN_PROCES, MET_BIJLAGEN, Werkmapje, bring_to_expertentafel
from test_verify_word import make_finished

from pipeline.errors import PoortFout
from pipeline.pdf import PdfEngine, RdocxEngine, choose_engine, make_pdfs, merge_pdfs
from pipeline.register import Register
from pipeline.run.bundel import BUNDEL
from pipeline.verify import verify_bundle
from schemas.verstrekking import Verstrekking

pytestmark = IN_EEN_PROCES

SOORTEN = ("terugkoppeling", "takenlijst", "plan_client")
NAMEN = ("1. Terugkoppeling", "2. Uw afspraken – één & twee", "3. Waaraan wij samen werken")
KENMERK = {"titel": "Bundel van 1 december 2026", "taal": "nl-BE"}
LIBREOFFICE = pytest.param("libreoffice", marks=pytest.mark.libreoffice)
MOTOREN = ("rdocx", LIBREOFFICE)


@cache
def make_delen(motor: str = "rdocx") -> tuple[tuple[str, bytes], ...]:
    engine: PdfEngine = RdocxEngine() if motor == "rdocx" else choose_engine(motor)
    pdfs = make_pdfs({soort: make_finished(soort)[2] for soort in SOORTEN}, engine)
    return tuple(zip(NAMEN, pdfs.values(), strict=True))


@cache
def make_bundel(motor: str = "rdocx") -> bytes:
    return merge_pdfs(make_delen(motor), **KENMERK)


def find(pdf: bytes, motor: str = "rdocx") -> list[str]:
    return [b.melding for b in verify_bundle(pdf, make_delen(motor), **KENMERK)]


def ask_poppler(programma: str, pdf: bytes, *opties: str) -> str:
    """A reader of PDFs that is not ours."""
    opdracht = [programma, *opties, "-", *(["-"] if programma == "pdftotext" else [])]
    return subprocess.run(opdracht, input=pdf, capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize("motor", MOTOREN)
def test_a_bundle_has_all_pages_in_order_with_a_bookmark_and_labels_for_each_document(motor: str) -> None:
    delen, bundel = make_delen(motor), make_bundel(motor)
    aantallen = [len(PdfReader(io.BytesIO(pdf)).pages) for _, pdf in delen]
    assert ask_poppler("pdftotext", bundel) == "".join(ask_poppler("pdftotext", pdf) for _, pdf in delen)
    with pdfium.PdfDocument(bundel) as document:
        wijzers = [(wijzer.get_title(), wijzer.get_dest().get_index()) for wijzer in document.get_toc()]
        labels = [document.get_page_label(nummer) for nummer in range(len(document))]
    assert wijzers == [(naam, sum(aantallen[:plaats])) for plaats, naam in enumerate(NAMEN)]
    assert labels == [f"{deel}-{blad}" for deel, n in enumerate(aantallen, 1) for blad in range(1, n + 1)]


def list_marked(pdf: bytes) -> list[tuple[object, list[DictionaryObject]]]:
    """Each page with the elements that its marked pieces belong to."""
    lezer = PdfReader(io.BytesIO(pdf))
    nummers: ArrayObject = lezer.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]  # type: ignore[index]
    ouders = {nummers[n]: nummers[n + 1].get_object() for n in range(0, len(nummers), 2)}
    assert len(ouders) == len(nummers) // 2
    return [
        (pagina.indirect_reference, [stuk.get_object() for stuk in ouders[pagina["/StructParents"]]])
        for pagina in lezer.pages
    ]


@pytest.mark.parametrize("motor", MOTOREN)
def test_a_screen_reader_finds_in_a_bundle_what_it_finds_in_each_document(motor: str) -> None:
    """The joining of pypdf drops the tags: here each document's tree stays, and each page knows its part of it."""
    delen, bundel = make_delen(motor), make_bundel(motor)
    bomen = [ask_poppler("pdfinfo", pdf, "-struct") for _, pdf in delen]
    assert all("Table" in boom for boom in bomen)
    assert ask_poppler("pdfinfo", bundel, "-struct") == "".join(bomen)
    for pagina, stukken in list_marked(bundel):
        assert stukken and {stuk["/Pg"].indirect_reference for stuk in stukken if "/Pg" in stuk} <= {pagina}
    feiten = ask_poppler("pdfinfo", bundel)
    assert re.search(r"Tagged: +yes", feiten) and re.search(r"Encrypted: +no", feiten)
    lezer = PdfReader(io.BytesIO(bundel))
    assert str(lezer.root_object["/Lang"]) == "nl-BE" and "/MarkInfo" in lezer.root_object
    assert lezer.xmp_metadata is not None
    assert lezer.xmp_metadata.dc_title == {"x-default": KENMERK["titel"]}
    assert (b"pdfuaid" in bundel) == all(b"pdfuaid" in pdf for _, pdf in delen)


@pytest.mark.parametrize("motor", MOTOREN)
def test_a_bundle_is_a_sound_pdf_and_passes_its_gate(motor: str, tmp_path: Path) -> None:
    (tmp_path / "b.pdf").write_bytes(make_bundel(motor))
    uit = subprocess.run(["qpdf", "--check", str(tmp_path / "b.pdf")], capture_output=True, check=True)
    assert b"No syntax or stream encoding errors" in uit.stdout
    assert find(make_bundel(motor), motor) == []


def test_a_bundle_follows_from_its_documents_alone() -> None:
    assert merge_pdfs(make_delen(), **KENMERK) == make_bundel()
    assert merge_pdfs(make_delen()[::-1], **KENMERK) != make_bundel()


def plant(zoek: bytes, zet: bytes) -> Callable[[bytes], bytes]:
    """In the first object that holds it; the file is laid out anew, so that only the content is wrong."""

    def doe(pdf: bytes) -> bytes:
        boek = Boek.read(pdf)
        boek.swap(boek.find(re.escape(zoek)), re.escape(zoek), zet)
        return boek.write()

    return doe


GEPLANT: dict[str, Callable[[bytes], bytes]] = {
    "een andere bladwijzer": plant(b"/Title (1", b"/Title (9"),
    "een ander bladnummer": plant(b"/P (2", b"/P (7"),
    "een andere taal": plant(b"/Lang (nl", b"/Lang (kanarie"),
    "een sleutel in de wortel": plant(b"/PageMode", b"/Kanarie (k) /PageMode"),
    "een sleutel bij een bladwijzer": plant(b"/Title (1", b"/Kanarie (k) /Title (1"),
    "een andere titel": plant(b"Bundel van 1", b"Bundel van 8"),
    "een ander blad": plant(b"/MediaBox [ 0 0 595", b"/MediaBox [ 0 0 594"),
    "een rol van een woord": plant(b"/S /Document", b"/S /Kanarie"),
    "een bladwijzer naar een ander blad": plant(b"/Dest [ 7 0 R", b"/Dest [ 8 0 R"),
    "een tekst achter het einde": lambda pdf: pdf + b"% kanarie\n",
    "een document te weinig": lambda _: merge_pdfs(make_delen()[:2], **KENMERK),
    "een document te veel": lambda _: merge_pdfs([*make_delen(), make_delen()[0]], **KENMERK),
    "een andere volgorde": lambda _: merge_pdfs([make_delen()[n] for n in (1, 0, 2)], **KENMERK),
    "een document alleen": lambda _: make_delen()[0][1],
    "geen pdf": lambda _: b"%PDF-1.7\n",
}


@pytest.mark.parametrize("wat", GEPLANT)
def test_what_is_not_in_the_documents_is_refused_in_a_bundle(wat: str) -> None:
    geplant = GEPLANT[wat](make_bundel())
    assert geplant != make_bundel()
    gevonden = find(geplant)
    assert gevonden and not any("kanarie" in melding.casefold() for melding in gevonden)


def test_a_canary_in_any_place_of_a_bundle_is_refused() -> None:
    """Each place where a word can hide in a PDF of ours, one by one."""
    delen = make_delen()[:1] * 2
    bundel = merge_pdfs(delen, **KENMERK)
    assert verify_bundle(bundel, delen, **KENMERK) == ()
    gemist = [naam for naam, zet in PLAATSEN.items() if not verify_bundle(zet(bundel), delen, **KENMERK)]
    assert gemist == []


def test_a_bundle_laid_out_anew_without_a_change_passes() -> None:
    assert find(Boek.read(make_bundel()).write()) == []


def test_what_is_no_pdf_is_not_joined() -> None:
    with pytest.raises(PoortFout, match="samengevoegd"):
        merge_pdfs([("1. Een", b"geen pdf"), make_delen()[0]], **KENMERK)


# --- in a package ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def mapje(tmp_path_factory: pytest.TempPathFactory) -> Werkmapje:
    """A case that went through triage to the packages of the expertentafel; documents may go along in a mail."""
    return bring_to_expertentafel(tmp_path_factory.mktemp("bundel"), tmp_path_factory, MET_BIJLAGEN)


def list_packages(mapje: Werkmapje) -> dict[Path, dict[str, list[str]]]:
    """Of each package: its files by the copy that they are."""
    manifesten = [(pad.parent, json.loads(pad.read_bytes())) for pad in (mapje.map / "uit").rglob("manifest.json")]
    return {map_: {d["documentnummer"]: d["bestanden"] for d in inhoud["documenten"]} for map_, inhoud in manifesten}


def get_registered(mapje: Werkmapje) -> list[Verstrekking]:
    with Register.open(mapje.map, alleen_lezen=True) as register:
        return list(register.list_verstrekkingen())


def test_a_package_of_more_than_one_document_has_a_bundle_and_one_of_a_single_document_has_none(
    mapje: Werkmapje,
) -> None:
    pakketten = list_packages(mapje)
    assert {len(documenten) > 1 for documenten in pakketten.values()} == {True, False}
    for map_, documenten in pakketten.items():
        assert (map_ / BUNDEL).exists() == (len(documenten) > 1)
        assert all((BUNDEL in namen) == (len(documenten) > 1) for namen in documenten.values())


def test_a_bundle_is_registered_with_each_copy_that_is_in_it(mapje: Werkmapje) -> None:
    for verstrekking in get_registered(mapje):
        bundel = mapje.map / "uit" / verstrekking.map / BUNDEL
        assert (BUNDEL in {b.naam for b in verstrekking.bestanden}) == bundel.exists()
    assert mapje.run("controle", str(mapje.map)) in (0, 1) and "bestand-weg" not in mapje.uitvoer


def test_a_bundle_bears_no_name_and_no_code_outside_its_pages(mapje: Werkmapje) -> None:
    bundels = sorted((mapje.map / "uit").rglob(BUNDEL))
    assert bundels
    for pad in bundels:
        titel = PdfReader(pad).xmp_metadata
        assert titel is not None and titel.dc_title == {"x-default": "Bundel van 10 december 2026"}


def test_a_mail_that_carries_the_documents_has_the_bundle_in_place_of_their_pdfs(mapje: Werkmapje) -> None:
    for map_, documenten in list_packages(mapje).items():
        if not (map_ / "mail.eml").exists():
            continue
        delen = message_from_bytes((map_ / "mail.eml").read_bytes()).walk()
        bijlagen = {deel.get_filename() for deel in delen} - {None}
        namen = {naam for namen in documenten.values() for naam in namen}
        los = {naam for naam in namen if naam.endswith(".pdf") and naam != BUNDEL}
        assert bijlagen == (namen - los if BUNDEL in namen else namen)
