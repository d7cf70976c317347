"""From raw answers to a typed aanmelding: nothing lost without a word, nothing shared by mistake."""

from __future__ import annotations

import pytest
from support_dossier import (
    AANMELDFORMULIER,
    DATA,
    NAMEN,
    VANDAAG,
    iterate_antwoorden,
    labelled,
    make_head,
    make_ruw,
    tagged,
)

from pipeline.validate import recognise_formulier, validate_formulier
from schemas.aanmelding import Antwoord, Meta, Status, Validatie
from schemas.bevinding import Ernst
from schemas.deling import Vlag
from schemas.inzending import RuwAntwoord, RuweSoort, RuweTabel

TAFEL = Vlag(deelbaar_met=frozenset({"tafel"}))


def _validate(*antwoorden: RuwAntwoord, tabellen: tuple[RuweTabel, ...] = ()) -> Validatie:
    ruw = make_ruw(antwoorden, tabellen)
    return validate_formulier(ruw, DATA, AANMELDFORMULIER, Meta(), NAMEN, VANDAAG)


def _get(validatie: Validatie, vraag: str, nummer: int = 0) -> Antwoord:
    return validatie.aanmelding.get_antwoorden(vraag)[nummer]


def _codes(validatie: Validatie) -> list[str]:
    return [bevinding.code for bevinding in validatie.bevindingen if bevinding.ernst is not Ernst.INFO]


def _answered(validatie: Validatie) -> dict[str, str]:
    return {a.vraag: a.format() for a in iterate_antwoorden(validatie.aanmelding) if a.format()}


# --- answers in controls ---


def test_every_question_of_the_form_gets_an_answer_with_its_place_and_status() -> None:
    validatie = _validate(tagged("aanmelder.naam", "Fien Voorbeeldmans"), tagged("aanmelder.functie", ""))
    vragen = [v.id for r in AANMELDFORMULIER.rubrieken if r.vorm == "vragen" for v in r.vragen]
    assert [a.vraag for a in iterate_antwoorden(validatie.aanmelding)] == vragen
    assert (_get(validatie, "aanmelder.naam").status, _get(validatie, "aanmelder.naam").plaats) == (
        Status.INGEVULD,
        "Aanmelder (tabel 9, rij 0, naam)",
    )
    assert _get(validatie, "aanmelder.functie").status is Status.LEEG
    assert _get(validatie, "aanmelder.telefoon").status is Status.NIET_GEVONDEN


def test_rows_keep_their_answers_and_flags_apart() -> None:
    validatie = _validate(
        tagged("informatie.tekst", "een", 0),
        tagged("informatie.deelbaar.tafel", True, 0),
        tagged("informatie.tekst", "twee", 1),
        tagged("informatie.deelbaar.tafel", False, 1),
        tagged("informatie.niet_voor", "politie", 0),
    )
    een, twee = validatie.aanmelding.get_rijen("informatie")
    assert een.antwoorden[0].vlag == Vlag(
        deelbaar_met=frozenset({"tafel"}), niet_voor=frozenset({"politie", "lokale_politie"})
    )
    assert twee.antwoorden[0].vlag == Vlag()
    assert een.id != twee.id


def test_a_row_with_nothing_but_marks_is_no_row() -> None:
    validatie = _validate(tagged("informatie.tekst", "", 0), tagged("informatie.deelbaar.tafel", True, 0))
    assert validatie.aanmelding.get_rijen("informatie") == ()


def test_names_at_a_mark_of_a_row_with_nothing_else_are_told() -> None:
    validatie = _validate(tagged("informatie.tekst", "", 0), tagged("informatie.niet_voor", "politie", 0))
    assert validatie.aanmelding.get_rijen("informatie") == ()
    assert _codes(validatie) == ["vlag-zonder-antwoord"]
    assert "politie" not in validatie.bevindingen[0].melding


def test_a_mark_on_a_row_of_the_dossier_is_kept_without_any_answer() -> None:
    validatie = _validate(tagged("informatie.rij", "oude-rij", 0), tagged("informatie.niet_voor", "CAW", 0))
    (rij,) = validatie.aanmelding.get_rijen("informatie")
    assert rij.id == "oude-rij"
    assert rij.antwoorden[0].vlag.niet_voor == {"caw"}


