"""Rendering: strict about its template, exact about its values, equal in its bytes."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from beelden import make_beeld
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ConfiguratieFout, PoortFout
from pipeline.render import render_deelbeeld
from pipeline.render.members import join_members, pack_member
from schemas.deelbeeld import Deelbeeld, Rubriekblok, Veld

WORTEL = Path(__file__).parents[1]
VOL = make_beeld("casusfiche", True)


def make_template(*alineas: str, kop: str = "") -> bytes:
    document = Document()
    for alinea in alineas:
        document.add_paragraph(alinea)
    if kop:
        document.sections[0].header.paragraphs[0].text = kop
    return save(document)


def save(document: object) -> bytes:
    uit = io.BytesIO()
    document.save(uit)  # type: ignore[attr-defined]
    return uit.getvalue()


def with_doel(doel: str) -> Deelbeeld:
    return VOL.model_copy(update={"kop": VOL.kop.model_copy(update={"doel": doel})})


def read_paragraphs(docx: bytes) -> list[str]:
    return [alinea.text for alinea in Document(io.BytesIO(docx)).paragraphs]


def read_members(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as pakket:
        return {naam: pakket.read(naam) for naam in pakket.namelist()}


# --- values -------------------------------------------------------------------------------------------------------

TEKENS = st.characters(
    exclude_categories=("Cc", "Cs", "Cn"),
    exclude_characters="\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufff9\ufffa\ufffb"
    + "".join(map(chr, range(0xE0000, 0xE0080))),
    include_characters="\n\t",
)
VENIJN = st.sampled_from(
    ["{{", "}}", "{_{", "}_}", "{_%", "%_}", "{%p if x %}", "{#", "#}", "&amp;", "<w:p>", "</w:t>", "'", '"', "  "]
)
PRINTABLE = st.lists(st.text(TEKENS, max_size=12) | VENIJN, max_size=8).map("".join)


def make_three_places() -> bytes:
    document = Document()
    document.add_paragraph("[{{ kop.doel }}]")
    document.add_table(1, 1).cell(0, 0).text = "{{ kop.doel }}"
    document.sections[0].header.paragraphs[0].text = "{{ kop.doel }}"
    return save(document)


DRIE_PLAATSEN = make_three_places()


@settings(deadline=None, max_examples=150)
@given(PRINTABLE)
def test_a_value_is_printed_exactly_in_body_table_and_header(tekst: str) -> None:
    uit = Document(io.BytesIO(render_deelbeeld(with_doel(tekst), DRIE_PLAATSEN)))
    assert uit.paragraphs[0].text == f"[{tekst}]"
    assert uit.tables[0].cell(0, 0).text == tekst
    assert uit.sections[0].header.paragraphs[0].text == tekst


@pytest.mark.parametrize("einde", ["\n", "\r\n", "\r", "\u2028", "\u2029"])
def test_every_line_end_becomes_one_line_break(einde: str) -> None:
    docx = render_deelbeeld(with_doel(f"boven{einde}onder"), make_template("{{ kop.doel }}"))
    assert read_paragraphs(docx) == ["boven\nonder"]
    assert len(list(Document(io.BytesIO(docx)).element.body.iter(qn("w:br")))) == 1


@pytest.mark.parametrize(
    "teken",
    [
        "\x00",
        "\x07",
        "\x0b",
        "\x0c",
        "\x1b",
        "\x85",
        "\u202e",
        "\u2066",
        "\ufffe",
        "\uffff",
        "\U0001ffff",
        "\U000e0041",
    ],
)
def test_a_character_that_cannot_be_printed_is_refused_by_field_and_position(teken: str) -> None:
    rubriek = Rubriekblok(titel="R", velden=(Veld(label="L", waarde=f"Geheim{teken}woord"),), rijen=())
    casus = VOL.casussen[0].model_copy(update={"rubrieken": (VOL.casussen[0].rubrieken[0], rubriek)})
    with pytest.raises(PoortFout) as fout:
        render_deelbeeld(VOL.model_copy(update={"casussen": (casus,)}), make_template("niets"))
    assert "'casusfiche' CF-2031-0042" in fout.value.melding
    assert "casussen[1].rubrieken[2].velden[1].waarde" in fout.value.melding
    assert "teken 7" in fout.value.melding
    assert f"U+{ord(teken):04X}" in fout.value.melding
    assert "Geheim" not in fout.value.melding + fout.value.remedie
    assert fout.value.remedie


def test_a_lone_surrogate_is_refused_even_when_it_got_past_validation() -> None:
    with pytest.raises(PoortFout, match=r"veld .kop\.doel."):
        render_deelbeeld(with_doel("half \ud83d teken"), make_template("{{ kop.doel }}"))


# --- templates ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tekst", "naam"),
    [
        ("{{ kopje }}", "kopje"),
        ("{{ kop.titl }}", "titl"),
        ("{{ kop.contact.fax }}", "fax"),
        ("{% if kop.bestaatniet %}x{% endif %}", "bestaatniet"),
        ("{% for casus in casussen %}{{ casus.naam }}{% endfor %}", "naam"),
        ("{% for casus in kasussen %}x{% endfor %}", "kasussen"),
        ("{{ kop.titl.lengte }}", "titl"),
        ("{{ sleutel }}", "sleutel"),
        ("{{ verantwoording }}", "verantwoording"),
        ("{{ ontvanger.email }}", "email"),
        ("{{ ontvanger.rollen }}", "rollen"),
    ],
)
def test_an_unknown_field_is_named_together_with_the_template(tekst: str, naam: str) -> None:
    with pytest.raises(ConfiguratieFout) as fout:
        render_deelbeeld(VOL, make_template(tekst))
    assert "Sjabloon 'casusfiche'" in fout.value.melding
    assert f"het veld '{naam}' bestaat niet" in fout.value.melding


def test_a_misspelt_field_comes_with_the_likely_one() -> None:
    with pytest.raises(ConfiguratieFout, match=r"bedoelde u 'titel'\?"):
        render_deelbeeld(VOL, make_template("{{ kop.titl }}"))


def test_an_unknown_name_in_the_header_is_found_too() -> None:
    with pytest.raises(ConfiguratieFout, match=r"een koptekst.*afzendr"):
        render_deelbeeld(VOL, make_template("tekst", kop="Van {{ afzendr }}"))


def test_all_faults_of_a_template_are_reported_at_once() -> None:
    with pytest.raises(ConfiguratieFout) as fout:
        render_deelbeeld(VOL, make_template("Een {{ aa }}", "Twee {{ kop.titel|safe }}", "Drie {{ bb }}"))
    assert len(fout.value.fouten) == 3
    assert fout.value.fouten[1].startswith(
        "Sjabloon 'casusfiche', de hoofdtekst, alinea 2: “{{ kop.titel|safe }}”: de bewerking '|safe' bestaat niet"
    )


@pytest.mark.parametrize(
    "tekst",
    [
        "{{ kop.__class__ }}",
        "{{ kop['__class__'] }}",
        "{{ kop.titel.__class__.__mro__ }}",
        "{{ kop.keys }}",
        "{{ kop.items() }}",
        "{{ kop.titel.upper() }}",
        "{{ ''.join(kop.verdeellijst) }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ range(9) }}",
        "{{ namespace }}",
        "{{ self }}",
        "{{ kop.titel|attr('x') }}",
        "{{ kop.titel|safe }}",
        "{{ kop|pprint }}",
        "{{ kop.bestaatniet|default('x') }}",
        "{% if kop.bestaatniet is defined %}x{% endif %}",
        "{% autoescape false %}{{ kop.titel }}{% endautoescape %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% macro m() %}x{% endmacro %}{{ m() }}",
        "{{ 'a' * 999999999 }}",
        "{{ 9 ** 99999 }}",
        "{{ kop.titel[0:3] }}",
        "{{ kop[kop.titel] }}",
        "{% for c in casussen recursive %}x{% endfor %}",
        "{{ loop }}",
        "{% for c in casussen %}{{ loop.cycle('a', 'b') }}{% endfor %}",
        "{{ lipsum() }}",
        "{% for c in casussen %}{{ loop.__class__ }}{% endfor %}",
        "{{ opzoeken|first }}{{ ontbrekend|first }}",
    ],
)
def test_a_template_can_do_nothing_but_print_and_repeat(tekst: str) -> None:
    with pytest.raises(ConfiguratieFout, match="Sjabloon 'casusfiche'"):
        render_deelbeeld(VOL, make_template(tekst))


def test_loops_may_not_be_nested_without_end() -> None:
    diep = "{% for a in casussen %}" * 5 + "x" + "{% endfor %}" * 5
    with pytest.raises(ConfiguratieFout, match="meer dan 4 lussen"):
        render_deelbeeld(VOL, make_template(diep))


@pytest.mark.parametrize(
    ("tekst", "wat"),
    [("{{ kop }}", "een groep velden"), ("{{ kop.verdeellijst }}", "een lijst"), ("{{ besluit }}", "geen tekst")],
)
def test_only_text_and_numbers_are_printed(tekst: str, wat: str) -> None:
    with pytest.raises(ConfiguratieFout, match=wat):
        render_deelbeeld(VOL, make_template(tekst))


@pytest.mark.parametrize(
    ("tekst", "reden"),
    [
        ("{{ kop.titel", "“{{ kop.titel”: deze tag is niet gesloten; er ontbreekt }}"),
        ("{% if kop.titel %}x", "“{% if kop.titel %}”: deze voorwaarde heeft geen einde; er ontbreekt {% endif %}"),
        ("{% endfor %}", "“{% endfor %}”: deze tag sluit niets: er staat geen for open"),
        ("{{ kop. titel. }}", "“{{ kop. titel. }}”: na een punt ontbreekt een naam"),
        ("{{ kop.titel ! }}", "“{{ kop.titel ! }}”: deze tag is fout geschreven"),
    ],
)
def test_a_broken_tag_is_reported_in_dutch_with_its_place(tekst: str, reden: str) -> None:
    with pytest.raises(ConfiguratieFout) as fout:
        render_deelbeeld(VOL, make_template("eerst", tekst))
    assert fout.value.fouten == (f"Sjabloon 'casusfiche', de hoofdtekst, alinea 2: {reden}.",)


ONAF = r"“[^”]*kop\.titel[^”]*”: deze tag is niet (?:gesloten|geopend); er ontbreekt"


@pytest.mark.parametrize(
    "kapot", ["{{ kop.titel }", "{{ kop.titel", "{% if kop.titel", "{ kop.titel }}", "kop.titel %}"]
)
def test_half_a_tag_is_refused_although_a_later_one_would_close_it(kapot: str) -> None:
    with pytest.raises(ConfiguratieFout, match=ONAF):
        render_deelbeeld(VOL, make_template(kapot, "{{ kop.titel }}", "{% if kop.titel %}x{% endif %}"))
    with pytest.raises(ConfiguratieFout, match=ONAF):
        render_deelbeeld(VOL, make_template(f"{kapot} {{{{ kop.titel }}}}"))


def test_a_condition_that_crosses_a_table_is_refused_instead_of_repaired() -> None:
    document = Document()
    document.add_paragraph("{% if not kop.titel %}")
    document.add_table(1, 1).cell(0, 0).text = "x{% endif %}"
    with pytest.raises(ConfiguratieFout, match="niet op hetzelfde niveau"):
        render_deelbeeld(VOL, save(document))


def test_a_number_where_a_list_is_needed_is_reported() -> None:
    with pytest.raises(ConfiguratieFout, match="als lijst of getal"):
        render_deelbeeld(VOL, make_template("{% for a in kop.versie %}x{% endfor %}"))


@pytest.mark.parametrize(
    "inhoud", [b"", b"geen zip", b"PK\x03\x04rommel", join_members({"a.txt": pack_member("a.txt", b"x")})]
)
def test_a_file_that_is_no_word_document_is_refused(inhoud: bytes) -> None:
    with pytest.raises(ConfiguratieFout, match="geen Word-document"):
        render_deelbeeld(VOL, inhoud)


@pytest.mark.parametrize(
    ("xml", "woord"),
    [
        ('<w:ins w:id="1" w:author="Iemand"><w:r><w:t>nieuw</w:t></w:r></w:ins>', "bijgehouden wijzigingen"),
        ('<w:del w:id="1" w:author="Iemand"><w:r><w:delText>weg</w:delText></w:r></w:del>', "bijgehouden wijzigingen"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>stil</w:t></w:r>", "verborgen tekst"),
        ("<w:r><w:pict/></w:r>", "tekstvak"),
        ('<w:fldSimple w:instr=" AUTHOR "/>', "Word-veld AUTHOR"),
        ("<w:r><w:instrText> FILENAME </w:instrText></w:r>", "Word-veld FILENAME"),
    ],
)
def test_what_only_the_author_of_a_template_can_settle_is_refused(xml: str, woord: str) -> None:
    document = Document()
    document.add_paragraph()._p.append(
        parse_xml(
            xml.replace(" ", f" {nsdecls('w')} ", 1)
            if " " in xml.split(">")[0]
            else xml.replace(">", f" {nsdecls('w')}>", 1)
        )
    )
    with pytest.raises(ConfiguratieFout, match=woord):
        render_deelbeeld(VOL, save(document))


def test_comments_in_a_template_are_refused() -> None:
    document = Document()
    alinea = document.add_paragraph("tekst")
    document.add_comment(alinea.runs, "is dit juist?", author="Iemand")
    with pytest.raises(ConfiguratieFout, match="opmerking"):
        render_deelbeeld(VOL, save(document))


def test_what_nobody_sees_in_a_template_is_left_behind() -> None:
    document = Document()
    document.core_properties.author = "Maker Geheim"
    document.core_properties.keywords = "Geheim {{ kop.bestaatniet }}"
    alinea = document.add_paragraph("Tekst")._p
    alinea.set(qn("w:rsidR"), "00AB12CD")
    alinea.append(parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="0" w:name="GeheimNaam"/>'))
    alinea.append(
        parse_xml(
            f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="Geheim"/></w:sdtPr>'
            "<w:sdtContent><w:r><w:t> en meer</w:t></w:r></w:sdtContent></w:sdt>"
        )
    )
    vreemd = Part(PackURI("/customXml/item9.xml"), "application/xml", b"<geheim/>", document.part.package)
    document.part.relate_to(vreemd, RT.CUSTOM_XML)
    docx = render_deelbeeld(VOL, save(document))
    leden = read_members(docx)
    assert read_paragraphs(docx) == ["Tekst en meer"]
    assert not [naam for naam in leden if naam.startswith("customXml") or "thumbnail" in naam]
    for inhoud in leden.values():
        assert b"eheim" not in inhoud
        assert b"rsid" not in inhoud
        assert b"sdt>" not in inhoud


# --- the finished file --------------------------------------------------------------------------------------------


def test_the_package_says_nothing_but_its_contents() -> None:
    docx = render_deelbeeld(VOL, make_template("{{ kop.titel }}"))
    with zipfile.ZipFile(io.BytesIO(docx)) as pakket:
        assert pakket.namelist() == sorted(pakket.namelist())
        assert pakket.comment == b""
        for lid in pakket.infolist():
            assert lid.date_time == (1980, 1, 1, 0, 0, 0)
            assert (lid.extra, lid.comment, lid.create_system, lid.external_attr) == (b"", b"", 0, 0o600 << 16)
    assert docx.startswith(b"PK\x03\x04")


def test_the_properties_hold_title_sender_and_language_only() -> None:
    beeld = VOL.model_copy(update={"kop": VOL.kop.model_copy(update={"titel": "Titel & <meer>", "taal": "nl-NL"})})
    docx = render_deelbeeld(beeld, make_template("x"))
    eigenschappen = Document(io.BytesIO(docx)).core_properties
    assert eigenschappen.title == "Titel & <meer>"
    assert eigenschappen.author == VOL.kop.afzender
    assert eigenschappen.language == "nl-NL"
    assert not (eigenschappen.last_modified_by or eigenschappen.comments or eigenschappen.keywords)
    assert (eigenschappen.created, eigenschappen.modified) == (eigenschappen.modified, eigenschappen.created)
    assert b'w:lang w:val="nl-NL"' in read_members(docx)["word/styles.xml"]


def test_nothing_of_the_recipient_but_name_and_salutation_can_reach_the_file() -> None:
    beeld = VOL.model_copy(update={"sleutel": "SLEUTELGEHEIM"})
    for inhoud in read_members(render_deelbeeld(beeld, make_template("{{ ontvanger.naam }}"))).values():
        assert b"SLEUTELGEHEIM" not in inhoud
        assert b"caw@example.org" not in inhoud


def test_equal_input_gives_equal_bytes_in_another_process() -> None:
    code = (
        "import sys, hashlib, pathlib; from beelden import make_beeld; from pipeline.render import render_deelbeeld\n"
        "s = pathlib.Path('word-templates/standaard/casusfiche.docx').read_bytes()\n"
        "print(hashlib.sha256(render_deelbeeld(make_beeld('casusfiche', True), s)).hexdigest())"
    )
    uitkomsten = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=WORTEL,
            env=os.environ
            | {
                "PYTHONPATH": f"{WORTEL}{os.pathsep}{WORTEL / 'tests'}",
                "PYTHONHASHSEED": zaad,
            },
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for zaad in ("1", "2")
    }
    assert len(uitkomsten) == 1


def test_rendering_twice_gives_the_same_and_leaves_the_template_alone() -> None:
    sjabloon = make_template("{% for c in casussen %}{{ c.code }}{% endfor %}")
    eerst = render_deelbeeld(VOL, sjabloon)
    render_deelbeeld(make_beeld("casusfiche", False), sjabloon)
    assert render_deelbeeld(VOL, sjabloon) == eerst
