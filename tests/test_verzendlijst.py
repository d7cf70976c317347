"""The list of a meeting's packages: what lies ready for whom, how it should go, and what the register knows of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader
from support_fill import Element, W, edit_word, iter_controls, read_document, show_value
from support_werkmap import IN_EEN_PROCES, Werkmapje, make_form

from pipeline.errors import ExitCode
from pipeline.forms import fill_controls
from pipeline.pdf import RdocxEngine, make_pdfs
from pipeline.register import Register
from schemas.verzendlijst import HOE, JA, KENMERK, OP, VERZONDEN

pytestmark = IN_EEN_PROCES

TRIAGE = "2026-12-04 triagetafel"


@pytest.fixture(scope="module")
def klaar(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A werkmap with the packages of one triage; made once."""
    mapje = Werkmapje.make(tmp_path_factory.mktemp("klaar"))
    mapje.drop(make_form())
    mapje.process("2026-11-23")
    assert mapje.prepare("triagetafel", "2026-11-27", "--proef") == ExitCode.KLAAR
    assert not (mapje.map / "verzendlijst").exists()
    mapje.prepare("triagetafel", "2026-11-27")
    return mapje.map


@pytest.fixture
def mapje(klaar: Path, tmp_path: Path) -> Werkmapje:
    """A copy of it."""
    return Werkmapje(Path(shutil.copytree(klaar, tmp_path / "werkmap")))


def read_list(mapje: Werkmapje, naam: str = TRIAGE) -> bytes:
    return (mapje.map / "verzendlijst" / f"{naam}.docx").read_bytes()


def read_rows(mapje: Werkmapje, naam: str = TRIAGE) -> list[list[str]]:
    """The words of each cell that are no field to fill in."""
    rijen = read_document(read_list(mapje, naam)).iter(f"{W}tr")
    gelezen = [["\n".join(_read_lines(cel)) for cel in rij.iter(f"{W}tc")] for rij in rijen]
    return [cellen for cellen in gelezen if len(cellen) == 5][1:]


def _read_lines(cel: Element) -> list[str]:
    regels = ["".join(tekst.text or "" for tekst in regel.findall(f"{W}r/{W}t")) for regel in cel.iter(f"{W}p")]
    return [regel for regel in regels if regel and regel not in ("Op: ", "Hoe: ")]


def read_kenmerken(docx: bytes) -> list[str]:
    return [str(show_value(sdt)) for tag, sdt in iter_controls(read_document(docx)) if tag == KENMERK]


def tick(docx: bytes, *rijen: int, op: str = "30/11/2026", hoe: str = "afgegeven") -> bytes:
    """The list with these rows ticked, as Word leaves it."""
    antwoorden: dict[str, str | bool] = {f"{VERZONDEN}.{JA}": True, OP: op, HOE: hoe}
    kenmerken = read_kenmerken(docx)
    return fill_controls(docx, {}, {kenmerken[rij]: antwoorden for rij in rijen})


def list_sent(mapje: Werkmapje) -> set[tuple[str, int, str, str]]:
    with Register.open(mapje.map, alleen_lezen=True) as register:
        mappen = {(v.sleutel, v.versie): v.map.partition("/")[2] for v in register.list_verstrekkingen()}
        return {
            (mappen[sleutel, versie], versie, verzending.op.isoformat(), verzending.via)
            for (sleutel, versie), verzending in register.list_verzendingen().items()
        }


def test_each_package_for_somebody_else_stands_on_the_list_with_mailbox_and_number_of_files(mapje: Werkmapje) -> None:
    rijen = read_rows(mapje)
    mappen = {pad.name for pad in (mapje.map / "uit" / TRIAGE).iterdir()}
    assert {rij[2].split("\n")[0] for rij in rijen} == mappen - {"coordinator"}
    for rij in rijen:
        map_ = mapje.map / "uit" / TRIAGE / rij[2].split("\n")[0]
        documenten = [pad for pad in map_.iterdir() if pad.suffix in (".docx", ".pdf")]
        assert f"{len(documenten)} bestanden, klaar op 27 november 2026" in rij[2]
        assert "@example.org" in rij[1] or "geen e-mailadres bekend" in rij[1]
        assert rij[3] in ("beveiligde weg", "afgeven") and rij[4] == ""
    tekst = "".join(pagina.extract_text() for pagina in PdfReader(mapje.map / f"verzendlijst/{TRIAGE}.pdf").pages)
    assert all(rij[1].split("\n")[0].split()[0] in tekst for rij in rijen)


