"""The ground of both proofs: invented dossiers with flags of all kinds, and who may see what by the rules alone.

The rules are read here a second time, from the data and not from `pipeline.share`, so that a fault there is seen.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.check import check_aanmelding
from pipeline.meeting import plan_overleg, recall_overleg
from pipeline.share import Deling
from schemas import kern
from schemas.aanmelding import (
    Aanmelding,
    Antwoord,
    DatumWaarde,
    IngevuldeRubriek,
    KeuzeWaarde,
    PartnersWaarde,
    Rij,
    Status,
    TekstWaarde,
    Waarde,
)
from schemas.catalogus import get_werkmap_sjabloon, load_catalogus
from schemas.deelbeeld import Deelbeeld, Ontvanger
from schemas.deling import Feit, Vlag
from schemas.documentsoort import Aanleiding, Documentsoort, Moment
from schemas.dossier import Afspraak, Dossier, GenomenBesluit, Ontvangst, Ontvangstsoort, Passage
from schemas.formulier import Rubriek, Rubriekvorm, Vraag, Vraagsoort
from schemas.overleg import Agendapunt, Overleg
from schemas.tafel import Besluit, Rolsoort
from schemas.tafeldata import Tafeldata
from schemas.tekst import normalise
from schemas.toetsing import Toetsing
from schemas.werkmap import Partner, Werkmap

VANDAAG = dt.date(2026, 12, 1)
AANGEMELD = dt.date(2026, 11, 2)
CODES = ("BCDFG2", "HJKLM3", "NPQRT4", "VWXZB6")
BUITEN_REGIO = ("Verzondorp", "Fantasiegem")

TAFELS = {naam: data for naam, data in load_catalogus().items() if data.tafel.ingeschakeld}


@dataclass(frozen=True)
class Wereld:
    """All that one run of a table looks at."""

    data: Tafeldata
    werkmap: Werkmap
    dossiers: tuple[Dossier, ...]

    def get(self, code: str) -> Dossier:
        return next(dossier for dossier in self.dossiers if dossier.code == code)

    def with_dossier(self, dossier: Dossier) -> Wereld:
        return replace(self, dossiers=tuple(dossier if d.code == dossier.code else d for d in self.dossiers))

    def toets(self, dossier: Dossier) -> Toetsing:
        return check_aanmelding(dossier.aanmelding, self.data, dossier.aangemeld_op)

    def plan(self, soort: Documentsoort) -> Overleg:
        overleg = self.data.tafel.get_overleg(soort.overleg or "")
        assert overleg is not None
        if soort.moment is Moment.VERSLAG:
            return recall_overleg(overleg, get_datum(self.data, soort), self.dossiers)
        return plan_overleg(overleg, get_datum(self.data, soort), self.dossiers, self.data.tafel, self.werkmap)

    def make_deling(self, soort: Documentsoort) -> Deling:
        """The wall, for this kind of document only: the others would be made in vain."""
        data = self.data.model_copy(update={"documenten": (soort,)})
        return Deling(data, self.werkmap, VANDAAG, {d.code: (d, self.toets(d)) for d in self.dossiers})


Maker = Callable[[Wereld, Documentsoort], tuple[Deelbeeld, ...]]


def share(wereld: Wereld, soort: Documentsoort) -> tuple[Deelbeeld, ...]:
    """All copies of this kind of document, by the real wall."""
    deling = wereld.make_deling(soort)
    if soort.moment is Moment.VERSLAG:
        return deling.share_verslag(wereld.plan(soort))
    if soort.aanleiding is Aanleiding.OVERLEG:
        return deling.share_overleg(wereld.plan(soort))
    return tuple(beeld for dossier in wereld.dossiers for beeld in deling.share_dossier(soort, dossier.code))


@dataclass(frozen=True)
class _DelingVoorEen(Deling):
    """The real wall, which leaves out the work for all recipients but one."""

    alleen: str = ""
    anders: Deelbeeld | None = None

    def _share_punten(
        self, soort: Documentsoort, overleg: Overleg, ontvanger: Ontvanger, punten: Sequence[Agendapunt]
    ) -> Deelbeeld:
        if self.anders is not None and ontvanger.id != self.alleen:
            return self.anders
        return super()._share_punten(soort, overleg, ontvanger, punten)

    def _share_na_overleg(self, soort: Documentsoort, overleg: Overleg, ontvanger: Ontvanger) -> tuple[Deelbeeld, ...]:
        return super()._share_na_overleg(soort, overleg, ontvanger) if ontvanger.id == self.alleen else ()


def share_one(wereld: Wereld, soort: Documentsoort, kijker: Kijker, anders: Deelbeeld) -> tuple[Deelbeeld, ...]:
    """The copies of one recipient; `anders`, a copy of somebody else, stands in for the copies of all others."""
    deling = wereld.make_deling(soort)
    if soort.aanleiding is Aanleiding.OVERLEG:
        een = _DelingVoorEen(deling.data, deling.werkmap, deling.vandaag, deling.dossiers, kijker.id, anders)
        deel = een.share_verslag if soort.moment is Moment.VERSLAG else een.share_overleg
        beelden = deel(wereld.plan(soort))
    else:
        eigen = [d for d in wereld.dossiers if kijker.casus in ("", d.code)]
        beelden = tuple(beeld for d in eigen for beeld in deling.share_dossier(soort, d.code))
    return tuple(beeld for beeld in beelden if beeld.ontvanger.id == kijker.id)


def get_datum(data: Tafeldata, soort: Documentsoort) -> dt.date:
    """The next date of the overleg that this document prepares."""
    overleg = data.tafel.get_overleg(soort.overleg or "")
    return overleg.kalender.next_date(VANDAAG) if overleg else VANDAAG


def load_voorbeeldwerkmap(data: Tafeldata) -> Werkmap:
    """The werkmap that `overleg nieuw` would make."""
    ruw = tomllib.loads(get_werkmap_sjabloon(data.tafel.id))
    return Werkmap.model_validate_json(json.dumps(ruw, default=dt.date.isoformat))


# --- who may see what, by the rules ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kijker:
    """A possible recipient: its id on a copy, its roles, and all names under which a flag may speak of it."""

    id: str
    rollen: frozenset[str]
    ids: frozenset[str]
    casus: str = ""  #: for an aanmelder: the only case that is his


def list_kijkers(wereld: Wereld, soort: Documentsoort) -> tuple[Kijker, ...]:
    """Everybody who could get this document, also those who in the end get nothing."""
    kijkers: list[Kijker] = []
    for rol in wereld.data.tafel.rollen:
        if rol.id not in soort.rollen:
            continue
        if rol.soort is Rolsoort.COORDINATOR:
            kijkers.append(Kijker(rol.id, frozenset({rol.id}), frozenset({rol.id})))
        if rol.soort is Rolsoort.AANMELDER:
            kijkers += [_make_aanmelder(wereld, rol.id, dossier) for dossier in wereld.dossiers]
        kijkers += [
            Kijker(partner.id, frozenset({rol.id}), _list_names(wereld, partner))
            for partner in wereld.werkmap.partners
            if partner.rol == rol.id
        ]
    return tuple(kijkers)


def _list_names(wereld: Wereld, partner: Partner) -> frozenset[str]:
    """Its own id and role, and the roles and partners of the same organisation."""
    erbij = {r for rol in wereld.data.tafel.rollen if rol.id == partner.rol for r in rol.hoort_bij}
    return frozenset({partner.id, partner.rol, *erbij, *(p.id for p in wereld.werkmap.partners if p.rol in erbij)})


def _make_aanmelder(wereld: Wereld, rol: str, dossier: Dossier) -> Kijker:
    organisatie = dossier.aanmelding.get(kern.AANMELDER_ORGANISATIE)
    ids = organisatie.waarde.ids if organisatie and isinstance(organisatie.waarde, PartnersWaarde) else ()
    partners = [partner for partner in wereld.werkmap.partners if partner.id in ids]
    namen = frozenset({rol, *ids}).union(*(_list_names(wereld, partner) for partner in partners))
    return Kijker(f"aanmelder {dossier.code}", frozenset({rol}), namen, casus=dossier.code)


def is_concerned(wereld: Wereld, soort: Documentsoort, kijker: Kijker, dossier: Dossier) -> bool:
    """Whether a case is this recipient's business at all in this document."""
    if kijker.casus:
        return kijker.casus == dossier.code
    genomen = get_besluit(wereld.data, soort, dossier)
    if soort.moment is Moment.BESLUIT:
        return genomen is not None and is_named(wereld, soort, kijker, genomen.partners, dossier)
    if soort.moment is not Moment.VERSLAG:
        return _is_business(wereld, soort, kijker, dossier)
    if Feit.VERSLAG not in list_feiten(wereld.data, soort, kijker):
        return bool(list_afspraken(wereld, soort, kijker, dossier))
    if genomen is None:
        return False
    return is_coordinator(wereld.data, kijker) or is_named(wereld, soort, kijker, genomen.aanwezig, dossier)


