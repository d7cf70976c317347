"""What a template allows in the documents that are made of it, worked out once for each template."""

from __future__ import annotations

import hashlib
import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

from pipeline.verify.tags import Glue, Reading, changes_cells, find_glue, read_tags
from pipeline.verify.xml import PartText, Unreadable, drop_language, get_text, list_tags, read_part

STORY = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
STATIC = re.compile(r"word/(?:styles|settings|numbering|fontTable|theme/theme\d*)\.xml")
MEDIA = re.compile(r"word/media/[\w.-]+")
RELATIONS = re.compile(r"word/(?:theme/)?_rels/[\w.]+\.rels")
TYPES = "[Content_Types].xml"

#: Properties of text, paragraphs, tables and pages, and pictures: each block is the template's as a whole.
BLOCK = re.compile(
    r"<w:(rPr|pPr|tblPrEx|tblPr|tblGrid|trPr|tcPr|sectPr|drawing)(?: [^>]*)?(?:/>|(?<!/)>.*?</w:\1>)", re.DOTALL
)
_NEVER = re.compile(
    r"/?(?:w:(?:ins|del|move\w+|sdt\w*|customXml\w*|smartTag\w*|bookmark\w+|comment\w+|perm\w+|proofErr|altChunk|subDoc"
    r"|object|pict|ffData|dir|bdo|ruby\w*|txbxContent|lastRenderedPageBreak|documentProtection|docVars?|mailMerge"
    r"|attachedTemplate|data|webHidden|specVanish|vanish)\b|v:|mc:|o:|wps:|m:|a14:|!|\?)"
)
_VANISHING = re.compile(r"<w:(?:vanish|webHidden|specVanish|del|ins|\w+Change)\b")
_PICTURE = re.compile(r'(<(?:wp:docPr|pic:cNvPr) [^>]*?\bid=")\d+(")')
_GRID = re.compile(r"(?:<w:gridCol(?: [^>]*)?/>)+")
_SPAN = re.compile(
    r'<w:(?:gridSpan|vMerge)(?: w:val="(?:\d{1,2}|restart|continue)")?/>'
    r'|<w:shd w:val="clear"(?: w:color="auto")? w:fill="(?:[0-9A-Fa-f]{6}|auto)"/>'
)
_SPACE = ' xml:space="preserve"'
_EMPTY = re.compile(r"<w:(?:trPr|rPr|tcPr)(?:/>|></w:(?:trPr|rPr|tcPr)>)")
#: What stands in each paragraph whatever the template holds: a text, a tab, a new line.
_OURS = frozenset({"w:p", "/w:p", "w:r", "/w:r", "w:t", "/w:t", "w:t/", "w:br/", "w:tab/"})
_BREAKS = {"w:br/": "\n", "w:cr/": "\n", "w:tab/": "\t", "w:noBreakHyphen/": "-", "w:softHyphen/": "\u00ad"}
_HEADING = re.compile(r"<w:tr(?: [^>]*)?>(?:(?!<w:tc>|<w:tc ).)*<w:tblHeader.*?</w:tr>", re.DOTALL)
_LIGHT, _DARK = 237, 140  #: of 255: a colour all of whose parts are above or below
_FIELD = re.compile(r' w:instr="([^"]*)"')
FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})


@dataclass(frozen=True)
class Story:
    """What stands in one part that holds text."""

    root: tuple[str, frozenset[str]]
    blocks: frozenset[str]
    tags: frozenset[str]
    fields: frozenset[str]
    paragraphs: tuple[str, ...]
    stray: bool  #: text where no text belongs
    repeated: tuple[str, ...] = ()  #: the rows of tables that each page repeats


