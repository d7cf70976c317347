"""Nothing less: each flagged value stands in the text of every Word and PDF that is meant for it."""

from __future__ import annotations

import functools
import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from docx import Document
from support_afscherming import in_case
from support_bewijs import EERSTE_VAN_SJABLOON, TAFELS, Kijker, Wereld, make_wereld, share
from support_regels import is_concerned, list_codes, list_kijkers, list_rubrieken, may_see, show_answer
from support_samples import Gespeeld, Voorbeeld, list_rounds, play_round
from support_tekst import read_any, read_pdf, read_word, squeeze
from support_zicht import Zicht, list_printed

from pipeline.pdf import RdocxEngine, make_pdfs
from pipeline.render import render_deelbeeld
from pipeline.run.bundel import BUNDEL
from pipeline.settings import SJABLONEN
from schemas import kern
from schemas.aanmelding import Antwoord
from schemas.deelbeeld import Deelbeeld
from schemas.documentsoort import Documentsoort, Moment
from schemas.dossier import Dossier
from schemas.verstrekking import Verstrekking

SOORTEN = [
    pytest.param(tafel, soort.id, id=f"{tafel}-{soort.id}")
    for tafel, data in TAFELS.items()
    for soort in data.documenten
]


#: Everything of a case that a copy can hold.
LEEG = {
    "casussen": (),
    "ontbrekend": (),
    "besluit": None,
    "verslag": (),
    "afspraken": (),
    "passages": (),
    "plan": None,
    "melding": None,
    "bewaren_tot": "",
}


@functools.cache
def make_case(tafel: str, soort_id: str) -> tuple[Wereld, Documentsoort, tuple[Deelbeeld, ...], dict[str, bytes]]:
    """A world, and all its copies of this document with their Word files by sleutel."""
    soort = TAFELS[tafel].get_document(soort_id)
    assert soort is not None
    wereld = make_wereld(tafel, soort, 5)
    beelden = share(wereld, soort)
    sjabloon = (SJABLONEN / "standaard" / f"{soort.sjabloon}.docx").read_bytes()
    return wereld, soort, beelden, {beeld.sleutel: render_deelbeeld(beeld, sjabloon) for beeld in beelden}


def list_flagged(wereld: Wereld, soort: Documentsoort, kijker: Kijker, dossier: Dossier) -> list[Antwoord]:
    """All answers of this case that a person flagged for this recipient in this document."""
    if not is_concerned(wereld, soort, kijker, dossier):
        return []
    kijker = in_case(wereld, kijker, dossier)
    return [
        antwoord
        for rubriek in list_rubrieken(soort, dossier)
        for antwoord in (*rubriek.antwoorden, *(a for rij in rubriek.rijen for a in rij.antwoorden))
        if antwoord.format() and may_see(wereld, soort, kijker, antwoord.vraag, antwoord.vlag)
    ]


def list_expected(wereld: Wereld, soort: Documentsoort, beeld: Deelbeeld) -> set[str]:
    """All that must be found in this copy. A fact is called so by its heading, not by its option."""
    kijker = next(k for k in list_kijkers(wereld, soort) if k.id == beeld.ontvanger.id)
    codes = list_codes(beeld)
    gedeeld = {
        show_answer(wereld, soort, antwoord, wereld.get(code).aangemeld_op)
        for code in codes
        for antwoord in list_flagged(wereld, soort, kijker, wereld.get(code))
        if antwoord.vraag != kern.INFO_SOORT
    }
    zicht = Zicht(wereld, soort, kijker)
    dossiers = [_keep_told(soort, wereld.get(code), beeld) for code in codes]
    vrij = {tekst for dossier in dossiers for tekst in list_printed(zicht, dossier) if tekst}
    return (gedeeld - {""}) | vrij | ({beeld.kop.casuscode} if beeld.kop.casuscode else set())


