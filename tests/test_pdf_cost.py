"""What the PDF stage relies on to be quick: that every short cut gives what the long way gives."""

from __future__ import annotations

import io
import pickle
import random
from collections.abc import Iterator
from functools import cache

import docx
import pytest
from docx.oxml import OxmlElement
from lxml import etree
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, StreamObject
from support_pdf import Together, prepare_all
from test_pdf import (
    BOTH,
    CELWOORDEN,
    clipped_document,
    hyphenated_documents,
    long_document,
    new_document,
    saved,
    table_document,
)

from pipeline.errors import PoortFout
from pipeline.pdf import PdfEngine, RdocxEngine, make_pdfs
from pipeline.pdf.completeness import Stream, find_losses
from pipeline.pdf.freeze import freeze
from pipeline.pdf.giants import LIMIT
from pipeline.pdf.make import prepare
from pipeline.pdf.normalise import normalise_pdf
from pipeline.pdf.package import R, W, WordPackage, drop_unused_names, open_package, parse, serialise, weigh
from pipeline.pdf.refused import Afgekeurd
from pipeline.pdf.rewrite import Bron, PdfCopy
from pipeline.pdf.styles import read_styles, thin_styles
from pipeline.pdf.visible import read_pages
from pipeline.pdf.words import read_words

_STYLES = "word/styles.xml"


@cache
def engine_of(naam: str) -> PdfEngine:
    return RdocxEngine() if naam == "rdocx" else Together(all_documents)


def all_documents() -> Iterator[bytes]:
    """Each that a test below has laid out by both engines."""
    giants = [giant(in_cel=in_cel, alineas=alineas) for in_cel, alineas in GIANTS]
    yield from prepare_all(giants)
    gewone = [long_document(), *hyphenated_documents(1).values(), low_document()]
    yield from (freeze(open_package(document)) for document in gewone)
    yield from (pakket.write() for pakket in thin_and_thick())


def converted(document: bytes, naam: str = "rdocx") -> bytes:
    (ruw,) = engine_of(naam).convert([freeze(open_package(document))])
    assert ruw is not None
    return ruw


def copied(ruw: bytes) -> bytes:
    """A PDF written anew, whole, without anything taken out."""
    lezer = PdfReader(io.BytesIO(ruw))
    wortel = lezer.trailer.raw_get("/Root")
    return PdfCopy([Bron(lezer, ruw, ())]).write(wortel)


def cloned(ruw: bytes) -> bytes:
    """The same through pypdf, object by object."""
    schrijver, uit = PdfWriter(), io.BytesIO()
    schrijver.clone_reader_document_root(PdfReader(io.BytesIO(ruw)))
    schrijver.write(uit)
    return uit.getvalue()


def assert_same_objects(een: bytes, ander: bytes) -> int:
    """Walk two PDFs side by side from their roots; give how many objects were met."""
    namen: dict[int, int] = {}
    links, rechts = (PdfReader(io.BytesIO(pdf)).trailer.raw_get("/Root") for pdf in (een, ander))
    wachtend: list[tuple[PdfObject, PdfObject]] = [(links, rechts)]
    while wachtend:
        links, rechts = wachtend.pop()
        if isinstance(links, IndirectObject):
            assert isinstance(rechts, IndirectObject)
            if links.idnum in namen:
                assert namen[links.idnum] == rechts.idnum
                continue
            namen[links.idnum] = rechts.idnum
            links, rechts = links.get_object(), rechts.get_object()
        wachtend += compare(links, rechts)
    return len(namen)


def compare(links: PdfObject, rechts: PdfObject) -> list[tuple[PdfObject, PdfObject]]:
    """Compare two objects; give the pairs of what stands in them."""
    if isinstance(links, DictionaryObject):
        assert isinstance(rechts, DictionaryObject)
        sleutels = set(links) - {"/Length"}
        assert sleutels == set(rechts) - {"/Length"}
        if isinstance(links, StreamObject):
            assert isinstance(rechts, StreamObject)
            assert links._data == rechts._data
        return [(links.raw_get(sleutel), rechts.raw_get(sleutel)) for sleutel in sleutels]
    if isinstance(links, ArrayObject):
        assert isinstance(rechts, ArrayObject)
        return list(zip(links, rechts, strict=True))
    assert links == rechts
    return []


