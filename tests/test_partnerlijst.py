"""Partners kept in Excel: the same partners, checked the same way, each fault with its row and its remedy."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from support_tafels import name_tafel
from support_werkmap import Werkmapje

from pipeline.errors import ExitCode
from schemas.catalogus import get_werkmap_sjabloon, load_catalogus, load_tafel, load_werkmap
from schemas.fouten import DataFout
from schemas.partnerlijst import KOLOMMEN, make_partnerlijst
from schemas.tafeldata import Tafeldata

DATA = load_tafel(name_tafel("gewoon"))
LIJST = "partners.xlsx"


def move_to_excel(map_: Path, data: Tafeldata) -> Path:
    """A werkmap.toml of this table with its partners in an Excel file beside it."""
    bestand = map_ / "werkmap.toml"
    tekst = get_werkmap_sjabloon(data.tafel.id)
    bestand.write_text(tekst, encoding="utf-8")
    (map_ / LIJST).write_bytes(make_partnerlijst(load_werkmap(bestand, data).partners, ("vast", "ad_hoc")))
    zonder = tekst[: tekst.index("\n[[partner]]")]
    bestand.write_text(f'partnerlijst = "{LIJST}"\n{zonder}', encoding="utf-8")
    return bestand


def test_the_partners_of_every_table_read_back_the_same(tmp_path: Path) -> None:
    for naam, data in load_catalogus().items():
        if data.tafel.ingeschakeld:
            map_ = tmp_path / naam.replace("/", " ")
            map_.mkdir()
            bestand = move_to_excel(map_, data)
            toml = map_ / "blokken.toml"
            toml.write_text(get_werkmap_sjabloon(naam), encoding="utf-8")
            assert load_werkmap(bestand, data).partners == load_werkmap(toml, data).partners


def edit(map_: Path, wijzig: Callable[[Any], None]) -> None:
    boek = load_workbook(map_ / LIJST)
    wijzig(boek.worksheets[0])
    boek.save(map_ / LIJST)


def find_faults(bestand: Path) -> str:
    with pytest.raises(DataFout) as fout:
        load_werkmap(bestand, DATA)
    return str(fout.value)


def put(cel: str, waarde: object) -> Callable[[Any], None]:
    def doe(blad: Any) -> None:
        blad[cel] = waarde

    return doe


def add_person(naam: str, adres: str) -> Callable[[Any], None]:
    return lambda blad: blad.append([None] * 7 + [naam, adres])


FOUTEN: list[tuple[Callable[[Any], None], list[str]]] = [
    (put("A1", "idd"), ['kolom "idd"', 'Bedoelde u "id"', 'de kolom "id" ontbreekt']),
    (put("D1", "rol"), ['de kolom "rol" staat er meer dan eens']),
    (put("J1", "telefoon"), ['kolom "telefoon": deze kolom is onbekend']),
    (put("C2", "vats"), ["partners.xlsx, rij 2, partner", 'kolom "rol": de rol']),
    (put("B3", None), ['partners.xlsx, rij 3, de cel in kolom "naam" is leeg']),
    (put("F2", "morgen"), ["rij 2", "geen datum", "Datum"]),
    (put("G2", "misschien"), ["rij 2", "ja of nee"]),
    (put("I2", "geen adres"), ['partners.xlsx, rij 2, kolom "e-mail": hier hoort een mailadres']),
    (put("H2", None), ['partners.xlsx, rij 2, de cel in kolom "contactpersoon" is leeg']),
    (add_person("Een Tweede", "geen adres"), ['rij {laatste}, kolom "e-mail": hier hoort een mailadres']),
    (lambda blad: blad.append([None, "Zonder id"]), ['kolom "id"', "vul een id in"]),
    (lambda blad: put("I3", blad["I2"].value.upper())(blad), ["samen het mailadres", "eigen adres"]),
    (lambda blad: put("A3", blad["A2"].value)(blad), ["meer dan eens"]),
]


@pytest.mark.parametrize(("wijzig", "gezegd"), FOUTEN)
def test_every_mistake_is_told_with_its_place_and_remedy(
    tmp_path: Path, wijzig: Callable[[Any], None], gezegd: list[str]
) -> None:
    bestand = move_to_excel(tmp_path, DATA)
    edit(tmp_path, wijzig)
    laatste = load_workbook(tmp_path / LIJST).worksheets[0].max_row
    melding = find_faults(bestand)
    assert [zin for zin in gezegd if zin.replace("{laatste}", str(laatste)) not in melding] == [], melding


def test_what_is_no_excel_file_or_is_not_there_is_told(tmp_path: Path) -> None:
    bestand = move_to_excel(tmp_path, DATA)
    heel = (tmp_path / LIJST).read_bytes()
    for inhoud in (b"", b"id;naam;rol", heel[: len(heel) // 2], b"PK\x03\x04"):
        (tmp_path / LIJST).write_bytes(inhoud)
        assert "geen leesbaar Excel-bestand" in find_faults(bestand)
    (tmp_path / LIJST).unlink()
    assert f"{LIJST} ligt niet naast dit bestand" in find_faults(bestand)


def test_a_list_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    bestand = move_to_excel(tmp_path, DATA)
    (tmp_path / LIJST).unlink()
    (tmp_path / LIJST).mkdir()
    assert "Sluit het in Excel en probeer opnieuw" in find_faults(bestand)


def test_names_and_roles_of_any_length_come_back(tmp_path: Path) -> None:
    """A name that Excel would take for a formula, and more roles than it can hold in a list to choose from."""
    bestand = move_to_excel(tmp_path, DATA)
    eerste, *andere = load_werkmap(bestand, DATA).partners
    anders = eerste.model_copy(update={"naam": "=1+1 vzw"})
    rollen = [f"rol_met_een_lange_naam_{nummer}" for nummer in range(20)]
    (tmp_path / LIJST).write_bytes(make_partnerlijst([anders, *andere], rollen))
    assert load_werkmap(bestand, DATA).partners[0] == anders
    lijsten = load_workbook(tmp_path / LIJST).worksheets[0].data_validations.dataValidation
    assert [lijst.formula1 for lijst in lijsten] == ['"ja,nee"']


def test_partners_in_both_places_are_refused(tmp_path: Path) -> None:
    bestand = move_to_excel(tmp_path, DATA)
    blok = '\n[[partner]]\nid = "een"\nnaam = "Een"\nrol = "vast"\n'
    bestand.write_text(bestand.read_text(encoding="utf-8") + blok, encoding="utf-8")
    assert "kies het ene of het andere" in find_faults(bestand)


def test_cells_as_people_fill_them_in(tmp_path: Path) -> None:
    """Headings in capitals, columns in another order, blank rows, a number, a second person below the first."""
    bestand = move_to_excel(tmp_path, DATA)
    eerste = load_werkmap(bestand, DATA).partners[0]
    boek = load_workbook(tmp_path / LIJST)
    rijen = [list(rij) for rij in boek.worksheets[0].iter_rows(values_only=True)]
    nieuw = Workbook()
    blad = nieuw.active
    blad.append([str(kop).upper() for kop in reversed(rijen[0])] + [None])
    for rij in rijen[1:]:
        blad.append([*reversed(rij), None])
        blad.append([None])
    blad["J2"] = "een opmerking in een kolom zonder kop"
    leeg = [None] * (len(KOLOMMEN) - 2)
    blad.insert_rows(3)
    for nummer, waarde in enumerate(["tweede@example.org", "Tweede Voorbeeld", *leeg], start=1):
        blad.cell(3, nummer, waarde)
    nieuw.save(tmp_path / LIJST)
    partner = load_werkmap(bestand, DATA).partners[0]
    assert partner.personen[: len(eerste.personen)] == eerste.personen
    assert partner.personen[-1].naam == "Tweede Voorbeeld"


def test_a_month_can_be_worked_with_the_list_that_overleg_partners_wrote(tmp_path: Path) -> None:
    werkmap = Werkmapje.make(tmp_path)
    assert werkmap.run("partners", str(werkmap.map)) == ExitCode.KLAAR
    assert 'partnerlijst = "partners.xlsx"' in " ".join(werkmap.uitvoer.split())
    assert werkmap.run("partners", str(werkmap.map)) == ExitCode.GEBRUIK
    toml = werkmap.map / "werkmap.toml"
    tekst = toml.read_text(encoding="utf-8")
    toml.write_text(f'partnerlijst = "{LIJST}"\n{tekst[: tekst.index(chr(10) + "[[partner]]")]}', encoding="utf-8")
    assert werkmap.process() == ExitCode.KLAAR
    blad = load_workbook(io.BytesIO((werkmap.map / LIJST).read_bytes())).worksheets[0]
    assert [cel.value for cel in blad[1]] == list(KOLOMMEN)
    assert any(isinstance(cel.value, dt.datetime) for cel in blad["F"])
