"""Forms about one case: an inbreng, a plan, a melding. Everything is checked first; then all of it, or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_dossier import (
    ALLEN,
    ANONIEM,
    ANONIEME_RIJEN,
    DATA,
    FEIT,
    GEEN,
    INSCHATTING,
    TAFELVLAG,
    TRIAGEVLAG,
    WERKMAP,
    Rijen,
    Vlaggen,
    make_aanmelding,
    make_dossier,
    make_validatie,
)

from pipeline.update import Bijwerking, Zaak, update_dossier
from schemas.bevinding import Bevinding, Ernst
from schemas.deling import Vlag
from schemas.dossier import (
    Afspraak,
    Afspraakstatus,
    Dossier,
    Fasewissel,
    Melding,
    Mijlpaal,
    Planstand,
)
from schemas.formulier import Formulier, Formuliersoort
from schemas.tafel import Anker, Meldingsoort
from schemas.tafeldata import Tafeldata
from schemas.werkmap import Werkmap

CODE = "BCDFG2"
DATUM = dt.date(2026, 12, 17)
VANDAAG = dt.date(2027, 1, 11)
NUMMER = "QWRT22"
GEVRAAGD = Mijlpaal(anker=Anker.PLAN_GEVRAAGD, datum=DATUM, veld="Verslagformulier expertentafel, Besluit")

Velden = Mapping[str, str]


def _get(soort: Formuliersoort) -> Formulier:
    formulier = DATA.get_formulier_of_soort(soort)
    assert formulier is not None
    return formulier


INBRENG, PLAN, MELDING = (_get(s) for s in (Formuliersoort.INBRENG, Formuliersoort.PLAN, Formuliersoort.MELDING))


def _make_dossier(fase: str = "ketenaanpak", **velden: object) -> Dossier:
    verloop = (Fasewissel(fase=fase, op=DATUM, door="Expertentafel 17 december 2026"),)
    return make_dossier(code=CODE, fase=fase).model_copy(
        update={"verloop": verloop, "mijlpalen": (GEVRAAGD,), **velden}
    )


def _update(
    formulier: Formulier,
    antwoorden: Velden,
    rijen: Rijen,
    dossier: Dossier | None = None,
    *,
    vlaggen: Vlaggen | None = None,
    van: str = "",
    vandaag: dt.date = VANDAAG,
    werkmap: Werkmap = WERKMAP,
    data: Tafeldata = DATA,
    sha: str = "b" * 64,
    nummer: str = NUMMER,
) -> Bijwerking:
    aanmelding = make_aanmelding(antwoorden, rijen, vlaggen, sha=sha, formulier=formulier)
    zaak = Zaak(formulier, dossier or _make_dossier(), data, werkmap, vandaag, van)
    return update_dossier(make_validatie(aanmelding, sha=sha, nummer=nummer), zaak)


def _take(uitkomst: Bijwerking) -> Dossier:
    assert not uitkomst.geweigerd, [b.melding for b in uitkomst.bevindingen]
    assert uitkomst.dossier is not None
    return uitkomst.dossier


def _list_codes(uitkomst: Bijwerking, ernst: Ernst = Ernst.FOUT) -> list[str]:
    if ernst is Ernst.FOUT:
        assert uitkomst.geweigerd and uitkomst.dossier is None
    return [b.code for b in uitkomst.bevindingen if b.ernst is ernst]


def _without(partner: str) -> Werkmap:
    return WERKMAP.model_copy(update={"partners": tuple(p for p in WERKMAP.partners if p.id != partner)})


def _make_melding(soort: str, wie: Sequence[str] = (), naar: Sequence[str] = ()) -> Melding:
    return Melding(
        soort=soort,
        datum=DATUM,
        wie=tuple(wie),
        naar=tuple(naar),
        uur="",
        plaats="",
        mededelingen=(),
        notitie="",
        formuliernummer="ZZZZZZ",
        ontvangen_op=DATUM,
    )


# --- inbreng ---


def _bring(
    rijen: Sequence[Velden] = (FEIT,),
    dossier: Dossier | None = None,
    vlag: Vlag = TAFELVLAG,
    van: str = "cgg",
    sha: str = "b" * 64,
    nummer: str = NUMMER,
) -> Bijwerking:
    vlaggen = {"informatie": vlag}
    return _update(INBRENG, {}, {"informatie": rijen}, dossier, vlaggen=vlaggen, van=van, sha=sha, nummer=nummer)


def test_an_inbreng_joins_the_rows_of_the_aanmelding_each_with_its_own_flag() -> None:
    vlag = Vlag(deelbaar_met=frozenset({"tafel"}), niet_voor=frozenset({"parket"}))
    uitkomst = _bring([FEIT, INSCHATTING], vlag=vlag)
    dossier = _take(uitkomst)
    (inbreng,) = dossier.inbreng
    assert (inbreng.van, inbreng.op, inbreng.formuliernummer) == ("cgg", VANDAAG, NUMMER)
    (rubriek,) = (r for r in dossier.list_rubrieken() if r.id == "informatie")
    assert [rij.get_tekst("tekst") for rij in rubriek.rijen] == [FEIT["tekst"], FEIT["tekst"], INSCHATTING["tekst"]]
    assert [antwoord.vlag for antwoord in rubriek.rijen[-1].antwoorden] == [vlag] * 4
    assert uitkomst.bevindingen == ()


def test_a_corrected_inbreng_replaces_what_came_under_the_same_number_and_leaves_that_of_others() -> None:
    eerst = _take(_bring(dossier=_take(_bring(nummer="TWEEDE", van="caw"))))
    uitkomst = _bring([INSCHATTING], eerst, sha="c" * 64)
    nieuw = _take(uitkomst)
    assert [(i.van, len(i.rubrieken[0].rijen)) for i in nieuw.inbreng] == [("caw", 1), ("cgg", 1)]
    assert nieuw.inbreng[1].rubrieken[0].rijen[0].get_tekst("tekst") == INSCHATTING["tekst"]
    assert _list_codes(uitkomst, Ernst.INFO) == ["inbreng-vervangen"]


@pytest.mark.parametrize(
    ("rij", "code"),
    [
        ({**FEIT, "tekst": ""}, "rij-onvolledig"),
        ({**FEIT, "tekst": "onbekend"}, "rij-onvolledig"),
        ({**FEIT, "datum": "1/2/2031"}, "besluit-onleesbaar"),
        ({**FEIT, "datum": "31/2/2026"}, "besluit-onleesbaar"),
        ({**FEIT, "soort": "roddel"}, "besluit-onleesbaar"),
    ],
)
def test_a_row_that_cannot_be_used_refuses_the_inbreng_and_names_row_and_label(rij: Velden, code: str) -> None:
    uitkomst = _bring([FEIT, rij])
    assert _list_codes(uitkomst) == [code]
    assert uitkomst.bevindingen[0].plaats == f"Inbrengformulier, Informatie, rij 2, casus {CODE}"
    assert "partner" in uitkomst.bevindingen[0].remedie


def test_an_inbreng_without_rows_is_refused() -> None:
    assert _list_codes(_bring([])) == ["geen-rijen"]


def test_a_row_that_nobody_gets_and_a_question_left_open_are_kept_and_told() -> None:
    uitkomst = _bring([{**FEIT, "bron": ""}], vlag=GEEN)
    assert len(_take(uitkomst).inbreng) == 1
    assert _list_codes(uitkomst, Ernst.WAARSCHUWING) == ["vraag-open", "rij-niet-deelbaar"]


def test_only_a_partner_who_is_there_who_signed_and_who_did_not_stop_brings_something() -> None:
    gestopt = _make_dossier(meldingen=(_make_melding("gestopt", ["cgg"]),))
    zonder = _update(INBRENG, {}, {"informatie": [FEIT]}, van="cgg", werkmap=_without("cgg"))
    assert _list_codes(zonder) == ["partner-onbekend"]
    assert _list_codes(_bring(van="wijkgezondheidscentrum")) == ["protocol-niet-ondertekend"]
    assert _list_codes(_bring(dossier=gestopt)) == ["partner-gestopt"]
    assert len(_take(_bring(dossier=gestopt, van="caw")).inbreng) == 1


def test_a_partner_who_got_another_id_is_known_by_his_former_one() -> None:
    partners = tuple(
        p if p.id != "cgg" else p.model_copy(update={"id": "cgg2", "aliassen": ("cgg",)}) for p in WERKMAP.partners
    )
    werkmap = WERKMAP.model_copy(update={"partners": partners})
    uitkomst = _update(INBRENG, {}, {"informatie": [FEIT]}, van="cgg", werkmap=werkmap)
    assert _take(uitkomst).inbreng[0].van == "cgg2"


@pytest.mark.parametrize("formulier", [INBRENG, PLAN], ids=lambda f: f.id)
@pytest.mark.parametrize("fase", [f.id for f in DATA.tafel.fasen if not f.open])
def test_an_inbreng_or_a_plan_for_a_closed_dossier_is_refused_with_its_phase(formulier: Formulier, fase: str) -> None:
    uitkomst = _update(formulier, {}, {}, _make_dossier(fase), van="cgg")
    assert "dossier-afgesloten" in _list_codes(uitkomst)
    label = DATA.tafel.get_fase(fase)
    assert label is not None and label.label in uitkomst.bevindingen[0].melding
    assert f"een {formulier.id} voor een afgesloten dossier" in uitkomst.bevindingen[0].melding


def test_in_an_anonymous_case_an_answer_that_points_at_a_person_is_refused() -> None:
    anoniem = _make_dossier(aanmelding=make_aanmelding(ANONIEM, ANONIEME_RIJEN))
    assert len(_take(_bring(dossier=anoniem)).inbreng) == 1
    (rubriek,) = INBRENG.rubrieken
    vragen = tuple(v.model_copy(update={"identificerend": v.id == "informatie.bron"}) for v in rubriek.vragen)
    formulier = INBRENG.model_copy(update={"rubrieken": (rubriek.model_copy(update={"vragen": vragen}),)})
    geweigerd = _update(formulier, {}, {"informatie": [FEIT]}, anoniem, van="cgg", vlaggen={"informatie": ALLEN})
    assert _list_codes(geweigerd) == ["anoniem-met-identiteit"]
    assert FEIT["bron"] not in geweigerd.bevindingen[0].melding


def test_what_the_reading_found_is_kept_and_does_not_send_to_an_aanmelder() -> None:
    gelezen = Bevinding(code="vlag-onduidelijk", plaats="Informatie", melding="Onzeker.", remedie="Vraag de aanmelder.")
    weg = gelezen.model_copy(update={"code": "antwoord-onbruikbaar"})
    for formulier, van in ((INBRENG, "cgg"), (PLAN, ""), (MELDING, "")):
        aanmelding = make_aanmelding({}, {}, formulier=formulier)
        validatie = make_validatie(aanmelding).model_copy(update={"bevindingen": (gelezen, weg)})
        uitkomst = update_dossier(validatie, Zaak(formulier, _make_dossier(), DATA, WERKMAP, VANDAAG, van))
        over = [b for b in uitkomst.bevindingen if b.ernst is not Ernst.FOUT]
        assert [b.code for b in over] == ["vlag-onduidelijk"]
        assert "aanmelder" not in over[0].remedie


# --- plan ---

VOORSTEL = {"plan.stand": "voorstel", "plan.opgesteld_op": "4/1/2027", "plan.bijgewerkt_op": "4/1/2027"}
GOEDGEKEURD = {**VOORSTEL, "plan.stand": "goedgekeurd", "plan.goedgekeurd_op": "8/1/2027"}
ACTIE = {
    "doelstelling": "Een betaalbare woonst.",
    "prioriteit": "Hoog",
    "actie": "Aanvraag indienen.",
    "uitvoerder": "CAW",
    "tegen": "1/3/2027",
    "status": "Te doen",
}


def _plan(
    kop: Velden = VOORSTEL,
    acties: Sequence[Velden] = (ACTIE,),
    dossier: Dossier | None = None,
    vlag: Vlag = TAFELVLAG,
    vandaag: dt.date = VANDAAG,
    sha: str = "b" * 64,
) -> Bijwerking:
    return _update(PLAN, kop, {"acties": acties}, dossier, vlaggen={"acties": vlag}, vandaag=vandaag, sha=sha)


def test_a_plan_becomes_the_first_version_and_sets_the_date_from_which_terms_count() -> None:
    uitkomst = _plan()
    dossier = _take(uitkomst)
    plan = dossier.plan
    assert plan is not None
    assert (plan.versie, plan.stand, plan.goedgekeurd_op) == (1, Planstand.VOORSTEL, None)
    (actie,) = plan.acties
    assert (actie.uitvoerders, actie.tegen, actie.vlag) == (("caw",), dt.date(2027, 3, 1), TAFELVLAG)
    assert (actie.prioriteit, actie.status) == ("Hoog", "Te doen")
    assert dossier.mijlpalen == (
        GEVRAAGD,
        Mijlpaal(anker=Anker.PLAN_OPGESTELD, datum=dt.date(2027, 1, 4), veld="Planformulier, Opgesteld op"),
    )
    assert uitkomst.bevindingen == ()


def test_the_next_form_is_the_next_version_and_a_corrected_date_does_not_stay_beside_the_right_one() -> None:
    eerst = _take(_plan())
    beter = {**GOEDGEKEURD, "plan.opgesteld_op": "3/1/2027", "plan.bijgewerkt_op": "8/1/2027"}
    tweede = _take(_plan(beter, dossier=eerst, sha="c" * 64))
    assert [plan.versie for plan in tweede.plannen] == [1, 2]
    assert {m.anker: m.datum for m in tweede.mijlpalen} == {
        Anker.PLAN_GEVRAAGD: DATUM,
        Anker.PLAN_OPGESTELD: dt.date(2027, 1, 3),
        Anker.PLAN_GOEDGEKEURD: dt.date(2027, 1, 8),
    }
    assert len(tweede.mijlpalen) == 3


def test_the_same_plan_again_is_no_new_version() -> None:
    eerst = _take(_plan())
    weer = _plan(dossier=eerst, sha="c" * 64, vandaag=dt.date(2027, 2, 1))
    assert (weer.dossier, weer.geweigerd) == (None, False)
    assert _list_codes(weer, Ernst.INFO) == ["plan-ongewijzigd"]
    zonder = {k: v for k, v in VOORSTEL.items() if k != "plan.bijgewerkt_op"}
    assert _plan(zonder, dossier=eerst, vandaag=dt.date(2027, 2, 1)).dossier is None


def test_a_plan_without_the_day_of_its_update_gets_one_and_that_is_told() -> None:
    zonder = {k: v for k, v in VOORSTEL.items() if k != "plan.bijgewerkt_op"}
    uitkomst = _plan(zonder)
    eerst = _take(uitkomst)
    assert eerst.plannen[0].bijgewerkt_op == dt.date(2027, 1, 4)
    assert _list_codes(uitkomst, Ernst.WAARSCHUWING) == ["vraag-open"]
    tweede = _take(_plan(zonder, [{**ACTIE, "actie": "Anders."}], eerst))
    assert tweede.plannen[1].bijgewerkt_op == VANDAAG


@pytest.mark.parametrize(
    ("kop", "code"),
    [
        ({"plan.stand": ""}, "vak-leeg"),
        ({"plan.opgesteld_op": ""}, "vak-leeg"),
        ({"plan.opgesteld_op": "12/1/2027", "plan.bijgewerkt_op": "12/1/2027"}, "datum-in-toekomst"),
        ({"plan.opgesteld_op": "30/2/2027"}, "besluit-onleesbaar"),
        ({"plan.bijgewerkt_op": "3/1/2027"}, "datum-te-vroeg"),
        ({"plan.bijgewerkt_op": "12/1/2027"}, "datum-in-toekomst"),
        ({"plan.goedgekeurd_op": "3/1/2027"}, "datum-te-vroeg"),
        ({"plan.goedgekeurd_op": "12/1/2027"}, "datum-in-toekomst"),
        ({"plan.goedgekeurd_op": ""}, "goedkeuring-zonder-datum"),
        ({"plan.stand": "voorstel"}, "datum-zonder-goedkeuring"),
    ],
)
def test_a_plan_with_a_state_or_a_date_that_cannot_be_is_refused(kop: Velden, code: str) -> None:
    uitkomst = _plan({**GOEDGEKEURD, **kop})
    assert code in _list_codes(uitkomst)
    assert {b.plaats for b in uitkomst.bevindingen} == {f"Planformulier, Het plan, casus {CODE}"}


@pytest.mark.parametrize(
    ("rij", "code"),
    [
        ({"doelstelling": ""}, "rij-onvolledig"),
        ({"actie": ""}, "rij-onvolledig"),
        ({"uitvoerder": "Rusthuis Ergens"}, "partner-onbekend"),
        ({"uitvoerder": "ad hoc partner"}, "ad-hocpartner-onbekend"),
        ({"uitvoerder": "WGC Testdorp"}, "protocol-niet-ondertekend"),
        ({"tegen": "ooit"}, "besluit-onleesbaar"),
        ({"status": "misschien"}, "besluit-onleesbaar"),
    ],
)
def test_an_action_that_nobody_could_carry_out_refuses_the_plan(rij: Velden, code: str) -> None:
    uitkomst = _plan(acties=[ACTIE, {**ACTIE, **rij}])
    assert _list_codes(uitkomst) == [code]
    assert "rij 2" in uitkomst.bevindingen[0].plaats


def test_a_plan_without_actions_is_refused() -> None:
    assert _list_codes(_plan(acties=[])) == ["geen-rijen"]


@pytest.mark.parametrize(
    ("rij", "vlag", "codes"),
    [
        ({"uitvoerder": ""}, TAFELVLAG, ["actie-zonder-uitvoerder"]),
        ({"prioriteit": "", "status": ""}, TAFELVLAG, ["vraag-open", "vraag-open"]),
        ({}, GEEN, ["rij-niet-deelbaar"]),
        ({}, Vlag(deelbaar_met=frozenset({"client"})), ["uitvoerder-leest-niet"]),
        ({}, TRIAGEVLAG, ["uitvoerder-leest-niet"]),
        ({}, Vlag(deelbaar_met=frozenset({"tafel"}), niet_voor=frozenset({"caw"})), ["uitvoerder-leest-niet"]),
        ({}, Vlag(deelbaar_met=frozenset({"tafel"}), enkel_voor=frozenset({"cgg"})), ["uitvoerder-leest-niet"]),
        ({}, Vlag(deelbaar_met=frozenset({"tafel"}), enkel_voor=frozenset({"caw"})), []),
        ({"uitvoerder": "Cliënt"}, TAFELVLAG, ["uitvoerder-leest-niet"]),
        ({"uitvoerder": "Cliënt"}, ALLEN, []),
        ({"uitvoerder": "regisseur"}, Vlag(deelbaar_met=frozenset({"client"})), []),
        ({"tegen": "3/1/2027"}, TAFELVLAG, ["termijn-voor-plan"]),
        ({"tegen": "3/1/2027", "status": ""}, TAFELVLAG, ["vraag-open", "termijn-voor-plan"]),
        ({"tegen": "3/1/2027", "status": "Gedaan"}, TAFELVLAG, []),
    ],
)
def test_an_action_at_which_somebody_should_look_is_taken_in_and_told(
    rij: Velden, vlag: Vlag, codes: list[str]
) -> None:
    uitkomst = _plan(acties=[{**ACTIE, **rij}], vlag=vlag)
    assert len(_take(uitkomst).plannen) == 1
    assert _list_codes(uitkomst, Ernst.WAARSCHUWING) == codes


def test_an_actor_who_stopped_is_told() -> None:
    for wie in ("caw", "CAW De Kempen"):
        gestopt = _make_dossier(meldingen=(_make_melding("gestopt", [wie]),))
        codes = _list_codes(_plan(dossier=gestopt), Ernst.WAARSCHUWING)
        assert codes == (["partner-gestopt"] if wie == "caw" else [])


def test_what_is_odd_beside_the_version_before_is_told() -> None:
    goed = _take(_plan(GOEDGEKEURD))
    terug = _plan({**VOORSTEL, "plan.bijgewerkt_op": "9/1/2027"}, dossier=goed)
    assert _list_codes(terug, Ernst.WAARSCHUWING) == ["goedkeuring-ingetrokken"]
    assert _take(terug).get_mijlpaal(Anker.PLAN_GOEDGEKEURD) is None
    later = _take(_plan({**GOEDGEKEURD, "plan.bijgewerkt_op": "9/1/2027"}))
    anders = [{**ACTIE, "actie": "Anders."}]
    assert _list_codes(_plan(GOEDGEKEURD, anders, later), Ernst.WAARSCHUWING) == ["plan-ouder"]
    assert _list_codes(_plan(GOEDGEKEURD, anders, goed), Ernst.WAARSCHUWING) == ["plan-zelfde-datum"]


def test_a_plan_that_nobody_asked_for_or_from_before_the_case_is_taken_in_and_told() -> None:
    ongevraagd = _plan(dossier=_make_dossier(mijlpalen=()))
    assert _list_codes(ongevraagd, Ernst.WAARSCHUWING) == ["plan-niet-gevraagd"]
    assert len(_take(ongevraagd).plannen) == 1
    vroeg = _plan({**VOORSTEL, "plan.opgesteld_op": "4/1/2026"})
    assert _list_codes(vroeg, Ernst.WAARSCHUWING) == ["datum-voor-aanmelding"]


# --- melding ---


def _make_afspraak(nummer: str, *wie: str, status: Afspraakstatus = Afspraakstatus.OPEN) -> Afspraak:
    return Afspraak(overleg="expertentafel", datum=DATUM, wat=f"Doet {nummer}.", wie=wie, nummer=nummer, status=status)


AFSPRAKEN = (
    _make_afspraak("BBBBB", "caw", "cgg"),
    _make_afspraak("CCCCC", "lokale_politie"),
    _make_afspraak("DDDDD", "caw", status=Afspraakstatus.GEDAAN),
)
MET_AFSPRAKEN = _make_dossier(afspraken=AFSPRAKEN)


def _melding(
    soort: str = "voortgang",
    velden: Velden | None = None,
    rijen: Rijen | None = None,
    dossier: Dossier = MET_AFSPRAKEN,
    *,
    vlag: Vlag = TAFELVLAG,
    data: Tafeldata = DATA,
    vandaag: dt.date = VANDAAG,
) -> Bijwerking:
    antwoorden = {"melding.soort": soort, "melding.datum": "10/1/2027"}
    antwoorden |= {f"melding.{veld}": waarde for veld, waarde in (velden or {}).items()}
    vlaggen = {"informatie": vlag, "mededelingen": vlag}
    return _update(MELDING, antwoorden, rijen or {}, dossier, vlaggen=vlaggen, data=data, vandaag=vandaag)


def test_a_melding_is_kept_with_all_that_it_says() -> None:
    rijen: Rijen = {"informatie": [FEIT], "mededelingen": [{"tekst": "Gelieve te noteren."}]}
    uitkomst = _melding(velden={"wie": "CAW, politie", "notitie": "Enkel voor mij."}, rijen=rijen)
    dossier = _take(uitkomst)
    (melding,) = dossier.meldingen
    assert (melding.soort, melding.datum, melding.wie) == ("voortgang", dt.date(2027, 1, 10), ("caw", "politie"))
    assert (melding.notitie, melding.formuliernummer, melding.ontvangen_op) == ("Enkel voor mij.", NUMMER, VANDAAG)
    assert [(m.tekst, m.vlag) for m in melding.mededelingen] == [("Gelieve te noteren.", TAFELVLAG)]
    assert [(i.van, i.formuliernummer) for i in dossier.inbreng] == [("coordinator", NUMMER)]
    assert (dossier.fase, dossier.afspraken, dossier.mijlpalen) == ("ketenaanpak", AFSPRAKEN, (GEVRAAGD,))
    assert uitkomst.bevindingen == ()


def test_a_melding_that_does_nothing_is_kept_all_the_same() -> None:
    dossier = _take(_melding())
    assert dossier.model_copy(update={"meldingen": ()}) == MET_AFSPRAKEN
    assert len(dossier.meldingen) == 1


@pytest.mark.parametrize(
    ("soort", "velden", "code"),
    [
        ("", {}, "vak-leeg"),
        ("voortgang", {"datum": ""}, "vak-leeg"),
        ("voortgang", {"datum": "12/1/2027"}, "datum-in-toekomst"),
        ("voortgang", {"datum": "11/11/2026"}, "datum-te-vroeg"),
        ("voortgang", {"datum": "gisteren"}, "besluit-onleesbaar"),
        ("voortgang", {"wie": "Rusthuis Ergens"}, "partner-onbekend"),
        ("voortgang", {"wie": "ad hoc partner"}, "ad-hocpartner-onbekend"),
        ("gestopt", {}, "melding-onvolledig"),
        ("overdracht", {"wie": "CAW"}, "melding-onvolledig"),
        ("overdracht", {"wie": "CAW", "naar": "WGC Testdorp"}, "protocol-niet-ondertekend"),
        ("overdracht", {"wie": "CAW", "naar": "CAW De Kempen"}, "overdracht-aan-zichzelf"),
        ("overdracht", {"wie": "politie", "naar": "lokale_politie"}, "overdracht-aan-zichzelf"),
        ("correctie", {}, "melding-onvolledig"),
        ("zorgoverleg", {"wie": "CAW", "plaats": "Herentals"}, "melding-onvolledig"),
        ("zorgoverleg", {"wie": "CAW", "uur": "10.00"}, "melding-onvolledig"),
        ("zorgoverleg", {"wie": "WGC Testdorp", "uur": "10.00", "plaats": "Hier"}, "protocol-niet-ondertekend"),
    ],
)
def test_a_melding_that_cannot_be_is_refused_and_says_where(soort: str, velden: dict[str, str], code: str) -> None:
    uitkomst = _melding(soort, velden)
    assert set(_list_codes(uitkomst)) == {code}
    assert all(b.plaats.startswith("Meldingsformulier, ") and CODE in b.plaats for b in uitkomst.bevindingen)
    assert all(b.remedie for b in uitkomst.bevindingen)


def test_a_zorgoverleg_may_lie_ahead_and_who_stopped_is_told() -> None:
    velden = {"wie": "CAW", "uur": "10.00", "plaats": "Huis van de wijk", "datum": "1/2/2027"}
    dossier = _take(_melding("zorgoverleg", velden))
    assert dossier.meldingen[0].datum == dt.date(2027, 2, 1)
    gestopt = _make_dossier(meldingen=(_make_melding("gestopt", ["caw"]),))
    assert _list_codes(_melding("zorgoverleg", velden, dossier=gestopt), Ernst.WAARSCHUWING) == ["partner-gestopt"]


def test_an_unsigned_partner_may_be_named_where_he_gets_nothing() -> None:
    assert _take(_melding("gestopt", {"wie": "WGC Testdorp"})).meldingen[0].wie == ("wijkgezondheidscentrum",)


def test_a_kind_that_does_not_fit_the_phase_is_refused_with_those_that_do() -> None:
    uitkomst = _melding("voorstel_passief", dossier=_make_dossier("passieve_regie"))
    assert _list_codes(uitkomst) == ["melding-niet-toegelaten"]
    assert "“Contact met de betrokken diensten en de cliënt”" in uitkomst.bevindingen[0].melding
    assert "passieve regie" in uitkomst.bevindingen[0].melding


def test_a_closed_dossier_takes_a_correction_and_nothing_else() -> None:
    dicht = _make_dossier("afgesloten")
    rijen = {"mededelingen": [{"tekst": "Het huisnummer is 12."}]}
    assert len(_take(_melding("correctie", rijen=rijen, dossier=dicht)).meldingen) == 1
    uitkomst = _melding("voortgang", dossier=dicht)
    assert _list_codes(uitkomst) == ["melding-niet-toegelaten"]
    assert "Wel mogelijk: “Verbetering van een document dat al verstuurd is”." in uitkomst.bevindingen[0].melding


def test_rows_that_nobody_gets_are_told_and_rows_without_words_are_refused() -> None:
    rijen: Rijen = {"informatie": [FEIT], "mededelingen": [{"tekst": "Iets."}]}
    assert _list_codes(_melding(rijen=rijen, vlag=GEEN), Ernst.WAARSCHUWING) == ["rij-niet-deelbaar"] * 2
    leeg: Rijen = {"informatie": [{"bron": "huisbezoek"}], "mededelingen": [{"tekst": "onbekend"}]}
    assert _list_codes(_melding(rijen=leeg)) == ["rij-onvolledig", "rij-onvolledig"]


def test_contact_sets_the_date_from_which_a_term_counts_and_names_the_field() -> None:
    dossier = _take(_melding("contact", dossier=_make_dossier("passieve_regie")))
    assert dossier.get_mijlpaal(Anker.CONTACT) == Mijlpaal(
        anker=Anker.CONTACT, datum=dt.date(2027, 1, 10), veld="Meldingsformulier 10 januari 2027, Datum"
    )


def _soort(**velden: object) -> Tafeldata:
    """The table with one kind of melding in the place of "voortgang"."""
    soort = Meldingsoort.model_validate({"id": "voortgang", "label": "Proef", "bron": "verzonnen", **velden})
    meldingen = tuple(soort if m.id == soort.id else m for m in DATA.tafel.meldingen)
    return DATA.model_copy(update={"tafel": DATA.tafel.model_copy(update={"meldingen": meldingen})})


def test_a_kind_that_leads_to_another_phase_moves_the_dossier_and_not_before_it_came_where_it_is() -> None:
    data = _soort(naar_fase="afgesloten")
    dossier = _take(_melding(data=data, dossier=_make_dossier(overleg_op=dt.date(2027, 1, 21))))
    assert (dossier.fase, dossier.overleg_op) == ("afgesloten", None)
    assert dossier.verloop[-1] == Fasewissel(
        fase="afgesloten", op=dt.date(2027, 1, 10), door="Meldingsformulier 10 januari 2027: Proef"
    )
    assert _list_codes(_melding(velden={"datum": "16/12/2026"}, data=data)) == ["datum-te-vroeg"]


def test_an_escalation_puts_the_case_on_the_next_expertentafel_and_keeps_a_sooner_one() -> None:
    januari, april = dt.date(2027, 1, 21), dt.date(2027, 4, 15)
    for gepland, verwacht in ((None, januari), (april, januari), (DATUM, DATUM)):
        uitkomst = _melding("escalatie", dossier=_make_dossier(overleg_op=gepland))
        assert _take(uitkomst).overleg_op == verwacht
        assert _list_codes(uitkomst, Ernst.INFO) == ["casus-geagendeerd"]
    assert "donderdag 21 januari 2027" in _melding("escalatie").bevindingen[0].melding


@given(vandaag=st.dates(dt.date(2027, 1, 10), dt.date(2035, 12, 31)), dagen=st.integers(0, 400))
@settings(deadline=None, max_examples=60)
def test_an_escalation_never_plans_a_case_in_the_past_nor_later_than_it_was(vandaag: dt.date, dagen: int) -> None:
    gepland = vandaag + dt.timedelta(days=dagen)
    zonder = _take(_melding("escalatie", vandaag=vandaag)).overleg_op
    met = _take(_melding("escalatie", vandaag=vandaag, dossier=_make_dossier(overleg_op=gepland))).overleg_op
    assert zonder is not None and vandaag <= zonder <= vandaag + dt.timedelta(days=35)
    assert met == min(zonder, gepland)


def _rij(nummer: str = "BBBBB", status: str = "gedaan", casus: str = CODE) -> Velden:
    return {"casus": casus, "afspraak": nummer, "status": status}


def test_what_became_of_a_to_do_is_noted_with_the_day_and_a_blank_row_says_nothing() -> None:
    rijen = {"opvolging": [_rij(status="niet mogelijk"), _rij("CCCCC", ""), _rij("ZZZZZ", "", "ANDERS")]}
    dossier = _take(_melding(rijen=rijen))
    assert [(a.nummer, a.status, a.status_op) for a in dossier.afspraken] == [
        ("BBBBB", Afspraakstatus.NIET_MOGELIJK, dt.date(2027, 1, 10)),
        ("CCCCC", Afspraakstatus.OPEN, None),
        ("DDDDD", Afspraakstatus.GEDAAN, None),
    ]


@pytest.mark.parametrize(
    ("rijen", "code"),
    [
        ([_rij("ZZZZZ")], "afspraak-onbekend"),
        ([_rij("")], "afspraak-onbekend"),
        ([_rij(casus="HJKLM3")], "rij-andere-casus"),
        ([_rij(casus="")], "rij-andere-casus"),
        ([_rij(), _rij(status="vervallen")], "afspraak-dubbel"),
        ([_rij(status="ooit")], "besluit-onleesbaar"),
    ],
)
def test_a_row_about_a_to_do_that_this_case_does_not_have_is_refused(rijen: Sequence[Velden], code: str) -> None:
    assert _list_codes(_melding(rijen={"opvolging": rijen})) == [code]


def test_a_later_word_about_a_to_do_stays_and_that_is_told() -> None:
    later = AFSPRAKEN[0].model_copy(update={"status": Afspraakstatus.GEDAAN, "status_op": dt.date(2027, 1, 11)})
    uitkomst = _melding(rijen={"opvolging": [_rij(status="vervallen")]}, dossier=_make_dossier(afspraken=(later,)))
    assert _take(uitkomst).afspraken == (later,)
    assert _list_codes(uitkomst, Ernst.WAARSCHUWING) == ["status-ingehaald"]


def test_a_handover_passes_the_open_to_dos_and_tells_what_the_plan_still_says() -> None:
    dossier = _take(_plan(acties=[ACTIE, {**ACTIE, "status": "Gedaan"}], dossier=MET_AFSPRAKEN))
    uitkomst = _melding("overdracht", {"wie": "CAW", "naar": "Justitiehuis, CGG"}, dossier=dossier)
    assert [a.wie for a in _take(uitkomst).afspraken] == [("justitiehuis", "cgg"), ("lokale_politie",), ("caw",)]
    assert _list_codes(uitkomst, Ernst.INFO) == ["afspraak-overgedragen"]
    (over,) = (b for b in uitkomst.bevindingen if b.ernst is Ernst.WAARSCHUWING)
    assert over.code == "actie-blijft-liggen" and "rij 1" in over.melding


def test_a_to_do_of_a_role_passes_with_the_only_partner_that_has_it() -> None:
    dossier = _take(_melding("overdracht", {"wie": "Lokale politie Neteland", "naar": "CGG"}))
    assert dossier.afspraken[1].wie == ("cgg",)
    bestuur = _make_dossier(afspraken=(_make_afspraak("FFFFF", "lokaal_bestuur"),))
    assert (
        _take(_melding("overdracht", {"wie": "gemeente Olen", "naar": "CGG"}, dossier=bestuur)).afspraken
        == bestuur.afspraken
    )


def test_whoever_stops_is_recorded_and_what_he_still_had_to_do_is_told() -> None:
    dossier = _take(_plan(dossier=MET_AFSPRAKEN))
    uitkomst = _melding("gestopt", {"wie": "CAW"}, dossier=dossier)
    na = _take(uitkomst)
    assert na.afspraken == AFSPRAKEN
    assert _list_codes(uitkomst, Ernst.WAARSCHUWING) == ["afspraak-blijft-liggen", "actie-blijft-liggen"]
    assert "BBBBB" in uitkomst.bevindingen[0].melding
    assert "partner-gestopt" in _list_codes(_bring(dossier=na, van="caw"))
    klaar = _melding("gestopt", {"wie": "CAW"}, {"opvolging": [_rij()]})
    assert _list_codes(klaar, Ernst.WAARSCHUWING) == []


GEHEIM = "Zwarteparel"


@pytest.mark.parametrize("formulier", [INBRENG, PLAN, MELDING], ids=lambda f: f.id)
@given(data=st.data())
@settings(deadline=None, max_examples=40)
def test_no_finding_ever_holds_an_answer_and_a_refusal_changes_nothing(
    formulier: Formulier, data: st.DataObject
) -> None:
    """Whatever stands in the form: keywords, dates, codes, or words that may never be repeated."""
    los = ["", GEHEIM, "onbekend", "10/1/2027", "1/1/2031", "31/2/2027", "CAW", "WGC Testdorp", "gedaan", CODE]
    opties = [o.label for v in formulier.vragen for o in v.opties]
    antwoord = st.sampled_from([*los, *opties])
    vragen = {v.id: data.draw(antwoord) for v in formulier.vragen}
    rijen = {
        r.id: [{v.veld: vragen[v.id] for v in r.vragen}, {v.veld: data.draw(antwoord) for v in r.vragen}]
        for r in formulier.rubrieken
    }
    vlag = data.draw(st.sampled_from([GEEN, TAFELVLAG, ALLEN]))
    vlaggen = {r.id: vlag for r in formulier.rubrieken}
    uitkomst = _update(formulier, vragen, rijen, MET_AFSPRAKEN, vlaggen=vlaggen, van="cgg")
    fout = any(b.ernst is Ernst.FOUT for b in uitkomst.bevindingen)
    assert fout is uitkomst.geweigerd
    assert uitkomst.dossier is None or not fout
    for bevinding in uitkomst.bevindingen:
        tekst = f"{bevinding.plaats} {bevinding.melding} {bevinding.remedie}"
        assert GEHEIM not in tekst and "31/2/2027" not in tekst
        assert bevinding.plaats.startswith(formulier.titel)
