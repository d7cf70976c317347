"""`overleg sjabloon toets`: each fault of a template once, with its place and what was meant; none in a clean one."""

from __future__ import annotations

import functools
import io
import json
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st
from support_tafels import name_tafel

from pipeline.cli import run_cli
from pipeline.errors import ExitCode
from pipeline.render import render_deelbeeld
from pipeline.render.lint.check import Bestemming, lint_template
from pipeline.render.lint.mark import mark_template
from pipeline.run.sjabloonlint import EIGEN, find_faults
from pipeline.run.tafeltoets import list_sjabloonmappen, make_proefbeeld
from pipeline.settings import SJABLONEN
from schemas.bevinding import Bevinding, Ernst
from schemas.catalogus import REGIOS, load_tafel
from schemas.deelbeeld import Deelbeeld

BREEDTE = 4000
GEWOON = Bestemming()


STIJLEN = {"Normal", "Heading1", "Heading2", "Heading3", "Title", "DefaultParagraphFont", "TableNormal"}


@functools.cache
def make_base() -> bytes:
    """A template without faults, and with no more styles than it takes."""
    document = Document()
    for stijl in list(document.styles.element):
        if stijl.tag != qn("w:docDefaults") and stijl.get(qn("w:styleId")) not in STIJLEN:
            document.styles.element.remove(stijl)
    document.styles.element.find(f".//{qn('w:lang')}").set(qn("w:val"), "nl-BE")
    document.add_heading("{{ kop.titel }}", 1)
    return save(document)


def make_document(*alineas: str) -> WordDocument:
    """The same with these paragraphs."""
    document = Document(io.BytesIO(make_base()))
    for alinea in alineas:
        document.add_paragraph(alinea)
    return document


def make_table(*rijen: Iterable[str], eigen: str = "", rij_eigen: str = "", breedte: int = BREEDTE) -> str:
    """A table of XML with columns of the same width."""
    aantal = len(list(rijen[0]))
    cellen = [
        "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{breedte}" w:type="dxa"/></w:tcPr>'
            f"<w:p><w:r><w:t>{tekst}</w:t></w:r></w:p></w:tc>"
            for tekst in rij
        )
        for rij in rijen
    ]
    rooster = f'<w:gridCol w:w="{BREEDTE}"/>' * aantal
    inhoud = "".join(f"<w:tr>{rij_eigen}{rij}</w:tr>" for rij in cellen)
    return (
        f"<w:tbl {nsdecls('w', 'wp', 'r')}><w:tblPr>{eigen}</w:tblPr><w:tblGrid>{rooster}</w:tblGrid>{inhoud}</w:tbl>"
    )


def add_xml(document: WordDocument, xml: str) -> None:
    document.element.body.sectPr.addprevious(parse_xml(xml))


def save(document: WordDocument) -> bytes:
    uit = io.BytesIO()
    document.save(uit)
    return uit.getvalue()


def lint(sjabloon: WordDocument | bytes, bestemming: Bestemming = GEWOON) -> tuple[Bevinding, ...]:
    return lint_template("proef", sjabloon if isinstance(sjabloon, bytes) else save(sjabloon), bestemming)


def lint_text(*alineas: str) -> tuple[Bevinding, ...]:
    return lint(make_document(*alineas))


