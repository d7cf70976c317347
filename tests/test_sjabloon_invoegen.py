"""`overleg sjabloon vul` with pictures, sub-documents and replaced parts: as docxtpl does it, without its silences."""

from __future__ import annotations

import ast
import io
import json
import os
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment
from lxml import etree
from support_docxtpl import find_differences, make_table, make_template, read_members, save
from support_invoegen import (
    BLAUW,
    GIF,
    JPEG,
    ROOD,
    add_footnotes,
    clean,
    compare,
    make_embedding,
    make_png,
    make_subdocument,
    make_xlsx,
    render,
)
from test_render_docxtpl import TEKST, make_blocks

from pipeline.cli import run_cli
from pipeline.errors import ConfiguratieFout, ExitCode, PoortFout
from pipeline.render import render_data
from pipeline.render.members import join_members, pack_member
from pipeline.render.pictures import find_type
from pipeline.render.subdocument import prepare_subdocument

FOTO = {"$afbeelding": "rood.png"}
DEEL = {"$deeldocument": "deel.docx"}
RIJEN = ("{%tr for r in rijen %}", ""), ("{{ r.tekst }}", "{{ r.foto }}"), ("{%tr endfor %}", "")
BEELDEN = {"rood.png": ROOD, "blauw.png": BLAUW}

SOORTEN = ("image/png", "image/jpeg", "image/gif", "image/bmp", "image/tiff")

Vul = Callable[[DocxTemplate], dict[str, Any]]


def render_plain(sjabloon: bytes, vul: Vul, na: Callable[[DocxTemplate], None] = lambda _: None) -> bytes:
    """What docxtpl makes of a clean template."""
    tpl = DocxTemplate(io.BytesIO(clean(sjabloon)))
    tpl.render(vul(tpl), Environment(autoescape=True))
    na(tpl)
    return save(tpl)


# --- equal to docxtpl ---------------------------------------------------------------------------------------------


def test_pictures_in_text_header_and_rows_are_placed_as_docxtpl_does() -> None:
    sjabloon = make_template(
        "{{ naam }}: {{ foto }} en {{ blauw }}", make_table(*RIJEN), kop="{{ foto }}", voet="{{ naam }} {{ blauw }}"
    )
    rijen = [
        {"tekst": "a\nb", "foto": {**FOTO, "hoogte_mm": 5}},
        {"tekst": "<c>", "foto": {"$afbeelding": "blauw.png"}},
    ]
    gegevens = {
        "naam": "An & Bert",
        "foto": {**FOTO, "breedte_mm": Decimal("12.5")},
        "blauw": {
            "$afbeelding": "blauw.png",
            "breedte_mm": 9,
            "hoogte_mm": 7,
            "koppeling": "https://example.org/a?b=c&d",
        },
        "rijen": rijen,
    }
    gevuld = render(sjabloon, gegevens, BEELDEN)

    def vul(tpl: DocxTemplate) -> dict[str, Any]:
        def beeld(inhoud: bytes, *maten: Mm | None, anchor: str | None = None) -> InlineImage:
            return InlineImage(tpl, io.BytesIO(inhoud), *maten, anchor=anchor)

        return {
            "naam": "An & Bert",
            "foto": beeld(ROOD, Mm(12.5)),
            "blauw": beeld(BLAUW, Mm(9), Mm(7), anchor="https://example.org/a?b=c&d"),
            "rijen": [{"tekst": "a\nb", "foto": beeld(ROOD, None, Mm(5))}, {"tekst": "<c>", "foto": beeld(BLAUW)}],
        }

    assert find_differences(gevuld.docx, render_plain(sjabloon, vul)) == []
    assert (gevuld.afbeeldingen, gevuld.deeldocumenten, gevuld.vervangen) == (6, 0, 0)
    assert render(sjabloon, gegevens, BEELDEN).docx == gevuld.docx


