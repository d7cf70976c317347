"""Which questions wait for an answer: required and blank, unusable, or undecided where a criterium needs them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from schemas import kern
from schemas.aanmelding import Aanmelding, Antwoord, Status
from schemas.formulier import Formulier, Rubriek, Rubriekvorm, Voorwaarde, Vraag
from schemas.toetsing import OpenVraag

_BLANK = (Status.LEEG, Status.NIET_GEVONDEN)


def list_ontbrekend(
    aanmelding: Aanmelding, formulier: Formulier, onbeslist: Collection[tuple[str, str]]
) -> tuple[OpenVraag, ...]:
    """All open questions in the order of the form.

    `onbeslist` holds question id and place of the answers that leave a criterium open.
    """
    vragen = tuple(
        vraag
        for rubriek in formulier.rubrieken
        for groep in _iterate_groups(aanmelding, rubriek)
        for vraag in groep.iterate_open(rubriek, onbeslist)
    )
    return (*vragen, *_find_no_client(aanmelding, formulier))


@dataclass(frozen=True)
class _Groep:
    """The answers that stand together: a rubriek, or one of its rows."""

    aanmelding: Aanmelding
    antwoorden: Mapping[str, Antwoord]
    waar: str
    rij: str = ""

    def iterate_open(self, rubriek: Rubriek, onbeslist: Collection[tuple[str, str]]) -> Iterator[OpenVraag]:
        for vraag in rubriek.vragen:
            antwoord = self.antwoorden.get(vraag.id)
            reden = self._find_reason(
                vraag, antwoord, antwoord is not None and (vraag.id, antwoord.plaats) in onbeslist
            )
            if reden:
                yield OpenVraag(vraag=vraag.id, rij=self.rij, rubriek=self.waar, label=vraag.label, reden=reden)

    def _find_reason(self, vraag: Vraag, antwoord: Antwoord | None, onbeslist: bool) -> str:
        if antwoord is not None and antwoord.bezwaar:
            return antwoord.bezwaar
        if self._is_required(vraag) and (antwoord is None or antwoord.status in _BLANK):
            return "nog niet ingevuld"
        if antwoord is not None and onbeslist and antwoord.status is not Status.INGEVULD:
            return "nodig om de aanmelding te kunnen toetsen"
        return ""

    def _is_required(self, vraag: Vraag) -> bool:
        if self._holds(vraag.niet_verplicht_als):
            return False
        return vraag.verplicht or self._holds(vraag.verplicht_als)

    def _holds(self, voorwaarde: Voorwaarde | None) -> bool:
        """A condition on a question of the same row looks at that row."""
        if voorwaarde is None:
            return False
        antwoord = self.antwoorden.get(voorwaarde.vraag) or self.aanmelding.get(voorwaarde.vraag)
        return antwoord is not None and antwoord.has_optie(*voorwaarde.is_een_van)


def _find_no_client(aanmelding: Aanmelding, formulier: Formulier) -> tuple[OpenVraag, ...]:
    """Rows without a cliënt among them: no criterium about the cliënt can be decided."""
    rubriek, vraag = formulier.get_rubriek(kern.ROL.split(".")[0]), formulier.get_vraag(kern.ROL)
    rollen = aanmelding.get_antwoorden(kern.ROL)
    ingevuld = [rol for rol in rollen if rol.status is Status.INGEVULD]
    if rubriek is None or vraag is None or len(ingevuld) < len(rollen) or not ingevuld:
        return ()
    if any(rol.has_optie(kern.ROL_CLIENT) for rol in ingevuld):
        return ()
    reden = "bij geen enkele betrokkene is aangeduid dat hij of zij de cliënt is"
    return (OpenVraag(vraag=vraag.id, rij="", rubriek=rubriek.titel, label=vraag.label, reden=reden),)


def _iterate_groups(aanmelding: Aanmelding, rubriek: Rubriek) -> Iterator[_Groep]:
    ingevuld = aanmelding.get_rubriek(rubriek.id)
    if rubriek.vorm is Rubriekvorm.VRAGEN:
        antwoorden = ingevuld.antwoorden if ingevuld else ()
        yield _Groep(aanmelding, {a.vraag: a for a in antwoorden}, rubriek.titel)
        return
    rijen = ingevuld.rijen if ingevuld else ()
    for nummer, rij in enumerate(rijen, start=1):
        waar = f"{rubriek.titel}, {rubriek.rijnaam.lower()} {nummer}"
        yield _Groep(aanmelding, {a.vraag: a for a in rij.antwoorden}, waar, rij.id)
    if len(rijen) < rubriek.minstens_rijen:
        yield _Groep(aanmelding, {}, rubriek.titel)
