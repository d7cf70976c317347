"""A fillable PDF of every form: the same questions under the same ids, read back equal, usable without a mouse."""

from __future__ import annotations

import io
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject
from support_fill import iter_controls, read_document
from support_pdf import fill_pdf
from support_tafel import AANMELDING, DATA
from test_forms import ANTWOORDEN, BLOKKEN, read_answers

from pipeline.cli import run_cli
from pipeline.errors import ExitCode, OverlegFout
from pipeline.forms import Vooraf, build_formulier
from pipeline.pdf import PdfEngine, RdocxEngine, choose_engine, make_fillable
from pipeline.read import read_formulier
from pipeline.run.pdfformulier import make_pdf_form
from schemas import kern
from schemas.catalogus import load_catalogus
from schemas.tafeldata import Tafeldata

VIA_LIBREOFFICE = pytest.mark.xdist_group("pdf form by libreoffice")
ENGINES = ("rdocx", pytest.param("libreoffice", marks=[pytest.mark.libreoffice, VIA_LIBREOFFICE]))
TAFELS = [data for data in load_catalogus().values() if data.tafel.ingeschakeld]
FORMULIEREN = [pytest.param(data, f.id, id=f"{data.tafel.id}-{f.id}") for data in TAFELS for f in data.formulieren]


def get_engine(naam: str) -> PdfEngine:
    return RdocxEngine() if naam == "rdocx" else choose_engine(naam)


def build_pdf(engine: PdfEngine) -> bytes:
    return make_pdf_form(build_formulier(DATA, AANMELDING, Vooraf(voor_pdf=True)), AANMELDING, engine)


@cache
def build_once(naam: str) -> bytes:
    """The same by the name of an engine; tests that look at what LibreOffice makes of it run in one process."""
    return build_pdf(get_engine(naam))


def list_widgets(pdf: bytes) -> list[DictionaryObject]:
    paginas = PdfReader(io.BytesIO(pdf)).pages
    alles = [annotatie.get_object() for pagina in paginas for annotatie in pagina.get("/Annots", ArrayObject())]
    return [widget for widget in alles if isinstance(widget, DictionaryObject) and str(widget["/Subtype"]) == "/Widget"]


@pytest.mark.parametrize("naam", ENGINES)
def test_what_is_filled_in_in_a_pdf_form_is_what_the_reader_finds(naam: str) -> None:
    antwoorden = dict(ANTWOORDEN)
    for nummer, blok in enumerate(BLOKKEN[:2], start=1):
        antwoorden |= {f"{tag}#{nummer}": waarde for tag, waarde in blok.items()}
    gelezen = read_answers(fill_pdf(build_once(naam), antwoorden))
    verwacht: dict[tuple[str, int | None], object] = {(tag, None): waarde for tag, waarde in ANTWOORDEN.items()}
    verwacht |= {(tag, nummer): waarde for nummer, blok in enumerate(BLOKKEN[:2]) for tag, waarde in blok.items()}
    assert {sleutel: waarde for sleutel, waarde in gelezen.items() if sleutel[0] not in kern.META} == verwacht
    assert gelezen[kern.META_TAFEL, None] == "proef/tafel"


@pytest.mark.parametrize(("data", "formulier_id"), FORMULIEREN)
def test_every_form_of_every_table_has_a_field_for_each_control_of_its_word_form(
    data: Tafeldata, formulier_id: str
) -> None:
    formulier = data.get_formulier(formulier_id)
    assert formulier is not None
    docx = build_formulier(data, formulier, Vooraf(voor_pdf=True))
    pdf = make_pdf_form(docx, formulier, RdocxEngine())
    gelezen = read_formulier("formulier.pdf", pdf)
    in_word = {tag for tag, _ in iter_controls(read_document(docx)) if "." in tag}
    assert {antwoord.tag for antwoord in gelezen.antwoorden} == in_word
    assert not [a for a in gelezen.antwoorden if not a.leeg and a.tag not in kern.META and a.waarde not in ("", False)]


