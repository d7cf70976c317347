"""Changes to a Word file that change no answer: what other programs, other settings and other habits leave behind."""

from __future__ import annotations

import copy
import io
import random
import zipfile
from collections.abc import Callable
from typing import TypeAlias

from lxml import etree
from support_fill import HOOFDDEEL, Element, W

Delen: TypeAlias = dict[str, bytes]
Mutatie: TypeAlias = Callable[[Delen, random.Random], Delen]

_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_OPEN, _STRICT = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
_VERHUISD = (
    ("wordprocessingml/2006/main", "wordprocessingml/main"),
    ("officeDocument/2006/relationships", "officeDocument/relationships"),
    ("officeDocument/2006/extended-properties", "officeDocument/extendedProperties"),
)


def change(docx: bytes, mutaties: list[Mutatie], rng: random.Random) -> bytes:
    """The package after these changes, in this order."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archief:
        delen = {naam: archief.read(naam) for naam in archief.namelist()}
    for mutatie in mutaties:
        delen = mutatie(delen, rng)
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w") as archief:
        for naam, inhoud in delen.items():
            archief.writestr(zipfile.ZipInfo(naam), inhoud, rng.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))
    return uit.getvalue()


def split_runs(delen: Delen, rng: random.Random) -> Delen:
    """Words in pieces, with a mark of the spelling checker or of a page between them."""

    def edit(document: Element) -> None:
        for letters in list(document.iter(f"{W}t")):
            run, tekst = letters.getparent(), letters.text or ""
            if run is None or run.tag != f"{W}r" or len(run.findall(f"{W}t")) > 1 or len(tekst) < 2:
                continue
            deel = rng.randint(1, len(tekst) - 1)
            tweede = copy.deepcopy(run)
            for plaats, stuk in ((run, tekst[:deel]), (tweede, tekst[deel:])):
                nieuw = plaats.find(f"{W}t")
                assert nieuw is not None
                nieuw.text = stuk
                nieuw.set(_SPACE, "preserve")
            if any(kind.tag not in (f"{W}rPr", f"{W}t") for kind in run):
                letters.text = tekst  # breaks and tabs would come twice
                continue
            run.addnext(tweede)
            run.addnext(etree.Element(f"{W}proofErr", {f"{W}type": "spellEnd"}))

    return _edit(delen, edit)


def wrap_controls(delen: Delen, rng: random.Random) -> Delen:
    """Rows, cells and controls in elements that only group."""

    def edit(document: Element) -> None:
        for element in list(document.iter(f"{W}tr", f"{W}tc", f"{W}sdt")):
            if rng.random() < 0.2 and element.getparent() is not None:
                _wrap(element, rng.choice(("customXml", "sdt", "ins")) if element.tag != f"{W}tr" else "customXml")

    return _edit(delen, edit)


def mark_formatting(delen: Delen, rng: random.Random) -> Delen:
    """A tracked change of looks: the old looks, struck out or hidden, stand beside the new ones."""

    def edit(document: Element) -> None:
        for run in document.iter(f"{W}r"):
            opmaak = run.find(f"{W}rPr")
            if opmaak is not None and rng.random() < 0.3:
                vorige = etree.SubElement(etree.SubElement(opmaak, f"{W}rPrChange"), f"{W}rPr")
                etree.SubElement(vorige, f"{W}{rng.choice(('strike', 'vanish', 'b'))}")

    return _edit(delen, edit)


def offer_alternative(delen: Delen, rng: random.Random) -> Delen:
    """What stands in a run twice: once for this Word, once for an older one."""

    def edit(document: Element) -> None:
        for letters in list(document.iter(f"{W}t")):
            run = letters.getparent()
            if run is None or rng.random() > 0.2:
                continue
            keuze = etree.Element(f"{{{_MC}}}AlternateContent")
            run.replace(letters, keuze)
            for naam in ("Choice", "Fallback"):
                etree.SubElement(keuze, f"{{{_MC}}}{naam}").append(copy.deepcopy(letters))

    return _edit(delen, edit)


def rename_prefix(delen: Delen, _: random.Random) -> Delen:
    """Another prefix for Word's own namespace, as other writers choose."""

    def rename(document: Element) -> Element:
        namen = {("ns0" if uri == W[1:-1] else str(prefix)): uri for prefix, uri in document.nsmap.items()}
        nieuw = etree.Element(document.tag, {str(naam): str(w) for naam, w in document.attrib.items()}, nsmap=namen)
        nieuw.extend(list(document))
        return nieuw

    return {**delen, HOOFDDEEL: etree.tostring(rename(etree.fromstring(delen[HOOFDDEEL])))}


def make_strict(delen: Delen, _: random.Random) -> Delen:
    """The strict twin: other namespaces, and other names for the relations."""

    def translate(inhoud: bytes) -> bytes:
        for oud, nieuw in _VERHUISD:
            inhoud = inhoud.replace(f"{_OPEN}{oud}".encode(), f"{_STRICT}{nieuw}".encode())
        return inhoud

    return {naam: translate(inhoud) if naam.endswith((".xml", ".rels")) else inhoud for naam, inhoud in delen.items()}


def reorder_parts(delen: Delen, rng: random.Random) -> Delen:
    """The same parts in another order."""
    namen = list(delen)
    rng.shuffle(namen)
    return {naam: delen[naam] for naam in namen}


def _edit(delen: Delen, edit: Callable[[Element], None]) -> Delen:
    document = etree.fromstring(delen[HOOFDDEEL])
    edit(document)
    return {**delen, HOOFDDEEL: etree.tostring(document, xml_declaration=True, encoding="UTF-8", standalone=True)}


def _wrap(element: Element, naam: str) -> None:
    ouder = element.getparent()
    assert ouder is not None
    om = etree.Element(f"{W}{naam}")
    ouder.replace(element, om)
    if naam == "sdt":
        eigenschappen = etree.SubElement(om, f"{W}sdtPr")
        etree.SubElement(eigenschappen, f"{W}group")
        om = etree.SubElement(om, f"{W}sdtContent")
    om.append(element)
