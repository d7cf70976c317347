"""What is wrong with the tags of a template that cannot be compiled, in the words and with the places of the lint."""

from __future__ import annotations

from docx.document import Document as WordDocument

from pipeline.render.lint.alone import find_company
from pipeline.render.lint.blocks import Blokken, list_loop_names
from pipeline.render.lint.fields import ONBEKEND
from pipeline.render.lint.finding import Vondst
from pipeline.render.lint.keywords import Gelezen, read_keyword
from pipeline.render.lint.places import Deel, list_delen
from pipeline.render.lint.scope import Bereik, Waarde
from pipeline.render.lint.styles import Stijlen
from pipeline.render.lint.tags import Tag, read_tags
from schemas.bevinding import Ernst


def describe_refusal(document: WordDocument, namen: frozenset[str] | None) -> list[str]:
    """Each fault of its tags as one sentence that begins with its place.

    In: the template, and the names that its tags may use, of which nothing else is known; None for any.
    """
    bekend = {naam: Waarde(ONBEKEND, naam, (naam,)) for naam in namen or ()}
    vondsten = []
    for deel in list_delen(document, Stijlen(document.styles.element)):
        gelezen, eigen = read_all(deel)
        bereik = Bereik(bekend, frozenset(), list_loop_names(gelezen), elke_naam=namen is None)
        blokken = Blokken(bereik, {})
        blokken.walk(gelezen)
        vondsten += [*eigen, *blokken.vondsten]
    fouten = [vondst.bevinding for vondst in vondsten if vondst.bevinding.ernst is Ernst.FOUT]
    return list(dict.fromkeys(f"{fout.plaats}: {fout.melding}" for fout in fouten))


def read_all(deel: Deel) -> tuple[list[Gelezen], list[Vondst]]:
    """All tags of a part, and what is wrong with how they are typed or where they stand."""
    tags: list[Tag] = []
    vondsten: list[Vondst] = []
    for plek in deel.plekken:
        eigen, los = read_tags(plek)
        tags += eigen
        vondsten += los
    return [read_keyword(tag) for tag in tags], [*vondsten, *find_company(tags)]
