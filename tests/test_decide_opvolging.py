"""Earlier to-do's on a verslag form: each has a number, and a later form says what became of it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_dossier import DATA, WERKMAP, make_aanmelding, make_dossier, make_validatie
from support_werkmap import Werkmapje

from pipeline.cli.context import load_settings
from pipeline.decide import Besluitvorming, Zitting, decide_punten
from pipeline.forms import fill_controls
from pipeline.inbox import Binnengekomen
from pipeline.meeting import plan_overleg
from pipeline.read import read_formulier
from pipeline.register import Register
from pipeline.run.attachments import make_besluitformulier, make_casusformulier
from pipeline.run.intake import Intake
from pipeline.run.results import Formulierresultaat, Lot
from schemas.bevinding import Ernst
from schemas.code import TEKENS
from schemas.documentsoort import Kring
from schemas.dossier import Afspraak, Afspraakstatus, Dossier, Fasewissel, Mijlpaal
from schemas.formulier import Formuliersoort
from schemas.tafel import Anker

EXPERTENTAFEL = DATA.tafel.get_overleg("expertentafel")
VERSLAG = DATA.get_formulier("verslag")
VORIGE, DATUM, VOLGENDE = dt.date(2026, 11, 19), dt.date(2026, 12, 17), dt.date(2027, 1, 21)
CODE, DICHT = "BCDFG2", "HJKLM3"
OPEN, ANDER, ELDERS, VROEGER = "BCDF2", "GHJK3", "LMNP4", ""
SPOOR3 = {"casus": CODE, "besluit": "spoor 3", "aanwezig": "CAW"}
TODO = {"casus": CODE, "wat": "Huisbezoek brengen.", "wie": "CAW"}

Rij = Mapping[str, str]


def _make_todo(nummer: str, wat: str, datum: dt.date = VORIGE) -> Afspraak:
    return Afspraak(overleg="expertentafel", datum=datum, wat=wat, wie=("caw",), nummer=nummer)


def _make_dossiers() -> dict[str, Dossier]:
    """A case on the agenda with two numbered to-do's and an old one, and a closed case with one."""
    taken = (_make_todo(OPEN, "Bellen."), _make_todo(ANDER, "Nagaan."), _make_todo(VROEGER, "Uit een oud register."))
    wissel = Fasewissel(fase="geagendeerd", op=dt.date(2026, 12, 4), door="Triagetafel 4 december 2026")
    geagendeerd = make_dossier(code=CODE, fase="geagendeerd", overleg_op=DATUM)
    dicht = make_dossier(code=DICHT, fase="spoor1_gesloten")
    return {
        CODE: geagendeerd.model_copy(update={"afspraken": taken, "verloop": (wissel,)}),
        DICHT: dicht.model_copy(update={"afspraken": (_make_todo(ELDERS, "Schrijven."),)}),
    }


def _decide(
    opvolging: Sequence[Rij] = (),
    punten: Sequence[Rij] = (),
    afspraken: Sequence[Rij] = (),
    *,
    alle: Mapping[str, Dossier] | None = None,
    datum: dt.date = DATUM,
    sha: str = "a" * 64,
) -> Besluitvorming:
    assert EXPERTENTAFEL is not None
    assert VERSLAG is not None
    alle = alle or _make_dossiers()
    rijen = {"punten": punten, "afspraken": afspraken, "opvolging": opvolging}
    aanmelding = make_aanmelding({}, rijen, formulier=VERSLAG)
    zitting = Zitting(
        VERSLAG,
        EXPERTENTAFEL,
        datum,
        {code: dossier for code, dossier in alle.items() if code == CODE},
        DATA.tafel,
        WERKMAP,
        datum + dt.timedelta(days=1),
        alle=alle,
        documenten=DATA.documenten,
    )
    return decide_punten(make_validatie(aanmelding, sha=sha, nummer="QWRT22"), zitting)


def _take(uitkomst: Besluitvorming) -> dict[str, Dossier]:
    assert not uitkomst.geweigerd, [b.code for b in uitkomst.bevindingen]
    return {dossier.code: dossier for dossier in uitkomst.dossiers}


def _get(dossier: Dossier, nummer: str) -> Afspraak:
    (afspraak,) = [a for a in dossier.afspraken if a.nummer == nummer]
    return afspraak


def _row(nummer: str, status: str = "", code: str = CODE) -> Rij:
    return {"casus": code, "afspraak": nummer, "status": status}


