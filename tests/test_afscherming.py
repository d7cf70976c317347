"""Hard exclusions over every road: a pleger who may not know and his helpers, niet voor, not signed, stopped."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from support_bewijs import VANDAAG, Wereld, load_voorbeeldwerkmap, make_wereld, share
from support_wegen import BUITEN, LAATSTE, NAMEN, NIET_VOOR_PARKET, SAMPLES, TAFEL, TAKEN, VERBETERING, Wegen, play
from support_werkmap import Werkmapje

from pipeline.check import note_afscherming
from pipeline.share import is_kept_out
from pipeline.share.recipients import make_aanmelder, make_partner
from schemas.aanmelding import Antwoord, KeuzeWaarde, Status
from schemas.catalogus import REGIOS, load_tafel
from schemas.deelbeeld import Deelbeeld
from schemas.documentsoort import Documentsoort, Moment
from schemas.dossier import Afgeschermd, Betrekking, Dossier, GenomenBesluit, Melding
from schemas.kruiscontrole import check_tafeldata
from schemas.tafel import Tafel
from schemas.uitsluiting import find_uitsluiting, list_afgeschermd, list_werkt_voor

#: One play for all of these, also when tests run side by side.
pytestmark = pytest.mark.xdist_group("wegen")

#: Each road, by a file that goes that way to somebody else: who it is, and what its name holds.
WEGEN = {
    "package": ("caw", "Casusfiche"),
    "list of recipients": ("caw", "Agenda overlegtafel 2026-12-08"),
    "next month's agenda": ("caw", "Agenda overlegtafel 2027-01-12"),
    "letter to the aanmelder": ("aanmelder", "Vraag om aanvulling"),
    "decision letter": ("aanmelder", "Terugkoppeling van de overlegtafel"),
    "letter after a melding": ("caw", "Vraag om ontbrekende elementen"),
    "inbreng form": ("caw", "Inbrengformulier"),
    "addendum": ("caw", "Aanvulling of verbetering"),
    "plan": ("caw", "Plan van aanpak"),
    "verslag": ("caw", "Verslag overlegtafel"),
    "takenlijst": ("caw", "Uw afspraken"),
    "manifest": ("caw", "manifest"),
    "mail": ("caw", "mail.eml"),
    "mail as text": ("caw", "mail.txt"),
    "appointment": ("caw", "afspraak.ics"),
}


@pytest.fixture(scope="module")
def wegen(tmp_path_factory: pytest.TempPathFactory) -> Wegen:
    return play(tmp_path_factory.mktemp("wegen"))


@pytest.mark.parametrize("weg", WEGEN)
def test_each_road_was_taken_by_somebody_who_may_know(wegen: Wegen, weg: str) -> None:
    """Else the tests below would look for nothing."""
    wie, naam = WEGEN[weg]
    bestanden = [(pad, tekst) for pad, tekst in wegen.iterate_files(wie) if naam in pad.rpartition("/")[2]]
    assert bestanden
    if weg not in ("mail", "mail as text", "appointment"):  # these say nothing of a case
        assert any(wegen.gesloten in tekst for _, tekst in bestanden)


@pytest.mark.parametrize("weg", WEGEN)
@pytest.mark.parametrize("wie", BUITEN)
def test_nothing_of_the_case_goes_to_who_is_kept_out(wegen: Wegen, wie: str, weg: str) -> None:
    _, naam = WEGEN[weg]
    for pad, tekst in wegen.iterate_files(wie):
        if naam in pad.rpartition("/")[2]:
            assert wegen.gesloten not in pad + tekst, pad
            assert "Lotte" not in tekst and "Spookman" not in tekst, pad
            assert not any(taak in tekst for taak in TAKEN.values()), pad


def test_nothing_of_the_case_lies_in_any_folder_of_who_is_kept_out(wegen: Wegen) -> None:
    """Whatever it is called: the roads above are those that we know of."""
    for wie in BUITEN:
        assert not [pad for pad, tekst in wegen.iterate_files(wie) if wegen.gesloten in pad + tekst], wie
    eigen = [tekst for _, tekst in wegen.iterate_files("justitiehuis")]
    assert any(wegen.codes["volledig"] in tekst for tekst in eigen)  # of a case that is open he gets everything


def test_who_left_gets_nothing_that_came_after(wegen: Wegen) -> None:
    later = [(pad, tekst) for pad, tekst in wegen.iterate_files("vk") if "2027" in pad or LAATSTE in pad]
    assert not [pad for pad, tekst in later if wegen.gesloten in pad + tekst]
    assert any("Casusfiche" in pad and wegen.gesloten in tekst for pad, tekst in wegen.iterate_files("vk"))


def test_what_is_not_for_somebody_reaches_him_by_no_road(wegen: Wegen) -> None:
    assert any(NIET_VOOR_PARKET in tekst for _, tekst in wegen.iterate_files("caw"))
    assert not any(NIET_VOOR_PARKET in tekst for _, tekst in wegen.iterate_files("parket"))
    assert any(wegen.gesloten in tekst for _, tekst in wegen.iterate_files("parket"))


def test_what_is_not_for_the_pleger_is_not_for_who_works_for_him_either(wegen: Wegen) -> None:
    """Also in a case of which everybody knows, and also where a release would show the name (the sample "volledig")."""
    zus = "Zij slaapt drie nachten per week bij een zus"
    assert any(zus in tekst for _, tekst in wegen.iterate_files("caw"))
    for pad, tekst in wegen.iterate_files("justitiehuis"):
        assert zus not in tekst and "Noor" not in tekst and "Schuilplaats" not in tekst, pad


def test_the_other_lists_of_recipients_do_not_show_that_somebody_is_kept_out(wegen: Wegen) -> None:
    for pad, tekst in wegen.iterate_files("caw"):
        if ("Agenda overlegtafel" in pad or "Casusfiche" in pad) and pad.endswith(".docx"):
            assert f"{NAMEN['justitiehuis']} (als die deelneemt)" in tekst, pad
            assert "Parket Voorbeeldstad (als die deelneemt)" in tekst, pad


def test_an_aanmelder_who_works_for_the_pleger_gets_no_letter_and_no_mail(wegen: Wegen) -> None:
    code = wegen.codes["van_helper"]
    assert not [pad for pad in wegen.mapje.list_files() if f"aanmelder {code}" in pad]
    for pad in wegen.mapje.list_files():
        if pad.endswith(".eml"):
            assert b"yoni.proefmans" not in (wegen.mapje.map / pad).read_bytes(), pad


def test_the_coordinator_hears_what_is_held_back_why_and_what_ends_it(wegen: Wegen) -> None:
    mapje, map_ = wegen.mapje, str(wegen.mapje.map)
    ontvangst = (mapje.map.parent / "ontvangst.txt").read_text(encoding="utf-8")
    assert "Ook de aanmelder krijgt geen brief" in ontvangst
    mapje.run("bekijk", map_, wegen.gesloten, "--vandaag", "2026-12-16")
    for uitvoer in (" ".join(ontvangst.split()), " ".join(mapje.uitvoer.split())):
        assert "De pleger is niet ingelicht" in uitvoer
        assert NAMEN["justitiehuis"] in uitvoer and NAMEN["ggz"] in uitvoer
        assert "Afgesproken hoe en wanneer de pleger ingelicht wordt" in uitvoer
    for wie in ("justitiehuis", "pleger"):
        mapje.run("bekijk", map_, wegen.gesloten, "--als", wie, "--vandaag", "2026-12-16")
        assert "mag nu niets van deze casus weten" in " ".join(mapje.uitvoer.split()), wie


def test_no_inbreng_form_and_no_inzage_is_made_for_who_is_kept_out(wegen: Wegen, tmp_path: Path) -> None:
    mapje, map_ = wegen.mapje, str(wegen.mapje.map)
    for wie, reden in (("justitiehuis", "niets van mag weten"), ("vk", "niet langer bij casus")):
        vraag = ("formulier", "inbreng", "--map", map_, "--casus", wegen.gesloten, "--van", wie)
        assert mapje.run(*vraag, "-o", str(tmp_path / "inbreng.docx")) == 2
        assert reden in mapje.uitvoer
    assert mapje.run("inzage", map_, "Rein Spookman", "--vandaag", "2026-12-16") == 2
    assert "mag nu niet weten" in mapje.uitvoer
    assert not list(tmp_path.iterdir())


def test_the_coordinator_hears_what_lies_ready_for_who_turns_out_to_work_for_the_pleger(
    wegen: Wegen, tmp_path: Path
) -> None:
    copytree(wegen.mapje.map, tmp_path / "werkmap")
    kopie = Wegen(Werkmapje(tmp_path / "werkmap"), wegen.codes)
    gemeld = " ".join(kopie.tell("Een partner werkt in deze casus voor de pleger", wie=NAMEN["clb"]).split())
    assert "uit/2027-01-12 overlegtafel/clb: Hier ligt nog een document" in gemeld
    assert "overlegtafel/caw: Hier ligt nog" not in gemeld
    assert kopie.mapje.run("verzonden", str(kopie.mapje.map), "--alle", "--vandaag", "2026-12-16") == 0
    gemeld = kopie.tell("Een partner werkt in deze casus voor de pleger", wie=NAMEN["clb"])
    assert "Hier ligt nog" not in gemeld


def test_the_calendar_of_terms_names_nobody(wegen: Wegen) -> None:
    kalender = (wegen.mapje.map.parent / "termijnen.ics").read_text(encoding="utf-8")
    assert not any(naam in kalender for naam in (*NAMEN.values(), "Lotte", "Rein", "example.org"))


def test_it_ends_on_the_agreed_day_and_not_before(wegen: Wegen, tmp_path: Path) -> None:
    """The melding says from which day on he may know: then his helper gets the case, and he his copy of the plan."""
    copytree(wegen.mapje.map, tmp_path / "werkmap")
    wegen = Wegen(Werkmapje(tmp_path / "werkmap"), wegen.codes)
    wegen.tell("Afgesproken hoe en wanneer de pleger ingelicht wordt", datum="18/12/2026", wie=NAMEN["caw"])
    wegen.mapje.prepare("overlegtafel", "2026-12-17")
    assert not any(wegen.gesloten in tekst for _, tekst in wegen.iterate_files("justitiehuis"))
    wegen.mapje.process("2026-12-18")
    wegen.mapje.prepare("overlegtafel", "2026-12-18")
    assert any(TAKEN["justitiehuis"] in tekst for _, tekst in wegen.iterate_files("justitiehuis"))
    assert any("Waaraan wij met u werken" in pad for pad, _ in wegen.iterate_files("pleger"))
    assert not any(VERBETERING in tekst for _, tekst in wegen.iterate_files("justitiehuis"))  # never had what it mends


# --- the rule itself ------------------------------------------------------------------------------------------------

DATA = load_tafel(TAFEL)
WERKMAP = load_voorbeeldwerkmap(DATA)
SOORTEN = [soort for soort in DATA.documenten if soort.moment is not Moment.CIJFERS]


def release(wereld: Wereld) -> Wereld:
    """The same world in which nobody is kept out."""
    heffers = {soort.id for soort in DATA.tafel.meldingen if soort.schermt_af}
    return replace(
        wereld,
        dossiers=tuple(
            d.model_copy(
                update={"afgeschermd": (), "meldingen": tuple(m for m in d.meldingen if m.soort not in heffers)}
            )
            for d in wereld.dossiers
        ),
    )


@pytest.mark.parametrize("soort", SOORTEN, ids=lambda soort: soort.id)
def test_nobody_can_tell_from_his_own_copy_that_somebody_else_is_kept_out(soort: Documentsoort) -> None:
    """Each copy that is made while somebody is kept out is, case by case, the one that is made while nobody is."""
    gezien = 0
    for zaad in range(2):
        wereld = make_wereld(TAFEL, soort, zaad)
        vrij = {beeld.sleutel: beeld for beeld in share(release(wereld), soort)}
        dicht = share(wereld, soort)
        assert {beeld.sleutel for beeld in dicht} <= vrij.keys()
        for beeld in dicht:
            gelijk = _list_codes(beeld) == _list_codes(vrij[beeld.sleutel])
            gezien += gelijk
            assert not gelijk or beeld == vrij[beeld.sleutel]
    assert gezien or soort.id in DATA.tafel.afschermingen[0].documenten


def _list_codes(beeld: Deelbeeld) -> set[str]:
    """The cases of which something stands in a copy."""
    return {regel.casuscode for regel in beeld.verantwoording} | {blok.code for blok in beeld.casussen}


def make_case(**velden: object) -> Dossier:
    """A case in which nobody told the pleger, as its form came in."""
    wereld = make_wereld(TAFEL, SOORTEN[0], 1)
    leeg: dict[str, object] = {"meldingen": (), "besluiten": (), "betrekkingen": (), "afgeschermd": ()}
    return wereld.dossiers[0].model_copy(update=leeg | velden)


def tell(soort: str, datum: dt.date = VANDAAG, wie: tuple[str, ...] = ()) -> Melding:
    return Melding(
        soort=soort,
        datum=datum,
        wie=wie,
        naar=(),
        uur="",
        plaats="",
        mededelingen=(),
        notitie="",
        formuliernummer="X",
        ontvangen_op=min(datum, VANDAAG),
    )


def answer(dossier: Dossier, optie: str) -> Dossier:
    """The case with this answer to who was told; "" leaves it blank."""

    def edit(antwoord: Antwoord) -> Antwoord:
        if antwoord.vraag != "instemming.geinformeerd":
            return antwoord
        waarde = KeuzeWaarde(opties=(optie,), labels=(optie,)) if optie else None
        return antwoord.model_copy(
            update={"waarde": waarde, "status": Status.INGEVULD if optie else Status.LEEG, "bezwaar": ""}
        )

    rubrieken = tuple(
        r.model_copy(update={"antwoorden": tuple(map(edit, r.antwoorden))}) for r in dossier.aanmelding.rubrieken
    )
    return dossier.model_copy(update={"aanmelding": dossier.aanmelding.model_copy(update={"rubrieken": rubrieken})})


def holds(dossier: Dossier, op: dt.date = VANDAAG) -> bool:
    return bool(list_afgeschermd(dossier, DATA.tafel, op))


@pytest.mark.parametrize(("optie", "geldt"), [("gezin", False), ("slachtoffer", True), ("niemand", True), ("", True)])
def test_it_is_in_force_unless_the_form_says_that_the_pleger_knows(optie: str, geldt: bool) -> None:
    assert holds(note_afscherming(answer(make_case(), optie), DATA.tafel)) is geldt


def test_what_a_form_said_no_later_form_takes_back_but_what_it_left_open_a_later_one_decides() -> None:
    gezegd = note_afscherming(answer(make_case(), "slachtoffer"), DATA.tafel)
    assert holds(note_afscherming(answer(gezegd, "gezin"), DATA.tafel))
    open_ = note_afscherming(answer(make_case(), ""), DATA.tafel)
    assert not holds(note_afscherming(answer(open_, "gezin"), DATA.tafel))
    assert holds(note_afscherming(answer(note_afscherming(answer(open_, "niemand"), DATA.tafel), "gezin"), DATA.tafel))


def test_a_melding_ends_it_from_its_day_on_and_another_lays_it_on_again() -> None:
    dossier = note_afscherming(answer(make_case(), "slachtoffer"), DATA.tafel)
    morgen = VANDAAG + dt.timedelta(days=1)
    geheven = dossier.model_copy(update={"meldingen": (tell("pleger_inlichten", morgen),)})
    assert holds(geheven) and not holds(geheven, morgen)
    opnieuw = geheven.model_copy(update={"meldingen": (*geheven.meldingen, tell("pleger_afschermen", morgen))})
    assert holds(opnieuw, morgen)
    weer = opnieuw.model_copy(update={"meldingen": (*opnieuw.meldingen, tell("pleger_inlichten", morgen))})
    assert not holds(weer, morgen)


def test_a_decision_can_end_it_as_well() -> None:
    besluiten = tuple(
        b.model_copy(update={"heft_op": "pleger_onwetend"}) if b.id == "casusregie" else b for b in DATA.tafel.besluiten
    )
    tafel = DATA.tafel.model_copy(update={"besluiten": besluiten})
    dossier = note_afscherming(answer(make_case(), "slachtoffer"), tafel)
    genomen = GenomenBesluit(overleg="overlegtafel", datum=VANDAAG, besluit="casusregie")
    assert list_afgeschermd(dossier, tafel, VANDAAG)
    assert not list_afgeschermd(dossier.model_copy(update={"besluiten": (genomen,)}), tafel, VANDAAG)


def test_who_works_for_whom_follows_from_the_form_and_from_meldingen() -> None:
    dossier = make_case(
        betrekkingen=(
            Betrekking(wie="caw", voor="slachtoffer", op=VANDAAG),
            Betrekking(wie="ggz", voor="", op=VANDAAG),
        )
    )
    assert list_werkt_voor(dossier, DATA.tafel, {"caw"}) == {"slachtoffer"}
    assert list_werkt_voor(dossier, DATA.tafel, {"ggz"}) == {"slachtoffer", "pleger", "kind"}
    gemeld = (tell("werkt_voor_pleger", wie=("caw", "vk")), tell("werkt_niet_voor_pleger", wie=("ggz", "vk")))
    later = dossier.model_copy(update={"meldingen": gemeld})
    assert list_werkt_voor(later, DATA.tafel, {"caw"}) == {"slachtoffer", "pleger"}
    assert list_werkt_voor(later, DATA.tafel, {"ggz"}) == {"slachtoffer", "kind"}
    assert list_werkt_voor(later, DATA.tafel, {"vk"}) == frozenset()


def test_a_shared_mail_address_or_name_keeps_out_as_well() -> None:
    """Nobody can tell who reads what comes in at an address of two, nor which of two people of one name is meant."""
    justitiehuis = WERKMAP.get_partner("justitiehuis")
    assert justitiehuis is not None
    delend = tuple(
        p.model_copy(update={"personen": justitiehuis.personen}) if p.id == "vk" else p for p in WERKMAP.partners
    )
    werkmap = WERKMAP.model_copy(update={"partners": delend})
    dossier = make_case(
        betrekkingen=(Betrekking(wie="justitiehuis", voor="pleger", op=VANDAAG),),
        afgeschermd=(Afgeschermd(afscherming="pleger_onwetend", zeker=True),),
    )
    buiten = find_uitsluiting(dossier, DATA.tafel, werkmap, VANDAAG)
    uit = [p.id for p in werkmap.partners if is_kept_out(make_partner(p, DATA.tafel, werkmap), buiten, werkmap)]
    assert uit == ["vk", "justitiehuis"]
    aanmelder = make_aanmelder(dossier, DATA.tafel, werkmap).model_copy(update={"ids": frozenset(), "naam": "Iemand"})
    for email, gehouden in (("JUSTITIEHUIS@example.org", True), ("ander@example.org", False)):
        assert is_kept_out(aanmelder.model_copy(update={"email": email}), buiten, werkmap) is gehouden
    pleger = next(iter(buiten.personen))
    assert is_kept_out(aanmelder.model_copy(update={"email": "", "naam": pleger.upper()}), buiten, werkmap)


@pytest.mark.parametrize(
    ("oud", "nieuw", "fout"),
    [
        ('gaat_over = ["slachtoffer", "pleger", "kind"]', 'gaat_over = ["slachtofer"]', "sleutel gaat_over"),
        ('rollen = ["pleger"]\nals', 'rollen = ["caw"]\nals', 'afscherming "pleger_onwetend"'),
        ('documenten = ["plan_slachtoffer"]', 'documenten = ["plan_slachtofer"]', 'afscherming "pleger_onwetend"'),
        ('waarde = "gezin" } } }', 'waarde = "iedereen" } } }', 'afscherming "pleger_onwetend"'),
        ('heft_op = "pleger_onwetend"', 'heft_op = "pleger"', "heft ze op"),
        ('schermt_af = "pleger_onwetend"', 'schermt_af = "pleger"', 'melding "pleger_afschermen"'),
        ('werkt_voor = "pleger"\nvereist = ["wie"]', 'werkt_voor = "pleger"', 'melding "werkt_voor_pleger"'),
    ],
)
def test_a_mistake_in_the_data_about_it_is_named(oud: str, nieuw: str, fout: str) -> None:
    tekst = (REGIOS / TAFEL / "tafel.toml").read_text(encoding="utf-8")
    assert oud in tekst
    tafel = Tafel.model_validate_json(json.dumps(tomllib.loads(tekst.replace(oud, nieuw)), default=str))
    fouten = check_tafeldata(DATA.model_copy(update={"tafel": tafel}), TAFEL)
    assert any(fout in regel for regel in fouten), fouten


def test_samples_say_who_may_not_know() -> None:
    """The sample that these tests play is the one of which the region's data says that it is closed."""
    verwacht = tomllib.loads((SAMPLES / "alleen_slachtoffer" / "verwacht.toml").read_text(encoding="utf-8"))
    assert "afgeschermd" in verwacht["bevindingen"]
