"""A form of ours as a fillable PDF: the same questions under the same ids, on the pages that an engine lays out.

Neither engine turns Word's content controls into fields. So the form is laid out twice: once with a mark where each
answer belongs, which tells the place, and once without; a field then comes on each of those places.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from lxml import etree
from pypdf import PdfWriter

from pipeline.errors import OverlegFout
from pipeline.pdf.engines import PdfEngine
from pipeline.pdf.fieldtree import Invulplaats, Vak, Veldenboom
from pipeline.pdf.freeze import freeze
from pipeline.pdf.normalise import language_of, normalise_pdf, title_of
from pipeline.pdf.package import W, WordPackage, new_text, open_package
from pipeline.pdf.refused import Afgekeurd

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
#: Stands for an answer; in no text of a form, and as wide as any letter. Boxes mark themselves.
_MERK, _VAKJE, _BLANCO = "¤", "☐", "\u00a0"
_CELMARGES, _RAND, _GELIJK = 10.8, 2.0, 0.5
_REGELS_LANG = 4


def make_fillable(docx: bytes, engine: PdfEngine, labels: Mapping[str, str], lang: frozenset[str]) -> bytes:
    """Make the PDF form of a blank Word form.

    In: a form of `pipeline/forms`, the engine, the labels by question id, and the ids that want room for some lines.
    Out: the PDF; equal bytes for equal input on the same machine. Raises OverlegFout when the form cannot be laid out.
    """
    try:
        pakket = open_package(docx)
        titel, taal = title_of(pakket), language_of(pakket)
        gemerkt, plaatsen, breedtes = _mark(pakket, _MERK, labels, lang)
        kaal, _, _ = _mark(open_package(docx), _BLANCO, labels, lang)
        met, zonder = (normalise_pdf(_check(pdf), titel=titel, taal=taal) for pdf in engine.convert([gemerkt, kaal]))
    except Afgekeurd as fout:
        raise OverlegFout(f"Van het formulier kan geen PDF gemaakt worden: {fout.reden}.") from fout
    vakken = _find_places(met, zonder, plaatsen)
    schrijver = PdfWriter(clone_from=io.BytesIO(zonder))
    boom = Veldenboom(schrijver)
    for plaats, breedte, (bladzijde, vak) in zip(plaatsen, breedtes, vakken, strict=True):
        boom.add(plaats, bladzijde, _make_room(plaats, vak, breedte))
    boom.finish()
    uit = io.BytesIO()
    schrijver.write(uit)
    return uit.getvalue()


def _check(pdf: bytes | None) -> bytes:
    if pdf is None:
        raise Afgekeurd("het omzetten gaf geen bestand")
    return pdf


def _mark(
    pakket: WordPackage, teken: str, labels: Mapping[str, str], lang: frozenset[str]
) -> tuple[bytes, list[Invulplaats], list[float]]:
    """The frozen form with this sign where an answer belongs; the fields to be, and the width of their cells."""
    boom = pakket.tree(pakket.parts("document")[0])
    plaatsen, breedtes = [], []
    for plaats, sdt in _iterate_fields(boom, labels, lang):
        breedtes.append(_measure_cell(sdt))
        if not plaats.vakje:
            _write(sdt, teken, plaats.regels)
        plaatsen.append(plaats)
    return freeze(pakket), plaatsen, breedtes


def _iterate_fields(
    boom: etree._Element, labels: Mapping[str, str], lang: frozenset[str]
) -> Iterator[tuple[Invulplaats, etree._Element]]:
    geteld: dict[str, int] = {}
    for sdt in list(boom.iter(W + "sdt")):
        eigen = sdt.find(W + "sdtPr")
        tag = _get(eigen, "tag")
        if eigen is None or not tag or eigen.find(_W15 + "repeatingSection") is not None:
            continue
        geteld[tag] = geteld.get(tag, 0) + 1
        in_blok = any(boven.find(f"{W}sdtPr/{_W15}repeatingSectionItem") is not None for boven in sdt.iterancestors())
        vraag = ".".join(tag.split(".")[:2])
        label = labels.get(vraag, "") or _get(eigen, "alias")
        label = (
            label if tag == vraag else f"{label}: {_get(eigen, 'alias')}" if vraag in labels else _get(eigen, "alias")
        )
        yield _describe(sdt, eigen, tag, label, geteld[tag] if in_blok else 0, lang), sdt


def _describe(
    sdt: etree._Element, eigen: etree._Element, tag: str, label: str, nummer: int, lang: frozenset[str]
) -> Invulplaats:
    plaats = Invulplaats(f"{tag}#{nummer}" if nummer else tag, f"{label} ({nummer})" if nummer else label)
    if eigen.find(_W14 + "checkbox") is not None:
        return replace(plaats, vakje=True)
    if _get(eigen, "lock") == "sdtContentLocked":
        leeg = eigen.find(W + "showingPlcHdr") is not None
        tekst = "" if leeg else "".join(deel.text or "" for deel in sdt.iter(W + "t"))
        return replace(plaats, vast=tekst)
    lijst = eigen.find(W + "dropDownList")
    keuzes = () if lijst is None else tuple(filter(None, (keuze.get(W + "displayText") for keuze in lijst)))
    return replace(plaats, keuzes=keuzes, regels=_REGELS_LANG if tag in lang else 1)


def _get(eigen: etree._Element | None, naam: str) -> str:
    element = eigen.find(W + naam) if eigen is not None else None
    return element.get(W + "val", "") if element is not None else ""


def _write(sdt: etree._Element, teken: str, regels: int) -> None:
    """Put the sign in the place of the prompt, with a blank line for each line of room."""
    teksten = list(sdt.iter(W + "t"))
    for tekst in teksten[1:]:
        tekst.text = ""
    run = teksten[0].getparent()
    teksten[0].text = teken
    for _ in range(regels - 1):
        if run is not None:
            run.append(etree.Element(W + "br"))
            run.append(new_text(_BLANCO))


def _measure_cell(sdt: etree._Element) -> float:
    """The room for an answer in the cell of a control, in points; 0 when it stands in none."""
    cel = next(sdt.iterancestors(W + "tc"), None)
    breedte = cel.find(f"{W}tcPr/{W}tcW") if cel is not None else None
    return int(breedte.get(W + "w", "0")) / 20 - _CELMARGES if breedte is not None else 0.0


def _find_places(met: bytes, zonder: bytes, plaatsen: Sequence[Invulplaats]) -> list[tuple[int, Vak]]:
    """Page and box of each field. Raises OverlegFout when a mark is lost, or the pages differ but for the marks."""
    merken, vakjes = _search(met, _MERK), _search(met, _VAKJE)
    aantal = sum(not plaats.vakje for plaats in plaatsen)
    if (len(merken), len(vakjes)) != (aantal, len(plaatsen) - aantal):
        raise OverlegFout("Een invulplaats van het formulier staat niet op de PDF.")
    if not _is_same(vakjes, _search(zonder, _VAKJE)):
        raise OverlegFout("De PDF van het formulier ziet er zonder merktekens anders uit dan met.")
    beide = {False: iter(merken), True: iter(vakjes)}
    return [next(beide[plaats.vakje]) for plaats in plaatsen]


def _is_same(een: Sequence[tuple[int, Vak]], ander: Sequence[tuple[int, Vak]]) -> bool:
    return len(een) == len(ander) and all(
        bladzijde == andere and all(abs(a - b) < _GELIJK for a, b in zip(vak, ander_vak, strict=True))
        for (bladzijde, vak), (andere, ander_vak) in zip(een, ander, strict=True)
    )


def _search(pdf: bytes, teken: str) -> list[tuple[int, Vak]]:
    gevonden: list[tuple[int, Vak]] = []
    document = pdfium.PdfDocument(pdf)
    for nummer, bladzijde in enumerate(document):
        tekst = bladzijde.get_textpage()
        zoeker = tekst.search(teken, match_case=True)
        while (treffer := zoeker.get_next()) is not None:
            gevonden.append((nummer, tekst.get_charbox(treffer[0], loose=True)))
    document.close()
    return gevonden


def _make_room(plaats: Invulplaats, vak: Vak, breedte: float) -> Vak:
    """The box of a field: the whole width of its cell, and as many lines as it has."""
    links, onder, rechts, boven = vak
    if plaats.vakje:
        return vak
    rechts = max(rechts, links + breedte)
    onder -= (plaats.regels - 1) * (boven - onder)
    return links, onder - _RAND / 2, rechts, boven + _RAND / 2
