"""The outcome of checking an aanmelding against the criteria: never "toegelaten"; weighing is people's work."""

from __future__ import annotations

from enum import StrEnum

from schemas.base import Vertrouwelijk
from schemas.criterium import Gevolg, Klasse
from schemas.woorden import join_words


class Uitkomst(StrEnum):
    """Kleene's three values, as a criterium wears them."""

    VOLDAAN = "voldaan"
    NIET_VOLDAAN = "niet voldaan"
    ONBESLIST = "onbeslist"


class Eindoordeel(StrEnum):
    """Where the check ends. The order is the order of weight."""

    NIET_ONTVANKELIJK = "niet ontvankelijk"
    ONVOLLEDIG = "onvolledig"
    AANDACHT = "aandacht"
    KLAAR_VOOR_TRIAGE = "klaar voor triage"


class Beslissend(Vertrouwelijk):
    """What decided a criterium: the question, the place, and a closed answer (an option, "ingevuld", an age bound)."""

    vraag: str
    label: str
    plaats: str
    antwoord: str


class CriteriumUitkomst(Vertrouwelijk):
    """One criterium on one aanmelding."""

    criterium: str
    kort: str
    tekst: str
    bron: str
    klasse: Klasse
    gevolg: Gevolg
    uitkomst: Uitkomst
    beslissend: tuple[Beslissend, ...]
    weegvragen: tuple[str, ...]

    @property
    def is_for_people(self) -> bool:
        """Whether it is open because only the table can weigh it."""
        return self.uitkomst is Uitkomst.ONBESLIST and bool(self.weegvragen)


class OpenVraag(Vertrouwelijk):
    """A question that waits for an answer. `rij` is the id of the row it belongs to, "" outside rows."""

    vraag: str
    rij: str
    rubriek: str  #: title, with the row's number: "Betrokkenen, betrokkene 2"
    label: str
    reden: str  #: "nog niet ingevuld", "deze datum bestaat niet"; never what stood there


class Toetsing(Vertrouwelijk):
    """All criteria, what is missing, and the overall outcome."""

    eindoordeel: Eindoordeel
    oordeel: str  #: the same in the words of this table: "klaar voor de screening"
    criteria: tuple[CriteriumUitkomst, ...]
    ontbrekend: tuple[OpenVraag, ...]  #: in the order of the form

    @property
    def toelichting(self) -> str:
        """Why a case is ready although not every criterium is met; "" when nobody would wonder."""
        if self.eindoordeel is not Eindoordeel.KLAAR_VOOR_TRIAGE:
            return ""
        signalen = [c for c in self.criteria if c.gevolg is Gevolg.MELDING and not c.is_for_people]
        niet = [f"“{c.kort}”" for c in signalen if c.uitkomst is Uitkomst.NIET_VOLDAAN]
        open_ = [f"“{c.kort}”" for c in signalen if c.uitkomst is Uitkomst.ONBESLIST]
        stand = [f"{join_words(niet)} niet voldaan"] if niet else []
        stand += [f"{join_words(open_)} nog niet te zeggen"] if open_ else []
        wat = "een signaal" if len(niet) + len(open_) == 1 else "signalen"
        zin = f"Ook al is {' en '.join(stand)}: dat is {wat}, geen voorwaarde. Het houdt de casus niet tegen."
        return zin if stand else ""
