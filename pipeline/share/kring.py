"""Who gets a letter about one case: aanmelder and cliënt their own, the coordinator, and of the partners a circle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from schemas.deelbeeld import Ontvanger
from schemas.deling import Feit
from schemas.documentsoort import Documentsoort, Kring
from schemas.dossier import Dossier

from .basis import Basis
from .personen import list_betrokkenen
from .recipients import find_vertegenwoordiger, has_stopped, list_ontvangers, make_aanmelder, make_client


@dataclass(frozen=True)
class Oproep:
    """What calls for a letter: the names in it, and the day from which what went out before counts as earlier."""

    op: dt.date
    namen: tuple[str, ...] = ()  #: ids of partners or roles


class Kringen(Basis):
    """Finds the readers of a letter."""

    def _list_lezers(self, soort: Documentsoort, dossier: Dossier, oproep: Oproep) -> tuple[Ontvanger, ...]:
        """Everybody who gets this letter about this case; a partner only after signing and until it stopped."""
        tafel, werkmap = self.data.tafel, self.werkmap
        eigen = (make_aanmelder(dossier, tafel, werkmap), make_client(dossier, tafel))
        rest = list_ontvangers(soort.rollen, tafel, werkmap, self.vandaag)
        kring = tuple(o for o in rest if self._is_coordinator(o) or self._is_in_kring(soort, o, dossier, oproep))
        vertegenwoordigd = soort.kring is Kring.VERTEGENWOORDIGER and any(
            not self._is_coordinator(o) and self._may_reach(soort, o, dossier.code) for o in kring
        )
        lezers = (
            *(o for o in eigen if o.rollen & set(soort.rollen) and not vertegenwoordigd),
            *list_betrokkenen(soort.rollen, dossier, tafel, oproep.op),
            *kring,
        )
        return tuple(lezer for lezer in lezers if self._may_reach(soort, lezer, dossier.code))

    def _is_in_kring(self, soort: Documentsoort, ontvanger: Ontvanger, dossier: Dossier, oproep: Oproep) -> bool:
        code = dossier.code
        if soort.kring is Kring.GENOEMD:
            return self._is_named(soort, ontvanger, oproep.namen, code)
        if soort.kring is Kring.VERTEGENWOORDIGER:
            vrij = self._is_released(Feit.ROUTERING, soort, ontvanger)
            mag = vrij and not has_stopped(ontvanger.id, dossier, self.data.tafel, self.werkmap)
            return mag and ontvanger.id == find_vertegenwoordiger(dossier, self.werkmap)
        if soort.kring is Kring.DRAGER:
            # On the day of what calls for it: who takes the role over later was not meant.
            dragers = [wie for rol in soort.dragers if (wie := dossier.get_drager(rol, oproep.op)) is not None]
            return self._is_named(soort, ontvanger, dragers, code)
        betrokken = self._is_named(soort, ontvanger, _list_betrokken(dossier), code)
        if soort.kring is Kring.BETROKKEN:
            return betrokken
        mijn = self._concerns(soort, ontvanger, code)
        if soort.kring is Kring.EERDER:
            return (mijn or betrokken) and self._was_told(ontvanger, code, oproep.op)
        return mijn

    def _was_told(self, ontvanger: Ontvanger, code: str, op: dt.date) -> bool:
        """Whether a document about this case was made ready for it until that day, also under a former id."""
        partner = self.werkmap.get_partner(ontvanger.id)
        eerste = self.eerder.get(code, {})
        dagen = [eerste.get(naam) for naam in (ontvanger.id, *(partner.aliassen if partner else ()))]
        return any(dag is not None and dag <= op for dag in dagen)


def _list_betrokken(dossier: Dossier) -> Iterable[str]:
    """Who sat at the case, holds a role in it, or has something to do in it: ids of partners and roles."""
    yield from (naam for besluit in dossier.besluiten for naam in besluit.aanwezig)
    yield from (benoeming.wie for benoeming in dossier.benoemingen)
    yield from (naam for afspraak in dossier.afspraken for naam in afspraak.wie)
    yield from (naam for actie in (dossier.plan.acties if dossier.plan else ()) for naam in actie.uitvoerders)
