"""Tells by its bytes what a file is, never by its extension, and refuses what can hold no form."""

from __future__ import annotations

from enum import StrEnum

from pipeline.errors import InvoerFout
from pipeline.kinds import OLE, PDF, PDF_WITHIN, RTF, ZIP, is_message, is_odf
from pipeline.safezip import MAX_FILE, SafeZip, build_refusal

_LOCK_FILE_SIZE = 162
_SAVE_AS_DOCX = "Open het in Word, kies “Opslaan als” en bewaar het als .docx (of als PDF). Dien die versie in."
_ASK_DOCX = "Vraag de afzender het formulier zelf, als Word-bestand (.docx) of als PDF."

#: first bytes, what it is called, what to do
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
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
    ODT = "odt"
    OLE = "ole"  #: .doc, .msg or a document with a password: its directory tells
    RTF = "rtf"
    EML = "eml"


def sniff(bestand: str, inhoud: bytes) -> Soort:
    """Return what the bytes look like; raise InvoerFout when a form cannot be in them."""
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
    soort = _find_kind(inhoud)
    if soort is None:
        raise _refuse_other(bestand, inhoud)
    return soort


def _find_kind(inhoud: bytes) -> Soort | None:
    if inhoud.startswith(ZIP):
        return Soort.ODT if is_odf(inhoud) else Soort.DOCX
    if PDF in inhoud[:PDF_WITHIN]:
        return Soort.PDF
    if inhoud.startswith(OLE):
        return Soort.OLE
    if inhoud.startswith(RTF):
        return Soort.RTF
    return Soort.EML if is_message(inhoud) else None


def check_word(package: SafeZip) -> None:
    """Raise InvoerFout when a zip is not an OOXML package at all (ODT, a plain zip)."""
    names = set(package.names)
    if "mimetype" in names and b"opendocument" in package.read("mimetype"):
        raise refuse_kind(package.bestand, "een OpenDocument-bestand (LibreOffice)", _SAVE_AS_DOCX)
    if "[Content_Types].xml" not in names:
        raise refuse_kind(package.bestand, "een zip-bestand", "Pak het uit en dien de formulieren apart in.")
    for folder, what in (("xl/", "een Excel-bestand"), ("ppt/", "een PowerPoint-bestand")):
        if any(name.startswith(folder) for name in names) and not any(name.startswith("word/") for name in names):
            raise refuse_kind(package.bestand, what, _ASK_DOCX)


def _refuse_other(bestand: str, inhoud: bytes) -> InvoerFout:
    for start, what, remedie in _SIGNATURES:
        if inhoud.startswith(start):
            return refuse_kind(bestand, what, remedie)
    head = inhoud[:2048].replace(b"\x00", b"").lower()
    if inhoud[4:8] == b"ftyp":
        return refuse_kind(bestand, "een foto of film (HEIC, MP4)", _ASK_DOCX)
    if bestand.rpartition("/")[2].startswith("~$") or (len(inhoud) == _LOCK_FILE_SIZE and b"\x00" in inhoud):
        remedie = "Sluit het document in Word en dien het formulier zelf in; dit bestand mag weg."
        return refuse_kind(bestand, "een tijdelijk bestand dat Word maakt zolang een document open is", remedie)
    if b"mime-version:" in head or b"\nreceived:" in head:
        return refuse_kind(bestand, "een e-mail of een webarchief", _SAVE_AS_DOCX)
    if b"pkg:package" in head or b"worddocument" in head:
        return refuse_kind(bestand, "een Word-document in XML-vorm", _SAVE_AS_DOCX)
    if b"<html" in head or b"<!doctype html" in head:
        return refuse_kind(bestand, "een webpagina (HTML)", _SAVE_AS_DOCX)
    what = "een bestand van een onbekende soort" if b"\x00" in inhoud[:2048] else "een tekstbestand"
    return refuse_kind(bestand, what, _ASK_DOCX)


def refuse_kind(bestand: str, what: str, remedie: str = _ASK_DOCX) -> InvoerFout:
    """Return the error for a file of a kind that holds no form."""
    return build_refusal(
        "bestand-geen-formulier",
        bestand,
        f"{{bestand}} is geen Word-document (.docx) en geen PDF, maar lijkt op {what}.",
        remedie,
    )
