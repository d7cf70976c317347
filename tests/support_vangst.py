"""Seeded leaks of copies and of finished files, and which gate catches each: the table of who caught what."""

from __future__ import annotations

import functools
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from docx import Document
from docxtpl import DocxTemplate
from kanaries_pdf import KANARIE
from kanaries_pdf import PLAATSEN as PDF_PLAATSEN
from kanaries_word import PLAATSEN as WORD_PLAATSEN
from kanaries_word import write_zip
from support_bewijs import TAFELS, Kijker, Wereld, edit, make_wereld, share
from support_lekken import LEKKEN, LEKKEN_NA, LEKKEN_TUSSENIN, Lek, is_caught, make_leaky
from support_reeks import get_template, make_roerder, pick
from support_regels import is_concerned, list_kijkers
from support_roering import WIJZEN

from pipeline.errors import PoortFout
from pipeline.inspect import build_kennis, inspect_beeld
from pipeline.mail import build_mail
from pipeline.pdf import RdocxEngine, make_pdfs
from pipeline.render import render_deelbeeld
from pipeline.verify import verify
from schemas import kern
from schemas.aanmelding import Antwoord, TekstWaarde
from schemas.deelbeeld import Deelbeeld
from schemas.documentsoort import Documentsoort, Moment, Per
from schemas.dossier import Dossier
from schemas.nazicht import Kennis

POORTEN = ("equal bytes", "closed vocabulary", "names, patterns, words")


@dataclass(frozen=True)
class Vangst:
    """One leak, where it sits, and for each gate whether it saw it; None where that gate does not look."""

    naam: str
    waar: str
    gezien: tuple[bool | None, bool | None, bool | None]

    @property
    def is_gevangen(self) -> bool:
        return any(self.gezien)


def list_leaks() -> list[str]:
    """The names of all seeded leaks."""
    return [*_WANNEER, _ZIN, *BESTANDSLEKKEN]


def try_leak(naam: str) -> Vangst:
    """Let it leak, and see which gates notice."""
    if naam == _ZIN:
        return _try_sentence()
    return _try_wall(naam, *_WANNEER[naam]) if naam in _WANNEER else _try_file(naam, *BESTANDSLEKKEN[naam])


# --- copies ---------------------------------------------------------------------------------------------------------


_ZIN = "a flagged sentence that names somebody who is not shown"
#: By name: the leak, and after which moments documents show it.
_WANNEER: dict[str, tuple[Lek, tuple[Moment, ...]]] = {
    **{naam: (lek, (Moment.VOORBEREIDING,)) for naam, lek in LEKKEN.items()},
    **{naam: (lek, (Moment.VERSLAG,)) for naam, lek in LEKKEN_NA.items()},
    **{naam: (lek, (Moment.PLAN, Moment.MELDING)) for naam, lek in LEKKEN_TUSSENIN.items()},
}


def _try_wall(naam: str, lek: Lek, momenten: tuple[Moment, ...]) -> Vangst:
    """On documents by name of these moments: until one prints what it should not, or four only tell it unprinted."""
    gezien = [False, False, False]
    over = 4
    for tafel, soort in _list_documents(momenten):
        maker, wereld = make_leaky(lek), make_wereld(tafel, soort, 1)
        echt = {beeld.sleutel: beeld for beeld in share(wereld, soort)}
        gelekt = maker(wereld, soort)
        paren = [(echt.get(b.sleutel), b) for b in gelekt if b != echt.get(b.sleutel)]
        if [*gelekt] == [*echt.values()] or not is_caught(maker, tafel, soort):
            continue
        gezien[0], kennis = True, _know(wereld)
        for goed, lekkend in [(g, b) for g, b in paren if g is not None][:12]:
            sjabloon = get_template(goed.sjabloon)
            gezien[1] = gezien[1] or bool(verify(goed, sjabloon, render_deelbeeld(lekkend, sjabloon)))
            gezien[2] = gezien[2] or bool(_ask(lekkend, kennis) - _ask(goed, kennis))
        over -= 1
        if gezien[1] or not over:
            break
    return Vangst(naam, "copy", (gezien[0], gezien[1], gezien[2]))


