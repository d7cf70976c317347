"""The wall: from dossiers, a recipient and a kind of document to a Deelbeeld that holds nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schemas.datum import format_dag, format_datum
from schemas.deelbeeld import (
    Besluitblok,
    Contact,
    Deelbeeld,
    Grondregel,
    Kop,
    Ontbrekend,
    Ontmoeting,
    Ontvanger,
)
from schemas.deling import Feit
from schemas.documentsoort import Documentsoort, Per
from schemas.dossier import Dossier, GenomenBesluit
from schemas.overleg import Agendapunt, Overleg
from schemas.tafel import Rolsoort
from schemas.tafeldata import Tafeldata
from schemas.toetsing import Toetsing
from schemas.werkmap import Werkmap

from .casus import Casuszicht
from .recipients import (
    concerns,
    find_lost_names,
    find_unsigned,
    find_without_bestuur,
    list_known,
    list_ontvangers,
    make_aanmelder,
)

__all__ = ["Deling", "find_lost_names", "find_unsigned", "find_without_bestuur"]

_ROL_VAN_AANMELDER = "de aanmelder"


@dataclass(frozen=True)
class Deling:
    """Makes Deelbeelden for one table on one day. `dossiers` holds each dossier with its toetsing, by code."""

    data: Tafeldata
    werkmap: Werkmap
    vandaag: dt.date
    dossiers: Mapping[str, tuple[Dossier, Toetsing]]

    def share_dossier(self, soort: Documentsoort, code: str) -> Deelbeeld:
        """A letter to the aanmelder about one case."""
        dossier, toetsing = self.dossiers[code]
        ontvanger = make_aanmelder(dossier, self.data.tafel, self.werkmap)
        besluit = self._build_besluit(soort, ontvanger, dossier)
        ontbrekend = self._build_ontbrekend(soort, ontvanger, toetsing)
        return Deelbeeld(
            documentsoort=soort.id,
            sjabloon=soort.sjabloon,
            sleutel="/".join((soort.id, code, *_name_besluit(besluit, dossier))),
            bestandsnaam=f"{soort.titel} {code}",
            ontvanger=ontvanger,
            kop=self._build_kop(soort, ontvanger, f"{soort.afkorting}-{code}", code, (_ROL_VAN_AANMELDER,)),
            besluit=besluit,
            ontbrekend=ontbrekend,
            verantwoording=tuple(
                Grondregel(casuscode=code, veld=feit.value, grond=self.data.deling.get_grond(feit, soort.id))
                for feit, aanwezig in ((Feit.BESLUIT, besluit), (Feit.ONTBREKEND, ontbrekend))
                if aanwezig
            ),
        )

    def share_overleg(self, overleg: Overleg) -> tuple[Deelbeeld, ...]:
        """All copies of all documents of a meeting's preparation, for everybody who has a case on the agenda."""
        soorten = [d for d in self.data.documenten if d.overleg == overleg.soort]
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

    def _concerns(self, soort: Documentsoort, ontvanger: Ontvanger, code: str) -> bool:
        """Where the cliënt lives decides only for a document to which the table released that."""
        if self._goes_by_town(ontvanger) and not self.data.deling.is_released(
            Feit.ROUTERING, soort.id, ontvanger.rollen
        ):
            return False
        return concerns(ontvanger, self.dossiers[code][0], self.data.tafel, self.werkmap)

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
        nummer = "-".join(filter(None, (soort.afkorting, dag.replace("-", ""), _strip(ontvanger.id), code)))
        return Deelbeeld(
            documentsoort=soort.id,
            sjabloon=soort.sjabloon,
            sleutel="/".join(filter(None, (soort.id, overleg.soort, dag, ontvanger.id, code))),
            bestandsnaam=" ".join(filter(None, (soort.titel, dag, code))),
            ontvanger=ontvanger,
            kop=self._build_kop(soort, ontvanger, nummer, code, self._build_verdeellijst(soort, overleg, punten)),
            ontmoeting=_build_ontmoeting(overleg, len(punten)),
            casussen=blokken,
            opzoeken=self._list_opzoeken(ontvanger),
            verantwoording=tuple(
                grond for zicht, blok in zip(zichten, blokken, strict=True) for grond in zicht.account(blok)
            ),
        )

    def _build_kop(
        self, soort: Documentsoort, ontvanger: Ontvanger, nummer: str, code: str, verdeellijst: tuple[str, ...]
    ) -> Kop:
        tafel = self.data.tafel
        grondslag = self.werkmap.grondslag or tafel.grondslag
        contact = Contact.model_validate(self.werkmap.contact.model_dump())
        return Kop(
            tafel=tafel.naam,
            titel=soort.titel,
            afzender=self.werkmap.afzender,
            documentnummer=nummer,
            datum=format_datum(self.vandaag),
            exemplaar_voor=ontvanger.naam,
            casuscode=code,
            versie=1,
            vervangt=0,
            wijzigingen=(),
            doel=tafel.doel,
            grondslag=grondslag,
            markering=tafel.get_markering(grondslag),
            verdeellijst=verdeellijst,
            contact=contact,
            inleiding=soort.inleiding,
            slot=soort.slot,
            taal=tafel.taal,
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

    def _goes_by_town(self, ontvanger: Ontvanger) -> bool:
        return any(rol.volgens_woonplaats for rol in self.data.tafel.rollen if rol.id in ontvanger.rollen)

    def _get_listed_name(self, ontvanger: Ontvanger) -> str:
        if self._goes_by_town(ontvanger):
            labels = [rol.label for rol in self.data.tafel.rollen if rol.id in ontvanger.rollen]
            return f"{labels[0]} van de woonplaats, als dat deelneemt"
        return _ROL_VAN_AANMELDER if ontvanger.id.startswith("aanmelder ") else ontvanger.naam

    def _list_opzoeken(self, ontvanger: Ontvanger) -> tuple[str, ...]:
        """What partners look up in their own organisation; the aanmelder comes to explain instead (S0:18)."""
        aanmelders = frozenset(self.data.tafel.get_rollen_of_soort(Rolsoort.AANMELDER))
        return () if aanmelders & ontvanger.rollen else self.data.tafel.opzoeken

    def _build_besluit(self, soort: Documentsoort, ontvanger: Ontvanger, dossier: Dossier) -> Besluitblok | None:
        if not dossier.besluiten or not self.data.deling.is_released(Feit.BESLUIT, soort.id, ontvanger.rollen):
            return None
        genomen = dossier.besluiten[-1]
        besluit = self.data.tafel.get_besluit(genomen.besluit)
        if besluit is None:
            return None
        return Besluitblok(
            label=besluit.label,
            alineas=besluit.brieftekst,
            advies=genomen.advies,
            reden=genomen.reden,
            partner=self._name_partners(genomen),
        )

    def _name_partners(self, genomen: GenomenBesluit) -> str:
        namen = []
        for naam in genomen.partners:
            partner, rol = self.werkmap.get_partner(naam), self.data.tafel.get_rol(naam)
            namen.append(partner.naam if partner else rol.label if rol else naam)
        return ", ".join(namen)

    def _build_ontbrekend(
        self, soort: Documentsoort, ontvanger: Ontvanger, toetsing: Toetsing
    ) -> tuple[Ontbrekend, ...]:
        if not self.data.deling.is_released(Feit.ONTBREKEND, soort.id, ontvanger.rollen):
            return ()
        return tuple(Ontbrekend(rubriek=v.rubriek, label=v.label, reden=v.reden) for v in toetsing.ontbrekend)


def _build_ontmoeting(overleg: Overleg, aantal: int) -> Ontmoeting:
    return Ontmoeting(
        naam=overleg.naam,
        datum=format_dag(overleg.datum),
        uur=overleg.uur,
        plaats=overleg.plaats,
        let_op=overleg.let_op,
        aantal=aantal,
        aantal_tekst="1 casus" if aantal == 1 else f"{aantal} casussen",
    )


def _name_besluit(besluit: Besluitblok | None, dossier: Dossier) -> tuple[str, ...]:
    """A decision of another meeting is another letter, not a next version."""
    return (dossier.besluiten[-1].overleg, dossier.besluiten[-1].datum.isoformat()) if besluit else ()


def _strip(ontvanger_id: str) -> str:
    """The recipient's id as part of a document number; the code of an aanmelder's case follows by itself."""
    return ontvanger_id.split(" ")[0]
