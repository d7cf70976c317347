"""`overleg toets`: one form, read and checked for one table or for all, without registering anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.check import check_aanmelding
from pipeline.cli.context import WERKMAP_TOML, locate_tafel
from pipeline.disk import translate_faults
from pipeline.errors import GebruikFout, InvoerFout
from pipeline.inbox import MAX_BYTES
from pipeline.intake import find_geen_casus
from pipeline.read import make_safe_lezer
from pipeline.validate import recognise_formulier, validate_formulier
from schemas.aanmelding import Aanmelding, Meta, Status
from schemas.bevinding import Bevinding, Ernst
from schemas.catalogus import load_catalogus, load_tafel, load_werkmap, read_werkmap_tafel
from schemas.formulier import Formulier, Formuliersoort
from schemas.inzending import RuwAntwoord, RuwFormulier
from schemas.namen import Namenlijst
from schemas.tafel import Tafel
from schemas.tafeldata import Tafeldata
from schemas.toetsing import Eindoordeel, OpenVraag, Toetsing
from schemas.verzendlijst import VERZENDFORMULIER


@dataclass(frozen=True)
class Toetsuitkomst:
    """What one table would say of a form."""

    tafel: str
    eigen: bool  #: the form is of this table, or it was asked for by name
    toetsing: Toetsing
    bevindingen: tuple[Bevinding, ...]
    beantwoord: frozenset[tuple[str, str]] = frozenset()  #: questions that the form answers, each with its row
    aanvulling: str = ""  #: the case of an aanvullingsformulier: its answers mean nothing without those of that case

    @property
    def needs_person(self) -> bool:
        """Whether somebody should look before the table does; of another table's form much is always missing."""
        if self.aanvulling:
            return bool(self.bevindingen or self.toetsing.ontbrekend)
        klaar = self.toetsing.eindoordeel is Eindoordeel.KLAAR_VOOR_TRIAGE
        return self.eigen and (bool(self.bevindingen) or not klaar)

    def build_json(self) -> dict[str, object]:
        """As JSON: outcome, criteria with the closed answer and place, missing labels, findings. No other answers."""
        return {
            "tafel": self.tafel,
            "eigen": self.eigen,
            **self.toetsing.model_dump(mode="json"),
            "bevindingen": [bevinding.model_dump(mode="json") for bevinding in self.bevindingen],
        }


def check_bestand(
    bestand: Path, *, tafel: str | None, alle: bool, map_: Path | None, vandaag: dt.date
) -> tuple[list[Toetsuitkomst], list[Tafel]]:
    """Check a form for its own table, for the one asked for, or for all tables of its region (S2:17).

    Nothing is chosen, and nothing is looked up in anybody's register. The form's own table comes first. With the
    outcomes come the tables that are switched off. Raises InvoerFout, GebruikFout, DataFout.
    """
    ruw = make_safe_lezer().read_one(bestand.name, read_begin(bestand))
    bekend = [load_tafel(*locate_tafel(Path(tafel)))] if tafel else list(load_catalogus().values())
    aan = [data for data in bekend if data.tafel.ingeschakeld]
    eigen = None if tafel else _recognise(ruw, aan)
    if eigen is not None:
        andere = [data for data in bekend if data is not eigen and _get_regio(data) == _get_regio(eigen)]
        bekend = [eigen, *(andere if alle else ())]
    uit = [data.tafel for data in bekend if not data.tafel.ingeschakeld]
    aan = [data for data in bekend if data.tafel.ingeschakeld]
    uitkomsten = [_check_for(ruw, data, map_, vandaag, eigen=eigen in (None, data)) for data in aan]
    herkenning = recognise_formulier(ruw, aan)
    casus = herkenning.meta.casuscode if herkenning else ""
    if herkenning is None or herkenning.formulier is None or not casus:
        return uitkomsten, uit
    return [_keep_asked(u, ruw, herkenning.formulier, casus) if u.eigen else u for u in uitkomsten], uit


