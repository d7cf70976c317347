"""A PDF from bytes to RuwFormulier: its fields when it has any, else its labels and values."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from pipeline.errors import InvoerFout
from pipeline.read.answers import read_answers
from pipeline.read.draft import Draft, draft_label, part_loose
from pipeline.read.findings import Findings
from pipeline.read.ooxml import MAX_TEXT
from pipeline.read.pdfanswers import read_field_answers
from pipeline.read.pdffields import Field, read_box, read_fields, read_text
from pipeline.read.pdflines import LineReader
from pipeline.read.pdfopen import get_dict, has_pictures, iter_annotations, open_pdf, report_active
from pipeline.read.pdftables import Line, Lines, PageTable, breaks_words, build_table, join_pages
from pipeline.read.pdftext import Box, PageText
from pipeline.read.rows import merge_copies
from pipeline.read.tables import build_grid
from pipeline.safezip import build_refusal
from schemas.inzending import RuweTabel, RuwFormulier

#: the page and the place of a text that was typed over it, and what it says by itself
Note = tuple[int, Box, Draft]
_COMMENTS = ("/Text", "/Popup", "/Highlight", "/Caret", "/StrikeOut", "/Underline", "/Squiggly")


def read_pdf(bestand: str, inhoud: bytes) -> RuwFormulier:
    """Return all that a PDF holds; raise InvoerFout, or the errors of pypdf and pdfium, when it cannot be read."""
    findings = Findings()
    reader, document = open_pdf(bestand, inhoud)
    try:
        pages = [PageText(document, number) for number in range(len(document))]
        return _read(bestand, inhoud, reader, pages, findings)
    finally:
        document.close()


def _read(
    bestand: str, inhoud: bytes, reader: PdfReader, pages: Sequence[PageText], findings: Findings
) -> RuwFormulier:
    report_active(reader, findings)
    texts = [page.read() for page in pages]
    fields = read_fields(reader)
    typed = _read_typed(reader, pages, findings)
    _check_readable(bestand, reader, fields, [*texts, *(str(draft.antwoord.waarde) for _, _, draft in typed)], findings)
    tables: list[RuweTabel] = []
    if fields:
        drafts = read_field_answers(fields, pages, findings)
    else:
        drafts, tables = _read_layout(pages, typed, findings)
    notes = [draft for _, _, draft in typed]
    shown = _show_values([*drafts, *notes] if fields else notes)
    drafts += notes if fields else _list_unread(notes, drafts, tables)
    antwoorden, los = part_loose(merge_copies(drafts, findings))
    return RuwFormulier(
        bestand=bestand,
        soort="pdf",
        sha256=hashlib.sha256(inhoud).hexdigest(),
        antwoorden=antwoorden,
        los=los,
        tabellen=tuple(tables),
        tekst="\n".join(filter(None, [*texts, *shown])),
        bevindingen=findings.all(),
    )


def _check_readable(
    bestand: str, reader: PdfReader, fields: Sequence[Field], texts: Sequence[str], findings: Findings
) -> None:
    has_xfa = "/XFA" in get_dict(reader.root_object, "/AcroForm")
    if has_xfa and not fields:
        raise _refuse_xfa(bestand)
    if has_xfa:
        findings.add("pdf-xfa", "de PDF")
    if not fields and not any(text.strip() for text in texts):
        raise _refuse_scan(bestand) if has_pictures(reader) else _refuse_blank(bestand)
    if sum(map(len, texts)) > MAX_TEXT:
        raise _refuse_text(bestand)
    if not fields:
        for number, text in enumerate(texts[: len(reader.pages)], start=1):
            if not text.strip():
                findings.add("pdf-bladzijde-zonder-tekst", f"pagina {number}", extra=f"bladzijde {number}")


def _read_layout(
    pages: Sequence[PageText], typed: Sequence[Note], findings: Findings
) -> tuple[list[Draft], list[RuweTabel]]:
    """What stands in lines and in ruled tables, in the order of the pages."""
    layout: list[list[Line | PageTable]] = []
    for number, page in enumerate(pages):
        layout.append(page.read_layout([(box, str(d.antwoord.waarde)) for where, box, d in typed if where == number]))
        if page.has_drawn_boxes:
            findings.add("pdf-vakjes-getekend", f"pagina {number + 1}")
    broken = breaks_words([piece for pieces in layout for piece in pieces])
    reader, edges = LineReader(), LineReader()
    drafts: list[Draft] = []
    aside: list[Draft] = []  # what every page repeats: on top, so that it parts nothing that a page broke
    tables: list[RuweTabel] = []
    for block in join_pages(layout):
        if not isinstance(block, Lines):
            drafts += reader.close()
            table = build_table(len(tables) + 1, block, breaks_words=broken)
            drafts += read_answers([table], findings)
            tables.append(build_grid(table))
        elif block.aside:
            aside += [*edges.read(block.lines, f"pagina {block.page}"), *edges.close()]
        else:
            drafts += reader.read(block.lines, f"pagina {block.page}")
    return [*aside, *drafts, *reader.close()], tables


def _read_typed(reader: PdfReader, pages: Sequence[PageText], findings: Findings) -> list[Note]:
    """Read text that was typed over a flat form; report notes and handwriting."""
    notes = []
    for number, annotation in iter_annotations(reader):
        kind = annotation.get("/Subtype")
        if kind == "/Ink":
            findings.add("pdf-handgeschreven", f"pagina {number + 1}")
        elif kind in _COMMENTS:
            findings.add("pdf-aantekening", f"pagina {number + 1}")
        elif kind == "/FreeText" and number < len(pages):
            notes.append((number, read_box(annotation), _draft_typed(annotation, number, pages[number])))
    return [note for note in notes if not note[2].antwoord.leeg]


def _draft_typed(annotation: DictionaryObject, number: int, page: PageText) -> Draft:
    left, _, above = page.read_near(read_box(annotation), [])
    return draft_label(left or above or "zonder label", read_text(annotation.get("/Contents")), f"pagina {number + 1}")


def _list_unread(notes: Sequence[Draft], drafts: Sequence[Draft], tables: Sequence[RuweTabel]) -> list[Draft]:
    """The notes that are no answer or cell yet, or a part of one: each takes in a note once, long ones first."""
    answers = [_squeeze(draft) for draft in drafts]
    answers += ["".join(cell.split()) for table in tables for row in table.rijen for cell in row]
    unread = []
    for note in sorted(notes, key=lambda each: -len(_squeeze(each))):
        text = _squeeze(note)
        where = next((number for number, answer in enumerate(answers) if text in answer), None)
        if where is None:
            unread.append(note)
        else:
            answers[where] = answers[where].replace(text, "\n", 1)
    return [note for note in notes if note in unread]


def _squeeze(draft: Draft) -> str:
    return "".join(str(draft.antwoord.waarde).split())


def _show_values(drafts: Sequence[Draft]) -> list[str]:
    """What stands in fields and notes is no page text, but a reader sees it."""
    values = [draft.antwoord.waarde for draft in drafts]
    return [value if isinstance(value, str) else ", ".join(value) for value in values if not isinstance(value, bool)]


def _refuse_xfa(bestand: str) -> InvoerFout:
    return build_refusal(
        "pdf-alleen-xfa",
        bestand,
        "{bestand} is een XFA-formulier, dat alleen Adobe Reader kan tonen. Het is niet gelezen.",
        "Vraag de afzender het formulier in Word, of laat het afdrukken naar een gewone PDF.",
    )


def _refuse_scan(bestand: str) -> InvoerFout:
    return build_refusal(
        "pdf-scan",
        bestand,
        "{bestand} is een scan of een foto: er staan beelden in, maar geen tekst en geen velden.",
        "Vraag de aanmelder het ingevulde Word-formulier, of de PDF zoals Word of de PDF-lezer die bewaarde: niet "
        "afgedrukt en ingescand. Bestaat het enkel op papier, vraag dan om het opnieuw in te vullen.",
    )


def _refuse_blank(bestand: str) -> InvoerFout:
    return build_refusal(
        "pdf-zonder-tekst",
        bestand,
        "{bestand} bevat geen leesbare tekst en geen velden; het is wellicht leeg of getekend.",
        "Vraag de afzender het ingevulde Word-formulier of een PDF die niet gescand is.",
    )


def _refuse_text(bestand: str) -> InvoerFout:
    return build_refusal(
        "tekst-te-lang",
        bestand,
        "{bestand} bevat veel meer tekst dan een formulier kan hebben en is niet gelezen.",
        "Vraag de afzender het formulier zonder bijlagen te bezorgen.",
    )
