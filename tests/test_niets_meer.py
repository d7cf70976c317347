"""Nothing more: what is not flagged for a recipient changes no byte of what he gets, however it is stirred."""

from __future__ import annotations

import dataclasses
import io
import os
import pickle
import random
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

import pytest
from docx import Document
from rich.console import Console
from support_bewijs import (
    EERSTE_VAN_SJABLOON,
    TAFELS,
    VANDAAG,
    Kijker,
    Wereld,
    edit,
    get_datum,
    make_wereld,
    share,
    share_one,
)
from support_manifest import mask_heads
from support_nazicht import share_all
from support_reeks import OOIT, get_template, group_kijkers, make_roerder, make_word, pick, run_role
from support_regels import is_concerned, list_kijkers
from support_roering import LATERE_STAPPEN, WIJZEN, Roerder
from support_tafels import name_tafel
from support_werkers import Onthouders, hash_work
from support_zicht import Zicht, ZichtVanAllen, list_answers

from pipeline.cli.show import Scherm
from pipeline.deliver import Herkomst, build_manifest, make_bestandsregel
from pipeline.errors import OverlegFout
from pipeline.pdf import RdocxEngine, make_pdfs
from pipeline.register import Register
from pipeline.render import render_deelbeeld
from pipeline.run import make_verslag, prepare_overleg, process_inbox
from pipeline.run.attachments import make_casusformulier
from pipeline.run.bundel import make_bundel, name_bundel, plan_bundel
from pipeline.run.results import Bereid, Productie, Verslagen
from pipeline.run.stuk import Stuk
from pipeline.run.werkmap import make_werkmap
from pipeline.settings import Settings
from schemas import kern
from schemas.aanmelding import KeuzeWaarde, PartnersWaarde
from schemas.deelbeeld import Deelbeeld
from schemas.documentsoort import Documentsoort, Moment
from schemas.formulier import Formuliersoort
from schemas.tafel import Rolsoort
from schemas.tekst import normalise
from schemas.verstrekking import Bestand, Verstrekking

ROERINGEN = 40  #: for each kind of document and each role among its recipients

#: Every document of every table; a document or a table added later is in it by itself.
SOORTEN = [
    pytest.param(tafel, soort.id, id=f"{tafel}-{soort.id}")
    for tafel, data in TAFELS.items()
    for soort in data.documenten
]
BATCHES = [
    pytest.param(tafel, overleg.id, moment, id=f"{tafel}-{overleg.id}-{moment.value}")
    for tafel, data in TAFELS.items()
    for overleg in data.tafel.overleggen
    for moment in (Moment.VOORBEREIDING, Moment.VERSLAG)
    if data.get_documenten(moment, overleg.id)
]


#: What came in between two meetings calls for these.
TUSSENIN = (Moment.PLAN, Moment.MELDING)


def get_soort(tafel: str, soort_id: str) -> Documentsoort:
    soort = TAFELS[tafel].get_document(soort_id)
    assert soort is not None
    return soort


# --- Deelbeelden ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("tafel", "soort_id"), SOORTEN)
def test_what_is_not_flagged_for_a_recipient_changes_nothing_in_his_copies(tafel: str, soort_id: str) -> None:
    """For each role among the recipients of each document; on and on until everything was stirred once."""
    soort = get_soort(tafel, soort_id)
    ooit = [stap for stap in OOIT if stap not in _list_impossible(tafel, soort)]
    gedaan: Counter[str] = Counter()
    for zaad in range(1, 6):
        for rol, kijkers in group_kijkers(make_wereld(tafel, soort, zaad), soort).items():
            uitslag = run_role(tafel, soort, kijkers, ROERINGEN, zaad)
            assert not uitslag.verschillen, rol
            assert uitslag.roeringen == ROERINGEN and not uitslag.list_undone(), rol
            gedaan += uitslag.gedaan
        if all(gedaan[stap] for stap in ooit):
            return
    assert [stap for stap in ooit if not gedaan[stap]] == []


