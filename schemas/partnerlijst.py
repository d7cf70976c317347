"""The partners of a table in an Excel file, for who keeps them there and not in `werkmap.toml`: one row a person."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation

from schemas.fouten import DataFout
from schemas.fouttekst import suggest
from schemas.tomltekst import Pad
from schemas.vindplaats import Vindplaats
from schemas.werkmap import Partner

#: Heading -> key in werkmap.toml; the last two are of the person in that row.
KOLOMMEN = {
    "id": "id",
    "naam": "naam",
    "rol": "rol",
    "aliassen": "aliassen",
    "gemeenten": "gemeenten",
    "protocol ondertekend op": "protocol_ondertekend_op",
    "versleuteld": "versleuteld",
    "contactpersoon": "persoon",
    "e-mail": "email",
}
_NODIG = ("id", "naam", "rol")
_LIJSTEN = ("aliassen", "gemeenten")
_PERSOON = ("persoon", "email")
_JA_NEE = {"ja": True, "nee": False}
_MEEST_BYTES = 5 * 1024 * 1024
_MEEST_RIJEN = 2000
_BREEDTE = 24
_LANGSTE_LIJST = 255  # Excel calls a file with a longer list to choose from damaged

#: How a sentence says where in werkmap.toml something stands, and that it does not.
_BLOK = re.compile(r"^sleutel (?:personen nr\. \d+|partner)( > |: )")
_LEEG = re.compile(r'de sleutel "(\w+)" ontbreekt')
_SLEUTEL = re.compile(r'sleutel "?(\w+)"?')

#: What the library raises over a file that is something else, or half of one.
_ONLEESBAAR = (
    *(InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, TypeError, AttributeError),
    *(SyntaxError, OSError),
)

#: A row of the sheet: its number, and what stands under each key.
Rij = tuple[int, Mapping[str, object]]


def read_partnerlijst(inhoud: bytes, naam: str) -> Vindplaats:
    """Read the first sheet of an Excel file.

    In: the file, and what messages call it. Out: under "partner" each partner as `werkmap.toml` would hold it, and the
    row of each partner and person. A row without an id holds one more person of the partner above it. Raises DataFout
    with all faults.
    """
    fouten: list[str] = []
    partners: list[dict[str, Any]] = []
    regels: dict[Pad, int] = {}
    for nummer, rij in _read_rows(inhoud, naam):
        waar = f"{naam}, rij {nummer}"
        if "id" in rij:
            regels["partner", len(partners)] = nummer
            partners.append({**dict(_take_partner(rij, waar, fouten)), "personen": []})
        elif not partners or set(rij) - set(_PERSOON):
            fouten.append(f'{waar}, kolom "id": vul een id in, of laat alles leeg behalve de contactpersoon.')
            continue
        personen = partners[-1]["personen"]
        regels["partner", len(partners) - 1, "personen", len(personen)] = nummer
        personen += _take_person(rij)
    if fouten:
        raise DataFout(fouten)
    return Vindplaats({"partner": partners}, regels, "rij")


def name_columns(zin: str) -> str:
    """A sentence about a key of a partner, as it is said of a row of this file: about a column and its cell."""
    persoon = zin.startswith("sleutel personen")
    koppen = {sleutel: kop for kop, sleutel in KOLOMMEN.items()}
    if persoon:
        koppen["naam"] = koppen["persoon"]
    zin = _BLOK.sub(lambda blok: "sleutel " if blok[1] == " > " else "", zin)
    zin = _LEEG.sub(lambda leeg: f'de cel in kolom "{koppen.get(leeg[1], leeg[1])}" is leeg', zin)
    return _SLEUTEL.sub(lambda sleutel: f'kolom "{koppen[sleutel[1]]}"' if sleutel[1] in koppen else sleutel[0], zin)


def _take_person(rij: Mapping[str, object]) -> list[dict[str, str]]:
    sleutels = {"naam": "persoon", "email": "email"}
    persoon = {sleutel: _write(rij[kolom]) for sleutel, kolom in sleutels.items() if kolom in rij}
    return [persoon] if persoon else []


def _read_rows(inhoud: bytes, naam: str) -> Iterator[Rij]:
    """The rows that hold something."""
    if len(inhoud) > _MEEST_BYTES:
        raise DataFout([f"{naam}: dit bestand is te groot voor een lijst van partners."])
    try:
        blad = load_workbook(io.BytesIO(inhoud), read_only=True, data_only=True).worksheets[0]
        rijen = [tuple(rij) for rij in blad.iter_rows(max_row=_MEEST_RIJEN, values_only=True)]
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        IndexError,
        TypeError,
        SyntaxError,
        OSError,
    ):
        raise DataFout([f"{naam}: dit is geen leesbaar Excel-bestand. Bewaar het in Excel als .xlsx."]) from None
    koppen = _read_headings(rijen[0] if rijen else (), naam)
    for nummer, rij in enumerate(rijen[1:], start=2):
        gevuld = {k: w for k, w in zip(koppen, rij, strict=False) if k and w is not None and str(w).strip()}
        if gevuld:
            yield nummer, gevuld


def _read_headings(rij: Sequence[object], naam: str) -> list[str]:
    """The key of each column, "" for one without a heading."""
    koppen = [" ".join(str(kop or "").lower().split()) for kop in rij]
    fouten = [
        f'{naam}, kolom "{kop}": deze kolom is onbekend.{suggest(kop, KOLOMMEN)}'
        for kop in koppen
        if kop and kop not in KOLOMMEN
    ]
    fouten += [f'{naam}: de kolom "{kop}" staat er meer dan eens.' for kop in KOLOMMEN if koppen.count(kop) > 1]
    fouten += [f'{naam}: de kolom "{kop}" ontbreekt in de eerste rij.' for kop in _NODIG if kop not in koppen]
    if fouten:
        raise DataFout(fouten)
    return [KOLOMMEN.get(kop, "") for kop in koppen]


def _take_partner(rij: Mapping[str, object], waar: str, fouten: list[str]) -> Iterator[tuple[str, object]]:
    for sleutel, waarde in rij.items():
        if sleutel in _LIJSTEN:
            yield sleutel, [deel for stuk in _write(waarde).split(";") if (deel := stuk.strip())]
        elif sleutel == "protocol_ondertekend_op":
            if isinstance(waarde, dt.datetime):
                yield sleutel, waarde.date().isoformat()
            else:
                fouten.append(
                    f'{waar}, kolom "protocol ondertekend op": dit is geen datum; geef de cel de opmaak “Datum”.'
                )
        elif sleutel == "versleuteld":
            gekozen = _JA_NEE.get(_write(waarde).lower()) if not isinstance(waarde, bool) else waarde
            if gekozen is None:
                fouten.append(f'{waar}, kolom "versleuteld": schrijf ja of nee, of laat leeg.')
            yield sleutel, gekozen
        elif sleutel not in _PERSOON:
            yield sleutel, _write(waarde)


def _write(waarde: object) -> str:
    """A cell as text: Excel makes a number of what looks like one."""
    heel = isinstance(waarde, float) and waarde.is_integer()
    return str(int(waarde) if heel else waarde).strip()  # type: ignore[call-overload]


def make_partnerlijst(partners: Iterable[Partner], rollen: Sequence[str]) -> bytes:
    """Write partners to an Excel file that reads back the same, with lists to choose roles and ja/nee from."""
    boek = Workbook()
    blad = boek.active
    blad.title = "Partners"
    blad.append(list(KOLOMMEN))
    for partner in partners:
        for nummer, rij in enumerate(_list_rows(partner)):
            blad.append(rij if nummer == 0 else [None] * (len(KOLOMMEN) - len(_PERSOON)) + rij[-len(_PERSOON) :])
    for cel in blad[1]:
        cel.font = Font(bold=True)
        blad.column_dimensions[cel.column_letter].width = _BREEDTE
    blad.freeze_panes = "A2"
    for cel in (cel for rij in blad.iter_rows(min_row=2) for cel in rij if cel.data_type == "f"):
        cel.data_type = "s"  # a name that begins with = is no formula
    for kop, keuzes in (("rol", rollen), ("versleuteld", tuple(_JA_NEE))):
        if len(",".join(keuzes)) > _LANGSTE_LIJST:
            continue
        lijst = DataValidation(type="list", formula1=f'"{",".join(keuzes)}"', allow_blank=True)
        letter = blad.cell(1, list(KOLOMMEN).index(kop) + 1).column_letter
        lijst.add(f"{letter}2:{letter}{_MEEST_RIJEN}")
        blad.add_data_validation(lijst)
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def _list_rows(partner: Partner) -> Iterator[list[object]]:
    """One row a person; one when there is none."""
    versleuteld = {True: "ja", False: "nee", None: None}[partner.versleuteld]
    vast = [partner.id, partner.naam, partner.rol, "; ".join(partner.aliassen), "; ".join(partner.gemeenten)]
    for persoon in partner.personen or (None,):
        wie = [persoon.naam, persoon.email] if persoon else [None, None]
        yield [*vast, partner.protocol_ondertekend_op, versleuteld, *wie]
