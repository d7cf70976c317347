"""Which people on a form a role of soort betrokkene stands for, and the id of such a person as a recipient."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator

from schemas import kern
from schemas.aanmelding import Rij
from schemas.code import spell_code
from schemas.dossier import Dossier
from schemas.leeftijd import get_geboren, get_leeftijd
from schemas.tafel import Rol

_BETROKKENEN, _ROL = kern.ROL.split(".")
_NAAM = kern.NAAM.split(".")[1]
_TEKENS = 3


def make_persoon_id(rol: Rol, dossier: Dossier, rij: Rij) -> str:
    """Made of this person's own name and birth date only: how many others there are, it does not tell."""
    geboren = get_geboren(rij)
    eigen = (dossier.code, rij.get_tekst(_NAAM), geboren.isoformat() if geboren else "")
    merk = spell_code(hashlib.sha256("\n".join(eigen).encode()).digest(), _TEKENS)
    return f"{rol.id}_{merk} {dossier.code}"


def list_personen(rol: Rol, dossier: Dossier, op: dt.date) -> tuple[Rij, ...]:
    """The rows of the people for whom this role stands on that day; whose age is not known, is not among them."""
    return tuple(
        rij
        for rij in _iterate_rijen(rol, dossier)
        if rol.ouder_dan is None or ((leeftijd := get_leeftijd(rij, op)) is not None and leeftijd > rol.ouder_dan)
    )


def list_zonder_leeftijd(rol: Rol, dossier: Dossier) -> tuple[Rij, ...]:
    """The rows that would count if only the form told how old this person is. Of an unborn child it does."""
    if rol.ouder_dan is None:
        return ()
    open_ = (rij for rij in _iterate_rijen(rol, dossier) if get_geboren(rij) is None)
    return tuple(rij for rij in open_ if not rij.get_tekst(kern.UITGEREKEND.split(".")[1]))


def _iterate_rijen(rol: Rol, dossier: Dossier) -> Iterator[Rij]:
    for rij in dossier.aanmelding.get_rijen(_BETROKKENEN):
        eigen = rij.get(_ROL)
        if eigen is not None and eigen.has_optie(*rol.staat_voor) and _is_met(rol, rij):
            yield rij


def _is_met(rol: Rol, rij: Rij) -> bool:
    """Whether the row says what the role asks besides; a blank does not."""
    if rol.als is None:
        return True
    antwoord = rij.get(rol.als.vraag.split(".")[1])
    return antwoord is not None and antwoord.has_optie(*rol.als.is_een_van)