#: A fault in the text of tags -> its paragraphs, its code, and words of the message.
FOUTEN: dict[str, tuple[tuple[str, ...], str, str]] = {
    "a tag that is not closed": (
        ("Aan {{ kop.tafel",),
        "tag-niet-gesloten",
        "“{{ kop.tafel”: deze tag is niet gesloten",
    ),
    "a tag that is not opened": (("Aan kop.tafel }} en",), "tag-niet-gesloten", "er ontbreekt {{"),
    "one bracket too few": (("{{ kop.tafel }",), "tag-niet-gesloten", "er ontbreekt }}"),
    "single brackets": (("Aan {kop.tafel}",), "geen-tag", "Bedoelde u {{ kop.tafel }}?"),
    "brackets with a blank between": (("{ { kop } }",), "geen-tag", "Bedoelde u {{ kop }}?"),
    "a misspelt field": (("{{ kop.titl }}",), "onbekend-veld", "(bedoelde u 'kop.titel'?)"),
    "a misspelt group": (("{{ kp.titel }}",), "onbekend-veld", "(bedoelde u 'kop'?)"),
    "a field without its group": (("{{ exemplaar_voor }}",), "onbekend-veld", "(bedoelde u 'kop.exemplaar_voor'?)"),
    "what is no business of a template": (
        ("{{ ontvanger.email }}",),
        "onbekend-veld",
        "'ontvanger.email' bestaat niet",
    ),
    "a blank inside a name": (("{{ kop titel }}",), "spatie-in-naam", "bedoelde u kop.titel of kop_titel?"),
    "an unknown filter": (("{{ kop.titel|uper }}",), "niet-toegelaten", "'|uper' bestaat niet (bedoelde u 'upper'?)"),
    "a filter on the wrong kind": (("{{ kop.titel|join(', ') }}",), "verkeerde-bewerking", "|join wil een lijst"),
    "a list that is printed": (("{{ kop.verdeellijst }}",), "geen-tekst", "'kop.verdeellijst' is een lijst"),
    "a group that is printed": (("{{ kop.contact }}",), "geen-tekst", "'kop.contact' is een groep velden"),
    "a part of a list": (
        ("{{ casussen.code }}",),
        "geen-onderdeel",
        "'casussen' is een lijst, zonder onderdeel 'code'",
    ),
    "a part of a text": (("{{ kop.titel.kort }}",), "geen-onderdeel", "'kop.titel' is een tekst"),
    "a loop over a text": (
        ("{%p for a in kop.titel %}", "x", "{%p endfor %}"),
        "geen-lijst",
        "geen lijst om te herhalen",
    ),
    "the first of a list that may be empty": (
        ("{{ kop.slot|first }}",),
        "kan-ontbreken",
        "'kop.slot|first' is er niet",
    ),
    "a number added to a text": (("{{ kop.titel + 1 }}",), "rekenfout", "een tekst en een getal"),
    "a text that is no number": (("{% if kop.titel > 1 %}x{% endif %}",), "vergelijkfout", "< of >"),
    "a group that may be missing": (("{{ ontmoeting.datum }}",), "kan-ontbreken", "'ontmoeting' is er niet altijd"),
    "a loop without end": (("{%p for c in casussen %}", "{{ c.code }}"), "zonder-einde", "er ontbreekt {%p endfor %}"),
    "a condition without end": (("{% if kop.doel %}{{ kop.doel }}",), "zonder-einde", "er ontbreekt {% endif %}"),
    "an end without begin": (("{%p endif %}",), "einde-zonder-begin", "er staat geen if open"),
    "another end than begin": (
        ("{%p for c in casussen %}", "{{ c.code }}", "{%p endif %}"),
        "einde-zonder-begin",
        "(bedoelde u endfor?)",
    ),
    "an else without condition": (("{%p else %}",), "tak-zonder-begin", "else hoort bij geen enkele voorwaarde"),
    "an end at another level": (("{%p if kop.doel %}", "x", "{% endif %}"), "ander-niveau", "een andere letter"),
    "an end in another paragraph": (("{% if kop.doel %}", "x", "{% endif %}"), "ander-niveau", "een andere alinea"),
    "a misspelt word": (("{%p if kop.doel %}", "x", "{%p edif %}"), "tag-onbekend", "de tag edif bestaat niet"),
    "a Dutch word": (("{% als kop.doel %}x{% endif %}",), "tag-onbekend", "(bedoelde u if?)"),
    "a letter with a blank before it": (
        ("{% p if kop.doel %}", "x", "{%p endif %}"),
        "tag-onbekend",
        "{%p if kop.doel %}",
    ),
    "a letter without a blank behind it": (
        ("{%pif kop.doel %}", "x", "{%p endif %}"),
        "tag-onbekend",
        "met een spatie?",
    ),
    "else if": (("{% if kop.doel %}a{% else if kop.titel %}b{% endif %}",), "tag-onbekend", "bedoelde u elif?"),
    "one sign of equality": (("{% if kop.taal = 'nl-BE' %}x{% endif %}",), "tag-fout", "dient ==, niet ="),
    "a quote that stays open": (("{% if kop.taal == 'nl-BE %}x{% endif %}",), "tag-fout", "aanhalingsteken"),
    "a loop without in": (("{%p for casussen %}", "x", "{%p endfor %}"), "tag-fout", "ontbreekt in"),
    "an empty tag": (("{{ }}",), "tag-fout", "in deze tag staat niets"),
    "a tag with text beside it": (("{%p if kop.doel %} Doel:", "x", "{%p endif %}"), "niet-alleen", "zo ook “Doel:”"),
    "two tags in a paragraph": (("{%p if kop.doel %}{%p endif %}",), "niet-alleen", "er staat al een zulke tag"),
    "a tag for a row outside a table": (
        ("{%tr if kop.doel %}", "{%tr endif %}"),
        "buiten-tabel",
        "een rij van een tabel",
    ),
    "a choice without else": (("{{ kop.doel if kop.doel }}",), "keuze-zonder-else", "geen else"),
    "the name of a loop outside it": (
        ("{%p for c in casussen %}", "{{ c.code }}", "{%p endfor %}", "{{ c.soort }}"),
        "buiten-lus",
        "'c' bestaat enkel binnen zijn lus, {%p for c in casussen %}",
    ),
    "loops too deep": (
        tuple(f"{{%p for {n} in kop.slot %}}" for n in "abcde") + ("{%p endfor %}",) * 5,
        "lus-te-diep",
        "",
    ),
    "something of the program": (("{{ self.__init__.__globals__ }}",), "niet-toegelaten", "'__globals__'"),
    "a loop that repeats itself": (
        ("{%p for c in casussen recursive %}", "x", "{%p endfor %}"),
        "niet-toegelaten",
        "(recursive)",
    ),
    "a file from elsewhere": (("{% include 'x' %}",), "tag-onbekend", "include is in een sjabloon niet toegelaten"),
    "a call": (("{% for i in range(9) %}x{% endfor %}",), "niet-toegelaten", "niet toegelaten"),
    "a value with a letter": (("{{p kop.titel }}",), "waarde-met-niveau", "geen letter p"),
}


