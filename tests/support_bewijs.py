"""The ground of both proofs: invented dossiers with flags of all kinds, made for any kind of document of any table."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import json
import random
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from pipeline.check import check_aanmelding
from pipeline.count import count_cijfers
from pipeline.meeting import plan_overleg, recall_overleg
from pipeline.share import Deling
from pipeline.share.kring import Oproep
from pipeline.share.voorbereiding import Gasten
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
from schemas.catalogus import REGIOS, get_werkmap_sjabloon, load_catalogus
from schemas.cijferoverzicht import Cijferoverzicht
from schemas.deelbeeld import Deelbeeld, Ontvanger
from schemas.deling import Vlag
from schemas.documentsoort import Aanleiding, Documentsoort, Moment
from schemas.dossier import (
    Actie,
    Afgeschermd,
    Afspraak,
    Afspraakstatus,
    Benoeming,
    Betrekking,
    Dossier,
    GenomenBesluit,
    Inbreng,
    Mededeling,
    Melding,
    Ontvangst,
    Ontvangstsoort,
    Passage,
    Planstand,
    PlanVanAanpak,
)
from schemas.formulier import Formuliersoort, Rubriek, Rubriekvorm, Vraag, Vraagsoort
from schemas.overleg import Agendapunt, Overleg
from schemas.tafel import Besluit, Meldingsoort, Rolsoort
from schemas.tafeldata import Tafeldata
from schemas.toetsing import Toetsing
from schemas.werkmap import Werkmap

VANDAAG = dt.date(2026, 12, 1)
GEEN = Vlag()
AANGEMELD = dt.date(2026, 11, 2)
CODES = ("BCDFG2", "HJKLM3", "NPQRT4", "VWXZB6")
VERTROKKEN = "vertrokken_partner"  #: bears no name at this table any more
BUITEN_REGIO = ("Verzondorp", "Fantasiegem")

#: Tables that exist only here: what the grammar can say beside the tables that come with the program.
PROEFREGIOS = Path(__file__).parent / "regios"
_MAPPEN = {naam: map_ for map_ in (REGIOS, PROEFREGIOS) for naam in load_catalogus(map_)}
TAFELS = {
    naam: data
    for map_ in (REGIOS, PROEFREGIOS)
    for naam, data in load_catalogus(map_).items()
    if data.tafel.ingeschakeld
}
#: The first document that is made with a template: what follows from a Word file alone is shown of that one.
EERSTE_VAN_SJABLOON = {
    soort.sjabloon: (naam, soort.id) for naam, data in reversed(TAFELS.items()) for soort in reversed(data.documenten)
}


#: By identity, which the aanmelding kept here keeps unique.
_GETOETST: dict[tuple[int, dt.date], tuple[Aanmelding, Toetsing]] = {}

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")


_NEW = object.__new__
_ZET_VELDEN, _ZET_EXTRA, _ZET_PRIVAAT = (
    BaseModel.__dict__[f"__pydantic_{naam}__"].__set__ for naam in ("fields_set", "extra", "private")
)


def edit(model: M, **velden: object) -> M:
    """A copy with other values, as `model_copy` makes it, at a fifth of its cost: a scramble makes hundreds."""
    kopie = _NEW(type(model))
    inhoud = kopie.__dict__
    inhoud.update(model.__dict__)
    inhoud.update(velden)
    _ZET_VELDEN(kopie, model.__pydantic_fields_set__)
    _ZET_EXTRA(kopie, None)
    _ZET_PRIVAAT(kopie, None)
    return kopie


@dataclass(frozen=True)
class Wereld:
    """All that one run of a table looks at."""

    data: Tafeldata
    werkmap: Werkmap
    dossiers: tuple[Dossier, ...]
    eerder: Mapping[str, Mapping[str, dt.date]] = field(default_factory=dict)  #: who got what before, and since when

    @property
    def regios(self) -> Path:
        """The folder with the data of this table."""
        return _MAPPEN[self.data.tafel.id]

    def get(self, code: str) -> Dossier:
        return next(dossier for dossier in self.dossiers if dossier.code == code)

    def with_dossier(self, dossier: Dossier) -> Wereld:
        return replace(self, dossiers=tuple(dossier if d.code == dossier.code else d for d in self.dossiers))

    def toets(self, dossier: Dossier) -> Toetsing:
        """Kept for the last aanmeldingen: a scramble of the rest of a dossier asks for the same ones again."""
        sleutel = (id(dossier.aanmelding), dossier.aangemeld_op)
        if sleutel not in _GETOETST:
            if len(_GETOETST) > 200:
                _GETOETST.clear()
            getoetst = check_aanmelding(dossier.aanmelding, self.data, dossier.aangemeld_op)
            _GETOETST[sleutel] = (dossier.aanmelding, getoetst)
        return _GETOETST[sleutel][1]

    def plan(self, soort: Documentsoort) -> Overleg:
        overleg = self.data.tafel.get_overleg(soort.overleg or "")
        assert overleg is not None
        if soort.moment is Moment.VERSLAG:
            return recall_overleg(overleg, get_datum(self.data, soort), self.dossiers)
        return plan_overleg(overleg, get_datum(self.data, soort), self.dossiers, self.data.tafel, self.werkmap)

    def count(self) -> Cijferoverzicht:
        """The figures over all cases."""
        cijfers, casussen = self.data.tafel.cijfers, [(dossier, self.toets(dossier)) for dossier in self.dossiers]
        assert cijfers is not None
        rollen = {partner.id: partner.rol for partner in self.werkmap.partners}
        return count_cijfers(casussen, self.data, rollen, cijfers, cijfers.get_periode(VANDAAG))

    def make_deling(self, soort: Documentsoort) -> Deling:
        """The wall, for this kind of document only: the others would be made in vain."""
        data = edit(self.data, documenten=(soort,))
        return Deling(data, self.werkmap, VANDAAG, {d.code: (d, self.toets(d)) for d in self.dossiers}, self.eerder)


Maker = Callable[[Wereld, Documentsoort], tuple[Deelbeeld, ...]]


def share(wereld: Wereld, soort: Documentsoort) -> tuple[Deelbeeld, ...]:
    """All copies of this kind of document, by the real wall."""
    deling = wereld.make_deling(soort)
    if soort.moment is Moment.VERSLAG:
        return deling.share_verslag(wereld.plan(soort))
    if soort.aanleiding is Aanleiding.OVERLEG:
        return deling.share_overleg(wereld.plan(soort))
    if soort.aanleiding is Aanleiding.TAFEL:
        return deling.share_cijfers(wereld.count())
    return tuple(beeld for dossier in wereld.dossiers for beeld in deling.share_dossier(soort, dossier.code))


@dataclass(frozen=True)
class _DelingVoorEen(Deling):
    """The real wall, which leaves out the work for all recipients but one."""

    alleen: str = ""
    anders: Deelbeeld | None = None

    def _share_punten(
        self, soort: Documentsoort, overleg: Overleg, gasten: Gasten, ontvanger: Ontvanger, punten: Sequence[Agendapunt]
    ) -> Deelbeeld:
        if self.anders is not None and ontvanger.id != self.alleen:
            return self.anders
        return super()._share_punten(soort, overleg, gasten, ontvanger, punten)

    def _share_na_overleg(self, soort: Documentsoort, overleg: Overleg, ontvanger: Ontvanger) -> tuple[Deelbeeld, ...]:
        return super()._share_na_overleg(soort, overleg, ontvanger) if ontvanger.id == self.alleen else ()

    def _list_lezers(self, soort: Documentsoort, dossier: Dossier, oproep: Oproep) -> tuple[Ontvanger, ...]:
        return tuple(o for o in super()._list_lezers(soort, dossier, oproep) if o.id == self.alleen)


def share_one(wereld: Wereld, soort: Documentsoort, kijker: Kijker, anders: Deelbeeld | None) -> tuple[Deelbeeld, ...]:
    """The copies of one recipient; `anders`, a copy of somebody else, stands in for the copies of all others."""
    deling = wereld.make_deling(soort)
    delen = (deling.data, deling.werkmap, deling.vandaag, deling.dossiers, deling.eerder)
    een = _DelingVoorEen(*delen, alleen=kijker.id, anders=anders)
    if soort.aanleiding is Aanleiding.OVERLEG:
        deel = een.share_verslag if soort.moment is Moment.VERSLAG else een.share_overleg
        beelden = deel(wereld.plan(soort))
    elif soort.aanleiding is Aanleiding.TAFEL:
        beelden = een.share_cijfers(wereld.count())
    else:
        eigen = [d for d in wereld.dossiers if kijker.casus in ("", d.code)]
        beelden = tuple(beeld for d in eigen for beeld in een.share_dossier(soort, d.code))
    return tuple(beeld for beeld in beelden if beeld.ontvanger.id == kijker.id)


def get_datum(data: Tafeldata, soort: Documentsoort) -> dt.date:
    """The next date of the overleg that this document prepares."""
    return _get_datum(data.tafel.id, soort.overleg or "")


@functools.cache
def _get_datum(tafel: str, overleg_id: str) -> dt.date:
    overleg = TAFELS[tafel].tafel.get_overleg(overleg_id)
    return next(overleg.kalender.iterate(VANDAAG), VANDAAG) if overleg else VANDAAG


def load_voorbeeldwerkmap(data: Tafeldata) -> Werkmap:
    """The werkmap that `overleg nieuw` would make."""
    return _load_werkmap(data.tafel.id)


@functools.cache
def _load_werkmap(tafel: str) -> Werkmap:
    ruw = tomllib.loads(get_werkmap_sjabloon(tafel, _MAPPEN[tafel]))
    return Werkmap.model_validate_json(json.dumps(ruw, default=dt.date.isoformat))


# --- possible recipients ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kijker:
    """A possible recipient: its id on a copy, its roles, and all names under which a flag may speak of it."""

    id: str
    rollen: frozenset[str]
    ids: frozenset[str]
    casus: str = ""  #: for an aanmelder or a cliënt: the only case that is his
    naam: str = ""  #: of a person on the form
    namens: frozenset[str] = frozenset()  #: roles of people for whom he works in the case at hand
    #: What a rule said before of this recipient at this table; by identity of what the answer keeps alive.
    geheugen: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    def recall(self, sleutel: object, maak: Callable[[], T]) -> T:
        """What a rule says of this recipient, worked out once: table and werkmap stay the same for him."""
        if sleutel not in self.geheugen:
            self.geheugen[sleutel] = maak()
        gezegd: T = self.geheugen[sleutel]
        return gezegd


def list_vlaggen(data: Tafeldata, werkmap: Werkmap, rng: random.Random) -> list[Vlag]:
    """Flags of all kinds: nobody, each group, pairs, everybody; each as it is, for some only, and not for some."""
    groepen = [groep.id for groep in data.deling.doelgroepen]
    namen = [partner.id for partner in werkmap.partners] + [rol.id for rol in data.tafel.rollen]
    keuzes = [[groep] for groep in groepen] + [groepen[:2], groepen[1::2], groepen, groepen]
    vlaggen = [Vlag(), Vlag(niet_voor=frozenset(rng.sample(namen, 2)))]
    vlaggen += [Vlag(deelbaar_met=frozenset(groepen), niet_voor=frozenset({VERTROKKEN}))]
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
    mijd: Callable[[Vlag], bool] = lambda _: False  #: flags to pass over
    mijd_namen: frozenset[str] = frozenset()  #: partners and roles to pass over, mostly
    _teller: int = 0
    _vlag: int = 0
    _vlaggen: list[Vlag] = field(default_factory=list)

    def next_word(self) -> str:
        self._teller += 1
        return f"{self.merk}{self._teller:05d}q"

    def next_vlag(self) -> Vlag:
        alle = self.list_vlaggen()
        for _ in range(12):
            self._vlag += 1
            vlag = alle[self._vlag % len(alle)]
            if not self.mijd(vlag):
                break
        return vlag

    def list_vlaggen(self) -> list[Vlag]:
        if not self._vlaggen:
            self._vlaggen = [v for _ in range(4) for v in list_vlaggen(self.data, self.werkmap, self.rng)]
        return self._vlaggen

    def get_vraag(self, vraag_id: str) -> Vraag:
        """A question of the aanmeldformulier."""
        return _index_vragen(self.data.tafel.id)[vraag_id]

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
        if rubriek.id == kern.ROL.split(".")[0] and any(rol.staat_voor for rol in self.data.tafel.rollen):
            rijen = self._invite(rijen)
        return rubriek.model_copy(update={"antwoorden": antwoorden, "rijen": rijen})

    def _invite(self, rijen: tuple[Rij, ...]) -> tuple[Rij, ...]:
        """Most of the rows are of people who take part, one of each role; who is the cliënt stays so."""
        rollen = [rol for rol in self.data.tafel.rollen if rol.staat_voor]
        rollen.sort(key=lambda rol: self.data.tafel.gaat_over[0] not in rol.staat_voor)
        genodigd = []
        for rij, rol in itertools.zip_longest(rijen, rollen[: len(rijen)]):
            eisen = {kern.ROL: rol.staat_voor[0]} if rol else {}
            eisen |= {rol.als.vraag: rol.als.is_een_van[0]} if rol and rol.als else {}
            genodigd.append(self._choose(rij, eisen) if self.rng.random() < 0.8 else rij)
        return tuple(genodigd)

    def _choose(self, rij: Rij, eisen: Mapping[str, str]) -> Rij:
        formulier, antwoorden = self.data.get_aanmeldformulier(), []
        for antwoord in rij.antwoorden:
            vraag = formulier.get_vraag(antwoord.vraag)
            optie = vraag.get_optie(eisen.get(antwoord.vraag, "")) if vraag else None
            waarde = KeuzeWaarde(opties=(optie.id,), labels=(optie.label,)) if optie else antwoord.waarde
            status = Status.INGEVULD if optie else antwoord.status
            antwoorden.append(antwoord.model_copy(update={"waarde": waarde, "status": status}))
        return rij.model_copy(update={"antwoorden": tuple(antwoorden)})

    def _fix(self, antwoord: Antwoord, keuzes: Mapping[str, str], gemeente: str, eerste: bool) -> Antwoord:
        vraag = self.get_vraag(antwoord.vraag)
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
        alle = [*namen, *namen, *rollen]
        if self.mijd_namen and self.rng.random() < 0.8:
            alle = [naam for naam in alle if naam not in self.mijd_namen] or alle
        return tuple(self.rng.sample(alle, min(len(alle), self.rng.randint(1, hoogstens))))

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
            overleg_op=None,
            benoemd=self.draw_benoemd(),
            formuliernummer=self.next_word(),
            **{tekst: f"{tekst} {self.next_word()}" for tekst in teksten},
        )

    def draw_benoemd(self) -> tuple[tuple[str, str], ...]:
        """What a decision said of the roles within the dossier; the dossier itself says who holds them."""
        return tuple((rol.id, self.next_word()) for rol in self.data.tafel.dossierrollen)

    def make_benoemingen(self) -> tuple[Benoeming, ...]:
        """Each role given twice, to somebody who can hold it."""
        return tuple(
            Benoeming(
                rol=rol.id,
                wie=self.rng.choice([p.id for p in self.werkmap.partners if p.rol in rol.rollen]),
                op=VANDAAG - dt.timedelta(days=self.rng.randint(0, 40)),
                veld=self.next_word(),
            )
            for rol in self.data.tafel.dossierrollen
            for _ in range(2)
        )

    def make_betrekkingen(self) -> tuple[Betrekking, ...]:
        """Where a table keeps somebody out, two partners work for somebody, and of one nobody says for whom."""
        rollen = self.data.tafel.get_rollen_of_soort(Rolsoort.BETROKKENE)
        voor = [self.rng.choice(rollen), self.rng.choice(rollen), ""] if self.data.tafel.afschermingen else []
        namen = [partner.id for partner in self.werkmap.partners]
        return tuple(Betrekking(wie=self.rng.choice(namen), voor=rol, op=AANGEMELD) for rol in voor)

    def make_afspraak(self, overleg: str, datum: dt.date) -> Afspraak:
        tegen = datum + dt.timedelta(days=self.rng.randint(1, 90))
        return Afspraak(
            overleg=overleg,
            datum=datum,
            wat=f"Taak {self.next_word()}: ‘bel & schrijf’ <{self.next_word()}>.",
            wie=tuple(dict.fromkeys(self.draw_namen(2))),
            tegen=tegen if self.rng.random() < 0.8 else None,
            nummer=self.next_word(),
            status=self.rng.choice((*Afspraakstatus, Afspraakstatus.OPEN)),
        )

    def make_actie(self, doelen: Sequence[str]) -> Actie:
        """A row of a plan; several have the same aim, not always next to each other."""
        return Actie(
            doelstelling=self.rng.choice(doelen),
            prioriteit=self.rng.choice(("Hoog", "Laag")),
            actie=f"Actie {self.next_word()}: ‘bel & schrijf’ <{self.next_word()}>.",
            uitvoerders=tuple(dict.fromkeys(self.draw_namen(2))),
            tegen=VANDAAG + dt.timedelta(days=self.rng.randint(1, 90)) if self.rng.random() < 0.8 else None,
            status=f"stand {self.next_word()}" if self.rng.random() < 0.8 else "",
            vlag=self.next_vlag(),
        )

    def make_plan(self, versie: int, aantal: int = 14) -> PlanVanAanpak:
        doelen = [f"Doel {self.next_word()} {{{{ {self.next_word()} }}}}" for _ in range(4)]
        stand = self.rng.choice(tuple(Planstand))
        return PlanVanAanpak(
            versie=versie,
            stand=stand,
            opgesteld_op=dt.date(2025, 1, 1) + dt.timedelta(days=self.rng.randint(0, 300)),
            bijgewerkt_op=dt.date(2026, 1, 1) + dt.timedelta(days=self.rng.randint(0, 300)),
            goedgekeurd_op=dt.date(2026, 2, 1) + dt.timedelta(days=self.rng.randint(0, 200)),
            acties=tuple(self.make_actie(doelen) for _ in range(aantal)),
            sha256=f"{self.rng.getrandbits(256):064x}",
        )

    def make_mededeling(self) -> Mededeling:
        return Mededeling(tekst=f"Mee {self.next_word()} {{{{ {self.next_word()} }}}}.", vlag=self.next_vlag())

    def make_melding(self, soort: Meldingsoort) -> Melding:
        """Something that happened; what may lie ahead does so."""
        dagen = self.rng.randint(1, 30)
        vooruit = soort.vooruit and not soort.heft_op  # what ends an afscherming has done so
        datum = VANDAAG + dt.timedelta(days=dagen if vooruit else -dagen)
        if soort.stopt or soort.werkt_voor or soort.werkt_niet_voor:
            wie: tuple[str, ...] = self.draw_namen(1)
        else:
            wie = tuple(dict.fromkeys(self.draw_namen(8)))
        return Melding(
            soort=soort.id,
            datum=datum,
            wie=wie,
            naar=self.draw_namen(1),
            uur=f"uur {self.next_word()}",
            plaats=f"plaats {self.next_word()}",
            mededelingen=tuple(self.make_mededeling() for _ in range(12)),
            notitie=f"notitie {self.next_word()}",
            formuliernummer=self.next_word().upper(),
            ontvangen_op=VANDAAG - dt.timedelta(days=self.rng.randint(0, 9)),
            overleg_op=VANDAAG if soort.plant_overleg else None,
        )

    def make_inbreng(self) -> Inbreng:
        """What a partner brought on the form for it, and what the coordinator noted in rows of the table's own."""
        formulieren = [self.data.get_formulier_of_soort(s) for s in (Formuliersoort.INBRENG, Formuliersoort.MELDING)]
        gevraagd = {r.id: r for f in formulieren if f for r in f.rubrieken if r.vlaggen and r.id != "mededelingen"}
        rubrieken = [self.make_rubriek(rubriek) for rubriek in gevraagd.values()]
        return Inbreng(
            van=self.rng.choice(self.werkmap.partners).id,
            op=VANDAAG - dt.timedelta(days=self.rng.randint(0, 9)),
            formuliernummer=self.next_word(),
            rubrieken=tuple(rubrieken),
        )

    def make_passage(self, genomen: GenomenBesluit) -> Passage:
        tekst = f"Vrij {self.next_word()} {{{{ {self.next_word()} }}}}."
        return Passage(overleg=genomen.overleg, datum=genomen.datum, tekst=tekst, vlag=self.next_vlag())


