"""Questions about free text that is about to leave, the coordinator's answers, and what is known of a case."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from enum import StrEnum

from schemas.base import Vertrouwelijk
from schemas.code import spell_code
from schemas.deelbeeld import Deelbeeld

_LENGTE = 12


class Nazichtsoort(StrEnum):
    """Why a word was stopped."""

    IDENTITEIT = "identiteit"  #: it looks like what a form says about a person of this case
    PATROON = "patroon"  #: it has the shape of a number, an address, a plate
    WOORD = "woord"  #: the case or the copy is anonymous, and nothing explains this word


class Nazichtbesluit(StrEnum):
    """What the coordinator may answer."""

    DELEN = "delen"
    NIET_DELEN = "niet_delen"  #: the row with this passage is left out of the copies that it would stop
    VERVANGEN = "vervangen"


class Nazichtvraag(Vertrouwelijk):
    """One unexplained token in one passage. The same token in another passage is another question."""

    id: str  #: meaningless, and the same for the same question in a later run
    casuscode: str
    waar: tuple[str, ...]  #: documents and what the passage stands under: "Casusfiche: Informatie, feit"
    passage: str
    token: str
    soort: Nazichtsoort
    waarom: str
    voorstel: str = ""  #: a role word to put in its place, or ""


class Nazichtantwoord(Vertrouwelijk):
    """What the coordinator answered to one question."""

    vraag: str
    besluit: Nazichtbesluit
    vervanging: str = ""
    op: dt.date
    door: str


class Nazichtregel(Vertrouwelijk):
    """A question with its answer, as the register keeps them."""

    vraag: Nazichtvraag
    antwoord: Nazichtantwoord | None = None


class Identiteitsoort(StrEnum):
    """What kind of thing points at a person."""

    NAAM = "naam"
    DATUM = "geboortedatum"
    NUMMER = "nummer"
    MAIL = "mailadres"
    ADRES = "adres"


class Identiteit(Vertrouwelijk):
    """One thing that a form says about a person and that points at that person."""

    rolwoord: str  #: "de moeder", "kind 1", "de aanmelder"
    soort: Identiteitsoort
    waarde: str  #: as it would be printed
    datum: dt.date | None = None


class Veldkennis(Vertrouwelijk):
    """A question under the words by which a copy shows it, and whether its answer is free text."""

    rubriek: str
    label: str
    vraag: str
    vrij: bool


class Kennis(Vertrouwelijk):
    """What the gates know of one case. Made in front of the wall; it never goes into a copy."""

    casuscode: str
    anoniem: bool
    sleutel: bytes = b""  #: of the register, for the names of questions; without one a name could be guessed
    identiteiten: tuple[Identiteit, ...] = ()
    velden: tuple[Veldkennis, ...] = ()
    woorden: frozenset[str] = frozenset()  #: words that the table itself uses, for what is anonymous
    plaatsen: frozenset[str] = (
        frozenset()
    )  #: municipalities of the table, folded, which would tell where somebody lives


class Nazicht(Vertrouwelijk):
    """A copy as it may go out; None when nothing is left of it. With open questions it may not go at all."""

    beeld: Deelbeeld | None
    vragen: tuple[Nazichtvraag, ...] = ()


def make_vraag_id(
    casuscode: str, passage: str, token: str, soort: Nazichtsoort, *, sleutel: bytes, anoniem: bool = False
) -> str:
    """A meaningless name for this question. Who does not have the register's `sleutel` can guess no words by it.

    About an anonymous copy it is another question: what may be told by name, may not be told there.
    """
    inhoud = _write_vraag(casuscode, passage, token, soort, anoniem=anoniem)
    return spell_code(hmac.digest(sleutel, inhoud, "sha256"), _LENGTE)


def make_open_id(casuscode: str, passage: str, token: str, soort: Nazichtsoort, *, anoniem: bool = False) -> str:
    """The name of this question in a register from before names had a key: a guess of the words could be tried."""
    inhoud = _write_vraag(casuscode, passage, token, soort, anoniem=anoniem)
    return spell_code(hashlib.sha256(inhoud).digest(), _LENGTE)


def _write_vraag(casuscode: str, passage: str, token: str, soort: Nazichtsoort, *, anoniem: bool) -> bytes:
    vraag = (casuscode, passage, token, soort.value, *(("anoniem",) if anoniem else ()))
    return json.dumps(vraag, ensure_ascii=True).encode()
