"""Tells by its bytes what a file is, never by its extension, and refuses what is neither Word nor PDF."""

from __future__ import annotations

from enum import StrEnum

from pipeline.errors import InvoerFout
from pipeline.safezip import MAX_FILE, SafeZip, build_refusal

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF = b"%PDF-"
_PDF_WITHIN = 1024
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_LOCK_FILE_SIZE = 162
_SAVE_AS_DOCX = "Open het in Word, kies “Opslaan als” en bewaar het als .docx (of als PDF). Dien die versie in."
_ASK_DOCX = "Vraag de afzender het formulier zelf, als Word-bestand (.docx) of als PDF."
_OPEN_COPY = "Vraag de afzender het formulier zonder wachtwoord te bewaren en het langs een veilige weg te bezorgen."

#: first bytes, what it is called, what to do
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "een RTF-document", _SAVE_AS_DOCX),
    (b"\x89PNG", "een afbeelding (PNG)", _ASK_DOCX),
    (b"\xff\xd8\xff", "een afbeelding (JPEG)", _ASK_DOCX),
    (b"GIF8", "een afbeelding (GIF)", _ASK_DOCX),
    (b"II*\x00", "een afbeelding (TIFF)", _ASK_DOCX),
    (b"MM\x00*", "een afbeelding (TIFF)", _ASK_DOCX),
    (b"BM", "een afbeelding (BMP)", _ASK_DOCX),
    (b"Rar!", "een RAR-archief", _ASK_DOCX),
    (b"7z\xbc\xaf", "een 7-Zip-archief", _ASK_DOCX),
    (b"\x1f\x8b", "een GZIP-archief", _ASK_DOCX),
)


class Soort(StrEnum):
    """The kinds of file that are read."""

    DOCX = "docx"
    PDF = "pdf"


def sniff(bestand: str, inhoud: bytes) -> Soort:
    """Return whether the bytes look like a zip package or a PDF; raise InvoerFout for all else."""
    if not inhoud:
        raise build_refusal(
            "bestand-leeg",
            bestand,
            "{bestand} is leeg (0 bytes).",
            "Vraag de afzender het formulier opnieuw te sturen.",
        )
    if len(inhoud) > MAX_FILE:
        raise build_refusal(
            "bestand-te-groot",
            bestand,
            "{bestand} is groter dan 25 MB en is niet gelezen.",
            "Vraag de afzender het formulier zonder foto's of bijlagen te bewaren.",
        )
    if inhoud.startswith(_ZIP):
        return Soort.DOCX
    if _PDF in inhoud[:_PDF_WITHIN]:
        return Soort.PDF
    if inhoud.startswith(_OLE):
        raise _refuse_ole(bestand, inhoud)
    raise _refuse_other(bestand, inhoud)


def check_word(package: SafeZip) -> None:
    """Raise InvoerFout when a zip is not an OOXML package at all (ODT, a plain zip)."""
    names = set(package.names)
    if "mimetype" in names and b"opendocument" in package.read("mimetype"):
        raise _refuse(package.bestand, "een OpenDocument-bestand (LibreOffice)", _SAVE_AS_DOCX)
    if "[Content_Types].xml" not in names:
        raise _refuse(package.bestand, "een zip-bestand", "Pak het uit en dien de formulieren apart in.")
    for folder, what in (("xl/", "een Excel-bestand"), ("ppt/", "een PowerPoint-bestand")):
        if any(name.startswith(folder) for name in names) and not any(name.startswith("word/") for name in names):
            raise _refuse(package.bestand, what, _ASK_DOCX)


def _refuse_ole(bestand: str, inhoud: bytes) -> InvoerFout:
    if "EncryptedPackage".encode("utf-16-le") in inhoud:
        return build_refusal(
            "bestand-versleuteld",
            bestand,
            "{bestand} is met een wachtwoord beveiligd en kan niet gelezen worden.",
            _OPEN_COPY,
        )
    if "WordDocument".encode("utf-16-le") in inhoud:
        return _refuse(bestand, "een oud Word-document (.doc)", _SAVE_AS_DOCX)
    return _refuse(bestand, "een oud Office-bestand of een Outlook-bericht", _ASK_DOCX)


def _refuse_other(bestand: str, inhoud: bytes) -> InvoerFout:
    for start, what, remedie in _SIGNATURES:
        if inhoud.startswith(start):
            return _refuse(bestand, what, remedie)
    head = inhoud[:2048].replace(b"\x00", b"").lower()
    if inhoud[4:8] == b"ftyp":
        return _refuse(bestand, "een foto of film (HEIC, MP4)", _ASK_DOCX)
    if bestand.rpartition("/")[2].startswith("~$") or (len(inhoud) == _LOCK_FILE_SIZE and b"\x00" in inhoud):
        remedie = "Sluit het document in Word en dien het formulier zelf in; dit bestand mag weg."
        return _refuse(bestand, "een tijdelijk bestand dat Word maakt zolang een document open is", remedie)
    if b"mime-version:" in head or b"\nreceived:" in head:
        return _refuse(bestand, "een e-mail of een webarchief", _SAVE_AS_DOCX)
    if b"pkg:package" in head or b"worddocument" in head:
        return _refuse(bestand, "een Word-document in XML-vorm", _SAVE_AS_DOCX)
    if b"<html" in head or b"<!doctype html" in head:
        return _refuse(bestand, "een webpagina (HTML)", _SAVE_AS_DOCX)
    what = "een bestand van een onbekende soort" if b"\x00" in inhoud[:2048] else "een tekstbestand"
    return _refuse(bestand, what, _ASK_DOCX)


def _refuse(bestand: str, what: str, remedie: str) -> InvoerFout:
    return build_refusal(
        "bestand-geen-formulier",
        bestand,
        f"{{bestand}} is geen Word-document (.docx) en geen PDF, maar lijkt op {what}.",
        remedie,
    )
