"""PDF forms: fields on pages, values in the tree, states of ticks, and what a PDF may hide or start."""

from __future__ import annotations

import base64
import io
import zlib

import pypdf
import pytest
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from pipeline.errors import InvoerFout
from pipeline.read import read_formulier
from pipeline.read.pdfnames import split_names
from schemas.inzending import RuwAntwoord, RuwFormulier

#: "Naam: Ans" on one page, encrypted by qpdf with AES-256, an owner's password and no user's password
_AES = zlib.decompress(
    base64.b64decode(
        "eNqFVGtsVEUUBiyELGhaYgRF4zShJdXWvfO+IwVT2l1EoC2tVBRLmNctrdvd9e4FCyYlKiqYSCRYMAIxgEYlBgiJLxSJ0oj0hxrB"
        "iCb6wx/4SFolosb4nLttaRM0/rh3ZnK+Oec735xzKpob0jXwFp6oOPHr/r8SEHggp7oStbUgWafDXDoXdoP4kO60GVMAq0A7WLAA"
        "JFM9kc0WOnPZQtFa17AwVdwslAXbZsPYApLO7TjkUrveZoAfX489NMsOWwDExWsByTs35C1I1stIZnIdzpywWRPTQOPoDGOaVFdr"
        "1A2SS222I1oLkOfH3DKRDd2akZFtsDpnHLAR4NgSFiIASeyyEIVWdicOD57ZvXf1c4fuHSitKKv+tlDV/mHevDIxvW/WyXnTs303"
        "VLdfGDxS/dJV63cevHBq8p7yZw70TNrE+g/cWn920x574pGVR/mDq6o/CPNvzDbz7xuoPNWYOC9Khi6ue5TN+O168cXOnz+r2HaI"
        "T6/6bvfAq1fmUfnMH7453btk3/zo8w3L35z8zusdPcfevdh4fIh//cD3d5S9/6I5eN2W87KvUP7p4oeGXtg4sGSOevbIwGDb1EW/"
        "9N9z1Ftdeve0M9u9Fnr6/s11N51ZNnFH6vmH/5z15NzUV3Oa6pdVOqVGMhvRjI3TbEQlRv5dpDFVzs4tmXfyk0Uvt235feY1+xPV"
        "5wbLjm1t6nt61+0fvzd16+Fpjdt3qbIZj9+4/6euvdveuvrc7B+PP1Xz0Zf9M0+/fdtrnVXLL2PBx7GoTxdrozUyI7u6ddHa1Hqb"
        "jUCyIaeb8jYbg5Y5Q6q1DV+ijdFosYySb41k1sjQjL0/Za4mQK2hnPjMl8SXAhPfY5J5DDKlPOZTzSyhSBGf0MDXyvqQep5nEcU2"
        "4IwYq6jHNXc/Tqk0hgdEeUgIiB2aYehD4jg0uQoXxiMMcmGVZZQqqAT1BZUK+QQZYajSyggudBAQaKwOjAqIRxC2hgjBuR/XPahx"
        "r9Fsw27XOj6jgpoYH0jFqeOgIceSBdhjBBHt8C2AxXl3p0cFdEs4dljhcvdJYISgWEIruWUaE4YMCohQmjAsuEKGIEZIEBgEiSFE"
        "S21dQCMhJp7LRXmCSeNpjDCixHMIJDCmGGpjFHMkVrjcLZYoUD62inGmics+UCy+63GorXSXhDTK9ylk2DiFtEUcI+R5mChEKXdu"
        "2gAd19z+Zc29ssUGl56WoP/o7OG1WRYVjMsrl1nXnY1nSbI5tKZTR7kQwGLtJO9yEwsC5L52kFycDXJuKhQnTksu5wbD8L61c6MF"
        "wtkbwKpa6CsdCN/nxgTWw5QYDHnADSTEtyKQC/4f4UKlsjrckI8AL0YY67OePVpNmFSZntI7pXLKY72lN0/uV2s2l/59bfIPrdZk"
        "rngCVuEJExbtLNmRuKylCpEMo57QBgkIiRvYFammdOIf9BDZjw=="
    )
)