def test_a_copied_block_of_a_supplement_is_a_row_of_its_own() -> None:
    validatie = _validate(
        tagged("betrokkenen.rij", "oude-rij", 0),
        tagged("betrokkenen.naam", "Roos", 0),
        tagged("betrokkenen.rij", "oude-rij", 1),
        tagged("betrokkenen.naam", "Tine", 1),
    )
    een, twee = validatie.aanmelding.get_rijen("betrokkenen")
    assert een.id == "oude-rij"
    assert twee.id != "oude-rij"
    assert twee.get_tekst("naam") == "Tine"


def test_two_ticks_of_a_single_choice_are_no_answer() -> None:
    validatie = _validate(tagged("veiligheid.crisis.ja", True), tagged("veiligheid.crisis.nee", True))
    assert _get(validatie, "veiligheid.crisis").bezwaar == "er is meer dan één keuze aangeduid"
    assert _codes(validatie) == ["antwoord-onbruikbaar"]


def test_ticked_options_stand_although_somebody_wrote_beside_them() -> None:
    validatie = _validate(
        tagged("integriteit.aard.fysiek_eigen", True),
        tagged("integriteit.aard.van_anderen", False),
        labelled("In gevaar is", "vooral ’s nachts"),
    )
    assert _get(validatie, "integriteit.aard").format() == "De fysieke integriteit van de cliënt"
    assert _codes(validatie) == ["antwoord-deels"]


def test_words_stand_when_no_box_was_ticked() -> None:
    validatie = _validate(
        tagged("integriteit.aard.fysiek_eigen", False), labelled("In gevaar is", "fysieke integriteit")
    )
    assert _get(validatie, "integriteit.aard").format() == "De fysieke integriteit van de cliënt"
    assert not _codes(validatie)


def test_a_tick_and_other_words_that_choose_differently_are_no_answer() -> None:
    validatie = _validate(tagged("veiligheid.crisis.ja", True), labelled("Crisis", "nee"))
    assert _get(validatie, "veiligheid.crisis").bezwaar == "er staan twee verschillende antwoorden"


def test_two_copies_of_one_box_that_disagree_are_no_answer() -> None:
    validatie = _validate(tagged("veiligheid.crisis.ja", True), tagged("veiligheid.crisis.ja", False))
    assert "hokje" in _get(validatie, "veiligheid.crisis").bezwaar


def test_an_answer_typed_beside_an_empty_control_counts() -> None:
    validatie = _validate(tagged("aanmelder.functie", ""), labelled("Functie", "maatschappelijk werker"))
    assert _get(validatie, "aanmelder.functie").format() == "maatschappelijk werker"
    assert not _codes(validatie)


def test_equal_answers_in_two_places_are_one_and_different_ones_are_none() -> None:
    gelijk = _validate(tagged("aanmelding.datum", "3/11/2026"), labelled("Datum aanmelding", "3 november 2026"))
    assert _get(gelijk, "aanmelding.datum").format() == "3 november 2026"
    anders = _validate(tagged("aanmelding.datum", "3/11/2026"), labelled("Datum aanmelding", "4 november 2026"))
    assert _get(anders, "aanmelding.datum").bezwaar == "er staan twee verschillende antwoorden"


def test_an_unknown_tag_falls_back_on_its_label_and_is_reported_when_that_is_unknown_too() -> None:
    eigen_veld = labelled("Naam cliënt", "Roos").model_copy(update={"tag": "tekstveld.12"})
    vreemd = labelled("Lievelingskleur", "groen").model_copy(update={"tag": "tekstveld.13"})
    validatie = _validate(eigen_veld, vreemd)
    assert _get(validatie, "betrokkenen.naam").format() == "Roos"
    assert _codes(validatie) == ["label-onbekend"]


def test_marks_of_a_rubriek_that_is_never_shared_share_nothing() -> None:
    validatie = _validate(tagged("niet_te_delen.tekst", "geheim"), tagged("niet_te_delen.deelbaar.tafel", True))
    assert _get(validatie, "niet_te_delen.tekst").vlag == Vlag()


def test_copies_of_a_mark_that_disagree_share_nothing() -> None:
    validatie = _validate(
        tagged("vraag.vraag", "Wie?"), tagged("vraag.deelbaar.tafel", True), tagged("vraag.deelbaar.tafel", False)
    )
    assert _get(validatie, "vraag.vraag").vlag == Vlag()
    assert _codes(validatie) == ["vlag-onduidelijk"]