def _keep_told(soort: Documentsoort, dossier: Dossier, beeld: Deelbeeld) -> Dossier:
    """The case with, of the meldingen that this kind of letter tells of, only the one of this letter."""
    eigen = [m.soort not in soort.meldingen or m.formuliernummer in beeld.kop.documentnummer for m in dossier.meldingen]
    return dossier.model_copy(update={"meldingen": tuple(itertools.compress(dossier.meldingen, eigen))})


def find_missing(verwacht: set[str], tekst: str) -> set[str]:
    plat = squeeze(tekst)
    return {waarde for waarde in verwacht if squeeze(waarde) not in plat}


def find_hidden(wereld: Wereld, verwacht: set[str], tekst: str) -> set[str]:
    """Words of the invented answers that stand in a text although no expected value holds them."""
    plat, mag = squeeze(tekst).casefold(), squeeze(" ".join(verwacht)).casefold()
    alle = {
        squeeze(antwoord.format()).casefold()
        for dossier in wereld.dossiers
        for rubriek in (*dossier.aanmelding.rubrieken, *(r for i in dossier.inbreng for r in i.rubrieken))
        for antwoord in (*rubriek.antwoorden, *(a for rij in rubriek.rijen for a in rij.antwoorden))
        if antwoord.format() and getattr(antwoord.waarde, "soort", "") == "tekst" and antwoord.vraag != kern.GEMEENTE
    }
    alle |= {squeeze(tekst).casefold() for dossier in wereld.dossiers for tekst in list_texts(dossier)}
    return {waarde for waarde in alle if waarde in plat and waarde not in mag}


def list_texts(dossier: Dossier) -> Iterator[str]:
    """All that a table wrote down about a case, printed or not."""
    for besluit in dossier.besluiten:
        yield from (besluit.advies, besluit.reden, besluit.onveiligheid, besluit.geinformeerd, besluit.stemt_in)
        yield from (besluit.terugkoppeling, besluit.terugkoppeling_hoe, besluit.pistes, besluit.notitie)
        yield besluit.formuliernummer
    yield from (afspraak.wat for afspraak in dossier.afspraken)
    yield from (passage.tekst for passage in dossier.passages)
    for plan in dossier.plannen:
        yield from (tekst for a in plan.acties for tekst in (a.doelstelling, a.actie, a.status) if tekst)
    for melding in dossier.meldingen:
        yield from (melding.uur, melding.plaats, melding.notitie)
        yield from (mededeling.tekst for mededeling in melding.mededelingen)


@pytest.mark.parametrize(("tafel", "soort_id"), SOORTEN)
def test_every_flagged_value_stands_in_every_word_and_pdf_meant_for_it(tafel: str, soort_id: str) -> None:
    """In each Word file, and in some PDFs, for a PDF follows from its Word file alone.

    Of the first document with a template that of one reader of each role, of each other that of one reader.
    """
    wereld, soort, beelden, woorden = make_case(tafel, soort_id)
    lezers = {beeld.ontvanger.id for beeld in beelden}
    per_rol = {kijker.rollen: kijker.id for kijker in list_kijkers(wereld, soort) if kijker.id in lezers}
    gekozen = list(per_rol.values())[: None if EERSTE_VAN_SJABLOON[soort.sjabloon] == (tafel, soort_id) else 1]
    pdfs = make_pdfs({b.sleutel: woorden[b.sleutel] for b in beelden if b.ontvanger.id in gekozen}, RdocxEngine())
    assert pdfs
    for beeld in beelden:
        verwacht = list_expected(wereld, soort, beeld)
        eigen = {beeld.ontvanger.naam, beeld.ontvanger.email, *beeld.kop.verdeellijst}
        gelezen = [read_pdf(pdfs[beeld.sleutel])] if beeld.sleutel in pdfs else []
        for tekst in (read_word(woorden[beeld.sleutel]), *gelezen):
            assert find_missing(verwacht, tekst) == set(), beeld.sleutel
            assert find_hidden(wereld, verwacht | eigen, tekst) == set(), beeld.sleutel