def _list_codes(uitkomst: Besluitvorming, ernst: Ernst = Ernst.FOUT) -> list[str]:
    return [b.code for b in uitkomst.bevindingen if b.ernst is ernst]


# --- numbers ---


@settings(deadline=None, max_examples=10)
@given(st.binary(min_size=1), st.integers(min_value=1, max_value=12))
def test_each_new_to_do_has_a_short_number_that_no_other_has_and_the_same_form_gives_the_same(
    inhoud: bytes, aantal: int
) -> None:
    sha = hashlib.sha256(inhoud).hexdigest()
    rijen = [{**TODO, "wat": f"Bezoek {nummer}."} for nummer in range(aantal)]
    dossier = _take(_decide(punten=[SPOOR3], afspraken=rijen, sha=sha))[CODE]
    nieuw = [a.nummer for a in dossier.afspraken if a.datum == DATUM]
    assert len({*nieuw, OPEN, ANDER, ELDERS}) == aantal + 3
    assert all(len(nummer) == 5 and set(nummer) <= set(TEKENS) for nummer in nieuw)
    assert _take(_decide(punten=[SPOOR3], afspraken=rijen, sha=sha))[CODE] == dossier


def test_a_number_that_is_taken_already_is_not_given_out_again() -> None:
    eerst = _take(_decide(punten=[SPOOR3], afspraken=[TODO]))[CODE]
    bezet = eerst.afspraken[-1].nummer
    alle = _make_dossiers()
    alle[DICHT] = alle[DICHT].model_copy(update={"afspraken": (_make_todo(bezet, "Schrijven."),)})
    opnieuw = _take(_decide(punten=[SPOOR3], afspraken=[TODO], alle=alle))[CODE]
    assert opnieuw.afspraken[-1].nummer not in (bezet, "")


def test_the_same_to_do_twice_on_one_form_is_one() -> None:
    dossier = _take(_decide(punten=[SPOOR3], afspraken=[TODO, TODO]))[CODE]
    assert [a.wat for a in dossier.afspraken if a.datum == DATUM] == ["Huisbezoek brengen."]


def test_a_to_do_that_a_corrected_form_repeats_keeps_its_number_and_what_became_of_it() -> None:
    alle = _make_dossiers()
    eerst = _take(_decide(punten=[SPOOR3], afspraken=[TODO], alle=alle))[CODE]
    klaar = eerst.afspraken[-1].model_copy(update={"status": Afspraakstatus.GEDAAN, "status_op": dt.date(2026, 12, 20)})
    gedaan = eerst.model_copy(update={"afspraken": (*eerst.afspraken[:-1], klaar)})
    rijen = [{**TODO, "wat": "Bellen."}, TODO]
    verbeterd = _decide(punten=[SPOOR3], afspraken=rijen, alle={**alle, CODE: gedaan}, sha="b" * 64)
    nieuw, herhaald = _take(verbeterd)[CODE].afspraken[-2:]
    assert herhaald == klaar
    assert nieuw.nummer not in ("", klaar.nummer)
    assert _list_codes(verbeterd, Ernst.WAARSCHUWING) == []


def test_a_to_do_of_an_old_register_gets_a_number_when_a_corrected_form_repeats_it() -> None:
    alle = _make_dossiers()
    eerst = _take(_decide(punten=[SPOOR3], afspraken=[TODO]))[CODE]
    oud = eerst.afspraken[-1].model_copy(update={"nummer": "", "status": Afspraakstatus.NIET_UITGEVOERD})
    alle[CODE] = eerst.model_copy(update={"afspraken": (oud,)})
    (afspraak,) = _take(_decide(punten=[SPOOR3], afspraken=[TODO], alle=alle))[CODE].afspraken
    assert (len(afspraak.nummer), afspraak.status) == (5, Afspraakstatus.NIET_UITGEVOERD)


# --- what became of them ---


@pytest.mark.parametrize(
    ("gekozen", "status", "open_"),
    [
        ("Uitgevoerd", Afspraakstatus.GEDAAN, False),
        ("niet_uitgevoerd", Afspraakstatus.NIET_UITGEVOERD, True),
        ("niet_mogelijk", Afspraakstatus.NIET_MOGELIJK, True),
        ("Vervalt", Afspraakstatus.VERVALLEN, False),
    ],
)
def test_what_became_of_a_to_do_is_noted_with_the_date_of_the_overleg(
    gekozen: str, status: Afspraakstatus, open_: bool
) -> None:
    uitkomst = _decide([_row(OPEN, gekozen)], [SPOOR3])
    afspraak = _get(_take(uitkomst)[CODE], OPEN)
    assert (afspraak.status, afspraak.status_op, afspraak.is_open) == (status, DATUM, open_)
    assert _get(_take(uitkomst)[CODE], ANDER) == _make_todo(ANDER, "Nagaan.")
    assert uitkomst.bevindingen == ()


