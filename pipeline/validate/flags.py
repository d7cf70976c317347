"""What a person ticked at "deelbaar met", "enkel voor" and "niet voor". In doubt nothing is shared."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.bevinding import Bevinding, Ernst
from schemas.deling import Deling, Vlag
from schemas.formulier import VLAGVELDEN
from schemas.namen import Namenlijst
from schemas.tekst import normalise

DEELBAAR, ENKEL_VOOR, NIET_VOOR = VLAGVELDEN

_SCHEIDING = re.compile(r"[,;\n/&+]|\ben\b|\bof\b", re.IGNORECASE)
_VINKJES = re.compile(r"([☒☐])([^☒☐]*)")
_VINKJES_ACHTERAAN = re.compile(r"([^☒☐]*)([☒☐])")
_NVT = frozenset({"", "nvt", "n v t", "niet van toepassing"})
_NIEMAND = frozenset({"niemand", "geen", "geen enkele", "nee", "neen"})
_IEDEREEN = frozenset({"iedereen", "alle", "allen", "allemaal"})


class RuweVlag:
    """The raw marks of one rubriek or row: ticked doelgroepen and what was written at each kind of mark."""

    def __init__(self) -> None:
        """Start with nothing marked."""
        self._vinkjes: dict[str, bool] = {}
        self._teksten: dict[str, list[str]] = {}
        self.twijfel = False  #: it is not certain what was marked, or that it was marked here

    @property
    def doelgroepen(self) -> frozenset[str]:
        """The ticked doelgroepen."""
        return frozenset(groep for groep, stand in self._vinkjes.items() if stand)

    @property
    def is_empty(self) -> bool:
        """Whether nobody marked anything."""
        return not (self.doelgroepen or self._teksten or self.twijfel)

    def tick(self, groep: str, stand: bool | None) -> None:
        """A box of a doelgroep; None when it does not say. Copies of one box that disagree leave doubt."""
        if stand is None or self._vinkjes.setdefault(groep, stand) is not stand:
            self.twijfel = True

    def write(self, veld: str, tekst: str) -> None:
        """What was written at one of VLAGVELDEN. A second text narrows further, or leaves doubt."""
        teksten = self._teksten.setdefault(veld, []) if tekst.strip() else []
        if tekst.strip() and normalise(tekst) not in map(normalise, teksten):
            self.twijfel = self.twijfel or (bool(teksten) and veld != NIET_VOOR)
            teksten.append(tekst.strip())

    def get_tekst(self, veld: str) -> str:
        """All that was written at this kind of mark."""
        return "\n".join(self._teksten.get(veld, ()))


def split_ticked(tekst: str) -> tuple[str, ...]:
    """The parts that a text names: those with ☒ when it holds ticks, else what commas, lines, "en" separate.

    A tick may stand before or behind its word; where both readings are possible the whole text is one part, which
    then fits nothing.
    """
    kaal = tekst.strip()
    if not _VINKJES.search(kaal):
        return tuple(deel for deel in (stuk.strip() for stuk in _SCHEIDING.split(kaal)) if deel)
    voor = [(stand, woord) for stand, woord in _VINKJES.findall(kaal)]
    achter = [(stand, woord) for woord, stand in _VINKJES_ACHTERAAN.findall(kaal)]
    if kaal[0] in "☒☐" and kaal[-1] in "☒☐" and len(voor) > 1:
        return (kaal,)
    if kaal[0] not in "☒☐" and kaal[-1] not in "☒☐":
        return (kaal,)
    paren = voor if kaal[0] in "☒☐" else achter
    return tuple(woord.strip(" ,;:\n\t") or stand for stand, woord in paren if stand == "☒")


def says_more_behind(namen: Collection[str], tekst: str) -> bool:
    """Whether words go on behind one of these (folded) names whose box stayed open.

    Nobody chose it, but somebody wrote there. A whole other name is printed there by somebody else.
    """
    if not namen or "☐" not in tekst:
        return False
    achter = tekst.strip()[:1] not in ("☒", "☐")  # the box stands behind its name
    delen = re.findall(r"([^☒☐]*)☐" if achter else r"☐([^☒☐]*)", tekst)
    woorden = [normalise(deel) for deel in delen]
    return any(w not in namen and any(w.startswith(f"{naam} ") for naam in namen) for w in woorden)


@dataclass(frozen=True)
class _Gelezen:
    """What the raw marks say, and what they leave unsaid."""

    groepen: frozenset[str]
    enkel: frozenset[str]
    niet: frozenset[str]
    groep_onbekend: bool = False
    naam_onbekend: bool = False
    gedrukt: bool = False  #: all groups are named, and none of them is ticked
    tegenspraak: bool = False


def parse_vlag(ruw: RuweVlag, deling: Deling, namen: Namenlijst, plaats: str) -> tuple[Vlag, tuple[Bevinding, ...]]:
    """Turn raw marks into a Vlag. A doubtful, unknown or contradicting mark gives no doelgroep at all, and a Bevinding.

    Who is named at "niet voor" stays excluded whatever else is wrong.
    """
    gelezen = _read(ruw, deling, namen)
    fout = _find_fault(ruw, gelezen)
    if fout is not None:
        code, melding, remedie = fout
        bevinding = _report(code, plaats, f"{melding} Daarom wordt dit met niemand gedeeld.", remedie)
        return Vlag(niet_voor=gelezen.niet), (bevinding,)
    vlag = Vlag(deelbaar_met=gelezen.groepen, enkel_voor=gelezen.enkel, niet_voor=gelezen.niet)
    return vlag, (*_warn_unreachable(vlag, deling, namen, plaats), *_warn_unread(ruw, deling, plaats))


def _read(ruw: RuweVlag, deling: Deling, namen: Namenlijst) -> _Gelezen:
    deelbaar = _split(ruw.get_tekst(DEELBAAR))
    bekend = {normalise(n): groep.id for groep in deling.doelgroepen for n in (groep.id, groep.label, *groep.aliassen)}
    groepen = {bekend[naam] for naam in map(normalise, deelbaar) if naam in bekend} | ruw.doelgroepen
    vreemd = {naam for naam in map(normalise, deelbaar) if naam not in bekend and naam not in _NIEMAND}
    vreemd |= ruw.doelgroepen - {groep.id for groep in deling.doelgroepen}
    enkel, enkel_rest = _read_names(ruw.get_tekst(ENKEL_VOOR), namen, precies=True)
    niet, niet_rest = _read_names(ruw.get_tekst(NIET_VOOR), namen, precies=False)
    niet_rest -= _NIEMAND
    tegenspraak = (
        bool(enkel and not groepen)
        or bool(enkel & niet)
        or bool(groepen and (enkel_rest & _NIEMAND or niet_rest & _IEDEREEN))
        or bool(groepen and _NIEMAND & set(map(normalise, deelbaar)))
    )
    return _Gelezen(
        groepen=frozenset(groepen),
        enkel=enkel,
        niet=niet,
        groep_onbekend=bool(vreemd),
        gedrukt=_merely_printed(ruw.get_tekst(DEELBAAR), deelbaar, bekend, len(deling.doelgroepen)),
        naam_onbekend=bool((enkel_rest - _NIEMAND) | (niet_rest - _IEDEREEN)),
        tegenspraak=tegenspraak,
    )


def _merely_printed(tekst: str, delen: Sequence[str], bekend: Mapping[str, str], aantal: int) -> bool:
    """A row of all groups may be what a form offers instead of what somebody chose from it."""
    groepen = {bekend[naam] for naam in map(normalise, delen) if naam in bekend}
    return "☒" not in tekst and len(groepen) == aantal > 1


def _split(tekst: str) -> tuple[str, ...]:
    return tuple(deel for deel in split_ticked(tekst) if normalise(deel) not in _NVT or "☒" in deel)


def _read_names(tekst: str, namen: Namenlijst, *, precies: bool) -> tuple[frozenset[str], frozenset[str]]:
    """The ids behind the names, and the (folded) names that nobody bears. Not `precies`: all who bear the name."""
    delen = (tekst,) if "☐" not in tekst and namen.get_id(tekst) else _split(tekst)
    gevonden: set[str] = set()
    rest: set[str] = set()
    for deel in delen:
        eerste = namen.get_id(deel)
        if eerste is None:
            rest.add(normalise(deel) or deel)
        else:
            gevonden |= {eerste} if precies else namen.get_ids(deel)
    return frozenset(gevonden), frozenset(rest)


def _find_fault(ruw: RuweVlag, gelezen: _Gelezen) -> tuple[str, str, str] | None:
    if ruw.twijfel:
        return (
            "vlag-onduidelijk",
            "Het is niet zeker wat hier bij “deelbaar met”, “enkel voor” of “niet voor” is aangeduid.",
            "Vraag de aanmelder met wie dit gedeeld mag worden.",
        )
    if gelezen.gedrukt:
        return (
            "vlag-onduidelijk",
            "Bij “deelbaar met” staan alle groepen, zonder één kruisje: dat kan het lijstje van het formulier zijn.",
            "Vraag de aanmelder met welke groepen dit gedeeld mag worden.",
        )
    if gelezen.groep_onbekend:
        return (
            "doelgroep-onbekend",
            "Bij “deelbaar met” staat een groep die deze tafel niet kent.",
            "Vraag de aanmelder om te kiezen uit de groepen op het formulier.",
        )
    if gelezen.naam_onbekend:
        return (
            "partner-onbekend",
            "Bij “enkel voor” of “niet voor” staat een naam die niet op de partnerlijst staat.",
            "Vraag de aanmelder wie bedoeld is, of vul de partner (of een alias) aan in werkmap.toml.",
        )
    if gelezen.tegenspraak:
        return (
            "vlag-tegenstrijdig",
            "De aanduidingen bij “deelbaar met”, “enkel voor” en “niet voor” spreken elkaar tegen.",
            "Vraag de aanmelder wat de bedoeling is.",
        )
    return None


def _warn_unreachable(vlag: Vlag, deling: Deling, namen: Namenlijst, plaats: str) -> Iterator[Bevinding]:
    """Somebody named at "enkel voor" who belongs to no ticked group gets nothing all the same."""
    bereik = {rol for groep in deling.doelgroepen if groep.id in vlag.deelbaar_met for rol in groep.rollen}
    if any(not namen.get_rollen(naam) & bereik for naam in vlag.enkel_voor):
        yield _report(
            "enkel-voor-buiten-groep",
            plaats,
            "Bij “enkel voor” staat een partner die bij geen van de aangekruiste groepen hoort; die krijgt dit niet.",
            "Vraag de aanmelder of er een groep vergeten is.",
        )


def _warn_unread(ruw: RuweVlag, deling: Deling, plaats: str) -> Iterator[Bevinding]:
    """A condition that somebody wrote behind a group that he did not tick."""
    groepen = {normalise(n) for groep in deling.doelgroepen for n in (groep.id, groep.label, *groep.aliassen)}
    if says_more_behind(groepen, ruw.get_tekst(DEELBAAR)):
        yield _report(
            "vlag-tekst",
            plaats,
            "Bij “deelbaar met” staat nog tekst achter een groep zonder kruisje. Ze werd niet overgenomen.",
            "Kijk in het origineel of het een voorwaarde is, en vraag de aanmelder zo nodig wat de bedoeling is.",
        )


def _report(code: str, plaats: str, melding: str, remedie: str) -> Bevinding:
    return Bevinding(code=code, plaats=plaats, melding=melding, remedie=remedie, ernst=Ernst.WAARSCHUWING)
