"""Cuts very long paragraphs and table rows into parts that look like one.

An engine lays out what is left of a paragraph or a row anew on every page. For an answer of a million characters rdocx
takes minutes that way, and with line breaks in it more than twenty gigabytes; in parts, seconds. What is shorter than
the limit, some ten pages, is left exactly as it is.
"""

from __future__ import annotations

import copy
import itertools
import re
from collections.abc import Iterator, Sequence

from lxml import etree

from pipeline.pdf.package import W, new_text, remove

LIMIT = 30_000
#: Characters that stay together in one text; a cut is made between two of those.
_STEP = 1000
_STEPS = re.compile(rf".{{{_STEP}}}\S*\s*|.+", re.DOTALL)
#: How far beyond the limit a cut may wait for the end of a line.
_SLACK = 5000
#: In the properties of a paragraph, these come after the spacing.
_AFTER_SPACING = tuple(W + naam for naam in ("ind", "contextualSpacing", "mirrorIndents", "jc", "outlineLvl", "rPr"))
_KEEP = (W + "keepNext", W + "keepLines")
_FIRST_ONLY = (W + "pageBreakBefore", W + "numPr")
_FIRST_ROW_ONLY = (W + "tblHeader", W + "trHeight")
_BEFORE_BORDERS = tuple(W + naam for naam in ("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge"))
_SIDES = [
    W + naam for naam in ("top", "start", "left", "bottom", "end", "right", "insideH", "insideV", "tl2br", "tr2bl")
]


def cut_giants(boom: etree._Element) -> None:
    """Cut what is longer than the limit, in a story without content controls and recorded changes."""
    for alinea in [alinea for alinea in boom.iter(W + "p") if _length(alinea) > LIMIT]:
        _cut_paragraph(alinea)
    for rij in [rij for rij in boom.iter(W + "tr") if _length(rij) > LIMIT]:
        if next(rij.iterancestors(W + "tr"), None) is None:
            _cut_row(rij)


def _length(knoop: etree._Element) -> int:
    return sum(len(tekst.text or "") + 1 for tekst in knoop.iter(W + "t", W + "br"))


def _cut_paragraph(alinea: etree._Element) -> None:
    eigenschappen = alinea.find(W + "pPr")
    delen = list(_parts(alinea))
    for nummer, deel in enumerate(delen):
        nieuw = etree.Element(W + "p")
        nieuw.append(_part_properties(eigenschappen, eerste=nummer == 0, laatste=nummer == len(delen) - 1))
        nieuw.extend(deel)
        alinea.addprevious(nieuw)
    remove(alinea)


def _parts(alinea: etree._Element) -> Iterator[list[etree._Element]]:
    """Give what stands in each part: a part ends at the end of a line or, when that is far, between two words."""
    deel: list[etree._Element] = []
    lengte, vorige = 0, None
    for run, inhoud in list(_atoms(alinea)):
        einde_regel = inhoud.tag == W + "br" and inhoud.get(W + "type") in (None, "textWrapping")
        if (lengte >= LIMIT and einde_regel) or lengte >= LIMIT + _SLACK:
            yield deel
            deel, lengte, vorige = [], 0, None
            if einde_regel:
                continue
        if run is None:
            deel.append(inhoud)
        else:
            if run is not vorige:
                deel.append(copy.deepcopy(run))
            deel[-1].append(inhoud)
        vorige = run
        lengte += _length(inhoud)
    yield deel


def _atoms(alinea: etree._Element) -> Iterator[tuple[etree._Element | None, etree._Element]]:
    """Give what a paragraph holds, text in short pieces, each with an empty copy of the run that it stands in."""
    for kind in alinea:
        if kind.tag == W + "pPr":
            continue
        if kind.tag != W + "r":
            yield None, kind
            continue
        leeg = etree.Element(W + "r")
        for inhoud in kind:
            if inhoud.tag == W + "rPr":
                leeg.append(copy.deepcopy(inhoud))
            elif inhoud.tag == W + "t":
                yield from ((leeg, new_text(stuk)) for stuk in _STEPS.findall(inhoud.text or ""))
            else:
                yield leeg, inhoud


