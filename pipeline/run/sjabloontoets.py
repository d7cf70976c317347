"""What the rules of a table give to a document, its template must print; else the register says it left, unread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from pipeline.verify.template import read_profile
from pipeline.verify.xml import Unreadable
from schemas.deling import Feit, Vrijgave
from schemas.documentsoort import Documentsoort, Moment
from schemas.fouttekst import join_values, suggest
from schemas.tafeldata import Tafeldata

_Pad = tuple[str, ...]

_CASUS, _VERSLAG = ("casussen", "*"), ("verslag", "*")
#: Where a template prints a fact; `routering` is missing, because it decides who gets a copy and is never printed.
FEITEN: Mapping[Feit, tuple[_Pad, ...]] = MappingProxyType(
    {
        Feit.ONTBREKEND: (("ontbrekend",),),
        Feit.CRITERIA: ((*_CASUS, "criteria"),),
        Feit.WEEGVRAGEN: ((*_CASUS, "weegvragen"),),
        Feit.INSTEMMING: ((*_CASUS, "instemming"),),
        Feit.FASE: ((*_CASUS, "fase"),),
        Feit.ANONIEM: ((*_CASUS, "anoniem"),),
        Feit.IDENTITEIT: ((*_CASUS, "identiteit"),),
        Feit.BESLUIT: (("besluit",),),
        Feit.VERSLAG: (_VERSLAG,),
        Feit.AFSPRAKEN: (("afspraken",), (*_VERSLAG, "afspraken")),
        Feit.PASSAGES: (("passages",), (*_VERSLAG, "passages")),
        Feit.PLAN: (("plan",),),
        Feit.MELDING: (("melding",),),
        Feit.BEWAREN: (("bewaren_tot",),),
        Feit.ROLVERDELING: (("rolverdeling",), (*_CASUS, "rolverdeling"), (*_VERSLAG, "rolverdeling")),
        Feit.CIJFERS: (("cijfers",),),
    }
)
_RUBRIEKEN: tuple[_Pad, ...] = (
    *((*_CASUS, deel) for deel in ("rubrieken", "feiten", "inschattingen", "personen")),
    *(("plan",), ("melding", "mededelingen")),
)
_OPZOEKEN: tuple[_Pad, ...] = (("opzoeken",),)


def find_sjabloon(naam: str, sjablonen: Sequence[Path]) -> Path | None:
    """The template of this name in the first of these folders that has one."""
    return next((pad for pad in (map_ / f"{naam}.docx" for map_ in sjablonen) if pad.is_file()), None)


def find_missing(data: Tafeldata, sjablonen: Sequence[Path]) -> Iterator[str]:
    """A sentence for each document whose template is nowhere."""
    bekend = sorted({pad.stem for map_ in sjablonen if map_.is_dir() for pad in map_.glob("[!~]*.docx")})
    for soort in data.documenten:
        if find_sjabloon(soort.sjabloon, sjablonen) is None:
            yield (
                f'documenten.toml, document "{soort.id}": het sjabloon {soort.sjabloon}.docx bestaat niet. '
                f"Toegelaten: {join_values(bekend)}.{suggest(soort.sjabloon, bekend)}"
            )


def find_unprinted(data: Tafeldata, sjablonen: Sequence[Path]) -> Iterator[str]:
    """A sentence for each release, rule or list that a document should show and that its template never prints.

    In: the data; the folders with templates, the one for all tables last. A template that cannot be read is left to
    whoever fills it.
    """
    drukken = {soort.id: _read_paden(find_sjabloon(soort.sjabloon, sjablonen)) for soort in data.documenten}
    for vrijgave in data.deling.vrijgaven:
        for soort in data.documenten:
            paden = _list_paden(vrijgave, soort)
            if paden and not _prints(drukken[soort.id], paden):
                waar = f'deling.toml, vrijgave "{vrijgave.feit}", document "{soort.id}"'
                yield f"{waar}: {_explain(soort, paden, sjablonen)}"
    for soort in data.documenten:
        if data.deling.get_deelregel(soort.id) and not _prints(drukken[soort.id], _RUBRIEKEN):
            waar = f'deling.toml, deelregel van "{soort.id}"'
            yield f"{waar}: {_explain(soort, _RUBRIEKEN, sjablonen)}"
    if data.tafel.opzoeken and not any(_prints(paden, _OPZOEKEN) for paden in drukken.values()):
        keuze = join_values(_list_sjablonen(_OPZOEKEN, sjablonen))
        yield f"tafel.toml, sleutel opzoeken: geen enkel document drukt deze vragen af. Dat kan met: {keuze}."


def _list_paden(vrijgave: Vrijgave, soort: Documentsoort) -> tuple[_Pad, ...]:
    """Where this release has to show in this document; nowhere when the release is about another one.

    Before an overleg a melding shows as its hour and place.
    """
    ander = soort.id not in vrijgave.documenten
    if ander or (vrijgave.feit is Feit.MELDING and soort.moment is Moment.VOORBEREIDING):
        return ()
    return FEITEN.get(vrijgave.feit, ())


def _explain(soort: Documentsoort, paden: tuple[_Pad, ...], sjablonen: Sequence[Path]) -> str:
    keuze = join_values(_list_sjablonen(paden, sjablonen))
    return (
        f"het sjabloon {soort.sjabloon}.docx drukt dit niet af, en niemand zou het dus lezen. Haal het document hier "
        f"weg, of geef het in documenten.toml een sjabloon dat dit wel afdrukt: {keuze}."
    )


def _list_sjablonen(paden: tuple[_Pad, ...], sjablonen: Sequence[Path]) -> list[str]:
    alle = sorted({pad.stem: pad for map_ in reversed(sjablonen) for pad in map_.glob("[!~]*.docx")}.items())
    return [naam for naam, pad in alle if _prints(_read_paden(pad), paden)]


def _prints(gedrukt: frozenset[_Pad] | None, paden: tuple[_Pad, ...]) -> bool:
    return gedrukt is None or any(veld[: len(pad)] == pad for veld in gedrukt for pad in paden)


def _read_paden(pad: Path | None) -> frozenset[_Pad] | None:
    """The fields that this template prints; None when nobody can tell."""
    if pad is None:
        return None
    try:
        lezingen = read_profile(pad.read_bytes()).readings
    except Unreadable:
        return None
    if not all(lezing.known for lezing in lezingen):
        return None
    return frozenset(plek.path for lezing in lezingen for plek in lezing.sites)
