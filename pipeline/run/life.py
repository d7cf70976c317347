"""The life of one dossier, line by line: what came in, what was decided, what went out and on what ground."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.register import Register
from pipeline.run.beelddelen import is_about
from pipeline.run.zicht import (
    Besluitregel,
    Faseregel,
    Formulierregel,
    Grondblok,
    Inbrengregel,
    Meldingregel,
    Planregel,
    Taakregel,
    Verstrektregel,
)
from pipeline.settings import Settings
from schemas.deling import Feit
from schemas.dossier import Afspraakstatus, Dossier
from schemas.verstrekking import Verstrekking

#: Derived facts as the coordinator calls them.
FEITEN = MappingProxyType(
    {
        Feit.ONTBREKEND: "ontbrekende antwoorden",
        Feit.CRITERIA: "uitkomst van de criteria",
        Feit.WEEGVRAGEN: "weegvragen",
        Feit.INSTEMMING: "informeren en instemming van de cliënt",
        Feit.FASE: "fase van het dossier",
        Feit.ANONIEM: "anoniem of op naam",
        Feit.IDENTITEIT: "naam en geboortedatum om op te zoeken",
        Feit.BESLUIT: "besluit en toelichting",
        Feit.VERSLAG: "beknopt verslag",
        Feit.AFSPRAKEN: "afspraken",
        Feit.PASSAGES: "vrijgegeven passages",
        Feit.PLAN: "plan van aanpak: stand en data",
        Feit.MELDING: "melding",
        Feit.BEWAREN: "bewaartermijn",
        Feit.CIJFERS: "afgeronde aantallen over alle casussen samen",
        Feit.ROUTERING: "welke partner bij de woonplaats hoort",
    }
)
STATUSSEN = MappingProxyType(
    {
        Afspraakstatus.OPEN: "open",
        Afspraakstatus.GEDAAN: "gedaan",
        Afspraakstatus.NIET_UITGEVOERD: "niet uitgevoerd",
        Afspraakstatus.NIET_MOGELIJK: "niet mogelijk, omstandigheden gewijzigd",
        Afspraakstatus.VERVALLEN: "vervallen",
    }
)


def list_verstrekt(settings: Settings, verstrekkingen: Iterable[Verstrekking]) -> tuple[Verstrektregel, ...]:
    """The copies, oldest first."""
    regels = [build_verstrekt(settings, verstrekking) for verstrekking in verstrekkingen]
    return tuple(sorted(regels, key=lambda r: (r.op, r.map, r.documentnummer, r.versie)))


def build_verstrekt(settings: Settings, verstrekking: Verstrekking) -> Verstrektregel:
    """One copy, without its contents."""
    return Verstrektregel(
        op=verstrekking.klaargezet_op,
        document=verstrekking.beeld.kop.titel,
        versie=verstrekking.versie,
        documentnummer=verstrekking.documentnummer,
        ontvanger=describe_naam(settings, verstrekking.ontvanger),
        map=f"uit/{verstrekking.map}",
    )


def describe_naam(settings: Settings, naam: str) -> str:
    """A partner, a role, or the aanmelder or cliënt of a case, as the coordinator calls them."""
    soort = naam.split(" ")[0]
    if soort != naam:  # "aanmelder BCDFG2"
        rol = settings.data.tafel.get_rol(soort)
        persoon = settings.data.tafel.get_rol(soort.rpartition("_")[0])  # "jongere_KPT BCDFG2"
        return rol.label if rol else persoon.label if persoon else soort
    partner, rol = settings.werkmap.get_partner(naam), settings.data.tafel.get_rol(naam)
    return partner.naam if partner else rol.label if rol else naam


@dataclass(frozen=True)
class Levensloop:
    """One dossier and what the register holds of it."""

    settings: Settings
    register: Register
    dossier: Dossier

    def list_verloop(self) -> tuple[Faseregel, ...]:
        """Its phases in the order in which they came."""
        return tuple(Faseregel(op=w.op, fase=self._get_fase(w.fase), door=w.door) for w in self.dossier.verloop)

    def list_formulieren(self) -> tuple[Formulierregel, ...]:
        """Every form about it, oldest first."""
        return tuple(sorted(self._iterate_formulieren(), key=lambda regel: regel.op))

    def list_besluiten(self) -> tuple[Besluitregel, ...]:
        """Every decision, oldest first."""
        tafel = self.settings.data.tafel
        regels = []
        for genomen in sorted(self.dossier.besluiten, key=lambda genomen: genomen.datum):
            besluit = tafel.get_besluit(genomen.besluit)
            regels.append(
                Besluitregel(
                    datum=genomen.datum,
                    overleg=self._get_overleg(genomen.overleg),
                    besluit=besluit.label if besluit else genomen.besluit,
                    partners=self._name_all(genomen.partners),
                    ad_hoc=self._name_all(genomen.ad_hoc),
                    aanwezig=self._name_all(genomen.aanwezig),
                )
            )
        return tuple(regels)

    def list_afspraken(self) -> tuple[Taakregel, ...]:
        """Every to-do: the open ones first, each group by date."""
        geordend = sorted(self.dossier.afspraken, key=lambda a: (not a.is_open, a.datum, a.tegen or a.datum))
        return tuple(
            Taakregel(
                nummer=afspraak.nummer,
                wat=afspraak.wat,
                wie=self._name_all(afspraak.wie),
                tegen=afspraak.tegen,
                status=STATUSSEN[afspraak.status],
                status_op=afspraak.status_op,
                overleg=self._get_overleg(afspraak.overleg),
                datum=afspraak.datum,
            )
            for afspraak in geordend
        )

    def list_plannen(self) -> tuple[Planregel, ...]:
        """Every version of its plan."""
        return tuple(
            Planregel(
                versie=plan.versie,
                stand=plan.stand.value,
                opgesteld_op=plan.opgesteld_op,
                bijgewerkt_op=plan.bijgewerkt_op,
                goedgekeurd_op=plan.goedgekeurd_op,
                rijen=len(plan.acties),
            )
            for plan in self.dossier.plannen
        )

    def list_inbreng(self) -> tuple[Inbrengregel, ...]:
        """What others brought, oldest first."""
        return tuple(
            Inbrengregel(
                op=inbreng.op,
                van=describe_naam(self.settings, inbreng.van),
                rijen=sum(len(rubriek.rijen) for rubriek in inbreng.rubrieken),
            )
            for inbreng in sorted(self.dossier.inbreng, key=lambda inbreng: inbreng.op)
        )

    def list_meldingen(self) -> tuple[Meldingregel, ...]:
        """What happened between two meetings, oldest first."""
        return tuple(
            Meldingregel(
                datum=melding.datum,
                soort=self._get_melding(melding.soort),
                wie=self._name_all(melding.wie),
                naar=self._name_all(melding.naar),
                uur=melding.uur,
                plaats=melding.plaats,
                mededelingen=len(melding.mededelingen),
            )
            for melding in sorted(self.dossier.meldingen, key=lambda melding: melding.datum)
        )

    def list_documenten(self) -> tuple[Verstrektregel, ...]:
        """Every copy about it that was made ready, oldest first."""
        return list_verstrekt(self.settings, self._iterate_verstrekkingen())

    def list_verantwoording(self) -> tuple[Grondblok, ...]:
        """What left about it, by name of the field, on which ground; what went out in the same copies together."""
        waar: dict[tuple[str, str], list[Verstrektregel]] = {}
        for verstrekking in self._iterate_verstrekkingen():
            exemplaar = build_verstrekt(self.settings, verstrekking)
            for regel in verstrekking.beeld.verantwoording:
                if regel.casuscode == self.dossier.code:
                    waar.setdefault((regel.grond, regel.veld), []).append(exemplaar)
        samen: dict[tuple[str, tuple[Verstrektregel, ...]], list[str]] = {}
        for (grond, veld), exemplaren in waar.items():
            samen.setdefault((grond, tuple(exemplaren)), []).append(veld)
        return tuple(
            Grondblok(velden=tuple(velden), labels=tuple(map(self._get_label, velden)), grond=grond, aan=aan)
            for (grond, aan), velden in samen.items()
        )

    def _iterate_verstrekkingen(self) -> Iterator[Verstrekking]:
        return (v for v in self.register.list_verstrekkingen() if is_about(v.beeld, self.dossier.code))

    def _iterate_formulieren(self) -> Iterator[Formulierregel]:
        dossier = self.dossier
        for ontvangst in dossier.ontvangsten:
            yield Formulierregel(op=ontvangst.ontvangen_op, soort=ontvangst.soort.value, bestand=ontvangst.bestand)
        for genomen in dossier.besluiten:
            overleg = self._get_overleg(genomen.overleg)
            yield Formulierregel(op=genomen.datum, soort=f"besluit van: {overleg}", nummer=genomen.formuliernummer)
        for inbreng in dossier.inbreng:
            van = describe_naam(self.settings, inbreng.van)
            yield Formulierregel(op=inbreng.op, soort=f"inbreng van: {van}", nummer=inbreng.formuliernummer)
        for plan in dossier.plannen:
            regel = self.register.get_inzending(plan.sha256)
            soort = f"plan van aanpak, versie {plan.versie}"
            op = regel.ontvangen_op if regel else plan.bijgewerkt_op
            yield Formulierregel(op=op, soort=soort, bestand=regel.bestand if regel else "")
        for melding in dossier.meldingen:
            soort = f"melding: {self._get_melding(melding.soort)}"
            yield Formulierregel(op=melding.ontvangen_op, soort=soort, nummer=melding.formuliernummer)

    def _get_fase(self, fase_id: str) -> str:
        fase = self.settings.data.tafel.get_fase(fase_id)
        return fase.label if fase else fase_id

    def _get_overleg(self, overleg_id: str) -> str:
        overleg = self.settings.data.tafel.get_overleg(overleg_id)
        return overleg.naam if overleg else overleg_id

    def _get_melding(self, melding_id: str) -> str:
        soort = self.settings.data.tafel.get_melding(melding_id)
        return soort.label if soort else melding_id

    def _get_label(self, veld: str) -> str:
        for formulier in self.settings.data.formulieren:
            vraag, rubriek = formulier.get_vraag(veld), formulier.get_rubriek(veld.split(".")[0])
            if vraag is not None and rubriek is not None:
                return f"{rubriek.titel}: {vraag.label}"
        return next((naam for feit, naam in FEITEN.items() if feit.value == veld), veld)

    def _name_all(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(describe_naam(self.settings, naam) for naam in ids)
