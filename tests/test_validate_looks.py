"""A choice made by bold type, a line below or a colour, in files as Word writes them: read, told, and never a mark."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_docx import build_docx, p, r, tbl, tc, tr
from support_dossier import AANMELDFORMULIER, DATA, NAMEN, VANDAAG, labelled, make_ruw

from pipeline.read import read_formulier
from pipeline.validate import validate_formulier
from schemas.aanmelding import Antwoord, Meta, Validatie
from schemas.bevinding import Ernst
from schemas.deling import Vlag

VET, ONDERSTREEPT, GEEL = "<w:b/>", '<w:u w:val="single"/>', '<w:highlight w:val="yellow"/>'
GRIJS = '<w:shd w:val="clear" w:fill="D9D9D9"/>'
AARD = AANMELDFORMULIER.get_vraag("integriteit.aard")
assert AARD is not None
OPTIES = [optie.label for optie in AARD.opties]


def _validate(body: str) -> Validatie:
    ruw = read_formulier("f.docx", build_docx(body))
    return validate_formulier(ruw, DATA, AANMELDFORMULIER, Meta(), NAMEN, VANDAAG)


def _get(validatie: Validatie, vraag: str) -> Antwoord:
    return validatie.aanmelding.get_antwoorden(vraag)[0]


def _codes(validatie: Validatie) -> list[str]:
    return [bevinding.code for bevinding in validatie.bevindingen if bevinding.ernst is not Ernst.INFO]


def _row(gekozen: dict[str, str], los: str = " / ") -> str:
    """All options in a row, those chosen with the properties of their run."""
    stukken = (f"{r(los if nummer else '')}{r(o, gekozen.get(o, ''))}" for nummer, o in enumerate(OPTIES))
    return "".join(stukken)


@pytest.mark.parametrize("opmaak", [VET, ONDERSTREEPT, GEEL, GRIJS, VET + ONDERSTREEPT])
@pytest.mark.parametrize("los", [" / ", "   ", "\t", ", ", "\u00a0|\u00a0"])
def test_the_option_that_looks_different_is_the_choice_and_that_is_told(opmaak: str, los: str) -> None:
    validatie = _validate(p(r("Crisis: ja" + los), r("nee", opmaak)))
    assert _get(validatie, "veiligheid.crisis").format() == "Nee"
    assert _codes(validatie) == ["keuze-aan-opmaak"]


def test_the_message_says_by_which_looks_the_choice_was_read() -> None:
    (bevinding,) = _validate(p(r("Crisis: ja / "), r("nee", GEEL))).bevindingen
    assert "gemarkeerd" in bevinding.melding and "kruisje" in bevinding.melding


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(tbl(tr("Crisis", tc(p(r("ja / "), r("nee", VET))))), id="beside its label"),
        pytest.param(tbl(tr("Crisis", tc(p(r("ja")), p(r("nee", VET))))), id="one below the other"),
        pytest.param(tbl(tr("Naam aanmelder", "Fien"), tr("Crisis", "ja", tc(p(r("nee", VET))))), id="a cell for each"),
        pytest.param(tbl(tr(tc(p(r("Crisis:", VET)), p(r("ja / "), r("nee", VET))), tc("Bron:", "b"))), id="stacked"),
        pytest.param(p(r("Crisis:")) + p(r("ja")) + p(r("nee", VET)), id="lines below, the last of them bold"),
        pytest.param(p(r("Crisis:")) + p(r("nee", VET)) + p(r("ja")), id="lines below, the first of them bold"),
        pytest.param(p(r("Crisis:", VET), r(" ja / "), r("n", VET), r("ee", VET)), id="a bold label, a word in pieces"),
        pytest.param(p(r("Crisis\tja / "), r("nee", VET)), id="behind a tab"),
        pytest.param(p(r("Crisis: ja / ", VET), r("nee", VET + GEEL)), id="all bold, one of them yellow as well"),
    ],
)
def test_wherever_the_options_stand(body: str) -> None:
    validatie = _validate(body)
    assert _get(validatie, "veiligheid.crisis").format() == "Nee"
    assert _codes(validatie) == ["keuze-aan-opmaak"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(p(r("Crisis: ja / nee")), id="as printed"),
        pytest.param(p(r("Crisis: ja / nee", VET)), id="all of it bold"),
        pytest.param(p(r("Crisis: "), r("ja / ne", VET), r("e")), id="bold ends within a word"),
        pytest.param(p(r("Crisis: "), r("ja", VET), r(" / "), r("nee", GEEL)), id="two kinds of looks differ"),
        pytest.param(p(r("Crisis: ☐ ja ☐ "), r("nee", VET)), id="open boxes beside it"),
        pytest.param(tbl(tr("Naam aanmelder", "Fien"), tr("Crisis", "ja", "nee")), id="a cell for each"),
        pytest.param(p(r("Crisis: ja / nee\tFunctie: ja / "), r("nee", VET)), id="bold in another pair"),
    ],
)
def test_options_without_a_clear_choice_are_no_answer_and_asked_back(body: str) -> None:
    validatie = _validate(body)
    antwoord = _get(validatie, "veiligheid.crisis")
    assert (antwoord.waarde, bool(antwoord.bezwaar)) == (None, True)
    assert "antwoord-onbruikbaar" in _codes(validatie)


def test_options_that_are_merely_printed_are_not_all_chosen() -> None:
    for body in (p(r("In gevaar is: "), _row({})), p(r("In gevaar is:")) + "".join(p(r(o)) for o in OPTIES)):
        validatie = _validate(body)
        assert _get(validatie, "integriteit.aard").waarde is None
        assert _codes(validatie) == ["antwoord-onbruikbaar"]


def test_a_tick_counts_and_looks_beside_it_do_not() -> None:
    validatie = _validate(p(r("Crisis: ☒ ja ☐ "), r("nee", VET)))
    assert (_get(validatie, "veiligheid.crisis").format(), _codes(validatie)) == ("Ja", [])


def test_what_is_left_when_the_other_options_are_gone_is_the_choice() -> None:
    validatie = _validate(p(r(f"In gevaar is: {OPTIES[0]}, {OPTIES[2]}")))
    assert _get(validatie, "integriteit.aard").format() == f"{OPTIES[0]}, {OPTIES[2]}"
    assert _codes(validatie) == []


@given(st.sets(st.sampled_from(OPTIES)), st.sampled_from([VET, ONDERSTREEPT, GEEL]))
@settings(max_examples=25, deadline=None)
def test_of_several_options_those_that_look_different_are_chosen_and_never_all(gekozen: set[str], opmaak: str) -> None:
    validatie = _validate(p(r("In gevaar is: "), _row(dict.fromkeys(gekozen, opmaak))))
    verwacht = ", ".join(optie for optie in OPTIES if optie in gekozen) if len(gekozen) < len(OPTIES) else ""
    assert _get(validatie, "integriteit.aard").format() == verwacht
    assert _codes(validatie) == (["keuze-aan-opmaak"] if verwacht else ["antwoord-onbruikbaar"])


# --- marks: looks share nothing ---


@pytest.mark.parametrize("opmaak", [VET, ONDERSTREEPT, GEEL, GRIJS])
@pytest.mark.parametrize("label", ["Deelbaar met", "Enkel voor"])
def test_a_mark_that_only_looks_tell_shares_nothing_and_is_asked_back(label: str, opmaak: str) -> None:
    vooraf = p(r("Deelbaar met: tafel")) if label == "Enkel voor" else ""
    namen = ("CAW De Kempen", "politie") if label == "Enkel voor" else ("triage", "tafel")
    validatie = _validate(p(r("Vraag: wie?")) + vooraf + p(r(f"{label}: {namen[0]} / "), r(namen[1], opmaak)))
    assert _get(validatie, "vraag.vraag").vlag == Vlag()
    assert _codes(validatie) == ["vlag-onduidelijk"]


def test_bold_among_open_boxes_is_no_mark_and_bold_beside_a_ticked_one_changes_nothing() -> None:
    open_vakjes = _validate(p(r("Vraag: wie?")) + p(r("Deelbaar met: ☐ triage ☐ "), r("tafel", VET)))
    assert _get(open_vakjes, "vraag.vraag").vlag == Vlag()
    assert _codes(open_vakjes) == ["vlag-onduidelijk"]
    gekruist = _validate(p(r("Vraag: wie?")) + p(r("Deelbaar met: ☒ triage ☐ "), r("tafel", VET)))
    assert _get(gekruist, "vraag.vraag").vlag == Vlag(deelbaar_met=frozenset({"triage"}))


def test_a_bold_group_in_a_table_of_rows_shares_nothing() -> None:
    kop = tr("Omschrijving", "Bron", "Deelbaar met", properties="<w:tblHeader/>")
    rij = tr("Het licht brandt nooit.", "huisbezoek", tc(p(r("triage, "), r("tafel", VET))))
    validatie = _validate(tbl(kop, rij))
    assert _get(validatie, "informatie.tekst").format() == "Het licht brandt nooit."
    assert _get(validatie, "informatie.tekst").vlag == Vlag()
    assert _codes(validatie) == ["vlag-onduidelijk"]


def test_all_groups_without_a_tick_are_the_list_of_the_form_and_share_nothing() -> None:
    groepen = " / ".join(groep.label for groep in DATA.deling.doelgroepen)
    validatie = _validate(p(r("Vraag: wie?")) + p(r(f"Deelbaar met: {groepen}")))
    assert _get(validatie, "vraag.vraag").vlag == Vlag()
    assert _codes(validatie) == ["vlag-onduidelijk"]


def test_who_is_excluded_stays_excluded_whatever_it_looks_like() -> None:
    body = p(r("Vraag: wie?")) + p(r("Deelbaar met: tafel")) + p(r("Niet voor: CAW De Kempen, "), r("politie", VET))
    vlag = _get(_validate(body), "vraag.vraag").vlag
    assert {"caw", "politie"} <= vlag.niet_voor


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(tbl(tr("Vraag", "wie?"), tr("Deelbaar met", "triage", "tafel")), id="a cell for each"),
        pytest.param(tbl(tr("Vraag", "wie?"), tr("Deelbaar met", "triage", tc(p(r("tafel", VET))))), id="one bold"),
        pytest.param(tbl(tr("Vraag", "wie?"), tr("Deelbaar met", "triage", "tafel", "x")), id="three cells"),
        pytest.param(tbl(tr("Vraag", "wie?"), tr("Enkel voor", "politie", "CAW De Kempen")), id="names in cells"),
        pytest.param(p(r("Vraag: wie?")) + p(r("Deelbaar met\ttriage\t"), r("tafel", VET)), id="behind tabs"),
        pytest.param(p(r("Vraag: wie?")) + p(r("Deelbaar met:")) + p(r("triage")) + p(r("tafel", VET)), id="bold line"),
        pytest.param(p(r("Vraag: wie?")) + p(r("Deelbaar met: triage")) + p(r("tafel")), id="a line below"),
        pytest.param(p(r("Vraag: wie?")) + p(r("Deelbaar met:")) + p(r("tafel", VET)) + p(r("triage")), id="first"),
    ],
)
def test_a_mark_that_goes_on_in_cells_or_lines_of_its_own_shares_nothing(body: str) -> None:
    validatie = _validate(body)
    assert _get(validatie, "vraag.vraag").format() == "wie?"
    assert _get(validatie, "vraag.vraag").vlag == Vlag()
    assert "vlag-onduidelijk" in _codes(validatie) or "vlag-tegenstrijdig" in _codes(validatie)


def test_on_a_page_of_a_pdf_the_next_line_is_no_part_of_a_mark() -> None:
    regels = [("Vraag", "wie?"), ("Deelbaar met", "tafel"), ("Tot later dan", "")]
    antwoorden = [labelled(label, waarde, plaats="pagina 1") for label, waarde in regels]
    validatie = validate_formulier(make_ruw(antwoorden), DATA, AANMELDFORMULIER, Meta(), NAMEN, VANDAAG)
    assert _get(validatie, "vraag.vraag").vlag == Vlag(deelbaar_met=frozenset({"tafel"}))


def test_a_heading_or_a_question_behind_a_mark_takes_nothing_from_it() -> None:
    body = p(r("Vraag: wie?")) + p(r("Deelbaar met: tafel"))
    for daarna in (p() + p(r("Deel 2", VET)), p(r("Functie: onthaal")), p(r("Aanmelder", VET)), p(r("Tot later."))):
        assert _get(_validate(body + daarna), "vraag.vraag").vlag == Vlag(deelbaar_met=frozenset({"tafel"}))
