"""A verslag form: decisions with attendance, to-do's and released passages; corrected as if the first never was."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from support_dossier import DATA, GEEN, SHA, TAFELVLAG, WERKMAP, make_aanmelding, make_dossier, make_validatie
from support_fill import fill_word
from support_werkmap import Werkmapje

from pipeline.cli.context import load_settings
from pipeline.decide import Besluitvorming, Zitting, decide_punten
from pipeline.forms import Vooraf, build_formulier
from pipeline.inbox import Binnengekomen
from pipeline.meeting import plan_overleg
from pipeline.read import read_formulier
from pipeline.register import Register
from pipeline.run.attachments import make_besluitformulier
from pipeline.run.intake import Intake
from pipeline.run.results import Formulierresultaat, Lot
from schemas import kern
from schemas.bevinding import Ernst
from schemas.deling import Vlag
from schemas.dossier import Afspraak, Dossier, Fasewissel, Mijlpaal, Passage
from schemas.tafel import Anker
from schemas.werkmap import Werkmap, has_signed

EXPERTENTAFEL = DATA.tafel.get_overleg("expertentafel")
VERSLAG = DATA.get_formulier("verslag")
DATUM = dt.date(2026, 12, 17)
VANDAAG = dt.date(2026, 12, 18)
CODE, ANDERE = "BCDFG2", "HJKLM3"
SPOOR1 = {"casus": CODE, "besluit": "spoor 1", "advies": "Blijf langsgaan.", "aanwezig": "CAW"}
SPOOR3 = {"casus": CODE, "besluit": "spoor 3", "aanwezig": "CAW, Lokale politie"}
TODO = {"casus": CODE, "wat": "Huisbezoek brengen.", "wie": "CAW", "tegen": "10/1/2027"}
PASSAGE = {"casus": CODE, "tekst": "De tafel vraagt een huisbezoek."}

Rij = Mapping[str, str]


def _make_dossier(code: str = CODE, fase: str = "geagendeerd") -> Dossier:
    verloop = (
        Fasewissel(fase="aangemeld", op=dt.date(2026, 11, 12), door="aanmelding"),
        Fasewissel(fase=fase, op=dt.date(2026, 12, 4), door="Triagetafel 4 december 2026"),
    )
    return make_dossier(code=code, fase=fase, overleg_op=DATUM).model_copy(update={"verloop": verloop})


AGENDA = {code: _make_dossier(code) for code in (CODE, ANDERE)}


def _decide(
    punten: Sequence[Rij] = (SPOOR3,),
    afspraken: Sequence[Rij] = (),
    passages: Sequence[Rij] = (),
    *,
    vlag: Vlag = TAFELVLAG,
    agenda: Mapping[str, Dossier] = AGENDA,
    werkmap: Werkmap = WERKMAP,
    sha: str = SHA,
) -> Besluitvorming:
    assert EXPERTENTAFEL is not None
    assert VERSLAG is not None
    rijen = {"punten": punten, "afspraken": afspraken, "passages": passages}
    aanmelding = make_aanmelding({}, rijen, {"passages": vlag}, formulier=VERSLAG)
    zitting = Zitting(
        VERSLAG,
        EXPERTENTAFEL,
        DATUM,
        agenda,
        DATA.tafel,
        werkmap,
        VANDAAG,
        documenten=DATA.documenten,
        deling=DATA.deling,
    )
    return decide_punten(make_validatie(aanmelding, sha=sha, nummer="QWRT22"), zitting)


def _take(uitkomst: Besluitvorming) -> dict[str, Dossier]:
    assert not uitkomst.geweigerd, [b.code for b in uitkomst.bevindingen]
    return {dossier.code: dossier for dossier in uitkomst.dossiers}


def _list_codes(uitkomst: Besluitvorming, ernst: Ernst = Ernst.FOUT) -> list[str]:
    return [b.code for b in uitkomst.bevindingen if b.ernst is ernst]


def _list_todos(dossier: Dossier) -> tuple[Afspraak, ...]:
    """Its to-do's, without the numbers that they were given."""
    return tuple(afspraak.model_copy(update={"nummer": ""}) for afspraak in dossier.afspraken)


