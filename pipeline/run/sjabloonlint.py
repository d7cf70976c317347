"""For which document a template is meant, and what the lint says of it: what a table's data never give a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from pipeline.errors import ConfiguratieFout
from pipeline.render.lint.check import Bestemming, lint_template
from pipeline.run.inzage import SJABLOON as INZAGE
from pipeline.run.sjabloontoets import FEITEN, find_sjabloon
from pipeline.run.verzendlijst import SJABLOON as VERZENDLIJST
from schemas.bevinding import Bevinding, Ernst
from schemas.deling import Feit
from schemas.documentsoort import Aanleiding, Documentsoort
from schemas.tafeldata import Tafeldata

_CIJFERS, _VERZENDING = ("cijfers",), ("verzending",)
_GEEN_CIJFERS = "aantallen staan enkel in een document met aanleiding “tafel”"
_GEEN_VERZENDING = "deze lijst staat enkel in de verzendlijst"
_GEEN_CASUS = "een document met cijfers vertelt van geen enkele casus, dus dit is altijd leeg"
#: Without their release a document does not hold these; a plan and a melding have flags of their own.
_VRIJGAVEN = frozenset(FEITEN) - {Feit.PLAN, Feit.MELDING, Feit.CIJFERS}
_UITKOMST = ("casussen", "*", "uitkomst")
_VAN_CASUSSEN = (
    *("ontmoeting", "casussen", "ontbrekend", "besluit", "verslag", "afspraken", "passages", "plan", "melding"),
    *("opzoeken", "stellingen", "bewaren_tot", "rolverdeling"),
)

#: Documents of the program itself, which no table names.
EIGEN: Mapping[str, Bestemming] = MappingProxyType(
    {
        INZAGE: Bestemming(nooit=((_CIJFERS, _GEEN_CIJFERS), (_VERZENDING, _GEEN_VERZENDING))),
        VERZENDLIJST: Bestemming(nooit=((_CIJFERS, _GEEN_CIJFERS),)),
    }
)


def make_bestemming(data: Tafeldata, soort: Documentsoort) -> Bestemming:
    """What the lint has to know of a document of this table."""
    if soort.aanleiding is Aanleiding.TAFEL:
        nooit = {(naam,): _GEEN_CASUS for naam in _VAN_CASUSSEN}
        return Bestemming(nooit=tuple(nooit.items()), altijd=(_CIJFERS,))
    nooit = {_CIJFERS: _GEEN_CIJFERS, _VERZENDING: _GEEN_VERZENDING}
    for feit in sorted(_VRIJGAVEN):
        if not data.deling.get_grond(feit, soort.id):
            reden = f"deling.toml geeft “{feit}” niet vrij aan dit document, dus dit is hier altijd leeg"
            paden = (*FEITEN[feit], *((_UITKOMST,) if feit is Feit.CRITERIA else ()))
            nooit |= dict.fromkeys(paden, reden)
    return Bestemming(anoniem=soort.anoniem, nooit=tuple(nooit.items()))


def make_bestemmingen(data: Tafeldata, soorten: Sequence[Documentsoort]) -> tuple[Bestemming, ...]:
    """The same for documents of one template; what one of them may hold, the template may ask for."""
    alle = [make_bestemming(data, soort) for soort in soorten]
    samen = frozenset.intersection(*(frozenset(pad for pad, _ in doel.nooit) for doel in alle))
    return tuple(replace(doel, nooit=tuple(paar for paar in doel.nooit if paar[0] in samen)) for doel in alle)


def find_faults(data: Tafeldata, sjablonen: Sequence[Path]) -> Iterator[tuple[Documentsoort, Bevinding]]:
    """What is wrong with the templates of a table's documents. A missing one is somebody else's finding.

    In: the data; the folders with templates, the one for all tables last.
    """
    for soort in data.documenten:
        pad = find_sjabloon(soort.sjabloon, sjablonen)
        for bevinding in lint(soort.sjabloon, pad.read_bytes(), make_bestemming(data, soort)) if pad else ():
            yield soort, bevinding


def lint(naam: str, sjabloon: bytes, bestemming: Bestemming) -> tuple[Bevinding, ...]:
    """Lint a template, also one that cannot be opened."""
    try:
        return lint_template(naam, sjabloon, bestemming)
    except ConfiguratieFout as fout:
        return tuple(
            Bevinding(code="geen-sjabloon", plaats="het bestand", melding=regel, remedie=fout.remedie, ernst=Ernst.FOUT)
            for regel in fout.fouten
        )
