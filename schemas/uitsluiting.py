"""Who is kept out of a case, whatever was flagged: who may not know of it, and who works for him in this case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from schemas import kern
from schemas.aanmelding import Antwoord, PartnersWaarde, Rij
from schemas.afscherming import Afscherming
from schemas.dossier import Dossier
from schemas.tafel import Rol, Rolsoort, Tafel
from schemas.tekst import normalise
from schemas.werkmap import Partner, Werkmap

_BETROKKENEN, _ROL = kern.ROL.split(".")
_NAAM = kern.NAAM.split(".")[1]


def list_afgeschermd(dossier: Dossier, tafel: Tafel, op: dt.date) -> tuple[Afscherming, ...]:
    """What is in force in this case on that day (S4:81)."""
    return tuple(afscherming for afscherming in tafel.afschermingen if _is_in_force(afscherming.id, dossier, tafel, op))


def _is_in_force(afscherming: str, dossier: Dossier, tafel: Tafel, op: dt.date) -> bool:
    """A melding that ends it counts from its own date on, and only after the last that laid it on."""
    heffers = {besluit.id for besluit in tafel.besluiten if besluit.heft_op == afscherming}
    besluiten = [genomen for genomen in dossier.besluiten if genomen.besluit in heffers]
    geldt = any(regel.afscherming == afscherming for regel in dossier.afgeschermd)
    geldt = geldt and not any(besluit.datum <= op for besluit in besluiten)
    for melding in dossier.meldingen:
        soort = tafel.get_melding(melding.soort)
        if soort is not None and soort.schermt_af == afscherming:
            geldt = not any(melding.ontvangen_op < besluit.datum <= op for besluit in besluiten)
        elif soort is not None and soort.heft_op == afscherming and melding.datum <= op:
            geldt = False
    return geldt


def list_werkt_voor(dossier: Dossier, tafel: Tafel, namen: Iterable[str]) -> frozenset[str]:
    """The roles of the people in this case for whom somebody known by these names works.

    Who is named on the form without saying for whom, may work for anybody.
    """
    eigen = frozenset(namen)
    alle = frozenset(tafel.get_rollen_of_soort(Rolsoort.BETROKKENE))
    voor = {(b.wie, rol) for b in dossier.betrekkingen for rol in ({b.voor} if b.voor else alle)}
    laatste = {(b.wie, rol): b.op for b in dossier.betrekkingen for rol in ({b.voor} if b.voor else alle)}
    for melding in dossier.meldingen:
        soort = None if eigen.isdisjoint(melding.wie) else tafel.get_melding(melding.soort)
        if soort is not None and soort.werkt_voor:
            voor |= {(wie, soort.werkt_voor) for wie in melding.wie}
        if soort is not None and soort.werkt_niet_voor:
            weg = {(wie, soort.werkt_niet_voor) for wie in melding.wie}
            voor -= {paar for paar in weg if laatste.get(paar, melding.ontvangen_op) <= melding.ontvangen_op}
    return frozenset(rol for wie, rol in voor if wie in eigen)


@dataclass(frozen=True)
class Uitsluiting:
    """Who is kept out of one case on one day, and by what address or name he would be reached."""

    rollen: frozenset[str]
    documenten: frozenset[str]  #: kinds of document that nobody but the coordinator gets
    helpers: frozenset[str]  #: ids of partners who work for one of these people
    adressen: frozenset[str]  #: mail addresses of these partners and people, folded
    personen: frozenset[str]  #: names of these people, folded


GEEN = Uitsluiting(frozenset(), frozenset(), frozenset(), frozenset(), frozenset())


def find_uitsluiting(dossier: Dossier, tafel: Tafel, werkmap: Werkmap, op: dt.date) -> Uitsluiting:
    """Everything that an afscherming in force keeps out of this case."""
    geldend = list_afgeschermd(dossier, tafel, op)
    if not geldend:
        return GEEN
    rollen = frozenset(rol for afscherming in geldend for rol in afscherming.rollen)
    helpers = [p for p in werkmap.partners if rollen & list_werkt_voor(dossier, tafel, list_names(p, tafel, werkmap))]
    rijen = _list_rijen(dossier, [rol for rol in tafel.rollen if rol.id in rollen])
    adressen = [persoon.email for partner in helpers for persoon in partner.personen]
    adressen += [antwoord.format() for rij in rijen for antwoord in rij.antwoorden if "@" in antwoord.format()]
    return Uitsluiting(
        rollen=rollen,
        documenten=frozenset(document for afscherming in geldend for document in afscherming.documenten),
        helpers=frozenset(partner.id for partner in helpers),
        adressen=frozenset(adres.strip().casefold() for adres in adressen),
        personen=frozenset(filter(None, (normalise(rij.get_tekst(_NAAM)) for rij in rijen))),
    )


def _list_rijen(dossier: Dossier, rollen: Iterable[Rol]) -> list[Rij]:
    opties = frozenset(optie for rol in rollen for optie in rol.staat_voor)
    rijen = dossier.aanmelding.get_rijen(_BETROKKENEN)
    return [rij for rij in rijen if (rol := rij.get(_ROL)) is not None and rol.has_optie(*opties)]


def list_names(partner: Partner, tafel: Tafel, werkmap: Werkmap) -> frozenset[str]:
    """All ids under which a flag may speak of this partner: "niet voor het parket" speaks of its jurist as well."""
    rol = tafel.get_rol(partner.rol)
    erbij = rol.hoort_bij if rol else ()
    verwant = (ander.id for ander in werkmap.partners if ander.rol in erbij)
    return frozenset({partner.id, *partner.aliassen, partner.rol, *erbij, *verwant})


def get_organisatie(dossier: Dossier) -> tuple[str, ...]:
    """Ids of the partner or role for which the aanmelder of this case works, as the form says."""
    return _get_ids(dossier.aanmelding.get(kern.AANMELDER_ORGANISATIE))


def _get_ids(antwoord: Antwoord | None) -> tuple[str, ...]:
    return antwoord.waarde.ids if antwoord is not None and isinstance(antwoord.waarde, PartnersWaarde) else ()
