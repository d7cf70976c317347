"""The gates on a whole copy: which fields are read, what an answer does, and what goes with what is kept out."""

from __future__ import annotations

import datetime as dt
import inspect
import typing
from collections.abc import Iterable, Iterator

import pytest
from beelden import make_anoniem, make_beeld
from pydantic import BaseModel
from support_nazicht import ANONIEM, BEKEND

from pipeline.inspect import inspect_beeld
from pipeline.inspect.velden import PLEKKEN, RIJEN, VELDEN, Veldsoort
from schemas import anoniembeeld, deelbeeld, kern
from schemas.base import Model
from schemas.deelbeeld import (
    Actieregel,
    Afspraakregel,
    Casusblok,
    Deelbeeld,
    Doelblok,
    Grondregel,
    Informatieregel,
    Meldingblok,
    Persoon,
    Planblok,
    Rijblok,
    Rubriekblok,
    Veld,
)
from schemas.nazicht import Kennis, Nazichtantwoord, Nazichtbesluit, Nazichtvraag, Veldkennis

CODE = BEKEND.casuscode
KENNIS = {CODE: BEKEND}
DELEN, NIET_DELEN, VERVANGEN = Nazichtbesluit.DELEN, Nazichtbesluit.NIET_DELEN, Nazichtbesluit.VERVANGEN


def maak(**delen: object) -> Deelbeeld:
    """A copy about one case, with nothing in it but these parts."""
    kaal = make_beeld("casusfiche", vol=False)
    leeg: dict[str, object] = {"casussen": (), "ontbrekend": (), "verslag": (), "afspraken": (), "passages": ()}
    leeg |= {"besluit": None, "plan": None, "melding": None, "stellingen": (), "bewaren_tot": "", "verantwoording": ()}
    kop = kaal.kop.model_copy(update={"casuscode": CODE, "titel": "Casusfiche"})
    return kaal.model_copy(update={**leeg, "kop": kop, "opzoeken": (), **delen})


def maak_casus(*teksten: str, code: str = CODE, **delen: object) -> Casusblok:
    basis = make_beeld("casusfiche", vol=False).casussen[0]
    feiten = tuple(Informatieregel(tekst=tekst, bron="huisbezoek", datum="3 november 2026") for tekst in teksten)
    leeg = {"identiteit": (), "rubrieken": (), "inschattingen": (), "criteria": (), "weegvragen": ()}
    return basis.model_copy(update={**leeg, "code": code, "feiten": feiten, **delen})


def antwoord(vragen: Iterable[Nazichtvraag], besluit: Nazichtbesluit, tekst: str = "") -> dict[str, Nazichtantwoord]:
    op = dt.date(2026, 12, 1)
    return {
        v.id: Nazichtantwoord(vraag=v.id, besluit=besluit, vervanging=tekst, op=op, door="Regisseur Proef")
        for v in vragen
    }


def lees_tekst(beeld: Deelbeeld | None) -> list[str]:
    assert beeld is not None
    return [regel.tekst for regel in beeld.casussen[0].feiten]


# --- the table of fields ---


def _list_models() -> list[type[Model]]:
    modules = (deelbeeld, anoniembeeld)
    gevonden = [(module, item) for module in modules for _, item in inspect.getmembers(module, inspect.isclass)]
    return [item for module, item in gevonden if issubclass(item, Model) and item.__module__ == module.__name__]


def _holds_text(soort: object) -> bool:
    if soort is str:
        return True
    return not (inspect.isclass(soort) and issubclass(soort, BaseModel)) and any(
        _holds_text(deel) for deel in typing.get_args(soort)
    )


@pytest.mark.parametrize("model", _list_models(), ids=lambda model: model.__name__)
def test_every_text_of_a_copy_is_declared_free_or_closed(model: type[Model]) -> None:
    soorten = typing.get_type_hints(model)
    teksten = {naam for naam in model.model_fields if _holds_text(soorten[naam])}
    assert teksten == set(VELDEN.get(model, {}))


def test_every_free_field_says_where_it_stands() -> None:
    vrij = {naam for velden in VELDEN.values() for naam, soort in velden.items() if soort is Veldsoort.VRIJ}
    assert vrij <= PLEKKEN.keys()


def _iterate_free() -> Iterator[tuple[type[Model], str]]:
    for model, velden in VELDEN.items():
        for naam, soort in velden.items():
            if soort in (Veldsoort.VRIJ, Veldsoort.PRAKTISCH, Veldsoort.LABEL):
                yield model, naam