def _part_properties(bron: etree._Element | None, *, eerste: bool, laatste: bool) -> etree._Element:
    """Give the properties of a part: no room between two parts, and no number or indent where a part goes on."""
    nieuw = etree.Element(W + "pPr") if bron is None else copy.deepcopy(bron)
    weg = [*_KEEP, *(() if eerste else _FIRST_ONLY), *(() if laatste else (W + "sectPr",))]
    for knoop in [knoop for knoop in nieuw if knoop.tag in weg]:
        remove(knoop)
    inspringen = nieuw.find(W + "ind")
    if inspringen is not None and not eerste:
        for naam in ("firstLine", "hanging", "firstLineChars", "hangingChars"):
            inspringen.attrib.pop(W + naam, "")
    ruimte = nieuw.find(W + "spacing")
    if ruimte is None:
        ruimte = etree.Element(W + "spacing")
        volgende = next((knoop for knoop in nieuw if knoop.tag in _AFTER_SPACING), None)
        if volgende is None:
            nieuw.append(ruimte)
        else:
            volgende.addprevious(ruimte)
    for kant, hier in (("before", eerste), ("after", laatste)):
        if not hier:
            ruimte.set(W + kant, "0")
            ruimte.set(f"{W}{kant}Autospacing", "0")
    return nieuw


def _cut_row(rij: etree._Element) -> None:
    """Spread the cells of a row over rows without a line between them."""
    cellen = rij.findall(W + "tc")
    rijen = list(itertools.zip_longest(*map(_groups, cellen), fillvalue=()))
    if len(rijen) == 1:
        return
    for nummer, groepen in enumerate(rijen):
        nieuw = etree.Element(W + "tr")
        nieuw.extend([copy.deepcopy(kind) for kind in rij if kind.tag in (W + "tblPrEx", W + "trPr")])
        if nummer:
            for kind in list(nieuw.iter(*_FIRST_ROW_ONLY)):
                remove(kind)
        for cel, groep in zip(cellen, groepen, strict=True):
            nieuw.append(_part_cell(cel, groep, eerste=nummer == 0, laatste=nummer == len(rijen) - 1))
        rij.addprevious(nieuw)
    remove(rij)


def _groups(cel: etree._Element) -> list[list[etree._Element]]:
    """Give the paragraphs and tables of a cell, each group within the limit as far as they let it."""
    groepen: list[list[etree._Element]] = [[]]
    lengte = 0
    for blok in cel:
        if blok.tag == W + "tcPr":
            continue
        erbij = _length(blok)
        if groepen[-1] and lengte + erbij > LIMIT:
            groepen.append([])
            lengte = 0
        groepen[-1].append(blok)
        lengte += erbij
    return groepen


def _part_cell(cel: etree._Element, inhoud: Sequence[etree._Element], *, eerste: bool, laatste: bool) -> etree._Element:
    nieuw, eigenschappen = etree.Element(W + "tc"), cel.find(W + "tcPr")
    eigenschappen = etree.Element(W + "tcPr") if eigenschappen is None else copy.deepcopy(eigenschappen)
    nieuw.append(eigenschappen)
    samengevoegd = eigenschappen.find(W + "vMerge")
    if samengevoegd is not None and not eerste:
        samengevoegd.attrib.pop(W + "val", "")
    randen = eigenschappen.find(W + "tcBorders")
    if randen is None:
        randen = etree.Element(W + "tcBorders")
        plaats = sum(1 for kind in eigenschappen if kind.tag in _BEFORE_BORDERS)
        eigenschappen.insert(plaats, randen)
    zijden = {kind.tag: kind for kind in randen}
    for kant, hier in (("top", eerste), ("bottom", laatste)):
        if not hier:
            zijden[W + kant] = etree.Element(W + kant, {W + "val": "nil"})
    randen[:] = sorted(zijden.values(), key=lambda zijde: _SIDES.index(zijde.tag))
    nieuw.extend(inhoud)
    if nieuw[-1].tag != W + "p":
        nieuw.append(etree.Element(W + "p"))
    return nieuw
