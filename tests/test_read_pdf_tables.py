"""A PDF without fields as a printer leaves it: ruled tables, cells, and paragraphs that its lines cut up."""

from __future__ import annotations

import io

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf.annotations import FreeText
from support_dossier import AANMELDFORMULIER, DATA, NAMEN, VANDAAG, iterate_antwoorden
from support_fill import Antwoorden, edit_word, fill_word
from support_pdf_lijnen import ROW, TOP, Pdf
from support_samples import SAMPLES
from test_validate_voorwerk import TYPED, build, list_head, make_paragraph

from pipeline.forms import OpenRij, Vooraf, build_formulier
from pipeline.office import convert_files, find_office
from pipeline.read import read_formulier
from pipeline.validate import recognise_formulier, validate_formulier
from schemas import kern, voorwerk
from schemas.aanmelding import Meta, Validatie
from schemas.bevinding import Ernst
from schemas.inzending import RuwFormulier


def pairs(ruw: RuwFormulier) -> list[tuple[str, object]]:
    return [(a.label, a.waarde) for a in ruw.antwoorden]


def test_a_cell_beside_another_is_its_answer_and_says_where_it_stands() -> None:
    pdf = Pdf()
    pdf.table([["Naam", "Ans Verzonnen"], ["Geboren", "2010"]], [50, 200, 500])
    ruw = pdf.read()
    assert pairs(ruw) == [("Naam", "Ans Verzonnen"), ("Geboren", "2010")]
    assert [a.plaats for a in ruw.antwoorden] == ["tabel 1 op pagina 1, rij 1", "tabel 1 op pagina 1, rij 2"]
    assert ruw.tabellen[0].rijen == (("Naam", "Ans Verzonnen"), ("Geboren", "2010"))


def test_borders_that_are_thin_bars_cell_by_cell_are_borders_as_well() -> None:
    pdf = Pdf()
    for y in (740, 716, 692):
        for x in (50, 200):
            pdf.fill(x, y, x + 150, y)
            pdf.fill(x, y - 24, x, y)
            pdf.fill(x + 150, y - 24, x + 150, y)
    for row, (label, value) in enumerate([("Naam", "Ans"), ("Geboren", "2010")]):
        pdf.write(55, 726 - 24 * row, label)
        pdf.write(205, 726 - 24 * row, value)
    assert pairs(pdf.read()) == [("Naam", "Ans"), ("Geboren", "2010")]


def test_borders_that_were_drawn_in_one_go_are_borders_as_well() -> None:
    pdf = Pdf()
    lines = [(50, y, 350, y) for y in (740, 716, 692)] + [(x, 692, x, 740) for x in (50, 200, 350)]
    pdf.pages[-1].append(" ".join(f"{x} {y} m {to_x} {to_y} l" for x, y, to_x, to_y in lines) + " S")
    pdf.write(55, 726, "Naam")
    pdf.write(205, 726, "Ans")
    assert pairs(pdf.read())[:1] == [("Naam", "Ans")]


def test_rows_of_a_table_with_a_head_are_records() -> None:
    pdf = Pdf()
    rijen = [["Naam", "Rol", "Sinds"], ["Ans", "buur", "2010"], ["Bob", "", "mei"]]
    pdf.table(rijen, [50, 200, 350, 500])
    ruw = pdf.read()
    assert ruw.tabellen[0].rijen == tuple(map(tuple, rijen))
    assert pairs(ruw) == []


def test_a_text_that_was_laid_over_a_cell_is_in_its_row_and_nowhere_else() -> None:
    pdf = Pdf()
    pdf.table([["Naam", "Rol", "Sinds"], ["", "buur", "2010"]], [50, 200, 350, 500])
    schrijver = pypdf.PdfWriter(clone_from=io.BytesIO(pdf.save()))
    schrijver.add_annotation(0, FreeText(text="Ans Verzonnen", rect=(55, 697, 150, 711)))
    uit = io.BytesIO()
    schrijver.write(uit)
    ruw = read_formulier("f.pdf", uit.getvalue())
    assert ruw.tabellen[0].rijen[1] == ("Ans Verzonnen", "buur", "2010")
    assert pairs(ruw) == []