@pytest.mark.parametrize("naam", FOUTEN)
def test_each_fault_of_a_tag_is_told_with_the_tag_and_what_was_meant(naam: str) -> None:
    alineas, code, woorden = FOUTEN[naam]
    gevonden = lint_text("Vooraf {{ kop.datum }}", *alineas, "{{ kop.markering }}")
    gezocht = [vondst for vondst in gevonden if vondst.code == code]
    assert len(gezocht) == 1 or naam == "a tag for a row outside a table", gevonden
    assert woorden in gezocht[0].melding
    assert re.match(r"de hoofdtekst, onder “\{\{ kop.titel \}\}”, alinea \d", gezocht[0].plaats)
    assert {vondst.code for vondst in gevonden} == {code}, gevonden


def test_every_fault_is_told_and_each_of_them_once() -> None:
    """Also behind a loop that stays open, and twice the same at two places."""
    gevonden = lint_text("{%p for casus in casussen %}", "{{ casus.kode }} en {{ kop.titl }}", "{{ kop.titl }}")
    assert [(vondst.code, vondst.plaats.rpartition(", ")[2]) for vondst in gevonden] == [
        ("zonder-einde", "alinea 1"),
        ("onbekend-veld", "alinea 2"),
        ("onbekend-veld", "alinea 2"),
        ("onbekend-veld", "alinea 3"),
    ]


def test_a_tag_that_word_split_over_runs_is_told_as_it_was_typed() -> None:
    document = make_document()
    stukken = "".join(
        f"<w:r><w:rPr><w:b/></w:rPr><w:t>{stuk}</w:t></w:r>" for stuk in ("Aan {", "{ ko", "p.ti", "tl }", "}.")
    )
    add_xml(document, f"<w:p {nsdecls('w')}>{stukken}</w:p>")
    assert [vondst.melding[:18] for vondst in lint(document)] == ["“{{ kop.titl }}”: "]


def test_a_fault_in_a_table_is_told_by_row_and_cell_and_one_in_a_header_by_its_part() -> None:
    document = make_document("{%p for casus in casussen %}")
    add_xml(document, make_table(("Code", "Soort"), ("{{ casus.code }}", "{{ casus.sort }}")))
    document.add_paragraph("{%p endfor %}")
    document.sections[0].header.paragraphs[0].text = "{{ kop.afzendr }}"
    document.sections[0].footer.paragraphs[0].text = "{% if %}"
    assert {vondst.plaats: vondst.melding.partition(":")[0] for vondst in lint(document)} == {
        "de hoofdtekst, onder “{{ kop.titel }}”, tabel 1, rij 2, cel 2": "“{{ casus.sort }}”",
        "een koptekst, alinea 1": "“{{ kop.afzendr }}”",
        "een voettekst, alinea 1": "“{% if %}”",
    }


def plant_row_that_stays_whole(document: WordDocument) -> None:
    add_xml(document, make_table(("{{ kop.doel }}",), rij_eigen="<w:trPr><w:cantSplit/></w:trPr>"))


def plant_row_of_one_height(document: WordDocument) -> None:
    hoogte = '<w:trPr><w:trHeight w:val="300" w:hRule="exact"/></w:trPr>'
    add_xml(document, make_table(("{{ kop.doel }}",), rij_eigen=hoogte))


def plant_widths_that_differ(document: WordDocument) -> None:
    add_xml(document, make_table(("a", "b"), breedte=BREEDTE - 900))


def plant_a_grid_without_widths(document: WordDocument) -> None:
    add_xml(document, make_table(("a", "b")).replace(f'<w:gridCol w:w="{BREEDTE}"/>', "<w:gridCol/>"))


def plant_a_header_row_that_does_not_return(document: WordDocument) -> None:
    lus = ("{%tr for a in afspraken %}", ""), ("{{ a.wat }}", "{{ a.wie }}"), ("{%tr endfor %}", "")
    add_xml(document, make_table(("Wat", "Wie"), *lus))


def plant_a_floating_table(document: WordDocument) -> None:
    add_xml(document, make_table(("a",), eigen='<w:tblpPr w:tblpX="1"/>'))


