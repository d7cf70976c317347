"""Inbreng, plan and melding through real files: their numbers, the events of the register, and what is printed."""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from support_dossier import ANONIEM, ANONIEME_RIJEN, make_aanmelding, make_dossier
from support_fill import Element, W, edit_word, iter_controls
from support_werkmap import FEIT, Werkmapje

from pipeline.cli.context import load_settings
from pipeline.errors import ExitCode
from pipeline.forms import fill_controls
from pipeline.inbox import Binnengekomen
from pipeline.meeting import plan_overleg
from pipeline.register import Register
from pipeline.run.attachments import make_besluitformulier, make_casusformulier
from pipeline.run.intake import Intake
from pipeline.run.results import Formulierresultaat, Lot
from schemas import kern
from schemas.dossier import Afspraak, Afspraakstatus, Dossier, Fasewissel, Mijlpaal
from schemas.formulier import Formuliersoort
from schemas.tafel import Anker

Antwoorden = Mapping[str, str | bool]

CODE, ANONIEME, GESLOTEN = "BCDFG2", "HJKLM3", "PQRTV4"
OVERLEG, DAG = dt.date(2026, 12, 17), dt.date(2026, 12, 18)
PLAN: Antwoorden = {
    "plan.stand": "Voorstel",
    "plan.opgesteld_op": "18/12/2026",
    "plan.bijgewerkt_op": "18/12/2026",
}
GOEDGEKEURD: Antwoorden = {
    **PLAN,
    "plan.stand": "Goedgekeurd",
    "plan.goedgekeurd_op": "19/12/2026",
    "plan.bijgewerkt_op": "19/12/2026",
}
ACTIE: Antwoorden = {
    "acties.doelstelling": "Een betaalbare woonst.",
    "acties.prioriteit": "Hoog",
    "acties.actie": "Aanvraag indienen.",
    "acties.uitvoerder": "CAW",
    "acties.status": "Te doen",
    "acties.deelbaar.tafel": True,
}
MELDING: Antwoorden = {"melding.soort": "Stand van zaken: voortgang van de afspraken", "melding.datum": "18/12/2026"}
CORRECTIE: Antwoorden = {**MELDING, "melding.soort": "Verbetering van een document dat al verstuurd is"}


def _make_dossiers() -> tuple[Dossier, ...]:
    afspraak = Afspraak(overleg="expertentafel", datum=OVERLEG, wat="Belt.", wie=("caw",), nummer="BBBBB")
    wissel = Fasewissel(fase="ketenaanpak", op=OVERLEG, door="Expertentafel 17 december 2026")
    gevraagd = Mijlpaal(anker=Anker.PLAN_GEVRAAGD, datum=OVERLEG, veld="Verslagformulier, Besluit")
    lopend = make_dossier(code=CODE, fase="ketenaanpak", overleg_op=dt.date(2027, 1, 21))
    return (
        lopend.model_copy(update={"afspraken": (afspraak,), "verloop": (wissel,), "mijlpalen": (gevraagd,)}),
        make_dossier(make_aanmelding(ANONIEM, ANONIEME_RIJEN), code=ANONIEME),
        make_dossier(code=GESLOTEN, fase="afgesloten"),
    )


