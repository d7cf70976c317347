"""The PDF stage: nothing lost, nothing hidden printed, equal bytes for equal input, with either engine."""

from __future__ import annotations

import http.server
import io
import os
import random
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from support_pdf import Together, prepare_all

from pipeline import office
from pipeline.errors import GebruikFout, PoortFout
from pipeline.office import convert_files, find_office
from pipeline.pdf import LibreOfficeEngine, PdfEngine, RdocxEngine, choose_engine, make_pdfs
from pipeline.pdf.completeness import find_losses
from pipeline.pdf.freeze import freeze
from pipeline.pdf.make import finish, prepare
from pipeline.pdf.package import open_package
from pipeline.pdf.refused import Afgekeurd
from pipeline.pdf.visible import VisiblePage, read_pages
from pipeline.pdf.words import NUMBER, Marge, Passage, Section, WordText, read_words

_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
#: What LibreOffice lays out for these tests, it does in one call: they run in one process.
IN_EEN_OPROEP = [pytest.mark.libreoffice, pytest.mark.xdist_group("pdf by libreoffice")]
BOTH = [pytest.param("libreoffice", marks=IN_EEN_OPROEP), "rdocx"]


def program() -> Path:
    gevonden = find_office()
    assert gevonden is not None, "LibreOffice is missing; `make test` installs it"
    return gevonden


@cache
def engine_of(naam: str) -> PdfEngine:
    return RdocxEngine() if naam == "rdocx" else Together(lambda: prepare_all(all_documents()))


def engine_anew(naam: str) -> PdfEngine:
    """One that nothing was asked of."""
    return RdocxEngine() if naam == "rdocx" else LibreOfficeEngine(program())


def all_documents() -> Iterator[bytes]:
    """Each that a test below has laid out by both engines."""
    yield from (long_document(), secret_document(), fields_document(), fixed_document(), beside_document())
    yield from (saved(document) for _, document in clean_documents())
    yield from hyphenated_documents(3).values()
    yield from small_documents().values()
    yield from hyphenated_documents(1, begin=100, cellen=72).values()


def new_document() -> Document:
    document = docx.Document()
    document.core_properties.title = "Casusfiche"
    for taal in document.styles.element.iter(qn("w:lang")):
        taal.set(qn("w:val"), "nl-BE")
    document.styles["Normal"].font.name = "Carlito"
    return document


def saved(document: Document) -> bytes:
    uit = io.BytesIO()
    document.save(uit)
    return uit.getvalue()


def add_xml(document: Document, xml: str) -> None:
    document.element.body.insert(0, parse_xml(xml.replace("<w:p>", f"<w:p {nsdecls('w', 'r', 'wp', 'a')}>", 1)))


def add_field(alinea: Paragraph, opdracht: str, resultaat: str) -> None:
    for soort in ("begin", "instr", "separate", "result", "end"):
        run = alinea.add_run(resultaat if soort == "result" else "")
        if soort == "instr":
            tekst = OxmlElement("w:instrText")
            tekst.text = f" {opdracht} "
            run._r.append(tekst)
        elif soort != "result":
            teken = OxmlElement("w:fldChar")
            teken.set(qn("w:fldCharType"), soort)
            run._r.append(teken)


def long_document() -> bytes:
    document = new_document()
    document.sections[0].header.paragraphs[0].text = "Tafel Voorbeeldstad – vertrouwelijk"
    voet = document.sections[0].footer.paragraphs[0]
    voet.add_run("Bladzijde ")
    add_field(voet, "PAGE", "1")
    voet.add_run(" van ")
    add_field(voet, "NUMPAGES", "1")
    document.add_heading("Casusoverleg", level=1)
    for nummer in range(25):
        document.add_paragraph(
            f"Alinea {nummer}: de cliënt is geïnformeerd. " + "Efficiënte coördinatie, officieel. " * 8
        )
    tabel = document.add_table(rows=1, cols=3, style="Table Grid")
    tabel.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cel, tekst in zip(tabel.rows[0].cells, ("Feit", "Bron", "Deelbaar"), strict=True):
        cel.text = tekst
    for nummer in range(30):
        for cel, tekst in zip(tabel.add_row().cells, (f"Feit {nummer}", "De school", "☐ triage ☒ tafel"), strict=True):
            cel.text = tekst
    return saved(document)


