"""A coordinator's werkmap.toml: the template loads, and every mistake is told in a sentence that helps."""

from __future__ import annotations

from pathlib import Path

import pytest
from support_tafels import name_tafel

from schemas.catalogus import get_werkmap_sjabloon, load_catalogus, load_tafel, load_werkmap, read_werkmap_tafel
from schemas.fouten import DataFout
from schemas.tafeldata import Tafeldata

TAFEL = name_tafel("gewoon")


@pytest.fixture(scope="module")
def data() -> Tafeldata:
    return load_tafel(TAFEL)


@pytest.fixture
def werkmap_toml(tmp_path: Path) -> Path:
    bestand = tmp_path / "werkmap.toml"
    bestand.write_text(get_werkmap_sjabloon(TAFEL), encoding="utf-8")
    return bestand


def test_the_template_of_every_table_is_a_werkmap_of_that_table(tmp_path: Path) -> None:
    for tafel_id, data in load_catalogus().items():
        if data.tafel.ingeschakeld:
            bestand = tmp_path / "werkmap.toml"
            bestand.write_text(get_werkmap_sjabloon(tafel_id), encoding="utf-8")
            assert read_werkmap_tafel(bestand) == tafel_id
            assert load_werkmap(bestand, data).tafel == tafel_id


def test_the_template_has_one_signed_and_one_unsigned_ad_hoc_partner(werkmap_toml: Path, data: Tafeldata) -> None:
    ad_hoc = [partner for partner in load_werkmap(werkmap_toml, data).partners if partner.rol == "ad_hoc"]
    assert [partner.protocol_ondertekend_op is None for partner in ad_hoc] == [False, True]


def test_everybody_in_the_template_is_invented(werkmap_toml: Path, data: Tafeldata) -> None:
    werkmap = load_werkmap(werkmap_toml, data)
    adressen = [persoon.email for partner in werkmap.partners for persoon in partner.personen]
    assert all(adres.endswith("@example.org") for adres in (*adressen, werkmap.contact.email))


def test_every_key_of_the_template_is_explained(data: Tafeldata) -> None:
    sjabloon = get_werkmap_sjabloon(data.tafel.id)
    uitleg = "\n".join(regel for regel in sjabloon.splitlines() if regel.startswith("#"))
    for sleutel in ("id", "naam", "rol", "aliassen", "gemeenten", "protocol_ondertekend_op", "personen"):
        assert f"\n#   {sleutel}" in uitleg