@dataclass
class _Werk:
    """A werkmap with three cases: one in ketenaanpak, an anonymous one, a closed one."""

    mapje: Werkmapje

    def ask(self, soort: Formuliersoort, code: str = CODE, van: str = "") -> bytes:
        """The numbered form about a case."""
        with Register.open(self.mapje.map) as register:
            settings = load_settings(self.mapje.map, vandaag=DAG)
            bijlage = make_casusformulier(settings, register, soort, code, van)
            assert bijlage is not None
            return bijlage.build()

    def ask_verslag(self, datum: dt.date) -> bytes:
        """The numbered form of an expertentafel."""
        with Register.open(self.mapje.map) as register:
            settings = load_settings(self.mapje.map, vandaag=DAG)
            soort = settings.data.tafel.get_overleg("expertentafel")
            assert soort is not None
            overleg = plan_overleg(soort, datum, register.list_dossiers(), settings.data.tafel, settings.werkmap)
            (bijlage,) = make_besluitformulier(overleg, settings, register)
            return bijlage.build()

    def take(self, inhoud: bytes, naam: str = "formulier.docx", dag: dt.date = DAG) -> Formulierresultaat:
        """Drop a form and take it in."""
        pad = self.mapje.map / "in" / naam
        pad.write_bytes(inhoud)
        binnen = Binnengekomen(naam=naam, pad=pad, inhoud=inhoud, sha256=hashlib.sha256(inhoud).hexdigest())
        with Register.open(self.mapje.map) as register:
            resultaat = Intake(load_settings(self.mapje.map, vandaag=dag), register).take_file(binnen)[0]
        assert self.mapje.list_files("in") == []
        return resultaat

    def get(self, code: str = CODE) -> Dossier:
        """The dossier as it stands now."""
        return next(dossier for dossier in self.mapje.list_dossiers() if dossier.code == code)

    def read_reason(self, naam: str = "formulier.docx") -> str:
        """What stands beside a refused file."""
        return (self.mapje.map / "quarantaine" / f"{naam}.reden.txt").read_text("utf-8")


@pytest.fixture
def werk(tmp_path: Path) -> _Werk:
    mapje = Werkmapje.make(tmp_path)
    with Register.open(mapje.map) as register:
        for dossier in _make_dossiers():
            register.save_dossier(dossier, "geregistreerd", dt.date(2026, 11, 12))
    return _Werk(mapje)


def _fill_rows(formulier: bytes, rubriek: str, *rijen: Antwoorden, kop: Antwoorden | None = None) -> bytes:
    return fill_controls(formulier, kop or {}, None, {rubriek: rijen})


def _read_head(formulier: bytes, tag: str) -> str:
    gevonden: list[str] = []

    def read(document: Element) -> None:
        gevonden.extend("".join(t.text or "" for t in s.iter(f"{W}t")) for n, s in iter_controls(document) if n == tag)

    edit_word(formulier, read)
    return gevonden[0]


def _change_head(formulier: bytes, tag: str, waarde: str) -> bytes:
    """A form of which somebody changed what we locked."""

    def change(document: Element) -> None:
        for naam, sdt in iter_controls(document):
            for tekst in sdt.iter(f"{W}t") if naam == tag else ():
                tekst.text = waarde

    return edit_word(formulier, change)


def _save_again(formulier: bytes) -> bytes:
    """The same answers in other bytes."""
    return edit_word(formulier, lambda document: document.set("bewaard", "1"))


def test_an_inbreng_joins_the_case_and_its_number_stays_valid_for_a_corrected_one(werk: _Werk) -> None:
    formulier = werk.ask(Formuliersoort.INBRENG, van="cgg")
    eerste = werk.take(_fill_rows(formulier, "informatie", FEIT))
    assert (eerste.lot, eerste.casuscode, eerste.toetsing) == (Lot.INGEBRACHT, CODE, None)
    assert eerste.bevindingen == ()
    tweede = _fill_rows(formulier, "informatie", {**FEIT, "informatie.tekst": "Vier maanden."}, FEIT)
    assert [b.code for b in werk.take(tweede).bevindingen] == ["inbreng-vervangen"]
    (inbreng,) = werk.get().inbreng
    assert (inbreng.van, len(inbreng.rubrieken[0].rijen)) == ("cgg", 2)
    assert werk.take(tweede).lot is Lot.AL_VERWERKT


