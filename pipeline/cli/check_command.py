"""`overleg toets`: one form, read and checked for one table or for all, without registering anything."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from pipeline.check import check_aanmelding
from pipeline.cli.context import WERKMAP_TOML, locate_tafel
from pipeline.disk import translate_faults
from pipeline.errors import GebruikFout, InvoerFout
from pipeline.inbox import MAX_BYTES
from pipeline.read import make_safe_lezer
from pipeline.validate import recognise_formulier, validate_formulier
from schemas.aanmelding import Meta
from schemas.bevinding import Bevinding, Ernst
from schemas.catalogus import load_catalogus, load_tafel, load_werkmap
from schemas.formulier import Formuliersoort
from schemas.inzending import RuwFormulier
from schemas.namen import Namenlijst
from schemas.tafeldata import Tafeldata
from schemas.toetsing import Eindoordeel, Toetsing


@dataclass(frozen=True)
class Toetsuitkomst:
    """What one table would say of a form."""

    tafel: str
    toetsing: Toetsing
    bevindingen: tuple[Bevinding, ...]

    @property
    def needs_person(self) -> bool:
        """Whether somebody should look before the triage does."""
        return bool(self.bevindingen) or self.toetsing.eindoordeel is not Eindoordeel.KLAAR_VOOR_TRIAGE

    def build_json(self) -> dict[str, object]:
        """As JSON: outcome, criteria with the closed answer and place, missing labels, findings. No other answers."""
        return {
            "tafel": self.tafel,
            **self.toetsing.model_dump(mode="json"),
            "bevindingen": [bevinding.model_dump(mode="json") for bevinding in self.bevindingen],
        }


def check_bestand(
    bestand: Path, *, tafel: str | None, alle: bool, map_: Path | None, vandaag: dt.date
) -> list[Toetsuitkomst]:
    """Check a form for its own table, for the one asked for, or for all. Raises InvoerFout, GebruikFout, DataFout."""
    ruw = make_safe_lezer().read_one(bestand.name, read_begin(bestand))
    tafels = (
        [load_tafel(*locate_tafel(Path(tafel)))]
        if tafel
        else [d for d in load_catalogus().values() if d.tafel.ingeschakeld]
    )
    if not alle and not tafel:
        tafels = [_recognise(ruw, tafels)]
    return [_check_for(ruw, data, map_, vandaag) for data in tafels]


def read_begin(bestand: Path) -> bytes:
    """A file, but no more of it than shows that it is too large. Raises SchijfFout."""
    with translate_faults(bestand), bestand.open("rb") as stroom:
        return stroom.read(MAX_BYTES + 1)


def _recognise(ruw: RuwFormulier, tafels: list[Tafeldata]) -> Tafeldata:
    herkenning = recognise_formulier(ruw, tafels)
    if herkenning is None or herkenning.data is None:
        raise InvoerFout(
            Bevinding(
                code="geen-formulier",
                plaats="",
                melding=f"{ruw.bestand} is geen formulier van een tafel die hier bekend is.",
                remedie="Geef met --tafel op voor welke tafel u wilt toetsen.",
                ernst=Ernst.FOUT,
            )
        )
    if herkenning.formulier is not None and herkenning.formulier.soort is not Formuliersoort.AANMELDING:
        raise GebruikFout(
            f"{ruw.bestand} is geen aanmelding, maar het formulier “{herkenning.formulier.titel}”.",
            "Leg het in de map “in” en start “overleg verwerk”.",
        )
    return herkenning.data


def _check_for(ruw: RuwFormulier, data: Tafeldata, map_: Path | None, vandaag: dt.date) -> Toetsuitkomst:
    partners = load_werkmap(map_ / WERKMAP_TOML, data).partners if map_ else ()
    namen = Namenlijst(data.tafel, partners)
    validatie = validate_formulier(ruw, data, data.get_aanmeldformulier(), Meta(), namen, vandaag)
    toetsing = check_aanmelding(validatie.aanmelding, data, vandaag)
    return Toetsuitkomst(data.tafel.naam, toetsing, validatie.bevindingen)
