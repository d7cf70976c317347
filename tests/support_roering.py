"""Stirs everything that a recipient may not see, and holds equal what the table releases to him."""

from __future__ import annotations

import datetime as dt
import functools
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from support_afscherming import in_case, list_namens
from support_bewijs import CODES, VANDAAG, Fabriek, Kijker, Wereld, draw_eerder
from support_regels import (
    get_besluit,
    get_regel,
    is_concerned,
    list_acties,
    list_afspraken,
    list_bekend,
    list_feiten,
    list_inbreng,
    list_openstaand,
    list_passages,
    list_personen,
    list_stopped,
    list_verteld,
    may_see,
    show_band,
)
from support_rollen import list_agreed, list_dragers, list_invited, name_in, tell_datum

from schemas import kern
from schemas.aanmelding import Aanmelding, Antwoord, IngevuldeRubriek, PartnersWaarde, Rij, Status
from schemas.deling import Feit, Vlag
from schemas.documentsoort import Aanleiding, Documentsoort, Moment
from schemas.dossier import (
    Actie,
    Afspraak,
    Afspraakstatus,
    Dossier,
    Fasewissel,
    GenomenBesluit,
    Inbreng,
    Melding,
    Passage,
    Planstand,
)
from schemas.formulier import Formuliersoort, Rubriek
from schemas.inzending import Herkomst
from schemas.tafel import Meldingeis, Rolsoort
from schemas.toetsing import Toetsing

T = TypeVar("T")

#: How a scramble goes about it; the last does everything at random.
WIJZEN = ("vervang", "leeg", "weg", "bij", "herorden", "alles")

#: Texts of a decision, printed or not, and what can be done to a list of to-do's or passages.
_NOTITIES = (
    *("notitie", "pistes", "formuliernummer", "advies", "reden", "onveiligheid", "geinformeerd", "stemt_in"),
    *("terugkoppeling", "terugkoppeling_hoe"),
)
_LIJSTSTAPPEN = ("vervang", "weg", "verplaatst", "bij")
#: Steps on what came in after the aanmelding; each does something to one thing, seen or not.
LATERE_STAPPEN = (
    *(f"{lijst} {wat}" for lijst in ("actie", "melding", "mededeling", "inbrengrij") for wat in _LIJSTSTAPPEN),
    *("plan versies", "plan kop", "melding velden", "inbreng kop", "afspraak stand"),
)

#: Which recipients see an answer to this question with this flag.
Ziet = Callable[[str, Vlag], frozenset[str]]
Dossierstap = Callable[[Dossier], Dossier]
Stap = Callable[[IngevuldeRubriek], IngevuldeRubriek]
Vrijgave = Callable[["Zicht", Dossier, Toetsing | None], object]


@dataclass(frozen=True)
class Zicht:
    """One kind of document for one recipient."""

    wereld: Wereld
    soort: Documentsoort
    kijker: Kijker

    def list_ids(self) -> list[str]:
        return [self.kijker.id]

    def concerns(self, dossier: Dossier) -> bool:
        return is_concerned(self.wereld, self.soort, self.kijker, dossier)

    def sees(self, vraag: str, vlag: Vlag, dossier: Dossier) -> frozenset[str]:
        """Which recipients may see this, in a case that is their business."""
        kijker = in_case(self.wereld, self.kijker, dossier)
        gezien = not self.soort.enkel_inbreng and may_see(self.wereld, self.soort, kijker, vraag, vlag)
        return frozenset({f"{self.soort.id} {self.kijker.id}"} if gezien else ())

    def list_released(self, dossier: Dossier) -> tuple[object, ...]:
        """All that reaches this recipient of the case but for answers of the aanmelding: the closed list, and more.

        What came in later is held equal as he sees it, in its order; of what he does not see, nothing is.
        """
        open_ = tuple(
            _show_afspraak(self.soort, a, met_stand=True)
            for a in list_openstaand(self.wereld, self.soort, self.kijker, dossier)
        )
        if not self.concerns(dossier):
            return open_
        feiten = list_feiten(self.wereld.data, self.soort, self.kijker)
        feiten -= {Feit.ROUTERING}  # that the case is his business is held equal by itself
        toetsing = self.wereld.toets(dossier) if feiten & _UIT_TOETSING else None
        return (
            dossier.code,
            *(_FEITEN[feit](self, dossier, toetsing) for feit in sorted(feiten)),
            _get_address(self.soort, dossier.aanmelding) if self.kijker.id.startswith("aanmelder ") else (),
            self._list_bands(dossier),
            open_,
            list_stopped(self.wereld, self.soort, dossier) if self.soort.aanleiding is Aanleiding.OVERLEG else [],
            list_invited(self.wereld.data, dossier) if self.soort.aanleiding is Aanleiding.OVERLEG else [],
            [_show_actie(self, a) for a in list_acties(self.wereld, self.soort, self.kijker, dossier)],
            [(m.formuliernummer, teksten) for m, teksten in self.list_verteld(dossier)],
            list_inbreng(self.wereld, self.soort, self.kijker, dossier),
            sorted(list_namens(self.wereld, self.kijker, dossier)),
        )

    def _list_bands(self, dossier: Dossier) -> list[str]:
        """Of an anonymous document: the age bands that he reads, which go by the day of the aanmelding."""
        datums = [
            antwoord.get_datum()
            for rubriek in (*dossier.aanmelding.rubrieken, *(r for i in dossier.inbreng for r in i.rubrieken))
            for antwoord in list_answers(rubriek)
            if antwoord.vraag == kern.GEBOORTEDATUM and self.sees(antwoord.vraag, antwoord.vlag, dossier)
        ]
        anoniem, op = self.soort.anoniem, dossier.aangemeld_op
        return [show_band(self.wereld.data, datum, op) for datum in datums if datum] if anoniem else []

    def has_open(self, dossier: Dossier) -> bool:
        return bool(list_openstaand(self.wereld, self.soort, self.kijker, dossier))

    def list_verteld(self, dossier: Dossier) -> list[tuple[Melding, list[str]]]:
        return list_verteld(self.wereld, self.soort, self.kijker, dossier)

    def find_punt(self, dossier: Dossier) -> object:
        """How this case comes to the agenda, when it is this recipient's business."""
        if self.soort.aanleiding is not Aanleiding.OVERLEG or not self.concerns(dossier):
            return ()
        return replace(self.wereld, dossiers=(dossier,)).plan(self.soort).punten


