"""Who joins a case, who holds a role in it, and how an anonymous document calls them: the rules, read a second time."""

from __future__ import annotations

import datetime as dt

from support_bewijs import VANDAAG, Wereld

from schemas.datum import MAANDEN, format_datum
from schemas.documentsoort import Documentsoort, Moment, Organisaties, Per
from schemas.dossier import Dossier
from schemas.tafel import Identiteit
from schemas.tafeldata import Tafeldata


def list_invited(data: Tafeldata, dossier: Dossier) -> list[str]:
    """Who was asked for this case: by a decision or a melding, or by being given a role in it."""
    namen = {naam for besluit in dossier.besluiten for naam in besluit.ad_hoc}
    namen |= {benoeming.wie for benoeming in dossier.benoemingen}
    soorten = {soort.id: soort for soort in data.tafel.meldingen if soort.nodigt_uit}
    for melding in dossier.meldingen:
        soort = soorten.get(melding.soort)
        if soort is not None:
            namen |= set(melding.naar if soort.draagt_over or soort.benoemt else melding.wie)
    return sorted(namen)


def list_dragers(wereld: Wereld, soort: Documentsoort, dossier: Dossier) -> list[tuple[str, str]]:
    """Label of each role that a document may name, and who holds it: of what follows an overleg on its own day."""
    op = max((b.datum for b in dossier.besluiten if b.overleg == soort.overleg), default=dt.date.max)
    laatste = op if soort.moment is Moment.VERSLAG else dt.date.max
    gevonden = [(rol.label, find_drager(dossier, rol.id, laatste)) for rol in wereld.data.tafel.dossierrollen]
    gedrukt = {rol.label for rol in wereld.data.tafel.dossierrollen if rol.afdrukken}
    gestopt = {naam for m in dossier.meldingen if _stops(wereld.data, m.soort) for naam in m.wie}
    return [
        (label, wie)
        for label, wie in gevonden
        if wie and label in gedrukt and gestopt.isdisjoint({wie, _get_rol(wereld, wie)})
    ]


def find_drager(dossier: Dossier, rol: str, op: dt.date = dt.date.max) -> str:
    """Who was given this role last until that day; "" when nobody was."""
    eigen = [b for b in dossier.benoemingen if b.rol == rol and b.op <= op]
    return sorted(enumerate(eigen), key=lambda paar: (paar[1].op, paar[0]))[-1][1].wie if eigen else ""


def list_agreed(wereld: Wereld, soort: Documentsoort, dossier: Dossier) -> list[str]:
    """Hour and place that were noted last for the overleg of today, on a document about this case alone."""
    planners = {melding.id for melding in wereld.data.tafel.meldingen if melding.plant_overleg}
    gepland = [m for m in dossier.meldingen if m.overleg_op == VANDAAG]
    alleen = soort.moment is Moment.VOORBEREIDING and soort.per is Per.CASUS and not soort.anoniem
    eigen = gepland[-1:] if alleen else []
    return [tekst for m in eigen if m.soort in planners for tekst in (m.uur, m.plaats)]


def name_in(wereld: Wereld, soort: Documentsoort, ids: tuple[str, ...]) -> str:
    """Partners and roles as this document prints them: an anonymous one may give the role only."""
    rollen = {rol.id: rol.label for rol in wereld.data.tafel.rollen}
    partners = {p.id: p.naam for p in wereld.werkmap.partners}
    gesloten = wereld.data.tafel.identiteit is Identiteit.SECRETARIAAT
    hoe = soort.organisaties or (Organisaties.ROL if gesloten else Organisaties.NAAM)
    if soort.anoniem and hoe is Organisaties.ROL:
        return ", ".join(dict.fromkeys(rollen[_get_rol(wereld, naam)] for naam in ids))
    return ", ".join((rollen | partners)[naam] for naam in ids)


def tell_datum(soort: Documentsoort, datum: dt.date | None) -> str:
    """A day as this document prints it: an anonymous one only its month."""
    if datum is None:
        return ""
    return f"{MAANDEN[datum.month - 1]} {datum.year}" if soort.anoniem else format_datum(datum)


def _get_rol(wereld: Wereld, naam: str) -> str:
    partner = wereld.werkmap.get_partner(naam)
    return partner.rol if partner else naam


def _stops(data: Tafeldata, soort_id: str) -> bool:
    return any(soort.id == soort_id and soort.stopt for soort in data.tafel.meldingen)