def test_a_long_mailbox_stands_whole_in_its_column_without_starting_libreoffice(mapje: Werkmapje) -> None:
    lang = "merel.droomster@veiligthuis.example.org"

    def lengthen(document: Element) -> None:
        for tekst in document.iter(f"{W}t"):
            tekst.text = lang if "@" in (tekst.text or "") else tekst.text

    woord = {"verzendlijst": edit_word(read_list(mapje), lengthen)}
    assert make_pdfs(woord, RdocxEngine())["verzendlijst"].startswith(b"%PDF")


def test_what_was_noted_as_sent_is_filled_in_and_the_rest_left_blank(mapje: Werkmapje) -> None:
    eerste = read_rows(mapje)[0][2].split("\n")[0]
    via = ("--via", "beveiligde mail", "--vandaag", "2026-11-30")
    assert mapje.run("verzonden", str(mapje.map), f"{TRIAGE}/{eerste}", *via) == ExitCode.KLAAR
    standen = {rij[2].split("\n")[0]: rij[4] for rij in read_rows(mapje)}
    assert standen.pop(eerste) == "30 november 2026, beveiligde mail"
    assert standen and set(standen.values()) == {""}


def test_the_coordinator_reads_where_the_list_stands(mapje: Werkmapje) -> None:
    assert mapje.prepare("triagetafel", "2026-11-27") == ExitCode.KLAAR
    assert f"verzendlijst/{TRIAGE}.docx" in mapje.uitvoer


def test_a_list_of_which_nothing_changed_stays_as_it_is(mapje: Werkmapje) -> None:
    voor = {pad.name: pad.stat().st_mtime_ns for pad in (mapje.map / "verzendlijst").iterdir()}
    assert mapje.prepare("triagetafel", "2026-11-28") == ExitCode.KLAAR
    assert {pad.name: pad.stat().st_mtime_ns for pad in (mapje.map / "verzendlijst").iterdir()} == voor


def test_a_list_that_cannot_be_written_is_told_and_stops_nothing(mapje: Werkmapje) -> None:
    shutil.rmtree(mapje.map / "verzendlijst")
    (mapje.map / "verzendlijst").write_text("iets anders", encoding="utf-8")
    assert mapje.run("verzonden", str(mapje.map), "--alle", "--vandaag", "2026-11-30") == ExitCode.BEVINDINGEN
    assert "genoteerd als verzonden" in mapje.uitvoer and "verzendlijst kon niet" in mapje.uitvoer


def test_a_partner_whose_documents_are_encrypted_stands_on_the_list_so(mapje: Werkmapje) -> None:
    toml = mapje.map / "werkmap.toml"
    toml.write_text(f'versleutelen = "partners"\n{toml.read_text(encoding="utf-8")}', encoding="utf-8")
    assert mapje.run("verzonden", str(mapje.map), "--alle", "--vandaag", "2026-11-30") == ExitCode.KLAAR
    assert {rij[3] for rij in read_rows(mapje)} == {"versleuteld; wachtwoord langs een andere weg"}


