"""A template of a table's document through every gate, compiled once for all its copies."""

from __future__ import annotations

from functools import lru_cache

from pipeline.render.compiled import Sjabloon
from pipeline.render.context import BUITEN_SJABLOON
from pipeline.render.engine import compile_template
from pipeline.render.package import list_members
from pipeline.render.rows import mark_rows
from pipeline.render.sandbox import Zandbak
from pipeline.render.template import clean_template
from schemas.deelbeeld import Deelbeeld

_NAMEN = frozenset(Deelbeeld.model_fields) - BUITEN_SJABLOON | {"ontvanger"}


@lru_cache(maxsize=64)
def prepare_template(naam: str, sjabloon: bytes, taal: str) -> Sjabloon:
    """Compile a template. Raises ConfiguratieFout when it is no Word document, or holds what no document may."""
    document = clean_template(naam, sjabloon)
    mark_rows(document)
    return compile_template(naam, document, list_members(document, naam, taal), Zandbak(), _NAMEN)