def test_a_to_do_of_a_closed_case_is_followed_up_too_and_nothing_else_of_it_changes() -> None:
    alle = _make_dossiers()
    dossiers = _take(_decide([_row(ELDERS, "gedaan", DICHT)], alle=alle))
    gedaan = _make_todo(ELDERS, "Schrijven.").model_copy(update={"status": Afspraakstatus.GEDAAN, "status_op": DATUM})
    assert dossiers == {DICHT: alle[DICHT].model_copy(update={"afspraken": (gedaan,)})}


def test_a_blank_status_says_nothing_not_even_of_a_to_do_that_is_gone() -> None:
    uitkomst = _decide([_row(OPEN), _row("ZZZZZ"), _row(OPEN, code="ZZZZZZ")])
    assert (uitkomst.dossiers, uitkomst.bevindingen) == ((), ())


def test_a_corrected_form_may_say_something_else_of_a_to_do_and_what_it_leaves_blank_stays() -> None:
    alle = _make_dossiers()
    eerst = _take(_decide([_row(OPEN, "gedaan"), _row(ANDER, "gedaan")], [SPOOR3], alle=alle))
    verbeterd = _decide([_row(OPEN, "niet_mogelijk"), _row(ANDER)], [SPOOR3], alle={**alle, **eerst}, sha="b" * 64)
    dossier = _take(verbeterd)[CODE]
    assert _get(dossier, OPEN).status is Afspraakstatus.NIET_MOGELIJK
    assert _get(dossier, ANDER).status is Afspraakstatus.GEDAAN
    assert _list_codes(verbeterd, Ernst.WAARSCHUWING) == []


def test_what_was_told_after_the_overleg_stays_and_that_is_said() -> None:
    alle = _make_dossiers()
    later = _make_todo(OPEN, "Bellen.").model_copy(
        update={"status": Afspraakstatus.GEDAAN, "status_op": dt.date(2026, 12, 18)}
    )
    alle[CODE] = alle[CODE].model_copy(update={"afspraken": (later,)})
    uitkomst = _decide([_row(OPEN, "niet_uitgevoerd")], alle=alle)
    assert _take(uitkomst)[CODE].afspraken == (later,)
    assert _list_codes(uitkomst, Ernst.WAARSCHUWING) == ["opvolging-ingehaald"]
    assert "18 december 2026" in uitkomst.bevindingen[0].melding
    assert _decide([_row(OPEN, "gedaan")], alle=alle).bevindingen == ()


_FOUT: Sequence[tuple[str, Rij, str, str]] = (
    ("a case that is not there", _row(OPEN, "gedaan", "ZZZZZZ"), "opvolging-casus-onbekend", "Casuscode"),
    ("a number that is not there", _row("ZZZZZ", "gedaan"), "opvolging-afspraak-onbekend", "Nummer van de afspraak"),
    ("a number of another case", _row(ELDERS, "gedaan"), "opvolging-afspraak-onbekend", "van deze casus"),
    ("a to-do without a number", _row(VROEGER, "gedaan"), "opvolging-afspraak-onbekend", "Nummer van de afspraak"),
    ("words", _row(OPEN, "bijna klaar"), "besluit-onleesbaar", "Wat is ervan geworden?"),
    ("a word that is no choice", _row(OPEN, "nvt"), "besluit-onleesbaar", "Wat is ervan geworden?"),
    ("two choices", _row(OPEN, "gedaan, vervallen"), "besluit-onleesbaar", "Wat is ervan geworden?"),
)


@pytest.mark.parametrize(("rij", "code", "woorden"), [pytest.param(*rest, id=naam) for naam, *rest in _FOUT])
def test_a_row_that_cannot_be_placed_refuses_the_form_and_names_row_and_label(
    rij: Rij, code: str, woorden: str
) -> None:
    uitkomst = _decide([_row(ANDER, "gedaan"), rij], [SPOOR3])
    assert (uitkomst.geweigerd, uitkomst.dossiers) == (True, ())
    (fout,) = uitkomst.bevindingen
    assert fout.code == code
    assert fout.plaats.startswith("Verslagformulier expertentafel, Afspraken van een vorige tafel, rij 2")
    assert woorden in fout.melding
    assert "ZZZZZ" not in f"{fout.plaats} {fout.melding}"


