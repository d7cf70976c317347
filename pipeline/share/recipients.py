"""Who gets a document: partners by role, the coordinator, the aanmelder; never an ad hoc partner who has not signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from schemas import kern
from schemas.aanmelding import PartnersWaarde
from schemas.bevinding import Bevinding, Ernst
from schemas.deelbeeld import Ontvanger
from schemas.deling import Vlag
from schemas.dossier import Dossier
from schemas.overleg import Overleg
from schemas.tafel import Rolsoort, Tafel
from schemas.tafeldata import Tafeldata
from schemas.tekst import normalise
from schemas.uitsluiting import get_organisatie, list_names, list_werkt_voor
from schemas.werkmap import Partner, Werkmap, has_signed

AANMELDER, CLIENT = "aanmelder", "client"  #: with the code of the case: the id of its aanmelder, of its cliënt


def list_ontvangers(rollen: Sequence[str], tafel: Tafel, werkmap: Werkmap, vandaag: dt.date) -> tuple[Ontvanger, ...]:
    """Everybody with one of these roles, in the order of the roles; the aanmelder is made per dossier instead."""
    gevonden: list[Ontvanger] = []
    for rol_id in rollen:
        rol = tafel.get_rol(rol_id)
        if rol is not None and rol.soort is Rolsoort.COORDINATOR:
            gevonden.append(make_coordinator(rol_id, werkmap))
        gevonden.extend(
            make_partner(partner, tafel, werkmap)
            for partner in werkmap.partners
            if partner.rol == rol_id and has_signed(partner, tafel, vandaag)
        )
    return tuple(gevonden)


def list_unsigned(rollen: Sequence[str], tafel: Tafel, werkmap: Werkmap, vandaag: dt.date) -> tuple[Ontvanger, ...]:
    """The partners with one of these roles who still have to sign before they may read of any case (S0:16)."""
    return tuple(
        make_partner(partner, tafel, werkmap)
        for partner in werkmap.partners
        if partner.rol in rollen and not has_signed(partner, tafel, vandaag)
    )


def make_partner(partner: Partner, tafel: Tafel, werkmap: Werkmap) -> Ontvanger:
    """A partner of the table, known by its own id, its role, and the roles and partners of the same organisation."""
    return Ontvanger(
        id=partner.id,
        naam=partner.naam,
        email=partner.personen[0].email if partner.personen else "",
        rollen=frozenset({partner.rol}),
        ids=list_names(partner, tafel, werkmap),
    )


def list_known(tafel: Tafel, werkmap: Werkmap) -> frozenset[str]:
    """Every id under which a flag can still find somebody. A partner keeps a former id as an alias."""
    partners = (naam for partner in werkmap.partners for naam in (partner.id, *partner.aliassen))
    return frozenset({*partners, *(rol.id for rol in tafel.rollen)})


def make_coordinator(rol_id: str, werkmap: Werkmap) -> Ontvanger:
    """The coordinator, from the contact block."""
    return Ontvanger(
        id=rol_id,
        naam=f"{werkmap.contact.naam}, {werkmap.contact.functie}",
        email=werkmap.contact.email,
        rollen=frozenset({rol_id}),
        ids=frozenset({rol_id}),
    )


def make_aanmelder(dossier: Dossier, tafel: Tafel, werkmap: Werkmap) -> Ontvanger:
    """The aanmelder of this case. The copy names the case, not the person, but for the address of a letter."""
    aanmelding = dossier.aanmelding
    naam = aanmelding.get_tekst(kern.AANMELDER_NAAM)
    rollen = tafel.get_rollen_of_soort(Rolsoort.AANMELDER)
    ids = get_organisatie(dossier)
    partners = [partner for naam in ids if (partner := werkmap.get_partner(naam)) is not None]
    namen = frozenset(ids).union(*(list_names(partner, tafel, werkmap) for partner in partners))
    return Ontvanger(
        id=f"{AANMELDER} {dossier.code}",
        naam=naam or f"aanmelder van casus {dossier.code}",
        aanspreking=f"Geachte {naam}" if naam else "",
        email=aanmelding.get_tekst(kern.AANMELDER_EMAIL),
        rollen=frozenset(rollen),
        ids=namen | frozenset(rollen),
    )


def find_vertegenwoordiger(dossier: Dossier, werkmap: Werkmap) -> str | None:
    """The partner for whom the aanmelder works, else the one through whom he submits (S2:119), by id."""
    antwoorden = (dossier.aanmelding.get(vraag) for vraag in (kern.AANMELDER_ORGANISATIE, kern.AANMELDER_VIA))
    ids = (naam for a in antwoorden if a is not None and isinstance(a.waarde, PartnersWaarde) for naam in a.waarde.ids)
    return next((naam for naam in ids if werkmap.get_partner(naam) is not None), None)


def make_client(dossier: Dossier, tafel: Tafel) -> Ontvanger:
    """The cliënt of this case: without name or address, because somebody hands the copy over."""
    rollen = frozenset(rol.id for rol in tafel.rollen if rol.soort is Rolsoort.BETROKKENE and not rol.staat_voor)
    return Ontvanger(id=f"{CLIENT} {dossier.code}", naam="de cliënt", rollen=rollen, ids=rollen)


def has_stopped(ontvanger_id: str, dossier: Dossier, tafel: Tafel, werkmap: Werkmap) -> bool:
    """Whether a melding said that this partner, or everybody in its role, stopped with this case."""
    if not dossier.meldingen:
        return False
    partner = werkmap.get_partner(ontvanger_id)
    namen = {partner.id, partner.rol, *partner.aliassen} if partner else set()
    soorten = {soort.id for soort in tafel.meldingen if soort.stopt}
    return any(namen & set(melding.wie) for melding in dossier.meldingen if melding.soort in soorten)


def concerns(ontvanger: Ontvanger, dossier: Dossier, tafel: Tafel, werkmap: Werkmap) -> bool:
    """Whether this case is this recipient's business at all: before any flag is looked at."""
    partner = werkmap.get_partner(ontvanger.id)
    rol = tafel.get_rol(partner.rol) if partner else None
    if partner is None or rol is None:
        return True
    if has_stopped(partner.id, dossier, tafel, werkmap):
        return False
    if rol.soort is Rolsoort.AD_HOC:
        return partner.id in list_invited(dossier, tafel)
    if rol.volgens_woonplaats:
        gemeenten = {normalise(gemeente) for gemeente in partner.gemeenten}
        ids = ontvanger.ids | list_werkt_voor(dossier, tafel, ontvanger.ids)
        return bool(gemeenten & get_woonplaatsen(dossier, tafel, ids, list_known(tafel, werkmap)))
    return True


