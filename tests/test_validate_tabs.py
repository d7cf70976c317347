"""Running text in files as Word writes them: what a tab parts is read, and what belongs to no question is told."""

from __future__ import annotations

import pytest
from support_docx import build_docx, p, r, tbl, tr
from support_dossier import AANMELDFORMULIER, DATA, NAMEN, VANDAAG, iterate_antwoorden

from pipeline.read import read_formulier
from pipeline.validate import recognise_formulier, validate_formulier
from schemas.aanmelding import Meta, Validatie
from schemas.bevinding import Ernst
from schemas.deling import Vlag
from schemas.inzending import RuwFormulier

VET = "<w:b/>"


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
