"""Checks that the files of one table agree with each other: what one names, another must know."""

from __future__ import annotations

from collections.abc import Iterator

from schemas import kern
from schemas.afschermcontrole import check_afschermingen
from schemas.anoniemcontrole import check_anoniem
from schemas.cijfercontrole import check_cijfers
from schemas.criteriumcontrole import check_criteria
from schemas.deelcontrole import check_deelregels, check_doelgroepen, check_vrijgaven
from schemas.documentcontrole import check_documenten, check_markering
from schemas.formulier import Formuliersoort
from schemas.formuliercontrole import check_formulieren, check_opties
from schemas.fouttekst import find_ambiguous, find_doubles, find_unknown
from schemas.loopcontrole import check_besluiten, check_dossierrollen, check_meldingen, check_termijnen
from schemas.reekscontrole import check_reeks
from schemas.tafel import Overlegsoort, Rol, Rolsoort, Tafel
from schemas.tafeldata import Tafeldata
from schemas.termijn import Kalenderregel

_TAFEL = "tafel.toml"


def check_tafeldata(data: Tafeldata, tafel_id: str) -> tuple[str, ...]:
    """All faults of a table that loaded: each a sentence that begins with the name of its file."""
    fouten = list(_check_tafel(data.tafel, tafel_id))
    if not data.tafel.ingeschakeld:
        return tuple(fouten)
    for controle in (
        _check_rollen,
        _check_overleggen,
        check_besluiten,
        check_meldingen,
        check_dossierrollen,
        check_termijnen,
        check_reeks,
        check_formulieren,
        check_criteria,
        check_documenten,
        check_doelgroepen,
        check_deelregels,
        check_vrijgaven,
        check_afschermingen,
        check_anoniem,
        check_cijfers,
    ):
        fouten.extend(controle(data))
    return tuple(fouten)


def _check_tafel(tafel: Tafel, tafel_id: str) -> Iterator[str]:
    if tafel.id != tafel_id:
        yield f'{_TAFEL}, sleutel id: hier staat "{tafel.id}", maar de map heet "{tafel_id}".'
    yield from check_markering(tafel.markering, _TAFEL)
    yield from find_doubles(f"{_TAFEL}, sleutel gemeenten", "de gemeente", tafel.gemeenten)
    if not tafel.ingeschakeld:
        if not tafel.reden_uitgeschakeld:
            yield f"{_TAFEL}: de tafel is uitgeschakeld; zeg bij reden_uitgeschakeld waarom."
        return
    for sleutel, lijst in (("rollen", tafel.rollen), ("fasen", tafel.fasen), ("overleggen", tafel.overleggen)):
        if not lijst:
            yield f'{_TAFEL}: de sleutel "{sleutel}" ontbreekt; enkel een uitgeschakelde tafel mag zonder.'
    yield from find_unknown(f"{_TAFEL}, sleutel beginfase", "de fase", [tafel.beginfase], (f.id for f in tafel.fasen))
    heraangemeld = [tafel.fase_heraangemeld] if tafel.fase_heraangemeld else []
    waar = f"{_TAFEL}, sleutel fase_heraangemeld"
    yield from find_unknown(waar, "de fase", heraangemeld, (f.id for f in tafel.fasen))
    yield from find_doubles(_TAFEL, "de fase", (fase.id for fase in tafel.fasen))
    yield from find_doubles(_TAFEL, "het overleg", (overleg.id for overleg in tafel.overleggen))


def _check_rollen(data: Tafeldata) -> Iterator[str]:
    rollen = data.tafel.rollen
    yield from find_doubles(_TAFEL, "de rol", (rol.id for rol in rollen))
    namen = ((naam, rol.id) for rol in rollen for naam in (rol.id, rol.label, *rol.aliassen))
    yield from find_ambiguous(f"{_TAFEL}, rollen", "rol", namen)
    for soort in (Rolsoort.COORDINATOR, Rolsoort.AANMELDER):
        if len(data.tafel.get_rollen_of_soort(soort)) != 1:
            yield f'{_TAFEL}, rollen: er moet precies één rol van soort "{soort}" zijn.'
    for rol in rollen:
        yield from _check_betrokkene(data, rol, f'{_TAFEL}, rol "{rol.id}"')
    if any(rol.volgens_woonplaats for rol in rollen) and not data.tafel.gemeenten:
        yield f"{_TAFEL}: een rol met volgens_woonplaats vraagt een lijst bij gemeenten."


