"""The standard templates: what every engine needs to lay them out alike, and what each must print."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest
from beelden import (
    BRIEVEN,
    LANG,
    MET_PLAN,
    NA_MELDING,
    SOORTEN,
    STANDEN,
    STELLINGEN,
    make_afspraken,
    make_beeld,
)
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree

from pipeline.forms import build_formulier
from pipeline.pdf import LibreOfficeEngine, PdfEngine, RdocxEngine, make_pdfs
from pipeline.render import render_deelbeeld
from schemas.catalogus import load_catalogus
from schemas.deelbeeld import Deelbeeld, Rubriekblok, Veld
from schemas.formulier import Formuliersoort

MAP = Path(__file__).parents[1] / "word-templates"
GROEPEN = "kop|ontmoeting|ontvanger|besluit|plan|doel|melding|afspraak"
REGEL = 1.25  # line height of Calibri over its size


def read_template(soort: str) -> bytes:
    return (MAP / "standaard" / f"{soort}.docx").read_bytes()


def render(beeld: Deelbeeld) -> WordDocument:
    return Document(io.BytesIO(render_deelbeeld(beeld, read_template(beeld.sjabloon))))


def read_text(document: WordDocument) -> str:
    """All visible text, body, header and footer, with a line for each paragraph and line break."""
    sectie = document.sections[0]
    delen = [document.element.body, sectie.header._element, sectie.footer._element]
    return "\n".join(read_paragraph(alinea) for deel in delen for alinea in deel.iter(qn("w:p")))


def read_paragraph(alinea: etree._Element) -> str:
    tekens = {qn("w:br"): "\n", qn("w:tab"): "\t"}
    return "".join(tekens.get(str(deel.tag), deel.text or "") for deel in alinea.iter(qn("w:t"), *tekens))


def collect_values(waarde: object) -> list[str]:
    if isinstance(waarde, dict):
        return [tekst for deel in waarde.values() for tekst in collect_values(deel)]
    if isinstance(waarde, (list, tuple)):
        return [tekst for deel in waarde for tekst in collect_values(deel)]
    return [waarde] if isinstance(waarde, str) and waarde else []


def both() -> list[tuple[str, bool]]:
    return [(soort, vol) for soort in SOORTEN for vol in (False, True)]


def test_the_templates_are_what_their_script_builds(tmp_path: Path) -> None:
    mappen = [str(tmp_path / naam) for naam in ("standaard", "programma")]
    subprocess.run([sys.executable, str(MAP / "bouw.py"), *mappen], check=True, capture_output=True)
    assert sorted(pad.stem for pad in (tmp_path / "standaard").iterdir()) == sorted(SOORTEN)
    for soort in (*(f"standaard/{soort}" for soort in SOORTEN), "programma/handleiding"):
        gebouwd, bewaard = zipfile.ZipFile(tmp_path / f"{soort}.docx"), zipfile.ZipFile(MAP / f"{soort}.docx")
        with gebouwd, bewaard:
            assert gebouwd.namelist() == bewaard.namelist()
            for naam in gebouwd.namelist():
                assert gebouwd.read(naam) == bewaard.read(naam), f"{soort}: {naam}"


def test_building_again_leaves_the_files_alone(tmp_path: Path) -> None:
    for _ in range(2):
        subprocess.run([sys.executable, str(MAP / "bouw.py"), str(tmp_path)], check=True, capture_output=True)
        tijden = {pad.name: pad.stat().st_mtime_ns for pad in tmp_path.iterdir()}
    assert tijden == {pad.name: pad.stat().st_mtime_ns for pad in tmp_path.iterdir()}


@pytest.mark.parametrize(("soort", "vol"), both())
def test_every_template_prints_head_and_foot(soort: str, vol: bool) -> None:
    beeld = make_beeld(soort, vol)
    tekst = read_text(render(beeld))
    kop = beeld.kop
    for waarde in (kop.afzender, kop.tafel, kop.titel, kop.doel, kop.grondslag, kop.markering, kop.casuscode):
        assert waarde in tekst
    lijst = kop.verdeellijst if soort != "plan_client" else ()
    for waarde in (*lijst, *kop.wijzigingen, *kop.inleiding, *kop.slot, *collect_values(kop.contact)):
        assert waarde in tekst
    kenmerk = f"{kop.documentnummer}, versie\u00a0{kop.versie} — {kop.datum}"
    assert f"Exemplaar voor {kop.exemplaar_voor} — {kenmerk} — pagina\u00a01\u00a0van\u00a01" in tekst
    assert ("vervangt versie 1" in tekst) == vol
    assert not re.search(r"\{%|\bNone\b|\[\]|niet gedeeld|niet ingevuld", tekst.replace("{% ook niet %}", "")) or (
        soort == "vraag_om_aanvulling"
    )


@pytest.mark.parametrize("soort", ["casusfiche", "triagelijst"])
def test_a_document_about_cases_prints_all_that_it_got(soort: str) -> None:
    beeld = make_beeld(soort, True)
    if soort == "triagelijst":
        beeld = beeld.model_copy(
            update={"casussen": tuple(casus.model_copy(update={"identiteit": ()}) for casus in beeld.casussen)}
        )
    else:
        weg = {"criteria": (), "weegvragen": (), "uitkomst": ""}
        beeld = beeld.model_copy(update={"casussen": tuple(casus.model_copy(update=weg) for casus in beeld.casussen)})
    tekst = read_text(render(beeld))
    waarden = collect_values(beeld.model_dump()["casussen"])
    assert len(waarden) > 60
    assert [waarde for waarde in waarden if waarde not in tekst] == []


@pytest.mark.parametrize(
    ("soort", "verwacht"),
    [
        ("vraag_om_aanvulling", ("Geboortedatum van de cliënt", "niet ingevuld", "Instemming", "geen geldige keuze")),
        ("triagebrief", ("Geagendeerd op de expertentafel", "U wordt daarvoor uitgenodigd.", "Proefdienst", "Advies")),
        ("uitnodiging", ("donderdag 20 maart 2031", "13.30 uur", "Zaal Proef", "2 casussen", "Laatste contact")),
        ("uitnodiging_aanmelder", ("donderdag 20 maart 2031", "13.30 uur", "Zaal Proef", "K7QX-3M")),
        (
            "agenda",
            ("K7QX-3M", "P2ZB-8T", "terugkomdossier", "ja, op 3 maart 2031", "gedeeltelijk: niet met de politie"),
        ),
        ("ontvangstmelding", ("K7QX-3M", "Geachte mevrouw Voorbeeld,")),
        ("terugkoppeling", ("Geagendeerd op de expertentafel", "Advies", "Proefdienst", LANG.strip(), "mag gebruiken")),
        (
            "opdrachtbrief",
            ("Wat de tafel meegeeft", "Uw afspraken", "poging 1", "Voorstel van tekst", "[naam, functie"),
        ),
        ("takenlijst", ("K7QX-3M", "poging 1", "6 april 2031", "CAW Voorbeeldstad & omstreken, Dienst Proef")),
    ],
)
def test_a_document_prints_what_it_is_for(soort: str, verwacht: tuple[str, ...]) -> None:
    tekst = read_text(render(make_beeld(soort, True)))
    assert [waarde for waarde in verwacht if waarde not in tekst] == []


def test_a_verslag_prints_all_that_it_got_and_nothing_of_the_cases_behind_it() -> None:
    beeld = make_beeld("verslag", True)
    tekst = read_text(render(beeld))
    codes = {afspraak.casuscode for blok in beeld.verslag for afspraak in blok.afspraken}
    waarden = [waarde for blok in beeld.verslag for waarde in collect_values(blok.model_dump()) if waarde not in codes]
    assert len(waarden) > 40
    assert [waarde for waarde in waarden if waarde.strip() not in tekst] == []
    assert "Vraag aan de tafel" not in tekst


def test_a_verslag_frames_its_use_on_the_first_page_and_says_it_at_each_foot() -> None:
    document = render(make_beeld("verslag", True))
    assert read_paragraph(next(document.tables[0]._tbl.iter(qn("w:p")))) == "Gebruik van dit verslag"
    assert LANG.strip() in document.tables[0].cell(0, 0).text
    voet = "".join(alinea.text for alinea in document.sections[0].footer.paragraphs)
    assert "geheimen. Buiten de tafel mag alleen gedeeld worden" in voet
    assert "Buiten de tafel" not in "".join(
        alinea.text for alinea in render(make_beeld("agenda", True)).sections[0].footer.paragraphs
    )


def test_released_words_stand_in_a_frame_of_their_own_and_without_them_there_is_none() -> None:
    beeld = make_beeld("verslag", True)
    kader = "Wat buiten de tafel gedeeld mag worden"
    kaders = [tabel for tabel in render(beeld).tables if tabel.cell(0, 0).text.startswith(kader)]
    assert [len(tabel.rows) for tabel in kaders] == [1, 1]
    assert kaders[0].cell(0, 0).text.split("\n")[1:] == list(beeld.verslag[0].passages)
    leeg = beeld.model_copy(
        update={"verslag": tuple(blok.model_copy(update={"passages": ()}) for blok in beeld.verslag)}
    )
    assert kader not in read_text(render(leeg))


def test_what_a_verslag_does_not_hold_leaves_no_label() -> None:
    tekst = read_text(render(make_beeld("verslag", False)))
    for label in ("opgevolgd", "ngerustheid", "geïnformeerd", "stemt in", "Terugkoppeling", "Afspraken"):
        assert label not in tekst


@pytest.mark.parametrize(
    ("soort", "zin"), [("verslag", "waarbij u aanwezig was"), ("takenlijst", "Er zijn geen afspraken voor u.")]
)
def test_a_document_after_the_table_with_nothing_in_it_says_so_plainly(soort: str, zin: str) -> None:
    leeg = make_beeld(soort, False).model_copy(update={"verslag": (), "afspraken": ()})
    assert zin in read_text(render(leeg))


def test_a_letter_about_a_decision_without_released_words_has_no_frame_for_them() -> None:
    for soort in ("terugkoppeling", "opdrachtbrief"):
        assert "mag gebruiken" not in read_text(render(make_beeld(soort, False)))


@pytest.mark.parametrize("soort", ["uitnodiging", "uitnodiging_aanmelder", "agenda", *BRIEVEN])
def test_a_document_without_identity_prints_none_even_when_it_is_there(soort: str) -> None:
    assert "Proefpersoon" not in read_text(render(make_beeld(soort, True)))


@pytest.mark.parametrize("soort", ["agenda", "triagelijst"])
def test_an_empty_agenda_says_so_plainly(soort: str) -> None:
    assert "Er zijn geen casussen te bespreken." in read_text(render(make_beeld(soort, False)))


def test_what_is_not_there_leaves_no_heading() -> None:
    koppen = [a.text for a in render(make_beeld("casusfiche", False)).paragraphs if a.style.name.startswith("Heading")]  # type: ignore[union-attr]
    assert koppen == ["Casus K7QX-3M"]


@pytest.mark.parametrize("soort", BRIEVEN)
def test_a_letter_without_words_of_the_region_still_says_something(soort: str) -> None:
    alineas = [alinea.text for alinea in render(make_beeld(soort, False)).paragraphs]
    assert "Geachte heer of mevrouw," in alineas
    assert len(alineas[alineas.index("Geachte heer of mevrouw,") + 1]) > 40
    assert "Met vriendelijke groeten," in alineas


@pytest.mark.parametrize(("soort", "vol"), both())
def test_tags_leave_no_empty_lines_behind(soort: str, vol: bool) -> None:
    lege = [
        alinea
        for alinea in render(make_beeld(soort, vol)).paragraphs
        if not alinea.text and alinea.style is not None and alinea.style.name not in ("Tussenruimte", "Schrijfregel")
    ]
    assert lege == []


# --- rules of layout ----------------------------------------------------------------------------------------------


def tables(document: WordDocument) -> list[etree._Element]:
    kop = document.sections[0].header._element
    return [*document.element.body.iter(qn("w:tbl")), *kop.iter(qn("w:tbl"))]


@pytest.mark.parametrize(("soort", "vol"), both())
def test_grid_and_cells_agree_on_widths_that_fit_the_page(soort: str, vol: bool) -> None:
    document = render(make_beeld(soort, vol))
    sectie = document.sections[0]
    assert sectie.page_width and sectie.left_margin and sectie.right_margin
    ruimte = round((sectie.page_width - sectie.left_margin - sectie.right_margin) / 635)
    for tabel in tables(document):
        rooster = [int(str(kolom.get(qn("w:w")))) for kolom in tabel.iter(qn("w:gridCol"))]
        assert sum(rooster) == ruimte
        for rij in tabel.iter(qn("w:tr")):
            assert [int(str(cel.get(qn("w:w")))) for cel in rij.iter(qn("w:tcW"))] == rooster


@pytest.mark.parametrize("soort", SOORTEN)
def test_tables_with_a_header_row_repeat_it_and_no_long_row_refuses_to_split(soort: str) -> None:
    document = render(make_beeld(soort, True))
    for tabel in tables(document):
        eerste = next(tabel.iter(qn("w:tr")))
        stijlen = {stijl.get(qn("w:val")) for stijl in eerste.iter(qn("w:pStyle"))}
        assert (eerste.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None) == ("Celkop" in stijlen)
        for rij in tabel.iter(qn("w:tr")):
            if rij.find(f".//{qn('w:cantSplit')}") is not None:
                assert sum(len(read_paragraph(alinea)) for alinea in rij.iter(qn("w:p"))) < 1000


@pytest.mark.parametrize("soort", SOORTEN)
def test_the_margins_hold_a_header_and_a_footer_that_wrap(soort: str) -> None:
    sectie = Document(io.BytesIO(read_template(soort))).sections[0]
    assert sectie.top_margin and sectie.header_distance and sectie.bottom_margin and sectie.footer_distance
    afzender, tafel, lijn, markering, exemplaar = 12, 8.5, 3 + 2, 7.5, 8
    kop_hoogte = (2 * afzender + 2 * tafel) * REGEL + lijn
    voet_hoogte = (3 * markering + 2 * exemplaar) * REGEL + lijn
    assert sectie.top_margin.pt >= sectie.header_distance.pt + kop_hoogte
    assert sectie.bottom_margin.pt >= sectie.footer_distance.pt + voet_hoogte


@pytest.mark.parametrize("soort", SOORTEN)
def test_language_font_and_heading_styles_are_real(soort: str) -> None:
    document = Document(io.BytesIO(read_template(soort)))
    standaard = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    assert standaard is not None
    assert standaard.find(qn("w:lang")).get(qn("w:val")) == "nl-BE"
    assert standaard.find(qn("w:rFonts")).get(qn("w:ascii")) == "Calibri"
    for niveau in (1, 2, 3):
        kop = document.styles[f"Heading {niveau}"].element
        assert kop.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None
        assert kop.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}").get(qn("w:val")) == str(niveau - 1)
    gebruikt = {str(s.get(qn("w:val"))) for s in document.element.iter(qn("w:pStyle"))}
    bekend = {str(s.get(qn("w:styleId"))) for s in document.styles.element.iter(qn("w:style"))}
    assert gebruikt <= bekend


@pytest.mark.parametrize(("soort", "vol"), both())
def test_headings_go_down_one_level_at_a_time(soort: str, vol: bool) -> None:
    document = render(make_beeld(soort, vol))
    ouders = {"Betreft": 1}
    stijlen = [alinea.style.name for alinea in document.paragraphs if alinea.style is not None]
    niveaus = [ouders.get(n) or int(n[-1]) for n in stijlen if n in ouders or n.startswith("Heading")]
    assert niveaus
    assert all(volgend <= vorig + 1 for vorig, volgend in zip([0, *niveaus], niveaus, strict=False))


def test_each_outcome_of_a_criterium_has_its_sign_and_the_legend_names_all() -> None:
    tekst = read_text(render(make_beeld("triagelijst", True)))
    for teken in ("✓ voldaan", "✗ niet voldaan", "○ te wegen", "? onbeslist"):
        assert tekst.count(teken) >= 3, teken


def test_a_short_row_stays_whole_and_a_long_one_may_split() -> None:
    lang = Veld(label="Lang", waarde="woord " * 900)
    regels = Veld(label="Regels", waarde="\n".join("abc"))
    veel = Veld(label="Veel", waarde="\n" * 40)
    beeld = make_beeld("casusfiche", False)
    rubriek = Rubriekblok(titel="R", velden=(lang, regels, veel), rijen=())
    casus = beeld.casussen[0].model_copy(update={"rubrieken": (rubriek,)})
    tabel = render(beeld.model_copy(update={"casussen": (casus,)})).tables[-1]._tbl
    assert [rij.find(f".//{qn('w:cantSplit')}") is not None for rij in tabel.iter(qn("w:tr"))] == [False, True, False]


def test_colours_of_text_can_be_read_on_their_ground() -> None:
    stijlen = zipfile.ZipFile(MAP / "standaard/casusfiche.docx").read("word/styles.xml").decode()
    kleuren = set(re.findall(r'<w:color w:val="([0-9A-F]{6})"', stijlen))
    assert kleuren
    for kleur in kleuren:
        for grond in ("FFFFFF", "E8F0F2", "FDF3E1"):
            assert contrast(kleur, grond) >= 4.5, f"{kleur} op {grond}"


def contrast(een: str, ander: str) -> float:
    """The contrast ratio of WCAG 2."""
    licht, donker = sorted((luminance(een), luminance(ander)), reverse=True)
    return (licht + 0.05) / (donker + 0.05)


def luminance(kleur: str) -> float:
    delen = [int(kleur[plek : plek + 2], 16) / 255 for plek in (0, 2, 4)]
    lineair = [deel / 12.92 if deel <= 0.03928 else ((deel + 0.055) / 1.055) ** 2.4 for deel in delen]
    return 0.2126 * lineair[0] + 0.7152 * lineair[1] + 0.0722 * lineair[2]


def test_the_guide_names_every_template_and_every_field_that_a_template_uses() -> None:
    gids = (MAP / "LEESMIJ.md").read_text(encoding="utf-8")
    for soort in SOORTEN:
        assert f"`{soort}.docx`" in gids
        xml = zipfile.ZipFile(io.BytesIO(read_template(soort))).read("word/document.xml").decode()
        for tag in re.findall(r"\{[{%][^}]*[}%]\}", xml):
            for veld in re.findall(
                r"\b(?:kop|ontmoeting|ontvanger|besluit|plan|doel|regel|melding|afspraak)\.(\w+)", tag
            ):
                assert f"{veld}`" in gids, veld


# --- plan, melding, closing -----------------------------------------------------------------------------------------


def replace_plan(beeld: Deelbeeld, **anders: object) -> Deelbeeld:
    assert beeld.plan is not None
    return beeld.model_copy(update={"plan": beeld.plan.model_copy(update=anders)})


@pytest.mark.parametrize("soort", MET_PLAN)
def test_a_plan_prints_every_aim_and_action_as_often_as_it_is_there(soort: str) -> None:
    beeld = make_beeld(soort, True)
    assert beeld.plan is not None
    tekst = read_text(render(beeld))
    for doel in beeld.plan.doelen:
        assert tekst.count(doel.doelstelling) == 1
        assert f"{doel.nummer} — prioriteit: {doel.prioriteit}" in tekst
    regels = [regel for doel in beeld.plan.doelen for regel in doel.acties]
    for nummer in (1, 2):
        assert tekst.count(f"stap {nummer}.") == len(beeld.plan.doelen)
    assert [w for regel in regels for w in collect_values(regel.model_dump()) if w.strip() not in tekst] == []


@pytest.mark.parametrize(
    ("soort", "voorstel", "goedgekeurd"),
    [
        ("plan", "Voorstel, te bespreken op het overleg", "Goedgekeurd op 17 april 2031"),
        ("opvolgfiche", "Voorstel, te bespreken op het overleg", "Goedgekeurd op 17 april 2031"),
        ("plan_client", "Het plan is nog niet goedgekeurd.", "Dit plan is goedgekeurd op 17 april 2031."),
    ],
)
def test_a_plan_says_whether_it_is_a_proposal_or_approved(soort: str, voorstel: str, goedgekeurd: str) -> None:
    kaal, vol = (read_text(render(make_beeld(soort, vol))) for vol in (False, True))
    assert (voorstel in kaal, goedgekeurd in kaal) == (True, False)
    assert (voorstel in vol, goedgekeurd in vol) == (False, True)


@pytest.mark.parametrize("soort", ["plan", "plan_client"])
def test_a_plan_says_when_it_was_drawn_up_and_when_changed_if_that_is_another_day(soort: str) -> None:
    kaal, vol = (read_text(render(make_beeld(soort, vol))) for vol in (False, True))
    assert "op 3 maart 2031" in kaal
    assert "op 3 maart 2031" in vol
    assert ("10 april 2031" in vol, "bijgewerkt" in kaal, "pasten" in kaal) == (True, False, False)


@pytest.mark.parametrize("soort", MET_PLAN)
def test_a_plan_of_which_state_and_words_are_not_released_leaves_no_gap(soort: str) -> None:
    beeld = make_beeld(soort, True)
    assert beeld.plan is not None
    doel = beeld.plan.doelen[0].model_copy(update={"doelstelling": "", "prioriteit": ""})
    leeg = dict.fromkeys(("stand", "opgesteld_op", "bijgewerkt_op", "goedgekeurd_op"), "")
    document = render(replace_plan(beeld, doelen=(doel,), **leeg))
    tekst = read_text(document)
    for woord in ("prioriteit", "oedgekeurd", "pgesteld", "Stand van het plan", "maakten dit plan"):
        assert woord not in tekst
    ruimte = ("Tussenruimte", "Schrijfregel")
    assert all(a.text or a.style is None or a.style.name in ruimte for a in document.paragraphs)


def test_a_plan_for_the_client_is_plain_and_large_and_names_no_other_reader() -> None:
    beeld = make_beeld("plan_client", True)
    document = render(beeld)
    tekst = read_text(document)
    for woord in ("Lokale politie Voorbeeldzone", "Verdeeld aan", "Overlegtafel", "Doelstelling", "Kenmerk"):
        assert woord not in tekst
    for vraag in ("Wat gebeurt er?", "Wie doet dat?", "Tegen wanneer?", "Hoe staat het?", "Hebt u een vraag?"):
        assert vraag in tekst
    for stijl in ("Normal", "Celtekst", "Kadertitel", "Kaderlijst"):
        grootte = document.styles[stijl].font.size
        assert grootte.pt == 12


def test_what_an_action_does_not_say_is_not_asked_in_the_plan_of_the_client() -> None:
    tekst = read_text(render(make_beeld("plan_client", True)))
    assert tekst.count("Wat gebeurt er?") == 9
    assert tekst.count("Tegen wanneer?") == tekst.count("Hoe staat het?") == 6


def test_an_invitation_to_a_zorgoverleg_says_when_where_and_who_comes() -> None:
    beeld = make_beeld("uitnodiging_zorgoverleg", True)
    assert beeld.melding is not None
    tekst = read_text(render(beeld))
    for waarde in collect_values(beeld.melding.model_dump(exclude={"label"})):
        assert tekst.count(waarde) - (waarde == LANG and LANG in beeld.kop.inleiding) == 1
    assert "14.00 uur uur" not in tekst


@pytest.mark.parametrize("soort", NA_MELDING)
def test_a_melding_of_which_only_the_words_are_released_leaves_no_label(soort: str) -> None:
    beeld = make_beeld(soort, True)
    assert beeld.melding is not None
    leeg = dict.fromkeys(("label", "datum", "uur", "plaats", "wie", "naar"), "")
    tekst = read_text(render(beeld.model_copy(update={"melding": beeld.melding.model_copy(update=leeg)})))
    assert "Er is een plek om te wachten." in tekst
    for label in ("Wanneer\n", "Hoe laat", "Waar\n", "Wie er komt", "Zorgoverleg —", "verbetering van", "Overgenomen"):
        assert label not in tekst


def test_a_stand_van_zaken_without_a_plan_still_has_room_to_write() -> None:
    tekst = read_text(render(make_beeld("stand_van_zaken", False)))
    assert "Wat we afspreken" in tekst
    assert "Doel 1" not in tekst
    assert "Goed om te weten" not in tekst


def test_each_stelling_has_its_boxes_and_two_lines_left_blank() -> None:
    document = render(make_beeld("opvolgfiche", True))
    alineas = [(alinea.text, alinea.style.name) for alinea in document.paragraphs if alinea.style is not None]
    alineas = [alinea for alinea in alineas if alinea[1] != "Tussenruimte"]
    for stelling in STELLINGEN:
        plek = alineas.index((stelling, "Kadertitel"))
        assert re.sub(r"\s+", " ", alineas[plek + 1][0]) == "☐ ja ☐ nee ☐ nog niet te zeggen"
        assert alineas[plek + 2 : plek + 4] == [("", "Schrijfregel")] * 2
    assert not re.search("[☒☑✓]", read_text(document))


def test_an_open_question_has_lines_to_write_on_and_no_boxes_for_yes_and_no() -> None:
    beeld = make_beeld("opvolgfiche", True).model_copy(update={"stellingen": ("Welke partner wordt casusregisseur?",)})
    document = render(beeld)
    assert "☐" not in read_text(document)
    assert [a.style.name for a in document.paragraphs if a.style is not None].count("Schrijfregel") == 2


def test_without_stellingen_nothing_is_asked_of_the_table() -> None:
    leeg = make_beeld("opvolgfiche", True).model_copy(update={"stellingen": ()})
    assert "Te wegen op het overleg" not in read_text(render(leeg))


def test_an_afsluitbericht_says_until_when_the_case_is_kept_or_repeats_the_sentence_that_nobody_said() -> None:
    beeld = make_beeld("afsluitbericht", False)
    assert "Wij bewaren het tot 31 december 2036." in read_text(render(beeld))
    zin = "Er is nog geen termijn vastgelegd."
    tekst = read_text(render(beeld.model_copy(update={"bewaren_tot": zin})))
    assert (tekst.count(zin), "Wij bewaren" in tekst) == (1, False)
    assert "Het dossier" not in read_text(render(beeld.model_copy(update={"bewaren_tot": ""})))


def test_an_addendum_gives_its_date_and_its_words_once_and_nothing_else() -> None:
    beeld = make_beeld("addendum", False)
    tekst = read_text(render(beeld))
    assert tekst.count("Het nummer 12 is 21.") == tekst.count("dinsdag 6 mei 2031") == 1
    assert "Correctie" not in tekst


def test_an_agenda_sets_what_was_not_possible_apart_from_what_was_not_done() -> None:
    document = render(make_beeld("agenda", True))
    titels = ["Niet mogelijk, omstandigheden gewijzigd", "Niet uitgevoerd", "Nog open"]
    koppen = [a.text for a in document.paragraphs if a.style is not None and a.style.name == "Heading 2"]
    assert koppen == titels
    groepen = [[rij.cells[0].text for rij in tabel.rows[1:]] for tabel in document.tables[-3:]]
    assert groepen == [["NR002", "NR005"], ["NR001", "NR004", "NR007"], ["NR003", "NR006"]]


@pytest.mark.parametrize("stand", STANDEN)
def test_a_group_without_to_dos_leaves_no_heading_on_an_agenda(stand: str) -> None:
    beeld = make_beeld("agenda", True).model_copy(update={"afspraken": make_afspraken("K7QX-3M", 2, (stand,))})
    document = render(beeld)
    koppen = [a.text for a in document.paragraphs if a.style is not None and a.style.name == "Heading 2"]
    assert [kop.lower().removeprefix("nog ") for kop in koppen] == [stand]
    assert [rij.cells[0].text for rij in document.tables[-1].rows] == ["Nr.", "NR001", "NR002"]


def test_an_agenda_without_earlier_to_dos_does_not_speak_of_them() -> None:
    assert "openstaan" not in read_text(render(make_beeld("agenda", False)))


@pytest.mark.parametrize("soort", ["takenlijst", "verslag", "agenda", "opdrachtbrief"])
def test_each_to_do_stands_next_to_its_number(soort: str) -> None:
    document = render(make_beeld(soort, True))
    rijen = [[cel.text for cel in rij.cells] for tabel in document.tables for rij in tabel.rows]
    genummerd = [rij for rij in rijen if rij[0].startswith("NR0")]
    assert genummerd
    for rij in genummerd:
        poging = next((tekst for tekst in rij if "poging" in tekst), "")
        assert not poging or poging.endswith(f"poging {int(rij[0][2:])}.")


@pytest.mark.parametrize("soort", ["plan", "verslag", "stand_van_zaken", "opvolgfiche"])
@pytest.mark.parametrize("wijzigingen", [0, 8])
def test_the_box_of_changes_holds_them_all_and_is_not_there_in_a_first_version(soort: str, wijzigingen: int) -> None:
    beeld = make_beeld(soort, True)
    lijst = tuple(f"Wijziging nummer {nummer}." for nummer in range(wijzigingen))
    kop = beeld.kop.model_copy(update={"wijzigingen": lijst, "vervangt": int(bool(lijst))})
    tekst = read_text(render(beeld.model_copy(update={"kop": kop})))
    assert [tekst.count(regel) for regel in lijst] == [1] * wijzigingen
    assert ("vervangt versie" in tekst) == bool(lijst)


@pytest.mark.parametrize("vol", [True, False])
def test_a_casusfiche_that_holds_nothing_of_a_case_says_what_it_is(vol: bool) -> None:
    beeld = make_beeld("casusfiche", True)
    leeg = {"rubrieken": (), "feiten": (), "inschattingen": ()}
    casussen = beeld.casussen if vol else tuple(blok.model_copy(update=leeg) for blok in beeld.casussen)
    tekst = read_text(render(beeld.model_copy(update={"casussen": casussen})))
    aantal = tekst.count("Hier komt enkel wat met u gedeeld mag worden.")
    assert aantal == sum(not (blok.rubrieken or blok.feiten or blok.inschattingen) for blok in casussen)
    assert vol or aantal == len(casussen)


# --- on paper -----------------------------------------------------------------------------------------------------

ENGINES = [pytest.param("libreoffice", marks=pytest.mark.libreoffice), "rdocx"]
EEN_BLAD = ("uitnodiging_zorgoverleg", "afsluitbericht", "addendum")


def make_engine(naam: str) -> PdfEngine:
    return RdocxEngine() if naam == "rdocx" else LibreOfficeEngine(Path(shutil.which("soffice") or "soffice"))


@pytest.mark.parametrize("naam", ENGINES)
def test_every_template_passes_the_gates_of_the_pdf_and_a_short_letter_fits_one_page(naam: str) -> None:
    documenten = {
        f"{soort}-{vol}": render_deelbeeld(make_beeld(soort, vol), read_template(soort)) for soort, vol in both()
    }
    pdfs = make_pdfs(documenten, make_engine(naam))
    assert list(pdfs) == list(documenten)
    bladen = {titel: len(pdfium.PdfDocument(pdf)) for titel, pdf in pdfs.items()}
    assert [titel for titel, aantal in bladen.items() if titel.startswith(EEN_BLAD) and aantal > 1] == []
    assert [titel for titel, aantal in bladen.items() if titel.endswith("False") and aantal > 1] == []


@pytest.mark.parametrize("naam", ENGINES)
def test_what_a_letter_says_of_itself_stays_on_one_page(naam: str) -> None:
    """With LibreOffice a table before it, kept with what follows, tore it apart."""
    vol = make_beeld("terugkoppeling", True)
    documenten = {}
    for regels in (28, 29, 30):
        zin = "Gezamenlijke bespreking en uitwisseling van informatie, om te voorkomen dat risicogedrag escaleert. " * 2
        nieuw = {"slot": ("Een korte regel.",) * regels, "doel": zin, "grondslag": zin}
        beeld = vol.model_copy(update={"kop": vol.kop.model_copy(update=nieuw)})
        documenten[str(regels)] = render_deelbeeld(beeld, read_template("terugkoppeling"))
    for pdf in make_pdfs(documenten, make_engine(naam)).values():
        bladen = [blad.get_textpage().get_text_bounded() for blad in pdfium.PdfDocument(pdf)]
        (hier,) = [blad for blad in bladen if "Over deze brief" in blad]
        assert "Overlegtafel" in hier and "Verdeeld aan" in hier


@pytest.mark.libreoffice
def test_a_form_for_what_a_partner_brings_fills_the_pages_that_it_has() -> None:
    formulieren = {
        naam: build_formulier(data, formulier)
        for naam, data in load_catalogus().items()
        if (formulier := data.get_formulier_of_soort(Formuliersoort.INBRENG)) is not None
    }
    for naam, pdf in make_pdfs(formulieren, make_engine("libreoffice")).items():
        *_, laatste = pdfium.PdfDocument(pdf)
        regels = [regel for regel in laatste.get_textpage().get_text_bounded().splitlines() if regel.strip()]
        assert len(regels) >= 30, (naam, regels)


def test_the_last_paragraph_of_a_form_opens_no_page_of_its_own() -> None:
    data = next(data for data in load_catalogus().values() if data.tafel.ingeschakeld)
    document = Document(io.BytesIO(build_formulier(data, data.get_aanmeldformulier())))
    laatste = document.paragraphs[-1]
    assert laatste.style is not None and not laatste.text
    opmaak = laatste.style.paragraph_format
    assert opmaak.line_spacing == Pt(1) and opmaak.space_before == 0


@pytest.mark.parametrize("naam", ENGINES)
def test_a_plan_that_ends_anywhere_on_a_page_opens_no_empty_one_and_leaves_no_heading_behind(naam: str) -> None:
    vol = make_beeld("plan_client", True)
    documenten = {}
    for regels in range(12):
        kop = vol.kop.model_copy(update={"inleiding": ("\n".join(["Een regel."] * (regels + 1)),)})
        beeld = vol.model_copy(update={"kop": kop})
        documenten[str(regels)] = render_deelbeeld(beeld, read_template("plan_client"))
    for pdf in make_pdfs(documenten, make_engine(naam)).values():
        for blad in pdfium.PdfDocument(pdf):
            tekst = blad.get_textpage().get_text_bounded().replace("\r\n", "\n")
            kop, _, voet = tekst.partition("VERTROUWELIJK \u2014")
            regels_boven = [regel for regel in kop.split("\n") if regel.strip()]
            assert voet
            assert not regels_boven[-1].startswith("Doel ")
            assert len(regels_boven) > 4


def test_an_overview_prints_each_figure_and_label_once_for_each_place_and_knows_no_case() -> None:
    beeld = make_beeld("cijfers", True)
    assert beeld.cijfers is not None
    tekst = read_text(render(beeld)).split("\n")
    for tabel in beeld.cijfers.tabellen:
        begin = tekst.index(tabel.titel)
        for regel in tabel.regels:
            plaats = tekst.index(regel.label, begin)
            assert tuple(tekst[plaats + 1 : plaats + 1 + len(tabel.kolommen)]) == regel.getallen
        assert tekst.index(tabel.kolommen[-1], begin) < tekst.index(tabel.regels[0].label, begin)
    assert sum(regel == "minder dan 5" for regel in tekst) == sum(len(t.regels) for t in beeld.cijfers.tabellen)


def test_an_overview_of_nothing_leaves_no_table() -> None:
    assert "Tabel" not in read_text(render(make_beeld("cijfers", False)))
