"""Where a raw answer goes: the places of a form, and the raw material that gathers in each."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from schemas.formulier import RIJVELD, VLAGVELDEN, Formulier, Rubriekvorm
from schemas.inzending import RuwAntwoord
from schemas.tekst import normalise

from .flags import RuweVlag

_AAN = frozenset({"☒", "x", "ja"})
_UIT = frozenset({"", "☐", "nee"})


class Slotsoort(Enum):
    """What a raw answer fills."""

    VRAAG = "vraag"
    OPTIE = "optie"
    DEELBAAR = "deelbaar"
    ENKEL_VOOR = "enkel_voor"
    NIET_VOOR = "niet_voor"
    RIJ = "rij"


@dataclass(frozen=True)
class Slot:
    """A place in the form: rubriek, row (0 outside rows), what it is, and the question id, option or doelgroep."""

    rubriek: str
    rij: int
    soort: Slotsoort
    vraag: str = ""
    optie: str = ""


@dataclass
class RuweInvulling:
    """All raw material of one rubriek (row 0) or of one row."""

    plaats: str = ""
    antwoorden: dict[str, list[RuwAntwoord]] = field(default_factory=dict)
    vinkjes: dict[str, dict[str, bool]] = field(default_factory=dict)  #: question id -> option id -> ticked
    tegenstrijdig: set[str] = field(default_factory=set)  #: questions of which two copies of a box disagree
    vlag: RuweVlag = field(default_factory=RuweVlag)
    rij_id: str = ""  #: the row of the dossier that a row of an aanvullingsformulier speaks of

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing: marks alone count only where they speak of a row that exists already."""
        if self.rij_id and not self.vlag.is_empty:
            return False
        aangekruist = any(stand for vakjes in self.vinkjes.values() for stand in vakjes.values())
        ingevuld = any(not a.leeg for lijst in self.antwoorden.values() for a in lijst)
        return not (aangekruist or ingevuld or self.tegenstrijdig)

    def fill(self, slot: Slot, antwoord: RuwAntwoord) -> None:
        """Put an answer in its place here. Copies of one box that disagree leave the matter open."""
        match slot.soort:
            case Slotsoort.VRAAG:
                self.antwoorden.setdefault(slot.vraag, []).append(antwoord)
            case Slotsoort.OPTIE:
                self._tick(slot, antwoord)
            case Slotsoort.DEELBAAR if slot.optie:
                self.vlag.tick(slot.optie, read_tick(antwoord))
            case Slotsoort.RIJ:
                self.rij_id = self.rij_id or as_text(antwoord).strip()
            case _:
                self.vlag.write(slot.soort.value, as_text(antwoord))
                # Looks are no tick: nobody shares on the strength of bold type. An exclusion holds for all it names.
                self.vlag.twijfel |= slot.soort is not Slotsoort.NIET_VOOR and _stands_out_in_part(antwoord)

    def _tick(self, slot: Slot, antwoord: RuwAntwoord) -> None:
        stand = read_tick(antwoord)
        if stand is None:  # somebody typed words in a box: they are read as an answer to the question
            self.antwoorden.setdefault(slot.vraag, []).append(antwoord)
        elif self.vinkjes.setdefault(slot.vraag, {}).setdefault(slot.optie, stand) is not stand:
            self.tegenstrijdig.add(slot.vraag)


def as_text(antwoord: RuwAntwoord) -> str:
    """The raw value as text; several chosen values one a line."""
    if isinstance(antwoord.waarde, bool):
        return "☒" if antwoord.waarde else ""
    if isinstance(antwoord.waarde, tuple):
        return "\n".join(antwoord.waarde)
    return "" if antwoord.leeg else antwoord.waarde


def is_page(plaats: str) -> bool:
    """Whether this is the place of a line of a PDF: a page is all that is known, and many lines share it."""
    return plaats.startswith("pagina")


def _stands_out_in_part(antwoord: RuwAntwoord) -> bool:
    """Whether some of the words differ in looks from the rest, where no tick tells what is meant."""
    tekst = as_text(antwoord)
    geheel = len(normalise(tekst))
    return "☒" not in tekst and any(0 < len(normalise(stuk.tekst)) < geheel for stuk in antwoord.nadruk)


def read_tick(antwoord: RuwAntwoord) -> bool | None:
    """Whether a box is ticked; None when what stands there does not say."""
    if isinstance(antwoord.waarde, bool):
        return antwoord.waarde
    tekst = as_text(antwoord).strip()
    woord = normalise(tekst) or tekst
    return True if woord in _AAN else False if woord in _UIT else None


def find_tagged_slot(formulier: Formulier, antwoord: RuwAntwoord) -> Slot | None:
    """The place that an answer's tag names, or None when this form has no such place."""
    delen = (antwoord.tag or "").split(".")
    rubriek = formulier.get_rubriek(delen[0])
    if rubriek is None or not 2 <= len(delen) <= 3:
        return None
    rij = (antwoord.rij or 0) if rubriek.vorm is Rubriekvorm.RIJEN else 0
    optie = delen[2] if len(delen) == 3 else ""
    if delen[1] in VLAGVELDEN:
        return Slot(rubriek.id, rij, Slotsoort(delen[1]), optie=optie) if rubriek.vlaggen else None
    if delen[1] == RIJVELD:
        return Slot(rubriek.id, rij, Slotsoort.RIJ) if rubriek.vorm is Rubriekvorm.RIJEN else None
    vraag = rubriek.get_vraag(f"{delen[0]}.{delen[1]}")
    if vraag is None or (optie and vraag.get_optie(optie) is None):
        return None
    return Slot(rubriek.id, rij, Slotsoort.OPTIE if optie else Slotsoort.VRAAG, vraag.id, optie)