def _get_regio(data: Tafeldata) -> str:
    return data.tafel.id.partition("/")[0]


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
    formulier = VERZENDFORMULIER if herkenning.formulier_id == VERZENDFORMULIER.id else herkenning.formulier
    if formulier is not None and formulier.soort is not Formuliersoort.AANMELDING:
        raise GebruikFout(
            f"{ruw.bestand} is geen aanmelding, maar het formulier “{formulier.titel}”.",
            "Leg het in de map “in” en start “overleg verwerk”.",
        )
    return herkenning.data


def _check_for(
    ruw: RuwFormulier, data: Tafeldata, map_: Path | None, vandaag: dt.date, *, eigen: bool
) -> Toetsuitkomst:
    """Of a form that is another table's, every question is unknown and no group is: findings say nothing there."""
    bestand = map_ / WERKMAP_TOML if map_ else None
    van_map = bestand is not None and read_werkmap_tafel(bestand) == data.tafel.id
    partners = load_werkmap(bestand, data).partners if bestand is not None and van_map else ()
    namen = Namenlijst(data.tafel, partners)
    validatie = validate_formulier(ruw, data, data.get_aanmeldformulier(), Meta(), namen, vandaag)
    toetsing = check_aanmelding(validatie.aanmelding, data, vandaag)
    geen = find_geen_casus(validatie.aanmelding, data.get_aanmeldformulier())
    bevindingen = (*([geen] if geen else ()), *(validatie.bevindingen if eigen else ()))
    return Toetsuitkomst(data.tafel.naam, eigen, toetsing, bevindingen, beantwoord=_list_answered(validatie.aanmelding))


def _list_answered(aanmelding: Aanmelding) -> frozenset[tuple[str, str]]:
    """The questions that this form answers, well or not, each with the row that it is about."""
    los = [(antwoord, "") for rubriek in aanmelding.rubrieken for antwoord in rubriek.antwoorden]
    rijen = [rij for rubriek in aanmelding.rubrieken for rij in rubriek.rijen]
    alle = [*los, *((antwoord, rij.id) for rij in rijen for antwoord in rij.antwoorden)]
    return frozenset((a.vraag, rij) for a, rij in alle if a.status not in (Status.NIET_GEVONDEN, Status.LEEG))


def _keep_asked(uitkomst: Toetsuitkomst, ruw: RuwFormulier, formulier: Formulier, casus: str) -> Toetsuitkomst:
    """Of an aanvullingsformulier only what it asks: all else was answered before, and is weighed with it later."""
    toetsing = uitkomst.toetsing
    slecht = [vraag for vraag in toetsing.ontbrekend if (vraag.vraag, vraag.rij) in uitkomst.beantwoord]
    eigen = {"oordeel": f"aanvulling bij casus {casus}", "criteria": ()}
    open_ = (*_iterate_blank(ruw, formulier), *slecht)
    return replace(uitkomst, toetsing=toetsing.model_copy(update={**eigen, "ontbrekend": open_}), aanvulling=casus)


def _iterate_blank(ruw: RuwFormulier, formulier: Formulier) -> Iterator[OpenVraag]:
    """The questions of which every field was left blank, block by block; a blank block has no row of its own yet."""
    velden: dict[tuple[str, str], list[RuwAntwoord]] = {}
    for antwoord in ruw.antwoorden:
        vraag_id = ".".join((antwoord.tag or "").split(".")[:2])
        velden.setdefault((vraag_id, antwoord.plaats.split(",")[0]), []).append(antwoord)
    for (vraag_id, _), eigen in velden.items():
        vraag = formulier.get_vraag(vraag_id)
        if vraag is not None and all(antwoord.leeg for antwoord in eigen):
            titel = next(rubriek.titel for rubriek in formulier.rubrieken if vraag in rubriek.vragen)
            waar = f"{titel} ({eigen[0].plaats})"
            yield OpenVraag(vraag=vraag.id, rij="", rubriek=waar, label=vraag.label, reden="nog niet ingevuld")
