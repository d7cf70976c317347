"""Writes what a PDF's root leads to as a new file, numbered in the order in which it is met.

A tagged PDF is mostly its structure tree: thousands of small objects without a string. Those are copied as text, with
new numbers for what they refer to, and so is a stream that says how long it is; parsing and writing each of them takes
twenty times as long. All other objects, and those that were changed in memory, go through pypdf.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection

from pypdf import PdfReader
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


class PdfCopy:
    """A new file of the objects that are reached from the root; nothing else of the old file comes along."""

    def __init__(self, lezer: PdfReader, ruw: bytes, gewijzigd: Collection[Sleutel]) -> None:
        """Take the file, parsed and as bytes, and the objects of which the parsed form counts, not the bytes."""
        self._lezer = lezer
        self._ruw = ruw
        self._gewijzigd = gewijzigd
        self._nummers: dict[Sleutel, int] = {}
        self._verwijzingen: dict[bytes, bytes] = {}
        self._objecten: list[Sleutel | StreamObject] = []

    def write(self, wortel: Sleutel) -> bytes:
        """Write the file; `wortel` is its catalogue. Raises what pypdf raises for an object that it cannot read."""
        self._number(*wortel)
        delen, plaatsen, lengte = [_HEADER], [], len(_HEADER)
        # The list grows while it is walked: writing an object finds those that it refers to.
        for nummer, bron in enumerate(self._objecten, start=1):
            inhoud = self._parsed(bron) if isinstance(bron, StreamObject) else self._body(bron)
            deel = b"%d 0 obj\n%s\nendobj\n" % (nummer, inhoud)
            plaatsen.append(lengte)
            delen.append(deel)
            lengte += len(deel)
        aantal = len(plaatsen) + 1
        delen.append(b"xref\n0 %d\n0000000000 65535 f \n" % aantal)
        delen += [b"%010d 00000 n \n" % plaats for plaats in plaatsen]
        delen.append(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (aantal, lengte))
        return b"".join(delen)

    def _number(self, nummer: int, generatie: int) -> int:
        """Give the new number of an object; 0 when the file does not hold it."""
        sleutel = (nummer, generatie)
        if sleutel not in self._nummers:
            if not self._exists(nummer, generatie):
                return 0
            self._objecten.append(sleutel)
            self._nummers[sleutel] = len(self._objecten)
        return self._nummers[sleutel]

    def _exists(self, nummer: int, generatie: int) -> bool:
        if self._lezer.xref_free_entry.get(generatie, {}).get(nummer, False):
            return False
        in_groep = generatie == 0 and nummer in self._lezer.xref_objStm
        return in_groep or nummer in self._lezer.xref.get(generatie, {})

    def _body(self, sleutel: Sleutel) -> bytes:
        plat = None if sleutel in self._gewijzigd else self._plain(*sleutel)
        if plat is None:
            return self._parsed(self._lezer.get_object(IndirectObject(*sleutel, self._lezer)))
        tekst, stroom = plat
        return _REFERENCE.sub(self._replace, tekst) + stroom

    def _plain(self, nummer: int, generatie: int) -> tuple[bytes, bytes] | None:
        """Give an object as text with single blanks, and its stream; None when it holds more than names and numbers."""
        begin = self._lezer.xref.get(generatie, {}).get(nummer)
        if begin is None or nummer in self._lezer.xref_objStm:
            return None
        kop = self._ruw.find(b"obj", begin, begin + _LONGEST_HEAD) + len(b"obj")
        einde = _NOT_PLAIN.search(self._ruw, kop)
        if self._ruw[begin:kop].split() != [b"%d" % nummer, b"%d" % generatie, b"obj"] or einde is None:
            return None
        tekst = b" ".join(self._ruw[kop : einde.start()].split())
        if einde[0] == b"endobj":
            return tekst, b""
        stroom = self._stream(tekst, einde.start()) if einde[0] == b"stream" else None
        return None if stroom is None else (tekst, stroom)

    def _stream(self, tekst: bytes, begin: int) -> bytes | None:
        """Give the stream that begins here, or None when its end is not where its one given length says."""
        lengtes, kop = _LENGTH.findall(tekst), _STREAM_BEGINS.match(self._ruw, begin)
        if kop is None or len(lengtes) != 1:
            return None
        einde = kop.end() + int(lengtes[0])
        if _STREAM_ENDS.match(self._ruw, einde) is None:
            return None
        return b"\nstream\n%s\nendstream" % self._ruw[kop.end() : einde]

    def _replace(self, treffer: re.Match[bytes]) -> bytes:
        nieuw = self._verwijzingen.get(treffer[0])
        if nieuw is None:
            nummer = self._number(int(treffer[1]), int(treffer[2]))
            nieuw = self._verwijzingen[treffer[0]] = b"%d 0 R" % nummer if nummer else b"null"
        return nieuw

    def _parsed(self, inhoud: PdfObject | None) -> bytes:
        uit = io.BytesIO()
        if inhoud is None:
            return b"null"
        self._renumber(inhoud, los=True).write_to_stream(uit)
        return uit.getvalue()

    def _renumber(self, inhoud: PdfObject, *, los: bool = False) -> PdfObject:
        """Give an object with new numbers in it; a stream inside another object becomes an object of its own."""
        if isinstance(inhoud, IndirectObject):
            nummer = self._number(inhoud.idnum, inhoud.generation)
            return IndirectObject(nummer, 0, self._lezer) if nummer else NullObject()
        if isinstance(inhoud, StreamObject) and not los:
            self._objecten.append(inhoud)
            return IndirectObject(len(self._objecten), 0, self._lezer)
        if isinstance(inhoud, ArrayObject):
            return ArrayObject(self._renumber(deel) for deel in inhoud)
        if isinstance(inhoud, DictionaryObject):
            # A stream stands in one place and is written once; what pages have inherited is one object in many places.
            nieuw = inhoud if isinstance(inhoud, StreamObject) else DictionaryObject()
            for sleutel in [sleutel for sleutel in inhoud if sleutel != "/Length"]:
                nieuw[NameObject(sleutel)] = self._renumber(inhoud.raw_get(sleutel))
            return nieuw
        return inhoud