def test_words_in_a_box_for_a_doelgroep_share_nothing() -> None:
    validatie = _validate(tagged("vraag.vraag", "Wie?"), tagged("vraag.deelbaar.tafel", "liever niet"))
    assert _get(validatie, "vraag.vraag").vlag == Vlag()
    assert _codes(validatie) == ["vlag-onduidelijk"]


# --- controls that were typed over ---


def test_an_answer_over_a_lost_control_finds_the_only_row_that_lost_it() -> None:
    validatie = _validate(
        tagged("betrokkenen.rol", "Cliënt", 0),
        tagged("betrokkenen.naam", "Roos", 0),
        tagged("betrokkenen.rol", "Moeder", 1),
        labelled("Naam betrokkene", "Tine", plaats="tabel 9, rij 8"),
    )
    namen = [rij.get_tekst("naam") for rij in validatie.aanmelding.get_rijen("betrokkenen")]
    assert namen == ["Roos", "Tine"]


def test_an_answer_beside_a_control_belongs_to_the_row_of_that_control() -> None:
    validatie = _validate(
        tagged("betrokkenen.rol", "Cliënt", 0),
        tagged("betrokkenen.naam", "", 0, plaats="tabel 9, rij 3"),
        tagged("betrokkenen.rol", "Moeder", 1),
        tagged("betrokkenen.naam", "Tine", 1, plaats="tabel 9, rij 8"),
        labelled("Naam betrokkene", "Roos", plaats="tabel 9, rij 3"),
    )
    namen = [rij.get_tekst("naam") for rij in validatie.aanmelding.get_rijen("betrokkenen")]
    assert namen == ["Roos", "Tine"]


def test_an_answer_whose_row_is_not_certain_is_reported_and_given_to_nobody() -> None:
    validatie = _validate(
        tagged("betrokkenen.rol", "Cliënt", 0),
        tagged("betrokkenen.rol", "Moeder", 1),
        labelled("Naam betrokkene", "Tine", plaats="alinea 40"),
    )
    assert "betrokkenen.naam" not in _answered(validatie)
    assert _codes(validatie) == ["antwoord-zonder-rij"]


def test_a_mark_typed_over_a_control_leaves_no_row_of_that_table_shared() -> None:
    validatie = _validate(
        tagged("informatie.tekst", "een", 0),
        tagged("informatie.deelbaar.tafel", True, 0),
        labelled("Niet voor", "politie", plaats="tabel 9, rij 6"),
    )
    assert _get(validatie, "informatie.tekst").vlag == Vlag()
    assert _codes(validatie) == ["vlag-onduidelijk"]


# --- words of the form itself ---


def _gids(rubriek_id: str) -> str:
    rubriek = AANMELDFORMULIER.get_rubriek(rubriek_id)
    assert rubriek is not None
    return rubriek.toelichting


def test_titles_and_guidance_of_our_own_form_are_no_answers_and_no_findings() -> None:
    validatie = _validate(
        *make_head(),
        labelled("Wie mag uw antwoorden zien?", "Bij een rubriek met een geel deel bepaalt u dat zelf."),
        tagged("aanmelding.soort", ""),
        labelled("Betrokkenen", "Betrokkene"),
        labelled("Betrokkenen", "Betrokkenen, betrokkene 2"),
        labelled("Informatie", "Informatie"),
        labelled("Aanmelder", _gids("aanmelder")),
        labelled("Niet te delen", _gids("niet_te_delen")),
        labelled("Bij acuut gevaar", "bel 112 en wacht niet op het casusoverleg."),
        labelled("Bijvoorbeeld", "budgetbegeleiding,"),
    )
    assert (_answered(validatie), _codes(validatie)) == ({}, [])


def test_the_first_answer_counts_also_when_it_was_typed_over_its_control() -> None:
    validatie = _validate(
        *make_head(),
        labelled("Wie mag uw antwoorden zien?", "Bij een rubriek met een geel deel bepaalt u dat zelf."),
        labelled("Naam aanmelder", "Fien Voorbeeldmans"),
        tagged("aanmelder.functie", "onthaal"),
    )
    assert _answered(validatie) == {"aanmelder.naam": "Fien Voorbeeldmans", "aanmelder.functie": "onthaal"}
    assert _codes(validatie) == []