def _is_business(wereld: Wereld, soort: Documentsoort, kijker: Kijker, dossier: Dossier) -> bool:
    partner = wereld.werkmap.get_partner(kijker.id)
    rol = wereld.data.tafel.get_rol(partner.rol) if partner else None
    if partner is None or rol is None:
        return True
    if rol.soort is Rolsoort.AD_HOC:
        return _has_signed(wereld, kijker) and any(partner.id in besluit.ad_hoc for besluit in dossier.besluiten)
    if rol.volgens_woonplaats:
        return Feit.ROUTERING in list_feiten(wereld.data, soort, kijker) and bool(
            {normalise(gemeente) for gemeente in partner.gemeenten} & set(iterate_woonplaatsen(dossier, kijker))
        )
    return True


def _has_signed(wereld: Wereld, kijker: Kijker) -> bool:
    partner = wereld.werkmap.get_partner(kijker.id)
    rol = wereld.data.tafel.get_rol(partner.rol) if partner else None
    if partner is None or rol is None or rol.soort is not Rolsoort.AD_HOC:
        return True
    return partner.protocol_ondertekend_op is not None and partner.protocol_ondertekend_op <= VANDAAG


def is_named(wereld: Wereld, soort: Documentsoort, kijker: Kijker, ids: tuple[str, ...], dossier: Dossier) -> bool:
    """Named by its own id, or by its role in a case that is its business; never before it signed."""
    if not _has_signed(wereld, kijker):
        return False
    return kijker.id in ids or (bool(kijker.rollen & set(ids)) and _is_business(wereld, soort, kijker, dossier))