def _list_impossible(tafel: str, soort: Documentsoort) -> tuple[str, ...]:
    """Where the coordinator is the only reader, the outcomes released to her keep the order of the form itself."""
    lezers = {TAFELS[tafel].tafel.get_rol(rol) for rol in soort.rollen}
    alleen = all(rol is not None and rol.soort is Rolsoort.COORDINATOR for rol in lezers)
    return ("rubrieken verplaatst",) if alleen else ()


@pytest.mark.parametrize(("tafel", "soort_id"), SOORTEN)
def test_what_a_check_says_of_a_case_holds_no_word_and_no_date_that_somebody_wrote(tafel: str, soort_id: str) -> None:
    """Both proofs take outcomes and missing labels as released: so these may hold closed answers and labels only."""
    wereld = make_wereld(tafel, get_soort(tafel, soort_id), 1)
    gezegd = 0
    for dossier in wereld.dossiers:
        toetsing = wereld.toets(dossier)
        delen = [deel for c in toetsing.criteria for b in c.beslissend for deel in (b.label, b.antwoord)]
        delen += [deel for v in toetsing.ontbrekend for deel in (v.rubriek, v.label, v.reden)]
        tekst = f" {normalise(' '.join(delen))} "
        for antwoord in (a for r in dossier.aanmelding.rubrieken for a in list_answers(r)):
            if antwoord.waarde is not None and not isinstance(antwoord.waarde, KeuzeWaarde):
                assert f" {normalise(antwoord.format())} " not in tekst, antwoord.vraag
                gezegd += 1
    assert gezegd


def test_the_generated_cases_have_flags_of_all_kinds() -> None:
    for tafel, data in TAFELS.items():
        wereld = make_wereld(tafel, data.documenten[-1], 1)
        vlaggen = {
            a.vlag for d in wereld.dossiers for r in d.aanmelding.rubrieken for rij in r.rijen for a in rij.antwoorden
        }
        groepen = {vlag.deelbaar_met for vlag in vlaggen}
        assert {frozenset(), *(frozenset({g.id}) for g in data.deling.doelgroepen)} < groepen
        assert any(len(groep) > 1 for groep in groepen)
        assert any(vlag.enkel_voor for vlag in vlaggen) and any(vlag.niet_voor for vlag in vlaggen)


def test_an_aanmelder_of_another_organisation_is_another_reader_also_of_what_told_him_nothing() -> None:
    """A passage "only for" that organisation would reach him then: found by the large proof, four times in 528,000."""
    tafel = name_tafel("ander_gezin")
    soort = get_soort(tafel, "bericht")
    wereld = make_wereld(tafel, soort, 4)
    kijker = next(k for k in list_kijkers(wereld, soort) if k.id == f"aanmelder {wereld.dossiers[0].code}")
    zicht, eerst = Zicht(wereld, soort, kijker), wereld.dossiers[0]
    assert not zicht.concerns(eerst)
    ander = next(p for p in wereld.werkmap.partners if p.id not in kijker.ids)
    waarde = PartnersWaarde(ids=(ander.id,), tekst=ander.naam)
    rubrieken = tuple(
        edit(
            r,
            antwoorden=tuple(
                edit(a, waarde=waarde) if a.vraag == kern.AANMELDER_ORGANISATIE else a for a in r.antwoorden
            ),
        )
        for r in eerst.aanmelding.rubrieken
    )
    daarna = edit(eerst, aanmelding=edit(eerst.aanmelding, rubrieken=rubrieken))
    assert daarna.aanmelding != eerst.aanmelding
    assert zicht.list_released(daarna) != zicht.list_released(eerst)


# --- Word, PDF, names, manifest, printed lines ----------------------------------------------------------------------


