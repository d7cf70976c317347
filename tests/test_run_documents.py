"""Which copies are due, in which folder, with which form; and who counts as having heard of a case before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from support_dossier import DATA, TAFELVLAG, VANDAAG, WERKMAP, make_dossier

from pipeline.meeting import plan_overleg, recall_overleg
from pipeline.pdf import RdocxEngine
from pipeline.register import Register
from pipeline.run.documents import find_unheard, list_earlier, list_letters, list_meeting_copies, list_verslag_copies
from pipeline.run.stuk import Stuk
from pipeline.run.verslag import find_verslag_findings
from pipeline.run.werkmap import make_werkmap
from pipeline.settings import Settings
from schemas.dossier import Actie, Dossier, GenomenBesluit, Mededeling, Melding, Mijlpaal, Planstand, PlanVanAanpak
from schemas.overleg import Overleg
from schemas.tafel import Anker
from schemas.verstrekking import Bestandsregel, Verstrekking

EXPERTEN = dt.date(2026, 12, 17)
HOUDT = dt.date(2026, 11, 19)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    make_werkmap(tmp_path / "map", DATA)
    return Settings(
        map=tmp_path / "map", data=DATA, werkmap=WERKMAP, tafels=(DATA,), vandaag=VANDAAG, choose_engine=RdocxEngine
    )


@pytest.fixture
def register(settings: Settings) -> Iterator[Register]:
    with Register.open(settings.map) as open_:
        yield open_


def _save(register: Register, *dossiers: Dossier) -> None:
    for dossier in dossiers:
        register.save_dossier(dossier, "aangemeld", VANDAAG)


def _deliver(register: Register, stukken: Sequence[Stuk], dag: dt.date = VANDAAG) -> None:
    for stuk in stukken:
        register.add_verstrekking(_note(stuk, dag))


def _note(stuk: Stuk, dag: dt.date) -> Verstrekking:
    beeld = stuk.beeld
    return Verstrekking(
        sleutel=beeld.sleutel,
        versie=beeld.kop.versie,
        documentnummer=beeld.kop.documentnummer,
        documentsoort=beeld.documentsoort,
        ontvanger=beeld.ontvanger.id,
        map=stuk.map,
        klaargezet_op=dag,
        bestanden=tuple(Bestandsregel(naam=naam, sha256="c" * 64, bytes=1) for naam in stuk.namen),
        beeld=beeld,
    )


def _plan(actie: str = "Belt") -> PlanVanAanpak:
    return PlanVanAanpak(
        versie=1,
        stand=Planstand.VOORSTEL,
        opgesteld_op=VANDAAG,
        bijgewerkt_op=VANDAAG,
        goedgekeurd_op=None,
        acties=(
            Actie(
                doelstelling="Rust",
                prioriteit="Hoog",
                actie=actie,
                uitvoerders=("caw",),
                tegen=None,
                status="",
                vlag=TAFELVLAG,
            ),
        ),
        sha256="b" * 64,
    )


def _melding(soort: str, *wie: str, datum: dt.date = VANDAAG, tekst: str = "") -> Melding:
    return Melding(
        soort=soort,
        datum=datum,
        wie=wie,
        naar=(),
        uur="13.30",
        plaats="Zaal 3",
        mededelingen=(Mededeling(tekst=tekst, vlag=TAFELVLAG),) if tekst else (),
        notitie="",
        formuliernummer="MELD22",
        ontvangen_op=datum,
    )


def _casus(code: str = "BCDFG2", fase: str = "ketenaanpak", **velden: Any) -> Dossier:
    besluit = GenomenBesluit(overleg="expertentafel", datum=HOUDT, besluit="spoor3", aanwezig=("caw", "politie"))
    return make_dossier(code=code, fase=fase, besluiten=(besluit,)).model_copy(update=velden)


def _recall(*dossiers: Dossier) -> Overleg:
    soort = DATA.tafel.get_overleg("expertentafel")
    assert soort is not None
    return recall_overleg(soort, HOUDT, dossiers)


def test_letters_of_decision_plan_and_melding_are_due_together_each_in_its_readers_folder(
    settings: Settings, register: Register
) -> None:
    zorg = _melding("zorgoverleg", "caw", datum=VANDAAG + dt.timedelta(days=7))
    _save(register, _casus(plannen=(_plan(),), meldingen=(zorg,)))
    stukken = list_letters(settings, register)
    gemaakt = {(stuk.beeld.documentsoort, stuk.map.split("/")[1]) for stuk in stukken}
    assert {
        ("terugkoppeling", "aanmelder BCDFG2"),
        ("plan", "caw"),
        ("uitnodiging_zorgoverleg", "caw"),
        ("uitnodiging_zorgoverleg", "client BCDFG2"),
        ("stand_van_zaken", "coordinator"),
    } <= gemaakt
    assert {stuk.map.split("/")[0] for stuk in stukken} == {"2026-12-01 brieven"}
    _deliver(register, stukken)
    assert list_letters(settings, register) == []


def test_a_next_version_of_a_plan_goes_to_whom_it_changes_something_for(settings: Settings, register: Register) -> None:
    dossier = _casus(plannen=(_plan(),))
    _save(register, dossier)
    _deliver(register, list_letters(settings, register))
    _save(register, dossier.model_copy(update={"plannen": (_plan(), _plan("Belt twee keer"))}))
    stukken = [stuk for stuk in list_letters(settings, register) if stuk.beeld.documentsoort == "plan"]
    assert stukken
    assert all((s.beeld.kop.versie, s.beeld.kop.vervangt) == (2, 1) for s in stukken)


def test_who_got_something_about_a_case_before_is_read_from_what_went_out(
    settings: Settings, register: Register
) -> None:
    correctie = _melding("correctie", tekst="Er stond een fout in.")
    _save(register, _casus(plannen=(_plan(),)), _casus("HJKLM3", meldingen=(correctie,)))
    eerst = list_letters(settings, register)
    _deliver(register, eerst, VANDAAG - dt.timedelta(days=3))
    eerder = list_earlier(register.list_verstrekkingen())
    assert eerder["BCDFG2"]["caw"] == VANDAAG - dt.timedelta(days=3)
    assert set(eerder["HJKLM3"]) == {"aanmelder HJKLM3"}
    assert [b.code for b in find_unheard(settings, register)] == ["mededeling-zonder-lezer"]
    _save(register, _casus(plannen=(_plan(),), meldingen=(correctie,)))
    addenda = {s.beeld.ontvanger.id for s in list_letters(settings, register) if s.beeld.documentsoort == "addendum"}
    assert addenda == {naam for naam in eerder["BCDFG2"] if WERKMAP.get_partner(naam)}


def test_each_partner_gets_an_inbrengformulier_with_each_casusfiche_and_the_coordinator_none(
    settings: Settings, register: Register
) -> None:
    dossiers = [_casus(code, "geagendeerd", overleg_op=EXPERTEN, besluiten=()) for code in ("BCDFG2", "HJKLM3")]
    _save(register, *dossiers)
    soort = DATA.tafel.get_overleg("expertentafel")
    assert soort is not None
    overleg = plan_overleg(soort, EXPERTEN, dossiers, DATA.tafel, WERKMAP)
    stukken = list_meeting_copies(overleg, settings, register)
    mee = {
        (s.beeld.documentsoort, s.beeld.ontvanger.id, s.beeld.kop.casuscode): [b.naam for b in s.bijlagen]
        for s in stukken
    }
    assert mee["casusfiche", "caw", "HJKLM3"] == ["Inbrengformulier HJKLM3.docx"]
    assert mee["casusfiche", "coordinator", "HJKLM3"] == mee["agenda", "caw", ""] == []
    nummers = {
        nummer
        for stuk in stukken
        if stuk.beeld.ontvanger.id in ("caw", "cgg")
        for bijlage in stuk.bijlagen
        for nummer in [bijlage.build()]
    }
    assert len(nummers) == 4
    _deliver(register, stukken)
    assert list_meeting_copies(overleg, settings, register) == []
    _save(register, dossiers[0].model_copy(update={"fase": "ketenaanpak"}))
    nieuw = [s for s in list_meeting_copies(overleg, settings, register) if s.beeld.documentsoort == "casusfiche"]
    assert {s.beeld.kop.versie for s in nieuw} == {2}
    assert [bijlage for stuk in nieuw for bijlage in stuk.bijlagen] == []  # it has the form already


def test_a_plan_form_travels_with_the_coordinators_verslag_until_there_is_a_plan(
    settings: Settings, register: Register
) -> None:
    gevraagd = Mijlpaal(anker=Anker.PLAN_GEVRAAGD, datum=HOUDT, veld="Verslagformulier")
    zonder, met = _casus(mijlpalen=(gevraagd,)), _casus("HJKLM3", mijlpalen=(gevraagd,), plannen=(_plan(),))
    dicht = _casus("NPQRT4", "afgesloten", mijlpalen=(gevraagd,))
    _save(register, zonder, met, dicht)
    stukken = list_verslag_copies(_recall(zonder, met, dicht), settings, register)
    mee = [(s.beeld.ontvanger.id, b.naam) for s in stukken for b in s.bijlagen]
    assert [(wie, naam.rpartition(" ")[2]) for wie, naam in mee] == [("coordinator", "BCDFG2.docx")]
    _deliver(register, stukken)
    opnieuw = list_verslag_copies(_recall(zonder, met, dicht), settings, register)
    assert [bijlage for stuk in opnieuw for bijlage in stuk.bijlagen] == []


def test_who_stopped_after_a_meeting_keeps_his_copy_of_its_verslag(settings: Settings, register: Register) -> None:
    dossiers = [_casus(), _casus("HJKLM3")]
    _save(register, *dossiers)
    overleg = _recall(*dossiers)
    _deliver(register, list_verslag_copies(overleg, settings, register), HOUDT)
    gestopt = [d.model_copy(update={"meldingen": (_melding("gestopt", "caw"),)}) for d in dossiers]
    for binnen in ([gestopt[0], dossiers[1]], gestopt):
        _save(register, *binnen)
        stukken = list_verslag_copies(overleg, settings, register)
        assert all(register.get_verstrekking(s.beeld.sleutel) for s in stukken)
        assert {s.beeld.ontvanger.id for s in stukken} == {"coordinator", "caw", "politie"}
        assert find_verslag_findings(overleg, stukken, binnen, settings, register) == ()


def test_of_news_in_a_verslag_who_stopped_hears_nothing(settings: Settings, register: Register) -> None:
    dossier = _casus()
    _save(register, dossier)
    overleg = _recall(dossier)
    _deliver(register, list_verslag_copies(overleg, settings, register), HOUDT)
    nieuws = dossier.besluiten[0].model_copy(update={"onveiligheid": "Acuut"})
    anders = {"besluiten": (nieuws,), "meldingen": (_melding("gestopt", "caw"),)}
    _save(register, dossier.model_copy(update=anders))
    ontvangers = {s.beeld.ontvanger.id for s in list_verslag_copies(overleg, settings, register)}
    assert ontvangers == {"coordinator", "politie"}
