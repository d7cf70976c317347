"""One case as one recipient may see it in one document: the filter itself.

Everything is built from what is allowed; nothing is taken out of what is not. Numbers, order and headings are
made from what remains.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from schemas import kern
from schemas.aanmelding import Antwoord, IngevuldeRubriek, Rij
from schemas.deelbeeld import (
    Casusblok,
    Criteriumregel,
    Grondregel,
    Informatieregel,
    Instemmingsregel,
    Persoon,
    Rijblok,
    Rubriekblok,
    Veld,
)
from schemas.deling import Feit
from schemas.documentsoort import Documentsoort
from schemas.dossier import Dossier
from schemas.overleg import Puntsoort
from schemas.tafeldata import Tafeldata
from schemas.toetsing import Beslissend, CriteriumUitkomst, Toetsing

from .lezer import GROND_VLAG, Lezer

INFORMATIE = kern.INFO_TEKST.split(".")[0]
#: What makes a row of information worth a line: a source or a date that was flagged may stand without its text.
INHOUD = frozenset({kern.INFO_TEKST, kern.INFO_BRON, kern.INFO_DATUM})
BETROKKENEN = kern.NAAM.split(".")[0]
_TE_WEGEN = "te wegen"


@dataclass(frozen=True)
class Casusfilter:
    """One case, one recipient, one kind of document: what may be seen, whatever it is built into."""

    data: Tafeldata
    soort: Documentsoort
    lezer: Lezer
    dossier: Dossier
    toetsing: Toetsing

    def account(self, blok: Casusblok) -> tuple[Grondregel, ...]:
        """For the register: what this copy holds, by name, and on what ground."""
        vrijgegeven = {
            Feit.CRITERIA: bool(blok.criteria),
            Feit.WEEGVRAGEN: bool(blok.weegvragen),
            Feit.INSTEMMING: blok.instemming is not None,
            Feit.FASE: bool(blok.fase),
            Feit.ANONIEM: bool(blok.anoniem),
            Feit.IDENTITEIT: bool(blok.identiteit),
            Feit.ROUTERING: self._is_released(Feit.ROUTERING),
        }
        gronden = [
            Grondregel(casuscode=blok.code, veld=feit.value, grond=self.data.deling.get_grond(feit, self.soort.id))
            for feit, aanwezig in vrijgegeven.items()
            if aanwezig
        ]
        vragen = [a.vraag for rubriek in self._zichtbaar for a in _iterate_shown(rubriek)]
        gronden += [Grondregel(casuscode=blok.code, veld=v, grond=GROND_VLAG) for v in dict.fromkeys(vragen)]
        return tuple(gronden)

    def _is_released(self, feit: Feit) -> bool:
        return self.data.deling.is_released(feit, self.soort.id, self.lezer.ontvanger.rollen)

    @cached_property
    def _zichtbaar(self) -> tuple[IngevuldeRubriek, ...]:
        """All that this recipient may see in this document and nothing else, in the order of the form."""
        bron = _keep_inbreng(self.dossier) if self.soort.enkel_inbreng else self.dossier
        gefilterd = [self._filter_rubriek(rubriek) for rubriek in bron.list_rubrieken()]
        return tuple(rubriek for rubriek in gefilterd if rubriek.antwoorden or rubriek.rijen)

    def _filter_rubriek(self, rubriek: IngevuldeRubriek) -> IngevuldeRubriek:
        rijen = [(rij.id, self._filter(rij.antwoorden)) for rij in rubriek.rijen]
        return IngevuldeRubriek(
            id=rubriek.id,
            titel=rubriek.titel,
            antwoorden=self._filter(rubriek.antwoorden),
            rijen=tuple(Rij(id=naam, antwoorden=gezien) for naam, gezien in rijen if gezien),
        )

    def _filter(self, antwoorden: tuple[Antwoord, ...]) -> tuple[Antwoord, ...]:
        mag = self.lezer
        return tuple(a for a in antwoorden if mag.holds(a.vraag) and mag.may_read(a.vlag) and a.format())

    def _build_instemming(self) -> Instemmingsregel | None:
        if not self._is_released(Feit.INSTEMMING):
            return None
        aanmelding = self.dossier.aanmelding
        return Instemmingsregel(
            geinformeerd=aanmelding.get_tekst(kern.GEINFORMEERD) or "niet ingevuld",
            stemt_in=aanmelding.get_tekst(kern.STEMT_IN) or "niet ingevuld",
        )

    def _build_anoniem(self) -> str:
        antwoord = self.dossier.aanmelding.get(kern.ANONIEM)
        is_anoniem = antwoord is not None and antwoord.has_optie(kern.ANONIEM_JA)
        return "Deze casus is anoniem aangemeld." if is_anoniem and self._is_released(Feit.ANONIEM) else ""

    def _build_fase(self) -> str:
        fase = self.data.tafel.get_fase(self.dossier.fase)
        return fase.label if fase is not None and self._is_released(Feit.FASE) else ""

    def _build_uitkomst(self) -> str:
        return self.toetsing.oordeel if self._is_released(Feit.CRITERIA) else ""

    def _build_criteria(self) -> tuple[Criteriumregel, ...]:
        vrij = self._is_released(Feit.CRITERIA)
        return tuple(self._build_criterium(c) for c in self.toetsing.criteria) if vrij else ()

    def _build_criterium(self, criterium: CriteriumUitkomst) -> Criteriumregel:
        """Without row numbers: those would count rows that this recipient does not see."""
        beslissend = self._list_beslissend(criterium)
        rubrieken = [self.dossier.aanmelding.get_rubriek(b.vraag.split(".")[0]) for b in beslissend]
        return Criteriumregel(
            kort=criterium.kort,
            tekst=criterium.tekst,
            bron=criterium.bron,
            klasse=criterium.klasse.value,
            uitkomst=_TE_WEGEN if criterium.is_for_people else criterium.uitkomst.value,
            antwoord="; ".join(dict.fromkeys(_describe(b) for b in beslissend)),
            plaats="; ".join(dict.fromkeys(rubriek.titel for rubriek in rubrieken if rubriek is not None)),
        )

    def _list_beslissend(self, criterium: CriteriumUitkomst) -> tuple[Beslissend, ...]:
        """The closed answers that decided it, as far as they may be told."""
        return criterium.beslissend

    def _get_rijnaam(self, rubriek_id: str) -> str:
        eerst = self.data.get_formulier(self.dossier.aanmelding.formulier)
        rubrieken = (f.get_rubriek(rubriek_id) for f in (eerst, *self.data.formulieren) if f is not None)
        return next((rubriek.rijnaam for rubriek in rubrieken if rubriek is not None), "Rij")

    def _build_weegvragen(self) -> tuple[str, ...]:
        if not self._is_released(Feit.WEEGVRAGEN):
            return ()
        return tuple(dict.fromkeys(vraag for c in self.toetsing.criteria for vraag in c.weegvragen))


@dataclass(frozen=True)
class Casuszicht(Casusfilter):
    """A case by name."""

    def build(self, nummer: int, soort: Puntsoort) -> Casusblok:
        """The case with all that this recipient may see of it."""
        feiten, inschattingen = self._build_informatie()
        return Casusblok(
            nummer=nummer,
            code=self.dossier.code,
            soort=self.data.tafel.tell_punt(soort),
            fase=self._build_fase(),
            anoniem=self._build_anoniem(),
            identiteit=self._build_identiteit(),
            instemming=self._build_instemming(),
            uitkomst=self._build_uitkomst(),
            criteria=self._build_criteria(),
            weegvragen=self._build_weegvragen(),
            rubrieken=tuple(self._iterate_rubrieken()),
            feiten=feiten,
            inschattingen=inschattingen,
        )

    def _iterate_rubrieken(self) -> Iterator[Rubriekblok]:
        for rubriek in self._zichtbaar:
            if rubriek.id == INFORMATIE:
                continue
            rijnaam = self._get_rijnaam(rubriek.id)
            rijen = tuple(
                Rijblok(titel=f"{rijnaam} {nummer}", velden=_build_velden(rij.antwoorden))
                for nummer, rij in enumerate(rubriek.rijen, start=1)
            )
            yield Rubriekblok(titel=rubriek.titel, velden=_build_velden(rubriek.antwoorden), rijen=rijen)

    def _build_informatie(self) -> tuple[tuple[Informatieregel, ...], tuple[Informatieregel, ...]]:
        """Facts and assessments apart. What is not marked as a fact is not presented as one."""
        rijen = [rij for r in self._zichtbaar if r.id == INFORMATIE for rij in r.rijen]
        feiten: list[Informatieregel] = []
        inschattingen: list[Informatieregel] = []
        for rij in rijen:
            zichtbaar = {a.vraag: a for a in rij.antwoorden}
            if not INHOUD & zichtbaar.keys():
                continue
            soort = zichtbaar.get(kern.INFO_SOORT)
            doel = feiten if soort is not None and soort.has_optie(kern.INFO_FEIT) else inschattingen
            doel.append(
                Informatieregel(
                    tekst=_format(zichtbaar.get(kern.INFO_TEKST)),
                    bron=_format(zichtbaar.get(kern.INFO_BRON)),
                    datum=_format(zichtbaar.get(kern.INFO_DATUM)),
                )
            )
        return tuple(feiten), tuple(inschattingen)

    def _build_identiteit(self) -> tuple[Persoon, ...]:
        """Name and birth date of whom the case is about, only when the form lets them be searched for (3.5.6)."""
        mag = self.dossier.aanmelding.get(kern.ZOEKEN)
        if not self._is_released(Feit.IDENTITEIT) or mag is None or not mag.has_optie(kern.ZOEKEN_JA):
            return ()
        rijen = self.dossier.aanmelding.get_rijen(BETROKKENEN)
        eigen = [
            rij for rij in rijen if self._is_hoofdpersoon(rij) and rij.get_tekst("naam") and not self._is_excluded(rij)
        ]
        return tuple(_build_persoon(rij) for rij in eigen)

    def _is_hoofdpersoon(self, rij: Rij) -> bool:
        rol = rij.get("rol")
        return rol is not None and rol.has_optie(*self.data.tafel.gaat_over)

    def _is_excluded(self, rij: Rij) -> bool:
        """Whether "enkel voor" or "niet voor" at the row keeps this recipient out: no release goes against that."""
        ids = self.lezer.ontvanger.ids
        vlaggen = [antwoord.vlag for antwoord in rij.antwoorden]
        if any(map(self.lezer.is_excluded, vlaggen)):
            return True
        return any(vlag.enkel_voor and not vlag.enkel_voor & ids for vlag in vlaggen)


def _keep_inbreng(dossier: Dossier) -> Dossier:
    """The case with nothing of its aanmelding, only what was brought since."""
    leeg = dossier.aanmelding.model_copy(update={"rubrieken": ()})
    return dossier.model_copy(update={"aanmelding": leeg})


def _iterate_shown(rubriek: IngevuldeRubriek) -> Iterator[Antwoord]:
    """The answers that get a place: a row of information needs a text, a source or a date."""
    yield from rubriek.antwoorden
    for rij in rubriek.rijen:
        if rubriek.id != INFORMATIE or any(a.vraag in INHOUD for a in rij.antwoorden):
            yield from rij.antwoorden


def _build_persoon(rij: Rij) -> Persoon:
    return Persoon(rol=rij.get_tekst("rol"), naam=rij.get_tekst("naam"), geboortedatum=rij.get_tekst("geboortedatum"))


def _build_velden(antwoorden: tuple[Antwoord, ...]) -> tuple[Veld, ...]:
    return tuple(Veld(label=a.label, waarde=a.format()) for a in antwoorden)


def _describe(beslissend: Beslissend) -> str:
    teken = "" if beslissend.label.endswith("?") else ":"
    return f"{beslissend.label}{teken} {beslissend.antwoord}"


def _format(antwoord: Antwoord | None) -> str:
    return antwoord.format() if antwoord is not None else ""