def is_coordinator(data: Tafeldata, kijker: Kijker) -> bool:
    return any(rol.id in kijker.rollen and rol.soort is Rolsoort.COORDINATOR for rol in data.tafel.rollen)


def list_feiten(data: Tafeldata, soort: Documentsoort, kijker: Kijker) -> set[Feit]:
    """What the table releases to this recipient in this document."""
    vrijgaven = data.deling.vrijgaven
    return {v.feit for v in vrijgaven if soort.id in v.documenten and kijker.rollen & set(v.rollen)}


def get_besluit(data: Tafeldata, soort: Documentsoort, dossier: Dossier) -> GenomenBesluit | None:
    """The decision that this document is about."""
    if soort.moment is Moment.VERSLAG:
        datum = get_datum(data, soort)
        return next((b for b in dossier.besluiten if (b.overleg, b.datum) == (soort.overleg, datum)), None)
    return dossier.besluiten[-1] if dossier.besluiten and soort.moment is Moment.BESLUIT else None


def list_afspraken(wereld: Wereld, soort: Documentsoort, kijker: Kijker, dossier: Dossier) -> list[Afspraak]:
    """The to-do's of that overleg that this recipient may see in this document."""
    genomen = get_besluit(wereld.data, soort, dossier)
    feiten = list_feiten(wereld.data, soort, kijker)
    if genomen is None or Feit.AFSPRAKEN not in feiten:
        return []
    alles = Feit.VERSLAG in feiten and is_coordinator(wereld.data, kijker)
    return [
        afspraak
        for afspraak in dossier.afspraken
        if (afspraak.overleg, afspraak.datum) == (genomen.overleg, genomen.datum)
        if alles or is_named(wereld, soort, kijker, afspraak.wie, dossier)
    ]


def list_passages(data: Tafeldata, soort: Documentsoort, kijker: Kijker, dossier: Dossier) -> list[str]:
    """The words of that overleg that were expressly released to this recipient."""
    genomen = get_besluit(data, soort, dossier)
    if genomen is None or Feit.PASSAGES not in list_feiten(data, soort, kijker):
        return []
    eigen = {groep.id for groep in data.deling.doelgroepen if kijker.rollen & set(groep.rollen)}
    return [
        passage.tekst
        for passage in dossier.passages
        if (passage.overleg, passage.datum) == (genomen.overleg, genomen.datum)
        if eigen & passage.vlag.deelbaar_met and not kijker.ids & passage.vlag.niet_voor
        if not passage.vlag.enkel_voor or kijker.ids & passage.vlag.enkel_voor
    ]