def clipped_document() -> bytes:
    """A row that may not break and is taller than a page: rdocx runs it off the paper."""
    document = new_document()
    rij = document.add_table(rows=1, cols=1, style="Table Grid").rows[0]
    rij._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    rij.cells[0].text = " ".join(f"geheim{nummer}" for nummer in range(1500))
    return saved(document)


def secret_document() -> bytes:
    """Text that is hidden in each of the ways that Word knows, among text that is not."""
    document = new_document()
    run = document.add_paragraph("Zichtbaar begin, ").add_run("zichtbaar slot")
    document.add_comment(run, text="geheime opmerking", author="Iemand")
    verborgen = document.add_paragraph("Wel te zien ").add_run("geheim verborgen")
    verborgen.font.hidden = True
    stijl = document.styles.add_style("Onzichtbaar", 2)
    stijl.font.hidden = True
    document.add_paragraph("Ook te zien ").add_run("geheim door stijl", style="Onzichtbaar")
    wijziging = 'w:id="9" w:author="Iemand" w:date="2026-01-01T00:00:00Z"'
    add_xml(
        document,
        "<w:p><w:r><w:t xml:space='preserve'>Voor </w:t></w:r>"
        f"<w:del {wijziging}><w:r><w:delText>geheim geschrapt</w:delText></w:r></w:del>"
        f"<w:ins {wijziging}><w:r><w:t>ingevoegd</w:t></w:r></w:ins>"
        f"<w:moveFrom {wijziging}><w:r><w:t>geheim verplaatst</w:t></w:r></w:moveFrom></w:p>",
    )
    add_xml(
        document,
        "<w:p><w:r><w:t xml:space='preserve'>Veld: </w:t></w:r><w:sdt><w:sdtPr><w:alias w:val='geheim'/></w:sdtPr>"
        "<w:sdtContent><w:r><w:t>ingevuld antwoord</w:t></w:r></w:sdtContent></w:sdt></w:p>",
    )
    rij = document.add_table(rows=2, cols=1).rows[1]
    rij.cells[0].text = "geheime rij"
    rij._tr.get_or_add_trPr().append(OxmlElement("w:hidden"))
    return saved(document)


def fields_document() -> bytes:
    """Fields of which the result in the file is not what an engine would make of them."""
    document = new_document()
    alinea = document.add_paragraph("Datum: ")
    add_field(alinea, 'DATE \\@ "yyyy"', "1987")
    add_xml(document, "<w:p><w:fldSimple w:instr=' AUTHOR '><w:r><w:t>Vaste schrijver</w:t></w:r></w:fldSimple></w:p>")
    return saved(document)


def fixed_document() -> bytes:
    """A row of fixed height with more text than it shows."""
    document = new_document()
    rij = document.add_table(rows=1, cols=1, style="Table Grid").rows[0]
    rij.height, rij.height_rule = Cm(0.6), WD_ROW_HEIGHT_RULE.EXACTLY
    rij.cells[0].text = " ".join(f"geheim{nummer}" for nummer in range(80))
    return saved(document)


def text_of(pdf: bytes) -> str:
    return "\n".join(pagina.extract_text() for pagina in PdfReader(io.BytesIO(pdf)).pages)


def word_text(*alineas: str, koptekst: str = "") -> WordText:
    marge = Marge(boven=(Passage("koptekst 1", koptekst),) if koptekst else ())
    lopend = tuple(Passage(f"alinea {nummer}", tekst) for nummer, tekst in enumerate(alineas, start=1))
    return WordText(lopend, (Section({"default": marge}, eigen_eerste=False),), even_oneven=False)


def losses(word: WordText, *paginas: str) -> int:
    return find_losses(word, [VisiblePage(tekst, overdrukt=False) for tekst in paginas]).woorden


@pytest.mark.parametrize("naam", BOTH)
def test_a_long_document_arrives_whole_numbered_and_readable_for_a_screen_reader(naam: str) -> None:
    pdf = make_pdfs({"fiche": long_document()}, engine_of(naam))["fiche"]
    lezer = PdfReader(io.BytesIO(pdf))
    aantal = len(lezer.pages)
    assert aantal >= 3
    for nummer, pagina in enumerate(lezer.pages, start=1):
        tekst = " ".join(pagina.extract_text().split())
        assert f"Bladzijde {nummer} van {aantal}" in tekst
        assert "Tafel Voorbeeldstad – vertrouwelijk" in tekst
    wortel = lezer.root_object
    assert str(wortel["/Lang"]) == "nl-BE"
    assert "/StructTreeRoot" in wortel
    assert str(wortel["/MarkInfo"]) == "{'/Marked': True}"
    assert str(wortel["/ViewerPreferences"]) == "{'/DisplayDocTitle': True}"
    assert lezer.xmp_metadata is not None
    assert lezer.xmp_metadata.dc_title == {"x-default": "Casusfiche"}