def plant_a_high_header(document: WordDocument) -> None:
    sectie = document.sections[0]
    sectie.header.paragraphs[0].text = "{{ kop.afzender }}"
    sectie.header.paragraphs[0].paragraph_format.space_after = Pt(60)


def plant_a_high_footer(document: WordDocument) -> None:
    for _ in range(6):
        document.sections[0].footer.add_paragraph("Vertrouwelijk")


def plant_columns(document: WordDocument) -> None:
    for xml in ('<w:type {} w:val="continuous"/>', '<w:cols {} w:num="2"/>'):
        element = parse_xml(xml.format(nsdecls("w")))
        for ander in document.element.body.sectPr.findall(element.tag):
            document.element.body.sectPr.remove(ander)
        document.element.body.sectPr.append(element)


def plant_hidden_text(document: WordDocument) -> None:
    document.add_paragraph().add_run("Niet voor iedereen").font.hidden = True


def plant_a_comment(document: WordDocument) -> None:
    document.add_comment(document.add_paragraph("Let op").runs, "nog na te kijken", "A", "A")


def plant_a_revision(document: WordDocument) -> None:
    add_xml(document, f'<w:p {nsdecls("w")}><w:ins w:id="1" w:author="A"><w:r><w:t>Nieuw</w:t></w:r></w:ins></w:p>')


def plant_a_field(document: WordDocument) -> None:
    add_xml(
        document, f'<w:p {nsdecls("w")}><w:fldSimple w:instr=" AUTHOR "><w:r><w:t>A</w:t></w:r></w:fldSimple></w:p>'
    )


def plant_no_language(document: WordDocument) -> None:
    taal = document.styles.element.find(f".//{qn('w:lang')}")
    taal.getparent().remove(taal)


def plant_another_language(document: WordDocument) -> None:
    document.styles.element.find(f".//{qn('w:lang')}").set(qn("w:val"), "en-US")


def plant_a_picture(document: WordDocument) -> None:
    document.add_paragraph().add_run().add_picture(io.BytesIO(make_png()))


def plant_a_heading_out_of_order(document: WordDocument) -> None:
    document.add_heading("Criteria", 3)


def make_png() -> bytes:
    """One white point."""
    stukken = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\xff")),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(inhoud)) + soort + inhoud + struct.pack(">I", zlib.crc32(soort + inhoud))
        for soort, inhoud in stukken
    )


#: What is planted -> its code, where it is, and words of the message.
GEWOONTEN: list[tuple[Callable[[WordDocument], None], str, str, str]] = [
    (plant_row_that_stays_whole, "rij-niet-splitsen", "tabel 1, rij 1, cel 1", "valt er tekst weg"),
    (plant_row_of_one_height, "rij-vaste-hoogte", "tabel 1, rij 1, cel 1", "wordt niet gedrukt"),
    (plant_widths_that_differ, "tabel-breedte", "tabel 1, rij 1, cel 1", "niet zo breed als haar kolom"),
    (plant_a_grid_without_widths, "tabel-zonder-breedte", "tabel 1, rij 1, cel 1", "hoe breed haar kolommen zijn"),
    (plant_a_header_row_that_does_not_return, "koprij-herhaalt-niet", "tabel 1, rij 1, cel 1", "komt op een volgende"),
    (plant_a_floating_table, "tabel-zweeft", "tabel 1, rij 1, cel 1", "zweeft"),
    (plant_a_high_header, "hoger-dan-marge", "een koptekst", "bovenmarge"),
    (plant_a_high_footer, "hoger-dan-marge", "een voettekst", "ondermarge"),
    (plant_columns, "kolommen", "de hoofdtekst", "halverwege een pagina"),
    (plant_hidden_text, "mag-niet-mee", "alinea 1", "verborgen tekst in “Niet voor iedereen”"),
    (plant_a_comment, "mag-niet-mee", "alinea 1", "een opmerking (tabblad Controleren) in “Let op”"),
    (plant_a_revision, "mag-niet-mee", "alinea 1", "bijgehouden wijzigingen in “Nieuw”"),
    (plant_a_field, "mag-niet-mee", "alinea 1", "een Word-veld AUTHOR"),
    (plant_no_language, "taal", "de stijlen", "niet in welke taal"),
    (plant_another_language, "taal", "de stijlen", "en-US"),
    (plant_a_picture, "beeld-zonder-tekst", "alinea 1", "geen alternatieve tekst"),
    (plant_a_heading_out_of_order, "kop-overgeslagen", "kop “Criteria”", "niveau 3, na een kop van niveau 1"),
]


@pytest.mark.parametrize(
    ("plant", "code", "waar", "woorden"), GEWOONTEN, ids=lambda deel: getattr(deel, "__name__", "")
)
def test_each_habit_that_breaks_a_document_is_told_once(
    plant: Callable[[WordDocument], None], code: str, waar: str, woorden: str
) -> None:
    document = make_document()
    plant(document)
    (vondst,) = lint(document)
    assert (vondst.code, vondst.plaats.endswith(waar)) == (code, True), vondst
    assert woorden in vondst.melding and vondst.remedie
    assert (vondst.ernst is Ernst.FOUT) == (code == "mag-niet-mee")