def list_codes(beeld: Deelbeeld) -> list[str]:
    """The cases that a copy is about."""
    codes = [blok.code for blok in beeld.casussen] + [blok.code for blok in beeld.verslag]
    codes += [regel.casuscode for regel in beeld.afspraken] + [beeld.kop.casuscode]
    return list(dict.fromkeys(filter(None, codes)))


def name_all(wereld: Wereld, ids: tuple[str, ...]) -> str:
    """Partners and roles as they are printed."""
    namen = {r.id: r.label for r in wereld.data.tafel.rollen} | {p.id: p.naam for p in wereld.werkmap.partners}
    return ", ".join(namen[naam] for naam in ids)


def iterate_woonplaatsen(dossier: Dossier, kijker: Kijker) -> Iterator[str]:
    """Where the cliënt lives, but for a municipality that "niet voor" keeps from this recipient."""
    for rij in dossier.aanmelding.get_rijen(kern.ROL.split(".")[0]):
        rol = rij.get("rol")
        gemeente = rij.get(kern.GEMEENTE.split(".")[1])
        if gemeente is not None and gemeente.vlag.niet_voor & kijker.ids:
            continue
        if rol is not None and rol.has_optie(kern.ROL_CLIENT):
            yield normalise(rij.get_tekst("gemeente")).lstrip("0123456789 ")


def may_see(data: Tafeldata, soort: Documentsoort, kijker: Kijker, vraag: str, vlag: Vlag) -> bool:
    """The rule itself: flagged for a group of this recipient, and not narrowed away by name or by the table."""
    regel = next((r for r in data.deling.deelregels if r.document == soort.id), None)
    if regel is None or vraag.split(".")[0] not in regel.rubrieken or vraag in regel.zonder_vragen:
        return False
    eigen = {g.id for g in data.deling.doelgroepen if kijker.rollen & set(g.rollen)} & set(regel.doelgroepen)
    if not eigen & vlag.deelbaar_met or kijker.ids & vlag.niet_voor:
        return False
    return not vlag.enkel_voor or bool(kijker.ids & vlag.enkel_voor)


def list_vlaggen(data: Tafeldata, werkmap: Werkmap, rng: random.Random) -> list[Vlag]:
    """Flags of all kinds: nobody, each group, pairs, everybody; each as it is, for some only, and not for some."""
    groepen = [groep.id for groep in data.deling.doelgroepen]
    namen = [partner.id for partner in werkmap.partners] + [rol.id for rol in data.tafel.rollen]
    keuzes = [[groep] for groep in groepen] + [groepen[:2], groepen]
    vlaggen = [Vlag(), Vlag(niet_voor=frozenset(rng.sample(namen, 2)))]
    for keuze in keuzes:
        deelbaar = frozenset(keuze)
        vlaggen += [
            Vlag(deelbaar_met=deelbaar),
            Vlag(deelbaar_met=deelbaar, enkel_voor=frozenset(rng.sample(namen, 5))),
            Vlag(deelbaar_met=deelbaar, niet_voor=frozenset(rng.sample(namen, 3))),
        ]
    rng.shuffle(vlaggen)
    return vlaggen


# --- invented contents ----------------------------------------------------------------------------------------------