@pytest.mark.parametrize("naam", BOTH)
def test_equal_word_files_give_equal_bytes_and_a_trailer_that_says_nothing(naam: str) -> None:
    document = long_document()
    een = make_pdfs({"a": document}, engine_of(naam))["a"]
    ander = make_pdfs({"b": document}, engine_anew(naam))["b"]
    assert een == ander
    assert set(PdfReader(io.BytesIO(een)).trailer) == {"/Root", "/Size"}
    assert set(PdfReader(io.BytesIO(een)).root_object) == {
        "/Type",
        "/Pages",
        "/StructTreeRoot",
        "/MarkInfo",
        "/Lang",
        "/ViewerPreferences",
        "/Metadata",
    }
    assert b"LibreOffice" not in een
    assert b"python-docx" not in een


@pytest.mark.parametrize("naam", BOTH)
def test_deleted_hidden_and_commented_text_stays_out_and_accepted_text_gets_in(naam: str) -> None:
    bron = secret_document()
    assert all(b"geheim" not in inhoud for inhoud in open_package(freeze(open_package(bron))).members.values())
    tekst = text_of(make_pdfs({"a": bron}, engine_of(naam))["a"])
    assert "gehei" not in tekst
    for deel in (
        "Zichtbaar begin, zichtbaar slot",
        "Wel te zien",
        "Ook te zien",
        "Voor ingevoegd",
        "ingevuld antwoord",
    ):
        assert deel in tekst


@pytest.mark.parametrize("naam", BOTH)
def test_fields_print_the_result_that_stands_in_the_file_and_not_a_new_one(naam: str) -> None:
    tekst = text_of(make_pdfs({"a": fields_document()}, engine_of(naam))["a"])
    assert "1987" in tekst
    assert "Vaste schrijver" in tekst


def test_the_frozen_copy_is_the_same_each_time_and_sets_signs_apart() -> None:
    document = new_document()
    document.add_paragraph("☐ neen ☒ ja, staat op ✗").runs[0].bold = True
    bron = saved(document)
    bevroren = freeze(open_package(bron))
    assert bevroren == freeze(open_package(bron))
    runs = docx.Document(io.BytesIO(bevroren)).paragraphs[0].runs
    assert [run.text for run in runs] == ["☐", " neen ", "☒", " ja, staat op ", "✗"]
    assert all(run.bold for run in runs)


def test_a_paragraph_whose_end_was_deleted_runs_on_into_the_next() -> None:
    document = new_document()
    document.add_paragraph("tweede helft")
    add_xml(
        document,
        "<w:p><w:pPr><w:rPr><w:del w:id='1' w:author='x'/></w:rPr></w:pPr><w:r>"
        "<w:t xml:space='preserve'>eerste helft, </w:t></w:r></w:p>",
    )
    bevroren = docx.Document(io.BytesIO(freeze(open_package(saved(document)))))
    assert [alinea.text for alinea in bevroren.paragraphs] == ["eerste helft, tweede helft"]


@pytest.mark.libreoffice
def test_text_that_rdocx_runs_off_the_page_is_noticed_and_done_again_by_libreoffice() -> None:
    pdf = make_pdfs({"a": clipped_document()}, RdocxEngine(LibreOfficeEngine(program())))["a"]
    assert "geheim1499" in text_of(pdf)


def test_without_a_reserve_a_clipped_document_is_refused_by_name_and_number_and_without_its_words() -> None:
    with pytest.raises(PoortFout) as fout:
        make_pdfs({"goed": long_document(), "Fiche A": clipped_document()}, RdocxEngine())
    assert "«Fiche A»" in fout.value.melding
    assert "goed" not in fout.value.melding
    assert "woorden (alinea 1)" in fout.value.melding
    assert "geheim" not in fout.value.melding + fout.value.remedie


@pytest.mark.parametrize("naam", BOTH)
def test_text_cut_off_by_a_row_of_fixed_height_is_refused(naam: str) -> None:
    with pytest.raises(PoortFout, match=r"ontbreken 7. woorden"):
        make_pdfs({"a": fixed_document()}, engine_of(naam))


