"""Nothing more: what is not flagged for a recipient changes no byte of what he gets, however it is stirred."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import pytest
from rich.console import Console
from support_bewijs import TAFELS, VANDAAG, Kijker, Maker, Wereld, get_datum, make_wereld, share
from support_manifest import mask_heads
from support_nazicht import share_all
from support_reeks import OOIT, group_kijkers, make_roerder, pick, run_role
from support_regels import is_concerned, list_codes, list_kijkers, may_see
from support_roering import LATERE_STAPPEN, WIJZEN, Roerder
from support_zicht import Zicht, ZichtVanAllen, list_answers

from pipeline.cli.show import Scherm
from pipeline.deliver import Herkomst, build_manifest, make_bestandsregel
from pipeline.pdf import RdocxEngine, make_pdfs
from pipeline.register import Register
from pipeline.render import render_deelbeeld
from pipeline.run import make_verslag, prepare_overleg, process_inbox
from pipeline.run.attachments import make_casusformulier
from pipeline.run.produce import Stuk
from pipeline.run.results import Bereid, Productie, Verslagen
from pipeline.run.werkmap import make_werkmap
from pipeline.settings import SJABLONEN, Settings
from schemas import kern
from schemas.aanmelding import IngevuldeRubriek, KeuzeWaarde
from schemas.deelbeeld import Casusblok, Deelbeeld, Grondregel, Rubriekblok, Veld
from schemas.documentsoort import Documentsoort, Moment
from schemas.dossier import Dossier, PlanVanAanpak
from schemas.formulier import Formuliersoort
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
    """For each role among the recipients of each document."""
    soort = get_soort(tafel, soort_id)
    gedaan: Counter[str] = Counter()
    for rol, kijkers in group_kijkers(make_wereld(tafel, soort, 1), soort).items():
        uitslag = run_role(tafel, soort, kijkers, ROERINGEN)
        assert not uitslag.verschillen, rol
        assert uitslag.roeringen == ROERINGEN and not uitslag.list_undone(), rol
        gedaan += uitslag.gedaan
    assert [stap for stap in OOIT if not gedaan[stap]] == []


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


# --- Word, PDF, names, manifest, printed lines ----------------------------------------------------------------------


def make_files(beelden: Sequence[Deelbeeld], *, met_pdf: bool) -> tuple[Bestand, ...]:
    """All files of one recipient's package, with the real template, engine and manifest."""
    bestanden: list[Bestand] = []
    verstrekkingen = []
    for beeld in beelden:
        word = render_deelbeeld(beeld, (SJABLONEN / "standaard" / f"{beeld.sjabloon}.docx").read_bytes())
        inhouden = [word, *make_pdfs({"document": word}, RdocxEngine()).values()] if met_pdf else [word]
        namen = Stuk("map", beeld).namen
        eigen = [Bestand(naam=n, inhoud=i) for n, i in zip(namen, inhouden, strict=False)]
        bestanden += eigen
        verstrekkingen.append(make_verstrekking(beeld, eigen))
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
    """Two worlds that a recipient cannot tell apart, and each recipient's files made anew in both."""
    soort = get_soort(tafel, soort_id)
    wereld = make_wereld(tafel, soort, 2)
    for kijker in list_kijkers(wereld, soort):
        eerst = pick(share(wereld, soort), kijker)[:2]
        daarna = pick(share(make_roerder(wereld, soort, kijker).stir("alles"), soort), kijker)[:2]
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
    woorden = {
        b.sleutel: render_deelbeeld(b, (SJABLONEN / "standaard" / f"{b.sjabloon}.docx").read_bytes()) for b in beelden
    }
    samen = make_pdfs(dict(list(woorden.items())[:2]), RdocxEngine())
    assert samen == {s: make_pdfs({s: woorden[s]}, RdocxEngine())[s] for s in reversed(samen)}


# --- the whole run --------------------------------------------------------------------------------------------------