@dataclass(frozen=True)
class ZichtVanAllen(Zicht):
    """Everybody who gets any of these documents, taken together: what none of them may see, nobody may see."""

    delen: tuple[Zicht, ...] = ()

    def list_ids(self) -> list[str]:
        return [deel.kijker.id for deel in self.delen]

    def concerns(self, dossier: Dossier) -> bool:
        return any(deel.concerns(dossier) for deel in self.delen)

    def has_open(self, dossier: Dossier) -> bool:
        return any(deel.has_open(dossier) for deel in self.delen)

    def sees(self, vraag: str, vlag: Vlag, dossier: Dossier) -> frozenset[str]:
        return frozenset().union(*(deel.sees(vraag, vlag, dossier) for deel in self.delen))

    def list_released(self, dossier: Dossier) -> tuple[object, ...]:
        rollen = {rol for deel in self.delen for rol in deel.soort.rollen}
        personen = [
            p.id for rol in self.wereld.data.tafel.rollen if rol.id in rollen for p in list_personen(rol, dossier)
        ]
        return (sorted(personen), *(deel.list_released(dossier) for deel in self.delen))

    def find_punt(self, dossier: Dossier) -> object:
        return tuple(deel.find_punt(dossier) for deel in self.delen)


def _show_afspraak(soort: Documentsoort, afspraak: Afspraak, *, met_stand: bool = False) -> object:
    """A to-do as it is printed; only an agenda says where it stands."""
    stand = afspraak.status if met_stand else None
    tegen = tell_datum(soort, afspraak.tegen) if afspraak.tegen else ""
    return (afspraak.wat, afspraak.wie, tegen, afspraak.nummer, stand)


def _show_actie(zicht: Zicht, actie: Actie) -> tuple[str, ...]:
    """A row of a plan as it is printed, but for questions that this document leaves out."""
    regel = get_regel(zicht.wereld.data, zicht.soort)
    velden = {
        kern.ACTIE_DOEL: actie.doelstelling,
        kern.ACTIE_PRIORITEIT: actie.prioriteit,
        kern.ACTIE_WAT: actie.actie,
        kern.ACTIE_WIE: name_in(zicht.wereld, zicht.soort, actie.uitvoerders),
        kern.ACTIE_TEGEN: tell_datum(zicht.soort, actie.tegen),
        kern.ACTIE_STATUS: actie.status,
    }
    return tuple(tekst for vraag, tekst in velden.items() if regel is None or vraag not in regel.zonder_vragen)


def _get_address(soort: Documentsoort, aanmelding: Aanmelding) -> tuple[object, ...]:
    """Who the aanmelder is, is the address of his own letter; an anonymous one has no address."""
    organisatie = aanmelding.get(kern.AANMELDER_ORGANISATIE)
    ids = organisatie.waarde.ids if organisatie and isinstance(organisatie.waarde, PartnersWaarde) else ()
    adres = (aanmelding.get_tekst(kern.AANMELDER_NAAM), aanmelding.get_tekst(kern.AANMELDER_EMAIL))
    return (() if soort.anoniem else adres, ids)


def _get_criteria(_: Zicht, __: Dossier, toetsing: Toetsing | None) -> object:
    assert toetsing is not None
    criteria = [
        (c.criterium, c.uitkomst, tuple(dict.fromkeys((b.label, b.antwoord) for b in c.beslissend)))
        for c in toetsing.criteria
    ]
    return (toetsing.eindoordeel, criteria)


def _get_weegvragen(_: Zicht, __: Dossier, toetsing: Toetsing | None) -> object:
    assert toetsing is not None
    return [vraag for c in toetsing.criteria for vraag in c.weegvragen]


def _get_ontbrekend(_: Zicht, __: Dossier, toetsing: Toetsing | None) -> object:
    assert toetsing is not None
    return [(v.rubriek, v.label, v.reden) for v in toetsing.ontbrekend]


def _get_instemming(_: Zicht, dossier: Dossier, __: Toetsing | None) -> object:
    return [dossier.aanmelding.get_tekst(vraag) for vraag in (kern.GEINFORMEERD, kern.STEMT_IN)]


def _get_fase(_: Zicht, dossier: Dossier, __: Toetsing | None) -> object:
    return dossier.fase


def _get_anoniem(_: Zicht, dossier: Dossier, __: Toetsing | None) -> object:
    antwoord = dossier.aanmelding.get(kern.ANONIEM)
    return antwoord is not None and antwoord.has_optie(kern.ANONIEM_JA)


def _get_identiteit(zicht: Zicht, dossier: Dossier, _: Toetsing | None) -> object:
    return _list_personen(zicht, dossier)


def _list_personen(zicht: Zicht, dossier: Dossier) -> list[tuple[str, str, str]]:
    """Name and birth date of the cliënt, when the form says that they may be searched for (3.5.6) by this recipient."""
    mag = dossier.aanmelding.get(kern.ZOEKEN)
    if mag is None or not mag.has_optie(kern.ZOEKEN_JA):
        return []
    return [
        (rij.get_tekst("rol"), rij.get_tekst("naam"), rij.get_tekst("geboortedatum"))
        for rij in dossier.aanmelding.get_rijen(kern.ROL.split(".")[0])
        if (rol := rij.get("rol")) and rol.has_optie(*zicht.wereld.data.tafel.gaat_over) and rij.get_tekst("naam")
        if not any(_shuts_out(antwoord.vlag, zicht, dossier) for antwoord in rij.antwoorden)
    ]


def _shuts_out(vlag: Vlag, zicht: Zicht, dossier: Dossier) -> bool:
    ids = zicht.kijker.ids
    namens = list_namens(zicht.wereld, zicht.kijker, dossier)
    if vlag.niet_voor & (ids | namens) or vlag.niet_voor - list_bekend(zicht.wereld):
        return True
    return bool(vlag.enkel_voor) and not vlag.enkel_voor & ids