def test_a_header_that_the_body_prints_over_is_refused() -> None:
    document = new_document()
    for nummer in range(12):
        document.sections[0].header.add_paragraph(f"Kopregel {nummer} van de brief")
    for nummer in range(12):
        document.add_paragraph(f"Gewone regel {nummer} van de tekst")
    with pytest.raises(PoortFout, match="bladzijde 1 staat tekst over andere tekst"):
        make_pdfs({"a": saved(document)}, RdocxEngine())


@pytest.mark.parametrize("naam", BOTH)
def test_ordinary_documents_raise_no_false_alarm(naam: str) -> None:
    assert len(make_pdfs({soort: saved(document) for soort, document in clean_documents()}, engine_of(naam))) == 5


def clean_documents() -> Iterator[tuple[str, Document]]:
    zin = "De hulpverleningsgeschiedenis van de cliënt (2025) is besproken; 50% akkoord, € 1.250,50 betaald. "
    document = new_document()
    document.settings.element.append(OxmlElement("w:autoHyphenation"))
    for _ in range(12):
        document.add_paragraph(zin * 5).alignment = 3  # type: ignore[assignment]
    yield "uitgevuld en afgebroken", document
    document = new_document()
    tabel = document.add_table(rows=20, cols=4, style="Table Grid")
    for rij in tabel.rows:
        for cel, tekst in zip(rij.cells, ("De cliënt (50% akkoord)", "☐ ja ☒ nee", "1", "–"), strict=True):
            cel.text = tekst
    tabel.cell(0, 1).merge(tabel.cell(1, 2))
    yield "tabel", document
    document = new_document()
    for nummer in range(30):
        document.add_paragraph(f"Punt {nummer}", style="List Number" if nummer % 2 else "List Bullet")
        document.add_paragraph().add_run("Alles in hoofdletters").font.all_caps = True
    document.add_paragraph("Naam\tWaarde\tSlot")
    yield "lijsten", document
    document = new_document()
    eerste = document.sections[0]
    eerste.different_first_page_header_footer = True
    eerste.first_page_header.paragraphs[0].text = "Eerste blad"
    eerste.header.paragraphs[0].text = "Vervolgblad"
    document.add_paragraph(zin * 60)
    tweede = document.add_section(WD_SECTION.NEW_PAGE)
    tweede.different_first_page_header_footer = False
    tweede.header.is_linked_to_previous = False
    tweede.header.paragraphs[0].text = "Bijlage"
    document.add_paragraph(zin * 60)
    yield "twee delen", document
    document = new_document()
    relatie = document.part.relate_to("https://www.example.org/", _HYPERLINK, is_external=True)
    add_xml(document, f"<w:p><w:hyperlink r:id='{relatie}'><w:r><w:t>De website</w:t></w:r></w:hyperlink></w:p>")
    yield "link", document


