"""The people of a case who take part in it and get copies of their own: a parent, a jongere (S2:59-61)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from schemas import kern
from schemas.aanmelding import Rij
from schemas.betrokkene import list_personen, list_zonder_leeftijd, make_persoon_id
from schemas.bevinding import Bevinding, Ernst
from schemas.deelbeeld import Ontvanger
from schemas.dossier import Dossier
from schemas.overleg import Overleg
from schemas.tafel import Rol, Tafel
from schemas.tafeldata import Tafeldata


def list_betrokkenen(rollen: Sequence[str], dossier: Dossier, tafel: Tafel, op: dt.date) -> tuple[Ontvanger, ...]:
    """The people on the form of this case for whom one of these roles stands on that day, each by himself.

    Two rows that give the same name and birth date are one person. Who has no name there is called by the role.
    """
    gekozen = [rol for rol_id in rollen if (rol := tafel.get_rol(rol_id)) is not None and rol.staat_voor]
    gevonden = [make_betrokkene(rol, dossier, rij) for rol in gekozen for rij in list_personen(rol, dossier, op)]
    return tuple({ontvanger.id: ontvanger for ontvanger in gevonden}.values())


def make_betrokkene(rol: Rol, dossier: Dossier, rij: Rij) -> Ontvanger:
    """One person. His own name is all that the copy takes from the form without a flag: it is his address."""
    naam = rij.get_tekst(kern.NAAM.split(".")[1])
    return Ontvanger(
        id=make_persoon_id(rol, dossier, rij),
        naam=naam or rol.label.lower(),
        aanspreking=f"Beste {naam}" if naam else "",
        rollen=frozenset({rol.id}),
        ids=frozenset({rol.id, *rol.hoort_bij}),
    )


def find_zonder_leeftijd(dossiers: Sequence[Dossier], overleg: Overleg, data: Tafeldata) -> tuple[Bevinding, ...]:
    """People who would get something of this meeting if the form told how old they are: the coordinator hears it."""
    rollen = {rol for document in data.documenten if document.overleg == overleg.soort for rol in document.rollen}
    return tuple(
        Bevinding(
            code="leeftijd-onbekend",
            plaats=f"casus {dossier.code}",
            melding=f"Van een {rol.label.lower()} in casus {dossier.code} staat geen geboortedatum op het formulier. "
            f"Of die ouder is dan {rol.ouder_dan} jaar is niet bekend, en daarom krijgt die niets.",
            remedie="Vraag de aanmelder om de geboortedatum, met een aanvulling.",
            ernst=Ernst.WAARSCHUWING,
        )
        for dossier in dossiers
        for rol in data.tafel.rollen
        if rol.id in rollen and list_zonder_leeftijd(rol, dossier)
    )
