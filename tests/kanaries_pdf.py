"""Places in a PDF where a word can hide, each with what plants one there.

A place gets the bytes of a finished PDF of ours and gives the same PDF with one canary in it, laid out as ours are: all
that differs is the canary.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass

KANARIE = "Kanarievogel"
_K = KANARIE.encode()
Plant = Callable[[bytes], bytes]
_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@dataclass
class Boek:
    """The objects of a PDF, by number from 1; `write` lays them out as ours are."""

    objecten: list[bytes]
    slot: bytes = b""  #: more keys of the trailer
    kop: bytes = _HEAD
    tussen: bytes = b""  #: before the first object

    @classmethod
    def read(cls, pdf: bytes) -> Boek:
        xref = int(re.findall(rb"startxref\n(\d+)\n", pdf)[-1])
        plaatsen = [int(regel) for regel in re.findall(rb"(\d{10}) 00000 n", pdf[xref:])]
        einden = [*plaatsen[1:], xref]
        delen = [pdf[begin:einde] for begin, einde in zip(plaatsen, einden, strict=True)]
        return cls([deel[deel.index(b"obj\n") + 4 : -len(b"\nendobj\n")] for deel in delen])

    def write(self) -> bytes:
        uit, plaatsen = self.kop + self.tussen, []
        for nummer, inhoud in enumerate(self.objecten, start=1):
            plaatsen.append(len(uit))
            uit += b"%d 0 obj\n%s\nendobj\n" % (nummer, inhoud)
        aantal, begin = len(plaatsen) + 1, len(uit)
        uit += b"xref\n0 %d\n0000000000 65535 f \n" % aantal
        uit += b"".join(b"%010d 00000 n \n" % plaats for plaats in plaatsen)
        return uit + b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (aantal, self.slot, begin)

    def add(self, inhoud: bytes) -> int:
        self.objecten.append(inhoud)
        return len(self.objecten)

    def find(self, patroon: bytes) -> int:
        """The number of the first object that fits."""
        return next(n for n, inhoud in enumerate(self.objecten, start=1) if re.search(patroon, inhoud))

    def put(self, nummer: int, sleutels: bytes) -> None:
        """Put more keys in the dictionary of an object."""
        inhoud = self.objecten[nummer - 1]
        self.objecten[nummer - 1] = inhoud.replace(b"<<", b"<< " + sleutels + b" ", 1)

    def swap(self, nummer: int, oud: bytes, nieuw: bytes) -> None:
        assert re.search(oud, self.objecten[nummer - 1]), (oud, self.objecten[nummer - 1][:200])
        self.objecten[nummer - 1] = re.sub(oud, nieuw, self.objecten[nummer - 1], count=1)

    def put_resource(self, sleutels: bytes) -> None:
        """Put more keys among the sources of the first page, in it or apart from it."""
        apart = re.search(rb"/Resources (\d+) 0 R", self.objecten[self.page - 1])
        if apart:
            self.put(int(apart[1]), sleutels)
        else:
            self.swap(self.page, rb"/Resources <<", b"/Resources << " + sleutels + b" ")

    @property
    def page(self) -> int:
        return self.find(rb"/Type\s*/Page\b")

    @property
    def content(self) -> int:
        gevonden = re.search(rb"/Contents (\d+) 0 R", self.objecten[self.page - 1])
        assert gevonden
        return int(gevonden[1])

    def read_stream(self, nummer: int) -> bytes:
        _, _, stroom = self.objecten[nummer - 1].partition(b"stream\n")
        return zlib.decompressobj().decompress(stroom)

    def set_stream(self, nummer: int, inhoud: bytes, sleutels: bytes = b"") -> None:
        self.objecten[nummer - 1] = stream(inhoud, sleutels)

    def draw(self, tekst: bytes) -> None:
        """Draw more at the end of the first page."""
        self.set_stream(self.content, self.read_stream(self.content) + b"\n" + tekst)


def stream(inhoud: bytes, sleutels: bytes = b"") -> bytes:
    ingepakt = zlib.compress(inhoud)
    return b"<< /Length %d /Filter /FlateDecode %s>>\nstream\n%s\nendstream" % (len(ingepakt), sleutels, ingepakt)


def _do(wat: Callable[[Boek], object]) -> Plant:
    def plant(pdf: bytes) -> bytes:
        boek = Boek.read(pdf)
        wat(boek)
        return boek.write()

    return plant


def _root(sleutels: str) -> Plant:
    return _do(lambda boek: boek.put(1, sleutels.format(k=KANARIE).encode()))


def _page(sleutels: str) -> Plant:
    return _do(lambda boek: boek.put(boek.page, sleutels.format(k=KANARIE).encode()))


def _linked(sleutel: str, inhoud: str, *, bij: str = "root") -> Plant:
    """A new object, reached from the root or from the first page."""

    def wat(boek: Boek) -> None:
        nummer = boek.add(inhoud.format(k=KANARIE).encode())
        boek.put(1 if bij == "root" else boek.page, f"/{sleutel} {nummer} 0 R".encode())

    return _do(wat)


def _annot(inhoud: str) -> Plant:
    return _page(f"/Annots [<< /Type /Annot /Rect [0 0 9 9] {inhoud} >>]")


def _write_word(boek: Boek, woord: str) -> bytes:
    """A string in the first font of the first page, as its own glyphs; letters that it lacks are added to its map."""
    nummer = boek.find(rb"/ToUnicode")
    gevonden = re.search(rb"/ToUnicode (\d+) 0 R", boek.objecten[nummer - 1])
    assert gevonden
    kaart = int(gevonden[1])
    bron = boek.read_stream(kaart)
    codes = {ziet: code for code, ziet in re.findall(rb"<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>\n", bron)}
    breed = len(next(iter(codes.values())))
    uit, nieuw = b"", b""
    for plaats, letter in enumerate(woord):
        ziet = b"%04X" % ord(letter)
        code = codes.get(ziet) or codes.get(ziet.lower())
        if code is None:
            code = (b"%0*X" % (breed, (0xC0 if breed == 2 else 0xC000) + plaats))[-breed:]
            nieuw += b"<%s> <%s>\n" % (code, ziet)
            codes[ziet] = code
        uit += code
    boek.set_stream(kaart, bron.replace(b"endbfchar", nieuw + b"endbfchar", 1))
    return b"<" + uit + b">"


def _first_font(boek: Boek) -> bytes:
    """The name of that font on the page."""
    nummer = boek.find(rb"/ToUnicode")
    for inhoud in boek.objecten:
        gevonden = re.search(rb"/(F\d+)\s+%d 0 R" % nummer, inhoud)
        if gevonden:
            return gevonden[1]
    raise AssertionError


def _text(vorm: str, woord: str = KANARIE) -> Plant:
    """Draw a word on the first page; {t} is the string, {f} the font."""

    def wat(boek: Boek) -> None:
        geschreven = _write_word(boek, woord).decode()
        boek.draw(vorm.format(t=geschreven, f=_first_font(boek).decode()).encode())

    return _do(wat)


_AT = "BT /{f} 10 Tf 1 0 0 1 100 400 Tm {t} Tj ET"


def _struct(oud: bytes, nieuw: bytes) -> Plant:
    return _do(lambda boek: boek.swap(boek.find(rb"/Type\s*/StructElem"), oud, nieuw))


def _font(oud: bytes, nieuw: bytes) -> Plant:
    return _do(lambda boek: boek.swap(boek.find(rb"/Type\s*/FontDescriptor"), oud, nieuw))


def _cmap(doe: Callable[[bytes], bytes]) -> Plant:
    def wat(boek: Boek) -> None:
        nummer = boek.find(rb"/ToUnicode")
        gevonden = re.search(rb"/ToUnicode (\d+) 0 R", boek.objecten[nummer - 1])
        assert gevonden
        boek.set_stream(int(gevonden[1]), doe(boek.read_stream(int(gevonden[1]))))

    return _do(wat)


def _xmp(doe: Callable[[bytes], bytes]) -> Plant:
    def wat(boek: Boek) -> None:
        nummer = boek.find(rb"/Type\s*/Metadata")
        inhoud = boek.objecten[nummer - 1]
        ruw = inhoud.partition(b"stream\n")[2].rpartition(b"\nendstream")[0]
        nieuw = doe(ruw)
        boek.objecten[nummer - 1] = b"<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n%s\nendstream" % (
            len(nieuw),
            nieuw,
        )

    return _do(wat)


def _image(inhoud: bytes, sleutels: bytes = b"", *, tonen: bool = True) -> Plant:
    def wat(boek: Boek) -> None:
        kop = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceRGB /BitsPerComponent 8 "
        kop += b"/Length %d %s>>\nstream\n%s\nendstream" % (len(inhoud), sleutels, inhoud)
        nummer = boek.add(kop)
        boek.put_resource(b"/XObject << /Im0 %d 0 R >>" % nummer)
        if tonen:
            boek.draw(b"q 1 0 0 1 0 0 cm /Im0 Do Q")

    return _do(wat)


def _form_object(boek: Boek) -> None:
    """A drawing of its own with the word in it."""
    geschreven = _write_word(boek, KANARIE)
    bron = b"BT /" + _first_font(boek) + b" 9 Tf 1 0 0 1 9 9 Tm " + geschreven + b" Tj ET"
    nummer = boek.add(stream(bron, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "))
    boek.put_resource(b"/XObject << /X0 %d 0 R >>" % nummer)
    boek.draw(b"/X0 Do")


def _old_revision(pdf: bytes) -> bytes:
    """A later revision that replaces the page tree's first page: the older one is still there to read."""
    boek = Boek.read(pdf)
    oud = b"%d 0 obj\n(%s)\nendobj\n" % (len(boek.objecten) + 1, _K)
    begin = len(pdf) + len(oud)
    return (
        pdf
        + oud
        + b"xref\n%d 1\n%010d 00000 n \n" % (len(boek.objecten) + 1, len(pdf))
        + b"trailer\n<< /Size %d /Root 1 0 R /Prev 9 >>\nstartxref\n%d\n%%%%EOF\n" % (len(boek.objecten) + 2, begin)
    )


