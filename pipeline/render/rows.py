"""Rows of tables that surely fit on a page are kept in one piece.

Only a filled row shows whether it does. A template cannot say it: a row that may not split and is taller than a page
loses what does not fit, and in one that may split, an engine leaves half a sentence on the next page. So each row that
may be kept gets a mark in the template, and once it is filled the mark is settled: it stays, or it goes.
"""

from __future__ import annotations

import re

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

_TEKENBREEDTE = 130  # twips; on the wide side for text of 10 points
_REGELS = 15  # a third of a page in the body's type, less than a page in twice that size
_NOOIT = (qn("w:drawing"), qn("w:tbl"), qn("w:vMerge"), qn("w:cantSplit"))

MERK = '<w:cantSplit per="'
_MERK = re.compile(MERK + r'(\d+)" grens="(\d+)"/>')
_BRON = re.compile(MERK + r'(\d+)"/>')
_NOOIT_GEVULD = ("<w:drawing", "<w:tbl>", "<w:tbl ", "<w:vMerge")
_BREEDTE = re.compile(r"<w:tcW\b[^>]*>")
_WAARDE = re.compile(r'\bw:w="(\d+)"')
_REGELEINDE = re.compile(r"\n|<w:br\b[^>]*>|</w:p>|<w:p(?: [^>]*)?/>")
_ELEMENT = re.compile(r"<w:(?:instrText|delText)\b[^>]*>[^<]*|<[^>]+>")
_MARKERING = re.compile(r"<[^>]+>")
_VELD = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_LETTER = re.compile(r"&[^;]+;")
_KORTSTE_EINDE = len('</w:t><w:br/><w:t xml:space="preserve">')


def mark_rows(document: WordDocument) -> None:
    """Mark in a template the rows that may be kept whole, with how many characters fit on a line of its cells."""
    for rij in document.element.body.iter(qn("w:tr")):
        if next(rij.iter(*_NOOIT), None) is None:
            merk = OxmlElement("w:cantSplit")
            merk.set("per", str(min(map(_measure_cell, rij.iter(qn("w:tc"))), default=0)))
            rij.get_or_add_trPr().insert(0, merk)


def bound_rows(xml: str) -> str:
    """Add to each mark in a patched template the length up to which its filled row needs no closer look."""
    eerst, *stukken = _BRON.split(xml)
    uit = [eerst]
    for per_regel, stuk in zip(stukken[::2], stukken[1::2], strict=True):
        uit += [f'{MERK}{per_regel}" grens="{_bound(stuk[: stuk.find("</w:tr>")], int(per_regel))}"/>', stuk]
    return "".join(uit)


def _bound(rij: str, per_regel: int) -> int:
    """The longest XML of a row whose text would fit in its narrowest cell; 0 when only the filled row can tell.

    All that values add to the markup is counted as text, and a line end in a value as one line of it.
    """
    vast = _VELD.sub("", rij)
    over = _REGELS + 1 - len(_REGELEINDE.findall(vast))
    if "{%" in rij or over < 1 or not per_regel or any(naam in rij for naam in _NOOIT_GEVULD):
        return 0
    return sum(map(len, _MARKERING.findall(vast))) + min(per_regel, _KORTSTE_EINDE) * over - 1


def settle_rows(xml: str) -> str:
    """Forbid the short ones among the marked rows of a filled document to split over two pages."""
    eerst, *stukken = _MERK.split(xml)
    uit = [eerst]
    for per_regel, grens, stuk in zip(stukken[::3], stukken[1::3], stukken[2::3], strict=True):
        einde = stuk.find("</w:tr>")
        if einde <= int(grens) or _is_short(stuk[:einde], int(per_regel)):
            uit.append("<w:cantSplit/>")
        uit.append(stuk)
    return "".join(uit)


def _is_short(rij: str, per_regel: int) -> bool:
    if any(naam in rij for naam in _NOOIT_GEVULD):
        return False
    if per_regel and _count_letters(rij) // per_regel + sum(map(rij.count, _EINDEN)) <= _REGELS:
        return True  # all text of the row in its narrowest cell would fit
    return all(_count_lines(cel) <= _REGELS for cel in re.split(r"<w:tc>|<w:tc ", rij)[1:])


_EINDEN = ("\n", "<w:br", "</w:p>", "<w:p/>", "<w:p ")  # at least all that end a line


def _count_letters(xml: str) -> int:
    """The length of all text, counted without looking at what stands between."""
    return sum(len(stuk) - stuk.rfind(">") - 1 for stuk in xml.split("</w:t>")[:-1])


def _count_lines(cel: str) -> int:
    """How many lines a cell has at most; more than any limit when its width is not known."""
    breedte = _BREEDTE.search(cel)
    per_regel = _count_characters(breedte.group()) if breedte else 0
    if not per_regel:
        return _REGELS + 1
    regels = (_LETTER.sub("x", _ELEMENT.sub("", regel)) for regel in _REGELEINDE.split(cel)[:-1])
    return sum(len(regel) // per_regel + 1 for regel in regels)


def _measure_cell(cel: etree._Element) -> int:
    breedte = cel.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    return 0 if breedte is None else _count_characters(etree.tostring(breedte, encoding="unicode"))


def _count_characters(breedte: str) -> int:
    """How many characters surely fit on a line of a cell with this `w:tcW`; 0 when it does not say its width."""
    waarde = _WAARDE.search(breedte)
    return max(1, int(waarde.group(1)) // _TEKENBREEDTE) if waarde and 'w:type="dxa"' in breedte else 0
