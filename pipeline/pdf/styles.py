"""What the styles of a Word file say, and a copy without what it does not use.

The documents of a run come out of a few templates, so their styles are the same bytes again and again, and often the
largest part of the file. What is kept between documents hangs on those bytes alone, and is forgotten when they change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from pipeline.pdf.package import DAMAGED, W, drop_unused_names, parse, serialise
from pipeline.pdf.refused import Afgekeurd

_KEPT = 8


@dataclass(frozen=True)
class Styles:
    """Which styles hide text, what each is based on, and the language that they set ("nl-BE", or nothing)."""

    verbergt: Mapping[str, bool | None]
    basis: Mapping[str, str]
    taal: str

    def hides(self, naam: str) -> bool | None:
        """Say whether a style hides its text, by itself or by what it is based on; None: it says nothing of it."""
        gezien: set[str] = set()
        while naam and naam not in gezien:
            gezien.add(naam)
            if (eigen := self.verbergt.get(naam)) is not None:
                return eigen
            naam = self.basis.get(naam, "")
        return None


@lru_cache(maxsize=_KEPT)
def read_styles(inhoud: bytes) -> Styles:
    """Read the part that holds the styles. Raises Afgekeurd when it is broken."""
    try:
        boom = parse(inhoud)
    except etree.XMLSyntaxError as fout:
        raise Afgekeurd(DAMAGED) from fout
    verbergt: dict[str, bool | None] = {}
    basis: dict[str, str] = {}
    for stijl in boom.iter(W + "style"):
        naam = stijl.get(W + "styleId", "")
        verbergt[naam] = switch(stijl.find(f"{W}rPr/{W}vanish"))
        onder = stijl.find(W + "basedOn")
        if onder is not None:
            basis[naam] = onder.get(W + "val", "")
    return Styles(verbergt, basis, next(_languages(boom), ""))


@lru_cache(maxsize=_KEPT)
def thin_styles(inhoud: bytes, gebruikt: frozenset[str]) -> bytes:
    """Give the styles without the table styles that nothing uses: an engine reads them all, for every document.

    In: the part, and the table styles that the stories name. What those are based on stays too, and so do the defaults.
    """
    boom = parse(inhoud)
    stijlen = {stijl.get(W + "styleId", ""): stijl for stijl in boom.iter(W + "style")}
    nodig = set(gebruikt) | {
        verwijzing.get(W + "val", "")
        for naam, stijl in stijlen.items()
        if not _is_table_style(stijl)
        for verwijzing in stijl.iter(W + "basedOn", W + "link", W + "next", W + "tblStyle")
    }
    wachtend = list(nodig)
    while wachtend:
        stijl = stijlen.get(wachtend.pop())
        onder = None if stijl is None else stijl.find(W + "basedOn")
        if onder is not None and onder.get(W + "val", "") not in nodig:
            nodig.add(onder.get(W + "val", ""))
            wachtend.append(onder.get(W + "val", ""))
    for naam, stijl in stijlen.items():
        if naam not in nodig and _is_table_style(stijl):
            boom.remove(stijl)
    drop_unused_names(boom)
    return serialise(boom)


def _is_table_style(stijl: etree._Element) -> bool:
    return stijl.get(W + "type") == "table" and stijl.get(W + "default") not in ("1", "true", "on")


def _languages(stijlen: etree._Element) -> Iterator[str]:
    normaal = [stijl for stijl in stijlen.iter(W + "style") if stijl.get(W + "default") in ("1", "true")]
    alinea = [stijl for stijl in normaal if stijl.get(W + "type") == "paragraph"]
    for plek in [*alinea, *stijlen.iter(W + "rPrDefault")]:
        taal = plek.find(f"{W}rPr/{W}lang")
        if taal is not None and taal.get(W + "val"):
            yield taal.get(W + "val", "")


_OFF = {"0", "false", "off"}


def is_on(knoop: etree._Element | None) -> bool:
    """Say whether a Word switch (`<w:vanish/>`, `w:val="0"`) is on."""
    return knoop is not None and knoop.get(W + "val", "1") not in _OFF


def switch(knoop: etree._Element | None) -> bool | None:
    """Say whether a Word switch is on, off, or not there (None)."""
    return None if knoop is None else is_on(knoop)
