"""Nothing lost: every word that the Word file prints must be readable in the PDF, as often as it stands there."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.pdf.visible import VisiblePage
from pipeline.pdf.words import NUMBER, Marge, Passage, WordText

_ANY_NUMBER = "[0-9ivxlcdm*]*"
_PLACES_SHOWN = 5
#: Words tried together though fewer were not found: a first word may run on into the next on the page.
_TRIED = 8
#: Letters, digits, symbols (☐ ☒ €), marks: by the first letter of their Unicode category.
_COMPARED = "LNSM"


class _Soorten(dict[str, str]):
    """The first letter of the Unicode category of each character that was asked for."""

    def __missing__(self, teken: str) -> str:
        self[teken] = soort = unicodedata.category(teken)[0]
        return soort


_SOORTEN = _Soorten()


@dataclass
class Verlies:
    """What a PDF lacks: how many words, and the places in the Word file they stand in. Never the words."""

    woorden: int = 0
    plaatsen: list[str] = field(default_factory=list)

    def add(self, plaats: str, woorden: int = 1) -> None:
        """Count words that were not found."""
        self.woorden += woorden
        if woorden and plaats not in self.plaatsen:
            self.plaatsen.append(plaats)

    def __str__(self) -> str:
        """Say in Dutch how much is missing and where."""
        getoond = self.plaatsen[:_PLACES_SHOWN] + ["…"] * (len(self.plaatsen) > _PLACES_SHOWN)
        aantal = "ontbreekt 1 woord" if self.woorden == 1 else f"ontbreken {self.woorden} woorden"
        return f"er {aantal} ({', '.join(getoond)})"


_INSIDE, _SEAM, _BLANK = 0, 1, 2
_ONLY_BLANKS = bytes([_INSIDE, _INSIDE, _BLANK]) + bytes(253)
#: A line that ends within a word: on a hyphen (- ‐ ‑ – or the soft one) or a slash.
_LINE_IN_WORD = re.compile("([-\u2010\u2011\u2013\u00ad/])[\r\n]+")


@dataclass
class Stream:
    """Text without blanks and punctuation, which engines change.

    `grenzen`, one longer than the text, says what stood before each character: nothing, a seam (punctuation, a letter
    beside a digit, a line that ends on a hyphen) or a blank. A word may begin and end at a seam or a blank.
    """

    tekst: str
    grenzen: bytearray

    @classmethod
    def of(cls, ruw: str) -> Stream:
        """Make a stream of the text of a page."""
        tekens: list[str] = []
        grenzen = bytearray([_BLANK])
        vorige = ""
        for teken in _LINE_IN_WORD.sub(r"\1", unicodedata.normalize("NFKC", ruw).casefold()):
            soort = _SOORTEN[teken]
            if soort not in _COMPARED:
                grenzen[-1] = max(grenzen[-1], _BLANK if teken.isspace() else _SEAM)
                continue
            if soort not in (vorige, "M"):
                grenzen[-1] = max(grenzen[-1], _SEAM)
                vorige = soort
            tekens.append(teken)
            grenzen.append(_INSIDE)
        grenzen[-1] = _BLANK
        return cls("".join(tekens), grenzen)

    def find(self, woorden: Sequence[str], *, streng: bool = False) -> tuple[int, int] | None:
        """Find words that stand together; best, or strictly, where blanks part them as they do in the Word file."""
        gezocht = "".join(woorden)
        vorm = b"".join(bytes([_BLANK]) + bytes(len(woord) - 1) for woord in woorden) + bytes([_BLANK])
        beste: tuple[int, int] | None = None
        for begin, einde in self._places(gezocht) if gezocht else ():
            if not self._is_whole(begin, einde):
                continue
            if NUMBER in gezocht or self.grenzen[begin : einde + 1].translate(_ONLY_BLANKS) == vorm:
                return begin, einde
            beste = beste or (begin, einde)
        return None if streng else beste

    def cut(self, begin: int, einde: int) -> None:
        """Take out what was found, so that it is not found twice; what stood on both sides joins up."""
        self.tekst = self.tekst[:begin] + self.tekst[einde:]
        self.grenzen = self.grenzen[:begin] + bytearray([_BLANK]) + self.grenzen[einde + 1 :]

    def _places(self, gezocht: str) -> Iterator[tuple[int, int]]:
        if NUMBER in gezocht:
            patroon = _ANY_NUMBER.join(re.escape(stuk) for stuk in gezocht.split(NUMBER))
            yield from (treffer.span() for treffer in re.finditer(patroon, self.tekst))
            return
        begin = self.tekst.find(gezocht)
        while begin >= 0:
            yield begin, begin + len(gezocht)
            begin = self.tekst.find(gezocht, begin + 1)

    def _is_whole(self, begin: int, einde: int) -> bool:
        return begin < einde and bool(self.grenzen[begin]) and bool(self.grenzen[einde])


def find_losses(word: WordText, paginas: Sequence[VisiblePage]) -> Verlies:
    """Compare what a Word file prints with what its PDF shows.

    In: the text of the Word file, the visible text per page. Out: the words that were not found.

    Headers and footers are taken out of every page first, where they must stand; then each paragraph is looked for, the
    longest first, and taken out. Not seen: a word whose loss is made up by the same word in a repeated table heading or
    by a list number. Blanks, hyphens and punctuation are not compared.
    """
    verlies = Verlies()
    stromen = [Stream.of(pagina.tekst) for pagina in paginas]
    for nummer, stroom in enumerate(stromen, start=1):
        _take_margin(stroom, word.margins_of(nummer), nummer, verlies)
    rest = Stream(
        "".join(stroom.tekst for stroom in stromen),
        bytearray(b"".join(bytes(stroom.grenzen[:-1]) for stroom in stromen) + bytes([_BLANK])),
    )
    _take_all(rest, word.lopend, verlies)
    return verlies


def _take_all(stroom: Stream, passages: Sequence[Passage], verlies: Verlies) -> None:
    """Take all passages out: whole before in pieces, strictly before not, lest a piece of one be taken for another."""
    open_ = [
        (passage, [woord for woord in map(normalise, passage.tekst.split()) if woord])
        for passage in sorted(passages, key=lambda passage: -len(passage.tekst))
    ]
    for streng in (True, False):
        open_ = [(passage, woorden) for passage, woorden in open_ if not _take_whole(stroom, woorden, streng=streng)]
    for streng in (True, False):
        open_ = [(passage, rest) for passage, deel in open_ for rest in _take_pieces(stroom, deel, streng=streng)]
        open_.sort(key=lambda stuk: -sum(map(len, stuk[1])))
    for passage, woord in [(passage, woord) for passage, woorden in open_ for woord in woorden]:
        if not _take_broken_word(stroom, woord):
            verlies.add(passage.plaats)


def _take_whole(stroom: Stream, woorden: list[str], *, streng: bool) -> bool:
    """Take a passage out in one piece; strictly: only where its words are parted as in the Word file."""
    plek = stroom.find(woorden, streng=streng)
    if plek is not None:
        stroom.cut(*plek)
    return plek is not None or not woorden


def _take_margin(stroom: Stream, marges: Sequence[Marge], pagina: int, verlies: Verlies) -> None:
    """Take the header and footer out of a page: of those it may carry, the one that is missing least."""
    pogingen: list[tuple[Verlies, Stream]] = []
    for marge in marges:
        poging, gemist = Stream(stroom.tekst, bytearray(stroom.grenzen)), Verlies()
        _take_all(poging, marge.passages, gemist)
        pogingen.append((gemist, poging))
    if pogingen:
        gemist, beste = min(pogingen, key=lambda poging: (poging[0].woorden, len(poging[1].tekst)))
        stroom.tekst, stroom.grenzen = beste.tekst, beste.grenzen
        verlies.add(f"kop- of voettekst op bladzijde {pagina}", gemist.woorden)


def _take_pieces(stroom: Stream, woorden: list[str], *, streng: bool) -> Iterator[list[str]]:
    """Take a passage out in pieces, as a page or column breaks it; give the runs of words that were not found."""
    gemist: list[str] = []
    begin = 0
    while begin < len(woorden):
        aantal = _longest_run(stroom, woorden, begin, streng=streng)
        if aantal == 0 and woorden[begin].strip(NUMBER):
            gemist.append(woorden[begin])
        elif aantal and gemist:
            yield gemist
            gemist = []
        begin += max(aantal, 1)
    if gemist:
        yield gemist


def _take_broken_word(stroom: Stream, woord: str) -> bool:
    """Take out a word that the end of a page cuts in two, in a table cell with other cells in between."""
    midden = len(woord) // 2
    if woord[:midden] not in stroom.tekst and woord[midden:] not in stroom.tekst:
        return False  # Wherever it is cut, one of the two parts holds the first or the second half.
    for streng, knip in itertools.product((True, False), range(len(woord) - 1, 0, -1)):
        voor = stroom.find([woord[:knip]], streng=streng)
        if voor is None:
            continue
        poging = Stream(stroom.tekst, stroom.grenzen)
        poging.cut(*voor)
        na = poging.find([woord[knip:]], streng=streng)
        if na is not None:
            poging.cut(*na)
            stroom.tekst, stroom.grenzen = poging.tekst, poging.grenzen
            return True
    return False


def _longest_run(stroom: Stream, woorden: list[str], begin: int, *, streng: bool) -> int:
    """Take as many words from `begin` on as stand together in the stream; give their number.

    First 1, 2, 4, ... words, then what lies between the last number that was found and the next that was not: the work
    depends on what is found, not on how much text still follows.
    """
    if NUMBER not in woorden[begin] and woorden[begin] not in stroom.tekst:
        return 0
    goed, plek, fout, proef = 0, None, len(woorden) - begin + 1, 1
    while proef < fout and proef <= max(_TRIED, goed * 2):
        gevonden = stroom.find(woorden[begin : begin + proef], streng=streng)
        if gevonden is not None:
            goed, plek = proef, gevonden
        proef *= 2
    fout = min(fout, proef) if goed else 0
    while fout - goed > 1:
        midden = (goed + fout) // 2
        gevonden = stroom.find(woorden[begin : begin + midden], streng=streng)
        if gevonden is None:
            fout = midden
        else:
            goed, plek = midden, gevonden
    if plek is not None:
        stroom.cut(*plek)
    return goed


def normalise(woord: str) -> str:
    """Bring a word to the form that streams are compared in, keeping the marks of unknown numbers."""
    gewoon = unicodedata.normalize("NFKC", woord).casefold()
    if gewoon.isalnum():
        return gewoon
    return "".join(teken for teken in gewoon if teken == NUMBER or _SOORTEN[teken] in _COMPARED)
