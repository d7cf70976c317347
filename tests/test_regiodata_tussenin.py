"""What SAMEN promises about plan, meldingen and follow-up: who gets what, and what the cliënt may read."""

from __future__ import annotations

import datetime as dt
from itertools import combinations
from pathlib import Path

import pytest
from support_tafels import name_tafel

from schemas import kern
from schemas.catalogus import get_werkmap_sjabloon, load_tafel, load_werkmap
from schemas.deling import Feit
from schemas.documentsoort import Aanleiding, Documentsoort, Kring, Moment
from schemas.formulier import CASUSFORMULIEREN, Formulier, Formuliersoort
from schemas.tafel import Anker, Meldingsoort, Rolsoort, Termijn
from schemas.tafeldata import Tafeldata

TAFEL = name_tafel("gewoon")
PARTNERS = ("lokale_politie", "parket", "lokaal_bestuur", "caw", "cgg", "justitiehuis", "ad_hoc")
REGISSEUR, AANMELDER, CLIENT = "coordinator", "aanmelder", "client"


@pytest.fixture(scope="module")
def data() -> Tafeldata:
    return load_tafel(TAFEL)


def get_document(data: Tafeldata, document_id: str) -> Documentsoort:
    document = data.get_document(document_id)
    assert document is not None
    return document


def get_formulier(data: Tafeldata, soort: Formuliersoort) -> Formulier:
    formulier = data.get_formulier_of_soort(soort)
    assert formulier is not None
    return formulier


def get_melding(data: Tafeldata, melding_id: str) -> Meldingsoort:
    melding = data.tafel.get_melding(melding_id)
    assert melding is not None
    return melding


def get_termijn(data: Tafeldata, termijn_id: str) -> Termijn:
    return next(termijn for termijn in data.tafel.termijnen if termijn.id == termijn_id)


LEZERS = [
    ("plan", {REGISSEUR, *PARTNERS}, Kring.ROL),
    ("plan_client", {CLIENT}, Kring.ROL),
    ("uitnodiging_zorgoverleg", {*PARTNERS, CLIENT}, Kring.GENOEMD),
    ("stand_van_zaken", {REGISSEUR, *PARTNERS, CLIENT}, Kring.GENOEMD),
    ("opvolgfiche", {REGISSEUR, *PARTNERS}, Kring.ROL),
    ("afsluitbericht", {*PARTNERS, AANMELDER}, Kring.BETROKKEN),
    ("addendum", {*PARTNERS, AANMELDER, CLIENT}, Kring.EERDER),
    ("opdrachtbrief", set(PARTNERS), Kring.GENOEMD),
    ("terugkoppeling", {AANMELDER}, Kring.ROL),
    ("triagebrief", {AANMELDER}, Kring.ROL),
    ("ontvangstmelding", {AANMELDER}, Kring.ROL),
    ("vraag_om_aanvulling", {AANMELDER}, Kring.ROL),
    ("triagelijst", {REGISSEUR, "parketjurist", "parketcriminoloog"}, Kring.ROL),
    ("uitnodiging", set(PARTNERS), Kring.ROL),
    ("toetredingsverklaring", {"ad_hoc"}, Kring.ROL),
    ("voorzittersexemplaar", {REGISSEUR}, Kring.ROL),
    ("aanwezigheidslijst", {REGISSEUR}, Kring.ROL),
    ("uitnodiging_aanmelder", {AANMELDER}, Kring.ROL),
    ("agenda", {REGISSEUR, *PARTNERS}, Kring.ROL),
    ("casusfiche", {REGISSEUR, *PARTNERS}, Kring.ROL),
    ("verslag", {REGISSEUR, *PARTNERS}, Kring.ROL),
    ("takenlijst", set(PARTNERS), Kring.ROL),
]


@pytest.mark.parametrize(("document_id", "rollen", "kring"), LEZERS)
def test_each_document_goes_to_its_own_readers_and_nobody_else(
    data: Tafeldata, document_id: str, rollen: set[str], kring: Kring
) -> None:
    document = get_document(data, document_id)
    assert set(document.rollen) == rollen
    assert document.kring is kring


def test_every_document_of_the_table_has_its_readers_named_here(data: Tafeldata) -> None:
    assert {document.id for document in data.documenten} == {document_id for document_id, _, _ in LEZERS}


def test_the_client_never_gets_a_document_of_a_meeting_of_the_table(data: Tafeldata) -> None:
    client = set(data.tafel.get_rollen_of_soort(Rolsoort.BETROKKENE))
    for document in data.documenten:
        assert not client & set(document.rollen) or document.aanleiding is Aanleiding.DOSSIER


def test_what_a_client_reads_has_a_marking_without_the_secrecy_of_participants(data: Tafeldata) -> None:
    voor_client = [document for document in data.documenten if CLIENT in document.rollen]
    assert len(voor_client) == 4
    for document in voor_client:
        assert document.markering
        for woord in ("{grondslag}", "458ter", "geheim", "casusoverleg"):
            assert woord not in document.markering


