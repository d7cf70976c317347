"""Answers without fields: in tables, behind colons, below labels and headings."""

from __future__ import annotations

import pytest
from support_docx import W, box, build_docx, build_rels, p, r, sdt, tbl, tc, tr

from pipeline.read import read_formulier
from pipeline.read.as_json import build_json
from schemas.inzending import RuwFormulier

_STYLES = f'<w:styles xmlns:w="{W}"><w:style w:styleId="Kop1"><w:name w:val="heading 1"/></w:style></w:styles>'


def _read(body: str) -> RuwFormulier:
    return read_formulier(
        "f.docx", build_docx(body, {"word/styles.xml": _STYLES}, build_rels(("styles", "styles.xml")))
    )


def _pairs(body: str) -> list[tuple[str, object]]:
    return [(antwoord.label, antwoord.waarde) for antwoord in _read(body).antwoorden]


def test_a_table_of_two_columns_is_labels_and_values() -> None:
    assert _pairs(tbl(tr("Naam:", "Ans"), tr("Dienst *", ""), tr("", "zwerver"))) == [("Naam", "Ans"), ("Dienst", "")]


def test_pairs_stand_side_by_side() -> None:
    body = tbl(tr("Naam", "Ans", "Geboren", "1-2-2010"), tr("Dienst", "D1", "Telefoon", ""))
    assert _pairs(body) == [("Naam", "Ans"), ("Geboren", "1-2-2010"), ("Dienst", "D1"), ("Telefoon", "")]


def test_a_grid_with_a_head_is_a_table_and_no_pairs() -> None:
    head = tr("Naam", "Geboren", properties="<w:tblHeader/>")
    ruw = _read(tbl(head, tr("Ans", "2010"), tr("Bert", "2012")))
    assert ruw.antwoorden == ()
    assert ruw.tabellen[0].rijen[2] == ("Bert", "2012")


def test_merged_cells_are_read_once_and_columns_stay_in_line() -> None:
    wide = tc("Personen", properties='<w:gridSpan w:val="2"/>')
    upper = tc("Gezin", properties='<w:vMerge w:val="restart"/>')
    lower = tc("", properties="<w:vMerge/>")
    grid = _read(tbl(tr("", wide, "x-as"), tr(upper, "Ans", "1"), tr(lower, "Bert", "2"))).tabellen[0].rijen
    assert grid == (("", "Personen", "", "x-as"), ("Gezin", "Ans", "1"), ("", "Bert", "2"))


def test_nested_tables_are_read_too() -> None:
    ruw = _read(tbl(tr("Gezin", tc(tbl(tr("Kind", "Ans")), p(r("slot"))))))
    assert [tabel.plaats for tabel in ruw.tabellen] == ["tabel 1", "tabel 2"]
    assert ("Kind", "Ans") in [(antwoord.label, antwoord.waarde) for antwoord in ruw.antwoorden]


def test_a_row_of_one_cell_labels_the_row_below() -> None:
    assert _pairs(tbl(tr("Wat speelt er?:"), tr("Veel."))) == [("Wat speelt er?", "Veel.")]


def test_a_label_may_share_its_cell_with_the_value() -> None:
    assert _pairs(tbl(tr("Naam: Ans", "Dienst: D1"))) == [("Naam", "Ans"), ("Dienst", "D1")]


def test_two_cells_may_each_hold_a_label_with_its_value_below_it() -> None:
    assert _pairs(tbl(tr(tc("Naam:", "Ans"), tc("Dienst:", "D1")))) == [("Naam", "Ans"), ("Dienst", "D1")]
    assert _pairs(tbl(tr(tc("Naam:", "zoals op de kaart"), "Ans"))) == [("Naam", "Ans")]


def test_rows_that_begin_late_or_end_early_keep_their_columns() -> None:
    late = tr("b", properties='<w:gridBefore w:val="1"/>')
    merged = tr("y", tc("", properties="<w:hMerge/>"), "z")
    grid = _read(tbl(tr("Kop A", "Kop B", "Kop C"), tr("1", "2", "3"), late, "<w:tr/>", merged)).tabellen[0]
    assert grid.rijen == (("Kop A", "Kop B", "Kop C"), ("1", "2", "3"), ("", "b"), (), ("y", "", "z"))