def test_a_merged_cell_stands_once_in_its_row() -> None:
    pdf = Pdf()
    pdf.table([["Een titel over de hele breedte"]], [50, 350])
    pdf.table([["Naam", "Ans"]], [50, 200, 350], top=TOP - ROW)
    (tabel,) = pdf.read().tabellen
    assert tabel.rijen == (("Een titel over de hele breedte", ""), ("Naam", "Ans"))


def test_lines_that_a_cell_cut_up_are_one_paragraph_and_a_line_of_its_own_stays_one() -> None:
    pdf = Pdf()
    breed = "Zij belde vorige week drie keer naar haar buur en"
    pdf.table([["Wat is er?", f"{breed}\nook naar haar dokter.\nDaarna niet meer."]], [50, 200, 435])
    assert pairs(pdf.read()) == [("Wat is er?", f"{breed} ook naar haar dokter.\nDaarna niet meer.")]


def test_options_below_each_other_stay_on_lines_of_their_own() -> None:
    pdf = Pdf()
    pdf.table([["Thema", "[x] Wonen en alles wat daarbij hoort, huur\n[ ] Werk\n[x] Geld"]], [50, 200, 400])
    assert pairs(pdf.read()) == [("Thema", "☒ Wonen en alles wat daarbij hoort, huur\n☐ Werk\n☒ Geld")]