@dataclass
class Fabriek:
    """Makes answers. Every text holds words that occur nowhere else, so that each can be found or missed."""

    data: Tafeldata
    werkmap: Werkmap
    rng: random.Random
    merk: str = "k"
    _teller: int = 0
    _vlag: int = 0
    _vlaggen: list[Vlag] = field(default_factory=list)

    def next_word(self) -> str:
        self._teller += 1
        return f"{self.merk}{self._teller:05d}q"

    def next_vlag(self) -> Vlag:
        if not self._vlaggen:
            self._vlaggen = [v for _ in range(4) for v in list_vlaggen(self.data, self.werkmap, self.rng)]
        self._vlag += 1
        return self._vlaggen[self._vlag % len(self._vlaggen)]

    def make_waarde(self, vraag: Vraag) -> Waarde:
        if vraag.opties:
            opties = self.rng.sample(vraag.opties, self._choose_count(vraag))
            return KeuzeWaarde(opties=tuple(o.id for o in opties), labels=tuple(o.label for o in opties))
        if vraag.soort is Vraagsoort.DATUM:
            self._teller += 1
            jaar = 1950 if vraag.id == kern.GEBOORTEDATUM else 2024
            return DatumWaarde(datum=dt.date(jaar, 1, 1) + dt.timedelta(days=self._teller * 7 % 700))
        if vraag.soort is Vraagsoort.PARTNERS:
            partner = self.rng.choice(self.werkmap.partners)
            return PartnersWaarde(ids=(partner.id,), tekst=f"Dienst {self.next_word()}")
        return TekstWaarde(tekst=self._make_tekst(vraag))

    def _choose_count(self, vraag: Vraag) -> int:
        return self.rng.randint(1, len(vraag.opties)) if vraag.soort is Vraagsoort.MEERKEUZE else 1

    def _make_tekst(self, vraag: Vraag) -> str:
        if vraag.id == kern.GEMEENTE:
            return self.rng.choice((*self.data.tafel.gemeenten, *BUITEN_REGIO))
        if vraag.soort is Vraagsoort.EMAIL:
            return f"{self.next_word()}@example.org"
        if vraag.soort is Vraagsoort.LANGE_TEKST:
            return f"{self.next_word()} zei: ‘cliënt & co’ <{self.next_word()}>.\nDaarna {{{{ {self.next_word()} }}}}."
        return f"{self.next_word().capitalize()} de Verzonnen {self.next_word()}"

    def make_antwoord(self, vraag: Vraag, plaats: str, vlag: Vlag, status: Status = Status.INGEVULD) -> Antwoord:
        waarde = self.make_waarde(vraag) if status is Status.INGEVULD else None
        return Antwoord(vraag=vraag.id, label=vraag.label, plaats=plaats, status=status, waarde=waarde, vlag=vlag)

    def draw_status(self) -> Status:
        gewichten = {
            Status.INGEVULD: 80,
            Status.LEEG: 6,
            Status.ONBEKEND: 6,
            Status.NVT: 4,
            Status.NIET_GEVONDEN: 4,
        }
        return self.rng.choices(list(gewichten), list(gewichten.values()))[0]

    def make_rij(self, rubriek: Rubriek, nummer: int, vlag: Vlag) -> Rij:
        """A row; now and then one of its answers came later, with a flag of its own."""
        return Rij(
            id=self.next_word(),
            antwoorden=tuple(
                self.make_antwoord(
                    vraag,
                    f"{rubriek.titel}, rij {nummer}",
                    self.next_vlag() if self.rng.random() < 0.1 else vlag,
                    self.draw_status(),
                )
                for vraag in rubriek.vragen
            ),
        )

    def make_rubriek(self, rubriek: Rubriek) -> IngevuldeRubriek:
        if rubriek.vorm is Rubriekvorm.RIJEN:
            rijen = tuple(self.make_rij(rubriek, n, self.next_vlag()) for n in range(1, self.rng.randint(4, 7)))
            return IngevuldeRubriek(id=rubriek.id, titel=rubriek.titel, rijen=rijen)
        vlag = self.next_vlag() if rubriek.vlaggen else Vlag()
        return IngevuldeRubriek(
            id=rubriek.id,
            titel=rubriek.titel,
            antwoorden=tuple(
                self.make_antwoord(
                    vraag, rubriek.titel, self.next_vlag() if self.rng.random() < 0.1 else vlag, self.draw_status()
                )
                for vraag in rubriek.vragen
            ),
        )

    def make_aanmelding(self, keuzes: Mapping[str, str], gemeente: str) -> Aanmelding:
        """An aanmelding with these options chosen ("" is a blank); the first betrokkene is the cliënt of `gemeente`."""
        formulier = self.data.get_aanmeldformulier()
        aanmelding = Aanmelding(
            tafel=self.data.tafel.id,
            formulier=formulier.id,
            versie=formulier.versie,
            rubrieken=tuple(self.make_rubriek(rubriek) for rubriek in formulier.rubrieken),
        )
        rubrieken = tuple(self._settle(rubriek, keuzes, gemeente) for rubriek in aanmelding.rubrieken)
        return aanmelding.model_copy(update={"rubrieken": rubrieken})

    def _settle(self, rubriek: IngevuldeRubriek, keuzes: Mapping[str, str], gemeente: str) -> IngevuldeRubriek:
        eerste = rubriek.rijen[0].id if rubriek.rijen else ""
        rijen = tuple(
            rij.model_copy(
                update={"antwoorden": tuple(self._fix(a, keuzes, gemeente, rij.id == eerste) for a in rij.antwoorden)}
            )
            for rij in rubriek.rijen
        )
        antwoorden = tuple(self._fix(a, keuzes, gemeente, True) for a in rubriek.antwoorden)
        return rubriek.model_copy(update={"antwoorden": antwoorden, "rijen": rijen})

    def _fix(self, antwoord: Antwoord, keuzes: Mapping[str, str], gemeente: str, eerste: bool) -> Antwoord:
        vraag = self.data.get_aanmeldformulier().get_vraag(antwoord.vraag)
        assert vraag is not None
        anoniem = keuzes[kern.ANONIEM] == kern.ANONIEM_JA
        if eerste and kern.GEBOORTEDATUM in keuzes and vraag.id.split(".")[0] == kern.NAAM.split(".")[0]:
            antwoord = antwoord.model_copy(update={"vlag": Vlag()})  # so that nothing but the release shows it
        verzwegen = anoniem and (vraag.identificerend or vraag.id == kern.GEMEENTE)
        if verzwegen or (eerste and keuzes.get(vraag.id) == ""):
            return antwoord.model_copy(update={"status": Status.LEEG, "waarde": None})
        waarde: Waarde | None = None
        optie = vraag.get_optie(keuzes[vraag.id]) if vraag.id in keuzes and eerste else None
        if optie is not None:
            waarde = KeuzeWaarde(opties=(optie.id,), labels=(optie.label,))
        elif vraag.id == kern.GEMEENTE and eerste:
            waarde = TekstWaarde(tekst=gemeente)
        elif vraag.id in (kern.AANMELDER_NAAM, kern.AANMELDER_EMAIL, kern.NAAM, kern.GEBOORTEDATUM) and eerste:
            waarde = antwoord.waarde or self.make_waarde(vraag)
        return antwoord.model_copy(update={"status": Status.INGEVULD, "waarde": waarde}) if waarde else antwoord

    def draw_namen(self, hoogstens: int) -> tuple[str, ...]:
        """Partners, and now and then a role."""
        namen = [partner.id for partner in self.werkmap.partners]
        rollen = list(dict.fromkeys(partner.rol for partner in self.werkmap.partners))
        return tuple(self.rng.sample([*namen, *namen, *rollen], self.rng.randint(1, hoogstens)))

    def make_besluit(self, besluit: Besluit, datum: dt.date, ad_hoc: Sequence[str]) -> GenomenBesluit:
        teksten = ("advies", "reden", "onveiligheid", "geinformeerd", "stemt_in", "terugkoppeling", "pistes", "notitie")
        return GenomenBesluit(
            overleg=besluit.overleg,
            datum=datum,
            besluit=besluit.id,
            partners=tuple(dict.fromkeys(self.draw_namen(4))),
            ad_hoc=tuple(ad_hoc),
            aanwezig=tuple(dict.fromkeys(self.draw_namen(9))),
            terugkoppeling_wie=tuple(dict.fromkeys(self.draw_namen(2))),
            terugkoppeling_hoe=f"hoe {self.next_word()}",
            formuliernummer=self.next_word(),
            **{tekst: f"{tekst} {self.next_word()}" for tekst in teksten},
        )

    def make_afspraak(self, genomen: GenomenBesluit) -> Afspraak:
        tegen = genomen.datum + dt.timedelta(days=self.rng.randint(1, 90))
        return Afspraak(
            overleg=genomen.overleg,
            datum=genomen.datum,
            wat=f"Taak {self.next_word()}: ‘bel & schrijf’ <{self.next_word()}>.",
            wie=tuple(dict.fromkeys(self.draw_namen(2))),
            tegen=tegen if self.rng.random() < 0.8 else None,
        )

    def make_passage(self, genomen: GenomenBesluit) -> Passage:
        tekst = f"Vrij {self.next_word()} {{{{ {self.next_word()} }}}}."
        return Passage(overleg=genomen.overleg, datum=genomen.datum, tekst=tekst, vlag=self.next_vlag())


