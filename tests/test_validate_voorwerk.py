"""Above the first question of a form of ours: what is printed there is nobody's answer, what is typed there is told."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from functools import cache, partial

import pytest
from support_docx import build_docx, p, r, tbl, tr
from support_dossier import AANMELDFORMULIER, DATA, NAMEN, VANDAAG
from support_fill import Element, W, edit_word, read_document

from pipeline.forms import Vooraf, build_formulier
from pipeline.office import convert_files, find_office
from pipeline.read import read_formulier
from pipeline.validate import recognise_formulier, validate_formulier
from schemas import kern, voorwerk
from schemas.aanmelding import Meta
from schemas.bevinding import Ernst
from schemas.catalogus import load_catalogus
from schemas.formulier import Formulier
from schemas.tafeldata import Tafeldata

TAFELS = load_catalogus()
FORMULIEREN = [
    pytest.param(data, formulier, id=f"{naam} {formulier.id}")
    for naam, data in TAFELS.items()
    for formulier in data.formulieren
]
MET_FORMULIER = [pytest.param(data, id=naam) for naam, data in TAFELS.items() if data.formulieren]
META = {kern.META_CASUS: "VB-2026-001", kern.META_NUMMER: "X-1", kern.META_OVERLEG: "2026-12-17"}
CODE = META[kern.META_CASUS]
TYPED = "Bel mij eerst op een ander nummer"
VRAAG = "aanmelder.naam"


def tell(docx: bytes, bestand: str = "f.docx", data: Tafeldata = DATA) -> list[tuple[str, str, Ernst]]:
    """Of loose text: where it stands, and how much that weighs."""
    ruw = read_formulier(bestand, docx)
    herkenning = recognise_formulier(ruw, [data])
    formulier = (herkenning.formulier if herkenning else None) or AANMELDFORMULIER
    validatie = validate_formulier(ruw, data, formulier, Meta(), NAMEN, VANDAAG)
    return [(b.code, b.plaats, b.ernst) for b in validatie.bevindingen]


@cache
def build() -> bytes:
    return build_formulier(DATA, AANMELDFORMULIER, Vooraf(meta={kern.META_NUMMER: "X-1"}))


def list_head(document: Element) -> list[Element]:
    """All that stands above the table of the first question: paragraphs and the table of the head."""
    (body,) = document.iter(f"{W}body")
    tabellen = [nummer for nummer, deel in enumerate(body) if deel.tag == f"{W}tbl"]
    return list(body)[: tabellen[1]]


def make_run(tekst: str) -> Element:
    (alinea,) = read_document(build_docx(p(r(tekst)))).iter(f"{W}body")
    return next(alinea.iter(f"{W}r"))


def make_paragraph(tekst: str) -> Element:
    (body,) = read_document(build_docx(p(r(tekst)))).iter(f"{W}body")
    return next(body.iter(f"{W}p"))


def put_before(document: Element, nummer: int) -> None:
    list_head(document)[nummer].addprevious(make_paragraph(TYPED))


def put_behind(document: Element, nummer: int) -> None:
    list_head(document)[nummer].append(make_run(f" {TYPED}"))


def put_in_front(document: Element, nummer: int) -> None:
    next(list_head(document)[nummer].iter(f"{W}r")).addprevious(make_run(f"{TYPED} "))


def put_in_cell(document: Element, nummer: int) -> None:
    list(document.iter(f"{W}tc"))[nummer].append(make_paragraph(TYPED))


def put_row(document: Element) -> None:
    tabel = next(document.iter(f"{W}tbl"))
    rij = copy.deepcopy(next(tabel.iter(f"{W}tr")))
    for tekst in rij.iter(f"{W}t"):
        tekst.text = TYPED
    tabel.append(rij)


def iterate_ways() -> Iterator[tuple[str, Callable[[Element], None]]]:
    """Each place above the first question where somebody can type, as an edit of the document."""
    for nummer, deel in enumerate(list_head(read_document(build()))):
        yield f"before {nummer}", partial(put_before, nummer=nummer)
        if deel.tag == f"{W}p" and len(list(deel.iter(f"{W}t"))):
            yield f"behind {nummer}", partial(put_behind, nummer=nummer)
            yield f"in front of {nummer}", partial(put_in_front, nummer=nummer)
        for cel, _ in enumerate(deel.iter(f"{W}tc")):
            yield f"cell {cel}", partial(put_in_cell, nummer=cel)
    yield "a row more", put_row


WEGEN = dict(iterate_ways())


@pytest.mark.parametrize(("data", "formulier"), FORMULIEREN)
@pytest.mark.parametrize(
    "vooraf",
    [
        pytest.param(Vooraf(), id="blank"),
        pytest.param(Vooraf(meta=META), id="numbered"),
        pytest.param(Vooraf(voor_pdf=True), id="for a PDF"),
    ],
)
def test_nothing_that_a_form_prints_is_taken_for_typed(data: Tafeldata, formulier: Formulier, vooraf: Vooraf) -> None:
    assert tell(build_formulier(data, formulier, vooraf), data=data) == []


@pytest.mark.parametrize("data", MET_FORMULIER)
def test_an_aanvullingsformulier_prints_known_words_as_well(data: Tafeldata) -> None:
    formulier = data.get_aanmeldformulier()
    vooraf = Vooraf(
        meta={kern.META_CASUS: CODE},
        alleen=frozenset({VRAAG}),
        titel=voorwerk.make_titel_aanvulling(CODE),
        inleiding=voorwerk.INLEIDING_AANVULLING,
    )
    assert tell(build_formulier(data, formulier, vooraf), data=data) == []


@pytest.mark.parametrize("data", MET_FORMULIER)
def test_a_form_about_a_case_or_a_meeting_prints_known_titles(data: Tafeldata) -> None:
    formulier = data.get_aanmeldformulier()
    for titel in (
        voorwerk.make_titel_casus(formulier, CODE),
        voorwerk.make_titel_overleg(formulier, VANDAAG.fromisoformat(META[kern.META_OVERLEG])),
    ):
        assert tell(build_formulier(data, formulier, Vooraf(meta=META, titel=titel)), data=data) == []


@pytest.mark.parametrize("weg", WEGEN)
def test_what_somebody_types_above_the_first_question_is_told_by_its_place(weg: str) -> None:
    gevonden = tell(edit_word(build(), WEGEN[weg]))
    assert {ernst for _, _, ernst in gevonden} == {Ernst.WAARSCHUWING}
    assert "tekst-los" in {code for code, _, _ in gevonden} <= {"tekst-los", "tekst-naast-veld"}
    assert all(plaats.startswith(("alinea ", "tabel 1")) for _, plaats, _ in gevonden)


def test_text_that_only_repeats_pieces_of_printed_sentences_is_told_as_well() -> None:
    stukken = "Een vraag met een ander blok"
    assert tell(edit_word(build(), lambda d: list_head(d)[1].addprevious(make_paragraph(stukken)))) != []


def test_of_another_version_it_weighs_less_as_that_may_print_other_words() -> None:
    oud = AANMELDFORMULIER.model_copy(update={"versie": "0.1", "inleiding": ("Vroeger stond hier iets anders.",)})
    (gevonden,) = tell(build_formulier(DATA, oud))
    assert (gevonden[0], gevonden[2]) == ("tekst-los", Ernst.INFO)


def test_words_that_forms_printed_before_are_known() -> None:
    feiten = {voorwerk.FEITEN[feit]: eerder for feit, eerder in voorwerk.FEITEN_EERDER.items()}

    def reword(document: Element) -> None:
        for tekst in document.iter(f"{W}t"):
            for nu, eerder in feiten.items():
                tekst.text = (tekst.text or "").replace(nu, eerder)

    anders = edit_word(build(), reword)
    assert any(eerder in (t.text or "") for t in read_document(anders).iter(f"{W}t") for eerder in feiten.values())
    assert tell(anders) == []


@pytest.mark.libreoffice
@pytest.mark.parametrize("soort", ["odt", "doc", "rtf"])
def test_it_is_told_of_a_form_that_lost_its_controls(soort: str) -> None:
    typed = edit_word(build(), lambda d: list_head(d)[4].addprevious(make_paragraph(TYPED)))
    programma = find_office()
    assert programma is not None
    leeg, getypt = convert_files(programma, [build(), typed], soort, {})
    assert leeg is not None and getypt is not None
    assert not [b for b in tell(leeg, f"f.{soort}") if b[0] == "tekst-los"]
    assert [b[0] for b in tell(getypt, f"f.{soort}") if b[2] is Ernst.WAARSCHUWING] == ["tekst-los"]


def test_a_column_that_asks_nothing_and_holds_nothing_is_told_in_passing() -> None:
    rijen = tr("Naam cliënt", "Geboortedatum", "Zus woont in") + tr("Roos", "14/3/1979", "")
    assert ("tekst-los", "tabel 1", Ernst.INFO) in tell(build_docx(tbl(rijen)))
