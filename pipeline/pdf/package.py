"""A Word file as a set of members: read once, change parts, write again with equal bytes for equal input."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.pdf.refused import Afgekeurd

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_STORIES = {
    _WORD_TYPE + "document.main+xml": "document",
    _WORD_TYPE + "header+xml": "header",
    _WORD_TYPE + "footer+xml": "footer",
    _WORD_TYPE + "footnotes+xml": "footnotes",
    _WORD_TYPE + "endnotes+xml": "endnotes",
    _WORD_TYPE + "styles+xml": "styles",
    _WORD_TYPE + "settings+xml": "settings",
}
#: Not the styles: those are the same for many documents (`styles.py`).
_READ_AT_ONCE = tuple(soort for soort in _STORIES.values() if soort != "styles")
_IGNORABLE = MC + "Ignorable"
DAMAGED = "het Word-bestand is beschadigd en kan niet gelezen worden"
#: Bytes of a main part that make a file count for one letter more.
_LETTER = 10_000
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Relation:
    """One relationship of a part: its short type ("image"), its target and whether that lies outside the file."""

    id: str
    soort: str
    doel: str
    extern: bool


@dataclass
class WordPackage:
    """The members of a Word file and its parsed stories; `write` gives the changed file."""

    members: dict[str, bytes]
    soorten: dict[str, str]  #: part name -> "document", "header", ...
    bomen: dict[str, etree._Element] = field(default_factory=dict)

    def tree(self, deel: str) -> etree._Element:
        """Give the parsed part; what is changed in it is written by `write`."""
        if deel not in self.bomen:
            self.bomen[deel] = parse(self.members[deel])
        return self.bomen[deel]

    def parts(self, *soorten: str) -> list[str]:
        """Give the names of the parts of these kinds, in order of name."""
        return sorted(deel for deel, soort in self.soorten.items() if soort in soorten and deel in self.members)

    def relations(self, deel: str) -> Iterator[Relation]:
        """Give the relationships of a part."""
        naam = relations_name(deel)
        if naam not in self.members:
            return
        for knoop in self.tree(naam).iter(_RELATIONS + "Relationship"):
            doel = knoop.get("Target", "")
            extern = knoop.get("TargetMode") == "External"
            pad = doel if extern else posixpath.normpath(posixpath.join("/", posixpath.dirname(deel), doel)).lstrip("/")
            yield Relation(knoop.get("Id", ""), knoop.get("Type", "").rpartition("/")[2], pad, extern)

    def drop_relation(self, deel: str, relation_id: str) -> None:
        """Remove one relationship of a part."""
        for knoop in list(self.tree(relations_name(deel))):
            if knoop.get("Id") == relation_id:
                remove(knoop)

    def drop_part(self, deel: str) -> None:
        """Remove a part and its entry in the list of content types."""
        self.members.pop(deel, None)
        self.members.pop(relations_name(deel), None)
        for knoop in list(self.tree("[Content_Types].xml")):
            if knoop.get("PartName", "").lstrip("/") == deel:
                remove(knoop)

    def write(self) -> bytes:
        """Write the file for an engine to read: equal bytes for equal input, not packed, since nobody keeps it."""
        uit = io.BytesIO()
        with zipfile.ZipFile(uit, "w") as archief:
            for naam, inhoud in self.members.items():
                boom = self.bomen.get(naam)
                gegevens = inhoud if boom is None else serialise(boom)
                archief.writestr(zipfile.ZipInfo(naam, _FIXED_DATE), gegevens)
        return uit.getvalue()


def remove(knoop: etree._Element) -> None:
    """Take an element out of its tree; the text behind it goes too, which in Word's parts is never text to read."""
    ouder = knoop.getparent()
    if ouder is not None:
        ouder.remove(knoop)


def new_text(inhoud: str) -> etree._Element:
    """Make a text for in a run, with its blanks kept."""
    knoop = etree.Element(W + "t")
    knoop.text = inhoud
    knoop.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return knoop


def relations_name(deel: str) -> str:
    """Give the name of the member that holds the relationships of a part."""
    map_, _, naam = deel.rpartition("/")
    return f"{map_}/_rels/{naam}.rels".lstrip("/")


def open_package(document: bytes) -> WordPackage:
    """Read a Word file.

    In: the bytes of a .docx. Out: its members and the kinds of its parts.
    Raises Afgekeurd when it is no readable Word file; the message says nothing of what is in it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(document)) as archief:
            members = {info.filename: archief.read(info) for info in archief.infolist() if not info.is_dir()}
        pakket = WordPackage(members, _kinds(members))
        for deel in pakket.parts(*_READ_AT_ONCE):
            pakket.tree(deel)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, KeyError, EOFError, etree.XMLSyntaxError, OSError) as fout:
        raise Afgekeurd(DAMAGED) from fout
    except (NotImplementedError, RuntimeError, ValueError) as fout:
        raise Afgekeurd("het Word-bestand is versleuteld of op een onbekende manier ingepakt") from fout
    if len(pakket.parts("document")) != 1:
        raise Afgekeurd("het bestand is geen Word-document")
    return pakket


def weigh(document: bytes) -> int:
    """Say how many ordinary letters a Word file compares to in the work that it gives, by the size of its text."""
    try:
        with zipfile.ZipFile(io.BytesIO(document)) as archief:
            groottes = [info.file_size for info in archief.infolist() if info.filename.endswith("document.xml")]
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OSError, NotImplementedError):
        return 1
    return 1 + sum(groottes) // _LETTER


def _kinds(members: dict[str, bytes]) -> dict[str, str]:
    return {
        knoop.get("PartName", "").lstrip("/"): soort
        for knoop in parse(members["[Content_Types].xml"]).iter(_TYPES + "Override")
        if (soort := _STORIES.get(knoop.get("ContentType", "")))
    }


def parse(inhoud: bytes) -> etree._Element:
    """Parse a part. Raises XMLSyntaxError."""
    return etree.fromstring(inhoud, etree.XMLParser(resolve_entities=False, no_network=True))


def serialise(boom: etree._Element) -> bytes:
    """Give a part as bytes."""
    return etree.tostring(boom, xml_declaration=True, encoding="UTF-8")


def drop_unused_names(boom: etree._Element) -> None:
    """Take out the declarations of namespaces that a part does not use.

    Word declares some thirty, and rdocx copies all that are declared for every element that it reads: half its time.
    """
    nodig = {naam for knoop in boom.iter(MC + "Choice") for naam in knoop.get("Requires", "").split()}
    etree.cleanup_namespaces(boom, keep_ns_prefixes=sorted(nodig))
    negeren = [naam for naam in boom.attrib.pop(_IGNORABLE, "").split() if naam in boom.nsmap]
    if negeren:
        boom.set(_IGNORABLE, " ".join(negeren))