def table_document(kansen: random.Random, teksten: Sequence[str], grootte: float = 9) -> bytes:
    """Tables of three narrow columns, six rows each, every table with other widths."""
    document = new_document()
    document.styles["Normal"].font.size = Pt(grootte)
    for begin in range(0, len(teksten), 18):
        tabel = document.add_table(rows=6, cols=3, style="Table Grid")
        tabel.autofit = False
        breedtes = [Cm(kansen.uniform(3.2, 6)) for _ in range(3)]
        for kolom, breedte in zip(tabel.columns, breedtes, strict=True):
            kolom.width = breedte
        for plaats, tekst in enumerate(teksten[begin : begin + 18]):
            cel = tabel.cell(plaats // 3, plaats % 3)
            cel.width, cel.text = breedtes[plaats % 3], tekst
        document.add_paragraph()
    return saved(document)


CELWOORDEN = [
    "Verzonnen-k0042",
    "Testplein-west",
    "11",
    "maart",
    "12/03/2031",
    "01-02-2031",
    "2029–2030",
    "BE00-0000-0000-0000",
    "a-b@example.org",
    "www.example.org/een-pad",
    "000/00.00.00",
    "0400.00.00.00",
    "K7QX-3M",
    "24/7",
    "A-1-B-2",
    "x-y-z",
    "3-4",
    "1",
    "ja",
    "nee",
    "de",
    "cliënt",
    "14u30",
    "politie-inspecteur",
    "Proef-van-den-Berg",
    "hulpverlening",
    "(10.000,50)",
    "☐",
    "☒",
]


def cell_text(kansen: random.Random) -> str:
    """Words as a form holds them, and words that were made up: letters and digits with signs in between."""

    def made_up() -> str:
        stukken = [
            kansen.choice([str(kansen.randint(0, 999)), "".join(kansen.choices("abdekorst", k=kansen.randint(1, 5)))])
            for _ in range(kansen.randint(1, 3))
        ]
        return kansen.choice("--/.:–+,").join(stukken)

    return " ".join(
        made_up() if kansen.random() < 0.4 else kansen.choice(CELWOORDEN) for _ in range(kansen.randint(1, 7))
    )


def hyphenated_documents(aantal: int, begin: int = 0, cellen: int = 144) -> dict[str, bytes]:
    documenten = {}
    for nummer in range(begin, begin + aantal):
        kansen = random.Random(nummer)  # noqa: S311
        documenten[f"fiche {nummer}"] = table_document(kansen, [cell_text(kansen) for _ in range(cellen)])
    return documenten


def small_documents() -> dict[str, bytes]:
    """Cells of letters without a stick up or down, in small print."""
    laag = ["een", "nee", "x", "ze", "1", "11", "–", "-", "...", "over", "mv", "se", "=", "_", "~"]
    documenten = {}
    for nummer, grootte in ((6, 6), (6, 9), (3, 9)):
        kansen = random.Random(nummer)  # noqa: S311
        teksten = [" ".join(kansen.choices(laag, k=kansen.randint(1, 4))) for _ in range(144)]
        documenten[f"fiche {nummer} {grootte}"] = table_document(kansen, teksten, grootte)
    return documenten


LANG = "-".join(["van-hoek-tot-kaai-en-terug"] * 4)
NAAST = [f"{LANG}-k0041", "11 maart", "2 mei"]


def beside_document() -> bytes:
    """Cells beside a word that has to break."""
    return table_document(random.Random(3), NAAST * 6)  # noqa: S311


@pytest.mark.parametrize("naam", BOTH)
def test_words_that_lines_break_at_a_hyphen_or_slash_raise_no_false_alarm(naam: str) -> None:
    assert len(make_pdfs(hyphenated_documents(3), engine_of(naam))) == 3


@pytest.mark.parametrize("naam", BOTH)
def test_cells_of_low_letters_in_small_print_raise_no_false_alarm(naam: str) -> None:
    assert len(make_pdfs(small_documents(), engine_of(naam))) == 3


@pytest.mark.parametrize("naam", BOTH)
def test_every_lost_word_is_found_among_words_that_lines_break(naam: str) -> None:
    (bron,) = hyphenated_documents(1, begin=100, cellen=72).values()
    paginas = read_pages(make_pdfs({"a": bron}, engine_of(naam))["a"])
    geheel = read_words(open_package(bron))
    kansen = random.Random(7)  # noqa: S311
    assert find_losses(geheel, paginas).woorden == 0
    for _ in range(80):
        plaats = kansen.randrange(len(geheel.lopend))
        woorden = geheel.lopend[plaats].tekst.split()
        extra = kansen.choice([woord for woord in CELWOORDEN if woord not in ("1", "☒")])
        woorden.insert(kansen.randint(0, len(woorden)), extra)
        alineas = list(geheel.lopend)
        alineas[plaats] = replace(alineas[plaats], tekst=" ".join(woorden))
        assert find_losses(replace(geheel, lopend=tuple(alineas)), paginas).woorden == 1, extra


@pytest.mark.parametrize("naam", BOTH)
def test_a_cell_beside_a_word_that_breaks_at_a_hyphen_stays_a_cell_of_its_own(naam: str) -> None:
    (pagina,) = read_pages(make_pdfs({"a": beside_document()}, engine_of(naam))["a"])
    assert "\x02" in pagina.tekst
    assert [pagina.tekst.split().count(woord) for woord in ("11", "maart", "2", "mei")] == [6] * 4
    for weg in (f"{LANG}-k0041", "hoek-tot", "11 maart", "2 mei"):
        assert losses(word_text(*NAAST * 6, weg), pagina.tekst) == len(weg.split())


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"", "het Word-bestand is beschadigd en kan niet gelezen worden"),
        (b"geen Word", "het Word-bestand is beschadigd en kan niet gelezen worden"),
        (long_document()[:4000], "het Word-bestand is beschadigd en kan niet gelezen worden"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "het Word-bestand is beschadigd en kan niet gelezen worden"),
    ],
)
def test_a_broken_word_file_gives_one_dutch_sentence(inhoud: bytes, zin: str) -> None:
    with pytest.raises(PoortFout) as fout:
        make_pdfs({"brief": inhoud}, RdocxEngine())
    assert fout.value.melding == f"Van «brief» is geen PDF gemaakt: {zin}."
    assert fout.value.remedie


