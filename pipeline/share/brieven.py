"""Letters about one case: after its aanmelding, a decision, a plan or a melding."""

from __future__ import annotations

from dateutil.relativedelta import relativedelta

from schemas.deelbeeld import Deelbeeld, Ontbrekend, Ontvanger
from schemas.deling import Feit
from schemas.documentsoort import Documentsoort, Moment
from schemas.dossier import Dossier, GenomenBesluit
from schemas.toetsing import Toetsing

from .basis import find_latest
from .kring import Oproep
from .meldingen import Meldingen

_GEEN_BEWAARTERMIJN = "Voor dit overleg is geen bewaartermijn vastgelegd."


class Brieven(Meldingen):
    """Makes the letters of a case."""

    def share_dossier(self, soort: Documentsoort, code: str) -> tuple[Deelbeeld, ...]:
        """The letters of this kind about one case; none when nothing in it calls for them."""
        dossier, toetsing = self.dossiers[code]
        if soort.moment is Moment.PLAN:
            return tuple(self._share_plan(soort, dossier))
        if soort.moment is Moment.MELDING:
            return tuple(self._share_meldingen(soort, dossier))
        genomen = find_latest(dossier) if soort.moment is Moment.BESLUIT else None
        if soort.moment is Moment.BESLUIT and not self._is_called_for(soort, genomen):
            return ()
        oproep = Oproep(genomen.datum, genomen.partners) if genomen else Oproep(self.vandaag)
        ontvangers = self._list_lezers(soort, dossier, oproep)
        return tuple(self._share_brief(soort, o, dossier, toetsing, genomen) for o in ontvangers)

    def _is_called_for(self, soort: Documentsoort, genomen: GenomenBesluit | None) -> bool:
        return genomen is not None and soort in self.data.list_besluitbrieven(genomen.besluit)

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
        bewaren_tot = self._build_bewaren(soort, ontvanger, genomen)
        rollen = self._build_rolverdeling(soort, ontvanger, dossier)
        feiten = {
            Feit.BESLUIT: besluit is not None,
            Feit.ONTBREKEND: bool(ontbrekend),
            Feit.AFSPRAKEN: bool(afspraken),
            Feit.PASSAGES: bool(passages),
            Feit.BEWAREN: bool(bewaren_tot),
            Feit.ROLVERDELING: bool(rollen),
        }
        beeld = self._start_brief(soort, ontvanger, code, *_name_besluit(genomen, besluit is not None))
        return beeld.model_copy(
            update={
                "besluit": besluit,
                "ontbrekend": ontbrekend,
                "afspraken": tuple(self._build_afspraak(soort, code, afspraak) for afspraak in afspraken),
                "passages": passages,
                "bewaren_tot": bewaren_tot,
                "rolverdeling": rollen,
                "verantwoording": self._account(soort, code, [feit for feit, aanwezig in feiten.items() if aanwezig]),
            }
        )

    def _build_ontbrekend(
        self, soort: Documentsoort, ontvanger: Ontvanger, toetsing: Toetsing
    ) -> tuple[Ontbrekend, ...]:
        if not self._is_released(Feit.ONTBREKEND, soort, ontvanger):
            return ()
        return tuple(Ontbrekend(rubriek=v.rubriek, label=v.label, reden=v.reden) for v in toetsing.ontbrekend)

    def _build_bewaren(self, soort: Documentsoort, ontvanger: Ontvanger, genomen: GenomenBesluit | None) -> str:
        """Until when the case is kept: months after the day that closed it, of a shorter month the last day."""
        besluit = self.data.tafel.get_besluit(genomen.besluit) if genomen else None
        if genomen is None or besluit is None or self.data.tafel.is_open(besluit.naar_fase):
            return ""
        if not self._is_released(Feit.BEWAREN, soort, ontvanger):
            return ""
        maanden = self.werkmap.bewaartermijn
        if maanden is None:
            return _GEEN_BEWAARTERMIJN
        return self._get_vorm(soort).tell(genomen.datum + relativedelta(months=maanden))


def _name_besluit(genomen: GenomenBesluit | None, verteld: bool) -> tuple[str, ...]:
    """A decision of another meeting is another letter, not a next version."""
    return (genomen.overleg, genomen.datum.isoformat()) if genomen and verteld else ()
