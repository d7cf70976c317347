"""Render stage: one Deelbeeld and one Word template in, one finished Word document out.

Nothing of the case can be reached from here but what the Deelbeeld holds; nothing of the moment either:
equal input gives equal bytes.
"""

from __future__ import annotations

from pipeline.render.book import Beeld, bind_book
from pipeline.render.context import build_context
from pipeline.render.data import render_data
from pipeline.render.engine import fill_template
from pipeline.render.package import CORE, build_core
from pipeline.render.prepare import prepare_template
from schemas.deelbeeld import Deelbeeld

__all__ = ["Beeld", "bind_book", "render_data", "render_deelbeeld"]


def render_deelbeeld(beeld: Deelbeeld, sjabloon: bytes) -> bytes:
    """Make the document of one copy.

    Args:
        beeld: all that this recipient may see in this document.
        sjabloon: the .docx template, in docxtpl's dialect; `beeld.sjabloon` is its name in messages.

    Returns:
        A .docx, byte for byte the same for the same arguments.

    Raises:
        PoortFout: a value holds a character that a Word document cannot hold; names field and position.
        ConfiguratieFout: the template names an unknown field, does what is not allowed, or is no Word document.

    """
    waarden = build_context(beeld)
    kop = beeld.kop
    klaar = prepare_template(beeld.sjabloon, sjabloon, kop.taal)
    return fill_template(beeld.sjabloon, klaar, waarden, {CORE: build_core(kop.titel, kop.afzender, kop.taal)})