NAAM_IN_TEKST = "Bedachtzaam belde, en wil dat niemand het weet."
FORMULIEREN_MET_TEKST: dict[Formuliersoort, tuple[str, Antwoorden, Antwoorden]] = {
    Formuliersoort.INBRENG: ("informatie", {**FEIT, "informatie.tekst": NAAM_IN_TEKST}, {}),
    Formuliersoort.PLAN: ("acties", {**ACTIE, "acties.actie": NAAM_IN_TEKST}, PLAN),
    Formuliersoort.MELDING: (
        "mededelingen",
        {"mededelingen.tekst": NAAM_IN_TEKST, "mededelingen.deelbaar.tafel": True},
        MELDING,
    ),
}


@pytest.mark.parametrize("soort", FORMULIEREN_MET_TEKST)
def test_the_coordinator_hears_of_a_name_in_shared_words_of_any_form_when_it_comes_in(
    werk: _Werk, soort: Formuliersoort
) -> None:
    rubriek, rij, kop = FORMULIEREN_MET_TEKST[soort]
    formulier = werk.ask(soort, van="cgg" if soort is Formuliersoort.INBRENG else "")
    gemeld = [b for b in werk.take(_fill_rows(formulier, rubriek, rij, kop=kop)).bevindingen if "vrije-tekst" in b.code]
    assert [b.code for b in gemeld] == ["persoon-in-vrije-tekst"]
    assert "Bedachtzaam" not in "".join(b.model_dump_json() for b in gemeld)


def test_two_partners_each_have_their_own_number(werk: _Werk) -> None:
    for van in ("cgg", "caw"):
        werk.take(_fill_rows(werk.ask(Formuliersoort.INBRENG, van=van), "informatie", FEIT))
    assert [inbreng.van for inbreng in werk.get().inbreng] == ["cgg", "caw"]


def test_a_plan_becomes_a_next_version_each_time_and_none_when_nothing_changed(werk: _Werk) -> None:
    formulier = werk.ask(Formuliersoort.PLAN)
    assert werk.take(_fill_rows(formulier, "acties", ACTIE, kop=PLAN)).lot is Lot.PLAN_BIJGEWERKT
    goed = _fill_rows(formulier, "acties", ACTIE, kop=GOEDGEKEURD)
    assert werk.take(goed, dag=dt.date(2026, 12, 19)).bevindingen == ()
    voor = werk.get()
    weer = werk.take(_save_again(goed), dag=dt.date(2026, 12, 20))
    assert (weer.lot, weer.casuscode, weer.toetsing) == (Lot.ONGEWIJZIGD, CODE, None)
    assert werk.get() == voor
    assert [(plan.versie, plan.stand) for plan in voor.plannen] == [(1, "voorstel"), (2, "goedgekeurd")]
    assert werk.take(_save_again(goed)).lot is Lot.AL_VERWERKT


def test_a_melding_follows_up_a_to_do_and_its_number_serves_once(werk: _Werk) -> None:
    formulier = werk.ask(Formuliersoort.MELDING)
    gemeld = werk.take(fill_controls(formulier, MELDING, {"BBBBB": {"opvolging.status": "Uitgevoerd"}}))
    assert (gemeld.lot, gemeld.bevindingen) == (Lot.GEMELD, ())
    dossier = werk.get()
    assert [a.status for a in dossier.afspraken] == [Afspraakstatus.GEDAAN]
    weer = fill_controls(formulier, {**MELDING, "melding.notitie": "Nog iets."})
    assert [b.code for b in werk.take(weer).bevindingen] == ["nummer-gebruikt"]
    assert "overleg formulier melding --map MAP --casus CODE" in werk.read_reason()
    assert werk.get() == dossier
    nieuw = fill_controls(werk.ask(Formuliersoort.MELDING), {**MELDING, "melding.notitie": "Nog iets."})
    assert werk.take(nieuw).lot is Lot.GEMELD
    assert len(werk.get().meldingen) == 2