def test_a_clean_template_has_nothing() -> None:
    document = make_document("{% if kop.doel and not kop.vervangt %}{{ kop.doel|upper }}{% else %}–{% endif %}")
    lus = ("{%tr for a in afspraken %}", ""), ("{{ loop.index }}. {{ a.wat }}", "{{ a.wie }}"), ("{%tr endfor %}", "")
    kop = make_table(("Wat", "Wie"), *lus).replace("<w:tr>", "<w:tr><w:trPr><w:tblHeader/></w:trPr>", 1)
    add_xml(document, kop)
    midden = "{# niets #}{% set naam = doel.doelstelling %}{{ naam }}{{ 'a' if naam else 'b' }} – {gewoon}"
    regels = ("{%p for doel in plan.doelen if doel.acties %}", midden, "{{ doel.acties[0].actie }}", "{%p endfor %}")
    for alinea in ("{%p if plan %}", "{{ plan.stand }}", *regels, "{%p endif %}"):
        document.add_paragraph(alinea)
    assert lint(document) == ()


#: What tags may ask, of every kind: some is there, some may be missing, some is nothing.
VRAGEN = (
    *("kop.titel", "kop", "kop.verdeellijst", "casussen", "casus.code", "casus.instemming.stemt_in", "plan.stand", "x"),
    *(
        "x.label",
        "loop.index",
        "loop.first",
        "1",
        "'a'",
        "not plan",
        "plan or kop.titel",
        "kop.versie + 1",
        "plan|length",
    ),
    *(
        "plan|length",
        "kop.titel ~ kop.versie",
        "kop.slot|join('; ')",
        "kop.slot|last",
        "casussen|length",
        "kop.contact['naam']",
    ),
    *("casussen[0].code", "kop.titel|first", "'a' if plan else plan.stand", "kop.versie is odd", "kop.versie > 'a'"),
)
LIJSTEN = ("casussen", "plan.doelen", "casus.rubrieken", "kop.slot", "kop.titel", "kop")
WAARDEN = st.sampled_from(VRAGEN).map("{{{{ {} }}}}".format)
STUKKEN = st.one_of(
    WAARDEN,
    st.tuples(st.sampled_from(VRAGEN), WAARDEN).map(lambda paar: f"{{%p if {paar[0]} %}}\n{paar[1]}\n{{%p endif %}}"),
    st.tuples(st.sampled_from(LIJSTEN), WAARDEN, WAARDEN).map(
        lambda paar: (
            f"{{%p for casus in {paar[0]} %}}\n{paar[1]}\n{{%p for x in casus.rubrieken %}}\n{paar[2]}\n"
            "{%p endfor %}\n{%p endfor %}"
        )
    ),
    st.text("{}%# ptrforendif.|'\"()[]=~", max_size=20).filter(str.isprintable),
)


@settings(deadline=None, max_examples=20)
@given(st.lists(STUKKEN, min_size=1, max_size=3))
def test_what_the_lint_does_not_refuse_makes_a_document_of_much_and_of_nothing(stukken: list[str]) -> None:
    sjabloon = save(make_document(*"\n".join(stukken).split("\n")))
    if any(vondst.ernst is Ernst.FOUT for vondst in lint(sjabloon)):
        return
    for vol in (True, False):
        assert render_deelbeeld(make_copy(vol=vol), sjabloon)


@functools.cache
def make_copy(*, vol: bool) -> Deelbeeld:
    data = load_tafel(name_tafel("gewoon"))
    (soort,) = (soort for soort in data.documenten if soort.id == "casusfiche")
    return make_proefbeeld(data, soort, vol=vol)


STANDAARD = sorted(pad.stem for pad in (SJABLONEN / "standaard").glob("*.docx"))


def read_standard(sjabloon: str) -> tuple[bytes, Bestemming]:
    """A template, and for which document; each is held against those of every table by `tafel toets`."""
    doel = EIGEN.get(sjabloon, Bestemming(anoniem=sjabloon.startswith("anoni")))
    if sjabloon == "cijfers":
        doel = Bestemming(altijd=(("cijfers",),))
    return (SJABLONEN / "standaard" / f"{sjabloon}.docx").read_bytes(), doel


@pytest.mark.parametrize("sjabloon", STANDAARD)
def test_no_standard_template_has_any_fault(sjabloon: str) -> None:
    inhoud, doel = read_standard(sjabloon)
    assert lint(inhoud, doel) == ()


#: Faults that can stand together at the end of any template, each in paragraphs of its own.
OPEN = ["a loop without end", "a condition without end"]
NIET_SAMEN = {"an end without begin", "an else without condition", "loops too deep", "a tag for a row outside a table"}
ZAAD = [naam for naam in FOUTEN if naam not in NIET_SAMEN and naam not in OPEN] + OPEN


