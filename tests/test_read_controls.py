"""Fields in Word: every way in which a control or legacy field holds, hides or contradicts its answer."""

from __future__ import annotations

import pytest
from support_docx import box, build_docx, build_rels, legacy, p, r, sdt, tbl, tc, tr

from pipeline.read import read_formulier
from schemas.inzending import RuwAntwoord, RuweSoort, RuwFormulier

_DATE = '<w:date w:fullDate="{}"><w:dateFormat w:val="d-M-yyyy"/></w:date>'
_LIST = (
    '<w:dropDownList><w:listItem w:displayText="Maak uw keus" w:value=""/>'
    '<w:listItem w:displayText="Ja, mondeling" w:value="ja"/></w:dropDownList>'
)


def _read(body: str, parts: dict[str, str] | None = None, rels: str = "") -> RuwFormulier:
    return read_formulier("f.docx", build_docx(body, parts, rels))


def _only(body: str) -> RuwAntwoord:
    antwoorden = _read(body).antwoorden
    assert len(antwoorden) == 1
    return antwoorden[0]


def _codes(ruw: RuwFormulier) -> list[str]:
    return [bevinding.code for bevinding in ruw.bevindingen]


def _values(ruw: RuwFormulier) -> dict[str | None, object]:
    return {antwoord.tag: antwoord.waarde for antwoord in ruw.antwoorden}


def test_a_text_control_gives_its_tag_title_value_and_place() -> None:
    antwoord = _only(p(r("Naam: "), sdt(r("Ans ") + r("Verzonnen"), tag="aanmelder.naam", alias="Naam")))
    assert (antwoord.tag, antwoord.label, antwoord.waarde) == ("aanmelder.naam", "Naam", "Ans Verzonnen")
    assert (antwoord.soort, antwoord.plaats, antwoord.leeg) == (RuweSoort.TEKST, "alinea 1", False)


def test_controls_are_found_around_paragraphs_cells_rows_and_in_each_other() -> None:
    cell = tr("Cel", sdt(tc("in cel"), tag="cel"))
    row = sdt(tr("Rij", "in rij"), tag="rij")
    nested = sdt(p(r("buiten "), sdt(r("binnen"), tag="binnen")), "<w:richText/>", tag="buiten")
    wrapped = "<w:customXml><w:smartTag>" + sdt(p(r("eigen")), tag="blok") + "</w:smartTag></w:customXml>"
    ruw = _read(wrapped + nested + tbl(cell, row))
    assert _values(ruw) == {
        "blok": "eigen",
        "buiten": "buiten binnen",
        "binnen": "binnen",
        "cel": "in cel",
        "rij": "in rij",
    }
    assert ruw.tabellen[0].rijen == (("Cel", "in cel"), ("Rij", "in rij"))


