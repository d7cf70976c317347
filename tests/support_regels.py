"""Who may see what, by the rules alone: read here a second time, from the data and not from `pipeline.share`.

A fault there is seen because it is not made twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from support_afscherming import in_case, is_shut_out, list_namens
from support_bewijs import VANDAAG, Kijker, Wereld, edit, get_datum
from support_rollen import find_drager, list_invited, tell_datum

from schemas import kern
from schemas.aanmelding import Antwoord, IngevuldeRubriek, PartnersWaarde
from schemas.betrokkene import make_persoon_id
from schemas.deelbeeld import Deelbeeld
from schemas.deling import Deelregel, Feit, Vlag
from schemas.documentsoort import Aanleiding, Documentsoort, Kring, Moment
from schemas.dossier import Actie, Afspraak, Afspraakstatus, Dossier, GenomenBesluit, Melding
from schemas.tafel import Meldingeis, Rol, Rolsoort
from schemas.tafeldata import Tafeldata
from schemas.tekst import normalise
from schemas.werkmap import Partner

# --- who there are --------------------------------------------------------------------------------------------------


def list_kijkers(wereld: Wereld, soort: Documentsoort) -> tuple[Kijker, ...]:
    """Everybody who could get this document, also those who in the end get nothing."""
    kijkers: list[Kijker] = []
    for rol in wereld.data.tafel.rollen:
        if rol.id not in soort.rollen:
            continue
        eigen = frozenset({rol.id})
        if rol.soort is Rolsoort.COORDINATOR:
            kijkers.append(Kijker(rol.id, eigen, eigen))
        if rol.soort is Rolsoort.AANMELDER:
            kijkers += [_make_aanmelder(wereld, rol.id, dossier) for dossier in wereld.dossiers]
        if rol.soort is Rolsoort.BETROKKENE and not rol.staat_voor:
            kijkers += [Kijker(f"client {d.code}", eigen, eigen, casus=d.code) for d in wereld.dossiers]
        kijkers += [persoon for d in wereld.dossiers for persoon in list_personen(rol, d)]
        kijkers += [
            Kijker(partner.id, eigen, _list_names(wereld, partner))
            for partner in wereld.werkmap.partners
            if partner.rol == rol.id
        ]
    return tuple(kijkers)


def list_personen(rol: Rol, dossier: Dossier) -> list[Kijker]:
    """The people on the form for whom this role stands, one for each name and birth date."""
    kijkers: dict[str, Kijker] = {}
    for rij in dossier.aanmelding.get_rijen("betrokkenen") if rol.staat_voor else ():
        antwoorden = {antwoord.vraag: antwoord for antwoord in rij.antwoorden}
        wie, mits = antwoorden.get(kern.ROL), antwoorden.get(rol.als.vraag) if rol.als else None
        geboren = antwoorden[kern.GEBOORTEDATUM].get_datum() if kern.GEBOORTEDATUM in antwoorden else None
        if wie is None or not wie.has_optie(*rol.staat_voor):
            continue
        if rol.als and (mits is None or not mits.has_optie(*rol.als.is_een_van)):
            continue
        if rol.ouder_dan is not None and (geboren is None or not _is_past(geboren, rol.ouder_dan)):
            continue
        naam = make_persoon_id(rol, dossier, rij)
        eigen = frozenset({rol.id, *rol.hoort_bij})
        heet = rij.get_tekst("naam") or rol.label
        kijkers[naam] = Kijker(naam, frozenset({rol.id}), eigen, casus=dossier.code, naam=heet)
    return list(kijkers.values())


def _is_past(geboren: dt.date, jaren: int) -> bool:
    """Whether the birthday after that age has come; these people are far from any bound, whichever day it is."""
    return (geboren.year + jaren + 1, geboren.month, geboren.day) <= (VANDAAG.year, VANDAAG.month, VANDAAG.day)


def _is_gone(wereld: Wereld, kijker: Kijker, dossier: Dossier) -> bool:
    """Whether this is a person on the form who is not, or no longer, somebody to whom this document goes."""
    alle = wereld.data.tafel.rollen
    rollen = kijker.recall("staat voor", lambda: [rol for rol in alle if rol.id in kijker.rollen and rol.staat_voor])
    return bool(rollen) and kijker not in [k for rol in rollen for k in list_personen(rol, dossier)]


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


def is_coordinator(data: Tafeldata, kijker: Kijker) -> bool:
    return any(rol.id in kijker.rollen and rol.soort is Rolsoort.COORDINATOR for rol in data.tafel.rollen)


def list_bekend(wereld: Wereld, kijker: Kijker) -> frozenset[str]:
    """Every name under which somebody can be found today."""
    return kijker.recall("bekend", lambda: _list_bekend(wereld))


def _list_bekend(wereld: Wereld) -> frozenset[str]:
    partners = {naam for partner in wereld.werkmap.partners for naam in (partner.id, *partner.aliassen)}
    return frozenset(partners | {rol.id for rol in wereld.data.tafel.rollen})


# --- what an anonymous document may hold ----------------------------------------------------------------------------

#: Shown as something else: a word, a band, "ongeboren".
_OMGEZET = ("betrokkenen.rol", "betrokkenen.geboortedatum", "betrokkenen.uitgerekende_datum")
_WIE = ("betrokkenen.naam", "betrokkenen.gemeente", "aanmelder.naam")
_MAG = ("tekst", "lange_tekst", "datum", "keuze", "meerkeuze")


def may_stand_anonymously(data: Tafeldata, vraag_id: str) -> bool:
    """Whether this question can have an answer in an anonymous document: of a kind that may, in every form."""
    vragen = [
        vraag
        for formulier in data.formulieren
        if formulier.soort.value in ("aanmelding", "inbreng")
        for vraag in formulier.vragen
        if vraag.id == vraag_id
    ]
    if vraag_id in _OMGEZET or not vragen:  # a plan and a melding have no such questions
        return True
    return vraag_id not in _WIE and all(v.soort.value in _MAG and not v.identificerend for v in vragen)


def show_answer(wereld: Wereld, soort: Documentsoort, antwoord: Antwoord, op: dt.date) -> str:
    """What must be found of an answer; "" when only other answers can tell."""
    datum = antwoord.get_datum()
    if not soort.anoniem or antwoord.vraag not in _OMGEZET:
        return tell_datum(soort, datum) if datum else antwoord.format()
    if antwoord.vraag == "betrokkenen.rol":
        return get_rolwoord(wereld.data, antwoord)
    if antwoord.vraag == "betrokkenen.geboortedatum":
        return show_band(wereld.data, datum, op) if datum else antwoord.format()
    return ""


def get_rolwoord(data: Tafeldata, antwoord: Antwoord) -> str:
    """Without its article, which goes when there are several."""
    vraag = data.get_aanmeldformulier().get_vraag(kern.ROL)
    woorden = [optie.rolwoord for optie in vraag.opties if antwoord.has_optie(optie.id)] if vraag else []
    return (woorden or ["een betrokkene"])[0].split(" ", 1)[1]


def show_band(data: Tafeldata, geboren: dt.date, op: dt.date) -> str:
    """The first band whose end he had not reached on that day."""
    if geboren > op:
        return "ongeboren"
    for groep in data.tafel.leeftijdsgroepen:
        if groep.jonger_dan is None or (op.year - groep.jonger_dan, op.month, op.day) < (
            geboren.year,
            geboren.month,
            geboren.day,
        ):
            return groep.label
    return ""


# --- whose business a case is ---------------------------------------------------------------------------------------


def is_concerned(wereld: Wereld, soort: Documentsoort, kijker: Kijker, dossier: Dossier) -> bool:
    """Whether a case stands in what this recipient gets of this document."""
    if kijker.casus not in ("", dossier.code) or _is_gone(wereld, kijker, dossier):
        return False
    if soort.aanleiding is Aanleiding.TAFEL:
        return False  # figures tell of no case
    if is_shut_out(wereld, soort, kijker, dossier):
        return False
    if soort.moment is Moment.PLAN:
        return is_lezer(wereld, soort, kijker, dossier, (), VANDAAG) and bool(
            list_acties(wereld, soort, kijker, dossier)
        )
    if soort.moment is Moment.MELDING:
        return bool(list_verteld(wereld, soort, kijker, dossier))
    genomen = get_besluit(wereld.data, soort, dossier)
    if soort.moment is Moment.BESLUIT:
        if genomen is None or (soort.besluiten and genomen.besluit not in soort.besluiten):
            return False
        return is_lezer(wereld, soort, kijker, dossier, genomen.partners, genomen.datum)
    if soort.moment is Moment.VERSLAG:
        return _is_at_meeting(wereld, soort, kijker, dossier, genomen)
    if soort.fasen and dossier.fase not in soort.fasen:
        return False
    return _is_business(wereld, soort, kijker, dossier)


def _is_at_meeting(
    wereld: Wereld, soort: Documentsoort, kijker: Kijker, dossier: Dossier, genomen: GenomenBesluit | None
) -> bool:
    if Feit.VERSLAG not in list_feiten(wereld.data, soort, kijker):
        return bool(list_afspraken(wereld, soort, kijker, dossier))
    if genomen is None:
        return False
    return is_coordinator(wereld.data, kijker) or is_named(wereld, soort, kijker, genomen.aanwezig, dossier)


def is_lezer(
    wereld: Wereld, soort: Documentsoort, kijker: Kijker, dossier: Dossier, namen: tuple[str, ...], op: dt.date
) -> bool:
    """Whether a letter about this case is for him: always when he has only this one, or leads the table."""
    if is_shut_out(wereld, soort, kijker, dossier):
        return False
    if soort.kring is Kring.VERTEGENWOORDIGER and not is_coordinator(wereld.data, kijker):
        wie = _find_vertegenwoordiger(wereld, soort, dossier)
        aanmelder = not wie and kijker.casus == dossier.code
        return kijker.id == wie or aanmelder
    if kijker.casus or is_coordinator(wereld.data, kijker):
        return kijker.casus in ("", dossier.code)
    if not _has_signed(wereld, kijker) or _has_stopped(wereld, kijker, dossier):
        return False
    if soort.kring is Kring.GENOEMD:
        return is_named(wereld, soort, kijker, namen, dossier)
    if soort.kring is Kring.DRAGER:
        dragers = tuple(filter(None, (find_drager(dossier, rol, op) for rol in soort.dragers)))
        return is_named(wereld, soort, kijker, dragers, dossier)
    mijn, betrokken = _is_business(wereld, soort, kijker, dossier), _is_involved(wereld, soort, kijker, dossier)
    if soort.kring is Kring.EERDER:
        eerste = wereld.eerder.get(dossier.code, {}).get(kijker.id)
        return (mijn or betrokken) and eerste is not None and eerste <= op
    return betrokken if soort.kring is Kring.BETROKKEN else mijn


def _find_vertegenwoordiger(wereld: Wereld, soort: Documentsoort, dossier: Dossier) -> str:
    """The partner who reads a letter in the place of the aanmelder: his own, else the one through whom he submits."""
    antwoorden = [dossier.aanmelding.get(vraag) for vraag in (kern.AANMELDER_ORGANISATIE, kern.AANMELDER_VIA)]
    ids = [naam for a in antwoorden if a and isinstance(a.waarde, PartnersWaarde) for naam in a.waarde.ids]
    kijkers = {kijker.id: kijker for kijker in list_kijkers(wereld, soort)}
    wie = next((naam for naam in ids if wereld.werkmap.get_partner(naam)), "")
    if wie not in kijkers or Feit.ROUTERING not in list_feiten(wereld.data, soort, kijkers[wie]):
        return ""
    mag = _has_signed(wereld, kijkers[wie]) and not _has_stopped(wereld, kijkers[wie], dossier)
    return wie if mag and not is_shut_out(wereld, soort, kijkers[wie], dossier) else ""


def _is_involved(wereld: Wereld, soort: Documentsoort, kijker: Kijker, dossier: Dossier) -> bool:
    namen = [*(b.aanwezig for b in dossier.besluiten), *(a.wie for a in dossier.afspraken)]
    namen += [(benoeming.wie,) for benoeming in dossier.benoemingen]
    namen += [actie.uitvoerders for actie in dossier.plannen[-1].acties] if dossier.plannen else []
    return any(is_named(wereld, soort, kijker, ids, dossier) for ids in namen)


def _is_business(wereld: Wereld, soort: Documentsoort, kijker: Kijker, dossier: Dossier) -> bool:
    partner = wereld.werkmap.get_partner(kijker.id)
    rol = wereld.data.tafel.get_rol(partner.rol) if partner else None
    if partner is None or rol is None:
        return True
    if _has_stopped(wereld, kijker, dossier):
        return False
    if rol.soort is Rolsoort.AD_HOC:
        mag = _has_signed(wereld, kijker) != (soort.moment is Moment.TOETREDING)  # to join is for who did not sign
        return mag and partner.id in list_invited(wereld.data, dossier)
    if rol.volgens_woonplaats:
        return Feit.ROUTERING in list_feiten(wereld.data, soort, kijker) and bool(
            {normalise(gemeente) for gemeente in partner.gemeenten} & set(iterate_woonplaatsen(wereld, dossier, kijker))
        )
    return True


def _has_signed(wereld: Wereld, kijker: Kijker) -> bool:
    partner = wereld.werkmap.get_partner(kijker.id)
    rol = wereld.data.tafel.get_rol(partner.rol) if partner else None
    if partner is None or rol is None or rol.soort is not Rolsoort.AD_HOC:
        return True
    return partner.protocol_ondertekend_op is not None and partner.protocol_ondertekend_op <= VANDAAG


def _has_stopped(wereld: Wereld, kijker: Kijker, dossier: Dossier) -> bool:
    if not dossier.meldingen:
        return False
    partner = wereld.werkmap.get_partner(kijker.id)
    stopt = {soort.id for soort in wereld.data.tafel.meldingen if soort.stopt}
    gestopt = {naam for melding in dossier.meldingen if melding.soort in stopt for naam in melding.wie}
    return partner is not None and not gestopt.isdisjoint({partner.id, partner.rol})


def list_stopped(wereld: Wereld, soort: Documentsoort, kijker: Kijker, dossier: Dossier) -> list[str]:
    """Which partners of this document stopped with a case: they are on its lists of readers or participants no more."""
    genoemd = edit(soort, rollen=(*soort.rollen, *soort.deelnemers))
    anderen = kijker.recall(("partners", soort.id), lambda: [k for k in list_kijkers(wereld, genoemd) if not k.casus])
    return [ander.id for ander in anderen if _has_stopped(wereld, ander, dossier)]


def is_named(wereld: Wereld, soort: Documentsoort, kijker: Kijker, ids: tuple[str, ...], dossier: Dossier) -> bool:
    """Named by its own id, or by its role in a case that is its business; never before it signed or once it stopped."""
    if is_shut_out(wereld, soort, kijker, dossier):
        return False
    if not _has_signed(wereld, kijker) or _has_stopped(wereld, kijker, dossier):
        return False
    return kijker.id in ids or (bool(kijker.rollen & set(ids)) and _is_business(wereld, soort, kijker, dossier))


def iterate_woonplaatsen(wereld: Wereld, dossier: Dossier, kijker: Kijker) -> Iterator[str]:
    """Where the cliënt lives, but for a municipality that "niet voor" keeps from this recipient."""
    eigen = kijker.ids | list_namens(wereld, kijker, dossier)
    for rij in dossier.aanmelding.get_rijen(kern.ROL.split(".")[0]):
        rol = rij.get("rol")
        gemeente = rij.get(kern.GEMEENTE.split(".")[1])
        if gemeente is not None and (
            gemeente.vlag.niet_voor & eigen or gemeente.vlag.niet_voor - list_bekend(wereld, kijker)
        ):
            continue
        if rol is not None and rol.has_optie(*wereld.data.tafel.gaat_over):
            yield normalise(rij.get_tekst("gemeente")).lstrip("0123456789 ")


# --- what goes by a flag --------------------------------------------------------------------------------------------


def get_regel(data: Tafeldata, soort: Documentsoort) -> Deelregel | None:
    return next((regel for regel in data.deling.deelregels if regel.document == soort.id), None)


def may_see(wereld: Wereld, soort: Documentsoort, kijker: Kijker, vraag: str, vlag: Vlag) -> bool:
    """The rule itself: flagged for a group of this recipient, and not narrowed away by name or by the table."""
    return holds(wereld, soort, kijker, vraag) and lets_in(wereld, soort, kijker, vlag)


def holds(wereld: Wereld, soort: Documentsoort, kijker: Kijker, vraag: str) -> bool:
    """Whether this document may hold an answer to this question at all."""
    return kijker.recall((soort.id, vraag), lambda: _holds(wereld, soort, vraag))


def _holds(wereld: Wereld, soort: Documentsoort, vraag: str) -> bool:
    regel = get_regel(wereld.data, soort)
    if regel is None or vraag.split(".")[0] not in regel.rubrieken or vraag in regel.zonder_vragen:
        return False
    return not soort.anoniem or may_stand_anonymously(wereld.data, vraag)


def lets_in(wereld: Wereld, soort: Documentsoort, kijker: Kijker, vlag: Vlag) -> bool:
    """Whether the flag means this recipient, and with him everybody who will read over his shoulder."""
    sleutel = (soort.id, id(vlag))
    if sleutel not in kijker.geheugen:
        kijker.geheugen[sleutel] = (_lets_in(wereld, soort, kijker, vlag), vlag)
    return bool(kijker.geheugen[sleutel][0])


def _lets_in(wereld: Wereld, soort: Documentsoort, kijker: Kijker, vlag: Vlag) -> bool:
    regel = get_regel(wereld.data, soort)
    groepen = {groep.id: set(groep.rollen) for groep in wereld.data.deling.doelgroepen}
    eigen = {groep for groep, rollen in groepen.items() if rollen & kijker.rollen}
    if regel is not None:
        eigen &= set(regel.doelgroepen)
    if not eigen & vlag.deelbaar_met or vlag.niet_voor - list_bekend(wereld, kijker):
        return False
    if (kijker.ids | kijker.namens) & vlag.niet_voor:
        return False
    if vlag.enkel_voor and not kijker.ids & vlag.enkel_voor:
        return False
    for groep in regel.ook_voor if regel is not None else ():
        if groep not in vlag.deelbaar_met or groepen[groep] & vlag.niet_voor:
            return False
        if vlag.enkel_voor and not groepen[groep] <= vlag.enkel_voor:
            return False
    return True


def list_rubrieken(soort: Documentsoort, dossier: Dossier) -> list[IngevuldeRubriek]:
    """All rubrieken that a document of this kind may draw upon, those of the inbreng by themselves."""
    eigen = [] if soort.enkel_inbreng else list(dossier.aanmelding.rubrieken)
    return [*eigen, *(rubriek for inbreng in dossier.inbreng for rubriek in inbreng.rubrieken)]


def list_inbreng(wereld: Wereld, soort: Documentsoort, kijker: Kijker, dossier: Dossier) -> list[object]:
    """What others brought about the case, row by row, as far as this recipient sees it."""
    kijker = in_case(wereld, kijker, dossier)
    rijen = [rij for inbreng in dossier.inbreng for rubriek in inbreng.rubrieken for rij in rubriek.rijen]
    gezien = [
        tuple((a.vraag, a.format()) for a in rij.antwoorden if may_see(wereld, soort, kijker, a.vraag, a.vlag))
        for rij in rijen
    ]
    return [rij for rij in gezien if rij]


def list_acties(wereld: Wereld, soort: Documentsoort, kijker: Kijker, dossier: Dossier) -> list[Actie]:
    """The rows of the latest plan that this recipient may see, while the case is open."""
    fasen = {fase.id for fase in wereld.data.tafel.fasen if fase.open}
    if dossier.fase not in fasen or not dossier.plannen:
        return []
    kijker = in_case(wereld, kijker, dossier)
    return [actie for actie in dossier.plannen[-1].acties if may_see(wereld, soort, kijker, kern.ACTIE_WAT, actie.vlag)]


def list_passages(wereld: Wereld, soort: Documentsoort, kijker: Kijker, dossier: Dossier) -> list[str]:
    """The words of that overleg that were expressly released to this recipient."""
    genomen = get_besluit(wereld.data, soort, dossier)
    if genomen is None or Feit.PASSAGES not in list_feiten(wereld.data, soort, kijker):
        return []
    kijker = in_case(wereld, kijker, dossier)
    return [
        passage.tekst
        for passage in dossier.passages
        if (passage.overleg, passage.datum) == (genomen.overleg, genomen.datum)
        if lets_in(wereld, soort, kijker, passage.vlag)
    ]


# --- what the table releases ----------------------------------------------------------------------------------------


def list_feiten(data: Tafeldata, soort: Documentsoort, kijker: Kijker) -> frozenset[Feit]:
    """What the table releases to this recipient in this document."""
    return kijker.recall(("feiten", soort.id), lambda: _list_feiten(data, soort, kijker))


def _list_feiten(data: Tafeldata, soort: Documentsoort, kijker: Kijker) -> frozenset[Feit]:
    vrijgaven = data.deling.vrijgaven
    return frozenset(v.feit for v in vrijgaven if soort.id in v.documenten and kijker.rollen & set(v.rollen))


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


def list_openstaand(wereld: Wereld, soort: Documentsoort, kijker: Kijker, dossier: Dossier) -> list[Afspraak]:
    """The to-do's of earlier dates of this overleg that he still has, of any case, on what prepares the next."""
    if soort.moment is not Moment.VOORBEREIDING or Feit.AFSPRAKEN not in list_feiten(wereld.data, soort, kijker):
        return []
    klaar = {Afspraakstatus.GEDAAN, Afspraakstatus.VERVALLEN}
    return [
        afspraak
        for afspraak in dossier.afspraken
        if afspraak.overleg == soort.overleg and afspraak.datum < get_datum(wereld.data, soort)
        if afspraak.status not in klaar
        if is_coordinator(wereld.data, kijker) or is_named(wereld, soort, kijker, afspraak.wie, dossier)
    ]