def test_what_is_ticked_on_the_list_is_noted_as_handed_over_and_stands_on_the_next_list(mapje: Werkmapje) -> None:
    eerste, tweede = (rij[2].split("\n")[0] for rij in read_rows(mapje)[:2])
    mapje.drop(tick(read_list(mapje), 0, 1), "Verzendlijst ingevuld.docx")
    assert mapje.process("2026-12-01") == ExitCode.KLAAR
    assert "genoteerd" in mapje.uitvoer and "niet overgenomen" not in mapje.uitvoer
    assert mapje.list_files("in") == []
    assert {(map_, op, via) for map_, _, op, via in list_sent(mapje)} == {
        (eerste, "2026-11-30", "afgegeven"),
        (tweede, "2026-11-30", "afgegeven"),
    }
    standen = {rij[2].split("\n")[0]: rij[4] for rij in read_rows(mapje)}
    assert standen[eerste] == standen[tweede] == "30 november 2026, afgegeven"
    assert len(read_kenmerken(read_list(mapje))) == len(standen)
    pdf = PdfReader(mapje.map / "verzendlijst" / f"{TRIAGE}.pdf")
    gedrukt = "".join(bladzijde.extract_text() for bladzijde in pdf.pages)
    assert (gedrukt.count("☒"), gedrukt.count("☐")) == (2, len(standen) - 2)
    open_ = [sdt for tag, sdt in iter_controls(read_document(read_list(mapje))) if tag == OP]
    assert len(open_) == len(standen) - 2


def test_a_row_without_a_day_is_noted_on_the_day_itself_and_says_so(mapje: Werkmapje) -> None:
    mapje.drop(tick(read_list(mapje), 0, op="", hoe=""), "lijst.docx")
    mapje.process("2026-12-01")
    assert {(op, via) for _, _, op, via in list_sent(mapje)} == {("2026-12-01", "")}
    assert "Er stond geen dag; genoteerd is 1 december 2026" in mapje.uitvoer


@pytest.mark.parametrize(
    ("op", "hoe", "zin"),
    [
        ("24/12/2026", "", "24 december 2026 moet nog komen"),
        ("20/11/2026", "", "pas op 27 november 2026 klaargezet"),
        ("31/11/2026", "", "De dag is niet te lezen"),
        ("30/11/2026", "x" * 101, "hoogstens 100 tekens"),
    ],
)
def test_a_row_that_cannot_be_is_told_and_the_others_are_noted(mapje: Werkmapje, op: str, hoe: str, zin: str) -> None:
    lijst = tick(tick(read_list(mapje), 0, op=op, hoe=hoe), 1)
    mapje.drop(lijst, "lijst.docx")
    assert mapje.process("2026-12-01") == ExitCode.BEVINDINGEN
    assert zin in " ".join(mapje.uitvoer.split())
    assert len({map_ for map_, *_ in list_sent(mapje)}) == 1


def test_a_list_on_which_nothing_is_ticked_is_refused_with_a_sentence(mapje: Werkmapje) -> None:
    mapje.drop(read_list(mapje), "lijst.docx")
    assert mapje.process("2026-12-01") == ExitCode.BEVINDINGEN
    assert "niets aangekruist" in mapje.uitvoer and list_sent(mapje) == set()
    assert "quarantaine/lijst.docx" in mapje.list_files("quarantaine")


def test_a_list_that_is_dropped_twice_or_further_filled_in_notes_nothing_twice(mapje: Werkmapje) -> None:
    lijst = tick(read_list(mapje), 0)
    mapje.drop(lijst, "lijst.docx")
    mapje.process("2026-12-01")
    eerste = list_sent(mapje)
    mapje.drop(lijst, "nog eens.docx")
    assert mapje.process("2026-12-02") == ExitCode.KLAAR and "al eerder" in mapje.uitvoer
    assert list_sent(mapje) == eerste
    mapje.drop(tick(lijst, 1, op="2/12/2026"), "verder ingevuld.docx")
    assert mapje.process("2026-12-02") == ExitCode.KLAAR
    assert "stond al genoteerd" in mapje.uitvoer and "1 pakket is genoteerd" in mapje.uitvoer
    assert eerste < list_sent(mapje)
    mapje.drop(tick(lijst, 0, hoe="per post"), "opnieuw bewaard.docx")
    assert mapje.process("2026-12-02") == ExitCode.KLAAR
    assert "niets gewijzigd" in " ".join(mapje.uitvoer.split()) and "plan" not in mapje.uitvoer


