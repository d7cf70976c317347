"""Which raw answer belongs to which question: by tag where the form has controls, by label where it has none."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from schemas import kern
from schemas.bevinding import Bevinding, Ernst
from schemas.formulier import RIJVELD, VLAGVELDEN, Formulier, Rubriek, Rubriekvorm
from schemas.inzending import RuwAntwoord, RuweSoort, RuweTabel, RuwFormulier
from schemas.tekst import normalise, normalise_variants

from .flags import RuweVlag

_VLAGLABELS = {
    "deelbaar met": "deelbaar",
    "delen met": "deelbaar",
    "mag gedeeld worden met": "deelbaar",
    "enkel voor": "enkel_voor",
    "alleen voor": "enkel_voor",
    "niet voor": "niet_voor",
    "niet delen met": "niet_voor",
}
_KOPCELLEN = 2  # so many header cells must be known before a table counts as one of rows


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

    antwoorden: dict[str, list[RuwAntwoord]] = field(default_factory=dict)
    opties: dict[str, list[str]] = field(default_factory=dict)  #: question id -> ticked option ids
    vlag: RuweVlag = field(default_factory=RuweVlag)
    rij_id: str = ""  #: the row of the dossier that a row of an aanvullingsformulier speaks of
    plaats: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether no question of it was answered."""
        return not any(self.opties.values()) and all(a.leeg for lijst in self.antwoorden.values() for a in lijst)