def test_a_to_do_of_the_overleg_itself_cannot_be_followed_up_by_its_own_form() -> None:
    alle = _make_dossiers()
    eerst = _take(_decide(punten=[SPOOR3], afspraken=[TODO], alle=alle))
    nummer = eerst[CODE].afspraken[-1].nummer
    assert _list_codes(_decide([_row(nummer, "gedaan")], alle={**alle, **eerst})) == ["opvolging-afspraak-onbekend"]


def test_two_rows_about_one_to_do_refuse_the_form_unless_one_is_blank() -> None:
    assert _list_codes(_decide([_row(OPEN, "gedaan"), _row(OPEN, "vervallen")])) == ["opvolging-dubbel"]
    assert _list_codes(_decide([_row(OPEN, "gedaan"), _row(OPEN)])) == []


# --- who takes over, and when ---


def test_a_case_is_not_handed_to_an_unsigned_partner_who_would_get_no_letter() -> None:
    (brief,) = [d for d in DATA.list_besluitbrieven("spoor2") if d.kring is Kring.GENOEMD]
    assert brief.id == "opdrachtbrief"
    uitkomst = _decide(punten=[{**SPOOR3, "besluit": "spoor 2", "partner": "WGC Testdorp"}])
    assert _list_codes(uitkomst) == ["opvolger-niet-ondertekend"]
    assert "“Verder opgevolgd door”: Wijkgezondheidscentrum Testdorp" in uitkomst.bevindingen[0].melding
    assert _list_codes(_decide(punten=[{**SPOOR3, "besluit": "spoor 2", "partner": "CAW"}])) == []


def _close(fase: str, besluit: str, anker: Anker, datum: dt.date, op: dt.date) -> Besluitvorming:
    mijlpaal = Mijlpaal(anker=anker, datum=datum, veld="Verslagformulier, Besluit")
    dossier = make_dossier(code=CODE, fase=fase).model_copy(update={"mijlpalen": (mijlpaal,)})
    return _decide(punten=[{**SPOOR3, "besluit": besluit}], alle={CODE: dossier}, datum=op)


@pytest.mark.parametrize(
    ("fase", "besluit", "anker"),
    [("passieve_regie", "Afsluiten", Anker.PASSIEF), ("ketenaanpak", "Naar passieve regie", Anker.PLAN_OPGESTELD)],
)
def test_a_decision_before_its_term_is_over_is_taken_and_told(fase: str, besluit: str, anker: Anker) -> None:
    uitkomst = _close(fase, besluit, anker, DATUM, op=dt.date(2027, 5, 20))
    assert _list_codes(uitkomst, Ernst.WAARSCHUWING) == ["besluit-te-vroeg"]
    assert "ten vroegste op 17 juni 2027" in uitkomst.bevindingen[0].melding
    assert _take(uitkomst)
    assert _close(fase, besluit, anker, DATUM, op=dt.date(2027, 6, 17)).bevindingen == ()


# --- the form itself ---


@dataclass
class _Tafelwerk:
    """A werkmap with two dossiers in its register."""

    map: Path
    register: Register

    def get_form(self, datum: dt.date = DATUM, *, opnieuw: bool = False) -> bytes:
        """The verslag form, as it goes out."""
        instellingen = load_settings(self.map, vandaag=datum)
        assert EXPERTENTAFEL is not None
        tafel, werkmap = instellingen.data.tafel, instellingen.werkmap
        overleg = plan_overleg(EXPERTENTAFEL, datum, self.register.list_dossiers(), tafel, werkmap)
        (bijlage,) = make_besluitformulier(overleg, instellingen, self.register, opnieuw=opnieuw)
        return bijlage.build()

    def take(self, inhoud: bytes, vandaag: dt.date = DATUM) -> Formulierresultaat:
        """Drop a form and take it in."""
        pad = self.map / "in" / "verslag.docx"
        pad.write_bytes(inhoud)
        binnen = Binnengekomen(naam=pad.name, pad=pad, inhoud=inhoud, sha256=hashlib.sha256(inhoud).hexdigest())
        return Intake(load_settings(self.map, vandaag=vandaag), self.register).take_file(binnen)[0]


