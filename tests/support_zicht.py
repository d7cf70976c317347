"""What one recipient sees of a case: what the table releases to him, and what of it stands in print."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from support_afscherming import in_case, list_namens, list_told
from support_bewijs import Kijker, Wereld
from support_regels import (
    get_besluit,
    get_regel,
    holds,
    is_concerned,
    lets_in,
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
from schemas.aanmelding import Aanmelding, Antwoord, IngevuldeRubriek, PartnersWaarde
from schemas.deling import Feit, Vlag
from schemas.documentsoort import Aanleiding, Documentsoort, Moment
from schemas.dossier import Actie, Afspraak, Dossier, Melding, Planstand
from schemas.tafel import Meldingeis
from schemas.toetsing import Toetsing

Vrijgave = Callable[["Zicht", Dossier, Toetsing | None], object]
Blik = Callable[[str, Vlag], frozenset[str]]


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

    def watch(self, dossier: Dossier) -> Blik:
        """Which recipients may see an answer to this question with this flag, in a case that is their business."""
        kijker = in_case(self.wereld, self.kijker, dossier)

        def see(vraag: str, vlag: Vlag) -> frozenset[str]:
            gezien = not self.soort.enkel_inbreng and may_see(self.wereld, self.soort, kijker, vraag, vlag)
            return self._zelf if gezien else frozenset()

        return see

    def get_kind(self, vraag: str) -> Hashable:
        """Of questions of one kind, the same flag means the same recipients."""
        return self.holds(vraag)

    @cached_property
    def _zelf(self) -> frozenset[str]:
        return frozenset({f"{self.soort.id} {self.kijker.id}"})

    def holds(self, vraag: str) -> bool:
        """Whether this document may hold an answer to this question."""
        return holds(self.wereld, self.soort, self.kijker, vraag)

    def lets_in(self, vlag: Vlag) -> bool:
        return lets_in(self.wereld, self.soort, self.kijker, vlag)

    def list_delicate(self) -> set[str]:
        return list_delicate(self)

    def list_names(self) -> frozenset[str]:
        """Under which a to-do or a melding may speak of this recipient."""
        return self.kijker.ids | self.kijker.rollen

    def list_released(self, dossier: Dossier) -> tuple[object, ...]:
        """All that reaches this recipient of the case but for answers of the aanmelding: the closed list, and more.

        What came in later is held equal as he sees it, in its order; of what he does not see, nothing is.
        """
        open_ = tuple(
            _show_afspraak(self.soort, a, met_stand=True)
            for a in list_openstaand(self.wereld, self.soort, self.kijker, dossier)
        )
        if not self.concerns(dossier):
            return (open_, self._tell_self(dossier))
        feiten = list_feiten(self.wereld.data, self.soort, self.kijker)
        feiten -= {Feit.ROUTERING}  # that the case is his business is held equal by itself
        toetsing = self.wereld.toets(dossier) if feiten & _UIT_TOETSING else None
        return (
            dossier.code,
            *(_FEITEN[feit](self, dossier, toetsing) for feit in sorted(feiten)),
            _get_address(self.soort, dossier.aanmelding) if self.kijker.id.startswith("aanmelder ") else (),
            self._list_bands(dossier),
            open_,
            self._list_moved(dossier),
            [_show_actie(self, a) for a in list_acties(self.wereld, self.soort, self.kijker, dossier)],
            [(m.formuliernummer, teksten) for m, teksten in self.list_verteld(dossier)],
            list_inbreng(self.wereld, self.soort, self.kijker, dossier),
            sorted(list_namens(self.wereld, self.kijker, dossier)),
        )

    def _tell_self(self, dossier: Dossier) -> object:
        """For whom the aanmelder of this case works: of another organisation he is another reader, who may get more."""
        return _get_address(self.soort, dossier.aanmelding)[-1] if self.kijker.id == f"aanmelder {dossier.code}" else ()

    def _list_moved(self, dossier: Dossier) -> tuple[list[str], list[str]]:
        """Who stopped with the case and who was asked for it: the distribution list of a meeting tells it."""
        if self.soort.aanleiding is not Aanleiding.OVERLEG:
            return [], []
        gestopt = list_stopped(self.wereld, self.soort, self.kijker, dossier)
        return gestopt, list_invited(self.wereld.data, dossier)

    def _list_bands(self, dossier: Dossier) -> list[str]:
        """Of an anonymous document: the age bands that he reads, which go by the day of the aanmelding."""
        if not self.soort.anoniem:
            return []
        see = self.watch(dossier)
        datums = [
            antwoord.get_datum()
            for rubriek in (*dossier.aanmelding.rubrieken, *(r for i in dossier.inbreng for r in i.rubrieken))
            for antwoord in list_answers(rubriek)
            if antwoord.vraag == kern.GEBOORTEDATUM and see(antwoord.vraag, antwoord.vlag)
        ]
        return [show_band(self.wereld.data, datum, dossier.aangemeld_op) for datum in datums if datum]

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

    def holds(self, vraag: str) -> bool:
        return any(deel.holds(vraag) for deel in self.delen)

    def lets_in(self, vlag: Vlag) -> bool:
        return any(deel.lets_in(vlag) for deel in self.delen)

    def list_delicate(self) -> set[str]:
        return set().union(*(deel.list_delicate() for deel in self.delen))

    def list_names(self) -> frozenset[str]:
        return frozenset().union(*(deel.list_names() for deel in self.delen))

    def concerns(self, dossier: Dossier) -> bool:
        return any(deel.concerns(dossier) for deel in self.delen)

    def has_open(self, dossier: Dossier) -> bool:
        return any(deel.has_open(dossier) for deel in self.delen)

    def watch(self, dossier: Dossier) -> Blik:
        blikken = [deel.watch(dossier) for deel in self.delen]
        return lambda vraag, vlag: frozenset().union(*(see(vraag, vlag) for see in blikken))

    def get_kind(self, vraag: str) -> Hashable:
        return tuple(deel.get_kind(vraag) for deel in self.delen)

    def list_released(self, dossier: Dossier) -> tuple[object, ...]:
        rollen = {rol for deel in self.delen for rol in deel.soort.rollen}
        personen = [
            p.id for rol in self.wereld.data.tafel.rollen if rol.id in rollen for p in list_personen(rol, dossier)
        ]
        # A whole run prints to the coordinator who is kept out of this case.
        verteld = list_told(self.wereld, dossier)
        return (sorted(personen), verteld, *(deel.list_released(dossier) for deel in self.delen))

    def find_punt(self, dossier: Dossier) -> object:
        return tuple(deel.find_punt(dossier) for deel in self.delen)


def list_answers(rubriek: IngevuldeRubriek) -> list[Antwoord]:
    return [*rubriek.antwoorden, *(a for rij in rubriek.rijen for a in rij.antwoorden)]


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
    return _list_gezochten(zicht, dossier)


def _list_gezochten(zicht: Zicht, dossier: Dossier) -> list[tuple[str, str, str]]:
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
    if vlag.niet_voor & (ids | namens) or vlag.niet_voor - list_bekend(zicht.wereld, zicht.kijker):
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


#: On which answers and steps a fact hangs. Only a hint for stirring, which tries these apart from all others.
_HANGT_AF: dict[Feit, tuple[str, ...]] = {
    Feit.INSTEMMING: (kern.GEINFORMEERD, kern.STEMT_IN),
    Feit.ANONIEM: (kern.ANONIEM,),
    Feit.IDENTITEIT: (kern.ZOEKEN, kern.ROL, kern.NAAM, kern.GEBOORTEDATUM),
    Feit.ROUTERING: (kern.ROL, kern.GEMEENTE),
    Feit.BESLUIT: ("advies", "reden", "besluiten"),
    Feit.VERSLAG: (
        *("onveiligheid", "geinformeerd", "stemt_in", "terugkoppeling", "terugkoppeling_hoe", "aanwezig"),
        *("besluiten", "verloop"),
    ),
    Feit.BEWAREN: ("besluiten",),
}


def list_delicate(zicht: Zicht) -> set[str]:
    """Questions and steps that may well change what this recipient gets; "vlag" before a question for its flag."""
    data = zicht.wereld.data
    feiten = list_feiten(data, zicht.soort, zicht.kijker)
    delicaat = {"fase", *(naam for feit in feiten for naam in _HANGT_AF.get(feit, ()))}
    if feiten & _UIT_TOETSING:
        delicaat |= {kern.DATUM, *(vraag for criterium in data.criteria for vraag in criterium.toets.get_vragen())}
    if Feit.IDENTITEIT in feiten:
        vragen = [vraag.id for vraag in data.get_aanmeldformulier().vragen]
        delicaat |= {f"vlag {vraag}" for vraag in vragen if vraag.split(".")[0] == kern.ROL.split(".")[0]}
    return delicaat


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
        yield from (tekst for persoon in _list_gezochten(zicht, dossier) for tekst in persoon)
    if Feit.BESLUIT in feiten:
        yield from (tekst for besluit in dossier.besluiten[-1:] for tekst in (besluit.advies, besluit.reden))
    if Feit.VERSLAG in feiten:
        yield from _list_concluded(zicht, dossier)
    if Feit.BEWAREN in feiten and _closes(zicht, dossier):
        yield _tell_bewaren(zicht, dossier)
    yield from _list_roles(zicht, dossier, feiten)
    yield from _list_later(zicht, dossier, feiten)


def _list_roles(zicht: Zicht, dossier: Dossier, feiten: frozenset[Feit]) -> Iterator[str]:
    """Who holds which role, and where and when the one case of this document is discussed."""
    for label, wie in list_dragers(zicht.wereld, zicht.soort, dossier) if Feit.ROLVERDELING in feiten else ():
        yield from (label, *_split_names(zicht, (wie,)))
    yield from list_agreed(zicht.wereld, zicht.soort, dossier) if Feit.MELDING in feiten else ()


def points_at(zicht: Zicht, vraag_id: str) -> bool:
    """Whether an anonymous document leaves out this answer to explain a criterium: it points at somebody."""
    vraag = zicht.wereld.data.get_aanmeldformulier().get_vraag(vraag_id)
    return zicht.soort.anoniem and vraag is not None and vraag.identificerend


def _list_later(zicht: Zicht, dossier: Dossier, feiten: frozenset[Feit]) -> Iterator[str]:
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


def _closes(zicht: Zicht, dossier: Dossier) -> bool:
    """Whether the decision of this document leads to a phase in which nobody works on the case any longer."""
    genomen = get_besluit(zicht.wereld.data, zicht.soort, dossier)
    naar = {besluit.id: besluit.naar_fase for besluit in zicht.wereld.data.tafel.besluiten}
    dicht = {fase.id for fase in zicht.wereld.data.tafel.fasen if not fase.open}
    return genomen is not None and naar[genomen.besluit] in dicht


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