@pytest.mark.parametrize("naam", BOTH)
def test_a_pdf_written_anew_holds_the_same_objects_as_a_clone_by_pypdf(naam: str) -> None:
    ruw = converted(long_document(), naam)
    assert assert_same_objects(cloned(ruw), copied(ruw)) > 100


def handmade(objecten: dict[int, bytes], erbij: bytes = b"") -> bytes:
    """A PDF of these objects, 1 being the root, and after it what was added in a later version."""
    ruw, plaatsen = b"%PDF-1.4\n", {}
    for nummer, inhoud in objecten.items():
        plaatsen[nummer] = len(ruw)
        ruw += b"%d 0 obj\n%s\nendobj\n" % (nummer, inhoud)
    ruw += erbij
    regels = b"".join(
        b"%d 1\n%010d 00000 n \n" % (nummer, plaats) for nummer, plaats in plaatsen.items() if nummer != 66
    )
    slot = b"xref\n0 1\n0000000000 65535 f \n%strailer\n<< /Size 99 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return ruw + slot % (regels, len(ruw))


LASTIG = {
    1: b"<< /Type /Catalog /Pages 2 0 R /Extra [3 0 R 4 0 R 5 0 R 6 0 R 7 0 R 8 0 R 9 0 R] >>",
    2: b"<</Type/Pages/Count 1/Kids[10 0 R]>>",
    10: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Font 11 0 R>>>>",
    66: b"<< /Dood (geheim) >>",
    11: b"<<>>",
    3: b"<< /Alt (zie 66 0 R endobj \\( stream) /Naam /een-66#200 >>",
    4: b"<< /Hex <3636203020 52> /Getallen [66 0 -1 .5] >>",
    5: b"<< /Na 11 0 R % 66 0 R\n /B true >>",
    6: b"<< /Length 12 0 R >>\nstream\n66 0 R endobj endstream x\nendstream",
    12: b"25",
    7: b"<< /Length 27 /Ouder 1 0 R >> stream\r\n1 0 obj endobj endstream x\nendstream",
    8: b"[ 11  0\n R/Naam 11 0 R<</Diep[<</Deel 9 0 R>>]>>]",
    9: b"<< /Terug 8 0 R /Length 1 >>",
}


def test_objects_with_strings_comments_and_streams_come_through_and_what_nothing_refers_to_stays_behind() -> None:
    ruw = handmade(LASTIG, b"67 0 obj\n<< /Dood (geheim) >>\nendobj\n")
    nieuw = copied(ruw)
    assert_same_objects(cloned(ruw), nieuw)
    assert b"geheim" in ruw
    assert b"geheim" not in nieuw
    assert b"66 0 R endobj endstream x" in nieuw
    assert nieuw.count(b"%%EOF") == 1
    assert_same_objects(nieuw, copied(nieuw))
    assert nieuw == copied(ruw)


def test_pages_that_inherit_the_same_fonts_each_keep_them() -> None:
    letter = b"<</Type/Font/Subtype/Type3/Name/F1>>"
    pagina = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    groep = b"<</Type/Pages/Count 3/Kids[10 0 R 13 0 R 14 0 R]/Resources<</Font<</F1 11 0 R>>>>>>"
    ruw = handmade({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: groep, 10: pagina, 11: letter, 13: pagina, 14: pagina})
    lezer = PdfReader(io.BytesIO(normalise_pdf(ruw, titel="Titel", taal="nl")))
    assert [pagina["/Resources"]["/Font"]["/F1"]["/Name"] for pagina in lezer.pages] == ["/F1"] * 3  # type: ignore[index]


