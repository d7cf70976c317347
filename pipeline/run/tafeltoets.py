"""Trying out the data of a table: each form read back, each document made from invented values; all faults at once."""

from __future__ import annotations

import datetime as dt
import re
import types
import typing
from collections.abc import Iterator, Sequence
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pipeline.count import count_cijfers
from pipeline.errors import ConfiguratieFout, OverlegFout
from pipeline.forms import build_formulier
from pipeline.pdf import PdfEngine, make_pdfs
from pipeline.read import read_formulier
from pipeline.render import render_deelbeeld
from pipeline.run.sjabloonlint import find_faults
from pipeline.run.sjabloontoets import find_missing, find_sjabloon, find_unprinted
from pipeline.settings import SJABLONEN
from pipeline.validate import recognise_formulier
from schemas.anoniembeeld import AnoniemBeeld
from schemas.bevinding import Ernst
from schemas.catalogus import WOORDSJABLONEN
from schemas.cijferoverzicht import Cijferoverzicht
from schemas.deelbeeld import Deelbeeld
from schemas.documentsoort import Aanleiding, Documentsoort
from schemas.fouttekst import suggest
from schemas.tafeldata import Tafeldata

_TEKST, _MAAND = "Voorbeeldtekst", "januari 2030"
_RIJEN = 2


def list_sjabloonmappen(data: Tafeldata, regios: Path) -> tuple[Path, ...]:
    """Where the templates of this table may lie: its own folders, then the one for all tables."""
    return (regios / data.tafel.id / WOORDSJABLONEN, SJABLONEN / data.tafel.id, SJABLONEN / "standaard")


def try_tafel(data: Tafeldata, engine: PdfEngine, sjablonen: Sequence[Path]) -> tuple[str, ...]:
    """Every fault that shows only when a form or a document of this table is really made; one sentence each.

    In: the data, loaded and cross-checked; an engine for PDFs; the folders with templates, the one for all tables last.
    Nothing is written.
    """
    return (
        *_try_formulieren(data),
        *_find_unused(data, sjablonen[:-1]),
        *find_missing(data, sjablonen),
        *find_unprinted(data, sjablonen),
        *_lint_documenten(data, sjablonen),
        *_try_documenten(data, engine, sjablonen),
    )


def _find_unused(data: Tafeldata, eigen: Sequence[Path]) -> Iterator[str]:
    """Templates of the table's own that no document uses: a name that was misspelt, here or there."""
    namen = {soort.sjabloon for soort in data.documenten}
    for pad in sorted(pad for map_ in eigen if map_.is_dir() for pad in map_.glob("*.docx")):
        if pad.stem not in namen and not pad.name.startswith("~"):
            waar = f"{WOORDSJABLONEN}/{pad.name}" if pad.parent.name == WOORDSJABLONEN else pad.name
            yield (
                f"{waar}: dit sjabloon wordt door geen enkel document gebruikt.{suggest(pad.stem, namen)} "
                "Zet zijn naam bij sjabloon in documenten.toml, of haal het weg."
            )


def _try_formulieren(data: Tafeldata) -> Iterator[str]:
    """Each blank form is recognised by our own reader, with a field for every question."""
    for formulier in data.formulieren:
        ruw = read_formulier(f"{formulier.id}.docx", build_formulier(data, formulier))
        herkend = recognise_formulier(ruw, (data,))
        if herkend is None or herkend.formulier != formulier:
            yield f"formulieren/{formulier.id}.toml: het formulier dat hiervan gemaakt wordt, wordt niet herkend."
        gelezen = {antwoord.tag.split("#")[0] for antwoord in ruw.antwoorden if antwoord.tag}
        for vraag in formulier.vragen:
            if not any(tag == vraag.id or tag.startswith(f"{vraag.id}.") for tag in gelezen):
                yield (
                    f"formulieren/{formulier.id}.toml: de vraag “{vraag.label}” ({vraag.id}) wordt niet gevonden "
                    "op het formulier dat hiervan gemaakt wordt."
                )