def _list_documents(momenten: tuple[Moment, ...]) -> Iterator[tuple[str, Documentsoort]]:
    for tafel, data in TAFELS.items():
        for soort in reversed(data.documenten):
            if soort.moment in momenten and not soort.anoniem:
                yield tafel, soort


def _know(wereld: Wereld) -> dict[str, Kennis]:
    """What the gates on free text know of each case."""
    formulier = wereld.data.get_aanmeldformulier()
    return {d.code: build_kennis(d, formulier, wereld.data) for d in wereld.dossiers}


def _ask(beeld: Deelbeeld, kennis: Mapping[str, Kennis]) -> set[tuple[str, str]]:
    """What they ask about a copy: token and passage."""
    return {(vraag.token, vraag.passage) for vraag in inspect_beeld(beeld, kennis, {}).vragen}


def _try_sentence() -> Vangst:
    """No fault of the program: a person flags a sentence that names somebody who is not shown himself."""
    plek = find_place()
    geheim = plek.get_geheim(plek.wereld)
    werelden = [plek.wereld.with_dossier(_name_in_text(plek.dossier, geheim, over)) for over in ("iemand", "Marieke")]
    goed, lekkend = (pick(share(wereld, plek.soort), plek.kijker)[0] for wereld in werelden)
    sjabloon = get_template(goed.sjabloon)
    vocabulair = bool(verify(lekkend, sjabloon, render_deelbeeld(lekkend, sjabloon)))
    nazicht = bool(_ask(lekkend, _know(werelden[1])) - _ask(goed, _know(werelden[0])))
    roerder = make_roerder(werelden[1], plek.soort, plek.kijker)
    gelijk = pick(share(roerder.stir("vervang"), plek.soort), plek.kijker)[0] == lekkend
    return Vangst(_ZIN, "form", (not gelijk, vocabulair, nazicht))


def _name_in_text(dossier: Dossier, geheim: str, over: str) -> Dossier:
    """Every text of the rows of information speaks of `over`; who was called `geheim` is Marieke Verzonnenberg."""
    teksten = {kern.INFO_TEKST: f"Gisteren was {over} op bezoek."}

    def zeg(antwoord: Antwoord) -> Antwoord:
        if antwoord.format() == geheim:
            return edit(antwoord, waarde=TekstWaarde(tekst="Marieke Verzonnenberg"))
        anders = teksten.get(antwoord.vraag) if antwoord.waarde is not None else None
        return edit(antwoord, waarde=TekstWaarde(tekst=anders)) if anders else antwoord

    rubrieken = [
        edit(r, rijen=tuple(edit(rij, antwoorden=tuple(map(zeg, rij.antwoorden))) for rij in r.rijen))
        for r in dossier.aanmelding.rubrieken
    ]
    return edit(dossier, aanmelding=edit(dossier.aanmelding, rubrieken=tuple(rubrieken)))


# --- finished files -------------------------------------------------------------------------------------------------


class Klaar(NamedTuple):
    """All that leaves for one copy."""

    naam: str
    word: bytes
    pdf: bytes
    regel: str
    fout: str
    onderwerp: str
    aan: str


@dataclass(frozen=True)
class Plek:
    """A copy about one case in which somebody's name is not to be seen."""

    wereld: Wereld
    soort: Documentsoort
    kijker: Kijker
    dossier: Dossier

    def get_geheim(self, wereld: Wereld) -> str:
        """The name of a person of the case that this recipient may not see."""
        gezien = str(pick(share(self.wereld, self.soort), self.kijker)[0].model_dump())
        dossiers = [d for d in wereld.dossiers if d.code == self.dossier.code]
        namen = [a.format() for d in dossiers for a in d.aanmelding.get_antwoorden(kern.NAAM)]
        return next((naam for naam in reversed(namen) if len(naam) > 12 and naam not in gezien), "")


@functools.cache
def find_place() -> Plek:
    """The first document of one case by name with information in it, for a partner who does not see all names."""
    for tafel, soort in _list_documents((Moment.VOORBEREIDING,)):
        if soort.per is not Per.CASUS:
            continue
        vol = make_wereld(tafel, soort, 1)
        wereld = replace(vol, dossiers=vol.dossiers[:1])
        for kijker in list_kijkers(wereld, soort):
            plek = Plek(wereld, soort, kijker, wereld.dossiers[0])
            beelden = pick(share(wereld, soort), kijker)
            if (
                not beelden
                or not is_concerned(wereld, soort, kijker, plek.dossier)
                or not beelden[0].casussen[0].feiten
            ):
                continue
            if plek.get_geheim(wereld):
                return plek
    raise AssertionError("no such document")


