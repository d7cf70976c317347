"""Checks of what a table counts: known names, and the rules without which a small number could be worked out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from schemas import kern
from schemas.cijfers import Bloksoort, Cijferblok
from schemas.deling import Feit
from schemas.documentsoort import Aanleiding
from schemas.formulier import Vraagsoort
from schemas.fouttekst import find_doubles, find_unknown
from schemas.tafel import Rolsoort
from schemas.tafeldata import Tafeldata

_CIJFERS = "tafel.toml, cijfers"
_GESLOTEN = (Vraagsoort.KEUZE, Vraagsoort.MEERKEUZE)
#: Who may read figures: who belongs to no case, or to all of them.
_LEZERS = (Rolsoort.COORDINATOR, Rolsoort.TRIAGE, Rolsoort.VAST)


def check_cijfers(data: Tafeldata) -> Iterator[str]:
    """Faults of the figures and of the documents that print them."""
    cijfers = data.tafel.cijfers
    documenten = [document for document in data.documenten if document.aanleiding is Aanleiding.TAFEL]
    if documenten and cijfers is None:
        waar = f'documenten.toml, document "{documenten[0].id}"'
        yield f"{waar}: tafel.toml zegt onder [cijfers] niet wat er geteld wordt."
    for document in documenten:
        yield from _check_lezers(data, document.id, document.rollen)
    if cijfers is None:
        return
    if not documenten:
        yield f'{_CIJFERS}: geen enkel document heeft aanleiding "tafel"; zo leest niemand deze cijfers.'
    yield from find_doubles(_CIJFERS, "de titel", (blok.titel for blok in cijfers.blokken))
    for nummer, blok in enumerate(cijfers.blokken, start=1):
        yield from _check_blok(data, blok, f"{_CIJFERS}, blok nr. {nummer}")
    yield from _check_samenhang(data, cijfers.blokken)


def _check_lezers(data: Tafeldata, document_id: str, rollen: tuple[str, ...]) -> Iterator[str]:
    for rol_id in rollen:
        rol = data.tafel.get_rol(rol_id)
        waar = f'documenten.toml, document "{document_id}"'
        if rol is not None and rol.soort not in _LEZERS:
            yield f'{waar}: de rol "{rol_id}" hoort bij één casus en krijgt geen cijfers over alle casussen.'
        if not data.deling.is_released(Feit.CIJFERS, document_id, frozenset({rol_id})):
            yield f'{waar}: deling.toml geeft het feit "{Feit.CIJFERS}" niet vrij aan de rol "{rol_id}".'


def _check_blok(data: Tafeldata, blok: Cijferblok, waar: str) -> Iterator[str]:
    if (blok.vraag is not None) != (blok.soort is Bloksoort.VRAAG):
        yield f'{waar}: de sleutel vraag hoort bij soort "vraag", en alleen daarbij.'
        return
    vraag = data.get_aanmeldformulier().get_vraag(blok.vraag or "")
    if blok.soort is Bloksoort.VRAAG and (vraag is None or vraag.soort not in _GESLOTEN):
        yield f'{waar}: "{blok.vraag}" is geen vraag met vaste antwoorden van het aanmeldformulier.'
        return
    bekend, wat = {
        Bloksoort.FASE: ([fase.id for fase in data.tafel.fasen], "de fase"),
        Bloksoort.ROL: (list(data.tafel.get_rollen_of_soort(*_PARTNERS)), "de rol van een organisatie"),
        Bloksoort.CRITERIUM: ([criterium.id for criterium in data.criteria], "het criterium"),
        Bloksoort.VRAAG: ([optie.id for optie in vraag.opties] if vraag else [], "het antwoord"),
    }[blok.soort]
    yield from find_unknown(f"{waar}, sleutel telt", wat, blok.telt, bekend)
    yield from find_doubles(f"{waar}, sleutel telt", wat, blok.telt)
    if blok.soort is not Bloksoort.CRITERIUM and set(bekend) <= set(blok.telt):
        yield (
            f"{waar}: laat er minstens één weg. Staat alles erin, dan is een verzwegen getal uit de andere getallen af "
            "te leiden."
        )


_PARTNERS = (Rolsoort.TRIAGE, Rolsoort.VAST, Rolsoort.AD_HOC)


def _check_samenhang(data: Tafeldata, blokken: tuple[Cijferblok, ...]) -> Iterator[str]:
    """No answer is counted twice: two figures that hang together tell more than each of them."""
    gelezen = Counter(vraag for blok in blokken for vraag in _list_gelezen(data, blok))
    for vraag, aantal in gelezen.items():
        if aantal > 1:
            yield (
                f'{_CIJFERS}: de vraag "{vraag}" telt op {aantal} manieren mee, zelf of in een criterium. Kies er één: '
                "samen vertellen ze meer dan elk apart."
            )
    if sum(blok.soort is Bloksoort.FASE for blok in blokken) > 1:
        yield f"{_CIJFERS}: de fasen worden twee keer geteld; zet ze in één blok."


def _list_gelezen(data: Tafeldata, blok: Cijferblok) -> Iterator[str]:
    """Every question on which the figures of this block depend."""
    if blok.soort is Bloksoort.VRAAG:
        yield blok.vraag or ""
    elif blok.soort is Bloksoort.ROL:
        yield kern.AANMELDER_ORGANISATIE
    elif blok.soort is Bloksoort.CRITERIUM:
        for criterium in data.criteria:
            if criterium.id in blok.telt:
                yield from set(criterium.toets.get_vragen())
