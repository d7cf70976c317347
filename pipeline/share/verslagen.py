"""What follows a meeting: the beknopt verslag of the cases at which a partner sat, and each partner's own to-do's.

Of the information that was shared at the table nothing leaves by this road, nor of pistes and notes (S0:36-38).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from schemas.deelbeeld import Afspraakregel, Deelbeeld, Grondregel, Ontvanger, Verslagblok
from schemas.deling import Feit
from schemas.documentsoort import Documentsoort, Moment
from schemas.dossier import Afspraak, Dossier, GenomenBesluit
from schemas.overleg import Agendapunt, Overleg

from .basis import Basis, Naam, Taak, build_ontmoeting, get_stam, sort_taken
from .recipients import list_ontvangers

Zitting = tuple[Agendapunt, GenomenBesluit]  #: a case with what was decided on it


class Verslagen(Basis):
    """Makes the copies that follow a meeting."""

    def share_verslag(self, overleg: Overleg) -> tuple[Deelbeeld, ...]:
        """All copies after this meeting, for everybody who sat at a case or has a to-do.

        A document to which the table released the verslag is one; a document with only to-do's is a takenlijst.
        """
        return tuple(
            beeld
            for soort in self.data.get_documenten(Moment.VERSLAG, overleg.soort)
            for ontvanger in list_ontvangers(soort.rollen, self.data.tafel, self.werkmap, self.vandaag)
            for beeld in self._share_na_overleg(soort, overleg, ontvanger)
        )

    def _share_na_overleg(self, soort: Documentsoort, overleg: Overleg, ontvanger: Ontvanger) -> tuple[Deelbeeld, ...]:
        if self._is_released(Feit.VERSLAG, soort, ontvanger):
            zittingen = [
                zitting
                for zitting in self._list_bijgewoond(soort, overleg, ontvanger)
                if self._may_reach(soort, ontvanger, zitting[0].casuscode)
            ]
            return (self._share_verslag(soort, overleg, ontvanger, zittingen),) if zittingen else ()
        taken = self._list_taken(soort, overleg, ontvanger)
        return (self._share_taken(soort, overleg, ontvanger, taken),) if taken else ()

    def _list_bijgewoond(self, soort: Documentsoort, overleg: Overleg, ontvanger: Ontvanger) -> list[Zitting]:
        """The cases at which this recipient sat; the coordinator led them all."""
        alles = self._is_coordinator(ontvanger)
        beslist = [
            (punt, genomen)
            for punt in overleg.punten
            if (genomen := self.dossiers[punt.casuscode][0].get_besluit(overleg.soort, overleg.datum)) is not None
        ]
        return [
            (punt, genomen)
            for punt, genomen in beslist
            if alles or self._is_mentioned(soort, ontvanger, genomen.aanwezig, punt.casuscode)
        ]

    def _share_verslag(
        self, soort: Documentsoort, overleg: Overleg, ontvanger: Ontvanger, zittingen: Sequence[Zitting]
    ) -> Deelbeeld:
        blokken = tuple(
            self._build_blok(soort, ontvanger, nummer, *zitting) for nummer, zitting in enumerate(zittingen, start=1)
        )
        verdeellijst = self._list_aanwezigen(soort, overleg, frozenset(blok.code for blok in blokken))
        beeld = self._build_beeld(soort, overleg, ontvanger, len(blokken), verdeellijst)
        gronden = tuple(grond for blok in blokken for grond in self._account_blok(soort, blok))
        return beeld.model_copy(update={"verslag": blokken, "verantwoording": gronden})

    def _build_blok(
        self, soort: Documentsoort, ontvanger: Ontvanger, nummer: int, punt: Agendapunt, genomen: GenomenBesluit
    ) -> Verslagblok:
        dossier, tafel = self.dossiers[punt.casuscode][0], (genomen.overleg, genomen.datum)
        besluit = self.data.tafel.get_besluit(genomen.besluit)
        afspraken = self._list_visible(soort, ontvanger, dossier, tafel)
        return self._get_vorm(soort).verslag(
            nummer=nummer,
            code=dossier.code,
            soort=self.data.tafel.tell_punt(punt.soort),
            besluit=besluit.label if besluit else "",
            partner=self._name_all(soort, genomen.partners),
            onveiligheid=genomen.onveiligheid,
            geinformeerd=genomen.geinformeerd,
            stemt_in=genomen.stemt_in,
            terugkoppeling=genomen.terugkoppeling,
            terugkoppeling_wie=self._name_all(soort, genomen.terugkoppeling_wie),
            terugkoppeling_hoe=genomen.terugkoppeling_hoe,
            afspraken=tuple(self._build_afspraak(soort, dossier.code, afspraak) for afspraak in afspraken),
            passages=self._list_passages(soort, ontvanger, dossier, *tafel),
            rolverdeling=self._build_rolverdeling(soort, ontvanger, dossier, genomen.datum),
        )

    def _list_visible(
        self, soort: Documentsoort, ontvanger: Ontvanger, dossier: Dossier, tafel: tuple[str, dt.date]
    ) -> tuple[Afspraak, ...]:
        """A partner sees its own to-do's; the coordinator, who follows them up, all."""
        if self._is_coordinator(ontvanger) and self._is_released(Feit.AFSPRAKEN, soort, ontvanger):
            return self._list_afspraken(dossier, *tafel)
        return self._list_own(soort, ontvanger, dossier, *tafel)

    def _account_blok(self, soort: Documentsoort, blok: Verslagblok) -> tuple[Grondregel, ...]:
        feiten = [Feit.VERSLAG]
        feiten += [Feit.AFSPRAKEN] if blok.afspraken else []
        feiten += [Feit.PASSAGES] if blok.passages else []
        feiten += [Feit.ROLVERDELING] if blok.rolverdeling else []
        return self._account(soort, blok.code, feiten)

    def _list_aanwezigen(self, soort: Documentsoort, overleg: Overleg, codes: frozenset[str]) -> tuple[str, ...]:
        """Who else sat at these cases; whether a lokaal bestuur did would tell where the cliënt lives."""
        namen = [
            self._get_listed_name(ontvanger)
            for ontvanger in list_ontvangers(soort.rollen, self.data.tafel, self.werkmap, self.vandaag)
            if self._goes_by_town(ontvanger)
            or codes & {punt.casuscode for punt, _ in self._list_bijgewoond(soort, overleg, ontvanger)}
        ]
        return tuple(dict.fromkeys(namen))

    def _list_taken(self, soort: Documentsoort, overleg: Overleg, ontvanger: Ontvanger) -> list[Taak]:
        """Its to-do's over all cases, by date; also of a case at which it did not sit."""
        taken = [
            (punt.casuscode, afspraak)
            for punt in overleg.punten
            for afspraak in self._list_own(
                soort, ontvanger, self.dossiers[punt.casuscode][0], overleg.soort, overleg.datum
            )
        ]
        return sort_taken(taken)

    def _share_taken(
        self, soort: Documentsoort, overleg: Overleg, ontvanger: Ontvanger, taken: Sequence[Taak]
    ) -> Deelbeeld:
        codes = dict.fromkeys(code for code, _ in taken)
        regels: tuple[Afspraakregel, ...] = tuple(
            self._build_afspraak(soort, code, afspraak) for code, afspraak in taken
        )
        gronden = tuple(grond for code in codes for grond in self._account(soort, code, [Feit.AFSPRAKEN]))
        beeld = self._build_beeld(soort, overleg, ontvanger, len(codes), (ontvanger.naam,))
        return beeld.model_copy(update={"afspraken": regels, "verantwoording": gronden})

    def _build_beeld(
        self, soort: Documentsoort, overleg: Overleg, ontvanger: Ontvanger, aantal: int, verdeellijst: tuple[str, ...]
    ) -> Deelbeeld:
        dag = overleg.datum.isoformat()
        naam = Naam((soort.id, overleg.soort, dag, ontvanger.id), (dag.replace("-", ""), get_stam(ontvanger)), (dag,))
        beeld = self._begin(soort, ontvanger, naam, verdeellijst)
        return beeld.model_copy(update={"ontmoeting": build_ontmoeting(overleg, aantal)})
