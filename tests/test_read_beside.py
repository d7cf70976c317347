"""Text beside a content control: joined with the answer, or reported, but never lost and never taken from the form."""

from __future__ import annotations

from pathlib import Path

import pytest
from support_docx import box, build_docx, p, r, sdt, tbl, tc, tr
from support_fill import fill_word, save_by_libreoffice
from support_tafel import AANMELDING, DATA
from support_tafels import name_tafel

from pipeline.forms import OpenRij, Vooraf, build_formulier
from pipeline.read import read_formulier
from schemas.inzending import RuwFormulier

PROMPT = "Klik of tik om tekst in te voeren."
DATE = "<w:date/>"
CHOICE = '<w:dropDownList><w:listItem w:displayText="Feit" w:value="feit"/></w:dropDownList>'
SAMPLES = Path(__file__).parent.parent / "samples" / name_tafel("gewoon")
SAMPLE = SAMPLES / "libreoffice" / "Aanmelding_SAMEN_november_LG.docx"


def _read(*cell: str, label: str = "Naam") -> RuwFormulier:
    return read_formulier("a.docx", build_docx(tbl(tr(label, tc(*cell)))))


def _values(ruw: RuwFormulier) -> list[tuple[str | None, object]]:
    return [(a.tag, a.waarde) for a in ruw.antwoorden]


def _codes(ruw: RuwFormulier) -> list[str]:
    return [bevinding.code for bevinding in ruw.bevindingen]


@pytest.mark.parametrize(
    "cell",
    [
        (p(sdt(r("Een"), tag="d.naam")), p(r("Twee"))),
        (p(sdt(r("Een"), tag="d.naam"), r("Twee")),),
        (sdt(p(r("Een")), tag="d.naam"), p(r("Twee"))),
        (p(r("Een")), p(sdt(r("Twee"), tag="d.naam", alias="Naam"))),
        (p(r("Een"), sdt(r("Twee"), tag="d.naam", alias="Naam")),),
        (p(sdt(r(PROMPT), tag="d.naam")), p(r("Een")), p(), p(r("Twee"))),
    ],
)
def test_text_beside_the_only_text_field_of_an_answer_belongs_to_it(cell: tuple[str, ...]) -> None:
    ruw = _read(*cell)
    assert _values(ruw) == [("d.naam", "Een\nTwee")]
    assert _codes(ruw) == []
    assert ruw.tekst.count("Een") == ruw.tekst.count("Twee") == 1


def test_a_field_over_the_whole_width_takes_the_text_below_it_up_to_the_next_label() -> None:
    cell = tc(p(sdt(r("Een"), tag="d.wat")), p(r("Twee")), p(r("Datum: 3/2/2026")))
    ruw = read_formulier("a.docx", build_docx(tbl(tr("Wat?"), tr(cell))))
    assert [(a.label, a.waarde) for a in ruw.antwoorden] == [("Wat?", "Een\nTwee"), ("Datum", "3/2/2026")]


@pytest.mark.parametrize(
    "before",
    [p(r("Achternaam: "), sdt(r("Jan"), tag="d.naam")), p(r("Naam "), sdt(r("Jan"), tag="d.naam", alias="Naam"))],
)
def test_a_label_before_the_field_is_no_answer(before: str) -> None:
    ruw = _read(before)
    assert _values(ruw) == [("d.naam", "Jan")]
    assert _codes(ruw) == []


def test_a_prompt_or_a_dotted_line_beside_a_field_is_no_answer() -> None:
    ruw = _read(p(sdt(r("Jan"), tag="d.naam"), r(" ......")), p(r(PROMPT)))
    assert _values(ruw) == [("d.naam", "Jan")]
    assert _codes(ruw) == []


@pytest.mark.parametrize(
    "cell",
    [
        (
            p(sdt(r("3/02/2026"), DATE, "d.datum")),
            p(r("Los")),
        ),
        (p(sdt(r("Feit"), CHOICE, "d.soort"), r(" Los")),),
        (p(r("Los "), sdt(r("Feit"), CHOICE, "d.soort", "Soort")),),
        (p(sdt(r("Een"), tag="d.een"), r(" en "), sdt(r("Twee"), tag="d.twee"), r(" Los")),),
        (p(box("1", "☒", "d.deelbaar.tafel", "Tafel"), r(" Tafel, Los")),),
        (p(box("1", "☒", "d.deelbaar.tafel", "Tafel"), r(" Tafel")), p(r("Los"))),
        (p(sdt(r("Jan"), '<w:lock w:val="sdtContentLocked"/><w:text/>', "d.naam"), r(" Los")),),
        (p(sdt(r(PROMPT)), r(" Los")),),
    ],
)
def test_text_that_no_field_can_take_is_reported_where_it_stands_and_not_repeated(cell: tuple[str, ...]) -> None:
    ruw = _read(*cell)
    assert _codes(ruw) == ["tekst-naast-veld"]
    assert ruw.bevindingen[0].plaats == "tabel 1, rij 1"
    assert not any("Los" in str(a.waarde) for a in ruw.antwoorden)
    assert "Los" not in ruw.bevindingen[0].melding + ruw.bevindingen[0].remedie