def test_what_lies_on_a_table_with_the_client_is_flagged_for_the_client_too(data: Tafeldata) -> None:
    for document_id in ("uitnodiging_zorgoverleg", "stand_van_zaken"):
        regel = data.deling.get_deelregel(document_id)
        assert regel is not None
        assert regel.ook_voor == (CLIENT,)
        assert set(regel.rubrieken) <= {"acties", "mededelingen"}


def test_rows_of_the_plan_reach_the_documents_about_the_plan_only(data: Tafeldata) -> None:
    met_acties = {regel.document for regel in data.deling.deelregels if "acties" in regel.rubrieken}
    assert met_acties == {"plan", "plan_client", "stand_van_zaken", "opvolgfiche"}
    for document_id in met_acties:
        for rol in get_document(data, document_id).rollen:
            assert data.deling.is_released(Feit.PLAN, document_id, frozenset({rol}))


def test_the_client_gets_of_the_derived_facts_only_the_plan_and_the_melding(data: Tafeldata) -> None:
    vrij = {(v.feit, d) for v in data.deling.vrijgaven if CLIENT in v.rollen for d in v.documenten}
    assert vrij == {
        (Feit.PLAN, "plan_client"),
        (Feit.PLAN, "stand_van_zaken"),
        (Feit.MELDING, "uitnodiging_zorgoverleg"),
        (Feit.MELDING, "stand_van_zaken"),
        (Feit.MELDING, "addendum"),
    }


def test_every_letter_after_a_melding_or_a_closure_may_say_what_it_is_about(data: Tafeldata) -> None:
    for document in data.documenten:
        feiten = {Moment.MELDING: (Feit.MELDING,), Moment.BESLUIT: (Feit.BESLUIT,)}.get(document.moment, ())
        if document.id == "afsluitbericht":
            feiten = (*feiten, Feit.BEWAREN)
        for feit in feiten:
            for rol in document.rollen:
                assert data.deling.is_released(feit, document.id, frozenset({rol})), (feit, document.id, rol)


def test_every_document_about_a_case_knows_which_municipality_it_goes_to(data: Tafeldata) -> None:
    for document in data.documenten:
        if "lokaal_bestuur" in document.rollen:
            assert data.deling.is_released(Feit.ROUTERING, document.id, frozenset({"lokaal_bestuur"})), document.id


def test_the_opvolgfiche_comes_in_passive_regie_with_three_statements_that_nobody_filled_in(data: Tafeldata) -> None:
    fiche = get_document(data, "opvolgfiche")
    assert fiche.fasen == ("passieve_regie",)
    assert fiche.enkel_inbreng
    assert len(fiche.stellingen) == 3
    assert all(stelling.endswith(".") for stelling in fiche.stellingen)


def test_a_closure_has_words_for_its_letter(data: Tafeldata) -> None:
    for besluit_id in ("afsluiten", "onmogelijkheid"):
        besluit = data.tafel.get_besluit(besluit_id)
        assert besluit is not None
        assert besluit.brieftekst


def test_each_form_about_one_case_travels_with_its_own_document(data: Tafeldata) -> None:
    assert {d.id: d.formulier for d in data.documenten if d.formulier} == {
        "vraag_om_aanvulling": "aanmelding",
        "casusfiche": "inbreng",
        "verslag": "plan",
    }


# --- terms and decisions ---


def test_a_proposal_asked_in_december_is_due_a_week_before_the_table_of_january(data: Tafeldata) -> None:
    termijn, overleg = get_termijn(data, "voorstel_plan"), data.tafel.get_overleg("expertentafel")
    assert overleg is not None
    assert (termijn.maanden, termijn.dagen, termijn.vooraf) == (0, 1, True)
    tafel = overleg.kalender.next_date(dt.date(2026, 12, 17) + dt.timedelta(days=termijn.dagen))
    assert tafel == dt.date(2027, 1, 21)
    assert tafel - dt.timedelta(days=overleg.dagen_vooraf) == dt.date(2027, 1, 14)


def test_a_proposal_is_asked_at_both_entrances_and_no_longer_due_once_there_is_a_plan(data: Tafeldata) -> None:
    termijn = get_termijn(data, "voorstel_plan")
    assert termijn.ankers == (Anker.PLAN_GEVRAAGD,)
    assert termijn.vervalt_bij is Anker.PLAN_OPGESTELD
    assert {b.id for b in data.tafel.besluiten if Anker.PLAN_GEVRAAGD in b.zet} == {"ketenaanpak", "spoor3"}


def test_passive_regie_and_closure_wait_for_their_six_months(data: Tafeldata) -> None:
    wachten = {besluit.id: besluit.na_termijn for besluit in data.tafel.besluiten if besluit.na_termijn}
    assert wachten == {"passieve_regie": "passief_mogelijk", "afsluiten": "terug_na_passief"}
    assert all(get_termijn(data, termijn_id).maanden == 6 for termijn_id in wachten.values())


# --- meldingen ---


def test_escalation_and_the_proposal_of_passive_regie_bring_a_case_back_sooner(data: Tafeldata) -> None:
    gepland = {m.id: m.plant_overleg for m in data.tafel.meldingen if m.plant_overleg}
    assert gepland == {"escalatie": "expertentafel", "voorstel_passief": "expertentafel"}


