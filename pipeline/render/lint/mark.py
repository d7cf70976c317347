"""A copy of a template with a comment of Word at each fault, to be repaired with the text in view."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.oxml.text.run import CT_R
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

from pipeline.render.lint.check import Bestemming, find_faults
from pipeline.render.lint.finding import Vondst
from schemas.bevinding import Ernst

_AUTEUR, _LETTERS = "overleg", "OV"
_RUN, _TEKST, _VORM = qn("w:r"), qn("w:t"), qn("w:rPr")


def mark_template(naam: str, sjabloon: bytes, *bestemmingen: Bestemming) -> bytes:
    """Copy a template with a comment at each fault; what is only worth knowing gets none.

    In: as for `lint_template`. Out: a .docx; Word allows no comment in a header, a footer or a footnote, so that those
    stand at the begin of the text. Raises ConfiguratieFout when it cannot be opened.
    """
    document, vondsten = find_faults(naam, sjabloon, bestemmingen)
    eerste = Run(_find_first(document), document)
    for vondst in vondsten:
        if vondst.bevinding.ernst is Ernst.INFO:
            continue
        if vondst.plek is not None and document.element.body in vondst.plek.alinea.iterancestors():
            runs = _find_runs(vondst.plek.alinea, vondst.stuk)
            _comment(document, Run(runs[0], document), Run(runs[-1], document), vondst, waar="")
        else:
            _comment(document, eerste, eerste, vondst, waar=f"{vondst.bevinding.plaats}: ")
    uit = io.BytesIO()
    document.save(uit)
    return uit.getvalue()


def _comment(document: WordDocument, van: Run, tot: Run, vondst: Vondst, *, waar: str) -> None:
    tekst = "\n".join(filter(None, (f"{waar}{vondst.bevinding.melding}", vondst.bevinding.remedie)))
    opmerking = document.add_comment([van, tot], text=tekst, author=_AUTEUR, initials=_LETTERS)
    opmerking._comment_elm.attrib.pop(qn("w:date"))


def _find_first(document: WordDocument) -> CT_R:
    """The first run of the text, made when there is none."""
    body = document.element.body
    runs = (run for run in body.iter(_RUN) if isinstance(run, CT_R))
    alinea = next(body.iter(qn("w:p")), None)
    eerste = next(runs, None)
    if eerste is None:
        eerste = (Paragraph(alinea, document) if alinea is not None else document.add_paragraph()).add_run()._r
    return eerste


def _find_runs(alinea: etree._Element, stuk: tuple[int, int] | None) -> list[CT_R]:
    """The runs that hold the tag and nothing else; those of the whole paragraph for another fault."""
    for grens in stuk or ():
        _split_at(alinea, grens)
    runs = list(_list_runs(alinea, stuk))
    if not runs and isinstance(alinea, CT_P):
        runs = [alinea.add_r()]
    return runs


def _list_runs(alinea: etree._Element, stuk: tuple[int, int] | None) -> Iterator[CT_R]:
    begin = 0
    for run in alinea.iter(_RUN):
        lengte = sum(len(tekst.text or "") for tekst in run.iter(_TEKST))
        gedeeld = stuk is None or (lengte and begin < stuk[1] and begin + lengte > stuk[0])
        if gedeeld and isinstance(run, CT_R):
            yield run
        begin += lengte


def _split_at(alinea: etree._Element, grens: int) -> None:
    """Let a run end at this place in the text; one that holds more than text stays whole."""
    begin = 0
    for run in list(alinea.iter(_RUN)):
        teksten = list(run.iter(_TEKST))
        lengte = sum(len(tekst.text or "") for tekst in teksten)
        if begin < grens < begin + lengte and len(teksten) == sum(deel.tag != _VORM for deel in run) == 1:
            rest = copy.deepcopy(run)
            run.addnext(rest)
            tekst = teksten[0].text or ""
            _set_text(run, tekst[: grens - begin])
            _set_text(rest, tekst[grens - begin :])
        begin += lengte


def _set_text(run: etree._Element, tekst: str) -> None:
    element = next(run.iter(_TEKST))
    element.text = tekst
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
