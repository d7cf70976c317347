"""What the table that ships promises: who may get what, and what a form must never ask or share."""

from __future__ import annotations

import pytest
from support_tafels import name_tafel

from schemas import kern
from schemas.catalogus import load_catalogus, load_tafel
from schemas.deling import Feit
from schemas.documentsoort import Aanleiding
from schemas.formulier import Rubriekvorm
from schemas.tafel import Anker, Rolsoort
from schemas.tafeldata import Tafeldata
from schemas.tekst import normalise

TAFEL = name_tafel("gewoon")


@pytest.fixture(scope="module")
def data() -> Tafeldata:
    return load_tafel(TAFEL)


def test_every_table_that_ships_loads_and_carries_the_name_of_its_folder() -> None:
    catalogus = load_catalogus()
    assert TAFEL in catalogus
    assert all(tafel_id == data.tafel.id for tafel_id, data in catalogus.items())


def test_every_rule_about_a_case_says_where_it_comes_from(data: Tafeldata) -> None:
    bronnen = [c.bron for c in data.criteria] + [o.bron for o in data.tafel.overleggen]
    bronnen += [b.bron for b in data.tafel.besluiten] + [t.bron for t in data.tafel.termijnen]
    assert all(bronnen + [v.grond for v in data.deling.vrijgaven])


def test_identity_for_searching_goes_to_the_casusfiche_of_permanent_partners_only(data: Tafeldata) -> None:
    vast = set(data.tafel.get_rollen_of_soort(Rolsoort.VAST, Rolsoort.COORDINATOR))
    for document in data.documenten:
        for rol in data.tafel.rollen:
            vrij = data.deling.is_released(Feit.IDENTITEIT, document.id, frozenset({rol.id}))
            assert vrij == (document.id == "casusfiche" and rol.id in vast), (document.id, rol.id)


def test_every_recipient_of_the_agenda_sees_the_state_of_informing_and_consent(data: Tafeldata) -> None:
    for document_id in ("agenda", "casusfiche"):
        document = data.get_document(document_id)
        assert document is not None
        for rol in document.rollen:
            assert data.deling.is_released(Feit.INSTEMMING, document_id, frozenset({rol}))


def test_only_the_triage_gets_criteria_and_weegvragen(data: Tafeldata) -> None:
    triage = set(data.tafel.get_rollen_of_soort(Rolsoort.TRIAGE, Rolsoort.COORDINATOR))
    for vrijgave in data.deling.vrijgaven:
        if vrijgave.feit in (Feit.CRITERIA, Feit.WEEGVRAGEN):
            assert set(vrijgave.rollen) <= triage


def test_nothing_of_the_aanmelding_stands_in_a_letter_or_an_invitation(data: Tafeldata) -> None:
    eigen = {rubriek.id for rubriek in data.get_aanmeldformulier().rubrieken}
    brieven = [d.id for d in data.documenten if d.aanleiding is Aanleiding.DOSSIER]
    for document_id in (*brieven, "uitnodiging", "uitnodiging_aanmelder", "agenda"):
        regel = data.deling.get_deelregel(document_id)
        assert regel is None or not eigen & set(regel.rubrieken), document_id


def test_what_is_not_to_be_shared_cannot_be_flagged(data: Tafeldata) -> None:
    formulier = data.get_aanmeldformulier()
    for rubriek_id in ("aanmelding", "identiteit", "niet_te_delen"):
        rubriek = formulier.get_rubriek(rubriek_id)
        assert rubriek is not None
        assert not rubriek.vlaggen


def test_an_anonymous_form_needs_no_identifying_answer(data: Tafeldata) -> None:
    formulier = data.get_aanmeldformulier()
    for vraag in formulier.vragen:
        if vraag.identificerend and (vraag.verplicht or vraag.verplicht_als):
            assert vraag.niet_verplicht_als is not None
            assert vraag.niet_verplicht_als.vraag == kern.ANONIEM
            assert kern.ANONIEM_JA in vraag.niet_verplicht_als.is_een_van


def test_a_bare_name_is_nobodys_label(data: Tafeldata) -> None:
    vragen = data.get_aanmeldformulier().vragen
    labels = {normalise(label) for vraag in vragen for label in (vraag.label, *vraag.aliassen)}
    assert not labels & {"naam", "telefoon", "datum", "adres"}


def test_labels_of_the_aanmeldformulier_are_clear_without_their_heading(data: Tafeldata) -> None:
    labels = [
        normalise(label)
        for vraag in data.get_aanmeldformulier().vragen
        for label in dict.fromkeys((vraag.label, *vraag.aliassen))
    ]
    assert len(labels) == len(set(labels)), {label for label in labels if labels.count(label) > 1}


def test_every_decision_of_the_triage_has_a_letter(data: Tafeldata) -> None:
    for besluit in data.tafel.besluiten:
        if besluit.overleg == "triagetafel":
            assert [d.id for d in data.list_besluitbrieven(besluit.id)] == ["triagebrief"]
            assert besluit.brieftekst


def test_the_three_sporen_and_a_closure_tell_whom_they_concern_and_other_decisions_send_no_letter(
    data: Tafeldata,
) -> None:
    brieven = {
        besluit.id: [d.id for d in data.list_besluitbrieven(besluit.id)]
        for besluit in data.tafel.besluiten
        if besluit.overleg == "expertentafel"
    }
    assert brieven.pop("spoor1") == brieven.pop("spoor3") == ["terugkoppeling"]
    assert brieven.pop("spoor2") == ["opdrachtbrief"]
    assert brieven.pop("afsluiten") == brieven.pop("onmogelijkheid") == ["afsluitbericht"]
    assert set(map(len, brieven.values())) == {0}