def test_a_subdocument_with_table_picture_lists_and_footnotes_is_put_in_as_docxtpl_does() -> None:
    sjabloon = save(
        add_footnotes(Document(io.BytesIO(make_template("{{p deel }}", "{{ foto }}", "{{ naam }}"))), "{{ naam }}")
    )
    sjabloon = save(Document(io.BytesIO(sjabloon)))
    deel = save(add_footnotes(make_subdocument("slot"), "noot &amp; &lt;bis&gt;"))
    bestanden = {**BEELDEN, "deel.docx": deel}
    gevuld = render(sjabloon, {"deel": DEEL, "foto": FOTO, "naam": "An & Bert"}, bestanden)
    schoon = prepare_subdocument("deel.docx", deel)

    def vul(tpl: DocxTemplate) -> dict[str, Any]:
        deel = tpl.new_subdoc(io.BytesIO(schoon))
        return {"deel": deel, "foto": InlineImage(tpl, io.BytesIO(ROOD)), "naam": "An & Bert"}

    assert compare(gevuld.docx, render_plain(sjabloon, vul)) == []
    assert (gevuld.afbeeldingen, gevuld.deeldocumenten) == (1, 1)
    leden = read_members(gevuld.docx)
    assert sorted(lid for lid in leden if "media" in lid) == ["word/media/image1.png", "word/media/image2.png"]
    assert b"noot &amp; &lt;bis&gt;" in leden["word/footnotes.xml"] and not any(
        b"Kanarie" in lid for lid in leden.values()
    )
    assert render(sjabloon, {"deel": DEEL, "foto": FOTO, "naam": "An & Bert"}, bestanden).docx == gevuld.docx


@settings(deadline=None, max_examples=12)
@given(make_blocks(), TEKST, TEKST, st.lists(st.fixed_dictionaries({"a": TEKST}), max_size=2))
def test_both_roads_print_any_text_alike(blokken: list[str], naam: str, lang: str, rijen: list[dict[str, str]]) -> None:
    gegevens = {"naam": naam, "lang": lang, "rijen": rijen, "ja": True, "nee": False, "n": 2}
    sjabloon = make_template(*blokken, voet="{{ naam }}")
    ons = render(sjabloon, gegevens, {}, soepel=True).docx
    assert find_differences(ons, render_data("brief.docx", sjabloon, gegevens, soepel=True)) == []


def test_subdocuments_in_a_loop_and_in_a_cell_are_put_in_as_docxtpl_does() -> None:
    sjabloon = make_template("{%p for d in delen %}", "{{p d }}", "{%p endfor %}", make_table(("{{p cel }}", "x")))
    bestanden = {"a.docx": save(make_subdocument("a")), "b.docx": save(make_subdocument("b"))}
    a, b = ({"$deeldocument": naam} for naam in bestanden)
    gevuld = render(sjabloon, {"delen": [a, b, a], "cel": b}, bestanden)
    schoon = {naam: prepare_subdocument(naam, inhoud) for naam, inhoud in bestanden.items()}

    def vul(tpl: DocxTemplate) -> dict[str, Any]:
        een, twee = (tpl.new_subdoc(io.BytesIO(inhoud)) for inhoud in schoon.values())
        return {"delen": [een, twee, een], "cel": twee}

    assert compare(gevuld.docx, render_plain(sjabloon, vul)) == []
    assert gevuld.deeldocumenten == 4


def picture_template() -> bytes:
    document = Document(io.BytesIO(make_template("{{ naam }}", kop="k")))
    for plek, naam in ((document, "Logo"), (document.sections[0].header, "Stempel")):
        run = plek.paragraphs[0].add_run()
        beeld = run.add_picture(io.BytesIO(ROOD if naam == "Logo" else GIF), Mm(20))._inline
        next(beeld.iter(qn("pic:cNvPr"))).set("descr", naam)
    return save(document)


def test_pictures_of_the_template_are_replaced_as_docxtpl_does() -> None:
    sjabloon, gif = picture_template(), GIF.replace(b"\xff\x00\x00", b"\x00\xff\x00")
    bestanden = {**BEELDEN, "oud.gif": GIF, "nieuw.gif": gif, "groen.png": make_png(9, 9, (0, 200, 0))}
    vervang = {"afbeelding": {"Logo": "blauw.png"}, "media": {"oud.gif": "nieuw.gif"}}
    gevuld = render(sjabloon, {"naam": "x", "$vervang": vervang}, bestanden)

    def replace(tpl: DocxTemplate) -> None:
        tpl.replace_pic("Logo", io.BytesIO(BLAUW))
        tpl.replace_media(io.BytesIO(GIF), io.BytesIO(gif))

    assert find_differences(gevuld.docx, render_plain(sjabloon, lambda _: {"naam": "x"}, replace)) == []
    leden = read_members(gevuld.docx)
    assert {inhoud for lid, inhoud in leden.items() if "media" in lid} == {BLAUW, gif} and gevuld.vervangen == 2
    lid = next(lid for lid, inhoud in leden.items() if inhoud == BLAUW)
    gevuld = render(sjabloon, {"naam": "x", "$vervang": {"onderdeel": {lid: "groen.png"}}}, bestanden)
    assert read_members(gevuld.docx)[lid] == bestanden["groen.png"]


