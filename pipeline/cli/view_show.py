"""How cases look on the coordinator's screen: headings with short lines, for a window of 80 columns too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.cli.terms_command import describe_geagendeerd, describe_open, show_blokken
from pipeline.run.zicht import (
    Besluitregel,
    Casusregel,
    Documentzicht,
    Dossierzicht,
    Formulierregel,
    Grondblok,
    Meldingregel,
    Ontvangerzicht,
    Planregel,
    Taakregel,
    Verstrektregel,
)
from schemas.datum import format_datum
from schemas.tafel import Tafel
from schemas.vervaldag import name_anker
from schemas.woorden import tell_count


class Kijkscherm:
    """Prints what is looked at."""

    def __init__(self, console: Console, tafel: Tafel) -> None:
        """Take the console of this run, and the table for the names of its meetings."""
        self._console = console
        self._tafel = tafel

    def show_casussen(self, regels: Sequence[Casusregel]) -> None:
        """All cases."""
        if not regels:
            self._print("Er zijn nog geen casussen. Leg formulieren in de map “in” en geef “overleg verwerk”.")
            return
        tabel = Table("Casus", "Fase", "Sinds", "Volgende datum", "Wacht op", show_lines=True)
        tabel.columns[0].no_wrap = True
        for regel in regels:
            komt = f"{format_datum(regel.volgende)}\n{regel.wat}" if regel.volgende else ""
            cellen = (regel.casuscode, regel.fase, format_datum(regel.sinds), komt, "\n".join(regel.wacht_op))
            tabel.add_row(*map(Text, cellen), style="" if regel.open else "dim")
        self._console.print(tabel)
        open_ = sum(regel.open for regel in regels)
        self._print(f"{tell_count(len(regels), 'casus', 'casussen')}, waarvan {open_} open.")

    def show_dossier(self, zicht: Dossierzicht) -> None:
        """The whole life of a case; a part of which there is nothing is left out."""
        self._print(f"Casus {zicht.casuscode}", stijl="bold cyan")
        self._show_stand(zicht)
        self._show_part("Afgeschermd", zicht.afgeschermd)
        self._show_part("Verloop", [f"{format_datum(r.op)}: {r.fase} ({r.door})" for r in zicht.verloop])
        self._show_part("Formulieren", map(_describe_formulier, zicht.formulieren))
        self._show_part("Besluiten", map(_describe_besluit, zicht.besluiten))
        self._show_part("Afspraken", map(_describe_taak, zicht.afspraken))
        self._show_part("Plan van aanpak", map(_describe_plan, zicht.plannen))
        inbreng = [f"{format_datum(r.op)}: {r.van}, {tell_count(r.rijen, 'rij', 'rijen')}" for r in zicht.inbreng]
        self._show_part("Inbreng", inbreng)
        self._show_part("Meldingen", map(_describe_melding, zicht.meldingen))
        mijlpalen = [
            f"{format_datum(m.datum)}: {name_anker(m.anker, self._tafel)} (uit: {m.veld})" for m in zicht.mijlpalen
        ]
        self._show_part("Mijlpalen", mijlpalen)
        self._show_termijnen(zicht)
        if zicht.documenten:
            self._head("Klaargezette documenten")
            self._show_documenten(zicht.documenten)
        if zicht.verantwoording:
            self._head("Wat er vertrok, op welke grond en naar wie")
            self._show_verantwoording(zicht.verantwoording)

    def show_ontvangers(self, zichten: Sequence[Ontvangerzicht]) -> None:
        """What each of these may see of a case."""
        for nummer, zicht in enumerate(zichten):
            if nummer:
                self._console.print()
            self._print(f"Casus {zicht.casuscode}, zoals te zien voor: {zicht.naam}", stijl="bold cyan")
            for document in zicht.documenten:
                self._show_document(document)
            for reden in zicht.redenen:
                self._print(reden if zicht.documenten else f"Niets. {reden}", stijl="yellow")
            if zicht.eerder:
                self._head("Eerder klaargezet voor deze ontvanger")
                self._show_documenten(zicht.eerder)

    def _show_stand(self, zicht: Dossierzicht) -> None:
        self._print(_begin_with_capital(f"{zicht.fase}, aangemeld op {format_datum(zicht.aangemeld_op)}."), 2)
        if zicht.vervolg_van:
            self._print(f"Zet de anonieme casus {zicht.vervolg_van} op naam voort.", 2)
        for code in zicht.vervolgd_door:
            self._print(f"Op naam voortgezet als casus {code}.", 2)
        if zicht.geagendeerd is not None:
            self._print(describe_geagendeerd(zicht.geagendeerd, self._tafel), 2)

    def _show_termijnen(self, zicht: Dossierzicht) -> None:
        if zicht.termijnen or zicht.open_termijnen:
            self._head("Termijnen")
        show_blokken(self._console, zicht.termijnen, self._tafel, rand=2)
        for item in zicht.open_termijnen:
            self._print(f"Nog niet te berekenen: {describe_open(item, self._tafel)}.", 2)

    def _show_documenten(self, regels: Iterable[Verstrektregel]) -> None:
        """By day and folder, and in it by recipient."""
        gesorteerd = sorted(regels, key=lambda r: (r.op, r.map))
        for (op, map_), samen in groupby(gesorteerd, key=lambda r: (r.op, r.map.rpartition("/")[0])):
            self._print(f"{format_datum(op)}, in {map_}:", 2)
            for (ontvanger, plaats), eigen in groupby(samen, key=lambda r: (r.ontvanger, r.map.rpartition("/")[2])):
                stukken = ", ".join(f"{r.document} (versie {r.versie})" for r in eigen)
                self._print(f"{ontvanger} ({plaats}): {stukken}", 4)

    def _show_verantwoording(self, blokken: Sequence[Grondblok]) -> None:
        for blok in blokken:
            self._print("; ".join(blok.labels), 2, "bold")
            self._print(f"Grond: {blok.grond}", 4)
            per_document = groupby(sorted(blok.aan, key=lambda r: r.document), key=lambda r: r.document)
            for document, exemplaren in per_document:
                namen = dict.fromkeys(exemplaar.ontvanger for exemplaar in exemplaren)
                self._print(f"In {document}, voor: {', '.join(namen)}", 4)

    def _show_document(self, document: Documentzicht) -> None:
        self._head(f"{document.titel} ({document.gelegenheid})")
        self._print(_begin_with_capital(f"{document.stand}."), 2, "dim")
        for deel in document.delen:
            self._print(deel.titel, 2, "bold")
            for waarde in deel.waarden:
                self._print(f"{waarde.label}: {waarde.waarde}" if waarde.label else waarde.waarde, 4)
            self._print(f"Waarom: {deel.waarom}", 4, "dim")
        if document.opmerking:
            self._print(document.opmerking, 2, "yellow")

    def _show_part(self, kop: str, regels: Iterable[str]) -> None:
        gemaakt = list(regels)
        if gemaakt:
            self._head(kop)
        for regel in gemaakt:
            self._print(regel, 2)

    def _head(self, tekst: str) -> None:
        self._console.print()
        self._print(tekst, stijl="bold")

    def _print(self, tekst: str, inspringen: int = 0, stijl: str = "") -> None:
        # Text, not markup: what people wrote may hold square brackets.
        self._console.print(Padding(Text(tekst, style=stijl), (0, 0, 0, inspringen), expand=False))


def _describe_formulier(regel: Formulierregel) -> str:
    nummer = f"nummer {regel.nummer}" if regel.nummer else ""
    wat = ", ".join(filter(None, (regel.soort, nummer)))
    return f"{format_datum(regel.op)}: {wat}{f' ({regel.bestand})' if regel.bestand else ''}"


def _describe_besluit(regel: Besluitregel) -> str:
    delen = [f"{format_datum(regel.datum)}, {regel.overleg}: {regel.besluit}."]
    namen = {"Naar": regel.partners, "Ad hoc uitgenodigd": regel.ad_hoc, "Aanwezig": regel.aanwezig}
    delen += [f"{kop}: {', '.join(wie)}." for kop, wie in namen.items() if wie]
    return " ".join(delen)


def _describe_taak(regel: Taakregel) -> str:
    stand = f"{regel.status} sinds {format_datum(regel.status_op)}" if regel.status_op else regel.status
    delen = (
        regel.nummer,
        regel.wat,
        f"wie: {', '.join(regel.wie)}",
        f"tegen: {format_datum(regel.tegen)}" if regel.tegen else "",
        f"stand: {stand}",
        f"van: {regel.overleg} {format_datum(regel.datum)}",
    )
    return " | ".join(filter(None, delen))


def _describe_plan(regel: Planregel) -> str:
    return (
        f"Versie {regel.versie}, {regel.stand}: opgesteld op {format_datum(regel.opgesteld_op)}, "
        f"bijgewerkt op {format_datum(regel.bijgewerkt_op)}{_describe_dag(', goedgekeurd op ', regel.goedgekeurd_op)}; "
        f"{tell_count(regel.rijen, 'actie', 'acties')}."
    )


def _describe_melding(regel: Meldingregel) -> str:
    delen = (
        f"{format_datum(regel.datum)}: {regel.soort}",
        f"wie: {', '.join(regel.wie)}" if regel.wie else "",
        f"naar: {', '.join(regel.naar)}" if regel.naar else "",
        " ".join(filter(None, (regel.uur, regel.plaats))),
        tell_count(regel.mededelingen, "mededeling", "mededelingen") if regel.mededelingen else "",
    )
    return " | ".join(filter(None, delen))


def _describe_dag(begin: str, datum: dt.date | None) -> str:
    return f"{begin}{format_datum(datum)}" if datum else ""


def _begin_with_capital(zin: str) -> str:
    """Only its first letter: names further on keep theirs."""
    return zin[:1].upper() + zin[1:]