@functools.cache
def _index_vragen(tafel: str) -> dict[str, Vraag]:
    return {vraag.id: vraag for vraag in TAFELS[tafel].get_aanmeldformulier().vragen}


def make_wereld(tafel: str, soort: Documentsoort, zaad: int) -> Wereld:
    """The world of this seed, made once. See `_make_wereld`."""
    return _make_wereld(tafel, soort.id, zaad)


@functools.lru_cache(maxsize=32)
def _make_wereld(tafel: str, soort_id: str, zaad: int) -> Wereld:
    """Four cases that this document is about: two by name in two towns, one anonymous, one by name elsewhere."""
    data = TAFELS[tafel]
    soort = data.get_document(soort_id)
    assert soort is not None
    werkmap = load_voorbeeldwerkmap(data).model_copy(update={"bewaartermijn": (None, 18)[zaad % 2]})
    fabriek = Fabriek(data, werkmap, random.Random(f"{tafel} {soort.id} {zaad}"))  # noqa: S311
    gemeenten = [g for partner in werkmap.partners for g in partner.gemeenten] or list(BUITEN_REGIO)
    dossiers = tuple(
        _make_dossier(fabriek, soort, nummer, code, gemeenten[nummer % len(gemeenten)])
        for nummer, code in enumerate(CODES)
    )
    return Wereld(data, werkmap, dossiers, {code: draw_eerder(fabriek) for code in CODES})