def _lint_documenten(data: Tafeldata, sjablonen: Sequence[Path]) -> Iterator[str]:
    for soort, vondst in find_faults(data, sjablonen):
        if vondst.ernst is not Ernst.INFO:
            waar = f"Sjabloon '{soort.sjabloon}', {vondst.plaats}"
            yield f'documenten.toml, document "{soort.id}": {waar}: {vondst.melding} {vondst.remedie}'


def _try_documenten(data: Tafeldata, engine: PdfEngine, sjablonen: Sequence[Path]) -> Iterator[str]:
    geweigerd = [soort for soort, vondst in find_faults(data, sjablonen) if vondst.ernst is Ernst.FOUT]
    for soort in data.documenten:
        sjabloon = find_sjabloon(soort.sjabloon, sjablonen)
        if sjabloon is None or soort in geweigerd:
            continue
        for vol in (True, False):
            try:
                word = render_deelbeeld(make_proefbeeld(data, soort, vol=vol), sjabloon.read_bytes())
                make_pdfs({soort.id: word}, engine)
            except ConfiguratieFout as fout:
                yield from (f'documenten.toml, document "{soort.id}": {regel}' for regel in fout.fouten)
                break
            except OverlegFout as fout:
                yield f'documenten.toml, document "{soort.id}": {fout.melding}'
                break


def make_proefbeeld(data: Tafeldata, soort: Documentsoort, *, vol: bool) -> Deelbeeld:
    """A copy of this document with invented values in every field, or (not `vol`) with nothing but its head."""
    vorm = AnoniemBeeld if soort.anoniem else Deelbeeld
    beeld: Deelbeeld = _fill(vorm, vol=vol and soort.aanleiding is not Aanleiding.TAFEL)
    kop = beeld.kop.model_copy(
        update={
            "tafel": data.tafel.naam,
            "titel": soort.titel,
            "doel": soort.doel or data.tafel.doel,
            "grondslag": data.tafel.grondslag,
            "markering": soort.markering.replace("{grondslag}", data.tafel.grondslag) or data.tafel.get_markering(),
            "inleiding": soort.inleiding,
            "slot": soort.slot,
            "taal": data.tafel.taal,
        }
    )
    eigen = {"documentsoort": soort.id, "sjabloon": soort.sjabloon, "kop": kop, "stellingen": soort.stellingen}
    if soort.aanleiding is Aanleiding.TAFEL and data.tafel.cijfers is not None:
        periode = data.tafel.cijfers.get_periode(dt.date.min)
        return beeld.model_copy(update={**eigen, "cijfers": count_cijfers((), data, {}, data.tafel.cijfers, periode)})
    return beeld.model_copy(update=eigen)


def _fill_veld(veld: FieldInfo, *, vol: bool) -> Any:
    """Where only a month can stand, a month."""
    patroon = next((eis.pattern for eis in veld.metadata if getattr(eis, "pattern", None)), "")
    past = not patroon or re.search(patroon, _TEKST)
    return _fill(veld.annotation, vol=vol) if past or not vol else _MAAND


def _fill(soort: Any, *, vol: bool) -> Any:
    """A value of this type: full of invented text, or as empty as the type allows."""
    if soort == Cijferoverzicht | None:  # stands alone: a document with figures holds no case
        return None
    oorsprong, delen = typing.get_origin(soort), typing.get_args(soort)
    if oorsprong in (typing.Union, types.UnionType):
        keuzes = [deel for deel in delen if deel is not type(None)]
        return _fill(keuzes[0], vol=vol) if vol or len(keuzes) == len(delen) else None
    if oorsprong is typing.Literal:
        return delen[0]
    if oorsprong is tuple and not delen:
        return ()
    if oorsprong is tuple:
        return tuple(_fill(delen[0], vol=vol) for _ in range(_RIJEN if vol else 0))
    if oorsprong is frozenset:
        return frozenset({_TEKST}) if vol else frozenset()
    if isinstance(soort, type) and issubclass(soort, BaseModel):
        return soort(**{naam: _fill_veld(veld, vol=vol) for naam, veld in soort.model_fields.items()})
    if isinstance(soort, type) and issubclass(soort, Enum):
        return next(iter(soort))
    return {str: _TEKST if vol else "", int: 1, bool: vol}[soort]
