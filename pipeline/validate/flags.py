"""What a person ticked at "deelbaar met", "enkel voor" and "niet voor". In doubt nothing is shared."""

from __future__ import annotations

import re

from schemas.bevinding import Bevinding, Ernst
from schemas.deling import Deling, Vlag
from schemas.namen import Namenlijst
from schemas.tekst import normalise

_SCHEIDING = re.compile(r"[,;\n]|\ben\b|\bof\b")
_VINKJES = re.compile(r"([☒☐])\s*([^☒☐]*)")
_NIETS = frozenset({"", "niemand", "geen", "nvt", "n v t", "niet van toepassing", "iedereen", "alle"})


class RuweVlag:
    """The raw marks of one rubriek or row: ticked doelgroepen and the two narrowing texts."""

    def __init__(self) -> None:
        """Start with nothing marked."""
        self.doelgroepen: set[str] = set()
        self.deelbaar_tekst = ""
        self.enkel_voor = ""
        self.niet_voor = ""

    @property
    def is_empty(self) -> bool:
        """Whether nobody marked anything."""
        return not (self.doelgroepen or self.deelbaar_tekst or self.enkel_voor or self.niet_voor)


def split_ticked(tekst: str) -> tuple[str, ...]:
    """The parts that a text names: those behind ☒ when it holds ticks, else what commas and lines separate."""
    vinkjes = _VINKJES.findall(tekst)
    if vinkjes:
        return tuple(label.strip(" ,;\n") for teken, label in vinkjes if teken == "☒")
    return tuple(deel for deel in (stuk.strip() for stuk in _SCHEIDING.split(tekst)) if deel)


def parse_vlag(ruw: RuweVlag, deling: Deling, namen: Namenlijst, plaats: str) -> tuple[Vlag, tuple[Bevinding, ...]]:
    """Turn raw marks into a Vlag. An unknown or contradicting mark gives the empty Vlag and a Bevinding."""
    groepen, onbekend = _read_doelgroepen(ruw, deling)
    enkel, onbekend_enkel = _read_names(ruw.enkel_voor, namen)
    niet, onbekend_niet = _read_names(ruw.niet_voor, namen)
    fout = _find_fault(bool(onbekend), bool(onbekend_enkel | onbekend_niet), groepen, enkel, niet)
    if fout is None:
        return Vlag(deelbaar_met=groepen, enkel_voor=enkel, niet_voor=niet), ()
    code, melding, remedie = fout
    return Vlag(niet_voor=niet), (
        Bevinding(
            code=code,
            plaats=plaats,
            melding=f"{melding} Daarom wordt dit met niemand gedeeld.",
            remedie=remedie,
            ernst=Ernst.WAARSCHUWING,
        ),
    )


def _find_fault(
    groep_onbekend: bool, naam_onbekend: bool, groepen: frozenset[str], enkel: frozenset[str], niet: frozenset[str]
) -> tuple[str, str, str] | None:
    if groep_onbekend:
        return (
            "doelgroep-onbekend",
            "Bij “deelbaar met” staat een groep die deze tafel niet kent.",
            "Vraag de aanmelder om te kiezen uit de groepen op het formulier.",
        )
    if naam_onbekend:
        return (
            "partner-onbekend",
            "Bij “enkel voor” of “niet voor” staat een naam die niet op de partnerlijst staat.",
            "Vraag de aanmelder wie bedoeld is, of vul de partner (of een alias) aan in werkmap.toml.",
        )
    if enkel & niet or (enkel and not groepen):
        return (
            "vlag-tegenstrijdig",
            "De aanduidingen bij “deelbaar met”, “enkel voor” en “niet voor” spreken elkaar tegen.",
            "Vraag de aanmelder wat de bedoeling is.",
        )
    return None


def _read_doelgroepen(ruw: RuweVlag, deling: Deling) -> tuple[frozenset[str], frozenset[str]]:
    bekend = {
        normalise(naam): groep.id for groep in deling.doelgroepen for naam in (groep.id, groep.label, *groep.aliassen)
    }
    ids = {groep.id for groep in deling.doelgroepen}
    namen = {normalise(deel) for deel in split_ticked(ruw.deelbaar_tekst)} - _NIETS
    gevonden = {bekend[naam] for naam in namen if naam in bekend} | (ruw.doelgroepen & ids)
    onbekend = {naam for naam in namen if naam not in bekend} | (ruw.doelgroepen - ids)
    return frozenset(gevonden), frozenset(onbekend)


def _read_names(tekst: str, namen: Namenlijst) -> tuple[frozenset[str], frozenset[str]]:
    geheel = namen.get_id(tekst)
    if geheel is not None:
        return frozenset({geheel}), frozenset()
    delen = [deel for deel in split_ticked(tekst) if normalise(deel) not in _NIETS]
    gevonden = {deel: namen.get_id(deel) for deel in delen}
    return (
        frozenset(naam for naam in gevonden.values() if naam is not None),
        frozenset(deel for deel, naam in gevonden.items() if naam is None),
    )
