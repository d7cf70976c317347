"""A Word file from bytes to RuwFormulier."""

from __future__ import annotations

import hashlib

from pipeline.errors import InvoerFout
from pipeline.read.answers import read_answers
from pipeline.read.blocks import read_blocks
from pipeline.read.draft import part_loose
from pipeline.read.findings import Findings
from pipeline.read.model import Part, iter_tables, show_blocks
from pipeline.read.normalise import clean_value
from pipeline.read.ooxml import MAX_TEXT, w
from pipeline.read.package import Document, load_document
from pipeline.read.rows import infer_rows, merge_copies
from pipeline.read.sniff import check_word
from pipeline.read.state import State
from pipeline.read.tables import build_grid
from pipeline.read.ticks import normalise_ticks
from pipeline.safezip import build_refusal, open_zip
from schemas.inzending import RuwFormulier


def read_docx(bestand: str, inhoud: bytes) -> RuwFormulier:
    """Return all that a Word file holds; raise InvoerFout, or what `errors` lists, when it cannot be read."""
    findings = Findings()
    package = open_zip(bestand, inhoud)
    check_word(package)
    document = load_document(package, findings)
    state = State(bestand, document.sources, findings)
    body = read_blocks(state, document.main)
    if next(document.main.iter(w("commentReference")), None) is not None:
        findings.add("opmerkingen", "het document")
    drafts = read_answers(body, findings)
    sides = _read_sides(bestand, document, findings)
    for blocks in sides:
        drafts += read_answers(blocks, findings)
    text = _show_text([body, *sides])
    if len(text) > MAX_TEXT:
        raise _refuse_text(bestand)
    antwoorden, los = part_loose(merge_copies(infer_rows(drafts), findings))
    return RuwFormulier(
        bestand=bestand,
        soort="docx",
        sha256=hashlib.sha256(inhoud).hexdigest(),
        antwoorden=antwoorden,
        los=los,
        tabellen=tuple(build_grid(table) for table in iter_tables(body)),
        tekst=text,
        bevindingen=findings.all(),
    )


def _read_sides(bestand: str, document: Document, findings: Findings) -> list[list[Part]]:
    """Read headers, footers and notes; Word numbers their separators as notes too, which hold no text."""
    sides: list[list[Part]] = []
    for name, root in document.sides:
        state = State(bestand, document.sources, findings, prefix=name)
        sides.append(read_blocks(state, root))
    return sides


def _show_text(parts: list[list[Part]]) -> str:
    return "\n".join(filter(None, (normalise_ticks(clean_value(show_blocks(blocks))) for blocks in parts)))


def _refuse_text(bestand: str) -> InvoerFout:
    return build_refusal(
        "tekst-te-lang",
        bestand,
        "{bestand} bevat veel meer tekst dan een formulier kan hebben en is niet gelezen.",
        "Vraag de afzender het formulier zonder bijlagen te bezorgen.",
    )
