"""The ketenaanpak intrafamiliaal geweld: its guidelines as published, what may lie in a home, terms and figures."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable

import pytest
from support_bewijs import load_voorbeeldwerkmap, make_wereld, share
from support_tafels import name_tafel

from pipeline.check import check_aanmelding
from pipeline.terms import list_vervaldagen
from schemas.aanmelding import (
    Aanmelding,
    Antwoord,
    IngevuldeRubriek,
    KeuzeWaarde,
    PartnersWaarde,
    Rij,
    Status,
    TekstWaarde,
    Waarde,
)
from schemas.catalogus import load_tafel
from schemas.deling import Feit
from schemas.documentsoort import Moment
from schemas.dossier import Mijlpaal
from schemas.formulier import Rubriekvorm, Vraag, Vraagsoort
from schemas.tafel import Anker
from schemas.toetsing import Eindoordeel, Toetsing, Uitkomst

TAFEL = name_tafel("afscherming")
DATA = load_tafel(TAFEL)
WERKMAP = load_voorbeeldwerkmap(DATA)
FORMULIER = DATA.get_aanmeldformulier()
DAG = dt.date(2026, 11, 24)

Kleene = bool | None
Gegeven = str | tuple[str, ...] | None
UITKOMST: dict[Kleene, Uitkomst] = {True: Uitkomst.VOLDAAN, False: Uitkomst.NIET_VOLDAAN, None: Uitkomst.ONBESLIST}
JA_NEE: dict[Kleene, Gegeven] = {True: "ja", False: "nee", None: None}

#: Per atom of domain.md 6.7 its question, and an answer that makes it true, false or leaves it open.
ATOMEN: dict[str, tuple[str, dict[Kleene, Gegeven]]] = {
    "betrokken": ("aanmelder.betrokken", JA_NEE),
    "geweld": ("situatie.geweld", JA_NEE),
    "andere_problemen": ("situatie.andere_problemen", JA_NEE),
    "onveilig": ("situatie.onveiligheid", {True: ("indirect",), False: ("geen",), None: None}),
    "partners": ("diensten.naam", {True: ("caw", "justitiehuis"), False: ("caw",), None: None}),
    "leefdomeinen": ("situatie.leefdomeinen", {True: ("wonen", "geld"), False: ("wonen",), None: None}),
    "vastgelopen": ("traject.vastgelopen", {True: ("opstart",), False: ("geen",), None: None}),
    "wensen": ("instemming.wensen", JA_NEE),
    "acuut": ("veiligheid.acuut", JA_NEE),
    "crisisinterventie": ("veiligheid.crisisinterventie", JA_NEE),
    "veiligheidsplanning": ("veiligheid.veiligheidsplanning", JA_NEE),
}


def both(*delen: Kleene) -> Kleene:
    return False if False in delen else None if None in delen else True


def either(*delen: Kleene) -> Kleene:
    return True if True in delen else None if None in delen else False


def plan_if_danger(acuut: Kleene, crisis: Kleene, planning: Kleene) -> Kleene:
    """Without danger nothing is asked; what is not known may be either, so it decides when both come to the same."""
    gevraagd = both(crisis, planning)
    return gevraagd if acuut else True if acuut is False or gevraagd else None


#: Criterium -> the expression of domain.md 6.7 over its atoms.
UITDRUKKINGEN: dict[str, tuple[tuple[str, ...], Callable[..., Kleene]]] = {
    "aanmelder": (("betrokken",), both),
    "basis": (("geweld", "andere_problemen"), both),
    "onveiligheid": (("onveilig",), both),
    "partners": (("partners",), both),
    "leefdomeinen": (("leefdomeinen",), both),
    "vastgelopen": (("vastgelopen",), both),
    "veiligheid": (("acuut", "crisisinterventie", "veiligheidsplanning"), plan_if_danger),
}
GEVALLEN = [
    (criterium, dict(zip(atomen, waarden, strict=True)))
    for criterium, (atomen, _) in UITDRUKKINGEN.items()
    for waarden in itertools.product((True, False, None), repeat=len(atomen))
]


def make_aanmelding(antwoorden: dict[str, Gegeven]) -> Aanmelding:
    """An aanmelding with these answers: ids of options or partners; of the services a row each; the rest is blank."""
    rubrieken = []
    for rubriek in FORMULIER.rubrieken:
        if rubriek.vorm is not Rubriekvorm.RIJEN:
            gemaakt = tuple(_answer(vraag, antwoorden.get(vraag.id)) for vraag in rubriek.vragen)
            rubrieken.append(IngevuldeRubriek(id=rubriek.id, titel=rubriek.titel, antwoorden=gemaakt))
            continue
        namen = antwoorden.get(f"{rubriek.id}.naam") or ()
        rijen = tuple(
            Rij(
                id=naam, antwoorden=tuple(_answer(v, naam if v.id == "diensten.naam" else None) for v in rubriek.vragen)
            )
            for naam in namen
        )
        rubrieken.append(IngevuldeRubriek(id=rubriek.id, titel=rubriek.titel, rijen=rijen))
    return Aanmelding(tafel=TAFEL, formulier=FORMULIER.id, versie=FORMULIER.versie, rubrieken=tuple(rubrieken))


def _answer(vraag: Vraag, gegeven: Gegeven) -> Antwoord:
    ids = (gegeven,) if isinstance(gegeven, str) else gegeven
    waarde: Waarde | None = None
    if ids and vraag.opties:
        waarde = KeuzeWaarde(opties=ids, labels=ids)
    elif ids and vraag.soort is Vraagsoort.PARTNERS:
        waarde = PartnersWaarde(ids=ids, tekst=ids[0])
    elif ids:
        waarde = TekstWaarde(tekst=ids[0])
    status = Status.LEEG if waarde is None else Status.INGEVULD
    return Antwoord(vraag=vraag.id, label=vraag.label, plaats="ergens", status=status, waarde=waarde)


def toets(antwoorden: dict[str, Gegeven]) -> Toetsing:
    return check_aanmelding(make_aanmelding(antwoorden), DATA, DAG)


def get_uitkomst(toetsing: Toetsing, criterium: str) -> Uitkomst:
    return next(c.uitkomst for c in toetsing.criteria if c.criterium == criterium)


@pytest.mark.parametrize(("criterium", "atomen"), GEVALLEN, ids=lambda waarde: str(waarde))
def test_each_guideline_is_the_expression_over_its_atoms(criterium: str, atomen: dict[str, Kleene]) -> None:
    namen, uitdrukking = UITDRUKKINGEN[criterium]
    antwoorden = {ATOMEN[naam][0]: ATOMEN[naam][1][atomen[naam]] for naam in namen}
    assert get_uitkomst(toets(antwoorden), criterium) is UITKOMST[uitdrukking(*atomen.values())]


@pytest.mark.parametrize("wensen", [True, False, None])
@pytest.mark.parametrize("reden", [True, None])
@pytest.mark.parametrize("wie", ["gezin", "slachtoffer", "niemand", None])
def test_informing_the_victim_alone_is_enough_with_a_reason(wie: Gegeven, reden: Kleene, wensen: Kleene) -> None:
    """Gezin with wishes asked, or only the slachtoffer with a reason; a reason that is not there is not "no"."""
    antwoorden: dict[str, Gegeven] = {
        "instemming.geinformeerd": wie,
        "instemming.reden_pleger": "gevaar" if reden else None,
        "instemming.wensen": JA_NEE[wensen],
    }
    gezin = None if wie is None else wie == "gezin"
    slachtoffer = None if wie is None else wie == "slachtoffer"
    verwacht = either(both(gezin, wensen), both(slachtoffer, reden))
    assert get_uitkomst(toets(antwoorden), "informeren") is UITKOMST[verwacht]


def test_whether_help_and_criminal_law_are_both_needed_is_for_people() -> None:
    toetsing = toets({})
    assert get_uitkomst(toetsing, "gecombineerd") is Uitkomst.ONBESLIST
    assert [vraag for c in toetsing.criteria for vraag in c.weegvragen] == [
        "Vraagt dit dossier om een gecombineerde en afgestemde aanpak van hulp en strafrecht?"
    ]


def test_no_guideline_that_is_missed_refuses_anybody() -> None:
    mis: dict[str, Gegeven] = {vraag: waarden[False] for vraag, waarden in ATOMEN.values()}
    assert toets({**mis, "instemming.geinformeerd": "niemand"}).eindoordeel is not Eindoordeel.NIET_ONTVANKELIJK
    assert {c.gevolg.value for c in DATA.criteria} == {"aandacht", "melding"}


# --- what may lie in a home -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("soort_id", ["plan_slachtoffer", "plan_pleger"])
def test_a_paper_for_a_client_does_not_say_what_it_is_about_nor_who_else_gets_one(soort_id: str) -> None:
    soort = DATA.get_document(soort_id)
    assert soort is not None
    beelden = [beeld for zaad in range(4) for beeld in share(make_wereld(TAFEL, soort, zaad), soort)]
    assert beelden
    for beeld in beelden:
        kop = beeld.kop
        vast = (kop.tafel, kop.titel, kop.documentnummer, kop.doel, kop.grondslag, kop.markering, beeld.bestandsnaam)
        woorden = " ".join((*vast, *kop.inleiding, *kop.slot)).casefold()
        assert not any(woord in woorden for woord in ("geweld", "ifg", "slachtoffer", "pleger", "ketenaanpak")), woorden
        assert kop.verdeellijst == (beeld.ontvanger.naam,)


def test_no_document_for_a_client_holds_more_than_the_plan() -> None:
    for soort in DATA.documenten:
        if {"slachtoffer", "pleger"} & set(soort.rollen):
            regel = DATA.deling.get_deelregel(soort.id)
            assert regel is not None and regel.rubrieken == ("acties",)
            feiten = {v.feit for v in DATA.deling.vrijgaven if soort.id in v.documenten}
            assert feiten == {Feit.PLAN, Feit.ROLVERDELING}


# --- terms and figures ----------------------------------------------------------------------------------------------


def test_six_months_at_a_distance_end_on_the_overlegtafel_on_or_after_them() -> None:
    """D10: months are months, and never sooner; afronding on 26 January, so the second Tuesday of August."""
    soort = DATA.documenten[0]
    dossier = (
        make_wereld(TAFEL, soort, 1)
        .dossiers[0]
        .model_copy(
            update={
                "fase": "op_afstand",
                "mijlpalen": (Mijlpaal(anker=Anker.PASSIEF, datum=dt.date(2027, 1, 26), veld="Besluit"),),
            }
        )
    )
    (vervaldag,) = list_vervaldagen([dossier], DATA, WERKMAP, dt.date(2027, 2, 1))
    assert (vervaldag.termijn, vervaldag.datum) == ("einde_afstand", dt.date(2027, 8, 10))


def test_the_beleidssignaal_holds_figures_and_nothing_else() -> None:
    (soort,) = [d for d in DATA.documenten if d.moment is Moment.CIJFERS]
    assert DATA.deling.get_deelregel(soort.id) is None
    assert {v.feit for v in DATA.deling.vrijgaven if soort.id in v.documenten} == {Feit.CIJFERS}
    assert DATA.tafel.cijfers is not None
    (blok,) = DATA.tafel.cijfers.blokken
    assert (blok.vraag, "geen" in blok.telt) == ("traject.vastgelopen", False)


def test_a_risicotaxatie_is_printed_as_it_was_filled_in_and_leads_to_nothing() -> None:
    """Its items stand in a form that people fill in; no criterium, term or decision looks at them."""
    vragen = {vraag.id for f in DATA.formulieren for vraag in f.vragen if vraag.rubriek in ("rti", "kwalificatie")}
    assert vragen
    assert not vragen & {vraag for c in DATA.criteria for vraag in c.toets.get_vragen()}