@pytest.mark.parametrize(("model", "naam"), list(_iterate_free()), ids=str)
def test_a_name_in_any_free_field_stops_the_copy(model: type[Model], naam: str) -> None:
    geraakt = 0
    soorten = ("agenda", "casusfiche", "verslag", "takenlijst", "terugkoppeling", "plan", "uitnodiging_zorgoverleg")
    op_naam = [make_beeld(soort, vol=True) for soort in soorten]
    for beeld in (*op_naam, *map(make_anoniem, op_naam)):
        gestoken = _plant(beeld, model, naam)
        if gestoken is not beeld:
            geraakt += 1
            codes = {c for c in [beeld.kop.casuscode, *(c.code for c in beeld.casussen)] if c}
            codes |= {v.code for v in beeld.verslag} | {a.casuscode for a in beeld.afspraken}
            kennis = {code: BEKEND.model_copy(update={"casuscode": code}) for code in codes}
            assert isinstance(gestoken, Deelbeeld)
            tokens = {vraag.token for vraag in inspect_beeld(gestoken, kennis, {}).vragen}
            assert "Tine" in tokens
    assert geraakt


def _plant(deel: Model, model: type[Model], naam: str) -> Model:
    """The same, with a name put in every such field."""
    nieuw: dict[str, object] = {}
    for veld in type(deel).model_fields:
        waarde = getattr(deel, veld)
        if isinstance(deel, model) and veld == naam and waarde:
            nieuw[veld] = ("Gisteren kwam Tine langs.",) if isinstance(waarde, tuple) else "Gisteren kwam Tine langs."
        elif isinstance(waarde, Model):
            gestoken = _plant(waarde, model, naam)
            nieuw |= {veld: gestoken} if gestoken is not waarde else {}
        elif isinstance(waarde, tuple):
            delen = tuple(_plant(item, model, naam) if isinstance(item, Model) else item for item in waarde)
            nieuw |= {veld: delen} if any(a is not b for a, b in zip(delen, waarde, strict=True)) else {}
    return deel.model_copy(update=nieuw) if nieuw else deel


# --- what stops, and what answers do ---


def test_a_copy_without_anything_to_look_at_stays_the_very_same() -> None:
    beeld = maak(casussen=(maak_casus("Het licht brandt nooit."),))
    nazicht = inspect_beeld(beeld, KENNIS, {})
    assert nazicht.beeld is beeld
    assert nazicht.vragen == ()


def test_a_question_names_document_place_word_reason_and_proposal() -> None:
    nazicht = inspect_beeld(maak(casussen=(maak_casus("Volgens Tine brandt het licht nooit."),)), KENNIS, {})
    (vraag,) = nazicht.vragen
    assert vraag.waar == ("Casusfiche: informatie",)
    assert (vraag.token, vraag.voorstel, vraag.casuscode) == ("Tine", "de moeder", CODE)
    assert vraag.passage == "Volgens Tine brandt het licht nooit."
    assert "de naam van de moeder" in vraag.waarom
    assert "Tine" not in repr(vraag)


def test_delen_lets_the_passage_go_as_it_is() -> None:
    beeld = maak(casussen=(maak_casus("Volgens Tine brandt het licht nooit."),))
    vragen = inspect_beeld(beeld, KENNIS, {}).vragen
    nazicht = inspect_beeld(beeld, KENNIS, antwoord(vragen, DELEN))
    assert (nazicht.beeld, nazicht.vragen) == (beeld, ())


def test_vervangen_changes_every_such_word_of_this_passage_and_no_other() -> None:
    een, ander = "Tine zegt dat Tine niets weet.", "Tine zwijgt."
    beeld = maak(casussen=(maak_casus(een, ander),))
    vragen = [v for v in inspect_beeld(beeld, KENNIS, {}).vragen if v.passage == een]
    nazicht = inspect_beeld(beeld, KENNIS, antwoord(vragen, VERVANGEN, "de moeder"))
    assert lees_tekst(nazicht.beeld) == ["de moeder zegt dat de moeder niets weet.", ander]
    assert [v.passage for v in nazicht.vragen] == [ander]


def test_niet_delen_takes_out_the_row_and_leaves_the_others() -> None:
    beeld = maak(casussen=(maak_casus("Tine zwijgt.", "Het licht brandt nooit."),))
    vragen = inspect_beeld(beeld, KENNIS, {}).vragen
    nazicht = inspect_beeld(beeld, KENNIS, antwoord(vragen, NIET_DELEN))
    assert lees_tekst(nazicht.beeld) == ["Het licht brandt nooit."]
    assert nazicht.vragen == ()