def test_a_text_box_counts_once_although_it_stands_twice_in_the_file() -> None:
    content = f"<w:txbxContent>{p(sdt(r('Ans'), tag='naam'))}</w:txbxContent>"
    choice = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback>"
    body = p(f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>")
    assert _only(body).waarde == "Ans"


def test_line_breaks_paragraphs_and_tabs_of_an_answer_stay() -> None:
    rich = sdt(p("<w:r><w:t>een</w:t><w:br/><w:t>twee</w:t><w:tab/><w:t>drie</w:t></w:r>") + p(r("vier")), "", tag="t")
    assert _only(rich).waarde == "een\ntwee\tdrie\nvier"


@pytest.mark.parametrize(
    "shown",
    [
        "Klik of tik om tekst in te voeren.",
        "Klik hier als u tekst wilt invoeren.",
        "Kies een item.",
        "Klik of tik om een datum in te voeren.",
        "Click or tap here to enter text.",
        "Choose an item.",
    ],
)
def test_a_known_prompt_is_no_answer_even_without_its_mark(shown: str) -> None:
    antwoord = _only(p(sdt(r(shown), tag="a")))
    assert antwoord.leeg
    assert antwoord.waarde == ""


@pytest.mark.parametrize(("mark", "leeg"), [("", True), (' w:val="1"', True), (' w:val="0"', False)])
def test_the_placeholder_mark_may_be_off(mark: str, leeg: bool) -> None:
    assert _only(p(sdt(r("eigen tekst"), f"<w:showingPlcHdr{mark}/><w:text/>", tag="a"))).leeg is leeg


def _with_glossary(shown: str, mark: str = "") -> RuwFormulier:
    glossary = (
        '<w:glossaryDocument xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docParts>'
        '<w:docPart><w:docPartPr><w:name w:val="P1"/></w:docPartPr><w:docPartBody><w:p><w:r><w:t>Vul de naam aan</w:t>'
        "</w:r></w:p></w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>"
    )
    properties = f'<w:placeholder><w:docPart w:val="P1"/></w:placeholder>{mark}<w:text/>'
    rels = build_rels(("glossaryDocument", "glossary/document.xml"))
    return _read(p(sdt(r(shown), properties, tag="a")), {"word/glossary/document.xml": glossary}, rels)


def test_the_prompt_of_the_glossary_is_no_answer() -> None:
    assert _with_glossary("Vul de naam aan").antwoorden[0].leeg
    assert _with_glossary("Ans").antwoorden[0].waarde == "Ans"


def test_a_field_marked_as_prompt_that_shows_something_else_is_reported() -> None:
    ruw = _with_glossary("Ans", "<w:showingPlcHdr/>")
    assert ruw.antwoorden[0].leeg
    assert _codes(ruw) == ["invultekst-gewijzigd"]


def test_a_prompt_left_inside_an_answer_is_reported() -> None:
    ruw = _read(p(sdt(r("Ans Klik of tik om tekst in te voeren."), tag="a")))
    assert not ruw.antwoorden[0].leeg
    assert _codes(ruw) == ["invultekst-in-antwoord"]


@pytest.mark.parametrize(
    ("state", "ticked"), [("1", True), ("true", True), ("on", True), ("0", False), ("false", False), ("", False)]
)
def test_a_tick_box_says_its_state(state: str, ticked: bool) -> None:
    antwoord = _only(p(box(state, "☒" if ticked else "☐", tag="a"), r(" triage  en meer")))
    assert (antwoord.waarde, antwoord.leeg, antwoord.soort) == (ticked, not ticked, RuweSoort.VINKJE)
    assert antwoord.label == "triage"


def test_a_tick_box_that_shows_the_other_glyph_keeps_its_state_and_is_reported() -> None:
    ruw = _read(p(box("1", "☐", tag="a", alias="Tafel")))
    assert ruw.antwoorden[0].waarde is True
    assert _codes(ruw) == ["vinkje-conflict"]
    assert "“Tafel”" in ruw.bevindingen[0].melding


def test_a_tick_box_may_have_its_own_glyph() -> None:
    own = (
        '<w14:checkbox><w14:checked w14:val="1"/><w14:checkedState w14:val="00FE" w14:font="Wingdings"/></w14:checkbox>'
    )
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    ruw = _read(p(sdt(symbol, own, tag="a")))
    assert ruw.antwoorden[0].waarde is True
    assert not ruw.bevindingen


@pytest.mark.parametrize("shown", ["1-2-2024", "01/02/'24", "1 feb. 2024", "donderdag 1 februari 2024", "2024-02-01"])
def test_a_date_that_agrees_with_its_picker_says_nothing(shown: str) -> None:
    ruw = _read(p(sdt(r(shown), _DATE.format("2024-02-01T00:00:00Z"), tag="a")))
    assert ruw.antwoorden[0].waarde == shown
    assert not ruw.bevindingen


@pytest.mark.parametrize("shown", ["2-1-2024", "ca. 1990", "onbekend", "1 maart 2024"])
def test_an_overtyped_date_keeps_its_words_and_is_reported(shown: str) -> None:
    ruw = _read(p(sdt(r(shown), _DATE.format("2024-02-01T00:00:00Z"), tag="a")))
    assert ruw.antwoorden[0].waarde == shown
    assert _codes(ruw) == ["datum-conflict"]


def test_an_old_date_behind_a_prompt_is_ignored() -> None:
    ruw = _read(p(sdt(r("Kies"), "<w:showingPlcHdr/>" + _DATE.format("2020-01-01T00:00:00Z"), tag="a")))
    assert ruw.antwoorden[0].leeg
    assert not ruw.bevindingen


def test_a_choice_is_the_shown_text_and_its_prompt_is_empty() -> None:
    assert _only(p(sdt(r("Ja, mondeling"), _LIST, tag="a"))).waarde == "Ja, mondeling"
    assert _only(p(sdt(r("Maak uw keus"), _LIST, tag="a"))).leeg
    combo = _LIST.replace("dropDownList", "comboBox")
    assert _only(p(sdt(r("iets anders"), combo, tag="a"))).waarde == "iets anders"


@pytest.mark.parametrize(
    ("data", "ticked"),
    [
        ("<w:default w:val='0'/><w:checked/>", True),
        ("<w:default w:val='1'/>", True),
        ("<w:default w:val='1'/><w:checked w:val='0'/>", False),
        ("", False),
    ],
)
def test_a_legacy_tick_box_without_value_is_on_and_absent_is_its_default(data: str, ticked: bool) -> None:
    antwoord = _only(p(legacy(f"<w:checkBox>{data}</w:checkBox>"), r(" ja")))
    assert (antwoord.waarde, antwoord.label, antwoord.tag) == (ticked, "ja", None)


def test_legacy_text_is_read_over_runs_and_without_separator() -> None:
    name = '<w:name w:val="aanmelder.naam"/><w:textInput/>'
    assert _only(p(legacy(name, "Ans"))).waarde == "Ans"
    assert _only(p(legacy(name, "Ans", separate=False))).tag == "aanmelder.naam"


def test_a_field_in_a_legacy_text_is_a_part_of_it() -> None:
    begin, end = legacy("<w:textInput/>", "sinds ").split('<w:r><w:fldChar w:fldCharType="end"/>')
    inner = legacy("", "3 maart").replace("<w:ffData></w:ffData>", "").replace("FORMTEXT", "DATE")
    assert _only(p(begin, inner, '<w:r><w:fldChar w:fldCharType="end"/>', end)).waarde == "sinds 3 maart"


def test_a_combo_box_takes_words_that_are_not_in_its_list() -> None:
    items = '<w:comboBox w:lastValue="a"><w:listItem w:displayText="A" w:value="a"/></w:comboBox>'
    antwoord = _only(p(sdt(r("iets anders"), items, tag="x")))
    assert (antwoord.waarde, antwoord.leeg) == ("iets anders", False)


@pytest.mark.parametrize(
    ("data", "result"),
    [("<w:textInput/>", "\u2002" * 5), ('<w:textInput><w:default w:val="vul in"/></w:textInput>', "vul in")],
)
def test_untouched_legacy_text_is_empty(data: str, result: str) -> None:
    assert _only(p(legacy(data, result))).leeg


def test_legacy_text_runs_on_over_paragraphs() -> None:
    first, rest = legacy("<w:textInput/>", "een").split('<w:r><w:fldChar w:fldCharType="end"/>')
    body = p(r("Verslag: "), first) + p(r("twee"), '<w:r><w:fldChar w:fldCharType="end"/>' + rest)
    antwoord = _only(body)
    assert (antwoord.label, antwoord.waarde) == ("Verslag", "een\ntwee")


def test_a_legacy_list_gives_the_chosen_entry_and_its_prompt_is_empty() -> None:
    entries = '<w:listEntry w:val="Kies…"/><w:listEntry w:val="nieuw"/><w:listEntry w:val="aanvulling"/>'
    chosen = _only(p(legacy(f'<w:ddList><w:result w:val="2"/>{entries}</w:ddList>')))
    assert (chosen.waarde, chosen.soort) == ("aanvulling", RuweSoort.KEUZE)
    assert _only(p(legacy(f"<w:ddList>{entries}</w:ddList>"))).leeg


def _bound(shown: str, stored: str, path: str = "/n:root[1]/n:naam[1]") -> RuwFormulier:
    store = f'<n:root xmlns:n="urn:proef"><n:naam>{stored}</n:naam></n:root>'
    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    props = f'<ds:datastoreItem xmlns:ds="{namespace}" ds:itemID="{{A1}}"/>'
    parts = {
        "customXml/item1.xml": store,
        "customXml/itemProps1.xml": props,
        "customXml/_rels/item1.xml.rels": build_rels(("customXmlProps", "itemProps1.xml")),
    }
    prefix = "w:prefixMappings=\"xmlns:n='urn:proef'\""
    binding = f'<w:dataBinding {prefix} w:xpath="{path}" w:storeItemID="{{A1}}"/>'
    rels = build_rels(("customXml", "../customXml/item1.xml"))
    return _read(p(sdt(r(shown), f"{binding}<w:text/>", tag="a")), parts, rels)


def test_a_bound_field_that_shows_another_text_than_its_store_is_reported() -> None:
    assert _codes(_bound("Ans", "Ans")) == []
    ruw = _bound("Ans", "Bert")
    assert ruw.antwoorden[0].waarde == "Ans"
    assert _codes(ruw) == ["gegevenskoppeling-verschilt"]
    assert "Bert" not in ruw.bevindingen[0].melding


@pytest.mark.parametrize("path", ["//*//*//*", "/x:root", "/n:root[1]/n:weg[1]"])
def test_a_binding_that_cannot_be_followed_says_nothing(path: str) -> None:
    assert _codes(_bound("Ans", "Bert", path)) == []


def _items(*rows: str) -> str:
    inner = "".join(sdt(row, "<w15:repeatingSectionItem/>") for row in rows)
    return sdt(inner, "<w15:repeatingSection/>", tag="betrokkenen")


def _person(name: str, state: str = "0") -> str:
    glyph = "☒" if state == "1" else "☐"
    ticks = p(box(state, glyph, tag="betrokkenen.tafel"), r(" tafel"))
    return tr("Naam", tc(p(sdt(r(name), tag="betrokkenen.naam")))) + tr("Deelbaar", tc(ticks))


def test_items_of_a_repeating_section_are_numbered() -> None:
    ruw = _read(tbl(_items(_person("Ans"), _person("Bert", "1"))))
    assert [(a.tag, a.waarde, a.rij) for a in ruw.antwoorden] == [
        ("betrokkenen.naam", "Ans", 0),
        ("betrokkenen.tafel", False, 0),
        ("betrokkenen.naam", "Bert", 1),
        ("betrokkenen.tafel", True, 1),
    ]


def test_without_the_wrapper_rows_are_counted_by_their_first_tag() -> None:
    wrapped = _read(tbl(_items(_person("Ans"), _person("Bert", "1"), _person("Ans"))))
    bare = _read(tbl(_person("Ans"), _person("Bert", "1"), _person("Ans")))
    assert bare.antwoorden == wrapped.antwoorden


def test_rows_that_lost_their_tags_are_counted_by_their_first_label() -> None:
    rows = [
        tr("Naam", tc(p(sdt(r(name))))) + tr("Deelbaar", tc(p(box("1", "☒"), r(" tafel")))) for name in ("Ans", "Bert")
    ]
    ruw = _read(tbl(*rows))
    assert [(a.label, a.waarde, a.soort.value, a.rij) for a in ruw.antwoorden] == [
        ("Naam", "Ans", "tekst", 0),
        ("tafel", True, "vinkje", 0),
        ("Deelbaar", "☒ tafel", "label", 0),
        ("Naam", "Bert", "tekst", 1),
        ("tafel", True, "vinkje", 1),
        ("Deelbaar", "☒ tafel", "label", 1),
    ]


def test_a_field_of_a_table_that_does_not_repeat_has_no_row() -> None:
    ruw = _read(
        tbl(
            tr("Naam", tc(p(sdt(r("Ans"), tag="aanmelder.naam")))),
            tr("Dienst", tc(p(sdt(r("X"), tag="aanmelder.dienst")))),
        )
    )
    assert [a.rij for a in ruw.antwoorden] == [None, None]


def test_equal_copies_of_a_field_are_one_and_different_ones_a_conflict() -> None:
    equal = _read(p(sdt(r("Ans"), tag="a")) + p(sdt(r("Ans"), tag="a")))
    assert len(equal.antwoorden) == 1
    different = _read(p(sdt(r("Ans"), tag="a")) + p(sdt(r("Bert"), tag="a")))
    assert [a.waarde for a in different.antwoorden] == ["Ans", "Bert"]
    assert _codes(different) == ["antwoord-dubbel"]


def test_the_label_of_a_field_is_its_title_the_words_before_the_cell_to_the_left_or_the_head() -> None:
    grid = tbl(tr("Naam", "Geboren"), tr(tc(p(sdt(r("Ans"), tag="g.n"))), tc(p(sdt(r("2010"), tag="g.d")))))
    ruw = _read(
        p(r("Dienst: "), sdt(r("X"), tag="b"))
        + p(r("Toelichting:"))
        + sdt(p(r("tekst")), tag="c")
        + tbl(tr("Functie:", tc(p(sdt(r("Y"), tag="d")))))
        + grid
    )
    assert {a.tag: a.label for a in ruw.antwoorden} == {
        "b": "Dienst",
        "c": "Toelichting",
        "d": "Functie",
        "g.n": "Naam",
        "g.d": "Geboren",
    }


def test_the_name_of_the_prompt_is_the_tag_when_libreoffice_dropped_that() -> None:
    prompt = '<w:placeholder><w:docPart w:val="{}"/></w:placeholder><w:text/>'
    assert _only(p(sdt(r("Ans"), prompt.format("betrokkenen.naam")))).tag == "betrokkenen.naam"
    for own in ("DefaultPlaceholder_-1854013440", "5D1C6E8E7A0B4C3F9A1B2C3D4E5F6071"):
        assert _only(p(sdt(r("Ans"), prompt.format(own)))).tag is None


def test_the_shells_that_libreoffice_leaves_around_cells_are_looked_through() -> None:
    prompt = '<w:placeholder><w:docPart w:val="d.tafel"/></w:placeholder>'
    tick = sdt(r("☒"), f'{prompt}<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>')
    copy = sdt(p(tick, r(" tafel")), prompt)
    shell = sdt(p(r("Betrokkene")), '<w:id w:val="1"/>')
    ruw = _read(tbl(tr(tc(shell), ""), tr("Deelbaar", tc(copy))))
    assert [(a.tag, a.waarde) for a in ruw.antwoorden if a.tag] == [("d.tafel", True)]
    assert [a.label for a in ruw.antwoorden if a.tag is None] == ["Betrokkene"]


@pytest.mark.parametrize("title", ["", "Betrokkenen"])
def test_the_prompt_that_libreoffice_leaves_around_the_title_of_a_block_is_looked_through(title: str) -> None:
    leftover = sdt(p(r("Betrokkene")), '<w:placeholder><w:docPart w:val="d.tafel"/></w:placeholder>', alias=title)
    ruw = _read(tbl(tr(tc(leftover)), tr("Naam", tc(p(sdt(r("Ans"), tag="d.naam"))))))
    assert [(a.tag, a.waarde) for a in ruw.antwoorden] == [("d.naam", "Ans")]