WERKMAPFOUTEN = [
    (f'tafel = "{TAFEL}"', 'tafel = "ergens/anders"', ["sleutel tafel", TAFEL]),
    ('afzender = "Samen', 'afzendr = "Samen', ["afzendr", 'Bedoelde u "afzender"', '"afzender" ontbreekt']),
    ('id = "parketjurist"', 'id = "coordinator"', ['partner "coordinator"', "andere id"]),
    ("[overleg.triagetafel]", "[overleg.triage]", ['"triage"', 'Bedoelde u "triagetafel"', "[overleg.triagetafel]"]),
    ('uur = "9.30"', 'uur = "half tien"', ["overleg > triagetafel > uur", "9.30 of 13u30"]),
    ('uur = "9.30"', 'uur = "24.30"', ["overleg.triagetafel.uur", "bestaat niet"]),
    ("dagen_vooraf = 7", "dagen_vooraf = -1", ["dagen_vooraf", "minstens 0"]),
    ("2026-12-24", '"24/12/2026"', ["sluitingsdagen nr. 1", "jjjj-mm-dd"]),
    ("2026-12-24", "2026-02-30", ["werkmap.toml, regel"]),
    ('email = "samen@example.org"', 'email = "samen"', ["contact > email", "mailadres"]),
    ('rol = "cgg"', 'rol = "cg"', ['partner "cgg"', 'Bedoelde u "cgg"', 'geen partner met de rol "cgg"']),
    ('rol = "cgg"', 'rol = "client"', ['partner "cgg", sleutel rol', "ad_hoc"]),
    ('gemeenten = ["Olen"]', 'gemeenten = ["Oolen"]', ["bestuur_olen", 'Bedoelde u "Olen"']),
    ('gemeenten = ["Olen"]', 'gemeenten = ["Herentals"]', ["bestuur_herentals, bestuur_olen"]),
    ('gemeenten = ["Olen"]', "", ["bestuur_olen", '"gemeenten" ontbreekt']),
    ('aliassen = ["CGG"]', 'aliassen = ["CGG"]\ngemeenten = ["Olen"]', ["gemeenten", 'hoort niet bij de rol "cgg"']),
    ('aliassen = ["CGG"]', 'aliassen = ["CAW"]', ["meer dan één partner: caw, cgg", 'die van de rol "caw"']),
    ('id = "cgg"', 'id = "caw"', ["partner caw", "meer dan eens"]),
    ('id = "cgg"', 'id = "C G G"', ["partner nr. 8", "kleine letters"]),
    ("protocol_ondertekend_op = 2026-03-02", 'protocol_ondertekend_op = "maart"', ["woonmaatschappij", "datum"]),
    ('id = "cgg"', 'id = "con"', ['partner "con"', "andere id"]),
    ('id = "cgg"', f'id = "{"c" * 41}"', ["hoogstens 40 tekens"]),
    ('naam = "CGG Voorbeeldstreek"', 'naam = "  "', ['"cgg"', "niet leeg"]),
    ('naam = "CGG Voorbeeldstreek"', 'naam = "CGG\\u0007"', ['"cgg"', "onzichtbare tekens"]),
    ("[contact]", "[contct]", ['"contact" ontbreekt', 'Bedoelde u "contact"']),
]


@pytest.mark.parametrize(("oud", "nieuw", "woorden"), WERKMAPFOUTEN)
def test_a_mistake_in_a_werkmap_is_told_with_key_and_what_is_allowed(
    werkmap_toml: Path, data: Tafeldata, oud: str, nieuw: str, woorden: list[str]
) -> None:
    tekst = werkmap_toml.read_text(encoding="utf-8")
    assert oud in tekst
    werkmap_toml.write_text(tekst.replace(oud, nieuw, 1), encoding="utf-8")
    with pytest.raises(DataFout) as gevangen:
        load_werkmap(werkmap_toml, data)
    for woord in ("werkmap.toml", *woorden):
        assert woord in str(gevangen.value), str(gevangen.value)


def test_all_mistakes_of_a_werkmap_are_told_at_once(werkmap_toml: Path, data: Tafeldata) -> None:
    tekst = werkmap_toml.read_text(encoding="utf-8")
    for oud, nieuw in (('naam = "An', 'nam = "An'), ('uur = "9.30"', "uur = 9.30"), ('id = "caw"', 'id = "CAW"')):
        tekst = tekst.replace(oud, nieuw, 1)
    werkmap_toml.write_text(tekst, encoding="utf-8")
    with pytest.raises(DataFout) as gevangen:
        load_werkmap(werkmap_toml, data)
    assert len(gevangen.value.fouten) == 4
    assert all(fout.startswith("werkmap.toml, ") for fout in gevangen.value.fouten)


def test_a_mistake_in_a_werkmap_does_not_repeat_an_address(werkmap_toml: Path, data: Tafeldata) -> None:
    tekst = werkmap_toml.read_text(encoding="utf-8").replace("caw@example.org", "hilde zonder apenstaart")
    werkmap_toml.write_text(tekst, encoding="utf-8")
    with pytest.raises(DataFout) as gevangen:
        load_werkmap(werkmap_toml, data)
    assert "apenstaart" not in str(gevangen.value)


def test_a_werkmap_that_is_not_there_or_names_no_table_is_told(tmp_path: Path) -> None:
    bestand = tmp_path / "werkmap.toml"
    with pytest.raises(DataFout, match="ontbreekt"):
        read_werkmap_tafel(bestand)
    bestand.write_text('afzender = "x"', encoding="utf-8")
    with pytest.raises(DataFout, match='"tafel" ontbreekt'):
        read_werkmap_tafel(bestand)
