"""The compiled template against docxtpl itself: every part equal, for every construct of the dialect."""

from __future__ import annotations

import io
import zipfile

import pytest
from beelden import SOORTEN, make_beeld
from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docxtpl import Listing, RichText, RichTextParagraph
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment
from lxml import etree
from support_docxtpl import (
    Ontziend,
    compile_any,
    find_differences,
    make_table,
    make_template,
    read_members,
    render_by_docxtpl,
    save,
)

from pipeline.render.context import build_context
from pipeline.render.members import join_members, pack_member
from pipeline.render.rows import mark_rows
from pipeline.render.sandbox import Zandbak
from pipeline.render.template import clean_template
from pipeline.settings import SJABLONEN

TEKENING = (
    '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/><wp:docPr id="{nummer}" name="f"/>'
    '<a:graphic><a:graphicData uri="x"/></a:graphic></wp:inline></w:drawing></w:r></w:p>'
)
TEKSTVAK = (
    "<w:p><w:r><w:t>voor</w:t></w:r><w:r><w:pict><w:txbxContent><w:p><w:pPr><w:jc/></w:pPr><w:r><w:t>{{ lang }}</w:t>"
    "</w:r></w:p></w:txbxContent></w:pict></w:r><w:r><w:t>{{ lang }}</w:t></w:r></w:p>"
)
RIJEN = (
    {"a": "een & <twee>", "b": 2, "c": "D9EAD3"},
    {"a": "", "b": -1, "c": "auto"},
    {"a": "x" * 300, "b": 0, "c": ""},
)
WAARDEN: dict[str, object] = {
    "naam": "An & <b>Bert</b> \"'",
    "lang": "een\ttwee\ndrie\n\nvier",
    "ja": True,
    "nee": False,
    "rijen": list(RIJEN),
    "leeg": [],
    "kolommen": ["K1", "K2", "K3", "K4"],
    "n": 2,
    "diep": [{"rijen": [{"cellen": ["a", "b"]}, {"cellen": ["c", "d"]}]}, {"rijen": []}],
}
LUS = "{%tr for r in rijen %}", "{%tr endfor %}"

