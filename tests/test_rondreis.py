"""Answers written into our forms by three writers that know nothing of each other, are read back as they were given."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Sequence
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support_fill import W14, W, read_document
from support_invulling import VANDAAG, Invulling, fill_in, list_flags, list_read
from support_mutaties import (
    Mutatie,
    change,
    make_strict,
    mark_formatting,
    offer_alternative,
    rename_prefix,
    reorder_parts,
    split_runs,
    wrap_controls,
)
from support_slordig import fill_by_hand
from support_tafel import AANMELDING, DATA
from support_uno import DOC, ODT, RTF, Invulveld, Kantoor, open_office

from pipeline.forms import OpenRij, Vooraf, build_formulier, fill_controls
from pipeline.read import read_formulier
from pipeline.validate import recognise_formulier, validate_formulier
from schemas.aanmelding import Validatie
from schemas.bevinding import Ernst
from schemas.catalogus import load_catalogus
from schemas.inzending import RuwFormulier
from schemas.kern import META_CASUS, NAAM
from schemas.namen import Namenlijst

#: One LibreOffice for all examples.
pytestmark = pytest.mark.xdist_group("rondreis")
TAFELS = {naam: data for naam, data in load_catalogus().items() if data.tafel.ingeschakeld}
#: how many times the usual number of examples
MAAL = int(os.environ.get("OVERLEG_MAAL", "1"))
#: Whole forms take too long to make smaller: what went wrong is a line of a dict in the first failure already.
FASEN = (Phase.explicit, Phase.reuse, Phase.generate)
HAAST = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture)


@cache
def make_blank(tafel: str) -> bytes:
    return build_formulier(TAFELS[tafel], TAFELS[tafel].get_aanmeldformulier())


@st.composite
def draw_invulling(draw: st.DrawFn) -> tuple[str, Invulling]:
    tafel = draw(st.sampled_from(sorted(TAFELS)))
    return tafel, draw(fill_in(TAFELS[tafel], TAFELS[tafel].get_aanmeldformulier()))


def validate(ruw: RuwFormulier, tafel: str) -> Validatie:
    """What is read, once it is clear which form of which table this is."""
    herkenning = recognise_formulier(ruw, TAFELS.values())
    formulier = TAFELS[tafel].get_aanmeldformulier()
    assert herkenning is not None
    assert (herkenning.tafel, herkenning.formulier_id) == (tafel, formulier.id)
    namen = Namenlijst(TAFELS[tafel].tafel)
    return validate_formulier(ruw, TAFELS[tafel], formulier, herkenning.meta, namen, VANDAAG)


def check(content: bytes, tafel: str, invulling: Invulling, verwacht: Sequence[str] = ()) -> None:
    """Every answer and every flag is read as it was given, and nothing is reported that nobody need look at."""
    validatie = validate(read_formulier("formulier", content), tafel)
    assert list_read(validatie.aanmelding) == invulling.verwacht
    assert list_flags(validatie.aanmelding, invulling.vlaggen) == invulling.vlaggen
    gemeld = {b.code for b in validatie.bevindingen if b.ernst is not Ernst.INFO}
    assert gemeld <= set(verwacht), [(b.code, b.plaats, b.melding) for b in validatie.bevindingen]


@settings(max_examples=8 * MAAL, deadline=None, phases=FASEN, suppress_health_check=HAAST)
@given(draw_invulling())
def test_what_our_own_writer_fills_in_is_read_back(gegeven: tuple[str, Invulling]) -> None:
    tafel, invulling = gegeven
    check(fill_controls(make_blank(tafel), invulling.antwoorden, blokken=invulling.rijen), tafel, invulling)


@pytest.fixture(scope="module")
def kantoor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kantoor]:
    with open_office(tmp_path_factory.mktemp("kantoor")) as geopend:
        yield geopend


def list_fields(docx: bytes) -> list[str]:
    """The tags of the controls that LibreOffice knows as fields, in document order: all but the locked texts."""
    gevonden: list[str] = []
    for sdt in read_document(docx).iter(f"{W}sdt"):
        eigenschappen, tag = sdt.find(f"{W}sdtPr"), sdt.find(f"{W}sdtPr/{W}tag")
        assert eigenschappen is not None
        soorten = (f"{W}richText", f"{W}date", f"{W}dropDownList", f"{W14}checkbox")
        if tag is not None and any(eigenschappen.find(soort) is not None for soort in soorten):
            gevonden.append(tag.get(f"{W}val", ""))
    return gevonden


def place_answers(docx: bytes, invulling: Invulling) -> list[Invulveld]:
    """The answers by the place of their control; those of a second row go to the second control with that tag."""
    plaatsen: dict[str, list[int]] = {}
    for nummer, tag in enumerate(list_fields(docx)):
        plaatsen.setdefault(tag, []).append(nummer)
    return [make_field(plaatsen[tag][rij], waarde) for (tag, rij), waarde in invulling.by_row().items()]


def make_field(plaats: int, waarde: str | bool) -> Invulveld:
    if isinstance(waarde, bool):
        return Invulveld(plaats, "vinkje", ("1" if waarde else "0",))
    delen = waarde.split("/")
    if len(delen) == 3 and all(map(str.isdecimal, delen)):
        dag, maand, jaar = delen
        return Invulveld(plaats, "datum", (waarde, f"{jaar}-{maand:>02}-{dag:>02}T00:00:00Z"))
    return Invulveld(plaats, "regels", tuple(waarde.split("\n")))


@pytest.mark.libreoffice
@settings(max_examples=4 * MAAL, deadline=None, phases=FASEN, suppress_health_check=HAAST)
@given(draw_invulling())
def test_what_libreoffice_fills_in_is_read_back(kantoor: Kantoor, gegeven: tuple[str, Invulling]) -> None:
    tafel, invulling = gegeven
    blanco = make_blank(tafel)
    check(kantoor.fill(blanco, place_answers(blanco, invulling)), tafel, invulling)


@settings(max_examples=8 * MAAL, deadline=None, phases=FASEN, suppress_health_check=HAAST)
@given(draw_invulling(), st.integers(0, 2**32))
def test_what_careless_people_type_is_read_back(gegeven: tuple[str, Invulling], getal: int) -> None:
    tafel, invulling = gegeven
    rng = random.Random(getal)  # noqa: S311 - no secret, a seed
    gevuld = fill_by_hand(make_blank(tafel), TAFELS[tafel].get_aanmeldformulier(), invulling.by_row(), rng)
    check(gevuld, tafel, invulling, ["wijzigingen-niet-aanvaard"])


@pytest.mark.libreoffice
@settings(max_examples=3 * MAAL, deadline=None, phases=FASEN, suppress_health_check=HAAST)
@given(draw_invulling(), st.sampled_from((ODT, DOC, RTF)))
def test_what_loses_its_tags_on_the_way_is_read_back_by_its_labels(
    kantoor: Kantoor, gegeven: tuple[str, Invulling], soort: str
) -> None:
    tafel, invulling = gegeven
    blanco = make_blank(tafel)
    check(kantoor.fill(blanco, place_answers(blanco, invulling), soort), tafel, invulling)


@pytest.mark.libreoffice
def test_an_addition_that_lost_its_tags_still_names_its_case_and_the_row_it_speaks_of(kantoor: Kantoor) -> None:
    open_rij = OpenRij(id="0123456789ab-betrokkenen-2", titel="Betrokkenen, betrokkene 2", vragen=frozenset({NAAM}))
    vooraf = Vooraf(alleen=frozenset({NAAM}), open_rijen={"betrokkenen": (open_rij,)}, meta={META_CASUS: "BCDFG2"})
    blanco = build_formulier(DATA, AANMELDING, vooraf)
    gevuld = fill_controls(blanco, {}, {open_rij.id: {NAAM: "Mia Proef", "betrokkenen.deelbaar.tafel": True}})
    ruw = read_formulier("formulier", kantoor.fill(gevuld, [], ODT))
    herkenning = recognise_formulier(ruw, [DATA])
    assert herkenning is not None
    assert (herkenning.formulier_id, herkenning.meta.casuscode) == (AANMELDING.id, "BCDFG2")
    aanvulling = validate_formulier(ruw, DATA, AANMELDING, herkenning.meta, Namenlijst(DATA.tafel), VANDAAG).aanmelding
    (rij,) = aanvulling.get_rijen("betrokkenen")
    assert (rij.id, rij.get_tekst("naam")) == (open_rij.id, "Mia Proef")
    assert rij.antwoorden[0].vlag.deelbaar_met == {"tafel"}


#: the strict twin last: the others look for Word's usual names
_MUTATIES = (split_runs, wrap_controls, mark_formatting, offer_alternative, rename_prefix, reorder_parts, make_strict)


@settings(max_examples=6 * MAAL, deadline=None, phases=FASEN, suppress_health_check=HAAST)
@given(draw_invulling(), st.sets(st.sampled_from(_MUTATIES), min_size=1), st.integers(0, 2**32))
def test_what_changes_no_answer_changes_nothing_that_is_read(
    gegeven: tuple[str, Invulling], gekozen: set[Mutatie], getal: int
) -> None:
    tafel, invulling = gegeven
    gevuld = fill_controls(make_blank(tafel), invulling.antwoorden, blokken=invulling.rijen)
    rng = random.Random(getal)  # noqa: S311 - no secret, a seed
    anders = change(gevuld, [mutatie for mutatie in _MUTATIES if mutatie in gekozen], rng)
    voor, na = read_formulier("formulier", gevuld), read_formulier("formulier", anders)
    assert na.antwoorden == voor.antwoorden
    assert na.tabellen == voor.tabellen
    assert na.tekst == voor.tekst
    check(anders, tafel, invulling, ["wijzigingen-niet-aanvaard"])
