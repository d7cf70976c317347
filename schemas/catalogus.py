"""Loads and cross-checks the data of the tables and a coordinator's werkmap.toml; the only reader of TOML.

Everything is read and checked before anything is refused, so that one run shows all faults.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar

from pydantic import Field, ValidationError

from schemas.base import Model
from schemas.criterium import Criterium
from schemas.deling import Deling
from schemas.documentsoort import Documentsoort
from schemas.formulier import Formulier
from schemas.fouten import DataFout, OnbekendeTafel
from schemas.fouttekst import describe_errors, suggest
from schemas.kruiscontrole import check_tafeldata
from schemas.partnerlijst import name_columns, read_partnerlijst
from schemas.tafel import Tafel
from schemas.tafeldata import Tafeldata
from schemas.tomltekst import parse_toml
from schemas.vindplaats import Vindplaats, read_vindplaats
from schemas.werkmap import Partner, Werkmap
from schemas.werkmapcontrole import check_partners, check_werkmap

#: The folder with all tables that come with the program: <regio>/<tafel>/.
REGIOS = Path(__file__).parent / "regios"
#: What a new table begins with.
SKELET = Path(__file__).parent / "skelet"

TAFEL, CRITERIA, DELING, DOCUMENTEN = "tafel.toml", "criteria.toml", "deling.toml", "documenten.toml"
SJABLOON, FORMULIEREN = "werkmap.toml", "formulieren"
#: Word templates of a table that does not come with the program.
WOORDSJABLONEN = "sjablonen"
_BESTANDEN = (TAFEL, CRITERIA, DELING, DOCUMENTEN, SJABLOON, FORMULIEREN, "BRONNEN.md", WOORDSJABLONEN)

_M = TypeVar("_M", bound=Model)
_R = TypeVar("_R")


class _Criteria(Model):
    """All of criteria.toml."""

    criteria: tuple[Criterium, ...] = Field(min_length=1)


class _Documenten(Model):
    """All of documenten.toml."""

    documenten: tuple[Documentsoort, ...] = Field(min_length=1)


def load_catalogus(map_: Path = REGIOS) -> dict[str, Tafeldata]:
    """Load the data of every table in `map_`, by id. Raises DataFout with all faults of all files."""
    fouten: list[str] = []
    geladen: dict[str, Tafeldata] = {}
    for tafel_id, tafelmap in _iterate_tafels(map_):
        data = _collect(fouten, partial(_load_map, tafelmap, tafel_id))
        if data is not None:
            geladen[tafel_id] = data
    if fouten:
        raise DataFout(fouten)
    return geladen


def load_tafel(tafel_id: str, map_: Path = REGIOS) -> Tafeldata:
    """Load the data of one table. Raises OnbekendeTafel with the known ids, or DataFout with all its faults."""
    return _load_map(_find_map(tafel_id, map_), tafel_id)


def get_werkmap_sjabloon(tafel_id: str, map_: Path = REGIOS) -> str:
    """The commented werkmap.toml with which a new werkmap of this table begins, checked against the table."""
    bestand = _find_map(tafel_id, map_) / SJABLOON
    if not bestand.is_file():
        raise DataFout([f"{tafel_id}/{SJABLOON}: dit bestand ontbreekt; er kan geen werkmap van gemaakt worden."])
    load_werkmap(bestand, load_tafel(tafel_id, map_), f"{tafel_id}/{SJABLOON}")
    return bestand.read_text(encoding="utf-8-sig")


def find_regios(tafel_id: str, eigen: Path) -> Path:
    """Where this table lies: in the folder `eigen` of a werkmap, else among those that come with the program."""
    return eigen if tafel_id and (eigen / tafel_id).is_dir() else REGIOS


def list_bestanden(tafel_id: str, map_: Path) -> tuple[tuple[str, bytes], ...]:
    """Every file of a table, to copy it: name below its folder, and content. Raises OnbekendeTafel."""
    tafelmap = _find_map(tafel_id, map_)
    paden = sorted(pad for naam in _BESTANDEN for pad in (tafelmap / naam, *(tafelmap / naam).rglob("*")))
    return tuple((pad.relative_to(tafelmap).as_posix(), pad.read_bytes()) for pad in paden if pad.is_file())


def list_skelet() -> tuple[tuple[str, str], ...]:
    """The files of a new table: name below its folder, and text."""
    paden = sorted(pad for pad in SKELET.rglob("*") if pad.suffix in (".toml", ".md"))
    return tuple((pad.relative_to(SKELET).as_posix(), pad.read_text(encoding="utf-8")) for pad in paden)


def add_lines(map_: Path, fouten: Iterable[str]) -> Iterator[str]:
    """These sentences, each of which begins with the name of a file in this folder, with the line of each fault."""
    for fout in fouten:
        naam, _, zin = fout.partition(", ")
        if naam.endswith(".toml") and (map_ / naam).is_file():
            yield f"{naam}, {read_vindplaats(_read_text(map_ / naam, naam)).add(zin)}"
        else:
            yield fout


def read_werkmap_tafel(bestand: Path) -> str:
    """The table of a werkmap.toml, to know which data to load. Raises DataFout when it names none."""
    waarde = _read_toml(bestand, bestand.name).get("tafel")
    if not isinstance(waarde, str) or not waarde:
        raise DataFout([f'{bestand.name}: de sleutel "tafel" ontbreekt; daar hoort de naam van een tafel.'])
    return waarde


def load_werkmap(bestand: Path, data: Tafeldata, naam: str = SJABLOON) -> Werkmap:
    """Load a werkmap.toml, which messages call `naam`, and check it. Raises DataFout with all faults."""
    tekst = _read_text(bestand, naam)
    ruw = parse_toml(tekst, naam)
    fouten: list[str] = []
    lijst = str(ruw.get("partnerlijst") or "")
    rijen = None
    if lijst:
        rijen = _read_list(bestand.with_name(Path(lijst).name), "partner" in ruw, naam, fouten)
        ruw["partner"] = list(_load_rows(rijen, lijst, fouten))
    zoek = partial(read_vindplaats, tekst)
    werkmap = (
        _collect(fouten, partial(_validate, Werkmap, ruw, naam, zoek)) if ruw.get("partner") or not fouten else None
    )
    gevonden = check_werkmap(werkmap, data.tafel) if werkmap else check_partners(_load_partners(ruw), data.tafel)
    for fout in gevonden:
        if rijen is not None and "partner" in fout.split(",")[0]:
            fouten.append(f"{lijst}, {name_columns(rijen.add(fout))}")
        else:
            fouten.append(f"{naam}, {zoek().add(fout)}")
    if fouten or werkmap is None:
        raise DataFout(fouten)
    return werkmap


def _read_list(lijst: Path, ook_blokken: bool, naam: str, fouten: list[str]) -> Vindplaats | None:
    """The partners of an Excel file beside werkmap.toml."""
    if ook_blokken:
        fouten.append(f"{naam}, sleutel partnerlijst: er staan ook blokken [[partner]] in; kies het ene of het andere.")
    try:
        inhoud = lijst.read_bytes()
    except FileNotFoundError:
        fouten.append(f"{naam}, sleutel partnerlijst: {lijst.name} ligt niet naast dit bestand.")
        return None
    except OSError:
        fouten.append(f"{lijst.name}: dit bestand is niet te openen. Sluit het in Excel en probeer opnieuw.")
        return None
    return _collect(fouten, partial(read_partnerlijst, inhoud, lijst.name))


def _load_rows(rijen: Vindplaats | None, naam: str, fouten: list[str]) -> Iterator[dict[str, Any]]:
    """The partners of the list, as far as each loads by itself."""
    if rijen is None:
        return
    for nummer, partner in enumerate(rijen.ruw["partner"]):
        try:
            _check(Partner, partner)
        except ValidationError as fout:
            for pad, zin in describe_errors(fout, Partner, partner):
                fouten.append(f"{naam}, {rijen.name(('partner', nummer, *pad))}{name_columns(zin)}")
        else:
            yield partner


def _load_partners(ruw: Mapping[str, Any]) -> Iterator[Partner]:
    """The partners that load by themselves: their faults are shown together with those of the rest of the file."""
    partners = ruw.get("partner")
    for partner in partners if isinstance(partners, list) else ():
        with suppress(ValidationError):
            yield _check(Partner, partner)


def _iterate_tafels(map_: Path) -> Iterator[tuple[str, Path]]:
    for regio in _iterate_mappen(map_):
        for tafel in _iterate_mappen(regio):
            yield f"{regio.name}/{tafel.name}", tafel


def _iterate_mappen(map_: Path) -> Iterator[Path]:
    return iter(sorted(pad for pad in map_.iterdir() if pad.is_dir() and not pad.name.startswith((".", "__"))))


def _find_map(tafel_id: str, map_: Path) -> Path:
    bekend = dict(_iterate_tafels(map_))
    if tafel_id not in bekend:
        raise OnbekendeTafel(
            [f'De tafel "{tafel_id}" bestaat niet. Bekende tafels: {", ".join(bekend)}.{suggest(tafel_id, bekend)}']
        )
    return bekend[tafel_id]


#: Tables that passed, with the parts they were made of: one run asks for them many times.
_GEKEURD: dict[tuple[object, ...], tuple[Tafeldata, tuple[object, ...]]] = {}
_MEEST = 64


def _load_map(tafelmap: Path, tafel_id: str) -> Tafeldata:
    fouten = list(_check_bestanden(tafelmap, tafel_id))
    tafel = _collect(fouten, partial(_load, Tafel, tafelmap, tafel_id, TAFEL))
    # Without a readable tafel.toml nobody knows that the table is switched off, so all files are wanted.
    optioneel = tafel is not None and not tafel.ingeschakeld
    criteria = _load_optional(_Criteria, tafelmap, tafel_id, CRITERIA, optioneel, fouten)
    deling = _load_optional(Deling, tafelmap, tafel_id, DELING, optioneel, fouten)
    documenten = _load_optional(_Documenten, tafelmap, tafel_id, DOCUMENTEN, optioneel, fouten)
    formulieren = tuple(_load_formulieren(tafelmap, tafel_id, fouten))
    if fouten or tafel is None:
        raise DataFout(fouten)
    delen = (tafel, criteria, deling, documenten, *formulieren)
    sleutel = (tafel_id, *map(id, delen))  # of the same text there is one object, as long as it is kept here
    if sleutel not in _GEKEURD:
        data = Tafeldata(
            tafel=tafel,
            formulieren=formulieren,
            criteria=criteria.criteria if criteria else (),
            deling=deling or Deling(),
            documenten=documenten.documenten if documenten else (),
        )
        kruisfouten = check_tafeldata(data, tafel_id)
        if kruisfouten:
            raise DataFout([f"{tafel_id}/{fout}" for fout in add_lines(tafelmap, kruisfouten)])
        if len(_GEKEURD) >= _MEEST:
            _GEKEURD.clear()
        _GEKEURD[sleutel] = (data, delen)
    return _GEKEURD[sleutel][0]


def _check_bestanden(tafelmap: Path, tafel_id: str) -> Iterator[str]:
    for pad in sorted(tafelmap.iterdir()):
        if pad.name not in _BESTANDEN and not pad.name.startswith((".", "~", "__")):
            yield (
                f"{tafel_id}/{pad.name}: dit hoort niet in de map van een tafel. "
                f"Toegelaten: {', '.join(_BESTANDEN)}.{suggest(pad.name, _BESTANDEN)}"
            )


def _load_formulieren(tafelmap: Path, tafel_id: str, fouten: list[str]) -> Iterator[Formulier]:
    for pad in sorted((tafelmap / FORMULIEREN).glob("*.toml")):
        naam = f"{FORMULIEREN}/{pad.name}"
        formulier = _collect(fouten, partial(_load, Formulier, tafelmap, tafel_id, naam))
        if formulier is None:
            continue
        if formulier.id != pad.stem:
            fouten.append(
                f'{tafel_id}/{naam}, sleutel "id": hier staat "{formulier.id}", maar het bestand heet "{pad.name}".'
            )
        yield formulier


def _load_optional(
    model: type[_M], tafelmap: Path, tafel_id: str, naam: str, optioneel: bool, fouten: list[str]
) -> _M | None:
    if optioneel and not (tafelmap / naam).exists():
        return None
    return _collect(fouten, partial(_load, model, tafelmap, tafel_id, naam))


def _collect(fouten: list[str], laad: Callable[[], _R]) -> _R | None:
    try:
        return laad()
    except DataFout as fout:
        fouten.extend(fout.fouten)
        return None


def _load(model: type[_M], tafelmap: Path, tafel_id: str, naam: str) -> _M:
    bron = f"{tafel_id}/{naam}"
    geladen: _M = _load_text(model, _read_text(tafelmap / naam, bron), bron)
    return geladen


@lru_cache(maxsize=512)
def _load_text(model: type[_M], tekst: str, bron: str) -> _M:
    """The same text is the same data: one run asks for the tables many times, and reading TOML is the slow part."""
    return _validate(model, parse_toml(tekst, bron), bron, lambda: read_vindplaats(tekst))


def _validate(model: type[_M], ruw: Mapping[str, Any], bron: str, find: Callable[[], Vindplaats]) -> _M:
    try:
        return _check(model, ruw)
    except ValidationError as fout:
        waar = find()
        raise DataFout([f"{bron}, {waar.name(pad)}{zin}" for pad, zin in describe_errors(fout, model, ruw)]) from None


def _check(model: type[_M], ruw: Mapping[str, Any]) -> _M:
    return model.model_validate_json(json.dumps(ruw, default=dt.date.isoformat))


def _read_toml(bestand: Path, bron: str) -> dict[str, Any]:
    return parse_toml(_read_text(bestand, bron), bron)


def _read_text(bestand: Path, bron: str) -> str:
    try:
        return bestand.read_text(encoding="utf-8-sig")  # Kladblok writes a byte order mark, which TOML does not know
    except FileNotFoundError:
        raise DataFout([f"{bron}: dit bestand ontbreekt."]) from None
    except UnicodeDecodeError:
        raise DataFout([f"{bron}: dit bestand is niet als UTF-8 bewaard; bewaar het zo opnieuw."]) from None