def test_a_picture_that_docxtpl_does_not_see_is_not_called_replaced() -> None:
    document = Document(io.BytesIO(picture_template()))
    next(document.element.body.iter(qn("a:graphicData"))).set("uri", "group")
    for beeld in list(document.element.body.iter(qn("pic:pic"))):
        groep = etree.SubElement(beeld.getparent(), "groep")
        groep.append(beeld)
    with pytest.raises(ConfiguratieFout, match=r"geen afbeelding “Logo”\. Er zijn: Stempel, image"):
        render(save(document), {"naam": "x", "$vervang": {"afbeelding": {"Logo": "blauw.png"}}}, BEELDEN)


def test_a_picture_of_the_data_is_not_taken_for_one_that_is_replaced() -> None:
    document = Document(io.BytesIO(picture_template()))
    document.add_paragraph("{{ foto }}")
    gegevens = {"naam": "x", "foto": FOTO, "$vervang": {"afbeelding": {"Logo": "blauw.png"}}}
    leden = read_members(render(save(document), gegevens, BEELDEN).docx)
    assert {ROOD, BLAUW} <= {inhoud for lid, inhoud in leden.items() if "media" in lid}


@pytest.mark.parametrize(
    "vervang", [{"ingesloten": {"oud.xlsx": "nieuw.xlsx"}}, {"onderdeel": {"word/embeddings/Blad1.xlsx": "nieuw.xlsx"}}]
)
def test_an_embedded_file_goes_along_only_when_it_is_replaced(vervang: dict[str, object], tmp_path: Path) -> None:
    oud, nieuw = make_xlsx("oud"), make_xlsx("nieuw")
    sjabloon = make_embedding(oud, "{{ naam }}")
    bestanden = {"oud.xlsx": oud, "nieuw.xlsx": nieuw}
    gevuld = render(sjabloon, {"naam": "x", "$vervang": vervang}, bestanden)
    for naam, inhoud in bestanden.items():
        (tmp_path / naam).write_bytes(inhoud)

    lid = "word/embeddings/Blad1.xlsx"
    tpl = DocxTemplate(io.BytesIO(clean(sjabloon, lid)))
    tpl.render({"naam": "x"}, Environment(autoescape=True))
    if "onderdeel" in vervang:
        tpl.replace_zipname(lid, str(tmp_path / "nieuw.xlsx"))
    else:
        tpl.replace_embedded(str(tmp_path / "oud.xlsx"), str(tmp_path / "nieuw.xlsx"))
    assert find_differences(gevuld.docx, save(tpl)) == []
    leden = read_members(gevuld.docx)
    assert leden[lid] == nieuw and b"<w:object" in leden["word/document.xml"]
    with pytest.raises(ConfiguratieFout, match="een ingesloten bestand"):
        render(sjabloon, {"naam": "x", "$vervang": {"onderdeel": {}}}, bestanden)


