"""Two tables at which parents and a jongere take part: the published criteria, and what one parent may not learn."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping

import pytest
from support_bewijs import load_voorbeeldwerkmap
from support_dossier import Rijen, Vlaggen, labelled, make_aanmelding, make_dossier, make_ruw
from support_tafels import name_tafel

from pipeline.check import check_aanmelding
from pipeline.cli.context import refuse_disabled
from pipeline.errors import ConfiguratieFout
from pipeline.meeting import plan_overleg
from pipeline.share import Deling, find_zonder_leeftijd
from pipeline.validate import recognise_formulier
from schemas.aanmelding import Aanmelding
from schemas.catalogus import load_catalogus, load_tafel
from schemas.deelbeeld import Deelbeeld
from schemas.deling import Vlag
from schemas.documentsoort import Moment
from schemas.dossier import Afspraak, Dossier, GenomenBesluit, Mededeling, Melding, Passage
from schemas.toetsing import Eindoordeel, Toetsing, Uitkomst

ZAANSTREEK = name_tafel("gezin")
PURMEREND = name_tafel("ander_gezin")
VEILIGHEIDSTEAM = name_tafel("uitgeschakeld")
TAFELS = {naam: load_tafel(naam) for naam in (ZAANSTREEK, PURMEREND)}
WERKMAPPEN = {naam: load_voorbeeldwerkmap(data) for naam, data in TAFELS.items()}

AANGEMELD = dt.date(2026, 11, 20)
DONDERDAG = dt.date(2026, 12, 3)
VOLDAAN, NIET, OPEN = Uitkomst.VOLDAAN, Uitkomst.NIET_VOLDAAN, Uitkomst.ONBESLIST

VOLLEDIG: Mapping[str, str] = {
    "aanmelding.soort": "nieuw",
    "aanmelding.datum": "20/11/2026",
    "aanmelder.naam": "Jarno Verzinsels",
    "aanmelder.soort": "lokale toegang",
    "aanmelder.organisatie": "Sociaal Wijkteam",
    "aanmelder.email": "jarno@example.org",
    "vraag.vraag": "Wat kan er nog?",
    "identiteit.zoeken": "ja",
    "situatie.onveilig": "ja",
    "situatie.hulp_lukt_niet": "nee",
    "situatie.twijfel_kader": "nee",
    "situatie.toelichting": "Er is vaak ruzie.",
    "gezin.besproken": "ja",
    "gezin.wanneer": "op 2 november",
    "instemming.geinformeerd": "volledig",
    "instemming.stemt_in": "ja",
    "veiligheid.crisis": "nee",
}
KIND: Mapping[str, str] = {
    "rol": "client",
    "naam": "Lune Bedachtzaam",
    "geboortedatum": "1/3/2010",
    "gemeente": "Zaanstad",
    "uitnodigen": "ja",
}
MOEDER: Mapping[str, str] = {
    "rol": "moeder",
    "naam": "Ilse Fantasie",
    "adres": "Geheimzijde 3",
    "gezag": "ja",
    "uitnodigen": "ja",
}
VADER: Mapping[str, str] = {"rol": "vader", "naam": "Ruben Bedachtzaam", "gezag": "ja", "uitnodigen": "ja"}
FEIT: Mapping[str, str] = {"tekst": "Te laat op school.", "soort": "feit", "bron": "school", "datum": "2/11/2026"}
RIJEN: Rijen = {"betrokkenen": [KIND, MOEDER, VADER], "informatie": [FEIT]}

OUDERS = Vlag(deelbaar_met=frozenset({"ouders"}))
NIET_VADER = OUDERS.model_copy(update={"niet_voor": frozenset({"vader"})})
ENKEL_VADER = OUDERS.model_copy(update={"enkel_voor": frozenset({"vader"})})

op_beide = pytest.mark.parametrize("tafel", TAFELS)


def fill(tafel: str, antwoorden: Mapping[str, str], rijen: Rijen = RIJEN, vlaggen: Vlaggen | None = None) -> Aanmelding:
    formulier = TAFELS[tafel].get_aanmeldformulier()
    return make_aanmelding({**VOLLEDIG, **antwoorden}, rijen, vlaggen, formulier=formulier)


def check(tafel: str, antwoorden: Mapping[str, str] | None = None, kind: Mapping[str, str] = KIND) -> Toetsing:
    rijen = {**RIJEN, "betrokkenen": [kind, MOEDER, VADER]}
    return check_aanmelding(fill(tafel, antwoorden or {}, rijen), TAFELS[tafel], AANGEMELD)


def get(toetsing: Toetsing, criterium: str) -> Uitkomst:
    return next(c.uitkomst for c in toetsing.criteria if c.criterium == criterium)


# --- the criteria ---------------------------------------------------------------------------------------------------

ATOOM = {VOLDAAN: "ja", NIET: "nee", OPEN: ""}
LEEFTIJDEN = [
    ({"geboortedatum": "21/11/2008"}, VOLDAAN),
    ({"geboortedatum": "20/11/2008"}, NIET),  # eighteen on the day itself
    ({"geboortedatum": ""}, OPEN),
    ({"geboortedatum": "", "ongeboren": "ja", "uitgerekende_datum": "26/2/2027", "naam": ""}, VOLDAAN),
]


@op_beide
@pytest.mark.parametrize("drie", list(itertools.product(ATOOM, repeat=3)))
def test_one_of_the_three_criteria_is_enough(tafel: str, drie: tuple[Uitkomst, ...]) -> None:
    vragen = ("situatie.onveilig", "situatie.hulp_lukt_niet", "situatie.twijfel_kader")
    toetsing = check(tafel, {vraag: ATOOM[waarde] for vraag, waarde in zip(vragen, drie, strict=True)})
    verwacht = VOLDAAN if VOLDAAN in drie else OPEN if OPEN in drie else NIET
    assert get(toetsing, "aanmeldreden") is verwacht


@op_beide
def test_the_whole_expression_holds_for_every_state_of_every_atom(tafel: str) -> None:
    """Published: one of three, discussed, of age or unborn, no crisis; in Zaanstreek from one of three referrers."""
    indieners = {VOLDAAN: "veilig thuis", NIET: "anders", OPEN: ""} if tafel == ZAANSTREEK else {VOLDAAN: ""}
    for (kind, leeftijd), reden, besproken, crisis, indiener in itertools.product(
        LEEFTIJDEN, ATOOM, ATOOM, ATOOM, indieners
    ):
        omgekeerd = {VOLDAAN: "nee", NIET: "ja", OPEN: ""}[crisis]
        antwoorden = {"situatie.onveilig": ATOOM[reden], "gezin.besproken": ATOOM[besproken]}
        antwoorden |= {"veiligheid.crisis": omgekeerd, "aanmelder.soort": indieners[indiener]}
        toetsing = check(tafel, antwoorden, {**KIND, **kind})
        hard, zacht = {leeftijd, crisis, indiener}, {reden, besproken}
        if NIET in hard:
            verwacht = Eindoordeel.NIET_ONTVANKELIJK
        elif OPEN in hard | zacht:
            verwacht = Eindoordeel.ONVOLLEDIG
        else:
            verwacht = Eindoordeel.AANDACHT if NIET in zacht else Eindoordeel.KLAAR_VOOR_TRIAGE
        assert toetsing.eindoordeel is verwacht, antwoorden


@op_beide
def test_a_child_to_be_born_needs_no_name_and_says_how_far_away_it_is(tafel: str) -> None:
    kind = {"rol": "client", "ongeboren": "ja", "uitgerekende_datum": "26/2/2027", "gemeente": "Zaanstad"}
    toetsing = check(tafel, kind=kind)
    assert toetsing.ontbrekend == ()
    (leeftijd,) = [c for c in toetsing.criteria if c.criterium == "leeftijd"]
    assert leeftijd.beslissend[0].antwoord == "nog niet geboren, 14 weken voor de uitgerekende datum"
    zonder = check(tafel, kind={**kind, "uitgerekende_datum": ""})
    assert [vraag.vraag for vraag in zonder.ontbrekend] == [
        "betrokkenen.geboortedatum",
        "betrokkenen.uitgerekende_datum",
    ]


@op_beide
def test_another_municipality_is_a_signal_and_the_weighing_is_for_people(tafel: str) -> None:
    toetsing = check(tafel, kind={**KIND, "gemeente": "Amsterdam"})
    assert get(toetsing, "gemeente") is NIET
    assert get(toetsing, "kader") is OPEN
    assert toetsing.eindoordeel is Eindoordeel.KLAAR_VOOR_TRIAGE


def test_who_may_hand_a_case_in_is_limited_in_one_place_only() -> None:
    assert [c.id for c in TAFELS[ZAANSTREEK].criteria if c.id not in {k.id for k in TAFELS[PURMEREND].criteria}] == [
        "indiener"
    ]
    assert not TAFELS[PURMEREND].get_aanmeldformulier().bevoegd


# --- who takes part -------------------------------------------------------------------------------------------------


def test_the_two_places_differ_in_their_permanent_participants_and_their_form() -> None:
    aan_tafel = {
        naam: {rol for document in data.documenten if document.id == "casusblad" for rol in document.rollen}
        for naam, data in TAFELS.items()
    }
    assert aan_tafel[ZAANSTREEK] - aan_tafel[PURMEREND] == {"gi"}
    assert aan_tafel[PURMEREND] - aan_tafel[ZAANSTREEK] == {"pj"}
    titels = {naam: data.get_aanmeldformulier().titel for naam, data in TAFELS.items()}
    assert "Verzoek tot Bespreking" in titels[PURMEREND]
    checklist = {naam: data.get_aanmeldformulier().get_rubriek("checklist") for naam, data in TAFELS.items()}
    assert (eigen := checklist[ZAANSTREEK]) is not None and not eigen.vlaggen
    assert checklist[PURMEREND] is None


@pytest.mark.parametrize("afkorting", ["VTB", "VBT"])
def test_a_request_in_a_partners_own_document_is_recognised_also_with_the_typing_error(afkorting: str) -> None:
    labels = (f"Datum {afkorting}", "Naam aanmelder", "Organisatie aanmelder", "Vraag aan de tafel", "Crisis", "Gezag")
    ruw = make_ruw(labelled(label, "iets") for label in labels)
    herkend = recognise_formulier(ruw, load_catalogus().values())
    assert herkend is not None and herkend.tafel == PURMEREND


@op_beide
def test_a_form_that_fits_both_places_is_of_the_table_that_asks(tafel: str) -> None:
    labels = ("Naam aanmelder", "Organisatie aanmelder", "Vraag aan de tafel", "Crisis", "Gezag", "Zorgen besproken")
    ruw = make_ruw(labelled(label, "iets") for label in labels)
    herkend = recognise_formulier(ruw, (TAFELS[tafel], *TAFELS.values()))
    assert herkend is not None and herkend.tafel == tafel


@op_beide
def test_every_word_of_the_table_that_a_parent_or_jongere_reads_is_there_and_short(tafel: str) -> None:
    data = TAFELS[tafel]
    gezin = {rol.id for rol in data.tafel.rollen if rol.staat_voor}
    assert gezin == {"moeder", "vader", "verzorger", "jongere"}
    for document in data.documenten:
        if gezin & set(document.rollen):
            zinnen = " ".join((*document.inleiding, *document.slot)).replace("?", ".").split(".")
            assert max(len(zin.split()) for zin in zinnen) <= 20, document.id
            assert document.doel and document.markering and "onder" not in document.markering
            assert len(gezin & set(document.rollen)) == len(document.rollen) or document.id == "bericht"


# --- what one parent may not learn ----------------------------------------------------------------------------------


def make_case(tafel: str, rijen: Rijen = RIJEN, vlaggen: Vlaggen | None = None, **later: object) -> Dossier:
    dossier = make_dossier(fill(tafel, {}, rijen, vlaggen), fase="geagendeerd", overleg_op=DONDERDAG)
    return dossier.model_copy(update=later)


def share(tafel: str, dossier: Dossier, vandaag: dt.date = AANGEMELD) -> Deling:
    data = TAFELS[tafel]
    toetsing = check_aanmelding(dossier.aanmelding, data, AANGEMELD)
    return Deling(data, WERKMAPPEN[tafel], vandaag, {dossier.code: (dossier, toetsing)})


def invite(tafel: str, dossier: Dossier, op: dt.date = DONDERDAG) -> dict[str, Deelbeeld]:
    """The invitations of the people of this case, by role."""
    data = TAFELS[tafel]
    soort = data.tafel.get_overleg("beschermingstafel")
    assert soort is not None
    gepland = dossier.model_copy(update={"overleg_op": op})
    overleg = plan_overleg(soort, op, [gepland], data.tafel, WERKMAPPEN[tafel])
    beelden = share(tafel, gepland).share_overleg(overleg)
    return {min(b.ontvanger.rollen): b for b in beelden if b.documentsoort.startswith("uitnodiging_")}


def blank(beeld: Deelbeeld) -> str:
    return beeld.model_dump_json()


@op_beide
def test_each_parent_and_the_jongere_get_an_invitation_of_their_own(tafel: str) -> None:
    brieven = invite(tafel, make_case(tafel))
    assert brieven.keys() == {"moeder", "vader", "jongere", "aanmelder"}
    assert len({brief.sleutel for brief in brieven.values()}) == 4
    assert brieven["moeder"].ontvanger.aanspreking == "Beste Ilse Fantasie"


@op_beide
def test_nobody_is_invited_without_a_yes(tafel: str) -> None:
    rijen = {**RIJEN, "betrokkenen": [{**KIND, "uitnodigen": "nee"}, {**MOEDER, "uitnodigen": ""}, VADER]}
    assert invite(tafel, make_case(tafel, rijen)).keys() == {"vader", "aanmelder"}


@op_beide
@pytest.mark.parametrize(
    ("geboren", "op", "komt"),
    [
        ("4/12/2013", DONDERDAG, False),  # thirteen a day later
        ("3/12/2013", DONDERDAG, True),
        ("4/12/2013", DONDERDAG + dt.timedelta(days=7), True),  # the day of the meeting counts, not that of the letter
    ],
)
def test_a_jongere_is_invited_who_is_older_than_twelve_on_the_day_of_the_meeting(
    tafel: str, geboren: str, op: dt.date, komt: bool
) -> None:
    rijen = {**RIJEN, "betrokkenen": [{**KIND, "geboortedatum": geboren}, MOEDER]}
    assert ("jongere" in invite(tafel, make_case(tafel, rijen), op)) is komt


@op_beide
def test_the_coordinator_hears_of_a_jongere_without_an_age_and_of_no_unborn_child(tafel: str) -> None:
    data = TAFELS[tafel]
    soort = data.tafel.get_overleg("beschermingstafel")
    assert soort is not None
    overleg = plan_overleg(soort, DONDERDAG, [], data.tafel, WERKMAPPEN[tafel])
    zonder = make_case(tafel, {**RIJEN, "betrokkenen": [{**KIND, "geboortedatum": ""}]})
    ongeboren = {**KIND, "geboortedatum": "", "uitgerekende_datum": "1/3/2027"}
    assert [b.code for b in find_zonder_leeftijd([zonder], overleg, data)] == ["leeftijd-onbekend"]
    assert not find_zonder_leeftijd([make_case(tafel, {**RIJEN, "betrokkenen": [ongeboren]})], overleg, data)


@op_beide
def test_what_is_kept_from_the_father_leaves_no_trace_in_his_invitation(tafel: str) -> None:
    """An address, a piece of information, a sentence about him, and that she is invited at all."""
    geheim = {**FEIT, "tekst": "Zij verhuisde uit angst."}
    tekst = [{"tekst": "De vader van de kinderen is ook uitgenodigd."}]
    rijen = {**RIJEN, "informatie": [FEIT, geheim], "uitnodiging": tekst}
    vlaggen: Vlaggen = {
        "betrokkenen": [Vlag(), NIET_VADER, Vlag()],
        "informatie": [OUDERS, NIET_VADER],
        "uitnodiging": [NIET_VADER],
    }
    met = invite(tafel, make_case(tafel, rijen, vlaggen))
    assert all(woord in blank(met["moeder"]) for woord in ("Geheimzijde 3", "uit angst", "ook uitgenodigd"))
    zonder = make_case(tafel, {"betrokkenen": [KIND, VADER], "informatie": [FEIT]}, {"informatie": [OUDERS]})
    assert met["vader"] == invite(tafel, zonder)["vader"]


@op_beide
def test_words_about_all_parents_keep_each_of_them_out(tafel: str) -> None:
    vlag = OUDERS.model_copy(update={"niet_voor": frozenset({"ouders"})})
    brieven = invite(tafel, make_case(tafel, vlaggen={"informatie": [vlag]}))
    assert not any("Te laat op school" in blank(brief) for brief in brieven.values())


@op_beide
def test_a_decision_reaches_each_of_them_with_the_words_and_agreements_that_are_theirs(tafel: str) -> None:
    besluit = GenomenBesluit(overleg="beschermingstafel", datum=DONDERDAG, besluit="vrijwillig_kader")
    passages = [("Voor beiden.", OUDERS), ("Het adres blijft geheim.", NIET_VADER), ("Uw baan telt mee.", ENKEL_VADER)]
    afspraken = [("Bel elke week.", ("moeder",)), ("Haal hen op tijd.", ("vader",)), ("Kom langs.", ("jeugdteam",))]
    dossier = make_case(
        tafel,
        fase="vrijwillig_kader",
        besluiten=(besluit,),
        passages=tuple(Passage(overleg="beschermingstafel", datum=DONDERDAG, tekst=t, vlag=v) for t, v in passages),
        afspraken=tuple(Afspraak(overleg="beschermingstafel", datum=DONDERDAG, wat=t, wie=w) for t, w in afspraken),
    )
    brieven = {min(b.ontvanger.rollen): b for b in share_letters(tafel, dossier, Moment.BESLUIT)}
    assert brieven.keys() == {"moeder", "vader", "jongere", "aanmelder"}
    assert brieven["moeder"].passages == ("Voor beiden.", "Het adres blijft geheim.")
    assert brieven["vader"].passages == ("Voor beiden.", "Uw baan telt mee.")
    assert [regel.wat for regel in brieven["vader"].afspraken] == ["Haal hen op tijd."]
    assert not brieven["jongere"].passages and not brieven["jongere"].afspraken
    assert brieven["vader"].kop.verdeellijst == ("Ruben Bedachtzaam",)


@op_beide
def test_a_message_for_one_parent_is_a_letter_to_that_parent_alone(tafel: str) -> None:
    melding = Melding(
        soort="bericht",
        datum=AANGEMELD,
        wie=(),
        naar=(),
        uur="",
        plaats="",
        mededelingen=(Mededeling(tekst="Wacht in kamer 4.", vlag=NIET_VADER),),
        notitie="",
        formuliernummer="KPT2",
        ontvangen_op=AANGEMELD,
    )
    (brief,) = share_letters(tafel, make_case(tafel, meldingen=(melding,)), Moment.MELDING)
    assert brief.ontvanger.rollen == {"moeder"}
    assert brief.melding is not None and not brief.melding.datum and not brief.melding.wie


def share_letters(tafel: str, dossier: Dossier, moment: Moment) -> list[Deelbeeld]:
    deling = share(tafel, dossier, DONDERDAG)
    return [b for soort in TAFELS[tafel].get_documenten(moment) for b in deling.share_dossier(soort, dossier.code)]


# --- the table that is known and switched off -----------------------------------------------------------------------


def test_the_veiligheidsteam_is_known_and_says_why_it_is_off_and_what_is_missing() -> None:
    data = load_tafel(VEILIGHEIDSTEAM)
    assert not data.formulieren and not data.criteria and not data.documenten
    with pytest.raises(ConfiguratieFout) as geweigerd:
        refuse_disabled(data)
    for woord in ("crisis", "reguliere routes", "aanmeldcriteria", "formulier"):
        assert woord in str(geweigerd.value.fouten)