class FormBuilder:
    """A page with text and widgets, built object by object."""

    def __init__(self, *texts: tuple[int, int, str]) -> None:
        self.writer = pypdf.PdfWriter()
        self.page = self.writer.add_blank_page(600, 800)
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        fonts = DictionaryObject({NameObject("/F1"): _dict(font)})
        self.page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        content = DecodedStreamObject()
        lines = "".join(f"BT /F1 10 Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in texts)
        content.set_data(lines.encode("latin-1"))
        self.page[NameObject("/Contents")] = self.writer._add_object(content)
        self.annotations = ArrayObject()
        self.page[NameObject("/Annots")] = self.annotations
        self.fields = ArrayObject()
        self.form = DictionaryObject({NameObject("/Fields"): self.fields})
        self.writer.root_object[NameObject("/AcroForm")] = self.form

    def draw_squares(self, *corners: tuple[int, int]) -> None:
        """Squares as a browser draws its boxes."""
        content = self.page["/Contents"].get_object()
        assert isinstance(content, DecodedStreamObject)
        lines = "".join(f"{x} {y} 10 10 re S\n" for x, y in corners)
        content.set_data(content.get_data() + lines.encode())

    def add(
        self, name: str | None, kind: str, y: int = 700, parent: object = None, **entries: object
    ) -> DictionaryObject:
        """Add a field that is its own widget, or a kid of `parent`."""
        widget = _dict({"/Type": "/Annot", "/Subtype": "/Widget", "/FT": kind})
        widget[NameObject("/Rect")] = ArrayObject(map(FloatObject, (200, y, 300, y + 14)))
        if name is not None:
            widget[NameObject("/T")] = TextStringObject(name)
        for key, value in entries.items():
            widget[NameObject(f"/{key}")] = value
        reference = self.writer._add_object(widget)
        self.annotations.append(reference)
        if isinstance(parent, DictionaryObject):
            widget[NameObject("/Parent")] = parent.indirect_reference
            parent.setdefault(NameObject("/Kids"), ArrayObject()).append(reference)
        else:
            self.fields.append(reference)
        return widget

    def add_parent(self, name: str, **entries: object) -> DictionaryObject:
        """Add a field without a widget."""
        node = DictionaryObject({NameObject("/T"): TextStringObject(name)})
        node.update({NameObject(f"/{key}"): value for key, value in entries.items()})
        self.fields.append(self.writer._add_object(node))
        return node

    def save(self) -> bytes:
        buffer = io.BytesIO()
        self.writer.write(buffer)
        return buffer.getvalue()

    def read(self) -> RuwFormulier:
        return read_formulier("f.pdf", self.save())


def _dict(entries: dict[str, str]) -> DictionaryObject:
    return DictionaryObject({NameObject(key): NameObject(value) for key, value in entries.items()})


def _states(*names: str) -> DictionaryObject:
    normal = DictionaryObject({NameObject(f"/{name}"): DictionaryObject() for name in names})
    return DictionaryObject({NameObject("/N"): normal})


def _only(form: FormBuilder) -> RuwAntwoord:
    antwoorden = form.read().antwoorden
    assert len(antwoorden) == 1
    return antwoorden[0]


def _codes(ruw: RuwFormulier) -> list[str]:
    return [bevinding.code for bevinding in ruw.bevindingen]


def test_a_field_gives_its_name_title_value_and_page() -> None:
    form = FormBuilder()
    form.add("aanmelder.naam", "/Tx", V=TextStringObject("Ans\rVerzonnen"), TU=TextStringObject("Naam"))
    antwoord = _only(form)
    assert (antwoord.tag, antwoord.label, antwoord.waarde) == ("aanmelder.naam", "Naam", "Ans\nVerzonnen")
    assert antwoord.plaats == "pagina 1, veld aanmelder.naam"
    assert "Verzonnen" in form.read().tekst


def test_without_a_title_the_words_beside_or_above_the_field_are_its_label() -> None:
    form = FormBuilder((100, 703, "Naam:"), (200, 668, "Geboren"), (310, 603, "tafel"))
    form.add("Tekstveld 1", "/Tx", 700, V=TextStringObject("Ans"))
    form.add("Tekstveld 2", "/Tx", 650, V=TextStringObject("2010"))
    form.add("Vak 3", "/Btn", 600, AS=NameObject("/Ja"), AP=_states("Ja", "Off"))
    assert [(a.label, a.waarde) for a in form.read().antwoorden] == [
        ("Naam", "Ans"),
        ("Geboren", "2010"),
        ("tafel", True),
    ]


@pytest.mark.parametrize("raw", ["Ans".encode("utf-16"), b"Ans"])
def test_a_value_may_be_bytes_or_a_stream(raw: bytes) -> None:
    form = FormBuilder()
    form.add("a", "/Tx", V=ByteStringObject(raw))
    stream = DecodedStreamObject()
    stream.set_data(raw)
    form.add("b", "/Tx", 600, V=form.writer._add_object(stream))
    assert [a.waarde for a in form.read().antwoorden] == ["Ans", "Ans"]


def test_a_value_stands_on_the_parent_or_on_the_kid_and_names_are_joined() -> None:
    form = FormBuilder()
    above = form.add_parent("aanmelder", V=TextStringObject("Ans"), FT=NameObject("/Tx"))
    form.add("naam", "/Tx", 700, above)
    below = form.add_parent("dienst", FT=NameObject("/Tx"))
    form.add(None, "/Tx", 650, below, V=TextStringObject("D1"))
    form.add(None, "/Tx", 600, below, V=TextStringObject("D1"))
    assert [(a.tag, a.waarde) for a in form.read().antwoorden] == [("aanmelder.naam", "Ans"), ("dienst", "D1")]


@pytest.mark.parametrize(
    ("entries", "ticked"),
    [
        ({"AS": "/Ja", "V": "/Ja"}, True),
        ({"AS": "/Off", "V": "/Off"}, False),
        ({"AS": "/Choice1"}, True),
        ({"V": "/1"}, True),
        ({"V": "/"}, False),
        ({}, False),
    ],
)
def test_a_tick_is_what_its_state_says(entries: dict[str, str], ticked: bool) -> None:
    form = FormBuilder()
    widget = form.add("vak", "/Btn", AP=_states("Ja", "Off"))
    widget.update({NameObject(f"/{key}"): NameObject(value) for key, value in entries.items()})
    assert _only(form).waarde is ticked


def test_a_state_and_a_value_that_differ_are_reported() -> None:
    form = FormBuilder()
    form.add("vak", "/Btn", AS=NameObject("/Off"), V=NameObject("/Ja"), AP=_states("Ja"))
    ruw = form.read()
    assert ruw.antwoorden[0].waarde is False
    assert _codes(ruw) == ["vinkje-conflict"]


def test_a_radio_group_gives_the_words_of_the_chosen_button() -> None:
    form = FormBuilder((100, 703, "Soort"), (310, 703, "nieuw"), (310, 653, "aanvulling"))
    group = form.add_parent("soort", FT=NameObject("/Btn"), Ff=NumberObject(1 << 15), V=NameObject("/1"))
    form.add(None, "/Btn", 700, group, AS=NameObject("/Off"), AP=_states("0", "Off"))
    form.add(None, "/Btn", 650, group, AS=NameObject("/1"), AP=_states("1", "Off"))
    antwoord = _only(form)
    assert (antwoord.label, antwoord.waarde, antwoord.soort.value) == ("Soort", "aanvulling", "keuze")


def test_a_list_gives_the_shown_words_and_several_give_several() -> None:
    options = ArrayObject([ArrayObject(map(TextStringObject, pair)) for pair in (("j", "Ja"), ("n", "Nee"))])
    form = FormBuilder()
    form.add("een", "/Ch", V=TextStringObject("j"), Opt=options)
    form.add("twee", "/Ch", 600, V=ArrayObject(map(TextStringObject, "jn")), Opt=options)
    form.add("geen", "/Ch", 500, Opt=options)
    assert [(a.waarde, a.leeg) for a in form.read().antwoorden] == [("Ja", False), (("Ja", "Nee"), False), ("", True)]


def test_a_hidden_field_is_not_read_and_a_push_button_is_no_answer() -> None:
    form = FormBuilder()
    form.add("geheim", "/Tx", V=TextStringObject("Ans"), F=NumberObject(2))
    form.add("knop", "/Btn", 600, Ff=NumberObject(1 << 16))
    form.add("naam", "/Tx", 500, V=TextStringObject("Bert"))
    ruw = form.read()
    assert [a.tag for a in ruw.antwoorden] == ["naam"]
    assert _codes(ruw) == ["pdf-veld-verborgen"]
    assert "Ans" not in ruw.tekst


def test_fields_that_circle_or_stand_on_no_page_do_no_harm() -> None:
    form = FormBuilder()
    loose = form.add_parent("los", FT=NameObject("/Tx"), V=TextStringObject("Ans"))
    loop = form.add_parent("kring", FT=NameObject("/Tx"))
    loop[NameObject("/Parent")] = loop.indirect_reference
    loop[NameObject("/Kids")] = ArrayObject([loop.indirect_reference])
    assert loose
    assert "los" in [a.tag for a in form.read().antwoorden]


def test_scripts_launches_attachments_and_ink_are_named() -> None:
    form = FormBuilder()
    form.add("naam", "/Tx", V=TextStringObject("Ans"), A=_dict({"/S": "/Launch"}))
    form.writer.root_object[NameObject("/OpenAction")] = _dict({"/S": "/JavaScript"})
    form.writer.add_attachment("a.txt", b"x")
    form.annotations.append(form.writer._add_object(_dict({"/Type": "/Annot", "/Subtype": "/Ink"})))
    ruw = form.read()
    assert sorted(_codes(ruw)) == ["pdf-actief", "pdf-actief", "pdf-actief", "pdf-handgeschreven"]
    meldingen = " ".join(bevinding.melding for bevinding in ruw.bevindingen)
    assert "JavaScript" in meldingen
    assert "bijlage" in meldingen


def test_text_typed_over_a_flat_form_is_read() -> None:
    form = FormBuilder((100, 703, "Naam:"))
    note = _dict({"/Type": "/Annot", "/Subtype": "/FreeText"})
    note[NameObject("/Rect")] = ArrayObject(map(FloatObject, (200, 700, 300, 714)))
    note[NameObject("/Contents")] = TextStringObject("Ans")
    form.annotations.append(form.writer._add_object(note))
    ruw = form.read()
    assert ("Naam", "Ans") in [(a.label, a.waarde) for a in ruw.antwoorden]
    assert "Ans" in ruw.tekst


def test_a_pdf_without_fields_is_read_by_colons_and_columns() -> None:
    form = FormBuilder(
        (50, 700, "Naam: Ans"),
        (50, 680, "Dienst"),
        (250, 680, "Huis van proef"),
        (250, 667, "Dorpstraat 1"),
        (50, 640, "Een gewone zin."),
    )
    ruw = form.read()
    assert [(a.label, a.waarde) for a in ruw.antwoorden] == [
        ("Naam", "Ans"),
        ("Dienst", "Huis van proef\nDorpstraat 1"),
    ]
    assert "Een gewone zin." in ruw.tekst


@pytest.mark.parametrize("nested", [False, True])
def test_a_scan_is_known_by_its_pictures_and_refused_with_what_to_ask(nested: bool) -> None:
    form = FormBuilder()
    picture = form.writer._add_object(_dict({"/Type": "/XObject", "/Subtype": "/Image"}))
    drawn = DictionaryObject({NameObject("/XObject"): DictionaryObject({NameObject("/Im0"): picture})})
    if nested:
        group = _dict({"/Type": "/XObject", "/Subtype": "/Form"})
        group[NameObject("/Resources")] = drawn
        drawn = DictionaryObject({NameObject("/XObject"): DictionaryObject({NameObject("/Fm0"): group})})
    form.page[NameObject("/Resources")] = drawn
    with pytest.raises(InvoerFout) as caught:
        form.read()
    assert caught.value.bevinding.code == "pdf-scan"
    assert "Word-formulier" in caught.value.remedie


def test_a_blank_pdf_and_an_xfa_form_are_refused() -> None:
    for form, code in ((FormBuilder(), "pdf-zonder-tekst"), (FormBuilder((9, 9, "Please wait")), "pdf-alleen-xfa")):
        if code == "pdf-alleen-xfa":
            form.form[NameObject("/XFA")] = ArrayObject()
        with pytest.raises(InvoerFout) as caught:
            form.read()
        assert caught.value.bevinding.code == code


def test_a_password_is_refused_and_a_mere_ban_on_changes_is_not() -> None:
    closed = FormBuilder((50, 700, "Naam: Ans"))
    closed.writer.encrypt("geheim", algorithm="RC4-128")
    with pytest.raises(InvoerFout) as caught:
        closed.read()
    assert caught.value.bevinding.code == "bestand-versleuteld"
    banned = FormBuilder((50, 700, "Naam: Ans"))
    banned.writer.encrypt("", "eigenaar", algorithm="RC4-128")
    assert banned.read().antwoorden[0].waarde == "Ans"


def test_numbered_names_are_rows_when_that_is_certain() -> None:
    assert split_names(
        ["g.naam#1", "g.naam#2", "g.leeftijd#2", "stap_1", "stap_2", "a", "a_2", "b[0]", "c.1", "c.2"]
    ) == {
        "g.naam#1": ("g.naam", 0),
        "g.naam#2": ("g.naam", 1),
        "g.leeftijd#2": ("g.leeftijd", 1),
        "stap_1": ("stap_1", None),
        "stap_2": ("stap_2", None),
        "a": ("a", 0),
        "a_2": ("a", 1),
        "b[0]": ("b", None),
        "c.1": ("c", 0),
        "c.2": ("c", 1),
    }


def test_aes_without_a_password_to_open_is_read() -> None:
    assert read_formulier("f.pdf", _AES).antwoorden[0].waarde == "Ans"


def test_what_was_drawn_in_a_box_is_not_guessed_and_options_never_count_as_chosen() -> None:
    form = FormBuilder((50, 700, "Deelbaar met"), (214, 700, "Tafel"), (214, 680, "Aanmelder"))
    form.draw_squares((200, 698), (200, 678))
    ruw = form.read()
    assert [(a.label, a.waarde) for a in ruw.antwoorden] == [("Deelbaar met", "☐ Tafel\n☐ Aanmelder")]
    assert _codes(ruw) == ["pdf-vakjes-getekend"]


def test_a_cross_that_was_typed_in_a_drawn_box_ticks_it() -> None:
    form = FormBuilder((50, 700, "Crisis"), (202, 700, "x"), (214, 700, "Ja"), (254, 700, "Nee"))
    form.draw_squares((200, 698), (240, 698))
    assert [(a.label, a.waarde) for a in form.read().antwoorden] == [("Crisis", "☒ Ja ☐ Nee")]


def test_letters_that_were_drawn_one_by_one_in_any_order_make_words() -> None:
    widths = {"w": 7, "i": 2, "j": 2, "k": 5, "a": 6, "g": 6, "e": 6, "n": 6, "t": 3}
    letters, x = [], 200
    for letter in "wijkagent":
        letters.append((x, 700, letter))
        x += widths[letter]
    form = FormBuilder(*reversed(letters), (50, 700, "Functie"), (50, 680, "Naam"), (200, 680, "Ans"))
    assert [(a.label, a.waarde) for a in form.read().antwoorden] == [("Functie", "wijkagent"), ("Naam", "Ans")]


def test_boxes_without_a_name_of_their_own_are_read_by_the_question_before_them() -> None:
    form = FormBuilder((50, 702, "Waar zijn er"), (50, 690, "problemen?"), (220, 702, "Wonen"), (220, 682, "Werk"))
    for number, (y, state) in enumerate([(700, "/Aan"), (680, "/Off")], start=1):
        box = form.add(f"Check Box {number}", "/Btn", y, AS=NameObject(state), AP=_states("Aan"))
        box[NameObject("/Rect")] = ArrayObject(map(FloatObject, (200, y, 210, y + 10)))
    antwoord = _only(form)
    assert (antwoord.label, antwoord.waarde) == ("Waar zijn er problemen?", "☒ Wonen\n☐ Werk")


def test_texts_laid_over_a_form_stand_in_the_order_of_its_lines() -> None:
    form = FormBuilder((50, 700, "Naam"), (50, 680, "Dienst"), (50, 660, "Nummer"))
    for y, text in ((656, "12"), (696, "Ans")):
        note = _dict({"/Type": "/Annot", "/Subtype": "/FreeText"})
        note[NameObject("/Rect")] = ArrayObject(map(FloatObject, (200, y, 300, y + 14)))
        note[NameObject("/Contents")] = TextStringObject(text)
        form.annotations.append(form.writer._add_object(note))
    assert [(a.label, a.waarde) for a in form.read().antwoorden] == [("Naam", "Ans"), ("Dienst", ""), ("Nummer", "12")]


@pytest.mark.parametrize(("x", "waarde"), [(200, "☐ Tafel"), (241, "Tafel ☐")])
def test_one_option_alone_on_its_page_is_not_chosen_by_its_drawn_box(x: int, waarde: str) -> None:
    form = FormBuilder((50, 700, "Deelbaar met"), (214, 700, "Tafel"))
    form.draw_squares((x, 698))
    ruw = form.read()
    assert [(a.label, a.waarde) for a in ruw.antwoorden] == [("Deelbaar met", waarde)]
    assert _codes(ruw) == ["pdf-vakjes-getekend"]
