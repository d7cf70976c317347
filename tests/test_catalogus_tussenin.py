"""The catalogue of tables: mistakes in what happens between two meetings, its forms and its documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from support_regios import TAFEL, copy_regios, get_fouten, spoil

from schemas.catalogus import load_tafel

VERSLAG = "formulieren/verslag.toml"
INBRENG = "formulieren/inbreng.toml"
PLAN = "formulieren/plan.toml"
MELDING = "formulieren/melding.toml"


@pytest.fixture
def regios(tmp_path: Path) -> Path:
    return copy_regios(tmp_path)


FOUTEN = [
    ("tafel.toml", 'id = "contact"', 'id = "escalatie"', ['de melding "escalatie" komt meer dan eens voor']),
    (
        "tafel.toml",
        'van = ["ketenaanpak", "passieve_regie"]\nzet = ["contact"]',
        'van = ["ketenanpak"]\nzet = ["contact"]',
        ['melding "contact"', 'Bedoelde u "ketenaanpak"'],
    ),
    ("tafel.toml", "stopt = true", 'stopt = true\nnaar_fase = "gestopt"', ['melding "gestopt": de fase "gestopt"']),
    (
        "tafel.toml",
        'van = ["ketenaanpak", "passieve_regie"]\nplant_overleg = "expertentafel"',
        'van = ["ketenaanpak", "passieve_regie"]\nplant_overleg = "expertafel"',
        ['melding "escalatie": het overleg "expertafel"', 'Bedoelde u "expertentafel"'],
    ),
    (
        "tafel.toml",
        'van = ["ketenaanpak", "passieve_regie"]\nplant_overleg',
        "plant_overleg",
        ['melding "escalatie"', 'uit de fase "aangemeld"', "nooit op de agenda"],
    ),
    ("tafel.toml", 'zet = ["contact"]', 'zet = ["contct"]', ['("contact") > zet', 'Bedoelde u "contact"']),
    ("tafel.toml", 'vereist = ["wie"]\n', "", ['melding "gestopt": stopt vraagt "wie"']),
    (
        "tafel.toml",
        'vereist = ["wie", "naar"]',
        'vereist = ["wie"]',
        ['melding "overdracht": draagt_over vraagt "naar"'],
    ),
    ("tafel.toml", 'vereist = ["wie", "naar"]', 'vereist = ["naar"]', ['draagt_over vraagt "wie"']),
    ("tafel.toml", 'vereist = ["wie", "uur"', 'vereist = ["wie", "tijd"', ['("zorgoverleg") > vereist', "uur"]),
    (
        "tafel.toml",
        'overleg = "expertentafel"\nfasen = ["ketenaanpak"]\nvervalt_bij',
        'fasen = ["ketenaanpak"]\nvervalt_bij',
        ['termijn "voorstel_plan": vooraf vraagt een overleg'],
    ),
    (
        "tafel.toml",
        'na_termijn = "passief_mogelijk"',
        'na_termijn = "passief"',
        ['sleutel na_termijn: de termijn "passief"'],
    ),
    (
        "tafel.toml",
        'na_termijn = "passief_mogelijk"',
        'na_termijn = "terug_na_passief"',
        ['besluit "passieve_regie"', 'loopt niet in de fase "ketenaanpak"'],
    ),
    ("documenten.toml", 'meldingen = ["correctie"]', 'meldingen = ["corectie"]', ['Bedoelde u "correctie"']),
    ("documenten.toml", 'meldingen = ["correctie"]\n', "", ['document "addendum"', "hoort bij het moment melding"]),
    ("documenten.toml", 'besluiten = ["spoor2"]', 'meldingen = ["contact"]', ['"opdrachtbrief"', "het moment melding"]),
    ("documenten.toml", 'fasen = ["passieve_regie"]', 'fasen = ["passief"]', ['"opvolgfiche": de fase "passief"']),
    (
        "documenten.toml",
        'fasen = ["passieve_regie"]',
        'fasen = ["afgesloten"]',
        ['"opvolgfiche", sleutel fasen', 'geen dossiers uit de fase "afgesloten"'],
    ),
    (
        "documenten.toml",
        'moment = "plan"\n',
        'moment = "plan"\nfasen = ["ketenaanpak"]\n',
        ['document "plan"', "fasen hoort enkel bij het moment voorbereiding"],
    ),
    ("documenten.toml", 'moment = "plan"\n', 'moment = "plan"\nenkel_inbreng = true\n', ["enkel_inbreng hoort enkel"]),
    ("documenten.toml", 'moment = "plan"\n', 'moment = "plan"\nkring = "genoemd"\n', ["anders is er niemand genoemd"]),
    ("documenten.toml", 'moment = "plan"\n', 'moment = "plan"\nkring = "rolen"\n', ["kring", 'Bedoelde u "rol"']),
    (
        "documenten.toml",
        "enkel_inbreng = true",
        'enkel_inbreng = true\nkring = "eerder"',
        ['document "opvolgfiche"', "kring hoort enkel bij aanleiding dossier"],
    ),
    (
        "documenten.toml",
        'kring = "eerder"',
        'kring = "eerder"\nstellingen = ["Het gaat goed."]',
        ['document "addendum"', "stellingen hoort enkel bij aanleiding overleg"],
    ),
    (
        "documenten.toml",
        'markering = "Deze',
        'markering = "{grond} Deze',
        ['"plan_client", sleutel markering', "grondslag"],
    ),
    ("documenten.toml", 'formulier = "inbreng"', 'formulier = "plan"', ["voorbereiding: het formulier", "inbreng"]),
    (
        "documenten.toml",
        'moment = "plan"\n',
        'moment = "plan"\nformulier = "plan"\n',
        ['document "plan"', "formulier hoort enkel bij de momenten ontvangst_volledig"],
    ),
    (
        "documenten.toml",
        'sjabloon = "agenda"\n',
        'sjabloon = "agenda"\nformulier = "inbreng"\n',
        ['document "agenda"', 'per = "casus"'],
    ),
    (
        "deling.toml",
        'rubrieken = ["acties"]',
        'rubrieken = ["akties"]',
        ['deelregel van "plan"', 'Bedoelde u "acties"'],
    ),
    (
        "deling.toml",
        'rubrieken = ["acties"]',
        'rubrieken = ["passages"]',
        ['de deelbare rubriek "passages" bestaat niet'],
    ),
    (
        "documenten.toml",
        'id = "opdrachtbrief"',
        'id = "opdrachtbrief"\naan_betrokkene = { doel = "Samen met u." }',
        ['document "opdrachtbrief"', "aan_betrokkene", 'soort "betrokkene"'],
    ),
    (
        "documenten.toml",
        'id = "plan_client"',
        'id = "plan_client"\naan_betrokkene = { melding = "Een overleg met u" }',
        ['document "plan_client"', "enkel bij het moment melding"],
    ),
    ("deling.toml", 'ook_voor = ["client"]', 'ook_voor = ["klient"]', ["sleutel ook_voor", 'Bedoelde u "client"']),
    (MELDING, '{ id = "contact"', '{ id = "kontact"', ['Bedoelde u "contact"', 'de optie "contact" ontbreekt']),
    (MELDING, 'id = "melding.uur"', 'id = "melding.tijd"', ['"melding.uur" ontbreekt; de melding "zorgoverleg"']),
    (MELDING, 'id = "melding.datum"', 'id = "melding.dag"', ['de vraag "melding.datum" ontbreekt']),
    (MELDING, 'titel = "De melding"', 'titel = "De melding"\nvorm = "rijen"', ['"melding"', 'vorm "vragen" hebben']),
    (MELDING, 'id = "informatie.bron"', 'id = "informatie.herkomst"', ['de vraag "informatie.bron" ontbreekt']),
    (
        MELDING,
        'label = "Bron"\nsoort = "tekst"',
        'label = "Bron"\nsoort = "datum"',
        ["maar in formulieren/", '"tekst"'],
    ),
    (MELDING, 'vorm = "rijen"\nrijnaam = "Tekst"', 'rijnaam = "Tekst"', ['"mededelingen"', 'vorm "rijen"']),
    (MELDING, "blanco_rijen = 2\nvlaggen = true", "blanco_rijen = 2", ['"informatie": de sleutel vlaggen moet true']),
    (MELDING, '{ id = "vervallen"', '{ id = "vervalt"', ['Bedoelde u "vervallen"', 'de optie "vervallen" ontbreekt']),
    (VERSLAG, '{ id = "gedaan"', '{ id = "klaar"', ['"opvolging.status"', 'de optie "gedaan" ontbreekt']),
    (VERSLAG, 'id = "opvolging.afspraak"', 'id = "opvolging.nummer"', ['"opvolging.afspraak" ontbreekt; ze hoort bij']),
    (
        VERSLAG,
        'aliassen = ["Afspraaknummer"]\nverplicht = true\ningevuld_door_ons = true',
        'aliassen = ["Afspraaknummer"]',
        ['"opvolging.afspraak"', "ingevuld_door_ons moet true zijn"],
    ),
    (INBRENG, 'soort = "inbreng"', 'soort = "plan"', ['hoogstens één formulier van soort "plan"', "zijn er nu 2"]),
    (INBRENG, 'soort = "inbreng"', 'soort = "inbrengen"', ['Bedoelde u "inbreng"']),
    (INBRENG, "blanco_rijen = 2\nvlaggen = true", "blanco_rijen = 2", ['"informatie": de sleutel vlaggen moet true']),
    (INBRENG, 'id = "informatie.bron"', 'id = "informatie.van"', ['op het aanmeldformulier de vraag "informatie.van"']),
    (
        PLAN,
        'soort = "plan"\n',
        'soort = "plan"\noverleg = "expertentafel"\n',
        ['enkel bij een formulier van soort "besluit"'],
    ),
    (PLAN, '{ id = "voorstel"', '{ id = "ontwerp"', ['"plan.stand"', 'de optie "voorstel" ontbreekt']),
    (PLAN, 'id = "acties.tegen"', 'id = "acties.termijn"', ['de vraag "acties.tegen" ontbreekt']),
    (PLAN, "blanco_rijen = 4\nvlaggen = true", "blanco_rijen = 4", ['"acties": de sleutel vlaggen moet true']),
]


@pytest.mark.parametrize(("bestand", "oud", "nieuw", "woorden"), FOUTEN)
def test_a_mistake_is_told_with_file_key_and_what_is_allowed(
    regios: Path, bestand: str, oud: str, nieuw: str, woorden: list[str]
) -> None:
    spoil(regios, bestand, oud, nieuw)
    melding = get_fouten(regios)
    for woord in woorden:
        assert woord in melding, melding


def test_a_term_that_only_a_melding_starts_or_ends_needs_that_melding(regios: Path) -> None:
    spoil(regios, "tafel.toml", 'zet = ["contact"]\n', "")
    melding = get_fouten(regios)
    assert 'termijn "terug_na_contact": geen enkel besluit en geen enkele melding zet het anker "contact"' in melding
    assert 'termijn "terug_na_passief"' in melding
    assert "zodat deze termijn nooit vervalt" in melding


def test_a_table_without_a_plan_form_can_count_no_term_from_a_plan_and_send_none(regios: Path) -> None:
    (regios / TAFEL / PLAN).unlink()
    melding = get_fouten(regios)
    assert 'zet het anker "plan_opgesteld", en er is geen formulier van soort "plan"' in melding
    assert 'document "plan": het moment plan vraagt een formulier van soort "plan"' in melding
    assert 'document "verslag", bij het moment verslag: het formulier "plan" bestaat niet' in melding


def test_kinds_of_melding_need_a_form_to_tell_them_with(regios: Path) -> None:
    (regios / TAFEL / MELDING).unlink()
    assert 'meldingen: er is geen formulier van soort "melding"' in get_fouten(regios)


def test_a_decision_form_may_leave_out_the_earlier_todos(regios: Path) -> None:
    pad = regios / TAFEL / VERSLAG
    tekst = pad.read_text(encoding="utf-8")
    pad.write_text(tekst[: tekst.index("# --- 4. Afspraken van een vorige")], encoding="utf-8")
    formulier = load_tafel(TAFEL, regios).get_formulier("verslag")
    assert formulier is not None
    assert formulier.get_rubriek("opvolging") is None