def make_wereld(tafel: str, soort: Documentsoort, zaad: int) -> Wereld:
    """Four cases that this document is about: two by name in two towns, one anonymous, one by name elsewhere."""
    data = TAFELS[tafel]
    werkmap = load_voorbeeldwerkmap(data)
    fabriek = Fabriek(data, werkmap, random.Random(f"{tafel} {soort.id} {zaad}"))  # noqa: S311
    gemeenten = [g for partner in werkmap.partners for g in partner.gemeenten] or list(BUITEN_REGIO)
    return Wereld(
        data,
        werkmap,
        tuple(
            _make_dossier(fabriek, soort, nummer, code, gemeenten[nummer % len(gemeenten)])
            for nummer, code in enumerate(CODES)
        ),
    )


def _make_dossier(fabriek: Fabriek, soort: Documentsoort, nummer: int, code: str, gemeente: str) -> Dossier:
    keuzes = {
        kern.ANONIEM: kern.ANONIEM_JA if nummer == 2 else kern.ANONIEM_NEE,
        kern.ZOEKEN: "nee" if nummer == 1 else kern.ZOEKEN_JA,
        kern.ROL: kern.ROL_CLIENT,
        **({kern.GEBOORTEDATUM: ""} if nummer == 3 else {}),  # a name to search for, and nothing beside it
    }
    data = fabriek.data
    overleg = data.tafel.get_overleg(soort.overleg or "")
    fasen = (*overleg.nieuw_uit, *overleg.terugkom_uit) if overleg else (data.tafel.beginfase,)
    besluiten = _make_besluiten(fabriek, soort, nummer)
    return Dossier(
        code=code,
        fase=fasen[nummer % len(fasen)],
        aangemeld_op=AANGEMELD,
        aanmelding=fabriek.make_aanmelding(keuzes, BUITEN_REGIO[0] if nummer == 3 else gemeente),
        ontvangsten=(_make_ontvangst(fabriek),),
        besluiten=besluiten,
        overleg_op=VANDAAG if overleg else None,
        afspraken=tuple(fabriek.make_afspraak(b) for b in besluiten for _ in range(8)),
        passages=tuple(fabriek.make_passage(b) for b in besluiten for _ in range(8)),
    )


