"""What the coordinator reads on the screen. Dutch, one place; names files, labels and codes, never an answer."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from pipeline.errors import OverlegFout
from pipeline.run.results import Bereid, Formulierresultaat, Lot, Productie, Verslagen, Verwerkt
from schemas.bevinding import Bevinding, Ernst
from schemas.toetsing import CriteriumUitkomst, Eindoordeel, Toetsing, Uitkomst

_TEKEN = {Uitkomst.VOLDAAN: "✓", Uitkomst.NIET_VOLDAAN: "✗", Uitkomst.ONBESLIST: "?"}
_TE_WEGEN = "○"
_LEGENDE = f"✓ voldaan   ✗ niet voldaan   ? nog niet te zeggen   {_TE_WEGEN} te wegen aan tafel"
_KOLOMMEN = 8  # casussen next to one another: fits a window of 100 characters
#: Columns of which no word is ever broken, also in a window of 80 characters.
_HEEL = ("Casus", "Gebeurd", "Toetsing")
_BREEDSTE = len("in quarantaine")
_RUIM = 120  #: in a window so wide an outcome stands on one line
_STIJL = {Ernst.INFO: "cyan", Ernst.WAARSCHUWING: "yellow", Ernst.FOUT: "bold red"}
_WAT_NU = {
    Eindoordeel.KLAAR_VOOR_TRIAGE: "Klaar voor het overleg.",
    Eindoordeel.AANDACHT: "Naar het overleg; let op wat met ✗ staat.",
    Eindoordeel.ONVOLLEDIG: "Stuur de vraag om aanvulling uit “uit”.",
    Eindoordeel.NIET_ONTVANKELIJK: "Bekijk wat met ✗ staat; het overleg beslist.",
}
#: After `toets` no letter lies ready: nothing was registered.
_WAT_NU_TOETS = _WAT_NU | {
    Eindoordeel.ONVOLLEDIG: "Verwerk het formulier: de vraag om aanvulling komt dan in “uit”.",
}
_ANDERE_TAFEL = (
    "Dit is een formulier van een andere tafel. Hoort de casus hier, vul dan het formulier van deze tafel in."
)
_AANVULLING = (
    "Dit formulier vraagt enkel wat nog openstond. De criteria worden getoetst met de rest van de casus: leg het in de "
    "map “in” en start “overleg verwerk”."
)
_AANVULLING_OPEN = "Vraag de aanmelder om aan te vullen wat nog openstaat."
_LEEG_OVERLEG = "→ Er is nog geen casus voor dit overleg. Verwerk eerst de formulieren en de besluiten in de map “in”."
_WAT_NU_ANDERS = {
    Lot.QUARANTAINE: "Lees hieronder waarom, en wat u kunt doen.",
    Lot.BLIJFT: "Lees hieronder waarom, en start opnieuw.",
    Lot.AL_VERWERKT: "Niets: dit was al verwerkt.",
    Lot.BESLIST: "Stuur de brieven uit “uit”.",
    Lot.INGEBRACHT: "Niets: de inbreng komt mee als u het overleg (opnieuw) voorbereidt.",
    Lot.PLAN_BIJGEWERKT: "Stuur het plan uit “uit”.",
    Lot.GEMELD: "Stuur wat ervoor in “uit” klaarligt, als dat er is.",
    Lot.ONGEWIJZIGD: "Niets: het was al zo.",
    Lot.VERZONDEN: "Lees hieronder wat genoteerd is.",
}


class Scherm:
    """Prints results for people. `console` writes to standard output; `kort` leaves file names out, not folders."""

    def __init__(self, console: Console, *, kort: bool = False) -> None:
        """Take the console of this run."""
        self._console = console
        self._kort = kort

    def show_verwerkt(self, resultaat: Verwerkt, *, proef: bool) -> None:
        """The tables of an intake, then findings, what was skipped, and the letters."""
        self.show_bevindingen("", resultaat.bevindingen)
        if not resultaat.formulieren:
            self._print("Er lag niets in de map “in”.")
        else:
            self._console.print(_build_intake_table(resultaat.formulieren, self._console.width))
            laatste = {item.casuscode: item for item in resultaat.formulieren if item.toetsing is not None}
            self._show_criteria(list(laatste.values()))
        for item in resultaat.formulieren:
            self.show_bevindingen(item.bestand, item.bevindingen)
            self._show_ontbrekend(item)
            self._show_toelichting(item)
        for naam, reden in resultaat.overgeslagen:
            self._print(f"Overgeslagen: {naam}. {reden}", "dim")
        self.show_productie(resultaat.brieven, "Brieven", proef=proef)

    def show_bereid(self, resultaat: Bereid, *, proef: bool) -> None:
        """What was made for a meeting."""
        aantal = "1 casus" if resultaat.aantal == 1 else f"{resultaat.aantal} casussen"
        self._print(f"{resultaat.overleg} van {resultaat.datum}: {aantal} op de agenda.", "bold")
        if resultaat.aantal:
            dag = f"ten laatste op {resultaat.versturen}"
            wanneer = f"hadden {dag} moeten vertrekken" if resultaat.te_laat else f"vertrekken best {dag}"
            stijl = "yellow" if resultaat.te_laat else ""
            self._print(f"De pakketten {wanneer}.", stijl)
            if resultaat.verzenddag and not resultaat.te_laat:
                self._print(f"Let op: {resultaat.verzenddag}", "yellow")
        else:
            self._print(_LEEG_OVERLEG)
        for regel in resultaat.let_op:
            self._print(f"Let op: {regel}", "yellow")
        # Findings last: a hundred files would push them off the screen.
        self.show_productie(resultaat.productie, "Documenten", proef=proef)
        self._show_verzendlijst(resultaat.verzendlijst)
        self.show_bevindingen("", resultaat.bevindingen)

    def show_verslag(self, resultaat: Verslagen, *, proef: bool) -> None:
        """What was made after a meeting."""
        aantal = "1 casus" if resultaat.aantal == 1 else f"{resultaat.aantal} casussen"
        self._print(f"{resultaat.overleg} van {resultaat.datum}: beslist over {aantal}.", "bold")
        self.show_bevindingen("", resultaat.bevindingen)
        self.show_productie(resultaat.productie, "Verslagen en takenlijsten", proef=proef)
        self._show_verzendlijst(resultaat.verzendlijst)

    def _show_verzendlijst(self, pad: str) -> None:
        if pad:
            self._print(f"Wie wat krijgt, om af te vinken: {pad}")

    def show_toetsing(self, naam: str, toetsing: Toetsing, *, eigen: bool = True) -> None:
        """All criteria with source, outcome and the place that decided it; then what is missing.

        `eigen`: the form is of the table that checks it.
        """
        self._print(f"{naam}: {toetsing.oordeel}", "bold")
        tabel = Table()
        for kop in ("Criterium", "Bron", "Uitkomst", "Beslist door", "Plaats in het formulier"):
            tabel.add_column(kop, overflow="fold")
        for c in toetsing.criteria:
            beslist = "; ".join(f"{b.label}: {b.antwoord}" for b in c.beslissend) or "; ".join(c.weegvragen)
            plaats = "; ".join(b.plaats for b in c.beslissend)
            uitkomst = f"{_get_sign(c)} {'te wegen aan tafel' if c.is_for_people else c.uitkomst.value}"
            tabel.add_row(*(Text(tekst) for tekst in (c.kort, c.bron, uitkomst, beslist, plaats)))
        self._console.print(tabel)
        for vraag in toetsing.ontbrekend:
            self._print(f"Ontbreekt: {vraag.rubriek}, “{vraag.label}”: {vraag.reden}.", "yellow")
        if toetsing.toelichting:
            self._print(toetsing.toelichting)
        self._print(_WAT_NU_TOETS[toetsing.eindoordeel] if eigen else _ANDERE_TAFEL)

    def show_aanvulling(self, naam: str, toetsing: Toetsing) -> None:
        """What an aanvullingsformulier still leaves open; the criteria are weighed with the rest of its case."""
        self._print(f"{naam}: {toetsing.oordeel}", "bold")
        for vraag in toetsing.ontbrekend:
            self._print(f"Nog open: {vraag.rubriek}, “{vraag.label}”: {vraag.reden}.", "yellow")
        if toetsing.ontbrekend:
            self._print(_AANVULLING_OPEN)
        self._print(_AANVULLING)

    def show_bevindingen(self, bestand: str, bevindingen: Iterable[Bevinding]) -> None:
        """What was found and what to do; the same finding at many places once, with its places."""
        groepen: dict[tuple[str, str, Ernst], list[str]] = {}
        for b in bevindingen:
            groepen.setdefault((b.melding, b.remedie, b.ernst), []).append(b.plaats)
        for (melding, remedie, ernst), plaatsen in groepen.items():
            genoemd = bestand if bestand not in melding else ""
            anders = [plaats for plaats in plaatsen if plaats and plaats != bestand]
            waar = " — ".join(filter(None, (genoemd, "; ".join(anders))))
            self._print(f"{waar}: {melding}" if waar else melding, _STIJL[ernst])
            if remedie:
                self._print(f"   → {remedie}")

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

    def _show_criteria(self, items: Sequence[Formulierresultaat]) -> None:
        """The outcome of each criterium, one column a casus."""
        for begin in range(0, len(items), _KOLOMMEN):
            groep = items[begin : begin + _KOLOMMEN]
            tabel = Table("Criterium", *(item.casuscode for item in groep))
            uitkomsten = [{c.kort: _get_sign(c) for c in item.toetsing.criteria} for item in groep if item.toetsing]
            for kort in dict.fromkeys(naam for uitkomst in uitkomsten for naam in uitkomst):
                tabel.add_row(Text(kort), *(Text(uitkomst.get(kort, ""), justify="center") for uitkomst in uitkomsten))
            self._console.print(tabel)
        if items:
            self._print(_LEGENDE, "dim")

    def _show_ontbrekend(self, item: Formulierresultaat) -> None:
        if item.toetsing is None or not item.toetsing.ontbrekend:
            return
        self._print(f"Casus {item.casuscode} ({item.bestand}) wacht op:", "yellow")
        for vraag in item.toetsing.ontbrekend:
            self._print(f"   {vraag.rubriek}, “{vraag.label}”: {vraag.reden}")

    def _show_toelichting(self, item: Formulierresultaat) -> None:
        """Why a case with a ✗ is ready all the same."""
        if item.toetsing is not None and item.toetsing.toelichting:
            self._print(f"Casus {item.casuscode}: {item.toetsing.oordeel}. {item.toetsing.toelichting}")

    def show_productie(self, productie: Productie, wat: str, *, proef: bool) -> None:
        """The files that were made, or would be, and what stood in the way."""
        if productie.bestanden:
            gemaakt = "zouden gemaakt worden" if proef else "gemaakt"
            self._print(f"{wat}: {len(productie.bestanden)} bestanden {gemaakt}:")
            self._show_bestanden(_group_files(productie.bestanden))
        else:
            self._print(f"{wat}: niets nieuws te maken.")
        self.show_bevindingen("", (*productie.geweigerd, *productie.bevindingen))

    def _show_bestanden(self, mappen: dict[str, dict[str, list[str]]]) -> None:
        if self._kort:
            ontvangers: dict[str, list[str]] = {}
            for map_ in mappen:
                boven, _, naam = map_.rpartition("/")
                ontvangers.setdefault(boven, []).append(naam)
            for boven, namen in ontvangers.items():
                self._print(f"   {boven}: {', '.join(namen)}")
            return
        for map_, bestanden in mappen.items():
            self._print(f"   {map_}")
            for naam, soorten in bestanden.items():
                self._print(f"      {naam} ({', '.join(soorten)})")

    def _print(self, tekst: str, stijl: str = "") -> None:
        # Text, not markup: a file name may hold square brackets.
        self._console.print(Text(tekst, style=stijl), soft_wrap=True)


def _build_intake_table(formulieren: Iterable[Formulierresultaat], breedte: int) -> Table:
    tabel = Table()
    hoogstens = _BREEDSTE if breedte < _RUIM else breedte
    for kop in ("Bestand", "Casus", "Gebeurd", "Volledig", "Toetsing", "Wat nu"):
        # Folded, never cut off with dots: a file name that is not whole cannot be found.
        # Not with a least width: rich then makes the table wider than the window, and its border falls off.
        tabel.add_column(kop, overflow="fold", no_wrap=kop in _HEEL)
    for item in formulieren:
        toetsing = item.toetsing
        volledig = "" if toetsing is None else "nee" if toetsing.ontbrekend else "ja"
        oordeel = "" if toetsing is None else toetsing.oordeel
        wat_nu = _WAT_NU_ANDERS.get(item.lot, "") if toetsing is None else _WAT_NU[toetsing.eindoordeel]
        lot, oordeel = (textwrap.fill(woorden, hoogstens) for woorden in (item.lot.value, oordeel))
        tabel.add_row(*(Text(t) for t in (item.bestand, item.casuscode, lot, volledig, oordeel, wat_nu)))
    return tabel


def _group_files(paden: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """Files by folder, and in a folder by name, each with its kinds: ("docx", "pdf")."""
    mappen: dict[str, dict[str, list[str]]] = {}
    for pad in map(PurePath, paden):
        mappen.setdefault(pad.parent.as_posix(), {}).setdefault(pad.stem, []).append(pad.suffix.removeprefix("."))
    return mappen


def _get_sign(criterium: CriteriumUitkomst) -> str:
    return _TE_WEGEN if criterium.is_for_people else _TEKEN[criterium.uitkomst]
