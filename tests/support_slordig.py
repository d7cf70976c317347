"""Fills in a form as careless people do by hand, and saves it with python-docx: nothing of our own writer is used."""

from __future__ import annotations

import copy
import io
import random
from collections.abc import Callable, Mapping
from typing import TypeAlias

from docx import Document
from lxml import etree
from support_fill import W14, Element, W

from schemas.formulier import Formulier, Rubriekvorm, Vraagsoort

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
#: glyphs for a box that is ticked: Word's own, those of others, and a sign of a symbol font
_AAN = ("☒", "☑", "✓", "✔", "■", "X", "Wingdings")
#: typed in the place of a box
_GETYPT = (("☒", "☐"), ("[x]", "[ ]"), ("[X]", "[_]"), ("✓", "□"), ("(x)", "( )"))

Manier: TypeAlias = Callable[[Element, str, random.Random], None]


def fill_by_hand(
    docx: bytes, formulier: Formulier, antwoorden: Mapping[tuple[str, int], str | bool], rng: random.Random
) -> bytes:
    """The form with these answers, by tag and row; each is written in a way that `rng` picks."""
    document = Document(io.BytesIO(docx))
    velden = _list_controls(document.element.body)
    los = _list_loose(formulier, antwoorden, rng)
    for (tag, rij), waarde in antwoorden.items():
        if tag.rpartition(".")[0] in los:
            continue
        sdt = velden[tag][rij]
        if isinstance(waarde, bool):
            _tick(sdt, rng)
        else:
            rng.choice(_list_ways(sdt, formulier, tag))(sdt, waarde, rng)
    for vraag in los:
        gekozen = {tag for tag, _ in antwoorden}
        aan, uit = rng.choice(_GETYPT)
        for tag, plaatsen in velden.items():
            if tag.startswith(f"{vraag}."):
                _replace(plaatsen[0], _make_runs(aan if tag in gekozen else uit, rng))
    resultaat = io.BytesIO()
    document.save(resultaat)
    return resultaat.getvalue()


def _list_controls(body: Element) -> dict[str, list[Element]]:
    velden: dict[str, list[Element]] = {}
    for sdt in body.iter(f"{W}sdt"):
        tag = sdt.find(f"{W}sdtPr/{W}tag")
        if tag is not None:
            velden.setdefault(tag.get(f"{W}val", ""), []).append(sdt)
    return velden


def _list_loose(
    formulier: Formulier, antwoorden: Mapping[tuple[str, int], str | bool], rng: random.Random
) -> list[str]:
    """Questions of which all boxes are thrown away and typed again; not in rows, where no row would own them."""
    gevraagd = dict.fromkeys(tag.rpartition(".")[0] for tag, _ in antwoorden)
    vragen = [formulier.get_vraag(naam) for naam in gevraagd]
    meerkeuze = [v.id for v in vragen if v is not None and v.soort is Vraagsoort.MEERKEUZE]
    return [vraag for vraag in meerkeuze if not _in_rows(formulier, vraag) and rng.random() < 0.5]


def _in_rows(formulier: Formulier, tag: str) -> bool:
    rubriek = formulier.get_rubriek(tag.split(".")[0])
    return rubriek is not None and rubriek.vorm is Rubriekvorm.RIJEN


def _list_ways(sdt: Element, formulier: Formulier, tag: str) -> list[Manier]:
    manieren: list[Manier] = [_type_over, _type_in_pieces, _type_tracked, _type_wrapped]
    if sdt.find(f"{W}sdtPr/{W}richText") is not None:
        manieren.append(_type_behind)
    if formulier.get_vraag(tag) is not None and not _in_rows(formulier, tag):
        manieren.append(_type_without)
    return manieren


def _type_over(sdt: Element, tekst: str, rng: random.Random) -> None:
    """Over the prompt, which keeps its grey style."""
    inhoud = _open(sdt)
    stijl = inhoud.find(f"{W}r/{W}rPr")
    runs = _make_runs(tekst, rng)
    if stijl is not None:
        runs[0].insert(0, copy.deepcopy(stijl))
    inhoud[:] = runs


