"""Tables of a partner's own form: a header that names questions, and rows with the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from schemas.formulier import Formulier, Rubriek, Rubriekvorm
from schemas.inzending import RuwAntwoord, RuweSoort, RuweTabel, RuwFormulier
from schemas.tekst import normalise_variants

from .labels import index_labels, match_header
from .slots import Slot, Slotsoort

_KOPCELLEN = 2  # so many header cells must be known before a table counts as one of rows

Vul = Callable[[Slot, RuwAntwoord], None]


class Rijtabel:
    """A table that was recognised as rows of one rubriek."""

    def __init__(self, rubriek: Rubriek, tabel: RuweTabel, kolommen: dict[int, Slot]) -> None:
        """Keep what each column fills."""
        self.rubriek = rubriek
        self.tabel = tabel
        self._kolommen = kolommen

    def fill(self, eerste_rij: int, vul: Vul) -> None:
        """Put every cell in its slot, the first row below the header as row `eerste_rij`."""
        nadruk = {(rij, kolom): stukken for rij, kolom, stukken in self.tabel.nadruk}
        for nummer, cellen in enumerate(self.tabel.rijen[1:]):
            plaats = f"{self.tabel.plaats}, rij {nummer + 2}"
            for kolom, slot in self._kolommen.items():
                waarde = cellen[kolom] if kolom < len(cellen) else ""
                label = self.tabel.rijen[0][kolom]
                antwoord = RuwAntwoord(
                    label=label,
                    waarde=waarde,
                    soort=RuweSoort.LABEL,
                    plaats=plaats,
                    leeg=not waarde.strip(),
                    nadruk=nadruk.get((nummer + 1, kolom), ()),
                )
                rij = eerste_rij + nummer if self.rubriek.vorm is Rubriekvorm.RIJEN else 0
                vul(Slot(slot.rubriek, rij, slot.soort, slot.vraag), antwoord)

    def list_unread(self) -> tuple[str, ...]:
        """Titles of columns that hold something but are no question; "" for a column without title."""
        return tuple(titel for titel, gevuld in self._iterate_unasked() if gevuld)

    def list_blank(self) -> tuple[str, ...]:
        """Titles of columns that are no question and hold nothing: printed there, or somebody's remark."""
        return tuple(titel for titel, gevuld in self._iterate_unasked() if not gevuld and _says_something(titel))

    def _iterate_unasked(self) -> Iterator[tuple[str, bool]]:
        kop = self.tabel.rijen[0]
        for kolom in range(max(len(rij) for rij in self.tabel.rijen)):
            if kolom not in self._kolommen:
                gevuld = any(len(rij) > kolom and _says_something(rij[kolom]) for rij in self.tabel.rijen[1:])
                yield kop[kolom] if kolom < len(kop) else "", gevuld


def find_rijtabellen(formulier: Formulier, ruw: RuwFormulier) -> Iterator[Rijtabel]:
    """All tables of the file that are rows of a rubriek, or one row of answers below their labels."""
    labels = frozenset(index_labels(formulier.vragen))
    for tabel in ruw.tabellen:
        if len(tabel.rijen) < 2 or has_tags(ruw, tabel) or not _is_header(tabel, labels):
            continue
        passend = [(r, match_header(r, tabel.rijen[0])) for r in formulier.rubrieken if _may_fill(r, tabel)]
        beste = max(passend, key=lambda paar: len(paar[1]), default=None)
        if beste is not None and len(beste[1]) >= _KOPCELLEN and _asks(beste[1]):
            yield Rijtabel(beste[0], tabel, beste[1])


def list_unread_tables(ruw: RuwFormulier, gelezen: list[Rijtabel]) -> tuple[RuweTabel, ...]:
    """Tables with content out of which no answer was taken at all."""
    plaatsen = {rijtabel.tabel.plaats for rijtabel in gelezen}
    return tuple(
        tabel
        for tabel in ruw.tabellen
        if tabel.plaats not in plaatsen
        and not any(is_inside(antwoord, tabel) for antwoord in ruw.antwoorden)
        and sum(any(_says_something(cel) for cel in rij) for rij in tabel.rijen) > 1
    )


def is_inside(antwoord: RuwAntwoord, tabel: RuweTabel) -> bool:
    """Whether this answer stands in this table."""
    return antwoord.plaats == tabel.plaats or antwoord.plaats.startswith(f"{tabel.plaats},")


def has_tags(ruw: RuwFormulier, tabel: RuweTabel) -> bool:
    """Whether the table holds controls of ours."""
    return any(a.tag is not None and is_inside(a, tabel) for a in ruw.antwoorden)


def _is_header(tabel: RuweTabel, labels: frozenset[str]) -> bool:
    """Not when a later row names questions again, or a label has its value beside it: then labels stand in columns."""

    def is_label(cel: str) -> bool:
        return any(naam in labels for naam in normalise_variants(cel))

    if any(is_label(cel) for rij in tabel.rijen[1:] for cel in rij):
        return False
    bekend = [is_label(cel) for cel in tabel.rijen[0] if cel.strip()]
    return any(een and ander for een, ander in pairwise(bekend))


def _may_fill(rubriek: Rubriek, tabel: RuweTabel) -> bool:
    return rubriek.vorm is Rubriekvorm.RIJEN or len(tabel.rijen) == 2


def _asks(kolommen: dict[int, Slot]) -> bool:
    return any(slot.soort is Slotsoort.VRAAG for slot in kolommen.values())


def _says_something(cel: str) -> bool:
    return any(teken.isalnum() or teken == "☒" for teken in cel)
