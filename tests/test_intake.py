"""What a form does to the dossiers: opens, supplements, replaces, continues; or is refused with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_dossier import (
    AANMELDFORMULIER,
    ALLEN,
    ANONIEM,
    ANONIEME_RIJEN,
    CLIENT,
    DATA,
    FEIT,
    GEEN,
    MOEDER,
    RIJEN,
    TAFELVLAG,
    VANDAAG,
    VOLLEDIG,
    WERKMAP,
    Rijen,
    Vlaggen,
    iterate_antwoorden,
    make_aanmelding,
    make_dossier,
    make_validatie,
)

from pipeline.intake import Opname, take_in
from pipeline.intake.merge import Samenvoeger
from schemas.aanmelding import Aanmelding, Antwoord, Status, Validatie
from schemas.bevinding import Ernst
from schemas.deling import Vlag
from schemas.dossier import Dossier, Fasewissel, Ontvangstsoort

NIEUWE_SHA = "b" * 64
AANVULLING = {"aanmelding.soort": "aanvulling", "aanmelding.casuscode": "BCDFG2"}
OP_NAAM = {"aanmelding.soort": "opnieuw op naam", "aanmelding.casuscode": "BCDFG2"}


def _codes() -> Callable[[], str]:
    codes: Iterator[str] = iter(("HJKLM3", "NPQRT4", "VWXZB6"))
    return lambda: next(codes)


def _take_in(validatie: Validatie, *dossiers: Dossier) -> Opname:
    return take_in(validatie, AANMELDFORMULIER, DATA.tafel, dossiers, VANDAAG, _codes(), WERKMAP.partners)


def _supplement(aanmelding: Aanmelding, dossier: Dossier | None = None, casuscode: str = "BCDFG2") -> Opname:
    validatie = make_validatie(aanmelding, sha=NIEUWE_SHA, casuscode=casuscode)
    return _take_in(validatie, dossier or make_dossier())


def _list_codes(opname: Opname) -> list[str]:
    return [bevinding.code for bevinding in opname.bevindingen]


def _refusal(opname: Opname) -> str:
    assert opname.weigering is not None
    assert opname.weigering.ernst is Ernst.FOUT
    assert opname.dossiers == ()
    return opname.weigering.code


# --- a new aanmelding ---


def test_a_new_aanmelding_opens_a_dossier_in_the_first_phase_with_a_random_code() -> None:
    opname = _take_in(make_validatie(make_aanmelding()))
    (dossier,) = opname.dossiers
    assert (dossier.code, dossier.fase, dossier.aangemeld_op) == ("HJKLM3", "aangemeld", VANDAAG)
    assert [(o.bestand, o.soort) for o in dossier.ontvangsten] == [
        ("formulier van Roos.docx", Ontvangstsoort.AANMELDING)
    ]
    assert (opname.bevindingen, opname.anoniem) == ((), False)


def test_a_code_that_is_taken_is_drawn_again() -> None:
    anders = make_aanmelding(rijen={"betrokkenen": [{**CLIENT, "naam": "Iemand Anders"}], "informatie": [FEIT]})
    opname = _take_in(make_validatie(make_aanmelding()), make_dossier(anders, code="HJKLM3"))
    assert opname.dossiers[0].code == "NPQRT4"


def test_an_anonymous_aanmelding_leaves_no_file_name_behind() -> None:
    opname = _take_in(make_validatie(make_aanmelding(ANONIEM, ANONIEME_RIJEN)))
    assert opname.dossiers[0].ontvangsten[0].bestand == ""
    assert opname.anoniem


@pytest.mark.parametrize(
    "client",
    [
        {"naam": "Roos Bedachtzaam"},
        {"geboortedatum": "14/3/1979"},
        {"geboortedatum": "ergens in 1979"},  # no date, yet it points at somebody
        {"adres": "Verzonnenstraat 12"},
        {"telefoon": "0400 00 00 21"},
    ],
)
def test_an_anonymous_form_that_points_at_a_person_is_refused_by_label(client: dict[str, str]) -> None:
    aanmelding = make_aanmelding(ANONIEM, {**ANONIEME_RIJEN, "betrokkenen": [{"rol": "client", **client}]})
    opname = _take_in(make_validatie(aanmelding))
    assert _refusal(opname) == "anoniem-met-identiteit"
    assert opname.anoniem
    assert opname.weigering is not None
    assert not any(waarde in opname.weigering.melding for waarde in client.values())


@pytest.mark.parametrize("naam", ["anoniem", "X", "n.v.t.", "onbekend", ""])
def test_an_anonymous_form_may_say_that_there_is_no_name(naam: str) -> None:
    aanmelding = make_aanmelding(ANONIEM, {**ANONIEME_RIJEN, "betrokkenen": [{"rol": "client", "naam": naam}]})
    assert _take_in(make_validatie(aanmelding)).weigering is None


def test_the_same_aanmelder_and_client_replace_the_aanmelding() -> None:
    beter = make_aanmelding({**VOLLEDIG, "vraag.vraag": "Iets anders?"}, sha=NIEUWE_SHA)
    opname = _take_in(make_validatie(beter, sha=NIEUWE_SHA), make_dossier())
    (dossier,) = opname.dossiers
    assert (dossier.code, dossier.aanmelding) == ("BCDFG2", beter)
    assert [o.soort for o in dossier.ontvangsten] == [Ontvangstsoort.AANMELDING, Ontvangstsoort.CORRECTIE]
    assert [(b.code, b.ernst) for b in opname.bevindingen] == [("verbeterde-versie", Ernst.INFO)]


def test_a_corrected_version_that_takes_supplements_away_is_a_warning() -> None:
    (aangevuld,) = _supplement(make_aanmelding({}, {"informatie": [{"tekst": "nieuws"}]}, sha=NIEUWE_SHA)).dossiers
    opname = _take_in(make_validatie(make_aanmelding(sha="c" * 64), sha="c" * 64), aangevuld)
    assert [(b.code, b.ernst) for b in opname.bevindingen] == [("verbeterde-versie", Ernst.WAARSCHUWING)]


def test_the_same_client_of_another_aanmelder_gets_a_dossier_of_its_own_and_a_warning() -> None:
    ander = make_aanmelding({**VOLLEDIG, "aanmelder.email": "ander@politie.example.org"})
    opname = _take_in(make_validatie(ander), make_dossier())
    assert opname.dossiers[0].code == "HJKLM3"
    assert _list_codes(opname) == ["mogelijk-zelfde-client"]


def test_a_closed_dossier_about_the_same_client_is_left_alone() -> None:
    opname = _take_in(make_validatie(make_aanmelding()), make_dossier(fase="niet_weerhouden"))
    assert (opname.dossiers[0].code, opname.bevindingen) == ("HJKLM3", ())


def test_a_code_without_the_word_supplement_opens_a_new_dossier_and_says_so() -> None:
    opname = _take_in(
        make_validatie(make_aanmelding({**VOLLEDIG, "aanmelding.casuscode": "BCDFG2"})),
        make_dossier(make_aanmelding(ANONIEM, ANONIEME_RIJEN)),
    )
    assert opname.dossiers[0].code == "HJKLM3"
    assert _list_codes(opname) == ["casuscode-niet-gebruikt"]


# --- who sends it, and searching by name ---


@pytest.mark.parametrize(
    ("organisatie", "codes"),
    [
        ("CAW", []),
        ("SAMEN-regisseur", []),
        ("Parketjurist", ["niet-bevoegd"]),
        ("cliënt", ["niet-bevoegd"]),
        ("Rusthuis Ergens", ["organisatie-onbekend"]),
        ("", []),
    ],
)
def test_who_may_not_send_this_form_is_told_and_not_refused(organisatie: str, codes: list[str]) -> None:
    opname = _take_in(make_validatie(make_aanmelding({**VOLLEDIG, "aanmelder.organisatie": organisatie})))
    assert _list_codes(opname) == codes
    assert len(opname.dossiers) == 1


def test_searching_by_name_beside_a_narrowed_row_is_told() -> None:
    vlag = Vlag(deelbaar_met=frozenset({"tafel"}), niet_voor=frozenset({"politie"}))
    assert _list_codes(_take_in(make_validatie(make_aanmelding(vlaggen={"betrokkenen": vlag})))) == ["opzoeken-beperkt"]


# --- a supplement ---


def test_a_supplement_by_code_fills_in_and_replaces() -> None:
    dossier = make_dossier(make_aanmelding({**VOLLEDIG, "vraag.vraag": ""}))
    aanvulling = make_aanmelding({"vraag.vraag": "Wie kan helpen?", "veiligheid.crisis": "ja"}, {}, sha=NIEUWE_SHA)
    (na,) = _supplement(aanvulling, dossier).dossiers
    assert na.code == dossier.code
    assert na.aanmelding.get_tekst("vraag.vraag") == "Wie kan helpen?"
    assert na.aanmelding.get_tekst("veiligheid.crisis") == "Ja"
    assert na.aanmelding.get_tekst("aanmelder.naam") == "Fien Voorbeeldmans"
    assert na.ontvangsten[-1].soort is Ontvangstsoort.AANVULLING


def test_a_supplement_fills_the_row_that_it_names_and_adds_new_ones() -> None:
    oud = make_aanmelding(rijen={**RIJEN, "betrokkenen": [CLIENT, {"rol": "kind"}]})
    rij = oud.get_rijen("betrokkenen")[1].id
    rijen = {"betrokkenen": [{"id": rij, "naam": "Bo"}, {"rol": "moeder", "naam": "Tine"}]}
    (na,) = _supplement(make_aanmelding({}, rijen, sha=NIEUWE_SHA), make_dossier(oud)).dossiers
    betrokkenen = na.aanmelding.get_rijen("betrokkenen")
    assert [(r.get_tekst("rol"), r.get_tekst("naam")) for r in betrokkenen] == [
        ("Cliënt", "Roos Bedachtzaam"),
        ("Kind van de cliënt", "Bo"),
        ("Ouder van de cliënt", "Tine"),
    ]


def test_the_whole_form_sent_again_as_a_supplement_doubles_nobody() -> None:
    rijen: Rijen = {
        "betrokkenen": [{**CLIENT, "telefoon": "014 00 00 00"}],
        "informatie": [FEIT, {"tekst": "nieuws"}],
    }
    (na,) = _supplement(make_aanmelding({**VOLLEDIG, **AANVULLING}, rijen, sha=NIEUWE_SHA), casuscode="").dossiers
    assert [r.get_tekst("telefoon") for r in na.aanmelding.get_rijen("betrokkenen")] == ["014 00 00 00"]
    assert [r.get_tekst("tekst") for r in na.aanmelding.get_rijen("informatie")] == [FEIT["tekst"], "nieuws"]


def test_two_people_of_one_name_are_two_people() -> None:
    rijen = {"betrokkenen": [{**CLIENT, "rol": "kind", "geboortedatum": "1/2/2011"}]}
    (na,) = _supplement(make_aanmelding({}, rijen, sha=NIEUWE_SHA)).dossiers
    assert len(na.aanmelding.get_rijen("betrokkenen")) == 2


def test_what_the_first_form_said_of_itself_stands() -> None:
    """The age counts on the first date, and a supplement does not make an aanmelding a supplement."""
    kop = {**AANVULLING, "aanmelding.datum": "30/11/2026", "aanmelding.anoniem": "anoniem"}
    (na,) = _supplement(make_aanmelding(kop, {}, sha=NIEUWE_SHA)).dossiers
    assert na.aanmelding.get_tekst("aanmelding.datum") == "12 november 2026"
    assert na.aanmelding.get_tekst("aanmelding.soort") == "Nieuwe aanmelding"
    assert na.aanmelding.get_tekst("aanmelding.anoniem") == "Op naam"


def test_an_answer_that_cannot_be_used_takes_nothing_away_and_is_asked_again() -> None:
    oud = make_aanmelding()
    rij = oud.get_rijen("betrokkenen")[0].id
    rijen = {"betrokkenen": [{"id": rij, "geboortedatum": "31/2/1980"}]}
    (na,) = _supplement(make_aanmelding({}, rijen, sha=NIEUWE_SHA), make_dossier(oud)).dossiers
    antwoord = na.aanmelding.get("betrokkenen.geboortedatum")
    assert antwoord is not None
    assert (antwoord.format(), antwoord.bezwaar) == ("14 maart 1979", "deze datum bestaat niet")


@pytest.mark.parametrize("code", ["HJKLM3", ""])
def test_a_supplement_to_an_unknown_case_is_refused(code: str) -> None:
    aanvulling = make_aanmelding({"aanmelding.soort": "aanvulling", "aanmelding.casuscode": code}, {})
    assert _refusal(_take_in(make_validatie(aanvulling), make_dossier())) == "casuscode-onbekend"


def test_a_code_is_known_however_it_was_typed() -> None:
    assert _supplement(make_aanmelding({}, {}), casuscode=" bcdfg2 ").weigering is None


def test_a_supplement_to_a_closed_dossier_is_refused() -> None:
    assert _refusal(_supplement(make_aanmelding({}, {}), make_dossier(fase="doorverwezen"))) == "dossier-afgesloten"


def test_somebody_else_adds_but_replaces_nothing_and_releases_no_name() -> None:
    oud = make_dossier(make_aanmelding({**VOLLEDIG, "identiteit.zoeken": "", "vraag.verwachting": ""}))
    ander = {
        "aanmelder.naam": "Iemand Anders",
        "aanmelder.email": "iemand@politie.example.org",
        "identiteit.zoeken": "ja",
        "vraag.vraag": "Een andere vraag",
        "vraag.verwachting": "Hulp",
    }
    opname = _supplement(make_aanmelding(ander, {"informatie": [{"tekst": "nieuws"}]}, sha=NIEUWE_SHA), oud)
    na = opname.dossiers[0].aanmelding
    assert na.get_tekst("aanmelder.email") == "fien.voorbeeldmans@caw.example.org"
    assert (na.get_tekst("identiteit.zoeken"), na.get_tekst("vraag.vraag")) == ("", VOLLEDIG["vraag.vraag"])
    assert na.get_tekst("vraag.verwachting") == "Hulp"
    assert len(na.get_rijen("informatie")) == 2
    (bevinding,) = opname.bevindingen
    assert bevinding.code == "aanvulling-door-andere"
    assert all(label in bevinding.melding for label in ("Naam aanmelder", "E-mailadres", "Wat is uw vraag"))


@pytest.mark.parametrize("zoeken", ["", "nee"])
def test_a_client_that_somebody_else_adds_is_not_searched_for_on_the_word_of_the_aanmelder(zoeken: str) -> None:
    ander = {"aanmelder.email": "iemand@politie.example.org", "identiteit.zoeken": zoeken}
    rijen: Rijen = {"betrokkenen": [{**CLIENT, "naam": "Wim Verzonnen"}]}
    opname = _supplement(make_aanmelding(ander, rijen, sha=NIEUWE_SHA))
    assert opname.dossiers[0].aanmelding.get_tekst("identiteit.zoeken") == ""
    assert _list_codes(opname)[:2] == ["aanvulling-door-andere", "opzoeken-ingetrokken"]


def test_somebody_else_who_speaks_of_the_same_client_leaves_the_search_as_it_was() -> None:
    ander = {"aanmelder.email": "iemand@politie.example.org"}
    opname = _supplement(make_aanmelding(ander, {"betrokkenen": [CLIENT]}, sha=NIEUWE_SHA))
    assert opname.dossiers[0].aanmelding.get_tekst("identiteit.zoeken") == "Ja"
    assert "opzoeken-ingetrokken" not in _list_codes(opname)


def test_not_for_the_aanmelder_means_his_organisation_as_well() -> None:
    niet = Vlag(deelbaar_met=frozenset({"tafel"}), niet_voor=frozenset({"aanmelder"}))
    ander = {"aanmelder.email": "iemand@politie.example.org", "aanmelder.organisatie": "politie"}
    aanvulling = make_aanmelding(ander, {"informatie": [{"tekst": "nieuws"}]}, {"informatie": niet}, sha=NIEUWE_SHA)
    eigen, nieuw = _supplement(aanvulling).dossiers[0].aanmelding.get_rijen("informatie")
    assert {a.vlag.niet_voor for a in nieuw.antwoorden} == {frozenset({"aanmelder", "caw"})}
    assert {a.vlag for a in eigen.antwoorden} == {GEEN}


def test_a_supplement_that_speaks_of_a_row_no_longer_there_is_told() -> None:
    opname = _supplement(make_aanmelding({}, {"informatie": [{"id": "weg", "tekst": "nieuws"}]}, sha=NIEUWE_SHA))
    assert _list_codes(opname) == ["rij-onbekend"]
    assert len(opname.dossiers[0].aanmelding.get_rijen("informatie")) == 2


# --- anonymous cases, and continuing one by name (S0:11) ---


def _anonymous(**velden: str) -> Dossier:
    return make_dossier(make_aanmelding(ANONIEM, ANONIEME_RIJEN), fase=velden.get("fase", "advies_op_naam"))


def test_a_supplement_brings_no_name_into_an_anonymous_case() -> None:
    rijen = {"betrokkenen": [{"rol": "moeder", "naam": "Tine Bedachtzaam"}]}
    opname = _supplement(make_aanmelding({}, rijen, sha=NIEUWE_SHA), _anonymous())
    assert _refusal(opname) == "anoniem-met-identiteit"
    assert opname.anoniem


def test_a_supplement_does_not_turn_an_anonymous_case_into_a_named_one() -> None:
    opname = _supplement(make_aanmelding({"aanmelding.anoniem": "op naam"}, {}, sha=NIEUWE_SHA), _anonymous())
    assert _refusal(opname) == "anonieme-casus-op-naam"


def test_a_supplement_to_an_anonymous_case_leaves_no_file_name_behind() -> None:
    opname = _supplement(make_aanmelding({"vraag.verwachting": "rust"}, {}, sha=NIEUWE_SHA), _anonymous())
    assert opname.dossiers[0].ontvangsten[-1].bestand == ""
    assert opname.anoniem


def test_a_named_aanmelding_continues_the_anonymous_case_and_closes_it() -> None:
    opname = _take_in(make_validatie(make_aanmelding({**VOLLEDIG, **OP_NAAM})), _anonymous())
    nieuw, oud = opname.dossiers
    assert (nieuw.code, nieuw.eerdere_code, nieuw.fase) == ("HJKLM3", "BCDFG2", "aangemeld")
    assert (oud.code, oud.fase) == ("BCDFG2", "heraangemeld")
    assert oud.verloop[-1:] == (Fasewissel(fase="heraangemeld", op=VANDAAG, door="nieuwe aanmelding, op naam"),)
    assert nieuw.verloop == (Fasewissel(fase="aangemeld", op=VANDAAG, door="aanmelding"),)
    assert nieuw.aanmelding.get_tekst("betrokkenen.naam") == "Roos Bedachtzaam"
    assert not opname.anoniem


def test_continuing_twice_replaces_the_named_aanmelding() -> None:
    aanmelding = make_aanmelding({**VOLLEDIG, **OP_NAAM})
    eerste = _take_in(make_validatie(aanmelding), _anonymous())
    tweede = _take_in(make_validatie(aanmelding, sha=NIEUWE_SHA), *eerste.dossiers)
    assert [d.code for d in tweede.dossiers] == ["HJKLM3"]
    assert tweede.soort is Ontvangstsoort.CORRECTIE


def test_a_case_that_was_closed_for_another_reason_keeps_that_reason() -> None:
    opname = _take_in(make_validatie(make_aanmelding({**VOLLEDIG, **OP_NAAM})), _anonymous(fase="niet_weerhouden"))
    assert [d.code for d in opname.dossiers] == ["HJKLM3"]


def test_another_aanmelder_who_continues_the_case_is_told() -> None:
    ander = {**VOLLEDIG, **OP_NAAM, "aanmelder.email": "ander@politie.example.org"}
    assert _list_codes(_take_in(make_validatie(make_aanmelding(ander)), _anonymous())) == ["andere-aanmelder"]


@pytest.mark.parametrize(
    ("antwoorden", "dossier", "code"),
    [
        ({**VOLLEDIG, **OP_NAAM}, make_dossier(), "casus-niet-anoniem"),
        ({**VOLLEDIG, **OP_NAAM}, make_dossier(code="NPQRT4"), "casuscode-onbekend"),
        ({**ANONIEM, **OP_NAAM}, make_dossier(make_aanmelding(ANONIEM, ANONIEME_RIJEN)), "op-naam-maar-anoniem"),
    ],
)
def test_a_continuation_that_cannot_be_is_refused_and_closes_nothing(
    antwoorden: dict[str, str], dossier: Dossier, code: str
) -> None:
    rijen = ANONIEME_RIJEN if antwoorden["aanmelding.anoniem"] == "anoniem" else RIJEN
    assert _refusal(_take_in(make_validatie(make_aanmelding(antwoorden, rijen)), dossier)) == code


# --- no mark gets wider ---

_NAMEN = ("caw", "politie", "parket")
_VLAG = st.builds(
    Vlag,
    deelbaar_met=st.frozensets(st.sampled_from(("triage", "tafel"))),
    enkel_voor=st.frozensets(st.sampled_from(_NAMEN), max_size=2),
    niet_voor=st.frozensets(st.sampled_from(_NAMEN), max_size=2),
)
_TEKST = st.sampled_from(("", "een", "twee", "onbekend"))


@st.composite
def _aanmeldingen(draw: st.DrawFn, sha: str, rijen: Sequence[str] = ()) -> Aanmelding:
    antwoorden = {vraag: draw(_TEKST) for vraag in ("vraag.vraag", "vraag.verwachting", "aanmelder.functie")}
    gemaakt = [
        {"tekst": draw(_TEKST), "bron": draw(_TEKST)} | ({"id": draw(st.sampled_from(rijen))} if rijen else {})
        for _ in range(draw(st.integers(0, 2)))
    ]
    uniek = list({rij.get("id", str(nummer)): rij for nummer, rij in enumerate(gemaakt)}.values())
    vlaggen: Vlaggen = {
        "vraag": draw(_VLAG),
        "aanmelder": draw(_VLAG),
        "informatie": [draw(_VLAG) for _ in uniek],
    }
    return make_aanmelding(antwoorden, {"informatie": uniek}, vlaggen, sha=sha)


def _sees(antwoord: Antwoord, partner: str) -> bool:
    return antwoord.vlag.allows(frozenset({"triage", "tafel"}), frozenset({partner}))


def _by_place(aanmelding: Aanmelding) -> dict[tuple[str, str], Antwoord]:
    per_rij = {(rij.id, a.vraag): a for r in aanmelding.rubrieken for rij in r.rijen for a in rij.antwoorden}
    return per_rij | {("", a.vraag): a for r in aanmelding.rubrieken for a in r.antwoorden}


@settings(deadline=None, max_examples=150)
@given(st.data(), st.booleans())
def test_a_supplement_never_shows_an_old_answer_to_somebody_new(data: st.DataObject, vreemd: bool) -> None:
    oud = data.draw(_aanmeldingen("a" * 64))
    ids = [rij.id for rij in oud.get_rijen("informatie")] or ["a", "b"]
    nieuw = data.draw(_aanmeldingen("b" * 64, [*ids, "nieuwe-rij"]))
    voor, na = _by_place(oud), _by_place(Samenvoeger(vreemd=vreemd).merge(oud, nieuw))
    assert voor.keys() <= na.keys()
    for plek, antwoord in voor.items():
        erbij = [p for p in _NAMEN if _sees(na[plek], p) and not _sees(antwoord, p)]
        assert not erbij or na[plek].format() != antwoord.format() or _given_anew(nieuw, antwoord)
        assert na[plek].vlag.niet_voor >= antwoord.vlag.niet_voor
        assert antwoord.status is not Status.INGEVULD or na[plek].format()


def _given_anew(nieuw: Aanmelding, antwoord: Antwoord) -> bool:
    return any(a.format() == antwoord.format() for a in iterate_antwoorden(nieuw) if a.vraag == antwoord.vraag)


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_a_new_answer_is_shared_with_nobody_whom_its_own_form_or_an_earlier_one_kept_out(data: st.DataObject) -> None:
    oud = data.draw(_aanmeldingen("a" * 64))
    nieuw = data.draw(_aanmeldingen("b" * 64))
    voor, bij = _by_place(oud), _by_place(nieuw)
    for plek, antwoord in _by_place(Samenvoeger().merge(oud, nieuw)).items():
        if plek in voor and plek in bij and antwoord.plaats == bij[plek].plaats and bij[plek].format():
            for partner in _NAMEN:
                if _sees(antwoord, partner) and voor[plek].format() != antwoord.format():
                    assert _sees(bij[plek], partner)
                    assert partner not in voor[plek].vlag.niet_voor
                    assert not voor[plek].vlag.enkel_voor or partner in voor[plek].vlag.enkel_voor


def test_a_later_exclusion_reaches_what_was_shared_before() -> None:
    niet_politie = Vlag(niet_voor=frozenset({"politie"}))
    oud = make_dossier(make_aanmelding(vlaggen={"vraag": TAFELVLAG}))
    aanvulling = make_aanmelding({"vraag.verwachting": "rust"}, {}, {"vraag": niet_politie}, sha=NIEUWE_SHA)
    vraag = _supplement(aanvulling, oud).dossiers[0].aanmelding.get("vraag.vraag")
    assert vraag is not None
    assert vraag.vlag == Vlag(deelbaar_met=frozenset({"tafel"}), niet_voor=frozenset({"politie"}))


def test_a_new_answer_brings_its_own_mark_to_a_rubriek_that_was_not_shared() -> None:
    oud = make_dossier(make_aanmelding(vlaggen={"vraag": GEEN}))
    aanvulling = make_aanmelding({"vraag.verwachting": "rust"}, {}, {"vraag": ALLEN}, sha=NIEUWE_SHA)
    na = _supplement(aanvulling, oud).dossiers[0].aanmelding
    vlaggen = [antwoord.vlag for vraag in ("vraag.vraag", "vraag.verwachting") if (antwoord := na.get(vraag))]
    assert vlaggen == [GEEN, ALLEN]


def test_the_mother_is_not_the_client() -> None:
    """Two aanmeldingen that share a relative are not about the same cliënt."""
    rijen = {**RIJEN, "betrokkenen": [{**CLIENT, "naam": "Bo"}, {**MOEDER, "geboortedatum": "1/1/1950"}]}
    ander = {**RIJEN, "betrokkenen": [CLIENT, {**MOEDER, "geboortedatum": "1/1/1950"}]}
    opname = _take_in(make_validatie(make_aanmelding(rijen=rijen)), make_dossier(make_aanmelding(rijen=ander)))
    assert (opname.dossiers[0].code, opname.bevindingen) == ("HJKLM3", ())