def _make_afspraak(wat: str, wie: str, datum: dt.date = DATUM, tegen: dt.date | None = None) -> Afspraak:
    return Afspraak(overleg="expertentafel", datum=datum, wat=wat, wie=(wie,), tegen=tegen)


def test_the_row_of_a_case_keeps_all_that_the_table_noted() -> None:
    rij = {
        **SPOOR3,
        "onveiligheid": "matig",
        "geinformeerd": "deels",
        "stemt_in": "niet gevraagd",
        "terugkoppeling": "ja",
        "terugkoppeling_wie": "CAW",
        "terugkoppeling_hoe": "Bij het volgende huisbezoek.",
        "pistes": "Bewindvoering.",
    }
    uitkomst = _decide([rij])
    (besluit,) = _take(uitkomst)[CODE].besluiten
    assert besluit.aanwezig == ("caw", "lokale_politie")
    assert (besluit.onveiligheid, besluit.geinformeerd, besluit.stemt_in) == ("Matig", "Gedeeltelijk", "Niet gevraagd")
    assert (besluit.terugkoppeling, besluit.terugkoppeling_wie) == ("Ja", ("caw",))
    assert (besluit.terugkoppeling_hoe, besluit.pistes) == ("Bij het volgende huisbezoek.", "Bewindvoering.")
    assert uitkomst.bevindingen == ()


def test_to_dos_and_passages_go_to_the_dossier_that_their_row_names_each_passage_with_its_own_flag() -> None:
    vlag = Vlag(deelbaar_met=frozenset({"tafel"}), niet_voor=frozenset({"parket"}))
    rij = {"casus": ANDERE, "besluit": "spoor 3", "aanwezig": "CGG"}
    tweede = {"casus": ANDERE, "wat": "Contact opnemen.", "wie": "CGG"}
    dossiers = _take(_decide([SPOOR3, rij], [tweede, TODO], [PASSAGE], vlag=vlag))
    tegen = dt.date(2027, 1, 10)
    assert _list_todos(dossiers[CODE]) == (_make_afspraak("Huisbezoek brengen.", "caw", tegen=tegen),)
    assert dossiers[CODE].passages == (
        Passage(overleg="expertentafel", datum=DATUM, tekst="De tafel vraagt een huisbezoek.", vlag=vlag),
    )
    assert _list_todos(dossiers[ANDERE]) == (_make_afspraak("Contact opnemen.", "cgg"),)
    assert dossiers[ANDERE].passages == ()


def test_a_decision_sets_the_dates_from_which_terms_count_and_the_course_of_the_dossier() -> None:
    dossier = _take(_decide())[CODE]
    veld = "Verslagformulier expertentafel 17 december 2026, Besluit"
    ankers = (Anker.BESPROKEN, Anker.PLAN_GEVRAAGD)
    assert dossier.mijlpalen == tuple(Mijlpaal(anker=anker, datum=DATUM, veld=veld) for anker in ankers)
    door = "Expertentafel 17 december 2026: Spoor 3: ketenaanpak"
    wissel = Fasewissel(fase="ketenaanpak", op=DATUM, door=door)
    assert dossier.verloop == (*AGENDA[CODE].verloop, wissel)
    assert (dossier.fase, dossier.overleg_op) == ("ketenaanpak", dt.date(2027, 1, 21))


def test_a_decision_that_leaves_the_phase_as_it_is_adds_nothing_to_the_course() -> None:
    dossier = _make_dossier(fase="ketenaanpak")
    rij = {**SPOOR3, "besluit": "Verder in de ketenaanpak"}
    na = _take(_decide([rij], agenda={CODE: dossier}))[CODE]
    assert na.verloop == dossier.verloop
    assert na.get_mijlpaal(Anker.BESPROKEN) is not None


