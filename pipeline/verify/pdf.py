"""The gate for a finished PDF: nothing in it but what its Word file prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from pipeline.verify.findings import make_finding
from pipeline.verify.pdfcontent import Drawn, FontMap, read_content, read_font, read_string
from pipeline.verify.pdffile import Oneven, PdfFile, read_pdf
from pipeline.verify.pdfkeys import Judgement, judge
from pipeline.verify.pdfpage import Page, read_pages
from pipeline.verify.pdfpictures import find_strange_pictures
from pipeline.verify.pdfwords import Source, find_repeated, find_unknown
from pipeline.verify.template import Profile, Story
from pipeline.verify.tokens import count_letters, list_printed, list_tokens
from schemas.bevinding import Bevinding

_INSIDE = "binnenkant van het bestand"
_PAGE = re.compile(rb"/Type\s*/Page\b")
_CONTENTS = re.compile(rb"/Contents ([0-9]+) 0 R")
_MAPPED = re.compile(rb"/((?:F|Im|Img|X|Tr|I)[0-9]+(?:_[0-9]+)?)\s+([0-9]+) 0 R")
_RESOURCE = re.compile(rb"/(Resources|Font|XObject|Parent)\s+([0-9]+) 0 R")
_SUBSET = re.compile(r"\A[A-Z]{6}\+")
_PLAIN_STRINGS = {"Registry": {"Adobe"}, "Ordering": {"Identity", "UCS"}}
#: Structure that PDF itself names, and names that LibreOffice gives to Word's own styles.
_ROLES = frozenset(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl"
    " LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Figure Formula Form"
    " Artifact Standard Textbody Header Footer HeaderandFooter TableContents TableHeading Footnote Endnote Title"
    " Subtitle List ListParagraph Defaultstyle Layout Pagination".casefold().split()
)
_FONTS = re.compile(
    r"(?:Carlito|Caladea|Liberation|DejaVu|OpenSymbol|Noto|Symbola?|Wingdings|ZapfDingbats|Segoe|Arial|Helvetica|Times"
    r"|Courier|Calibri|Cambria|Consolas|Georgia|Verdana|Tahoma|Trebuchet|Lucida|Apple|MSGothic|YuGothic|SimSun|Gentium"
    r"|Linux(?:Libertine|Biolinum)|FreeS|FreeMono|Roboto|OpenSans|Lato|Menlo|Monaco)[A-Za-z0-9-]{0,40}"
)
_XMP_TAGS = re.compile(
    r"<\?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"\?>|<\?xpacket end=\"r\"\?>"
    r"|</?x:xmpmeta(?: xmlns:x=\"adobe:ns:meta/\")?>"
    r"|</?rdf:RDF(?: xmlns:rdf=\"http://www\.w3\.org/1999/02/22-rdf-syntax-ns#\")?>"
    r"|</rdf:Description>|<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl\.org/dc/elements/1\.1/\">"
    r"|<rdf:Description rdf:about=\"\" xmlns:pdfuaid=\"http://www\.aiim\.org/pdfua/ns/id/\">"
    r"|</?dc:title>|</?rdf:Alt>|</?rdf:li(?: xml:lang=\"x-default\")?>|<pdfuaid:part>1</pdfuaid:part>"
)
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


@dataclass(frozen=True)
class Allowed:
    """What one PDF may say beside its words."""

    title: str
    languages: frozenset[str]
    roles: frozenset[str]
    fonts: frozenset[str]
    targets: frozenset[str]
    words: Mapping[str, frozenset[str]]  #: of the texts beside the page: of a picture, of a link
    light: bool
    pictures: bool


def check_pdf(
    pdf: bytes, stories: Mapping[str, Story], profile: Profile, kop: Mapping[str, str]
) -> tuple[Bevinding, ...]:
    """Hold a PDF against the text of its Word file.

    In: the file; the text that was read from the Word file, by part; what the template allows; title and language. Out:
    what may not be there.
    """
    allowed = _make_allowed(profile, kop, stories)
    found: list[Bevinding] = []
    try:
        file = read_pdf(pdf)
        found += _check_objects(file, allowed)
        pages = read_pages(pdf)
        found += _check_drawing(file, pages, allowed)
    except Oneven as fout:
        return (*found, _make("indeling", _INSIDE, str(fout)))
    except pdfium.PdfiumError:
        return (*found, _make("indeling", _INSIDE, "het is geen leesbare PDF"))
    return (*found, *_check_words(pages, _make_source(stories, profile, len(pages))))


def _make_allowed(profile: Profile, kop: Mapping[str, str], stories: Mapping[str, Story]) -> Allowed:
    links = chain.from_iterable(profile.relations.values())
    targets = frozenset(target for _, _, target, mode in links if mode == "External")
    texts = [paragraph for story in stories.values() for paragraph in story.paragraphs]
    return Allowed(
        title=kop["titel"],
        languages=profile.languages | {kop["taal"]},
        roles=_ROLES | {_squeeze(name) for name in profile.styles},
        fonts=frozenset(_squeeze(name) for name in profile.fonts),
        targets=targets,
        words={
            "Alt": frozenset(list_tokens("\n".join(profile.pictured))),
            "Contents": frozenset(list_tokens("\n".join((*texts, *targets)))) if targets else frozenset(),
        },
        light=profile.light,
        pictures=bool(profile.media),
    )


def _squeeze(name: str) -> str:
    return re.sub(r"[\s-]|#20", "", name).casefold()


def _check_objects(file: PdfFile, allowed: Allowed) -> Iterator[Bevinding]:
    strange: set[str] = set()
    if file.find_unreached():
        strange.add("een onderdeel waar niets naar verwijst")
    for number, part in file.objects.items():
        judgement = judge(part.head)
        strange |= judgement.strange
        strange |= set(_judge_names(judgement, allowed))
        if number == 1:
            strange |= set(judge_title(file, part.head, allowed.title))
    yield from (_make("onderdeel", _INSIDE, wat) for wat in sorted(strange))


def _judge_names(judgement: Judgement, allowed: Allowed) -> Iterator[str]:
    if any(_squeeze(role) not in allowed.roles for role in judgement.roles):
        yield "een naam van een stuk tekst die niet uit het sjabloon komt"
    for font in judgement.fonts:
        plain = _SUBSET.sub("", font)
        if _squeeze(re.split(r"[-,]", plain)[0]) not in allowed.fonts and not _FONTS.fullmatch(plain):
            yield "een lettertype dat niet uit het sjabloon komt"
    for key, written in judgement.texts:
        text = read_string(written)
        goed = {
            "Lang": allowed.languages,
            "URI": allowed.targets,
        }.get(key, _PLAIN_STRINGS.get(key, set()))
        if text not in goed and not set(list_tokens(text)) <= allowed.words.get(key, frozenset()):
            yield "een tekst die niet op het blad staat"


def judge_title(file: PdfFile, root: bytes, title: str) -> Iterator[str]:
    """Whether the properties that a catalogue names hold this title, and nothing else."""
    reference = re.search(rb"/Metadata ([0-9]+) 0 R", root)
    if reference is None:
        return
    source = file.objects[int(reference[1])].unpack().decode("utf-8", errors="replace")
    text = _XMP_TAGS.sub("", source).strip()
    for written, meant in _ENTITIES:
        text = text.replace(written, meant)
    if text != title.strip():
        yield "een eigenschap die niet de titel is"


def _check_drawing(file: PdfFile, pages: Sequence[Page], allowed: Allowed) -> Iterator[Bevinding]:
    sheets = [number for number, part in file.objects.items() if _PAGE.search(part.head)]
    if len(sheets) != len(pages):
        raise Oneven("er zit een blad in dat niet getoond wordt")
    fonts = {number: read_font(file, number) for number, part in file.objects.items() if b"/ToUnicode" in part.head}
    used: set[int] = set()
    for number, (sheet, page) in enumerate(zip(_order_pages(file, sheets), pages, strict=True), start=1):
        names = _list_named(file, sheet)
        drawn = _read_sheet(file, sheet, {name: fonts[n] for name, n in names.items() if n in fonts})
        used |= {names[name] for name in drawn.used if name in names}
        strange = {*drawn.strange, *page.strange, *_judge_sheet(drawn, page, allowed)}
        yield from (_make("blad", f"bladzijde {number}", wat) for wat in sorted(strange))
    for wat in find_strange_pictures(file, used, pictures=allowed.pictures):
        yield _make("onderdeel", _INSIDE, wat)
    if fonts.keys() - used:
        yield _make("onderdeel", _INSIDE, "een lettertype dat nergens gebruikt wordt")


def _judge_sheet(drawn: Drawn, page: Page, allowed: Allowed) -> Iterator[str]:
    if drawn.light and not allowed.light:
        yield "witte tekst"
    if any(_squeeze(role) not in allowed.roles for role in drawn.roles):
        yield "een merk om tekst heen dat niet uit het sjabloon komt"
    if not _is_same(drawn.text, page.text):
        yield "tekst die getekend wordt en niet te lezen is"


def _order_pages(file: PdfFile, sheets: Sequence[int]) -> list[int]:
    """The pages as the tree has them: ours are numbered in that order."""
    order: list[int] = []
    waiting = [int(re.search(rb"/Pages ([0-9]+) 0 R", file.objects[1].head)[1])]  # type: ignore[index]
    while waiting:
        number = waiting.pop(0)
        if number in sheets:
            order.append(number)
            continue
        kids = re.search(rb"/Kids\s*\[([^\]]*)\]", file.objects[number].head)
        waiting = [int(n) for n in re.findall(rb"([0-9]+) 0 R", kids[1] if kids else b"")] + waiting
    if len(order) != len(sheets):
        raise Oneven("er zit een blad in dat niet getoond wordt")
    return order


def _list_named(file: PdfFile, sheet: int) -> dict[str, int]:
    """Fonts and pictures by the name under which a page uses them."""
    named: dict[str, int] = {}
    waiting, seen = [sheet], {sheet}
    while waiting:
        head = file.objects[waiting.pop()].head
        named.update({name.decode("ascii"): int(number) for name, number in _MAPPED.findall(head)})
        more = {int(number) for _, number in _RESOURCE.findall(head)} - seen
        seen |= more
        waiting += [number for number in more if number in file.objects]
    return named


def _read_sheet(file: PdfFile, sheet: int, fonts: Mapping[str, FontMap]) -> Drawn:
    contents = _CONTENTS.findall(file.objects[sheet].head)
    if len(contents) != 1:
        raise Oneven("een blad heeft geen of meer dan een inhoud")
    return read_content(file.objects[int(contents[0])].unpack(), fonts)


def _is_same(drawn: Sequence[str], shown: str) -> bool:
    """Whether what is drawn is what can be read; an engine may draw a piece twice on one spot to make it bold."""
    letters = count_letters(shown)
    if count_letters("".join(drawn)) == letters:
        return True
    single = [piece for number, piece in enumerate(drawn) if number == 0 or piece != drawn[number - 1]]
    return count_letters("".join(single)) == letters


def _make_source(stories: Mapping[str, Story], profile: Profile, pages: int) -> Source:
    margins = [story for name, story in stories.items() if re.match(r"word/(?:header|footer)", name)]
    texts = [story for name, story in stories.items() if not re.match(r"word/(?:header|footer)", name)]
    again = [paragraph for story in margins for paragraph in story.paragraphs]
    again += [paragraph for story in texts for paragraph in story.repeated]
    once = [paragraph for story in texts for paragraph in story.paragraphs]
    lists = len(once) if profile.numbered or len(texts) > 1 else 0
    marks = frozenset(token for mark in profile.marks for token in list_printed(mark))
    return Source(tuple(once), tuple(again), max(pages, lists), marks)


def _check_words(pages: Sequence[Page], source: Source) -> Iterator[Bevinding]:
    texts = [page.text for page in pages]
    for number, place in find_unknown(source, texts):
        yield _make("woord", f"bladzijde {number}", f"woord {place} staat niet in het Word-bestand")
    for number in sorted(set(find_repeated(source, texts))):
        yield _make("te-vaak", f"bladzijde {number}", "een woord staat er vaker dan in het Word-bestand")


def _make(code: str, plaats: str, wat: str) -> Bevinding:
    return make_finding(code, f"PDF, {plaats}", f"In de PDF, {plaats}: {wat}.")