# --- none of its silent faults ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "woord"),
    [
        ("{{ self.__init__.__globals__ }}", "self"),
        ("{{ foto.__class__ }}", "__class__"),
        ("{% for i in range(9) %}x{% endfor %}", "niet toegelaten"),
        (
            "{% for i in r %}{% for j in r %}{% for k in r %}{% endfor %}{% endfor %}{% endfor %}",
            "meer dan 1.000.000 keer",
        ),
        ("{% set x = naam %}" + "{% set x = x ~ x %}" * 40, "langer dan 100.000.000 tekens"),
        ("{{ foto|upper }}", "enkel afdrukken"),
        ("{{ foto ~ 'x' }}", "enkel afdrukken"),
        ("{{ foto|length }}", "als lijst of getal"),
        ("{% for i in foto %}x{% endfor %}", "als lijst of getal"),
        ("{{r foto }}", "gewone tag {{ naam }}"),
        ("{{p foto }}", "gewone tag {{ naam }}"),
        ("{{ deel }}", "eigen alinea"),
        ("{{r deel }}", "eigen alinea"),
        ("{% if naam %}", "geen einde"),
    ],
)
def test_a_tag_that_may_not_be_or_cannot_be_is_refused(tag: str, woord: str) -> None:
    gegevens = {"naam": "abcdefgh", "foto": FOTO, "deel": DEEL, "r": ["x"] * 999}
    sjabloon = make_template("{{ naam }}{{ foto }}{% if deel and r %}{% endif %}", tag)
    bestanden = {**BEELDEN, "deel.docx": save(make_subdocument())}
    for soepel in {False, "_" in tag or "(" in tag}:
        with pytest.raises(ConfiguratieFout, match=woord.replace("{", r"\{")):
            render(sjabloon, gegevens, bestanden, soepel=soepel)


def test_unknown_names_unused_data_and_impossible_characters_are_refused() -> None:
    with pytest.raises(ConfiguratieFout, match=r"'foti' bestaat niet \(bedoelde u 'foto'\?\)"):
        render(make_template("{{ foto }}{{ foti }}"), {"foto": FOTO}, BEELDEN)
    with pytest.raises(ConfiguratieFout, match=r"gebruikt het gegeven 'foti' niet\. Bedoelde u 'foto'"):
        render(make_template("{{ foto }}"), {"foto": FOTO, "foti": FOTO}, BEELDEN)
    with pytest.raises(ConfiguratieFout, match="het veld 'b' bestaat niet"):
        render(make_template("{{ foto }}{{ a.b }}"), {"foto": FOTO, "a": {}}, BEELDEN)
    for teken in ("\ud83d", "\x07", "\u202e"):
        for gegevens in ({"foto": FOTO, "naam": f"a{teken}"}, {"foto": {**FOTO, "omschrijving": teken}, "naam": "x"}):
            with pytest.raises(PoortFout, match="onmogelijk teken"):
                render(make_template("{{ foto }}{{ naam }}"), gegevens, BEELDEN)


def test_leniently_only_what_is_there_is_printed() -> None:
    gevuld = render(
        make_template("[{{ weg }}{{ weg.af }}{{ foto.x }}]{{ foto }}"), {"foto": FOTO}, BEELDEN, soepel=True
    )
    assert Document(io.BytesIO(gevuld.docx)).paragraphs[0].text == "[]" and gevuld.afbeeldingen == 1


def test_values_are_printed_as_they_are_beside_a_picture_and_in_footnotes() -> None:
    raar = "{_{ x }_} {{ naam }} {% raw %} & <b> \"'"
    document = add_footnotes(Document(io.BytesIO(make_template("{{ naam }}", "{{ foto }}"))), "{{ naam }}")
    document.add_section()  # docxtpl renders the footnotes once for each
    leden = read_members(render(save(document), {"naam": raar, "foto": {**FOTO, "omschrijving": raar}}, BEELDEN).docx)
    for lid in ("word/document.xml", "word/footnotes.xml"):
        assert raar in etree.tostring(etree.fromstring(leden[lid]), method="text", encoding="unicode")
    assert etree.fromstring(leden["word/document.xml"]).find(f".//{qn('wp:docPr')}").get("descr") == raar  # type: ignore[union-attr]


def test_a_value_of_ten_megabytes_is_printed_whole_beside_a_picture() -> None:
    lang = "Dit is een lange tekst. " * 420_000
    leden = read_members(render(make_template("{{ foto }}{{ naam }}"), {"naam": lang, "foto": FOTO}, BEELDEN).docx)
    assert lang.encode() in leden["word/document.xml"]


def test_what_no_tag_prints_leaves_nothing_behind() -> None:
    sjabloon = make_template(
        "{{ naam }}", "{% if nee %}{{ foto }}{% endif %}", "{%p if nee %}", "{{p deel }}", "{%p endif %}"
    )
    gegevens = {"naam": "x", "nee": False, "foto": FOTO, "deel": DEEL}
    gevuld = render(sjabloon, gegevens, {**BEELDEN, "deel.docx": save(make_subdocument())})
    assert (
        find_differences(
            gevuld.docx, render_data("brief.docx", sjabloon, {**gegevens, "foto": 0, "deel": 0}, soepel=False)
        )
        == []
    )
    assert gevuld.afbeeldingen == gevuld.deeldocumenten == 0


