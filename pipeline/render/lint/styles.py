"""What a paragraph of a template looks like by itself, by its style, by those which that builds on, and by default."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.oxml.ns import qn
from lxml import etree

_BASIS, _STIJL, _NIVEAU = qn("w:basedOn"), qn("w:pStyle"), qn("w:outlineLvl")
_WAARDE = qn("w:val")
_GEEN_KOP = 9
_GETAL = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,9})?")
_TITEL = "title"


class Stijlen:
    """The styles of one template."""

    def __init__(self, wortel: etree._Element) -> None:
        """Take the root of the part with styles."""
        self.wortel = wortel
        self._op_naam = {str(stijl.get(qn("w:styleId"))): stijl for stijl in wortel.iter(qn("w:style"))}
        alineas = [stijl for stijl in self._op_naam.values() if stijl.get(qn("w:type")) == "paragraph"]
        self._standaard = next((stijl for stijl in alineas if stijl.get(qn("w:default")) in ("1", "true")), None)

    def get_level(self, alinea: etree._Element) -> int | None:
        """The level of a heading from 1; None for other text."""
        element = self.find(alinea, "pPr", _NIVEAU)
        niveau = int(get_number(element, _WAARDE, _GEEN_KOP))
        return niveau + 1 if niveau < _GEEN_KOP else None

    def is_heading(self, alinea: etree._Element) -> bool:
        """Whether it is a heading, or the title."""
        return self.get_level(alinea) is not None or any(
            (naam := stijl.find(qn("w:name"))) is not None and str(naam.get(_WAARDE)).casefold() == _TITEL
            for stijl in self._list_styles(alinea)
        )

    def find(self, alinea: etree._Element, groep: str, naam: str) -> etree._Element | None:
        """The nearest property of this name, of a paragraph ("pPr") or of its letters ("rPr")."""
        for bron in self._list_sources(alinea, groep):
            element = bron.find(naam)
            if element is not None:
                return element
        return None

    def measure(self, alinea: etree._Element) -> float:
        """The least height of a paragraph in points: one line, and the space around it."""
        maten = [
            element for bron in self._list_sources(alinea, "pPr") if (element := bron.find(qn("w:spacing"))) is not None
        ]
        voor, na, regel = (_find_number(maten, naam) for naam in ("before", "after", "line"))
        soort = next((str(maat.get(qn("w:lineRule"))) for maat in maten if maat.get(qn("w:line"))), "auto")
        letter = self._measure_letters(alinea)
        hoogte = letter * (regel or _ENKEL) / _ENKEL if soort == "auto" else regel / _PUNT
        return max(hoogte, letter if soort == "atLeast" else 0) + (voor + na) / _PUNT

    def _measure_letters(self, alinea: etree._Element) -> float:
        stijl = get_number(self.find(alinea, "rPr", qn("w:sz")), _WAARDE, _LETTER)
        maat = max((get_number(eigen, _WAARDE, stijl) for eigen in alinea.iter(qn("w:sz"))), default=stijl)
        return maat / 2 * _REGELHOOGTE

    def _list_sources(self, alinea: etree._Element, groep: str) -> Iterator[etree._Element]:
        bronnen = [alinea, *self._list_styles(alinea)]
        standaard = self.wortel.find(f"{qn('w:docDefaults')}/{qn(f'w:{groep}Default')}")
        for bron in (*bronnen, *(() if standaard is None else (standaard,))):
            element = bron.find(qn(f"w:{groep}"))
            if element is not None:
                yield element

    def _list_styles(self, alinea: etree._Element) -> Iterator[etree._Element]:
        naam = alinea.find(f"{qn('w:pPr')}/{_STIJL}")
        stijl = self._op_naam.get(str(naam.get(_WAARDE))) if naam is not None else self._standaard
        gezien = set()
        while stijl is not None and stijl not in gezien:
            yield stijl
            gezien.add(stijl)
            basis = stijl.find(_BASIS)
            stijl = self._op_naam.get(str(basis.get(_WAARDE))) if basis is not None else None


_ENKEL, _PUNT = 240, 20  # of one line and of a point, in the measures of Word
_LETTER = 20.0  # half points, when nothing says so
_REGELHOOGTE = 1.17  # of a line over the size of its letters, on the low side


def _find_number(maten: list[etree._Element], naam: str) -> float:
    return next((get_number(maat, qn(f"w:{naam}"), 0.0) for maat in maten if maat.get(qn(f"w:{naam}"))), 0.0)


def get_number(element: etree._Element | None, naam: str, anders: float) -> float:
    """A number in an attribute; `anders` when it is not there, or is none."""
    waarde = str(element.get(naam)) if element is not None else ""
    return float(waarde) if _GETAL.fullmatch(waarde) else anders