def test_an_answer_holds_for_its_own_case_only() -> None:
    beeld = maak(casussen=(maak_casus("Tine zwijgt."),))
    gegeven = antwoord(inspect_beeld(beeld, KENNIS, {}).vragen, DELEN)
    elders = BEKEND.model_copy(update={"casuscode": "HJKLM3"})
    ander = maak(casussen=(maak_casus("Tine zwijgt.", code="HJKLM3"),))
    assert inspect_beeld(ander, {"HJKLM3": elders}, gegeven).vragen


def test_a_replacement_that_names_somebody_is_asked_about_again() -> None:
    beeld = maak(casussen=(maak_casus("Tine zwijgt."),))
    gegeven = antwoord(inspect_beeld(beeld, KENNIS, {}).vragen, VERVANGEN, "Wolf")
    (vraag,) = inspect_beeld(beeld, KENNIS, gegeven).vragen
    assert (vraag.token, vraag.passage) == ("Wolf", "Wolf zwijgt.")
    assert inspect_beeld(beeld, KENNIS, gegeven | antwoord([vraag], DELEN)).vragen == ()


def test_who_the_copy_shows_by_name_may_stand_in_its_text() -> None:
    persoon = Persoon(rol="Cliënt", naam="Roos Bedachtzaam", geboortedatum="14 maart 1979")
    tekst = "Roos (14/3/1979) belde met Tine."
    zonder = inspect_beeld(maak(casussen=(maak_casus(tekst),)), KENNIS, {})
    met = inspect_beeld(maak(casussen=(maak_casus(tekst, identiteit=(persoon,)),)), KENNIS, {})
    assert [v.token for v in zonder.vragen] == ["Roos", "14/3/1979", "Tine"]
    assert [v.token for v in met.vragen] == ["Tine"]


def test_a_field_that_asks_for_a_person_is_no_free_text_and_shows_that_person() -> None:
    velden = (Veld(label="Naam betrokkene", waarde="Tine Bedachtzaam"),)
    rubriek = Rubriekblok(titel="Betrokkenen", velden=(), rijen=(Rijblok(titel="Betrokkene 1", velden=velden),))
    bekend = Veldkennis(rubriek="Betrokkenen", label="Naam betrokkene", vraag=kern.NAAM, vrij=False)
    kennis = {CODE: BEKEND.model_copy(update={"velden": (bekend,)})}
    beeld = maak(casussen=(maak_casus("Tine zwijgt.", rubrieken=(rubriek,)),))
    assert inspect_beeld(beeld, kennis, {}).vragen == ()
    assert inspect_beeld(beeld, KENNIS, {}).vragen  # a question that nobody knows is free text


def test_what_is_shown_about_one_case_is_not_shown_about_another() -> None:
    persoon = Persoon(rol="Cliënt", naam="Roos Bedachtzaam", geboortedatum="")
    elders = BEKEND.model_copy(update={"casuscode": "HJKLM3"})
    casussen = (maak_casus(identiteit=(persoon,)), maak_casus("Roos zwijgt.", code="HJKLM3"))
    vragen = inspect_beeld(maak(casussen=casussen), {**KENNIS, "HJKLM3": elders}, {}).vragen
    assert [v.casuscode for v in vragen] == ["HJKLM3"]


def test_an_unknown_case_is_read_as_strictly_as_an_anonymous_one() -> None:
    beeld = maak(casussen=(maak_casus("Er zijn drie kinderen.", code="XXXXX2"),))
    assert [v.token for v in inspect_beeld(beeld, {}, {}).vragen] == ["drie"]


def test_the_place_of_a_meeting_may_be_an_address_but_not_that_of_a_person() -> None:
    def maak_melding(plaats: str) -> Deelbeeld:
        blok = Meldingblok(label="Zorgoverleg", datum="x", uur="14.00 uur", plaats=plaats, wie="", mededelingen=())
        return maak(melding=blok)

    assert (
        inspect_beeld(
            maak_melding("Raadszaal, Kerkstraat 12, 2200 Herentals"), {CODE: Kennis(casuscode=CODE, anoniem=False)}, {}
        ).vragen
        == ()
    )
    assert inspect_beeld(maak_melding("bij de cliënt, Verzonnenstraat 12"), KENNIS, {}).vragen