def test_a_reference_to_what_is_not_in_the_file_becomes_nothing() -> None:
    for deel in (b"/Weg 404 0 R", b"/Weg 404 0 R /Tekst (dus gelezen)"):
        ruw = handmade({1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % deel, 2: LASTIG[2], 10: LASTIG[10], 11: b"<<>>"})
        assert b"/Weg null" in copied(ruw)


def low_document() -> bytes:
    kansen = random.Random(5)  # noqa: S311
    laag = [" ".join(kansen.choices(["een", "nee", "x", "1", "–", "...", "ze"], k=3)) for _ in range(72)]
    return table_document(kansen, laag, 6)


@pytest.mark.parametrize("naam", BOTH)
def test_the_quick_text_of_a_page_has_the_same_letters_and_no_end_of_a_word_that_is_not_there(naam: str) -> None:
    documenten = [*hyphenated_documents(1).values(), low_document(), long_document()]
    for document in documenten:
        pdf = normalise_pdf(converted(document, naam), titel="", taal="")
        for precies, snel in zip(read_pages(pdf), read_pages(pdf, per_letter=False), strict=True):
            een, ander = Stream.of(precies.tekst), Stream.of(snel.tekst)
            assert een.tekst == ander.tekst
            assert all(links >= rechts for links, rechts in zip(een.grenzen, ander.grenzen, strict=True))


def test_every_lost_word_is_missed_in_the_quick_text_too() -> None:
    (bron,) = hyphenated_documents(1, begin=200, cellen=72).values()
    paginas = read_pages(normalise_pdf(converted(bron), titel="", taal=""), per_letter=False)
    geheel = read_words(open_package(bron))
    kansen = random.Random(11)  # noqa: S311
    for _ in range(60):
        alineas = list(geheel.lopend)
        plaats = kansen.randrange(len(alineas))
        extra = kansen.choice([woord for woord in CELWOORDEN if woord not in ("1", "☒")])
        tekst = f"{alineas[plaats].tekst} {extra}"
        alineas[plaats] = type(alineas[plaats])(alineas[plaats].plaats, tekst)
        assert find_losses(type(geheel)(tuple(alineas), geheel.secties, geheel.even_oneven), paginas).woorden, extra


def test_reading_the_words_leaves_the_package_as_it_was() -> None:
    document = long_document()
    gelezen = open_package(document)
    read_words(gelezen)
    assert freeze(gelezen) == freeze(open_package(document))
    klaar = prepare(document)
    assert not isinstance(klaar, Afgekeurd)
    assert klaar[0].woorden == read_words(open_package(document))


def thin_and_thick() -> tuple[WordPackage, WordPackage]:
    """The frozen copy of a document, and the same with all its styles and with names that nothing uses."""
    document = long_document()
    mager = open_package(freeze(open_package(document)))
    dik = open_package(freeze(open_package(document)))
    dik.members[_STYLES] = open_package(document).members[_STYLES]
    assert len(mager.members[_STYLES]) < len(dik.members[_STYLES]) / 2
    (hoofd,) = dik.parts("document")
    boom = dik.tree(hoofd)
    namen = {f"extra{nummer}": f"urn:voorbeeld:{nummer}" for nummer in range(20)}
    wortel = etree.Element(boom.tag, nsmap=namen | {"w": W[1:-1], "r": R[1:-1]})
    wortel[:] = list(boom)
    dik.bomen[hoofd] = wortel
    return mager, dik


@pytest.mark.parametrize("naam", BOTH)
def test_what_the_frozen_copy_leaves_out_of_styles_and_names_changes_nothing_on_paper(naam: str) -> None:
    mager, dik = thin_and_thick()
    een, ander = engine_of(naam).convert([mager.write(), dik.write()])
    assert een is not None
    assert ander is not None
    assert normalise_pdf(een, titel="", taal="") == normalise_pdf(ander, titel="", taal="")


