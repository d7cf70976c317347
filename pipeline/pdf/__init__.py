"""Makes a PDF of each finished Word file, by LibreOffice or rdocx, refuses one that lost anything, and joins PDFs."""

from pipeline.pdf.engines import LibreOfficeEngine, PdfEngine, RdocxEngine, choose_engine
from pipeline.pdf.fillable import make_fillable
from pipeline.pdf.make import make_pdfs, weigh_all
from pipeline.pdf.merge import merge_pdfs
from pipeline.pdf.outline import Kop, add_outline, find_headings

__all__ = [
    "Kop",
    "LibreOfficeEngine",
    "PdfEngine",
    "RdocxEngine",
    "add_outline",
    "choose_engine",
    "find_headings",
    "make_fillable",
    "make_pdfs",
    "merge_pdfs",
    "weigh_all",
]
