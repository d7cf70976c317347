"""What a person ticked becomes a Vlag; in doubt nothing is shared, and somebody hears of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_dossier import DATA, NAMEN, WERKMAP

from pipeline.validate.flags import RuweVlag, parse_vlag
from schemas.deling import Vlag
from schemas.namen import Namenlijst
from schemas.werkmap import Partner


def _parse(
    deelbaar: str = "", enkel: str = "", niet: str = "", groepen: tuple[str, ...] = (), namen: Namenlijst = NAMEN
) -> tuple[Vlag, list[str]]:
    ruw = RuweVlag()
    for groep in groepen:
        ruw.tick(groep, True)
    for veld, tekst in (("deelbaar", deelbaar), ("enkel_voor", enkel), ("niet_voor", niet)):
        ruw.write(veld, tekst)
    vlag, bevindingen = parse_vlag(ruw, DATA.deling, namen, "Informatie, informatie 1")
    return vlag, [bevinding.code for bevinding in bevindingen]


def test_ticked_groups_are_the_flag() -> None:
    assert _parse(groepen=("tafel", "triage")) == (Vlag(deelbaar_met=frozenset({"tafel", "triage"})), [])


def test_nothing_marked_shares_nothing_and_is_nothing_to_report() -> None:
    assert _parse() == (Vlag(), [])


@pytest.mark.parametrize("tekst", ["Triagetafel, experten", "☒ Triagetafel ☒ Expertentafel ☐ Cliënt", "triage/tafel"])
def test_groups_are_known_by_label_and_alias(tekst: str) -> None:
    assert _parse(tekst) == (Vlag(deelbaar_met=frozenset({"tafel", "triage"})), [])


@pytest.mark.parametrize("tekst", ["niemand", "geen", "n.v.t.", "nee"])
def test_shared_with_nobody_is_clear_enough(tekst: str) -> None:
    assert _parse(tekst) == (Vlag(), [])


@pytest.mark.parametrize(
    "tekst", ["iedereen", "alle partners van de wijk", "de pers", "☒", "Triagetafel ☒ Expertentafel"]
)
def test_an_unknown_group_shares_nothing_and_is_reported(tekst: str) -> None:
    assert _parse(tekst) == (Vlag(), ["doelgroep-onbekend"])


def test_an_unknown_group_takes_the_known_ones_with_it() -> None:
    assert _parse("tafel, pers") == (Vlag(), ["doelgroep-onbekend"])
    assert _parse(groepen=("tafel", "pers")) == (Vlag(), ["doelgroep-onbekend"])


def test_only_for_and_not_for_narrow_by_name() -> None:
    vlag, codes = _parse(groepen=("tafel",), enkel="CAW; politie", niet="Justitiehuis")
    assert vlag.enkel_voor == {"caw", "politie"}
    assert vlag.niet_voor == {"justitiehuis"}
    assert not codes


def test_excluding_a_name_excludes_everybody_who_bears_it() -> None:
    """A second police partner must not slip through because the first one claimed the name."""
    tweede = Partner(id="politie_olen", naam="Politie Olen", rol="lokale_politie")
    namen = Namenlijst(DATA.tafel, (*WERKMAP.partners, tweede))
    vlag, _ = _parse(groepen=("tafel",), niet="politie", namen=namen)
    assert vlag.niet_voor == {"politie", "lokale_politie"}
    assert not vlag.allows(frozenset({"tafel"}), frozenset({"politie_olen", "lokale_politie"}))


@pytest.mark.parametrize(("veld", "tekst"), [("enkel", "Bakker Janssens"), ("niet", "haar ex-partner"), ("enkel", "☒")])
def test_an_unknown_name_shares_nothing_and_is_reported(veld: str, tekst: str) -> None:
    vlag, codes = _parse(groepen=("tafel",), **{veld: tekst})  # type: ignore[arg-type]
    assert (vlag.deelbaar_met, codes) == (frozenset(), ["partner-onbekend"])


@pytest.mark.parametrize("tekst", ["niemand", "geen"])
def test_only_for_nobody_never_means_for_everybody(tekst: str) -> None:
    assert _parse(groepen=("tafel",), enkel=tekst) == (Vlag(), ["vlag-tegenstrijdig"])


@pytest.mark.parametrize("tekst", ["iedereen", "alle"])
def test_not_for_everybody_never_means_for_everybody(tekst: str) -> None:
    assert _parse(groepen=("tafel",), niet=tekst) == (Vlag(), ["vlag-tegenstrijdig"])


@pytest.mark.parametrize("tekst", ["niemand", "geen", "nvt"])
def test_not_for_nobody_excludes_nobody(tekst: str) -> None:
    assert _parse(groepen=("tafel",), niet=tekst) == (Vlag(deelbaar_met=frozenset({"tafel"})), [])


def test_not_applicable_narrows_nothing() -> None:
    assert _parse(groepen=("tafel",), enkel="nvt", niet="-") == (Vlag(deelbaar_met=frozenset({"tafel"})), [])


@pytest.mark.parametrize(
    ("groepen", "deelbaar", "enkel", "niet"),
    [
        (("tafel",), "", "CAW", "CAW"),
        ((), "", "CAW", ""),
        (("tafel",), "niemand", "", ""),
        ((), "niemand, tafel", "", ""),
    ],
)
def test_marks_that_contradict_share_nothing(groepen: tuple[str, ...], deelbaar: str, enkel: str, niet: str) -> None:
    vlag, codes = _parse(deelbaar, enkel, niet, groepen)
    assert (vlag.deelbaar_met, codes) == (frozenset(), ["vlag-tegenstrijdig"])


def test_who_is_excluded_stays_excluded_whatever_else_is_wrong() -> None:
    vlag, _ = _parse("pers", niet="CAW, haar ex")
    assert vlag == Vlag(niet_voor=frozenset({"caw"}))


def test_a_name_outside_the_ticked_groups_is_told() -> None:
    vlag, codes = _parse(groepen=("triage",), enkel="CAW")
    assert vlag.enkel_voor == {"caw"}
    assert codes == ["enkel-voor-buiten-groep"]
    assert _parse(groepen=("triage",), enkel="parket")[1] == []  # whose jurist sits at the triagetafel


def test_words_behind_a_group_that_is_not_ticked_are_told_and_change_nothing() -> None:
    een, ander = DATA.deling.doelgroepen[:2]
    zonder = _parse(f"☐ {een.label} ☒ {ander.label}")
    vlag, codes = _parse(f"☐ {een.label} maar wel haar zus ☒ {ander.label}")
    assert (vlag, codes) == (Vlag(deelbaar_met=frozenset({ander.id})), ["vlag-tekst"])
    assert zonder == (vlag, [])


def test_copies_of_one_box_that_disagree_share_nothing() -> None:
    ruw = RuweVlag()
    ruw.tick("tafel", True)
    ruw.tick("tafel", False)
    vlag, bevindingen = parse_vlag(ruw, DATA.deling, NAMEN, "ergens")
    assert (vlag, [b.code for b in bevindingen]) == (Vlag(), ["vlag-onduidelijk"])


def test_a_second_exclusion_adds_to_the_first_and_a_blank_one_takes_nothing_away() -> None:
    ruw = RuweVlag()
    ruw.tick("tafel", True)
    for tekst in ("CAW", "", "politie"):
        ruw.write("niet_voor", tekst)
    vlag, _ = parse_vlag(ruw, DATA.deling, NAMEN, "ergens")
    assert vlag.niet_voor >= {"caw", "politie"}
    assert vlag.deelbaar_met == {"tafel"}


@pytest.mark.parametrize("veld", ["enkel_voor", "deelbaar"])
def test_two_different_texts_at_one_mark_share_nothing(veld: str) -> None:
    ruw = RuweVlag()
    ruw.tick("tafel", True)
    ruw.write(veld, "CAW" if veld == "enkel_voor" else "tafel")
    ruw.write(veld, "politie" if veld == "enkel_voor" else "triage")
    vlag, bevindingen = parse_vlag(ruw, DATA.deling, NAMEN, "ergens")
    assert (vlag, [b.code for b in bevindingen]) == (Vlag(), ["vlag-onduidelijk"])


_WOORDEN = st.lists(
    st.sampled_from(
        [
            "triage",
            "tafel",
            "cliënt",
            "pers",
            "CAW",
            "politie",
            "parket",
            "niemand",
            "iedereen",
            "geen",
            "nvt",
            "☒",
            "☐",
        ]
    ),
    max_size=4,
).map(" , ".join)


@settings(deadline=None)
@given(_WOORDEN, _WOORDEN, _WOORDEN, st.sets(st.sampled_from(["triage", "tafel", "pers"])))
def test_a_narrowing_text_never_widens(deelbaar: str, enkel: str, niet: str, groepen: set[str]) -> None:
    zonder, _ = _parse(deelbaar, groepen=tuple(sorted(groepen)))
    met, _ = _parse(deelbaar, enkel, niet, tuple(sorted(groepen)))
    for partner in WERKMAP.partners:
        rollen = frozenset({partner.rol})
        ids = frozenset({partner.id, partner.rol})
        groep = DATA.deling.get_doelgroepen(rollen)
        assert zonder.allows(groep, ids) or not met.allows(groep, ids)


@settings(deadline=None)
@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_no_text_at_all_names_a_group_that_the_table_does_not_have(deelbaar: str, enkel: str, niet: str) -> None:
    vlag, _ = _parse(deelbaar, enkel, niet, ("tafel",))
    assert vlag.deelbaar_met <= {groep.id for groep in DATA.deling.doelgroepen}