def test_what_does_not_fit_its_place_is_refused() -> None:
    noot = save(add_footnotes(Document(io.BytesIO(make_template("x"))), "{{ foto }}"))
    with pytest.raises(ConfiguratieFout, match="kan niet in een voetnoot"):
        render(noot, {"foto": FOTO}, BEELDEN)
    with pytest.raises(ConfiguratieFout, match="enkel in de hoofdtekst"):
        render(make_template("x", kop="{{p deel }}"), {"deel": DEEL}, {"deel.docx": save(make_subdocument())})
    with pytest.raises(ConfiguratieFout, match=r"wordt 353 mm hoog, en de pagina is maar 279 mm") as fout:
        render(make_template("{{ foto }}"), {"foto": FOTO}, {"rood.png": make_png(10, 1000)})
    assert "hoogte_mm" in fout.value.remedie


def test_the_cell_of_a_subdocument_that_ends_with_a_table_ends_with_a_paragraph() -> None:
    deel = make_subdocument()
    deel.add_table(1, 1)
    sjabloon = make_template(make_table(("{{p deel }}",)))
    xml = read_members(render(sjabloon, {"deel": DEEL}, {"deel.docx": save(deel)}).docx)["word/document.xml"]
    assert all(cel[-1].tag == qn("w:p") for cel in etree.fromstring(xml).iter(qn("w:tc")))


def test_extensions_that_a_subdocument_calls_ignorable_stay_behind() -> None:
    xml = save(make_subdocument())
    leden = read_members(xml)
    tekst = leden["word/document.xml"].decode()
    tekst = tekst.replace("<w:document ", '<w:document xmlns:nieuw="urn:nieuw" ', 1)
    tekst = tekst.replace('mc:Ignorable="', 'mc:Ignorable="nieuw ', 1)
    tekst = tekst.replace("<w:p>", '<w:p nieuw:a="1">', 1).replace("</w:pPr>", "<nieuw:b/></w:pPr>", 1)
    assert tekst.count("nieuw") == 5
    deel = Document(io.BytesIO(xml))
    deel.part._element = parse_xml(tekst.encode())
    uit = render(make_template("{{p deel }}"), {"deel": DEEL}, {"deel.docx": save(deel)}).docx
    assert (
        b"urn:nieuw" not in b"".join(read_members(uit).values())
        or b"nieuw:" not in read_members(uit)["word/document.xml"]
    )


# --- what is refused before anything is filled --------------------------------------------------------------------


def add_member(docx: bytes, naam: str, inhoud: bytes) -> bytes:
    uit = io.BytesIO(docx)
    with zipfile.ZipFile(uit, "a", zipfile.ZIP_DEFLATED) as pakket:
        pakket.writestr(naam, inhoud)
    return uit.getvalue()


def cut_target(docx: bytes) -> bytes:
    """Take from a relation where it leads; python-docx opens such a file, and stumbles when it writes it."""
    leden = read_members(docx)
    lid = "word/_rels/document.xml.rels"
    leden[lid] = leden[lid].replace(b'Id="rId1" ', b"", 1)
    assert leden[lid] != read_members(docx)[lid]
    return join_members({naam: pack_member(naam, inhoud) for naam, inhoud in leden.items()})


def spoil(verander: Callable[[Any], object]) -> bytes:
    document = make_subdocument("slot")
    verander(document)
    return save(document)


def add_xml(xml: str) -> Callable[[Any], object]:
    return lambda document: document.paragraphs[-1]._p.append(parse_xml(xml.replace(">", f" {nsdecls('w', 'r')}>", 1)))


