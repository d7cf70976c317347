"""A choice among options that stand there as printed: by their looks, for want of a tick.

Options that are merely printed are no answer, however many a question allows. What stands out among them by one kind
of looks is read, and reported; what several kinds tell differently, or one tells only in part, is asked back.
"""

from __future__ import annotations

import re

from schemas.aanmelding import Status
from schemas.formulier import Optie, Vraag, Vraagsoort
from schemas.inzending import Nadruk, Opmaak, RuwAntwoord
from schemas.tekst import normalise

from .flags import says_more_behind
from .parse import Gelezen, get_names, make_keuze
from .slots import as_text

_VOEGWOORDEN = frozenset({"en", "of"})
_ONZEKER = "de opmaak (vet, onderstreept of gemarkeerd) zegt niet duidelijk welke keuze bedoeld is"
_GEEN = "de keuzes van het formulier staan er nog allemaal, en bij geen ervan staat een kruisje"
_ZONDER_KRUISJE = "er staan enkel lege hokjes, en een van de keuzes valt op door haar opmaak; dat is geen kruisje"


def parse_gedrukt(vraag: Vraag, antwoord: RuwAntwoord) -> Gelezen | None:
    """What options say that stand there as on the form; None when the words are to be read as any other answer."""
    tekst = as_text(antwoord)
    if vraag.soort not in (Vraagsoort.KEUZE, Vraagsoort.MEERKEUZE) or "☒" in tekst:
        return None
    gedrukt = find_opties(vraag, tekst)
    if gedrukt is None or len(gedrukt) < 2:
        return None
    gekozen = _find_chosen(vraag, gedrukt, antwoord.nadruk)
    if "☐" in tekst:
        return Gelezen(Status.LEEG, bezwaar=_ZONDER_KRUISJE) if gekozen != {} else None
    if gekozen is None or len(set(gekozen.values())) > 1:
        return Gelezen(Status.LEEG, bezwaar=_ONZEKER)
    if gekozen:
        opmaak, opties = next(iter(gekozen.items()))
        gelezen = make_keuze(vraag, [optie for optie in vraag.opties if optie.id in opties])
        return Gelezen(gelezen.status, gelezen.waarde, gelezen.bezwaar, opmaak=opmaak)
    return Gelezen(Status.LEEG, bezwaar=_GEEN) if len(gedrukt) == len(vraag.opties) else None


def find_opties(vraag: Vraag, tekst: str) -> frozenset[str] | None:
    """The ids of the options that this text is made of; None when it says anything else, or nothing."""
    namen = {naam: optie for optie in vraag.opties for naam in get_names(optie) if naam}
    if not namen:
        return None
    patroon = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(namen, key=len, reverse=True))) + r")\b")
    woorden = normalise(tekst)
    gevonden = [namen[treffer[0]] for treffer in patroon.finditer(woorden)]
    rest = set(patroon.sub(" ", woorden).split()) - _VOEGWOORDEN
    return _list_ids(gevonden) if gevonden and not rest else None


def says_more(vraag: Vraag, tekst: str) -> bool:
    """Whether words go on behind an option whose box stayed open."""
    return says_more_behind([naam for optie in vraag.opties for naam in get_names(optie) if naam], tekst)


def _list_ids(opties: list[Optie]) -> frozenset[str]:
    return frozenset(optie.id for optie in opties)


def _find_chosen(
    vraag: Vraag, gedrukt: frozenset[str], nadruk: tuple[Nadruk, ...]
) -> dict[Opmaak, frozenset[str]] | None:
    """Per kind of looks the options that stand out by it among the others; None when one does so only in part."""
    gekozen: dict[Opmaak, frozenset[str]] = {}
    for stuk in nadruk:
        opties = find_opties(vraag, stuk.tekst)
        if opties is None and any(map(str.isalnum, stuk.tekst)):
            return None
        gekozen[stuk.opmaak] = gekozen.get(stuk.opmaak, frozenset()) | (opties or frozenset())
    return {opmaak: opties for opmaak, opties in gekozen.items() if opties and opties != gedrukt}
