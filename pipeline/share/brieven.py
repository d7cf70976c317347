"""Letters about one case: to its aanmelder, or to the partner to whom a decision gives it."""

from __future__ import annotations

from schemas.deelbeeld import Deelbeeld, Ontbrekend, Ontvanger
from schemas.deling import Feit
from schemas.documentsoort import Documentsoort, Moment
from schemas.dossier import Dossier, GenomenBesluit
from schemas.tafel import Rolsoort
from schemas.toetsing import Toetsing

from .basis import ROL_VAN_AANMELDER, Basis, find_latest
from .recipients import list_ontvangers, make_aanmelder


class Brieven(Basis):
    """Makes the letters of a case."""

    def share_dossier(self, soort: Documentsoort, code: str) -> tuple[Deelbeeld, ...]:
        """The letters of this kind about one case; none when its latest decision asks for none."""
        dossier, toetsing = self.dossiers[code]
        genomen = find_latest(dossier) if soort.moment is Moment.BESLUIT else None
        if soort.moment is Moment.BESLUIT and not self._is_called_for(soort, genomen):
            return ()
        ontvangers = (*self._list_aanmelder(soort, dossier), *self._list_aangeduiden(soort, dossier, genomen))
        return tuple(self._share_brief(soort, o, dossier, toetsing, genomen) for o in ontvangers)

    def _is_called_for(self, soort: Documentsoort, genomen: GenomenBesluit | None) -> bool:
        return genomen is not None and soort in self.data.list_besluitbrieven(genomen.besluit)

    def _list_aanmelder(self, soort: Documentsoort, dossier: Dossier) -> tuple[Ontvanger, ...]:
        ontvanger = make_aanmelder(dossier, self.data.tafel, self.werkmap)
        return (ontvanger,) if ontvanger.rollen & set(soort.rollen) else ()

    def _list_aangeduiden(
        self, soort: Documentsoort, dossier: Dossier, genomen: GenomenBesluit | None
    ) -> tuple[Ontvanger, ...]:
        """The partners to whom the decision gives the case (S0:22)."""
        if genomen is None:
            return ()
        partnerrollen = self.data.tafel.get_rollen_of_soort(Rolsoort.VAST, Rolsoort.AD_HOC)
        rollen = [rol for rol in soort.rollen if rol in partnerrollen]
        ontvangers = list_ontvangers(rollen, self.data.tafel, self.werkmap, self.vandaag)
        return tuple(o for o in ontvangers if self._is_named(soort, o, genomen.partners, dossier.code))

    def _share_brief(
        self,
        soort: Documentsoort,
        ontvanger: Ontvanger,
        dossier: Dossier,
        toetsing: Toetsing,
        genomen: GenomenBesluit | None,
    ) -> Deelbeeld:
        code, besluit = dossier.code, self._build_besluit(soort, ontvanger, genomen)
        ontbrekend = self._build_ontbrekend(soort, ontvanger, toetsing)
        tafel = (genomen.overleg, genomen.datum) if genomen else None
        afspraken = self._list_own(soort, ontvanger, dossier, *tafel) if tafel else ()
        passages = self._list_passages(soort, ontvanger, dossier, *tafel) if tafel else ()
        feiten = {
            Feit.BESLUIT: besluit is not None,
            Feit.ONTBREKEND: bool(ontbrekend),
            Feit.AFSPRAKEN: bool(afspraken),
            Feit.PASSAGES: bool(passages),
        }
        partner = _name_partner(ontvanger)
        return Deelbeeld(
            documentsoort=soort.id,
            sjabloon=soort.sjabloon,
            sleutel="/".join((soort.id, code, *_name_besluit(genomen, besluit is not None), *partner)),
            bestandsnaam=f"{soort.titel} {code}",
            ontvanger=ontvanger,
            kop=self._build_kop(
                soort, ontvanger, "-".join((soort.afkorting, *partner, code)), code, _list_lezer(ontvanger)
            ),
            besluit=besluit,
            ontbrekend=ontbrekend,
            afspraken=tuple(self._build_afspraak(code, afspraak) for afspraak in afspraken),
            passages=passages,
            verantwoording=self._account(soort, code, [feit for feit, aanwezig in feiten.items() if aanwezig]),
        )

    def _build_ontbrekend(
        self, soort: Documentsoort, ontvanger: Ontvanger, toetsing: Toetsing
    ) -> tuple[Ontbrekend, ...]:
        if not self._is_released(Feit.ONTBREKEND, soort, ontvanger):
            return ()
        return tuple(Ontbrekend(rubriek=v.rubriek, label=v.label, reden=v.reden) for v in toetsing.ontbrekend)


def _is_aanmelder(ontvanger: Ontvanger) -> bool:
    return ontvanger.id.startswith("aanmelder ")


def _name_besluit(genomen: GenomenBesluit | None, verteld: bool) -> tuple[str, ...]:
    """A decision of another meeting is another letter, not a next version."""
    return (genomen.overleg, genomen.datum.isoformat()) if genomen and verteld else ()


def _name_partner(ontvanger: Ontvanger) -> tuple[str, ...]:
    """A case has one aanmelder; of the partners each letter names its own."""
    return () if _is_aanmelder(ontvanger) else (ontvanger.id,)


def _list_lezer(ontvanger: Ontvanger) -> tuple[str, ...]:
    return (ROL_VAN_AANMELDER if _is_aanmelder(ontvanger) else ontvanger.naam,)