def make_files(beelden: Sequence[Deelbeeld], *, met_pdf: bool) -> tuple[Bestand, ...]:
    """All files of one recipient's package, with the real template, engine and manifest."""
    bestanden: list[Bestand] = []
    verstrekkingen = []
    pdfs = make_pdfs({b.sleutel: make_word(b) for b in beelden}, RdocxEngine()) if met_pdf else {}
    plan = plan_bundel(beelden, pdfs) if met_pdf else None
    bundel = [name_bundel(make_bundel(plan), "manifest.json", None)] if plan else []
    for beeld in beelden:
        inhouden = [make_word(beeld), *([pdfs[beeld.sleutel]] if met_pdf else [])]
        namen = Stuk("map", beeld).namen
        eigen = [Bestand(naam=n, inhoud=i) for n, i in zip(namen, inhouden, strict=False)]
        bestanden += eigen
        verstrekkingen.append(make_verstrekking(beeld, [*eigen, *bundel]))
    bestanden += bundel
    herkomst = Herkomst(tafel="tafel", tafelversie="1")
    manifest = build_manifest("manifest.json", beelden[0].ontvanger.id, verstrekkingen, bestanden, herkomst)
    return (*bestanden, manifest)


def make_verstrekking(beeld: Deelbeeld, bestanden: Sequence[Bestand]) -> Verstrekking:
    return Verstrekking(
        sleutel=beeld.sleutel,
        versie=beeld.kop.versie,
        documentnummer=beeld.kop.documentnummer,
        documentsoort=beeld.documentsoort,
        ontvanger=beeld.ontvanger.id,
        map=beeld.ontvanger.id,
        klaargezet_op=VANDAAG,
        bestanden=tuple(make_bestandsregel(bestand) for bestand in bestanden),
        beeld=beeld,
    )


def print_lines(resultaat: Bereid) -> str:
    uit = io.StringIO()
    Scherm(Console(file=uit, width=120)).show_bereid(resultaat, proef=False)
    return uit.getvalue()


def print_verslag(resultaat: Verslagen) -> str:
    uit = io.StringIO()
    Scherm(Console(file=uit, width=120)).show_verslag(resultaat, proef=False)
    return uit.getvalue()


def print_names(namen: Iterable[str]) -> str:
    """The printed lines of a meeting for which these files were made."""
    productie = Productie(bestanden=tuple(namen))
    return print_lines(
        Bereid(overleg="o", datum="d", versturen="v", te_laat=False, aantal=1, let_op=(), productie=productie)
    )


@pytest.mark.parametrize(("tafel", "soort_id"), SOORTEN)
def test_the_same_copy_becomes_the_same_word_file_name_manifest_and_line(tafel: str, soort_id: str) -> None:
    """Two worlds that a recipient cannot tell apart, and his files made anew in both; somebody of each role."""
    soort = get_soort(tafel, soort_id)
    wereld = make_wereld(tafel, soort, 2)
    alle = share(wereld, soort)
    for kijker, *_ in group_kijkers(wereld, soort).values():
        eerst, anders = pick(alle, kijker)[:2], next((b for b in alle if b.ontvanger.id != kijker.id), None)
        daarna = share_one(make_roerder(wereld, soort, kijker).stir("alles"), soort, kijker, anders)[:2]
        if not eerst:
            assert not daarna
            continue
        assert make_files(eerst, met_pdf=False) == make_files(daarna, met_pdf=False)
        regels = [
            print_names(naam for beeld in beelden for naam in Stuk("map", beeld).namen) for beelden in (eerst, daarna)
        ]
        assert regels[0] == regels[1]


@pytest.mark.parametrize(("tafel", "soort_id"), SOORTEN)
def test_a_copy_alone_decides_the_bytes_of_its_word_and_pdf(tafel: str, soort_id: str) -> None:
    """Rendering knows the Deelbeeld only: made again, after other copies and from a copy read back, it is the same."""
    soort = get_soort(tafel, soort_id)
    beelden = share(make_wereld(tafel, soort, 3), soort)
    eerst = {beeld.sleutel: make_files([beeld], met_pdf=False) for beeld in beelden[:6]}
    for beeld in reversed(beelden[:6]):
        terug = type(beeld).model_validate_json(beeld.model_dump_json())
        assert make_files([terug], met_pdf=False) == eerst[beeld.sleutel]
    if EERSTE_VAN_SJABLOON[soort.sjabloon] != (tafel, soort_id):
        return  # a PDF follows from its Word file: of each template once is enough
    woorden = {beeld.sleutel: make_word(beeld) for beeld in beelden[:2]}
    samen = make_pdfs(woorden, RdocxEngine())
    assert samen == {s: make_pdfs({s: woorden[s]}, RdocxEngine())[s] for s in reversed(samen)}