def test_an_anonymous_case_and_one_by_name_in_the_same_copy_each_go_by_their_own_rule() -> None:
    tekst = "Er zijn drie kinderen."
    casussen = (maak_casus(tekst), maak_casus(tekst, code=ANONIEM.casuscode))
    vragen = inspect_beeld(maak(casussen=casussen), {**KENNIS, ANONIEM.casuscode: ANONIEM}, {}).vragen
    assert [v.casuscode for v in vragen] == [ANONIEM.casuscode]


# --- what goes along ---


def test_rows_are_numbered_anew_and_an_empty_section_goes() -> None:
    def rij(nummer: int, tekst: str) -> Rijblok:
        return Rijblok(titel=f"Dienst {nummer}", velden=(Veld(label="Wat", waarde=tekst),))

    rubriek = Rubriekblok(titel="Diensten", velden=(), rijen=(rij(1, "Tine zwijgt."), rij(2, "De school belde.")))
    alleen = Rubriekblok(titel="Vraag", velden=(Veld(label="Vraag", waarde="Wat wil Tine?"),), rijen=())
    beeld = maak(casussen=(maak_casus(rubrieken=(rubriek, alleen)),))
    gegeven = antwoord(inspect_beeld(beeld, KENNIS, {}).vragen, NIET_DELEN)
    schoon = inspect_beeld(beeld, KENNIS, gegeven).beeld
    assert schoon is not None
    (over,) = schoon.casussen[0].rubrieken
    assert [(r.titel, r.velden[0].waarde) for r in over.rijen] == [("Dienst 1", "De school belde.")]


def test_a_plan_without_its_first_aim_counts_from_one() -> None:
    def doel(nummer: int, tekst: str) -> Doelblok:
        actie = Actieregel(actie="bellen", wie="CAW", tegen="", status="")
        return Doelblok(nummer=nummer, doelstelling=tekst, prioriteit="", acties=(actie,))

    plan = Planblok(
        stand="", opgesteld_op="", bijgewerkt_op="", goedgekeurd_op="", doelen=(doel(1, "Tine helpen"), doel(2, "rust"))
    )
    beeld = maak(plan=plan)
    gegeven = antwoord(inspect_beeld(beeld, KENNIS, {}).vragen, NIET_DELEN)
    schoon = inspect_beeld(beeld, KENNIS, gegeven).beeld
    assert schoon is not None
    assert schoon.plan is not None
    assert [(d.nummer, d.doelstelling) for d in schoon.plan.doelen] == [(1, "rust")]


def test_a_copy_of_which_nothing_is_left_is_not_made() -> None:
    taak = Afspraakregel(casuscode=CODE, wat="Tine bellen", wie="CAW", tegen="")
    beeld = maak(afspraken=(taak,))
    gegeven = antwoord(inspect_beeld(beeld, KENNIS, {}).vragen, NIET_DELEN)
    assert inspect_beeld(beeld, KENNIS, gegeven).beeld is None


def test_the_account_no_longer_names_what_was_kept_out() -> None:
    gronden = tuple(
        Grondregel(casuscode=CODE, veld=veld, grond="vlag") for veld in (kern.INFO_TEKST, kern.INFO_BRON, "instemming")
    )
    beeld = maak(casussen=(maak_casus("Tine zwijgt."),), verantwoording=gronden)
    gegeven = antwoord(inspect_beeld(beeld, KENNIS, {}).vragen, NIET_DELEN)
    schoon = inspect_beeld(beeld, KENNIS, gegeven).beeld
    assert schoon is not None
    assert [grond.veld for grond in schoon.verantwoording] == ["instemming"]


def test_a_list_of_tasks_counts_the_cases_that_are_left() -> None:
    ontmoeting = make_beeld("takenlijst", vol=True).ontmoeting
    assert ontmoeting is not None
    taken = (
        Afspraakregel(casuscode=CODE, wat="Tine bellen", wie="CAW", tegen=""),
        Afspraakregel(casuscode="HJKLM3", wat="bellen", wie="CAW", tegen=""),
    )
    twee = ontmoeting.model_copy(update={"aantal": 2, "aantal_tekst": "2 casussen"})
    beeld = maak(afspraken=taken, ontmoeting=twee)
    kennis = {**KENNIS, "HJKLM3": Kennis(casuscode="HJKLM3", anoniem=False)}
    schoon = inspect_beeld(beeld, kennis, antwoord(inspect_beeld(beeld, kennis, {}).vragen, NIET_DELEN)).beeld
    assert schoon is not None
    assert schoon.ontmoeting is not None
    assert (schoon.ontmoeting.aantal, schoon.ontmoeting.aantal_tekst) == (1, "1 casus")


def test_only_rows_go_whole() -> None:
    assert set(RIJEN) <= set(VELDEN)
