"""Running text of a form in the order of the page, before it is placed: what a tab parts, and options on their own.

The reader does not know the form. That "Naam", a tab and "Jan" are a question and its answer, and that a lone word
below a question is one of its options, only the labels and options of the form tell. Nothing else is cut up here: a
sentence with a tab in it stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.formulier import Formulier, Vraag, Vraagsoort
from schemas.inzending import Ligging, LosseTekst, Nadruk, RuwAntwoord, RuweSoort, RuwFormulier
from schemas.tekst import normalise_variants

from .labels import find_vlagsoort, index_labels
from .opties import find_opties
from .slots import as_text, is_page

_SCHEIDING = re.compile(r"\t+| {3,}")  # a tab, or as many spaces as people type for one


def unfold(formulier: Formulier, ruw: RuwFormulier) -> list[RuwAntwoord]:
    """The answers in document order, with text that stands at no label among them under the label ""."""
    lezer = _Lezer(formulier)
    los = list(ruw.los)
    for nummer, antwoord in enumerate(ruw.antwoorden):
        while los and los[0].na <= nummer:
            lezer.read_loose(los.pop(0))
        lezer.read(antwoord)
    for tekst in los:
        lezer.read_loose(tekst)
    return lezer.gelezen


class _Lezer:
    def __init__(self, formulier: Formulier) -> None:
        self._labels = index_labels(formulier.vragen)
        self._vragen = {vraag.id: vraag for vraag in formulier.vragen}
        self._keuze: Vraag | None = None  # what the last answer was given to, when that is a choice
        self._laatste = 0  # where that answer stands
        self._met_tekst: set[str] = set()  # headings with text below them that stands at no label
        self.gelezen: list[RuwAntwoord] = []

    def read_loose(self, los: LosseTekst) -> None:
        antwoord = RuwAntwoord(
            label="",
            waarde=los.tekst,
            soort=RuweSoort.LABEL,
            plaats=los.plaats,
            leeg=False,
            kop=los.titel,
            nadruk=los.nadruk,
            ligging=los.ligging,
        )
        for deel in self._split(antwoord):
            if los.titel and not deel.label:
                self._met_tekst.add(los.titel)
            self._add(deel.model_copy(update={"kop": ""}) if deel.label else deel)

    def read(self, antwoord: RuwAntwoord) -> None:
        if antwoord.soort is not RuweSoort.LABEL or antwoord.tag is not None:
            self._add(antwoord)
        elif antwoord.ligging is Ligging.ERNAAST:
            for deel in self._split_beside(antwoord):
                self._add(deel)
        elif antwoord.ligging is Ligging.ERONDER:
            for deel in self._split(antwoord):
                self._add(deel)
        else:
            self._add_title(antwoord)

    def _add_title(self, antwoord: RuwAntwoord) -> None:
        """Without the lines that a tab cut up: they were read where they stand.

        A heading that asks nothing is told as loose text already; so is a line that only may be one, and its text.
        """
        regels = as_text(antwoord).split("\n")
        eigen = "\n".join(regel for regel in regels if not self._cut(regel))
        bekend = self._is_label(antwoord.label)
        if bekend or (antwoord.ligging is Ligging.TITEL and antwoord.label in self._met_tekst):
            self._add(_take(antwoord, antwoord.label, eigen))

    def _split(self, antwoord: RuwAntwoord) -> Iterator[RuwAntwoord]:
        """The answer with the lines above the first that names a question and a tab; what follows on its own."""
        label, regels = antwoord.label, list[str]()
        for regel in as_text(antwoord).split("\n"):
            paren = self._cut(regel)
            if not paren:
                regels.append(regel)
                continue
            if label or any(regels):
                yield _take(antwoord, label, "\n".join(regels))
            for naam, waarde in paren:
                yield _take(antwoord, naam, waarde)
            label, regels = "", []
        if label or any(regels):
            yield _take(antwoord, label, "\n".join(regels))

    def _split_beside(self, antwoord: RuwAntwoord) -> Iterator[RuwAntwoord]:
        """Behind a colon another question may follow a tab; a cell of a table is the answer to its own label alone."""
        waarde, rest = as_text(antwoord), ""
        for scheiding in () if "tabel" in antwoord.plaats else _SCHEIDING.finditer(waarde):
            if self._cut(waarde[scheiding.end() :].split("\n")[0]):
                waarde, rest = waarde[: scheiding.start()], waarde[scheiding.end() :]
                break
        yield _take(antwoord, antwoord.label, waarde)
        if rest:
            yield from self._split(_take(antwoord, "", rest))

    def _cut(self, regel: str) -> list[tuple[str, str]]:
        """Labels of the form with what stands behind their tab, in a line that begins with one; else nothing."""
        delen = [deel.strip() for stuk in _SCHEIDING.split(regel) for deel in self._part_colon(stuk) if deel.strip()]
        if delen and not any(map(str.isalpha, delen[0])):
            del delen[0]  # a number or a bullet
        if len(delen) < 2 or not self._is_label(delen[0]):
            return []
        paren: list[tuple[str, str]] = []
        for deel in delen:
            if self._is_label(deel):
                paren.append((deel, ""))
            elif paren[-1][0] and not paren[-1][1]:
                paren[-1] = (paren[-1][0], deel)
            else:
                paren.append(("", deel))
        return paren

    def _part_colon(self, stuk: str) -> tuple[str, ...]:
        label, dubbelpunt, waarde = stuk.partition(":")
        return (label, waarde) if dubbelpunt and self._is_label(label) else (stuk,)

    def _is_label(self, tekst: str) -> bool:
        namen = normalise_variants(tekst)
        return find_vlagsoort(tekst) is not None or any(naam in self._labels for naam in namen)

    def _add(self, antwoord: RuwAntwoord) -> None:
        if self._keuze is not None and self._is_part(antwoord, self._keuze):
            self.gelezen[self._laatste] = _join(self.gelezen[self._laatste], antwoord)
            return
        self.gelezen.append(antwoord)
        if antwoord.ligging is Ligging.LABELCEL and not antwoord.label:
            return
        self._laatste = len(self.gelezen) - 1
        if antwoord.soort is RuweSoort.LABEL and antwoord.tag is None:
            self._keuze = self._find_keuze(antwoord.label)
        else:
            self._keuze = None

    def _is_part(self, antwoord: RuwAntwoord, vraag: Vraag) -> bool:
        """Options in a line, a cell or a bold line of their own, right behind the answer to their question."""
        if antwoord.soort is not RuweSoort.LABEL or antwoord.tag is not None or self._is_label(antwoord.label):
            return False
        if antwoord.ligging is Ligging.LABELCEL:
            return False
        plaats = self.gelezen[self._laatste].plaats
        if antwoord.label and (antwoord.plaats != plaats or is_page(plaats)):
            return False
        teksten = [tekst for tekst in (antwoord.label, as_text(antwoord)) if tekst]
        return bool(teksten) and all(find_opties(vraag, tekst) is not None for tekst in teksten)

    def _find_keuze(self, label: str) -> Vraag | None:
        ids = [vraag for naam in normalise_variants(label) for vraag in self._labels.get(naam, ())]
        keuzes = (self._vragen[vraag] for vraag in ids)
        return next((v for v in keuzes if v.soort in (Vraagsoort.KEUZE, Vraagsoort.MEERKEUZE)), None)


def _join(eerste: RuwAntwoord, tweede: RuwAntwoord) -> RuwAntwoord:
    regels = [tekst for tekst in (as_text(eerste), tweede.label, as_text(tweede)) if tekst]
    nieuw = {"waarde": "\n".join(regels), "leeg": False, "nadruk": (*eerste.nadruk, *tweede.nadruk)}
    return eerste.model_copy(update=nieuw)


def _take(antwoord: RuwAntwoord, label: str, waarde: str) -> RuwAntwoord:
    """A part of an answer, with those of its looks that are certainly of that part."""
    geheel = as_text(antwoord)
    if (label, waarde) == (antwoord.label, geheel):
        return antwoord
    stukken = [
        Nadruk(opmaak=nadruk.opmaak, tekst=stuk)
        for nadruk in antwoord.nadruk
        for stuk in re.split(r"[\t\n]+", nadruk.tekst)
        if stuk.strip() and stuk in waarde and (geheel.count(stuk) == 1 or find_vlagsoort(label) is not None)
    ]
    ligging = antwoord.ligging if label == antwoord.label else Ligging.ERNAAST
    nieuw = {"label": label, "waarde": waarde, "leeg": not waarde.strip(), "nadruk": tuple(stukken), "ligging": ligging}
    return antwoord.model_copy(update=nieuw)
