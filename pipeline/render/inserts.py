"""What the data of a template may hold beside text: pictures and sub-documents, and what takes the place of a part.

In JSON each of them is a group with a key that begins with `$`. Who reads the files is the caller: nothing here
touches the disk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, NoReturn

from jinja2 import TemplateRuntimeError

from pipeline.errors import ConfiguratieFout
from pipeline.render.context import Controle, make_plain, make_visible
from pipeline.render.pictures import find_type
from pipeline.render.subdocument import prepare_subdocument
from schemas.fouttekst import suggest

MAX_LAGEN = 100
MIN_MM, MAX_MM = 1, 558  # the widest page that Word has

_REMEDIE = "Verbeter dit in het gegevensbestand, of het bestand dat het noemt."
_VERVANG = "$vervang"
_AFBEELDING, _DEELDOCUMENT = "$afbeelding", "$deeldocument"
_MATEN, _TEKSTEN = ("breedte_mm", "hoogte_mm"), ("omschrijving", "koppeling")
_SLEUTELS = {_AFBEELDING: (*_MATEN, *_TEKSTEN), _DEELDOCUMENT: ()}
_GROEPEN = ("afbeelding", "media", "ingesloten", "onderdeel")
_KOPPELING = re.compile(r"(https?://|mailto:)[^\s<>\"{}|\\^`]+")


class GeweigerdFout(Exception):
    """A file that cannot be had; the message continues a sentence that begins with its name."""


class Bestand(NamedTuple):
    """A file that the data name."""

    naam: str
    inhoud: bytes


@dataclass(frozen=True, eq=False, repr=False)
class Invoegsel:
    """What a tag can print as it is, and use in no other way."""

    bestand: Bestand

    def __str__(self) -> NoReturn:
        raise TemplateRuntimeError(
            "een tag bewerkt een afbeelding of deeldocument; een tag kan die enkel afdrukken zoals ze zijn"
        )


@dataclass(frozen=True, eq=False, repr=False)
class Afbeelding(Invoegsel):
    """A picture; a size that is not given follows from the other, or from the file."""

    breedte_mm: Decimal | None = None
    hoogte_mm: Decimal | None = None
    omschrijving: str = ""
    koppeling: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class Deeldocument(Invoegsel):
    """A Word document to put in, cleaned."""


@dataclass(frozen=True)
class Vervanging:
    """What takes the place of what in a template, in pairs: what stands there, and the new file."""

    afbeelding: Collection[tuple[str, Bestand]] = ()
    media: Collection[tuple[Bestand, Bestand]] = ()
    ingesloten: Collection[tuple[Bestand, Bestand]] = ()
    onderdeel: Collection[tuple[str, Bestand]] = ()

    def count(self) -> int:
        """How many files take the place of another."""
        return sum(map(len, (self.afbeelding, self.media, self.ingesloten, self.onderdeel)))


class Gegevens(NamedTuple):
    """The data of a template, with what came from files in its place."""

    waarden: dict[str, object]
    vervanging: Vervanging
    heeft_invoegsels: bool


def read_inserts(gegevens: Mapping[str, object], lees: Callable[[str], bytes]) -> Gegevens:
    """Put files in the place of what names them.

    Args:
        gegevens: as JSON gives them.
        lees: gives the bytes of a file by its name in the data, or raises GeweigerdFout.

    Raises:
        ConfiguratieFout: an unknown key, a wrong value or a file that is not fit; lists all faults.

    """
    lezer = _Lezer(lees)
    lezer.refuse_unknown("", [naam for naam in gegevens if naam.startswith("$")], (_VERVANG,))
    waarden = {naam: lezer.walk(deel, naam, 1) for naam, deel in gegevens.items() if not naam.startswith("$")}
    vervanging = lezer.read_replacements(gegevens[_VERVANG]) if _VERVANG in gegevens else Vervanging()
    if lezer.fouten:
        raise ConfiguratieFout(list(dict.fromkeys(lezer.fouten)), _REMEDIE)
    return Gegevens(waarden, vervanging, lezer.heeft_invoegsels)


class _Lezer:
    """Goes through the data once; each file is judged once."""

    def __init__(self, lees: Callable[[str], bytes]) -> None:
        self._lees = lees
        self._deeldocumenten: dict[str, Deeldocument] = {}
        self.fouten: list[str] = []
        self.heeft_invoegsels = False

    def walk(self, waarde: object, pad: str, laag: int) -> object:
        if laag > MAX_LAGEN:
            raise ConfiguratieFout(["Het gegevensbestand heeft te veel lagen in elkaar."], _REMEDIE)
        if isinstance(waarde, list):
            return [self.walk(deel, f"{pad}[{nummer}]", laag + 1) for nummer, deel in enumerate(waarde, start=1)]
        if not isinstance(waarde, dict):
            return waarde
        if any(naam.startswith("$") for naam in waarde):
            return self._make(waarde, pad)
        return {naam: self.walk(deel, f"{pad}.{naam}", laag + 1) for naam, deel in waarde.items()}

    def read_replacements(self, groepen: object) -> Vervanging:
        if not isinstance(groepen, dict):
            self._blame(_VERVANG, f"moet een groep zijn, met {' of '.join(_GROEPEN)}")
            return Vervanging()
        self.refuse_unknown(_VERVANG, groepen, _GROEPEN)
        return Vervanging(
            afbeelding=self._read_pairs("afbeelding", groepen),
            media=self._read_files("media", groepen),
            ingesloten=self._read_files("ingesloten", groepen),
            onderdeel=self._read_pairs("onderdeel", groepen),
        )

    def refuse_unknown(self, pad: str, namen: Collection[str], bekend: Collection[str]) -> None:
        for naam in namen:
            if naam not in bekend:
                hulp = suggest(naam, bekend) or f" Toegelaten: {', '.join(bekend)}."
                self._blame(pad, f'de sleutel "{make_visible(naam)}" is onbekend', hulp)

    def _read_pairs(self, groep: str, groepen: dict[str, object]) -> list[tuple[str, Bestand]]:
        pad, paren = f"{_VERVANG}.{groep}", groepen.get(groep, {})
        if not isinstance(paren, dict):
            self._blame(pad, 'moet een groep zijn: {"wat er staat": "nieuw bestand"}')
            return []
        gelezen = ((oud, self._read(pad, nieuw)) for oud, nieuw in paren.items())
        return [(oud, nieuw) for oud, nieuw in gelezen if nieuw]

    def _read_files(self, groep: str, groepen: dict[str, object]) -> list[tuple[Bestand, Bestand]]:
        gelezen = ((self._read(f"{_VERVANG}.{groep}", oud), nieuw) for oud, nieuw in self._read_pairs(groep, groepen))
        return [(oud, nieuw) for oud, nieuw in gelezen if oud]

    def _make(self, groep: dict[str, object], pad: str) -> object:
        soorten = [naam for naam in groep if naam.startswith("$")]
        if len(soorten) != 1 or soorten[0] not in _SLEUTELS:
            if _VERVANG in soorten:
                self._blame(pad, f"{_VERVANG} staat enkel bovenaan in het gegevensbestand")
            elif len(soorten) > 1:
                self._blame(pad, "een groep kan maar één sleutel met $ hebben")
            else:
                self.refuse_unknown(pad, soorten, _SLEUTELS)
            return None
        soort = soorten[0]
        self.refuse_unknown(pad, groep, (soort, *_SLEUTELS[soort]))
        bestand = self._read(pad, groep[soort])
        self.heeft_invoegsels = True
        if bestand is None:
            return None
        return self._make_picture(pad, bestand, groep) if soort == _AFBEELDING else self._make_subdocument(bestand)

    def _make_picture(self, pad: str, bestand: Bestand, groep: dict[str, object]) -> Afbeelding:
        if not find_type(bestand.inhoud):
            self._blame(pad, f"“{bestand.naam}” is geen afbeelding die Word kent; open ze en bewaar ze opnieuw als PNG")
        maten = {naam: self._read_size(f"{pad}.{naam}", groep[naam]) for naam in _MATEN if naam in groep}
        teksten = {naam: self._read_text(f"{pad}.{naam}", groep[naam]) for naam in _TEKSTEN if naam in groep}
        koppeling = teksten.get("koppeling", "")
        if koppeling and not _KOPPELING.fullmatch(koppeling):
            self._blame(f"{pad}.koppeling", "moet beginnen met https://, http:// of mailto:, zonder spaties")
        return Afbeelding(bestand, maten.get("breedte_mm"), maten.get("hoogte_mm"), **teksten)

    def _make_subdocument(self, bestand: Bestand) -> Deeldocument | None:
        if bestand.naam not in self._deeldocumenten:
            try:
                schoon = prepare_subdocument(bestand.naam, bestand.inhoud)
            except ConfiguratieFout as fout:
                self.fouten += fout.fouten
                return None
            self._deeldocumenten[bestand.naam] = Deeldocument(Bestand(bestand.naam, schoon))
        return self._deeldocumenten[bestand.naam]

    def _read(self, pad: str, naam: object) -> Bestand | None:
        if not isinstance(naam, str):
            self._blame(pad, "de naam van een bestand staat tussen aanhalingstekens")
            return None
        zichtbaar = make_visible(naam)
        try:
            return Bestand(zichtbaar, self._lees(naam))
        except GeweigerdFout as fout:
            self._blame(pad, f"“{zichtbaar}” {fout}")
            return None

    def _read_size(self, pad: str, waarde: object) -> Decimal | None:
        if isinstance(waarde, int | Decimal) and not isinstance(waarde, bool) and MIN_MM <= waarde <= MAX_MM:
            return Decimal(waarde)
        self._blame(pad, f"moet een getal van {MIN_MM} tot {MAX_MM} zijn, zonder aanhalingstekens")
        return None

    def _read_text(self, pad: str, waarde: object) -> str:
        if isinstance(waarde, str):
            return str(make_plain(waarde, pad, Controle("Het gegevensbestand", _REMEDIE)))
        self._blame(pad, "moet een tekst tussen aanhalingstekens zijn")
        return ""

    def _blame(self, pad: str, reden: str, hulp: str = "") -> None:
        waar = f"Gegeven '{make_visible(pad)}'" if pad else "Bovenaan in het gegevensbestand"
        self.fouten.append(f"{waar}: {reden}.{hulp}")