@pytest.fixture
def werk(tmp_path: Path) -> Iterator[_Tafelwerk]:
    werkmap = Werkmapje.make(tmp_path)
    with Register.open(werkmap.map) as register:
        for dossier in _make_dossiers().values():
            register.save_dossier(dossier, "aanmelding", DATUM)
        yield _Tafelwerk(werkmap.map, register)


def _list_rows(docx: bytes) -> list[tuple[str, str]]:
    waarden = {(a.tag, a.rij): str(a.waarde) for a in read_formulier("f.docx", docx).antwoorden if a.tag}
    nummers = {rij: waarde for (tag, rij), waarde in waarden.items() if tag == "opvolging.afspraak"}
    return [(waarden["opvolging.casus", rij], nummer) for rij, nummer in nummers.items()]


def test_the_form_has_a_row_for_each_open_to_do_of_earlier_tables_oldest_first(werk: _Tafelwerk) -> None:
    dossier = werk.register.get_dossier(DICHT)
    assert dossier is not None
    ouder = _make_todo("RTVW6", "Lezen.", dt.date(2026, 10, 15))
    klaar = _make_todo("XZ234", "Klaar.").model_copy(update={"status": Afspraakstatus.VERVALLEN})
    triage = _make_todo("BBBB2", "Van elders.").model_copy(update={"overleg": "triagetafel"})
    afspraken = (*dossier.afspraken, ouder, klaar, triage)
    werk.register.save_dossier(dossier.model_copy(update={"afspraken": afspraken}), "x", DATUM)
    assert _list_rows(werk.get_form()) == [(DICHT, "RTVW6"), (CODE, OPEN), (CODE, ANDER), (DICHT, ELDERS)]


def test_without_an_open_to_do_the_form_does_not_ask_for_any(werk: _Tafelwerk) -> None:
    for dossier in werk.register.list_dossiers():
        werk.register.save_dossier(dossier.model_copy(update={"afspraken": ()}), "x", DATUM)
    labels = [a.label for a in read_formulier("f.docx", werk.get_form()).antwoorden]
    assert "Wat is ervan geworden?" not in labels
    assert labels.count("Door wie?") == 6


def test_a_form_comes_back_with_what_became_of_the_to_dos_and_a_corrected_one_can_change_it(werk: _Tafelwerk) -> None:
    assert [rij[1] for rij in _list_rows(werk.get_form())] == [OPEN, ANDER, ELDERS]
    antwoorden = [{"opvolging.status": "Uitgevoerd"}, {}, {"opvolging.status": "Niet uitgevoerd"}]
    resultaat = werk.take(fill_controls(werk.get_form(), {}, blokken={"opvolging": antwoorden}))
    assert resultaat.lot is Lot.BESLIST
    assert [b.code for b in resultaat.bevindingen] == ["geen-besluit"]
    standen = {a.nummer: a.status.value for d in werk.register.list_dossiers() for a in d.afspraken if a.nummer}
    assert standen == {OPEN: "gedaan", ANDER: "open", ELDERS: "niet_uitgevoerd"}
    verbetering = werk.get_form(opnieuw=True)
    assert [rij[1] for rij in _list_rows(verbetering)] == [OPEN, ANDER, ELDERS]
    werk.take(fill_controls(verbetering, {}, blokken={"opvolging": [{"opvolging.status": "Niet uitgevoerd"}]}))
    dossier = werk.register.get_dossier(CODE)
    assert dossier is not None
    assert _get(dossier, OPEN).status is Afspraakstatus.NIET_UITGEVOERD


def test_a_to_do_that_is_done_is_not_asked_for_again_by_the_next_table(werk: _Tafelwerk) -> None:
    antwoorden = [{"opvolging.status": "Uitgevoerd"}, {}, {"opvolging.status": "Vervalt"}]
    werk.take(fill_controls(werk.get_form(), {}, blokken={"opvolging": antwoorden}))
    assert _list_rows(werk.get_form(VOLGENDE)) == [(CODE, ANDER)]


def test_a_melding_has_the_open_to_dos_of_its_own_case_only(werk: _Tafelwerk) -> None:
    instellingen = load_settings(werk.map, vandaag=DATUM)
    bijlage = make_casusformulier(instellingen, werk.register, Formuliersoort.MELDING, CODE)
    assert bijlage is not None
    assert _list_rows(bijlage.build()) == [(CODE, OPEN), (CODE, ANDER)]
