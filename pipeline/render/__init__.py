"""Render stage: one Deelbeeld and one Word template in, one finished Word document out.

Nothing of the case can be reached from here but what the Deelbeeld holds; nothing of the moment either:
equal input gives equal bytes.
"""

from __future__ import annotations

from pipeline.render.context import build_context
from pipeline.render.engine import fill_template
from pipeline.render.package import finish_package
from pipeline.render.rows import keep_rows_whole
from pipeline.render.template import clean_template
from schemas.deelbeeld import Deelbeeld

__all__ = ["render_deelbeeld"]


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
    context = build_context(beeld)
    schoon = clean_template(beeld.sjabloon, sjabloon)
    document = fill_template(beeld.sjabloon, schoon, context)
    keep_rows_whole(document)
    titel, afzender = beeld.kop.titel, beeld.kop.afzender
    return finish_package(document, beeld.sjabloon, titel, afzender, beeld.kop.taal)
