"""Makes a copy that lost a passage whole again: what counts or names that passage goes with it."""

from __future__ import annotations

from collections.abc import Mapping

from schemas import kern
from schemas.anoniembeeld import AnoniemeCasus
from schemas.deelbeeld import Casusblok, Deelbeeld, Planblok
from schemas.deling import Feit
from schemas.nazicht import Kennis

_PERSOON = kern.ROL.split(".")[0] + "."


def tidy(oud: Deelbeeld, nieuw: Deelbeeld, kennis: Mapping[str, Kennis]) -> Deelbeeld:
    """The new copy, which no longer says that it holds what was kept out."""
    weg = _list_velden(oud, kennis) - _list_velden(nieuw, kennis)
    gronden = tuple(grond for grond in nieuw.verantwoording if (grond.casuscode, grond.veld) not in weg)
    wijzigingen: dict[str, object] = {"verantwoording": gronden}
    voor, na = ({regel.casuscode for regel in beeld.afspraken} for beeld in (oud, nieuw))
    ontmoeting = nieuw.ontmoeting
    is_takenlijst = not nieuw.casussen and not nieuw.verslag
    if ontmoeting is not None and is_takenlijst and len(voor) != len(na):
        tekst = "1 casus" if len(na) == 1 else f"{len(na)} casussen"
        wijzigingen["ontmoeting"] = ontmoeting.model_copy(update={"aantal": len(na), "aantal_tekst": tekst})
    return nieuw.model_copy(update=wijzigingen)


def is_empty(beeld: Deelbeeld) -> bool:
    """Whether nothing is left for which the copy was made."""
    melding = beeld.melding
    meldt = melding is not None and bool(melding.mededelingen or melding.uur or melding.plaats)
    delen = (beeld.casussen, beeld.verslag, beeld.afspraken, beeld.passages, beeld.ontbrekend, beeld.bewaren_tot)
    return not (any(delen) or meldt or beeld.besluit or beeld.plan or beeld.opzoeken)


def _list_velden(beeld: Deelbeeld, kennis: Mapping[str, Kennis]) -> set[tuple[str, str]]:
    """Case and name of everything that a copy can lose."""
    code = beeld.kop.casuscode
    velden = {(regel.casuscode, Feit.AFSPRAKEN.value) for regel in beeld.afspraken}
    velden |= {(code, Feit.PASSAGES.value)} if beeld.passages else set()
    velden |= {(code, kern.MEDEDELING_TEKST)} if beeld.melding and beeld.melding.mededelingen else set()
    for casus in beeld.casussen:
        velden |= {(casus.code, vraag) for vraag in _list_vragen(casus, kennis.get(casus.code))}
    for blok in beeld.verslag:
        velden |= {(blok.code, Feit.AFSPRAKEN.value)} if blok.afspraken else set()
        velden |= {(blok.code, Feit.PASSAGES.value)} if blok.passages else set()
    return velden | {(code, vraag) for vraag in _list_planvragen(beeld.plan)}


def _list_vragen(casus: Casusblok, kennis: Kennis | None) -> set[str]:
    regels = (*casus.feiten, *casus.inschattingen)
    gevuld = {
        kern.INFO_SOORT: bool(regels),
        kern.INFO_TEKST: any(regel.tekst for regel in regels),
        kern.INFO_BRON: any(regel.bron for regel in regels),
        kern.INFO_DATUM: any(regel.datum for regel in regels),
    }
    getoond = {
        (rubriek.titel, veld.label)
        for rubriek in casus.rubrieken
        for veld in (*rubriek.velden, *(veld for rij in rubriek.rijen for veld in rij.velden))
    }
    personen = casus.personen if isinstance(casus, AnoniemeCasus) else ()
    van_mensen = {veld.label for persoon in personen for veld in persoon.velden}
    velden = kennis.velden if kennis else ()
    getoond |= {(v.rubriek, v.label) for v in velden if v.vraag.startswith(_PERSOON) and v.label in van_mensen}
    return {v for v, aanwezig in gevuld.items() if aanwezig} | {
        v.vraag for v in velden if (v.rubriek, v.label) in getoond
    }


def _list_planvragen(plan: Planblok | None) -> set[str]:
    if plan is None:
        return set()
    regels = [actie for doel in plan.doelen for actie in doel.acties]
    gevuld = {
        Feit.PLAN.value: True,
        kern.ACTIE_DOEL: any(doel.doelstelling for doel in plan.doelen),
        kern.ACTIE_PRIORITEIT: any(doel.prioriteit for doel in plan.doelen),
        kern.ACTIE_WAT: any(regel.actie for regel in regels),
        kern.ACTIE_WIE: any(regel.wie for regel in regels),
        kern.ACTIE_TEGEN: any(regel.tegen for regel in regels),
        kern.ACTIE_STATUS: any(regel.status for regel in regels),
    }
    return {vraag for vraag, aanwezig in gevuld.items() if aanwezig}
