"""Checks of who a case is about, who may be kept out of it, and how people tell for whom a service works."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schemas import kern
from schemas.afscherming import Afscherming
from schemas.criteriumcontrole import check_toets
from schemas.formulier import Formulier, Formuliersoort, Rubriekvorm, Vraagsoort
from schemas.formuliercontrole import check_opties
from schemas.fouttekst import find_doubles, find_unknown
from schemas.tafel import Meldingeis, Meldingsoort, Rolsoort, Tafel
from schemas.tafeldata import Tafeldata

_TAFEL = "tafel.toml"


def check_afschermingen(data: Tafeldata) -> Iterator[str]:
    """Faults of the keys gaat_over and afschermingen, of what lays them on or ends them, and of the form's own row."""
    tafel = data.tafel
    formulier = next((f for f in data.formulieren if f.soort is Formuliersoort.AANMELDING), None)
    if formulier is not None:
        yield from check_opties(formulier, kern.ROL, tafel.gaat_over, f"{_TAFEL}, sleutel gaat_over")
        yield from _check_werkt_voor(tafel, formulier)
    yield from find_doubles(_TAFEL, "de afscherming", (a.id for a in tafel.afschermingen))
    for afscherming in tafel.afschermingen:
        waar = f'{_TAFEL}, afscherming "{afscherming.id}"'
        yield from _check_rollen(tafel, afscherming.rollen, waar)
        yield from find_unknown(waar, "het document", afscherming.documenten, (d.id for d in data.documenten))
        if formulier is not None:
            yield from check_toets(data, formulier, afscherming.als, waar)
        if afscherming.als.get_wegingen():
            yield f"{waar}: een afscherming volgt uit gesloten antwoorden; een weging kan er niet in staan."
        yield from _check_einde(tafel, afscherming, waar)
    yield from _check_verwijzingen(tafel)


def _check_werkt_voor(tafel: Tafel, formulier: Formulier) -> Iterator[str]:
    """Asked in rows, of a service that the table can recognise, about people who have a role at this table."""
    voor, dienst = formulier.get_vraag(kern.WERKT_VOOR), formulier.get_vraag(kern.DIENST)
    if voor is None:
        return
    waar = f'formulieren/{formulier.id}.toml, vraag "{voor.id}"'
    if voor.soort is not Vraagsoort.MEERKEUZE:
        yield f'{waar}: de soort moet "{Vraagsoort.MEERKEUZE}" zijn, niet "{voor.soort}".'
    if dienst is None or dienst.soort is not Vraagsoort.PARTNERS:
        yield f'{waar}: vraag ook "{kern.DIENST}", van soort "{Vraagsoort.PARTNERS}"; wie werkt er anders?'
    rubriek = formulier.get_rubriek(voor.rubriek)
    if rubriek is not None and rubriek.vorm is not Rubriekvorm.RIJEN:
        yield f'{waar}: deze rubriek moet vorm "{Rubriekvorm.RIJEN}" hebben.'
    yield from _check_rollen(tafel, (optie.id for optie in voor.opties), waar)


def _check_rollen(tafel: Tafel, rollen: Iterable[str], waar: str) -> Iterator[str]:
    betrokken = tafel.get_rollen_of_soort(Rolsoort.BETROKKENE)
    yield from find_unknown(waar, f'de rol van soort "{Rolsoort.BETROKKENE}"', rollen, betrokken)


def _check_einde(tafel: Tafel, afscherming: Afscherming, waar: str) -> Iterator[str]:
    einden = [*(besluit.heft_op for besluit in tafel.besluiten), *(melding.heft_op for melding in tafel.meldingen)]
    if afscherming.id not in einden:
        yield f"{waar}: geen enkel besluit en geen enkele melding heft ze op, zodat ze nooit eindigt."


def _check_verwijzingen(tafel: Tafel) -> Iterator[str]:
    bekend = [afscherming.id for afscherming in tafel.afschermingen]
    for besluit in tafel.besluiten:
        waar = f'{_TAFEL}, besluit "{besluit.id}", sleutel heft_op'
        yield from find_unknown(waar, "de afscherming", filter(None, [besluit.heft_op]), bekend)
    for melding in tafel.meldingen:
        waar = f'{_TAFEL}, melding "{melding.id}"'
        genoemd = filter(None, [melding.heft_op, melding.schermt_af])
        yield from find_unknown(waar, "de afscherming", genoemd, bekend)
        yield from _check_betrekking(tafel, melding, waar)


def _check_betrekking(tafel: Tafel, melding: Meldingsoort, waar: str) -> Iterator[str]:
    rollen = [rol for rol in (melding.werkt_voor, melding.werkt_niet_voor) if rol is not None]
    yield from _check_rollen(tafel, rollen, waar)
    if rollen and Meldingeis.WIE not in melding.vereist:
        yield f'{waar}: wie werkt er voor iemand? Zet "{Meldingeis.WIE}" bij de sleutel vereist.'
