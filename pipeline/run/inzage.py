"""Right of access: one document on what is held about a person and to whom it went, for the coordinator to review.

What is of somebody else is left out as far as a program can tell; that a person reads it before it is handed over is
not a formality, and the document says so at its head.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from dateutil.relativedelta import relativedelta

from pipeline.disk import translate_faults, write_atomic
from pipeline.pdf import make_pdfs
from pipeline.register import Register
from pipeline.render import render_deelbeeld
from pipeline.run.holdings import list_codes
from pipeline.run.life import FEITEN, describe_naam
from pipeline.run.person import (
    PERSONEN,
    Betrokkene,
    iterate_answered,
    list_informatie,
    list_own_rubrieken,
    names_other,
)
from pipeline.run.retention import find_closing
from pipeline.settings import Settings
from pipeline.verify import refuse_unexplained
from schemas import kern
from schemas.aanmelding import Antwoord, TekstWaarde
from schemas.bewaring import Verzending
from schemas.datum import format_datum
from schemas.deelbeeld import Casusblok, Contact, Deelbeeld, Kop, Ontvanger, Rijblok, Rubriekblok, Veld
from schemas.deling import Feit
from schemas.verstrekking import Verstrekking

SJABLOON = "inzage"
WEGGELATEN = "[Weggelaten: hier staat iets over iemand anders. Een mens beslist wat hiervan meegedeeld kan worden.]"
_NIET_OVERGENOMEN = "De tekst is niet overgenomen: een mens kijkt eerst na wat van of over iemand anders is."
#: Where a rule comes from, in the region's data; nothing to the person who reads it here.
_BRONMERK = re.compile(r" \([A-Z]\d+:[^)]*\)")
_LEEG = "Er werd nog geen document klaargezet waarin hier iets over staat."


def write_inzage(
    settings: Settings, personen: Sequence[Betrokkene], register: Register, map_: Path
) -> tuple[Path, ...]:
    """Write the document as Word and PDF under a new name. Raises PoortFout, SchijfFout, ConfiguratieFout."""
    beeld = build_inzage(settings, personen, register)
    sjabloon = settings.find_sjabloon(SJABLOON).read_bytes()
    word = render_deelbeeld(beeld, sjabloon)
    pdf = make_pdfs({beeld.bestandsnaam: word}, settings.choose_engine())[beeld.bestandsnaam]
    refuse_unexplained(beeld, sjabloon, word, pdf)
    stam = _choose_stam(map_, beeld.bestandsnaam)
    paden = (map_ / f"{stam}.docx", map_ / f"{stam}.pdf")
    for pad, inhoud in zip(paden, (word, pdf), strict=True):
        write_atomic(pad, inhoud)
    return paden


def _choose_stam(map_: Path, stam: str) -> str:
    """A name that nothing has yet: the coordinator may be working in the earlier one."""
    naam, nummer = stam, 1
    with translate_faults(map_):
        while any((map_ / f"{naam}.{soort}").exists() for soort in ("docx", "pdf")):
            nummer += 1
            naam = f"{stam} ({nummer})"
    return naam


def build_inzage(settings: Settings, personen: Sequence[Betrokkene], register: Register) -> Deelbeeld:
    """Everything that the document says. Its name and number hold the code of the case, never a name."""
    code = personen[0].dossier.code
    dag = settings.vandaag.isoformat()
    verzonden = register.list_verzendingen()
    alle = register.list_verstrekkingen()
    return Deelbeeld(
        documentsoort=SJABLOON,
        sjabloon=SJABLOON,
        sleutel=f"{SJABLOON}/{code}/{dag}",
        bestandsnaam=f"Inzage {code} {dag}",
        ontvanger=Ontvanger(id="coordinator", naam="nazicht", rollen=frozenset(), ids=frozenset()),
        kop=_build_kop(settings, code),
        casussen=tuple(
            _build_casus(nummer, settings, persoon, alle, verzonden) for nummer, persoon in enumerate(personen, start=1)
        ),
    )


def _build_kop(settings: Settings, code: str) -> Kop:
    tafel, werkmap = settings.data.tafel, settings.werkmap
    return Kop(
        tafel=tafel.naam,
        titel="Inzage: wat wij over u bewaren",
        afzender=werkmap.afzender,
        documentnummer=f"INZ-{code}-{settings.vandaag:%Y%m%d}",
        datum=format_datum(settings.vandaag),
        exemplaar_voor=f"{werkmap.contact.naam}, om na te lezen",
        casuscode=code,
        versie=1,
        vervangt=0,
        wijzigingen=(),
        doel=tafel.doel,
        grondslag=werkmap.grondslag or tafel.grondslag,
        markering="ONTWERP — eerst nalezen: laat weg wat van of over iemand anders is",
        verdeellijst=(),
        contact=Contact.model_validate(werkmap.contact.model_dump()),
        inleiding=(),
        slot=(),
        taal=tafel.taal,
    )


def _build_casus(
    nummer: int,
    settings: Settings,
    persoon: Betrokkene,
    alle: Iterable[Verstrekking],
    verzonden: Mapping[tuple[str, int], Verzending],
) -> Casusblok:
    dossier = persoon.dossier
    fase = settings.data.tafel.get_fase(dossier.fase)
    over_client = (*_list_antwoorden(persoon), *_list_verloop(settings, persoon)) if persoon.is_client else ()
    rubrieken = (*_list_eigen_rij(persoon), *over_client, _list_documenten(settings, persoon, alle, verzonden))
    return Casusblok(
        nummer=nummer,
        code=dossier.code,
        soort="De casus gaat over deze persoon" if persoon.is_client else "Deze persoon is een betrokkene",
        fase=fase.label if fase and persoon.is_client else "",
        anoniem="Deze casus werd zonder naam aangemeld." if persoon.rij is None else "",
        identiteit=(),
        instemming=None,
        uitkomst="",
        criteria=(),
        weegvragen=(),
        rubrieken=(*rubrieken, _describe_bewaren(settings, persoon)),
        feiten=(),
        inschattingen=(),
    )


def _list_eigen_rij(persoon: Betrokkene) -> Iterator[Rubriekblok]:
    if persoon.rij is not None:
        velden = _build_velden(persoon.rij.antwoorden, persoon)
        yield Rubriekblok(titel="Wat op het aanmeldformulier over deze persoon staat", velden=velden, rijen=())


def _list_antwoorden(persoon: Betrokkene) -> Iterator[Rubriekblok]:
    for rubriek in list_own_rubrieken(persoon.dossier):
        velden = _build_velden(rubriek.antwoorden, persoon)
        if rubriek.rijen:
            velden = (*velden, Veld(label=f"Rijen: {len(rubriek.rijen)}", waarde=_NIET_OVERGENOMEN))
        if velden:
            yield Rubriekblok(titel=rubriek.titel, velden=velden, rijen=())
    informatie = list_informatie(persoon.dossier)
    if informatie:
        soort, datum = (veld.split(".")[1] for veld in (kern.INFO_SOORT, kern.INFO_DATUM))
        rijen = tuple(
            Rijblok(
                titel=f"{nummer}. {rij.get_tekst(soort) or 'Informatie'}",
                velden=(Veld(label="Datum", waarde=rij.get_tekst(datum) or "niet ingevuld"),),
            )
            for nummer, rij in enumerate(informatie, start=1)
        )
        velden = (Veld(label="Tekst en bron", waarde=_NIET_OVERGENOMEN),)
        yield Rubriekblok(titel="Informatie die anderen inbrachten", velden=velden, rijen=rijen)


def _build_velden(antwoorden: Iterable[Antwoord], persoon: Betrokkene) -> tuple[Veld, ...]:
    anderen = persoon.list_others()
    return tuple(
        Veld(label=antwoord.label, waarde=_leave_out(antwoord, anderen)) for antwoord in iterate_answered(antwoorden)
    )


def _leave_out(antwoord: Antwoord, anderen: frozenset[str]) -> str:
    vrij = isinstance(antwoord.waarde, TekstWaarde)
    return WEGGELATEN if vrij and names_other(antwoord.format(), anderen) else antwoord.format()


def _list_verloop(settings: Settings, persoon: Betrokkene) -> Iterator[Rubriekblok]:
    """What happened, by kind and date: the words that people wrote about it are for a person to look through."""
    tafel, dossier = settings.data.tafel, persoon.dossier
    regels: list[tuple[dt.date, str]] = [(o.ontvangen_op, f"formulier: {o.soort.value}") for o in dossier.ontvangsten]
    for genomen in dossier.besluiten:
        overleg, besluit = tafel.get_overleg(genomen.overleg), tafel.get_besluit(genomen.besluit)
        wie, wat = (overleg.naam if overleg else genomen.overleg), (besluit.label if besluit else genomen.besluit)
        regels.append((genomen.datum, f"{wie}: {wat}"))
    for plan in dossier.plannen:
        regels.append((plan.bijgewerkt_op, f"plan van aanpak: {plan.stand.value}"))
    for melding in dossier.meldingen:
        soort = tafel.get_melding(melding.soort)
        regels.append((melding.datum, f"melding: {soort.label if soort else melding.soort}"))
    velden = tuple(Veld(label=format_datum(dag), waarde=wat) for dag, wat in sorted(regels))
    if velden:
        yield Rubriekblok(titel="Wat er gebeurde", velden=velden, rijen=())


def _list_documenten(
    settings: Settings,
    persoon: Betrokkene,
    alle: Iterable[Verstrekking],
    verzonden: Mapping[tuple[str, int], Verzending],
) -> Rubriekblok:
    """Who got what and when; of somebody else than the cliënt only what tells of persons.

    Copies that differ in nothing but their reader stand together.
    """
    samen: dict[tuple[str, tuple[Veld, ...]], list[str]] = {}
    for verstrekking in sorted(alle, key=lambda v: (v.klaargezet_op, v.documentsoort, v.versie)):
        grounds = _list_grounds(settings, persoon, verstrekking)
        if persoon.dossier.code in list_codes(verstrekking.beeld) and (grounds or persoon.is_client):
            verzending = verzonden.get((verstrekking.sleutel, verstrekking.versie))
            titel = f"{verstrekking.beeld.kop.titel}, versie {verstrekking.versie}"
            velden = (*_describe_sending(verstrekking, verzending), *grounds)
            samen.setdefault((titel, velden), []).append(describe_naam(settings, verstrekking.ontvanger))
    rijen = tuple(
        Rijblok(titel=titel, velden=(Veld(label="Aan", waarde="; ".join(dict.fromkeys(aan))), *velden))
        for (titel, velden), aan in samen.items()
    )
    leeg = () if rijen else (Veld(label="Documenten", waarde=_LEEG),)
    return Rubriekblok(titel="Welke documenten naar wie gingen", velden=leeg, rijen=rijen)


def _describe_sending(verstrekking: Verstrekking, verzending: Verzending | None) -> tuple[Veld, ...]:
    via = f", {verzending.via}" if verzending and verzending.via else ""
    op = f"{format_datum(verzending.op)}{via}" if verzending else "niet genoteerd"
    return (
        Veld(label="Klaargezet op", waarde=format_datum(verstrekking.klaargezet_op)),
        Veld(label="Verzonden op", waarde=op),
    )


def _list_grounds(settings: Settings, persoon: Betrokkene, verstrekking: Verstrekking) -> tuple[Veld, ...]:
    per_grond: dict[str, list[str]] = {}
    for regel in verstrekking.beeld.verantwoording:
        over_personen = regel.veld.split(".")[0] == PERSONEN or regel.veld == Feit.IDENTITEIT.value
        if regel.casuscode == persoon.dossier.code and (persoon.is_client or over_personen):
            per_grond.setdefault(_BRONMERK.sub("", regel.grond), []).append(_label(settings, regel.veld))
    return tuple(
        Veld(label="Wat erin stond", waarde=f"{', '.join(dict.fromkeys(labels))} — grond: {grond}")
        for grond, labels in per_grond.items()
    )


def _label(settings: Settings, veld: str) -> str:
    for formulier in settings.data.formulieren:
        vraag = formulier.get_vraag(veld)
        if vraag is not None:
            return vraag.label
    return next((naam for feit, naam in FEITEN.items() if feit.value == veld), veld)


def _describe_bewaren(settings: Settings, persoon: Betrokkene) -> Rubriekblok:
    maanden, dossier = settings.werkmap.bewaartermijn, persoon.dossier
    if maanden is None:
        zin = "Voor dit overleg is geen bewaartermijn vastgelegd."
    elif settings.data.tafel.is_open(dossier.fase):
        zin = f"De casus is nog open. Na de afsluiting wordt alles nog {maanden} maanden bewaard en dan vernietigd."
    else:
        tot = find_closing(settings, dossier) + relativedelta(months=maanden)
        zin = f"Tot en met {format_datum(tot)}; daarna wordt alles over deze casus vernietigd."
    return Rubriekblok(titel="Hoe lang dit bewaard wordt", velden=(Veld(label="Bewaren", waarde=zin),), rijen=())