def finish(beeld: Deelbeeld) -> Klaar:
    """What the real pipeline makes of a copy."""
    word = render_deelbeeld(beeld, get_template(beeld.sjabloon))
    mail = build_mail([beeld], met_bijlagen=False)
    return Klaar(
        naam=f"{beeld.bestandsnaam}.docx",
        word=word,
        pdf=make_pdfs({"x": word}, RdocxEngine())["x"],
        regel=f"uit/{beeld.ontvanger.id}/{beeld.bestandsnaam}.docx",
        fout="",
        onderwerp=mail.onderwerp if mail else "",
        aan=mail.aan if mail else "",
    )


Bestandslek = Callable[[Klaar, str, Dossier], Klaar]


def _plant_word(plaats: str) -> Bestandslek:
    """The secret where a canary of that name would sit."""

    def lek(klaar: Klaar, geheim: str, _: Dossier) -> Klaar:
        with zipfile.ZipFile(io.BytesIO(klaar.word)) as pakket:
            leden = {naam: pakket.read(naam) for naam in pakket.namelist()}
        with zipfile.ZipFile(io.BytesIO(WORD_PLAATSEN[plaats](leden))) as geplant:
            delen = {naam: geplant.read(naam) for naam in geplant.namelist()}
        return klaar._replace(word=write_zip({naam: _swap(inhoud, geheim) for naam, inhoud in delen.items()}))

    return lek


def _swap(inhoud: bytes, geheim: str) -> bytes:
    """Also where the canary is split over two runs, or stands for initials, a number or a width."""
    helft = len(geheim) // 2
    letters = "".join(woord[:2] for woord in geheim.split())
    paren = {
        KANARIE: geheim,
        ">Kanarie<": f">{geheim[:helft]}<",
        ">vogel<": f">{geheim[helft:]}<",
        "K.V.": letters,
        "8317": str(100 * len(geheim) + sum(map(ord, geheim))),
    }
    for oud, nieuw in paren.items():
        inhoud = inhoud.replace(oud.encode(), nieuw.encode())
    return inhoud


def _plant_pdf(plaats: str) -> Bestandslek:
    """As many letters of the secret as the canary has: nothing else in the file may move."""

    def lek(klaar: Klaar, geheim: str, _: Dossier) -> Klaar:
        letters = geheim.replace(" ", "").ljust(len(KANARIE), "x")[-len(KANARIE) :]
        geplant = PDF_PLAATSEN[plaats](klaar.pdf)
        return klaar._replace(pdf=geplant.replace(KANARIE.encode(), letters.encode()))

    return lek


def _reach_object(klaar: Klaar, _: str, dossier: Dossier) -> Klaar:
    """A template with a name for the dossier itself, filled by docxtpl without a wall."""
    document = Document(io.BytesIO(klaar.word))
    document.add_paragraph("{{ bron.model_dump_json() | length }}")
    sjabloon, uit = io.BytesIO(), io.BytesIO()
    document.save(sjabloon)
    gevuld = DocxTemplate(io.BytesIO(sjabloon.getvalue()))
    gevuld.render({"bron": dossier}, autoescape=True)
    gevuld.save(uit)
    with zipfile.ZipFile(io.BytesIO(uit.getvalue())) as pakket:
        return klaar._replace(word=write_zip({naam: pakket.read(naam) for naam in pakket.namelist()}))


def _fail(klaar: Klaar, geheim: str, _: Dossier) -> Klaar:
    """As the text of an exception of a library would be passed on."""
    try:
        raise ValueError(f"exceeded 255 char limit for property, got: {geheim!r}")
    except ValueError as fout:
        return klaar._replace(fout=str(PoortFout(str(fout), "Kort de titel in.")) or str(fout))