def test_names_that_word_needs_to_choose_between_two_forms_stay_declared() -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    boom = parse(
        f'<w:document xmlns:w="{W[1:-1]}" xmlns:mc="{mc}" xmlns:w14="urn:w14" xmlns:wps="urn:wps" xmlns:x="urn:x" '
        'mc:Ignorable="w14 x"><w:body><w:p w14:id="1"/><mc:AlternateContent><mc:Choice Requires="wps"/>'
        "</mc:AlternateContent></w:body></w:document>".encode()
    )
    drop_unused_names(boom)
    assert set(parse(serialise(boom)).nsmap) == {"w", "mc", "w14", "wps"}
    assert boom.get(f"{{{mc}}}Ignorable") == "w14"


def test_of_the_table_styles_only_those_in_use_stay_and_what_they_are_based_on() -> None:
    stijlen = "".join(
        f'<w:style w:type="{soort}" w:styleId="{naam}" {extra}>{inhoud}</w:style>'
        for soort, naam, extra, inhoud in (
            ("table", "Gewoon", 'w:default="1"', ""),
            ("table", "Basis", "", ""),
            ("table", "Midden", "", '<w:basedOn w:val="Basis"/>'),
            ("table", "Gebruikt", "", '<w:basedOn w:val="Midden"/>'),
            ("table", "Ongebruikt", "", '<w:basedOn w:val="Midden"/>'),
            ("paragraph", "Alinea", "", ""),
        )
    )
    deel = f'<w:styles xmlns:w="{W[1:-1]}">{stijlen}</w:styles>'.encode()
    over = parse(thin_styles(deel, frozenset({"Gebruikt"})))
    assert [stijl.get(W + "styleId") for stijl in over] == ["Gewoon", "Basis", "Midden", "Gebruikt", "Alinea"]


def test_styles_that_were_read_for_one_document_say_nothing_in_the_next() -> None:
    def document(taal: str, *, verborgen: bool) -> bytes:
        nieuw = new_document()
        stijl = nieuw.styles.add_style("Eigen", 2)
        stijl.font.hidden = verborgen
        for knoop in nieuw.styles.element.iter(W + "lang"):
            knoop.set(W + "val", taal)
        nieuw.add_paragraph("Te zien ").add_run("soms", style="Eigen")
        return saved(nieuw)

    bronnen = [document("nl-BE", verborgen=True), document("nl-NL", verborgen=False)]
    for bron, taal, tekst in zip(bronnen, ("nl-BE", "nl-NL"), ("Te zien ", "Te zien soms"), strict=True):
        for _ in range(2):
            klaar = prepare(bron)
            assert not isinstance(klaar, Afgekeurd)
            assert klaar[0].taal == taal
            assert [passage.tekst for passage in klaar[0].woorden.lopend] == [tekst]
    samen = make_pdfs({"a": bronnen[0], "b": bronnen[1]}, RdocxEngine())
    read_styles.cache_clear()
    thin_styles.cache_clear()
    assert samen["b"] == make_pdfs({"b": bronnen[1]}, RdocxEngine())["b"]


def test_broken_styles_give_one_dutch_sentence() -> None:
    pakket = open_package(long_document())
    pakket.members[_STYLES] = b"<w:styles"
    with pytest.raises(PoortFout, match="beschadigd en kan niet gelezen worden"):
        make_pdfs({"brief": pakket.write()}, RdocxEngine())


LINES = [f"regel {nummer} van dit antwoord" for nummer in range(2600)]


GIANTS = [(False, False), (True, False), (True, True)]


@cache
def giant(*, in_cel: bool, alineas: bool) -> bytes:
    """An answer of a hundred thousand characters, as lines of one paragraph or as paragraphs."""
    document = new_document()
    plek = document.add_table(rows=1, cols=2, style="Table Grid").cell(0, 1) if in_cel else document
    run = plek.add_paragraph().add_run()
    for regel in LINES:
        if alineas:
            plek.add_paragraph(regel)
        else:
            run.add_text(regel)
            run.add_break()
    return saved(document)