CONSTRUCTEN = {
    "nothing": make_template("Gewone tekst met  dubbele blanco's ", "", make_table(("a", " b "))),
    "variable": make_template("Aan {{ naam }}, {{ lang }}", kop="{{ naam }}", voet="{{ lang }} {{ n }}"),
    "split over runs": make_template(
        "<w:p><w:r><w:t>{</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{ na</w:t></w:r><w:proofErr/>"
        '<w:r><w:t xml:space="preserve">am }</w:t></w:r><w:r><w:t>}</w:t></w:r></w:p>'
    ),
    "split by a bookmark": make_template(
        '<w:p><w:r><w:t>{% if</w:t></w:r><w:bookmarkStart w:id="0" w:name="x"/><w:r><w:t> ja %}J{% endif'
        '</w:t></w:r><w:bookmarkEnd w:id="0"/><w:r><w:t> %}.</w:t></w:r></w:p>'
    ),
    "curly quotes in a tag": make_template("{% if naam == “An” %}a{% else %}{{ ‘b’ }}{% endif %}"),
    "comparison": make_template("{% if n < 3 and n > 1 %}{{ naam }}{% elif ja %}b{% else %}c{% endif %}"),
    "condition in a paragraph": make_template("a{% if ja %} b{% endif %}{% if nee %} c{% else %}{{ naam }}{% endif %}"),
    "loop in a paragraph": make_template("{% for r in rijen %}{{ loop.index }}: {{ r.a }}{{ r.b }}; {% endfor %}"),
    "loop of nothing": make_template("{% for r in leeg %}x{% else %}niets{% endfor %}"),
    "paragraph tags": make_template(
        "{%p for r in rijen %}",
        "{{ r.a }}",
        "{%p if r.b %}",
        "{{ r.b }}",
        "{%p else %}",
        "-",
        "{%p endif %}",
        "{%p endfor %}",
    ),
    "paragraph tag inside text": make_template("voor {%p if nee %} na", "weg", "{%p endif %}"),
    "paragraph comment": make_template(
        "{#p een opmerking #}", "{# nog een #}tekst", make_table(("{#tr weg #}",), ("a",))
    ),
    "row tags": make_template(make_table(("A", "B"), (LUS[0], ""), ("{{ r.a }}", "{{ r.b }}"), ("", LUS[1]))),
    "rows of nothing": make_template(make_table(("{%tr for r in leeg %}",), ("{{ r.a }}",), ("{%tr endfor %}",))),
    "rows in rows": make_template(
        "{%p for d in diep %}",
        make_table(
            ("{%tr for r in d.rijen %}", ""), ("{{ r.cellen[0] }}", "{{ r.cellen[1] }}"), ("{%tr endfor %}", "")
        ),
        "{%p endfor %}",
    ),
    "cell tags": make_template(
        make_table(("{%tc for k in kolommen %}", "{{ k }}", "{%tc endfor %}"), ("a", "b", "c")),
        make_table(
            ("{%tc if nee %}", "weg", "{%tc endif %}", "blijft"), ("{%tc if nee %}", "weg", "{%tc endif %}", "b")
        ),
    ),
    "run tags": make_template("een {%r if ja %}twee{%r endif %} drie {{r naam }}"),
    "colour of a cell": make_template(
        make_table(LUS[:1], ("{% cellbg r.c %}{{ r.a }}",), LUS[1:]),
        make_table(("{% cellbg 'FF0000' %}x",), eigenschappen='<w:shd w:val="clear" w:fill="00FF00"/>'),
    ),
    "span of columns": make_template(
        make_table(("{% colspan n %}breed", "c"), ("a", "b", "c")),
        make_table(("{% colspan 3 %}x", "y"), eigenschappen='<w:gridSpan w:val="2"/>'),
    ),
    "vertical merge": make_template(
        make_table(("A", "B"), (LUS[0], ""), ("{% vm %}samen", "{{ r.b }}"), (LUS[1], "")),
    ),
    "horizontal merge": make_template(
        make_table(("{%tc for k in kolommen %}", "{% hm %}titel", "{%tc endfor %}"), ("a", "b", "c")),
        make_table(
            ("{%tc for k in kolommen %}", "{% hm %}t", "{%tc endfor %}"), eigenschappen='<w:gridSpan w:val="2"/>'
        ),
    ),
    "whitespace control": make_template(
        "een", "{%- if ja %} twee {% endif -%}", " drie", "{{ n }} {%- if ja %}x{% endif %}"
    ),
    "escaped braces": make_template("{_{ naam }_} {_% if %_} {{ naam }}", make_table(("{_{x}_}",))),
    "braces without meaning": make_template("{ naam } %} niets", "a { b", kop="{x}"),
    "line ends in the template": make_template(
        '<w:p><w:pPr><w:jc w:val="end"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>a\nb\tc{{ n }}</w:t></w:r></w:p>'
    ),
    "text box": make_template(TEKSTVAK),
    "drawings": make_template(
        TEKENING.replace("{nummer}", "7"), "{%p for r in rijen %}", TEKENING.replace("{nummer}", "7"), "{%p endfor %}"
    ),
    "set": make_template("{% set x = naam %}{{ x }}{% set y = [1, 2] %}{{ y[1] }}"),
    "filters": make_template("{{ naam|upper }} {{ kolommen|join(', ') }} {{ leeg|length }}{{ kolommen|first }}"),
    "raw": make_template("{% raw %}{{ naam }}{% endraw %}{{ n }}"),
    "nested tables": make_template(
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='900'/></w:tblGrid><w:tr><w:tc><w:tcPr/>"
        + make_table(("a", "b", "{{ naam }}"))
        + "<w:p/></w:tc></w:tr></w:tbl>"
    ),
    "short rows": make_template(
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='900'/><w:gridCol w:w='600'/></w:tblGrid><w:tr><w:tc><w:tcPr/>"
        "<w:p><w:r><w:t>{{ naam }}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    ),
}


RAUW = WAARDEN | {"naam": "An Bert", "rijen": [rij | {"a": "tekst"} for rij in RIJEN]}


def differ(sjabloon: bytes, waarden: dict[str, object], omgeving: Environment, *, plat: bool = True) -> list[str]:
    uit = compile_any(sjabloon, omgeving).render(waarden, {}, platte_waarden=plat)
    return find_differences(uit, render_by_docxtpl(sjabloon, waarden, omgeving))


@pytest.mark.parametrize("construct", CONSTRUCTEN)
def test_every_construct_gives_what_docxtpl_gives(construct: str) -> None:
    assert differ(CONSTRUCTEN[construct], WAARDEN, Environment(autoescape=True)) == []
    assert differ(CONSTRUCTEN[construct], RAUW, Environment(autoescape=False)) == []  # noqa: S701


@pytest.mark.parametrize("soort", SOORTEN)
@pytest.mark.parametrize("vol", [True, False], ids=["full", "empty"])
def test_every_standard_template_gives_what_docxtpl_gives(soort: str, vol: bool) -> None:
    document = clean_template(soort, (SJABLONEN / "standaard" / f"{soort}.docx").read_bytes())
    document.core_properties.title = "docxtpl makes properties when there are none"
    schoon = save(document)
    waarden = build_context(make_beeld(soort, vol))
    uit = compile_any(schoon, Zandbak()).render(waarden, {})
    assert find_differences(uit, render_by_docxtpl(schoon, waarden, Ontziend())) == []


def test_rich_text_and_listings_give_what_docxtpl_gives() -> None:
    rijk = RichText("vet & <schuin>", bold=True, italic=True, color="#FF0000")
    rijk.add(" en gewoon\tmet tab", style="Nadruk", size=20, font="eastAsia:Carlito", underline=True)
    alineas = RichTextParagraph("eerste", parastyle="Kop")
    alineas.add(RichText("tweede", strike=True))
    sjabloon = make_template(
        "{{ tekst }}{%r if ja %}{{r rijk }}{%r endif %}",
        "{{p alineas }}",
        "{{ lijst }}",
        make_table(("{{ lijst }}", "{{r rijk }}")),
        kop="{{r rijk }}",
    )
    waarden = {
        "tekst": "a\nb",
        "ja": True,
        "rijk": rijk,
        "alineas": alineas,
        "lijst": Listing("een & <twee>\tdrie\nvier\avijf\fzes"),
    }
    for omgeving in (Environment(autoescape=True), Environment(autoescape=False)):  # noqa: S701
        assert differ(sjabloon, waarden, omgeving, plat=False) == []


def test_footnotes_and_every_header_and_footer_give_what_docxtpl_gives() -> None:
    document = Document(io.BytesIO(make_template("{{ naam }}", kop="{{ naam }}", voet="{{ lang }}")))
    document.add_section().different_first_page_header_footer = True
    laatste = document.sections[-1]
    for plek in (laatste.header, laatste.first_page_header, laatste.first_page_footer):
        plek.is_linked_to_previous = False
        plek.paragraphs[0].text = "{% for r in rijen %}{{ r.b }}{% endfor %} {{ naam }}"
    voetnoten = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="1"><w:p>'
        "<w:r><w:t>{{ naam }} {% if nee %}x{% endif %}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    soort = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), soort, voetnoten.encode(), document.part.package)
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")
    sjabloon = save(document)
    assert differ(sjabloon, WAARDEN, Environment(autoescape=True)) == []
    uit = read_members(compile_any(sjabloon, Zandbak()).render(WAARDEN, {}))
    assert sum(b"&lt;b&gt;Bert" in inhoud for inhoud in uit.values()) == 6


# --- generated templates and values -------------------------------------------------------------------------------

STUKJES = (
    "{{ naam }}",
    "{{ lang }}",
    "tekst",
    " ",
    "{% if ja %}a{% endif %}",
    "{% if nee %}b{% else %}c {{ n }}{% endif %}",
    "{% for r in rijen %}{{ r.a }}-{{ loop.index0 }}{% endfor %}",
    "{%r if ja %}r{%r endif %}",
    "{# stil #}",
    "{ } %",
)
ALINEAS = st.lists(st.sampled_from(STUKJES), max_size=4).map("".join).map(lambda tekst: [tekst])
CELLEN = st.sampled_from(("{{ naam }}", "x", "{{ lang }}", "{% cellbg 'FF0000' %}y", "{% if nee %}z{% endif %}", ""))


@st.composite
def make_blocks(draw: st.DrawFn, diepte: int = 2) -> list[str]:
    """Paragraphs and tables, some of them in loops and conditions."""
    blokken: list[str] = []
    for _ in range(draw(st.integers(0, 3))):
        binnen = draw(make_blocks(diepte - 1) if diepte and draw(st.booleans()) else ALINEAS | make_tables())
        om = draw(st.sampled_from((("", ""), ("if ja", "endif"), ("if nee", "endif"), ("for q in rijen", "endfor"))))
        begin, einde = ([f"{{%p {woord} %}}"] if woord else [] for woord in om)
        blokken += [*begin, *binnen, *einde]
    return blokken


@st.composite
def make_tables(draw: st.DrawFn) -> list[str]:
    breedte = draw(st.integers(1, 3))
    rijen: list[tuple[str, ...]] = []
    for _ in range(draw(st.integers(1, 3))):
        rij = tuple(draw(CELLEN) for _ in range(draw(st.integers(1, breedte))))
        om = draw(st.sampled_from((("", ""), ("if ja", "endif"), ("if nee", "endif"), ("for r in rijen", "endfor"))))
        begin, einde = ([(f"{{%tr {woord} %}}",)] if woord else [] for woord in om)
        rijen += [*begin, rij, *einde]
    return [make_table(*rijen)]


TEKST = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), include_characters="\n\t{}%_&<>\"'"), max_size=20
)


