"""What kind of picture a file is, by its bytes: only what python-docx can place and Word can show."""

from __future__ import annotations

from contextlib import suppress

from docx.image.image import Image

#: Formats that say where they end: a file that was cut off has no such end.
_EINDE = {"image/png": b"IEND\xaeB`\x82", "image/jpeg": b"\xff\xd9", "image/gif": b";"}
_STAART = 64 * 1024  # some programs leave something behind the end


def find_type(inhoud: bytes) -> str:
    """The content type of a picture that is whole, or nothing."""
    with suppress(Exception):  # of bytes that are no picture python-docx raises anything, down to Exception itself
        beeld = Image.from_blob(inhoud)
        maten = (beeld.px_width, beeld.px_height, beeld.horz_dpi, beeld.vert_dpi, beeld.width, beeld.height)
        einde = _EINDE.get(beeld.content_type, b"")
        if all(maat > 0 for maat in maten) and einde in inhoud[-_STAART:]:
            return str(beeld.content_type)
    return ""
