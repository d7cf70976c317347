"""`overzicht.html`: what to do first, then each case; for every eye, hand and printer, and without an answer in it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import html
from pypdf import PdfReader
from support_werkmap import CLIENT, FEIT, VOLLEDIG, Werkmapje, make_form

from pipeline.errors import ExitCode

CHROMIUM = shutil.which("chromium") or "chromium"
AXE = Path(__file__).parent.parent / ".venv" / "node_modules" / "axe-core" / "axe.min.js"
#: Rules that judge a page as it is published; "region" and the like are among them.
_RUN = """
<script>{axe}</script>
<script>
axe.run(document, {{resultTypes: ["violations"]}}).then(function (uitslag) {{
  var pre = document.createElement("pre");
  pre.id = "uitslag";
  pre.textContent = JSON.stringify(uitslag.violations.map(function (v) {{
    return [v.id, v.nodes.map(function (n) {{ return n.target.join(" "); }})];
  }}));
  document.body.appendChild(pre);
}});
</script>
"""


@pytest.fixture(scope="module")
def werkmap(tmp_path_factory: pytest.TempPathFactory) -> Werkmapje:
    """One complete case, one that waits, one refused file; the triagetafel prepared."""
    gemaakt = Werkmapje.make(tmp_path_factory.mktemp("overzicht"))
    gemaakt.drop(make_form())
    gemaakt.drop(make_form({"vraag.vraag": ""}, ({**CLIENT, "betrokkenen.geboortedatum": ""},)), "half.docx")
    gemaakt.drop(b"geen formulier", "brief.docx")
    gemaakt.process()
    assert gemaakt.prepare("triagetafel", "2026-11-27") == ExitCode.KLAAR
    return gemaakt


@pytest.fixture(scope="module")
def pagina(werkmap: Werkmapje) -> html.HtmlElement:
    return html.fromstring((werkmap.map / "overzicht.html").read_bytes())


def get_text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def run_chromium(profiel: Path, *args: str) -> bytes:
    vast = (
        *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
        *("--disable-background-networking", "--disable-component-update", f"--user-data-dir={profiel}"),
    )
    return subprocess.run([CHROMIUM, *vast, *args], capture_output=True, check=True, timeout=90).stdout


def test_what_to_do_comes_first_and_says_when_why_and_how(pagina: html.HtmlElement, werkmap: Werkmapje) -> None:
    assert get_text(pagina.xpath("//h2")[0]) == "Te doen vóór vrijdag 4 december 2026 (Triagetafel)"
    taken = [get_text(taak) for taak in pagina.xpath("//ul[@class='taken']/li")]
    onvolledig = next(d.code for d in werkmap.list_dossiers() if not d.aanmelding.get_tekst("vraag.vraag"))
    assert any(f"Casus {onvolledig} wacht op de aanmelder" in t and "“Geboortedatum”" in t for t in taken)
    assert any("Verstuur wat klaarstaat" in t and "overleg verzonden MAP" in t for t in taken)
    assert any("1 bestand in quarantaine" in t for t in taken)
    assert not any("Bereid het overleg voor" in t for t in taken), "it was prepared"


def test_each_case_shows_its_criteria_with_source_outcome_and_place_and_who_got_what(
    pagina: html.HtmlElement, werkmap: Werkmapje
) -> None:
    for dossier in werkmap.list_dossiers():
        (artikel,) = pagina.xpath(f"//article[@aria-labelledby='casus-{dossier.code}']")
        tekst = get_text(artikel)
        assert "Criteria: " in tekst and "een gemeente van de regio" in tekst
        assert "Bron" in tekst and "Waar op het formulier" in tekst
        assert "Triagelijst" in tekst and "nog niet genoteerd" in tekst


def test_every_link_leads_to_a_file_that_is_there(pagina: html.HtmlElement, werkmap: Werkmapje) -> None:
    links = [str(link) for link in pagina.xpath("//a/@href")]
    bestanden = [link for link in links if not link.startswith("#")]
    assert bestanden
    assert all((werkmap.map / unquote(link)).is_file() for link in bestanden)
    ankers = {str(anker) for anker in pagina.xpath("//@id")}
    assert {link[1:] for link in links if link.startswith("#")} <= ankers


def test_a_refused_file_stands_there_with_its_reason_and_what_to_do(pagina: html.HtmlElement) -> None:
    (sectie,) = pagina.xpath("//section[@aria-labelledby='quarantaine']")
    assert "brief.docx" in get_text(sectie) and "→" in get_text(sectie)


def test_no_answer_of_any_form_stands_on_the_page(pagina: html.HtmlElement) -> None:
    tekst = get_text(pagina)
    vrij = [VOLLEDIG["aanmelder.naam"], VOLLEDIG["aanmelder.email"], VOLLEDIG["vraag.vraag"]]
    vrij += [CLIENT["betrokkenen.naam"], "3 april 1970", FEIT["informatie.tekst"], FEIT["informatie.bron"]]
    assert not [waarde for waarde in vrij if str(waarde) in tekst]


def test_the_page_stands_by_itself(werkmap: Werkmapje) -> None:
    tekst = (werkmap.map / "overzicht.html").read_text(encoding="utf-8")
    assert "<script" not in tekst and "http://" not in tekst and "https://" not in tekst
    assert not re.findall(r"\bsrc=|@import|url\(", tekst)


def test_writing_it_again_gives_the_same_bytes(werkmap: Werkmapje) -> None:
    eerst = (werkmap.map / "overzicht.html").read_bytes()
    werkmap.prepare("triagetafel", "2026-11-27")
    assert (werkmap.map / "overzicht.html").read_bytes() == eerst


def test_a_new_werkmap_says_how_to_begin(tmp_path: Path) -> None:
    leeg = Werkmapje.make(tmp_path)
    leeg.process()
    tekst = get_text(html.fromstring((leeg.map / "overzicht.html").read_bytes()))
    assert "Er is niets te doen." in tekst and "Er is nog geen casus." in tekst


def test_a_page_that_cannot_be_written_does_not_undo_the_run(tmp_path: Path) -> None:
    bezet = Werkmapje.make(tmp_path)
    (bezet.map / "overzicht.html").mkdir()
    bezet.drop(make_form())
    assert bezet.process() == ExitCode.KLAAR
    assert "overzicht.html" in bezet.uitvoer and len(bezet.list_dossiers()) == 1


def _iterate_violations(werkmap: Werkmapje, tmp_path: Path, breedte: int) -> Iterator[Any]:
    tekst = (werkmap.map / "overzicht.html").read_text(encoding="utf-8")
    # The page forbids scripts; the copy that is tested lets this one in.
    tekst = re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", tekst)
    proef = tmp_path / "proef.html"
    proef.write_text(tekst.replace("</body>", _RUN.format(axe=AXE.read_text("utf-8")) + "</body>"), encoding="utf-8")
    opties = (f"--window-size={breedte},1200", "--virtual-time-budget=20000", "--dump-dom", proef.as_uri())
    uit = html.fromstring(run_chromium(tmp_path / "profiel", *opties))
    yield from json.loads(get_text(next(e for e in uit.iter("pre") if e.get("id") == "uitslag")))


@pytest.mark.parametrize("breedte", [1280, 400])
def test_axe_finds_nothing_at_two_widths(werkmap: Werkmapje, tmp_path: Path, breedte: int) -> None:
    assert list(_iterate_violations(werkmap, tmp_path, breedte)) == []


def test_on_paper_every_table_is_whole(werkmap: Werkmapje, tmp_path: Path) -> None:
    doel = tmp_path / "overzicht.pdf"
    run_chromium(
        tmp_path / "profiel",
        "--no-pdf-header-footer",
        f"--print-to-pdf={doel}",
        (werkmap.map / "overzicht.html").as_uri(),
    )
    tekst = " ".join("".join(pagina.extract_text() for pagina in PdfReader(doel).pages).split())
    assert "Te doen vóór vrijdag 4 december 2026" in tekst and "Waar op het formulier" in tekst
    assert all(f"Casus {dossier.code}" in tekst for dossier in werkmap.list_dossiers())