@settings(deadline=None, max_examples=50)
@given(make_blocks(), TEKST, TEKST, st.lists(st.fixed_dictionaries({"a": TEKST}), max_size=3))
def test_any_template_with_any_values_gives_what_docxtpl_gives(
    blokken: list[str], naam: str, lang: str, rijen: list[dict[str, str]]
) -> None:
    waarden = {"naam": naam, "lang": lang, "rijen": rijen, "ja": True, "nee": False, "n": 2}
    sjabloon = make_template(*blokken, voet="{{ naam }}")
    uit = compile_any(sjabloon, Zandbak()).render(waarden, {})
    assert find_differences(uit, render_by_docxtpl(sjabloon, waarden, Ontziend())) == []


# --- what docxtpl does in silence, and we do not ------------------------------------------------------------------


@pytest.mark.parametrize(
    "blokken",
    [
        ("{% if ja %}", make_table(("x{% endif %}",))),
        ("<w:p><w:r><w:t>{%p if nee %}</w:t></w:r></w:p>", "{% for r in leeg %}", "x", "{%p endfor %}", "{% endif %}"),
    ],
)
def test_xml_that_breaks_is_refused_instead_of_repaired(blokken: tuple[str, ...]) -> None:
    waarden = WAARDEN | {"ja": False}
    with pytest.raises(etree.XMLSyntaxError):
        compile_any(make_template(*blokken), Environment(autoescape=True)).render(waarden, {})


