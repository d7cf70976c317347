"""Text in Word as it is really written: characters, changes, hidden text, ticks, and the parts it stands in."""

from __future__ import annotations

import pytest
from support_docx import W, box, build_docx, build_part, build_rels, legacy, p, r, sdt, tbl, tc, tr

from pipeline.read import read_formulier
from schemas.inzending import RuwFormulier


def _read(body: str, parts: dict[str, str] | None = None, rels: str = "") -> RuwFormulier:
    return read_formulier("f.docx", build_docx(body, parts, rels))


def _codes(ruw: RuwFormulier) -> list[str]:
    return [bevinding.code for bevinding in ruw.bevindingen]


def _value(*runs: str) -> object:
    antwoorden = _read(p(r("Naam: "), *runs)).antwoorden
    assert len(antwoorden) == 1
    return antwoorden[0].waarde


@pytest.mark.parametrize(
    ("run", "value"),
    [
        (r("Ans\u00a0Ver\u00adzonnen"), "Ans Verzonnen"),
        (r("Rene\u0301\u200b"), "René"),
        ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t></w:r>", "a-bc"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:t>c</w:t></w:r>", "a\nb\nc"),
        ("<w:r><w:t> a </w:t></w:r><w:r><w:t> b</w:t></w:r>", "ab"),
        (r("de\u202eAns"), "deAns"),
        (f"<w:hyperlink>{r('ans@example.org')}</w:hyperlink>", "ans@example.org"),
        ('<w:fldSimple w:instr="DATE"><w:r><w:t>vandaag</w:t></w:r></w:fldSimple>', "vandaag"),
        (
            f"<w:r><w:ruby><w:rt>{r('boven')}</w:rt><w:rubyBase>{r('Ans')}</w:rubyBase></w:ruby></w:r>",
            "Ans",
        ),
        (legacy("", "Ans").replace("<w:ffData></w:ffData>", "").replace("FORMTEXT", 'HYPERLINK "https://x"'), "Ans"),
        (f"<w:bdo>{r('a')}</w:bdo><w:dir>{r('b')}</w:dir>", "ab"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>' + r("a"), "a"),
    ],
)
def test_characters_and_wrappers_of_every_kind_give_plain_text(run: str, value: str) -> None:
    assert _value(run) == value


def test_insertions_count_and_deletions_do_not() -> None:
    gone = "<w:del><w:r><w:delText>Bert</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>Carl</w:t></w:r></w:moveFrom>"
    ruw = _read(p(r("Naam: "), gone, f"<w:ins>{r('Ans')}</w:ins>"))
    assert ruw.antwoorden[0].waarde == "Ans"
    assert _codes(ruw) == ["wijzigingen-niet-aanvaard"]
    assert "Bert" not in ruw.tekst


def test_a_deleted_row_is_gone_and_a_deleted_paragraph_mark_joins() -> None:
    mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    ruw = _read(
        f"<w:p>{mark}{r('Naam: An')}</w:p>" + p(r("s")) + tbl(tr("Weg", "x", properties="<w:del/>"), tr("Dienst", "Y"))
    )
    assert [(a.label, a.waarde) for a in ruw.antwoorden] == [("Naam", "Ans"), ("Dienst", "Y")]


def test_hidden_text_is_left_out_and_reported_also_when_a_style_hides_it() -> None:
    styles = f'<w:styles xmlns:w="{W}"><w:style w:styleId="Weg"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    body = p(
        r("Naam: Ans"),
        r("geheim", "<w:vanish/>"),
        r("stil", '<w:rStyle w:val="Weg"/>'),
        r("!", '<w:vanish w:val="0"/>'),
    )
    ruw = _read(body, {"word/styles.xml": styles}, build_rels(("styles", "styles.xml")))
    assert ruw.antwoorden[0].waarde == "Ans!"
    assert _codes(ruw) == ["verborgen-tekst"]


def test_what_was_struck_out_is_no_answer() -> None:
    ruw = _read(p(r("Ingelicht: "), r("ja / "), r("nee", "<w:strike/>")))
    assert ruw.antwoorden[0].waarde == "ja"
    assert _codes(ruw) == ["doorgehaalde-tekst"]


