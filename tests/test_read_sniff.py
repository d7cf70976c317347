"""What is no form is refused with its kind, the reason and what to do."""

from __future__ import annotations

import pytest
from support_docx import CONTENT_TYPES, build_docx, build_part, build_rels, build_zip, p, r, tbl, tc, tr

from pipeline.errors import InvoerFout
from pipeline.read import read_formulier


def _refuse(content: bytes, bestand: str = "aanmelding.docx") -> InvoerFout:
    with pytest.raises(InvoerFout) as caught:
        read_formulier(bestand, content)
    assert f"“{bestand}”" in caught.value.melding
    assert caught.value.remedie
    return caught.value


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "bestand-leeg", "leeg"),
        (b"PK" + bytes(26 * 2**20), "bestand-te-groot", "25 MB"),
        (_OLE, "ole-beschadigd", "Office"),
        (b"<!DOCTYPE html><html>", "bestand-geen-formulier", "HTML"),
        ("<html>".encode("utf-16"), "bestand-geen-formulier", "HTML"),
        (b"\x89PNG\r\n", "bestand-geen-formulier", "PNG"),
        (b"\xff\xd8\xff\xe0", "bestand-geen-formulier", "JPEG"),
        (b"MIME-Version: 1.0\r\n", "bestand-geen-formulier", "e-mail"),
        (b"zomaar tekst", "bestand-geen-formulier", "tekstbestand"),
        (bytes(40), "bestand-geen-formulier", "onbekende"),
        (b"\x07Ann" + bytes(158), "bestand-geen-formulier", "tijdelijk"),
        (
            build_zip([("mimetype", "application/vnd.oasis.opendocument.text")]),
            "bestand-geen-formulier",
            "OpenDocument",
        ),
        (build_zip([("a.docx", "x")]), "bestand-geen-formulier", "zip"),
        (build_zip([("[Content_Types].xml", "<a/>"), ("xl/a.xml", "x")]), "bestand-geen-formulier", "Excel"),
        (build_zip([("[Content_Types].xml", "<a/>"), ("word/a.xml", "x")]), "docx-beschadigd", "beschadigd"),
        (build_docx("")[:200], "docx-beschadigd", "beschadigd"),
        (b"%PDF-1.7\nniets", "pdf-beschadigd", "beschadigd"),
    ],
)
def test_what_is_no_form_is_named_and_refused(content: bytes, code: str, words: str) -> None:
    fault = _refuse(content)
    assert fault.bevinding.code == code
    assert words in fault.melding


def test_the_extension_does_not_count() -> None:
    assert read_formulier("aanmelding.pdf", build_docx(p(r("Naam: Ans")))).soort == "docx"


def _with_document(document: str | bytes) -> bytes:
    rels = build_rels(("officeDocument", "word/document.xml"))
    return build_zip([("[Content_Types].xml", CONTENT_TYPES), ("_rels/.rels", rels), ("word/document.xml", document)])


def test_a_doctype_is_refused_in_any_encoding() -> None:
    document = build_part(p(r("x"))).replace("?>", "?><!DOCTYPE w [<!ENTITY a 'aaa'>]>", 1)
    assert _refuse(_with_document(document)).bevinding.code == "xml-doctype"
    assert _refuse(_with_document(document.replace("UTF-8", "UTF-16").encode("utf-16"))).bevinding.code == "xml-doctype"


def test_four_hundred_megabytes_of_text_are_refused() -> None:
    document = build_part(p(r("0" * 60_000_000)))
    assert _refuse(_with_document(document)).bevinding.code == "zip-te-groot"


@pytest.mark.parametrize("levels", [3_000, 40_000])
def test_thousands_of_levels_are_refused(levels: int) -> None:
    document = build_part("<w:smartTag>" * levels + "</w:smartTag>" * levels)
    assert _refuse(_with_document(document)).bevinding.code in {"docx-beschadigd", "xml-te-groot", "zip-te-groot"}


def test_more_than_two_hundred_levels_are_refused() -> None:
    document = build_part("<w:smartTag>" * 220 + "</w:smartTag>" * 220)
    assert _refuse(_with_document(document)).bevinding.code == "xml-te-groot"


def test_tables_in_tables_without_end_are_refused() -> None:
    nested = "x"
    for _ in range(30):
        nested = tbl(tr(tc(nested)))
    assert _refuse(build_docx(nested)).bevinding.code == "docx-te-diep"


def test_a_span_of_a_hundred_million_columns_is_clamped() -> None:
    cell = tc("Naam", properties='<w:gridSpan w:val="99999999"/>')
    ruw = read_formulier("f.docx", build_docx(tbl(tr(cell, "Ans"))))
    assert len(ruw.tabellen[0].rijen[0]) == 64
    assert ruw.antwoorden[0].waarde == "Ans"


def test_six_hundred_megabytes_of_picture_do_not_matter() -> None:
    content = build_docx(p(r("Naam: Ans")), {"word/media/a.png": "0" * 30_000_000})
    assert read_formulier("f.docx", content).antwoorden[0].waarde == "Ans"
