"""The three things a form can do: open a dossier (or replace its aanmelding), supplement one, continue one by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from schemas import kern
from schemas.aanmelding import Aanmelding, Validatie
from schemas.bevinding import Bevinding
from schemas.dossier import Dossier, Fasewissel, Ontvangst, Ontvangstsoort
from schemas.formulier import Formulier
from schemas.tafel import Tafel

from . import texts
from .clients import is_anoniem, is_other_aanmelder, is_same_aanmelder, is_same_case, is_same_client
from .merge import Samenvoeger
from .review import find_identity

_SHA_TEKENS = 12  # a row that the form itself made has an id that begins like its hash

#: By what a phase changed.
_DOOR_AANMELDING, _DOOR_OP_NAAM = "aanmelding", "nieuwe aanmelding, op naam"


@dataclass(frozen=True)
class Opname:
    """What a form does: the dossiers to save (the first is the form's own), or the finding that refuses it.

    `anoniem` tells that the file belongs to an anonymous case: its name is kept nowhere.
    """

    dossiers: tuple[Dossier, ...] = ()
    soort: Ontvangstsoort = Ontvangstsoort.AANMELDING
    bevindingen: tuple[Bevinding, ...] = ()
    weigering: Bevinding | None = None
    anoniem: bool = False


def get_casuscode(validatie: Validatie) -> str:
    """The code of the case that the form says it is about, or ""."""
    code = validatie.meta.casuscode or validatie.aanmelding.get_tekst(kern.CASUSCODE)
    return code.strip().upper()


@dataclass(frozen=True)
class Opnemer:
    """Takes in one form among the dossiers that there are."""

    validatie: Validatie
    formulier: Formulier
    tafel: Tafel
    dossiers: Mapping[str, Dossier]
    vandaag: dt.date

    def supplement(self) -> Opname:
        """Merge into the dossier whose code the form carries."""
        dossier = self._find_dossier()
        if dossier is None:
            return Opname(weigering=texts.refuse_unknown(self.validatie))
        anoniem = is_anoniem(dossier.aanmelding)
        weigering = self._refuse_supplement(dossier) or (self._refuse_naming() if anoniem else None)
        if weigering is not None:
            return Opname(weigering=weigering, anoniem=anoniem)
        nieuw = self.validatie.aanmelding
        samenvoeger = Samenvoeger(vreemd=is_other_aanmelder(dossier.aanmelding, nieuw), gaat_over=self.tafel.gaat_over)
        aanmelding = samenvoeger.merge(dossier.aanmelding, nieuw)
        bevindingen = [texts.report_stranger(dossier.code, samenvoeger.geweigerd)] if samenvoeger.vreemd else []
        bevindingen += [texts.report_search_taken_back(dossier.code)] if samenvoeger.teruggenomen else []
        bevindingen += [texts.report_unknown_row(dossier.code)] if self._has_unknown_row(dossier) else []
        opname = self._update(dossier, aanmelding, Ontvangstsoort.AANVULLING, anoniem=anoniem)
        return replace(opname, bevindingen=tuple(bevindingen))

    def continue_by_name(self, nieuwe_code: Callable[[], str]) -> Opname:
        """Open a new dossier that continues an anonymous one (S0:11)."""
        eerder = self._find_dossier()
        if eerder is None:
            return Opname(weigering=texts.refuse_unknown(self.validatie))
        if is_anoniem(self.validatie.aanmelding):
            return Opname(weigering=texts.refuse_still_anonymous())
        if not is_anoniem(eerder.aanmelding):
            return Opname(weigering=texts.refuse_not_anonymous(eerder.code))
        opname = self._open_or_replace(nieuwe_code, eerder.code)
        bevindingen = opname.bevindingen
        if is_other_aanmelder(eerder.aanmelding, self.validatie.aanmelding):
            bevindingen = (*bevindingen, texts.report_other_aanmelder(eerder.code))
        fase = self.tafel.fase_heraangemeld if self._is_open(eerder) else None
        gesloten = (self._move(eerder, fase),) if fase else ()
        return replace(opname, dossiers=(*opname.dossiers, *gesloten), bevindingen=bevindingen)

    def _move(self, dossier: Dossier, fase: str) -> Dossier:
        verloop = (*dossier.verloop, Fasewissel(fase=fase, op=self.vandaag, door=_DOOR_OP_NAAM))
        return dossier.model_copy(update={"fase": fase, "overleg_op": None, "verloop": verloop})

    def open_new(self, nieuwe_code: Callable[[], str]) -> Opname:
        """Open a dossier, or replace the aanmelding that the same aanmelder sent before."""
        opname = self._open_or_replace(nieuwe_code)
        if not self.validatie.aanmelding.get_tekst(kern.CASUSCODE):
            return opname
        return replace(opname, bevindingen=(*opname.bevindingen, texts.report_unused_code()))

    def _open_or_replace(self, nieuwe_code: Callable[[], str], eerdere_code: str | None = None) -> Opname:
        nieuw = self.validatie.aanmelding
        open_ = [dossier for dossier in self.dossiers.values() if self._is_open(dossier)]
        over = self.tafel.gaat_over
        zelfde = [dossier for dossier in open_ if is_same_client(dossier.aanmelding, nieuw, over)]
        vorige = (dossier for dossier in zelfde if is_same_case(dossier.aanmelding, nieuw, over))
        eigen = next((dossier for dossier in vorige if is_same_aanmelder(dossier.aanmelding, nieuw)), None)
        if eigen is not None:
            eigen = eigen.model_copy(update={"eerdere_code": eigen.eerdere_code or eerdere_code})
            opname = self._update(eigen, nieuw, Ontvangstsoort.CORRECTIE, anoniem=False)
            return replace(opname, bevindingen=(texts.report_replaced(eigen),))
        bevindingen = tuple(texts.report_double(dossier.code) for dossier in zelfde)
        return Opname(dossiers=(self._open(nieuwe_code, eerdere_code),), bevindingen=bevindingen)

    def _refuse_supplement(self, dossier: Dossier) -> Bevinding | None:
        fase = self.tafel.get_fase(dossier.fase)
        return None if fase is None or fase.open else texts.refuse_closed(dossier.code, fase.label)

    def _refuse_naming(self) -> Bevinding | None:
        """An anonymous case gets its name in an aanmelding of its own, never by a supplement (S0:11)."""
        anoniem = self.validatie.aanmelding.get(kern.ANONIEM)
        if anoniem is not None and anoniem.has_optie(kern.ANONIEM_NEE):
            return texts.refuse_naming()
        identiteit = find_identity(self.validatie.aanmelding, self.formulier)
        return texts.refuse_identity(identiteit) if identiteit is not None else None

    def _has_unknown_row(self, dossier: Dossier) -> bool:
        """An older aanvullingsformulier may speak of rows that a corrected version took away."""
        bekend = {rij.id for rubriek in dossier.aanmelding.rubrieken for rij in rubriek.rijen}
        eigen = self.validatie.sha256[:_SHA_TEKENS]
        rijen = (rij for rubriek in self.validatie.aanmelding.rubrieken for rij in rubriek.rijen)
        return any(rij.id not in bekend and not rij.id.startswith(eigen) for rij in rijen)

    def _is_open(self, dossier: Dossier) -> bool:
        fase = self.tafel.get_fase(dossier.fase)
        return fase is not None and fase.open

    def _find_dossier(self) -> Dossier | None:
        return self.dossiers.get(get_casuscode(self.validatie))

    def _ontvangst(self, soort: Ontvangstsoort, anoniem: bool) -> Ontvangst:
        # The name that somebody gave to an anonymous form may be the very name that the form leaves out.
        bestand = "" if anoniem else self.validatie.bestand
        return Ontvangst(
            sha256=self.validatie.sha256,
            bestand=bestand,
            ontvangen_op=self.vandaag,
            soort=soort,
            herkomst=self.validatie.herkomst,
        )

    def _open(self, nieuwe_code: Callable[[], str], eerdere_code: str | None) -> Dossier:
        code = nieuwe_code()
        while code in self.dossiers:
            code = nieuwe_code()
        anoniem = is_anoniem(self.validatie.aanmelding)
        return Dossier(
            code=code,
            fase=self.tafel.beginfase,
            aangemeld_op=self.vandaag,
            aanmelding=self.validatie.aanmelding,
            ontvangsten=(self._ontvangst(Ontvangstsoort.AANMELDING, anoniem),),
            eerdere_code=eerdere_code,
            verloop=(Fasewissel(fase=self.tafel.beginfase, op=self.vandaag, door=_DOOR_AANMELDING),),
        )

    def _update(self, dossier: Dossier, aanmelding: Aanmelding, soort: Ontvangstsoort, *, anoniem: bool) -> Opname:
        ontvangsten = (*dossier.ontvangsten, self._ontvangst(soort, anoniem))
        nieuw = dossier.model_copy(update={"aanmelding": aanmelding, "ontvangsten": ontvangsten})
        return Opname((nieuw,), soort, anoniem=anoniem)