def _lost_page(boek: Boek) -> None:
    """A page outside the page tree, reached along the structure only."""
    pagina = boek.objecten[boek.page - 1]
    nummer = boek.add(pagina)
    boek.put(boek.find(rb"/Type\s*/StructElem"), b"/Pg %d 0 R" % nummer)


def _second_content(boek: Boek) -> None:
    nummer = boek.add(stream(b"% " + _K))
    boek.swap(boek.page, rb"/Contents (\d+ 0 R)", rb"/Contents [\1 %d 0 R]" % nummer)


def _swap_font(boek: Boek) -> None:
    """A copy of a font that no page uses."""
    nummer = boek.find(rb"/ToUnicode")
    kopie = boek.add(boek.objecten[nummer - 1])
    for plaats, inhoud in enumerate(boek.objecten):
        if re.search(rb"/F\d+\s+%d 0 R" % nummer, inhoud):
            boek.objecten[plaats] = re.sub(rb"(/F\d+\s+%d 0 R)" % nummer, rb"\1 /F99 %d 0 R" % kopie, inhoud, count=1)
            return


PLAATSEN: dict[str, Plant] = {
    # the file itself
    "bytes voor het begin": lambda pdf: _K + pdf,
    "bytes achter het einde": lambda pdf: pdf + _K,
    "opmerking in de kop": _do(lambda boek: setattr(boek, "kop", b"%PDF-1.7\n%" + _K + b"\n")),
    "opmerking voor het eerste onderdeel": _do(lambda boek: setattr(boek, "tussen", b"% " + _K + b"\n")),
    "oude revisie": _old_revision,
    "sleutel in de trailer": _do(lambda boek: setattr(boek, "slot", b" /" + _K + b" 1")),
    "info in de trailer": _do(lambda boek: setattr(boek, "slot", b" /Info << /Author (%s) >>" % _K)),
    "ID in de trailer": _do(lambda boek: setattr(boek, "slot", b" /ID [<%s> <00>]" % _K.hex().encode())),
    "los onderdeel": _do(lambda boek: boek.add(b"(%s)" % _K)),
    "losse stroom": _do(lambda boek: boek.add(stream(_K))),
    "opmerking in een onderdeel": _do(lambda boek: boek.swap(1, rb"<<", b"<< %" + _K + b"\n")),
    "bytes achter een stroom": _do(
        lambda boek: boek.swap(boek.content, rb"\nendstream\Z", b"\n" + _K + b"\nendstream")
    ),
    "sleutel bij een stroom": _do(lambda boek: boek.put(boek.content, b"/F (%s)" % _K)),
    "stroom met een andere filter": _do(lambda boek: boek.swap(boek.content, rb"/FlateDecode", b"/ASCIIHexDecode")),
    # the catalogue
    "metadata: auteur": _xmp(lambda x: x.replace(b"</dc:title>", b"</dc:title><dc:creator>%s</dc:creator>" % _K)),
    "metadata: titel": _xmp(lambda x: x.replace(b"</rdf:li>", b" %s</rdf:li>" % _K)),
    "metadata: commentaar": _xmp(lambda x: x + b"<!-- %s -->" % _K),
    "metadata van een bladzijde": _linked("Metadata", "<< /Type /Metadata /{k} 1 >>", bij="page"),
    "bladwijzers": _linked("Outlines", "<< /Type /Outlines /Title ({k}) >>"),
    "namen: bestemming": _linked("Dests", "<< /{k} [1 0 R /Fit] >>"),
    "namen: bijlage": _linked("Names", "<< /EmbeddedFiles << /Names [({k}) null] >> >>"),
    "namen: script": _linked("Names", "<< /JavaScript << /Names [(k) << /S /JavaScript /JS ({k}) >>] >> >>"),
    "bijgevoegd bestand": _linked("AF", "[<< /Type /Filespec /F ({k}) >>]"),
    "openingsactie": _root("/OpenAction << /S /JavaScript /JS ({k}) >>"),
    "acties": _root("/AA << /WC << /S /JavaScript /JS ({k}) >> >>"),
    "bladzijdelabels": _root("/PageLabels << /Nums [0 << /P ({k}) >>] >>"),
    "formulier": _root("/AcroForm << /Fields [<< /T (k) /V ({k}) >>] >>"),
    "XFA": _root("/AcroForm << /XFA ({k}) >>"),
    "lagen": _root("/OCProperties << /OCGs [<< /Type /OCG /Name ({k}) >>] >>"),
    "draden": _root("/Threads [<< /I << /Title ({k}) >> >>]"),
    "eigen gegevens van een programma": _root("/PieceInfo << /{k} << /Private 1 >> >>"),
    "uitbreidingen": _root("/Extensions << /{k} 1 >>"),
    "collectie": _root("/Collection << /Schema ({k}) >>"),
    "taal": _do(lambda boek: boek.swap(1, rb"/Lang \([^)]*\)", b"/Lang (%s)" % _K)),
    "URI van het document": _root("/URI << /Base ({k}) >>"),
    # pages
    "eigen gegevens van een bladzijde": _page("/PieceInfo << /{k} << /Private 1 >> >>"),
    "miniatuur van een bladzijde": _linked("Thumb", "({k})", bij="page"),
    "sleutel van een bladzijde": _page("/{k} 1"),
    "bijgesneden blad": _page("/CropBox [0 0 300 300]"),
    "notitie": _annot("/Subtype /Text /Contents ({k})"),
    "koppeling": _annot("/Subtype /Link /A << /Type /Action /S /URI /URI (https://{k}.example.org) >>"),
    "tekst van een koppeling": _annot("/Subtype /Link /Contents ({k})"),
    "doorhaling die niet toegepast is": _annot("/Subtype /Redact /OverlayText ({k})"),
    "veld op een blad": _annot("/Subtype /Widget /FT /Tx /T (k) /V ({k})"),
    "blad buiten de bladerboom": _do(_lost_page),
    "tweede inhoud van een blad": _do(_second_content),
    # what pages draw
    "gewone tekst": _text(_AT),
    "bekend woord te veel": _text(_AT, "pagina"),
    "onzichtbare tekst (Tr 3)": _text("BT /{f} 10 Tf 3 Tr 1 0 0 1 100 400 Tm {t} Tj ET"),
    "onzichtbare tekst van bekende woorden": _text("BT /{f} 10 Tf 3 Tr 1 0 0 1 100 400 Tm {t} Tj ET", "a"),
    "tekst als uitsnede (Tr 7)": _text("BT /{f} 10 Tf 7 Tr 1 0 0 1 100 400 Tm {t} Tj ET"),
    "witte tekst": _text("1 1 1 rg " + _AT),
    "heel kleine tekst": _text("BT /{f} 0.5 Tf 1 0 0 1 100 400 Tm {t} Tj ET"),
    "verkleinde tekst": _text("BT /{f} 10 Tf 0.01 0 0 0.01 100 400 Tm {t} Tj ET"),
    "samengeperste tekst": _text("BT /{f} 10 Tf 1 Tz 1 0 0 1 100 400 Tm {t} Tj ET"),
    "tekst naast het blad": _text("BT /{f} 10 Tf 1 0 0 1 2000 2000 Tm {t} Tj ET"),
    "afgesneden tekst": _text("q 0 0 1 1 re W n BT /{f} 10 Tf 1 0 0 1 100 400 Tm {t} Tj ET Q"),
    "overschilderde tekst": _text(_AT + " 1 0 0 rg 0 0 2000 2000 re f"),
    "tekst in een laag": _text("/OC /MC0 BDC " + _AT + " EMC"),
    "commentaar in een inhoud": _do(lambda boek: boek.draw(b"% " + _K)),
    "losse tekst in een inhoud": _do(lambda boek: boek.draw(b"(%s) pop" % _K)),
    "vervangende tekst": _do(lambda boek: boek.draw(b"/Span << /ActualText (%s) >> BDC EMC" % _K)),
    "naam van een merk": _do(lambda boek: boek.draw(b"/%s << /MCID 0 >> BDC EMC" % _K)),
    "punt met eigenschappen": _do(lambda boek: boek.draw(b"/Span << /K (%s) >> DP" % _K)),
    "ingelijfde afbeelding": _do(lambda boek: boek.draw(b"BI /W 1 /H 1 /BPC 8 /CS /G ID %s EI" % _K)),
    "tekening met tekst": _do(_form_object),
    # structure
    "titel van een stuk": _struct(rb"<<", b"<< /T (%s) " % _K),
    "alternatieve tekst van een stuk": _struct(rb"<<", b"<< /Alt (%s) " % _K),
    "vervangende tekst van een stuk": _struct(rb"<<", b"<< /ActualText (%s) " % _K),
    "afkorting van een stuk": _struct(rb"<<", b"<< /E (%s) " % _K),
    "id van een stuk": _struct(rb"<<", b"<< /ID (%s) " % _K),
    "soort van een stuk": _struct(rb"/S\s*/\w+", b"/S /" + _K),
    "eigen kenmerk van een stuk": _struct(rb"<<", b"<< /A << /O /UserProperties /P (%s) >> " % _K),
    "rollen": _do(lambda boek: boek.put(boek.find(rb"/Type\s*/StructTreeRoot"), b"/RoleMap << /%s /P >>" % _K)),
    "klassen": _do(lambda boek: boek.put(boek.find(rb"/Type\s*/StructTreeRoot"), b"/ClassMap << /%s /P >>" % _K)),
    # fonts and pictures
    "naam van een lettertype": _font(rb"/FontName\s*/[\w+-]+", b"/FontName /" + _K),
    "familie van een lettertype": _font(rb"<<", b"<< /FontFamily (%s) " % _K),
    "glyfnamen van een lettertype": _font(rb"<<", b"<< /CharSet (/%s) " % _K),
    "opmerking bij de letters": _cmap(lambda kaart: kaart + b"\n% " + _K),
    "naam van de letterkaart": _cmap(lambda kaart: re.sub(rb"/CMapName\s*/[\w-]+", b"/CMapName /" + _K, kaart)),
    "ongebruikt lettertype": _do(_swap_font),
    "afbeelding die niet in het sjabloon staat": _image(b"\0\0\0"),
    "afbeelding die niet getoond wordt": _image(b"\0\0\0", tonen=False),
    "gegevens bij een afbeelding": _image(
        b"\xff\xd8\xff\xe1" + (len(_K) + 2).to_bytes(2, "big") + _K + b"\xff\xd9", b"/Filter /DCTDecode "
    ),
    "metadata van een afbeelding": _image(b"\0\0\0", b"/Metadata (%s) " % _K),
}
