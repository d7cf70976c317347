"""Generated answers to the questions of a real form, and what must be read back: worked out here, not by the reader."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from hypothesis import strategies as st

from schemas.aanmelding import (
    Aanmelding,
    Antwoord,
    DatumWaarde,
    IngevuldeRubriek,
    KeuzeWaarde,
    PartnersWaarde,
    Rij,
    Status,
)
from schemas.deling import Vlag
from schemas.formulier import Formulier, Rubriek, Rubriekvorm, Vraag, Vraagsoort
from schemas.namen import Namenlijst
from schemas.tafeldata import Tafeldata

Tags: TypeAlias = dict[str, str | bool]
#: what is read of one question
Gelezen: TypeAlias = tuple[Status, Any]
#: rubriek and row (0 outside rows)
Plek: TypeAlias = tuple[str, int]

VANDAAG = dt.date(2026, 11, 25)
#: letters with and without their mark apart, quotes, dashes, other scripts, what XML escapes, blanks that are no space
_TEKENS = (
    "abcdefgxABCXÀéèëïöüçñßœ’‘“”\"'–—…&<>%€½°§@#*/+=~^|{}$!?;,.0123456789 \u00a0\u2009漢שלוםЖλ😀e\u0301\u00ad\u200b"
)
_ONZICHTBAAR = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u00ad": "", "\u200b": ""})
_SCHEIDT = re.compile(r"[,;\n/&+]|\ben\b|\bof\b", re.IGNORECASE)
_LOSSE_PUNTEN = re.compile(r"[ \u00a0\u2009\u00ad\u200b]+…+")  # at the end of a line they are the line to write on
_WOORDEN = st.text(st.sampled_from(_TEKENS), max_size=24)
_EERSTE, _LAATSTE = dt.date(1930, 1, 1), dt.date(2026, 6, 30)
_WOORDSTATUS = {"onbekend": Status.ONBEKEND, "niet van toepassing": Status.NVT}
_EEN_REGEL = {
    Vraagsoort.EMAIL: st.from_regex(r"[a-z]{3,9}\.proef@example\.org", fullmatch=True),
    Vraagsoort.TELEFOON: st.from_regex(r"\+32 3 555 [0-9]{2} [0-9]{2}", fullmatch=True),
    Vraagsoort.CASUSCODE: st.from_regex(r"[A-Z]{2,4}-2026-[0-9]{3}", fullmatch=True),
}


@dataclass
class Invulling:
    """Answers by tag, those of rows by rubriek and row; what must be read of them, and the flags of each place."""

    antwoorden: Tags = field(default_factory=dict)
    rijen: dict[str, list[Tags]] = field(default_factory=dict)
    verwacht: dict[Plek, dict[str, Gelezen]] = field(default_factory=dict)
    vlaggen: dict[Plek, Vlag] = field(default_factory=dict)

    def by_row(self) -> dict[tuple[str, int], str | bool]:
        """All answers by tag and row, 0 outside rows."""
        rijen = [(0, self.antwoorden), *(paar for lijst in self.rijen.values() for paar in enumerate(lijst))]
        return {(tag, nummer): waarde for nummer, rij in rijen for tag, waarde in rij.items()}


@st.composite
def fill_in(draw: st.DrawFn, data: Tafeldata, formulier: Formulier) -> Invulling:
    """Answers to some questions of a form, at least one of each type, with flags at some."""
    invulling = Invulling()
    namen = Namenlijst(data.tafel)
    verplicht = {draw(st.sampled_from(groep)).id for groep in _group(formulier)}
    for rubriek in formulier.rubrieken:
        vragen = [vraag for vraag in rubriek.vragen if not vraag.ingevuld_door_ons]
        aantal = draw(st.integers(1, rubriek.blanco_rijen)) if rubriek.vorm is Rubriekvorm.RIJEN else 1
        for nummer in range(aantal):
            gekozen = [v for v in vragen if (nummer == 0 and v.id in verplicht) or draw(st.integers(0, 3)) == 3]
            if gekozen:
                plek = (rubriek.id, len(invulling.rijen.get(rubriek.id, [])))
                _fill(draw, invulling, plek, rubriek, gekozen, data, namen)
    return invulling


def _group(formulier: Formulier) -> list[list[Vraag]]:
    soorten: dict[Vraagsoort, list[Vraag]] = {}
    for vraag in formulier.vragen:
        if not vraag.ingevuld_door_ons:
            soorten.setdefault(vraag.soort, []).append(vraag)
    return list(soorten.values())


def _fill(
    draw: st.DrawFn,
    invulling: Invulling,
    plek: Plek,
    rubriek: Rubriek,
    vragen: Sequence[Vraag],
    data: Tafeldata,
    namen: Namenlijst,
) -> None:
    tags: Tags = {}
    gelezen = invulling.verwacht.setdefault(plek, {})
    for vraag in vragen:
        geschreven, gelezen[vraag.id] = draw(_answer(vraag, data, namen))
        tags |= geschreven
    if rubriek.vlaggen:
        geschreven, invulling.vlaggen[plek] = draw(_flag(rubriek, data, namen))
        tags |= geschreven
    if rubriek.vorm is Rubriekvorm.RIJEN:
        invulling.rijen.setdefault(rubriek.id, []).append(tags)
    else:
        invulling.antwoorden |= tags


@st.composite
def _answer(draw: st.DrawFn, vraag: Vraag, data: Tafeldata, namen: Namenlijst) -> tuple[Tags, Gelezen]:
    if vraag.soort is Vraagsoort.MEERKEUZE:
        gekozen = draw(st.sets(st.sampled_from([optie.id for optie in vraag.opties]), min_size=1))
        opties = tuple(optie.id for optie in vraag.opties if optie.id in gekozen)
        return {f"{vraag.id}.{optie}": True for optie in opties}, (Status.INGEVULD, opties)
    if vraag.soort is Vraagsoort.KEUZE:
        optie = draw(st.sampled_from(vraag.opties))
        return {vraag.id: optie.label}, (Status.INGEVULD, (optie.id,))
    if draw(st.integers(0, 7)) == 7:
        woord = draw(st.sampled_from(sorted(_WOORDSTATUS)))
        return {vraag.id: woord}, (_WOORDSTATUS[woord], None)
    if vraag.soort is Vraagsoort.DATUM:
        datum = draw(st.dates(_EERSTE, _LAATSTE))
        return {vraag.id: f"{datum.day}/{datum.month}/{datum.year}"}, (Status.INGEVULD, datum)
    if vraag.soort is Vraagsoort.PARTNERS:
        rollen = draw(st.sets(st.sampled_from(sorted(_list_names(data, namen))), min_size=1, max_size=3))
        tekst = ", ".join(sorted(rollen))
        return {vraag.id: tekst}, (Status.INGEVULD, {_list_names(data, namen)[naam] for naam in rollen})
    tekst = draw(_EEN_REGEL.get(vraag.soort, write_text(regels=3 if vraag.soort is Vraagsoort.LANGE_TEKST else 1)))
    return {vraag.id: tekst}, (Status.INGEVULD, show_text(tekst))


@st.composite
def write_text(draw: st.DrawFn, regels: int) -> str:
    """Lines that begin with a word: what is only filling, a tick or a prompt, is no answer."""
    return _LOSSE_PUNTEN.sub("…", "\n".join(draw(st.lists(_WOORDEN.map("Zin {}".format), min_size=1, max_size=regels))))


def show_text(tekst: str) -> str:
    """The same words without invisible signs: letters composed, one kind of blank, none at the end of a line."""
    zichtbaar = unicodedata.normalize("NFC", tekst.translate(_ONZICHTBAAR))
    return "\n".join(regel.strip() for regel in zichtbaar.split("\n"))


@st.composite
def _flag(draw: st.DrawFn, rubriek: Rubriek, data: Tafeldata, namen: Namenlijst) -> tuple[Tags, Vlag]:
    """Groups, and sometimes names of theirs that it is only for, or names that it is not for."""
    groepen = draw(st.sets(st.sampled_from([groep.id for groep in data.deling.doelgroepen])))
    tags: Tags = {f"{rubriek.id}.deelbaar.{groep}": True for groep in sorted(groepen)}
    rollen = {rol for groep in data.deling.doelgroepen if groep.id in groepen for rol in groep.rollen}
    bekend = {naam: rol for naam, rol in _list_names(data, namen).items() if rol in rollen}
    keuze = draw(st.sampled_from(("", "", "enkel_voor", "niet_voor"))) if bekend else ""
    if not keuze:
        return tags, Vlag(deelbaar_met=frozenset(groepen))
    gekozen = draw(st.sets(st.sampled_from(sorted(bekend)), min_size=1, max_size=2))
    tags[f"{rubriek.id}.{keuze}"] = ", ".join(sorted(gekozen))
    wie = {keuze: frozenset(bekend[naam] for naam in gekozen)}
    return tags, Vlag(deelbaar_met=frozenset(groepen), **wie)


def _list_names(data: Tafeldata, namen: Namenlijst) -> dict[str, str]:
    """Names of roles that nobody else bears and that hold no comma, each with its id."""
    return {
        rol.label: rol.id
        for rol in data.tafel.rollen
        if not _SCHEIDT.search(rol.label) and namen.get_ids(rol.label) == {rol.id}
    }


def list_read(aanmelding: Aanmelding) -> dict[Plek, dict[str, Gelezen]]:
    """What was read, place by place, without the questions that were left open."""
    gelezen: dict[Plek, dict[str, Gelezen]] = {}
    for rubriek in aanmelding.rubrieken:
        for nummer, antwoorden in enumerate(_list_places(rubriek)):
            ingevuld = {a.vraag: show_answer(a) for a in antwoorden if show_answer(a) is not None}
            if ingevuld:
                gelezen[rubriek.id, nummer] = {vraag: paar for vraag, paar in ingevuld.items() if paar is not None}
    return gelezen


def list_flags(aanmelding: Aanmelding, plekken: Mapping[Plek, object]) -> dict[Plek, Vlag]:
    """The flags of these places."""
    gevonden = {
        (rubriek.id, nummer): antwoorden[0].vlag
        for rubriek in aanmelding.rubrieken
        for nummer, antwoorden in enumerate(_list_places(rubriek))
    }
    return {plek: vlag for plek, vlag in gevonden.items() if plek in plekken}


def _list_places(rubriek: IngevuldeRubriek) -> Sequence[tuple[Antwoord, ...]]:
    rijen: tuple[Rij, ...] = rubriek.rijen
    return [rij.antwoorden for rij in rijen] if rijen else [rubriek.antwoorden] if rubriek.antwoorden else []


def show_answer(antwoord: Antwoord) -> Gelezen | None:
    """An answer as `Invulling` expects it; None when there is none."""
    if antwoord.bezwaar:
        return antwoord.status, antwoord.bezwaar
    if antwoord.status in (Status.LEEG, Status.NIET_GEVONDEN):
        return None
    match antwoord.waarde:
        case KeuzeWaarde(opties=opties):
            return antwoord.status, opties
        case DatumWaarde(datum=datum):
            return antwoord.status, datum
        case PartnersWaarde(ids=ids):
            return antwoord.status, set(ids)
        case _:
            return antwoord.status, antwoord.waarde and antwoord.waarde.format()