@pytest.mark.parametrize(
    "cell",
    [
        (p(box("1", "☒", "d.a", "Triagetafel"), r(" Triagetafel      "), box("0", "☐", "d.b", "Tafel"), r(" Tafel")),),
        (p(r("Ja "), box("1", "☒", "d.ja", "Ja"), r(" Nee "), box("0", "☐", "d.nee", "Nee")),),
        (p(box("1", "☒"), r(" Ja, namelijk")), p(box("0", "☐"), r(" Nee"))),
        (p(r("van "), sdt(r("3/02/2026"), DATE, "d.van"), r(" tot "), sdt(r("4/02/2026"), DATE, "d.tot")),),
        (p(r("Kruis aan:")), p(box("1", "☒", "d.a", "Tafel"), r(" Tafel"))),
    ],
)
def test_words_of_the_form_itself_beside_its_fields_are_not_reported(cell: tuple[str, ...]) -> None:
    assert _codes(_read(*cell)) == []


def test_a_generated_form_has_no_text_beside_its_fields() -> None:
    rij = OpenRij(id="a1-1", titel="Betrokkenen, betrokkene 2", vragen=frozenset({"betrokkenen.naam"}))
    aanvulling = Vooraf(alleen=rij.vragen, open_rijen={"betrokkenen": (rij,)})
    for vooraf in (None, aanvulling):
        ruw = read_formulier("a.docx", build_formulier(DATA, AANMELDING, vooraf))
        assert ruw.bevindingen == ()
    assert ("betrokkenen.rij", "a1-1") in _values(ruw)


@pytest.mark.libreoffice
def test_all_lines_of_an_answer_survive_libreoffice(tmp_path: Path) -> None:
    lang = "Eerste alinea.\nTweede alinea.\nDerde alinea."
    gevuld = fill_word(build_formulier(DATA, AANMELDING), {"vraag.tekst": lang})
    ruw = read_formulier("a.docx", save_by_libreoffice(gevuld, tmp_path))
    assert ("vraag.tekst", lang) in _values(ruw)
    assert _codes(ruw) == []


def test_the_sample_that_libreoffice_saved_keeps_its_second_paragraph() -> None:
    ruw = read_formulier(SAMPLE.name, SAMPLE.read_bytes())
    assert [a.waarde for a in ruw.antwoorden if a.tag == "informatie.tekst"][1] == (
        "Hij kreeg de voorbije maand zeven weigeringen van verhuurders.\nBij de laatste huilde hij aan de telefoon."
    )
    assert _codes(ruw) == []


# --- words that no field can take, on any line ---


def _loose(body: str) -> list[str]:
    return [tekst.tekst for tekst in read_formulier("a.docx", build_docx(body)).los]


@pytest.mark.parametrize(
    ("body", "los"),
    [
        (p(r("Naam: "), sdt(r("Ans")), r(" en nog iets")), ["en nog iets"]),
        (p(r("Naam: "), sdt(r("Ans")), r("\tDienst: "), sdt(r("D1")), r("\ten nog iets")), ["en nog iets"]),
        (p(r("Naam en nog iets: "), sdt(r("Ans"), alias="Naam")), ["Naam en nog iets:"]),
        (p(r("Naam: "), sdt(r("Ans"), alias="Naam"), r(" nog iets "), sdt(r("D1"), alias="Dienst")), ["nog iets"]),
        (p(box("0", "☐", alias="ja"), r(" ja, maar"), r("\t"), sdt(r("D1"))), []),
        (p(box("0", "☐", "a.b", "ja"), r(" ja, nog iets")), [", nog iets"]),
        (tbl(tr("Naam", tc("nog iets", p(sdt(r("Ans")))))), ["nog iets"]),
        (tbl(tr(tc(p(sdt(r("Ans"), alias="Naam"))), "nog iets")), ["nog iets"]),
        (p(r("Naam en nog iets?")) + p(sdt(r("Ans"), alias="Naam")), ["Naam en nog iets?"]),
    ],
)
def test_words_that_name_no_field_are_kept_as_loose_text(body: str, los: list[str]) -> None:
    assert _loose(body) == los


@pytest.mark.parametrize(
    "body",
    [
        p(r("Naam: "), sdt(r("Ans")), r("\tDienst: "), sdt(r("D1"), alias="Dienst")),
        p(r("Naam *: "), sdt(r("Ans"), alias="Naam")),
        p(r("Crisis: "), box("0", "☐"), r(" ja "), box("1", "☒"), r(" nee, morgen")),
        p(box("0", "☐", "a.b", "ja"), r(" ja   "), box("1", "☒", "a.c", "nee"), r(" nee")),
        p(r("Naam?")) + p(sdt(r("Ans"), alias="Naam")),
        tbl(tr("Naam", tc(p(sdt(p(r("eerste")) + p(r("tweede"))))))),
    ],
)
def test_names_options_and_answers_are_no_loose_text(body: str) -> None:
    assert _loose(body) == []
