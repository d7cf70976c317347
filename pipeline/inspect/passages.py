"""One passage of free text: what stops it, and what the answers make of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schemas.nazicht import Kennis, Nazichtantwoord, Nazichtbesluit, Nazichtvraag, make_vraag_id

from .bekenden import iterate_bekenden
from .patronen import ADRES, LIJKT_OP, list_patronen
from .sleutels import MINSTENS_CIJFERS, Sleutelbos, strip_nummer
from .tekens import fold
from .treffers import Treffer, combine
from .woorden import iterate_woordalarmen


@dataclass(frozen=True)
class Lezing:
    """How to read the passages of one case in one copy."""

    kennis: Kennis
    bos: Sleutelbos
    getoond: frozenset[str]  #: what the copy says about people in so many fields, folded
    anoniem: bool = False  #: the copy is anonymous, whether the case is or not

    @property
    def vraagt_uitleg(self) -> bool:
        """Whether every word needs an explanation."""
        return self.anoniem or self.kennis.anoniem


@dataclass(frozen=True)
class Uitslag:
    """What is left of a passage (None: the coordinator keeps it out), and what is still to be asked."""

    tekst: str | None
    vragen: tuple[Nazichtvraag, ...] = ()


def find_treffers(tekst: str, lezing: Lezing, *, adres_mag: bool = False) -> tuple[Treffer, ...]:
    """All that a person has to look at. Equal input gives equal output, in time in proportion to the text."""
    patronen = [
        treffer
        for treffer in list_patronen(tekst)
        if not (adres_mag and treffer.waarom == LIJKT_OP.format(ADRES))
        if not _is_shown(tekst[treffer.begin : treffer.eind], lezing.getoond)
    ]
    alarmen = iterate_woordalarmen(tekst, lezing.kennis) if lezing.vraagt_uitleg else ()
    return combine(len(tekst), iterate_bekenden(tekst, lezing.bos), patronen, alarmen)


def inspect_passage(
    tekst: str, waar: str, lezing: Lezing, antwoorden: Mapping[str, Nazichtantwoord], *, adres_mag: bool = False
) -> Uitslag:
    """The passage as the answers leave it, or the questions that have no answer yet."""
    treffers = find_treffers(tekst, lezing, adres_mag=adres_mag)
    if not treffers:
        return Uitslag(tekst)
    vragen = {treffer: _make_vraag(lezing, tekst, treffer, waar) for treffer in treffers}
    gegeven = {treffer: antwoorden.get(vraag.id) for treffer, vraag in vragen.items()}
    if any(a is not None and a.besluit is Nazichtbesluit.NIET_DELEN for a in gegeven.values()):
        return Uitslag(None)
    open_vragen = tuple({vraag.id: vraag for t, vraag in vragen.items() if gegeven[t] is None}.values())
    if open_vragen:
        return Uitslag(tekst, open_vragen)
    nieuw = _replace(tekst, treffers, gegeven)
    if nieuw == tekst:
        return Uitslag(tekst)
    return _inspect_again(nieuw, waar, lezing, antwoorden, {vraag.token for vraag in vragen.values()})


def _inspect_again(
    tekst: str, waar: str, lezing: Lezing, antwoorden: Mapping[str, Nazichtantwoord], beantwoord: set[str]
) -> Uitslag:
    """A replacement may name somebody itself; what was answered in the passage before is not asked twice."""
    vragen = [_make_vraag(lezing, tekst, t, waar) for t in find_treffers(tekst, lezing)]
    nieuw = [vraag for vraag in vragen if vraag.token not in beantwoord]
    besluiten = {v.id: antwoorden[v.id].besluit if v.id in antwoorden else None for v in nieuw}
    if Nazichtbesluit.NIET_DELEN in besluiten.values():
        return Uitslag(None)
    return Uitslag(tekst, tuple(v for v in nieuw if besluiten[v.id] is not Nazichtbesluit.DELEN))


def _replace(tekst: str, treffers: Sequence[Treffer], gegeven: Mapping[Treffer, Nazichtantwoord | None]) -> str:
    stukken: list[str] = []
    vanaf = 0
    for treffer in treffers:
        antwoord = gegeven[treffer]
        if antwoord is not None and antwoord.besluit is Nazichtbesluit.VERVANGEN:
            stukken += [tekst[vanaf : treffer.begin], antwoord.vervanging]
            vanaf = treffer.eind
    return "".join([*stukken, tekst[vanaf:]])


def _make_vraag(lezing: Lezing, tekst: str, treffer: Treffer, waar: str) -> Nazichtvraag:
    code = lezing.kennis.casuscode
    token = tekst[treffer.begin : treffer.eind]
    return Nazichtvraag(
        id=make_vraag_id(code, tekst, token, treffer.soort, anoniem=lezing.anoniem, sleutel=lezing.kennis.sleutel),
        casuscode=code,
        waar=(waar,),
        passage=tekst,
        token=token,
        soort=treffer.soort,
        waarom=treffer.waarom,
        voorstel=treffer.voorstel,
    )


def _is_shown(token: str, getoond: frozenset[str]) -> bool:
    """Whether the copy says the same in a field of its own: the telephone number of a person that it shows."""
    nummer = strip_nummer(token)
    gelijk = len(nummer) >= MINSTENS_CIJFERS and any(nummer == strip_nummer(waarde) for waarde in getoond)
    return gelijk or fold(token).strip() in getoond
