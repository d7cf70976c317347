"""The pictures of a PDF: only when the template has pictures, each of them shown, and nothing but a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.verify.pdffile import PdfFile

_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_MASK = re.compile(rb"/SMask ([0-9]+) 0 R")
#: What a JPEG needs to be shown: no place, maker, date or remark of whoever took it.
_SEGMENTS = frozenset({0xE0, 0xEE, 0xDB, 0xC4, 0xDD, 0xDA, *range(0xC0, 0xC4)})
_START, _SCAN, _END = b"\xff\xd8", 0xDA, b"\xff\xd9"


def find_strange_pictures(file: PdfFile, used: set[int], *, pictures: bool) -> Iterator[str]:
    """Say what is wrong with the pictures; `used` are those that a page shows, `pictures` whether there may be any."""
    images = {number for number, part in file.objects.items() if _IMAGE.search(part.head)}
    masks = {int(found) for number in used for found in _MASK.findall(file.objects[number].head)}
    if images and not pictures:
        yield "een afbeelding die niet in het sjabloon staat"
    if images - used - masks:
        yield "een afbeelding die nergens getoond wordt"
    for part in (file.objects[number] for number in images):
        if b"DCTDecode" in part.head and not _is_bare_jpeg(part.packed or b""):
            yield "een afbeelding met gegevens over wie of wat ze maakte"


def _is_bare_jpeg(picture: bytes) -> bool:
    """Whether a JPEG holds a picture and nothing else."""
    place = len(_START)
    if not picture.startswith(_START) or not picture.rstrip(b"\r\n").endswith(_END):
        return False
    while place + 4 <= len(picture) and picture[place] == 0xFF:
        kind = picture[place + 1]
        if kind not in _SEGMENTS:
            return False
        if kind == _SCAN:
            return picture.count(_END, place) == 1
        place += 2 + int.from_bytes(picture[place + 2 : place + 4], "big")
    return False
