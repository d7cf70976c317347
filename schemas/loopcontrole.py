"""Checks of what moves a dossier on: decisions, what is told between two meetings, and terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schemas.formulier import Formuliersoort
from schemas.fouttekst import find_doubles, find_unknown
from schemas.tafel import Anker, Besluit, Meldingeis, Meldingsoort, Tafel, Termijn
from schemas.tafeldata import Tafeldata

_TAFEL = "tafel.toml"
#: What the plan van aanpak itself sets.
_VAN_PLAN = (Anker.PLAN_OPGESTELD, Anker.PLAN_GOEDGEKEURD)


def check_besluiten(data: Tafeldata) -> Iterator[str]:
    """Faults of the decisions: unknown names, phases from which they can never be taken, letters without words."""
    tafel = data.tafel
    yield from find_doubles(_TAFEL, "het besluit", (besluit.id for besluit in tafel.besluiten))
    overleggen = [overleg.id for overleg in tafel.overleggen]
    for besluit in tafel.besluiten:
        waar = f'{_TAFEL}, besluit "{besluit.id}"'
        gepland = [besluit.plant_overleg] if besluit.plant_overleg else []
        yield from find_unknown(waar, "het overleg", [besluit.overleg, *gepland], overleggen)
        yield from find_unknown(waar, "de fase", [besluit.naar_fase, *besluit.van], (f.id for f in tafel.fasen))
        if not besluit.brieftekst:
            for document in data.list_besluitbrieven(besluit.id):
                yield f'{waar}: de brieftekst ontbreekt, en het document "{document.id}" vertelt over dit besluit.'
        yield from _check_van(tafel, besluit, waar)
        yield from _check_na_termijn(tafel, besluit, waar)
        yield from _check_plant(tafel, besluit.plant_overleg, [besluit.naar_fase], waar)


def check_meldingen(data: Tafeldata) -> Iterator[str]:
    """Faults of the kinds of melding: unknown names, an agenda that never takes the case, a name that is not asked."""
    tafel = data.tafel
    yield from find_doubles(_TAFEL, "de melding", (melding.id for melding in tafel.meldingen))
    if tafel.meldingen and data.get_formulier_of_soort(Formuliersoort.MELDING) is None:
        yield f'{_TAFEL}, meldingen: er is geen formulier van soort "melding" om ze mee door te geven.'
    for melding in tafel.meldingen:
        waar = f'{_TAFEL}, melding "{melding.id}"'
        naar = [melding.naar_fase] if melding.naar_fase else []
        yield from find_unknown(waar, "de fase", [*melding.van, *naar], (fase.id for fase in tafel.fasen))
        gepland = [melding.plant_overleg] if melding.plant_overleg else []
        yield from find_unknown(waar, "het overleg", gepland, (overleg.id for overleg in tafel.overleggen))
        van = melding.van or tuple(fase.id for fase in tafel.fasen if fase.open)
        yield from _check_plant(tafel, melding.plant_overleg, naar or van, waar)
        yield from _check_vereist(melding, waar)


def check_termijnen(data: Tafeldata) -> Iterator[str]:
    """Faults of the terms: unknown names, no length, an anchor that nobody can set, an agenda that never follows."""
    tafel = data.tafel
    yield from find_doubles(_TAFEL, "de termijn", (termijn.id for termijn in tafel.termijnen))
    for termijn in tafel.termijnen:
        waar = f'{_TAFEL}, termijn "{termijn.id}"'
        overleg = [termijn.overleg] if termijn.overleg else []
        yield from find_unknown(waar, "het overleg", overleg, (o.id for o in tafel.overleggen))
        yield from find_unknown(waar, "de fase", termijn.fasen, (fase.id for fase in tafel.fasen))
        if not termijn.maanden and not termijn.dagen:
            yield f"{waar}: vul maanden of dagen in; zonder een van beide is er geen termijn."
        if termijn.vooraf and not overleg:
            yield f"{waar}: vooraf vraagt een overleg; het zegt hoeveel vroeger dan dat overleg de termijn valt."
        yield from _check_agendeert(tafel, termijn, waar)
        yield from _check_ankers(data, termijn, waar)


def _check_van(tafel: Tafel, besluit: Besluit, waar: str) -> Iterator[str]:
    overleg = tafel.get_overleg(besluit.overleg)
    if overleg is None:
        return
    agenda = (*overleg.nieuw_uit, *overleg.terugkom_uit)
    for fase in besluit.van:
        if tafel.get_fase(fase) and fase not in agenda:
            yield (
                f'{waar}, sleutel van: het overleg "{overleg.id}" neemt geen dossiers uit de fase "{fase}", '
                "zodat dit besluit van daaruit nooit genomen kan worden."
            )


def _check_na_termijn(tafel: Tafel, besluit: Besluit, waar: str) -> Iterator[str]:
    na = [besluit.na_termijn] if besluit.na_termijn else []
    yield from find_unknown(f"{waar}, sleutel na_termijn", "de termijn", na, (t.id for t in tafel.termijnen))
    for termijn in (termijn for termijn in tafel.termijnen if termijn.id in na):
        for fase in besluit.van:
            if fase not in termijn.fasen:
                yield f'{waar}, sleutel na_termijn: de termijn "{termijn.id}" loopt niet in de fase "{fase}".'


def _check_plant(tafel: Tafel, overleg_id: str | None, fasen: Iterable[str], waar: str) -> Iterator[str]:
    overleg = tafel.get_overleg(overleg_id or "")
    for fase in fasen if overleg else ():
        if overleg and fase not in (*overleg.nieuw_uit, *overleg.terugkom_uit):
            yield (
                f'{waar}: het overleg "{overleg.id}" neemt geen dossiers uit de fase "{fase}", '
                "zodat deze casus er nooit op de agenda komt."
            )


def _check_vereist(melding: Meldingsoort, waar: str) -> Iterator[str]:
    nodig = {
        "stopt": (Meldingeis.WIE,) if melding.stopt else (),
        "draagt_over": (Meldingeis.WIE, Meldingeis.NAAR) if melding.draagt_over else (),
    }
    for sleutel, eisen in nodig.items():
        for eis in eisen:
            if eis not in melding.vereist:
                yield f'{waar}: {sleutel} vraagt "{eis}" bij de sleutel vereist; om wie gaat het anders?'


def _check_agendeert(tafel: Tafel, termijn: Termijn, waar: str) -> Iterator[str]:
    if not termijn.agendeert:
        return
    if termijn.overleg is None:
        yield f"{waar}: agendeert vraagt een overleg."
        return
    overleg = tafel.get_overleg(termijn.overleg)
    for fase in termijn.fasen:
        if overleg and fase not in (*overleg.nieuw_uit, *overleg.terugkom_uit):
            yield (
                f'{waar}: het overleg "{overleg.id}" neemt geen dossiers uit de fase "{fase}", '
                "zodat deze termijn ze er niet op de agenda kan zetten."
            )


def _check_ankers(data: Tafeldata, termijn: Termijn, waar: str) -> Iterator[str]:
    gezet = {anker for besluit in data.tafel.besluiten for anker in besluit.zet}
    gezet.update(anker for melding in data.tafel.meldingen for anker in melding.zet)
    if data.get_formulier_of_soort(Formuliersoort.PLAN):
        gezet.update(_VAN_PLAN)
    for anker in termijn.ankers:
        if anker not in gezet:
            yield f"{waar}: {_describe_anker(anker)}, zodat deze termijn nooit begint."
    if termijn.vervalt_bij and termijn.vervalt_bij not in gezet:
        yield f"{waar}: {_describe_anker(termijn.vervalt_bij)}, zodat deze termijn nooit vervalt."


def _describe_anker(anker: Anker) -> str:
    plan = ', en er is geen formulier van soort "plan"' if anker in _VAN_PLAN else ""
    return f'geen enkel besluit en geen enkele melding zet het anker "{anker}"{plan}'
