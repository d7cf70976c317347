"""Opening a PDF: passwords, page limit, and what it would do if it were let."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from pypdf import PdfReader
from pypdf.errors import DependencyError, LimitReachedError, WrongPasswordError
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject

from pipeline.errors import InvoerFout
from pipeline.read.findings import Findings
from pipeline.read.password import refuse_password
from pipeline.safezip import build_refusal

# What pypdf mends on its way is no message for a coordinator.
logging.getLogger("pypdf").addHandler(logging.NullHandler())

MAX_PAGES = 500
MAX_ANNOTATIONS = 5_000
MAX_DRAWN = 64 * 2**20
_PICTURE_DEPTH = 3

_ACTIONS = {
    "/JavaScript": "JavaScript",
    "/Launch": "een opdracht om een programma te starten",
    "/SubmitForm": "een opdracht om gegevens te versturen",
    "/ImportData": "een opdracht om gegevens in te lezen",
    "/GoToR": "een verwijzing naar een ander bestand",
    "/GoToE": "een verwijzing naar een ingesloten bestand",
}
_MEDIA = {
    "/FileAttachment": "een bijlage",
    "/RichMedia": "film of geluid",
    "/Movie": "film of geluid",
    "/Sound": "film of geluid",
    "/Screen": "film of geluid",
}


def open_pdf(bestand: str, inhoud: bytes) -> tuple[PdfReader, pdfium.PdfDocument]:
    """Return the file opened for its fields and for its text.

    A PDF that only forbids changes opens without a password and is read. Raises InvoerFout for a password and for
    too many pages, and errors of pypdf and pdfium for damage.
    """
    try:
        document = pdfium.PdfDocument(inhoud)
    except pdfium.PdfiumError as fault:
        if "password" in str(fault).lower():
            raise refuse_password(bestand, "pdf") from fault
        raise
    if len(document) > MAX_PAGES:
        raise _refuse_length(bestand, "meer dan 500 bladzijden")
    reader = _open_reader(bestand, inhoud, document)
    if sum(1 for _ in iter_annotations(reader)) > MAX_ANNOTATIONS:
        raise _refuse_length(bestand, "meer dan 5000 velden of aantekeningen")
    if _exceeds(reader, MAX_DRAWN):
        raise _refuse_length(bestand, "meer dan 64 MB aan tekenopdrachten")
    return reader, document


def _exceeds(reader: PdfReader, limit: int) -> bool:
    """Return whether the pages draw more than that, unpacked: kilobytes may hold hundreds of megabytes."""
    total = 0
    try:
        for page in reader.pages:
            contents = resolve(page.get("/Contents"))
            for reference in contents if isinstance(contents, ArrayObject) else (contents,):
                stream = resolve(reference)
                total += len(stream.get_data()) if isinstance(stream, StreamObject) else 0
                if total > limit:
                    return True
    except LimitReachedError:
        return True
    return False


def iter_annotations(reader: PdfReader) -> Iterator[tuple[int, DictionaryObject]]:
    """Yield page number (from 0) and annotation."""
    for number, page in enumerate(reader.pages):
        annotations = resolve(page.get("/Annots"))
        for reference in annotations if isinstance(annotations, ArrayObject) else ():
            annotation = resolve(reference)
            if isinstance(annotation, DictionaryObject):
                yield number, annotation


def resolve(value: object) -> object:
    """Return what a reference points to; other values unchanged."""
    return value.get_object() if isinstance(value, PdfObject) else value


def get_dict(holder: object, key: str) -> DictionaryObject:
    """Return a dictionary entry; an empty one when it is absent or something else."""
    value = resolve(holder.get(key)) if isinstance(holder, DictionaryObject) else None
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


def has_pictures(reader: PdfReader) -> bool:
    """Return whether any page draws a picture, itself or within what it draws."""
    return any(_draws_picture(get_dict(page, "/Resources"), _PICTURE_DEPTH) for page in reader.pages)


def _draws_picture(resources: DictionaryObject, depth: int) -> bool:
    objects = get_dict(resources, "/XObject")
    drawn = [get_dict(objects, name) for name in objects]
    if any(item.get("/Subtype") == "/Image" for item in drawn):
        return True
    return depth > 0 and any(_draws_picture(get_dict(item, "/Resources"), depth - 1) for item in drawn)


def report_active(reader: PdfReader, findings: Findings) -> None:
    """Name scripts, launches, attachments and media; nothing of it is run or followed."""
    catalog = reader.root_object
    names = get_dict(catalog, "/Names")
    if "/EmbeddedFiles" in names or "/AF" in catalog:
        findings.add("pdf-actief", "de PDF", extra="een bijlage")
    if "/JavaScript" in names:
        findings.add("pdf-actief", "de PDF", extra="JavaScript")
    for action in (get_dict(catalog, "/OpenAction"), *_additional(catalog)):
        _report_action(action, findings)
    for _, annotation in iter_annotations(reader):
        media = _MEDIA.get(str(annotation.get("/Subtype")))
        if media:
            findings.add("pdf-actief", "de PDF", extra=media)
        for action in (get_dict(annotation, "/A"), *_additional(annotation)):
            _report_action(action, findings)


def _additional(holder: DictionaryObject) -> list[DictionaryObject]:
    actions = get_dict(holder, "/AA")
    return [get_dict(actions, key) for key in actions]


def _report_action(action: DictionaryObject, findings: Findings) -> None:
    what = _ACTIONS.get(str(resolve(action.get("/S"))))
    if what:
        findings.add("pdf-actief", "de PDF", extra=what)


def _open_reader(bestand: str, inhoud: bytes, document: pdfium.PdfDocument) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(inhoud), strict=False)
        if not reader.is_encrypted or reader.decrypt(""):
            return reader
    except (DependencyError, WrongPasswordError):
        # pypdf alone knows no AES; pdfium, which opened the file, writes it out without protection.
        buffer = io.BytesIO()
        document.save(buffer, flags=pdfium.raw.FPDF_REMOVE_SECURITY)
        return PdfReader(buffer, strict=False)
    raise refuse_password(bestand, "pdf")


def _refuse_length(bestand: str, what: str) -> InvoerFout:
    return build_refusal(
        "pdf-te-lang",
        bestand,
        f"{{bestand}} heeft {what} en is niet gelezen.",
        "Vraag de afzender alleen het formulier, zonder bijlagen.",
    )
