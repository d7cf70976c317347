"""A Word package: which part is the document, what else holds text, and the tables that reading needs."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.read.findings import Findings
from pipeline.read.normalise import fold
from pipeline.read.ooxml import children, get_val, is_on, parse_xml, w
from pipeline.safezip import SafeZip, build_refusal

_SIDE_PARTS = {"header": "koptekst", "footer": "voettekst", "footnotes": "voetnoten", "endnotes": "eindnoten"}
_EMBEDDED = {"oleObject": "OLE-object", "package": "ingesloten bestand", "aFChunk": "ingevoegd document"}
_ALARMING = ("attachedTemplate", "oleObject", "frame", "subDocument", "image")
_REMOTE = ("http:", "https:", "ftp:", "\\\\", "//")
_DATASTORE = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}"
_STRICT_DATASTORE = "{http://purl.oclc.org/ooxml/officeDocument/customXml}"
_NO_MEMORY = 2  # libxml2's code
_HEADING_NAMES = ("heading ", "kop ", "title", "titel")


@dataclass(frozen=True)
class Relation:
    """One relationship: the last word of its type, the part it points to, whether that is outside the package."""

    kind: str
    target: str
    external: bool


@dataclass(frozen=True)
class Sources:
    """What the walker looks up: placeholder texts by docPart, data stores by id, styles that hide or head."""

    placeholders: dict[str, str] = field(default_factory=dict)
    stores: dict[str, etree._Element] = field(default_factory=dict)
    hidden_styles: frozenset[str] = frozenset()
    heading_styles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Document:
    """The main part and the side parts with their Dutch names, and the sources."""

    main: etree._Element
    sides: tuple[tuple[str, etree._Element], ...]
    sources: Sources


class Loader:
    """Opens the parts of one package, each once."""

    def __init__(self, package: SafeZip, findings: Findings) -> None:
        """Keep the package; part names differ by case only between writers."""
        self._package = package
        self._findings = findings
        self._names = {name.casefold(): name for name in package.names}

    def parse(self, part: str) -> etree._Element | None:
        """Return a part's root; None when the package lacks it, a finding too when it is broken."""
        name = self._names.get(part.casefold())
        if name is None:
            return None
        raw = self._package.read(name)
        try:
            return parse_xml(self._package.bestand, raw)
        except etree.XMLSyntaxError as fault:
            if getattr(fault, "code", None) == _NO_MEMORY:
                raise MemoryError from fault  # no fault of the file: the process that reads it must start afresh
            self._findings.add("vreemd-onderdeel", part, extra=posixpath.basename(part))
            return None

    def relations(self, part: str) -> list[Relation]:
        """Return the relationships of a part ("" is the package)."""
        folder, name = posixpath.split(part)
        root = self.parse(posixpath.join(folder, "_rels", f"{name}.rels"))
        return [_build_relation(folder, element) for element in children(root)]


def load_document(package: SafeZip, findings: Findings) -> Document:
    """Return the parsed document; raise InvoerFout when the package holds no Word document."""
    loader = Loader(package, findings)
    main_name, main = _find_main(package, loader)
    relations = loader.relations(main_name)
    _report_relations(relations, findings)
    names = [name.lower() for name in package.names]
    if any(name.endswith("vbaproject.bin") for name in names):
        findings.add("macro", "het document")
    if any("/activex/" in name for name in names):
        findings.add("activex", "het document")
    if any("/ink/" in name for name in names):
        findings.add("handgeschreven", "het document")
    sides = []
    for relation in relations:
        root = loader.parse(relation.target) if relation.kind in _SIDE_PARTS and not relation.external else None
        if root is not None:
            sides.append((_SIDE_PARTS[relation.kind], root))
    return Document(main, tuple(sides), _load_sources(loader, relations))


def _find_main(package: SafeZip, loader: Loader) -> tuple[str, etree._Element]:
    for relation in loader.relations(""):
        if relation.kind == "officeDocument" and not relation.external:
            root = loader.parse(relation.target)
            if root is not None and root.tag == w("document"):
                return relation.target, root
    raise build_refusal(
        "docx-beschadigd",
        package.bestand,
        "{bestand} is beschadigd of bevat geen Word-document.",
        "Open het in Word, bewaar het opnieuw als .docx en dien die versie in.",
    )


def _build_relation(folder: str, element: etree._Element) -> Relation:
    target = element.get("Target", "")
    external = element.get("TargetMode", "").lower() == "external"
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return Relation(element.get("Type", "").rpartition("/")[2], target, external)


def _report_relations(relations: list[Relation], findings: Findings) -> None:
    for relation in relations:
        if relation.external and relation.kind in _ALARMING and relation.target.lower().startswith(_REMOTE):
            findings.add("verwijzing-extern", "het document", extra=relation.kind)
        elif relation.kind in _EMBEDDED:
            findings.add("ingesloten-document", "het document", extra=_EMBEDDED[relation.kind])
        elif relation.kind == "image":
            findings.add("afbeelding", "het document")


def _load_sources(loader: Loader, relations: list[Relation]) -> Sources:
    placeholders: dict[str, str] = {}
    stores: dict[str, etree._Element] = {}
    hidden: set[str] = set()
    headings: set[str] = set()
    for relation in relations:
        if relation.external:
            continue
        if relation.kind == "glossaryDocument":
            placeholders |= dict(_read_glossary(loader.parse(relation.target)))
        elif relation.kind == "customXml":
            stores |= _read_store(loader, relation.target)
        elif relation.kind == "styles":
            styles = loader.parse(relation.target)
            hidden |= set(_find_hidden_styles(styles))
            headings |= set(_find_heading_styles(styles))
    return Sources(placeholders, stores, frozenset(hidden), frozenset(headings))


def _read_glossary(root: etree._Element | None) -> Iterator[tuple[str, str]]:
    for doc_part in () if root is None else root.iter(w("docPart")):
        name = get_val(doc_part.find(w("docPartPr")), "name")
        body = doc_part.find(w("docPartBody"))
        if name and body is not None:
            yield name, fold("".join(text.text or "" for text in body.iter(w("t"))))


def _read_store(loader: Loader, part: str) -> dict[str, etree._Element]:
    root = loader.parse(part)
    if root is None:
        return {}
    for relation in loader.relations(part):
        props = loader.parse(relation.target) if relation.kind == "customXmlProps" else None
        if props is not None:
            identity = props.get(f"{_DATASTORE}itemID") or props.get(f"{_STRICT_DATASTORE}itemID") or ""
            return {identity.lower(): root}
    return {}


def _find_hidden_styles(styles: etree._Element | None) -> Iterator[str]:
    for style in () if styles is None else styles.iter(w("style")):
        properties = style.find(w("rPr"))
        if properties is not None and is_on(properties.find(w("vanish"))):
            yield style.get(w("styleId"), "")


def _find_heading_styles(styles: etree._Element | None) -> Iterator[str]:
    for style in () if styles is None else styles.iter(w("style")):
        name = get_val(style, "name").lower()
        properties = style.find(w("pPr"))
        if name.startswith(_HEADING_NAMES) or (properties is not None and properties.find(w("outlineLvl")) is not None):
            yield style.get(w("styleId"), "")