def test_what_somebody_wrote_under_our_guidance_is_an_answer_without_the_guidance() -> None:
    validatie = _validate(labelled("Niet te delen", f"{_gids('niet_te_delen')}\nHij leest haar post."))
    assert _get(validatie, "niet_te_delen.tekst").format() == "Hij leest haar post."


@pytest.mark.parametrize("label", ["Naam", "Adres", "Leeftijd", "Rij", "de", "Persoon"])
def test_a_label_that_merely_occurs_in_our_guidance_is_reported_and_not_swallowed(label: str) -> None:
    validatie = _validate(labelled("Naam aanmelder", "Fien"), labelled(label, "iets van belang"))
    assert _codes(validatie) == ["label-onbekend"]


@pytest.mark.parametrize("waarde", ["de cliënt", "Betrokkene", "huisgenoten", "een naam"])
def test_an_answer_that_uses_words_of_our_guidance_is_kept(waarde: str) -> None:
    assert _answered(_validate(labelled("Voor wie?", waarde))) == {"veiligheid.voor_wie": waarde}


def test_a_label_that_the_data_ignores_is_no_finding() -> None:
    assert not _validate(labelled("Onze referentie", "2026/12")).bevindingen


def test_a_running_head_is_reported_once() -> None:
    validatie = _validate(labelled("Naam aanmelder", "Fien"), *[labelled("Dienst X", "vertrouwelijk")] * 9)
    assert _codes(validatie) == ["label-onbekend"]


# --- a partner's own form ---


def test_rows_without_controls_begin_where_a_label_comes_back() -> None:
    validatie = _validate(
        labelled("Naam cliënt", "Roos"),
        labelled("Geboortedatum", "14/3/1979"),
        labelled("Naam betrokkene", "Tine"),
        labelled("Geboortedatum", "2/2/1950"),
    )
    rijen = validatie.aanmelding.get_rijen("betrokkenen")
    assert [(rij.get_tekst("naam"), rij.get_tekst("geboortedatum")) for rij in rijen] == [
        ("Roos", "14 maart 1979"),
        ("Tine", "2 februari 1950"),
    ]


def test_a_mark_covers_the_answers_right_above_it() -> None:
    validatie = _validate(
        labelled("Omschrijving", "een"),
        labelled("Bron", "huisbezoek"),
        labelled("Deelbaar met", "tafel"),
        labelled("Omschrijving", "twee"),
        labelled("Deelbaar met", ""),
    )
    een, twee = validatie.aanmelding.get_rijen("informatie")
    assert {a.vlag for a in een.antwoorden} == {TAFEL}
    assert {a.vlag for a in twee.antwoorden} == {Vlag()}


@pytest.mark.parametrize(
    "antwoorden",
    [
        pytest.param(
            [("Omschrijving", "een"), ("Medische historiek", "geheim"), ("Deelbaar met", "tafel")],
            id="the mark may be that of a question we do not know",
        ),
        pytest.param(
            [("Omschrijving", "een"), ("Deelbaar met", "tafel"), ("Bron", "haar zus")],
            id="an answer of the row stands below the mark",
        ),
        pytest.param(
            [("Bron", "haar zus"), ("Vraag", "wie?"), ("Omschrijving", "een"), ("Deelbaar met", "tafel")],
            id="an answer of the row stands elsewhere",
        ),
        pytest.param(
            [("Deelbaar met", "tafel"), ("Omschrijving", "een"), ("Deelbaar met", "tafel"), ("Omschrijving", "twee")],
            id="marks stand above their answers",
        ),
        pytest.param(
            [("Omschrijving", "een"), ("Deelbaar met", "triage"), ("Delen met", "tafel")],
            id="two marks that differ",
        ),
    ],
)
def test_a_mark_that_may_belong_elsewhere_shares_nothing(antwoorden: list[tuple[str, str]]) -> None:
    validatie = _validate(*(labelled(label, waarde) for label, waarde in antwoorden))
    assert {a.vlag for a in iterate_antwoorden(validatie.aanmelding)} == {Vlag()}
    assert _codes(validatie)


def test_a_mark_under_another_heading_is_not_that_of_the_answers_above() -> None:
    validatie = _validate(
        labelled("Vraag", "Wie?", kop="Vraag aan de tafel"), labelled("Deelbaar met", "tafel", kop="Bijlagen")
    )
    assert _get(validatie, "vraag.vraag").vlag == Vlag()
    assert _codes(validatie) == ["vlag-zonder-rubriek"]


