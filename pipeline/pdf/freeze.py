"""Freezes a Word file for conversion: what is printed becomes plain text, what is not printed is taken out.

Engines differ in what they do with content controls, recorded changes, hidden text and pictures from elsewhere: one
prints a deleted sentence, another drops a whole control. A frozen copy leaves them nothing to differ about.
"""

from __future__ import annotations

import copy
import re

from lxml import etree

from pipeline.pdf.fields import flatten_fields
from pipeline.pdf.giants import cut_giants
from pipeline.pdf.hidden import HiddenText, is_gone_row
from pipeline.pdf.package import R, W, WordPackage, drop_unused_names, new_text, remove
from pipeline.pdf.refused import Afgekeurd
from pipeline.pdf.styles import thin_styles

_UNWRAP = [W + naam for naam in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")]
_PROPERTIES_OUT = ("sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "proofErr", "permStart", "permEnd")
_COMMENTS = ("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef")
_CHANGES = ("rPr", "pPr", "sectPr", "tblPr", "tcPr", "trPr", "tblGrid", "tblPrEx")
_RANGES = ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
_DROP = [
    *(W + naam for naam in ("del", "moveFrom", "numberingChange", "cellIns", "cellMerge")),
    *(W + naam for naam in (*_PROPERTIES_OUT, *_COMMENTS)),
    *(f"{W}{naam}Change" for naam in _CHANGES),
    *(f"{W}{naam}Range{kant}" for naam in _RANGES for kant in ("Start", "End")),
]
_STORIES = ("document", "header", "footer", "footnotes", "endnotes")
_BOXES = re.compile("([☐☑☒✓✗○])")


def freeze(pakket: WordPackage) -> bytes:
    """Give a frozen copy of a Word file; the package that was handed in is used up.

    Raises Afgekeurd for text that is kept in a file inside the file: no engine is known to print it whole.
    """
    verborgen = HiddenText(pakket)
    for deel in pakket.parts(*_STORIES):
        boom = pakket.tree(deel)
        if next(boom.iter(W + "altChunk", W + "subDoc"), None) is not None:
            raise Afgekeurd("het Word-bestand haalt tekst uit een ander bestand, en die kan niet mee naar de PDF")
        _accept_revisions(boom, verborgen)
        _drop_hidden(boom, verborgen)
        flatten_fields(boom)
        cut_giants(boom)
        _split_boxes(boom)
        _drop_outside_pictures(pakket, deel)
        drop_unused_names(boom)
    _thin_styles(pakket)
    _drop_comments_and_links(pakket)
    return pakket.write()


def _accept_revisions(boom: etree._Element, verborgen: HiddenText) -> None:
    for rij in [rij for rij in boom.iter(W + "tr") if is_gone_row(rij)]:
        _drop_row(rij)
    for alinea in [alinea for alinea in boom.iter(W + "p") if verborgen.is_hidden_mark(alinea)]:
        _join_with_next(alinea, verborgen)
    for cel in [next(merk.iterancestors(W + "tc")) for merk in boom.iter(W + "cellDel")]:
        remove(cel)
    etree.strip_elements(boom, *_DROP, with_tail=False)
    etree.strip_tags(boom, *_UNWRAP)


def _drop_row(rij: etree._Element) -> None:
    tabel = next(rij.iterancestors(W + "tbl"), None)
    remove(rij)
    if tabel is not None and tabel.find(f".//{W}tr") is None:
        remove(tabel)


def _join_with_next(alinea: etree._Element, verborgen: HiddenText) -> None:
    """Word runs a paragraph whose end was deleted or hidden on into the next one; an emptied one vanishes."""
    volgende = alinea.getnext()
    if alinea.find(f"{W}pPr/{W}sectPr") is not None or volgende is None or volgende.tag != W + "p":
        return
    inhoud = [kind for kind in alinea if kind.tag != W + "pPr" and not _is_gone_run(kind, verborgen)]
    eigenschappen = volgende.find(W + "pPr")
    plaats = 0 if eigenschappen is None else 1
    for verschuiving, kind in enumerate(inhoud):
        volgende.insert(plaats + verschuiving, kind)
    remove(alinea)


def _is_gone_run(knoop: etree._Element, verborgen: HiddenText) -> bool:
    if knoop.tag in (W + "del", W + "moveFrom"):
        return True
    return knoop.tag == W + "r" and verborgen.is_hidden_run(knoop)


def _thin_styles(pakket: WordPackage) -> None:
    verhalen = [pakket.tree(deel) for deel in pakket.parts(*_STORIES)]
    gebruikt = {stijl.get(W + "val", "") for boom in verhalen for stijl in boom.iter(W + "tblStyle")}
    for deel in pakket.parts("styles"):
        pakket.members[deel] = thin_styles(pakket.members[deel], frozenset(gebruikt))


def _drop_hidden(boom: etree._Element, verborgen: HiddenText) -> None:
    if not verborgen.hides_in(boom):
        return
    for run in [run for run in boom.iter(W + "r") if verborgen.is_hidden_run(run)]:
        if run.find(W + "fldChar") is None and run.find(W + "instrText") is None:
            remove(run)


def _split_boxes(boom: etree._Element) -> None:
    """Set ☐, ✓ and their like apart: an engine picks one font for a run, and few fonts hold both letters and signs."""
    for tekst in [tekst for tekst in boom.iter(W + "t") if _BOXES.search(tekst.text or "")]:
        run = tekst.getparent()
        if run is None or run.tag != W + "r":
            continue
        delen = [deel for deel in _BOXES.split(tekst.text or "") if deel]
        if len(delen) == 1 and len(run.findall(W + "t")) == 1:
            continue
        _cut_run(run, tekst, delen)


def _cut_run(run: etree._Element, tekst: etree._Element, delen: list[str]) -> None:
    """Replace a run by: what stood before the text, each piece of the text, what stood after it."""
    plaats = run.index(tekst)
    kinderen = [kind for kind in run if kind.tag != W + "rPr"]
    voor = [kind for kind in kinderen if run.index(kind) < plaats]
    na = [kind for kind in kinderen if run.index(kind) > plaats]
    eigenschappen = run.find(W + "rPr")
    groepen = [voor, *[[new_text(deel)] for deel in delen], na]
    for groep in groepen:
        if groep:
            nieuw = etree.Element(W + "r")
            if eigenschappen is not None:
                nieuw.append(copy.deepcopy(eigenschappen))
            nieuw.extend(groep)
            run.addprevious(nieuw)
    remove(run)


def _drop_outside_pictures(pakket: WordPackage, deel: str) -> None:
    buiten = {relatie.id for relatie in pakket.relations(deel) if relatie.extern and relatie.soort != "hyperlink"}
    if not buiten:
        return
    for knoop in list(pakket.tree(deel).iter(W + "drawing", W + "pict", W + "object")):
        wijst = {waarde for kind in knoop.iter() for naam, waarde in kind.attrib.items() if str(naam).startswith(R)}
        if wijst & buiten:
            remove(knoop)


def _drop_comments_and_links(pakket: WordPackage) -> None:
    """Take out the comments, and every road to something outside the file that is not a link to click on."""
    for deel in pakket.parts("settings"):
        etree.strip_elements(pakket.tree(deel), W + "attachedTemplate", W + "mailMerge", W + "trackRevisions")
    for deel in [*pakket.parts(*_STORIES, "settings")]:
        for relatie in list(pakket.relations(deel)):
            if relatie.soort.startswith(("comments", "people")):
                pakket.drop_part(relatie.doel)
                pakket.drop_relation(deel, relatie.id)
            elif relatie.extern and relatie.soort != "hyperlink":
                pakket.drop_relation(deel, relatie.id)
