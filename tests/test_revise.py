"""What went out stays; a changed copy says what changed for its reader, and never what it says."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_dossier import (
    ALLEN,
    CLIENT,
    DATA,
    FEIT,
    GEEN,
    RIJEN,
    TAFELVLAG,
    VANDAAG,
    VOLLEDIG,
    WERKMAP,
    Rijen,
    make_aanmelding,
    make_dossier,
)

from pipeline.check import check_aanmelding
from pipeline.meeting import plan_overleg, recall_overleg
from pipeline.revise import revise_beeld
from pipeline.share import Deling
from schemas.deelbeeld import Afspraakregel, Deelbeeld, Meldingblok
from schemas.deling import Vlag
from schemas.dossier import Actie, Afspraak, Dossier, GenomenBesluit, Passage, Planstand, PlanVanAanpak
from schemas.verstrekking import Verstrekking
from schemas.werkmap import Werkmap

EXPERTEN = dt.date(2026, 12, 17)


def _agendeer(antwoorden: dict[str, str] | None = None, rijen: Rijen = RIJEN, code: str = "BCDFG2") -> Dossier:
    alles = {rubriek.id: TAFELVLAG for rubriek in DATA.get_aanmeldformulier().rubrieken}
    aanmelding = make_aanmelding({**VOLLEDIG, **(antwoorden or {})}, rijen, alles)
    return make_dossier(aanmelding, code=code, fase="geagendeerd", overleg_op=EXPERTEN)


def _share(soort: str, *dossiers: Dossier, werkmap: Werkmap = WERKMAP, wie: str = "caw") -> Deelbeeld:
    overleg = DATA.tafel.get_overleg("expertentafel")
    assert overleg is not None
    getoetst = {d.code: (d, check_aanmelding(d.aanmelding, DATA, d.aangemeld_op)) for d in dossiers}
    beelden = Deling(DATA, werkmap, VANDAAG, getoetst).share_overleg(
        plan_overleg(overleg, EXPERTEN, dossiers, DATA.tafel, werkmap)
    )
    return next(b for b in beelden if (b.documentsoort, b.ontvanger.id) == (soort, wie))


def _keep(beeld: Deelbeeld) -> Verstrekking:
    return Verstrekking(
        sleutel=beeld.sleutel,
        versie=beeld.kop.versie,
        documentnummer=beeld.kop.documentnummer,
        documentsoort=beeld.documentsoort,
        ontvanger=beeld.ontvanger.id,
        map="2026-12-17 expertentafel/caw",
        klaargezet_op=VANDAAG,
        bestanden=(),
        beeld=beeld,
    )


def _revise(oud: Deelbeeld, nieuw: Deelbeeld) -> tuple[str, ...]:
    herzien = revise_beeld(nieuw, _keep(oud))
    return herzien.kop.wijzigingen if herzien else ()


def test_the_first_copy_goes_out_as_it_is() -> None:
    beeld = _share("casusfiche", _agendeer())
    assert revise_beeld(beeld, None) == beeld
    assert (beeld.kop.versie, beeld.kop.vervangt) == (1, 0)


@pytest.mark.parametrize("soort", ["uitnodiging", "agenda", "casusfiche"])
def test_the_same_content_makes_no_second_copy_even_on_another_day(soort: str) -> None:
    beeld = _share(soort, _agendeer())
    morgen = beeld.model_copy(update={"kop": beeld.kop.model_copy(update={"datum": "2 december 2026"})})
    assert revise_beeld(morgen, _keep(beeld)) is None


def test_a_change_makes_version_2_that_replaces_version_1_and_then_rests() -> None:
    oud, nieuw = _share("casusfiche", _agendeer()), _share("casusfiche", _agendeer({"vraag.vraag": "Iets anders?"}))
    herzien = revise_beeld(nieuw, _keep(oud))
    assert herzien is not None
    assert (herzien.kop.versie, herzien.kop.vervangt) == (2, 1)
    assert herzien.bestandsnaam == "Casusfiche 2026-12-17 BCDFG2 versie 2"
    assert herzien.kop.wijzigingen == ("Casus BCDFG2: aangepast bij “Vraag aan de tafel”.",)
    assert herzien.casussen == nieuw.casussen
    assert revise_beeld(nieuw, _keep(herzien)) is None
    derde = revise_beeld(oud, _keep(herzien))
    assert derde is not None
    assert (derde.kop.versie, derde.kop.vervangt) == (3, 2)


def test_the_sentences_name_the_parts_that_changed() -> None:
    rijen: Rijen = {"betrokkenen": [{**CLIENT, "naam": "Roos Anders"}], "informatie": [{**FEIT, "tekst": "Nieuws."}]}
    nieuw = _agendeer({"instemming.stemt_in": "nee"}, rijen)
    (zin,) = _revise(_share("casusfiche", _agendeer()), _share("casusfiche", nieuw))
    delen = ["naam en geboortedatum", "informeren en instemming", "feiten", "“Betrokkenen”"]
    assert zin == (f"Casus BCDFG2: aangepast bij {', '.join(delen)}, “Informeren en instemming van de cliënt”.")


def test_cases_that_come_and_go_are_named_by_code() -> None:
    een, twee, drie = (_agendeer(code=code) for code in ("BBBBB2", "CCCCC2", "DDDDD2"))
    zinnen = _revise(_share("agenda", een, twee), _share("agenda", twee, drie))
    assert zinnen == ("Casus DDDDD2 is toegevoegd.", "Casus BBBBB2 staat er niet meer op.")


def test_another_place_and_time_are_said() -> None:
    plaats = WERKMAP.overleg["expertentafel"].model_copy(update={"plaats": "Elders", "uur": "14.00"})
    werkmap = WERKMAP.model_copy(
        update={"overleg": {**WERKMAP.overleg, "expertentafel": plaats}, "sluitingsdagen": (EXPERTEN,)}
    )
    zinnen = _revise(_share("uitnodiging", _agendeer()), _share("uitnodiging", _agendeer(), werkmap=werkmap))
    assert zinnen == (
        "Het uur van het overleg is gewijzigd.",
        "De plaats van het overleg is gewijzigd.",
        "De opmerking bij de datum van het overleg is gewijzigd.",
    )


def test_a_new_name_on_the_distribution_list_is_said() -> None:
    partners = tuple(p.model_copy(update={"naam": "CGG Nieuwe Naam"}) if p.id == "cgg" else p for p in WERKMAP.partners)
    werkmap = WERKMAP.model_copy(update={"partners": partners})
    zinnen = _revise(_share("casusfiche", _agendeer()), _share("casusfiche", _agendeer(), werkmap=werkmap))
    assert zinnen == ("De lijst van wie dit document krijgt, is aangepast.",)


def test_a_change_that_this_recipient_does_not_see_makes_no_new_version() -> None:
    def build(tekst: str) -> Dossier:
        aanmelding = make_aanmelding({**VOLLEDIG, "vraag.vraag": tekst}, vlaggen={"vraag": GEEN})
        return make_dossier(aanmelding, fase="geagendeerd", overleg_op=EXPERTEN)

    assert _revise(_share("casusfiche", build("een")), _share("casusfiche", build("twee"))) == ()


def _deel(soort: str, *, rijen: Rijen, antwoorden: dict[str, str]) -> Deelbeeld:
    alles = {rubriek.id: ALLEN for rubriek in DATA.get_aanmeldformulier().rubrieken}
    aanmelding = make_aanmelding({**VOLLEDIG, **antwoorden}, rijen, alles)
    return _share(soort, make_dossier(aanmelding, fase="geagendeerd", overleg_op=EXPERTEN))


_GEHEIM = st.text("QXZ", min_size=6, max_size=9)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(["agenda", "casusfiche"]), _GEHEIM, _GEHEIM, st.sampled_from(["ja", "nee", "onbekend"]))
def test_no_sentence_holds_anything_that_a_form_said(soort: str, een: str, ander: str, stemt_in: str) -> None:
    rijen: Rijen = {"betrokkenen": [{**CLIENT, "naam": een}], "informatie": [{**FEIT, "tekst": ander, "bron": een}]}
    antwoorden = {"vraag.vraag": ander, "instemming.stemt_in": stemt_in, "aanmelder.functie": een}
    oud, nieuw = _deel(soort, rijen=RIJEN, antwoorden={}), _deel(soort, rijen=rijen, antwoorden=antwoorden)
    gezegd = json.dumps(_revise(oud, nieuw))
    assert een not in gezegd
    assert ander not in gezegd
    assert revise_beeld(oud, _keep(oud)) is None


# --- after the table ---


def _verslag(afspraken: tuple[Afspraak, ...] = (), *, passage: str = "", **velden: Any) -> dict[str, Deelbeeld]:
    """The verslag and the takenlijst of one partner."""
    besluit = GenomenBesluit(overleg="expertentafel", datum=EXPERTEN, besluit="spoor3", aanwezig=("caw",))
    passages = (Passage(overleg="expertentafel", datum=EXPERTEN, tekst=passage, vlag=TAFELVLAG),) if passage else ()
    dossier = make_dossier(fase="ketenaanpak", besluiten=(besluit.model_copy(update=velden),))
    dossier = dossier.model_copy(update={"afspraken": afspraken, "passages": passages})
    overleg = DATA.tafel.get_overleg("expertentafel")
    assert overleg is not None
    deling = Deling(
        DATA, WERKMAP, VANDAAG, {dossier.code: (dossier, check_aanmelding(dossier.aanmelding, DATA, VANDAAG))}
    )
    beelden = deling.share_verslag(recall_overleg(overleg, EXPERTEN, [dossier]))
    return {beeld.documentsoort: beeld for beeld in beelden if beeld.ontvanger.id == "caw"}


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"besluit": "spoor1"}, "Casus BCDFG2: aangepast bij besluit."),
        ({"onveiligheid": "Acuut"}, "Casus BCDFG2: aangepast bij mate van onveiligheid."),
        ({"stemt_in": "Nee"}, "Casus BCDFG2: aangepast bij instemming van de cliënt."),
        ({"terugkoppeling_hoe": "telefonisch"}, "Casus BCDFG2: aangepast bij hoe er teruggekoppeld wordt."),
        ({"partners": ("cgg",)}, "Casus BCDFG2: aangepast bij wie verder opvolgt."),
        ({"passage": "zwartboek"}, "Casus BCDFG2: aangepast bij informatie die u buiten het overleg mag gebruiken."),
        ({"pistes": "zwartboek", "notitie": "zwartboek", "advies": "zwartboek"}, None),
    ],
)
def test_a_corrected_verslag_says_what_changed_and_what_is_not_printed_changes_nothing(
    velden: dict[str, Any], zin: str | None
) -> None:
    wijzigingen = _revise(_verslag()["verslag"], _verslag(**velden)["verslag"])
    assert wijzigingen == ((zin,) if zin else ())


def test_a_to_do_that_changed_is_told_on_verslag_and_takenlijst() -> None:
    oud = _verslag((Afspraak(overleg="expertentafel", datum=EXPERTEN, wat="Belt", wie=("caw",)),))
    later = Afspraak(overleg="expertentafel", datum=EXPERTEN, wat="Belt", wie=("caw",), tegen=dt.date(2027, 1, 5))
    nieuw = _verslag((later,))
    assert _revise(oud["takenlijst"], nieuw["takenlijst"]) == ("Casus BCDFG2: uw afspraken zijn aangepast.",)
    assert _revise(oud["verslag"], nieuw["verslag"]) == ("Casus BCDFG2: aangepast bij uw afspraken.",)
    assert revise_beeld(oud["takenlijst"], _keep(oud["takenlijst"])) is None


def test_passages_of_a_letter_that_changed_are_told() -> None:
    brief = _share("uitnodiging", _agendeer())
    ander = brief.model_copy(update={"passages": ("zwartboek",)})
    assert _revise(brief, ander) == ("De informatie die u buiten het overleg mag gebruiken, is aangepast.",)


# --- plan and melding ---


def _actie(actie: str, doel: str = "Rust", vlag: Vlag = TAFELVLAG, **velden: Any) -> Actie:
    vast: dict[str, Any] = {"prioriteit": "Hoog", "uitvoerders": ("caw",), "tegen": None, "status": ""}
    return Actie(doelstelling=doel, actie=actie, vlag=vlag, **{**vast, **velden})


def _plan(*acties: Actie, **velden: Any) -> Deelbeeld:
    """The copy of one partner."""
    vast: dict[str, Any] = {"stand": Planstand.VOORSTEL, "goedgekeurd_op": None, "opgesteld_op": dt.date(2026, 11, 2)}
    plan = PlanVanAanpak(
        versie=1, acties=acties, sha256="b" * 64, **{"bijgewerkt_op": dt.date(2026, 11, 2), **vast, **velden}
    )
    dossier = make_dossier(fase="ketenaanpak").model_copy(update={"plannen": (plan,)})
    soort = DATA.get_document("plan")
    assert soort is not None
    getoetst = {dossier.code: (dossier, check_aanmelding(dossier.aanmelding, DATA, VANDAAG))}
    beelden = Deling(DATA, WERKMAP, VANDAAG, getoetst).share_dossier(soort, dossier.code)
    return next(beeld for beeld in beelden if beeld.ontvanger.id == "caw")


DRIE = (_actie("een"), _actie("twee", "Werk"), _actie("drie", "Wonen"))
AANGEPAST = "De doelstellingen of acties van het plan zijn aangepast"


@pytest.mark.parametrize(
    ("acties", "velden", "zinnen"),
    [
        (DRIE, {}, ()),
        (DRIE, {"stand": Planstand.GOEDGEKEURD, "goedgekeurd_op": VANDAAG}, ("Het plan is goedgekeurd.",)),
        (DRIE, {"opgesteld_op": VANDAAG}, ("De datum van het plan is gewijzigd.",)),
        (DRIE, {"bijgewerkt_op": VANDAAG}, ()),
        ((*DRIE, _actie("verborgen", "Werk", GEEN)), {"bijgewerkt_op": VANDAAG}, ()),
        ((*DRIE, _actie("vier", "Werk")), {}, (f"{AANGEPAST}: kijk bij doelstelling 2.",)),
        (
            (*DRIE, _actie("vier", "Werk"), _actie("vijf", "Nieuw")),
            {},
            (f"{AANGEPAST}: kijk bij doelstelling 2 en 4.",),
        ),
        (DRIE[1:], {}, (f"{AANGEPAST}: één doelstelling staat er niet meer in.",)),
        (DRIE[::-1], {}, (f"{AANGEPAST}.",)),
        (
            (_actie("anders"), DRIE[2]),
            {},
            (f"{AANGEPAST}: kijk bij doelstelling 1; één doelstelling staat er niet meer in.",),
        ),
    ],
)
def test_a_next_plan_says_what_changed_by_the_numbers_of_this_reader(
    acties: tuple[Actie, ...], velden: dict[str, Any], zinnen: tuple[str, ...]
) -> None:
    assert _revise(_plan(*DRIE), _plan(*acties, **velden)) == zinnen


def test_a_plan_that_is_no_longer_approved_is_told() -> None:
    goed = _plan(*DRIE, stand=Planstand.GOEDGEKEURD, goedgekeurd_op=VANDAAG)
    assert _revise(goed, _plan(*DRIE)) == ("De stand van het plan is gewijzigd.",)


def test_a_plan_that_comes_to_a_document_or_leaves_it_is_told() -> None:
    met = _plan(*DRIE)
    zonder = met.model_copy(update={"plan": None})
    assert _revise(zonder, met) == ("Het plan van aanpak staat er nu bij.",)
    assert _revise(met, zonder) == ("Het plan van aanpak staat er niet meer bij.",)


@settings(deadline=None, max_examples=25)
@given(_GEHEIM, _GEHEIM)
def test_no_sentence_about_a_plan_holds_a_word_of_it(een: str, ander: str) -> None:
    nieuw = _plan(_actie(een, ander, status=een), *DRIE[1:], stand=Planstand.GOEDGEKEURD, goedgekeurd_op=VANDAAG)
    gezegd = json.dumps(_revise(_plan(*DRIE), nieuw))
    assert een not in gezegd
    assert ander not in gezegd


MELDING = Meldingblok(label="Zorgoverleg", datum="d", uur="13.30", plaats="Zaal 3", wie="CAW", mededelingen=("zwart",))


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"melding": MELDING.model_copy(update={"datum": "e"})}, "De datum is gewijzigd."),
        ({"melding": MELDING.model_copy(update={"uur": "14.00"})}, "Het uur is gewijzigd."),
        ({"melding": MELDING.model_copy(update={"plaats": "zwart"})}, "De plaats is gewijzigd."),
        ({"melding": MELDING.model_copy(update={"wie": "zwart"})}, "De lijst van deelnemers is gewijzigd."),
        ({"melding": MELDING.model_copy(update={"mededelingen": ()})}, "De meegedeelde tekst is aangepast."),
        ({"melding": None}, "De gegevens van de melding zijn aangepast."),
        ({"stellingen": ("zwart",)}, "De stellingen zijn aangepast."),
        ({"bewaren_tot": "zwart"}, "Tot wanneer het dossier bewaard wordt, is aangepast."),
    ],
)
def test_other_parts_of_a_letter_that_changed_are_told(velden: dict[str, Any], zin: str) -> None:
    brief = _share("uitnodiging", _agendeer()).model_copy(update={"melding": MELDING})
    assert _revise(brief, brief.model_copy(update=velden)) == (zin,)


def test_an_agenda_tells_that_open_to_dos_changed() -> None:
    oud = _share("agenda", _agendeer())
    regel = Afspraakregel(casuscode="NPQRT4", wat="zwart", wie="CAW", tegen="", nummer="ABCDE", stand="open")
    nieuw = oud.model_copy(update={"afspraken": (regel,)})
    gedaan = oud.model_copy(update={"afspraken": (regel.model_copy(update={"stand": "niet uitgevoerd"}),)})
    zin = ("Casus NPQRT4: de openstaande afspraken zijn aangepast.",)
    assert _revise(oud, nieuw) == _revise(nieuw, gedaan) == _revise(gedaan, oud) == zin
