"""The package that prepares a meeting: for everybody who has a case on its agenda."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.deelbeeld import Deelbeeld, Ontvanger
from schemas.documentsoort import Documentsoort, Moment, Per
from schemas.overleg import Agendapunt, Overleg
from schemas.tafel import Rolsoort

from .basis import Basis, build_ontmoeting, get_stam
from .casus import Casuszicht
from .recipients import list_known, list_ontvangers, make_aanmelder


class Voorbereiding(Basis):
    """Makes the copies of a meeting's preparation."""

    def share_overleg(self, overleg: Overleg) -> tuple[Deelbeeld, ...]:
        """All copies of all documents of a meeting's preparation, for everybody who has a case on the agenda."""
        soorten = self.data.get_documenten(Moment.VOORBEREIDING, overleg.soort)
        return tuple(beeld for soort in soorten for beeld in self._share_soort(soort, overleg))

    def _share_soort(self, soort: Documentsoort, overleg: Overleg) -> list[Deelbeeld]:
        beelden = []
        for ontvanger, punten in self._list_copies(soort, overleg):
            per_casus = [[punt] for punt in punten] if soort.per is Per.CASUS else [punten]
            beelden += [self._share_punten(soort, overleg, ontvanger, deel) for deel in per_casus if deel]
        return beelden

    def _list_copies(self, soort: Documentsoort, overleg: Overleg) -> list[tuple[Ontvanger, list[Agendapunt]]]:
        """Each recipient with the points of the agenda that are his business."""
        tafel = self.data.tafel
        partners = list_ontvangers(soort.rollen, tafel, self.werkmap, self.vandaag)
        aanmelders = [
            (make_aanmelder(self.dossiers[punt.casuscode][0], tafel, self.werkmap), [punt])
            for punt in overleg.punten
            if set(soort.rollen) & make_aanmelder(self.dossiers[punt.casuscode][0], tafel, self.werkmap).rollen
        ]
        return [
            (o, [p for p in overleg.punten if self._concerns(soort, o, p.casuscode)]) for o in partners
        ] + aanmelders

    def _share_punten(
        self, soort: Documentsoort, overleg: Overleg, ontvanger: Ontvanger, punten: Sequence[Agendapunt]
    ) -> Deelbeeld:
        bekend = list_known(self.data.tafel, self.werkmap)
        zichten = [
            Casuszicht(self.data, soort.id, ontvanger, *self.dossiers[punt.casuscode], bekend) for punt in punten
        ]
        blokken = tuple(
            zicht.build(nummer, punt.soort) for nummer, (zicht, punt) in enumerate(zip(zichten, punten, strict=True), 1)
        )
        code = punten[0].casuscode if soort.per is Per.CASUS else ""
        dag = overleg.datum.isoformat()
        nummer = "-".join(filter(None, (soort.afkorting, dag.replace("-", ""), get_stam(ontvanger), code)))
        return Deelbeeld(
            documentsoort=soort.id,
            sjabloon=soort.sjabloon,
            sleutel="/".join(filter(None, (soort.id, overleg.soort, dag, ontvanger.id, code))),
            bestandsnaam=" ".join(filter(None, (soort.titel, dag, code))),
            ontvanger=ontvanger,
            kop=self._build_kop(soort, ontvanger, nummer, code, self._build_verdeellijst(soort, overleg, punten)),
            ontmoeting=build_ontmoeting(overleg, len(punten)),
            casussen=blokken,
            opzoeken=self._list_opzoeken(ontvanger),
            verantwoording=tuple(
                grond for zicht, blok in zip(zichten, blokken, strict=True) for grond in zicht.account(blok)
            ),
        )

    def _build_verdeellijst(
        self, soort: Documentsoort, overleg: Overleg, punten: Sequence[Agendapunt]
    ) -> tuple[str, ...]:
        """Who else gets this document about these cases.

        A lokaal bestuur is listed whether it takes part or not: its presence would tell where the cliënt lives.
        """
        codes = {punt.casuscode for punt in punten}
        namen = [
            self._get_listed_name(ontvanger)
            for ontvanger, eigen in self._list_copies(soort, overleg)
            if self._goes_by_town(ontvanger) or codes & {punt.casuscode for punt in eigen}
        ]
        return tuple(dict.fromkeys(namen))

    def _list_opzoeken(self, ontvanger: Ontvanger) -> tuple[str, ...]:
        """What partners look up in their own organisation; the aanmelder comes to explain instead (S0:18)."""
        aanmelders = frozenset(self.data.tafel.get_rollen_of_soort(Rolsoort.AANMELDER))
        return () if aanmelders & ontvanger.rollen else self.data.tafel.opzoeken