def test_a_form_with_a_number_or_a_case_that_is_not_its_own_is_refused(werk: _Werk) -> None:
    voor = werk.mapje.list_dossiers()
    plan = werk.ask(Formuliersoort.PLAN)
    melding = fill_controls(werk.ask(Formuliersoort.MELDING), MELDING)
    van_plan = _read_head(plan, kern.META_NUMMER)
    gevallen = {
        "nummer-onbekend": _change_head(melding, kern.META_NUMMER, "ZZZZZZ"),
        "ander-formulier": _change_head(melding, kern.META_NUMMER, van_plan),
        "andere-casus": _change_head(melding, kern.META_CASUS, ANONIEME),
    }
    for code, inhoud in gevallen.items():
        resultaat = werk.take(inhoud, f"{code}.docx")
        assert (resultaat.lot, [b.code for b in resultaat.bevindingen]) == (Lot.QUARANTAINE, [code])
        assert "Meldingsformulier" in werk.read_reason(f"{code}.docx")
    zonder = werk.take(_change_head(melding, kern.META_NUMMER, ""))
    assert [b.code for b in zonder.bevindingen] == ["nummer-onbekend"]
    assert werk.mapje.list_dossiers() == voor
    assert werk.take(melding).lot is Lot.GEMELD


def test_a_form_of_a_case_that_the_register_lost_is_refused(werk: _Werk) -> None:
    melding = fill_controls(werk.ask(Formuliersoort.MELDING, "ZZZZZZ"), MELDING)
    assert [b.code for b in werk.take(melding).bevindingen] == ["casus-onbekend"]


def test_a_decision_form_with_the_number_of_a_case_is_refused(werk: _Werk) -> None:
    van_plan = _read_head(werk.ask(Formuliersoort.PLAN), kern.META_NUMMER)
    verslag = _change_head(werk.ask_verslag(dt.date(2027, 1, 21)), kern.META_NUMMER, van_plan)
    resultaat = werk.take(verslag, dag=dt.date(2027, 1, 22))
    assert [b.code for b in resultaat.bevindingen] == ["nummer-onbekend"]


def test_a_plan_for_a_closed_dossier_is_refused_and_a_correction_is_not(werk: _Werk) -> None:
    voor = werk.get(GESLOTEN)
    resultaat = werk.take(_fill_rows(werk.ask(Formuliersoort.PLAN, GESLOTEN), "acties", ACTIE, kop=PLAN))
    assert [b.code for b in resultaat.bevindingen] == ["dossier-afgesloten"]
    assert "een plan voor een afgesloten dossier" in werk.read_reason()
    assert werk.get(GESLOTEN) == voor
    tekst: Antwoorden = {"mededelingen.tekst": "Het huisnummer is 12.", "mededelingen.deelbaar.aanmelder": True}
    melding = _fill_rows(werk.ask(Formuliersoort.MELDING, GESLOTEN), "mededelingen", tekst, kop=CORRECTIE)
    assert werk.take(melding).lot is Lot.GEMELD
    assert [m.soort for m in werk.get(GESLOTEN).meldingen] == ["correctie"]


def test_what_is_wrong_stands_beside_the_form_without_its_answers_and_it_may_come_back_corrected(werk: _Werk) -> None:
    formulier, voor = werk.ask(Formuliersoort.PLAN), werk.get()
    fout = _fill_rows(
        formulier,
        "acties",
        {**ACTIE, "acties.uitvoerder": "Rusthuis Zwarteparel"},
        kop={**PLAN, "plan.opgesteld_op": "1/1/2031"},
    )
    assert werk.take(fout).lot is Lot.QUARANTAINE
    reden = werk.read_reason()
    assert "Opgesteld op" in reden and "Uitvoerder" in reden and "rij 1" in reden
    assert "Zwarteparel" not in reden and "2031" not in reden
    assert werk.get() == voor
    assert werk.take(_fill_rows(formulier, "acties", ACTIE, kop=PLAN)).lot is Lot.PLAN_BIJGEWERKT


@pytest.mark.parametrize("soort", [Formuliersoort.INBRENG, Formuliersoort.PLAN, Formuliersoort.MELDING])
def test_a_form_that_was_left_blank_is_refused_without_sending_to_an_aanmelder(
    werk: _Werk, soort: Formuliersoort
) -> None:
    assert werk.take(werk.ask(soort, van="cgg" if soort is Formuliersoort.INBRENG else "")).lot is Lot.QUARANTAINE
    assert "aanmelder" not in werk.read_reason()