_PUNTEN, _AFSPRAKEN, _PASSAGES = "Besluiten per casus", "Afspraken", "Wat buiten de tafel gedeeld mag worden"
_FOUT: Sequence[tuple[str, str, Rij, str]] = (
    ("a to-do of a case elsewhere", _AFSPRAKEN, {**TODO, "casus": "ZZZZZZ"}, "casus-niet-op-agenda"),
    ("a to-do of no case", _AFSPRAKEN, {**TODO, "casus": ""}, "casus-niet-op-agenda"),
    ("a to-do of an undecided case", _AFSPRAKEN, {**TODO, "casus": ANDERE}, "casus-zonder-besluit"),
    ("a to-do without what", _AFSPRAKEN, {**TODO, "wat": ""}, "afspraak-onvolledig"),
    ("a to-do without who", _AFSPRAKEN, {**TODO, "wie": ""}, "afspraak-onvolledig"),
    ("a to-do for who knows whom", _AFSPRAKEN, {**TODO, "wie": "onbekend"}, "afspraak-onvolledig"),
    ("a to-do for a stranger", _AFSPRAKEN, {**TODO, "wie": "Rusthuis Ergens"}, "partner-onbekend"),
    ("a to-do for some ad hoc partner", _AFSPRAKEN, {**TODO, "wie": "ad hoc partner"}, "ad-hocpartner-onbekend"),
    ("a to-do for an unsigned partner", _AFSPRAKEN, {**TODO, "wie": "WGC Testdorp"}, "afspraak-niet-ondertekend"),
    ("a to-do that was due before", _AFSPRAKEN, {**TODO, "tegen": "16/12/2026"}, "datum-voor-overleg"),
    ("a day that does not exist", _AFSPRAKEN, {**TODO, "tegen": "31/2/2027"}, "besluit-onleesbaar"),
    ("a passage of a case elsewhere", _PASSAGES, {**PASSAGE, "casus": "ZZZZZZ"}, "casus-niet-op-agenda"),
    ("a passage of an undecided case", _PASSAGES, {**PASSAGE, "casus": ANDERE}, "casus-zonder-besluit"),
    ("a passage without words", _PASSAGES, {"casus": CODE}, "passage-zonder-tekst"),
    ("two sporen", _PUNTEN, {**SPOOR3, "besluit": "spoor 1, spoor 3"}, "besluit-onleesbaar"),
    ("spoor 2 without partner", _PUNTEN, {**SPOOR3, "besluit": "spoor 2"}, "besluit-onvolledig"),
    ("a decision from another phase", _PUNTEN, {**SPOOR3, "besluit": "Afsluiten"}, "besluit-niet-toegelaten"),
    ("a stranger at the table", _PUNTEN, {**SPOOR3, "aanwezig": "de huisarts"}, "partner-onbekend"),
    ("some ad hoc partner there", _PUNTEN, {**SPOOR3, "aanwezig": "ad hoc partner"}, "ad-hocpartner-onbekend"),
    ("an unsigned partner there", _PUNTEN, {**SPOOR3, "aanwezig": "WGC Testdorp"}, "aanwezig-niet-ondertekend"),
    ("a stranger who tells", _PUNTEN, {**SPOOR3, "terugkoppeling_wie": "de buur"}, "partner-onbekend"),
    ("a row without decision", _PUNTEN, {"casus": CODE, "onveiligheid": "matig"}, "besluit-vergeten"),
)


@pytest.mark.parametrize(("rubriek", "rij", "code"), [pytest.param(*rest, id=naam) for naam, *rest in _FOUT])
def test_one_bad_row_refuses_the_whole_form_and_names_form_rubriek_and_row(rubriek: str, rij: Rij, code: str) -> None:
    punten = [rij] if rubriek == _PUNTEN else [SPOOR3]
    afspraken = [rij] if rubriek == _AFSPRAKEN else []
    uitkomst = _decide(punten, afspraken, [rij] if rubriek == _PASSAGES else [])
    assert (uitkomst.geweigerd, uitkomst.dossiers) == (True, ())
    (fout,) = [b for b in uitkomst.bevindingen if b.ernst is Ernst.FOUT]
    assert fout.code == code
    assert fout.plaats.startswith(f"Verslagformulier expertentafel, {rubriek}, rij 1")
    assert fout.remedie.endswith(".")


