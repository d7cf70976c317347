"""Pictures of a few colours: what a screen or a printed page needs, at a tenth of the size."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

KLEUREN = 64
_TEKEN = b"\x89PNG\r\n\x1a\n"
_RGB, _RGBA = 2, 6


@dataclass(frozen=True)
class Beeldpunten:
    """Lines of points, three bytes (red, green, blue) each."""

    breedte: int
    lijnen: Sequence[bytes]

    def cut(self, hoogte: int) -> Beeldpunten:
        """Keep the upper part."""
        return Beeldpunten(self.breedte, self.lijnen[:hoogte])

    def frame(self, kleur: bytes) -> Beeldpunten:
        """Draw a line around it, so that white paper ends somewhere on white paper."""
        dicht = kleur * self.breedte
        open_ = [kleur * 2 + lijn[6:-6] + kleur * 2 for lijn in self.lijnen[2:-2]]
        return Beeldpunten(self.breedte, [dicht, dicht, *open_, dicht, dicht])

    def cut_empty_end(self, rand: int) -> Beeldpunten:
        """Leave out what is empty at the lower end, but for an edge."""
        gevuld = [nummer for nummer, lijn in enumerate(self.lijnen) if lijn != self.lijnen[-1]]
        return self.cut(gevuld[-1] + rand) if gevuld else self


def read_png(inhoud: bytes) -> Beeldpunten:
    """Read what Chromium writes: eight bits a channel, no interlace, transparency left out."""
    breedte, hoogte, diepte, soort = struct.unpack(">IIBB", inhoud[16:26])
    if not inhoud.startswith(_TEKEN) or diepte != 8 or soort not in (_RGB, _RGBA):
        raise ValueError("this kind of PNG is not known")
    plaats, gepakt = len(_TEKEN), b""
    while plaats < len(inhoud):
        (lengte,), naam = struct.unpack(">I", inhoud[plaats : plaats + 4]), inhoud[plaats + 4 : plaats + 8]
        gepakt += inhoud[plaats + 8 : plaats + 8 + lengte] if naam == b"IDAT" else b""
        plaats += lengte + 12
    kanalen = 3 if soort == _RGB else 4
    ruw, vorige, lijnen = zlib.decompress(gepakt), bytearray(breedte * kanalen), []
    for nummer in range(hoogte):
        begin = nummer * (breedte * kanalen + 1)
        vorige = _unfilter(ruw[begin], bytearray(ruw[begin + 1 : begin + 1 + breedte * kanalen]), vorige, kanalen)
        punten = bytearray(breedte * 3)
        for kanaal in range(3):
            punten[kanaal::3] = vorige[kanaal::kanalen]
        lijnen.append(bytes(punten))
    return Beeldpunten(breedte, lijnen)


def _unfilter(wijze: int, lijn: bytearray, boven: bytearray, kanalen: int) -> bytearray:
    """Undo how a line was told by its neighbours (PNG, chapter 9)."""
    for plaats in range(len(lijn) if wijze else 0):
        links = lijn[plaats - kanalen] if plaats >= kanalen else 0
        hoek = boven[plaats - kanalen] if plaats >= kanalen else 0
        erboven = boven[plaats]
        schatting = (0, links, erboven, (links + erboven) // 2, _guess(links, erboven, hoek))[wijze]
        lijn[plaats] = (lijn[plaats] + schatting) & 0xFF
    return lijn


def _guess(links: int, boven: int, hoek: int) -> int:
    basis = links + boven - hoek
    return min((links, boven, hoek), key=lambda waarde: abs(basis - waarde))


def write_png(beeld: Beeldpunten) -> bytes:
    """Write a PNG with a palette: the colours that stand there most, and for each other one the nearest of them."""
    punten = [[lijn[plaats : plaats + 3] for plaats in range(0, len(lijn), 3)] for lijn in beeld.lijnen]
    telling = Counter(punt for lijn in punten for punt in lijn)
    palet = [kleur for kleur, _ in sorted(telling.items(), key=lambda paar: (-paar[1], paar[0]))[:KLEUREN]]
    dichtst = {kleur: min(range(len(palet)), key=lambda nummer: _distance(palet[nummer], kleur)) for kleur in telling}
    ruw = b"".join(b"\x00" + bytes(dichtst[punt] for punt in lijn) for lijn in punten)
    kop = struct.pack(">IIBBBBB", beeld.breedte, len(beeld.lijnen), 8, 3, 0, 0, 0)
    delen = ((b"IHDR", kop), (b"PLTE", b"".join(palet)), (b"IDAT", zlib.compress(ruw, 9)), (b"IEND", b""))
    return _TEKEN + b"".join(_pack(*deel) for deel in delen)


def _distance(een: bytes, ander: bytes) -> int:
    return sum((links - rechts) ** 2 for links, rechts in zip(een, ander, strict=True))


def _pack(naam: bytes, inhoud: bytes) -> bytes:
    return struct.pack(">I", len(inhoud)) + naam + inhoud + struct.pack(">I", zlib.crc32(naam + inhoud))
