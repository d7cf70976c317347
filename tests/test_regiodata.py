"""What the table that ships promises: who may get what, and what a form must never ask or share."""

from __future__ import annotations

import pytest

from schemas import kern
from schemas.catalogus import load_catalogus, load_tafel
from schemas.deling import Feit
from schemas.documentsoort import Aanleiding, Moment
from schemas.formulier import Rubriekvorm
from schemas.tafel import Rolsoort
from schemas.tafeldata import Tafeldata
from schemas.tekst import normalise

TAFEL = "neteland/samen"


@pytest.fixture(scope="module")
def data() -> Tafeldata:
    return load_tafel(TAFEL)


def test_every_table_that_ships_loads_and_carries_the_name_of_its_folder() -> None:
    catalogus = load_catalogus()
    assert TAFEL in catalogus
    assert all(tafel_id == data.tafel.id for tafel_id, data in catalogus.items())


def test_every_rule_about_a_case_says_where_it_comes_from(data: Tafeldata) -> None:
    bronnen = [c.bron for c in data.criteria] + [o.bron for o in data.tafel.overleggen]
    assert all(bronnen + [b.bron for b in data.tafel.besluiten] + [v.grond for v in data.deling.vrijgaven])


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


def test_letters_and_invitations_hold_no_rubriek_at_all(data: Tafeldata) -> None:
    brieven = [d.id for d in data.documenten if d.aanleiding is Aanleiding.DOSSIER]
    for document_id in (*brieven, "uitnodiging", "uitnodiging_aanmelder", "agenda"):
        assert data.deling.get_deelregel(document_id) is None


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
    assert data.get_documenten(Moment.BESLUIT)
    assert all(besluit.brieftekst for besluit in data.tafel.besluiten)


def test_repeating_rubrieken_repeat(data: Tafeldata) -> None:
    formulier = data.get_aanmeldformulier()
    rijen = [rubriek.id for rubriek in formulier.rubrieken if rubriek.vorm is Rubriekvorm.RIJEN]
    assert rijen == ["betrokkenen", "diensten", "informatie"]


def test_the_marking_takes_the_ground_of_the_werkmap_over_its_own(data: Tafeldata) -> None:
    assert data.tafel.grondslag in data.tafel.get_markering()
    assert "artikel 999" in data.tafel.get_markering("artikel 999")
    assert "{" not in data.tafel.get_markering()
