"""Filling in a form of ours by tag: what goes in is what the reader finds, and what has no place is refused."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support_fill import W14, Antwoorden, Element, W, iter_controls, read_document, save_all_by_libreoffice, show_value
from support_tafel import AANMELDING, BESLUITEN, DATA, VERHAAL

from pipeline.forms import InvulFout, OpenRij, Vooraf, build_formulier, fill_controls
from pipeline.read import read_formulier
from pipeline.validate import validate_formulier
from schemas import kern
from schemas.aanmelding import Meta
from schemas.namen import Namenlijst

ANTWOORDEN: dict[str, str | bool] = {
    "aanmelding.soort": "een nieuwe aanmelding",
    "aanmelding.datum": "3/02/2026",
    "aanmelding.themas.werk": True,
    "vraag.tekst": "Eerste regel, met <tekens> & meer.\nTweede regel",
    "vraag.deelbaar.tafel": True,
    "vraag.niet_voor": "CAW De Proef",
}
BLANCO = build_formulier(DATA, AANMELDING)
BESLUIT = build_formulier(DATA, BESLUITEN, Vooraf(rijen=({"punten.casus": "PT-1"}, {"punten.casus": "PT-2"})))
NAAM = "betrokkenen.naam"
AANVULLING = build_formulier(
    DATA,
    AANMELDING,
    Vooraf(
        alleen=frozenset({NAAM, VERHAAL.id}),
        open_rijen={"betrokkenen": (OpenRij(id="rij-2", titel="Betrokkene 2", vragen=frozenset({NAAM})),)},
    ),
)


def read_answers(docx: bytes) -> dict[tuple[str, int | None], str | bool | tuple[str, ...]]:
    gelezen = read_formulier("formulier.docx", docx)
    assert gelezen.bevindingen == ()
    return {(a.tag, a.rij): a.waarde for a in gelezen.antwoorden if a.tag and not a.leeg and a.tag not in kern.META}


def find_control(docx: bytes, tag: str) -> Element:
    return next(sdt for naam, sdt in iter_controls(read_document(docx)) if naam == tag)


def shows_prompt(docx: bytes, tag: str) -> bool:
    return find_control(docx, tag).find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def test_what_is_filled_in_by_tag_is_what_the_reader_finds() -> None:
    assert read_answers(fill_controls(BLANCO, ANTWOORDEN)) == {(tag, None): w for tag, w in ANTWOORDEN.items()}


@settings(deadline=None, max_examples=25)
@given(st.text(st.characters(categories=("L", "N"), include_characters=" .,&<>'\""), min_size=3).map(str.strip))
def test_any_words_are_read_back(tekst: str) -> None:
    verwacht = unicodedata.normalize("NFC", " ".join(tekst.split()))
    assume(len(verwacht) > 2)
    assert read_answers(fill_controls(BLANCO, {"aanmelding.casuscode": tekst})) == {
        ("aanmelding.casuscode", None): verwacht
    }


def test_a_block_is_found_by_the_value_of_its_locked_control() -> None:
    gevuld = fill_controls(BESLUIT, {}, {"PT-2": {"punten.reden": "Te laat."}, "PT-1": {"punten.reden": "Volledig."}})
    assert read_answers(gevuld) == {
        ("punten.casus", 0): "PT-1",
        ("punten.reden", 0): "Volledig.",
        ("punten.casus", 1): "PT-2",
        ("punten.reden", 1): "Te laat.",
    }
    assert read_answers(fill_controls(AANVULLING, {}, {"rij-2": {NAAM: "Mia Proef"}}))[NAAM, 0] == "Mia Proef"


def test_a_tag_that_stands_once_is_found_in_a_block_too() -> None:
    assert read_answers(fill_controls(AANVULLING, {NAAM: "Mia Proef"}))[NAAM, 0] == "Mia Proef"


@settings(deadline=None, max_examples=10)
@given(st.integers(min_value=0, max_value=7))
def test_any_number_of_rows_can_be_filled_in_order(aantal: int) -> None:
    rijen: list[Antwoorden] = [
        {NAAM: f"Mia Proef {nummer}", "betrokkenen.deelbaar.tafel": nummer % 2 == 0} for nummer in range(aantal)
    ]
    gevuld = fill_controls(BLANCO, {}, blokken={"betrokkenen": rijen})
    validatie = validate_formulier(
        read_formulier("formulier.docx", gevuld), DATA, AANMELDING, Meta(), Namenlijst(DATA.tafel), dt.date(2026, 2, 3)
    )
    gelezen = validatie.aanmelding.get_rijen("betrokkenen")
    assert [rij.get_tekst("naam") for rij in gelezen] == [f"Mia Proef {nummer}" for nummer in range(aantal)]
    vlaggen = [rij.antwoorden[0].vlag.deelbaar_met for rij in gelezen]
    assert vlaggen == [frozenset({"tafel"} if nummer % 2 == 0 else ()) for nummer in range(aantal)]


def test_a_block_that_is_copied_has_its_own_numbers_and_no_answer_of_the_last_one() -> None:
    twee = fill_controls(BLANCO, {}, blokken={"betrokkenen": [{NAAM: "Mia Proef"}, {NAAM: "Bo Proef"}]})
    erbij = fill_controls(twee, {}, blokken={"betrokkenen": [{}, {}, {"betrokkenen.geboortedatum": "1/02/2000"}, {}]})
    nummers = [element.get(f"{W}val") for element in read_document(erbij).iter(f"{W}id")]
    assert len(nummers) == len(set(nummers))
    assert read_answers(erbij) == {
        (NAAM, 0): "Mia Proef",
        (NAAM, 1): "Bo Proef",
        ("betrokkenen.geboortedatum", 2): "1/02/2000",
    }


def test_only_what_is_answered_loses_its_prompt() -> None:
    gevuld = fill_controls(BLANCO, {**ANTWOORDEN, "vraag.enkel_voor": ""})
    for tag in ("aanmelding.soort", "aanmelding.datum", "vraag.tekst", "vraag.niet_voor"):
        assert shows_prompt(BLANCO, tag)
        assert not shows_prompt(gevuld, tag)
        assert not list(find_control(gevuld, tag).iter(f"{W}rStyle"))
    assert shows_prompt(gevuld, "vraag.enkel_voor")
    assert shows_prompt(gevuld, "aanmelding.casuscode")


def test_emptying_every_answer_gives_the_blank_form_back() -> None:
    leeg = {tag: False if waarde is True else "" for tag, waarde in ANTWOORDEN.items()}
    geleegd = fill_controls(fill_controls(BLANCO, ANTWOORDEN), leeg)
    assert _dump(geleegd) == _dump(fill_controls(BLANCO, {}))
    assert read_answers(geleegd) == {}


def _dump(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archief:
        return {naam: archief.read(naam) for naam in archief.namelist()}


def test_the_rest_of_the_package_stays_as_it_was_and_the_same_answers_give_the_same_bytes() -> None:
    gevuld = fill_controls(BLANCO, ANTWOORDEN)
    assert gevuld == fill_controls(BLANCO, ANTWOORDEN)
    voor, na = _dump(BLANCO), _dump(gevuld)
    assert list(voor) == list(na)
    assert [naam for naam in voor if voor[naam] != na[naam]] == ["word/document.xml"]


@pytest.mark.parametrize(
    ("getypt", "getoond", "volledig"),
    [
        ("3/2/2026", "3/02/2026", "2026-02-03T00:00:00Z"),
        ("03-02-2026", "3/02/2026", "2026-02-03T00:00:00Z"),
        ("31/02/2026", "31/02/2026", None),
        ("onbekend", "onbekend", None),
    ],
)
def test_a_date_is_shown_as_its_picker_shows_it_and_words_stay_words(
    getypt: str, getoond: str, volledig: str | None
) -> None:
    eerder = fill_controls(BLANCO, {"aanmelding.datum": "1/01/2020"})
    sdt = find_control(fill_controls(eerder, {"aanmelding.datum": getypt}), "aanmelding.datum")
    datum = sdt.find(f"{W}sdtPr/{W}date")
    assert datum is not None
    assert (show_value(sdt), datum.get(f"{W}fullDate")) == (getoond, volledig)


def test_a_tick_can_be_taken_away() -> None:
    tag = "vraag.deelbaar.tafel"
    aan = fill_controls(BLANCO, {tag: True})
    assert show_value(find_control(aan, tag)) is True
    uit = find_control(fill_controls(aan, {tag: False}), tag)
    assert show_value(uit) is False
    assert [tekst.text for tekst in uit.iter(f"{W}t")] == ["☐"]
    stand = uit.find(f".//{W14}checked")
    assert stand is not None
    assert stand.get(f"{W14}val") == "0"


@pytest.mark.parametrize(
    ("formulier", "antwoorden", "rijen", "melding"),
    [
        (BLANCO, {"vraag.bestaat_niet": "x"}, {}, "'vraag.bestaat_niet' staat niet in dit formulier"),
        (BLANCO, {NAAM: "x"}, {}, "'betrokkenen.naam' staat op meer dan één plaats"),
        (BLANCO, {"aanmelding.soort": "geheim"}, {}, "'aanmelding.soort' heeft deze keuze niet"),
        (BLANCO, {"aanmelding.datum": "een\ntwee"}, {}, "'aanmelding.datum' houdt maar één regel"),
        (BLANCO, {"aanmelding.casuscode": "geheim\x00"}, {}, "'aanmelding.casuscode' krijgt een teken"),
        (BLANCO, {"aanmelding.casuscode": True}, {}, "'aanmelding.casuscode' is geen vakje"),
        (BLANCO, {"vraag.deelbaar.tafel": "ja"}, {}, "'vraag.deelbaar.tafel' is een vakje"),
        (BLANCO, {kern.META_TAFEL: "geheim"}, {}, "'formulier.tafel' is vergrendeld"),
        (BLANCO, {"betrokkenen": "geheim"}, {}, "'betrokkenen' is geen veld om in te vullen"),
        (BESLUIT, {}, {"PT-3": {"punten.reden": "x"}}, "Het blok 'PT-3' staat niet in dit formulier"),
        (BESLUIT, {}, {"PT-1": {"vraag.tekst": "x"}}, "'vraag.tekst' staat niet in dit formulier"),
        (BESLUIT, {}, {"PT-1": {"punten.casus": "PT-9"}}, "'punten.casus' is vergrendeld"),
    ],
)
def test_what_has_no_place_is_refused_by_its_tag_and_never_by_its_words(
    formulier: bytes, antwoorden: Antwoorden, rijen: Mapping[str, Antwoorden], melding: str
) -> None:
    with pytest.raises(InvulFout) as fout:
        fill_controls(formulier, antwoorden, rijen)
    assert melding in fout.value.melding
    assert "geheim" not in fout.value.melding


@pytest.mark.parametrize(
    ("formulier", "blokken", "melding"),
    [
        (BLANCO, {"vraag": [{}]}, "De rubriek 'vraag' heeft geen blokken"),
        (BLANCO, {"betrokkenen": [{}, {"vraag.tekst": "geheim"}]}, "'vraag.tekst' staat niet in dit formulier"),
        (BESLUIT, {"punten": [{}, {}, {"punten.reden": "geheim"}]}, "'punten' heeft maar 2 blokken"),
        (BESLUIT, {"punten": [{"punten.casus": "geheim"}]}, "'punten.casus' is vergrendeld"),
    ],
)
def test_a_row_that_has_no_place_is_refused(
    formulier: bytes, blokken: Mapping[str, Sequence[Antwoorden]], melding: str
) -> None:
    with pytest.raises(InvulFout) as fout:
        fill_controls(formulier, {}, blokken=blokken)
    assert melding in fout.value.melding
    assert "geheim" not in fout.value.melding


def test_a_package_without_a_document_is_refused() -> None:
    leeg = io.BytesIO()
    with zipfile.ZipFile(leeg, "w") as archief:
        archief.writestr("iets.txt", "")
    with pytest.raises(InvulFout, match="geen formulier van ons"):
        fill_controls(leeg.getvalue(), {})


@pytest.mark.libreoffice
def test_what_is_filled_in_by_tag_survives_libreoffice() -> None:
    gevuld = [fill_controls(BLANCO, ANTWOORDEN), fill_controls(AANVULLING, {}, {"rij-2": {NAAM: "Mia Proef"}})]
    for formulier, bewaard in zip(gevuld, save_all_by_libreoffice(gevuld), strict=True):
        voor, na = read_answers(formulier), read_answers(bewaard)
        assert {tag: waarde for (tag, _), waarde in na.items()} == {tag: waarde for (tag, _), waarde in voor.items()}
