"""Who may not know of a case, and who works for whom in it: the rules, read here a second time."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Set
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from support_bewijs import VANDAAG, Kijker, Wereld

from schemas import kern
from schemas.aanmelding import PartnersWaarde
from schemas.documentsoort import Documentsoort
from schemas.dossier import Dossier
from schemas.tafel import Rolsoort
from schemas.tekst import normalise
from schemas.werkmap import Partner, Werkmap

T = TypeVar("T")


def in_case(wereld: Wereld, kijker: Kijker, dossier: Dossier) -> Kijker:
    """The same recipient, who in this case also stands for the people for whom he works."""
    namens = frozenset(list_namens(wereld, kijker, dossier))
    if namens == kijker.namens:
        return kijker
    return kijker.recall(("namens", namens), lambda: replace(kijker, namens=namens, geheugen={}))


def list_namens(wereld: Wereld, kijker: Kijker, dossier: Dossier) -> Set[str]:
    """Roles of people in this case for whom he works, under any of his names; an aanmelder by his mail as well."""
    maak = partial(_list_namens, wereld, kijker, dossier)
    return _recall(wereld, dossier, ("namens", kijker.id, kijker.ids, kijker.rollen), maak)


def _list_namens(wereld: Wereld, kijker: Kijker, dossier: Dossier) -> Set[str]:
    if not dossier.betrekkingen and not any(m.werkt_voor or m.werkt_niet_voor for m in wereld.data.tafel.meldingen):
        return set()
    namen = _get_ids(wereld, kijker, dossier)
    for partner in wereld.werkmap.partners if kijker.id.startswith("aanmelder ") else ():
        if dossier.aanmelding.get_tekst(kern.AANMELDER_EMAIL) in {persoon.email for persoon in partner.personen}:
            namen |= _list_names(wereld, partner)
    werkt_voor = _map_werkt_voor(wereld, dossier)
    return {rol for naam in namen & werkt_voor.keys() for rol in werkt_voor[naam]}


def _get_ids(wereld: Wereld, kijker: Kijker, dossier: Dossier) -> set[str]:
    """His names; of an aanmelder those of the organisation that the form names now, whatever it named before."""
    if not kijker.id.startswith("aanmelder "):
        return set(kijker.ids)
    organisatie = dossier.aanmelding.get(kern.AANMELDER_ORGANISATIE)
    ids = organisatie.waarde.ids if organisatie and isinstance(organisatie.waarde, PartnersWaarde) else ()
    partners = [partner for partner in wereld.werkmap.partners if partner.id in ids]
    return {*kijker.rollen, *ids}.union(*(_list_names(wereld, partner) for partner in partners))


#: What the rules said of the last dossiers that were asked about, each kept so that its identity stays its own.
_ONTHOUDEN: dict[tuple[int, int, int], tuple[Dossier, Werkmap, dict[Hashable, Any]]] = {}
_MEEST = 64


def _recall(wereld: Wereld, dossier: Dossier, sleutel: Hashable, maak: Callable[[], T]) -> T:
    """What a rule says of this dossier, worked out once: a scramble asks it many times of the same one."""
    plaats = (id(dossier), id(wereld.werkmap), id(wereld.data.tafel))
    if plaats not in _ONTHOUDEN:
        if len(_ONTHOUDEN) >= _MEEST:
            _ONTHOUDEN.clear()
        _ONTHOUDEN[plaats] = (dossier, wereld.werkmap, {})
    geheugen = _ONTHOUDEN[plaats][2]
    if sleutel not in geheugen:
        geheugen[sleutel] = maak()
    gezegd: T = geheugen[sleutel]
    return gezegd


def _map_werkt_voor(wereld: Wereld, dossier: Dossier) -> dict[str, set[str]]:
    """For each name that the case knows as somebody's helper: for whom."""

    def make_map() -> dict[str, set[str]]:
        namen = {b.wie for b in dossier.betrekkingen}.union(*(melding.wie for melding in dossier.meldingen))
        return {naam: _get_werkt_voor(wereld, dossier, naam) for naam in namen}

    return _recall(wereld, dossier, "werkt voor", make_map)


def _get_werkt_voor(wereld: Wereld, dossier: Dossier, naam: str) -> set[str]:
    alle = {rol.id for rol in wereld.data.tafel.rollen if rol.soort is Rolsoort.BETROKKENE}
    voor: set[str] = set()
    for betrekking in dossier.betrekkingen:
        if betrekking.wie == naam:
            voor |= {betrekking.voor} if betrekking.voor else alle
    for melding in dossier.meldingen:
        if naam in melding.wie:
            soort = wereld.data.tafel.get_melding(melding.soort)
            assert soort is not None
            voor |= {soort.werkt_voor} if soort.werkt_voor else set()
            voor -= {soort.werkt_niet_voor} if soort.werkt_niet_voor else set()
    return voor


