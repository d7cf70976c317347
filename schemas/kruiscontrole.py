"""Checks that the files of one table agree with each other: what one names, another must know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.documentsoort import Aanleiding, Documentsoort, Moment, Per
from schemas.formulier import Formuliersoort
from schemas.formuliercontrole import check_criteria, check_formulieren
from schemas.fouttekst import find_ambiguous, find_doubles, find_unknown
from schemas.tafel import Anker, Besluit, Overlegsoort, Rolsoort, Tafel, Termijn
from schemas.tafeldata import Tafeldata
from schemas.termijn import Kalenderregel

_TAFEL, _DELING, _DOCUMENTEN = "tafel.toml", "deling.toml", "documenten.toml"
#: Anchors that nothing but a decision can set.
_VAN_BESLUITEN = (Anker.BESPROKEN, Anker.PASSIEF)
_ACCOLADE = re.compile(r"\{([^}]*)\}")


def check_tafeldata(data: Tafeldata, tafel_id: str) -> tuple[str, ...]:
    """All faults of a table that loaded: each a sentence that begins with the name of its file."""
    fouten = list(_check_tafel(data.tafel, tafel_id))
    if not data.tafel.ingeschakeld:
        return tuple(fouten)
    for controle in (
        _check_rollen,
        _check_overleggen,
        _check_besluiten,
        _check_termijnen,
        check_formulieren,
        check_criteria,
        _check_documenten,
        _check_doelgroepen,
        _check_deelregels,
        _check_vrijgaven,
    ):
        fouten.extend(controle(data))
    return tuple(fouten)


def _check_tafel(tafel: Tafel, tafel_id: str) -> Iterator[str]:
    if tafel.id != tafel_id:
        yield f'{_TAFEL}, sleutel id: hier staat "{tafel.id}", maar de map heet "{tafel_id}".'
    plaatsen = _ACCOLADE.findall(tafel.markering)
    yield from find_unknown(f"{_TAFEL}, sleutel markering", "de plaats", plaatsen, ["grondslag"])
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
    yield from find_doubles(_TAFEL, "het besluit", (besluit.id for besluit in tafel.besluiten))
    yield from find_doubles(_TAFEL, "de termijn", (termijn.id for termijn in tafel.termijnen))


def _check_rollen(data: Tafeldata) -> Iterator[str]:
    rollen = data.tafel.rollen
    yield from find_doubles(_TAFEL, "de rol", (rol.id for rol in rollen))
    namen = ((naam, rol.id) for rol in rollen for naam in (rol.id, rol.label, *rol.aliassen))
    yield from find_ambiguous(f"{_TAFEL}, rollen", "rol", namen)
    for soort in (Rolsoort.COORDINATOR, Rolsoort.AANMELDER):
        if len(data.tafel.get_rollen_of_soort(soort)) != 1:
            yield f'{_TAFEL}, rollen: er moet precies één rol van soort "{soort}" zijn.'
    if any(rol.volgens_woonplaats for rol in rollen) and not data.tafel.gemeenten:
        yield f"{_TAFEL}: een rol met volgens_woonplaats vraagt een lijst bij gemeenten."


def _check_overleggen(data: Tafeldata) -> Iterator[str]:
    for overleg in data.tafel.overleggen:
        waar = f'{_TAFEL}, overleg "{overleg.id}"'
        fasen = (*overleg.nieuw_uit, *overleg.terugkom_uit)
        yield from find_unknown(waar, "de fase", fasen, (fase.id for fase in data.tafel.fasen))
        yield from find_doubles(waar, "de fase", fasen)
        yield from _check_besluitformulier(data, overleg, waar)
        zuiver = Kalenderregel(regel=overleg.kalender.regel)
        for van, _ in overleg.kalender.uitzonderingen:
            if zuiver.next_date(van) != van:
                yield f"{waar}, uitzonderingen: {van} is volgens de kalender geen dag van dit overleg."


def _check_besluitformulier(data: Tafeldata, overleg: Overlegsoort, waar: str) -> Iterator[str]:
    if overleg.besluitformulier is None:
        return
    bekend = [f.id for f in data.formulieren if f.soort is Formuliersoort.BESLUIT]
    yield from find_unknown(waar, "het besluitformulier", [overleg.besluitformulier], bekend)


def _check_besluiten(data: Tafeldata) -> Iterator[str]:
    tafel = data.tafel
    fasen = [fase.id for fase in tafel.fasen]
    overleggen = [overleg.id for overleg in tafel.overleggen]
    for besluit in tafel.besluiten:
        waar = f'{_TAFEL}, besluit "{besluit.id}"'
        gepland = [besluit.plant_overleg] if besluit.plant_overleg else []
        yield from find_unknown(waar, "het overleg", [besluit.overleg, *gepland], overleggen)
        yield from find_unknown(waar, "de fase", [besluit.naar_fase, *besluit.van], fasen)
        if not besluit.brieftekst:
            for document in data.list_besluitbrieven(besluit.id):
                yield f'{waar}: de brieftekst ontbreekt, en het document "{document.id}" vertelt over dit besluit.'
        yield from _check_van(tafel, besluit, waar)
        yield from _check_plan(tafel, besluit, waar)


def _check_van(tafel: Tafel, besluit: Besluit, waar: str) -> Iterator[str]:
    overleg = tafel.get_overleg(besluit.overleg)
    if overleg is None:
        return
    agenda = (*overleg.nieuw_uit, *overleg.terugkom_uit)
    for fase in besluit.van:
        if tafel.get_fase(fase) and fase not in agenda:
            yield (
                f'{waar}, sleutel van: het overleg "{overleg.id}" neemt geen dossiers uit de fase "{fase}", '
                "zodat dit besluit van daaruit nooit genomen kan worden."
            )


def _check_termijnen(data: Tafeldata) -> Iterator[str]:
    tafel = data.tafel
    gezet = {anker for besluit in tafel.besluiten for anker in besluit.zet}
    for termijn in tafel.termijnen:
        waar = f'{_TAFEL}, termijn "{termijn.id}"'
        overleg = [termijn.overleg] if termijn.overleg else []
        yield from find_unknown(waar, "het overleg", overleg, (o.id for o in tafel.overleggen))
        yield from find_unknown(waar, "de fase", termijn.fasen, (fase.id for fase in tafel.fasen))
        if not termijn.maanden and not termijn.dagen:
            yield f"{waar}: vul maanden of dagen in; zonder een van beide is er geen termijn."
        yield from _check_agendeert(tafel, termijn, waar)
        for anker in termijn.ankers:
            if anker in _VAN_BESLUITEN and anker not in gezet:
                yield f'{waar}: geen enkel besluit zet het anker "{anker}", zodat deze termijn nooit begint.'


def _check_agendeert(tafel: Tafel, termijn: Termijn, waar: str) -> Iterator[str]:
    if not termijn.agendeert:
        return
    if termijn.overleg is None:
        yield f"{waar}: agendeert vraagt een overleg."
        return
    overleg = tafel.get_overleg(termijn.overleg)
    for fase in termijn.fasen:
        if overleg and fase not in (*overleg.nieuw_uit, *overleg.terugkom_uit):
            yield (
                f'{waar}: het overleg "{overleg.id}" neemt geen dossiers uit de fase "{fase}", '
                "zodat deze termijn ze er niet op de agenda kan zetten."
            )


def _check_plan(tafel: Tafel, besluit: Besluit, waar: str) -> Iterator[str]:
    overleg = tafel.get_overleg(besluit.plant_overleg or "")
    if overleg and besluit.naar_fase not in (*overleg.nieuw_uit, *overleg.terugkom_uit):
        yield (
            f'{waar}: het overleg "{overleg.id}" neemt geen dossiers uit de fase "{besluit.naar_fase}", '
            "zodat deze casus er nooit op de agenda komt."
        )


def _check_documenten(data: Tafeldata) -> Iterator[str]:
    yield from find_doubles(_DOCUMENTEN, "het document", (document.id for document in data.documenten))
    yield from find_doubles(_DOCUMENTEN, "de afkorting", (document.afkorting for document in data.documenten))
    aanmelding = [f.id for f in data.formulieren if f.soort is Formuliersoort.AANMELDING]
    for document in data.documenten:
        waar = f'{_DOCUMENTEN}, document "{document.id}"'
        yield from find_unknown(waar, "de rol", document.rollen, (rol.id for rol in data.tafel.rollen))
        formulier = [document.formulier] if document.formulier else []
        yield from find_unknown(waar, "het formulier", formulier, aanmelding)
        overleg = [document.overleg] if document.overleg else []
        yield from find_unknown(waar, "het overleg", overleg, (o.id for o in data.tafel.overleggen))
        yield from find_unknown(waar, "het besluit", document.besluiten, (b.id for b in data.tafel.besluiten))
        yield from _check_aanleiding(document, waar)


def _check_aanleiding(document: Documentsoort, waar: str) -> Iterator[str]:
    voor_overleg = document.aanleiding is Aanleiding.OVERLEG
    if voor_overleg != (document.overleg is not None):
        yield f"{waar}: de sleutel overleg hoort bij aanleiding overleg, en alleen daarbij."
    if voor_overleg != (document.moment in (Moment.VOORBEREIDING, Moment.VERSLAG)):
        yield f"{waar}: de momenten voorbereiding en verslag horen bij aanleiding overleg, en alleen daarbij."
    if document.besluiten and document.moment is not Moment.BESLUIT:
        yield f"{waar}: de sleutel besluiten hoort enkel bij het moment besluit."
    if document.per is Per.CASUS and not voor_overleg:
        yield f'{waar}: per "casus" hoort enkel bij aanleiding overleg; een brief gaat altijd over één casus.'


def _check_doelgroepen(data: Tafeldata) -> Iterator[str]:
    groepen = data.deling.doelgroepen
    if not groepen:
        yield f'{_DELING}: de sleutel "doelgroepen" ontbreekt; zonder doelgroep kan niets gedeeld worden.'
    yield from find_doubles(_DELING, "de doelgroep", (groep.id for groep in groepen))
    namen = ((naam, groep.id) for groep in groepen for naam in (groep.id, groep.label, *groep.aliassen))
    yield from find_ambiguous(f"{_DELING}, doelgroepen", "doelgroep", namen)
    for groep in groepen:
        waar = f'{_DELING}, doelgroep "{groep.id}"'
        yield from find_unknown(waar, "de rol", groep.rollen, (rol.id for rol in data.tafel.rollen))


def _check_deelregels(data: Tafeldata) -> Iterator[str]:
    regels = data.deling.deelregels
    yield from find_doubles(f"{_DELING}, deelregels", "het document", (regel.document for regel in regels))
    rubrieken = [rubriek for f in data.formulieren if f.soort is Formuliersoort.AANMELDING for rubriek in f.rubrieken]
    if not rubrieken:
        return
    deelbaar = [rubriek.id for rubriek in rubrieken if rubriek.vlaggen]
    for regel in regels:
        waar = f'{_DELING}, deelregel van "{regel.document}"'
        yield from find_unknown(waar, "het document", [regel.document], (d.id for d in data.documenten))
        yield from find_unknown(waar, "de doelgroep", regel.doelgroepen, (d.id for d in data.deling.doelgroepen))
        yield from find_unknown(waar, "de deelbare rubriek", regel.rubrieken, deelbaar)
        vragen = (vraag.id for rubriek in rubrieken if rubriek.id in regel.rubrieken for vraag in rubriek.vragen)
        yield from find_unknown(waar, "de vraag", regel.zonder_vragen, vragen)
        yield from _check_lezers(data, regel.document, regel.doelgroepen, waar)
    gebruikt = {rubriek for regel in regels for rubriek in regel.rubrieken}
    for rubriek_id in deelbaar:
        if rubriek_id not in gebruikt:
            yield (
                f'{_DELING}: de rubriek "{rubriek_id}" vraagt "deelbaar met", maar staat in geen enkele deelregel '
                "en zou dus nooit gedeeld worden."
            )


def _check_lezers(data: Tafeldata, document_id: str, doelgroepen: tuple[str, ...], waar: str) -> Iterator[str]:
    document = data.get_document(document_id)
    if document is None:
        return
    for groep in data.deling.doelgroepen:
        if groep.id in doelgroepen and not set(groep.rollen) & set(document.rollen):
            yield f'{waar}: niemand uit de doelgroep "{groep.id}" krijgt dit document.'


def _check_vrijgaven(data: Tafeldata) -> Iterator[str]:
    for nummer, vrijgave in enumerate(data.deling.vrijgaven, start=1):
        waar = f'{_DELING}, vrijgave nr. {nummer} ("{vrijgave.feit}")'
        yield from find_unknown(waar, "het document", vrijgave.documenten, (d.id for d in data.documenten))
        yield from find_unknown(waar, "de rol", vrijgave.rollen, (rol.id for rol in data.tafel.rollen))
        documenten = [document for document in data.documenten if document.id in vrijgave.documenten]
        lezers = {rol for document in documenten for rol in document.rollen}
        for rol in vrijgave.rollen:
            if data.tafel.get_rol(rol) and documenten and rol not in lezers:
                yield f'{waar}: de rol "{rol}" krijgt geen van deze documenten.'