def list_invited(dossier: Dossier, tafel: Tafel) -> frozenset[str]:
    """Ids of the ad hoc partners of this case: asked for by a decision or a melding, or holding a role in it."""
    namen = [*(besluit.ad_hoc for besluit in dossier.besluiten), *((b.wie,) for b in dossier.benoemingen)]
    for melding in dossier.meldingen:
        soort = tafel.get_melding(melding.soort)
        if soort is not None and soort.nodigt_uit:
            namen.append(melding.naar if soort.is_overdracht else melding.wie)
    return frozenset(naam for ids in namen for naam in ids)


def get_woonplaatsen(dossier: Dossier, tafel: Tafel, ids: frozenset[str], bekend: frozenset[str]) -> set[str]:
    """Where the people of the case live, folded, but for what "niet voor" keeps from who is known by these `ids`."""
    rijen = dossier.aanmelding.get_rijen(kern.GEMEENTE.split(".")[0])
    clienten = [rij for rij in rijen if (rol := rij.get("rol")) and rol.has_optie(*tafel.gaat_over)]
    antwoorden = [gemeente for rij in clienten if (gemeente := rij.get("gemeente")) is not None]
    open_ = [a.format() for a in antwoorden if a.vlag.niet_voor <= bekend and not a.vlag.niet_voor & ids]
    return {normalise(tekst).lstrip("0123456789 ") for tekst in open_ if tekst}