def _make_ontvangst(fabriek: Fabriek) -> Ontvangst:
    return Ontvangst(
        sha256=f"{fabriek.rng.getrandbits(256):064x}",
        bestand=f"aanmelding {fabriek.next_word()}.docx",
        ontvangen_op=AANGEMELD,
        soort=Ontvangstsoort.AANMELDING,
    )


def _make_besluiten(fabriek: Fabriek, soort: Documentsoort, nummer: int) -> tuple[GenomenBesluit, ...]:
    """An earlier and a latest decision: of this meeting, of those that a letter follows, or of another meeting."""
    tafel = fabriek.data.tafel
    besluiten = [b for b in tafel.besluiten if _precedes(soort, b)]
    begin = {fase for overleg in tafel.overleggen if overleg.id == soort.overleg for fase in overleg.nieuw_uit}
    if not besluiten or soort.moment in (Moment.ONTVANGST_VOLLEDIG, Moment.ONTVANGST_ONVOLLEDIG):
        return ()
    if tafel.beginfase in begin:
        return ()
    laatste = get_datum(fabriek.data, soort) if soort.moment is Moment.VERSLAG else VANDAAG - dt.timedelta(days=2)
    ad_hoc = [p.id for p in fabriek.werkmap.partners if _is_ad_hoc(fabriek.data, p.rol)] if nummer in (0, 2) else []
    return tuple(
        fabriek.make_besluit(besluiten[(nummer + plaats) % len(besluiten)], datum, ad_hoc)
        for plaats, datum in enumerate((VANDAAG - dt.timedelta(days=30), laatste))
    )


def _precedes(soort: Documentsoort, besluit: Besluit) -> bool:
    """Whether this decision can come before this document."""
    if soort.moment is Moment.VERSLAG:
        return besluit.overleg == soort.overleg
    if soort.moment is Moment.BESLUIT:
        return not soort.besluiten or besluit.id in soort.besluiten
    return besluit.overleg != soort.overleg


def _is_ad_hoc(data: Tafeldata, rol_id: str) -> bool:
    rol = data.tafel.get_rol(rol_id)
    return rol is not None and rol.soort is Rolsoort.AD_HOC