@pytest.mark.parametrize("naam", ENGINES)
def test_a_field_says_aloud_what_it_asks_and_the_tab_key_follows_the_questions(naam: str) -> None:
    pdf = build_once(naam)
    lezer = PdfReader(io.BytesIO(pdf))
    widgets = list_widgets(pdf)
    assert all(str(widget["/TU"]).strip() for widget in widgets)
    namen = [str(widget["/TU"]) for widget in widgets]
    assert len(set(namen)) == len(namen), "two fields that sound alike"
    assert str(lezer.root_object["/Lang"]) == DATA.tafel.taal
    assert all(str(pagina["/Tabs"]) in ("/S", "/R") for pagina in lezer.pages)
    per_blad = [[cast(ArrayObject, w["/Rect"]) for w in widgets if w["/P"] == p] for p in lezer.pages]
    for vakken in per_blad:
        boven = [float(vak[3]) for vak in vakken]
        assert all(volgende <= vorige + 12 for vorige, volgende in pairwise(boven))


@VIA_LIBREOFFICE
@pytest.mark.libreoffice
def test_each_field_stands_in_the_structure_that_a_screen_reader_follows() -> None:
    lezer = PdfReader(io.BytesIO(build_once("libreoffice")))
    boom = cast(DictionaryObject, lezer.root_object["/StructTreeRoot"])
    begin = boom["/K"].get_object()
    document = cast(DictionaryObject, begin[0].get_object() if isinstance(begin, ArrayObject) else begin)
    delen = [kind.get_object() for kind in cast(ArrayObject, document["/K"])]
    velden = [deel for deel in delen if isinstance(deel, DictionaryObject) and deel.get("/S") == "/Form"]
    widgets = [widget for pagina in lezer.pages for widget in pagina.get("/Annots", ())]
    assert len(velden) == len(widgets)
    assert all("/StructParent" in widget.get_object() for widget in widgets)


def test_no_field_lies_over_another_or_beside_the_page() -> None:
    for pagina in PdfReader(io.BytesIO(build_once("rdocx"))).pages:
        vakken = [tuple(float(g) for g in a.get_object()["/Rect"]) for a in pagina.get("/Annots", ())]
        breed, hoog = float(pagina.mediabox.width), float(pagina.mediabox.height)
        assert all(0 < vak[0] < vak[2] < breed and 0 < vak[1] < vak[3] < hoog for vak in vakken)
        for nummer, een in enumerate(vakken):
            for ander in vakken[nummer + 1 :]:
                los = een[2] <= ander[0] or ander[2] <= een[0] or een[3] <= ander[1] + 2 or ander[3] <= een[1] + 2
                assert los, (een, ander)


def test_the_same_form_gives_the_same_bytes() -> None:
    assert build_pdf(RdocxEngine()) == build_once("rdocx")


def test_a_pdf_form_explains_itself_and_has_blocks_to_spare() -> None:
    tekst = "".join(pagina.extract_text() for pagina in PdfReader(io.BytesIO(build_once("rdocx"))).pages)
    assert "plusteken" not in tekst and "grijze tekst" not in tekst
    assert "Bewaar het ingevulde" in " ".join(tekst.split())
    rubriek = AANMELDING.get_rubriek("betrokkenen")
    assert rubriek is not None
    gelezen = read_answers(build_once("rdocx"))
    rijen = {rij for tag, rij in gelezen if tag == "betrokkenen.naam"}
    assert len(rijen) in (0, rubriek.blanco_rijen + 2)


def test_a_file_that_is_no_form_is_refused_in_words() -> None:
    with pytest.raises(OverlegFout, match="kan geen PDF gemaakt worden"):
        make_fillable(b"geen Word", RdocxEngine(), {}, frozenset())


def test_the_command_writes_a_pdf_beside_the_word_form(tmp_path: Path) -> None:
    pad = tmp_path / "formulier.pdf"
    tafel = TAFELS[0].tafel.id
    assert run_cli(["formulier", "aanmelding", "--tafel", tafel, "--pdf", "-o", str(pad)]) == ExitCode.KLAAR
    assert pad.read_bytes().startswith(b"%PDF")