def list_verteld(
    wereld: Wereld, soort: Documentsoort, kijker: Kijker, dossier: Dossier
) -> list[tuple[Melding, list[str]]]:
    """The meldingen of which he gets a letter of this kind, each with the words in it that he may read."""
    kijker = in_case(wereld, kijker, dossier)
    eigen = [melding for melding in dossier.meldingen if melding.soort in soort.meldingen]
    verteld = []
    for melding in eigen:
        meldingsoort = wereld.data.tafel.get_melding(melding.soort)
        assert meldingsoort is not None
        samen = melding.ontvangen_op == eigen[-1].ontvangen_op and not meldingsoort.vooruit
        if soort.kring is not Kring.EERDER and melding is not eigen[-1] and not samen:
            continue
        fasen = {fase.id for fase in wereld.data.tafel.fasen if fase.open}
        if meldingsoort.vooruit and (melding.datum < VANDAAG or dossier.fase not in fasen):
            continue
        if not is_lezer(wereld, soort, kijker, dossier, melding.wie, melding.ontvangen_op):
            continue
        teksten = [
            m.tekst for m in melding.mededelingen if may_see(wereld, soort, kijker, kern.MEDEDELING_TEKST, m.vlag)
        ]
        vrij = Feit.MELDING in list_feiten(wereld.data, soort, kijker)
        zegt_genoeg = soort.kring is not Kring.EERDER or Meldingeis.MEDEDELING not in meldingsoort.vereist
        if teksten or (vrij and zegt_genoeg):
            verteld.append((melding, teksten))
    return verteld


def list_codes(beeld: Deelbeeld) -> list[str]:
    """The cases that a copy is about."""
    codes = [blok.code for blok in beeld.casussen] + [blok.code for blok in beeld.verslag]
    codes += [regel.casuscode for regel in beeld.afspraken] + [beeld.kop.casuscode]
    return list(dict.fromkeys(filter(None, codes)))


def is_letter(soort: Documentsoort) -> bool:
    return soort.aanleiding is Aanleiding.DOSSIER