GEEN_CASUS = "geen enkele casus"


@pytest.mark.parametrize(("tafel", "soort_id"), SOORTEN)
def test_everybody_who_should_read_of_a_case_has_a_copy_with_it_and_nobody_else_has(tafel: str, soort_id: str) -> None:
    soort = TAFELS[tafel].get_document(soort_id)
    assert soort is not None
    # Who has yet to sign is invited for a case, and reads of none.
    geen = [GEEN_CASUS] if soort.moment is Moment.TOETREDING else []
    for zaad in (1, 2, 5):
        wereld = make_wereld(tafel, soort, zaad)
        # An agenda tells of to-do's in other cases too; that does not make those its reader's business.
        gekregen = {
            (beeld.ontvanger.id, code)
            for beeld in share(wereld, soort)
            for code in [blok.code for blok in beeld.casussen] or list_codes(beeld) or geen
        }
        assert gekregen == {
            (kijker.id, code)
            for kijker in list_kijkers(wereld, soort)
            for dossier in wereld.dossiers
            if is_concerned(wereld, soort, kijker, dossier)
            for code in geen or [dossier.code]
        }


@pytest.mark.parametrize(("tafel", "soort_id"), SOORTEN)
def test_an_emptied_document_fails(tafel: str, soort_id: str) -> None:
    """A template that prints nothing of the case, and a copy from which the case was lost."""
    wereld, soort, beelden, _ = make_case(tafel, soort_id)
    leeg = io.BytesIO()
    document = Document()
    document.add_paragraph("{{ kop.titel }}")
    document.save(leeg)
    sjabloon = (SJABLONEN / "standaard" / f"{soort.sjabloon}.docx").read_bytes()
    for beeld in beelden[:3]:
        verwacht = list_expected(wereld, soort, beeld)
        assert find_missing(verwacht, read_word(render_deelbeeld(beeld, leeg.getvalue()))) == verwacht
        kop = beeld.kop.model_copy(update={"casuscode": "", "documentnummer": ""})
        kwijt = beeld.model_copy(update={**LEEG, "kop": kop})
        assert bool(find_missing(verwacht, read_word(render_deelbeeld(kwijt, sjabloon)))) == bool(verwacht)


def iterate_losses(beeld: Deelbeeld) -> Iterator[tuple[str, Deelbeeld]]:
    """A word that is lost with one row of this copy, and the copy without it: of each kind of row the first."""
    for nummer, blok in enumerate(beeld.casussen[:1]):
        for veld in ("feiten", "inschattingen"):
            for regel in [r for r in getattr(blok, veld) if r.tekst.startswith("k")][:2]:
                minder = blok.model_copy(update={veld: tuple(r for r in getattr(blok, veld) if r is not regel)})
                casussen = (*beeld.casussen[:nummer], minder, *beeld.casussen[nummer + 1 :])
                yield regel.tekst, beeld.model_copy(update={"casussen": casussen})
    if beeld.plan is not None:
        doel = beeld.plan.doelen[-1].model_copy(update={"acties": beeld.plan.doelen[-1].acties[1:]})
        plan = beeld.plan.model_copy(update={"doelen": (*beeld.plan.doelen[:-1], doel)})
        yield beeld.plan.doelen[-1].acties[0].actie, beeld.model_copy(update={"plan": plan})
    if beeld.melding is not None and beeld.melding.mededelingen:
        melding = beeld.melding.model_copy(update={"mededelingen": beeld.melding.mededelingen[1:]})
        yield beeld.melding.mededelingen[0], beeld.model_copy(update={"melding": melding})
    for veld in ("afspraken", "passages"):
        if rijen := getattr(beeld, veld):
            yield getattr(rijen[0], "wat", rijen[0]), beeld.model_copy(update={veld: rijen[1:]})


