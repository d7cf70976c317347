"""A decision form: all its rows or none; every bad row named at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pytest
from support_dossier import DATA, WERKMAP, make_aanmelding, make_dossier, make_validatie

from pipeline.decide import Besluitvorming, Zitting, decide_punten
from schemas.bevinding import Ernst
from schemas.dossier import Dossier, Fasewissel, GenomenBesluit
from schemas.tafel import Tafel

TRIAGE = DATA.tafel.get_overleg("triagetafel")
BESLUITFORMULIER = DATA.get_formulier("triagebesluit")
DATUM = dt.date(2026, 12, 4)
AGENDA = {code: make_dossier(code=code) for code in ("BCDFG2", "HJKLM3", "NPQRT4")}


def _decide(
    *rijen: Mapping[str, str],
    datum: dt.date = DATUM,
    agenda: Mapping[str, Dossier] = AGENDA,
    tafel: Tafel = DATA.tafel,
) -> Besluitvorming:
    assert TRIAGE is not None
    assert BESLUITFORMULIER is not None
    aanmelding = make_aanmelding({}, {"punten": rijen}, formulier=BESLUITFORMULIER)
    zitting = Zitting(BESLUITFORMULIER, TRIAGE, datum, agenda, tafel, WERKMAP, vandaag=datum)
    return decide_punten(make_validatie(aanmelding, nummer="QWRT22"), zitting)


def _list(uitkomst: Besluitvorming) -> list[tuple[str, str]]:
    kop = "Triagebesluitformulier, Besluiten per casus, "
    return [(b.code, b.plaats.removeprefix(kop)) for b in uitkomst.bevindingen]


def test_a_decision_moves_the_case_and_is_kept_with_its_words_and_the_number_of_the_form() -> None:
    uitkomst = _decide({"casus": "BCDFG2", "besluit": "niet_weerhouden", "reden": "Reeds opgevolgd.", "notitie": "x"})
    (dossier,) = uitkomst.dossiers
    assert (dossier.code, dossier.fase, dossier.overleg_op) == ("BCDFG2", "niet_weerhouden", None)
    assert dossier.besluiten == (
        GenomenBesluit(
            overleg="triagetafel",
            datum=DATUM,
            besluit="niet_weerhouden",
            reden="Reeds opgevolgd.",
            notitie="x",
            formuliernummer="QWRT22",
        ),
    )
    assert not uitkomst.geweigerd


@pytest.mark.parametrize(
    ("triage", "expertentafel"),
    [
        (dt.date(2026, 12, 4), dt.date(2026, 12, 17)),
        (dt.date(2027, 1, 1), dt.date(2027, 1, 21)),
        (dt.date(2026, 12, 17), dt.date(2027, 1, 21)),  # on the day itself: the next one
    ],
)
def test_a_case_for_the_expertentafel_is_planned_on_the_next_one(triage: dt.date, expertentafel: dt.date) -> None:
    (dossier,) = _decide({"casus": "BCDFG2", "besluit": "expertentafel"}, datum=triage).dossiers
    assert (dossier.fase, dossier.overleg_op) == ("geagendeerd", expertentafel)


def test_partners_are_kept_by_id() -> None:
    rijen = (
        {"casus": "BCDFG2", "besluit": "doorverwezen", "partner": "CAW De Kempen"},
        {"casus": "HJKLM3", "besluit": "expertentafel", "ad_hoc": "Woonmaatschappij Testdorp, WGC Testdorp"},
    )
    een, twee = _decide(*rijen).dossiers
    assert een.besluiten[0].partners == ("caw",)
    assert twee.besluiten[0].ad_hoc == ("woonmaatschappij", "wijkgezondheidscentrum")


def test_a_case_without_a_decision_stays_and_is_told() -> None:
    uitkomst = _decide({"casus": "BCDFG2"}, {"casus": "HJKLM3", "besluit": "ketenaanpak"})
    assert [d.code for d in uitkomst.dossiers] == ["HJKLM3"]
    assert _list(uitkomst) == [("geen-besluit", "rij 1, casus BCDFG2")]
    assert not uitkomst.geweigerd


_FOUT: Sequence[tuple[Mapping[str, str], str]] = (
    ({"casus": "ZZZZZZ", "besluit": "ketenaanpak"}, "casus-niet-op-agenda"),
    ({"besluit": "ketenaanpak"}, "casus-niet-op-agenda"),
    ({"casus": "BCDFG2", "besluit": "niet_weerhouden"}, "besluit-onvolledig"),
    ({"casus": "BCDFG2", "besluit": "advies_op_naam"}, "besluit-onvolledig"),
    ({"casus": "BCDFG2", "besluit": "doorverwezen"}, "besluit-onvolledig"),
    ({"casus": "BCDFG2", "besluit": "doorverwezen", "partner": "onbekend"}, "besluit-onvolledig"),
    ({"casus": "BCDFG2", "besluit": "doorverwezen", "partner": "Rusthuis Ergens"}, "partner-onbekend"),
    ({"casus": "BCDFG2", "besluit": "expertentafel", "ad_hoc": "de huisarts"}, "partner-onbekend"),
    ({"casus": "BCDFG2", "besluit": "expertentafel", "ad_hoc": "ad hoc partner"}, "ad-hocpartner-onbekend"),
    ({"casus": "BCDFG2", "besluit": "misschien"}, "besluit-onleesbaar"),
    ({"casus": "BCDFG2", "besluit": "ketenaanpak en expertentafel"}, "besluit-onleesbaar"),
    ({"casus": "BCDFG2", "reden": "Reeds opgevolgd."}, "besluit-vergeten"),
    ({"casus": "BCDFG2", "ad_hoc": "Woonmaatschappij Testdorp"}, "besluit-vergeten"),
)


@pytest.mark.parametrize(("rij", "code"), _FOUT)
def test_one_bad_row_refuses_the_whole_form(rij: Mapping[str, str], code: str) -> None:
    uitkomst = _decide({"casus": "HJKLM3", "besluit": "ketenaanpak"}, rij)
    assert (uitkomst.geweigerd, uitkomst.dossiers) == (True, ())
    assert [b.code for b in uitkomst.bevindingen] == [code]
    assert uitkomst.bevindingen[0].ernst is Ernst.FOUT
    assert uitkomst.bevindingen[0].plaats.startswith("Triagebesluitformulier, Besluiten per casus, rij 2")


def test_all_bad_rows_are_named_at_once() -> None:
    uitkomst = _decide(
        {"casus": "BCDFG2", "besluit": "niet_weerhouden"},
        {"casus": "HJKLM3", "besluit": "doorverwezen", "partner": "Rusthuis Ergens"},
        {"casus": "ZZZZZZ", "besluit": "ketenaanpak"},
    )
    assert _list(uitkomst) == [
        ("besluit-onvolledig", "rij 1, casus BCDFG2"),
        ("partner-onbekend", "rij 2, casus HJKLM3"),
        ("casus-niet-op-agenda", "rij 3"),
    ]


def test_a_case_that_stands_on_the_form_twice_refuses_it() -> None:
    uitkomst = _decide(
        {"casus": "BCDFG2", "besluit": "ketenaanpak"}, {"casus": "BCDFG2", "besluit": "niet_weerhouden", "reden": "x"}
    )
    assert uitkomst.geweigerd
    assert _list(uitkomst) == [("casus-dubbel", "Triagebesluitformulier, casus BCDFG2")]


def test_deciding_again_at_the_same_meeting_replaces_that_decision_and_keeps_others() -> None:
    eerder = GenomenBesluit(overleg="triagetafel", datum=dt.date(2026, 11, 6), besluit="ketenaanpak")
    fout = GenomenBesluit(overleg="triagetafel", datum=DATUM, besluit="ketenaanpak")
    agenda = {"BCDFG2": make_dossier(fase="ketenaanpak", besluiten=(eerder, fout))}
    (dossier,) = _decide({"casus": "BCDFG2", "besluit": "expertentafel"}, agenda=agenda).dossiers
    assert [(b.datum, b.besluit) for b in dossier.besluiten] == [
        (eerder.datum, "ketenaanpak"),
        (DATUM, "expertentafel"),
    ]


def test_a_decision_of_another_overleg_is_none_here() -> None:
    """The options of the form are those of its own overleg, and a decision counts for no other."""
    elders = [besluit.model_copy(update={"overleg": "expertentafel"}) for besluit in DATA.tafel.besluiten]
    tafel = DATA.tafel.model_copy(update={"besluiten": tuple(elders)})
    assert _decide({"casus": "BCDFG2", "besluit": "ketenaanpak"}, tafel=tafel).dossiers == ()


def test_a_decision_that_changes_the_phase_is_kept_in_the_course_of_the_dossier() -> None:
    (dossier,) = _decide({"casus": "BCDFG2", "besluit": "expertentafel"}).dossiers
    door = "Triagetafel 4 december 2026: Agenderen op de expertentafel"
    assert dossier.verloop == (Fasewissel(fase="geagendeerd", op=DATUM, door=door),)


def test_a_refused_form_tells_only_what_to_mend() -> None:
    uitkomst = _decide({"casus": "BCDFG2"}, {"casus": "HJKLM3", "besluit": "niet_weerhouden"})
    assert uitkomst.geweigerd
    assert [bevinding.code for bevinding in uitkomst.bevindingen] == ["besluit-onvolledig"]
    assert "map “in”" in uitkomst.bevindingen[0].remedie
