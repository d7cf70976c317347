"""Checks of what moves a dossier on: decisions, what is told between two meetings, and terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schemas import kern
from schemas.formulier import Formuliersoort, Vraagsoort
from schemas.fouttekst import find_doubles, find_unknown
from schemas.tafel import Anker, Besluit, Meldingeis, Meldingsoort, Richting, Tafel, Termijn, Veldeis
from schemas.tafeldata import Tafeldata

_TAFEL = "tafel.toml"
_PUNTEN = kern.PUNT_CASUS.split(".")[0]
#: What the plan van aanpak itself sets.
_VAN_PLAN = (Anker.PLAN_OPGESTELD, Anker.PLAN_BIJGEWERKT, Anker.PLAN_GOEDGEKEURD)


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
        yield from find_unknown(f"{waar}, sleutel dragers", "de dossierrol", besluit.dragers, _list_rollen(tafel))
        yield from _check_dag(tafel, besluit.plant_overleg, Veldeis.OVERLEG_OP in besluit.vereist, waar)
        yield from _check_gevraagd(data, besluit, waar)


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
        benoemt = [melding.benoemt] if melding.benoemt else []
        yield from find_unknown(f"{waar}, sleutel benoemt", "de dossierrol", benoemt, _list_rollen(tafel))
        yield from _check_dag(tafel, melding.plant_overleg, Meldingeis.OVERLEG_OP in melding.vereist, waar)


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
        yield from _check_venster(tafel, termijn, waar)
        yield from _check_agendeert(tafel, termijn, waar)
        yield from _check_ankers(data, termijn, waar)


def _check_gevraagd(data: Tafeldata, besluit: Besluit, waar: str) -> Iterator[str]:
    """What a decision asks, its form has to ask."""
    overleg = data.tafel.get_overleg(besluit.overleg)
    formulier = data.get_formulier(overleg.besluitformulier or "") if overleg else None
    nodig = [kern.PUNT_OVERLEG_OP] if Veldeis.OVERLEG_OP in besluit.vereist else []
    nodig += [f"{_PUNTEN}.{rol}" for rol in besluit.dragers]
    for vraag in nodig if formulier else ():
        if formulier is not None and formulier.get_vraag(vraag) is None:
            yield f'{waar}: de vraag "{vraag}" ontbreekt op het formulier "{formulier.id}"; dit besluit vraagt ze.'


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


def check_dossierrollen(data: Tafeldata) -> Iterator[str]:
    """Faults of the roles within a dossier: unknown names, and a role that no form can give to anybody."""
    tafel = data.tafel
    yield from find_doubles(_TAFEL, "de dossierrol", _list_rollen(tafel))
    for rol in tafel.dossierrollen:
        waar = f'{_TAFEL}, dossierrol "{rol.id}"'
        yield from find_unknown(waar, "de rol", rol.rollen, (r.id for r in tafel.rollen))
        vragen = [f.get_vraag(f"{_PUNTEN}.{rol.id}") for f in data.formulieren if f.soort is Formuliersoort.BESLUIT]
        gevraagd = [vraag for vraag in vragen if vraag is not None]
        if not gevraagd and not any(melding.benoemt == rol.id for melding in tafel.meldingen):
            yield f'{waar}: geen enkel besluitformulier vraagt "{_PUNTEN}.{rol.id}" en geen enkele melding benoemt ze.'
        for vraag in gevraagd:
            if vraag.soort is not Vraagsoort.PARTNERS:
                yield f'{waar}: de vraag "{vraag.id}" moet van soort "{Vraagsoort.PARTNERS}" zijn.'
    yield from find_doubles(_TAFEL, "de ankernaam", (naam.anker for naam in tafel.ankernamen))


def _list_rollen(tafel: Tafel) -> list[str]:
    return [rol.id for rol in tafel.dossierrollen]


def _check_dag(tafel: Tafel, overleg_id: str | None, vereist: bool, waar: str) -> Iterator[str]:
    """Where an overleg has no fixed days, somebody has to say which; elsewhere nobody can."""
    overleg = tafel.get_overleg(overleg_id or "")
    if vereist and (overleg is None or not overleg.kalender.is_op_afspraak):
        yield f'{waar}: vereist "overleg_op" vraagt bij plant_overleg een overleg op afspraak.'


def _check_vereist(melding: Meldingsoort, waar: str) -> Iterator[str]:
    nodig = {
        "stopt": (Meldingeis.WIE,) if melding.stopt else (),
        "draagt_over": (Meldingeis.WIE, Meldingeis.NAAR) if melding.draagt_over else (),
        "benoemt": (Meldingeis.NAAR,) if melding.benoemt else (),
        "nodigt_uit": (Meldingeis.NAAR if melding.is_overdracht else Meldingeis.WIE,) if melding.nodigt_uit else (),
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


def _check_venster(tafel: Tafel, termijn: Termijn, waar: str) -> Iterator[str]:
    overleg = tafel.get_overleg(termijn.overleg or "")
    op_afspraak = overleg is not None and overleg.kalender.is_op_afspraak
    is_venster = termijn.richting is Richting.VENSTER
    if is_venster and (termijn.maanden or termijn.tot_dagen <= termijn.dagen):
        yield f"{waar}: een venster telt in dagen, en tot_dagen is er meer dan dagen."
    if termijn.tot_dagen and not is_venster:
        yield f'{waar}: de sleutel tot_dagen hoort enkel bij richting "{Richting.VENSTER}".'
    if overleg is not None and not op_afspraak and (is_venster or termijn.werkdag):
        yield f'{waar}: het overleg "{overleg.id}" heeft vaste dagen; een venster of werkdag past daar niet bij.'
    for sleutel, gekozen in (("vooraf", termijn.vooraf), ("agendeert", termijn.agendeert)):
        if op_afspraak and gekozen:
            yield f"{waar}: de sleutel {sleutel} vraagt een overleg met vaste dagen."


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