def test_each_phase_of_the_expertentafel_leads_on_and_none_is_a_dead_end(data: Tafeldata) -> None:
    besluiten = [besluit for besluit in data.tafel.besluiten if besluit.overleg == "expertentafel"]
    keuzes = {fase.id: {b.id for b in besluiten if fase.id in b.van} for fase in data.tafel.fasen}
    assert keuzes["geagendeerd"] == {"spoor1", "spoor2", "spoor3"}
    assert keuzes["ketenaanpak"] == {"verder_in_ketenaanpak", "passieve_regie", "onmogelijkheid"}
    assert keuzes["passieve_regie"] == {"langer_passief", "terug_actief", "afsluiten", "onmogelijkheid"}
    assert all(not keuzes[fase.id] for fase in data.tafel.fasen if not fase.open)
    assert all(besluit.van for besluit in besluiten)


def test_both_entrances_of_the_ketenaanpak_ask_a_plan_and_plan_the_next_expertentafel(data: Tafeldata) -> None:
    ingangen = [b for b in data.tafel.besluiten if b.naar_fase == "ketenaanpak" and "ketenaanpak" not in b.van]
    ingangen = [b for b in ingangen if "passieve_regie" not in b.van]
    assert {b.overleg for b in ingangen} == {"triagetafel", "expertentafel"}
    assert all({Anker.PLAN_GEVRAAGD, Anker.BESPROKEN} <= set(b.zet) for b in ingangen)
    assert all(b.plant_overleg == "expertentafel" for b in ingangen)


def test_every_open_phase_after_the_table_has_a_term_that_brings_it_back(data: Tafeldata) -> None:
    for fase in ("ketenaanpak", "passieve_regie"):
        assert any(termijn.agendeert and fase in termijn.fasen for termijn in data.tafel.termijnen)


def test_the_verslag_carries_the_words_of_its_source_and_goes_to_nobody_outside_the_table(data: Tafeldata) -> None:
    verslag = data.get_document("verslag")
    assert verslag is not None
    assert verslag.inleiding[0] == (
        "De informatie uit dit verslag kan NIET worden gebruikt binnen de bredere werking van de organisatie. Enkel "
        "de op de expertentafel afgesproken informatie kan worden gedeeld en staat expliciet in het verslag vermeld."
    )
    rollen = data.tafel.get_rollen_of_soort(Rolsoort.COORDINATOR, Rolsoort.VAST, Rolsoort.AD_HOC)
    assert set(verslag.rollen) == set(rollen)


def test_what_the_table_decided_is_released_to_its_own_documents_only(data: Tafeldata) -> None:
    waar = {feit: {d for v in data.deling.vrijgaven if v.feit is feit for d in v.documenten} for feit in Feit}
    assert waar[Feit.VERSLAG] == {"verslag"}
    assert waar[Feit.AFSPRAKEN] == {"verslag", "takenlijst", "opdrachtbrief", "agenda"}
    assert waar[Feit.PASSAGES] == {"verslag", "terugkoppeling", "opdrachtbrief"}
    assert waar[Feit.BESLUIT] == {"triagebrief", "terugkoppeling", "opdrachtbrief", "afsluitbericht"}
    assert waar[Feit.PLAN] == {"plan", "plan_client", "stand_van_zaken", "opvolgfiche"}
    assert waar[Feit.MELDING] == {"uitnodiging_zorgoverleg", "stand_van_zaken", "addendum"}
    assert waar[Feit.BEWAREN] == {"afsluitbericht"}


def test_the_verslagformulier_holds_beforehand_only_codes_and_numbers_of_todos(data: Tafeldata) -> None:
    formulier = data.get_formulier("verslag")
    assert formulier is not None
    ingevuld = [vraag.id for vraag in formulier.vragen if vraag.ingevuld_door_ons]
    assert ingevuld == [kern.PUNT_CASUS, kern.OPVOLGING_CASUS, kern.OPVOLGING_AFSPRAAK]
    anders = {"melding", "mededelingen"}
    ontbreekt = {vraag_id for vraag_id in kern.KEUZEVRAGEN if formulier.get_vraag(vraag_id) is None}
    # A day for the next overleg is asked only where the table has no fixed days.
    assert {vraag_id.split(".")[0] for vraag_id in ontbreekt - {kern.PUNT_OVERLEG_OP}} == anders
    assert [rubriek.id for rubriek in formulier.rubrieken if rubriek.vlaggen] == ["passages"]


def test_repeating_rubrieken_repeat(data: Tafeldata) -> None:
    formulier = data.get_aanmeldformulier()
    rijen = [rubriek.id for rubriek in formulier.rubrieken if rubriek.vorm is Rubriekvorm.RIJEN]
    assert rijen == ["betrokkenen", "diensten", "informatie"]


def test_the_marking_takes_the_ground_of_the_werkmap_over_its_own(data: Tafeldata) -> None:
    assert data.tafel.grondslag in data.tafel.get_markering()
    assert "artikel 999" in data.tafel.get_markering("artikel 999")
    assert "{" not in data.tafel.get_markering()