@pytest.mark.parametrize("tafel", TAFELS)
def test_a_package_with_its_pdfs_and_bundle_stays_the_same_to_the_byte(tafel: str) -> None:
    """Of the last kind of document of which somebody at this table gets two copies."""
    werelden = ((make_wereld(tafel, soort, 2), soort) for soort in reversed(TAFELS[tafel].documenten))
    wereld, soort, kijker = next(
        (wereld, soort, kijker)
        for wereld, soort in werelden
        for kijker in list_kijkers(wereld, soort)
        if len(pick(share(wereld, soort), kijker)) > 1
    )
    eerst = make_files(pick(share(wereld, soort), kijker)[:2], met_pdf=True)
    geroerd = make_roerder(wereld, soort, kijker).stir("alles")
    assert "bundel.pdf" in [bestand.naam for bestand in eerst]
    assert eerst == make_files(pick(share(geroerd, soort), kijker)[:2], met_pdf=True)


#: Makes the PDF of the Word file on its standard input; what else it is given must not matter.
_MAAK_PDF = """
import sys
from pipeline.pdf import LibreOfficeEngine, RdocxEngine, choose_engine, make_pdfs
motor = RdocxEngine() if sys.argv[1] == "rdocx" else choose_engine("libreoffice")
sys.stdout.buffer.write(make_pdfs({sys.argv[2]: sys.stdin.buffer.read()}, motor)[sys.argv[2]])
"""


def make_pdf_elsewhere(word: bytes, motor: str, naam: str, map_: Path, **omgeving: str) -> bytes:
    """In a process, a folder, a time zone and under a name of its own."""
    map_.mkdir()
    root = str(Path(__file__).resolve().parent.parent)
    omgeving = {**os.environ, "PYTHONPATH": root, "HOME": str(map_), **omgeving}
    opdracht = [sys.executable, "-c", _MAAK_PDF, motor, naam]
    return subprocess.run(opdracht, input=word, env=omgeving, cwd=map_, capture_output=True, check=True).stdout


def list_first_copies() -> tuple[Deelbeeld, ...]:
    """Of the last document of the first table."""
    tafel, data = next(iter(TAFELS.items()))
    return share(make_wereld(tafel, data.documenten[-1], 1), data.documenten[-1])


@pytest.mark.parametrize("motor", ["rdocx", pytest.param("libreoffice", marks=pytest.mark.libreoffice)])
def test_a_pdf_follows_from_its_word_file_alone(motor: str, tmp_path: Path) -> None:
    """So that equal Word files carry the proof: not the name, the place, the moment or the process decides a byte."""
    word = make_word(list_first_copies()[0])
    eerst = make_pdf_elsewhere(word, motor, "een", tmp_path / "a", TZ="UTC", PYTHONHASHSEED="1")
    time.sleep(1.1)  # a PDF that held the time would hold another second
    daarna = make_pdf_elsewhere(
        word, motor, "een ander", tmp_path / "b", TZ="Asia/Tokyo", PYTHONHASHSEED="2", USER="an"
    )
    assert eerst == daarna and eerst.startswith(b"%PDF")
    ander = make_pdf_elsewhere(make_word(list_first_copies()[-1]), motor, "een", tmp_path / "c")
    assert ander != eerst


