"""PDF with AES-256, revision 6; what pypdf encrypts is tried with PDFium, which knows nothing of pypdf."""

from __future__ import annotations

import io
import secrets

import pypdfium2  # type: ignore[import-untyped]
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, StreamObject

from pipeline.encrypt.passphrase import check_wachtwoord, make_refusal

_KORT = 16  # bytes: a shorter stream may stand in anything by chance


def encrypt_pdf(inhoud: bytes, wachtwoord: str) -> bytes:
    """The same PDF, to be opened with the passphrase only. Raises PoortFout when it is not so, GebruikFout."""
    sleutel = check_wachtwoord(wachtwoord)
    schrijver = PdfWriter(clone_from=PdfReader(io.BytesIO(inhoud)))
    schrijver.pdf_header = "%PDF-2.0"  # the version that knows this encryption
    # An owner's password that nobody knows: with the user's own, each reader would open it as its owner.
    schrijver.encrypt(sleutel, secrets.token_urlsafe(32), algorithm="AES-256")
    uit = io.BytesIO()
    schrijver.write(uit)
    versleuteld = uit.getvalue()
    if not is_protected(versleuteld, inhoud, sleutel):
        raise make_refusal("een pdf")
    return versleuteld


def is_protected(versleuteld: bytes, helder: bytes, sleutel: str) -> bool:
    """Whether it asks for a passphrase, takes this one only, holds no clear stream, and says the same inside."""
    geheim = PdfReader(io.BytesIO(versleuteld)).trailer.get("/Encrypt")
    regels = geheim.get_object() if geheim is not None else None
    if not isinstance(regels, DictionaryObject) or (regels.get("/V"), regels.get("/R")) != (5, 6):
        return False
    if any(stroom in versleuteld for stroom in _list_streams(helder)):
        return False
    if any(_read(versleuteld, fout) is not None for fout in ("", sleutel[:-1], f"{sleutel}x")):
        return False
    return _read(versleuteld, sleutel) == _read(helder, "")


def _read(pdf: bytes, sleutel: str) -> list[str] | None:
    """The text of each page, None when this passphrase does not open it."""
    try:
        document = pypdfium2.PdfDocument(pdf, password=sleutel or None)
    except pypdfium2.PdfiumError:
        return None
    with document:
        return [pagina.get_textpage().get_text_bounded() for pagina in document]


def _list_streams(helder: bytes) -> list[bytes]:
    """Every stream as it is stored: one that was left clear would stand in the result byte for byte."""
    lezer = PdfReader(io.BytesIO(helder))
    aantal = int(lezer.trailer["/Size"].get_object())  # type: ignore[call-overload]
    objecten = [lezer.get_object(nummer) for nummer in range(1, aantal)]
    return [o._data for o in objecten if isinstance(o, StreamObject) and len(o._data) > _KORT]
