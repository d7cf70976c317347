"""Checks of anonymous documents: who may read of a case only so, and whether the data says how to call people."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from schemas import kern
from schemas.deling import Feit
from schemas.documentsoort import Documentsoort
from schemas.formulier import Formuliersoort, Optie, Vraag, Vraagsoort
from schemas.tafel import Identiteit, Rol, Rolsoort
from schemas.tafeldata import Tafeldata

_TAFEL, _DELING, _DOCUMENTEN = "tafel.toml", "deling.toml", "documenten.toml"
#: What tells by itself who or where somebody is.
_HERLEIDBAAR = (Feit.IDENTITEIT, Feit.ROUTERING)
_BETROKKENEN = kern.ROL.split(".")[0]


def check_anoniem(data: Tafeldata) -> Iterator[str]:
    """Faults of documents that are to be anonymous and are not, and of what anonymous documents are made with."""
    for document in data.documenten:
        waar = f'{_DOCUMENTEN}, document "{document.id}"'
        yield from _check_lezers(data, document, waar)
        if document.anoniem:
            yield from _check_woonplaats(data, document, waar)
            yield from _check_familie(data, document, waar)
            yield from _check_personen(data, document, waar)
        elif document.organisaties is not None:
            yield f"{waar}: de sleutel organisaties hoort enkel bij een anoniem document; zet anoniem = true."
    yield from _check_vrijgaven(data)
    yield from _check_groepen(data)
    yield from _check_rolwoorden(data)


def _check_lezers(data: Tafeldata, document: Documentsoort, waar: str) -> Iterator[str]:
    """A document by name only for who may know the identity."""
    if document.anoniem:
        return
    for rol_id in document.rollen:
        rol = data.tafel.get_rol(rol_id)
        if rol is not None and rol.enkel_anoniem:
            yield (
                f'{waar}: de rol "{rol_id}" krijgt enkel anonieme documenten (enkel_anoniem in {_TAFEL}). '
                "Bedoelde u anoniem = true?"
            )
        elif rol is not None and not _may_know(data, rol):
            yield (
                f"{waar}: enkel het secretariaat kent de identiteit (identiteit in {_TAFEL}), maar ook de rol "
                f'"{rol_id}" krijgt dit document. Bedoelde u anoniem = true?'
            )


def _may_know(data: Tafeldata, rol: Rol) -> bool:
    ingewijd = (Rolsoort.COORDINATOR, Rolsoort.AANMELDER)
    return data.tafel.identiteit is Identiteit.TAFEL or rol.soort in ingewijd


def _check_woonplaats(data: Tafeldata, document: Documentsoort, waar: str) -> Iterator[str]:
    for rol in data.tafel.rollen:
        if rol.volgens_woonplaats and rol.id in document.rollen:
            yield (
                f'{waar}: de rol "{rol.id}" krijgt enkel casussen uit de eigen gemeenten (volgens_woonplaats), en '
                "weet dus bij een anoniem document waar de cliënt woont. Laat die rol weg."
            )


def _check_familie(data: Tafeldata, document: Documentsoort, waar: str) -> Iterator[str]:
    """Somebody of the case itself is no reader of an anonymous document: his copy would be addressed to him."""
    for rol in data.tafel.rollen:
        if rol.staat_voor and rol.id in document.rollen:
            yield (
                f'{waar}: de rol "{rol.id}" staat voor mensen uit de casus zelf (staat_voor); hun exemplaar draagt hun '
                "naam. Laat die rol weg bij een anoniem document."
            )


def _check_personen(data: Tafeldata, document: Documentsoort, waar: str) -> Iterator[str]:
    """Of a document that holds the betrokkenen: a word for each role, and bands for their ages."""
    regel = data.deling.get_deelregel(document.id)
    if regel is None or _BETROKKENEN not in regel.rubrieken:
        return
    if kern.GEBOORTEDATUM not in regel.zonder_vragen and not data.tafel.leeftijdsgroepen:
        yield (
            f"{waar}: een anoniem document noemt geen geboortedatum maar een leeftijdsgroep. Zet ze bij "
            f'leeftijdsgroepen in {_TAFEL}, of zet "{kern.GEBOORTEDATUM}" bij zonder_vragen in {_DELING}.'
        )
    for bestand, optie in _list_rollen(data):
        if not optie.rolwoord:
            yield (
                f'{bestand}, optie "{optie.id}": de sleutel rolwoord ontbreekt; zo heet deze persoon in het anonieme '
                f'document "{document.id}": “de moeder”.'
            )


def _list_rollen(data: Tafeldata) -> Iterator[tuple[str, Optie]]:
    for formulier in data.formulieren:
        vraag = formulier.get_vraag(kern.ROL) if formulier.soort is Formuliersoort.AANMELDING else None
        for optie in vraag.opties if vraag else ():
            yield f'formulieren/{formulier.id}.toml, vraag "{kern.ROL}"', optie


def _check_vrijgaven(data: Tafeldata) -> Iterator[str]:
    for nummer, vrijgave in enumerate(data.deling.vrijgaven, start=1):
        waar = f'{_DELING}, vrijgave nr. {nummer} ("{vrijgave.feit}")'
        if vrijgave.feit is Feit.IDENTITEIT and data.tafel.identiteit is Identiteit.SECRETARIAAT:
            yield f"{waar}: enkel het secretariaat kent de identiteit (identiteit in {_TAFEL}); ze kan niet vrijkomen."
        elif vrijgave.feit in _HERLEIDBAAR:
            for document in data.documenten:
                if document.anoniem and document.id in vrijgave.documenten:
                    yield f'{waar}: het document "{document.id}" is anoniem en kan dit niet bevatten; laat het weg.'


def _check_groepen(data: Tafeldata) -> Iterator[str]:
    waar = f"{_TAFEL}, sleutel leeftijdsgroepen"
    for vorige, volgende in pairwise(data.tafel.leeftijdsgroepen):
        if vorige.jonger_dan is None:
            yield f'{waar}: na de groep "{vorige.label}", zonder jonger_dan, kan geen groep meer komen.'
        elif volgende.jonger_dan is not None and volgende.jonger_dan <= vorige.jonger_dan:
            yield f'{waar}: zet de jongste eerst; "{volgende.label}" begint hier pas na haar einde.'
    groepen = data.tafel.leeftijdsgroepen
    if groepen and groepen[-1].jonger_dan is not None:
        yield f'{waar}: laat bij de laatste groep ("{groepen[-1].label}") jonger_dan weg; ook wie ouder is, telt mee.'


def _check_rolwoorden(data: Tafeldata) -> Iterator[str]:
    for formulier in data.formulieren:
        for vraag in formulier.vragen:
            if vraag.id != kern.ROL and any(optie.rolwoord for optie in vraag.opties):
                yield f'{_noem(formulier.id, vraag)}: de sleutel rolwoord hoort enkel bij de vraag "{kern.ROL}".'
            if vraag.id == kern.UITGEREKEND and vraag.soort is not Vraagsoort.DATUM:
                yield f'{_noem(formulier.id, vraag)}: de soort moet "datum" zijn, niet "{vraag.soort}".'


def _noem(formulier: str, vraag: Vraag) -> str:
    return f'formulieren/{formulier}.toml, vraag "{vraag.id}"'