def find_unsigned(
    dossiers: Sequence[Dossier], tafel: Tafel, werkmap: Werkmap, vandaag: dt.date
) -> tuple[Bevinding, ...]:
    """Ad hoc partners invited for a case who have not signed: they get nothing, and the coordinator hears it."""
    return tuple(
        Bevinding(
            code="protocol-niet-ondertekend",
            plaats=f"casus {dossier.code}",
            melding=f"{partner.naam} is uitgenodigd voor casus {dossier.code}, maar ondertekende het protocol nog niet "
            "en krijgt daarom niets over die casus.",
            remedie="Laat het protocol ondertekenen en vul protocol_ondertekend_op in werkmap.toml in.",
            ernst=Ernst.WAARSCHUWING,
        )
        for dossier in dossiers
        for partner in werkmap.partners
        if partner.id in list_invited(dossier, tafel)
        and not has_signed(partner, tafel, vandaag)
        and not has_stopped(partner.id, dossier, tafel, werkmap)
    )


def find_lost_names(dossiers: Sequence[Dossier], tafel: Tafel, werkmap: Werkmap) -> tuple[Bevinding, ...]:
    """Flags that keep something from a partner who is no longer there: nobody gets it, and the coordinator hears it."""
    bekend = list_known(tafel, werkmap)
    return tuple(
        Bevinding(
            code="niet-voor-onbekend",
            plaats=f"casus {dossier.code}",
            melding=f"In casus {dossier.code} staat bij “niet voor” de partner met id “{naam}”, "
            "maar die staat niet meer in werkmap.toml. Daarom wordt wat daarbij staat met niemand gedeeld.",
            remedie="Zet die partner terug. Heeft hij nu een andere id, voeg dan de vroegere id toe bij zijn aliassen.",
            ernst=Ernst.WAARSCHUWING,
        )
        for dossier in dossiers
        for naam in sorted(_list_excluded(dossier) - bekend)
    )


def _list_excluded(dossier: Dossier) -> frozenset[str]:
    return frozenset(naam for vlag in _iterate_vlaggen(dossier) for naam in vlag.niet_voor)


def _iterate_vlaggen(dossier: Dossier) -> Iterator[Vlag]:
    """Every flag in the case that can still keep something from somebody."""
    for rubriek in dossier.list_rubrieken():
        yield from (antwoord.vlag for antwoord in rubriek.antwoorden)
        yield from (antwoord.vlag for rij in rubriek.rijen for antwoord in rij.antwoorden)
    yield from (passage.vlag for passage in dossier.passages)
    yield from (actie.vlag for actie in (dossier.plan.acties if dossier.plan else ()))
    yield from (mededeling.vlag for melding in dossier.meldingen for mededeling in melding.mededelingen)


def find_without_bestuur(
    dossiers: Sequence[Dossier], overleg: Overleg, data: Tafeldata, werkmap: Werkmap
) -> tuple[Bevinding, ...]:
    """Cases of a meeting without a partner by woonplaats: nobody stands in, and the coordinator hears it."""
    rollen = {rol for document in data.documenten if document.overleg == overleg.soort for rol in document.rollen}
    zoekende = [rol for rol in data.tafel.rollen if rol.volgens_woonplaats and rol.id in rollen]
    return tuple(
        Bevinding(
            code="geen-partner-voor-woonplaats",
            plaats=f"casus {dossier.code}",
            melding=f"Voor casus {dossier.code} is geen {rol.label.lower()} gevonden; "
            "de woonplaats van de cliënt ontbreekt of hoort bij geen enkele partner, “niet voor” sluit die uit, "
            "of die partner zette zijn betrokkenheid stop.",
            remedie="Vul zo nodig “gemeenten” bij die partner aan in werkmap.toml. "
            "Bij een anonieme casus hoort dit zo.",
            ernst=Ernst.INFO,
        )
        for dossier in dossiers
        for rol in zoekende
        if not any(
            concerns(make_partner(partner, data.tafel, werkmap), dossier, data.tafel, werkmap)
            for partner in werkmap.partners
            if partner.rol == rol.id
        )
    )
