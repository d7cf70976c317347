"""The gate for a finished Word file: nothing in it but what its template and its Deelbeeld hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from pipeline.verify.budget import Budget
from pipeline.verify.findings import make_finding
from pipeline.verify.package import read_members
from pipeline.verify.template import (
    FIELDS,
    MEDIA,
    RELATIONS,
    STATIC,
    STORY,
    TYPES,
    Profile,
    Story,
    get_hash,
    list_allowed_blocks,
    list_allowed_tags,
    list_relations,
    list_static,
    list_types,
    read_profile,
    read_story,
)
from pipeline.verify.tokens import list_tokens
from pipeline.verify.xml import PartText, Unreadable, get_text, list_languages, list_tags, read_part
from schemas.bevinding import Bevinding

CORE, APP, ROOT = "docProps/core.xml", "docProps/app.xml", "_rels/.rels"
_NAMES = (("document", "hoofdtekst"), ("header", "koptekst"), ("footer", "voettekst"))
_NOTES = (("footnotes", "voetnoten"), ("endnotes", "eindnoten"), ("styles", "stijlen"), ("settings", "instellingen"))
_OURS_TYPES = frozenset(
    {
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
        ("*.rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("*.xml", "application/xml"),
    }
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
_OURS_ROOT = frozenset(
    {
        (f"{_OFFICE}officeDocument", "/word/document.xml", "Internal"),
        (f"{_OFFICE}extended-properties", "/docProps/app.xml", "Internal"),
        (f"{_PACKAGE}core-properties", "/docProps/core.xml", "Internal"),
    }
)
_CORE_TAGS = {"dc:title", "dc:creator", "dc:language", 'dcterms:created xsi:type="dcterms:W3CDTF"'}
_CORE_TAGS |= {'dcterms:modified xsi:type="dcterms:W3CDTF"'}
#: XML knows one kind.
_LINE_END = re.compile("\r\n?")
_MOMENT = "1980-01-01T00:00:00Z"
_APP_TEXT = [("Application", "Microsoft Office Word"), ("AppVersion", "16.0000")]
_APP_ROOT = 'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"'
_CORE_ROOT = frozenset(
    {
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'xmlns:dcterms="http://purl.org/dc/terms/"',
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
    }
)
_LINK = re.compile(
    r"/(?:Relationships|Types)|(?:Relationship|Default|Override)"
    r'(?: (?:Id|Type|Target|TargetMode|Extension|PartName|ContentType)="[^"]*")+/'
)


def check_word(
    word: bytes, sjabloon: bytes, budget: Budget, kop: Mapping[str, str]
) -> tuple[tuple[Bevinding, ...], dict[str, Story]]:
    """Hold a Word file against its template and the words that it may hold.

    In: the file, its template, the words of both, and the title, sender and language of the document. Out: what may not
    be there, and the text that was read, for comparison with the PDF.
    """
    profile = read_profile(sjabloon)
    package = read_members(word)
    found: list[Bevinding] = list(package.findings)
    stories: dict[str, Story] = {}
    for naam, inhoud in package.parts.items():
        if naam not in profile.members | {CORE, APP, ROOT, TYPES}:
            found.append(_make("onderdeel", naam, "dit onderdeel hoort er niet in"))
        elif MEDIA.fullmatch(naam):
            if profile.media.get(naam) != get_hash(inhoud):
                found.append(_make("afbeelding", naam, "deze afbeelding is niet die van het sjabloon"))
        else:
            found += _check_part(naam, inhoud, sjabloon, kop, stories)
    found += _check_words(stories, budget, profile)
    return tuple(found), stories


def _check_part(
    naam: str, inhoud: bytes, sjabloon: bytes, kop: Mapping[str, str], stories: dict[str, Story]
) -> Iterator[Bevinding]:
    if STATIC.fullmatch(naam):
        yield from _check_static(sjabloon, naam, inhoud, kop["taal"])
        return
    profile = read_profile(sjabloon)
    try:
        part = read_part(inhoud)
    except Unreadable as fout:
        yield _make("onderdeel", naam, str(fout))
        return
    if STORY.fullmatch(naam):
        stories[naam] = read_story(part, cells=profile.cells)
        yield from _check_story(naam, part, stories[naam], profile, kop["taal"])
    elif naam == CORE:
        yield from _check_core(part, kop)
    elif naam == APP:
        pairs = [(tag, text) for tag, text in list_tags(part.source) if text or not tag.startswith("/")]
        if pairs != _APP_TEXT or part.root != ("Properties", frozenset({_APP_ROOT})):
            yield _make("eigenschap", naam, "een eigenschap van het bestand is niet de onze")
    elif naam in (TYPES, ROOT) or RELATIONS.fullmatch(naam):
        yield from _check_links(naam, part, profile)
    else:
        yield _make("onderdeel", naam, "dit onderdeel hoort er niet in")


@lru_cache(maxsize=256)
def _check_static(sjabloon: bytes, naam: str, inhoud: bytes, taal: str) -> tuple[Bevinding, ...]:
    """A part that no value reaches: the template's, less what was left out. The same for many documents."""
    profile = read_profile(sjabloon)
    try:
        part = read_part(inhoud)
    except Unreadable as fout:
        return (_make("onderdeel", naam, str(fout)),)
    mine = iter(profile.static.get(naam, ()))
    found = list(_check_root(naam, part, profile)) + list(_check_language(naam, part, profile, taal))
    # In the order of the template: `in` on an iterator goes on where it stopped.
    if not all(tag in mine for tag in list_static(part)):
        found.append(_make("constante", naam, "hier staat iets dat niet in het sjabloon staat"))
    return tuple(found)