def test_a_raw_value_that_breaks_the_xml_is_refused() -> None:
    sjabloon = compile_any(make_template("{{ naam }}"), Environment(autoescape=False))  # noqa: S701
    with pytest.raises(etree.XMLSyntaxError):
        sjabloon.render({"naam": "</w:t><w:t"}, {})


def test_a_value_of_ten_megabytes_is_printed_exactly() -> None:
    lang = "Dit is een lange tekst. " * 450_000
    uit = compile_any(
        make_template(
            "{{ naam }}",
            make_table(("{%tc if nee %}", "x", "{%tc endif %}"), ("a", "b", "c")),
        ),
        Zandbak(),
    )
    xml = read_members(uit.render({"naam": lang, "nee": False}, {}))["word/document.xml"]
    assert lang.encode() in xml


# --- rows that stay whole -----------------------------------------------------------------------------------------

REGELS = st.lists(st.sampled_from(("woord ", "x" * 40, "<", "\n", "\t")), max_size=30).map("".join)
BR = "vast</w:t><w:br/><w:t>"
VORM = st.sampled_from(("{}", "{}</w:t></w:r></w:p><w:p><w:r><w:t>{}", BR + "{}", "{% if ja %}{}{% endif %}"))
CEL = st.tuples(st.sampled_from(("900", "3000", "9000", "")), VORM, REGELS)


