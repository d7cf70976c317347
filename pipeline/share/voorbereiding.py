"""The package that prepares a meeting: for everybody who has a case on its agenda."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from schemas.deelbeeld import Afspraakregel, Casusblok, Deelbeeld, Grondregel, Ontmoeting, Ontvanger
from schemas.deling import Feit
from schemas.documentsoort import Documentsoort, Moment, Per
from schemas.dossier import Afspraakstatus
from schemas.overleg import Agendapunt, Overleg
from schemas.tafel import Rolsoort

from .anoniem import make_zicht
from .basis import Naam, Taak, build_ontmoeting, sort_taken
from .personen import list_betrokkenen
from .plannen import Plannen
from .recipients import list_ontvangers, list_unsigned, make_aanmelder

#: How an agenda says where a to-do stands. What is done or lapsed is on no agenda.
_STANDEN = MappingProxyType(
    {
        Afspraakstatus.OPEN: "open",
        Afspraakstatus.NIET_UITGEVOERD: "niet uitgevoerd",
        Afspraakstatus.NIET_MOGELIJK: "niet mogelijk, omstandigheden gewijzigd",
    }
)

Kring = list[tuple[Ontvanger, list[Agendapunt]]]  #: each recipient of a document, with points of the agenda


@dataclass(frozen=True)
class Gasten:
    """The names of a distribution list in their order: those that stand on it for any case, and those for one."""

    altijd: Mapping[int, str]
    per_casus: Mapping[str, Mapping[int, str]]
    rollen: tuple[str, ...]  #: people of a case, who are listed by their role

    def list_names(self, codes: Iterable[str]) -> tuple[str, ...]:
        """For these cases, each name once."""
        plaatsen = dict(self.altijd)
        for code in codes:
            plaatsen.update(self.per_casus.get(code, {}))
        return tuple(dict.fromkeys((*(plaatsen[plaats] for plaats in sorted(plaatsen)), *self.rollen)))


class Voorbereiding(Plannen):
    """Makes the copies of a meeting's preparation."""

    def share_overleg(self, overleg: Overleg) -> tuple[Deelbeeld, ...]:
        """All copies of all documents of a meeting's preparation, for everybody who has a case on the agenda."""
        soorten = self.data.get_documenten(Moment.VOORBEREIDING, overleg.soort)
        verklaringen = self.data.get_documenten(Moment.TOETREDING, overleg.soort)
        return (
            *(beeld for soort in soorten for beeld in self._share_soort(soort, overleg)),
            *(beeld for soort in verklaringen for beeld in self._share_toetreding(soort, overleg)),
        )

    def _share_toetreding(self, soort: Documentsoort, overleg: Overleg) -> list[Deelbeeld]:
        """For who is invited and did not sign: a paper about joining, which has no word of a case in it."""
        codes = [punt.casuscode for punt in overleg.punten]
        lezers = list_unsigned(soort.rollen, self.data.tafel, self.werkmap, self.vandaag)
        return [
            self._begin(soort, ontvanger, Naam((soort.id, ontvanger.id), (ontvanger.id,), ()), ())
            for ontvanger in lezers
            if any(self._concerns(soort, ontvanger, code) for code in codes)
        ]

    def _share_soort(self, soort: Documentsoort, overleg: Overleg) -> list[Deelbeeld]:
        beelden = []
        kring = self._list_deelnemers(soort, overleg)
        gasten = self._list_gasten(soort, kring)
        for ontvanger, punten in self._list_copies(soort, kring):
            per_casus = [[punt] for punt in punten] if soort.per is Per.CASUS else [punten]
            beelden += [self._share_punten(soort, overleg, gasten, ontvanger, deel) for deel in per_casus if deel]
        return beelden

    def _list_copies(self, soort: Documentsoort, deelnemers: Kring) -> Kring:
        """Each recipient with the points of the agenda of which he may hear."""
        return [
            (ontvanger, [punt for punt in punten if self._may_reach(soort, ontvanger, punt.casuscode)])
            for ontvanger, punten in deelnemers
        ]

    def _list_deelnemers(self, soort: Documentsoort, overleg: Overleg) -> Kring:
        """Each with the points of the agenda that are his business, as the others may know it."""
        tafel = self.data.tafel
        punten = [p for p in overleg.punten if not soort.fasen or self.dossiers[p.casuscode][0].fase in soort.fasen]
        partners = list_ontvangers(soort.rollen, tafel, self.werkmap, self.vandaag)
        aanmelders = [
            (aanmelder, [punt])
            for punt in punten
            for aanmelder in [make_aanmelder(self.dossiers[punt.casuscode][0], tafel, self.werkmap)]
            if aanmelder.rollen & set(soort.rollen)
        ]
        betrokkenen = [
            (betrokkene, [punt])
            for punt in punten
            for betrokkene in list_betrokkenen(soort.rollen, self.dossiers[punt.casuscode][0], tafel, overleg.datum)
        ]
        eigen = [(o, [p for p in punten if self._takes_part(soort, o, p.casuscode)]) for o in partners]
        return [*eigen, *aanmelders, *betrokkenen]

    def _share_punten(
        self, soort: Documentsoort, overleg: Overleg, gasten: Gasten, ontvanger: Ontvanger, punten: Sequence[Agendapunt]
    ) -> Deelbeeld:
        zichten = [
            make_zicht(self.data, soort, self._make_lezer(soort, ontvanger, code), *self.dossiers[code])
            for code in (punt.casuscode for punt in punten)
        ]
        kaal = [zicht.build(nr, punt.soort) for nr, (zicht, punt) in enumerate(zip(zichten, punten, strict=True), 1)]
        blokken = tuple(
            self._add_deelnemers(soort, overleg, punt, self._add_rolverdeling(soort, ontvanger, blok))
            for punt, blok in zip(punten, kaal, strict=True)
        )
        taken = self._list_openstaand(soort, overleg, ontvanger, punten)
        beeld = self._start_beeld(soort, overleg, gasten, ontvanger, punten).model_copy(
            update={
                "casussen": blokken,
                "afspraken": tuple(self._build_openstaand(soort, taak) for taak in taken),
                "stellingen": soort.stellingen,
                "verantwoording": (
                    *(grond for zicht, blok in zip(zichten, blokken, strict=True) for grond in zicht.account(blok)),
                    *(grond for blok in blokken if blok.rolverdeling for grond in self._account_rollen(soort, blok)),
                    *self._account_taken(soort, taken),
                ),
            }
        )
        return self._add_plan(soort, ontvanger, blokken[0].code, beeld) if soort.per is Per.CASUS else beeld

    def _add_rolverdeling(self, soort: Documentsoort, ontvanger: Ontvanger, blok: Casusblok) -> Casusblok:
        rollen = self._build_rolverdeling(soort, ontvanger, self.dossiers[blok.code][0])
        return blok.model_copy(update={"rolverdeling": rollen}) if rollen else blok

    def _add_deelnemers(self, soort: Documentsoort, overleg: Overleg, punt: Agendapunt, blok: Casusblok) -> Casusblok:
        """Who may be there, in the words of a distribution list: those tell nothing that nobody may know."""
        if not soort.deelnemers:
            return blok
        alleen = overleg.model_copy(update={"punten": (punt,)})
        kring = self._list_deelnemers(soort.model_copy(update={"rollen": soort.deelnemers}), alleen)
        return blok.model_copy(update={"deelnemers": self._list_gasten(soort, kring).list_names([punt.casuscode])})

    def _account_rollen(self, soort: Documentsoort, blok: Casusblok) -> tuple[Grondregel, ...]:
        return self._account(soort, blok.code, [Feit.ROLVERDELING])

    def _start_beeld(
        self, soort: Documentsoort, overleg: Overleg, gasten: Gasten, ontvanger: Ontvanger, punten: Sequence[Agendapunt]
    ) -> Deelbeeld:
        """A copy without its cases."""
        code = punten[0].casuscode if soort.per is Per.CASUS else ""
        dag = overleg.datum.isoformat()
        eigen = (code,) if code else ()
        naam = Naam(
            (soort.id, overleg.soort, dag, ontvanger.id, *eigen),
            (dag.replace("-", ""), self._get_kenmerk(ontvanger), *eigen),
            (dag, *eigen),
        )
        lezers = gasten.list_names(punt.casuscode for punt in punten)
        beeld = self._begin(soort, ontvanger, naam, lezers, code)
        ontmoeting = self._build_ontmoeting(soort, overleg, ontvanger, punten)
        return beeld.model_copy(update={"ontmoeting": ontmoeting, "opzoeken": self._list_opzoeken(ontvanger)})

    def _build_ontmoeting(
        self, soort: Documentsoort, overleg: Overleg, ontvanger: Ontvanger, punten: Sequence[Agendapunt]
    ) -> Ontmoeting:
        """The meeting; of a document about one case at the hour and place that a melding noted for it.

        Not of an anonymous one: the place may be somebody's home.
        """
        eigen = punten[0]
        vrij = self._is_released(Feit.MELDING, soort, ontvanger) and not soort.anoniem
        if soort.per is not Per.CASUS or not vrij:
            return build_ontmoeting(overleg, len(punten))
        afspraak = {"uur": eigen.uur or overleg.uur, "plaats": eigen.plaats or overleg.plaats}
        return build_ontmoeting(overleg.model_copy(update=afspraak), len(punten))

    def _add_plan(self, soort: Documentsoort, ontvanger: Ontvanger, code: str, beeld: Deelbeeld) -> Deelbeeld:
        """The plan of the one case that this copy is about, as far as the document may hold it."""
        plan = self._build_plan(soort, ontvanger, self.dossiers[code][0])
        gronden = (*beeld.verantwoording, *self._account_plan(soort, ontvanger, code, plan))
        return beeld.model_copy(update={"plan": plan, "verantwoording": gronden})

    def _list_openstaand(
        self, soort: Documentsoort, overleg: Overleg, ontvanger: Ontvanger, punten: Sequence[Agendapunt]
    ) -> list[Taak]:
        """To-do's that earlier dates of this overleg gave to this recipient and that still ask for attention.

        Also of cases that are closed or not on this agenda. The coordinator, who follows them up, sees all.
        """
        if not self._is_released(Feit.AFSPRAKEN, soort, ontvanger):
            return []
        codes = [punt.casuscode for punt in punten] if soort.per is Per.CASUS else list(self.dossiers)
        alles = self._is_coordinator(ontvanger)
        return sort_taken(
            (code, afspraak)
            for code in codes
            for afspraak in self.dossiers[code][0].afspraken
            if afspraak.is_open and afspraak.overleg == overleg.soort and afspraak.datum < overleg.datum
            if alles or self._is_named(soort, ontvanger, afspraak.wie, code)
        )

    def _build_openstaand(self, soort: Documentsoort, taak: Taak) -> Afspraakregel:
        return self._build_afspraak(soort, *taak).model_copy(update={"stand": _STANDEN[taak[1].status]})

    def _account_taken(self, soort: Documentsoort, taken: Sequence[Taak]) -> tuple[Grondregel, ...]:
        codes = dict.fromkeys(code for code, _ in taken)
        return tuple(grond for code in codes for grond in self._account(soort, code, [Feit.AFSPRAKEN]))

    def _list_gasten(self, soort: Documentsoort, kring: Kring) -> Gasten:
        """Who else gets this document about which case; also whom an afscherming keeps out, which must not show.

        A lokaal bestuur is listed whether it takes part or not: its presence would tell where the cliënt lives. So are
        the people of the case, by their roles: of a mother one does not read here that the father is invited.
        """
        personen = [rol for rol in self.data.tafel.rollen if rol.id in soort.rollen and rol.staat_voor]
        persoonlijk = {rol.id for rol in personen}
        altijd: dict[int, str] = {}
        per_casus: dict[str, dict[int, str]] = {}
        for plaats, (ontvanger, eigen) in enumerate(kring):
            if ontvanger.rollen & persoonlijk:
                continue
            naam = self._get_listed_name(ontvanger)
            if self._goes_by_town(ontvanger):
                altijd[plaats] = naam
                continue
            for punt in eigen:
                per_casus.setdefault(punt.casuscode, {})[plaats] = naam
        return Gasten(altijd, per_casus, tuple(f"{rol.label} (als die uitgenodigd is)" for rol in personen))

    def _list_opzoeken(self, ontvanger: Ontvanger) -> tuple[str, ...]:
        """What partners look up in their own organisation; the aanmelder comes to explain instead (S0:18)."""
        geen = frozenset(self.data.tafel.get_rollen_of_soort(Rolsoort.AANMELDER, Rolsoort.BETROKKENE))
        return () if geen & ontvanger.rollen else self.data.tafel.opzoeken