@pytest.mark.parametrize("sjabloon", STANDAARD)
def test_every_kind_of_fault_is_found_in_every_standard_template_beside_all_others(sjabloon: str) -> None:
    inhoud, doel = read_standard(sjabloon)
    document = Document(io.BytesIO(inhoud))
    document.add_heading("Gezaaid", 1)
    for naam in ZAAD:
        for alinea in FOUTEN[naam][0]:
            document.add_paragraph(alinea)
    plant_a_picture(document)
    plant_hidden_text(document)
    plant_a_high_header(document)
    plant_widths_that_differ(document)
    gevonden = Counter(vondst.code for vondst in lint(document, doel) if vondst.ernst is not Ernst.INFO)
    verwacht = Counter(FOUTEN[naam][1] for naam in ZAAD) + Counter(
        ("beeld-zonder-tekst", "mag-niet-mee", "hoger-dan-marge", "tabel-breedte")
    )
    assert gevonden == verwacht
    assert len(verwacht) > 20


@pytest.mark.parametrize(
    ("oud", "nieuw", "code"),
    [
        ("{{ kop.afzender }}", "{{ kop.afzendr }}", "onbekend-veld"),
        ("{%p endfor %}", "", "zonder-einde"),
        ("{%tr endif %}", "", "zonder-einde"),
        ("{%p for regel in kop.inleiding %}", "", "einde-zonder-begin"),
    ],
)
def test_what_is_lost_in_any_standard_template_is_found(oud: str, nieuw: str, code: str) -> None:
    geraakt = 0
    for sjabloon in STANDAARD[::3]:
        inhoud, doel = read_standard(sjabloon)
        bedorven = replace_once(inhoud, oud, nieuw)
        if bedorven != inhoud:
            geraakt += 1
            assert code in {vondst.code for vondst in lint(bedorven, doel)}, sjabloon
    assert geraakt > 5


def replace_once(docx: bytes, oud: str, nieuw: str) -> bytes:
    """The same document with one text changed in whichever part holds it; the same bytes when none does."""
    uit, klaar = io.BytesIO(), False
    with zipfile.ZipFile(io.BytesIO(docx)) as bron, zipfile.ZipFile(uit, "w") as doel:
        for lid in bron.namelist():
            inhoud = bron.read(lid).decode() if lid.endswith(".xml") else ""
            klaar |= (raak := oud in inhoud and not klaar)
            doel.writestr(lid, inhoud.replace(oud, nieuw, 1) if raak else bron.read(lid))
    return uit.getvalue() if klaar else docx


# --- what a document may never hold -------------------------------------------------------------------------------


def test_a_field_that_an_anonymous_document_never_holds_is_told_even_where_it_is_asked_for() -> None:
    lus = (
        "{%p for casus in casussen %}",
        "{%p for p in casus.identiteit %}",
        "{{ p.naam }}",
        "{%p endfor %}",
        "{%p endfor %}",
    )
    assert lint_text(*lus) == ()
    (vondst,) = lint(make_document(*lus), Bestemming(anoniem=True))
    assert (vondst.code, vondst.ernst) == ("nooit-gevuld", Ernst.WAARSCHUWING)
    assert vondst.melding == "“{%p for p in casus.identiteit %}”: identiteit staat nooit in een anoniem document."


def test_a_field_of_anonymous_documents_only_is_unknown_in_another() -> None:
    lus = (
        "{%p for casus in casussen %}",
        "{%p for p in casus.personen %}",
        "{{ p.rolwoord }}",
        "{%p endfor %}",
        "{%p endfor %}",
    )
    assert lint(make_document(*lus), Bestemming(anoniem=True)) == ()
    assert [vondst.code for vondst in lint_text(*lus)] == ["onbekend-veld"]


def test_what_the_data_of_the_table_never_give_is_worth_knowing_and_printed_unasked_a_hole() -> None:
    doel = Bestemming(nooit=((("besluit",), "niet vrijgegeven"), (("passages",), "niet vrijgegeven")))
    gevraagd = (
        "{%p if besluit %}",
        "{{ besluit.label }}",
        "{%p endif %}",
        "{% if passages or stellingen %}x{% endif %}",
    )
    assert {(vondst.code, vondst.ernst) for vondst in lint(make_document(*gevraagd), doel)} == {
        ("nooit-gevuld", Ernst.INFO)
    }
    (vondst,) = lint(make_document("Zo: {{ passages|join(', ') }}"), doel)
    assert (vondst.code, vondst.ernst) == ("nooit-gevuld", Ernst.WAARSCHUWING)


def test_the_data_of_a_table_say_what_its_documents_never_hold() -> None:
    tafel = name_tafel("gewoon")
    data = load_tafel(tafel)
    gevonden = list(find_faults(data, list_sjabloonmappen(data, REGIOS)))
    assert {vondst.ernst for _, vondst in gevonden} == {Ernst.INFO}
    assert any("deling.toml geeft" in vondst.melding for _, vondst in gevonden)