def _get_besluit(_: Zicht, dossier: Dossier, __: Toetsing | None) -> object:
    return [(b.overleg, b.datum, b.besluit, b.advies, b.reden, b.partners) for b in dossier.besluiten[-1:]]


def _get_verslag(zicht: Zicht, dossier: Dossier, _: Toetsing | None) -> object:
    """What was concluded, and with whom: who sat at the case stands on the list of readers."""
    genomen = get_besluit(zicht.wereld.data, zicht.soort, dossier)
    return genomen and genomen.model_dump(exclude={"advies", "reden", "pistes", "notitie", "formuliernummer"})


def _get_afspraken(zicht: Zicht, dossier: Dossier, _: Toetsing | None) -> object:
    return [_show_afspraak(zicht.soort, a) for a in list_afspraken(zicht.wereld, zicht.soort, zicht.kijker, dossier)]


def _get_passages(zicht: Zicht, dossier: Dossier, _: Toetsing | None) -> object:
    return list_passages(zicht.wereld, zicht.soort, zicht.kijker, dossier)


def _get_plan(zicht: Zicht, dossier: Dossier, _: Toetsing | None) -> object:
    """State and dates of the latest version, for who may see any of its rows."""
    if not list_acties(zicht.wereld, zicht.soort, zicht.kijker, dossier):
        return ()
    plan = dossier.plannen[-1]
    goedgekeurd = plan.goedgekeurd_op if plan.stand is Planstand.GOEDGEKEURD else None
    return (
        plan.stand,
        *(dag and tell_datum(zicht.soort, dag) for dag in (plan.opgesteld_op, plan.bijgewerkt_op, goedgekeurd)),
    )


def _get_melding(zicht: Zicht, dossier: Dossier, _: Toetsing | None) -> object:
    return [
        (m.soort, tell_datum(zicht.soort, m.datum), *_list_where(zicht, m), m.wie, _list_takers(zicht, m))
        for m, _ in zicht.list_verteld(dossier)
    ]


def _list_where(zicht: Zicht, melding: Melding) -> list[str]:
    """Hour and place, which an anonymous letter leaves out: the place may be somebody's home."""
    return [] if zicht.soort.anoniem else [melding.uur, melding.plaats]


def _list_takers(zicht: Zicht, melding: Melding) -> tuple[str, ...]:
    """Who takes over, where the kind of melding is about that."""
    soort = zicht.wereld.data.tafel.get_melding(melding.soort)
    return melding.naar if soort is not None and (soort.draagt_over or soort.benoemt) else ()


def _get_rolverdeling(zicht: Zicht, dossier: Dossier, _: Toetsing | None) -> object:
    return list_dragers(zicht.wereld, zicht.soort, dossier)


def _get_bewaren(zicht: Zicht, dossier: Dossier, _: Toetsing | None) -> object:
    genomen = get_besluit(zicht.wereld.data, zicht.soort, dossier)
    return genomen and genomen.datum


_UIT_TOETSING = frozenset({Feit.CRITERIA, Feit.WEEGVRAGEN, Feit.ONTBREKEND})
_FEITEN: dict[Feit, Vrijgave] = {
    Feit.CRITERIA: _get_criteria,
    Feit.WEEGVRAGEN: _get_weegvragen,
    Feit.ONTBREKEND: _get_ontbrekend,
    Feit.INSTEMMING: _get_instemming,
    Feit.FASE: _get_fase,
    Feit.ANONIEM: _get_anoniem,
    Feit.IDENTITEIT: _get_identiteit,
    Feit.BESLUIT: _get_besluit,
    Feit.VERSLAG: _get_verslag,
    Feit.AFSPRAKEN: _get_afspraken,
    Feit.PASSAGES: _get_passages,
    Feit.PLAN: _get_plan,
    Feit.MELDING: _get_melding,
    Feit.BEWAREN: _get_bewaren,
    Feit.ROLVERDELING: _get_rolverdeling,
}


def list_printed(zicht: Zicht, dossier: Dossier) -> Iterator[str]:
    """The texts of this case that must stand in the copy, but for answers of forms that were flagged as such."""
    yield from _list_open(zicht, dossier)
    if zicht.concerns(dossier):
        yield from _list_released_texts(zicht, dossier)


def _list_open(zicht: Zicht, dossier: Dossier) -> Iterator[str]:
    for afspraak in list_openstaand(zicht.wereld, zicht.soort, zicht.kijker, dossier):
        yield from (afspraak.wat, afspraak.nummer, *_split_names(zicht, afspraak.wie))
        yield tell_datum(zicht.soort, afspraak.tegen) if afspraak.tegen else ""


def _list_released_texts(zicht: Zicht, dossier: Dossier) -> Iterator[str]:
    feiten = list_feiten(zicht.wereld.data, zicht.soort, zicht.kijker)
    toetsing = zicht.wereld.toets(dossier)
    if Feit.CRITERIA in feiten:
        yield from (tekst for c in toetsing.criteria for tekst in (c.kort, c.tekst, c.bron, c.uitkomst.value))
        beslissend = [b for c in toetsing.criteria for b in c.beslissend if not points_at(zicht, b.vraag)]
        yield from (tekst for b in beslissend for tekst in (b.label, b.antwoord))
    if Feit.WEEGVRAGEN in feiten:
        yield from (vraag for c in toetsing.criteria for vraag in c.weegvragen)
    if Feit.ONTBREKEND in feiten:
        yield from (tekst for v in toetsing.ontbrekend for tekst in (v.rubriek, v.label, v.reden))
    if Feit.INSTEMMING in feiten:
        yield from (dossier.aanmelding.get_tekst(vraag) for vraag in (kern.GEINFORMEERD, kern.STEMT_IN))
    if Feit.IDENTITEIT in feiten:
        yield from (tekst for persoon in _list_personen(zicht, dossier) for tekst in persoon)
    if Feit.BESLUIT in feiten:
        yield from (tekst for besluit in dossier.besluiten[-1:] for tekst in (besluit.advies, besluit.reden))
    if Feit.VERSLAG in feiten:
        yield from _list_concluded(zicht, dossier)
    if Feit.BEWAREN in feiten:
        yield _tell_bewaren(zicht, dossier)
    yield from _list_roles(zicht, dossier, feiten)
    yield from _list_later(zicht, dossier, feiten)