def _type_in_pieces(sdt: Element, tekst: str, rng: random.Random) -> None:
    """Broken over runs with other looks, with marks of the spelling checker between them."""
    inhoud = _open(sdt)
    inhoud[:] = []
    for stuk in _cut(tekst, rng):
        inhoud.append(etree.Element(f"{W}proofErr", {f"{W}type": "spellStart"}))
        for run in _make_runs(stuk, rng):
            opmaak = etree.Element(f"{W}rPr")
            etree.SubElement(opmaak, f"{W}{rng.choice(('b', 'i', 'noProof', 'u'))}")
            run.insert(0, opmaak)
            inhoud.append(run)


def _type_tracked(sdt: Element, tekst: str, rng: random.Random) -> None:
    """With tracked changes on: the prompt goes, the answer comes."""
    inhoud = _open(sdt)
    weg, erbij = etree.Element(f"{W}del"), etree.Element(f"{W}ins")
    for run in list(inhoud):
        for letters in run.iter(f"{W}t"):
            letters.tag = f"{W}delText"
        weg.append(run)
    erbij.extend(_make_runs(tekst, rng))
    inhoud[:] = [weg, erbij]


def _type_wrapped(sdt: Element, tekst: str, rng: random.Random) -> None:
    """In an element that Word puts around words by itself."""
    inhoud = _open(sdt)
    om = etree.Element(f"{W}{rng.choice(('smartTag', 'hyperlink', 'bdo', 'dir', 'customXml'))}")
    om.extend(_make_runs(tekst, rng))
    inhoud[:] = [om]


def _type_behind(sdt: Element, tekst: str, rng: random.Random) -> None:
    """Behind the field, which keeps its prompt; further lines in paragraphs of their own."""
    alinea = sdt.getparent()
    assert alinea is not None
    eerste, *rest = tekst.split("\n")
    alinea.extend(_make_runs(eerste, rng))
    for regel in reversed(rest):
        nieuw = etree.Element(f"{W}p")
        nieuw.extend(_make_runs(regel, rng))
        alinea.addnext(nieuw)


def _type_without(sdt: Element, tekst: str, rng: random.Random) -> None:
    """In the place of the field, which is thrown away."""
    _replace(sdt, _make_runs(tekst, rng))


def _tick(sdt: Element, rng: random.Random) -> None:
    """With another sign than the form has, sometimes of a symbol font."""
    stand = sdt.find(f"{W}sdtPr/{W14}checkbox/{W14}checked")
    run = sdt.find(f"{W}sdtContent/{W}r")
    assert stand is not None
    assert run is not None
    stand.set(f"{W14}val", rng.choice(("1", "true", "on")))
    teken = rng.choice(_AAN)
    letters = next(run.iter(f"{W}t"))
    letters.text = teken
    if teken == "Wingdings":
        run.replace(letters, etree.Element(f"{W}sym", {f"{W}font": teken, f"{W}char": "F0FE"}))


def _open(sdt: Element) -> Element:
    """The content of a field that no longer shows its prompt."""
    for merk in sdt.findall(f"{W}sdtPr/{W}showingPlcHdr"):
        merk.getparent().remove(merk)  # type: ignore[union-attr]
    inhoud = sdt.find(f"{W}sdtContent")
    assert inhoud is not None
    return inhoud


def _replace(sdt: Element, runs: list[Element]) -> None:
    for run in runs:
        sdt.addprevious(run)
    ouder = sdt.getparent()
    assert ouder is not None
    ouder.remove(sdt)


def _cut(tekst: str, rng: random.Random) -> list[str]:
    plaatsen = sorted(rng.sample(range(len(tekst) + 1), min(3, len(tekst))))
    return [tekst[begin:einde] for begin, einde in zip([0, *plaatsen], [*plaatsen, len(tekst)], strict=True)]


def _make_runs(tekst: str, rng: random.Random) -> list[Element]:
    """One run, with the line ends of Shift and Enter."""
    run = etree.Element(f"{W}r")
    for nummer, regel in enumerate(tekst.split("\n")):
        if nummer:
            etree.SubElement(run, f"{W}{rng.choice(('br', 'cr'))}")
        letters = etree.SubElement(run, f"{W}t", {_SPACE: "preserve"})
        letters.text = regel
    return [run]