def test_a_decision_that_the_phase_does_not_allow_names_the_phase_and_what_it_does_allow() -> None:
    (fout,) = _decide([{**SPOOR3, "besluit": "Langer in passieve regie"}]).bevindingen
    assert "geagendeerd op de expertentafel" in fout.melding
    assert all(f"“Spoor {nummer}: " in fout.melding for nummer in (1, 2, 3))
    assert "Afsluiten" not in fout.melding


def test_a_to_do_for_a_partner_who_was_not_there_is_warned() -> None:
    uitkomst = _decide(afspraken=[{**TODO, "wie": "CGG, CAW"}])
    assert _list_codes(uitkomst, Ernst.WAARSCHUWING) == ["afspraak-afwezige"]
    assert "CGG Voorbeeldstreek" in uitkomst.bevindingen[0].melding
    assert _take(uitkomst)[CODE].afspraken[0].wie == ("cgg", "caw")


@pytest.mark.parametrize("wie", ["SAMEN-regisseur", "aanmelder", "Lokale politie"])
def test_who_leads_the_table_or_brought_the_case_is_not_called_absent(wie: str) -> None:
    assert _decide(afspraken=[{**TODO, "wie": wie}]).bevindingen == ()


def test_without_attendance_nobody_is_called_absent_but_it_is_told_that_no_partner_gets_the_case() -> None:
    uitkomst = _decide([{**SPOOR3, "aanwezig": ""}], [TODO])
    assert _list_codes(uitkomst, Ernst.WAARSCHUWING) == ["aanwezigen-leeg"]
    assert _take(uitkomst)[CODE].afspraken


def test_a_passage_that_nobody_may_have_is_warned_and_kept() -> None:
    uitkomst = _decide(passages=[PASSAGE], vlag=GEEN)
    assert _list_codes(uitkomst, Ernst.WAARSCHUWING) == ["passage-niet-deelbaar"]
    assert _take(uitkomst)[CODE].passages[0].vlag == GEEN


def test_telling_the_client_without_saying_who_is_warned_and_so_is_somebody_who_gets_no_verslag() -> None:
    ja = {**SPOOR3, "terugkoppeling": "ja"}
    assert _list_codes(_decide([ja]), Ernst.WAARSCHUWING) == ["vraag-open"]
    niet_getekend = _decide([{**ja, "terugkoppeling_wie": "WGC Testdorp"}])
    assert _list_codes(niet_getekend, Ernst.WAARSCHUWING) == ["terugkoppeling-niet-ondertekend"]


SPOOR2 = {"casus": CODE, "besluit": "spoor 2", "partner": "CAW", "aanwezig": "CAW"}


@pytest.mark.parametrize(
    ("punt", "groepen", "genoemd"),
    [
        (SPOOR2, {"aanmelder"}, "“Aanmelder”"),
        (SPOOR2, {"aanmelder", "tafel"}, "“Aanmelder”"),
        (SPOOR2, {"aanmelder", "client"}, "“Aanmelder” en “Cliënt”"),
        (SPOOR2, {"tafel", "triage"}, ""),
        (SPOOR1, {"aanmelder", "tafel"}, ""),
        (SPOOR3, {"aanmelder"}, ""),
    ],
)
def test_a_passage_that_no_document_brings_to_a_ticked_group_is_told_once_and_kept(
    punt: Rij, groepen: set[str], genoemd: str
) -> None:
    """At spoor 2 the partner tells the aanmelder, and the table writes him no letter (S0:22)."""
    uitkomst = _decide([punt], passages=[PASSAGE], vlag=Vlag(deelbaar_met=frozenset(groepen)))
    gezegd = [b for b in uitkomst.bevindingen if b.code == "passage-zonder-brief"]
    assert [b.melding.split(" voor ")[1].split(", maar")[0] for b in gezegd] == ([genoemd] if genoemd else [])
    assert all(b.ernst is Ernst.INFO and "Spoor 2" in b.melding for b in gezegd)
    assert _take(uitkomst)[CODE].passages[0].vlag.deelbaar_met == groepen


