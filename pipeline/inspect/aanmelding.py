"""The same checks when a form comes in, so that the coordinator hears it then and not on the eve of the meeting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from schemas import kern
from schemas.aanmelding import Aanmelding, Antwoord, IngevuldeRubriek, PartnersWaarde, Rij
from schemas.bevinding import Bevinding, Ernst
from schemas.deling import Deelregel, Feit
from schemas.dossier import Dossier
from schemas.formulier import Formulier
from schemas.nazicht import Nazichtsoort
from schemas.tafeldata import Tafeldata

from .kennis import build_kennis, is_vrij, make_kennis
from .passages import Lezing, find_treffers
from .sleutels import make_sleutelbos

_MELDINGEN = MappingProxyType(
    {
        Nazichtsoort.IDENTITEIT: ("persoon-in-vrije-tekst", "een naam of een ander gegeven van een betrokkene"),
        Nazichtsoort.PATROON: ("nummer-in-vrije-tekst", "een nummer, mailadres, nummerplaat of adres"),
        Nazichtsoort.WOORD: (
            "woord-in-anonieme-tekst",
            "een cijfer, een hoofdletter of een onbekend woord in een tekst die anoniem weggaat",
        ),
    }
)
_VRAAG_AANMELDER = "Vraag de aanmelder zo nodig om een andere tekst."
_PAS_AAN = "Pas de tekst op het formulier zo nodig aan en leg het opnieuw in “in”, als het nummer dat nog toelaat."
#: Words that leave without a flag of their own, because the table releases them to whom they are meant for.
_VRIJGEGEVEN = MappingProxyType(
    {
        kern.PUNT_ADVIES: Feit.BESLUIT,
        kern.PUNT_REDEN: Feit.BESLUIT,
        kern.PUNT_TERUGKOPPELING_HOE: Feit.VERSLAG,
        kern.AFSPRAAK_WAT: Feit.AFSPRAKEN,
    }
)
_CASUS = kern.PUNT_CASUS.split(".")[1]


def inspect_aanmelding(
    aanmelding: Aanmelding, formulier: Formulier, data: Tafeldata, bekend: Iterable[IngevuldeRubriek] = ()
) -> tuple[Bevinding, ...]:
    """One finding for each shared answer and each kind of thing in it; where it stands, never what.

    `bekend` is what the dossier holds already: a supplement may name people whom only the first form listed.
    """
    kennis = make_kennis("", (*bekend, *aanmelding.rubrieken), formulier, data)
    lezing = Lezing(kennis, make_sleutelbos(kennis.identiteiten), frozenset())
    gedeeld = _iterate_gedeeld(aanmelding.rubrieken, formulier)
    return tuple(b for a in gedeeld for b in _inspect_antwoord(a, _read_as(a, lezing, data), _VRAAG_AANMELDER))


def inspect_casusformulier(
    aanmelding: Aanmelding, formulier: Formulier, data: Tafeldata, dossiers: Mapping[str, Dossier], code: str = ""
) -> tuple[Bevinding, ...]:
    """The same for a form about cases that are there already: inbreng, plan, melding, decisions of an overleg.

    `dossiers` go by casuscode; `code` is the one case that the form is about, "" when each row names its own.
    """
    lezingen = {naam: _make_lezing(dossier, data) for naam, dossier in dossiers.items()}
    delen = [(code, rubriek) for rubriek in aanmelding.rubrieken] if code else _split_by_case(aanmelding.rubrieken)
    return tuple(
        bevinding
        for naam, rubriek in delen
        if naam in lezingen
        for antwoord in _iterate_gedeeld((rubriek,), formulier)
        for bevinding in _inspect_antwoord(antwoord, _read_as(antwoord, lezingen[naam], data), _PAS_AAN)
    )


def _make_lezing(dossier: Dossier, data: Tafeldata) -> Lezing:
    formulier = data.get_formulier(dossier.aanmelding.formulier) or data.get_aanmeldformulier()
    kennis = build_kennis(dossier, formulier, data)
    return Lezing(kennis, make_sleutelbos(kennis.identiteiten), frozenset())


def _read_as(antwoord: Antwoord, lezing: Lezing, data: Tafeldata) -> Lezing:
    """The strict reading for what somebody will read in an anonymous document; partners are named there from a list."""
    if isinstance(antwoord.waarde, PartnersWaarde):
        return lezing
    anoniem = {document.id for document in data.documenten if document.anoniem}
    feit = {**_VRIJGEGEVEN, kern.PASSAGE_TEKST: Feit.PASSAGES}.get(antwoord.vraag)
    vrij = any(v.feit is feit and anoniem & set(v.documenten) for v in data.deling.vrijgaven)
    regels = (regel for regel in data.deling.deelregels if regel.document in anoniem)
    return replace(lezing, anoniem=vrij or any(_lets_through(regel, antwoord) for regel in regels))


def _lets_through(regel: Deelregel, antwoord: Antwoord) -> bool:
    if antwoord.vraag.split(".")[0] not in regel.rubrieken or antwoord.vraag in regel.zonder_vragen:
        return False
    return bool(antwoord.vlag.deelbaar_met & set(regel.doelgroepen))


def _split_by_case(rubrieken: Iterable[IngevuldeRubriek]) -> Iterator[tuple[str, IngevuldeRubriek]]:
    """Each row apart, with the case that it names."""
    for rubriek in rubrieken:
        for rij in rubriek.rijen:
            yield _get_code(rij), rubriek.model_copy(update={"antwoorden": (), "rijen": (rij,)})


def _get_code(rij: Rij) -> str:
    return rij.get_tekst(_CASUS).strip().upper()


def _iterate_gedeeld(rubrieken: Iterable[IngevuldeRubriek], formulier: Formulier) -> Iterator[Antwoord]:
    """Free text that somebody ticked for anybody, or that leaves by a release."""
    vrij = {vraag.id for vraag in formulier.vragen if is_vrij(vraag)}
    for rubriek in rubrieken:
        for antwoord in (*rubriek.antwoorden, *(a for rij in rubriek.rijen for a in rij.antwoorden)):
            vertrekt = antwoord.vlag.deelbaar_met or antwoord.vraag in _VRIJGEGEVEN
            if antwoord.vraag in vrij and antwoord.waarde is not None and vertrekt:
                yield antwoord


def _inspect_antwoord(antwoord: Antwoord, lezing: Lezing, raad: str) -> Iterator[Bevinding]:
    soorten = {treffer.soort for treffer in find_treffers(antwoord.format(), lezing)}
    for soort, (code, wat) in _MELDINGEN.items():
        if soort in soorten:
            yield Bevinding(
                code=code,
                plaats=antwoord.plaats,
                melding=f"Bij “{antwoord.label}” staat iets dat lijkt op {wat}, en dat antwoord wordt gedeeld.",
                remedie=f"Het nazicht vraagt ernaar voor het vertrekt. {raad}",
                ernst=Ernst.INFO,
            )
