"""Makes a PDF of each finished Word file, with LibreOffice or rdocx, and refuses a PDF that lost anything."""

from pipeline.pdf.engines import LibreOfficeEngine, PdfEngine, RdocxEngine, choose_engine
from pipeline.pdf.fillable import make_fillable
from pipeline.pdf.make import make_pdfs

__all__ = ["LibreOfficeEngine", "PdfEngine", "RdocxEngine", "choose_engine", "make_fillable", "make_pdfs"]
