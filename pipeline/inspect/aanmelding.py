"""The same checks when a form comes in, so that the coordinator hears it then and not on the eve of the meeting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import MappingProxyType

from schemas.aanmelding import Aanmelding, Antwoord, IngevuldeRubriek
from schemas.bevinding import Bevinding, Ernst
from schemas.formulier import Formulier
from schemas.nazicht import Nazichtsoort
from schemas.tafeldata import Tafeldata

from .kennis import is_vrij, make_kennis
from .passages import Lezing, find_treffers
from .sleutels import make_sleutelbos

_MELDINGEN = MappingProxyType(
    {
        Nazichtsoort.IDENTITEIT: ("persoon-in-vrije-tekst", "een naam of een ander gegeven van een betrokkene"),
        Nazichtsoort.PATROON: ("nummer-in-vrije-tekst", "een nummer, mailadres, nummerplaat of adres"),
        Nazichtsoort.WOORD: (
            "woord-in-anonieme-tekst",
            "een cijfer, hoofdletter of onbekend woord in een anonieme casus",
        ),
    }
)


def inspect_aanmelding(
    aanmelding: Aanmelding, formulier: Formulier, data: Tafeldata, bekend: Iterable[IngevuldeRubriek] = ()
) -> tuple[Bevinding, ...]:
    """One finding for each shared answer and each kind of thing in it; where it stands, never what.

    `bekend` is what the dossier holds already: a supplement may name people whom only the first form listed.
    """
    kennis = make_kennis("", (*bekend, *aanmelding.rubrieken), formulier, data)
    lezing = Lezing(kennis, make_sleutelbos(kennis.identiteiten), frozenset())
    return tuple(
        bevinding
        for antwoord in _iterate_gedeeld(aanmelding, formulier)
        for bevinding in _inspect_antwoord(antwoord, lezing)
    )


def _iterate_gedeeld(aanmelding: Aanmelding, formulier: Formulier) -> Iterator[Antwoord]:
    """Free text that somebody ticked for anybody."""
    for vraag in formulier.vragen:
        if is_vrij(vraag):
            antwoorden = aanmelding.get_antwoorden(vraag.id)
            yield from (a for a in antwoorden if a.waarde is not None and a.vlag.deelbaar_met)


def _inspect_antwoord(antwoord: Antwoord, lezing: Lezing) -> Iterator[Bevinding]:
    soorten = {treffer.soort for treffer in find_treffers(antwoord.format(), lezing)}
    for soort, (code, wat) in _MELDINGEN.items():
        if soort in soorten:
            yield Bevinding(
                code=code,
                plaats=antwoord.plaats,
                melding=f"Bij “{antwoord.label}” staat iets dat lijkt op {wat}, en dat antwoord wordt gedeeld.",
                remedie="Het nazicht vraagt ernaar voor het vertrekt. Vraag de aanmelder zo nodig om een andere tekst.",
                ernst=Ernst.INFO,
            )
