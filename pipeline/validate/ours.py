"""A form of ours that lost its tags on the way: as .odt, .doc or .rtf it keeps only what people see.

Its head is then known by the titles of its cells, and a row by the title of its block, which holds the row's id.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from schemas import kern
from schemas.formulier import Formulier, Rubriek, Rubriekvorm
from schemas.inzending import RuwAntwoord, RuweSoort, RuweTabel, RuwFormulier
from schemas.tekst import normalise, normalise_variants

from .labels import index_labels
from .rowtables import is_inside
from .slots import as_text, find_tagged_slot

_KENMERKEN = {normalise(label): tag for tag, label in kern.META_LABELS.items()}
#: The foot of each page of each document that we hand out.
_VOET = re.compile(r"Exemplaar voor .{1,300}?[—–-] ?[A-Z]{2,4}-[\w-]+, versie \d+")
_RIJ = re.compile(r"(?:^|, |\D)rij (\d+)$")
_NUMMER = re.compile(r" \d+$")


def read_head(ruw: RuwFormulier) -> dict[str, str]:
    """What the form says it is, by tag. Two forms in one file disagree: both values together name nothing that exists.

    The locked controls tell it; without them the table that they stood in.
    """
    gevonden: dict[str, list[str]] = {tag: [] for tag in kern.META}
    paren = [(antwoord.tag, as_text(antwoord)) for antwoord in ruw.antwoorden if antwoord.tag in gevonden]
    if not any(tag == kern.META_TAFEL and tekst.strip() for tag, tekst in paren):
        paren = [paar for tabel in find_heads(ruw) for paar in _read_table(tabel)]
    for tag, tekst in paren:
        if tag is not None and tekst.strip() and tekst.strip() not in gevonden[tag]:
            gevonden[tag].append(tekst.strip())
    return {tag: " / ".join(teksten) for tag, teksten in gevonden.items()}


def is_own_document(ruw: RuwFormulier) -> bool:
    """Whether this is a document that we handed out, and not a form: it asks much the same, but answers nothing."""
    return not read_head(ruw)[kern.META_TAFEL] and _VOET.search(ruw.tekst) is not None


def find_heads(ruw: RuwFormulier) -> list[RuweTabel]:
    """The tables with which forms of ours begin, by the titles of their cells."""
    return [tabel for tabel in ruw.tabellen if len(tabel.rijen) == 2 and _is_head(tabel.rijen[0])]


def _is_head(kop: tuple[str, ...]) -> bool:
    tags = {_KENMERKEN.get(normalise(cel)) for cel in kop if cel.strip()}
    return None not in tags and {kern.META_TAFEL, kern.META_ID, kern.META_VERSIE} <= tags


def _read_table(tabel: RuweTabel) -> Iterator[tuple[str, str]]:
    kop, waarden = tabel.rijen
    for titel, waarde in zip(kop, waarden, strict=False):
        if titel.strip():
            yield _KENMERKEN[normalise(titel)], waarde


class Blokken:
    """The blocks of rows in a form of ours without tags: which rows of which table belong to which row of a rubriek."""

    def __init__(self, formulier: Formulier, ruw: RuwFormulier) -> None:
        """Find the titles; there are none in a file without our head, nor in a table that kept its controls."""
        self.ons = bool(find_heads(ruw))
        self.ids: dict[tuple[str, int], str] = {}  #: rubriek and number of the block: the row of the dossier
        self._titels: dict[str, list[tuple[int, str, int]]] = {}  # table: row, rubriek, number of the block
        self._gedrukt: dict[tuple[str, int], str] = {}
        self._aantal: Counter[str] = Counter()
        getagd = [a for a in ruw.antwoorden if find_tagged_slot(formulier, a) is not None]
        tabellen = [t for t in ruw.tabellen if not any(is_inside(a, t) for a in getagd)] if self.ons else []
        rijrubrieken = [r for r in formulier.rubrieken if r.vorm is Rubriekvorm.RIJEN]
        for tabel in tabellen:
            rubriek = _find_rubriek(tabel, rijrubrieken)
            if rubriek is not None:
                self._add_table(tabel, rubriek)

    def _add_table(self, tabel: RuweTabel, rubriek: Rubriek) -> None:
        for rij, titel in _iterate_titles(tabel, rubriek):
            nummer = self._aantal[rubriek.id]
            self._titels.setdefault(tabel.plaats, []).append((rij, rubriek.id, nummer))
            self.ids[rubriek.id, nummer] = titel.partition("\t")[2].strip()
            self._gedrukt[tabel.plaats, rij] = normalise(titel.split("\n")[0])
            self._aantal[rubriek.id] += 1

    def prints(self, plaats: str, tekst: str) -> bool:
        """Whether this text is the title of the block in this place, with the row that it belongs to."""
        return self._gedrukt.get(_split(plaats)) == normalise(tekst)

    def is_title(self, plaats: str) -> bool:
        """Whether this place is the title of a block."""
        tabel, rij = _split(plaats)
        return any(begin == rij for begin, _, _ in self._titels.get(tabel, ()))

    def find_rubriek(self, plaats: str) -> str:
        """The rubriek that has its blocks in the table of this place; "" when none is known."""
        return next((rubriek for _, rubriek, _ in self._titels.get(_split(plaats)[0], ())), "")

    def find_row(self, rubriek_id: str, plaats: str) -> int | None:
        """The number of the block of this rubriek that this place stands in, or None."""
        tabel, rij = _split(plaats)
        erboven = [titel for titel in self._titels.get(tabel, ()) if titel[0] <= rij]
        return erboven[-1][2] if erboven and erboven[-1][1] == rubriek_id else None


def _find_rubriek(tabel: RuweTabel, rubrieken: list[Rubriek]) -> Rubriek | None:
    """The rubriek whose questions stand in this table: two may call their blocks, or a question, by one name."""
    cellen = {naam for rij in tabel.rijen for cel in rij for naam in normalise_variants(cel.split("\n")[0])}
    gevraagd = {r.id: len(cellen & index_labels(r.vragen).keys()) for r in rubrieken}
    passend = [r for r in rubrieken if gevraagd[r.id] and any(_iterate_titles(tabel, r))]
    return max(passend, key=lambda r: gevraagd[r.id], default=None)


def _iterate_titles(tabel: RuweTabel, rubriek: Rubriek) -> Iterator[tuple[int, str]]:
    """The rows that are the title of a block, with that title: "Betrokkene", "Betrokkenen, betrokkene 2" and its row.

    A name that is a question too is a title only right above the first question of a block.
    """
    titel, rij = normalise(rubriek.titel), normalise(rubriek.rijnaam)
    namen = {titel, rij, f"{titel} {rij}"}
    labels, begin = index_labels(rubriek.vragen), index_labels(rubriek.vragen[:1])
    for nummer, cellen in enumerate(tabel.rijen, start=1):
        if not cellen or any(cellen[1:]):
            continue
        tekst, _, rij_id = cellen[0].partition("\t")
        kort = _NUMMER.sub("", normalise(tekst))
        eronder = tabel.rijen[nummer][0].split("\n")[0] if nummer < len(tabel.rijen) and tabel.rijen[nummer] else ""
        vrij = kort not in labels or any(naam in begin for naam in normalise_variants(eronder))
        if (kort in namen and vrij) or f"-{rubriek.id}-" in rij_id:
            yield nummer, cellen[0]


def _split(plaats: str) -> tuple[str, int]:
    gevonden = _RIJ.search(plaats)
    return (plaats[: gevonden.start()], int(gevonden[1])) if gevonden else (plaats, 0)


def drop_retold(antwoorden: list[RuwAntwoord]) -> list[RuwAntwoord]:
    """Without boxes that no tag of ours names, where the label of their question tells of them as well: "☒ Wonen"."""
    verteld: dict[str, str] = {}
    for antwoord in antwoorden:
        if antwoord.soort is RuweSoort.LABEL:
            verteld[antwoord.plaats] = f"{verteld.get(antwoord.plaats, '')}\n{_join(as_text(antwoord))}"
    return [a for a in antwoorden if not _is_retold(a, verteld.get(a.plaats, ""))]


def _is_retold(antwoord: RuwAntwoord, verteld: str) -> bool:
    if antwoord.soort is not RuweSoort.VINKJE:
        return False
    return f"{'☒' if antwoord.waarde else '☐'}{_join(antwoord.label)}" in verteld


def _join(tekst: str) -> str:
    return "".join(tekst.split())


def is_in_head(antwoord: RuwAntwoord, koppen: list[RuweTabel]) -> bool:
    """Whether this answer stands in one of these tables."""
    return any(is_inside(antwoord, kop) for kop in koppen)
