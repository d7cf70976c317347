"""What the gates know of a case, taken from its dossier in front of the wall."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from schemas import kern
from schemas.aanmelding import Antwoord, IngevuldeRubriek, Rij
from schemas.dossier import Dossier
from schemas.formulier import Formulier, Vraag, Vraagsoort
from schemas.nazicht import Identiteit, Identiteitsoort, Kennis, Veldkennis
from schemas.tafeldata import Tafeldata

from .lijsten import read_lijst
from .tekens import fold, iterate_woorden
from .woorden import begins_sentence

_HET = frozenset({"kind", "familielid", "gezinslid", "slachtoffer", "kleinkind", "stiefkind", "pleegkind"})
_VRIJ = frozenset({Vraagsoort.TEKST, Vraagsoort.LANGE_TEKST, Vraagsoort.PARTNERS})
_NIET_VRIJ = frozenset({kern.AANMELDER_NAAM, kern.GEMEENTE})
_LETTER, _CIJFER = re.compile(r"[^\W\d_]"), re.compile(r"\d")
_TAFELS = 8  #: a run has one
DE_AANMELDER = "de aanmelder"
EEN_BETROKKENE = "een betrokkene"


def build_kennis(dossier: Dossier, formulier: Formulier, data: Tafeldata) -> Kennis:
    """Everybody on the forms of this case, which answers are free text, and whether the case is anonymous."""
    return make_kennis(dossier.code, dossier.list_rubrieken(), formulier, data)


def make_kennis(code: str, rubrieken: Iterable[IngevuldeRubriek], formulier: Formulier, data: Tafeldata) -> Kennis:
    """The same from rubrieken alone, for a form that has no dossier yet."""
    rubrieken = tuple(rubrieken)
    antwoorden = [antwoord for rubriek in rubrieken for antwoord in _list_antwoorden(rubriek)]
    anoniem = any(a.vraag == kern.ANONIEM and a.has_optie(kern.ANONIEM_JA) for a in antwoorden)
    gevraagd = anoniem or any(document.anoniem for document in data.documenten)
    plaatsen = frozenset(fold(gemeente) for gemeente in data.tafel.gemeenten) if gevraagd else frozenset()
    return Kennis(
        casuscode=code,
        anoniem=anoniem,
        identiteiten=tuple(dict.fromkeys(_iterate_identiteiten(rubrieken, formulier))),
        velden=tuple(dict.fromkeys(_iterate_velden(rubrieken, formulier))),
        woorden=_list_tafelwoorden(data, plaatsen) if gevraagd else frozenset(),
        plaatsen=plaatsen,
    )


def is_vrij(vraag: Vraag) -> bool:
    """Whether people type what they like at this question, and it does not ask for a person."""
    return vraag.soort in _VRIJ and not vraag.identificerend and vraag.id not in _NIET_VRIJ


def _list_antwoorden(rubriek: IngevuldeRubriek) -> list[Antwoord]:
    return [*rubriek.antwoorden, *(antwoord for rij in rubriek.rijen for antwoord in rij.antwoorden)]


def _iterate_velden(rubrieken: Iterable[IngevuldeRubriek], formulier: Formulier) -> Iterator[Veldkennis]:
    for rubriek in rubrieken:
        for antwoord in _list_antwoorden(rubriek):
            vraag = formulier.get_vraag(antwoord.vraag)
            vrij = vraag is None or is_vrij(vraag)
            yield Veldkennis(rubriek=rubriek.titel, label=antwoord.label, vraag=antwoord.vraag, vrij=vrij)


def _iterate_identiteiten(rubrieken: Iterable[IngevuldeRubriek], formulier: Formulier) -> Iterator[Identiteit]:
    for rubriek in rubrieken:
        for rij, rolwoord in _name_rijen(rubriek.rijen):
            yield from _read_identiteiten(rij.antwoorden, rolwoord, formulier)
        yield from _read_identiteiten(rubriek.antwoorden, EEN_BETROKKENE, formulier)


def _read_identiteiten(antwoorden: Iterable[Antwoord], rolwoord: str, formulier: Formulier) -> Iterator[Identiteit]:
    for antwoord in antwoorden:
        vraag = formulier.get_vraag(antwoord.vraag)
        wie = DE_AANMELDER if antwoord.vraag == kern.AANMELDER_NAAM else rolwoord
        wijst_aan = vraag is not None and (vraag.identificerend or vraag.id in (kern.NAAM, kern.AANMELDER_NAAM))
        if wijst_aan and antwoord.waarde is not None:
            waarde, datum = antwoord.format(), antwoord.get_datum()
            yield Identiteit(rolwoord=wie, soort=_classify(antwoord, waarde), waarde=waarde, datum=datum)


def _classify(antwoord: Antwoord, waarde: str) -> Identiteitsoort:
    if antwoord.get_datum() is not None:
        return Identiteitsoort.DATUM
    if "@" in waarde:
        return Identiteitsoort.MAIL
    if antwoord.vraag in (kern.NAAM, kern.AANMELDER_NAAM) or not _CIJFER.search(waarde):
        return Identiteitsoort.NAAM
    return Identiteitsoort.ADRES if _LETTER.search(waarde) else Identiteitsoort.NUMMER


def _name_rijen(rijen: Iterable[Rij]) -> Iterator[tuple[Rij, str]]:
    """Each person with a word for his role: "de moeder" when that says enough, else "kind 2"."""
    rijen = tuple(rijen)
    stammen = [_get_stam(rij) for rij in rijen]
    aantallen, geteld = Counter(stammen), Counter[str]()
    for rij, stam in zip(rijen, stammen, strict=True):
        geteld[stam] += 1
        lidwoord = "het" if stam.split(" ")[0] in _HET else "de"
        yield rij, f"{stam} {geteld[stam]}" if aantallen[stam] > 1 else f"{lidwoord} {stam}"


def _get_stam(rij: Rij) -> str:
    relatie = rij.get_tekst("relatie").strip().lower()
    if relatie in read_lijst("familiewoorden"):
        return relatie
    rol = rij.get_tekst(kern.ROL.split(".")[1]).lower().split(" van ")[0]
    return rol or "betrokkene"


@lru_cache(_TAFELS)
def _list_tafelwoorden(data: Tafeldata, plaatsen: frozenset[str]) -> frozenset[str]:
    return frozenset(_iterate_tafelwoorden(data, plaatsen))


def _iterate_tafelwoorden(data: Tafeldata, plaatsen: frozenset[str]) -> Iterator[str]:
    """Words of the table's own forms and documents; with a capital only those that have one within a sentence."""
    for tekst in _iterate_teksten(data.model_dump(mode="json", exclude={"tafel": {"gemeenten"}})):
        vorige = None
        for woord in iterate_woorden(tekst):
            if woord.sleutel not in plaatsen:
                if not woord.is_hoofdletter or begins_sentence(tekst, vorige, woord):
                    yield woord.tekst.lower()
                else:
                    yield woord.tekst
            vorige = woord


def _iterate_teksten(waarde: object) -> Iterator[str]:
    if isinstance(waarde, str):
        yield waarde
    elif isinstance(waarde, dict):
        for deel in waarde.values():
            yield from _iterate_teksten(deel)
    elif isinstance(waarde, list):
        for deel in waarde:
            yield from _iterate_teksten(deel)