def make_settings(wereld: Wereld, map_: Path) -> Settings:
    return Settings(
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


def run_batch(wereld: Wereld, map_: Path, soort: Documentsoort) -> tuple[dict[str, bytes], str]:
    """The real `bereid` or `verslag` on a werkmap that holds these dossiers: all files below uit/, and its lines."""
    with Register.open(map_) as register:
        for dossier in wereld.dossiers:
            register.save_dossier(dossier, "aangemeld", VANDAAG)
    settings = make_settings(wereld, map_)
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
    bestanden, regels = run_batch(wereld, tmp_path / "eerst", soorten[0])
    opnieuw, opnieuw_regels = run_batch(geroerd, tmp_path / "daarna", soorten[0])
    assert bestanden.keys() == opnieuw.keys()
    assert [naam for naam, inhoud in bestanden.items() if opnieuw[naam] != inhoud] == []
    assert regels == opnieuw_regels
    assert len(bestanden) > 2 * len(wereld.dossiers)


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
    uitkomsten = [
        run_batch(deze, tmp_path / naam, soorten[0])[0] for naam, deze in (("eerst", wereld), ("daarna", geroerd))
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
    uitkomsten = []
    for naam, deze in (("eerst", wereld), ("daarna", geroerd)):
        make_werkmap(tmp_path / naam, wereld.data, wereld.regios)
        with Register.open(tmp_path / naam) as register:
            register.save_dossier(deze.dossiers[0], "aangemeld", VANDAAG)
        settings = make_settings(deze, tmp_path / naam)
        process_inbox(settings)
        share_all(settings)  # what the gates ask depends on the unflagged names, and only the coordinator sees it
        process_inbox(settings)
        paden = [pad for pad in (tmp_path / naam / "uit").rglob("*") if pad.is_file()]
        bestanden = {pad.relative_to(tmp_path / naam).as_posix(): pad.read_bytes() for pad in paden}
        uitkomsten.append(mask_heads(bestanden))
    assert len(uitkomsten[0]) > 10
    assert uitkomsten[0] == uitkomsten[1]


# --- the proof bites ------------------------------------------------------------------------------------------------

#: What a leaky wall remembers from one copy to the next.
Geheugen = dict[str, tuple[Casusblok, ...]]
Lek = Callable[[Deelbeeld, Wereld, Geheugen], Deelbeeld | None]


def edit_kop(beeld: Deelbeeld, **velden: object) -> Deelbeeld:
    return beeld.model_copy(update={"kop": beeld.kop.model_copy(update=velden)})


def edit_casussen(beeld: Deelbeeld, wijzig: Callable[[Casusblok], Casusblok]) -> Deelbeeld:
    return beeld.model_copy(update={"casussen": tuple(wijzig(blok) for blok in beeld.casussen)})


def edit_rubrieken(
    beeld: Deelbeeld, wereld: Wereld, wijzig: Callable[[Rubriekblok, IngevuldeRubriek], Rubriekblok]
) -> Deelbeeld:
    """Each rubriek that is shown, beside the whole of it in the dossier."""

    def edit(blok: Casusblok) -> Casusblok:
        heel = {r.titel: r for r in wereld.get(blok.code).aanmelding.rubrieken}
        return blok.model_copy(update={"rubrieken": tuple(wijzig(r, heel[r.titel]) for r in blok.rubrieken)})

    return edit_casussen(beeld, edit)


def list_own(beeld: Deelbeeld, wereld: Wereld) -> list[Dossier]:
    codes = [blok.code for blok in beeld.casussen] or [beeld.kop.casuscode]
    return [wereld.get(code) for code in codes]


def join_values(beeld: Deelbeeld, wereld: Wereld, vraag: str) -> str:
    return " ".join(a.format() for d in list_own(beeld, wereld) for a in d.aanmelding.get_antwoorden(vraag))


def find_visible_rows(beeld: Deelbeeld, wereld: Wereld, rubriek: IngevuldeRubriek) -> list[int]:
    soort = wereld.data.get_document(beeld.documentsoort)
    assert soort is not None
    kijker = next(k for k in list_kijkers(wereld, soort) if k.id == beeld.ontvanger.id)
    return [
        nummer
        for nummer, rij in enumerate(rubriek.rijen, start=1)
        if any(a.format() and may_see(wereld, soort, kijker, a.vraag, a.vlag) for a in rij.antwoorden)
    ]


def number_by_form(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    def edit(blok: Rubriekblok, heel: IngevuldeRubriek) -> Rubriekblok:
        nummers = find_visible_rows(beeld, wereld, heel)
        rijen = [r.model_copy(update={"titel": f"Rij {n}"}) for r, n in zip(blok.rijen, nummers, strict=True)]
        return blok.model_copy(update={"rijen": tuple(rijen)})

    return edit_rubrieken(beeld, wereld, edit)


def letter_all_persons(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    def edit(blok: Rubriekblok, heel: IngevuldeRubriek) -> Rubriekblok:
        nummers = find_visible_rows(beeld, wereld, heel)
        rijen = [
            r.model_copy(update={"titel": f"persoon {chr(64 + n)}"}) for r, n in zip(blok.rijen, nummers, strict=True)
        ]
        return blok.model_copy(update={"rijen": tuple(rijen)})

    return edit_rubrieken(beeld, wereld, edit)


def count_all_rows(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_rubrieken(
        beeld,
        wereld,
        lambda blok, heel: blok.model_copy(update={"titel": f"{blok.titel} ({len(blok.rijen)} van {len(heel.rijen)})"}),
    )


def say_not_shared(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    """What is filled in but not shared is said to be there."""

    def edit(blok: Casusblok) -> Casusblok:
        getoond = {rubriek.titel for rubriek in blok.rubrieken}
        over = [
            Rubriekblok(titel=r.titel, velden=(Veld(label="Inhoud", waarde="[niet gedeeld]"),), rijen=())
            for r in wereld.get(blok.code).aanmelding.rubrieken
            if r.titel not in getoond and any(a.format() for a in r.antwoorden)
        ]
        return blok.model_copy(update={"rubrieken": (*blok.rubrieken, *over)})

    return edit_casussen(beeld, edit)


def show_initials(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    letters = "".join(woord[:2] for woord in join_values(beeld, wereld, kern.NAAM).split())
    return edit_kop(beeld, titel=f"{beeld.kop.titel} {letters}")


def show_width(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_kop(
        beeld, exemplaar_voor=f"{beeld.kop.exemplaar_voor} {'█' * len(join_values(beeld, wereld, kern.NAAM))}"
    )


def sort_cases_by_name(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    namen = {blok.code: wereld.get(blok.code).aanmelding.get_tekst(kern.NAAM) for blok in beeld.casussen}
    return beeld.model_copy(update={"casussen": tuple(sorted(beeld.casussen, key=lambda blok: namen[blok.code]))})


def sort_rows_by_hidden_field(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    """Shown rows in the order of what their first question holds, shown or not."""

    def edit(blok: Rubriekblok, heel: IngevuldeRubriek) -> Rubriekblok:
        sleutels = [heel.rijen[n - 1] for n in find_visible_rows(beeld, wereld, heel)]
        paren = sorted(
            zip(blok.rijen, sleutels, strict=True), key=lambda paar: "".join(a.format() for a in paar[1].antwoorden[:3])
        )
        return blok.model_copy(update={"rijen": tuple(rij for rij, _ in paren)})

    return edit_rubrieken(beeld, wereld, edit)


def name_file(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return beeld.model_copy(update={"bestandsnaam": f"{beeld.bestandsnaam} {join_values(beeld, wereld, kern.NAAM)}"})


def hash_dossier(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    inhoud = "".join(dossier.model_dump_json() for dossier in list_own(beeld, wereld))
    kenmerk = hashlib.sha256(inhoud.encode()).hexdigest()[:8]
    return edit_kop(beeld, documentnummer=f"{beeld.kop.documentnummer}-{kenmerk}")


def list_town(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_kop(beeld, verdeellijst=(*beeld.kop.verdeellijst, join_values(beeld, wereld, kern.GEMEENTE)))


def key_by_form_file(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    namen = [o.bestand for dossier in list_own(beeld, wereld) for o in dossier.ontvangsten]
    return beeld.model_copy(update={"sleutel": "/".join((beeld.sleutel, *namen))})


def count_persons(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    rubriek = kern.NAAM.split(".")[0]
    aantal = sum(len(dossier.aanmelding.get_rijen(rubriek)) for dossier in list_own(beeld, wereld))
    return edit_kop(
        beeld, inleiding=(*beeld.kop.inleiding, "Het gaat om meer dan drie personen." if aantal > 3 else "")
    )


def account_for_hidden(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    regels = [
        Grondregel(casuscode=dossier.code, veld=antwoord.vraag, grond="ingevuld")
        for dossier in list_own(beeld, wereld)
        for rubriek in dossier.aanmelding.rubrieken
        for antwoord in rubriek.antwoorden
        if antwoord.format()
    ]
    return beeld.model_copy(update={"verantwoording": (*beeld.verantwoording, *regels)})


def quote_note(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    notities = [besluit.notitie for dossier in list_own(beeld, wereld) for besluit in dossier.besluiten]
    return edit_kop(beeld, slot=(*beeld.kop.slot, *notities))


def tell_other_flags(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    """Beside what is shown, with whom it is shared too."""
    vlaggen = {
        naam
        for dossier in list_own(beeld, wereld)
        for rubriek in dossier.aanmelding.rubrieken
        for antwoord in rubriek.antwoorden
        for naam in sorted(antwoord.vlag.deelbaar_met)
    }
    return edit_kop(beeld, wijzigingen=tuple(sorted(vlaggen)))


def share_cache_between_recipients(beeld: Deelbeeld, _: Wereld, geheugen: Geheugen) -> Deelbeeld:
    """The first copy of a case that is made serves everybody."""
    sleutel = "/".join(blok.code for blok in beeld.casussen)
    return beeld.model_copy(update={"casussen": geheugen.setdefault(sleutel, beeld.casussen)})


def drop_copy_of_a_hidden_wish(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld | None:
    """No copy at all when something in the case is blank: the silence tells it."""
    antwoorden = [a for d in list_own(beeld, wereld) for r in d.aanmelding.rubrieken for a in r.antwoorden]
    return beeld if all(a.format() for a in antwoorden if a.vraag.startswith("vraag.")) else None


LEKKEN: dict[str, Lek] = {
    "rows numbered as on the form": number_by_form,
    "letters given over all persons": letter_all_persons,
    "2 van 5": count_all_rows,
    "niet gedeeld, instead of nothing": say_not_shared,
    "initials of a person who is not shown": show_initials,
    "a bar as wide as a name": show_width,
    "cases in the order of a name": sort_cases_by_name,
    "rows in the order of a hidden field": sort_rows_by_hidden_field,
    "file name with a name": name_file,
    "document number with a hash of the dossier": hash_dossier,
    "distribution list with the municipality": list_town,
    "key with the name of the form's file": key_by_form_file,
    "plural over all persons": count_persons,
    "account of fields that are not in the copy": account_for_hidden,
    "the coordinator's own note": quote_note,
    "with whom else it is shared": tell_other_flags,
    "cache between recipients": share_cache_between_recipients,
    "no copy because of a blank": drop_copy_of_a_hidden_wish,
}


def make_leaky(lek: Lek) -> Maker:
    def maker(wereld: Wereld, soort: Documentsoort) -> tuple[Deelbeeld, ...]:
        geheugen: Geheugen = {}
        lekkend = [lek(beeld, wereld, geheugen) for beeld in share(wereld, soort)]
        return tuple(beeld for beeld in lekkend if beeld is not None)

    return maker


def is_caught(maker: Maker, tafel: str, soort: Documentsoort) -> bool:
    """Whether some recipient of this document can tell a scramble from the first world by this maker's copies.

    A scramble that the real wall lets through too proves nothing about the leak, and is left out.
    """
    wereld = make_wereld(tafel, soort, 1)
    echt, lekkend = share(wereld, soort), maker(wereld, soort)
    for kijker in list_kijkers(wereld, soort)[::4]:
        roerder = make_roerder(wereld, soort, kijker)
        for wijze in WIJZEN:
            geroerd = roerder.stir(wijze)
            if pick(share(geroerd, soort), kijker) != pick(echt, kijker):
                continue
            if pick(maker(geroerd, soort), kijker) != pick(lekkend, kijker):
                return True
    return False


@pytest.mark.parametrize("naam", LEKKEN)
def test_a_wall_with_a_leak_is_caught(naam: str) -> None:
    maker = make_leaky(LEKKEN[naam])
    gevangen = any(
        is_caught(maker, tafel, soort)
        for tafel, data in TAFELS.items()
        for soort in reversed(data.documenten)
        if soort.moment is Moment.VOORBEREIDING
    )
    assert gevangen


# --- and after the meeting ---


def edit_slot(beeld: Deelbeeld, teksten: Iterable[str]) -> Deelbeeld:
    return edit_kop(beeld, slot=(*beeld.kop.slot, *teksten))


def print_pistes(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_slot(beeld, (b.pistes for d in list_about(beeld, wereld) for b in d.besluiten))


def tell_all_to_dos(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_slot(beeld, (a.wat for d in list_about(beeld, wereld) for a in d.afspraken))


def count_to_dos(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_slot(beeld, (f"uw deel van {len(d.afspraken)} afspraken" for d in list_about(beeld, wereld)))


def quote_all_passages(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_slot(beeld, (p.tekst for d in list_about(beeld, wereld) for p in d.passages))


def list_all_cases(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_slot(beeld, (d.code for d in wereld.dossiers))


def tell_who_was_elsewhere(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_slot(beeld, (naam for d in wereld.dossiers for b in d.besluiten for naam in b.aanwezig))


def list_about(beeld: Deelbeeld, wereld: Wereld) -> list[Dossier]:
    return [wereld.get(code) for code in list_codes(beeld)]


LEKKEN_NA: dict[str, Lek] = {
    "pistes, which feed the plan": print_pistes,
    "to-do's of others": tell_all_to_dos,
    "how many to-do's there are": count_to_dos,
    "passages for others": quote_all_passages,
    "cases at which he did not sit": list_all_cases,
    "who sat at other cases": tell_who_was_elsewhere,
}


@pytest.mark.parametrize("naam", LEKKEN_NA)
def test_a_verslag_or_takenlijst_with_a_leak_is_caught(naam: str) -> None:
    maker = make_leaky(LEKKEN_NA[naam])
    for tafel, data in TAFELS.items():
        for soort in [soort for soort in data.documenten if soort.moment is Moment.VERSLAG]:
            assert is_caught(maker, tafel, soort), soort.id


# --- and between two meetings ---


def _list_plannen(beeld: Deelbeeld, wereld: Wereld) -> list[PlanVanAanpak]:
    return [d.plan for d in list_about(beeld, wereld) if d.plan is not None]


def count_versions(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_slot(beeld, (f"versie {plan.versie}" for plan in _list_plannen(beeld, wereld)))


def number_aims_before_the_wall(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    """Each aim with its number in the whole plan."""
    if beeld.plan is None:
        return beeld
    alle = list(dict.fromkeys(a.doelstelling for plan in _list_plannen(beeld, wereld) for a in plan.acties))
    doelen = [doel.model_copy(update={"nummer": alle.index(doel.doelstelling) + 1}) for doel in beeld.plan.doelen]
    return beeld.model_copy(update={"plan": beeld.plan.model_copy(update={"doelen": tuple(doelen)})})


def name_all_who_act(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    wie = {naam for plan in _list_plannen(beeld, wereld) for a in plan.acties for naam in a.uitvoerders}
    return edit_slot(beeld, sorted(wie))


def tell_other_meldingen(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_slot(beeld, (m.soort for d in list_about(beeld, wereld) for m in d.meldingen))


def quote_all_mededelingen(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    meldingen = [m for d in list_about(beeld, wereld) for m in d.meldingen]
    return edit_slot(beeld, (mededeling.tekst for m in meldingen for mededeling in m.mededelingen))


def print_notes_of_meldingen(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_slot(beeld, (m.notitie for d in list_about(beeld, wereld) for m in d.meldingen))


def name_who_brought_it(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_slot(beeld, (inbreng.van for d in list_about(beeld, wereld) for inbreng in d.inbreng))


def count_what_was_brought(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    inbreng = [i for d in list_about(beeld, wereld) for i in d.inbreng]
    return edit_slot(beeld, (f"{sum(len(r.rijen) for i in inbreng for r in i.rubrieken)} rijen",))


def tell_what_became_of_to_dos(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_slot(beeld, (a.status.value for d in list_about(beeld, wereld) for a in d.afspraken))


def tell_who_heard_before(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_slot(beeld, (naam for code in list_codes(beeld) for naam in sorted(wereld.eerder[code])))


LEKKEN_TUSSENIN: dict[str, Lek] = {
    "how often the plan came in": count_versions,
    "aims numbered in the whole plan": number_aims_before_the_wall,
    "who acts in rows that are not shown": name_all_who_act,
    "meldingen of other kinds": tell_other_meldingen,
    "mededelingen for others": quote_all_mededelingen,
    "notes of meldingen": print_notes_of_meldingen,
    "who brought something": name_who_brought_it,
    "how much was brought": count_what_was_brought,
    "what became of to-do's": tell_what_became_of_to_dos,
    "who heard of the case before": tell_who_heard_before,
}


@pytest.mark.parametrize("naam", LEKKEN_TUSSENIN)
def test_a_document_of_what_comes_in_between_with_a_leak_is_caught(naam: str) -> None:
    maker = make_leaky(LEKKEN_TUSSENIN[naam])
    soorten = [(tafel, s) for tafel, data in TAFELS.items() for s in data.documenten if s.moment in TUSSENIN]
    assert soorten
    assert any(is_caught(maker, tafel, soort) for tafel, soort in soorten)
