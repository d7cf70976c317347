"""The manual on paper: all of its Markdown arrives in Word and PDF, and what has no place there is named."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from support_tafels import name_tafel

from pipeline.cli import run_cli
from pipeline.errors import ConfiguratieFout, ExitCode, PoortFout
from pipeline.manual import read_manual
from pipeline.manual.layout import TEKSTBREEDTE, fit_columns
from pipeline.pdf import PdfEngine, RdocxEngine, add_outline, choose_engine, find_headings, make_pdfs
from pipeline.run.handleiding import BRON, Boek, load_boek, make_handleiding
from pipeline.run.starters import list_starters
from schemas.catalogus import load_tafel
from schemas.handleiding import Blok, Bloksoort, Cel, Stuk, Tabelrij

ROOT = Path(__file__).parents[1]
ECHT = ROOT / BRON
VANDAAG = dt.date(2031, 3, 3)
BEELD = next((ROOT / "word-templates" / "voorbeelden").glob("*.png"))
#: One of each.
KLEIN = """\
# Een kleine handleiding

**Kort.** Tekst met *nadruk*, `code` en **`vette code`**; zie hoofdstuk 2 & meer.

Inhoud: [Begin](#1-het-begin) · [Één tabel](#2-één-tabel)

## 1. Het begin

1. Eerst:

   ```bash
   overleg verwerk samen
   overleg verwerk "een map met een lange naam" --proef
   ```

   Dat duurt even.
2. Dan niets.

### Een paragraaf

- een punt
- nog een punt

1. Opnieuw vanaf een.

```text
┃ Kop ┃
    ingesprongen
```

## 2. Één tabel

![Een bladzijde met wat voorbeelden](beeld.png)

*Het onderschrift.*

| wat | `hoe` | waarom |
|---|---|---|
| a \\| b | **vet** | zie [het begin](#1-het-begin) |
| leeg |  | _ook_ |
"""


@pytest.fixture(scope="module")
def klein(tmp_path_factory: pytest.TempPathFactory) -> Path:
    map_ = tmp_path_factory.mktemp("klein")
    (map_ / "beeld.png").write_bytes(BEELD.read_bytes())
    (map_ / "KLEIN.md").write_text(KLEIN, encoding="utf-8")
    return map_ / "KLEIN.md"


@pytest.fixture(scope="module")
def gemaakt(klein: Path) -> dict[str, bytes]:
    return make_handleiding(RdocxEngine(), versie="9.8.7", vandaag=VANDAAG, bron=klein)


@pytest.fixture(scope="module")
def echt() -> Boek:
    return load_boek(ECHT, versie="9.8.7", vandaag=VANDAAG)


@pytest.fixture(scope="module")
def echt_word(echt: Boek) -> WordDocument:
    return open_word(echt.bind({}, met_velden=True))


def open_word(inhoud: bytes) -> WordDocument:
    return Document(io.BytesIO(inhoud))


def list_headings(document: WordDocument) -> list[tuple[int, str]]:
    """Level as in the Markdown, and text."""
    stijlen = {"Heading 1": 2, "Heading 2": 3}
    return [(stijlen[a.style.name], a.text) for a in document.paragraphs if a.style and a.style.name in stijlen]


def get_words(document: WordDocument) -> str:
    """All that is read in the text, blocks and cells apart."""
    alineas = document.element.body.iter(qn("w:p"))
    return "\n".join("".join(deel.text or "" for deel in alinea.iter(qn("w:t"))) for alinea in alineas)


@pytest.mark.xdist_group("handleiding")
def test_every_heading_of_the_manual_is_a_heading_in_word_in_order(echt_word: WordDocument) -> None:
    zonder_code = re.sub(r"^ *```.*?^ *```", "", ECHT.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    koppen = [(len(h), tekst) for h, tekst in re.findall(r"^(##+) (.+)$", zonder_code, re.MULTILINE)]
    assert len(koppen) > 30
    assert list_headings(echt_word) == koppen


@pytest.mark.xdist_group("handleiding")
def test_every_table_row_and_picture_of_the_manual_arrives(echt: Boek, echt_word: WordDocument) -> None:
    regels = ECHT.read_text(encoding="utf-8").splitlines()
    rijen = [regel for regel in regels if regel.startswith("|")]
    scheidingen = [regel for regel in rijen if re.fullmatch(r"[|-]+", regel)]
    tabellen = echt_word.tables
    assert len(tabellen) == len(scheidingen) > 20
    assert sum(len(tabel.rows) for tabel in tabellen) == len(rijen) - len(scheidingen)
    koppen = [tabel._tbl.tr_lst[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") for tabel in tabellen]
    assert all(kop is not None for kop in koppen)
    beelden = [vorm._inline.docPr.get("descr") for vorm in echt_word.inline_shapes]
    assert beelden == [beeld.tekst for beeld in echt.beelden]
    assert len(beelden) == sum(regel.startswith("![") for regel in regels)


@pytest.mark.xdist_group("handleiding")
def test_no_mark_of_markdown_is_left_in_the_text_and_no_word_is_lost(echt_word: WordDocument) -> None:
    tekst = get_words(echt_word)
    assert not re.search(r"\*\*|`|\]\(|^#|\|---", tekst, re.MULTILINE)
    bron = ECHT.read_text(encoding="utf-8")
    inhoud = re.search(r"^Inhoud: .*?\n\n", bron, re.DOTALL | re.MULTILINE)
    assert inhoud
    kaal = bron.replace(inhoud[0], "")
    kaal = re.sub(
        r"^ *```\w*$|^\d+\. |!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|^\|[|-]+$", "", kaal, flags=re.DOTALL | re.MULTILINE
    )
    woorden = Counter(re.findall(r"\w+", kaal))
    assert woorden.total() > 10_000
    assert woorden - Counter(re.findall(r"\w+", tekst)) == Counter()


@pytest.mark.xdist_group("handleiding")
def test_the_manual_as_it_is_becomes_a_pdf_that_loses_nothing(echt: Boek) -> None:
    pdf = make_pdfs({"h": echt.bind({}, met_velden=False)}, RdocxEngine())["h"]
    paginas = echt.find_pages(pdf)
    assert list(paginas.values()) == sorted(paginas.values())
    assert len(PdfReader(io.BytesIO(pdf)).pages) >= max(paginas.values())


def test_what_is_bold_slanted_typed_or_a_link_looks_so(gemaakt: dict[str, bytes]) -> None:
    document = open_word(gemaakt["Handleiding.docx"])
    (alinea,) = (a for a in document.paragraphs if a.text.startswith("Kort."))
    gewoon = [(run.text, bool(run.bold), bool(run.italic), run.style.style_id) for run in alinea.runs]
    assert ("Kort.", True, False, "DefaultParagraphFont") in gewoon
    assert ("nadruk", False, True, "DefaultParagraphFont") in gewoon
    assert {(tekst, stijl) for tekst, _, _, stijl in gewoon} > {("code", "Getypt"), ("vette code", "Getyptvet")}
    bladwijzers = {b.get(qn("w:name")) for b in document.element.body.iter(qn("w:bookmarkStart"))}
    links = {
        h.get(qn("w:anchor")): "".join(t.text or "" for t in h.iter(qn("w:t")))
        for h in alinea._p.iter(qn("w:hyperlink"))
    }
    assert list(links.values()) == ["hoofdstuk\u00a02"] and links.keys() <= bladwijzers


def test_lists_are_lists_and_each_numbered_one_begins_anew(gemaakt: dict[str, bytes]) -> None:
    alineas = open_word(gemaakt["Handleiding.docx"]).paragraphs
    stijlen = [(a.style.name, a.text) for a in alineas if a.style]
    assert [tekst for stijl, tekst in stijlen if stijl == "List Bullet"] == ["een punt", "nog een punt"]
    punten = [a._p for a in alineas if a.style and a.style.name == "List Number"]
    nummers = [deel.get(qn("w:val")) for punt in punten for deel in punt.iter(qn("w:numId"))]
    assert nummers == ["2", "2", "3"]
    assert ("List Continue", "Dat duurt even.") in stijlen
    getypt = [tekst for stijl, tekst in stijlen if stijl in ("Opdracht", "Scherm")]
    assert getypt[0] == "overleg verwerk samen" and getypt[-1] == "    ingesprongen"


def test_the_lines_of_one_typed_block_stand_close_together_in_the_built_in_engine(gemaakt: dict[str, bytes]) -> None:
    woorden: list[tuple[str, float]] = []

    def note(tekst: str, vlak: list[float], letters: list[float], *_: object) -> None:
        woorden.append((tekst.strip(), vlak[5] + letters[5] * vlak[3]))

    for bladzijde in PdfReader(io.BytesIO(gemaakt["Handleiding.pdf"])).pages:
        bladzijde.extract_text(visitor_text=note)
    (eerste,) = (hoogte for woord, hoogte in woorden if woord == "samen")
    (tweede,) = (hoogte for woord, hoogte in woorden if woord == '"een')
    assert 0 < abs(eerste - tweede) < 1.5 * 9


def test_the_word_file_has_a_table_of_contents_with_the_pages_of_the_pdf(gemaakt: dict[str, bytes]) -> None:
    document = open_word(gemaakt["Handleiding.docx"])
    regels = [a.text.split("\t") for a in document.paragraphs if a.style and a.style.name.startswith("toc")]
    koppen = find_headings(gemaakt["Handleiding.pdf"])
    assert regels == [[tekst, str(kop.pagina)] for (_, tekst), kop in zip(list_headings(document), koppen, strict=True)]
    velden = [deel.text or "" for deel in document.element.body.iter(qn("w:instrText"))]
    assert velden[0].split()[:2] == ["TOC", "\\o"]
    assert [veld.split()[0] for veld in velden[1:]] == ["PAGEREF"] * len(koppen)
    soorten = [deel.get(qn("w:fldCharType")) for deel in document.element.body.iter(qn("w:fldChar"))]
    assert soorten.count("begin") == soorten.count("separate") == soorten.count("end") == len(velden)


def test_the_title_page_and_each_foot_say_version_and_day(gemaakt: dict[str, bytes]) -> None:
    document = open_word(gemaakt["Handleiding.docx"])
    assert "Versie 9.8.7 — 3 maart 2031" in get_words(document)
    assert document.core_properties.title == "Een kleine handleiding"
    bladen = [blad.extract_text() for blad in PdfReader(io.BytesIO(gemaakt["Handleiding.pdf"])).pages]
    assert all("versie 9.8.7" in " ".join(blad.replace("\u00a0", " ").split()) for blad in bladen[1:])
    assert f"pagina 2 van {len(bladen)}" in " ".join(bladen[1].replace("\u00a0", " ").split())


@pytest.mark.parametrize(
    "motor", ["rdocx", pytest.param("libreoffice", marks=pytest.mark.libreoffice)], ids=["rdocx", "libreoffice"]
)
def test_the_pdf_has_title_language_tags_and_bookmarks(motor: str, klein: Path, gemaakt: dict[str, bytes]) -> None:
    pdf = gemaakt["Handleiding.pdf"] if motor == "rdocx" else print_once(klein, choose_engine(motor))
    lezer = PdfReader(io.BytesIO(pdf))
    wortel = lezer.root_object
    assert (str(wortel["/Lang"]), str(wortel["/MarkInfo"])) == ("nl-BE", "{'/Marked': True}")
    assert lezer.xmp_metadata and lezer.xmp_metadata.dc_title == {"x-default": "Een kleine handleiding"}
    bladwijzers = list(list_bookmarks(lezer, lezer.outline))
    assert [(n, tekst) for n, tekst, _ in bladwijzers] == [
        (1, "1. Het begin"),
        (2, "Een paragraaf"),
        (1, "2. Één tabel"),
    ]
    assert [(n, blad) for n, _, blad in bladwijzers] == [(kop.niveau, kop.pagina) for kop in find_headings(pdf)]
    assert (str(wortel["/PageMode"]), "/StructTreeRoot" in wortel) == ("/UseOutlines", True)
    alle = [blad.extract_text() for blad in lezer.pages]
    assert "overleg verwerk samen" in "".join(alle) and "Het onderschrift." in "".join(alle)


def list_bookmarks(lezer: PdfReader, boom: Any, niveau: int = 1) -> Iterator[tuple[int, str, int]]:
    """Level, text and page of each bookmark."""
    for deel in boom:
        if isinstance(deel, list):
            yield from list_bookmarks(lezer, deel, niveau + 1)
        else:
            yield niveau, deel.title, (lezer.get_destination_page_number(deel) or 0) + 1


def print_once(bron: Path, motor: PdfEngine) -> bytes:
    """The PDF without true page numbers in its table of contents."""
    boek = load_boek(bron, versie="1", vandaag=VANDAAG)
    pdf = make_pdfs({"h": boek.bind({}, met_velden=False)}, motor)["h"]
    return add_outline(pdf, [kop.tekst for kop in boek.handleiding.list_koppen()])


def test_made_twice_it_is_the_same_to_the_byte(klein: Path, gemaakt: dict[str, bytes]) -> None:
    assert make_handleiding(RdocxEngine(), versie="9.8.7", vandaag=VANDAAG, bron=klein) == gemaakt
    with zipfile.ZipFile(io.BytesIO(gemaakt["Handleiding.docx"])) as pakket:
        assert all(lid.date_time[0] == 1980 for lid in pakket.infolist())


@pytest.mark.parametrize(
    ("regels", "fout"),
    [
        ("> een citaat", "blockquote"),
        ("---", "hr"),
        ("<div>html</div>", "html_block"),
        ("Een <br> tussenin", "html_inline"),
        ("#### Vier hekjes", "h4"),
        ("# Nog een titel", "titel"),
        ("Een beeld ![x](y.png) in een zin", "image"),
        ("![](y.png)", "wat erop te zien is"),
        ("**niet dicht", "**"),
        ("zie hoofdstuk 12", "hoofdstuk 12"),
        ("een [link](#3-weg) naar niets", "#3-weg"),
        ("een [link](https://example.org)", "https://example.org"),
        ("    ingesprongen code", "code_block"),
        ("- een\n  - twee", "bullet_list"),
        ("- | a | b |\n  |---|---|\n  | c | d |", "table"),
        ("3. drie", "begint met 1"),
        ("| een |\n|---|\n| kolom |", "kolommen"),
        ("Inhoud: [Twee](#2-twee)", "hoofdstukken"),
        ("**vet met *schuin* erin**", "em"),
    ],
)
def test_what_the_manual_has_no_place_for_is_named_with_its_line(regels: str, fout: str) -> None:
    bron = f"# Titel\n\n## 1. Een\n\nTekst.\n\n{regels}\n\n## 2. Twee\n\nSlot.\n"
    with pytest.raises(ConfiguratieFout) as gevangen:
        read_manual("boek.md", bron)
    assert all(re.match(r"boek\.md, regel \d+: ", zin) for zin in gevangen.value.fouten)
    assert fout in gevangen.value.melding
    if fout not in ("titel", "hoofdstukken"):
        assert any(f"regel {nummer}:" in gevangen.value.melding for nummer in range(7, 7 + len(regels.splitlines())))


def test_a_picture_that_is_not_there_or_is_none_is_named(tmp_path: Path) -> None:
    bron = tmp_path / "boek.md"
    bron.write_text("# Titel\n\n## 1. Een\n\n![Iets om te zien](weg.png)\n", encoding="utf-8")
    with pytest.raises(ConfiguratieFout, match=r"boek\.md, regel 5: het beeld weg\.png"):
        make_handleiding(RdocxEngine(), versie="1", vandaag=VANDAAG, bron=bron)
    (tmp_path / "weg.png").write_bytes(b"geen beeld")
    with pytest.raises(ConfiguratieFout, match=r"weg\.png is geen beeld"):
        make_handleiding(RdocxEngine(), versie="1", vandaag=VANDAAG, bron=bron)


def test_bookmarks_need_the_headings_that_they_name(gemaakt: dict[str, bytes]) -> None:
    with pytest.raises(PoortFout):
        add_outline(gemaakt["Handleiding.pdf"], ["1. Het begin"])
    with pytest.raises(PoortFout):
        find_headings(b"%PDF-1.7 niets")


teksten = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=300)


@settings(max_examples=30)
@given(st.integers(2, 5).flatmap(lambda n: st.lists(st.lists(teksten, min_size=n, max_size=n), min_size=1, max_size=5)))
def test_columns_fill_the_width_and_none_vanishes(rijen: list[list[str]]) -> None:
    kop, *rest = ([Cel(stukken=(Stuk(tekst=tekst),)) for tekst in rij] for rij in rijen)
    tabel = Blok(
        soort=Bloksoort.TABEL, regel=1, kop=tuple(kop), rijen=tuple(Tabelrij(cellen=tuple(rij)) for rij in rest)
    )
    breedten = fit_columns(tabel)
    assert sum(breedten) == TEKSTBREEDTE
    assert min(breedten) > 100


def test_the_command_puts_both_files_where_they_are_asked_for_and_overwrites_nothing(
    tmp_path: Path, klein: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("pipeline.run.handleiding.find_supplied", lambda _: klein)
    assert run_cli(["handleiding", str(tmp_path), "--pdf", "rdocx", "--vandaag", "2031-03-03"]) == ExitCode.KLAAR
    assert sorted(pad.name for pad in tmp_path.iterdir()) == ["Handleiding.docx", "Handleiding.pdf"]
    assert f"Versie {version('casusoverleg')}" in get_words(Document(str(tmp_path / "Handleiding.docx")))
    eerst = (tmp_path / "Handleiding.docx").stat()
    assert run_cli(["handleiding", str(tmp_path)]) == ExitCode.GEBRUIK
    assert (tmp_path / "Handleiding.docx").stat() == eerst
    assert "Handleiding.docx staat al in deze map" in capsys.readouterr().err
    assert run_cli(["handleiding", str(tmp_path / "weg")]) == ExitCode.GEBRUIK
    assert "bestaat niet" in capsys.readouterr().err


def test_the_manual_names_every_file_to_double_click() -> None:
    tekst = ECHT.read_text(encoding="utf-8")
    for starter in list_starters(load_tafel(name_tafel("gewoon"))):
        assert f"`{Path(starter.naam).stem}`" in tekst, starter.naam


def test_every_picture_is_used_and_together_they_stay_small() -> None:
    beelden = list(BEELD.parent.iterdir())
    teksten = "".join((ROOT / naam).read_text(encoding="utf-8") for naam in ("README.md", BRON))
    assert [beeld.name for beeld in beelden if f"]({beeld.relative_to(ROOT).as_posix()})" not in teksten] == []
    assert sum(beeld.stat().st_size for beeld in beelden) < 600_000