GEEN_DEELDOCUMENT: dict[str, Callable[[], bytes]] = {
    "geen Word-document": lambda: b"geen Word",
    "is beschadigd": lambda: save(make_subdocument())[:-200],
    "of is beschadigd": lambda: cut_target(save(make_subdocument())),
    "wachtwoord": lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
    "bevat een tag": lambda: save(make_subdocument("{{ naam }}")),
    "een tag (": lambda: save(add_footnotes(make_subdocument("x"), "{% if x %}")),
    "meer dan één sectie": lambda: spoil(lambda document: document.add_section()),
    "eindnoot": lambda: spoil(add_xml('<w:r><w:endnoteReference w:id="1"/></w:r>')),
    "bijgehouden wijzigingen": lambda: spoil(add_xml("<w:ins><w:r><w:t>x</w:t></w:r></w:ins>")),
    "verborgen tekst": lambda: spoil(add_xml("<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r>")),
    "opmerkingen": lambda: spoil(lambda document: document.add_comment(document.paragraphs[0].runs, "x")),
    "buiten het document": lambda: spoil(lambda document: document.part.relate_to("x.png", "x/image", True)),
    "veel te groot": lambda: add_member(save(make_subdocument()), "word/bom.xml", bytes(40 * 2**20)),
    "DOCTYPE": lambda: add_member(save(make_subdocument()), "word/x.xml", b"<!DOCTYPE x><x/>"),
    "een macro": lambda: add_member(save(make_subdocument()), "word/vbaProject.bin", b"x"),
}


@pytest.mark.parametrize("woord", GEEN_DEELDOCUMENT)
def test_a_subdocument_that_may_not_or_cannot_go_along_is_refused(woord: str) -> None:
    bestanden = {"deel.docx": GEEN_DEELDOCUMENT[woord]()}
    with pytest.raises(ConfiguratieFout, match=re.escape(woord)) as fout:
        render(make_template("{{p deel }}"), {"deel": DEEL}, bestanden)
    assert "Deeldocument 'deel.docx'" in fout.value.melding and "formulier" not in fout.value.melding


@pytest.mark.parametrize(
    ("gegevens", "woorden"),
    [
        (
            {"a": {"$afbeeldin": "rood.png"}},
            'Gegeven \'a\': de sleutel "$afbeeldin" is onbekend. Bedoelde u "$afbeelding"?',
        ),
        (
            {"a": [{"b": {**FOTO, "breedte": 4}}]},
            '\'a[1].b\': de sleutel "breedte" is onbekend. Bedoelde u "breedte_mm"?',
        ),
        ({"a": {**DEEL, "breedte_mm": 4}}, 'de sleutel "breedte_mm" is onbekend. Toegelaten: $deeldocument.'),
        ({"a": {**FOTO, **DEEL}}, "maar één sleutel met $"),
        ({"a": {"$vervang": {}}}, "$vervang staat enkel bovenaan"),
        ({"$vervan": {}}, 'Bovenaan in het gegevensbestand: de sleutel "$vervan" is onbekend. Bedoelde u "$vervang"?'),
        ({"$vervang": []}, "moet een groep zijn"),
        ({"$vervang": {"medea": {}}}, 'Bedoelde u "media"?'),
        ({"$vervang": {"media": "x"}}, "moet een groep zijn"),
        ({"$vervang": {"media": {"rood.png": 3}}}, "tussen aanhalingstekens"),
        ({"$vervang": {"media": {"weg.png": "rood.png"}}}, "“weg.png” is er niet"),
        ({"$vervang": {"media": {"blauw.png": "rood.png"}}}, "geen bestand dat gelijk is aan “blauw.png”"),
        ({"$vervang": {"afbeelding": {"Log": "rood.png"}}}, "heeft geen afbeelding “Log”. Bedoelde u “Logo”?"),
        ({"$vervang": {"afbeelding": {"Logo": "x.gif"}}}, "“x.gif” is een ander soort afbeelding; bewaar ze als PNG"),
        ({"$vervang": {"afbeelding": {"Logo": "kaal.txt"}}}, "“kaal.txt” is geen afbeelding die Word kent"),
        (
            {"$vervang": {"afbeelding": {"Logo": "rood.png"}, "media": {"rood.png": "blauw.png"}}},
            "maar door één bestand",
        ),
        ({"$vervang": {"onderdeel": {"word/styles.xml": "rood.png"}}}, "“word/styles.xml” kan niet vervangen worden"),
        ({"$vervang": {"onderdeel": {"word/media/image9.png": "rood.png"}}}, "heeft geen onderdeel"),
        ({"a": {"$afbeelding": None}}, "tussen aanhalingstekens"),
        (
            {"a": {"$afbeelding": "kaal.txt"}},
            "“kaal.txt” is geen afbeelding die Word kent; open ze en bewaar ze opnieuw als PNG",
        ),
        ({"a": {"$afbeelding": "half.png"}}, "“half.png” is geen afbeelding"),
        ({"a": {**FOTO, "breedte_mm": "4"}}, "'a.breedte_mm': moet een getal van 1 tot 558 zijn"),
        ({"a": {**FOTO, "breedte_mm": True}}, "moet een getal van"),
        ({"a": {**FOTO, "hoogte_mm": 0.5}}, "moet een getal van 1 tot 558 zijn"),
        ({"a": {**FOTO, "hoogte_mm": 559}}, "moet een getal van 1 tot 558 zijn"),
        ({"a": {**FOTO, "koppeling": "javascript:x"}}, "'a.koppeling': moet beginnen met https://"),
        ({"a": {**FOTO, "omschrijving": 3}}, "moet een tekst"),
        ({"a": {"$afbeelding": "weg.png"}}, "Gegeven 'a': “weg.png” is er niet; het moet in de map"),
        ({"a": {"$afbeelding": "/etc/hostname"}}, "wijst buiten de map"),
        ({"a": {"$afbeelding": "C:/x.png"}}, "wijst buiten de map"),
        ({"a": {"$afbeelding": "onder/../../x.png"}}, "wijst buiten de map"),
        ({"a": {"$afbeelding": "onder\\x.png"}}, "schrijf mappen met /"),
        ({"a": {"$afbeelding": "uit.png"}}, "verwijst naar een bestand buiten de map"),
        ({"a": {"$afbeelding": "weg/x.png"}}, "verwijst naar een bestand buiten de map"),
        ({"a": {"$afbeelding": "onder"}}, "is geen bestand"),
        ({"a": {"$afbeelding": "pijp.png"}}, "is geen bestand"),
        ({"a": {"$afbeelding": "groot.png"}}, "is groter dan 25 MB"),
        ({"a": {"$afbeelding": ""}}, "is geen naam"),
        ({"a": {"$afbeelding": "x\u0000.png"}}, "“x?.png” is geen naam"),
        ({"a": {"$afbeelding": "rood.png/x"}}, "is er niet"),
        (json.loads('{"a":' * 120 + "1" + "}" * 120), "te veel lagen"),
    ],
)
def test_a_wrong_notation_or_file_is_told_with_its_place(
    opdracht: Opdracht, gegevens: dict[str, object], woorden: str
) -> None:
    assert opdracht.fill(picture_template(), {"naam": "x"} | gegevens) == ExitCode.CONFIGURATIE
    assert woorden in opdracht.melding and "→" in opdracht.melding