@pytest.mark.parametrize("naam", BOTH)
@pytest.mark.parametrize(("in_cel", "alineas"), GIANTS)
def test_a_giant_answer_is_cut_up_for_the_engine_and_reads_line_by_line_the_same(
    naam: str, in_cel: bool, alineas: bool
) -> None:
    bron = giant(in_cel=in_cel, alineas=alineas)
    bevroren = docx.Document(io.BytesIO(freeze(open_package(bron))))
    delen = bevroren.tables[0].columns[1].cells if in_cel else bevroren.paragraphs
    lengtes = [len(deel.text) for deel in delen]
    assert sum(lengtes) > 2 * LIMIT
    assert max(lengtes) < 1.2 * LIMIT
    tekst = "\n".join(pagina.tekst for pagina in read_pages(make_pdfs({"a": bron}, engine_of(naam))["a"]))
    assert [regel.strip() for regel in tekst.splitlines() if regel.strip()] == LINES


def test_text_up_to_the_limit_is_frozen_as_it_stands() -> None:
    document = new_document()
    document.add_paragraph("woord " * (LIMIT // 6 - 1))
    bevroren = docx.Document(io.BytesIO(freeze(open_package(saved(document)))))
    assert [len(alinea.runs) for alinea in bevroren.paragraphs] == [1]


def test_a_giant_list_item_in_a_section_of_its_own_is_numbered_once_and_ends_it_once() -> None:
    document = new_document()
    alinea = document.add_paragraph("woord " * LIMIT, style="List Number")
    eigenschappen = alinea._p.get_or_add_pPr()
    eigenschappen._add_numPr()  # type: ignore[attr-defined]
    eigenschappen.append(OxmlElement("w:sectPr"))
    eigenschappen.insert(1, OxmlElement("w:keepLines"))
    (hoofd,) = (bevroren := open_package(freeze(open_package(saved(document))))).parts("document")
    delen = bevroren.tree(hoofd).findall(f"{W}body/{W}p/{W}pPr")
    assert len(delen) > 4
    assert [deel.find(W + "numPr") is not None for deel in delen] == [True] + [False] * (len(delen) - 1)
    assert [deel.find(W + "sectPr") is not None for deel in delen] == [False] * (len(delen) - 1) + [True]
    assert all(deel.find(W + "keepLines") is None for deel in delen)
    ruimtes = [dict(deel.find(W + "spacing").attrib) for deel in delen]  # type: ignore[union-attr]
    assert [W + "before" in ruimte for ruimte in ruimtes] == [False] + [True] * (len(delen) - 1)
    assert [W + "after" in ruimte for ruimte in ruimtes] == [True] * (len(delen) - 1) + [False]


def test_a_refusal_in_another_process_comes_back_in_dutch_and_names_the_document() -> None:
    groot = new_document()
    groot.add_paragraph("woord " * 35_000)
    documenten = {"Brief": saved(groot), "Fiche A": clipped_document()}
    assert sum(map(weigh, documenten.values())) >= 22
    documenten["Brief 2"] = documenten["Brief"]
    gemeld: list[str] = []
    with pytest.raises(PoortFout, match=r"^Van «Fiche A» is geen PDF gemaakt: er ontbreken"):
        make_pdfs(documenten, RdocxEngine(), on_done=gemeld.append)
    assert gemeld == ["Brief", "Brief 2"]


def test_what_a_gate_says_comes_back_from_another_process_with_its_remedy() -> None:
    terug = pickle.loads(pickle.dumps(PoortFout("een zin", "een raad")))  # noqa: S301
    assert (type(terug), terug.melding, terug.remedie) == (PoortFout, "een zin", "een raad")


def test_a_file_that_cannot_be_opened_weighs_as_one_letter() -> None:
    assert [weigh(inhoud) for inhoud in (b"", b"geen Word", long_document()[:500])] == [1, 1, 1]