@pytest.mark.parametrize("tafel", TAFELS)
def test_what_goes_wrong_is_told_in_the_same_words(tafel: str) -> None:
    """A template that asks for what is not there, and a value that Word cannot hold: the exception names no answer."""
    fouten = []
    soort = next(s for s in reversed(TAFELS[tafel].documenten) if s.moment is Moment.VOORBEREIDING)
    wereld = make_wereld(tafel, soort, 3)
    kijker = next(k for k in list_kijkers(wereld, soort) if pick(share(wereld, soort), k))
    kapot = io.BytesIO()
    document = Document()
    document.add_paragraph("{{ kop.titel }} {{ bestaat_niet }}")
    document.save(kapot)
    for deze in (wereld, *make_roerder(wereld, soort, kijker).stir_on(3)):
        for beeld in pick(share(deze, soort), kijker)[:2]:
            kop = beeld.kop.model_copy(update={"doel": "een \x01 teken"})
            for lading, sjabloon in (
                (beeld, kapot.getvalue()),
                (beeld.model_copy(update={"kop": kop}), get_template(beeld.sjabloon)),
            ):
                with pytest.raises(OverlegFout) as fout:
                    render_deelbeeld(lading, sjabloon)
                fouten.append((beeld.sleutel, str(fout.value), fout.value.melding, fout.value.remedie))
    assert len(set(fouten)) == len(fouten) // 4
    woorden = re.compile(r"[kz]\d{5}q")  # as every invented answer holds
    assert not any(woorden.search(deel) for regel in fouten for deel in regel)


# --- the whole run --------------------------------------------------------------------------------------------------


def make_settings(wereld: Wereld, map_: Path, werkers: Executor | None = None) -> Settings:
    return Settings(
        werkers=werkers,
        map=map_,
        data=wereld.data,
        werkmap=wereld.werkmap,
        tafels=tuple(TAFELS.values()),
        vandaag=VANDAAG,
        choose_engine=RdocxEngine,
    )


def issue_all(wereld: Wereld, map_: Path) -> None:
    """Each partner has the number of his form for each case: numbers are drawn in turn and would follow the others."""
    with Register.open(map_) as register:
        for dossier in wereld.dossiers:
            for partner in wereld.werkmap.partners:
                settings = make_settings(wereld, map_)
                make_casusformulier(settings, register, Formuliersoort.INBRENG, dossier.code, partner.id)


def run_batch(wereld: Wereld, map_: Path, soort: Documentsoort, werkers: Executor) -> tuple[dict[str, bytes], str]:
    """The real `bereid` or `verslag` on a werkmap that holds these dossiers: all files below uit/, and its lines."""
    with Register.open(map_) as register:
        for dossier in wereld.dossiers:
            register.save_dossier(dossier, "aangemeld", VANDAAG)
    settings = make_settings(wereld, map_, werkers)
    overleg = wereld.data.tafel.get_overleg(soort.overleg or "")
    assert overleg is not None
    datum = get_datum(wereld.data, soort)
    maak = partial(make_verslag if soort.moment is Moment.VERSLAG else prepare_overleg, settings, overleg, datum)
    eerste = maak()
    share_all(settings)
    daarna = maak()
    # Which packages wait for an answer about a name, the coordinator may know: what was made is told of both together.
    samen = tuple(sorted({*eerste.productie.bestanden, *daarna.productie.bestanden}))
    uitkomst = daarna.model_copy(update={"productie": daarna.productie.model_copy(update={"bestanden": samen})})
    regels = print_verslag(uitkomst) if isinstance(uitkomst, Verslagen) else print_lines(uitkomst)
    bestanden = {p.relative_to(map_).as_posix(): p.read_bytes() for p in (map_ / "uit").rglob("*") if p.is_file()}
    return mask_heads(bestanden), regels