def _check_story(naam: str, part: PartText, story: Story, profile: Profile, taal: str) -> Iterator[Bevinding]:
    yield from _check_root(naam, part, profile)
    yield from _check_language(naam, part, profile, taal)
    blocks, tags = _list_allowed(profile.stories[naam]) if naam in profile.stories else (frozenset(), frozenset())
    if story.blocks - blocks:
        yield _make("opmaak", naam, f"{len(story.blocks - blocks)} soort opmaak staat niet in het sjabloon")
    vreemd = sorted({re.split(r"[ />]", tag.lstrip("/"))[0][:20] for tag in story.tags - tags})
    if vreemd:
        yield _make("element", naam, f"hier staan elementen die het sjabloon niet heeft ({len(vreemd)} soorten)")
    if story.stray:
        yield _make("losse-tekst", naam, "er staat tekst buiten de alinea's")
    if any(field.split()[:1] != [field.strip()] or field.strip() not in FIELDS for field in story.fields):
        yield _make("veld", naam, "er staat een Word-veld dat niet toegelaten is")


@lru_cache(maxsize=256)
def _list_allowed(story: Story) -> tuple[frozenset[str], frozenset[str]]:
    return list_allowed_blocks(story), list_allowed_tags(story)


def _check_root(naam: str, part: PartText, profile: Profile) -> Iterator[Bevinding]:
    naam_wortel, attributen = part.root
    eigen = profile.roots.get(naam)
    if eigen is None or eigen[0] != naam_wortel or not attributen <= eigen[1]:
        yield _make("naamruimte", naam, "het eerste element is niet dat van het sjabloon")


def _check_language(naam: str, part: PartText, profile: Profile, taal: str) -> Iterator[Bevinding]:
    tags = list_languages(part.source) + re.findall(r"<w:themeFontLang(?: [^>]*)?/>", part.source)
    for tag in set(tags):
        delen = re.findall(r'([\w:]+)="([^"]*)"', tag)
        namen_goed = all(sleutel in ("w:val", "w:eastAsia", "w:bidi") for sleutel, _ in delen)
        if not namen_goed or any(waarde not in profile.languages | {taal} for _, waarde in delen):
            yield _make("taal", naam, "een taal is niet die van het document")


def _check_core(part: PartText, kop: Mapping[str, str]) -> Iterator[Bevinding]:
    pairs = [(tag, text) for tag, text in list_tags(part.source) if not tag.startswith("/")]
    echt = {
        "dc:title": kop["titel"],
        "dc:creator": kop["afzender"],
        "dc:language": kop["taal"],
    }
    for tag, text in pairs:
        naam = tag.rstrip("/")
        if naam not in _CORE_TAGS or _LINE_END.sub("\n", get_text(text)) != _LINE_END.sub(
            "\n", echt.get(naam, _MOMENT)
        ):
            yield _make("eigenschap", CORE, "een eigenschap van het bestand is niet die van het document")
    if part.root[0] != "cp:coreProperties" or not part.root[1] <= _CORE_ROOT or len(pairs) > len(_CORE_TAGS):
        yield _make("eigenschap", CORE, "een eigenschap van het bestand staat er te veel")
    if any(text for tag, text in list_tags(part.source) if tag.startswith("/")):
        yield _make("losse-tekst", CORE, "er staat tekst tussen de eigenschappen")


def _check_links(naam: str, part: PartText, profile: Profile) -> Iterator[Bevinding]:
    if any(text for _, text in list_tags(part.source)) or profile.roots.get(naam, part.root) != part.root:
        yield _make("losse-tekst", naam, "er staat tekst waar geen tekst hoort")
    if naam == TYPES:
        goed = list_types(part) <= profile.types | _OURS_TYPES
    elif naam == ROOT:
        ids = [id_ for id_, *_ in list_relations(naam, part)]
        goed = {tuple(rest) for _, *rest in list_relations(naam, part)} <= _OURS_ROOT
        goed = goed and all(re.fullmatch(r"rId\d\d?", id_) for id_ in ids)
    else:
        goed = list_relations(naam, part) <= profile.relations.get(naam, frozenset())
    if not goed or not all(_LINK.fullmatch(tag) for tag, _ in list_tags(part.source)):
        yield _make("verwijzing", naam, "een verwijzing of bestandssoort is niet die van het sjabloon")


def _check_words(stories: Mapping[str, Story], budget: Budget, profile: Profile) -> Iterator[Bevinding]:
    used: Counter[str] = Counter()
    for naam, story in stories.items():
        for nummer, paragraph in enumerate(story.paragraphs, start=1):
            for plaats, token in enumerate(list_tokens(paragraph), start=1):
                used[token] += 1
                if used[token] > budget.get(token) and (token in budget or not profile.glue.explains(token, budget)):
                    yield _refuse_word(naam, f"alinea {nummer}, woord {plaats}", again=token in budget)


def _refuse_word(naam: str, plaats: str, *, again: bool) -> Bevinding:
    if again:
        return _make("te-vaak", naam, f"{plaats} staat er vaker dan het sjabloon en de gegevens verklaren")
    return _make("woord", naam, f"{plaats} staat niet in het sjabloon, en niet in wat deze ontvanger mag zien")


def _make(code: str, naam: str, wat: str) -> Bevinding:
    plaats = f"Word-bestand, {describe_part(naam)}"
    return make_finding(code, plaats, f"In het Word-bestand, {describe_part(naam)}: {wat}.")


def describe_part(naam: str) -> str:
    """A part in words: the coordinator does not know what stands in a ZIP."""
    for begin, woord in (*_NAMES, *_NOTES):
        if naam.startswith(f"word/{begin}"):
            return woord
    return "eigenschappen" if naam.startswith("docProps/") else "binnenkant van het bestand"
