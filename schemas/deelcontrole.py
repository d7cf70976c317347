"""Checks of deling.toml: who may be ticked, which rubrieken a document holds at most, and the releases."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.deling import Deelregel, Doelgroep, Feit
from schemas.formulier import Formuliersoort, Rubriek
from schemas.fouttekst import find_ambiguous, find_doubles, find_unknown, join_values
from schemas.tafel import Rolsoort
from schemas.tafeldata import Tafeldata

_DELING = "deling.toml"


def check_doelgroepen(data: Tafeldata) -> Iterator[str]:
    """Faults of the groups that a person can tick."""
    groepen = data.deling.doelgroepen
    if not groepen:
        yield f'{_DELING}: de sleutel "doelgroepen" ontbreekt; zonder doelgroep kan niets gedeeld worden.'
    yield from find_doubles(_DELING, "de doelgroep", (groep.id for groep in groepen))
    namen = ((naam, groep.id) for groep in groepen for naam in (groep.id, groep.label, *groep.aliassen))
    yield from find_ambiguous(f"{_DELING}, doelgroepen", "doelgroep", namen)
    for groep in groepen:
        waar = f'{_DELING}, doelgroep "{groep.id}"'
        yield from find_unknown(waar, "de rol", groep.rollen, (rol.id for rol in data.tafel.rollen))
        if not _is_reached(data, groep):
            yield (
                f"{waar}: staat in geen enkele deelregel; wat daarvoor aangekruist wordt, zou nooit iemand lezen. Zet "
                'ze bij "doelgroepen" van een deelregel, of haal ze weg.'
            )


def _is_reached(data: Tafeldata, groep: Doelgroep) -> bool:
    """Whether a tick for this group can bring anything to somebody.

    By a rule; for a group without any partner, whose intake form says nothing new to it, also as a released passage.
    """
    if any(groep.id in regel.doelgroepen for regel in data.deling.deelregels):
        return True
    buiten = data.tafel.get_rollen_of_soort(Rolsoort.AANMELDER, Rolsoort.BETROKKENE)
    passages = {rol for v in data.deling.vrijgaven if v.feit is Feit.PASSAGES for rol in v.rollen}
    return set(groep.rollen) <= set(buiten) and bool(set(groep.rollen) & passages)


def check_deelregels(data: Tafeldata) -> Iterator[str]:
    """Faults of the rules per document, and rubrieken that ask for ticks although no rule ever shares them."""
    regels = data.deling.deelregels
    yield from find_doubles(f"{_DELING}, deelregels", "het document", (regel.document for regel in regels))
    rubrieken = _list_deelbaar(data)
    for regel in regels if rubrieken else ():
        yield from _check_deelregel(data, regel, rubrieken)
    gebruikt = {rubriek for regel in regels for rubriek in regel.rubrieken}
    for rubriek_id in dict.fromkeys(rubriek.id for rubriek in rubrieken):
        if rubriek_id not in gebruikt:
            yield (
                f'{_DELING}: de rubriek "{rubriek_id}" vraagt "deelbaar met", maar staat in geen enkele deelregel '
                "en zou dus nooit gedeeld worden."
            )


def check_vrijgaven(data: Tafeldata) -> Iterator[str]:
    """Faults of the releases: unknown names, and roles that get none of the documents."""
    for nummer, vrijgave in enumerate(data.deling.vrijgaven, start=1):
        waar = f'{_DELING}, vrijgave nr. {nummer} ("{vrijgave.feit}")'
        yield from find_unknown(waar, "het document", vrijgave.documenten, (d.id for d in data.documenten))
        yield from find_unknown(waar, "de rol", vrijgave.rollen, (rol.id for rol in data.tafel.rollen))
        documenten = [document for document in data.documenten if document.id in vrijgave.documenten]
        lezers = {rol for document in documenten for rol in document.rollen}
        zonder = [f'"{rol}"' for rol in vrijgave.rollen if data.tafel.get_rol(rol) and rol not in lezers]
        if documenten and zonder:
            yield f"{waar}: wie de rol {join_values(zonder)} heeft, krijgt geen van deze documenten."


def _list_deelbaar(data: Tafeldata) -> list[Rubriek]:
    """The rubrieken with ticks of all forms; passages of a decision form are released, not shared by a rule."""
    formulieren = [f for f in data.formulieren if f.soort is not Formuliersoort.BESLUIT]
    return [rubriek for formulier in formulieren for rubriek in formulier.rubrieken if rubriek.vlaggen]


def _check_deelregel(data: Tafeldata, regel: Deelregel, rubrieken: list[Rubriek]) -> Iterator[str]:
    waar = f'{_DELING}, deelregel van "{regel.document}"'
    groepen = [groep.id for groep in data.deling.doelgroepen]
    yield from find_unknown(waar, "het document", [regel.document], (d.id for d in data.documenten))
    yield from find_unknown(waar, "de doelgroep", regel.doelgroepen, groepen)
    yield from find_unknown(f"{waar}, sleutel ook_voor", "de doelgroep", regel.ook_voor, groepen)
    deelbaar = dict.fromkeys(rubriek.id for rubriek in rubrieken)
    alle = [rubriek for formulier in data.formulieren for rubriek in formulier.rubrieken]
    ondeelbaar = {rubriek.id for rubriek in alle if not rubriek.vlaggen} - set(deelbaar)
    for rubriek_id in regel.rubrieken:
        if rubriek_id in ondeelbaar:
            wat = f'de rubriek "{rubriek_id}" vraagt geen "deelbaar met"'
            yield f"{waar}: {wat}; zet er vlaggen = true, of haal ze hier weg."
    andere = (rubriek_id for rubriek_id in regel.rubrieken if rubriek_id not in ondeelbaar)
    yield from find_unknown(waar, "de deelbare rubriek", andere, deelbaar)
    vragen = (vraag.id for rubriek in rubrieken if rubriek.id in regel.rubrieken for vraag in rubriek.vragen)
    yield from find_unknown(waar, "de vraag", regel.zonder_vragen, dict.fromkeys(vragen))
    yield from _check_lezers(data, regel, waar)


def _check_lezers(data: Tafeldata, regel: Deelregel, waar: str) -> Iterator[str]:
    document = data.get_document(regel.document)
    if document is None:
        return
    for groep in data.deling.doelgroepen:
        if groep.id in regel.doelgroepen and not set(groep.rollen) & set(document.rollen):
            yield f'{waar}: niemand uit de doelgroep "{groep.id}" krijgt dit document.'
