"""Loops and conditions over the tags of one part: what opens and closes, at which level, and what is known inside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from jinja2 import nodes
from lxml import etree

from pipeline.render.lint.expressions import Lezer, find_sure, make_loop_names
from pipeline.render.lint.fields import ONBEKEND, Pad
from pipeline.render.lint.finding import Vondst
from pipeline.render.lint.keywords import OPENT, SLUIT, TAKKEN, Gelezen
from pipeline.render.lint.scope import Bereik, Fout, Waarde
from pipeline.render.lint.tags import Niveau, Tag
from pipeline.render.sandbox import MAX_LUSDIEPTE, find_forbidden, is_foreign
from schemas.bevinding import Ernst


@dataclass(frozen=True)
class Nooit:
    """Why a document never holds a field; `hoort_niet` when its template may not even ask for it."""

    reden: str
    hoort_niet: bool = False


@dataclass(eq=False)
class _Blok:
    """A loop or condition that is open."""

    tag: Tag
    woord: str
    vooraf: Bereik  #: what was known before it
    anders: Bereik  #: what is known in its next branch


class Blokken:
    """Walks through the tags of a part; `vondsten` gathers their faults."""

    def __init__(self, bereik: Bereik, nooit: Mapping[Pad, Nooit]) -> None:
        """Begin with what a copy has, and what this document never holds."""
        self.vondsten: list[Vondst] = []
        self._bereik = bereik
        self._nooit = nooit
        self._genoemd: set[Pad] = set()
        self._open: list[_Blok] = []

    def walk(self, gelezen: Iterable[Gelezen]) -> None:
        """Take all tags of a part in order, and then what stayed open."""
        for stuk in gelezen:
            if stuk.fout is not None:
                self._report(stuk.tag, Fout(*stuk.fout))
            self._take(stuk)
        for blok in self._open:
            self._report_open(blok)

    def _take(self, stuk: Gelezen) -> None:
        if stuk.woord in SLUIT:
            self._close(stuk)
        elif stuk.woord in TAKKEN:
            self._branch(stuk)
        elif stuk.woord in OPENT:
            self._enter(stuk)
        elif stuk.knoop is not None:
            self._use(stuk, stuk.knoop)

    def _use(self, stuk: Gelezen, knoop: nodes.Node) -> None:
        """A value that is printed, or gets a name."""
        if isinstance(knoop, nodes.Assign):
            waarde = self._read(stuk, lambda lezer: lezer.read(knoop.node))
            self._bereik = self._bereik.add(**_bind(knoop.target, waarde))
        else:
            self._read(stuk, lambda lezer: lezer.print(knoop))

    def _enter(self, stuk: Gelezen) -> None:
        vooraf = anders = self._bereik
        if stuk.woord == "if":
            binnen, anders = self._read_test(stuk)
        else:
            binnen = self._read_loop(stuk)
        self._open.append(_Blok(stuk.tag, stuk.woord, vooraf, anders))
        self._bereik = binnen
        if sum(blok.woord == "for" for blok in self._open) == MAX_LUSDIEPTE + 1:
            reden = f"er staan meer dan {MAX_LUSDIEPTE} lussen in elkaar"
            self._report(stuk.tag, Fout("lus-te-diep", reden, "Haal een van de lussen weg."))

    def _read_test(self, stuk: Gelezen) -> tuple[Bereik, Bereik]:
        """What is known when a condition is true, and when it is false."""
        eerder, knoop = self._bereik, stuk.knoop
        if knoop is None:
            return eerder, eerder
        self._read(stuk, lambda lezer: lezer.read(knoop))
        lezer = Lezer(eerder)
        lezer.read(knoop)
        return eerder.add(*find_sure(knoop, eerder)).ask((pad for pad, _ in lezer.gebruikt), lezer.gemeten), eerder.add(
            *find_sure(knoop, eerder, waar=False)
        )

    def _read_loop(self, stuk: Gelezen) -> Bereik:
        knoop = stuk.knoop
        if not isinstance(knoop, nodes.For):
            return self._bereik.add(**dict.fromkeys(_guess_targets(stuk.tag), Waarde(ONBEKEND)), loop=make_loop_names())
        een = self._read(stuk, lambda lezer: lezer.loop(knoop.iter))
        binnen = self._bereik.add(een.pad, **_bind(knoop.target, een), loop=make_loop_names())
        keuze = knoop.test
        if keuze is not None:
            buiten, self._bereik = self._bereik, binnen
            self._read(stuk, lambda lezer: lezer.read(keuze))
            self._bereik = buiten
            binnen = binnen.add(*find_sure(keuze, binnen))
        return binnen

    def _branch(self, stuk: Gelezen) -> None:
        blok = self._find(stuk.tag, ("if",) if stuk.woord == "elif" else OPENT)
        if blok is None:
            reden = f"{stuk.woord} hoort bij geen enkele voorwaarde"
            self._report(stuk.tag, Fout("tak-zonder-begin", reden, "Zet er een if voor, of haal deze tag weg."))
            return
        self._drop_above(blok)
        self._check_level(blok, stuk.tag)
        self._bereik = blok.anders
        if stuk.woord == "elif":
            self._bereik, blok.anders = self._read_test(stuk)

    def _close(self, stuk: Gelezen) -> None:
        soort = SLUIT[stuk.woord]
        blok = self._find(stuk.tag, (soort,))
        if blok is None:
            anders = self._find(stuk.tag, OPENT)
            bedoeld = f" (bedoelde u end{anders.woord}?)" if anders is not None else ""
            reden = f"deze tag sluit niets: er staat geen {soort} open{bedoeld}"
            self._report(stuk.tag, Fout("einde-zonder-begin", reden, f"Zet {soort} ervoor, of haal deze tag weg."))
            blok = anders if anders is not None and _is_same_level(anders.tag, stuk.tag) else None
            if blok is None:
                return
        self._drop_above(blok)
        self._check_level(blok, stuk.tag)
        self._open.remove(blok)
        self._bereik = blok.vooraf

    def _find(self, tag: Tag, soorten: tuple[str, ...]) -> _Blok | None:
        """The innermost of these that is open: at the same level if there is one."""
        mogelijk = [blok for blok in reversed(self._open) if blok.woord in soorten]
        return next((blok for blok in mogelijk if _is_same_level(blok.tag, tag)), next(iter(mogelijk), None))

    def _drop_above(self, blok: _Blok) -> None:
        """What was opened inside and not closed."""
        while self._open[-1] is not blok:
            self._report_open(self._open.pop())

    def _report_open(self, blok: _Blok) -> None:
        einde = f"end{blok.woord}"
        wat = "lus" if blok.woord == "for" else "voorwaarde"
        tag = f"{{%{blok.tag.niveau} {einde} %}}" if blok.tag.niveau else f"{{% {einde} %}}"
        reden = f"deze {wat} heeft geen einde; er ontbreekt {tag}"
        self._report(blok.tag, Fout("zonder-einde", reden, f"Zet {tag} waar de {wat} ophoudt."))

    def _check_level(self, blok: _Blok, tag: Tag) -> None:
        if _is_same_level(blok.tag, tag):
            return
        begin = f"het begin, {blok.tag.tekst}"
        if blok.tag.niveau is not tag.niveau:
            reden = f"{begin}, heeft een andere letter na de haken"
        else:
            waar = {Niveau.RIJ: "tabel", Niveau.CEL: "rij"}.get(tag.niveau, "alinea")
            waar = "cel of alinea" if tag.niveau is Niveau.ALINEA else waar
            reden = f"{begin}, staat in een andere {waar}"
        hulp = (
            "Begin, takken en einde krijgen dezelfde letter: {%p rond hele alinea's en tabellen, {%tr rond tabelrijen "
            "van één tabel, en geen letter binnen één alinea."
        )
        self._report(tag, Fout("ander-niveau", reden, hulp))

    def _read(self, stuk: Gelezen, wijze: Callable[[Lezer], Waarde | None]) -> Waarde:
        """Hold one tag against what is known here."""
        lezer = Lezer(self._bereik)
        waarde = wijze(lezer)
        boom = nodes.Template([stuk.knoop])
        vreemd = is_foreign(boom)
        verboden = list(dict.fromkeys(reden for _, reden in find_forbidden(boom, None)))
        for reden in verboden[:1] if vreemd else verboden:
            self._report(stuk.tag, Fout("niet-toegelaten", reden, "LEESMIJ.md bij de sjablonen zegt wat een tag kan."))
        for fout in () if vreemd else dict.fromkeys(lezer.fouten):
            self._report(stuk.tag, fout)
        self._check_never(stuk.tag, lezer)
        return waarde or Waarde(ONBEKEND)

    def _check_never(self, tag: Tag, lezer: Lezer) -> None:
        """Name the fields that are never there; who prints one of them unasked leaves a hole."""
        for pad, zeker in dict.fromkeys(lezer.gebruikt):
            gevraagd = not tag.is_waarde or any(weet[: len(pad)] == pad for weet in zeker | self._bereik.gevraagd)
            if pad not in self._nooit or (gevraagd and pad in self._genoemd):
                continue
            self._genoemd.add(pad)
            nooit = self._nooit[pad]
            hulp = "Haal het weg, of zet er een voorwaarde omheen."
            if nooit.hoort_niet or gevraagd:
                hulp = "Haal het weg." if nooit.hoort_niet else "U kunt dit weghalen; u kunt het ook laten staan."
            ernst = Ernst.INFO if gevraagd and not nooit.hoort_niet else Ernst.WAARSCHUWING
            self.vondsten.append(tag.report("nooit-gevuld", nooit.reden, hulp, ernst))

    def _report(self, tag: Tag, fout: Fout) -> None:
        self.vondsten.append(tag.report(fout.code, fout.reden, fout.remedie))


def _is_same_level(een: Tag, ander: Tag) -> bool:
    return een.niveau is ander.niveau and _get_container(een) is _get_container(ander)


def _get_container(tag: Tag) -> etree._Element | None:
    """What begin and end have to share: around paragraphs a cell or the page, around rows a table."""
    if tag.niveau is Niveau.ALINEA:
        return tag.plek.alinea.getparent()
    if tag.niveau is Niveau.RIJ:
        rij = tag.plek.get_row()
        return rij.getparent() if rij is not None else None
    return tag.plek.get_row() if tag.niveau is Niveau.CEL else tag.plek.alinea


def _bind(doel: nodes.Node, waarde: Waarde) -> dict[str, Waarde]:
    """The names that a loop or a set gives."""
    if isinstance(doel, nodes.Name):
        return {doel.name: waarde}
    return {naam.name: Waarde(ONBEKEND) for naam in doel.find_all(nodes.Name)}


def _guess_targets(tag: Tag) -> Iterator[str]:
    """The names that a loop which cannot be read would have given: nothing inside is held against it."""
    woorden = tag.code.partition(" ")[2].replace(",", " ").split()
    yield from (woord for woord in woorden[:1] if woord.isidentifier())


def list_loop_names(gelezen: Iterable[Gelezen]) -> dict[str, str]:
    """Each name that a loop gives, with its tag."""
    lussen = [(stuk.knoop, stuk.tag.tekst) for stuk in gelezen if isinstance(stuk.knoop, nodes.For)]
    return {naam: tekst for lus, tekst in reversed(lussen) for naam in _bind(lus.target, Waarde(ONBEKEND))}
