"""Writes what a PDF's root leads to as a new file, numbered in the order in which it is met; also from many files.

A tagged PDF is mostly its structure tree: thousands of small objects without a string. Those are copied as text, with
new numbers for what they refer to, and so is a stream that says how long it is; parsing and writing each of them takes
twenty times as long. All other objects, and those that were changed in memory, go through pypdf.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, NullObject, PdfObject, StreamObject

#: The binary comment tells programs that pass the file on that it is no plain text.
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
#: A string, a comment, a blank that only PDF knows: what makes an object more than names and numbers; or its end.
_NOT_PLAIN = re.compile(rb"[(%\0\x0b]|(?<!<)<(?!<)|stream|endobj")
_LENGTH = re.compile(rb"/Length ([0-9]+)(?= ?[/>])")
_STREAM_BEGINS, _STREAM_ENDS = re.compile(rb"stream\r?\n"), re.compile(rb"\s*endstream\s+endobj")
_REFERENCE = re.compile(rb"\b([0-9]+) ([0-9]+) R\b")
_LONGEST_HEAD = 40

#: Number and generation of an object in the file that is read.
Sleutel = tuple[int, int]


@dataclass(frozen=True)
class Bron:
    """A file to take objects from: parsed, as bytes, and the objects of which the parsed form counts, not the bytes."""

    lezer: PdfReader
    ruw: bytes
    gewijzigd: Collection[Sleutel]

    def exists(self, nummer: int, generatie: int) -> bool:
        """Whether the file holds this object."""
        if self.lezer.xref_free_entry.get(generatie, {}).get(nummer, False):
            return False
        in_groep = generatie == 0 and nummer in self.lezer.xref_objStm
        return in_groep or nummer in self.lezer.xref.get(generatie, {})

    def get(self, sleutel: Sleutel) -> PdfObject | None:
        """Give an object, parsed."""
        return self.lezer.get_object(IndirectObject(*sleutel, self.lezer))

    def get_plain(self, sleutel: Sleutel) -> tuple[bytes, bytes] | None:
        """Give an object as text with single blanks, and its stream; None when it holds more than names and numbers."""
        nummer, generatie = sleutel
        begin = self.lezer.xref.get(generatie, {}).get(nummer)
        if sleutel in self.gewijzigd or begin is None or nummer in self.lezer.xref_objStm:
            return None
        kop = self.ruw.find(b"obj", begin, begin + _LONGEST_HEAD) + len(b"obj")
        einde = _NOT_PLAIN.search(self.ruw, kop)
        if self.ruw[begin:kop].split() != [b"%d" % nummer, b"%d" % generatie, b"obj"] or einde is None:
            return None
        tekst = b" ".join(self.ruw[kop : einde.start()].split())
        if einde[0] == b"endobj":
            return tekst, b""
        stroom = self._find_stream(tekst, einde.start()) if einde[0] == b"stream" else None
        return None if stroom is None else (tekst, stroom)

    def _find_stream(self, tekst: bytes, begin: int) -> bytes | None:
        """Give the stream that begins here, or None when its end is not where its one given length says."""
        lengtes, kop = _LENGTH.findall(tekst), _STREAM_BEGINS.match(self.ruw, begin)
        if kop is None or len(lengtes) != 1:
            return None
        einde = kop.end() + int(lengtes[0])
        if _STREAM_ENDS.match(self.ruw, einde) is None:
            return None
        return b"\nstream\n%s\nendstream" % self.ruw[kop.end() : einde]


@dataclass(frozen=True)
class Raam:
    """Objects that stand in no file yet; they refer to each other and to objects of files."""

    schrijver: PdfWriter

    def exists(self, nummer: int, generatie: int) -> bool:
        """Whether there is such an object."""
        return generatie == 0 and 0 < nummer <= len(self.schrijver._objects)

    def get(self, sleutel: Sleutel) -> PdfObject | None:
        """Give an object."""
        return self.schrijver.get_object(sleutel[0])

    def get_plain(self, sleutel: Sleutel) -> None:
        """None of them has bytes yet."""


class PdfCopy:
    """A new file of the objects that are reached from the root; nothing else of the old files comes along."""

    def __init__(self, bronnen: Sequence[Bron | Raam]) -> None:
        """Take where the objects come from."""
        self._bronnen = bronnen
        self._uit = _get_houder(bronnen[0])  # a reference has to name a file; nobody asks it for anything
        self._plaatsen = {id(_get_houder(bron)): plaats for plaats, bron in enumerate(bronnen)}
        self._nummers: dict[tuple[int, Sleutel], int] = {}
        self._verwijzingen: dict[tuple[int, bytes], bytes] = {}
        self._objecten: list[tuple[int, Sleutel] | StreamObject] = []

    def write(self, wortel: IndirectObject) -> bytes:
        """Write the file; `wortel` is its catalogue. Raises what pypdf raises for an object that it cannot read."""
        self._number(self._find_bron(wortel), (wortel.idnum, wortel.generation))
        delen, plaatsen, lengte = [_HEADER], [], len(_HEADER)
        # The list grows while it is walked: writing an object finds those that it refers to.
        for nummer, waar in enumerate(self._objecten, start=1):
            inhoud = self._write_parsed(waar) if isinstance(waar, StreamObject) else self._write_body(*waar)
            deel = b"%d 0 obj\n%s\nendobj\n" % (nummer, inhoud)
            plaatsen.append(lengte)
            delen.append(deel)
            lengte += len(deel)
        aantal = len(plaatsen) + 1
        delen.append(b"xref\n0 %d\n0000000000 65535 f \n" % aantal)
        delen += [b"%010d 00000 n \n" % plaats for plaats in plaatsen]
        delen.append(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (aantal, lengte))
        return b"".join(delen)

    def _find_bron(self, verwijzing: IndirectObject) -> int:
        return self._plaatsen[id(verwijzing.pdf)]

    def _number(self, bron: int, sleutel: Sleutel) -> int:
        """Give the new number of an object; 0 when its file does not hold it."""
        if (bron, sleutel) not in self._nummers:
            if not self._bronnen[bron].exists(*sleutel):
                return 0
            self._objecten.append((bron, sleutel))
            self._nummers[bron, sleutel] = len(self._objecten)
        return self._nummers[bron, sleutel]

    def _write_body(self, bron: int, sleutel: Sleutel) -> bytes:
        plat = self._bronnen[bron].get_plain(sleutel)
        if plat is None:
            return self._write_parsed(self._bronnen[bron].get(sleutel))
        tekst, stroom = plat
        return _REFERENCE.sub(lambda treffer: self._replace(bron, treffer), tekst) + stroom

    def _replace(self, bron: int, treffer: re.Match[bytes]) -> bytes:
        nieuw = self._verwijzingen.get((bron, treffer[0]))
        if nieuw is None:
            nummer = self._number(bron, (int(treffer[1]), int(treffer[2])))
            nieuw = self._verwijzingen[bron, treffer[0]] = b"%d 0 R" % nummer if nummer else b"null"
        return nieuw

    def _write_parsed(self, inhoud: PdfObject | None) -> bytes:
        uit = io.BytesIO()
        if inhoud is None:
            return b"null"
        self._renumber(inhoud, los=True).write_to_stream(uit)
        return uit.getvalue()

    def _renumber(self, inhoud: PdfObject, *, los: bool = False) -> PdfObject:
        """Give an object with new numbers in it; a stream inside another object becomes an object of its own."""
        if isinstance(inhoud, IndirectObject):
            nummer = self._number(self._find_bron(inhoud), (inhoud.idnum, inhoud.generation))
            return IndirectObject(nummer, 0, self._uit) if nummer else NullObject()
        if isinstance(inhoud, StreamObject) and not los:
            self._objecten.append(inhoud)
            return IndirectObject(len(self._objecten), 0, self._uit)
        if isinstance(inhoud, ArrayObject):
            return ArrayObject(self._renumber(deel) for deel in inhoud)
        if isinstance(inhoud, DictionaryObject):
            # A stream stands in one place and is written once; what pages have inherited is one object in many places.
            nieuw = inhoud if isinstance(inhoud, StreamObject) else DictionaryObject()
            for sleutel in [sleutel for sleutel in inhoud if sleutel != "/Length"]:
                nieuw[NameObject(sleutel)] = self._renumber(inhoud.raw_get(sleutel))
            return nieuw
        return inhoud


def _get_houder(bron: Bron | Raam) -> PdfReader | PdfWriter:
    return bron.schrijver if isinstance(bron, Raam) else bron.lezer
