"""Rows of tables that surely fit on a page are kept in one piece.

Only a filled row shows whether it does. A template cannot say it: a row that may not split and is taller than a page
loses what does not fit, and in one that may split, an engine leaves half a sentence on the next page.
"""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

_TEKENBREEDTE = 130  # twips; on the wide side for text of 10 points
_REGELS = 15  # a third of a page in the body's type, less than a page in twice that size


def keep_rows_whole(document: WordDocument) -> None:
    """Forbid the short rows of all tables to split over two pages."""
    for rij in document.element.body.iter(qn("w:tr")):
        eigenschappen = rij.get_or_add_trPr()
        if eigenschappen.find(qn("w:cantSplit")) is None and _is_short(rij):
            eigenschappen.insert(0, OxmlElement("w:cantSplit"))


def _is_short(rij: etree._Element) -> bool:
    if next(rij.iter(qn("w:drawing"), qn("w:tbl"), qn("w:vMerge")), None) is not None:
        return False
    return all(_count_lines(cel) <= _REGELS for cel in rij.iter(qn("w:tc")))


def _count_lines(cel: etree._Element) -> int:
    """How many lines a cell has at most; more than any limit when its width is not known."""
    breedte = cel.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    if breedte is None or breedte.get(qn("w:type")) != "dxa":
        return _REGELS + 1
    per_regel = max(1, int(str(breedte.get(qn("w:w")))) // _TEKENBREEDTE)
    return sum(len(regel) // per_regel + 1 for alinea in cel.iter(qn("w:p")) for regel in _read(alinea).split("\n"))


def _read(alinea: etree._Element) -> str:
    return "".join("\n" if deel.tag == qn("w:br") else deel.text or "" for deel in alinea.iter(qn("w:t"), qn("w:br")))