@pytest.mark.parametrize(("tafel", "overleg_id", "moment"), BATCHES)
def test_what_nobody_may_see_changes_no_byte_and_no_line_of_a_whole_run(
    tafel: str, overleg_id: str, moment: Moment, tmp_path: Path
) -> None:
    soorten = TAFELS[tafel].get_documenten(moment, overleg_id)
    vol = make_wereld(tafel, soorten[-1], 4)
    wereld = dataclasses.replace(vol, dossiers=vol.dossiers[::2])
    delen = tuple(Zicht(wereld, soort, kijker) for soort in soorten for kijker in list_kijkers(wereld, soort))
    zicht = ZichtVanAllen(wereld, soorten[0], delen[0].kijker, delen)
    roerder = Roerder(zicht, random.Random(4))  # noqa: S311
    geroerd = dataclasses.replace(
        roerder.stir("alles"), dossiers=tuple(roerder.stir("alles").get(d.code) for d in wereld.dossiers)
    )
    assert geroerd.dossiers != wereld.dossiers
    # The register's secret gives the decision form its number: both runs begin with the same one.
    make_werkmap(tmp_path / "eerst", wereld.data, wereld.regios)
    Register.open(tmp_path / "eerst").close()
    shutil.copytree(tmp_path / "eerst", tmp_path / "daarna")
    werkers = Onthouders()
    bestanden, regels = run_batch(wereld, tmp_path / "eerst", soorten[0], werkers)
    opnieuw, opnieuw_regels = run_batch(geroerd, tmp_path / "daarna", soorten[0], werkers)
    assert bestanden.keys() == opnieuw.keys()
    assert [naam for naam, inhoud in bestanden.items() if opnieuw[naam] != inhoud] == []
    assert regels == opnieuw_regels
    assert 2 * werkers.gemaakt <= werkers.gevraagd  # the second run made no file of its own
    assert len(bestanden) > 2 * len(wereld.dossiers)


def test_equal_work_is_known_again_however_its_values_came_about() -> None:
    # What was cached before decides which strings of two equal values are one object, and by which road a set was
    # filled decides its order: a pickle tells both.
    wereld = make_wereld(next(iter(TAFELS)), next(iter(TAFELS.values())).documenten[0], 4)
    beeld = share(wereld, next(iter(TAFELS.values())).documenten[0])[0]
    namen = [f"naam{nummer}" for nummer in range(200)]
    beeld, gelijk = (
        beeld.model_copy(update={"ontvanger": beeld.ontvanger.model_copy(update={"ids": frozenset(zo)})})
        for zo in (namen, reversed(namen))
    )
    assert beeld == gelijk and list(beeld.ontvanger.ids) != list(gelijk.ontvanger.ids)
    gelijk = Deelbeeld.model_validate_json(gelijk.model_dump_json())
    ander = beeld.model_copy(update={"sjabloon": f"{beeld.sjabloon}x"})
    assert pickle.dumps(beeld) != pickle.dumps(gelijk)
    assert hash_work((print, (beeld, b"een"))) == hash_work((print, (gelijk, b"een")))
    assert hash_work((print, (beeld, b"een"))) != hash_work((print, (ander, b"een")))
    assert hash_work((print, (beeld, b"een"))) != hash_work((print, (beeld, b"twee")))


def share_others(wereld: Wereld, soorten: Sequence[Documentsoort], kijker: Kijker) -> list[Deelbeeld]:
    return [beeld for soort in soorten for beeld in share(wereld, soort) if beeld.ontvanger.id != kijker.id]