def test_a_single_value_that_is_lost_fails() -> None:
    """A row of each kind in turn: without it, its words are missing."""
    gemist = 0
    for tafel, data in TAFELS.items():
        for soort_id in [soort.id for soort in data.documenten]:
            wereld, soort, beelden, _ = make_case(tafel, soort_id)
            sjabloon = (SJABLONEN / "standaard" / f"{soort.sjabloon}.docx").read_bytes()
            for tekst, zonder in iterate_losses(beelden[0]):
                verwacht = list_expected(wereld, soort, beelden[0])
                assert tekst in find_missing(verwacht, read_word(render_deelbeeld(zonder, sjabloon))), soort_id
                gemist += 1
    assert gemist > 10


# --- the samples, through the whole run -----------------------------------------------------------------------------

RONDES = [
    pytest.param(tafel, voorbeelden, id=f"{tafel}-{nummer}")
    for nummer, (tafel, voorbeelden) in enumerate(list_rounds(), start=1)
]


@dataclass(frozen=True)
class Vondst:
    """A file or folder below uit/, read once: all texts without spaces, since a layout may put them anywhere."""

    pad: Path
    naam: str
    alles: str  #: all that it holds, seen or not; nothing of a folder
    getoond: str = ""  #: of a copy: what its reader sees
    kopie: str = ""  #: of a copy: kind of document and recipient
    casus: str = ""
    samen: frozenset[str] = frozenset()  #: of a PDF that joins those of a package: the copies in it
    lezer: str = ""  #: of the draft of a mail: its reader's name


def name_ontvanger(naam: str) -> str:
    """A recipient as a sample writes it: whoever belongs to one case by his role ("aanmelder", "moeder")."""
    wie, _, casus = naam.partition(" ")
    return wie.rpartition("_")[0] or wie if casus else wie


def name_kopie(verstrekking: Verstrekking) -> str:
    return f"{verstrekking.documentsoort}:{name_ontvanger(verstrekking.ontvanger)}"


def read_all(gespeeld: Gespeeld) -> list[Vondst]:
    """Everything below uit/."""
    eigen = {pad: verstrekking for verstrekking in gespeeld.verstrekkingen for pad in gespeeld.list_paths(verstrekking)}
    bundels = map_bundels(gespeeld)
    namen = {gespeeld.map / "uit" / v.map: squeeze(v.beeld.ontvanger.naam) for v in gespeeld.verstrekkingen}
    gevonden = []
    for pad in sorted((gespeeld.map / "uit").rglob("*")):
        vondst = Vondst(pad, squeeze(pad.name), "" if pad.is_dir() else squeeze(read_any(pad)))
        if pad in eigen:
            getoond = squeeze((read_word if pad.suffix == ".docx" else read_pdf)(pad.read_bytes()))
            casus = eigen[pad].beeld.kop.casuscode
            vondst = replace(vondst, getoond=getoond, kopie=name_kopie(eigen[pad]), casus=casus)
        lezer = namen.get(pad.parent, "") if pad.stem.startswith("mail") else ""
        gevonden.append(replace(vondst, samen=frozenset(bundels.get(pad, ())), lezer=lezer))
    return gevonden


def list_copies(vondsten: list[Vondst], tekst: str) -> dict[tuple[str, str], set[str]]:
    """The copies that hold a passage: (kind of document and recipient, casuscode) -> kinds of file."""
    gezocht = squeeze(tekst)
    gevonden: dict[tuple[str, str], set[str]] = {}
    for vondst in vondsten:
        if vondst.kopie and gezocht in vondst.getoond:
            gevonden.setdefault((vondst.kopie, vondst.casus), set()).add(vondst.pad.suffix)
    return gevonden


