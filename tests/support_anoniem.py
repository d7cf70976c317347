"""Two tables that exist only in tests, one for each way to keep an identity from a reader, and cases to play there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from support_bewijs import load_voorbeeldwerkmap

from pipeline.check import check_aanmelding
from pipeline.meeting import plan_overleg
from pipeline.share import Deling
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
from schemas.anoniembeeld import AnoniemBeeld
from schemas.catalogus import load_catalogus
from schemas.deelbeeld import Deelbeeld
from schemas.deling import Vlag
from schemas.documentsoort import Aanleiding, Moment
from schemas.dossier import Dossier
from schemas.formulier import Vraag, Vraagsoort
from schemas.tafeldata import Tafeldata

REGIOS = Path(__file__).parent / "regios"
KRING, KETEN = "proefstreek/kenniskring", "proefstreek/ketentafel"
DATA = load_catalogus(REGIOS)
CODE = "BCDFG2"
OP = dt.date(2026, 11, 2)
VANDAAG = dt.date(2026, 12, 1)

Invulling = Mapping[str, str | dt.date]


def make_waarde(vraag: Vraag, inhoud: str | dt.date) -> Waarde:
    """What validation makes of it: an option by id, a day, a partner, words."""
    if isinstance(inhoud, dt.date):
        return DatumWaarde(datum=inhoud)
    optie = vraag.get_optie(inhoud)
    if optie is not None:
        return KeuzeWaarde(opties=(optie.id,), labels=(optie.label,))
    if vraag.soort is Vraagsoort.PARTNERS:
        return PartnersWaarde(ids=("partner",), tekst=inhoud)
    return TekstWaarde(tekst=inhoud)


def make_antwoord(data: Tafeldata, vraag_id: str, inhoud: str | dt.date, vlag: Vlag) -> Antwoord:
    """An answer; "onbekend" is a status."""
    vraag = data.get_aanmeldformulier().get_vraag(vraag_id)
    assert vraag is not None, vraag_id
    open_ = inhoud == Status.ONBEKEND.value
    return Antwoord(
        vraag=vraag_id,
        label=vraag.label,
        plaats=vraag.rubriek,
        status=Status.ONBEKEND if open_ else Status.INGEVULD,
        waarde=None if open_ else make_waarde(vraag, inhoud),
        vlag=vlag,
    )


def make_dossier(
    data: Tafeldata, antwoorden: Invulling, rijen: Sequence[tuple[Invulling, Vlag]] = (), vlag: Vlag | None = None
) -> Dossier:
    """A case by name with these answers, and rows, each with its own flag; without one, for every doelgroep."""
    allen = Vlag(deelbaar_met=frozenset(groep.id for groep in data.deling.doelgroepen))
    formulier = data.get_aanmeldformulier()
    rubrieken = []
    for rubriek in formulier.rubrieken:
        eigen = [(naam, inhoud) for naam, inhoud in antwoorden.items() if naam.split(".")[0] == rubriek.id]
        blokken = [(rij, v) for rij, v in rijen if next(iter(rij)).split(".")[0] == rubriek.id]
        rubrieken.append(
            IngevuldeRubriek(
                id=rubriek.id,
                titel=rubriek.titel,
                antwoorden=tuple(make_antwoord(data, naam, inhoud, vlag or allen) for naam, inhoud in eigen),
                rijen=tuple(
                    Rij(id=f"r{n}", antwoorden=tuple(make_antwoord(data, q, a, v) for q, a in rij.items()))
                    for n, (rij, v) in enumerate(blokken)
                ),
            )
        )
    aanmelding = Aanmelding(
        tafel=data.tafel.id, formulier=formulier.id, versie=formulier.versie, rubrieken=tuple(rubrieken)
    )
    return Dossier(
        code=CODE, fase=data.tafel.beginfase, aangemeld_op=OP, aanmelding=aanmelding, ontvangsten=(), overleg_op=None
    )


def make_deling(data: Tafeldata, *dossiers: Dossier) -> Deling:
    """The wall over these cases, with the partners of the table's own example."""
    getoetst = {d.code: (d, check_aanmelding(d.aanmelding, data, d.aangemeld_op)) for d in dossiers}
    return Deling(data, load_voorbeeldwerkmap(data), VANDAAG, getoetst, {})


def share(data: Tafeldata, dossier: Dossier, document: str, ontvanger: str) -> Deelbeeld:
    """The copy that this recipient gets of this document about this case."""
    soort = data.get_document(document)
    assert soort is not None
    deling = make_deling(data, dossier)
    if soort.aanleiding is Aanleiding.DOSSIER:
        beelden = deling.share_dossier(soort, dossier.code)
    else:
        overleg = data.tafel.get_overleg(soort.overleg or "")
        assert overleg is not None and soort.moment is Moment.VOORBEREIDING
        datum = overleg.kalender.next_date(VANDAAG)
        beelden = deling.share_overleg(plan_overleg(overleg, datum, [dossier], data.tafel, deling.werkmap))
    return next(b for b in beelden if b.documentsoort == document and b.ontvanger.id == ontvanger)


def share_anonymously(data: Tafeldata, dossier: Dossier, document: str, ontvanger: str) -> AnoniemBeeld:
    """The same for an anonymous document."""
    beeld = share(data, dossier, document, ontvanger)
    assert isinstance(beeld, AnoniemBeeld)
    return beeld
