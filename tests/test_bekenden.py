"""Whom a form is about is found without holding the dossiers: the same outcome as among all of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from support_dossier import (
    AANMELDFORMULIER,
    ANONIEM,
    ANONIEME_RIJEN,
    CLIENT,
    DATA,
    MOEDER,
    RIJEN,
    VANDAAG,
    VOLLEDIG,
    WERKMAP,
    Rijen,
    make_aanmelding,
    make_dossier,
    make_validatie,
)

from pipeline.intake import take_in
from pipeline.register import Register
from pipeline.run.bekenden import Bekenden, draw_free_code

GAAT_OVER = DATA.tafel.gaat_over
ANDER = {"betrokkenen": [{**CLIENT, "naam": "Iemand Anders"}, MOEDER]}
SPELLING = {"betrokkenen": [{**CLIENT, "naam": "roos  BEDACHTZAAM"}]}
ZONDER_DATUM = {"betrokkenen": [{**CLIENT, "geboortedatum": ""}]}
VREEMD = {**VOLLEDIG, "aanmelder.email": "iemand@elders.example.org"}
DOSSIERS = (
    make_dossier(code="BCDFG2"),
    make_dossier(make_aanmelding(VREEMD, RIJEN), code="CDFGH3"),
    make_dossier(make_aanmelding(VOLLEDIG, ANDER), code="DFGHJ4"),
    make_dossier(make_aanmelding(ANONIEM, ANONIEME_RIJEN), code="FGHJK5"),
    make_dossier(code="GHJKL6", fase="afgesloten"),
)


@pytest.fixture
def register(tmp_path: Path) -> Register:
    gevuld = Register.open(tmp_path, alleen_lezen=True)
    for dossier in DOSSIERS:
        gevuld.save_dossier(dossier, "aangemeld", VANDAAG)
    return gevuld


def _draw() -> Callable[[], str]:
    codes = itertools.cycle(("HJKLM3", "NPQRT4"))
    return lambda: next(codes)


@pytest.mark.parametrize(
    ("antwoorden", "rijen"),
    [(VOLLEDIG, RIJEN), (VREEMD, SPELLING), (VOLLEDIG, ZONDER_DATUM), (VOLLEDIG, ANDER), (ANONIEM, ANONIEME_RIJEN)],
)
@pytest.mark.parametrize("soort", ["nieuw", "aanvulling", "opnieuw op naam"])
@pytest.mark.parametrize("code", ["", " fghjk5", "DFGHJ4", "GHJKL6", "WVTSR9"])
def test_a_form_leads_to_the_same_among_those_found_as_among_all(
    register: Register, antwoorden: Mapping[str, str], rijen: Rijen, soort: str, code: str
) -> None:
    eigen = {**antwoorden, "aanmelding.soort": soort, "aanmelding.casuscode": code}
    validatie = make_validatie(make_aanmelding(eigen, rijen, sha="b" * 64), sha="b" * 64)
    gevonden = Bekenden().find(validatie, register, DATA.tafel)
    samen = [
        take_in(validatie, AANMELDFORMULIER, DATA.tafel, dossiers, VANDAAG, _draw(), WERKMAP.partners)
        for dossiers in (register.list_dossiers(), gevonden)
    ]
    assert samen[0] == samen[1]
    assert len(gevonden) < len(DOSSIERS)


def test_who_was_taken_in_since_is_known_and_a_corrected_name_is_found_by_both(register: Register) -> None:
    bekenden = Bekenden()
    ander = make_validatie(make_aanmelding(VOLLEDIG, {"betrokkenen": [{**CLIENT, "naam": "Nieuw Iemand"}]}))
    assert bekenden.find(ander, register, DATA.tafel) == ()
    verbeterd = make_dossier(ander.aanmelding, code="DFGHJ4")
    register.save_dossier(verbeterd, "vervangen", VANDAAG)
    bekenden.add(verbeterd, DATA.tafel)
    assert bekenden.find(ander, register, DATA.tafel) == (verbeterd,)
    eerder = make_validatie(make_aanmelding(VOLLEDIG, ANDER))
    assert [dossier.code for dossier in bekenden.find(eerder, register, DATA.tafel)] == ["DFGHJ4"]


def test_a_code_that_a_case_has_is_drawn_again(register: Register) -> None:
    with pytest.raises(InterruptedError), register.transaction():
        eerst = register.draw_code(VANDAAG)
        raise InterruptedError  # so that the next drawing gives the same
    register.save_dossier(make_dossier(code=eerst), "aangemeld", VANDAAG)
    assert draw_free_code(register, VANDAAG) != eerst
