"""What Word does not print: deleted text, comments, hidden runs and rows. Freezing and counting share these answers."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pipeline.pdf.package import MC, W, WordPackage
from pipeline.pdf.styles import is_on, read_styles, switch

_GONE = {W + "del", W + "moveFrom"}
_MAY_BE_GONE = (*sorted(_GONE), MC + "Fallback", W + "tr")


class HiddenText:
    """Knows which styles hide text, and so which runs and rows are not printed."""

    def __init__(self, pakket: WordPackage) -> None:
        """Read the styles."""
        self._delen = [read_styles(pakket.members[deel]) for deel in pakket.parts("styles")]
        self._door_stijl = any(verbergt for stijlen in self._delen for verbergt in stijlen.verbergt.values())

    def hides_in(self, boom: etree._Element) -> bool:
        """Say whether anything in a story may be hidden; most documents hide nothing, and need no look at each run."""
        return self._door_stijl or next(boom.iter(W + "vanish"), None) is not None

    def is_hidden_run(self, run: etree._Element) -> bool:
        """Say whether a run is hidden, by itself, its character style or its paragraph's style."""
        eigen = switch(run.find(f"{W}rPr/{W}vanish"))
        if eigen is not None:
            return eigen
        teken = self._by_style(run.find(f"{W}rPr/{W}rStyle"))
        if teken is not None:
            return teken
        alinea = next(run.iterancestors(W + "p"), None)
        stijl = None if alinea is None else alinea.find(f"{W}pPr/{W}pStyle")
        return bool(self._by_style(stijl))

    def is_hidden_mark(self, alinea: etree._Element) -> bool:
        """Say whether the mark that ends a paragraph is hidden or deleted, so that Word prints no line for it."""
        merk = alinea.find(f"{W}pPr/{W}rPr")
        if merk is None:
            return False
        return any(merk.find(naam) is not None for naam in _GONE) or is_on(merk.find(W + "vanish"))

    def _by_style(self, verwijzing: etree._Element | None) -> bool | None:
        naam = "" if verwijzing is None else verwijzing.get(W + "val", "")
        antwoorden = (stijlen.hides(naam) for stijlen in self._delen)
        return next((antwoord for antwoord in antwoorden if antwoord is not None), None)


def is_gone_row(rij: etree._Element) -> bool:
    """Say whether a table row is deleted or hidden."""
    rij_pr = rij.find(W + "trPr")
    return rij_pr is not None and (rij_pr.find(W + "del") is not None or is_on(rij_pr.find(W + "hidden")))


def is_gone(knoop: etree._Element) -> bool:
    """Say whether an element and all in it is not printed: deleted, moved away, a deleted row, or an older copy."""
    if knoop.tag in _GONE or knoop.tag == MC + "Fallback":
        return True
    return knoop.tag == W + "tr" and is_gone_row(knoop)


def printed(boom: etree._Element, *soorten: str) -> Iterator[etree._Element]:
    """Walk the elements of these kinds in a tree, in document order, skipping what is not printed and all in it."""
    weg = {knoop for knoop in boom.iter(*_MAY_BE_GONE) if is_gone(knoop)}
    if not weg:
        yield from boom.iter(*soorten)
        return
    for knoop in boom.iter(*soorten):
        if knoop not in weg and weg.isdisjoint(knoop.iterancestors(*_MAY_BE_GONE)):
            yield knoop
