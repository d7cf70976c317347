"""The glossary part: the prompt that Word puts back when somebody empties a control."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from pipeline.forms.wordml import Element, el, paragraph, root, run


def build_glossary(prompts: Mapping[str, str]) -> Element:
    """A glossary document with one prompt per tag, named after that tag."""
    return root("w:glossaryDocument", el("w:docParts", *(_part(tag, prompt) for tag, prompt in prompts.items())))


def _part(tag: str, prompt: str) -> Element:
    kenmerken = el(
        "w:docPartPr",
        el("w:name", val=tag),
        el("w:category", el("w:name", val="General"), el("w:gallery", val="placeholder")),
        el("w:types", el("w:type", val="bbPlcHdr")),
        el("w:behaviors", el("w:behavior", val="content")),
        el("w:guid", val=f"{{{uuid.uuid5(uuid.NAMESPACE_URL, tag)}}}".upper()),
    )
    return el("w:docPart", kenmerken, el("w:docPartBody", paragraph(run(prompt, "PlaceholderText"))))