def test_a_blank_row_is_no_to_do_and_no_passage() -> None:
    leeg = {"casus": "", "wat": ""}
    uitkomst = _decide(afspraken=[leeg, TODO], passages=[{"casus": ""}], vlag=GEEN)
    assert len(_take(uitkomst)[CODE].afspraken) == 1
    assert uitkomst.bevindingen == ()


def test_signing_counts_for_the_table_from_that_day_and_for_a_to_do_from_today() -> None:
    partner = WERKMAP.get_partner("wijkgezondheidscentrum")
    assert partner is not None
    getekend = partner.model_copy(update={"protocol_ondertekend_op": VANDAAG})
    assert not has_signed(getekend, DATA.tafel, DATUM)
    andere = tuple(p for p in WERKMAP.partners if p.id != partner.id)
    werkmap = WERKMAP.model_copy(update={"partners": (*andere, getekend)})
    todo = {**TODO, "wie": "WGC Testdorp"}
    assert _list_codes(_decide(afspraken=[todo], werkmap=werkmap)) == []
    aanwezig = {**SPOOR3, "aanwezig": "WGC Testdorp"}
    assert _list_codes(_decide([aanwezig], werkmap=werkmap)) == ["aanwezig-niet-ondertekend"]


def test_a_corrected_form_leaves_the_dossier_as_if_only_that_form_had_come() -> None:
    eerst = _take(_decide([SPOOR3], [TODO], [PASSAGE]))
    nieuwe_todo = {**TODO, "wat": "Bellen."}
    verbeterd = _decide([SPOOR1], [nieuwe_todo], agenda={**AGENDA, **eerst}, sha="b" * 64)
    assert _take(verbeterd) == _take(_decide([SPOOR1], [nieuwe_todo], sha="b" * 64))
    assert _list_codes(verbeterd, Ernst.INFO) == ["besluit-vervangen"]
    assert _list_codes(verbeterd, Ernst.WAARSCHUWING) == ["afspraken-vervallen"]
    assert "2 afspraken of passages" in verbeterd.bevindingen[-1].melding


def test_a_corrected_form_changes_only_the_cases_that_it_decides() -> None:
    twee = {"casus": ANDERE, "besluit": "spoor 3", "aanwezig": "CAW"}
    eerst = _take(_decide([SPOOR3, twee], [TODO]))
    verbeterd = _decide([{"casus": CODE}, {**twee, "onveiligheid": "matig"}], agenda=eerst)
    assert set(_take(verbeterd)) == {ANDERE}
    assert _list_codes(verbeterd, Ernst.INFO) == ["besluit-blijft", "besluit-vervangen"]


def test_a_to_do_of_a_case_that_was_decided_before_is_added_once() -> None:
    eerst = _take(_decide([SPOOR3], [TODO]))
    nog_een = {**TODO, "wat": "Bellen.", "wie": "CGG"}
    uitkomst = _decide([], [TODO, nog_een], agenda=eerst)
    assert [a.wat for a in _take(uitkomst)[CODE].afspraken] == ["Huisbezoek brengen.", "Bellen."]
    assert _list_codes(uitkomst, Ernst.WAARSCHUWING) == ["afspraak-afwezige"]
    assert _take(uitkomst)[CODE].besluiten == eerst[CODE].besluiten