def test_only_a_zorgoverleg_may_lie_ahead_and_says_who_when_and_where(data: Tafeldata) -> None:
    assert [melding.id for melding in data.tafel.meldingen if melding.vooruit] == ["zorgoverleg"]
    assert get_melding(data, "zorgoverleg").vereist == ("wie", "uur", "plaats")


def test_no_melding_changes_the_phase_of_a_case(data: Tafeldata) -> None:
    assert all(melding.naar_fase is None for melding in data.tafel.meldingen)


def test_a_correction_can_be_told_in_every_phase_after_the_triage(data: Tafeldata) -> None:
    fasen = {fase.id for fase in data.tafel.fasen} - {data.tafel.beginfase}
    assert set(get_melding(data, "correctie").van) == fasen
    assert [d.id for d in data.list_meldingbrieven("correctie")] == ["addendum"]


def test_only_a_zorgoverleg_and_a_correction_send_documents(data: Tafeldata) -> None:
    brieven = {m.id: [d.id for d in data.list_meldingbrieven(m.id)] for m in data.tafel.meldingen}
    assert brieven.pop("zorgoverleg") == ["uitnodiging_zorgoverleg", "stand_van_zaken"]
    assert brieven.pop("correctie") == ["addendum"]
    assert set(map(len, brieven.values())) == {0}


# --- forms ---


def test_the_form_asks_each_answer_of_the_kinds_that_require_it_and_of_no_other(data: Tafeldata) -> None:
    formulier = get_formulier(data, Formuliersoort.MELDING)
    for eis, vraag_id in (("wie", kern.MELDING_WIE), ("naar", kern.MELDING_NAAR), ("uur", kern.MELDING_UUR)):
        vraag = formulier.get_vraag(vraag_id)
        assert vraag is not None and vraag.verplicht_als is not None
        vereist = {melding.id for melding in data.tafel.meldingen if eis in melding.vereist}
        assert set(vraag.verplicht_als.is_een_van) == vereist


def test_labels_of_decisions_and_meldingen_are_the_same_on_the_form_and_in_the_table(data: Tafeldata) -> None:
    labels = {kern.MELDING_SOORT: {melding.id: melding.label for melding in data.tafel.meldingen}}
    labels[kern.PUNT_BESLUIT] = {besluit.id: besluit.label for besluit in data.tafel.besluiten}
    for vraag in (vraag for formulier in data.formulieren for vraag in formulier.vragen if vraag.id in labels):
        for optie in vraag.opties:
            assert optie.label == labels[vraag.id][optie.id]


def test_partners_submit_an_inbreng_and_only_the_coordinator_a_plan_or_a_melding(data: Tafeldata) -> None:
    bevoegd = {soort: set(get_formulier(data, soort).bevoegd) for soort in CASUSFORMULIEREN}
    assert bevoegd == {
        Formuliersoort.INBRENG: set(PARTNERS),
        Formuliersoort.PLAN: {REGISSEUR},
        Formuliersoort.MELDING: {REGISSEUR},
    }


def test_each_row_that_can_be_shared_carries_flags_and_nothing_else_does(data: Tafeldata) -> None:
    vlaggen = {
        soort: [rubriek.id for rubriek in get_formulier(data, soort).rubrieken if rubriek.vlaggen]
        for soort in CASUSFORMULIEREN
    }
    assert vlaggen == {
        Formuliersoort.INBRENG: ["informatie"],
        Formuliersoort.PLAN: ["acties"],
        Formuliersoort.MELDING: ["informatie", "mededelingen"],
    }


def test_what_became_of_a_todo_is_asked_in_the_same_words_on_both_forms(data: Tafeldata) -> None:
    vragen = [f.get_vraag(kern.OPVOLGING_STATUS) for f in data.formulieren if f.get_vraag(kern.OPVOLGING_STATUS)]
    assert len(vragen) == 2
    assert all(een == ander for een, ander in combinations(vragen, 2))
    assert vragen[0] is not None
    assert [optie.id for optie in vragen[0].opties] == list(kern.STATUSSEN)


def test_the_forms_about_one_case_hold_beforehand_no_more_than_codes(data: Tafeldata) -> None:
    for soort in CASUSFORMULIEREN:
        ingevuld = {vraag.id for vraag in get_formulier(data, soort).vragen if vraag.ingevuld_door_ons}
        assert ingevuld <= {kern.OPVOLGING_CASUS, kern.OPVOLGING_AFSPRAAK}


# --- werkmap.toml ---


def test_the_example_of_a_retention_term_works_once_its_mark_is_taken_away(data: Tafeldata, tmp_path: Path) -> None:
    sjabloon = get_werkmap_sjabloon(TAFEL)
    bestand = tmp_path / "werkmap.toml"
    bestand.write_text(sjabloon, encoding="utf-8")
    assert load_werkmap(bestand, data).bewaartermijn is None
    bestand.write_text(sjabloon.replace("# bewaartermijn = 120", "bewaartermijn = 120"), encoding="utf-8")
    assert load_werkmap(bestand, data).bewaartermijn == 120
