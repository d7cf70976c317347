"""The catalogue of tables: every mistake in a table's data is told in a sentence that helps."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support_regios import TAFEL, copy_regios, get_fouten, spoil

from schemas.catalogus import load_catalogus, load_tafel
from schemas.fouten import DataFout, OnbekendeTafel

AANMELDING = "formulieren/aanmelding.toml"
BESLUIT = "formulieren/triagebesluit.toml"
VERSLAG = "formulieren/verslag.toml"


@pytest.fixture
def regios(tmp_path: Path) -> Path:
    return copy_regios(tmp_path)


FOUTEN = [
    ("tafel.toml", 'afkorting = "SAMEN"', 'afkroting = "SAMEN"', ["tafel.toml", "afkroting", 'Bedoelde u "afkorting"']),
    ("tafel.toml", 'land = "BE"', 'land = "FR"', ["sleutel land", "BE of NL"]),
    ("tafel.toml", 'land = "BE"', 'land = "BE', ["tafel.toml, regel 6", "aanhalingsteken"]),
    ("tafel.toml", 'land = "BE"', 'land = "BE"\nland = "BE"', ["regel 7", "maar één keer"]),
    ("tafel.toml", 'soort = "triage"', 'soort = "triag"', ['rollen nr. 2 ("parketjurist")', 'Bedoelde u "triage"']),
    ("tafel.toml", f'id = "{TAFEL}"', 'id = "ergens/anders"', ["sleutel id", "de map heet"]),
    ("tafel.toml", 'beginfase = "aangemeld"', 'beginfase = "aangemelt"', ["beginfase", 'Bedoelde u "aangemeld"']),
    ("tafel.toml", '"heraangemeld"', '"hernomen"', ["fase_heraangemeld", 'de fase "hernomen"']),
    ("tafel.toml", "week = 1,", "week = 5,", ["kalender > regel > week", "hoogstens 4"]),
    ("tafel.toml", 'weekdag = "vrijdag"', 'weekdag = "vrijdg"', ["zondag", 'Bedoelde u "vrijdag"']),
    ("tafel.toml", 'soort = "maandelijks"', 'soort = "maandelyks"', ["wekelijks", 'Bedoelde u "maandelijks"']),
    ("tafel.toml", 'soort = "maandelijks", ', "", ["kalender > regel", "soort"]),
    ("tafel.toml", "onder {grondslag}", "onder {gronden}", ["markering", "gronden", "grondslag"]),
    ("tafel.toml", 'naar_fase = "geagendeerd"', 'naar_fase = "gepland"', ['besluit "expertentafel"', '"gepland"']),
    ("tafel.toml", 'plant_overleg = "expertentafel"', 'plant_overleg = "tafel"', ['het overleg "tafel" bestaat niet']),
    ("tafel.toml", 'nieuw_uit = ["geagendeerd"]', "nieuw_uit = []", ["nooit op de agenda"]),
    ("tafel.toml", 'vereist = ["reden"]', 'vereist = ["redn"]', ["vereist nr. 1", 'Bedoelde u "reden"']),
    ("tafel.toml", 'bron = "S0:12"', 'bron = ""', ['("ketenaanpak") > bron', "niet leeg"]),
    ("tafel.toml", 'bron = "S0:12"', "", ['("ketenaanpak")', '"bron" ontbreekt']),
    ("tafel.toml", 'besluitformulier = "triagebesluit"', 'besluitformulier = "aanmelding"', ["besluitformulier"]),
    ("tafel.toml", 'aliassen = ["politie",', 'aliassen = ["Parket",', ["meer dan één rol", "lokale_politie, parket"]),
    ("tafel.toml", 'soort = "aanmelder"', 'soort = "vast"', ['precies één rol van soort "aanmelder"']),
    ("tafel.toml", "alleen_geplande = true", 'alleen_geplande = "ja"', ["alleen_geplande", "true of false"]),
    (
        "tafel.toml",
        'week = 3, weekdag = "donderdag" } }',
        'week = 3, weekdag = "donderdag" }, uitzonderingen = [[2026-12-18, 2026-12-19]] }',
        ["uitzonderingen", "2026-12-18", "geen dag van dit overleg"],
    ),
    (
        "tafel.toml",
        'week = 3, weekdag = "donderdag" } }',
        'week = 3, weekdag = "donderdag" }, uitzonderingen = [["2026-02-30", 2026-12-19]] }',
        ["uitzonderingen", "een datum die bestaat"],
    ),
    (
        "criteria.toml",
        'vraag = "aanmelder.organisatie"',
        'vraag = "aanmelder.organistie"',
        ['Bedoelde u "aanmelder.organisatie"'],
    ),
    ("criteria.toml", 'lijst = "partners"', 'lijst = "partner"', ["lijst", "gemeenten of partners"]),
    ("criteria.toml", '"van_anderen"', '"van_andere"', ['criterium "integriteit"', 'Bedoelde u "van_anderen"']),
    ("criteria.toml", "minstens = 18", "minstens = 18, mistens = 1", ["mistens", 'Bedoelde u "minstens"']),
    ("criteria.toml", "minstens = 18", 'minstens = "18"', ["leeftijd > minstens", "geheel getal"]),
    ("criteria.toml", "toets = { weging", "toets = { wegen", ['"kwetsbaar"', "een_van", 'Bedoelde u "weging"']),
    ("criteria.toml", 'klasse = "oordeel"', 'klasse = "formeel"', ['"kwetsbaar"', "weging", "oordeel"]),
    ("criteria.toml", 'gevolg = "melding"', 'gevolg = "meldng"', ["aandacht", 'Bedoelde u "melding"']),
    ("criteria.toml", 'id = "regio"', 'id = "meerderjarig"', ['"meerderjarig"', "meer dan eens"]),
    ("criteria.toml", "2026-01-01", "2026-13-01", ["criteria.toml, regel"]),
    ("criteria.toml", "2026-01-01", "2026-02-01\ngeldig_tot = 2026-01-01", ["geldig_tot valt voor geldig_vanaf"]),
    ("criteria.toml", 'bron = "Casusoverleg, Doelgroep"', "", ['("meerderjarig")', '"bron" ontbreekt']),
    (
        "criteria.toml",
        'vraag = "betrokkenen.geboortedatum"',
        'vraag = "betrokkenen.naam"',
        ["leeftijd vraagt een datum"],
    ),
    ("deling.toml", 'feit = "weegvragen"', 'feit = "weegvraag"', ["criteria", 'Bedoelde u "weegvragen"']),
    ("deling.toml", 'documenten = ["triagebrief"]', 'documenten = ["brief"]', ['het document "brief"', "triagebrief"]),
    (
        "deling.toml",
        'rollen = ["lokaal_bestuur"]',
        'rollen = ["parketjurist"]',
        ['("routering")', "krijgt geen van deze"],
    ),
    ("deling.toml", 'document = "casusfiche"', 'document = "triagelijst"', ["deelregels", "meer dan eens"]),
    ("deling.toml", 'doelgroepen = ["tafel"]', 'doelgroepen = ["client"]', ["niemand uit de doelgroep", "client"]),
    (
        "deling.toml",
        '"veiligheid", "vraag"]',
        '"niet_te_delen"]',
        ['de rubriek "niet_te_delen" vraagt geen "deelbaar met"'],
    ),
    ("deling.toml", 'aliassen = ["betrokkene"]', 'aliassen = ["triage"]', ["meer dan één doelgroep", "triage, client"]),
    ("deling.toml", "[[doelgroepen]]", "[[doelgroep]]", ["doelgroep", 'Bedoelde u "doelgroepen"']),
    ("documenten.toml", 'formulier = "aanmelding"', 'formulier = "aanvulling"', ["vraag_om_aanvulling", "aanvulling"]),
    ("documenten.toml", 'afkorting = "VA"', 'afkorting = "ON"', ['de afkorting "ON"', "meer dan eens"]),
    (
        "documenten.toml",
        'afkorting = "VA"',
        'afkorting = "va"',
        ['("vraag_om_aanvulling") > afkorting', "hoofdletters"],
    ),
    ("documenten.toml", 'overleg = "triagetafel"\n', "", ['document "triagelijst"', "aanleiding overleg"]),
    (
        "documenten.toml",
        'rollen = ["aanmelder"]',
        'rollen = ["melder"]',
        ["ontvangstmelding", 'Bedoelde u "aanmelder"'],
    ),
    ("documenten.toml", 'rollen = ["aanmelder"]', "rollen = []", ["rollen", "minstens 1"]),
    ("documenten.toml", 'moment = "besluit"', 'moment = "voorbereiding"', ["triagebrief", "voorbereiding"]),
    (AANMELDING, 'id = "aanmelding.anoniem"', 'id = "aanmelding.anonym"', ['de vraag "aanmelding.anoniem" ontbreekt']),
    (AANMELDING, 'id = "anoniem", label', 'id = "anonieme", label', ['de optie "anoniem" ontbreekt']),
    (AANMELDING, 'soort = "email"', 'soort = "tekst"', ['"aanmelder.email"', 'de soort moet "email" zijn']),
    (AANMELDING, 'soort = "email"', 'soort = "emial"', ["aanmelder.email", 'Bedoelde u "email"']),
    (AANMELDING, 'is_een_van = ["client"]', 'is_een_van = ["cliente"]', ["verplicht_als", 'Bedoelde u "client"']),
    (AANMELDING, '"Naam verwijzer"', '"Functie"', ["meer dan één vraag", "aanmelder.naam, aanmelder.functie"]),
    (AANMELDING, 'id = "aanmelder.functie"', 'id = "melder.functie"', ["aanmelder", "begint niet met"]),
    (AANMELDING, 'id = "aanmelder.functie"', 'id = "aanmelder.niet_voor"', ["aanmelder.niet_voor", "voorbehouden"]),
    (AANMELDING, 'soort = "aanmelding"', 'soort = "besluit"', ["precies één formulier", "zijn er nu 0"]),
    (AANMELDING, 'id = "aanmelding"\nsoort', 'id = "formulier"\nsoort', ["het bestand heet", "aanmelding.toml"]),
    (AANMELDING, "minstens_rijen = 1", 'minstens_rijen = "1"', ["minstens_rijen", "geheel getal"]),
    (AANMELDING, 'rijnaam = "Betrokkene"', 'vorm = "rijen"', ["aanmelding.toml, regel", "maar één keer"]),
    (AANMELDING, 'vorm = "rijen"\nrijnaam = "Betrokkene"', "", ['"betrokkenen"', 'vorm "rijen"']),
    (BESLUIT, '{ id = "ketenaanpak"', '{ id = "keten"', ['het besluit "keten"', 'de optie "ketenaanpak" ontbreekt']),
    (BESLUIT, 'overleg = "triagetafel"', 'overleg = "expertentafel"', ["niet als besluitformulier"]),
    (BESLUIT, 'overleg = "triagetafel"', "", ['de sleutel "overleg" ontbreekt']),
    (BESLUIT, 'bevoegd = ["coordinator"]', 'bevoegd = ["regisseur"]', ["bevoegd", '"regisseur"', "coordinator"]),
    ("tafel.toml", 'van = ["geagendeerd"]', 'van = ["geagendeert"]', ['besluit "spoor1"', 'Bedoelde u "geagendeerd"']),
    ("tafel.toml", 'van = ["geagendeerd"]', 'van = ["aangemeld"]', ['besluit "spoor1", sleutel van', "nooit genomen"]),
    ("tafel.toml", 'zet = ["besproken", "passief"]', 'zet = ["passive"]', ["zet nr. 1", 'Bedoelde u "passief"']),
    ("tafel.toml", 'richting = "uiterlijk"', 'richting = "uiterlyk"', ['("terug_op_tafel")', 'Bedoelde u "uiterlijk"']),
    ("tafel.toml", 'ankers = ["contact"]', "ankers = []", ['("terug_na_contact") > ankers', "minstens 1"]),
    ("tafel.toml", 'vervalt_bij = "contact"', 'vervalt_bij = "contct"', ["vervalt_bij", 'Bedoelde u "contact"']),
    ("tafel.toml", 'fasen = ["passieve_regie"]', 'fasen = ["passief"]', ['"contact_na_passief": de fase "passief"']),
    (
        "tafel.toml",
        'fasen = ["ketenaanpak"]\nagendeert',
        'fasen = ["afgesloten"]\nagendeert',
        ["terug_op_tafel", "niet op de agenda kan zetten"],
    ),
    ("tafel.toml", 'maanden = 6\nrichting = "uiterlijk"', 'richting = "uiterlijk"', ["vul maanden of dagen in"]),
    (
        "tafel.toml",
        'richting = "uiterlijk"\noverleg = "expertentafel"',
        'richting = "uiterlijk"\noverleg = "experttafel"',
        ['termijn "terug_op_tafel"', 'Bedoelde u "expertentafel"'],
    ),
    (
        "tafel.toml",
        'richting = "uiterlijk"\noverleg = "expertentafel"',
        'richting = "uiterlijk"',
        ["agendeert vraagt een overleg"],
    ),
    (
        "tafel.toml",
        'id = "passief_mogelijk"',
        'id = "terug_op_tafel"',
        ['de termijn "terug_op_tafel"', "meer dan eens"],
    ),
    (
        "tafel.toml",
        'zet = ["besproken"]\nvereist = ["advies"]\nbrieftekst',
        'zet = ["besproken"]\nvereist = ["adviezen"]\nbrieftekst',
        ["vereist nr. 1", 'Bedoelde u "advies"'],
    ),
    ("documenten.toml", '["spoor1", "spoor3"]', '["spoor1", "spoor4"]', ['"terugkoppeling"', 'Bedoelde u "spoor']),
    ("documenten.toml", '["spoor1", "spoor3"]', '["spoor1", "terug_actief"]', ['"terug_actief": de brieftekst']),
    (
        "documenten.toml",
        'moment = "verslag"\noverleg = "expertentafel"\n',
        'moment = "verslag"\n',
        ["aanleiding overleg"],
    ),
    ("documenten.toml", 'moment = "verslag"\n', 'moment = "verslag"\nbesluiten = ["spoor1"]\n', ["moment besluit"]),
    ("deling.toml", 'feit = "passages"', 'feit = "passage"', ['Bedoelde u "passages"']),
    (VERSLAG, '{ id = "afsluiten"', '{ id = "sluiten"', ['het besluit "sluiten"', 'de optie "afsluiten" ontbreekt']),
    (VERSLAG, 'soort = "datum"', 'soort = "tekst"', ['"afspraken.tegen"', 'de soort moet "datum" zijn']),
    (VERSLAG, 'id = "afspraken.wie"', 'id = "afspraken.uitvoerder"', ['"afspraken.wie" ontbreekt', "hoort bij"]),
    (VERSLAG, "vlaggen = true", "vlaggen = false", ['rubriek "passages"', "vlaggen moet true zijn"]),
    (VERSLAG, 'vorm = "rijen"\nrijnaam = "Passage"', 'rijnaam = "Passage"', ['"passages"', 'vorm "rijen"']),
]


@pytest.mark.parametrize(("bestand", "oud", "nieuw", "woorden"), FOUTEN)
def test_a_mistake_in_a_table_is_told_with_file_key_and_what_is_allowed(
    regios: Path, bestand: str, oud: str, nieuw: str, woorden: list[str]
) -> None:
    spoil(regios, bestand, oud, nieuw)
    melding = get_fouten(regios)
    for woord in woorden:
        assert woord in melding, melding


def test_mistakes_in_several_files_are_told_at_once(regios: Path) -> None:
    spoil(regios, "tafel.toml", 'land = "BE"', 'lnad = "BE"')
    spoil(regios, "criteria.toml", 'klasse = "formeel"', 'klasse = "formel"')
    spoil(regios, "deling.toml", "grond =", "grnd =")
    (regios / TAFEL / "documenten.toml").unlink()
    (regios / TAFEL / "documentn.toml").write_text("", encoding="utf-8")
    melding = get_fouten(regios)
    for woord in ("lnad", '"land" ontbreekt', "formel", "grnd", "documenten.toml: dit bestand ontbreekt"):
        assert woord in melding
    assert "documentn.toml: dit hoort niet in de map van een tafel. Toegelaten" in melding


def test_several_mistakes_between_files_are_told_at_once(regios: Path) -> None:
    spoil(regios, "tafel.toml", 'beginfase = "aangemeld"', 'beginfase = "begin"')
    spoil(regios, "criteria.toml", 'waarde = "nee"', 'waarde = "neen"')
    spoil(regios, "deling.toml", 'document = "casusfiche"', 'document = "fiche"')
    melding = get_fouten(regios)
    assert all(woord in melding for woord in ('"begin"', '"neen"', '"fiche"'))


def test_a_flaggable_rubriek_that_no_rule_shares_is_a_mistake(regios: Path) -> None:
    for _ in range(2):
        spoil(regios, "deling.toml", '"veiligheid", ', "")
    assert "zou dus nooit gedeeld worden" in get_fouten(regios)


def test_a_decision_form_may_leave_out_what_only_a_verslag_asks(regios: Path) -> None:
    spoil(regios, VERSLAG, 'id = "punten.onveiligheid"', 'id = "punten.ongerustheid"')
    pad = regios / TAFEL / VERSLAG
    tekst = pad.read_text(encoding="utf-8")
    pad.write_text(tekst[: tekst.index("# --- 2. Afspraken")], encoding="utf-8")
    formulier = load_tafel(TAFEL, regios).get_formulier("verslag")
    assert formulier is not None
    assert [rubriek.id for rubriek in formulier.rubrieken] == ["punten"]


def test_a_term_that_no_decision_ever_starts_is_a_mistake(regios: Path) -> None:
    for _ in range(2):
        spoil(regios, "tafel.toml", 'zet = ["besproken", "passief"]', 'zet = ["besproken"]')
    melding = get_fouten(regios)
    assert (
        'termijn "terug_na_passief": geen enkel besluit en geen enkele melding zet het anker "passief", '
        "zodat deze termijn nooit begint"
    ) in melding
    assert "terug_na_contact" not in melding, "a contact is told, and no decision of a table"


def test_one_faulty_table_does_not_hide_the_faults_of_another(regios: Path) -> None:
    shutil.copytree(regios / TAFEL, regios / "elders" / "tweede")
    spoil(regios, "tafel.toml", 'land = "BE"', 'land = "FR"')
    with pytest.raises(DataFout) as gevangen:
        load_catalogus(regios)
    assert "elders/tweede/tafel.toml, regel 3, sleutel id" in str(gevangen.value)
    assert f"{TAFEL}/tafel.toml, regel 6, sleutel land" in str(gevangen.value)


def test_a_file_with_a_byte_order_mark_loads(regios: Path) -> None:
    pad = regios / TAFEL / "tafel.toml"
    pad.write_bytes(b"\xef\xbb\xbf" + pad.read_bytes())
    assert load_tafel(TAFEL, regios).tafel.id == TAFEL


def test_a_file_in_another_encoding_is_told(regios: Path) -> None:
    pad = regios / TAFEL / "tafel.toml"
    pad.write_bytes(pad.read_text(encoding="utf-8").replace("—", "-").encode("cp1252"))
    assert "UTF-8" in get_fouten(regios)


def test_an_unknown_table_is_told_with_the_known_ones() -> None:
    with pytest.raises(OnbekendeTafel) as gevangen:
        load_tafel(TAFEL[:-2] + "an")
    assert f'Bedoelde u "{TAFEL}"?' in str(gevangen.value)


def test_a_table_that_is_switched_off_loads_with_its_reason_only(tmp_path: Path) -> None:
    tafelmap = tmp_path / "streek" / "stil"
    tafelmap.mkdir(parents=True)
    regels = ['id = "streek/stil"', 'naam = "Stille tafel"', 'afkorting = "ST"', 'land = "NL"', 'taal = "nl-NL"']
    regels += ['versie = "1"', "ingeschakeld = false", 'doel = "x"', 'grondslag = "x"', 'markering = "x"']
    (tafelmap / "tafel.toml").write_text("\n".join(regels), encoding="utf-8")
    with pytest.raises(DataFout, match="reden_uitgeschakeld"):
        load_tafel("streek/stil", tmp_path)
    regels.append('reden_uitgeschakeld = "Er is nog geen formulier."')
    (tafelmap / "tafel.toml").write_text("\n".join(regels), encoding="utf-8")
    assert load_tafel("streek/stil", tmp_path).formulieren == ()