def test_to_dos_of_another_overleg_stay() -> None:
    vroeger = _make_afspraak("Nagaan.", "caw", datum=dt.date(2026, 11, 19))
    dossier = AGENDA[CODE].model_copy(update={"afspraken": (vroeger,)})
    eerst = _take(_decide([SPOOR3], [TODO], agenda={CODE: dossier}))
    assert _take(_decide([SPOOR3], agenda=eerst))[CODE].afspraken == (vroeger,)


@pytest.mark.parametrize("gebeurd", ["mijlpaal", "fase", "verloop", "besluit"])
def test_a_case_on_which_something_else_was_built_is_not_decided_again(gebeurd: str) -> None:
    dossier = _take(_decide())[CODE]
    later = dt.date(2027, 1, 21)
    mijlpaal = Mijlpaal(anker=Anker.PASSIEF, datum=later, veld="Verslagformulier, Besluit")
    wissel = Fasewissel(fase="ketenaanpak", op=later, door="x")
    besluit = dossier.besluiten[0].model_copy(update={"datum": later})
    wijzigingen: dict[str, dict[str, object]] = {
        "mijlpaal": {"mijlpalen": (*dossier.mijlpalen, mijlpaal)},
        "fase": {"fase": "passieve_regie"},
        "verloop": {"verloop": (*dossier.verloop, wissel)},
        "besluit": {"besluiten": (*dossier.besluiten, besluit)},
    }
    verder = dossier.model_copy(update=wijzigingen[gebeurd])
    uitkomst = _decide(agenda={CODE: verder})
    assert _list_codes(uitkomst) == ["besluit-ingehaald"]
    assert uitkomst.dossiers == ()


@pytest.mark.parametrize("anker", [Anker.PLAN_OPGESTELD, Anker.CONTACT])
def test_a_plan_or_contact_of_a_later_date_does_not_forbid_a_correction(anker: Anker) -> None:
    dossier = _take(_decide())[CODE]
    mijlpaal = Mijlpaal(anker=anker, datum=dt.date(2027, 1, 4), veld="Planformulier, Opgesteld op")
    verder = dossier.model_copy(update={"mijlpalen": (*dossier.mijlpalen, mijlpaal)})
    assert mijlpaal in _take(_decide(agenda={CODE: verder}))[CODE].mijlpalen


def test_a_dossier_from_before_its_course_was_kept_goes_back_to_its_last_decision() -> None:
    wijziging = {"overleg": "triagetafel", "datum": dt.date(2026, 12, 4), "besluit": "expertentafel"}
    triage = _take(_decide())[CODE].besluiten[0].model_copy(update=wijziging)
    eerst = _take(_decide(agenda={CODE: make_dossier(fase="geagendeerd", besluiten=(triage,))}))
    assert _take(_decide([SPOOR1], agenda=eerst))[CODE].fase == "spoor1_gesloten"


def test_the_blank_verslag_form_has_the_codes_in_the_rows_of_the_cases_only() -> None:
    assert VERSLAG is not None
    rijen = tuple({kern.PUNT_CASUS: code} for code in (CODE, ANDERE))
    vooraf = Vooraf(rijen=rijen, zonder=frozenset({"opvolging"}), titel="Verslag — 17 december")
    ruw = read_formulier("verslag.docx", build_formulier(DATA, VERSLAG, vooraf))
    codes = [(a.tag, a.waarde) for a in ruw.antwoorden if a.tag and a.tag.endswith(".casus")]
    afspraken, passages = (r.blanco_rijen for r in VERSLAG.rubrieken if r.id in ("afspraken", "passages"))
    assert codes == [
        (kern.PUNT_CASUS, CODE),
        (kern.PUNT_CASUS, ANDERE),
        *[(kern.AFSPRAAK_CASUS, "")] * afspraken,
        *[(kern.PASSAGE_CASUS, "")] * passages,
    ]


