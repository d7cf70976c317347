"""Who is who: whether two aanmeldingen speak of the same cliënt, or come from the same aanmelder."""

from __future__ import annotations

from collections.abc import Sequence

from schemas import kern
from schemas.aanmelding import Aanmelding, Antwoord, PartnersWaarde, Rij
from schemas.tekst import normalise

BETROKKENEN = kern.NAAM.split(".")[0]
AANMELDER = kern.AANMELDER_NAAM.split(".")[0]


def is_anoniem(aanmelding: Aanmelding) -> bool:
    """Whether the aanmelder chose to keep the cliënt anonymous."""
    antwoord = aanmelding.get(kern.ANONIEM)
    return antwoord is not None and antwoord.has_optie(kern.ANONIEM_JA)


def list_clients(aanmelding: Aanmelding, gaat_over: Sequence[str]) -> tuple[Rij, ...]:
    """The rows of those whom the case is about: the cliënt, or whom the table names instead."""
    rijen = aanmelding.get_rijen(BETROKKENEN)
    return tuple(rij for rij in rijen if (rol := rij.get("rol")) and rol.has_optie(*gaat_over))


def get_identities(aanmelding: Aanmelding, gaat_over: Sequence[str]) -> set[tuple[str, str]]:
    """By what they are known whom it is about: name and birth date of those of whom it gives both."""
    paren = {(normalise(rij.get_tekst("naam")), _get_geboren(rij)) for rij in list_clients(aanmelding, gaat_over)}
    return {(naam, geboren) for naam, geboren in paren if naam and geboren}


def is_same_client(een: Aanmelding, ander: Aanmelding, gaat_over: Sequence[str]) -> bool:
    """Whether they share somebody whom they are about, by name and birth date."""
    return bool(get_identities(een, gaat_over) & get_identities(ander, gaat_over))


def is_same_case(een: Aanmelding, ander: Aanmelding, gaat_over: Sequence[str]) -> bool:
    """Whether one can be a corrected version of the other.

    Where a case is about several people, sharing one is not enough: a pleger may live in two families.
    """
    eigen, anders = get_identities(een, gaat_over), get_identities(ander, gaat_over)
    if len(gaat_over) == 1:
        return bool(eigen & anders)
    return bool(eigen & anders) and (eigen <= anders or anders <= eigen)


def is_same_aanmelder(een: Aanmelding, ander: Aanmelding) -> bool:
    """Whether both give the same mail address."""
    adres = _get_adres(een)
    return bool(adres) and adres == _get_adres(ander)


def is_other_aanmelder(een: Aanmelding, ander: Aanmelding) -> bool:
    """Whether both give a mail address, and another one. An aanvullingsformulier does not ask for it again."""
    adressen = {_get_adres(een), _get_adres(ander)}
    return len(adressen) == 2 and "" not in adressen


def exclude_organisatie(aanmelding: Aanmelding, rollen: frozenset[str]) -> Aanmelding:
    """Who writes "niet voor de aanmelder" means his organisation at the table as well. `rollen`: the aanmelder's."""
    organisatie = aanmelding.get(kern.AANMELDER_ORGANISATIE)
    waarde = organisatie.waarde if organisatie is not None else None
    ids = frozenset(waarde.ids) if isinstance(waarde, PartnersWaarde) else frozenset()

    def widen(antwoorden: tuple[Antwoord, ...]) -> tuple[Antwoord, ...]:
        return tuple(_keep_from(a, ids) if rollen & a.vlag.niet_voor else a for a in antwoorden)

    rubrieken = []
    for rubriek in aanmelding.rubrieken:
        rijen = tuple(rij.model_copy(update={"antwoorden": widen(rij.antwoorden)}) for rij in rubriek.rijen)
        rubrieken.append(rubriek.model_copy(update={"antwoorden": widen(rubriek.antwoorden), "rijen": rijen}))
    return aanmelding.model_copy(update={"rubrieken": tuple(rubrieken)})


def _keep_from(antwoord: Antwoord, ids: frozenset[str]) -> Antwoord:
    vlag = antwoord.vlag.model_copy(update={"niet_voor": antwoord.vlag.niet_voor | ids})
    return antwoord.model_copy(update={"vlag": vlag})


def _get_adres(aanmelding: Aanmelding) -> str:
    return aanmelding.get_tekst(kern.AANMELDER_EMAIL).strip().casefold()


def _get_geboren(rij: Rij) -> str:
    antwoord = rij.get("geboortedatum")
    datum = antwoord.get_datum() if antwoord else None
    return datum.isoformat() if datum else ""