def test_of_an_anonymous_case_no_file_name_is_kept(werk: _Werk) -> None:
    inbreng = _fill_rows(werk.ask(Formuliersoort.INBRENG, ANONIEME, "cgg"), "informatie", FEIT)
    assert werk.take(inbreng, "Zwarteparel.docx").lot is Lot.INGEBRACHT
    fout = _fill_rows(werk.ask(Formuliersoort.INBRENG, ANONIEME, "cgg"), "informatie", {"informatie.bron": "dossier"})
    assert werk.take(fout, "Zwarteparel twee.docx").lot is Lot.QUARANTAINE
    assert b"Zwarteparel" not in (werk.mapje.map / "register.sqlite").read_bytes()


def test_a_verslag_of_an_overleg_that_has_not_been_is_refused_and_taken_in_on_the_day_itself(werk: _Werk) -> None:
    besluit = {CODE: {"punten.besluit": "Verder in de ketenaanpak", "punten.aanwezig": "CAW"}}
    verslag = fill_controls(werk.ask_verslag(dt.date(2027, 1, 21)), {}, besluit)
    vroeg = werk.take(verslag, dag=dt.date(2027, 1, 20))
    assert [b.code for b in vroeg.bevindingen] == ["overleg-nog-niet-geweest"]
    assert "nog niet geweest" in werk.read_reason() and "donderdag 21 januari 2027" in werk.read_reason()
    assert werk.get().besluiten == ()
    assert werk.take(verslag, dag=dt.date(2027, 1, 21)).lot is Lot.BESLIST
    assert len(werk.get().besluiten) == 1


def test_for_a_closed_case_the_coordinator_can_ask_a_melding_and_no_plan(werk: _Werk) -> None:
    for soort, code in (("melding", ExitCode.KLAAR), ("plan", ExitCode.GEBRUIK)):
        pad = werk.mapje.map / f"{soort}.docx"
        vraag = ("formulier", soort, "--map", str(werk.mapje.map), "--casus", GESLOTEN, "-o", str(pad))
        assert werk.mapje.run(*vraag) == code, werk.mapje.uitvoer
        assert pad.exists() is (code == ExitCode.KLAAR)


def test_through_the_command_line_each_form_is_one_event_and_the_screen_says_what_happened(werk: _Werk) -> None:
    mapje = werk.mapje
    mapje.drop(_fill_rows(werk.ask(Formuliersoort.INBRENG, van="cgg"), "informatie", FEIT), "a.docx")
    mapje.drop(_fill_rows(werk.ask(Formuliersoort.PLAN), "acties", ACTIE, kop=PLAN), "b.docx")
    mapje.drop(fill_controls(werk.ask(Formuliersoort.MELDING), MELDING), "c.docx")
    gebeurd = ("inbreng toegevoegd", "plan bijgewerkt", "melding verwerkt")
    voor = mapje.list_dossiers()

    assert mapje.process(DAG.isoformat(), "--proef") == ExitCode.KLAAR
    assert all(wat in mapje.uitvoer for wat in gebeurd)
    assert (mapje.list_dossiers(), len(mapje.list_files("in"))) == (voor, 3)

    assert mapje.process(DAG.isoformat()) == ExitCode.KLAAR
    assert all(wat in mapje.uitvoer for wat in gebeurd)
    assert "Criterium" not in mapje.uitvoer
    with Register.open(mapje.map, alleen_lezen=True) as register:
        assert register.verify() == ()
    with closing(sqlite3.connect(mapje.map / "register.sqlite")) as verbinding:
        regels = "\n".join(verbinding.iterdump())
    assert [regels.count(wat) for wat in gebeurd] == [1, 1, 1]
    assert len(mapje.list_files("archief")) == 3
