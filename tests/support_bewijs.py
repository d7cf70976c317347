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
from pipeline.meeting import plan_overleg
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
from schemas.dossier import Dossier, GenomenBesluit, Ontvangst, Ontvangstsoort
from schemas.formulier import Rubriek, Rubriekvorm, Vraag, Vraagsoort
from schemas.overleg import Agendapunt, Overleg
from schemas.tafel import Rolsoort
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
        return plan_overleg(overleg, get_datum(self.data, soort), self.dossiers, self.data.tafel, self.werkmap)

    def make_deling(self, soort: Documentsoort) -> Deling:
        """The wall, for this kind of document only: the others would be made in vain."""
        data = self.data.model_copy(update={"documenten": (soort,)})
        return Deling(data, self.werkmap, VANDAAG, {d.code: (d, self.toets(d)) for d in self.dossiers})


Maker = Callable[[Wereld, Documentsoort], tuple[Deelbeeld, ...]]


def share(wereld: Wereld, soort: Documentsoort) -> tuple[Deelbeeld, ...]:
    """All copies of this kind of document, by the real wall."""
    deling = wereld.make_deling(soort)
    if soort.aanleiding is Aanleiding.OVERLEG:
        return deling.share_overleg(wereld.plan(soort))
    return tuple(deling.share_dossier(soort, dossier.code) for dossier in wereld.dossiers)


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


def share_one(wereld: Wereld, soort: Documentsoort, kijker: Kijker, anders: Deelbeeld) -> tuple[Deelbeeld, ...]:
    """The copies of one recipient; `anders`, a copy of somebody else, stands in for the copies of all others."""
    deling = wereld.make_deling(soort)
    if soort.aanleiding is Aanleiding.OVERLEG:
        een = _DelingVoorEen(deling.data, deling.werkmap, deling.vandaag, deling.dossiers, kijker.id, anders)
        beelden = een.share_overleg(wereld.plan(soort))
    else:
        beelden = tuple(deling.share_dossier(soort, d.code) for d in wereld.dossiers if d.code == kijker.casus)
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
    partner = wereld.werkmap.get_partner(kijker.id)
    rol = wereld.data.tafel.get_rol(partner.rol) if partner else None
    if partner is None or rol is None:
        return True
    if rol.soort is Rolsoort.AD_HOC:
        getekend = partner.protocol_ondertekend_op is not None and partner.protocol_ondertekend_op <= VANDAAG
        return getekend and any(partner.id in besluit.ad_hoc for besluit in dossier.besluiten)
    if rol.volgens_woonplaats:
        vrijgaven = [v for v in wereld.data.deling.vrijgaven if v.feit is Feit.ROUTERING and soort.id in v.documenten]
        return any(rol.id in v.rollen for v in vrijgaven) and bool(
            {normalise(gemeente) for gemeente in partner.gemeenten} & set(iterate_woonplaatsen(dossier, kijker))
        )
    return True


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
    return Dossier(
        code=code,
        fase=fasen[nummer % len(fasen)],
        aangemeld_op=AANGEMELD,
        aanmelding=fabriek.make_aanmelding(keuzes, BUITEN_REGIO[0] if nummer == 3 else gemeente),
        ontvangsten=(_make_ontvangst(fabriek),),
        besluiten=_make_besluiten(fabriek, soort, nummer),
        overleg_op=VANDAAG if overleg else None,
    )


def _make_ontvangst(fabriek: Fabriek) -> Ontvangst:
    return Ontvangst(
        sha256=f"{fabriek.rng.getrandbits(256):064x}",
        bestand=f"aanmelding {fabriek.next_word()}.docx",
        ontvangen_op=AANGEMELD,
        soort=Ontvangstsoort.AANMELDING,
    )


def _make_besluiten(fabriek: Fabriek, soort: Documentsoort, nummer: int) -> tuple[GenomenBesluit, ...]:
    """Decisions of an earlier meeting: for letters of a decision, and for what follows one."""
    tafel = fabriek.data.tafel
    besluiten = [b for b in tafel.besluiten if b.overleg != soort.overleg]
    begin = {fase for overleg in tafel.overleggen if overleg.id == soort.overleg for fase in overleg.nieuw_uit}
    if not besluiten or soort.moment in (Moment.ONTVANGST_VOLLEDIG, Moment.ONTVANGST_ONVOLLEDIG):
        return ()
    if tafel.beginfase in begin:
        return ()
    ad_hoc = [p.id for p in fabriek.werkmap.partners if _is_ad_hoc(fabriek.data, p.rol)]
    return tuple(
        GenomenBesluit(
            overleg=besluiten[0].overleg,
            datum=VANDAAG - dt.timedelta(days=dagen),
            besluit=besluiten[(nummer + dagen) % len(besluiten)].id,
            advies=f"advies {fabriek.next_word()}",
            reden=f"reden {fabriek.next_word()}",
            partners=(fabriek.rng.choice(fabriek.werkmap.partners).id,),
            ad_hoc=tuple(ad_hoc) if nummer in (0, 2) else (),
            notitie=f"notitie {fabriek.next_word()}",
            formuliernummer=fabriek.next_word(),
        )
        for dagen in (30, 2)
    )


def _is_ad_hoc(data: Tafeldata, rol_id: str) -> bool:
    rol = data.tafel.get_rol(rol_id)
    return rol is not None and rol.soort is Rolsoort.AD_HOC