def draw_eerder(fabriek: Fabriek) -> dict[str, dt.date]:
    """Half of the partners heard of a case before, some of them only since yesterday."""
    partners = [p.id for p in fabriek.werkmap.partners if fabriek.rng.random() < 0.6]
    return {naam: VANDAAG - dt.timedelta(days=fabriek.rng.choice((0, 5, 20, 20))) for naam in partners}


def _make_dossier(fabriek: Fabriek, soort: Documentsoort, nummer: int, code: str, gemeente: str) -> Dossier:
    keuzes = {
        kern.ANONIEM: kern.ANONIEM_JA if nummer == 2 else kern.ANONIEM_NEE,
        kern.ZOEKEN: "nee" if nummer == 1 else kern.ZOEKEN_JA,
        kern.ROL: fabriek.data.tafel.gaat_over[0],
        **({kern.GEBOORTEDATUM: ""} if nummer == 3 else {}),  # a name to search for, and nothing beside it
    }
    overleg = fabriek.data.tafel.get_overleg(soort.overleg or "")
    besluiten = _make_besluiten(fabriek, soort, nummer)
    tafels = [(b.overleg, b.datum) for b in besluiten]
    if overleg and soort.moment is Moment.VOORBEREIDING:
        tafels.append((overleg.id, get_datum(fabriek.data, soort) - dt.timedelta(days=28)))
    return Dossier(
        code=code,
        fase=_choose_fase(fabriek.data, soort, nummer),
        aangemeld_op=AANGEMELD,
        aanmelding=fabriek.make_aanmelding(keuzes, BUITEN_REGIO[0] if nummer == 3 else gemeente),
        ontvangsten=(_make_ontvangst(fabriek),),
        besluiten=besluiten,
        overleg_op=VANDAAG if overleg else None,
        afspraken=tuple(fabriek.make_afspraak(*tafel) for tafel in tafels for _ in range(8)),
        passages=tuple(fabriek.make_passage(b) for b in besluiten for _ in range(8)),
        inbreng=tuple(fabriek.make_inbreng() for _ in range(2)),
        plannen=tuple(fabriek.make_plan(versie) for versie in (1, 2)),
        meldingen=_make_meldingen(fabriek, soort, nummer),
        benoemingen=fabriek.make_benoemingen(),
        betrekkingen=fabriek.make_betrekkingen(),
        # Of the one without a name nobody needs to be kept out.
        afgeschermd=tuple(Afgeschermd(afscherming=a.id, zeker=True) for a in fabriek.data.tafel.afschermingen)
        if nummer != 2
        else (),
    )


