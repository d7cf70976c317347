"""Numbered forms about one case: asked for on the command line, with the right number, code and rows in them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from support_dossier import DATA, make_dossier
from support_fill import Antwoorden, W, iter_controls, read_document, save_all_by_libreoffice
from support_tafel import DATA as PROEFTAFEL
from support_tekst import read_word
from support_werkmap import TAFEL, Werkmapje

from pipeline.cli.context import load_settings
from pipeline.errors import ExitCode, OverlegFout
from pipeline.forms import Vooraf, build_formulier, fill_controls
from pipeline.read import read_formulier
from pipeline.register import Register
from pipeline.run.attachments import make_casusformulier
from pipeline.settings import Settings
from pipeline.validate import recognise_formulier
from schemas import kern
from schemas.dossier import Afspraak, Afspraakstatus
from schemas.formulier import CASUSFORMULIEREN, Formuliersoort

VANDAAG = dt.date(2027, 1, 4)
CODE, DICHT, TODO = "BCDFG2", "HJKLM3", "NPQR4"
ALLE = pytest.mark.parametrize("soort", CASUSFORMULIEREN)


@pytest.fixture
def werkmap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Werkmapje:
    """An open case with one open to-do and one that is done, and a closed case."""
    werkmap = Werkmapje.make(tmp_path)
    afspraak = Afspraak(overleg="expertentafel", datum=dt.date(2026, 12, 17), wat="Bellen.", wie=("caw",), nummer=TODO)
    klaar = afspraak.model_copy(update={"nummer": "TVWX6", "status": Afspraakstatus.GEDAAN})
    dossier = make_dossier(code=CODE, fase="ketenaanpak").model_copy(update={"afspraken": (afspraak, klaar)})
    with Register.open(werkmap.map) as register:
        register.save_dossier(dossier, "aanmelding", VANDAAG)
        register.save_dossier(make_dossier(code=DICHT, fase="afgesloten"), "aanmelding", VANDAAG)
    monkeypatch.chdir(tmp_path)
    return werkmap


def _ask(werkmap: Werkmapje, soort: str, *opties: str) -> int:
    return werkmap.run("formulier", soort, "--map", str(werkmap.map), *opties, "--vandaag", VANDAAG.isoformat())


def _make(settings: Settings, register: Register, soort: Formuliersoort, code: str = CODE, van: str = "") -> bytes:
    bijlage = make_casusformulier(settings, register, soort, code, van)
    assert bijlage is not None
    return bijlage.build()


def _read(docx: bytes) -> dict[str, str]:
    return {a.tag: str(a.waarde) for a in read_formulier("f.docx", docx).antwoorden if a.tag}


# --- the form itself ---


@ALLE
def test_number_and_casuscode_are_shown_at_the_head_and_locked(werkmap: Werkmapje, soort: Formuliersoort) -> None:
    with Register.open(werkmap.map) as register:
        docx = _make(load_settings(werkmap.map, vandaag=VANDAAG), register, soort)
        nummer = register.get_nummer(_read(docx)[kern.META_NUMMER])
    assert nummer is not None
    assert (nummer.soort, nummer.betreft, nummer.gebruikt_door) == (soort.value, CODE, "")
    assert _read(docx)[kern.META_CASUS] == CODE
    assert f"casus {CODE}" in read_word(docx)
    for tag, sdt in iter_controls(read_document(docx)):
        if tag in kern.META:
            slot = sdt.find(f"{W}sdtPr/{W}lock")
            assert slot is not None
            assert slot.get(f"{W}val") == "sdtContentLocked"


@ALLE
def test_the_form_is_recognised_when_it_comes_back(werkmap: Werkmapje, soort: Formuliersoort) -> None:
    with Register.open(werkmap.map) as register:
        docx = _make(load_settings(werkmap.map, vandaag=VANDAAG), register, soort)
    herkenning = recognise_formulier(read_formulier("f.docx", docx), (DATA,))
    assert herkenning is not None
    assert herkenning.formulier is not None
    assert herkenning.formulier.soort is soort
    assert (herkenning.meta.casuscode, herkenning.meta.nummer) == (CODE, _read(docx)[kern.META_NUMMER])


@pytest.mark.libreoffice
def test_number_and_code_survive_libreoffice(werkmap: Werkmapje) -> None:
    with Register.open(werkmap.map) as register:
        settings = load_settings(werkmap.map, vandaag=VANDAAG)
        gemaakt = [_make(settings, register, soort) for soort in CASUSFORMULIEREN]
    for docx, bewaard in zip(gemaakt, save_all_by_libreoffice(gemaakt), strict=True):
        herkenning = recognise_formulier(read_formulier("f.docx", bewaard), (DATA,))
        assert herkenning is not None
        assert (herkenning.meta.casuscode, herkenning.meta.nummer) == (CODE, _read(docx)[kern.META_NUMMER])


def test_every_partner_has_his_own_number_and_the_same_one_when_it_is_asked_for_again(werkmap: Werkmapje) -> None:
    settings = load_settings(werkmap.map, vandaag=VANDAAG)
    with Register.open(werkmap.map) as register:
        soort = Formuliersoort.INBRENG
        caw, politie, nogmaals = (_make(settings, register, soort, van=van) for van in ("caw", "politie", "caw"))
        nummers = [_read(docx)[kern.META_NUMMER] for docx in (caw, politie)]
        regels = [register.get_nummer(nummer) for nummer in nummers]
    assert caw == nogmaals
    assert [regel.betreft for regel in regels if regel] == [f"{CODE} caw", f"{CODE} politie"]


def test_a_melding_that_was_used_gives_way_to_a_new_number(werkmap: Werkmapje) -> None:
    settings = load_settings(werkmap.map, vandaag=VANDAAG)
    with Register.open(werkmap.map) as register:
        eerste = _read(_make(settings, register, Formuliersoort.MELDING))[kern.META_NUMMER]
        register.use_nummer(eerste, "a" * 64)
        assert _read(_make(settings, register, Formuliersoort.MELDING))[kern.META_NUMMER] != eerste


def test_a_table_without_such_a_form_makes_none(werkmap: Werkmapje) -> None:
    settings = load_settings(werkmap.map, vandaag=VANDAAG)
    kaal = tuple(f for f in DATA.formulieren if f.soort not in CASUSFORMULIEREN)
    zonder = Settings(
        map=settings.map,
        data=DATA.model_copy(update={"formulieren": kaal}),
        werkmap=settings.werkmap,
        tafels=settings.tafels,
        vandaag=VANDAAG,
        choose_engine=settings.choose_engine,
    )
    with Register.open(werkmap.map) as register:
        assert make_casusformulier(zonder, register, Formuliersoort.PLAN, CODE) is None


def test_a_melding_asks_for_the_open_to_dos_of_the_case_and_without_any_it_does_not(werkmap: Werkmapje) -> None:
    settings = load_settings(werkmap.map, vandaag=VANDAAG)
    with Register.open(werkmap.map) as register:
        met = _read(_make(settings, register, Formuliersoort.MELDING))
        register.save_dossier(make_dossier(code=CODE, fase="ketenaanpak"), "x", VANDAAG)
        zonder = _read(_make(settings, register, Formuliersoort.MELDING))
    assert (met[kern.OPVOLGING_CASUS], met[kern.OPVOLGING_AFSPRAAK], met[kern.OPVOLGING_STATUS]) == (CODE, TODO, "")
    assert not {tag for tag in zonder if tag.startswith("opvolging.")}
    assert kern.MELDING_SOORT in zonder


@pytest.mark.parametrize(
    ("soort", "wel", "niet"),
    [
        (Formuliersoort.INBRENG, "Niets aangekruist = met niemand gedeeld.", "zonder geel deel"),
        (Formuliersoort.PLAN, "van een plan van aanpak de data", "aan de criteria is voldaan"),
        (Formuliersoort.MELDING, "in welke fase het dossier zit", "naam en geboortedatum"),
    ],
)
def test_the_guidance_names_only_what_can_leave_of_that_form(soort: Formuliersoort, wel: str, niet: str) -> None:
    formulier = DATA.get_formulier_of_soort(soort)
    assert formulier is not None
    tekst = read_word(build_formulier(DATA, formulier))
    assert wel in tekst
    assert niet not in tekst


def test_a_rubriek_can_be_left_out_and_the_others_keep_their_blank_blocks() -> None:
    verslag = DATA.get_formulier("verslag")
    assert verslag is not None
    alles, zonder = (
        [a.tag for a in read_formulier("f.docx", build_formulier(DATA, verslag, vooraf)).antwoorden if a.tag]
        for vooraf in (None, Vooraf(zonder=frozenset({"opvolging"})))
    )
    assert zonder == [tag for tag in alles if not tag.startswith("opvolging.")]
    assert len(zonder) < len(alles)


@pytest.mark.parametrize(
    ("vooraf", "melding"),
    [
        (Vooraf(zonder=frozenset({"bestaat_niet"})), "de rubriek 'bestaat_niet' bestaat niet"),
        (Vooraf(zonder=frozenset({"punten"})), "er blijft geen enkele vraag over"),
        (
            Vooraf(zonder=frozenset({"punten"}), rijen=({"punten.casus": "PT-1"},)),
            "'punten.casus' wordt hier niet door ons ingevuld",
        ),
    ],
)
def test_leaving_out_what_is_not_there_or_what_is_filled_in_is_refused(vooraf: Vooraf, melding: str) -> None:
    with pytest.raises(OverlegFout) as fout:
        build_formulier(PROEFTAFEL, PROEFTAFEL.formulieren[1], vooraf)
    assert melding in fout.value.melding


def test_a_plan_with_more_actions_than_blank_blocks_is_read_back_whole(werkmap: Werkmapje) -> None:
    with Register.open(werkmap.map) as register:
        docx = _make(load_settings(werkmap.map, vandaag=VANDAAG), register, Formuliersoort.PLAN)
    acties: list[Antwoorden] = [
        {kern.ACTIE_WAT: f"Actie {nummer}", "acties.deelbaar.tafel": nummer % 2 == 0} for nummer in range(7)
    ]
    gevuld = fill_controls(docx, {kern.PLAN_STAND: "Voorstel"}, blokken={"acties": acties})
    gelezen = [a for a in read_formulier("f.docx", gevuld).antwoorden if a.tag == kern.ACTIE_WAT]
    assert [(a.rij, a.waarde) for a in gelezen] == [(nummer, f"Actie {nummer}") for nummer in range(7)]


# --- asked for on the command line ---


@pytest.mark.parametrize(
    ("soort", "opties", "naam", "woorden"),
    [
        ("plan", (), f"Planformulier {CODE}.docx", "altijd in dit ene document"),
        ("melding", (), f"Meldingsformulier {CODE}.docx", "geldt voor één melding"),
        ("inbreng", ("--van", "caw"), f"Inbrengformulier {CODE} caw.docx", "Bezorg het aan CAW De Kempen"),
        ("inbreng", ("--van", "CAW De Kempen"), f"Inbrengformulier {CODE} caw.docx", "Bezorg het aan CAW De Kempen"),
    ],
)
def test_a_form_about_a_case_is_written_and_the_screen_says_what_to_do_with_it(
    werkmap: Werkmapje, soort: str, opties: tuple[str, ...], naam: str, woorden: str
) -> None:
    assert _ask(werkmap, soort, "--casus", CODE.lower(), *opties) == ExitCode.KLAAR, werkmap.uitvoer
    assert _read(Path(naam).read_bytes())[kern.META_CASUS] == CODE
    assert f"Het formulier staat in {naam}." in werkmap.uitvoer
    assert woorden in werkmap.uitvoer
    assert f"start daarna: overleg verwerk {werkmap.map}" in werkmap.uitvoer


def test_a_plan_that_lies_there_is_not_written_over(werkmap: Werkmapje) -> None:
    pad = Path(f"Planformulier {CODE}.docx")
    pad.write_bytes(b"mijn plan")
    assert _ask(werkmap, "plan", "--casus", CODE) == ExitCode.GEBRUIK
    assert "wordt niet overschreven" in werkmap.uitvoer
    assert pad.read_bytes() == b"mijn plan"
    assert _ask(werkmap, "plan", "--casus", CODE, "-o", "ander.docx") == ExitCode.KLAAR


@pytest.mark.parametrize(
    ("args", "woorden"),
    [
        (("plan", "--casus", "BCDFG3"), ("geen casus met de code “BCDFG3”", f"Bedoelde u {CODE}?")),
        (("plan", "--casus", "XXXXXX"), ("geen casus met de code", "Kijk de code na")),
        (("plan", "--casus", DICHT), (f"Casus {DICHT} is afgesloten", "opnieuw aanmelden")),
        (("plan",), ("Planformulier gaat over één casus", "--casus")),
        (("plan", "--casus", CODE, "--van", "caw"), ("niet voor één partner", "Laat --van weg")),
        (("inbreng", "--casus", CODE), ("Inbrengformulier is voor één partner", "--van")),
        (("inbreng", "--casus", CODE, "--van", "cawe"), ("“cawe” is geen partner", "Bedoelde u caw")),
        (("inbreng", "--casus", CODE, "--van", "qqqqqq"), ("is geen partner", "Kies uit: ")),
        (("inbreng", "--casus", CODE, "--van", "WGC Testdorp"), ("ondertekende het protocol nog niet", "werkmap.toml")),
        (("aanmelding", "--casus", CODE), ("gaat niet over één casus", "Laat --casus en --van weg")),
        (("theekrans", "--casus", CODE), ("geen formulier “theekrans”", "Kies uit: aanmelding")),
    ],
)
def test_what_cannot_be_asked_for_is_refused_with_what_was_perhaps_meant(
    werkmap: Werkmapje, args: tuple[str, ...], woorden: tuple[str, ...]
) -> None:
    assert _ask(werkmap, *args) == ExitCode.GEBRUIK
    assert all(woord in werkmap.uitvoer for woord in woorden), werkmap.uitvoer
    assert not list(Path().glob("*.docx"))


@pytest.mark.parametrize(
    "args",
    [
        ("formulier", "plan"),
        ("formulier", "plan", "--tafel", TAFEL, "--map", "werkmap"),
        ("formulier", "plan", "--tafel", TAFEL, "--casus", CODE),
    ],
)
def test_a_form_comes_from_a_table_or_from_a_werkmap(werkmap: Werkmapje, args: tuple[str, ...]) -> None:
    assert werkmap.run(*args) == ExitCode.GEBRUIK
    assert "--map" in werkmap.uitvoer


@pytest.mark.parametrize(
    ("soort", "hoe"),
    [
        ("verslag", "overleg bereid MAP --overleg expertentafel"),
        ("inbreng", "overleg formulier inbreng --map MAP --casus CODE --van PARTNER"),
        ("plan", "overleg formulier plan --map MAP --casus CODE"),
    ],
)
def test_a_blank_form_that_needs_a_number_says_that_it_is_for_looking_at(
    werkmap: Werkmapje, soort: str, hoe: str
) -> None:
    assert werkmap.run("formulier", soort, "--tafel", TAFEL, "-o", "blanco.docx") == ExitCode.KLAAR
    assert "geen nummer: het dient om te bekijken" in werkmap.uitvoer
    assert hoe in werkmap.uitvoer
    assert kern.META_NUMMER not in _read(Path("blanco.docx").read_bytes())


@pytest.mark.parametrize("bron", ["--tafel", "--map"])
def test_a_blank_aanmelding_comes_from_the_table_or_the_werkmap_without_any_warning(
    werkmap: Werkmapje, bron: str
) -> None:
    waar = TAFEL if bron == "--tafel" else str(werkmap.map)
    assert werkmap.run("formulier", "aanmelding", bron, waar, "-o", "F.docx") == ExitCode.KLAAR
    assert werkmap.uitvoer.splitlines() == ["Het formulier staat in F.docx."]
    assert Path("F.docx").read_bytes() == build_formulier(DATA, DATA.get_aanmeldformulier())
