"""Reads the manual's Markdown. What it does not know is named with its line, so that nothing vanishes on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from pipeline.errors import ConfiguratieFout
from pipeline.manual.inline import TekstFout, read_text
from schemas.handleiding import Blok, Bloksoort, Cel, Handleiding, Stuk, Tabelrij

#: Of a template: places for the columns of a table, and numbered lists.
KOLOMMEN = range(2, 6)
LIJSTEN = 40

_NIVEAUS = {"h2": Bloksoort.HOOFDSTUK, "h3": Bloksoort.PARAGRAAF}
_INHOUD = "Inhoud:"
_REMEDIE = "Verbeter deze regels van de handleiding en probeer opnieuw."


def read_manual(naam: str, bron: str) -> Handleiding:
    """Read the manual.

    In: the name of its file, for messages, and its Markdown. Out: its blocks, without the list of its chapters: a
    template makes that one itself, with page numbers.
    Raises ConfiguratieFout with each line that holds something that no block stands for.
    """
    boom = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(bron))
    lezer = _Lezer(_find_places(boom))
    blokken = list(lezer.read(boom.children, in_lijst=False))
    titels = [kop for kop in boom.children if _is_title(kop)]
    if len(titels) != 1 or not _is_title(boom.children[0]):
        lezer.fouten.append((1, "de handleiding begint met één titel (#), en heeft er geen andere"))
    if lezer.inhoud is not None and lezer.inhoud != [b.anker for b in blokken if b.soort is Bloksoort.HOOFDSTUK]:
        lezer.fouten.append((1, f"de lijst bij {_INHOUD} noemt niet alle hoofdstukken in hun volgorde"))
    if lezer.fouten:
        raise ConfiguratieFout([f"{naam}, regel {regel}: {fout}." for regel, fout in lezer.fouten], _REMEDIE)
    return Handleiding(titel=_get_text(titels[0]), blokken=tuple(blokken))


def _find_places(boom: SyntaxTreeNode) -> dict[str, str]:
    """The place of each heading, by the name that a link gives it and by the number of its chapter."""
    ankers = {}
    koppen = (knoop for knoop in boom.children if knoop.type == "heading" and knoop.tag in _NIVEAUS)
    for nummer, kop in enumerate(koppen, start=1):
        tekst, anker = _get_text(kop), f"_Toc{nummer:06}"
        ankers["#" + re.sub(r"[^\w -]", "", tekst.lower()).replace(" ", "-")] = anker
        if kop.tag == "h2" and (genummerd := re.match(r"\d+", tekst)):
            ankers[genummerd[0]] = anker
    return ankers


def _is_title(knoop: SyntaxTreeNode) -> bool:
    return knoop.type == "heading" and knoop.tag == "h1"


def _get_inline(knoop: SyntaxTreeNode) -> SyntaxTreeNode:
    return next(kind for kind in knoop.children if kind.type == "inline")


def _get_text(knoop: SyntaxTreeNode) -> str:
    return "".join(kind.content for kind in _get_inline(knoop).children)


class _Lezer:
    """Reads block after block, and gathers what is wrong."""

    def __init__(self, ankers: dict[str, str]) -> None:
        self._ankers = ankers
        self._aantal_koppen = self._aantal_lijsten = 0
        self.fouten: list[tuple[int, str]] = []
        self.inhoud: list[str] | None = None
        self._wijzen: dict[str, Callable[[SyntaxTreeNode, bool], Iterator[Blok]]] = {
            "heading": self._read_heading,
            "paragraph": self._read_paragraph,
            "bullet_list": self._read_list,
            "ordered_list": self._read_list,
            "fence": self._read_fence,
            "table": self._read_table,
        }

    def read(self, knopen: Sequence[SyntaxTreeNode], *, in_lijst: bool) -> Iterator[Blok]:
        for knoop in knopen:
            wijze = self._wijzen.get(knoop.type)
            if wijze is None or (in_lijst and knoop.type not in ("paragraph", "fence")):
                waar = " in een punt van een lijst" if in_lijst else ""
                self._report(knoop, f"dit soort blok kent de handleiding niet{waar}: {knoop.type}")
            else:
                yield from wijze(knoop, in_lijst)

    def _report(self, knoop: SyntaxTreeNode, fout: str) -> None:
        self.fouten.append((_get_line(knoop), fout))

    def _read_text(self, knoop: SyntaxTreeNode) -> tuple[Stuk, ...]:
        try:
            return read_text(next((kind for kind in knoop.children if kind.type == "inline"), None), self._ankers)
        except TekstFout as fout:
            self._report(knoop, str(fout))
            return ()

    def _read_heading(self, knoop: SyntaxTreeNode, _: bool) -> Iterator[Blok]:
        if _is_title(knoop):
            return
        if knoop.tag not in _NIVEAUS:
            self._report(knoop, f"een kop van dit niveau heeft geen plaats: {knoop.tag}")
            return
        self._aantal_koppen += 1
        stukken = self._read_text(knoop)
        if len(stukken) > 1 or any(stuk.anker for stuk in stukken):
            self._report(knoop, "in een kop kan enkel gewone tekst staan")
        anker = f"_Toc{self._aantal_koppen:06}"
        yield Blok(soort=_NIVEAUS[knoop.tag], regel=_get_line(knoop), stukken=stukken, anker=anker)

    def _read_paragraph(self, knoop: SyntaxTreeNode, in_lijst: bool) -> Iterator[Blok]:
        inhoud = _get_inline(knoop).children
        if not in_lijst and len(inhoud) == 1 and inhoud[0].type == "image":
            yield from self._read_picture(knoop, inhoud[0])
            return
        stukken = self._read_text(knoop)
        if stukken and stukken[0].tekst.startswith(_INHOUD):
            self.inhoud = [stuk.anker for stuk in stukken if stuk.anker]
            rest = "".join(stuk.tekst for stuk in stukken if not stuk.anker).removeprefix(_INHOUD)
            if rest.strip(" ·"):
                self._report(knoop, f"achter {_INHOUD} staan enkel links, met een punt in het midden ertussen")
            return
        yield Blok(soort=Bloksoort.ALINEA, regel=_get_line(knoop), stukken=stukken)

    def _read_picture(self, knoop: SyntaxTreeNode, beeld: SyntaxTreeNode) -> Iterator[Blok]:
        tekst = " ".join(beeld.content.split())
        if not tekst:
            self._report(knoop, "bij dit beeld staat niet wat erop te zien is")
        yield Blok(
            soort=Bloksoort.BEELD,
            regel=_get_line(knoop),
            stukken=(Stuk(tekst=tekst),),
            bestand=str(beeld.attrs.get("src", "")),
        )

    def _read_list(self, knoop: SyntaxTreeNode, _: bool) -> Iterator[Blok]:
        soort = Bloksoort.PUNT if knoop.type == "bullet_list" else Bloksoort.NUMMER
        self._aantal_lijsten += soort is Bloksoort.NUMMER
        if self._aantal_lijsten > LIJSTEN:
            self._report(knoop, f"er zijn meer dan {LIJSTEN} genummerde lijsten")
        if knoop.attrs.get("start", 1) != 1:
            self._report(knoop, "een genummerde lijst begint met 1")
        lijst = self._aantal_lijsten if soort is Bloksoort.NUMMER else 0
        for punt in knoop.children:
            binnen = self.read(punt.children, in_lijst=True)
            for plaats, blok in enumerate(binnen):
                if plaats == 0 and blok.soort is Bloksoort.ALINEA:
                    yield blok.model_copy(update={"soort": soort, "lijst": lijst})
                elif plaats == 0:
                    self._report(punt, "een punt van een lijst begint met tekst")
                else:
                    vervolg = Bloksoort.VERVOLG if blok.soort is Bloksoort.ALINEA else blok.soort
                    yield blok.model_copy(update={"soort": vervolg, "in_lijst": True})

    def _read_fence(self, knoop: SyntaxTreeNode, _: bool) -> Iterator[Blok]:
        soort = Bloksoort.OPDRACHT if knoop.info.strip() == "bash" else Bloksoort.SCHERM
        yield Blok(soort=soort, regel=_get_line(knoop), regels=tuple(knoop.content.rstrip("\n").split("\n")))

    def _read_table(self, knoop: SyntaxTreeNode, _: bool) -> Iterator[Blok]:
        rijen = [
            tuple(Cel(stukken=self._read_text(cel)) for cel in rij.children)
            for deel in knoop.children
            for rij in deel.children
        ]
        if len(rijen[0]) not in KOLOMMEN:
            self._report(knoop, f"een tabel heeft {KOLOMMEN[0]} tot {KOLOMMEN[-1]} kolommen; deze {len(rijen[0])}")
        yield Blok(
            soort=Bloksoort.TABEL,
            regel=_get_line(knoop),
            kop=rijen[0],
            rijen=tuple(Tabelrij(cellen=rij) for rij in rijen[1:]),
        )


def _get_line(knoop: SyntaxTreeNode) -> int:
    """The line on which a node begins, or that of what it stands in."""
    eigen: SyntaxTreeNode | None = knoop
    while eigen is not None:
        if eigen.map is not None:
            return eigen.map[0] + 1
        eigen = eigen.parent
    return 1