def _list_roles(zicht: Zicht, dossier: Dossier, feiten: set[Feit]) -> Iterator[str]:
    """Who holds which role, and where and when the one case of this document is discussed."""
    for label, wie in list_dragers(zicht.wereld, zicht.soort, dossier) if Feit.ROLVERDELING in feiten else ():
        yield from (label, *_split_names(zicht, (wie,)))
    yield from list_agreed(zicht.wereld, zicht.soort, dossier) if Feit.MELDING in feiten else ()


def points_at(zicht: Zicht, vraag_id: str) -> bool:
    """Whether an anonymous document leaves out this answer to explain a criterium: it points at somebody."""
    vraag = zicht.wereld.data.get_aanmeldformulier().get_vraag(vraag_id)
    return zicht.soort.anoniem and vraag is not None and vraag.identificerend


def _list_later(zicht: Zicht, dossier: Dossier, feiten: set[Feit]) -> Iterator[str]:
    """What a table, a plan or a melding wrote down."""
    for afspraak in list_afspraken(zicht.wereld, zicht.soort, zicht.kijker, dossier):
        yield from (afspraak.wat, afspraak.nummer, tell_datum(zicht.soort, afspraak.tegen) if afspraak.tegen else "")
    yield from list_passages(zicht.wereld, zicht.soort, zicht.kijker, dossier)
    for actie in list_acties(zicht.wereld, zicht.soort, zicht.kijker, dossier):
        wie = name_in(zicht.wereld, zicht.soort, actie.uitvoerders)
        yield from (tekst for tekst in _show_actie(zicht, actie) if tekst != wie)
        yield from _split_names(zicht, actie.uitvoerders)
        if Feit.PLAN in feiten and zicht.soort.moment is Moment.PLAN:
            plan = dossier.plannen[-1]
            yield from (tell_datum(zicht.soort, datum) for datum in (plan.opgesteld_op, plan.bijgewerkt_op))
    for melding, teksten in zicht.list_verteld(dossier):
        yield from teksten
        yield from _list_told(zicht, melding) if Feit.MELDING in feiten else ()


def _list_told(zicht: Zicht, melding: Melding) -> Iterator[str]:
    """The day, and whatever else a melding of this kind is asked for."""
    soort = zicht.wereld.data.tafel.get_melding(melding.soort)
    velden = {
        Meldingeis.UUR: [melding.uur] * (not zicht.soort.anoniem),
        Meldingeis.PLAATS: [melding.plaats] * (not zicht.soort.anoniem),
        Meldingeis.WIE: _split_names(zicht, melding.wie),
    }
    yield tell_datum(zicht.soort, melding.datum)
    yield from _split_names(zicht, _list_takers(zicht, melding))
    for eis, teksten in velden.items():
        yield from teksten if soort is not None and eis in soort.vereist else ()


def _split_names(zicht: Zicht, ids: tuple[str, ...]) -> list[str]:
    """Word by word: a reader of a PDF finds what stands beside a name between two lines of it."""
    woorden = name_in(zicht.wereld, zicht.soort, ids).replace(",", "").split()
    return [woord for woord in woorden if woord[0].isupper()]


