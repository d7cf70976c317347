"""How `pool` and `child` speak: a length, then so many bytes."""

from __future__ import annotations

import struct
from typing import IO

from schemas.base import Vertrouwelijk

LENGTH = struct.Struct(">Q")
#: what is said before the first request: by then everything is loaded, and a file can be to blame for the rest
READY = b"klaar\n"


class Opdracht(Vertrouwelijk):
    """What is asked: the name of a file, for messages only, and how much reading it may take (0: no limit)."""

    bestand: str
    geheugen: int = 0  #: bytes of address space
    seconden: int = 0  #: of the processor


def read_frame(stroom: IO[bytes]) -> bytes:
    """Return the next piece; b"" at the end of the stream. Raises EOFError when it is cut off."""
    kop = stroom.read(LENGTH.size)
    if not kop:
        return b""
    if len(kop) < LENGTH.size:
        raise EOFError
    (lengte,) = LENGTH.unpack(kop)
    inhoud = stroom.read(lengte)
    if len(inhoud) < lengte:
        raise EOFError
    return inhoud


def write_frame(stroom: IO[bytes], inhoud: bytes) -> None:
    """Write one piece."""
    stroom.write(LENGTH.pack(len(inhoud)))
    stroom.write(inhoud)
    stroom.flush()