class Matcher:
    """Collects the raw answers of one file into the rubrieken of one form."""

    def __init__(self, formulier: Formulier) -> None:
        """Index the form's labels and aliases once."""
        self._formulier = formulier
        self.invullingen: dict[tuple[str, int], RuweInvulling] = {}
        self.bevindingen: list[Bevinding] = []
        self._labels = _index_labels(formulier)
        self._genegeerd = {normalise(label) for label in formulier.genegeerde_labels}
        self._titels = {normalise(naam) for r in formulier.rubrieken for naam in (r.titel, r.rijnaam)}
        self._uitleg = {normalise(r.toelichting) for r in formulier.rubrieken if r.toelichting}
        self._rubriek = ""  # the rubriek of the last answer that was matched by label
        self._volgende_rij: dict[str, int] = {}

    def match(self, ruw: RuwFormulier) -> None:
        """Put every answer of the file in its slot, or report it."""
        rijtabellen = [tabel for tabel in ruw.tabellen if not _has_tags(ruw, tabel) and self._match_table(tabel)]
        begonnen = False
        for antwoord in ruw.antwoorden:
            if antwoord.tag in kern.META or any(_is_inside(antwoord, tabel) for tabel in rijtabellen):
                continue
            slot = self._find_by_tag(antwoord) if antwoord.tag else self._find_by_label(antwoord)
            begonnen = begonnen or slot is not None  # before the first question stands a letterhead or guidance
            if slot is not None:
                self._fill(slot, antwoord)
            elif begonnen and not antwoord.leeg and not self._is_ignored(antwoord.label):
                self.bevindingen.append(_report_unknown(antwoord.label, antwoord.plaats))

    def get_rijen(self, rubriek_id: str) -> tuple[RuweInvulling, ...]:
        """The rows of a rubriek that hold anything, in order."""
        sleutels = sorted(sleutel for sleutel in self.invullingen if sleutel[0] == rubriek_id)
        return tuple(self.invullingen[s] for s in sleutels if not self.invullingen[s].is_empty)

    def _is_ignored(self, label: str) -> bool:
        """Labels that the data says to ignore, and words of the form itself that a reader may take for a label."""
        naam = normalise(label)
        if naam in self._genegeerd or naam in self._titels:
            return True
        return len(naam.split()) > 1 and any(
            uitleg.startswith(naam) or f" {naam} " in uitleg for uitleg in self._uitleg
        )

    def _fill(self, slot: Slot, antwoord: RuwAntwoord) -> None:
        doel = self.invullingen.setdefault((slot.rubriek, slot.rij), RuweInvulling(plaats=antwoord.plaats))
        match slot.soort:
            case Slotsoort.VRAAG:
                doel.antwoorden.setdefault(slot.vraag, []).append(antwoord)
            case Slotsoort.OPTIE if antwoord.waarde is True:
                doel.opties.setdefault(slot.vraag, []).append(slot.optie)
            case Slotsoort.OPTIE:
                doel.opties.setdefault(slot.vraag, [])
            case Slotsoort.DEELBAAR if slot.optie:
                doel.vlag.doelgroepen |= {slot.optie} if antwoord.waarde is True else set()
            case Slotsoort.DEELBAAR:
                doel.vlag.deelbaar_tekst = as_text(antwoord)
            case Slotsoort.ENKEL_VOOR:
                doel.vlag.enkel_voor = as_text(antwoord)
            case Slotsoort.NIET_VOOR:
                doel.vlag.niet_voor = as_text(antwoord)
            case Slotsoort.RIJ:
                doel.rij_id = as_text(antwoord)

    def _find_by_tag(self, antwoord: RuwAntwoord) -> Slot | None:
        delen = (antwoord.tag or "").split(".")
        rubriek = self._formulier.get_rubriek(delen[0])
        if rubriek is None or not 2 <= len(delen) <= 3:
            return None
        rij = (antwoord.rij or 0) if rubriek.vorm is Rubriekvorm.RIJEN else 0
        optie = delen[2] if len(delen) == 3 else ""
        if delen[1] in VLAGVELDEN:
            return Slot(rubriek.id, rij, Slotsoort(delen[1]), optie=optie) if rubriek.vlaggen else None
        if delen[1] == RIJVELD:
            return Slot(rubriek.id, rij, Slotsoort.RIJ)
        vraag = rubriek.get_vraag(f"{delen[0]}.{delen[1]}")
        if vraag is None or (optie and vraag.get_optie(optie) is None):
            return None
        return Slot(rubriek.id, rij, Slotsoort.OPTIE if optie else Slotsoort.VRAAG, vraag.id, optie)

    def _find_by_label(self, antwoord: RuwAntwoord) -> Slot | None:
        if normalise(as_text(antwoord)) in self._uitleg:
            return None  # guidance under a heading of our own form is nobody's answer
        vlag = _VLAGLABELS.get(normalise(antwoord.label))
        if vlag is not None:
            rubriek = self._formulier.get_rubriek(self._rubriek)
            if rubriek is None or not rubriek.vlaggen:
                return None
            return Slot(rubriek.id, self._volgende_rij.get(rubriek.id, 0), Slotsoort(vlag))
        kandidaten = [vraag for naam in normalise_variants(antwoord.label) for vraag in self._labels.get(naam, ())]
        if not kandidaten:
            return None
        vraag_id = self._choose(list(dict.fromkeys(kandidaten)), antwoord.kop)
        self._rubriek = vraag_id.split(".")[0]
        return Slot(self._rubriek, self._advance_row(vraag_id), Slotsoort.VRAAG, vraag_id)

    def _choose(self, kandidaten: list[str], kop: str) -> str:
        """Among equal labels: the one under the heading above it, else in the current rubriek, else the first free."""
        titels = {r.id for r in self._formulier.rubrieken if kop and normalise(kop) in _get_titles(r)}
        for vraag_id in kandidaten:
            if vraag_id.split(".")[0] in titels:
                return vraag_id
        vrij = [v for v in kandidaten if not self._is_filled(v, 0)] or kandidaten
        return next((v for v in vrij if v.split(".")[0] == self._rubriek), vrij[0])

    def _advance_row(self, vraag_id: str) -> int:
        rubriek = self._formulier.get_rubriek(vraag_id.split(".")[0])
        if rubriek is None or rubriek.vorm is not Rubriekvorm.RIJEN:
            return 0
        rij = self._volgende_rij.get(rubriek.id, 0)
        if self._is_filled(vraag_id, rij):
            rij += 1
        self._volgende_rij[rubriek.id] = rij
        return rij

    def _is_filled(self, vraag_id: str, rij: int) -> bool:
        invulling = self.invullingen.get((vraag_id.split(".")[0], rij))
        return invulling is not None and vraag_id in invulling.antwoorden

    def _match_table(self, tabel: RuweTabel) -> bool:
        """Read a table whose first row names the questions of a rubriek with rows; False when it is none."""
        if len(tabel.rijen) < 2:
            return False
        for rubriek in self._formulier.rubrieken:
            kolommen = _match_header(rubriek, tabel.rijen[0])
            if rubriek.vorm is Rubriekvorm.RIJEN and len(kolommen) >= _KOPCELLEN:
                self._fill_rows(rubriek, tabel, kolommen)
                return True
        return False

    def _fill_rows(self, rubriek: Rubriek, tabel: RuweTabel, kolommen: dict[int, Slot]) -> None:
        for kolom, kop in enumerate(tabel.rijen[0]):
            if kolom not in kolommen and any(len(rij) > kolom and rij[kolom] for rij in tabel.rijen[1:]):
                self.bevindingen.append(_report_unknown(kop, tabel.plaats))
        begin = 1 + max((rij for r, rij in self.invullingen if r == rubriek.id), default=-1)
        for nummer, cellen in enumerate(tabel.rijen[1:]):
            plaats = f"{tabel.plaats}, rij {nummer + 2}"
            for kolom, slot in kolommen.items():
                waarde = cellen[kolom] if kolom < len(cellen) else ""
                antwoord = RuwAntwoord(
                    label=tabel.rijen[0][kolom], waarde=waarde, soort=RuweSoort.LABEL, plaats=plaats, leeg=not waarde
                )
                self._fill(Slot(rubriek.id, begin + nummer, slot.soort, slot.vraag), antwoord)


