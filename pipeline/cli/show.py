"""What the coordinator reads on the screen. Dutch, one place; names files, labels and codes, never an answer."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from pipeline.errors import OverlegFout
from pipeline.run.results import Bereid, Formulierresultaat, Lot, Productie, Verwerkt
from schemas.bevinding import Bevinding, Ernst
from schemas.toetsing import Eindoordeel, Toetsing, Uitkomst

_TEKEN = {Uitkomst.VOLDAAN: "✓", Uitkomst.NIET_VOLDAAN: "✗", Uitkomst.ONBESLIST: "?"}
_STIJL = {Ernst.INFO: "cyan", Ernst.WAARSCHUWING: "yellow", Ernst.FOUT: "bold red"}
_WAT_NU = {
    Eindoordeel.KLAAR_VOOR_TRIAGE: "Komt op de volgende triagetafel.",
    Eindoordeel.AANDACHT: "Komt op de volgende triagetafel; let op de criteria met ✗.",
    Eindoordeel.ONVOLLEDIG: "Stuur de vraag om aanvulling met het formulier uit “uit”.",
    Eindoordeel.NIET_ONTVANKELIJK: "Bekijk de criteria met ✗; de triagetafel beslist.",
}


class Scherm:
    """Prints results for people. `console` writes to standard output."""

    def __init__(self, console: Console) -> None:
        """Take the console of this run."""
        self._console = console

    def show_verwerkt(self, resultaat: Verwerkt, *, proef: bool) -> None:
        """The table of an intake, then findings, what was skipped, and the letters."""
        self.show_bevindingen("", resultaat.bevindingen)
        if not resultaat.formulieren:
            self._print("Er lag niets in de map “in”.")
        else:
            self._console.print(_build_intake_table(resultaat.formulieren))
        for item in resultaat.formulieren:
            self.show_bevindingen(item.bestand, item.bevindingen)
        for naam, reden in resultaat.overgeslagen:
            self._print(f"Overgeslagen: {naam}. {reden}", "dim")
        self._show_productie(resultaat.brieven, "Brieven", proef=proef)

    def show_bereid(self, resultaat: Bereid, *, proef: bool) -> None:
        """What was made for a meeting."""
        self._print(f"{resultaat.overleg} van {resultaat.datum}: {resultaat.aantal} casus(sen) op de agenda.", "bold")
        for regel in resultaat.let_op:
            self._print(f"Let op: {regel}", "yellow")
        self.show_bevindingen("", resultaat.bevindingen)
        self._show_productie(resultaat.productie, "Documenten", proef=proef)

    def show_toetsing(self, naam: str, toetsing: Toetsing) -> None:
        """All criteria with source, outcome and the place that decided it; then what is missing."""
        self._print(f"{naam}: {toetsing.eindoordeel.value}", "bold")
        tabel = Table("Criterium", "Bron", "Uitkomst", "Beslist door", "Plaats in het formulier")
        for c in toetsing.criteria:
            beslist = "; ".join(f"{b.label}: {b.antwoord}" for b in c.beslissend) or "; ".join(c.weegvragen)
            plaats = "; ".join(b.plaats for b in c.beslissend) or ("te wegen aan tafel" if c.weegvragen else "")
            uitkomst = f"{_TEKEN[c.uitkomst]} {c.uitkomst.value}"
            tabel.add_row(*(Text(tekst) for tekst in (c.kort, c.bron, uitkomst, beslist, plaats)))
        self._console.print(tabel)
        for vraag in toetsing.ontbrekend:
            self._print(f"Ontbreekt: {vraag.rubriek}, “{vraag.label}”: {vraag.reden}.", "yellow")
        self._print(_WAT_NU[toetsing.eindoordeel])

    def show_bevindingen(self, bestand: str, bevindingen: Iterable[Bevinding]) -> None:
        """One line each: where, what, and what to do."""
        for b in bevindingen:
            waar = " — ".join(filter(None, (bestand, b.plaats)))
            self._print(f"{waar}: {b.melding}" if waar else b.melding, _STIJL[b.ernst])
            if b.remedie:
                self._print(f"   → {b.remedie}")

    def show_fout(self, fout: OverlegFout) -> None:
        """An error that stopped the run."""
        self._print(fout.melding, "bold red")
        if fout.remedie:
            self._print(f"→ {fout.remedie}")

    def show_regel(self, tekst: str, stijl: str = "") -> None:
        """One plain line."""
        self._print(tekst, stijl)

    def show_boom(self, boom: Tree) -> None:
        """A folder with all that is in it."""
        self._console.print(boom)

    def _show_productie(self, productie: Productie, wat: str, *, proef: bool) -> None:
        self.show_bevindingen("", (*productie.geweigerd, *productie.bevindingen))
        if not productie.bestanden:
            self._print(f"{wat}: niets nieuws te maken.")
            return
        self._print(f"{wat}: {len(productie.bestanden)} bestanden {'zouden gemaakt worden' if proef else 'gemaakt'}:")
        for pad in productie.bestanden:
            self._print(f"   {pad}")

    def _print(self, tekst: str, stijl: str = "") -> None:
        # Text, not markup: a file name may hold square brackets.
        self._console.print(Text(tekst, style=stijl), soft_wrap=True)


def _build_intake_table(formulieren: Iterable[Formulierresultaat]) -> Table:
    tabel = Table("Bestand", "Casus", "Wat ermee gebeurde", "Volledig?", "Criteria", "Wat nu")
    for item in formulieren:
        toetsing = item.toetsing
        volledig = "" if toetsing is None else "ja" if not toetsing.ontbrekend else f"nee ({len(toetsing.ontbrekend)})"
        criteria = "" if toetsing is None else _summarise(toetsing)
        tabel.add_row(
            *(Text(t) for t in (item.bestand, item.casuscode, item.lot.value, volledig, criteria, _advise(item)))
        )
    return tabel


def _summarise(toetsing: Toetsing) -> str:
    regels = [f"{_TEKEN[c.uitkomst]} {c.kort}" for c in toetsing.criteria]
    return "\n".join([toetsing.eindoordeel.value, *regels])


def _advise(item: Formulierresultaat) -> str:
    if item.toetsing is not None:
        return _WAT_NU[item.toetsing.eindoordeel]
    if item.lot is Lot.QUARANTAINE:
        return "; ".join(b.remedie for b in item.bevindingen if b.remedie)
    return "Niets: dit bestand was al verwerkt." if item.lot is Lot.AL_VERWERKT else "De brieven staan klaar in “uit”."