def test_all_faults_are_told_at_once(opdracht: Opdracht) -> None:
    gegevens = {"a": {"$afbeelding": "weg.png"}, "b": {**FOTO, "breed": 1}, "c": {"$deeldocument": "kaal.txt"}}
    assert opdracht.fill(make_template("x"), gegevens) == ExitCode.CONFIGURATIE
    assert all(woord in opdracht.melding for woord in ("weg.png", "breed", "kaal.txt"))


class Opdracht:
    """The command, with the files that data may name beside the data file."""

    def __init__(self, map_: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.map, self._capsys, self.uit, self.melding = map_ / "gegevens", capsys, map_ / "uit.docx", ""
        (self.map / "onder").mkdir(parents=True)
        bestanden = {**BEELDEN, "onder/x.png": ROOD, "x.gif": GIF, "kaal.txt": b"x", "half.png": ROOD[:-20]}
        for naam, inhoud in bestanden.items():
            (self.map / naam).write_bytes(inhoud)
        (map_ / "buiten.png").write_bytes(ROOD)
        (self.map / "uit.png").symlink_to(map_ / "buiten.png")
        (self.map / "weg").symlink_to(map_)
        (map_ / "x.png").write_bytes(ROOD)
        (self.map / "in.png").symlink_to(self.map / "rood.png")
        os.mkfifo(self.map / "pijp.png")
        with (self.map / "groot.png").open("wb") as stroom:
            stroom.truncate(25 * 2**20 + 1)

    def fill(self, sjabloon: bytes, gegevens: object, *opties: str) -> int:
        (self.map / "brief.docx").write_bytes(sjabloon)
        (self.map / "data.json").write_text(json.dumps(gegevens))
        namen = [str(self.map / naam) for naam in ("brief.docx", "data.json")]
        code = run_cli(["sjabloon", "vul", *namen, "-o", str(self.uit), *opties])
        uitvoer = self._capsys.readouterr()
        self.melding = " ".join((uitvoer.out + uitvoer.err).split())
        assert self.uit.exists() == (code == ExitCode.KLAAR)
        return code


@pytest.fixture
def opdracht(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Opdracht:
    return Opdracht(tmp_path, capsys)


def test_the_command_counts_and_reports_what_it_put_in(opdracht: Opdracht) -> None:
    (opdracht.map / "deel.docx").write_bytes(save(make_subdocument()))
    document = Document(io.BytesIO(picture_template()))
    for tekst in ("{% for f in fotos %}{{ f }}{% endfor %}", "{{p deel }}"):
        document.add_paragraph(tekst)
    gegevens = {"naam": "x", "fotos": [FOTO, {"$afbeelding": "onder/x.png"}, {"$afbeelding": "in.png"}], "deel": DEEL}
    assert (
        opdracht.fill(save(document), {**gegevens, "$vervang": {"afbeelding": {"Logo": "blauw.png"}}}) == ExitCode.KLAAR
    )
    assert (
        "uit.docx is gemaakt; 3 afbeeldingen en 1 deeldocument ingevoegd en 1 bestand vervangen, via docxtpl."
        in opdracht.melding
    )
    opdracht.uit.unlink()
    assert opdracht.fill(save(document), {"naam": "x", "fotos": [], "deel": DEEL}, "--soepel") == ExitCode.KLAAR
    assert "is gemaakt; 1 deeldocument ingevoegd, via docxtpl." in opdracht.melding
    opdracht.uit.unlink()
    vervang = {"naam": "x", "$vervang": {"afbeelding": {"Logo": "blauw.png"}}}
    assert opdracht.fill(picture_template(), vervang) == ExitCode.KLAAR
    assert "is gemaakt; 1 bestand vervangen, via docxtpl." in opdracht.melding
    opdracht.uit.unlink()
    assert opdracht.fill(make_template("{% if a %}x{% endif %}"), {"a": {"b": FOTO}}) == ExitCode.KLAAR
    assert "is gemaakt; geen tag drukte een afbeelding of deeldocument af, via docxtpl." in opdracht.melding


def test_without_files_the_fast_road_is_taken(opdracht: Opdracht) -> None:
    assert opdracht.fill(make_template("{{ naam }}"), {"naam": "x", "$vervang": {}}) == ExitCode.KLAAR
    assert opdracht.melding.endswith("uit.docx is gemaakt.")


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from((ROOD, GIF, JPEG, b"BM" + bytes(60), b"II*\0" + bytes(60))),
    st.integers(0, 400),
    st.binary(max_size=9),
)
def test_no_bytes_make_the_judge_of_pictures_stumble(beeld: bytes, plaats: int, stuk: bytes) -> None:
    assert find_type(beeld[:plaats] + stuk + beeld[plaats + len(stuk) :]) in ("", *SOORTEN)


def test_pictures_are_known_by_their_bytes() -> None:
    assert [find_type(beeld) for beeld in (ROOD, GIF, JPEG)] == ["image/png", "image/gif", "image/jpeg"]
    assert [find_type(beeld) for beeld in (b"", b"<svg/>", ROOD[:-12], JPEG[:-2], b"%PDF-1.7")] == [""] * 5


# --- the wall -----------------------------------------------------------------------------------------------------


def test_no_document_of_a_table_can_come_by_this_road() -> None:
    """Only the command line names it; what the road itself is made of excepted."""
    pipeline = Path(__file__).parents[1] / "pipeline"
    weg = {"inserts", "pictures", "replace", "subdocument", "through_docxtpl"}
    namen = {f"pipeline.render.{naam}" for naam in weg}
    reizigers = {
        str(pad.relative_to(pipeline))
        for pad in pipeline.rglob("*.py")
        for knoop in ast.walk(ast.parse(pad.read_text(encoding="utf-8")))
        if isinstance(knoop, ast.ImportFrom)
        and ({str(knoop.module)} | {f"{knoop.module}.{alias.name}" for alias in knoop.names}) & namen
    }
    assert reizigers - {f"render/{naam}.py" for naam in weg} == {"cli/data_folder.py", "cli/template_command.py"}