def fits_on_a_page(rij: etree._Element) -> bool:
    """The rule as it is meant, counted on the tree of the row."""
    for cel in rij.iter(qn("w:tc")):
        breedte = cel.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
        if breedte is None:
            return False
        per_regel = max(1, int(str(breedte.get(qn("w:w")))) // 130)
        alineas = (
            "".join("\n" if d.tag == qn("w:br") else d.text or "" for d in a.iter(qn("w:t"), qn("w:br")))
            for a in cel.iter(qn("w:p"))
        )
        if sum(len(regel) // per_regel + 1 for alinea in alineas for regel in alinea.split("\n")) > 15:
            return False
    return True


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(CEL, min_size=1, max_size=2), min_size=1, max_size=4), st.booleans())
def test_a_row_is_kept_whole_when_its_text_surely_fits(rijen: list[list[tuple[str, str, str]]], ja: bool) -> None:
    document = Document()
    waarden: dict[str, object] = {"ja": ja}
    xml = ""
    for rij in rijen:
        xml += "<w:tr>"
        for breedte, vorm, tekst in rij:
            naam = f"t{len(waarden)}"
            waarden[naam] = tekst
            cel = f'<w:tcPr><w:tcW w:w="{breedte}" w:type="dxa"/></w:tcPr>' if breedte else ""
            xml += f"<w:tc>{cel}<w:p><w:r><w:t>{vorm.replace('{}', f'{{{{ {naam} }}}}')}</w:t></w:r></w:p></w:tc>"
        xml += "</w:tr>"
    rooster = "<w:tblGrid><w:gridCol w:w='9'/></w:tblGrid>"
    tabel = parse_xml(f"<w:tbl {nsdecls('w')}>{rooster}{xml}</w:tbl>")
    document.element.body.sectPr.addprevious(tabel)
    mark_rows(document)
    docx = compile_any(save(document), Zandbak()).render(waarden, {})
    gevuld = list(Document(io.BytesIO(docx)).element.body.iter(qn("w:tr")))
    gehouden = [rij.find(f".//{qn('w:cantSplit')}") is not None for rij in gevuld]
    assert gehouden == [fits_on_a_page(rij) for rij in gevuld]
    assert b"per=" not in read_members(docx)["word/document.xml"]


@pytest.mark.parametrize(
    "inhoud", ["<w:drawing/>", "<w:vMerge/>", "<w:cantSplit w:val='0'/>", "<w:tbl><w:tr/></w:tbl>"]
)
def test_a_row_with_a_drawing_a_merge_a_table_or_a_will_of_its_own_is_left_alone(inhoud: str) -> None:
    document = Document()
    document.element.body.append(parse_xml(f"<w:tbl {nsdecls('w')}><w:tr><w:tc>{inhoud}<w:p/></w:tc></w:tr></w:tbl>"))
    mark_rows(document)
    rij = next(document.element.body.iter(qn("w:tr")))
    assert "per=" not in etree.tostring(rij, encoding="unicode").split("<w:tc>")[0]


# --- the archive --------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.dictionaries(st.text("abcé/._", min_size=1, max_size=9), st.binary(max_size=99), max_size=5))
def test_a_zip_of_packed_members_is_what_zipfile_writes(leden: dict[str, bytes]) -> None:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as pakket:
        for naam in sorted(leden):
            lid = zipfile.ZipInfo(naam, (1980, 1, 1, 0, 0, 0))
            lid.compress_type, lid.create_system, lid.external_attr = zipfile.ZIP_DEFLATED, 0, 0o600 << 16
            pakket.writestr(lid, leden[naam], compresslevel=6)
    assert join_members({naam: pack_member(naam, inhoud) for naam, inhoud in leden.items()}) == uit.getvalue()
