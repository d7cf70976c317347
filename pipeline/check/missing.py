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
    aanmelding: Aanmelding, formulier: Formulier, gaat_over: Collection[str], onbeslist: Collection[tuple[str, str]]
) -> tuple[OpenVraag, ...]:
    """All open questions in the order of the form.

    `gaat_over` holds the roles of whom the case is about; `onbeslist` question id and place of the answers that leave
    a criterium open.
    """
    zoeker = _Zoeker(aanmelding, onbeslist, _lacks_client(aanmelding, gaat_over))
    return tuple(
        vraag
        for rubriek in formulier.rubrieken
        for groep in zoeker.iterate_groups(rubriek)
        for vraag in zoeker.iterate_open(rubriek, groep)
    )


@dataclass(frozen=True)
class _Groep:
    """The answers that stand together: a rubriek, or one of its rows; a row that is still to come has none."""

    antwoorden: Mapping[str, Antwoord]
    waar: str
    rij: str = ""
    te_komen: bool = False


@dataclass(frozen=True)
class _Zoeker:
    aanmelding: Aanmelding
    onbeslist: Collection[tuple[str, str]]
    zonder_client: bool

    def iterate_groups(self, rubriek: Rubriek) -> Iterator[_Groep]:
        """The rubriek, or its rows; and one more when a row has to come."""
        yield from _iterate_groups(self.aanmelding, rubriek)
        eis = rubriek.minstens_rijen_als
        geldt = eis is None or self._holds(eis, _Groep({}, rubriek.titel))
        if geldt and len(self.aanmelding.get_rijen(rubriek.id)) < rubriek.minstens_rijen:
            yield _Groep({}, rubriek.titel, te_komen=True)

    def iterate_open(self, rubriek: Rubriek, groep: _Groep) -> Iterator[OpenVraag]:
        for vraag in rubriek.vragen:
            reden = self._find_reason(vraag, groep)
            if reden:
                yield OpenVraag(vraag=vraag.id, rij=groep.rij, rubriek=groep.waar, label=vraag.label, reden=reden)

    def _find_reason(self, vraag: Vraag, groep: _Groep) -> str:
        antwoord = groep.antwoorden.get(vraag.id)
        if antwoord is not None and antwoord.bezwaar:
            return antwoord.bezwaar
        if (antwoord is None or antwoord.status in _BLANK) and self._is_required(vraag, groep):
            return "nog niet ingevuld"
        if antwoord is None:
            return ""
        if vraag.id == kern.ROL and self.zonder_client:
            return "bij geen enkele betrokkene is aangeduid dat hij of zij de cliënt is"
        if (vraag.id, antwoord.plaats) in self.onbeslist and antwoord.status is not Status.INGEVULD:
            return "nodig om de aanmelding te kunnen toetsen"
        return ""

    def _is_required(self, vraag: Vraag, groep: _Groep) -> bool:
        if self._holds(vraag.niet_verplicht_als, groep):
            return False
        eis = vraag.verplicht_als
        # Who fills in a row that is still to come is asked at once for all that the row may need.
        mogelijk = groep.te_komen and eis is not None and eis.vraag.split(".")[0] == vraag.rubriek
        return vraag.verplicht or mogelijk or self._holds(eis, groep)

    def _holds(self, voorwaarde: Voorwaarde | None, groep: _Groep) -> bool:
        """A condition on a question of the same row looks at that row."""
        if voorwaarde is None:
            return False
        antwoord = groep.antwoorden.get(voorwaarde.vraag) or self.aanmelding.get(voorwaarde.vraag)
        return antwoord is not None and antwoord.has_optie(*voorwaarde.is_een_van)


def _lacks_client(aanmelding: Aanmelding, gaat_over: Collection[str]) -> bool:
    """Rows with their roles, and nobody among them whom the case is about: no criterium about him can be decided."""
    rollen = aanmelding.get_antwoorden(kern.ROL)
    if any(rol.has_optie(*gaat_over) for rol in rollen):
        return False
    return bool(rollen) and not any(rol.status in _BLANK for rol in rollen)


def _iterate_groups(aanmelding: Aanmelding, rubriek: Rubriek) -> Iterator[_Groep]:
    ingevuld = aanmelding.get_rubriek(rubriek.id)
    if rubriek.vorm is Rubriekvorm.VRAGEN:
        antwoorden = ingevuld.antwoorden if ingevuld else ()
        yield _Groep({a.vraag: a for a in antwoorden}, rubriek.titel)
        return
    rijen = ingevuld.rijen if ingevuld else ()
    for nummer, rij in enumerate(rijen, start=1):
        waar = f"{rubriek.titel}, {rubriek.rijnaam.lower()} {nummer}"
        yield _Groep({a.vraag: a for a in rij.antwoorden}, waar, rij.id)
