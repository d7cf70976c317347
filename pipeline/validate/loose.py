"""Answers without a control: a label with a value, as on a partner's own form, or typed over a control of ours.

Which question a label asks is mostly plain; which row it belongs to, and what a flag beside it covers, may not be.
An answer is then reported instead of guessed, and a flag shares nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from schemas.bevinding import Bevinding, Ernst
from schemas.formulier import Formulier, Rubriek, Rubriekvorm
from schemas.inzending import Ligging, RuwAntwoord
from schemas.tekst import normalise, normalise_variants

from .labels import find_vlagsoort, index_labels, names_rubriek, show_unknown
from .meldingen import report_flag, report_loose, report_rowless, report_unknown
from .ours import Blokken
from .owntext import EigenTekst
from .slots import RuweInvulling, Slot, Slotsoort, as_text, is_page

_RANDEN = ("koptekst", "voettekst")

Invullingen = dict[tuple[str, int], RuweInvulling]


class LosseLezer:
    """Places labelled answers in document order, between those that controls filled already."""

    def __init__(
        self,
        formulier: Formulier,
        eigen: EigenTekst,
        invullingen: Invullingen,
        getagd: Mapping[Slot, str],
        blokken: Blokken,
    ) -> None:
        """`getagd` holds the place of each slot that a control fills; `blokken` tells the rows of a form of ours."""
        self._blokken = blokken
        self._formulier = formulier
        self._ons = bool(getagd) or blokken.ons  # all that is printed in its cells is known
        self._invullingen = invullingen
        self._getagd = getagd
        self._gevuld = frozenset(rubriek for rubriek, _ in invullingen)  # by controls or by a table of rows
        self._labels = index_labels(formulier.vragen)
        self._eigen = eigen
        self.bevindingen: list[Bevinding] = []
        self._hier = ("", 0)  # rubriek and row of the last question
        self._kop = ""
        self._reeks: set[str] = set()  # questions read on end in that place, under that heading
        self._gedekt: dict[tuple[str, int], set[str]] = {}  # what the flags of a place stand below
        self._onbekend_ertussen = False
        self._gemeld: set[tuple[str, str]] = set()
        self._vlag_vooraan = False
        self._los: dict[bool, list[str]] = {False: [], True: []}  # places; True for where a form has words of its own
        self._vlag: tuple[RuweInvulling, str] | None = None  # the mark that was read last, and its place
        self._eronder = False  # the last answer stands below its label, where it may go on
        self._twijfelkoppen: set[str] = set()  # bold lines that may be an answer

    def place(self, antwoord: RuwAntwoord) -> None:
        """Put a labelled answer in its slot, or report it."""
        waarde = self._eigen.strip_guidance(as_text(antwoord))
        if waarde != as_text(antwoord):
            antwoord = antwoord.model_copy(update={"waarde": waarde, "leeg": not waarde})
        vlag = find_vlagsoort(antwoord.label)
        if vlag is None:
            self._doubt_flag(antwoord, waarde)
        if not antwoord.label:
            self._note_loose(antwoord, waarde)
            return
        if self._is_title(antwoord, waarde):
            return
        kandidaten = [vraag for naam in normalise_variants(antwoord.label) for vraag in self._labels.get(naam, ())]
        if vlag is not None:
            self._place_flag(vlag, antwoord)
        elif kandidaten:
            self._place_question(self._choose(list(dict.fromkeys(kandidaten)), antwoord), antwoord)
        elif antwoord.leeg:
            self._note_blank(antwoord)
        elif not self._is_printed(antwoord, waarde):
            self._onbekend_ertussen, self._eronder = True, False
            if (antwoord.label, waarde) not in self._gemeld:  # a running head says the same on every page
                # Above the first question stands a title or a letterhead, as a rule.
                ernst = Ernst.WAARSCHUWING if self._hier[0] else Ernst.INFO
                self.bevindingen.append(
                    report_unknown(show_unknown(antwoord.label, self._labels), antwoord.plaats, ernst)
                )
            self._gemeld.add((antwoord.label, waarde))

    def _is_title(self, antwoord: RuwAntwoord, waarde: str) -> bool:
        if self._eigen.is_title(antwoord.label, waarde) or self._blokken.is_title(antwoord.plaats):
            return True
        kop = antwoord.ligging is Ligging.TITEL and not waarde
        return kop and any(names_rubriek(antwoord.label, rubriek) for rubriek in self._formulier.rubrieken)

    def _is_printed(self, antwoord: RuwAntwoord, waarde: str) -> bool:
        if is_page(antwoord.plaats) and self._eigen.is_own(f"{antwoord.label}\t{waarde}", rand=True):
            return True
        return self._eigen.is_ignored(antwoord.label, waarde)

    def _note_loose(self, antwoord: RuwAntwoord, waarde: str) -> None:
        """Text at no label. A mark below it may be about that text, and then it says nothing of the answers above."""
        rand = antwoord.plaats.startswith(_RANDEN)
        eigen = self._eigen.is_own(waarde, rand=rand or is_page(antwoord.plaats))
        if eigen or self._blokken.prints(antwoord.plaats, waarde):
            return
        gids = antwoord.ligging is Ligging.LABELCEL
        self._onbekend_ertussen = self._onbekend_ertussen or not (rand or gids)
        if antwoord.kop and normalise(antwoord.kop) not in self._twijfelkoppen:
            return  # the heading above it tells
        if antwoord.ligging is Ligging.VETTE_REGEL:
            self._twijfelkoppen.add(normalise(waarde))
        eigen_woorden = not self._ons if gids else not self._hier[0]
        verwacht = rand or antwoord.ligging is Ligging.TITEL or eigen_woorden
        self._los[verwacht].append(antwoord.plaats)

    def _note_blank(self, antwoord: RuwAntwoord) -> None:
        """A label that asks nothing and has no answer: printed there, or somebody's answer that ends like a question.

        On a page of a PDF every line that is no pair is one.
        """
        naam, blad = antwoord.label, is_page(antwoord.plaats)
        if self._eigen.is_own(naam, rand=blad) or self._eigen.is_ignored(naam, ""):
            return
        if blad:
            self._los[True].append(antwoord.plaats)
            return
        self._onbekend_ertussen = True
        self._los[not (self._eronder and antwoord.ligging is Ligging.ERONDER)].append(antwoord.plaats)

    def note_typed(self, plaatsen: list[str], *, verwacht: bool) -> None:
        """Where something stands that a form of ours does not print above its questions."""
        self._los[verwacht] += plaatsen

    def settle(self) -> None:
        """When all is read: flags that do not surely cover all answers of their place share nothing."""
        self.bevindingen += [report_loose(plaatsen, verwacht=v) for v, plaatsen in self._los.items() if plaatsen]
        for plek, rij_id in self._blokken.ids.items():
            if plek in self._invullingen:
                self._invullingen[plek].rij_id = rij_id
        for plek, gedekt in self._gedekt.items():
            invulling = self._invullingen[plek]
            gegeven = {vraag for vraag, lijst in invulling.antwoorden.items() if any(not a.leeg for a in lijst)}
            if self._vlag_vooraan or not gegeven <= gedekt:
                invulling.vlag.twijfel = True

    def _place_question(self, vraag_id: str, antwoord: RuwAntwoord) -> None:
        rubriek = self._formulier.get_rubriek(vraag_id.split(".")[0])
        rij = self._find_row(rubriek, vraag_id, antwoord) if rubriek is not None else None
        if rubriek is None or rij is None:
            if not antwoord.leeg:
                self._onbekend_ertussen = True
                self.bevindingen.append(report_rowless(antwoord))
            return
        if (rubriek.id, rij) != self._hier or antwoord.kop != self._kop:
            self._reeks = set()
        self._hier, self._kop, self._onbekend_ertussen = (rubriek.id, rij), antwoord.kop, False
        self._reeks.add(vraag_id)
        self._eronder = antwoord.ligging is Ligging.ERONDER
        if not (antwoord.leeg and self._is_tagged(rubriek.id)):
            self._fill(Slot(rubriek.id, rij, Slotsoort.VRAAG, vraag_id), antwoord)

    def _place_flag(self, soort: Slotsoort, antwoord: RuwAntwoord) -> None:
        if self._doubt_tagged(antwoord):
            return
        rubriek = self._formulier.get_rubriek(self._hier[0])
        if rubriek is None or not rubriek.vlaggen or antwoord.kop != self._kop or self._is_tagged(rubriek.id):
            # Marks above their answers: then those that follow stand above theirs as well.
            self._vlag_vooraan = self._vlag_vooraan or not self._gedekt
            if not antwoord.leeg:
                self.bevindingen.append(report_flag(antwoord))
            return
        self._gedekt.setdefault(self._hier, set()).update(self._reeks)
        invulling = self._fill(Slot(rubriek.id, self._hier[1], soort), antwoord)
        invulling.vlag.twijfel = invulling.vlag.twijfel or self._onbekend_ertussen
        self._vlag = None if soort is Slotsoort.NIET_VOOR else (invulling, antwoord.plaats)

    def _doubt_flag(self, antwoord: RuwAntwoord, waarde: str) -> None:
        """What goes on right behind a mark, in cells or lines of its own: the mark's first word is not all it says."""
        if self._vlag is None or antwoord.ligging is Ligging.LABELCEL:
            return
        invulling, plaats = self._vlag
        bekend = any(naam in self._labels for naam in normalise_variants(antwoord.label))
        groep = self._eigen.names_group(antwoord.label or waarde) and antwoord.ligging is not Ligging.TITEL
        zelfde = antwoord.plaats == plaats and not is_page(plaats)
        if not bekend and (zelfde or groep or antwoord.ligging is Ligging.VETTE_REGEL):
            invulling.vlag.twijfel = True
        else:
            self._vlag = None

    def _doubt_tagged(self, antwoord: RuwAntwoord) -> bool:
        """A flag typed over a control of ours: nobody can tell which row it spoke of, so none of them is shared."""
        tabel = antwoord.plaats.split(",")[0]
        hier = {slot.rubriek for slot, plaats in self._getagd.items() if plaats.startswith(f"{tabel},")}
        if not hier or not tabel.startswith("tabel"):
            return False
        if not antwoord.leeg:
            for (rubriek_id, _), invulling in self._invullingen.items():
                invulling.vlag.twijfel = invulling.vlag.twijfel or rubriek_id in hier
        return True

    def _fill(self, slot: Slot, antwoord: RuwAntwoord) -> RuweInvulling:
        sleutel = (slot.rubriek, slot.rij)
        doel = self._invullingen.setdefault(sleutel, RuweInvulling(plaats=antwoord.plaats))
        doel.fill(slot, antwoord)
        return doel

    def _choose(self, kandidaten: list[str], antwoord: RuwAntwoord) -> str:
        """Among equal labels: the one of its table or heading, else in the current rubriek, else the first free."""
        titels = {rubriek.id for rubriek in self._formulier.rubrieken if names_rubriek(antwoord.kop, rubriek)}
        titels.add(self._blokken.find_rubriek(antwoord.plaats))
        for vraag_id in kandidaten:
            if vraag_id.split(".")[0] in titels:
                return vraag_id
        vrij = [v for v in kandidaten if not self._is_filled(v, 0)] or kandidaten
        return next((v for v in vrij if v.split(".")[0] == self._hier[0]), vrij[0])

    def _find_row(self, rubriek: Rubriek, vraag_id: str, antwoord: RuwAntwoord) -> int | None:
        if rubriek.vorm is not Rubriekvorm.RIJEN:
            return 0
        if rubriek.id in self._gevuld:
            return self._find_tagged_row(rubriek.id, vraag_id, antwoord.plaats)
        blok = self._blokken.find_row(rubriek.id, antwoord.plaats)
        if blok is not None:
            return blok
        laatste = max((rij for r, rij in self._invullingen if r == rubriek.id), default=0)
        return laatste + 1 if self._is_filled(vraag_id, laatste) else laatste

    def _find_tagged_row(self, rubriek_id: str, vraag_id: str, plaats: str) -> int | None:
        """The row whose control stands beside it, else the only row that lost its control; None leaves it open."""
        eigen = {slot.rij: plek for slot, plek in self._getagd.items() if slot.vraag == vraag_id}
        ernaast = [rij for rij, plek in eigen.items() if plek == plaats]
        zonder = {slot.rij for slot in self._getagd if slot.rubriek == rubriek_id} - eigen.keys()
        keuze = ernaast or list(zonder)
        return keuze[0] if len(keuze) == 1 else None

    def _is_tagged(self, rubriek_id: str) -> bool:
        return any(slot.rubriek == rubriek_id for slot in self._getagd)

    def _is_filled(self, vraag_id: str, rij: int) -> bool:
        invulling = self._invullingen.get((vraag_id.split(".")[0], rij))
        return invulling is not None and vraag_id in invulling.antwoorden