@pytest.mark.parametrize("antwoord", [{OP: "30/11/2026"}, {HOE: "per post"}])
def test_a_row_that_is_filled_in_without_its_tick_is_told_and_not_noted(
    mapje: Werkmapje, antwoord: dict[str, str | bool]
) -> None:
    lijst = tick(read_list(mapje), 1)
    mapje.drop(fill_controls(lijst, {}, {read_kenmerken(lijst)[0]: antwoord}), "lijst.docx")
    assert mapje.process("2026-12-01") == ExitCode.BEVINDINGEN
    tekst = " ".join(mapje.uitvoer.split())
    assert "het vakje is niet aangekruist" in tekst and "de nieuwe lijst in de map “verzendlijst”" in tekst
    assert "1 pakket is genoteerd" in tekst and len({map_ for map_, *_ in list_sent(mapje)}) == 1


def test_a_list_of_another_werkmap_or_with_a_changed_number_is_refused(mapje: Werkmapje, tmp_path: Path) -> None:
    ander = Werkmapje.make(tmp_path / "ander")
    ander.drop(make_form(), "aanmelding.docx")
    ander.process("2026-11-23")
    ander.prepare("triagetafel", "2026-11-27")
    mapje.drop(tick(read_list(ander), 0), "lijst.docx")
    assert mapje.process("2026-12-01") == ExitCode.BEVINDINGEN
    assert "niet van deze werkmap" in mapje.uitvoer and list_sent(mapje) == set()


def test_a_list_from_before_a_new_version_notes_what_stood_on_it_and_says_that_more_waits(mapje: Werkmapje) -> None:
    oud, rij = read_list(mapje), 0
    map_ = read_rows(mapje)[rij][2].split("\n")[0]
    mapje.drop(make_form({"vraag.vraag": "Een heel andere vraag aan de tafel?"}), "verbeterd.docx")
    mapje.process("2026-11-30")
    mapje.prepare("triagetafel", "2026-12-01")
    mapje.drop(tick(oud, rij), "lijst.docx")
    assert mapje.process("2026-12-02") == ExitCode.BEVINDINGEN
    assert "nieuwere versie bij: die staat nog open" in " ".join(mapje.uitvoer.split())
    assert {(naam, versie) for naam, versie, *_ in list_sent(mapje)} == {(map_, 1)}


def test_ticks_that_were_set_where_the_list_lies_are_not_written_over(mapje: Werkmapje) -> None:
    pad = mapje.map / "verzendlijst" / f"{TRIAGE}.docx"
    ingevuld = tick(pad.read_bytes(), 0)
    pad.write_bytes(ingevuld)
    tweede = read_rows(mapje)[1][2].split("\n")[0]
    args = (f"{TRIAGE}/{tweede}", "--vandaag", "2026-11-30")
    assert mapje.run("verzonden", str(mapje.map), *args) == ExitCode.BEVINDINGEN
    assert pad.read_bytes() == ingevuld and "nog niet genoteerd" in mapje.uitvoer
    pad.replace(mapje.map / "in" / "lijst.docx")
    assert mapje.process("2026-12-01") == ExitCode.KLAAR
    assert sum(bool(rij[4]) for rij in read_rows(mapje)) == 2


def test_a_list_is_no_aanmelding_to_be_checked(mapje: Werkmapje) -> None:
    pad = mapje.map / "verzendlijst" / f"{TRIAGE}.docx"
    assert mapje.run("toets", str(pad)) == ExitCode.GEBRUIK
    assert "is geen aanmelding, maar het formulier “Verzendlijst”" in mapje.uitvoer


def test_one_version_can_be_noted_by_itself(mapje: Werkmapje) -> None:
    mapje.drop(make_form({"vraag.vraag": "Een heel andere vraag aan de tafel?"}), "verbeterd.docx")
    mapje.process("2026-11-30")
    mapje.prepare("triagetafel", "2026-12-01")
    args = ("verzonden", str(mapje.map), TRIAGE, "--vandaag", "2026-12-02")
    assert mapje.run(*args, "--versie", "3") == ExitCode.GEBRUIK and "1 en 2" in mapje.uitvoer
    assert mapje.run(*args, "--versie", "1") == ExitCode.KLAAR
    assert {versie for _, versie, *_ in list_sent(mapje)} == {1}
    assert mapje.run(*args) == ExitCode.KLAAR
    assert {versie for _, versie, *_ in list_sent(mapje)} == {1, 2}