def find_misplaced(vondsten: list[Vondst], code: str, tekst: str, verwacht: set[str]) -> Iterator[str]:
    """What is wrong with the copies of one passage: lost, leaked, in one format only, in a copy of another case."""
    copies = list_copies(vondsten, tekst)
    gevonden = {kopie for kopie, _ in copies}
    for (kopie, casus), soorten in copies.items():
        if soorten != {".docx", ".pdf"}:
            yield f"{kopie}: only in {soorten}"
        if casus not in ("", code):
            yield f"{kopie}: of another case"
    yield from (f"{kopie}: lost" for kopie in sorted(verwacht - gevonden))
    yield from (f"{kopie}: leaked" for kopie in sorted(gevonden - verwacht))


def map_bundels(gespeeld: Gespeeld) -> dict[Path, set[str]]:
    """Of each PDF that joins those of a package, the copies that are in it."""
    bundels: dict[Path, set[str]] = {}
    for verstrekking in gespeeld.verstrekkingen:
        for regel in verstrekking.bestanden:
            if regel.naam.startswith(Path(BUNDEL).stem):
                pad = gespeeld.map / "uit" / verstrekking.map / regel.naam
                bundels.setdefault(pad, set()).add(name_kopie(verstrekking))
    return bundels


def find_elsewhere(vondsten: list[Vondst], regels: str, tekst: str, verwacht: set[str]) -> Iterator[str]:
    """Where a passage stands besides: another file below uit/, a manifest, a name, a property, a printed line."""
    gezocht = squeeze(tekst)
    for vondst in vondsten:
        if vondst.lezer == gezocht:
            continue  # the draft of a mail calls its own reader by name
        if gezocht in vondst.naam:
            yield f"{vondst.pad.name}: in its name"
        if gezocht in vondst.alles and vondst.kopie not in verwacht and not vondst.samen & verwacht:
            yield f"{vondst.pad.parent.name}/{vondst.pad.name}: inside"
    if gezocht in regels:
        yield "printed"


@pytest.mark.parametrize(("tafel", "voorbeelden"), RONDES)
def test_each_passage_of_the_samples_stands_in_exactly_its_copies_and_nowhere_else(
    tafel: str, voorbeelden: tuple[Voorbeeld, ...], tmp_path: Path
) -> None:
    """From `in/` to the packages of every overleg: letters, triage, decisions, expert table."""
    gespeeld = play_round(tmp_path / "werkmap", tafel, voorbeelden)
    assert all(len(list(gespeeld.list_paths(v))) == 2 for v in gespeeld.verstrekkingen)
    vondsten, regels = read_all(gespeeld), squeeze(gespeeld.regels)
    fouten = {
        f"{voorbeeld.naam}: {passage['tekst']}: {fout}"
        for voorbeeld in voorbeelden
        for passage in voorbeeld.verwacht["passages"]
        for fout in (
            *find_misplaced(vondsten, gespeeld.get_code(voorbeeld), passage["tekst"], set(passage["kopieen"])),
            *find_elsewhere(vondsten, regels, passage["tekst"], set(passage["kopieen"])),
        )
    }
    assert sorted(fouten) == []
    assert_bites(gespeeld, vondsten, regels)


def assert_bites(gespeeld: Gespeeld, vondsten: list[Vondst], regels: str) -> None:
    """With one copy more or fewer expected, or a passage taken for hidden, the same checks complain."""
    for voorbeeld in gespeeld.voorbeelden:
        code = gespeeld.get_code(voorbeeld)
        for passage in [p for p in voorbeeld.verwacht["passages"] if p["kopieen"]]:
            tekst, kopieen = passage["tekst"], set(passage["kopieen"])
            een = {min(kopieen)}
            assert list(find_misplaced(vondsten, code, tekst, kopieen - een)) == [f"{min(kopieen)}: leaked"]
            assert list(find_misplaced(vondsten, code, tekst, {*kopieen, "fiche:x"})) == ["fiche:x: lost"]
            assert list(find_elsewhere(vondsten, regels, tekst, kopieen - een))
