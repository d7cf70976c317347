"""The project's own de-identification sentences, and how often the gates ask for nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from support_dossier import AANMELDFORMULIER, ANONIEM, ANONIEME_RIJEN, DATA, make_aanmelding
from support_nazicht import BEKEND, LEZINGEN, Zin, iterate_zinnen, lees, list_missed

from pipeline.inspect.kennis import make_kennis
from pipeline.inspect.passages import find_treffers

ZINNEN = tuple(iterate_zinnen())
SAMPLES = Path(__file__).resolve().parent.parent / "samples"
WOORDEN_PER_BLADZIJDE = 400

#: Clean text about a case by name, as people write it: nothing in it may stop a package.
SCHOON = (
    "De cliënt woont alleen sinds de zomer van 2025 en heeft drie kinderen. Op 12 maart 2026 om 14.30 uur ging de "
    "wijkagent langs; er werd niet opengedaan. Op 02.05.2025 om 14.30 werd een tweede huisbezoek gepland.",
    "Er zijn 3 meldingen in 2026 en 12 in 2025. De huurachterstand bedraagt 1.250,50 euro, of 2 maanden huur. "
    "De man drinkt, de vrouw is bang. Zij wil geen klacht indienen.",
    "Het OCMW betaalt het leefloon. Het CAW en het CGG volgen op; de VDAB zag haar tweemaal. In 2024 verbleef zij "
    "6 weken in de PAAZ. De school belde op maandag en op vrijdag. Er is een plan met 5 afspraken, versie 2.",
    "De broer, de vader en de moeder van de cliënt komen zelden. Een buur hoorde om 23 uur roepen. De roos in de tuin "
    "bloeit; de wolf in het sprookje jaagt het kind angst aan. Aan de gevel hangt de vlag van de club.",
    "Afspraak: bellen tussen 9 en 17 uur. Prijs: 35 euro per maand. Score 7/10. Zie artikel 458ter van het "
    "Strafwetboek. Medicatie: 2 x 50 mg per dag. Blad 1 van 3. Temperatuur 38,5. Bloeddruk 120/80.",
)


@pytest.mark.parametrize("zin", ZINNEN, ids=lambda zin: zin.tekst[:40])
def test_every_marked_stretch_of_the_series_is_touched(zin: Zin) -> None:
    assert zin.plekken
    assert list_missed(zin) == []


def test_the_series_is_large_enough_to_mean_something() -> None:
    assert len(ZINNEN) >= 150
    assert {zin.groep for zin in ZINNEN} == {"bekend", "anoniem"}


@pytest.mark.parametrize("tekst", SCHOON, ids=lambda tekst: tekst[:30])
def test_clean_text_about_a_case_by_name_raises_no_question(tekst: str) -> None:
    assert [tekst[t.begin : t.eind] for t in find_treffers(tekst, LEZINGEN["bekend"])] == []


def test_the_samples_raise_few_false_alarms() -> None:
    """By name: nothing but the addresses that stand in them. Anonymous: mostly numbers, which is what it asks for."""
    bladzijden, op_naam, anoniem = measure_alarms()
    assert bladzijden > 2
    assert op_naam <= 1
    assert anoniem <= 20


def measure_alarms() -> tuple[float, float, float]:
    """Pages of text in the samples, and the questions about each page of a case by name and of an anonymous one."""
    teksten = [tekst for tekst in _iterate_samples() if len(tekst.split()) >= 6]
    bladzijden = sum(len(tekst.split()) for tekst in teksten) / WOORDEN_PER_BLADZIJDE
    rubrieken = make_aanmelding(ANONIEM, ANONIEME_RIJEN).rubrieken
    lezingen = (
        lees(BEKEND.model_copy(update={"identiteiten": ()})),
        lees(make_kennis("BCDFG2", rubrieken, AANMELDFORMULIER, DATA)),
    )
    op_naam, anoniem = (sum(len(find_treffers(t, lezing)) for t in teksten) / bladzijden for lezing in lezingen)
    return bladzijden, op_naam, anoniem


def _iterate_samples() -> Iterator[str]:
    for bestand in sorted(SAMPLES.glob("*/*/*/invulling.toml")):
        yield from _iterate_teksten(tomllib.loads(bestand.read_text(encoding="utf-8")))


def _iterate_teksten(waarde: object) -> Iterator[str]:
    if isinstance(waarde, str):
        yield waarde
    elif isinstance(waarde, dict | list):
        for deel in waarde.values() if isinstance(waarde, dict) else waarde:
            yield from _iterate_teksten(deel)
