"""Documents of other writers (.odt, .doc, .rtf): judged, and turned into a Word package by LibreOffice."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import TypeAlias

from pipeline.errors import GebruikFout
from pipeline.office import Limieten, convert_files, find_office
from pipeline.read.findings import Findings
from pipeline.read.password import refuse_password
from pipeline.safezip import MAX_FILE, build_refusal, open_zip
from schemas.bevinding import Bevinding

#: a file and its extension to a Word package; raises InvoerFout
Omzetter: TypeAlias = Callable[[str, bytes, str], bytes]

#: extension: what it is called, and the only filter that LibreOffice may open it with
_KINDS = MappingProxyType(
    {
        "odt": ("een OpenDocument-tekst (.odt)", "writer8"),
        "doc": ("een oud Word-document (.doc)", "MS Word 97"),
        "rtf": ("een RTF-document (.rtf)", "Rich Text Format"),
    }
)
_TARGET = "docx:MS Word 2007 XML"
_MANIFEST = "META-INF/manifest.xml"
_JUDGED = (".xml", ".rdf")
_SCRIPTS = ("Basic/", "Scripts/")
_SAVE_AS_DOCX = "Open het in Word of LibreOffice, kies “Opslaan als” en bewaar het als .docx. Dien die versie in."
_DOCTYPE = "{bestand} bevat een DOCTYPE-verwijzing; die komt in een gewoon document nooit voor."
_SECONDS = 40.0
_LIMITS = Limieten(geheugen=4 * 2**30, bestand=4 * MAX_FILE)


def convert_with_office(bestand: str, inhoud: bytes, extensie: str) -> bytes:
    """Return the document as a Word package. Raises InvoerFout when LibreOffice is not there or does not manage."""
    program = find_office()
    what, reader = _KINDS[extensie]
    if program is None:
        raise build_refusal(
            "omzetten-zonder-libreoffice",
            bestand,
            f"{{bestand}} is {what}. Om dat te lezen is LibreOffice nodig, en dat staat niet op deze computer.",
            _SAVE_AS_DOCX,
        )
    try:
        (converted,) = convert_files(
            program,
            [inhoud],
            _TARGET,
            {},
            extensie=extensie,
            invoer=reader,
            start_seconds=_SECONDS,
            limieten=_LIMITS,
        )
    except GebruikFout:
        converted = None
    if converted is None or len(converted) > MAX_FILE:
        raise build_refusal(
            "omzetten-mislukt",
            bestand,
            f"{{bestand}} is {what}, en LibreOffice kon er geen Word-document van maken.",
            _SAVE_AS_DOCX,
        )
    return converted


def report_converted(extensie: str) -> tuple[Bevinding, ...]:
    """Return that the form was read by way of LibreOffice."""
    findings = Findings()
    findings.add("omgezet", "het document", extra=_KINDS[extensie][0])
    return findings.all()


def judge_odt(bestand: str, inhoud: bytes) -> tuple[Bevinding, ...]:
    """Judge an OpenDocument package before LibreOffice sees it: its size, a password, a DOCTYPE.

    Returns what is to be said about it: macros. Raises InvoerFout, and what `direct` lists when it is damaged.
    """
    package = open_zip(bestand, inhoud)
    if b"encryption-data" in package.read(_MANIFEST):
        raise refuse_password(bestand, "odt")
    for name in package.names:
        if name.endswith(_JUDGED) and b"<!DOCTYPE" in package.read(name)[:4096] and not name.startswith(_SCRIPTS):
            raise build_refusal("xml-doctype", bestand, _DOCTYPE, _SAVE_AS_DOCX)
    findings = Findings()
    if any(name.startswith(_SCRIPTS) for name in package.names):
        findings.add("macro", "het document")
    return findings.all()