def test_a_pdf_without_pages_or_with_a_font_that_it_does_not_carry_is_refused() -> None:
    leeg, vreemd = PdfWriter(), PdfWriter()
    vreemd.add_blank_page(200, 200)
    letter = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    uit_leeg, uit_vreemd = io.BytesIO(), io.BytesIO()
    leeg.write(uit_leeg)
    vreemd.write(uit_vreemd)
    met_letter = uit_vreemd.getvalue().replace(b"/Resources <<\n>>", b"/Resources " + letter.encode())
    voorbereid = prepare(saved(new_document()))
    assert not isinstance(voorbereid, Afgekeurd)
    redenen = [finish((voorbereid[0], pdf)) for pdf in (uit_leeg.getvalue(), met_letter, b"%PDF-1.7 stuk", None)]
    assert [reden.reden if isinstance(reden, Afgekeurd) else "" for reden in redenen] == [
        "de PDF heeft geen enkele bladzijde",
        "de PDF gebruikt een lettertype dat niet in het bestand zit",
        "de PDF is onleesbaar",
        "het omzetten gaf geen bestand",
    ]


def test_progress_is_told_and_the_order_is_kept_over_two_processes() -> None:
    documenten = {}
    for nummer in range(40):
        document = new_document()
        document.add_paragraph(f"Brief nummer {nummer}")
        documenten[f"brief {nummer}"] = saved(document)
    gemeld: list[str] = []
    pdfs = make_pdfs(documenten, RdocxEngine(), on_done=gemeld.append)
    assert list(pdfs) == gemeld == list(documenten)
    assert all(f"Brief nummer {nummer}" in text_of(pdf) for nummer, pdf in enumerate(pdfs.values()))


@pytest.mark.libreoffice
def test_libreoffice_keeps_many_files_apart_when_two_processes_share_them() -> None:
    documenten = []
    for nummer in range(22):
        document = new_document()
        document.add_paragraph(f"Brief nummer {nummer}")
        documenten.append(saved(document))
    pdfs = LibreOfficeEngine(program()).convert(documenten)
    assert all(pdf and f"Brief nummer {nummer}" in text_of(pdf) for nummer, pdf in enumerate(pdfs))


@pytest.mark.libreoffice
def test_libreoffice_fetches_nothing_from_elsewhere_even_from_a_file_that_was_not_frozen() -> None:
    gevraagd: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            gevraagd.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        document = new_document()
        document.add_paragraph("Tekst bij een plaatje")
        adres = f"http://127.0.0.1:{server.server_address[1]}/plaatje.png"
        relatie = document.part.relate_to(adres, _IMAGE, is_external=True)
        add_xml(document, picture_xml(relatie))
        bron = saved(document)
        (rauw,) = LibreOfficeEngine(program()).convert([bron])
        pdf = make_pdfs({"a": bron}, LibreOfficeEngine(program()))["a"]
        server.shutdown()
    assert rauw is not None
    assert "Tekst bij een plaatje" in text_of(pdf)
    assert gevraagd == []
    bevroren = freeze(open_package(bron))
    assert adres.encode() not in bevroren
    assert b"<w:drawing" not in bevroren