@pytest.mark.parametrize(("tafel", "overleg_id", "moment"), BATCHES)
def test_what_one_recipient_may_not_see_changes_nothing_in_his_own_folder_of_a_whole_run(
    tafel: str, overleg_id: str, moment: Moment, tmp_path: Path
) -> None:
    """What others do see is stirred too: no manifest, name or number of a package tells of the packages beside it."""
    soorten = TAFELS[tafel].get_documenten(moment, overleg_id)
    vol = make_wereld(tafel, soorten[-1], 6)
    wereld = dataclasses.replace(vol, dossiers=vol.dossiers[:1])
    kijkers = [k for soort in soorten for k in list_kijkers(wereld, soort) if not k.casus]
    kijker = next(k for k in reversed(kijkers) if any(is_concerned(wereld, s, k, wereld.dossiers[0]) for s in soorten))
    delen = tuple(Zicht(wereld, soort, k) for soort in soorten for k in kijkers if k.id == kijker.id)
    roerder = Roerder(ZichtVanAllen(wereld, soorten[0], kijker, delen), random.Random(6))  # noqa: S311
    werelden = (roerder.stir(wijze) for _ in range(4) for wijze in WIJZEN)
    alleen = {kijker.id} == {k.id for k in kijkers}  # a screening for the coordinator alone has nobody else
    eerst = share_others(wereld, soorten, kijker)
    geroerd = next(w for w in werelden if alleen or share_others(w, soorten, kijker) != eerst)
    make_werkmap(tmp_path / "eerst", wereld.data, wereld.regios)
    issue_all(wereld, tmp_path / "eerst")
    shutil.copytree(tmp_path / "eerst", tmp_path / "daarna")
    werkers = Onthouders()
    uitkomsten = [
        run_batch(deze, tmp_path / naam, soorten[0], werkers)[0]
        for naam, deze in (("eerst", wereld), ("daarna", geroerd))
    ]
    eigen, anders = (
        [{n: i for n, i in uit.items() if (n.split("/")[2] == kijker.id) is van_hem} for uit in uitkomsten]
        for van_hem in (True, False)
    )
    assert len(eigen[0]) >= 3 and eigen[0] == eigen[1]
    assert anders[0] != anders[1] or (alleen and not anders[0])


@pytest.mark.parametrize(
    "tafel", [naam for naam, data in TAFELS.items() if any(s.moment in TUSSENIN for s in data.documenten)]
)
def test_what_nobody_may_see_changes_no_byte_of_the_letters_of_a_whole_run(tafel: str, tmp_path: Path) -> None:
    """After decisions, plans and meldingen, in one run that finds nothing in `in/`."""
    soorten = [s for s in TAFELS[tafel].documenten if s.moment in (Moment.BESLUIT, *TUSSENIN)]
    vol = make_wereld(tafel, next(s for s in soorten if s.moment in TUSSENIN), 7)
    wereld = dataclasses.replace(vol, dossiers=vol.dossiers[:1], eerder={d.code: {} for d in vol.dossiers})
    delen = tuple(Zicht(wereld, soort, kijker) for soort in soorten for kijker in list_kijkers(wereld, soort))
    roerder = Roerder(ZichtVanAllen(wereld, soorten[0], delen[0].kijker, delen), random.Random(7))  # noqa: S311
    pogingen = (roerder.stir("alles") for _ in range(40))
    # Until what came in later was stirred too: with many readers a single try may give up before that.
    gelukt = next(w for w in pogingen if any(roerder.gedaan[f"dossier {stap}"] for stap in LATERE_STAPPEN))
    geroerd = dataclasses.replace(wereld, dossiers=(gelukt.get(wereld.dossiers[0].code),))
    uitkomsten, werkers = [], Onthouders()
    # The register's secret gives a form that travels with a letter its number: both runs begin with the same one.
    make_werkmap(tmp_path / "eerst", wereld.data, wereld.regios)
    Register.open(tmp_path / "eerst").close()
    shutil.copytree(tmp_path / "eerst", tmp_path / "daarna")
    for naam, deze in (("eerst", wereld), ("daarna", geroerd)):
        with Register.open(tmp_path / naam) as register:
            register.save_dossier(deze.dossiers[0], "aangemeld", VANDAAG)
        settings = make_settings(deze, tmp_path / naam, werkers)
        process_inbox(settings)
        share_all(settings)  # what the gates ask depends on the unflagged names, and only the coordinator sees it
        process_inbox(settings)
        paden = [pad for pad in (tmp_path / naam / "uit").rglob("*") if pad.is_file()]
        bestanden = {pad.relative_to(tmp_path / naam).as_posix(): pad.read_bytes() for pad in paden}
        uitkomsten.append(mask_heads(bestanden))
    assert len(uitkomsten[0]) > 10
    assert uitkomsten[0] == uitkomsten[1]