def _list_names(wereld: Wereld, partner: Partner) -> set[str]:
    rollen = {rol for r in wereld.data.tafel.rollen if r.id == partner.rol for rol in r.hoort_bij}
    return {partner.id, partner.rol, *rollen, *(p.id for p in wereld.werkmap.partners if p.rol in rollen)}


def is_shut_out(wereld: Wereld, soort: Documentsoort, kijker: Kijker, dossier: Dossier) -> bool:
    """Whether what is in force keeps this document, or the whole case, from him."""
    maak = partial(_is_shut_out, wereld, soort, kijker, dossier)
    return _recall(wereld, dossier, ("buiten", soort.id, kijker), maak)


def _is_shut_out(wereld: Wereld, soort: Documentsoort, kijker: Kijker, dossier: Dossier) -> bool:
    rollen = {rol.id: rol for rol in wereld.data.tafel.rollen}
    if any(rollen[rol].soort is Rolsoort.COORDINATOR for rol in kijker.rollen):
        return False
    return any(
        soort.id in afscherming.documenten or _is_near(wereld, kijker, dossier, set(afscherming.rollen))
        for afscherming in wereld.data.tafel.afschermingen
        if _is_in_force(wereld, afscherming.id, dossier)
    )


def list_told(wereld: Wereld, dossier: Dossier) -> list[object]:
    """What the coordinator is told of it: what is in force, which partners it keeps out, and whether the aanmelder."""
    verteld: list[object] = []
    for afscherming in wereld.data.tafel.afschermingen:
        if _is_in_force(wereld, afscherming.id, dossier):
            aanmelder = Kijker(f"aanmelder {dossier.code}", frozenset(), frozenset(), casus=dossier.code)
            helpers = [
                partner.id
                for partner in wereld.werkmap.partners
                if list_namens(wereld, _make_kijker(wereld, partner), dossier) & set(afscherming.rollen)
            ]
            verteld.append((afscherming.id, helpers, _is_near(wereld, aanmelder, dossier, set(afscherming.rollen))))
    return verteld


def _make_kijker(wereld: Wereld, partner: Partner) -> Kijker:
    return Kijker(partner.id, frozenset({partner.rol}), frozenset(_list_names(wereld, partner)))


def _is_in_force(wereld: Wereld, afscherming: str, dossier: Dossier) -> bool:
    return _recall(wereld, dossier, ("geldt", afscherming), partial(_find_in_force, wereld, afscherming, dossier))


def _find_in_force(wereld: Wereld, afscherming: str, dossier: Dossier) -> bool:
    """These worlds end it by a melding only."""
    geldt = afscherming in {regel.afscherming for regel in dossier.afgeschermd}
    for melding in dossier.meldingen:
        soort = wereld.data.tafel.get_melding(melding.soort)
        if soort is not None and soort.heft_op == afscherming and melding.datum <= VANDAAG:
            geldt = False
        if soort is not None and soort.schermt_af == afscherming:
            geldt = True
    return geldt


def _is_near(wereld: Wereld, kijker: Kijker, dossier: Dossier, buiten: set[str]) -> bool:
    """Whether he is one of these people, works for one, or would be reached at the address of either."""
    if kijker.rollen & buiten or list_namens(wereld, kijker, dossier) & buiten:
        return True
    opties = {optie for rol in wereld.data.tafel.rollen if rol.id in buiten for optie in rol.staat_voor}
    rijen = [r for r in dossier.aanmelding.get_rijen("betrokkenen") if (rol := r.get("rol")) and rol.has_optie(*opties)]
    adressen = {antwoord.format() for rij in rijen for antwoord in rij.antwoorden if "@" in antwoord.format()}
    for partner in wereld.werkmap.partners:
        if list_namens(wereld, _make_kijker(wereld, partner), dossier) & buiten:
            adressen |= {persoon.email for persoon in partner.personen}
            if partner.id in _get_ids(wereld, kijker, dossier):
                return True
    eigen = {persoon.email for p in wereld.werkmap.partners if p.id == kijker.id for persoon in p.personen}
    if kijker.id.startswith("aanmelder "):
        eigen.add(dossier.aanmelding.get_tekst(kern.AANMELDER_EMAIL))
    namen = {normalise(rij.get_tekst("naam")) for rij in rijen} - {""}
    return bool(eigen & adressen) or (bool(kijker.casus) and normalise(_get_naam(kijker, dossier)) in namen)


def _get_naam(kijker: Kijker, dossier: Dossier) -> str:
    return dossier.aanmelding.get_tekst(kern.AANMELDER_NAAM) if kijker.id.startswith("aanmelder ") else kijker.naam