def test_equal_labels_go_by_the_heading_above_them() -> None:
    validatie = _validate(
        labelled("Bron", "brief", kop="Informatie"), labelled("Vraag", "Wie helpt?", kop="Vraag aan de tafel")
    )
    assert _answered(validatie) == {"informatie.bron": "brief", "vraag.vraag": "Wie helpt?"}


def test_a_table_with_a_header_is_read_row_by_row_with_its_marks() -> None:
    tabel = RuweTabel(
        plaats="tabel 3",
        rijen=(
            ("Omschrijving", "Feit/inschatting", "Bron", "Deelbaar met", "Niet voor", "Ernst"),
            ("een", "F", "huisbezoek", "☒ Triagetafel ☐ Expertentafel", "", "hoog"),
            ("twee", "I", "", "tafel", "politie", ""),
            ("drie", "I", "buur", "", "", ""),
        ),
    )
    validatie = _validate(labelled("Naam aanmelder", "Fien"), tabellen=(tabel,))
    rijen = validatie.aanmelding.get_rijen("informatie")
    assert [rij.get_tekst("tekst") for rij in rijen] == ["een", "twee", "drie"]
    assert [sorted(rij.antwoorden[0].vlag.deelbaar_met) for rij in rijen] == [["triage"], ["tafel"], []]
    assert rijen[1].antwoorden[0].vlag.niet_voor == {"politie", "lokale_politie"}
    assert rijen[0].antwoorden[0].plaats == "Informatie, informatie 1 (tabel 3, rij 2)"
    assert _codes(validatie) == ["label-onbekend"]  # the column "Ernst"


def test_a_row_longer_than_its_header_loses_nothing_in_silence() -> None:
    tabel = RuweTabel(
        plaats="tabel 3", rijen=(("Omschrijving", "Bron"), ("een", "huisbezoek", "en dit stond er nog naast"))
    )
    assert _codes(_validate(tabellen=(tabel,))) == ["label-onbekend"]


def test_labels_in_two_columns_are_not_a_header_with_rows() -> None:
    tabel = RuweTabel(
        plaats="tabel 3",
        rijen=(
            ("Naam cliënt", "Roos", "Geboortedatum", "14/3/1979"),
            ("Straat en nummer", "Verzonnenstraat 12", "Gemeente", "Olen"),
        ),
    )
    losse = [
        labelled(label, waarde, plaats=f"tabel 3, rij {nummer}")
        for nummer, rij in enumerate(tabel.rijen, start=1)
        for label, waarde in (rij[:2], rij[2:])
    ]
    validatie = _validate(*losse, tabellen=(tabel,))
    assert _answered(validatie) == {
        "betrokkenen.naam": "Roos",
        "betrokkenen.geboortedatum": "14 maart 1979",
        "betrokkenen.adres": "Verzonnenstraat 12",
        "betrokkenen.gemeente": "Olen",
    }


def test_a_header_with_one_row_below_it_answers_a_rubriek_without_rows() -> None:
    tabel = RuweTabel(plaats="tabel 1", rijen=(("Naam aanmelder", "Organisatie"), ("Fien", "CAW")))
    assert _answered(_validate(tabellen=(tabel,))) == {"aanmelder.naam": "Fien", "aanmelder.organisatie": "CAW"}


def test_a_table_that_nobody_understands_is_reported() -> None:
    tabel = RuweTabel(plaats="tabel 4", rijen=(("Datum", "Dosis", "Arts"), ("1/1", "5 mg", "dr. Fabel")))
    assert _codes(_validate(labelled("Naam aanmelder", "Fien"), tabellen=(tabel,))) == ["tabel-onbekend"]


def test_a_loose_answer_beside_a_table_of_rows_is_not_given_to_its_last_row() -> None:
    tabel = RuweTabel(plaats="tabel 3", rijen=(("Naam cliënt", "Geboortedatum"), ("Roos", "14/3/1979")))
    validatie = _validate(labelled("Telefoon cliënt", "014 00 00 00"), tabellen=(tabel,))
    assert "betrokkenen.telefoon" not in _answered(validatie)
    assert _codes(validatie) == ["antwoord-zonder-rij"]


# --- which form it is ---


