"""The wall, recipient by recipient: what is not shared with him does not exist for him."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from support_dossier import (
    ALLEN,
    ANONIEM,
    ANONIEME_RIJEN,
    CLIENT,
    DATA,
    FEIT,
    GEEN,
    INSCHATTING,
    MOEDER,
    RIJEN,
    TAFELVLAG,
    TRIAGEVLAG,
    VANDAAG,
    VOLLEDIG,
    WERKMAP,
    Rijen,
    Vlaggen,
    make_aanmelding,
    make_dossier,
)

from pipeline.check import check_aanmelding
from pipeline.meeting import plan_overleg
from pipeline.share import Deling, find_lost_names, find_unsigned
from schemas.catalogus import load_catalogus
from schemas.deelbeeld import Casusblok, Deelbeeld, Informatieregel
from schemas.deling import Deelregel, Feit, Vlag
from schemas.documentsoort import Lezerwoorden
from schemas.dossier import (
    Actie,
    Afspraak,
    Afspraakstatus,
    Dossier,
    GenomenBesluit,
    Inbreng,
    Mededeling,
    Melding,
    Passage,
    Planstand,
    PlanVanAanpak,
)
from schemas.tafel import Rolsoort
from schemas.tafeldata import Tafeldata
from schemas.werkmap import Werkmap

TRIAGE, EXPERTEN = dt.date(2026, 12, 4), dt.date(2026, 12, 17)
VASTE = ("politie", "parket", "bestuur_herentals", "caw", "cgg", "justitiehuis")
AD_HOC = GenomenBesluit(
    overleg="triagetafel",
    datum=dt.date(2026, 11, 6),
    besluit="expertentafel",
    ad_hoc=("woonmaatschappij", "wijkgezondheidscentrum"),
)


def _agendeer(
    antwoorden: dict[str, str] | None = None,
    rijen: Rijen = RIJEN,
    vlaggen: Vlaggen | None = None,
    code: str = "BCDFG2",
    besluiten: Sequence[GenomenBesluit] = (),
) -> Dossier:
    aanmelding = make_aanmelding({**VOLLEDIG, **(antwoorden or {})}, rijen, vlaggen)
    return make_dossier(aanmelding, code=code, fase="geagendeerd", overleg_op=EXPERTEN, besluiten=besluiten)


def _make_deling(dossiers: Iterable[Dossier], data: Tafeldata = DATA, werkmap: Werkmap = WERKMAP) -> Deling:
    getoetst = {d.code: (d, check_aanmelding(d.aanmelding, data, d.aangemeld_op)) for d in dossiers}
    return Deling(data, werkmap, VANDAAG, getoetst)


def _share(
    *dossiers: Dossier,
    overleg: str = "expertentafel",
    data: Tafeldata = DATA,
    werkmap: Werkmap = WERKMAP,
) -> dict[tuple[str, str], list[Deelbeeld]]:
    """All copies, by kind of document and recipient."""
    soort = data.tafel.get_overleg(overleg)
    assert soort is not None
    datum = EXPERTEN if overleg == "expertentafel" else TRIAGE
    gepland = plan_overleg(soort, datum, dossiers, data.tafel, werkmap)
    beelden: dict[tuple[str, str], list[Deelbeeld]] = {}
    for beeld in _make_deling(dossiers, data, werkmap).share_overleg(gepland):
        beelden.setdefault((beeld.documentsoort, beeld.ontvanger.id), []).append(beeld)
    return beelden


def _fiche(dossier: Dossier, ontvanger: str, data: Tafeldata = DATA) -> Casusblok:
    (beeld,) = _share(dossier, data=data)["casusfiche", ontvanger]
    return beeld.casussen[0]


def _triage(dossier: Dossier, ontvanger: str = "parketjurist") -> Casusblok:
    (beeld,) = _share(dossier, overleg="triagetafel")["triagelijst", ontvanger]
    return beeld.casussen[0]


def _titels(blok: Casusblok) -> list[str]:
    return [rubriek.titel for rubriek in blok.rubrieken]


# --- flags ---


def test_nothing_flagged_gives_no_rubriek_no_row_and_no_information_to_anybody() -> None:
    beelden = _share(_agendeer())
    blokken = [blok for lijst in beelden.values() for beeld in lijst for blok in beeld.casussen]
    assert blokken
    assert all((blok.rubrieken, blok.feiten, blok.inschattingen) == ((), (), ()) for blok in blokken)


def test_a_flag_reaches_its_group_and_no_other() -> None:
    dossier = _agendeer(vlaggen={"vraag": TAFELVLAG, "integriteit": TRIAGEVLAG})
    assert _titels(_fiche(dossier, "caw")) == ["Vraag aan de tafel"]
    triage = _triage(dossier.model_copy(update={"fase": "aangemeld"}))
    assert _titels(triage) == ["Integriteit in gevaar"]


def test_what_is_flagged_for_aanmelder_or_client_only_is_in_no_document_of_a_meeting() -> None:
    vlag = Vlag(deelbaar_met=frozenset({"aanmelder", "client"}))
    dossier = _agendeer(vlaggen=dict.fromkeys(("vraag", "situatie", "informatie"), vlag))
    for lijst in _share(dossier).values():
        assert all(not blok.rubrieken and not blok.feiten for beeld in lijst for blok in beeld.casussen)


def test_only_for_and_not_for_narrow_within_the_group() -> None:
    enkel = Vlag(deelbaar_met=frozenset({"tafel"}), enkel_voor=frozenset({"caw"}))
    niet = Vlag(deelbaar_met=frozenset({"tafel"}), niet_voor=frozenset({"lokale_politie"}))
    dossier = _agendeer(vlaggen={"vraag": enkel, "integriteit": niet})
    gezien = {wie: _titels(_fiche(dossier, wie)) for wie in ("caw", "politie", "cgg")}
    assert gezien == {
        "caw": ["Integriteit in gevaar", "Vraag aan de tafel"],
        "politie": [],
        "cgg": ["Integriteit in gevaar"],
    }


def _rename(partner_id: str, nieuw: str, aliassen: tuple[str, ...] = ()) -> Werkmap:
    partners = tuple(
        p.model_copy(update={"id": nieuw, "aliassen": aliassen}) if p.id == partner_id else p for p in WERKMAP.partners
    )
    return WERKMAP.model_copy(update={"partners": partners})


def test_not_for_a_partner_that_got_another_id_or_left_shares_with_nobody_and_is_told() -> None:
    vlag = Vlag(deelbaar_met=frozenset({"tafel"}), niet_voor=frozenset({"politie"}))
    dossier = _agendeer(vlaggen={"vraag": vlag, "betrokkenen": vlag})
    weg = WERKMAP.model_copy(update={"partners": tuple(p for p in WERKMAP.partners if p.id != "politie")})
    for werkmap in (_rename("politie", "pz_elders"), weg):
        beelden = _share(dossier, werkmap=werkmap)
        blokken = [b for lijst in beelden.values() for beeld in lijst for b in beeld.casussen]
        assert blokken
        assert all((blok.rubrieken, blok.identiteit) == ((), ()) for blok in blokken)
        (bevinding,) = find_lost_names([dossier], DATA.tafel, werkmap)
        assert (bevinding.code, bevinding.plaats) == ("niet-voor-onbekend", "casus BCDFG2")
    assert find_lost_names([dossier], DATA.tafel, WERKMAP) == ()


def test_a_former_id_that_became_an_alias_still_keeps_the_same_partner_out() -> None:
    vlag = Vlag(deelbaar_met=frozenset({"tafel"}), niet_voor=frozenset({"politie"}))
    dossier, werkmap = _agendeer(vlaggen={"vraag": vlag}), _rename("politie", "pz_elders", ("politie",))
    beelden = _share(dossier, werkmap=werkmap)
    assert _titels(beelden["casusfiche", "pz_elders"][0].casussen[0]) == []
    assert _titels(beelden["casusfiche", "caw"][0].casussen[0]) == ["Vraag aan de tafel"]
    assert find_lost_names([dossier], DATA.tafel, werkmap) == ()


def test_who_says_not_for_the_parket_also_means_its_jurist_at_the_triage() -> None:
    vlag = Vlag(deelbaar_met=frozenset({"triage"}), niet_voor=frozenset({"parket"}))
    dossier = make_dossier(make_aanmelding(vlaggen={"vraag": vlag}))
    assert _titels(_triage(dossier, "parketjurist")) == []
    assert _titels(_triage(dossier, "coordinator")) == ["Vraag aan de tafel"]


def test_each_row_goes_by_its_own_flag_and_is_numbered_among_what_is_seen() -> None:
    rijen: Rijen = {**RIJEN, "betrokkenen": [CLIENT, MOEDER, {"rol": "kind", "naam": "Bo"}]}
    dossier = _agendeer(rijen=rijen, vlaggen={"betrokkenen": [GEEN, TAFELVLAG, TAFELVLAG]})
    (rubriek,) = _fiche(dossier, "caw").rubrieken
    assert [rij.titel for rij in rubriek.rijen] == ["Betrokkene 1", "Betrokkene 2"]
    assert [rij.velden[1].waarde for rij in rubriek.rijen] == ["Tine Bedachtzaam", "Bo"]


def test_facts_and_assessments_stand_apart_each_with_source_and_date() -> None:
    rijen: Rijen = {**RIJEN, "informatie": [FEIT, INSCHATTING, {**FEIT, "tekst": "zonder soort", "soort": ""}]}
    blok = _fiche(_agendeer(rijen=rijen, vlaggen={"informatie": TAFELVLAG}), "caw")
    assert blok.feiten == (
        Informatieregel(tekst="Het licht brandt nooit.", bron="huisbezoek", datum="3 november 2026"),
    )
    assert [regel.tekst for regel in blok.inschattingen] == ["Zij lijkt bang.", "zonder soort"]
    assert "Informatie" not in _titels(blok)


# --- need to know ---


def test_a_rubriek_outside_the_rule_of_the_document_stays_out_although_it_is_flagged() -> None:
    alles = {rubriek.id: ALLEN for rubriek in DATA.get_aanmeldformulier().rubrieken}
    dossier = _agendeer({"niet_te_delen.tekst": "zwartboek"}, vlaggen=alles)
    for lijst in _share(dossier).values():
        for beeld in lijst:
            assert "zwartboek" not in beeld.model_dump_json()
            assert not {"Niet te delen", "Aanmelding", "Opzoeken op naam"} & set(_titels(beeld.casussen[0]))


@pytest.mark.parametrize("soort", ["uitnodiging", "agenda", "uitnodiging_aanmelder"])
def test_a_document_without_a_rule_holds_no_rubriek_at_all(soort: str) -> None:
    alles = {rubriek.id: ALLEN for rubriek in DATA.get_aanmeldformulier().rubrieken}
    for (document, _), lijst in _share(_agendeer(vlaggen=alles)).items():
        if document == soort:
            assert all(not b.rubrieken and not b.feiten and not b.identiteit for x in lijst for b in x.casussen)


def _with_rule(regel: Deelregel) -> Tafeldata:
    andere = tuple(r for r in DATA.deling.deelregels if r.document != regel.document)
    return DATA.model_copy(update={"deling": DATA.deling.model_copy(update={"deelregels": (*andere, regel)})})


def test_a_rule_narrows_by_rubriek_by_question_and_by_group() -> None:
    dossier = _agendeer(vlaggen={"vraag": TAFELVLAG, "integriteit": TAFELVLAG})
    regel = Deelregel(
        document="casusfiche",
        doelgroepen=("tafel",),
        rubrieken=("integriteit",),
        zonder_vragen=("integriteit.toelichting",),
    )
    (rubriek,) = _fiche(dossier, "caw", _with_rule(regel)).rubrieken
    assert [veld.label for veld in rubriek.velden] == ["In gevaar is"]
    andere_groep = regel.model_copy(update={"doelgroepen": ("triage",)})
    assert _fiche(dossier, "caw", _with_rule(andere_groep)).rubrieken == ()


# --- identity for searching (3.5.6) ---


def test_name_and_birth_date_go_to_permanent_partners_when_the_form_says_so_and_nothing_else_does() -> None:
    dossier = _agendeer(rijen={**RIJEN, "betrokkenen": [CLIENT, MOEDER]}, besluiten=(AD_HOC,))
    for wie in VASTE:
        (persoon,) = _fiche(dossier, wie).identiteit
        assert persoon.model_dump() == {
            "rol": "Cliënt",
            "naam": "Roos Bedachtzaam",
            "geboortedatum": "14 maart 1979",
        }
    assert _fiche(dossier, "woonmaatschappij").identiteit == ()
    assert _triage(make_dossier()).identiteit == ()


@pytest.mark.parametrize("zoeken", ["nee", "", "onbekend", "misschien"])
def test_without_a_plain_yes_no_name_leaves(zoeken: str) -> None:
    for lijst in _share(_agendeer({"identiteit.zoeken": zoeken})).values():
        for beeld in lijst:
            assert all(blok.identiteit == () for blok in beeld.casussen)
            assert "Bedachtzaam" not in beeld.model_dump_json()


@pytest.mark.parametrize(
    "vlag",
    [
        Vlag(niet_voor=frozenset({"lokale_politie"})),
        Vlag(deelbaar_met=frozenset({"tafel"}), enkel_voor=frozenset({"caw"})),
    ],
)
def test_a_yes_to_searching_does_not_go_against_not_for_or_only_for(vlag: Vlag) -> None:
    dossier = _agendeer(vlaggen={"betrokkenen": vlag})
    assert _fiche(dossier, "politie").identiteit == ()
    assert len(_fiche(dossier, "caw").identiteit) == 1


# --- what leaves without a flag: the closed list ---


def test_informing_and_consent_stand_on_every_agenda_and_casusfiche() -> None:
    beelden = _share(_agendeer({"instemming.stemt_in": "nee", "instemming.reden_niet": "Zij is bang."}))
    zichten = [(s, blok) for (s, _), lijst in beelden.items() for beeld in lijst for blok in beeld.casussen]
    for soort, blok in zichten:
        if soort in ("agenda", "casusfiche", "voorzittersexemplaar"):
            assert blok.instemming is not None
            assert (blok.instemming.geinformeerd, blok.instemming.stemt_in) == ("Volledig", "Nee")
        else:
            assert blok.instemming is None
        assert "bang" not in blok.model_dump_json()


def test_who_may_be_there_for_a_case_is_listed_for_the_coordinator_alone_and_names_no_town() -> None:
    """A sheet that goes round must not tell where the cliënt lives, nor who is at the table for another case."""
    beelden = _share(_agendeer({}))
    lijsten = [(ontvanger, beeld) for (s, ontvanger), alle in beelden.items() for beeld in alle if _has_list(beeld)]
    assert {ontvanger for ontvanger, _ in lijsten} == {"coordinator"}
    (blok,) = lijsten[0][1].casussen
    assert "Lokaal bestuur van de woonplaats, als dat deelneemt" in blok.deelnemers
    assert {"CAW De Kempen"} <= set(blok.deelnemers) and not any("Herentals" in naam for naam in blok.deelnemers)


def _has_list(beeld: Deelbeeld) -> bool:
    return any(blok.deelnemers for blok in beeld.casussen)


def test_a_question_about_consent_that_was_left_open_is_said_so() -> None:
    instemming = _fiche(_agendeer({"instemming.stemt_in": "", "instemming.geinformeerd": "onzin"}), "caw").instemming
    assert instemming is not None
    assert (instemming.geinformeerd, instemming.stemt_in) == ("niet ingevuld", "niet ingevuld")


def test_the_triage_sees_each_criterium_with_its_closed_answer_and_no_more() -> None:
    rijen: Rijen = {**RIJEN, "betrokkenen": [{**CLIENT, "gemeente": "Antwerpen"}, MOEDER]}
    blok = _triage(make_dossier(make_aanmelding(rijen=rijen)))
    regels = {regel.kort: regel for regel in blok.criteria}
    assert regels["Uit de regio Neteland"].antwoord == "Gemeente: geen gemeente van de regio"
    assert regels["Meerderjarig"].antwoord == "Geboortedatum: 18 jaar of ouder"
    assert regels["Aangemeld door een partner"].antwoord == "Organisatie: een partner van de tafel"
    assert (regels["Uit de regio Neteland"].plaats, blok.uitkomst) == ("Betrokkenen", "niet ontvankelijk")
    assert blok.weegvragen[0] == "Is de cliënt een kwetsbare persoon?"
    for geheim in ("Antwerpen", "1979", "CAW", "Roos", "rij 1"):
        assert geheim not in blok.model_dump_json()


def test_two_clients_show_in_a_criterium_as_one() -> None:
    een = make_dossier()
    twee = make_dossier(make_aanmelding(rijen={**RIJEN, "betrokkenen": [CLIENT, {**CLIENT, "naam": "Bo"}]}))
    assert _triage(een).criteria == _triage(twee).criteria


def test_the_table_of_experts_sees_no_criteria_and_no_outcome() -> None:
    blok = _fiche(_agendeer(), "caw")
    assert (blok.uitkomst, blok.criteria, blok.weegvragen) == ("", (), ())


def test_an_anonymous_case_says_so_and_has_no_lokaal_bestuur() -> None:
    aanmelding = make_aanmelding(ANONIEM, ANONIEME_RIJEN)
    dossier = make_dossier(aanmelding, fase="geagendeerd", overleg_op=EXPERTEN)
    beelden = _share(dossier)
    (beeld,) = beelden["casusfiche", "caw"]
    assert beeld.casussen[0].anoniem == "Deze casus is anoniem aangemeld."
    assert not any(wie.startswith("bestuur") for _, wie in beelden)
    assert _fiche(_agendeer(), "caw").anoniem == ""


# --- who gets what ---


def test_each_permanent_partner_gets_invitation_agenda_and_a_fiche_per_case() -> None:
    beelden = _share(_agendeer(), _agendeer(code="HJKLM3"))
    for wie in VASTE:
        assert [len(beelden[soort, wie]) for soort in ("uitnodiging", "agenda", "casusfiche")] == [1, 1, 2]
    assert [len(beelden[soort, "coordinator"]) for soort in ("agenda", "casusfiche")] == [1, 2]
    assert {wie for soort, wie in beelden if soort == "uitnodiging_aanmelder"} == {
        "aanmelder BCDFG2",
        "aanmelder HJKLM3",
    }


def test_a_lokaal_bestuur_gets_only_the_cases_of_its_own_municipality() -> None:
    olen: Rijen = {**RIJEN, "betrokkenen": [{**CLIENT, "gemeente": "2250 OLEN"}, {**MOEDER, "gemeente": "Herentals"}]}
    beelden = _share(_agendeer(), _agendeer(rijen=olen, code="HJKLM3"))
    codes = {wie: [b.code for b in beelden["agenda", wie][0].casussen] for wie in ("bestuur_herentals", "bestuur_olen")}
    assert codes == {"bestuur_herentals": ["BCDFG2"], "bestuur_olen": ["HJKLM3"]}
    (agenda,) = beelden["agenda", "bestuur_olen"]
    assert agenda.ontmoeting is not None
    assert (agenda.ontmoeting.aantal, agenda.ontmoeting.aantal_tekst) == (1, "1 casus")
    assert agenda.casussen[0].nummer == 1


@pytest.mark.parametrize("naam", ["bestuur_herentals", "lokaal_bestuur", "niemand_meer"])
def test_not_for_the_lokaal_bestuur_at_the_client_keeps_the_whole_case_from_it(naam: str) -> None:
    vlag = Vlag(deelbaar_met=frozenset({"tafel"}), niet_voor=frozenset({naam}))
    beelden = _share(_agendeer(vlaggen={"betrokkenen": vlag, "vraag": TAFELVLAG}))
    assert not [ontvanger for _, ontvanger in beelden if ontvanger.startswith("bestuur")]
    assert ("casusfiche", "caw") in beelden


def test_the_municipality_decides_only_for_documents_to_which_the_table_released_that() -> None:
    vrijgaven = tuple(v for v in DATA.deling.vrijgaven if v.feit is not Feit.ROUTERING)
    data = DATA.model_copy(update={"deling": DATA.deling.model_copy(update={"vrijgaven": vrijgaven})})
    assert not any(wie.startswith("bestuur") for _, wie in _share(_agendeer(), data=data))


def test_an_ad_hoc_partner_gets_only_the_case_it_was_asked_for_and_only_after_signing() -> None:
    met, zonder = _agendeer(besluiten=(AD_HOC,)), _agendeer(code="HJKLM3")
    beelden = _share(met, zonder)
    assert [b.code for b in beelden["agenda", "woonmaatschappij"][0].casussen] == ["BCDFG2"]
    assert {soort for soort, wie in beelden if wie == "wijkgezondheidscentrum"} == {"toetredingsverklaring"}
    (bevinding,) = find_unsigned([met, zonder], DATA.tafel, WERKMAP, VANDAAG)
    assert (bevinding.code, bevinding.plaats) == ("protocol-niet-ondertekend", "casus BCDFG2")


def test_an_ad_hoc_partner_that_signs_later_gets_nothing_yet() -> None:
    partners = tuple(
        partner.model_copy(update={"protocol_ondertekend_op": VANDAAG + dt.timedelta(days=1)})
        if partner.id == "woonmaatschappij"
        else partner
        for partner in WERKMAP.partners
    )
    werkmap = WERKMAP.model_copy(update={"partners": partners})
    beelden = _share(_agendeer(besluiten=(AD_HOC,)), werkmap=werkmap)
    assert {soort for soort, wie in beelden if wie == "woonmaatschappij"} == {"toetredingsverklaring"}


def test_who_has_yet_to_sign_gets_one_page_that_tells_of_no_case_however_many_he_is_asked_for() -> None:
    alles = {rubriek.id: ALLEN for rubriek in DATA.get_aanmeldformulier().rubrieken}
    dossiers = [_agendeer(code=code, vlaggen=alles, besluiten=(AD_HOC,)) for code in ("BCDFG2", "HJKLM3")]
    (beeld,) = _share(*dossiers)["toetredingsverklaring", "wijkgezondheidscentrum"]
    tekst = beeld.model_dump_json()
    assert not beeld.casussen and not beeld.verantwoording and beeld.ontmoeting is None
    assert not any(woord in tekst for woord in ("BCDFG2", "HJKLM3", "Bedachtzaam", "2026-12-17"))
    assert ("toetredingsverklaring", "wijkgezondheidscentrum") not in _share(_agendeer())


def test_the_aanmelder_is_invited_to_his_own_case_without_anything_of_its_content() -> None:
    alles = {rubriek.id: ALLEN for rubriek in DATA.get_aanmeldformulier().rubrieken}
    (beeld,) = _share(_agendeer(vlaggen=alles), _agendeer(code="HJKLM3"))["uitnodiging_aanmelder", "aanmelder BCDFG2"]
    assert [blok.code for blok in beeld.casussen] == ["BCDFG2"]
    assert (beeld.ontvanger.naam, beeld.kop.casuscode) == ("Fien Voorbeeldmans", "BCDFG2")
    assert "Bedachtzaam" not in beeld.model_dump_json()
    assert "HJKLM3" not in beeld.model_dump_json()


def test_not_for_the_organisation_of_the_aanmelder_holds_for_him_as_well() -> None:
    deling = _make_deling([_agendeer({"aanmelder.organisatie": "politie"})])
    (brief,) = deling.share_dossier(DATA.documenten[0], "BCDFG2")
    assert brief.ontvanger.ids >= {"aanmelder", "politie", "lokale_politie"}


# --- numbers, lists and names are made behind the wall ---


def test_the_distribution_list_does_not_tell_where_the_client_lives() -> None:
    plaatsen = ("Herentals", "Olen", "Antwerpen", "")
    lijsten = {
        _share(_agendeer(rijen={**RIJEN, "betrokkenen": [{**CLIENT, "gemeente": gemeente}]}))["casusfiche", "caw"][
            0
        ].kop.verdeellijst
        for gemeente in plaatsen
    }
    (lijst,) = lijsten
    assert "CAW De Kempen" in lijst
    assert not any(gemeente in " ".join(lijst) for gemeente in ("Herentals", "Olen"))


def test_an_ad_hoc_partner_stands_on_the_list_of_its_own_case_only() -> None:
    beelden = _share(_agendeer(besluiten=(AD_HOC,)), _agendeer(code="HJKLM3"))
    lijsten = {beeld.kop.casuscode: beeld.kop.verdeellijst for beeld in beelden["casusfiche", "caw"]}
    assert "Woonmaatschappij Testdorp" in lijsten["BCDFG2"]
    assert "Woonmaatschappij Testdorp" not in lijsten["HJKLM3"]


def test_cases_are_numbered_among_those_that_this_recipient_sees() -> None:
    olen: Rijen = {**RIJEN, "betrokkenen": [{**CLIENT, "gemeente": "Olen"}]}
    beelden = _share(
        _agendeer(code="BBBBB2", rijen=olen), _agendeer(code="CCCCC2"), _agendeer(code="DDDDD2", rijen=olen)
    )
    nummers = {wie: [(b.nummer, b.code) for b in beelden["agenda", wie][0].casussen] for wie in ("caw", "bestuur_olen")}
    assert nummers["caw"] == [(1, "BBBBB2"), (2, "CCCCC2"), (3, "DDDDD2")]
    assert nummers["bestuur_olen"] == [(1, "BBBBB2"), (2, "DDDDD2")]


def test_names_of_files_and_numbers_of_documents_hold_codes_and_dates_only() -> None:
    beelden = _share(_agendeer())
    (fiche,) = beelden["casusfiche", "caw"]
    assert (fiche.bestandsnaam, fiche.kop.documentnummer) == ("Casusfiche 2026-12-17 BCDFG2", "CF-20261217-caw-BCDFG2")
    (brief,) = beelden["uitnodiging_aanmelder", "aanmelder BCDFG2"]
    assert brief.kop.documentnummer == "UA-20261217-aanmelder-BCDFG2"


def test_every_copy_has_a_key_of_its_own() -> None:
    dossiers = (_agendeer(besluiten=(AD_HOC,)), _agendeer(code="HJKLM3"))
    beelden = [beeld for lijst in _share(*dossiers).values() for beeld in lijst]
    assert len({beeld.sleutel for beeld in beelden}) == len(beelden)
    assert len({beeld.kop.documentnummer for beeld in beelden}) == len(beelden)


def test_the_register_hears_by_name_what_each_copy_holds_and_on_what_ground() -> None:
    dossier = _agendeer(vlaggen={"vraag": TAFELVLAG, "integriteit": TRIAGEVLAG})
    gronden = {
        wie: {(g.veld, bool(g.grond)) for g in _share(dossier)["casusfiche", wie][0].verantwoording}
        for wie in ("caw", "bestuur_herentals")
    }
    vast = {("instemming", True), ("fase", True), ("identiteit", True), ("vraag.vraag", True)}
    assert gronden == {"caw": vast, "bestuur_herentals": vast | {("routering", True)}}


# --- letters ---


def _letter(dossier: Dossier, soort: str) -> Deelbeeld:
    document = DATA.get_document(soort)
    assert document is not None
    (brief,) = _make_deling([dossier]).share_dossier(document, dossier.code)
    return brief


def test_a_question_for_more_names_labels_and_reasons_and_no_answer() -> None:
    rijen: Rijen = {**RIJEN, "betrokkenen": [{**CLIENT, "geboortedatum": "31/2/1980"}]}
    brief = _letter(make_dossier(make_aanmelding({**VOLLEDIG, "vraag.vraag": ""}, rijen)), "vraag_om_aanvulling")
    assert [(o.rubriek, o.label, o.reden) for o in brief.ontbrekend] == [
        ("Betrokkenen, betrokkene 1", "Geboortedatum", "deze datum bestaat niet"),
        ("Vraag aan de tafel", "Wat is uw vraag aan de tafel?", "nog niet ingevuld"),
    ]
    assert not any(woord in brief.model_dump_json() for woord in ("Roos", "31/2", "Verzonnenstraat", "vermagert"))
    assert brief.kop.verdeellijst == ("de aanmelder",)


def test_a_receipt_holds_nothing_but_the_code() -> None:
    brief = _letter(make_dossier(make_aanmelding({**VOLLEDIG, "vraag.vraag": ""})), "ontvangstmelding")
    assert (brief.ontbrekend, brief.besluit, brief.casussen) == ((), None, ())
    assert brief.kop.casuscode == "BCDFG2"


def test_a_decision_is_told_with_advice_reason_and_partner_and_without_the_note() -> None:
    besluit = GenomenBesluit(
        overleg="triagetafel",
        datum=TRIAGE,
        besluit="doorverwezen",
        advies="Bel eerst.",
        reden="Past beter daar.",
        partners=("caw", "lokale_politie"),
        notitie="heel zwartboek",
    )
    brief = _letter(make_dossier(fase="doorverwezen", besluiten=(besluit,)), "triagebrief")
    assert brief.besluit is not None
    assert (brief.besluit.label, brief.besluit.partner) == (
        "Doorverwezen naar een partner",
        "CAW De Kempen, Lokale politie",
    )
    assert (brief.besluit.advies, brief.besluit.reden) == ("Bel eerst.", "Past beter daar.")
    assert "zwartboek" not in brief.model_dump_json()
    assert _letter(make_dossier(besluiten=(besluit,)), "ontvangstmelding").besluit is None


def test_a_decision_of_another_meeting_is_another_letter() -> None:
    een = GenomenBesluit(overleg="triagetafel", datum=TRIAGE, besluit="ketenaanpak")
    twee = een.model_copy(update={"datum": dt.date(2027, 1, 1)})
    sleutels = {_letter(make_dossier(besluiten=b), "triagebrief").sleutel for b in ((een,), (een, twee))}
    assert len(sleutels) == 2


# --- what comes in between two meetings: plan, melding, inbreng -------------------------------------------------------

BEIDEN = Vlag(deelbaar_met=frozenset({"tafel", "client"}))
CLIENTVLAG = Vlag(deelbaar_met=frozenset({"client"}))


def _actie(actie: str, vlag: Vlag = TAFELVLAG, doel: str = "Rust thuis", *wie: str, prioriteit: str = "Hoog") -> Actie:
    return Actie(
        doelstelling=doel,
        prioriteit=prioriteit,
        actie=actie,
        uitvoerders=wie or ("caw",),
        tegen=dt.date(2027, 1, 5),
        status="Loopt",
        vlag=vlag,
    )


def _plan(*acties: Actie, stand: Planstand = Planstand.VOORSTEL) -> PlanVanAanpak:
    return PlanVanAanpak(
        versie=7,
        stand=stand,
        opgesteld_op=dt.date(2026, 11, 2),
        bijgewerkt_op=dt.date(2026, 11, 9),
        goedgekeurd_op=dt.date(2026, 11, 19) if stand is Planstand.GOEDGEKEURD else None,
        acties=acties,
        sha256="b" * 64,
    )


def _melding(soort: str, *wie: str, teksten: Sequence[tuple[str, Vlag]] = (), **velden: Any) -> Melding:
    dagen = {"datum": VANDAAG, "ontvangen_op": VANDAAG}
    vast = {"naar": (), "uur": "13.30", "plaats": "Zaal 3", "notitie": "zwartboek", "formuliernummer": "MELD22"}
    mededelingen = tuple(Mededeling(tekst=tekst, vlag=vlag) for tekst, vlag in teksten)
    return Melding(soort=soort, wie=wie, mededelingen=mededelingen, **{**dagen, **vast, **velden})


def _casus(fase: str = "ketenaanpak", **velden: Any) -> Dossier:
    return make_dossier(fase=fase).model_copy(update=velden)


def _brieven(
    soort: str, *dossiers: Dossier, data: Tafeldata = DATA, werkmap: Werkmap = WERKMAP, **eerder: dt.date
) -> dict[str, Deelbeeld]:
    """The letters of this kind, by recipient; `eerder` says who got a document about these cases before."""
    document = data.get_document(soort)
    assert document is not None
    deling = _make_deling(dossiers, data, werkmap)
    deling = dataclasses.replace(deling, eerder={d.code: eerder for d in dossiers})
    beelden = [beeld for dossier in dossiers for beeld in deling.share_dossier(document, dossier.code)]
    assert len({b.sleutel for b in beelden}) == len({b.kop.documentnummer for b in beelden}) == len(beelden)
    return {beeld.ontvanger.id: beeld for beeld in beelden}


def _acties(beeld: Deelbeeld) -> list[str]:
    return [regel.actie for doel in beeld.plan.doelen for regel in doel.acties] if beeld.plan else []


def test_each_row_of_a_plan_goes_by_its_own_flag_and_who_sees_none_gets_no_plan() -> None:
    enkel = Vlag(deelbaar_met=frozenset({"tafel"}), enkel_voor=frozenset({"caw"}))
    niet = Vlag(deelbaar_met=frozenset({"tafel"}), niet_voor=frozenset({"politie"}))
    dossier = _casus(
        plannen=(_plan(_actie("a", enkel), _actie("b", niet), _actie("c", GEEN), _actie("d", CLIENTVLAG)),)
    )
    gezien = {wie: _acties(beeld) for wie, beeld in _brieven("plan", dossier).items()}
    assert (gezien["caw"], gezien["cgg"], gezien["coordinator"]) == (["a", "b"], ["b"], ["b"])
    assert "politie" not in gezien
    assert {wie: _acties(b) for wie, b in _brieven("plan_client", dossier).items()} == {"client BCDFG2": ["d"]}


def test_aims_are_put_together_and_numbered_among_what_this_reader_sees() -> None:
    plan = _plan(
        _actie("verborgen", GEEN, "Geheim doel"),
        _actie("een", TAFELVLAG, "Rust"),
        _actie("twee", TAFELVLAG, "Werk"),
        _actie("drie", TAFELVLAG, "Rust"),
        _actie("vier", TAFELVLAG, "Rust", prioriteit="Laag"),
    )
    blok = _brieven("plan", _casus(plannen=(plan,)))["caw"].plan
    assert blok is not None
    assert [(d.nummer, d.doelstelling, d.prioriteit, [a.actie for a in d.acties]) for d in blok.doelen] == [
        (1, "Rust", "Hoog", ["een", "drie"]),
        (2, "Werk", "Hoog", ["twee"]),
        (3, "Rust", "Laag", ["vier"]),
    ]


def test_only_the_latest_version_of_a_plan_is_told_and_never_how_often_it_came_in() -> None:
    vroeger, nu = _plan(_actie("vroeger")), _plan(_actie("nu"), stand=Planstand.GOEDGEKEURD)
    beeld = _brieven("plan", _casus(plannen=(vroeger, nu)))["caw"]
    assert beeld.plan is not None
    assert (beeld.plan.stand, beeld.plan.goedgekeurd_op, _acties(beeld)) == ("Goedgekeurd", "19 november 2026", ["nu"])
    assert (beeld.kop.versie, beeld.sleutel, beeld.bestandsnaam) == (1, "plan/BCDFG2/caw", "Plan van aanpak BCDFG2")
    assert "versie" not in json.dumps(beeld.plan.model_dump(mode="json"))


def test_a_proposal_has_no_date_of_approval_and_a_closed_case_no_plan() -> None:
    plan = _plan(_actie("a", BEIDEN)).model_copy(update={"goedgekeurd_op": VANDAAG})
    blok = _brieven("plan", _casus(plannen=(plan,)))["caw"].plan
    assert blok is not None
    assert (blok.stand, blok.goedgekeurd_op) == ("Voorstel", "")
    dicht = _casus("afgesloten", plannen=(plan,))
    assert (_brieven("plan", dicht), _brieven("plan_client", dicht)) == ({}, {})


def test_a_question_that_a_document_leaves_out_is_blank_in_each_row() -> None:
    regel = Deelregel(
        document="plan", doelgroepen=("tafel",), rubrieken=("acties",), zonder_vragen=("acties.uitvoerder",)
    )
    beeld = _brieven("plan", _casus(plannen=(_plan(_actie("a")),)), data=_with_rule(regel))["cgg"]
    assert beeld.plan is not None
    assert (beeld.plan.doelen[0].acties[0].actie, beeld.plan.doelen[0].acties[0].wie) == ("a", "")
    assert "acties.uitvoerder" not in {grond.veld for grond in beeld.verantwoording}


def test_a_plan_keeps_to_not_for_somebody_who_left() -> None:
    weg = Vlag(deelbaar_met=frozenset({"tafel"}), niet_voor=frozenset({"vertrokken"}))
    dossier = _casus(
        plannen=(_plan(_actie("a", weg)),),
        meldingen=(_melding("correctie", teksten=[("b", weg)]),),
        passages=(Passage(overleg="expertentafel", datum=VANDAAG, tekst="c", vlag=weg),),
    )
    assert _brieven("plan", dossier) == {}
    assert _brieven("addendum", dossier, caw=VANDAAG) == {}
    (bevinding,) = find_lost_names([dossier], DATA.tafel, WERKMAP)
    assert "vertrokken" in bevinding.melding
    for een in ({"plannen": ()}, {"meldingen": ()}, {"passages": ()}):
        assert find_lost_names([dossier.model_copy(update=een)], DATA.tafel, WERKMAP)


def test_the_client_reads_a_marking_of_his_own_and_his_copy_names_nobody() -> None:
    beeld = _brieven("plan_client", _casus(plannen=(_plan(_actie("a", CLIENTVLAG)),)))["client BCDFG2"]
    soort = DATA.get_document("plan_client")
    assert soort is not None
    assert beeld.kop.markering == soort.markering != ""
    assert (beeld.ontvanger.naam, beeld.ontvanger.email, beeld.sleutel) == (
        "de cliënt",
        "",
        "plan_client/BCDFG2/client",
    )
    assert not any(woord in beeld.model_dump_json() for woord in ("Bedachtzaam", "1979", "Voorbeeldmans"))


def test_a_marking_of_a_document_fills_in_the_ground() -> None:
    documenten = tuple(d.model_copy(update={"markering": "Op grond van {grondslag}."}) for d in DATA.documenten)
    data = DATA.model_copy(update={"documenten": documenten})
    beeld = _brieven("plan", _casus(plannen=(_plan(_actie("a")),)), data=data)["caw"]
    assert beeld.kop.markering == f"Op grond van {DATA.tafel.grondslag}."


# --- a table where the cliënt sits ---


@pytest.mark.parametrize("soort", ["uitnodiging_zorgoverleg", "stand_van_zaken"])
def test_what_lies_on_a_table_with_the_client_holds_only_what_is_for_the_client_too(soort: str) -> None:
    enkel = Vlag(deelbaar_met=frozenset({"tafel", "client"}), enkel_voor=frozenset({"caw"}))
    niet = Vlag(deelbaar_met=frozenset({"tafel", "client"}), niet_voor=frozenset({"client"}))
    teksten = [("beiden", BEIDEN), ("enkel tafel", TAFELVLAG), ("enkel caw", enkel), ("niet cliënt", niet)]
    acties = [_actie(tekst, vlag) for tekst, vlag in teksten]
    zorg = _melding("zorgoverleg", "caw", "cgg", teksten=teksten, datum=dt.date(2026, 12, 8))
    brieven = _brieven(soort, _casus(plannen=(_plan(*acties),), meldingen=(zorg,)))
    for wie in ("caw", "cgg", "client BCDFG2"):
        beeld = brieven[wie]
        assert beeld.melding is not None
        assert beeld.melding.mededelingen == ("beiden",)
        assert _acties(beeld) == (["beiden"] if soort == "stand_van_zaken" else [])


def test_an_invitation_goes_to_whom_it_names_and_to_the_client_also_without_words() -> None:
    zorg = _melding("zorgoverleg", "caw", "lokale_politie", datum=dt.date(2026, 12, 8))
    brieven = _brieven("uitnodiging_zorgoverleg", _casus(meldingen=(zorg,)))
    assert set(brieven) == {"caw", "politie", "client BCDFG2"}
    blok = brieven["caw"].melding
    assert blok is not None
    assert (blok.datum, blok.uur, blok.plaats) == ("dinsdag 8 december 2026", "13.30", "Zaal 3")
    assert blok.wie == "CAW De Kempen, Lokale politie"
    assert "zwartboek" not in brieven["caw"].model_dump_json()
    assert set(_brieven("stand_van_zaken", _casus(meldingen=(zorg,)))) == {*brieven, "coordinator"}


@pytest.mark.parametrize("soort", ["uitnodiging_zorgoverleg", "stand_van_zaken"])
def test_the_client_is_addressed_where_the_others_read_of_him(soort: str) -> None:
    zorg = _melding("zorgoverleg", "caw", datum=dt.date(2026, 12, 8))
    brieven = _brieven(soort, _casus(meldingen=(zorg,)))
    gelezen = {wie: _list_fixed_words(beeld) for wie, beeld in brieven.items()}
    assert "cliënt" not in gelezen["client BCDFG2"].lower() and "met u en de diensten" in gelezen["client BCDFG2"]
    assert "cliënt" in gelezen["caw"] and "met u en" not in gelezen["caw"]


def _list_fixed_words(beeld: Deelbeeld) -> str:
    """What the table itself says on this copy."""
    kop = beeld.kop
    label = beeld.melding.label if beeld.melding else ""
    return " ".join((kop.titel, kop.doel, kop.markering, *kop.inleiding, *kop.slot, label))


def test_no_table_speaks_of_a_reader_in_the_third_person() -> None:
    """Every paper of every table for somebody whom the case is about, in the words that he would read."""
    for naam, data in load_catalogus().items():
        rollen = {rol.id: rol for rol in data.tafel.rollen if rol.soort is Rolsoort.BETROKKENE}
        for document in data.documenten:
            woorden = document.aan_betrokkene or Lezerwoorden()
            doel = woorden.doel or document.doel or data.tafel.doel
            delen = (doel, *(woorden.inleiding or document.inleiding), *(woorden.slot or document.slot))
            eigen = (soort for soort in data.tafel.meldingen if soort.id in document.meldingen and soort.vooruit)
            labels = woorden.melding or " ".join(soort.label for soort in eigen)
            tekst = " ".join((*delen, labels, document.markering)).lower()
            for rol in (rollen[rol_id] for rol_id in document.rollen if rol_id in rollen):
                assert f"de {rol.label.lower()}" not in tekst, (naam, document.id, rol.id)


def test_of_what_lies_ahead_the_latest_is_told_until_its_day_and_while_the_case_is_open() -> None:
    eerst = _melding("zorgoverleg", "caw", datum=dt.date(2026, 12, 8))
    later = _melding("zorgoverleg", "cgg", datum=VANDAAG, formuliernummer="MELD33")
    beeld = _brieven("uitnodiging_zorgoverleg", _casus(meldingen=(eerst, later)))["cgg"]
    assert "MELD33" in beeld.kop.documentnummer
    assert "caw" not in _brieven("uitnodiging_zorgoverleg", _casus(meldingen=(eerst, later)))
    voorbij = later.model_copy(update={"datum": VANDAAG - dt.timedelta(days=1)})
    assert _brieven("uitnodiging_zorgoverleg", _casus(meldingen=(eerst, voorbij))) == {}
    assert _brieven("uitnodiging_zorgoverleg", _casus("afgesloten", meldingen=(later,))) == {}


# --- corrections ---


def test_a_correction_reaches_who_got_something_before_at_his_level_and_each_one_is_a_letter() -> None:
    een = _melding(
        "correctie",
        teksten=[("voor de tafel", TAFELVLAG), ("voor de aanmelder", Vlag(deelbaar_met=frozenset({"aanmelder"})))],
    )
    brieven = _brieven("addendum", _casus(meldingen=(een,)), caw=VANDAAG, cgg=VANDAAG + dt.timedelta(days=1))
    gelezen = {wie: beeld.melding.mededelingen for wie, beeld in brieven.items() if beeld.melding}
    assert gelezen == {"caw": ("voor de tafel",), "aanmelder BCDFG2": ("voor de aanmelder",)}
    twee = _melding("correctie", teksten=[("nog eens", TAFELVLAG)], formuliernummer="MELD33")
    document = DATA.get_document("addendum")
    assert document is not None
    deling = dataclasses.replace(_make_deling([_casus(meldingen=(een, twee))]), eerder={"BCDFG2": {"caw": VANDAAG}})
    beelden = [b for b in deling.share_dossier(document, "BCDFG2") if b.ontvanger.id == "caw"]
    assert len({b.bestandsnaam for b in beelden}) == len({b.sleutel for b in beelden}) == 2


def test_a_partner_that_got_another_id_heard_of_the_case_under_its_former_one() -> None:
    dossier = _casus(meldingen=(_melding("correctie", teksten=[("fout", TAFELVLAG)]),))
    werkmap = _rename("politie", "pz_elders", ("politie",))
    assert set(_brieven("addendum", dossier, werkmap=werkmap, politie=VANDAAG)) == {"pz_elders"}


def test_a_correction_of_a_closed_case_still_goes_out() -> None:
    dossier = _casus("afgesloten", meldingen=(_melding("correctie", teksten=[("fout", TAFELVLAG)]),))
    assert set(_brieven("addendum", dossier, caw=VANDAAG)) == {"caw"}


def test_words_that_were_flagged_and_reach_nobody_are_told_on_the_day_they_came_in() -> None:
    def find(melding: Melding, **eerder: dt.date) -> list[str]:
        deling = dataclasses.replace(_make_deling([_casus(meldingen=(melding,))]), eerder={"BCDFG2": eerder})
        return [bevinding.code for bevinding in deling.find_unheard()]

    correctie = _melding("correctie", teksten=[("fout", TAFELVLAG)])
    assert find(correctie) == ["mededeling-zonder-lezer"]
    assert find(correctie, caw=VANDAAG) == []
    assert find(correctie.model_copy(update={"ontvangen_op": VANDAAG - dt.timedelta(days=1)})) == []
    assert find(_melding("correctie", teksten=[("voor niemand", GEEN)])) == []
    assert find(_melding("voortgang", teksten=[("geen brief", TAFELVLAG)])) == ["mededeling-zonder-lezer"]
    assert find(_melding("zorgoverleg", "caw", teksten=[("niet voor cliënt", TAFELVLAG)])) != []
    assert find(_melding("zorgoverleg", "caw", teksten=[("voor allen", BEIDEN)])) == []


# --- who stopped ---


@pytest.mark.parametrize("naam", ["caw", "politie", "lokale_politie"])
def test_who_stopped_gets_nothing_more_about_the_case_by_id_or_by_role(naam: str) -> None:
    wie = {"caw": "caw"}.get(naam, "politie")
    besluit = GenomenBesluit(overleg="expertentafel", datum=dt.date(2026, 11, 19), besluit="afsluiten", aanwezig=(wie,))
    taak = Afspraak(overleg="expertentafel", datum=dt.date(2026, 11, 19), wat="Belt", wie=(wie,))
    zorg = _melding("zorgoverleg", wie, "cgg", datum=dt.date(2026, 12, 8))
    fout = _melding("correctie", teksten=[("fout", TAFELVLAG)])
    open_ = _casus(
        besluiten=(besluit,),
        afspraken=(taak,),
        plannen=(_plan(_actie("a", TAFELVLAG, "Rust", wie)),),
        meldingen=(zorg, fout),
    )
    gestopt = open_.model_copy(update={"meldingen": (zorg, fout, _melding("gestopt", naam))})
    for soort in ("plan", "uitnodiging_zorgoverleg", "stand_van_zaken", "addendum", "afsluitbericht"):
        assert wie in _brieven(soort, open_, caw=VANDAAG, politie=VANDAAG), soort
        assert wie not in _brieven(soort, gestopt, caw=VANDAAG, politie=VANDAAG), soort
    ander = {"caw": "politie"}.get(wie, "caw")
    assert ander in _brieven("plan", gestopt)
    agenda = _share(
        gestopt.model_copy(update={"fase": "geagendeerd", "overleg_op": EXPERTEN}), _agendeer(code="HJKLM3")
    )
    assert [b.code for b in agenda["agenda", wie][0].casussen] == ["HJKLM3"]
    assert agenda["agenda", wie][0].afspraken == ()


# --- who is told that a case is closed ---


def test_the_end_of_a_case_is_told_to_who_worked_on_it_and_to_the_aanmelder() -> None:
    besluit = GenomenBesluit(
        overleg="expertentafel", datum=dt.date(2026, 8, 31), besluit="afsluiten", aanwezig=("caw",)
    )
    taak = Afspraak(
        overleg="expertentafel", datum=dt.date(2026, 1, 15), wat="Belt", wie=("cgg", "wijkgezondheidscentrum")
    )
    dossier = _casus(
        "afgesloten", besluiten=(besluit,), afspraken=(taak,), plannen=(_plan(_actie("a", GEEN, "Rust", "parket")),)
    )
    brieven = _brieven("afsluitbericht", dossier)
    assert set(brieven) == {"caw", "cgg", "parket", "aanmelder BCDFG2"}
    assert brieven["caw"].bewaren_tot == "Voor dit overleg is geen bewaartermijn vastgelegd."
    assert brieven["caw"].afspraken == () and brieven["caw"].plan is None
    werkmap = WERKMAP.model_copy(update={"bewaartermijn": 6})
    assert _brieven("afsluitbericht", dossier, werkmap=werkmap)["caw"].bewaren_tot == "28 februari 2027"


def test_of_a_case_that_stays_open_nothing_says_until_when_it_is_kept() -> None:
    besluit = GenomenBesluit(overleg="expertentafel", datum=VANDAAG, besluit="afsluiten", aanwezig=("caw",))
    fasen = tuple(fase.model_copy(update={"open": True}) for fase in DATA.tafel.fasen)
    data = DATA.model_copy(update={"tafel": DATA.tafel.model_copy(update={"fasen": fasen})})
    assert _brieven("afsluitbericht", _casus("afgesloten", besluiten=(besluit,)), data=data)["caw"].bewaren_tot == ""


def test_until_when_a_case_is_kept_stands_only_where_the_table_released_it() -> None:
    besluit = GenomenBesluit(overleg="expertentafel", datum=VANDAAG, besluit="afsluiten", aanwezig=("caw",))
    vrijgaven = tuple(v for v in DATA.deling.vrijgaven if v.feit is not Feit.BEWAREN)
    data = DATA.model_copy(update={"deling": DATA.deling.model_copy(update={"vrijgaven": vrijgaven})})
    assert _brieven("afsluitbericht", _casus("afgesloten", besluiten=(besluit,)), data=data)["caw"].bewaren_tot == ""


# --- inbreng ---


def _breng_in(*teksten: tuple[str, Vlag]) -> Inbreng:
    rijen = [{**FEIT, "tekst": tekst} for tekst, _ in teksten]
    aanmelding = make_aanmelding({}, {"informatie": rijen}, {"informatie": [vlag for _, vlag in teksten]}, sha="c" * 64)
    rubriek = aanmelding.get_rubriek("informatie")
    assert rubriek is not None
    return Inbreng(van="cgg", op=VANDAAG, formuliernummer="INBR22", rubrieken=(rubriek,))


def test_what_a_partner_brings_joins_the_casusfiche_row_by_row_after_what_was_known() -> None:
    dossier = _agendeer(vlaggen={"informatie": TAFELVLAG})
    dossier = dossier.model_copy(update={"inbreng": (_breng_in(("nieuws", TAFELVLAG), ("verzwegen", GEEN)),)})
    assert [regel.tekst for regel in _fiche(dossier, "caw").feiten] == ["Het licht brandt nooit.", "nieuws"]
    assert "verzwegen" not in json.dumps([b.model_dump_json() for x in _share(dossier).values() for b in x])


def test_an_opvolgfiche_holds_what_was_brought_since_the_plan_and_blank_stellingen_for_its_phase_only() -> None:
    alles = {rubriek.id: ALLEN for rubriek in DATA.get_aanmeldformulier().rubrieken}
    nieuw = _agendeer(code="HJKLM3")
    oud = make_dossier(make_aanmelding(vlaggen=alles), fase="passieve_regie", overleg_op=EXPERTEN)
    oud = oud.model_copy(update={"inbreng": (_breng_in(("nieuws", TAFELVLAG)),), "plannen": (_plan(_actie("a")),)})
    beelden = _share(nieuw, oud)
    (beeld,) = beelden["opvolgfiche", "caw"]
    (blok,) = beeld.casussen
    assert (blok.code, [r.tekst for r in blok.feiten], blok.rubrieken) == ("BCDFG2", ["nieuws"], ())
    assert (_acties(beeld), len(beeld.stellingen)) == (["a"], 3)
    assert {"informatie.tekst", "acties.actie", "plan", "fase"} <= {grond.veld for grond in beeld.verantwoording}
    assert ("opvolgfiche", "caw") not in _share(nieuw)


# --- open to-do's on the agenda ---


def _taak(wat: str, *wie: str, status: Afspraakstatus = Afspraakstatus.OPEN, datum: dt.date | None = None) -> Afspraak:
    return Afspraak(
        overleg="expertentafel",
        datum=datum or dt.date(2026, 11, 19),
        wat=wat,
        wie=wie,
        nummer=wat.upper(),
        status=status,
    )


def test_an_agenda_lists_own_open_to_dos_of_all_cases_with_where_they_stand_and_the_coordinator_all() -> None:
    taken = (
        _taak("open", "caw"),
        _taak("gedaan", "caw", status=Afspraakstatus.GEDAAN),
        _taak("vervallen", "caw", status=Afspraakstatus.VERVALLEN),
        _taak("kon niet", "caw", status=Afspraakstatus.NIET_MOGELIJK),
        _taak("van cgg", "cgg", status=Afspraakstatus.NIET_UITGEVOERD),
        _taak("van die dag", "caw", datum=EXPERTEN),
    )
    dicht = _casus("afgesloten", afspraken=taken, code="NPQRT4")
    beelden = _share(_agendeer(), dicht)
    standen = {
        wie: [(a.casuscode, a.nummer, a.stand) for a in beelden["agenda", wie][0].afspraken]
        for wie in ("caw", "parket")
    }
    assert standen["caw"] == [
        ("NPQRT4", "OPEN", "open"),
        ("NPQRT4", "KON NIET", "niet mogelijk, omstandigheden gewijzigd"),
    ]
    assert standen["parket"] == []
    assert [a.wat for a in beelden["agenda", "coordinator"][0].afspraken] == ["open", "kon niet", "van cgg"]
    assert {g.casuscode for g in beelden["agenda", "caw"][0].verantwoording if g.veld == "afspraken"} == {"NPQRT4"}
    assert all(not beeld.afspraken for (soort, _), lijst in beelden.items() if soort != "agenda" for beeld in lijst)


def test_no_agenda_is_made_for_open_to_dos_alone() -> None:
    dicht = _casus("afgesloten", afspraken=(_taak("open", "bestuur_olen"),), code="NPQRT4")
    assert ("agenda", "bestuur_olen") not in _share(_agendeer(), dicht)
