"""What has the shape of a number, an address or a plate, whoever it belongs to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from phonenumbers import Leniency, PhoneNumberMatcher

from schemas.nazicht import Nazichtsoort

from .getallen import is_bsn, is_iban, is_rijksregisternummer
from .treffers import Treffer

LIJKT_OP = "Dit lijkt op {}."
ADRES = "een adres"
_LANDEN = ("BE", "NL")
_CIJFERREEKS = re.compile(r"\d(?:[^\w\n]{0,4}\d){7,}")
_ROND = 12
_ONTHOUDEN = 256  #: passages
_NIET_ALNUM = re.compile(r"[^0-9A-Za-z]")
_STRAAT = (
    "straat|laan|steenweg|dreef|plein|singel|gracht|kade|kaai|markt|veld|weg|baan|lei|pad|dijk|hof|steeg|wijk|"
    "heide|hoek|berg|park|plantsoen|erf|vest|ring|str\\.|stwg\\.|ln\\."
)


class Patroon(NamedTuple):
    """A shape, what it is called, and the check that a find has to pass."""

    naam: str
    vorm: re.Pattern[str]
    check: Callable[[str], bool]


def _make(naam: str, vorm: str, vlaggen: re.RegexFlag = re.ASCII, check: Callable[[str], bool] = bool) -> Patroon:
    return Patroon(naam, re.compile(vorm, vlaggen), check)


def _is_plate(tekst: str) -> bool:
    """Six signs, letters as well as digits: 1-ABC-23, AB-123-C. The Belgian one has seven."""
    return any(t.isdigit() for t in tekst) and any(t.isalpha() for t in tekst) and len(_strip(tekst)) in (6, 7)


def _strip(tekst: str) -> str:
    return _NIET_ALNUM.sub("", tekst)


def _is_no_year(tekst: str) -> bool:
    """A year is often followed by a capital; a postcode that could be a year only counts after a comma."""
    return tekst[0] == "," or not "1900" <= tekst.lstrip(", ")[:4] <= "2099"


_NUMMER = "een nummer van een pv of een dossier"
_RRN = "een rijksregisternummer"
_BSN = "een burgerservicenummer (BSN)"
_IBAN = "een rekeningnummer (IBAN)"
_PLAAT = "een nummerplaat"
_BUS = r"(?:[ ,]{0,2}(?:bus|b\.|app\.?)[ ]?\w{1,4})?"
_HUISNUMMER = rf"[ ](?:nr\.?[ ]?)?\d{{1,4}}(?:[ ]?[a-z]\b)?{_BUS}"
_LETTERS = re.UNICODE | re.IGNORECASE

#: The more precise shapes of a thing first.
_PATRONEN = (
    _make(
        "een mailadres",
        r"(?<![\w.+-])[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\.[\w-]{1,63})+",
        _LETTERS,
    ),
    _make(
        _IBAN,
        r"\b(?:BE\d\d(?:[ .-]?\d{4}){3}|NL\d\d[ .-]?[A-Z]{4}(?:[ .-]?\d{4}){2}[ .-]?\d\d)\b",
        re.ASCII | re.IGNORECASE,
    ),
    _make(_IBAN, r"\b[A-Z]{2}\d\d(?:[ .-]?[A-Z0-9]){11,30}\b", check=lambda tekst: is_iban(_strip(tekst))),
    _make(_RRN, r"(?<!\d)\d\d\.[0-5]\d\.\d\d[ -]\d{3}[.,-]\d\d(?!\d)"),
    _make(
        _RRN,
        r"(?<!\d)\d\d[. ]?[0-5]\d[. ]?\d\d[ .-]?\d{3}[ .-]?\d\d(?!\d)",
        check=lambda tekst: is_rijksregisternummer(_strip(tekst)),
    ),
    _make(
        "een rijksregisternummer of BSN",
        r"\b(?:rijksregister(?:nummer|nr\.?)?|RRN|INSZ|BSN|burgerservicenummer)"
        r"[ :.]{0,3}(?:nr\.?|is)?[ :]{0,2}\d[\d .-]{5,16}\d",
        re.ASCII | re.IGNORECASE,
    ),
    _make(
        _BSN,
        r"(?<![\d.,/-])(?:\d{3}[ .]?\d{3}[ .]?\d{3}|\d{4}[ .]\d{2}[ .]\d{3})(?![\d/-])",
        check=lambda tekst: is_bsn(_strip(tekst)),
    ),
    _make(
        _NUMMER,
        r"\b(?:PV|P\.V\.|proces-?verbaal|notitie(?:nummer|nr\.?)|parketnummer|rolnummer|dossiernummer|dossiernr\.?)"
        r"[ :.]{0,3}(?:nr\.?|nummer)?[ :.]{0,3}[A-Z]{0,4}[.\s]?\d[\w./-]{2,30}",
        re.ASCII | re.IGNORECASE,
    ),
    _make(_NUMMER, r"\b(?:PV[ :.]{0,3})?[A-Z]{2}[. ]?\d\d[. ][A-Z0-9]{1,3}[. ]\d{2,7}(?:[/-]\d{2,4})?\b"),
    _make(_NUMMER, r"\bPL[ ]?\d{4}-\d{6,10}\b|(?<!\d)\d\d[./]\d{6}-\d\d(?!\d)|(?<!\d)\d{2,4}/\d{1,6}/[A-Z]\b"),
    _make(_PLAAT, r"(?<![\w-])[1-9][ .-]?[A-Z]{3}[ .-]?\d{3}(?![\w-])"),
    _make(
        _PLAAT,
        r"(?<![\w-])(?:[A-Z]{1,3}|\d{1,3})-(?:[A-Z]{1,3}|\d{1,3})-(?:[A-Z]{1,3}|\d{1,3})(?![\w-])",
        check=_is_plate,
    ),
    _make(
        _PLAAT,
        r"\b(?:nummerplaat|kenteken)[ :]{1,2}(?:is[ ])?[A-Z0-9][A-Z0-9 .-]{3,9}[A-Z0-9]\b",
        re.ASCII | re.IGNORECASE,
        lambda tekst: any(teken.isdigit() for teken in tekst),
    ),
    _make(_PLAAT, r"(?<![\w-])[A-Z]{3}-\d{3}(?![\w-])"),
    _make(ADRES, rf"\b(?!onderweg|terugweg)\w{{2,30}}(?:{_STRAAT})[ ]?,?{_HUISNUMMER}", _LETTERS),
    _make(ADRES, rf"\b[A-Z][\w'-]{{1,30}}(?:[ ][\w'-]{{1,30}}){{0,3}}[ ](?i:{_STRAAT}){_HUISNUMMER}", re.UNICODE),
    _make(
        ADRES,
        r"(?:,[ ]?|\b)(?:B-|NL-)?[1-9]\d{3}[ ]{1,2}(?!Er\b|De\b|Het\b|In\b)[A-Z][a-z]{2,}\w*",
        re.UNICODE,
        _is_no_year,
    ),
    _make(ADRES, r"\b[1-9]\d{3}[ ]?(?!PV|CO|SA|SD|SS)[A-Z]{2}\b(?![.\d])"),
)


@lru_cache(_ONTHOUDEN)
def list_patronen(tekst: str) -> tuple[Treffer, ...]:
    """What `iterate_patronen` finds, remembered: one passage goes to many readers."""
    return tuple(iterate_patronen(tekst))


def iterate_patronen(tekst: str) -> Iterator[Treffer]:
    """All that has such a shape; the more precise shapes first. Takes time in proportion to the text."""
    for patroon in _PATRONEN:
        for gevonden in patroon.vorm.finditer(tekst):
            if patroon.check(gevonden.group()):
                begin = gevonden.end() - len(gevonden.group().lstrip(", "))
                yield _report(begin, gevonden.end(), patroon.naam)
    for reeks in _CIJFERREEKS.finditer(tekst):
        # The library looks at what stands around a number, and is slow on long texts.
        vanaf, tot = max(0, reeks.start() - _ROND), reeks.end() + _ROND
        for land in _LANDEN:
            for nummer in PhoneNumberMatcher(tekst[vanaf:tot], land, leniency=Leniency.VALID):
                yield _report(vanaf + nummer.start, vanaf + nummer.end, "een telefoonnummer")


def _report(begin: int, eind: int, naam: str) -> Treffer:
    return Treffer(begin, eind, Nazichtsoort.PATROON, LIJKT_OP.format(naam))