@dataclass(frozen=True)
class Profile:
    """All that the documents of one template may be made of, apart from the values that it prints."""

    members: frozenset[str]
    stories: dict[str, Story]
    static: dict[str, tuple[tuple[str, str], ...]]
    roots: dict[str, tuple[str, frozenset[str]]]
    media: dict[str, str]
    relations: dict[str, frozenset[tuple[str, str, str, str]]]
    types: frozenset[tuple[str, str]]
    languages: frozenset[str]
    readings: tuple[Reading, ...]
    glue: Glue
    pictured: frozenset[str]  #: what the template says about its pictures
    cells: bool  #: whether it changes cells, so that widths and spans are computed
    styles: frozenset[str]  #: names and ids
    fonts: frozenset[str]
    marks: frozenset[str]  #: that lists put before their items
    numbered: bool  #: whether a list counts
    light: bool  #: whether letters may be white: by their own colour, or by a dark ground


@lru_cache(maxsize=64)
def read_profile(sjabloon: bytes) -> Profile:
    """Read a template. Raises Unreadable when it is no Word file: no document was made of it then."""
    try:
        with zipfile.ZipFile(io.BytesIO(sjabloon)) as archief:
            members = {naam: archief.read(naam) for naam in archief.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise Unreadable("het sjabloon is geen Word-bestand") from None
    parts = {naam: read_part(inhoud, clean=True) for naam, inhoud in members.items() if _is_xml(naam)}
    stories = {naam: read_story(part) for naam, part in parts.items() if STORY.fullmatch(naam)}
    cells = changes_cells(chain.from_iterable(story.paragraphs for story in stories.values()))
    if cells:
        stories = {naam: read_story(parts[naam], cells=True) for naam in stories}
    paragraphs = {naam: list(story.paragraphs) for naam, story in stories.items()}
    return Profile(
        members=frozenset(members),
        stories=stories,
        static={naam: list_static(part) for naam, part in parts.items() if STATIC.fullmatch(naam)},
        roots={naam: part.root for naam, part in parts.items()},
        media={naam: get_hash(inhoud) for naam, inhoud in members.items() if MEDIA.fullmatch(naam)},
        relations={
            naam: list_relations(naam, part)
            for naam, part in parts.items()
            if RELATIONS.fullmatch(naam) or naam == "_rels/.rels"
        },
        types=list_types(parts[TYPES]) if TYPES in parts else frozenset(),
        languages=frozenset(chain.from_iterable(_list_languages(part) for part in parts.values())),
        readings=tuple(read_tags(teksten) for teksten in paragraphs.values()),
        cells=cells,
        glue=find_glue(chain.from_iterable(paragraphs.values())),
        **_read_looks("".join(part.source for part in parts.values())),
    )


def _read_looks(source: str) -> dict[str, Any]:
    """Styles, fonts, marks of lists and colours, wherever a template names them."""
    formats = set(re.findall(r'<w:numFmt w:val="(\w+)"', source))
    light = any(
        min(bytes.fromhex(colour)) > _LIGHT for colour in re.findall(r'<w:color w:val="([0-9A-Fa-f]{6})"', source)
    )
    dark = any(max(bytes.fromhex(colour)) < _DARK for colour in re.findall(r'\bw:fill="([0-9A-Fa-f]{6})"', source))
    return {
        "styles": frozenset(
            get_text(name) for name in re.findall(r'<w:(?:name w:val|style [^>]*w:styleId)="([^"]*)"', source)
        ),
        "pictured": frozenset(get_text(text) for text in re.findall(r' (?:descr|title)="([^"]*)"', source)),
        "fonts": frozenset(re.findall(r'(?:w:(?:ascii|hAnsi|cs|eastAsia)|<w:font w:name|typeface)="([^"]*)"', source)),
        "marks": frozenset(get_text(mark) for mark in re.findall(r'<w:lvlText w:val="([^"]*)"', source)),
        "numbered": bool(formats - {"bullet", "none"}),
        "light": light or dark,
    }


def read_story(part: PartText, *, cells: bool = False) -> Story:
    """Split a part with text into its blocks of properties, its other tags, its fields and its text.

    With `cells` the widths, spans and plain colours of table cells do not count.
    """
    source = normalise(part.source)
    if cells:
        source = _EMPTY.sub("", _SPAN.sub("", _GRID.sub("<w:gridCol/>", source)))
    blocks = frozenset(match[0] for match in BLOCK.finditer(source))
    pairs = list_tags(BLOCK.sub("", source))
    paragraphs, fields, stray = _read_text(pairs)
    repeated = _read_text([pair for row in _HEADING.findall(source) for pair in list_tags(BLOCK.sub("", row))])[0]
    tags = frozenset(tag for tag, _ in pairs)
    fields |= {get_text(field) for tag in tags for field in _FIELD.findall(tag)}
    return Story(part.root, blocks, tags, fields, paragraphs, stray, repeated)


def normalise(source: str) -> str:
    """Without what is done anew in each document: marks of language, rows that stay whole, blanks that count."""
    source = drop_language(source).replace("<w:cantSplit/>", "").replace(_SPACE, "")
    return _EMPTY.sub("", _EMPTY.sub("", _PICTURE.sub(r"\g<1>\g<2>", source)))


def _read_text(pairs: list[tuple[str, str]]) -> tuple[tuple[str, ...], frozenset[str], bool]:
    paragraphs: list[str] = []
    fields: set[str] = set()
    current: list[str] = []
    stray = False
    for tag, text in pairs:
        if tag == "w:t":
            current.append(get_text(text))
        elif tag == "/w:p":
            paragraphs.append("".join(current))
            current = []
        elif tag in _BREAKS:
            current.append(_BREAKS[tag])
        elif tag == "w:instrText":
            fields.add(get_text(text))
            continue
        if text and tag != "w:t" and not text.isspace():
            stray = True
    return (*paragraphs, *(["".join(current)] if current else ())), frozenset(fields), stray


def list_allowed_blocks(story: Story) -> frozenset[str]:
    """The blocks of a template's part that a document may hold."""
    return frozenset(block for block in story.blocks if not _VANISHING.search(block))


def list_allowed_tags(story: Story) -> frozenset[str]:
    """The other tags of a template's part that a document may hold."""
    return _OURS | {tag for tag in story.tags if not _NEVER.match(tag)}


def list_static(part: PartText) -> tuple[tuple[str, str], ...]:
    """The tags of a part that no value reaches, with the text behind each."""
    source = drop_language(part.source)
    return tuple((_drop_theme_language(tag), text.strip()) for tag, text in list_tags(source))


def _drop_theme_language(tag: str) -> str:
    return re.sub(r' w:val="[^"]*"', "", tag) if tag.startswith("w:themeFontLang") else tag


def _list_languages(part: PartText) -> set[str]:
    """Every language that a template names itself, for East Asian and right-to-left text too."""
    tags = re.findall(r"<w:(?:lang|themeFontLang)(?: [^>]*)?/>", part.source)
    return {value for tag in tags for value in re.findall(r'w:\w+="([^"]*)"', tag)}


def list_relations(naam: str, part: PartText) -> frozenset[tuple[str, str, str, str]]:
    """Each relationship: id, type, full target, mode."""
    map_ = posixpath.dirname(posixpath.dirname(naam))
    found = set()
    for tag, _ in list_tags(part.source):
        if tag.startswith("/"):
            continue
        kind = dict(re.findall(r'([\w:]+)="([^"]*)"', tag))
        mode = kind.get("TargetMode", "Internal")
        target = kind.get("Target", "")
        if mode == "Internal":
            target = posixpath.normpath(posixpath.join("/", map_, target))
        found.add((kind.get("Id", ""), kind.get("Type", ""), target, mode))
    return frozenset(found)


def list_types(part: PartText) -> frozenset[tuple[str, str]]:
    """Each content type, by extension or by part."""
    found = set()
    for tag, _ in list_tags(part.source):
        kind = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if kind:
            found.add((kind.get("PartName") or f"*.{kind.get('Extension', '')}".lower(), kind.get("ContentType", "")))
    return frozenset(found)


def get_hash(inhoud: bytes) -> str:
    """What a picture is known by."""
    return hashlib.sha256(inhoud).hexdigest()


def _is_xml(naam: str) -> bool:
    return naam.endswith((".xml", ".rels"))