@dataclass
class _Tafelwerk:
    """A werkmap with a register, and its intake, for one day."""

    map: Path
    register: Register

    def get_form(self, *, opnieuw: bool = False) -> bytes:
        """The verslag form for the table, as it goes out."""
        settings = load_settings(self.map, vandaag=VANDAAG)
        assert EXPERTENTAFEL is not None
        overleg = plan_overleg(
            EXPERTENTAFEL, DATUM, self.register.list_dossiers(), settings.data.tafel, settings.werkmap
        )
        (bijlage,) = make_besluitformulier(overleg, settings, self.register, opnieuw=opnieuw)
        assert bijlage.naam == "Verslagformulier expertentafel 2026-12-17.docx"
        return bijlage.build()

    def take(self, inhoud: bytes) -> Formulierresultaat:
        """Drop a form and take it in."""
        pad = self.map / "in" / "verslag.docx"
        pad.write_bytes(inhoud)
        binnen = Binnengekomen(naam=pad.name, pad=pad, inhoud=inhoud, sha256=hashlib.sha256(inhoud).hexdigest())
        return Intake(load_settings(self.map, vandaag=VANDAAG), self.register).take_file(binnen)[0]


@pytest.fixture
def werk(tmp_path: Path) -> Iterator[_Tafelwerk]:
    """One case on the agenda of the table."""
    werkmap = Werkmapje.make(tmp_path)
    with Register.open(werkmap.map) as register:
        register.save_dossier(_make_dossier(), "aanmelding", VANDAAG)
        yield _Tafelwerk(werkmap.map, register)


_PUNT = {"punten.besluit": "Spoor 3: ketenaanpak", "punten.aanwezig": "CAW"}
_RIJEN: Mapping[str, Sequence[Mapping[str, str | bool]]] = {
    "punten": [_PUNT],
    "afspraken": [{"afspraken.casus": CODE, "afspraken.wat": "Bellen.", "afspraken.wie": "CAW"}],
    "passages": [{"passages.casus": CODE, "passages.tekst": "Er komt hulp.", "passages.deelbaar.tafel": True}],
}


def test_a_filled_in_verslag_form_comes_back_with_its_to_dos_and_passages(werk: _Tafelwerk) -> None:
    resultaat = werk.take(fill_word(werk.get_form(), {}, _RIJEN))
    assert (resultaat.lot, resultaat.bevindingen) == (Lot.BESLIST, ())
    (dossier,) = werk.register.list_dossiers()
    assert (dossier.fase, [a.wat for a in dossier.afspraken]) == ("ketenaanpak", ["Bellen."])
    assert [(p.tekst, p.vlag) for p in dossier.passages] == [("Er komt hulp.", TAFELVLAG)]


def test_a_form_made_to_correct_has_a_row_for_every_case_and_replaces_what_was_decided(werk: _Tafelwerk) -> None:
    werk.take(fill_word(werk.get_form(), {}, _RIJEN))
    spoor1 = {"punten.besluit": "Spoor 1: advies, de aanmelder volgt verder op", "punten.advies": "Blijf langsgaan."}
    resultaat = werk.take(fill_word(werk.get_form(opnieuw=True), {}, {**_RIJEN, "punten": [{**_PUNT, **spoor1}]}))
    assert [b.code for b in resultaat.bevindingen] == ["besluit-vervangen"]
    (dossier,) = werk.register.list_dossiers()
    assert (dossier.fase, len(dossier.besluiten), len(dossier.afspraken)) == ("spoor1_gesloten", 1, 1)


def test_a_refused_verslag_form_leaves_the_register_as_it_was_and_may_come_again(werk: _Tafelwerk) -> None:
    formulier, eerder = werk.get_form(), werk.register.list_dossiers()
    fout = [{**_RIJEN["afspraken"][0], "afspraken.wie": "WGC Testdorp"}]
    geweigerd = werk.take(fill_word(formulier, {}, {**_RIJEN, "afspraken": fout}))
    assert (geweigerd.lot, [b.code for b in geweigerd.bevindingen]) == (Lot.QUARANTAINE, ["afspraak-niet-ondertekend"])
    assert werk.register.list_dossiers() == eerder
    assert werk.take(fill_word(formulier, {}, _RIJEN)).lot is Lot.BESLIST