def test_a_form_is_recognised_by_its_head() -> None:
    herkenning = recognise_formulier(make_ruw(make_head("BCDFG2")), [DATA])
    assert herkenning is not None
    assert (herkenning.formulier, herkenning.meta.casuscode) == (AANMELDFORMULIER, "BCDFG2")


def test_two_forms_in_one_file_belong_to_no_case() -> None:
    herkenning = recognise_formulier(make_ruw((*make_head("BCDFG2"), *make_head("HJKLM3"))), [DATA])
    assert herkenning is not None
    assert herkenning.meta.casuscode not in ("BCDFG2", "HJKLM3")


def test_a_blank_copy_of_the_head_takes_nothing_away() -> None:
    ruw = make_ruw((*make_head("BCDFG2"), tagged("formulier.casuscode", "")))
    herkenning = recognise_formulier(ruw, [DATA])
    assert herkenning is not None
    assert herkenning.meta.casuscode == "BCDFG2"


KENMERKEN = RuweTabel(
    plaats="tabel 1",
    rijen=(("Tafel", "Formulier", "Versie", "Casuscode"), (DATA.tafel.id, AANMELDFORMULIER.id, "1.0", "BCDFG2")),
)


def test_a_form_that_lost_its_tags_is_recognised_by_the_table_at_its_head() -> None:
    herkenning = recognise_formulier(make_ruw((), (KENMERKEN,)), [DATA])
    assert herkenning is not None
    assert (herkenning.formulier, herkenning.meta.casuscode) == (AANMELDFORMULIER, "BCDFG2")


@pytest.mark.parametrize("kop", [("Tafel", "Versie"), ("Tafel", "Formulier", "Versie", "Opmerking")])
def test_a_table_with_other_titles_is_no_head(kop: tuple[str, ...]) -> None:
    tabel = RuweTabel(plaats="tabel 1", rijen=(kop, (DATA.tafel.id, *("x" for _ in kop[1:]))))
    assert recognise_formulier(make_ruw((), (tabel,)), [DATA]) is None


def _make_untagged(*rijen: tuple[str, str]) -> Validatie:
    """A block table of a form that lost its tags: the title of a block, or a label with its answer."""
    tabel = RuweTabel(plaats="tabel 2", rijen=rijen)
    antwoorden = (
        labelled(label, waarde).model_copy(update={"plaats": f"tabel 2, rij {nummer}"})
        for nummer, (label, waarde) in enumerate(rijen, start=1)
        if waarde
    )
    return _validate(*antwoorden, tabellen=(KENMERKEN, tabel))


def test_blocks_without_tags_are_rows_also_when_they_ask_different_questions() -> None:
    validatie = _make_untagged(
        ("Betrokkenen, betrokkene 1\tid-1", ""),
        ("Naam cliënt", "Roos Verzinsel"),
        ("Betrokkenen, betrokkene 2\tid-2", ""),
        ("Geboortedatum", "14/3/1979"),
    )
    rijen = validatie.aanmelding.get_rijen("betrokkenen")
    assert [(rij.id, rij.get_tekst("naam"), rij.get_tekst("geboortedatum")) for rij in rijen] == [
        ("id-1", "Roos Verzinsel", ""),
        ("id-2", "", "14 maart 1979"),
    ]
    assert _codes(validatie) == []


def test_a_box_that_lost_its_tag_is_not_told_twice() -> None:
    vakje = RuwAntwoord(label="Maandag", waarde=True, soort=RuweSoort.VINKJE, plaats="tabel 9, rij 9", leeg=False)
    los = labelled("Hulp op", "☒ Maandag ☐ Dinsdag").model_copy(update={"plaats": "tabel 9, rij 9"})
    assert _codes(_validate(labelled("Naam aanmelder", "Fien"), vakje)) == ["label-onbekend"]
    (melding,) = _validate(labelled("Naam aanmelder", "Fien"), vakje, los).bevindingen
    assert "Hulp op" in melding.melding


def test_a_form_of_an_unknown_table_says_so() -> None:
    herkenning = recognise_formulier(make_ruw([tagged("formulier.tafel", "elders/tafel")]), [DATA])
    assert herkenning is not None
    assert (herkenning.data, herkenning.tafel) == (None, "elders/tafel")


def test_a_letter_with_a_few_labels_is_no_form() -> None:
    brief = make_ruw([labelled("Datum aanmelding", "vandaag"), labelled("Naam cliënt", "Roos")])
    assert recognise_formulier(brief, [DATA]) is None
