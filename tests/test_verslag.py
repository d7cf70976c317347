"""After the table: who gets a verslag, a takenlijst or a letter, and what of the table stands in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from support_dossier import (
    ALLEN,
    ANONIEM,
    ANONIEME_RIJEN,
    CLIENT,
    DATA,
    RIJEN,
    TAFELVLAG,
    VANDAAG,
    VOLLEDIG,
    WERKMAP,
    make_aanmelding,
    make_dossier,
)

from pipeline.check import check_aanmelding
from pipeline.meeting import recall_overleg
from pipeline.share import Deling
from schemas.deelbeeld import Deelbeeld, Verslagblok
from schemas.deling import Feit, Vlag
from schemas.dossier import Afspraak, Dossier, GenomenBesluit, Passage
from schemas.tafeldata import Tafeldata

TAFEL, DATUM = "expertentafel", dt.date(2026, 12, 17)
AANMELDERVLAG = Vlag(deelbaar_met=frozenset({"aanmelder"}))
OPEN: Mapping[str, Any] = {
    "advies": "Bel de huisarts.",
    "reden": "Er is al hulp.",
    "onveiligheid": "Matig",
    "geinformeerd": "Volledig",
    "stemt_in": "Niet gevraagd",
    "terugkoppeling": "Ja",
    "terugkoppeling_wie": ("caw",),
    "terugkoppeling_hoe": "in een gesprek",
    "pistes": "zwartepiste",
    "notitie": "zwartboek",
}


def _besluit(besluit: str = "spoor3", aanwezig: Sequence[str] = ("caw", "politie"), **velden: Any) -> GenomenBesluit:
    return GenomenBesluit(overleg=TAFEL, datum=DATUM, besluit=besluit, aanwezig=tuple(aanwezig), **{**OPEN, **velden})


def _taak(wat: str, *wie: str, tegen: dt.date | None = None, datum: dt.date = DATUM) -> Afspraak:
    return Afspraak(overleg=TAFEL, datum=datum, wat=wat, wie=wie, tegen=tegen)


def _passage(tekst: str, vlag: Vlag = TAFELVLAG, datum: dt.date = DATUM) -> Passage:
    return Passage(overleg=TAFEL, datum=datum, tekst=tekst, vlag=vlag)


def _casus(
    besluit: GenomenBesluit | None = None,
    afspraken: Sequence[Afspraak] = (),
    passages: Sequence[Passage] = (),
    code: str = "BCDFG2",
    gemeente: str = "Herentals",
) -> Dossier:
    alles = {rubriek.id: ALLEN for rubriek in DATA.get_aanmeldformulier().rubrieken}
    aanmelding = make_aanmelding(VOLLEDIG, {**RIJEN, "betrokkenen": [{**CLIENT, "gemeente": gemeente}]}, alles)
    dossier = make_dossier(aanmelding, code=code, fase="ketenaanpak", besluiten=(besluit or _besluit(),))
    return dossier.model_copy(update={"afspraken": tuple(afspraken), "passages": tuple(passages)})


def _make_deling(dossiers: Sequence[Dossier], data: Tafeldata = DATA) -> Deling:
    getoetst = {d.code: (d, check_aanmelding(d.aanmelding, data, d.aangemeld_op)) for d in dossiers}
    return Deling(data, WERKMAP, VANDAAG, getoetst)


def _share(*dossiers: Dossier, data: Tafeldata = DATA) -> dict[tuple[str, str], Deelbeeld]:
    """All copies after the meeting, by kind of document and recipient."""
    soort = data.tafel.get_overleg(TAFEL)
    assert soort is not None
    beelden = _make_deling(dossiers, data).share_verslag(recall_overleg(soort, DATUM, dossiers))
    assert len({(b.documentsoort, b.ontvanger.id) for b in beelden}) == len(beelden)
    return {(b.documentsoort, b.ontvanger.id): b for b in beelden}


def _blok(wie: str, *dossiers: Dossier) -> Verslagblok:
    (blok,) = _share(*dossiers)["verslag", wie].verslag
    return blok


# --- the verslag ---


def test_only_who_sat_at_a_case_gets_its_verslag_and_the_coordinator_gets_all() -> None:
    beelden = _share(_casus(), _casus(_besluit(aanwezig=("caw",)), code="HJKLM3"))
    gekregen = {wie: [b.code for b in beeld.verslag] for (soort, wie), beeld in beelden.items() if soort == "verslag"}
    assert gekregen == {
        "coordinator": ["BCDFG2", "HJKLM3"],
        "politie": ["BCDFG2"],
        "caw": ["BCDFG2", "HJKLM3"],
    }


def test_cases_are_numbered_among_those_at_which_he_sat() -> None:
    beelden = _share(_casus(_besluit(aanwezig=("caw",))), _casus(code="HJKLM3"))
    assert [(b.nummer, b.code) for b in beelden["verslag", "politie"].verslag] == [(1, "HJKLM3")]
    ontmoeting = beelden["verslag", "politie"].ontmoeting
    assert ontmoeting is not None
    assert (ontmoeting.datum, ontmoeting.aantal_tekst) == ("donderdag 17 december 2026", "1 casus")


def test_a_case_on_which_nothing_was_decided_is_in_no_verslag() -> None:
    onbeslist = _casus(code="HJKLM3").model_copy(update={"besluiten": ()})
    eerder = _casus(_besluit(), code="NPQRT4").besluiten[0].model_copy(update={"datum": dt.date(2026, 11, 19)})
    van_eerder = _casus(eerder, code="NPQRT4")
    beelden = _share(_casus(), onbeslist, van_eerder)
    assert {blok.code for beeld in beelden.values() for blok in beeld.verslag} == {"BCDFG2"}


def test_a_verslag_holds_what_the_table_concluded_and_nothing_of_what_was_said() -> None:
    blok = _blok("politie", _casus(_besluit("spoor2", partners=("caw",))))
    assert blok.model_dump() == {
        "nummer": 1,
        "code": "BCDFG2",
        "soort": "nieuw",
        "besluit": "Spoor 2: een andere partner volgt verder op",
        "partner": "CAW De Kempen",
        "onveiligheid": "Matig",
        "geinformeerd": "Volledig",
        "stemt_in": "Niet gevraagd",
        "terugkoppeling": "Ja",
        "terugkoppeling_wie": "CAW De Kempen",
        "terugkoppeling_hoe": "in een gesprek",
        "afspraken": (),
        "passages": (),
        "rolverdeling": (),
    }
    for beeld in _share(_casus(_besluit("spoor2", partners=("caw",)))).values():
        tekst = beeld.model_dump_json()
        for geheim in ("zwartepiste", "zwartboek", "Bedachtzaam", "Het licht brandt", "Bel de huisarts"):
            assert geheim not in tekst


def test_each_partner_sees_its_own_to_dos_only_and_the_coordinator_all() -> None:
    taken = [_taak("Belt de huisarts", "caw"), _taak("Rijdt langs", "politie"), _taak("Samen", "caw", "politie")]
    dossier = _casus(afspraken=[*taken, _taak("van vroeger", "caw", datum=dt.date(2026, 11, 19))])
    gezien = {wie: [a.wat for a in _blok(wie, dossier).afspraken] for wie in ("caw", "politie", "coordinator")}
    assert gezien == {
        "caw": ["Belt de huisarts", "Samen"],
        "politie": ["Rijdt langs", "Samen"],
        "coordinator": ["Belt de huisarts", "Rijdt langs", "Samen"],
    }
    assert _blok("caw", dossier).afspraken[1].wie == "CAW De Kempen, Lokale politie Neteland"


def test_a_released_passage_reaches_whom_its_flag_names_and_no_other() -> None:
    enkel = Vlag(deelbaar_met=frozenset({"tafel"}), enkel_voor=frozenset({"lokale_politie"}))
    niet = Vlag(deelbaar_met=frozenset({"tafel"}), niet_voor=frozenset({"lokale_politie"}))
    dossier = _casus(
        passages=[
            _passage("voor allen"),
            _passage("enkel politie", enkel),
            _passage("niet politie", niet),
            _passage("enkel aanmelder", AANMELDERVLAG),
            _passage("voor niemand", Vlag()),
            _passage("van vroeger", datum=dt.date(2026, 11, 19)),
        ]
    )
    assert _blok("politie", dossier).passages == ("voor allen", "enkel politie")
    assert _blok("caw", dossier).passages == ("voor allen", "niet politie")


def test_a_role_among_those_present_means_the_partner_whose_business_the_case_is() -> None:
    beelden = _share(_casus(_besluit(aanwezig=("lokaal_bestuur", "lokale_politie"))))
    assert {wie for soort, wie in beelden if soort == "verslag"} == {"coordinator", "politie", "bestuur_herentals"}
    aanmelding = make_aanmelding(ANONIEM, ANONIEME_RIJEN)
    anoniem = make_dossier(aanmelding, besluiten=(_besluit(aanwezig=("lokaal_bestuur",)),))
    assert {wie for _, wie in _share(anoniem)} == {"coordinator"}


def test_an_ad_hoc_partner_that_did_not_sign_gets_nothing() -> None:
    wie = ("woonmaatschappij", "wijkgezondheidscentrum")
    beelden = _share(_casus(_besluit(aanwezig=wie), [_taak("Zoekt een woonst", *wie)]))
    assert {ontvanger for _, ontvanger in beelden} == {"coordinator", "woonmaatschappij"}


def test_the_list_of_readers_names_who_sat_at_these_cases_and_never_the_town() -> None:
    olen = _casus(_besluit(aanwezig=("caw", "bestuur_olen", "cgg")), code="HJKLM3", gemeente="Olen")
    beelden = _share(_casus(), olen)
    lijst = beelden["verslag", "politie"].kop.verdeellijst
    assert {"CAW De Kempen", "Lokale politie Neteland"} <= set(lijst)
    assert not any("CGG" in naam for naam in lijst)
    for beeld in beelden.values():
        if beeld.ontvanger.id != "bestuur_olen":
            assert not any("Olen" in naam for naam in beeld.kop.verdeellijst)


# --- the takenlijst ---


def test_a_takenlijst_holds_own_to_dos_over_all_cases_by_date_without_date_last() -> None:
    een = _casus(afspraken=[_taak("zonder datum", "caw"), _taak("laat", "caw", tegen=dt.date(2027, 2, 1))])
    twee = _casus(
        _besluit(aanwezig=("politie",)),
        [_taak("vroeg", "caw", tegen=dt.date(2027, 1, 5)), _taak("van de politie", "politie")],
        code="HJKLM3",
    )
    lijst = _share(een, twee)["takenlijst", "caw"]
    assert [(a.casuscode, a.wat, a.tegen) for a in lijst.afspraken] == [
        ("HJKLM3", "vroeg", "5 januari 2027"),
        ("BCDFG2", "laat", "1 februari 2027"),
        ("BCDFG2", "zonder datum", ""),
    ]
    assert lijst.kop.verdeellijst == ("CAW De Kempen",)


def test_a_to_do_reaches_a_partner_that_was_absent_and_nothing_else_of_that_case_does() -> None:
    dossier = _casus(_besluit(aanwezig=("politie",)), [_taak("Neemt contact op", "cgg")], [_passage("vrijgegeven")])
    beelden = _share(dossier)
    assert ("verslag", "cgg") not in beelden
    lijst = beelden["takenlijst", "cgg"]
    assert [a.wat for a in lijst.afspraken] == ["Neemt contact op"]
    assert (lijst.verslag, lijst.passages, lijst.casussen, lijst.besluit) == ((), (), (), None)
    assert "vrijgegeven" not in lijst.model_dump_json()


def test_who_has_no_case_and_no_to_do_gets_nothing() -> None:
    assert {wie for _, wie in _share(_casus(afspraken=[_taak("Belt", "caw")]))} == {"coordinator", "caw", "politie"}


def test_a_to_do_of_the_lokaal_bestuur_is_for_that_of_the_woonplaats() -> None:
    beelden = _share(_casus(afspraken=[_taak("Start een leefloon", "lokaal_bestuur")]))
    assert {wie for soort, wie in beelden if soort == "takenlijst"} == {"bestuur_herentals"}


# --- the closed list ---


def _without(feit: Feit) -> Tafeldata:
    vrijgaven = tuple(v for v in DATA.deling.vrijgaven if v.feit is not feit)
    return DATA.model_copy(update={"deling": DATA.deling.model_copy(update={"vrijgaven": vrijgaven})})


def test_what_the_table_does_not_release_does_not_leave() -> None:
    dossier = _casus(afspraken=[_taak("Belt", "caw")], passages=[_passage("vrijgegeven")])
    assert not any(beeld.verslag for beeld in _share(dossier, data=_without(Feit.VERSLAG)).values())
    zonder = _share(dossier, data=_without(Feit.AFSPRAKEN))
    assert {soort for soort, _ in zonder} == {"verslag"}
    assert "Belt" not in "".join(beeld.model_dump_json() for beeld in zonder.values())
    zonder = _share(dossier, data=_without(Feit.PASSAGES))
    assert "vrijgegeven" not in "".join(beeld.model_dump_json() for beeld in zonder.values())


def test_the_register_hears_what_each_copy_holds_and_on_what_ground() -> None:
    beelden = _share(_casus(afspraken=[_taak("Belt", "caw")], passages=[_passage("vrijgegeven")]))
    gronden = {
        sleutel: [(g.casuscode, g.veld, bool(g.grond)) for g in beeld.verantwoording]
        for sleutel, beeld in beelden.items()
    }
    assert gronden["verslag", "caw"] == [("BCDFG2", veld, True) for veld in ("verslag", "afspraken", "passages")]
    assert gronden["verslag", "politie"] == [("BCDFG2", veld, True) for veld in ("verslag", "passages")]
    assert gronden["takenlijst", "caw"] == [("BCDFG2", "afspraken", True)]


def test_names_of_files_numbers_and_keys_hold_codes_and_dates_only() -> None:
    beelden = _share(_casus(afspraken=[_taak("Belt", "caw")]))
    verslag = beelden["verslag", "caw"]
    assert (verslag.bestandsnaam, verslag.kop.documentnummer) == (
        "Beknopt verslag expertentafel 2026-12-17",
        "VS-20261217-caw",
    )
    assert verslag.sleutel == "verslag/expertentafel/2026-12-17/caw"
    assert len({beeld.sleutel for beeld in beelden.values()}) == len(beelden)
    assert len({beeld.kop.documentnummer for beeld in beelden.values()}) == len(beelden)


# --- letters ---


def _letters(dossier: Dossier, soort: str) -> tuple[Deelbeeld, ...]:
    document = DATA.get_document(soort)
    assert document is not None
    return _make_deling([dossier]).share_dossier(document, dossier.code)


@pytest.mark.parametrize(
    ("besluit", "brieven"),
    [
        ("spoor1", {"terugkoppeling"}),
        ("spoor2", {"opdrachtbrief"}),
        ("spoor3", {"terugkoppeling"}),
        ("passieve_regie", set()),
        ("afsluiten", set()),
    ],
)
def test_a_decision_leads_to_the_letter_that_names_it_and_to_no_other(besluit: str, brieven: set[str]) -> None:
    dossier = _casus(_besluit(besluit, partners=("caw",)))
    soorten = ("triagebrief", "terugkoppeling", "opdrachtbrief")
    assert {soort for soort in soorten if _letters(dossier, soort)} == brieven


def test_only_the_decision_of_the_latest_overleg_counts_in_whatever_order_the_forms_came() -> None:
    triage = GenomenBesluit(overleg="triagetafel", datum=dt.date(2026, 12, 4), besluit="expertentafel")
    dossier = _casus(_besluit("spoor1")).model_copy(update={"besluiten": (_besluit("spoor1"), triage)})
    (brief,) = _letters(dossier, "terugkoppeling")
    assert brief.sleutel == "terugkoppeling/BCDFG2/expertentafel/2026-12-17"
    assert _letters(dossier, "triagebrief") == ()


def test_the_aanmelder_hears_the_decision_and_the_passages_released_to_him() -> None:
    passages = [_passage("voor de aanmelder", AANMELDERVLAG), _passage("voor de tafel")]
    dossier = _casus(_besluit("spoor1"), [_taak("Belt", "caw")], passages)
    (brief,) = _letters(dossier, "terugkoppeling")
    assert brief.besluit is not None
    assert (brief.besluit.advies, brief.passages, brief.afspraken) == ("Bel de huisarts.", ("voor de aanmelder",), ())
    assert brief.ontvanger.id == "aanmelder BCDFG2"
    assert {g.veld for g in brief.verantwoording} == {"besluit", "passages"}
    assert not any(woord in brief.model_dump_json() for woord in ("zwart", "voor de tafel", "Belt"))


def test_each_partner_to_whom_the_case_goes_gets_a_letter_of_its_own_once_it_signed() -> None:
    wie = ("caw", "woonmaatschappij", "wijkgezondheidscentrum", "lokaal_bestuur")
    brieven = _letters(_casus(_besluit("spoor2", partners=wie), passages=[_passage("vrij")]), "opdrachtbrief")
    assert [brief.ontvanger.id for brief in brieven] == ["bestuur_herentals", "caw", "woonmaatschappij"]
    assert {brief.kop.documentnummer for brief in brieven} == {
        "OB-bestuur_herentals-BCDFG2",
        "OB-caw-BCDFG2",
        "OB-woonmaatschappij-BCDFG2",
    }
    assert len({brief.sleutel for brief in brieven}) == 3
    assert all(brief.besluit is not None and brief.passages == ("vrij",) for brief in brieven)
    assert [brief.kop.verdeellijst for brief in brieven][1] == ("CAW De Kempen",)
    assert "Bedachtzaam" not in "".join(brief.model_dump_json() for brief in brieven)


def test_a_letter_to_a_partner_holds_its_own_to_dos_when_the_table_releases_them() -> None:
    vrijgave = next(v for v in DATA.deling.vrijgaven if v.feit is Feit.AFSPRAKEN)
    ruimer = vrijgave.model_copy(update={"documenten": ("opdrachtbrief",)})
    deling = DATA.deling.model_copy(update={"vrijgaven": (*DATA.deling.vrijgaven, ruimer)})
    data = DATA.model_copy(update={"deling": deling})
    dossier = _casus(_besluit("spoor2", partners=("caw",)), [_taak("Belt", "caw"), _taak("Rijdt", "politie")])
    document = data.get_document("opdrachtbrief")
    assert document is not None
    (brief,) = _make_deling([dossier], data).share_dossier(document, "BCDFG2")
    assert [a.wat for a in brief.afspraken] == ["Belt"]
