"""Which raw answer belongs to which question: by tag where the form has controls, by label where it has none."""

from __future__ import annotations

from collections.abc import Container

from schemas import kern
from schemas.bevinding import Bevinding, Ernst
from schemas.formulier import Formulier
from schemas.inzending import RuwAntwoord, RuweTabel, RuwFormulier
from schemas.tafeldata import Tafeldata
from schemas.tekst import normalise_variants

from .flags import ENKEL_VOOR, NIET_VOOR
from .labels import index_labels, show_unknown
from .loose import Invullingen, LosseLezer
from .meldingen import report_unknown
from .ours import Blokken, drop_retold, find_heads, is_in_head, read_head
from .owntext import EigenTekst
from .rowtables import Rijtabel, find_rijtabellen, is_inside, list_unread_tables
from .running import unfold
from .slots import RuweInvulling, Slot, as_text, find_tagged_slot
from .voorwerk import Voorwerk


class Matcher:
    """Collects the raw answers of one file into the rubrieken of one form."""

    def __init__(self, formulier: Formulier, data: Tafeldata) -> None:
        """Start with nothing filled; the table tells what stands in the margins of its forms."""
        self._formulier = formulier
        self._data = data
        self._eigen = EigenTekst(formulier, data)
        self.invullingen: Invullingen = {}
        self.bevindingen: list[Bevinding] = []
        self._getagd: dict[Slot, str] = {}

    def match(self, ruw: RuwFormulier) -> None:
        """Put every answer of the file in its slot, or report it. Tags first: they leave no doubt."""
        koppen = find_heads(ruw)
        boven, velden = _part_head(unfold(self._formulier, ruw), self._formulier, koppen)
        losse = [antwoord for antwoord in velden if not self._match_tag(antwoord)]
        rijtabellen = list(find_rijtabellen(self._formulier, ruw))
        for rijtabel in rijtabellen:
            self._fill_table(rijtabel)
        blokken = Blokken(self._formulier, ruw)
        lezer = LosseLezer(self._formulier, self._eigen, self.invullingen, self._getagd, blokken)
        for antwoord in drop_retold(losse):
            if not any(is_inside(antwoord, rijtabel.tabel) for rijtabel in rijtabellen):
                lezer.place(antwoord)
        boven = [antwoord for antwoord in boven if not blokken.prints(antwoord.plaats, as_text(antwoord))]
        self._note_typed(lezer, ruw, boven, koppen)
        lezer.note_typed([t.tabel.plaats for t in rijtabellen if not self._is_own_head(t)], verwacht=True)
        lezer.settle()
        self.bevindingen += lezer.bevindingen
        ongelezen = [tabel for tabel in list_unread_tables(ruw, rijtabellen) if tabel not in koppen]
        self.bevindingen += [_report_table(tabel.plaats) for tabel in ongelezen]

    def get_invulling(self, rubriek_id: str) -> RuweInvulling:
        """What a rubriek without rows holds."""
        return self.invullingen.get((rubriek_id, 0), RuweInvulling())

    def get_rijen(self, rubriek_id: str) -> tuple[RuweInvulling, ...]:
        """The rows of a rubriek that hold anything, in order."""
        sleutels = sorted(sleutel for sleutel in self.invullingen if sleutel[0] == rubriek_id)
        return tuple(self.invullingen[s] for s in sleutels if not self.invullingen[s].is_empty)

    def list_bare_marks(self, rubriek_id: str) -> tuple[RuweInvulling, ...]:
        """The rows that hold nothing, but for names at "enkel voor" or "niet voor"."""
        eigen = (invulling for (rubriek, _), invulling in self.invullingen.items() if rubriek == rubriek_id)
        return tuple(i for i in eigen if i.is_empty and any(map(i.vlag.get_tekst, (ENKEL_VOOR, NIET_VOOR))))

    def _note_typed(
        self, lezer: LosseLezer, ruw: RuwFormulier, boven: list[RuwAntwoord], koppen: list[RuweTabel]
    ) -> None:
        tabellen = koppen or [tabel for tabel in ruw.tabellen if _is_locked(tabel, ruw)]
        if boven or tabellen:
            kop = read_head(ruw)
            typed = Voorwerk(self._formulier, self._data, kop).list_typed(boven, tabellen)
            # Another version may print other words there.
            lezer.note_typed(typed, verwacht=kop[kern.META_VERSIE] != self._formulier.versie)

    def _is_own_head(self, rijtabel: Rijtabel) -> bool:
        return all(self._eigen.is_own(titel) for titel in rijtabel.list_blank())

    def _match_tag(self, antwoord: RuwAntwoord) -> bool:
        slot = find_tagged_slot(self._formulier, antwoord) if antwoord.tag else None
        if slot is None:
            return False
        self._fill(slot, antwoord)
        self._getagd[slot] = antwoord.plaats
        return True

    def _fill_table(self, rijtabel: Rijtabel) -> None:
        eigen = [rij for rubriek, rij in self.invullingen if rubriek == rijtabel.rubriek.id]
        rijtabel.fill(1 + max(eigen, default=-1), self._fill)
        labels = index_labels(self._formulier.vragen)
        for kop in rijtabel.list_unread():
            self.bevindingen.append(report_unknown(show_unknown(kop, labels), rijtabel.tabel.plaats))

    def _fill(self, slot: Slot, antwoord: RuwAntwoord) -> None:
        sleutel = (slot.rubriek, slot.rij)
        self.invullingen.setdefault(sleutel, RuweInvulling(plaats=antwoord.plaats)).fill(slot, antwoord)


def _part_head(
    antwoorden: list[RuwAntwoord], formulier: Formulier, koppen: list[RuweTabel]
) -> tuple[list[RuwAntwoord], list[RuwAntwoord]]:
    """What stands above the first question of a form of ours, and the rest; neither with the locked head.

    That question may have lost its control to whoever typed over it; then its label tells where it is.
    """
    velden = [a for a in antwoorden if a.tag not in kern.META and not is_in_head(a, koppen)]
    if len(velden) == len(antwoorden) and not koppen:
        return [], velden
    labels = index_labels(formulier.vragen)
    eerste = next((nummer for nummer, antwoord in enumerate(velden) if antwoord.tag or _asks(antwoord, labels)), 0)
    return velden[:eerste], velden[eerste:]


def _is_locked(tabel: RuweTabel, ruw: RuwFormulier) -> bool:
    """Whether it holds the locked controls of a head, and those alone."""
    tags = {antwoord.tag for antwoord in ruw.antwoorden if antwoord.tag is not None and is_inside(antwoord, tabel)}
    return bool(tags) and tags <= set(kern.META)


def _asks(antwoord: RuwAntwoord, labels: Container[str]) -> bool:
    return any(naam in labels for naam in normalise_variants(antwoord.label))


def _report_table(plaats: str) -> Bevinding:
    return Bevinding(
        code="tabel-onbekend",
        plaats=plaats,
        melding="In deze tabel staat tekst waar geen enkele vraag van het formulier in herkend werd.",
        remedie="Kijk in het origineel wat er staat; het werd niet overgenomen.",
        ernst=Ernst.WAARSCHUWING,
    )
