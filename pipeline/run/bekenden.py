"""Whom the cases of the register are about, in little memory: a dossier itself is read when a form may belong to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from pipeline.intake import get_casuscode, get_identities
from pipeline.register import Register
from schemas.aanmelding import Validatie
from schemas.dossier import Dossier
from schemas.tafel import Tafel


@dataclass
class Bekenden:
    """Who is known in which case. It may name a case too many, of somebody whose name was corrected, never one too few.

    It fills itself the first time that it is asked; what is saved since then has to be added.
    """

    _codes: dict[tuple[str, str], set[str]] = field(default_factory=dict, init=False, repr=False)
    _gevuld: bool = field(default=False, init=False)

    def find(self, validatie: Validatie, register: Register, tafel: Tafel) -> tuple[Dossier, ...]:
        """The dossiers that this form may have to do with, by code: all that `take_in` can ask for."""
        if not self._gevuld:
            self._gevuld = True
            for dossier in register.iterate_dossiers():
                self.add(dossier, tafel)
        identiteiten = get_identities(validatie.aanmelding, tafel.gaat_over)
        codes = {code for identiteit in identiteiten for code in self._codes.get(identiteit, ())}
        gevonden = (register.get_dossier(code) for code in sorted(codes | {get_casuscode(validatie)}))
        return tuple(dossier for dossier in gevonden if dossier is not None)

    def add(self, dossier: Dossier, tafel: Tafel) -> None:
        """Know those of a dossier that was just saved."""
        for identiteit in get_identities(dossier.aanmelding, tafel.gaat_over):
            self._codes.setdefault(identiteit, set()).add(dossier.code)


def draw_free_code(register: Register, op: dt.date) -> str:
    """A new code that no case of the register has."""
    while True:
        code = register.draw_code(op)
        if register.get_dossier(code) is None:
            return code
