"""Finds the people of a case in a text: names in all their shapes, dates, numbers, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from types import MappingProxyType

from rapidfuzz.distance import OSA

from schemas.nazicht import Identiteit, Identiteitsoort, Nazichtsoort

from .datums import iterate_datums
from .lijsten import read_lijst
from .sleutels import FUZZY_VANAF, Sleutel, Sleutelbos, strip_nummer
from .tekens import TUSSENVOEGSELS, Woord, fold, iterate_woorden
from .treffers import Treffer

_UITGANGEN = ("s", "tje", "tjes", "atje", "etje", "otje", "ke", "kes", "je", "jes", "ie", "ies", "en")
_CIJFERREEKS = re.compile(r"\+?\(?\d(?:[ ./()\-\u00a0]{0,3}\d)+")
_INITIALEN = re.compile(r"(?<![^\W_])(?:(?:[A-Z]\.[ \u00a0]?){2,5}|[A-Z]{2,5}(?![^\W_]))", re.ASCII)
_TITEL = re.compile(r"(?i:\b(?:mevr|mevrouw|mw|dhr|heer|meneer|mijnheer|mr|mej))\.?[ \u00a0]([A-Z])\b(?![^\W_])")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_KIER = re.compile(r"[\s,.\-'’()\"“”]{0,3}")
_NAAD = re.compile(r"[ \u00a0\-'’]{1,2}")
_VENSTER = 4
_WAT = MappingProxyType(
    {
        Identiteitsoort.NAAM: "de naam",
        Identiteitsoort.DATUM: "de geboortedatum",
        Identiteitsoort.NUMMER: "een nummer",
        Identiteitsoort.MAIL: "het mailadres",
        Identiteitsoort.ADRES: "het adres",
    }
)


def iterate_bekenden(tekst: str, bos: Sleutelbos) -> Iterator[Treffer]:
    """All that points at somebody whom this copy does not show. Takes time in proportion to the text."""
    woorden = tuple(iterate_woorden(tekst))
    yield from _join_names(tekst, woorden, _find_names(tekst, woorden, bos))
    yield from _find_initialen(tekst, bos)
    for datum in iterate_datums(tekst):
        for identiteit in bos.datums:
            if identiteit.datum is not None and datum.is_day(identiteit.datum):
                yield _report(datum.begin, datum.eind, identiteit)
    yield from _find_nummers(tekst, bos)


def _find_names(tekst: str, woorden: Sequence[Woord], bos: Sleutelbos) -> dict[int, tuple[int, Sleutel]]:
    """By index of the first word: index of the last word, and the key."""
    if not bos.woorden:
        return {}
    zonder_hoofdletters = not any(woord.is_hoofdletter for woord in woorden)
    gevonden: dict[int, tuple[int, Sleutel]] = {}
    for plaats, woord in enumerate(woorden):
        kan = len(woord.sleutel) < 2 or woord.sleutel[:2] in bos.begin
        for aantal, aaneen in _iterate_vensters(tekst, woorden[plaats : plaats + _VENSTER]) if kan else ():
            hoofdletter = woorden[plaats + aantal - 1].is_hoofdletter
            sleutel = _look_up(aaneen, hoofdletter, bos)
            if sleutel is not None:
                gevonden[plaats] = (plaats + aantal - 1, sleutel)
        if plaats not in gevonden and (woord.is_hoofdletter or zonder_hoofdletters):
            ongeveer = _look_up_roughly(woord.sleutel, bos)
            if ongeveer is not None:
                gevonden[plaats] = (plaats, ongeveer)
    return gevonden


def _iterate_vensters(tekst: str, woorden: Sequence[Woord]) -> Iterator[tuple[int, str]]:
    """The first word, then that word with the next as one, and so on, as long as they touch."""
    yield 1, woorden[0].sleutel
    sleutels = tuple(accumulate(woord.sleutel for woord in woorden))
    for plaats, (vorige, volgende) in enumerate(pairwise(woorden), start=1):
        # The "s" of a genitive is no part of the name.
        if len(volgende.sleutel) == 1 or not _NAAD.fullmatch(tekst, vorige.eind, volgende.begin):
            return
        yield plaats + 1, sleutels[plaats]


def _look_up(sleutel: str, hoofdletter: bool, bos: Sleutelbos) -> Sleutel | None:
    """The word itself, its genitive or its diminutive."""
    for kandidaat in (sleutel, *(sleutel.removesuffix(u) for u in _UITGANGEN if sleutel.endswith(u))):
        for gevonden in bos.woorden.get(kandidaat, ()):
            vraagt_hoofdletter = gevonden.hoofdletter or (kandidaat != sleutel and len(kandidaat) < 4)
            if hoofdletter or not vraagt_hoofdletter:
                return gevonden
    return None


def _look_up_roughly(sleutel: str, bos: Sleutelbos) -> Sleutel | None:
    """A name with one slip of the pen."""
    kaal = sleutel.removesuffix("s")
    if len(kaal) < FUZZY_VANAF - 1:
        return None
    for vorm in dict.fromkeys((sleutel, kaal)):
        for lengte in (len(vorm) - 1, len(vorm), len(vorm) + 1):
            for bekend in bos.lange.get(lengte, ()):
                if OSA.distance(vorm, bekend, score_cutoff=1) <= 1:
                    return bos.woorden[bekend][0]
    return None


def _join_names(tekst: str, woorden: Sequence[Woord], gevonden: dict[int, tuple[int, Sleutel]]) -> Iterator[Treffer]:
    """Parts of one name next to each other are one find: "De Smet, Lena"."""
    plaats = 0
    while plaats < len(woorden):
        if plaats not in gevonden:
            plaats += 1
            continue
        laatste, sleutel = gevonden[plaats]
        while (volgende := _find_next(tekst, woorden, gevonden, laatste, sleutel)) is not None:
            laatste = volgende
        yield _report(_include_left(tekst, woorden, plaats), woorden[laatste].eind, sleutel.bron)
        plaats = laatste + 1


def _find_next(
    tekst: str, woorden: Sequence[Woord], gevonden: dict[int, tuple[int, Sleutel]], laatste: int, sleutel: Sleutel
) -> int | None:
    volgende = laatste + 1
    while volgende < len(woorden) and _KIER.fullmatch(tekst, woorden[volgende - 1].eind, woorden[volgende].begin):
        if volgende in gevonden:
            einde, ander = gevonden[volgende]
            return einde if ander.bron.rolwoord == sleutel.bron.rolwoord else None
        if woorden[volgende].sleutel not in TUSSENVOEGSELS and len(woorden[volgende].sleutel) > 1:
            return None
        volgende += 1
    return None


def _include_left(tekst: str, woorden: Sequence[Woord], plaats: int) -> int:
    """Where the find begins, with "Van den" or "J." in front of it."""
    while plaats > 0:
        vorige = woorden[plaats - 1]
        hoort_erbij = vorige.sleutel in TUSSENVOEGSELS or len(vorige.sleutel) == 1
        if not (hoort_erbij and vorige.is_hoofdletter and _KIER.fullmatch(tekst, vorige.eind, woorden[plaats].begin)):
            break
        if "\n" in tekst[vorige.eind : woorden[plaats].begin]:
            break
        plaats -= 1
    return woorden[plaats].begin


def _find_initialen(tekst: str, bos: Sleutelbos) -> Iterator[Treffer]:
    bekend = read_lijst("afkortingen")
    for gevonden in _INITIALEN.finditer(tekst) if bos.initialen else ():
        letters = "".join(teken for teken in gevonden.group() if teken.isalpha())
        identiteit = bos.initialen.get(letters.casefold())
        if identiteit is not None and ("." in gevonden.group() or letters not in bekend):
            yield _report(gevonden.start(), gevonden.start() + len(gevonden.group().rstrip()), identiteit)
    for gevonden in _TITEL.finditer(tekst) if bos.letters else ():
        identiteit = bos.letters.get(gevonden[1].casefold())
        if identiteit is not None:
            yield _report(*gevonden.span(), identiteit)


def _find_nummers(tekst: str, bos: Sleutelbos) -> Iterator[Treffer]:
    if bos.nummers or bos.postcodes:
        for gevonden in _CIJFERREEKS.finditer(tekst):
            cijfers = strip_nummer(gevonden.group())
            treffer = next((i for nummer, i in bos.nummers.items() if nummer in cijfers), None)
            treffer = treffer or bos.postcodes.get(gevonden.group())
            if treffer is not None:
                yield _report(*gevonden.span(), treffer)
    for gevonden in _MAIL.finditer(tekst) if bos.mails else ():
        identiteit = bos.mails.get(fold(gevonden.group()))
        if identiteit is not None:
            yield _report(*gevonden.span(), identiteit)


def _report(begin: int, eind: int, identiteit: Identiteit) -> Treffer:
    wat, rol = _WAT[identiteit.soort], identiteit.rolwoord
    waarom = f"Dit lijkt op {wat} van {rol}. Verder staat dat nergens in dit exemplaar."
    voorstel = rol if identiteit.soort is Identiteitsoort.NAAM else ""
    return Treffer(begin, eind, Nazichtsoort.IDENTITEIT, waarom, voorstel)
