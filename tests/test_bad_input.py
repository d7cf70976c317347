"""A free text may hold anything: printed exactly, or refused with field and position; never a shorter document."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import pytest
from beelden import SOORTEN, make_beeld
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pydantic import BaseModel
from support_pdf import Together, prepare_all
from test_verify_word import get_template

from pipeline.errors import PoortFout
from pipeline.pdf import PdfEngine, RdocxEngine, make_pdfs
from pipeline.render import render_deelbeeld
from pipeline.render.context import build_context
from pipeline.verify import verify
from schemas.deelbeeld import Deelbeeld

#: A field: attributes and places in a tuple.
Pad = tuple[str | int, ...]

MERK = "Merkteken"  #: stands for a text
SLOT = "X"  #: ends each text: a template may look at the last letter
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: No free text: how the document is kept and found, in which language it is, and what closed lists say.
GESLOTEN = {
    "sleutel",
    "sjabloon",
    "documentsoort",
    "bestandsnaam",
    "taal",
    "id",
    "rollen",
    "ids",
    "verantwoording",
    "vorm",
}
LELIJK = {
    "jinja": "{{ kop.titel }} {% for x in y %} {# weg #} {%p if a %} {{ 7*7 }} {%- endif -%} {%tr endfor %}",
    "docxtpl": "{_{ }_} {_% %_} {{r x }} {%r y %}",
    "xml": "</w:t></w:r></w:p><w:p/> <!-- weg --> <![CDATA[x]]> &amp; &#65; & < > \" ' ]]>",
    "velden": ' { PAGE } HYPERLINK "https://example.org" \\* MERGEFORMAT DOCPROPERTY titel INCLUDETEXT ',
    "blanco": "  twee  spaties\ten\ttabs\n\n\neen  regel  ",
    "talen": "Ελληνικά — Привет — Łukasz Żółć — Işık Çağrı — e\u0301 — ﬁ — ǅ — ß İ ı",
    "schriften": "שלום עולם — مرحبا — 日本語 — ﷽",
    "tekens": "☐ ☒ • € ½ ² \u2028 \u00a0 \u200d _ __x__ $1 \\1 %s {0}",
    "emoji": "😀 👨‍👩‍👧",
    "lang woord": "w" * 400,
}


TEKST = st.text(st.characters(exclude_categories=()), max_size=60)
GEWEIGERD = re.compile(r"veld '([^']+)', teken (\d+) is een onzichtbaar of onmogelijk teken \(U\+([0-9A-F]+)\)")


def list_texts(waarde: object, pad: Pad = ()) -> Iterator[Pad]:
    """Every free text of a Deelbeeld."""
    if isinstance(waarde, str):
        yield pad
    elif isinstance(waarde, BaseModel):
        for naam in type(waarde).model_fields:
            if naam not in GESLOTEN:
                yield from list_texts(getattr(waarde, naam), (*pad, naam))
    elif isinstance(waarde, tuple):
        for plaats, deel in enumerate(waarde):
            yield from list_texts(deel, (*pad, plaats))


def put(waarde: object, teksten: Mapping[Pad, str], pad: Pad = ()) -> object:
    """The same with other texts in these fields; nothing is checked, as after a mistake of ours."""
    if pad in teksten:
        return teksten[pad]
    if isinstance(waarde, BaseModel):
        namen = [naam for naam in type(waarde).model_fields if naam not in GESLOTEN]
        return waarde.model_copy(update={n: put(getattr(waarde, n), teksten, (*pad, n)) for n in namen})
    if isinstance(waarde, tuple):
        return tuple(put(deel, teksten, (*pad, plaats)) for plaats, deel in enumerate(waarde))
    return waarde


def make_with(soort: str, teksten: Mapping[Pad, str]) -> Deelbeeld:
    beeld = put(make_beeld(soort, True), teksten)
    assert isinstance(beeld, Deelbeeld)
    return beeld


def render(beeld: Deelbeeld) -> bytes:
    return render_deelbeeld(beeld, get_template(beeld.sjabloon))


def read_parts(word: bytes) -> str:
    """All that is printed, by header, body and footer, a line a paragraph; read from the XML itself."""
    regels = []
    with zipfile.ZipFile(io.BytesIO(word)) as pakket:
        for naam in sorted(pakket.namelist()):
            if re.match(r"word/(document|header|footer)", naam):
                boom = etree.fromstring(pakket.read(naam))
                regels += [_read(alinea) for alinea in boom.iter(f"{W}p")]
    return "\n¶".join(regels)


def _read(alinea: etree._Element) -> str:
    tekens = {f"{W}tab": "\t", f"{W}br": "\n"}
    return "".join(tekens.get(deel.tag, deel.text or "") for deel in alinea.iter(f"{W}t", *tekens))


@cache
def get_marks(soort: str) -> Mapping[Pad, str]:
    """A mark of its own for every field that can hold a free text: an anonymous document has closed types as well."""
    marks = {pad: f"{MERK}{nummer:04d}{SLOT}" for nummer, pad in enumerate(list_texts(make_beeld(soort, True)))}
    return {pad: mark for pad, mark in marks.items() if _is_free(make_with(soort, {pad: mark}))}


def _is_free(beeld: Deelbeeld) -> bool:
    try:
        build_context(beeld)
    except PoortFout as fout:
        assert "is anoniem en bevat iets dat daarin niet kan staan" in fout.melding
        return False
    return True


@cache
def render_marked(soort: str) -> str:
    return read_parts(render(make_with(soort, get_marks(soort))))


@cache
def list_printed(soort: str) -> tuple[Pad, ...]:
    """The free texts that this document prints."""
    return tuple(pad for pad, mark in get_marks(soort).items() if mark in render_marked(soort))


def print_with(soort: str, teksten: Mapping[Pad, str]) -> None:
    """Printed exactly wherever each field is printed, all else as it was; and the gate knows each word."""
    beeld = make_with(soort, {**get_marks(soort), **teksten})
    word = render(beeld)
    verwacht = render_marked(soort)
    for pad, tekst in teksten.items():
        verwacht = verwacht.replace(get_marks(soort)[pad], re.sub("\r\n|[\r\u2028\u2029]", "\n", tekst))
    assert read_parts(word) == verwacht
    assert verify(beeld, get_template(beeld.sjabloon), word) == ()


@pytest.mark.parametrize("verschuiving", [0, 3])
@pytest.mark.parametrize("soort", SOORTEN)
def test_every_field_of_every_document_prints_ugly_text_exactly(soort: str, verschuiving: int) -> None:
    teksten = itertools.islice(itertools.cycle(LELIJK.values()), verschuiving, None)
    paden = list_printed(soort)
    assert len(paden) > 10
    print_with(
        soort, {pad: f"{tekst} {nummer}{SLOT}" for nummer, (pad, tekst) in enumerate(zip(paden, teksten, strict=False))}
    )


@given(TEKST, st.integers(0, 10_000), st.sampled_from(["casusfiche", "terugkoppeling", "verslag", "plan"]))
@settings(max_examples=100, deadline=None)
def test_any_text_is_printed_exactly_or_refused_with_field_and_position(tekst: str, keuze: int, soort: str) -> None:
    pad = list_printed(soort)[keuze % len(list_printed(soort))]
    tekst += SLOT
    try:
        print_with(soort, {pad: tekst})
    except PoortFout as fout:
        gevonden = GEWEIGERD.search(fout.melding)
        assert gevonden
        assert gevonden[1] == _describe(pad)
        genormaliseerd = re.sub("\r\n|[\r\u2028\u2029]", "\n", tekst)
        assert ord(genormaliseerd[int(gevonden[2]) - 1]) == int(gevonden[3], 16)


def _describe(pad: Pad) -> str:
    """A field as messages call it: places count from 1."""
    return "".join(f"[{stap + 1}]" if isinstance(stap, int) else f".{stap}" for stap in pad).removeprefix(".")


@pytest.mark.parametrize("teken", ["\x00", "\x1b", "\x9f", "\u202e", "\ud83d", "\ufffe", "\U000e0041"])
def test_a_character_that_no_document_can_hold_stops_the_document_in_every_field(teken: str) -> None:
    for pad in list_printed("triagelijst")[::3]:
        with pytest.raises(PoortFout, match=re.escape(f"veld '{_describe(pad)}', teken 6 ")):
            render(make_with("triagelijst", {pad: f"voor {teken} na"}))


def test_a_million_characters_are_printed_to_the_last_one() -> None:
    lang = " ".join(f"woord{nummer}" for nummer in range(90_000))
    assert len(lang) > 900_000
    pad = next(pad for pad in list_printed("casusfiche") if "waarde" in pad)
    print_with("casusfiche", {pad: f"{lang} {SLOT}"})


def _make_ugly(soort: str, namen: Iterable[str]) -> dict[str, Deelbeeld]:
    """A copy for each ugly text, in a field of its own."""
    velden = itertools.cycle(list_printed(soort)[::5])
    return {naam: make_with(soort, {pad: f"{LELIJK[naam]} {SLOT}"}) for naam, pad in zip(namen, velden, strict=False)}


def _print_pdfs(motor: PdfEngine, soort: str, namen: Iterable[str]) -> dict[str, str]:
    """Make a PDF of each of these copies, and say what became of it."""
    gemaakt = {}
    for naam, beeld in _make_ugly(soort, namen).items():
        word = render(beeld)
        try:
            pdf = make_pdfs({naam: word}, motor)[naam]
        except PoortFout:
            gemaakt[naam] = "onvolledig"
            continue
        gemaakt[naam] = "tegengehouden" if verify(beeld, get_template(beeld.sjabloon), word, pdf) else "goed"
    return gemaakt


def test_a_pdf_of_ugly_text_holds_all_of_it_or_is_refused() -> None:
    gemaakt = _print_pdfs(RdocxEngine(), "plan_client", LELIJK)
    assert {gemaakt[naam] for naam in ("jinja", "docxtpl", "xml", "velden", "blanco")} == {"goed"}
    # Where a font of this computer lacks the letters, a box would stand in their place.
    assert {naam for naam, hoe in gemaakt.items() if hoe == "tegengehouden"} <= {"schriften", "emoji"}


@pytest.mark.libreoffice
def test_so_does_one_of_libreoffice() -> None:
    namen = ["jinja", "talen", "xml"]
    motor = Together(lambda: prepare_all(map(render, _make_ugly("plan_client", namen).values())))
    gemaakt = _print_pdfs(motor, "plan_client", namen)
    assert set(gemaakt.values()) == {"goed"}
