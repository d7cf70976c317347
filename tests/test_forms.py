"""The generator of forms: what people fill in is what the reader finds, and nothing is shared that was not ticked."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from functools import cache

import docx
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support_fill import (
    W14,
    W15,
    Element,
    W,
    fill_word,
    iter_controls,
    read_document,
    save_all_by_libreoffice,
    show_value,
)
from support_tafel import AANMELDING, BESLUITEN, DATA, THEMA

from pipeline.errors import OverlegFout
from pipeline.forms import InvulFout, OpenRij, Vooraf, build_formulier
from pipeline.forms.controls import Controls
from pipeline.read import read_formulier
from schemas import kern
from schemas.deling import Doelgroep, Feit
from schemas.formulier import Formulier, Voorwaarde, Vraag, Vraagsoort
from schemas.voorwerk import FEITEN

ANTWOORDEN: dict[str, str | bool] = {
    "aanmelding.soort": "een nieuwe aanmelding",
    "aanmelding.datum": "3/02/2026",
    "aanmelding.themas.werk": True,
    "vraag.tekst": "Eerste regel, met <tekens> & meer.\nTweede regel",
    "vraag.deelbaar.tafel": True,
    "vraag.niet_voor": "CAW De Proef, Politiezone Voorbeeld",
}
BLOKKEN: list[dict[str, str | bool]] = [
    {"betrokkenen.naam": "Jan Voorbeeld", "betrokkenen.deelbaar.triage": True},
    {"betrokkenen.naam": "Mia Proef", "betrokkenen.geboortedatum": "1/02/2001"},
    {"betrokkenen.naam": "Lou Verzonnen", "betrokkenen.enkel_voor": "triage"},
]
NUMMER = {kern.META_NUMMER: "BF-1", kern.META_OVERLEG: "2026-03-06"}


PROMPT = re.compile("Klik of tik|Kies een|Typ hier")
NAAM, GEBOREN = "betrokkenen.naam", "betrokkenen.geboortedatum"
OPEN_RIJEN = (
    OpenRij(id="a1-betrokkenen-2", titel="Betrokkenen, betrokkene 2", vragen=frozenset({NAAM})),
    OpenRij(id="a1-betrokkenen-3", titel="Betrokkenen, betrokkene 3", vragen=frozenset({GEBOREN})),
)
AANVULLING = Vooraf(alleen=frozenset({NAAM, GEBOREN}), open_rijen={"betrokkenen": OPEN_RIJEN})


def build(vooraf: Vooraf | None = None, formulier: Formulier = AANMELDING) -> bytes:
    return build_formulier(DATA, formulier, vooraf)


def build_besluiten(formulier: Formulier = BESLUITEN) -> bytes:
    return build(Vooraf(meta=NUMMER, rijen=({"punten.casus": "PT-1"}, {"punten.casus": "PT-2"})), formulier)


def list_tags(docx: bytes) -> list[str]:
    return [tag for tag, _ in iter_controls(read_document(docx))]


def list_lines(docx: bytes) -> list[str]:
    alineas = read_document(docx).iter(f"{W}p")
    return ["".join(tekst.text or "" for tekst in alinea.iter(f"{W}t")) for alinea in alineas]


def read_answers(docx: bytes) -> dict[tuple[str, int | None], str | bool | tuple[str, ...]]:
    gelezen = read_formulier("formulier.docx", docx)
    assert gelezen.bevindingen == ()
    return {(a.tag, a.rij): a.waarde for a in gelezen.antwoorden if a.tag and not a.leeg}


def test_every_question_has_a_control_whose_tag_is_its_id_and_whose_title_is_its_label() -> None:
    titels = {tag: _title(sdt) for tag, sdt in iter_controls(read_document(build()))}
    for vraag in AANMELDING.vragen:
        if vraag.soort is Vraagsoort.MEERKEUZE:
            assert [titels[f"{vraag.id}.{optie.id}"] for optie in vraag.opties] == [o.label for o in vraag.opties]
        else:
            assert titels[vraag.id] == vraag.label
    assert titels["vraag.deelbaar.triage"] == "Triageteam"


def _title(sdt: Element) -> str:
    titel = sdt.find(f"{W}sdtPr/{W}alias")
    return titel.get(f"{W}val", "") if titel is not None else ""


def test_the_form_holds_no_tag_that_is_neither_a_question_nor_a_flag_nor_its_identification() -> None:
    verwacht = {"formulier.tafel", "formulier.id", "formulier.versie", "betrokkenen"}
    verwacht |= {f"{rubriek}.{vlag}" for rubriek in ("betrokkenen", "vraag") for vlag in ("enkel_voor", "niet_voor")}
    verwacht |= {f"{rubriek}.deelbaar.{g}" for rubriek in ("betrokkenen", "vraag") for g in ("triage", "tafel")}
    verwacht |= {vraag.id for vraag in AANMELDING.vragen if vraag is not THEMA}
    verwacht |= {"aanmelding.themas.wonen", "aanmelding.themas.werk"}
    assert set(list_tags(build())) == verwacht


def test_a_blank_form_reads_as_empty_with_nothing_ticked() -> None:
    assert read_answers(build()) == {
        (kern.META_TAFEL, None): "proef/tafel",
        (kern.META_ID, None): "aanmelding",
        (kern.META_VERSIE, None): "1.0",
    }
    assert not any(vakje.get(f"{W14}val") != "0" for vakje in read_document(build()).iter(f"{W14}checked"))


def test_the_same_input_gives_the_same_bytes() -> None:
    assert build() == build()
    assert build_besluiten() == build_besluiten()


def test_the_package_holds_nothing_of_its_maker() -> None:
    with zipfile.ZipFile(io.BytesIO(build())) as archief:
        namen = archief.namelist()
        kern_xml = archief.read("docProps/core.xml").decode()
        assert {kop.date_time for kop in archief.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not [naam for naam in namen if "customXml" in naam or "thumbnail" in naam]
    assert "2026-01-01T00:00:00Z" in kern_xml
    assert "lastModifiedBy" not in kern_xml


def test_python_docx_opens_the_form_and_sees_its_tables() -> None:
    document = docx.Document(io.BytesIO(build()))
    assert document.core_properties.title == "Aanmeldformulier"
    assert len(document.tables) == 4


def test_every_control_has_an_id_of_its_own_and_every_cell_a_paragraph() -> None:
    document = read_document(build_besluiten())
    nummers = [element.get(f"{W}val") for element in document.iter(f"{W}id")]
    assert len(nummers) == len(set(nummers)) == len(list(document.iter(f"{W}sdt")))
    assert all(cel[-1].tag == f"{W}p" for cel in document.iter(f"{W}tc"))


def test_the_properties_of_a_control_stand_in_the_order_that_word_demands() -> None:
    orde = ("alias", "tag", "id", "lock", "placeholder", "showingPlcHdr")
    for eigenschappen in read_document(build()).iter(f"{W}sdtPr"):
        namen = [str(kind.tag).partition("}")[2] for kind in eigenschappen]
        assert namen[:-1] == [naam for naam in orde if naam in namen]


def test_widths_of_grid_and_cells_agree_in_every_table() -> None:
    for tabel in read_document(build()).iter(f"{W}tbl"):
        rooster = [int(kolom.get(f"{W}w", "")) for kolom in tabel.iter(f"{W}gridCol")]
        for rij in tabel.iter(f"{W}tr"):
            assert sum(int(breed.get(f"{W}w", "")) for breed in rij.iter(f"{W}tcW")) == sum(rooster)


def test_the_flags_of_a_block_take_two_rows_and_stay_with_the_last_question() -> None:
    tabel = list(read_document(build()).iter(f"{W}tbl"))[-1]
    vraag, deelbaar, namen = tabel.iter(f"{W}tr")
    assert [tag for tag, _ in iter_controls(deelbaar)] == ["vraag.deelbaar.triage", "vraag.deelbaar.tafel"]
    assert len({sdt.getparent() for _, sdt in iter_controls(deelbaar)}) == 1
    assert [tag for tag, _ in iter_controls(namen)] == ["vraag.enkel_voor", "vraag.niet_voor"]
    for rij in (vraag, deelbaar):
        assert next(rij.iter(f"{W}p")).find(f"{W}pPr/{W}keepNext") is not None


def test_a_box_never_ends_a_line_that_its_label_does_not_begin() -> None:
    labels = ("Vaste deelnemers", "Ouders en verzorgers", "Jongere vanaf 13 jaar", "Aanmelder")
    groepen = tuple(Doelgroep(id=f"groep{n}", label=label, rollen=("coordinator",)) for n, label in enumerate(labels))
    data = DATA.model_copy(update={"deling": DATA.deling.model_copy(update={"doelgroepen": groepen})})
    tabel = list(read_document(build_formulier(data, AANMELDING)).iter(f"{W}tbl"))[-1]
    deelbaar = list(tabel.iter(f"{W}tr"))[-2]
    (alinea,) = list(deelbaar.iter(f"{W}tc"))[-1].findall(f"{W}p")
    tekst = "".join("\n" if deel.tag == f"{W}br" else deel.text or "" for deel in alinea.iter(f"{W}t", f"{W}br"))
    regels = [regel.replace("\u00a0", " ").split("\u2003\u2003") for regel in tekst.split("\n")]
    assert regels == [[f"☐ {label}" for label in labels[:2]], [f"☐ {label}" for label in labels[2:]]]


def list_holds(docx: bytes) -> list[bool]:
    """Of the last table: which rows hold on to the next, as LibreOffice sees it by their first paragraph."""
    tabel = list(read_document(docx).iter(f"{W}tbl"))[-1]
    return [next(rij.iter(f"{W}p")).find(f"{W}pPr/{W}keepNext") is not None for rij in tabel.iter(f"{W}tr")]


def make_besluiten(*notities: str) -> Formulier:
    """The decision form, with a question more for each of these notes."""
    (rubriek,) = BESLUITEN.rubrieken
    extra = (
        Vraag(id=f"punten.extra{nummer}", label="Nog iets?", soort=Vraagsoort.TEKST, toelichting=notitie)
        for nummer, notitie in enumerate(notities)
    )
    langer = rubriek.model_copy(update={"vragen": (*rubriek.vragen, *extra)})
    return BESLUITEN.model_copy(update={"rubrieken": (langer,)})


@pytest.mark.parametrize("formulier", [BESLUITEN, make_besluiten("Een korte uitleg.", "Nog een.")])
def test_the_block_of_a_known_row_stays_on_one_page_and_lets_go_of_the_next_block(formulier: Formulier) -> None:
    eerste = list_holds(build_besluiten(formulier))
    per_blok = len(eerste) // 2
    assert eerste == [*[True] * (per_blok - 1), False] * 2


def test_a_block_that_no_page_holds_stays_together_down_to_the_decision() -> None:
    formulier = make_besluiten("Het besluit.", "Een hele bladzijde uitleg. " * 100, "Notitie.")
    assert list_holds(build_besluiten(formulier)) == [*[True] * 3, *[False] * 3] * 2


def test_a_question_stays_with_its_notes_and_its_boxes_stay_together() -> None:
    for rij in read_document(build()).iter(f"{W}tr"):
        assert rij.find(f"{W}trPr/{W}cantSplit") is not None


#: What LibreOffice opened and saved, in one call: tests that look at it run in one process.
VIA_LIBREOFFICE = pytest.mark.xdist_group("forms by libreoffice")
EEN_RIJ = AANVULLING.model_copy(update={"open_rijen": {"betrokkenen": OPEN_RIJEN[:1]}, "alleen": frozenset({NAAM})})
AANGEVULD: list[dict[str, str | bool]] = [{NAAM: "Jan Voorbeeld"}, {GEBOREN: "1/02/2001"}]
EEN_REGEL: dict[str, str | bool] = {**ANTWOORDEN, "vraag.tekst": "Eén regel"}


@cache
def make_filled() -> dict[str, bytes]:
    """The forms that LibreOffice gets to open and save, as they were filled in."""
    return {
        "blanco": build(),
        "aanmelding": fill_word(build(), EEN_REGEL, {"betrokkenen": BLOKKEN}),
        "aanvulling": fill_word(build(AANVULLING), {}, {"betrokkenen": AANGEVULD}),
        "een rij": fill_word(build(EEN_RIJ), {}, {"betrokkenen": AANGEVULD[:1]}),
    }


@cache
def save_filled() -> dict[str, bytes]:
    """Those forms after LibreOffice opened and saved them."""
    gevuld = make_filled()
    return dict(zip(gevuld, save_all_by_libreoffice(list(gevuld.values())), strict=True))


@VIA_LIBREOFFICE
@pytest.mark.libreoffice
def test_every_prompt_is_grey_in_libreoffice_too() -> None:
    for _, sdt in iter_controls(read_document(save_filled()["blanco"])):
        runs = [run for run in sdt.iter(f"{W}r") if PROMPT.match("".join(t.text or "" for t in run.iter(f"{W}t")))]
        kleuren = [run.find(f"{W}rPr/{W}color") for run in runs]
        assert all(kleur is not None and kleur.get(f"{W}val") == "767676" for kleur in kleuren)


def test_what_is_filled_in_is_what_the_reader_finds() -> None:
    gevuld = fill_word(build(), ANTWOORDEN, {"betrokkenen": BLOKKEN})
    verwacht: dict[tuple[str, int | None], object] = {(tag, None): waarde for tag, waarde in ANTWOORDEN.items()}
    verwacht |= {(tag, nummer): waarde for nummer, blok in enumerate(BLOKKEN) for tag, waarde in blok.items()}
    gelezen = read_answers(gevuld)
    assert {sleutel: waarde for sleutel, waarde in gelezen.items() if sleutel[0] not in kern.META} == verwacht


@settings(deadline=None, max_examples=25)
@given(st.text(st.characters(categories=("L", "N"), include_characters=" .,&<>'\""), min_size=3).map(str.strip))
def test_any_text_of_letters_digits_and_signs_survives_the_form(tekst: str) -> None:
    assume(len(unicodedata.normalize("NFC", " ".join(tekst.split()))) > 2)
    gelezen = read_answers(fill_word(build(), {"aanmelding.casuscode": tekst}))
    assert gelezen["aanmelding.casuscode", None] == unicodedata.normalize("NFC", " ".join(tekst.split()))


def test_only_the_open_questions_remain_with_the_flags_of_their_rubriek() -> None:
    tags = list_tags(build(Vooraf(alleen=frozenset({"aanmelding.datum", "vraag.tekst"}), titel="Aanvulling")))
    assert [tag for tag in tags if not tag.startswith("formulier.")] == [
        "aanmelding.datum",
        "vraag.tekst",
        "vraag.deelbaar.triage",
        "vraag.deelbaar.tafel",
        "vraag.enkel_voor",
        "vraag.niet_voor",
    ]


def test_an_open_row_gets_a_block_with_its_title_its_number_its_own_questions_and_its_flags() -> None:
    aanvulling = build(AANVULLING)
    vlaggen = [f"betrokkenen.{vlag}" for vlag in ("deelbaar.triage", "deelbaar.tafel", "enkel_voor", "niet_voor")]
    blok2, blok3 = ["betrokkenen.rij", NAAM, *vlaggen], ["betrokkenen.rij", GEBOREN, *vlaggen]
    assert [tag for tag in list_tags(aanvulling) if tag not in kern.META] == ["betrokkenen", *blok2, *blok3]
    koppen = [regel for regel in list_lines(aanvulling) if regel.startswith("Betrokkenen, ")]
    assert koppen == [f"{rij.titel}{rij.id}" for rij in OPEN_RIJEN]
    nummers = [sdt for tag, sdt in iter_controls(read_document(aanvulling)) if tag == "betrokkenen.rij"]
    assert [(_title(sdt), show_value(sdt)) for sdt in nummers] == [("Rijnummer", rij.id) for rij in OPEN_RIJEN]
    assert not [sdt for sdt in nummers if sdt.find(f"{W}sdtPr/{W}showingPlcHdr") is not None]


def test_the_reader_finds_each_answer_with_the_number_of_its_row() -> None:
    blokken: list[dict[str, str | bool]] = [{NAAM: "Jan Voorbeeld"}, {GEBOREN: "1/02/2001"}]
    gelezen = read_answers(fill_word(build(AANVULLING), {}, {"betrokkenen": blokken}))
    assert {sleutel: waarde for sleutel, waarde in gelezen.items() if sleutel[0] not in kern.META} == {
        ("betrokkenen.rij", 0): "a1-betrokkenen-2",
        (NAAM, 0): "Jan Voorbeeld",
        ("betrokkenen.rij", 1): "a1-betrokkenen-3",
        (GEBOREN, 1): "1/02/2001",
    }


def test_without_known_rows_an_aanvulling_has_one_blank_block_that_can_be_copied() -> None:
    aanvulling = build(Vooraf(alleen=frozenset({NAAM})))
    assert list_tags(aanvulling).count(NAAM) == 1
    assert "betrokkenen.rij" not in list_tags(aanvulling)
    assert _is_copyable(aanvulling)
    assert any("plusteken" in regel for regel in list_lines(aanvulling))


def test_a_question_that_no_known_row_leaves_open_comes_in_a_blank_block_besides() -> None:
    vooraf = AANVULLING.model_copy(update={"open_rijen": {"betrokkenen": OPEN_RIJEN[:1]}})
    tags = list_tags(build(vooraf))
    assert (tags.count("betrokkenen.rij"), tags.count(NAAM), tags.count(GEBOREN)) == (1, 2, 1)


def test_blocks_that_we_made_for_known_rows_cannot_be_copied() -> None:
    for formulier in (build(AANVULLING), build_besluiten()):
        assert not _is_copyable(formulier)
        assert not [regel for regel in list_lines(formulier) if "plusteken" in regel]


def _is_copyable(formulier: bytes) -> bool:
    secties = list(read_document(formulier).iter(f"{W15}repeatingSection"))
    return bool(secties) and all(sectie.find(f"{W15}doNotAllowInsertDeleteSection") is None for sectie in secties)


def test_title_and_introduction_can_be_replaced() -> None:
    regels = list_lines(build(Vooraf(titel="Aanvulling", inleiding=("Nog twee vragen.",))))
    assert regels[0] == "Aanvulling"
    assert "Nog twee vragen." in regels
    assert "Stuur dit formulier terug naar tafel@example.org." not in regels


def test_what_we_fill_in_is_locked_and_one_block_stands_there_per_row() -> None:
    besluiten = build_besluiten()
    sloten = {tag: sdt.find(f"{W}sdtPr/{W}lock") for tag, sdt in iter_controls(read_document(besluiten))}
    for tag in ("formulier.tafel", "formulier.nummer", "formulier.overlegdatum", "punten.casus"):
        slot = sloten[tag]
        assert slot is not None
        assert slot.get(f"{W}val") == "sdtContentLocked"
    assert sloten["punten.reden"] is None
    gelezen = read_answers(fill_word(besluiten, {}, {"punten": [{}, {"punten.reden": "Te laat."}]}))
    assert gelezen["punten.casus", 0] == "PT-1"
    assert gelezen["punten.casus", 1] == "PT-2"
    assert gelezen["punten.reden", 1] == "Te laat."
    assert gelezen[kern.META_NUMMER, None] == "BF-1"
    with pytest.raises(InvulFout, match=r"'punten\.casus' is vergrendeld"):
        fill_word(besluiten, {}, {"punten": [{"punten.casus": "PT-9"}]})


def test_the_decision_form_names_the_date_in_words() -> None:
    assert "Proeftafel – overleg van vrijdag 6 maart 2026" in list_lines(build_besluiten())


def test_the_guidance_names_every_doelgroep_and_what_leaves_without_a_tick() -> None:
    tekst = "\n".join(list_lines(build()))
    assert "Triageteam – screent de aanmelding" in tekst
    assert "Niets aangekruist = met niemand gedeeld." in tekst
    assert "in welke fase het dossier zit" in tekst
    assert set(FEITEN) == set(Feit)


def test_a_form_without_flags_says_nothing_of_sharing() -> None:
    assert not [regel for regel in list_lines(build_besluiten()) if "gedeeld" in regel]


def test_required_questions_are_marked_and_conditions_are_spelled_out() -> None:
    regels = list_lines(build())
    assert "Dit formulier is *" in regels
    assert "Casuscode (*)" in regels
    assert "Verplicht als u bij ‘Dit formulier is’ kiest voor ‘een aanvulling’." in regels


def test_a_question_that_one_answer_asks_and_another_spares_says_both() -> None:
    soort = "aanmelding.soort"
    rubriek = AANMELDING.rubrieken[2]
    vraag = rubriek.vragen[0].model_copy(
        update={
            "verplicht": False,
            "verplicht_als": Voorwaarde(vraag=soort, is_een_van=("nieuw",)),
            "niet_verplicht_als": Voorwaarde(vraag=soort, is_een_van=("aanvulling",)),
        }
    )
    rubrieken = (*AANMELDING.rubrieken[:2], rubriek.model_copy(update={"vragen": (vraag,)}))
    regels = list_lines(build(formulier=AANMELDING.model_copy(update={"rubrieken": rubrieken})))
    waar = regels.index("Verplicht als u bij ‘Dit formulier is’ kiest voor ‘een nieuwe aanmelding’.")
    assert regels[waar + 1] == "Niet verplicht als u bij ‘Dit formulier is’ kiest voor ‘een aanvulling’."


@pytest.mark.parametrize(
    ("vooraf", "melding"),
    [
        (Vooraf(alleen=frozenset({"aanmelding.bestaat_niet"})), "de vraag 'aanmelding.bestaat_niet' bestaat niet"),
        (Vooraf(alleen=frozenset()), "er blijft geen enkele vraag over"),
        (Vooraf(meta={kern.META_TAFEL: "andere/tafel"}), "'formulier.tafel' is geen kenmerk"),
        (Vooraf(rijen=({"betrokkenen.naam": "x"},)), "'betrokkenen.naam' wordt hier niet door ons ingevuld"),
        (Vooraf(open_rijen={"bestaat_niet": OPEN_RIJEN}), "de rubriek 'bestaat_niet' bestaat niet"),
        (Vooraf(open_rijen={"vraag": OPEN_RIJEN}), "de rubriek 'vraag' heeft geen rijen"),
        (Vooraf(open_rijen={"betrokkenen": OPEN_RIJEN[:1] * 2}), "de rij 'a1-betrokkenen-2' komt meer dan eens voor"),
        (
            Vooraf(open_rijen={"betrokkenen": (OPEN_RIJEN[0].model_copy(update={"vragen": {"vraag.tekst"}}),)}),
            "de vraag 'vraag.tekst' staat niet in de rubriek 'betrokkenen'",
        ),
        (
            Vooraf(alleen=frozenset({NAAM}), open_rijen={"betrokkenen": OPEN_RIJEN}),
            "de vraag 'betrokkenen.geboortedatum' staat niet in de rubriek 'betrokkenen'",
        ),
    ],
)
def test_what_the_form_does_not_have_is_refused(vooraf: Vooraf, melding: str) -> None:
    with pytest.raises(OverlegFout, match=re.escape(melding)):
        build(vooraf)


def test_a_name_that_word_cannot_hold_is_refused_and_a_long_label_is_shortened() -> None:
    with pytest.raises(OverlegFout, match="langer dan 64 tekens"):
        Controls("nl-BE").text("a" * 65, "label")
    assert len(_title(Controls("nl-BE").text("a.b", "lang " * 30))) <= 64


@VIA_LIBREOFFICE
@pytest.mark.libreoffice
def test_every_answer_keeps_its_name_and_value_when_libreoffice_saves_the_form() -> None:
    bewaard = read_document(save_filled()["aanmelding"])
    gevonden = [(tag, show_value(sdt)) for tag, sdt in iter_controls(bewaard)]
    verwacht = [*EEN_REGEL.items(), *(paar for blok in BLOKKEN for paar in blok.items())]
    assert [paar for paar in verwacht if paar not in gevonden] == []
    assert sum(waarde is True for _, waarde in gevonden) == sum(waarde is True for _, waarde in verwacht)


@VIA_LIBREOFFICE
@pytest.mark.libreoffice
def test_the_reader_finds_the_same_answers_after_libreoffice_saved_the_form() -> None:
    assert read_answers(save_filled()["aanmelding"]) == read_answers(make_filled()["aanmelding"])


@VIA_LIBREOFFICE
@pytest.mark.libreoffice
def test_the_number_of_a_row_survives_libreoffice() -> None:
    assert read_answers(save_filled()["aanvulling"]) == read_answers(make_filled()["aanvulling"])
    gelezen = {tag: waarde for (tag, _), waarde in read_answers(save_filled()["een rij"]).items()}
    assert gelezen["betrokkenen.rij"] == "a1-betrokkenen-2"
    assert gelezen[NAAM] == "Jan Voorbeeld"
