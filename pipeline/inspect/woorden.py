"""The default-deny alarm for what leaves anonymously: every word that nothing explains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import simplemma

from schemas.nazicht import Kennis, Nazichtsoort

from .lijsten import read_lijst
from .tekens import Woord, fold, iterate_woorden
from .treffers import Treffer

_CIJFERS = re.compile(r"[\d\u00b2\u00b3\u00b9\u2070-\u2079\u2080-\u2089\u00bc-\u00be\u2150-\u218b]+(?:[.,:/-]?\d+)*")
_ZINSEINDE = re.compile(r"[.!?…]['\"’”)\]]*\s+['\"‘“(\[]*|\s*\n\s*(?:[-–•*]\s*)?|^[\s'\"‘“(\[•–-]*")
_TUSSENLETTERS = ("", "s", "e", "en", "n")
_KORTST = 4
_ONTHOUDEN = 50_000  #: words; a text repeats itself
_EIGEN_KAP = 3
_CIJFER = "Deze tekst gaat anoniem weg, en hier staat een cijfer."
_TELWOORD = "Deze tekst gaat anoniem weg, en hier staat een getal in woorden."
_HOOFDLETTER = "Deze tekst gaat anoniem weg, en hier staat een hoofdletter midden in een zin: misschien een naam."
_ONBEKEND = "Deze tekst gaat anoniem weg, en hier staat een woord dat niet in de woordenlijst staat."
_PLAATS = "Deze tekst gaat anoniem weg, en hier staat de naam van een gemeente."
_NAAM = "Deze tekst gaat anoniem weg, en hier begint een zin met een woord dat ook een naam kan zijn."


def iterate_woordalarmen(tekst: str, kennis: Kennis) -> Iterator[Treffer]:
    """Digits, numbers, capitals and unknown words that neither the lists nor the table's own words explain."""
    for gevonden in _CIJFERS.finditer(tekst):
        yield _report(gevonden.start(), gevonden.end(), _CIJFER)
    woorden = tuple(iterate_woorden(tekst))
    for plaats, woord in enumerate(woorden):
        vorige = woorden[plaats - 1] if plaats else None
        waarom = _explain(woord, vorige, begins_sentence(tekst, vorige, woord), kennis)
        if waarom:
            yield _report(woord.begin, woord.eind, waarom)


def _report(begin: int, eind: int, waarom: str) -> Treffer:
    return Treffer(begin, eind, Nazichtsoort.WOORD, waarom)


def begins_sentence(tekst: str, vorige: Woord | None, woord: Woord) -> bool:
    """After "J." or "mevr." no sentence begins."""
    begin = vorige.eind if vorige else 0
    if not _ZINSEINDE.fullmatch(tekst, begin, woord.begin):
        return False
    afgekort = vorige is not None and (len(vorige.sleutel) == 1 or vorige.sleutel in read_lijst("afgekort"))
    return not (afgekort and "\n" not in tekst[begin : woord.begin])


def _explain(woord: Woord, vorige: Woord | None, begint_zin: bool, kennis: Kennis) -> str:
    """Why a person has to look at this word, or ""."""
    if woord.is_hoofdletter and (woord.tekst in read_lijst("afkortingen") or woord.tekst in kennis.woorden):
        return ""
    if woord.sleutel in kennis.plaatsen:
        return _PLAATS
    if woord.is_hoofdletter and not begint_zin:
        return "" if _is_tail(woord, vorige) else _HOOFDLETTER
    if any(teken.isupper() for teken in woord.tekst[1:]) and not woord.tekst.isupper():
        return _HOOFDLETTER
    if woord.is_hoofdletter and woord.tekst.capitalize() in read_lijst("namen_als_woord"):
        return _NAAM
    if is_number(woord.sleutel):
        return _TELWOORD
    return "" if is_known(woord.tekst, kennis.woorden) else _ONBEKEND


def _is_tail(woord: Woord, vorige: Woord | None) -> bool:
    """The one capital that Dutch writes within a sentence: "'s Avonds", and the second letter of IJ."""
    return (
        vorige is not None
        and vorige.tekst == "s"
        and woord.begin == vorige.eind + 1
        and is_known(woord.tekst, frozenset())
    )


@lru_cache(_ONTHOUDEN)
def is_number(sleutel: str) -> bool:
    """Whether it is a number in words: "drie", "tweeëndertig", "vijfde"."""
    getallen = read_lijst("telwoorden")
    if sleutel in getallen:
        return True
    for kop in getallen:
        if sleutel.startswith(kop) and len(kop) > 2:
            rest = sleutel[len(kop) :]
            if rest in getallen or rest.removeprefix("en") in getallen or rest in ("jarig", "jarige", "en", "jarigen"):
                return True
    return False


def is_known(woord: str, toegelaten: frozenset[str]) -> bool:
    """Whether it is an everyday Dutch word, the table's own, or made up of two such words."""
    klein = woord.lower()
    return klein in toegelaten or _is_dutch(klein)


@lru_cache(_ONTHOUDEN)
def _is_dutch(klein: str) -> bool:
    return _is_listed(klein) or _is_compound(klein)


def _is_listed(klein: str) -> bool:
    if klein in read_lijst("vaktaal") or len(klein) == 1:
        return True
    kaal = fold(klein)  # "" for accents without a letter
    return bool(kaal) and (simplemma.is_known(klein, lang="nl") or simplemma.is_known(kaal, lang="nl"))


def _is_compound(klein: str) -> bool:
    """Two listed words of at least four letters, with or without an s or e between them: "zorg" + "overleg"."""
    if klein.startswith("van"):  # as family names do; words that do are listed
        return False
    for grens in range(_KORTST, len(klein) - _KORTST + 1):
        kop, staart = klein[:grens], klein[grens:]
        if _is_listed(staart) and any(kop.endswith(t) and _is_stem(kop.removesuffix(t)) for t in _TUSSENLETTERS):
            return True
    return False


def _is_stem(woord: str) -> bool:
    return len(woord) >= _EIGEN_KAP and _is_listed(woord)