def _check_betrokkene(data: Tafeldata, rol: Rol, waar: str) -> Iterator[str]:
    """A role that stands for people on the form: for options and questions that the form has."""
    if rol.staat_voor and rol.soort is not Rolsoort.BETROKKENE:
        yield f'{waar}: de sleutel staat_voor hoort enkel bij soort "betrokkene".'
    if not rol.staat_voor and (rol.als is not None or rol.ouder_dan is not None):
        yield f"{waar}: de sleutels ouder_dan en als horen bij staat_voor, en alleen daarbij."
    formulier = next((f for f in data.formulieren if f.soort is Formuliersoort.AANMELDING), None)
    if formulier is None:
        return
    if rol.staat_voor:
        yield from check_opties(formulier, kern.ROL, rol.staat_voor, f"{waar}, sleutel staat_voor")
    if rol.als is not None:
        yield from check_opties(formulier, rol.als.vraag, rol.als.is_een_van, f"{waar}, sleutel als")
        if rol.als.vraag.split(".")[0] != kern.ROL.split(".")[0]:
            yield f'{waar}, sleutel als: de vraag "{rol.als.vraag}" staat niet bij de betrokkenen.'


def _check_overleggen(data: Tafeldata) -> Iterator[str]:
    for overleg in data.tafel.overleggen:
        waar = f'{_TAFEL}, overleg "{overleg.id}"'
        fasen = (*overleg.nieuw_uit, *overleg.terugkom_uit)
        yield from find_unknown(waar, "de fase", fasen, (fase.id for fase in data.tafel.fasen))
        yield from find_doubles(waar, "de fase", fasen)
        yield from _check_besluitformulier(data, overleg, waar)
        if overleg.kalender.is_op_afspraak:
            yield from _check_op_afspraak(data, overleg, waar)
            continue
        zuiver = Kalenderregel(regel=overleg.kalender.regel)
        for van, _ in overleg.kalender.uitzonderingen:
            if zuiver.next_date(van) != van:
                yield f"{waar}, uitzonderingen: {van} is volgens de kalender geen dag van dit overleg."


def _check_op_afspraak(data: Tafeldata, overleg: Overlegsoort, waar: str) -> Iterator[str]:
    """An overleg without fixed days: nothing to move, and a form on which somebody says which day it is."""
    if overleg.kalender.uitzonderingen:
        yield f"{waar}: uitzonderingen horen bij een kalender met vaste dagen."
    vragen = {vraag.id for formulier in data.formulieren for vraag in formulier.vragen}
    tafel = data.tafel
    besluit = kern.PUNT_OVERLEG_OP in vragen and any(b.plant_overleg == overleg.id for b in tafel.besluiten)
    melding = kern.MELDING_OVERLEG_OP in vragen and any(m.plant_overleg == overleg.id for m in tafel.meldingen)
    if not besluit and not melding:
        yield (
            f"{waar}: dit overleg is op afspraak, maar nergens kan een dag afgesproken worden. Zet plant_overleg bij "
            f'een besluit of melding, en "{kern.PUNT_OVERLEG_OP}" of "{kern.MELDING_OVERLEG_OP}" op het formulier.'
        )


def _check_besluitformulier(data: Tafeldata, overleg: Overlegsoort, waar: str) -> Iterator[str]:
    if overleg.besluitformulier is None:
        return
    bekend = [f.id for f in data.formulieren if f.soort is Formuliersoort.BESLUIT]
    yield from find_unknown(waar, "het besluitformulier", [overleg.besluitformulier], bekend)