def picture_xml(relatie: str) -> str:
    soort = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    maat = "cx='900000' cy='900000'"
    return (
        f"<w:p><w:r><w:drawing><wp:inline><wp:extent {maat}/><wp:docPr id='1' name='plaatje'/><a:graphic>"
        f"<a:graphicData uri='{soort}'><pic:pic xmlns:pic='{soort}'>"
        "<pic:nvPicPr><pic:cNvPr id='1' name='p'/><pic:cNvPicPr/></pic:nvPicPr>"
        f"<pic:blipFill><a:blip r:link='{relatie}'/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f"<pic:spPr><a:xfrm><a:off x='0' y='0'/><a:ext {maat}/></a:xfrm><a:prstGeom prst='rect'><a:avLst/></a:prstGeom>"
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def script(map_: Path, regels: Sequence[str]) -> Path:
    """A program that stands in for a LibreOffice that misbehaves."""
    bestand = map_ / "soffice"
    bestand.write_text("\n".join(["#!/bin/sh", *regels, ""]))
    bestand.chmod(0o755)
    return bestand


def test_success_without_a_file_counts_as_no_file(tmp_path: Path) -> None:
    stil = script(tmp_path, ["exit 0"])
    assert convert_files(stil, [b"een", b"twee"], "pdf", {}) == [None, None]
    with pytest.raises(PoortFout, match="«brief» is geen PDF gemaakt: het omzetten gaf geen bestand"):
        make_pdfs({"brief": long_document()}, LibreOfficeEngine(stil))


def test_a_file_that_fails_among_others_is_tried_once_more_alone(tmp_path: Path) -> None:
    dagboek = tmp_path / "dagboek"
    lastig = script(
        tmp_path,
        [
            f'echo "$#" >> {dagboek}',
            'while [ "$1" != "--outdir" ]; do shift; done; uit=$2; shift 2; mkdir -p "$uit"',
            "if [ $# -gt 1 ]; then shift; fi",
            'for f in "$@"; do cp "$f" "$uit/$(basename "${f%.*}").pdf"; done',
        ],
    )
    assert convert_files(lastig, [b"een", b"twee", b"drie"], "pdf", {}) == [b"een", b"twee", b"drie"]
    assert len(dagboek.read_text().splitlines()) == 2


def test_a_file_that_breaks_its_call_is_left_out_and_those_behind_it_go_on_together(tmp_path: Path) -> None:
    dagboek = tmp_path / "dagboek"
    breekt = script(
        tmp_path,
        [
            'while [ "$1" != "--outdir" ]; do shift; done; uit=$2; shift 2; mkdir -p "$uit"',
            f'echo "$#" >> {dagboek}',
            'for f in "$@"; do grep -q stuk "$f" && exit 1; cp "$f" "$uit/$(basename "${f%.*}").pdf"; done',
        ],
    )
    bronnen = [b"een", b"stuk", b"drie", b"vier", b"stuk"]
    assert convert_files(breekt, bronnen, "pdf", {}) == [b"een", None, b"drie", b"vier", None]
    assert dagboek.read_text().split() == ["5", "1", "3", "1"]


def test_a_call_may_last_as_long_as_files_come_out_of_it(tmp_path: Path) -> None:
    traag = script(
        tmp_path,
        [
            'while [ "$1" != "--outdir" ]; do shift; done; uit=$2; shift 2; mkdir -p "$uit"',
            'for f in "$@"; do sleep 0.3; cp "$f" "$uit/$(basename "${f%.*}").pdf"; done',
        ],
    )
    bronnen = [b"%d" % nummer for nummer in range(6)]
    assert convert_files(traag, bronnen, "pdf", {}, start_seconds=1.2, file_seconds=0) == bronnen


def test_a_call_that_hangs_is_stopped_with_all_its_children(tmp_path: Path) -> None:
    nummer = tmp_path / "kind"
    hangt = script(tmp_path, ["sleep 300 &", f"echo $! > {nummer}", "wait"])
    assert convert_files(hangt, [b"een"], "pdf", {}, start_seconds=0.5, file_seconds=0) == [None]
    kind = int(nummer.read_text())
    for _ in range(100):
        if is_gone(kind):
            break
        time.sleep(0.05)
    assert is_gone(kind)


def is_gone(nummer: int) -> bool:
    try:
        os.kill(nummer, 0)
    except ProcessLookupError:
        return True
    toestand = Path(f"/proc/{nummer}/stat")
    return toestand.exists() and ") Z " in toestand.read_text()


def test_of_a_call_that_hangs_only_the_file_it_was_writing_is_done_again(tmp_path: Path) -> None:
    hangt = script(
        tmp_path,
        [
            'while [ "$1" != "--outdir" ]; do shift; done; uit=$2; shift 2; mkdir -p "$uit"',
            'cp "$1" "$uit/0001.pdf"; [ $# -eq 1 ] && exit 0',
            'sleep 0.1; echo half > "$uit/0002.pdf"; sleep 300',
        ],
    )
    assert convert_files(hangt, [b"een", b"twee"], "pdf", {}, start_seconds=1.0, file_seconds=0) == [b"een", b"twee"]


def test_a_program_that_cannot_start_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(GebruikFout, match="kan niet gestart worden"):
        convert_files(tmp_path / "bestaat-niet", [b"een"], "pdf", {})


def test_libreoffice_is_chosen_when_found_and_asked_for_in_vain_when_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(office, "_PLACES", ())
    monkeypatch.setenv("PATH", str(tmp_path))
    assert choose_engine().naam == "rdocx 0.16.3"
    with pytest.raises(GebruikFout, match="staat niet op deze computer"):
        choose_engine("libreoffice")
    script(tmp_path, ['echo "LibreOffice 24.8.1.2 87fa9aec"'])
    assert choose_engine().naam == "libreoffice 24.8.1.2"
    reserve = choose_engine("rdocx").reserve
    assert reserve is not None
    assert reserve.naam == "libreoffice 24.8.1.2"
    with pytest.raises(GebruikFout, match="Onbekende PDF-motor: word"):
        choose_engine("word")


def test_words_broken_over_lines_and_pages_are_not_lost() -> None:
    word = word_text("De hulpverlening begint, op 2 mei.", "Een tweede cel", koptekst=f"Blad {NUMBER} van {NUMBER}")
    assert losses(word, "Blad 1 van 2\nDe hulp-\nverlen\nEen tweede", "Blad 2 van 2\ning begint op 2 mei\ncel") == 0


def test_a_word_that_stands_twice_must_be_found_twice() -> None:
    assert losses(word_text("ja", "ja"), "ja\nja") == 0
    assert losses(word_text("ja", "ja"), "ja") == 1
    assert losses(word_text("ja"), "jaar") == 1


def test_a_word_of_the_header_does_not_make_up_for_the_same_word_in_the_text() -> None:
    word = word_text("Zeer vertrouwelijk", koptekst="Vertrouwelijk")
    assert losses(word, "Vertrouwelijk\nZeer vertrouwelijk") == 0
    assert losses(word, "Vertrouwelijk\nZeer") == 1


def test_a_header_that_is_missing_on_one_page_is_a_loss() -> None:
    assert losses(word_text("een twee", koptekst="Briefhoofd"), "Briefhoofd een", "twee") == 1


def test_a_word_in_a_cell_of_its_own_is_not_taken_out_of_a_word_that_a_line_breaks() -> None:
    word = word_text("24/7 A-1-B-2", "1", "zie www.example.org/pad", "pad")
    pagina = "24/7 A-1-\r\nB-2\r\n1\r\nzie www.example.org/\r\npad\r\npad"
    assert losses(word, pagina) == 0
    assert losses(word, pagina.removesuffix("\r\npad")) == 1
    assert losses(word, pagina.replace("\r\n1\r\n", "\r\n")) == 1
    assert losses(word, pagina.replace("A-1-\r\nB-2", "")) == 1


words = st.lists(st.text("abcdefghijëï0123456789☐☒€", min_size=1, max_size=9), min_size=1, max_size=60)


@settings(deadline=None, max_examples=60)
@given(woorden=words, breedte=st.integers(1, 12), paginas=st.integers(1, 4), weg=st.integers(0, 59))
def test_whatever_the_lines_and_pages_one_missing_word_is_always_found(
    woorden: list[str], breedte: int, paginas: int, weg: int
) -> None:
    uniek = [f"w{nummer}x{woord}" for nummer, woord in enumerate(woorden)]
    alineas = [" ".join(uniek[begin : begin + breedte]) for begin in range(0, len(uniek), breedte)]
    per = -(-len(uniek) // paginas)

    def laid_out(stand: list[str]) -> list[str]:
        return ["\n".join(stand[begin : begin + per]) for begin in range(0, len(uniek), per)]

    assert losses(word_text(*alineas), *laid_out(uniek)) == 0
    zonder = [woord for plaats, woord in enumerate(uniek) if plaats != weg % len(uniek)]
    assert losses(word_text(*alineas), *laid_out(zonder)) == 1


def test_the_text_of_a_word_file_is_read_without_page_numbers_and_older_copies() -> None:
    document = new_document()
    alinea = document.add_paragraph("Zie bladzijde ")
    add_field(alinea, "PAGEREF _Toc1", "7")
    alinea.add_run(" en verder")
    tekst = read_words(open_package(saved(document)))
    assert [passage.tekst for passage in tekst.lopend] == [f"Zie bladzijde {NUMBER} en verder"]