# --- the copy with comments ---------------------------------------------------------------------------------------


def read_comments(docx: bytes) -> list[tuple[str, str]]:
    """The text between the anchors of each comment, and its own."""
    document = Document(io.BytesIO(docx))
    paren = []
    for opmerking in document.comments:
        tekst, binnen = "", False
        for element in document.element.body.iter():
            if element.get(qn("w:id")) == str(opmerking.comment_id) and "commentRange" in element.tag:
                binnen = element.tag == qn("w:commentRangeStart")
            elif binnen and element.tag == qn("w:t"):
                tekst += element.text or ""
        paren.append((tekst, opmerking.text))
    return paren


def test_the_copy_has_a_comment_at_exactly_the_tag_that_it_is_about() -> None:
    document = make_document("Voor {{ kop.titl }} en {{ kop.datum }} {{ kop.mark")
    stukken = "".join(
        f'<w:r><w:t xml:space="preserve">{stuk}</w:t></w:r>' for stuk in ("Aan {", "{ kp.", "x }", "} en")
    )
    add_xml(document, f"<w:p {nsdecls('w')}>{stukken}</w:p>")
    document.sections[0].header.paragraphs[0].text = "{{ kop.afzendr }}"
    gemerkt = mark_template("proef", save(document), Bestemming())
    opmerkingen = read_comments(gemerkt)
    assert {tekst for tekst, _ in opmerkingen} == {"{{ kop.mark", "{{ kp.x }}", "{{ kop.titl }}", "{{ kop.titel }}"}
    teksten = dict(opmerkingen)
    assert "bedoelde u 'kop.titel'?" in teksten["{{ kop.titl }}"] and "LEESMIJ.md" in teksten["{{ kop.titl }}"]
    assert teksten["{{ kop.titel }}"].startswith("een koptekst, alinea 1: “{{ kop.afzendr }}”")
    assert [alinea.text for alinea in Document(io.BytesIO(gemerkt)).paragraphs] == [a.text for a in document.paragraphs]
    assert b"w:date" not in zipfile.ZipFile(io.BytesIO(gemerkt)).read("word/comments.xml")


def test_a_fault_without_a_place_of_its_own_stands_at_the_begin() -> None:
    document = Document(io.BytesIO(make_base()))
    document.element.body.remove(document.paragraphs[0]._p)
    plant_another_language(document)
    assert read_comments(mark_template("proef", save(document), Bestemming()))[0][1].startswith("de stijlen: De taal")


# --- the command --------------------------------------------------------------------------------------------------


