"""Which embedded files may stay in a template: those that another one will take the place of."""

from __future__ import annotations

from collections.abc import Collection

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part
from docx.opc.rel import _Relationship
from docx.oxml.ns import qn
from lxml import etree


def leads_to(relatie: _Relationship | None, vervangen: Collection[str]) -> bool:
    """Whether a relationship brings one of these files."""
    if relatie is None or relatie.is_external or relatie.reltype != RT.PACKAGE:
        return False
    return str(relatie.target_part.partname).removeprefix("/") in vervangen


def shows_replaced(part: Part, element: etree._Element, vervangen: Collection[str]) -> bool:
    """Whether an element of this part shows one of these files, and no other."""
    ingesloten = list(element.iter("{*}OLEObject")) if vervangen and element.tag == qn("w:object") else []
    return bool(ingesloten) and all(leads_to(part.rels.get(ole.get(qn("r:id"), "")), vervangen) for ole in ingesloten)
