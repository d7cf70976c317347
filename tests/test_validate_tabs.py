"""Running text in files as Word writes them: what a tab parts is read, and what belongs to no question is told."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_docx import build_docx, p, r, sdt, tbl, tc, tr
from support_dossier import AANMELDFORMULIER, DATA, NAMEN, VANDAAG, iterate_antwoorden

from pipeline.read import read_formulier
from pipeline.validate import recognise_formulier, validate_formulier
from schemas.aanmelding import Meta, Validatie
from schemas.bevinding import Bevinding, Ernst
from schemas.deling import Vlag
from schemas.inzending import RuwFormulier

VET, KOP = "<w:b/>", "<w:tblHeader/>"


def _read(body: str) -> RuwFormulier:
    return read_formulier("f.docx", build_docx(body))


def _validate(body: str) -> Validatie:
    return validate_formulier(_read(body), DATA, AANMELDFORMULIER, Meta(), NAMEN, VANDAAG)


def _answered(validatie: Validatie) -> dict[str, str]:
    return {a.vraag: a.format() for a in iterate_antwoorden(validatie.aanmelding) if a.format()}


def _told(validatie: Validatie) -> list[tuple[str, str]]:
    return [(b.code, b.plaats) for b in validatie.bevindingen if b.ernst is not Ernst.INFO]


@pytest.mark.parametrize(
    "regel",
    [
        "Naam aanmelder\tFien\tFunctie\tonthaal",
        "Naam aanmelder\t\tFien\tFunctie\t\t\tonthaal",
        "1.\tNaam aanmelder\tFien\tFunctie\tonthaal",
        "\tNaam aanmelder\tFien     Functie     onthaal",
        "Naam aanmelder *\tFien\tFunctie (of rol):\tonthaal",
        "Naam aanmelder: Fien\tFunctie: onthaal",
        "Naam aanmelder: Fien\tFunctie\tonthaal",
        "Naam aanmelder\tFien\tFunctie: onthaal",
        "Naam aanmelder ........\tFien\tFunctie ________\tonthaal",
    ],
)
def test_pairs_that_tabs_part_are_answers(regel: str) -> None:
    validatie = _validate(p(r(regel)))
    assert _answered(validatie) == {"aanmelder.naam": "Fien", "aanmelder.functie": "onthaal"}
    assert _told(validatie) == []


def test_a_tab_that_reaches_the_right_margin_parts_as_well() -> None:
    rechts = '<w:r><w:ptab w:relativeTo="margin" w:alignment="right" w:leader="dot"/></w:r>'
    assert _answered(_validate(p(r("Naam aanmelder"), rechts, r("Fien")))) == {"aanmelder.naam": "Fien"}


def test_pairs_below_a_heading_or_a_label_are_answers_in_the_order_of_the_page() -> None:
    validatie = _validate(
        p(r("Mensen", VET))
        + p(r("Naam cliënt\tRoos"))
        + p(r("Geboortedatum: 14/3/1979"))
        + p(r("Naam betrokkene\tTine"))
        + p(r("Geboortedatum:"))
        + p(r("2/2/1950"))
        + p(r("Gemeente\tOlen"))
    )
    rijen = validatie.aanmelding.get_rijen("betrokkenen")
    assert [(rij.get_tekst("naam"), rij.get_tekst("geboortedatum")) for rij in rijen] == [
        ("Roos", "14 maart 1979"),
        ("Tine", "2 februari 1950"),
    ]
    assert rijen[1].get_tekst("gemeente") == "Olen"
    assert _told(validatie) == []


def test_a_form_that_is_all_tabs_is_recognised() -> None:
    labels = ("Naam aanmelder", "Functie", "Organisatie", "Naam cliënt", "Geboortedatum", "Crisis", "Vraag")
    herkenning = recognise_formulier(_read("".join(p(r(f"{label}\tiets")) for label in labels)), [DATA])
    assert herkenning is not None and herkenning.formulier == AANMELDFORMULIER


@pytest.mark.parametrize(
    ("body", "plaats"),
    [
        pytest.param(p(r("Lievelingskleur\tgroen")), "alinea 2", id="an unknown label"),
        pytest.param(p(r("Zij kwam\ttoen weer langs.")), "alinea 2", id="a sentence with a tab"),
        pytest.param(p(r("De bron\thuisbezoek")), "alinea 2", id="a sentence that ends in a label"),
        pytest.param(p(r("Zomaar een zin.")), "alinea 2", id="a sentence"),
        pytest.param(p(r("Bron: brief")) + p(r("in een\tdoos")), "alinea 3", id="a second line"),
        pytest.param(p(r("Bron\tbrief\tdoos")), "alinea 2", id="a third text in the line"),
        pytest.param(p(r("Toelichting:")) + p(r("Fien", VET)), "alinea 3", id="a bold line right below a label"),
        pytest.param(tbl(tr("Bron", "brief", "doos")), "tabel 1, rij 1", id="a third cell"),
        pytest.param(tbl(tr("", "doos")), "tabel 1, rij 1", id="a cell beside an empty one"),
        pytest.param(tbl(tr("a b", "c", "d", "e", "f")), "tabel 1, rij 1", id="five cells"),
    ],
)
def test_text_that_belongs_to_no_question_is_told_by_its_place_and_not_repeated(body: str, plaats: str) -> None:
    validatie = _validate(p(r("Functie: onthaal")) + body)
    assert _answered(validatie).keys() <= {"aanmelder.functie", "informatie.bron"}
    assert ("tekst-los", plaats) in _told(validatie)
    assert not any(woord in b.melding for b in validatie.bevindingen for woord in ("groen", "doos", "Fien", "langs"))


def test_all_such_places_stand_in_one_message() -> None:
    zinnen = "".join(p(r(f"Zin nummer {nummer}.")) for nummer in range(30))
    (bevinding,) = _validate(p(r("Functie: onthaal")) + zinnen).bevindingen
    assert bevinding.plaats.startswith("alinea 2; alinea 3; ") and bevinding.plaats.endswith("; en nog 10")


def test_letterheads_titles_and_headings_are_no_alarm() -> None:
    validatie = _validate(
        p(r("Dienst voor iedereen")) + p(r("Deel 1", VET)) + p(r("Functie: onthaal")) + p(r("Deel 2", VET))
    )
    assert _told(validatie) == []
    assert [b.plaats for b in validatie.bevindingen] == ["alinea 1; alinea 2; alinea 4"]


def test_a_text_that_two_questions_could_hold_is_counted_once() -> None:
    validatie = _validate(p(r("Vraag aan de tafel", VET)) + p(r("Wie helpt?")) + p(r("Naam aanmelder\tFien")))
    assert "Fien" not in str(_answered(validatie).get("vraag.vraag"))
    assert _answered(validatie)["aanmelder.naam"] == "Fien"


# --- marks ---


def test_a_mark_behind_a_tab_covers_the_answers_right_above_it() -> None:
    validatie = _validate(p(r("Vraag\twie?")) + p(r("Deelbaar met\ttafel")))
    assert validatie.aanmelding.get_antwoorden("vraag.vraag")[0].vlag == Vlag(deelbaar_met=frozenset({"tafel"}))


@pytest.mark.parametrize(
    "ertussen",
    [
        p(r("Medische historiek\tgeheim")),
        p(r("Dat is geheim.")),
        p(r("Medische historiek", VET)),
        p(r("Medische historiek", VET)) + p(r("Dat is geheim.")),
        p(r("Medische historiek")) + p(r("geheim")),
    ],
)
def test_a_mark_below_text_that_no_question_holds_says_nothing_of_the_answers_above(ertussen: str) -> None:
    validatie = _validate(p(r("Vraag: wie?")) + ertussen + p(r("Deelbaar met: tafel")))
    assert validatie.aanmelding.get_antwoorden("vraag.vraag")[0].vlag == Vlag()
    assert "vlag-onduidelijk" in dict(_told(validatie))


# --- beside what is read ---


def _field(tag: str, alias: str, tekst: str = "Klik of tik om tekst in te voeren.") -> str:
    return tc(p(sdt(r(tekst), "<w:text/>", tag, alias)))


@pytest.mark.parametrize(
    "labelcel",
    [
        tc("Naam aanmelder *", "en nog iets"),
        tc("Naam aanmelder * en nog iets"),
        tc(p(r("Naam aanmelder *\ten nog iets"))),
        tc("Verplicht als u bij ‘Soort aanmelding’ kiest voor ‘en nog iets’."),
    ],
)
def test_words_that_somebody_typed_in_the_cell_of_a_label_of_ours_are_told_or_read(labelcel: str) -> None:
    validatie = _validate(tbl(tr(labelcel, _field("aanmelder.naam", "Naam aanmelder", "Fien"))))
    assert {code for code, _ in _told(validatie)} <= {"tekst-los", "antwoord-onbruikbaar"} and _told(validatie)
    assert not any("nog iets" in bevinding.melding for bevinding in validatie.bevindingen)


def test_guidance_in_the_cell_of_a_label_is_no_alarm_and_takes_no_mark_away() -> None:
    vraag = AANMELDFORMULIER.get_vraag("betrokkenen.naam")
    assert vraag is not None
    ons = tr(tc("Naam aanmelder *", "Geen kruisje = niet gedeeld."), _field("aanmelder.naam", "Naam aanmelder"))
    regel = "Verplicht als u bij ‘Soort aanmelding’ kiest voor ‘Aanvulling op een casus’ of ‘Opnieuw, nu op naam’."
    assert _told(_validate(tbl(ons, tr(tc("Casuscode (*)", regel), _field("aanmelding.casuscode", "Casuscode"))))) == []
    hunne = _validate(tbl(tr("Vraag", "wie?"), tr(tc("Deelbaar met", "kruis aan"), "tafel")))
    assert hunne.aanmelding.get_antwoorden("vraag.vraag")[0].vlag == Vlag(deelbaar_met=frozenset({"tafel"}))
    assert _told(hunne) == []


@pytest.mark.parametrize("soort", ["<w:date/>", "<w:dropDownList/>", "<w14:checkbox/>"])
def test_a_line_above_a_field_that_cannot_take_it_is_told(soort: str) -> None:
    veld = p(sdt(r("☐" if "check" in soort else "Kies een item."), soort, "aanmelding.datum.a", "Datum"))
    assert _told(_validate(tbl(tr("Datum van de aanmelding", tc("gisteren", veld))))) == [
        ("tekst-naast-veld", "tabel 1, rij 1")
    ]


def test_an_answer_that_ends_like_a_question_is_told_and_a_blank_question_of_somebody_else_is_no_alarm() -> None:
    vraag = p(r("Wat is uw vraag aan de tafel?"))
    assert _told(_validate(vraag + p(r("Wie helpt haar?")))) == [("tekst-los", "alinea 2")]
    assert _told(_validate(vraag + p(r("Hulp.")) + p(r("Functie: onthaal")) + p(r("Hoe kent u ons?")))) == []


def test_a_blank_question_that_we_do_not_know_may_be_what_the_mark_below_it_is_about() -> None:
    validatie = _validate(p(r("Vraag: wie?")) + p(r("Medische historiek:")) + p() + p(r("Deelbaar met: tafel")))
    assert validatie.aanmelding.get_antwoorden("vraag.vraag")[0].vlag == Vlag()
    assert [code for code, _ in _told(validatie)] == ["vlag-onduidelijk"]


@pytest.mark.parametrize("tekst", ["☒ Ja ☐ Nee, nog niet", "Ja ☒ Nee nog niet ☐", "☒ Ja\n☐ Nee nog niet"])
def test_words_behind_an_option_that_nobody_ticked_are_told(tekst: str) -> None:
    validatie = _validate(tbl(tr("Crisis", tc(*(p(r(regel)) for regel in tekst.split("\n"))))))
    assert _answered(validatie) == {"veiligheid.crisis": "Ja"}
    assert [code for code, _ in _told(validatie)] == ["antwoord-deels"]


def test_a_label_with_words_beside_it_is_shown_without_them() -> None:
    validatie = _validate(p(r("Functie: onthaal")) + tbl(tr("Naam aanmelder (ik, Fien)", "x"), tr("Bron Roos", "y")))
    kop = _validate(tbl(tr("Omschrijving", "Bron", "Deelbaar met Fien", properties=KOP), tr("a", "b", "tafel")))
    meldingen = [b.melding for v in (validatie, kop) for b in v.bevindingen if b.code == "label-onbekend"]
    assert len(meldingen) == 2 and not any("Fien" in m or "Roos" in m for m in meldingen)


# --- anywhere ---

WOORD = "zandloper"
ALINEAS = [
    "Aanmelding",
    "Naam aanmelder: Fien",
    "Functie\tonthaal\tTelefoon aanmelder\t000",
    "In gevaar is:",
    "☒ fysieke integriteit",
    "Waaruit blijkt dat?",
    "Zij vermagert.",
    "",
    "Crisis: ja / nee",
    "Vraag aan de tafel:",
    "wie?",
    "Deelbaar met: ☒ tafel ☐ triage",
    "Niet voor: politie",
]
Manier = Callable[[str], str]
MANIEREN: list[Manier] = [
    lambda tekst: p(r(tekst)) + p(r(WOORD)),
    lambda tekst: p(r(tekst)) + p(r(WOORD, VET)),
    lambda tekst: p(r(tekst)) + p(r(f"Nog iets\t{WOORD}")),
    lambda tekst: p(r(tekst)) + p(r(f"Nog iets: {WOORD}")),
    lambda tekst: p(r(f"{tekst}\t{WOORD}")),
    lambda tekst: p(r(f"{tekst}     {WOORD}")),
    lambda tekst: p(r(tekst), r(f" {WOORD}", VET)),
    lambda tekst: p(r(tekst)) + tbl(tr("Iets", WOORD)),
    lambda tekst: p(r(tekst)) + tbl(tr("", WOORD, "")),
    lambda tekst: p(r(tekst)) + tbl(tr("Naam betrokkene", "Tine", WOORD)),
    lambda tekst: p(r(tekst)) + tbl(tr("Naam betrokkene", "Tine"), tr(WOORD, "")),
    lambda tekst: p(r(tekst)) + tbl(tr(tc("Naam betrokkene", WOORD), "Tine")),
    lambda tekst: p(r(tekst)) + tbl(tr(WOORD), tr("a", "b", "c", "d", "e")),
    lambda tekst: p(r(tekst)) + p(sdt(r(WOORD))),
]


@cache
def _read_plain() -> frozenset[Bevinding]:
    return frozenset(_validate("".join(p(r(tekst)) for tekst in ALINEAS)).bevindingen)


@given(st.integers(0, len(ALINEAS) - 1), st.sampled_from(MANIEREN))
@settings(max_examples=60, deadline=None)
def test_a_word_put_anywhere_is_read_or_its_place_is_told_and_no_message_repeats_it(plek: int, manier: Manier) -> None:
    blokken = [manier(tekst) if nummer == plek else p(r(tekst)) for nummer, tekst in enumerate(ALINEAS)]
    validatie = _validate("".join(blokken))
    gelezen = [vraag for vraag, tekst in _answered(validatie).items() if WOORD in tekst]
    nieuw = set(validatie.bevindingen) - _read_plain()
    open_vakje = ALINEAS[plek].startswith("Deelbaar") and WOORD in blokken[plek].partition("triage")[2]
    assert gelezen or nieuw or open_vakje
    assert len(gelezen) < 2
    assert not any(WOORD in b.melding or WOORD in b.plaats for b in validatie.bevindingen)
