"""Copies of an overview that counts. What is counted comes in as bands; no dossier is looked at here."""

from __future__ import annotations

from schemas.cijferoverzicht import Cijferoverzicht
from schemas.deelbeeld import Deelbeeld, Grondregel, Ontvanger
from schemas.deling import Feit
from schemas.documentsoort import Documentsoort, Moment

from .basis import Basis, get_stam
from .recipients import list_ontvangers


class Cijferwerk(Basis):
    """Makes the copies of figures over all cases: the same figures for everybody who gets them."""

    def share_cijfers(self, overzicht: Cijferoverzicht) -> tuple[Deelbeeld, ...]:
        """All copies of all documents that print figures."""
        return tuple(
            self._share_cijfers(soort, ontvanger, overzicht)
            for soort in self.data.get_documenten(Moment.CIJFERS)
            for ontvanger in self._list_lezers_van_cijfers(soort)
        )

    def _list_lezers_van_cijfers(self, soort: Documentsoort) -> list[Ontvanger]:
        alle = list_ontvangers(soort.rollen, self.data.tafel, self.werkmap, self.vandaag)
        return [ontvanger for ontvanger in alle if self._is_released(Feit.CIJFERS, soort, ontvanger)]

    def _share_cijfers(self, soort: Documentsoort, ontvanger: Ontvanger, overzicht: Cijferoverzicht) -> Deelbeeld:
        periode = overzicht.periode
        nummer = "-".join((soort.afkorting, periode.replace(" ", "-"), get_stam(ontvanger)))
        lezers = tuple(ander.naam for ander in self._list_lezers_van_cijfers(soort))
        grond = self.data.deling.get_grond(Feit.CIJFERS, soort.id)
        return Deelbeeld(
            documentsoort=soort.id,
            sjabloon=soort.sjabloon,
            sleutel=f"{soort.id}/{periode}/{ontvanger.id}",
            bestandsnaam=f"{soort.titel} {periode}",
            ontvanger=ontvanger,
            kop=self._build_kop(soort, ontvanger, nummer, "", lezers),
            cijfers=overzicht,
            verantwoording=(Grondregel(casuscode="", veld=Feit.CIJFERS.value, grond=grond),),
        )