@pytest.mark.parametrize(
    ("delen", "heel"),
    [
        (("Zij is van Noord-", "Holland gekomen."), "Zij is van Noord-Holland gekomen."),
        (("Op 4-5-", "1988 geboren."), "Op 4-5-1988 geboren."),
        (("Hulp van zorg-", "en welzijn."), "Hulp van zorg- en welzijn."),
        (("Ja, en/", "of morgen."), "Ja, en/of morgen."),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_keeps_its_word_together(delen: tuple[str, str], heel: str) -> None:
    pdf = Pdf()
    pdf.table([["Wat?", "\n".join(delen)]], [50, 100, 105 + 5 * len(delen[0])])
    assert pairs(pdf.read()) == [("Wat?", heel)]


def test_a_word_that_a_narrow_cell_broke_is_whole_again_where_the_writer_breaks_words() -> None:
    pdf = Pdf()
    pdf.table([["Naam", "Hersenspin\nsel"], ["Wie belde \ntoen op?", "Ans"]], [50, 100, 158])
    assert pairs(pdf.read())[0] == ("Naam", "Hersenspinsel")
    browser = Pdf()
    browser.table([["Naam", "Hersenspin\nsel"], ["Wie belde", "Ans"]], [50, 100, 158])
    assert pairs(browser.read())[0] == ("Naam", "Hersenspin sel")


def test_letters_that_a_font_draws_as_one_are_all_read_and_letters_drawn_twice_once() -> None:
    pdf = Pdf()
    pdf.write(50, 700, "Naam: scha\x01en met een t", font="F3")
    pdf.write(50, 650, "Plaats: t")
    pdf.write(50.2, 650, "Plaats: t")
    assert pairs(pdf.read()) == [("Naam", "schatten met een t"), ("Plaats", "t")]


def test_text_that_runs_over_the_edge_of_its_table_stays_with_its_answer() -> None:
    pdf = Pdf()
    pdf.table([["Naam", "Ans van de overkant van de straat"]], [50, 100, 170])
    assert pairs(pdf.read()) == [("Naam", "Ans van de overkant van de straat")]


def test_a_table_that_a_page_broke_is_one_table_with_its_head_once() -> None:
    pdf = Pdf()
    kop = ["Naam", "Rol", "Sinds"]
    pdf.table([kop, ["Ans", "buur", "2010"]], [50, 200, 350, 500], top=120)
    pdf.write(50, 20, "Blad 1 van 2")
    pdf.pages.append([])
    pdf.table([kop, ["Bob", "zoon", "mei"]], [50, 200, 350, 500])
    pdf.write(50, 20, "Blad 2 van 2")
    (tabel,) = pdf.read().tabellen
    assert tabel.plaats == "tabel 1 op pagina 1"
    assert tabel.rijen == (tuple(kop), ("Ans", "buur", "2010"), ("Bob", "zoon", "mei"))


@pytest.mark.parametrize(
    ("onder", "boven", "heel"),
    [
        (["Wat?", "Het begon"], ["", "in mei."], ("Wat?", "Het begon in mei.")),
        (["Wat?", "Het begon."], ["", "Toen kwam mei."], ("Wat?", "Het begon.\nToen kwam mei.")),
        (["Is zij", "Ja"], ["al gezien?", ""], ("Is zij al gezien?", "Ja")),
    ],
)
def test_a_row_that_a_page_broke_is_one_row(onder: list[str], boven: list[str], heel: tuple[str, str]) -> None:
    pdf = Pdf()
    pdf.table([["Naam", "Ans"], onder], [50, 200, 400], top=120)
    pdf.pages.append([])
    pdf.table([boven, ["Waar?", "Olen"]], [50, 200, 400])
    assert pairs(pdf.read()) == [("Naam", "Ans"), heel, ("Waar?", "Olen")]


def test_an_answer_goes_on_on_the_next_page_past_what_every_page_repeats() -> None:
    pdf = Pdf()
    for blad, regels in enumerate([[("Wat?", "Het begon"), ("Wie?", "Ans")], [("", "en Bob"), ("Waar?", "Olen")]], 1):
        pdf.write(50, 780, "Vertrouwelijk")
        for nummer, (label, tekst) in enumerate(regels):
            y = 90 - 20 * nummer if blad == 1 else 700 - 20 * nummer
            pdf.write(50, y, label)
            pdf.write(250, y, tekst)
        pdf.write(50, 20, f"Blad {blad} van 2")
        pdf.pages.append([])
    pdf.pages.pop()
    rand = [("Vertrouwelijk", ""), ("Blad 1 van 2", ""), ("Vertrouwelijk", ""), ("Blad 2 van 2", "")]
    assert pairs(pdf.read()) == [*rand, ("Wat?", "Het begon"), ("Wie?", "Ans\nen Bob"), ("Waar?", "Olen")]


def test_answers_that_recur_on_pages_are_all_read() -> None:
    pdf = Pdf()
    for hoogte in (60, 66, 72):
        pdf.write(50, hoogte + 40, "Naam: Ans")
        pdf.write(50, hoogte, "Deelbaar met: tafel")
        pdf.pages.append([])
    pdf.pages.pop()
    assert pairs(pdf.read()) == [("Naam", "Ans"), ("Deelbaar met", "tafel")] * 3


def test_pages_that_look_alike_are_read_page_by_page() -> None:
    pdf = Pdf()
    pdf.write(50, 740, "Aanmelding")
    for naam in ("Ans", "Bob", "Cis"):
        pdf.pages.append([])
        for nummer, (label, tekst) in enumerate([("Rol", "kind"), ("Naam", naam), ("Deelbaar met", "tafel")]):
            pdf.write(50, 740 - 20 * nummer, label)
            pdf.write(250, 740 - 20 * nummer, tekst)
    gelezen = [paar for paar in pairs(pdf.read()) if paar[1]]
    assert gelezen == [
        paar for naam in ("Ans", "Bob", "Cis") for paar in (("Rol", "kind"), ("Naam", naam), ("Deelbaar met", "tafel"))
    ]


def test_tables_with_text_between_them_are_two() -> None:
    pdf = Pdf()
    pdf.table([["Naam", "Ans"]], [50, 200, 400], top=120)
    pdf.pages.append([])
    pdf.write(50, 760, "Een titel")
    pdf.table([["Waar?", "Olen"]], [50, 200, 400])
    assert len(pdf.read().tabellen) == 2


def test_a_frame_around_text_and_a_line_below_it_are_no_table() -> None:
    pdf = Pdf()
    pdf.table([["Naam: Ans"]], [50, 400])
    pdf.draw(50, 600, 400, 600)
    ruw = pdf.read()
    assert ruw.tabellen == () and pairs(ruw) == [("Naam", "Ans")]


def test_a_drawing_of_very_many_lines_is_no_table_and_costs_no_time() -> None:
    pdf = Pdf()
    for number in range(900):
        pdf.draw(50, 40 + number / 2, 500, 40 + number / 2)
    pdf.draw(50, 40, 50, 500)
    pdf.write(50, 760, "Naam: Ans")
    ruw = pdf.read()
    assert ruw.tabellen == () and pairs(ruw) == [("Naam", "Ans")]


@settings(max_examples=40)
@given(
    st.integers(2, 4).flatmap(
        lambda n: st.lists(
            st.lists(st.sampled_from(["", "Ans", "14:30", "☒", "een zin.", "A (b)", "2 + 2"]), min_size=n, max_size=n),
            min_size=2,
            max_size=8,
        )
    )
)
def test_whatever_stands_in_the_cells_of_a_grid_is_read_in_its_place(rijen: list[list[str]]) -> None:
    rijen = [[tekst.replace("☒", "[x]") for tekst in rij] for rij in rijen]
    pdf = Pdf()
    pdf.table(rijen, [50 + 110 * number for number in range(len(rijen[0]) + 1)])
    pdf.write(50, 20, "onderaan")
    gelezen = pdf.read().tabellen[0].rijen
    assert [list(rij) for rij in gelezen] == [[tekst.replace("[x]", "☒") for tekst in rij] for rij in rijen]


def test_lines_outside_tables_that_stand_at_no_question_are_told() -> None:
    pdf = Pdf()
    eind = pdf.table([["Naam aanmelder", "Fien"], ["Functie", "onthaal"]], [50, 200, 500])
    pdf.write(50, eind - 40, "Bel mij eerst op een ander nummer.")
    ruw = pdf.read()
    validatie = validate_formulier(ruw, DATA, AANMELDFORMULIER, Meta(), NAMEN, VANDAAG)
    los = [(b.plaats, b.ernst) for b in validatie.bevindingen if b.code == "tekst-los"]
    assert los == [("pagina 1", Ernst.WAARSCHUWING)]


def test_a_question_whose_words_ran_together_is_known_by_its_letters() -> None:
    pdf = Pdf()
    pdf.table([["Naamaanmelder", "Fien"], ["Func tie", "onthaal"]], [50, 200, 500])
    validatie = validate_formulier(pdf.read(), DATA, AANMELDFORMULIER, Meta(), NAMEN, VANDAAG)
    gegeven = {a.vraag: a.format() for a in iterate_antwoorden(validatie.aanmelding) if a.format()}
    assert gegeven == {"aanmelder.naam": "Fien", "aanmelder.functie": "onthaal"}


def test_bullets_above_a_heading_are_no_part_of_the_question_by_that_name() -> None:
    pdf = Pdf()
    for nummer, regel in enumerate(["Klik op een vakje.", "Kies daarna iets."]):
        pdf.write(50, 700 - 20 * nummer, "•")
        pdf.write(80, 700 - 20 * nummer, regel)
    pdf.write(50, 650, "Functie")
    pdf.table([["Naam aanmelder", "Fien"]], [50, 200, 500], top=600)
    validatie = validate_formulier(pdf.read(), DATA, AANMELDFORMULIER, Meta(), NAMEN, VANDAAG)
    gegeven = {a.vraag: a.format() for a in iterate_antwoorden(validatie.aanmelding) if a.format()}
    assert gegeven == {"aanmelder.naam": "Fien"}


NAAM, VRAAG = "betrokkenen.naam", "vraag.vraag"
GEVALLEN = ("volledig", "eigen_tabel", "vlag_onbekend", "op_naam")


def _validate(bestand: str, inhoud: bytes) -> Validatie:
    ruw = read_formulier(bestand, inhoud)
    herkenning = recognise_formulier(ruw, [DATA])
    assert herkenning is not None and herkenning.formulier is not None
    return validate_formulier(ruw, DATA, herkenning.formulier, herkenning.meta, NAMEN, VANDAAG)


def _show(validatie: Validatie) -> dict[tuple[str, int], tuple[str, object]]:
    """Each answer by question and row, on one line, with who may see it."""
    return {
        (antwoord.vraag, rij): (" ".join(antwoord.format().split()), antwoord.vlag)
        for rubriek in validatie.aanmelding.rubrieken
        for rij, antwoorden in enumerate([r.antwoorden for r in rubriek.rijen] or [rubriek.antwoorden])
        for antwoord in antwoorden
        if antwoord.format()
    }


@pytest.mark.libreoffice
@pytest.mark.parametrize("soort", ["pdf", "odt"])
def test_an_aanvullingsformulier_without_its_controls_brings_its_rows_back(soort: str) -> None:
    rijen = tuple(
        OpenRij(id=f"0123456789ab-betrokkenen-{n}", titel=f"Betrokkenen, betrokkene {n}", vragen=frozenset({NAAM}))
        for n in (2, 3)
    )
    vooraf = Vooraf(
        meta={kern.META_CASUS: "ABC234"},
        alleen=frozenset({NAAM, VRAAG}),
        open_rijen={"betrokkenen": rijen},
        titel=voorwerk.make_titel_aanvulling("ABC234"),
        inleiding=voorwerk.INLEIDING_AANVULLING,
    )
    gevuld = fill_word(
        build_formulier(DATA, AANMELDFORMULIER, vooraf),
        {VRAAG: "Wie helpt?"},
        {"betrokkenen": [{}, {NAAM: "Ans Proef"}]},
    )
    programma = find_office()
    assert programma is not None
    (bewaard,) = convert_files(programma, [gevuld], soort, {})
    assert bewaard is not None
    validatie = _validate(f"f.{soort}", bewaard)
    assert validatie.meta.casuscode == "ABC234"
    namen = {rij.id: rij.get_tekst("naam") for rij in validatie.aanmelding.get_rijen("betrokkenen")}
    assert namen == {"0123456789ab-betrokkenen-2": "", "0123456789ab-betrokkenen-3": "Ans Proef"}
    assert [b.code for b in validatie.bevindingen if b.code == "tekst-los"] == []


@pytest.mark.libreoffice
@pytest.mark.parametrize("soort", ["pdf", "odt"])
def test_what_a_form_says_of_a_case_stays_with_that_case_without_its_controls(soort: str) -> None:
    """Three rubrieken of the verslag ask "Casuscode", and call their blocks by a question of theirs."""
    formulier = DATA.get_formulier("verslag")
    assert formulier is not None
    rijen = tuple({kern.PUNT_CASUS: code} for code in ("ABC234", "DEF567"))
    vooraf = Vooraf(meta={kern.META_NUMMER: "X-1", kern.META_OVERLEG: "2026-12-17"}, rijen=rijen)
    afspraken = [
        {kern.AFSPRAAK_CASUS: code, kern.AFSPRAAK_WAT: wat}
        for code, wat in [
            ("DEF567", "Belt de school."),
            ("ABC234", "Zoekt een bed."),
            ("DEF567", "Schrijft een brief."),
        ]
    ]
    passages: list[Antwoorden] = [
        {kern.PASSAGE_CASUS: "DEF567", kern.PASSAGE_TEKST: "Er is een bed.", "passages.deelbaar.tafel": True}
    ]
    punten = [{kern.PUNT_ADVIES: "Blijf langsgaan."}, {kern.PUNT_ADVIES: "Maak een afspraak."}]
    gevuld = fill_word(
        build_formulier(DATA, formulier, vooraf), {}, {"punten": punten, "afspraken": afspraken, "passages": passages}
    )
    programma = find_office()
    assert programma is not None
    (bewaard,) = convert_files(programma, [gevuld], soort, {})
    assert bewaard is not None
    van_word, van_kopie = _validate("f.docx", gevuld), _validate(f"f.{soort}", bewaard)
    assert len(_show(van_word)) == 12 and _show(van_kopie) == _show(van_word)


@pytest.mark.libreoffice
def test_a_word_form_that_was_saved_as_pdf_gives_the_same_answers_and_flags() -> None:
    mappen = [SAMPLES / DATA.tafel.id / geval for geval in GEVALLEN]
    formulieren = [next(map_.glob("*.docx")).read_bytes() for map_ in mappen]
    typed = edit_word(build(), lambda d: list_head(d)[4].addprevious(make_paragraph(TYPED)))
    programma = find_office()
    assert programma is not None
    blanco = build_formulier(DATA, AANMELDFORMULIER)
    *bewaard, leeg, getypt = convert_files(programma, [*formulieren, blanco, typed], "pdf", {})
    for docx, pdf in zip(formulieren, bewaard, strict=True):
        assert pdf is not None
        assert _show(_validate("f.pdf", pdf)) == _show(_validate("f.docx", docx))
    assert leeg is not None and getypt is not None
    assert _validate("f.pdf", leeg).bevindingen == ()
    gemeld = [(b.code, b.ernst) for b in _validate("f.pdf", getypt).bevindingen]
    assert gemeld == [("tekst-los", Ernst.WAARSCHUWING)]
