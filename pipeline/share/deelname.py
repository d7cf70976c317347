"""Whose business a case is, and who may hear of it: the same questions for every kind of copy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from schemas.deelbeeld import Ontvanger
from schemas.deling import Feit
from schemas.documentsoort import Documentsoort
from schemas.dossier import Dossier
from schemas.tafel import Rolsoort
from schemas.tafeldata import Tafeldata
from schemas.toetsing import Toetsing
from schemas.uitsluiting import Uitsluiting, find_uitsluiting
from schemas.werkmap import Werkmap

from .afscherming import is_kept_out, list_namens
from .lezer import Lezer
from .recipients import concerns, has_stopped, list_known


@dataclass(frozen=True)
class Deelname:
    """One table on one day. `dossiers` holds each dossier with its toetsing, by code.

    `eerder` says who got a document about a case before: by casuscode, by id of the recipient, from which day on.
    """

    data: Tafeldata
    werkmap: Werkmap
    vandaag: dt.date
    dossiers: Mapping[str, tuple[Dossier, Toetsing]]
    eerder: Mapping[str, Mapping[str, dt.date]] = field(default_factory=dict)

    @cached_property
    def _uitsluitingen(self) -> dict[str, Uitsluiting]:
        """By casuscode, of the cases that were asked for: whom an afscherming keeps out today."""
        return {}

    def _get_uitsluiting(self, code: str) -> Uitsluiting:
        if code not in self._uitsluitingen:
            dossier, _ = self.dossiers[code]
            self._uitsluitingen[code] = find_uitsluiting(dossier, self.data.tafel, self.werkmap, self.vandaag)
        return self._uitsluitingen[code]

    def _may_reach(self, soort: Documentsoort, ontvanger: Ontvanger, code: str) -> bool:
        """Whether no afscherming keeps this document, or all that concerns this case, from this recipient."""
        uitsluiting = self._get_uitsluiting(code)
        if self._is_coordinator(ontvanger):
            return True
        return soort.id not in uitsluiting.documenten and not is_kept_out(ontvanger, uitsluiting, self.werkmap)

    def _is_released(self, feit: Feit, soort: Documentsoort, ontvanger: Ontvanger) -> bool:
        return self.data.deling.is_released(feit, soort.id, ontvanger.rollen)

    def _concerns(self, soort: Documentsoort, ontvanger: Ontvanger, code: str) -> bool:
        """Whether he may hear of this case in this document."""
        return self._takes_part(soort, ontvanger, code) and self._may_reach(soort, ontvanger, code)

    def _takes_part(self, soort: Documentsoort, ontvanger: Ontvanger, code: str) -> bool:
        """Whether the case is his business, as the others may know it: an afscherming does not show here.

        Where the cliënt lives decides only for a document to which the table released that.
        """
        if self._goes_by_town(ontvanger) and not self._is_released(Feit.ROUTERING, soort, ontvanger):
            return False
        return concerns(ontvanger, self.dossiers[code][0], self.data.tafel, self.werkmap)

    def _is_named(self, soort: Documentsoort, ontvanger: Ontvanger, ids: Iterable[str], code: str) -> bool:
        """Whether `ids` name this recipient, and he may hear of the case."""
        return self._may_reach(soort, ontvanger, code) and self._is_mentioned(soort, ontvanger, ids, code)

    def _is_mentioned(self, soort: Documentsoort, ontvanger: Ontvanger, ids: Iterable[str], code: str) -> bool:
        """Whether `ids` name him: by his own id, or by his role in a case that is his business.

        A partner that stopped is named no more, whatever a form said before or says since. As `_takes_part`, it says
        what the others may know.
        """
        namen = set(ids)
        if has_stopped(ontvanger.id, self.dossiers[code][0], self.data.tafel, self.werkmap):
            return False
        return ontvanger.id in namen or (bool(ontvanger.rollen & namen) and self._takes_part(soort, ontvanger, code))

    def _is_coordinator(self, ontvanger: Ontvanger) -> bool:
        return bool(ontvanger.rollen & set(self.data.tafel.get_rollen_of_soort(Rolsoort.COORDINATOR)))

    def _make_lezer(self, soort: Documentsoort, ontvanger: Ontvanger, code: str) -> Lezer:
        """Who reads of this case in this document, for holding flags against."""
        tafel, werkmap = self.data.tafel, self.werkmap
        namens = list_namens(ontvanger, self.dossiers[code][0], tafel, werkmap)
        return Lezer(self.data.deling, soort.id, ontvanger, self._bekend, namens)

    @cached_property
    def _bekend(self) -> frozenset[str]:
        return list_known(self.data.tafel, self.werkmap)

    def _goes_by_town(self, ontvanger: Ontvanger) -> bool:
        return any(rol.volgens_woonplaats for rol in self.data.tafel.rollen if rol.id in ontvanger.rollen)
