"""What becomes of each sample: lot, outcome, criteria, what is missing, answers and findings, as written by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pytest
from support_samples import TAFELS, VOORBEELDEN, Gespeeld, Speler, Voorbeeld

from pipeline.run.results import Lot
from schemas.aanmelding import Antwoord, KeuzeWaarde, Status
from schemas.bevinding import Bevinding, Ernst
from schemas.criterium import Gevolg, Klasse
from schemas.tafeldata import Tafeldata
from schemas.toetsing import Eindoordeel

#: Each sample is taken in once, for all that is asked of it.
pytestmark = pytest.mark.xdist_group("samples")

SLEUTELS = {
    *("omschrijving", "lot", "uitkomst", "ontbrekend", "bevindingen", "weigering", "besluit", "ad_hoc"),
    *("criteria", "antwoorden", "passages"),
}
BIJ_NAAM = [pytest.param(voorbeeld, id=f"{voorbeeld.tafel}/{voorbeeld.naam}") for voorbeeld in VOORBEELDEN]


@pytest.fixture(scope="module")
def gespeeld(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Gespeeld:
    """One sample taken in by itself, in a werkmap of its own."""
    voorbeeld: Voorbeeld = request.param
    speler = Speler(tmp_path_factory.mktemp(voorbeeld.naam), voorbeeld.tafel)
    return speler.finish((voorbeeld,), speler.receive([voorbeeld]))


def show(antwoord: Antwoord) -> Any:
    """An answer as verwacht.toml writes it: ids of options, a date as ISO text, words as typed, "" for none."""
    if isinstance(antwoord.waarde, KeuzeWaarde):
        opties = antwoord.waarde.opties
        return opties[0] if len(opties) == 1 else list(opties)
    datum = antwoord.get_datum()
    return datum.isoformat() if isinstance(datum, dt.date) else antwoord.format()


def flatten(waarden: Any) -> list[str]:
    return [str(waarden)] if isinstance(waarden, str) else sorted(str(waarde) for waarde in waarden)


def list_codes(bevindingen: Iterable[Bevinding]) -> set[str]:
    """The findings that a person should look at; what is only worth knowing is left out."""
    return {bevinding.code for bevinding in bevindingen if bevinding.ernst is not Ernst.INFO}


def test_there_are_at_least_eight_samples_and_each_says_what_is_expected() -> None:
    assert len(VOORBEELDEN) >= 8
    for voorbeeld in VOORBEELDEN:
        assert (voorbeeld.map / "verwacht.toml").is_file(), voorbeeld.map
        assert voorbeeld.verwacht.keys() <= SLEUTELS, voorbeeld.map
        assert {"lot", "passages"} <= voorbeeld.verwacht.keys(), voorbeeld.map
        assert voorbeeld.verwacht["lot"] in {lot.value for lot in Lot}, voorbeeld.map


@pytest.mark.parametrize(
    "tafel", [data for data in TAFELS.values() if data.tafel.ingeschakeld], ids=lambda d: d.tafel.id
)
def test_a_table_has_a_sample_that_passes_one_that_fails_each_criterium_and_one_that_is_incomplete(
    tafel: Tafeldata,
) -> None:
    verwacht = [voorbeeld.verwacht for voorbeeld in VOORBEELDEN if voorbeeld.tafel == tafel.tafel.id]
    gezakt = {naam for v in verwacht for naam, uitkomst in v.get("criteria", {}).items() if uitkomst == "niet voldaan"}
    # What only people weigh no form fails, and a signal fails nobody.
    beslist = [c for c in tafel.criteria if c.klasse is not Klasse.OORDEEL and c.gevolg is not Gevolg.MELDING]
    assert {c.id for c in beslist} <= gezakt
    nodig = {Eindoordeel.KLAAR_VOOR_TRIAGE, Eindoordeel.ONVOLLEDIG}
    nodig |= {Eindoordeel.NIET_ONTVANKELIJK for c in beslist if c.gevolg is Gevolg.NIET_ONTVANKELIJK}
    assert nodig <= {v.get("uitkomst") for v in verwacht}


@pytest.mark.parametrize("gespeeld", BIJ_NAAM, indirect=True)
def test_a_sample_ends_where_it_should_with_the_findings_that_it_should(gespeeld: Gespeeld) -> None:
    (voorbeeld,) = gespeeld.voorbeelden
    verwacht, resultaat = voorbeeld.verwacht, gespeeld.resultaten[voorbeeld.naam]
    assert resultaat.lot.value == verwacht["lot"], [b.melding for b in resultaat.bevindingen]
    gewacht = {verwacht["weigering"]} if "weigering" in verwacht else set(verwacht.get("bevindingen", ()))
    assert list_codes(resultaat.bevindingen) == gewacht, [(b.code, b.plaats, b.melding) for b in resultaat.bevindingen]
    in_quarantaine = [pad for pad in (gespeeld.map / "quarantaine").rglob("*") if pad.is_file()]
    assert bool(in_quarantaine) == (resultaat.lot is Lot.QUARANTAINE)
    assert not list((gespeeld.map / "in").iterdir())


@pytest.mark.parametrize("gespeeld", BIJ_NAAM, indirect=True)
def test_a_sample_is_checked_as_it_should(gespeeld: Gespeeld) -> None:
    (voorbeeld,) = gespeeld.voorbeelden
    verwacht, toetsing = voorbeeld.verwacht, gespeeld.resultaten[voorbeeld.naam].toetsing
    if "uitkomst" not in verwacht:
        assert toetsing is None
        return
    assert toetsing is not None
    assert {c.criterium: c.uitkomst.value for c in toetsing.criteria} == verwacht["criteria"]
    assert [vraag.vraag for vraag in toetsing.ontbrekend] == verwacht["ontbrekend"]
    assert toetsing.eindoordeel.value == verwacht["uitkomst"]


@pytest.mark.parametrize("gespeeld", BIJ_NAAM, indirect=True)
def test_the_answers_of_a_sample_are_read_as_they_were_given(gespeeld: Gespeeld) -> None:
    (voorbeeld,) = gespeeld.voorbeelden
    dossier = gespeeld.dossiers.get(gespeeld.get_code(voorbeeld))
    formulier = TAFELS[voorbeeld.tafel].get_aanmeldformulier()
    for vraag_id, verwacht in voorbeeld.verwacht.get("antwoorden", {}).items():
        assert dossier is not None
        vraag, antwoorden = formulier.get_vraag(vraag_id), dossier.aanmelding.get_antwoorden(vraag_id)
        assert vraag is not None, vraag_id
        gelezen = [show(a) for a in antwoorden if a.status is not Status.NIET_GEVONDEN]
        if dossier.aanmelding.get_rijen(vraag.rubriek):
            assert gelezen == verwacht, vraag_id
        else:
            assert [flatten(waarde) for waarde in gelezen] == [flatten(verwacht)], vraag_id