#: By name: where it sits, and the leak.
BESTANDSLEKKEN: dict[str, tuple[str, Bestandslek]] = {
    "title among the properties": ("Word", _plant_word("titel in de eigenschappen")),
    "author among the properties": ("Word", _plant_word("auteur in de eigenschappen")),
    "bookmark": ("Word", _plant_word("bladwijzer")),
    "hidden run": ("Word", _plant_word("verborgen tekst")),
    "name split over two runs": ("Word", _plant_word("woord gesplitst over stukken")),
    "white text": ("Word", _plant_word("witte tekst")),
    "initials in the text": ("Word", _plant_word("voorletters")),
    "number that follows from a name": ("Word", _plant_word("getal")),
    "column as wide as a name": ("Word", _plant_word("breedte van een kolom")),
    "alternative text of a picture": ("Word", _plant_word("alternatieve tekst")),
    "header of a section that is not used": ("Word", _plant_word("koptekst zonder verwijzing")),
    "remark in the margin": ("Word", _plant_word("opmerkingen")),
    "remark in the XML": ("Word", _plant_word("commentaar in de XML")),
    "deleted text": ("Word", _plant_word("gewiste tekst")),
    "field code": ("Word", _plant_word("veldcode")),
    "variable of the document": ("Word", _plant_word("instellingen: variabele")),
    "name of a style": ("Word", _plant_word("naam van een stijl")),
    "custom XML": ("Word", _plant_word("custom XML")),
    "template that reaches an object": ("Word", _reach_object),
    "author of the PDF": ("PDF", _plant_pdf("info in de trailer")),
    "title in the metadata of the PDF": ("PDF", _plant_pdf("metadata: titel")),
    "bookmark of the PDF": ("PDF", _plant_pdf("bladwijzers")),
    "note on a page": ("PDF", _plant_pdf("notitie")),
    "alternative text of a piece of the PDF": ("PDF", _plant_pdf("alternatieve tekst van een stuk")),
    "name of the file": ("around", lambda k, geheim, _: k._replace(naam=f"{geheim} {k.naam}")),
    "line of the log": ("around", lambda k, geheim, _: k._replace(regel=f"{k.regel} ({geheim})")),
    "text of an exception": ("around", _fail),
    "subject of the mail": ("around", lambda k, geheim, _: k._replace(onderwerp=f"{k.onderwerp} over {geheim}")),
    "address of the mail": ("around", lambda k, geheim, _: k._replace(aan=f"{k.aan}, {geheim.split()[0]}@example.org")),
}


def _try_file(naam: str, waar: str, lek: Bestandslek) -> Vangst:
    """The leak on one copy, and on the same copy of worlds that its recipient cannot tell apart."""
    plek, beeld, klaar = _finish_place()
    lekkend = lek(klaar, plek.get_geheim(plek.wereld), plek.dossier)
    anders = [lek(klaar, plek.get_geheim(wereld), wereld.get(plek.dossier.code)) for wereld in _stir_place()]
    vocabulair: bool | None = None
    if waar in ("Word", "PDF"):
        pdf = lekkend.pdf if waar == "PDF" else None
        vocabulair = bool(verify(beeld, get_template(beeld.sjabloon), lekkend.word, pdf))
    return Vangst(naam, waar, (any(ander != lekkend for ander in anders), vocabulair, None))


@functools.cache
def _finish_place() -> tuple[Plek, Deelbeeld, Klaar]:
    plek = find_place()
    beeld = pick(share(plek.wereld, plek.soort), plek.kijker)[0]
    return plek, beeld, finish(beeld)


@functools.cache
def _stir_place() -> tuple[Wereld, ...]:
    """Stirred worlds with another name, in which the real files of this recipient stay as they are."""
    plek, beeld, klaar = _finish_place()
    roerder, geheim = make_roerder(plek.wereld, plek.soort, plek.kijker), plek.get_geheim(plek.wereld)
    werelden = [roerder.stir(wijze) for _ in range(4) for wijze in WIJZEN]
    anders = [w for w in werelden if plek.get_geheim(w) not in ("", geheim)][:2]
    beelden = [pick(share(wereld, plek.soort), plek.kijker)[0] for wereld in anders]
    assert anders and all(ander == beeld and finish(ander) == klaar for ander in beelden)
    return tuple(anders)


def list_clean() -> list[str]:
    """What the gates would refuse of copies and files without a leak: nothing."""
    _, beeld, klaar = _finish_place()
    bevindingen = verify(beeld, get_template(beeld.sjabloon), klaar.word, klaar.pdf)
    return [bevinding.code for bevinding in bevindingen]
