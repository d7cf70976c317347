"""A Word form of ours as a fillable PDF."""

from __future__ import annotations

from pipeline.pdf import PdfEngine, make_fillable
from schemas.formulier import Formulier, Vraagsoort


def make_pdf_form(docx: bytes, formulier: Formulier, engine: PdfEngine) -> bytes:
    """The same questions under the same ids; long texts get room for some lines. Raises OverlegFout."""
    labels = {vraag.id: vraag.label for vraag in formulier.vragen}
    lang = frozenset(vraag.id for vraag in formulier.vragen if vraag.soort is Vraagsoort.LANGE_TEKST)
    return make_fillable(docx, engine, labels, lang)
