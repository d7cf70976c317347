"""The lint: every fault of a template, with its place, before any value is there.

From bytes to findings. It knows what a copy can hold (by its type) and what this document never does; the gates that
fill a template stay the last word: what they refuse and nothing here saw, is a finding too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from docx.document import Document as WordDocument
from docx.opc.part import XmlPart

from pipeline.errors import ConfiguratieFout
from pipeline.render.lint.blocks import Blokken, Nooit, list_loop_names
from pipeline.render.lint.fields import Pad, read_velden
from pipeline.render.lint.finding import Vondst, make_finding
from pipeline.render.lint.keywords import Gelezen
from pipeline.render.lint.layout import find_columns, find_margins, find_table_habits
from pipeline.render.lint.leftovers import find_dead_tags, find_leftovers
from pipeline.render.lint.places import Deel, list_delen
from pipeline.render.lint.reader import find_headings, find_language, find_pictures
from pipeline.render.lint.refusal import read_all
from pipeline.render.lint.scope import Bereik, Waarde
from pipeline.render.lint.styles import Stijlen
from pipeline.render.prepare import prepare_template
from pipeline.render.template import open_template
from schemas.anoniembeeld import AnoniemBeeld
from schemas.bevinding import Bevinding, Ernst
from schemas.deelbeeld import Deelbeeld

_TAAL = "nl-BE"
_VOLGORDE = (Ernst.FOUT, Ernst.WAARSCHUWING, Ernst.INFO)
_ANONIEM = "{} staat nooit in een anoniem document"
Redenen: TypeAlias = tuple[tuple[Pad, str], ...]


@dataclass(frozen=True)
class Bestemming:
    """For which document a template is meant: its kind of copy, what it never holds, each with why, and what always."""

    anoniem: bool = False
    nooit: Redenen = ()
    altijd: tuple[Pad, ...] = ()


@lru_cache(maxsize=256)
def lint_template(naam: str, sjabloon: bytes, *bestemmingen: Bestemming) -> tuple[Bevinding, ...]:
    """Find every fault of a template.

    Args:
        naam: the name of the template in messages.
        sjabloon: the .docx, in docxtpl's dialect.
        bestemmingen: for which documents.

    Returns:
        Each fault once, in the order of the template: first what stops a document or makes a wrong one (Ernst.FOUT).

    Raises:
        ConfiguratieFout: it is no Word document at all, is protected, or holds a macro.

    """
    return tuple(dict.fromkeys(vondst.bevinding for vondst in find_faults(naam, sjabloon, bestemmingen)[1]))


def find_faults(
    naam: str, sjabloon: bytes, bestemmingen: tuple[Bestemming, ...]
) -> tuple[WordDocument, tuple[Vondst, ...]]:
    """The same with the opened template, and with the paragraph of each fault in it."""
    document = open_template(naam, sjabloon)
    stijlen = Stijlen(document.styles.element)
    delen = list_delen(document, stijlen)
    vondsten = [
        *find_leftovers(document, delen),
        *find_dead_tags(document),
        *_find_tag_faults(delen, bestemmingen),
        *_find_habits(document, delen, stijlen),
    ]
    if not any(vondst.bevinding.ernst is Ernst.FOUT for vondst in vondsten):
        vondsten += _ask_gates(naam, sjabloon)
    eenmaal: dict[tuple[object, ...], Vondst] = {}
    for vondst in vondsten:
        eenmaal.setdefault(_describe(vondst), vondst)
    orde = {plek: nummer for nummer, plek in enumerate(plek for deel in delen for plek in deel.plekken)}

    def place(vondst: Vondst) -> tuple[int, int, int]:
        nummer = orde[vondst.plek] if vondst.plek is not None else -1
        return _VOLGORDE.index(vondst.bevinding.ernst), nummer, vondst.stuk[0] if vondst.stuk else -1

    return document, tuple(sorted(eenmaal.values(), key=place))


def _find_tag_faults(delen: tuple[Deel, ...], bestemmingen: tuple[Bestemming, ...]) -> Iterator[Vondst]:
    for deel in delen:
        gelezen, vondsten = read_all(deel)
        yield from vondsten
        for bestemming in bestemmingen:
            yield from _walk(gelezen, bestemming)


def _walk(gelezen: list[Gelezen], bestemming: Bestemming) -> list[Vondst]:
    velden = read_velden(AnoniemBeeld if bestemming.anoniem else Deelbeeld)
    namen = {naam: Waarde(soort, naam, (naam,)) for naam, soort in velden.velden.items()}
    leeg = {pad: _ANONIEM.format(pad[-1]) for pad, soort in velden.walk() if soort.altijd_leeg}
    nooit = {pad: Nooit(reden) for pad, reden in bestemming.nooit}
    nooit |= {pad: Nooit(reden, hoort_niet=True) for pad, reden in leeg.items()}
    blokken = Blokken(Bereik(namen, frozenset(bestemming.altijd), list_loop_names(gelezen)), nooit)
    blokken.walk(gelezen)
    return blokken.vondsten


def _find_habits(document: WordDocument, delen: tuple[Deel, ...], stijlen: Stijlen) -> Iterator[Vondst]:
    hoofd = delen[0]
    relaties = {
        sleutel: relatie.target_part.element
        for sleutel, relatie in document.part.rels.items()
        if not relatie.is_external and isinstance(relatie.target_part, XmlPart)
    }
    for deel in delen:
        yield from find_table_habits(deel)
    yield from find_margins(hoofd, delen, relaties, stijlen)
    yield from find_columns(hoofd)
    yield from find_language(stijlen)
    yield from find_pictures(delen)
    yield from find_headings(hoofd, stijlen)


def _ask_gates(naam: str, sjabloon: bytes) -> Iterator[Vondst]:
    try:
        prepare_template(naam, sjabloon, _TAAL)
    except ConfiguratieFout as fout:
        for regel in fout.fouten:
            yield Vondst(make_finding("sjabloon-geweigerd", "het bestand", regel, fout.remedie, Ernst.FOUT))


def _describe(vondst: Vondst) -> tuple[object, ...]:
    bevinding = vondst.bevinding
    return bevinding.code, bevinding.plaats, bevinding.melding, vondst.stuk