def as_text(antwoord: RuwAntwoord) -> str:
    """The raw value as text; several chosen values one a line."""
    if isinstance(antwoord.waarde, bool):
        return "☒" if antwoord.waarde else ""
    if isinstance(antwoord.waarde, tuple):
        return "\n".join(antwoord.waarde)
    return "" if antwoord.leeg else antwoord.waarde


def count_labels(formulier: Formulier, ruw: RuwFormulier) -> int:
    """How many different questions of the form the file seems to ask, by label."""
    labels = _index_labels(formulier)
    teksten = {naam for a in ruw.antwoorden for naam in normalise_variants(a.label)}
    teksten |= {
        naam for t in ruw.tabellen for cel in (t.rijen[0] if t.rijen else ()) for naam in normalise_variants(cel)
    }
    return len({vraag for tekst in teksten for vraag in labels.get(tekst, ())})


def _index_labels(formulier: Formulier) -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for vraag in formulier.vragen:
        for naam in dict.fromkeys(n for tekst in (vraag.label, *vraag.aliassen) for n in normalise_variants(tekst)):
            index.setdefault(naam, []).append(vraag.id)
    return index


def _get_titles(rubriek: Rubriek) -> frozenset[str]:
    return frozenset(normalise(naam) for naam in (rubriek.titel, rubriek.id, rubriek.rijnaam))


def _match_header(rubriek: Rubriek, kop: tuple[str, ...]) -> dict[int, Slot]:
    namen = {n: v.id for v in rubriek.vragen for t in (v.label, *v.aliassen) for n in normalise_variants(t)}
    kolommen: dict[int, Slot] = {}
    for kolom, cel in enumerate(kop):
        varianten = normalise_variants(cel)
        vraag = next((namen[naam] for naam in varianten if naam in namen), None)
        vlag = next((_VLAGLABELS[naam] for naam in varianten if naam in _VLAGLABELS), None)
        if vraag is not None:
            kolommen[kolom] = Slot(rubriek.id, 0, Slotsoort.VRAAG, vraag)
        elif vlag is not None and rubriek.vlaggen:
            kolommen[kolom] = Slot(rubriek.id, 0, Slotsoort(vlag))
    return kolommen


def _is_inside(antwoord: RuwAntwoord, tabel: RuweTabel) -> bool:
    return antwoord.plaats == tabel.plaats or antwoord.plaats.startswith(f"{tabel.plaats},")


def _has_tags(ruw: RuwFormulier, tabel: RuweTabel) -> bool:
    return any(a.tag is not None and _is_inside(a, tabel) for a in ruw.antwoorden)


def _report_unknown(label: str, plaats: str) -> Bevinding:
    return Bevinding(
        code="label-onbekend",
        plaats=plaats,
        melding=f"Bij “{label[:60]}” staat een antwoord, maar dit formulier kent die vraag niet.",
        remedie="Kijk in het origineel of het ergens anders hoort; het werd niet overgenomen.",
        ernst=Ernst.WAARSCHUWING,
    )