def _tell_bewaren(zicht: Zicht, dossier: Dossier) -> str:
    """Until when the case is kept; of a decision on the last of a month these worlds have none."""
    genomen, maanden = get_besluit(zicht.wereld.data, zicht.soort, dossier), zicht.wereld.werkmap.bewaartermijn
    assert genomen is not None
    if maanden is None:
        return "geen bewaartermijn"
    maand = genomen.datum.month - 1 + maanden
    tot = genomen.datum.replace(year=genomen.datum.year + maand // 12, month=maand % 12 + 1)
    return tell_datum(zicht.soort, tot)


def _list_concluded(zicht: Zicht, dossier: Dossier) -> Iterator[str]:
    genomen = get_besluit(zicht.wereld.data, zicht.soort, dossier)
    besluit = zicht.wereld.data.tafel.get_besluit(genomen.besluit) if genomen else None
    assert genomen is not None and besluit is not None
    yield from (dossier.code, besluit.label, genomen.onveiligheid, genomen.geinformeerd, genomen.stemt_in)
    yield from (genomen.terugkoppeling, genomen.terugkoppeling_hoe)
    for ids in (genomen.partners, genomen.terugkoppeling_wie):
        yield name_in(zicht.wereld, zicht.soort, ids)


@dataclass
class Roerder:
    """Makes worlds that this recipient must not be able to tell from the first. `gedaan` counts what was changed."""

    zicht: Zicht
    rng: random.Random
    gedaan: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        wereld = self.zicht.wereld
        self._fabriek = Fabriek(wereld.data, wereld.werkmap, self.rng, merk="z")
        self._vrijgegeven = {d.code: self.zicht.list_released(d) for d in wereld.dossiers}
        self._punten: dict[tuple[object, ...], object] = {}
        self._agenda = {d.code: self._find_punt(d) for d in wereld.dossiers}

    def stir(self, wijze: str) -> Wereld:
        """One scramble. A step that would change what is released is left out; all others stay."""
        wereld = self.zicht.wereld
        for dossier in wereld.dossiers:
            wereld = self._stir_dossier(wereld, dossier.code, wijze)
        wereld = replace(wereld, eerder=self._stir_earlier(wereld))
        return self._stir_cases(wereld) if self.rng.random() < 0.3 else wereld

    def _stir_earlier(self, wereld: Wereld) -> dict[str, dict[str, dt.date]]:
        """Others got other documents before; what he got himself, he knows."""
        nieuw = {code: draw_eerder(self._fabriek) for code in wereld.eerder}
        for code, dagen in nieuw.items():
            for naam in self.zicht.list_ids():
                eigen = wereld.eerder[code].get(naam)
                dagen.pop(naam, None)
                dagen.update({naam: eigen} if eigen is not None else {})
        self.gedaan["eerder"] += 1
        return nieuw

    def _accept(self, oud: Wereld, code: str, nieuw: Wereld, gedaan: dict[str, int]) -> Wereld:
        """The new world when this case still releases the same to this recipient; else the old one."""
        if nieuw is oud:
            return oud
        dossier = nieuw.get(code)
        if self._find_punt(dossier) != self._agenda.get(code, ()):
            return oud
        if self.zicht.list_released(dossier) != self._vrijgegeven.get(code, ()):
            return oud
        self.gedaan.update(gedaan)
        return nieuw

    def _find_punt(self, dossier: Dossier) -> object:
        besluiten = tuple((b.overleg, b.datum, b.ad_hoc) for b in dossier.besluiten)
        mijn = self.zicht.concerns(dossier)
        sleutel = (
            mijn,
            dossier.code,
            dossier.fase,
            dossier.aangemeld_op,
            dossier.overleg_op,
            besluiten,
            dossier.verloop,
            tuple((m.soort, m.overleg_op, m.uur, m.plaats) for m in dossier.meldingen),
        )
        if sleutel not in self._punten:
            self._punten[sleutel] = self.zicht.find_punt(dossier)
        return self._punten[sleutel]

    def _stir_cases(self, wereld: Wereld) -> Wereld:
        """Another case less, or one more that is on no agenda of his or not this recipient's business."""
        vreemd = [d for d in wereld.dossiers if not self._reaches(d)]
        if vreemd and self.rng.random() < 0.5:
            self.gedaan["casus weg"] += 1
            return replace(wereld, dossiers=tuple(d for d in wereld.dossiers if d is not vreemd[0]))
        code = self.rng.choice(CODES)[:-1] + self.rng.choice("CDF")
        if any(d.code == code for d in wereld.dossiers) or (not vreemd and not self.zicht.soort.overleg):
            return wereld
        fase = self.rng.choice(wereld.data.tafel.fasen).id
        bron = self.rng.choice(vreemd or wereld.dossiers)
        vers = {} if vreemd else {"besluiten": (), "afspraken": ()}
        extra = bron.model_copy(update={"code": code, "fase": fase, **vers})
        if self._find_punt(extra) or self._reaches(extra):
            return wereld
        self.gedaan["casus bij"] += 1
        return replace(wereld, dossiers=tuple(sorted((*wereld.dossiers, extra), key=lambda d: d.code)))

    def _reaches(self, dossier: Dossier) -> bool:
        """Whether anything of this case stands in any copy of his: the case itself, or a to-do that is still open."""
        return self.zicht.concerns(dossier) or self.zicht.has_open(dossier)

    def _stir_dossier(self, wereld: Wereld, code: str, wijze: str) -> Wereld:
        dossier = wereld.get(code)
        mijn = self.zicht.concerns(dossier)

        def ziet(vraag: str, vlag: Vlag) -> frozenset[str]:
            return self.zicht.sees(vraag, vlag, dossier) if mijn else frozenset()

        for rubriek in dossier.aanmelding.rubrieken:
            wereld = self._stir_rubriek(wereld, code, rubriek.id, list(self._list_steps(rubriek, ziet, wijze)))
        wereld = self._stir_order(wereld, code, ziet, wijze)
        return self._stir_rest(wereld, code, mijn)

    def _stir_rubriek(self, wereld: Wereld, code: str, rubriek_id: str, stappen: list[tuple[str, Stap]]) -> Wereld:
        """All steps at once when nothing released changes by it, else each half by itself, down to one step."""
        if not stappen:
            return wereld
        alles = _apply(wereld, code, rubriek_id, [stap for _, stap in stappen])
        gelukt = self._accept(wereld, code, alles, Counter(naam for naam, _ in stappen))
        if gelukt is not wereld or len(stappen) == 1:
            return gelukt
        helft = len(stappen) // 2
        wereld = self._stir_rubriek(wereld, code, rubriek_id, stappen[:helft])
        return self._stir_rubriek(wereld, code, rubriek_id, stappen[helft:])

    def _list_steps(self, rubriek: IngevuldeRubriek, ziet: Ziet, wijze: str) -> Iterator[tuple[str, Stap]]:
        for antwoord in rubriek.antwoorden:
            yield from self._list_answer_steps("", antwoord, ziet, wijze)
        for rij in rubriek.rijen:
            for antwoord in rij.antwoorden:
                yield from self._list_answer_steps(rij.id, antwoord, ziet, wijze)
            if not any(ziet(a.vraag, a.vlag) for a in rij.antwoorden):
                yield from self._list_row_steps(rij, wijze)
        if rubriek.rijen and self._does("bij", wijze):
            for _ in range(self.rng.randint(1, 3)):
                yield "rij bij", self._add_row(rubriek.id, ziet)

    def _does(self, wat: str, wijze: str) -> bool:
        return wijze == wat or (wijze == "alles" and self.rng.random() < 0.3)

    def _list_answer_steps(self, rij: str, antwoord: Antwoord, ziet: Ziet, wijze: str) -> Iterator[tuple[str, Stap]]:
        gezien = ziet(antwoord.vraag, antwoord.vlag)
        if self.rng.random() < 0.3:
            yield "vlag", _on_answer(rij, antwoord, lambda a: a.model_copy(update={"vlag": self._find_vlag(a, ziet)}))
        if gezien:
            return
        if self._does("vervang", wijze):
            yield "vervang", _on_answer(rij, antwoord, self._replace)
        elif self._does("leeg", wijze):
            status = self.rng.choice((Status.LEEG, Status.LEEG, Status.ONBEKEND, Status.NVT, Status.NIET_GEVONDEN))
            yield "leeg", _on_answer(rij, antwoord, lambda a: a.model_copy(update={"status": status, "waarde": None}))
        elif self._does("weg", wijze):
            yield "weg", _on_answer(rij, antwoord, lambda _: None)

    def _list_row_steps(self, rij: Rij, wijze: str) -> Iterator[tuple[str, Stap]]:
        """For a row of which nothing is seen."""
        if self._does("weg", wijze):
            yield "rij weg", lambda r: _with_rows(r, [x for x in r.rijen if x.id != rij.id])
        elif self._does("bij", wijze):
            yield "rij dubbel", lambda r: _with_rows(r, self._double(r.rijen, rij.id))
        elif self._does("herorden", wijze):
            yield "rij verplaatst", lambda r: _with_rows(r, self._move(r.rijen, rij.id))

    def _replace(self, antwoord: Antwoord) -> Antwoord:
        vraag = self._fabriek.data.get_aanmeldformulier().get_vraag(antwoord.vraag)
        assert vraag is not None
        nieuw = self._fabriek.make_antwoord(vraag, f"elders, rij {self.rng.randint(1, 99)}", antwoord.vlag)
        return nieuw.model_copy(update={"label": antwoord.label})

    def _find_vlag(self, antwoord: Antwoord, ziet: Ziet) -> Vlag:
        """Another flag that means the same to this recipient."""
        gezien = ziet(antwoord.vraag, antwoord.vlag)
        kandidaten = (self._fabriek.next_vlag() for _ in range(12))
        return next((vlag for vlag in kandidaten if ziet(antwoord.vraag, vlag) == gezien), antwoord.vlag)

    def _add_row(self, rubriek_id: str, ziet: Ziet) -> Stap:
        rubriek = self._fabriek.data.get_aanmeldformulier().get_rubriek(rubriek_id)
        assert rubriek is not None
        rij = self._fabriek.make_rij(rubriek, self.rng.randint(1, 9), Vlag())
        verborgen = [a if not ziet(a.vraag, a.vlag) else a.model_copy(update={"vlag": Vlag()}) for a in rij.antwoorden]
        return lambda r: _with_rows(r, self._insert(r.rijen, rij.model_copy(update={"antwoorden": tuple(verborgen)})))

    def _insert(self, rijen: tuple[Rij, ...], rij: Rij) -> list[Rij]:
        plaats = self.rng.randint(0, len(rijen))
        return [*rijen[:plaats], rij, *rijen[plaats:]]

    def _double(self, rijen: tuple[Rij, ...], rij_id: str) -> list[Rij]:
        dubbel = [rij.model_copy(update={"id": self._fabriek.next_word()}) for rij in rijen if rij.id == rij_id]
        for rij in dubbel:
            rijen = tuple(self._insert(rijen, rij))
        return list(rijen)

    def _move(self, rijen: tuple[Rij, ...], rij_id: str) -> list[Rij]:
        zonder = tuple(rij for rij in rijen if rij.id != rij_id)
        for rij in [rij for rij in rijen if rij.id == rij_id]:
            zonder = tuple(self._insert(zonder, rij))
        return list(zonder)

    def _stir_order(self, wereld: Wereld, code: str, ziet: Ziet, wijze: str) -> Wereld:
        """What is not seen goes to another place: answers within their rubriek, whole rubrieken among the others."""
        if not self._does("herorden", wijze):
            return wereld
        for rubriek in wereld.get(code).aanmelding.rubrieken:
            stap = self._make_reorder(ziet)
            wereld = self._accept(wereld, code, _apply(wereld, code, rubriek.id, [stap]), {"antwoorden verplaatst": 1})
        rubrieken = list(wereld.get(code).aanmelding.rubrieken)
        erbij = {r.id for inbreng in wereld.get(code).inbreng for r in inbreng.rubrieken}  # printed at its place
        for rubriek in [r for r in rubrieken if not any(ziet(a.vraag, a.vlag) for a in list_answers(r))]:
            if rubriek.id in erbij:
                continue
            rubrieken.remove(rubriek)
            if self.rng.random() < 0.8:
                rubrieken.insert(self.rng.randint(0, len(rubrieken)), rubriek)
        return self._accept(wereld, code, _with_rubrieken(wereld, code, rubrieken), {"rubrieken verplaatst": 1})

    def _make_reorder(self, ziet: Ziet) -> Stap:
        def reorder(antwoorden: tuple[Antwoord, ...]) -> tuple[Antwoord, ...]:
            gezien = [a for a in antwoorden if ziet(a.vraag, a.vlag)]
            for antwoord in [a for a in antwoorden if not ziet(a.vraag, a.vlag)]:
                gezien.insert(self.rng.randint(0, len(gezien)), antwoord)
            return tuple(gezien)

        def stap(rubriek: IngevuldeRubriek) -> IngevuldeRubriek:
            rijen = tuple(
                rij.model_copy(update={"id": self._fabriek.next_word(), "antwoorden": reorder(rij.antwoorden)})
                for rij in rubriek.rijen
            )
            return rubriek.model_copy(update={"antwoorden": reorder(rubriek.antwoorden), "rijen": rijen})

        return stap

    def _stir_rest(self, wereld: Wereld, code: str, mijn: bool) -> Wereld:
        """What the dossier holds besides the form: files, earlier codes, decisions and notes, the phase."""
        stappen = [
            ("ontvangsten", self._stir_receipts),
            ("eerdere_code", lambda d: d.model_copy(update={"eerdere_code": self.rng.choice((None, "ZZZZ22"))})),
            *((naam, self._make_note(naam)) for naam in _NOTITIES),
            *((f"afspraak {wat}", self._make_list_step("afspraken", wat)) for wat in _LIJSTSTAPPEN),
            *((f"passage {wat}", self._make_list_step("passages", wat)) for wat in _LIJSTSTAPPEN),
            *((naam, self._make_later_step(naam)) for naam in self.rng.sample(LATERE_STAPPEN, 9)),
            ("verloop", self._stir_course),
            ("aanwezig", self._stir_presence),
            ("benoemingen", self._stir_roles),
            ("besluiten", lambda d: d.model_copy(update={"besluiten": d.besluiten[-1:]})),
            ("aangemeld_op", self._make_date("aangemeld_op")),
            ("overleg_op", self._make_date("overleg_op")),
            ("fase", lambda d: d.model_copy(update={"fase": self.rng.choice(wereld.data.tafel.fasen).id})),
        ]
        if not mijn or not _names_ad_hoc(wereld, self.zicht.soort):
            stappen.insert(0, ("ad_hoc", self._drop_ad_hoc))
        return self._stir_by_halves(wereld, code, stappen)

    def _stir_by_halves(self, wereld: Wereld, code: str, stappen: list[tuple[str, Dossierstap]]) -> Wereld:
        dossier = wereld.get(code)
        for _, stap in stappen:
            dossier = stap(dossier)
        gedaan = Counter(f"dossier {naam}" for naam, _ in stappen)
        gelukt = self._accept(wereld, code, wereld.with_dossier(dossier), gedaan)
        if gelukt is not wereld or len(stappen) == 1:
            return gelukt
        helft = len(stappen) // 2
        wereld = self._stir_by_halves(wereld, code, stappen[:helft])
        return self._stir_by_halves(wereld, code, stappen[helft:])

    def _stir_receipts(self, dossier: Dossier) -> Dossier:
        eerste = [
            o.model_copy(update={"bestand": self._fabriek.next_word(), "herkomst": self._make_herkomst()})
            for o in dossier.ontvangsten
        ]
        return dossier.model_copy(update={"ontvangsten": tuple(eerste * self.rng.randint(0, 2))})

    def _make_herkomst(self) -> Herkomst:
        moment = dt.datetime(2025, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=self.rng.randint(0, 9_000))
        bericht = f"{self.rng.getrandbits(256):064x}"
        return Herkomst(bericht=bericht, afzender=self._fabriek.next_word(), verzonden_op=moment)

    def _make_date(self, naam: str) -> Dossierstap:
        dag = VANDAAG - dt.timedelta(days=self.rng.randint(0, 300))
        return lambda dossier: dossier.model_copy(update={naam: dag if getattr(dossier, naam) else None})

    def _make_note(self, naam: str) -> Dossierstap:
        def stap(dossier: Dossier) -> Dossier:
            woord = self._fabriek.next_word()
            besluiten = tuple(b.model_copy(update={naam: woord}) for b in dossier.besluiten)
            return dossier.model_copy(update={"besluiten": besluiten})

        return stap

    def _make_list_step(self, lijst: str, wat: str) -> Dossierstap:
        """One to-do or passage, seen or not, is changed, taken away, put elsewhere or added."""

        def stap(dossier: Dossier) -> Dossier:
            nieuw = list(getattr(dossier, lijst))
            plaats = self.rng.randint(0, max(len(nieuw) - 1, 0))
            oud = nieuw.pop(plaats) if nieuw and wat != "bij" else None
            if oud is not None and wat == "verplaatst":
                nieuw.insert(self.rng.randint(0, len(nieuw)), oud)
            if dossier.besluiten and wat in ("vervang", "bij"):
                aantal = self.rng.randint(2, 4) if wat == "bij" else 1
                nieuw[plaats:plaats] = [self._make_of(lijst, self.rng.choice(dossier.besluiten)) for _ in range(aantal)]
            return dossier.model_copy(update={lijst: tuple(nieuw)})

        return stap

    def _make_of(self, lijst: str, genomen: GenomenBesluit) -> Afspraak | Passage:
        if lijst == "afspraken":
            return self._fabriek.make_afspraak(genomen.overleg, genomen.datum)
        return self._fabriek.make_passage(genomen)

    def _make_later_step(self, naam: str) -> Dossierstap:
        wat, hoe = naam.split(" ")
        stappen: dict[str, Callable[[Dossier, str], Dossier]] = {
            "actie": self._step_actie,
            "plan": self._step_plan,
            "melding": self._step_melding,
            "mededeling": self._step_mededeling,
            "inbrengrij": self._step_inbreng,
            "inbreng": self._step_inbreng,
            "afspraak": self._step_afspraak,
        }
        return lambda dossier: stappen[wat](dossier, hoe)

    def _change_list(self, oud: Sequence[T], hoe: str, maak: Callable[[], T]) -> tuple[T, ...]:
        """One item of a list is changed, taken away, put elsewhere, or gets company."""
        nieuw = list(oud)
        plaats = self.rng.randint(0, max(len(nieuw) - 1, 0))
        weg = nieuw.pop(plaats) if nieuw and hoe != "bij" else None
        if weg is not None and hoe == "verplaatst":
            nieuw.insert(self.rng.randint(0, len(nieuw)), weg)
        if hoe in ("vervang", "bij"):
            nieuw.insert(plaats, maak())
        return tuple(nieuw)

    def _step_actie(self, dossier: Dossier, hoe: str) -> Dossier:
        """Of the latest plan; a new row may take up an aim that is there already."""
        if dossier.plan is None:
            return dossier
        doelen = [*(a.doelstelling for a in dossier.plan.acties), f"Doel {self._fabriek.next_word()}"]
        acties = self._change_list(dossier.plan.acties, hoe, lambda: self._fabriek.make_actie(doelen))
        plan = dossier.plan.model_copy(update={"acties": acties})
        return dossier.model_copy(update={"plannen": (*dossier.plannen[:-1], plan)})

    def _step_plan(self, dossier: Dossier, hoe: str) -> Dossier:
        """Other versions before it, and how often it came in; or another state and other dates."""
        eerder = tuple(self._fabriek.make_plan(n + 1, 2) for n in range(self.rng.randint(0, 3)))
        if dossier.plan is None or hoe == "kop":
            vers = self._fabriek.make_plan(self.rng.randint(1, 9), 2)
            acties = dossier.plan.acties if dossier.plan else vers.acties
            return dossier.model_copy(update={"plannen": (*eerder, vers.model_copy(update={"acties": acties}))})
        laatste = dossier.plan.model_copy(update={"versie": len(eerder) + 1, "sha256": "f" * 64})
        return dossier.model_copy(update={"plannen": (*eerder, laatste)})

    def _step_melding(self, dossier: Dossier, hoe: str) -> Dossier:
        soorten = self._fabriek.data.tafel.meldingen
        if not soorten:
            return dossier
        if hoe != "velden":
            maak = lambda: self._fabriek.make_melding(self.rng.choice(soorten))  # noqa: E731
            return dossier.model_copy(update={"meldingen": self._change_list(dossier.meldingen, hoe, maak)})
        anders = {"notitie": self._fabriek.next_word(), "naar": self._fabriek.draw_namen(2)}
        return self._edit_melding(dossier, lambda m: m.model_copy(update=anders))

    def _step_mededeling(self, dossier: Dossier, hoe: str) -> Dossier:
        def edit(melding: Melding) -> Melding:
            anders = self._change_list(melding.mededelingen, hoe, self._fabriek.make_mededeling)
            return melding.model_copy(update={"mededelingen": anders})

        return self._edit_melding(dossier, edit)

    def _edit_melding(self, dossier: Dossier, edit: Callable[[Melding], Melding]) -> Dossier:
        meldingen = list(dossier.meldingen)
        if meldingen:
            plaats = self.rng.randrange(len(meldingen))
            meldingen[plaats] = edit(meldingen[plaats])
        return dossier.model_copy(update={"meldingen": tuple(meldingen)})

    def _step_inbreng(self, dossier: Dossier, hoe: str) -> Dossier:
        """A row of what somebody brought, or who brought it and when."""
        alle = list(dossier.inbreng)
        if not alle:
            return dossier
        plaats = self.rng.randrange(len(alle))
        if hoe == "kop":
            vers = self._fabriek.make_inbreng()
            alle[plaats] = vers.model_copy(update={"rubrieken": alle[plaats].rubrieken})
        else:
            alle[plaats] = self._edit_inbreng(alle[plaats], hoe)
        return dossier.model_copy(update={"inbreng": tuple(alle)})

    def _edit_inbreng(self, inbreng: Inbreng, hoe: str) -> Inbreng:
        rubrieken = []
        for rubriek in inbreng.rubrieken:
            formulier = self._fabriek.data.get_formulier_of_soort(Formuliersoort.INBRENG)
            vorm = formulier.get_rubriek(rubriek.id) if formulier else None
            rijen = self._change_list(rubriek.rijen, hoe, functools.partial(self._make_inbrengrij, vorm))
            rubrieken.append(_with_rows(rubriek, list(rijen)))
        return inbreng.model_copy(update={"rubrieken": tuple(rubrieken)})

    def _make_inbrengrij(self, vorm: Rubriek | None) -> Rij:
        assert vorm is not None
        return self._fabriek.make_rij(vorm, 1, self._fabriek.next_vlag())

    def _step_afspraak(self, dossier: Dossier, _: str) -> Dossier:
        """What became of a to-do."""
        alle = list(dossier.afspraken)
        if alle:
            plaats = self.rng.randrange(len(alle))
            anders = {"status": self.rng.choice(tuple(Afspraakstatus)), "status_op": VANDAAG}
            alle[plaats] = alle[plaats].model_copy(update=anders)
        return dossier.model_copy(update={"afspraken": tuple(alle)})

    def _stir_course(self, dossier: Dossier) -> Dossier:
        fase = self.rng.choice(self._fabriek.data.tafel.fasen).id
        wissel = Fasewissel(fase=fase, op=dossier.aangemeld_op, door=self._fabriek.next_word())
        return dossier.model_copy(update={"verloop": (wissel,)})

    def _stir_presence(self, dossier: Dossier) -> Dossier:
        besluiten = tuple(b.model_copy(update={"aanwezig": self._fabriek.draw_namen(6)}) for b in dossier.besluiten)
        return dossier.model_copy(update={"besluiten": besluiten})

    def _stir_roles(self, dossier: Dossier) -> Dossier:
        """By which field a role was given, and what the decision itself wrote of it."""
        velden = (b.model_copy(update={"veld": self._fabriek.next_word()}) for b in dossier.benoemingen)
        return dossier.model_copy(update={"benoemingen": tuple(velden)})

    def _drop_ad_hoc(self, dossier: Dossier) -> Dossier:
        besluiten = tuple(b.model_copy(update={"ad_hoc": ()}) for b in dossier.besluiten)
        return dossier.model_copy(update={"besluiten": besluiten})


def _names_ad_hoc(wereld: Wereld, soort: Documentsoort) -> bool:
    """Whom the overleg invited ad hoc stands on the distribution list: that is the coordinator's own decision."""
    return any(rol.id in soort.rollen and rol.soort is Rolsoort.AD_HOC for rol in wereld.data.tafel.rollen)


def list_answers(rubriek: IngevuldeRubriek) -> list[Antwoord]:
    return [*rubriek.antwoorden, *(a for rij in rubriek.rijen for a in rij.antwoorden)]


def _with_rows(rubriek: IngevuldeRubriek, rijen: list[Rij]) -> IngevuldeRubriek:
    return rubriek.model_copy(update={"rijen": tuple(rijen)})


def _with_rubrieken(wereld: Wereld, code: str, rubrieken: list[IngevuldeRubriek]) -> Wereld:
    dossier = wereld.get(code)
    aanmelding = dossier.aanmelding.model_copy(update={"rubrieken": tuple(rubrieken)})
    return wereld.with_dossier(dossier.model_copy(update={"aanmelding": aanmelding}))


def _apply(wereld: Wereld, code: str, rubriek_id: str, stappen: list[Stap]) -> Wereld:
    if not stappen:
        return wereld
    rubrieken = list(wereld.get(code).aanmelding.rubrieken)
    for plaats, rubriek in enumerate(rubrieken):
        if rubriek.id == rubriek_id:
            for stap in stappen:
                rubriek = stap(rubriek)
            rubrieken[plaats] = rubriek
    return _with_rubrieken(wereld, code, rubrieken)


def _on_answer(rij_id: str, doel: Antwoord, doe: Callable[[Antwoord], Antwoord | None]) -> Stap:
    """A step on one answer of one row, wherever that row now stands; None takes the answer away."""

    def change(antwoorden: tuple[Antwoord, ...]) -> tuple[Antwoord, ...]:
        nieuw = [doe(a) if a.vraag == doel.vraag else a for a in antwoorden]
        return tuple(a for a in nieuw if a is not None)

    def stap(rubriek: IngevuldeRubriek) -> IngevuldeRubriek:
        if not rij_id:
            return rubriek.model_copy(update={"antwoorden": change(rubriek.antwoorden)})
        rijen = [
            rij.model_copy(update={"antwoorden": change(rij.antwoorden)}) if rij.id == rij_id else rij
            for rij in rubriek.rijen
        ]
        return _with_rows(rubriek, rijen)

    return stap