@pytest.mark.parametrize(
    "cell",
    [
        p(r("☑ triage □ tafel")),
        p(r("✓ triage ☐ tafel")),
        p(r("[x] triage [ ] tafel")),
        p(r("[X] triage [] tafel")),
        p(r("(x) triage ( ) tafel")),
        p(r("■ triage □ tafel")),
        p(r("x triage ☐ tafel")),
        p(
            '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
            r(" triage "),
            '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>',
            r(" tafel"),
        ),
        p(
            r("þ", '<w:rFonts w:ascii="Wingdings"/>'),
            r(" triage "),
            r("o", '<w:rFonts w:ascii="Wingdings"/>'),
            r(" tafel"),
        ),
        p(box("1", "☒"), r(" triage "), box("0", "☐"), r(" tafel")),
    ],
)
def test_ticks_of_every_kind_become_the_same_two(cell: str) -> None:
    ruw = _read(tbl(tr("Deelbaar met", tc(cell))))
    assert ruw.tabellen[0].rijen == (("Deelbaar met", "☒ triage ☐ tafel"),)
    labels = [a for a in ruw.antwoorden if a.soort.value == "label"]
    assert [(a.label, a.waarde) for a in labels] == [("Deelbaar met", "☒ triage ☐ tafel")]


@pytest.mark.parametrize("text", ["xenofobie", "Max x 2", "moeder (v)", "V", "ook (zie bijlage)", "● een punt"])
def test_what_only_looks_like_a_tick_stays(text: str) -> None:
    assert _read(tbl(tr("Vraag", text))).antwoorden[0].waarde == text


def test_a_cross_that_floats_over_the_form_is_reported() -> None:
    floats = "<w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert _codes(_read(p(r("Naam: Ans")) + p(r("ja    nee"), floats.format(p(r("X")))))) == ["kruisje-los"]
    assert _codes(_read(p(r("Naam: Ans"), floats.format(p(r("Xenofobie")))))) == []


def test_what_was_drawn_with_a_pen_is_named_as_not_read() -> None:
    assert _codes(_read(p(r("Naam: Ans")), {"word/ink/ink1.xml": "<ink/>"})) == ["handgeschreven"]


def test_a_cell_that_was_deleted_with_tracked_changes_is_no_answer() -> None:
    ruw = _read(tbl(tr("Naam", tc("Bert", properties="<w:cellDel/>"), "Ans")))
    assert [(a.label, a.waarde) for a in ruw.antwoorden] == [("Naam", "Ans")]
    assert _codes(ruw) == ["wijzigingen-niet-aanvaard"]


def test_a_lone_typed_x_is_a_tick() -> None:
    assert _read(tbl(tr("Spoed", "x"))).antwoorden[0].waarde == "☒"


def test_headers_footers_and_notes_are_read_with_their_fields() -> None:
    parts = {
        "word/header1.xml": build_part(p(sdt(r("C-1"), tag="casuscode")), "hdr"),
        "word/footer1.xml": build_part(p(r("voet")), "ftr"),
        "word/footnotes.xml": build_part(f"<w:footnote>{p(r('noot'))}</w:footnote>", "footnotes"),
    }
    rels = build_rels(("header", "header1.xml"), ("footer", "footer1.xml"), ("footnotes", "footnotes.xml"))
    ruw = _read(p(r("lijf")), parts, rels)
    assert ruw.tekst.split("\n") == ["lijf", "C-1", "voet", "noot"]
    assert [(a.tag, a.plaats) for a in ruw.antwoorden] == [("casuscode", "koptekst, alinea 1")]


def test_the_main_part_may_have_any_name_and_strict_namespaces() -> None:
    document = build_part(p(sdt(r("Ans"), tag="naam"))).replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    content = build_docx("", {"word/hoofd.xml": document}, main="word/hoofd.xml")
    assert read_formulier("f.docx", content).antwoorden[0].waarde == "Ans"


def test_prefixes_are_free_and_utf_16_is_read() -> None:
    document = build_part(p(sdt(r("René"), tag="naam"))).replace("w:", "ns0:").replace(":w=", ":ns0=")
    content = build_docx("", {"word/document.xml": document.replace("UTF-8", "UTF-16").encode("utf-16")})
    assert read_formulier("f.docx", content).antwoorden[0].waarde == "René"


def test_comments_embedded_files_macros_and_remote_parts_are_named_and_not_followed() -> None:
    body = p(r("x"), "<w:r><w:commentReference/></w:r>") + "<w:altChunk/>"
    remote = build_rels(("attachedTemplate", "https://example.org/a.dotm"), external=True)
    found = _codes(_read(body, {"word/vbaProject.bin": "x"}, remote))
    assert sorted(found) == ["ingesloten-document", "macro", "opmerkingen", "verwijzing-extern"]
    assert _codes(_read(p(r("x")), {}, build_rels(("image", "media/a.png")))) == ["afbeelding"]


def test_a_broken_side_part_is_reported_and_the_rest_is_read() -> None:
    ruw = _read(p(r("Naam: Ans")), {"word/header1.xml": "<w:hdr"}, build_rels(("header", "header1.xml")))
    assert ruw.antwoorden[0].waarde == "Ans"
    assert _codes(ruw) == ["vreemd-onderdeel"]