def _choose_fase(data: Tafeldata, soort: Documentsoort, nummer: int) -> str:
    """For a meeting the phases of its agenda, above all those that the document asks; else open ones and one closed."""
    overleg = data.tafel.get_overleg(soort.overleg or "")
    if overleg is not None:
        agenda = (*overleg.nieuw_uit, *overleg.terugkom_uit)
        fasen = (*soort.fasen, *soort.fasen, *agenda) if soort.fasen else agenda
    elif soort.moment in (Moment.PLAN, Moment.MELDING):
        fasen = tuple(fase.id for fase in data.tafel.fasen if fase.open)[-3:]
        fasen += tuple(fase.id for fase in data.tafel.fasen if not fase.open)[:1]
    else:
        fasen = (data.tafel.beginfase,)
    return fasen[nummer % len(fasen)]


def _make_meldingen(fabriek: Fabriek, soort: Documentsoort, nummer: int) -> tuple[Melding, ...]:
    """Of every kind one, of those that the document tells of one more.

    In two cases nobody stopped; in one, what lay ahead has passed.
    """
    soorten = [s for s in fabriek.data.tafel.meldingen if nummer % 2 or not (s.stopt or s.heft_op)]
    soorten = [s for s in soorten if nummer == 3 or not s.schermt_af]
    gemaakt = [fabriek.make_melding(s) for s in (*soorten, *(s for s in soorten if s.id in soort.meldingen))]
    voorbij = VANDAAG - dt.timedelta(days=1)
    return tuple(m.model_copy(update={"datum": min(m.datum, voorbij)}) if nummer == 2 else m for m in gemaakt)


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
    if tafel.beginfase in begin and soort.moment is Moment.VOORBEREIDING:
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
