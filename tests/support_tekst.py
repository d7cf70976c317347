"""Text out of finished files, by tools that are not ours: the standard library for Word, poppler for PDF."""

from __future__ import annotations

import io
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def squeeze(tekst: str) -> str:
    """Without spaces and line ends, which a layout may put anywhere; ligatures as letters."""
    return "".join(unicodedata.normalize("NFKC", tekst).split())


def read_word(docx: bytes) -> str:
    """What a reader of the document sees: the text of its body, headers and footers, paragraph by paragraph."""
    with zipfile.ZipFile(io.BytesIO(docx)) as pakket:
        delen = [
            naam for naam in sorted(pakket.namelist()) if naam.startswith(("word/document", "word/header", "word/foot"))
        ]
        wortels = [ElementTree.fromstring(pakket.read(naam)) for naam in delen if naam.endswith(".xml")]  # noqa: S314
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for wortel in wortels for p in wortel.iter(f"{W}p"))


def read_everything(docx: bytes) -> str:
    """All that a package holds, seen or not: every text and every attribute of every part, and the parts' names."""
    with zipfile.ZipFile(io.BytesIO(docx)) as pakket:
        return "\n".join(regel for naam in pakket.namelist() for regel in (naam, *_list_texts(naam, pakket.read(naam))))


def _list_texts(naam: str, inhoud: bytes) -> Iterator[str]:
    if not naam.endswith((".xml", ".rels")):
        yield inhoud.decode("utf-8", "replace")
        return
    wortel = ElementTree.fromstring(inhoud)  # noqa: S314
    yield "".join(wortel.itertext())
    yield from (waarde for element in wortel.iter() for waarde in element.attrib.values())


def read_pdf(pdf: bytes) -> str:
    """The text of a PDF, by poppler."""
    klaar = subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True)
    return klaar.stdout.decode("utf-8")


def read_pdf_info(pdf: bytes) -> str:
    """What a PDF says about itself, by poppler."""
    klaar = subprocess.run(["pdfinfo", "-", "-"], input=pdf, capture_output=True, check=False)
    return klaar.stdout.decode("utf-8", "replace")


def read_any(pad: Path) -> str:
    """All text of a file of a package, whatever its kind, with its name."""
    inhoud = pad.read_bytes()
    if pad.suffix == ".docx":
        return f"{pad.name}\n{read_word(inhoud)}\n{read_everything(inhoud)}"
    if pad.suffix == ".pdf":
        return f"{pad.name}\n{read_pdf(inhoud)}\n{read_pdf_info(inhoud)}"
    return f"{pad.name}\n{inhoud.decode('utf-8')}"
