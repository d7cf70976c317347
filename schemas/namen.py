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
        namen: dict[str, list[str]] = {}
        rollen = {rol.id: frozenset({rol.id}) | _get_same_organisation(tafel, rol.id) for rol in tafel.rollen}
        for partner in partners:
            for naam in (partner.naam, partner.id, *partner.aliassen):
                namen.setdefault(normalise(naam), []).append(partner.id)
            rollen[partner.id] = frozenset({partner.rol}) | _get_same_organisation(tafel, partner.rol)
        for rol in tafel.rollen:
            for naam in (rol.label, rol.id, *rol.aliassen):
                namen.setdefault(normalise(naam), []).append(rol.id)
        self._namen = MappingProxyType(namen)
        self._rollen = MappingProxyType(rollen)

    def get_id(self, naam: str) -> str | None:
        """The id behind this name, or None when nobody is called so."""
        return next(iter(self._namen.get(normalise(naam), ())), None)

    def get_ids(self, naam: str) -> frozenset[str]:
        """Everybody who answers to this name: who excludes "politie" means each partner and the role called so."""
        return frozenset(self._namen.get(normalise(naam), ()))

    def get_rollen(self, naam_id: str) -> frozenset[str]:
        """The roles of a partner or role by id, with those of the same organisation."""
        return self._rollen.get(naam_id, frozenset())


def _get_same_organisation(tafel: Tafel, rol_id: str) -> frozenset[str]:
    return frozenset(rol.id for rol in tafel.rollen if rol_id in rol.hoort_bij)