def test_the_first_line_of_a_label_cell_is_the_label() -> None:
    assert _pairs(tbl(tr(tc("Naam", "zoals op de kaart"), "Ans"))) == [("Naam", "Ans")]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Naam: Ans", [("Naam", "Ans")]),
        ("Naam : Ans\tGeboren: 2010", [("Naam", "Ans"), ("Geboren", "2010")]),
        ("Naam: Ans   Geboren: 2010", [("Naam", "Ans"), ("Geboren", "2010")]),
        ("Naam: ________ Ans", [("Naam", "Ans")]),
        ("Naam ........ Ans", [("Naam", "Ans")]),
        ("Naam: ………", [("Naam", "")]),
        ("Uur: 14:30", [("Uur", "14:30")]),
        ("We spreken af om 14:30 aan de deur.", []),
        ("Zie https://example.org voor meer.", []),
        ("Gewone zin zonder meer.", []),
    ],
)
def test_labels_and_values_in_one_paragraph(text: str, pairs: list[tuple[str, str]]) -> None:
    assert _pairs(p(r(text))) == pairs


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("____ Ans ____", "Ans"),
        ("........ Ans ........", "Ans"),
        ("En toen…… niets meer", "En toen…… niets meer"),
        ("Hij zweeg....", "Hij zweeg...."),
        ("code a____b", "code a____b"),
    ],
)
def test_the_line_to_write_on_goes_and_dots_within_a_sentence_stay(written: str, value: str) -> None:
    assert _pairs(tbl(tr("Vraag", written))) == [("Vraag", value)]


def test_a_value_may_stand_below_its_label() -> None:
    body = (
        p(r("Toelichting:")) + p(r("eerste")) + p(r("tweede")) + p() + p(r("los")) + p(r("Leeg:")) + p(r("Naam: Ans"))
    )
    assert _pairs(body) == [("Toelichting", "eerste\ntweede"), ("Leeg", ""), ("Naam", "Ans")]


def test_text_below_a_heading_is_its_answer() -> None:
    body = (
        p(r("Stap 1: Situatie"), style="Kop1")
        + p(r("een"))
        + p()
        + p(r("Stap 2"), style="Kop1")
        + tbl(tr("Naam", "Ans"))
    )
    assert _pairs(body) == [("Stap 1: Situatie", "een"), ("Naam", "Ans")]


def test_a_line_that_is_only_partly_bold_is_no_heading_also_when_the_rest_stands_twice_in_the_file() -> None:
    twice = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="w14"><w:t>en meer</w:t></mc:Choice>'
        "<mc:Fallback><w:t>en meer</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = p(r("Vraag", "<w:b/>")) + p(r("Antwoord ", "<w:b/>"), twice)
    assert _pairs(body) == [("Vraag", "Antwoord en meer")]


def test_a_prompt_typed_as_text_is_empty() -> None:
    assert _read(tbl(tr("Naam", "Klik of tik om tekst in te voeren."))).antwoorden[0].leeg


def test_a_cell_with_a_field_gives_no_second_answer() -> None:
    body = tbl(
        tr("Naam", tc(p(sdt(r("Ans"), tag="naam")))), tr("Deelbaar", tc(p(box("1", "☒", tag="d.t"), r(" tafel"))))
    )
    assert [antwoord.tag for antwoord in _read(body).antwoorden] == ["naam", "d.t"]


def test_the_json_has_the_promised_shape() -> None:
    vet = r("ja ") + r("nee", "<w:b/>")
    data = build_json(_read(p(sdt(r("Ans"), tag="naam", alias="Naam")) + tbl(tr("Crisis", tc(p(vet)))) + p(r("Rust."))))
    assert list(data) == ["bestand", "soort", "antwoorden", "los", "tabellen", "bevindingen"]
    assert data["antwoorden"][0] == {  # type: ignore[index]
        "label": "Naam",
        "waarde": "Ans",
        "soort": "tekst",
        "plaats": "alinea 1",
        "leeg": False,
        "tag": "naam",
        "rij": None,
        "nadruk": [],
    }
    assert data["antwoorden"][1]["nadruk"] == [{"opmaak": "vet", "tekst": "nee"}]  # type: ignore[index]
    assert data["los"] == [{"plaats": "alinea 2", "tekst": "Rust."}]
    assert data["tabellen"] == [{"plaats": "tabel 1", "rijen": [["Crisis", "ja nee"]]}]


def test_three_columns_without_a_mark_are_a_grid_unless_their_rows_are_numbered() -> None:
    assert _pairs(tbl(tr("Naam", "Geboren", "Rol"), tr("Ans", "2010", "kind"), tr("Bert", "", "vader"))) == []
    numbered = tbl(tr("Nr", "Vraag", "Antwoord"), tr("1.", "Naam", "Ans"), tr("2.", "Dienst", "D1"))
    assert _pairs(numbered)[1:] == [("Naam", "Ans"), ("Dienst", "D1")]


def test_a_question_waits_for_its_answer_and_a_heading_keeps_all_that_stands_below_it() -> None:
    body = p(r("Vraag"), style="Kop1") + p(r("Wat vraagt u?")) + p(r("Rust.")) + p(r("Let op: spoed")) + p(r("Slot."))
    assert _pairs(body) == [
        ("Wat vraagt u?", "Rust."),
        ("Let op", "spoed"),
        ("Vraag", "Wat vraagt u?\nRust.\nLet op: spoed\nSlot."),
    ]
