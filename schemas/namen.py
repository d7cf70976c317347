"""Who a flag or a decision may speak of: partners and roles under the names that people write."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from schemas.tafel import Tafel
from schemas.tekst import normalise
from schemas.werkmap import Partner


class Namenlijst:
    """Looks up the id of a partner or role by any of its names. The first that claims a name keeps it."""

    def __init__(self, tafel: Tafel, partners: Iterable[Partner] = ()) -> None:
        """Partners come first: their names are more precise than those of roles."""
        namen: dict[str, str] = {}
        for partner in partners:
            for naam in (partner.naam, partner.id, *partner.aliassen):
                namen.setdefault(normalise(naam), partner.id)
        for rol in tafel.rollen:
            for naam in (rol.label, rol.id, *rol.aliassen):
                namen.setdefault(normalise(naam), rol.id)
        self._namen = MappingProxyType(namen)

    def get_id(self, naam: str) -> str | None:
        """The id behind this name, or None when nobody is called so."""
        return self._namen.get(normalise(naam))
