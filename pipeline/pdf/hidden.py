"""What Word does not print: deleted text, comments, hidden runs and rows. Freezing and counting share these answers."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pipeline.pdf.package import MC, W, WordPackage

_OFF = {"0", "false", "off"}
_GONE = {W + "del", W + "moveFrom"}


def is_on(knoop: etree._Element | None) -> bool:
    """Say whether a Word switch (`<w:vanish/>`, `w:val="0"`) is on."""
    return knoop is not None and knoop.get(W + "val", "1") not in _OFF


class HiddenText:
    """Knows which styles hide text, and so which runs and rows are not printed."""

    def __init__(self, pakket: WordPackage) -> None:
        """Read the styles once."""
        self._eigen: dict[str, bool | None] = {}
        self._basis: dict[str, str] = {}
        for deel in pakket.parts("styles"):
            for stijl in pakket.tree(deel).iter(W + "style"):
                naam = stijl.get(W + "styleId", "")
                self._eigen[naam] = _switch(stijl.find(f"{W}rPr/{W}vanish"))
                basis = stijl.find(W + "basedOn")
                if basis is not None:
                    self._basis[naam] = basis.get(W + "val", "")

    def is_hidden_run(self, run: etree._Element) -> bool:
        """Say whether a run is hidden, by itself, its character style or its paragraph's style."""
        eigen = _switch(run.find(f"{W}rPr/{W}vanish"))
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
        gezien: set[str] = set()
        while naam and naam not in gezien:
            gezien.add(naam)
            if (eigen := self._eigen.get(naam)) is not None:
                return eigen
            naam = self._basis.get(naam, "")
        return None


def is_gone_row(rij: etree._Element) -> bool:
    """Say whether a table row is deleted or hidden."""
    rij_pr = rij.find(W + "trPr")
    return rij_pr is not None and (rij_pr.find(W + "del") is not None or is_on(rij_pr.find(W + "hidden")))


def is_gone(knoop: etree._Element) -> bool:
    """Say whether an element and all in it is not printed: deleted, moved away, a deleted row, or an older copy."""
    if knoop.tag in _GONE or knoop.tag == MC + "Fallback":
        return True
    return knoop.tag == W + "tr" and is_gone_row(knoop)


def printed(knoop: etree._Element) -> Iterator[etree._Element]:
    """Walk an element and what is in it in document order, skipping what is not printed."""
    if is_gone(knoop):
        return
    yield knoop
    for kind in knoop:
        yield from printed(kind)


def _switch(knoop: etree._Element | None) -> bool | None:
    return None if knoop is None else is_on(knoop)