class Lint:
    def __init__(self, map_: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.map, self._capsys, self.uitvoer = map_, capsys, ""

    def __call__(self, sjabloon: bytes, *opties: str, naam: str = "casusfiche.docx") -> int:
        pad = self.map / naam
        pad.parent.mkdir(parents=True, exist_ok=True)
        pad.write_bytes(sjabloon)
        code = run_cli(["sjabloon", "toets", str(pad), *opties])
        self.uitvoer = self.read()
        return code

    def read(self) -> str:
        uit = self._capsys.readouterr()
        return " ".join((uit.out + uit.err).split())


@pytest.fixture
def opdracht(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Lint:
    return Lint(tmp_path, capsys)


def test_the_command_prints_each_fault_and_writes_the_copy(opdracht: Lint) -> None:
    tafel, merk = name_tafel("gewoon"), opdracht.map / "merk.docx"
    schuin = save(make_document("{{ kop.titl }}"))
    assert opdracht(schuin, "--voor", "casusfiche", "--tafel", tafel, "--merk", str(merk)) == ExitCode.CONFIGURATIE
    assert "alinea 1: “{{ kop.titl }}”: het veld 'kop.titl' bestaat niet (bedoelde u 'kop.titel'?)." in opdracht.uitvoer
    assert "casusfiche.docx, voor casusfiche: 1 fout." in opdracht.uitvoer
    assert len(read_comments(merk.read_bytes())) == 1
    merk.write_bytes(b"met eigen notities")
    assert opdracht(schuin, "--voor", "casusfiche", "--tafel", tafel, "--merk", str(merk)) == ExitCode.GEBRUIK
    assert "merk.docx bestaat al en wordt niet overschreven. → Geef bij --merk een andere naam." in opdracht.uitvoer
    assert merk.read_bytes() == b"met eigen notities"
    scheef = make_document("{{ kop.titel }}")
    plant_a_picture(scheef)
    assert opdracht(save(scheef), "--tafel", tafel) == ExitCode.BEVINDINGEN
    assert "1 aandachtspunt." in opdracht.uitvoer
    assert opdracht(save(make_document()), "--tafel", tafel, "--merk", str(opdracht.map / "n.docx")) == ExitCode.KLAAR
    assert "casusfiche.docx, voor casusfiche: in orde." in opdracht.uitvoer
    assert not (opdracht.map / "n.docx").exists()


def test_the_command_prints_one_json_document(opdracht: Lint) -> None:
    code = opdracht(save(make_document("{{ kop.titl }}")), "--tafel", name_tafel("gewoon"), "--json")
    (vondst,) = json.loads(opdracht.uitvoer)["bevindingen"]
    assert (code, vondst["code"], vondst["ernst"]) == (ExitCode.CONFIGURATIE, "onbekend-veld", "fout")


def test_in_a_werkmap_and_beside_the_data_of_a_table_it_knows_the_table(opdracht: Lint) -> None:
    tafel = name_tafel("gewoon")
    assert run_cli(["nieuw", str(opdracht.map / "wm"), "--tafel", tafel]) == ExitCode.KLAAR
    goed = save(make_document())
    assert opdracht(goed, naam="wm/sjablonen/casusfiche.docx") == ExitCode.KLAAR
    assert opdracht(goed, "--map", str(opdracht.map / "wm"), "--voor", "agenda") == ExitCode.KLAAR
    assert "casusfiche.docx, voor agenda: in orde" in opdracht.uitvoer
    assert run_cli(["tafel", "nieuw", str(opdracht.map / "regio" / "tafel")]) == ExitCode.KLAAR
    assert opdracht(goed, naam="regio/tafel/sjablonen/casusfiche.docx") == ExitCode.KLAAR
    assert opdracht(goed, naam="verzendlijst.docx") == ExitCode.KLAAR


@pytest.mark.parametrize(
    ("opties", "woorden"),
    [
        ((), "Voor welke tafel dient dit sjabloon? → Zeg het met --tafel REGIO/TAFEL"),
        (("--tafel", "T", "--voor", "casusfisje"), 'kent geen document “casusfisje”. → Bedoelde u "casusfiche"?'),
        (("--tafel", "T", "--voor", "xyz"), "Kies met --voor uit: "),
        (("--tafel", "T", "--map", "."), "Kies --tafel of --map"),
        (("--map", "."), "is geen werkmap"),
        (("--tafel", "T", "--merk", "."), "--merk"),
        (("--tafel", "T", "--merk", "ZELF"), "zou het sjabloon zelf overschrijven"),
    ],
)
def test_a_wrong_use_says_what_is_expected(opdracht: Lint, opties: tuple[str, ...], woorden: str) -> None:
    namen = {"T": name_tafel("gewoon"), ".": str(opdracht.map), "ZELF": str(opdracht.map / "casusfiche.docx")}
    assert opdracht(save(make_document()), *(namen.get(optie, optie) for optie in opties)) == ExitCode.GEBRUIK
    assert woorden in opdracht.uitvoer


def test_a_file_that_is_not_there_is_named(opdracht: Lint) -> None:
    (opdracht.map / "map.docx").mkdir()
    for args in (("sjabloon", "toets"), ("lees",), ("sjabloon", "vul")):
        assert run_cli([*args, str(opdracht.map / "weg.docx")]) == ExitCode.GEBRUIK
        assert "weg.docx is er niet. → Kijk de naam na" in opdracht.read()
        assert run_cli([*args, str(opdracht.map / "map.docx")]) == ExitCode.GEBRUIK
        assert "map.docx is een map, geen bestand." in opdracht.read()


@pytest.mark.parametrize(
    ("sjabloon", "woord"),
    [
        (b"geen Word", "geen Word-document"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "wachtwoord"),
        (b"PK\3\4 word/vbaProject.bin", "macro"),
    ],
)
def test_what_cannot_be_opened_is_one_sentence(opdracht: Lint, sjabloon: bytes, woord: str) -> None:
    assert opdracht(sjabloon, "--tafel", name_tafel("gewoon")) == ExitCode.CONFIGURATIE
    assert woord in opdracht.uitvoer and "→" in opdracht.uitvoer


def test_checking_a_table_lints_the_templates_of_its_documents(opdracht: Lint) -> None:
    tafel = opdracht.map / "regio" / "tafel"
    assert run_cli(["tafel", "nieuw", str(tafel)]) == ExitCode.KLAAR
    document = Document(str(SJABLONEN / "standaard" / "casusfiche.docx"))
    plant_a_heading_out_of_order(document)
    document.add_paragraph("{{ kop.titl }}")
    (tafel / "sjablonen").mkdir()
    document.save(str(tafel / "sjablonen" / "casusfiche.docx"))
    assert run_cli(["tafel", "toets", str(tafel)]) == ExitCode.CONFIGURATIE
    opdracht(b"", naam="weg.docx")
    assert (
        "document \"casusfiche\": Sjabloon 'casusfiche', de hoofdtekst, onder “Criteria”, alinea 1" in opdracht.uitvoer
    )
